#include "leadcal/incidence.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/random.h"
#include "leadcal/survival.h"
#include "test.h"

#define N 24

/* tests/reference/incidence.R */
static const double days[N] = {3,  5,  5,  8,  9,  12, 12, 12, 15, 17, 21, 21,
                               24, 30, 30, 33, 38, 41, 47, 52, 52, 60, 66, 71};
static const uint8_t ends[N] = {1, 2, 0, 2, 1, 1, 2, 0, 2, 1, 0, 1,
                                2, 0, 1, 2, 0, 1, 2, 0, 1, 0, 2, 0};

static struct lc_incidence curve(const double *time, const uint8_t *end, size_t n,
                                 struct lc_arena *arena)
{
    struct lc_incidence c;
    struct lc_err err;

    assert_int_equal(lc_aalen_johansen(time, end, n, arena, &c, &err), LC_OK);
    return c;
}

/* R 4.2.2, survival 3.5-3, survfit of a factor: tests/reference/incidence.R */
static void two_ends_agree_with_survfit(void **state)
{
    static const double want[][6] = {
        {5, .916666666667, .0416666666667, .0416666666667, .0407893754322, .0407893754322},
        {12, .742063492063, .1289682539683, .1289682539683, .0695511611195, .0695511611195},
        {21, .602926587302, .2217261904762, .1753472222222, .0877420405961, .0798135589737},
        {30, .502438822751, .2719700727513, .2255911044974, .0953163289081, .0893204977217},
        {41, .382810531620, .3357718280213, .2814176403586, .1058331561308, .0986028058777},
        {52, .255207021080, .3995735832913, .3452193956286, .1124335714482, .1079623958399},
        {71, .127603510540, .3995735832913, .4728229061686, .1124335714482, .1325475917691}};
    struct lc_incidence c;
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = curve(days, ends, N, &arena);
    assert_true(c.n == N && c.last == 71);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct lc_incidence_step s = lc_incidence_at(&c, want[i][0]);

        assert_close(s.left, want[i][1], 1e-11);
        for (size_t k = 0; k < 2; k++) {
            assert_close(s.incidence[k], want[i][2 + k], 1e-12);
            assert_close(s.std_error[k], want[i][4 + k], 1e-11);
        }
        assert_close(s.left + s.incidence[0] + s.incidence[1], 1, 1e-14);
    }
    assert_true(lc_incidence_at(&c, 2).incidence[0] == 0 && lc_incidence_at(&c, 2).left == 1);
    lc_arena_release(&arena);
}

/* By hand, of five: a win at 1 of 5, a loss at 2 of 4, one left at 3, a win at 4 of 2. */
static void a_few_leads_by_hand(void **state)
{
    const double time[] = {4, 1, 3, 2, 6};
    const uint8_t end[] = {LC_END_WON, LC_END_WON, LC_END_OPEN, LC_END_LOST, LC_END_OPEN};
    struct lc_incidence c;
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = curve(time, end, 5, &arena);
    assert_int_equal(c.n_steps, 3);
    assert_close(c.step[2].incidence[0], 1.0 / 5 + 3.0 / 5 / 2, 1e-15);
    assert_close(c.step[2].incidence[1], 4.0 / 5 / 4, 1e-15);
    assert_close(c.step[2].left, 3.0 / 5 / 2, 1e-15);
    lc_arena_release(&arena);
}

static void with_nobody_lost_it_is_kaplan_meier(void **state)
{
    uint8_t end[N];
    struct lc_incidence c;
    struct lc_arena arena;
    struct lc_km km;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < N; i++)
        end[i] = ends[i] == LC_END_WON;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = curve(days, end, N, &arena);
    assert_int_equal(lc_kaplan_meier(days, end, N, &arena, &km, &err), LC_OK);
    assert_int_equal(c.n_steps, km.n_steps);
    for (size_t i = 0; i < c.n_steps; i++) {
        assert_close(c.step[i].incidence[0], 1 - km.step[i].survival, 1e-14);
        assert_close(c.step[i].std_error[0], km.step[i].std_error, 1e-13);
        assert_true(c.step[i].incidence[1] == 0);
    }
    lc_arena_release(&arena);
}

/* Everybody followed: won / leads, its binomial error and Wilson's own interval. */
static void with_everybody_followed_it_is_a_proportion(void **state)
{
    double time[200];
    uint8_t end[200];
    struct lc_incidence c;
    struct lc_arena arena;

    (void)state;
    for (size_t i = 0; i < 200; i++) {
        end[i] = (uint8_t)(i % 7 < 2 ? LC_END_WON : i % 7 < 5 ? LC_END_LOST : LC_END_OPEN);
        time[i] = end[i] == LC_END_OPEN ? 90 : (double)(i * 37 % 89);
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = curve(time, end, 200, &arena);
    for (size_t s = 0; s < c.n_steps; s++) {
        const struct lc_incidence_step at = c.step[s];
        struct lc_interval wilson, got;
        double won = 0;

        for (size_t i = 0; i < 200; i++)
            won += end[i] == LC_END_WON && time[i] <= at.time;
        wilson = lc_wilson(won, 200);
        got = lc_incidence_interval(at.incidence[0], at.std_error[0], 200);
        assert_close(at.incidence[0], won / 200, 1e-14);
        assert_close(at.std_error[0], sqrt(won / 200 * (1 - won / 200) / 200), 1e-13);
        assert_close(got.low, wilson.low, 1e-11);
        assert_close(got.high, wilson.high, 1e-11);
    }
    lc_arena_release(&arena);
}

static void swapped_ends_swap_the_curves(void **state)
{
    uint8_t swapped[N];
    struct lc_incidence c, d;
    struct lc_arena arena;

    (void)state;
    for (size_t i = 0; i < N; i++)
        swapped[i] = (uint8_t)((3 - ends[i]) % 3);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = curve(days, ends, N, &arena);
    d = curve(days, swapped, N, &arena);
    for (size_t i = 0; i < c.n_steps; i++) {
        assert_true(c.step[i].incidence[0] == d.step[i].incidence[1]);
        assert_true(c.step[i].std_error[1] == d.step[i].std_error[0]);
    }
    lc_arena_release(&arena);
}

/* 1,000 draws of 400 leads (seed 20): 30 % are won in the end, most of the others lost, followed
 * for 20 to 120 days. The limits at 60 days hold the truth as often as they say: 95 % +- 2. */
static void limits_cover_as_often_as_they_say(void **state)
{
    const double truth = 0.3 * (1 - exp(-60.0 / 40));
    struct lc_random random = {20};
    size_t covered = 0;

    (void)state;
    for (size_t run = 0; run < 1000; run++) {
        double time[400];
        uint8_t end[400];
        struct lc_incidence_step at;
        struct lc_interval limits;
        struct lc_incidence c;
        struct lc_arena arena;

        for (size_t i = 0; i < 400; i++) {
            const bool won = lc_random_unit(&random) < 0.3;
            const bool lost = !won && lc_random_unit(&random) < 0.8;
            const double lag = -log1p(-lc_random_unit(&random)) * (won ? 40 : 25);
            const double age = 20 + 100 * lc_random_unit(&random);

            time[i] = (won || lost) && lag < age ? lag : age;
            end[i] = (uint8_t)(!(lag < age) ? LC_END_OPEN
                               : won        ? LC_END_WON
                               : lost       ? LC_END_LOST
                                            : LC_END_OPEN);
        }
        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        c = curve(time, end, 400, &arena);
        at = lc_incidence_at(&c, 60);
        limits = lc_incidence_interval(at.incidence[0], at.std_error[0], 400);
        covered += truth >= limits.low && truth <= limits.high;
        lc_arena_release(&arena);
    }
    assert_true(covered > 930 && covered < 970);
}

/* ---- cycle quantiles ---- */

/* The leads of tests/reference/cycle_bootstrap.py. */
static void make_leads(double *time, uint8_t *end)
{
    for (size_t i = 0; i < 200; i++) {
        time[i] = (double)(i * 37 % 83) + 1;
        end[i] = (uint8_t)(i % 5 < 2 ? LC_END_WON : i % 5 == 2 ? LC_END_LOST : LC_END_OPEN);
    }
}

static void cycle_limits_agree_with_another_program(void **state)
{
    const double q[] = {0.5, 0.9};
    struct lc_cycle one[2], seven[2];
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_arena arena;
    struct lc_err err;
    double time[200];
    uint8_t end[200];

    (void)state;
    make_leads(time, end);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(
        lc_cycle_quantiles(time, end, 200, 60, q, 2, 4000, 7, NULL, &arena, one, &err), LC_OK);
    assert_int_equal(
        lc_cycle_quantiles(time, end, 200, 60, q, 2, 4000, 7, pool, &arena, seven, &err),
        LC_OK);
    assert_memory_equal(one, seven, sizeof one);
    /* tests/reference/cycle_bootstrap.py, 20,000 resamples: 27..41 and 51..59; whole days */
    assert_true(one[0].days == 35 && one[1].days == 57);
    assert_true(fabs(one[0].limits.low - 27) <= 1 && fabs(one[0].limits.high - 41) <= 1);
    assert_true(fabs(one[1].limits.low - 51) <= 1 && fabs(one[1].limits.high - 59) <= 1);
    lc_parallel_free(pool);
    lc_arena_release(&arena);
}

/* Everybody followed past the horizon: the k-th of the wins in order. */
static void a_cycle_of_followed_leads_is_that_of_their_wins(void **state)
{
    const double q[] = {0.5, 0.75, 1e-9};
    const double time[] = {4, 9, 2, 7, 30, 30, 30, 12};
    const uint8_t end[] = {1, 1, 1, 1, 0, 0, 2, 1};
    struct lc_cycle got[3];
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(
        lc_cycle_quantiles(time, end, 8, 10, q, 3, 200, 1, NULL, &arena, got, &err), LC_OK);
    /* won by day 10: 2, 4, 7, 9 */
    assert_true(got[0].days == 4 && got[1].days == 7 && got[2].days == 2);
    assert_int_equal(lc_cycle_quantiles(time, end, 8, 1, q, 3, 200, 1, NULL, &arena, got, &err),
                     LC_OK);
    assert_true(isnan(got[0].days) && isnan(got[0].limits.low));
    assert_int_equal(lc_cycle_quantiles(time, end, 0, 1, q, 3, 200, 1, NULL, &arena, got, &err),
                     LC_EDEGENERATE);
    lc_arena_release(&arena);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const double q[] = {0.5};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 48) {
        struct lc_incidence c = {.n = 77};
        struct lc_cycle cycle = {.days = 77};
        struct lc_arena arena;
        struct lc_err err;

        lc_arena_init(&arena, limit);
        rc = lc_aalen_johansen(days, ends, N, &arena, &c, &err);
        if (rc)
            assert_true(c.n == 77);
        if (!rc)
            rc = lc_cycle_quantiles(days, ends, N, 60, q, 1, 20, 1, NULL, &arena, &cycle, &err);
        if (rc)
            assert_true(cycle.days == 77);
        lc_arena_release(&arena);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_ends_agree_with_survfit),
        cmocka_unit_test(a_few_leads_by_hand),
        cmocka_unit_test(with_nobody_lost_it_is_kaplan_meier),
        cmocka_unit_test(with_everybody_followed_it_is_a_proportion),
        cmocka_unit_test(swapped_ends_swap_the_curves),
        cmocka_unit_test(limits_cover_as_often_as_they_say),
        cmocka_unit_test(cycle_limits_agree_with_another_program),
        cmocka_unit_test(a_cycle_of_followed_leads_is_that_of_their_wins),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
