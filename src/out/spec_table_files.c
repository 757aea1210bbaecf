/* Files and how they join, from the rows of a spec table. */
#include <string.h>

#include "spec_file_internal.h"
#include "spec_table_internal.h"

/* The place of a file's name among those met so far; n: new. An empty name is that of the leads,
 * which stand first wherever their rows do. */
static size_t place_of(const struct lc_sheet_row *const *first, size_t n, const char *name)
{
    for (size_t f = 0; f < n; f++)
        if (strcmp(f ? first[f]->name : "", name) == 0)
            return f;
    return n;
}

/* A value that can only be one word. */
static bool read_word(struct lc_sheet *s, const struct lc_sheet_row *row, const char *word)
{
    if (*row->value && strcmp(row->value, word) != 0)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE, "can only be '%s', or empty", word);
    return *row->value != '\0';
}

/* `seen`: the uses that rows before this one had. */
static void read_one(struct lc_sheet *s, const struct lc_sheet_row *row, bool leads,
                     struct lc_spec_file *f, uint64_t *seen)
{
    const uint64_t of_leads = LC_USE_BIT(LC_USE_MATCH) | LC_USE_BIT(LC_USE_KEY);

    if (*seen & row->uses)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE, "the file has a row for this already");
    *seen |= row->uses;
    if (leads && (row->uses & ~of_leads) && *row->value)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                        "the file without a name holds the leads; only others are joined");
    if (row->uses & LC_USE_BIT(LC_USE_MATCH))
        f->match = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_KEY))
        f->key = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_JOIN))
        f->join = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_CREATED))
        f->created = lc_sheet_text(row);
    if (row->uses & LC_USE_BIT(LC_USE_LIST))
        f->list = lc_sheet_truth(s, row);
    if (row->uses & LC_USE_BIT(LC_USE_BY))
        f->domain = read_word(s, row, LC_SPEC_DOMAIN);
    if (row->uses & LC_USE_BIT(LC_USE_TWICE))
        f->first = read_word(s, row, LC_SPEC_FIRST);
    if (!(row->uses & LC_USE_BIT(LC_USE_WON_IF_IN)) || !lc_sheet_truth(s, row))
        return;
    if (s->spec.outcome.won_if_in)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "a row in '%.60s' means won already; say no to one",
                        s->spec.outcome.won_if_in);
    s->spec.outcome.won_if_in = f->name;
}

static void check_files(struct lc_sheet *s, const struct lc_sheet_row *const *first)
{
    const struct lc_spec_file *file = s->spec.file;

    for (size_t f = 1; f < s->spec.n_files && !s->rc; f++) {
        if (!file[f].key)
            lc_sheet_refuse(s, first[f]->line, LC_SHEET_NAME,
                            "file '%.60s' needs a row with its key", file[f].name);
        if (lc_spec_clash(&file[f]))
            lc_sheet_refuse(s, first[f]->line, LC_SHEET_NAME, "file '%.60s' %s", file[f].name,
                            lc_spec_clash(&file[f]));
        if (!file[f].join && !file[0].key)
            lc_sheet_refuse(s, first[f]->line, LC_SHEET_NAME,
                            "file '%.60s' needs a row with join: the column of the leads that "
                            "holds its key",
                            file[f].name);
    }
}

void lc_sheet_files(struct lc_sheet *s)
{
    const struct lc_sheet_row **first;
    struct lc_spec_file *file;
    uint64_t *seen;
    size_t rows = 0, n = 1;

    for (size_t i = 0; i < s->n; i++)
        rows += s->row[i].kind == LC_SHEET_OF_FILE;
    if (!rows)
        return;
    first = lc_sheet_room(s, rows + 1, sizeof(const struct lc_sheet_row *));
    file = lc_sheet_room(s, rows + 1, sizeof *file);
    seen = lc_sheet_room(s, rows + 1, sizeof *seen);
    for (size_t i = 0; i < s->n && !s->rc; i++) {
        const struct lc_sheet_row *row = &s->row[i];
        size_t f;

        if (row->kind != LC_SHEET_OF_FILE)
            continue;
        f = place_of(first, n, row->name);
        if (f == n) {
            first[n] = row;
            file[n++].name = row->name;
        }
        read_one(s, row, f == 0, &file[f], &seen[f]);
    }
    if (!s->rc)
        lc_sheet_events(s, file, n);
    if (!s->rc)
        lc_sheet_histories(s, file, n);
    s->spec.file = file;
    s->spec.n_files = n;
    if (!s->rc)
        check_files(s, first);
}
