#include "leadcal/prior.h"

#include <string.h>

#include "model_internal.h"
#include "prior_internal.h"

/* ---- where it comes from ---- */

enum lc_rc lc_prior_take(const struct lc_model *m, const char *name, struct lc_arena *arena,
                         struct lc_prior *prior, struct lc_err *err)
{
    struct lc_attribute *attribute = LC_NEW(arena, m->card.k + 1, struct lc_attribute);
    size_t terms = 1;

    if (!attribute)
        return lc_fail_memory(err, "the prior");
    for (size_t j = 0; j < m->card.k; j++) {
        if (m->card.attribute[j].attribute.of)
            return lc_fail(
                err, LC_EMISMATCH,
                "%.200s: has deviations of segments (--local), which a prior cannot "
                "begin from; fit without --prior, or begin from a model without them",
                name);
        attribute[j] = m->card.attribute[j].attribute;
        terms += attribute[j].n_levels;
    }
    if (!(m->prior_sd > 0) || m->k_posterior != terms)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.200s: was fitted by maximum likelihood, which knows no spread of its levels, so "
            "it cannot be a prior; fit that quarter with the default penalty",
            name);
    if (m->boundary.as_of == LC_NO_DAY || m->boundary.last_decision == LC_NO_DAY)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.200s: its boundary has no days, so nobody can tell which leads it has learnt "
            "from; fit that quarter with --entered and --closed, or this one without "
            "a prior",
            name);
    *prior = (struct lc_prior){.name = name,
                               .as_of = m->boundary.as_of,
                               .k = m->card.k,
                               .attribute = attribute,
                               .mean = m->posterior_mean,
                               .cov = m->posterior_cov,
                               .quarter = m->prior.quarter,
                               .n_quarters = m->prior.n_quarters};
    return LC_OK;
}

enum lc_rc lc_prior_quarters(const struct lc_carried *carried, int32_t as_of, double leads,
                             double won, struct lc_arena *arena,
                             const struct lc_drift_quarter **to, size_t *n, struct lc_err *err)
{
    const size_t before = carried->from->n_quarters;
    const size_t skip = before + 1 > LC_DRIFT_QUARTERS ? before + 1 - LC_DRIFT_QUARTERS : 0;
    struct lc_drift_quarter *quarter = LC_NEW(arena, before + 1, struct lc_drift_quarter);

    if (!quarter)
        return lc_fail_memory(err, "the prior");
    for (size_t i = skip; i < before; i++)
        quarter[i - skip] = carried->from->quarter[i];
    quarter[before - skip] =
        (struct lc_drift_quarter){as_of, leads, won, carried->update.curve};
    *to = quarter;
    *n = before + 1 - skip;
    return LC_OK;
}

enum lc_rc lc_prior_of_fit(const struct lc_fit *fit, const char *name, struct lc_arena *arena,
                           struct lc_prior *prior, struct lc_err *err)
{
    struct lc_prior made = {.name = name,
                            .as_of = LC_NO_DAY,
                            .k = fit->k_attributes,
                            .attribute = fit->attribute,
                            .mean = fit->kernel.b,
                            .cov = fit->kernel.cov};
    enum lc_rc rc = LC_OK;

    if (fit->carried)
        rc = lc_prior_quarters(fit->carried, LC_NO_DAY, (double)fit->n, (double)fit->n_won,
                               arena, &made.quarter, &made.n_quarters, err);
    if (!rc)
        *prior = made;
    return rc;
}

int32_t lc_prior_boundary(const struct lc_model *m)
{
    const bool all = m->boundary.open_leads || m->boundary.window_days == LC_WINDOW_NONE;

    return all ? m->boundary.as_of : m->boundary.as_of - m->boundary.window_days;
}

/* ---- on to this quarter's design ---- */

size_t lc_prior_level(const struct lc_attribute *a, const char *level)
{
    size_t v = 0;

    while (v < a->n_levels && strcmp(a->level[v], level) != 0)
        v++;
    return v;
}

/* Where each coefficient of the new design stands in the prior; 0, the intercept's place, where it
 * does not. */
static void match_terms(const struct lc_prior *prior, const struct lc_fit *fit, size_t *from)
{
    for (size_t j = 0; j < fit->k_attributes; j++) {
        const struct lc_attribute *a = &fit->attribute[j];
        const struct lc_attribute *old = lc_prior_find(prior, a->column);
        size_t first = 1;

        for (size_t i = 0; old && &prior->attribute[i] != old; i++)
            first += prior->attribute[i].n_levels;
        for (size_t v = 0; old && v < a->n_levels; v++) {
            const size_t at = lc_prior_level(old, a->level[v]);

            if (at < old->n_levels)
                from[fit->at[j][v]] = first + at;
        }
    }
}

static size_t count_terms(const struct lc_prior *prior)
{
    size_t terms = 1;

    for (size_t j = 0; j < prior->k; j++)
        terms += prior->attribute[j].n_levels;
    return terms;
}

/* Known coefficients have their posterior, with each other; new ones N(0, sd^2), with none. */
static enum lc_rc place(const struct lc_prior *prior, const struct lc_fit *fit, size_t k,
                        double sd, struct lc_arena *arena, struct lc_update_prior *to,
                        struct lc_err *err)
{
    const size_t terms = count_terms(prior);
    double *mean = LC_NEW(arena, k, double), *cov = LC_NEW(arena, k * k, double);
    bool *drifts = LC_NEW(arena, k, bool);
    size_t *from = LC_NEW(arena, k, size_t);

    if (!mean || !cov || !drifts || !from)
        return lc_fail_memory(err, "the prior");
    match_terms(prior, fit, from);
    for (size_t i = 1; i < k; i++) {
        drifts[i] = from[i] > 0;
        mean[i] = drifts[i] ? prior->mean[from[i]] : 0;
        cov[i * k + i] = sd * sd;
        for (size_t j = 1; j < k && drifts[i]; j++)
            if (from[j] > 0)
                cov[i * k + j] = prior->cov[from[i] * terms + from[j]];
    }
    *to = (struct lc_update_prior){.k = k, .mean = mean, .cov = cov, .drifts = drifts};
    return LC_OK;
}

enum lc_rc lc_prior_fit(const struct lc_prior *prior, const struct lc_logit_data *data,
                        double prior_sd, struct lc_parallel *pool, struct lc_arena *arena,
                        struct lc_fit *fit, struct lc_err *err)
{
    struct lc_carried *carried = LC_NEW(arena, 1, struct lc_carried);
    double past[LC_DRIFTS] = {0}, *expected;
    size_t k = 1;
    enum lc_rc rc;

    if (!carried)
        return lc_fail_memory(err, "the prior");
    for (size_t j = 0; j < fit->k_attributes; j++)
        k += fit->attribute[j].n_levels;
    expected = LC_NEW(arena, k, double);
    if (!expected)
        return lc_fail_memory(err, "the prior");
    for (size_t q = 0; q < prior->n_quarters; q++)
        for (size_t i = 0; i < LC_DRIFTS; i++)
            past[i] += prior->quarter[q].curve[i];
    carried->from = prior;
    rc = place(prior, fit, k, prior_sd, arena, &carried->prior, err);
    if (!rc)
        rc = lc_update(data, &carried->prior, past, pool, arena, &fit->kernel, &carried->update,
                       err);
    if (!rc)
        rc = lc_update_expected(data, carried->prior.mean, pool, arena, expected, err);
    carried->expected = expected;
    if (!rc)
        fit->carried = carried;
    return rc;
}

/* ---- into the model ---- */

enum lc_rc lc_model_carry(struct lc_model *m, const struct lc_model_recipe *recipe,
                          struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_carried *carried = recipe->fit->carried;
    struct lc_model_prior made = {.name = recipe->prior_name ? recipe->prior_name : "",
                                  .sha256 = recipe->prior_sha256 ? recipe->prior_sha256 : "",
                                  .q = carried->update.q,
                                  .low = carried->update.low,
                                  .high = carried->update.high};
    const enum lc_rc rc =
        lc_prior_quarters(carried, m->boundary.as_of, m->boundary.leads, m->boundary.won, arena,
                          &made.quarter, &made.n_quarters, err);

    if (!rc)
        m->prior = made;
    return rc;
}
