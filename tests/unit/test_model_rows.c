#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/model_rows.h"
#include "small_table.h"
#include "typed_cards.h"

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

static const char *const industry[] = {"Retail", "Banking", "", "Mining", "n/a"};
static const char *const size[] = {"12", "500.5", "501", "", "50"};
static const char *const visits[] = {"2", "1", "0", "7", "1"};

/* The table whose columns the typed points card asks for; the first k of them. */
static struct lc_table rows_of(struct lc_table_column column[3], size_t k)
{
    column[0] = small_column(&arena, "visits", LC_KIND_NUMBER, visits, 5);
    column[1] = small_column(&arena, "industry", LC_KIND_TEXT, industry, 5);
    column[2] = small_column(&arena, "size", LC_KIND_NUMBER, size, 5);
    return small_table(column, k, 5);
}

/* Added up by hand from the card in typed_cards.h: industry, size, visits. "n/a" means missing there,
 * and what the card never met has its unseen points. */
static void rows_get_the_points_of_their_levels(void **state)
{
    static const double profile[] = {2.5 + 0, 10 + 7.5, 0 + 20, 1.25 - 3, 0 + 0};
    static const double engagement[] = {0.3, 0.2, -0.1, 0, 0.2};
    const struct lc_model model = typed_points();
    struct lc_table_column column[3];
    const struct lc_table table = rows_of(column, 3);
    struct lc_model_rows rows;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_model_rows_open(&model, &table, &arena, &rows, &err), LC_OK);
    for (size_t i = 0; i < 5; i++) {
        const struct lc_scored s = lc_model_rows_score(&rows, i);

        assert_close(s.f_points, profile[i], 1e-15);
        assert_close(s.g_points, engagement[i], 1e-15);
    }
}

static void a_column_that_is_not_there_is_named(void **state)
{
    const struct lc_model model = typed_points();
    struct lc_table_column column[3];
    const struct lc_table table = rows_of(column, 2);
    struct lc_model_rows rows;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_model_rows_open(&model, &table, &arena, &rows, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "size"));
}

static void a_column_of_too_many_values_is_refused(void **state)
{
    const struct lc_model model = typed_points();
    struct lc_table_column column[3];
    const struct lc_table table = rows_of(column, 3);
    struct lc_model_rows rows;
    struct lc_err err;

    (void)state;
    column[1].kind = LC_KIND_MANY;
    assert_int_equal(lc_model_rows_open(&model, &table, &arena, &rows, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "industry"));
    assert_non_null(strstr(err.text, "too many values"));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct lc_model model = typed_points();
    struct lc_table_column column[3];
    const struct lc_table table = rows_of(column, 3);
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        struct lc_model_rows rows;
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_model_rows_open(&model, &table, &small, &rows, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_get_the_points_of_their_levels),
        TEST(a_column_that_is_not_there_is_named),
        TEST(a_column_of_too_many_values_is_refused),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
