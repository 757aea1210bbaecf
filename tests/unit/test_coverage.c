/* How often 95 % intervals hold the truth, in made-up quarters: the table of docs/coverage.md.
 *
 * LEADCAL_LONG=1 makes 2,000 quarters and prints the table (`make coverage`); else 200 are made.
 * Quarters have 300, 1,000 or 3,000 leads and a base rate of 3, 10 or 25 %, in turn; seed 20264.
 * Every interval is read where a person reads it: in the frames of rates, fit and backtest. */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../src/model/backtest_internal.h"
#include "coverage.h"
#include "leadcal/fit.h"
#include "leadcal/rates.h"
#include "leadcal/roc.h"

#define SEED 20264
#define PARAMETERS \
    16 /* of maximum likelihood: an intercept, and each level but the reference */

enum line {
    RATE_UNDER_10,
    RATE_10,
    RATE_30,
    RATIO_30,
    SHRUNK,
    GAUSSIAN,
    LEARNED,
    LOG_F,
    RIDGE,
    LIKELIHOOD_UNDER_5,
    LIKELIHOOD_5,
    LIKELIHOOD_10,
    FIRTH_UNDER_5,
    FIRTH_5,
    AUC_UNDER_10,
    AUC_10,
    AUC_30,
    GRADE_A,
    GRADE_B,
    GRADE_C,
    GRADE_D,
    GRADES,
    LINES
};

/* gated: the issue asks for 93.5 to 96.5 % of it. */
static const struct {
    const char *what, *which;
    bool gated;
} line[LINES] = {
    [RATE_UNDER_10] = {"rate of a level (Wilson)", "under 10 leads", false},
    [RATE_10] = {"rate of a level (Wilson)", "10 to 29 leads", false},
    [RATE_30] = {"rate of a level (Wilson)", "30 leads or more", true},
    [RATIO_30] = {"ratio of a level (Katz)", "30 leads or more", false},
    [SHRUNK] = {"shrunk ratio of a level", "all", true},
    [GAUSSIAN] = {"coefficient, gaussian", "truth from N(0, 0.7^2)", true},
    [LEARNED] = {"coefficient, learned", "truth from N(0, s^2), s from 0.1 to 1 by attribute",
                 true},
    [LOG_F] = {"coefficient, log-F(2,2)", "truth from log-F(2,2)", true},
    [RIDGE] = {"coefficient, ridge, best of the folds", "truth from N(0, 0.5^2), 1,000 leads",
               false},
    [LIKELIHOOD_UNDER_5] = {"coefficient, maximum likelihood",
                            "fixed truth, under 5 wins a parameter", false},
    [LIKELIHOOD_5] = {"coefficient, maximum likelihood", "fixed truth, 5 to 9 wins a parameter",
                      false},
    [LIKELIHOOD_10] = {"coefficient, maximum likelihood",
                       "fixed truth, 10 wins a parameter or more", true},
    [FIRTH_UNDER_5] = {"coefficient, Firth's profile",
                       "fixed truth, 300 leads, under 5 wins a parameter", false},
    [FIRTH_5] = {"coefficient, Firth's profile",
                 "fixed truth, 300 leads, 5 wins a parameter or more", false},
    [AUC_UNDER_10] = {"AUC (DeLong)", "under 10 wins or losses", false},
    [AUC_10] = {"AUC (DeLong)", "10 to 29 on the smaller side", false},
    [AUC_30] = {"AUC (DeLong)", "30 wins and losses or more", true},
    [GRADE_A] = {"close rate of grade A", "all", false},
    [GRADE_B] = {"close rate of grade B", "all", false},
    [GRADE_C] = {"close rate of grade C", "all", false},
    [GRADE_D] = {"close rate of grade D", "all", false},
    [GRADES] = {"close rate by grade", "A to D", true},
};

static struct {
    double asked, held, fits, refused;
} count[LINES];

static bool is_long(void)
{
    return getenv("LEADCAL_LONG") != NULL;
}

static void ask(enum line at, double low, double truth, double high)
{
    if (isnan(low) || isnan(high))
        return;
    count[at].asked++;
    count[at].held += low <= truth && truth <= high;
}

static double number(const struct lc_frame *f, size_t i, const char *name)
{
    return f->value[i * f->k + lc_frame_column(f, name)].number;
}

static const char *text(const struct lc_frame *f, size_t i, const char *name)
{
    return f->value[i * f->k + lc_frame_column(f, name)].text;
}

static void must(enum lc_rc rc, const struct lc_err *err)
{
    if (rc != LC_OK)
        print_error("%s\n", err->text);
    assert_int_equal(rc, LC_OK);
}

/* ---- rates ---- */

/* P(won) among all leads that have the level. */
static double rate_of_level(const struct world *w, size_t j, size_t v)
{
    double rate = 0;

    for (size_t i = 0; i < WORLD_PATTERNS; i++)
        if (world_level(i, j) == v)
            rate += world_shares()[i] * w->p[i];
    return rate / world_share(j, v);
}

static void ask_rates(const struct quarter *q, const struct world *w, double base,
                      struct lc_arena *arena)
{
    static const struct lc_rates_options options;
    struct lc_attribute a[WORLD_ATTRIBUTES];
    struct lc_frame f;
    struct lc_err err;
    size_t at = 1; /* behind the baseline */

    for (size_t j = 0; j < WORLD_ATTRIBUTES; j++)
        must(lc_attribute_learn(&q->column[j], NULL, q->row, q->y, q->n, arena, &a[j], &err),
             &err);
    must(lc_rates(&q->cohort, a, WORLD_ATTRIBUTES, &options, arena, &f, &err), &err);
    for (size_t j = 0; j < WORLD_ATTRIBUTES; j++) {
        at++; /* the attribute's own row */
        for (size_t v = 0; v < a[j].n_levels; v++, at++) {
            const double truth = rate_of_level(w, j, (size_t)(a[j].level[v][0] - '0'));
            const double leads = number(&f, at, "leads");
            const enum line of = leads < 10 ? RATE_UNDER_10 : leads < 30 ? RATE_10 : RATE_30;

            ask(of, number(&f, at, "rate_low"), truth, number(&f, at, "rate_high"));
            if (of == RATE_30)
                ask(RATIO_30, number(&f, at, "ratio_low"), truth / base,
                    number(&f, at, "ratio_high"));
            ask(SHRUNK, number(&f, at, "shrunk_low"), truth / base,
                number(&f, at, "shrunk_high"));
        }
    }
}

/* ---- coefficients ---- */

/* What the fit means by the weight of a level: its deviation from the mean of the attribute's levels that
 * some lead has, or from the reference's. */
static double truth_of(const struct lc_fit *fit, const struct world *w, size_t j, size_t level)
{
    const struct lc_attribute *a = &fit->attribute[j];
    double mean = 0;

    if (lc_fit_has_reference(fit))
        return w->weight[j][level] - w->weight[j][a->level[fit->reference[j]][0] - '0'];
    for (size_t v = 0; v < a->n_levels; v++)
        mean += w->weight[j][a->level[v][0] - '0'] / (double)a->n_levels;
    return w->weight[j][level] - mean;
}

static void ask_fit(const struct quarter *q, const struct world *w,
                    const struct lc_fit_options *o, enum line at, struct lc_arena *arena)
{
    static const size_t all[WORLD_ATTRIBUTES] = {0, 1, 2, 3, 4};
    struct lc_fit fit;
    struct lc_frame f;
    struct lc_err err;

    enum lc_rc rc;

    if (q->won == 0)
        return; /* refused: there is nothing to fit */
    rc = lc_fit_leads(&q->table, q->row, q->y, q->n, all, NULL, WORLD_ATTRIBUTES, o, NULL,
                      arena, &fit, &err);
    count[at].fits++;
    if (!line[at].gated && (rc == LC_EDEGENERATE || rc == LC_ENOCONV)) {
        count[at].refused++; /* separated by a combination, or nearly */
        return;
    }
    must(rc, &err);
    must(lc_fit_frame(&fit, arena, &f, &err), &err);
    for (size_t i = 0; i < f.n; i++)
        for (size_t j = 0; j < WORLD_ATTRIBUTES; j++)
            if (text(&f, i, "attribute") &&
                strcmp(text(&f, i, "attribute"), fit.attribute[j].column) == 0)
                ask(at, number(&f, i, "low"),
                    truth_of(&fit, w, j, (size_t)(text(&f, i, "level")[0] - '0')),
                    number(&f, i, "high"));
}

enum law { GIVEN_SD, SD_BY_ATTRIBUTE, LOGISTIC };

static void draw_weights(struct world *w, enum law law, double sd, struct lc_random *r)
{
    for (size_t j = 0; j < WORLD_ATTRIBUTES; j++) {
        const double s = law == SD_BY_ATTRIBUTE ? 0.1 + 0.9 * lc_random_unit(r) : sd;

        for (size_t v = 0; v < world_levels(j); v++) {
            const double u = 1 - lc_random_unit(r);

            w->weight[j][v] = law == LOGISTIC ? log(u / (1 - u)) : s * world_normal(r);
        }
    }
}

/* Leads get outcomes by a truth that is drawn from the prior, and the prior is right. */
static void ask_prior(struct quarter *q, double base, enum lc_penalty penalty, enum law law,
                      double sd, enum line at, struct lc_random *r, struct lc_arena *arena)
{
    const struct lc_fit_options o = {
        .penalty = penalty, .prior_sd = sd, .alpha = LC_ALPHA, .lambda_least = true};
    struct world w;

    draw_weights(&w, law, sd, r);
    world_settle(&w, base);
    quarter_draw_outcomes(q, &w, r);
    ask_fit(q, &w, &o, at, arena);
}

static double smaller_side(const struct quarter *q)
{
    return (double)(q->won < q->n - q->won ? q->won : q->n - q->won);
}

/* The same truth in all quarters. */
static void ask_fixed(struct quarter *q, double base, struct lc_random *r,
                      struct lc_arena *arena)
{
    const struct lc_fit_options plain = {.likelihood = true};
    const struct lc_fit_options firth = {.penalty = LC_PENALTY_FIRTH, .profile = true};
    struct lc_random drawn_once = {SEED + 1};
    struct world w;
    double each;

    draw_weights(&w, GIVEN_SD, 0.7, &drawn_once);
    world_settle(&w, base);
    quarter_draw_outcomes(q, &w, r);
    each = smaller_side(q) / PARAMETERS;
    ask_fit(q, &w, &plain,
            each < 5    ? LIKELIHOOD_UNDER_5
            : each < 10 ? LIKELIHOOD_5
                        : LIKELIHOOD_10,
            arena);
    if (q->n == 300 && is_long())
        ask_fit(q, &w, &firth, each < 5 ? FIRTH_UNDER_5 : FIRTH_5, arena);
}

/* ---- a score: its AUC, and the close rates of its grades ---- */

/* Whole points of somebody's idea of the weights, which is not quite right. */
static void make_score(const struct world *w, struct lc_random *r,
                       double points[WORLD_PATTERNS])
{
    struct world idea = *w;

    for (size_t j = 0; j < WORLD_ATTRIBUTES; j++)
        for (size_t v = 0; v < world_levels(j); v++)
            idea.weight[j][v] += 0.3 * world_normal(r);
    for (size_t i = 0; i < WORLD_PATTERNS; i++)
        points[i] = round(10 / log(2) * world_sum(&idea, i));
}

/* The chance that a won lead has more points than a lost one, ties one half. */
static double true_auc(const struct world *w, const double points[WORLD_PATTERNS])
{
    const double *share = world_shares();
    double above = 0, won = 0, lost = 0;

    for (size_t i = 0; i < WORLD_PATTERNS; i++) {
        const double wins = share[i] * w->p[i];

        won += wins;
        lost += share[i] - wins;
        for (size_t j = 0; j < WORLD_PATTERNS; j++)
            above += wins * share[j] * (1 - w->p[j]) *
                     (points[i] > points[j]    ? 1
                      : points[i] == points[j] ? 0.5
                                               : 0);
    }
    return above / won / lost;
}

static void ask_auc(const struct quarter *q, const struct world *w, const double *points,
                    struct lc_arena *arena)
{
    const double side = smaller_side(q);
    double *score = LC_NEW(arena, q->n, double);
    struct lc_auc auc;
    struct lc_err err;

    for (size_t i = 0; i < q->n; i++)
        score[i] = points[q->pattern[i]];
    must(lc_auc(score, q->y, q->n, arena, &auc, &err), &err);
    ask(side < 10   ? AUC_UNDER_10
        : side < 30 ? AUC_10
                    : AUC_30,
        auc.low, true_auc(w, points), auc.high);
}

static void ask_grades(const struct quarter *q, const struct quarter *before,
                       const struct world *w, const double *points, struct lc_arena *arena)
{
    struct lc_grade_rows rows = {.cohort = &q->cohort,
                                 .lead = q->row,
                                 .n = q->n,
                                 .n_won = q->won,
                                 .arena = arena,
                                 .scratch = arena};
    double *score = LC_NEW(arena, before->n, double);
    uint8_t *in = LC_NEW(arena, q->n, uint8_t);
    struct lc_grades grades;
    struct lc_frame f;
    struct lc_err err;

    lc_grades_init(&grades);
    for (size_t i = 0; i < before->n; i++)
        score[i] = points[before->pattern[i]];
    must(lc_grade_cut(score, before->n, grades.method, grades.target, arena, &grades.letter,
                      &err),
         &err);
    must(lc_grade_frame(false, arena, &f, &err), &err);
    for (size_t g = 0; g < LC_GRADES; g++) {
        double share = 0, wins = 0;

        for (size_t i = 0; i < WORLD_PATTERNS; i++)
            if (lc_grade_of(&grades.letter, points[i]) == g) {
                share += world_shares()[i];
                wins += world_shares()[i] * w->p[i];
            }
        for (size_t i = 0; i < q->n; i++)
            in[i] = lc_grade_of(&grades.letter, points[q->pattern[i]]) == g;
        must(lc_grade_rows_add(&rows, in, "", false, NULL, &f, &err), &err);
        if (share == 0)
            continue; /* nobody can have it */
        ask((enum line)(GRADE_A + g), number(&f, f.n - 1, "close_rate_low"), wins / share,
            number(&f, f.n - 1, "close_rate_high"));
        ask(GRADES, number(&f, f.n - 1, "close_rate_low"), wins / share,
            number(&f, f.n - 1, "close_rate_high"));
    }
}

/* ---- all of it ---- */

static void simulate(size_t i, struct quarter *q, struct quarter *before, struct lc_random *r)
{
    static const size_t leads[] = {300, 1000, 3000};
    static const double bases[] = {0.03, 0.1, 0.25};
    const double base = bases[i / 3 % 3];
    double points[WORLD_PATTERNS];
    struct lc_arena arena;
    struct world w;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    quarter_draw_leads(before, leads[i % 3], r, &arena);
    quarter_draw_leads(q, leads[i % 3], r, &arena);
    draw_weights(&w, GIVEN_SD, 0.7, r);
    world_settle(&w, base);
    quarter_draw_outcomes(q, &w, r);
    if (q->won > 0) {
        ask_rates(q, &w, base, &arena);
        make_score(&w, r, points);
        ask_auc(q, &w, points, &arena);
        ask_grades(q, before, &w, points, &arena);
        ask_prior(q, base, LC_PENALTY_GAUSSIAN, GIVEN_SD, LC_PRIOR_SD, GAUSSIAN, r, &arena);
        ask_prior(q, base, LC_PENALTY_LEARNED, SD_BY_ATTRIBUTE, 0, LEARNED, r, &arena);
        ask_prior(q, base, LC_PENALTY_LOGF, LOGISTIC, 0, LOG_F, r, &arena);
        ask_fixed(q, base, r, &arena);
        if (is_long() && q->n == 1000)
            ask_prior(q, base, LC_PENALTY_RIDGE, GIVEN_SD, 0.5, RIDGE, r, &arena);
    }
    lc_arena_release(&arena);
}

/* "12 of 610"; nothing where all were answered. */
static const char *refused_text(size_t i, char to[48])
{
    to[0] = '\0';
    if (count[i].refused > 0)
        (void)snprintf(to, 48, "%.0f of %.0f", count[i].refused, count[i].fits);
    return to;
}

static void print_table(size_t quarters)
{
    char to[48];

    print_message(
        "# | interval | of | asked | held, %% | fits refused |\n# | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < LINES; i++)
        print_message("# | %s | %s | %.0f | %s%.1f%s | %s |\n", line[i].what, line[i].which,
                      count[i].asked, line[i].gated ? "**" : "",
                      100 * count[i].held / count[i].asked, line[i].gated ? "**" : "",
                      refused_text(i, to));
    print_message("# quarters: %zu\n", quarters);
}

/* 200 quarters tell a share to 1.5 % (one standard error, as if each quarter were asked once), so the
 * band is 1.5 % wider then. */
static void intervals_hold_the_truth_as_often_as_they_claim(void **state)
{
    const size_t quarters = is_long() ? 2000 : 200;
    const double slack = is_long() ? 0 : 0.015;
    struct quarter *q = malloc(sizeof *q), *before = malloc(sizeof *before);
    struct lc_random random = {SEED};
    size_t outside = 0;

    (void)state;
    assert_true(q && before);
    for (size_t i = 0; i < quarters; i++)
        simulate(i, q, before, &random);
    free(q);
    free(before);
    if (is_long())
        print_table(quarters);
    for (size_t i = 0; i < LINES; i++) {
        const double share = count[i].held / count[i].asked;

        if (!line[i].gated || (share >= 0.935 - slack && share <= 0.965 + slack))
            continue;
        print_error("%s, %s: %.4f of %.0f held\n", line[i].what, line[i].which, share,
                    count[i].asked);
        outside++;
    }
    assert_int_equal(outside, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_claim)};

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
