#include "test.h"

#include <float.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/random.h"

static void a_million_random_bit_patterns_read_back_the_same(void **state)
{
    struct lc_random r = {20180101};
    char text[LC_REAL_TEXT];
    size_t done = 0;

    (void)state;
    while (done < 1000000) {
        const uint64_t bits = lc_random_bits(&r);
        double x, back = -1;

        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x))
            continue;
        lc_real_text(x, text);
        if (strlen(text) >= LC_REAL_TEXT || !lc_real_parse(lc_slice_of(text), &back) ||
            memcmp(&back, &x, sizeof x) != 0)
            fail_msg("%a became %s", x, text);
        done++;
    }
}

static void the_text_is_the_shortest_that_reads_back(void **state)
{
    static const struct {
        double x;
        const char *text;
    } cases[] = {
        {0.1, "0.1"},
        {-0.0, "0"},
        {1.0 / 3, "0.3333333333333333"},
        {2.385, "2.385"},
        {1e15, "1e+15"},
        {999999999999999, "999999999999999"},
        {-42, "-42"},
        {5e-324, "5e-324"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
    };
    char text[LC_REAL_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lc_real_text(cases[i].x, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void numbers_in_other_dress_are_refused(void **state)
{
    static const char *const no[] = {"",    ".",     "+",    "1e",  "1e+",   "0x10",   "nan",
                                     "inf", "1,234", " 1",   "1 ",  "1.2.3", "1e999",  "--1",
                                     "1_0", "1f",    "$500", "12%", "e5",    "1.5e2.5"};
    static const char *const yes[] = {"1", "+1", "-1.5", ".5", "5.", "1e3", "1.5E-3", "007"};
    static const double value[] = {1, 1, -1.5, 0.5, 5, 1000, 0.0015, 7};
    char zeros[500];

    (void)state;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        double x = 77;

        if (lc_real_parse(lc_slice_of(no[i]), &x) || x != 77)
            fail_msg("'%s' was read as a number", no[i]);
    }
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        double x = 77;

        assert_true(lc_real_parse(lc_slice_of(yes[i]), &x));
        assert_close(x, value[i], 0);
    }
    memset(zeros, '0', sizeof zeros);
    assert_false(lc_real_parse((struct lc_slice){zeros, sizeof zeros}, &(double){0}));
    assert_false(lc_real_parse((struct lc_slice){"1\0", 2}, &(double){0}));
}

static void whole_numbers_keep_to_their_limits(void **state)
{
    int64_t x = 77;

    (void)state;
    assert_true(lc_whole_parse(lc_slice_of("90"), 1, 90, &x));
    assert_int_equal(x, 90);
    assert_false(lc_whole_parse(lc_slice_of("91"), 1, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of("0"), 1, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of("1.0"), 1, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of(""), 1, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of("-"), -5, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of(" 5"), 1, 90, &x));
    assert_false(lc_whole_parse(lc_slice_of("9223372036854775808"), INT64_MIN, INT64_MAX, &x));
    assert_int_equal(x, 90);
    assert_true(lc_whole_parse(lc_slice_of("-9223372036854775808"), INT64_MIN, INT64_MAX, &x));
    assert_true(x == INT64_MIN);
    assert_true(lc_whole_parse(lc_slice_of("+7"), 1, 90, &x));
    assert_int_equal(x, 7);
}

static void halves_round_away_from_zero(void **state)
{
    (void)state;
    assert_close(lc_round_away(2.5), 3, 0);
    assert_close(lc_round_away(-2.5), -3, 0);
    assert_close(lc_round_away(0.49999999999999994), 0, 0);
    assert_close(lc_round_away(-0.2), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_random_bit_patterns_read_back_the_same),
        cmocka_unit_test(the_text_is_the_shortest_that_reads_back),
        cmocka_unit_test(numbers_in_other_dress_are_refused),
        cmocka_unit_test(whole_numbers_keep_to_their_limits),
        cmocka_unit_test(halves_round_away_from_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
