/* Grades and their cells, from the model file. */
#include <string.h>

#include "model_file_internal.h"

static void read_cuts(struct lc_model_reading *r, const struct lc_json *value,
                      struct lc_grade_cuts *to)
{
    static const char *const key[] = {"cuts", "shares"};

    if (!value || value->kind == LC_JSON_NULL)
        return;
    value = lc_json_known(&r->in, value, LC_KEYS(key));
    lc_model_reals(r, lc_json_need(&r->in, value, "cuts"), LC_GRADES - 1, to->cut);
    lc_model_reals(r, lc_json_need(&r->in, value, "shares"), LC_GRADES, to->share);
    for (size_t c = 1; c + 1 < LC_GRADES && !r->in.rc; c++)
        if (to->cut[c] > to->cut[c - 1])
            lc_json_refuse(&r->in, value, LC_EMISMATCH, "has cuts that rise");
    to->used = true;
}

void lc_model_grade(struct lc_model_reading *r, const struct lc_json *o, char to[LC_GRADE_TEXT])
{
    const struct lc_json *value = lc_json_need(&r->in, o, "grade");
    const char *text = lc_json_text(&r->in, value);

    if (text && to && strlen(text) < LC_GRADE_TEXT)
        memcpy(to, text, strlen(text) + 1);
    else if (text)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs a grade such as A1");
}

static void read_cell(struct lc_model_reading *r, const struct lc_json *value,
                      struct lc_model_cell *to)
{
    static const char *const key[] = {"grade",    "leads",     "won",
                                      "expected", "sla_hours", "action"};
    const struct lc_json *o = lc_json_known(&r->in, value, LC_KEYS(key));

    lc_model_grade(r, o, to->grade);
    to->leads = lc_model_real(r, o, "leads");
    to->won = lc_model_real(r, o, "won");
    to->expected = lc_model_real_or_null(r, o, "expected");
    to->sla_hours =
        (int)lc_json_whole(&r->in, lc_json_need(&r->in, o, "sla_hours"), 0, MOST_SLA_HOURS);
    to->action = lc_model_text(r, o, "action");
}

/* The cells are those that the grades give, from A1 to D4, or the margin where there is one. */
static void check_cell(struct lc_model_reading *r, const struct lc_json *value)
{
    const struct lc_grades *g = &r->m.grades;
    const size_t digits = g->digit.used ? LC_GRADES : 1, i = value->index;
    const char letter = (char)('A' + i / digits), digit = (char)('1' + i % digits);
    const char want[LC_GRADE_TEXT] = {g->letter.used ? letter : digit,
                                      g->letter.used && g->digit.used ? digit : '\0'};

    if (!r->in.rc && strcmp(r->m.cell[i].grade, want) != 0)
        lc_json_refuse(&r->in, value, LC_EMISMATCH,
                       "is no cell of these grades, or not in its "
                       "place: %s belongs here",
                       want);
}

static void read_cells(struct lc_model_reading *r, const struct lc_json *array)
{
    const struct lc_grades *g = &r->m.grades;
    const size_t letters = g->letter.used ? LC_GRADES : 1;
    const size_t n = g->digit.used ? LC_GRADES * letters : g->letter.used ? LC_GRADES : 0;
    struct lc_model_cell *cell = lc_model_room(r, n, sizeof *cell);

    if (!r->in.rc && array->n != n)
        lc_json_refuse(&r->in, array, LC_EMISMATCH, "has %zu cells where the grades give %zu",
                       array->n, n);
    r->m.cell = cell;
    for (const struct lc_json *c = lc_model_first(r, array); c && !r->in.rc; c = c->next) {
        read_cell(r, c, &cell[r->m.n_cells++]);
        check_cell(r, c);
    }
}

void lc_model_grades(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"method", "targets", "letter", "digit"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "grades"), LC_KEYS(key));

    r->m.grades.method = (enum lc_cuts)lc_json_choice(&r->in, lc_json_need(&r->in, o, "method"),
                                                      lc_cuts_name, LC_CUTS_METHODS);
    lc_model_reals(r, lc_json_need(&r->in, o, "targets"), LC_GRADES, r->m.grades.target);
    read_cuts(r, lc_json_need(&r->in, o, "letter"), &r->m.grades.letter);
    read_cuts(r, lc_json_need(&r->in, o, "digit"), &r->m.grades.digit);
    read_cells(r, lc_model_array(r, root, "cells"));
}
