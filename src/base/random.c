#include "leadcal/random.h"

uint64_t lc_random_bits(struct lc_random *r)
{
    uint64_t z = (r->state += 0x9E3779B97F4A7C15U);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

double lc_random_unit(struct lc_random *r)
{
    return (double)(lc_random_bits(r) >> 11) * 0x1p-53;
}

uint64_t lc_random_below(struct lc_random *r, uint64_t n)
{
    return lc_random_bits(r) % n;
}
