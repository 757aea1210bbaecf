/* What is separated, as terms with leads, the weight that the prior leaves them, and what would settle
 * it. */
#include <math.h>
#include <string.h>

#include "fit_internal.h"
#include "leadcal/num.h"

/* The weights of a fit as its card has them: centred at the training mean. */
struct weights {
    double **value, **points; /* [k_attributes][n_levels] */
    double average;           /* log-odds of an average lead */
};

static enum lc_rc weigh(const struct lc_fit *fit, struct lc_arena *scratch, struct weights *w,
                        struct lc_err *err)
{
    w->value = LC_NEW(scratch, fit->k_attributes + 1, double *);
    w->points = LC_NEW(scratch, fit->k_attributes + 1, double *);
    if (!w->value || !w->points)
        return lc_fail_memory(err, "the separation check");
    w->average = fit->kernel.b[0];
    for (size_t j = 0; j < fit->k_attributes; j++) {
        const struct lc_attribute *a = &fit->attribute[j];
        double *variance = LC_NEW(scratch, a->n_levels + 1, double), leads = 0, mean = 0;

        w->value[j] = LC_NEW(scratch, a->n_levels + 1, double);
        w->points[j] = LC_NEW(scratch, a->n_levels + 1, double);
        if (!variance || !w->value[j] || !w->points[j])
            return lc_fail_memory(err, "the separation check");
        lc_fit_levels(fit, j, w->value[j], variance);
        for (size_t v = 0; v < a->n_levels; v++) {
            leads += a->n[v];
            mean += a->n[v] * w->value[j][v];
        }
        mean = leads > 0 ? mean / leads : 0;
        for (size_t v = 0; v < a->n_levels; v++)
            w->value[j][v] -= mean;
        w->average += mean;
        lc_points_of(w->value[j], a->n_levels, w->points[j]);
    }
    return LC_OK;
}

/* ---- terms ---- */

const char *lc_fit_cell_text(const struct lc_fit *fit, const struct lc_separation_cause *cause,
                             const struct lc_separation_cell *cell, struct lc_arena *arena)
{
    const char *text = "";

    for (size_t c = 0; c < cause->n_coded && text; c++) {
        const struct lc_attribute *a = &fit->attribute[cause->column[c]];

        text = lc_arena_format(arena, "%s%s%s=%s", text, c ? " and " : "", a->column,
                               a->level[cell->level[c]]);
    }
    return text;
}

const char *lc_fit_cause_text(const struct lc_fit *fit, const struct lc_separation_cause *cause,
                              struct lc_arena *arena)
{
    const bool wide = cause->n_columns > LC_WIDE_CAUSE;
    const size_t named = wide ? LC_WIDE_CAUSE : cause->n_columns;
    const char *text = !cause->n_columns ? "(all other leads)"
                       : wide ? lc_arena_format(arena, "%zu columns: ", cause->n_columns)
                              : "";

    for (size_t c = 0; c < named && text; c++) {
        const bool coded = c < cause->n_coded;
        const char *name = coded ? fit->attribute[cause->column[c]].column
                                 : fit->numeric[cause->column[c] - fit->k_attributes];

        text = lc_arena_format(arena, "%s%s%s%s", text,
                               c == 0                  ? ""
                               : wide || c + 1 < named ? ", "
                                                       : " and ",
                               coded ? "" : "the number ", name);
    }
    return wide && text ? lc_arena_format(arena, "%s and others", text) : text;
}

/* ---- what would settle it ---- */

/* The weight of a cell: of its levels together. */
static void weigh_cell(const struct lc_fit *fit, const struct weights *w,
                       const struct lc_separation_cause *cause,
                       const struct lc_separation_cell *cell, struct lc_fit_told *told)
{
    told->weight = told->points = fit->likelihood ? LC_NAN : 0;
    for (size_t c = 0; c < cause->n_coded && !fit->likelihood; c++) {
        told->weight += w->value[cause->column[c]][cell->level[c]];
        told->points += w->points[cause->column[c]][cell->level[c]];
    }
}

/* ln of the chance of what was seen, at the average rate or at that of an average lead of each cell by
 * the fit. */
static double log_chance(const struct lc_fit *fit, const struct weights *w,
                         const struct lc_separation_cause *cause, bool by_fit)
{
    const double rate = (double)fit->n_won / (double)fit->n;
    double sum = 0;

    if (!by_fit)
        return cause->won * log(rate) + (cause->leads - cause->won) * log1p(-rate);
    for (size_t c = 0; c < cause->n_cells; c++) {
        const struct lc_separation_cell *cell = &cause->cell[c];
        struct lc_fit_told told;
        double odds;

        weigh_cell(fit, w, cause, cell, &told);
        odds = w->average + told.weight;
        sum += cell->leads * log(lc_logistic(cell->won > 0 ? odds : -odds));
    }
    return sum;
}

/* While what was seen may be chance, leads are lacking until it could not be; when it is none, leads
 * until the other outcome shows, at the rate that the fit expects. */
static void settle(const struct lc_fit *fit, const struct weights *w,
                   const struct lc_separation_cause *cause, struct lc_fit_told *told)
{
    const double goal = log1p(-LC_SETTLED);
    const double seen = log_chance(fit, w, cause, false);

    told->cause_leads = cause->leads;
    told->chance = told->rate = told->more = LC_NAN;
    if (cause->n_columns > LC_WIDE_CAUSE)
        return;
    told->chance = exp(seen);
    told->rate = (double)fit->n_won / (double)fit->n;
    told->by_fit = seen <= goal && !fit->likelihood && cause->n_cells && cause->unlisted == 0;
    if (seen <= goal && cause->won > 0 && cause->won < cause->leads)
        told->rate = LC_NAN;
    if (told->by_fit) {
        const double each = log_chance(fit, w, cause, true) / cause->leads;

        if (!isnan(told->rate))
            told->rate = cause->won == 0 ? -expm1(each) : exp(each);
        told->more = ceil(goal / each);
    } else {
        told->more = ceil(goal * cause->leads / seen) - (seen > goal ? cause->leads : 0);
    }
}

/* ---- all of them ---- */

/* Whether a cause is told by its combinations of levels: of many columns nobody could read them. */
static bool is_listed(const struct lc_separation_cause *cause)
{
    return cause->n_cells > 0 && cause->n_columns <= LC_WIDE_CAUSE;
}

static size_t rows_of(const struct lc_separation_cause *cause)
{
    return is_listed(cause) ? cause->n_cells : 1;
}

static enum lc_rc tell_cause(const struct lc_fit *fit, const struct weights *w,
                             const struct lc_separation_cause *cause, struct lc_arena *arena,
                             struct lc_fit_told *told, size_t *n, struct lc_err *err)
{
    struct lc_fit_told of_cause = {.cause = told[*n].cause,
                                   .apart = cause->round > 0,
                                   .attribute = fit->k_attributes,
                                   .leads = cause->leads,
                                   .won = cause->won,
                                   .weight = LC_NAN,
                                   .points = LC_NAN};

    settle(fit, w, cause, &of_cause);
    for (size_t c = 0; c < rows_of(cause) && is_listed(cause); c++) {
        const struct lc_separation_cell *cell = &cause->cell[c];
        struct lc_fit_told *to = &told[(*n)++];

        *to = of_cause;
        to->leads = cell->leads;
        to->won = cell->won;
        to->term = lc_fit_cell_text(fit, cause, cell, arena);
        weigh_cell(fit, w, cause, cell, to);
        if (cause->n_columns == 1 && cause->n_cells == 1) {
            to->attribute = cause->column[0];
            to->level = cell->level[0];
        }
        if (!to->term)
            return lc_fail_memory(err, "the separation check");
    }
    if (is_listed(cause))
        return LC_OK;
    of_cause.term = lc_fit_cause_text(fit, cause, arena);
    told[(*n)++] = of_cause;
    return of_cause.term ? LC_OK : lc_fail_memory(err, "the separation check");
}

/* Causes of a round by falling number of leads; those that come later stay later. */
static void order(const struct lc_separation *found, size_t *place)
{
    for (size_t i = 0; i < found->n_causes; i++) {
        const struct lc_separation_cause *moving = &found->cause[i];
        size_t at = i;

        for (; at > 0 && found->cause[place[at - 1]].round == moving->round &&
               found->cause[place[at - 1]].leads < moving->leads;
             at--)
            place[at] = place[at - 1];
        place[at] = i;
    }
}

enum lc_rc lc_fit_tell(const struct lc_separation *found, struct lc_arena *arena,
                       struct lc_fit *fit, struct lc_err *err)
{
    struct lc_fit_separation *s = LC_NEW(arena, 1, struct lc_fit_separation);
    size_t *place = LC_NEW(arena, found->n_causes + 1, size_t), rows = 0;
    struct lc_arena scratch;
    struct lc_fit_told *told;
    struct weights w;
    bool wide = false;
    enum lc_rc rc;

    for (size_t c = 0; c < found->n_causes; c++)
        rows += rows_of(&found->cause[c]);
    told = LC_NEW(arena, rows + 1, struct lc_fit_told);
    if (!s || !place || !told)
        return lc_fail_memory(err, "the separation check");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = weigh(fit, &scratch, &w, err);
    order(found, place);
    *s = (struct lc_fit_separation){.kind = found->kind,
                                    .unsettled = found->unsettled,
                                    .leads = (double)fit->n - found->left,
                                    .told = told};
    /* What holds only apart from a rule that nobody can read need not be read either. */
    for (size_t c = 0; c < found->n_causes && !rc && !wide; c++) {
        const struct lc_separation_cause *cause = &found->cause[place[c]];

        wide = cause->n_columns > LC_WIDE_CAUSE;
        told[s->n].cause = c + 1;
        s->levels += cause->n_columns == 1 && cause->n_cells == 1;
        s->combinations += !(cause->n_columns == 1 && cause->n_cells == 1);
        rc = tell_cause(fit, &w, cause, arena, told, &s->n, err);
    }
    lc_arena_release(&scratch);
    if (!rc)
        fit->separation = s;
    return rc;
}
