#include "leadcal/odd.h"

#include <string.h>

#include "leadcal/date.h"
#include "leadcal/number.h"

#define LEAST_OTHERS 10   /* distinct numbers or days, before one is unlike them */
#define MOST_TEXT    20   /* bytes of an odd text; a longer one is a note */
#define LEAST_CELLS  5    /* of a number that is suspected to mean no value */
#define FAR_DAYS     3653 /* ten years */

static bool is_number(const char *text)
{
    const struct lc_number_look look = lc_number_look(lc_slice_of(text));

    return look.point || look.comma;
}

static bool is_date(const char *text)
{
    return lc_date_look(lc_slice_of(text)).is_date;
}

/* Texts that are none of a kind, where nearly all distinct texts are. */
static struct lc_odd among(const struct lc_table_column *c, bool (*is_kind)(const char *),
                           size_t least_cells, enum lc_odd_kind kind)
{
    struct lc_odd odd = {.kind = kind};
    size_t others = 0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const char *text = c->codes.level[v];

        if (v == c->codes.missing)
            continue;
        if (is_kind(text))
            others++;
        else if (odd.n == LC_MOST_ODD || strlen(text) > MOST_TEXT || c->count[v] < least_cells)
            return (struct lc_odd){LC_ODD_NONE, {0}, 0};
        else
            odd.level[odd.n++] = v;
    }
    return odd.n && others >= LEAST_OTHERS ? odd : (struct lc_odd){LC_ODD_NONE, {0}, 0};
}

/* 999 far above all others, -1 below all that is not negative. */
static struct lc_odd number(const struct lc_table_column *c, uint32_t n)
{
    static const double high[] = {99, 999, 9999, 99999, 999999},
                        low[] = {-1, -9, -99, -999, -9999};
    bool is_high = false, is_low = false;
    struct lc_odd odd = {LC_ODD_NUMBER, {0}, 1};

    for (size_t i = 0; i < sizeof high / sizeof *high; i++) {
        is_high = is_high || (c->number[n - 1] == high[i] && c->number[n - 2] < high[i] / 2);
        is_low = is_low || (c->number[0] == low[i] && c->number[1] >= 0);
    }
    odd.level[0] = is_low ? 0 : n - 1;
    if (!(is_high || is_low) || c->count[odd.level[0]] < LEAST_CELLS)
        odd = (struct lc_odd){LC_ODD_NONE, {0}, 0};
    return odd;
}

static struct lc_odd day(const struct lc_table_column *c, uint32_t n)
{
    struct lc_odd odd = {LC_ODD_DAY, {0}, 0};

    if (c->day[1] - c->day[0] > FAR_DAYS)
        odd.level[odd.n++] = 0;
    if (c->day[n - 1] - c->day[n - 2] > FAR_DAYS)
        odd.level[odd.n++] = n - 1;
    return odd.n ? odd : (struct lc_odd){LC_ODD_NONE, {0}, 0};
}

struct lc_odd lc_odd_find(const struct lc_table_column *c)
{
    const uint32_t n = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
    struct lc_odd odd = {LC_ODD_NONE, {0}, 0};

    if (c->kind == LC_KIND_MANY || n < LEAST_OTHERS)
        return odd;
    if (c->kind == LC_KIND_NUMBER)
        return number(c, n);
    if (c->kind == LC_KIND_DATE)
        return day(c, n);
    odd = among(c, is_number, 2, LC_ODD_AMONG_NUMBERS);
    return odd.kind ? odd : among(c, is_date, 1, LC_ODD_AMONG_DATES);
}
