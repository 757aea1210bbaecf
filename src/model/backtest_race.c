#include "backtest_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/cuts.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "model_internal.h"

/* Activity counters and scores of a flat export stand as of its day (DEFINITIONS 1). */
static bool sounds_counted(const char *name)
{
    static const char *const word[] = {
        "opens",     "opened", "clicks",   "clicked",  "visits",    "views",   "viewed",
        "pageviews", "pages",  "sessions", "score",    "touch",     "touches", "emails",
        "downloads", "calls",  "meetings", "activity", "activities"};

    for (size_t w = 0; w < sizeof word / sizeof *word; w++)
        if (lc_name_has(name, word[w]))
            return true;
    return false;
}

bool lc_counted_at_export(const struct lc_attribute *a)
{
    if (a->as_of != LC_AS_OF_UNSAID)
        return a->as_of == LC_AS_OF_EXPORT;
    return a->role == LC_ROLE_ENGAGEMENT || sounds_counted(a->column);
}

/* ---- scoring ---- */

static void count_unseen(const struct lc_card *card, const struct lc_column *codes, size_t n,
                         size_t *unseen)
{
    for (size_t j = 0; j < card->k; j++)
        for (size_t i = 0; i < n && !card->attribute[j].attribute.of; i++)
            unseen[j] += lc_code_at(&codes[j], i) == card->attribute[j].attribute.n_levels;
}

/* Free levels: one less than there are, attribute by attribute. */
static double count_levels(const struct lc_card *card)
{
    double levels = 0;

    for (size_t j = 0; j < card->k; j++)
        levels += (double)card->attribute[j].attribute.n_levels - 1;
    return levels;
}

enum lc_rc lc_race_grade(const struct lc_race *r, struct lc_entrant *e, struct lc_err *err)
{
    e->letter = LC_NEW(r->scratch, e->n + 1, uint8_t);
    e->digit = LC_NEW(r->scratch, e->n + 1, uint8_t);
    if (!e->letter || !e->digit)
        return lc_fail_memory(err, "the backtest's grades");
    for (size_t i = 0; i < e->n; i++) {
        if (e->grades.letter.used)
            e->letter[i] = (uint8_t)lc_grade_of(&e->grades.letter, e->scored[i].f_points);
        if (e->grades.digit.used)
            e->digit[i] = (uint8_t)lc_grade_of(&e->grades.digit, e->scored[i].g_points);
    }
    return LC_OK;
}

enum lc_rc lc_race_enter(struct lc_race *r, const struct lc_card *card, const size_t *column,
                         bool by_points, double slope, struct lc_err *err)
{
    struct lc_entrant *e = &r->entrant[r->n];
    const bool lag = r->lagged.lags.told && !by_points;
    const uint32_t *train_row = lag ? r->lagged.row : r->train_row;
    const size_t n_train = lag ? r->lagged.n : r->split.n_train, n_test = r->split.n_test;
    struct lc_scored *train = LC_NEW(r->scratch, n_train, struct lc_scored);
    struct lc_column *codes = NULL;
    enum lc_rc rc;

    *e = (struct lc_entrant){.name = card->method,
                             .card = *card,
                             .lead = r->split.test,
                             .y = r->test_y,
                             .n = n_test,
                             .n_won = r->split.test_won,
                             .origin = by_points ? card->intercept : 0,
                             .slope = slope,
                             .parameters = count_levels(card)};
    e->scored = LC_NEW(r->scratch, n_test, struct lc_scored);
    e->order = LC_NEW(r->scratch, n_test, double);
    e->p = LC_NEW(r->scratch, n_test, double);
    e->unseen = LC_NEW(r->scratch, card->k, size_t);
    if (!train || !e->scored || !e->order || !e->p || !e->unseen)
        return lc_fail_memory(err, "the backtest's scores");
    e->grades = strcmp(card->method, "logistic") == 0 ? r->grades : lc_grade_plain(&r->grades);
    rc = lc_card_code(card, r->table, column, train_row, n_train, r->scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, n_train, train);
    rc = lc_grades_make(card, train, n_train, r->scratch, &e->grades, err);
    if (!rc)
        rc = lc_card_code(card, r->table, column, r->test_row, n_test, r->scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, n_test, e->scored);
    count_unseen(card, codes, n_test, e->unseen);
    for (size_t i = 0; i < n_test; i++) {
        e->p[i] = e->scored[i].probability;
        e->order[i] =
            by_points ? e->scored[i].f_points + e->scored[i].g_points : e->scored[i].log_odds;
    }
    rc = lc_race_grade(r, e, err);
    r->n += rc == LC_OK;
    return rc;
}

enum lc_rc lc_race_calibrate(const struct lc_race *r, const double *score, double *intercept,
                             double *slope, struct lc_err *err)
{
    const size_t n = r->split.n_train;
    const struct lc_codes none = {.n = n};
    double *y = LC_NEW(r->scratch, n, double);
    const struct lc_logit_data data = {
        .n = n, .codes = &none, .x = &score, .n_numeric = 1, .y = y};
    struct lc_logit_fit fit;
    const double won = (double)r->split.train_won;
    enum lc_rc rc;

    if (!y)
        return lc_fail_memory(err, "a score's calibration");
    for (size_t i = 0; i < n; i++)
        y[i] = r->train_y[i];
    rc = lc_logit(&data, NULL, r->pool, r->scratch, &fit, err);
    if (rc && rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    *intercept = rc ? log(won / ((double)n - won)) : fit.b[0];
    *slope = rc ? 0 : fit.b[1];
    return LC_OK;
}

/* ---- the logistic models ---- */

/* Which of the attributes a logistic model may use. */
enum members { ALL, PROFILE, ENGAGEMENT, AT_DECISION };

static bool is_member(const struct lc_attribute *a, enum members which)
{
    switch (which) {
    case PROFILE: return a->role == LC_ROLE_PROFILE;
    case ENGAGEMENT: return a->role == LC_ROLE_ENGAGEMENT;
    case AT_DECISION: return !lc_counted_at_export(a);
    case ALL: return true;
    }
    return true;
}

/* The fit's options; where young leads enter, with their shares of the lag, and without an effect of
 * entry quarters: the youngest would look poor. */
static struct lc_fit_options options_of(const struct lc_race *r)
{
    struct lc_fit_options o = r->options->fit;

    if (!r->lagged.lags.told)
        return o;
    o.seen = r->lagged.seen;
    o.quarter = NULL;
    return o;
}

enum lc_rc lc_race_fit(const struct lc_race *r, const char *method, const size_t *column,
                       const struct lc_spec_attribute *const *given, size_t k,
                       struct lc_fit *fit, struct lc_card *card, struct lc_err *err)
{
    const struct lc_lagged *l = &r->lagged;
    const bool lag = l->lags.told;
    struct lc_fit_options options = options_of(r);
    enum lc_rc rc;

    if (strcmp(method, "logistic") !=
        0) /* the others are held against what segments add to it */
        options.local = NULL;
    rc = lc_fit_leads(r->table, lag ? l->row : r->train_row, lag ? l->y : r->train_y,
                      lag ? l->n : r->split.n_train, column, given, k, &options, r->pool,
                      r->scratch, fit, err);
    return rc ? rc : lc_fit_card(fit, method, r->scratch, card, err);
}

/* Tests are judged by wins within the window, so a win in the end is foretold as far as it comes by
 * then. */
enum lc_rc lc_race_enter_fitted(struct lc_race *r, const struct lc_card *card,
                                const struct lc_fit *fit, const size_t *column,
                                struct lc_err *err)
{
    struct lc_entrant *e = &r->entrant[r->n];
    const double *share;
    enum lc_rc rc = lc_race_enter(r, card, column, false, 1, err);

    if (rc)
        return rc;
    e->parameters = fit->kernel.effective_df - 1; /* the intercept is not one */
    if (!r->lagged.lags.told || r->cohort->window_days == LC_WINDOW_NONE)
        return LC_OK;
    rc = lc_lags_within(&r->lagged.lags, r->table, r->test_row, e->n, r->cohort->window_days,
                        r->scratch, &share, err);
    for (size_t i = 0; i < e->n && !rc; i++)
        e->p[i] *= share[i];
    return rc;
}

static enum lc_rc enter_part(struct lc_race *r, const struct lc_card *all, const char *method,
                             enum members which, struct lc_err *err)
{
    size_t *column = LC_NEW(r->scratch, r->k, size_t);
    const struct lc_spec_attribute **given =
        LC_NEW(r->scratch, r->k, const struct lc_spec_attribute *);
    struct lc_card card;
    struct lc_fit fit;
    size_t k = 0;
    enum lc_rc rc;

    if (!column || !given)
        return lc_fail_memory(err, "the backtest's models");
    for (size_t j = 0; j < r->k; j++)
        if (is_member(&all->attribute[j].attribute, which)) {
            column[k] = r->column[j];
            given[k++] = r->given ? r->given[j] : NULL;
        }
    rc = lc_race_fit(r, method, column, given, k, &fit, &card, err);
    return rc ? rc : lc_race_enter_fitted(r, &card, &fit, column, err);
}

static enum lc_rc enter_parts(struct lc_race *r, const struct lc_card *all, struct lc_err *err)
{
    size_t profile = 0, decision = 0, both = 0;
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < all->k; j++) {
        const struct lc_attribute *a = &all->attribute[j].attribute;

        profile += is_member(a, PROFILE);
        decision += is_member(a, AT_DECISION);
        both += is_member(a, PROFILE) && is_member(a, AT_DECISION);
    }
    if (profile > 0 && profile < all->k) {
        rc = enter_part(r, all, "profile", PROFILE, err);
        if (!rc)
            rc = enter_part(r, all, "engagement", ENGAGEMENT, err);
    }
    /* Left out where it is the whole model, or the profile model under another name. */
    if (!rc && decision > 0 && decision < all->k && !(both == profile && both == decision))
        rc = enter_part(r, all, "decision", AT_DECISION, err);
    return rc;
}

size_t lc_race_find(const struct lc_race *r, const char *name)
{
    size_t m = 0;

    while (m < r->n && strcmp(r->entrant[m].name, name) != 0)
        m++;
    return m;
}

/* The one that was named beforehand; the score in use and no score are what it is held against. */
static enum lc_rc find_challenger(struct lc_race *r, struct lc_err *err)
{
    const char *name = r->options->challenger;
    char all[256] = "";

    r->challenger = lc_race_find(r, name);
    if (r->challenger < r->n - 1 && r->challenger != r->current)
        return LC_OK;
    for (size_t m = 0; m + 1 < r->n; m++)
        if (m != r->current)
            (void)snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", m ? ", " : "",
                           r->entrant[m].name);
    return lc_fail(err, LC_EMISMATCH,
                   "no model '%.40s' is learnt here; the challenger is one of %s", name, all);
}

/* Cuts by the outcome, on the training leads: they are of the sums of the logistic model. */
static enum lc_rc learn_grades(struct lc_race *r, struct lc_err *err)
{
    const struct lc_lagged *l = &r->lagged;
    const struct lc_fit_options options = options_of(r);
    int32_t *day = LC_NEW(r->scratch, r->split.n_train, int32_t);
    struct lc_cuts_study s = {.table = r->table,
                              .row = r->train_row,
                              .y = r->train_y,
                              .day = r->split.by_time ? day : NULL,
                              .n = r->split.n_train,
                              .column = r->column,
                              .given = r->given,
                              .k = r->k,
                              .fit = &options,
                              .pool = r->pool};

    if (!day)
        return lc_fail_memory(err, "the grades' cuts");
    for (size_t i = 0; r->split.by_time && i < s.n; i++)
        day[i] = r->cohort->day[r->split.train[i]];
    if (l->lags.told) {
        s.row = l->row;
        s.y = l->y;
        s.day = l->day;
        s.mature = l->mature;
        s.n = l->n;
    }
    r->grades = r->options->grades;
    return lc_cuts_learn(&s, r->arena, &r->grades, &r->grades_note, err);
}

/* The levels that points and weights of evidence are counted over, and the weights that become whole
 * points: those of the training leads, whose outcomes are known, also where the logistic model has
 * learnt from young ones. levels, fit  in: of the logistic model; out */
static enum lc_rc learn_levels(const struct lc_race *r, struct lc_card *levels,
                               struct lc_fit *fit, struct lc_err *err)
{
    struct lc_race plain = *r;

    if (!r->lagged.lags.told)
        return LC_OK;
    plain.lagged = (struct lc_lagged){.n = 0};
    return lc_race_fit(&plain, "logistic", r->column, r->given, r->k, fit, levels, err);
}

struct lc_card lc_race_none(const struct lc_race *r, const char *method)
{
    const double won = (double)r->split.train_won;

    return (struct lc_card){.method = method,
                            .intercept = log(won / ((double)r->split.n_train - won)),
                            .scale = lc_points_standard()};
}

enum lc_rc lc_race_run(struct lc_race *r, struct lc_err *err)
{
    const struct lc_card none = lc_race_none(r, "none");
    struct lc_card all, levels;
    struct lc_fit fit, plain;
    enum lc_rc rc = lc_race_lag(r, err);

    if (!rc)
        rc = learn_grades(r, err);
    if (!rc)
        rc = lc_race_fit(r, "logistic", r->column, r->given, r->k, &fit, &all, err);
    if (rc)
        return rc;
    r->local = fit.local;
    levels = all;
    plain = fit;
    if (r->options->fit.local)
        rc = lc_race_fit(r, "global", r->column, r->given, r->k, &plain, &levels, err);
    else
        rc = learn_levels(r, &levels, &plain, err);
    if (!rc)
        rc = lc_race_points(r, &levels, "ratio", err);
    if (!rc)
        rc = lc_race_enter_fitted(r, &all, &fit, r->column, err);
    if (!rc && r->options->fit.local)
        rc = lc_race_enter_fitted(r, &levels, &plain, r->column, err);
    if (!rc)
        rc = lc_race_points(r, &levels, "woe", err);
    if (!rc && r->options->card.cap > 0)
        rc = lc_race_integer(r, &plain, err);
    if (!rc)
        rc = enter_parts(r, &levels, err);
    r->current = LC_MOST_ENTRANTS;
    if (!rc && r->options->current)
        rc = lc_race_current(r, err);
    if (!rc)
        rc = lc_race_enter(r, &none, NULL, false, 1, err);
    return rc ? rc : find_challenger(r, err);
}
