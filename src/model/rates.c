#include "leadcal/rates.h"

#include <math.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/shrink.h"

#define FEW_LEVELS        5    /* too few to estimate how much levels differ: DEFINITIONS 2 */
#define FEW_LEVELS_WEIGHT 20.0 /* leads; the prior's weight then */

enum column {
    ATTRIBUTE,
    LEVEL,
    LEADS,
    WON,
    RATE,
    RATE_LOW,
    RATE_HIGH,
    RATIO,
    RATIO_LOW,
    RATIO_HIGH,
    RR,
    RR_LOW,
    RR_HIGH,
    SHRUNK_RATIO,
    SHRUNK_LOW,
    SHRUNK_HIGH,
    WOE,
    WOE_ADJUSTED,
    IV,
    P,
    P_ADJUSTED,
    POINTS,
    IV_ADJUSTED,
    PRIOR_WEIGHT,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [RATE] = {"rate", LC_CELL_RATE, NULL, false},
    [RATE_LOW] = {"rate_low", LC_CELL_RATE, "low", false},
    [RATE_HIGH] = {"rate_high", LC_CELL_RATE, "high", false},
    [RATIO] = {"ratio", LC_CELL_REAL, NULL, false},
    [RATIO_LOW] = {"ratio_low", LC_CELL_REAL, "low", false},
    [RATIO_HIGH] = {"ratio_high", LC_CELL_REAL, "high", false},
    [RR] = {"rr", LC_CELL_REAL, NULL, true},
    [RR_LOW] = {"rr_low", LC_CELL_REAL, NULL, true},
    [RR_HIGH] = {"rr_high", LC_CELL_REAL, NULL, true},
    [SHRUNK_RATIO] = {"shrunk_ratio", LC_CELL_REAL, "shrunk", false},
    [SHRUNK_LOW] = {"shrunk_low", LC_CELL_REAL, NULL, true},
    [SHRUNK_HIGH] = {"shrunk_high", LC_CELL_REAL, NULL, true},
    [WOE] = {"woe", LC_CELL_REAL, NULL, true},
    [WOE_ADJUSTED] = {"woe_adjusted", LC_CELL_REAL, NULL, true},
    [IV] = {"iv", LC_CELL_REAL, NULL, true},
    [P] = {"p", LC_CELL_P, NULL, true},
    [P_ADJUSTED] = {"p_adjusted", LC_CELL_P, "p adj.", false},
    [POINTS] = {"points", LC_CELL_REAL, NULL, false},
    [IV_ADJUSTED] = {"iv_adjusted", LC_CELL_REAL, NULL, true},
    [PRIOR_WEIGHT] = {"prior_weight", LC_CELL_REAL, NULL, true},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, true},
};

/* The whole that levels are held against. */
struct whole {
    double leads, won;                 /* counted leads */
    double base_leads, base_won, base; /* the baseline: they, or another population */
    bool other, same;
    const struct lc_rates_options *options;
};

static double points_of(double ratio, enum lc_scale scale)
{
    switch (scale) {
    case LC_SCALE_RATIO: return ratio;
    case LC_SCALE_RATIO_LESS_ONE: return ratio - 1;
    case LC_SCALE_LOG2: return ratio > 0 ? log2(ratio) : LC_NAN;
    }
    return LC_NAN;
}

static void put_rate(union lc_value *row, double leads, double won)
{
    const struct lc_interval ci = lc_wilson(won, leads);

    row[LEADS].number = leads;
    row[WON].number = won;
    row[RATE].number = leads > 0 ? won / leads : LC_NAN;
    row[RATE_LOW].number = ci.low;
    row[RATE_HIGH].number = ci.high;
}

/* Ratio to the baseline and relative risk against the rest, with limits. */
static void put_ratio(union lc_value *row, const struct whole *w, double leads, double won)
{
    const double rest_leads = w->same ? w->base_leads - leads : w->leads - leads;
    const double rest_won = w->same ? w->base_won - won : w->won - won;
    double rr, ratio, unused;
    struct lc_interval ci = lc_relative_risk(won, leads, rest_won, rest_leads, &rr);

    if (w->base == 0)
        return;
    ratio = won / leads / w->base;
    row[RR].number = rr;
    row[RR_LOW].number = ci.low;
    row[RR_HIGH].number = ci.high;
    row[RATIO].number = ratio;
    row[POINTS].number = points_of(ratio, w->options->scale);
    if (w->other && !w->same) {
        ci = lc_relative_risk(won, leads, w->base_won, w->base_leads, &unused);
    } else {
        const double share = leads / w->base_leads;

        ci.low = lc_ratio_of_risk(ci.low, share);
        ci.high = lc_ratio_of_risk(ci.high, share);
    }
    row[RATIO_LOW].number = ci.low;
    row[RATIO_HIGH].number = ci.high;
}

static void put_shrunk(union lc_value *row, const struct whole *w, double leads, double won,
                       double weight)
{
    struct lc_interval ci;
    double rate;

    if (w->base == 0 || w->base >= 1)
        return;
    rate = lc_shrunk_rate(won, leads, w->base, weight, &ci);
    row[SHRUNK_RATIO].number = rate / w->base;
    row[SHRUNK_LOW].number = ci.low / w->base;
    row[SHRUNK_HIGH].number = ci.high / w->base;
    if (isinf(weight))
        row[NOTE].text = "levels do not differ";
}

static void put_evidence(union lc_value *row, const struct whole *w, double leads, double won)
{
    const double lost = leads - won, all_lost = w->leads - w->won;

    if (w->won == 0 || all_lost == 0)
        return;
    row[WOE].number = lc_woe(won, lost, w->won, all_lost);
    row[WOE_ADJUSTED].number = lc_woe_adjusted(won, lost, w->won, all_lost);
    row[IV].number = lc_iv_term(won, lost, w->won, all_lost, row[WOE].number);
    row[IV_ADJUSTED].number = lc_iv_term(won, lost, w->won, all_lost, row[WOE_ADJUSTED].number);
    if (leads < w->leads)
        row[P].number = lc_fisher(won, lost, w->won - won, all_lost - lost);
}

/* How many leads the prior is worth; the level of empty cells is not in its sample. */
static enum lc_rc prior_weight(const struct lc_attribute *a, const struct whole *w,
                               struct lc_arena *scratch, double *weight, struct lc_err *err)
{
    double *n, *won;
    size_t k = 0;

    *weight = FEW_LEVELS_WEIGHT;
    if (w->options->prior_weight > 0) {
        *weight = w->options->prior_weight;
        return LC_OK;
    }
    n = LC_NEW(scratch, a->n_levels + 1, double);
    won = LC_NEW(scratch, a->n_levels + 1, double);
    if (!n || !won)
        return lc_fail_memory(err, "shrinkage");
    for (size_t v = 0; v < a->n_levels; v++)
        if (v != a->missing) {
            n[k] = a->n[v];
            won[k++] = a->won[v];
        }
    if (k >= FEW_LEVELS && w->base > 0 && w->base < 1)
        *weight = lc_beta_binomial_weight(won, n, k, w->base);
    return LC_OK;
}

static enum lc_rc refuse_more_wins(const struct whole *w, const struct lc_attribute *a,
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

static enum lc_rc add_level(const struct lc_attribute *a, size_t v, const struct whole *w,
                            double weight, struct lc_frame *frame, struct lc_err *err)
{
    union lc_value *row = NULL;
    enum lc_rc rc = refuse_more_wins(w, a, v, err);

    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    if (rc)
        return rc;
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = a->level[v];
    put_rate(row, a->n[v], a->won[v]);
    put_shrunk(row, w, a->n[v], a->won[v], weight);
    put_ratio(row, w, a->n[v], a->won[v]);
    put_evidence(row, w, a->n[v], a->won[v]);
    if (w->other && !w->same && a->won[v] > w->base_won)
        row[NOTE].text = "more wins than the baseline has";
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

static enum lc_rc add_attribute(const struct lc_attribute *a, const struct whole *w,
                                struct lc_frame *frame, struct lc_err *err)
{
    const size_t all = frame->n;
    struct lc_arena scratch;
    union lc_value *row = NULL;
    double weight = 0, leads = 0, won = 0;
    enum lc_rc rc;

    lc_arena_init(&scratch, frame->arena->limit - frame->arena->used);
    rc = prior_weight(a, w, &scratch, &weight, err);
    lc_arena_release(&scratch);
    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    for (size_t v = 0; v < a->n_levels && !rc; v++) {
        rc = add_level(a, v, w, weight, frame, err);
        leads += a->n[v];
        won += a->won[v];
    }
    if (rc)
        return rc;
    row = frame->value + all * frame->k;
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = "(all)";
    put_rate(row, leads, won);
    row[P].number = lc_chi_square(a->won, a->n, a->n_levels).p;
    if (a->n_levels) {
        row[IV].number = sum_levels(frame, all + 1, IV);
        row[IV_ADJUSTED].number = sum_levels(frame, all + 1, IV_ADJUSTED);
    }
    if (isfinite(weight))
        row[PRIOR_WEIGHT].number = weight;
    else
        row[NOTE].text = "levels do not differ";
    return LC_OK;
}

/* Benjamini-Hochberg over the rows that are, or are not, an attribute's `(all)`. */
static enum lc_rc adjust(struct lc_frame *f, const bool *is_all, bool want_all,
                         struct lc_arena *scratch, struct lc_err *err)
{
    double *p = LC_NEW(scratch, f->n, double);
    size_t *order = LC_NEW(scratch, f->n, size_t);

    if (!p || !order)
        return lc_fail_memory(err, "adjusted p-values");
    for (size_t i = 0; i < f->n; i++)
        p[i] = is_all[i] == want_all ? f->value[i * f->k + P].number : LC_NAN;
    lc_benjamini_hochberg(p, f->n, order, p);
    for (size_t i = 0; i < f->n; i++)
        if (is_all[i] == want_all)
            f->value[i * f->k + P_ADJUSTED].number = p[i];
    return LC_OK;
}

static enum lc_rc adjust_all(struct lc_frame *f, const struct lc_attribute *attribute, size_t k,
                             struct lc_err *err)
{
    struct lc_arena scratch;
    bool *is_all;
    size_t at = 1;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, f->arena->limit - f->arena->used);
    is_all = LC_NEW(&scratch, f->n, bool);
    if (!is_all)
        rc = lc_fail_memory(err, "adjusted p-values");
    for (size_t j = 0; j < k && !rc; j++) {
        is_all[at] = true;
        at += attribute[j].n_levels + 1;
    }
    if (!rc)
        rc = adjust(f, is_all, true, &scratch, err);
    if (!rc)
        rc = adjust(f, is_all, false, &scratch, err);
    lc_arena_release(&scratch);
    return rc;
}

static enum lc_rc add_baseline(const struct whole *w, struct lc_frame *frame,
                               struct lc_err *err)
{
    union lc_value *row = NULL;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[ATTRIBUTE].text = "(all)";
    row[LEVEL].text = "(all)";
    put_rate(row, w->base_leads, w->base_won);
    if (w->base > 0)
        row[RATIO].number = 1;
    if (w->other)
        row[NOTE].text = "the baseline given";
    return LC_OK;
}

static enum lc_rc add_notes(const struct whole *w, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (w->base == 0)
        return lc_frame_note(frame, err, "nothing was won, so ratios and points are empty");
    if (w->options->scale == LC_SCALE_RATIO)
        rc = lc_frame_note(
            frame, err,
            "points are the ratio to the baseline (the published ratio weighting); "
            "they can never be negative: --scale ratio-1 or log2 can");
    if (!rc && w->other && !w->same)
        rc = lc_frame_note(
            frame, err,
            "the baseline, %.0f won of %.0f, is another population: intervals of the "
            "ratio compare two independent samples",
            w->base_won, w->base_leads);
    return rc;
}

enum lc_rc lc_rates(const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                    size_t k, const struct lc_rates_options *options, struct lc_arena *arena,
                    struct lc_frame *frame, struct lc_err *err)
{
    struct whole w = {.leads = (double)cohort->n,
                      .won = (double)cohort->n_won,
                      .other = options->baseline_leads > 0,
                      .same = options->baseline_leads > 0 && options->baseline_same,
                      .options = options};
    struct lc_frame f;
    enum lc_rc rc;

    w.base_leads = w.other ? options->baseline_leads : w.leads;
    w.base_won = w.other ? options->baseline_won : w.won;
    w.base = w.base_leads > 0 ? w.base_won / w.base_leads : 0;
    lc_frame_init(&f, "rates", heading, COLUMNS, arena);
    f.title = lc_cohort_title(cohort, arena);
    rc = add_baseline(&w, &f, err);
    for (size_t j = 0; j < k && !rc; j++)
        rc = add_attribute(&attribute[j], &w, &f, err);
    if (!rc)
        rc = adjust_all(&f, attribute, k, err);
    if (!rc)
        rc = add_notes(&w, &f, err);
    if (!rc)
        *frame = f;
    return rc;
}
