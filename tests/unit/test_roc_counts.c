#include "test.h"

#include <gsl/gsl_errno.h>

#include "leadcal/random.h"
#include "leadcal/roc_counts.h"

#define LEVELS 7
#define N      500

/* Counts say the same as the rows they were counted from. */
static void counts_agree_with_the_rows_themselves(void **state)
{
    static double score[N];
    static uint8_t y[N];
    double won[LEVELS] = {0}, lost[LEVELS] = {0};
    struct lc_random random = {5};
    struct lc_arena arena;
    struct lc_auc rows, counts;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < N; i++) {
        const size_t level = lc_random_below(&random, LEVELS);

        y[i] = lc_random_unit(&random) < 0.1 + 0.07 * (double)level;
        score[i] = 3.7 * (double)level - 1;
        (y[i] ? won : lost)[level] += 1;
    }
    assert_int_equal(lc_auc(score, y, N, &arena, &rows, &err), LC_OK);
    counts = lc_auc_counts(won, lost, LEVELS);
    assert_close(counts.auc, rows.auc, 1e-12);
    assert_close(counts.se, rows.se, 1e-12);
    assert_close(counts.low, rows.low, 1e-12);
    assert_close(counts.high, rows.high, 1e-12);
    assert_close(counts.ks, rows.ks, 1e-12);
    lc_arena_release(&arena);
}

static void one_class_has_no_auc(void **state)
{
    static const double won[] = {3, 4}, lost[] = {0, 0};

    (void)state;
    assert_true(isnan(lc_auc_counts(won, lost, 2).auc));
    assert_true(isnan(lc_auc_counts(lost, won, 2).auc));
}

/* Two levels, 3 of 4 won above, 1 of 4 below: AUC = (3 * (3 + 1/2) + 1 * 3/2) / 16 = 0.75. */
static void a_small_table_comes_out_by_hand(void **state)
{
    static const double won[] = {1, 3}, lost[] = {3, 1};

    (void)state;
    assert_close(lc_auc_counts(won, lost, 2).auc, 0.75, 1e-15);
    assert_close(lc_auc_counts(won, lost, 2).ks, 0.5, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree_with_the_rows_themselves),
        cmocka_unit_test(one_class_has_no_auc),
        cmocka_unit_test(a_small_table_comes_out_by_hand),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
