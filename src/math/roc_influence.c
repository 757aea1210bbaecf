/* The error of an AUC, lead by lead, so that leads of one account can be added up before squaring. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "roc_internal.h"

/* How many clusters hold a lead of the class; every lead is one where there are none. */
static enum lc_rc count_clusters(const uint8_t *y, size_t n, uint8_t class,
                                 const struct lc_clusters *clusters, struct lc_arena *scratch,
                                 double *to, struct lc_err *err)
{
    uint8_t *seen = clusters->of ? LC_NEW(scratch, clusters->n + 1, uint8_t) : NULL;

    if (clusters->of && !seen)
        return lc_fail_memory(err, "leads that belong together");
    *to = 0;
    for (size_t i = 0; i < n; i++) {
        if (y[i] != class || (seen && seen[clusters->of[i]]))
            continue;
        *to += 1;
        if (seen)
            seen[clusters->of[i]] = 1;
    }
    return LC_OK;
}

/* Placements become influences: factor [lost, won]. */
static void scale(const uint8_t *y, size_t n, double area, const double factor[2], double *v)
{
    for (size_t i = 0; i < n; i++)
        v[i] = (v[i] - area) * factor[y[i]];
}

enum lc_rc lc_auc_influence(const double *score, const uint8_t *y, size_t n,
                            const struct lc_clusters *clusters, struct lc_arena *arena,
                            double *influence, double *auc, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_roc_ladder l;
    double area = LC_NAN, factor[2] = {LC_NAN, LC_NAN}, *v = influence;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_roc_climb(score, y, n, &scratch, &l, err);
    for (uint8_t class = 0; class < 2 && !rc; class ++) {
        const double leads = class ? l.all_won : l.all_lost;
        double c = 0;

        rc = count_clusters(y, n, class, clusters, &scratch, &c, err);
        factor[class] = c > 1 ? sqrt(c / (c - 1)) / leads : LC_NAN;
    }
    if (rc)
        goto out;
    memset(v, 0, n * sizeof *v);
    if (l.all_won > 0 && l.all_lost > 0) {
        double sum = 0;

        lc_roc_placements(&l, y, n, v);
        for (size_t i = 0; i < n; i++)
            sum += y[i] ? v[i] : 0;
        area = sum / l.all_won;
    }
    scale(y, n, area, factor, v);
    *auc = area;
out:
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_clustered_variance(const double *influence, size_t n,
                                 const struct lc_clusters *clusters, struct lc_arena *arena,
                                 double *variance, struct lc_err *err)
{
    struct lc_arena scratch;
    const double *part = influence;
    double sum = 0, *of;
    size_t parts = n;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    if (clusters->of) {
        of = LC_NEW(&scratch, clusters->n + 1, double);
        if (!of) {
            rc = lc_fail_memory(err, "leads that belong together");
            goto out;
        }
        for (size_t i = 0; i < n; i++)
            of[clusters->of[i]] += influence[i];
        part = of;
        parts = clusters->n;
    }
    for (size_t c = 0; c < parts; c++)
        sum += part[c] * part[c];
    *variance = sum;
out:
    lc_arena_release(&scratch);
    return rc;
}
