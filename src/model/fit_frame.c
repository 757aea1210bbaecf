#include "fit_internal.h"

#include <math.h>
#include <stdio.h>

#include "leadcal/num.h"
#include "leadcal/period.h"
#include "leadcal/rate.h"

enum column {
    TERM,
    ATTRIBUTE,
    LEVEL,
    COEFFICIENT,
    STD_ERROR,
    Z,
    P,
    ODDS_RATIO,
    LOW,
    HIGH,
    NOTE,
    LEADS,
    WON,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [TERM] = {"term", LC_CELL_TEXT, NULL, true},
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [COEFFICIENT] = {"coefficient", LC_CELL_REAL, "log-odds", false},
    [STD_ERROR] = {"std_error", LC_CELL_REAL, "std. error", false},
    [Z] = {"z", LC_CELL_REAL, NULL, true},
    [P] = {"p", LC_CELL_P, NULL, false},
    [ODDS_RATIO] = {"odds_ratio", LC_CELL_REAL, "odds ratio", false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
};

/* Two-sided p of a standard normal. */
static double p_of(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

static void put_estimate(const struct lc_fit *fit, double b, double variance,
                         union lc_value *row)
{
    const double se = variance > 0 ? sqrt(variance) : 0;

    row[COEFFICIENT].number = b;
    row[ODDS_RATIO].number = exp(b);
    if (lc_fit_is_sparse(fit))
        return;
    row[STD_ERROR].number = se;
    row[LOW].number = b - LC_Z95 * se;
    row[HIGH].number = b + LC_Z95 * se;
    if (fit->likelihood && se > 0) {
        row[Z].number = b / se;
        row[P].number = p_of(b / se);
    }
}

/* The limits of the last row stand around the posterior mean, which is not where its top is. */
static void move_limits(struct lc_frame *frame, double shift)
{
    union lc_value *row = frame->value + (frame->n - 1) * frame->k;

    row[LOW].number += shift;
    row[HIGH].number += shift;
}

/* Limits and p of a coefficient by its profile, where Firth's were asked for. */
static void put_profile(const struct lc_fit *fit, size_t at, union lc_value *row)
{
    if (!fit->limits)
        return;
    row[LOW].number = fit->limits[at].low;
    row[HIGH].number = fit->limits[at].high;
    row[P].number = fit->limits[at].p;
}

void lc_fit_levels(const struct lc_fit *fit, size_t j, double *b, double *variance)
{
    const size_t n = fit->attribute[j].n_levels, k = fit->kernel.k, *at = fit->at[j];
    const double *cov = fit->kernel.cov, count = (double)n;
    double of_mean = 0;

    for (size_t v = 0; v < n; v++) {
        b[v] = at[v] == LC_LOGIT_NONE ? 0 : fit->kernel.b[at[v]];
        variance[v] = at[v] == LC_LOGIT_NONE ? 0 : cov[at[v] * k + at[v]];
    }
    if (lc_fit_has_reference(fit))
        return;
    for (size_t v = 0; v < n; v++) {
        double with_mean = 0;

        for (size_t u = 0; u < n; u++)
            with_mean += cov[at[v] * k + at[u]] / count;
        of_mean += with_mean / count;
        variance[v] -= 2 * with_mean;
    }
    for (size_t v = 0; v < n; v++)
        variance[v] += of_mean;
}

/* The intercept when every attribute stands at its mean, and its variance. */
static void centred_intercept(const struct lc_fit *fit, double *scratch, double *b,
                              double *variance)
{
    const size_t k = fit->kernel.k;

    *b = 0;
    *variance = 0;
    for (size_t i = 0; i < k; i++)
        scratch[i] = i == 0;
    for (size_t j = 0;
         j < fit->k_attributes && !lc_fit_has_reference(fit) && !lc_fit_is_sparse(fit); j++)
        for (size_t v = 0; v < fit->attribute[j].n_levels; v++)
            scratch[fit->at[j][v]] += 1 / (double)fit->attribute[j].n_levels;
    for (size_t i = 0; i < k; i++) {
        double sum = 0;

        if (scratch[i] == 0)
            continue;
        for (size_t l = 0; l < k; l++)
            sum += fit->kernel.cov[i * k + l] * scratch[l];
        *b += scratch[i] * fit->kernel.b[i];
        *variance += scratch[i] * sum;
    }
}

/* "reference: rank=1, source=Web" */
static char *references_text(const struct lc_fit *fit, struct lc_arena *arena)
{
    char *text = lc_arena_format(arena, "%s",
                                 lc_fit_has_reference(fit) ? ""
                                 : lc_fit_is_sparse(fit)
                                     ? "levels are deviations from those that have 0"
                                     : "levels are deviations from their attribute's "
                                       "mean; no reference");

    for (size_t j = 0; j < fit->k_attributes && lc_fit_has_reference(fit) && text; j++)
        if (fit->reference[j] != LC_NO_CODE)
            text = lc_arena_format(arena, "%s%s%s=%s", text,
                                   *text ? ", " : "reference: ", fit->attribute[j].column,
                                   fit->attribute[j].level[fit->reference[j]]);
    if (fit->quarters.n && text) {
        char quarter[LC_PERIOD_TEXT];

        lc_period_text(LC_PERIOD_QUARTER, fit->quarters.latest, quarter);
        text = lc_arena_format(arena, "%s; as of %s", text, quarter);
    }
    return text;
}

static enum lc_rc add_intercept(const struct lc_fit *fit, struct lc_arena *arena,
                                struct lc_frame *frame, struct lc_err *err)
{
    union lc_value *row = NULL;
    double *scratch = LC_NEW(arena, fit->kernel.k, double), b, variance;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[TERM].text = "(intercept)";
    row[NOTE].text = references_text(fit, arena);
    if (!scratch || !row[NOTE].text)
        return lc_fail_memory(err, "coefficients");
    centred_intercept(fit, scratch, &b, &variance);
    put_estimate(fit, b, variance, row);
    row[LEADS].number = (double)fit->n;
    row[WON].number = (double)fit->n_won;
    for (size_t i = 0; i < fit->kernel.k && fit->mean; i++)
        move_limits(frame, scratch[i] * (fit->mean[i] - fit->kernel.b[i]));
    return LC_OK;
}

static const char *note_of(const struct lc_fit *fit, size_t j, size_t v, struct lc_arena *arena)
{
    const struct lc_attribute *a = &fit->attribute[j];

    if (fit->separated && fit->separated[j][v])
        return lc_arena_format(arena, "separated: %sInf, %.0f of %.0f won",
                               fit->separated[j][v] > 0 ? "+" : "-", a->won[v], a->n[v]);
    return lc_arena_format(arena, "aliased: other columns say the same");
}

static enum lc_rc add_level(const struct lc_fit *fit, size_t j, size_t v, double b,
                            double variance, struct lc_arena *arena, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct lc_attribute *a = &fit->attribute[j];
    union lc_value *row = NULL;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[TERM].text = lc_arena_format(arena, "%s=%s", a->column, a->level[v]);
    if (!row[TERM].text)
        return lc_fail_memory(err, "coefficients");
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = a->level[v];
    row[LEADS].number = a->n[v];
    row[WON].number = a->won[v];
    if ((fit->separated && fit->separated[j][v]) || fit->kernel.aliased[fit->at[j][v]]) {
        row[NOTE].text = note_of(fit, j, v, arena);
        return row[NOTE].text ? LC_OK : lc_fail_memory(err, "coefficients");
    }
    put_estimate(fit, b, variance, row);
    put_profile(fit, fit->at[j][v], row);
    return lc_fit_note_level(fit, j, v, arena, &row[NOTE].text, err);
}

/* Only under a Gaussian prior around 0 do the levels of an attribute sum to 0 by themselves. */
static void centre(double *b, size_t n)
{
    double mean = 0;

    for (size_t v = 0; v < n; v++)
        mean += b[v] / (double)n;
    for (size_t v = 0; v < n; v++)
        b[v] -= mean;
}

static enum lc_rc add_attribute(const struct lc_fit *fit, size_t j, struct lc_arena *arena,
                                struct lc_frame *frame, struct lc_err *err)
{
    const size_t n = fit->attribute[j].n_levels;
    double *b = LC_NEW(arena, n, double), *variance = LC_NEW(arena, n, double);
    double *shift = LC_NEW(arena, n, double);
    enum lc_rc rc = LC_OK;

    if (!b || !variance || !shift)
        return lc_fail_memory(err, "coefficients");
    lc_fit_levels(fit, j, b, variance);
    for (size_t v = 0; v < n && fit->mean; v++)
        shift[v] = fit->mean[fit->at[j][v]] - fit->kernel.b[fit->at[j][v]];
    centre(shift, n);
    if (fit->carried || (fit->local && fit->local->attribute == j) ||
        (!fit->likelihood && fit->penalty == LC_PENALTY_LOGF))
        centre(b, n);
    for (size_t v = 0; v < n && !rc; v++)
        if (fit->at[j][v] != LC_LOGIT_NONE) {
            rc = add_level(fit, j, v, b[v], variance[v], arena, frame, err);
            if (!rc)
                move_limits(frame, shift[v]);
        }
    return rc;
}

static enum lc_rc add_numeric(const struct lc_fit *fit, size_t j, struct lc_frame *frame,
                              struct lc_err *err)
{
    const size_t k = fit->kernel.k, at = k - fit->n_numeric + j;
    union lc_value *row = NULL;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[TERM].text = fit->numeric[j];
    row[ATTRIBUTE].text = fit->numeric[j];
    if (fit->kernel.aliased[at])
        row[NOTE].text = "aliased: other columns say the same";
    else
        put_estimate(fit, fit->kernel.b[at], fit->kernel.cov[at * k + at], row);
    if (!fit->kernel.aliased[at])
        put_profile(fit, at, row);
    return LC_OK;
}

/* What a segment has of its own. */
struct own {
    const char *attribute, *level;
    double value, std_error, leads, won;
};

/* A row of it. */
static enum lc_rc add_own(const struct own *own, const struct lc_fit *fit,
                          struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[TERM].text = lc_arena_format(arena, "%s=%s", own->attribute, own->level);
    row[ATTRIBUTE].text = own->attribute;
    row[LEVEL].text = own->level;
    row[LEADS].number = own->leads;
    row[WON].number = own->won;
    put_estimate(fit, own->value, own->std_error * own->std_error, row);
    return row[TERM].text ? LC_OK : lc_fail_memory(err, "coefficients");
}

/* Of the segments and their deviations, as the card has them: attributes behind those of all. */
static enum lc_rc add_local(const struct lc_fit *fit, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    const char *whole = lc_arena_format(arena, "%s" LC_SEGMENT_SUFFIX, l->column);
    enum lc_rc rc = whole ? LC_OK : lc_fail_memory(err, "coefficients");

    for (size_t s = 0; s < l->n_segments && !rc; s++) {
        const struct lc_fit_segment *one = &l->segment[s];

        if (one->own && l->attribute == fit->k_attributes)
            rc = add_own(&(struct own){whole, one->name, one->value, one->std_error, one->leads,
                                       one->won},
                         fit, arena, frame, err);
    }
    for (size_t i = 0; i < l->n_deviations && !rc; i++) {
        const struct lc_fit_deviation *d = &l->deviation[i];
        const struct lc_attribute *a = &fit->attribute[d->attribute];
        const char *name =
            lc_arena_format(arena, "%s in %s", a->column, l->segment[d->segment].name);

        rc = name ? LC_OK : lc_fail_memory(err, "coefficients");
        for (size_t v = 0; v < a->n_levels && !rc; v++)
            if (d->n[v] > 0)
                rc = add_own(&(struct own){name, a->level[v], d->value[v], d->std_error[v],
                                           d->n[v], d->won[v]},
                             fit, arena, frame, err);
    }
    return rc;
}

static enum lc_rc add_notes(const struct lc_fit *fit, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    size_t separated = 0;
    enum lc_rc rc;

    for (size_t j = 0; j < fit->k_attributes && fit->separated; j++)
        for (size_t v = 0; v < fit->attribute[j].n_levels; v++)
            separated += fit->separated[j][v] != 0;
    if (fit->carried)
        rc = lc_prior_notes(fit, frame, err);
    else if (fit->likelihood)
        rc = lc_frame_note(
            frame, err,
            "maximum likelihood: log-likelihood %.7g, deviance %.7g, null deviance "
            "%.7g, AIC %.7g",
            fit->log_likelihood, fit->kernel.deviance, fit->kernel.null_deviance, fit->aic);
    else
        rc = lc_fit_note_penalty(fit, arena, frame, err);
    if (!rc && fit->local)
        rc = lc_fit_local_notes(fit, arena, frame, err);
    if (!rc)
        rc = lc_fit_note_few(fit, frame, err);
    if (!rc)
        rc = lc_fit_note_quarters(fit, frame, err);
    if (!rc && separated)
        rc = lc_frame_note(
            frame, err,
            "warning: %zu level%s all won or not won at all: no finite weight exists; the "
            "others are the limit fit without those leads (the default --penalty "
            "gaussian gives every level a finite weight)",
            separated, separated == 1 ? " is" : "s are");
    if (!rc && fit->dropped)
        rc = lc_frame_note(frame, err, "%zu leads have an empty numeric cell and were left out",
                           fit->dropped);
    return rc ? rc : lc_fit_note_separation(fit, arena, frame, err);
}

enum lc_rc lc_fit_frame(const struct lc_fit *fit, struct lc_arena *arena,
                        struct lc_frame *frame, struct lc_err *err)
{
    struct lc_frame f;
    enum lc_rc rc;

    lc_frame_init(&f, "fit", heading, COLUMNS, arena);
    f.title = lc_arena_format(arena, "%zu leads, %zu won", fit->n, fit->n_won);
    rc = add_intercept(fit, arena, &f, err);
    for (size_t j = 0; j < fit->k_attributes && !rc; j++)
        rc = add_attribute(fit, j, arena, &f, err);
    if (!rc && lc_fit_is_local(fit))
        rc = add_local(fit, arena, &f, err);
    for (size_t j = 0; j < fit->n_numeric && !rc; j++)
        rc = add_numeric(fit, j, &f, err);
    if (!rc)
        rc = add_notes(fit, arena, &f, err);
    if (!rc)
        *frame = f;
    return rc;
}
