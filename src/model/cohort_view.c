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

#define DAYS_A_MONTH 30.4375

static double months(int32_t days)
{
    return days / DAYS_A_MONTH;
}

const char *lc_cohort_history(const struct lc_cohort *c, const struct lc_split *s,
                              struct lc_arena *arena)
{
    const size_t judged = s->train_won + s->test_won;
    const size_t gap_won = c->n_won > judged ? c->n_won - judged : 0;
    int32_t first = INT32_MAX, last_train = LC_NO_DAY, last = LC_NO_DAY;

    if (!s->by_time || s->first_test == LC_NO_DAY || s->n_train == 0)
        return lc_arena_format(arena,
                               "history: training %zu leads (%zu won) + test %zu (%zu won)",
                               s->n_train, s->train_won, s->n_test, s->test_won);
    for (size_t i = 0; i < s->n_train; i++) {
        const int32_t day = c->day[s->train[i]];

        first = day < first ? day : first;
        last_train = day > last_train ? day : last_train;
    }
    for (size_t i = 0; i < s->n_test; i++)
        last = c->day[s->test[i]] > last ? c->day[s->test[i]] : last;
    return lc_arena_format(arena,
                           "history %.1f months = training %.1f (%zu wins) + gap %.1f (%zu) + "
                           "test %.1f (%zu) + follow-up %.1f",
                           months(c->as_of - first), months(last_train - first), s->train_won,
                           months(s->first_test - last_train), gap_won,
                           months(last - s->first_test), s->test_won, months(c->as_of - last));
}
