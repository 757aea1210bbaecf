/* Rows that are one lead: which of them stands, what it takes from the others, and how many there were. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"
#include "scratch.h"

static struct lc_arena arena;
static struct lc_spec spec;
static struct lc_spec_file files[2];
static struct lc_load_options options;
static struct lc_table table;
static struct lc_load_account account;
static struct lc_err err;
static char path[2][SCRATCH_PATH];
static size_t n_paths;

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    options = (struct lc_load_options){.quiet = true};
    spec.unique = "email";
    n_paths = 1;
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_paths; i++)
        (void)unlink(path[i]);
    lc_arena_release(&arena);
    return 0;
}

static enum lc_rc load_again(void)
{
    const char *const paths[] = {path[0], path[1]};

    return lc_load(paths, n_paths, &spec, &options, NULL, &arena, &table, &account, &err);
}

static enum lc_rc load(const char *leads)
{
    assert_true(scratch_file(path[0], leads));
    return load_again();
}

static void assert_cells(const char *name, const char *const *want, size_t n)
{
    size_t at = 0;

    assert_int_equal(lc_table_find(&table, name, &at, &err), LC_OK);
    assert_int_equal(table.n, n);
    for (size_t i = 0; i < n; i++) {
        const char *cell = lc_table_cell(&table.column[at], i);

        assert_string_equal(cell ? cell : "-", want[i]);
    }
}

static bool noted(const char *text)
{
    for (size_t i = 0; i < account.n_notes; i++)
        if (strstr(account.note[i], text))
            return true;
    return false;
}

/* a: three rows, the second decided first; b: one; two rows without an address are two leads. */
static const char leads[] = "email,in,source,size,stage,closed,amount\n"
                            "A@x.example,2025-03-01,Web,,Open,,\n"
                            "b@x.example,2025-01-09,Fair,10,Lost,2025-02-01,\n"
                            "a@X.example,2025-02-01,Fair,,Lost,2025-02-20,\n"
                            ",2025-01-01,Web,20,Open,,\n"
                            "a@x.example,2025-04-01,Partner,30,Won,2025-05-05,900\n"
                            ",2025-01-02,Web,40,Open,,\n";

static void set_outcome(void)
{
    static const char *const won[] = {"Won"};

    spec.date.entered = "in";
    spec.date.closed = "closed";
    spec.amount = "amount";
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){won, 1};
}

static void the_row_decided_first_stands_and_the_won_one_tells_the_end(void **state)
{
    static const char *const in[] = {"2025-01-09", "2025-02-01", "2025-01-01", "2025-01-02"};
    static const char *const source[] = {"Fair", "Fair", "Web", "Web"};
    static const char *const size[] = {"10", "30", "20",
                                       "40"}; /* an empty cell takes the next */
    static const char *const stage[] = {"Lost", "Won", "Open", "Open"};
    static const char *const closed[] = {"2025-02-01", "2025-05-05", "-", "-"};
    static const char *const amount[] = {"-", "900", "-", "-"};

    (void)state;
    set_outcome();
    assert_int_equal(load(leads), LC_OK);
    assert_cells("in", in, 4);
    assert_cells("source", source, 4);
    assert_cells("size", size, 4);
    assert_cells("stage", stage, 4);
    assert_cells("closed", closed, 4);
    assert_cells("amount", amount, 4);
    assert_int_equal(table.file[0].rows_used, 6); /* they were read */
    assert_true(noted("2 of 6 rows repeat the 'email' of another: 4 leads"));
}

static void without_a_win_the_last_decided_tells_the_end(void **state)
{
    static const char *const stage[] = {"Lost", "Open"};
    static const char *const closed[] = {"2025-02-01", "-"};

    (void)state;
    set_outcome();
    assert_int_equal(load("email,in,stage,closed,amount\n"
                          "a,2025-01-01,Open,,\na,2025-01-20,Lost,2025-02-01,\n"
                          "b,2025-01-01,Lost,2025-01-05,\nb,2025-01-20,Open,,5\n"),
                     LC_OK);
    assert_cells("stage", stage, 2);
    assert_cells("closed", closed, 2);
}

static void without_days_the_order_of_the_file_decides(void **state)
{
    static const char *const source[] = {"Web", "Fair"};

    (void)state;
    assert_int_equal(load("email,source\na,Web\nb,Fair\na,Partner\n"), LC_OK);
    assert_cells("source", source, 2);
}

static void rows_that_are_all_different_stay_and_that_is_said(void **state)
{
    static const char *const source[] = {"Web", "Fair"};

    (void)state;
    assert_int_equal(load("email,source\na,Web\nb,Fair\n"), LC_OK);
    assert_cells("source", source, 2);
    assert_true(noted("0 of 2 rows repeat the 'email' of another: 2 leads"));
}

/* An id in both forms is one lead, and its opportunity is met by either. */
static void joined_files_see_one_lead(void **state)
{
    static const char *const stage[] = {"Closed Won", "-"};

    (void)state;
    spec.unique = "id";
    n_paths = 2;
    files[0] = (struct lc_spec_file){.key = "id"};
    files[1] = (struct lc_spec_file){.name = "deals", .key = "lead", .join = "id"};
    spec.file = files;
    spec.n_files = 2;
    assert_true(scratch_file(path[1], "lead,stage\n001D000000IqhSLIAZ,Closed Won\n"));
    assert_int_equal(load("id,x\n001D000000IqhSL,1\n001D000000IqhSLIAZ,2\n00Q000000000001,3\n"),
                     LC_OK);
    assert_cells("deals.stage", stage, 2);
    assert_int_equal(table.file[1].matched, 1);
    assert_int_equal(table.file[1].orphans, 0);
}

static void a_column_that_is_not_there_and_rounded_ids_are_refused(void **state)
{
    (void)state;
    spec.unique = "e-mail";
    assert_int_equal(load("email,source\na,Web\n"), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "email"));
    (void)unlink(path[0]);
    spec.unique = "id";
    assert_int_equal(load("id,source\n1.23E+17,Web\n1.23E+17,Fair\n"), LC_EFORMAT);
    assert_non_null(strstr(err.text, "scientific notation"));
}

static void many_rows_of_one_lead_take_no_longer(void **state)
{
    const size_t n = 20000;
    char *text = malloc(n * 8 + 64), *p = text;

    (void)state;
    assert_non_null(text);
    p = (char *)memcpy(p, "email,x\n", 8) + 8;
    for (size_t i = 0; i < n; i++)
        p = (char *)memcpy(p, "a,same\n", 7) + 7;
    *p = '\0';
    assert_int_equal(load(text), LC_OK);
    assert_int_equal(table.n, 1);
    assert_true(noted("19999 of 20000 rows repeat"));
    free(text);
}

static void every_allocation_may_be_refused(void **state)
{
    size_t refused = 0;

    (void)state;
    set_outcome();
    assert_int_equal(load(leads), LC_OK);
    for (size_t limit = 0;; limit += limit < 4096 ? 16 : 256) {
        enum lc_rc rc;

        lc_arena_release(&arena);
        lc_arena_init(&arena, limit);
        rc = load_again();
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 50);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_row_decided_first_stands_and_the_won_one_tells_the_end),
        T(without_a_win_the_last_decided_tells_the_end),
        T(without_days_the_order_of_the_file_decides),
        T(rows_that_are_all_different_stay_and_that_is_said),
        T(joined_files_see_one_lead),
        T(a_column_that_is_not_there_and_rounded_ids_are_refused),
        T(many_rows_of_one_lead_take_no_longer),
        T(every_allocation_may_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
