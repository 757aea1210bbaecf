/* Segments that deviate from the weights of all: who they are, and the fit of both as one posterior. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "fit_local_internal.h"
#include "leadcal/components.h"
#include "leadcal/num.h"

#define MOST_SEGMENTS 1000 /* texts of a column; more is a key, not a way to part leads */

bool lc_fit_is_local(const struct lc_fit *fit)
{
    return fit->local && (fit->local->n_deviations || fit->local->own_sd > 0);
}

/* ---- the segments ---- */

static enum lc_rc refuse_column(const struct lc_table_column *c, struct lc_err *err)
{
    const char *name = c->codes.name;

    if (c->kind == LC_KIND_DATE)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' holds dates, which are no segments; name a column with few "
                       "texts after --local, such as the campaign",
                       name);
    if (c->set_of || c->is_set)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' holds lists, and a lead has one segment; name a column with "
            "one text a lead after --local",
            name);
    if (c->kind == LC_KIND_MANY || c->codes.n_levels > MOST_SEGMENTS)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' has too many values to be segments (more than %d, or another "
            "one in every other lead); name a column with fewer after --local",
            name, MOST_SEGMENTS);
    return LC_OK;
}

/* The texts that leads have; *own [levels] the place of each among the segments of their own. */
static void list_segments(const struct lc_table_column *c, const struct lc_fit_work *work,
                          struct lc_fit_local *l, struct lc_fit_segment *s, uint32_t *own)
{
    const double least = l->rule.least;

    for (size_t i = 0; i < work->n; i++) {
        const uint32_t v = lc_code_at(&c->codes, work->row[i]);

        s[v].leads += 1;
        s[v].won += work->y[i];
    }
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const struct lc_fit_segment one = s[v];
        const bool enough = one.won >= least && one.leads - one.won >= least;

        own[v] = LC_NO_CODE;
        if (v == c->codes.missing || !(one.leads > 0))
            continue;
        if (enough)
            own[v] = (uint32_t)l->n_own++;
        s[l->n_segments++] = (struct lc_fit_segment){
            .name = c->codes.level[v], .leads = one.leads, .won = one.won, .own = enough};
    }
}

enum lc_rc lc_fit_find_segments(const struct lc_table *table, const size_t *column,
                                struct lc_fit_work *work, struct lc_arena *arena,
                                struct lc_arena *scratch, struct lc_fit *fit,
                                struct lc_err *err)
{
    const struct lc_local_rule *rule = work->options->local;
    const struct lc_table_column *c = &table->column[rule->column];
    struct lc_fit_local *l = LC_NEW(arena, 1, struct lc_fit_local);
    uint32_t *segment = LC_NEW(scratch, work->n + 1, uint32_t), *own;
    struct lc_fit_segment *s;
    enum lc_rc rc = refuse_column(c, err);

    if (rc)
        return rc;
    s = LC_NEW(arena, (size_t)c->codes.n_levels + 1, struct lc_fit_segment);
    own = LC_NEW(scratch, (size_t)c->codes.n_levels + 1, uint32_t);
    if (!l || !s || !segment || !own)
        return lc_fail_memory(err, "the segments");
    *l = (struct lc_fit_local){.column = c->codes.name,
                               .rule = *rule,
                               .computed = c->computed,
                               .from = c,
                               .segment = s,
                               .attribute = fit->k_attributes};
    list_segments(c, work, l, s, own);
    for (size_t i = 0; i < work->n; i++)
        segment[i] = own[lc_code_at(&c->codes, work->row[i])];
    work->segment = segment;
    for (size_t j = 0; j < fit->k_attributes; j++)
        if (column[j] == rule->column && !fit->attribute[j].cut &&
            !lc_attribute_is_merged(&fit->attribute[j]))
            l->attribute = j; /* bins and merged levels are no segments */
    fit->local = l;
    return LC_OK;
}

/* ---- which parts are worth it ---- */

/* The fit with the parts that are in, under SDs that are taken for known. */
static enum lc_rc fit_so_far(struct lc_fit_design *d, struct lc_components *c,
                             struct lc_err *err)
{
    enum lc_rc rc;

    lc_fit_design_lay(d, true);
    rc = lc_fit_design_learn(d, d->scratch, c, err);
    for (size_t q = 0; q < d->n_columns; q++)
        d->given[q] = fmax(rc ? 0 : c->sd[q], LC_COMPONENT_LEAST);
    return rc ? rc
              : lc_fit_design_learn(d, d->scratch, c,
                                    err); /* again: its cov is that of known SDs */
}

/* How far part p raises the marginal likelihood, and whether by its price. */
static enum lc_rc weigh(struct lc_fit_design *d, size_t p, const struct lc_components *before,
                        bool *worth, double *total, struct lc_err *err)
{
    const struct lc_codes codes = {.n = d->work->n, .k = d->n_columns + 1, .column = d->column};
    struct lc_logit_data data = *d->data;
    double gain = 0;
    enum lc_rc rc;

    d->column[d->n_columns] = d->part[p];
    d->reference[d->n_columns] = 0;
    data.codes = &codes;
    data.reference = d->reference;
    rc = lc_component_gain(&data, &before->fit, d->pool, d->scratch, &gain, err);
    *worth = !rc && gain >= LC_LOCAL_PRICE;
    *total += *worth ? gain : 0;
    return rc;
}

/* Of the parts that were made, which are let in: u first, since a segment that is better as a whole is
 * so in every attribute; then each attribute by itself. None where all together gain too little. */
static enum lc_rc choose_parts(struct lc_fit_design *d, double *global, struct lc_err *err)
{
    const size_t k = d->fit->k_attributes;
    struct lc_components before;
    double total = 0;
    enum lc_rc rc = fit_so_far(d, &before, err);

    if (rc)
        return rc;
    *global = before.marginal;
    if (d->part[k].code) {
        rc = weigh(d, k, &before, &d->in[k], &total, err);
        if (!rc && d->in[k])
            rc = fit_so_far(d, &before, err);
    }
    for (size_t p = 0; p < k && !rc; p++) {
        if (d->part[p].code)
            rc = weigh(d, p, &before, &d->worth[p], &total, err);
    }
    for (size_t p = 0; p < k; p++)
        d->in[p] = d->worth[p] && total >= LC_LOCAL_ENTRY;
    d->in[k] = d->in[k] && total >= LC_LOCAL_ENTRY;
    return rc;
}

/* The numbers of cells become places in the kernel's answer. */
static enum lc_rc find_places(struct lc_fit_design *d, struct lc_fit_places *to,
                              size_t *weights, struct lc_err *err)
{
    const size_t k = d->fit->k_attributes;
    size_t *own = LC_NEW(d->scratch, d->l->n_own + 1, size_t), next = 1;

    *to = (struct lc_fit_places){
        .own = own, .at = LC_NEW(d->scratch, d->l->n_own + 1, size_t), .cell = d->cell};
    if (!own || !to->at)
        return lc_fail_memory(err, "the segments");
    for (size_t s = 0, at = 0; s < d->l->n_segments; s++)
        if (d->l->segment[s].own)
            own[at++] = s;
    for (size_t j = 0; j < k; j++)
        next += d->fit->attribute[j].n_levels;
    to->first = next;
    for (size_t j = 0; j < k; j++) { /* as lc_fit_design_lay has them: u is last */
        const size_t cells = d->l->n_own * d->fit->attribute[j].n_levels;

        for (size_t c = 0; c < cells && d->in[j]; c++)
            d->cell[j].at[c] = d->cell[j].at[c] ? next + d->cell[j].at[c] - 1 : LC_LOGIT_NONE;
        if (d->in[j])
            next += d->part[j].n_levels - 1;
        else
            d->cell[j].at = NULL;
    }
    for (size_t s = 0; s < d->l->n_own; s++)
        to->at[s] = d->in[k] ? next + s : LC_LOGIT_NONE;
    *weights = next - to->first + (d->in[k] ? d->l->n_own : 0);
    return LC_OK;
}

/* What was learnt of the SDs. */
static enum lc_rc keep_sds(const struct lc_fit_design *d, const struct lc_components *c,
                           struct lc_arena *arena, struct lc_fit_local *l, struct lc_err *err)
{
    struct lc_fit *fit = d->fit;
    double *sd = LC_NEW(arena, fit->k_attributes + 1, double);

    if (!sd)
        return lc_fail_memory(err, "the segments");
    for (size_t q = 0; q < d->n_columns; q++)
        if (d->of[q] < fit->k_attributes)
            sd[d->of[q]] = c->sd[q];
        else if (d->of[q] == fit->k_attributes)
            l->own_sd = c->sd[q];
    l->sd = sd;
    l->marginal = c->marginal;
    fit->kernel = c->fit;
    if (fit->penalty != LC_PENALTY_LEARNED)
        return LC_OK;
    fit->sd = c->sd; /* the attributes' columns come first */
    fit->marginal = c->marginal;
    fit->prior_sd = lc_fit_typical_sd(fit);
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract in fit_internal.h */
enum lc_rc lc_fit_with_local(struct lc_fit_work *work, const struct lc_logit_data *data,
                             struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_arena *scratch, struct lc_fit *fit, struct lc_err *err)
{
    struct lc_fit_local *l = LC_NEW(arena, 1, struct lc_fit_local);
    struct lc_fit_places *places = LC_NEW(scratch, 1, struct lc_fit_places);
    struct lc_fit_design d = {.work = work,
                              .data = data,
                              .fit = fit,
                              .l = fit->local,
                              .pool = pool,
                              .scratch = scratch};
    struct lc_components c = {0};
    enum lc_rc rc = LC_OK;

    if (!l || !places)
        return lc_fail_memory(err, "the segments");
    *l = *fit->local;
    if (l->n_own)
        rc = lc_fit_design_open(&d, err);
    if (!rc && l->n_own)
        rc = choose_parts(&d, &l->global, err);
    if (rc || !l->n_own || !lc_fit_design_any(&d))
        return rc;
    do {
        lc_fit_design_lay(&d, false);
        rc = lc_fit_design_check(&d, err);
        if (!rc)
            rc = lc_fit_design_learn(&d, arena, &c, err);
    } while (!rc && lc_fit_design_take_out(&d, &c) && lc_fit_design_any(&d));
    if (rc || !lc_fit_design_any(&d))
        return rc;
    rc = keep_sds(&d, &c, arena, l, err);
    if (!rc)
        rc = find_places(&d, places, &l->n_weights, err);
    if (rc)
        return rc;
    fit->local = l;
    work->places = places;
    return LC_OK;
}
