/* period.h - the calendar quarter, month or week that a day falls in.   Layer: data */
#ifndef LC_PERIOD_H
#define LC_PERIOD_H

#include <stdint.h>

enum lc_period {
    LC_PERIOD_QUARTER,
    LC_PERIOD_MONTH,
    LC_PERIOD_WEEK, /* ISO 8601: Monday to Sunday */
    LC_PERIOD_NONE, /* all days are one period, number 0 */
};

#define LC_PERIOD_TEXT 32 /* "2025-W27" and its NUL, with room */

/* lc_period_of - the number of the period a day falls in; the next period has the next number. */
int32_t lc_period_of(enum lc_period kind, int32_t day);

/* lc_period_last - the last day of a period; INT32_MAX for LC_PERIOD_NONE, which never ends. */
int32_t lc_period_last(enum lc_period kind, int32_t number);

/* lc_period_text - "2025-Q3", "2025-07", "2025-W27" (the year that the week belongs to); "(all)".
 * Tested: date(1) for weeks; every day of three centuries lies in its period. */
void lc_period_text(enum lc_period kind, int32_t number, char to[LC_PERIOD_TEXT]);

/* lc_period_word - "quarter", "month", "week"; "period" for LC_PERIOD_NONE. */
const char *lc_period_word(enum lc_period kind);

#endif
