/* Tests of record_id: pairs of ids computed by hand from the published rule, and what is no id. */
#include "leadcal/record_id.h"

#include <string.h>

#include "test.h"

static const char *long_of(const char *id)
{
    static char out[LC_LONG_ID + 1];

    return lc_record_id_long(lc_slice_of(id), out) ? out : NULL;
}

static void fifteen_characters_become_eighteen(void **state)
{
    /* Blocks of five by hand. 001D0: bit 3 set is 8, I. 00000: 0, A. IqhSL: bits 0, 3, 4 are 25, Z. */
    (void)state;
    assert_string_equal(long_of("001D000000IqhSL"), "001D000000IqhSLIAZ");
    assert_string_equal(long_of("00Q000000000001"), "00Q000000000001EAA");
    assert_string_equal(long_of("00Q5e00000AbCdE"), "00Q5e00000AbCdEEAV");
    /* All five are capitals: 31, which is 5. */
    assert_string_equal(long_of("ABCDE0000000000"), "ABCDE00000000005AA");
}

static void the_longer_form_is_itself(void **state)
{
    (void)state;
    assert_string_equal(long_of("001D000000IqhSLIAZ"), "001D000000IqhSLIAZ");
    assert_string_equal(long_of("00Q000000000001EAA"), "00Q000000000001EAA");
}

static void a_lost_case_is_restored_from_the_last_three(void **state)
{
    (void)state;
    assert_string_equal(long_of("001D000000IQHSLIAZ"), "001D000000IqhSLIAZ");
    assert_string_equal(long_of("001d000000iqhsliaz"), "001D000000IqhSLIAZ");
}

static void other_texts_are_no_ids(void **state)
{
    static const char *const other[] = {
        "",
        "001D000000IqhS",     /* fourteen */
        "001D000000IqhSLI",   /* sixteen */
        "001D000000IqhSLIA9", /* 9 says nothing */
        "001D000000IqhSLIA5", /* a digit cannot be a capital, and 5 says that five are */
        "001D000000IqHsLIAZ", /* both cases, and not those that Z says */
        "lead-0000000001",    /* a hyphen */
        "123456789012345678", /* digits: 6, 7 and 8 say nothing */
    };

    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_null(long_of(other[i]));
}

static void ids_that_differ_in_case_alone_stay_different(void **state)
{
    char a[LC_LONG_ID + 1];

    (void)state;
    assert_true(lc_record_id_long(lc_slice_of("00Q5e00000AbCdE"), a));
    assert_string_not_equal(a, long_of("00Q5e00000aBCdE"));
}

static void rounded_ids_are_known(void **state)
{
    static const char *const rounded[] = {"1.23E+17", "1,23457E+11", "2e+17", "9.0E+15"};
    static const char *const other[] = {"",        "1.23E17", "1E5",    "12.3E+17",
                                        "1.23E+1", "1.23E+",  "E+17",   "1.23E+17x",
                                        "17",      "1.23",    "001E+17"};

    (void)state;
    for (size_t i = 0; i < sizeof rounded / sizeof *rounded; i++)
        assert_true(lc_record_id_rounded(lc_slice_of(rounded[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(lc_record_id_rounded(lc_slice_of(other[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_characters_become_eighteen),
        cmocka_unit_test(the_longer_form_is_itself),
        cmocka_unit_test(a_lost_case_is_restored_from_the_last_three),
        cmocka_unit_test(other_texts_are_no_ids),
        cmocka_unit_test(ids_that_differ_in_case_alone_stay_different),
        cmocka_unit_test(rounded_ids_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
