/* Rows that belong to one account or customer, in the order of their days. */
#include <stdlib.h>
#include <string.h>

#include "join_internal.h"
#include "leadcal/column.h"
#include "leadcal/spec_unit.h"
#include "load_internal.h"

/* A row, by what it stands in order by; the first of a unit is the one that decides. */
struct member {
    uint32_t unit, row;
    uint32_t when; /* the code of its day and time: canonical order is that of time */
    const struct lc_input *in;
};

static const struct lc_table_column *column_called(const struct lc_input *in, const char *name)
{
    for (size_t s = 0; name && s < in->n_sinks; s++)
        if (strcmp(in->name[in->field[s]], name) == 0)
            return &in->column[s];
    return NULL;
}

/* Codes stand in the order of what they mean, the missing one last: so any two rows that differ do so
 * whatever the order of the file. */
static int by_cells(const struct lc_input *in, uint32_t a, uint32_t b)
{
    for (size_t s = 0; s < in->n_sinks; s++) {
        const struct lc_column *c = &in->column[s].codes;
        const uint32_t x = c->code ? lc_code_at(c, a) : 0, y = c->code ? lc_code_at(c, b) : 0;

        if (x != y)
            return x < y ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

static int by_unit(const void *a, const void *b)
{
    const struct member *x = a, *y = b;

    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    return by_cells(x->in, x->row, y->row);
}

/* Where the rows of a unit stand among the members. */
struct place {
    uint32_t row; /* the first of them */
    size_t from;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return x->row < y->row ? -1 : x->row > y->row;
}

/* The unit of each row, as a number; LC_NO_ROW: left out. Both forms of an id, and an address in any
 * case, are one key. */
static enum lc_rc number_units(struct lc_input *in, const struct lc_table_column *when,
                               struct member *member, size_t *n, size_t *keyless,
                               struct lc_err *err)
{
    const struct lc_spec_unit *unit = in->spec->unit;
    const struct lc_table_column *key = column_called(in, unit->key);
    struct lc_members same;

    *n = *keyless = 0;
    if (!key || !key->codes.code)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%.80s' cannot be the key of %s: it is not of the first file",
                       unit->key, lc_unit_word(unit->of, true));
    if (!lc_members_find(key, key, &lc_plain_keys, &in->scratch, &same))
        return lc_fail_memory(err, "rows of one account");
    for (size_t i = 0; i < in->n; i++) {
        const uint32_t v = lc_code_at(&key->codes, i);
        const bool missing = v == key->codes.missing;

        *keyless += missing;
        if (missing && unit->keyed_only)
            continue;
        member[(*n)++] = (struct member){missing ? key->codes.n_levels + (uint32_t)i
                                                 : same.level[same.begin[v]],
                                         (uint32_t)i, lc_code_at(&when->codes, i), in};
    }
    return LC_OK;
}

/* The units in the order of their first rows in the file. */
static bool list_units(const struct lc_input *in, const struct member *member, size_t n,
                       struct lc_arena *scratch, struct lc_table_units *to)
{
    struct place *place = LC_NEW(scratch, n + 1, struct place);
    size_t *begin = LC_NEW(in->arena, n + 1, size_t), used = 0;
    uint32_t *row = LC_NEW(in->arena, n + 1, uint32_t);

    if (!place || !begin || !row)
        return false;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || member[i].unit != member[i - 1].unit)
            place[to->n++] = (struct place){member[i].row, i};
    qsort(place, to->n, sizeof *place, by_place);
    for (size_t u = 0; u < to->n; u++) {
        const uint32_t unit = member[place[u].from].unit;

        begin[u] = used;
        for (size_t i = place[u].from; i < n && member[i].unit == unit; i++)
            row[used++] = member[i].row;
    }
    begin[to->n] = used;
    to->begin = begin;
    to->row = row;
    return true;
}

/* Each contact is decided when its account is: events and opportunities are looked at from that day. */
static enum lc_rc share_decision(struct lc_input *in, const struct lc_table_column *when,
                                 const struct lc_table_units *units, struct lc_err *err)
{
    struct lc_table_column *decided = LC_NEW(in->arena, 1, struct lc_table_column);
    uint32_t *row = LC_NEW(&in->scratch, in->n + 1, uint32_t);
    uint8_t *has_row = LC_NEW(&in->scratch, in->n + 1, uint8_t);
    const struct lc_join join = {.row = row, .has_row = has_row, .n = in->n};
    enum lc_rc rc;

    if (!decided || !row || !has_row)
        return lc_fail_memory(err, "rows of one account");
    memset(has_row, 1, in->n);
    for (size_t i = 0; i < in->n; i++)
        row[i] = (uint32_t)i;
    for (size_t u = 0; u < units->n; u++)
        for (size_t k = units->begin[u]; k < units->begin[u + 1]; k++)
            row[units->row[k]] = units->row[units->begin[u]];
    rc = lc_join_column(when, &join, in->arena, decided, err);
    if (!rc && decided->day)
        in->decided = decided;
    return rc;
}

/* A row of a file that has other opportunities, too, is a purchase where it was won. */
static bool is_purchase(const struct lc_input *in, const struct lc_table_column *outcome,
                        uint32_t row)
{
    const char *value = outcome ? lc_table_cell(outcome, row) : NULL;

    return !outcome || (value && lc_texts_have(in->spec->outcome.won, value));
}

/* Each purchase is looked at from its customer's reference day. */
static enum lc_rc share_reference(struct lc_input *in, const struct lc_table_column *when,
                                  const struct lc_table_units *units, struct lc_err *err)
{
    const struct lc_table_column *outcome = column_called(in, in->spec->outcome.column);
    struct lc_table_column *decided = LC_NEW(in->arena, 1, struct lc_table_column);
    int32_t *day = LC_NEW(&in->scratch, in->n + 1, int32_t);

    if (!decided || !day)
        return lc_fail_memory(err, "rows of one customer");
    for (size_t i = 0; i < in->n; i++)
        day[i] = LC_NO_DAY;
    for (size_t u = 0; u < units->n; u++) {
        int32_t first = LC_NO_DAY;

        for (size_t k = units->begin[u]; k < units->begin[u + 1] && first == LC_NO_DAY; k++)
            if (when->day && is_purchase(in, outcome, units->row[k]))
                first = when->day[lc_code_at(&when->codes, units->row[k])];
        for (size_t k = units->begin[u]; k < units->begin[u + 1] && first != LC_NO_DAY; k++)
            day[units->row[k]] = lc_unit_reference_day(in->spec->unit, first);
    }
    if (!lc_column_of_days(day, in->n, in->arena, decided))
        return lc_fail_memory(err, "rows of one customer");
    if (decided->day)
        in->decided = decided;
    return LC_OK;
}

/* An opportunity is looked at from the day that it entered the stage. */
static void find_stage(struct lc_input *in)
{
    const struct lc_spec_unit *unit = in->spec->unit;
    const struct lc_table_column *c = column_called(in, unit->stage_entered);
    const size_t at =
        unit->stage_entered ? in->k : lc_unit_stage_column(in->name, in->k, unit->stage);

    if (at < in->k)
        c = &in->column[in->sink_of[at]];
    if (c && c->day)
        in->decided = c;
}

static enum lc_rc find_day(const struct lc_input *in, const struct lc_table_column **when,
                           struct lc_err *err)
{
    const struct lc_spec_unit *unit = in->spec->unit;
    const bool accounts = unit->of == LC_UNIT_ACCOUNT;
    const char *name = !accounts                    ? unit->purchased
                       : in->spec->date.handed_over ? in->spec->date.handed_over
                                                    : in->spec->date.entered;

    *when = column_called(in, name);
    if (*when)
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "%.160s: a unit of %s needs the day of each %s; name its column in the first "
        "file with %s",
        lc_shown(in->path), lc_unit_word(unit->of, true), lc_unit_part_word(unit->of, false),
        accounts ? "--handed-over or --entered" : "\"purchased\"");
}

enum lc_rc lc_input_units(struct lc_input *in, const struct lc_table_units **units,
                          struct lc_err *err)
{
    const struct lc_table_column *when = NULL;
    struct lc_table_units *to;
    struct member *member;
    size_t n = 0, key = 0;
    enum lc_rc rc;

    if (lc_spec_unit_of(in->spec) == LC_UNIT_OPPORTUNITY)
        find_stage(in);
    if (!in->spec->unit || !in->spec->unit->key)
        return LC_OK;
    to = LC_NEW(in->arena, 1, struct lc_table_units);
    member = LC_NEW(&in->scratch, in->n + 1, struct member);
    if (!to || !member)
        return lc_fail_memory(err, "rows of one account");
    while (key < in->k && strcmp(in->name[key], in->spec->unit->key) != 0)
        key++;
    rc = find_day(in, &when, err);
    if (!rc && key < in->k)
        rc = lc_input_refuse_rounded(in, key, err);
    if (!rc)
        rc = number_units(in, when, member, &n, &to->keyless, err);
    if (rc)
        return rc;
    qsort(member, n, sizeof *member, by_unit);
    if (!list_units(in, member, n, &in->scratch, to))
        return lc_fail_memory(err, "rows of one account");
    *units = to;
    return in->spec->unit->of == LC_UNIT_ACCOUNT ? share_decision(in, when, to, err)
                                                 : share_reference(in, when, to, err);
}
