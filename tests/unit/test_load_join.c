/* Files joined while they are read: several rows for a lead, lists of keys, decision days. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"
#include "leadcal/random.h"
#include "scratch.h"

static struct lc_arena arena;
static struct lc_spec spec;
static struct lc_spec_file files[2];
static struct lc_load_options options;
static struct lc_table table;
static struct lc_load_account account;
static struct lc_err err;
static char path[2][SCRATCH_PATH];

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    options = (struct lc_load_options){.quiet = true};
    files[0] = (struct lc_spec_file){0};
    files[1] = (struct lc_spec_file){.name = "deals", .key = "lead", .join = "id"};
    spec.file = files;
    spec.n_files = 2;
    return 0;
}

static int end(void **state)
{
    (void)state;
    (void)unlink(path[0]);
    (void)unlink(path[1]);
    lc_arena_release(&arena);
    return 0;
}

static enum lc_rc load(struct lc_parallel *pool)
{
    const char *const paths[] = {path[0], path[1]};

    return lc_load(paths, 2, &spec, &options, pool, &arena, &table, &account, &err);
}

static enum lc_rc load_two(const char *leads, const char *deals)
{
    assert_true(scratch_file(path[0], leads));
    assert_true(scratch_file(path[1], deals));
    return load(NULL);
}

static const struct lc_table_column *column(const char *name)
{
    size_t at = 0;

    assert_int_equal(lc_table_find(&table, name, &at, &err), LC_OK);
    return &table.column[at];
}

static void assert_cells(const char *name, const char *const *want, size_t n)
{
    assert_int_equal(table.n, n);
    for (size_t i = 0; i < n; i++) {
        const char *cell = lc_table_cell(column(name), i);

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

static const char leads[] = "id,in,mql\n"
                            "7,2025-01-05,2025-02-01\n"
                            "8,2025-01-05,\n"
                            "9,2025-03-09,2025-03-10\n"
                            "6,2025-04-01,2025-04-02\n";
static const char deals[] = "deal,began,lead,stage\n"
                            "d1,2025-01-31 18:00,7,Before\n"
                            "d2,2025-02-01 09:30,7,Same day\n"
                            "d3,2025-02-01 08:15,7,Same day but sooner\n"
                            "d4,2025-01-01 08:15,8,Lost\n"
                            "d5,2025-01-20 08:15,8,Won\n"
                            "d6,2025-03-09 23:59,9,Early\n"
                            "d7,2025-03-10 00:01,99,Nobody's\n";

static void a_lead_takes_the_first_deal_since_its_hand_over(void **state)
{
    static const char *const want[] = {"Same day but sooner", "Lost", "-", "-"};

    (void)state;
    files[1].created = "began";
    spec.date.entered = "in";
    spec.date.handed_over = "mql";
    spec.decision_after_days = 30; /* of entering, where no hand-over is named */
    assert_int_equal(load_two(leads, deals), LC_OK);
    assert_cells("deals.stage", want, 4);
    assert_memory_equal(table.file[1].has_row, "\1\1\0\0", 4);
    assert_int_equal(table.file[1].row[0], 2);
    assert_int_equal(table.file[1].row[3], LC_NO_ROW);
    assert_int_equal(table.file[1].matched, 2);
    assert_int_equal(table.file[1].orphans, 1);
    assert_int_equal(table.file[1].fate[5], LC_FATE_EARLY);
    assert_true(noted(": 2 rows began before any of their leads was decided"));
    assert_true(noted(": 2 rows are not the first of any lead"));
}

static void the_decision_may_be_days_after_entering(void **state)
{
    static const char *const at_once[] = {"Before", "Won", "Early", "-"};
    static const char *const after_15[] = {"Before", "Won", "-", "-"};
    static const char *const after_16[] = {"Before", "-", "-", "-"};

    (void)state;
    files[1].created = "began";
    spec.date.entered = "in";
    assert_int_equal(load_two(leads, deals), LC_OK);
    assert_cells("deals.stage", at_once, 4);
    spec.decision_after_days = 15;
    assert_int_equal(load(NULL), LC_OK);
    assert_cells("deals.stage", after_15, 4);
    spec.decision_after_days = 16;
    assert_int_equal(load(NULL), LC_OK);
    assert_cells("deals.stage", after_16, 4);
}

static void without_dates_of_the_leads_the_first_deal_counts(void **state)
{
    static const char *const want[] = {"Before", "Lost", "Early", "-"};

    (void)state;
    files[1].created = "began";
    assert_int_equal(load_two(leads, deals), LC_OK);
    assert_cells("deals.stage", want, 4);
    spec.date.entered = "deals.began"; /* of the second file: not known before the join */
    assert_int_equal(load(NULL), LC_OK);
    assert_cells("deals.stage", want, 4);
}

static void the_day_must_be_there_and_must_be_a_day(void **state)
{
    (void)state;
    files[1].created = "begun";
    assert_int_equal(load_two(leads, deals), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "there is no column 'begun'; did you mean 'began'"));
    files[1].created = "stage";
    assert_int_equal(load(NULL), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "deals.stage: no date"));
}

static void lists_give_a_deal_to_each_of_its_leads(void **state)
{
    static const char *const want[] = {"Won", "Won", "Lost", "-"};

    (void)state;
    files[1].list = true;
    assert_int_equal(load_two("id,x\n123,a\n456,b\n789,c\n12,d\n",
                              "lead,stage\n456;123,Won\n 789 ;,Lost\n;,None\n99;98,Other\n"),
                     LC_OK);
    assert_cells("deals.stage", want, 4);
    assert_memory_equal(table.file[1].primary, "\0\1\1\0", 4);
    assert_int_equal(table.file[1].orphans, 2);
    files[1].list = false; /* "456;123" is then a key like any other */
    assert_int_equal(load(NULL), LC_OK);
    assert_null(table.file[1].primary);
    assert_int_equal(table.file[1].matched, 0);
    assert_int_equal(table.file[1].orphans, 4);
}

/* As in Salesforce: leads name the opportunity that they became. */
static void several_leads_may_name_one_opportunity(void **state)
{
    static const char *const want[] = {"Won", "-", "Won", "Lost"};

    (void)state;
    files[0].key = "Id";
    files[1] = (struct lc_spec_file){.name = "opps", .key = "Id", .join = "ConvertedId"};
    assert_int_equal(
        load_two("Id,ConvertedId\nL3,O1\nL2,\nL1,O1\nL4,O2\n", "Id,Stage\nO2,Lost\nO1,Won\n"),
        LC_OK);
    assert_cells("opps.Stage", want, 4);
    /* What tells the leads apart is their own key, in the order of its texts. */
    assert_int_equal(table.file[1].lead.n_levels, 4);
    assert_int_equal(lc_code_at(&table.file[1].lead, 0), 2);
    assert_int_equal(lc_code_at(&table.file[1].lead, 2), 0);
    /* The file's own rows keep what no lead has. */
    assert_int_equal(table.file[1].n_own, 2);
    assert_string_equal(lc_table_cell(&table.file[1].own[1], 0), "Lost");
}

static void the_key_of_the_leads_is_what_files_are_joined_by(void **state)
{
    static const char *const want[] = {"Won", "-"};

    (void)state;
    files[0].key = "id";
    files[1] = (struct lc_spec_file){.name = "deals", .key = "lead"};
    assert_int_equal(load_two("id,lead\n7,x\n8,y\n", "lead,stage\n7,Won\n"), LC_OK);
    assert_cells("deals.stage", want, 2);
}

/* What parts two deals of one moment is looked at even where nobody asked for it. */
static void reading_few_columns_joins_the_same_rows(void **state)
{
    static const char *const only[] = {"deals.stage"};
    static const char *const want[] = {"B", "Z"};

    (void)state;
    files[1].created = "began";
    assert_int_equal(load_two("id,x\n7,a\n8,b\n",
                              "size,began,lead,stage\n9,2025-01-01,7,A\n5,2025-01-01,7,B\n"
                              "5,2025-01-01,8,Z\n6,2025-01-01,8,Y\n"),
                     LC_OK);
    assert_cells("deals.stage", want, 2);
    options.only = only;
    options.n_only = 1;
    assert_int_equal(load(NULL), LC_OK);
    assert_cells("deals.stage", want, 2);
}

/* 900 deals of up to three of 500 leads each, with many ties. */
static char *made_up(bool of_leads)
{
    struct lc_random r = {of_leads ? 11U : 12U};
    char *text = malloc(900 * 80), *at = text;

    assert_non_null(text);
    at += sprintf(at, of_leads ? "id,in\n" : "began,lead,stage\n"); /* NOLINT: sized above */
    for (int i = 0; of_leads && i < 500; i++)
        at +=
            sprintf(at, "%d,2025-01-%02d\n", i, 1 + (int)lc_random_below(&r, 28)); /* NOLINT */
    for (int i = 0; !of_leads && i < 900; i++)
        at += sprintf(at, "2025-01-%02d,%d;%d;%d,%s\n", /* NOLINT */
                      1 + (int)lc_random_below(&r, 28), (int)lc_random_below(&r, 600),
                      (int)lc_random_below(&r, 600), (int)lc_random_below(&r, 600),
                      lc_random_below(&r, 3) ? "Lost" : "Won");
    return text;
}

static void threads_and_chunks_do_not_change_the_join(void **state)
{
    static const size_t threads[] = {1, 2, 7}, chunk[] = {0, 37, 1000};
    char *text[] = {made_up(true), made_up(false)};
    struct lc_table first;

    (void)state;
    files[1].created = "began";
    files[1].list = true;
    spec.date.entered = "in";
    assert_int_equal(load_two(text[0], text[1]), LC_OK);
    first = table;
    assert_true(first.file[1].matched > 300 && first.file[1].matched < 500);
    for (size_t t = 0; t < 3; t++) {
        struct lc_parallel *pool = lc_parallel_new(threads[t]);

        for (size_t c = 0; c < 3; c++) {
            options.chunk_bytes = chunk[c];
            assert_int_equal(load(pool), LC_OK);
            assert_memory_equal(table.file[1].row, first.file[1].row, 500 * sizeof(uint32_t));
            assert_memory_equal(table.file[1].primary, first.file[1].primary, 500);
            assert_memory_equal(table.file[1].fate, first.file[1].fate, 900);
        }
        lc_parallel_free(pool);
    }
    free(text[0]);
    free(text[1]);
}

static void every_allocation_may_be_refused(void **state)
{
    size_t refused = 0;

    (void)state;
    files[0].key = "id";
    files[1].created = "began";
    files[1].list = true;
    spec.date.entered = "in";
    assert_int_equal(load_two(leads, deals), LC_OK);
    for (size_t limit = 0;; limit += limit < 4096 ? 16 : 256) {
        enum lc_rc rc;

        lc_arena_release(&arena);
        lc_arena_init(&arena, limit);
        rc = load(NULL);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 50);
}

static void ids_that_a_spreadsheet_rounded_join_nothing(void **state)
{
    (void)state;
    assert_int_equal(load_two("id,x\n1.23E+17,a\n1.23E+17,b\n9,c\n", "lead,stage\n9,Won\n"),
                     LC_EFORMAT);
    assert_non_null(strstr(err.text, "'id' stand in scientific notation in 2 rows (1.23E+17)"));
    assert_int_equal(load_two("id,x\n8,a\n9,b\n", "lead,stage\n\"4,56E+18\",Won\n"),
                     LC_EFORMAT);
    assert_non_null(
        strstr(err.text, "'lead' stand in scientific notation in 1 row (4,56E+18)"));
    /* Any other column may hold what it likes. */
    assert_int_equal(load_two("id,x\n8,1.23E+17\n9,b\n", "lead,stage\n9,Won\n"), LC_OK);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_lead_takes_the_first_deal_since_its_hand_over),
        T(the_decision_may_be_days_after_entering),
        T(without_dates_of_the_leads_the_first_deal_counts),
        T(the_day_must_be_there_and_must_be_a_day),
        T(lists_give_a_deal_to_each_of_its_leads),
        T(several_leads_may_name_one_opportunity),
        T(the_key_of_the_leads_is_what_files_are_joined_by),
        T(reading_few_columns_joins_the_same_rows),
        T(threads_and_chunks_do_not_change_the_join),
        T(ids_that_a_spreadsheet_rounded_join_nothing),
        T(every_allocation_may_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
