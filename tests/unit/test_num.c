#include "test.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/random.h"

static double from_bits(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static bool parse(const char *text, double *x)
{
    return lc_real_parse(lc_slice_of(text), x);
}

static void assert_reads_back(double x)
{
    char text[LC_REAL_TEXT];
    double back = 0.5;

    memset(text, '#', sizeof text);
    lc_real_text(x, text);
    if (!memchr(text, 0, sizeof text) || !parse(text, &back) ||
        memcmp(&back, &x, sizeof x) != 0)
        fail_msg("%a was written %.32s and read %a", x, text, back);
}

/* Every exponent is drawn as often; one in 2048 patterns is no number. */
static void a_million_random_bit_patterns_read_back_bit_for_bit(void **state)
{
    struct lc_random random = {20240229};
    size_t finite = 0;

    (void)state;
    for (int i = 0; i < 1000000; i++) {
        const double x = from_bits(lc_random_bits(&random));

        if (!isfinite(x) || x == 0)
            continue;
        assert_reads_back(x);
        finite++;
    }
    assert_in_range(finite, 999000, 999999);
}

static void the_numbers_reports_are_made_of_read_back(void **state)
{
    struct lc_random random = {7};

    (void)state;
    for (int i = 0; i < 100000; i++) {
        const double u = lc_random_unit(&random);

        if (u > 0)
            assert_reads_back(u);
        assert_reads_back(1 + (double)lc_random_below(&random, 1000000) / 1000);
    }
}

static void powers_of_two_and_their_neighbours_read_back(void **state)
{
    (void)state;
    for (int e = -1074; e < 1024; e++) {
        const double x = ldexp(1, e);

        assert_reads_back(x);
        assert_reads_back(-x);
        if (x > DBL_MIN) {
            assert_reads_back(nextafter(x, 0));
            assert_reads_back(nextafter(x, DBL_MAX));
        }
    }
    assert_reads_back(DBL_MAX);
    assert_reads_back(-DBL_MAX);
    assert_reads_back(from_bits(0x000fffffffffffff)); /* the largest subnormal */
}

/* Digits of a text, without the exponent and the zeros at both ends. */
static int count_digits(const char *text)
{
    int n = 0, zeros = 0;

    for (const char *p = text; *p && *p != 'e'; p++) {
        if (*p < '0' || *p > '9' || (n == 0 && *p == '0'))
            continue;
        zeros = *p == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

static void one_digit_less_does_not_read_back(void **state)
{
    struct lc_random random = {99};

    (void)state;
    for (int i = 0; i < 60000; i++) {
        /* A third are subnormal, and a third have few digits. */
        const uint64_t bits = lc_random_bits(&random);
        const double x = i % 3 == 0   ? from_bits(bits & 0x000fffffffffffff >> bits % 50)
                         : i % 3 == 1 ? (double)(bits % 100000) / 1000
                                      : from_bits(bits);
        char text[LC_REAL_TEXT], shorter[400];
        int n;

        if (!isfinite(x) || x == 0)
            continue;
        lc_real_text(x, text);
        n = count_digits(text);
        if (n < 2)
            continue;
        (void)snprintf(shorter, sizeof shorter, "%.*g", n - 1, x);
        if (strtod(shorter, NULL) == x)
            fail_msg("%s would do for %s", shorter, text);
    }
}

static void known_numbers_have_their_known_texts(void **state)
{
    static const struct {
        double x;
        const char *text;
    } known[] = {
        {0.1, "0.1"},
        {-0.1, "-0.1"},
        {0.0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-17, "-17"},
        {2.385, "2.385"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {123456789012345, "123456789012345"},
        {999999999999999, "999999999999999"}, /* below 1e15: no exponent */
        {1e15, "1e+15"},
        {1e15 + 1, "1000000000000001"},
        {100000, "100000"},
        {9007199254740992, "9007199254740992"},
        {1e21, "1e+21"},
        {5e-324, "5e-324"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {-DBL_MAX, "-1.7976931348623157e+308"},
        {0x1p-24, "5.9604644775390625e-08"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[LC_REAL_TEXT];

        lc_real_text(known[i].x, text);
        assert_string_equal(text, known[i].text);
    }
}

static void what_is_no_plain_decimal_is_refused_and_leaves_the_number(void **state)
{
    static const char *const wrong[] = {
        "",    " ",     " 1",       "1 ",    "0x10",    "0x1p3",   "nan",   "NAN",
        "inf", "-inf",  "infinity", "1e",    "1e+",     "1e-",     "e5",    ".",
        "+",   "-",     "+.",       "-.e1",  ".e1",     "1,5",     "1.5.2", "1 000",
        "--1", "+-1",   "1e5.0",    "1e999", "-1e999",  "1d5",     "1e 5",  "1_000",
        "1f",  "1.5\t", "$1",       "12%",   "1.8e308", "\xd9\xa1"};
    char longer[402];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double x = 2.385;

        if (parse(wrong[i], &x))
            fail_msg("'%s' was read as %g", wrong[i], x);
        assert_true(x == 2.385);
    }
    memset(longer, '0', sizeof longer);
    longer[401] = 0;
    assert_false(parse(longer, &(double){0}));
    assert_true(parse(longer + 1, &(double){0}));
    assert_false(lc_real_parse((struct lc_slice){"1\0", 2}, &(double){0}));
    assert_false(lc_real_parse((struct lc_slice){NULL, 0}, &(double){0}));
}

static void decimals_are_read_in_every_spelling(void **state)
{
    static const struct {
        const char *text;
        double x;
    } known[] = {{"+1.5", 1.5},   {"1.", 1},
                 {".5", 0.5},     {"-.5e1", -5},
                 {"007", 7},      {"1E3", 1000},
                 {"1e+03", 1000}, {"2.5e-3", 0.0025},
                 {"1e-999", 0},   {"4.9e-324", 0x1p-1074},
                 {"0.1", 0.1},    {"1.7976931348623157e308", DBL_MAX},
                 {"-0", 0},       {"0e999", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double x = 99.5;

        assert_true(parse(known[i].text, &x));
        assert_true(x == known[i].x);
    }
}

static void a_number_ends_where_its_slice_does(void **state)
{
    int64_t whole = 0;
    double x = 0;

    (void)state;
    assert_true(lc_real_parse((struct lc_slice){"2.3859e7", 5}, &x));
    assert_true(x == 2.385);
    assert_true(lc_whole_parse((struct lc_slice){"-12345", 4}, -200, 200, &whole));
    assert_int_equal(whole, -123);
}

static bool whole(const char *text, int64_t low, int64_t high, int64_t *x)
{
    return lc_whole_parse(lc_slice_of(text), low, high, x);
}

static void whole_numbers_keep_to_their_range(void **state)
{
    int64_t x = -3;

    (void)state;
    assert_true(whole("7", 1, 7, &x));
    assert_int_equal(x, 7);
    assert_true(whole("+1", 1, 7, &x));
    assert_int_equal(x, 1);
    assert_true(whole("-0042", -42, -42, &x));
    assert_int_equal(x, -42);
    assert_false(whole("8", 1, 7, &x));
    assert_false(whole("0", 1, 7, &x));
    assert_false(whole("5", 7, 1, &x));
    assert_int_equal(x, -42);
    assert_true(whole("9223372036854775807", INT64_MIN, INT64_MAX, &x));
    assert_true(x == INT64_MAX);
    assert_true(whole("-9223372036854775808", INT64_MIN, INT64_MAX, &x));
    assert_true(x == INT64_MIN);
}

static void whole_numbers_that_overflow_or_are_not_whole_are_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "+",
                                        "-",
                                        "--1",
                                        "+-1",
                                        " 1",
                                        "1 ",
                                        "1.0",
                                        "1e3",
                                        "0x10",
                                        "12a",
                                        "1,000",
                                        "\t1",
                                        "1_0",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "99999999999999999999999",
                                        "100000000000000000000000000000000"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t x = 2385;

        if (whole(wrong[i], INT64_MIN, INT64_MAX, &x))
            fail_msg("'%s' was read", wrong[i]);
        assert_int_equal(x, 2385);
    }
    assert_false(lc_whole_parse((struct lc_slice){"1\0", 2}, 0, 9, &(int64_t){0}));
    assert_false(lc_whole_parse((struct lc_slice){NULL, 0}, 0, 9, &(int64_t){0}));
}

static void halves_are_rounded_away_from_zero(void **state)
{
    static const struct {
        double x, rounded;
    } known[] = {{0.5, 1},
                 {-0.5, -1},
                 {1.5, 2},
                 {2.5, 3},
                 {-2.5, -3},
                 {2.4999, 2},
                 {-2.51, -3},
                 {0x1.fffffffffffffp-2, 0},
                 {4503599627370495.5, 4503599627370496},
                 {0x1p52 + 1, 0x1p52 + 1},
                 {0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(lc_round_away(known[i].x) == known[i].rounded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_random_bit_patterns_read_back_bit_for_bit),
        cmocka_unit_test(the_numbers_reports_are_made_of_read_back),
        cmocka_unit_test(powers_of_two_and_their_neighbours_read_back),
        cmocka_unit_test(one_digit_less_does_not_read_back),
        cmocka_unit_test(known_numbers_have_their_known_texts),
        cmocka_unit_test(what_is_no_plain_decimal_is_refused_and_leaves_the_number),
        cmocka_unit_test(decimals_are_read_in_every_spelling),
        cmocka_unit_test(a_number_ends_where_its_slice_does),
        cmocka_unit_test(whole_numbers_keep_to_their_range),
        cmocka_unit_test(whole_numbers_that_overflow_or_are_not_whole_are_refused),
        cmocka_unit_test(halves_are_rounded_away_from_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
