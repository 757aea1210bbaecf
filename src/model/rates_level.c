/* The rows of one attribute: each level against the baseline, its group and the other levels. */
#include <math.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/shrink.h"
#include "rates_internal.h"

static double points_of(double ratio, enum lc_scale scale)
{
    switch (scale) {
    case LC_SCALE_RATIO: return ratio;
    case LC_SCALE_RATIO_LESS_ONE: return ratio - 1;
    case LC_SCALE_LOG2: return ratio > 0 ? log2(ratio) : LC_NAN;
    }
    return LC_NAN;
}

void lc_rates_put_rate(union lc_value *row, double leads, double won)
{
    const struct lc_interval ci = lc_wilson(won, leads);

    row[LC_RATES_LEADS].number = leads;
    row[LC_RATES_WON].number = won;
    row[LC_RATES_RATE].number = leads > 0 ? won / leads : LC_NAN;
    row[LC_RATES_RATE_LOW].number = ci.low;
    row[LC_RATES_RATE_HIGH].number = ci.high;
}

/* Ratio to the baseline and relative risk against the rest, with limits. */
static void put_ratio(union lc_value *row, const struct lc_rates_whole *w, double leads,
                      double won)
{
    const double rest_leads = w->same ? w->base_leads - leads : w->leads - leads;
    const double rest_won = w->same ? w->base_won - won : w->won - won;
    double rr, ratio, unused;
    struct lc_interval ci = lc_relative_risk(won, leads, rest_won, rest_leads, &rr);

    if (w->base == 0)
        return;
    ratio = won / leads / w->base;
    row[LC_RATES_RR].number = rr;
    row[LC_RATES_RR_LOW].number = ci.low;
    row[LC_RATES_RR_HIGH].number = ci.high;
    row[LC_RATES_RATIO].number = ratio;
    row[LC_RATES_POINTS].number = points_of(ratio, w->options->scale);
    if (w->other && !w->same) {
        ci = lc_relative_risk(won, leads, w->base_won, w->base_leads, &unused);
    } else {
        const double share = leads / w->base_leads;

        ci.low = lc_ratio_of_risk(ci.low, share);
        ci.high = lc_ratio_of_risk(ci.high, share);
    }
    row[LC_RATES_RATIO_LOW].number = ci.low;
    row[LC_RATES_RATIO_HIGH].number = ci.high;
}

/* How many leads the prior is worth, and, where nobody said so, what is known of that. */
struct weight {
    double m;
    bool learnt;
    struct lc_weight_law law;
};

/* What a level is drawn toward: its group's rate, or the baseline. */
static double mean_of(const struct lc_attribute *a, size_t v, const struct lc_rates_whole *w)
{
    return a->toward ? a->toward[v] : w->base;
}

static void put_shrunk(union lc_value *row, const struct lc_rates_whole *w,
                       const struct lc_attribute *a, size_t v, const struct weight *weight)
{
    struct lc_interval ci;
    double rate;

    if (w->base == 0 || w->base >= 1)
        return;
    rate = lc_shrunk_rate(a->won[v], a->n[v], mean_of(a, v, w), weight->m, &ci);
    if (weight->learnt && rate > 0 && rate < 1)
        ci = lc_shrunk_limits(a->won[v], a->n[v], mean_of(a, v, w), rate, &weight->law);
    row[LC_RATES_SHRUNK_RATIO].number = rate / w->base;
    row[LC_RATES_SHRUNK_LOW].number = ci.low / w->base;
    row[LC_RATES_SHRUNK_HIGH].number = ci.high / w->base;
    if (isinf(weight->m))
        row[LC_RATES_NOTE].text = a->toward ? "as its group" : "levels do not differ";
}

static void put_evidence(union lc_value *row, const struct lc_rates_whole *w, double leads,
                         double won)
{
    const double lost = leads - won, all_lost = w->leads - w->won;

    if (w->won == 0 || all_lost == 0)
        return;
    row[LC_RATES_WOE].number = lc_woe(won, lost, w->won, all_lost);
    row[LC_RATES_WOE_ADJUSTED].number = lc_woe_adjusted(won, lost, w->won, all_lost);
    row[LC_RATES_IV].number = lc_iv_term(won, lost, w->won, all_lost, row[LC_RATES_WOE].number);
    row[LC_RATES_IV_ADJUSTED].number =
        lc_iv_term(won, lost, w->won, all_lost, row[LC_RATES_WOE_ADJUSTED].number);
    if (leads < w->leads && !w->parts)
        row[LC_RATES_P].number = lc_fisher(won, lost, w->won - won, all_lost - lost);
}

/* How many leads the prior is worth; the level of empty cells is not in its sample. */
static enum lc_rc prior_weight(const struct lc_attribute *a, const struct lc_rates_whole *w,
                               struct lc_arena *scratch, struct weight *weight,
                               struct lc_err *err)
{
    double *n, *won, *mean;
    size_t k = 0;

    *weight = (struct weight){.m = w->options->prior_weight};
    if (weight->m > 0)
        return LC_OK;
    n = LC_NEW(scratch, a->n_levels + 1, double);
    won = LC_NEW(scratch, a->n_levels + 1, double);
    mean = LC_NEW(scratch, a->n_levels + 1, double);
    if (!n || !won || !mean)
        return lc_fail_memory(err, "shrinkage");
    for (size_t v = 0; v < a->n_levels; v++)
        if (v != a->missing) {
            n[k] = a->n[v];
            won[k] = a->won[v];
            mean[k++] = mean_of(a, v, w);
        }
    /* Without a baseline to be drawn toward nothing is estimated: the rows are empty then. */
    if (!(w->base > 0 && w->base < 1))
        k = 0;
    weight->m = lc_level_weight(won, n, mean, k);
    weight->learnt = k > 0;
    if (weight->learnt)
        lc_level_weight_law(won, n, mean, k, &weight->law);
    return LC_OK;
}

static enum lc_rc refuse_more_wins(const struct lc_rates_whole *w, const struct lc_attribute *a,
                                   size_t v, struct lc_err *err)
{
    if (!w->same || (a->won[v] <= w->base_won && a->n[v] <= w->base_leads))
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "'%s' has %.0f won of %.0f leads in level '%s', more than the baseline's %.0f of "
        "%.0f, so that cannot hold these leads; give --baseline for another population",
        a->column, a->won[v], a->n[v], a->level[v], w->base_won, w->base_leads);
}

static enum lc_rc add_level(const struct lc_attribute *a, size_t v,
                            const struct lc_rates_whole *w, const struct weight *weight,
                            struct lc_frame *frame, struct lc_err *err)
{
    union lc_value *row = NULL;
    enum lc_rc rc = refuse_more_wins(w, a, v, err);

    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    if (rc)
        return rc;
    row[LC_RATES_ATTRIBUTE].text = a->column;
    row[LC_RATES_LEVEL].text = a->level[v];
    lc_rates_put_rate(row, a->n[v], a->won[v]);
    put_shrunk(row, w, a, v, weight);
    put_ratio(row, w, a->n[v], a->won[v]);
    put_evidence(row, w, a->n[v], a->won[v]);
    if (w->other && !w->same && a->won[v] > w->base_won)
        row[LC_RATES_NOTE].text = "more wins than the baseline has";
    return LC_OK;
}

/* Sum over an attribute's levels; empty as soon as a level has none (a zero cell). */
static double sum_levels(const struct lc_frame *f, size_t first, size_t column)
{
    double sum = 0;

    for (size_t i = first; i < f->n; i++)
        sum += f->value[i * f->k + column].number;
    return sum;
}

enum lc_rc lc_rates_add_attribute(const struct lc_attribute *a, const struct lc_rates_whole *w,
                                  struct lc_frame *frame, struct lc_err *err)
{
    const size_t all = frame->n;
    struct lc_arena scratch;
    union lc_value *row = NULL;
    struct weight weight;
    double leads = 0, won = 0;
    enum lc_rc rc;

    lc_arena_init(&scratch, frame->arena->limit - frame->arena->used);
    rc = prior_weight(a, w, &scratch, &weight, err);
    lc_arena_release(&scratch);
    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    for (size_t v = 0; v < a->n_levels && !rc; v++) {
        rc = add_level(a, v, w, &weight, frame, err);
        leads += a->n[v];
        won += a->won[v];
    }
    if (rc)
        return rc;
    row = frame->value + all * frame->k;
    row[LC_RATES_ATTRIBUTE].text = a->column;
    row[LC_RATES_LEVEL].text = "(all)";
    lc_rates_put_rate(row, leads, won);
    row[LC_RATES_P].number = lc_chi_square(a->won, a->n, a->n_levels).p;
    if (a->n_levels) {
        row[LC_RATES_IV].number = sum_levels(frame, all + 1, LC_RATES_IV);
        row[LC_RATES_IV_ADJUSTED].number = sum_levels(frame, all + 1, LC_RATES_IV_ADJUSTED);
    }
    if (isfinite(weight.m))
        row[LC_RATES_PRIOR_WEIGHT].number = weight.m;
    else
        row[LC_RATES_NOTE].text =
            a->toward ? "levels are as their groups" : "levels do not differ";
    return LC_OK;
}
