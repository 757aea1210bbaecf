/* The law of the lag from lead to win, and whether it differs by the levels of an attribute. */
#include <math.h>

#include "leadcal/maturity.h"
#include "leadcal/num.h"

#define SURELY      0.05  /* error in calling lags different, over all columns compared */
#define DAY         1.0   /* dates are whole days */
#define ENOUGH_SEEN 0.9   /* of the wins to come, as the guard wants it */
#define LEAST_SAID  0.005 /* a limit that would be written as 0 per cent */

/* For the law a lost lead keeps its age (docs/decisions/0080-lost-leads-keep-their-age.md). */
static enum lc_rc cure_times(const struct lc_followed *f, struct lc_arena *arena,
                             struct lc_cure_data *d, struct lc_err *err)
{
    double *time = LC_NEW(arena, f->n, double);

    if (!time)
        return lc_fail_memory(err, "the lag from lead to win");
    for (size_t i = 0; i < f->n; i++)
        time[i] = f->won[i] ? f->time[i] : f->age[i];
    *d = (struct lc_cure_data){
        .n = f->n, .time = time, .won = f->won, .segments = 1, .tick = DAY};
    return LC_OK;
}

/* Too little has been seen, or it is not sure that enough has. */
static const char *beyond_words(const struct lc_cure_guard *g, struct lc_arena *arena)
{
    if (isnan(g->seen_low) || g->seen_low < LEAST_SAID)
        return lc_arena_format(arena,
                               "the days of the wins are too few or too alike to say how many "
                               "more come");
    return lc_arena_format(
        arena,
        "by the law of the wins so far %s%.0f %% of the wins come within the "
        "%.0f days that the oldest lead was followed, and it may be as few as "
        "%.0f %%",
        g->seen < ENOUGH_SEEN ? "only " : "", 100 * g->seen, g->follow_up.last,
        100 * g->seen_low);
}

static const char *doubt_words(const struct lc_lags *lags, struct lc_arena *arena)
{
    const struct lc_cure_guard *g = &lags->guard;

    switch (g->doubt) {
    case LC_CURE_ALL:
        return lc_arena_format(
            arena, "that every lead is won some day would fit the wins so far as well");
    case LC_CURE_BEYOND: return beyond_words(g, arena);
    case LC_CURE_RISING:
        return lc_arena_format(arena,
                               "wins were still coming at the longest age that was seen, %.0f "
                               "days",
                               g->follow_up.last);
    case LC_CURE_TOLD: break;
    }
    return NULL;
}

/* No law is an answer, too: it is said, and "won in the end" is not spoken of. */
static enum lc_rc forgive(enum lc_rc rc, struct lc_arena *arena, struct lc_lags *lags,
                          struct lc_err *err)
{
    if (rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    lags->why = lc_arena_text(arena, lc_slice_of(err->text));
    return lags->why ? LC_OK : lc_fail_memory(err, "the lag from lead to win");
}

static enum lc_rc fit_all(const struct lc_cure_data *d, struct lc_arena *arena,
                          struct lc_lags *lags, struct lc_err *err)
{
    struct lc_cure_options o = {.spread = 0};
    enum lc_rc rc = lc_cure_family(d, arena, &o.family, err);

    if (!rc)
        rc = lc_cure(d, &o, arena, &lags->fit, err);
    if (!rc)
        rc = lc_cure_guard_of(d, &lags->fit, arena, &lags->guard, err);
    if (rc)
        return forgive(rc, arena, lags, err);
    lags->fitted = true;
    lags->told = lags->guard.doubt == LC_CURE_TOLD;
    if (lags->told)
        return LC_OK;
    lags->why = doubt_words(lags, arena);
    return lags->why ? LC_OK : lc_fail_memory(err, "the lag from lead to win");
}

/* ---- by an attribute ---- */

/* Levels with wins enough have a segment each; all others share one. */
static enum lc_rc make_segments(const struct lc_followed *f, struct lc_arena *arena,
                                struct lc_lag_by *by, struct lc_err *err)
{
    const size_t levels = by->attribute.n_levels + 1; /* the last is of cells never seen */
    uint32_t *segment_of = LC_NEW(arena, levels, uint32_t);
    uint32_t *segment = LC_NEW(arena, f->n, uint32_t);
    size_t others = 0;

    if (!segment_of || !segment)
        return lc_fail_memory(err, "the segments");
    for (size_t v = 0; v + 1 < levels; v++)
        if (by->attribute.won[v] >= LC_LEAST_CURE_WON)
            segment_of[v] = (uint32_t)by->segments++;
        else
            others++;
    for (size_t v = 0; v < levels; v++)
        if (v + 1 == levels || by->attribute.won[v] < LC_LEAST_CURE_WON)
            segment_of[v] = (uint32_t)by->segments;
    by->segments += others > 0;
    for (size_t i = 0; i < f->n; i++)
        segment[i] = segment_of[lc_code_at(&by->codes, i)];
    by->segment_of = segment_of;
    by->segment = segment;
    return LC_OK;
}

static bool has_lag(const struct lc_lag_by *by, size_t v)
{
    return by->attribute.won[v] >= LC_LEAST_CURE_WON;
}

static void find_ends(struct lc_lag_by *by)
{
    bool any = false;

    for (uint32_t v = 0; v < by->attribute.n_levels; v++) {
        const struct lc_cure_segment *s = by->fit.segment, *of = &s[by->segment_of[v]];

        if (!has_lag(by, v))
            continue;
        if (!any || of->lag.location < s[by->segment_of[by->fast]].lag.location)
            by->fast = v;
        if (!any || of->lag.location > s[by->segment_of[by->slow]].lag.location)
            by->slow = v;
        any = true;
    }
}

static enum lc_rc fit_by(const struct lc_table_column *column,
                         const struct lc_spec_attribute *given, const struct lc_followed *f,
                         const struct lc_cure_data *d, const struct lc_lags *lags,
                         struct lc_arena *arena, struct lc_lag_by *by, struct lc_err *err)
{
    const struct lc_cure_options o = {.family = lags->fit.lag.family,
                                      .spread = LC_SPREAD_ESTIMATED};
    struct lc_cure_data parted = *d;
    enum lc_rc rc =
        lc_attribute_learn(column, given, f->row, f->won, f->n, arena, &by->attribute, err);

    by->p = LC_NAN;
    if (!rc)
        rc = lc_attribute_code(&by->attribute, column, f->row, f->n, arena, &by->codes, err);
    if (!rc)
        rc = make_segments(f, arena, by, err);
    if (rc || by->segments < 2)
        return rc;
    parted.segment = by->segment;
    parted.segments = by->segments;
    rc = lc_cure(&parted, &o, arena, &by->fit, err);
    if (rc == LC_ENOCONV || rc == LC_EDEGENERATE) {
        by->segments = 0; /* nothing can be compared */
        return LC_OK;
    }
    if (rc)
        return rc;
    by->p = lc_cure_spread_p(&by->fit);
    find_ends(by);
    return LC_OK;
}

/* A column being compared beside others, with memory of its own. */
struct compared {
    const struct lc_table *table;
    const struct lc_followed *followed;
    const struct lc_cure_data *data;
    const struct lc_lags *lags;
    const struct lc_spec_attribute *given;
    struct lc_lag_by *by;
    struct lc_arena arena;
    struct lc_err err;
    enum lc_rc rc;
};

static void compare_one(void *context, size_t j, size_t worker)
{
    struct compared *c = (struct compared *)context + j;

    (void)worker;
    c->rc = fit_by(&c->table->column[c->by->column], c->given, c->followed, c->data, c->lags,
                   &c->arena, c->by, &c->err);
}

static enum lc_rc compare_columns(const struct lc_table *table,
                                  const struct lc_followed *followed,
                                  const struct lc_lag_columns *columns,
                                  const struct lc_cure_data *d, struct lc_parallel *pool,
                                  struct lc_arena *arena, struct lc_lags *l, struct lc_err *err)
{
    struct compared *c = LC_NEW(arena, columns->n + 1, struct compared);
    enum lc_rc rc = LC_OK;

    l->by = LC_NEW(arena, columns->n + 1, struct lc_lag_by);
    if (!c || !l->by)
        return lc_fail_memory(err, "the lags by attribute");
    for (size_t j = 0; j < columns->n; j++) {
        l->by[j].column = columns->column[j];
        c[j] =
            (struct compared){table, followed, d, l, columns->given[j], &l->by[j], .rc = LC_OK};
        lc_arena_init(&c[j].arena, arena->limit - arena->used);
    }
    lc_parallel_run(pool, columns->n, compare_one, c);
    for (size_t j = 0; j < columns->n; j++) {
        if (!rc && c[j].rc)
            *err = c[j].err;
        rc = rc ? rc : c[j].rc;
        if (!rc)
            rc = lc_arena_adopt(arena, &c[j].arena, err);
        lc_arena_release(&c[j].arena);
    }
    l->n_by = columns->n;
    return rc;
}

/* The column whose lags differ most surely, if any do. */
static const struct lc_lag_by *find_different(const struct lc_lags *lags)
{
    const struct lc_lag_by *least = NULL;
    size_t compared = 0;

    for (size_t j = 0; j < lags->n_by; j++) {
        if (isnan(lags->by[j].p))
            continue;
        compared++;
        if (!least || lags->by[j].p < least->p)
            least = &lags->by[j];
    }
    return least && least->p * (double)compared < SURELY ? least : NULL;
}

static const char *segment_name(const struct lc_lag_by *by, size_t segment)
{
    for (size_t v = 0; v < by->attribute.n_levels; v++)
        if (by->segment_of[v] == segment && has_lag(by, v))
            return by->attribute.level[v];
    return "(others)";
}

/* A level whose wins come too slowly to be seen makes the whole uncertain. */
static enum lc_rc doubt_segments(const struct lc_cure_data *d, struct lc_arena *arena,
                                 struct lc_lags *l, struct lc_err *err)
{
    struct lc_cure_data parted = *d;
    struct lc_cure_guard g;
    enum lc_rc rc;

    if (!l->differs)
        return LC_OK;
    parted.segment = l->differs->segment;
    parted.segments = l->differs->segments;
    rc = lc_cure_guard_of(&parted, &l->differs->fit, arena, &g, err);
    if (rc)
        return rc;
    if (g.doubt != LC_CURE_BEYOND || g.segment == LC_CURE_ALL_SEGMENTS)
        return LC_OK;
    l->told = false;
    l->why = lc_arena_format(
        arena,
        "of the wins of %.60s '%.60s' only %.0f %% come within the time that its leads were "
        "followed",
        l->differs->attribute.column, segment_name(l->differs, g.segment), 100 * g.seen);
    return l->why ? LC_OK : lc_fail_memory(err, "the lag from lead to win");
}

enum lc_rc lc_lags_learn(const struct lc_table *table, const struct lc_followed *followed,
                         const struct lc_lag_columns *columns, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_lags *lags, struct lc_err *err)
{
    struct lc_lags l = {.told = false};
    struct lc_cure_data d;
    enum lc_rc rc = cure_times(followed, arena, &d, err);

    if (!rc)
        rc = fit_all(&d, arena, &l, err);
    if (rc)
        return rc;
    if (l.told)
        rc = compare_columns(table, followed, columns, &d, pool, arena, &l, err);
    if (rc)
        return rc;
    l.differs = find_different(&l);
    rc = doubt_segments(&d, arena, &l, err);
    if (!rc)
        *lags = l;
    return rc;
}
