#include "test.h"

#include <string.h>

#include "leadcal/sniff.h"

static struct lc_sniff sniff(const char *text)
{
    struct lc_sniff s;
    struct lc_err err;

    assert_int_equal(lc_sniff(lc_slice_of(text), 0, &s, &err), LC_OK);
    return s;
}

static void the_delimiter_is_the_one_that_makes_rows_alike(void **state)
{
    (void)state;
    assert_int_equal(sniff("a,b\n1,2\n").dialect.delimiter, ',');
    assert_int_equal(sniff("a;b\n1;2\n").dialect.delimiter, ';');
    assert_int_equal(sniff("a\tb\n1\t2\n").dialect.delimiter, '\t');
    assert_int_equal(sniff("a|b\n1|2\n").dialect.delimiter, '|');
    assert_int_equal(sniff("name;size\nx;1,5\ny;2,5\nz;3,5\n").dialect.delimiter, ';');
    assert_int_equal(sniff("a,b\n\"x;y\",1\n\"z;w\",2\n").dialect.delimiter, ',');
    assert_int_equal(sniff("a,b,c\n1,x;y,2\n3,p;q,4\n").dialect.delimiter, ',');
}

static void one_column_stays_one_column(void **state)
{
    const struct lc_sniff s = sniff("name\nSmith, Anna\nChen, Wei\n");

    (void)state;
    assert_int_equal(s.header, 0);
    assert_int_equal(sniff("score\n1\n2\n").width, 1);
}

static void excels_first_line_is_honoured(void **state)
{
    const struct lc_sniff s = sniff("sep=;\r\na;b\r\n1,5;2,5\r\n");

    (void)state;
    assert_true(s.says_so);
    assert_int_equal(s.dialect.delimiter, ';');
    assert_int_equal(s.header, 7);
    assert_int_equal(s.preamble_lines, 1);
    assert_false(sniff("sep=x;b\n1;2\n").says_so);
    assert_false(sniff("sep=\"\na;b\n1;2\n").says_so); /* a quote separates nothing */
    assert_false(sniff("sep=x\na;b\n1;2\n").says_so);
}

static void titles_before_the_header_are_passed_over(void **state)
{
    const struct lc_sniff s =
        sniff("Leads by quarter\n\nRegion: EMEA\nid,name,won\n1,x,yes\n2,y,no\n3,z,no\n");

    (void)state;
    assert_int_equal(s.preamble_lines, 3);
    assert_int_equal(s.width, 3);
}

static void a_row_of_data_is_never_taken_for_a_header(void **state)
{
    (void)state; /* a header of another width; short rows; nothing that could be names */
    assert_int_equal(sniff("a,b,c\n1,2,3,\n4,5,6,\n7,8,9,\n").header, 0);
    assert_int_equal(sniff("id\n1,x,yes\n2,y,no\n3,z,no\n").header, 0);
    assert_int_equal(sniff("a,b,c,d\n1,2\n1,2\n1,2,3,4\n").header, 0);
}

static void apostrophes_quote_only_where_no_quote_is_in_sight(void **state)
{
    (void)state;
    assert_int_equal(sniff("'a','b'\n'1,5','2'\n").dialect.quote, '\'');
    assert_int_equal(sniff("a,b\n\"x\",'y'\n").dialect.quote, '"');
    assert_int_equal(sniff("a,b\nO'Neil,it's\n").dialect.quote, '"');
}

static void what_the_person_says_holds(void **state)
{
    struct lc_sniff s;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_sniff(lc_slice_of("a;b,c\n1;2,3\n"), ';', &s, &err), LC_OK);
    assert_int_equal(s.dialect.delimiter, ';');
    assert_int_equal(s.width, 2);
    assert_string_equal(lc_delimiter_name('\t'), "tab");
    assert_string_equal(lc_delimiter_name('^'), "given character");
}

static void nothing_is_an_error(void **state)
{
    struct lc_sniff s = {.width = 77};
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_sniff(lc_slice_of(""), 0, &s, &err), LC_EFORMAT);
    assert_non_null(strstr(err.text, "empty"));
    assert_int_equal(lc_sniff(lc_slice_of(" \r\n\n"), 0, &s, &err), LC_EFORMAT);
    assert_int_equal(lc_sniff(lc_slice_of("\"abc"), 0, &s, &err), LC_EFORMAT);
    assert_non_null(strstr(err.text, "never closed"));
    assert_int_equal(s.width, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_delimiter_is_the_one_that_makes_rows_alike),
        cmocka_unit_test(one_column_stays_one_column),
        cmocka_unit_test(excels_first_line_is_honoured),
        cmocka_unit_test(titles_before_the_header_are_passed_over),
        cmocka_unit_test(a_row_of_data_is_never_taken_for_a_header),
        cmocka_unit_test(apostrophes_quote_only_where_no_quote_is_in_sight),
        cmocka_unit_test(what_the_person_says_holds),
        cmocka_unit_test(nothing_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
