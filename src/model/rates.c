#include "rates_internal.h"

#include <string.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"

static const struct lc_heading heading[LC_RATES_COLUMNS] = {
    [LC_RATES_ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LC_RATES_LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LC_RATES_LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [LC_RATES_WON] = {"won", LC_CELL_COUNT, NULL, false},
    [LC_RATES_RATE] = {"rate", LC_CELL_RATE, NULL, false},
    [LC_RATES_RATE_LOW] = {"rate_low", LC_CELL_RATE, "low", false},
    [LC_RATES_RATE_HIGH] = {"rate_high", LC_CELL_RATE, "high", false},
    [LC_RATES_RATIO] = {"ratio", LC_CELL_REAL, NULL, false},
    [LC_RATES_RATIO_LOW] = {"ratio_low", LC_CELL_REAL, "low", false},
    [LC_RATES_RATIO_HIGH] = {"ratio_high", LC_CELL_REAL, "high", false},
    [LC_RATES_RR] = {"rr", LC_CELL_REAL, NULL, true},
    [LC_RATES_RR_LOW] = {"rr_low", LC_CELL_REAL, NULL, true},
    [LC_RATES_RR_HIGH] = {"rr_high", LC_CELL_REAL, NULL, true},
    [LC_RATES_SHRUNK_RATIO] = {"shrunk_ratio", LC_CELL_REAL, "shrunk", false},
    [LC_RATES_SHRUNK_LOW] = {"shrunk_low", LC_CELL_REAL, NULL, true},
    [LC_RATES_SHRUNK_HIGH] = {"shrunk_high", LC_CELL_REAL, NULL, true},
    [LC_RATES_WOE] = {"woe", LC_CELL_REAL, NULL, true},
    [LC_RATES_WOE_ADJUSTED] = {"woe_adjusted", LC_CELL_REAL, NULL, true},
    [LC_RATES_IV] = {"iv", LC_CELL_REAL, NULL, true},
    [LC_RATES_P] = {"p", LC_CELL_P, NULL, true},
    [LC_RATES_P_ADJUSTED] = {"p_adjusted", LC_CELL_P, "p adj.", false},
    [LC_RATES_POINTS] = {"points", LC_CELL_REAL, NULL, false},
    [LC_RATES_IV_ADJUSTED] = {"iv_adjusted", LC_CELL_REAL, NULL, true},
    [LC_RATES_PRIOR_WEIGHT] = {"prior_weight", LC_CELL_REAL, NULL, true},
    [LC_RATES_NOTE] = {"note", LC_CELL_TEXT, NULL, true},
    [LC_RATES_RATIO_STRATIFIED] = {"ratio_stratified", LC_CELL_REAL, NULL, true},
    [LC_RATES_RATIO_STRATIFIED_LOW] = {"ratio_stratified_low", LC_CELL_REAL, NULL, true},
    [LC_RATES_RATIO_STRATIFIED_HIGH] = {"ratio_stratified_high", LC_CELL_REAL, NULL, true},
};

/* Benjamini-Hochberg over the rows that are, or are not, an attribute's `(all)`. */
static enum lc_rc adjust(struct lc_frame *f, const bool *is_all, bool want_all,
                         struct lc_arena *scratch, struct lc_err *err)
{
    double *p = LC_NEW(scratch, f->n, double);
    size_t *order = LC_NEW(scratch, f->n, size_t);

    if (!p || !order)
        return lc_fail_memory(err, "adjusted p-values");
    for (size_t i = 0; i < f->n; i++)
        p[i] = is_all[i] == want_all ? f->value[i * f->k + LC_RATES_P].number : LC_NAN;
    lc_benjamini_hochberg(p, f->n, order, p);
    for (size_t i = 0; i < f->n; i++)
        if (is_all[i] == want_all)
            f->value[i * f->k + LC_RATES_P_ADJUSTED].number = p[i];
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

static enum lc_rc add_baseline(const struct lc_rates_whole *w, struct lc_frame *frame,
                               struct lc_err *err)
{
    union lc_value *row = NULL;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[LC_RATES_ATTRIBUTE].text = "(all)";
    row[LC_RATES_LEVEL].text = "(all)";
    lc_rates_put_rate(row, w->base_leads, w->base_won);
    if (w->base > 0)
        row[LC_RATES_RATIO].number = 1;
    if (w->other)
        row[LC_RATES_NOTE].text = "the baseline given";
    return LC_OK;
}

static enum lc_rc add_notes(const struct lc_rates_whole *w, struct lc_frame *frame,
                            struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (w->parts)
        rc = lc_frame_note(
            frame, err,
            "an opportunity of several leads is a win in equal parts (--credit share); p of a "
            "level is empty, because Fisher's test needs whole wins");
    if (rc)
        return rc;
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

/* A share of a win is no count. */
static const struct lc_heading *headings(bool parts, struct lc_arena *arena)
{
    struct lc_heading *own;

    if (!parts)
        return heading;
    own = LC_NEW(arena, LC_RATES_COLUMNS, struct lc_heading);
    if (own) {
        memcpy(own, heading, sizeof heading);
        own[LC_RATES_WON].cell = LC_CELL_REAL;
    }
    return own;
}

double lc_rates_base(const struct lc_cohort *cohort, const struct lc_rates_options *options)
{
    const bool other = options->baseline_leads > 0;
    const double leads = other ? options->baseline_leads : (double)cohort->n;

    return leads > 0 ? (other ? options->baseline_won : lc_cohort_won(cohort)) / leads : 0;
}

enum lc_rc lc_rates(const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                    size_t k, const struct lc_rates_options *options, struct lc_arena *arena,
                    struct lc_frame *frame, struct lc_err *err)
{
    struct lc_rates_whole w = {.leads = (double)cohort->n,
                               .won = lc_cohort_won(cohort),
                               .parts = cohort->credit != NULL,
                               .other = options->baseline_leads > 0,
                               .same = options->baseline_leads > 0 && options->baseline_same,
                               .options = options};
    const struct lc_heading *columns = headings(w.parts, arena);
    struct lc_frame f;
    enum lc_rc rc;

    if (!columns)
        return lc_fail_memory(err, "the rates");
    w.base_leads = w.other ? options->baseline_leads : w.leads;
    w.base_won = w.other ? options->baseline_won : w.won;
    w.base = lc_rates_base(cohort, options);
    lc_frame_init(&f, "rates", columns, LC_RATES_COLUMNS, arena);
    f.title = lc_cohort_title(cohort, arena);
    rc = add_baseline(&w, &f, err);
    for (size_t j = 0; j < k && !rc; j++)
        rc = lc_rates_add_attribute(&attribute[j], &w, &f, err);
    if (!rc)
        rc = adjust_all(&f, attribute, k, err);
    if (!rc)
        rc = add_notes(&w, &f, err);
    if (!rc)
        *frame = f;
    return rc;
}
