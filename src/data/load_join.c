/* The files that were read become one table, row by row of the leads. */
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/join.h"
#include "leadcal/record_id.h"
#include "load_internal.h"

/* Rows that no lead could take are not lost without a word. */
static enum lc_rc note_rows(struct lc_input *in, const struct lc_join *join, struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    size_t early = 0, later = 0;
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < in->n; i++) {
        early += join->fate[i] == LC_FATE_EARLY;
        later += join->fate[i] == LC_FATE_LATER;
    }
    if (!join->matched && !early)
        rc = lc_reject_note(
            in->rejects, err,
            "%.100s: no lead has any of its %zu keys; is '%.80s' the right column?", file,
            in->n, in->name[in->key]);
    if (!rc && early)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: %zu row%s began before any of %s leads was decided", file,
                            early, early == 1 ? "" : "s", early == 1 ? "its" : "their");
    if (!rc && later)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: %zu row%s not the first of any lead (\"created\")", file,
                            later, later == 1 ? " is" : "s are");
    return rc;
}

/* A column that was wished for. */
static const struct lc_table_column *column_of(const struct lc_input *in, size_t field)
{
    return &in->column[in->sink_of[field]];
}

const struct lc_table_column *lc_decision_column(const struct lc_input *leads, int32_t *after)
{
    const struct lc_spec *spec = leads->spec;
    const char *name = spec->date.handed_over ? spec->date.handed_over : spec->date.entered;
    const struct lc_table_column *c;
    size_t field = 0;

    *after = spec->date.handed_over ? 0 : spec->decision_after_days;
    if (leads->decided)
        return leads->decided;
    while (name && field < leads->k && strcmp(leads->name[field], name) != 0)
        field++;
    c = name && field < leads->k ? column_of(leads, field) : NULL;
    return c && c->day ? c : NULL;
}

enum lc_rc lc_input_decisions(struct lc_input *leads, int32_t **day, struct lc_err *err)
{
    int32_t after;
    const struct lc_table_column *c = lc_decision_column(leads, &after);

    *day = NULL;
    if (!c)
        return LC_OK;
    *day = LC_NEW(&leads->scratch, leads->n, int32_t);
    if (!*day)
        return lc_fail_memory(err, "joining two files");
    for (size_t i = 0; i < leads->n; i++) {
        const int32_t known = c->day[lc_code_at(&c->codes, i)];

        (*day)[i] = known == LC_NO_DAY ? LC_NO_DAY : known + after;
    }
    return LC_OK;
}

enum lc_rc lc_input_refuse_rounded(const struct lc_input *in, size_t field, struct lc_err *err)
{
    const struct lc_table_column *c = column_of(in, field);
    const char *example = NULL;
    size_t rows = 0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        if (v == c->codes.missing || !lc_record_id_rounded(lc_slice_of(c->codes.level[v])))
            continue;
        rows += c->count[v];
        example = example ? example : c->codes.level[v];
    }
    if (!rows)
        return LC_OK;
    return lc_fail(
        err, LC_EFORMAT,
        "%.160s: the ids of '%.80s' stand in scientific notation in %zu row%s (%.20s): a "
        "spreadsheet dropped their last digits, so nothing can be joined by them; export "
        "the file again, and open it with that column as text",
        lc_shown(in->path), in->name[field], rows, rows == 1 ? "" : "s", example);
}

static enum lc_rc find_rows(struct lc_input *leads, const struct lc_input *in, bool list,
                            struct lc_join *join, struct lc_err *err)
{
    struct lc_join_rule rule = {.list = list,
                                .created =
                                    in->created < in->k ? column_of(in, in->created) : NULL,
                                .tie = in->column,
                                .n_ties = in->n_sinks};
    int32_t *decided = NULL;
    size_t twice = 0;
    enum lc_rc rc = lc_input_refuse_rounded(leads, in->join, err);

    if (!rc)
        rc = lc_input_refuse_rounded(in, in->key, err);
    if (!rc && rule.created)
        rc = lc_input_decisions(leads, &decided, err);
    rule.decided = decided;
    if (!rc)
        rc = lc_join(column_of(leads, in->join), leads->n, column_of(in, in->key), in->n, &rule,
                     in->arena, join, &twice, err);
    if (rc == LC_EMISMATCH)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s:%zu: %.80s: this key stands on an earlier line too, and a lead has it; "
            "leave one row for each key, or say in the spec when each began (\"created\") or that "
            "each is an event (\"events\"; docs/formats.md, Events in the spec)",
            lc_shown(in->path), lc_input_line(in, twice), in->name[in->key]);
    return rc;
}

/* What the model room needs to credit a row that several leads have. */
static enum lc_rc fill_about(const struct lc_input *leads, struct lc_input *in,
                             const struct lc_join *join, struct lc_err *err)
{
    const size_t lead = leads->lead < leads->k ? leads->lead : in->join;
    struct lc_table_column *own = LC_NEW(in->arena, in->n_sinks, struct lc_table_column);

    if (!own)
        return lc_fail_memory(err, "a table");
    memcpy(own, in->column, in->n_sinks * sizeof *own);
    in->about.matched = join->matched;
    in->about.orphans = join->orphans;
    in->about.has_row = join->has_row;
    in->about.row = join->row;
    in->about.primary = join->primary;
    in->about.fate = join->fate;
    in->about.lead = column_of(leads, lead)->codes;
    in->about.own = own;
    in->about.n_own = in->n_sinks;
    return LC_OK;
}

static enum lc_rc join_one(struct lc_input *leads, struct lc_input *in, bool list,
                           struct lc_table_column *to, struct lc_err *err)
{
    struct lc_join join;
    enum lc_rc rc = find_rows(leads, in, list, &join, err);

    if (!rc)
        rc = note_rows(in, &join, err);
    if (!rc)
        rc = fill_about(leads, in, &join, err);
    for (size_t s = 0; s < in->n_sinks && !rc; s++)
        rc = lc_join_column(&in->column[s], &join, in->arena, &to[s], err);
    return rc;
}

/* A key has done its duty once the files are joined: unless somebody named it for its own sake it
 * is a column of too many values like any other. What counts is the rows that its file has. */
static void demote_keys(const struct lc_input *in, struct lc_table_column *column)
{
    for (size_t s = 0; s < in->n_sinks; s++) {
        const struct lc_wish *wish = &in->wish[in->field[s]];
        struct lc_table_column *c = &column[s];

        if (!wish->key || wish->keep || c->kind != LC_KIND_TEXT ||
            !lc_is_many(c->codes.n_levels - (c->codes.missing != LC_NO_CODE), c->n_filled))
            continue;
        c->kind = LC_KIND_MANY;
        c->codes.code = NULL;
        c->codes.level = NULL;
        c->codes.n_levels = 0;
        c->codes.missing = LC_NO_CODE;
        c->codes.width = 1;
        c->count = NULL;
    }
}

enum lc_rc lc_inputs_join(struct lc_input *in, size_t n, struct lc_table *table,
                          struct lc_err *err)
{
    size_t room = 0;
    enum lc_rc rc = LC_OK;

    for (size_t f = 0; f < n; f++)
        room += in[f].n_sinks;
    table->column = LC_NEW(in[0].arena, room, struct lc_table_column);
    if (!table->column)
        return lc_fail_memory(err, "a table");
    table->n = in[0].n;
    for (size_t f = 0; f < n && !rc; f++) {
        if (in[f].events) {
            rc = lc_input_events(&in[0], &in[f], err);
            continue;
        }
        for (size_t s = 0; s < in[f].n_sinks; s++)
            in[f].column[s].file = f;
        if (f)
            rc = join_one(&in[0], &in[f], in[0].spec->file[f].list, table->column + table->k,
                          err);
        else if (in->n_sinks)
            memcpy(table->column, in->column, in->n_sinks * sizeof *in->column);
        if (!rc)
            table->k += in[f].n_sinks;
    }
    for (size_t f = 0, from = 0; f < n && !rc; f++) {
        if (in[f].events)
            continue;
        demote_keys(&in[f], table->column + from);
        from += in[f].n_sinks;
    }
    return rc;
}
