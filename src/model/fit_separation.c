/* Levels, and combinations of them, that tell won from not won exactly. */
#include "fit_internal.h"

#define MOST_REFUSED 2 /* combinations that a refusal names */

/* Looks at the attributes and the numeric columns of all leads; quarters have no points, and are left
 * to their prior. */
static enum lc_rc look(const struct lc_fit_work *w, const struct lc_fit *fit,
                       struct lc_parallel *pool, struct lc_arena *scratch,
                       struct lc_separation *found, struct lc_err *err)
{
    double *y = LC_NEW(scratch, w->n + 1, double);
    const struct lc_codes codes = {.n = w->n, .k = fit->k_attributes, .column = w->codes};
    const struct lc_logit_data data = {.n = w->n,
                                       .codes = &codes,
                                       .x = (const double *const *)w->x,
                                       .n_numeric = fit->n_numeric,
                                       .y = y};

    if (!y)
        return lc_fail_memory(err, "the separation check");
    for (size_t i = 0; i < w->n; i++)
        y[i] = w->y[i];
    return lc_separation(&data, pool, scratch, found, err);
}

enum lc_rc lc_fit_explain(const struct lc_fit_work *w, struct lc_parallel *pool,
                          struct lc_arena *arena, struct lc_fit *fit, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_separation found;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = look(w, fit, pool, &scratch, &found, err);
    if (!rc)
        rc = lc_fit_tell(&found, arena, fit, err);
    lc_arena_release(&scratch);
    return rc;
}

/* ---- maximum likelihood ---- */

/* A combination has no finite weights, and no limit fit in which each coefficient has a meaning. */
static enum lc_rc refuse(const struct lc_fit *fit, const struct lc_separation_cause *cause,
                         struct lc_arena *scratch, struct lc_err *err)
{
    const char *text = "";

    const bool wide = cause->n_cells == 0 || cause->n_columns > LC_WIDE_CAUSE;

    for (size_t c = 0; !wide && c < cause->n_cells && c < MOST_REFUSED && text; c++) {
        const struct lc_separation_cell *cell = &cause->cell[c];
        const char *term = lc_fit_cell_text(fit, cause, cell, scratch);

        text = term ? lc_arena_format(scratch, "%s%s%.0f of %.0f won with %s", text,
                                      *text ? ", " : "", cell->won, cell->leads, term)
                    : NULL;
    }
    if (wide)
        text = lc_fit_cause_text(fit, cause, scratch);
    if (!text)
        return lc_fail_memory(err, "the separation check");
    return lc_fail(err, LC_EDEGENERATE,
                   "separation: a combination tells won from not won exactly (%.300s), so "
                   "maximum likelihood has no finite weights; use the default --penalty "
                   "gaussian, or leave one of these columns out",
                   text);
}

/* Marks the levels, and refuses what is no level. */
static enum lc_rc mark(const struct lc_fit *fit, const struct lc_separation *found,
                       signed char **sign, struct lc_arena *scratch, struct lc_err *err)
{
    for (size_t c = 0; c < found->n_causes; c++) {
        const struct lc_separation_cause *cause = &found->cause[c];

        if (cause->n_columns == 0)
            continue; /* then no lead is left, which is said */
        if (cause->n_cells != 1 || cause->n_coded != 1)
            return refuse(fit, cause, scratch, err);
        sign[cause->column[0]][cause->cell[0].level[0]] = cause->won > 0 ? 1 : -1;
    }
    return LC_OK;
}

static enum lc_rc take_out(const struct lc_fit_work *w, const struct lc_separation *found,
                           size_t *left, struct lc_err *err)
{
    if (found->kind == LC_SEPARATION_COMPLETE)
        return lc_fail(
            err, LC_EDEGENERATE,
            "single levels tell every win from every loss, so maximum likelihood has no "
            "answer; leave out the column that knows the outcome, or use the default "
            "--penalty gaussian");
    *left = 0;
    for (size_t i = 0; i < w->n; i++) {
        w->keep[i] = found->told_by[i] == LC_SEPARATION_LEFT;
        *left += w->keep[i];
    }
    return LC_OK;
}

enum lc_rc lc_fit_separate(const struct lc_fit_work *w, struct lc_parallel *pool,
                           struct lc_arena *arena, struct lc_fit *fit, size_t *left,
                           struct lc_err *err)
{
    signed char **sign = LC_NEW(arena, fit->k_attributes + 1, signed char *);
    struct lc_separation found;
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!sign)
        return lc_fail_memory(err, "the separation check");
    for (size_t j = 0; j < fit->k_attributes; j++) {
        sign[j] = LC_NEW(arena, fit->attribute[j].n_levels + 1, signed char);
        if (!sign[j])
            return lc_fail_memory(err, "the separation check");
    }
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = look(w, fit, pool, &scratch, &found, err);
    if (!rc)
        rc = mark(fit, &found, sign, &scratch, err);
    if (!rc)
        rc = take_out(w, &found, left, err);
    fit->separated = (const signed char *const *)sign;
    lc_arena_release(&scratch);
    return rc;
}
