#include "leadcal/stages.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/cohort.h"
#include "leadcal/dialect.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/spec_unit.h"
#include "leadcal/survival.h"
#include "leadcal/unit.h"

#define LEAST_CYCLES 5 /* DEFINITIONS 5: blank when fewer */
#define NINE_IN_TEN  0.9

enum {
    STAGE,
    COLUMN,
    ENTERED,
    COUNTED,
    WINDOW,
    WON,
    RATE,
    RATE_LOW,
    RATE_HIGH,
    LOST,
    OPEN,
    MEDIAN,
    MEDIAN_LOW,
    MEDIAN_HIGH,
    P90,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [STAGE] = {"stage", LC_CELL_TEXT, NULL, false},
    [COLUMN] = {"column", LC_CELL_TEXT, NULL, true},
    [ENTERED] = {"entered", LC_CELL_COUNT, NULL, false},
    [COUNTED] = {"opportunities", LC_CELL_COUNT, "followed", false},
    [WINDOW] = {"window_days", LC_CELL_COUNT, "days", false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [RATE] = {"close_rate", LC_CELL_RATE, "close rate", false},
    [RATE_LOW] = {"close_rate_low", LC_CELL_RATE, "low", false},
    [RATE_HIGH] = {"close_rate_high", LC_CELL_RATE, "high", false},
    [LOST] = {"lost", LC_CELL_COUNT, NULL, false},
    [OPEN] = {"open", LC_CELL_COUNT, NULL, false},
    [MEDIAN] = {"median_days", LC_CELL_REAL, "median days to won", false},
    [MEDIAN_LOW] = {"median_days_low", LC_CELL_REAL, "low", false},
    [MEDIAN_HIGH] = {"median_days_high", LC_CELL_REAL, "high", false},
    [P90] = {"p90_days", LC_CELL_REAL, "9 in 10 days", false},
};

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Days from the entry to won, in order; how many. */
static size_t list_cycles(const struct lc_cohort *c, double *days)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n && c->cycle; i++)
        if (c->cycle[i] != LC_NO_DAY)
            days[n++] = c->cycle[i];
    qsort(days, n, sizeof *days, by_value);
    return n;
}

static enum lc_rc fill(const struct lc_cohort *c, struct lc_arena *arena, union lc_value *row,
                       struct lc_err *err)
{
    const struct lc_interval rate = lc_wilson((double)c->n_won, (double)c->n);
    double *days = LC_NEW(arena, c->n + 1, double);
    size_t n;

    if (!days)
        return lc_fail_memory(err, "the stages");
    row[COUNTED].number = (double)c->n;
    if (c->window_days != LC_WINDOW_NONE)
        row[WINDOW].number = c->window_days;
    row[WON].number = (double)c->n_won;
    row[RATE].number = (double)c->n_won / (double)c->n;
    row[RATE_LOW].number = rate.low;
    row[RATE_HIGH].number = rate.high;
    row[LOST].number = row[OPEN].number = 0;
    for (size_t i = 0; i < c->n; i++) {
        row[LOST].number += c->state[i] == LC_STATE_LOST;
        row[OPEN].number += c->state[i] == LC_STATE_OPEN;
    }
    n = list_cycles(c, days);
    if (n >= LEAST_CYCLES) {
        const struct lc_interval limits = lc_quantile_interval(days, n, 0.5);

        row[MEDIAN].number = lc_quantile(days, n, 0.5);
        row[MEDIAN_LOW].number = limits.low;
        row[MEDIAN_HIGH].number = limits.high;
        row[P90].number = lc_quantile(days, n, NINE_IN_TEN);
    }
    return LC_OK;
}

/* One stage, as a run of it alone would have it. What its opportunities cannot tell is a note. */
static enum lc_rc add_stage(const struct lc_table *table, const struct lc_spec *spec,
                            const struct lc_spec_stage *stage, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    struct lc_spec_unit *unit = LC_NEW(arena, 1, struct lc_spec_unit);
    struct lc_table taken = *table;
    struct lc_spec of = *spec;
    struct lc_unit_account account;
    struct lc_cohort cohort;
    union lc_value *row;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (!unit)
        return lc_fail_memory(err, "the stages");
    if (rc)
        return rc;
    *unit = *spec->unit;
    unit->stage = stage->name;
    unit->stage_entered = stage->entered;
    of.unit = unit;
    row[STAGE].text = stage->name;
    row[COLUMN].text = stage->entered;
    row[ENTERED].number = 0;
    rc = lc_units_take(&taken, &of, arena, &account, err);
    if (!rc) {
        row[ENTERED].number = (double)account.units;
        of.date.entered = of.date.handed_over; /* cycles begin with the stage */
        rc = lc_cohort_build(&taken, &of, arena, &cohort, err);
    }
    if (rc == LC_EDEGENERATE)
        return lc_frame_note(frame, err, "%s: %s", stage->name, err->text);
    return rc ? rc : fill(&cohort, arena, row, err);
}

/* The spec's, else those of the header. */
static enum lc_rc list_stages(const struct lc_table *table, const struct lc_spec *spec,
                              struct lc_arena *arena, const struct lc_spec_stage **to,
                              size_t *n, struct lc_err *err)
{
    struct lc_spec_stage *found = LC_NEW(arena, table->k + 1, struct lc_spec_stage);

    if (!found)
        return lc_fail_memory(err, "the stages");
    *n = spec->unit->n_stages;
    *to = spec->unit->stages;
    if (*n)
        return LC_OK;
    for (size_t j = 0; j < table->k; j++) {
        struct lc_slice stage, pipeline;
        const char *name = table->column[j].codes.name;

        if (table->column[j].file || !lc_dialect_stage(name, &stage, &pipeline))
            continue;
        found[*n] = (struct lc_spec_stage){
            pipeline.n ? lc_arena_format(arena, "%.*s (%.*s)", (int)stage.n, stage.p,
                                         (int)pipeline.n, pipeline.p)
                       : lc_arena_text(arena, stage),
            name};
        if (!found[(*n)++].name)
            return lc_fail_memory(err, "the stages");
    }
    *to = found;
    if (*n)
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH,
                   "no column tells when a stage was entered; list them in the spec: \"unit\": "
                   "{\"of\": \"opportunity\", \"stages\": [{\"stage\": \"Demo\", \"entered\": "
                   "COLUMN}, ...]}");
}

enum lc_rc lc_stages(const struct lc_table *table, const struct lc_spec *spec,
                     struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_spec_stage *stage = NULL;
    struct lc_frame f;
    size_t n = 0;
    enum lc_rc rc;

    if (lc_spec_unit_of(spec) != LC_UNIT_OPPORTUNITY)
        return lc_fail(err, LC_EMISMATCH,
                       "stages are of opportunities; say so in the spec: \"unit\": {\"of\": "
                       "\"opportunity\", \"stage\": \"Demo\"}");
    rc = list_stages(table, spec, arena, &stage, &n, err);
    lc_frame_init(&f, "stages", heading, COLUMNS, arena);
    f.title = "Opportunities by the stage they have come to";
    for (size_t i = 0; i < n && !rc; i++)
        rc = add_stage(table, spec, &stage[i], arena, &f, err);
    if (!rc)
        rc = lc_frame_note(
            &f, err,
            "won, lost and open are of those followed for the days of the window, from the day they "
            "entered the stage; one that came back counts from the day that its column has");
    if (!rc)
        *frame = f;
    return rc;
}
