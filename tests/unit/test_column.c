/* Columns made in memory are those that lc_load makes of the same cells. */
#include "test.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/column.h"
#include "leadcal/load.h"
#include "leadcal/num.h"
#include "scratch.h"

#define ROWS 7

static const char cells[] = "id,number,text,day\n"
                            "1,2.5,web,2025-03-02\n"
                            "2,-10,fair,2024-12-31\n"
                            "3,,,\n"
                            "4,2.5,Web,2025-03-02\n"
                            "5,0.125,web,2025-01-01\n"
                            "6,300,a;b,2024-12-31\n"
                            "7,2.5,fair,2025-03-02\n";
static const double numbers[ROWS] = {2.5, -10, LC_NAN, 2.5, 0.125, 300, 2.5};
static const char *const texts[ROWS] = {"web", "fair", NULL, "Web", "web", "a;b", "fair"};
/* Days since 1970: 2025-03-02, 2024-12-31 and 2025-01-01 (date -d DAY +%s, over 86400). */
static const int32_t days[ROWS] = {20149, 20088, LC_NO_DAY, 20149, 20089, 20088, 20149};

static struct lc_arena arena;
static struct lc_table table;

static int begin(void **state)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    char path[SCRATCH_PATH];
    const char *const paths[] = {path};
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    if (!scratch_file(path, cells) ||
        lc_load(paths, 1, &spec, &options, NULL, &arena, &table, &account, &err))
        return 1;
    return unlink(path);
}

static int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void assert_same(const struct lc_table_column *made, const struct lc_table_column *read)
{
    assert_int_equal(made->kind, read->kind);
    assert_int_equal(made->codes.n_levels, read->codes.n_levels);
    assert_int_equal(made->codes.width, read->codes.width);
    assert_int_equal(made->codes.missing, read->codes.missing);
    assert_int_equal(made->n_filled, read->n_filled);
    assert_string_equal(made->example, read->codes.level[0]);
    for (uint32_t v = 0; v < made->codes.n_levels; v++) {
        assert_string_equal(made->codes.level[v], read->codes.level[v]);
        assert_int_equal(made->count[v], read->count[v]);
    }
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(lc_code_at(&made->codes, i), lc_code_at(&read->codes, i));
}

static void numbers_are_as_they_are_read(void **state)
{
    struct lc_table_column made = {0};

    (void)state;
    assert_true(lc_column_of_numbers(numbers, ROWS, &arena, &made));
    assert_same(&made, &table.column[1]);
    for (uint32_t v = 0; v < made.codes.n_levels; v++)
        assert_true(made.number[v] == table.column[1].number[v] || isnan(made.number[v]));
}

static void texts_are_as_they_are_read(void **state)
{
    struct lc_table_column made = {0};

    (void)state;
    assert_true(lc_column_of_texts(texts, ROWS, &arena, &made));
    assert_same(&made, &table.column[2]);
}

static void days_are_as_they_are_read(void **state)
{
    struct lc_table_column made = {0};

    (void)state;
    assert_true(lc_column_of_days(days, ROWS, &arena, &made));
    assert_same(&made, &table.column[3]);
    assert_memory_equal(made.day, table.column[3].day, 4 * sizeof *made.day);
}

static void nothing_filled_is_an_empty_column(void **state)
{
    static const char *const nothing[2] = {NULL, NULL};
    struct lc_table_column made = {0};

    (void)state;
    assert_true(lc_column_of_texts(nothing, 2, &arena, &made));
    assert_int_equal(made.kind, LC_KIND_EMPTY);
    assert_int_equal(made.codes.n_levels, 1);
    assert_int_equal(made.codes.missing, 0);
    assert_int_equal(made.count[0], 2);
    assert_null(made.example);
}

static void every_refused_allocation_is_told(void **state)
{
    size_t refused = 0;
    bool good = false;

    (void)state;
    for (size_t limit = 0; !good; limit += 64) {
        struct lc_table_column made = {0};
        struct lc_arena small;

        lc_arena_init(&small, limit);
        good = lc_column_of_numbers(numbers, ROWS, &small, &made) &&
               lc_column_of_days(days, ROWS, &small, &made);
        refused += !good;
        lc_arena_release(&small);
    }
    assert_true(refused > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_as_they_are_read),
        cmocka_unit_test(texts_are_as_they_are_read),
        cmocka_unit_test(days_are_as_they_are_read),
        cmocka_unit_test(nothing_filled_is_an_empty_column),
        cmocka_unit_test(every_refused_allocation_is_told),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
