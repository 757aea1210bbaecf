#include "leadcal/bands.h"

#include <math.h>

#include "bands_internal.h"
#include "leadcal/num.h"
#include "leadcal/roc.h"

#define MODEL        "current"
#define FOLD         "all"
#define MOST_METRICS 8

static const struct lc_heading metric_heading[] = {
    {"model", LC_CELL_TEXT, NULL, true},   {"fold", LC_CELL_TEXT, NULL, true},
    {"metric", LC_CELL_TEXT, NULL, false}, {"value", LC_CELL_REAL, NULL, false},
    {"low", LC_CELL_REAL, NULL, false},    {"high", LC_CELL_REAL, NULL, false},
};

/* What is being made. */
struct making {
    const struct lc_cohort *cohort;
    const struct lc_table_column *column;
    struct lc_arena *arena, *scratch;
    struct lc_score_column score;
    double *order; /* [cohort->n] NaN: no score */
    struct lc_band_list list;
};

static enum lc_rc read_orders(struct making *m, struct lc_err *err)
{
    const struct lc_cohort *c = m->cohort;
    enum lc_rc rc = lc_score_column_read(m->column, m->scratch, &m->score, err);

    if (rc)
        return rc;
    if (c->n_won == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "no lead that counts was won, so no score can be judged");
    m->order = LC_NEW(m->scratch, c->n + 1, double);
    if (!m->order)
        return lc_fail_memory(err, "the bands of a score");
    for (size_t i = 0; i < c->n; i++)
        m->order[i] = m->score.order[lc_code_at(&m->column->codes, c->row[i])];
    return LC_OK;
}

static enum lc_rc fill_bands(struct making *m, struct lc_frame *f, struct lc_err *err)
{
    const struct lc_cohort *c = m->cohort;
    uint32_t *lead = LC_NEW(m->scratch, c->n + 1, uint32_t);
    uint8_t *in = LC_NEW(m->scratch, c->n + 1, uint8_t);
    struct lc_grade_rows rows = {.cohort = c,
                                 .lead = lead,
                                 .n = c->n,
                                 .n_won = c->n_won,
                                 .model = MODEL,
                                 .fold = FOLD,
                                 .arena = m->arena,
                                 .scratch = m->scratch};
    struct lc_from_top top = {0, 0};
    enum lc_rc rc = lc_grade_frame(true, m->arena, f, err);

    if (!lead || !in)
        return lc_fail_memory(err, "the bands of a score");
    for (size_t i = 0; i < c->n; i++)
        lead[i] = (uint32_t)i;
    if (!rc)
        rc = lc_cluster_counts_new(c, lead, c->n, m->scratch, &rows.clusters, err);
    for (size_t k = 0; k <= m->list.n && !rc; k++) {
        const bool all = k == m->list.n;
        const char *name = all ? "(all)" : m->list.band[k].name;

        for (size_t i = 0; i < c->n; i++)
            in[i] = all || lc_band_holds(&m->list.band[k], m->score.kind,
                                         lc_code_at(&m->column->codes, c->row[i]), m->order[i]);
        name = lc_arena_text(m->arena, lc_slice_of(name));
        if (!name)
            return lc_fail_memory(err, "the bands of a score");
        rc =
            lc_grade_rows_add(&rows, in, name, false, k < m->list.scored ? &top : NULL, f, err);
    }
    return rc;
}

/* ---- metrics over the leads that have a score ---- */

static enum lc_rc rank(const struct making *m, struct lc_auc *auc, struct lc_gain gain[2],
                       size_t *n, struct lc_err *err)
{
    static const double fraction[] = {0.1, 0.2};
    const struct lc_cohort *c = m->cohort;
    double *score = LC_NEW(m->scratch, c->n + 1, double);
    uint8_t *y = LC_NEW(m->scratch, c->n + 1, uint8_t);
    enum lc_rc rc;

    if (!score || !y)
        return lc_fail_memory(err, "the bands of a score");
    *n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (isnan(m->order[i]))
            continue;
        score[*n] = m->order[i];
        y[(*n)++] = c->y[i];
    }
    rc = lc_auc(score, y, *n, m->scratch, auc, err);
    return rc ? rc : lc_gains(score, y, *n, fraction, 2, m->scratch, gain, err);
}

static enum lc_rc frame_metrics(struct lc_bands *b, struct lc_arena *arena, struct lc_err *err)
{
    lc_frame_init(&b->metrics, "backtest_metrics", metric_heading,
                  sizeof metric_heading / sizeof *metric_heading, arena);
    for (size_t i = 0; i < b->n_metrics; i++) {
        const struct lc_metric *m = &b->metric[i];
        union lc_value *row = NULL;
        const enum lc_rc rc = lc_frame_add(&b->metrics, &row, err);

        if (rc)
            return rc;
        row[0].text = m->model;
        row[1].text = m->fold;
        row[2].text = m->metric;
        row[3].number = m->value;
        row[4].number = m->low;
        row[5].number = m->high;
    }
    return LC_OK;
}

static enum lc_rc fill_metrics(const struct making *m, struct lc_bands *out, struct lc_err *err)
{
    struct lc_metric *list = LC_NEW(m->arena, MOST_METRICS, struct lc_metric);
    struct lc_gain gain[2];
    struct lc_auc auc;
    size_t n = 0;
    enum lc_rc rc = rank(m, &auc, gain, &n, err);

    if (rc)
        return rc;
    if (!list)
        return lc_fail_memory(err, "the bands of a score");
    list[n = 0] =
        (struct lc_metric){MODEL, FOLD, "test_leads", (double)m->cohort->n, LC_NAN, LC_NAN};
    list[++n] =
        (struct lc_metric){MODEL, FOLD, "test_won", (double)m->cohort->n_won, LC_NAN, LC_NAN};
    list[++n] = (struct lc_metric){MODEL, FOLD, "auc", auc.auc, auc.low, auc.high};
    list[++n] = (struct lc_metric){MODEL, FOLD, "ks", auc.ks, LC_NAN, LC_NAN};
    list[++n] = (struct lc_metric){MODEL, FOLD, "lift_10", gain[0].lift, LC_NAN, LC_NAN};
    list[++n] = (struct lc_metric){MODEL, FOLD, "capture_10", gain[0].capture, LC_NAN, LC_NAN};
    list[++n] = (struct lc_metric){MODEL, FOLD, "lift_20", gain[1].lift, LC_NAN, LC_NAN};
    list[++n] = (struct lc_metric){MODEL, FOLD, "capture_20", gain[1].capture, LC_NAN, LC_NAN};
    out->metric = list;
    out->n_metrics = n + 1;
    return frame_metrics(out, m->arena, err);
}

static enum lc_rc make(struct making *m, const struct lc_bands_options *options,
                       struct lc_bands *out, struct lc_err *err)
{
    struct lc_bands b = {.n_metrics = 0};
    enum lc_rc rc = read_orders(m, err);

    if (!rc)
        rc = lc_bands_cut(&m->score, &m->column->codes, m->cohort, m->order, options,
                          m->scratch, &m->list, err);
    if (!rc)
        rc = fill_bands(m, &b.bands, err);
    if (!rc)
        rc = fill_metrics(m, &b, err);
    if (!rc)
        rc = lc_bands_notes(&m->list, m->cohort, m->column->codes.name, m->scratch, &b.bands,
                            err);
    if (rc)
        return rc;
    b.bands.title = b.metrics.title = lc_cohort_title(m->cohort, m->arena);
    if (!b.bands.title)
        return lc_fail_memory(err, "the bands of a score");
    *out = b;
    return LC_OK;
}

enum lc_rc lc_bands_of(const struct lc_table *table, const struct lc_cohort *cohort,
                       size_t column, const struct lc_bands_options *options,
                       struct lc_arena *arena, struct lc_bands *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct making m = {.cohort = cohort,
                       .column = &table->column[column],
                       .arena = arena,
                       .scratch = &scratch};
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = make(&m, options, out, err);
    lc_arena_release(&scratch);
    return rc;
}
