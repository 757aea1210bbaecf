#include "leadcal/roc.h"

#include <math.h>
#include <stdbool.h>

#include "leadcal/num.h"
#include "leadcal/order.h"
#include "leadcal/rate.h"
#include "leadcal/roc_counts.h"
#include "roc_internal.h"

#define WHOLE 1e-9 /* 0.29 of 100 rows are 29, though the product is 28.999999999999996 */

enum lc_rc lc_roc_climb(const double *score, const uint8_t *y, size_t n,
                        struct lc_arena *scratch, struct lc_roc_ladder *to, struct lc_err *err)
{
    struct lc_roc_ladder l = {.place = LC_NEW(scratch, n, struct lc_roc_place),
                              .score = LC_NEW(scratch, n, double),
                              .won = LC_NEW(scratch, n, double),
                              .lost = LC_NEW(scratch, n, double)};
    uint32_t *row = LC_NEW(scratch, n, uint32_t);
    enum lc_rc rc;

    if (!l.place || !l.score || !l.won || !l.lost || !row)
        return lc_fail_memory(err, "sorting the scores");
    rc = lc_order_rising(score, n, scratch, row, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++)
        l.place[i] = (struct lc_roc_place){score[row[i]], row[i]};
    for (size_t i = 0; i < n; i++) {
        const bool won = y[l.place[i].row] != 0;

        if (i == 0 || l.place[i].score > l.score[l.n_steps - 1])
            l.score[l.n_steps++] = l.place[i].score;
        l.won[l.n_steps - 1] += won;
        l.lost[l.n_steps - 1] += !won;
        l.all_won += won;
        l.all_lost += !won;
    }
    *to = l;
    return LC_OK;
}

static void open_scratch(struct lc_arena *scratch, const struct lc_arena *arena)
{
    lc_arena_init(scratch, arena->limit - arena->used);
}

enum lc_rc lc_auc(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                  struct lc_auc *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_roc_ladder l;
    double won = 0, lost = 0, most = -1;
    enum lc_rc rc;

    open_scratch(&scratch, arena);
    rc = lc_roc_climb(score, y, n, &scratch, &l, err);
    if (rc)
        goto out;
    *out = lc_auc_counts(l.won, l.lost, l.n_steps);
    for (size_t j = 0; j < l.n_steps && l.all_won > 0 && l.all_lost > 0; j++) {
        won += l.won[j];
        lost += l.lost[j];
        if (fabs(won / l.all_won - lost / l.all_lost) > most) {
            most = fabs(won / l.all_won - lost / l.all_lost);
            out->ks_at = l.score[j];
        }
    }
out:
    lc_arena_release(&scratch);
    return rc;
}

void lc_roc_placements(const struct lc_roc_ladder *l, const uint8_t *y, size_t n, double *v)
{
    double won = 0, lost = 0;
    size_t at = 0;

    for (size_t j = 0; j < l->n_steps; j++) {
        for (; at < n && !(l->place[at].score > l->score[j]); at++) {
            const size_t row = l->place[at].row;

            v[row] = y[row] ? (lost + l->lost[j] / 2) / l->all_lost
                            : (l->all_won - won - l->won[j] / 2) / l->all_won;
        }
        won += l->won[j];
        lost += l->lost[j];
    }
}

/* Covariance of two AUCs: that of the placements of the won, and of the lost. */
static double covariance(const double *a, const double *b, const uint8_t *y, size_t n)
{
    double sum = 0;

    for (int won = 0; won < 2; won++) {
        double mean_a = 0, mean_b = 0, count = 0, product = 0;

        for (size_t i = 0; i < n; i++)
            if ((y[i] != 0) == won) {
                mean_a += a[i];
                mean_b += b[i];
                count++;
            }
        mean_a /= count;
        mean_b /= count;
        for (size_t i = 0; i < n; i++)
            if ((y[i] != 0) == won)
                product += (a[i] - mean_a) * (b[i] - mean_b);
        sum += product / (count - 1) / count;
    }
    return sum;
}

static struct lc_auc_pair compare(const double *a, const double *b, const uint8_t *y, size_t n)
{
    struct lc_auc_pair out = {0};
    double variance, count = 0;

    for (size_t i = 0; i < n; i++)
        if (y[i]) {
            out.difference += a[i] - b[i];
            count++;
        }
    out.difference /= count;
    out.covariance = covariance(a, b, y, n);
    variance = covariance(a, a, y, n) + covariance(b, b, y, n) - 2 * out.covariance;
    out.se = sqrt(fmax(variance, 0));
    out.z = out.difference / out.se;
    if (out.difference == 0 && out.se == 0)
        out.z = 0; /* the two scores put every pair in the same order */
    out.p = erfc(fabs(out.z) / sqrt(2));
    out.low = out.difference - LC_Z95 * out.se;
    out.high = out.difference + LC_Z95 * out.se;
    return out;
}

enum lc_rc lc_auc_compare(const double *a, const double *b, const uint8_t *y, size_t n,
                          struct lc_arena *arena, struct lc_auc_pair *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_roc_ladder of_a = {0}, of_b = {0};
    double *v = NULL, *w = NULL;
    enum lc_rc rc;

    open_scratch(&scratch, arena);
    rc = lc_roc_climb(a, y, n, &scratch, &of_a, err);
    if (!rc)
        rc = lc_roc_climb(b, y, n, &scratch, &of_b, err);
    if (rc)
        goto out;
    v = LC_NEW(&scratch, n, double);
    w = LC_NEW(&scratch, n, double);
    if (!v || !w) {
        rc = lc_fail_memory(err, "comparing two scores");
        goto out;
    }
    if (of_a.all_won < 2 ||
        of_a.all_lost < 2) { /* two of each class, or there is no variance */
        *out = (struct lc_auc_pair){LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN};
        goto out;
    }
    lc_roc_placements(&of_a, y, n, v);
    lc_roc_placements(&of_b, y, n, w);
    *out = compare(v, w, y, n);
out:
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_youden(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                     struct lc_youden *out, struct lc_err *err)
{
    struct lc_youden best = {LC_NAN, LC_NAN, LC_NAN};
    struct lc_arena scratch;
    struct lc_roc_ladder l;
    double won = 0, lost = 0, most = -HUGE_VAL;
    enum lc_rc rc;

    open_scratch(&scratch, arena);
    rc = lc_roc_climb(score, y, n, &scratch, &l, err);
    if (rc)
        goto out;
    for (size_t j = 0; j + 1 < l.n_steps && l.all_won > 0 && l.all_lost > 0; j++) {
        double sensitivity, specificity;

        won += l.won[j];
        lost += l.lost[j];
        sensitivity = 1 - won / l.all_won;
        specificity = lost / l.all_lost;
        if (sensitivity + specificity > most) {
            most = sensitivity + specificity;
            best = (struct lc_youden){l.score[j] + (l.score[j + 1] - l.score[j]) / 2,
                                      sensitivity, specificity};
        }
    }
    *out = best;
out:
    lc_arena_release(&scratch);
    return rc;
}

static struct lc_gain gain_of(const struct lc_roc_ladder *l, size_t n, double fraction)
{
    struct lc_gain g = {.fraction = fraction,
                        .n_top = (size_t)floor(fraction * (double)n + WHOLE)};
    double left = (double)g.n_top;

    for (size_t j = l->n_steps; j-- > 0 && left > 0;) {
        const double size = l->won[j] + l->lost[j], taken = fmin(left, size);

        g.won += l->won[j] * (taken / size);
        left -= taken;
    }
    g.rate = g.n_top ? g.won / (double)g.n_top : LC_NAN;
    g.lift = l->all_won > 0 ? g.rate / (l->all_won / (double)n) : LC_NAN;
    g.capture = l->all_won > 0 ? g.won / l->all_won : LC_NAN;
    return g;
}

enum lc_rc lc_gains(const double *score, const uint8_t *y, size_t n, const double *fraction,
                    size_t m, struct lc_arena *arena, struct lc_gain *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_roc_ladder l;
    enum lc_rc rc;

    open_scratch(&scratch, arena);
    rc = lc_roc_climb(score, y, n, &scratch, &l, err);
    for (size_t i = 0; i < m && !rc; i++)
        out[i] = gain_of(&l, n, fraction[i]);
    lc_arena_release(&scratch);
    return rc;
}
