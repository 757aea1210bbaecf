#include "leadcal/contingency.h"

#include <gsl/gsl_errno.h>

#include "test.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* UCLA admissions by rank; R 4.2.2 chisq.test (methods L6). */
static const double rank_won[] = {33, 54, 28, 12}, rank_n[] = {61, 151, 121, 67};

static void chi_square_agrees_with_r(void **state)
{
    const struct lc_chi_square got = lc_chi_square(rank_won, rank_n, 4);

    (void)state;
    assert_close(got.statistic, 25.24212105267, 1e-12);
    assert_close(got.p / 1.3741330521058794e-05, 1, 1e-10);
    assert_int_equal(got.df, 3);
    assert_close(got.least_expected, 19.3675, 1e-14);
}

static void levels_without_leads_are_left_out_of_chi_square(void **state)
{
    const double won[] = {33, 0, 54, 28, 12}, n[] = {61, 0, 151, 121, 67};
    const struct lc_chi_square got = lc_chi_square(won, n, 5);

    (void)state;
    assert_close(got.statistic, 25.24212105267, 1e-12);
    assert_int_equal(got.df, 3);
}

static void chi_square_of_an_empty_margin_is_unknown(void **state)
{
    const double won[] = {0, 0}, n[] = {17, 23};
    struct lc_chi_square got = lc_chi_square(won, n, 2);

    (void)state;
    assert_true(isnan(got.statistic) && isnan(got.p));
    got = lc_chi_square(n, n, 2);
    assert_true(isnan(got.statistic) && isnan(got.p));
    got = lc_chi_square(rank_won, rank_n, 1);
    assert_true(isnan(got.statistic) && isnan(got.p) && got.df == 0);
    got = lc_chi_square(NULL, NULL, 0);
    assert_true(isnan(got.statistic) && isnan(got.p) && isnan(got.least_expected));
}

static const double smokers[] = {83, 90, 129, 70}, patients[] = {86, 93, 136, 82},
                    by_place[] = {1, 2, 3, 4}, by_last[] = {0, 0, 0, 1};

/* As R's help page of prop.trend.test prints them (tests/reference/trend.R), and the same with more
 * digits in exact fractions (tests/reference/trend.py). */
static void trend_agrees_with_r(void **state)
{
    struct lc_trend got = lc_trend(smokers, patients, by_place, 4);

    (void)state;
    assert_close(got.statistic, 8.2249, 5e-6);
    assert_close(got.p, 0.004132, 5e-7);
    assert_close(got.statistic, 8.22492228519768, 1e-13);
    assert_close(got.p / 0.00413189747764157, 1, 1e-12);
    assert_true(got.z < 0); /* the share falls */
    got = lc_trend(smokers, patients, by_last, 4);
    assert_close(got.statistic, 12.173, 5e-5);
    assert_close(got.statistic, 12.1731462207402, 1e-13);
    assert_close(got.p / 0.000484824593441678, 1, 1e-12);
    got = lc_trend(rank_won, rank_n, by_place, 4);
    assert_close(got.statistic, 23.5250561822107, 1e-13);
    assert_close(got.p / 1.23297557076126e-06, 1, 1e-11);
}

static void trend_minds_the_order_of_scores_and_not_their_scale(void **state)
{
    const double won[] = {83, 0, 90, 129, 70}, n[] = {86, 0, 93, 136, 82};
    const double score[] = {10.5, 99, 13, 15.5, 18}, turned[] = {4, 3, 2, 1};
    const double want = lc_trend(smokers, patients, by_place, 4).z;

    (void)state;
    assert_close(lc_trend(won, n, score, 5).z, want, 1e-12);
    assert_close(lc_trend(smokers, patients, turned, 4).z, -want, 1e-12);
}

static void the_trend_of_two_groups_is_pearsons_test(void **state)
{
    const struct lc_chi_square pearson = lc_chi_square(rank_won, rank_n, 2);
    const struct lc_trend got = lc_trend(rank_won, rank_n, by_place, 2);

    (void)state;
    assert_close(got.statistic, pearson.statistic, 1e-12);
    assert_close(got.p, pearson.p, 1e-12);
}

static void a_trend_of_nothing_is_unknown(void **state)
{
    const double none[] = {0, 0}, n[] = {17, 23}, same[] = {5, 5}, some[] = {3, 4};

    (void)state;
    assert_true(isnan(lc_trend(none, n, by_place, 2).p));
    assert_true(isnan(lc_trend(n, n, by_place, 2).p));
    assert_true(isnan(lc_trend(some, n, same, 2).z));
    assert_true(isnan(lc_trend(some, n, by_place, 1).p));
    assert_true(isnan(lc_trend(NULL, NULL, NULL, 0).statistic));
}

/* R 4.2.2 fisher.test: tests/reference/beta_and_fisher.R */
static const struct {
    double a, b, c, d, p;
} r_fisher[] = {
    {3, 7, 19, 211, 0.0527005293665066},
    {40, 960, 1210, 97790, 2.48600514787094e-10},
    {8, 2, 1, 9, 0.00547749464158133},
    {0, 13, 30, 36, 0.00125488058306156},
    {250000, 250000, 250600, 249400, 0.230916664270706},
};

static void fisher_agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(r_fisher); i++) {
        const double p = lc_fisher(r_fisher[i].a, r_fisher[i].b, r_fisher[i].c, r_fisher[i].d);

        assert_close(p / r_fisher[i].p, 1, 1e-9);
    }
    /* UCLA admissions, rank 1 against 4 (methods L6), and the same against the rest (R). */
    assert_close(lc_fisher(33, 28, 12, 55) / 1.99137657e-05, 1, 1e-8);
    assert_close(lc_fisher(33, 28, 94, 245) / 8.640772716715864e-05, 1, 1e-10);
}

/* Fisher's tea: P(at least 3 of 4) + P(at most 1 of 4) = 34/70; and four of four, 2/70. */
static void the_lady_tasting_tea(void **state)
{
    (void)state;
    assert_close(lc_fisher(3, 1, 1, 3), 34.0 / 70, 1e-14);
    assert_close(lc_fisher(4, 0, 0, 4), 2.0 / 70, 1e-14);
}

static void fisher_does_not_mind_which_way_the_table_lies(void **state)
{
    const double p = lc_fisher(7, 19, 3, 41);

    (void)state;
    assert_close(lc_fisher(3, 41, 7, 19), p, 1e-13);
    assert_close(lc_fisher(19, 7, 41, 3), p, 1e-13);
    assert_close(lc_fisher(7, 3, 19, 41), p, 1e-13);
}

static void fisher_of_an_empty_margin_is_one(void **state)
{
    (void)state;
    assert_close(lc_fisher(0, 0, 0, 0), 1, 0);
    assert_close(lc_fisher(0, 7, 0, 19), 1, 0);
    assert_close(lc_fisher(0, 0, 5, 19), 1, 0);
}

/* Benjamini and Hochberg 1995, section 4; R p.adjust (methods I6). */
static void benjamini_hochberg_agrees_with_the_paper(void **state)
{
    const double p[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                        .0459, .3240, .4262, .5719, .6528, .7590, 1};
    const double want[] = {.0015,       .0030,       .0095,       .035625,     .0603,
                           .0638571429, .0638571429, .0645,       .0765,       .486,
                           .5811818182, .714875,     .7532307692, .8132142857, 1};
    double adjusted[15];
    size_t scratch[15];

    (void)state;
    lc_benjamini_hochberg(p, 15, scratch, adjusted);
    for (size_t i = 0; i < 15; i++)
        assert_close(adjusted[i], want[i], 1e-10);
}

/* R 4.2.2: p.adjust(c(.2, .01, NA, .03, .04, .02), "BH") = .2 .05 NA .05 .05 .05 */
static void unknown_p_values_stay_unknown_and_are_not_counted(void **state)
{
    double p[] = {.2, .01, (double)NAN, .03, .04, .02};
    const double want[] = {.2, .05, 0, .05, .05, .05};
    size_t scratch[6];

    (void)state;
    lc_benjamini_hochberg(p, 6, scratch, p);
    for (size_t i = 0; i < 6; i++) {
        if (i == 2)
            assert_true(isnan(p[i]));
        else
            assert_close(p[i], want[i], 1e-14);
    }
}

static void order_does_not_change_adjusted_values(void **state)
{
    double p[97], back[97], a[97], b[97];
    size_t scratch[97];

    (void)state;
    for (size_t i = 0; i < 97; i++)
        p[i] = back[96 - i] = (double)(i * 61 % 89) / 97 * 0.21;
    lc_benjamini_hochberg(p, 97, scratch, a);
    lc_benjamini_hochberg(back, 97, scratch, b);
    for (size_t i = 0; i < 97; i++) {
        assert_true(a[i] == b[96 - i]);
        assert_true(a[i] >= p[i] && a[i] <= 1);
    }
}

/* scipy 1.17.1: min(1, 2 min(binom.cdf(k, n, p), binom.sf(k - 1, n, p))); 2 of 2 by hand, 2 p^2. */
static void the_exact_test_against_a_rate_agrees_with_scipy(void **state)
{
    static const struct {
        double k, n, p, want;
    } of[] = {{7, 120, 0.1235, 0.0294065803761684},     {31, 120, 0.1735, 0.0251632039079958},
              {0, 23, 0.0717, 0.361295087124682},       {23, 23, 0.7717, 0.00515638695962495},
              {300, 5000, 0.0717, 0.00112846380832734}, {2, 2, 0.0911, 2 * 0.0911 * 0.0911}};

    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        assert_close(lc_binomial(of[i].k, of[i].n, of[i].p) / of[i].want, 1, 1e-10);
    assert_close(lc_binomial(12, 24, 0.5), 1, 0); /* in the middle both tails are over a half */
    assert_true(isnan(lc_binomial(0, 0, 0.2385)));
}

/* UCLA admissions by rank and its oracle's WoE; the zero-cell table is methods I10. */
static void weight_of_evidence_agrees(void **state)
{
    const double won[] = {5, 0, 55}, n[] = {5, 8, 987}, want[] = {5.1494, -0.0817, -0.07};
    double iv = 0;

    (void)state;
    assert_close(lc_woe(33, 28, 127, 273), 0.9295877600176448, 1e-14);
    assert_close(lc_woe_adjusted(33, 28, 127, 273), 0.9269260602827842, 1e-14);
    for (size_t i = 0; i < 4; i++)
        iv += lc_iv_term(rank_won[i], rank_n[i] - rank_won[i], 127, 273,
                         lc_woe(rank_won[i], rank_n[i] - rank_won[i], 127, 273));
    assert_close(iv, 0.2920439011460862, 1e-14);
    for (size_t i = 0; i < 3; i++)
        assert_close(lc_woe_adjusted(won[i], n[i] - won[i], 60, 940), want[i], 5e-5);
    assert_true(isnan(lc_woe(5, 0, 60, 940)) && isnan(lc_woe(0, 8, 60, 940)));
    assert_true(isnan(lc_woe(3, 4, 0, 0)) && isnan(lc_iv_term(5, 0, 60, 940, (double)NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chi_square_agrees_with_r),
        cmocka_unit_test(levels_without_leads_are_left_out_of_chi_square),
        cmocka_unit_test(chi_square_of_an_empty_margin_is_unknown),
        cmocka_unit_test(trend_agrees_with_r),
        cmocka_unit_test(trend_minds_the_order_of_scores_and_not_their_scale),
        cmocka_unit_test(the_trend_of_two_groups_is_pearsons_test),
        cmocka_unit_test(a_trend_of_nothing_is_unknown),
        cmocka_unit_test(fisher_agrees_with_r),
        cmocka_unit_test(the_lady_tasting_tea),
        cmocka_unit_test(fisher_does_not_mind_which_way_the_table_lies),
        cmocka_unit_test(fisher_of_an_empty_margin_is_one),
        cmocka_unit_test(benjamini_hochberg_agrees_with_the_paper),
        cmocka_unit_test(unknown_p_values_stay_unknown_and_are_not_counted),
        cmocka_unit_test(order_does_not_change_adjusted_values),
        cmocka_unit_test(weight_of_evidence_agrees),
        cmocka_unit_test(the_exact_test_against_a_rate_agrees_with_scipy),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
