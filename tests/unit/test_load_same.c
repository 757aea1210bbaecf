/* Tests of load: texts that the spec reads as others. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"
#include "leadcal/spelling.h"
#include "scratch.h"

static struct lc_arena arena;
static char path[SCRATCH_PATH];

static const char *const pro[] = {"GTXPro", "gtx pro", "never met"};
static const char *const box[] = {"BOX"};
static const struct lc_spec_same same[] = {{"GTX Pro", {pro, 3}}, {"Box", {box, 1}}};
static const char text[] = "product,n\nGTX Pro,1\nGTXPro,2\n gtx pro ,3\n\"Gold, fine\",4\n,5\n"
                           "GTXPro,6\nBOX,7\nBOX,8\n";

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int end(void **state)
{
    (void)state;
    (void)unlink(path);
    lc_arena_release(&arena);
    return 0;
}

static enum lc_rc load(const char *bytes, const char *column, const struct lc_spec_same *list,
                       size_t n, size_t chunk, struct lc_table *table,
                       struct lc_load_account *account, struct lc_err *err)
{
    const struct lc_spec_attribute attribute = {.column = column, .same = list, .n_same = n};
    const struct lc_load_options options = {.quiet = true, .chunk_bytes = chunk};
    const char *const paths[] = {path};
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.attribute = &attribute;
    spec.n_attributes = 1;
    if (*path)
        (void)unlink(path);
    assert_true(scratch_file(path, bytes));
    return lc_load(paths, 1, &spec, &options, NULL, &arena, table, account, err);
}

static void check_product(const struct lc_table *t)
{
    static const char *const want[] = {"GTX Pro", "GTX Pro", "GTX Pro", "Gold, fine",
                                       NULL,      "GTX Pro", "Box",     "Box"};
    const struct lc_table_column *c = &t->column[0];

    assert_true(t->n == 8);
    assert_true(c->codes.n_levels == 4);           /* Box, GTX Pro, Gold, missing */
    assert_string_equal(c->codes.level[0], "Box"); /* which no cell holds */
    assert_true(c->count[0] == 2 && c->count[1] == 4);
    for (size_t i = 0; i < 8; i++)
        if (want[i])
            assert_string_equal(lc_table_cell(c, i), want[i]);
        else
            assert_null(lc_table_cell(c, i));
    assert_true(c->n_spellings == 4);
    assert_string_equal(c->spelling[0].text, "GTXPro");
    assert_string_equal(c->spelling[0].as, "GTX Pro");
    assert_true(c->spelling[0].count == 2 && c->spelling[1].count == 1);
    assert_true(c->spelling[2].count == 0 && c->spelling[3].count == 2);
    assert_string_equal(lc_table_standard(c, "BOX"), "Box");
    assert_string_equal(lc_table_standard(c, "Gold, fine"), "Gold, fine");
}

static void spellings_are_one_level_however_the_file_is_cut(void **state)
{
    struct lc_load_account account;
    struct lc_table t;
    struct lc_err err;

    (void)state;
    for (size_t chunk = 0; chunk < 60; chunk += 7) {
        assert_int_equal(load(text, "product", same, 2, chunk, &t, &account, &err), LC_OK);
        check_product(&t);
    }
    assert_string_equal(account.note[account.n_notes - 1],
                        "column 'product' is standardised, as the spec says: 3 other spellings "
                        "in 5 cells, such as 'GTXPro' for 'GTX Pro'");
}

static void nothing_is_said_where_no_cell_has_a_spelling(void **state)
{
    struct lc_load_account account;
    struct lc_table t;
    struct lc_err err;

    (void)state;
    assert_int_equal(
        load("product,n\nGold,1\nOak,2\n", "product", same, 2, 0, &t, &account, &err), LC_OK);
    assert_true(t.column[0].codes.n_levels == 2);
    for (size_t i = 0; i < account.n_notes; i++)
        assert_null(strstr(account.note[i], "standardised"));
}

static void what_cannot_be_the_same_is_refused(void **state)
{
    static const char *const seven[] = {"7"};
    static const struct lc_spec_same eight = {"8", {seven, 1}}, dash = {"-", {seven, 1}};
    struct lc_load_account account;
    struct lc_table t;
    struct lc_err err;

    (void)state;
    assert_int_equal(load(text, "n", &eight, 1, 0, &t, &account, &err), LC_EMISMATCH);
    assert_non_null(
        strstr(err.text, "column 'n' holds numbers, whose spellings are all known"));
    assert_int_equal(load("n,m\nx,1\n7,2\n", "n", &dash, 1, 0, &t, &account, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "column 'n': '-' means no value"));
}

static void every_refused_allocation_is_an_error(void **state)
{
    struct lc_load_account account;
    struct lc_table t;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 64; rc == LC_ENOMEM && limit < (size_t)1 << 24; limit += limit / 7) {
        lc_arena_release(&arena);
        lc_arena_init(&arena, limit);
        rc = load(text, "product", same, 2, 0, &t, &account, &err);
    }
    assert_int_equal(rc, LC_OK);
    check_product(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(spellings_are_one_level_however_the_file_is_cut, begin,
                                        end),
        cmocka_unit_test_setup_teardown(nothing_is_said_where_no_cell_has_a_spelling, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_cannot_be_the_same_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(every_refused_allocation_is_an_error, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
