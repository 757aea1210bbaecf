/* Cuts that a model or a backtest asks for, learnt on its leads. */
#include <math.h>

#include "cuts_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

#define DAYS_A_WEEK 7

static const double log_odds_a_point = 0.69314718055994530942 / LC_POINTS_PER_DOUBLING;

double lc_weeks_of(const struct lc_cuts_study *s)
{
    int32_t first = INT32_MAX, last = INT32_MIN;

    for (size_t i = 0; s->day && i < s->n; i++) {
        if (s->day[i] == LC_NO_DAY)
            continue;
        first = s->day[i] < first ? s->day[i] : first;
        last = s->day[i] > last ? s->day[i] : last;
    }
    return first > last ? LC_NAN : ((double)last - first + 1) / DAYS_A_WEEK;
}

void lc_aim_at_capacity(double capacity, double weekly, double target[LC_GRADES])
{
    const double share = fmin(1, capacity / weekly), rest = 1 - target[0];

    target[0] = share;
    for (size_t c = 1; c < LC_GRADES; c++)
        target[c] *= (1 - share) / rest;
}

enum lc_rc lc_leads_of(const struct lc_cuts_study *s, const struct lc_out_of_fold *o,
                       enum lc_role role, struct lc_arena *arena, struct lc_cut_leads *l,
                       struct lc_err *err)
{
    const bool letter = role == LC_ROLE_PROFILE;
    const double *own = letter ? o->f : o->g, *from = letter ? o->g : o->f;
    double *score = LC_NEW(arena, s->n, double), *other = LC_NEW(arena, s->n, double);
    uint8_t *y = LC_NEW(arena, s->n, uint8_t);
    size_t n = 0;

    if (!score || !other || !y)
        return lc_fail_memory(err, "the grades' cuts");
    for (size_t i = 0; i < s->n; i++) {
        if (s->mature && !s->mature[i])
            continue;
        score[n] = own[i];
        other[n] = from[i] * log_odds_a_point;
        y[n++] = s->y[i];
    }
    *l = (struct lc_cut_leads){.n = n,
                               .score = score,
                               .y = y,
                               .other = (letter ? o->engagement : o->profile) ? other : NULL};
    return LC_OK;
}

static enum lc_rc learn_capacity(const struct lc_cuts_study *s, struct lc_arena *arena,
                                 struct lc_grades *g, const char **note, struct lc_err *err)
{
    const double weekly = (double)s->n / lc_weeks_of(s);

    if (!(g->capacity > 0))
        return lc_fail(err, LC_EMISMATCH,
                       "cuts by capacity need the leads that sales takes a week; say them with "
                       "--capacity or as \"capacity\" in the spec");
    if (isnan(weekly))
        return lc_fail(err, LC_EMISMATCH,
                       "cuts by capacity need decision days, to know how many leads a week "
                       "brings; name a date or use --cuts shares");
    lc_aim_at_capacity(g->capacity, weekly, g->target);
    if (g->target[0] >= 1)
        *note = lc_arena_format(arena,
                                "%.4g leads a week come, and sales takes %.4g: all of "
                                "them may be A or 1",
                                weekly, g->capacity);
    else
        *note = lc_arena_format(
            arena,
            "A and 1 hold at most %.4g of the %.4g leads a week; where they hold as many, %.0f %% "
            "of the weeks bring more than that (Poisson)",
            g->capacity, weekly, 100 * lc_poisson_above(g->capacity, g->capacity));
    return *note ? LC_OK : lc_fail_memory(err, "the grades' cuts");
}

/* "A begins at +21 points (90 % of resamples: +17 to +24)", for each cut that stands. */
static const char *sentence(const struct lc_grade_cuts *cuts,
                            const struct lc_cut_spread *spread, char first,
                            struct lc_arena *arena)
{
    const char *text = "";
    bool any = false;

    for (size_t c = 0; c + 1 < LC_GRADES && text; c++) {
        if (!lc_cut_stands(cuts, c))
            continue;
        text = lc_arena_format(arena, "%s%s%c begins at %+.4g points", text, any ? ", " : "",
                               (char)(first + (char)c), cuts->cut[c]);
        if (text && spread[c].found > 0)
            text = lc_arena_format(arena, "%s (in resamples between %+.4g and %+.4g)", text,
                                   spread[c].low, spread[c].high);
        any = true;
    }
    return text;
}

/* One dimension; where it cannot be cut by the outcome it stays unused, and *text says why. */
static enum lc_rc learn_dimension(const struct lc_cut_leads *l, const struct lc_grades *g,
                                  char first, struct lc_arena *arena,
                                  struct lc_grade_cuts *cuts, const char **text,
                                  struct lc_err *err)
{
    struct lc_cut_spread spread[LC_GRADES - 1];
    struct lc_arena scratch;
    struct lc_err why;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_cuts_of(l, g, &scratch, cuts, &why);
    if (!rc)
        rc = lc_cuts_spread(l, g, LC_CUTS_SEED, &scratch, spread, err);
    else if (rc != LC_EDEGENERATE)
        *err = why;
    lc_arena_release(&scratch);
    if (rc && rc != LC_EDEGENERATE)
        return rc;
    *text = rc ? lc_arena_format(arena, "%s are cut by shares: %s",
                                 first == 'A' ? "letters" : "digits", why.text)
               : sentence(cuts, spread, first, arena);
    return *text ? LC_OK : lc_fail_memory(err, "the grades' cuts");
}

static enum lc_rc learn_outcome(const struct lc_cuts_study *s, const struct lc_out_of_fold *o,
                                struct lc_arena *arena, struct lc_grades *g, const char **note,
                                struct lc_err *err)
{
    const char *letter = "", *digit = "";
    struct lc_cut_leads l;
    enum lc_rc rc = LC_OK;

    if (o->profile) {
        rc = lc_leads_of(s, o, LC_ROLE_PROFILE, arena, &l, err);
        if (!rc)
            rc = learn_dimension(&l, g, 'A', arena, &g->letter, &letter, err);
    }
    if (o->engagement && !rc) {
        rc = lc_leads_of(s, o, LC_ROLE_ENGAGEMENT, arena, &l, err);
        if (!rc)
            rc = learn_dimension(&l, g, '1', arena, &g->digit, &digit, err);
    }
    if (rc)
        return rc;
    *note =
        lc_arena_format(arena, "grades by %s, on points out of fold: %s%s%s",
                        lc_cuts_name[g->method], letter, *letter && *digit ? "; " : "", digit);
    if (!g->letter.used && !g->digit.used)
        g->method = LC_CUTS_SHARES;
    return *note ? LC_OK : lc_fail_memory(err, "the grades' cuts");
}

/* why  NULL: there was no memory to say it */
static enum lc_rc fall_back(const char *why, struct lc_arena *arena, struct lc_grades *g,
                            const char **note, struct lc_err *err)
{
    if (!why)
        return lc_fail_memory(err, "the grades' cuts");
    *note = lc_arena_format(arena, "grades are cut by shares, not by %s: %s",
                            lc_cuts_name[g->method], why);
    g->method = LC_CUTS_SHARES;
    return *note ? LC_OK : lc_fail_memory(err, "the grades' cuts");
}

enum lc_rc lc_cuts_learn(const struct lc_cuts_study *s, struct lc_arena *arena,
                         struct lc_grades *g, const char **note, struct lc_err *err)
{
    struct lc_out_of_fold o;
    size_t won = 0;
    enum lc_rc rc;

    *note = NULL;
    if (g->method == LC_CUTS_CAPACITY)
        return learn_capacity(s, arena, g, note, err);
    if (g->method < LC_CUTS_CAPACITY || g->method == LC_CUTS_PINNED)
        return LC_OK;
    for (size_t i = 0; i < s->n; i++)
        won += s->y[i] && (!s->mature || s->mature[i]);
    if (won < LC_CUTS_WON)
        return fall_back(
            lc_arena_format(arena, "%d wins are needed, and there are %zu", LC_CUTS_WON, won),
            arena, g, note, err);
    rc = lc_out_of_fold(s, arena, &o, err);
    if (rc == LC_EDEGENERATE || rc == LC_ENOCONV)
        return fall_back(lc_arena_text(arena, lc_slice_of(err->text)), arena, g, note, err);
    return rc ? rc : learn_outcome(s, &o, arena, g, note, err);
}
