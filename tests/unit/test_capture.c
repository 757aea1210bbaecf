#include "leadcal/capture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Two weeks: five leads and three leads. */
static const uint8_t won[] = {1, 0, 1, 0, 0, 0, 1, 0};
static const uint32_t week[] = {0, 0, 0, 0, 0, 1, 1, 1};
static const double good[] = {9, 1, 7, 3, 2, 4, 5, 1};
static const double tied[] = {1, 1, 1, 1, 0, 2, 2, 0};
static const double flat[] = {3, 3, 3, 3, 3, 3, 3, 3};

static struct lc_captured of(const double *score, double volume, struct lc_captured *chance)
{
    const struct lc_capture_data d = {.n = 8,
                                      .y = won,
                                      .period = week,
                                      .periods = 2,
                                      .volume = volume,
                                      .score = &score,
                                      .m = 1};
    struct lc_captured c;
    struct lc_err err;

    assert_int_equal(lc_capture(&d, &arena, &c, chance, &err), LC_OK);
    return c;
}

static void counts_come_out_as_by_hand(void **state)
{
    struct lc_captured chance, c = of(good, 1, &chance);

    (void)state;
    assert_close(c.leads, 2, 0);
    assert_close(c.won, 2, 0); /* lead 0 of week 0, lead 6 of week 1 */
    assert_close(c.share, 2.0 / 3, 1e-15);
    assert_close(chance.won, 2.0 / 5 + 1.0 / 3, 1e-15);
    c = of(good, 4, &chance);
    assert_close(c.leads, 7, 0); /* week 1 has three only */
    assert_close(c.share, 1, 0);
    assert_close(chance.won, 2 * 4.0 / 5 + 1, 1e-15);
}

static void ties_and_fractions_of_a_lead_are_shared_evenly(void **state)
{
    struct lc_captured chance, c = of(tied, 3, &chance);

    (void)state;
    /* week 0: 3 of the 4 tied leads hold 2 wins; week 1 is taken whole */
    assert_close(c.won, 2 * 3.0 / 4 + 1, 1e-15);
    c = of(good, 1.5, &chance);
    /* week 0: lead 0 and half of lead 2; week 1: lead 6 and half of lead 5 */
    assert_close(c.won, 1 + 0.5 + 1, 1e-15);
    assert_close(c.leads, 3, 0);
}

static void one_score_for_everybody_is_chance(void **state)
{
    struct lc_captured chance, c = of(flat, 1.25, &chance);

    (void)state;
    assert_close(c.won, chance.won, 1e-15);
    assert_close(c.leads, chance.leads, 1e-15);
}

#define N 400

/* Leads of eight weeks; scores that know something of the wins. */
struct drawn {
    uint8_t y[N];
    uint32_t week[N];
    double a[N], b[N];
};

static void draw(struct drawn *d, uint64_t seed)
{
    struct lc_random random = {seed};

    for (size_t i = 0; i < N; i++) {
        d->y[i] = lc_random_unit(&random) < 0.2;
        d->week[i] = (uint32_t)(i % 8);
        d->a[i] = floor(20 * (lc_random_unit(&random) + 0.4 * d->y[i]));
        d->b[i] = lc_random_unit(&random);
    }
}

static void rising_transformations_and_the_order_of_rows_change_nothing(void **state)
{
    struct drawn *d = malloc(sizeof *d), *turned = malloc(sizeof *turned);
    const double *score, *other;
    struct lc_capture_data data = {.n = N,
                                   .y = d->y,
                                   .period = d->week,
                                   .periods = 8,
                                   .volume = 7.3,
                                   .score = &score,
                                   .m = 1};
    struct lc_captured first, second, chance, chance_again;
    struct lc_err err;

    (void)state;
    draw(d, 2385);
    score = d->a;
    assert_int_equal(lc_capture(&data, &arena, &first, &chance, &err), LC_OK);
    for (size_t i = 0; i < N; i++) {
        turned->y[i] = d->y[N - 1 - i];
        turned->week[i] = d->week[N - 1 - i];
        turned->a[i] = exp(d->a[N - 1 - i] / 10);
    }
    other = turned->a;
    data.y = turned->y;
    data.period = turned->week;
    data.score = &other;
    assert_int_equal(lc_capture(&data, &arena, &second, &chance_again, &err), LC_OK);
    assert_close(second.won, first.won, 1e-12);
    assert_close(chance_again.won, chance.won, 1e-12);
    assert_true(first.won > chance.won); /* the score knows something */
    free(d);
    free(turned);
}

static double spread(const double *share, size_t resamples, size_t m, size_t at, double *mean)
{
    double sum = 0, square = 0;

    for (size_t r = 0; r < resamples; r++) {
        sum += share[r * m + at];
        square += share[r * m + at] * share[r * m + at];
    }
    *mean = sum / (double)resamples;
    return sqrt(square / (double)resamples - *mean * *mean);
}

/* Source: tests/reference/capture_bootstrap.py, written from the definition: mean 0.48909 +- 0.00024,
 * sd 0.04723 +- 0.00017 (40,000 resamples). Ours has 20,000: standard errors 0.00033 and 0.00024. */
static void resamples_spread_as_another_program_has_it(void **state)
{
    enum { RESAMPLES = 20000 };
    double *share = LC_NEW(&arena, RESAMPLES, double), *score = LC_NEW(&arena, N, double);
    uint8_t *y = LC_NEW(&arena, N, uint8_t);
    uint32_t *one_week = LC_NEW(&arena, N, uint32_t);
    const double *scores = score;
    const struct lc_capture_data d = {.n = N,
                                      .y = y,
                                      .period = one_week,
                                      .periods = 1,
                                      .volume = 100,
                                      .score = &scores,
                                      .m = 1};
    struct lc_err err;
    double mean, sd;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        score[i] = i < 100;
        y[i] = i < 40 || (i >= 100 && i < 140);
    }
    assert_int_equal(lc_capture_bootstrap(&d, RESAMPLES, 7, NULL, &arena, share, &err), LC_OK);
    sd = spread(share, RESAMPLES, 1, 0, &mean);
    assert_close(mean, 0.48909, 0.0016); /* four standard errors of the difference */
    assert_close(sd, 0.04723, 0.0012);
}

static void the_same_seed_gives_the_same_bits_at_any_number_of_threads(void **state)
{
    enum { RESAMPLES = 64 };
    struct drawn *d = malloc(sizeof *d);
    const double *const scores[] = {d->a, d->b};
    const struct lc_capture_data data = {.n = N,
                                         .y = d->y,
                                         .period = d->week,
                                         .periods = 8,
                                         .volume = 5,
                                         .score = scores,
                                         .m = 2};
    struct lc_parallel *pool = lc_parallel_new(7);
    double one[2 * RESAMPLES], seven[2 * RESAMPLES], other[2 * RESAMPLES], mean_a, mean_b;
    struct lc_captured captured[2], chance;
    struct lc_err err;

    (void)state;
    draw(d, 11);
    assert_int_equal(lc_capture_bootstrap(&data, RESAMPLES, 5, NULL, &arena, one, &err), LC_OK);
    assert_int_equal(lc_capture_bootstrap(&data, RESAMPLES, 5, pool, &arena, seven, &err),
                     LC_OK);
    assert_int_equal(lc_capture_bootstrap(&data, RESAMPLES, 6, pool, &arena, other, &err),
                     LC_OK);
    assert_memory_equal(one, seven, sizeof one);
    assert_memory_not_equal(one, other, sizeof one);
    assert_int_equal(lc_capture(&data, &arena, captured, &chance, &err), LC_OK);
    (void)spread(one, RESAMPLES, 2, 0, &mean_a);
    (void)spread(one, RESAMPLES, 2, 1, &mean_b);
    assert_close(mean_a, captured[0].share, 0.06);
    assert_close(mean_b, captured[1].share, 0.06);
    lc_parallel_free(pool);
    free(d);
}

/* A score's spread does not depend on which other scores are compared, nor on which comes first. */
static void the_same_leads_are_drawn_for_any_scores(void **state)
{
    enum { RESAMPLES = 64 };
    struct drawn *d = malloc(sizeof *d);
    const double *const scores[] = {d->a, d->b, d->a};
    struct lc_capture_data data = {.n = N,
                                   .y = d->y,
                                   .period = d->week,
                                   .periods = 8,
                                   .volume = 5,
                                   .score = scores,
                                   .m = 3};
    double three[3 * RESAMPLES], one[RESAMPLES];
    struct lc_err err;

    (void)state;
    draw(d, 11);
    assert_int_equal(lc_capture_bootstrap(&data, RESAMPLES, 5, NULL, &arena, three, &err),
                     LC_OK);
    data.score = scores + 1;
    data.m = 1;
    assert_int_equal(lc_capture_bootstrap(&data, RESAMPLES, 5, NULL, &arena, one, &err), LC_OK);
    for (size_t r = 0; r < RESAMPLES; r++) {
        assert_close(three[3 * r], three[3 * r + 2], 0);
        assert_close(three[3 * r + 1], one[r], 0);
    }
    free(d);
}

static void memory_that_is_refused_is_an_error(void **state)
{
    double share[16];
    const double *score = good;
    const struct lc_capture_data d = {
        .n = 8, .y = won, .period = week, .periods = 2, .volume = 1, .score = &score, .m = 1};
    bool done = false;

    (void)state;
    for (size_t limit = 0; !done; limit += 16) {
        struct lc_captured c, chance;
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc first, second;

        lc_arena_init(&small, limit);
        first = lc_capture(&d, &small, &c, &chance, &err);
        second = lc_capture_bootstrap(&d, 4, 1, NULL, &small, share, &err);
        assert_true(first == LC_OK || first == LC_ENOMEM);
        assert_true(second == LC_OK || second == LC_ENOMEM);
        done = first == LC_OK && second == LC_OK;
        assert_true(limit < 100000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(counts_come_out_as_by_hand),
        TEST(ties_and_fractions_of_a_lead_are_shared_evenly),
        TEST(one_score_for_everybody_is_chance),
        TEST(rising_transformations_and_the_order_of_rows_change_nothing),
        TEST(resamples_spread_as_another_program_has_it),
        TEST(the_same_seed_gives_the_same_bits_at_any_number_of_threads),
        TEST(the_same_leads_are_drawn_for_any_scores),
        TEST(memory_that_is_refused_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
