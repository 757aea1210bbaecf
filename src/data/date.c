#include "leadcal/date.h"

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

/* What follows the number of a day in words: "1st", "2nd", "1er". Always true: it may be absent. */
static bool take_ordinal(struct lc_slice *s)
{
    static const char *const word[] = {"st", "nd", "rd", "th", "er"};
    bool taken = !s->n || !lc_date_is_letter(s->p[0]);

    for (size_t i = 0; i < sizeof word / sizeof *word && !taken; i++)
        taken = lc_date_take_word(s, lc_slice_of(word[i]));
    return true;
}

static bool take_part(struct lc_slice *s, struct parts *parts, size_t i)
{
    if (s->n && lc_date_is_letter(s->p[0])) {
        parts->digits[i] = 0;
        return lc_date_month(s, &parts->value[i]);
    }
    parts->digits[i] = lc_date_take_digits(s, 4, &parts->value[i]);
    return parts->digits[i] != 0 && take_ordinal(s);
}

/* What stands between two parts: one of - / . or blanks; behind a name or a day also ", ". */
static bool take_gap(struct lc_slice *s, char *gap)
{
    const char c = s->n ? s->p[0] : 0;

    if (c == '-' || c == '/') {
        *gap = c;
        return lc_date_take(s, c);
    }
    if (c == '.' || c == ',') {
        *gap = c == ',' ? ' ' : '.';
        (void)lc_date_take(s, c);
        (void)lc_date_take_blanks(s);
        return true;
    }
    *gap = ' ';
    if (!lc_date_take_blanks(s))
        return false;
    if (lc_date_take_word(s, lc_slice_of("de")) &&
        !lc_date_take_blanks(s)) /* "14 de marzo de 2018" */
        return false;
    return true;
}

/* The three parts of a date, and what stands behind them. */
static bool split_date(struct lc_slice s, struct parts *parts, struct lc_slice *behind)
{
    struct lc_slice rest = s;
    int whole = 0;
    char first, second;

    if (lc_date_take_digits(&rest, 8, &whole) == 8) {
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
        (void)(s.n == 1 && lc_date_take(&s, '.'));
    *behind = s;
    return true;
}

/* A date, whole, with or without a time behind it. */
static bool split(struct lc_slice s, struct parts *parts)
{
    struct lc_slice behind;
    struct lc_time ignored;

    return split_date(s, parts, &behind) &&
           (behind.n == 0 || lc_date_time_behind(behind, &ignored));
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

/* The day of the readings that an order allows; false where there is none, or two that differ. */
static bool choose(struct readings r, enum lc_date_order order, int32_t *day)
{
    const bool any = order == LC_DATE_ANY;
    int32_t read;

    r.dmy = r.dmy && (any || order == LC_DATE_DMY);
    r.mdy = r.mdy && (any || order == LC_DATE_MDY);
    r.yymd = r.yymd && (any || order == LC_DATE_YYMD);
    if (!r.dmy && !r.mdy && !r.yymd)
        return false;
    read = r.dmy ? r.as_dmy : r.mdy ? r.as_mdy : r.as_yymd;
    if ((r.mdy && r.as_mdy != read) || (r.yymd && r.as_yymd != read))
        return false; /* nobody has said which */
    *day = read;
    return true;
}

bool lc_date_parse(struct lc_slice s, enum lc_date_order order, int32_t *day)
{
    struct parts parts;
    double second;

    if (order == LC_DATE_EXCEL || order == LC_DATE_UNIX)
        return lc_date_count(s, order, day, &second);
    if (s.n < LEAST_DATE || !split(s, &parts) || (order == LC_DATE_YMD && is_short(&parts)))
        return false;
    if (read_plain(&parts, day))
        return true;
    return choose(read_orders(&parts), order, day);
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
    if (s.n < LEAST_DATE || !split_date(s, &parts, &behind) ||
        !lc_date_time_behind(behind, &read))
        return false;
    r = read_orders(&parts);
    if (!read_plain(&parts, &day) && !r.dmy && !r.mdy && !r.yymd)
        return false;
    *time = read;
    return true;
}
