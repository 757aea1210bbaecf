#include "leadcal/survival.h"

#include <gsl/gsl_errno.h>

#include "dataset.h"
#define SURVIVAL_OTHERS
#include "survival_sets.h"
#include "test.h"

#define MOST DATASET_MOST_ROWS

static double lung[3][MOST]; /* time, status, sex */
static uint8_t died[MOST];
static uint32_t sex[MOST];

static size_t read_lung(const char *test)
{
    static const char *const name[] = {"time", "status", "sex"};
    const size_t n = dataset_read(test, "lung/lung.csv", name, 3, lung);

    assert_int_equal(n, 228);
    for (size_t i = 0; i < n; i++) {
        died[i] = lung[1][i] > 1.5;
        sex[i] = (uint32_t)lung[2][i] - 1;
    }
    return n;
}

static struct lc_km curve(const double *time, const uint8_t *event, size_t n,
                          struct lc_arena *arena)
{
    struct lc_km km;
    struct lc_err err;

    assert_int_equal(lc_kaplan_meier(time, event, n, arena, &km, &err), LC_OK);
    return km;
}

/* methods K2 and K4: R survival::survfit of lung, log-scale limits */
static void lung_agrees_with_survfit(void **state)
{
    static const double at[4][3] = {{100, .863968968, .0227102304},
                                    {180, .721670653, .0298124195},
                                    {365, .409241624, .0358236382},
                                    {730, .115693098, .0282981973}};
    const size_t n = read_lung("lung_agrees_with_survfit");
    struct lc_interval limits;
    struct lc_arena arena;
    struct lc_km km;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    km = curve(lung[0], died, n, &arena);
    assert_true(km.n == 228 && km.events == 165 && km.last == 1022);
    assert_true(lc_km_quantile(&km, 0.5, &limits) == 310);
    assert_true(limits.low == 285 && limits.high == 363);
    assert_true(lc_km_quantile(&km, 0.25, &limits) == 170);
    assert_true(lc_km_quantile(&km, 0.75, &limits) == 550);
    for (size_t i = 0; i < 4; i++) {
        const struct lc_km_step s = lc_km_at(&km, at[i][0]);

        assert_close(s.survival, at[i][1], 5e-10);
        assert_close(s.std_error, at[i][2], 5e-11);
    }
    assert_close(lc_km_at(&km, 365).low, .344721582, 5e-10);
    assert_close(lc_km_at(&km, 365).high, .485837604, 5e-10);
    assert_true(lc_km_at(&km, 1).survival == 1 && lc_km_at(&km, 1).low == 1);
    lc_arena_release(&arena);
}

/* methods K3: R survival::survdiff, and survfit by sex */
static void lung_by_sex_agrees_with_survdiff(void **state)
{
    const size_t n = read_lung("lung_by_sex_agrees_with_survdiff");
    const double median[2][3] = {{270, 212, 310}, {426, 348, 550}};
    double observed[2], expected[2];
    struct lc_log_rank test;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(
        lc_log_rank(lung[0], died, sex, n, 2, &arena, observed, expected, &test, &err), LC_OK);
    assert_true(observed[0] == 112 && observed[1] == 53 && test.df == 1);
    assert_close(expected[0], 91.582, 5e-4 / 91);
    assert_close(expected[1], 73.418, 5e-4 / 73);
    assert_close(test.chi_square, 10.32674195, 5e-10);
    assert_close(test.p, 0.00131116452, 5e-12);
    for (uint32_t g = 0; g < 2; g++) {
        double time[MOST];
        uint8_t event[MOST];
        struct lc_interval limits;
        struct lc_km km;
        size_t m = 0;

        for (size_t i = 0; i < n; i++)
            if (sex[i] == g) {
                time[m] = lung[0][i];
                event[m++] = died[i];
            }
        km = curve(time, event, m, &arena);
        assert_true(lc_km_quantile(&km, 0.5, &limits) == median[g][0]);
        assert_true(limits.low == median[g][1] && limits.high == median[g][2]);
    }
    lc_arena_release(&arena);
}

/* Miller, Survival Analysis (1981), acute myelogenous leukaemia, as survival::aml: maintained,
 * then not (methods K6, R survfit and survdiff). */
static const double weeks[] = {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5,
                               5, 8,  8,  12, 16, 23, 27, 30, 33, 43, 45};
static const uint8_t relapse[] = {1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1,
                                  1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};

static void leukaemia_agrees_with_survfit(void **state)
{
    const double maintained[] = {.90909, .81818, .71591, .61364, .49091, .36818, .18409};
    const double not_so[] = {.83333, .66667, .58333, .48611, .38889, .29167, .19444, .09722, 0};
    struct lc_interval limits;
    struct lc_arena arena;
    struct lc_km km;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    km = curve(weeks, relapse, 11, &arena);
    assert_int_equal(km.n_steps, 7);
    for (size_t i = 0; i < 7; i++)
        assert_close(km.step[i].survival, maintained[i], 5e-6);
    assert_true(lc_km_quantile(&km, 0.5, &limits) == 31);
    assert_true(limits.low == 18 && isnan(limits.high));
    assert_true(isnan(lc_km_quantile(&km, 0.9, &limits)));
    km = curve(weeks + 11, relapse + 11, 12, &arena);
    assert_int_equal(km.n_steps, 9);
    for (size_t i = 0; i < 9; i++)
        assert_close(km.step[i].survival, not_so[i], 5e-6);
    assert_true(isnan(km.step[8].std_error) && isnan(km.step[8].high));
    assert_true(lc_km_quantile(&km, 0.5, &limits) == 23);
    assert_true(limits.low == 8 && isnan(limits.high));
    lc_arena_release(&arena);
}

static void leukaemia_agrees_with_survdiff(void **state)
{
    double observed[3], expected[3];
    struct lc_log_rank test;
    struct lc_arena arena;
    struct lc_err err;
    uint32_t group[23];

    (void)state;
    for (size_t i = 0; i < 23; i++)
        group[i] = i < 11 ? 0 : 2; /* nobody is in group 1 */
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(
        lc_log_rank(weeks, relapse, group, 23, 3, &arena, observed, expected, &test, &err),
        LC_OK);
    assert_close(test.chi_square, 3.3964, 5e-5 / 3);
    assert_close(test.p, 0.0653, 5e-5);
    assert_true(test.df == 1 && observed[1] == 0 && expected[1] == 0);
    assert_int_equal(
        lc_log_rank(weeks, relapse, group, 11, 3, &arena, observed, expected, &test, &err),
        LC_OK);
    assert_true(isnan(test.chi_square) && isnan(test.p) && test.df == 0);
    lc_arena_release(&arena);
}

static void without_censoring_the_curve_is_the_share_left(void **state)
{
    double time[61];
    uint8_t event[61];
    struct lc_arena arena;
    struct lc_km km;

    (void)state;
    for (size_t i = 0; i < 61; i++) {
        time[i] = (double)(i * 17 % 61 / 3);
        event[i] = 1;
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    km = curve(time, event, 61, &arena);
    for (size_t s = 0; s < km.n_steps; s++) {
        double left = 0;

        for (size_t i = 0; i < 61; i++)
            left += time[i] > km.step[s].time;
        assert_close(km.step[s].survival, left / 61, 1e-14);
        if (left > 0) /* Greenwood is then the binomial variance */
            assert_close(km.step[s].std_error, sqrt(left / 61 * (1 - left / 61) / 61), 1e-14);
    }
    lc_arena_release(&arena);
}

/* As survfit: on a level the quantile is half way to the next fall. */
static void a_quantile_on_a_level_is_its_middle(void **state)
{
    const double time[] = {2, 3, 7, 11};
    const uint8_t event[] = {1, 1, 1, 1}, cut[] = {1, 1, 0, 0};
    struct lc_interval limits;
    struct lc_arena arena;
    struct lc_km km;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    km = curve(time, event, 4, &arena);
    assert_true(lc_km_quantile(&km, 0.5, &limits) == 5);
    km = curve(time, cut, 4, &arena);
    assert_true(lc_km_quantile(&km, 0.5, &limits) == 7); /* (3 + 11) / 2 */
    lc_arena_release(&arena);
}

/* R 4.2.2: quantile(x, type = 7) */
static void quantiles_are_those_of_r(void **state)
{
    const double x[] = {1, 2.385, 4, 8, 16.5};

    (void)state;
    assert_close(lc_quantile(x, 5, 0.5), 4, 0);
    assert_close(lc_quantile(x, 5, 0.9), 8 + 0.6 * 8.5, 1e-15);
    assert_close(lc_quantile(x, 5, 0.1), 1 + 0.4 * 1.385, 1e-15);
    assert_true(lc_quantile(x, 5, 0) == 1 && lc_quantile(x, 5, 1) == 16.5);
    assert_true(lc_quantile(x, 1, 0.9) == 1 && isnan(lc_quantile(x, 0, 0.5)));
}

/* R 4.2.2 pbinom: tests/reference/quantile_ranks.R. Median of 10: 2 and 9; of 20: 6 and 15. */
static void quantile_limits_are_the_right_ranks(void **state)
{
    static const struct {
        size_t n;
        double q, low, high; /* ranks; 0: none */
    } want[] = {
        {1, 0.5, 0, 0},        {1, 0.9, 0, 0},        {5, 0.5, 0, 0},     {5, 0.9, 3, 0},
        {6, 0.5, 1, 6},        {6, 0.9, 4, 0},        {9, 0.5, 2, 8},     {9, 0.9, 6, 0},
        {10, 0.5, 2, 9},       {10, 0.9, 7, 0},       {20, 0.5, 6, 15},   {20, 0.9, 15, 0},
        {37, 0.5, 13, 25},     {37, 0.9, 29, 37},     {100, 0.5, 40, 61}, {100, 0.9, 84, 96},
        {1000, 0.5, 469, 532}, {1000, 0.9, 881, 919},
    };
    double x[1000];

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        x[i] = (double)i + 1;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const struct lc_interval got = lc_quantile_interval(x, want[i].n, want[i].q);

        assert_true(want[i].low > 0 ? got.low == want[i].low : isnan(got.low));
        assert_true(want[i].high > 0 ? got.high == want[i].high : isnan(got.high));
    }
}

/* methods K5: R survfit of lung by sex, rmean = 500 */
static void lung_has_the_restricted_mean_of_r(void **state)
{
    static const double mean[2][2] = {{278.763231530, 14.3545585667},
                                      {360.910954195, 16.8010181687}};
    const size_t n = read_lung("lung_has_the_restricted_mean_of_r");
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (uint32_t g = 0; g < 2; g++) {
        double time[MOST];
        uint8_t event[MOST];
        struct lc_rmst got;
        struct lc_km km;
        size_t m = 0;

        for (size_t i = 0; i < n; i++)
            if (sex[i] == g) {
                time[m] = lung[0][i];
                event[m++] = died[i];
            }
        km = curve(time, event, m, &arena);
        got = lc_km_mean(&km, 500);
        assert_close(got.mean, mean[g][0], 1e-11);
        assert_close(got.std_error, mean[g][1], 1e-11);
    }
    lc_arena_release(&arena);
}

/* methods K7: R survfit of the first 312 rows of pbc by treatment, years, rmean = 10; survRM2's
 * vignette prints their difference as -0.137 (-0.939, 0.665), p 0.738. */
static void liver_patients_have_the_restricted_means_of_r(void **state)
{
    static const double mean[2][2] = {{7.14649299630, 0.282774849563},
                                      {7.28341576117, 0.295478092236}};
    double time[MOST], difference, error;
    struct lc_rmst got[2];
    uint8_t event[MOST];
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t g = 0; g < 2; g++) {
        const size_t n =
            g ? SURVIVAL_ADD(pbc_2, time, event, 0) : SURVIVAL_ADD(pbc_1, time, event, 0);
        struct lc_km km;

        for (size_t i = 0; i < n; i++)
            time[i] /= 365.25;
        km = curve(time, event, n, &arena);
        got[g] = lc_km_mean(&km, 10);
        assert_close(got[g].mean, mean[g][0], 1e-11);
        assert_close(got[g].std_error, mean[g][1], 1e-11);
    }
    difference = got[0].mean - got[1].mean;
    error = hypot(got[0].std_error, got[1].std_error);
    assert_close(difference, -0.136922765, 1e-9);
    assert_close(difference - LC_Z95 * error, -0.938519, 1e-6);
    assert_close(difference + LC_Z95 * error, 0.664674, 1e-6);
    assert_close(erfc(fabs(difference / error) / sqrt(2)), 0.737786, 1e-6);
    lc_arena_release(&arena);
}

/* With everybody followed it is a plain mean, and its error that of a mean. */
static void a_restricted_mean_without_censoring_is_a_mean(void **state)
{
    double time[61], mean = 0, variance = 0;
    uint8_t event[61];
    struct lc_rmst got;
    struct lc_arena arena;
    struct lc_km km;

    (void)state;
    for (size_t i = 0; i < 61; i++) {
        time[i] = (double)(i * 17 % 61 / 3) + 0.385;
        event[i] = 1;
        mean += fmin(time[i], 12.5) / 61;
    }
    for (size_t i = 0; i < 61; i++)
        variance += pow(fmin(time[i], 12.5) - mean, 2) / 61;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    km = curve(time, event, 61, &arena);
    got = lc_km_mean(&km, 12.5);
    assert_close(got.mean, mean, 1e-14);
    assert_close(got.std_error, sqrt(variance / 61), 1e-13);
    assert_close(lc_km_mean(&km, 0.25).mean, 0.25, 1e-15);
    for (size_t i = 0; i < 61; i++)
        event[i] = time[i] < 15;
    km = curve(time, event, 61, &arena);
    assert_true(isnan(lc_km_mean(&km, 25).mean) && isnan(lc_km_mean(&km, 25).std_error));
    assert_true(lc_km_mean(&km, 20).mean > 10);
    lc_arena_release(&arena);
}

/* Groups as appended by SURVIVAL_ADD: from where to where. */
static void assert_log_rank(const double *time, const uint8_t *event, const size_t *until,
                            size_t groups, double chi_square, double p)
{
    double observed[4], expected[4];
    uint32_t group[MOST];
    struct lc_log_rank test;
    struct lc_arena arena;
    struct lc_err err;

    for (size_t i = 0, g = 0; i < until[groups - 1]; i++) {
        g += i == until[g];
        group[i] = (uint32_t)g;
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_log_rank(time, event, group, until[groups - 1], groups, &arena,
                                 observed, expected, &test, &err),
                     LC_OK);
    assert_true(test.df == groups - 1);
    assert_close(test.chi_square, chi_square, 1e-8);
    assert_close(test.p / p, 1, 1e-5);
    lc_arena_release(&arena);
}

/* methods K8 and K9, R survdiff: tests/reference/incidence.R */
static void more_groups_agree_with_survdiff(void **state)
{
    static const char *const name[] = {"time", "status", "ph.ecog"};
    double time[MOST];
    uint8_t event[MOST];
    size_t until[4], n;

    (void)state;
    until[0] = SURVIVAL_ADD(ovarian_1, time, event, 0);
    until[1] = SURVIVAL_ADD(ovarian_2, time, event, until[0]);
    assert_log_rank(time, event, until, 2, 1.06273986129, 0.302591);
    until[0] = SURVIVAL_ADD(veteran_squamous, time, event, 0);
    until[1] = SURVIVAL_ADD(veteran_small, time, event, until[0]);
    until[2] = SURVIVAL_ADD(veteran_adeno, time, event, until[1]);
    until[3] = SURVIVAL_ADD(veteran_large, time, event, until[2]);
    assert_log_rank(time, event, until, 4, 25.4037003458, 1.27125e-05);
    n = dataset_read("more_groups_agree_with_survdiff", "lung/lung.csv", name, 3, lung);
    for (size_t g = 0, m = 0; g < 4; g++) {
        for (size_t i = 0; i < n; i++)
            if (lung[2][i] == (double)g) { /* the empty cell is no number */
                time[m] = lung[0][i];
                event[m++] = lung[1][i] > 1.5;
            }
        until[g] = m;
    }
    assert_true(until[3] == 227);
    assert_log_rank(time, event, until, 4, 21.9621316825, 6.64254e-05);
}

static void nobody_to_follow_is_refused(void **state)
{
    struct lc_km km = {.n = 77};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_kaplan_meier(NULL, NULL, 0, &arena, &km, &err), LC_EDEGENERATE);
    assert_true(km.n == 77);
    lc_arena_release(&arena);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const uint32_t group[23] = {0, 1, 1};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
        double observed[2], expected[2];
        struct lc_log_rank test;
        struct lc_arena arena;
        struct lc_err err;
        struct lc_km km;

        lc_arena_init(&arena, limit);
        rc = lc_log_rank(weeks, relapse, group, 23, 2, &arena, observed, expected, &test, &err);
        if (!rc)
            rc = lc_kaplan_meier(weeks, relapse, 23, &arena, &km, &err);
        lc_arena_release(&arena);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lung_agrees_with_survfit),
        cmocka_unit_test(lung_by_sex_agrees_with_survdiff),
        cmocka_unit_test(leukaemia_agrees_with_survfit),
        cmocka_unit_test(leukaemia_agrees_with_survdiff),
        cmocka_unit_test(without_censoring_the_curve_is_the_share_left),
        cmocka_unit_test(a_quantile_on_a_level_is_its_middle),
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(quantile_limits_are_the_right_ranks),
        cmocka_unit_test(lung_has_the_restricted_mean_of_r),
        cmocka_unit_test(liver_patients_have_the_restricted_means_of_r),
        cmocka_unit_test(a_restricted_mean_without_censoring_is_a_mean),
        cmocka_unit_test(more_groups_agree_with_survdiff),
        cmocka_unit_test(nobody_to_follow_is_refused),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
