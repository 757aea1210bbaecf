/* What marketing and sales agreed, in the model file: written whole, read strictly. */
#include <string.h>

#include "leadcal/agreement.h"
#include "leadcal/date.h"
#include "model_file_internal.h"
#include "spec_file_internal.h"

static void put_cells(struct lc_json_out *out, const struct lc_agreement *a)
{
    lc_json_open(out, "cells", '[', false);
    for (size_t i = 0; i < a->n_cells; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "grade", a->cell[i].grade);
        lc_json_put_text(out, "lane", a->cell[i].lane);
        lc_json_put_text(out, "action", a->cell[i].action);
        lc_json_put_real(out, "sla_hours", a->cell[i].sla_hours);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_owners(struct lc_json_out *out, const struct lc_agreement *a)
{
    lc_json_open(out, "owners", '[', false);
    for (size_t i = 0; i < a->n_owners; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "of", a->owner[i].of);
        lc_json_put_text(out, "name", a->owner[i].name);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

void lc_model_put_agreement(const struct lc_model *m, struct lc_json_out *out)
{
    const struct lc_agreement *a = &m->agreement;

    lc_json_open(out, "agreement", '{', false);
    lc_json_put_text(out, "definition", a->definition);
    lc_model_put_texts(out, "hand_over", a->hand_over, true);
    put_cells(out, a);
    put_owners(out, a);
    lc_json_put_text(out, "approved_by", a->approved_by);
    lc_model_put_day(out, "effective_from", a->effective_from);
    lc_model_put_day(out, "next_review", a->next_review);
    lc_model_put_texts(out, "by_expected", m->by_expected, true);
    lc_model_put_texts(out, "disagreements", m->disagreements, false);
    lc_json_close(out, '}');
}

/* ---- reading ---- */

static const struct lc_model_cell *cell_of(const struct lc_model *m, const char *grade)
{
    for (size_t i = 0; grade && i < m->n_cells; i++)
        if (strcmp(m->cell[i].grade, grade) == 0)
            return &m->cell[i];
    return NULL;
}

/* The clock and the action stand beside the counts of a cell, too; a score goes by those. */
static void read_cell(struct lc_model_reading *r, const struct lc_json *value,
                      struct lc_spec_cell *list)
{
    static const char *const key[] = {"grade", "lane", "action", "sla_hours"};
    const struct lc_json *o = lc_json_known(&r->in, value, LC_KEYS(key));
    struct lc_spec_cell *to = &list[value->index];
    const struct lc_model_cell *cell;

    to->grade = lc_model_text(r, o, "grade");
    to->lane = lc_model_text(r, o, "lane");
    to->action = lc_model_text(r, o, "action");
    to->sla_hours =
        (int)lc_json_whole(&r->in, lc_json_need(&r->in, o, "sla_hours"), 0, MOST_SLA_HOURS);
    if (r->in.rc)
        return;
    cell = cell_of(&r->m, to->grade);
    if (!lc_is_cell(to->grade) || !cell)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs the grade of a cell of the model");
    else if (cell->sla_hours != to->sla_hours || strcmp(cell->action, to->action) != 0)
        lc_json_refuse(&r->in, value, LC_EMISMATCH,
                       "has another clock or action than the cell %s under \"cells\"",
                       to->grade);
    for (size_t i = 0; i < value->index && !r->in.rc; i++)
        if (strcmp(list[i].grade, to->grade) == 0)
            lc_json_refuse(&r->in, value, LC_EMISMATCH, "cell %s is there already", to->grade);
}

static void read_cells(struct lc_model_reading *r, const struct lc_json *array,
                       struct lc_agreement *to)
{
    const size_t n = array ? array->n : 0;
    struct lc_spec_cell *cell = lc_model_room(r, n, sizeof *cell);
    size_t wanted = 0;

    for (size_t i = 0; i < r->m.n_cells; i++)
        wanted += lc_is_cell(r->m.cell[i].grade);
    if (!r->in.rc && n != wanted)
        lc_json_refuse(&r->in, array, LC_EMISMATCH, "has %zu cells where the model has %zu", n,
                       wanted);
    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next)
        read_cell(r, o, cell);
    to->cell = cell;
    to->n_cells = n;
}

static void read_owners(struct lc_model_reading *r, const struct lc_json *array,
                        struct lc_agreement *to)
{
    static const char *const key[] = {"of", "name"};
    struct lc_spec_owner *owner = lc_model_room(r, array ? array->n : 0, sizeof *owner);

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, LC_KEYS(key));

        owner[to->n_owners++] = (struct lc_spec_owner){lc_model_text(r, known, "of"),
                                                       lc_model_text(r, known, "name")};
    }
    to->owner = owner;
}

/* Grades, each of which must be a cell of the model. */
static void read_grades(struct lc_model_reading *r, const struct lc_json *array,
                        struct lc_texts *to)
{
    lc_model_texts(r, array, to);
    for (size_t i = 0; i < to->n && !r->in.rc; i++)
        if (!cell_of(&r->m, to->text[i]))
            lc_json_refuse(&r->in, array, LC_EMISMATCH, "'%.20s' is no cell of the model",
                           to->text[i]);
}

void lc_model_agreement(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"definition",  "hand_over",   "cells",
                                      "owners",      "approved_by", "effective_from",
                                      "next_review", "by_expected", "disagreements"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "agreement"), LC_KEYS(key));
    struct lc_agreement *a = &r->m.agreement;

    a->definition = lc_json_text_or_null(&r->in, lc_json_need(&r->in, o, "definition"));
    read_grades(r, lc_model_array(r, o, "hand_over"), &a->hand_over);
    read_cells(r, lc_model_array(r, o, "cells"), a);
    read_owners(r, lc_model_array(r, o, "owners"), a);
    a->approved_by = lc_json_text_or_null(&r->in, lc_json_need(&r->in, o, "approved_by"));
    a->effective_from = lc_model_day(r, o, "effective_from");
    a->next_review = lc_model_day(r, o, "next_review");
    read_grades(r, lc_model_array(r, o, "by_expected"), &r->m.by_expected);
    lc_model_texts(r, lc_model_array(r, o, "disagreements"), &r->m.disagreements);
}

/* Form 1 held clocks and actions alone: the rest of its agreement are the defaults. */
void lc_model_agreement_of_form_1(struct lc_model_reading *r)
{
    struct lc_model_cell *cell = lc_model_room(r, r->m.n_cells, sizeof *cell);
    struct lc_spec_cell *said = lc_model_room(r, r->m.n_cells, sizeof *said);
    struct lc_spec spec;

    if (r->in.rc)
        return;
    lc_spec_init(&spec);
    for (size_t i = 0; i < r->m.n_cells; i++) {
        cell[i] = r->m.cell[i];
        said[i] = (struct lc_spec_cell){
            .grade = cell[i].grade, .action = cell[i].action, .sla_hours = cell[i].sla_hours};
    }
    r->m.cell = cell;
    spec.agreement.cell = said;
    spec.agreement.n_cells = r->m.n_cells;
    r->in.rc = lc_model_agree(&r->m, cell, &spec.agreement, r->in.arena, r->in.err);
}
