#include "leadcal/young.h"

#include <math.h>

#include "leadcal/backtest.h"
#include "leadcal/incidence.h"
#include "leadcal/num.h"
#include "young_internal.h"

#define LEAST_CYCLES 5         /* wins within W; fewer give no cycle length: DEFINITIONS 5 */
#define ANY          LC_GRADES /* a letter or digit that a group does not ask for */
#define MOST_GROUPS  (LC_GRADES * LC_GRADES + 2 * LC_GRADES + 1)

enum column {
    MODEL,
    GRADE,
    LEADS,
    WON,
    LOST,
    OPEN,
    INCIDENCE,
    LOW,
    HIGH,
    HORIZON_DAYS,
    MEDIAN,
    MEDIAN_LOW,
    MEDIAN_HIGH,
    P90,
    P90_LOW,
    P90_HIGH,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [MODEL] = {"model", LC_CELL_TEXT, NULL, true},
    [GRADE] = {"grade", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [LOST] = {"lost", LC_CELL_COUNT, NULL, false},
    [OPEN] = {"open", LC_CELL_COUNT, NULL, false},
    [INCIDENCE] = {"incidence", LC_CELL_RATE, "won in time", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [HORIZON_DAYS] = {"horizon_days", LC_CELL_COUNT, NULL, true},
    [MEDIAN] = {"cycle_median_days", LC_CELL_COUNT, "median days", false},
    [MEDIAN_LOW] = {"cycle_median_low", LC_CELL_REAL, "low", false},
    [MEDIAN_HIGH] = {"cycle_median_high", LC_CELL_REAL, "high", false},
    [P90] = {"cycle_p90_days", LC_CELL_COUNT, "9 of 10 within", false},
    [P90_LOW] = {"cycle_p90_low", LC_CELL_REAL, NULL, true},
    [P90_HIGH] = {"cycle_p90_high", LC_CELL_REAL, NULL, true},
};

/* The leads of a cell, of a margin, or all of them. */
struct group {
    size_t letter, digit; /* ANY: not asked */
};

/* Cells, letters, digits, all. */
static size_t list_groups(const struct lc_young_work *w, struct group group[MOST_GROUPS])
{
    size_t n = 0;

    for (size_t l = 0; l < LC_GRADES && w->letter; l++)
        for (size_t d = 0; d < LC_GRADES && w->digit; d++)
            group[n++] = (struct group){l, d};
    for (size_t l = 0; l < LC_GRADES && w->letter; l++)
        group[n++] = (struct group){l, ANY};
    for (size_t d = 0; d < LC_GRADES && w->digit; d++)
        group[n++] = (struct group){ANY, d};
    group[n++] = (struct group){ANY, ANY};
    return n;
}

static const char *name_group(struct group g, struct lc_arena *arena)
{
    char to[LC_GRADE_TEXT] = "";
    size_t n = 0;

    if (g.letter != ANY)
        to[n++] = (char)('A' + g.letter);
    if (g.digit != ANY)
        to[n++] = (char)('1' + g.digit);
    return n ? lc_arena_text(arena, (struct lc_slice){to, n}) : "(all)";
}

/* The later leads of one group. */
struct member {
    double *time, *age;
    uint8_t *end;
    size_t n, won, lost, in_time;
    double known; /* leads whose fate by the horizon is known */
};

static void gather(const struct lc_young_work *w, struct group g, struct member *m)
{
    const struct lc_followed *f = &w->later;

    m->n = m->won = m->lost = m->in_time = 0;
    m->known = 0;
    for (size_t i = 0; i < f->n; i++) {
        const bool ended = f->end[i] != LC_END_OPEN && f->time[i] <= w->horizon;

        if ((g.letter != ANY && w->letter[i] != g.letter) ||
            (g.digit != ANY && w->digit[i] != g.digit))
            continue;
        m->time[m->n] = f->time[i];
        m->end[m->n++] = f->end[i];
        m->won += f->end[i] == LC_END_WON;
        m->lost += f->end[i] == LC_END_LOST;
        m->in_time += ended && f->end[i] == LC_END_WON;
        m->known += ended || f->age[i] >= w->horizon;
    }
}

static enum lc_rc put_cycle(const struct lc_young_work *w, const struct member *m,
                            struct lc_arena *scratch, union lc_value *row, struct lc_err *err)
{
    static const double q[] = {0.5, 0.9};
    struct lc_cycle cycle[2];
    enum lc_rc rc;

    if (m->in_time < LEAST_CYCLES)
        return LC_OK;
    rc = lc_cycle_quantiles(m->time, m->end, m->n, w->horizon, q, 2, LC_RESAMPLES,
                            LC_YOUNG_SEED, w->pool, scratch, cycle, err);
    if (rc)
        return rc;
    row[MEDIAN].number = cycle[0].days;
    row[MEDIAN_LOW].number = cycle[0].limits.low;
    row[MEDIAN_HIGH].number = cycle[0].limits.high;
    row[P90].number = cycle[1].days;
    row[P90_LOW].number = cycle[1].limits.low;
    row[P90_HIGH].number = cycle[1].limits.high;
    return LC_OK;
}

static enum lc_rc add_group(const struct lc_young_work *w, struct group g, struct member *m,
                            struct lc_frame *frame, struct lc_err *err)
{
    struct lc_incidence_step at;
    struct lc_interval limits;
    struct lc_incidence curve;
    struct lc_arena scratch;
    union lc_value *row = NULL;
    enum lc_rc rc;

    gather(w, g, m);
    if (m->n == 0)
        return LC_OK;
    lc_arena_init(&scratch, frame->arena->limit - frame->arena->used);
    rc = lc_aalen_johansen(m->time, m->end, m->n, &scratch, &curve, err);
    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    if (rc)
        goto out;
    at = lc_incidence_at(&curve, w->horizon);
    limits = lc_incidence_interval(at.incidence[0], at.std_error[0], m->known);
    row[MODEL].text = "logistic";
    row[GRADE].text = name_group(g, frame->arena);
    row[LEADS].number = (double)m->n;
    row[WON].number = (double)m->won;
    row[LOST].number = (double)m->lost;
    row[OPEN].number = (double)(m->n - m->won - m->lost);
    row[INCIDENCE].number = at.incidence[0];
    row[LOW].number = limits.low;
    row[HIGH].number = limits.high;
    row[HORIZON_DAYS].number = w->horizon;
    rc = put_cycle(w, m, &scratch, row, err);
    if (!rc && !row[GRADE].text)
        rc = lc_fail_memory(err, frame->name);
out:
    lc_arena_release(&scratch);
    return rc;
}

static enum lc_rc fill(const struct lc_young_work *w, struct lc_frame *frame,
                       struct lc_err *err)
{
    struct member m = {.time = LC_NEW(w->scratch, w->later.n + 1, double),
                       .end = LC_NEW(w->scratch, w->later.n + 1, uint8_t)};
    struct group group[MOST_GROUPS];
    const size_t n = list_groups(w, group);
    const char *who = lc_cohort_title(w->cohort, frame->arena);
    enum lc_rc rc = LC_OK;

    if (!m.time || !m.end || !who)
        return lc_fail_memory(err, frame->name);
    for (size_t g = 0; g < n && !rc; g++)
        rc = add_group(w, group[g], &m, frame, err);
    if (rc)
        return rc;
    frame->title = lc_arena_format(
        frame->arena, "trained on %zu leads with %zu wins, looked at %zu later ones; %s",
        w->split.n_train, w->split.train_won, w->later.n, who);
    if (!frame->title)
        return lc_fail_memory(err, frame->name);
    return lc_young_notes(w, frame, err);
}

enum lc_rc lc_young(const struct lc_table *table, const struct lc_spec *spec,
                    const struct lc_cohort *cohort, const struct lc_young_options *options,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_frame *frame,
                    struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_young_work w = {.table = table,
                              .spec = spec,
                              .cohort = cohort,
                              .options = options,
                              .pool = pool,
                              .scratch = &scratch};
    struct lc_frame f;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    lc_frame_init(&f, "incidence", heading, COLUMNS, arena);
    rc = lc_young_learn(&w, err);
    if (!rc && w.later.n == 0)
        rc = lc_fail(err, LC_EDEGENERATE,
                     "no lead is later than those that the model learns from");
    w.horizon = cohort->window_days > 0 ? cohort->window_days : 0;
    for (size_t i = 0; !rc && cohort->window_days <= 0 && i < w.later.n; i++)
        w.horizon = fmax(w.horizon, w.later.time[i]);
    if (!rc)
        rc = fill(&w, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
