/* Which differences between models are more than luck, and how far each model may be believed. */
#include <string.h>

#include "report_internal.h"

static const struct lc_heading pair_heading[] = {
    {"against", LC_CELL_TEXT, "the new model against", false},
    {"auc", LC_CELL_REAL, "AUC", false},
    {"auc_p", LC_CELL_P, "p", false},
    {"log_loss", LC_CELL_REAL, "log loss", false},
    {"log_loss_p", LC_CELL_P, "p", false},
    {"wins", LC_CELL_REAL, "wins held, points", false},
    {"wins_p", LC_CELL_P, "p", false},
    {"asked", LC_CELL_TEXT, "asked beforehand", false},
};

static const struct lc_heading verdict_heading[] = {
    {"model", LC_CELL_TEXT, NULL, false},
    {"verdict", LC_CELL_TEXT, NULL, false},
    {"why", LC_CELL_TEXT, NULL, false},
};

#define COUNT_OF(a) (sizeof(a) / sizeof(a)[0])

/* Rows of the new model over all test leads: three metrics, one after the other, for each pair. */
static bool is_shown(const struct lc_frame *from, size_t i, const char *fold)
{
    return lc_cell_is(from, i, "model", "logistic") && lc_cell_is(from, i, "fold", fold) &&
           lc_cell_is(from, i, "metric", "auc") && i + 2 < from->n;
}

static enum lc_rc make_pairs(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_backtest *b = w->r->backtest;
    const struct lc_frame *from = &b->comparisons;

    lc_frame_init(f, "comparisons", pair_heading, COUNT_OF(pair_heading), w->arena);
    for (size_t i = 0; i < from->n; i++) {
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (!is_shown(from, i, b->metric[0].fold))
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        row[0].text = lc_words_for_model(lc_cell_text(from, i, "against"));
        for (size_t j = 0; j < 3; j++) {
            row[1 + 2 * j].number =
                lc_cell_number(from, i + j, "difference") * (j == 2 ? 100 : 1);
            row[2 + 2 * j].number = lc_cell_number(from, i + j, "p");
        }
        row[7].text = lc_cell_is(from, i, "exploratory", "no") ? "yes" : "no";
    }
    return LC_OK;
}

static enum lc_rc make_verdicts(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_frame *from = &w->r->backtest->verdicts;

    lc_frame_init(f, "verdicts", verdict_heading, COUNT_OF(verdict_heading), w->arena);
    for (size_t i = 0; i < from->n; i++) {
        union lc_value *row = NULL;
        const enum lc_rc rc = lc_frame_add(f, &row, w->err);

        if (rc)
            return rc;
        row[0].text = lc_words_for_model(lc_cell_text(from, i, "model"));
        row[1].text = lc_cell_text(from, i, "verdict");
        row[2].text = lc_cell_text(from, i, "why");
    }
    return LC_OK;
}

enum lc_rc lc_put_worked(const struct lc_writing *w)
{
    const struct lc_frame *f = &w->r->backtest->worked;

    if (!f->n)
        return LC_OK;
    return lc_put_table(
        w, f, "Worked and not worked", w->r->backtest->grades.title,
        "Worked: sales has reached out, or accepted; expected, if all were worked: "
        "by a model of the worked leads alone, weighted to stand for all. A grade "
        "that is seldom worked seldom closes",
        0);
}

enum lc_rc lc_put_pairs(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    struct lc_frame f;
    enum lc_rc rc;

    if (!b->comparisons.n)
        return LC_OK;
    rc = make_pairs(w, &f);
    if (!rc && f.n)
        rc = lc_put_table(
            w, &f, "More than luck?", b->grades.title,
            "The new model less the other on the same leads: more AUC and more wins "
            "are better, less log loss is; p: how often luck alone would show as "
            "much",
            0);
    if (!rc)
        rc = make_verdicts(w, &f);
    if (!rc)
        rc = lc_put_table(
            w, &f, "How far each model may be believed", b->grades.title,
            "Not enough evidence: no better than chance for all that is known; weak: "
            "something is missing; usable: nothing is",
            0);
    lc_put_notes(w, b->comparisons.note, b->comparisons.n_notes, NULL);
    return rc;
}
