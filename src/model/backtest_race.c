#include "backtest_internal.h"

#include <math.h>

#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "model_internal.h"

#define FOLDS \
    5 /* of the training leads, for the ratio's calibration: by decision day, else by place */

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

static double log_odds_of(double p)
{
    return log(p) - log1p(-p);
}

/* ---- scoring ---- */

static enum lc_rc code_leads(const struct lc_race *r, const struct lc_card *card,
                             const size_t *column, const uint32_t *row, size_t n,
                             struct lc_column **to, struct lc_err *err)
{
    struct lc_column *codes = LC_NEW(r->scratch, card->k, struct lc_column);

    if (!codes)
        return lc_fail_memory(err, "the backtest's leads");
    for (size_t j = 0; j < card->k; j++) {
        const enum lc_rc rc =
            lc_attribute_code(&card->attribute[j].attribute, &r->table->column[column[j]], row,
                              n, r->scratch, &codes[j], err);

        if (rc)
            return rc;
    }
    *to = codes;
    return LC_OK;
}

static void count_unseen(const struct lc_card *card, const struct lc_column *codes, size_t n,
                         size_t *unseen)
{
    for (size_t j = 0; j < card->k; j++)
        for (size_t i = 0; i < n; i++)
            unseen[j] += lc_code_at(&codes[j], i) == card->attribute[j].attribute.n_levels;
}

/* Cuts the grades on the training leads, then scores the test leads. They are ranked by points,
 * which the log-odds follow with that slope, or by the log-odds themselves. */
static enum lc_rc enter(struct lc_race *r, const struct lc_card *card, const size_t *column,
                        bool by_points, double slope, struct lc_err *err)
{
    struct lc_entrant *e = &r->entrant[r->n];
    const size_t n_train = r->split.n_train, n_test = r->split.n_test;
    struct lc_scored *train = LC_NEW(r->scratch, n_train, struct lc_scored);
    struct lc_column *codes = NULL;
    enum lc_rc rc;

    *e = (struct lc_entrant){.name = card->method,
                             .card = *card,
                             .origin = by_points ? card->intercept : 0,
                             .slope = slope};
    e->scored = LC_NEW(r->scratch, n_test, struct lc_scored);
    e->order = LC_NEW(r->scratch, n_test, double);
    e->p = LC_NEW(r->scratch, n_test, double);
    e->unseen = LC_NEW(r->scratch, card->k, size_t);
    if (!train || !e->scored || !e->order || !e->p || !e->unseen)
        return lc_fail_memory(err, "the backtest's scores");
    e->grades.method = r->options->cuts;
    for (size_t c = 0; c < LC_GRADES; c++)
        e->grades.target[c] = r->options->target[c];
    rc = code_leads(r, card, column, r->train_row, n_train, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, n_train, train);
    rc = lc_grades_make(card, train, n_train, r->scratch, &e->grades, err);
    if (!rc)
        rc = code_leads(r, card, column, r->test_row, n_test, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, n_test, e->scored);
    count_unseen(card, codes, n_test, e->unseen);
    for (size_t i = 0; i < n_test; i++) {
        e->p[i] = e->scored[i].probability;
        e->order[i] =
            by_points ? e->scored[i].f_points + e->scored[i].g_points : e->scored[i].log_odds;
    }
    r->n++;
    return LC_OK;
}

/* ---- the ratio method ---- */

/* A level's rate over the baseline less 1, so that an average lead has 0: the published ratio,
 * moved. Without leads or without wins it says nothing: 0. */
static double centred_ratio(double won, double n, double all_won, double all_n)
{
    return n > 0 && all_won > 0 ? won / n / (all_won / all_n) - 1 : 0;
}

/* The fold of each training lead: by its decision day, so that the order of rows does not matter;
 * by its place where there are no days, or where half of the leads share a fold. */
static uint8_t *deal_folds(const struct lc_race *r)
{
    const size_t n = r->split.n_train;
    uint8_t *fold = LC_NEW(r->scratch, n, uint8_t);
    size_t count[FOLDS] = {0}, most = 0;

    for (size_t i = 0; fold && r->split.by_time && i < n; i++) {
        const int32_t day = r->cohort->day[r->split.train[i]] % FOLDS;

        fold[i] = (uint8_t)(day < 0 ? day + FOLDS : day);
        count[fold[i]]++;
    }
    for (size_t k = 0; k < FOLDS; k++)
        most = count[k] > most ? count[k] : most;
    for (size_t i = 0; fold && (most == 0 || 2 * most > n) && i < n; i++)
        fold[i] = (uint8_t)(i % FOLDS);
    return fold;
}

/* Leads and wins by fold and level of one attribute. */
struct fold_counts {
    double *n, *won; /* [FOLDS * levels] */
};

/* Adds an attribute's out-of-fold ratios to the scores of the training leads. */
static enum lc_rc add_out_of_fold(const struct lc_race *r, const struct lc_attribute *a,
                                  const struct lc_column *codes, const uint8_t *of,
                                  const double *fold_n, const double *fold_won, double *score,
                                  struct lc_err *err)
{
    const size_t levels = a->n_levels, n = r->split.n_train;
    const struct fold_counts in = {LC_NEW(r->scratch, FOLDS * levels, double),
                                   LC_NEW(r->scratch, FOLDS * levels, double)};

    if (!in.n || !in.won)
        return lc_fail_memory(err, "the ratio's calibration");
    for (size_t i = 0; i < n; i++) {
        const size_t at = of[i] * levels + lc_code_at(codes, i);

        in.n[at] += 1;
        in.won[at] += r->train_y[i];
    }
    for (size_t i = 0; i < n; i++) {
        const size_t fold = of[i], v = lc_code_at(codes, i), at = fold * levels + v;

        score[i] += centred_ratio(a->won[v] - in.won[at], a->n[v] - in.n[at],
                                  (double)r->split.train_won - fold_won[fold],
                                  (double)n - fold_n[fold]);
    }
    return LC_OK;
}

/* Intercept and slope of won on the out-of-fold scores; the intercept alone where they do not
 * tell the leads apart. */
static enum lc_rc calibrate(const struct lc_race *r, const double *score, double *intercept,
                            double *slope, struct lc_err *err)
{
    const size_t n = r->split.n_train;
    const struct lc_codes none = {.n = n};
    double *y = LC_NEW(r->scratch, n, double);
    const struct lc_logit_data data = {
        .n = n, .codes = &none, .x = &score, .n_numeric = 1, .y = y};
    struct lc_logit_fit fit;
    enum lc_rc rc;

    if (!y)
        return lc_fail_memory(err, "the ratio's calibration");
    for (size_t i = 0; i < n; i++)
        y[i] = r->train_y[i];
    rc = lc_logit(&data, NULL, r->pool, r->scratch, &fit, err);
    if (rc && rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    *intercept = rc ? log_odds_of((double)r->split.train_won / (double)n) : fit.b[0];
    *slope = rc ? 0 : fit.b[1];
    return LC_OK;
}

static enum lc_rc ratio_attribute(const struct lc_race *r, const struct lc_attribute *a,
                                  double slope, struct lc_card_attribute *to,
                                  struct lc_err *err)
{
    double *value = LC_NEW(r->scratch, a->n_levels + 1, double);
    double *points = LC_NEW(r->scratch, a->n_levels + 1, double);

    if (!value || !points)
        return lc_fail_memory(err, "the ratio card");
    for (size_t v = 0; v < a->n_levels; v++) {
        points[v] = centred_ratio(a->won[v], a->n[v], (double)r->split.train_won,
                                  (double)r->split.n_train);
        value[v] = slope * points[v];
    }
    *to = (struct lc_card_attribute){.attribute = *a, .value = value, .points = points};
    return LC_OK;
}

/* The card of the published method, from the levels that the logistic fit learnt. */
static enum lc_rc enter_ratio(struct lc_race *r, const struct lc_card *levels,
                              struct lc_err *err)
{
    const size_t n = r->split.n_train;
    struct lc_card_attribute *attribute =
        LC_NEW(r->scratch, levels->k, struct lc_card_attribute);
    double *score = LC_NEW(r->scratch, n, double);
    const uint8_t *of = deal_folds(r);
    double fold_n[FOLDS] = {0}, fold_won[FOLDS] = {0}, slope = 0;
    struct lc_card card = {.method = "ratio", .k = levels->k, .attribute = attribute};
    struct lc_column *codes = NULL;
    enum lc_rc rc = code_leads(r, levels, r->column, r->train_row, n, &codes, err);

    if (rc)
        return rc;
    if (!attribute || !score || !of)
        return lc_fail_memory(err, "the ratio card");
    for (size_t i = 0; i < n; i++) {
        fold_n[of[i]] += 1;
        fold_won[of[i]] += r->train_y[i];
    }
    for (size_t j = 0; j < levels->k && !rc; j++)
        rc = add_out_of_fold(r, &levels->attribute[j].attribute, &codes[j], of, fold_n,
                             fold_won, score, err);
    if (!rc)
        rc = calibrate(r, score, &card.intercept, &slope, err);
    for (size_t j = 0; j < levels->k && !rc; j++)
        rc = ratio_attribute(r, &levels->attribute[j].attribute, slope, &attribute[j], err);
    return rc ? rc : enter(r, &card, r->column, true, slope, err);
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

static enum lc_rc fit_card(const struct lc_race *r, const char *method, const size_t *column,
                           const struct lc_spec_attribute *const *given, size_t k,
                           struct lc_card *card, struct lc_err *err)
{
    struct lc_fit fit;
    enum lc_rc rc = lc_fit_leads(r->table, r->train_row, r->train_y, r->split.n_train, column,
                                 given, k, &r->options->fit, r->pool, r->scratch, &fit, err);

    return rc ? rc : lc_fit_card(&fit, method, r->scratch, card, err);
}

static enum lc_rc enter_part(struct lc_race *r, const struct lc_card *all, const char *method,
                             enum members which, struct lc_err *err)
{
    size_t *column = LC_NEW(r->scratch, r->k, size_t);
    const struct lc_spec_attribute **given =
        LC_NEW(r->scratch, r->k, const struct lc_spec_attribute *);
    struct lc_card card;
    size_t k = 0;
    enum lc_rc rc;

    if (!column || !given)
        return lc_fail_memory(err, "the backtest's models");
    for (size_t j = 0; j < r->k; j++)
        if (is_member(&all->attribute[j].attribute, which)) {
            column[k] = r->column[j];
            given[k++] = r->given ? r->given[j] : NULL;
        }
    rc = fit_card(r, method, column, given, k, &card, err);
    return rc ? rc : enter(r, &card, column, false, 1, err);
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

enum lc_rc lc_race_run(struct lc_race *r, struct lc_err *err)
{
    const double base = (double)r->split.train_won / (double)r->split.n_train;
    struct lc_card all, none = {.method = "none"};
    enum lc_rc rc = fit_card(r, "logistic", r->column, r->given, r->k, &all, err);

    if (!rc)
        rc = enter_ratio(r, &all, err);
    if (!rc)
        rc = enter(r, &all, r->column, false, 1, err);
    if (!rc)
        rc = enter_parts(r, &all, err);
    none.intercept = log_odds_of(base);
    return rc ? rc : enter(r, &none, NULL, false, 1, err);
}
