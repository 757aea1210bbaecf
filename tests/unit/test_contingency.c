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
        cmocka_unit_test(fisher_agrees_with_r),
        cmocka_unit_test(the_lady_tasting_tea),
        cmocka_unit_test(fisher_does_not_mind_which_way_the_table_lies),
        cmocka_unit_test(fisher_of_an_empty_margin_is_one),
        cmocka_unit_test(benjamini_hochberg_agrees_with_the_paper),
        cmocka_unit_test(unknown_p_values_stay_unknown_and_are_not_counted),
        cmocka_unit_test(order_does_not_change_adjusted_values),
        cmocka_unit_test(weight_of_evidence_agrees),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
