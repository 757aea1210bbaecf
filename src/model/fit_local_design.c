/* The design of a fit with segments: a column of cells for each attribute that may deviate. */
#include <string.h>

#include "fit_local_internal.h"

#define MOST_WEIGHTS 2000 /* of deviations: matrices of all coefficients stay below 50 MB */

static enum lc_rc count_cells(const struct lc_fit_design *d, size_t j, struct lc_err *err)
{
    const size_t levels = d->fit->attribute[j].n_levels, all = d->l->n_own * levels;
    struct lc_fit_cells *c = &d->cell[j];

    *c = (struct lc_fit_cells){.n = LC_NEW(d->scratch, all, double),
                               .won = LC_NEW(d->scratch, all, double),
                               .at = LC_NEW(d->scratch, all, size_t)};
    if (!c->n || !c->won || !c->at)
        return lc_fail_memory(err, "the segments");
    for (size_t i = 0; i < d->work->n; i++) {
        const uint32_t s = d->work->segment[i];
        const uint32_t v = lc_code_at(&d->work->codes[j], i);

        if (s == LC_NO_CODE)
            continue;
        c->n[s * levels + v] += 1;
        c->won[s * levels + v] += d->work->y[i];
    }
    return LC_OK;
}

/* Numbers the cells of attribute j that have leads, from 1; a segment where only one level is seen has
 * nothing to tell apart there. How many there are. */
static size_t number_cells(const struct lc_fit_design *d, size_t j)
{
    const size_t levels = d->fit->attribute[j].n_levels;
    const struct lc_fit_cells *c = &d->cell[j];
    size_t next = 1;

    for (size_t s = 0; s < d->l->n_own; s++) {
        size_t seen = 0;

        for (size_t v = 0; v < levels; v++)
            seen += c->n[s * levels + v] > 0;
        for (size_t v = 0; v < levels; v++)
            c->at[s * levels + v] = seen > 1 && c->n[s * levels + v] > 0 ? next++ : 0;
    }
    return next - 1;
}

/* The column of one part: 0, which has no effect, wherever a lead has no cell in it. */
static enum lc_rc code_part(struct lc_fit_design *d, size_t p, size_t cells, struct lc_err *err)
{
    const unsigned width = lc_code_width(cells + 1);
    const bool own = p == d->fit->k_attributes;
    void *code = lc_arena_alloc(d->scratch, d->work->n, width);

    if (!code)
        return lc_fail_memory(err, "the segments");
    for (size_t i = 0; i < d->work->n; i++) {
        const uint32_t s = d->work->segment[i];
        size_t at = 0;

        if (s != LC_NO_CODE)
            at = own ? s + 1
                     : d->cell[p].at[s * d->fit->attribute[p].n_levels +
                                     lc_code_at(&d->work->codes[p], i)];
        lc_code_put(code, width, i, (uint32_t)at);
    }
    d->part[p] = (struct lc_column){.name = d->l->column,
                                    .width = width,
                                    .code = code,
                                    .n_levels = (uint32_t)cells + 1,
                                    .missing = LC_NO_CODE};
    return LC_OK;
}

static enum lc_rc refuse_weights(const struct lc_fit_design *d, size_t weights,
                                 struct lc_err *err)
{
    return lc_fail(err, LC_EMISMATCH,
                   "segments by '%s' would have %zu weights of their own, more than %d; name a "
                   "column with fewer values, raise --local-least, or leave attributes out",
                   d->l->column, weights, MOST_WEIGHTS);
}

/* Those that are let in, together. */
enum lc_rc lc_fit_design_check(const struct lc_fit_design *d, struct lc_err *err)
{
    size_t weights = 0;

    for (size_t p = 0; p <= d->fit->k_attributes; p++)
        weights += d->in[p] ? d->part[p].n_levels - 1 : 0;
    return weights > MOST_WEIGHTS ? refuse_weights(d, weights, err) : LC_OK;
}

/* Every attribute may deviate but the segments themselves, whose weights are what u would be. */
static enum lc_rc make_parts(struct lc_fit_design *d, struct lc_err *err)
{
    const size_t k = d->fit->k_attributes;
    enum lc_rc rc = LC_OK;

    if (d->l->attribute == k)
        rc = code_part(d, k, d->l->n_own, err);
    for (size_t j = 0; j < k && !rc; j++) {
        size_t cells;

        if (j == d->l->attribute)
            continue;
        rc = count_cells(d, j, err);
        cells = rc ? 0 : number_cells(d, j);
        if (!rc && cells > MOST_WEIGHTS)
            rc = refuse_weights(d, cells, err);
        if (!rc && cells)
            rc = code_part(d, j, cells, err);
    }
    return rc;
}

/* One column more. part  k_attributes + 1: it is no deviation, and every level has an effect */
static void add_column(struct lc_fit_design *d, const struct lc_column *column, size_t part,
                       size_t group, double given)
{
    const size_t q = d->n_columns++;

    d->column[q] = *column;
    d->of[q] = part;
    d->group[q] = group;
    d->given[q] = given;
    d->reference[q] = part > d->fit->k_attributes ? LC_NO_CODE : 0;
}

static void add_quarters(struct lc_fit_design *d)
{
    const size_t k = d->fit->k_attributes;

    if (d->fit->quarters.n)
        add_column(d, &d->data->codes->column[k], k + 1, 2 * k + 1, d->fit->quarters.sd);
}

/* The kernel's columns: attributes, quarters, parts that are in; in an answer the quarters are last.
 * SDs that are known are given. */
void lc_fit_design_lay(struct lc_fit_design *d, bool quarters_first)
{
    const size_t k = d->fit->k_attributes;
    const bool known = d->fit->penalty == LC_PENALTY_GAUSSIAN;

    d->n_columns = 0;
    for (size_t j = 0; j < k; j++)
        add_column(d, &d->data->codes->column[j], k + 1, lc_fit_first_of_set(d->fit, j),
                   known ? d->fit->prior_sd : 0);
    if (quarters_first)
        add_quarters(d);
    for (size_t p = 0; p <= k; p++)
        if (d->in[p])
            add_column(d, &d->part[p], p, k + (p < k ? lc_fit_first_of_set(d->fit, p) : k), 0);
    if (!quarters_first)
        add_quarters(d);
}

enum lc_rc lc_fit_design_learn(struct lc_fit_design *d, struct lc_arena *arena,
                               struct lc_components *c, struct lc_err *err)
{
    const struct lc_codes codes = {.n = d->work->n, .k = d->n_columns, .column = d->column};
    struct lc_logit_data data = *d->data;

    data.codes = &codes;
    data.reference = d->reference;
    return lc_components(&data, d->given, d->group, false, d->pool, arena, c, err);
}

/* Takes out the parts whose SD came out as 0. How many. */
size_t lc_fit_design_take_out(struct lc_fit_design *d, const struct lc_components *c)
{
    size_t out = 0;

    for (size_t q = 0; q < d->n_columns; q++)
        if (d->of[q] <= d->fit->k_attributes && !(c->sd[q] > 0)) {
            d->in[d->of[q]] = false;
            out++;
        }
    return out;
}

bool lc_fit_design_any(const struct lc_fit_design *d)
{
    for (size_t p = 0; p <= d->fit->k_attributes; p++)
        if (d->in[p])
            return true;
    return false;
}

enum lc_rc lc_fit_design_open(struct lc_fit_design *d, struct lc_err *err)
{
    const size_t k = d->fit->k_attributes, most = 2 * k + 3;

    d->part = LC_NEW(d->scratch, k + 1, struct lc_column);
    d->in = LC_NEW(d->scratch, k + 1, bool);
    d->worth = LC_NEW(d->scratch, k + 1, bool);
    d->cell = LC_NEW(d->scratch, k + 1, struct lc_fit_cells);
    d->column = LC_NEW(d->scratch, most, struct lc_column);
    d->reference = LC_NEW(d->scratch, most, uint32_t);
    d->given = LC_NEW(d->scratch, most, double);
    d->group = LC_NEW(d->scratch, most, size_t);
    d->of = LC_NEW(d->scratch, most, size_t);
    if (!d->part || !d->in || !d->worth || !d->cell || !d->column || !d->reference ||
        !d->given || !d->group || !d->of)
        return lc_fail_memory(err, "the segments");
    return make_parts(d, err);
}
