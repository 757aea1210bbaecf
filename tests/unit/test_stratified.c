#include "leadcal/stratified.h"

#include "test.h"

/* Deaths by age of the UGDP trial, tolbutamide against placebo. Rothman, Greenland and Lash, Modern
 * Epidemiology (3rd ed. 2008), chapter 15, print RR 1.33 with 0.80 to 2.20; more digits by exact
 * fractions in tests/reference/stratified.py (python3.11). */
static const double ugdp_won[] = {8, 22}, ugdp_n[] = {106, 98}, placebo_won[] = {5, 16},
                    placebo_n[] = {120, 85};

static void a_textbook_trial_is_met(void **state)
{
    double rr;
    const struct lc_interval ci =
        lc_risk_within(ugdp_won, ugdp_n, placebo_won, placebo_n, 2, &rr);

    (void)state;
    assert_close(rr, 1.33, 5e-3);
    assert_close(ci.low, 0.80, 5e-3);
    assert_close(ci.high, 2.20, 5e-3);
    assert_close(rr, 1.32555532415511, 1e-13);
    assert_close(ci.low, 0.797907040146486, 1e-13);
    assert_close(ci.high, 2.20213236503511, 1e-13);
}

/* Doll and Hill 1950, men and women: the tests of the R package contingencytables (Fagerland,
 * Lydersen and Laake, Statistical Analysis of Contingency Tables, 2017, chapter 10) print
 * "phihat = 2.4751 (95% CI 1.5831 to 3.8698)"; digits: tests/reference/stratified.py. */
static void a_published_packages_numbers_are_met(void **state)
{
    const double won1[] = {647, 41}, n1[] = {1269, 69}, won0[] = {2, 19}, n0[] = {29, 51};
    double rr;
    const struct lc_interval ci = lc_risk_within(won1, n1, won0, n0, 2, &rr);

    (void)state;
    assert_close(rr, 2.4751, 5e-5);
    assert_close(ci.low, 1.5831, 5e-5);
    assert_close(ci.high, 3.8698, 5e-5);
    assert_close(rr, 2.47511910351613, 1e-13);
    assert_close(ci.low, 1.58308666192431, 1e-13);
    assert_close(ci.high, 3.86979103793586, 1e-13);
}

/* Two good and two poor quarters: the level wins 49 of 177, the rest 54 of 381, and in each quarter
 * that has both they win alike (tests/reference/stratified.py). */
static void a_level_of_good_quarters_is_no_better_within_them(void **state)
{
    const double won1[] = {40, 6, 0, 3}, n1[] = {100, 60, 0, 17};
    const double won0[] = {20, 29, 5, 0}, n0[] = {50, 290, 41, 0};
    double rr, crude;
    const struct lc_interval ci = lc_risk_within(won1, n1, won0, n0, 4, &rr);

    (void)state;
    (void)lc_relative_risk(49, 177, 54, 381, &crude);
    assert_true(crude > 1.9);
    assert_close(rr, 1, 1e-14);
    assert_close(ci.low, 0.685111171699509, 1e-13);
    assert_close(ci.high, 1.45961712683705, 1e-13);
}

static void one_stratum_is_the_plain_relative_risk(void **state)
{
    const double won1[] = {0, 5}, n1[] = {0, 50}, won0[] = {7, 5}, n0[] = {31, 450};
    double rr, plain;
    const struct lc_interval ci = lc_risk_within(won1, n1, won0, n0, 2, &rr);
    const struct lc_interval want = lc_relative_risk(5, 50, 5, 450, &plain);

    (void)state;
    assert_close(rr, plain, 1e-14);
    assert_close(ci.low, want.low, 1e-13);
    assert_close(ci.high, want.high, 1e-12);
}

static void doubling_the_leads_halves_the_variance_alone(void **state)
{
    const double won1[] = {16, 44}, n1[] = {212, 196}, won0[] = {10, 32}, n0[] = {240, 170};
    double rr, twice;
    const struct lc_interval one =
        lc_risk_within(ugdp_won, ugdp_n, placebo_won, placebo_n, 2, &rr);
    const struct lc_interval two = lc_risk_within(won1, n1, won0, n0, 2, &twice);

    (void)state;
    assert_close(twice, rr, 1e-14);
    assert_close(log(one.high / rr) / log(two.high / rr), sqrt(2), 1e-13);
}

static void level_and_rest_exchanged_turn_the_risk_over(void **state)
{
    double rr, turned;
    const struct lc_interval ci =
        lc_risk_within(ugdp_won, ugdp_n, placebo_won, placebo_n, 2, &rr);
    const struct lc_interval back =
        lc_risk_within(placebo_won, placebo_n, ugdp_won, ugdp_n, 2, &turned);

    (void)state;
    assert_close(rr * turned, 1, 1e-14);
    assert_close(ci.low * back.high, 1, 1e-14);
    assert_close(ci.high * back.low, 1, 1e-14);
}

static void without_wins_to_compare_there_are_no_limits(void **state)
{
    const double none[] = {0, 0}, won[] = {3, 4}, n[] = {11, 13}, no_leads[] = {0, 0};
    double rr;
    struct lc_interval ci = lc_risk_within(none, n, won, n, 2, &rr);

    (void)state;
    assert_close(rr, 0, 0);
    assert_true(isnan(ci.low) && isnan(ci.high));
    ci = lc_risk_within(won, n, none, n, 2, &rr);
    assert_true(isnan(rr) && isnan(ci.low) && isnan(ci.high));
    ci = lc_risk_within(won, n, none, no_leads, 2, &rr);
    assert_true(isnan(rr) && isnan(ci.low) && isnan(ci.high));
    ci = lc_risk_within(NULL, NULL, NULL, NULL, 0, &rr);
    assert_true(isnan(rr) && isnan(ci.low) && isnan(ci.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_textbook_trial_is_met),
        cmocka_unit_test(a_published_packages_numbers_are_met),
        cmocka_unit_test(a_level_of_good_quarters_is_no_better_within_them),
        cmocka_unit_test(one_stratum_is_the_plain_relative_risk),
        cmocka_unit_test(doubling_the_leads_halves_the_variance_alone),
        cmocka_unit_test(level_and_rest_exchanged_turn_the_risk_over),
        cmocka_unit_test(without_wins_to_compare_there_are_no_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
