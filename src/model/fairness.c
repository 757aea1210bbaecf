#include "leadcal/fairness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fairness_internal.h"
#include "leadcal/calibration.h"
#include "leadcal/model_rows.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/survival.h"
#include "model_internal.h"

#define MOST_PLAIN_GROUPS 8  /* a number of more values is cut at its quartiles: an age */
#define MOST_GROUPS       50 /* of one column; more are too few leads each to compare */

enum column {
    AUDIT,
    GROUP,
    LINE,
    LEADS,
    WON,
    SELECTED,
    SELECTION_RATE,
    LOW,
    HIGH,
    RATIO,
    RATIO_LOW,
    RATIO_HIGH,
    BELOW,
    PREDICTED,
    OBSERVED,
    SLOPE,
    SLOPE_LOW,
    SLOPE_HIGH,
    PROXY_AUC,
    PROXY_LOW,
    PROXY_HIGH,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [AUDIT] = {"audit", LC_CELL_TEXT, NULL, false},
    [GROUP] = {"group", LC_CELL_TEXT, NULL, false},
    [LINE] = {"line", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [SELECTED] = {"selected", LC_CELL_COUNT, "above", false},
    [SELECTION_RATE] = {"selection_rate", LC_CELL_RATE, "selected", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [RATIO] = {"ratio", LC_CELL_REAL, NULL, false},
    [RATIO_LOW] = {"ratio_low", LC_CELL_REAL, NULL, false},
    [RATIO_HIGH] = {"ratio_high", LC_CELL_REAL, NULL, false},
    [BELOW] = {"below_four_fifths", LC_CELL_TEXT, "below 4/5", false},
    [PREDICTED] = {"predicted", LC_CELL_RATE, NULL, false},
    [OBSERVED] = {"observed", LC_CELL_RATE, NULL, false},
    [SLOPE] = {"slope", LC_CELL_REAL, NULL, false},
    [SLOPE_LOW] = {"slope_low", LC_CELL_REAL, NULL, true},
    [SLOPE_HIGH] = {"slope_high", LC_CELL_REAL, NULL, true},
    [PROXY_AUC] = {"proxy_auc", LC_CELL_REAL, "told by model", false},
    [PROXY_LOW] = {"proxy_low", LC_CELL_REAL, NULL, true},
    [PROXY_HIGH] = {"proxy_high", LC_CELL_REAL, NULL, true},
};

/* ---- lines ---- */

/* The best grade or the best two of the letter, or of the digit where there is no letter. */
static struct lc_fair_line line_of(const struct lc_grades *g, size_t grades)
{
    struct lc_fair_line line = {.name = g->letter.used ? (grades == 1 ? "A" : "B")
                                                       : (grades == 1 ? "1" : "2")};

    for (size_t c = 0; c < LC_FAIR_CELLS; c++)
        line.above[c] = (g->letter.used ? c / LC_GRADES : c % LC_GRADES) < grades;
    return line;
}

static void draw_lines(struct lc_fair *f)
{
    const struct lc_grades *g = &f->model->grades;
    const struct lc_texts cells = f->model->agreement.hand_over;
    struct lc_fair_line hand_over = {.name = "hand-over"};

    f->line[f->n_lines++] = line_of(g, 1);
    f->line[f->n_lines++] = line_of(g, 2);
    if (!cells.n)
        return;
    for (size_t c = 0; c < LC_FAIR_CELLS; c++) {
        char text[LC_GRADE_TEXT];

        lc_grades_cell(g, c / LC_GRADES, c % LC_GRADES, text);
        hand_over.above[c] = lc_texts_have(cells, text);
    }
    f->line[f->n_lines++] = hand_over;
}

static enum lc_rc score_leads(struct lc_fair *f, struct lc_arena *scratch, struct lc_err *err)
{
    const struct lc_grades *g = &f->model->grades;
    struct lc_model_rows rows;
    enum lc_rc rc = lc_model_rows_open(f->model, f->table, scratch, &rows, err);

    f->cell = LC_NEW(scratch, f->cohort->n, uint8_t);
    f->p = LC_NEW(scratch, f->cohort->n, double);
    if (!rc && (!f->cell || !f->p))
        rc = lc_fail_memory(err, "the audit");
    for (size_t i = 0; !rc && i < f->cohort->n; i++) {
        const struct lc_scored s = lc_model_rows_score(&rows, f->cohort->row[i]);
        const size_t letter = g->letter.used ? lc_grade_of(&g->letter, s.f_points) : 0;
        const size_t digit = g->digit.used ? lc_grade_of(&g->digit, s.g_points) : 0;

        f->cell[i] = (uint8_t)(letter * LC_GRADES + digit);
        f->p[i] = s.probability;
    }
    return rc;
}

/* ---- groups ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The quartiles of a number of many values; n_cuts 0 where it has few. */
static enum lc_rc cut_numbers(const struct lc_fair *f, const struct lc_table_column *c,
                              struct lc_arena *scratch, struct lc_spec_attribute *given,
                              struct lc_err *err)
{
    double *x = LC_NEW(scratch, f->cohort->n, double), *cut = LC_NEW(scratch, 3, double);
    size_t n = 0;

    if (!x || !cut)
        return lc_fail_memory(err, "the audit");
    if (c->kind != LC_KIND_NUMBER || c->codes.n_levels <= MOST_PLAIN_GROUPS)
        return LC_OK;
    for (size_t i = 0; i < f->cohort->n; i++) {
        const uint32_t v = lc_code_at(&c->codes, f->cohort->row[i]);

        if (v != c->codes.missing)
            x[n++] = c->number[v];
    }
    if (n)
        qsort(x, n, sizeof *x, by_size);
    for (size_t q = 1; n && q < 4; q++) {
        const double at = lc_quantile(x, n, 0.25 * (double)q);

        if (!given->n_cuts || at > cut[given->n_cuts - 1])
            cut[given->n_cuts++] = at;
    }
    given->cut = given->n_cuts ? cut : NULL;
    return LC_OK;
}

static enum lc_rc find_groups(struct lc_fair *f, struct lc_arena *scratch,
                              struct lc_attribute *a, struct lc_err *err)
{
    struct lc_spec_attribute given = {.column = f->column};
    const struct lc_table_column *c;
    size_t at = 0;
    enum lc_rc rc = lc_table_find(f->table, f->column, &at, err);

    if (rc)
        return rc;
    c = &f->table->column[at];
    if (c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has no groups to audit: it is a date, a key or empty; name "
                       "another with --audit",
                       f->column);
    rc = cut_numbers(f, c, scratch, &given, err);
    if (!rc)
        rc = lc_attribute_learn(c, &given, f->cohort->row, f->cohort->y, f->cohort->n, scratch,
                                a, err);
    if (!rc && a->n_levels > MOST_GROUPS)
        rc = lc_fail(err, LC_EMISMATCH,
                     "column '%s' has %zu groups, more than the %d that can be compared; name "
                     "one that gathers them with --audit",
                     f->column, a->n_levels, MOST_GROUPS);
    if (!rc)
        rc = lc_attribute_code(a, c, f->cohort->row, f->cohort->n, scratch, &f->group, err);
    return rc;
}

static enum lc_rc calibrate(const struct lc_fair *f, uint32_t v, struct lc_arena *scratch,
                            struct lc_fair_group *g, struct lc_err *err)
{
    double *p = LC_NEW(scratch, f->cohort->n, double);
    uint8_t *y = LC_NEW(scratch, f->cohort->n, uint8_t);
    struct lc_calibration c;
    size_t n = 0;
    enum lc_rc rc;

    if (!p || !y)
        return lc_fail_memory(err, "the audit");
    for (size_t i = 0; i < f->cohort->n; i++)
        if (lc_code_at(&f->group, i) == v) {
            p[n] = f->p[i];
            y[n++] = f->cohort->y[i];
        }
    rc = lc_calibration(p, y, n, scratch, &c, err);
    if (rc)
        return rc;
    g->slope = c.slope;
    g->slope_low = c.slope - LC_Z95 * c.slope_se;
    g->slope_high = c.slope + LC_Z95 * c.slope_se;
    return LC_OK;
}

static enum lc_rc tell_group(const struct lc_fair *f, uint32_t v, const char *name,
                             struct lc_arena *scratch, struct lc_fair_group *g,
                             struct lc_err *err)
{
    enum lc_rc rc;

    *g = (struct lc_fair_group){.name = name};
    for (size_t i = 0; i < f->cohort->n; i++) {
        if (lc_code_at(&f->group, i) != v)
            continue;
        g->leads++;
        g->won += f->cohort->y[i];
        g->predicted += f->p[i];
        for (size_t line = 0; line < f->n_lines; line++)
            g->selected[line] += f->line[line].above[f->cell[i]];
    }
    g->predicted /= g->leads;
    rc = calibrate(f, v, scratch, g, err);
    return rc ? rc : lc_fair_proxy(f, v, scratch, &g->proxy, err);
}

/* ---- rows ---- */

static void fill_ratio(const struct lc_fair *f, const struct lc_fair_group *g,
                       const struct lc_fair_group *top, size_t line, union lc_value *row)
{
    struct lc_interval ci;
    double ratio;

    if (!lc_fair_is_compared(f, g))
        return;
    ci = lc_relative_risk(g->selected[line], g->leads, top->selected[line], top->leads, &ratio);
    row[RATIO].number = ratio;
    if (g != top) {
        row[RATIO_LOW].number = ci.low;
        row[RATIO_HIGH].number = ci.high;
    }
    if (!isnan(ratio))
        row[BELOW].text = ratio < LC_FOUR_FIFTHS ? "yes" : "no";
}

static enum lc_rc add_row(const struct lc_fair *f, const struct lc_fair_group *group, size_t n,
                          size_t v, size_t line, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fair_group *g = &group[v];
    const struct lc_interval ci = lc_wilson(g->selected[line], g->leads);
    const size_t top = lc_fair_highest(f, group, n, line);
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[AUDIT].text = f->column;
    row[GROUP].text = g->name;
    row[LINE].text = f->line[line].name;
    row[LEADS].number = g->leads;
    row[WON].number = g->won;
    row[SELECTED].number = g->selected[line];
    row[SELECTION_RATE].number = g->selected[line] / g->leads;
    row[LOW].number = ci.low;
    row[HIGH].number = ci.high;
    if (top < n)
        fill_ratio(f, g, &group[top], line, row);
    row[PREDICTED].number = g->predicted;
    row[OBSERVED].number = g->won / g->leads;
    row[SLOPE].number = g->slope;
    row[SLOPE_LOW].number = g->slope_low;
    row[SLOPE_HIGH].number = g->slope_high;
    row[PROXY_AUC].number = g->proxy.auc;
    row[PROXY_LOW].number = g->proxy.low;
    row[PROXY_HIGH].number = g->proxy.high;
    return LC_OK;
}

static enum lc_rc audit_column(struct lc_fair *f, struct lc_arena *scratch,
                               struct lc_frame *frame, struct lc_err *err)
{
    struct lc_fair_group *group;
    struct lc_attribute a;
    enum lc_rc rc = find_groups(f, scratch, &a, err);

    if (rc)
        return rc;
    group = LC_NEW(scratch, a.n_levels, struct lc_fair_group);
    if (!group)
        return lc_fail_memory(err, "the audit");
    for (uint32_t v = 0; v < a.n_levels && !rc; v++) {
        const char *name = lc_arena_text(frame->arena, lc_slice_of(a.level[v]));
        struct lc_arena own;

        if (!name)
            return lc_fail_memory(err, "the audit");
        lc_arena_init(&own, scratch->limit - scratch->used);
        rc = tell_group(f, v, name, &own, &group[v], err);
        lc_arena_release(&own);
    }
    for (size_t line = 0; line < f->n_lines && !rc; line++)
        for (size_t v = 0; v < a.n_levels && !rc; v++)
            rc = add_row(f, group, a.n_levels, v, line, frame, err);
    return rc ? rc : lc_fair_notes(f, group, a.n_levels, frame, err);
}

enum lc_rc lc_fairness(const struct lc_table *table, const struct lc_cohort *cohort,
                       const struct lc_model *model, struct lc_texts audit,
                       struct lc_parallel *pool, struct lc_arena *arena, struct lc_frame *frame,
                       struct lc_err *err)
{
    struct lc_fair f = {.table = table, .cohort = cohort, .model = model, .pool = pool};
    struct lc_arena scratch;
    struct lc_frame made;
    enum lc_rc rc;

    if (!audit.n)
        return lc_fail(
            err, LC_EMISMATCH,
            "no column is named to audit by; name some with --audit or the spec's key "
            "audit");
    lc_frame_init(&made, "fairness", heading, COLUMNS, arena);
    made.title = lc_cohort_title(cohort, arena);
    if (!made.title)
        return lc_fail_memory(err, "the audit");
    lc_arena_init(&scratch, arena->limit - arena->used);
    draw_lines(&f);
    rc = score_leads(&f, &scratch, err);
    for (size_t i = 0; i < audit.n && !rc; i++) {
        struct lc_arena own;

        f.column = audit.text[i];
        lc_arena_init(&own, scratch.limit - scratch.used);
        rc = audit_column(&f, &own, &made, err);
        lc_arena_release(&own);
    }
    lc_arena_release(&scratch);
    if (!rc)
        *frame = made;
    return rc;
}
