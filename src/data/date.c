#include "leadcal/date.h"

#include <math.h>
#include <string.h>

#include "date_internal.h"

#define LEAST_YEAR 1900
#define MOST_YEAR  2199
#define PIVOT      69 /* of two digits: 69..99 are of the twentieth century */
#define LEAST_DATE 6  /* bytes: 3/4/24 */
#define MOST_DIGIT 9  /* digits of a run that still fits an int; longer ones are no date */

/* The three parts of a date in the order in which they are written. */
struct parts {
    int value[3];
    size_t digits[3]; /* 0: a month name, already its number */
    bool blanks;      /* between the first two */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Takes a run of at most `most` digits off the front; 0 where there is none or more of them. */
static size_t take_digits(struct lc_slice *s, size_t most, int *value)
{
    size_t n = 0;
    int sum = 0;

    while (n < s->n && is_digit(s->p[n])) {
        if (n == most || n == MOST_DIGIT)
            return 0;
        sum = 10 * sum + (s->p[n] - '0');
        n++;
    }
    if (n) {
        s->p += n;
        s->n -= n;
        *value = sum;
    }
    return n;
}

static bool take(struct lc_slice *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    s->p++;
    s->n--;
    return true;
}

/* A blank, or one that does not break: U+00A0, and U+202F as it stands before AM and PM. */
static bool take_blank(struct lc_slice *s)
{
    const size_t wide = s->n > 1 && s->p[0] == '\xc2' && s->p[1] == '\xa0' ? 2
                        : s->n > 2 && memcmp(s->p, "\xe2\x80\xaf", 3) == 0 ? 3
                                                                           : 0;

    s->p += wide;
    s->n -= wide;
    return wide || take(s, ' ');
}

static bool take_blanks(struct lc_slice *s)
{
    bool any = false;

    while (take_blank(s))
        any = true;
    return any;
}

/* Takes a word off the front where it is `word`, whatever its case, and no letter follows. */
static bool take_word(struct lc_slice *s, struct lc_slice word)
{
    if (s->n < word.n || !lc_slice_eq_nocase((struct lc_slice){s->p, word.n}, word))
        return false;
    if (s->n > word.n && is_letter(s->p[word.n]))
        return false;
    s->p += word.n;
    s->n -= word.n;
    return true;
}

/* What follows the number of a day in words: "1st", "2nd", "1er". Always true: it may be absent. */
static bool take_ordinal(struct lc_slice *s)
{
    static const char *const word[] = {"st", "nd", "rd", "th", "er"};
    bool taken = !s->n || !is_letter(s->p[0]);

    for (size_t i = 0; i < sizeof word / sizeof *word && !taken; i++)
        taken = take_word(s, lc_slice_of(word[i]));
    return true;
}

static bool take_part(struct lc_slice *s, struct parts *parts, size_t i)
{
    if (s->n && is_letter(s->p[0])) {
        parts->digits[i] = 0;
        return lc_date_month(s, &parts->value[i]);
    }
    parts->digits[i] = take_digits(s, 4, &parts->value[i]);
    return parts->digits[i] != 0 && take_ordinal(s);
}

/* What stands between two parts: one of - / . or blanks; behind a name or a day also ", ". */
static bool take_gap(struct lc_slice *s, char *gap)
{
    const char c = s->n ? s->p[0] : 0;

    if (c == '-' || c == '/') {
        *gap = c;
        return take(s, c);
    }
    if (c == '.' || c == ',') {
        *gap = c == ',' ? ' ' : '.';
        (void)take(s, c);
        (void)take_blanks(s);
        return true;
    }
    *gap = ' ';
    if (!take_blanks(s))
        return false;
    if (take_word(s, lc_slice_of("de")) && !take_blanks(s)) /* "14 de marzo de 2018" */
        return false;
    return true;
}

static bool take_offset(struct lc_slice *s, int32_t *seconds)
{
    const int32_t sign = s->n && s->p[0] == '-' ? -1 : 1;
    int hours = 0, minutes = 0;
    size_t n;

    *seconds = 0;
    if (take_word(s, lc_slice_of("Z")) || take_word(s, lc_slice_of("UTC")) ||
        take_word(s, lc_slice_of("GMT")))
        return true;
    if (!take(s, '+') && !take(s, '-'))
        return false;
    n = take_digits(s, 4, &hours);
    if (n == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (n != 2 || (take(s, ':') && take_digits(s, 2, &minutes) != 2)) {
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
    if (!take(s, ':'))
        return true;
    if (take_digits(s, 2, &whole) != 2 || whole > 60)
        return false;
    *second = whole;
    if (!take(s, '.') && !take(s, ','))
        return true;
    digits = take_digits(s, MOST_DIGIT, &fraction);
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
    if (!take_digits(&s, 2, &hour) || hour > 24 || !take(&s, ':') ||
        take_digits(&s, 2, &minute) != 2 || minute > 59 || !take_seconds(&s, &second))
        return false;
    (void)take_blanks(&s);
    if (take_word(&s, lc_slice_of("AM")) || (noon = take_word(&s, lc_slice_of("PM")))) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (noon ? 12 : 0);
        (void)take_blanks(&s);
    }
    if (s.n && !take_offset(&s, &time->offset))
        return false;
    time->second = hour * 3600 + minute * 60 + second;
    return s.n == 0;
}

/* A time behind the date. */
static bool time_behind(struct lc_slice s, struct lc_time *time)
{
    if (take(&s, 'T') || take(&s, 't'))
        return read_time(s, time);
    (void)take(&s, ',');
    return take_blanks(&s) && read_time(s, time);
}

/* The three parts of a date, and what stands behind them. */
static bool split_date(struct lc_slice s, struct parts *parts, struct lc_slice *behind)
{
    struct lc_slice rest = s;
    int whole = 0;
    char first, second;

    if (take_digits(&rest, 8, &whole) == 8) {
        *parts =
            (struct parts){{whole / 10000, whole / 100 % 100, whole % 100}, {4, 2, 2}, false};
        *behind = rest;
        return true;
    }
    if (!take_part(&s, parts, 0) || !take_gap(&s, &first) || !take_part(&s, parts, 1) ||
        !take_gap(&s, &second) || !take_part(&s, parts, 2))
        return false;
    if (first != second && parts->digits[0] && parts->digits[1])
        return false; /* 1-2/2026 is no date that anybody writes */
    parts->blanks = first == ' ';
    if (parts->digits[2] == 4)
        (void)(s.n == 1 && take(&s, '.'));
    *behind = s;
    return true;
}

/* A date, whole, with or without a time behind it. */
static bool split(struct lc_slice s, struct parts *parts)
{
    struct lc_slice behind;
    struct lc_time ignored;

    return split_date(s, parts, &behind) && (behind.n == 0 || time_behind(behind, &ignored));
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

/* The year in a place, or 0. */
static int year_at(const struct parts *p, size_t place)
{
    const int y = p->value[place];

    if (p->digits[place] == 2)
        return y + (y < PIVOT ? 2000 : 1900);
    return p->digits[place] == 4 ? y : 0;
}

/* No part has four digits: the year has two, or there is none. */
static bool is_short(const struct parts *p)
{
    return p->digits[0] < 4 && p->digits[1] < 4 && p->digits[2] < 4;
}

/* The day of year, month, day taken from the given places; false where there is none such. */
static bool read_at(const struct parts *p, size_t year, size_t month, size_t day, int32_t *to)
{
    const int y = year_at(p, year), m = p->value[month], d = p->value[day];

    if (p->digits[month] > 2 || p->digits[day] > 2 || p->digits[day] == 0)
        return false;
    if (y < LEAST_YEAR || y > MOST_YEAR || m < 1 || m > 12 || d < 1 || d > days_in(y, m))
        return false;
    *to = lc_day_of(y, m, d);
    return true;
}

/* Dates that nobody can misread: the year first, or a month's name. */
static bool read_plain(const struct parts *p, int32_t *day)
{
    if (p->digits[0] == 4)
        return read_at(p, 0, 1, 2, day);
    if (p->digits[0] == 0)
        return read_at(p, 2, 0, 1, day);
    if (p->digits[1] == 0)
        return read_at(p, 2, 1, 0, day);
    return false;
}

/* Dates that are read in an order. Three small numbers with blanks between them are no date that
 * anybody writes, and an order is no help where the first part is a year of four digits. */
struct readings {
    bool dmy, mdy, yymd;
    int32_t as_dmy, as_mdy, as_yymd;
};

static struct readings read_orders(const struct parts *p)
{
    struct readings r = {0};

    if (is_short(p) && p->blanks)
        return r;
    r.dmy = read_at(p, 2, 1, 0, &r.as_dmy);
    r.mdy = read_at(p, 2, 0, 1, &r.as_mdy);
    r.yymd = is_short(p) && read_at(p, 0, 1, 2, &r.as_yymd);
    return r;
}

struct lc_date_look lc_date_look(struct lc_slice s)
{
    struct lc_date_look look = {0};
    struct readings r;
    struct parts parts;
    int32_t day;
    bool plain;

    if (s.n < LEAST_DATE || !split(s, &parts))
        return look;
    plain = read_plain(&parts, &day);
    r = read_orders(&parts);
    look.ymd = plain && !is_short(&parts);
    look.dmy = plain || r.dmy;
    look.mdy = plain || r.mdy;
    look.yymd = plain || r.yymd;
    look.is_date = look.dmy || look.mdy || look.yymd;
    look.short_year = look.is_date && is_short(&parts);
    return look;
}

bool lc_date_parse(struct lc_slice s, enum lc_date_order order, int32_t *day)
{
    struct readings r;
    struct parts parts;
    double second;
    int32_t read;

    if (order == LC_DATE_EXCEL || order == LC_DATE_UNIX)
        return lc_date_count(s, order, day, &second);
    if (s.n < LEAST_DATE || !split(s, &parts) || (order == LC_DATE_YMD && is_short(&parts)))
        return false;
    if (read_plain(&parts, day))
        return true;
    r = read_orders(&parts);
    r.dmy = r.dmy && (order == LC_DATE_ANY || order == LC_DATE_DMY);
    r.mdy = r.mdy && (order == LC_DATE_ANY || order == LC_DATE_MDY);
    r.yymd = r.yymd && (order == LC_DATE_ANY || order == LC_DATE_YYMD);
    if (!r.dmy && !r.mdy && !r.yymd)
        return false;
    read = r.dmy ? r.as_dmy : r.mdy ? r.as_mdy : r.as_yymd;
    if ((r.mdy && r.as_mdy != read) || (r.yymd && r.as_yymd != read))
        return false; /* nobody has said which */
    *day = read;
    return true;
}

/* A midnight is no time: so a count says a day alone. */
static bool time_of_count(struct lc_slice s, enum lc_date_order order, struct lc_time *time)
{
    double second;
    int32_t day;

    if (!lc_date_count(s, order, &day, &second) || second == 0)
        return false;
    *time = (struct lc_time){second, order == LC_DATE_UNIX ? 0 : LC_NO_OFFSET};
    return true;
}

bool lc_time_parse(struct lc_slice s, enum lc_date_order order, struct lc_time *time)
{
    struct lc_slice behind;
    struct lc_time read;
    struct readings r;
    struct parts parts;
    int32_t day;

    if (order == LC_DATE_EXCEL || order == LC_DATE_UNIX)
        return time_of_count(s, order, time);
    if (s.n < LEAST_DATE || !split_date(s, &parts, &behind) || !time_behind(behind, &read))
        return false;
    r = read_orders(&parts);
    if (!read_plain(&parts, &day) && !r.dmy && !r.mdy && !r.yymd)
        return false;
    *time = read;
    return true;
}
