#include "leadcal/backtest.h"

#include <math.h>
#include <stdio.h>

#include "backtest_internal.h"
#include "leadcal/num.h"

#define WINS_TO_RECKON_BY 10        /* fewer say nothing of how many a month brings */
#define DAYS_A_MONTH      30.436875 /* of the Gregorian calendar: 365.2425 / 12 */
#define TEST_SHARE        0.25      /* of the leads, by lc_cohort_split */

void lc_backtest_options_init(struct lc_backtest_options *o)
{
    struct lc_grades defaults;

    lc_grades_init(&defaults);
    *o = (struct lc_backtest_options){.fit = {.prior_sd = LC_PRIOR_SD},
                                      .cuts = defaults.method,
                                      .least_train_won = 50,
                                      .least_test_won = 20};
    for (size_t c = 0; c < LC_GRADES; c++)
        o->target[c] = defaults.target[c];
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

static enum lc_rc refuse_short_history(const struct lc_race *r, struct lc_err *err)
{
    const struct lc_backtest_options *o = r->options;
    const struct lc_split *s = &r->split;
    const char *more;

    if (s->n_train > 0 && s->n_test > 0 && s->train_won >= o->least_train_won &&
        s->test_won >= o->least_test_won)
        return LC_OK;
    more = how_much_more(r->cohort, wins_missing(s, o), r->scratch);
    if (!more)
        return lc_fail_memory(err, "the backtest");
    return lc_fail(err, LC_EDEGENERATE,
                   "not enough history: %zu training wins and %zu test wins, %zu and %zu are "
                   "needed; bring %s%s",
                   s->train_won, s->test_won, o->least_train_won, o->least_test_won, more,
                   r->cohort->window_days > 0 ? ", or take a shorter --window" : "");
}

/* ---- how far it may be believed ---- */

/* First and last decision day of some leads. */
static void days_of(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                    char first[LC_DAY_TEXT], char last[LC_DAY_TEXT])
{
    int32_t low = INT32_MAX, high = LC_NO_DAY;

    for (size_t i = 0; i < n; i++) {
        low = c->day[lead[i]] < low ? c->day[lead[i]] : low;
        high = c->day[lead[i]] > high ? c->day[lead[i]] : high;
    }
    lc_day_text(low, first);
    lc_day_text(high, last);
}

static const char *split_text(const struct lc_race *r)
{
    const struct lc_split *s = &r->split;
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT], from[LC_DAY_TEXT], to[LC_DAY_TEXT];

    if (!s->by_time)
        return lc_arena_format(r->arena,
                               "file order, %s: trained on the first %zu leads, tested on the "
                               "last %zu",
                               r->cohort->file_is_time
                                   ? "which the spec says is the order of time"
                                   : "not checked as time",
                               s->n_train, s->n_test);
    days_of(r->cohort, s->train, s->n_train, first, last);
    days_of(r->cohort, s->test, s->n_test, from, to);
    return lc_arena_format(r->arena,
                           "out of time: trained on %zu leads decided %s to %s, tested on %zu "
                           "later ones decided %s to %s",
                           s->n_train, first, last, s->n_test, from, to);
}

/* "column 'x' and 2 more were counted at export", or may have been where the spec does not say. */
static const char *export_text(const struct lc_race *r)
{
    const struct lc_card *card = &r->entrant[1].card;
    const char *first = NULL;
    char more[32] = "";
    size_t n = 0, unsaid = 0;

    for (size_t j = 0; j < card->k; j++) {
        const struct lc_attribute *a = &card->attribute[j].attribute;

        if (!lc_counted_at_export(a))
            continue;
        first = first ? first : a->column;
        unsaid += a->as_of == LC_AS_OF_UNSAID;
        n++;
    }
    if (n == 0)
        return "";
    if (n > 1)
        (void)snprintf(more, sizeof more, " and %zu more", n - 1);
    return lc_arena_format(
        r->arena, "column '%s'%s %s counted at export, after some outcomes%s; ", first, more,
        unsaid  ? "may have been"
        : n > 1 ? "were"
                : "was",
        unsaid ? " (\"as_of\": \"decision\" in the spec says what was not)" : "");
}

static enum lc_rc write_verdict(const struct lc_race *r, const char **verdict,
                                struct lc_err *err)
{
    const char *split = split_text(r), *at_export = export_text(r), *text;
    bool weak;

    if (!split || !at_export)
        return lc_fail_memory(err, "the verdict");
    weak = *at_export || !(r->split.by_time || r->cohort->file_is_time);
    text = lc_arena_format(r->arena, "%s%s%s", weak ? "weak: " : "", at_export, split);
    if (!text)
        return lc_fail_memory(err, "the verdict");
    *verdict = text;
    return LC_OK;
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

static enum lc_rc gather(const struct lc_race *r, const uint32_t *place, size_t n,
                         uint32_t **row, uint8_t **y, struct lc_err *err)
{
    *row = LC_NEW(r->scratch, n, uint32_t);
    *y = LC_NEW(r->scratch, n, uint8_t);
    if (!*row || !*y)
        return lc_fail_memory(err, "the backtest's leads");
    for (size_t i = 0; i < n; i++) {
        (*row)[i] = r->cohort->row[place[i]];
        (*y)[i] = r->cohort->y[place[i]];
    }
    return LC_OK;
}

static enum lc_rc split_leads(struct lc_race *r, struct lc_err *err)
{
    enum lc_rc rc = lc_cohort_split(r->cohort, r->arena, &r->split, err);

    if (!rc)
        rc = refuse_short_history(r, err);
    if (!rc)
        rc = gather(r, r->split.train, r->split.n_train, &r->train_row, &r->train_y, err);
    if (!rc)
        rc = gather(r, r->split.test, r->split.n_test, &r->test_row, &r->test_y, err);
    return rc;
}

static enum lc_rc report(const struct lc_race *r, struct lc_backtest *b, struct lc_err *err)
{
    enum lc_rc rc;

    b->split = r->split;
    b->f_g_correlation = correlate(r->entrant[1].scored, r->split.n_test);
    rc = lc_race_grades(r, b->f_g_correlation, &b->grades, err);
    if (!rc)
        rc = lc_race_metrics(r, b, err);
    if (!rc)
        rc = lc_race_curves(r, b, err);
    if (!rc)
        rc = write_verdict(r, &b->verdict, err);
    if (!rc)
        b->metrics.title = b->bins.title = b->gains.title = b->grades.title;
    if (!rc)
        rc = lc_frame_note(&b->grades, err, "%s", b->verdict);
    if (!rc)
        rc = lc_frame_note(&b->metrics, err, "%s", b->verdict);
    return rc;
}

/* NOLINTNEXTLINE(readability-function-size): the ten parameters are the contract in backtest.h */
enum lc_rc lc_backtest(const struct lc_table *table, const struct lc_cohort *cohort,
                       const size_t *column, const struct lc_spec_attribute *const *given,
                       size_t k, const struct lc_backtest_options *options,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       struct lc_backtest *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_race race = {.table = table,
                           .cohort = cohort,
                           .column = column,
                           .given = given,
                           .k = k,
                           .options = options,
                           .pool = pool,
                           .arena = arena,
                           .scratch = &scratch};
    struct lc_backtest b = {.verdict = NULL};
    enum lc_rc rc;

    if (k == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "no column may enter a model; name some with --by or in the spec");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = split_leads(&race, err);
    if (!rc)
        rc = lc_race_run(&race, err);
    if (!rc)
        rc = report(&race, &b, err);
    if (!rc)
        *out = b;
    lc_arena_release(&scratch);
    return rc;
}
