#include "leadcal/optimism.h"

#include <math.h>

#include "leadcal/calibration.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/resample.h"
#include "leadcal/roc.h"

/* The indices of one model on some leads. */
struct indices {
    double auc, slope, brier;
};

/* Everything a resample needs. */
struct work {
    const uint8_t *y;
    size_t n;
    const struct lc_refit *model;
    struct lc_arena *scratch;
    uint32_t *row;
    double *log_odds, *drawn; /* [n] of all leads by place, of the resample's in its order */
    double *p;
    uint8_t *drawn_y;
    struct indices sum; /* of optimisms */
    size_t used;
    enum lc_rc rc;
    struct lc_err *err;
};

static bool make_room(struct work *w)
{
    w->row = LC_NEW(w->scratch, w->n + 1, uint32_t);
    w->log_odds = LC_NEW(w->scratch, w->n + 1, double);
    w->drawn = LC_NEW(w->scratch, w->n + 1, double);
    w->p = LC_NEW(w->scratch, w->n + 1, double);
    w->drawn_y = LC_NEW(w->scratch, w->n + 1, uint8_t);
    return w->row && w->log_odds && w->drawn && w->p && w->drawn_y;
}

static enum lc_rc judge(const struct work *w, const double *log_odds, const uint8_t *y,
                        struct indices *to)
{
    struct lc_calibration c;
    struct lc_auc auc;
    enum lc_rc rc;

    for (size_t i = 0; i < w->n; i++)
        w->p[i] = lc_logistic(log_odds[i]);
    rc = lc_auc(log_odds, y, w->n, w->scratch, &auc, w->err);
    if (!rc)
        rc = lc_calibration(w->p, y, w->n, w->scratch, &c, w->err);
    if (!rc)
        *to = (struct indices){auc.auc, c.slope, lc_brier(w->p, y, w->n)};
    return rc;
}

/* One resample; one without a fit, or on which nothing can be judged, is left out. */
static enum lc_rc add_optimism(struct work *w)
{
    struct indices own, all;
    enum lc_rc rc = w->model->fit(w->model->context, w->row, w->n, w->log_odds, w->err);

    if (rc)
        return rc == LC_EDEGENERATE || rc == LC_ENOCONV ? LC_OK : rc;
    for (size_t i = 0; i < w->n; i++) {
        w->drawn[i] = w->log_odds[w->row[i]];
        w->drawn_y[i] = w->y[w->row[i]];
    }
    rc = judge(w, w->drawn, w->drawn_y, &own);
    if (!rc)
        rc = judge(w, w->log_odds, w->y, &all);
    if (rc || isnan(own.slope) || isnan(all.slope) || isnan(own.auc))
        return rc;
    w->sum.auc += own.auc - all.auc;
    w->sum.slope += own.slope - all.slope;
    w->sum.brier += own.brier - all.brier;
    w->used++;
    return LC_OK;
}

/* Called in the order of the resamples, since no pool draws them. */
static void each(void *context, size_t r, const uint16_t *times)
{
    struct work *w = context;
    size_t n = 0;

    (void)r;
    if (w->rc)
        return;
    for (size_t i = 0; i < w->n; i++)
        for (size_t t = 0; t < times[i]; t++)
            w->row[n++] = (uint32_t)i;
    w->rc = add_optimism(w);
}

static struct lc_corrected correct(const struct work *w, double apparent, double sum)
{
    return (struct lc_corrected){apparent, apparent - sum / (double)w->used};
}

static enum lc_rc run(struct work *w, size_t resamples, uint64_t seed, struct lc_optimism *out)
{
    const struct lc_resampling draws = {.n = w->n, .seed = seed};
    struct indices apparent = {LC_NAN, LC_NAN, LC_NAN};
    enum lc_rc rc;

    for (size_t i = 0; i < w->n; i++)
        w->row[i] = (uint32_t)i;
    rc = w->model->fit(w->model->context, w->row, w->n, w->log_odds, w->err);
    if (!rc)
        rc = judge(w, w->log_odds, w->y, &apparent);
    if (!rc)
        rc = lc_resample(&draws, resamples, NULL, w->scratch, each, w, w->err);
    if (!rc)
        rc = w->rc;
    if (rc)
        return rc;
    if (w->used == 0)
        return lc_fail(w->err, LC_EDEGENERATE,
                       "none of %zu resamples could be fitted, so nothing is known of the "
                       "optimism; bring more wins, or keep the default --penalty",
                       resamples);
    *out = (struct lc_optimism){.auc = correct(w, apparent.auc, w->sum.auc),
                                .slope = correct(w, apparent.slope, w->sum.slope),
                                .brier = correct(w, apparent.brier, w->sum.brier),
                                .used = w->used};
    return LC_OK;
}

enum lc_rc lc_optimism(const uint8_t *y, size_t n, const struct lc_refit *model,
                       size_t resamples, uint64_t seed, struct lc_arena *arena,
                       struct lc_optimism *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct work w = {.y = y, .n = n, .model = model, .scratch = &scratch, .err = err};
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    if (!make_room(&w))
        rc = lc_fail_memory(err, "the optimism");
    if (!rc)
        rc = run(&w, resamples, seed, out);
    lc_arena_release(&scratch);
    return rc;
}
