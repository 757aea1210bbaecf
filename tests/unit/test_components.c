/* Standard deviations of attributes' levels by marginal likelihood. */
#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/components.h"
#include "leadcal/random.h"
#include "made_design.h"

#define PATTERNS 72

static const uint32_t widths[] = {3, 4, 6};

/* The table of tests/reference/components.py: patterns of three columns, the third of which says
 * nothing. */
struct made {
    struct lc_arena arena;
    uint8_t code[3][PATTERNS];
    double won[PATTERNS], leads[PATTERNS];
    struct lc_column column[3];
    struct lc_codes codes;
    struct lc_logit_data d;
    struct lc_err err;
};

static void make(struct made *m, size_t columns)
{
    *m = (struct made){.codes = {.n = PATTERNS, .k = columns, .column = m->column}};
    lc_arena_init(&m->arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < PATTERNS; i++) {
        const size_t level[] = {i % 3, i / 3 % 4, i / 12}, leads = 5 + i * 29 % 17;

        for (size_t j = 0; j < 3; j++)
            m->code[j][i] = (uint8_t)level[j];
        m->leads[i] = (double)leads;
        m->won[i] =
            (double)(leads * (9 + 7 * level[0] + 4 * (level[1] * 3 % 4) + i * 13 % 11) / 60);
    }
    for (size_t j = 0; j < 3; j++)
        m->column[j] = (struct lc_column){.name = "made up",
                                          .width = 1,
                                          .code = m->code[j],
                                          .n_levels = widths[j],
                                          .missing = LC_NO_CODE};
    m->d = (struct lc_logit_data){
        .n = PATTERNS, .codes = &m->codes, .y = m->won, .weight = m->leads};
}

static struct lc_components learn(struct made *m)
{
    struct lc_components c = {0};

    if (lc_components(&m->d, NULL, NULL, false, NULL, &m->arena, &c, &m->err) != LC_OK) {
        print_error("%s\n", m->err.text);
        fail();
    }
    return c;
}

/* tests/reference/components.py, scipy 1.17.1: a simplex search over dense sums. */
static void two_columns_have_the_standard_deviations_of_a_dense_search(void **state)
{
    const double want[] = {-0.36067406, -0.49172886, -0.01551873, 0.50724759,
                           -0.37418397, 0.44979988,  0.07954582,  -0.15516173};
    struct lc_components c;
    struct made m;

    (void)state;
    make(&m, 2);
    c = learn(&m);
    assert_close(c.sd[0], 0.516183137, 1e-6);
    assert_close(c.sd[1], 0.377360885, 1e-6);
    assert_close(c.marginal, -606.583708518, 1e-10);
    for (size_t j = 0; j < 8; j++)
        assert_close(c.fit.b[j], want[j], 1e-6);
    assert_true(c.rounds < 40);
    lc_arena_release(&m.arena);
}

/* tests/reference/components.py, scipy 1.17.1: one SD for the levels of both columns. */
static void columns_of_a_group_share_one_standard_deviation(void **state)
{
    const double want[] = {-0.36014887, -0.48152389, -0.01678707, 0.49831096,
                           -0.38560406, 0.46421830,  0.08170239,  -0.16031663};
    static const size_t group[] = {7, 7, 2};
    struct lc_components c;
    struct made m;

    (void)state;
    make(&m, 2);
    assert_int_equal(lc_components(&m.d, NULL, group, false, NULL, &m.arena, &c, &m.err),
                     LC_OK);
    assert_true(c.sd[0] == c.sd[1]);
    assert_close(c.sd[0], 0.439604964, 1e-6);
    assert_close(c.marginal, -606.685748641, 1e-10);
    for (size_t j = 0; j < 8; j++)
        assert_close(c.fit.b[j], want[j], 1e-6);
    lc_arena_release(&m.arena);
    make(&m, 3);
    assert_int_equal(lc_components(&m.d, NULL, group, false, NULL, &m.arena, &c, &m.err),
                     LC_OK);
    assert_close(c.sd[1], 0.439604964, 1e-3); /* the least SD of the third takes a little */
    assert_true(c.sd[2] == 0);
    lc_arena_release(&m.arena);
}

static void a_column_that_says_nothing_has_none(void **state)
{
    struct lc_components c;
    struct made m;

    (void)state;
    make(&m, 3);
    c = learn(&m);
    assert_true(c.sd[2] == 0);
    assert_close(c.sd[0], 0.516183137, 1e-3); /* the least SD of the third takes a little */
    assert_close(c.sd[1], 0.377360885, 1e-3);
    for (size_t v = 0; v < 6; v++)
        assert_close(c.fit.b[8 + v], 0, 1e-3);
    assert_true(c.fit.cov[8 * c.fit.k + 8] > 0);
    lc_arena_release(&m.arena);
}

/* Methods I9: R 4.2.2, lme4 glmer(bad ~ 1 + (1 | purpose), binomial), German credit, typed in from
 * methods I8. glmer's own search stops at about 1e-5; scipy finds 0.358157754 and -0.824325495
 * (tests/reference/components.py). */
static void german_credit_by_purpose_agrees_with_lme4(void **state)
{
    static const double bad[] = {34, 89, 17, 4, 22, 58, 5, 62, 8, 1};
    static const double loans[] = {97, 234, 103, 12, 50, 181, 12, 280, 22, 9};
    static const double effect[] = {.1530575, .2943930, -.5300084, .0330108, .3546747,
                                    .0605716, .1290122, -.3736732, .1030612, -.1810025};
    static const uint8_t code[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const struct lc_column column = {
        .name = "purpose", .width = 1, .code = code, .n_levels = 10, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 10, .k = 1, .column = &column};
    const struct lc_logit_data d = {.n = 10, .codes = &codes, .y = bad, .weight = loans};
    struct lc_components c;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_components(&d, NULL, NULL, true, NULL, &arena, &c, &err), LC_OK);
    assert_close(c.sd[0], 0.3581529, 1e-5);
    assert_close(c.sd[0], 0.358157754, 1e-7);
    assert_close(c.fit.b[0], -0.824319534, 1e-5);
    assert_close(c.fit.b[0], -0.824325495, 1e-7);
    for (size_t v = 0; v < 10; v++)
        assert_close(c.fit.b[1 + v], effect[v], 2e-5);
    assert_int_equal(lc_components(&d, NULL, NULL, false, NULL, &arena, &c, &err), LC_OK);
    assert_close(c.sd[0], 0.391783221, 1e-6); /* scipy, the intercept integrated */
    lc_arena_release(&arena);
}

/* log|a| of a symmetric positive matrix, by elimination in place. */
static double log_determinant(size_t k, double *a)
{
    double sum = 0;

    for (size_t j = 0; j < k; j++) {
        sum += log(a[j * k + j]);
        for (size_t i = j + 1; i < k; i++)
            for (size_t l = k; l-- > j;)
                a[i * k + l] -= a[i * k + j] / a[j * k + j] * a[j * k + l];
    }
    return sum;
}

/* The marginal likelihood at SDs that are given, from the kernel's fit there. */
static double marginal_at(struct design *g, const double *sd, size_t k, size_t **at)
{
    double precision[64] = {0}, gradient[64], information[64 * 64], log_prior = 0;
    const struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_ready *ready;
    struct lc_logit_fit f;
    double likelihood;

    for (size_t j = 0; j < g->codes.k; j++)
        for (size_t v = 0; v < g->column[j].n_levels; v++) {
            precision[at[j][v]] = 1 / (sd[j] * sd[j]);
            log_prior -= 2 * log(sd[j]);
        }
    f = design_fit(g, &prior, NULL);
    assert_int_equal(lc_logit_prepare(&g->d, NULL, &g->arena, &ready, &g->err), LC_OK);
    likelihood = lc_logit_look(ready, f.b, gradient, information);
    for (size_t j = 0; j < k; j++)
        information[j * k + j] += precision[j];
    return likelihood - f.penalty / 2 + log_prior / 2 - log_determinant(k, information) / 2;
}

/* The law, on leads one by one, packed columns and a numeric one beside them. */
static void the_marginal_likelihood_falls_on_both_sides(void **state)
{
    static const uint32_t levels[] = {3, 4, 7, 2, 12};
    struct lc_components c;
    struct design g;
    size_t **at, k;

    (void)state;
    design_make(&g, 6000, levels, 5, 1);
    g.d.reference = NULL;
    assert_int_equal(lc_logit_layout(&g.d, &g.arena, &at, &k, &g.err), LC_OK);
    assert_int_equal(lc_components(&g.d, NULL, NULL, false, NULL, &g.arena, &c, &g.err), LC_OK);
    assert_close(marginal_at(&g, c.sd, k, at), c.marginal, 1e-10);
    for (size_t j = 0; j < 5; j++)
        for (int side = 0; side < 2; side++) {
            double sd[5];

            assert_true(c.sd[j] > 0.1 && c.sd[j] < 2); /* made of effects within 0.6 */
            memcpy(sd, c.sd, sizeof sd);
            sd[j] *= side ? 1.01 : 1 / 1.01;
            assert_true(marginal_at(&g, sd, k, at) < c.marginal);
        }
    lc_arena_release(&g.arena);
}

static void one_thread_and_seven_learn_the_same_bits(void **state)
{
    static const uint32_t levels[] = {3, 4, 7, 2, 12};
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_components one, seven;
    struct design g;

    (void)state;
    assert_non_null(pool);
    design_make(&g, 70001, levels, 5, 0);
    g.d.reference = NULL;
    assert_int_equal(lc_components(&g.d, NULL, NULL, false, NULL, &g.arena, &one, &g.err),
                     LC_OK);
    assert_int_equal(lc_components(&g.d, NULL, NULL, false, pool, &g.arena, &seven, &g.err),
                     LC_OK);
    assert_memory_equal(one.sd, seven.sd, 5 * sizeof *one.sd);
    assert_memory_equal(one.fit.b, seven.fit.b, one.fit.k * sizeof *one.fit.b);
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

/* Effects of 40 levels drawn with SD 0.6, 150 leads each: the SD comes back within three times its
 * own error, which is about 0.6 / sqrt(2 x 40). */
static void the_standard_deviation_of_drawn_effects_comes_back(void **state)
{
    static uint8_t code[40];
    static double won[40], leads[40];
    const struct lc_column column = {
        .name = "source", .width = 1, .code = code, .n_levels = 40, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 40, .k = 1, .column = &column};
    const struct lc_logit_data d = {.n = 40, .codes = &codes, .y = won, .weight = leads};
    struct lc_random random = {4242};
    struct lc_components c;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    for (size_t v = 0; v < 40; v++) {
        double sum = -6; /* of twelve uniforms: nearly normal, SD 1 */

        for (int i = 0; i < 12; i++)
            sum += lc_random_unit(&random);
        code[v] = (uint8_t)v;
        leads[v] = 150;
        for (int i = 0; i < 150; i++)
            won[v] += lc_random_unit(&random) < lc_logistic(-1.5 + 0.6 * sum);
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_components(&d, NULL, NULL, false, NULL, &arena, &c, &err), LC_OK);
    assert_true(fabs(c.sd[0] - 0.6) < 0.2);
    lc_arena_release(&arena);
}

/* Variance of the first level's deviation from the mean of the n levels at `at`. */
static double deviation(const double *cov, size_t k, const size_t *at, size_t n)
{
    double sum = 0;

    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            sum += ((a == 0) - 1 / (double)n) * ((b == 0) - 1 / (double)n) *
                   cov[at[a] * k + at[b]];
    return sum;
}

/* The first level's deviation itself. */
static double deviates(const double *b, const size_t *at, size_t n)
{
    double mean = 0;

    for (size_t v = 0; v < n; v++)
        mean += b[at[v]] / (double)n;
    return b[at[0]] - mean;
}

/* The second moment around the learnt weight, by a fit and its marginal likelihood at each SD of a grid,
 * with half-Cauchy weights. Two levels tell their SD badly, twelve well. */
static void the_spread_is_that_of_fits_along_a_grid_of_sds(void **state)
{
    static const uint32_t levels[] = {2, 12};
    struct lc_components c;
    struct design g;
    size_t **at, k;

    (void)state;
    design_make(&g, 600, levels, 2, 0);
    g.d.reference = NULL;
    assert_int_equal(lc_logit_layout(&g.d, &g.arena, &at, &k, &g.err), LC_OK);
    assert_int_equal(lc_components(&g.d, NULL, NULL, false, NULL, &g.arena, &c, &g.err), LC_OK);
    for (size_t j = 0; j < 2; j++) {
        double sum = 0, moment = 0, plain = 0;

        for (int step = 0; step < 70; step++) {
            double sd[2] = {c.sd[0], c.sd[1]}, precision[16] = {0}, weight, away;
            const struct lc_logit_prior prior = {.precision = precision};
            struct lc_logit_fit f;

            sd[j] = 0.01 * exp(0.1 * step);
            for (size_t i = 0; i < 2; i++)
                for (size_t v = 0; v < levels[i]; v++)
                    precision[at[i][v]] = 1 / (sd[i] * sd[i]);
            f = design_fit(&g, &prior, NULL);
            weight = sd[j] / (1 + sd[j] * sd[j]) * exp(marginal_at(&g, sd, k, at) - c.marginal);
            away = deviates(f.b, at[j], levels[j]) - deviates(c.fit.b, at[j], levels[j]);
            sum += weight;
            moment += weight * (deviation(f.cov, k, at[j], levels[j]) + away * away);
            if (fabs(log(sd[j] / c.sd[j])) < 0.05)
                plain = deviation(f.cov, k, at[j], levels[j]);
        }
        assert_close(deviation(c.fit.cov, k, at[j], levels[j]) / (moment / sum), 1, 0.05);
        assert_true(plain > 0 && moment / sum > 1.01 * plain);
    }
    lc_arena_release(&g.arena);
}

/* Some three wins of 270 leads, where the expected curvature is far from the true one: steps that trust it
 * jump from one side of the top to the other for hundreds of rounds. */
static void few_wins_settle_in_few_rounds(void **state)
{
    static const uint32_t levels[] = {2, 3, 4, 5, 6};
    struct lc_components c;
    struct design g;

    (void)state;
    for (size_t n = 250; n < 290; n++) {
        design_make(&g, n, levels, 5, 0);
        g.d.reference = NULL;
        for (size_t i = 0; i < n; i++)
            g.y[i] = g.y[i] != 0 && i % 9 == 0;
        assert_int_equal(lc_components(&g.d, NULL, NULL, false, NULL, &g.arena, &c, &g.err),
                         LC_OK);
        assert_true(c.rounds < 60);
        lc_arena_release(&g.arena);
    }
}

/* A given SD stays, and where all are given it is the kernel's fit. */
static void given_sds_stay(void **state)
{
    static const double one[] = {0.3, 0}, both[] = {0.3, 0.9};
    double precision[8] = {0};
    const struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_fit plain;
    struct lc_components c;
    struct made m;

    (void)state;
    make(&m, 2);
    assert_int_equal(lc_components(&m.d, one, NULL, false, NULL, &m.arena, &c, &m.err), LC_OK);
    assert_close(c.sd[0], 0.3, 1e-15);
    assert_true(fabs(c.sd[1] - 0.377360885) < 0.02 && fabs(c.sd[1] - 0.377360885) > 1e-6);
    for (size_t b = 1; b < 8; b++)
        precision[b] = b < 4 ? 1 / (0.3 * 0.3) : 1 / (0.9 * 0.9);
    assert_int_equal(lc_components(&m.d, both, NULL, false, NULL, &m.arena, &c, &m.err), LC_OK);
    assert_int_equal(lc_logit(&m.d, &prior, NULL, &m.arena, &plain, &m.err), LC_OK);
    for (size_t b = 0; b < 8; b++)
        assert_close(c.fit.b[b], plain.b[b], 1e-9);
    for (size_t i = 0; i < 64; i++)
        assert_close(c.fit.cov[i], plain.cov[i], 1e-9);
    lc_arena_release(&m.arena);
}

/* Where a handful of wins leave the standard deviations nearly free, the search must still end, at a
 * place that moving any of them does not better. */
static void a_handful_of_wins_settles(void **state)
{
    static const size_t width[] = {7, 23, 40, 5, 10, 2, 9, 35, 2, 2, 2, 5, 4, 5};
    enum { LEADS = 400, COLUMNS = sizeof width / sizeof *width };

    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        static uint8_t code[COLUMNS][LEADS];
        static double won[LEADS];
        struct lc_random random = {seed};
        struct lc_column column[COLUMNS];
        const struct lc_codes codes = {.n = LEADS, .k = COLUMNS, .column = column};
        const struct lc_logit_data d = {.n = LEADS, .codes = &codes, .y = won};
        struct lc_components c;
        struct lc_arena arena;
        struct lc_err err;

        for (size_t j = 0; j < COLUMNS; j++) {
            for (size_t i = 0; i < LEADS; i++)
                code[j][i] = (uint8_t)lc_random_below(&random, width[j]);
            column[j] = (struct lc_column){.name = "made up",
                                           .width = 1,
                                           .code = code[j],
                                           .n_levels = (uint32_t)width[j],
                                           .missing = LC_NO_CODE};
        }
        for (size_t i = 0; i < LEADS; i++)
            won[i] = i < 1 + seed % 4;
        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        if (lc_components(&d, NULL, NULL, false, NULL, &arena, &c, &err) != LC_OK) {
            print_error("seed %d: %s\n", (int)seed, err.text);
            fail();
        }
        for (size_t j = 0; j < COLUMNS; j++)
            assert_true(c.sd[j] >= 0 && c.sd[j] <= LC_COMPONENT_MOST * (1 + 1e-12));
        assert_true(isfinite(c.marginal));
        lc_arena_release(&arena);
    }
}

static void refusals_are_those_of_a_fit(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    struct made m;

    (void)state;
    make(&m, 2);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512) {
        struct lc_components c;
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_components(&m.d, NULL, NULL, false, NULL, &arena, &c, &m.err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    memset(m.won, 0, sizeof m.won);
    {
        struct lc_components c;

        assert_int_equal(lc_components(&m.d, NULL, NULL, false, NULL, &m.arena, &c, &m.err),
                         LC_EDEGENERATE);
    }
    lc_arena_release(&m.arena);
}

/* The grouped leads of tests/reference/local.py: columns source, size, segment, and source and size within
 * segments; in the last three the level 0 is the reference, which has no effect. */
struct parted {
    struct lc_arena arena;
    uint8_t code[5][21];
    double won[21], leads[21];
    struct lc_column column[5];
    uint32_t reference[5];
    struct lc_codes codes;
    struct lc_logit_data d;
    struct lc_err err;
};

static void part(struct parted *p)
{
    static const uint32_t levels[] = {3, 2, 4, 10, 7};

    *p = (struct parted){.codes = {.n = 21, .column = p->column},
                         .reference = {LC_NO_CODE, LC_NO_CODE, 0, 0, 0}};
    lc_arena_init(&p->arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < 21; i++) {
        const size_t s = i < 18 ? i / 6 : 3, a = i < 18 ? i / 2 % 3 : i - 18,
                     b = i < 18 ? i % 2 : 0;
        const size_t leads = i < 18 ? 60 + i * 37 % 41 : 4;
        const double rate = 20 + 5 * (double)a + 4 * (double)b + 9 * ((s + a) % 3 == 0) +
                            14 * (s == 1) + 11 * (s == 2) * (2 * (double)b - 1);

        p->code[0][i] = (uint8_t)a;
        p->code[1][i] = (uint8_t)b;
        p->code[2][i] = (uint8_t)(s < 3 ? s + 1 : 0);
        p->code[3][i] = (uint8_t)(s < 3 ? s * 3 + a + 1 : 0);
        p->code[4][i] = (uint8_t)(s < 3 ? s * 2 + b + 1 : 0);
        p->leads[i] = (double)leads;
        p->won[i] = i < 18 ? floor((double)leads * rate / 60) : 1;
    }
    for (size_t j = 0; j < 5; j++)
        p->column[j] = (struct lc_column){.name = "made up",
                                          .width = 1,
                                          .code = p->code[j],
                                          .n_levels = levels[j],
                                          .missing = LC_NO_CODE};
    p->d = (struct lc_logit_data){.n = 21,
                                  .codes = &p->codes,
                                  .reference = p->reference,
                                  .y = p->won,
                                  .weight = p->leads};
}

static struct lc_components parted_fit(struct parted *p, size_t columns, const double *given)
{
    struct lc_components c = {0};

    p->codes.k = columns;
    assert_int_equal(lc_components(&p->d, given, NULL, false, NULL, &p->arena, &c, &p->err),
                     LC_OK);
    return c;
}

/* tests/reference/local.py, scipy 1.17.1. */
static void a_reference_level_has_no_effect_and_tells_nothing_of_the_sd(void **state)
{
    const double given[] = {0.7, 0.7, 0, 0, 0};
    struct lc_components c;
    struct parted p;

    (void)state;
    part(&p);
    c = parted_fit(&p, 3, given);
    assert_close(c.sd[2], 0.663082245, 1e-6);
    assert_close(c.marginal, -929.266096295, 1e-10);
    assert_int_equal(c.fit.k, 1 + 3 + 2 + 3);
    c = parted_fit(&p, 5, given);
    assert_close(c.sd[2], 0.4875448, 1e-5);
    assert_close(c.sd[3], 0.5699967, 1e-5);
    assert_close(c.sd[4], 0.6022543, 1e-5);
    assert_close(c.marginal, -899.405338782, 1e-9);
    lc_arena_release(&p.arena);
}

static double gain_of(struct parted *p, size_t columns, size_t added,
                      const struct lc_components *before)
{
    const struct lc_column was = p->column[columns];
    double gain = -1;

    p->column[columns] = p->column[added];
    p->codes.k = columns + 1;
    assert_int_equal(lc_component_gain(&p->d, &before->fit, NULL, &p->arena, &gain, &p->err),
                     LC_OK);
    p->column[columns] = was;
    return gain;
}

/* tests/reference/local.py, numpy 2.4.6: dense sums. What lc_components finds is near: 34.51 for the
 * segments. */
static void what_a_column_would_gain_is_that_of_dense_sums(void **state)
{
    const double given[] = {0.7, 0.7, 0.663082245};
    struct lc_components before;
    struct parted p;

    (void)state;
    part(&p);
    before = parted_fit(&p, 2, given);
    assert_close(before.marginal, -963.772541310, 1e-10);
    assert_close(gain_of(&p, 2, 2, &before), 33.191932, 1e-7);
    before = parted_fit(&p, 3, given);
    assert_close(gain_of(&p, 3, 3, &before), 11.062632, 1e-6);
    assert_close(gain_of(&p, 3, 4, &before), 15.020018, 1e-6);
    lc_arena_release(&p.arena);
}

static void a_column_that_says_nothing_gains_nothing(void **state)
{
    const double given[] = {0.7, 0.7};
    struct lc_components before;
    struct parted p;

    (void)state;
    part(&p);
    for (size_t i = 0; i < 18; i++) { /* every segment of the same leads */
        p.won[i] = p.won[i % 6];
        p.leads[i] = p.leads[i % 6];
    }
    before = parted_fit(&p, 2, given);
    assert_close(gain_of(&p, 2, 2, &before), 0, 1e-9);
    lc_arena_release(&p.arena);
}

static void a_refused_gain_is_an_error(void **state)
{
    const double given[] = {0.7, 0.7};
    struct lc_components before;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;
    struct parted p;

    (void)state;
    part(&p);
    before = parted_fit(&p, 2, given);
    p.codes.k = 3;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256, refused++) {
        struct lc_arena small;
        double gain;

        lc_arena_init(&small, limit);
        rc = lc_component_gain(&p.d, &before.fit, NULL, &small, &gain, &p.err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
    lc_arena_release(&p.arena);
}

/* tests/reference/local.py, scipy 1.17.1: two segments, and leads of none, over a grid of the intercept and both effects. */
static void a_small_marginal_likelihood_is_near_its_integral(void **state)
{
    static const struct {
        double sd, laplace, integral;
    } want[] = {{0.2, -131.681562, -131.678373},
                {0.5, -131.429046, -131.421227},
                {1.0, -132.065981, -132.052584}};
    const double won[] = {12, 33, 9}, leads[] = {80, 120, 50};
    const uint8_t code[] = {1, 2, 0};
    const uint32_t reference[] = {0};
    const struct lc_column column = {
        .name = "made up", .width = 1, .code = code, .n_levels = 3, .missing = LC_NO_CODE};
    struct lc_column columns[] = {column};
    const struct lc_codes codes = {.n = 3, .k = 1, .column = columns};
    const struct lc_logit_data d = {
        .n = 3, .codes = &codes, .reference = reference, .y = won, .weight = leads};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < 3; i++) {
        struct lc_components c;

        assert_int_equal(lc_components(&d, &want[i].sd, NULL, false, NULL, &arena, &c, &err),
                         LC_OK);
        assert_close(c.marginal, want[i].laplace, 1e-8);
        assert_true(fabs(c.marginal - want[i].integral) < 0.014);
    }
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_columns_have_the_standard_deviations_of_a_dense_search),
        cmocka_unit_test(columns_of_a_group_share_one_standard_deviation),
        cmocka_unit_test(a_column_that_says_nothing_has_none),
        cmocka_unit_test(german_credit_by_purpose_agrees_with_lme4),
        cmocka_unit_test(the_marginal_likelihood_falls_on_both_sides),
        cmocka_unit_test(one_thread_and_seven_learn_the_same_bits),
        cmocka_unit_test(the_standard_deviation_of_drawn_effects_comes_back),
        cmocka_unit_test(the_spread_is_that_of_fits_along_a_grid_of_sds),
        cmocka_unit_test(few_wins_settle_in_few_rounds),
        cmocka_unit_test(given_sds_stay),
        cmocka_unit_test(a_handful_of_wins_settles),
        cmocka_unit_test(refusals_are_those_of_a_fit),
        cmocka_unit_test(a_reference_level_has_no_effect_and_tells_nothing_of_the_sd),
        cmocka_unit_test(what_a_column_would_gain_is_that_of_dense_sums),
        cmocka_unit_test(a_column_that_says_nothing_gains_nothing),
        cmocka_unit_test(a_refused_gain_is_an_error),
        cmocka_unit_test(a_small_marginal_likelihood_is_near_its_integral),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
