/* base64.h - bytes as text that any document can carry (door to nettle).   Layer: base */
#ifndef LC_BASE64_H
#define LC_BASE64_H

#include <stddef.h>
#include <stdio.h>

/* lc_base64_put - n bytes in the standard alphabet, padded, without line ends.
 *
 * A refused write is seen by ferror(to).
 * Source: RFC 4648, section 4. Tested: its vectors; pieces joined are the whole. */
void lc_base64_put(const void *bytes, size_t n, FILE *to);

#endif
