#include "fit_internal.h"

/* Centres an attribute's values at their mean over the training leads, so that an average lead
 * stands at 0 in every attribute; returns the mean taken out. */
static double centre(const struct lc_attribute *a, double *value)
{
    double leads = 0, mean = 0;

    for (size_t v = 0; v < a->n_levels; v++)
        leads += a->n[v];
    for (size_t v = 0; v < a->n_levels; v++)
        mean += a->n[v] * value[v] / leads;
    for (size_t v = 0; v < a->n_levels; v++)
        value[v] -= mean;
    return mean;
}

static enum lc_rc fill_attribute(const struct lc_fit *fit, size_t j, struct lc_arena *arena,
                                 struct lc_card_attribute *to, double **to_points,
                                 double *intercept, struct lc_err *err)
{
    const struct lc_attribute *a = &fit->attribute[j];
    double *value = LC_NEW(arena, a->n_levels + 1, double);
    double *points = LC_NEW(arena, a->n_levels + 1, double);
    double *variance = LC_NEW(arena, a->n_levels + 1, double);

    if (!value || !points || !variance)
        return lc_fail_memory(err, "the card");
    for (size_t v = 0; v < a->n_levels && fit->separated; v++)
        if (fit->separated[j][v])
            return lc_fail(
                err, LC_EMISMATCH,
                "'%s=%s' is separated and has no finite weight, so no model can be made; "
                "use the default --penalty gaussian",
                a->column, a->level[v]);
    lc_fit_levels(fit, j, value, variance);
    *intercept += centre(a, value);
    lc_points_of(value, a->n_levels, points);
    *to = (struct lc_card_attribute){.attribute = *a, .value = value, .points = points};
    *to_points = points;
    return LC_OK;
}

enum lc_rc lc_fit_card(const struct lc_fit *fit, const char *method, struct lc_arena *arena,
                       struct lc_card *card, struct lc_err *err)
{
    const size_t k = fit->k_attributes + lc_fit_local_attributes(fit);
    struct lc_card_attribute *attribute = LC_NEW(arena, k + 1, struct lc_card_attribute);
    double **points = LC_NEW(arena, fit->k_attributes + 1, double *);
    double intercept = fit->kernel.b[0];
    enum lc_rc rc = LC_OK;

    if (fit->n_numeric)
        return lc_fail(
            err, LC_EMISMATCH,
            "a --numeric term has no levels and cannot enter a model; leave '%s' to bins",
            fit->numeric[0]);
    if (!attribute || !points)
        return lc_fail_memory(err, "the card");
    for (size_t j = 0; j < fit->k_attributes && !rc; j++)
        rc = fill_attribute(fit, j, arena, &attribute[j], &points[j], &intercept, err);
    if (rc)
        return rc;
    lc_fit_set_points(attribute, points, fit->k_attributes);
    if (k > fit->k_attributes)
        rc = lc_fit_local_card(fit, arena, attribute, err);
    if (rc)
        return rc;
    for (size_t j = 0; j < k; j++)
        lc_card_describe(&attribute[j]);
    *card = (struct lc_card){.method = method,
                             .intercept = intercept,
                             .k = k,
                             .attribute = attribute,
                             .scale = lc_points_standard()};
    return LC_OK;
}
