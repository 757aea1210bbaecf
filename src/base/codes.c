#include "leadcal/codes.h"

unsigned lc_code_width(size_t n_levels)
{
    if (n_levels <= 256)
        return 1;
    return n_levels <= 65536 ? 2 : 4;
}
