#include "leadcal/random.h"

void lc_random_skip(struct lc_random *r, uint64_t n)
{
    r->state += n * LC_RANDOM_STEP;
}
