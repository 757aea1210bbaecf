/* Last quarter's posterior as this quarter's prior. Where a comment says "update.py", the numbers are
 * those of tests/reference/update.py: Python 3.11, numpy 2.4.6, scipy 1.17.1. */
#include "leadcal/update.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/random.h"
#include "test.h"

#define MOST_K 32

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

/* ---- typed patterns ---- */

/* Every combination of some attributes' levels, the last attribute fastest, with leads and wins. */
struct patterns {
    struct lc_codes codes;
    struct lc_column column[2];
    uint8_t code[2][24];
    struct lc_logit_data data;
};

static void lay_out(struct patterns *p, uint32_t first, uint32_t second, const double *n,
                    const double *won)
{
    const size_t rows = (size_t)first * second;

    for (size_t i = 0; i < rows; i++) {
        p->code[0][i] = (uint8_t)(i / second);
        p->code[1][i] = (uint8_t)(i % second);
    }
    for (size_t j = 0; j < 2; j++)
        p->column[j] = (struct lc_column){.name = j ? "second" : "first",
                                          .width = 1,
                                          .code = p->code[j],
                                          .n_levels = j ? second : first,
                                          .missing = LC_NO_CODE};
    p->codes = (struct lc_codes){rows, second > 1 ? 2 : 1, p->column};
    p->data = (struct lc_logit_data){.n = rows, .codes = &p->codes, .y = won, .weight = n};
}

/* The fit of a first quarter, under N(0, sd^2) on every level. */
static struct lc_logit_fit first_fit(const struct lc_logit_data *d, size_t k, double sd)
{
    double precision[MOST_K] = {0};
    const struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_fit fit;
    struct lc_err err;

    for (size_t i = 1; i < k; i++)
        precision[i] = 1 / (sd * sd);
    if (lc_logit(d, &prior, NULL, &arena, &fit, &err))
        fail_msg("%s", err.text);
    assert_int_equal(fit.k, k);
    return fit;
}

static const bool all_drift[MOST_K] = {false, true, true, true, true, true, true, true,
                                       true,  true, true, true, true, true, true, true,
                                       true,  true, true, true, true, true, true, true,
                                       true,  true, true, true, true, true, true, true};

static struct lc_update_prior prior_of(const struct lc_logit_fit *last)
{
    return (struct lc_update_prior){
        .k = last->k, .mean = last->b, .cov = last->cov, .drifts = all_drift};
}

static void carry_on(const struct lc_logit_data *d, const struct lc_update_prior *prior,
                     const double *past, struct lc_logit_fit *fit, struct lc_update *u)
{
    struct lc_err err;

    if (lc_update(d, prior, past, NULL, &arena, fit, u, &err))
        fail_msg("%s", err.text);
}

/* update.py: 24 patterns in two quarters. */
static const double n1[] = {234, 166, 274, 56,  215, 41,  78,  255, 116, 295, 130, 243,
                            289, 122, 294, 223, 291, 117, 173, 232, 291, 112, 165, 243};
static const double won1[] = {15, 7,  10, 5,  31, 5,  8,  21, 3,  19, 5,  5,
                              48, 20, 37, 23, 61, 18, 15, 22, 33, 10, 11, 12};
static const double n2[] = {258, 296, 95,  296, 69,  269, 266, 277, 267, 224, 191, 184,
                            60,  280, 278, 63,  194, 136, 233, 197, 192, 164, 68,  246};
static const double won2[] = {28, 34, 3,  13, 10, 34, 20, 14, 14, 14, 3, 1,
                              13, 66, 18, 6,  43, 39, 26, 22, 27, 22, 3, 13};

struct two_quarters {
    struct patterns first, second;
    struct lc_logit_fit last, fit;
    struct lc_update_prior prior;
    struct lc_update u;
};

static void run_two_quarters(struct two_quarters *q)
{
    lay_out(&q->first, 6, 4, n1, won1);
    lay_out(&q->second, 6, 4, n2, won2);
    q->last = first_fit(&q->first.data, 11, 0.7);
    q->prior = prior_of(&q->last);
    carry_on(&q->second.data, &q->prior, NULL, &q->fit, &q->u);
}

static void the_posterior_is_that_of_another_program(void **state)
{
    static const double last[] = {-2.39822216046,   -0.583478568747, 0.296182200993,
                                  -0.730660140264,  0.537232107912,  0.549750510699,
                                  -0.0690261105934, 0.346077943214,  0.196561241781,
                                  -0.197303957111,  -0.345335227884};
    static const double mean[] = {-2.3461558131, -0.2975594002, 0.0629096921,  -0.9937610129,
                                  0.5195789299,  0.7301582962,  -0.0213265051, 0.4576539425,
                                  0.5459561012,  -0.4941327992, -0.5094772446};
    static const double sd[] = {0.4794516377, 0.3184182781, 0.3176500392, 0.3285246637,
                                0.3162825105, 0.3143190872, 0.3201026235, 0.3777087942,
                                0.3760812524, 0.3802704543, 0.3804728831};
    struct two_quarters q;

    (void)state;
    run_two_quarters(&q);
    for (size_t i = 0; i < 11; i++) {
        assert_close(q.last.b[i], last[i], 1e-9);
        /* q is interpolated and right to a thousandth; these hang on it little. */
        assert_close(q.fit.b[i], mean[i], 1e-4);
        assert_close(sqrt(q.fit.cov[i * 11 + i]), sd[i], 1e-4);
    }
}

static void the_drift_and_its_limits_are_those_found_without_a_grid(void **state)
{
    static const double curve[LC_DRIFTS] = {0,
                                            0.0315578735,
                                            0.0627881069,
                                            0.1242839434,
                                            0.2435404277,
                                            0.4680338854,
                                            0.8674017570,
                                            1.5080792005,
                                            2.3666192536,
                                            3.2117053488,
                                            3.6307940211,
                                            3.2854249984,
                                            2.1183419400,
                                            0.2981015304,
                                            -1.9497823095,
                                            -4.4459342632};
    struct two_quarters q;

    (void)state;
    run_two_quarters(&q);
    assert_close(lc_update_drift(0), 0, 0);
    assert_close(lc_update_drift(1), 0.01, 0);
    assert_close(lc_update_drift(15), 1.28, 1e-12);
    for (size_t i = 0; i < LC_DRIFTS; i++)
        assert_close(q.u.curve[i], curve[i], 1e-8);
    assert_close(q.u.q / 0.23346657, 1, 1e-3);
    assert_close(q.u.low / 0.08747074, 1, 1e-3);
    assert_close(q.u.high / 0.49372784, 1, 1e-3);
}

static void a_move_has_the_z_of_another_program(void **state)
{
    const double contrast[11] = {0, 1, -1};
    struct two_quarters q;
    double z;

    (void)state;
    run_two_quarters(&q);
    assert_close(lc_update_move(&q.prior, &q.u, &q.fit, contrast, &z), 0.5191916774, 1e-3);
    assert_close(z, 1.44377944, 1e-3);
}

/* update.py: one attribute of two levels, where the integral can be done: Laplace leaves out less
 * than a hundredth of a log-likelihood. */
static void laplace_is_near_the_integral(void **state)
{
    static const double n[2][2] = {{90, 210}, {70, 190}}, won[2][2] = {{14, 17}, {6, 24}};
    struct patterns first, second;
    struct lc_update_prior prior;
    struct lc_logit_fit last, fit;
    struct lc_update u;

    (void)state;
    lay_out(&first, 2, 1, n[0], won[0]);
    lay_out(&second, 2, 1, n[1], won[1]);
    last = first_fit(&first.data, 3, 0.7);
    prior = prior_of(&last);
    carry_on(&second.data, &prior, NULL, &fit, &u);
    assert_close(u.curve[9], 0.161832, 1e-6); /* q = 0.16 */
    assert_close(u.curve[13], 0.629230, 1e-6);
    assert_true(fabs(u.curve[9] - 0.162483) < 0.01);
    assert_true(fabs(u.curve[13] - 0.635061) < 0.01);
}

/* ---- laws ---- */

/* The same quarter three times over says three times as much of q, and so do three quarters. */
static void curves_of_quarters_add_up(void **state)
{
    struct two_quarters q;
    struct lc_logit_fit fit;
    struct lc_update u;
    double past[LC_DRIFTS];

    (void)state;
    run_two_quarters(&q);
    for (size_t i = 0; i < LC_DRIFTS; i++)
        past[i] = 2 * q.u.curve[i];
    carry_on(&q.second.data, &q.prior, past, &fit, &u);
    assert_memory_equal(u.curve, q.u.curve, sizeof u.curve);
    assert_close(u.q, q.u.q, 1e-6);
    assert_true(u.low > q.u.low && u.high < q.u.high);
    /* An earlier quarter that saw no drift draws the estimate in. */
    for (size_t i = 0; i < LC_DRIFTS; i++)
        past[i] = -1000 * lc_update_drift(i);
    carry_on(&q.second.data, &q.prior, past, &fit, &u);
    assert_close(u.q, 0, 0);
    assert_close(u.low, 0, 0);
    assert_true(u.high < 0.01);
}

/* Without drift the two quarters in turn are the two at once, but for the intercept, which is free in
 * each: an attribute of 24 levels that tells which quarter it is makes them alike. */
static void without_drift_two_quarters_in_turn_are_both_at_once(void **state)
{
    double n[48], won[48], no_drift[LC_DRIFTS];
    uint8_t code[3][48];
    struct lc_column column[3];
    struct lc_logit_data both = {.n = 48, .y = won, .weight = n};
    const struct lc_codes codes = {48, 3, column};
    double precision[MOST_K] = {0};
    const struct lc_logit_prior wide = {.precision = precision};
    struct two_quarters q;
    struct lc_logit_fit fit, at_once;
    struct lc_update u;
    struct lc_err err;

    (void)state;
    run_two_quarters(&q);
    for (size_t i = 0; i < LC_DRIFTS; i++)
        no_drift[i] = -1e6 * lc_update_drift(i);
    carry_on(&q.second.data, &q.prior, no_drift, &fit, &u);
    for (size_t i = 0; i < 48; i++) {
        n[i] = i < 24 ? n1[i] : n2[i - 24];
        won[i] = i < 24 ? won1[i] : won2[i - 24];
        code[0][i] = q.first.code[0][i % 24];
        code[1][i] = q.first.code[1][i % 24];
        code[2][i] = i >= 24;
    }
    for (size_t j = 0; j < 3; j++)
        column[j] = (struct lc_column){.name = "c",
                                       .width = 1,
                                       .code = code[j],
                                       .n_levels = j == 0   ? 6
                                                   : j == 1 ? 4
                                                            : 2,
                                       .missing = LC_NO_CODE};
    both.codes = &codes;
    for (size_t i = 1; i < 13; i++)
        precision[i] = i < 11 ? 1 / 0.49 : 1e-8;
    assert_int_equal(lc_logit(&both, &wide, NULL, &arena, &at_once, &err), LC_OK);
    /* The first posterior is a Gaussian where the likelihood is not quite one. */
    for (size_t i = 1; i < 11; i++) {
        assert_close(fit.b[i], at_once.b[i], 0.01);
        assert_close(fit.cov[i * 11 + i], at_once.cov[i * 13 + i], 0.001);
    }
}

/* A level that last quarter did not know has its own prior, which no drift widens. */
static void what_is_new_does_not_drift(void **state)
{
    bool drifts[MOST_K];
    struct two_quarters q;
    struct lc_logit_fit fit;
    struct lc_update u;

    (void)state;
    run_two_quarters(&q);
    memcpy(drifts, all_drift, sizeof drifts);
    drifts[3] = false;
    q.prior.drifts = drifts;
    carry_on(&q.second.data, &q.prior, NULL, &fit, &u);
    assert_true(u.q > 0);
    assert_close(u.cov[3 * 11 + 3], q.last.cov[3 * 11 + 3], 0);
    assert_close(u.cov[2 * 11 + 2], q.last.cov[2 * 11 + 2] + u.q * u.q, 1e-15);
    assert_close(u.cov[0], 0, 0);
}

static void one_thread_and_seven_give_the_same_bits(void **state)
{
    struct lc_parallel *pool = lc_parallel_new(7);
    struct two_quarters q;
    struct lc_logit_fit fit;
    struct lc_update u;
    struct lc_err err;

    (void)state;
    run_two_quarters(&q);
    assert_int_equal(lc_update(&q.second.data, &q.prior, NULL, pool, &arena, &fit, &u, &err),
                     LC_OK);
    lc_parallel_free(pool);
    assert_memory_equal(&u.q, &q.u.q, sizeof u.q);
    assert_memory_equal(u.curve, q.u.curve, sizeof u.curve);
    assert_memory_equal(fit.b, q.fit.b, 11 * sizeof *fit.b);
    assert_memory_equal(fit.cov, q.fit.cov, 121 * sizeof *fit.cov);
}

static void what_is_no_covariance_is_refused(void **state)
{
    double cov[121];
    struct two_quarters q;
    struct lc_logit_fit fit;
    struct lc_update u;
    struct lc_err err;

    (void)state;
    run_two_quarters(&q);
    memcpy(cov, q.last.cov, sizeof cov);
    q.prior.cov = cov;
    cov[12] = -0.1;
    assert_int_equal(lc_update(&q.second.data, &q.prior, NULL, NULL, &arena, &fit, &u, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "cannot be inverted"));
    memcpy(cov, q.last.cov, sizeof cov);
    for (size_t i = 0; i < 11; i++) { /* two coefficients that are one */
        cov[11 + i] = cov[22 + i];
        cov[i * 11 + 1] = cov[i * 11 + 2];
    }
    cov[12] = cov[24];
    assert_int_equal(lc_update(&q.second.data, &q.prior, NULL, NULL, &arena, &fit, &u, &err),
                     LC_EMISMATCH);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;
    struct two_quarters q;

    (void)state;
    run_two_quarters(&q);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512, refused++) {
        struct lc_arena small;
        struct lc_logit_fit fit;
        struct lc_update u;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_update(&q.second.data, &q.prior, NULL, NULL, &small, &fit, &u, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

/* ---- simulated quarters ---- */

#define ATTRIBUTES 12
#define LEVELS     (2 * ATTRIBUTES)
#define QUARTERS   9
#define FRESH      2000 /* leads of the next quarter that the models are judged by */
#define SHARE      0.3  /* of the leads that have the second level */
#define BASE       (-2.2)
#define EFFECT     0.5 /* SD of a level's effect, and of the prior */

/* A standard normal, by Box and Muller. */
static double normal(struct lc_random *r)
{
    const double u = 1 - lc_random_unit(r), v = lc_random_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* All leads of a run, quarter behind quarter. */
struct history {
    size_t per_quarter;
    uint8_t *code[ATTRIBUTES];
    double *y;
};

static struct lc_logit_data slice_of(const struct history *h, size_t first, size_t quarters,
                                     struct lc_codes *codes, struct lc_column *column)
{
    const size_t at = first * h->per_quarter, n = quarters * h->per_quarter;

    for (size_t j = 0; j < ATTRIBUTES; j++)
        column[j] = (struct lc_column){.name = "attribute",
                                       .width = 1,
                                       .code = h->code[j] + at,
                                       .n_levels = 2,
                                       .missing = LC_NO_CODE};
    *codes = (struct lc_codes){n, ATTRIBUTES, column};
    return (struct lc_logit_data){.n = n, .codes = codes, .y = h->y + at};
}

static double log_odds(const double *b, const uint8_t *level)
{
    double eta = b[0];

    for (size_t j = 0; j < ATTRIBUTES; j++)
        eta += b[1 + 2 * j + level[j]];
    return eta;
}

static void draw_lead(struct lc_random *r, uint8_t *level)
{
    for (size_t j = 0; j < ATTRIBUTES; j++)
        level[j] = lc_random_unit(r) < SHARE;
}

static void live_quarter(struct history *h, size_t quarter, const double *truth,
                         struct lc_random *r)
{
    for (size_t i = quarter * h->per_quarter; i < (quarter + 1) * h->per_quarter; i++) {
        uint8_t level[ATTRIBUTES];

        draw_lead(r, level);
        for (size_t j = 0; j < ATTRIBUTES; j++)
            h->code[j][i] = level[j];
        h->y[i] = lc_random_unit(r) < lc_logistic(log_odds(truth, level));
    }
}

enum rule { THIS_QUARTER, POOLED, ROLLING_4, SEQUENTIAL, RULES };

/* Coefficients by each rule, quarter after quarter. */
struct learner {
    double b[RULES][1 + LEVELS], before[RULES][1 + LEVELS];
    double mean[1 + LEVELS], cov[(1 + LEVELS) * (1 + LEVELS)], past[LC_DRIFTS];
    double q;
};

static void learn_over(const struct history *h, size_t first, size_t quarters, double *b,
                       struct lc_logit_fit *fit)
{
    struct lc_column column[ATTRIBUTES];
    struct lc_codes codes;
    const struct lc_logit_data d = slice_of(h, first, quarters, &codes, column);

    *fit = first_fit(&d, 1 + LEVELS, EFFECT);
    memcpy(b, fit->b, (1 + LEVELS) * sizeof *b);
}

static void learn_sequentially(const struct history *h, size_t quarter, struct learner *l,
                               struct lc_logit_fit *fit)
{
    struct lc_column column[ATTRIBUTES];
    struct lc_codes codes;
    const struct lc_logit_data d = slice_of(h, quarter, 1, &codes, column);
    const struct lc_update_prior prior = {1 + LEVELS, l->mean, l->cov, all_drift};
    struct lc_update u;

    carry_on(&d, &prior, l->past, fit, &u);
    for (size_t i = 0; i < LC_DRIFTS; i++)
        l->past[i] += u.curve[i];
    l->q = u.q;
}

static void learn_quarter(const struct history *h, size_t quarter, struct learner *l)
{
    struct lc_logit_fit fit;

    memcpy(l->before, l->b, sizeof l->b);
    learn_over(h, 0, quarter + 1, l->b[POOLED], &fit);
    learn_over(h, quarter < 3 ? 0 : quarter - 3, quarter < 3 ? quarter + 1 : 4, l->b[ROLLING_4],
               &fit);
    learn_over(h, quarter, 1, l->b[THIS_QUARTER], &fit);
    if (quarter > 0)
        learn_sequentially(h, quarter, l, &fit);
    memcpy(l->mean, fit.b, sizeof l->mean);
    memcpy(l->cov, fit.cov, sizeof l->cov);
    memcpy(l->b[SEQUENTIAL], fit.b, sizeof l->mean);
}

/* Excess log loss over the truth, by a thousand, on fresh leads of a quarter. */
static void judge(const struct learner *l, const double *truth, struct lc_random *r,
                  double loss[RULES])
{
    for (size_t i = 0; i < FRESH; i++) {
        uint8_t level[ATTRIBUTES];
        double eta;

        draw_lead(r, level);
        eta = log_odds(truth, level);
        for (size_t rule = 0; rule < RULES; rule++) {
            const double guess = log_odds(l->b[rule], level), p = lc_logistic(eta);

            loss[rule] += 1000 / (double)FRESH *
                          (p * (eta - guess) - lc_softplus(eta) + lc_softplus(guess));
        }
    }
}

/* How a world changes from quarter to quarter, in log-odds: SD of a level's effect, and of the base
 * rate. */
struct world {
    size_t leads; /* a quarter */
    double drift, shift;
};

/* What one world comes to, in the mean over runs and quarters. */
struct outcome {
    double loss[RULES], move[RULES], q, pairs;
};

static void note_moves(const struct learner *l, struct outcome *o)
{
    for (size_t rule = 0; rule < RULES; rule++)
        for (size_t j = 0; j < ATTRIBUTES; j++) {
            const double *now = l->b[rule] + 1 + 2 * j, *was = l->before[rule] + 1 + 2 * j;

            o->move[rule] += fabs(now[1] - now[0] - was[1] + was[0]) / ATTRIBUTES;
        }
}

/* The effects drift; the intercept takes up what they add on average, so that the base rate shifts by its
 * own amount alone. */
static void drift_on(double sd, double base, double *truth, struct lc_random *r)
{
    truth[0] = base;
    for (size_t i = 1; i < 1 + LEVELS; i++) {
        truth[i] += sd * normal(r);
        truth[0] -= (i % 2 ? 1 - SHARE : SHARE) * truth[i];
    }
}

/* One run: the truth drifts between quarters; each rule learns from the quarters so far and is judged by the
 * next, from the second quarter on. */
static void live(struct history *h, const struct world *w, size_t quarters, struct lc_random *r,
                 struct outcome *o)
{
    double truth[1 + LEVELS] = {0}, base = BASE;
    struct learner l = {.q = 0};

    drift_on(EFFECT, base, truth, r);
    for (size_t quarter = 0; quarter < quarters; quarter++) {
        live_quarter(h, quarter, truth, r);
        learn_quarter(h, quarter, &l);
        base += w->shift * normal(r);
        drift_on(w->drift, base, truth, r);
        if (quarter > 0) {
            judge(&l, truth, r, o->loss);
            note_moves(&l, o);
            o->q += l.q;
            o->pairs += 1;
        }
    }
}

static struct outcome simulate(const struct world *w, size_t quarters, size_t runs,
                               uint64_t seed)
{
    struct lc_random random = {seed};
    struct outcome o = {.q = 0};
    struct history h = {.per_quarter = w->leads};

    for (size_t run = 0; run < runs; run++) {
        for (size_t j = 0; j < ATTRIBUTES; j++)
            h.code[j] = LC_NEW(&arena, w->leads * quarters, uint8_t);
        h.y = LC_NEW(&arena, w->leads * quarters, double);
        live(&h, w, quarters, &random, &o);
        lc_arena_release(&arena);
    }
    for (size_t rule = 0; rule < RULES; rule++) {
        o.loss[rule] /= o.pairs;
        o.move[rule] /= o.pairs;
    }
    o.q /= o.pairs;
    return o;
}

static void in_turn_beats_this_quarter_alone(void **state)
{
    static const struct world world = {400, 0.1, 0.2};
    const struct outcome o = simulate(&world, 5, 6, 20260331);

    (void)state;
    assert_true(o.loss[SEQUENTIAL] < 0.8 * o.loss[THIS_QUARTER]);
    assert_true(o.move[SEQUENTIAL] < 0.7 * o.move[THIS_QUARTER]);
    assert_true(o.q > 0.02 && o.q < 0.3);
}

/* What the table says, world by world: in turn is never worse than this quarter alone; where nothing changes all
 * history is best; where levels drift and the base rate shifts, quarter after quarter is. */
static void check_direction(const struct world *w, const struct outcome *o)
{
    const double *loss = o->loss;

    assert_true(loss[SEQUENTIAL] < 1.02 * loss[THIS_QUARTER]);
    assert_true(o->move[SEQUENTIAL] < o->move[THIS_QUARTER]);
    if (w->drift == 0 && w->shift == 0)
        assert_true(loss[POOLED] < loss[SEQUENTIAL]);
    if (w->drift > 0 && (w->shift > 0 || w->leads > 300)) {
        assert_true(loss[SEQUENTIAL] < loss[POOLED]);
        assert_true(loss[SEQUENTIAL] < loss[ROLLING_4]);
    }
}

/* Methods 6.9 with q estimated; the table in docs/maths.md is what this prints. */
static void the_table_of_quarter_after_quarter(void **state)
{
    static const size_t leads[] = {300, 1000, 3000};
    static const double drift[] = {0, 0.1, 0.25}, shift[] = {0, 0.2};

    (void)state;
    for (size_t i = 0; i < 18; i++) {
        const struct world w = {leads[i / 3 % 3], drift[i % 3], shift[i / 9]};
        const struct outcome o = simulate(&w, QUARTERS, 60, 20260930);

        print_message("| %zu, %g, %g |", w.leads, w.drift, w.shift);
        for (size_t rule = 0; rule < RULES; rule++)
            print_message(" %.2f (%.2f) |", o.loss[rule], o.move[rule]);
        print_message(" %.2f |\n", o.q);
        check_direction(&w, &o);
    }
}

/* ---- is a move that z calls large a rare one? ---- */

/* Lower Cholesky factor of a covariance without its intercept. */
static void factor_of(const double *cov, size_t k, double *factor)
{
    const size_t n = k - 1;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double s = cov[(i + 1) * k + j + 1];

            for (size_t m = 0; m < j; m++)
                s -= factor[i * n + m] * factor[j * n + m];
            factor[i * n + j] = i == j ? sqrt(s) : s / factor[j * n + j];
        }
}

/* Leads of the second quarter's patterns, under a truth drawn from a prior. */
static void draw_wins(const double *mean, const double *factor, struct lc_random *r,
                      double *won)
{
    double truth[11] = {-2.3}, e[10];

    for (size_t i = 0; i < 10; i++) {
        e[i] = normal(r);
        truth[i + 1] = mean[i + 1];
        for (size_t j = 0; j <= i; j++)
            truth[i + 1] += factor[i * 10 + j] * e[j];
    }
    for (size_t i = 0; i < 24; i++) {
        const double p = lc_logistic(truth[0] + truth[1 + i / 4] + truth[7 + i % 4]);

        won[i] = 0;
        for (double lead = 0; lead < n2[i]; lead++)
            won[i] += lc_random_unit(r) < p;
    }
}

struct z_counts {
    double n, sum, squares, beyond;
};

/* z of each level against the mean of its attribute. */
static void count_z(const struct lc_update_prior *prior, const struct lc_update *u,
                    const struct lc_logit_fit *fit, struct z_counts *to)
{
    for (size_t v = 1; v < 11; v++) {
        const size_t first = v < 7 ? 1 : 7, levels = v < 7 ? 6 : 4;
        double c[11] = {0}, z;

        for (size_t i = first; i < first + levels; i++)
            c[i] = (i == v) - 1 / (double)levels;
        (void)lc_update_move(prior, u, fit, c, &z);
        to->n += 1;
        to->sum += z;
        to->squares += z * z;
        to->beyond += fabs(z) > 1.96;
    }
}

/* Truths drawn from the prior, leads from the truth: z has mean 0, SD 1 and is beyond 1.96 in 5 % of the
 * cases. The prior is a fit's posterior with the drift that it found; the drift is then known. */
static void z_is_standard_where_the_truth_is_drawn_from_the_prior(void **state)
{
    const size_t runs = getenv("LEADCAL_LONG") ? 4000 : 250;
    struct lc_random random = {77};
    struct z_counts z = {0};
    struct two_quarters q;
    struct lc_update_prior known;
    double factor[100], no_more[LC_DRIFTS], won[24];

    (void)state;
    run_two_quarters(&q);
    factor_of(q.u.cov, 11, factor);
    known = (struct lc_update_prior){11, q.last.b, q.u.cov, all_drift};
    for (size_t i = 0; i < LC_DRIFTS; i++)
        no_more[i] = -1e6 * lc_update_drift(i);
    for (size_t run = 0; run < runs; run++) {
        struct lc_logit_fit fit;
        struct patterns p;
        struct lc_update u;
        struct lc_arena small;
        struct lc_err err;

        draw_wins(q.last.b, factor, &random, won);
        lay_out(&p, 6, 4, n2, won);
        lc_arena_init(&small, LC_ARENA_NO_LIMIT);
        assert_int_equal(lc_update(&p.data, &known, no_more, NULL, &small, &fit, &u, &err),
                         LC_OK);
        count_z(&known, &u, &fit, &z);
        lc_arena_release(&small);
    }
    print_message("z of moves: mean %.3f, SD %.3f, %.1f %% beyond 1.96, of %.0f\n", z.sum / z.n,
                  sqrt(z.squares / z.n), 100 * z.beyond / z.n, z.n);
    assert_true(fabs(z.sum / z.n) < 0.1);
    assert_true(fabs(sqrt(z.squares / z.n) - 1) < 0.06);
    assert_true(fabs(z.beyond / z.n - 0.05) < 0.02);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_posterior_is_that_of_another_program),
        TEST(the_drift_and_its_limits_are_those_found_without_a_grid),
        TEST(a_move_has_the_z_of_another_program),
        TEST(laplace_is_near_the_integral),
        TEST(curves_of_quarters_add_up),
        TEST(without_drift_two_quarters_in_turn_are_both_at_once),
        TEST(what_is_new_does_not_drift),
        TEST(one_thread_and_seven_give_the_same_bits),
        TEST(what_is_no_covariance_is_refused),
        TEST(every_way_to_run_out_of_memory_is_survived),
        TEST(in_turn_beats_this_quarter_alone),
        TEST(z_is_standard_where_the_truth_is_drawn_from_the_prior),
    };
    /* 18 worlds of 60 runs, which take minutes. */
    const struct CMUnitTest longer[] = {TEST(the_table_of_quarter_after_quarter)};
    int failed;

    (void)gsl_set_error_handler_off();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (!getenv("LEADCAL_LONG"))
        return failed;
    return failed + cmocka_run_group_tests(longer, NULL, NULL);
}
