/* partition.h - THE exact dynamic program: the best split of ordered cells into bins.   Layer: math */
#ifndef LC_PARTITION_H
#define LC_PARTITION_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

#define LC_PARTITION_MOST 4096 /* cells: memory and time grow with their square */

/* What a partition is worth: the sum over its bins of n leads, w wins and l = n - w losses. Each is 0
 * for the one bin that holds all cells, except PROFIT.
 *
 *     DEVIANCE  2 (w ln(w / n p) + l ln(l / n (1 - p))),  p the rate of all cells: deviance explained
 *     IV        (w/W - l/L) ln((w/W) / (l/L)), W and L of all cells: information value. A bin without
 *               wins or without losses has none, and is not made (decision 0022)
 *     SQUARES   n (mean of x in the bin - mean of all x)^2: what natural breaks explain (Jenks, Fisher)
 *     PROFIT    max(0, w value - n cost): a bin is contacted where that pays */
enum lc_partition_objective {
    LC_PARTITION_DEVIANCE,
    LC_PARTITION_IV,
    LC_PARTITION_SQUARES,
    LC_PARTITION_PROFIT
};

/* How the rates w / n of the bins must go, from the first to the last: rising, falling, rising and
 * then falling, falling and then rising (one side of these two may be absent). Neighbours differ. */
enum lc_partition_trend {
    LC_PARTITION_FREE,
    LC_PARTITION_UP,
    LC_PARTITION_DOWN,
    LC_PARTITION_PEAK,
    LC_PARTITION_VALLEY
};

/* The cells, in the order that is kept. */
struct lc_partition_cells {
    size_t p;          /* 1..LC_PARTITION_MOST */
    const double *n;   /* [p] leads, >= 0; need not be whole */
    const double *won; /* [p] wins, 0..n; NULL: there are none (SQUARES) */
    const double *x;   /* [p] the value that SQUARES is about; else NULL */
};

struct lc_partition_rules {
    enum lc_partition_objective objective;
    enum lc_partition_trend trend;
    double per_cut; /* taken off for each cut; BIC: ln of the leads, on the deviance's scale */
    double cost, value;                    /* of PROFIT: of contacting a lead, of a win */
    double least_n, least_won, least_lost; /* in each bin; a bin without leads is never made */
    size_t most_bins;                      /* 0: any number */
    /* In place of the objective: what the bin of cells from..to-1 is worth, to <= p; -HUGE_VAL: it
     * may not be made. NULL: the objective. */
    double (*worth)(const void *context, size_t from, size_t to);
    const void *context;
};

struct lc_partition {
    size_t n_bins;
    const size_t
        *end; /* [n_bins] bin b holds the cells end[b - 1] (0 for the first)..end[b] - 1 */
    /* The certificate: no partition within the rules is worth more than `value` (the objective less
     * what the cuts cost), and none but this one more than `runner_up` (NaN: there is no other). */
    double value, runner_up;
};

/* lc_partition - the best of all partitions of p cells into runs of neighbours, within the rules.
 *
 *     f(i, j) = worth(i, j) + max { f(k, i) : the bin (k, i] may stand before (i, j] } - per_cut
 *
 * over the last bin (i, j]; those that may stand before it are, once sorted by rate, the first (or
 * the last) of them, so that the best is a running maximum: O(P^2 log P), times the number of bins
 * where that is limited. Of partitions that are worth the same, the one with fewer bins is taken where
 * bins are limited, else the one whose last bin begins first.
 *
 * part->end lives in arena.
 * LC_EDEGENERATE  no partition is within the rules (not even one bin). LC_ENOMEM.
 * Source: methods 3.5; Bellman (1961); Fisher, JASA 53 (1958) 789-798 (squares);
 * docs/maths.md#partition.
 * Tested: every partition of 12 cells enumerated, for each trend, objective and limit, value and
 * runner-up; methods B1-B5 (optbinning, IV), B20 (R classInt); laws: a constraint never improves,
 * finer cells never worsen. */
enum lc_rc lc_partition(const struct lc_partition_cells *cells,
                        const struct lc_partition_rules *rules, struct lc_arena *arena,
                        struct lc_partition *part, struct lc_err *err) LC_MUST_USE;

#endif
