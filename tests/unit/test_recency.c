#include "leadcal/recency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "test.h"

#define MOST_LEADS  10000
#define MOST_EVENTS (4 * MOST_LEADS)

static struct lc_arena arena;

/* Leads of a test, with events of at most two classes. */
static struct {
    size_t begin[2][MOST_LEADS + 1];
    uint32_t age[2][MOST_EVENTS];
    double y[MOST_LEADS];
    struct lc_recency_class of[2];
    struct lc_recency_data d;
} leads;

static void wire(size_t n, size_t m)
{
    for (size_t c = 0; c < m; c++)
        leads.of[c] = (struct lc_recency_class){leads.begin[c], leads.age[c]};
    leads.d = (struct lc_recency_data){.n = n, .m = m, .of = leads.of, .y = leads.y};
}

static struct lc_recency find(struct lc_parallel *pool)
{
    struct lc_recency out;
    struct lc_err err;

    if (lc_recency(&leads.d, pool, &arena, &out, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return out;
}

static double sum_of(size_t c, size_t i, double half_life)
{
    double sum = 0;

    for (size_t e = leads.begin[c][i]; e < leads.begin[c][i + 1]; e++)
        sum += exp2(-(double)leads.age[c][e] / half_life);
    return sum;
}

/* The generator of tests/reference/recency.R: exact in doubles. */
static double park_miller(double *state)
{
    *state = fmod(*state * 16807, 2147483647);
    return *state / 2147483647;
}

/* The leads of tests/reference/recency.R. */
static void two_classes(void)
{
    double state = 20266;

    for (size_t i = 0; i < 1800; i++) {
        double eta;

        for (size_t c = 0; c < 2; c++) {
            size_t k = (size_t)floor(park_miller(&state) * 5);

            leads.begin[c][i + 1] = leads.begin[c][i] + k;
            for (size_t e = leads.begin[c][i]; e < leads.begin[c][i + 1]; e++)
                leads.age[c][e] = (uint32_t)floor(120 * park_miller(&state));
        }
        eta = -3.2 + 1.1 * sum_of(0, i, 9) + 0.7 * sum_of(1, i, 60);
        leads.y[i] = park_miller(&state) < 1 / (1 + exp(-eta));
    }
    wire(1800, 2);
}

static int set_up(void **state)
{
    (void)state;
    memset(&leads, 0, sizeof leads);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void assert_life(const struct lc_recency_one *of, double best, double low, double high)
{
    assert_close(of->half_life, best, 1e-4);
    assert_close(of->low, low, 1e-4);
    assert_close(of->high, high, 1e-4);
}

/* R 4.2.2: tests/reference/recency.R. */
static void two_half_lives_agree_with_r(void **state)
{
    struct lc_recency r;

    (void)state;
    two_classes();
    r = find(NULL);
    assert_int_equal(r.estimated, 2);
    assert_false(r.tied);
    assert_close(r.p, 0.000957254421512, 1e-6);
    assert_life(&r.of[0], 8.92998482063, 4.94833192874, 16.6993321323);
    assert_life(&r.of[1], 32.1883113776, 18.5136152633, 57.5098489153);
    assert_close(r.of[0].effect, 1.256632779467, 1e-4);
    assert_close(r.of[0].std_error, 0.194728956844, 1e-4);
    assert_close(r.of[1].effect, 0.852095884171, 1e-4);
    assert_close(r.of[1].std_error, 0.114217772865, 1e-4);
}

/* The same of the first class alone, as if nobody had recorded the other. */
static void one_half_life_agrees_with_r(void **state)
{
    struct lc_recency r;

    (void)state;
    two_classes();
    wire(1800, 1);
    r = find(NULL);
    assert_true(isnan(r.p));
    assert_life(&r.of[0], 10.0411166067, 5.33184563975, 19.7809393932);
}

/* Events of one kind, dealt into two by lot, are not told apart. */
static void classes_that_do_not_differ_are_tied(void **state)
{
    struct lc_random random = {71};
    struct lc_recency r;

    (void)state;
    for (size_t i = 0; i < 1500; i++) {
        for (size_t c = 0; c < 2; c++) {
            const size_t k = lc_random_below(&random, 4);

            leads.begin[c][i + 1] = leads.begin[c][i] + k;
            for (size_t e = leads.begin[c][i]; e < leads.begin[c][i + 1]; e++)
                leads.age[c][e] = (uint32_t)lc_random_below(&random, 90);
        }
        leads.y[i] = lc_random_unit(&random) <
                     lc_logistic(-2.9 + 0.9 * (sum_of(0, i, 20) + sum_of(1, i, 20)));
    }
    wire(1500, 2);
    r = find(NULL);
    assert_true(r.tied);
    assert_true(r.p >= 0.05 && r.p <= 1);
    assert_close(r.of[0].half_life, r.of[1].half_life, 0);
    assert_close(r.of[0].high, r.of[1].high, 0);
    assert_true(r.of[0].low < 20 && r.of[0].high > 20);
}

/* Leads with one to four events in the last quarter, of half-life 21; returns the wins. */
static size_t draw(struct lc_random *random, size_t n, double base, double effect)
{
    size_t won = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t k = 1 + lc_random_below(random, 4);

        leads.begin[0][i + 1] = leads.begin[0][i] + k;
        for (size_t e = leads.begin[0][i]; e < leads.begin[0][i + 1]; e++)
            leads.age[0][e] = (uint32_t)lc_random_below(random, 90);
        leads.y[i] = lc_random_unit(random) < lc_logistic(base + effect * sum_of(0, i, 21));
        won += leads.y[i] > 0;
    }
    wire(n, 1);
    return won;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

struct setting {
    size_t n;
    double base, effect, wins, low, high; /* of methods 6.6: median wins, quartiles of H */
};

/* Draws a setting many times: the median is where methods has it, and the intervals hold the truth. */
static void assert_recovered(const struct setting *s, size_t times, size_t least_held)
{
    double life[200], wins = 0;
    size_t held = 0, kept = 0;

    assert_true(times <= 200);
    for (size_t t = 0; t < times; t++) {
        struct lc_random random = {1000 * s->n + t};
        struct lc_recency r;

        wins += (double)draw(&random, s->n, s->base, s->effect) / (double)times;
        r = find(NULL);
        kept += r.of[0].kept_prior;
        life[t] = r.of[0].half_life;
        held += r.of[0].low <= 21 && r.of[0].high >= 21;
        lc_arena_release(&arena);
    }
    qsort(life, times, sizeof *life, by_size);
    print_message("%zu leads, %.0f wins, effect %.1f: H %.1f (%.1f-%.1f), %zu of %zu hold it\n",
                  s->n, wins, s->effect, life[times / 2], life[times / 4], life[3 * times / 4],
                  held, times);
    assert_close(wins, s->wins, 0.1);
    assert_true(life[times / 2] >= s->low && life[times / 2] <= s->high);
    assert_true(kept * 20 <= times);
    assert_true(held >= least_held);
}

/* methods 6.6, true half-life 21: 2,000 leads, 171 wins, effect 1: median 21.7 (18.2-25.9). */
static void a_half_life_is_recovered(void **state)
{
    static const struct setting s = {2000, -3.313, 1.0, 171, 18.2, 25.9};

    (void)state;
    assert_recovered(&s, 20, 17); /* of 20 at 95 %, 17 or more come 98 times in 100 */
}

/* The other settings of methods 6.6 that have 100 wins. */
static void half_lives_are_recovered_as_published(void **state)
{
    static const struct setting s[] = {{2000, -3.313, 1.0, 171, 18.2, 25.9},
                                       {2000, -3.192, 0.5, 120, 14.9, 34.5},
                                       {10000, -3.338, 0.5, 523, 16.3, 24.2},
                                       {10000, -3.278, 1.0, 882, 19.8, 23.7}};

    (void)state;
    for (size_t i = 0; i < sizeof s / sizeof *s; i++)
        assert_recovered(&s[i], 200, 180);
}

/* methods 6.6: with 26 or 48 wins nothing can be told. */
static void few_wins_keep_the_prior(void **state)
{
    struct lc_random random = {26};
    struct lc_recency r;
    size_t won;

    (void)state;
    won = draw(&random, 500, -3.2, 1.0);
    r = find(NULL);
    assert_true(won > 20 && won < 100);
    assert_true(r.of[0].kept_prior);
    assert_int_equal(r.estimated, 0);
    assert_int_equal(r.of[0].won, won);
    assert_int_equal(r.of[0].leads, 500);
    /* 30 e^(-1.96 ln 2) and 30 e^(1.96 ln 2) */
    assert_life(&r.of[0], 30, 7.71062, 116.722);
    assert_true(isfinite(r.of[0].effect) && r.of[0].std_error > 0);
}

static void events_without_effect_give_back_the_prior(void **state)
{
    struct lc_random random = {402};
    struct lc_recency r;

    (void)state;
    assert_true(draw(&random, 4000, -2.2, 0) > 300);
    r = find(NULL);
    assert_false(r.of[0].kept_prior);
    assert_true(r.of[0].half_life > 12 && r.of[0].half_life < 75);
    assert_true(r.of[0].low < 10 && r.of[0].high > 90);
}

/* Leads backwards, and each lead's events too. */
static void order_does_not_matter(void **state)
{
    struct lc_recency first, again;
    static size_t begin[2][MOST_LEADS + 1];
    static uint32_t age[2][MOST_EVENTS];
    static double y[MOST_LEADS];
    const size_t n = 1800;

    (void)state;
    two_classes();
    first = find(NULL);
    for (size_t c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            const size_t from = n - 1 - i;

            y[i] = leads.y[from];
            begin[c][i + 1] = begin[c][i];
            for (size_t e = leads.begin[c][from + 1]; e-- > leads.begin[c][from];)
                age[c][begin[c][i + 1]++] = leads.age[c][e];
        }
    for (size_t c = 0; c < 2; c++)
        leads.of[c] = (struct lc_recency_class){begin[c], age[c]};
    leads.d.y = y;
    again = find(NULL);
    for (size_t c = 0; c < 2; c++)
        assert_life(&again.of[c], first.of[c].half_life, first.of[c].low, first.of[c].high);
}

static void threads_change_no_bit(void **state)
{
    struct lc_recency alone, pooled;
    struct lc_parallel *pool = lc_parallel_new(7);

    (void)state;
    assert_non_null(pool);
    two_classes();
    alone = find(NULL);
    pooled = find(pool);
    lc_parallel_free(pool);
    for (size_t c = 0; c < 2; c++) {
        assert_memory_equal(&alone.of[c].half_life, &pooled.of[c].half_life, sizeof(double));
        assert_memory_equal(&alone.of[c].high, &pooled.of[c].high, sizeof(double));
        assert_memory_equal(&alone.of[c].effect, &pooled.of[c].effect, sizeof(double));
    }
    assert_close(pooled.p, alone.p, 0);
}

/* What others explain is taken off: an offset that knows the events leaves them no effect. */
static void an_offset_takes_its_part(void **state)
{
    struct lc_random random = {9};
    static double offset[MOST_LEADS];
    struct lc_recency r;

    (void)state;
    (void)draw(&random, 2000, -3.28, 1.0);
    for (size_t i = 0; i < 2000; i++)
        offset[i] = sum_of(0, i, 21);
    leads.d.offset = offset;
    r = find(NULL);
    assert_true(fabs(r.of[0].effect) < 3 * r.of[0].std_error);
}

static void one_outcome_alone_has_no_answer(void **state)
{
    struct lc_random random = {10};
    struct lc_recency r;
    struct lc_err err;

    (void)state;
    (void)draw(&random, 300, -3, 1.0);
    for (size_t i = 0; i < 300; i++)
        leads.y[i] = 1;
    assert_int_equal(lc_recency(&leads.d, NULL, &arena, &r, &err), LC_EDEGENERATE);
}

static void every_allocation_can_be_refused(void **state)
{
    struct lc_random random = {11};
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    (void)draw(&random, 60, -1, 1.0);
    for (size_t limit = 0; limit < 200000 && rc; limit += 64) {
        struct lc_arena small;
        struct lc_recency r = {.estimated = 4711};
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_recency(&leads.d, NULL, &small, &r, &err);
        assert_true(!rc || (rc == LC_ENOMEM && r.estimated == 4711));
        refused += rc != LC_OK;
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_half_lives_agree_with_r, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_half_life_agrees_with_r, set_up, tear_down),
        cmocka_unit_test_setup_teardown(classes_that_do_not_differ_are_tied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_half_life_is_recovered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(few_wins_keep_the_prior, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_without_effect_give_back_the_prior, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(order_does_not_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(threads_change_no_bit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_offset_takes_its_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_outcome_alone_has_no_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_allocation_can_be_refused, set_up, tear_down),
    };
    const struct CMUnitTest long_tests[] = {
        cmocka_unit_test_setup_teardown(half_lives_are_recovered_as_published, set_up,
                                        tear_down),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (getenv("LEADCAL_LONG"))
        failed += cmocka_run_group_tests(long_tests, NULL, NULL);
    return failed;
}
