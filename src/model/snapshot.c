#include "leadcal/snapshot.h"

#include <string.h>

#include "leadcal/events.h"
#include "leadcal/join.h"

static const char text[] = "the snapshot";

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static const struct lc_table_column *find(const struct lc_table *t, const char *name)
{
    for (size_t j = 0; name && j < t->k; j++)
        if (strcmp(t->column[j].codes.name, name) == 0)
            return &t->column[j];
    return NULL;
}

/* What became of a lead is as it is now. */
static bool is_outcome(const struct lc_spec *spec, const char *name)
{
    const char *const kept[] = {
        spec->outcome.column,   spec->date.entered,  spec->date.handed_over,
        spec->date.first_touch, spec->date.accepted, spec->date.closed,
        spec->date.opportunity, spec->amount,        spec->acceptance.column,
        spec->acceptance.grade, spec->account,       spec->n_files ? spec->file[0].key : NULL,
    };

    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (same(kept[i], name))
            return true;
    return false;
}

/* ---- who was open ---- */

static bool was_open(const struct lc_table_column *closed, const struct lc_table_column *state,
                     const struct lc_spec *spec, size_t row, size_t row_then, int32_t day)
{
    const uint32_t code = closed ? lc_code_at(&closed->codes, row) : 0;
    const char *then = state ? lc_table_cell(state, row_then) : NULL;

    if (closed && closed->day && closed->day[code] != LC_NO_DAY && closed->day[code] <= day)
        return false;
    return !then || (!lc_texts_have(spec->outcome.won, then) &&
                     !lc_texts_have(spec->outcome.lost, then));
}

/* A DATE column: the day, or nothing. */
static bool make_days(const struct lc_table *table, const struct lc_table_last *then,
                      int32_t day, const struct lc_spec *spec, struct lc_arena *arena,
                      struct lc_table_column *to, struct lc_snapshot_account *account)
{
    const struct lc_table_column *closed = find(table, spec->date.closed);
    const struct lc_table_column *state = find(then->table, spec->outcome.column);
    const char **level = LC_NEW(arena, 2, const char *);
    char *written = LC_NEW(arena, LC_DAY_TEXT, char);
    int32_t *days = LC_NEW(arena, 2, int32_t);
    size_t *count = LC_NEW(arena, 2, size_t);
    uint8_t *code = LC_NEW(arena, table->n + 1, uint8_t);

    if (!level || !written || !days || !count || !code)
        return false;
    if (state && state->kind == LC_KIND_MANY)
        state = NULL;
    for (size_t i = 0; i < table->n; i++) {
        const bool there = then->row[i] != LC_NO_ROW;
        const bool open = there && was_open(closed, state, spec, i, then->row[i], day);

        account->absent += !there;
        account->open += open;
        account->closed += there && !open;
        code[i] = !open;
    }
    lc_day_text(day, written);
    level[0] = written;
    level[1] = LC_MISSING_TEXT;
    days[0] = day;
    days[1] = LC_NO_DAY;
    count[0] = account->open;
    count[1] = table->n - account->open;
    *to = (struct lc_table_column){.codes = {LC_SNAPSHOT_COLUMN, 1, code, count[1] ? 2 : 1,
                                             level, count[1] ? 1 : LC_NO_CODE},
                                   .kind = LC_KIND_DATE,
                                   .day = days,
                                   .count = count,
                                   .n_filled = account->open,
                                   .order = LC_DATE_YMD,
                                   .at = table->k,
                                   .example = written};
    return true;
}

/* ---- what was known ---- */

static bool make_empty(const struct lc_table *table, struct lc_arena *arena,
                       struct lc_table_column *c)
{
    const char **level = LC_NEW(arena, 1, const char *);
    size_t *count = LC_NEW(arena, 1, size_t);

    c->codes.code = LC_NEW(arena, table->n + 1, uint8_t);
    if (!level || !count || !c->codes.code)
        return false;
    level[0] = LC_MISSING_TEXT;
    count[0] = table->n;
    c->codes.width = 1;
    c->codes.n_levels = 1;
    c->codes.level = level;
    c->codes.missing = 0;
    c->kind = LC_KIND_EMPTY;
    c->number = NULL;
    c->day = NULL;
    c->count = count;
    c->n_filled = 0;
    c->example = NULL;
    return true;
}

static enum lc_rc take_column(const struct lc_table *table, const struct lc_table_last *then,
                              const struct lc_join *join, struct lc_arena *arena,
                              struct lc_table_column *c, struct lc_snapshot_account *account,
                              struct lc_err *err)
{
    const struct lc_table_column *old = find(then->table, c->codes.name), now = *c;
    enum lc_rc rc = LC_OK;

    if (old)
        rc = lc_join_column(old, join, arena, c, err);
    else if (!make_empty(table, arena, c))
        rc = lc_fail_memory(err, text);
    if (rc)
        return rc;
    c->at = now.at;
    c->file = now.file;
    c->known = true;
    account->columns += old != NULL;
    account->lacking += !old;
    return LC_OK;
}

/* Of the leads that were not open on the day nothing is known, nor needs to be. */
static enum lc_rc mask_events(struct lc_table *table, const struct lc_table_column *decided,
                              struct lc_arena *arena, struct lc_err *err)
{
    struct lc_table_file *file = LC_NEW(arena, table->n_files + 1, struct lc_table_file);

    if (!file)
        return lc_fail_memory(err, text);
    for (size_t f = 0; f < table->n_files; f++) {
        const struct lc_events *events = table->file[f].events;
        struct lc_events *masked;
        uint8_t *known;

        file[f] = table->file[f];
        if (!events)
            continue;
        masked = LC_NEW(arena, 1, struct lc_events);
        known = LC_NEW(arena, table->n + 1, uint8_t);
        if (!masked || !known)
            return lc_fail_memory(err, text);
        for (size_t i = 0; i < table->n; i++)
            known[i] = events->known[i] && lc_code_at(&decided->codes, i) == 0;
        *masked = *events;
        masked->known = known;
        file[f].events = masked;
    }
    table->file = file;
    return LC_OK;
}

enum lc_rc lc_snapshot_take(struct lc_table *table, const struct lc_table_last *then,
                            int32_t day, struct lc_spec *spec, struct lc_arena *arena,
                            struct lc_snapshot_account *account, struct lc_err *err)
{
    struct lc_table_column *column = LC_NEW(arena, table->k + 1, struct lc_table_column);
    uint8_t *has_row = LC_NEW(arena, table->n + 1, uint8_t);
    const struct lc_join join = {.row = then->row, .has_row = has_row, .n = table->n};
    struct lc_snapshot_account made = {0};
    enum lc_rc rc = LC_OK;

    if (!column || !has_row)
        return lc_fail_memory(err, text);
    for (size_t i = 0; i < table->n; i++)
        has_row[i] = then->row[i] != LC_NO_ROW;
    memcpy(column, table->column, table->k * sizeof *column);
    if (!make_days(table, then, day, spec, arena, &column[table->k], &made))
        return lc_fail_memory(err, text);
    for (size_t j = 0; j < table->k && !rc; j++)
        if (!is_outcome(spec, column[j].codes.name))
            rc = take_column(table, then, &join, arena, &column[j], &made, err);
    if (!rc && !made.open)
        rc = lc_fail(err, LC_EDEGENERATE,
                     "no lead of the earlier export was open on the day of the snapshot; give "
                     "the day that it was made on");
    if (!rc)
        rc = mask_events(table, &column[table->k], arena, err);
    if (rc)
        return rc;
    table->column = column;
    table->k++;
    spec->date.handed_over = LC_SNAPSHOT_COLUMN;
    *account = made;
    return LC_OK;
}
