#include "leadcal/table_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "test.h"

enum { NAME, LEADS, RATE, P, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    {"name", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"rate", LC_CELL_RATE, "close rate", false},
    {"p", LC_CELL_P, NULL, true},
};

static void add(struct lc_frame *f, const char *name, double leads, double rate, double p)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    row[NAME].text = name;
    row[LEADS].number = leads;
    row[RATE].number = rate;
    row[P].number = p;
}

typedef enum lc_rc frame_writer(const struct lc_frame *f, FILE *to, struct lc_err *err);

static char *written(frame_writer *writer, const struct lc_frame *f)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(writer(f, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void csv_keeps_counts_exact_and_cuts_reals_at_ten_digits(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, COLUMNS, &arena);
    add(&f, "a", 123456789012345, 1.0 / 3, 1e-300);
    add(&f, NULL, LC_NAN, LC_NAN, LC_NAN);
    add(&f, "b", 2385, 0.5, HUGE_VAL);
    text = written(lc_frame_csv, &f);
    assert_string_equal(text, "name,leads,rate,p\n"
                              "a,123456789012345,0.3333333333,1e-300\n"
                              ",,,\n"
                              "b,2385,0.5,Inf\n");
    free(text);
    lc_arena_release(&arena);
}

static void csv_quotes_what_rfc_4180_asks_for_and_nothing_else(void **state)
{
    static const char *const in[] = {"plain",   "a,b",     "say \"hi\"", "two\nlines",
                                     "cr\rend", " blank ", "caf\xc3\xa9"};
    static const char *const out[] = {"plain",          "\"a,b\"",     "\"say \"\"hi\"\"\"",
                                      "\"two\nlines\"", "\"cr\rend\"", " blank ",
                                      "caf\xc3\xa9"};

    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        char *text = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&text, &n);

        assert_non_null(to);
        lc_csv_field(lc_slice_of(in[i]), true, to);
        assert_int_equal(fclose(to), 0);
        assert_string_equal(text, out[i]);
        free(text);
    }
}

/* CWE-1236 names = + - @; OWASP ASVS adds TAB and CR. */
static void formulas_are_defused_but_numbers_are_not(void **state)
{
    static const char *const in[] = {
        "=1+1", "+1-555-0100", "-5",    "+7.25e3", "@SUM(A1)",
        "\tx",  "\rx",         "-none", "a=b",     "=cmd|' /C calc'!A0,1"};
    static const char *const out[] = {
        "'=1+1", "'+1-555-0100", "-5",     "+7.25e3", "'@SUM(A1)",
        "'\tx",  "\"'\rx\"",     "'-none", "a=b",     "\"'=cmd|' /C calc'!A0,1\""};

    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        char *text = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&text, &n);

        assert_non_null(to);
        lc_csv_field(lc_slice_of(in[i]), true, to);
        assert_int_equal(fclose(to), 0);
        assert_string_equal(text, out[i]);
        free(text);
    }
}

static void a_field_that_is_not_to_be_defused_stays_as_it_is(void **state)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);

    (void)state;
    assert_non_null(to);
    lc_csv_field(lc_slice_of("=1+1"), false, to);
    assert_int_equal(fclose(to), 0);
    assert_string_equal(text, "=1+1");
    free(text);
}

static void json_has_the_exact_texts_and_null_for_empty(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;
    char *text;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, COLUMNS, &arena);
    f.title = "8000 leads";
    add(&f, "=\"x\\\"\n\x01", 12, 0.1, LC_NAN);
    add(&f, "bad \xff end", 3, HUGE_VAL, 0.04);
    assert_int_equal(lc_frame_note(&f, &err, "of %d", 3), LC_OK);
    text = written(lc_frame_json, &f);
    assert_string_equal(
        text, "{\n  \"name\": \"rates\",\n  \"title\": \"8000 leads\",\n"
              "  \"columns\": [\"name\", \"leads\", \"rate\", \"p\"],\n  \"rows\": [\n"
              "    {\"name\": \"=\\\"x\\\\\\\"\\n\\u0001\", \"leads\": 12, \"rate\": 0.1, "
              "\"p\": null},\n"
              "    {\"name\": \"bad \xef\xbf\xbd end\", \"leads\": 3, \"rate\": null, "
              "\"p\": 0.04}\n  ],\n"
              "  \"notes\": [\n    \"of 3\"\n  ]\n}\n");
    free(text);
    lc_arena_release(&arena);
}

static void an_empty_frame_is_a_header_and_empty_lists(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, COLUMNS, &arena);
    text = written(lc_frame_csv, &f);
    assert_string_equal(text, "name,leads,rate,p\n");
    free(text);
    text = written(lc_frame_json, &f);
    assert_non_null(strstr(text, "\"rows\": [],"));
    free(text);
    lc_arena_release(&arena);
}

static void a_full_disk_is_an_error_of_the_machine(void **state)
{
    static frame_writer *const writer[] = {lc_frame_csv, lc_frame_json};
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, COLUMNS, &arena);
    add(&f, "a", 2385, 0.1, 0.2);
    for (size_t i = 0; i < 2; i++) {
        FILE *to = fopen("/dev/full", "w");

        assert_non_null(to);
        (void)setvbuf(to, NULL, _IONBF, 0);
        assert_int_equal(writer[i](&f, to, &err), LC_EIO);
        assert_non_null(strstr(err.text, "is the disk full?"));
        (void)fclose(to);
    }
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_keeps_counts_exact_and_cuts_reals_at_ten_digits),
        cmocka_unit_test(csv_quotes_what_rfc_4180_asks_for_and_nothing_else),
        cmocka_unit_test(formulas_are_defused_but_numbers_are_not),
        cmocka_unit_test(a_field_that_is_not_to_be_defused_stays_as_it_is),
        cmocka_unit_test(json_has_the_exact_texts_and_null_for_empty),
        cmocka_unit_test(an_empty_frame_is_a_header_and_empty_lists),
        cmocka_unit_test(a_full_disk_is_an_error_of_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
