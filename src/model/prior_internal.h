/* prior_internal.h - what the parts of the prior share.   Layer: model */
#ifndef LC_PRIOR_INTERNAL_H
#define LC_PRIOR_INTERNAL_H

#include "leadcal/fit.h"

/* lc_prior_find - the prior's attribute of a column; NULL: it knows none. */
const struct lc_attribute *lc_prior_find(const struct lc_prior *prior, const char *column);

/* lc_prior_level - the place of a level by its name, n_levels where it is unknown. */
size_t lc_prior_level(const struct lc_attribute *a, const char *level);

/* lc_prior_quarters - the earlier quarters and the one just fitted; the oldest go where there are more than
 * LC_DRIFT_QUARTERS. LC_ENOMEM */
enum lc_rc lc_prior_quarters(const struct lc_carried *carried, int32_t as_of, double leads,
                             double won, struct lc_arena *arena,
                             const struct lc_drift_quarter **to, size_t *n,
                             struct lc_err *err) LC_MUST_USE;

/* A quarter's fit and what it began from. */
struct lc_chain_link {
    const struct lc_chain_link *next, *before; /* older; the quarter before, NULL: the first */
    const uint32_t *row;                       /* [n] */
    const uint8_t *y;                          /* [n] */
    size_t n, k;
    const size_t *column; /* [k] */
    const struct lc_spec_attribute *const *given;
    struct lc_fit_options options;
    struct lc_fit fit;
    struct lc_prior as_prior; /* of the next quarter */
};

struct lc_chain_memory {
    struct lc_arena *arena;
    const struct lc_chain_link *last;
};

/* lc_chain_recall - the link that asks the same as `asked`, or NULL. */
const struct lc_chain_link *lc_chain_recall(const struct lc_chain_memory *memory,
                                            const struct lc_chain_link *asked);

#endif
