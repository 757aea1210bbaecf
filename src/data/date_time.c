/* The time of day that stands behind a date. */
#include <math.h>

#include "date_internal.h"

#define MOST_DIGIT 9 /* of a fraction of a second */

static bool take_offset(struct lc_slice *s, int32_t *seconds)
{
    const int32_t sign = s->n && s->p[0] == '-' ? -1 : 1;
    int hours = 0, minutes = 0;
    size_t n;

    *seconds = 0;
    if (lc_date_take_word(s, lc_slice_of("Z")) || lc_date_take_word(s, lc_slice_of("UTC")) ||
        lc_date_take_word(s, lc_slice_of("GMT")))
        return true;
    if (!lc_date_take(s, '+') && !lc_date_take(s, '-'))
        return false;
    n = lc_date_take_digits(s, 4, &hours);
    if (n == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (n != 2 || (lc_date_take(s, ':') && lc_date_take_digits(s, 2, &minutes) != 2)) {
        return false;
    }
    *seconds = sign * (hours * 3600 + minutes * 60);
    return hours <= 15 && minutes < 60;
}

/* Takes ":18.25" off the front, where it is there. */
static bool take_seconds(struct lc_slice *s, double *second)
{
    int whole = 0, fraction = 0;
    size_t digits = 0;

    *second = 0;
    if (!lc_date_take(s, ':'))
        return true;
    if (lc_date_take_digits(s, 2, &whole) != 2 || whole > 60)
        return false;
    *second = whole;
    if (!lc_date_take(s, '.') && !lc_date_take(s, ','))
        return true;
    digits = lc_date_take_digits(s, MOST_DIGIT, &fraction);
    *second += fraction / pow(10, (double)digits);
    return digits != 0;
}

/* A clock time, whole: 6:49, 06:49:18.25, 9:52 PM, 10:00:00Z, 10:00 +01:00. */
static bool read_time(struct lc_slice s, struct lc_time *time)
{
    int hour = 0, minute = 0;
    double second = 0;
    bool noon = false;

    *time = (struct lc_time){.offset = LC_NO_OFFSET};
    if (!lc_date_take_digits(&s, 2, &hour) || hour > 24 || !lc_date_take(&s, ':') ||
        lc_date_take_digits(&s, 2, &minute) != 2 || minute > 59 || !take_seconds(&s, &second))
        return false;
    (void)lc_date_take_blanks(&s);
    if (lc_date_take_word(&s, lc_slice_of("AM")) ||
        (noon = lc_date_take_word(&s, lc_slice_of("PM")))) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (noon ? 12 : 0);
        (void)lc_date_take_blanks(&s);
    }
    if (s.n && !take_offset(&s, &time->offset))
        return false;
    time->second = hour * 3600 + minute * 60 + second;
    return s.n == 0;
}

bool lc_date_time_behind(struct lc_slice s, struct lc_time *time)
{
    if (lc_date_take(&s, 'T') || lc_date_take(&s, 't'))
        return read_time(s, time);
    (void)lc_date_take(&s, ',');
    return lc_date_take_blanks(&s) && read_time(s, time);
}
