/* The attributes of an index card: beam search, each set fitted in full. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "leadcal/fit_integer.h"

#define LEAST_GAIN 1e-6 /* nats: less is rounding, and no reason for one more attribute */

/* A set of attributes and its fit. */
struct set {
    size_t n;
    size_t *member; /* [most] rising */
    double loss;    /* that is to be expected on as many new leads */
    double *eta;    /* [leads] log-odds */
};

struct beam {
    size_t n, k, most;
    const double *y;
    const struct lc_column *codes;
    double precision;
    struct lc_parallel *pool;
    struct lc_arena arena; /* of the search */
    struct set set[LC_BEAM];
    size_t n_sets;
};

/* Two attributes are tried by what they promise; the earlier one first where that is the same. */
struct promise {
    size_t attribute;
    double gain;
};

static bool has(const struct set *s, size_t j)
{
    for (size_t m = 0; m < s->n; m++)
        if (s->member[m] == j)
            return true;
    return false;
}

/* What one attribute promises: a Newton step for its levels alone, from the log-odds of the set, and
 * how far it lowers the loss, less the free levels that it takes. */
static double promise_of(const struct beam *b, const struct set *s, size_t j, double *slope,
                         double *bend)
{
    const struct lc_column *c = &b->codes[j];
    double gain = 0;

    memset(slope, 0, c->n_levels * sizeof *slope);
    memset(bend, 0, c->n_levels * sizeof *bend);
    for (size_t i = 0; i < b->n; i++) {
        const uint32_t v = lc_code_at(c, i);
        const double p = lc_logistic(s->eta[i]);

        slope[v] += b->y[i] - p;
        bend[v] += p * (1 - p);
    }
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const double held = bend[v] + b->precision, step = slope[v] / held;

        gain += slope[v] * step - bend[v] * step * step / 2 - bend[v] / held;
    }
    return gain;
}

static size_t widest(const struct beam *b)
{
    size_t levels = 1;

    for (size_t j = 0; j < b->k; j++)
        levels = b->codes[j].n_levels > levels ? b->codes[j].n_levels : levels;
    return levels;
}

/* The attributes that promise most, best first. */
static enum lc_rc look_ahead(struct beam *b, const struct set *s,
                             struct promise best[LC_BEAM_TRIES], size_t *n, struct lc_err *err)
{
    const size_t levels = widest(b);
    double *room = LC_NEW(&b->arena, 2 * levels, double);

    *n = 0;
    if (!room)
        return lc_fail_memory(err, "the search for a short card");
    for (size_t j = 0; j < b->k; j++) {
        struct promise p = {.attribute = j};
        size_t at = *n;

        if (has(s, j))
            continue;
        p.gain = promise_of(b, s, j, room, room + levels);
        while (at > 0 && best[at - 1].gain < p.gain)
            at--;
        if (at == LC_BEAM_TRIES)
            continue;
        if (*n < LC_BEAM_TRIES)
            ++*n;
        memmove(best + at + 1, best + at, (*n - 1 - at) * sizeof *best);
        best[at] = p;
    }
    return LC_OK;
}

/* The penalised fit of a set, and its log-odds. */
static enum lc_rc fit_set(struct beam *b, struct set *s, struct lc_err *err)
{
    struct lc_column *column = LC_NEW(&b->arena, s->n + 1, struct lc_column);
    uint32_t *reference = LC_NEW(&b->arena, s->n + 1, uint32_t);
    struct lc_codes codes = {.n = b->n, .k = s->n, .column = column};
    const struct lc_logit_data data = {
        .n = b->n, .codes = &codes, .reference = reference, .y = b->y};
    struct lc_logit_prior prior = {0};
    struct lc_logit_fit fit;
    double *precision;
    size_t **at, k;
    enum lc_rc rc;

    s->eta = LC_NEW(&b->arena, b->n, double);
    if (!column || !reference || !s->eta)
        return lc_fail_memory(err, "the search for a short card");
    for (size_t m = 0; m < s->n; m++) {
        column[m] = b->codes[s->member[m]];
        reference[m] = LC_NO_CODE;
    }
    rc = lc_logit_layout(&data, &b->arena, &at, &k, err);
    if (rc)
        return rc;
    precision = LC_NEW(&b->arena, k, double);
    if (!precision)
        return lc_fail_memory(err, "the search for a short card");
    for (size_t c = 1; c < k; c++)
        precision[c] = b->precision;
    prior.precision = precision;
    rc = lc_logit(&data, &prior, b->pool, &b->arena, &fit, err);
    if (rc)
        return rc;
    s->loss = fit.deviance / 2 + fit.effective_df;
    for (size_t i = 0; i < b->n; i++) {
        s->eta[i] = fit.b[0];
        for (size_t m = 0; m < s->n; m++)
            s->eta[i] += fit.b[at[m][lc_code_at(&column[m], i)]];
    }
    return LC_OK;
}

static bool is_same(const struct set *one, const struct set *other)
{
    return one->n == other->n &&
           memcmp(one->member, other->member, one->n * sizeof *one->member) == 0;
}

/* A set and one attribute more, its members rising. */
static bool extend(struct beam *b, const struct set *from, size_t attribute, struct set *to)
{
    size_t at = from->n;

    *to = (struct set){.n = from->n + 1, .member = LC_NEW(&b->arena, b->most, size_t)};
    if (!to->member)
        return false;
    memcpy(to->member, from->member, from->n * sizeof *to->member);
    for (; at > 0 && to->member[at - 1] > attribute; at--)
        to->member[at] = to->member[at - 1];
    to->member[at] = attribute;
    return true;
}

/* Puts a set among the best of the next round. */
static void enter(const struct set *s, struct set next[LC_BEAM], size_t *n)
{
    size_t at = *n;

    while (at > 0 && s->loss < next[at - 1].loss)
        at--;
    if (at == LC_BEAM)
        return;
    if (*n < LC_BEAM)
        ++*n;
    memmove(next + at + 1, next + at, (*n - 1 - at) * sizeof *next);
    next[at] = *s;
}

static enum lc_rc grow(struct beam *b, const struct set *from, struct set *tried,
                       size_t *n_tried, struct set next[LC_BEAM], size_t *n, struct lc_err *err)
{
    struct promise best[LC_BEAM_TRIES];
    size_t promising;
    enum lc_rc rc = look_ahead(b, from, best, &promising, err);

    for (size_t t = 0; t < promising && !rc; t++) {
        struct set *one = &tried[*n_tried];
        bool known = false;

        if (!extend(b, from, best[t].attribute, one))
            return lc_fail_memory(err, "the search for a short card");
        for (size_t before = 0; before < *n_tried && !known; before++)
            known = is_same(one, &tried[before]);
        if (known)
            continue;
        rc = fit_set(b, one, err);
        ++*n_tried;
        if (!rc)
            enter(one, next, n);
    }
    return rc;
}

/* One attribute more for every set; false in *better where that lowers no loss. */
static enum lc_rc step(struct beam *b, bool *better, struct lc_err *err)
{
    struct set tried[LC_BEAM * LC_BEAM_TRIES], next[LC_BEAM];
    size_t n_tried = 0, n = 0;
    enum lc_rc rc = LC_OK;

    for (size_t s = 0; s < b->n_sets && !rc; s++)
        rc = grow(b, &b->set[s], tried, &n_tried, next, &n, err);
    *better = !rc && n > 0 && next[0].loss < b->set[0].loss - LEAST_GAIN;
    if (!*better)
        return rc;
    memcpy(b->set, next, n * sizeof *next);
    b->n_sets = n;
    return LC_OK;
}

static enum lc_rc learn(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        const size_t *column, const struct lc_spec_attribute *const *given,
                        struct beam *b, struct lc_err *err)
{
    struct lc_column *codes = LC_NEW(&b->arena, b->k + 1, struct lc_column);
    double *won = LC_NEW(&b->arena, b->n + 1, double);

    if (!codes || !won)
        return lc_fail_memory(err, "the search for a short card");
    for (size_t i = 0; i < b->n; i++)
        won[i] = y[i];
    for (size_t j = 0; j < b->k; j++) {
        const struct lc_table_column *c = &table->column[column[j]];
        struct lc_attribute a;
        enum lc_rc rc =
            lc_attribute_learn(c, given ? given[j] : NULL, row, y, b->n, &b->arena, &a, err);

        if (!rc)
            rc = lc_attribute_code_learnt(&a, c, row, b->n, &b->arena, &codes[j], err);
        if (rc)
            return rc;
    }
    b->codes = codes;
    b->y = won;
    return LC_OK;
}

static enum lc_rc search(struct beam *b, struct lc_err *err)
{
    bool better = true;
    enum lc_rc rc;

    b->set[0] = (struct set){.member = LC_NEW(&b->arena, b->most, size_t)};
    if (!b->set[0].member)
        return lc_fail_memory(err, "the search for a short card");
    b->n_sets = 1;
    rc = fit_set(b, &b->set[0], err);
    while (!rc && better && b->set[0].n < b->most)
        rc = step(b, &better, err);
    return rc;
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract in fit_integer.h */
enum lc_rc lc_fit_few(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                      size_t n, const size_t *column,
                      const struct lc_spec_attribute *const *given, size_t k,
                      const struct lc_fit_options *options, size_t most,
                      struct lc_parallel *pool, struct lc_arena *arena, size_t *chosen,
                      size_t *n_chosen, struct lc_err *err)
{
    struct beam b = {.n = n,
                     .k = k,
                     .most = most < k ? most : k,
                     .precision = 1 / (options->prior_sd * options->prior_sd),
                     .pool = pool};
    enum lc_rc rc;

    assert(most >= 1);
    lc_arena_init(&b.arena, arena->limit - arena->used);
    rc = learn(table, row, y, column, given, &b, err);
    if (!rc)
        rc = search(&b, err);
    if (!rc) {
        *n_chosen = b.set[0].n;
        memcpy(chosen, b.set[0].member, b.set[0].n * sizeof *chosen);
    }
    lc_arena_release(&b.arena);
    return rc;
}
