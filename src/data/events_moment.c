/* Which of two written times was first, as far as they tell. */
#include <math.h>

#include "events_internal.h"
#include "leadcal/num.h"

struct lc_moment *lc_moments(const struct lc_table_column *c, struct lc_arena *arena)
{
    struct lc_moment *moment = LC_NEW(arena, (size_t)c->codes.n_levels + 1, struct lc_moment);

    for (uint32_t v = 0; moment && v < c->codes.n_levels; v++) {
        struct lc_time time;

        moment[v] = (struct lc_moment){c->day && v != c->codes.missing ? c->day[v] : LC_NO_DAY,
                                       LC_NAN, LC_NO_OFFSET};
        if (moment[v].day == LC_NO_DAY ||
            !lc_time_parse(lc_slice_of(c->codes.level[v]), c->order, &time))
            continue;
        moment[v].second = time.second;
        moment[v].offset = time.offset;
    }
    return moment;
}

/* Seconds from the first to the second; moved to UTC where both tell how. */
static double seconds_between(const struct lc_moment *from, const struct lc_moment *to)
{
    double seconds = 86400.0 * (to->day - from->day) + to->second - from->second;

    if (from->offset != LC_NO_OFFSET && to->offset != LC_NO_OFFSET)
        seconds -= to->offset - from->offset;
    return seconds;
}

enum lc_when lc_moment_before(const struct lc_moment *event, const struct lc_moment *decision)
{
    if (isnan(event->second) || isnan(decision->second)) {
        if (event->day ==
            decision->day) /* 24:00 is the end of the day, and nothing is later on it */
            return decision->second >= 86400 ? LC_WHEN_BEFORE : LC_WHEN_SAME_DAY;
        return event->day < decision->day ? LC_WHEN_BEFORE : LC_WHEN_AFTER;
    }
    return seconds_between(event, decision) >= 0 ? LC_WHEN_BEFORE : LC_WHEN_AFTER;
}

/* Seconds on the wall since a day long ago; with `utc`, moved to UTC. */
static double seconds_of(const struct lc_moment *m, bool utc)
{
    const double second = isnan(m->second) ? 0 : m->second;

    return 86400.0 * m->day + second - (utc ? m->offset : 0);
}

static void keep_first(struct lc_moment *first, const struct lc_moment *m, bool utc)
{
    if (first->day == LC_NO_DAY || seconds_of(m, utc) < seconds_of(first, utc))
        *first = *m;
}

void lc_moment_firsts(const struct lc_moment *moment, size_t n,
                      struct lc_moment first[LC_FIRSTS])
{
    for (size_t k = 0; k < LC_FIRSTS; k++)
        first[k] = (struct lc_moment){LC_NO_DAY, LC_NAN, LC_NO_OFFSET};
    for (size_t i = 0; i < n; i++) {
        const struct lc_moment *m = &moment[i];

        if (m->day == LC_NO_DAY)
            continue;
        if (isnan(m->second)) {
            keep_first(&first[LC_FIRST_DAY], m, false);
        } else if (m->offset == LC_NO_OFFSET) {
            keep_first(&first[LC_FIRST_TIMED], m, false);
        } else {
            keep_first(&first[LC_FIRST_OFFSET], m, false);
            keep_first(&first[LC_FIRST_UTC], m, true);
        }
    }
}

bool lc_moment_any_before(const struct lc_moment first[LC_FIRSTS],
                          const struct lc_moment *decision)
{
    for (size_t k = 0; k < LC_FIRSTS; k++)
        if (first[k].day != LC_NO_DAY &&
            lc_moment_before(&first[k], decision) == LC_WHEN_BEFORE)
            return true;
    return false;
}
