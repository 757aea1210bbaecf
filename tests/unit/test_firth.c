/* Firth's logistic regression, against R. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "dataset.h"
#include "leadcal/firth.h"
#include "made_design.h"

/* Endometrial cancer (Heinze and Schemper 2002): HG ~ NV + PI + EH, 79 rows. */
struct endometrial {
    struct lc_arena arena;
    double cell[4][DATASET_MOST_ROWS];
    const double *x[3];
    struct lc_logit_data d;
    struct lc_err err;
};

static void read_endometrial(const char *test, struct endometrial *e)
{
    static const char *const name[] = {"NV", "PI", "EH", "HG"};

    lc_arena_init(&e->arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(dataset_read(test, "endometrial/endometrial.csv", name, 4, e->cell), 79);
    for (size_t j = 0; j < 3; j++)
        e->x[j] = e->cell[j];
    e->d = (struct lc_logit_data){.n = 79, .x = e->x, .n_numeric = 3, .y = e->cell[3]};
}

/* methods F2: R 4.2.2, brglm2 0.9 (its standard errors are those of the plain information, too) */
static void endometrial_agrees_with_brglm2(void **state)
{
    static const double b[] = {3.7745597136, 2.9292733532, -0.0347517599, -2.6041639253};
    static const double se[] = {1.4886916634, 1.5507637295, 0.0395781473, 0.7760176425};
    static struct endometrial e;
    struct lc_firth_work *work;
    struct lc_firth f;
    double expected = 0, won = 0;

    (void)state;
    read_endometrial("endometrial_agrees_with_brglm2", &e);
    assert_int_equal(lc_firth(&e.d, NULL, &e.arena, &work, &f, &e.err), LC_OK);
    for (size_t j = 0; j < 4; j++) {
        assert_close(f.b[j], b[j], 1e-8);
        assert_close(sqrt(f.cov[j * 4 + j]), se[j], 1e-8);
    }
    assert_close(f.penalised, -24.0372678, 1e-8);
    for (size_t i = 0; i < 79; i++) {
        expected += lc_logistic(f.intercept + f.b[1] * e.x[0][i] + f.b[2] * e.x[1][i] +
                                f.b[3] * e.x[2][i]);
        won += e.cell[3][i];
    }
    assert_close(expected, won, 1e-9);
    assert_true(f.intercept != f.b[0]);
    lc_arena_release(&e.arena);
}

/* methods F3: R 4.2.2, profile penalised likelihood */
static void profile_limits_of_endometrial_agree_with_r(void **state)
{
    static const double low[] = {0.6097244, -0.1244587, -4.3651832};
    static const double high[] = {7.8546317, 0.0404555, -1.2327211};
    static struct endometrial e;
    struct lc_firth_limits l[3];
    struct lc_firth_work *work;
    struct lc_firth f;

    (void)state;
    read_endometrial("profile_limits_of_endometrial_agree_with_r", &e);
    assert_int_equal(lc_firth(&e.d, NULL, &e.arena, &work, &f, &e.err), LC_OK);
    for (size_t j = 0; j < 3; j++) {
        assert_int_equal(lc_firth_profile(work, &f, j + 1, &l[j], &e.err), LC_OK);
        assert_close(l[j].low, low[j], 1e-6);
        assert_close(l[j].high, high[j], 1e-6);
    }
    assert_close(l[0].chi2, 6.7984572, 1e-7);
    assert_close(l[0].p, 0.0091236756, 2e-8); /* R's search stops at about 1e-6 of a p */
    assert_close(l[1].p, 0.3874822, 1e-7);
    assert_close(l[2].chi2, 17.7593175, 1e-8);
    lc_arena_release(&e.arena);
}

/* methods F4: R 4.2.2, brglm2 0.9, type "AS_median" (Kenne Pagui, Salvan and Sartori, Biometrika 104
 * (2017) 923-938). No program offers this fit; its score is Firth's and, for each coefficient j, the same
 * bend along the one direction c_j of the covariance in which j moves:
 *
 *     score + bend(C) + I m,   m_j = -2/3 c_j' bend(c_j c_j' / C_jj)
 *
 * so it holds the kernel's bend to numbers of somebody else, for forms that are no covariance. */
static void the_bend_gives_the_median_unbiased_fit_of_brglm2(void **state)
{
    enum { K = 4 };
    static const double want[K] = {3.969359826, 3.869206636, -0.038677972, -2.707934471};
    static struct endometrial e;
    struct lc_logit_ready *ready;
    double b[K] = {0}, longest = 1;

    (void)state;
    read_endometrial("the_bend_gives_the_median_unbiased_fit_of_brglm2", &e);
    assert_int_equal(lc_logit_prepare(&e.d, NULL, &e.arena, &ready, &e.err), LC_OK);
    for (int steps = 0; steps < 200 && longest > 1e-12; steps++) {
        double score[K], bend[K], info[K * K], cov[K * K], form[K * K];
        gsl_matrix_view c = gsl_matrix_view_array(cov, K, K);

        (void)lc_logit_look(ready, b, score, info);
        memcpy(cov, info, sizeof cov);
        assert_int_equal(gsl_linalg_cholesky_decomp1(&c.matrix), 0);
        assert_int_equal(gsl_linalg_cholesky_invert(&c.matrix), 0);
        lc_logit_bend(ready, cov, bend);
        for (size_t i = 0; i < K; i++)
            score[i] += bend[i];
        for (size_t j = 0; j < K; j++) {
            double median = 0;

            for (size_t i = 0; i < K * K; i++)
                form[i] = cov[j * K + i / K] * cov[j * K + i % K] / cov[j * K + j];
            lc_logit_bend(ready, form, bend);
            for (size_t i = 0; i < K; i++)
                median -= 2.0 / 3 * cov[j * K + i] * bend[i];
            for (size_t i = 0; i < K; i++)
                score[i] += info[i * K + j] * median;
        }
        longest = 0;
        for (size_t i = 0; i < K; i++) {
            double step = 0;

            for (size_t j = 0; j < K; j++)
                step += cov[i * K + j] * score[j];
            b[i] += step;
            longest = fmax(longest, fabs(step));
        }
    }
    for (size_t i = 0; i < K; i++)
        assert_close(b[i], want[i], 1e-9);
    lc_arena_release(&e.arena);
}

/* A table of one rate: half a win and half a loss more. Two levels, one of them all won: each level is a
 * rate of its own, (k + 1/2) / (n + 1), as the model is saturated. */
static void saturated_rates_have_half_a_win_and_half_a_loss_more(void **state)
{
    static const uint8_t code[] = {0, 1};
    static const double won[] = {13, 7}, leads[] = {13, 29};
    static const uint32_t reference = 1;
    const struct lc_column column = {
        .name = "partner", .width = 1, .code = code, .n_levels = 2, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 2, .k = 1, .column = &column};
    const struct lc_logit_data d = {
        .n = 2, .codes = &codes, .reference = &reference, .y = won, .weight = leads};
    struct lc_firth_limits l;
    struct lc_firth_work *work;
    struct lc_firth f;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_firth(&d, NULL, &arena, &work, &f, &err), LC_OK);
    assert_close(lc_logistic(f.b[0]), 7.5 / 30, 1e-9);
    assert_close(lc_logistic(f.b[0] + f.b[1]), 13.5 / 14, 1e-9);
    assert_int_equal(lc_firth_profile(work, &f, 1, &l, &err), LC_OK);
    assert_true(l.low > 1 && l.low < f.b[1] && l.high > f.b[1] && isfinite(l.high));
    lc_arena_release(&arena);
}

static void a_large_table_is_nearly_maximum_likelihood_at_any_number_of_threads(void **state)
{
    static const uint32_t levels[] = {3, 4, 7};
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_firth_work *work;
    struct lc_firth f, seven;
    struct lc_logit_fit ml;
    struct design g;

    (void)state;
    assert_non_null(pool);
    design_make(&g, 70001, levels, 3, 1);
    ml = design_fit(&g, NULL, NULL);
    assert_int_equal(lc_firth(&g.d, NULL, &g.arena, &work, &f, &g.err), LC_OK);
    assert_int_equal(lc_firth(&g.d, pool, &g.arena, &work, &seven, &g.err), LC_OK);
    assert_memory_equal(f.b, seven.b, f.k * sizeof *f.b);
    for (size_t j = 0; j < f.k; j++) {
        assert_close(f.b[j], ml.b[j], 2e-3);
        assert_true(f.b[j] != ml.b[j]);
    }
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

/* With a column for every level the last of each adds up to the intercept, and is left out. */
static void a_column_that_repeats_others_changes_nothing(void **state)
{
    static const uint32_t levels[] = {3, 4};
    static const uint32_t last[] = {2, 3};
    struct lc_firth_work *work;
    struct lc_firth f, full;
    struct design g;

    (void)state;
    design_make(&g, 300, levels, 2, 0);
    g.d.reference = last;
    assert_int_equal(lc_firth(&g.d, NULL, &g.arena, &work, &f, &g.err), LC_OK);
    g.d.reference = NULL;
    assert_int_equal(lc_firth(&g.d, NULL, &g.arena, &work, &full, &g.err), LC_OK);
    assert_true(full.aliased[3] && full.aliased[7] && !full.aliased[6]);
    assert_true(full.b[3] == 0 && full.b[7] == 0);
    assert_close(full.penalised, f.penalised, 1e-10);
    for (size_t j = 0; j < 3; j++) {
        assert_close(full.b[j], f.b[j], 1e-8);
        assert_close(full.b[4 + j], f.b[3 + j], 1e-8);
    }
    lc_arena_release(&g.arena);
}

static void refusals_say_what_to_do(void **state)
{
    static const uint32_t levels[] = {3, 4};
    struct lc_firth_work *work;
    enum lc_rc rc = LC_ENOMEM;
    struct lc_firth f;
    struct design g;

    (void)state;
    design_make(&g, 200, levels, 2, 0);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64) {
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_firth(&g.d, NULL, &arena, &work, &f, &g.err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    memset(g.y, 0, 200 * sizeof *g.y);
    assert_int_equal(lc_firth(&g.d, NULL, &g.arena, &work, &f, &g.err), LC_EDEGENERATE);
    assert_non_null(strstr(g.err.text, "none of 200 leads"));
    lc_arena_release(&g.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endometrial_agrees_with_brglm2),
        cmocka_unit_test(profile_limits_of_endometrial_agree_with_r),
        cmocka_unit_test(the_bend_gives_the_median_unbiased_fit_of_brglm2),
        cmocka_unit_test(saturated_rates_have_half_a_win_and_half_a_loss_more),
        cmocka_unit_test(a_large_table_is_nearly_maximum_likelihood_at_any_number_of_threads),
        cmocka_unit_test(a_column_that_repeats_others_changes_nothing),
        cmocka_unit_test(refusals_say_what_to_do),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
