/* Is the difference more than luck? Pairs of models on the same leads. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/calibration.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/resample.h"

#define SEED 20260102 /* of the bootstrap of log loss: any number, the same for everybody */

static const char pairs_text[] = "the comparisons";

enum column { MODEL, AGAINST, FOLD, METRIC, DIFFERENCE, LOW, HIGH, P, EXPLORATORY, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    {"model", LC_CELL_TEXT, NULL, false},       {"against", LC_CELL_TEXT, NULL, false},
    {"fold", LC_CELL_TEXT, NULL, false},        {"metric", LC_CELL_TEXT, NULL, false},
    {"difference", LC_CELL_REAL, NULL, false},  {"low", LC_CELL_REAL, NULL, false},
    {"high", LC_CELL_REAL, NULL, false},        {"p", LC_CELL_REAL, NULL, false},
    {"exploratory", LC_CELL_TEXT, NULL, false},
};

/* Models on the leads that all of them may be judged by. */
struct same {
    const struct lc_race *race;
    const struct lc_entrant *e; /* whose leads they are */
    size_t n;                   /* models */
    size_t entrant[LC_MOST_ENTRANTS];
    double *order[LC_MOST_ENTRANTS], *loss[LC_MOST_ENTRANTS]; /* [e->n] */
    double *influence[LC_MOST_ENTRANTS], auc[LC_MOST_ENTRANTS];
    const struct lc_captured *captured;
    const double *loss_draw, *capture_draw; /* [LC_RESAMPLES * n] */
    struct lc_clusters clusters;
};

static double loss_of(double p, uint8_t y)
{
    return y ? -log(p) : -log1p(-p);
}

/* What one model says of those leads. */
static enum lc_rc line_up(struct same *s, size_t m, size_t *at, struct lc_err *err)
{
    const struct lc_race *r = s->race;
    const struct lc_entrant *e = &r->entrant[m];
    const size_t k = s->n++, n = s->e->n;

    s->entrant[k] = m;
    s->order[k] = LC_NEW(r->scratch, n + 1, double);
    s->loss[k] = LC_NEW(r->scratch, n + 1, double);
    s->influence[k] = LC_NEW(r->scratch, n + 1, double);
    if (!s->order[k] || !s->loss[k] || !s->influence[k])
        return lc_fail_memory(err, pairs_text);
    lc_race_places(s->e, e->lead, at);
    for (size_t i = 0; i < n; i++) {
        s->order[k][i] = e->order[at[i]];
        s->loss[k][i] = loss_of(e->p[at[i]], s->e->y[i]);
    }
    return lc_race_influences(r, s->e, s->order[k], &s->clusters, s->influence[k], &s->auc[k],
                              err);
}

/* The best of each week, for every model, and in resamples of the leads. */
static enum lc_rc draw_captures(struct same *s, const size_t *at, const double *const *order,
                                struct lc_err *err)
{
    const struct lc_race *r = s->race;
    const double per_week = r->captures->per_week;
    uint32_t *week = LC_NEW(r->scratch, s->e->n + 1, uint32_t);
    struct lc_race_captures *own = LC_NEW(r->scratch, 1, struct lc_race_captures);
    struct lc_capture_data data;
    struct lc_captured chance;
    enum lc_rc rc;

    if (!week || !own)
        return lc_fail_memory(err, pairs_text);
    for (size_t i = 0; i < s->e->n; i++)
        week[i] = r->week[at[i]];
    data = (struct lc_capture_data){.n = s->e->n,
                                    .y = s->e->y,
                                    .period = week,
                                    .periods = r->periods,
                                    .volume = per_week * (isnan(r->weeks) ? 1 : r->weeks) /
                                              (double)r->periods,
                                    .score = order,
                                    .m = s->n,
                                    .cluster = s->clusters.of,
                                    .clusters = s->clusters.n};
    s->captured = own->captured;
    s->capture_draw = own->draw;
    rc = lc_capture(&data, r->scratch, own->captured, &chance, err);
    return rc ? rc
              : lc_capture_bootstrap(&data, LC_RESAMPLES, LC_VOLUME_SEED, r->pool, r->scratch,
                                     own->draw, err);
}

/* All models on the leads of e; the score in use is among them where they are its own. */
static enum lc_rc gather(const struct lc_race *r, const struct lc_entrant *e, bool with_current,
                         struct same *s, struct lc_err *err)
{
    const double *order[LC_MOST_ENTRANTS], *loss[LC_MOST_ENTRANTS];
    double *loss_draw = LC_NEW(r->scratch, LC_RESAMPLES * LC_MOST_ENTRANTS, double);
    size_t *at = LC_NEW(r->scratch, e->n + 1, size_t);
    struct lc_resampling how;
    enum lc_rc rc;

    *s = (struct same){.race = r,
                       .e = e,
                       .captured = r->captures->captured,
                       .loss_draw = loss_draw,
                       .capture_draw = r->captures->draw};
    if (!at || !loss_draw)
        return lc_fail_memory(err, pairs_text);
    rc = lc_belonging(r->cohort, e->lead, e->n, r->scratch, &s->clusters, err);
    for (size_t m = 0; m < r->n && !rc; m++)
        if (m != r->current || with_current)
            rc = line_up(s, m, at, err);
    if (rc)
        return rc;
    for (size_t k = 0; k < s->n; k++) {
        order[k] = s->order[k];
        loss[k] = s->loss[k];
    }
    how = (struct lc_resampling){
        .n = e->n, .cluster = s->clusters.of, .clusters = s->clusters.n, .seed = SEED};
    rc = lc_resample_means(&how, loss, s->n, LC_RESAMPLES, r->pool, r->scratch, loss_draw, err);
    lc_race_places(e, r->split.test, at);
    return rc || !with_current ? rc : draw_captures(s, at, order, err);
}

/* ---- rows ---- */

static enum lc_rc add(const struct same *s, size_t a, size_t b, const char *metric,
                      double difference, double sd, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_race *r = s->race;
    const size_t model = s->entrant[a], against = s->entrant[b];
    const bool planned = model == r->challenger &&
                         (r->current < r->n ? against == r->current : against == r->n - 1);
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[MODEL].text = r->entrant[model].name;
    row[AGAINST].text = r->entrant[against].name;
    row[FOLD].text = r->fold;
    row[METRIC].text = metric;
    row[DIFFERENCE].number = difference;
    row[LOW].number = difference - LC_Z95 * sd;
    row[HIGH].number = difference + LC_Z95 * sd;
    row[P].number = sd > 0 ? erfc(fabs(difference) / (sd * sqrt(2))) : LC_NAN;
    row[EXPLORATORY].text = planned ? "no" : "yes";
    return LC_OK;
}

static enum lc_rc add_auc(const struct same *s, size_t a, size_t b, struct lc_frame *frame,
                          struct lc_err *err)
{
    double *influence = LC_NEW(s->race->scratch, s->e->n + 1, double), variance = LC_NAN;
    enum lc_rc rc;

    if (!influence)
        return lc_fail_memory(err, pairs_text);
    for (size_t i = 0; i < s->e->n; i++)
        influence[i] = s->influence[a][i] - s->influence[b][i];
    rc = lc_clustered_variance(influence, s->e->n, &s->clusters, s->race->scratch, &variance,
                               err);
    return rc ? rc : add(s, a, b, "auc", s->auc[a] - s->auc[b], sqrt(variance), frame, err);
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static enum lc_rc add_pair(const struct same *s, size_t a, size_t b, struct lc_frame *frame,
                           struct lc_err *err)
{
    const size_t n = s->e->n;
    enum lc_rc rc = add_auc(s, a, b, frame, err);

    if (!rc)
        rc = add(s, a, b, "log_loss", mean_of(s->loss[a], n) - mean_of(s->loss[b], n),
                 lc_resample_sd(s->loss_draw, LC_RESAMPLES, s->n, a, b), frame, err);
    if (!rc)
        rc = add(s, a, b, "capture_at_capacity", s->captured[a].share - s->captured[b].share,
                 lc_resample_sd(s->capture_draw, LC_RESAMPLES, s->n, a, b), frame, err);
    return rc;
}

/* Every model against the one at place `against` of s; the challenger against each of the rest. */
static enum lc_rc add_pairs(const struct same *s, size_t against, struct lc_frame *frame,
                            struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t a = 0; a < s->n && !rc; a++)
        if (a != against && s->entrant[a] != s->race->n - 1)
            rc = add_pair(s, a, against, frame, err);
    return rc;
}

static size_t place_of(const struct same *s, size_t entrant)
{
    size_t k = 0;

    while (k < s->n && s->entrant[k] != entrant)
        k++;
    return k;
}

static enum lc_rc compare_fold(const struct lc_race *r, struct lc_frame *frame,
                               struct lc_err *err)
{
    struct same s;
    enum lc_rc rc = LC_OK;

    if (r->current < r->n) {
        rc = gather(r, &r->entrant[r->current], true, &s, err);
        if (!rc)
            rc = add_pairs(&s, place_of(&s, r->current), frame, err);
    }
    if (!rc)
        rc = gather(r, &r->entrant[r->n - 1], false, &s, err);
    if (!rc)
        rc = add_pairs(&s, place_of(&s, r->n - 1), frame, err);
    for (size_t b = 0; b < s.n && !rc; b++)
        if (s.entrant[b] != r->challenger && s.entrant[b] != r->n - 1)
            rc = add_pair(&s, place_of(&s, r->challenger), b, frame, err);
    return rc;
}

enum lc_rc lc_race_comparisons(const struct lc_race *all, struct lc_frame *frame,
                               struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "comparisons", heading, COLUMNS, all->arena);
    if (!all->options->comparisons)
        return LC_OK;
    rc = compare_fold(all, frame, err);
    for (size_t k = 0; all->parts > 1 && k < all->parts && !rc; k++)
        rc = compare_fold(&all->part[k], frame, err);
    if (rc)
        return rc;
    return lc_frame_note(
        frame, err,
        "the question that was asked beforehand is whether %s beats %s; every other row is "
        "exploratory, and of twenty such rows one looks certain by luck",
        all->options->challenger,
        all->current < all->n ? "the score in use" : "no score at all");
}
