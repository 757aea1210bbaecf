#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "leadcal/random.h"
#include "leadcal/roc.h"
#include "public_data.h"

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

/* pROC 1.18.0 on its own aSAH: AUC, DeLong's interval and standard error (Turck et al. 2010). */
static void auc_agrees_with_proc(void **state)
{
    static const struct {
        const char *column;
        double auc, low, high, se;
    } want[] = {
        {"wfns", 0.8236788618, 0.748535, 0.898823, 0.03833946673},
        {"s100b", 0.7313685637, 0.630118, 0.832619, 0.05165929207},
        {"ndka", 0.6119579946, 0.501245, 0.722671, 0.05648726006},
    };
    const char *path = public_path(&arena, __func__, "asah/aSAH.csv");
    struct lc_table t;
    struct lc_auc got;
    struct lc_err err;
    uint8_t *y;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    y = public_is(&arena, &t, "outcome", "Poor");
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const double *x = public_numbers(&arena, &t, want[i].column);

        assert_int_equal(lc_auc(x, y, t.n, &arena, &got, &err), LC_OK);
        assert_close(got.auc, want[i].auc, 1e-10);
        assert_close(got.low, want[i].low, 5e-7);
        assert_close(got.high, want[i].high, 5e-7);
        assert_close(got.se, want[i].se, 1e-10);
    }
}

/* pROC 1.18.0, roc.test(method = "delong", paired = TRUE) on aSAH. */
static void paired_tests_agree_with_proc(void **state)
{
    static const struct {
        const char *a, *b;
        double z, p;
    } want[] = {
        {"wfns", "s100b", 2.208983591, 0.02717578223},
        {"wfns", "ndka", 2.797775919, 0.005145579707},
        {"s100b", "ndka", 1.390770026, 0.1642951752},
    };
    const char *path = public_path(&arena, __func__, "asah/aSAH.csv");
    struct lc_auc_pair got;
    struct lc_table t;
    struct lc_err err;
    uint8_t *y;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    y = public_is(&arena, &t, "outcome", "Poor");
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_int_equal(lc_auc_compare(public_numbers(&arena, &t, want[i].a),
                                        public_numbers(&arena, &t, want[i].b), y, t.n, &arena,
                                        &got, &err),
                         LC_OK);
        assert_close(got.z, want[i].z, 1e-9);
        assert_close(got.p, want[i].p, 1e-9);
        if (i == 0) {
            assert_close(got.covariance, 0.001196155674, 1e-12);
            assert_close(got.low, 0.010406177, 5e-10);
            assert_close(got.high, 0.174214419, 5e-10);
        }
    }
}

/* pROC 1.18.0, coords(best.method = "youden") of s100b. */
static void the_best_cut_agrees_with_proc(void **state)
{
    const char *path = public_path(&arena, __func__, "asah/aSAH.csv");
    struct lc_youden got;
    struct lc_table t;
    struct lc_err err;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    assert_int_equal(lc_youden(public_numbers(&arena, &t, "s100b"),
                               public_is(&arena, &t, "outcome", "Poor"), t.n, &arena, &got,
                               &err),
                     LC_OK);
    assert_close(got.threshold, 0.205, 1e-12);
    assert_close(got.specificity, 0.8055556, 5e-8);
    assert_close(got.sensitivity, 0.6341463, 5e-8);
}

#define N 311

static double score[N];
static uint8_t won[N];

static void make_scores(void)
{
    struct lc_random random = {11};

    for (size_t i = 0; i < N; i++) {
        score[i] = floor(20 * lc_random_unit(&random)) / 7 - 1.3;
        won[i] = lc_random_unit(&random) < 0.2 + 0.15 * score[i];
    }
}

static void a_rising_transformation_and_the_order_of_rows_change_nothing(void **state)
{
    double other[N], shuffled[N];
    uint8_t y[N];
    struct lc_auc a, b, c;
    struct lc_err err;

    (void)state;
    make_scores();
    for (size_t i = 0; i < N; i++) {
        other[i] = exp(3 * score[i]) - 17;
        shuffled[i] = score[i * 100 % N];
        y[i] = won[i * 100 % N];
    }
    assert_int_equal(lc_auc(score, won, N, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_auc(other, won, N, &arena, &b, &err), LC_OK);
    assert_int_equal(lc_auc(shuffled, y, N, &arena, &c, &err), LC_OK);
    assert_close(b.auc, a.auc, 0);
    assert_close(b.se, a.se, 0);
    assert_close(c.auc, a.auc, 0);
    assert_close(c.ks, a.ks, 0);
    assert_true(a.auc > 0.5);
}

static void mirrored_scores_mirror_the_area(void **state)
{
    double mirrored[N];
    struct lc_auc a, b;
    struct lc_err err;

    (void)state;
    make_scores();
    for (size_t i = 0; i < N; i++)
        mirrored[i] = -score[i];
    assert_int_equal(lc_auc(score, won, N, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_auc(mirrored, won, N, &arena, &b, &err), LC_OK);
    assert_close(a.auc + b.auc, 1, 1e-14);
    assert_close(a.se, b.se, 1e-14);
}

/* 10 leads, the top 3 scores tie with the 4th: the edge is shared, 3 of 4 hold 3/4 of its wins. */
static void the_top_fraction_shares_the_edge_evenly(void **state)
{
    static const double s[] = {9, 9, 9, 9, 5, 4, 3, 2, 1, 0};
    static const uint8_t y[] = {1, 1, 0, 0, 1, 0, 0, 0, 0, 0};
    static const double fraction[] = {0.3, 0.5, 1};
    struct lc_gain g[3];
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_gains(s, y, 10, fraction, 3, &arena, g, &err), LC_OK);
    assert_int_equal(g[0].n_top, 3);
    assert_close(g[0].won, 1.5, 1e-15);
    assert_close(g[0].lift, 0.5 / 0.3, 1e-15);
    assert_close(g[1].capture, 1, 1e-15);
    assert_close(g[2].lift, 1, 1e-15);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    make_scores();
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512, refused++) {
        struct lc_arena small;
        struct lc_auc_pair pair;
        struct lc_auc auc;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_auc(score, won, N, &small, &auc, &err);
        if (!rc)
            rc = lc_auc_compare(score, score, won, N, &small, &pair, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(auc_agrees_with_proc),
        TEST(paired_tests_agree_with_proc),
        TEST(the_best_cut_agrees_with_proc),
        TEST(a_rising_transformation_and_the_order_of_rows_change_nothing),
        TEST(mirrored_scores_mirror_the_area),
        TEST(the_top_fraction_shares_the_edge_evenly),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
