#include "leadcal/levels.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/contingency.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc_counts.h"

double lc_level_rate(double won, double n, double base)
{
    return (won + LC_LEVEL_PRIOR * base) / (n + LC_LEVEL_PRIOR);
}

/* ---- AUC ---- */

/* Leads of one score. */
struct scored {
    double score, won, lost;
};

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    return (x->score > y->score) - (x->score < y->score);
}

/* Equal scores tie; leads of none are left out. */
static enum lc_rc rank(struct scored *s, size_t k, struct lc_arena *arena, struct lc_auc *out,
                       struct lc_err *err)
{
    double *won = LC_NEW(arena, k + 1, double), *lost = LC_NEW(arena, k + 1, double);
    size_t m = 0;

    if (!won || !lost)
        return lc_fail_memory(err, "the AUC of levels");
    if (k)
        qsort(s, k, sizeof *s, by_score);
    for (size_t i = 0; i < k; i++) {
        if (s[i].won + s[i].lost == 0)
            continue;
        if (m > 0 && i > 0 && s[i].score == s[i - 1].score)
            m--;
        won[m] += s[i].won;
        lost[m++] += s[i].lost;
    }
    *out = lc_auc_counts(won, lost, m);
    return LC_OK;
}

static double share(const double *won, const double *n, size_t k)
{
    double all = 0, all_won = 0;

    for (size_t v = 0; v < k; v++) {
        all += n[v];
        all_won += won[v];
    }
    return all > 0 ? all_won / all : 0;
}

/* Leads of one level and class, scored by the others of the level. */
struct held_out {
    double score, won, lost;
    double own;   /* leads of the other class in the level: they tie, whatever the scores */
    double place; /* the share of the other class that is placed right against these */
};

static int by_held_out(const void *a, const void *b)
{
    const struct held_out *x = a, *y = b;

    return (x->score > y->score) - (x->score < y->score);
}

/* DeLong's placements. A won lead lowers its own score by leaving itself out, so those of its level
 * that were not won stand above it, and it below them: each has half of the other's back. */
static void place(struct held_out *s, size_t k, double all_won, double all_lost)
{
    double won_below = 0, lost_below = 0;

    for (size_t i = 0; i < k;) {
        const double score = s[i].score;
        double won = 0, lost = 0;
        size_t end = i;

        for (; end < k && s[end].score == score; end++) {
            won += s[end].won;
            lost += s[end].lost;
        }
        for (; i < end; i++)
            s[i].place = s[i].won > 0 ? (lost_below + (lost + s[i].own) / 2) / all_lost
                                      : (all_won - won_below - (won - s[i].own) / 2) / all_won;
        won_below += won;
        lost_below += lost;
    }
}

static struct lc_auc auc_of_places(const struct held_out *s, size_t k, double all_won,
                                   double all_lost)
{
    struct lc_auc out = {LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN};
    double sum = 0, spread_won = 0, spread_lost = 0;

    if (all_won == 0 || all_lost == 0)
        return out;
    for (size_t i = 0; i < k; i++)
        sum += s[i].won > 0 ? s[i].won * s[i].place : 0;
    out.auc = sum / all_won;
    for (size_t i = 0; i < k; i++) {
        const double off = s[i].place - out.auc;

        spread_won += s[i].won * off * off;
        spread_lost += s[i].lost * off * off;
    }
    if (all_won > 1 && all_lost > 1) {
        out.se = sqrt(spread_won / (all_won - 1) / all_won +
                      spread_lost / (all_lost - 1) / all_lost);
        out.low = fmax(0, out.auc - LC_Z95 * out.se);
        out.high = fmin(1, out.auc + LC_Z95 * out.se);
    }
    return out;
}

enum lc_rc lc_level_auc(const double *won, const double *n, size_t k, struct lc_arena *arena,
                        struct lc_auc *out, struct lc_err *err)
{
    struct held_out *s = LC_NEW(arena, 2 * k + 1, struct held_out);
    const double base = share(won, n, k);
    double all_won = 0, all_lost = 0;
    size_t m = 0;

    if (!s)
        return lc_fail_memory(err, "the AUC of levels");
    for (size_t v = 0; v < k; v++) {
        const double lost = n[v] - won[v];

        if (won[v] > 0)
            s[m++] = (struct held_out){
                .score = lc_level_rate(won[v] - 1, n[v] - 1, base), .won = won[v], .own = lost};
        if (lost > 0)
            s[m++] = (struct held_out){
                .score = lc_level_rate(won[v], n[v] - 1, base), .lost = lost, .own = won[v]};
        all_won += won[v];
        all_lost += lost;
    }
    if (m)
        qsort(s, m, sizeof *s, by_held_out);
    place(s, m, all_won, all_lost);
    *out = auc_of_places(s, m, all_won, all_lost);
    return LC_OK;
}

enum lc_rc lc_level_auc_later(const double *learnt_won, const double *learnt_n,
                              const double *won, const double *n, size_t k,
                              struct lc_arena *arena, struct lc_auc *out, struct lc_err *err)
{
    struct scored *s = LC_NEW(arena, k + 1, struct scored);
    const double base = share(learnt_won, learnt_n, k);

    if (!s)
        return lc_fail_memory(err, "the AUC of levels");
    for (size_t v = 0; v < k; v++)
        s[v] = (struct scored){.score = lc_level_rate(learnt_won[v], learnt_n[v], base),
                               .won = won[v],
                               .lost = n[v] - won[v]};
    return rank(s, k, arena, out, err);
}

/* ---- gradient ---- */

/* Information value within one group, less what noise alone would give. */
static double net_value(const double *won, const double *n, size_t k)
{
    double all_won = 0, all_lost = 0, iv = 0;
    size_t levels = 0;

    for (size_t v = 0; v < k; v++) {
        all_won += won[v];
        all_lost += n[v] - won[v];
        levels += n[v] > 0;
    }
    for (size_t v = 0; v < k; v++) {
        const double lost = n[v] - won[v];

        if (n[v] > 0)
            iv += lc_iv_term(won[v], lost, all_won, all_lost,
                             lc_woe_adjusted(won[v], lost, all_won, all_lost));
    }
    return fmax(0, iv - ((double)levels - 1) * (1 / all_won + 1 / all_lost));
}

/* The log-odds of each level's rate over all groups, its mean over the leads taken off. */
static double *scores(const double *won, const double *n, size_t groups, size_t k, double base,
                      struct lc_arena *arena)
{
    double *score = LC_NEW(arena, k + 1, double), all = 0, mean = 0;

    if (!score)
        return NULL;
    for (size_t v = 0; v < k; v++) {
        double level_won = 0, level_n = 0, p;

        for (size_t g = 0; g < groups; g++) {
            level_won += won[g * k + v];
            level_n += n[g * k + v];
        }
        p = lc_level_rate(level_won, level_n, base);
        score[v] = log(p / (1 - p));
        all += level_n;
        mean += level_n * score[v];
    }
    for (size_t v = 0; v < k; v++)
        score[v] -= mean / all;
    return score;
}

/* One row for each level of each group, as the logit kernel wants it. */
struct rows {
    uint8_t *group;
    double *x[2], *y, *weight;
    size_t n;
};

static bool make_rows(const double *won, const double *n, size_t groups, size_t k,
                      const double *score, struct lc_arena *arena, struct rows *r)
{
    const size_t room = groups * k + 1;

    *r = (struct rows){.group = LC_NEW(arena, room, uint8_t),
                       .x = {LC_NEW(arena, room, double), LC_NEW(arena, room, double)},
                       .y = LC_NEW(arena, room, double),
                       .weight = LC_NEW(arena, room, double)};
    if (!r->group || !r->x[0] || !r->x[1] || !r->y || !r->weight)
        return false;
    for (size_t i = 0; i < groups * k; i++) {
        const size_t g = i / k;

        if (n[i] == 0)
            continue;
        r->group[r->n] = (uint8_t)g;
        r->x[0][r->n] = score[i % k];
        r->x[1][r->n] = score[i % k] * ((double)g - ((double)groups - 1) / 2);
        r->y[r->n] = won[i];
        r->weight[r->n++] = n[i];
    }
    return true;
}

enum lc_rc lc_level_gradient(const double *won, const double *n, size_t groups, size_t k,
                             struct lc_arena *arena, struct lc_gradient *out,
                             struct lc_err *err)
{
    const double base = share(won, n, groups * k);
    const double *score = scores(won, n, groups, k, base, arena);
    const char **name = LC_NEW(arena, groups + 1, const char *);
    const uint32_t reference = 0;
    struct lc_column column = {.name = "group", .width = 1, .missing = LC_NO_CODE};
    struct lc_codes codes = {.k = 1, .column = &column};
    struct lc_logit_data data = {.codes = &codes, .reference = &reference, .n_numeric = 2};
    struct lc_logit_fit fit;
    struct rows r;
    enum lc_rc rc;

    if (!(base > 0 && base < 1))
        return lc_fail(err, LC_EDEGENERATE,
                       "all leads or none are won; there is nothing to tell apart");
    if (!score || !name || !make_rows(won, n, groups, k, score, arena, &r))
        return lc_fail_memory(err, "the gradient of an attribute");
    for (size_t g = 0; g < groups; g++)
        name[g] = "";
    column.code = r.group;
    column.n_levels = (uint32_t)groups;
    column.level = name;
    codes.n = data.n = r.n;
    data.x = (const double *const *)r.x;
    data.y = r.y;
    data.weight = r.weight;
    rc = lc_logit(&data, NULL, NULL, arena, &fit, err);
    if (rc)
        return rc;
    if (fit.aliased[fit.k - 1])
        return lc_fail(err, LC_EDEGENERATE, "all leads have one level; look at another column");
    *out = (struct lc_gradient){.iv_first = net_value(won, n, k),
                                .iv_last =
                                    net_value(won + (groups - 1) * k, n + (groups - 1) * k, k),
                                .slope = fit.b[fit.k - 1]};
    out->z = out->slope / sqrt(fit.cov[fit.k * fit.k - 1]);
    out->p = erfc(out->z / sqrt(2)) / 2;
    return LC_OK;
}
