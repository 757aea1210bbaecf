#include "leadcal/roc.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc_counts.h"

#define GAIN_ROUNDING 1e-9 /* leads: 0.3 of 10 is 3, though 0.3 * 10 is a hair less */

/* One lead: its score, its outcome, its place in the caller's arrays. */
struct lead {
    double score;
    size_t at;
    uint8_t won;
};

/* Leads of one score. */
struct groups {
    size_t k, n;
    struct lead *lead;          /* [n] by rising score, then place */
    double *score, *won, *lost; /* [k] rising */
    double all_won, all_lost;
};

static int by_score(const void *a, const void *b)
{
    const struct lead *x = a, *y = b;

    if (x->score != y->score)
        return x->score < y->score ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static enum lc_rc group(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                        struct groups *g, struct lc_err *err)
{
    *g = (struct groups){.n = n,
                         .lead = LC_NEW(arena, n + 1, struct lead),
                         .score = LC_NEW(arena, n + 1, double),
                         .won = LC_NEW(arena, n + 1, double),
                         .lost = LC_NEW(arena, n + 1, double)};
    if (!g->lead || !g->score || !g->won || !g->lost)
        return lc_fail_memory(err, "the scores");
    for (size_t i = 0; i < n; i++)
        g->lead[i] = (struct lead){score[i], i, y[i]};
    qsort(g->lead, n, sizeof *g->lead, by_score);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || g->lead[i].score != g->score[g->k - 1])
            g->score[g->k++] = g->lead[i].score;
        if (g->lead[i].won) {
            g->won[g->k - 1] += 1;
            g->all_won += 1;
        } else {
            g->lost[g->k - 1] += 1;
            g->all_lost += 1;
        }
    }
    return LC_OK;
}

enum lc_rc lc_auc(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                  struct lc_auc *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_auc auc;
    struct groups g;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = group(score, y, n, &scratch, &g, err);
    if (!rc) {
        auc = lc_auc_counts(g.won, g.lost, g.k);
        if (!isnan(auc.ks_at))
            auc.ks_at = g.score[(size_t)auc.ks_at];
        *out = auc;
    }
    lc_arena_release(&scratch);
    return rc;
}

/* Placement of each lead among those of the other outcome: the share that it beats (if won) or
 * that beats it (if not), ties one half. [n] by the caller's places. */
static enum lc_rc placements(const double *score, const uint8_t *y, size_t n,
                             struct lc_arena *arena, double **to, struct lc_err *err)
{
    double *v = LC_NEW(arena, n + 1, double), won_below = 0, lost_below = 0;
    struct groups g;
    size_t i = 0;
    enum lc_rc rc;

    if (!v)
        return lc_fail_memory(err, "the scores");
    rc = group(score, y, n, arena, &g, err);
    if (rc)
        return rc;
    for (size_t j = 0; j < g.k; j++) {
        for (; i < n && g.lead[i].score == g.score[j]; i++)
            v[g.lead[i].at] = g.lead[i].won
                                  ? (lost_below + g.lost[j] / 2) / g.all_lost
                                  : (g.all_won - won_below - g.won[j] / 2) / g.all_won;
        won_below += g.won[j];
        lost_below += g.lost[j];
    }
    *to = v;
    return LC_OK;
}

static double mean_of(const double *v, const uint8_t *y, size_t n, uint8_t class)
{
    double sum = 0, count = 0;

    for (size_t i = 0; i < n; i++)
        if ((y[i] != 0) == class) {
            sum += v[i];
            count += 1;
        }
    return sum / count;
}

/* Covariance of two sets of placements over both classes: S10 / m + S01 / n. */
static double covariance(const double *a, const double *b, const uint8_t *y, size_t n)
{
    double total = 0;

    for (uint8_t class = 0; class < 2; class ++) {
        const double ma = mean_of(a, y, n, class), mb = mean_of(b, y, n, class);
        double sum = 0, count = 0;

        for (size_t i = 0; i < n; i++)
            if ((y[i] != 0) == class) {
                sum += (a[i] - ma) * (b[i] - mb);
                count += 1;
            }
        total += sum / (count - 1) / count;
    }
    return total;
}

enum lc_rc lc_auc_compare(const double *a, const double *b, const uint8_t *y, size_t n,
                          struct lc_arena *arena, struct lc_auc_pair *out, struct lc_err *err)
{
    struct lc_auc_pair p = {0};
    struct lc_arena scratch;
    double *va = NULL, *vb = NULL, variance;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = placements(a, y, n, &scratch, &va, err);
    if (!rc)
        rc = placements(b, y, n, &scratch, &vb, err);
    if (!rc) {
        p.difference = mean_of(va, y, n, 1) - mean_of(vb, y, n, 1);
        p.covariance = covariance(va, vb, y, n);
        variance = covariance(va, va, y, n) + covariance(vb, vb, y, n) - 2 * p.covariance;
        p.se = sqrt(fmax(variance, 0));
        p.z = p.se > 0 ? p.difference / p.se : LC_NAN;
        p.p = erfc(fabs(p.z) / sqrt(2));
        p.low = p.difference - LC_Z95 * p.se;
        p.high = p.difference + LC_Z95 * p.se;
        *out = p;
    }
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_youden(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                     struct lc_youden *out, struct lc_err *err)
{
    struct lc_youden best = {LC_NAN, LC_NAN, LC_NAN};
    double won_below = 0, lost_below = 0;
    struct lc_arena scratch;
    struct groups g;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = group(score, y, n, &scratch, &g, err);
    for (size_t j = 0; !rc && j + 1 < g.k; j++) {
        double sensitivity, specificity;

        won_below += g.won[j];
        lost_below += g.lost[j];
        sensitivity = 1 - won_below / g.all_won;
        specificity = lost_below / g.all_lost;
        if (isnan(best.threshold) ||
            sensitivity + specificity > best.sensitivity + best.specificity)
            best =
                (struct lc_youden){(g.score[j] + g.score[j + 1]) / 2, sensitivity, specificity};
    }
    lc_arena_release(&scratch);
    if (!rc)
        *out = best;
    return rc;
}

/* Wins among the n_top highest scores; the group at the edge gives its share. */
static double won_above(const struct groups *g, double n_top)
{
    double won = 0, left = n_top;

    for (size_t j = g->k; j-- > 0 && left > 0;) {
        const double here = g->won[j] + g->lost[j];

        won += here <= left ? g->won[j] : g->won[j] * left / here;
        left -= here;
    }
    return won;
}

enum lc_rc lc_gains(const double *score, const uint8_t *y, size_t n, const double *fraction,
                    size_t m, struct lc_arena *arena, struct lc_gain *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct groups g;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = group(score, y, n, &scratch, &g, err);
    for (size_t i = 0; !rc && i < m; i++) {
        const double n_top = floor(fraction[i] * (double)n + GAIN_ROUNDING);
        const double won = won_above(&g, n_top);

        out[i] = (struct lc_gain){.fraction = fraction[i],
                                  .n_top = (size_t)n_top,
                                  .won = won,
                                  .rate = n_top > 0 ? won / n_top : LC_NAN,
                                  .capture = g.all_won > 0 ? won / g.all_won : LC_NAN};
        out[i].lift = g.all_won > 0 ? out[i].rate / (g.all_won / (double)n) : LC_NAN;
    }
    lc_arena_release(&scratch);
    return rc;
}
