/* fit_internal.h - what fit.c, fit_separation.c and fit_frame.c share.   Layer: model */
#ifndef LC_FIT_INTERNAL_H
#define LC_FIT_INTERNAL_H

#include "leadcal/fit.h"

/* The leads of one fit while it is made ready. */
struct lc_fit_work {
    size_t n;                /* leads with a value in every numeric column */
    const uint32_t *row;     /* [n] */
    const uint8_t *y;        /* [n] */
    struct lc_column *codes; /* [k] coded by the attributes */
    double **x;              /* [n_numeric][n] */
    uint8_t *keep;           /* [n] 1: in the likelihood; 0: of a separated level */
};

/* lc_fit_separate - finds levels all won or not won at all, takes their leads out, and looks
 * again until there is none. Fills fit->separated and work->keep; *left leads remain.
 * LC_EDEGENERATE: nothing or one class is left. LC_ENOMEM. */
enum lc_rc lc_fit_separate(const struct lc_fit_work *work, struct lc_arena *arena,
                           struct lc_fit *fit, size_t *left, struct lc_err *err) LC_MUST_USE;

#endif
