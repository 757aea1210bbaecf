/* fairness_internal.h - what the parts of fairness share.   Layer: model (private) */
#ifndef LC_FAIRNESS_INTERNAL_H
#define LC_FAIRNESS_INTERNAL_H

#include "leadcal/fairness.h"
#include "leadcal/roc.h"

#define LC_FAIR_CELLS ((size_t)LC_GRADES * LC_GRADES)
#define LC_FAIR_LINES 3

/* A line above which leads are selected. */
struct lc_fair_line {
    const char *name;
    bool above[LC_FAIR_CELLS]; /* by letter * LC_GRADES + digit; 0 for what is unused */
};

/* An audit under way. */
struct lc_fair {
    const struct lc_table *table;
    const struct lc_cohort *cohort;
    const struct lc_model *model;
    struct lc_parallel *pool;
    struct lc_fair_line line[LC_FAIR_LINES];
    size_t n_lines;
    uint8_t *cell;          /* [cohort->n] */
    double *p;              /* [cohort->n] probability */
    const char *column;     /* the audit column at hand */
    struct lc_column group; /* [cohort->n] its groups */
};

/* One group over all leads. */
struct lc_fair_group {
    const char *name;
    double leads, won, predicted;
    double selected[LC_FAIR_LINES];
    double slope, slope_low, slope_high; /* NaN: cannot be told */
    struct lc_auc proxy;                 /* NaN: too few leads */
};

/* lc_fair_proxy - how well the model's attributes tell group v from the rest. LC_ENOMEM. */
enum lc_rc lc_fair_proxy(const struct lc_fair *f, uint32_t v, struct lc_arena *scratch,
                         struct lc_auc *auc, struct lc_err *err) LC_MUST_USE;

/* lc_fair_notes - the findings on one column in words. */
enum lc_rc lc_fair_notes(const struct lc_fair *f, const struct lc_fair_group *group, size_t n,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fair_is_compared - has a group leads enough to be compared with others? */
bool lc_fair_is_compared(const struct lc_fair *f, const struct lc_fair_group *g);

/* lc_fair_highest - of those groups the one most often above a line; n: none is. */
size_t lc_fair_highest(const struct lc_fair *f, const struct lc_fair_group *group, size_t n,
                       size_t line);

/* lc_fair_in_model - is the audit column an attribute of the model? */
bool lc_fair_in_model(const struct lc_fair *f);

#endif
