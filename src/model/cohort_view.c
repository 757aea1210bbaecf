#include "leadcal/cohort.h"

#include <stdio.h>
#include <string.h>

/* Copies the entries of one array whose lead is kept; NULL stays NULL. */
static bool pick(const void *from, size_t size, const uint8_t *keep, size_t n, size_t kept,
                 struct lc_arena *arena, const void **to)
{
    const char *source = from;
    char *copy, *at;

    *to = NULL;
    if (!from)
        return true;
    copy = lc_arena_alloc(arena, kept ? kept : 1, size);
    at = copy;
    for (size_t i = 0; copy && i < n; i++)
        if (keep[i]) {
            memcpy(at, source + i * size, size);
            at += size;
        }
    *to = copy;
    return copy != NULL;
}

enum lc_rc lc_cohort_closed(const struct lc_cohort *c, struct lc_arena *arena,
                            struct lc_cohort *out, struct lc_err *err)
{
    uint8_t *keep = LC_NEW(arena, c->n ? c->n : 1, uint8_t);
    const void *part[7];
    struct lc_cohort o = *c;

    if (!keep)
        return lc_fail_memory(err, "the closed leads");
    o.n = 0;
    for (size_t i = 0; i < c->n; i++) {
        keep[i] = c->state[i] != LC_STATE_OPEN;
        o.n += keep[i];
    }
    if (o.n == 0)
        return lc_fail(
            err, LC_EDEGENERATE,
            "no lead is won or lost, so --denominator closed has nothing to divide by");
    if (!pick(c->row, sizeof *c->row, keep, c->n, o.n, arena, &part[0]) ||
        !pick(c->y, sizeof *c->y, keep, c->n, o.n, arena, &part[1]) ||
        !pick(c->state, sizeof *c->state, keep, c->n, o.n, arena, &part[2]) ||
        !pick(c->day, sizeof *c->day, keep, c->n, o.n, arena, &part[3]) ||
        !pick(c->cycle, sizeof *c->cycle, keep, c->n, o.n, arena, &part[4]) ||
        !pick(c->cycle_opportunity, sizeof *c->cycle_opportunity, keep, c->n, o.n, arena,
              &part[5]) ||
        !pick(c->amount, sizeof *c->amount, keep, c->n, o.n, arena, &part[6]))
        return lc_fail_memory(err, "the closed leads");
    o.row = part[0];
    o.y = part[1];
    o.state = part[2];
    o.day = part[3];
    o.cycle = part[4];
    o.cycle_opportunity = part[5];
    o.amount = part[6];
    *out = o;
    return LC_OK;
}

const char *lc_cohort_title(const struct lc_cohort *c, struct lc_arena *arena)
{
    char as_of[LC_DAY_TEXT], window[64] = "won at any time";

    if (!c->has_dates)
        return lc_arena_format(
            arena, "%zu leads, %zu won; no dates, so maturity was not checked", c->n, c->n_won);
    lc_day_text(c->as_of, as_of);
    if (c->window_days != LC_WINDOW_NONE)
        (void)snprintf(window, sizeof window, "won within %d days", (int)c->window_days);
    return lc_arena_format(arena, "%zu leads, %zu %s; as of %s", c->n, c->n_won, window, as_of);
}
