/* The leads as they were followed: each from its decision to its end, or to the as-of date. */
#include "cohort_internal.h"
#include "leadcal/incidence.h"
#include "leadcal/maturity.h"

/* The arrays being filled. */
struct filling {
    uint32_t *row;
    double *age, *time;
    uint8_t *end, *won;
};

static enum lc_rc refuse_undated(const struct lc_leads *l, struct lc_err *err)
{
    if (!l->day)
        return lc_fail(err, LC_EMISMATCH,
                       "no day of entry is named, so nobody knows how old a lead is; name its "
                       "column with --entered");
    if (!l->closed)
        return lc_fail(err, LC_EMISMATCH,
                       "no day of winning is named, so nobody knows how long a win takes; name "
                       "its column with --closed");
    return LC_OK;
}

static bool make_room(size_t n, struct lc_arena *arena, struct filling *f)
{
    *f = (struct filling){.row = LC_NEW(arena, n + 1, uint32_t),
                          .age = LC_NEW(arena, n + 1, double),
                          .time = LC_NEW(arena, n + 1, double),
                          .end = LC_NEW(arena, n + 1, uint8_t),
                          .won = LC_NEW(arena, n + 1, uint8_t)};
    return f->row && f->age && f->time && f->end && f->won;
}

/* Can lead i be followed? If not, its reason is counted. */
static bool counts(const struct lc_leads *l, size_t i, struct lc_followed *f)
{
    if (lc_is_left_out(l, i))
        f->account.disqualified++;
    else if (l->day[i] == LC_NO_DAY)
        f->account.undated++;
    else if (l->day[i] > l->as_of)
        f->account.after_as_of++;
    else if (l->state[i] == LC_STATE_WON && l->closed[i] == LC_NO_DAY)
        f->account.won_undated++;
    else
        return true;
    return false;
}

/* A closing after the as-of date is no fact yet, and a loss that nobody has dated is a lead that
 * has not been won so far: to end it early would make the others look better than they are. */
static enum lc_end end_of(const struct lc_leads *l, size_t i, struct lc_followed *f)
{
    if (l->state[i] == LC_STATE_OPEN)
        return LC_END_OPEN;
    if (l->closed[i] == LC_NO_DAY) {
        f->account.lost_undated++;
        return LC_END_OPEN;
    }
    if (l->closed[i] > l->as_of)
        return LC_END_OPEN;
    return l->state[i] == LC_STATE_WON ? LC_END_WON : LC_END_LOST;
}

static void follow(const struct lc_leads *l, size_t i, const struct filling *to,
                   struct lc_followed *f)
{
    const size_t at = f->n++;
    const enum lc_end end = end_of(l, i, f);
    const double age = (double)l->as_of - l->day[i];
    const double time = end == LC_END_OPEN ? age : (double)l->closed[i] - l->day[i];

    f->account.early += time < 0;
    to->row[at] = (uint32_t)i;
    to->age[at] = age;
    to->time[at] = time < 0 ? 0 : time;
    to->end[at] = (uint8_t)end;
    to->won[at] = end == LC_END_WON;
    f->n_won += end == LC_END_WON;
    f->n_lost += end == LC_END_LOST;
}

static enum lc_rc follow_all(const struct lc_leads *leads, struct lc_arena *arena,
                             struct lc_followed *followed, struct lc_err *err)
{
    struct lc_followed f = {.as_of = leads->as_of};
    struct filling to;
    const enum lc_rc rc = refuse_undated(leads, err);

    if (rc)
        return rc;
    if (!make_room(leads->n, arena, &to))
        return lc_fail_memory(err, "the leads");
    for (size_t i = 0; i < leads->n; i++)
        if (counts(leads, i, &f))
            follow(leads, i, &to, &f);
    if (f.n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "no lead was decided by the as-of date, so there is none to follow; "
                       "check --entered and --as-of");
    f.row = to.row;
    f.age = to.age;
    f.time = to.time;
    f.end = to.end;
    f.won = to.won;
    *followed = f;
    return LC_OK;
}

enum lc_rc lc_followed_read(const struct lc_table *table, const struct lc_spec *spec,
                            struct lc_arena *arena, struct lc_followed *followed,
                            struct lc_err *err)
{
    struct lc_notes notes = {.arena = arena};
    struct lc_leads leads;
    const enum lc_rc rc = lc_leads_read(table, spec, true, &notes, arena, &leads, err);

    return rc ? rc : follow_all(&leads, arena, followed, err);
}

enum lc_rc lc_followed_on(const struct lc_cohort *cohort, int32_t day, struct lc_arena *arena,
                          struct lc_followed *followed, struct lc_err *err)
{
    struct lc_leads then;
    const enum lc_rc rc = lc_leads_on(cohort->leads, day, arena, &then, err);

    return rc ? rc : follow_all(&then, arena, followed, err);
}
