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
        TEST(a_level_without_a_training_lead_is_unseen_later),
        TEST(many_numbers_go_into_quartile_bins_of_type_7),
        TEST(given_cuts_are_right_closed_and_an_empty_bin_joins_its_neighbour),
        TEST(cuts_on_texts_are_refused),
        TEST(bins_refuse_a_later_export_that_holds_texts),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
