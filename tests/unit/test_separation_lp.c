/* The door to the linear programs: answers by hand, and a solver that may not end the program. */
#include "../../src/math/separation_lp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#define MEGABYTES 64

/* maximise 2x + y, -1 <= x, y <= 1: the corner (1, 1), until rows cut it off. */
static void a_row_more_moves_the_optimum(void **state)
{
    static const double gain[] = {2, 1}, first[] = {-1, 2}, second[] = {1, -4};
    static const size_t column[] = {0, 1};
    struct lc_lp *lp;
    struct lc_err err;
    double x[2];

    (void)state;
    assert_int_equal(lc_lp_new(gain, 2, MEGABYTES, &lp, &err), LC_OK);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    assert_close(x[0], 1, 1e-12);
    assert_close(x[1], 1, 1e-12);
    assert_int_equal(lc_lp_add(lp, column, first, 2, &err), LC_OK);
    assert_int_equal(lc_lp_add(lp, column, second, 2, &err), LC_OK);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    /* x is between 4y and 2y, so y is at most 0, and both fall together below it. */
    assert_close(x[0], 0, 1e-12);
    assert_close(x[1], 0, 1e-12);
    lc_lp_hold(lp, 0, true);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    assert_true(x[0] == 0);
    assert_close(x[1], 0, 1e-12);
    lc_lp_free(lp);
}

static void a_column_that_is_held_stays_at_0_until_it_is_let_go(void **state)
{
    static const double gain[] = {2.5, -0.7};
    struct lc_lp *lp;
    struct lc_err err;
    double x[2];

    (void)state;
    assert_int_equal(lc_lp_new(gain, 2, MEGABYTES, &lp, &err), LC_OK);
    lc_lp_hold(lp, 0, true);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    assert_true(x[0] == 0);
    assert_close(x[1], -1, 1e-12);
    lc_lp_hold(lp, 0, false);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    assert_close(x[0], 1, 1e-12);
    lc_lp_free(lp);
}

/* Rows until the solver may take no more memory: GLPK then calls abort(), which must not be heard. */
static void a_solver_without_memory_is_an_error_and_the_next_one_works(void **state)
{
    enum { COLUMNS = 400 };
    static double gain[COLUMNS], value[COLUMNS];
    static size_t column[COLUMNS];
    struct lc_err err;
    double x[COLUMNS];
    struct lc_lp *lp;
    enum lc_rc rc = LC_OK;

    (void)state;
    for (size_t j = 0; j < COLUMNS; j++) {
        gain[j] = value[j] = 1 + (double)j / 37;
        column[j] = j;
    }
    assert_int_equal(lc_lp_new(gain, COLUMNS, 1, &lp, &err), LC_OK);
    for (size_t i = 0; i < 10000 && !rc; i++)
        rc = lc_lp_add(lp, column, value, COLUMNS, &err);
    assert_int_equal(rc, LC_ENOMEM);
    assert_non_null(strstr(err.text, "out of memory for the separation check"));
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_ENOCONV);
    assert_int_equal(lc_lp_add(lp, column, value, COLUMNS, &err), LC_ENOCONV);
    lc_lp_hold(lp, 3, true);
    lc_lp_free(lp);
    assert_int_equal(lc_lp_new(gain, COLUMNS, MEGABYTES, &lp, &err), LC_OK);
    assert_int_equal(lc_lp_solve(lp, x, &err), LC_OK);
    assert_close(x[7], 1, 1e-12);
    lc_lp_free(lp);
}

/* A column named twice is our own bug, at which GLPK would print and end the program. */
static void an_error_inside_the_solver_is_an_error_of_ours(void **state)
{
    static const double gain[] = {1, 1}, value[] = {1, 2};
    static const size_t twice[] = {1, 1};
    struct lc_err err;
    struct lc_lp *lp;

    (void)state;
    assert_int_equal(lc_lp_new(gain, 2, MEGABYTES, &lp, &err), LC_OK);
    assert_int_equal(lc_lp_add(lp, twice, value, 2, &err), LC_ENOCONV);
    assert_string_equal(err.text, "the linear program of the separation check broke off");
    lc_lp_free(lp);
    lc_lp_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_more_moves_the_optimum),
        cmocka_unit_test(a_column_that_is_held_stays_at_0_until_it_is_let_go),
        cmocka_unit_test(a_solver_without_memory_is_an_error_and_the_next_one_works),
        cmocka_unit_test(an_error_inside_the_solver_is_an_error_of_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
