#include "leadcal/accept.h"

#include <math.h>
#include <string.h>

#include "accept_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

#define HOURS_A_DAY 24

enum column {
    BY,
    GROUP,
    PERIOD,
    HANDED_OVER,
    ACCEPTED,
    REJECTED,
    RECYCLED,
    UNTOUCHED,
    PENDING,
    ACCEPTANCE_RATE,
    LOW,
    HIGH,
    DECIDED_RATE,
    RETURNED,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [BY] = {"by", LC_CELL_TEXT, NULL, false},
    [GROUP] = {"group", LC_CELL_TEXT, NULL, false},
    [PERIOD] = {"period", LC_CELL_TEXT, NULL, false},
    [HANDED_OVER] = {"handed_over", LC_CELL_COUNT, "handed over", false},
    [ACCEPTED] = {"accepted", LC_CELL_COUNT, NULL, false},
    [REJECTED] = {"rejected", LC_CELL_COUNT, NULL, false},
    [RECYCLED] = {"recycled", LC_CELL_COUNT, NULL, false},
    [UNTOUCHED] = {"untouched", LC_CELL_COUNT, NULL, false},
    [PENDING] = {"pending", LC_CELL_COUNT, NULL, false},
    [ACCEPTANCE_RATE] = {"acceptance_rate", LC_CELL_RATE, "rate", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [DECIDED_RATE] = {"decided_rate", LC_CELL_RATE, "of decided", true},
    [RETURNED] = {"returned", LC_CELL_COUNT, NULL, true},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, true},
};

/* Is a hand-over younger than so many hours at the end of the as-of day? The time of day is read
 * only where it could matter: most are older by far. */
static bool is_young(const struct lc_accept_work *w, size_t h, int hours)
{
    const int32_t day = w->hand.day[h];
    struct lc_moment when;

    if (day == LC_NO_DAY || HOURS_A_DAY * (w->leads.as_of - day - 1.0) >= hours)
        return false;
    when = lc_moment_of(w->hand.when, w->hand.row[h]);
    return lc_hours_past(&when, w->leads.as_of) < hours;
}

/* Accepted, rejected and recycled as they are; without any of them, by age. */
static void decide(struct lc_accept_table *t, size_t h)
{
    const struct lc_accept_work *w = t->w;
    const size_t i = w->hand.row[h];
    const int32_t *accepted = w->leads.accepted, *touched = w->leads.touched;
    const int hours = lc_accept_clock(w, h);
    bool returned;

    t->fate[h] = (uint8_t)lc_acceptance_of(&t->acceptance, i, &returned);
    t->returned[h] = returned;
    if (t->fate[h] != LC_UNDECIDED)
        return;
    t->accepted_later += accepted && accepted[i] != LC_NO_DAY;
    if (is_young(w, h, hours ? hours : LC_ACCEPT_LIMIT_HOURS))
        t->fate[h] = LC_PENDING;
    else
        t->touched += touched && touched[i] != LC_NO_DAY && touched[i] <= w->leads.as_of;
}

/* The period of each hand-over as a coded column, and the hand-overs in its order. */
static enum lc_rc sort_by_period(struct lc_accept_table *t, struct lc_err *err)
{
    const struct lc_accept_work *w = t->w;
    const enum lc_period kind = w->options->period;
    const size_t n = w->hand.n;
    uint32_t *code = LC_NEW(w->scratch, w->table->n + 1, uint32_t);
    uint32_t *as_filed = LC_NEW(w->scratch, n + 1, uint32_t);
    int32_t low = INT32_MAX, high = INT32_MIN;

    for (size_t h = 0; h < n; h++)
        if (w->hand.day[h] != LC_NO_DAY) {
            low = w->hand.day[h] < low ? w->hand.day[h] : low;
            high = w->hand.day[h] > high ? w->hand.day[h] : high;
        }
    t->has_periods = kind != LC_PERIOD_NONE && low <= high;
    t->first_period = low <= high ? lc_period_of(kind, low) : 0;
    t->period = (struct lc_column){.width = sizeof *code, .code = code, .n_levels = 1};
    if (low <= high)
        t->period.n_levels += (uint32_t)(lc_period_of(kind, high) - t->first_period + 1);
    t->period.missing = t->period.n_levels - 1;
    t->order = LC_NEW(w->scratch, n + 1, uint32_t);
    t->start = LC_NEW(w->scratch, (size_t)t->period.n_levels + 1, size_t);
    if (!code || !as_filed || !t->order || !t->start)
        return lc_fail_memory(err, "the periods");
    for (size_t h = 0; h < n; h++) {
        const int32_t day = w->hand.day[h];

        as_filed[h] = (uint32_t)h;
        code[w->hand.row[h]] = day == LC_NO_DAY
                                   ? t->period.missing
                                   : (uint32_t)(lc_period_of(kind, day) - t->first_period);
    }
    lc_accept_sort(&w->hand, &t->period, as_filed, n, t->order, t->start);
    return LC_OK;
}

struct lc_tally lc_tally_of(const struct lc_accept_table *t, const uint32_t *h, size_t n)
{
    struct lc_tally tally = {.handed_over = (double)n};

    for (size_t i = 0; i < n; i++) {
        tally.of[t->fate[h[i]]]++;
        tally.returned += t->returned[h[i]];
    }
    return tally;
}

bool lc_accept_not_over(const struct lc_accept_table *t, uint32_t level)
{
    return level != t->period.missing &&
           lc_period_last(t->w->options->period, t->first_period + (int32_t)level) >
               t->w->leads.as_of;
}

static void put_tally(const struct lc_accept_table *t, const struct lc_tally *tally,
                      union lc_value *row)
{
    const double ripe = tally->handed_over - tally->of[LC_PENDING];
    const double accepted = tally->of[LC_ACCEPTED], rejected = tally->of[LC_REJECTED];
    const struct lc_interval ci = lc_wilson(accepted, ripe);

    row[HANDED_OVER].number = tally->handed_over;
    row[ACCEPTED].number = accepted;
    row[UNTOUCHED].number = tally->of[LC_UNTOUCHED];
    row[PENDING].number = tally->of[LC_PENDING];
    row[ACCEPTANCE_RATE].number = ripe > 0 ? accepted / ripe : LC_NAN;
    row[LOW].number = ci.low;
    row[HIGH].number = ci.high;
    if (!t->acceptance.column)
        return; /* nobody says who was turned away: that is not none */
    row[REJECTED].number = rejected;
    row[RECYCLED].number = tally->of[LC_RECYCLED];
    if (t->acceptance.accepted)
        row[RETURNED].number = tally->returned;
    if (t->w->spec->acceptance.rejected.n && accepted + rejected > 0)
        row[DECIDED_RATE].number = accepted / (accepted + rejected);
}

/* Some hand-overs of one group, as a row. */
struct bunch {
    const char *by, *group;
    const uint32_t *h; /* [n] */
    size_t n;
};

static enum lc_rc add_row(const struct lc_accept_table *t, const struct bunch *b,
                          const char *period, bool not_over, struct lc_frame *frame,
                          struct lc_err *err)
{
    static const char *const note[2][2] = {
        {NULL, "the period is not over"},
        {"grade as of export", "grade as of export; the period is not over"}};
    const bool at_export = t->w->options->model && strcmp(b->by, "grade") == 0;
    const struct lc_tally tally = lc_tally_of(t, b->h, b->n);
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[BY].text = b->by;
    row[GROUP].text = b->group;
    row[PERIOD].text = period;
    row[NOTE].text = note[at_export][not_over];
    put_tally(t, &tally, row);
    return LC_OK;
}

/* A row for each period that the bunch, in the order of periods, has. */
static enum lc_rc add_periods(const struct lc_accept_table *t, const struct bunch *b,
                              struct lc_frame *frame, struct lc_err *err)
{
    const uint32_t *row = t->w->hand.row;
    enum lc_rc rc = LC_OK;

    for (size_t from = 0, to; !rc && t->has_periods && from < b->n; from = to) {
        const uint32_t level = lc_code_at(&t->period, row[b->h[from]]);
        struct bunch part = {b->by, b->group, b->h + from, 0};
        char text[LC_PERIOD_TEXT] = "(undated)";
        const char *copy;

        for (to = from; to < b->n && lc_code_at(&t->period, row[b->h[to]]) == level;)
            to++;
        part.n = to - from;
        if (level != t->period.missing)
            lc_period_text(t->w->options->period, t->first_period + (int32_t)level, text);
        copy = lc_arena_text(frame->arena, lc_slice_of(text));
        if (!copy)
            return lc_fail_memory(err, frame->name);
        rc = add_row(t, &part, copy, lc_accept_not_over(t, level), frame, err);
    }
    return rc;
}

/* Every group over all periods, then every group by period. */
static enum lc_rc add_groups(const struct lc_accept_table *t, const struct lc_grouping *g,
                             struct lc_frame *frame, struct lc_err *err)
{
    const size_t n = t->w->hand.n, levels = g->codes->n_levels;
    uint32_t *sorted = LC_NEW(t->w->scratch, n + 1, uint32_t);
    size_t *start = LC_NEW(t->w->scratch, levels + 1, size_t);
    enum lc_rc rc = LC_OK;

    if (!sorted || !start)
        return lc_fail_memory(err, frame->name);
    lc_accept_sort(&t->w->hand, g->codes, t->order, n, sorted, start);
    for (int by_period = 0; by_period <= 1; by_period++)
        for (size_t v = 0; !rc && v < levels; v++) {
            const struct bunch b = {g->by, g->codes->level[v], sorted + start[v],
                                    start[v + 1] - start[v]};

            if (b.n)
                rc = by_period ? add_periods(t, &b, frame, err)
                               : add_row(t, &b, "(all)", false, frame, err);
        }
    return rc;
}

static enum lc_rc fill(struct lc_accept_table *t, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_accept_work *w = t->w;
    const struct bunch all = {"(all)", "(all)", t->order, w->hand.n};
    char words[LC_AS_OF_WORDS];
    struct lc_tally tally;
    enum lc_rc rc = add_row(t, &all, "(all)", false, frame, err);

    if (!rc)
        rc = add_periods(t, &all, frame, err);
    for (size_t g = 0; !rc && g < w->n_groupings; g++)
        rc = add_groups(t, &w->grouping[g], frame, err);
    if (rc)
        return rc;
    tally = lc_tally_of(t, t->order, w->hand.n);
    frame->title =
        lc_arena_format(frame->arena, "%zu leads handed over, %.0f accepted; %s", w->hand.n,
                        tally.of[LC_ACCEPTED], lc_as_of_words(w->leads.as_of, words));
    if (!frame->title)
        return lc_fail_memory(err, frame->name);
    return lc_accept_notes(t, frame, err);
}

const char *lc_accept_missing(const struct lc_spec *spec)
{
    if (spec->acceptance.column || spec->date.accepted)
        return NULL;
    return "no column says what sales did with a lead: name the day it was accepted with "
           "--accepted, or the column of its status under \"acceptance\" in a spec";
}

enum lc_rc lc_accept(const struct lc_table *table, const struct lc_spec *spec,
                     const struct lc_accept_options *options, struct lc_arena *arena,
                     struct lc_frame *frame, struct lc_err *err)
{
    const char *missing = lc_accept_missing(spec);
    struct lc_arena scratch;
    struct lc_accept_work w = {
        .table = table, .spec = spec, .options = options, .arena = arena, .scratch = &scratch};
    struct lc_accept_table t = {.w = &w};
    struct lc_frame f;
    enum lc_rc rc;

    if (missing)
        return lc_fail(err, LC_EMISMATCH, "%s", missing);
    lc_arena_init(&scratch, arena->limit - arena->used);
    lc_frame_init(&f, "accept", heading, COLUMNS, arena);
    rc = lc_accept_begin(&w, true, err);
    if (!rc)
        rc = lc_acceptance_read(table, spec, &w.leads, &scratch, &t.acceptance, err);
    if (!rc) {
        t.fate = LC_NEW(&scratch, w.hand.n + 1, uint8_t);
        t.returned = LC_NEW(&scratch, w.hand.n + 1, uint8_t);
        rc = t.fate && t.returned ? LC_OK : lc_fail_memory(err, "acceptance");
    }
    for (size_t h = 0; !rc && h < w.hand.n; h++)
        decide(&t, h);
    if (!rc)
        rc = sort_by_period(&t, err);
    if (!rc)
        rc = fill(&t, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
