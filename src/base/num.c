#include "leadcal/num.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_EXACT 2.3e-308 /* just above the smallest normal double */
#define MOST_NUMBER 400      /* letters of a number; DBL_MAX written out in full has 309 */

void lc_real_text(double x, char *to)
{
    assert(isfinite(x));
    if (x == 0) {
        memcpy(to, "0", 2);
        return;
    }
    if (fabs(x) < 1e15 && x == floor(x)) {
        (void)snprintf(to, LC_REAL_TEXT, "%.0f", x);
        return;
    }
    /* Whatever has 15 digits or fewer, %.15g prints exactly and without its trailing zeros, so
     * shorter lengths need not be tried: but below the normal doubles fewer digits are exact. */
    for (int digits = fabs(x) < LEAST_EXACT ? 1 : 15; digits <= 17; digits++) {
        (void)snprintf(to, LC_REAL_TEXT, "%.*g", digits, x);
        if (strtod(to, NULL) == x)
            return;
    }
}

static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

static bool is_decimal(const char *p, const char *end)
{
    const char *whole, *after;

    if (p < end && (*p == '+' || *p == '-'))
        p++;
    whole = digits(p, end);
    after = whole;
    if (whole < end && *whole == '.') {
        after = digits(whole + 1, end);
        if (after == whole + 1 && whole == p)
            return false; /* a lone point */
    } else if (whole == p) {
        return false;
    }
    if (after < end && (*after == 'e' || *after == 'E')) {
        const char *power = after + 1;

        if (power < end && (*power == '+' || *power == '-'))
            power++;
        after = digits(power, end);
        if (after == power)
            return false;
    }
    return after == end;
}

bool lc_real_parse(struct lc_slice s, double *x)
{
    char text[MOST_NUMBER + 1];
    double value;

    if (s.n == 0 || s.n > MOST_NUMBER || !is_decimal(s.p, s.p + s.n))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    value = strtod(text, NULL);
    if (!isfinite(value))
        return false;
    *x = value;
    return true;
}

bool lc_whole_parse(struct lc_slice s, int64_t low, int64_t high, int64_t *x)
{
    char text[24], *end;
    long long value;

    if (s.n == 0 || s.n >= sizeof text)
        return false;
    if (digits(s.p + (s.p[0] == '-' || s.p[0] == '+'), s.p + s.n) != s.p + s.n)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    errno = 0;
    value = strtoll(text, &end, 10);
    if (errno || *end || end == text || value < low || value > high)
        return false;
    *x = value;
    return true;
}

double lc_round_away(double x)
{
    return round(x);
}
