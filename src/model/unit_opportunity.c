/* Opportunities that entered a stage, as of that day. */
#include <string.h>

#include "leadcal/column.h"
#include "leadcal/num.h"
#include "unit_internal.h"

static const char text[] = "the opportunities";

/* The column that tells when the stage was entered. */
static enum lc_rc find_stage(const struct lc_table *table, const struct lc_spec *spec,
                             struct lc_arena *arena, size_t *at, struct lc_err *err)
{
    const struct lc_spec_unit *unit = spec->unit;
    const char **name = LC_NEW(arena, table->k + 1, const char *);
    const struct lc_table_column *c;

    if (!name)
        return lc_fail_memory(err, text);
    for (size_t j = 0; j < table->k; j++)
        name[j] = table->column[j].codes.name;
    if (unit->stage_entered) {
        const enum lc_rc rc = lc_table_find(table, unit->stage_entered, at, err);

        if (rc)
            return rc;
    } else if ((*at = lc_unit_stage_column(name, table->k, unit->stage)) == table->k) {
        return lc_fail(err, LC_EMISMATCH,
                       "no column tells when stage '%.80s' was entered; name it in the spec: "
                       "\"stages\": [{\"stage\": \"%.80s\", \"entered\": COLUMN}]",
                       unit->stage, unit->stage);
    }
    c = &table->column[*at];
    if (c->kind != LC_KIND_DATE && c->kind != LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%.80s' is the day of entering stage '%.80s' but holds no dates",
                       c->codes.name, unit->stage);
    return LC_OK;
}

/* What a CRM's clocks of stages say is as of the export: a model must not see it unasked. */
static enum lc_rc ignore_clocks(const struct lc_table *table, struct lc_spec *spec,
                                struct lc_arena *arena, size_t *n_ignored, struct lc_err *err)
{
    const char **name = LC_NEW(arena, spec->ignore.n + table->k + 1, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, text);
    for (; n < spec->ignore.n; n++)
        name[n] = spec->ignore.text[n];
    for (size_t j = 0; j < table->k; j++) {
        const char *column = table->column[j].codes.name;

        if (table->column[j].kind != LC_KIND_DATE && lc_unit_is_stage_clock(column) &&
            !lc_spec_attribute_of(spec, column) && !lc_texts_have(spec->ignore, column))
            name[n++] = column;
    }
    *n_ignored = n - spec->ignore.n;
    spec->ignore = (struct lc_texts){name, n};
    return LC_OK;
}

/* How old the opportunity was when it entered the stage. */
static enum lc_rc make_age(const int32_t *entered, const struct lc_unit_rows *rows,
                           const char *stage, struct lc_arena *arena, struct lc_arena *scratch,
                           struct lc_table_column *to, struct lc_err *err)
{
    double *age = LC_NEW(scratch, rows->n + 1, double);

    to->codes.name = lc_arena_format(arena, LC_UNIT_AGE "%s", stage);
    if (!age || !to->codes.name)
        return lc_fail_memory(err, text);
    for (size_t u = 0; u < rows->n; u++) {
        const int32_t began = entered[rows->row[u]];

        age[u] = began == LC_NO_DAY ? LC_NAN : (double)rows->day[u] - began;
    }
    to->known = true;
    return lc_column_of_numbers(age, rows->n, arena, to) ? LC_OK : lc_fail_memory(err, text);
}

/* The rows that entered it, each for itself. */
static enum lc_rc pick_rows(const struct lc_table *table, const struct lc_table_column *stage,
                            struct lc_arena *arena, struct lc_unit_rows *rows,
                            struct lc_err *err)
{
    size_t *begin = LC_NEW(arena, table->n + 1, size_t), n = 0;
    uint32_t *row = LC_NEW(arena, table->n + 1, uint32_t);
    int32_t *day = LC_NEW(arena, table->n + 1, int32_t);

    if (!begin || !row || !day)
        return lc_fail_memory(err, text);
    for (size_t i = 0; i < table->n && stage->day; i++) {
        const int32_t on = stage->day[lc_code_at(&stage->codes, i)];

        if (on == LC_NO_DAY)
            continue;
        begin[n] = n;
        day[n] = on;
        row[n++] = (uint32_t)i;
    }
    begin[n] = n;
    *rows = (struct lc_unit_rows){n, begin, row, day, NULL};
    return LC_OK;
}

static int32_t latest(int32_t as_of, const struct lc_unit_rows *rows)
{
    for (size_t u = 0; u < rows->n; u++)
        as_of = rows->day[u] > as_of ? rows->day[u] : as_of;
    return as_of;
}

enum lc_rc lc_unit_opportunities(struct lc_table *table, struct lc_spec *spec,
                                 struct lc_notes *notes, struct lc_arena *arena,
                                 struct lc_unit_account *account, struct lc_err *err)
{
    struct lc_notes unread = {.arena = arena};
    const uint32_t **nothing = LC_NEW(arena, table->k + table->n_files + 1, const uint32_t *);
    struct lc_table_column age = {0};
    struct lc_unit_rows rows = {0};
    struct lc_leads leads = {0};
    struct lc_arena scratch;
    size_t at = 0, ignored = 0;
    const char *column = NULL;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    unread.arena = &scratch;
    if (nothing)
        rc = find_stage(table, spec, &scratch, &at, err);
    else
        rc = lc_fail_memory(err, text);
    if (!rc)
        rc = lc_leads_read(table, spec, false, &unread, &scratch, &leads, err);
    if (!rc)
        rc = pick_rows(table, &table->column[at], &scratch, &rows, err);
    if (!rc && !rows.n)
        rc = lc_fail(err, LC_EDEGENERATE, "no opportunity has entered stage '%.80s' (%.100s)",
                     spec->unit->stage, table->column[at].codes.name);
    if (!rc && leads.entered)
        rc = make_age(leads.entered, &rows, spec->unit->stage, arena, &scratch, &age, err);
    account->other = table->n - rows.n;
    account->used = account->units = rows.n;
    account->as_of = latest(leads.as_of, &rows);
    if (!rc) {
        column = table->column[at].codes.name;
        rc = lc_unit_gather(table, spec, &rows, nothing, nothing, arena, err);
    }
    if (!rc)
        rc = lc_unit_append(table, spec, &age, leads.entered ? 1 : 0, arena, err);
    if (!rc)
        rc = ignore_clocks(table, spec, arena, &ignored, err);
    if (!rc)
        rc = lc_notes_add(
            notes, err, "opportunities: %zu of %zu have entered '%s' (%s), their decision day",
            account->units, account->rows, spec->unit->stage, column);
    if (!rc)
        spec->date.handed_over = column;
    lc_arena_release(&scratch);
    return rc;
}
