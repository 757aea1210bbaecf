#include "leadcal/shrink.h"

#include <gsl/gsl_errno.h>

#include "leadcal/beta.h"
#include "test.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* German credit (UCI Statlog), purpose: bad / n; beta-binomial by maximum likelihood (methods I8,
 * computed in R). */
static const double bad[] = {34, 89, 17, 4, 22, 58, 5, 62, 8, 1};
static const double loans[] = {97, 234, 103, 12, 50, 181, 12, 280, 22, 9};

static void german_credit_purpose_comes_out(void **state)
{
    const double mean[] = {.339185, .370606, .203727, .315574, .384220,
                           .318631, .335766, .231883, .329758, .271441};
    double mu, m;
    const double best = lc_beta_binomial_fit(bad, loans, COUNT(bad), &mu, &m);

    (void)state;
    assert_close(best, -603.585217, 1e-9);
    assert_close(mu, 0.309895322, 1e-6);
    assert_close(m, 37.5245137, 1e-4);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct lc_interval at;

        assert_close(lc_shrunk_rate(bad[i], loans[i], mu, m, &at), mean[i], 1e-6);
        assert_true(at.low < mean[i] && mean[i] < at.high);
    }
}

/* With one mean for all the same bits; levels exactly at means of their own have no finite weight, though
 * around one mean they have; below five levels nothing is estimated. */
static void levels_may_have_means_of_their_own(void **state)
{
    static const double k[] = {20, 40, 60, 10, 30, 90}, n[] = {100, 100, 100, 100, 100, 100};
    double mean[] = {.3, .3, .3, .3, .3, .3, .3, .3, .3, .3}, own[6];

    (void)state;
    assert_true(lc_level_weight(bad, loans, mean, COUNT(bad)) ==
                lc_beta_binomial_weight(bad, loans, COUNT(bad), 0.3));
    for (size_t i = 0; i < 6; i++)
        own[i] = k[i] / n[i];
    assert_true(isinf(lc_level_weight(k, n, own, 6)));
    assert_true(lc_level_weight(k, n, mean, 6) < 20);
    assert_close(lc_level_weight(k, n, mean, 4), 20, 0);
    assert_true(lc_level_weight(k, n, mean, 5) != 20);
}

static double likelihood(double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < COUNT(bad); i++) /* term by term, by the definition */
        for (double j = 0; j < loans[i]; j++) {
            sum -= log(m + j);
            sum += j < bad[i] ? log(m * mu + j) : 0;
            sum += j < loans[i] - bad[i] ? log(m * (1 - mu) + j) : 0;
        }
    return sum;
}

static void the_weight_is_at_the_top_of_the_likelihood(void **state)
{
    const double mu = 0.3, m = lc_beta_binomial_weight(bad, loans, COUNT(bad), mu);

    (void)state;
    assert_true(likelihood(mu, m) > likelihood(mu, m * 1.001));
    assert_true(likelihood(mu, m) > likelihood(mu, m / 1.001));
    for (double other = 1e-3; other < 1e9; other *= 1.5)
        assert_true(likelihood(mu, m) >= likelihood(mu, other));
}

static void levels_without_leads_do_not_count(void **state)
{
    const double k[] = {34, 0, 89, 17, 0}, n[] = {97, 0, 234, 103, 0};
    const double k3[] = {34, 89, 17}, n3[] = {97, 234, 103};

    (void)state;
    assert_true(lc_beta_binomial_weight(k, n, 5, 0.3) ==
                lc_beta_binomial_weight(k3, n3, 3, 0.3));
}

static void levels_that_do_not_differ_have_no_finite_weight(void **state)
{
    const double k[] = {20, 40, 61, 10}, n[] = {200, 400, 610, 100};
    double mu, m;

    (void)state;
    assert_true(lc_beta_binomial_weight(k, n, 4, 0.1) == HUGE_VAL);
    assert_close(lc_beta_binomial_fit(k, n, 4, &mu, &m), 131 * log(0.1) + 1179 * log(0.9),
                 1e-13);
    assert_true(m == HUGE_VAL);
    assert_close(mu, 0.1, 1e-15);
}

/* The likelihood rises to the binomial's from below: at weights of millions rounding must not
 * look like a gain. */
static void levels_more_alike_than_chance_have_no_finite_weight(void **state)
{
    const double k[] = {31, 19, 23, 19, 31, 21}, n[] = {157, 127, 174, 146, 160, 136};

    (void)state;
    assert_true(lc_beta_binomial_weight(k, n, 6, 0.16) == HUGE_VAL);
}

static void levels_of_one_kind_each_have_next_to_no_weight(void **state)
{
    const double k[] = {20, 0, 61, 0}, n[] = {20, 40, 61, 10};
    const double m = lc_beta_binomial_weight(k, n, 4, 0.6);

    (void)state;
    assert_true(m > 0 && m < 0.01);
}

static void one_class_is_certain(void **state)
{
    const double k[] = {0, 0}, n[] = {20, 40};
    double mu, m;

    (void)state;
    assert_close(lc_beta_binomial_fit(k, n, 2, &mu, &m), 0, 0);
    assert_true(mu == 0 && m == HUGE_VAL);
    (void)lc_beta_binomial_fit(n, n, 2, &mu, &m);
    assert_true(mu == 1 && m == HUGE_VAL);
    (void)lc_beta_binomial_fit(NULL, NULL, 0, &mu, &m);
    assert_true(isnan(mu) && m == HUGE_VAL);
}

/* The research vectors: 5 of 50 shrunk to 2 % with weights 50, 100 and 200. */
static void the_seed_ratio_shrinks_as_published(void **state)
{
    struct lc_interval at;

    (void)state;
    assert_close(lc_shrunk_rate(5, 50, 0.02, 50, &at) / 0.02, 3.0, 1e-14);
    assert_close(lc_shrunk_rate(5, 50, 0.02, 100, &at) / 0.02, 7.0 / 3, 1e-14);
    assert_close(lc_shrunk_rate(5, 50, 0.02, 200, &at) / 0.02, 1.8, 1e-14);
    assert_close(lc_beta_below(at.low, 9, 241), 0.025, 1e-12);
    assert_close(lc_beta_below(at.high, 9, 241), 0.975, 1e-12);
}

/* Log-odds against the mean of 5/5, 0/8, 55/987 with M 20 and 50 (methods I10). */
static void zero_cells_get_finite_evidence(void **state)
{
    const double k[] = {5, 0, 55}, n[] = {5, 8, 987};
    const double m20[] = {1.6422, -0.3545, -0.0769}, m50[] = {0.9808, -0.1572, -0.0746};
    struct lc_interval at;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const double p = lc_shrunk_rate(k[i], n[i], 0.06, 20, &at);
        const double q = lc_shrunk_rate(k[i], n[i], 0.06, 50, &at);

        assert_close(log(p / (1 - p)) - log(0.06 / 0.94), m20[i], 5e-5);
        assert_close(log(q / (1 - q)) - log(0.06 / 0.94), m50[i], 5e-5);
    }
}

static void an_endless_weight_gives_the_mean(void **state)
{
    struct lc_interval at;

    (void)state;
    assert_true(lc_shrunk_rate(5, 50, 0.0235, HUGE_VAL, &at) == 0.0235);
    assert_true(at.low == 0.0235 && at.high == 0.0235);
    assert_true(lc_shrunk_rate(0, 50, 0, 20, &at) == 0);
    assert_true(at.low == 0 && at.high == 0);
}

/* Two levels by sums of plain logarithms: the likelihood of M as products, the half-Cauchy prior on
 * 1 / sqrt((M + 1) mu (1 - mu)) turned to one on log M. */
static void the_law_of_the_weight_is_likelihood_times_prior(void **state)
{
    static const double won[] = {3, 9}, leads[] = {20, 30}, mean[] = {0.2, 0.2};
    struct lc_weight_law law;
    double sum = 0, want[LC_WEIGHTS], all = 0;

    (void)state;
    lc_level_weight_law(won, leads, mean, 2, &law);
    for (size_t g = 0; g < LC_WEIGHTS; g++) {
        const double m = law.m[g], variance = 1 / ((m + 1) * 0.2 * 0.8);

        want[g] = sqrt(variance) / (1 + variance) * m / (m + 1);
        for (size_t i = 0; i < 2; i++)
            for (int lead = 0; lead < (int)leads[i]; lead++)
                want[g] *=
                    (lead < won[i] ? m * 0.2 + lead : m * 0.8 + lead - won[i]) / (m + lead);
        all += want[g];
    }
    for (size_t g = 0; g < LC_WEIGHTS; g++) {
        assert_close(law.share[g], want[g] / all, 1e-9);
        sum += law.share[g];
    }
    assert_close(sum, 1, 1e-12);
}

static void limits_under_one_weight_are_those_of_its_beta_law(void **state)
{
    struct lc_weight_law law = {{0}, {0}};
    struct lc_interval plain, at;
    double rate;

    (void)state;
    for (size_t g = 0; g < LC_WEIGHTS; g++)
        law.m[g] = 20;
    law.share[7] = 1;
    rate = lc_shrunk_rate(5, 50, 0.02, 20, &plain);
    at = lc_shrunk_limits(5, 50, 0.02, rate, &law);
    assert_close(at.low, plain.low, 1e-12);
    assert_close(at.high, plain.high, 1e-12);
}

/* Where the weight is endless there still are limits, around the mean; and where it is next to nothing and
 * nobody was won, they are no farther out than they can be. */
static void limits_are_there_at_both_ends_of_the_weight(void **state)
{
    static const double won[] = {5, 5, 5, 5, 5}, leads[] = {50, 50, 50, 50, 50};
    static const double split[] = {0, 9, 0, 0, 8}, few[] = {1, 9, 2, 3, 8};
    static const double mean[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    struct lc_weight_law law;
    struct lc_interval at, plain;
    double rate;

    (void)state;
    assert_true(isinf(lc_level_weight(won, leads, mean, 5)));
    lc_level_weight_law(won, leads, mean, 5, &law);
    at = lc_shrunk_limits(5, 50, 0.1, 0.1, &law);
    assert_true(at.low > 0.05 && at.low < 0.095 && at.high > 0.105 && at.high < 0.16);
    lc_level_weight_law(split, few, mean, 5, &law);
    rate = lc_shrunk_rate(0, 1, 0.1, lc_level_weight(split, few, mean, 5), &plain);
    assert_true(rate < 0.01);
    at = lc_shrunk_limits(0, 1, 0.1, rate, &law);
    assert_true(at.low >= 0 && at.low <= at.high && at.high > 0.001 && at.high <= 1);
}

/* Efron and Morris, JASA 70 (1975): averages of 45 at bats, rounded as there (methods I7). */
static void baseball_averages_shrink_as_published(void **state)
{
    double y[] = {.400, .378, .356, .333, .311, .311, .289, .267, .244,
                  .244, .222, .222, .222, .222, .222, .200, .178, .156};
    const double want[] = {.2940, .2893, .2846, .2797, .2751, .2751, .2704, .2657, .2608,
                           .2608, .2562, .2562, .2562, .2562, .2562, .2515, .2468, .2422};
    const double mean = 0.265388889;

    (void)state;
    assert_close(lc_james_stein(y, 18, mean * (1 - mean) / 45, y), 0.212390538, 1e-8);
    for (size_t i = 0; i < 18; i++)
        assert_close(y[i], want[i], 5e-5);
}

static void james_stein_never_overshoots_the_mean(void **state)
{
    double y[] = {.31, .29, .30, .32, .28}, out[5];

    (void)state;
    assert_true(lc_james_stein(y, 5, 1.0, out) == 0);
    for (size_t i = 0; i < 5; i++)
        assert_close(out[i], 0.30, 1e-15);
    assert_true(lc_james_stein(y, 3, 1.0, out) == 1);
    assert_close(out[1], 0.29, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_credit_purpose_comes_out),
        cmocka_unit_test(levels_may_have_means_of_their_own),
        cmocka_unit_test(the_weight_is_at_the_top_of_the_likelihood),
        cmocka_unit_test(levels_without_leads_do_not_count),
        cmocka_unit_test(levels_that_do_not_differ_have_no_finite_weight),
        cmocka_unit_test(levels_more_alike_than_chance_have_no_finite_weight),
        cmocka_unit_test(levels_of_one_kind_each_have_next_to_no_weight),
        cmocka_unit_test(one_class_is_certain),
        cmocka_unit_test(the_seed_ratio_shrinks_as_published),
        cmocka_unit_test(zero_cells_get_finite_evidence),
        cmocka_unit_test(an_endless_weight_gives_the_mean),
        cmocka_unit_test(the_law_of_the_weight_is_likelihood_times_prior),
        cmocka_unit_test(limits_under_one_weight_are_those_of_its_beta_law),
        cmocka_unit_test(limits_are_there_at_both_ends_of_the_weight),
        cmocka_unit_test(baseball_averages_shrink_as_published),
        cmocka_unit_test(james_stein_never_overshoots_the_mean),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
