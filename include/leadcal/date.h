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
    LC_DATE_YMD,
};

/* lc_day_of - day number of a date of the proleptic Gregorian calendar; 0 is 1970-01-01. */
int32_t lc_day_of(int year, int month, int day);

/* lc_day_text - "YYYY-MM-DD". */
void lc_day_text(int32_t day, char *to);

/* What one cell says of its column's order; see lc_date_look. */
struct lc_date_look {
    bool is_date;       /* it can be read as a date in some order */
    bool dmy, mdy, ymd; /* the orders in which it is a date */
};

/* lc_date_look - whether a trimmed cell is a date, and in which orders. For the vote of a column.
 * A date that nobody can misread (year first, or a month's name) is a date in all three; only
 * such a date is one in YMD. Tested: test_date.c, fuzz_date.c. */
struct lc_date_look lc_date_look(struct lc_slice s);

/* lc_date_parse - a trimmed cell as a day number, in the order given (a four-digit year that
 * stands first is YMD in any order). Accepts - / . and blank between the parts, a time behind
 * the date (with T or a blank, seconds, fractions, Z or an offset, AM/PM; cut off: the calendar
 * day as written counts), English month names ("14 Nov 2018", "Nov 14, 2018").
 * Eight digits are YYYYMMDD. With LC_DATE_ANY a date that reads as two different days is none.
 * Returns false, and leaves *day alone, where it is no such date. Years 1900..2199 of four digits.
 * Tested: every day of 1900..2199 there and back; laws in fuzz_date.c. */
bool lc_date_parse(struct lc_slice s, enum lc_date_order order, int32_t *day);

#endif
