/* The file of rows that were turned away, and of what was assumed. */
#include "cmd_reject.h"

#include <string.h>

#include "leadcal/io.h"
#include "leadcal/num.h"

enum reject_column {
    REJECT_FILE,
    REJECT_LINE,
    REJECT_BYTE,
    REJECT_COLUMN,
    REJECT_CELLS,
    REJECT_REASON,
    REJECT_DONE,
    REJECT_NOTE,
    REJECT_ALL
};

static const struct lc_heading heading[REJECT_ALL] = {
    {"file", LC_CELL_TEXT, NULL, false},   {"line", LC_CELL_COUNT, NULL, false},
    {"byte", LC_CELL_COUNT, NULL, false},  {"column", LC_CELL_COUNT, NULL, false},
    {"cells", LC_CELL_COUNT, NULL, false}, {"reason", LC_CELL_TEXT, NULL, false},
    {"done", LC_CELL_TEXT, NULL, false},   {"note", LC_CELL_TEXT, NULL, false},
};

void cmd_reject_frame(struct lc_frame *frame, struct lc_arena *arena)
{
    lc_frame_init(frame, "rejects", heading, REJECT_ALL, arena);
    frame->title = "Rows turned away";
}

static double count_or_none(size_t n)
{
    return n ? (double)n : LC_NAN;
}

enum lc_rc cmd_reject_add(struct lc_frame *frame, const char *path, const struct lc_away *away,
                          struct lc_err *err)
{
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[REJECT_FILE].text = strcmp(path, "-") == 0 ? "standard input" : lc_base_name(path);
    row[REJECT_LINE].number = (double)away->line;
    row[REJECT_BYTE].number = (double)away->byte;
    row[REJECT_COLUMN].number = count_or_none(away->column);
    row[REJECT_CELLS].number = (double)away->fields;
    row[REJECT_REASON].text = away->kind;
    row[REJECT_DONE].text = away->skipped ? "skipped" : "rejected";
    row[REJECT_NOTE].text = NULL;
    return LC_OK;
}

enum lc_rc cmd_reject_notes(struct lc_frame *frame, const struct lc_load_account *account,
                            struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < account->n_notes && !rc; i++) {
        union lc_value *row;

        rc = lc_frame_add(frame, &row, err);
        if (rc)
            break;
        for (size_t j = 0; j < REJECT_ALL; j++)
            if (heading[j].cell == LC_CELL_TEXT)
                row[j].text = NULL;
            else
                row[j].number = LC_NAN;
        row[REJECT_REASON].text = "assumption";
        row[REJECT_DONE].text = "assumed";
        row[REJECT_NOTE].text = account->note[i];
    }
    return rc;
}

enum lc_rc cmd_reject_write(const struct lc_frame *frame, const char *path, bool force,
                            struct lc_err *err)
{
    const struct cmd_output out = {.path = path, .format = -1, .force = force};

    return cmd_put_frame(&out, frame, 0, err);
}
