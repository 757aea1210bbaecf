#include "leadcal/rate.h"

#include "leadcal/random.h"

#include "test.h"

/* R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, to the four decimals printed
 * there (methods I1-I4). */
static const struct {
    double k, n;
    struct lc_interval wilson, jeffreys, clopper_pearson;
} newcombe_table[] = {
    {81, 263, {0.2553, 0.3662}, {0.2545, 0.3656}, {0.2527, 0.3676}},
    {15, 148, {0.0624, 0.1605}, {0.0604, 0.1576}, {0.0578, 0.1617}},
    {0, 20, {0, 0.1611}, {0, 0.1166}, {0, 0.1684}},
    {1, 29, {0.0061, 0.1718}, {0.0037, 0.1501}, {0.0009, 0.1776}},
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void assert_interval(struct lc_interval got, double low, double high, double tolerance)
{
    assert_close(got.low, low, tolerance);
    assert_close(got.high, high, tolerance);
}

static void intervals_agree_with_the_published_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(newcombe_table); i++) {
        const double k = newcombe_table[i].k, n = newcombe_table[i].n;
        struct lc_interval want = newcombe_table[i].wilson;

        assert_interval(lc_wilson(k, n), want.low, want.high, 5e-5);
        want = newcombe_table[i].jeffreys;
        assert_interval(lc_jeffreys(k, n), want.low, want.high, 5e-5);
        want = newcombe_table[i].clopper_pearson;
        assert_interval(lc_clopper_pearson(k, n), want.low, want.high, 5e-5);
    }
}

/* R 4.2.2: prop.test(81, 263, correct = FALSE) and binom.test(81, 263). */
static void intervals_agree_with_r_to_twelve_digits(void **state)
{
    (void)state;
    assert_interval(lc_wilson(81, 263), 0.2552885198782743, 0.3662095769828002, 1e-13);
    assert_interval(lc_clopper_pearson(81, 263), 0.2527367455852712, 0.3676219226013514, 1e-12);
}

/* The research vectors: 3 of 150, 5 of 50, and Wilson limits of a small sample. */
static void wilson_agrees_with_the_seeds(void **state)
{
    (void)state;
    assert_interval(lc_wilson(3, 150), 0.00682, 0.05715, 5e-6);
    assert_interval(lc_wilson(5, 50), 0.04348, 0.21360, 5e-6);
    assert_interval(lc_wilson(18, 30), 0.423, 0.754, 5e-4);
    assert_interval(lc_wilson(9, 30), 0.167, 0.479, 5e-4);
    assert_interval(lc_wilson(22, 30), 0.556, 0.858, 5e-4);
    assert_interval(lc_wilson(6, 30), 0.095, 0.373, 5e-4);
}

static void ends_of_a_certain_sample_are_exact(void **state)
{
    (void)state;
    for (double n = 1; n < 2000; n *= 1.7) {
        assert_true(lc_wilson(0, n).low == 0 && lc_wilson(n, n).high == 1);
        assert_true(lc_jeffreys(0, n).low == 0 && lc_jeffreys(n, n).high == 1);
        assert_true(lc_clopper_pearson(0, n).low == 0 && lc_clopper_pearson(n, n).high == 1);
        assert_true(lc_wilson(0, n).high < 1 && lc_wilson(n, n).low > 0);
    }
}

static void no_trials_give_no_interval(void **state)
{
    (void)state;
    assert_true(isnan(lc_wilson(0, 0).low) && isnan(lc_wilson(0, 0).high));
    assert_true(isnan(lc_jeffreys(0, 0).low) && isnan(lc_jeffreys(0, 0).high));
    assert_true(isnan(lc_clopper_pearson(0, 0).low));
    assert_true(isnan(lc_clopper_pearson(0, 0).high));
    assert_true(isnan(lc_newcombe(1, 2, 0, 0).low) && isnan(lc_newcombe(0, 0, 1, 2).high));
}

static void swapping_wins_and_losses_mirrors_the_interval(void **state)
{
    (void)state;
    for (double k = 0; k <= 37; k += 3.7) {
        const struct lc_interval a = lc_wilson(k, 37), b = lc_wilson(37 - k, 37);
        const struct lc_interval c = lc_jeffreys(k, 37), d = lc_jeffreys(37 - k, 37);

        assert_interval(a, 1 - b.high, 1 - b.low, 1e-14);
        assert_interval(c, 1 - d.high, 1 - d.low, 1e-12);
    }
}

/* R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10 (methods I5). */
static void difference_agrees_with_the_published_table(void **state)
{
    (void)state;
    assert_interval(lc_newcombe(56, 70, 48, 80), 0.0524, 0.3339, 5e-5);
    assert_interval(lc_newcombe(9, 10, 3, 10), 0.1705, 0.8090, 5e-5);
    assert_interval(lc_newcombe(6, 7, 2, 7), 0.0582, 0.8062, 5e-5);
    assert_interval(lc_newcombe(5, 56, 0, 29), -0.0381, 0.1926, 5e-5);
    assert_interval(lc_newcombe(0, 10, 0, 20), -0.1611, 0.2775, 5e-5);
    assert_interval(lc_newcombe(10, 10, 0, 20), 0.6791, 1.0000, 5e-5);
}

/* The vectors at the end of the research on CRM systems; DEFINITIONS 2. */
static void the_seed_ratios_come_out(void **state)
{
    double rr;
    struct lc_interval got = lc_relative_risk(5, 50, 3, 150, &rr);

    (void)state;
    assert_close(rr, 5, 1e-15);
    assert_close(got.low, 1.239, 5e-4 / 1.239);
    assert_close(got.high, 20.177, 5e-4 / 20.177);
    got = lc_relative_risk(5, 50, 5, 450, &rr);
    assert_close(rr, 9, 1e-15);
    assert_close(got.low, 2.70, 5e-3 / 2.70);
    assert_close(got.high, 30.02, 5e-3 / 30.02);
    assert_close(lc_ratio_of_risk(rr, 0.1), 5, 1e-15);
    assert_close(lc_ratio_of_risk(got.low, 0.1), 2.31, 5e-3 / 2.31);
    assert_close(lc_ratio_of_risk(got.high, 0.1), 7.69, 5e-3 / 7.69);
}

static void empty_cells_leave_a_ratio_without_limits(void **state)
{
    double rr = 3;
    struct lc_interval got = lc_relative_risk(0, 50, 3, 150, &rr);

    (void)state;
    assert_true(rr == 0 && isnan(got.low) && isnan(got.high));
    got = lc_relative_risk(5, 50, 0, 150, &rr);
    assert_true(isnan(rr) && isnan(got.low) && isnan(got.high));
    got = lc_relative_risk(5, 50, 0, 0, &rr);
    assert_true(isnan(rr) && isnan(got.low) && isnan(got.high));
    got = lc_relative_risk(0, 0, 3, 150, &rr);
    assert_true(isnan(rr) && isnan(got.low) && isnan(got.high));
}

static void a_ratio_to_the_whole_equals_rate_over_baseline(void **state)
{
    double rr;

    (void)state;
    (void)lc_relative_risk(17, 83, 41, 917, &rr);
    assert_close(lc_ratio_of_risk(rr, 0.083), (17.0 / 83) / 0.058, 1e-14);
    assert_true(lc_ratio_of_risk(0, 0.083) == 0 && lc_ratio_of_risk(0, 1) == 0);
    assert_true(isnan(lc_ratio_of_risk((double)NAN, 0.083)));
    assert_close(lc_ratio_of_risk(HUGE_VAL, 0.25), 4, 1e-15);
    for (double r = 0.1; r < 30; r *= 1.3)
        assert_true(lc_ratio_of_risk(r, 0.21) < lc_ratio_of_risk(r * 1.01, 0.21));
}

/* Wins of 20,000 samples, seed 20261124, of 150 leads at 2 % and 60 at 35 %: intervals hold the truth
 * about as often as they claim. The mean of the two stands well inside; the widest error of a share
 * of 20,000 at 95 % is 0.005. */
static void intervals_cover_as_often_as_they_claim(void **state)
{
    static const struct {
        double rate;
        int n;
    } truth[] = {{0.02, 150}, {0.35, 60}};
    struct lc_random random = {20261124};

    (void)state;
    for (size_t t = 0; t < COUNT(truth); t++) {
        const int samples = 20000;
        int wilson = 0, exact = 0;

        for (int s = 0; s < samples; s++) {
            struct lc_interval ci;
            int k = 0;

            for (int i = 0; i < truth[t].n; i++)
                k += lc_random_unit(&random) < truth[t].rate;
            ci = lc_wilson(k, truth[t].n);
            wilson += ci.low <= truth[t].rate && truth[t].rate <= ci.high;
            ci = lc_clopper_pearson(k, truth[t].n);
            exact += ci.low <= truth[t].rate && truth[t].rate <= ci.high;
        }
        assert_true(wilson > samples * 0.93 && wilson < samples * 0.98);
        assert_true(exact >= samples * 0.945); /* never less than it claims */
    }
}

/* scipy 1.17.1: scipy.stats.poisson.sf(k, mean). */
static void weeks_above_a_number_are_those_of_poisson(void **state)
{
    static const double k[] = {8, 12, 0, 150, 5.9}, mean[] = {8, 7.385, 0.5, 140.25, 8};
    static const double want[] = {0.40745265856240853, 0.03860341590546508, 0.3934693402873665,
                                  0.1923702654228427, 0.8087639379203747};

    (void)state;
    for (size_t i = 0; i < COUNT(k); i++)
        assert_close(lc_poisson_above(k[i], mean[i]), want[i], 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_agree_with_the_published_table),
        cmocka_unit_test(intervals_agree_with_r_to_twelve_digits),
        cmocka_unit_test(wilson_agrees_with_the_seeds),
        cmocka_unit_test(ends_of_a_certain_sample_are_exact),
        cmocka_unit_test(no_trials_give_no_interval),
        cmocka_unit_test(swapping_wins_and_losses_mirrors_the_interval),
        cmocka_unit_test(difference_agrees_with_the_published_table),
        cmocka_unit_test(the_seed_ratios_come_out),
        cmocka_unit_test(intervals_cover_as_often_as_they_claim),
        cmocka_unit_test(empty_cells_leave_a_ratio_without_limits),
        cmocka_unit_test(weeks_above_a_number_are_those_of_poisson),
        cmocka_unit_test(a_ratio_to_the_whole_equals_rate_over_baseline),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
