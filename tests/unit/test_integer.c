#include "leadcal/integer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "test.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

#define PRECISION (1 / (0.7 * 0.7))
#define MOST      8 /* attributes */

/* Leads drawn from a logistic model, and the fit of it. */
struct made {
    struct lc_codes codes;
    struct lc_column column[MOST];
    double *y;
    const double *start[MOST];
    double precision[MOST];
    struct lc_logit_fit fit;
    struct lc_integer_problem problem;
};

static void fit(struct made *m)
{
    const struct lc_logit_data data = {.n = m->codes.n, .codes = &m->codes, .y = m->y};
    size_t **at, k;
    double *precision;
    struct lc_logit_prior prior = {0};
    struct lc_err err;

    uint32_t *none = LC_NEW(&arena, m->codes.k, uint32_t);
    struct lc_logit_data full = data;

    for (size_t j = 0; j < m->codes.k; j++)
        none[j] = LC_NO_CODE;
    full.reference = none;
    assert_int_equal(lc_logit_layout(&full, &arena, &at, &k, &err), LC_OK);
    precision = LC_NEW(&arena, k, double);
    for (size_t b = 1; b < k; b++)
        precision[b] = PRECISION;
    prior.precision = precision;
    assert_int_equal(lc_logit(&full, &prior, NULL, &arena, &m->fit, &err), LC_OK);
    for (size_t j = 0; j < m->codes.k; j++) {
        m->start[j] = m->fit.b + at[j][0];
        m->precision[j] = PRECISION;
    }
}

static void make(struct made *m, uint64_t seed, size_t n, size_t k, uint32_t levels, int cap)
{
    struct lc_random r;
    double effect[MOST][16];

    r.state = seed;
    m->y = LC_NEW(&arena, n, double);
    for (size_t j = 0; j < k; j++) {
        uint8_t *code = LC_NEW(&arena, n, uint8_t);

        for (uint32_t v = 0; v < levels; v++)
            effect[j][v] = 2 * lc_random_unit(&r) - 1;
        for (size_t i = 0; i < n; i++)
            code[i] = (uint8_t)(lc_random_unit(&r) * levels);
        m->column[j] = (struct lc_column){.width = 1, .code = code, .n_levels = levels};
    }
    for (size_t i = 0; i < n; i++) {
        double eta = -0.5;

        for (size_t j = 0; j < k; j++)
            eta += effect[j][lc_code_at(&m->column[j], i)];
        m->y[i] = lc_random_unit(&r) < lc_logistic(eta);
    }
    m->codes = (struct lc_codes){.n = n, .k = k, .column = m->column};
    fit(m);
    m->problem = (struct lc_integer_problem){.codes = &m->codes,
                                             .y = m->y,
                                             .start = m->start,
                                             .precision = m->precision,
                                             .cap = cap,
                                             .bound = (m->fit.deviance + m->fit.penalty) / 2};
}

static struct lc_integer_card card_of(const struct lc_integer_problem *p)
{
    struct lc_integer_card card;
    struct lc_err err;

    assert_int_equal(lc_integer(p, &arena, &card, &err), LC_OK);
    return card;
}

/* The penalised loss of any points, a and g, lead by lead, or pattern by pattern. */
static double dense_loss(const struct lc_integer_problem *p, const double *weight,
                         int *const *points, double a, double g)
{
    double loss = 0;

    for (size_t i = 0; i < p->codes->n; i++) {
        double eta = a;

        for (size_t j = 0; j < p->codes->k; j++)
            eta += g * points[j][lc_code_at(&p->codes->column[j], i)];
        loss += (weight ? weight[i] : 1) * log1p(exp(eta)) - p->y[i] * eta;
    }
    for (size_t j = 0; j < p->codes->k; j++) {
        const size_t levels = p->codes->column[j].n_levels;
        double mean = 0;

        for (size_t v = 0; v < levels; v++)
            mean += g * points[j][v] / (double)levels;
        for (size_t v = 0; v < levels; v++)
            loss += p->precision[j] / 2 * (g * points[j][v] - mean) * (g * points[j][v] - mean);
    }
    return loss;
}

/* The least dense loss of fixed points over a and g, by ever smaller steps. */
static double best_loss(const struct lc_integer_problem *p, const double *weight,
                        int *const *points)
{
    double a = 0, g = 0.3, loss = dense_loss(p, weight, points, a, g);

    for (double step = 1; step > 1e-6;) {
        const double try[][2] = {{a + step, g}, {a - step, g}, {a, g + step}, {a, g - step}};
        bool better = false;

        for (size_t t = 0; t < 4; t++) {
            const double one =
                try[t][1] < 0 ? HUGE_VAL : dense_loss(p, weight, points, try[t][0], try[t][1]);

            if (one < loss) {
                loss = one;
                a = try[t][0];
                g = try[t][1];
                better = true;
            }
        }
        if (!better)
            step /= 2;
    }
    return loss;
}

static bool allowed(const struct lc_integer_problem *p, int *const *points)
{
    for (size_t j = 0; j < p->codes->k; j++)
        for (size_t v = 0; v < p->codes->column[j].n_levels; v++) {
            const int now = points[j][v], before = v ? points[j][v - 1] : now;

            if (abs(now) > p->cap || (p->sign && p->sign[j][v] * now < 0))
                return false;
            if (p->trend && ((p->trend[j] == LC_POINTS_UP && now < before) ||
                             (p->trend[j] == LC_POINTS_DOWN && now > before)))
                return false;
        }
    return true;
}

/* Two attributes of three levels, points -2..2. Adding one to all levels of an attribute changes
 * only a, so that every card has one with least value at the lower end of its attribute. Free cards
 * are enumerated from there; constrained ones whole. */
static double enumerate(const struct lc_integer_problem *of)
{
    uint8_t code[2][9];
    double n[9] = {0}, won[9] = {0}, least = HUGE_VAL;
    struct lc_column column[2];
    struct lc_codes codes = {.n = 9, .k = 2, .column = column};
    struct lc_integer_problem grouped = *of, *const p = &grouped;
    int one[3], other[3];
    int *const points[] = {one, other};

    for (size_t j = 0; j < 2; j++) {
        for (size_t c = 0; c < 9; c++)
            code[j][c] = (uint8_t)(j ? c % 3 : c / 3);
        column[j] = (struct lc_column){.width = 1, .code = code[j], .n_levels = 3};
    }
    for (size_t i = 0; i < of->codes->n; i++) {
        const size_t c =
            3 * lc_code_at(&of->codes->column[0], i) + lc_code_at(&of->codes->column[1], i);

        n[c] += 1;
        won[c] += of->y[i];
    }
    grouped.codes = &codes;
    grouped.y = won;
    for (int card = 0; card < 15625; card++) {
        int rest = card, low[2] = {2, 2};

        for (size_t v = 0; v < 6; v++, rest /= 5) {
            points[v / 3][v % 3] = rest % 5 - 2;
            low[v / 3] = points[v / 3][v % 3] < low[v / 3] ? points[v / 3][v % 3] : low[v / 3];
        }
        if (!allowed(p, points) || (!p->sign && (low[0] != -2 || low[1] != -2)))
            continue;
        least = fmin(least, best_loss(p, n, points));
    }
    return least;
}

static void the_best_of_every_small_card_is_found(void **state)
{
    static const signed char up[] = {0, 1, 0}, down[] = {-1, 0, 0};
    static const signed char *const sign[] = {up, down};
    static const enum lc_points_trend trend[] = {LC_POINTS_UP, LC_POINTS_DOWN};

    (void)state;
    for (uint64_t seed = 1; seed <= 9; seed++) {
        struct made m;
        struct lc_integer_card card;

        make(&m, seed, 60, 2, 3, 2);
        if (seed % 3 == 1)
            m.problem.trend = trend;
        if (seed % 3 == 2)
            m.problem.sign = sign;
        card = card_of(&m.problem);
        assert_true(allowed(&m.problem, card.points));
        assert_close(card.loss, enumerate(&m.problem), 1e-7);
    }
}

/* The start is where the search begins, not what it aims at: a prior twice as tight, and the best card
 * of it is found from the loose weights. */
static void the_best_card_is_found_from_weights_of_another_prior(void **state)
{
    static const double tight[] = {4 * PRECISION, 4 * PRECISION};

    (void)state;
    for (uint64_t seed = 11; seed <= 14; seed++) {
        struct made m;

        make(&m, seed, 60, 2, 3, 2);
        m.problem.precision = tight;
        assert_close(card_of(&m.problem).loss, enumerate(&m.problem), 1e-7);
    }
}

/* Of each attribute the average lead has 0 points, as nearly as whole points and the cap let it. */
static void an_average_lead_has_no_points(void **state)
{
    size_t centred = 0;

    (void)state;
    for (uint64_t seed = 21; seed <= 26; seed++) {
        struct made m;
        struct lc_integer_card card;

        make(&m, seed, 300, 4, 5, 30);
        card = card_of(&m.problem);
        for (size_t j = 0; j < 4; j++) {
            const int *points = card.points[j];
            int lowest = 0, highest = 0;
            double sum = 0;

            for (size_t i = 0; i < 300; i++)
                sum += points[lc_code_at(&m.column[j], i)];
            for (size_t v = 0; v < 5; v++) {
                lowest = points[v] < lowest ? points[v] : lowest;
                highest = points[v] > highest ? points[v] : highest;
            }
            assert_true(sum / 300 <= 0.5 || lowest == -30);
            assert_true(sum / 300 >= -0.5 || highest == 30);
            centred += fabs(sum / 300) <= 0.5;
        }
    }
    assert_true(centred >= 12); /* of 24: the cap holds the others */
}

static void the_loss_is_that_of_the_card(void **state)
{
    struct made m;
    struct lc_integer_card card;

    (void)state;
    make(&m, 7, 400, 5, 4, 10);
    card = card_of(&m.problem);
    assert_close(card.loss,
                 dense_loss(&m.problem, NULL, card.points, card.intercept, card.per_point),
                 1e-9 * card.loss);
    assert_close(card.loss, best_loss(&m.problem, NULL, card.points), 1e-6);
    assert_true(card.loss >= card.bound);
    assert_true(-card.log_likelihood < card.loss);
}

static void a_card_is_never_worse_than_rounding(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct made m;
        struct lc_integer_card card;

        make(&m, seed, 300, 6, 4, 1 + (int)(seed % 7));
        card = card_of(&m.problem);
        assert_true(card.loss <= card.rounded);
        assert_true(card.bound <= card.loss);
        assert_true(allowed(&m.problem, card.points));
    }
}

/* With a cap of 100 the card is the fit to the last hundredth of a doubling. */
static void a_high_cap_closes_the_gap(void **state)
{
    struct made m;
    struct lc_integer_card coarse, fine;

    (void)state;
    make(&m, 3, 500, 4, 4, 2);
    coarse = card_of(&m.problem);
    m.problem.cap = 100;
    fine = card_of(&m.problem);
    assert_true(fine.loss < coarse.loss);
    assert_true(fine.loss - fine.bound < 1e-3);
    assert_true(coarse.loss - coarse.bound > 0.1);
}

static void the_order_of_leads_does_not_matter(void **state)
{
    struct made m;
    struct lc_integer_card one, other;
    uint8_t *turned[MOST];
    double *y;

    (void)state;
    make(&m, 5, 350, 5, 3, 5);
    one = card_of(&m.problem);
    y = LC_NEW(&arena, 350, double);
    for (size_t j = 0; j < 5; j++) {
        turned[j] = LC_NEW(&arena, 350, uint8_t);
        for (size_t i = 0; i < 350; i++)
            turned[j][i] = (uint8_t)lc_code_at(&m.column[j], 349 - i);
    }
    for (size_t i = 0; i < 350; i++)
        y[i] = m.y[349 - i];
    for (size_t j = 0; j < 5; j++)
        m.column[j].code = turned[j];
    m.problem.y = y;
    other = card_of(&m.problem);
    for (size_t j = 0; j < 5; j++)
        assert_memory_equal(one.points[j], other.points[j], 3 * sizeof(int));
    assert_close(one.loss, other.loss, 1e-9);
}

static void what_cannot_be_a_card_is_refused(void **state)
{
    struct made m;
    struct lc_integer_card card;
    struct lc_err err;

    (void)state;
    make(&m, 9, 50, 2, 3, 5);
    m.codes.k = 0;
    assert_int_equal(lc_integer(&m.problem, &arena, &card, &err), LC_EDEGENERATE);
    m.codes.k = 2;
    memset(m.y, 0, 50 * sizeof *m.y);
    assert_int_equal(lc_integer(&m.problem, &arena, &card, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "won"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_best_of_every_small_card_is_found),
        TEST(the_loss_is_that_of_the_card),
        TEST(the_best_card_is_found_from_weights_of_another_prior),
        TEST(an_average_lead_has_no_points),
        TEST(a_card_is_never_worse_than_rounding),
        TEST(a_high_cap_closes_the_gap),
        TEST(the_order_of_leads_does_not_matter),
        TEST(what_cannot_be_a_card_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
