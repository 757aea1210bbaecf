#include "fit_internal.h"

#include "leadcal/num.h"

/* Of the rows still in the likelihood; to may be from. */
static void keep_reals(const struct lc_fit_work *w, const double *from, double *to)
{
    size_t at = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i])
            to[at++] = from[i];
}

/* The rows still in the likelihood, as arrays of their own where some were taken out. Levels that
 * were separated have no row left; they share the reference's empty place in the layout. */
static enum lc_rc squeeze(const struct lc_fit_work *w, size_t left, const struct lc_fit *fit,
                          struct lc_arena *scratch, struct lc_column *codes, double *y,
                          double *seen, struct lc_err *err)
{
    size_t at = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i])
            y[at++] = w->y[i];
    codes[fit->k_attributes] =
        w->codes[fit->k_attributes]; /* the quarters, if they are there */
    if (seen)
        keep_reals(w, w->seen, seen);
    for (size_t j = 0; j < fit->k_attributes; j++) {
        const struct lc_column *from = &w->codes[j];
        void *to;

        codes[j] = *from;
        if (left == w->n)
            continue;
        to = lc_arena_alloc(scratch, left, from->width);
        if (!to)
            return lc_fail_memory(err, "the limit fit");
        at = 0;
        for (size_t i = 0; i < w->n; i++)
            if (w->keep[i])
                lc_code_put(to, from->width, at++, lc_code_at(from, i));
        codes[j].code = to;
    }
    for (size_t j = 0; j < fit->n_numeric && left < w->n; j++)
        keep_reals(w, w->x[j], w->x[j]);
    return LC_OK;
}

static enum lc_rc run_kernel(struct lc_fit_work *w, size_t left, struct lc_parallel *pool,
                             struct lc_arena *arena, struct lc_arena *scratch,
                             struct lc_fit *fit, struct lc_err *err)
{
    struct lc_column *column = LC_NEW(scratch, fit->k_attributes + 1, struct lc_column);
    double *y = LC_NEW(scratch, left + 1, double), *precision;
    double *seen = w->seen ? LC_NEW(scratch, left + 1, double) : NULL;
    struct lc_codes codes = {
        .n = left, .k = fit->k_attributes + (fit->quarters.n > 0), .column = column};
    struct lc_logit_data data = {.n = left,
                                 .codes = &codes,
                                 .reference = fit->reference,
                                 .x = (const double *const *)w->x,
                                 .n_numeric = fit->n_numeric,
                                 .y = y,
                                 .seen = seen};
    struct lc_logit_prior prior = {0};
    size_t **at = NULL, k = 0;
    enum lc_rc rc;

    if (!column || !y || (w->seen && !seen))
        return lc_fail_memory(err, "the design");
    rc = squeeze(w, left, fit, scratch, column, y, seen, err);
    if (!rc)
        rc = lc_logit_layout(&data, arena, &at, &k, err);
    if (rc)
        return rc;
    fit->at = at;
    if (fit->local)
        rc = lc_fit_with_local(w, &data, pool, arena, scratch, fit, err);
    if (rc || w->places)
        return rc;
    if (w->prior)
        return lc_prior_fit(w->prior, &data, fit->prior_sd, pool, arena, fit, err);
    if (!fit->likelihood && fit->penalty != LC_PENALTY_GAUSSIAN)
        return lc_fit_penalised(w, &data, k, pool, arena, scratch, fit, err);
    precision = LC_NEW(scratch, k, double);
    if (!precision)
        return lc_fail_memory(err, "the prior");
    for (size_t b = 1; b < k && !fit->likelihood; b++)
        precision[b] = b < k - fit->quarters.n ? 1 / (fit->prior_sd * fit->prior_sd)
                                               : 1 / (fit->quarters.sd * fit->quarters.sd);
    prior.precision = precision;
    return lc_logit(&data, fit->likelihood ? NULL : &prior, pool, arena, &fit->kernel, err);
}

/* Options that exclude each other. Penalties other than the Gaussian one take the information for
 * that of leads whose end is known. */
static enum lc_rc refuse_together(const struct lc_fit_options *options, bool reference,
                                  struct lc_err *err)
{
    const bool gaussian = !options->likelihood && options->penalty == LC_PENALTY_GAUSSIAN;
    const bool learned = !options->likelihood && options->penalty == LC_PENALTY_LEARNED;

    if (options->local && !gaussian && !learned)
        return lc_fail(err, LC_EMISMATCH,
                       "--local learns how far segments differ under --penalty gaussian or "
                       "learned only; leave one of them out");
    if (options->local && (options->prior || options->chain))
        return lc_fail(err, LC_EMISMATCH,
                       "--prior holds one set of weights for everybody, so segments cannot "
                       "deviate from it; leave --prior or --local out");
    if (options->local && options->seen)
        return lc_fail(err, LC_EMISMATCH,
                       "--local learns from leads that are followed to the end; leave it or "
                       "--maturity lag out");

    if (!reference && (options->n_numeric || options->n_references))
        return lc_fail(
            err, LC_EMISMATCH,
            "--numeric and --reference are for --penalty none or firth; under a prior numbers "
            "go into bins and no level is a reference");
    if (!gaussian && (options->prior || options->chain))
        return lc_fail(err, LC_EMISMATCH,
                       "--prior begins from a posterior, and goes with the default --penalty "
                       "only; leave one of them out");
    if (!gaussian && !options->likelihood && options->seen)
        return lc_fail(
            err, LC_EMISMATCH,
            "young leads count by the share of their lag under the default --penalty "
            "or none only; leave --maturity lag or the penalty out");
    return LC_OK;
}

/* What is made of the fit once the kernel has run. */
static enum lc_rc settle(struct lc_fit_work *work, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_fit *f, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (f->quarters.n)
        rc = lc_fit_settle_quarters(arena, f, err);
    if (!rc && work->places)
        rc = lc_fit_settle_local(work, arena, f, err);
    if (!rc && work->options->explain)
        rc = lc_fit_explain(work, pool, arena, f, err);
    return rc;
}

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract in fit.h */
enum lc_rc lc_fit_leads(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit, struct lc_err *err)
{
    struct lc_fit f = {.likelihood = options->likelihood,
                       .penalty = options->penalty,
                       .prior_sd = options->prior_sd,
                       .k_attributes = k,
                       .numeric = options->numeric,
                       .n_numeric = options->n_numeric};
    struct lc_fit_work work = {.n = n,
                               .row = row,
                               .y = y,
                               .seen = options->seen,
                               .prior = options->prior,
                               .options = options};
    struct lc_arena scratch;
    size_t left = 0;
    enum lc_rc rc;

    rc = refuse_together(options, lc_fit_has_reference(&f), err);
    if (rc)
        return rc;
    if (options->chain)
        return lc_fit_chain(table, row, y, n, column, given, k, options, pool, arena, fit, err);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_fit_take_leads(table, options, &scratch, &work, &f, err);
    if (!rc)
        rc = lc_fit_learn(table, column, given, &work, arena, &scratch, &f, err);
    if (!rc)
        rc = lc_fit_code_quarters(options, &work, &scratch, &f, err);
    if (!rc && options->local)
        rc = lc_fit_find_segments(table, column, &work, arena, &scratch, &f, err);
    left = work.n;
    if (!rc && f.likelihood)
        rc = lc_fit_separate(&work, pool, arena, &f, &left, err);
    if (!rc)
        rc = lc_fit_choose_references(options, arena, &f, err);
    if (!rc)
        rc = run_kernel(&work, left, pool, arena, &scratch, &f, err);
    if (!rc)
        rc = settle(&work, pool, arena, &f, err);
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    f.log_likelihood = -f.kernel.deviance / 2;
    f.aic = f.kernel.deviance;
    for (size_t b = 0; b < f.kernel.k; b++)
        f.aic += f.kernel.aliased[b] ? 0 : 2;
    if (!f.likelihood)
        f.aic = LC_NAN; /* a penalised fit has effective degrees of freedom instead */
    *fit = f;
    return LC_OK;
}
