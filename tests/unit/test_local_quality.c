/* What deviations of segments are worth on later leads: the table of docs/quality.md.
 *
 * Leads of six segments (30, 25, 20, 14, 8 and 3 % of them) and four attributes of 2 to 6 levels, with a
 * base rate of 12 %; the levels' weights are N(0, 0.6^2), and each segment's deviations from them N(0, s^2),
 * s = 0, 0.3 or 0.7. A model learns from 1,000 or 4,000 leads and is judged by the log loss of 10,000 others.
 * LEADCAL_LONG=1 makes 100 draws of each and prints the table; else 30. Seed 20265. */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "leadcal/fit.h"
#include "local_quality.h"
#include "test.h"

static const size_t columns[] = {0, 1, 2, 3, 4};

/* The log loss of `rows` test leads under a fit of some training leads; adds to *sum. */
static bool judge(const struct lc_table *table, const uint32_t *from, const uint8_t *won,
                  size_t n, const struct lc_fit_options *o, size_t k, const uint32_t *test,
                  size_t n_test, double *sum)
{
    struct lc_scored *scored;
    struct lc_column *codes;
    struct lc_arena arena;
    struct lc_card card;
    struct lc_fit fit;
    struct lc_err err;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_fit_leads(table, from, won, n, columns, NULL, k, o, NULL, &arena, &fit, &err);
    if (!rc)
        rc = lc_fit_card(&fit, "logistic", &arena, &card, &err);
    if (!rc)
        rc = lc_card_code(&card, table, columns, test, n_test, &arena, &codes, &err);
    scored = LC_NEW(&arena, n_test + 1, struct lc_scored);
    if (!rc && scored) {
        lc_card_score_rows(&card, codes, n_test, scored);
        for (size_t i = 0; i < n_test; i++)
            *sum += lc_softplus(scored[i].log_odds) - y[test[i]] * scored[i].log_odds;
    }
    lc_arena_release(&arena);
    return rc == LC_OK;
}

/* A fit for each segment with as much evidence as deviations need; the others get that of all. */
static double judge_separate(const struct lc_table *table, size_t n,
                             const struct lc_fit_options *o)
{
    static uint32_t from[MOST], test[TEST];
    static uint8_t won[MOST];
    double sum = 0;

    for (size_t s = 0; s < SEGMENTS; s++) {
        size_t leads = 0, wins = 0, others = 0;

        for (size_t i = 0; i < n + TEST; i++) {
            if (code[ATTRIBUTES][i] != s)
                continue;
            if (i >= n) {
                test[others++] = (uint32_t)i;
                continue;
            }
            from[leads] = (uint32_t)i;
            won[leads++] = y[i];
            wins += y[i];
        }
        if (wins >= LC_LOCAL_LEAST && leads - wins >= LC_LOCAL_LEAST)
            assert_true(judge(table, from, won, leads, o, ATTRIBUTES, test, others, &sum));
        else
            assert_true(judge(table, row, y, n, o, COLUMNS, test, others, &sum));
    }
    return sum;
}

struct worth {
    double global, local, separate; /* mean log loss */
    double worst;                   /* how far local was behind global at most, in one draw */
    size_t same, better, draws;     /* as global, better than global */
};

static struct worth worth_of(double sd, size_t n, size_t draws)
{
    static const struct lc_local_rule by = {.column = ATTRIBUTES, .least = LC_LOCAL_LEAST};
    const struct lc_fit_options plain = {.prior_sd = LC_PRIOR_SD};
    const struct lc_fit_options local = {.prior_sd = LC_PRIOR_SD, .local = &by};
    struct lc_random random = {SEED + (uint64_t)n + (uint64_t)(10 * sd)};
    struct lc_table_column column[COLUMNS];
    struct lc_table table;
    struct worth w = {.draws = draws};

    make_table(column, &table);
    for (size_t d = 0; d < draws; d++) {
        double one = 0, two = 0;

        draw(&random, sd, n);
        assert_true(judge(&table, row, y, n, &plain, COLUMNS, row + n, TEST, &one));
        assert_true(judge(&table, row, y, n, &local, COLUMNS, row + n, TEST, &two));
        w.global += one / TEST / (double)draws;
        w.local += two / TEST / (double)draws;
        w.separate += judge_separate(&table, n, &plain) / TEST / (double)draws;
        w.worst = fmax(w.worst, (two - one) / one);
        w.same += fabs(two - one) < 1e-9;
        w.better += two < one - 1e-9;
    }
    return w;
}

static bool is_long(void)
{
    return getenv("LEADCAL_LONG") != NULL;
}

static struct worth tell(double sd, size_t n)
{
    const struct worth w = worth_of(sd, n, is_long() ? 100 : 30);

    if (is_long())
        printf(
            "| %.1f | %zu | %.4f | %.4f (%+.2f %%) | %.4f (%+.2f %%) | %zu | %zu | %+.2f %% |\n",
            sd, n, w.global, w.local, 100 * (w.local / w.global - 1), w.separate,
            100 * (w.separate / w.global - 1), w.same, w.better, 100 * w.worst);
    return w;
}

/* "No worse than global by more than a hair": 0.05 % of the log loss over 100 draws. */
static void where_segments_are_alike_nothing_is_lost(void **state)
{
    (void)state;
    for (size_t n = 1000; n <= 4000; n += 3000) {
        const struct worth w = tell(0, n);

        assert_true(w.local <= w.global * (is_long() ? 1.0005 : 1.001));
        assert_true(w.local < w.separate);
        assert_true(10 * w.same >= 7 * w.draws);
    }
}

static void where_segments_differ_deviations_beat_one_model_and_one_for_each(void **state)
{
    (void)state;
    for (size_t n = 1000; n <= 4000; n += 3000) {
        struct worth w = tell(0.3, n);

        assert_true(w.local <= w.global * (is_long() ? 1.0005 : 1.001));
        assert_true(w.local < w.separate);
        w = tell(0.7, n);
        assert_true(w.local < w.global);
        assert_true(w.local < w.separate);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_segments_are_alike_nothing_is_lost),
        cmocka_unit_test(where_segments_differ_deviations_beat_one_model_and_one_for_each),
    };

    gsl_set_error_handler_off();
    if (is_long())
        printf(
            "| SD of deviations | leads | global | local | a fit each | as global | better | worst |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
