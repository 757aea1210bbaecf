/* Rows of the leads that are one lead: which of them stands, and what it takes from the others. */
#include <stdlib.h>
#include <string.h>

#include "join_internal.h"
#include "leadcal/io.h"
#include "load_internal.h"

/* Rows in groups. A row without a key is a lead of its own. */
struct groups {
    const struct lc_input *in;
    uint32_t *head; /* [n] the row that stands for this one: the first decided of its group */
    uint32_t *next; /* [n] the next of the group in the order of decision, or LC_NO_ROW */
    uint32_t *lead; /* [leads] the rows that stand, in the order of the file */
    size_t leads;
};

struct decided {
    int32_t day; /* INT32_MAX where unknown */
    uint32_t row;
};

static int by_decision(const void *a, const void *b)
{
    const struct decided *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static const struct lc_table_column *column_at(const struct lc_input *in, size_t field)
{
    return &in->column[in->sink_of[field]];
}

/* Rows as they were decided; those of one day, or of none, as they stand in the file. */
static enum lc_rc put_in_order(struct lc_input *in, struct decided **order, struct lc_err *err)
{
    int32_t *day = NULL;
    enum lc_rc rc = lc_input_decisions(in, &day, err);

    *order = LC_NEW(&in->scratch, in->n, struct decided);
    if (!rc && !*order)
        rc = lc_fail_memory(err, "one row for each lead");
    for (size_t i = 0; i < in->n && !rc; i++)
        (*order)[i] =
            (struct decided){day && day[i] != LC_NO_DAY ? day[i] : INT32_MAX, (uint32_t)i};
    if (!rc)
        qsort(*order, in->n, sizeof **order, by_decision);
    return rc;
}

/* Groups by key: both forms of an id, and an address in any case, are one (lc_members_find). */
static bool find_groups(struct groups *g, const struct decided *order, struct lc_arena *scratch)
{
    const struct lc_table_column *key = column_at(g->in, g->in->unique);
    const uint32_t levels = key->codes.n_levels;
    uint32_t *first = LC_NEW(scratch, levels, uint32_t),
             *last = LC_NEW(scratch, levels, uint32_t);
    struct lc_members same;

    if (!first || !last || !lc_members_find(key, key, &lc_plain_keys, scratch, &same))
        return false;
    for (uint32_t v = 0; v < levels; v++)
        first[v] = LC_NO_ROW;
    for (size_t i = 0; i < g->in->n; i++) {
        const uint32_t row = order[i].row, v = lc_code_at(&key->codes, row);
        const uint32_t of = v == key->codes.missing ? v : same.level[same.begin[v]];

        g->head[row] = row;
        g->next[row] = LC_NO_ROW;
        if (v == key->codes.missing)
            continue;
        if (first[of] == LC_NO_ROW)
            first[of] = row;
        else
            g->next[last[of]] = row;
        last[of] = row;
        g->head[row] = first[of];
    }
    for (size_t i = 0; i < g->in->n; i++)
        if (g->head[i] == i)
            g->lead[g->leads++] = (uint32_t)i;
    return true;
}

/* ---- what a lead takes from which row ---- */

static bool is_field(const struct lc_input *in, size_t s, const char *name)
{
    return name && strcmp(in->name[in->field[s]], name) == 0;
}

/* What tells how it ended comes from one row. */
static bool is_of_outcome(const struct lc_input *in, size_t s)
{
    const struct lc_spec *spec = in->spec;
    const char *const name[] = {spec->outcome.column, spec->date.closed, spec->date.opportunity,
                                spec->amount};

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (is_field(in, s, name[i]))
            return true;
    return false;
}

static const struct lc_table_column *outcome_of(const struct lc_input *in)
{
    for (size_t s = 0; s < in->n_sinks; s++)
        if (is_field(in, s, in->spec->outcome.column))
            return &in->column[s];
    return NULL;
}

/* The row that was won; else the last decided that says anything; else the first. */
static uint32_t outcome_row(const struct groups *g, const struct lc_table_column *c,
                            uint32_t head)
{
    uint32_t last = head;

    for (uint32_t i = head; i != LC_NO_ROW; i = g->next[i]) {
        const char *value = lc_table_cell(c, i);

        if (value && lc_texts_have(g->in->spec->outcome.won, value))
            return i;
        last = value ? i : last;
    }
    return last;
}

/* The first row of the group that has a value here. */
static uint32_t filled_row(const struct groups *g, const struct lc_table_column *c,
                           uint32_t head)
{
    for (uint32_t i = head; i != LC_NO_ROW; i = g->next[i])
        if (lc_code_at(&c->codes, i) != c->codes.missing)
            return i;
    return head;
}

static enum lc_rc take_columns(struct lc_input *in, const struct groups *g, struct lc_err *err)
{
    const struct lc_table_column *outcome = outcome_of(in);
    uint32_t *row = LC_NEW(&in->scratch, g->leads, uint32_t);
    uint32_t *ended = LC_NEW(&in->scratch, g->leads, uint32_t);
    uint8_t *has_row = LC_NEW(&in->scratch, g->leads, uint8_t);
    enum lc_rc rc = LC_OK;

    if (!row || !ended || !has_row)
        return lc_fail_memory(err, "one row for each lead");
    memset(has_row, 1, g->leads);
    for (size_t i = 0; i < g->leads; i++)
        ended[i] =
            outcome && outcome->codes.code ? outcome_row(g, outcome, g->lead[i]) : g->lead[i];
    for (size_t s = 0; s < in->n_sinks && !rc; s++) {
        const struct lc_table_column *c = &in->column[s];
        const bool of_outcome = outcome && is_of_outcome(in, s);
        const struct lc_join join = {
            .row = of_outcome ? ended : row, .has_row = has_row, .n = g->leads};
        struct lc_table_column made;

        for (size_t i = 0; i < g->leads && c->codes.code; i++)
            row[i] = filled_row(g, c, g->lead[i]);
        rc = lc_join_column(c, &join, in->arena, &made, err);
        if (rc)
            return rc;
        if (made.n_filled > g->leads)
            made.n_filled = g->leads; /* of many values, which were not kept */
        in->column[s] = made;
    }
    return rc;
}

enum lc_rc lc_input_unique(struct lc_input *in, struct lc_err *err)
{
    const size_t rows = in->n;
    struct groups g = {.in = in,
                       .head = LC_NEW(&in->scratch, rows, uint32_t),
                       .next = LC_NEW(&in->scratch, rows, uint32_t),
                       .lead = LC_NEW(&in->scratch, rows, uint32_t)};
    struct decided *order;
    enum lc_rc rc;

    if (in->unique == in->k)
        return LC_OK;
    if (!g.head || !g.next || !g.lead)
        return lc_fail_memory(err, "one row for each lead");
    rc = lc_input_refuse_rounded(in, in->unique, err);
    if (!rc)
        rc = put_in_order(in, &order, err);
    if (!rc && !find_groups(&g, order, &in->scratch))
        rc = lc_fail_memory(err, "one row for each lead");
    if (!rc && g.leads < rows)
        rc = take_columns(in, &g, err);
    if (rc)
        return rc;
    in->n = g.leads;
    return lc_reject_note(
        in->rejects, err,
        "%.100s: %zu of %zu rows repeat the '%.80s' of another: %zu leads (\"unique\"); "
        "each has the cells of the row decided first, empty ones from the next, and the "
        "outcome of the row that was won, else of the last",
        lc_base_name(lc_shown(in->path)), rows - g.leads, rows, in->name[in->unique], g.leads);
}
