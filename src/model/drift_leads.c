#include "leadcal/drift_leads.h"

#include "cohort_internal.h"
#include "leadcal/num.h"

static enum lc_rc refuse_none(const struct lc_table *table, const struct lc_model *model,
                              struct lc_err *err)
{
    char day[LC_DAY_TEXT];

    if (!table->n)
        return lc_fail(err, LC_EDEGENERATE, "the export has no leads; export it again");
    lc_day_text(model->boundary.last_decision, day);
    return lc_fail(err, LC_EDEGENERATE,
                   "no lead was decided after %s, the last day that the model has learnt from; "
                   "give a newer export",
                   day);
}

/* Leads after the boundary, in the order of the file. */
static void pick_new(const struct lc_leads *l, int32_t boundary, uint32_t *row,
                     struct lc_drift_leads *out)
{
    for (size_t i = 0; i < l->n; i++) {
        const int32_t day = l->day[i];

        if (lc_is_left_out(l, i))
            continue; /* the model has learnt from none of them */
        if (day == LC_NO_DAY) {
            out->undated++;
        } else if (day <= boundary) {
            out->learnt++;
        } else if (day <= l->as_of) {
            row[out->n++] = (uint32_t)i;
            out->first = out->n == 1 || day < out->first ? day : out->first;
            out->last = out->n == 1 || day > out->last ? day : out->last;
        }
    }
    out->row = row;
}

enum lc_rc lc_drift_new_leads(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_model *model, struct lc_arena *arena,
                              struct lc_drift_leads *leads, struct lc_err *err)
{
    struct lc_drift_leads out = {
        .table = table, .by_day = true, .first = LC_NO_DAY, .last = LC_NO_DAY};
    struct lc_notes notes = {.arena = arena};
    struct lc_leads all = {0};
    uint32_t *row;
    enum lc_rc rc;

    if (!table->n)
        return refuse_none(table, model, err);
    rc = lc_leads_read(table, spec, false, &notes, arena, &all, err);
    if (rc)
        return rc;
    if (!all.day || model->boundary.last_decision == LC_NO_DAY || !(model->boundary.leads > 0))
        return lc_drift_all_leads(table, arena, leads, err);
    row = LC_NEW(arena, table->n, uint32_t);
    if (!row)
        return lc_fail_memory(err, "the leads");
    pick_new(&all, model->boundary.last_decision, row, &out);
    if (!out.n)
        return refuse_none(table, model, err);
    *leads = out;
    return LC_OK;
}

enum lc_rc lc_drift_all_leads(const struct lc_table *table, struct lc_arena *arena,
                              struct lc_drift_leads *leads, struct lc_err *err)
{
    uint32_t *row = LC_NEW(arena, table->n, uint32_t);

    if (!row)
        return lc_fail_memory(err, "the leads");
    if (!table->n)
        return lc_fail(err, LC_EDEGENERATE, "the export has no leads; export it again");
    for (size_t i = 0; i < table->n; i++)
        row[i] = (uint32_t)i;
    *leads = (struct lc_drift_leads){
        .table = table, .row = row, .n = table->n, .first = LC_NO_DAY, .last = LC_NO_DAY};
    return LC_OK;
}
