#include "test.h"

#include <string.h>

#include "leadcal/sniff.h"

static struct lc_sniff sniff(const char *text)
{
    struct lc_sniff s;
    struct lc_err err;

    assert_int_equal(lc_sniff(lc_slice_of(text), NULL, &s, &err), LC_OK);
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
    const struct lc_reading said = {.delimiter = ";"};
    struct lc_dialect d = {.delimiter = '^'};
    struct lc_sniff s;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_sniff(lc_slice_of("a;b,c\n1;2,3\n"), &said, &s, &err), LC_OK);
    assert_int_equal(s.dialect.delimiter, ';');
    assert_int_equal(s.width, 2);
    assert_string_equal(lc_delimiter_name(&d), "given character");
    assert_true(lc_delimiter_put(&d, "\t"));
    assert_string_equal(lc_delimiter_name(&d), "tab");
    assert_true(lc_delimiter_put(&d, "\t\t"));
    assert_string_equal(lc_delimiter_name(&d), "several characters");
    assert_false(lc_delimiter_put(&d, ""));
    assert_false(lc_delimiter_put(&d, "123456"));
    assert_false(lc_delimiter_put(&d, ",\n"));
}

static void nothing_is_an_error(void **state)
{
    struct lc_sniff s = {.width = 77};
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_sniff(lc_slice_of(""), NULL, &s, &err), LC_EFORMAT);
    assert_non_null(strstr(err.text, "empty"));
    assert_int_equal(lc_sniff(lc_slice_of(" \r\n\n"), NULL, &s, &err), LC_EFORMAT);
    assert_int_equal(s.width, 77);
}

static void two_rows_of_names_are_one_header(void **state)
{
    struct lc_sniff s = sniff("lead,,cost,price\nid,name,net,gross\n1,x,2.5,3\n2,y,7.25,9\n");

    (void)state; /* the second row has words where all others have numbers */
    assert_int_equal(s.header_rows, 2);
    s = sniff("day,n,name\ndate,count,text\nd,n,t\n2025-03-01,3,x\n2025-03-02,4,y\n");
    assert_int_equal(s.header_rows, 3);
    s = sniff("id,name\nA1,unknown\n3,x\n4,y\n"); /* one such column may be chance */
    assert_int_equal(s.header_rows, 1);
    s = sniff(
        "id,source,net,cost\n?,Web,none,none\n1,Fair,2,3\n2,Web,5,7\n"); /* Web comes again */
    assert_int_equal(s.header_rows, 1);
    s = sniff("a,b,c\nx,y,z\nu,v,w\n");
    assert_int_equal(s.header_rows, 1);
}

static void a_first_row_of_data_is_no_header(void **state)
{
    (void)state;
    assert_int_equal(sniff("17,x,2025-03-01\n18,y,2025-03-02\n19,z,2025-04-07\n").header_rows,
                     0);
    assert_int_equal(sniff("1,2\n3,4\n").header_rows, 0);
    /* years are names too; a title row is looked past */
    assert_int_equal(sniff("who,2023,2024\nx,17,3\ny,18,4\n").header_rows, 1);
    assert_int_equal(sniff("Report\n\nid,who,n\n1,x,7\n2,y,8\n").header_rows, 1);
}

static void titles_may_be_filled_up_with_delimiters(void **state)
{
    const struct lc_sniff s = sniff("Leads,,\n,,\nid,name,won\n1,x,yes\n2,y,no\n");

    (void)state;
    assert_int_equal(s.preamble_lines, 2);
    assert_int_equal(s.header_rows, 1);
}

static void delimiters_that_are_rare_are_found_where_no_other_will_do(void **state)
{
    struct lc_sniff s = sniff("a\xc2\xa7"
                              "b\xc2\xa7"
                              "c\n1\xc2\xa7"
                              "2\xc2\xa7"
                              "3,5\n");

    (void)state;
    assert_int_equal(s.width, 3);
    assert_string_equal(s.dialect.more, "\xa7");
    s = sniff("a||b||c\n1||2||3\n4||5||6\n");
    assert_int_equal(s.width, 3);
    assert_string_equal(s.dialect.more, "|");
    assert_int_equal(sniff("day n price\n1 2 3\n4 5 6\n").dialect.delimiter, ' ');
    assert_int_equal(sniff("full name\nAnna Smith\nWei Chen\n").dialect.delimiter, ',');
    assert_int_equal(sniff("at\n12:30:01\n12:30:02\n").width, 1);
}

static void a_backslash_escapes_where_quotes_are_in_order_with_it(void **state)
{
    (void)state;
    assert_int_equal(sniff("a,b\n\"5\\\" pipe, long\",1\n\"x, 7\\\"\",2\n").dialect.escape,
                     '\\');
    assert_int_equal(sniff("a,b\n\"C:\\\",1\n\"D:\\\",2\n").dialect.escape, 0);
    assert_int_equal(sniff("a,b\n\"8\\'9\"\" long\",1\n").dialect.escape, 0);
}

static void empty_cells_behind_the_header_are_surplus(void **state)
{
    (void)state;
    assert_int_equal(sniff("a,b,c\n1,2,3,\n4,5,6,\n7,8,9,\n").surplus, 1);
    assert_int_equal(sniff("a,b,c\n1,2,3,\n4,5,6,9\n7,8,9,\n").surplus, 0);
    assert_int_equal(sniff("a,b,c\n1,2,3,\n4,5,6\n7,8,9\n").surplus, 0);
}

static void a_footer_stands_behind_an_empty_line(void **state)
{
    static const char text[] = "a,b,c\n1,2,3\n\nReport: Leads\n\"Copyright (c), all\"\n";
    const struct lc_dialect d = {.delimiter = ',', .quote = '"'};
    const struct lc_slice s = lc_slice_of(text);

    (void)state;
    assert_int_equal(lc_sniff_footer(s, 6, &d, 3, 0), 12);
    assert_int_equal(lc_sniff_footer(s, 6, &d, 3, LC_NONE), s.n);
    assert_int_equal(lc_sniff_footer(s, 6, &d, 3, 1), 27);
    assert_int_equal(lc_sniff_footer(s, 6, &d, 2, 0), s.n); /* too narrow to tell */
    assert_int_equal(lc_sniff_footer(lc_slice_of("a,b,c\n1,2,3\n4"), 6, &d, 3, 0), 13);
    assert_int_equal(lc_sniff_footer(lc_slice_of("a,b,c\n1,2,\"x\n\ny\"\n"), 6, &d, 3, 0), 17);
    assert_int_equal(lc_sniff_footer(lc_slice_of("a,b,c\n1,2,3\n,,\nFOOT,,\n"), 6, &d, 3, 0),
                     12);
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
        cmocka_unit_test(two_rows_of_names_are_one_header),
        cmocka_unit_test(a_first_row_of_data_is_no_header),
        cmocka_unit_test(titles_may_be_filled_up_with_delimiters),
        cmocka_unit_test(delimiters_that_are_rare_are_found_where_no_other_will_do),
        cmocka_unit_test(a_backslash_escapes_where_quotes_are_in_order_with_it),
        cmocka_unit_test(empty_cells_behind_the_header_are_surplus),
        cmocka_unit_test(a_footer_stands_behind_an_empty_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
