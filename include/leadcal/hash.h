/* hash.h - SHA-256 of bytes (door to nettle) and the hash of dictionary keys (door to xxhash).   Layer: base */
#ifndef LC_HASH_H
#define LC_HASH_H

#include <stddef.h>
#include <stdint.h>

#define LC_SHA256_TEXT 65 /* 64 hexadecimal digits and a NUL */

/* lc_sha256_text - SHA-256 as lower-case hexadecimal.
 * Source: FIPS 180-4. Tested: the standard's "abc" and empty vectors. */
void lc_sha256_text(const void *bytes, size_t n, char *to);

/* lc_hash_bytes - 64 bits for a hash table; never printed, never an order. */
uint64_t lc_hash_bytes(const void *bytes, size_t n);

#endif
