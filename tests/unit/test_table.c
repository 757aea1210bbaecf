#include "test.h"

#include <string.h>
#include <unistd.h>

#include "leadcal/hash.h"
#include "leadcal/table.h"
#include "scratch.h"

static const uint8_t codes[] = {1, 0, 2, 1};
static const char *const levels[] = {"IT", "Retail", LC_MISSING_TEXT};

static struct lc_table_column column(const char *name)
{
    return (struct lc_table_column){.codes = {name, 1, codes, 3, levels, 2}};
}

static void columns_are_found_by_name_and_the_nearest_is_suggested(void **state)
{
    struct lc_table_column columns[] = {column("industry"), column("deals.stage")};
    struct lc_table_file file = {.path = "leads.csv"};
    const struct lc_table table = {
        .n = 4, .k = 2, .column = columns, .file = &file, .n_files = 1};
    struct lc_err err;
    size_t at = 77;

    (void)state;
    assert_int_equal(lc_table_find(&table, "deals.stage", &at, &err), LC_OK);
    assert_int_equal(at, 1);
    assert_int_equal(lc_table_find(&table, "industri", &at, &err), LC_EMISMATCH);
    assert_string_equal(err.text,
                        "leads.csv: there is no column 'industri'; did you mean 'industry'?");
    assert_int_equal(lc_table_find(&table, "owner", &at, &err), LC_EMISMATCH);
    assert_string_equal(
        err.text,
        "leads.csv: there is no column 'owner'; its columns are industry, deals.stage");
    assert_int_equal(at, 1);
}

static void a_missing_cell_has_no_text(void **state)
{
    const struct lc_table_column c = column("industry");

    (void)state;
    assert_string_equal(lc_table_cell(&c, 0), "Retail");
    assert_string_equal(lc_table_cell(&c, 1), "IT");
    assert_null(lc_table_cell(&c, 2));
}

static void a_file_is_hashed_when_asked_and_only_if_it_is_the_same(void **state)
{
    char path[SCRATCH_PATH];
    struct lc_table_file file = {.path = path, .bytes = 3};
    struct lc_err err;

    (void)state;
    assert_true(scratch_file(path, "abc"));
    assert_int_equal(lc_table_file_hash(&file, &err), LC_OK);
    assert_string_equal(file.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    file.sha256[0] = 0;
    file.bytes = 4;
    assert_int_equal(lc_table_file_hash(&file, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "changed"));
    (void)unlink(path);
    assert_int_equal(lc_table_file_hash(&file, &err), LC_EIO);
    assert_string_equal(file.sha256, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_name_and_the_nearest_is_suggested),
        cmocka_unit_test(a_missing_cell_has_no_text),
        cmocka_unit_test(a_file_is_hashed_when_asked_and_only_if_it_is_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
