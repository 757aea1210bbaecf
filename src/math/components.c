#include "components_internal.h"

#include <assert.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#define FIRST_SD    0.5  /* log-odds: where the search begins */
#define MOST_ROUNDS 200  /* looks; ten to twenty are usual */
#define MOST_STEP   2.0  /* of log v in one round: an SD moves by a factor e at most */
#define FINE_STEP   1e-8 /* of log v, and log-odds of the intercept: what ends the search */
#define LEAST_REACH 0.25 /* of a step, by its secant: what asks for less has little to go */
#define MOST_REACH  4.0
#define MOST_HALVED 30   /* times a step is halved before the top is taken as reached */
#define RIDGE       1e-9 /* of the Fisher information's diagonal: components that go together */
#define LEAST_ALONE 1e-12 /* Fisher information of a column without leads: it takes no step */
#define NOISE       1e-11 /* of L: a fall below it is rounding */
#define FLAT \
    1e-6 /* of L: a round that gained less, after MOST_ROUNDS, had nothing left to find */

static bool is_given(const struct lc_component_search *s, size_t part)
{
    return s->given && part < s->parts && s->given[s->first[part]] > 0;
}

/* ---- the search ---- */

static double least_log_v(void)
{
    return 2 * log(LC_COMPONENT_LEAST);
}

static double most_log_v(void)
{
    return 2 * log(LC_COMPONENT_MOST);
}

/* Each part of the step as far as its secant said, unless together they then lead down. */
static void reach_out(struct lc_component_search *s, const struct lc_component_point *p)
{
    double uphill = 0;

    for (size_t i = 0; i <= s->parts; i++)
        uphill += p->slope[i] * s->reach[i] * s->step[i];
    for (size_t i = 0; i <= s->parts; i++) {
        s->reach[i] = uphill > 0 ? s->reach[i] : 1;
        s->step[i] *= s->reach[i];
    }
}

/* Each part of the step at most MOST_STEP. Where few wins leave a component nearly free its part is far
 * longer than others, and cut alone would turn the step downhill: then all are shortened alike.
 * Returns the longest. */
static double shorten_step(struct lc_component_search *s, const struct lc_component_point *p)
{
    const size_t m = s->parts + 1;
    double longest = 0, uphill = 0, share;

    for (size_t i = 0; i < m; i++) {
        longest = fmax(longest, fabs(s->step[i]));
        uphill += p->slope[i] * fmin(fmax(s->step[i], -MOST_STEP), MOST_STEP);
    }
    share = uphill > 0 || longest <= MOST_STEP ? 1 : MOST_STEP / longest;
    for (size_t i = 0; i < m; i++)
        s->step[i] = fmin(fmax(share * s->step[i], -MOST_STEP), MOST_STEP);
    return fmin(longest, MOST_STEP);
}

/* F step = slope over what is free. Returns the longest part of the step. */
static double choose_step(struct lc_component_search *s, const struct lc_component_point *p)
{
    const size_t m = s->parts + 1;
    gsl_matrix_view f = gsl_matrix_view_array(p->fisher, m, m);
    gsl_vector_view x = gsl_vector_view_array(s->step, m);

    for (size_t i = 0; i < m; i++) {
        const bool low = i < s->parts && p->log_v[i] <= least_log_v();
        const bool high = i < s->parts && p->log_v[i] >= most_log_v();

        s->fixed[i] = (low && p->slope[i] <= 0) || (high && p->slope[i] >= 0) ||
                      !(p->fisher[i * m + i] > LEAST_ALONE) || is_given(s, i);
        s->step[i] = s->fixed[i] ? 0 : p->slope[i];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            if (s->fixed[i] || s->fixed[j])
                p->fisher[i * m + j] = i == j;
            else if (i == j)
                p->fisher[i * m + j] *= 1 + RIDGE;
    if (!gsl_linalg_cholesky_decomp1(&f.matrix))
        (void)gsl_linalg_cholesky_svx(&f.matrix, &x.vector);
    reach_out(s, p);
    return shorten_step(s, p);
}

static void go(const struct lc_component_search *s, const struct lc_component_point *from,
               double length, struct lc_component_point *to)
{
    for (size_t j = 0; j < s->parts; j++)
        to->log_v[j] =
            is_given(s, j)
                ? from->log_v[j]
                : fmin(fmax(from->log_v[j] + length * s->step[j], least_log_v()), most_log_v());
    to->intercept = from->intercept + length * s->step[s->parts];
}

/* F is the expected curvature, and with few wins the true one may be twice or a tenth of it: steps jump
 * from one side of the top to the other, or creep. From where a slope was and where it is after `length` of
 * the step, its secant says how far the top is. */
static void learn_reach(struct lc_component_search *s, const struct lc_component_point *before,
                        const struct lc_component_point *after, double length)
{
    for (size_t i = 0; i <= s->parts; i++) {
        const double fall = before->slope[i] - after->slope[i];
        const double reach = length * s->reach[i] * before->slope[i] / fall;

        s->reach[i] = reach > 0 ? fmin(fmax(reach, LEAST_REACH), MOST_REACH) : 1;
    }
}

static enum lc_rc make_point(const struct lc_component_search *s, struct lc_arena *scratch,
                             struct lc_component_point *p, struct lc_err *err)
{
    const size_t m = s->parts + 1;

    *p = (struct lc_component_point){.log_v = LC_NEW(scratch, m, double),
                                     .slope = LC_NEW(scratch, m, double),
                                     .fisher = LC_NEW(scratch, m * m, double),
                                     .b = LC_NEW(scratch, s->k, double)};
    if (!p->log_v || !p->slope || !p->fisher || !p->b)
        return lc_fail_memory(err, "the variance components");
    return LC_OK;
}

/* One step up from *p, halved until L does not fall; *top where it is already the top. The fits of a
 * round live in `round`, which the caller empties. */
static enum lc_rc step_up(struct lc_component_search *s, struct lc_arena *round,
                          struct lc_component_point *p, struct lc_component_point *next,
                          bool *top, struct lc_err *err)
{
    const double least = p->marginal - NOISE * (1 + fabs(p->marginal));
    double length = 1;

    *top = choose_step(s, p) <= FINE_STEP;
    for (int halved = 0; !*top && halved < MOST_HALVED; halved++) {
        struct lc_component_point t;
        enum lc_rc rc;

        go(s, p, length, next);
        rc = lc_components_look(s, round, next, err);
        if (rc)
            return rc;
        if (!(next->marginal >= least)) {
            length /= 2;
            continue;
        }
        learn_reach(s, p, next, length);
        t = *p;
        *p = *next;
        *next = t;
        return LC_OK;
    }
    *top = true;
    return LC_OK;
}

static enum lc_rc climb(struct lc_component_search *s, struct lc_arena *scratch,
                        struct lc_component_point *p, struct lc_err *err)
{
    struct lc_component_point next;
    double before = 0;
    bool top = false;
    enum lc_rc rc = make_point(s, scratch, p, err);

    if (!rc)
        rc = make_point(s, scratch, &next, err);
    if (rc)
        return rc;
    for (size_t g = 0; g < s->parts; g++)
        p->log_v[g] = 2 * log(is_given(s, g) ? s->given[s->first[g]] : FIRST_SD);
    p->intercept = s->start[0];
    while (!rc && !top && s->rounds < MOST_ROUNDS) {
        struct lc_arena round;

        lc_arena_init(&round, scratch->limit - scratch->used);
        if (s->rounds == 0)
            rc = lc_components_look(s, &round, p, err);
        before = p->marginal;
        if (!rc)
            rc = step_up(s, &round, p, &next, &top, err);
        if (!rc)
            memcpy(s->start, p->b, s->k * sizeof *s->start);
        lc_arena_release(&round);
    }
    if (!rc && !top && p->marginal - before > FLAT)
        rc = lc_fail(
            err, LC_ENOCONV,
            "how far the levels of each attribute differ did not settle in %d rounds, as with "
            "few wins or with columns that nearly repeat each other; type one SD for all in "
            "with --prior-sd, or leave columns out",
            MOST_ROUNDS);
    return rc;
}

static enum lc_rc prepare(struct lc_component_search *s, struct lc_parallel *pool,
                          struct lc_arena *scratch, struct lc_err *err)
{
    enum lc_rc rc = lc_logit_layout(s->d, scratch, &s->at, &s->k, err);

    if (!rc)
        rc = lc_logit_prepare(s->d, pool, scratch, &s->ready, err);
    if (rc)
        return rc;
    s->precision = LC_NEW(scratch, s->k, double);
    s->start = LC_NEW(scratch, s->k, double);
    s->held = LC_NEW(scratch, s->k, bool);
    s->gradient = LC_NEW(scratch, s->k, double);
    s->half = LC_NEW(scratch, s->k, double);
    s->information = LC_NEW(scratch, s->k * s->k, double);
    s->factor = LC_NEW(scratch, s->k * s->k, double);
    s->step = LC_NEW(scratch, s->parts + 1, double);
    s->fixed = LC_NEW(scratch, s->parts + 1, bool);
    s->reach = LC_NEW(scratch, s->parts + 1, double);
    if (!s->precision || !s->start || !s->held || !s->gradient || !s->half || !s->information ||
        !s->factor || !s->step || !s->fixed || !s->reach)
        return lc_fail_memory(err, "the variance components");
    s->held[0] = true;
    for (size_t i = 0; i <= s->parts; i++)
        s->reach[i] = 1;
    return LC_OK;
}

/* The base rate's log-odds, where the search begins. */
static double base_log_odds(const struct lc_logit_data *d)
{
    double won = 0, total = 0;

    for (size_t i = 0; i < d->n; i++) {
        won += d->y[i];
        total += d->weight ? d->weight[i] : 1;
    }
    return log(won / (total - won));
}

/* The levels of a part are those of its columns, one behind the other; a part whose SD is known has
 * none to tell it. */
static enum lc_rc widen(const struct lc_component_search *s, const double *sd,
                        struct lc_logit_fit *fit, struct lc_arena *arena, struct lc_err *err)
{
    size_t *level = LC_NEW(arena, s->parts + 1, size_t), n = 0;
    size_t **at = LC_NEW(arena, s->parts + 1, size_t *), *all = LC_NEW(arena, s->k + 1, size_t);
    const struct lc_spread spread = {s->parts, s->k, level, at, sd, fit->b, fit->cov};

    if (!level || !at || !all)
        return lc_fail_memory(err, "the variance components");
    for (size_t g = 0; g < s->parts; g++) {
        at[g] = all + n;
        for (size_t j = s->first[g]; j < s->columns && !is_given(s, g); j++)
            for (size_t v = 0; s->part[j] == g && v < lc_component_levels(s, j); v++)
                if (lc_component_has_effect(s, j, v))
                    all[n++] = s->at[j][v];
        level[g] = (size_t)(all + n - at[g]);
    }
    return lc_components_spread(&spread, arena, err);
}

/* The fit at the top, for the caller to keep. */
static enum lc_rc finish(struct lc_component_search *s, const struct lc_component_point *p,
                         struct lc_arena *arena, struct lc_components *out, struct lc_err *err)
{
    const struct lc_logit_prior prior = {.precision = s->precision};
    const struct lc_logit_start start = {.b = s->start, .held = s->maximised ? s->held : NULL};
    struct lc_components c = {.marginal = p->marginal,
                              .sd = LC_NEW(arena, s->columns + 1, double),
                              .rounds = s->rounds};
    double *sd = LC_NEW(arena, s->parts + 1, double);
    enum lc_rc rc;

    if (!c.sd || !sd)
        return lc_fail_memory(err, "the variance components");
    for (size_t g = 0; g < s->parts; g++)
        sd[g] = exp(p->log_v[g] / 2);
    for (size_t j = 0; j < s->columns; j++) {
        const double log_v = p->log_v[s->part[j]];

        c.sd[j] = log_v > least_log_v() ? sd[s->part[j]] : 0;
        for (size_t v = 0; v < lc_component_levels(s, j); v++)
            if (lc_component_has_effect(s, j, v))
                s->precision[s->at[j][v]] = exp(-log_v);
    }
    rc = lc_logit_from(s->ready, &prior, &start, arena, &c.fit, err);
    if (!rc && !s->maximised)
        rc = widen(s, sd, &c.fit, arena, err);
    if (!rc)
        *out = c;
    return rc;
}

/* Columns of one group are one part; without groups each column is one. */
static enum lc_rc list_parts(struct lc_component_search *s, const size_t *group,
                             struct lc_arena *scratch, struct lc_err *err)
{
    s->part = LC_NEW(scratch, s->columns + 1, size_t);
    s->first = LC_NEW(scratch, s->columns + 1, size_t);
    if (!s->part || !s->first)
        return lc_fail_memory(err, "the variance components");
    for (size_t j = 0; j < s->columns; j++) {
        size_t i = 0;

        while (group && i < j && group[i] != group[j])
            i++;
        s->part[j] = group && i < j ? s->part[i] : s->parts;
        if (s->part[j] == s->parts)
            s->first[s->parts++] = j;
    }
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): the contract of include/leadcal/components.h */
enum lc_rc lc_components(const struct lc_logit_data *d, const double *given,
                         const size_t *group, bool maximised, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_components *out, struct lc_err *err)
{
    struct lc_component_search s = {
        .d = d, .given = given, .maximised = maximised, .columns = d->codes ? d->codes->k : 0};
    const double began = lc_logit_clock();
    struct lc_arena scratch;
    struct lc_component_point top;
    enum lc_rc rc;

    assert(!maximised || !d->n_numeric);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = list_parts(&s, group, &scratch, err);
    if (!rc)
        rc = prepare(&s, pool, &scratch, err);
    if (!rc) {
        s.start[0] = base_log_odds(d);
        rc = climb(&s, &scratch, &top, err);
    }
    if (!rc)
        rc = finish(&s, &top, arena, out, err);
    lc_arena_release(&scratch);
    if (!rc)
        out->fit.seconds = lc_logit_clock() - began; /* of all rounds */
    return rc;
}
