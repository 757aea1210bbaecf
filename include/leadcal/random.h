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

uint64_t lc_random_bits(struct lc_random *r);

/* uniform in [0, 1), 53 bits */
double lc_random_unit(struct lc_random *r);

/* uniform in 0..n-1, n >= 1; the modulo's bias is below n / 2^64 */
uint64_t lc_random_below(struct lc_random *r, uint64_t n);

#endif
