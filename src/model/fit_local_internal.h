/* fit_local_internal.h - where the deviations of segments stand in the kernel's answer.   Layer: model (private) */
#ifndef LC_FIT_LOCAL_INTERNAL_H
#define LC_FIT_LOCAL_INTERNAL_H

#include "fit_internal.h"
#include "leadcal/components.h"

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

/* The design with deviations while parts of it are taken out again. */
struct lc_fit_design {
    const struct lc_fit_work *work;
    const struct lc_logit_data *data; /* of the attributes and the quarters */
    struct lc_fit *fit;
    const struct lc_fit_local *l;
    struct lc_parallel *pool;
    struct lc_arena *scratch;
    struct lc_column *part;    /* [k + 1] of each attribute's deviations; the last: u */
    bool *in;                  /* [k + 1] it takes part */
    bool *worth;               /* [k] it is to take part */
    struct lc_fit_cells *cell; /* [k] */
    struct lc_column *column;  /* [2 k + 2] as they are given to the kernel */
    uint32_t *reference;
    double *given;
    size_t *group; /* columns of equal numbers share one SD: members of a set */
    size_t *of;    /* [2 k + 2] which part a column is; k + 1: none */
    size_t n_columns;
};

/* lc_fit_design_open - the parts of every attribute, and of the segments where they are none; none is in. d has
 * what comes from outside. LC_EMISMATCH: one has too many cells; LC_ENOMEM. */
enum lc_rc lc_fit_design_open(struct lc_fit_design *d, struct lc_err *err) LC_MUST_USE;

/* lc_fit_design_lay - d->column: attributes, parts that are in, and quarters, behind the attributes or last. */
void lc_fit_design_lay(struct lc_fit_design *d, bool quarters_first);

/* lc_fit_design_learn - SDs and fit of the columns as they are laid. As lc_components fails. */
enum lc_rc lc_fit_design_learn(struct lc_fit_design *d, struct lc_arena *arena,
                               struct lc_components *c, struct lc_err *err) LC_MUST_USE;

/* lc_fit_design_take_out - takes out the parts whose SD came out as 0. How many. */
size_t lc_fit_design_take_out(struct lc_fit_design *d, const struct lc_components *c);

bool lc_fit_design_any(const struct lc_fit_design *d);

/* lc_fit_design_check - LC_EMISMATCH: the parts that are in have too many cells together. */
enum lc_rc lc_fit_design_check(const struct lc_fit_design *d, struct lc_err *err) LC_MUST_USE;

/* A deviation in points; its 95 % limits, to a tenth; whether these leave 0 out. */
double lc_deviation_points(double log_odds);
struct lc_range lc_deviation_limits(double value, double std_error);
bool lc_deviation_is_certain(struct lc_range limits);

#endif
