#include "test.h"

#include <string.h>

#include "leadcal/slice.h"

static struct lc_slice of(const char *text)
{
    return lc_slice_of(text);
}

static void slices_compare_by_unsigned_bytes(void **state)
{
    (void)state;
    assert_true(lc_slice_eq(of("Retail"), of("Retail")));
    assert_false(lc_slice_eq(of("Retail"), of("Retai")));
    assert_true(lc_slice_eq((struct lc_slice){NULL, 0}, of("")));
    assert_true(lc_slice_cmp(of("a"), of("\xc3\xa9")) < 0);
    assert_true(lc_slice_cmp(of("ab"), of("a")) > 0);
    assert_true(lc_slice_cmp(of(""), of("a")) < 0);
    assert_int_equal(lc_slice_cmp(of("x"), of("x")), 0);
    assert_true(lc_slice_eq((struct lc_slice){"a\0b", 3}, (struct lc_slice){"a\0b", 3}));
    assert_false(lc_slice_eq((struct lc_slice){"a\0b", 3}, (struct lc_slice){"a\0c", 3}));
}

static void case_is_ignored_for_ascii_letters_alone(void **state)
{
    (void)state;
    assert_true(lc_slice_eq_nocase(of("Lead Source"), of("lead sOURCE")));
    assert_false(lc_slice_eq_nocase(of("@"), of("`")));
    assert_false(lc_slice_eq_nocase(of("\xc3\x89"), of("\xc3\xa9")));
    assert_false(lc_slice_eq_nocase(of("ab"), of("abc")));
}

static void blanks_of_every_kind_are_trimmed_at_the_ends(void **state)
{
    (void)state;
    assert_true(lc_slice_eq(lc_slice_trim(of(" \t\xc2\xa0 a b \r\n\xc2\xa0")), of("a b")));
    assert_true(lc_slice_eq(lc_slice_trim(of("\xc2\xa0")), of("")));
    assert_true(lc_slice_eq(lc_slice_trim(of("  ")), of("")));
    assert_true(lc_slice_eq(lc_slice_trim(of("\xc3\xa0")), of("\xc3\xa0")));
    assert_true(lc_slice_eq(lc_slice_trim(of("\xa0x\xc2")), of("\xa0x\xc2")));
}

static void the_nearest_name_is_within_a_third(void **state)
{
    static const char *const names[] = {"industry", "company_size", "won", "Won Date"};

    (void)state;
    assert_string_equal(lc_nearest("indsutry", names, 4), "industry");
    assert_string_equal(lc_nearest("INDUSTRY", names, 4), "industry");
    assert_string_equal(lc_nearest("companysize", names, 4), "company_size");
    assert_string_equal(lc_nearest("win", names, 4), "won");
    assert_string_equal(lc_nearest("won_date", names, 4), "Won Date");
    assert_null(lc_nearest("country", names, 4));
    assert_null(lc_nearest("xyz", names, 4));
    assert_null(lc_nearest("won", names, 0));
}

static void long_names_are_compared_by_their_beginnings(void **state)
{
    char a[200], b[200];
    const char *names[] = {b};

    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[199] = 0;
    b[150] = 0;
    assert_ptr_equal(lc_nearest(a, names, 1), b);
    memset(b, 'b', 60);
    assert_null(lc_nearest(a, names, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_by_unsigned_bytes),
        cmocka_unit_test(case_is_ignored_for_ascii_letters_alone),
        cmocka_unit_test(blanks_of_every_kind_are_trimmed_at_the_ends),
        cmocka_unit_test(the_nearest_name_is_within_a_third),
        cmocka_unit_test(long_names_are_compared_by_their_beginnings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
