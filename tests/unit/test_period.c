#include "test.h"

#include <string.h>

#include "leadcal/date.h"
#include "leadcal/period.h"

static void assert_period(enum lc_period kind, int year, int month, int day, const char *want)
{
    char text[LC_PERIOD_TEXT];

    lc_period_text(kind, lc_period_of(kind, lc_day_of(year, month, day)), text);
    assert_string_equal(text, want);
}

static void quarters_and_months_have_the_names_that_reports_use(void **state)
{
    (void)state;
    assert_period(LC_PERIOD_QUARTER, 2025, 1, 1, "2025-Q1");
    assert_period(LC_PERIOD_QUARTER, 2025, 3, 31, "2025-Q1");
    assert_period(LC_PERIOD_QUARTER, 2025, 9, 30, "2025-Q3");
    assert_period(LC_PERIOD_QUARTER, 1969, 12, 31, "1969-Q4");
    assert_period(LC_PERIOD_MONTH, 2024, 2, 29, "2024-02");
    assert_period(LC_PERIOD_MONTH, 2024, 12, 1, "2024-12");
    assert_period(LC_PERIOD_NONE, 2024, 12, 1, "(all)");
}

/* date -d DAY +%G-W%V */
static void weeks_are_those_of_iso_8601(void **state)
{
    (void)state;
    assert_period(LC_PERIOD_WEEK, 2025, 7, 1, "2025-W27");
    assert_period(LC_PERIOD_WEEK, 2024, 12, 30, "2025-W01");
    assert_period(LC_PERIOD_WEEK, 2021, 1, 3, "2020-W53");
    assert_period(LC_PERIOD_WEEK, 2021, 1, 4, "2021-W01");
    assert_period(LC_PERIOD_WEEK, 2016, 1, 1, "2015-W53");
    assert_period(LC_PERIOD_WEEK, 1969, 12, 28, "1969-W52");
    assert_period(LC_PERIOD_WEEK, 1969, 12, 29, "1970-W01");
    assert_period(LC_PERIOD_WEEK, 1900, 1, 1, "1900-W01");
}

/* A law: periods follow each other without gap or overlap, and each day lies in its own. */
static void every_day_of_three_centuries_lies_in_one_period(void **state)
{
    (void)state;
    for (int kind = LC_PERIOD_QUARTER; kind <= LC_PERIOD_WEEK; kind++) {
        const enum lc_period p = (enum lc_period)kind;
        int32_t before = lc_period_of(p, lc_day_of(1899, 12, 31));

        for (int32_t day = lc_day_of(1900, 1, 1); day <= lc_day_of(2199, 12, 31); day++) {
            const int32_t at = lc_period_of(p, day);
            const bool begins = day == lc_period_last(p, before) + 1;

            assert_int_equal(at, before + begins);
            before = at;
        }
    }
}

static void a_week_has_seven_days_and_a_period_without_end_has_none_last(void **state)
{
    const int32_t week = lc_period_of(LC_PERIOD_WEEK, 17849);

    (void)state;
    assert_int_equal(
        lc_period_last(LC_PERIOD_WEEK, week) - lc_period_last(LC_PERIOD_WEEK, week - 1), 7);
    assert_int_equal(lc_period_last(LC_PERIOD_QUARTER, 2025 * 4 + 2), lc_day_of(2025, 9, 30));
    assert_int_equal(lc_period_last(LC_PERIOD_NONE, 0), INT32_MAX);
    assert_string_equal(lc_period_word(LC_PERIOD_WEEK), "week");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_and_months_have_the_names_that_reports_use),
        cmocka_unit_test(weeks_are_those_of_iso_8601),
        cmocka_unit_test(every_day_of_three_centuries_lies_in_one_period),
        cmocka_unit_test(a_week_has_seven_days_and_a_period_without_end_has_none_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
