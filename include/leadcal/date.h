/* date.h - dates as CRM exports write them, to day numbers and back; no clock, no time zone.   Layer: data */
#ifndef LC_DATE_H
#define LC_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

#define LC_NO_DAY   INT32_MIN /* the cell was empty */
#define LC_DAY_TEXT 16        /* "2018-11-14" and its NUL, with room */

/* What stands first in dates such as 03/04/2026. A whole column has one order. */
enum lc_date_order {
    LC_DATE_ANY, /* not known yet */
    LC_DATE_DMY,
    LC_DATE_MDY,
    LC_DATE_YMD,   /* four digits of the year */
    LC_DATE_YYMD,  /* two of them first, 24-03-05; four-digit years as in YMD */
    LC_DATE_EXCEL, /* numbers: Excel's count of days, 43423.75 */
    LC_DATE_UNIX, /* numbers: milliseconds since 1970-01-01 UTC, or seconds where they have 10 digits */
};

/* lc_day_of - day number of a date of the proleptic Gregorian calendar; 0 is 1970-01-01. */
int32_t lc_day_of(int year, int month, int day);

/* lc_day_split - and back: year, month 1..12 and day of the month 1..31. */
void lc_day_split(int32_t day, int *year, int *month, int *of_month);

/* lc_day_text - "YYYY-MM-DD". */
void lc_day_text(int32_t day, char *to);

/* What one cell says of its column's order; see lc_date_look. */
struct lc_date_look {
    bool is_date;             /* it can be read as a date in some order */
    bool dmy, mdy, ymd, yymd; /* the orders in which it is a date */
    bool short_year;          /* it is one, with a year of two digits */
};

/* lc_date_look - whether a trimmed cell is a date, and in which orders. For the vote of a column.
 * A date that nobody can misread (four digits of the year first, or with a month's name) is a date in all
 * four; only such a date is one in YMD. Tested: test_date.c, fuzz_date.c. */
struct lc_date_look lc_date_look(struct lc_slice s);

/* lc_date_parse - a trimmed cell as a day number, in the order given (a four-digit year that
 * stands first is YMD in any order). Accepts - / . and blank between the parts, a time behind
 * the date (with T or a blank, seconds, fractions, Z or an offset, AM/PM; cut off: the calendar
 * day as written counts), month names of seven languages ("14 Nov 2018", "Nov 14, 2018", "14. März 2018",
 * "1er août 2018", "14 de marzo de 2018": src/data/date_month.c).
 * Eight digits are YYYYMMDD. A year of two digits is one of 1969..2068, as POSIX reads %y: last behind
 * - / or . (03/04/24), first in LC_DATE_YYMD alone, and last where the month has a name (14-Nov-18); no
 * such date is one in YMD. With LC_DATE_ANY a date that reads as two different days is none.
 * In the orders that count, LC_DATE_EXCEL and LC_DATE_UNIX, a date is a number of the years 1950..2199
 * (1973..2199) and nothing else, and nothing else than a named order reads such a number.
 * Returns false, and leaves *day alone, where it is no such date. Years 1900..2199.
 * Source: POSIX.1-2017 strptime, %y; docs/decisions/0189.
 * Tested: every day of 1900..2199 there and back; laws in fuzz_date.c. */
bool lc_date_parse(struct lc_slice s, enum lc_date_order order, int32_t *day);

#define LC_NO_OFFSET INT32_MIN /* the text states no offset from UTC */

/* A time of day as it is written behind a date. */
struct lc_time {
    double second; /* since midnight, with its fraction; 24:00 is 86400, the end of that day */
    int32_t
        offset; /* seconds that the written clock is ahead of UTC (Z is 0), or LC_NO_OFFSET */
};

/* lc_time_parse - the time of day of a trimmed cell: a date in the forms of lc_date_parse, in any
 * order of its parts, with a time behind it; or a count, in an order that counts (a midnight of it
 * is no time; UNIX states UTC). 12 AM is midnight. Neither the time nor its date is
 * moved by the offset: whoever compares two times does that, where both state one.
 * Returns false, and leaves *time alone, where the cell is no such date or has no time.
 * Tested: typed forms; against date(1); laws in fuzz_date.c. */
bool lc_time_parse(struct lc_slice s, enum lc_date_order order, struct lc_time *time);

#endif
