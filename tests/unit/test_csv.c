#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/csv.h"
#include "leadcal/sniff.h"

static const struct lc_dialect comma = {.delimiter = ',', .quote = '"'};

/* All records as one text: cells between < and >, records between lines. */
static enum lc_rc render(const char *text, struct lc_dialect dialect, char *to,
                         struct lc_err *err)
{
    struct lc_csv *c = lc_csv_new(lc_slice_of(text), dialect);
    struct lc_csv_record record;
    enum lc_rc rc;

    to[0] = 0;
    assert_non_null(c);
    while ((rc = lc_csv_next(c, &record, err)) == LC_OK) {
        for (size_t i = 0; i < record.n; i++) {
            strcat(to, "<");
            strncat(to, record.field[i].p, record.field[i].n);
            strcat(to, ">");
        }
        strcat(to, "|");
    }
    lc_csv_free(c);
    return rc;
}

static void records_are_read_as_a_spreadsheet_shows_them(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"a,b\n1,2\n", "<a><b>|<1><2>|"},
        {"a,b\r\n1,2", "<a><b>|<1><2>|"},
        {"a,b\r1,2\r", "<a><b>|<1><2>|"},
        {"a,\n,\n", "<a><>|<><>|"},
        {"\n\na\n\nb\n", "||<a>||<b>|"},
        {"a\r\n\r\nb\r\n", "<a>||<b>|"},
        {"\"x, y\",\"say \"\"hi\"\"\"\n", "<x, y><say \"hi\">|"},
        {"\"two\nlines\",b\n", "<two\nlines><b>|"},
        {"\"a\" ,  b  ,\" c \"\n", "<a><b>< c >|"},
        {"5\" pipe,b\nc,d\n", "<5\" pipe><b>|<c><d>|"},
        {"a,b,c\n1\n1,2,3,4", "<a><b><c>|<1>|<1><2><3><4>|"},
        {"", ""},
    };
    const struct lc_dialect careful = {.delimiter = ',', .quote = '"', .careful = true};
    char got[256];
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(render(cases[i].text, comma, got, &err), LC_END);
        assert_string_equal(got, cases[i].want);
        assert_int_equal(render(cases[i].text, careful, got, &err), LC_END);
        assert_string_equal(got, cases[i].want);
    }
    assert_int_equal(
        render("'a;b';c\n", (struct lc_dialect){.delimiter = ';', .quote = '\''}, got, &err),
        LC_END);
    assert_string_equal(got, "<a;b><c>|");
}

static void records_know_where_they_begin(void **state)
{
    const struct lc_slice text = lc_slice_of("h,i\r\n\r\n\"1\n1\",2\n3\n4,5");

    (void)state;
    assert_int_equal(lc_csv_locate(text, comma, 0, 0), 0);
    assert_int_equal(lc_csv_locate(text, comma, 0, 1), 5);
    assert_int_equal(lc_csv_locate(text, comma, 0, 2), 7);
    assert_int_equal(lc_csv_locate(text, comma, 2, 1), 7);
    assert_int_equal(lc_csv_locate(text, comma, 2, 2), 17);
    assert_int_equal(lc_csv_locate(text, comma, 2, 3), text.n);
    assert_int_equal(lc_csv_line(text, 0), 1);
    assert_int_equal(lc_csv_line(text, 7), 3);
    assert_int_equal(lc_csv_line(text, 17), 6);
    assert_int_equal(lc_csv_line(lc_slice_of("a\rb\rc"), 4), 3);
}

static void a_quote_left_open_is_found_where_it_opened(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } cases[] = {
        {"a,b\n1,\"x\n2,y\n", 6},                /* never closed */
        {"a,b\n1,\"x\n2,\"y\"\n3,4\n", 6},       /* closed by another cell's quote */
        {"a,b\n1,\"x\n2, \"y, z\"\n\"5\",6", 6}, /* the same, with blanks */
    };
    static const char *const fine[] = {"a,b\n1,\"x\n2\"\n",
                                       "5\" pipe,\"b\"\n\"a \"\"q\"\" b\",c", "\"x\" ,\"y\"",
                                       "\"a \"b\" c\",d\n", ""};
    char got[256];
    struct lc_err err;
    size_t at;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        at = 999;
        assert_true(lc_csv_open_quote(lc_slice_of(cases[i].text), comma, &at));
        assert_int_equal(at, cases[i].at);
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_false(lc_csv_open_quote(lc_slice_of(fine[i]), comma, &at));
    assert_int_equal(render("a,b\n1,\"x\n", comma, got, &err), LC_EFORMAT);
    assert_string_equal(got, "<a><b>|");
}

/* The rules of csv_careful.c; the first four are read by libcsv as one cell, or not at all. */
static void a_quote_out_of_order_costs_its_own_cell(void **state)
{
    static const struct {
        const char *text, *cells;
    } cases[] = {
        {"\"18/02,x,\"y, z\"\n3,4\n", "<\"18/02><x><y, z>|<3><4>|"},
        {"1,\"x\n2,y\n", "<1><\"x>|<2><y>|"},
        {"1,\"\n2,\"y\"\n", "<1><\">|<2><y>|"},
        {"\"a\nb\" c,d\n\"x\",y\n", "<\"a>|<b\" c><d>|<x><y>|"},
        {"\"24\"\",\"An x, y\",1\n", "<24\"><An x, y><1>|"},
        {"\"\"The next, one\",2\n", "<\"The next, one><2>|"},
        {"\"5\" x, y\",1\n", "<5\" x, y><1>|"},
        {"5\" pipe,\"b\" ,\"\"\n", "<5\" pipe><b><>|"},
        {"\"\"\"q\"\"\", a ,\n", "<\"q\"><a><>|"},
    };
    struct lc_dialect careful = comma;
    char got[256];
    struct lc_err err;

    (void)state;
    careful.careful = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(render(cases[i].text, careful, got, &err), LC_END);
        assert_string_equal(got, cases[i].cells);
    }
    careful.escape = '\\';
    assert_int_equal(render("\"a\\\"b, \\c\\\\\",a\\,b\n", careful, got, &err), LC_END);
    assert_string_equal(got, "<a\"b, \\c\\><a,b>|");
    careful.escape = 0;
    assert_true(lc_delimiter_put(&careful, "::"));
    assert_int_equal(render("a:b::\"c::d\" ::\n", careful, got, &err), LC_END);
    assert_string_equal(got, "<a:b><c::d><>|");
}

static void limits_hold_at_the_byte(void **state)
{
    char *text = malloc(MOST_FIELD_BYTES + 8);
    struct lc_csv_record record;
    struct lc_err err;
    size_t at;

    (void)state;
    assert_non_null(text);
    for (size_t over = 0; over < 2; over++) {
        const size_t n = MOST_FIELD_BYTES + over;
        struct lc_csv *c;

        memset(text, 'x', n);
        text[n] = '\n';
        c = lc_csv_new((struct lc_slice){text, n + 1}, comma);
        assert_int_equal(lc_csv_next(c, &record, &err), over ? LC_EFORMAT : LC_OK);
        lc_csv_free(c);
    }
    for (size_t over = 0; over < 2; over++) {
        const size_t n = MOST_FIELD_LINES + over;

        text[0] = '"';
        memset(text + 1, '\n', n);
        text[n + 1] = '"';
        assert_int_equal(lc_csv_open_quote((struct lc_slice){text, n + 2}, comma, &at), over);
    }
    free(text);
}

struct tally {
    size_t fields, rows, ends, bytes;
};

static void tally_field(void *bytes, size_t n, void *data)
{
    (void)bytes;
    ((struct tally *)data)->fields++;
    ((struct tally *)data)->bytes += n;
}

static void tally_row(int end, void *data)
{
    ((struct tally *)data)->rows++;
    ((struct tally *)data)->ends += end != -1;
}

static void a_walk_says_how_the_text_ended(void **state)
{
    static const struct {
        const char *text;
        enum lc_csv_end end;
        size_t fields, ends;
    } cases[] = {
        {"a,b\r\n1,2\r\n", LC_CSV_CLEAN, 4, 4},
        {"a,b\n1,2", LC_CSV_CUT, 4, 1},
        {"a,b\n1,\"2", LC_CSV_OPEN, 4, 1},
        {"a,b\n1,\"2\"", LC_CSV_CUT, 4, 1},
        {"a,b\n  \n", LC_CSV_CLEAN, 2, 2},
        {"", LC_CSV_CLEAN, 0, 0},
        {"a\n1,", LC_CSV_CUT, 3, 1},
    };
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tally t = {0, 0, 0, 0};
        const struct lc_csv_sink sink = {tally_field, tally_row, &t, NULL};
        enum lc_csv_end end = LC_CSV_LONG;

        assert_int_equal(lc_csv_walk(lc_slice_of(cases[i].text), comma, &sink, &end, &err),
                         LC_OK);
        assert_int_equal(end, cases[i].end);
        if (end != LC_CSV_OPEN)
            assert_int_equal(t.fields, cases[i].fields);
        assert_int_equal(t.ends, cases[i].ends);
    }
}

static void a_quote_open_for_megabytes_ends_the_walk_early(void **state)
{
    const size_t n = 8 * MOST_FIELD_BYTES;
    char *text = malloc(n);
    struct tally t = {0, 0, 0, 0};
    const struct lc_csv_sink sink = {tally_field, tally_row, &t, NULL};
    enum lc_csv_end end;
    struct lc_err err;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', n);
    text[0] = '"';
    assert_int_equal(lc_csv_walk((struct lc_slice){text, n}, comma, &sink, &end, &err), LC_OK);
    assert_int_equal(end, LC_CSV_LONG);
    assert_int_equal(t.fields, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read_as_a_spreadsheet_shows_them),
        cmocka_unit_test(records_know_where_they_begin),
        cmocka_unit_test(a_quote_left_open_is_found_where_it_opened),
        cmocka_unit_test(a_quote_out_of_order_costs_its_own_cell),
        cmocka_unit_test(limits_hold_at_the_byte),
        cmocka_unit_test(a_walk_says_how_the_text_ended),
        cmocka_unit_test(a_quote_open_for_megabytes_ends_the_walk_early),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
