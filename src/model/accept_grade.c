/* The grade of each hand-over, as stored then or by a model as of the export, and its clock. */
#include <string.h>

#include "accept_internal.h"
#include "leadcal/model_rows.h"
#include "leadcal/propose.h"
#include "model_internal.h"

/* The letters and digits that the model gives, in order. */
static enum lc_rc name_cells(const struct lc_accept_work *w, struct lc_column *c,
                             struct lc_err *err)
{
    const struct lc_grades *g = &w->options->model->grades;
    const size_t letters = g->letter.used ? LC_GRADES : 1,
                 digits = g->digit.used ? LC_GRADES : 1;
    const char **level = LC_NEW(w->arena, letters * digits, const char *);

    if (!level)
        return lc_fail_memory(err, "the grades");
    for (size_t i = 0; i < letters * digits; i++) {
        char text[LC_GRADE_TEXT];

        lc_grades_cell(g, i / digits, i % digits, text);
        level[i] = lc_arena_text(w->arena, lc_slice_of(text));
        if (!level[i])
            return lc_fail_memory(err, "the grades");
    }
    c->level = level;
    c->n_levels = (uint32_t)(letters * digits);
    return LC_OK;
}

static uint8_t cell_of(const struct lc_grades *g, const struct lc_scored *s)
{
    const size_t letter = g->letter.used ? lc_grade_of(&g->letter, s->f_points) : 0;
    const size_t digit = g->digit.used ? lc_grade_of(&g->digit, s->g_points) : 0;

    return (uint8_t)(letter * (g->digit.used ? LC_GRADES : 1) + digit);
}

/* The model on every row: the same grades as score. */
static enum lc_rc grade_by_model(struct lc_accept_work *w, struct lc_err *err)
{
    uint8_t *code = LC_NEW(w->scratch, w->table->n + 1, uint8_t);
    struct lc_column *c = LC_NEW(w->scratch, 1, struct lc_column);
    struct lc_model_rows rows;
    enum lc_rc rc = code && c ? LC_OK : lc_fail_memory(err, "the grades");

    if (!rc)
        rc = lc_model_rows_open(w->options->model, w->table, w->scratch, &rows, err);
    if (rc)
        return rc;
    *c = (struct lc_column){.name = "grade", .width = 1, .code = code, .missing = LC_NO_CODE};
    rc = name_cells(w, c, err);
    for (size_t i = 0; !rc && i < w->table->n; i++) {
        const struct lc_scored scored = lc_model_rows_score(&rows, i);

        code[i] = cell_of(&w->options->model->grades, &scored);
    }
    w->grade = c;
    return rc;
}

/* What was agreed for a cell, else what the model says of it, else the default. */
static int clock_of(const struct lc_accept_work *w, const char *grade)
{
    const struct lc_agreement *a = &w->spec->agreement;
    const struct lc_model *m = w->options->model;

    for (size_t i = 0; i < a->n_cells; i++)
        if (a->cell[i].sla_hours != LC_SLA_UNSAID && strcmp(a->cell[i].grade, grade) == 0)
            return a->cell[i].sla_hours;
    for (size_t i = 0; m && i < m->n_cells; i++)
        if (strcmp(m->cell[i].grade, grade) == 0)
            return m->cell[i].sla_hours;
    return lc_sla_hours(grade);
}

enum lc_rc lc_accept_grade(struct lc_accept_work *w, struct lc_err *err)
{
    const char *name = w->spec->acceptance.grade;
    size_t at = 0;
    enum lc_rc rc = LC_OK;
    int *clock;

    if (w->options->model)
        rc = grade_by_model(w, err);
    else if (name)
        rc = lc_table_find(w->table, name, &at, err);
    if (!rc && !w->options->model && name) {
        if (w->table->column[at].kind == LC_KIND_MANY)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%s' has too many values to be a grade; name another with "
                           "--grade",
                           name);
        w->grade = &w->table->column[at].codes;
    }
    if (rc || !w->grade)
        return rc;
    clock = LC_NEW(w->scratch, w->grade->n_levels + 1, int);
    if (!clock)
        return lc_fail_memory(err, "the clocks");
    for (uint32_t v = 0; v < w->grade->n_levels; v++)
        clock[v] = v == w->grade->missing ? 0 : clock_of(w, w->grade->level[v]);
    w->clock = clock;
    return LC_OK;
}

enum lc_rc lc_accept_notes_grade(const struct lc_accept_work *w, struct lc_frame *frame,
                                 struct lc_err *err)
{
    const char *likely = lc_propose_grade(w->table);

    if (w->options->model)
        return lc_frame_note(frame, err,
                             "grade as of export: the model was applied to the export as it "
                             "stands, not to what was known at hand-over");
    if (w->grade)
        return lc_frame_note(frame, err, "the grade at hand-over stands in '%s'",
                             w->grade->name);
    if (likely)
        return lc_frame_note(
            frame, err,
            "no column is named as the grade at hand-over, so there are no rows "
            "by grade; '%.80s' holds grades: --grade '%.80s' takes them, if they "
            "stand as they were then",
            likely, likely);
    return lc_frame_note(
        frame, err,
        "no column holds the grade at hand-over, so there are no rows by grade: "
        "name it with --grade or acceptance.grade, or give a model with --model");
}
