#include "test.h"

#include "leadcal/attribute.h"
#include "small_table.h"

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

static const char *const source[] = {"Web", "Email", "", "Web", "Referral", "Email", "Web"};
static const uint8_t won[] = {1, 0, 1, 0, 1, 0, 0};
static const uint32_t rows[] = {0, 1, 2, 3, 4, 5, 6};

static void levels_are_in_byte_order_with_the_missing_one_last(void **state)
{
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, NULL, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_int_equal(a.n_levels, 4);
    assert_string_equal(a.level[0], "Email");
    assert_string_equal(a.level[1], "Referral");
    assert_string_equal(a.level[2], "Web");
    assert_string_equal(a.level[3], LC_MISSING_TEXT);
    assert_int_equal(a.missing, 3);
    assert_close(a.n[2], 3, 0);
    assert_close(a.won[2], 1, 0);
    assert_close(a.won[0], 0, 0);
}

static void another_spelling_finds_the_level_of_its_value(void **state)
{
    static const struct lc_table_spelling spelling[] = {
        {"e-mail", "Email", 2}, {"WEB", "Web", 0}, {"Fair", "Trade fair", 0}};
    struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    static const struct lc_spec_attribute merged = {.column = "source", .merged = true};
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    c.spelling = spelling;
    c.n_spellings = 3;
    assert_int_equal(lc_attribute_learn(&c, NULL, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_int_equal(a.n_levels, 4);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of(" e-mail")), 0);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("Email")), 0);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("WEB")), 2);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("web")), 4);  /* nobody said so */
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("Fair")), 4); /* of a value never met */
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("")), 3);
    assert_false(lc_attribute_is_merged(&a));
    assert_int_equal(lc_attribute_learn(&c, &merged, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_true(lc_attribute_is_merged(&a));
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("WEB")),
                     lc_attribute_level(&a, lc_slice_of("Web")));
}

static void a_level_without_a_training_lead_is_unseen_later(void **state)
{
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    const uint32_t train[] = {0, 1, 3};
    struct lc_column coded;
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, NULL, train, won, 3, &arena, &a, &err), LC_OK);
    assert_int_equal(a.n_levels, 2);
    assert_int_equal(a.missing, LC_NO_CODE);
    assert_int_equal(lc_attribute_code(&a, &c, rows, 7, &arena, &coded, &err), LC_OK);
    assert_int_equal(coded.n_levels, 3);
    assert_int_equal(lc_code_at(&coded, 0), 1);
    assert_int_equal(lc_code_at(&coded, 1), 0);
    assert_int_equal(lc_code_at(&coded, 2), 2); /* an empty cell, never met */
    assert_int_equal(lc_code_at(&coded, 4), 2); /* Referral, never met */
}

static void the_leads_learnt_from_have_no_level_for_the_unseen(void **state)
{
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    struct lc_column learnt, coded;
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, NULL, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_attribute_code(&a, &c, rows, 7, &arena, &coded, &err), LC_OK);
    assert_int_equal(lc_attribute_code_learnt(&a, &c, rows, 7, &arena, &learnt, &err), LC_OK);
    assert_int_equal(coded.n_levels, 5);
    assert_int_equal(learnt.n_levels, 4);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(lc_code_at(&learnt, i), lc_code_at(&coded, i));
}

static void wins_may_be_counted_in_shares(void **state)
{
    static const char *const pages[] = {"1", "9", "", "3", "9", "2", "5"};
    static const double credit[] = {0.5, 0, 1, 0, 0.25, 0.25, 0};
    static const double cut[] = {2};
    const struct lc_spec_attribute given = {.cut = cut, .n_cuts = 1};
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    const struct lc_table_column p = small_column(&arena, "pages", LC_KIND_NUMBER, pages, 7);
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, NULL, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_attribute_credit(&a, &c, rows, credit, 7, &arena, &err), LC_OK);
    assert_close(a.won[0], 0.25, 0); /* Email */
    assert_close(a.won[1], 0.25, 0); /* Referral */
    assert_close(a.won[2], 0.5, 0);  /* Web */
    assert_close(a.won[3], 1, 0);    /* the empty cell */
    assert_close(a.n[2], 3, 0);
    assert_int_equal(lc_attribute_learn(&p, &given, rows, won, 7, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_attribute_credit(&a, &p, rows, credit, 7, &arena, &err), LC_OK);
    assert_close(a.won[0], 0.75, 0);
    assert_close(a.won[1], 0.25, 0);
    assert_close(a.won[2], 1, 0);
}

/* Numbers of two decimals; the cuts by exact fractions of whole cents, which doubles miss in the 13th digit. */
static void quartiles_of_cents_are_named_without_noise(void **state)
{
    const char *cell[60];
    uint32_t row[60];
    struct lc_table_column c;
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        const unsigned cents = 70259 + i * 10 + i * i % 7 * 11;

        cell[i] = lc_arena_format(&arena, "%u.%02u", cents / 100, cents % 100);
        row[i] = i;
    }
    c = small_column(&arena, "amount", LC_KIND_NUMBER, cell, 60);
    assert_int_equal(lc_attribute_learn(&c, NULL, row, NULL, 60, &arena, &a, &err), LC_OK);
    assert_int_equal(a.n_levels, 4);
    assert_string_equal(a.level[0], "(-inf,704.2225]");
    assert_string_equal(a.level[1], "(704.2225,705.77]");
    assert_string_equal(a.level[2], "(705.77,707.335]");
    assert_string_equal(a.level[3], "(707.335,inf]");
    for (size_t v = 0; v < 4; v++)
        assert_close(a.n[v], 15, 0);
}

/* 60 distinct values 1..60, each once: R's type 7 quartiles are 15.75, 30.5, 45.25. */
static void many_numbers_go_into_quartile_bins_of_type_7(void **state)
{
    const char *cell[60];
    uint32_t row[60];
    uint8_t y[60];
    struct lc_table_column c;
    struct lc_column coded;
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        cell[i] = lc_arena_format(&arena, "%u", (unsigned)(i * 7 % 60 + 1));
        row[i] = i;
        y[i] = i % 3 == 0;
    }
    c = small_column(&arena, "pages", LC_KIND_NUMBER, cell, 60);
    assert_int_equal(lc_attribute_learn(&c, NULL, row, y, 60, &arena, &a, &err), LC_OK);
    assert_int_equal(a.n_cuts, 3);
    assert_close(a.cut[0], 15.75, 1e-15);
    assert_close(a.cut[1], 30.5, 1e-15);
    assert_close(a.cut[2], 45.25, 1e-15);
    assert_string_equal(a.level[0], "(-inf,15.75]");
    assert_string_equal(a.level[3], "(45.25,inf]");
    for (size_t v = 0; v < 4; v++)
        assert_close(a.n[v], 15, 0);
    assert_int_equal(lc_attribute_code(&a, &c, row, 60, &arena, &coded, &err), LC_OK);
    for (size_t i = 0; i < 60; i++)
        assert_int_equal(lc_code_at(&coded, i), lc_attribute_level(&a, lc_slice_of(cell[i])));
}

static void given_cuts_are_right_closed_and_an_empty_bin_joins_its_neighbour(void **state)
{
    static const char *const opens[] = {"0", "1", "2", "", "9", "2"};
    static const double cut[] = {0, 2, 5};
    const struct lc_spec_attribute given = {
        .column = "opens", .role = LC_ROLE_ENGAGEMENT, .cut = cut, .n_cuts = 3};
    const struct lc_table_column c = small_column(&arena, "opens", LC_KIND_NUMBER, opens, 6);
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, &given, rows, won, 6, &arena, &a, &err), LC_OK);
    assert_int_equal(a.role, LC_ROLE_ENGAGEMENT);
    assert_int_equal(a.n_levels, 4); /* (2,5] is empty and joins (5,inf] */
    assert_string_equal(a.level[0], "(-inf,0]");
    assert_string_equal(a.level[1], "(0,2]");
    assert_string_equal(a.level[2], "(2,inf]");
    assert_close(a.n[1], 3, 0);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of(" 2 ")), 1);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("2.01")), 2);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("")), 3);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of(LC_MISSING_TEXT)), 3);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("lots")), 4);
}

/* A level is its number with either decimal sign; what reads both ways is none, nor are other numbers. */
static void a_number_finds_its_level_with_the_other_decimal_sign(void **state)
{
    static const char *const level[] = {"0.5", "7.5", "10", "1.234"};
    const struct lc_attribute a = {
        .column = "score", .level = level, .n_levels = 4, .missing = LC_NO_CODE};

    (void)state;
    assert_int_equal(lc_attribute_level_by_number(&a, lc_slice_of("7,50")), 1);
    assert_int_equal(lc_attribute_level_by_number(&a, lc_slice_of("0,5")), 0);
    assert_int_equal(lc_attribute_level_by_number(&a, lc_slice_of("1,234")), 4);
    assert_int_equal(lc_attribute_level_by_number(&a, lc_slice_of("7.50")), 4);
    assert_int_equal(lc_attribute_level_by_number(&a, lc_slice_of("7,51")), 4);
}

static void bins_tell_numbers_of_another_decimal_sign(void **state)
{
    static const char *const level[] = {"(-inf,5]", "(5,inf]"};
    static const double cut[] = {5};
    struct lc_attribute a = {.column = "score",
                             .level = level,
                             .n_levels = 2,
                             .cut = cut,
                             .n_cuts = 1,
                             .missing = LC_NO_CODE};

    (void)state;
    assert_true(lc_attribute_differs(&a, lc_slice_of("7,50")));
    assert_true(lc_attribute_differs(&a, lc_slice_of("1,234")));
    assert_false(lc_attribute_differs(&a, lc_slice_of("7.5")));
    assert_false(lc_attribute_differs(&a, lc_slice_of("about 7")));
    a.decimal = LC_DECIMAL_COMMA;
    assert_true(lc_attribute_differs(&a, lc_slice_of("7.5")));
    assert_false(lc_attribute_differs(&a, lc_slice_of("7,50")));
    assert_false(lc_attribute_differs(&a, lc_slice_of("1.234")));
}

static void cuts_on_texts_are_refused(void **state)
{
    static const double cut[] = {1};
    const struct lc_spec_attribute given = {.column = "source", .cut = cut, .n_cuts = 1};
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, &given, rows, won, 7, &arena, &a, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'source'"));
}

static void bins_refuse_a_later_export_that_holds_texts(void **state)
{
    static const char *const opens[] = {"0", "1", "2", "", "9", "2"};
    static const double cut[] = {1};
    const struct lc_spec_attribute given = {.column = "opens", .cut = cut, .n_cuts = 1};
    const struct lc_table_column numbers =
        small_column(&arena, "opens", LC_KIND_NUMBER, opens, 6);
    const struct lc_table_column texts = small_column(&arena, "opens", LC_KIND_TEXT, source, 6);
    struct lc_column coded;
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&numbers, &given, rows, won, 6, &arena, &a, &err),
                     LC_OK);
    assert_int_equal(lc_attribute_code(&a, &texts, rows, 6, &arena, &coded, &err),
                     LC_EMISMATCH);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, source, 7);
    static const double share[] = {0.5, 0, 1, 0, 1, 0, 0.5};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        struct lc_column coded;
        struct lc_arena small;
        struct lc_attribute a;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_attribute_learn(&c, NULL, rows, won, 7, &small, &a, &err);
        if (!rc)
            rc = lc_attribute_code(&a, &c, rows, 7, &small, &coded, &err);
        if (!rc)
            rc = lc_attribute_credit(&a, &c, rows, share, 7, &small, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(levels_are_in_byte_order_with_the_missing_one_last),
        TEST(another_spelling_finds_the_level_of_its_value),
        TEST(a_level_without_a_training_lead_is_unseen_later),
        TEST(the_leads_learnt_from_have_no_level_for_the_unseen),
        TEST(wins_may_be_counted_in_shares),
        TEST(many_numbers_go_into_quartile_bins_of_type_7),
        TEST(quartiles_of_cents_are_named_without_noise),
        TEST(given_cuts_are_right_closed_and_an_empty_bin_joins_its_neighbour),
        TEST(a_number_finds_its_level_with_the_other_decimal_sign),
        TEST(bins_tell_numbers_of_another_decimal_sign),
        TEST(cuts_on_texts_are_refused),
        TEST(bins_refuse_a_later_export_that_holds_texts),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
