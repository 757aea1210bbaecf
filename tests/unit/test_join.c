#include "test.h"
#include "text_cells.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/join.h"
#include "leadcal/random.h"

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

static const struct lc_join_rule plain;

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
    assert_int_equal(lc_join(&leads, 5, &key, 4, &plain, &arena, &join, &twice, &err), LC_OK);
    assert_memory_equal(join.row, row, sizeof row);
    assert_memory_equal(join.has_row, has_row, sizeof has_row);
    assert_int_equal(join.matched, 3);
    assert_int_equal(join.orphans, 2);
    assert_null(join.primary);
    assert_memory_equal(join.fate, "\0\0\1\1", 4); /* taken, taken, orphan, orphan */
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
    assert_int_equal(lc_join(&leads, 5, &key, 4, &plain, &arena, &join, &twice, &err), LC_OK);
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
    assert_int_equal(lc_join(&leads, 5, &again, 4, &plain, &arena, &join, &twice, &err),
                     LC_EMISMATCH);
    assert_int_equal(twice, 3);
    assert_int_equal(join.n, 77);
    assert_int_equal(lc_join(&leads, 5, &again, 3, &plain, &arena, &join, &twice, &err), LC_OK);
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
        rc = lc_join(&leads, 5, &key, 4, &plain, &arena, &join, &twice, &err);
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

/* ---- several rows for a lead, and lists ---- */

static struct lc_table_column days(const char *const *cell, size_t n)
{
    return small_column(&cells, "day", LC_KIND_DATE, cell, n);
}

static struct lc_join joined(const struct lc_table_column *lead, size_t n,
                             const struct lc_table_column *keys, size_t m,
                             const struct lc_join_rule *rule)
{
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    assert_int_equal(lc_join(lead, n, keys, m, rule, &cells, &join, &twice, &err), LC_OK);
    assert_int_equal(join.n, n);
    return join;
}

#define NONE LC_NO_ROW

static void a_lead_takes_the_first_row_that_began_on_or_after_its_decision(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    static const int32_t decided[] = {105, 100, 100, LC_NO_DAY, 100, 131};
    static const char *const keys[] = {"a", "a", "a", "b", "b", "c", "d", "d", "e", "e", "f"};
    /* a: 104 is too early, 105 is the same day; b: 120 comes first in the file, 110 in time; c: too
     * early; d: nobody knows when it was decided; e: a row without a day comes last; f: only a row
     * without a day. */
    static const char *const began[] = {"104", "140", "105", "120", "110", "99",
                                        "90",  "80",  "",    "150", ""};
    static const uint32_t want[] = {2, 4, NONE, 7, 9, 10};
    static const uint8_t fate[] = {LC_FATE_EARLY, LC_FATE_LATER, LC_FATE_TAKEN, LC_FATE_LATER,
                                   LC_FATE_TAKEN, LC_FATE_EARLY, LC_FATE_LATER, LC_FATE_TAKEN,
                                   LC_FATE_LATER, LC_FATE_TAKEN, LC_FATE_TAKEN};
    const struct lc_table_column lead = texts(ids, 6), k = texts(keys, 11), c = days(began, 11);
    const struct lc_join_rule rule = {.created = &c, .decided = decided};
    const struct lc_join j = joined(&lead, 6, &k, 11, &rule);

    (void)state;
    assert_memory_equal(j.row, want, sizeof want);
    assert_memory_equal(j.fate, fate, sizeof fate);
    assert_int_equal(j.matched, 5);
    assert_int_equal(j.orphans, 0);
}

static void without_decision_days_a_lead_takes_the_first_row_of_all(void **state)
{
    static const char *const ids[] = {"a", "b"};
    static const char *const keys[] = {"a", "b", "a", "x"};
    static const char *const began[] = {"104", "99", "17", "3"};
    static const char *const none[] = {"", "", "", ""};
    static const uint32_t first[] = {2, 1}, by_place[] = {0, 1};
    const struct lc_table_column lead = texts(ids, 2), k = texts(keys, 4);
    struct lc_table_column c = days(began, 4);
    const struct lc_join_rule rule = {.created = &c};
    struct lc_join j = joined(&lead, 2, &k, 4, &rule);

    (void)state;
    assert_memory_equal(j.row, first, sizeof first);
    assert_int_equal(j.orphans, 1);
    c = small_column(&cells, "day", LC_KIND_EMPTY, none, 4);
    j = joined(&lead, 2, &k, 4, &rule);
    assert_memory_equal(j.row, by_place, sizeof by_place);
}

static void rows_of_one_day_come_by_text_then_by_key_then_by_cells_then_by_place(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const char *const keys[] = {"a", "a", "b", "b;x", "c", "c", "d", "d"};
    static const char *const hour[] = {"7.5", "7.25", "7", "7", "7", "7", "7", "7"};
    static const char *const worth[] = {"1", "2", "9", "3", "30", "4", "5", "5"};
    static const uint32_t want[] = {1, 2, 5, 6};
    const struct lc_table_column lead = texts(ids, 4), k = texts(keys, 8);
    struct lc_table_column c = days(hour, 8);
    struct lc_table_column other[] = {{.kind = LC_KIND_MANY},
                                      small_column(&cells, "amount", LC_KIND_NUMBER, worth, 8)};
    const struct lc_join_rule rule = {.list = true, .created = &c, .tie = other, .n_ties = 2};
    struct lc_join j;

    (void)state;
    for (uint32_t v = 0; v < c.codes.n_levels; v++)
        assert_int_equal(c.day[v], 7); /* hours of one day */
    j = joined(&lead, 4, &k, 8, &rule);
    assert_memory_equal(j.row, want, sizeof want);
}

static void a_row_belongs_to_each_member_of_its_list(void **state)
{
    static const char *const ids[] = {"123", "456", "789", "", "123"};
    static const char *const keys[] = {"456 ;123;;456", " 789",     ";", "",
                                       "999;998",       ";999; 789"};
    static const char *const began[] = {"10", "30", "1", "1", "1", "20"};
    static const uint32_t want[] = {0, 0, 5, NONE, 0};
    static const uint8_t primary[] = {0, 1, 0, 0, 0}; /* 999 is the first of row 5: no lead */
    static const uint8_t fate[] = {LC_FATE_TAKEN,  LC_FATE_LATER,  LC_FATE_ORPHAN,
                                   LC_FATE_ORPHAN, LC_FATE_ORPHAN, LC_FATE_TAKEN};
    const struct lc_table_column lead = texts(ids, 5), k = texts(keys, 6), c = days(began, 6);
    const struct lc_join_rule rule = {.list = true, .created = &c};
    const struct lc_join j = joined(&lead, 5, &k, 6, &rule);

    (void)state;
    assert_memory_equal(j.row, want, sizeof want);
    assert_memory_equal(j.primary, primary, sizeof primary);
    assert_memory_equal(j.fate, fate, sizeof fate);
    assert_int_equal(j.matched, 4);
    assert_int_equal(j.orphans, 3);
}

/* Found by the fuzzer: leads that write one address, or id, in two ways are both the first contact. */
static void leads_of_one_address_all_stand_first(void **state)
{
    static const char *const ids[] = {"b@A.example", "b@a.example", "c@a.example",
                                      "001D000000IqhSL", "001D000000IqhSLIAZ"};
    static const char *const keys[] = {"B@a.example;c@a.example",
                                       "001D000000IqhSL;b@a.example"};
    static const char *const began[] = {"10", "20"};
    static const uint32_t want[] = {0, 0, 0, 1, 1};
    static const uint8_t primary[] = {1, 1, 0, 1, 1};
    const struct lc_table_column lead = texts(ids, 5), k = texts(keys, 2), c = days(began, 2);
    const struct lc_join_rule rule = {.list = true, .created = &c};
    const struct lc_join j = joined(&lead, 5, &k, 2, &rule);

    (void)state;
    assert_memory_equal(j.row, want, sizeof want);
    assert_memory_equal(j.primary, primary, sizeof primary);
}

/* A row is early only where it is so for each of its leads. */
static void a_shared_row_may_come_too_early_for_one_lead_alone(void **state)
{
    static const char *const ids[] = {"a", "b"};
    static const int32_t decided[] = {50, 10};
    static const char *const keys[] = {"a;b", "a;b", "b;a"};
    static const char *const began[] = {"9", "30", "40"};
    static const uint32_t want[] = {NONE, 1};
    static const uint8_t fate[] = {LC_FATE_EARLY, LC_FATE_TAKEN, LC_FATE_LATER};
    const struct lc_table_column lead = texts(ids, 2), k = texts(keys, 3), c = days(began, 3);
    const struct lc_join_rule rule = {.list = true, .created = &c, .decided = decided};
    const struct lc_join j = joined(&lead, 2, &k, 3, &rule);

    (void)state;
    assert_memory_equal(j.row, want, sizeof want);
    assert_memory_equal(j.primary, "\0\0", 2);
    assert_memory_equal(j.fate, fate, sizeof fate);
}

static void without_created_a_lead_in_two_lists_is_refused(void **state)
{
    static const char *const ids[] = {"a", "b", "c"};
    static const char *const keys[] = {"a;b", "c", "x;b"};
    const struct lc_table_column lead = texts(ids, 3), k = texts(keys, 3);
    const struct lc_join_rule rule = {.list = true};
    struct lc_join join;
    struct lc_err err;
    size_t twice = 0;

    (void)state;
    assert_int_equal(lc_join(&lead, 3, &k, 3, &rule, &cells, &join, &twice, &err),
                     LC_EMISMATCH);
    assert_int_equal(twice, 2);
    assert_int_equal(joined(&lead, 3, &k, 2, &rule).matched, 3);
}

/* Made-up leads and rows with many ties, for the laws. */
#define LEADS 60
#define ROWS  90

struct made {
    char id[LEADS][8], key[ROWS][24];
    const char *lead[LEADS], *keys[ROWS], *began[ROWS], *amount[ROWS];
    int32_t decided[LEADS];
};

static struct made *make_up(uint64_t seed, bool list)
{
    static const char *const day[] = {"3", "5", "5.5", "8", ""};
    static const char *const value[] = {"10", "20", "30"};
    struct made *m = LC_NEW(&cells, 1, struct made);
    struct lc_random r = {seed};

    assert_non_null(m);
    for (size_t i = 0; i < LEADS; i++) {
        (void)snprintf(m->id[i], sizeof m->id[i], "%u", (unsigned)lc_random_below(&r, 40));
        m->lead[i] = m->id[i];
        m->decided[i] = (int32_t)lc_random_below(&r, 10);
    }
    for (size_t i = 0; i < ROWS; i++) {
        const unsigned a = (unsigned)lc_random_below(&r, 50);
        const unsigned b = (unsigned)lc_random_below(&r, 50);

        (void)snprintf(m->key[i], sizeof m->key[i], list ? "%u; %u;" : "%u", a, b);
        m->keys[i] = m->key[i];
        m->began[i] = day[lc_random_below(&r, 5)];
        m->amount[i] = value[lc_random_below(&r, 3)];
    }
    return m;
}

static void swap(const char **a, const char **b)
{
    const char *c = *a;

    *a = *b;
    *b = c;
}

/* What a lead took, in words: rows have no names that a new order would keep. */
static const char *said(const struct made *m, const struct lc_join *j, size_t i)
{
    const uint32_t row = j->row[i];

    if (row == LC_NO_ROW)
        return "none";
    return lc_arena_format(&cells, "%s %s %s %d %d", m->keys[row], m->began[row],
                           m->amount[row], j->primary ? j->primary[i] : 2, j->fate[row]);
}

static struct lc_join join_made(const struct made *m, bool list)
{
    const struct lc_table_column lead = texts(m->lead, LEADS), k = texts(m->keys, ROWS);
    const struct lc_table_column c = days(m->began, ROWS);
    const struct lc_table_column worth =
        small_column(&cells, "amount", LC_KIND_NUMBER, m->amount, ROWS);
    const struct lc_join_rule rule = {
        .list = list, .created = &c, .decided = m->decided, .tie = &worth, .n_ties = 1};

    return joined(&lead, LEADS, &k, ROWS, &rule);
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct made *m = make_up(seed, true);
        struct lc_join before = join_made(m, true), after;
        struct lc_random r = {seed + 100};
        const char *words[LEADS];

        for (size_t i = 0; i < LEADS; i++)
            words[i] = said(m, &before, i);
        for (size_t i = ROWS; i-- > 1;) {
            const size_t other = lc_random_below(&r, i + 1);

            swap(&m->keys[i], &m->keys[other]);
            swap(&m->began[i], &m->began[other]);
            swap(&m->amount[i], &m->amount[other]);
        }
        after = join_made(m, true);
        assert_true(after.matched > LEADS / 2);
        assert_int_equal(after.matched, before.matched);
        assert_int_equal(after.orphans, before.orphans);
        for (size_t i = 0; i < LEADS; i++)
            assert_string_equal(said(m, &after, i), words[i]);
    }
}

static void a_list_of_one_is_a_plain_key(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const struct made *m = make_up(seed, false);
        const struct lc_join one = join_made(m, true), plain_key = join_made(m, false);

        assert_memory_equal(one.row, plain_key.row, LEADS * sizeof *one.row);
        assert_memory_equal(one.fate, plain_key.fate, ROWS);
        assert_memory_equal(one.primary, one.has_row, LEADS); /* alone is first */
        assert_null(plain_key.primary);
    }
}

static void columns_that_share_values_are_told_by_rows_on_both_sides(void **state)
{
    static const char *const ids[] = {"a", "b", "b", "", "c"};
    static const char *const keys[] = {"b;q", "q", "", "c ;b", "r"};
    const struct lc_table_column lead = texts(ids, 5), k = texts(keys, 5);
    struct lc_overlap o;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_join_overlap(&lead, &k, false, &o, &err), LC_OK);
    assert_int_equal(o.leads, 3);
    assert_int_equal(o.rows, 2);
    assert_true(o.lists);
    assert_int_equal(lc_join_overlap(&lead, &lead, false, &o, &err), LC_OK);
    assert_int_equal(o.leads, 4);
    assert_int_equal(o.rows, 4);
    assert_false(o.lists);
}

static void both_forms_of_a_salesforce_id_are_one_key(void **state)
{
    static const char *const short_id[] = {"001D000000IqhSL", "00Q000000000001",
                                           "001D000000IqhSLIAZ", ""};
    static const char *const long_id[] = {"00Q000000000001EAA", "001d000000iqhsliaz",
                                          "00Q000000000002EAA"};
    const struct lc_table_column from = small_column(&cells, "id", LC_KIND_TEXT, short_id, 4);
    const struct lc_table_column to = small_column(&cells, "id", LC_KIND_TEXT, long_id, 3);
    /* Leads 0 and 2 are one id in two forms, and both have its row. */
    static const uint32_t want[] = {1, 0, 1, LC_NO_ROW};
    struct lc_overlap met;
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    assert_int_equal(lc_join(&from, 4, &to, 3, &plain, &cells, &join, &twice, &err), LC_OK);
    assert_memory_equal(join.row, want, sizeof want);
    assert_int_equal(join.orphans, 1);
    assert_int_equal(lc_join_overlap(&from, &to, false, &met, &err), LC_OK);
    assert_int_equal(met.leads, 3);
    assert_int_equal(met.rows, 2);
}

static void the_case_of_an_address_does_not_matter(void **state)
{
    static const char *const from_text[] = {"Lead.17@Example.com", "lead18@example.com",
                                            "LEAD-19", "none"};
    static const char *const to_text[] = {"lead.17@EXAMPLE.COM", "lead-19",
                                          "lead18@example.com"};
    const struct lc_table_column from =
        small_column(&cells, "email", LC_KIND_TEXT, from_text, 4);
    const struct lc_table_column to = small_column(&cells, "email", LC_KIND_TEXT, to_text, 3);
    static const uint32_t want[] = {0, 2, LC_NO_ROW,
                                    LC_NO_ROW}; /* other keys keep their case */
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    assert_int_equal(lc_join(&from, 4, &to, 3, &plain, &cells, &join, &twice, &err), LC_OK);
    assert_memory_equal(join.row, want, sizeof want);
}

static void refused_memory_is_said_with_lists_and_days_too(void **state)
{
    static const char *const ids[] = {"a", "b", "c"};
    static const int32_t decided[] = {5, 6, 7};
    static const char *const keys[] = {"a;b", "c;a", "x;b"};
    static const char *const began[] = {"6", "8", "9"};
    const struct lc_table_column lead = texts(ids, 3), k = texts(keys, 3), c = days(began, 3);
    const struct lc_join_rule rule = {
        .list = true, .created = &c, .decided = decided, .tie = &k, .n_ties = 1};
    size_t limit, refused = 0;

    (void)state;
    for (limit = 0;; limit += 8) {
        struct lc_join join = {.n = 77};
        struct lc_arena arena;
        struct lc_err err;
        size_t twice;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = lc_join(&lead, 3, &k, 3, &rule, &arena, &join, &twice, &err);
        lc_arena_release(&arena);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        assert_int_equal(join.n, 77);
        refused++;
    }
    assert_true(refused > 10);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leads_find_their_rows_and_orphans_are_counted),
        cmocka_unit_test(joined_columns_keep_the_levels_that_leads_have),
        cmocka_unit_test(a_lead_with_two_rows_is_refused_but_two_orphans_are_not),
        T(leads_of_one_address_all_stand_first),
        cmocka_unit_test(refused_memory_is_said_wherever_it_happens),
        T(a_lead_takes_the_first_row_that_began_on_or_after_its_decision),
        T(without_decision_days_a_lead_takes_the_first_row_of_all),
        T(rows_of_one_day_come_by_text_then_by_key_then_by_cells_then_by_place),
        T(a_row_belongs_to_each_member_of_its_list),
        T(a_shared_row_may_come_too_early_for_one_lead_alone),
        T(without_created_a_lead_in_two_lists_is_refused),
        T(the_order_of_rows_does_not_matter),
        T(a_list_of_one_is_a_plain_key),
        T(columns_that_share_values_are_told_by_rows_on_both_sides),
        T(the_case_of_an_address_does_not_matter),
        T(both_forms_of_a_salesforce_id_are_one_key),
        T(refused_memory_is_said_with_lists_and_days_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
