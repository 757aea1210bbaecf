/* Tests of history: entries worked out by hand from changes that are typed here. */
#include "leadcal/history.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"

#define MOST_ROWS 64

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

/* A change as it is typed. */
struct row {
    const char *record, *time, *value, *field;
};

static const struct lc_spec_history stages = {.time = "time", .value = "value"};
static const struct lc_spec_history of_status = {
    .time = "time", .value = "value", .field = "field", .is = "Status"};
static const char *const closed_text[] = {"Won", "Lost"};
static const struct lc_texts closed = {closed_text, 2};

static enum lc_rc read_in(const struct row *row, size_t n, const struct lc_spec_history *spec,
                          struct lc_arena *to, struct lc_history *out, struct lc_err *err)
{
    const char *cell[4][MOST_ROWS];
    struct lc_table_column c[4];
    int32_t *day;

    assert_true(n <= MOST_ROWS);
    for (size_t i = 0; i < n; i++) {
        cell[0][i] = row[i].record;
        cell[1][i] = row[i].time;
        cell[2][i] = row[i].value;
        cell[3][i] = row[i].field ? row[i].field : "";
    }
    for (size_t j = 0; j < 4; j++)
        c[j] = small_column(&arena, "column", LC_KIND_TEXT, cell[j], n);
    day = LC_NEW(&arena, c[1].codes.n_levels + 1, int32_t);
    for (uint32_t v = 0; v < c[1].codes.n_levels; v++) {
        day[v] = LC_NO_DAY;
        if (v != c[1].codes.missing)
            assert_true(lc_date_parse(lc_slice_of(c[1].codes.level[v]), LC_DATE_YMD, &day[v]));
    }
    c[1].kind = LC_KIND_DATE;
    c[1].day = day;
    return lc_history_read(
        &(struct lc_history_columns){&c[0], &c[1], &c[2], spec->field ? &c[3] : NULL, n}, spec,
        closed, "h", to, out, err);
}

static struct lc_history read(const struct row *row, size_t n,
                              const struct lc_spec_history *spec)
{
    struct lc_history out;
    struct lc_err err;

    assert_int_equal(read_in(row, n, spec, &arena, &out, &err), LC_OK);
    assert_int_equal(out.used + out.other + out.blank, n);
    return out;
}

/* The day of an entry, "" where there is none. */
static const char *entry(const struct lc_history *h, const char *column, const char *record)
{
    for (size_t j = 0; j < h->n_entries; j++)
        for (size_t i = 0; i < h->n; i++) {
            const char *cell = lc_table_cell(&h->entry[j], i);

            if (strcmp(h->entry[j].codes.name, column) == 0 &&
                strcmp(lc_table_cell(&h->key, i), record) == 0)
                return cell ? cell : "";
        }
    fail_msg("no column '%s' for '%s'", column, record);
    return NULL;
}

/* a: lost, and opened again, and won. b: a straight way. c: won on the day it was lost, by the hour. */
static const struct row typed[] = {
    {"a", "2026-01-10", "New", NULL},        {"b", "2026-01-11", "New", NULL},
    {"a", "2026-01-20", "Lost", NULL},       {"a", "2026-02-01", "New", NULL},
    {"b", "2026-02-02", "Won", NULL},        {"a", "2026-03-01", "Won", NULL},
    {"c", "2026-01-05 09:00", "Lost", NULL}, {"c", "2026-01-05 17:30", "Won", NULL},
};
#define TYPED (sizeof typed / sizeof *typed)

static void first_and_last_entries_are_kept_apart(void **state)
{
    const struct lc_history h = read(typed, TYPED, &stages);

    (void)state;
    assert_int_equal(h.n, 3);
    assert_int_equal(h.n_entries, 6);
    assert_string_equal(h.entry[0].codes.name, "h.first Lost");
    assert_string_equal(h.entry[5].codes.name, "h.last Won");
    assert_string_equal(entry(&h, "h.first New", "a"), "2026-01-10");
    assert_string_equal(entry(&h, "h.last New", "a"), "2026-02-01");
    assert_string_equal(entry(&h, "h.first Lost", "a"), "2026-01-20");
    assert_string_equal(entry(&h, "h.last Lost", "a"), "2026-01-20");
    assert_string_equal(entry(&h, "h.first Won", "a"), "2026-03-01");
    assert_string_equal(entry(&h, "h.first New", "b"), "2026-01-11");
    assert_string_equal(entry(&h, "h.last New", "b"), "2026-01-11");
    assert_string_equal(entry(&h, "h.first Lost", "b"), "");
    assert_string_equal(entry(&h, "h.last Won", "c"), "2026-01-05");
    assert_int_equal(h.again, 1);    /* a, into New */
    assert_int_equal(h.reopened, 1); /* a: Lost, then New; c went from closed to closed */
    assert_int_equal(h.last, lc_day_of(2026, 3, 1));
}

static void the_columns_are_columns_of_dates(void **state)
{
    const struct lc_history h = read(typed, TYPED, &stages);
    const struct lc_table_column *won = &h.entry[4]; /* first Won: 3 records, 3 days */

    (void)state;
    assert_string_equal(won->codes.name, "h.first Won");
    assert_int_equal(won->kind, LC_KIND_DATE);
    assert_int_equal(won->n_filled, 3);
    assert_int_equal(won->codes.missing, LC_NO_CODE);
    assert_int_equal(won->codes.n_levels, 3);
    assert_int_equal(won->day[0], lc_day_of(2026, 1, 5));
    assert_int_equal(won->day[2], lc_day_of(2026, 3, 1));
    assert_int_equal(h.entry[0].codes.n_levels, 3); /* first Lost: two days and none */
    assert_int_equal(h.entry[0].codes.missing, 2);
    assert_int_equal(h.entry[0].day[2], LC_NO_DAY);
    assert_int_equal(h.entry[0].count[2], 1);
    assert_int_equal(h.entry[0].n_filled, 2);
}

static void a_row_that_changes_no_stage_is_no_entry(void **state)
{
    static const struct row row[] = {{"a", "2026-01-10", "New", NULL},
                                     {"a", "2026-01-12", "New", NULL}, /* of the amount */
                                     {"a", "2026-01-15", "Won", NULL},
                                     {"a", "2026-01-16", "Won", NULL}};
    const struct lc_history h = read(row, 4, &stages);

    (void)state;
    assert_string_equal(entry(&h, "h.last New", "a"), "2026-01-10");
    assert_string_equal(entry(&h, "h.last Won", "a"), "2026-01-15");
    assert_int_equal(h.again, 0);
    assert_int_equal(h.last, lc_day_of(2026, 1, 16));
}

static void only_changes_of_the_field_count(void **state)
{
    static const struct row row[] = {
        {"a", "2026-01-10", "Open", "Status"}, {"a", "2026-01-11", "Ann", "Owner"},
        {"a", "2026-01-12", "MQL", "Status"},  {"b", "2026-01-12", "Bob", "Owner"},
        {"", "2026-01-12", "MQL", "Status"},   {"c", "", "MQL", "Status"},
        {"c", "2026-01-13", "", "Status"}};
    const struct lc_history h = read(row, 7, &of_status);

    (void)state;
    assert_int_equal(h.n, 1); /* b and c have no change that counts */
    assert_int_equal(h.n_entries, 4);
    assert_int_equal(h.used, 2);
    assert_int_equal(h.other, 2);
    assert_int_equal(h.blank, 3);
    assert_string_equal(entry(&h, "h.first MQL", "a"), "2026-01-12");
    assert_int_equal(h.record[0], 0);
    assert_int_equal(h.record[1], LC_NO_ROW);
    assert_int_equal(h.record[6], LC_NO_ROW);
}

static void times_are_moved_to_utc_and_days_stay_as_written(void **state)
{
    /* 23:30 at -05:00 is 04:30 of the next day in UTC, behind 01:00 UTC of that day. */
    static const struct row row[] = {{"a", "2026-01-10T23:30:00-05:00", "Lost", NULL},
                                     {"a", "2026-01-11T01:00:00Z", "New", NULL}};
    const struct lc_history h = read(row, 2, &stages);

    (void)state;
    assert_int_equal(h.reopened, 0); /* New, then Lost */
    assert_string_equal(entry(&h, "h.first Lost", "a"), "2026-01-10");
}

static void both_forms_of_an_id_are_one_record(void **state)
{
    static const struct row row[] = {{"001D000000IqhSL", "2026-01-10", "New", NULL},
                                     {"001D000000IqhSLIAZ", "2026-01-11", "Won", NULL}};
    const struct lc_history h = read(row, 2, &stages);

    (void)state;
    assert_int_equal(h.n, 1);
    assert_string_equal(entry(&h, "h.first Won", "001D000000IqhSL"), "2026-01-11");
}

static void the_order_of_rows_does_not_matter(void **state)
{
    const struct lc_history want = read(typed, TYPED, &stages);

    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct lc_random random = {seed};
        struct row row[TYPED];
        struct lc_history h;

        memcpy(row, typed, sizeof row);
        for (size_t i = TYPED; i-- > 1;) {
            const size_t j = (size_t)lc_random_below(&random, i + 1);
            const struct row other = row[i];

            row[i] = row[j];
            row[j] = other;
        }
        h = read(row, TYPED, &stages);
        assert_int_equal(h.again, want.again);
        assert_int_equal(h.reopened, want.reopened);
        for (size_t j = 0; j < want.n_entries; j++)
            for (size_t i = 0; i < want.n; i++)
                assert_string_equal(
                    entry(&h, want.entry[j].codes.name, lc_table_cell(&want.key, i)),
                    entry(&want, want.entry[j].codes.name, lc_table_cell(&want.key, i)));
    }
}

static void no_changes_are_no_records(void **state)
{
    static const struct row row[] = {{"a", "2026-01-11", "Ann", "Owner"}};
    const struct lc_history h = read(row, 1, &of_status);

    (void)state;
    assert_int_equal(h.n, 0);
    assert_int_equal(h.n_entries, 0);
    assert_int_equal(h.last, LC_NO_DAY);
}

static void more_values_than_stages_are_refused(void **state)
{
    const size_t n = MOST_STAGES + 1;
    char text[MOST_STAGES + 1][8];
    struct lc_table_column c[3];
    const char *value[MOST_STAGES + 1], *day[MOST_STAGES + 1], *key[MOST_STAGES + 1];
    struct lc_history h = {.n = 77};
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(text[i], sizeof text[i], "v%zu", i);
        value[i] = text[i];
        day[i] = "20000";
        key[i] = "a";
    }
    c[0] = small_column(&arena, "id", LC_KIND_TEXT, key, n);
    c[1] = small_column(&arena, "time", LC_KIND_DATE, day, n);
    c[2] = small_column(&arena, "amount", LC_KIND_TEXT, value, n);
    assert_int_equal(lc_history_read(&(struct lc_history_columns){&c[0], &c[1], &c[2], NULL, n},
                                     &stages, closed, "h", &arena, &h, &err),
                     LC_EMISMATCH);
    assert_int_equal(h.n, 77);
    assert_string_equal(
        err.text, "amount: has 201 values, and a history has at most 200 stages; name the "
                  "column of stages (\"value\"), or which changes count (\"field\", \"is\")");
    assert_int_equal(
        lc_history_read(&(struct lc_history_columns){&c[0], &c[1], &c[2], NULL, n - 1}, &stages,
                        closed, "h", &arena, &h, &err),
        LC_OK);
    assert_int_equal(h.n_entries, 2 * MOST_STAGES);
}

static void refused_memory_is_said_wherever_it_happens(void **state)
{
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0;; limit += 16) {
        struct lc_history h = {.n = 77};
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = read_in(typed, TYPED, &stages, &small, &h, &err);
        lc_arena_release(&small);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        assert_int_equal(h.n, 77);
        refused++;
    }
    assert_true(refused > 20);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(first_and_last_entries_are_kept_apart),
        T(the_columns_are_columns_of_dates),
        T(a_row_that_changes_no_stage_is_no_entry),
        T(only_changes_of_the_field_count),
        T(times_are_moved_to_utc_and_days_stay_as_written),
        T(both_forms_of_an_id_are_one_record),
        T(the_order_of_rows_does_not_matter),
        T(no_changes_are_no_records),
        T(more_values_than_stages_are_refused),
        T(refused_memory_is_said_wherever_it_happens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
