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

#endif
