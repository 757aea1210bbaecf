/* The columns of the old rows, row by row of the units, and what the files know of them. */
#include <string.h>

#include "leadcal/events.h"
#include "leadcal/join.h"
#include "unit_internal.h"

static const char text[] = "the rows of units";

/* The first row of a unit that has a value here. */
static uint32_t filled_row(const struct lc_unit_rows *rows, const struct lc_column *c, size_t u)
{
    for (size_t k = rows->begin[u]; k < rows->begin[u + 1]; k++)
        if (lc_code_at(c, rows->row[k]) != c->missing)
            return rows->row[k];
    return rows->row[rows->begin[u]];
}

static enum lc_rc gather_columns(struct lc_table *table, const struct lc_unit_rows *rows,
                                 const uint32_t *const *fixed, struct lc_arena *arena,
                                 struct lc_arena *scratch, struct lc_err *err)
{
    struct lc_table_column *column = LC_NEW(arena, table->k + 1, struct lc_table_column);
    uint32_t *row = LC_NEW(scratch, rows->n + 1, uint32_t);
    uint8_t *has_row = LC_NEW(scratch, rows->n + 1, uint8_t);
    enum lc_rc rc = LC_OK;

    if (!column || !row || !has_row)
        return lc_fail_memory(err, text);
    memset(has_row, 1, rows->n);
    for (size_t j = 0; j < table->k && !rc; j++) {
        const struct lc_table_column *c = &table->column[j];
        const struct lc_join join = {
            .row = fixed[j] ? fixed[j] : row, .has_row = has_row, .n = rows->n};

        for (size_t u = 0; u < rows->n && !fixed[j] && c->codes.code; u++)
            row[u] = filled_row(rows, &c->codes, u);
        rc = lc_join_column(c, &join, arena, &column[j], err);
        if (!rc && column[j].n_filled > rows->n)
            column[j].n_filled = rows->n; /* of many values, which were not kept */
    }
    if (!rc)
        table->column = column;
    return rc;
}

/* ---- joined files ---- */

/* Rows that no unit has any more are not the first of any. */
static bool gather_fates(struct lc_table_file *file, size_t n, struct lc_arena *arena)
{
    uint8_t *fate = LC_NEW(arena, file->rows_used + 1, uint8_t);

    if (!fate)
        return false;
    for (size_t i = 0; i < file->rows_used; i++)
        fate[i] = file->fate[i] == LC_FATE_TAKEN ? LC_FATE_LATER : file->fate[i];
    for (size_t u = 0; u < n; u++)
        if (file->row[u] != LC_NO_ROW)
            fate[file->row[u]] = LC_FATE_TAKEN;
    file->fate = fate;
    return true;
}

static bool gather_file(struct lc_table_file *file, const uint32_t *from, size_t n,
                        struct lc_arena *arena)
{
    uint32_t *row = LC_NEW(arena, n + 1, uint32_t);
    uint8_t *has_row = LC_NEW(arena, n + 1, uint8_t);
    uint8_t *primary = LC_NEW(arena, n + 1, uint8_t);
    void *code = lc_arena_alloc(arena, n + 1, file->lead.width);
    size_t matched = 0;

    if (!row || !has_row || !primary || !code)
        return false;
    for (size_t u = 0; u < n; u++) {
        row[u] = file->row[from[u]];
        has_row[u] = file->has_row[from[u]];
        primary[u] = file->primary && file->primary[from[u]];
        matched += has_row[u];
        lc_code_put(code, file->lead.width, u, lc_code_at(&file->lead, from[u]));
    }
    file->row = row;
    file->has_row = has_row;
    file->primary = file->primary ? primary : NULL;
    file->lead.code = code;
    file->matched = matched;
    return gather_fates(file, n, arena);
}

/* Are all rows of a unit joined by the key that they share? */
static bool by_own_key(const struct lc_spec *spec, size_t f)
{
    const char *join = spec->file[f].join  ? spec->file[f].join
                       : spec->file[0].key ? spec->file[0].key
                                           : spec->file[f].key;

    return spec->unit->key && strcmp(join, spec->unit->key) == 0;
}

/* The events of all rows of a unit are the unit's; `once`: each of its rows has them all. */
static bool gather_events(struct lc_table_file *file, const struct lc_unit_rows *rows,
                          const uint32_t *first, bool once, struct lc_arena *arena)
{
    struct lc_events *made = LC_NEW(arena, 1, struct lc_events);
    size_t *one = once ? LC_NEW(arena, rows->n + 1, size_t) : NULL;

    for (size_t u = 0; u <= rows->n && one; u++)
        one[u] = u;
    if (!made || (once && !one) ||
        !lc_events_merge(file->events, once ? one : rows->begin, once ? first : rows->row,
                         rows->n, arena, made))
        return false;
    file->events = made;
    file->matched = 0;
    for (size_t u = 0; u < made->n; u++)
        file->matched += made->begin[u + 1] > made->begin[u];
    return true;
}

enum lc_rc lc_unit_gather(struct lc_table *table, const struct lc_spec *spec,
                          const struct lc_unit_rows *rows, const uint32_t *const *fixed,
                          const uint32_t *const *file_row, struct lc_arena *arena,
                          struct lc_err *err)
{
    struct lc_arena scratch;
    uint32_t *first;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    first = LC_NEW(&scratch, rows->n + 1, uint32_t);
    if (first)
        rc = gather_columns(table, rows, fixed, arena, &scratch, err);
    else
        rc = lc_fail_memory(err, text);
    for (size_t u = 0; u < rows->n && !rc; u++)
        first[u] = rows->row[rows->begin[u]];
    for (size_t f = 1; f < table->n_files && !rc; f++) {
        struct lc_table_file *file = &table->file[f];

        if (!(file->events
                  ? gather_events(file, rows, first, by_own_key(spec, f), arena)
                  : gather_file(file, file_row[f] ? file_row[f] : first, rows->n, arena)))
            rc = lc_fail_memory(err, text);
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    table->n = rows->n;
    table->units = NULL;
    return LC_OK;
}
