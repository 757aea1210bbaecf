/* Moments and clocks: how long ago, and how long it may take. */
#include "accept_internal.h"
#include "leadcal/date.h"

struct lc_moment lc_moment_of(const struct lc_table_column *c, size_t i)
{
    struct lc_moment m = {.offset = LC_NO_OFFSET};
    const char *cell = c && c->day ? lc_table_cell(c, i) : NULL;
    struct lc_time time;

    if (!cell)
        return m;
    m.known = true;
    m.first = LC_DAY * c->day[lc_code_at(&c->codes, i)];
    m.last = m.first + LC_DAY;
    if (!lc_time_parse(lc_slice_of(cell), c->order, &time))
        return m;
    m.has_time = true;
    m.first += time.second;
    m.last = m.first;
    m.offset = time.offset;
    return m;
}

double lc_hours_past(const struct lc_moment *since, int32_t day)
{
    return (LC_DAY * (day + 1.0) - since->last) / LC_HOUR;
}

int lc_accept_clock(const struct lc_accept_work *w, size_t h)
{
    return w->grade ? w->clock[lc_code_at(w->grade, w->hand.row[h])] : 0;
}
