/* The contract between marketing and sales, in a spec: what is qualified, lanes, owners, dates. */
#include <string.h>

#include "leadcal/date.h"
#include "spec_file_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

bool lc_is_cell(const char *text)
{
    return text && strlen(text) == 2 && strchr("ABCD", text[0]) && strchr("1234", text[1]);
}

static const char *read_cell_name(struct lc_json_in *in, const struct lc_json *value)
{
    const char *text = lc_spec_name(in, value);

    if (text && !lc_is_cell(text))
        lc_json_refuse(in, value, LC_EMISMATCH, "needs a cell from A1 to D4");
    return text;
}

static void read_cell(struct lc_json_in *in, const struct lc_json *value,
                      struct lc_spec_cell *list)
{
    static const char *const key[] = {"grade", "lane", "action", "sla_hours"};
    struct lc_spec_cell *to = &list[value->index];
    const struct lc_json *hours = lc_json_get(value, "sla_hours");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->grade = read_cell_name(in, lc_json_need(in, value, "grade"));
    to->lane = lc_spec_name(in, lc_json_get(value, "lane"));
    to->action = lc_spec_name(in, lc_json_get(value, "action"));
    to->sla_hours = hours ? (int)lc_json_whole(in, hours, 0, MOST_SLA_HOURS) : LC_SLA_UNSAID;
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(list[i].grade, to->grade) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH, "cell %s is there already", to->grade);
}

static void read_cells(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_agreement *to)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_cell *cell = list ? LC_NEW(in->arena, list->n, struct lc_spec_cell) : NULL;

    if (list && !cell)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *o = cell ? list->child : NULL; o && !in->rc; o = o->next)
        read_cell(in, o, cell);
    to->cell = cell;
    to->n_cells = cell ? list->n : 0;
}

static void read_owners(struct lc_json_in *in, const struct lc_json *value,
                        struct lc_agreement *to)
{
    static const char *const key[] = {"of", "name"};
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_owner *owner =
        list ? LC_NEW(in->arena, list->n, struct lc_spec_owner) : NULL;

    if (list && !owner)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *o = owner ? list->child : NULL; o && !in->rc; o = o->next) {
        if (!lc_json_known(in, o, key, COUNT_OF(key)))
            return;
        owner[o->index].of = lc_spec_name(in, lc_json_need(in, o, "of"));
        owner[o->index].name = lc_spec_name(in, lc_json_need(in, o, "name"));
    }
    to->owner = owner;
    to->n_owners = owner ? list->n : 0;
}

void lc_spec_agreement(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_agreement *to)
{
    static const char *const key[] = {"definition",  "hand_over",      "cells",      "owners",
                                      "approved_by", "effective_from", "next_review"};
    const struct lc_json *hand_over = lc_json_get(value, "hand_over");

    if (!value || !lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    to->definition = lc_spec_name(in, lc_json_get(value, "definition"));
    to->hand_over = lc_spec_texts(in, hand_over);
    for (size_t i = 0; i < to->hand_over.n && !in->rc; i++)
        if (!lc_is_cell(to->hand_over.text[i]))
            lc_json_refuse(in, hand_over, LC_EMISMATCH, "needs cells from A1 to D4");
    read_cells(in, lc_json_get(value, "cells"), to);
    read_owners(in, lc_json_get(value, "owners"), to);
    to->approved_by = lc_spec_name(in, lc_json_get(value, "approved_by"));
    to->effective_from = lc_spec_day(in, lc_json_get(value, "effective_from"));
    to->next_review = lc_spec_day(in, lc_json_get(value, "next_review"));
}

/* ---- writing ---- */

static void put_name(struct lc_json_out *out, const char *key, const char *text)
{
    if (text)
        lc_json_put_text(out, key, text);
}

static void put_day(struct lc_json_out *out, const char *key, int32_t day)
{
    char text[LC_DAY_TEXT];

    if (day == LC_NO_DAY)
        return;
    lc_day_text(day, text);
    lc_json_put_text(out, key, text);
}

static bool says_nothing(const struct lc_agreement *a)
{
    return !a->definition && !a->hand_over.n && !a->n_cells && !a->n_owners &&
           !a->approved_by && a->effective_from == LC_NO_DAY && a->next_review == LC_NO_DAY;
}

void lc_spec_put_agreement(struct lc_json_out *out, const struct lc_agreement *a)
{
    if (says_nothing(a))
        return;
    lc_json_open(out, "agreement", '{', false);
    put_name(out, "definition", a->definition);
    if (a->hand_over.n) {
        lc_json_open(out, "hand_over", '[', true);
        for (size_t i = 0; i < a->hand_over.n; i++)
            lc_json_put_text(out, NULL, a->hand_over.text[i]);
        lc_json_close(out, ']');
    }
    if (a->n_cells)
        lc_json_open(out, "cells", '[', false);
    for (size_t i = 0; i < a->n_cells; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "grade", a->cell[i].grade);
        put_name(out, "lane", a->cell[i].lane);
        put_name(out, "action", a->cell[i].action);
        if (a->cell[i].sla_hours != LC_SLA_UNSAID)
            lc_json_put_real(out, "sla_hours", a->cell[i].sla_hours);
        lc_json_close(out, '}');
    }
    if (a->n_cells)
        lc_json_close(out, ']');
    if (a->n_owners)
        lc_json_open(out, "owners", '[', false);
    for (size_t i = 0; i < a->n_owners; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "of", a->owner[i].of);
        lc_json_put_text(out, "name", a->owner[i].name);
        lc_json_close(out, '}');
    }
    if (a->n_owners)
        lc_json_close(out, ']');
    put_name(out, "approved_by", a->approved_by);
    put_day(out, "effective_from", a->effective_from);
    put_day(out, "next_review", a->next_review);
    lc_json_close(out, '}');
}
