/* encoding.h - the bytes of an export to UTF-8 (door to iconv).   Layer: data */
#ifndef LC_ENCODING_H
#define LC_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"
#include "leadcal/slice.h"

struct lc_decoded {
    struct lc_slice text; /* UTF-8 without mark or NUL: a part of the bytes, or in the arena */
    const char
        *encoding;    /* "UTF-8", "UTF-8 with mark", "UTF-16LE", "UTF-16BE", "Windows-1252" */
    size_t converted; /* bytes beyond ASCII that were read as Windows-1252 */
    size_t
        replaced; /* NULs and broken characters, each now U+FFFD, the replacement character */
};

/* lc_decode - finds the encoding and gives the text in UTF-8.
 *
 * encoding  a name that iconv knows: it is that one. NULL: found by looking
 *
 * A byte-order mark decides; else a pattern of NULs (UTF-16); else validity (UTF-8); else it is
 * taken for Windows-1252, which every Excel of the West writes. Valid UTF-8 is not copied.
 *
 * LC_EFORMAT  not text: an Excel workbook, an archive, a PDF, or more than one control character
 *             in a hundred bytes; an encoding that iconv does not know. The text says what to
 *             do, without the place
 * LC_ENOMEM
 * Tested: one table in six encodings, cut code units, any number of threads. */
enum lc_rc lc_decode(struct lc_slice bytes, const char *encoding, struct lc_parallel *pool,
                     struct lc_arena *arena, struct lc_decoded *out,
                     struct lc_err *err) LC_MUST_USE;

/* lc_is_utf8 - is it UTF-8 without NUL, from its first to its last byte? */
bool lc_is_utf8(struct lc_slice s);

#endif
