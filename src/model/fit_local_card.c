/* Deviations out of the kernel's answer, each 0 on average over its segment, and as attributes of a card. */
#include <math.h>
#include <string.h>

#include "fit_local_internal.h"

/* A weighted sum of coefficients. */
struct contrast {
    double *weight; /* [most] */
    size_t *at, n;  /* [most] */
};

static void add(struct contrast *c, size_t at, double weight)
{
    c->weight[c->n] = weight;
    c->at[c->n++] = at;
}

static double value_of(const struct contrast *c, const struct lc_logit_fit *kernel)
{
    double sum = 0;

    for (size_t i = 0; i < c->n; i++)
        sum += c->weight[i] * kernel->b[c->at[i]];
    return sum;
}

static double sd_of(const struct contrast *c, const struct lc_logit_fit *kernel)
{
    double sum = 0;

    for (size_t i = 0; i < c->n; i++)
        for (size_t j = 0; j < c->n; j++)
            sum += c->weight[i] * c->weight[j] * kernel->cov[c->at[i] * kernel->k + c->at[j]];
    return sqrt(fmax(sum, 0));
}

/* -scale times the mean of a segment's deviations in attribute j over its leads. */
static void add_mean(struct contrast *c, const struct lc_fit_cells *cell, size_t first,
                     size_t levels, double leads, double scale)
{
    for (size_t v = first; v < first + levels; v++)
        if (cell->at[v] != LC_LOGIT_NONE)
            add(c, cell->at[v], scale * cell->n[v] / leads);
}

static bool deviates(const struct lc_fit *fit, const struct lc_fit_places *p, size_t s,
                     size_t j)
{
    const size_t levels = fit->attribute[j].n_levels;

    for (size_t v = 0; p->cell[j].at && v < levels; v++)
        if (p->cell[j].at[s * levels + v] != LC_LOGIT_NONE)
            return true;
    return false;
}

static enum lc_rc add_deviation(const struct lc_fit *fit, const struct lc_fit_places *p,
                                size_t s, size_t j, struct contrast *c, struct lc_arena *arena,
                                struct lc_fit_deviation *to, struct lc_err *err)
{
    const size_t levels = fit->attribute[j].n_levels, first = s * levels;
    const struct lc_fit_cells *cell = &p->cell[j];
    const double leads = fit->local->segment[p->own[s]].leads;
    double *number = LC_NEW(arena, 4 * levels, double);

    if (!number)
        return lc_fail_memory(err, "the segments");
    memcpy(number, cell->n + first, levels * sizeof *number);
    memcpy(number + levels, cell->won + first, levels * sizeof *number);
    for (size_t v = 0; v < levels; v++) {
        c->n = 0;
        if (cell->at[first + v] == LC_LOGIT_NONE) {
            number[3 * levels + v] = fit->local->sd[j];
            continue;
        }
        add(c, cell->at[first + v], 1);
        add_mean(c, cell, first, levels, leads, -1);
        number[2 * levels + v] = value_of(c, &fit->kernel);
        number[3 * levels + v] = sd_of(c, &fit->kernel);
    }
    *to = (struct lc_fit_deviation){.segment = p->own[s],
                                    .attribute = j,
                                    .n = number,
                                    .won = number + levels,
                                    .value = number + 2 * levels,
                                    .std_error = number + 3 * levels};
    return LC_OK;
}

/* What the segment's average lead is worth: u, and the means that its deviations gave away. */
static void settle_segment(const struct lc_fit *fit, const struct lc_fit_places *p, size_t s,
                           struct contrast *c, struct lc_fit_segment *to)
{
    c->n = 0;
    if (p->at[s] != LC_LOGIT_NONE)
        add(c, p->at[s], 1);
    for (size_t j = 0; j < fit->k_attributes; j++)
        if (p->cell[j].at)
            add_mean(c, &p->cell[j], s * fit->attribute[j].n_levels, fit->attribute[j].n_levels,
                     to->leads, 1);
    to->value = value_of(c, &fit->kernel);
    to->std_error = sd_of(c, &fit->kernel);
}

/* The level of a text; there is one, since the segments are the attribute's levels. */
static size_t level_of(const struct lc_attribute *a, const char *text)
{
    size_t v = 0;

    while (strcmp(a->level[v], text) != 0)
        v++;
    return v;
}

/* Adds a sum of coefficients to coefficient i, whose row and column of the covariance follow. */
static void add_to(struct lc_logit_fit *kernel, size_t i, const struct contrast *c)
{
    const size_t k = kernel->k;
    double *cov = kernel->cov;

    kernel->b[i] += value_of(c, kernel);
    for (size_t x = 0; x < k; x++)
        for (size_t t = 0; t < c->n; t++)
            cov[i * k + x] += c->weight[t] * cov[c->at[t] * k + x];
    for (size_t x = 0; x < k; x++)
        for (size_t t = 0; t < c->n; t++)
            cov[x * k + i] += c->weight[t] * cov[x * k + c->at[t]];
}

/* Where the segments are an attribute, its weights take what they are worth as a whole. */
static void give_to_attribute(struct lc_fit *fit, struct lc_fit_segment *s, struct contrast *c)
{
    const size_t j = fit->local->attribute;

    add_to(&fit->kernel, fit->at[j][level_of(&fit->attribute[j], s->name)], c);
    s->value = s->std_error = 0;
}

/* Intercept and levels stand before the deviations, which go. */
static enum lc_rc shorten(struct lc_fit *fit, size_t k, struct lc_arena *arena,
                          struct lc_err *err)
{
    double *cov = LC_NEW(arena, k * k, double);

    if (!cov)
        return lc_fail_memory(err, "the segments");
    for (size_t i = 0; i < k; i++)
        memcpy(cov + i * k, fit->kernel.cov + i * fit->kernel.k, k * sizeof *cov);
    fit->kernel.cov = cov;
    fit->kernel.k = k;
    return LC_OK;
}

enum lc_rc lc_fit_settle_local(const struct lc_fit_work *work, struct lc_arena *arena,
                               struct lc_fit *fit, struct lc_err *err)
{
    const struct lc_fit_places *p = work->places;
    const size_t n_own = fit->local->n_own, k = fit->k_attributes;
    struct lc_fit_local *l = LC_NEW(arena, 1, struct lc_fit_local);
    struct lc_fit_segment *segment =
        LC_NEW(arena, fit->local->n_segments + 1, struct lc_fit_segment);
    struct lc_fit_deviation *to = LC_NEW(arena, n_own * k + 1, struct lc_fit_deviation);
    struct contrast c = {LC_NEW(arena, fit->kernel.k + 1, double),
                         LC_NEW(arena, fit->kernel.k + 1, size_t), 0};
    enum lc_rc rc = LC_OK;

    if (!l || !segment || !to || !c.weight || !c.at)
        return lc_fail_memory(err, "the segments");
    *l = *fit->local;
    memcpy(segment, l->segment, l->n_segments * sizeof *segment);
    for (size_t s = 0; s < n_own && !rc; s++) {
        settle_segment(fit, p, s, &c, &segment[p->own[s]]);
        for (size_t j = 0; j < k && !rc; j++)
            if (deviates(fit, p, s, j))
                rc = add_deviation(fit, p, s, j, &c, arena, &to[l->n_deviations++], err);
    }
    for (size_t s = 0; s < n_own && l->attribute < k && !rc; s++) {
        settle_segment(fit, p, s, &c, &segment[p->own[s]]);
        give_to_attribute(fit, &segment[p->own[s]], &c);
    }
    if (!rc)
        rc = shorten(fit, p->first, arena, err);
    if (rc)
        return rc;
    l->segment = segment;
    l->deviation = to;
    fit->local = l;
    return LC_OK;
}

/* ---- on a card ---- */

/* Whether the segments need an attribute of their own beside those of all. */
static bool needs_own(const struct lc_fit *fit)
{
    return fit->local->attribute == fit->k_attributes;
}

size_t lc_fit_local_attributes(const struct lc_fit *fit)
{
    return lc_fit_is_local(fit) ? needs_own(fit) + fit->local->n_deviations : 0;
}

static enum lc_rc refuse_name(const struct lc_fit *fit, const char *name, struct lc_err *err)
{
    for (size_t j = 0; j < fit->k_attributes; j++)
        if (strcmp(fit->attribute[j].column, name) == 0)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%s' has the name that the deviations of a segment get; "
                           "rename it, or leave it or --local out",
                           name);
    return LC_OK;
}

/* The segments as an attribute: a lead of another one, or of none, gets what the weights of all say. */
static enum lc_rc add_own(const struct lc_fit *fit, struct lc_arena *arena,
                          struct lc_card_attribute *to, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    const char **level = LC_NEW(arena, l->n_own, const char *);
    const char *name = lc_arena_format(arena, "%s" LC_SEGMENT_SUFFIX, l->column);
    double *n = LC_NEW(arena, 4 * (l->n_own + 1), double), *won, *value, *points;
    size_t v = 0;
    enum lc_rc rc;

    if (!level || !name || !n)
        return lc_fail_memory(err, "the card");
    won = n + l->n_own + 1;
    value = won + l->n_own + 1;
    points = value + l->n_own + 1;
    for (size_t s = 0; s < l->n_segments; s++)
        if (l->segment[s].own) {
            level[v] = l->segment[s].name;
            n[v] = l->segment[s].leads;
            won[v] = l->segment[s].won;
            value[v++] = l->segment[s].value;
        }
    lc_points_of(value, v, points);
    *to = (struct lc_card_attribute){.attribute = {.column = name,
                                                   .role = l->rule.role,
                                                   .as_of = l->rule.as_of,
                                                   .n_levels = v,
                                                   .level = level,
                                                   .missing = LC_NO_CODE,
                                                   .n = n,
                                                   .won = won,
                                                   .computed = l->computed,
                                                   .of = l->column},
                                     .value = value,
                                     .points = points};
    rc = lc_attribute_spell(l->from, arena, &to->attribute, err);
    return rc ? rc : refuse_name(fit, name, err);
}

/* Which level of the attribute of the segments a segment is. */
static uint32_t own_level(const struct lc_fit *fit, size_t segment)
{
    const struct lc_fit_local *l = fit->local;
    uint32_t at = 0;

    if (!needs_own(fit))
        return (uint32_t)level_of(&fit->attribute[l->attribute], l->segment[segment].name);
    for (size_t s = 0; s < segment; s++)
        at += l->segment[s].own;
    return at;
}

static enum lc_rc add_local(const struct lc_fit *fit, const struct lc_fit_deviation *d,
                            struct lc_arena *arena, struct lc_card_attribute *to,
                            struct lc_err *err)
{
    const struct lc_attribute *of = &fit->attribute[d->attribute];
    const char *name =
        lc_arena_format(arena, "%s in %s", of->column, fit->local->segment[d->segment].name);
    double *value = LC_NEW(arena, 2 * (of->n_levels + 1), double);
    struct lc_card_local *local = LC_NEW(arena, 1, struct lc_card_local);

    if (!name || !value || !local)
        return lc_fail_memory(err, "the card");
    memcpy(value, d->value, of->n_levels * sizeof *value); /* the last, unseen, stays 0 */
    lc_points_of(value, of->n_levels, value + of->n_levels + 1);
    *local = (struct lc_card_local){.of = d->attribute,
                                    .own = fit->local->attribute,
                                    .segment = own_level(fit, d->segment)};
    *to = (struct lc_card_attribute){
        .attribute = *of, .value = value, .points = value + of->n_levels + 1, .local = local};
    to->attribute.column = name;
    to->attribute.of = of->column;
    to->attribute.n = d->n;
    to->attribute.won = d->won;
    to->attribute.toward = NULL;
    to->attribute.cap = 0;
    return refuse_name(fit, name, err);
}

enum lc_rc lc_fit_local_card(const struct lc_fit *fit, struct lc_arena *arena,
                             struct lc_card_attribute *attribute, struct lc_err *err)
{
    struct lc_card_attribute *to = attribute + fit->k_attributes;
    enum lc_rc rc = LC_OK;

    if (needs_own(fit))
        rc = add_own(fit, arena, to++, err);
    for (size_t i = 0; i < fit->local->n_deviations && !rc; i++)
        rc = add_local(fit, &fit->local->deviation[i], arena, to++, err);
    return rc;
}
