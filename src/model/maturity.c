#include "leadcal/maturity.h"

#include <math.h>

#include "accept_internal.h"
#include "leadcal/cohort.h"
#include "leadcal/num.h"
#include "maturity_internal.h"

enum column {
    SEGMENT,
    AGE_DAYS,
    LEADS_AT_RISK,
    WON,
    SHARE_WON,
    LOW,
    HIGH,
    SHARE_OF_EVENTUAL,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [SEGMENT] = {"segment", LC_CELL_TEXT, NULL, false},
    [AGE_DAYS] = {"age_days", LC_CELL_COUNT, "age, days", false},
    [LEADS_AT_RISK] = {"leads_at_risk", LC_CELL_COUNT, "at risk", false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [SHARE_WON] = {"share_won", LC_CELL_RATE, "share won", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [SHARE_OF_EVENTUAL] = {"share_of_eventual", LC_CELL_RATE, "of the wins to come", false},
};

/* A week, then the windows of DEFINITIONS 1, then half years. */
static const double listed_age[] = {7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 910, 1095};

/* Some of the leads, and the lag of their wins. */
struct part {
    const char *name;
    size_t n;
    const double *age, *time;
    const uint8_t *end;
    const struct lc_lag *lag; /* NULL: not told */
};

static enum lc_rc add_row(const struct part *p, const struct lc_incidence *curve, double age,
                          struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_incidence_step at = lc_incidence_at(curve, age);
    double at_risk = 0, known = 0, won = 0;
    struct lc_interval limits;
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < p->n; i++) {
        const bool ended = p->end[i] != LC_END_OPEN && p->time[i] <= age;

        at_risk += p->time[i] >= age;
        known += ended || p->age[i] >= age;
        won += ended && p->end[i] == LC_END_WON;
    }
    limits = lc_incidence_interval(at.incidence[0], at.std_error[0], known);
    row[SEGMENT].text = p->name;
    row[AGE_DAYS].number = age;
    row[LEADS_AT_RISK].number = at_risk;
    row[WON].number = won;
    row[SHARE_WON].number = at.incidence[0];
    row[LOW].number = limits.low;
    row[HIGH].number = limits.high;
    if (p->lag)
        row[SHARE_OF_EVENTUAL].number = lc_lag_seen(p->lag, age);
    return LC_OK;
}

/* Rows at the ages that some of the leads have reached; at least the first age. */
static enum lc_rc add_part(const struct part *p, struct lc_arena *scratch,
                           struct lc_frame *frame, struct lc_incidence *curve,
                           struct lc_err *err)
{
    double oldest = 0;
    enum lc_rc rc = lc_aalen_johansen(p->time, p->end, p->n, scratch, curve, err);

    for (size_t i = 0; i < p->n; i++)
        oldest = fmax(oldest, p->age[i]);
    for (size_t a = 0; !rc && a < sizeof listed_age / sizeof *listed_age; a++)
        if (listed_age[a] <= oldest)
            rc = add_row(p, curve, listed_age[a], frame, err);
    return rc;
}

/* ---- by level ---- */

static enum lc_rc add_level(const struct lc_maturity_work *w, const struct lc_lag_by *by,
                            uint32_t v, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_followed *f = &w->followed;
    const struct lc_attribute *a = &by->attribute;
    struct lc_incidence curve;
    struct lc_arena scratch;
    struct part p = {.n = 0};
    double *age, *time;
    uint8_t *end;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, frame->arena->limit - frame->arena->used);
    age = LC_NEW(&scratch, f->n, double);
    time = LC_NEW(&scratch, f->n, double);
    end = LC_NEW(&scratch, f->n, uint8_t);
    p.name = lc_arena_format(frame->arena, "%s=%s", a->column, a->level[v]);
    if (!age || !time || !end || !p.name) {
        rc = lc_fail_memory(err, frame->name);
        goto out;
    }
    for (size_t i = 0; i < f->n; i++)
        if (lc_code_at(&by->codes, i) == v) {
            age[p.n] = f->age[i];
            time[p.n] = f->time[i];
            end[p.n++] = f->end[i];
        }
    p.age = age;
    p.time = time;
    p.end = end;
    if (w->lags.told)
        p.lag = by->segments > 1 ? &by->fit.segment[by->segment_of[v]].lag : &w->lags.fit.lag;
    rc = add_part(&p, &scratch, frame, &curve, err);
out:
    lc_arena_release(&scratch);
    return rc;
}

/* Levels of an attribute that were asked for where no lag could be fitted. */
static enum lc_rc learn_plain(const struct lc_table *table, struct lc_maturity_work *w,
                              struct lc_arena *scratch, struct lc_err *err)
{
    const struct lc_lag_columns *c = &w->options->columns;
    enum lc_rc rc = LC_OK;

    if (w->lags.n_by || !w->options->show_all)
        return LC_OK;
    w->lags.by = LC_NEW(scratch, c->n + 1, struct lc_lag_by);
    if (!w->lags.by)
        return lc_fail_memory(err, "the levels");
    for (size_t j = 0; j < c->n && !rc; j++) {
        struct lc_lag_by *by = &w->lags.by[w->lags.n_by++];
        const struct lc_table_column *column = &table->column[c->column[j]];

        *by = (struct lc_lag_by){.column = c->column[j], .p = LC_NAN};
        rc = lc_attribute_learn(column, c->given[j], w->followed.row, w->followed.won,
                                w->followed.n, scratch, &by->attribute, err);
        if (!rc)
            rc = lc_attribute_code(&by->attribute, column, w->followed.row, w->followed.n,
                                   scratch, &by->codes, err);
    }
    return rc;
}

static enum lc_rc add_levels(const struct lc_maturity_work *w, struct lc_frame *frame,
                             struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < w->lags.n_by; j++) {
        const struct lc_lag_by *by = &w->lags.by[j];

        if (!w->options->show_all && by != w->lags.differs)
            continue;
        for (uint32_t v = 0; v < by->attribute.n_levels && !rc; v++)
            if (w->options->show_all || by->attribute.won[v] >= LC_LEAST_CURE_WON)
                rc = add_level(w, by, v, frame, err);
    }
    return rc;
}

static enum lc_rc fill(const struct lc_table *table, struct lc_maturity_work *w,
                       struct lc_arena *scratch, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_followed *f = &w->followed;
    const struct part all = {.name = "(all)",
                             .n = f->n,
                             .age = f->age,
                             .time = f->time,
                             .end = f->end,
                             .lag = w->lags.told ? &w->lags.fit.lag : NULL};
    char words[LC_AS_OF_WORDS];
    enum lc_rc rc = learn_plain(table, w, scratch, err);

    if (!rc)
        rc = add_part(&all, scratch, frame, &w->curve, err);
    if (!rc)
        rc = add_levels(w, frame, err);
    if (rc)
        return rc;
    frame->title = lc_arena_format(frame->arena,
                                   "%zu leads by their age, young ones too, %zu won so far; %s",
                                   f->n, f->n_won, lc_as_of_words(f->as_of, words));
    if (!frame->title)
        return lc_fail_memory(err, frame->name);
    return lc_maturity_notes(w, frame, err);
}

enum lc_rc lc_maturity(const struct lc_table *table, const struct lc_spec *spec,
                       const struct lc_maturity_options *options, struct lc_parallel *pool,
                       struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_maturity_work w = {.options = options};
    struct lc_arena scratch;
    struct lc_frame f;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    lc_frame_init(&f, "maturity", heading, COLUMNS, arena);
    rc = lc_followed_read(table, spec, &scratch, &w.followed, err);
    if (!rc)
        rc = lc_lags_learn(table, &w.followed, &options->columns, pool, &scratch, &w.lags, err);
    if (!rc)
        rc = fill(table, &w, &scratch, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
