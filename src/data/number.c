#include "leadcal/number.h"

#include <string.h>

#include "leadcal/num.h"

#define MOST_BODY 400 /* bytes of a number without its marks; lc_real_parse takes no more */
#define GROUP     3   /* digits between two marks of thousands */

/* Signs and codes that may stand before or behind a number, as data. A longer one comes before one
 * that it begins with. Those of one currency need not be one unit: an export writes one of them. */
static const char *const units[] = {
    "",    "%", /* LC_UNIT_PERCENT */
    "R$",  "US$", "A$",  "AU$", "C$",  "CA$", "NZ$", "S$",  "HK$", "$",   "€",   "£",   "¥",
    "₹",   "₽", "₩",   "₺",   "₪",   "₫",   "฿",   "₴",   "₱",   "₦",   "zł",  "Kč",  "kr.",
    "kr",  "Ft",  "Fr.", "lei", "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY",
    "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY",
    "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PLN", "RON", "RUB", "SAR", "SEK",
    "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
};
#define UNITS ((int)(sizeof units / sizeof *units))

/* Marks that may part thousands, besides . and , */
static const char *const marks[] = {" ", "\xc2\xa0",    "\xe2\x80\x89", "\xe2\x80\xaf",
                                    "'", "\xe2\x80\x99"};

/* A cell taken apart. */
struct taken {
    struct lc_slice body; /* digits and marks */
    bool negative, parentheses, sign;
    int unit;
};

static bool starts(struct lc_slice s, const char *with)
{
    const size_t n = strlen(with);

    return s.n >= n && memcmp(s.p, with, n) == 0;
}

static bool ends(struct lc_slice s, const char *with)
{
    const size_t n = strlen(with);

    return s.n >= n && memcmp(s.p + s.n - n, with, n) == 0;
}

/* The bytes of a blank at the front: " ", U+00A0, U+2009, U+202F. */
static size_t blank_before(struct lc_slice s)
{
    for (size_t i = 0; i < 4; i++)
        if (starts(s, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static size_t blank_behind(struct lc_slice s)
{
    for (size_t i = 0; i < 4; i++)
        if (ends(s, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* A sign or a unit at the front, if it has none yet; the bytes of it. */
static size_t front(struct lc_slice s, struct taken *t)
{
    static const char *const minus[] = {"-", "\xe2\x88\x92", "+"};

    for (size_t i = 0; i < 3 && !t->sign; i++)
        if (starts(s, minus[i])) {
            t->sign = true;
            t->negative = i < 2;
            return strlen(minus[i]);
        }
    for (int u = LC_UNIT_PERCENT + 1; u < UNITS && !t->unit; u++)
        if (starts(s, units[u])) {
            t->unit = u;
            return strlen(units[u]);
        }
    return 0;
}

static size_t behind(struct lc_slice s, struct taken *t)
{
    static const char *const minus[] = {"-", "\xe2\x88\x92"};

    for (size_t i = 0; i < 2 && !t->sign; i++)
        if (ends(s, minus[i])) {
            t->sign = t->negative = true;
            return strlen(minus[i]);
        }
    for (int u = LC_UNIT_PERCENT; u < UNITS && !t->unit; u++)
        if (ends(s, units[u])) {
            t->unit = u;
            return strlen(units[u]);
        }
    return 0;
}

/* Takes signs, units and the blanks between them off both ends; false where a blank is left over. */
static void strip(struct taken *t)
{
    size_t n;

    while ((n = front(t->body, t)) || (n = blank_before(t->body)))
        t->body = (struct lc_slice){t->body.p + n, t->body.n - n};
    while ((n = behind(t->body, t)) || (n = blank_behind(t->body)))
        t->body.n -= n;
}

static struct taken take_apart(struct lc_slice s)
{
    struct taken t = {.body = s};

    strip(&t);
    if (t.body.n > 2 && t.body.p[0] == '(' && ends(t.body, ")") && !t.sign) {
        t.body = (struct lc_slice){t.body.p + 1, t.body.n - 2};
        t.sign = t.negative = true; /* and no other sign inside */
        strip(&t);
    }
    return t;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(struct lc_slice s)
{
    size_t n = 0;

    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

/* The mark of thousands at the front, or NULL: one of the table, or the sign that is not decimal. */
static const char *mark_at(struct lc_slice s, char decimal)
{
    const char *other = decimal == '.' ? "," : ".";

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (starts(s, marks[i]))
            return marks[i];
    return starts(s, other) ? other : NULL;
}

/* The whole part with its thousands, copied without their marks; the bytes read, 0 where the groups
 * are none. *n: digits copied. */
static size_t read_whole(struct lc_slice s, char decimal, char *to, size_t *n)
{
    size_t run = digits(s), at = run;
    const char *mark = run ? mark_at((struct lc_slice){s.p + at, s.n - at}, decimal) : NULL;
    bool threes = true, twos = run <= 2;

    *n = run;
    if (run > MOST_BODY)
        return 0;
    memcpy(to, s.p, run);
    if (!mark)
        return at;
    if (run > GROUP || s.p[0] == '0')
        return 0;
    for (bool last = false; !last;) {
        const size_t width = strlen(mark);

        run = digits((struct lc_slice){s.p + at + width, s.n - at - width});
        if (*n + run > MOST_BODY || (run != GROUP && run != 2))
            return 0;
        memcpy(to + *n, s.p + at + width, run);
        *n += run;
        at += width + run;
        last = !starts((struct lc_slice){s.p + at, s.n - at}, mark);
        threes = threes && run == GROUP;
        twos = twos && run == (last ? GROUP : 2);
    }
    return threes || twos ? at : 0;
}

/* Digits with marks, decimals and an exponent, in one reading. */
static bool read_body(const struct taken *t, char decimal, double *x)
{
    char plain[MOST_BODY + 4];
    size_t n = 0, at = read_whole(t->body, decimal, plain, &n);
    const bool grouped = at != n;
    struct lc_slice rest = {t->body.p + at, t->body.n - at};

    if (rest.n > MOST_BODY - n || (!at && !(rest.n && rest.p[0] == decimal)))
        return false;
    if (rest.n) {
        if (rest.p[0] != decimal && (grouped || (rest.p[0] | 0x20) != 'e'))
            return false;
        if (grouped && digits((struct lc_slice){rest.p + 1, rest.n - 1}) != rest.n - 1)
            return false;
        memcpy(plain + n, rest.p, rest.n);
        if (rest.p[0] == decimal)
            plain[n] = '.';
        n += rest.n;
    }
    if (!lc_real_parse((struct lc_slice){plain, n}, x))
        return false;
    if (t->negative)
        *x = *x != 0 ? -*x : 0;
    return true;
}

/* Both readings. */
struct readings {
    double point, comma;
};

static struct lc_number_look look(struct lc_slice s, struct readings *r)
{
    const struct taken t = take_apart(s);
    struct lc_number_look l = {.unit = t.unit};

    l.point = t.body.n && read_body(&t, '.', &r->point);
    l.comma = t.body.n && read_body(&t, ',', &r->comma);
    l.differ = l.point && l.comma && r->point != r->comma;
    return l;
}

struct lc_number_look lc_number_look(struct lc_slice s)
{
    struct readings r;

    return look(s, &r);
}

bool lc_number_parse(struct lc_slice s, enum lc_decimal decimal, double *x)
{
    struct readings r;
    const struct lc_number_look l = look(s, &r);

    if (decimal == LC_DECIMAL_ANY ? l.differ || !(l.point || l.comma)
                                  : !(decimal == LC_DECIMAL_POINT ? l.point : l.comma))
        return false;
    if (decimal == LC_DECIMAL_ANY)
        decimal = l.point ? LC_DECIMAL_POINT : LC_DECIMAL_COMMA;
    *x = decimal == LC_DECIMAL_POINT ? r.point : r.comma;
    return true;
}

const char *lc_number_unit(int unit)
{
    return unit > 0 && unit < UNITS ? units[unit] : "";
}

void lc_number_vote(struct lc_number_votes *v, struct lc_slice text, size_t cells)
{
    const struct lc_number_look look = lc_number_look(text);

    v->cells += cells;
    if (!look.point && !look.comma)
        v->none += cells;
    else if (!look.comma)
        v->point += cells;
    else if (!look.point)
        v->comma += cells;
    else if (look.differ)
        v->either += cells;
    if (!look.unit)
        v->bare = true;
    else if (!v->unit)
        v->unit = look.unit;
    else if (look.unit != v->unit)
        v->other = look.unit;
}

bool lc_number_one_unit(const struct lc_number_votes *v)
{
    return !v->other && !(v->unit == LC_UNIT_PERCENT && v->bare);
}

enum lc_decimal lc_number_decimal(const struct lc_number_votes *v, enum lc_decimal said)
{
    if (!v->cells || v->none || !lc_number_one_unit(v) || (v->point && v->comma))
        return LC_DECIMAL_ANY;
    if (v->point)
        return LC_DECIMAL_POINT;
    if (v->comma)
        return LC_DECIMAL_COMMA;
    return v->either ? said : LC_DECIMAL_POINT;
}
