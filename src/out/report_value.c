/* What the leads of each grade brought, and what sets quick wins apart from slow ones. */
#include <string.h>

#include "report_internal.h"

#define MOST_SPLIT \
    12 /* levels of the split shown, those that differ most; the CSV file has all */

enum value_column {
    MODEL,
    GRADE,
    LEADS,
    WON,
    SHARE_OF_WON,
    AMOUNT,
    SHARE_OF_AMOUNT,
    PER_LEAD,
    LOW,
    HIGH,
    VALUE_ALL
};

static const struct lc_heading value_heading[VALUE_ALL] = {
    [MODEL] = {"model", LC_CELL_TEXT, NULL, false},
    [GRADE] = {"grade", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [SHARE_OF_WON] = {"share_of_won", LC_CELL_RATE, "of all wins", false},
    [AMOUNT] = {"won_amount", LC_CELL_REAL, "won amount", false},
    [SHARE_OF_AMOUNT] = {"share_of_amount", LC_CELL_RATE, "of all amount", false},
    [PER_LEAD] = {"amount_per_lead", LC_CELL_REAL, "amount per lead", false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
};

/* Letters and digits: the cells have too few wins for an amount. */
static bool is_margin(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return strlen(lc_cell_text(f, i, "grade")) != 2;
}

/* The table calls models by their files, the new one first; people call them otherwise. */
static const char *called(const struct lc_frame *from, const char *file)
{
    return strcmp(file, lc_cell_text(from, 0, "model")) == 0 ? "the new model"
                                                             : "the score in use";
}

/* "candidate.json, grade A: ..." with the model as people call it; other notes as they are. */
static const char *note_text(const struct lc_writing *w, const struct lc_frame *from,
                             const char *note)
{
    const size_t ends[] = {0, from->n - 1};

    for (size_t i = 0; i < 2; i++) {
        const char *file = lc_cell_text(from, ends[i], "model");
        const size_t n = strlen(file);

        if (strncmp(note, file, n) == 0 && note[n] == ',')
            return lc_arena_format(w->arena, "%s%s", called(from, file), note + n);
    }
    return note;
}

static enum lc_rc put_value_notes(const struct lc_writing *w, const struct lc_frame *from)
{
    const char **note = LC_NEW(w->arena, from->n_notes + 1, const char *);

    if (!note)
        return lc_fail_memory(w->err, "the report");
    for (size_t i = 0; i < from->n_notes; i++) {
        note[i] = note_text(w, from, from->note[i]);
        if (!note[i])
            return lc_fail_memory(w->err, "the report");
    }
    lc_put_notes(w, note, from->n_notes, NULL);
    return LC_OK;
}

enum lc_rc lc_put_value(const struct lc_writing *w)
{
    const struct lc_pick pick = {
        .name = "value", .heading = value_heading, .k = VALUE_ALL, .keep = is_margin};
    const struct lc_frame *from = w->r->value;
    struct lc_frame f;
    enum lc_rc rc;

    if (!from || !from->n)
        return LC_OK;
    rc = lc_pick_rows(from, &pick, w->arena, &f, w->err);
    if (rc)
        return rc;
    for (size_t i = 0; i < f.n; i++) {
        union lc_value *row = f.value + i * f.k;

        row[MODEL].text = called(from, row[MODEL].text);
    }
    rc = lc_put_table(
        w, &f, "What the grades brought", from->title,
        "Won amount over all leads of the grade. Where the share of all amount is larger "
        "than that of all wins, the grade brings larger deals. The new model has learnt from "
        "these leads, which flatters its grades; amounts of later leads stand in backtest.csv",
        0);
    return rc ? rc : put_value_notes(w, from);
}

enum split_column { ATTRIBUTE, LEVEL, SPLIT_WON, OF_SHORT, OF_LONG, MEDIAN, P, SPLIT_ALL };

static const struct lc_heading split_heading[SPLIT_ALL] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [SPLIT_WON] = {"won", LC_CELL_COUNT, NULL, false},
    [OF_SHORT] = {"share_of_short", LC_CELL_RATE, "of short wins", false},
    [OF_LONG] = {"share_of_long", LC_CELL_RATE, "of long wins", false},
    [MEDIAN] = {"median_days", LC_CELL_REAL, "median days", false},
    [P] = {"p_adjusted", LC_CELL_P, "p adjusted", false},
};

/* The rows that are shown: those of the smallest p, and of the same p the first. */
struct surest {
    double p[MOST_SPLIT];
    size_t row[MOST_SPLIT], n;
};

static void note_row(struct surest *surest, double p, size_t row)
{
    size_t at = surest->n;

    if (!(p <= 1) || (at == MOST_SPLIT && surest->p[at - 1] <= p))
        return;
    if (at == MOST_SPLIT)
        at--;
    else
        surest->n++;
    for (; at > 0 && surest->p[at - 1] > p; at--) {
        surest->p[at] = surest->p[at - 1];
        surest->row[at] = surest->row[at - 1];
    }
    surest->p[at] = p;
    surest->row[at] = row;
}

static bool is_sure(const struct lc_frame *f, size_t i, const void *context)
{
    const struct surest *surest = context;

    (void)f;
    for (size_t at = 0; at < surest->n; at++)
        if (surest->row[at] == i)
            return true;
    return false;
}

enum lc_rc lc_put_cycle_split(const struct lc_writing *w)
{
    struct surest surest = {.n = 0};
    const struct lc_pick pick = {.name = "cycle_split",
                                 .heading = split_heading,
                                 .k = SPLIT_ALL,
                                 .keep = is_sure,
                                 .context = &surest};
    const struct lc_frame *from = w->r->cycle_split;
    enum lc_rc rc;

    if (!from)
        return LC_OK;
    for (size_t i = 0; i < from->n; i++)
        note_row(&surest, lc_cell_number(from, i, "p"), i);
    rc = lc_put_picked(w, from, &pick, "Quick wins against slow ones",
                       "The wins split at their median cycle: each level's share of the short "
                       "ones and of the long ones, the levels that differ most; p is "
                       "adjusted for all levels looked at");
    if (!rc)
        lc_put_notes(w, from->note, from->n_notes, NULL);
    return rc;
}
