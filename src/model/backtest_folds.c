/* The folds of a backtest, side by side where they can be. */
#include "backtest_internal.h"

/* A fold that is run beside others: with memory of its own, and by one thread. */
struct aside {
    struct lc_race *fold;
    enum lc_rc (*run)(struct lc_race *fold, struct lc_err *err);
    struct lc_arena arena, scratch;
    struct lc_err err;
    enum lc_rc rc;
};

static void run_aside(void *context, size_t k, size_t worker)
{
    struct aside *a = (struct aside *)context + k;

    (void)worker;
    a->rc = lc_race_open(a->fold, &a->err);
    if (!a->rc)
        a->rc = a->run(a->fold, &a->err);
}

/* Takes a fold's memory, and gives it the race's. */
static enum lc_rc bring_home(struct aside *a, const struct lc_race *race, struct lc_err *err)
{
    enum lc_rc rc = lc_arena_adopt(race->arena, &a->arena, err);

    if (!rc)
        rc = lc_arena_adopt(race->scratch, &a->scratch, err);
    lc_arena_release(&a->arena);
    lc_arena_release(&a->scratch);
    a->fold->arena = race->arena;
    a->fold->scratch = race->scratch;
    a->fold->pool = race->pool;
    if (a->rc)
        *err = a->err;
    return a->rc ? a->rc : rc;
}

/* The folds do not ask of each other; the earliest that fails says why. */
static enum lc_rc run_side_by_side(const struct lc_race *race, struct lc_race *fold, size_t n,
                                   enum lc_rc (*run)(struct lc_race *fold, struct lc_err *err),
                                   struct lc_err *err)
{
    struct aside *aside = LC_NEW(race->scratch, n, struct aside);
    enum lc_rc rc = LC_OK;

    if (!aside)
        return lc_fail_memory(err, "the backtest");
    for (size_t k = 0; k < n; k++) {
        struct aside *a = &aside[k];

        *a = (struct aside){.fold = &fold[k], .run = run};
        lc_arena_init(&a->arena, race->arena->limit - race->arena->used);
        lc_arena_init(&a->scratch, race->scratch->limit - race->scratch->used);
        fold[k].arena = &a->arena;
        fold[k].scratch = &a->scratch;
        fold[k].pool = NULL;
    }
    lc_parallel_run(race->pool, n, run_aside, aside);
    for (size_t k = 0; k < n; k++) {
        struct lc_err own;
        const enum lc_rc failed = bring_home(&aside[k], race, &own);

        if (failed && !rc) {
            rc = failed;
            *err = own;
        }
    }
    return rc;
}

static enum lc_rc run_in_turn(struct lc_race *fold, size_t n,
                              enum lc_rc (*run)(struct lc_race *fold, struct lc_err *err),
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t k = 0; k < n && !rc; k++) {
        rc = lc_race_open(&fold[k], err);
        if (!rc)
            rc = run(&fold[k], err);
    }
    return rc;
}

enum lc_rc lc_race_folds(const struct lc_race *race,
                         enum lc_rc (*run)(struct lc_race *fold, struct lc_err *err),
                         struct lc_race **all, struct lc_err *err)
{
    const struct lc_fit_options *fit = &race->options->fit;
    /* A chain remembers, and the program behind separation (GLPK) is for one thread. */
    const bool alone = fit->chain || fit->likelihood || fit->explain;
    const struct lc_backtest_options *o = race->options;
    const struct lc_fold_rule rule = {o->rolling, o->most_folds, o->least_train_won,
                                      o->least_test_won};
    struct lc_race *fold;
    struct lc_folds folds;
    enum lc_rc rc = lc_cohort_folds(race->cohort, &rule, race->arena, &folds, err);

    if (!rc)
        rc = lc_race_refuse_short(race, &folds, err);
    if (rc)
        return rc;
    fold = LC_NEW(race->scratch, folds.n + 1, struct lc_race);
    if (!fold)
        return lc_fail_memory(err, "the backtest");
    for (size_t k = 0; k < folds.n; k++) {
        fold[k] = *race;
        fold[k].split = folds.of[k];
        fold[k].part = &fold[k];
        fold[k].parts = 1;
        fold[k].least_won = folds.n > 1 ? LC_LEAST_FOLD_WON : race->options->least_test_won;
    }
    rc = alone || folds.n == 1 ? run_in_turn(fold, folds.n, run, err)
                               : run_side_by_side(race, fold, folds.n, run, err);
    *all = folds.n > 1 ? &fold[folds.n] : fold;
    return rc || folds.n == 1 ? rc : lc_race_pool(fold, folds.n, *all, err);
}
