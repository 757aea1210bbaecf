/* What inspect shows: a row for each file, a row for each column. */
#include <stdio.h>
#include <string.h>

#include "cmd_propose.h"
#include "leadcal/io.h"
#include "leadcal/num.h"

#define EXAMPLES 3 /* most frequent levels shown of a text */

enum files_column {
    FILE_FILE,
    FILE_NAME,
    FILE_SEEN,
    FILE_USED,
    FILE_SKIPPED,
    FILE_REJECTED,
    FILE_COLUMNS,
    FILE_ENCODING,
    FILE_DELIMITER,
    FILE_QUOTE,
    FILE_PREAMBLE,
    FILE_BYTES,
    FILE_MATCHED,
    FILE_ORPHANS,
    FILE_SHA256,
    FILE_ALL
};

static const struct lc_heading files_heading[FILE_ALL] = {
    {"file", LC_CELL_TEXT, NULL, false},
    {"name", LC_CELL_TEXT, NULL, true},
    {"rows_seen", LC_CELL_COUNT, "rows", false},
    {"rows_used", LC_CELL_COUNT, "used", false},
    {"rows_skipped", LC_CELL_COUNT, "skipped", false},
    {"rows_rejected", LC_CELL_COUNT, "rejected", false},
    {"columns", LC_CELL_COUNT, NULL, false},
    {"encoding", LC_CELL_TEXT, NULL, false},
    {"delimiter", LC_CELL_TEXT, NULL, false},
    {"quote", LC_CELL_TEXT, NULL, true},
    {"preamble_lines", LC_CELL_COUNT, "lines before the header", true},
    {"bytes", LC_CELL_COUNT, NULL, false},
    {"matched", LC_CELL_COUNT, "leads matched", true},
    {"orphans", LC_CELL_COUNT, "rows of no lead", true},
    {"sha256", LC_CELL_TEXT, NULL, true},
};

enum columns_column {
    COLUMN_FILE,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_FILLED,
    COLUMN_SHARE,
    COLUMN_LEVELS,
    COLUMN_LOWEST,
    COLUMN_HIGHEST,
    COLUMN_EXAMPLES,
    COLUMN_USE,
    COLUMN_REASON,
    COLUMN_ALL
};

static const struct lc_heading columns_heading[COLUMN_ALL] = {
    {"file", LC_CELL_TEXT, NULL, true},
    {"column", LC_CELL_TEXT, NULL, false},
    {"type", LC_CELL_TEXT, NULL, false},
    {"filled", LC_CELL_COUNT, NULL, true},
    {"filled_share", LC_CELL_RATE, "filled", false},
    {"levels", LC_CELL_COUNT, NULL, false},
    {"lowest", LC_CELL_TEXT, NULL, false},
    {"highest", LC_CELL_TEXT, NULL, false},
    {"examples", LC_CELL_TEXT, NULL, false},
    {"use", LC_CELL_TEXT, NULL, false},
    {"reason", LC_CELL_TEXT, NULL, false},
};

void cmd_files_frame(struct lc_frame *frame, struct lc_arena *arena)
{
    lc_frame_init(frame, "files", files_heading, FILE_ALL, arena);
    frame->title = "Files";
}

void cmd_columns_frame(struct lc_frame *frame, struct lc_arena *arena)
{
    lc_frame_init(frame, "columns", columns_heading, COLUMN_ALL, arena);
    frame->title = "Columns";
}

static const char *byte_text(char c, struct lc_arena *arena)
{
    return c == '\t' ? "tab" : c ? lc_arena_format(arena, "%c", c) : "";
}

enum lc_rc cmd_add_files(const struct lc_table *table, struct lc_frame *frame,
                         struct lc_err *err)
{
    for (size_t f = 0; f < table->n_files; f++) {
        const struct lc_table_file *file = &table->file[f];
        union lc_value *row;
        size_t k = 0;
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        for (size_t j = 0; j < table->k; j++)
            k += table->column[j].file == f;
        if (file->events)
            k = file->columns;
        row[FILE_FILE].text = lc_base_name(file->path);
        row[FILE_NAME].text = file->name;
        row[FILE_SEEN].number = (double)file->rows_seen;
        row[FILE_USED].number = (double)file->rows_used;
        row[FILE_SKIPPED].number = (double)file->rows_skipped;
        row[FILE_REJECTED].number = (double)file->rows_rejected;
        row[FILE_COLUMNS].number = (double)k;
        row[FILE_ENCODING].text = file->encoding;
        row[FILE_DELIMITER].text = strcmp(file->delimiter, "\t") == 0 ? "tab" : file->delimiter;
        row[FILE_QUOTE].text = byte_text(file->quote, frame->arena);
        row[FILE_PREAMBLE].number = (double)file->preamble_lines;
        row[FILE_BYTES].number = (double)file->bytes;
        if (f) {
            row[FILE_MATCHED].number = (double)file->matched;
            row[FILE_ORPHANS].number = (double)file->orphans;
        }
        row[FILE_SHA256].text = file->sha256;
        if (!row[FILE_DELIMITER].text || !row[FILE_QUOTE].text)
            return lc_fail_memory(err, "the files");
    }
    return LC_OK;
}

static const char *use_text(enum lc_choice choice, const struct lc_spec *spec,
                            const char *column)
{
    const struct lc_spec_attribute *a = lc_spec_attribute_of(spec, column);

    switch (choice) {
    case LC_CHOICE_FIT: return a ? lc_role_text(a->role, a->intent) : "profile";
    case LC_CHOICE_CONSTANT: return "constant";
    case LC_CHOICE_PERSONAL: return "personal";
    case LC_CHOICE_PROTECTED: return "protected";
    case LC_CHOICE_LEAK: return "suspect";
    case LC_CHOICE_LEFT_OUT: break;
    }
    return "left out";
}

/* The most frequent levels, the first in order among equals. */
static const char *examples_of(const struct lc_table_column *c, struct lc_arena *arena)
{
    const char *text = "";
    uint32_t shown[EXAMPLES];

    for (size_t i = 0; i < EXAMPLES && text; i++) {
        uint32_t best = LC_NO_CODE;

        for (uint32_t v = 0; v < c->codes.n_levels; v++) {
            bool taken = v == c->codes.missing;

            for (size_t before = 0; before < i; before++)
                taken = taken || shown[before] == v;
            if (!taken && (best == LC_NO_CODE || c->count[v] > c->count[best]))
                best = v;
        }
        if (best == LC_NO_CODE)
            break;
        shown[i] = best;
        text = lc_arena_format(arena, "%s%s%.40s", text, i ? " | " : "", c->codes.level[best]);
    }
    return text;
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

/* What says won and lost was named as an outcome: its values name nobody, nor does what is computed. */
static bool is_shown(const struct lc_table_column *c, const struct lc_spec *spec)
{
    return lc_may_show(c) || c->computed ||
           (spec->outcome.column && strcmp(spec->outcome.column, c->codes.name) == 0);
}

static enum lc_rc fill_column(const struct lc_table *table, size_t j,
                              const struct lc_choices *choices, const struct lc_spec *spec,
                              union lc_value *row, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_table_column *c = &table->column[j];
    const struct lc_column_choice *choice = choices->n ? &choices->of[j] : NULL;
    const uint32_t values = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
    const bool show = is_shown(c, spec) && !(choice && choice->choice == LC_CHOICE_PERSONAL);

    row[COLUMN_FILE].text = lc_base_name(table->file[c->file].path);
    row[COLUMN_NAME].text = c->codes.name;
    row[COLUMN_TYPE].text = lc_table_type_text(c);
    row[COLUMN_FILLED].number = (double)c->n_filled;
    row[COLUMN_SHARE].number = table->n ? (double)c->n_filled / (double)table->n : LC_NAN;
    if (c->kind != LC_KIND_MANY)
        row[COLUMN_LEVELS].number = values;
    if (values && show && (c->kind == LC_KIND_NUMBER || c->kind == LC_KIND_DATE)) {
        row[COLUMN_LOWEST].text = end_text(c, 0, arena);
        row[COLUMN_HIGHEST].text = end_text(c, values - 1, arena);
        if (!row[COLUMN_LOWEST].text || !row[COLUMN_HIGHEST].text)
            return lc_fail_memory(err, "the columns");
    }
    if (show && c->kind == LC_KIND_TEXT) {
        row[COLUMN_EXAMPLES].text = examples_of(c, arena);
        if (!row[COLUMN_EXAMPLES].text)
            return lc_fail_memory(err, "the columns");
    }
    if (choice) {
        row[COLUMN_USE].text = use_text(choice->choice, spec, c->codes.name);
        row[COLUMN_REASON].text = choice->reason;
    }
    return LC_OK;
}

enum lc_rc cmd_add_columns(const struct lc_table *table, const struct lc_choices *choices,
                           const struct lc_spec *spec, struct lc_frame *frame,
                           struct lc_err *err)
{
    for (size_t j = 0; j < table->k; j++) {
        union lc_value *row;
        enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (!rc)
            rc = fill_column(table, j, choices, spec, row, frame->arena, err);
        if (rc)
            return rc;
    }
    return LC_OK;
}

enum mapping_column {
    MAP_MEANING,
    MAP_COLUMN,
    MAP_FILE,
    MAP_FILLED,
    MAP_ROWS,
    MAP_SHARE,
    MAP_LOWEST,
    MAP_HIGHEST,
    MAP_HOW,
    MAP_ALL
};

static const struct lc_heading mapping_heading[MAP_ALL] = {
    {"meaning", LC_CELL_TEXT, NULL, false},
    {"column", LC_CELL_TEXT, NULL, false},
    {"file", LC_CELL_TEXT, NULL, true},
    {"filled", LC_CELL_COUNT, "rows that have it", false},
    {"rows", LC_CELL_COUNT, NULL, true},
    {"filled_share", LC_CELL_RATE, "filled", false},
    {"lowest", LC_CELL_TEXT, NULL, false},
    {"highest", LC_CELL_TEXT, NULL, false},
    {"how", LC_CELL_TEXT, NULL, false},
};

enum lc_rc cmd_mapping_frame(const struct lc_table *table, const struct lc_proposal *p,
                             struct lc_frame *frame, struct lc_arena *arena, struct lc_err *err)
{
    lc_frame_init(frame, "mapping", mapping_heading, MAP_ALL, arena);
    frame->title = "What was found where";
    for (size_t i = 0; i < p->n_mapped; i++) {
        const struct lc_table_column *c = p->mapped[i].column;
        const struct lc_table *of = p->mapped[i].table ? p->mapped[i].table : table;
        union lc_value *row;
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        row[MAP_MEANING].text = p->mapped[i].meaning;
        row[MAP_HOW].text = p->mapped[i].how;
        if (!c)
            continue;
        row[MAP_COLUMN].text = c->codes.name;
        row[MAP_FILE].text = lc_base_name(of->file[c->file].path);
        row[MAP_FILLED].number = (double)c->n_filled;
        row[MAP_ROWS].number = (double)of->n;
        row[MAP_SHARE].number = (double)c->n_filled / (double)of->n;
        if (c->kind != LC_KIND_DATE || !c->n_filled)
            continue;
        row[MAP_LOWEST].text = end_text(c, 0, arena);
        row[MAP_HIGHEST].text =
            end_text(c, c->codes.n_levels - (c->codes.missing != LC_NO_CODE) - 1, arena);
        if (!row[MAP_LOWEST].text || !row[MAP_HIGHEST].text)
            return lc_fail_memory(err, "the mapping");
    }
    return LC_OK;
}
