#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/look_page.h"
#include "small_table.h"

#define N 60

static struct lc_arena arena;
static struct lc_table_column column[4];

/* A table whose names and values would be markup, if anything were written as it is. */
static struct lc_look hostile_look(void)
{
    static const char *cell[4][N];
    static struct lc_table table;
    static struct lc_proposal proposal;
    struct lc_look look;
    struct lc_spec spec;
    struct lc_err err;

    for (size_t i = 0; i < N; i++) {
        cell[0][i] = i % 3 ? "Closed Lost" : "Closed Won";
        cell[1][i] = i % 5 == 1 ? "<script>alert(1)</script>" : i % 5 == 2 ? "& \"'" : "x";
        cell[2][i] = i % 7 ? "<B>" : "< b >";
        cell[3][i] = "secret@example.com";
    }
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, cell[0], N);
    column[1] = small_column(&arena, "\"><img src=x onerror=y>", LC_KIND_TEXT, cell[1], N);
    column[2] = small_column(&arena, "**c** `d`", LC_KIND_TEXT, cell[2], N);
    column[3] = small_column(&arena, "e-mail", LC_KIND_TEXT, cell[3], N);
    table = small_table(column, 4, N);
    table.file->encoding = "UTF-8";
    memcpy(table.file->delimiter, ",", 2);
    lc_spec_init(&spec);
    assert_int_equal(lc_propose(&table, &spec, &arena, &proposal, &err), LC_OK);
    assert_int_equal(lc_look_make(&table, &proposal, &arena, &look, &err), LC_OK);
    return look;
}

static char *page_of(const struct lc_look *look, const char *const *note, size_t n)
{
    FILE *to = tmpfile();
    struct lc_err err;
    char *text;
    long size;

    assert_non_null(to);
    assert_int_equal(lc_look_page(look, note, n, &arena, to, &err), LC_OK);
    size = ftell(to);
    assert_true(size > 0);
    rewind(to);
    text = LC_NEW(&arena, (size_t)size + 1, char);
    assert_int_equal(fread(text, 1, (size_t)size, to), size);
    (void)fclose(to);
    return text;
}

static void hostile_names_and_values_are_only_shown(void **state)
{
    static const char *const note[] = {"a note with <i> & a \"quote\""};
    struct lc_look look;
    const char *page;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    look = hostile_look();
    page = page_of(&look, note, 1);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "<i>"));
    assert_null(strstr(page, "<B>"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(page, "&quot;&gt;&lt;img src=x onerror=y&gt;"));
    assert_non_null(strstr(page, "**c** `d`")); /* no markup of ours either */
    assert_non_null(strstr(page, "a note with &lt;i&gt; &amp; a &quot;quote&quot;"));
    assert_non_null(strstr(page, "default-src 'none'"));
    lc_arena_release(&arena);
}

static void the_page_has_what_the_screen_has_and_no_persons(void **state)
{
    struct lc_look look;
    const char *page;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    look = hostile_look();
    page = page_of(&look, NULL, 0);
    for (size_t i = 0; i < look.n_sections; i++)
        assert_non_null(strstr(page, look.section[i].title));
    assert_null(strstr(page, "secret"));
    assert_null(strstr(page, "example.com"));
    assert_non_null(strstr(page, "e-mail")); /* that there is such a column */
    assert_non_null(strstr(page, "proposed in the spec"));
    lc_arena_release(&arena);
}

static void a_full_disk_is_an_error(void **state)
{
    FILE *to = fopen("/dev/full", "w");
    struct lc_look look;
    struct lc_err err;

    (void)state;
    assert_non_null(to);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    look = hostile_look();
    assert_int_equal(lc_look_page(&look, NULL, 0, &arena, to, &err), LC_EIO);
    (void)fclose(to);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_names_and_values_are_only_shown),
        cmocka_unit_test(the_page_has_what_the_screen_has_and_no_persons),
        cmocka_unit_test(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
