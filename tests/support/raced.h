/* raced.h - backtests over simulated leads, and what they found. */
#ifndef LC_RACED_H
#define LC_RACED_H

#include <string.h>

#include "leadcal/backtest.h"
#include "simulated.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static inline struct simulated *simulated_by(uint64_t seed)
{
    struct simulated *s = simulate(seed, &arena);

    simulated_cohort(s, &arena);
    return s;
}

/* Which columns are raced, as the spec has them. */
struct raced {
    const size_t *column;
    size_t k; /* at most SIMULATED_COLUMNS */
};

static inline enum lc_rc race(const struct simulated *s, struct raced raced,
                              const struct lc_backtest_options *o, struct lc_parallel *pool,
                              struct lc_arena *to, struct lc_backtest *b, struct lc_err *err)
{
    const struct lc_spec_attribute *given[SIMULATED_COLUMNS] = {NULL};

    for (size_t j = 0; j < raced.k; j++)
        given[j] = lc_spec_attribute_of(&s->spec, s->table.column[raced.column[j]].codes.name);
    return lc_backtest(&s->table, &s->cohort, raced.column, given, raced.k, o, pool, to, b,
                       err);
}

static inline struct lc_backtest race_well(const struct simulated *s, struct raced raced,
                                           const struct lc_backtest_options *o)
{
    struct lc_backtest b;
    struct lc_err err = {.text = ""};
    const enum lc_rc rc = race(s, raced, o, NULL, &arena, &b, &err);

    if (rc)
        print_error("%s\n", err.text);
    assert_int_equal(rc, LC_OK);
    return b;
}

/* Its place; n_metrics where it is not there. */
static inline size_t metric_at(const struct lc_backtest *b, const char *model, const char *fold,
                               const char *metric)
{
    size_t i = 0;

    while (i < b->n_metrics &&
           (strcmp(b->metric[i].model, model) != 0 || strcmp(b->metric[i].fold, fold) != 0 ||
            strcmp(b->metric[i].metric, metric) != 0))
        i++;
    return i;
}

static inline const struct lc_metric *metric_of(const struct lc_backtest *b, const char *model,
                                                const char *fold, const char *metric)
{
    const size_t at = metric_at(b, model, fold, metric);

    if (at == b->n_metrics) {
        print_error("no %s of %s in %s\n", metric, model, fold);
        fail();
    }
    return &b->metric[at];
}

static inline double value_of(const struct lc_backtest *b, const char *model, const char *fold,
                              const char *metric)
{
    return metric_of(b, model, fold, metric)->value;
}

#endif
