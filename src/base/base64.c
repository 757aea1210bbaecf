#include "leadcal/base64.h"

#include <nettle/base64.h>

#define PIECE 3072 /* bytes encoded at once: a multiple of 3, so that only the last is padded */

void lc_base64_put(const void *bytes, size_t n, FILE *to)
{
    const uint8_t *p = bytes;
    char text[BASE64_ENCODE_RAW_LENGTH(PIECE)];

    while (n > 0) {
        const size_t now = n < PIECE ? n : PIECE;

        base64_encode_raw(text, now, p);
        (void)fwrite(text, 1, BASE64_ENCODE_RAW_LENGTH(now), to);
        p += now;
        n -= now;
    }
}
