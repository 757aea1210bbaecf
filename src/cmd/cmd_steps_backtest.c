/* The steps that test: what a backtest learns from and tests is said before anything is fitted. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/agreement.h"
#include "leadcal/samplesize.h"

/* How much may be asked of the wins, before anything is. */
static void note_carried(const struct cmd_study *s, const struct lc_split *split, size_t folds)
{
    const double carried =
        lc_parameters_carried((double)split->n_train, (double)split->train_won);

    if (!folds || !split->train_won || split->train_won == split->n_train)
        return;
    if (carried < 1)
        cmd_note(
            s->out->quiet,
            "%zu training win%s among %zu leads carry%s no parameter: too few for one, or to "
            "know the close rate itself to within 0.05",
            split->train_won, split->train_won == 1 ? "" : "s", split->n_train,
            split->train_won == 1 ? "s" : "");
    else
        cmd_note(s->out->quiet,
                 "%zu training wins carry about %.0f parameter%s (levels less one for each "
                 "attribute, as far as the prior leaves them free)",
                 split->train_won, carried, carried < 2 ? "" : "s");
}

/* How the time is spent, of one test. */
static enum lc_rc note_history(const struct cmd_study *s, const struct lc_split *split,
                               struct lc_arena *arena, struct lc_err *err)
{
    const char *history = lc_cohort_history(&s->cohort, split, arena);

    if (!history)
        return lc_fail_memory(err, "the split");
    cmd_note(s->out->quiet, "%s", history);
    note_carried(s, split, 1);
    return LC_OK;
}

/* What each of several tests learns from; before anything is fitted. */
static enum lc_rc note_folds(const struct cmd_study *s, const struct lc_backtest_options *o,
                             struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_fold_rule rule = {o->rolling, o->most_folds, o->least_train_won,
                                      o->least_test_won};
    struct lc_folds folds;
    const enum lc_rc rc = lc_cohort_folds(&s->cohort, &rule, arena, &folds, err);

    if (rc)
        return rc;
    if (folds.n == 1 && strcmp(folds.of[0].fold, "test") == 0)
        return note_history(s, &folds.of[0], arena, err);
    for (size_t k = 0; k < folds.n; k++)
        cmd_note(s->out->quiet,
                 "fold %s: learns from %zu leads (%zu wins), tests %zu (%zu wins)",
                 folds.of[k].fold, folds.of[k].n_train, folds.of[k].train_won,
                 folds.of[k].n_test, folds.of[k].test_won);
    note_carried(s, &folds.of[folds.n ? folds.n - 1 : 0], folds.n);
    if (o->rolling == LC_ROLLING_MIXED)
        cmd_note(
            s->out->quiet,
            "warning: folds in no order of time are judged by leads that came before those "
            "learnt from; that flatters every model");
    return LC_OK;
}

enum lc_rc cmd_backtest_step(struct cmd_study *s, const struct lc_fit_options *fit,
                             const struct lc_grades *grades, const struct cmd_race_set *race,
                             struct lc_backtest *out, struct lc_err *err)
{
    struct lc_backtest_options options;
    struct lc_agreement agreement;
    struct cmd_columns columns;
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    if (rc)
        return rc;
    lc_backtest_options_init(&options);
    options.fit = *fit;
    rc = cmd_fit_dates(s, &options.fit, err);
    if (!rc)
        rc = cmd_prior_chain(s, &options.fit.chain, err);
    if (!rc)
        rc = cmd_fit_local(s, &options.fit, err);
    if (rc)
        return rc;
    options.grades = *grades;
    options.grades.capacity = s->spec.capacity;
    options.current = s->current.name ? &s->current : NULL;
    options.capacity = s->spec.capacity;
    options.rolling = race->rolling;
    options.most_folds = race->folds;
    options.comparisons = race->comparisons;
    options.optimism = race->optimism;
    options.lag = s->by_lag;
    options.spec = &s->spec;
    if (race->challenger)
        options.challenger = race->challenger;
    rc = note_folds(s, &options, &s->arena, err);
    if (!rc)
        rc = lc_agreement_resolve(&s->spec.agreement, true, &s->arena, &agreement, err);
    if (rc)
        return rc;
    options.agreement = &agreement;
    return lc_backtest(&s->table, &s->cohort, columns.column, columns.given, columns.n,
                       &options, s->pool, &s->arena, out, err);
}

enum lc_rc cmd_young_step(struct cmd_study *s, const struct lc_fit_options *fit,
                          const struct lc_grades *grades, struct lc_frame *frame,
                          struct lc_err *err)
{
    struct lc_backtest_options usual;
    struct cmd_columns columns;
    struct lc_young_options options = {.fit = *fit, .grades = *grades, .lag = s->by_lag};
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    options.grades.capacity = s->spec.capacity;
    if (!rc)
        rc = cmd_fit_dates(s, &options.fit, err);
    if (!rc)
        rc = cmd_prior_chain(s, &options.fit.chain, err);
    if (!rc)
        rc = cmd_fit_local(s, &options.fit, err);
    if (rc)
        return rc;
    lc_backtest_options_init(&usual);
    options.least_train_won = usual.least_train_won;
    options.column = columns.column;
    options.given = columns.given;
    options.k = columns.n;
    return lc_young(&s->table, &s->spec, &s->cohort, &options, s->pool, &s->arena, frame, err);
}
