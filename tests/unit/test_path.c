/* Penalties along a path, against glmnet and against the conditions of an optimum. */
#include <gsl/gsl_errno.h>
#include <string.h>

#include "dataset.h"
#include "leadcal/path.h"
#include "made_design.h"

#define MOST_K 40

static const uint32_t five[] = {3, 4, 7, 2, 12};

/* UCLA admissions: rank as levels against rank 1, gre and gpa as numbers, so that coefficients come as
 * intercept, rank 2-4, gre, gpa. */
struct ucla {
    struct lc_arena arena;
    double cell[4][DATASET_MOST_ROWS];
    uint8_t rank[400], fold[400];
    const double *x[2];
    struct lc_column column;
    struct lc_codes codes;
    uint32_t reference;
    struct lc_logit_data d;
    struct lc_err err;
};

static void read_ucla(const char *test, struct ucla *u)
{
    static const char *const name[] = {"admit", "gre", "gpa", "rank"};

    lc_arena_init(&u->arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(dataset_read(test, "ucla-admissions/binary.csv", name, 4, u->cell), 400);
    for (size_t i = 0; i < 400; i++) {
        u->rank[i] = (uint8_t)(u->cell[3][i] - 1);
        u->fold[i] = (uint8_t)(i % 10);
    }
    u->x[0] = u->cell[1];
    u->x[1] = u->cell[2];
    u->column = (struct lc_column){
        .name = "rank", .width = 1, .code = u->rank, .n_levels = 4, .missing = LC_NO_CODE};
    u->codes = (struct lc_codes){.n = 400, .k = 1, .column = &u->column};
    u->reference = 0;
    u->d = (struct lc_logit_data){.n = 400,
                                  .codes = &u->codes,
                                  .reference = &u->reference,
                                  .x = u->x,
                                  .n_numeric = 2,
                                  .y = u->cell[0]};
}

static struct lc_path path_of(const struct lc_logit_data *d, const struct lc_path_options *o,
                              struct lc_arena *arena)
{
    struct lc_path p = {0};
    struct lc_err err;

    if (lc_path(d, o, NULL, arena, &p, &err) != LC_OK) {
        print_error("%s\n", err.text);
        fail();
    }
    assert_true(p.violation <= 1e-8);
    return p;
}

/* glmnet's order: intercept, gre, gpa, rank 2, 3, 4; its own threshold leaves about 1e-5. */
static void agree(const double *b, const double *glmnet)
{
    assert_close(b[0], glmnet[0], 1e-5);
    assert_close(b[4], glmnet[1], 1e-7); /* of gre, whose numbers are near 600 */
    for (size_t j = 0; j < 4; j++)
        assert_close(b[j == 0 ? 5 : j], glmnet[2 + j], 1e-5);
}

/* methods G1, R 4.2.2, glmnet 4.1-6 */
static void the_elastic_net_of_ucla_agrees_with_glmnet(void **state)
{
    static const double lambda[] = {.1, .05, .02, .01, .001};
    static const double at_100[] = {-2.0719325057, 0.00089001233, 0.2419352209, 0,
                                    -0.0762731912, -0.1129306411};
    static const double at_10[] = {-3.8906881135, 0.0020925661,  0.7337438457,
                                   -0.3973978054, -1.0248865719, -1.2015818654};
    static const double at_1[] = {-3.9797663598, 0.0022460276,  0.7964029530,
                                  -0.6447331267, -1.3053602908, -1.5126871191};
    const struct lc_path_options o = {
        .alpha = 0.5, .standardise = true, .lambda = lambda, .n_lambda = 5};
    static struct ucla u;
    struct lc_path p;

    (void)state;
    read_ucla("the_elastic_net_of_ucla_agrees_with_glmnet", &u);
    p = path_of(&u.d, &o, &u.arena);
    agree(p.b, at_100);
    agree(p.b + 3 * p.k, at_10);
    agree(p.b + 4 * p.k, at_1);
    assert_true(p.b[1] == 0 && p.used[0] == 4);
    lc_arena_release(&u.arena);
}

/* methods G2 */
static void the_ridge_of_ucla_agrees_with_glmnet(void **state)
{
    static const double lambda[] = {.1, .01};
    static const double at_100[] = {-3.4715589580, 0.0017680140,  0.5679116827,
                                    -0.0720411189, -0.5299794858, -0.6425451672};
    static const double at_10[] = {-3.9809726143, 0.0022090377,  0.7672476923,
                                   -0.5114586878, -1.1404135169, -1.3273710846};
    const struct lc_path_options o = {.standardise = true, .lambda = lambda, .n_lambda = 2};
    static struct ucla u;
    struct lc_path p;

    (void)state;
    read_ucla("the_ridge_of_ucla_agrees_with_glmnet", &u);
    p = path_of(&u.d, &o, &u.arena);
    agree(p.b, at_100);
    agree(p.b + p.k, at_10);
    lc_arena_release(&u.arena);
}

/* methods G3 and G4: cv.glmnet, lasso, fold (row - 1) mod 10 + 1 */
static void the_lasso_of_ucla_is_chosen_as_by_cv_glmnet(void **state)
{
    static const double sparing[] = {-2.6630778565, 0.0012390623, 0.3764518092, 0,
                                     -0.2344241492, -0.2982657431};
    const struct lc_path_options o = {.alpha = 1, .standardise = true};
    static struct ucla u;
    const struct lc_path_folds folds = {.fold = u.fold, .n_folds = 10};
    struct lc_path_choice c;
    struct lc_path p;

    (void)state;
    read_ucla("the_lasso_of_ucla_is_chosen_as_by_cv_glmnet", &u);
    p = path_of(&u.d, &o, &u.arena);
    assert_close(p.lambda[0], 0.0858548493, 1e-9);
    assert_int_equal(lc_path_choose(&u.d, &o, &p, &folds, NULL, &u.arena, &c, &u.err), LC_OK);
    assert_close(p.lambda[c.least], 0.00228038016, 1e-10);
    assert_close(p.lambda[c.sparing], 0.0407880091, 1e-9);
    assert_close(c.mean[c.least], 1.19287668, 1e-6);
    agree(p.b + c.sparing * p.k, sparing);
    lc_arena_release(&u.arena);
}

/* ---- laws ---- */

/* How far b is from the optimum, by dense sums in the units given: the conditions are checked on
 * -(1/n) l + lambda (...) with every coefficient as it is. */
static double condition_off(struct design *g, const double *b, size_t k, double lambda,
                            double alpha)
{
    double *slope = LC_NEW(&g->arena, k, double), *line = LC_NEW(&g->arena, k, double);
    double n = 0, most = 0;
    size_t **at, same;

    assert_int_equal(lc_logit_layout(&g->d, &g->arena, &at, &same, &g->err), LC_OK);
    for (size_t i = 0; i < g->d.n; i++) {
        double eta = g->d.offset ? g->d.offset[i] : 0;

        design_row(&g->d, at, k, i, line);
        for (size_t j = 0; j < k; j++)
            eta += line[j] * b[j];
        n += g->d.weight[i];
        for (size_t j = 0; j < k; j++)
            slope[j] += line[j] * (g->d.y[i] - g->d.weight[i] * lc_logistic(eta));
    }
    for (size_t j = 0; j < k; j++) {
        const double s = slope[j] / n - (j ? lambda * (1 - alpha) * b[j] : 0);
        const double edge = j ? lambda * alpha : 0;

        most = fmax(most, b[j] == 0 ? fabs(s) - edge : fabs(s - copysign(edge, b[j])));
    }
    return most;
}

static void weigh(struct design *g)
{
    for (size_t i = 0; i < g->d.n; i++) {
        g->weight[i] = 1 + (double)(i * 29 % 7) / 2;
        g->y[i] *= g->weight[i];
    }
    g->d.weight = g->weight;
    g->d.offset = g->offset;
    g->d.reference =
        NULL; /* every level has a coefficient: only the penalty tells them apart */
}

static void the_conditions_hold_by_dense_sums_at_every_lambda(void **state)
{
    static const double alpha[] = {1, 0.5, 0.02};

    (void)state;
    for (size_t a = 0; a < 3; a++) {
        const struct lc_path_options o = {.alpha = alpha[a]};
        struct lc_path p;
        struct design g;

        design_make(&g, 2311, five, 5, 0);
        weigh(&g);
        p = path_of(&g.d, &o, &g.arena);
        assert_true(p.n > 40 && p.used[p.n - 1] > 15);
        for (size_t l = 0; l < p.n; l++) {
            assert_true(condition_off(&g, p.b + l * p.k, p.k, p.lambda[l], alpha[a]) < 1e-8);
            assert_true(l == 0 || p.deviance[l] <= p.deviance[l - 1] + 1e-9);
        }
        assert_int_equal(p.used[0], 0);
        assert_true(p.used[1] > 0);
        lc_arena_release(&g.arena);
    }
}

/* n lambda is the precision of a Gaussian prior. */
static void a_ridge_is_a_gaussian_prior(void **state)
{
    static const double lambda[] = {0.004};
    const struct lc_path_options o = {.lambda = lambda, .n_lambda = 1};
    double precision[MOST_K] = {0};
    const struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_fit f;
    struct lc_path p;
    struct design g;

    (void)state;
    design_make(&g, 1500, five, 5, 0);
    g.d.reference = NULL;
    for (size_t j = 1; j < MOST_K; j++)
        precision[j] = 1500 * 0.004;
    f = design_fit(&g, &prior, NULL);
    p = path_of(&g.d, &o, &g.arena);
    for (size_t j = 0; j < f.k; j++)
        assert_close(p.b[j], f.b[j], 1e-9);
    assert_close(p.deviance[0], f.deviance, 1e-10);
    lc_arena_release(&g.arena);
}

/* The mean over folds, by a fit to the rows outside each as a table of its own. */
static void the_choice_is_that_of_fits_to_each_fold(void **state)
{
    static const double lambda[] = {0.02, 0.006, 0.001};
    const struct lc_path_options o = {.alpha = 0.7, .lambda = lambda, .n_lambda = 3};
    static uint8_t fold[900];
    const struct lc_path_folds folds = {.fold = fold, .n_folds = 3};
    double mean[3] = {0};
    struct lc_path_choice c;
    struct lc_path p;
    struct design g, part;

    (void)state;
    design_make(&g, 900, five, 3, 0);
    g.d.reference = NULL;
    for (size_t i = 0; i < 900; i++)
        fold[i] = i < 200 ? 0 : i < 550 ? 2 : 1;
    p = path_of(&g.d, &o, &g.arena);
    assert_int_equal(lc_path_choose(&g.d, &o, &p, &folds, NULL, &g.arena, &c, &g.err), LC_OK);
    for (size_t f = 0; f < 3; f++) {
        size_t n = 0;

        design_make(&part, 900, five, 3, 0); /* the same rows, then those outside moved up */
        part.d.reference = NULL;
        for (size_t i = 0; i < 900; i++) {
            if (fold[i] == f)
                continue;
            part.y[n] = g.y[i];
            for (size_t j = 0; j < 3; j++)
                lc_code_put((void *)(uintptr_t)part.column[j].code, part.column[j].width, n,
                            lc_code_at(&g.column[j], i));
            n++;
        }
        part.d.n = part.codes.n = n;
        p = path_of(&part.d, &o, &part.arena);
        for (size_t l = 0; l < 3; l++)
            for (size_t i = 0; i < 900; i++) {
                double eta = p.b[l * p.k];

                for (size_t j = 0, at = 1; j < 3; at += five[j++])
                    eta += p.b[l * p.k + at + lc_code_at(&g.column[j], i)];
                if (fold[i] == f)
                    mean[l] += 2 * (lc_softplus(eta) - g.y[i] * eta) / 900;
            }
        lc_arena_release(&part.arena);
    }
    for (size_t l = 0; l < 3; l++)
        assert_close(c.mean[l], mean[l], 1e-8);
    assert_true(c.sparing <= c.least && c.error[0] > 0);
    lc_arena_release(&g.arena);
}

static void one_thread_and_seven_go_the_same_way(void **state)
{
    const struct lc_path_options o = {.alpha = 1, .n_lambda = 12};
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_path one, seven;
    struct design g;

    (void)state;
    assert_non_null(pool);
    design_make(&g, 70001, five, 5, 0);
    g.d.reference = NULL;
    assert_int_equal(lc_path(&g.d, &o, NULL, &g.arena, &one, &g.err), LC_OK);
    assert_int_equal(lc_path(&g.d, &o, pool, &g.arena, &seven, &g.err), LC_OK);
    assert_memory_equal(one.b, seven.b, one.n * one.k * sizeof *one.b);
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

static void refusals_say_what_to_do(void **state)
{
    const struct lc_path_options o = {.alpha = 0.5, .n_lambda = 3};
    static uint8_t fold[60];
    const struct lc_path_folds folds = {.fold = fold, .n_folds = 2};
    enum lc_rc rc = LC_ENOMEM;
    struct lc_path_choice c;
    struct lc_path p;
    struct design g;

    (void)state;
    design_make(&g, 60, five, 2, 0);
    g.d.reference = NULL;
    for (size_t i = 0; i < 60; i++)
        fold[i] = i % 2;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 128) {
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_path(&g.d, &o, NULL, &arena, &p, &g.err);
        if (!rc)
            rc = lc_path_choose(&g.d, &o, &p, &folds, NULL, &arena, &c, &g.err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    p = path_of(&g.d, &o, &g.arena);
    for (size_t i = 0; i < 60; i++)
        fold[i] = g.y[i] > 0; /* all wins in one fold */
    assert_int_equal(lc_path_choose(&g.d, &o, &p, &folds, NULL, &g.arena, &c, &g.err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(g.err.text, "leads outside a fold were won"));
    lc_arena_release(&g.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_elastic_net_of_ucla_agrees_with_glmnet),
        cmocka_unit_test(the_ridge_of_ucla_agrees_with_glmnet),
        cmocka_unit_test(the_lasso_of_ucla_is_chosen_as_by_cv_glmnet),
        cmocka_unit_test(the_conditions_hold_by_dense_sums_at_every_lambda),
        cmocka_unit_test(a_ridge_is_a_gaussian_prior),
        cmocka_unit_test(the_choice_is_that_of_fits_to_each_fold),
        cmocka_unit_test(one_thread_and_seven_go_the_same_way),
        cmocka_unit_test(refusals_say_what_to_do),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
