/* The tables of a first look. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/period.h"
#include "look_internal.h"

#define MOST_LEVELS 10 /* values of a column that the page shows */

static const char *const use_word[] = {"profile", "engagement", "the spec's", "left out"};

/* ---- columns ---- */

enum {
    C_COLUMN,
    C_USE,
    C_TYPE,
    C_FILLED,
    C_VALUES,
    C_RANGE,
    C_DIRTY,
    C_PARAMETERS,
    C_WHY,
    C_ALL
};

static const struct lc_heading columns_heading[C_ALL] = {
    {"column", LC_CELL_TEXT, NULL, false},  {"use", LC_CELL_TEXT, NULL, false},
    {"type", LC_CELL_TEXT, NULL, false},    {"filled", LC_CELL_RATE, NULL, false},
    {"values", LC_CELL_COUNT, NULL, false}, {"range", LC_CELL_TEXT, NULL, false},
    {"dirty", LC_CELL_TEXT, NULL, false},   {"parameters", LC_CELL_COUNT, NULL, false},
    {"why", LC_CELL_TEXT, NULL, false},
};

static const char *dirty_word(const struct lc_look_column *c)
{
    if (c->column->n_spellings)
        return "standardised";
    if (c->spellings.n)
        return "spellings";
    if (c->odd.kind)
        return "odd values";
    return c->differs && c->use != LC_LOOK_ROLE ? "empty by outcome" : "";
}

static const char *end_text(const struct lc_table_column *c, uint32_t level,
                            struct lc_arena *arena)
{
    char day[LC_DAY_TEXT];

    if (c->kind != LC_KIND_DATE)
        return c->codes.level[level];
    lc_day_text(c->day[level], day);
    return lc_arena_text(arena, lc_slice_of(day));
}

enum lc_rc lc_look_columns(const struct lc_look *look, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err)
{
    lc_frame_init(frame, "columns", columns_heading, C_ALL, arena);
    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_look_column *c = &look->of[j];
        const struct lc_table_column *t = c->column;
        const uint32_t n = t->codes.n_levels - (t->codes.missing != LC_NO_CODE);
        union lc_value *row;
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        row[C_COLUMN].text = t->codes.name;
        row[C_USE].text = use_word[c->use];
        row[C_TYPE].text = lc_table_type_text(t);
        if (look->table->n)
            row[C_FILLED].number = (double)t->n_filled / (double)look->table->n;
        if (t->kind != LC_KIND_MANY)
            row[C_VALUES].number = n;
        if (n && c->shown && (t->kind == LC_KIND_NUMBER || t->kind == LC_KIND_DATE)) {
            const char *low = end_text(t, 0, arena), *high = end_text(t, n - 1, arena);

            row[C_RANGE].text =
                low && high ? lc_arena_format(arena, "%.40s to %.40s", low, high) : NULL;
            if (!row[C_RANGE].text)
                return lc_fail_memory(err, "the columns");
        }
        row[C_DIRTY].text = dirty_word(c);
        if (c->parameters)
            row[C_PARAMETERS].number = (double)c->parameters;
        row[C_WHY].text = c->why;
    }
    return LC_OK;
}

/* ---- values ---- */

enum { L_COLUMN, L_VALUE, L_LEADS, L_SHARE, L_ALL };

static const struct lc_heading levels_heading[L_ALL] = {
    {"column", LC_CELL_TEXT, NULL, false},
    {"value", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"share", LC_CELL_RATE, NULL, false},
};

static enum lc_rc add_level(struct lc_frame *frame, const struct lc_look *look,
                            const char *column, const char *value, size_t leads,
                            struct lc_err *err)
{
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[L_COLUMN].text = column;
    row[L_VALUE].text = value;
    row[L_LEADS].number = (double)leads;
    row[L_SHARE].number = look->table->n ? (double)leads / (double)look->table->n : LC_NAN;
    return LC_OK;
}

/* The most frequent level that is not shown yet, the first in order among equals. */
static uint32_t next_level(const struct lc_table_column *t, const bool *shown)
{
    uint32_t best = LC_NO_CODE;

    for (uint32_t v = 0; v < t->codes.n_levels; v++)
        if (!shown[v] && v != t->codes.missing &&
            (best == LC_NO_CODE || t->count[v] > t->count[best]))
            best = v;
    return best;
}

static enum lc_rc add_levels(const struct lc_look *look, const struct lc_table_column *t,
                             struct lc_frame *frame, struct lc_err *err)
{
    bool *shown = LC_NEW(frame->arena, (size_t)t->codes.n_levels + 1, bool);
    size_t leads = 0, n = 0, values = t->codes.n_levels - (t->codes.missing != LC_NO_CODE);
    enum lc_rc rc = LC_OK;

    if (!shown)
        return lc_fail_memory(err, "the values");
    for (; n < MOST_LEVELS && !rc; n++) {
        const uint32_t v = next_level(t, shown);

        if (v == LC_NO_CODE)
            break;
        shown[v] = true;
        leads += t->count[v];
        rc = add_level(frame, look, t->codes.name, t->codes.level[v], t->count[v], err);
    }
    if (!rc && values > n) {
        const char *more =
            lc_arena_format(frame->arena, "(%zu more value%s)", values - n, LC_S(values - n));

        if (!more)
            return lc_fail_memory(err, "the values");
        rc = add_level(frame, look, t->codes.name, more, t->n_filled - leads, err);
    }
    if (!rc && t->n_filled < look->table->n)
        rc = add_level(frame, look, t->codes.name, LC_MISSING_TEXT,
                       look->table->n - t->n_filled, err);
    return rc;
}

enum lc_rc lc_look_levels(const struct lc_look *look, struct lc_arena *arena,
                          struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "values", levels_heading, L_ALL, arena);
    for (size_t j = 0; j < look->table->k && !rc; j++) {
        const struct lc_look_column *c = &look->of[j];

        if (c->shown && c->column->count &&
            (c->column->kind == LC_KIND_TEXT || c->column->kind == LC_KIND_NUMBER))
            rc = add_levels(look, c->column, frame, err);
    }
    return rc;
}

/* ---- spellings ---- */

enum { S_COLUMN, S_VALUE, S_LEADS, S_SAME, S_SAME_LEADS, S_STATE, S_ALL };

static const struct lc_heading spellings_heading[S_ALL] = {
    {"column", LC_CELL_TEXT, NULL, false},
    {"value", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"same_as", LC_CELL_TEXT, "as", false},
    {"same_leads", LC_CELL_COUNT, "leads of that", false},
    {"state", LC_CELL_TEXT, NULL, false},
};

static enum lc_rc add_spelling(const struct lc_look_column *c, size_t i, struct lc_frame *frame,
                               struct lc_err *err)
{
    const struct lc_table_column *t = c->column;
    const struct lc_spelling *s = &c->spellings.of[i];
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[S_COLUMN].text = t->codes.name;
    row[S_VALUE].text = t->codes.level[s->level];
    row[S_LEADS].number = (double)t->count[s->level];
    row[S_SAME].text = t->codes.level[s->same];
    row[S_SAME_LEADS].number = (double)t->count[s->same];
    row[S_STATE].text = !s->sure                       ? "a letter apart; yours to say"
                        : c->use <= LC_LOOK_ENGAGEMENT ? "proposed in the spec"
                                                       : "one spelling of it";
    return LC_OK;
}

enum lc_rc lc_look_spellings(const struct lc_look *look, struct lc_arena *arena,
                             struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "spellings", spellings_heading, S_ALL, arena);
    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_table_column *t = look->of[j].column;

        for (size_t i = 0; i < t->n_spellings && !rc; i++) {
            union lc_value *row;

            rc = lc_frame_add(frame, &row, err);
            if (rc)
                return rc;
            row[S_COLUMN].text = t->codes.name;
            row[S_VALUE].text = t->spelling[i].text;
            row[S_LEADS].number = (double)t->spelling[i].count;
            row[S_SAME].text = t->spelling[i].as;
            row[S_STATE].text = "standardised by the spec";
        }
        for (size_t i = 0; i < look->of[j].spellings.n && !rc; i++)
            rc = add_spelling(&look->of[j], i, frame, err);
    }
    return rc;
}
