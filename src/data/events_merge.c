/* The events of several leads as those of one: an account's. */
#include <stdlib.h>
#include <string.h>

#include "leadcal/events.h"

/* Age above class, so that whole numbers stand in the order of events. */
static int by_age(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static size_t count_events(const struct lc_events *e, const size_t *group, const uint32_t *lead,
                           size_t n)
{
    size_t all = 0;

    for (size_t k = n ? group[0] : 0; n && k < group[n]; k++)
        all += e->begin[lead[k] + 1] - e->begin[lead[k]];
    return all;
}

bool lc_events_merge(const struct lc_events *e, const size_t *group, const uint32_t *lead,
                     size_t n, struct lc_arena *arena, struct lc_events *out)
{
    const size_t all = count_events(e, group, lead, n);
    size_t *begin = LC_NEW(arena, n + 1, size_t), at = 0;
    uint16_t *of = LC_NEW(arena, all + 1, uint16_t);
    uint32_t *age = LC_NEW(arena, all + 1, uint32_t);
    uint8_t *known = LC_NEW(arena, n + 1, uint8_t);
    struct lc_arena scratch;
    uint64_t *packed;

    lc_arena_init(&scratch, arena->limit - arena->used);
    packed = LC_NEW(&scratch, all + 1, uint64_t);
    if (!begin || !of || !age || !known || !packed) {
        lc_arena_release(&scratch);
        return false;
    }
    for (size_t g = 0; g < n; g++) {
        begin[g] = at;
        for (size_t k = group[g]; k < group[g + 1]; k++) {
            known[g] = known[g] || e->known[lead[k]];
            for (size_t i = e->begin[lead[k]]; i < e->begin[lead[k] + 1]; i++)
                packed[at++] = (uint64_t)e->age_days[i] << 16 | e->of[i];
        }
        qsort(packed + begin[g], at - begin[g], sizeof *packed, by_age);
    }
    begin[n] = at;
    for (size_t i = 0; i < all; i++) {
        age[i] = (uint32_t)(packed[i] >> 16);
        of[i] = (uint16_t)(packed[i] & UINT16_MAX);
    }
    lc_arena_release(&scratch);
    *out = *e;
    out->n = n;
    out->begin = begin;
    out->of = of;
    out->age_days = age;
    out->known = known;
    return true;
}
