/* What inspect --orphans shows: each row of a joined file that no lead has, and why. */
#include <stdio.h>
#include <string.h>

#include "cmd_propose.h"
#include "leadcal/io.h"

enum orphans_column { ORPHAN_FILE, ORPHAN_ROW, ORPHAN_KEY, ORPHAN_WHY, ORPHAN_ALL };

static const struct lc_heading heading[ORPHAN_ALL] = {
    {"file", LC_CELL_TEXT, NULL, false},
    {"row", LC_CELL_COUNT, "row that was used", false},
    {"key", LC_CELL_TEXT, NULL, false},
    {"why", LC_CELL_TEXT, NULL, false},
};

static const char *why_text(enum lc_fate fate)
{
    switch (fate) {
    case LC_FATE_ORPHAN: return "no lead has its key";
    case LC_FATE_EARLY: return "it began before any of its leads was decided";
    case LC_FATE_LATER: return "its leads have a row that began earlier";
    case LC_FATE_TAKEN: break;
    }
    return "";
}

/* The file's key, row by row of the file; NULL: the spec names none that was read. */
static const struct lc_table_column *key_of(const struct lc_table_file *file, const char *key)
{
    const size_t n = strlen(file->name);

    for (size_t j = 0; j < file->n_own; j++) {
        const char *name = file->own[j].codes.name;

        if (strncmp(name, file->name, n) == 0 && name[n] == '.' &&
            strcmp(name + n + 1, key) == 0)
            return &file->own[j];
    }
    return NULL;
}

/* An address names a person. */
static const char *shown_key(const struct lc_table_column *key, size_t row)
{
    const char *text = key && key->codes.code ? lc_table_cell(key, row) : NULL;

    return text && strchr(text, '@') ? "(an address)" : text;
}

static enum lc_rc add_file(const struct lc_table_file *file, const char *key,
                           struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_table_column *c = key_of(file, key);

    for (size_t i = 0; i < file->rows_used; i++) {
        union lc_value *row;
        enum lc_rc rc;

        if (file->fate[i] == LC_FATE_TAKEN)
            continue;
        rc = lc_frame_add(frame, &row, err);
        if (rc)
            return rc;
        row[ORPHAN_FILE].text = lc_base_name(file->path);
        row[ORPHAN_ROW].number = (double)(i + 1);
        row[ORPHAN_KEY].text = shown_key(c, i);
        row[ORPHAN_WHY].text = why_text((enum lc_fate)file->fate[i]);
    }
    return LC_OK;
}

enum lc_rc cmd_orphans_frame(const struct lc_table *table, const struct lc_spec *spec,
                             struct lc_frame *frame, struct lc_arena *arena, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "orphans", heading, ORPHAN_ALL, arena);
    frame->title = "Rows that no lead has";
    for (size_t f = 1; f < table->n_files && !rc; f++)
        if (!table->file[f].events) /* their rows are counted, not listed: there may be millions */
            rc = add_file(&table->file[f], spec->file[f].key, frame, err);
    return rc;
}
