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

/* The leads that are kept: everything of theirs, and no count. */
static enum lc_rc take(const struct lc_cohort *c, const uint8_t *keep, size_t kept,
                       struct lc_arena *arena, struct lc_cohort *out, struct lc_err *err)
{
    const void *part[11];
    struct lc_cohort o = *c;

    if (!pick(c->row, sizeof *c->row, keep, c->n, kept, arena, &part[0]) ||
        !pick(c->y, sizeof *c->y, keep, c->n, kept, arena, &part[1]) ||
        !pick(c->state, sizeof *c->state, keep, c->n, kept, arena, &part[2]) ||
        !pick(c->day, sizeof *c->day, keep, c->n, kept, arena, &part[3]) ||
        !pick(c->cycle, sizeof *c->cycle, keep, c->n, kept, arena, &part[4]) ||
        !pick(c->cycle_opportunity, sizeof *c->cycle_opportunity, keep, c->n, kept, arena,
              &part[5]) ||
        !pick(c->amount, sizeof *c->amount, keep, c->n, kept, arena, &part[6]) ||
        !pick(c->accepted, sizeof *c->accepted, keep, c->n, kept, arena, &part[7]) ||
        !pick(c->credit, sizeof *c->credit, keep, c->n, kept, arena, &part[8]) ||
        !pick(c->worked, sizeof *c->worked, keep, c->n, kept, arena, &part[9]) ||
        !pick(c->cluster, sizeof *c->cluster, keep, c->n, kept, arena, &part[10]))
        return lc_fail_memory(err, "some of the leads");
    o.n = kept;
    o.row = part[0];
    o.y = part[1];
    o.state = part[2];
    o.day = part[3];
    o.cycle = part[4];
    o.cycle_opportunity = part[5];
    o.amount = part[6];
    o.accepted = part[7];
    o.credit = part[8];
    o.worked = part[9];
    o.cluster = part[10];
    *out = o;
    return LC_OK;
}

enum lc_rc lc_cohort_closed(const struct lc_cohort *c, struct lc_arena *arena,
                            struct lc_cohort *out, struct lc_err *err)
{
    uint8_t *keep = LC_NEW(arena, c->n ? c->n : 1, uint8_t);
    size_t kept = 0;

    if (!keep)
        return lc_fail_memory(err, "the closed leads");
    for (size_t i = 0; i < c->n; i++) {
        keep[i] = c->state[i] != LC_STATE_OPEN || (c->credit && c->credit[i] > 0);
        kept += keep[i];
    }
    if (kept == 0)
        return lc_fail(
            err, LC_EDEGENERATE,
            "no lead is won or lost, so --denominator closed has nothing to divide by");
    return take(c, keep, kept, arena, out, err);
}

static enum lc_rc refuse_none_after(const struct lc_cohort *c, int32_t day, struct lc_err *err)
{
    char boundary[LC_DAY_TEXT], youngest[LC_DAY_TEXT];
    int32_t last = LC_NO_DAY;

    for (size_t i = 0; i < c->n; i++)
        last = c->day[i] > last ? c->day[i] : last;
    lc_day_text(day, boundary);
    if (last == LC_NO_DAY)
        return lc_fail(
            err, LC_EDEGENERATE,
            "no lead that counts has a decision day, so none is known to be new to the "
            "prior; name its column with --entered, or fit without a prior");
    lc_day_text(last, youngest);
    return lc_fail(
        err, LC_EDEGENERATE,
        "no lead has matured since the prior: it has learnt from leads decided up to "
        "%s, and the youngest that counts was decided %s; take a later export, or a "
        "shorter --window",
        boundary, youngest);
}

enum lc_rc lc_cohort_after(const struct lc_cohort *c, int32_t day, struct lc_arena *arena,
                           struct lc_cohort *out, struct lc_err *err)
{
    uint8_t *keep = LC_NEW(arena, c->n ? c->n : 1, uint8_t);
    struct lc_cohort o;
    size_t kept = 0, won = 0, undated = 0; /* the account has counted the undated already */
    enum lc_rc rc;

    if (!c->day)
        return lc_fail(
            err, LC_EMISMATCH,
            "the leads have no dates, so nobody can tell which are new to the prior; name "
            "their columns with --entered and --closed, or fit without a prior");
    if (!keep)
        return lc_fail_memory(err, "the leads new to the prior");
    for (size_t i = 0; i < c->n; i++) {
        keep[i] = c->day[i] != LC_NO_DAY && c->day[i] > day;
        kept += keep[i];
        won += keep[i] && c->y[i];
        undated += c->day[i] == LC_NO_DAY;
    }
    if (kept == 0)
        return refuse_none_after(c, day, err);
    rc = take(c, keep, kept, arena, &o, err);
    if (rc)
        return rc;
    o.account.overlapping = c->n - kept - undated;
    o.n_won = won;
    *out = o;
    return LC_OK;
}

double lc_cohort_won(const struct lc_cohort *c)
{
    double won = 0;

    if (!c->credit)
        return (double)c->n_won;
    for (size_t i = 0; i < c->n; i++)
        won += c->credit[i];
    return won;
}

const char *lc_cohort_title(const struct lc_cohort *c, struct lc_arena *arena)
{
    char as_of[LC_DAY_TEXT], window[64] = "won at any time", parts[64] = "";

    if (c->credit)
        (void)snprintf(parts, sizeof parts, " (%.10g in shares)", lc_cohort_won(c));
    if (!c->has_dates)
        return lc_arena_format(arena,
                               "%zu leads, %zu won%s; no dates, so maturity was not checked",
                               c->n, c->n_won, parts);
    lc_day_text(c->as_of, as_of);
    if (c->window_days != LC_WINDOW_NONE)
        (void)snprintf(window, sizeof window, "won within %d days", (int)c->window_days);
    return lc_arena_format(arena, "%zu leads, %zu %s%s; as of %s", c->n, c->n_won, window,
                           parts, as_of);
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
