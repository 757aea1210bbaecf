/* Service levels: how soon sales reached out to the leads whose cell has a clock. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accept_internal.h"
#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "leadcal/rate.h"
#include "leadcal/survival.h"

#define MEDIAN       0.5
#define NINE_IN_TEN  0.9
#define MOST_CLOCKS  400 /* letters of a list of clocks */
#define UNKNOWN_TIME (-1.0)

enum column {
    BY,
    GROUP,
    SLA_HOURS,
    HANDED_OVER,
    MET,
    BREACHED,
    PENDING,
    UNKNOWN,
    MET_RATE,
    LOW,
    HIGH,
    MEDIAN_HOURS,
    P90_HOURS,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [BY] = {"by", LC_CELL_TEXT, NULL, false},
    [GROUP] = {"group", LC_CELL_TEXT, NULL, false},
    [SLA_HOURS] = {"sla_hours", LC_CELL_COUNT, "SLA hours", false},
    [HANDED_OVER] = {"handed_over", LC_CELL_COUNT, "handed over", false},
    [MET] = {"met", LC_CELL_COUNT, NULL, false},
    [BREACHED] = {"breached", LC_CELL_COUNT, NULL, false},
    [PENDING] = {"pending", LC_CELL_COUNT, NULL, false},
    [UNKNOWN] = {"unknown", LC_CELL_COUNT, NULL, false},
    [MET_RATE] = {"met_rate", LC_CELL_RATE, "met in time", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [MEDIAN_HOURS] = {"median_hours", LC_CELL_REAL, "median hours", false},
    [P90_HOURS] = {"p90_hours", LC_CELL_REAL, "9 in 10 hours", false},
};

/* A hand-over whose clock runs. */
struct clocked {
    double hours; /* to the first touch, the most that the cells allow; UNKNOWN_TIME: none */
    uint32_t h;
    uint8_t state; /* MET, BREACHED, PENDING or UNKNOWN */
};

struct sla {
    struct lc_accept_work *w;
    const struct lc_table_column *touch;
    struct clocked *at; /* [n] by rising hours, those without behind */
    size_t n;
    uint32_t *order;    /* [n] their hand-overs */
    struct clocked *of; /* [n hand-overs] */
    size_t no_clock, by_days, too_early, offsets;
};

/* Hours from hand-over to touch. A date alone counts from the start of its day for the hand-over
 * and to the end of it for the touch: whoever is said to be in time surely was. */
static double hours_between(struct sla *s, const struct lc_moment *from,
                            const struct lc_moment *to)
{
    const bool from_says = from->offset != LC_NO_OFFSET, to_says = to->offset != LC_NO_OFFSET;
    double seconds = to->last - from->first;

    if (from_says && to_says)
        seconds -= to->offset - from->offset;
    if (seconds < 0 || (seconds == 0 && !to->has_time)) {
        s->too_early++;
        return UNKNOWN_TIME;
    }
    s->by_days += !from->has_time || !to->has_time;
    s->offsets += from->has_time && to->has_time && from_says != to_says;
    return seconds / LC_HOUR;
}

static struct clocked look_at(struct sla *s, size_t h, int clock)
{
    const struct lc_accept_work *w = s->w;
    const size_t i = w->hand.row[h];
    const struct lc_moment from = lc_moment_of(w->hand.when, i);
    const struct lc_moment to = lc_moment_of(s->touch, i);
    struct clocked c = {UNKNOWN_TIME, (uint32_t)h, UNKNOWN};

    if (!from.known)
        return c;
    if (!to.known || w->leads.touched[i] > w->leads.as_of) {
        c.state = lc_hours_past(&from, w->leads.as_of) < clock ? PENDING : BREACHED;
        return c;
    }
    c.hours = hours_between(s, &from, &to);
    if (c.hours != UNKNOWN_TIME)
        c.state = c.hours <= clock ? MET : BREACHED;
    return c;
}

static int by_hours(const void *a, const void *b)
{
    const struct clocked *x = a, *y = b;
    const bool x_has = x->hours != UNKNOWN_TIME, y_has = y->hours != UNKNOWN_TIME;

    if (x_has != y_has)
        return x_has ? -1 : 1;
    if (x->hours != y->hours)
        return x->hours < y->hours ? -1 : 1;
    return (x->h > y->h) - (x->h < y->h);
}

/* Sorted once by hours: a stable sort by group then leaves each group's hours in order. */
static enum lc_rc measure(struct sla *s, struct lc_err *err)
{
    const struct lc_accept_work *w = s->w;
    const size_t room = w->hand.n + 1;
    size_t at = 0;
    const enum lc_rc rc = lc_table_find(w->table, w->spec->date.first_touch, &at, err);

    if (rc)
        return rc;
    s->touch = &w->table->column[at];
    s->at = LC_NEW(w->scratch, room, struct clocked);
    s->of = LC_NEW(w->scratch, room, struct clocked);
    s->order = LC_NEW(w->scratch, room, uint32_t);
    if (!s->at || !s->of || !s->order)
        return lc_fail_memory(err, "the clocks");
    for (size_t h = 0; h < w->hand.n; h++) {
        const int clock = lc_accept_clock(w, h);

        if (clock)
            s->at[s->n++] = s->of[h] = look_at(s, h, clock);
        else
            s->no_clock++;
    }
    qsort(s->at, s->n, sizeof *s->at, by_hours);
    for (size_t i = 0; i < s->n; i++)
        s->order[i] = s->at[i].h;
    return LC_OK;
}

/* One row: hand-overs [n] by rising hours. hours: scratch [n] */
static enum lc_rc add_row(const struct sla *s, const struct lc_grouping *g, const char *group,
                          const uint32_t *h, size_t n, double *hours, struct lc_frame *frame,
                          struct lc_err *err)
{
    size_t count[COLUMNS] = {0}, timed = 0;
    struct lc_interval ci;
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++) {
        count[s->of[h[i]].state]++;
        if (s->of[h[i]].hours != UNKNOWN_TIME)
            hours[timed++] = s->of[h[i]].hours;
    }
    ci = lc_wilson((double)count[MET], (double)(count[MET] + count[BREACHED]));
    row[BY].text = g ? g->by : "(all)";
    row[GROUP].text = group;
    if (g && g->codes == s->w->grade && n)
        row[SLA_HOURS].number = lc_accept_clock(s->w, h[0]);
    row[HANDED_OVER].number = (double)n;
    for (size_t c = MET; c <= UNKNOWN; c++)
        row[c].number = (double)count[c];
    if (count[MET] + count[BREACHED])
        row[MET_RATE].number = (double)count[MET] / (double)(count[MET] + count[BREACHED]);
    row[LOW].number = ci.low;
    row[HIGH].number = ci.high;
    row[MEDIAN_HOURS].number = lc_quantile(hours, timed, MEDIAN);
    row[P90_HOURS].number = lc_quantile(hours, timed, NINE_IN_TEN);
    return LC_OK;
}

static enum lc_rc add_rows(const struct sla *s, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_accept_work *w = s->w;
    double *hours = LC_NEW(w->scratch, s->n + 1, double);
    uint32_t *sorted = LC_NEW(w->scratch, s->n + 1, uint32_t);
    enum lc_rc rc;

    if (!hours || !sorted)
        return lc_fail_memory(err, frame->name);
    rc = add_row(s, NULL, "(all)", s->order, s->n, hours, frame, err);
    for (size_t g = 0; !rc && g < w->n_groupings; g++) {
        const struct lc_column *codes = w->grouping[g].codes;
        size_t *start = LC_NEW(w->scratch, (size_t)codes->n_levels + 1, size_t);

        if (!start)
            return lc_fail_memory(err, frame->name);
        lc_accept_sort(&w->hand, codes, s->order, s->n, sorted, start);
        for (size_t v = 0; !rc && v < codes->n_levels; v++)
            if (start[v + 1] > start[v])
                rc = add_row(s, &w->grouping[g], codes->level[v], sorted + start[v],
                             start[v + 1] - start[v], hours, frame, err);
    }
    return rc;
}

/* "A1 24, A2 48": the clocks that were held. */
static enum lc_rc note_clocks(const struct sla *s, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_accept_work *w = s->w;
    char text[MOST_CLOCKS] = "";
    size_t used = 0;

    for (uint32_t v = 0; v < w->grade->n_levels && used + 40 < sizeof text; v++)
        if (w->clock[v])
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%.2s %d",
                                     used ? ", " : "", w->grade->level[v], w->clock[v]);
    return lc_frame_note(
        frame, err,
        "clocks in hours: %s; the %zu handed over in other cells have none and "
        "are not counted",
        used ? text : "none", s->no_clock);
}

static enum lc_rc add_notes(const struct sla *s, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = lc_accept_notes_unit(s->w, frame, err);

    if (!rc)
        rc = lc_accept_notes_grade(s->w, frame, err);
    if (!rc)
        rc = note_clocks(s, frame, err);
    if (!rc && s->by_days)
        rc = lc_frame_note(
            frame, err,
            "%zu have no time of day on one side: hours then run from the start of the day of "
            "hand-over to the end of the day of touch, so that the same day is 24 h",
            s->by_days);
    if (!rc && s->offsets)
        rc =
            lc_frame_note(frame, err,
                          "%zu state an offset from UTC on one side only: both times are taken "
                          "as written",
                          s->offsets);
    if (!rc && s->too_early)
        rc = lc_frame_note(frame, err, "%zu first touched before the hand-over are unknown",
                           s->too_early);
    if (!rc)
        rc = lc_frame_note(frame, err,
                           "hours run day and night; their median and 90th percentile are of "
                           "those touched");
    return rc;
}

static enum lc_rc add_title(const struct sla *s, struct lc_frame *frame, struct lc_err *err)
{
    char words[LC_AS_OF_WORDS];

    frame->title = lc_arena_format(frame->arena, "%zu leads handed over on a clock; %s", s->n,
                                   lc_as_of_words(s->w->leads.as_of, words));
    return frame->title ? LC_OK : lc_fail_memory(err, frame->name);
}

const char *lc_accept_sla_missing(const struct lc_spec *spec,
                                  const struct lc_accept_options *options)
{
    if (!options->model && !spec->acceptance.grade)
        return "no grade at hand-over is known, so no clock runs: name its column with --grade "
               "or acceptance.grade in a spec, or give a model with --model";
    if (!spec->date.first_touch)
        return "no column says when sales first reached out, so no clock can be held: name it "
               "with --first-touch, or dates.first_touch in a spec";
    if (!spec->date.handed_over && !spec->date.entered)
        return "no column says when a lead was handed over, so no clock starts: name it with "
               "--handed-over, or dates.handed_over in a spec";
    return NULL;
}

enum lc_rc lc_accept_sla(const struct lc_table *table, const struct lc_spec *spec,
                         const struct lc_accept_options *options, struct lc_arena *arena,
                         struct lc_frame *frame, struct lc_err *err)
{
    const char *missing = lc_accept_sla_missing(spec, options);
    const char *likely =
        options->model || spec->acceptance.grade ? NULL : lc_propose_grade(table);
    struct lc_arena scratch;
    struct lc_accept_work w = {
        .table = table, .spec = spec, .options = options, .arena = arena, .scratch = &scratch};
    struct sla s = {.w = &w};
    struct lc_frame f;
    enum lc_rc rc;

    if (missing)
        return lc_fail(err, LC_EMISMATCH, "%s%s%.80s%s", missing, likely ? "; '" : "",
                       likely ? likely : "", likely ? "' holds grades" : "");
    lc_arena_init(&scratch, arena->limit - arena->used);
    lc_frame_init(&f, "accept_sla", heading, COLUMNS, arena);
    rc = lc_accept_begin(&w, false, err);
    if (!rc)
        rc = measure(&s, err);
    if (!rc)
        rc = add_rows(&s, &f, err);
    if (!rc)
        rc = add_title(&s, &f, err);
    if (!rc)
        rc = add_notes(&s, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
