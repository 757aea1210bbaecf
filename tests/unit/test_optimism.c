#include "leadcal/optimism.h"

#include <gsl/gsl_errno.h>

#include "dataset.h"
#include "leadcal/codes.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "test.h"

#define MOST DATASET_MOST_ROWS

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

static double ucla[4][MOST]; /* admit, gre, gpa, rank */
static uint8_t admitted[MOST];

/* admit ~ gre + gpa + rank by maximum likelihood; 5 columns of numbers. */
static enum lc_rc fit_ucla(void *context, const uint32_t *row, size_t n, double *log_odds,
                           struct lc_err *err)
{
    static double x[5][MOST], drawn[5][MOST], y[MOST];
    const struct lc_codes none = {.n = n};
    const double *const column[] = {drawn[0], drawn[1], drawn[2], drawn[3], drawn[4]};
    const struct lc_logit_data d = {
        .n = n, .codes = &none, .x = column, .n_numeric = 5, .y = y};
    struct lc_logit_fit fit;
    struct lc_arena scratch;
    enum lc_rc rc;

    (void)context;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < 5; j++)
            x[j][i] = j < 2 ? ucla[j + 1][i]
                            : (ucla[3][i] > (double)j - 0.5 && ucla[3][i] < (double)j + 0.5);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < 5; j++)
            drawn[j][i] = x[j][row[i]];
        y[i] = admitted[row[i]];
    }
    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    rc = lc_logit(&d, NULL, NULL, &scratch, &fit, err);
    for (size_t i = 0; i < n && !rc; i++) {
        log_odds[i] = fit.b[0];
        for (size_t j = 0; j < 5; j++)
            log_odds[i] += fit.b[j + 1] * x[j][i];
    }
    lc_arena_release(&scratch);
    return rc;
}

/* methods C5: R rms validate(lrm), B = 1000: Dxy = 2 AUC - 1 0.3857 and 0.351, slope 0.907, Brier
 * 0.2010, within 0.01. Ours: 1000 resamples, seed 2385. */
static void ucla_is_corrected_as_rms_validate_does(void **state)
{
    static const char *const name[] = {"admit", "gre", "gpa", "rank"};
    const struct lc_refit model = {fit_ucla, NULL};
    struct lc_optimism o;
    struct lc_err err;
    const size_t n = dataset_read("ucla_is_corrected_as_rms_validate_does",
                                  "ucla-admissions/binary.csv", name, 4, ucla);

    (void)state;
    for (size_t i = 0; i < n; i++)
        admitted[i] = ucla[0][i] > 0;
    assert_int_equal(lc_optimism(admitted, n, &model, 1000, 2385, &arena, &o, &err), LC_OK);
    assert_close(2 * o.auc.apparent - 1, 0.3857, 5e-5);
    assert_close(2 * o.auc.corrected - 1, 0.351, 0.01);
    assert_close(o.slope.apparent, 1, 1e-9);
    assert_close(o.slope.corrected, 0.907, 0.01);
    assert_close(o.brier.apparent, 0.19471396, 5e-9); /* methods L4 */
    assert_close(o.brier.corrected, 0.2010, 0.01);
    assert_int_equal(o.used, 1000);
}

/* A score that was there before the leads came. */
static enum lc_rc fixed(void *context, const uint32_t *row, size_t n, double *log_odds,
                        struct lc_err *err)
{
    (void)context;
    (void)row;
    (void)err;
    for (size_t i = 0; i < n; i++)
        log_odds[i] = 0.1 * (double)(i * 7 % 23) - 1.3;
    return LC_OK;
}

/* What one resample says of it: enough to average near nothing over 400. */
static void a_model_that_ignores_the_leads_has_no_optimism(void **state)
{
    enum { LEADS = 300 };
    const struct lc_refit model = {fixed, NULL};
    struct lc_random random = {99};
    struct lc_optimism o;
    struct lc_err err;
    uint8_t y[LEADS];

    (void)state;
    for (size_t i = 0; i < LEADS; i++)
        y[i] = lc_random_unit(&random) < 0.2 + 0.03 * (double)(i * 7 % 23);
    assert_int_equal(lc_optimism(y, LEADS, &model, 400, 3, &arena, &o, &err), LC_OK);
    /* Four Monte-Carlo errors: sd of one resample's AUC about 0.03, over the root of 400. */
    assert_close(o.auc.corrected, o.auc.apparent, 0.006);
    assert_close(o.brier.corrected, o.brier.apparent, 0.003);
}

struct moody {
    size_t calls;
    enum lc_rc rc;
};

/* Every second fit fails. */
static enum lc_rc moody(void *context, const uint32_t *row, size_t n, double *log_odds,
                        struct lc_err *err)
{
    struct moody *m = context;

    if (m->calls++ % 2)
        return lc_fail(err, m->rc, "as the test wants it");
    return fixed(NULL, row, n, log_odds, err);
}

static void resamples_without_a_fit_are_left_out(void **state)
{
    struct moody m = {0, LC_EDEGENERATE};
    const struct lc_refit model = {moody, &m};
    struct lc_optimism o = {.used = 77};
    struct lc_err err;
    uint8_t y[40];

    (void)state;
    for (size_t i = 0; i < 40; i++)
        y[i] = i % 3 == 0;
    assert_int_equal(lc_optimism(y, 40, &model, 20, 3, &arena, &o, &err), LC_OK);
    assert_int_equal(o.used, 10);
    m = (struct moody){1, LC_EDEGENERATE}; /* the leads themselves */
    assert_int_equal(lc_optimism(y, 40, &model, 20, 3, &arena, &o, &err), LC_EDEGENERATE);
    m = (struct moody){0, LC_ENOMEM};
    assert_int_equal(lc_optimism(y, 40, &model, 20, 3, &arena, &o, &err), LC_ENOMEM);
    m = (struct moody){0, LC_EDEGENERATE};
    assert_int_equal(lc_optimism(y, 40, &model, 1, 3, &arena, &o, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "none of 1 resamples could be fitted"));
    assert_int_equal(o.used, 10);
}

static void memory_that_is_refused_is_an_error(void **state)
{
    const struct lc_refit model = {fixed, NULL};
    uint8_t y[40];
    bool done = false;

    (void)state;
    for (size_t i = 0; i < 40; i++)
        y[i] = i % 3 == 0;
    for (size_t limit = 0; !done; limit += 64) {
        struct lc_optimism o;
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_optimism(y, 40, &model, 3, 1, &small, &o, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 1000000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ucla_is_corrected_as_rms_validate_does),
        TEST(a_model_that_ignores_the_leads_has_no_optimism),
        TEST(resamples_without_a_fit_are_left_out),
        TEST(memory_that_is_refused_is_an_error),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
