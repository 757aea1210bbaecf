/* What changes for sales in a week: leads above the hand-over line, on each clock, changing side. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/agreement.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define DAYS        7 /* a week */
#define MOST_CLOCKS ((size_t)LC_GRADES * LC_GRADES)

enum column { WHAT, BEFORE, AFTER, COLUMNS };

#define HEADING(what)                                                                          \
    {                                                                                          \
        {"what", LC_CELL_TEXT, what, false}, {"before", LC_CELL_REAL, "current model", false}, \
        {                                                                                      \
            "after", LC_CELL_REAL, "new model", false                                          \
        }                                                                                      \
    }

/* With dates leads are counted a week, else in all. */
static const struct lc_heading weekly[COLUMNS] = HEADING("leads a week"),
                               in_all[COLUMNS] = HEADING("leads of the test");

/* What one entrant would hand over of the leads compared. */
struct line {
    uint8_t *above; /* [n] */
    int *hours;     /* [n] on its clock; 0: none, or not known */
    bool clocks;    /* it has cells, so that clocks are known */
};

/* The leads that both are judged by. */
struct field {
    const uint32_t *lead; /* [n] */
    size_t n;
    double weeks; /* NaN without dates */
};

static struct field find_field(const struct lc_race *r)
{
    const struct lc_entrant *e = &r->entrant[r->current < r->n ? r->current : r->challenger];
    struct field f = {.lead = e->lead, .n = e->n, .weeks = LC_NAN};
    int32_t first = INT32_MAX, last = INT32_MIN;

    for (size_t i = 0; i < f.n && r->split.by_time; i++) {
        const int32_t day = r->cohort->day[f.lead[i]];

        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    if (r->split.by_time && f.n)
        f.weeks = f.n == r->split.n_test ? r->weeks : ((double)last - first + 1) / DAYS;
    return f;
}

/* Where the entrant has cells, those that the agreement hands over. */
static void draw_by_cells(const struct lc_race *r, const struct lc_entrant *e, size_t at,
                          size_t i, struct line *l)
{
    const struct lc_agreement *a = r->options->agreement;
    const struct lc_spec_cell *cell;
    /* Both dimensions are used, and each lead has the grade of its own fold. */
    const char grade[] = {(char)('A' + e->letter[at]), (char)('1' + e->digit[at]), '\0'};

    cell = lc_agreement_cell(a, grade);
    l->above[i] = lc_texts_have(a->hand_over, grade);
    l->hours[i] = l->above[i] && cell ? cell->sla_hours : 0;
}

/* Else the line lies where as many leads are above it as sales takes, equal scores together. */
static enum lc_rc draw_by_volume(const struct lc_race *r, const struct lc_entrant *e,
                                 const struct lc_volume *v, const struct field *f,
                                 struct line *l, struct lc_err *err)
{
    const double taken = v->per_week * (isnan(f->weeks) ? 1 : f->weeks) / (double)f->n;
    const double target[LC_GRADES] = {fmin(taken, 1), fmax(1 - taken, 0), 0, 0};
    struct lc_grade_cuts cuts;
    enum lc_rc rc =
        lc_grade_cut(e->order, e->n, LC_CUTS_SHARES, target, r->scratch, &cuts, err);

    for (size_t i = 0; i < f->n && !rc; i++)
        l->above[i] = e->order[i] >= cuts.cut[0];
    return rc;
}

static enum lc_rc draw_line(const struct lc_race *r, const struct lc_entrant *e,
                            const struct lc_volume *v, const struct field *f, struct line *l,
                            struct lc_err *err)
{
    size_t at = 0;

    *l = (struct line){.above = LC_NEW(r->scratch, f->n + 1, uint8_t),
                       .hours = LC_NEW(r->scratch, f->n + 1, int),
                       .clocks = e->grades.letter.used && e->grades.digit.used};
    if (!l->above || !l->hours)
        return lc_fail_memory(err, "the week's work");
    if (!l->clocks && e->n == f->n)
        return draw_by_volume(r, e, v, f, l, err);
    for (size_t i = 0; i < f->n; i++) {
        while (e->lead[at] != f->lead[i]) /* both stand in the order of the test */
            at++;
        if (l->clocks)
            draw_by_cells(r, e, at, i, l);
    }
    return LC_OK;
}

/* ---- rows ---- */

struct rows {
    struct lc_frame *frame;
    const struct field *field;
    struct lc_err *err;
};

static double a_week(const struct rows *w, double leads)
{
    return isnan(w->field->weeks) ? leads : leads / w->field->weeks;
}

static enum lc_rc add(const struct rows *w, const char *what, double before, double after)
{
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(w->frame, &row, w->err);

    if (rc)
        return rc;
    row[WHAT].text = what;
    row[BEFORE].number = a_week(w, before);
    row[AFTER].number = a_week(w, after);
    return LC_OK;
}

static double count(const uint8_t *above, size_t n)
{
    double leads = 0;

    for (size_t i = 0; i < n; i++)
        leads += above[i];
    return leads;
}

static double count_clock(const struct line *l, size_t n, int hours)
{
    double leads = 0;

    for (size_t i = 0; i < n && l->above; i++)
        leads += l->hours[i] == hours;
    return l->above && l->clocks ? leads : LC_NAN;
}

/* The clocks of the agreement, shortest first. */
static size_t list_clocks(const struct lc_agreement *a, int clock[MOST_CLOCKS])
{
    size_t n = 0;

    for (size_t c = 0; c < a->n_cells && n < MOST_CLOCKS; c++) {
        const int hours = a->cell[c].sla_hours;
        size_t at = 0;

        while (at < n && clock[at] < hours)
            at++;
        if (hours <= 0 || (at < n && clock[at] == hours))
            continue;
        memmove(clock + at + 1, clock + at, (n - at) * sizeof *clock);
        clock[at] = hours;
        n++;
    }
    return n;
}

static enum lc_rc add_sides(const struct rows *w, const struct line *before,
                            const struct line *after)
{
    double up = 0, down = 0;
    enum lc_rc rc;

    if (!before->above)
        return LC_OK;
    for (size_t i = 0; i < w->field->n; i++) {
        up += after->above[i] && !before->above[i];
        down += !after->above[i] && before->above[i];
    }
    rc = add(w, "come above the line", LC_NAN, up);
    return rc ? rc : add(w, "fall below the line", LC_NAN, down);
}

/* What the line is for: the share of the test's wins above it. */
static double wins_above(const struct lc_race *r, const struct field *f, const struct line *l)
{
    double all = 0, above = 0;

    for (size_t i = 0; i < f->n && l->above; i++) {
        all += r->cohort->y[f->lead[i]];
        above += l->above[i] && r->cohort->y[f->lead[i]];
    }
    return all > 0 ? 100 * above / all : LC_NAN;
}

static enum lc_rc add_wins(const struct lc_race *r, const struct rows *w,
                           const struct line *before, const struct line *after)
{
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(w->frame, &row, w->err);

    if (rc)
        return rc;
    row[WHAT].text = "% of the wins above the line";
    row[BEFORE].number = wins_above(r, w->field, before);
    row[AFTER].number = wins_above(r, w->field, after);
    return LC_OK;
}

enum lc_rc lc_race_workload(const struct lc_race *r, const struct lc_volume *v,
                            struct lc_frame *frame, struct lc_err *err)
{
    const struct field f = find_field(r);
    const struct rows w = {frame, &f, err};
    struct line before = {NULL, NULL, false}, after = {NULL, NULL, false};
    int clock[MOST_CLOCKS];
    size_t clocks = 0;
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "workload", isnan(f.weeks) ? in_all : weekly, COLUMNS, r->arena);
    if (!r->options->agreement || f.n == 0)
        return LC_OK;
    rc = draw_line(r, &r->entrant[r->challenger], v, &f, &after, err);
    if (!rc && r->current < r->n)
        rc = draw_line(r, &r->entrant[r->current], v, &f, &before, err);
    if (!rc)
        rc = add(&w, "above the hand-over line",
                 before.above ? count(before.above, f.n) : LC_NAN, count(after.above, f.n));
    if (after.clocks)
        clocks = list_clocks(r->options->agreement, clock);
    for (size_t c = 0; c < clocks && !rc; c++) {
        const char *what = lc_arena_format(r->arena, "on the %d h clock", clock[c]);

        if (!what)
            return lc_fail_memory(err, "the week's work");
        rc = add(&w, what, count_clock(&before, f.n, clock[c]),
                 count_clock(&after, f.n, clock[c]));
    }
    if (!rc)
        rc = add_sides(&w, &before, &after);
    if (!rc)
        rc = add_wins(r, &w, &before, &after);
    if (!rc && before.above && !before.clocks)
        rc = lc_frame_note(frame, err,
                           "the current model has no cells: its line is drawn where as many "
                           "leads are above it as sales takes, and its clocks are not known");
    return rc;
}
