#include "test.h"

#include <string.h>

#include "leadcal/current.h"
#include "small_table.h"

static struct lc_score_cell cell(const char *text)
{
    return lc_score_cell_of(lc_slice_of(text));
}

static void numbers_and_grades_are_read_and_the_rest_is_unknown(void **state)
{
    static const char *const unknown[] = {"",  " ",   "high", "A0",   "AA",  "A1B", "1A",
                                          "-", "n/a", "1,5",  "0x10", "nan", "A++", "Ä1"};

    (void)state;
    assert_int_equal(cell(" -2.5 ").kind, LC_SCORE_NUMBER);
    assert_close(cell(" -2.5 ").order, -2.5, 0);
    assert_int_equal(cell("a1").kind, LC_SCORE_GRADE);
    assert_int_equal(cell("C3").letter, 2);
    assert_int_equal(cell("C3").digit, 2);
    assert_int_equal(cell("b-").digit, LC_NO_DIGIT);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(cell(unknown[i]).kind, LC_SCORE_NONE);
        assert_true(isnan(cell(unknown[i]).order));
    }
}

static void better_grades_come_first(void **state)
{
    static const char *const falling[] = {"A+", "A", "A-", "B+", "B", "B-", "C", "F"};
    static const char *const cells[] = {"A1", "B1", "B2", "C2", "D4"};

    (void)state;
    for (size_t i = 1; i < sizeof falling / sizeof *falling; i++)
        assert_true(cell(falling[i - 1]).order > cell(falling[i]).order);
    for (size_t i = 1; i < sizeof cells / sizeof *cells; i++)
        assert_true(cell(cells[i - 1]).order > cell(cells[i]).order);
    assert_true(cell("A2").order == cell("B1").order);
}

static void a_column_is_all_numbers_or_all_grades(void **state)
{
    static const char *const number[] = {"10", "", "7", "10"},
                             *const graded[] = {"A1", "B", "", "B"},
                             *const mixed[] = {"A1", "3", "hot", ""},
                             *const empty[] = {"", "", "", ""};
    struct lc_table_column c;
    struct lc_score_column s;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = small_column(&arena, "score", LC_KIND_NUMBER, number, 4);
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_OK);
    assert_int_equal(s.kind, LC_SCORE_NUMBER);
    assert_true(isnan(s.order[c.codes.missing]));
    assert_close(s.order[0], 7, 0);
    c = small_column(&arena, "score", LC_KIND_TEXT, graded, 4);
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_OK);
    assert_int_equal(s.kind, LC_SCORE_GRADE);
    assert_true(s.has_digits);
    c = small_column(&arena, "score", LC_KIND_TEXT, mixed, 4);
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_EMISMATCH);
    assert_string_equal(
        err.text, "column 'score' cannot be the score: of its 3 values 1 are numbers and 1 "
                  "grades such as A1; mend the others, or name them in \"missing\"");
    c = small_column(&arena, "score", LC_KIND_TEXT, empty, 4);
    c.kind = LC_KIND_EMPTY;
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "is empty"));
    c.kind = LC_KIND_DATE;
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "holds dates"));
    lc_arena_release(&arena);
    lc_arena_init(&arena, 8);
    c.kind = LC_KIND_TEXT;
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_ENOMEM);
    lc_arena_release(&arena);
}

/* The levels of a column of numbers are texts as they stood; load has read them: 44,1 as 44.1. */
static void numbers_are_those_that_load_has_read(void **state)
{
    static const char *const cell_text[] = {"10", "", "7", "10"};
    static const double read[] = {44.1, 7.5, LC_NAN};
    struct lc_table_column c;
    struct lc_score_column s;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = small_column(&arena, "score", LC_KIND_NUMBER, cell_text, 4);
    c.codes.level = (const char *const[]){"44,10", "7,50 %", ""};
    c.number = read;
    assert_int_equal(lc_score_column_read(&c, &arena, &s, &err), LC_OK);
    assert_int_equal(s.kind, LC_SCORE_NUMBER);
    assert_close(s.order[0], 44.1, 0);
    assert_close(s.cell[1].number, 7.5, 0);
    assert_true(isnan(s.order[c.codes.missing]));
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_grades_are_read_and_the_rest_is_unknown),
        cmocka_unit_test(better_grades_come_first),
        cmocka_unit_test(a_column_is_all_numbers_or_all_grades),
        cmocka_unit_test(numbers_are_those_that_load_has_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
