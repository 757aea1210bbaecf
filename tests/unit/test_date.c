#include "test.h"

#include <string.h>

#include "leadcal/date.h"

static bool parses(const char *text, enum lc_date_order order, int year, int month, int day)
{
    int32_t got = 12345;

    return lc_date_parse(lc_slice_of(text), order, &got) && got == lc_day_of(year, month, day);
}

static bool refuses(const char *text, enum lc_date_order order)
{
    int32_t got = 12345;

    return !lc_date_parse(lc_slice_of(text), order, &got) && got == 12345;
}

static void day_numbers_are_those_of_unix_days(void **state)
{
    (void)state; /* date -u -d DATE +%s / 86400 */
    assert_int_equal(lc_day_of(1970, 1, 1), 0);
    assert_int_equal(lc_day_of(2018, 11, 14), 17849);
    assert_int_equal(lc_day_of(1900, 3, 1), -25508);
    assert_int_equal(lc_day_of(2000, 2, 29), 11016);
    assert_int_equal(lc_day_of(2199, 12, 31), 84005);
}

static void every_day_of_three_centuries_goes_there_and_back(void **state)
{
    char text[LC_DAY_TEXT];

    (void)state;
    for (int32_t day = lc_day_of(1900, 1, 1); day <= lc_day_of(2199, 12, 31); day++) {
        int32_t back = LC_NO_DAY;

        lc_day_text(day, text);
        assert_true(lc_date_parse(lc_slice_of(text), LC_DATE_ANY, &back));
        assert_int_equal(back, day);
    }
}

static void forms_of_crm_exports_are_read(void **state)
{
    (void)state;
    assert_true(parses("2018-11-14", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("2018-11-14", LC_DATE_MDY, 2018, 11, 14));
    assert_true(parses("20181114", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("2018.02.26 19:58", LC_DATE_ANY, 2018, 2, 26));
    assert_true(parses("2021-01-07 6:49:18", LC_DATE_ANY, 2021, 1, 7));
    assert_true(parses("2018-12-28T11:04:20+05:30", LC_DATE_ANY, 2018, 12, 28));
    assert_true(parses("2015-01-15T18:44:58.9930000Z", LC_DATE_ANY, 2015, 1, 15));
    assert_true(parses("2024-02-29 00:00:00 UTC", LC_DATE_ANY, 2024, 2, 29));
    assert_true(parses("2024-02-29T00:00:00.000+0000", LC_DATE_ANY, 2024, 2, 29));
    assert_true(parses("03/04/2026", LC_DATE_DMY, 2026, 4, 3));
    assert_true(parses("03/04/2026", LC_DATE_MDY, 2026, 3, 4));
    assert_true(parses("1/10/2026 21:52", LC_DATE_MDY, 2026, 1, 10));
    assert_true(parses("1/10/2026, 9:52 PM", LC_DATE_MDY, 2026, 1, 10));
    assert_true(parses("15.01.2024", LC_DATE_ANY, 2024, 1, 15));
    assert_true(parses("05-12-2017 02:00", LC_DATE_DMY, 2017, 12, 5));
    assert_true(parses("14 Nov 2018", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("14-NOV-2018", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("Nov 14, 2018", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("September 5 2018", LC_DATE_ANY, 2018, 9, 5));
    assert_true(parses("Sept 5, 2018 10:15 am", LC_DATE_ANY, 2018, 9, 5));
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const no[] = {"",
                                     "2018",
                                     "May-20",
                                     "20.máj",
                                     "01-May",
                                     "5-20",
                                     "2018-13-01",
                                     "2018-02-30",
                                     "1899-12-31",
                                     "2200-01-01",
                                     "2018-11",
                                     "11/14/18",
                                     "32/01/2018",
                                     "2018-11-14x",
                                     "1-2/2018",
                                     "2018-11-14T",
                                     "1,001-5,000",
                                     "10:30",
                                     "2018/11/14 25:00",
                                     "2018-11-14 10:61",
                                     "123456789",
                                     "2018-1-1-1",
                                     "1.2.3",
                                     "Novem 4 2018"};

    (void)state;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        for (int order = LC_DATE_ANY; order <= LC_DATE_YMD; order++)
            if (!refuses(no[i], (enum lc_date_order)order))
                fail_msg("'%s' was read as a date", no[i]);
}

static void a_date_that_reads_two_ways_is_not_guessed(void **state)
{
    const struct lc_date_look both = lc_date_look(lc_slice_of("03/04/2026"));
    const struct lc_date_look day_first = lc_date_look(lc_slice_of("13/04/2026"));
    const struct lc_date_look month_first = lc_date_look(lc_slice_of("04/13/2026"));
    const struct lc_date_look plain = lc_date_look(lc_slice_of("2026-04-13"));

    (void)state;
    assert_true(both.is_date && both.dmy && both.mdy && !both.ymd);
    assert_true(day_first.is_date && day_first.dmy && !day_first.mdy && !day_first.ymd);
    assert_true(month_first.is_date && !month_first.dmy && month_first.mdy && !month_first.ymd);
    assert_true(plain.is_date && plain.dmy && plain.mdy && plain.ymd);
    assert_false(lc_date_look(lc_slice_of("11-50")).is_date);
    assert_true(refuses("03/04/2026", LC_DATE_ANY));
    assert_true(refuses("03/04/2026", LC_DATE_YMD));
    assert_true(parses("13/04/2026", LC_DATE_ANY, 2026, 4, 13));
    assert_true(parses("04/04/2026", LC_DATE_ANY, 2026, 4, 4));
    assert_true(refuses("13/04/2026", LC_DATE_MDY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers_are_those_of_unix_days),
        cmocka_unit_test(every_day_of_three_centuries_goes_there_and_back),
        cmocka_unit_test(forms_of_crm_exports_are_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_date_that_reads_two_ways_is_not_guessed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
