#include "fit_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"

/* ---- the leads ---- */

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

    w->x = LC_NEW(scratch, n_numeric + 1, double *);
    w->keep = LC_NEW(scratch, n + 1, uint8_t);
    if (!kept || !won || !w->x || !w->keep)
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
        w->n += whole;
    }
    w->row = kept;
    w->y = won;
    return LC_OK;
}

static enum lc_rc learn(const struct lc_table *table, const size_t *column,
                        const struct lc_spec_attribute *const *given, struct lc_fit_work *w,
                        struct lc_arena *arena, struct lc_arena *scratch, struct lc_fit *fit,
                        struct lc_err *err)
{
    struct lc_attribute *a = LC_NEW(arena, fit->k_attributes + 1, struct lc_attribute);
    enum lc_rc rc = LC_OK;

    w->codes = LC_NEW(scratch, fit->k_attributes + 1, struct lc_column);
    if (!a || !w->codes)
        return lc_fail_memory(err, "attributes");
    for (size_t j = 0; j < fit->k_attributes && !rc; j++) {
        const struct lc_table_column *c = &table->column[column[j]];

        rc = lc_attribute_learn(c, given ? given[j] : NULL, w->row, w->y, w->n, arena, &a[j],
                                err);
        if (!rc)
            rc = lc_attribute_code(&a[j], c, w->row, w->n, scratch, &w->codes[j], err);
        if (!rc)
            w->codes[j].n_levels = (uint32_t)a[j].n_levels; /* nothing is unseen in training */
    }
    fit->attribute = a;
    return rc;
}

/* ---- references ---- */

/* The level that --reference names for an attribute, or LC_NO_CODE. */
static enum lc_rc asked_reference(const struct lc_attribute *a, const struct lc_fit_options *o,
                                  uint32_t *to, struct lc_err *err)
{
    const size_t n = strlen(a->column);

    *to = LC_NO_CODE;
    for (size_t r = 0; r < o->n_references; r++) {
        const char *text = o->reference[r];

        if (strncmp(text, a->column, n) != 0 || text[n] != '=')
            continue;
        for (uint32_t v = 0; v < a->n_levels; v++)
            if (strcmp(a->level[v], text + n + 1) == 0)
                *to = v;
        if (*to == LC_NO_CODE) {
            const char *near = lc_nearest(text + n + 1, a->level, a->n_levels);

            return lc_fail(err, LC_EMISMATCH,
                           "--reference: column '%s' has no level '%s'%s%s%s", a->column,
                           text + n + 1, near ? "; did you mean '" : "", near ? near : "",
                           near ? "'?" : "");
        }
    }
    return LC_OK;
}

/* The first level in byte order that has leads left and is not the level of empty cells. */
static uint32_t first_level(const struct lc_attribute *a, const signed char *separated)
{
    uint32_t best = LC_NO_CODE;

    for (uint32_t v = 0; v < a->n_levels; v++) {
        if (separated[v] || v == a->missing)
            continue;
        if (best == LC_NO_CODE || strcmp(a->level[v], a->level[best]) < 0)
            best = v;
    }
    if (best == LC_NO_CODE && a->missing != LC_NO_CODE && !separated[a->missing])
        best = a->missing;
    return best;
}

static enum lc_rc refuse_strange_reference(const struct lc_fit *fit,
                                           const struct lc_fit_options *o, struct lc_err *err)
{
    for (size_t r = 0; r < o->n_references; r++) {
        bool known = false;

        for (size_t j = 0; j < fit->k_attributes && !known; j++) {
            const size_t n = strlen(fit->attribute[j].column);

            known = strncmp(o->reference[r], fit->attribute[j].column, n) == 0 &&
                    o->reference[r][n] == '=';
        }
        if (!known)
            return lc_fail(
                err, LC_EMISMATCH,
                "--reference '%s' names no attribute of this fit; write COLUMN=LEVEL",
                o->reference[r]);
    }
    return LC_OK;
}

static enum lc_rc choose_references(const struct lc_fit_options *o, struct lc_arena *arena,
                                    struct lc_fit *fit, struct lc_err *err)
{
    uint32_t *reference = LC_NEW(arena, fit->k_attributes + 1, uint32_t);
    enum lc_rc rc = refuse_strange_reference(fit, o, err);

    if (!reference)
        return lc_fail_memory(err, "reference levels");
    for (size_t j = 0; j < fit->k_attributes && !rc; j++) {
        const struct lc_attribute *a = &fit->attribute[j];

        reference[j] = LC_NO_CODE;
        if (!fit->likelihood)
            continue;
        rc = asked_reference(a, o, &reference[j], err);
        if (!rc && reference[j] != LC_NO_CODE && fit->separated[j][reference[j]])
            rc = lc_fail(err, LC_EDEGENERATE,
                         "the reference '%s=%s' is separated (all its leads have one outcome); "
                         "name another with --reference",
                         a->column, a->level[reference[j]]);
        if (!rc && reference[j] == LC_NO_CODE)
            reference[j] = first_level(a, fit->separated[j]);
    }
    fit->reference = reference;
    return rc;
}

/* ---- the kernel's view ---- */

/* The rows still in the likelihood, as arrays of their own where some were taken out. Levels that
 * were separated have no row left; they share the reference's empty place in the layout. */
static enum lc_rc squeeze(const struct lc_fit_work *w, size_t left, const struct lc_fit *fit,
                          struct lc_arena *scratch, struct lc_column *codes, double *y,
                          struct lc_err *err)
{
    size_t at = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i])
            y[at++] = w->y[i];
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
    for (size_t j = 0; j < fit->n_numeric && left < w->n; j++) {
        at = 0;
        for (size_t i = 0; i < w->n; i++)
            if (w->keep[i])
                w->x[j][at++] = w->x[j][i];
    }
    return LC_OK;
}

static enum lc_rc run_kernel(const struct lc_fit_work *w, size_t left, struct lc_parallel *pool,
                             struct lc_arena *arena, struct lc_arena *scratch,
                             struct lc_fit *fit, struct lc_err *err)
{
    struct lc_column *column = LC_NEW(scratch, fit->k_attributes + 1, struct lc_column);
    double *y = LC_NEW(scratch, left + 1, double), *precision;
    struct lc_codes codes = {.n = left, .k = fit->k_attributes, .column = column};
    struct lc_logit_data data = {.n = left,
                                 .codes = &codes,
                                 .reference = fit->reference,
                                 .x = (const double *const *)w->x,
                                 .n_numeric = fit->n_numeric,
                                 .y = y};
    struct lc_logit_prior prior = {0};
    size_t **at = NULL, k = 0;
    enum lc_rc rc;

    if (!column || !y)
        return lc_fail_memory(err, "the design");
    rc = squeeze(w, left, fit, scratch, column, y, err);
    if (!rc)
        rc = lc_logit_layout(&data, arena, &at, &k, err);
    if (rc)
        return rc;
    fit->at = at;
    precision = LC_NEW(scratch, k, double);
    if (!precision)
        return lc_fail_memory(err, "the prior");
    for (size_t b = 1; b < k && !fit->likelihood; b++)
        precision[b] = 1 / (fit->prior_sd * fit->prior_sd);
    prior.precision = precision;
    return lc_logit(&data, fit->likelihood ? NULL : &prior, pool, arena, &fit->kernel, err);
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

static enum lc_rc prepare(const struct lc_table *table, const struct lc_fit_options *options,
                          struct lc_arena *scratch, struct lc_fit_work *w, struct lc_fit *fit,
                          struct lc_err *err)
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

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract in fit.h */
enum lc_rc lc_fit_leads(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit, struct lc_err *err)
{
    struct lc_fit f = {.likelihood = options->likelihood,
                       .prior_sd = options->prior_sd,
                       .k_attributes = k,
                       .numeric = options->numeric,
                       .n_numeric = options->n_numeric};
    struct lc_fit_work work = {.n = n, .row = row, .y = y};
    struct lc_arena scratch;
    size_t left = 0;
    enum lc_rc rc;

    if (!options->likelihood && (options->n_numeric || options->n_references))
        return lc_fail(
            err, LC_EMISMATCH,
            "--numeric and --reference are for --penalty none; under the prior numbers "
            "go into bins and no level is a reference");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = prepare(table, options, &scratch, &work, &f, err);
    if (!rc)
        rc = learn(table, column, given, &work, arena, &scratch, &f, err);
    left = work.n;
    if (!rc && f.likelihood)
        rc = lc_fit_separate(&work, arena, &f, &left, err);
    if (!rc)
        rc = choose_references(options, arena, &f, err);
    if (!rc)
        rc = run_kernel(&work, left, pool, arena, &scratch, &f, err);
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
