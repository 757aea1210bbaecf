#include "leadcal/backtest.h"

#include <math.h>

#include "backtest_internal.h"
#include "fit_integer_internal.h"
#include "leadcal/num.h"

#define SHORTEST_WINDOW   30        /* days, of those that are chosen from: DEFINITIONS 1 */
#define WINS_TO_RECKON_BY 10        /* fewer say nothing of how many a month brings */
#define DAYS_A_MONTH      30.436875 /* of the Gregorian calendar: 365.2425 / 12 */
#define TEST_SHARE        0.25      /* of the leads, by lc_cohort_split */

void lc_backtest_options_init(struct lc_backtest_options *o)
{
    *o = (struct lc_backtest_options){.fit = {.prior_sd = LC_PRIOR_SD},
                                      .least_train_won = 50,
                                      .least_test_won = 20,
                                      .challenger = "logistic",
                                      .card = {.cap = LC_INTEGER_CAP}};
    lc_grades_init(&o->grades);
}

/* ---- enough history? ---- */

/* Wins that the history as a whole lacks: the test gets a quarter of what comes in, the training
 * at most the rest. */
static double wins_missing(const struct lc_split *s, const struct lc_backtest_options *o)
{
    const double train = (double)o->least_train_won - (double)s->train_won;
    const double test = (double)o->least_test_won - (double)s->test_won;

    return fmax(train / (1 - TEST_SHARE), test / TEST_SHARE);
}

/* "about 3 more months of leads", by the wins a month so far; NULL where memory is refused. */
static const char *how_much_more(const struct lc_cohort *c, double missing,
                                 struct lc_arena *scratch)
{
    int32_t first = INT32_MAX, last = LC_NO_DAY;
    double months;

    if (c->n_won == 0)
        return "leads that were won";
    if (c->n_won < WINS_TO_RECKON_BY)
        return "a much longer history";
    for (size_t i = 0; c->day && i < c->n; i++)
        if (c->day[i] != LC_NO_DAY) {
            first = c->day[i] < first ? c->day[i] : first;
            last = c->day[i] > last ? c->day[i] : last;
        }
    if (last != LC_NO_DAY && last - first < c->window_days)
        return "leads from a longer time";
    if (last == LC_NO_DAY)
        return lc_arena_format(scratch, "about %.0f more leads",
                               ceil(missing * (double)c->n / (double)c->n_won));
    months = ceil(missing * ((double)last - first + 1) / DAYS_A_MONTH / (double)c->n_won);
    return lc_arena_format(scratch, "about %.0f more month%s of leads", months,
                           months > 1 ? "s" : "");
}

static bool has_a_day(const struct lc_cohort *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->day[i] != LC_NO_DAY)
            return true;
    return false;
}

static enum lc_rc refuse_short_split(const struct lc_race *r, const struct lc_split *s,
                                     struct lc_err *err)
{
    const struct lc_backtest_options *o = r->options;
    const char *more;

    if (s->n_train > 0 && s->n_test > 0 && s->train_won >= o->least_train_won &&
        s->test_won >= o->least_test_won)
        return LC_OK;
    if (s->by_time && !has_a_day(r->cohort))
        return lc_fail(
            err, LC_EDEGENERATE,
            "no lead that counts has a decision date, so none is later than another; "
            "name the column with --entered, or mix past and future with --order none");
    more = how_much_more(r->cohort, wins_missing(s, o), r->scratch);
    if (!more)
        return lc_fail_memory(err, "the backtest");
    return lc_fail(err, LC_EDEGENERATE,
                   "not enough history: %zu training win%s and %zu test win%s, %zu and %zu are "
                   "needed; bring %s%s",
                   s->train_won, s->train_won == 1 ? "" : "s", s->test_won,
                   s->test_won == 1 ? "" : "s", o->least_train_won, o->least_test_won, more,
                   r->cohort->n_looks == 0 && r->cohort->window_days > SHORTEST_WINDOW
                       ? ", or leave the --window to be chosen"
                       : "");
}

enum lc_rc lc_race_refuse_short(const struct lc_race *r, const struct lc_folds *folds,
                                struct lc_err *err)
{
    const struct lc_backtest_options *o = r->options;
    const bool one = o->rolling == LC_ROLLING_NO || o->rolling == LC_ROLLING_AUTO;
    size_t won = 0;

    if (folds->n == 1 && one)
        return refuse_short_split(r, &folds->of[0], err);
    for (size_t k = 0; k < folds->n; k++)
        won += folds->of[k].test_won;
    if (won >= o->least_test_won)
        return LC_OK;
    return lc_fail(
        err, LC_EDEGENERATE,
        "not enough history: %zu %s could be tested, with %zu wins in all; each needs "
        "%zu training wins before it and %zu of its own, and all together %zu; %s",
        folds->n, folds->n == 1 ? "period" : "periods", won, o->least_train_won,
        LC_LEAST_FOLD_WON, o->least_test_won,
        o->rolling == LC_ROLLING_MIXED ? "bring more leads that were won"
                                       : "leave out --rolling for one longer test");
}

/* Pearson's correlation of the two sums of points of the logistic model; NaN where one is
 * constant. */
static double correlate(const struct lc_scored *s, size_t n)
{
    double f = 0, g = 0, ff = 0, gg = 0, fg = 0;

    for (size_t i = 0; i < n; i++) {
        f += s[i].f_points / (double)n;
        g += s[i].g_points / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        ff += (s[i].f_points - f) * (s[i].f_points - f);
        gg += (s[i].g_points - g) * (s[i].g_points - g);
        fg += (s[i].f_points - f) * (s[i].g_points - g);
    }
    return ff > 0 && gg > 0 ? fg / sqrt(ff * gg) : LC_NAN;
}

/* ---- the whole ---- */

static enum lc_rc open_frames(const struct lc_race *all, struct lc_backtest *b,
                              struct lc_err *err)
{
    enum lc_rc rc = lc_grade_frame(false, all->arena, &b->grades, err);

    if (!rc)
        rc = lc_race_title(all, &b->grades.title, err);
    if (!rc)
        rc = lc_race_grades(all, &b->grades, err);
    if (!rc)
        rc = lc_race_notes(all, b->f_g_correlation, &b->grades, err);
    b->by_fold = b->grades;
    if (rc || all->parts == 1)
        return rc;
    rc = lc_grade_frame(false, all->arena, &b->by_fold, err);
    b->by_fold.title = b->grades.title;
    if (!rc)
        rc = lc_race_grades(all, &b->by_fold, err);
    for (size_t k = 0; k < all->parts && !rc; k++)
        rc = lc_race_grades(&all->part[k], &b->by_fold, err);
    return rc ? rc : lc_race_notes(all, b->f_g_correlation, &b->by_fold, err);
}

/* The verdict under each table; under the metrics what the folds have learnt from, and why the score in use
 * was not judged. */
static enum lc_rc add_notes(const struct lc_race *all, struct lc_backtest *b,
                            struct lc_err *err)
{
    struct lc_frame *const frame[] = {&b->grades, &b->metrics, &b->by_fold};
    enum lc_rc rc;

    rc = lc_race_lag_notes(all, &b->metrics, err);
    if (!rc)
        rc = lc_race_current_notes(all, &b->metrics, err);
    for (size_t f = 0; f < (b->folds ? 3 : 2) && !rc; f++)
        rc = lc_frame_note(frame[f], err, "%s", b->verdict);
    if (!b->folds)
        b->by_fold = b->grades;
    return rc;
}

/* "2024-Q4, 2025-Q1" */
static enum lc_rc name_folds(const struct lc_race *all, const char **to, struct lc_err *err)
{
    const char *text = all->parts > 1 ? all->part[0].fold : NULL;

    for (size_t k = 1; k < all->parts && text; k++)
        text = lc_arena_format(all->arena, "%s, %s", text, all->part[k].fold);
    *to = text;
    return text || all->parts == 1 ? LC_OK : lc_fail_memory(err, "the folds");
}

static enum lc_rc report(const struct lc_race *all, struct lc_backtest *b, struct lc_err *err)
{
    const struct lc_entrant *fresh = &all->entrant[LC_NEW_MODEL];
    enum lc_rc rc = name_folds(all, &b->folds, err);

    b->split = all->split;
    b->f_g_correlation = correlate(fresh->scored, all->split.n_test);
    b->no_current = all->no_current;
    b->current_slope = all->current < all->n ? all->entrant[all->current].slope : LC_NAN;
    if (!rc)
        rc = open_frames(all, b, err);
    if (!rc)
        rc = lc_race_metrics(all, b, err);
    if (!rc)
        rc = lc_race_workload(all, &b->volume, &b->workload, err);
    if (!rc)
        rc = lc_race_curves(all, b, err);
    if (!rc)
        rc = lc_race_verdict(all, &b->verdict, err);
    if (!rc)
        rc = lc_race_verdicts(all, b, err);
    if (!rc)
        rc = lc_race_worked(all, &b->worked, err);
    lc_price_frame(all->arena, &b->price);
    if (!rc)
        rc = lc_race_price(all, &b->price, err);
    if (!rc)
        rc = lc_race_comparisons(all, &b->comparisons, err);
    if (rc)
        return rc;
    b->metrics.title = b->bins.title = b->gains.title = b->grades.title;
    b->comparisons.title = b->verdicts.title = b->worked.title = b->grades.title;
    return add_notes(all, b, err);
}

static enum lc_rc run_all(struct lc_race *fold, struct lc_err *err)
{
    const enum lc_rc rc = lc_race_run(fold, err);

    return rc ? rc : lc_race_learn_from_worked(fold, err);
}

/* NOLINTNEXTLINE(readability-function-size): the ten parameters are the contract in backtest.h */
enum lc_rc lc_backtest(const struct lc_table *table, const struct lc_cohort *cohort,
                       const size_t *column, const struct lc_spec_attribute *const *given,
                       size_t k, const struct lc_backtest_options *options,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       struct lc_backtest *out, struct lc_err *err)
{
    struct lc_arena scratch;
    const struct lc_race race = {.table = table,
                                 .cohort = cohort,
                                 .column = column,
                                 .given = given,
                                 .k = k,
                                 .options = options,
                                 .pool = pool,
                                 .arena = arena,
                                 .scratch = &scratch};
    struct lc_backtest b = {.verdict = NULL};
    struct lc_race *all = NULL;
    enum lc_rc rc;

    if (k == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "no column may enter a model; name some with --by or in the spec");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_race_folds(&race, run_all, &all, err);
    if (!rc)
        rc = report(all, &b, err);
    if (!rc)
        *out = b;
    lc_arena_release(&scratch);
    return rc;
}
