/* Entrants whose points are what each level says by itself: rates, or weights of evidence. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define HALF 0.5 /* a lead, added to both counts of a level, so that none is without end */

/* ---- what a level says, from its counts and those of all leads ---- */

/* A level's rate over the baseline less 1, so that an average lead has 0: the published ratio,
 * moved. Without leads or without wins it says nothing: 0. */
static double centred_ratio(double won, double n, double all_won, double all_n)
{
    return n > 0 && all_won > 0 ? won / n / (all_won / all_n) - 1 : 0;
}

/* The level's weight of evidence, as rates tell it (woe_adjusted): a sum of them with unit weights is
 * the log-odds of a naive Bayes model. A level without leads says 0. */
static double weight_of_evidence(double won, double n, double all_won, double all_n)
{
    const double lost = n - won, all_lost = all_n - all_won;

    if (!(n > 0) || !(all_won > 0) || !(all_lost > 0))
        return 0;
    return log((won + HALF) / all_won) - log((lost + HALF) / all_lost);
}

/* How one of these cards is made. */
struct making {
    double (*say)(double won, double n, double all_won, double all_n);
    uint8_t *fold; /* [n_train] */
    double fold_n[LC_FOLDS], fold_won[LC_FOLDS];
    double *score; /* [n_train] out of fold */
};

/* The fold of each training lead. */
static uint8_t *deal_folds(const struct lc_race *r)
{
    const size_t n = r->split.n_train;
    int32_t *day = LC_NEW(r->scratch, n, int32_t);

    for (size_t i = 0; day && r->split.by_time && i < n; i++)
        day[i] = r->cohort->day[r->split.train[i]];
    return day ? lc_deal_folds(r->split.by_time ? day : NULL, n, r->scratch) : NULL;
}

/* Leads and wins by fold and level of one attribute. */
struct fold_counts {
    double *n, *won; /* [LC_FOLDS * levels] */
};

/* Adds what an attribute says out of fold to the scores of the training leads. */
static enum lc_rc add_out_of_fold(const struct lc_race *r, const struct lc_attribute *a,
                                  const struct lc_column *codes, const struct making *m,
                                  struct lc_err *err)
{
    const size_t levels = a->n_levels, n = r->split.n_train;
    const struct fold_counts in = {LC_NEW(r->scratch, LC_FOLDS * levels, double),
                                   LC_NEW(r->scratch, LC_FOLDS * levels, double)};

    if (!in.n || !in.won)
        return lc_fail_memory(err, "the calibration of points");
    for (size_t i = 0; i < n; i++) {
        const size_t at = m->fold[i] * levels + lc_code_at(codes, i);

        in.n[at] += 1;
        in.won[at] += r->train_y[i];
    }
    for (size_t i = 0; i < n; i++) {
        const size_t fold = m->fold[i], v = lc_code_at(codes, i), at = fold * levels + v;

        m->score[i] +=
            m->say(a->won[v] - in.won[at], a->n[v] - in.n[at],
                   (double)r->split.train_won - m->fold_won[fold], (double)n - m->fold_n[fold]);
    }
    return LC_OK;
}

static enum lc_rc say_attribute(const struct lc_race *r, const struct making *m,
                                const struct lc_attribute *a, double slope,
                                struct lc_card_attribute *to, struct lc_err *err)
{
    double *value = LC_NEW(r->scratch, a->n_levels + 1, double);
    double *points = LC_NEW(r->scratch, a->n_levels + 1, double);

    if (!value || !points)
        return lc_fail_memory(err, "a card of points");
    for (size_t v = 0; v < a->n_levels; v++) {
        points[v] =
            m->say(a->won[v], a->n[v], (double)r->split.train_won, (double)r->split.n_train);
        value[v] = slope * points[v];
    }
    *to = (struct lc_card_attribute){.attribute = *a, .value = value, .points = points};
    return LC_OK;
}

static enum lc_rc prepare(const struct lc_race *r, const char *method, struct making *m,
                          struct lc_err *err)
{
    *m = (struct making){.say = strcmp(method, "woe") == 0 ? weight_of_evidence : centred_ratio,
                         .fold = deal_folds(r),
                         .score = LC_NEW(r->scratch, r->split.n_train, double)};
    if (!m->fold || !m->score)
        return lc_fail_memory(err, "a card of points");
    for (size_t i = 0; i < r->split.n_train; i++) {
        m->fold_n[m->fold[i]] += 1;
        m->fold_won[m->fold[i]] += r->train_y[i];
    }
    return LC_OK;
}

/* From the levels that the logistic fit learnt, which know their training leads and wins. */
enum lc_rc lc_race_points(struct lc_race *r, const struct lc_card *levels, const char *method,
                          struct lc_err *err)
{
    struct lc_card_attribute *attribute =
        LC_NEW(r->scratch, levels->k, struct lc_card_attribute);
    struct lc_card card = {.method = method,
                           .k = levels->k,
                           .attribute = attribute,
                           .scale = lc_points_standard()};
    struct lc_column *codes = NULL;
    struct making m;
    double slope = 0;
    enum lc_rc rc = lc_card_code(levels, r->table, r->column, r->train_row, r->split.n_train,
                                 r->scratch, &codes, err);

    if (!rc)
        rc = prepare(r, method, &m, err);
    if (rc)
        return rc;
    if (!attribute)
        return lc_fail_memory(err, "a card of points");
    for (size_t j = 0; j < levels->k && !rc; j++)
        rc = add_out_of_fold(r, &levels->attribute[j].attribute, &codes[j], &m, err);
    if (!rc)
        rc = lc_race_calibrate(r, m.score, &card.intercept, &slope, err);
    for (size_t j = 0; j < levels->k && !rc; j++)
        rc = say_attribute(r, &m, &levels->attribute[j].attribute, slope, &attribute[j], err);
    return rc ? rc : lc_race_enter(r, &card, r->column, true, slope, err);
}
