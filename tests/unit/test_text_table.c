#include "leadcal/text_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "test.h"

enum { ATTRIBUTE, LEVEL, LEADS, RATE, LOW, HIGH, RATIO, HIDDEN, P, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    {"attribute", LC_CELL_TEXT, NULL, false},
    {"level", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"rate", LC_CELL_RATE, NULL, false},
    {"rate_low", LC_CELL_RATE, "low", false},
    {"rate_high", LC_CELL_RATE, "high", false},
    {"ratio", LC_CELL_REAL, NULL, false},
    {"rr", LC_CELL_REAL, NULL, true},
    {"p", LC_CELL_P, NULL, false},
};

static void add(struct lc_frame *f, const char *attribute, const char *level, double leads,
                double rate, double ratio, double p)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    row[ATTRIBUTE].text = attribute;
    row[LEVEL].text = level;
    row[LEADS].number = leads;
    row[RATE].number = rate;
    row[LOW].number = rate / 2;
    row[HIGH].number = rate * 1.5;
    row[RATIO].number = ratio;
    row[P].number = p;
}

static char *printed(const struct lc_frame *f, size_t most_rows, size_t width)
{
    const struct lc_text_style style = {.most_rows = most_rows, .width = width};
    /* Static: gcc 12 takes what is found in it for a pointer to a local variable. */
    static char *text;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_frame_text(f, &style, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static char *marked_down(const struct lc_frame *f, size_t most_rows)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    assert_non_null(to);
    assert_int_equal(lc_frame_markdown(f, most_rows, to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void sample(struct lc_frame *f, struct lc_arena *arena)
{
    struct lc_err err;

    lc_arena_init(arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(f, "rates", heading, COLUMNS, arena);
    f->title = "500 leads, 10 won";
    add(f, "(all)", "(all)", 500, 0.02, 1, LC_NAN);
    add(f, "industry", "(all)", 500, 0.02, LC_NAN, 0.00005);
    add(f, "industry", "Banking", 50, 0.1, 5, 0.0213);
    add(f, "industry", "Retail", 250, 0.0008, 0.04, 0.5);
    add(f, "industry", "Mining", 7, 0.385, 19.25, 1);
    assert_int_equal(lc_frame_note(f, &err, "a note"), LC_OK);
}

static void a_table_of_rates_reads_like_a_tree_with_intervals_in_one_column(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    sample(&f, &arena);
    text = printed(&f, 0, 0);
    assert_string_equal(text, "500 leads, 10 won\n"
                              "attribute  leads    rate   low..high  ratio        p\n"
                              "----------------------------------------------------\n"
                              "(all)        500   2.0 %    1.0..3.0   1.00\n"
                              "industry     500   2.0 %    1.0..3.0         <0.0001\n"
                              "  Banking     50  10.0 %   5.0..15.0   5.00   0.0213\n"
                              "  Retail     250  0.08 %  0.04..0.12   0.04   0.5000\n"
                              "  Mining       7  38.5 %  19.2..57.8  19.25   1.0000\n"
                              "a note\n");
    free(text);
    lc_arena_release(&arena);
}

static void a_capped_group_keeps_its_best_supported_levels_and_counts_the_rest(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    sample(&f, &arena);
    text = printed(&f, 1, 0);
    assert_non_null(strstr(text, "Retail"));
    assert_null(strstr(text, "Banking"));
    assert_null(strstr(text, "Mining"));
    assert_non_null(strstr(text, "  ... and 2 more levels (all of them with --format csv)\n"));
    free(text);
    text = printed(&f, 2, 0);
    assert_non_null(strstr(text, "Banking"));
    assert_non_null(strstr(text, "... and 1 more level (all"));
    free(text);
    lc_arena_release(&arena);
}

static size_t longest_line(const char *text)
{
    size_t longest = 0;

    while (*text) {
        const size_t n = strcspn(text, "\n");

        longest = n > longest ? n : longest;
        text += n + (text[n] == '\n');
    }
    return longest;
}

static void texts_are_cut_to_the_width_of_the_terminal(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;
    char *text;

    (void)state;
    sample(&f, &arena);
    add(&f, "industry", "Manufacturing of parts for other manufacturers", 9, 0.1, 5, 0.2);
    assert_int_equal(lc_frame_note(&f, &err, "%s",
                                   "a long note that has to be broken between its words so "
                                   "that it stays inside the terminal"),
                     LC_OK);
    text = printed(&f, 0, 60);
    assert_non_null(strstr(text, "Manufacturing \xe2\x80\xa6"));
    assert_null(strstr(text, "left out"));     /* its numbers are the first four and the last */
    assert_true(longest_line(text) <= 60 + 2); /* the ellipsis has three bytes */
    free(text);
    text = printed(&f, 0, 0);
    assert_non_null(strstr(text, "Manufacturing of parts for other manufacturers"));
    free(text);
    lc_arena_release(&arena);
}

enum { TERM, NAME, KIND, FIRST, FIFTH = FIRST + 4, DAYS, LAST, CLOCK, REMARK, VOID, WIDE };

static const struct lc_heading wide_heading[WIDE] = {
    [TERM] = {"term", LC_CELL_TEXT, NULL, true},
    [NAME] = {"attribute", LC_CELL_TEXT, NULL, false},
    [KIND] = {"level", LC_CELL_TEXT, NULL, false},
    [FIRST] = {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"lost", LC_CELL_COUNT, NULL, false},
    {"open", LC_CELL_COUNT, NULL, false},
    [FIFTH] = {"fifth_of_them", LC_CELL_COUNT, "fifth", false},
    [DAYS] = {"cycle_p90_days", LC_CELL_REAL, "days", false},
    [LAST] = {"points", LC_CELL_REAL, NULL, false},
    [CLOCK] = {"clock", LC_CELL_TEXT, NULL, false},
    [REMARK] = {"remark", LC_CELL_TEXT, NULL, false},
    [VOID] = {"void", LC_CELL_P, NULL, false},
};

/* Two levels that differ in their 20th letter, and a row that only its term names. */
static void wide_sample(struct lc_frame *f, struct lc_arena *arena)
{
    static const char *const level[] = {NULL, "Newsletter, May 2024, the long one",
                                        "Newsletter, May 2025, the long one"};
    static const double days[] = {22, 22.5, 120};

    lc_arena_init(arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(f, "wide", wide_heading, WIDE, arena);
    for (size_t i = 0; i < 3; i++) {
        union lc_value *row = NULL;
        struct lc_err err;

        assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
        row[TERM].text = i ? "campaign=..." : "(intercept)";
        row[NAME].text = i ? "campaign" : NULL;
        row[KIND].text = level[i];
        for (size_t c = FIRST; c <= FIFTH; c++)
            row[c].number = (double)(10 * c + i);
        row[DAYS].number = days[i];
        row[LAST].number = 1.25;
        row[CLOCK].text = "entered to won";
        row[REMARK].text = i == 1 ? "a remark about it" : NULL;
    }
}

static void numbers_are_left_out_from_the_right_before_labels_are_cut(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    wide_sample(&f, &arena);
    text = printed(&f, 0, 90);
    assert_string_equal(
        text,
        "attribute    level                     leads  won  lost  open  fifth  points  remark\n"
        "------------------------------------------------------------------------------------------\n"
        "(intercept)                               30   40    50    60     70    1.25\n"
        "campaign     Newsletter, May 2024, t\xe2\x80\xa6     31   41    51    61     71    1.25  a "
        "remark ab\xe2\x80\xa6\n"
        "             Newsletter, May 2025, t\xe2\x80\xa6     32   42    52    62     72    1.25\n"
        "left out to fit 90 columns: days, clock (a wider terminal or --format csv has them)\n");
    free(text);
    lc_arena_release(&arena);
}

static void no_line_is_wider_than_a_terminal_of_sixty_columns_or_more(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;

    (void)state;
    wide_sample(&f, &arena);
    for (size_t width = 60; width < 140; width++) {
        char *text = printed(&f, 0, width), *rule = strstr(text, "\n-");

        assert_non_null(rule);
        assert_true(strspn(rule + 1, "-") <= width);
        assert_true(longest_line(text) <=
                    width + 6); /* at most three ellipses of three bytes */
        assert_non_null(strstr(text, "Newsletter, May"));
        for (size_t c = NAME; c < VOID; c++) /* in the head or named as left out */
            assert_non_null(strstr(text, wide_heading[c].label ? wide_heading[c].label
                                                               : wide_heading[c].name));
        assert_true((strstr(text, "left out") != NULL) == (strstr(text, "clock  ") == NULL));
        free(text);
    }
    lc_arena_release(&arena);
}

static void a_column_that_is_empty_in_every_row_is_not_shown_and_not_counted(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    wide_sample(&f, &arena);
    text = printed(&f, 0, 0);
    assert_null(strstr(text, "void"));
    assert_null(strstr(text, "left out"));
    free(text);
    f.value[2 * WIDE + VOID].number = 0.5;
    text = printed(&f, 0, 0);
    assert_non_null(strstr(text, "void"));
    free(text);
    lc_arena_release(&arena);
}

static void a_row_without_attribute_and_level_shows_its_term(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    wide_sample(&f, &arena);
    text = printed(&f, 0, 0);
    assert_non_null(strstr(text, "\n(intercept)  "));
    assert_null(strstr(text, "campaign=..."));
    assert_null(f.value[NAME].text);
    free(text);
    lc_arena_release(&arena);
}

static void days_have_a_decimal_only_where_there_is_one(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    wide_sample(&f, &arena);
    text = printed(&f, 0, 0);
    assert_non_null(strstr(text, "    22    1.25"));
    assert_non_null(strstr(text, "  22.5    1.25"));
    assert_non_null(strstr(text, "   120    1.25"));
    free(text);
    lc_arena_release(&arena);
}

static void columns_line_up_by_what_the_eye_sees(void **state)
{
    static const struct lc_heading two[] = {{"name", LC_CELL_TEXT, NULL, false},
                                            {"leads", LC_CELL_COUNT, NULL, false}};
    /* 4 columns each: two wide ideographs, "e" with a combining acute counts once. */
    static const char *const name[] = {"abcd", "\xe6\x9d\xb1\xe4\xba\xac", "cafe\xcc\x81"};
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "names", two, 2, &arena);
    for (size_t i = 0; i < 3; i++) {
        union lc_value *row = NULL;
        struct lc_err err;

        assert_int_equal(lc_frame_add(&f, &row, &err), LC_OK);
        row[0].text = name[i];
        row[1].number = 2385;
    }
    text = printed(&f, 0, 0);
    assert_string_equal(text, "name  leads\n-----------\nabcd   2385\n"
                              "\xe6\x9d\xb1\xe4\xba\xac   2385\ncafe\xcc\x81   2385\n");
    free(text);
    lc_arena_release(&arena);
}

static void control_characters_never_reach_the_terminal(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    sample(&f, &arena);
    add(&f, "industry",
        "\x1b[2J\x07 bad\xff\n\xe2\x80\xae"
        "evil\xc2\x9b",
        9, 0.1, 5, 0.2);
    text = printed(&f, 0, 0);
    assert_non_null(strstr(text, "?[2J? bad? ?evil?"));
    for (const char *p = text; *p; p++)
        assert_true(*p == '\n' || (unsigned char)*p >= 0x20);
    assert_null(strstr(text, "\xe2\x80\xae"));
    free(text);
    text = marked_down(&f, 0);
    assert_non_null(strstr(text, "?\\[2J? bad? ?evil?"));
    free(text);
    lc_arena_release(&arena);
}

static void reals_get_the_decimals_that_their_column_needs(void **state)
{
    static const struct lc_heading one[] = {{"value", LC_CELL_REAL, NULL, false}};
    static const double whole[] = {3, 40}, small[] = {0.1423, 0.5},
                        mixed[] = {8000, 0.7814, 2.5};
    static const struct {
        const double *x;
        size_t n;
        const char *want;
    } given[] = {{whole, 2, "value\n-----\n    3\n   40\n"},
                 {small, 2, "value\n-----\n0.142\n0.500\n"},
                 {mixed, 3, "value\n-----\n 8000\n0.781\n2.500\n"}};

    (void)state;
    for (size_t g = 0; g < 3; g++) {
        struct lc_arena arena;
        struct lc_frame f;
        char *text;

        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        lc_frame_init(&f, "values", one, 1, &arena);
        for (size_t i = 0; i < given[g].n; i++) {
            union lc_value *row = NULL;
            struct lc_err err;

            assert_int_equal(lc_frame_add(&f, &row, &err), LC_OK);
            row[0].number = given[g].x[i];
        }
        text = printed(&f, 0, 0);
        assert_string_equal(text, given[g].want);
        free(text);
        lc_arena_release(&arena);
    }
}

static void markdown_is_a_table_with_every_cell_escaped(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    char *text;

    (void)state;
    sample(&f, &arena);
    add(&f, "a|b", "<script>", 3, 0.1, 5, 0.00001);
    text = marked_down(&f, 0);
    assert_non_null(strstr(text,
                           "| attribute | level | leads | rate | low..high | ratio | p |\n"
                           "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
                           "| (all) | (all) | 500 | 2.0 % | 1.0..3.0 | 1.00 |  |\n"));
    assert_non_null(strstr(text, "| a\\|b | \\<script\\> | 3 |"));
    assert_non_null(strstr(text, "| \\<0.0001 |"));
    assert_non_null(strstr(text, "\n\na note\n"));
    free(text);
    text = marked_down(&f, 1);
    assert_non_null(strstr(text, "... and 2 more levels (all of them in rates.csv)\n"));
    free(text);
    lc_arena_release(&arena);
}

static void markup_is_shown_and_not_done(void **state)
{
    static const char *const in[] = {
        "a_b*c`d",          "[x](javascript:1)", "https://evil.example",
        "www.evil.example", "1. not a list",     "- nor this",
        "one\ntwo",         "a & b ~ $c$",       "version 1.2"};
    static const char *const out[] = {"a\\_b\\*c\\`d",
                                      "\\[x\\](javascript:1)",
                                      "https\\://evil.example",
                                      "www\\.evil.example",
                                      "1\\. not a list",
                                      "\\- nor this",
                                      "one two",
                                      "a \\& b \\~ \\$c\\$",
                                      "version 1.2"};

    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
        char *text = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&text, &n);

        assert_non_null(to);
        lc_markdown_escape(in[i], to);
        assert_int_equal(fclose(to), 0);
        assert_string_equal(text, out[i]);
        free(text);
    }
}

static void every_allocation_refused_is_an_error_and_not_a_crash(void **state)
{
    const struct lc_text_style style = {.most_rows = 1, .width = 50};
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;
    bool done = false;

    (void)state;
    sample(&f, &arena);
    for (size_t limit = 0; !done && limit < 100000; limit += 16) {
        FILE *to = fopen("/dev/null", "w");
        enum lc_rc text, markdown;

        assert_non_null(to);
        arena.limit = limit;
        text = lc_frame_text(&f, &style, to, &err);
        markdown = lc_frame_markdown(&f, 1, to, &err);
        assert_true(text == LC_OK || text == LC_ENOMEM);
        assert_true(markdown == LC_OK || markdown == LC_ENOMEM);
        done = text == LC_OK && markdown == LC_OK;
        assert_true(limit || !done);
        (void)fclose(to);
    }
    assert_true(done);
    lc_arena_release(&arena);
}

static void a_full_disk_is_an_error_of_the_machine(void **state)
{
    const struct lc_text_style style = {.color = true};
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;
    FILE *to = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(to);
    (void)setvbuf(to, NULL, _IONBF, 0);
    sample(&f, &arena);
    assert_int_equal(lc_frame_text(&f, &style, to, &err), LC_EIO);
    assert_int_equal(lc_frame_markdown(&f, 0, to, &err), LC_EIO);
    (void)fclose(to);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_rates_reads_like_a_tree_with_intervals_in_one_column),
        cmocka_unit_test(a_capped_group_keeps_its_best_supported_levels_and_counts_the_rest),
        cmocka_unit_test(texts_are_cut_to_the_width_of_the_terminal),
        cmocka_unit_test(numbers_are_left_out_from_the_right_before_labels_are_cut),
        cmocka_unit_test(no_line_is_wider_than_a_terminal_of_sixty_columns_or_more),
        cmocka_unit_test(a_column_that_is_empty_in_every_row_is_not_shown_and_not_counted),
        cmocka_unit_test(a_row_without_attribute_and_level_shows_its_term),
        cmocka_unit_test(days_have_a_decimal_only_where_there_is_one),
        cmocka_unit_test(columns_line_up_by_what_the_eye_sees),
        cmocka_unit_test(control_characters_never_reach_the_terminal),
        cmocka_unit_test(reals_get_the_decimals_that_their_column_needs),
        cmocka_unit_test(markdown_is_a_table_with_every_cell_escaped),
        cmocka_unit_test(markup_is_shown_and_not_done),
        cmocka_unit_test(every_allocation_refused_is_an_error_and_not_a_crash),
        cmocka_unit_test(a_full_disk_is_an_error_of_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
