/* The leads of a fit, their numbers, and the attributes learnt from them. */
#include <math.h>

#include "fit_internal.h"

static enum lc_rc find_numeric(const struct lc_table *table, const struct lc_fit_options *o,
                               struct lc_arena *scratch, const struct lc_table_column ***to,
                               struct lc_err *err)
{
    const struct lc_table_column **c =
        LC_NEW(scratch, o->n_numeric + 1, const struct lc_table_column *);

    if (!c)
        return lc_fail_memory(err, "numeric columns");
    for (size_t j = 0; j < o->n_numeric; j++) {
        size_t at = 0;
        const enum lc_rc rc = lc_table_find(table, o->numeric[j], &at, err);

        if (rc)
            return rc;
        c[j] = &table->column[at];
        if (c[j]->kind != LC_KIND_NUMBER)
            return lc_fail(
                err, LC_EMISMATCH,
                "column '%s' holds texts, so it cannot be --numeric; mend those cells or "
                "name them with --missing",
                o->numeric[j]);
    }
    *to = c;
    return LC_OK;
}

/* The leads with a value in every numeric column, and those values. */
static enum lc_rc take_leads(const struct lc_table_column *const *numeric, size_t n_numeric,
                             const uint32_t *row, const uint8_t *y, size_t n,
                             struct lc_arena *scratch, struct lc_fit_work *w,
                             struct lc_err *err)
{
    uint32_t *kept = LC_NEW(scratch, n + 1, uint32_t);
    uint8_t *won = LC_NEW(scratch, n + 1, uint8_t);
    double *seen = w->seen ? LC_NEW(scratch, n + 1, double) : NULL;

    w->x = LC_NEW(scratch, n_numeric + 1, double *);
    w->keep = LC_NEW(scratch, n + 1, uint8_t);
    if (!kept || !won || !w->x || !w->keep || (w->seen && !seen))
        return lc_fail_memory(err, "the leads");
    for (size_t j = 0; j < n_numeric; j++) {
        w->x[j] = LC_NEW(scratch, n + 1, double);
        if (!w->x[j])
            return lc_fail_memory(err, "numeric columns");
    }
    w->n = 0;
    for (size_t i = 0; i < n; i++) {
        bool whole = true;

        for (size_t j = 0; j < n_numeric; j++) {
            const double x = numeric[j]->number[lc_code_at(&numeric[j]->codes, row[i])];

            whole = whole && !isnan(x);
            w->x[j][w->n] = x;
        }
        kept[w->n] = row[i];
        won[w->n] = y[i];
        w->keep[w->n] = 1;
        if (seen)
            seen[w->n] = w->seen[i];
        w->n += whole;
    }
    w->row = kept;
    w->y = won;
    w->seen = seen;
    return LC_OK;
}

static enum lc_rc refuse_one_class(const struct lc_fit *fit, struct lc_err *err)
{
    if (fit->n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "there is no lead to fit; check the spec and --window");
    if (fit->n_won == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "none of %zu leads was won, so there is nothing to fit; check --won and "
                       "--window",
                       fit->n);
    if (fit->n_won == fit->n)
        return lc_fail(
            err, LC_EDEGENERATE,
            "all %zu leads were won, so there is nothing to tell apart; the export needs "
            "the leads that were not won, too",
            fit->n);
    return LC_OK;
}

enum lc_rc lc_fit_take_leads(const struct lc_table *table, const struct lc_fit_options *options,
                             struct lc_arena *scratch, struct lc_fit_work *w,
                             struct lc_fit *fit, struct lc_err *err)
{
    const struct lc_table_column **numeric = NULL;
    const size_t n = w->n;
    enum lc_rc rc = find_numeric(table, options, scratch, &numeric, err);

    if (!rc)
        rc = take_leads(numeric, options->n_numeric, w->row, w->y, n, scratch, w, err);
    if (rc)
        return rc;
    fit->n = w->n;
    fit->dropped = n - w->n;
    for (size_t i = 0; i < w->n; i++)
        fit->n_won += w->y[i];
    return refuse_one_class(fit, err);
}

enum lc_rc lc_fit_learn(const struct lc_table *table, const size_t *column,
                        const struct lc_spec_attribute *const *given, struct lc_fit_work *w,
                        struct lc_arena *arena, struct lc_arena *scratch, struct lc_fit *fit,
                        struct lc_err *err)
{
    struct lc_attribute *a = LC_NEW(arena, fit->k_attributes + 1, struct lc_attribute);
    enum lc_rc rc = LC_OK;

    w->codes = LC_NEW(scratch, fit->k_attributes + 1, struct lc_column); /* and the quarters */
    if (!a || !w->codes)
        return lc_fail_memory(err, "attributes");
    for (size_t j = 0; j < fit->k_attributes && !rc; j++) {
        const struct lc_table_column *c = &table->column[column[j]];

        if (w->prior)
            rc = lc_prior_attribute(w->prior, c, given ? given[j] : NULL, w->row, w->y, w->n,
                                    arena, &a[j], err);
        else
            rc = lc_attribute_learn(c, given ? given[j] : NULL, w->row, w->y, w->n, arena,
                                    &a[j], err);
        if (!rc)
            rc = lc_attribute_code_learnt(&a[j], c, w->row, w->n, scratch, &w->codes[j], err);
    }
    fit->attribute = a;
    return rc;
}
