/* Dates that are written as numbers: Excel's days, and the milliseconds of UNIX. */
#include <math.h>

#include "date_internal.h"
#include "leadcal/num.h"

#define SECONDS      86400.0 /* of a day */
#define EXCEL_1970   25569   /* the number of 1970-01-01 in the 1900 date system */
#define LEAST_EXCEL  18264   /* 1950-01-01: smaller numbers are counts or years, not days */
#define MOST_EXCEL   109574  /* 2199-12-31 */
#define SHORT_DIGITS 10      /* of UNIX seconds: 2001-09-09 to 2199-12-31 and beyond */
#define LONG_DIGITS \
    13 /* of UNIX milliseconds, from 2001-09-09; 12 before that, from 1973-03-03 */

static size_t digits(struct lc_slice s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n;
}

/* "43423", "43423.78125", and "43423,78125" as Excel writes it where the comma is decimal. */
static bool read_excel(struct lc_slice s, int32_t *day, double *second)
{
    const size_t whole = digits(s);
    const struct lc_slice part = {s.p + whole + 1, whole < s.n ? s.n - whole - 1 : 0};
    double number, fraction = 0;

    if (whole != 5 && whole != 6)
        return false;
    if (whole < s.n) {
        if ((s.p[whole] != '.' && s.p[whole] != ',') || !part.n || digits(part) != part.n ||
            !lc_real_parse(part, &fraction))
            return false;
        fraction /= pow(10, (double)part.n);
    }
    if (!lc_real_parse((struct lc_slice){s.p, whole}, &number) || number < LEAST_EXCEL ||
        number > MOST_EXCEL)
        return false;
    *day = (int32_t)number - EXCEL_1970;
    /* Excel keeps times to about a millisecond: a tenth of a second is 1.2e-6 of a day. */
    *second = fmin(round(fraction * SECONDS * 1000) / 1000, SECONDS);
    return true;
}

static bool read_unix(struct lc_slice s, int32_t *day, double *second)
{
    const size_t n = digits(s);
    double number, whole;

    if (n != s.n || (n != SHORT_DIGITS && n != LONG_DIGITS - 1 && n != LONG_DIGITS) ||
        s.p[0] == '0' || !lc_real_parse(s, &number))
        return false;
    if (n != SHORT_DIGITS)
        number /= 1000;
    whole = floor(number / SECONDS);
    if (whole > MOST_EXCEL - EXCEL_1970)
        return false;
    *day = (int32_t)whole;
    *second = number - whole * SECONDS;
    return true;
}

bool lc_date_count(struct lc_slice s, enum lc_date_order order, int32_t *day, double *second)
{
    return order == LC_DATE_EXCEL ? read_excel(s, day, second) : read_unix(s, day, second);
}
