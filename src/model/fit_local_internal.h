/* fit_local_internal.h - where the deviations of segments stand in the kernel's answer.   Layer: model (private) */
#ifndef LC_FIT_LOCAL_INTERNAL_H
#define LC_FIT_LOCAL_INTERNAL_H

#include "fit_internal.h"

/* A cell: one level of one attribute in one segment. Segments are counted here among those of their own. */
struct lc_fit_cells {
    double *n, *won; /* [n_own * n_levels] */
    size_t *at; /* [n_own * n_levels] the kernel's coefficient; LC_LOGIT_NONE: it has none */
};

struct lc_fit_places {
    const size_t *own; /* [n_own] places in lc_fit_local.segment */
    size_t *at;        /* [n_own] of u; LC_LOGIT_NONE: it has none */
    struct lc_fit_cells
        *cell;    /* [k_attributes]; at NULL: no segment deviates in this attribute */
    size_t first; /* the first coefficient of a deviation; before it those of levels */
};

#endif
