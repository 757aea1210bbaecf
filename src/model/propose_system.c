/* Whose exports the files are, and which of their columns has a meaning: by the tables of dialect,
 * else by words within the names. */
#include <string.h>

#include "leadcal/record_id.h"
#include "propose_internal.h"

/* "Create Date" of "deals.Create Date". */
static const char *own_name(const struct lc_table *table, const struct lc_table_column *c)
{
    const char *prefix = c->file && c->file < table->n_files ? table->file[c->file].name : NULL;
    const size_t n = prefix ? strlen(prefix) : 0;

    if (n && strncmp(c->codes.name, prefix, n) == 0 && c->codes.name[n] == '.')
        return c->codes.name + n + 1;
    return c->codes.name;
}

enum lc_rc lc_systems_find(const struct lc_table *table, struct lc_arena *arena,
                           struct lc_systems *out, struct lc_err *err)
{
    struct lc_systems s = {.n = table->n_files ? table->n_files : 1};
    struct lc_system *of = LC_NEW(arena, s.n, struct lc_system);

    for (size_t f = 0; of && f < s.n; f++) {
        const char **name = LC_NEW(arena, table->k + 1, const char *);
        size_t *column = LC_NEW(arena, table->k + 1, size_t);

        if (!name || !column)
            return lc_fail_memory(err, "the names of columns");
        for (size_t j = 0; j < table->k; j++) {
            if (table->column[j].file != f)
                continue;
            name[of[f].k] = own_name(table, &table->column[j]);
            column[of[f].k++] = j;
        }
        of[f].name = name;
        of[f].column = column;
        of[f].signature = lc_dialect_find(name, of[f].k);
    }
    if (!of)
        return lc_fail_memory(err, "the names of columns");
    s.of = of;
    *out = s;
    return LC_OK;
}

const struct lc_table_column *lc_system_column(const struct lc_table *table,
                                               const struct lc_systems *systems, size_t file,
                                               enum lc_meaning meaning, unsigned kinds)
{
    const struct lc_system *s = &systems->of[file];

    for (size_t from = 0;;) {
        const size_t at = lc_dialect_column(&s->signature, meaning, s->name, s->k, &from);
        const struct lc_table_column *c;

        if (at == s->k)
            return NULL;
        c = &table->column[s->column[at]];
        if (kinds & 1U << c->kind)
            return c;
    }
}

bool lc_system_means(const struct lc_table *table, const struct lc_systems *systems,
                     const struct lc_table_column *c, enum lc_meaning meaning)
{
    const size_t file = c->file < systems->n ? c->file : 0;
    const struct lc_system *s = &systems->of[file];

    for (size_t from = 0;;) {
        const size_t at = lc_dialect_column(&s->signature, meaning, s->name, s->k, &from);

        if (at == s->k)
            return false;
        if (&table->column[s->column[at]] == c)
            return true;
    }
}

const char *lc_word_in_name(const char *name, enum lc_meaning meaning)
{
    const char *word;
    size_t at = 0;

    while ((word = lc_dialect_name_word(meaning, &at)) != NULL)
        if (lc_name_has(name, word))
            break;
    return word;
}

const char *lc_word_in_value(const char *value, enum lc_meaning meaning)
{
    const char *word;
    size_t at = 0;

    while ((word = lc_dialect_value_word(meaning, &at)) != NULL)
        if (lc_name_has(value, word))
            break;
    return word;
}

/* The days of stages say when a lead was handed over or accepted; "first Closed Lost" is no closing day, for
 * there are others. */
static bool may_tell(const struct lc_table *table, const struct lc_table_column *c,
                     enum lc_meaning meaning)
{
    return !c->file || !table->file[c->file].changes || meaning == LC_MEANS_HANDED_OVER ||
           meaning == LC_MEANS_ACCEPTED;
}

const struct lc_table_column *lc_column_by_words(const struct lc_table *table, size_t file,
                                                 enum lc_meaning meaning, unsigned kinds)
{
    const char *word;
    size_t at = 0;

    while ((word = lc_dialect_name_word(meaning, &at)) != NULL)
        for (size_t j = 0; j < table->k; j++) {
            const struct lc_table_column *c = &table->column[j];

            if ((kinds & 1U << c->kind) && (file == LC_ANY_FILE || c->file == file) &&
                may_tell(table, c, meaning) && lc_name_has(c->codes.name, word))
                return c;
        }
    return NULL;
}

const struct lc_table_column *lc_column_meaning(const struct lc_table *table,
                                                const struct lc_systems *systems, size_t file,
                                                enum lc_meaning meaning, unsigned kinds)
{
    const struct lc_table_column *c = NULL;

    for (size_t f = 0; f < systems->n && !c; f++)
        if (file == LC_ANY_FILE || f == file)
            c = lc_system_column(table, systems, f, meaning, kinds);
    return c ? c : lc_column_by_words(table, file, meaning, kinds);
}

static enum lc_rc note_whose(struct lc_guess *g, size_t f, struct lc_err *err)
{
    const struct lc_system *s = &g->systems.of[f];
    const char *file = lc_base_name(g->table->file[f].path);

    if (g->table->file[f].changes)
        return lc_notes_add(
            &g->notes, err,
            "system: %s holds changes: a stage has the days of its first and last "
            "entry",
            file);
    if (s->signature.system)
        return lc_notes_add(&g->notes, err,
                            "system: %s holds %s %s, by '%s' and %zu more of its %zu names",
                            file, s->signature.system, s->signature.object, s->signature.mark,
                            s->signature.known - 1, s->k);
    if (s->signature.rival[0])
        return lc_notes_add(
            &g->notes, err,
            "system: the header of %s fits %s and %s equally, so names are read "
            "as those of any sheet",
            file, s->signature.rival[0], s->signature.rival[1]);
    return lc_notes_add(&g->notes, err,
                        "system: %s is a plain sheet: no CRM is known by its header", file);
}

enum lc_rc lc_note_systems(struct lc_guess *g, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t f = 0; f < g->table->n_files && !rc; f++)
        if (!g->table->file[f].events) /* it was said when its columns were found */
            rc = note_whose(g, f, err);
    return rc;
}

/* ---- ids ---- */

static bool is_called_id(const struct lc_guess *g, const struct lc_table_column *c)
{
    static const enum lc_meaning id[] = {LC_MEANS_ID, LC_MEANS_CONTACT, LC_MEANS_ACCOUNT,
                                         LC_MEANS_CONVERTED_TO};

    if (lc_ends_in(c->codes.name, "id") || lc_ends_in(c->codes.name, "ids"))
        return true;
    for (size_t i = 0; i < sizeof id / sizeof *id; i++)
        if (lc_system_means(g->table, &g->systems, c, id[i]))
            return true;
    return false;
}

/* Of many values only one is at hand. */
static const char *rounded_id(const struct lc_table_column *c)
{
    if (c->kind == LC_KIND_MANY)
        return lc_record_id_rounded(lc_slice_of(c->example)) ? c->example : NULL;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing && lc_record_id_rounded(lc_slice_of(c->codes.level[v])))
            return c->codes.level[v];
    return NULL;
}

enum lc_rc lc_note_ids(struct lc_guess *g, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < g->table->k && !rc; j++) {
        const struct lc_table_column *c = &g->table->column[j];
        const char *id = is_called_id(g, c) ? rounded_id(c) : NULL;

        if (id)
            rc = lc_notes_add(
                &g->notes, err,
                "ids: '%s' stands in scientific notation (%.20s): a spreadsheet dropped "
                "its last digits, so no file can be joined by it; export again, and "
                "open it with that column as text",
                c->codes.name, id);
    }
    return rc;
}
