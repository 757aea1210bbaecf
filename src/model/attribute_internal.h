/* attribute_internal.h - what learning levels, bins and merged levels share.   Layer: model (private) */
#ifndef LC_ATTRIBUTE_INTERNAL_H
#define LC_ATTRIBUTE_INTERNAL_H

#include "leadcal/attribute.h"

/* Leads and wins of each level of the table's column among the rows. */
struct lc_tally {
    double *n, *won;
};

/* lc_bin_of - the bin of a value: right-closed, (cut[j - 1], cut[j]]. */
size_t lc_bin_of(const double *cut, size_t n_cuts, double x);

/* lc_distinct_values - different numbers among the counted rows. */
size_t lc_distinct_values(const struct lc_table_column *column, const double *n);

#define LC_QUARTILE_CUTS 3

/* lc_quartile_cuts - R's type 7 quartiles from counts, equal ones once; cut out [LC_QUARTILE_CUTS]. */
size_t lc_quartile_cuts(const struct lc_table_column *column, const double *n, double *cut);

/* lc_coarsen - neighbours joined into at most LC_BIN_CANDIDATES + 1 runs of about equal leads, where
 * there are more cells than that.
 * n, won  [p] in-out: of the cells, then of the runs
 * last    out [p]: each run's last cell. Returns how many runs there are. */
size_t lc_coarsen(double *n, double *won, size_t p, size_t *last);

/* lc_best_cuts - the cuts that explain the outcome best: partition.h by the rules of attribute.h.
 * cut out, in arena: room for LC_BIN_CANDIDATES. LC_ENOMEM. */
enum lc_rc lc_best_cuts(const struct lc_table_column *column, const struct lc_tally *t,
                        enum lc_bin_trend trend, struct lc_arena *arena, double **cut,
                        size_t *n_cuts, struct lc_err *err) LC_MUST_USE;

/* lc_learn_bins - levels and counts of given cuts [n_cuts], which are changed where bins are empty. */
enum lc_rc lc_learn_bins(const struct lc_table_column *column, const struct lc_tally *t,
                         double *cut, size_t n_cuts, struct lc_arena *arena,
                         struct lc_attribute *a, struct lc_err *err) LC_MUST_USE;

/* lc_merge_levels - levels that were learnt one by one become those that the outcome tells apart. */
enum lc_rc lc_merge_levels(struct lc_attribute *a, struct lc_arena *arena,
                           struct lc_err *err) LC_MUST_USE;

#endif
