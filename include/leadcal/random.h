/* random.h - seeded random numbers, the same on every machine.   Layer: base */
#ifndef LC_RANDOM_H
#define LC_RANDOM_H

#include <stdint.h>

/* SplitMix64: one word of state, any seed will do.
 * Source: Steele, Lea and Flood, OOPSLA 2014; constants as published there.
 * Tested: the first values for seed 0 against the published reference. */
struct lc_random {
    uint64_t state;
};

#define LC_RANDOM_STEP 0x9E3779B97F4A7C15U

/* Drawn a hundred million times by the bootstraps, hence here and not behind a call. */
static inline uint64_t lc_random_bits(struct lc_random *r)
{
    uint64_t z = (r->state += LC_RANDOM_STEP);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

/* uniform in [0, 1), 53 bits */
static inline double lc_random_unit(struct lc_random *r)
{
    return (double)(lc_random_bits(r) >> 11) * 0x1p-53;
}

/* uniform in 0..n-1, n >= 1; the modulo's bias is below n / 2^64 */
static inline uint64_t lc_random_below(struct lc_random *r, uint64_t n)
{
    return lc_random_bits(r) % n;
}

/* lc_random_skip - as if n numbers had been drawn. Tested: against drawing them. */
void lc_random_skip(struct lc_random *r, uint64_t n);

#endif
