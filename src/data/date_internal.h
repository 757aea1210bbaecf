/* date_internal.h - what the sources of date share; nobody else includes it.   Layer: data */
#ifndef LC_DATE_INTERNAL_H
#define LC_DATE_INTERNAL_H

#include "leadcal/date.h"

/* lc_date_month - takes the name of a month off the front, whole or as it is shortened, in the
 * languages of date_month.c, whatever its case. Returns false, and takes nothing, where there is none. */
bool lc_date_month(struct lc_slice *s, int *month);

/* lc_date_count - a date written as a number, in an order that counts (LC_DATE_EXCEL, LC_DATE_UNIX).
 * *second  since that midnight, with its fraction
 * Returns false, and leaves both alone, where the cell is none. */
bool lc_date_count(struct lc_slice s, enum lc_date_order order, int32_t *day, double *second);

/* lc_date_take_digits - takes a run of at most `most` digits off the front; 0 where there is none or
 * more of them. lc_date_take - a letter; lc_date_take_blanks - blanks, those that do not break too;
 * lc_date_take_word - a word, whatever its case, where no letter follows. False: it is not there. */
size_t lc_date_take_digits(struct lc_slice *s, size_t most, int *value);
bool lc_date_take(struct lc_slice *s, char c);
bool lc_date_take_blanks(struct lc_slice *s);
bool lc_date_take_word(struct lc_slice *s, struct lc_slice word);
bool lc_date_is_letter(char c);

/* lc_date_time_behind - a time behind a date, whole: "T06:49:18.25Z", ", 9:52 PM". */
bool lc_date_time_behind(struct lc_slice s, struct lc_time *time);

#endif
