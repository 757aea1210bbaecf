/* The files that were read become one table, row by row of the leads. */
#include <string.h>

#include "leadcal/domain.h"
#include "leadcal/free_mail.h"
#include "leadcal/history.h"
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

    for (size_t i = 0; i < in->n && !in->changes; i++) {
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
                            in->created < in->k
                                ? "%.100s: %zu row%s not the first of any lead (\"created\")"
                                : "%.100s: %zu row%s behind another of the same key, which its "
                                  "leads have (\"twice\")",
                            file, later, later == 1 ? " is" : "s are");
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
    const char *name = lc_decision_name(spec);
    const struct lc_table_column *c = NULL;
    size_t field = 0;

    *after = spec->date.handed_over ? 0 : spec->decision_after_days;
    if (leads->decided)
        return leads->decided;
    while (name && field < leads->k && strcmp(leads->name[field], name) != 0)
        field++;
    if (name && field < leads->k)
        c = column_of(leads, field);
    for (size_t j = 0; name && !c && j < leads->n_joined; j++)
        if (leads->joined[j].codes.name && strcmp(leads->joined[j].codes.name, name) == 0)
            c = &leads->joined[j];
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

/* The column by which the leads have rows of a file, row by row of the leads. */
static const struct lc_table_column *looked_up_by(const struct lc_input *in, size_t f,
                                                  const struct lc_table *table,
                                                  const size_t *begin)
{
    const struct lc_input *through = &in[in[f].through];

    if (!in[f].through)
        return column_of(through, in[f].join);
    return &table->column[begin[in[f].through] + through->sink_of[in[f].join]];
}

/* What is joined: the rows of a file, or the records of a history. */
struct joined {
    const struct lc_table_column *key, *column;
    size_t n, k;
};

static struct joined what_is_joined(const struct lc_input *in)
{
    if (in->changes)
        return (struct joined){&in->changes->key, in->changes->entry, in->changes->n,
                               in->changes->n_entries};
    return (struct joined){column_of(in, in->key), in->column, in->n, in->n_sinks};
}

static enum lc_rc find_rows(struct lc_input *leads, const struct lc_input *in,
                            const struct lc_table_column *by, const struct lc_spec_file *file,
                            struct lc_join *join, struct lc_err *err)
{
    const struct joined to = what_is_joined(in);
    struct lc_join_rule rule = {.list = file->list,
                                .domain = file->domain,
                                .first = file->first,
                                .created =
                                    in->created < in->k ? column_of(in, in->created) : NULL,
                                .tie = in->column,
                                .n_ties = in->n_sinks};
    int32_t *decided = NULL;
    size_t twice = 0;
    enum lc_rc rc = LC_OK;

    if (!in->through)
        rc = lc_input_refuse_rounded(leads, in->join, err);
    if (!rc)
        rc = lc_input_refuse_rounded(in, in->key, err);
    if (!rc && rule.created)
        rc = lc_input_decisions(leads, &decided, err);
    rule.decided = decided;
    if (!rc)
        rc = lc_join(by, leads->n, to.key, to.n, &rule, in->arena, join, &twice, err);
    if (rc == LC_EMISMATCH && file->domain)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s:%zu: %.80s: this domain stands on an earlier line too, and a lead has it; "
            "merge the two companies, or say \"twice\": \"first\" in the spec",
            lc_shown(in->path), lc_input_line(in, twice), in->name[in->key]);
    if (rc == LC_EMISMATCH)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s:%zu: %.80s: this key stands on an earlier line too, and a lead has it; "
            "leave one row for each key, or say in the spec when each began (\"created\") or that "
            "each is an event (\"events\"; docs/formats.md, Events in the spec)",
            lc_shown(in->path), lc_input_line(in, twice), in->name[in->key]);
    return rc;
}

/* Of a history the fate of each record is that of its rows. */
static enum lc_rc spread_fate(struct lc_input *in, struct lc_join *join, struct lc_err *err)
{
    const struct lc_history *h = in->changes;
    uint8_t *fate = LC_NEW(in->arena, in->n + 1, uint8_t);

    if (!fate)
        return lc_fail_memory(err, "a history of stages");
    join->orphans = 0;
    for (size_t i = 0; i < in->n; i++) {
        fate[i] = h->record[i] == LC_NO_ROW ? LC_FATE_PASSED : join->fate[h->record[i]];
        join->orphans += fate[i] == LC_FATE_ORPHAN;
    }
    join->fate = fate;
    return LC_OK;
}

/* What the model room needs to credit a row that several leads have. */
static enum lc_rc fill_about(const struct lc_input *leads, struct lc_input *in,
                             const struct lc_table_column *by, const struct lc_join *join,
                             struct lc_err *err)
{
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
    in->about.lead = leads->lead < leads->k ? column_of(leads, leads->lead)->codes : by->codes;
    in->about.own = own;
    in->about.n_own = in->n_sinks;
    in->about.through = in->through;
    return LC_OK;
}

/* How many leads write from private mailboxes, so that nobody looks for their companies. */
static enum lc_rc note_domains(struct lc_input *in, const struct lc_table_column *by,
                               const struct lc_join *join, struct lc_err *err)
{
    size_t mailboxes = 0;

    for (uint32_t v = 0; v < by->codes.n_levels; v++) {
        char room[LC_DOMAIN_TEXT];
        struct lc_slice domain;

        if (v != by->codes.missing &&
            lc_domain_of(lc_slice_of(by->codes.level[v]), room, &domain) &&
            lc_free_mail(domain))
            mailboxes += by->count[v];
    }
    return lc_reject_note(in->rejects, err,
                          "%.100s: %zu of %zu leads have a company by their domain; %zu have a "
                          "private mailbox, which names none",
                          lc_base_name(lc_shown(in->path)), join->matched, join->n, mailboxes);
}

static enum lc_rc join_one(struct lc_input *leads, struct lc_input *in,
                           const struct lc_table_column *by, struct lc_table_column *to,
                           const struct lc_spec_file *file, struct lc_err *err)
{
    const struct joined what = what_is_joined(in);
    struct lc_join join;
    enum lc_rc rc = find_rows(leads, in, by, file, &join, err);

    if (!rc && in->changes)
        rc = spread_fate(in, &join, err);
    if (!rc)
        rc = note_rows(in, &join, err);
    if (!rc && file->domain)
        rc = note_domains(in, by, &join, err);
    if (!rc && in->changes)
        rc = lc_note_history(in, err);
    if (!rc)
        rc = fill_about(leads, in, by, &join, err);
    for (size_t s = 0; s < what.k && !rc; s++)
        rc = lc_join_column(&what.column[s], &join, in->arena, &to[s], err);
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

/* How many columns a file adds to the table; those of events come later. */
static size_t columns_of(const struct lc_input *in)
{
    return in->events ? 0 : what_is_joined(in).k;
}

/* Where the columns of each file stand in the table: in the spec's order, however they are joined. */
static enum lc_rc make_places(struct lc_input *in, size_t n, struct lc_table *table,
                              size_t **begin, size_t **order, struct lc_err *err)
{
    *begin = LC_NEW(&in[0].scratch, n + 1, size_t);
    *order = LC_NEW(&in[0].scratch, n, size_t);
    if (!*begin || !*order)
        return lc_fail_memory(err, "a table");
    for (size_t f = 0; f < n; f++)
        (*begin)[f + 1] = (*begin)[f] + columns_of(&in[f]);
    table->n = in[0].n;
    table->k = (*begin)[n];
    table->column = LC_NEW(in[0].arena, table->k, struct lc_table_column);
    if (!table->column)
        return lc_fail_memory(err, "a table");
    in[0].joined = table->column + (*begin)[1];
    in[0].n_joined = table->k - (*begin)[1];
    return lc_inputs_order(in, n, *order, err);
}

enum lc_rc lc_inputs_join(struct lc_input *in, size_t n, struct lc_table *table,
                          struct lc_err *err)
{
    size_t *begin = NULL, *order = NULL;
    enum lc_rc rc = make_places(in, n, table, &begin, &order, err);

    for (size_t i = 0; i < n && !rc; i++) {
        const size_t f = order[i];
        struct lc_table_column *to = table->column + begin[f];

        if (in[f].events) {
            rc = lc_input_events(&in[0], &in[f], looked_up_by(in, f, table, begin),
                                 in[0].spec->file[f].list, err);
            continue;
        }
        if (f)
            rc = join_one(&in[0], &in[f], looked_up_by(in, f, table, begin), to,
                          &in[0].spec->file[f], err);
        else if (in->n_sinks)
            memcpy(to, in->column, in->n_sinks * sizeof *in->column);
        for (size_t s = 0; s < columns_of(&in[f]); s++)
            to[s].file = f;
    }
    for (size_t f = 0; f < n && !rc; f++)
        if (!in[f].events && !in[f].changes)
            demote_keys(&in[f], table->column + begin[f]);
    return rc;
}
