/* The logistic kernel against numbers from elsewhere. Where a comment says "methods Lx", the
 * numbers are those of R 4.2.2 glm (stats), most of them also printed in the named manual. */
#include "leadcal/logit.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "dataset.h"
#include "test.h"

#define MOST 1000

/* A fit by maximum likelihood of numeric columns alone, or with one coded column. */
struct fit {
    struct lc_arena arena;
    struct lc_logit_fit f;
};

static void release(struct fit *fit)
{
    lc_arena_release(&fit->arena);
}

static void run(const struct lc_logit_data *d, struct fit *fit)
{
    struct lc_err err = {0};

    lc_arena_init(&fit->arena, LC_ARENA_NO_LIMIT);
    if (lc_logit(d, NULL, NULL, &fit->arena, &fit->f, &err) != LC_OK) {
        print_error("%s\n", err.text);
        fail();
    }
    assert_true(fit->f.max_gradient <= 1e-10);
}

static double std_error(const struct fit *fit, size_t j)
{
    return sqrt(fit->f.cov[j * fit->f.k + j]);
}

static void assert_coefficients(const struct fit *fit, const double *b, const double *se,
                                double tolerance)
{
    /* Standard errors of R are those of the step before the last: tests/reference/logit_tight.R */
    const double looser = fmax(tolerance, 1e-7);

    for (size_t j = 0; j < fit->f.k; j++) {
        assert_close(fit->f.b[j], b[j], tolerance);
        assert_close(std_error(fit, j), se[j], looser);
        assert_false(fit->f.aliased[j]);
    }
}

/* ---- UCLA admissions, admit ~ gre + gpa + factor(rank) ---- */

struct ucla {
    double column[4][MOST]; /* admit, gre, gpa, rank */
    uint8_t rank[MOST];
    uint32_t reference;
    const double *x[2];
    struct lc_column coded;
    struct lc_codes codes;
    struct lc_logit_data d;
};

static struct ucla *read_ucla(const char *test, size_t low, size_t high)
{
    static const char *const name[] = {"admit", "gre", "gpa", "rank"};
    struct ucla *u = calloc(1, sizeof *u);

    assert_non_null(u);
    assert_int_equal(dataset_read(test, "ucla-admissions/binary.csv", name, 4, u->column), 400);
    for (size_t i = 0; i < 400; i++)
        u->rank[i] = (uint8_t)(u->column[3][i] - 1);
    u->x[0] = u->column[1] + low;
    u->x[1] = u->column[2] + low;
    u->coded = (struct lc_column){.name = "rank",
                                  .width = 1,
                                  .code = u->rank + low,
                                  .n_levels = 4,
                                  .missing = LC_NO_CODE};
    u->codes = (struct lc_codes){.n = high - low, .k = 1, .column = &u->coded};
    u->d = (struct lc_logit_data){.n = high - low,
                                  .codes = &u->codes,
                                  .reference = &u->reference,
                                  .x = u->x,
                                  .n_numeric = 2,
                                  .y = u->column[0] + low};
    return u;
}

/* methods L1, L3, L4, L5; in our order: intercept, rank 2, 3, 4, gre, gpa */
static void ucla_admissions_agree_with_r(void **state)
{
    const double b[] = {-3.9899791, -0.6754429, -1.3402039, -1.5514637, 0.0022644, 0.8040375};
    const double se[] = {1.1399509, 0.3164897, 0.3453064, 0.4178316, 0.001093998, 0.3318193};
    const double p[] = {0.5166016, 0.3522846, 0.2186120, 0.1846684};
    struct ucla *u = read_ucla("ucla_admissions_agree_with_r", 0, 400);
    double gre = 0, gpa = 0, brier = 0, gain;
    struct fit fit;

    (void)state;
    run(&u->d, &fit);
    assert_coefficients(&fit, b, se, 6e-8);
    assert_close(fit.f.null_deviance, 499.977, 5e-4 / 500);
    assert_close(fit.f.deviance, 2 * 229.2587462, 1e-9);
    gain = fit.f.null_deviance - fit.f.deviance;
    assert_close(gain, 41.459025, 2e-8);
    assert_close(gain / fit.f.null_deviance, 0.08292194, 1e-8);
    assert_close(1 - exp(-gain / 400), 0.09845702, 1e-8);
    assert_close(fit.f.b[5] - 1.959963984540054 * std_error(&fit, 5), 0.1536837, 1e-7);
    assert_close(fit.f.b[0] + 1.959963984540054 * std_error(&fit, 0), -1.7557163, 1e-7);
    for (size_t i = 0; i < 400; i++) {
        gre += u->column[1][i] / 400;
        gpa += u->column[2][i] / 400;
    }
    for (size_t v = 0; v < 4; v++)
        assert_close(lc_logistic(fit.f.b[0] + (v ? fit.f.b[v] : 0) + fit.f.b[4] * gre +
                                 fit.f.b[5] * gpa),
                     p[v], 5e-8);
    for (size_t i = 0; i < 400; i++) {
        const size_t v = u->rank[i];
        const double eta = fit.f.b[0] + (v ? fit.f.b[v] : 0) + fit.f.b[4] * u->column[1][i] +
                           fit.f.b[5] * u->column[2][i];

        brier += pow(lc_logistic(eta) - u->column[0][i], 2) / 400;
    }
    assert_close(brier, 0.19471396, 1e-8);
    assert_close(fit.f.deviance / 800, 0.57314687, 1e-8);
    assert_close(fit.f.effective_df, 6, 1e-12);
    release(&fit);
    free(u);
}

/* methods L4: Wald test of rank, chi-square b' V^-1 b on 3 df, which does not hang on the
 * reference: V^-1 by elimination here. */
static void ucla_rank_has_the_wald_test_of_r(void **state)
{
    struct ucla *u = read_ucla("ucla_rank_has_the_wald_test_of_r", 0, 400);

    (void)state;
    for (uint32_t reference = 0; reference < 4; reference++) {
        double a[3][4], sum = 0;
        struct fit fit;

        u->reference = reference;
        run(&u->d, &fit);
        for (size_t i = 0; i < 3; i++) {
            for (size_t j = 0; j < 3; j++)
                a[i][j] = fit.f.cov[(i + 1) * 6 + j + 1];
            a[i][3] = fit.f.b[i + 1];
        }
        for (size_t j = 0; j < 3; j++) {
            sum += a[j][3] * a[j][3] / a[j][j];
            for (size_t i = j + 1; i < 3; i++)
                for (size_t m = 4; m-- > j;)
                    a[i][m] -= a[i][j] / a[j][j] * a[j][m];
        }
        assert_close(sum, 20.895325, 1e-7);
        assert_close(sum, 20.8953237433,
                     1e-11); /* R, information at the estimate: logit_tight.R */
        release(&fit);
    }
    free(u);
}

/* methods L2, R confint (MASS): at an end of the profile interval of a coefficient, the deviance
 * with that coefficient held there by an offset has risen by the 0.95 quantile of chi-square 1;
 * R finds the end by a spline through a few points, so that 1e-4 of the deviance is its own. */
static void profile_limits_of_r_are_where_the_deviance_says(void **state)
{
    static const struct {
        size_t held;
        double at;
    } limit[] = {{1, 0.00013759214}, {1, 0.0044358741}, {2, 0.16029594}, {2, 1.46414274}};
    struct ucla *u = read_ucla("profile_limits_of_r_are_where_the_deviance_says", 0, 400);
    double offset[400];
    struct fit whole;

    (void)state;
    run(&u->d, &whole);
    for (size_t i = 0; i < 4; i++) {
        struct lc_logit_data d = u->d;
        const double *other = u->column[3 - limit[i].held];
        struct fit held;

        for (size_t r = 0; r < 400; r++)
            offset[r] = limit[i].at * u->column[limit[i].held][r];
        d.offset = offset;
        d.x = &other;
        d.n_numeric = 1;
        run(&d, &held);
        assert_close(held.f.deviance - whole.f.deviance, 3.841458820694124, 1e-4);
        release(&held);
    }
    release(&whole);
    free(u);
}

/* methods C1: fitted to rows 1-200 alone. */
static void half_of_ucla_agrees_with_r(void **state)
{
    const double b[] = {-3.79022097, -0.70719367,   -1.80365463,
                        -1.95951407, 0.00348340086, 0.53400710873};
    struct ucla *u = read_ucla("half_of_ucla_agrees_with_r", 0, 200);
    struct fit fit;

    (void)state;
    run(&u->d, &fit);
    for (size_t j = 0; j < 6; j++)
        assert_close(fit.f.b[j], b[j], 1e-8);
    release(&fit);
    free(u);
}

/* ---- grouped data ---- */

/* methods L13: MASS menarche, 25 ages, girls and how many had begun. ED50 is -b0 / b1. R's
 * deviances are against the saturated model; ours are those of single girls, so that only their
 * difference is the same. */
static void menarche_agrees_with_r(void **state)
{
    static const char *const name[] = {"Age", "Total", "Menarche"};
    static double column[3][DATASET_MOST_ROWS];
    const size_t n =
        dataset_read("menarche_agrees_with_r", "menarche/menarche.csv", name, 3, column);
    const double *x = column[0];
    const double b[] = {-21.22639490516735, 1.6319683482275738};
    const double se[] = {0.7706858843854654, 0.05895317461853904};
    struct fit fit;

    (void)state;
    assert_int_equal(n, 25);
    run(
        &(struct lc_logit_data){
            .n = n, .x = &x, .n_numeric = 1, .y = column[2], .weight = column[1]},
        &fit);
    assert_coefficients(&fit, b, se, 1e-7); /* R stops at a relative change of 1e-8 */
    assert_close(fit.f.null_deviance - fit.f.deviance, 3693.8836 - 26.7035, 5e-5 / 3600);
    assert_close(-fit.f.b[0] / fit.f.b[1], 13.006622, 1e-7);
    release(&fit);
}

/* methods L16: SAS/STAT PROC LOGISTIC, Ingots: heat, soak, not ready for rolling, tested. */
static void ingots_agree_with_sas(void **state)
{
    static const double heat[] = {7,  14, 27, 51, 7,  14, 27, 51, 7, 14,
                                  27, 51, 7,  14, 27, 51, 7,  14, 27};
    static const double soak[] = {1.0, 1.0, 1.0, 1.0, 1.7, 1.7, 1.7, 1.7, 2.2, 2.2,
                                  2.2, 2.2, 2.8, 2.8, 2.8, 4.0, 4.0, 4.0, 4.0};
    static const double bad[] = {0, 0, 1, 3, 0, 0, 4, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 1};
    static const double all[] = {10, 31, 56, 13, 17, 43, 44, 1,  7, 33,
                                 21, 1,  12, 31, 22, 1,  9,  19, 16};
    const double b[] = {-5.5591664624, 0.0820308029, 0.0567713136};
    const double se[] = {1.119694697, 0.0237344830, 0.3312131410};
    const double *x[] = {heat, soak};
    struct fit fit;

    (void)state;
    run(&(struct lc_logit_data){.n = 19, .x = x, .n_numeric = 2, .y = bad, .weight = all},
        &fit);
    assert_coefficients(&fit, b, se, 1e-8);
    assert_close(fit.f.deviance, 95.3456133, 1e-9);
    assert_close(fit.f.null_deviance, 106.988433, 5e-9);
    release(&fit);
}

/* ---- small tables ---- */

/* SAS/STAT PROC LOGISTIC, Remission: remiss, cell, li, temp. */
static const double remission[27][4] = {
    {1, .8, 1.9, .996},  {1, .9, 1.4, .992},  {0, .8, .8, .982},  {0, 1, .7, .986},
    {1, .9, 1.3, .98},   {0, 1, .6, .982},    {1, .95, 1, .992},  {0, .95, 1.9, 1.02},
    {0, 1, .8, .999},    {0, .95, .5, 1.038}, {0, .85, .7, .988}, {0, .7, 1.2, .982},
    {0, .8, .4, 1.006},  {0, .2, .8, .99},    {0, 1, 1.1, .99},   {1, 1, 1.9, 1.02},
    {0, .65, .5, 1.014}, {0, 1, 1, 1.004},    {0, .5, .6, .99},   {1, 1, 1.1, .986},
    {0, 1, .4, 1.01},    {0, .9, .6, 1.02},   {1, 1, 1, 1.002},   {0, .95, 1.6, .988},
    {1, 1, 1.7, .99},    {1, 1, .9, .986},    {0, 1, .7, .986},
};

/* methods L14, L15; the coefficients 67.6 and -82.1 of badly scaled columns, SE 57 and 62 */
static void remission_agrees_with_sas(void **state)
{
    const double b[] = {67.63390613, 9.65215222, 3.86710033, -82.07377428};
    const double se[] = {56.88754735, 7.75107586, 1.77827772, 61.71238213};
    const double b1[] = {-3.77714016, 2.89726386}, se1[] = {1.37862835, 1.18682302};
    double column[4][27];
    const double *x[] = {column[1], column[2], column[3]};
    struct lc_logit_data d = {.n = 27, .x = x, .n_numeric = 3, .y = column[0]};
    struct fit fit;

    (void)state;
    for (size_t i = 0; i < 27; i++)
        for (size_t j = 0; j < 4; j++)
            column[j][i] = remission[i][j];
    run(&d, &fit);
    assert_coefficients(&fit, b, se, 1e-8);
    assert_close(fit.f.deviance, 21.9533681, 3e-9);
    assert_close(fit.f.null_deviance, 34.3717651, 3e-9);
    release(&fit);
    d.x = x + 1;
    d.n_numeric = 1;
    run(&d, &fit);
    assert_coefficients(&fit, b1, se1, 5e-9);
    assert_close(fit.f.deviance, 26.0729645, 3e-9);
    release(&fit);
}

/* methods L17: Apache MADlib manual, patients: second_attack ~ treatment + trait_anxiety. */
static void patients_agree_with_madlib(void **state)
{
    static const double treatment[] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0,
                                       1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
    static const double anxiety[] = {70, 80, 50, 60, 40, 65, 75, 80, 70, 60,
                                     65, 50, 45, 35, 40, 50, 55, 45, 50, 60};
    static const double y[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    const double b[] = {-6.3634699418, -1.0241060524, 0.1190449167};
    const double se[] = {3.21390449, 1.17108014, 0.05497917};
    const double *x[] = {treatment, anxiety};
    struct fit fit;

    (void)state;
    run(&(struct lc_logit_data){.n = 20, .x = x, .n_numeric = 2, .y = y}, &fit);
    assert_coefficients(&fit, b, se, 5e-9);
    assert_close(-fit.f.deviance / 2, -9.41018298385, 1e-11);
    release(&fit);
}

/* Spector and Mazzeo, Journal of Economic Education 11 (1980), as in statsmodels.datasets:
 * GPA, TUCE, PSI, GRADE. */
static const double spector[32][4] = {
    {2.66, 20, 0, 0}, {2.89, 22, 0, 0}, {3.28, 24, 0, 0}, {2.92, 12, 0, 0}, {4, 21, 0, 1},
    {2.86, 17, 0, 0}, {2.76, 17, 0, 0}, {2.87, 21, 0, 0}, {3.03, 25, 0, 0}, {3.92, 29, 0, 1},
    {2.63, 20, 0, 0}, {3.32, 23, 0, 0}, {3.57, 23, 0, 0}, {3.26, 25, 0, 1}, {3.53, 26, 0, 0},
    {2.74, 19, 0, 0}, {2.75, 25, 0, 0}, {2.83, 19, 0, 0}, {3.12, 23, 1, 0}, {3.16, 25, 1, 1},
    {2.06, 22, 1, 0}, {3.62, 28, 1, 1}, {2.89, 14, 1, 0}, {3.51, 26, 1, 0}, {3.54, 24, 1, 1},
    {2.83, 27, 1, 1}, {3.39, 17, 1, 1}, {2.67, 24, 1, 0}, {3.65, 21, 1, 1}, {4, 23, 1, 1},
    {3.1, 21, 1, 0},  {2.39, 19, 1, 1},
};

/* methods L18 (R), and Greene, Econometric Analysis, to the digits printed there */
static void spector_and_mazzeo_agree_with_r(void **state)
{
    const double b[] = {-13.02134686, 2.82611259, 0.09515766, 2.37868766};
    const double se[] = {4.931324, 1.262941, 0.141554, 1.064564};
    double column[4][32];
    const double *x[] = {column[0], column[1], column[2]};
    struct fit fit;

    (void)state;
    for (size_t i = 0; i < 32; i++)
        for (size_t j = 0; j < 4; j++)
            column[j][i] = spector[i][j];
    run(&(struct lc_logit_data){.n = 32, .x = x, .n_numeric = 3, .y = column[3]}, &fit);
    for (size_t j = 0; j < 4; j++) {
        assert_close(fit.f.b[j], b[j], 5e-9);
        assert_close(std_error(&fit, j), se[j], 5e-7);
    }
    assert_close(-fit.f.deviance / 2, -12.889634222, 1e-10);
    assert_close(-fit.f.null_deviance / 2, -20.591729697, 1e-10);
    release(&fit);
}

/* methods L10-L12 come from the model; here its oracle's coefficients (R 4.2.2 glm). */
static void birth_weight_agrees_with_hosmer_and_lemeshow(void **state)
{
    static const char *const name[] = {"low", "age", "lwt", "race", "ftv"};
    static double column[5][DATASET_MOST_ROWS];
    const size_t n = dataset_read("birth_weight_agrees_with_hosmer_and_lemeshow",
                                  "birthwt/birthwt.csv", name, 5, column);
    const double b[] = {1.295365749,  1.003897823,  0.433108428,
                        -0.023822974, -0.014244611, -0.049308318};
    const double *x[] = {column[1], column[2], column[4]};
    const uint32_t reference = 0;
    uint8_t race[DATASET_MOST_ROWS];
    const struct lc_column coded = {
        .name = "race", .width = 1, .code = race, .n_levels = 3, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = n, .k = 1, .column = &coded};
    struct fit fit;

    (void)state;
    assert_int_equal(n, 189);
    for (size_t i = 0; i < n; i++)
        race[i] = (uint8_t)(column[3][i] - 1);
    run(&(struct lc_logit_data){.n = n,
                                .codes = &codes,
                                .reference = &reference,
                                .x = x,
                                .n_numeric = 3,
                                .y = column[0]},
        &fit);
    for (size_t j = 0; j < 6; j++)
        assert_close(fit.f.b[j], b[j], 1e-8);
    assert_close(std_error(&fit, 0), 1.07144313, 2e-7);
    assert_close(-fit.f.deviance / 2, -111.28645, 5e-8);
    release(&fit);
}

/* ---- separation ---- */

/* methods F1: endometrial (brglm2). All 13 with NV = 1 have HG = 1: R prints 18.2 (1715.75) and
 * no warning that a person would see. */
static void separation_by_a_level_is_reported_and_the_prior_cures_it(void **state)
{
    static const char *const name[] = {"NV", "PI", "EH", "HG"};
    static double column[4][DATASET_MOST_ROWS];
    const size_t n = dataset_read("separation_by_a_level_is_reported_and_the_prior_cures_it",
                                  "endometrial/endometrial.csv", name, 4, column);
    const double *x[] = {column[1], column[2]};
    const double precision[] = {0, 2, 0, 0};
    const struct lc_logit_prior prior = {.precision = precision};
    const uint32_t reference = 0;
    uint8_t nv[DATASET_MOST_ROWS];
    const struct lc_column coded = {
        .name = "NV", .width = 1, .code = nv, .n_levels = 2, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = n, .k = 1, .column = &coded};
    const struct lc_logit_data d = {.n = n,
                                    .codes = &codes,
                                    .reference = &reference,
                                    .x = x,
                                    .n_numeric = 2,
                                    .y = column[3]};
    struct lc_logit_fit fit = {.k = 77};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < n; i++)
        nv[i] = column[0][i] > 0;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_logit(&d, NULL, NULL, &arena, &fit, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "separation"));
    assert_non_null(strstr(err.text, "'NV'"));
    assert_non_null(strstr(err.text, "default penalty"));
    assert_int_equal(fit.k, 77);
    assert_int_equal(lc_logit(&d, &prior, NULL, &arena, &fit, &err), LC_OK);
    assert_true(fit.b[1] > 0.5 && fit.b[1] < 5);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ucla_admissions_agree_with_r),
        cmocka_unit_test(ucla_rank_has_the_wald_test_of_r),
        cmocka_unit_test(profile_limits_of_r_are_where_the_deviance_says),
        cmocka_unit_test(half_of_ucla_agrees_with_r),
        cmocka_unit_test(menarche_agrees_with_r),
        cmocka_unit_test(ingots_agree_with_sas),
        cmocka_unit_test(remission_agrees_with_sas),
        cmocka_unit_test(patients_agree_with_madlib),
        cmocka_unit_test(spector_and_mazzeo_agree_with_r),
        cmocka_unit_test(birth_weight_agrees_with_hosmer_and_lemeshow),
        cmocka_unit_test(separation_by_a_level_is_reported_and_the_prior_cures_it),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
