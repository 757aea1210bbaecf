#include "leadcal/snapshot.h"

#include <string.h>

#include "leadcal/events.h"
#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"

static struct lc_arena arena;

/* Six leads of now: d is new, e is won before the day, f was lost by the earlier export. Day 100. */
enum { N = 6, DAY = 100 };
static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
static const char *const stages[] = {"Won", "Lost", "Open", "Won", "Won", "Open"};
static const char *const closings[] = {"130", "140", "", "150", "90", ""};
static const char *const visits[] = {"40", "3", "2", "9", "70", "1"};
static const char *const later[] = {"x", "", "", "x", "x", ""};
static const char *const ids_then[] = {"f", "e", "c", "b", "a"};
static const char *const stages_then[] = {"Lost", "Open", "Open", "Open", ""};
static const char *const visits_then[] = {"1", "7", "2", "", "4"};
static const uint32_t rows[] = {4, 3, 2, LC_NO_ROW, 1, 0};

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

static struct lc_table now(void)
{
    static struct lc_table_column c[5];

    c[0] = small_column(&arena, "id", LC_KIND_TEXT, ids, N);
    c[1] = small_column(&arena, "stage", LC_KIND_TEXT, stages, N);
    c[2] = small_column(&arena, "closed", LC_KIND_DATE, closings, N);
    c[3] = small_column(&arena, "visits", LC_KIND_NUMBER, visits, N);
    c[4] = small_column(&arena, "contract", LC_KIND_TEXT, later, N);
    return small_table(c, 5, N);
}

static struct lc_table_last earlier(void)
{
    static struct lc_table_column c[3];
    static struct lc_table then;

    c[0] = small_column(&arena, "id", LC_KIND_TEXT, ids_then, 5);
    c[1] = small_column(&arena, "stage", LC_KIND_TEXT, stages_then, 5);
    c[2] = small_column(&arena, "visits", LC_KIND_NUMBER, visits_then, 5);
    then = small_table(c, 3, 5);
    return (struct lc_table_last){&then, rows, 5};
}

static struct lc_spec spec_of(void)
{
    static const char *const won[] = {"Won"}, *const lost[] = {"Lost"};
    static const struct lc_spec_file file = {.key = "id"};
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.file = &file;
    spec.n_files = 1;
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){won, 1};
    spec.outcome.lost = (struct lc_texts){lost, 1};
    spec.date.closed = "closed";
    return spec;
}

static void assert_cells(const struct lc_table_column *c, const char *const *want)
{
    for (size_t i = 0; i < N; i++) {
        const char *cell = lc_table_cell(c, i);

        if (want[i])
            assert_string_equal(cell, want[i]);
        else
            assert_null(cell);
    }
}

static void attributes_are_of_then_and_outcomes_of_now(void **state)
{
    static const char *const visited[] = {"4", NULL, "2", NULL, "7", "1"};
    static const char *const decided[] = {"1970-04-11", "1970-04-11", "1970-04-11",
                                          NULL,         NULL,         NULL};
    struct lc_table t = now();
    const struct lc_table_last then = earlier();
    struct lc_spec spec = spec_of();
    struct lc_snapshot_account a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_snapshot_take(&t, &then, DAY, &spec, &arena, &a, &err), LC_OK);
    assert_int_equal(t.k, 6);
    assert_cells(&t.column[1], stages); /* the outcome */
    assert_cells(&t.column[3], visited);
    assert_true(t.column[3].known);
    assert_int_equal(t.column[3].kind, LC_KIND_NUMBER);
    assert_int_equal(t.column[4].kind, LC_KIND_EMPTY); /* nobody had a contract then */
    assert_cells(&t.column[5], decided);
    assert_string_equal(spec.date.handed_over, LC_SNAPSHOT_COLUMN);
    assert_int_equal(a.open, 3);
    assert_int_equal(a.closed, 2);
    assert_int_equal(a.absent, 1);
    assert_int_equal(a.columns, 1);
    assert_int_equal(a.lacking, 1);
}

/* Whatever the files of now say of attributes, the table is the same. */
static void what_changed_since_leaves_no_trace(void **state)
{
    static const char *const other[] = {"1", "1", "99", "1", "5", "8"};
    struct lc_table first = now(), again;
    const struct lc_table_last then = earlier();
    struct lc_spec spec = spec_of();
    struct lc_snapshot_account a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_snapshot_take(&first, &then, DAY, &spec, &arena, &a, &err), LC_OK);
    again = now();
    again.column[3] = small_column(&arena, "visits", LC_KIND_NUMBER, other, N);
    spec = spec_of();
    assert_int_equal(lc_snapshot_take(&again, &then, DAY, &spec, &arena, &a, &err), LC_OK);
    for (size_t i = 0; i < N; i++) {
        const char *a_cell = lc_table_cell(&first.column[3], i);
        const char *b_cell = lc_table_cell(&again.column[3], i);

        assert_true(a_cell ? b_cell && strcmp(a_cell, b_cell) == 0 : !b_cell);
    }
}

static void a_day_before_all_has_no_snapshot(void **state)
{
    static const uint32_t nobody[] = {LC_NO_ROW, LC_NO_ROW, LC_NO_ROW,
                                      LC_NO_ROW, LC_NO_ROW, LC_NO_ROW};
    struct lc_table t = now();
    const struct lc_table_last then = earlier(), none = {then.table, nobody, 0};
    struct lc_spec spec = spec_of();
    struct lc_snapshot_account a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_snapshot_take(&t, &none, DAY, &spec, &arena, &a, &err), LC_EDEGENERATE);
    assert_null(spec.date.handed_over);
    assert_int_equal(t.k, 5);
}

/* What a lead did is known of those that were open: a, b and c; what was read stays as it is. */
static void events_are_known_of_the_leads_that_were_open(void **state)
{
    static const uint8_t known[] = {1, 0, 1, 1, 1, 1};
    static const struct lc_events did = {.n = N, .known = known};
    struct lc_table_file file[] = {{.path = "leads.csv"}, {.path = "web.csv", .events = &did}};
    struct lc_table t = now();
    const struct lc_table_last then = earlier();
    struct lc_spec spec = spec_of();
    struct lc_snapshot_account a;
    struct lc_err err;

    (void)state;
    t.file = file;
    t.n_files = 2;
    assert_int_equal(lc_snapshot_take(&t, &then, DAY, &spec, &arena, &a, &err), LC_OK);
    assert_null(t.file[0].events);
    assert_memory_equal(t.file[1].events->known, "\1\0\1\0\0\0", N);
    assert_string_equal(t.file[1].path, "web.csv");
    assert_ptr_equal(file[1].events, &did);
}

/* ---- laws, on leads and exports that are drawn ---- */

enum { MANY = 40 };

static const char *drawn(struct lc_random *random, const char *const *of, size_t n)
{
    return of[lc_random_below(random, n)];
}

/* Each lead held against each row of the earlier export, in any order of its rows. */
static void drawn_exports_are_joined_as_by_hand(void **state)
{
    static const char *const stage[] = {"Won", "Lost", "Open", ""};
    static const char *const closing[] = {"", "90", "100", "101", "150"};
    static const char *const visit[] = {"", "0", "3", "5", "12"};
    struct lc_random random = {20251};

    (void)state;
    for (size_t turn = 0; turn < 200; turn++) {
        const char *id[MANY], *now_stage[MANY], *now_closed[MANY], *now_visits[MANY];
        const char *then_id[MANY], *then_stage[MANY], *then_visits[MANY];
        uint32_t row[MANY];
        const size_t m = 1 + lc_random_below(&random, MANY);
        struct lc_table_column c[4], old[3];
        struct lc_table t, then;
        struct lc_spec spec = spec_of();
        struct lc_snapshot_account a;
        struct lc_err err;
        size_t open = 0, closed = 0, absent = 0;

        for (size_t i = 0; i < MANY; i++) {
            id[i] = lc_arena_format(&arena, "L%zu", i);
            now_stage[i] = drawn(&random, stage, 4);
            now_closed[i] = drawn(&random, closing, 5);
            now_visits[i] = drawn(&random, visit, 5);
            row[i] = LC_NO_ROW;
        }
        for (size_t k = 0; k < m; k++) { /* some leads of then are gone now */
            const size_t lead = (k * 7 + turn) % (2 * MANY);

            then_id[k] = lc_arena_format(&arena, "L%zu", lead);
            then_stage[k] = drawn(&random, stage, 4);
            then_visits[k] = drawn(&random, visit, 5);
            if (lead < MANY)
                row[lead] = (uint32_t)k;
        }
        c[0] = small_column(&arena, "id", LC_KIND_TEXT, id, MANY);
        c[1] = small_column(&arena, "stage", LC_KIND_TEXT, now_stage, MANY);
        c[2] = small_column(&arena, "closed", LC_KIND_DATE, now_closed, MANY);
        c[3] = small_column(&arena, "visits", LC_KIND_NUMBER, now_visits, MANY);
        old[0] = small_column(&arena, "id", LC_KIND_TEXT, then_id, m);
        old[1] = small_column(&arena, "stage", LC_KIND_TEXT, then_stage, m);
        old[2] = small_column(&arena, "visits", LC_KIND_NUMBER, then_visits, m);
        t = small_table(c, 4, MANY);
        then = small_table(old, 3, m);
        for (size_t i = 0; i < MANY; i++) {
            const bool there = row[i] != LC_NO_ROW;
            const bool ended = *now_closed[i] && strcmp(now_closed[i], "101") != 0 &&
                               strcmp(now_closed[i], "150") != 0;
            const bool done = there && (strcmp(then_stage[row[i]], "Won") == 0 ||
                                        strcmp(then_stage[row[i]], "Lost") == 0);

            absent += !there;
            closed += there && (ended || done);
            open += there && !ended && !done;
        }
        if (lc_snapshot_take(&t, &(struct lc_table_last){&then, row, m}, DAY, &spec, &arena, &a,
                             &err)) {
            assert_int_equal(open, 0);
            continue;
        }
        assert_int_equal(a.open, open);
        assert_int_equal(a.closed, closed);
        assert_int_equal(a.absent, absent);
        for (size_t i = 0; i < MANY; i++) {
            const char *cell = lc_table_cell(&t.column[3], i),
                       *state_now = lc_table_cell(&t.column[1], i);
            const char *was = row[i] == LC_NO_ROW ? "" : then_visits[row[i]];

            assert_string_equal(cell ? cell : "", was); /* of then, and of nothing else */
            assert_string_equal(state_now ? state_now : "", now_stage[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(attributes_are_of_then_and_outcomes_of_now, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_changed_since_leaves_no_trace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_day_before_all_has_no_snapshot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_are_known_of_the_leads_that_were_open, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(drawn_exports_are_joined_as_by_hand, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
