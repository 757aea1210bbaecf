/* The grade cells of a model as a table: cells.csv of recalibrate. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/agreement.h"
#include "leadcal/num.h"

enum cells_column {
    CELL_GRADE,
    CELL_LEADS,
    CELL_SHARE,
    CELL_WON,
    CELL_RATE,
    CELL_EXPECTED,
    CELL_SHOWN,
    CELL_SOURCE,
    CELL_SLA,
    CELL_ACTION,
    CELL_LANE,
    CELL_HANDED,
    CELL_RANK,
    CELL_ALL
};

static const struct lc_heading heading[CELL_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"share", LC_CELL_RATE, "share of leads", false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", true},
    {"expected", LC_CELL_RATE, "expected", true},
    {"shown_rate", LC_CELL_RATE, "close rate", false},
    {"shown", LC_CELL_TEXT, "which is", false},
    {"sla_hours", LC_CELL_COUNT, "SLA hours", false},
    {"action", LC_CELL_TEXT, NULL, false},
    {"lane", LC_CELL_TEXT, NULL, false},
    {"hand_over", LC_CELL_TEXT, "handed over", false},
    {"expected_rank", LC_CELL_COUNT, "rank by expected", true},
};

/* What was agreed for a cell; a margin has no lane, and nothing is said of its hand-over. */
static void put_agreed(const struct lc_model *model, const struct lc_model_cell *cell,
                       union lc_value *row)
{
    const struct lc_spec_cell *agreed = lc_agreement_cell(&model->agreement, cell->grade);

    if (agreed) {
        row[CELL_LANE].text = agreed->lane;
        row[CELL_HANDED].text =
            lc_texts_have(model->agreement.hand_over, cell->grade) ? "yes" : "no";
    }
    for (size_t i = 0; i < model->by_expected.n; i++)
        if (strcmp(model->by_expected.text[i], cell->grade) == 0)
            row[CELL_RANK].number = (double)(i + 1);
}

enum lc_rc cmd_cells_frame(const struct lc_model *model, struct lc_frame *frame,
                           struct lc_arena *arena, struct lc_err *err)
{
    double all = 0;
    struct lc_frame f;

    lc_frame_init(&f, "cells", heading, CELL_ALL, arena);
    f.title = "Grades of the training leads";
    for (size_t i = 0; i < model->n_cells; i++)
        all += model->cell[i].leads;
    for (size_t i = 0; i < model->n_cells; i++) {
        const struct lc_model_cell *cell = &model->cell[i];
        const bool few = cell->leads < LC_FEW_LEADS;
        union lc_value *row;
        const enum lc_rc rc = lc_frame_add(&f, &row, err);

        if (rc)
            return rc;
        row[CELL_GRADE].text = cell->grade;
        row[CELL_LEADS].number = cell->leads;
        row[CELL_SHARE].number = all > 0 ? cell->leads / all : LC_NAN;
        row[CELL_WON].number = cell->won;
        row[CELL_RATE].number = cell->leads > 0 ? cell->won / cell->leads : LC_NAN;
        row[CELL_EXPECTED].number = cell->expected;
        row[CELL_SHOWN].number = few ? cell->expected : row[CELL_RATE].number;
        row[CELL_SOURCE].text = few ? "expected, fewer than 20 leads" : "observed";
        row[CELL_SLA].number = cell->sla_hours ? cell->sla_hours : LC_NAN;
        row[CELL_ACTION].text = cell->action;
        put_agreed(model, cell, row);
    }
    *frame = f;
    return LC_OK;
}
