/* incidence_internal.h - what incidence*.c share.   Layer: math */
#ifndef LC_INCIDENCE_INTERNAL_H
#define LC_INCIDENCE_INTERNAL_H

#include "leadcal/incidence.h"

/* A lead's time and how it ends. */
struct lc_spell {
    double time;
    uint8_t end;
};

/* lc_sort_spells - by time; NULL where memory is refused. */
struct lc_spell *lc_sort_spells(const double *time, const uint8_t *end, size_t n,
                                struct lc_arena *scratch);

#endif
