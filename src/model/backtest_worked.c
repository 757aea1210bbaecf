/* Worked against not worked: a lead that nobody has called says little of the leads like it. */
#include <math.h>
#include <stdlib.h>

#include "backtest_internal.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/survival.h"

#define CAP         0.99 /* quantile of the weights that larger ones are cut to */
#define LEAST_LEADS 20   /* of a grade, for its place in the order */
#define MARGINS     ((size_t)2 * LC_GRADES)

static const char worked_text[] = "worked and not worked";

/* ---- the fit that learns from worked leads alone ---- */

/* Leads of the training, coded for the card of the new model. */
struct coded {
    struct lc_codes codes;
    double *y, *weight;
};

static enum lc_rc code(const struct lc_race *r, const uint32_t *row, size_t n, struct coded *c,
                       struct lc_err *err)
{
    const struct lc_card *card = &r->entrant[LC_NEW_MODEL].card;
    struct lc_column *column = NULL;
    const enum lc_rc rc =
        lc_card_code(card, r->table, r->column, row, n, r->scratch, &column, err);

    if (rc)
        return rc;
    for (size_t j = 0; j < card->k; j++)
        column[j].n_levels = (uint32_t)card->attribute[j].attribute.n_levels;
    c->codes = (struct lc_codes){.n = n, .k = card->k, .column = column};
    c->y = LC_NEW(r->scratch, n + 1, double);
    c->weight = LC_NEW(r->scratch, n + 1, double);
    return c->y && c->weight ? LC_OK : lc_fail_memory(err, worked_text);
}

/* One logistic model of all attributes, under the prior of a fit. */
static enum lc_rc fit(const struct lc_race *r, const struct coded *c, size_t ***at,
                      struct lc_logit_fit *to, struct lc_err *err)
{
    const double sd = r->options->fit.likelihood ? LC_PRIOR_SD : r->options->fit.prior_sd;
    uint32_t *none = LC_NEW(r->scratch, c->codes.k + 1, uint32_t);
    const struct lc_logit_data data = {
        .n = c->codes.n, .codes = &c->codes, .reference = none, .y = c->y, .weight = c->weight};
    struct lc_logit_prior prior = {0};
    double *precision;
    size_t k = 0;
    enum lc_rc rc;

    if (!none)
        return lc_fail_memory(err, worked_text);
    for (size_t j = 0; j < c->codes.k; j++)
        none[j] = LC_NO_CODE;
    rc = lc_logit_layout(&data, r->scratch, at, &k, err);
    if (rc)
        return rc;
    precision = LC_NEW(r->scratch, k, double);
    if (!precision)
        return lc_fail_memory(err, worked_text);
    for (size_t b = 1; b < k; b++)
        precision[b] = 1 / (sd * sd);
    prior.precision = precision;
    return lc_logit(&data, &prior, r->pool, r->scratch, to, err);
}

/* Probabilities of coded leads; a level that was never met counts as average. p: out [n] */
static void foretell(const struct coded *c, size_t *const *at, const struct lc_logit_fit *f,
                     double *p)
{
    for (size_t i = 0; i < c->codes.n; i++) {
        double log_odds = f->b[0];

        for (size_t j = 0; j < c->codes.k; j++) {
            const uint32_t v = lc_code_at(&c->codes.column[j], i);

            if (v < c->codes.column[j].n_levels)
                log_odds += f->b[at[j][v]];
        }
        p[i] = lc_logistic(log_odds);
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Weights share / p, cut at their quantile CAP, so that they are 1 on average. */
static enum lc_rc weigh(const struct lc_race *r, double share, size_t n, double *weight,
                        struct lc_err *err)
{
    double *sorted = LC_NEW(r->scratch, n + 1, double), cap;

    if (!sorted)
        return lc_fail_memory(err, worked_text);
    for (size_t i = 0; i < n; i++)
        sorted[i] = weight[i] = share / weight[i];
    qsort(sorted, n, sizeof *sorted, by_size);
    cap = lc_quantile(sorted, n, CAP);
    for (size_t i = 0; i < n; i++)
        weight[i] = fmin(weight[i], cap);
    return LC_OK;
}

/* Training leads that were worked: their rows, outcomes and inverse probabilities of being worked. */
static enum lc_rc pick_worked(const struct lc_race *r, uint32_t **row, uint8_t **y, double **p,
                              size_t *n, struct lc_err *err)
{
    const size_t all = r->split.n_train;
    struct lc_logit_fit f;
    struct coded c;
    size_t **at = NULL;
    enum lc_rc rc = code(r, r->train_row, all, &c, err);

    *row = LC_NEW(r->scratch, all + 1, uint32_t);
    *y = LC_NEW(r->scratch, all + 1, uint8_t);
    *p = LC_NEW(r->scratch, all + 1, double);
    *n = 0;
    if (rc)
        return rc;
    if (!*row || !*y || !*p)
        return lc_fail_memory(err, worked_text);
    for (size_t i = 0; i < all; i++) {
        c.y[i] = r->cohort->worked[r->split.train[i]];
        c.weight[i] = 1;
    }
    rc = fit(r, &c, &at, &f, err);
    if (rc)
        return rc;
    foretell(&c, at, &f, c.weight);
    for (size_t i = 0; i < all; i++) {
        if (c.y[i] == 0)
            continue;
        (*row)[*n] = r->train_row[i];
        (*y)[*n] = r->train_y[i];
        (*p)[(*n)++] = c.weight[i];
    }
    return weigh(r, (double)*n / (double)all, *n, *p, err);
}

static enum lc_rc learn_from_worked(const struct lc_race *r, double *p, struct lc_err *err)
{
    struct lc_logit_fit f;
    struct coded c, test;
    uint32_t *row = NULL;
    uint8_t *y = NULL;
    double *weight = NULL;
    size_t **at = NULL, n = 0;
    enum lc_rc rc = pick_worked(r, &row, &y, &weight, &n, err);

    if (!rc)
        rc = code(r, row, n, &c, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++) {
        c.weight[i] = weight[i];
        c.y[i] = y[i] ? weight[i] : 0;
    }
    rc = fit(r, &c, &at, &f, err);
    if (!rc)
        rc = code(r, r->test_row, r->split.n_test, &test, err);
    if (!rc)
        foretell(&test, at, &f, p);
    return rc;
}

enum lc_rc lc_race_learn_from_worked(struct lc_race *r, struct lc_err *err)
{
    double *p;
    enum lc_rc rc;

    if (!r->cohort->worked)
        return LC_OK;
    p = LC_NEW(r->scratch, r->split.n_test + 1, double);
    if (!p)
        return lc_fail_memory(err, worked_text);
    rc = learn_from_worked(r, p, err);
    if (rc == LC_EDEGENERATE ||
        rc == LC_ENOCONV) /* all were worked, none was, or too few won */
        return LC_OK;
    if (!rc)
        r->if_worked = p;
    return rc;
}

/* ---- the table ---- */

enum column {
    MODEL,
    FOLD,
    GRADE,
    LEADS,
    WORKED,
    SHARE,
    SHARE_LOW,
    SHARE_HIGH,
    WON,
    CLOSE,
    CLOSE_LOW,
    CLOSE_HIGH,
    WON_UNWORKED,
    EXPECTED,
    IF_WORKED,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [MODEL] = {"model", LC_CELL_TEXT, NULL, true},
    [FOLD] = {"fold", LC_CELL_TEXT, NULL, true},
    [GRADE] = {"grade", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WORKED] = {"worked", LC_CELL_COUNT, NULL, false},
    [SHARE] = {"worked_share", LC_CELL_RATE, "share worked", false},
    [SHARE_LOW] = {"worked_share_low", LC_CELL_RATE, "low", false},
    [SHARE_HIGH] = {"worked_share_high", LC_CELL_RATE, "high", false},
    [WON] = {"won_worked", LC_CELL_COUNT, "won, worked", false},
    [CLOSE] = {"close_rate_worked", LC_CELL_RATE, "close rate, worked", false},
    [CLOSE_LOW] = {"close_rate_worked_low", LC_CELL_RATE, "low", false},
    [CLOSE_HIGH] = {"close_rate_worked_high", LC_CELL_RATE, "high", false},
    [WON_UNWORKED] = {"won_not_worked", LC_CELL_COUNT, "won, not worked", false},
    [EXPECTED] = {"expected_rate", LC_CELL_RATE, "expected", false},
    [IF_WORKED] = {"expected_if_worked", LC_CELL_RATE, "expected, if all were worked", false},
};

/* One grade; letter or digit is LC_GRADES where it is not asked. */
struct tally {
    double leads, worked, won, won_unworked, expected, if_worked;
};

static struct tally count(const struct lc_race *r, size_t letter, size_t digit)
{
    const struct lc_entrant *e = &r->entrant[LC_NEW_MODEL];
    struct tally t = {0};

    for (size_t i = 0; i < e->n; i++) {
        const bool worked = r->cohort->worked[e->lead[i]];

        if ((letter != LC_GRADES && e->letter[i] != letter) ||
            (digit != LC_GRADES && e->digit[i] != digit))
            continue;
        t.leads += 1;
        t.worked += worked;
        t.won += worked && e->y[i];
        t.won_unworked += !worked && e->y[i];
        t.expected += e->p[i];
        t.if_worked += r->if_worked ? r->if_worked[i] : LC_NAN;
    }
    return t;
}

static enum lc_rc add(const struct lc_race *r, const char *grade, const struct tally *t,
                      struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_interval share = lc_wilson(t->worked, t->leads);
    const struct lc_interval close = lc_wilson(t->won, t->worked);
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[MODEL].text = r->entrant[LC_NEW_MODEL].name;
    row[FOLD].text = r->fold;
    row[GRADE].text = grade;
    row[LEADS].number = t->leads;
    row[WORKED].number = t->worked;
    row[SHARE].number = t->worked / t->leads;
    row[SHARE_LOW].number = share.low;
    row[SHARE_HIGH].number = share.high;
    row[WON].number = t->won;
    if (t->worked > 0) {
        row[CLOSE].number = t->won / t->worked;
        row[CLOSE_LOW].number = close.low;
        row[CLOSE_HIGH].number = close.high;
    }
    row[WON_UNWORKED].number = t->won_unworked;
    row[EXPECTED].number = t->expected / t->leads;
    row[IF_WORKED].number = t->if_worked / t->leads;
    return LC_OK;
}

static const char *const margin[MARGINS] = {"A", "B", "C", "D", "1", "2", "3", "4"};

/* A letter, or a digit behind the letters; one that the model does not give has no leads. */
static struct tally count_margin(const struct lc_race *r, size_t m)
{
    const struct lc_grades *g = &r->entrant[LC_NEW_MODEL].grades;
    const bool letter = m < LC_GRADES;
    const struct tally none = {0};

    if (!(letter ? g->letter.used : g->digit.used))
        return none;
    return count(r, letter ? m : (size_t)LC_GRADES, letter ? (size_t)LC_GRADES : m - LC_GRADES);
}

enum lc_rc lc_race_worked(const struct lc_race *r, struct lc_frame *frame, struct lc_err *err)
{
    struct tally t;
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "worked", heading, COLUMNS, r->arena);
    if (!r->cohort->worked)
        return lc_frame_note(frame, err,
                             "nothing says who was worked; name the day of first touch "
                             "(--first-touch) or the column of acceptance in the spec");
    for (size_t m = 0; m < MARGINS && !rc; m++) {
        t = count_margin(r, m);
        if (t.leads > 0)
            rc = add(r, margin[m], &t, frame, err);
    }
    t = count(r, LC_GRADES, LC_GRADES);
    if (!rc)
        rc = add(r, "(all)", &t, frame, err);
    if (!rc && !r->if_worked)
        rc = lc_frame_note(
            frame, err,
            "nearly all or nearly none of the training leads were worked, so that "
            "a model of the worked ones alone has nothing to tell");
    return rc;
}

enum lc_rc lc_race_worked_order(const struct lc_race *r, const char **said, struct lc_err *err)
{
    size_t better = MARGINS;
    double rate = LC_NAN;

    *said = "";
    for (size_t m = 0; r->cohort->worked && r->if_worked && m < MARGINS; m++) {
        const struct tally t = count_margin(r, m);

        if (m == LC_GRADES)
            better = MARGINS;
        if (t.leads < LEAST_LEADS)
            continue;
        if (better < MARGINS && t.if_worked / t.leads > rate) {
            *said = lc_arena_format(
                r->arena,
                "; learnt from worked leads alone, weighted to stand for all, grade %s would be "
                "expected to close more often than %s",
                margin[m], margin[better]);
            return *said ? LC_OK : lc_fail_memory(err, worked_text);
        }
        better = m;
        rate = t.if_worked / t.leads;
    }
    return LC_OK;
}
