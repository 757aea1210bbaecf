/* partition_internal.h - what the parts of the partition share.   Layer: math (private) */
#ifndef LC_PARTITION_INTERNAL_H
#define LC_PARTITION_INTERNAL_H

#include <stdint.h>

#include "leadcal/partition.h"

/* The cells as running sums, and what each bin is worth. */
struct lc_partition_work {
    size_t p;
    const struct lc_partition_rules *rules;
    const double *n, *won,
        *nx;          /* [p + 1] of the cells before the place; nx about the mean of x */
    double *worth;    /* [bins] by lc_bin_at; -HUGE_VAL: the bin may not be made */
    size_t most_bins; /* 0: nothing limits them but the other rules */
    struct lc_arena *scratch;
};

/* The best two of the partitions that were offered, and where the best came from. */
struct lc_best {
    double first, second; /* -HUGE_VAL: none */
    uint32_t from;
};

/* The answer of either program. */
struct lc_partition_answer {
    struct lc_best best;
    size_t n_bins;
    size_t *end; /* [p] */
};

/* lc_bin_at - the place of the bin of cells i..j-1 among all p (p + 1) / 2, i < j <= p. */
static inline size_t lc_bin_at(size_t p, size_t i, size_t j)
{
    return i * p - i * (i + 1) / 2 + j - 1;
}

/* lc_best_offer - two more values, second <= first, that may be among the best two. */
void lc_best_offer(struct lc_best *best, double first, double second, uint32_t from);

/* lc_partition_free - any order of rates: partition_free.c. */
enum lc_rc lc_partition_free(const struct lc_partition_work *w, struct lc_partition_answer *a,
                             struct lc_err *err) LC_MUST_USE;

/* lc_partition_ordered - rates that rise, fall, or turn once: partition_ordered.c. */
enum lc_rc lc_partition_ordered(const struct lc_partition_work *w,
                                struct lc_partition_answer *a, struct lc_err *err) LC_MUST_USE;

#endif
