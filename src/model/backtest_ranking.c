/* How well an entrant ranks over the folds. */
#include <math.h>

#include "backtest_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

static const char ranking_text[] = "the ranking of the folds";

/* The folds in which an entrant runs, one after the other as its leads stand. */
static size_t count_folds(const struct lc_race *r, const struct lc_entrant *e)
{
    size_t folds = 0;

    for (size_t k = 0; k < r->parts; k++)
        folds += lc_race_find(&r->part[k], e->name) < r->part[k].n;
    return folds;
}

static const struct lc_entrant *of_part(const struct lc_race *r, size_t k,
                                        const struct lc_entrant *e)
{
    const struct lc_race *part = &r->part[k];
    const size_t m = lc_race_find(part, e->name);

    return m < part->n ? &part->entrant[m] : NULL;
}

enum lc_rc lc_race_influences(const struct lc_race *r, const struct lc_entrant *e,
                              const double *order, const struct lc_clusters *clusters,
                              double *influence, double *auc, struct lc_err *err)
{
    const double folds = (double)count_folds(r, e);
    double mean = 0;
    size_t at = 0;
    enum lc_rc rc = LC_OK;

    for (size_t k = 0; k < r->parts && !rc; k++) {
        const struct lc_entrant *part = of_part(r, k, e);
        const struct lc_clusters some = {clusters->of ? clusters->of + at : NULL, clusters->n};
        double area = LC_NAN;

        if (!part)
            continue;
        rc = lc_auc_influence(order + at, e->y + at, part->n, &some, r->scratch, influence + at,
                              &area, err);
        mean += area / folds;
        at += part->n;
    }
    for (size_t i = 0; i < at && !rc; i++)
        influence[i] /= folds;
    *auc = mean;
    return rc;
}

/* KS of each fold, averaged. */
static enum lc_rc average_ks(const struct lc_race *r, const struct lc_entrant *e, double *ks,
                             struct lc_err *err)
{
    const double folds = (double)count_folds(r, e);
    enum lc_rc rc = LC_OK;

    *ks = 0;
    for (size_t k = 0; k < r->parts && !rc; k++) {
        const struct lc_entrant *part = of_part(r, k, e);
        struct lc_auc auc;

        if (!part)
            continue;
        rc = lc_auc(part->order, part->y, part->n, r->scratch, &auc, err);
        *ks += rc ? 0 : auc.ks / folds;
    }
    return rc;
}

static enum lc_rc auc_by_influence(const struct lc_race *r, const struct lc_entrant *e,
                                   const struct lc_clusters *clusters, struct lc_auc *out,
                                   struct lc_err *err)
{
    double *influence = LC_NEW(r->scratch, e->n + 1, double), variance = LC_NAN;
    enum lc_rc rc;

    if (!influence)
        return lc_fail_memory(err, ranking_text);
    rc = lc_race_influences(r, e, e->order, clusters, influence, &out->auc, err);
    if (!rc)
        rc = lc_clustered_variance(influence, e->n, clusters, r->scratch, &variance, err);
    if (rc)
        return rc;
    out->se = sqrt(variance);
    out->low = fmax(out->auc - LC_Z95 * out->se, 0);
    out->high = fmin(out->auc + LC_Z95 * out->se, 1);
    if (isnan(out->se))
        out->low = out->high = LC_NAN;
    return LC_OK;
}

enum lc_rc lc_race_auc(const struct lc_race *r, const struct lc_entrant *e, struct lc_auc *out,
                       struct lc_err *err)
{
    struct lc_clusters clusters;
    enum lc_rc rc = lc_belonging(r->cohort, e->lead, e->n, r->scratch, &clusters, err);

    if (!rc && r->parts == 1)
        rc = lc_auc(e->order, e->y, e->n, r->scratch, out, err);
    if (rc || (r->parts == 1 && !clusters.of))
        return rc;
    if (r->parts > 1) {
        out->ks_at = LC_NAN;
        rc = average_ks(r, e, &out->ks, err);
    }
    return rc ? rc : auc_by_influence(r, e, &clusters, out, err);
}

enum lc_rc lc_race_gains(const struct lc_race *r, const struct lc_entrant *e,
                         const double *fraction, size_t m, struct lc_gain *gain,
                         struct lc_err *err)
{
    struct lc_gain *some = LC_NEW(r->scratch, m + 1, struct lc_gain);
    const double won = (double)e->n_won, leads = (double)e->n;
    enum lc_rc rc = LC_OK;

    if (!some)
        return lc_fail_memory(err, ranking_text);
    if (r->parts == 1)
        return lc_gains(e->order, e->y, e->n, fraction, m, r->scratch, gain, err);
    for (size_t j = 0; j < m; j++)
        gain[j] = (struct lc_gain){.fraction = fraction[j]};
    for (size_t k = 0; k < r->parts && !rc; k++) {
        const struct lc_entrant *part = of_part(r, k, e);

        if (!part)
            continue;
        rc = lc_gains(part->order, part->y, part->n, fraction, m, r->scratch, some, err);
        for (size_t j = 0; j < m && !rc; j++) {
            gain[j].n_top += some[j].n_top;
            gain[j].won += some[j].n_top ? some[j].won : 0;
        }
    }
    for (size_t j = 0; j < m; j++) {
        gain[j].rate = gain[j].n_top ? gain[j].won / (double)gain[j].n_top : LC_NAN;
        gain[j].lift = gain[j].rate / (won / leads);
        gain[j].capture = gain[j].won / won;
    }
    return rc;
}
