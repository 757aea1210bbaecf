/* record_id.h - ids that two exports of one system write differently, and ids a spreadsheet has spoilt.   Layer: data */
#ifndef LC_RECORD_ID_H
#define LC_RECORD_ID_H

#include <stdbool.h>

#include "leadcal/slice.h"

#define LC_LONG_ID 18 /* characters of an id of Salesforce that no change of case can spoil */

/* lc_record_id_long - an id of Salesforce in its longer form. Reports write 15 characters, of which the
 * case counts; the API writes three more, which say which of them are capitals: 001D000000IqhSL is
 * 001D000000IqhSLIAZ. Where somebody has written all of the longer form in capitals, or in small
 * letters, they say what the case was.
 *
 * out  the longer form and a NUL
 *
 * Returns false for any other text. Different ids stay different.
 * Source: Salesforce, "ID Field Type" (15 and 18 characters); each block of five gives one of A..Z0..5,
 * bit i set where character i is a capital. Tested: test_record_id.c, three pairs of known ids. */
bool lc_record_id_long(struct lc_slice id, char out[LC_LONG_ID + 1]);

/* lc_record_id_rounded - is it "1.23E+17", or "1,23E+17", which a spreadsheet made of a long number? */
bool lc_record_id_rounded(struct lc_slice text);

#endif
