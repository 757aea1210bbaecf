#include "test.h"

#include <stdio.h>
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

/* The months as `locale -k mon abmon` names them in de_DE, fr_FR, es_ES, it_IT, pt_PT and nl_NL. */
static void months_are_known_by_name_in_seven_languages(void **state)
{
    static const char *const name[12][9] = {
        {"Januar", "janvier", "janv.", "enero", "ene", "gennaio", "janeiro", "januari", "JAN"},
        {"Februar", "février", "févr.", "febrero", "feb", "febbraio", "fevereiro", "februari",
         "FÉVRIER"},
        {"März", "mars", "Mär", "marzo", "mar", "Mrz", "março", "maart", "MÄRZ"},
        {"April", "avril", "avril", "abril", "abr", "aprile", "abril", "april", "ABR"},
        {"Mai", "mai", "mai", "mayo", "may", "maggio", "maio", "mei", "MAI"},
        {"Juni", "juin", "juin", "junio", "jun", "giugno", "junho", "juni", "JUN"},
        {"Juli", "juillet", "juil.", "julio", "jul", "luglio", "julho", "juli", "JUL"},
        {"August", "août", "août", "agosto", "ago", "agosto", "agosto", "augustus", "AOÛT"},
        {"September", "septembre", "sept.", "septiembre", "sep", "settembre", "setembro",
         "september", "SET"},
        {"Oktober", "octobre", "oct.", "octubre", "oct", "ottobre", "outubro", "oktober",
         "OKT"},
        {"November", "novembre", "nov.", "noviembre", "nov", "novembre", "novembro", "november",
         "NOV"},
        {"Dezember", "décembre", "déc.", "diciembre", "dic", "dicembre", "dezembro", "december",
         "DÉC"}};

    (void)state;
    for (int m = 0; m < 12; m++)
        for (int l = 0; l < 9; l++) {
            char text[64];

            (void)snprintf(text, sizeof text, "17 %s 2018", name[m][l]);
            if (!parses(text, LC_DATE_ANY, 2018, m + 1, 17))
                fail_msg("'%s' was not read", text);
        }
    assert_true(parses("14. März 2018", LC_DATE_ANY, 2018, 3, 14));
    assert_true(parses("14. Dez. 2018, 19:58", LC_DATE_ANY, 2018, 12, 14));
    assert_true(parses("1er août 2018", LC_DATE_ANY, 2018, 8, 1));
    assert_true(parses("14 de marzo de 2018", LC_DATE_ANY, 2018, 3, 14));
    assert_true(parses("March 3rd, 2018", LC_DATE_ANY, 2018, 3, 3));
    assert_true(parses("14\xc2\xa0mars\xc2\xa0"
                       "2018",
                       LC_DATE_ANY, 2018, 3, 14));
    assert_true(parses("11/14/2018, 9:52\xe2\x80\xafPM", LC_DATE_ANY, 2018, 11, 14));
    assert_true(refuses("14 demarzo 2018", LC_DATE_ANY));
    assert_true(refuses("14 máj 2018", LC_DATE_ANY));
    assert_true(refuses("14 Maiden 2018", LC_DATE_ANY));
}

/* Numbers by Excel and LibreOffice (=DATEVALUE("2018-11-14") is 43418); seconds by date -u +%s. */
static void numbers_are_dates_in_the_orders_that_count(void **state)
{
    (void)state;
    assert_true(parses("43418", LC_DATE_EXCEL, 2018, 11, 14));
    assert_true(parses("43418.78125", LC_DATE_EXCEL, 2018, 11, 14));
    assert_true(parses("43418,78125", LC_DATE_EXCEL, 2018, 11, 14));
    assert_true(parses("18264", LC_DATE_EXCEL, 1950, 1, 1));
    assert_true(parses("109574", LC_DATE_EXCEL, 2199, 12, 31));
    assert_true(parses("1542196800000", LC_DATE_UNIX, 2018, 11, 14));
    assert_true(parses("1542239999999", LC_DATE_UNIX, 2018, 11, 14));
    assert_true(parses("1542239999", LC_DATE_UNIX, 2018, 11, 14));
    assert_true(parses("315619200000", LC_DATE_UNIX, 1980, 1, 2));
    assert_true(refuses("18263", LC_DATE_EXCEL));
    assert_true(refuses("109575", LC_DATE_EXCEL));
    assert_true(refuses("2018", LC_DATE_EXCEL));
    assert_true(refuses("43418.", LC_DATE_EXCEL));
    assert_true(refuses("4.3418E4", LC_DATE_EXCEL));
    assert_true(refuses("2018-11-14", LC_DATE_EXCEL));
    assert_true(refuses("43418", LC_DATE_ANY));
    assert_true(refuses("1542196800000", LC_DATE_ANY));
    assert_true(refuses("43418", LC_DATE_UNIX));
    assert_true(refuses("7258118400000", LC_DATE_UNIX)); /* 2200-01-01 */
    assert_true(refuses("1.54E+12", LC_DATE_UNIX));
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
                                     "11/14/118",
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
        for (int order = LC_DATE_ANY; order <= LC_DATE_YYMD; order++)
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

static double seconds_of(const char *text)
{
    struct lc_time time = {.second = -1, .offset = -1};

    if (lc_time_parse(lc_slice_of(text), LC_DATE_ANY, &time))
        return time.second;
    assert_true(time.second == -1 && time.offset == -1);
    return (double)NAN;
}

/* POSIX.1-2017, strptime, %y: 69..99 are 1969..1999, 00..68 are 2000..2068. */
static void years_of_two_digits_are_those_of_posix(void **state)
{
    (void)state;
    assert_true(parses("31/12/68", LC_DATE_DMY, 2068, 12, 31));
    assert_true(parses("1/1/69", LC_DATE_MDY, 1969, 1, 1));
    assert_true(parses("03/04/24", LC_DATE_DMY, 2024, 4, 3));
    assert_true(parses("03/04/24 21:52", LC_DATE_MDY, 2024, 3, 4));
    assert_true(parses("24-03-05", LC_DATE_YYMD, 2024, 3, 5));
    assert_true(parses("2024-03-05", LC_DATE_YYMD, 2024, 3, 5));
    assert_true(parses("3.4.24", LC_DATE_DMY, 2024, 4, 3));
    assert_true(parses("14-NOV-18", LC_DATE_ANY, 2018, 11, 14));
    assert_true(parses("Nov 14, 18", LC_DATE_YYMD, 2018, 11, 14));
    assert_true(parses("29/02/00", LC_DATE_DMY, 2000, 2, 29));
    assert_true(refuses("29/02/23", LC_DATE_DMY));
    assert_true(parses("3/14/24", LC_DATE_ANY, 2024, 3, 14));
    assert_true(parses("04/04/04", LC_DATE_ANY, 2004, 4, 4));
    assert_true(refuses("03/04/24", LC_DATE_ANY));
    assert_true(refuses("24-03-05", LC_DATE_ANY)); /* or the 24th of March 2005 */
    assert_true(refuses("24-03-05", LC_DATE_YMD));
    assert_true(refuses("14-NOV-18", LC_DATE_YMD));
    assert_true(refuses("03 04 24", LC_DATE_DMY));
    assert_true(refuses("1/2/3", LC_DATE_DMY));
    assert_true(refuses("03/04/024", LC_DATE_DMY));
    assert_close(seconds_of("03/04/24 00:01"), 60, 0);
}

static int32_t offset_of(const char *text)
{
    struct lc_time time;

    assert_true(lc_time_parse(lc_slice_of(text), LC_DATE_ANY, &time));
    return time.offset;
}

/* Seconds since midnight: date -u -d 'TIME' +%s modulo 86400. */
static void times_behind_dates_are_seconds_since_midnight(void **state)
{
    (void)state;
    assert_close(seconds_of("2021-01-07 6:49:18"), 24558, 0);
    assert_close(seconds_of("2018-12-28T11:04:20+05:30"), 39860, 0);
    assert_close(seconds_of("2015-01-15T18:44:58.9930000Z"), 67498.993, 1e-12);
    assert_close(seconds_of("20181114T23:59:59,5"), 86399.5, 1e-12);
    assert_close(seconds_of("03/04/2026 00:00"), 0, 0);
    assert_close(seconds_of("14 Nov 2018, 19:58"), 71880, 0);
    assert_close(seconds_of("2024-02-29 24:00"), 86400, 0);
    assert_close(seconds_of("2016-12-31T23:59:60Z"), 86400, 0);
}

static void noon_is_twelve_pm_and_midnight_twelve_am(void **state)
{
    (void)state;
    assert_close(seconds_of("1/10/2026, 9:52 PM"), 78720, 0);
    assert_close(seconds_of("1/10/2026 9:52am"), 35520, 0);
    assert_close(seconds_of("1/10/2026 12:00 PM"), 43200, 0);
    assert_close(seconds_of("1/10/2026 12:07:30 AM"), 450, 0);
    assert_true(isnan(seconds_of("1/10/2026 13:00 PM")));
    assert_true(isnan(seconds_of("1/10/2026 0:30 AM")));
}

static void an_offset_is_told_and_moves_nothing(void **state)
{
    (void)state;
    assert_int_equal(offset_of("2018-12-28T11:04:20+05:30"), 19800);
    assert_int_equal(offset_of("2018-12-28 11:04 -0330"), -12600);
    assert_int_equal(offset_of("2018-12-28T11:04:20-08"), -28800);
    assert_int_equal(offset_of("2018-12-28T11:04:20Z"), 0);
    assert_int_equal(offset_of("2018-12-28 11:04 UTC"), 0);
    assert_int_equal(offset_of("2018-12-28 11:04"), LC_NO_OFFSET);
}

static void a_date_without_a_time_has_no_time_of_day(void **state)
{
    static const char *const no[] = {"2018-11-14",
                                     "20181114",
                                     "",
                                     "10:30",
                                     "2018-11-14T",
                                     "2018-11-14 10",
                                     "2018-11-14 25:00",
                                     "2018-11-14 10:61",
                                     "2018-13-14 10:30",
                                     "14/11/2018x10:30",
                                     "2018-11-14 10:30:61",
                                     "2018-11-14 10:30+16:00",
                                     "2018-11-14 10:30 x"};

    (void)state;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!isnan(seconds_of(no[i])))
            fail_msg("'%s' was read as a time", no[i]);
}

static double seconds_in(const char *text, enum lc_date_order order)
{
    struct lc_time time;

    return lc_time_parse(lc_slice_of(text), order, &time) ? time.second : (double)NAN;
}

static void a_count_has_a_time_but_at_midnight(void **state)
{
    struct lc_time time;

    (void)state;
    assert_close(seconds_in("43418.78125", LC_DATE_EXCEL), 67500, 0); /* 18:45 */
    assert_close(seconds_in("1542221100250", LC_DATE_UNIX), 67500.25, 1e-6);
    assert_true(isnan(seconds_in("43418", LC_DATE_EXCEL)));
    assert_true(isnan(seconds_in("1542153600000", LC_DATE_UNIX)));
    assert_true(lc_time_parse(lc_slice_of("1542221100250"), LC_DATE_UNIX, &time));
    assert_int_equal(time.offset, 0);
    assert_true(lc_time_parse(lc_slice_of("43418.5"), LC_DATE_EXCEL, &time));
    assert_int_equal(time.offset, LC_NO_OFFSET);
}

static void a_day_is_split_into_year_month_and_day(void **state)
{
    int year, month, of_month;

    (void)state; /* date -u -d @$((DAY * 86400)) */
    lc_day_split(17849, &year, &month, &of_month);
    assert_true(year == 2018 && month == 11 && of_month == 14);
    lc_day_split(-25508, &year, &month, &of_month);
    assert_true(year == 1900 && month == 3 && of_month == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers_are_those_of_unix_days),
        cmocka_unit_test(every_day_of_three_centuries_goes_there_and_back),
        cmocka_unit_test(forms_of_crm_exports_are_read),
        cmocka_unit_test(months_are_known_by_name_in_seven_languages),
        cmocka_unit_test(numbers_are_dates_in_the_orders_that_count),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(years_of_two_digits_are_those_of_posix),
        cmocka_unit_test(a_date_that_reads_two_ways_is_not_guessed),
        cmocka_unit_test(times_behind_dates_are_seconds_since_midnight),
        cmocka_unit_test(noon_is_twelve_pm_and_midnight_twelve_am),
        cmocka_unit_test(an_offset_is_told_and_moves_nothing),
        cmocka_unit_test(a_date_without_a_time_has_no_time_of_day),
        cmocka_unit_test(a_count_has_a_time_but_at_midnight),
        cmocka_unit_test(a_day_is_split_into_year_month_and_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
