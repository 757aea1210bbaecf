/* A spec as a table: first what has a use, then what has none, then files, settings, agreement. */
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/table_file.h"
#include "spec_file_internal.h"
#include "spec_table_out.h"

/* U+FEFF: without it Excel takes UTF-8 for the letters of its country, and saves those. */
static const char mark[] = "\xef\xbb\xbf";

#define MOST_VALUES 60 /* without a use that are listed of a column; more are no stages */

const char *lc_sheet_keep(struct lc_sheet_out *out, const char *text)
{
    if (!text && !out->rc)
        out->rc = lc_fail_memory(out->err, "the spec");
    return text;
}

/* "source, attribute" */
static const char *uses_text(struct lc_sheet_out *out, uint64_t uses)
{
    const char *text = "";

    for (size_t use = 0; use < LC_USES && text; use++)
        if (uses & LC_USE_BIT(use))
            text = lc_arena_format(out->arena, "%s%s%s", text, *text ? ", " : "",
                                   lc_use_word[use].word);
    return lc_sheet_keep(out, text);
}

union lc_value *lc_sheet_add(struct lc_sheet_out *out, enum lc_sheet_kind kind,
                             const char *name, const char *value, uint64_t uses,
                             const char *note)
{
    union lc_value *row = NULL;
    const char *use = uses_text(out, uses);

    name = lc_sheet_keep(out, lc_sheet_armour(name ? name : "", out->arena));
    value = lc_sheet_keep(out, lc_sheet_armour(value ? value : "", out->arena));
    if (!out->rc)
        out->rc = lc_frame_add(&out->frame, &row, out->err);
    if (out->rc)
        return NULL;
    row[LC_SHEET_WHAT].text = lc_sheet_kind[kind];
    row[LC_SHEET_NAME].text = name;
    row[LC_SHEET_VALUE].text = value;
    row[LC_SHEET_USE].text = use;
    row[LC_SHEET_NOTE].text = note;
    return row;
}

const struct lc_table_column *lc_sheet_found(const struct lc_sheet_out *out, const char *column)
{
    for (size_t j = 0; out->table && j < out->table->k; j++)
        if (strcmp(out->table->column[j].codes.name, column) == 0)
            return &out->table->column[j];
    return NULL;
}

/* ---- values ---- */

static bool is_listed(struct lc_sheet_out *out, enum lc_use first, enum lc_use last,
                      const char *value)
{
    for (size_t use = first; use <= last; use++)
        if (lc_texts_have(*lc_use_values(&out->spec, (enum lc_use)use), value))
            return true;
    return false;
}

/* Values that the export has and the spec says nothing of. */
static void put_unlisted(struct lc_sheet_out *out, const char *column, enum lc_use first,
                         enum lc_use last)
{
    const struct lc_table_column *c = lc_sheet_found(out, column);
    size_t n = 0;

    if (!c || (c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER))
        return;
    for (uint32_t v = 0; v < c->codes.n_levels && n < MOST_VALUES; v++) {
        const char *value = c->codes.level[v];

        if (v == c->codes.missing || is_listed(out, first, last, value))
            continue;
        (void)lc_sheet_add(out, LC_SHEET_OF_VALUE, column, value, 0,
                           lc_sheet_value_note(out, column, value, first == LC_USE_WON, false));
        n++;
    }
}

/* column   "" where the spec names values and no column */
static void put_values(struct lc_sheet_out *out, const char *column, enum lc_use first,
                       enum lc_use last)
{
    for (size_t use = first; use <= last; use++) {
        const struct lc_texts *list = lc_use_values(&out->spec, (enum lc_use)use);

        for (size_t i = 0; i < list->n; i++)
            (void)lc_sheet_add(
                out, LC_SHEET_OF_VALUE, column, list->text[i], LC_USE_BIT(use),
                lc_sheet_value_note(out, column, list->text[i], first == LC_USE_WON, true));
    }
    if (*column)
        put_unlisted(out, column, first, last);
}

/* ---- columns ---- */

/* The column that has a use of one; NULL: none. */
static const char *column_of(struct lc_sheet_out *out, enum lc_use use)
{
    const char *column = use == LC_USE_SCORE ? lc_spec_current_column(&out->spec)
                                             : *lc_use_place(&out->spec, use);

    return column && *column ? column : NULL;
}

static uint64_t uses_of(struct lc_sheet_out *out, const char *column)
{
    uint64_t uses = 0;

    for (size_t use = 0; use < LC_USES_OF_ONE; use++) {
        const char *has = column_of(out, (enum lc_use)use);

        if (has && strcmp(has, column) == 0)
            uses |= LC_USE_BIT(use);
    }
    if (lc_spec_attribute_of(&out->spec, column))
        uses |= LC_USE_BIT(LC_USE_ATTRIBUTE);
    if (lc_texts_have(out->spec.ignore, column))
        uses |= LC_USE_BIT(LC_USE_IGNORE);
    if (lc_texts_have(out->spec.audit, column))
        uses |= LC_USE_BIT(LC_USE_AUDIT);
    return uses;
}

/* "<= 50 | <= 500", or how bins and levels are learnt */
static const char *cuts_text(struct lc_sheet_out *out, const struct lc_spec_attribute *a)
{
    const char *text = a->set      ? LC_SPEC_SET
                       : a->trend  ? lc_spec_trends[a->trend - LC_BIN_FREE]
                       : a->merged ? LC_SPEC_MERGED
                                   : "";

    for (size_t i = 0; i < a->n_cuts && text; i++) {
        char number[LC_REAL_TEXT];

        lc_real_text(a->cut[i], number);
        text = lc_arena_format(out->arena, "%s%s<= %s", text, i ? " | " : "", number);
    }
    if (a->cap > 0) {
        char number[LC_REAL_TEXT];

        lc_real_text(a->cap, number);
        text = lc_arena_format(out->arena, "%s %s", text, number);
    }
    return lc_sheet_keep(out, text);
}

/* The members of a set, as they are fitted, become the set again, as it is written. */
static void collapse_sets(struct lc_sheet_out *out)
{
    const struct lc_spec *spec = &out->spec;
    struct lc_spec_attribute *to =
        LC_NEW(out->arena, spec->n_attributes + 1, struct lc_spec_attribute);
    size_t n = 0;

    if (!to) {
        out->rc = lc_fail_memory(out->err, "the spec");
        return;
    }
    for (size_t i = 0; i < spec->n_attributes; i++) {
        to[n] = spec->attribute[i];
        if (to[n].set_of) {
            to[n].column = to[n].set_of;
            to[n].set = true;
            to[n].set_of = to[n].member = NULL;
        }
        if (!n || !to[n].set || strcmp(to[n].column, to[n - 1].column) != 0)
            n++;
    }
    out->spec.attribute = n ? to : NULL;
    out->spec.n_attributes = n;
}

/* Values that are read as others. */
static void put_same(struct lc_sheet_out *out, const struct lc_spec_attribute *a)
{
    for (size_t i = 0; i < a->n_same; i++)
        for (size_t j = 0; j < a->same[i].spellings.n; j++) {
            const char *text = a->same[i].spellings.text[j];
            union lc_value *row = lc_sheet_add(out, LC_SHEET_OF_VALUE, a->column, text, 0,
                                               lc_sheet_same_note(out, a->column, text));

            if (row)
                row[LC_SHEET_USE].text = lc_sheet_keep(
                    out, lc_arena_format(out->arena, LC_SAME_AS "%s", a->same[i].as));
        }
}

static void put_column(struct lc_sheet_out *out, const char *column)
{
    const struct lc_spec_attribute *a = lc_spec_attribute_of(&out->spec, column);
    const uint64_t uses = uses_of(out, column);
    union lc_value *row = lc_sheet_add(out, LC_SHEET_OF_COLUMN, column, NULL, uses,
                                       lc_sheet_column_note(out, column, uses));

    if (row && a) {
        row[LC_SHEET_ROLE].text = lc_role_text(a->role, a->intent);
        if (a->as_of != LC_AS_OF_UNSAID)
            row[LC_SHEET_KNOWN].text = lc_spec_times[a->as_of == LC_AS_OF_EXPORT];
        row[LC_SHEET_CUTS].text = cuts_text(out, a);
    }
    if (uses & LC_USE_BIT(LC_USE_OUTCOME))
        put_values(out, column, LC_USE_WON, LC_USE_OPEN);
    if (uses & LC_USE_BIT(LC_USE_ACCEPTANCE))
        put_values(out, column, LC_USE_ACCEPTED, LC_USE_RECYCLED);
    if (a)
        put_same(out, a);
}

/* Columns with a use of one; those that a list names have their row where the list has its place. */
static void put_columns_of_one(struct lc_sheet_out *out)
{
    const uint64_t listed =
        LC_USE_BIT(LC_USE_ATTRIBUTE) | LC_USE_BIT(LC_USE_IGNORE) | LC_USE_BIT(LC_USE_AUDIT);

    if (!out->spec.outcome.column)
        put_values(out, "", LC_USE_WON, LC_USE_OPEN);
    for (size_t use = 0; use < LC_USES_OF_ONE; use++) {
        const char *column = column_of(out, (enum lc_use)use);
        const uint64_t uses = column ? uses_of(out, column) : 0;

        /* The first of its uses writes the row. */
        if (column && !(uses & listed) && !(uses & (LC_USE_BIT(use) - 1)))
            put_column(out, column);
    }
}

static void put_columns(struct lc_sheet_out *out)
{
    const struct lc_texts ignore = out->spec.ignore, audit = out->spec.audit;
    const uint64_t before = LC_USE_BIT(LC_USE_ATTRIBUTE) | LC_USE_BIT(LC_USE_IGNORE);

    put_columns_of_one(out);
    for (size_t i = 0; i < out->spec.n_attributes; i++)
        put_column(out, out->spec.attribute[i].column);
    for (size_t i = 0; i < ignore.n; i++)
        if (lc_texts_have((struct lc_texts){ignore.text, i}, ignore.text[i]))
            (void)lc_sheet_add(out, LC_SHEET_OF_COLUMN, ignore.text[i], NULL,
                               LC_USE_BIT(LC_USE_IGNORE), NULL);
        else
            put_column(out, ignore.text[i]);
    for (size_t i = 0; i < audit.n; i++)
        if (!(uses_of(out, audit.text[i]) & before))
            put_column(out, audit.text[i]);
    for (size_t j = 0; out->table && j < out->table->k; j++)
        if (!out->table->column[j].set_of && !uses_of(out, out->table->column[j].codes.name))
            put_column(out, out->table->column[j].codes.name);
}

enum lc_rc lc_spec_table_write(const struct lc_spec *spec, const struct lc_table *table,
                               const struct lc_choices *choices, struct lc_arena *arena,
                               FILE *to, struct lc_err *err)
{
    struct lc_sheet_out out = {
        .spec = *spec, .table = table, .choices = choices, .arena = arena, .err = err};

    for (size_t k = 0; k < LC_SHEET_COLUMNS; k++)
        out.heading[k] = (struct lc_heading){lc_sheet_column[k], LC_CELL_TEXT, NULL, false};
    lc_frame_init(&out.frame, "spec", out.heading, LC_SHEET_COLUMNS, arena);
    collapse_sets(&out);
    lc_sheet_put_version(&out);
    put_columns(&out);
    spec = &out.spec;
    for (size_t i = 0; i < spec->n_attributes; i++)
        if (spec->attribute[i].parent)
            (void)lc_sheet_add(&out, LC_SHEET_OF_PARENT, spec->attribute[i].column,
                               spec->attribute[i].parent, 0,
                               "the column of the group that each value belongs to");
    for (size_t i = 0; i < spec->missing.n; i++)
        (void)lc_sheet_add(&out, LC_SHEET_OF_VALUE, NULL, spec->missing.text[i],
                           LC_USE_BIT(LC_USE_MISSING), "means no value, in every column");
    for (size_t i = 0; i < spec->keep_values.n; i++)
        (void)lc_sheet_add(&out, LC_SHEET_OF_VALUE, NULL, spec->keep_values.text[i],
                           LC_USE_BIT(LC_USE_KEPT), "is a value, in every column");
    lc_sheet_put_files(&out);
    lc_sheet_put_rules(&out);
    lc_sheet_put_settings(&out);
    lc_sheet_put_agreement(&out);
    if (out.rc)
        return out.rc;
    (void)fputs(mark, to);
    return lc_frame_csv(&out.frame, to, err);
}
