/* bench_partition - seconds of processor time that the exact best split takes at 1,000 candidate cuts, for
 * each objective and trend, free in the number of bins and held to twelve: a line of CSV each, the
 * median of five. It is one thread, and its time on the processor hangs less on who else is there. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "leadcal/partition.h"
#include "leadcal/random.h"

#define CELLS  ((size_t)1001)
#define ROUNDS 5

static const char *const objective_name[] = {"deviance", "iv", "squares", "profit"};
static const char *const trend_name[] = {"free", "up", "down", "peak", "valley"};

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* 20 to 79 leads a cell, whose rate rises and falls again. */
static void draw(double *n, double *won, double *x)
{
    struct lc_random random = {2385};

    for (size_t i = 0; i < CELLS; i++) {
        n[i] = 20 + (double)lc_random_below(&random, 60);
        won[i] = 0;
        for (size_t k = 0; k < (size_t)n[i]; k++)
            won[i] +=
                lc_random_unit(&random) < 0.08 + 0.2 * sin(3.0 * (double)i / (double)CELLS);
        x[i] = lc_random_unit(&random) + (double)(i / 200);
    }
}

int main(void)
{
    static double n[CELLS], won[CELLS], x[CELLS];
    const struct lc_partition_cells cells = {.p = CELLS, .n = n, .won = won, .x = x};

    (void)gsl_set_error_handler_off();
    draw(n, won, x);
    printf("objective,trend,most_bins,bins,seconds\n");
    for (int objective = LC_PARTITION_DEVIANCE; objective <= LC_PARTITION_PROFIT; objective++)
        for (int trend = LC_PARTITION_FREE; trend <= LC_PARTITION_VALLEY; trend++)
            for (size_t most = 0; most <= 12; most += 12) {
                const struct lc_partition_rules rules = {
                    .objective = (enum lc_partition_objective)objective,
                    .trend = (enum lc_partition_trend)trend,
                    .per_cut = objective == LC_PARTITION_DEVIANCE ? log(50000) : 0,
                    .cost = 1,
                    .value = 6,
                    .least_n = 20,
                    .least_won = 5,
                    .least_lost = 5,
                    .most_bins = most};
                double seconds[ROUNDS];
                struct lc_partition part = {0};

                for (size_t round = 0; round < ROUNDS; round++) {
                    struct lc_arena arena;
                    struct lc_err err;
                    const clock_t began = clock();

                    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
                    if (lc_partition(&cells, &rules, &arena, &part, &err) != LC_OK) {
                        (void)fprintf(stderr, "bench_partition: %s\n", err.text);
                        return 1;
                    }
                    seconds[round] = (double)(clock() - began) / CLOCKS_PER_SEC;
                    lc_arena_release(&arena);
                }
                qsort(seconds, ROUNDS, sizeof *seconds, by_value);
                printf("%s,%s,%zu,%zu,%.4f\n", objective_name[objective], trend_name[trend],
                       most, part.n_bins, seconds[ROUNDS / 2]);
            }
    return 0;
}
