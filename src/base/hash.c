#include "leadcal/hash.h"

#include <nettle/sha2.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

void lc_sha256_text(const void *bytes, size_t n, char *to)
{
    static const char digit[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    struct sha256_ctx state;

    sha256_init(&state);
    sha256_update(&state, n, bytes);
    sha256_digest(&state, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        to[2 * i] = digit[sum[i] >> 4];
        to[2 * i + 1] = digit[sum[i] & 15];
    }
    to[2 * sizeof sum] = 0;
}

uint64_t lc_hash_bytes(const void *bytes, size_t n)
{
    return XXH3_64bits(bytes, n);
}
