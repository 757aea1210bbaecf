#include <gsl/gsl_errno.h>

#include "dataset.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc.h"
#include "test.h"

#define N        60
#define ACCOUNTS 17

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

/* The leads of tests/reference/clusters.py. */
static uint32_t account[N];
static uint8_t won[N];
static double a[N], b[N];

static void type_leads(void)
{
    for (size_t i = 0; i < N; i++) {
        account[i] = (uint32_t)((7 * i + i / 5) % ACCOUNTS);
        won[i] = (5 * account[i] + (i % 4 == 0)) % 7 < 2;
        a[i] = floor(((double)(i * 37 % 23) + 9 * won[i] + account[i]) / 2);
        b[i] = floor(((double)(i * 29 % 31) + 5 * won[i] + 2 * account[i]) / 3);
    }
}

static double error_of(const double *score, const double *less, const uint8_t *y, size_t n,
                       struct lc_clusters clusters, double *auc)
{
    double *influence = LC_NEW(&arena, n, double), *other = LC_NEW(&arena, n, double);
    double variance, ignored;
    struct lc_err err;

    assert_int_equal(lc_auc_influence(score, y, n, &clusters, &arena, influence, auc, &err),
                     LC_OK);
    if (less) {
        assert_int_equal(lc_auc_influence(less, y, n, &clusters, &arena, other, &ignored, &err),
                         LC_OK);
        for (size_t i = 0; i < n; i++)
            influence[i] -= other[i];
    }
    assert_int_equal(lc_clustered_variance(influence, n, &clusters, &arena, &variance, &err),
                     LC_OK);
    return sqrt(variance);
}

/* tests/reference/clusters.py (Python 3.11), pair by pair. Obuchowski's own factor of the covariance
 * gives 0.089657206371, 0.131384807990 and 0.086807437904, the jackknife 0.0954, 0.1447, 0.0938. */
static void errors_by_account_agree_with_another_program(void **state)
{
    const struct lc_clusters accounts = {account, ACCOUNTS};
    double auc;

    (void)state;
    type_leads();
    assert_close(error_of(a, NULL, won, N, accounts, &auc), 0.089723658413, 1e-11);
    assert_close(auc, 0.696405648267, 1e-11);
    assert_close(error_of(b, NULL, won, N, accounts, &auc), 0.131394443367, 1e-11);
    assert_close(auc, 0.627727856226, 1e-11);
    assert_close(error_of(a, b, won, N, accounts, &auc), 0.087023095255, 1e-11);
    assert_close(error_of(a, b, won, N, accounts, &auc) / 0.086807437904, 1, 0.003);
}

/* The same program. */
static void the_design_effect_agrees_with_another_program(void **state)
{
    double wins[ACCOUNTS] = {0}, leads[ACCOUNTS] = {0};

    (void)state;
    type_leads();
    for (size_t i = 0; i < N; i++) {
        wins[account[i]] += won[i];
        leads[account[i]] += 1;
    }
    assert_close(lc_design_effect(wins, leads, ACCOUNTS), 3.188318356868, 1e-12);
}

/* methods D1, D2: R pROC; leads that stand for themselves have DeLong's errors. */
static void single_leads_have_the_errors_of_delong(void **state)
{
    static const char *const name[] = {"outcome", "wfns", "s100b"};
    static double asah[3][DATASET_MOST_ROWS];
    static uint8_t poor[DATASET_MOST_ROWS];
    const size_t n =
        dataset_read("single_leads_have_the_errors_of_delong", "asah/aSAH.csv", name, 3, asah);
    const struct lc_clusters none = {NULL, 0};
    uint32_t *own = LC_NEW(&arena, n, uint32_t);
    double auc;

    (void)state;
    for (size_t i = 0; i < n; i++) {
        poor[i] = asah[0][i] == 'P';
        own[i] = (uint32_t)(n - 1 - i);
    }
    assert_close(error_of(asah[1], NULL, poor, n, none, &auc), 0.03833946672586391, 1e-12);
    assert_close(auc, 0.8236788617886179, 1e-12);
    assert_close(error_of(asah[1], asah[2], poor, n, none, &auc),
                 (0.8236788617886179 - 0.7313685636856369) / 2.208983591, 1e-9);
    assert_close(error_of(asah[1], NULL, poor, n, (struct lc_clusters){own, n}, &auc),
                 0.03833946672586391, 1e-12);
}

/* Every lead twice, in one cluster, is no more evidence. */
static void a_lead_told_twice_is_one_lead(void **state)
{
    const struct lc_clusters none = {NULL, 0};
    double twice[2 * N], wins[N], leads[N], once, again, auc, auc_again;
    uint8_t y[2 * N];
    uint32_t of[2 * N];

    (void)state;
    type_leads();
    for (size_t i = 0; i < N; i++) {
        twice[2 * i] = twice[2 * i + 1] = a[i];
        y[2 * i] = y[2 * i + 1] = won[i];
        of[2 * i] = of[2 * i + 1] = (uint32_t)i;
        wins[i] = 2 * won[i];
        leads[i] = 2;
    }
    once = error_of(a, NULL, won, N, none, &auc);
    again = error_of(twice, NULL, y, (size_t)2 * N, (struct lc_clusters){of, N}, &auc_again);
    assert_close(again, once, 1e-14);
    assert_close(auc_again, auc, 1e-14);
    assert_close(lc_design_effect(wins, leads, N), 2.0 * N / (N - 1), 1e-12);
}

static void what_cannot_be_known_is_not_a_number(void **state)
{
    static const uint32_t together[] = {0, 0, 0, 1};
    static const uint8_t y[] = {1, 1, 0, 0}, same[4] = {0};
    static const double score[] = {4, 2, 3, 1}, none[] = {0, 0}, two[] = {2, 3};
    const struct lc_clusters clusters = {together, 2};
    double auc;

    (void)state;
    /* All wins lie in one cluster: an area, but nothing tells how sure it is. */
    assert_true(isnan(error_of(score, NULL, y, 4, clusters, &auc)));
    assert_close(auc, 0.75, 1e-15);
    assert_true(isnan(error_of(score, NULL, same, 4, clusters, &auc)));
    assert_true(isnan(auc));
    assert_close(lc_design_effect(none, two, 2), 2.5,
                 1e-15); /* nobody won: 5 leads, 2 clusters */
    assert_close(lc_design_effect(two, two, 2), 2.5, 1e-15);
    assert_true(isnan(lc_design_effect(none, none, 2)));
}

static void memory_that_is_refused_is_an_error(void **state)
{
    const struct lc_clusters accounts = {account, ACCOUNTS};
    bool done = false;

    (void)state;
    type_leads();
    for (size_t limit = 0; !done; limit += 16) {
        double influence[N], auc, variance;
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc first, second;

        lc_arena_init(&small, limit);
        first = lc_auc_influence(a, won, N, &accounts, &small, influence, &auc, &err);
        second = lc_clustered_variance(a, N, &accounts, &small, &variance, &err);
        assert_true(first == LC_OK || first == LC_ENOMEM);
        assert_true(second == LC_OK || second == LC_ENOMEM);
        done = first == LC_OK && second == LC_OK;
        assert_true(limit < 100000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(errors_by_account_agree_with_another_program),
        TEST(the_design_effect_agrees_with_another_program),
        TEST(single_leads_have_the_errors_of_delong),
        TEST(a_lead_told_twice_is_one_lead),
        TEST(what_cannot_be_known_is_not_a_number),
        TEST(memory_that_is_refused_is_an_error),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
