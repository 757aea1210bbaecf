/* Penalties other than one Gaussian prior of a given SD, and what the notes say of all of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_internal.h"
#include "leadcal/components.h"

/* The root mean square of the attributes' SDs over their levels: the one number of the model file. */
double lc_fit_typical_sd(const struct lc_fit *fit)
{
    double levels = 0, squares = 0;

    for (size_t j = 0; j < fit->k_attributes; j++) {
        const double sd = fmax(fit->sd[j], LC_COMPONENT_LEAST);

        levels += (double)fit->attribute[j].n_levels;
        squares += (double)fit->attribute[j].n_levels * sd * sd;
    }
    return levels > 0 ? sqrt(squares / levels) : LC_COMPONENT_LEAST;
}

/* The first attribute of the same set; j itself where it is no member of one. */
size_t lc_fit_first_of_set(const struct lc_fit *fit, size_t j)
{
    const char *set = fit->attribute[j].set_of;
    size_t i = set ? 0 : j;

    while (i < j && !(fit->attribute[i].set_of && strcmp(fit->attribute[i].set_of, set) == 0))
        i++;
    return i;
}

static enum lc_rc fit_learned(const struct lc_logit_data *data, struct lc_parallel *pool,
                              struct lc_arena *arena, struct lc_arena *scratch,
                              struct lc_fit *fit, struct lc_err *err)
{
    double *given = LC_NEW(scratch, fit->k_attributes + 1, double);
    size_t *group = LC_NEW(scratch, fit->k_attributes + 1, size_t);
    struct lc_components c;
    enum lc_rc rc;

    if (!given || !group)
        return lc_fail_memory(err, "the variance components");
    given[fit->k_attributes] = fit->quarters.sd; /* the quarters' column, where there is one */
    for (size_t j = 0; j < fit->k_attributes; j++)
        group[j] = lc_fit_first_of_set(fit, j);
    group[fit->k_attributes] = fit->k_attributes;
    rc = lc_components(data, given, group, false, pool, arena, &c, err);
    if (rc)
        return rc;
    fit->kernel = c.fit;
    fit->sd = c.sd;
    fit->marginal = c.marginal;
    fit->prior_sd = lc_fit_typical_sd(fit);
    return LC_OK;
}

static enum lc_rc fit_log_f(const struct lc_logit_data *data, size_t k,
                            struct lc_parallel *pool, struct lc_arena *arena,
                            struct lc_arena *scratch, struct lc_fit *fit, struct lc_err *err)
{
    double *m = LC_NEW(scratch, k, double), *mean, *cov;
    const struct lc_logit_prior prior = {.log_f = m};
    struct lc_logit_ready *ready;
    enum lc_rc rc;

    if (!m)
        return lc_fail_memory(err, "the prior");
    for (size_t b = 1; b < k; b++)
        m[b] = LC_LOG_F;
    fit->prior_sd = acos(-1) / sqrt(3); /* of the standard logistic law */
    rc = lc_logit_prepare(data, pool, scratch, &ready, err);
    if (!rc)
        rc = lc_logit_from(ready, &prior, NULL, arena, &fit->kernel, err);
    if (!rc)
        rc = lc_logit_moments(ready, &prior, &fit->kernel, arena, &mean, &cov, err);
    if (rc)
        return rc;
    fit->mean = mean;
    fit->kernel.cov = cov;
    return LC_OK;
}

bool lc_fit_has_reference(const struct lc_fit *fit)
{
    return fit->likelihood || fit->penalty == LC_PENALTY_FIRTH;
}

/* The kernel's answer is Firth's, but for the intercept, which is FLIC's: a card is there to say how
 * likely a lead is, and Firth's intercept says too much. */
static enum lc_rc fit_firth(const struct lc_fit_work *work, const struct lc_logit_data *data,
                            struct lc_parallel *pool, struct lc_arena *arena,
                            struct lc_fit *fit, struct lc_err *err)
{
    const double began = lc_logit_clock();
    struct lc_firth_limits *limits;
    struct lc_firth_work *profiles;
    struct lc_firth f;
    enum lc_rc rc = lc_firth(data, pool, arena, &profiles, &f, err);

    if (rc)
        return rc;
    limits = LC_NEW(arena, f.k, struct lc_firth_limits);
    if (!limits)
        return lc_fail_memory(err, "the profiles");
    for (size_t j = 1; j < f.k && work->options->profile && !rc; j++)
        if (!f.aliased[j])
            rc = lc_firth_profile(profiles, &f, j, &limits[j], err);
    if (rc)
        return rc;
    fit->kernel = (struct lc_logit_fit){.k = f.k,
                                        .b = f.b,
                                        .cov = f.cov,
                                        .aliased = f.aliased,
                                        .deviance = -2 * f.likelihood,
                                        .null_deviance = f.null_deviance,
                                        .iterations = f.iterations};
    fit->kernel.b[0] = f.intercept;
    for (size_t j = 0; j < f.k; j++)
        fit->kernel.effective_df += !f.aliased[j];
    fit->kernel.seconds = lc_logit_clock() - began;
    fit->limits = work->options->profile ? limits : NULL;
    fit->penalised = f.penalised;
    fit->prior_sd = 0; /* as maximum likelihood has none */
    return LC_OK;
}

bool lc_fit_is_sparse(const struct lc_fit *fit)
{
    return !fit->likelihood &&
           (fit->penalty == LC_PENALTY_LASSO || fit->penalty == LC_PENALTY_ELASTIC);
}

enum lc_rc lc_fit_penalised(const struct lc_fit_work *work, const struct lc_logit_data *data,
                            size_t k, struct lc_parallel *pool, struct lc_arena *arena,
                            struct lc_arena *scratch, struct lc_fit *fit, struct lc_err *err)
{
    switch (fit->penalty) {
    case LC_PENALTY_LEARNED: return fit_learned(data, pool, arena, scratch, fit, err);
    case LC_PENALTY_LOGF: return fit_log_f(data, k, pool, arena, scratch, fit, err);
    case LC_PENALTY_FIRTH: return fit_firth(work, data, pool, arena, fit, err);
    case LC_PENALTY_RIDGE:
    case LC_PENALTY_LASSO:
    case LC_PENALTY_ELASTIC:
        return lc_fit_along_path(work, data, k, pool, arena, scratch, fit, err);
    case LC_PENALTY_GAUSSIAN: break;
    }
    abort(); /* run_kernel does that one itself */
}

/* ---- notes ---- */

struct spread {
    const char *attribute;
    double sd;
};

/* Widest first; by name among equals. */
static int by_spread(const void *a, const void *b)
{
    const struct spread *p = a, *q = b;

    if (p->sd != q->sd)
        return p->sd < q->sd ? 1 : -1;
    return strcmp(p->attribute, q->attribute);
}

/* The SDs of attributes, of a set one; how many. */
static size_t list_spreads(const struct lc_fit *fit, struct spread *to)
{
    size_t n = 0;

    for (size_t j = 0; j < fit->k_attributes; j++)
        if (lc_fit_first_of_set(fit, j) == j)
            to[n++] = (struct spread){lc_attribute_source(&fit->attribute[j]), fit->sd[j]};
    if (n)
        qsort(to, n, sizeof *to, by_spread);
    return n;
}

/* "source 0.41, company_size 0.12; the levels of industry do not differ" */
static const char *spreads_text(const struct lc_fit *fit, struct lc_arena *arena)
{
    struct spread *s = LC_NEW(arena, fit->k_attributes + 1, struct spread);
    const size_t n = s ? list_spreads(fit, s) : 0;
    const char *wide = "", *none = "";

    if (!s)
        return NULL;
    for (size_t j = 0; j < n && wide && none; j++)
        if (s[j].sd > 0)
            wide = lc_arena_format(arena, "%s%s%s %.2f", wide, *wide ? ", " : "",
                                   s[j].attribute, s[j].sd);
        else
            none = lc_arena_format(arena, "%s%s%s", none, *none ? ", " : "", s[j].attribute);
    if (!wide || !none)
        return NULL;
    return lc_arena_format(arena, "%s%s%s%s%s", wide, *wide && *none ? "; " : "",
                           *none ? "the levels of " : "", none,
                           *none ? " differ by no more than chance" : "");
}

static enum lc_rc note_learned(const struct lc_fit *fit, struct lc_arena *arena,
                               struct lc_frame *frame, struct lc_err *err)
{
    const char *spreads = spreads_text(fit, arena);

    if (!spreads)
        return lc_fail_memory(err, "the notes");
    return lc_frame_note(
        frame, err,
        "how far the levels of an attribute differ, learnt from these leads (SD in log-odds, "
        "log marginal likelihood %.7g): %s; std. error is the posterior SD, low and high the "
        "95 %% interval; %.1f effective degrees of freedom of %zu, log-likelihood %.7g",
        fit->marginal, spreads, fit->kernel.effective_df,
        fit->kernel.k + fit->quarters.n + (fit->local ? fit->local->n_weights : 0),
        fit->log_likelihood);
}

static enum lc_rc note_path(const struct lc_fit *fit, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    const char *chosen = lc_fit_path_text(fit, arena);

    if (!chosen)
        return lc_fail_memory(err, "the notes");
    if (lc_fit_is_sparse(fit))
        return lc_frame_note(frame, err,
                             "%s: %zu of %zu levels have a weight that is not 0; such weights "
                             "have no standard error; log-likelihood %.7g",
                             chosen, fit->path.used, fit->kernel.k - 1, fit->log_likelihood);
    return lc_frame_note(
        frame, err,
        "%s, which is a Gaussian prior of SD %.3g on each level: std. error is the posterior SD, "
        "low and high the 95 %% interval; %.1f effective degrees of freedom of %zu, "
        "log-likelihood %.7g",
        chosen, fit->prior_sd, fit->kernel.effective_df, fit->kernel.k, fit->log_likelihood);
}

enum lc_rc lc_fit_note_few(const struct lc_fit *fit, struct lc_frame *frame, struct lc_err *err)
{
    const size_t lost = fit->n - fit->n_won, few = lost < fit->n_won ? lost : fit->n_won;
    const bool gaussian = !lc_fit_has_reference(fit) && fit->penalty != LC_PENALTY_LEARNED;
    size_t weights = fit->n_numeric;

    for (size_t j = 0; j < fit->k_attributes; j++)
        weights += fit->attribute[j].n_levels - (fit->attribute[j].n_levels > 0);
    if (fit->carried || few >= weights)
        return LC_OK;
    return lc_frame_note(
        frame, err, "%zu %s%s for %zu weights (levels less one for each attribute): %s; %s",
        few, few == fit->n_won ? "win" : "loss",
        few == 1            ? ""
        : few == fit->n_won ? "s"
                            : "es",
        weights,
        gaussian ? "the penalty has more say in them than the leads"
                 : "they follow chance more than the leads",
        gaussian ? "leave attributes out (--by), or wait for more"
                 : "the default --penalty gaussian holds them in");
}

enum lc_rc lc_fit_note_penalty(const struct lc_fit *fit, struct lc_arena *arena,
                               struct lc_frame *frame, struct lc_err *err)
{
    switch (fit->penalty) {
    case LC_PENALTY_LEARNED: return note_learned(fit, arena, frame, err);
    case LC_PENALTY_RIDGE:
    case LC_PENALTY_LASSO:
    case LC_PENALTY_ELASTIC: return note_path(fit, arena, frame, err);
    case LC_PENALTY_LOGF:
        return lc_frame_note(
            frame, err,
            "log-F(%.3g,%.3g) prior on each level, as if one lead more were won and one more "
            "not: std. error is the posterior SD, low and high the 95 %% interval; %.1f "
            "effective degrees of freedom of %zu, log-likelihood %.7g",
            LC_LOG_F, LC_LOG_F, fit->kernel.effective_df, fit->kernel.k, fit->log_likelihood);
    case LC_PENALTY_FIRTH:
        return lc_frame_note(
            frame, err,
            "Firth's penalty (half the log-determinant of the information) takes the bias of small "
            "samples out: std. error is by the plain information, low, high and p by the profile "
            "of the penalised likelihood; the intercept is refitted (FLIC), so that the mean "
            "probability is the close rate; penalised log-likelihood %.7g",
            fit->penalised);
    case LC_PENALTY_GAUSSIAN: break;
    }
    return lc_frame_note(
        frame, err,
        "Gaussian prior of SD %.3g on each level: std. error is the posterior SD, "
        "low and high the 95 %% interval; %.1f effective degrees of freedom of "
        "%zu, log-likelihood %.7g",
        fit->prior_sd, fit->kernel.effective_df,
        fit->kernel.k + fit->quarters.n + (fit->local ? fit->local->n_weights : 0),
        fit->log_likelihood);
}
