#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/rows.h"

static char path[] = "/tmp/leadcal-rows-XXXXXX";

static void put(const void *bytes, size_t n)
{
    FILE *to = fopen(path, "wb");

    assert_non_null(to);
    assert_int_equal(fwrite(bytes, 1, n, to), n);
    assert_int_equal(fclose(to), 0);
}

/* All rows as one line: "line/byte/column kind<cell><cell>|". */
static enum lc_rc render(const struct lc_reading *reading, char *to, size_t room)
{
    struct lc_arena arena;
    struct lc_rows *rows;
    struct lc_row row;
    struct lc_err err;
    size_t used = 0;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_rows_open(path, reading, &arena, &rows, &err);
    to[0] = 0;
    if (!rc) {
        const struct lc_table_file *about = lc_rows_about(rows);

        while (!(rc = lc_rows_next(rows, &row, &err))) {
            used += (size_t)snprintf(to + used, room - used, "%zu/%zu/%zu %s", row.line,
                                     row.byte, row.column, row.kind ? row.kind : "");
            for (size_t j = 0; j < row.n; j++)
                used += (size_t)snprintf(to + used, room - used, "<%.*s>", (int)row.field[j].n,
                                         row.field[j].p);
            used += (size_t)snprintf(to + used, room - used, "|");
            assert_true(used < room);
            assert_true((row.kind != NULL) == (row.text != NULL));
        }
        assert_int_equal(about->rows_used + about->rows_skipped + about->rows_rejected,
                         about->rows_seen);
        lc_rows_free(rows);
    }
    lc_arena_release(&arena);
    return rc;
}

static void assert_rows(const char *text, const struct lc_reading *reading,
                        const char *expected)
{
    char got[1024];

    put(text, strlen(text));
    assert_int_equal(render(reading, got, sizeof got), LC_END);
    assert_string_equal(got, expected);
}

static void every_row_has_its_place_and_its_fate(void **state)
{
    (void)state;
    assert_rows("a,b,c\n1,2,3\n\n4,5\n6,7,8,9\na,b,c\n\"x\ny\",2,3\n1,\"2,3\n4,5,6\n", NULL,
                "2/6/0 <1><2><3>|3/12/0 blank-row|4/13/3 missing-cell<4><5>|"
                "5/17/4 extra-cell<6><7><8><9>|6/25/0 repeated-header<a><b><c>|"
                "7/31/0 <x\ny><2><3>|9/41/2 unclosed-quote<1><\"2><3>|10/48/0 <4><5><6>|");
}

static void the_byte_is_that_of_the_file_on_disk(void **state)
{
    static const char wide[] = "\xff\xfe"
                               "a\0,\0b\0\r\0\n\0"
                               "1\0,\0\xe9\0\r\0\n\0"
                               "2\0\r\0\n";
    static const char marked[] = "\xef\xbb\xbf"
                                 "a,b\r\n1,\xc3\xa9\r\n2\r\n";
    static const char ansi[] = "a,b\r1,\xe9\r2\r";
    char got[256];

    (void)state;
    put(wide, sizeof wide);
    assert_int_equal(render(NULL, got, sizeof got), LC_END);
    assert_string_equal(got, "2/12/0 <1><\xc3\xa9>|3/22/2 missing-cell<2>|");
    put(marked, sizeof marked - 1);
    assert_int_equal(render(NULL, got, sizeof got), LC_END);
    assert_string_equal(got, "2/8/0 <1><\xc3\xa9>|3/14/2 missing-cell<2>|");
    put(ansi, sizeof ansi - 1);
    assert_int_equal(render(NULL, got, sizeof got), LC_END);
    assert_string_equal(got, "2/4/0 <1><\xc3\xa9>|3/8/2 missing-cell<2>|");
}

static void what_stands_behind_the_table_is_skipped(void **state)
{
    (void)state;
    assert_rows("a,b,c\n1,2,3\n\nBy: me\n", NULL,
                "2/6/0 <1><2><3>|3/12/0 footer|4/13/0 footer<By: me>|");
    assert_rows("a,b,c\n1,2,3\nu,v\n4,5\n6,7\n", NULL,
                "2/6/0 <1><2><3>|3/12/0 another-table<u><v>|4/16/0 another-table<4><5>|"
                "5/20/0 another-table<6><7>|");
    /* a row of k cells shows that it is the same table still */
    assert_rows("a,b,c\n1,2,3\nu,v\n4,5\n6,7\n8,9,0\n", NULL,
                "2/6/0 <1><2><3>|3/12/3 missing-cell<u><v>|4/16/3 missing-cell<4><5>|"
                "5/20/3 missing-cell<6><7>|6/24/0 <8><9><0>|");
}

static void what_the_person_says_holds(void **state)
{
    static const struct lc_reading fill = {.fill_rows = true}, no_header = {.header_rows = -1},
                                   skip = {.skip_rows = 1, .skip_footer = 1},
                                   quote = {.quote = "", .delimiter = "::"},
                                   escape = {.escape = "\\"};

    (void)state;
    assert_rows("a,b,c\n1,2\n", &fill, "2/6/0 <1><2><>|");
    assert_rows("a,b\nx,y\n", &no_header, "1/0/0 <a><b>|2/4/0 <x><y>|");
    assert_rows("t\na,b\n1,2\nend\n", &skip, "3/6/0 <1><2>|4/10/0 footer<end>|");
    assert_rows("a::b\n\"1::2:3\"\n", &quote, "2/5/0 <\"1><2:3\">|");
    assert_rows("a,b\n\"1\\\" x\",2\n", &escape, "2/4/0 <1\" x><2>|");
}

static void caps_hold_and_are_told(void **state)
{
    static const struct lc_reading cells = {.caps = {.fields = 2}},
                                   bytes = {.caps = {.field_bytes = 3}},
                                   row = {.caps = {.row_bytes = 5}},
                                   lines = {.caps = {.field_lines = 1}};

    (void)state;
    assert_rows("a,b\n1,2\n3,4,5\n", &cells, "2/4/0 <1><2>|3/8/3 over-cap<3><4>|");
    assert_rows("a,b\n123,4\n1234,\xc3\xa9\xc3\xa9\n", &bytes,
                "2/4/0 <123><4>|3/10/1 over-cap<123><\xc3\xa9>|");
    assert_rows("a,b\n123,4\n123,45\n", &row, "2/4/0 <123><4>|3/10/1 over-cap<123><45>|");
    assert_rows("a,b\n\"1\n2\",3\n\"1\n\n2\",3\n", &lines,
                "2/4/0 <1\n2><3>|4/12/1 unclosed-quote<\"1>|5/15/0 blank-row|6/16/0 <2\"><3>|");
}

static void refused_memory_is_said_at_whatever_point(void **state)
{
    struct lc_arena arena;
    struct lc_rows *rows;
    struct lc_row row;
    struct lc_err err;
    size_t limit = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    put("a,b\n1,2\n3\n\ncaf\xe9,4\n", 18);
    for (; rc == LC_ENOMEM; limit += 64) {
        assert_true(limit < 1 << 20);
        lc_arena_init(&arena, limit);
        rc = lc_rows_open(path, NULL, &arena, &rows, &err);
        if (!rc) {
            while (!(rc = lc_rows_next(rows, &row, &err)))
                assert_true(row.kind == NULL || row.text != NULL);
            lc_rows_free(rows);
        }
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_END);
    assert_true(limit > 64);
}

static void nothing_and_no_file_are_told_apart(void **state)
{
    char got[64];

    (void)state;
    put("", 0);
    assert_int_equal(render(NULL, got, sizeof got), LC_END);
    put("\xef\xbb\xbf \n", 5);
    assert_int_equal(render(NULL, got, sizeof got), LC_END);
    put("PK\3\4aaaa", 8);
    assert_int_equal(render(NULL, got, sizeof got), LC_EFORMAT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(render(NULL, got, sizeof got), LC_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_its_place_and_its_fate),
        cmocka_unit_test(the_byte_is_that_of_the_file_on_disk),
        cmocka_unit_test(what_stands_behind_the_table_is_skipped),
        cmocka_unit_test(what_the_person_says_holds),
        cmocka_unit_test(caps_hold_and_are_told),
        cmocka_unit_test(refused_memory_is_said_at_whatever_point),
        cmocka_unit_test(nothing_and_no_file_are_told_apart),
    };
    const int fd = mkstemp(path);
    int failed;

    if (fd < 0 || close(fd) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(path);
    return failed;
}
