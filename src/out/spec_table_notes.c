/* What was found of columns and values, for the notes of a spec table. */
#include <string.h>

#include "spec_table_out.h"

/* Why a column is looked at or not, in the words of the audit; NULL: it may be. */
static const struct lc_column_choice *choice_of(const struct lc_sheet_out *out,
                                                const struct lc_table_column *c)
{
    const size_t at = (size_t)(c - out->table->column);

    return out->choices && at < out->choices->n ? &out->choices->of[at] : NULL;
}

/* "text, 84.2 % filled, 5 levels" */
static const char *found_text(struct lc_sheet_out *out, const struct lc_table_column *c)
{
    const double filled = out->table->n ? 100 * (double)c->n_filled / (double)out->table->n : 0;
    const size_t levels = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
    const char *type = lc_table_type_text(c);

    if (c->kind == LC_KIND_EMPTY)
        return type;
    if (c->kind == LC_KIND_MANY)
        return lc_sheet_keep(out,
                             lc_arena_format(out->arena, "%s, %.1f %% filled", type, filled));
    return lc_sheet_keep(out, lc_arena_format(out->arena, "%s, %.1f %% filled, %zu level%s",
                                              type, filled, levels, levels == 1 ? "" : "s"));
}

const char *lc_sheet_column_note(struct lc_sheet_out *out, const char *column, uint64_t uses)
{
    const struct lc_table_column *c = lc_sheet_found(out, column);
    const struct lc_column_choice *choice = c ? choice_of(out, c) : NULL;
    const char *reason = choice ? choice->reason : NULL, *found;

    if (!out->table)
        return NULL;
    if (!c)
        return "not in this export";
    if (!uses && !out->spec.n_attributes && choice && choice->choice == LC_CHOICE_FIT)
        reason = "enters the model as long as no column has the use attribute";
    found = found_text(out, c);
    if (!found || !reason)
        return found;
    return lc_sheet_keep(out, lc_arena_format(out->arena, "%s; %s", found, reason));
}

/* Leads that have a value; 0 where it is none of the column's. */
static size_t leads_with(const struct lc_table_column *c, const char *value)
{
    const struct lc_slice wanted = lc_slice_trim(lc_slice_of(value));

    for (uint32_t v = 0; c->count && v < c->codes.n_levels; v++)
        if (v != c->codes.missing && lc_slice_eq(wanted, lc_slice_of(c->codes.level[v])))
            return c->count[v];
    return 0;
}

/* What the cohort makes of an outcome's value that stands in no list: docs/definitions.md 1. */
static const char *unlisted_outcome(const struct lc_spec *spec)
{
    if (spec->outcome.lost.n && spec->outcome.open.n)
        return "needs a use: won, lost or open";
    if (spec->outcome.lost.n)
        return "counts as open";
    if (spec->outcome.open.n)
        return "counts as lost";
    return "counts as lost where it says so or is the only other value, else as open";
}

const char *lc_sheet_value_note(struct lc_sheet_out *out, const char *column, const char *value,
                                bool of_outcome, bool used)
{
    const struct lc_table_column *c = lc_sheet_found(out, column);
    const char *meaning = used         ? NULL
                          : of_outcome ? unlisted_outcome(&out->spec)
                                       : "neither accepted, rejected nor recycled";
    size_t leads;

    if (!c)
        return NULL;
    leads = leads_with(c, value);
    return lc_sheet_keep(out, lc_arena_format(out->arena, "%zu lead%s%s%s", leads,
                                              leads == 1 ? "" : "s", meaning ? "; " : "",
                                              meaning ? meaning : ""));
}

const char *lc_sheet_same_note(struct lc_sheet_out *out, const char *column, const char *text)
{
    const struct lc_table_column *c = lc_sheet_found(out, column);

    for (size_t i = 0; c && i < c->n_spellings; i++)
        if (strcmp(c->spelling[i].text, text) == 0)
            return lc_sheet_keep(out,
                                 lc_arena_format(out->arena, "%zu cell%s", c->spelling[i].count,
                                                 c->spelling[i].count == 1 ? "" : "s"));
    return NULL;
}
