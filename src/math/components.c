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

/* A point of the search: log v of each part (the columns that share an SD), and the intercept where it is maximised. */
struct point {
    double *log_v; /* [parts] */
    double intercept;
    double marginal;
    double *slope;  /* [parts + 1] of L by log_v; last: by the intercept */
    double *fisher; /* [(parts + 1)^2] */
    double *b;      /* [k] of the penalised fit there */
};

struct search {
    const struct lc_logit_data *d;
    const double *given; /* [columns] above 0: known; NULL */
    struct lc_logit_ready *ready;
    bool maximised;
    size_t columns, k, parts;
    size_t **at;   /* [columns][levels] */
    size_t *part;  /* [columns] the part of each, and */
    size_t *first; /* [parts] the first column of each */
    double *precision, *start;
    bool *held;
    double *gradient, *information, *factor, *half; /* [k], [k * k], [k * k], [k] */
    double *step;                                   /* [parts + 1] */
    bool *fixed;                                    /* [parts + 1] at an end, leaning on it */
    double *reach; /* [parts + 1] of the step by F that the next round takes */
    size_t rounds;
};

static bool is_given(const struct search *s, size_t part)
{
    return s->given && part < s->parts && s->given[s->first[part]] > 0;
}

static size_t levels_of(const struct search *s, size_t j)
{
    return s->d->codes->column[j].n_levels;
}

/* A reference level has no effect: it is 0 whatever the SD. */
static bool has_effect(const struct search *s, size_t j, size_t v)
{
    return s->at[j][v] != LC_LOGIT_NONE;
}

/* log|X'WX + P| over the coefficients that take part. */
static double log_determinant(struct search *s, const struct lc_logit_fit *fit)
{
    const size_t first = s->maximised ? 1 : 0, k = s->k - first;
    gsl_matrix_view m;
    double sum = 0;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            s->factor[i * k + j] = s->information[(i + first) * s->k + j + first] +
                                   (i == j ? s->precision[i + first] : 0);
    for (size_t i = 0; i < k; i++)
        if (fit->aliased[i + first]) { /* a numeric column that others make up */
            for (size_t j = 0; j < k; j++)
                s->factor[i * k + j] = s->factor[j * k + i] = 0;
            s->factor[i * k + i] = 1;
        }
    m = gsl_matrix_view_array(s->factor, k, k);
    if (gsl_linalg_cholesky_decomp1(&m.matrix))
        return HUGE_VAL; /* not positive: rounding, far out; such a point is never better */
    for (size_t i = 0; i < k; i++)
        sum += 2 * log(s->factor[i * k + i]);
    return sum;
}

/* The sum of squares of the block of C for columns i and j, less the prior's variance on its
 * diagonal. */
static double block_squares(const struct search *s, const double *cov, size_t i, size_t j,
                            double v)
{
    double sum = 0;

    for (size_t a = 0; a < levels_of(s, i); a++)
        for (size_t b = 0; b < levels_of(s, j); b++) {
            double c;

            if (!has_effect(s, i, a) || !has_effect(s, j, b))
                continue;
            c = cov[s->at[i][a] * s->k + s->at[j][b]] - (i == j && a == b ? v : 0);
            sum += c * c;
        }
    return sum;
}

/* The slope of L, exactly, and its expected curvature. */
static void look_around(struct search *s, const double *cov, struct point *p)
{
    const size_t m = s->parts + 1;
    const double *b = p->b;

    lc_logit_bend(s->ready, cov, s->half);
    memset(p->fisher, 0, m * m * sizeof *p->fisher);
    memset(p->slope, 0, m * sizeof *p->slope);
    for (size_t i = 0; i < s->columns; i++) {
        const size_t g = s->part[i];
        const double v = exp(p->log_v[g]);

        for (size_t a = 0; a < levels_of(s, i); a++) {
            const size_t c = s->at[i][a];
            double pull = 0; /* bend' C, at this coefficient */

            if (!has_effect(s, i, a))
                continue;
            for (size_t l = 0; l < s->k; l++)
                pull += s->half[l] * cov[l * s->k + c];
            p->slope[g] += (b[c] * b[c] + cov[c * s->k + c]) / (2 * v) - 0.5 - pull * b[c] / v;
        }
        for (size_t j = 0; j < s->columns; j++)
            p->fisher[g * m + s->part[j]] +=
                block_squares(s, cov, i, j, v) / (2 * v * exp(p->log_v[s->part[j]]));
    }
}

/* By the intercept that is held: the fit moves along by -C X'W1, and so does the determinant. What is
 * gained by the levels following is left out of the curvature: it is the Schur complement. */
static void look_at_intercept(struct search *s, const double *cov, struct point *p)
{
    const size_t m = s->parts + 1, last = s->parts;
    const double *info = s->information;
    double slope = s->gradient[0] - s->half[0], curve = info[0];

    for (size_t i = 1; i < s->k; i++) {
        double follow = 0;

        for (size_t j = 1; j < s->k; j++)
            follow -= cov[i * s->k + j] * info[j];
        slope -= s->half[i] * follow;
        curve += info[i] * follow;
    }
    p->slope[last] = s->maximised ? slope : 0;
    p->fisher[last * m + last] = s->maximised ? curve : 1;
}

/* The penalised fit at a point, L there, and how it slopes. Begins at the coefficients in s->start. */
static enum lc_rc look(struct search *s, struct lc_arena *scratch, struct point *p,
                       struct lc_err *err)
{
    const struct lc_logit_prior prior = {.precision = s->precision};
    const struct lc_logit_start start = {.b = s->start, .held = s->maximised ? s->held : NULL};
    double log_prior = 0, likelihood;
    struct lc_logit_fit fit;
    enum lc_rc rc;

    for (size_t j = 0; j < s->columns; j++) {
        const double log_v = p->log_v[s->part[j]];

        for (size_t v = 0; v < levels_of(s, j); v++)
            if (has_effect(s, j, v)) {
                log_prior -= log_v;
                s->precision[s->at[j][v]] = exp(-log_v);
            }
    }
    if (s->maximised)
        s->start[0] = p->intercept;
    rc = lc_logit_from(s->ready, &prior, &start, scratch, &fit, err);
    if (rc)
        return rc;
    memcpy(p->b, fit.b, s->k * sizeof *p->b);
    likelihood = lc_logit_look(s->ready, fit.b, s->gradient, s->information);
    p->marginal = likelihood - fit.penalty / 2 + log_prior / 2 - log_determinant(s, &fit) / 2;
    look_around(s, fit.cov, p);
    look_at_intercept(s, fit.cov, p);
    s->rounds++;
    return LC_OK;
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
static void reach_out(struct search *s, const struct point *p)
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
static double shorten_step(struct search *s, const struct point *p)
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
static double choose_step(struct search *s, const struct point *p)
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

static void go(const struct search *s, const struct point *from, double length,
               struct point *to)
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
static void learn_reach(struct search *s, const struct point *before, const struct point *after,
                        double length)
{
    for (size_t i = 0; i <= s->parts; i++) {
        const double fall = before->slope[i] - after->slope[i];
        const double reach = length * s->reach[i] * before->slope[i] / fall;

        s->reach[i] = reach > 0 ? fmin(fmax(reach, LEAST_REACH), MOST_REACH) : 1;
    }
}

static enum lc_rc make_point(const struct search *s, struct lc_arena *scratch, struct point *p,
                             struct lc_err *err)
{
    const size_t m = s->parts + 1;

    *p = (struct point){.log_v = LC_NEW(scratch, m, double),
                        .slope = LC_NEW(scratch, m, double),
                        .fisher = LC_NEW(scratch, m * m, double),
                        .b = LC_NEW(scratch, s->k, double)};
    if (!p->log_v || !p->slope || !p->fisher || !p->b)
        return lc_fail_memory(err, "the variance components");
    return LC_OK;
}

/* One step up from *p, halved until L does not fall; *top where it is already the top. The fits of a
 * round live in `round`, which the caller empties. */
static enum lc_rc step_up(struct search *s, struct lc_arena *round, struct point *p,
                          struct point *next, bool *top, struct lc_err *err)
{
    const double least = p->marginal - NOISE * (1 + fabs(p->marginal));
    double length = 1;

    *top = choose_step(s, p) <= FINE_STEP;
    for (int halved = 0; !*top && halved < MOST_HALVED; halved++) {
        struct point t;
        enum lc_rc rc;

        go(s, p, length, next);
        rc = look(s, round, next, err);
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

static enum lc_rc climb(struct search *s, struct lc_arena *scratch, struct point *p,
                        struct lc_err *err)
{
    struct point next;
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
            rc = look(s, &round, p, err);
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

static enum lc_rc prepare(struct search *s, struct lc_parallel *pool, struct lc_arena *scratch,
                          struct lc_err *err)
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
static enum lc_rc widen(const struct search *s, const double *sd, struct lc_logit_fit *fit,
                        struct lc_arena *arena, struct lc_err *err)
{
    size_t *level = LC_NEW(arena, s->parts + 1, size_t), n = 0;
    size_t **at = LC_NEW(arena, s->parts + 1, size_t *), *all = LC_NEW(arena, s->k + 1, size_t);
    const struct lc_spread spread = {s->parts, s->k, level, at, sd, fit->b, fit->cov};

    if (!level || !at || !all)
        return lc_fail_memory(err, "the variance components");
    for (size_t g = 0; g < s->parts; g++) {
        at[g] = all + n;
        for (size_t j = s->first[g]; j < s->columns && !is_given(s, g); j++)
            for (size_t v = 0; s->part[j] == g && v < levels_of(s, j); v++)
                if (has_effect(s, j, v))
                    all[n++] = s->at[j][v];
        level[g] = (size_t)(all + n - at[g]);
    }
    return lc_components_spread(&spread, arena, err);
}

/* The fit at the top, for the caller to keep. */
static enum lc_rc finish(struct search *s, const struct point *p, struct lc_arena *arena,
                         struct lc_components *out, struct lc_err *err)
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
        for (size_t v = 0; v < levels_of(s, j); v++)
            if (has_effect(s, j, v))
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
static enum lc_rc list_parts(struct search *s, const size_t *group, struct lc_arena *scratch,
                             struct lc_err *err)
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
    struct search s = {
        .d = d, .given = given, .maximised = maximised, .columns = d->codes ? d->codes->k : 0};
    const double began = lc_logit_clock();
    struct lc_arena scratch;
    struct point top;
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
