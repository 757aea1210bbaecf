/* The logistic kernel where some leads have not had the time to be won. */
#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "test.h"

#define ROWS 60
#define MANY 3000

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

/* Three levels, a number, and a share of the lag for each row. */
struct rows {
    size_t n;
    uint8_t level[MANY];
    double x[MANY], y[MANY], seen[MANY], weight[MANY];
    const double *numeric[1];
    struct lc_column column;
    struct lc_codes codes;
    uint32_t reference;
    struct lc_logit_data d;
};

static void wire(struct rows *r, size_t n)
{
    static const char *const name[] = {"a", "b", "c"};

    r->n = n;
    r->numeric[0] = r->x;
    r->column = (struct lc_column){.name = "level",
                                   .width = 1,
                                   .code = r->level,
                                   .n_levels = 3,
                                   .level = name,
                                   .missing = LC_NO_CODE};
    r->codes = (struct lc_codes){.n = n, .k = 1, .column = &r->column};
    r->d = (struct lc_logit_data){.n = n,
                                  .codes = &r->codes,
                                  .reference = &r->reference,
                                  .x = r->numeric,
                                  .n_numeric = 1,
                                  .y = r->y,
                                  .seen = r->seen};
}

/* The rows of tests/reference/logit_seen.R. */
static struct rows *typed_rows(void)
{
    static struct rows r;

    for (size_t i = 0; i < ROWS; i++) {
        r.x[i] = (double)(i * 7 % 11) / 3;
        r.level[i] = (uint8_t)(i % 3);
        r.seen[i] = 0.15 + 0.85 * (double)(i * 13 % 17) / 16;
        r.y[i] = (i * 5 + i / 7) % 6 < 2;
    }
    wire(&r, ROWS);
    return &r;
}

/* Rows of a known model: a share `base` is won in the end, of which each row has seen a part. */
static struct rows *drawn_rows(uint64_t seed, double base, double least_seen)
{
    static struct rows r;
    struct lc_random random = {seed};

    for (size_t i = 0; i < MANY; i++) {
        double p;

        r.x[i] = 4 * lc_random_unit(&random) - 2;
        r.level[i] = (uint8_t)lc_random_below(&random, 3);
        r.seen[i] = least_seen + (1 - least_seen) * lc_random_unit(&random);
        p = lc_logistic(log(base / (1 - base)) + 0.7 * r.x[i] + (r.level[i] == 2 ? 0.9 : 0));
        r.y[i] = lc_random_unit(&random) < p * r.seen[i];
        r.weight[i] = 1;
    }
    wire(&r, MANY);
    return &r;
}

static struct lc_logit_fit fit_rows(const struct lc_logit_data *d,
                                    const struct lc_logit_prior *prior,
                                    struct lc_parallel *pool)
{
    struct lc_logit_fit f = {0};
    struct lc_err err = {0};

    if (lc_logit(d, prior, pool, &arena, &f, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    assert_true(f.max_gradient <= 1e-10);
    return f;
}

/* Fits of the same rows with their shares of the lag, and as if all had seen the whole of it. */
static void fit_with_and_without(const struct rows *r, struct lc_logit_fit *with,
                                 struct lc_logit_fit *without)
{
    struct lc_logit_data plain = r->d;

    plain.seen = NULL;
    *with = fit_rows(&r->d, NULL, NULL);
    *without = fit_rows(&plain, NULL, NULL);
}

/* tests/reference/logit_seen.R, R 4.2.2: optim on the likelihood, then Newton on its gradient. */
static void young_leads_count_as_r_reckons_them(void **state)
{
    static const double b[2][4] = {
        {0.816251155005, -0.130047115224, 1.172077730172, -0.176877128976},
        {0.7614585014348, -0.1174714908752, 0.2598194144347, -0.0693216067506}};
    static const double se[2][4] = {
        {0.963118394401, 0.898353438258, 1.921282626575, 0.459132407522},
        {0.792402039033, 0.549598470539, 0.588548119949, 0.392867819142}};
    static const double deviance[] = {54.6239946734, 55.0223850376};
    const double precision[] = {0, 1 / 0.49, 1 / 0.49, 0};
    const struct lc_logit_prior prior = {.precision = precision};

    (void)state;
    for (size_t m = 0; m < 2; m++) {
        const struct lc_logit_fit f = fit_rows(&typed_rows()->d, m ? &prior : NULL, NULL);

        for (size_t j = 0; j < 4; j++) {
            assert_close(f.b[j], b[m][j], 1e-9);
            assert_close(sqrt(f.cov[j * 4 + j]), se[m][j], 1e-9);
        }
        assert_close(f.deviance, deviance[m], 1e-11);
        assert_close(f.null_deviance, 55.4688912295, 1e-10);
    }
}

/* Minus the log-likelihood straight from its definition. */
static double minus_likelihood(const struct rows *r, const double *b)
{
    double sum = 0;

    for (size_t i = 0; i < r->n; i++) {
        const double eta = b[0] + (r->level[i] ? b[r->level[i]] : 0) + b[3] * r->x[i];
        const double p = 1 / (1 + exp(-eta));

        sum -= r->y[i] > 0 ? log(p) : log1p(-r->seen[i] * p);
    }
    return sum;
}

/* The covariance is the inverse of the exact curvature, taken here by differences. */
static void the_covariance_is_that_of_the_exact_curvature(void **state)
{
    const double h = 1e-3;
    struct rows *r = drawn_rows(7, 0.35, 0.05);
    struct lc_logit_fit f;

    (void)state;
    f = fit_rows(&r->d, NULL, NULL);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            double product = 0; /* row i of the curvature times column j of the covariance */

            for (size_t l = 0; l < 4; l++) {
                double corner[4];

                for (size_t c = 0; c < 4; c++) {
                    double b[4];

                    memcpy(b, f.b, sizeof b);
                    b[i] += c & 1 ? h : -h;
                    b[l] += c & 2 ? h : -h;
                    corner[c] = minus_likelihood(r, b);
                }
                product += (corner[3] - corner[1] - corner[2] + corner[0]) / (4 * h * h) *
                           f.cov[l * 4 + j];
            }
            assert_true(fabs(product - (i == j)) < 2e-5);
        }
}

static void assert_same_bits(const struct lc_logit_fit *f, const struct lc_logit_fit *g)
{
    assert_memory_equal(f->b, g->b, 4 * sizeof(double));
    assert_memory_equal(f->cov, g->cov, 16 * sizeof(double));
}

static void the_whole_lag_seen_is_no_lag_bit_for_bit(void **state)
{
    struct rows *r = drawn_rows(3, 0.2, 1);
    struct lc_logit_fit f, g;

    (void)state;
    fit_with_and_without(r, &f, &g);
    assert_same_bits(&f, &g);
    assert_memory_equal(&f.deviance, &g.deviance, sizeof(double));
}

/* One lead that has seen less than all takes the other path; what is left of the lag is little. */
static void a_lag_all_but_seen_is_close_to_none(void **state)
{
    struct rows *r = drawn_rows(3, 0.2, 1);
    struct lc_logit_fit f, g;

    (void)state;
    r->seen[5] = 1 - 1e-12;
    fit_with_and_without(r, &f, &g);
    for (size_t j = 0; j < 16; j++)
        assert_close(f.cov[j], g.cov[j], 1e-9);
    assert_close(f.deviance, g.deviance, 1e-11);
}

/* Leads alike in all are one row with counts. */
static void grouped_leads_are_ungrouped_ones(void **state)
{
    static struct rows grouped;
    struct rows *r = drawn_rows(11, 0.3, 0.2);
    struct lc_logit_fit f, g;
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < MANY; i++) { /* few distinct rows */
        r->x[i] = round(r->x[i]);
        r->seen[i] = round(4 * r->seen[i]) / 4;
        r->seen[i] = r->seen[i] > 0 ? r->seen[i] : 0.25;
    }
    for (size_t i = 0; i < MANY; i++) {
        size_t at = 0;

        while (at < n && !(grouped.level[at] == r->level[i] && grouped.x[at] == r->x[i] &&
                           grouped.seen[at] == r->seen[i]))
            at++;
        if (at == n) {
            grouped.level[n] = r->level[i];
            grouped.x[n] = r->x[i];
            grouped.seen[n++] = r->seen[i];
        }
        grouped.y[at] += r->y[i];
        grouped.weight[at] += 1;
    }
    assert_true(n < 80);
    wire(&grouped, n);
    grouped.d.weight = grouped.weight;
    f = fit_rows(&r->d, NULL, NULL);
    g = fit_rows(&grouped.d, NULL, NULL);
    for (size_t j = 0; j < 4; j++)
        assert_close(f.b[j], g.b[j], 1e-10);
    assert_close(f.deviance, g.deviance, 1e-10);
}

static void one_thread_gives_the_bits_of_seven(void **state)
{
    struct rows *r = drawn_rows(5, 0.3, 0.1);
    struct lc_parallel *seven = lc_parallel_new(7);
    struct lc_logit_fit f, g;

    (void)state;
    f = fit_rows(&r->d, NULL, NULL);
    g = fit_rows(&r->d, NULL, seven);
    assert_same_bits(&f, &g);
    lc_parallel_free(seven);
}

/* Nine in ten are won in the end and little of the lag was seen: the curvature of those not won is
 * then negative, where Newton begins and near the optimum. The truth is found all the same. */
static void a_curvature_of_the_wrong_sign_does_not_lead_astray(void **state)
{
    static const double truth[] = {2.197, 0, 0.9, 0.7};
    struct rows *r = drawn_rows(13, 0.9, 0.3);
    struct lc_logit_fit f;

    (void)state;
    f = fit_rows(&r->d, NULL, NULL);
    for (size_t j = 0; j < 4; j++)
        assert_true(fabs(f.b[j] - truth[j]) < 3.5 * sqrt(f.cov[j * 4 + j]));
}

/* Young leads counted as lost pull the chance down; by their share of the lag they do not. */
static void young_leads_do_not_look_lost(void **state)
{
    struct rows *r = drawn_rows(17, 0.2, 0.05);
    struct lc_logit_fit f, g;

    (void)state;
    fit_with_and_without(r, &f, &g);
    assert_true(fabs(f.b[0] - log(0.25)) < 3 * sqrt(f.cov[0]));
    assert_true(g.b[0] < log(0.25) - 3 * sqrt(g.cov[0]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(young_leads_count_as_r_reckons_them),
        TEST(the_covariance_is_that_of_the_exact_curvature),
        TEST(the_whole_lag_seen_is_no_lag_bit_for_bit),
        TEST(a_lag_all_but_seen_is_close_to_none),
        TEST(grouped_leads_are_ungrouped_ones),
        TEST(one_thread_gives_the_bits_of_seven),
        TEST(a_curvature_of_the_wrong_sign_does_not_lead_astray),
        TEST(young_leads_do_not_look_lost),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
