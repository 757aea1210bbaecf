#include "leadcal/period.h"

#include <stdio.h>

#include "leadcal/date.h"

#define MONTHS_A_YEAR    12
#define MONTHS_A_QUARTER 3
#define DAYS_A_WEEK      7
#define MONDAY           (-3) /* the Monday before day 0, which was a Thursday */
#define TO_THURSDAY      3    /* days from Monday: the year of a week is that of its Thursday */

static int32_t months_in(enum lc_period kind)
{
    return kind == LC_PERIOD_QUARTER ? MONTHS_A_QUARTER : 1;
}

int32_t lc_period_of(enum lc_period kind, int32_t day)
{
    int year, month, of_month;

    if (kind == LC_PERIOD_NONE)
        return 0;
    if (kind == LC_PERIOD_WEEK) {
        const int32_t since = day - MONDAY;

        return since / DAYS_A_WEEK - (since % DAYS_A_WEEK < 0);
    }
    lc_day_split(day, &year, &month, &of_month);
    return (year * MONTHS_A_YEAR + month - 1) / months_in(kind);
}

/* The first day of a quarter or a month. */
static int32_t first_day(enum lc_period kind, int32_t number)
{
    const int32_t month = number * months_in(kind);

    return lc_day_of(month / MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1);
}

int32_t lc_period_last(enum lc_period kind, int32_t number)
{
    if (kind == LC_PERIOD_NONE)
        return INT32_MAX;
    if (kind == LC_PERIOD_WEEK)
        return number * DAYS_A_WEEK + MONDAY + DAYS_A_WEEK - 1;
    return first_day(kind, number + 1) - 1;
}

void lc_period_text(enum lc_period kind, int32_t number, char to[LC_PERIOD_TEXT])
{
    int year, month, of_month;
    int32_t thursday;

    switch (kind) {
    case LC_PERIOD_QUARTER:
        (void)snprintf(to, LC_PERIOD_TEXT, "%04d-Q%d", number / 4, number % 4 + 1);
        return;
    case LC_PERIOD_MONTH:
        (void)snprintf(to, LC_PERIOD_TEXT, "%04d-%02d", number / MONTHS_A_YEAR,
                       number % MONTHS_A_YEAR + 1);
        return;
    case LC_PERIOD_WEEK:
        thursday = number * DAYS_A_WEEK + MONDAY + TO_THURSDAY;
        lc_day_split(thursday, &year, &month, &of_month);
        (void)snprintf(to, LC_PERIOD_TEXT, "%04d-W%02d", year,
                       (thursday - lc_day_of(year, 1, 1)) / DAYS_A_WEEK + 1);
        return;
    case LC_PERIOD_NONE: break;
    }
    (void)snprintf(to, LC_PERIOD_TEXT, "(all)");
}

const char *lc_period_word(enum lc_period kind)
{
    static const char *const word[] = {"quarter", "month", "week", "period"};

    return word[kind];
}
