#include "test.h"

#include <string.h>

#include "leadcal/join.h"

/* Leads with keys a, b, (missing), c, a; a second file with keys c, a, x, (missing). */
static const uint8_t lead_codes[] = {0, 1, 3, 2, 0};
static const char *const lead_levels[] = {"a", "b", "c", LC_MISSING_TEXT};
static const uint8_t key_codes[] = {1, 0, 2, 3};
static const char *const key_levels[] = {"a", "c", "x", LC_MISSING_TEXT};
static const uint8_t amount_codes[] = {2, 0, 1, 2};
static const char *const amount_levels[] = {"500", "1200.5", "3000"};
static const double amount_numbers[] = {500, 1200.5, 3000};

static const struct lc_table_column leads = {.codes = {"id", 1, lead_codes, 4, lead_levels, 3}};
static const struct lc_table_column key = {.codes = {"id", 1, key_codes, 4, key_levels, 3}};
static const struct lc_table_column amount = {
    .codes = {"deals.amount", 1, amount_codes, 3, amount_levels, LC_NO_CODE},
    .kind = LC_KIND_NUMBER,
    .number = amount_numbers};

static void leads_find_their_rows_and_orphans_are_counted(void **state)
{
    static const uint32_t row[] = {1, LC_NO_ROW, LC_NO_ROW, 0, 1};
    static const uint8_t has_row[] = {1, 0, 0, 1, 1};
    struct lc_arena arena;
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_join(&leads, 5, &key, 4, &arena, &join, &twice, &err), LC_OK);
    assert_memory_equal(join.row, row, sizeof row);
    assert_memory_equal(join.has_row, has_row, sizeof has_row);
    assert_int_equal(join.matched, 3);
    assert_int_equal(join.orphans, 2);
    lc_arena_release(&arena);
}

static void joined_columns_keep_the_levels_that_leads_have(void **state)
{
    struct lc_table_column out;
    struct lc_arena arena;
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_join(&leads, 5, &key, 4, &arena, &join, &twice, &err), LC_OK);
    assert_int_equal(lc_join_column(&amount, &join, &arena, &out, &err), LC_OK);
    assert_int_equal(out.kind, LC_KIND_NUMBER);
    assert_int_equal(out.codes.n_levels, 3);
    assert_int_equal(out.codes.missing, 2);
    assert_string_equal(lc_table_cell(&out, 0), "500");
    assert_null(lc_table_cell(&out, 1));
    assert_string_equal(lc_table_cell(&out, 3), "3000");
    assert_string_equal(lc_table_cell(&out, 4), "500");
    assert_close(out.number[0], 500, 0);
    assert_close(out.number[1], 3000, 0);
    assert_true(isnan(out.number[2]));
    assert_int_equal(out.count[0], 2);
    assert_int_equal(out.count[1], 1);
    assert_int_equal(out.count[2], 2);
    assert_int_equal(out.n_filled, 3);
    lc_arena_release(&arena);
}

static void a_lead_with_two_rows_is_refused_but_two_orphans_are_not(void **state)
{
    static const uint8_t same_key[] = {0, 2, 2, 0};
    const struct lc_table_column again = {.codes = {"id", 1, same_key, 4, key_levels, 3}};
    struct lc_join join = {.n = 77};
    struct lc_arena arena;
    struct lc_err err;
    size_t twice = 0;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_join(&leads, 5, &again, 4, &arena, &join, &twice, &err), LC_EMISMATCH);
    assert_int_equal(twice, 3);
    assert_int_equal(join.n, 77);
    assert_int_equal(lc_join(&leads, 5, &again, 3, &arena, &join, &twice, &err), LC_OK);
    assert_int_equal(join.orphans, 2);
    lc_arena_release(&arena);
}

static void refused_memory_is_said_wherever_it_happens(void **state)
{
    size_t limit, refused = 0;

    (void)state;
    for (limit = 0;; limit += 16) {
        struct lc_table_column out;
        struct lc_arena arena;
        struct lc_join join;
        struct lc_err err;
        size_t twice;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = lc_join(&leads, 5, &key, 4, &arena, &join, &twice, &err);
        if (!rc)
            rc = lc_join_column(&amount, &join, &arena, &out, &err);
        lc_arena_release(&arena);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leads_find_their_rows_and_orphans_are_counted),
        cmocka_unit_test(joined_columns_keep_the_levels_that_leads_have),
        cmocka_unit_test(a_lead_with_two_rows_is_refused_but_two_orphans_are_not),
        cmocka_unit_test(refused_memory_is_said_wherever_it_happens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
