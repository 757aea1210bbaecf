#include "test.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/number.h"

static double read_as(const char *text, enum lc_decimal decimal)
{
    double x = 7.25;

    if (lc_number_parse(lc_slice_of(text), decimal, &x))
        return x;
    assert_close(x, 7.25, 0);
    return (double)NAN;
}

/* One amount as the countries write it: `locale -k LC_NUMERIC LC_MONETARY` of de_DE, fr_FR, de_CH,
 * en_IN, en_US, es_ES, pl_PL, sv_SE. */
static void the_numbers_of_eight_countries_are_read(void **state)
{
    static const struct {
        const char *text;
        double value;
    } matrix[] = {
        {"1.234.567,89", 1234567.89},
        {"1 234 567,89", 1234567.89},
        {"1\xc2\xa0"
         "234\xc2\xa0"
         "567,89",
         1234567.89},
        {"1\xe2\x80\xaf"
         "234\xe2\x80\xaf"
         "567,89",
         1234567.89},
        {"1\xe2\x80\x89"
         "234\xe2\x80\x89"
         "567.89",
         1234567.89},
        {"1'234'567.89", 1234567.89},
        {"1\xe2\x80\x99"
         "234\xe2\x80\x99"
         "567.89",
         1234567.89},
        {"12,34,567.89", 1234567.89},
        {"1,234,567.89", 1234567.89},
        {"1.234.567,89 €", 1234567.89},
        {"1.234.567,89\xc2\xa0"
         "EUR",
         1234567.89},
        {"CHF 1'234'567.89", 1234567.89},
        {"CHF-1'234'567.89", -1234567.89},
        {"₹ 12,34,567.89", 1234567.89},
        {"$1,234,567.89", 1234567.89},
        {"US$ 1,234,567.89", 1234567.89},
        {"1 234 567,89 zł", 1234567.89},
        {"1 234 567,89 kr", 1234567.89},
        {"R$ 1.234.567,89", 1234567.89},
        {"12,5", 12.5},
        {",5 kr", 0.5},
        {"0,125", 0.125},
        {"0.125", 0.125},
        {"1,5e3", 1500},
        {"1234567", 1234567},
        {"12,34,567", 1234567},
        {"1 234", 1234},
    };

    (void)state;
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++)
        if (!(read_as(matrix[i].text, LC_DECIMAL_ANY) == matrix[i].value))
            fail_msg("'%s' was read as %.17g", matrix[i].text,
                     read_as(matrix[i].text, LC_DECIMAL_ANY));
}

static void negatives_of_accountants_are_read(void **state)
{
    static const char *const same[] = {"-1234.5",     "(1,234.50)",   "1,234.50-",
                                       "-$1,234.50",  "$-1,234.50",   "($1,234.50)",
                                       "$(1,234.50)", "- 1.234,50 €", "1.234,50- €",
                                       "1.234,50 €-", "−1234,5",      "(1 234,50 EUR)"};

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!(read_as(same[i], LC_DECIMAL_ANY) == -1234.5))
            fail_msg("'%s' was read as %.17g", same[i], read_as(same[i], LC_DECIMAL_ANY));
    assert_close(read_as("+45,5 %", LC_DECIMAL_ANY), 45.5, 0);
    assert_close(read_as("(0)", LC_DECIMAL_ANY), 0, 0);
}

static void what_reads_two_ways_is_told_and_not_guessed(void **state)
{
    const struct lc_number_look both = lc_number_look(lc_slice_of("1,234"));
    const struct lc_number_look comma = lc_number_look(lc_slice_of("1,23"));
    const struct lc_number_look point = lc_number_look(lc_slice_of("$1,234.5"));
    const struct lc_number_look same = lc_number_look(lc_slice_of("1 234 %"));

    (void)state;
    assert_true(both.point && both.comma && both.differ);
    assert_true(comma.comma && !comma.point);
    assert_true(point.point && !point.comma);
    assert_string_equal(lc_number_unit(point.unit), "$");
    assert_true(same.point && same.comma && !same.differ);
    assert_int_equal(same.unit, LC_UNIT_PERCENT);
    assert_true(isnan(read_as("1,234", LC_DECIMAL_ANY)));
    assert_close(read_as("1,234", LC_DECIMAL_POINT), 1234, 0);
    assert_close(read_as("1,234", LC_DECIMAL_COMMA), 1.234, 0);
    assert_close(read_as("1.234", LC_DECIMAL_COMMA), 1234, 0);
    assert_true(isnan(read_as("1,23", LC_DECIMAL_POINT)));
    assert_true(isnan(read_as("1.23", LC_DECIMAL_COMMA)));
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const no[] = {
        "",           "-",      "€",     "%",        "()",       "1,2,3",     "1.2.3",
        "0,123,456",  "1,2345", "12,34", "1,234,56", "1 23",     "1'23",      "12 34 56",
        "--5",        "-5-",    "(-5)",  "$5 €",     "5 apples", "1.234,5.6", "1,234 567",
        "5k",         "0x10",   "nan",   "inf",      "1e5e5",    "1,234e5.5", "+49 170 1234567",
        "2018-11-14", "10:30",  "1-5",   "1e999",    "EUR",      "( )",       "1  234"};

    (void)state;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        const bool decimal_comma = strcmp(no[i], "1,2345") == 0 || strcmp(no[i], "12,34") == 0;

        if (!isnan(read_as(no[i], LC_DECIMAL_POINT)))
            fail_msg("'%s' was read as a number", no[i]);
        if (!decimal_comma && !isnan(read_as(no[i], LC_DECIMAL_COMMA)))
            fail_msg("'%s' was read as a number with a decimal comma", no[i]);
    }
}

/* Law: whatever is a plain number is the same number here. */
static void plain_numbers_keep_their_value(void **state)
{
    static const char *const plain[] = {"0",
                                        "-0",
                                        "5.",
                                        ".5",
                                        "-.5",
                                        "+7",
                                        "1e5",
                                        "-1E-3",
                                        "1.5",
                                        "0012",
                                        "1234",
                                        "12.3456e+2",
                                        "1.7976931348623157e308",
                                        "4.9e-324"};

    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        double x;

        assert_true(lc_real_parse(lc_slice_of(plain[i]), &x));
        assert_true(read_as(plain[i], LC_DECIMAL_POINT) == x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_of_eight_countries_are_read),
        cmocka_unit_test(negatives_of_accountants_are_read),
        cmocka_unit_test(what_reads_two_ways_is_told_and_not_guessed),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(plain_numbers_keep_their_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
