/* sniff_internal.h - what the sources of sniff share; nobody else includes it.   Layer: data */
#ifndef LC_SNIFF_INTERNAL_H
#define LC_SNIFF_INTERNAL_H

#include "leadcal/sniff.h"

#define MOST_PREAMBLE 20 /* lines; a longer one is not a title */

/* lc_sniff_header - the records of `text` before the header, and the header's rows: fills header
 * (from the beginning of text), header_rows and surplus of `s`, whose width is known. LC_ENOMEM. */
enum lc_rc lc_sniff_header(struct lc_slice text, const struct lc_reading *reading,
                           struct lc_sniff *s, struct lc_err *err) LC_MUST_USE;

#endif
