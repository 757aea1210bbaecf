/* Tests of csv_stream: records pulled from streams of bytes. */
#include "leadcal/csv_stream.h"

#include "test.h"

#include <string.h>

/* All records of a text as one line: fields between <>, records with their line before them. */
static enum lc_rc pull(const char *text, size_t n, char delimiter, size_t block, char *to,
                       size_t room, struct lc_err *err)
{
    const char between[2] = {delimiter, 0};
    const struct lc_reading said = {.delimiter = delimiter ? between : NULL};
    FILE *in = tmpfile();
    struct lc_csv_stream *s;
    struct lc_csv_stream_record record;
    size_t used = 0;
    enum lc_rc rc;

    assert_non_null(in);
    assert_int_equal(fwrite(text, 1, n, in), n);
    rewind(in);
    s = lc_csv_stream_new(in, &said);
    assert_non_null(s);
    if (block)
        lc_csv_stream_block(s, block);
    to[0] = 0;
    while ((rc = lc_csv_stream_next(s, &record, err)) == LC_OK) {
        used += (size_t)snprintf(to + used, room - used, "%zu:", record.line);
        for (size_t j = 0; j < record.n; j++)
            used += (size_t)snprintf(to + used, room - used, "<%.*s>", (int)record.field[j].n,
                                     record.field[j].p);
    }
    lc_csv_stream_free(s);
    (void)fclose(in);
    return rc;
}

static void expect_records(const char *text, const char *want)
{
    char got[2000];
    struct lc_err err;

    assert_int_equal(pull(text, strlen(text), 0, 0, got, sizeof got, &err), LC_END);
    assert_string_equal(got, want);
}

static void expect_refusal(const char *text, size_t n, const char *words)
{
    char got[2000];
    struct lc_err err;

    assert_int_equal(pull(text, n, 0, 0, got, sizeof got, &err), LC_EFORMAT);
    if (!strstr(err.text, words))
        fail_msg("'%s' does not say '%s'", err.text, words);
}

static void blanks_inside_quotes_stay_and_those_outside_go_as_in_the_loader(void **state)
{
    (void)state;
    expect_records("a,b\n x y ,\"y,\"\"z\"\" \"\n,\n", "1:<a><b>2:<x y><y,\"z\" >3:<><>");
    expect_records("a,b\n \"x,y\" ,z\n", "1:<a><b>2:<x,y><z>");
    expect_records(",\n,\n", "1:<><>2:<><>"); /* not one byte of text */
}

static void lines_are_counted_through_blank_lines_and_quoted_breaks(void **state)
{
    (void)state;
    expect_records("a,b\r\n\r\n\"1\r\n2\",3\r\n4,5", "1:<a><b>3:<1\r\n2><3>5:<4><5>");
    expect_records("a\rb\r\rc\n\nd", "1:<a>2:<b>4:<c>6:<d>");
}

static void the_delimiter_is_found_in_the_first_line_outside_quotes(void **state)
{
    (void)state;
    expect_records("\"a,b\";c\n1;2\n", "1:<a,b><c>2:<1><2>");
    expect_records("a\tb\n1\t2\n", "1:<a><b>2:<1><2>");
    expect_records("a|b|c,d\n", "1:<a><b><c,d>");
}

static void a_mark_a_title_and_a_sep_line_are_no_header(void **state)
{
    (void)state;
    expect_records("\xEF\xBB\xBF\"a\",b\n1,2\n", "1:<a><b>2:<1><2>");
    expect_records("sep=;\r\na,x;b\n", "2:<a,x><b>");
    expect_records("Report of March\n\nname,size,web,fair\nx,1,2,3\ny,4,5,6\nz,7,8,9\n",
                   "3:<name><size><web><fair>4:<x><1><2><3>5:<y><4><5><6>6:<z><7><8><9>");
}

/* As rows.h reads them: each footer of test_sniff.c's kinds, and what is none. */
static void a_footer_is_no_record(void **state)
{
    (void)state;
    expect_records("a,b,c\n1,2,3\n\nConfidential\nAcme Corp\n", "1:<a><b><c>2:<1><2><3>");
    expect_records("a,b,c\n1,2,3\nGrand Totals (1 records)\nAcme\n", "1:<a><b><c>2:<1><2><3>");
    expect_records("a,b,c\n1,2,3\n4\n", "1:<a><b><c>2:<1><2><3>3:<4>");
    expect_records("a,b\n1,2\n\nAcme\n", "1:<a><b>2:<1><2>4:<Acme>");
    expect_records("a,b,c\nGrand Totals\n", "1:<a><b><c>2:<Grand Totals>");
}

/* The last row of a spec or of a points file, parted by an empty line, is a row. */
static void a_table_that_is_no_export_has_no_footer(void **state)
{
    static const char text[] = "a,b,c,d\n1,2,3,4\n\ncolum,a\n";
    struct lc_csv_stream_record record;
    struct lc_csv_stream *s;
    FILE *in = tmpfile();
    struct lc_err err;
    size_t rows = 0;

    (void)state;
    assert_non_null(in);
    assert_int_equal(fwrite(text, 1, sizeof text - 1, in), sizeof text - 1);
    rewind(in);
    s = lc_csv_stream_new(in, NULL);
    assert_non_null(s);
    while (lc_csv_stream_next(s, &record, &err) == LC_OK)
        rows++;
    assert_int_equal(rows, 3);
    assert_int_equal(record.n, 2);
    assert_int_equal(lc_csv_stream_notes(s)->n_notes, 0);
    lc_csv_stream_free(s);
    (void)fclose(in);
}

/* Longer than what is held back, whatever the size of the blocks. */
static void a_footer_of_a_long_file_is_found_whatever_the_blocks(void **state)
{
    static char text[70000], want[300000], got[300000];
    static const char row[] = "Media,\"two\nlines\",1.5\n",
                      footer[] = "\n\"Acme\nCorp\"\nConfidential\n";
    struct lc_err err;
    size_t n = 0;

    (void)state;
    while (n + sizeof row - 1 < 60000) {
        memcpy(text + n, row, sizeof row - 1);
        n += sizeof row - 1;
    }
    assert_int_equal(pull(text, n, ',', 1 << 20, want, sizeof want, &err), LC_END);
    memcpy(text + n, "\nConfidential\n\nAcme\n", 21);
    for (size_t block = 1; block < 100000; block = block * 7 + 2) {
        assert_int_equal(pull(text, n + 21, ',', block, got, sizeof got, &err), LC_END);
        assert_string_equal(got, want);
    }
    memcpy(text + n, footer, sizeof footer - 1); /* a quote over two lines is a row */
    assert_int_equal(pull(text, n + sizeof footer - 1, ',', 0, got, sizeof got, &err), LC_END);
    assert_non_null(strstr(got, "<Acme\nCorp>"));
}

static void every_block_size_gives_the_same_records(void **state)
{
    static const char row[] =
        "\"Media, Arts \"\"& Design\"\"\",caf\xC3\xA9,\"two\nlines\",1.5\n\n";
    static char text[80000], want[200000], got[200000];
    const size_t n_row = sizeof row - 1;
    size_t n = 0;
    struct lc_err err;

    (void)state;
    for (; n + n_row < sizeof text; n += n_row)
        memcpy(text + n, row, n_row);
    assert_int_equal(pull(text, n, ',', 1 << 20, want, sizeof want, &err), LC_END);
    for (size_t block = 1; block < 5000; block = block * 3 + 1) {
        assert_int_equal(pull(text, n, ',', block, got, sizeof got, &err), LC_END);
        assert_string_equal(got, want);
    }
}

static void what_is_not_text_is_refused_with_its_line(void **state)
{
    (void)state;
    expect_refusal("a,b\n1,caf\xE9\n", 11, ":2: bytes that are not UTF-8");
    expect_refusal("a,b\n1,2\n3,\"4\n5,6\n", 17, ":3: a quote is opened and never closed");
}

/* What only rows.h can read; the records of the same table are the same. */
static void what_is_no_plain_text_is_read_whole(void **state)
{
    static const char *const plain = "1:<a><b>2:<1><x>3:<2><y, z>";
    static const struct {
        const char *bytes;
        size_t n;
    } same[] = {
        {"\xff\xfe"
         "a\0,\0b\0\n\0"
         "1\0,\0x\0\n\0"
         "2\0,\0\"\0y\0,\0 \0z\0\"\0\n",
         36},
        {"a||b\n1||x\n2||y, z\n", 18},
    };
    char got[256];
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_int_equal(pull(same[i].bytes, same[i].n, 0, 0, got, sizeof got, &err), LC_END);
        assert_string_equal(got, plain);
    }
    assert_int_equal(pull("a,b\n1,x\0y\n", 10, 0, 3, got, sizeof got, &err), LC_END);
    assert_string_equal(got, "1:<a><b>2:<1><x\xef\xbf\xbdy>");
    assert_int_equal(pull("1,2\n3,4\n", 8, 0, 0, got, sizeof got, &err), LC_END);
    assert_string_equal(got, "1:<column_1><column_2>1:<1><2>2:<3><4>");
    assert_int_equal(pull("a,b\n\"5\\\" p, q\",2\n", 17, 0, 0, got, sizeof got, &err), LC_END);
    assert_string_equal(got, "1:<a><b>2:<5\" p, q><2>");
}

static void an_empty_file_has_no_record(void **state)
{
    (void)state;
    expect_records("", "");
    expect_refusal("\n\n", 2, "empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_inside_quotes_stay_and_those_outside_go_as_in_the_loader),
        cmocka_unit_test(lines_are_counted_through_blank_lines_and_quoted_breaks),
        cmocka_unit_test(the_delimiter_is_found_in_the_first_line_outside_quotes),
        cmocka_unit_test(a_mark_a_title_and_a_sep_line_are_no_header),
        cmocka_unit_test(a_footer_is_no_record),
        cmocka_unit_test(a_table_that_is_no_export_has_no_footer),
        cmocka_unit_test(a_footer_of_a_long_file_is_found_whatever_the_blocks),
        cmocka_unit_test(every_block_size_gives_the_same_records),
        cmocka_unit_test(what_is_not_text_is_refused_with_its_line),
        cmocka_unit_test(what_is_no_plain_text_is_read_whole),
        cmocka_unit_test(an_empty_file_has_no_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
