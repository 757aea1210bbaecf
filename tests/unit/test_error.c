#include "test.h"

#include <string.h>

#include "leadcal/error.h"

static void a_failure_fills_the_error_and_returns_its_code(void **state)
{
    struct lc_err err = {LC_OK, ""};

    (void)state;
    assert_int_equal(lc_fail(&err, LC_EFORMAT, "%s:%d: %d cells", "leads.csv", 17, 5),
                     LC_EFORMAT);
    assert_int_equal(err.code, LC_EFORMAT);
    assert_string_equal(err.text, "leads.csv:17: 5 cells");
    assert_int_equal(lc_fail_in(&err, "batch 3"), LC_EFORMAT);
    assert_string_equal(err.text, "batch 3: leads.csv:17: 5 cells");
    assert_int_equal(lc_fail_memory(&err, "a table"), LC_ENOMEM);
    assert_non_null(strstr(err.text, "a table"));
}

static void a_hostile_name_cannot_reach_the_terminal(void **state)
{
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fail(&err, LC_EMISMATCH, "no column '%s'", "a\033[2J\nb\x7f"),
                     LC_EMISMATCH);
    assert_string_equal(err.text, "no column 'a?[2J?b?'");
    assert_int_equal(lc_fail_in(&err, "x\ty"), LC_EMISMATCH);
    assert_string_equal(err.text, "x?y: no column 'a?[2J?b?'");
}

static void long_texts_are_cut_and_still_end(void **state)
{
    char name[2 * LC_ERR_TEXT];
    struct lc_err err;

    (void)state;
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    assert_int_equal(lc_fail(&err, LC_EIO, "%s", name), LC_EIO);
    assert_int_equal(strlen(err.text), LC_ERR_TEXT - 1);
    assert_int_equal(lc_fail_in(&err, name), LC_EIO);
    assert_true(strlen(err.text) < LC_ERR_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_fills_the_error_and_returns_its_code),
        cmocka_unit_test(a_hostile_name_cannot_reach_the_terminal),
        cmocka_unit_test(long_texts_are_cut_and_still_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
