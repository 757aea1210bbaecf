#include "test.h"

#include <math.h>

#include "leadcal/attribute.h"
#include "leadcal/random.h"
#include "small_table.h"

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

/* Leads of one column of numbers. */
struct leads {
    struct lc_table_column column;
    uint32_t *row;
    uint8_t *y;
    size_t n;
};

/* leads[v] of them with the value v + 1, won[v] of these won; dealt out in turn. */
static struct leads made_of(const size_t *leads, const size_t *won, size_t values)
{
    const char **cell;
    struct leads l = {.n = 0};
    size_t at = 0;

    for (size_t v = 0; v < values; v++)
        l.n += leads[v];
    cell = LC_NEW(&arena, l.n, const char *);
    l.row = LC_NEW(&arena, l.n, uint32_t);
    l.y = LC_NEW(&arena, l.n, uint8_t);
    for (size_t v = 0; v < values; v++) {
        const char *text = lc_arena_format(&arena, "%zu", v + 1);

        for (size_t i = 0; i < leads[v]; i++, at++) {
            cell[at] = text;
            l.row[at] = (uint32_t)at;
            l.y[at] = i < won[v];
        }
    }
    l.column = small_column(&arena, "pages", LC_KIND_NUMBER, cell, l.n);
    return l;
}

static struct lc_attribute learn(const struct leads *l, const struct lc_spec_attribute *given)
{
    struct lc_attribute a;
    struct lc_err err;

    if (lc_attribute_learn(&l->column, given, l->row, l->y, l->n, &arena, &a, &err))
        fail_msg("%s", err.text);
    return a;
}

static const struct lc_spec_attribute best = {.bins = LC_BINS_DP};

/* 60 values, 10 leads each: one in ten is won up to 30, four in ten above. Within each half no cut
 * explains anything, so that one cut is left; a cut is a value that was seen. */
static void one_step_in_the_rate_gives_one_cut(void **state)
{
    size_t leads[60], won[60];
    struct lc_attribute a;
    struct leads l;

    (void)state;
    for (size_t v = 0; v < 60; v++) {
        leads[v] = 10;
        won[v] = v < 30 ? 1 : 4;
    }
    l = made_of(leads, won, 60);
    a = learn(&l, &best);
    assert_int_equal(a.n_cuts, 1);
    assert_close(a.cut[0], 30, 0);
    assert_string_equal(a.level[0], "(-inf,30]");
    assert_string_equal(a.level[1], "(30,inf]");
    assert_close(a.n[0], 300, 0);
    assert_close(a.won[0], 30, 0);
    assert_close(a.won[1], 120, 0);
    a = learn(&l, NULL);
    assert_int_equal(a.n_cuts, 3); /* quartiles, unasked */
}

/* ---- every partition of few values ---- */

#define VALUES 8

static double term(double won, double n, double p)
{
    const double lost = n - won;

    return (won > 0 ? 2 * won * log(won / (n * p)) : 0) +
           (lost > 0 ? 2 * lost * log(lost / (n * (1 - p))) : 0);
}

static bool goes(enum lc_bin_trend trend, const double *rate, size_t k)
{
    size_t up = 0, turns = 0;

    for (size_t b = 1; b < k; b++) {
        const bool rises = rate[b] > rate[b - 1];

        if (rate[b] == rate[b - 1] && trend != LC_BIN_FREE)
            return false;
        up += rises;
        turns += b > 1 && rises != (rate[b - 1] > rate[b - 2]);
    }
    switch (trend) {
    case LC_BIN_UP: return up + 1 == k;
    case LC_BIN_DOWN: return up == 0;
    case LC_BIN_PEAK: return turns == 0 || (turns == 1 && rate[1] > rate[0]);
    case LC_BIN_VALLEY: return turns == 0 || (turns == 1 && rate[1] < rate[0]);
    case LC_BIN_FREE:
    case LC_BIN_UNSAID: break;
    }
    return true;
}

/* The worth of the cuts in `mask`; -HUGE_VAL where a rule forbids them. */
static double worth(unsigned mask, const size_t *leads, const size_t *won,
                    enum lc_bin_trend trend)
{
    double n[VALUES] = {0}, w[VALUES] = {0}, rate[VALUES], all = 0, all_won = 0, sum = 0;
    size_t k = 0;

    for (size_t v = 0; v < VALUES; v++) {
        n[k] += (double)leads[v];
        w[k] += (double)won[v];
        all += (double)leads[v];
        all_won += (double)won[v];
        k += mask >> v & 1;
    }
    k++;
    for (size_t b = 0; b < k; b++) {
        if (n[b] < 20 || w[b] < 5 || n[b] - w[b] < 5)
            return -HUGE_VAL;
        rate[b] = w[b] / n[b];
        sum += term(w[b], n[b], all_won / all);
    }
    return goes(trend, rate, k) ? sum - log(all) * (double)(k - 1) : -HUGE_VAL;
}

static void no_partition_of_few_values_is_better(void **state)
{
    struct lc_random random = {2385};
    size_t bins = 0;

    (void)state;
    for (size_t round = 0; round < 60; round++) {
        const enum lc_bin_trend trend = LC_BIN_FREE + (unsigned)(round % 5);
        const struct lc_spec_attribute given = {.trend = trend};
        size_t leads[VALUES], won[VALUES];
        double top = -HUGE_VAL;
        unsigned mask = 0;
        struct lc_attribute a;
        struct leads l;

        for (size_t v = 0; v < VALUES; v++) {
            leads[v] = 10 + (size_t)lc_random_below(&random, 40);
            won[v] = (size_t)lc_random_below(&random, leads[v]);
        }
        l = made_of(leads, won, VALUES);
        a = learn(&l, &given);
        for (unsigned m = 0; m < 1u << (VALUES - 1); m++)
            top = fmax(top, worth(m, leads, won, trend));
        for (size_t c = 0; c < a.n_cuts; c++)
            mask |= 1u << ((unsigned)a.cut[c] - 1);
        assert_close(worth(mask, leads, won, trend), top, 1e-9);
        bins += a.n_levels;
    }
    assert_true(bins > 120); /* the cases are no trivial ones */
}

static void a_number_that_says_nothing_gets_one_bin(void **state)
{
    size_t leads[60], won[60];
    struct lc_attribute a;
    struct leads l;

    (void)state;
    for (size_t v = 0; v < 60; v++) {
        leads[v] = 10;
        won[v] = 3;
    }
    l = made_of(leads, won, 60);
    a = learn(&l, &best);
    assert_int_equal(a.n_levels, 1);
    assert_int_equal(a.n_cuts, 0);
    assert_non_null(a.cut);
    assert_string_equal(a.level[0], "(-inf,inf]");
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("-7.5")), 0);
    won[0] = 0; /* too few wins for a bin anywhere */
    for (size_t v = 1; v < 60; v++)
        won[v] = v == 59 ? 4 : 0;
    l = made_of(leads, won, 60);
    assert_int_equal(learn(&l, &best).n_levels, 1);
}

/* 1,000 values, a step at 700: candidates are a 251st of the leads apart. */
static void a_step_among_many_values_is_found_within_a_candidate(void **state)
{
    size_t leads[1000], won[1000];
    struct lc_column coded;
    struct lc_attribute a;
    struct lc_err err;
    struct leads l;

    (void)state;
    for (size_t v = 0; v < 1000; v++) {
        leads[v] = 5;
        won[v] = v < 700 ? v % 5 == 0 : 2;
    }
    l = made_of(leads, won, 1000);
    a = learn(&l, &best);
    assert_int_equal(a.n_cuts, 1);
    assert_close(a.cut[0], 700, 4);
    assert_int_equal(lc_attribute_code(&a, &l.column, l.row, l.n, &arena, &coded, &err), LC_OK);
    for (size_t i = 0; i < l.n; i += 37)
        assert_int_equal(
            lc_code_at(&coded, i),
            lc_attribute_level(&a, lc_slice_of(lc_table_cell(&l.column, l.row[i]))));
}

static void a_trend_on_texts_is_refused(void **state)
{
    static const char *const cell[] = {"Web", "Expo", "Web"};
    static const uint32_t row[] = {0, 1, 2};
    static const uint8_t y[] = {1, 0, 0};
    const struct lc_spec_attribute given = {.trend = LC_BIN_UP};
    const struct lc_table_column c = small_column(&arena, "source", LC_KIND_TEXT, cell, 3);
    struct lc_attribute a;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_learn(&c, &given, row, y, 3, &arena, &a, &err), LC_EMISMATCH);
    assert_non_null(
        strstr(err.text, "column 'source' has a trend in the spec but holds texts"));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    size_t leads[60], won[60], refused = 0;
    enum lc_rc rc = LC_ENOMEM;
    struct leads l;

    (void)state;
    for (size_t v = 0; v < 60; v++) {
        leads[v] = 10;
        won[v] = v < 30 ? 1 : 4;
    }
    l = made_of(leads, won, 60);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512, refused++) {
        struct lc_arena small;
        struct lc_attribute a;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_attribute_learn(&l.column, &best, l.row, l.y, l.n, &small, &a, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_step_in_the_rate_gives_one_cut),
        TEST(no_partition_of_few_values_is_better),
        TEST(a_number_that_says_nothing_gets_one_bin),
        TEST(a_step_among_many_values_is_found_within_a_candidate),
        TEST(a_trend_on_texts_is_refused),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
