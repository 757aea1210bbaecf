/* Day numbers of the Gregorian calendar, and back. */
#include <stdio.h>
#include <string.h>

#include "leadcal/date.h"

int32_t lc_day_of(int year, int month, int day)
{
    /* Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
    const int y = year - (month <= 2);
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int of_era = y - era * 400;
    const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
                     719468);
}

void lc_day_split(int32_t day, int *year, int *month, int *of_month)
{
    /* The same source, civil_from_days. */
    const int64_t z = (int64_t)day + 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int64_t of_era = z - era * 146097;
    const int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    const int64_t mp = (5 * of_year + 2) / 153;

    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
    *of_month = (int)(of_year - (153 * mp + 2) / 5 + 1);
}

void lc_day_text(int32_t day, char *to)
{
    char text[48] = {0};
    int year, month, of_month;

    lc_day_split(day, &year, &month, &of_month);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
    memcpy(to, text, LC_DAY_TEXT - 1);
    to[LC_DAY_TEXT - 1] = 0;
}
