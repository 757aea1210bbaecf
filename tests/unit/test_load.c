#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"
#include "leadcal/random.h"
#include "scratch.h"

/* One load and what came of it. */
struct fixture {
    struct lc_arena arena;
    struct lc_spec spec;
    struct lc_load_options options;
    struct lc_table table;
    struct lc_load_account account;
    struct lc_err err;
    char path[2][SCRATCH_PATH];
    size_t n_paths;
};

static struct fixture f;

static int begin(void **state)
{
    (void)state;
    memset(&f, 0, sizeof f);
    lc_arena_init(&f.arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&f.spec);
    f.options.quiet = true;
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < f.n_paths; i++)
        (void)unlink(f.path[i]);
    lc_arena_release(&f.arena);
    return 0;
}

static enum lc_rc load_paths(size_t n, struct lc_parallel *pool)
{
    const char *const path[] = {f.path[0], f.path[1]};

    return lc_load(path, n, &f.spec, &f.options, pool, &f.arena, &f.table, &f.account, &f.err);
}

static enum lc_rc load_bytes(const void *bytes, size_t n)
{
    if (f.n_paths == 0)
        f.n_paths = 1;
    else
        (void)unlink(f.path[0]);
    assert_true(scratch_bytes(f.path[0], bytes, n));
    return load_paths(1, NULL);
}

static enum lc_rc load_text(const char *text)
{
    return load_bytes(text, strlen(text));
}

static enum lc_rc load_two(const char *leads, const char *deals)
{
    f.n_paths = 2;
    assert_true(scratch_file(f.path[0], leads));
    assert_true(scratch_file(f.path[1], deals));
    return load_paths(2, NULL);
}

static const struct lc_table_column *column(const char *name)
{
    struct lc_err err;
    size_t at;

    if (lc_table_find(&f.table, name, &at, &err))
        fail_msg("%s", err.text);
    return &f.table.column[at];
}

static void assert_cells(const char *name, const char *const *want, size_t n)
{
    const struct lc_table_column *c = column(name);

    assert_int_equal(f.table.n, n);
    for (size_t i = 0; i < n; i++) {
        const char *cell = lc_table_cell(c, i);

        if (!want[i])
            assert_null(cell);
        else if (!cell || strcmp(cell, want[i]) != 0)
            fail_msg("%s, row %zu: '%s' is not '%s'", name, i, cell ? cell : "(missing)",
                     want[i]);
    }
}

/* The error's text behind the path, which differs from run to run. */
static void assert_says(enum lc_rc got, enum lc_rc want, size_t file, const char *text)
{
    const char *at = strstr(f.err.text, f.path[file]);

    assert_int_equal(got, want);
    if (!at || strcmp(at + strlen(f.path[file]), text) != 0)
        fail_msg("the error is '%s'", f.err.text);
}

static bool noted(const char *text)
{
    for (size_t i = 0; i < f.account.n_notes; i++)
        if (strstr(f.account.note[i], text))
            return true;
    return false;
}

static void columns_get_their_kinds_and_levels_in_canonical_order(void **state)
{
    static const char *const industry[] = {"Retail", "IT", NULL, "IT", NULL};
    static const char *const pages[] = {"10", "9", "9.0", NULL, "-3"};
    static const char *const when[] = {"03/11/2025", "14/01/2025", NULL, "02/12/2024",
                                       "03/11/2025"};

    (void)state;
    assert_int_equal(load_text("industry,pages,when,none\nRetail,10,03/11/2025,\n"
                               "\" IT\xc2\xa0\",9,14/01/2025,\n,9.0,,\n IT ,,02/12/2024, \n"
                               "(missing),-3,03/11/2025,\n"),
                     LC_OK);
    assert_int_equal(f.table.k, 4);
    assert_cells("industry", industry, 5);
    assert_cells("pages", pages, 5);
    assert_cells("when", when, 5);
    assert_int_equal(column("industry")->kind, LC_KIND_TEXT);
    assert_string_equal(column("industry")->codes.level[0], "IT");
    assert_int_equal(column("industry")->count[0], 2);
    assert_int_equal(column("industry")->codes.missing, 2);
    assert_int_equal(column("industry")->n_filled, 3);
    assert_int_equal(column("pages")->kind, LC_KIND_NUMBER);
    assert_string_equal(column("pages")->codes.level[0], "-3");
    assert_string_equal(column("pages")->codes.level[1], "9");
    assert_string_equal(column("pages")->codes.level[2], "9.0");
    assert_close(column("pages")->number[3], 10, 0);
    assert_true(isnan(column("pages")->number[4]));
    assert_int_equal(column("when")->kind, LC_KIND_DATE);
    assert_int_equal(column("when")->order, LC_DATE_DMY);
    assert_false(column("when")->ambiguous);
    assert_int_equal(column("when")->day[0], lc_day_of(2024, 12, 2));
    assert_int_equal(column("when")->day[2], lc_day_of(2025, 11, 3));
    assert_int_equal(column("when")->day[3], LC_NO_DAY);
    assert_int_equal(column("none")->kind, LC_KIND_EMPTY);
    assert_int_equal(column("none")->n_filled, 0);
    assert_int_equal(f.table.file[0].rows_used, 5);
    assert_string_equal(f.table.file[0].sha256, "");
}

static void texts_that_mean_missing_are_missing_but_numbers_stay_exact(void **state)
{
    static const char *const missing[] = {"unknown", " n/a "};
    static const char *const want[] = {"1,234", NULL, "12", NULL, "Unknown"};

    (void)state;
    f.spec.missing = (struct lc_texts){missing, 2};
    assert_int_equal(load_text("x,y\n\"1,234\",1\nunknown,2\n12,3\nn/a,4\nUnknown,5\n"), LC_OK);
    assert_cells("x", want, 5);
    assert_int_equal(column("x")->kind, LC_KIND_TEXT);
}

static void every_row_is_counted_once(void **state)
{
    const char *text = "a,b\n1,2\n\n3,4\n5\n6,7\r\n\r\n8,9,10\n , \n11,12";

    (void)state;
    f.options.max_bad = 2;
    assert_int_equal(load_text(text), LC_OK);
    assert_int_equal(f.table.file[0].rows_used, 5);
    assert_int_equal(f.table.file[0].rows_skipped, 2);
    assert_int_equal(f.table.file[0].rows_rejected, 2);
    assert_int_equal(f.table.file[0].rows_seen, 9);
    assert_int_equal(f.account.n_complaints, 4);
    assert_string_equal(f.account.complaint[0].kind, "blank-row");
    assert_int_equal(f.account.complaint[0].line, 3);
    assert_string_equal(f.account.complaint[1].kind, "missing-cell");
    assert_int_equal(f.account.complaint[1].line, 5);
    assert_int_equal(f.account.complaint[1].fields, 1);
    assert_int_equal(f.account.complaint[2].line, 7);
    assert_string_equal(f.account.complaint[3].kind, "extra-cell");
    assert_int_equal(f.account.complaint[3].line, 8);
    f.options.max_bad = 1;
    assert_says(load_paths(1, NULL), LC_EFORMAT, 0,
                ":5: 1 cell where the header has 2; mend the row, or leave such rows out with "
                "--max-bad 2 (2 rows are rejected, the first on line 5)");
    assert_int_equal(f.table.k, 0);
    assert_int_equal(f.table.file[0].rows_rejected, 2);
    assert_int_equal(f.account.n_complaints, 4);
}

static void a_rejected_row_leaves_no_level_behind(void **state)
{
    (void)state;
    f.options.max_bad = 9;
    assert_int_equal(load_text("a,b\nx,1\ny\nz,2,3\nx,4\n"), LC_OK);
    assert_int_equal(column("a")->codes.n_levels, 1);
    assert_int_equal(column("b")->codes.n_levels, 2);
    assert_int_equal(column("a")->count[0], 2);
}

static void names_are_made_for_columns_without_their_own(void **state)
{
    const char *const by[] = {"x"};

    (void)state;
    assert_int_equal(load_text("\xef\xbb\xbf\" x \",,x,x_2,x\n1,2,3,4,5\n"), LC_OK);
    assert_string_equal(f.table.column[0].codes.name, "x");
    assert_string_equal(f.table.column[1].codes.name, "column_2");
    assert_string_equal(f.table.column[2].codes.name, "x_2");
    assert_string_equal(f.table.column[3].codes.name, "x_2_2");
    assert_string_equal(f.table.column[4].codes.name, "x_3");
    assert_true(noted("column 2 has no name; it is called column_2"));
    assert_true(noted("column 3 is called 'x' like one before it; here it is 'x_2'"));
    f.options.only = by;
    f.options.n_only = 1;
    assert_says(load_paths(1, NULL), LC_EFORMAT, 0,
                ":1: two columns are called 'x' (number 1 and 3); rename one of them");
}

static void columns_that_nobody_asked_for_are_read_past(void **state)
{
    const char *const by[] = {"b"};

    (void)state;
    f.spec.outcome.column = "won";
    f.options.only = by;
    f.options.n_only = 1;
    assert_int_equal(load_text("a,b,won\n1,x,no\n2,y,yes\n"), LC_OK);
    assert_int_equal(f.table.k, 2);
    assert_string_equal(f.table.column[0].codes.name, "b");
    assert_string_equal(f.table.column[1].codes.name, "won");
    assert_int_equal(f.table.column[1].at, 2);
}

static void a_name_that_is_not_there_gets_the_nearest(void **state)
{
    const char *const by[] = {"indsutry"};

    (void)state;
    f.options.keep = by;
    f.options.n_keep = 1;
    assert_says(load_text("industry,won\nIT,1\n"), LC_EMISMATCH, 0,
                ": there is no column 'indsutry'; did you mean 'industry'?");
    f.options.n_keep = 0;
    f.spec.outcome.column = "Converted";
    assert_says(load_text("industry,won\nIT,1\n"), LC_EMISMATCH, 0,
                ": there is no column 'Converted'; its columns are industry, won");
}

static void bad_bytes_are_refused_with_place_and_advice(void **state)
{
    (void)state;
    assert_says(load_text(""), LC_EFORMAT, 0, ": is empty; is it the right file?");
    assert_says(load_text("a,b\n"), LC_EFORMAT, 0,
                ": has a header and no rows; is it the right file?");
    assert_says(load_text("a,b\n1,x\n2,\"y\n3,z\n"), LC_EFORMAT, 0,
                ":3: cell 2 has a quote that is out of order or never closed; mend the "
                "row, or leave such rows out with --max-bad 1 (1 row is rejected, the first on "
                "line 3)");
    assert_says(load_text("a,b\n1,\"x\n2,\"y\"\n3,z\n"), LC_EFORMAT, 0,
                ":2: cell 2 has a quote that is out of order or never closed; mend the "
                "row, or leave such rows out with --max-bad 1 (1 row is rejected, the first on "
                "line 2)");
    assert_int_equal(load_bytes("PK\3\4aaaaaaaaaaaaaa", 18), LC_EFORMAT);
    assert_non_null(strstr(f.err.text, "save it as CSV"));
    (void)unlink(f.path[0]);
    assert_says(load_paths(1, NULL), LC_EIO, 0,
                ": cannot be opened: No such file or directory");
}

static void dates_of_the_spec_must_be_dates(void **state)
{
    (void)state;
    f.spec.date.entered = "when";
    assert_says(
        load_text("id,when\n1,2025-03-01\n\n2,soon\n3,\n4,later\n"), LC_EMISMATCH, 0,
        ":4: when: no date (2 cells are like this); mend them, or list such texts under "
        "\"missing\" in the spec");
    assert_says(load_text("id,when\n1,03/04/2025\n2,05/06/2025\n"), LC_EMISMATCH, 0,
                ": when: 2 dates read both day first and month first, and none has a day above "
                "12 to tell (0 cannot be mistaken); say which with --date-order dmy or "
                "--date-order mdy, or \"date_order\" in the spec");
    assert_says(load_text("id,when\n1,03/04/2025\n2,05/05/2025\n"), LC_EMISMATCH, 0,
                ": when: 1 date reads both day first and month first, and none has a day above "
                "12 to tell (1 cannot be mistaken); say which with --date-order dmy or "
                "--date-order mdy, or \"date_order\" in the spec");
    assert_says(
        load_text("id,when\n1,23/04/2025\n2,05/06/2025\n3,05/26/2025\n4,14/06/2025\n"),
        LC_EMISMATCH, 0,
        ":4: when: 2 dates can only have the day first, 1 only the month, and 1 read both "
        "ways; this line is the first of the fewer: write all of them in one order, best "
        "year first");
    f.spec.date_order = LC_DATE_MDY;
    assert_int_equal(load_text("id,when\n1,03/04/2025\n2,05/06/2025\n"), LC_OK);
    assert_int_equal(column("when")->day[0], lc_day_of(2025, 3, 4));
    assert_says(load_text("id,when\n1,03/04/2025\n2,25/06/2025\n"), LC_EMISMATCH, 0,
                ":3: when: no date with the month first (1 cell is like this); mend them, or "
                "list such texts under \"missing\" in the spec");
    f.spec.date_order = LC_DATE_ANY;
    assert_int_equal(load_text("id,when\n1,20250304\n2,20241231\n"), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_DATE);
    assert_string_equal(lc_table_cell(column("when"), 0), "20250304");
    f.spec.date.entered = NULL;
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_NUMBER);
}

/* 43423 is 2018-11-19 in Excel, and date -u -d @1542640245 is 2018-11-19 15:10:45. */
static void years_of_two_digits_are_voted_on_by_their_span(void **state)
{
    (void)state;
    assert_int_equal(load_text("id,us\n1,3/14/24\n2,1/2/23\n"), LC_OK);
    assert_int_equal(column("us")->order, LC_DATE_MDY);
    assert_string_equal(lc_table_type_text(column("us")), "date (mdy; two-digit years)");
    /* With the year first these are days from 2005 to 2031. */
    assert_int_equal(load_text("id,de\n1,05.03.24\n2,31.12.23\n3,14.07.22\n"), LC_OK);
    assert_int_equal(column("de")->order, LC_DATE_DMY);
    assert_int_equal(column("de")->day[2], lc_day_of(2024, 3, 5));
    /* With the year last these are days from 2001 to 2030. */
    assert_int_equal(load_text("id,jp\n1,24/03/01\n2,23/11/30\n3,22/07/14\n"), LC_OK);
    assert_int_equal(column("jp")->order, LC_DATE_YYMD);
    assert_int_equal(column("jp")->day[0], lc_day_of(2022, 7, 14));
    assert_int_equal(load_text("id,ora\n1,14-NOV-18\n2,01-DEC-17\n"), LC_OK);
    assert_false(column("ora")->ambiguous);
    assert_int_equal(column("ora")->day[1], lc_day_of(2018, 11, 14));
}

static void years_of_two_digits_that_nothing_tells_are_refused(void **state)
{
    (void)state;
    assert_int_equal(load_text("id,when\n1,03/04/24\n2,05/06/24\n"), LC_OK);
    assert_true(column("when")->ambiguous);
    assert_string_equal(lc_table_type_text(column("when")), "date, order unsure");
    f.spec.date.entered = "when";
    assert_int_equal(load_text("id,when\n1,03/04/24\n2,05/06/24\n"), LC_EMISMATCH);
    assert_non_null(strstr(f.err.text,
                           "when: 2 dates with a year of two digits read in more than "
                           "one order"));
    assert_non_null(strstr(f.err.text, "--date-order dmy, mdy or ymd"));
    f.spec.date_order = LC_DATE_YMD;
    assert_int_equal(load_text("id,when\n1,03/04/24\n2,05/06/24\n"), LC_OK);
    assert_int_equal(column("when")->day[1], lc_day_of(2005, 6, 24));
    f.spec.date_order = LC_DATE_DMY;
    assert_int_equal(load_text("id,when\n1,03/04/24\n2,05/06/24\n"), LC_OK);
    assert_int_equal(column("when")->day[0], lc_day_of(2024, 4, 3));
    assert_string_equal(
        f.account.note[0],
        "column 'when' has years of two digits, read as 1969 to 2068: 03/04/24 is "
        "2024-04-03; --date-order decides where that is wrong");
    f.spec.date_order = LC_DATE_ANY;
}

static void numbers_where_a_date_is_named_are_counts_of_days(void **state)
{
    (void)state;
    f.spec.date.entered = "when";
    assert_int_equal(load_text("id,when\n1,43423\n2,43424.5\n3,\n"), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_DATE);
    assert_int_equal(column("when")->order, LC_DATE_EXCEL);
    assert_int_equal(column("when")->day[1], lc_day_of(2018, 11, 20));
    assert_string_equal(f.account.note[0],
                        "column 'when' holds numbers, read as Excel's count of days: 43423 is "
                        "2018-11-19; name another column if these are no dates");
    assert_int_equal(load_text("id,when\n1,1542640245123\n2,1540000000000\n"), LC_OK);
    assert_int_equal(column("when")->order, LC_DATE_UNIX);
    assert_int_equal(column("when")->day[1], lc_day_of(2018, 11, 19));
    assert_says(
        load_text("id,when\n1,1542640245123\n2,43423\n"), LC_EMISMATCH, 0,
        ":2: when: no date (2 cells are like this); mend them, or list such texts under "
        "\"missing\" in the spec");
    f.spec.date.entered = NULL;
    assert_int_equal(load_text("id,when\n1,43423\n2,43424\n"), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_NUMBER);
}

static void an_ambiguous_date_that_nobody_named_is_only_marked(void **state)
{
    (void)state;
    assert_int_equal(load_text("id,when\n1,03/04/2025\n2,05/06/2025\n"), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_DATE);
    assert_true(column("when")->ambiguous);
    assert_int_equal(load_text("id,when\n1,03/03/2025\n2,2025-06-05\n"), LC_OK);
    assert_false(column("when")->ambiguous);
    assert_int_equal(load_text("id,when\n1,13/03/2025\n2,03/13/2025\n"), LC_OK);
    assert_int_equal(column("when")->kind, LC_KIND_TEXT);
}

/* 3,000 rows with what trips readers: quotes, lines in cells, empty rows, ragged rows, numbers,
 * dates, keys, accents, and more than 256 levels. */
static char *make_export(size_t *n, bool stray)
{
    static const char *const odd[] = {"\"Dubois, Élodie\"", "\"said \"\"hi\"\"\"",
                                      "\"two\nlines\"",     "",
                                      " padded ",           "\"tab\there\""};
    char *text = malloc(3000 * 200), *at = text;
    struct lc_random r = {20250704};

    assert_non_null(text);
    at += sprintf(at, "id,owner,pages,when,city,won,note\r\n"); /* NOLINT: sized above */
    for (int i = 0; i < 3000; i++) {
        if (lc_random_below(&r, 50) == 0)
            at += sprintf(at, "\r\n"); /* NOLINT */
        if (lc_random_below(&r, 60) == 0) {
            at += sprintf(at, "L%d,gone%d,1\n", i, i); /* NOLINT */
            continue;
        }
        at += sprintf(at, "L%d,%s,%d,%d-%02d-%02d,city %d%s,%s,\"note, %d\"%s", i, /* NOLINT */
                      odd[lc_random_below(&r, 6)], (int)lc_random_below(&r, 2000),
                      2020 + (int)lc_random_below(&r, 5), 1 + (int)lc_random_below(&r, 12),
                      1 + (int)lc_random_below(&r, 28), (int)lc_random_below(&r, 400),
                      stray && lc_random_below(&r, 200) == 0 ? " 5\"" : "",
                      lc_random_below(&r, 7) ? "no" : "yes", i,
                      lc_random_below(&r, 3) ? "\n" : "\r\n");
    }
    *n = (size_t)(at - text);
    return text;
}

static void assert_same_column(const struct lc_table_column *a, const struct lc_table_column *b,
                               size_t n)
{
    assert_string_equal(a->codes.name, b->codes.name);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->codes.width, b->codes.width);
    assert_int_equal(a->codes.n_levels, b->codes.n_levels);
    assert_int_equal(a->codes.missing, b->codes.missing);
    assert_int_equal(a->n_filled, b->n_filled);
    assert_string_equal(a->example ? a->example : "", b->example ? b->example : "");
    if (a->kind == LC_KIND_MANY)
        return;
    assert_memory_equal(a->codes.code, b->codes.code, n * a->codes.width);
    assert_memory_equal(a->count, b->count, a->codes.n_levels * sizeof *a->count);
    for (uint32_t i = 0; i < a->codes.n_levels; i++)
        assert_string_equal(a->codes.level[i], b->codes.level[i]);
    if (a->day)
        assert_memory_equal(a->day, b->day, a->codes.n_levels * sizeof *a->day);
    for (uint32_t i = 0; a->number && i + 1 < a->codes.n_levels; i++)
        assert_true(a->number[i] == b->number[i] || isnan(a->number[i]));
}

static void a_kept_column_may_be_absent_where_the_caller_looks(void **state)
{
    static const char text[] = "id,city\n1,Bonn\n2,Kiel\n";
    const char *const keep[] = {"town", "id"};

    (void)state;
    f.options.keep = keep;
    f.options.n_keep = 2;
    assert_int_equal(load_bytes(text, sizeof text - 1), LC_EMISMATCH);
    f.options.keep_if_there = true;
    assert_int_equal(load_bytes(text, sizeof text - 1), LC_OK);
    assert_int_equal(f.table.k, 2);
}

static void compare_all_ways_to_cut(bool stray)
{
    static const size_t threads[] = {1, 2, 7}, chunk[] = {0, 37, 1000, 4096, 65536};
    const char *const keep[] = {"id"};
    struct lc_load_account account;
    struct lc_table first;
    size_t n;
    char *text = make_export(&n, stray);

    f.options.max_bad = SIZE_MAX;
    f.options.keep = keep;
    f.options.n_keep = 1;
    assert_int_equal(load_bytes(text, n), LC_OK);
    free(text);
    first = f.table;
    account = f.account;
    assert_true(first.n > 2900 && first.file[0].rows_rejected > 20);
    assert_int_equal(column("id")->codes.width, 2);
    assert_int_equal(column("city")->kind, LC_KIND_TEXT);
    assert_int_equal(column("note")->kind, LC_KIND_MANY);
    assert_string_equal(column("note")->example, "note, 0");
    for (size_t t = 0; t < 3; t++) {
        struct lc_parallel *pool = lc_parallel_new(threads[t]);

        for (size_t c = 0; c < 5; c++) {
            f.options.chunk_bytes = chunk[c];
            assert_int_equal(load_paths(1, pool), LC_OK);
            assert_int_equal(f.table.n, first.n);
            assert_int_equal(f.table.k, first.k);
            assert_int_equal(f.table.file[0].rows_skipped, first.file[0].rows_skipped);
            for (size_t j = 0; j < first.k; j++)
                assert_same_column(&f.table.column[j], &first.column[j], first.n);
            assert_int_equal(f.account.n_complaints, account.n_complaints);
            for (size_t i = 0; i < account.n_complaints; i++)
                assert_int_equal(f.account.complaint[i].line, account.complaint[i].line);
        }
        lc_parallel_free(pool);
    }
}

static void threads_and_chunks_do_not_change_the_table(void **state)
{
    (void)state;
    compare_all_ways_to_cut(false);
}

static void stray_quotes_do_not_change_where_rows_end(void **state)
{
    (void)state;
    compare_all_ways_to_cut(true);
}

static void keys_names_and_notes_are_left_out_unless_kept(void **state)
{
    const char *const keep[] = {"id"};
    char text[4096], *at = text;

    (void)state;
    at += sprintf(at, "id,few,x\n"); /* NOLINT: sized above */
    for (int i = 0; i < 30; i++)
        at += sprintf(at, "lead %d,%c,%d.5\n", i, 'a' + i % 15, i); /* NOLINT */
    assert_int_equal(load_text(text), LC_OK);
    assert_int_equal(column("id")->kind, LC_KIND_MANY);
    assert_string_equal(column("id")->example, "lead 0");
    assert_int_equal(column("id")->n_filled, 30);
    assert_int_equal(column("few")->kind, LC_KIND_TEXT);
    assert_int_equal(column("x")->kind, LC_KIND_NUMBER);
    f.options.keep = keep;
    f.options.n_keep = 1;
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_int_equal(column("id")->codes.n_levels, 30);
}

static void two_files_are_joined_by_their_key(void **state)
{
    static const char *const stage[] = {"Won", NULL, "Lost"};
    const struct lc_spec_file files[] = {{.name = "leads"},
                                         {.name = "deals", .key = "lead", .join = "id"}};

    (void)state;
    f.spec.file = files;
    f.spec.n_files = 2;
    f.spec.outcome.won_if_in = "deals";
    f.spec.date.closed = "deals.closed";
    assert_int_equal(load_two("id,industry\n7,IT\n8,Retail\n9,IT\n",
                              "closed,lead,stage\n2025-01-02,9,Lost\n2025-02-03,7,Won\n"
                              "2025-02-04,77,Won\n"),
                     LC_OK);
    assert_int_equal(f.table.n, 3);
    assert_int_equal(f.table.k, 5);
    assert_cells("deals.stage", stage, 3);
    assert_int_equal(column("deals.stage")->file, 1);
    assert_int_equal(f.table.file[1].matched, 2);
    assert_int_equal(f.table.file[1].orphans, 1);
    assert_null(f.table.file[0].has_row);
    assert_memory_equal(f.table.file[1].has_row, "\1\0\1", 3);
    assert_int_equal(column("deals.closed")->day[0], lc_day_of(2025, 1, 2));
}

static void joins_that_do_not_fit_are_refused(void **state)
{
    struct lc_spec_file files[] = {{.name = NULL}, {.name = "deals", .key = "id"}};

    (void)state;
    f.spec.file = files;
    f.spec.n_files = 2;
    assert_says(
        load_two("id,x\n7,IT\n", "id,stage\n5,Won\n7,Won\n\n7,Lost\n"), LC_EMISMATCH, 1,
        ":5: id: this key stands on an earlier line too, and a lead has it; leave one "
        "row for each key, or say in the spec when each began (\"created\") or that each "
        "is an event (\"events\"; docs/formats.md, Events in the spec)");
    files[1].key = "ids";
    assert_says(load_paths(2, NULL), LC_EMISMATCH, 1,
                ": there is no column 'ids'; did you mean 'id'?");
    files[1].key = "id";
    assert_int_equal(load_paths(1, NULL), LC_EMISMATCH);
    assert_non_null(strstr(f.err.text, "name the file of 'deals' too"));
    f.spec.outcome.won_if_in = "opportunities";
    assert_int_equal(load_paths(2, NULL), LC_EMISMATCH);
    assert_non_null(strstr(f.err.text, "opportunities"));
    f.spec.outcome.won_if_in = NULL;
    f.spec.n_files = 0;
    assert_says(load_paths(2, NULL), LC_EMISMATCH, 1,
                ": nothing says how it is joined to the leads; list it under \"files\" in the "
                "spec");
}

static void globs_say_which_file_is_which(void **state)
{
    const struct lc_spec_file files[] = {{.match = "nothing*"},
                                         {.name = "deals", .key = "id", .match = NULL}};
    struct lc_spec_file swapped[2];
    const char *base;

    (void)state;
    f.spec.file = files;
    f.spec.n_files = 2;
    assert_int_equal(load_two("id,stage\n7,Won\n", "id,x\n7,IT\n8,IT\n"), LC_OK);
    assert_int_equal(f.table.n, 1);
    base = strrchr(f.path[1], '/') + 1;
    swapped[0] = (struct lc_spec_file){.match = base};
    swapped[1] = files[1];
    f.spec.file = swapped;
    assert_int_equal(load_paths(2, NULL), LC_OK);
    assert_int_equal(f.table.n, 2);
    assert_string_equal(f.table.file[0].path, f.path[1]);
    assert_int_equal(f.table.file[1].matched, 1);
}

static void guesses_are_noted_with_what_changes_them(void **state)
{
    (void)state;
    assert_int_equal(load_text("sep=;\nname;city\nJos\xe9;K\xf6ln\n"), LC_OK);
    assert_true(noted("cells are separated by semicolon, as its first line says; --delimiter"));
    assert_true(noted("was read as Windows-1252 (2 characters beyond ASCII)"));
    assert_string_equal(lc_table_cell(column("name"), 0), "José");
    assert_int_equal(load_text("Report\n\nid,name,won\nx,y,z\nu,v,w\n"), LC_OK);
    assert_true(noted("the header was found on line 3"));
    assert_int_equal(f.table.n, 2);
}

static void numbers_with_a_decimal_comma_are_numbers_and_that_is_said(void **state)
{
    (void)state;
    assert_int_equal(load_text("a;b;c;d\n1.166,77;9,3;1,2,3;50 %\n-12,50 €;;x;7,5 %\n"), LC_OK);
    assert_true(
        noted("column 'a' is read as numbers with a decimal comma, as 2 cells show, in €"));
    assert_true(noted("column 'b' is read as numbers with a decimal comma, as 1 cell shows"));
    assert_false(noted("column 'c'"));
    assert_int_equal(column("c")->kind, LC_KIND_TEXT);
    assert_int_equal(column("a")->kind, LC_KIND_NUMBER);
    assert_close(column("a")->number[0], -12.5, 0);
    assert_close(column("a")->number[1], 1166.77, 0);
    assert_string_equal(lc_table_cell(column("a"), 0), "1.166,77"); /* as it is written */
    assert_close(column("b")->number[0], 9.3, 0);
    assert_true(isnan(column("b")->number[1]));
    assert_close(column("d")->number[0], 7.5, 0); /* per cent stay per cent */
}

static void amounts_in_two_currencies_are_texts_and_that_is_said(void **state)
{
    (void)state;
    assert_int_equal(load_text("a;b;c;d\n$5;5 %;1.5 €;1,5\n5 €;0.5;7 €;2.25\n"), LC_OK);
    assert_true(noted("column 'a' is read as texts: numbers in $ and € cannot be added up"));
    assert_true(noted("column 'b' is read as texts: numbers in % and no unit cannot be added"));
    assert_true(
        noted("column 'c' is read as numbers with a decimal point, as 1 cell shows, in €"));
    assert_true(
        noted("column 'd' is read as texts: 1 numbers can only have a decimal point, and 1 "
              "only a decimal comma"));
    for (size_t j = 0; j < 4; j++)
        assert_int_equal(f.table.column[j].kind, j == 2 ? LC_KIND_NUMBER : LC_KIND_TEXT);
}

/* 1,234 may be 1234 or 1.234: nobody guesses, and who needs the number is asked. */
static void a_number_that_reads_two_ways_is_asked_for(void **state)
{
    static const double cut[] = {2};
    const struct lc_spec_attribute given = {.column = "a", .cut = cut, .n_cuts = 1};

    (void)state;
    assert_int_equal(load_text("a;b\n1,234;1\n5,678;2\n"), LC_OK);
    assert_int_equal(column("a")->kind, LC_KIND_TEXT);
    f.spec.amount = "a";
    assert_says(
        load_paths(1, NULL), LC_EMISMATCH, 0,
        ": a: 2 numbers such as 1,234 read with thousands and with decimals, and no cell "
        "tells which; say it with --decimal point or --decimal comma, or \"decimal\" in the "
        "spec");
    f.spec.amount = NULL;
    f.spec.attribute = &given;
    f.spec.n_attributes = 1;
    assert_int_equal(load_paths(1, NULL), LC_EMISMATCH);
    f.spec.decimal = LC_DECIMAL_POINT;
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_close(column("a")->number[0], 1234, 0);
    assert_true(noted("column 'a' is read as numbers with a decimal point, as was said"));
    f.spec.decimal = LC_DECIMAL_COMMA;
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_close(column("a")->number[0], 1.234, 0);
    assert_int_equal(load_text("a;b\n1.234;1\n5.678;2\n"), LC_OK);
    assert_close(column("a")->number[0], 1234, 0); /* though it is a plain number */
    assert_int_equal(load_text("a;b\n1.234;1\n5.6;2.5\n"), LC_OK);
    assert_close(column("a")->number[0], 1.234, 0); /* what can only be a point is one */
}

/* "41.255" employees are not 41, and "4,512" is not 4.5: which it is, is asked. */
static void signs_between_thousands_are_said(void **state)
{
    (void)state;
    assert_int_equal(load_text("a;b;c;d\n41.255;4,512;$1,234,000;0.125\n1.291;512;5,000;1.250\n"
                               "2.500;1,024;;2.375\n12.000;9;;1.5\n3.141;7,000;;3.141\n"),
                     LC_OK);
    assert_int_equal(column("a")->kind, LC_KIND_NUMBER);
    assert_true(noted("column 'a' may have points between thousands"));
    assert_true(
        noted("column 'b' is read as texts: 3 numbers such as 1,234 read with thousands "
              "and with decimals, and no cell tells which; say it with --decimal point"));
    assert_true(
        noted("column 'c' is read as numbers with a decimal point, as 1 cell shows, in $") ||
        column("c")->kind == LC_KIND_TEXT);
    assert_false(noted("column 'd'"));
    assert_int_equal(load_text("a;b\n1,234;x1,234\n2,5;7\n"), LC_OK);
    assert_true(noted("column 'a' is read as numbers with a decimal comma, as 1 cell shows"));
    assert_false(noted("column 'b'"));
}

/* "Select" is what a pick list shows that nobody touched; -1 and NA are only suspects. */
static void marks_of_no_value_are_found_and_shown(void **state)
{
    static const char *const mine[] = {"999"}, *const kept[] = {"-"}, *const open[] = {"null"};
    char text[2000] = "id,a,b\n";
    size_t at = strlen(text);

    (void)state;
    assert_int_equal(
        load_text("id,city,spent,stage\n1,Select,5,null\n2,Oslo,-,won\n3,N/A,999,-\n"), LC_OK);
    assert_int_equal(column("spent")->kind, LC_KIND_NUMBER);
    assert_int_equal(column("spent")->n_filled, 2);
    assert_int_equal(column("city")->n_filled, 1);
    assert_true(
        noted("'Select' is read as no value: 1 cell of 1 column (city 1); --keep-values "
              "keeps it as a value, as \"keep_values\" in the spec does"));
    assert_true(noted("'-' is read as no value: 2 cells of 2 columns (spent 1, stage 1)"));
    assert_int_equal(f.table.missing.n, 4);
    f.spec.missing = (struct lc_texts){mine, 1};
    f.spec.keep_values = (struct lc_texts){kept, 1};
    f.spec.outcome.open = (struct lc_texts){open, 1}; /* named as a value of the outcome */
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_true(noted("'999' is read as no value, as was said: 1 cell of 1 column (spent 1)"));
    assert_int_equal(column("spent")->kind, LC_KIND_TEXT);
    assert_int_equal(column("stage")->n_filled, 3);
    assert_false(noted("'null' is read"));
    assert_int_equal(f.table.missing.n, 3);
    assert_string_equal(f.table.missing.text[0], "999");
    f.spec.missing.n = f.spec.keep_values.n = f.spec.outcome.open.n = 0;
    at = strlen(text); /* so many numbers that the texts among them keep the column out */
    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, i % 20 ? "%d,%d,1\n" : "%d,NA,2\n",
                               i, i);
    assert_int_equal(load_text(text), LC_OK);
    assert_int_equal(column("a")->kind, LC_KIND_MANY);
    assert_true(
        noted("column 'a' holds numbers but for 'NA', and as texts it has too many values to "
              "be kept; if that means no value, say --missing 'NA'"));
    at = strlen("id,a,b\n");
    f.options.chunk_bytes = 40; /* a chunk a row, or so: the counts are the same */
    for (int i = 0; i < 40; i++) {
        char a[8] = "NA";

        if (i % 4)
            (void)snprintf(a, sizeof a, "%d", i % 15);
        at += (size_t)snprintf(text + at, sizeof text - at, "%d,%s,%d\n", i, a, i % 5 ? i : -1);
    }
    assert_int_equal(load_text(text), LC_OK);
    assert_int_equal(column("a")->kind, LC_KIND_TEXT);
    assert_true(
        noted("column 'a' holds numbers but for 'NA' (10 cells), and so is read as texts; if "
              "that means no value, say --missing 'NA'"));
    assert_true(
        noted("column 'b' has -1 in 8 rows, far from its other values; if that means no "
              "value, say --missing -1"));
}

/* Unknown is not the empty set, and neither is zero. */
static void lists_become_a_column_for_each_member(void **state)
{
    static const struct lc_spec_attribute set = {.column = "products", .set = true};
    static const struct lc_spec_attribute known[] = {
        {.column = "products: fax", .set_of = "products", .member = "fax"},
        {.column = "products: crm", .set_of = "products", .member = "crm"}};
    const struct lc_table_column *c;

    (void)state;
    f.spec.attribute = &set;
    f.spec.n_attributes = 1;
    assert_int_equal(
        load_text("id,products\n1,crm;erp\n2,;\n3,\n4,erp; crm ;erp\n5,;crm\n6,n/a\n"), LC_OK);
    assert_int_equal(f.table.k, 4);
    assert_true(column("products")->is_set);
    c = column("products: crm");
    assert_string_equal(c->set_of, "products");
    assert_string_equal(c->member, "crm");
    assert_int_equal(c->codes.n_levels, 3);
    assert_string_equal(lc_table_cell(c, 0), "yes");
    assert_string_equal(lc_table_cell(c, 1), "no");
    assert_null(lc_table_cell(c, 2));
    assert_string_equal(lc_table_cell(c, 3), "yes");
    assert_null(lc_table_cell(c, 5));
    assert_true(c->count[0] == 1 && c->count[1] == 3 && c->count[2] == 2);
    assert_int_equal(c->n_filled, 4);
    assert_int_equal(column("products: erp")->count[1], 2); /* a lead has it once */
    assert_true(noted(
        "column 'products' holds sets: 2 members, each an attribute of its own; 1 lead has "
        "the empty set, and of 2 it is not known"));
    f.spec.attribute = known; /* as a model or an earlier file has them */
    f.spec.n_attributes = 2;
    assert_int_equal(load_paths(1, NULL), LC_OK);
    assert_int_equal(f.table.k, 5);
    assert_int_equal(column("products: fax")->codes.n_levels, 2);
    assert_int_equal(column("products: fax")->count[0], 4);
    f.spec.n_attributes = 0;
    assert_int_equal(load_text("id,products\n1,a;b\n2,b\n3,a\n4,b;a\n5,b;a\n6,a;b\n7,a;b\n"),
                     LC_OK);
    assert_int_equal(f.table.k, 2);
    assert_true(
        noted("column 'products' looks like lists parted by ';' (5 cells): --set makes each "
              "member an attribute, as \"kind\": \"set\" in the spec does"));
    assert_true(column("products")->like_set);
    f.spec.sets = (struct lc_texts){&set.column, 1};
    assert_int_equal(lc_load_sets(&f.table, &f.spec, &f.arena, &f.err), LC_OK);
    assert_int_equal(f.table.k, 4);
    assert_int_equal(column("products: a")->count[1], 6);
    assert_true(column("products")->is_set);
    assert_int_equal(load_paths(1, NULL), LC_OK); /* lc_load makes the same columns of it */
    assert_int_equal(f.table.k, 4);
    assert_int_equal(column("products: a")->count[1], 6);
}

static void every_allocation_may_be_refused(void **state)
{
    const struct lc_spec_file files[] = {{.name = NULL}, {.name = "deals", .key = "id"}};
    static const char *const lists[] = {"s"};
    size_t limit, refused = 0;

    (void)state;
    f.spec.file = files;
    f.spec.n_files = 2;
    f.spec.sets = (struct lc_texts){lists, 1};
    f.options.max_bad = 9;
    assert_int_equal(load_two("id,s,x,x,\n7,IT;HR,IT,1,2025-01-02\n8,IT\n\n9,-,,,\n",
                              "id;stage\n5;Won\n7;Won\n"),
                     LC_OK);
    for (limit = 0;; limit += limit < 4096 ? 16 : 256) {
        enum lc_rc rc;

        lc_arena_release(&f.arena);
        lc_arena_init(&f.arena, limit);
        rc = load_paths(2, NULL);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 100);
}

static void olist_has_842_sellers_of_8000_leads_in_three_forms(void **state)
{
    static const char *const pair[][2] = {
        {"olist-funnel/olist_marketing_qualified_leads_dataset.csv",
         "olist-funnel/olist_closed_deals_dataset.csv"},
        {"olist-funnel/variants/dmy_crlf_mql.csv",
         "olist-funnel/variants/dmy_crlf_closed_deals.csv"},
        {"olist-funnel/variants/bom_semicolon_ymd_mql.csv",
         "olist-funnel/variants/bom_semicolon_ymd_closed_deals.csv"}};
    const struct lc_spec_file files[] = {{.name = NULL}, {.name = "deals", .key = "mql_id"}};

    (void)state;
    f.spec.file = files;
    f.spec.n_files = 2;
    f.spec.date.entered = "first_contact_date";
    f.spec.date.closed = "deals.won_date";
    for (size_t i = 0; i < 3; i++) {
        const struct lc_table_column *won;
        const char *paths[2] = {f.path[0], f.path[1]};

        if (!dataset(f.path[0], "olist_has_842_sellers_of_8000_leads_in_three_forms",
                     pair[i][0]) ||
            !dataset(f.path[1], "olist_has_842_sellers_of_8000_leads_in_three_forms",
                     pair[i][1]))
            skip();
        assert_int_equal(lc_load(paths, 2, &f.spec, &f.options, NULL, &f.arena, &f.table,
                                 &f.account, &f.err),
                         LC_OK);
        assert_int_equal(f.table.n, 8000);
        assert_int_equal(f.table.file[1].matched, 842);
        assert_int_equal(f.table.file[1].orphans, 0);
        won = column("deals.won_date");
        assert_int_equal(won->n_filled, 842);
        assert_int_equal(won->day[0], lc_day_of(2017, 12, 5));
        assert_int_equal(won->day[won->codes.n_levels - 2], lc_day_of(2018, 11, 14));
        assert_int_equal(column("first_contact_date")->day[0], lc_day_of(2017, 6, 14));
        assert_int_equal(column("deals.mql_id")->kind, LC_KIND_MANY);
    }
}

static void public_sets_have_the_rows_that_their_sources_say(void **state)
{
    static const struct {
        const char *name;
        size_t rows, columns;
    } sets[] = {
        {"bank-marketing/bank-full.csv", 45211, 17},
        {"hillstrom/hillstrom.csv", 64000, 12},
        {"german-credit/germancredit.csv", 1000, 21},
        {"salesforce-workshop/Lead.csv", 60, 55},
        {"hubspot-connector/deal_data.csv", 44, 11},
        {"hubspot-connector/contact_data.csv", 22, 14},
        {"hubspot-connector/deal_pipeline_stage_data.csv", 71, 12},
        {"hubspot-connector/deal_property_history_data.csv", 100, 7},
    };

    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (!dataset(f.path[0], "public_sets_have_the_rows_that_their_sources_say",
                     sets[i].name))
            skip();
        assert_int_equal(load_paths(1, NULL), LC_OK);
        assert_int_equal(f.table.n, sets[i].rows);
        assert_int_equal(f.table.k, sets[i].columns);
        assert_int_equal(f.table.file[0].rows_seen, sets[i].rows);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_kept_column_may_be_absent_where_the_caller_looks),
        T(columns_get_their_kinds_and_levels_in_canonical_order),
        T(texts_that_mean_missing_are_missing_but_numbers_stay_exact),
        T(every_row_is_counted_once),
        T(a_rejected_row_leaves_no_level_behind),
        T(names_are_made_for_columns_without_their_own),
        T(columns_that_nobody_asked_for_are_read_past),
        T(a_name_that_is_not_there_gets_the_nearest),
        T(bad_bytes_are_refused_with_place_and_advice),
        T(dates_of_the_spec_must_be_dates),
        T(years_of_two_digits_are_voted_on_by_their_span),
        T(years_of_two_digits_that_nothing_tells_are_refused),
        T(numbers_where_a_date_is_named_are_counts_of_days),
        T(an_ambiguous_date_that_nobody_named_is_only_marked),
        T(threads_and_chunks_do_not_change_the_table),
        T(stray_quotes_do_not_change_where_rows_end),
        T(keys_names_and_notes_are_left_out_unless_kept),
        T(two_files_are_joined_by_their_key),
        T(joins_that_do_not_fit_are_refused),
        T(globs_say_which_file_is_which),
        T(guesses_are_noted_with_what_changes_them),
        T(numbers_with_a_decimal_comma_are_numbers_and_that_is_said),
        T(amounts_in_two_currencies_are_texts_and_that_is_said),
        T(a_number_that_reads_two_ways_is_asked_for),
        T(signs_between_thousands_are_said),
        T(marks_of_no_value_are_found_and_shown),
        T(lists_become_a_column_for_each_member),
        T(every_allocation_may_be_refused),
        T(olist_has_842_sellers_of_8000_leads_in_three_forms),
        T(public_sets_have_the_rows_that_their_sources_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
