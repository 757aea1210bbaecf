/* What a candidate was compared with, as its file keeps it, and the gate by that. */
#include "test.h"

#include "leadcal/champion.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"

static struct lc_arena arena;
static const struct lc_current current = {.name = "current.json"};
static const char sha[] = "2385";

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

/* The folds that the score in use was judged in: one, unless a test says more. */
static struct lc_judged_fold judged[5];

static struct lc_backtest figures(double gain, double sd)
{
    const struct lc_backtest b = {
        .volume = {.per_week = 12,
                   .weeks = 20,
                   .won = 41,
                   .chance = 0.2385,
                   .has_current = true,
                   .gain = gain,
                   .gain_low = gain - 1.6448536269514722 * sd,
                   .gain_high = gain + 1.6448536269514722 * sd},
        .judged = judged,
        .n_judged = 1,
        .current_slope = 0.0717,
    };

    for (int32_t k = 0; k < 5; k++) {
        judged[k] = (struct lc_judged_fold){"2025-Q1", 1100 + 91 * k, 1171 + 91 * k, b.volume};
        judged[k].volume.won = 41 + k;
    }
    return b;
}

static struct lc_champion champion_of(const struct lc_backtest *b, const char *no_backtest)
{
    struct lc_champion c;
    struct lc_err err;

    assert_int_equal(lc_champion_of(b, no_backtest, &current, sha, &arena, &c, &err), LC_OK);
    return c;
}

static void a_comparison_is_kept_with_its_quarter(void **state)
{
    const struct lc_backtest b = figures(0.0385, 0.0171);
    const struct lc_champion c = champion_of(&b, NULL);

    (void)state;
    assert_string_equal(c.name, "current.json");
    assert_string_equal(c.sha256, "2385");
    assert_null(c.why);
    assert_close(c.gain, 0.0385, 0);
    assert_close(c.low, 0.0385 - 1.6448536269514722 * 0.0171, 1e-15);
    assert_close(c.won, 41, 0);
    assert_close(c.slope, 0.0717, 0);
    assert_int_equal(c.n_quarters, 1);
    assert_int_equal(c.quarter[0].first, 1100);
    assert_int_equal(c.quarter[0].last, 1171);
    assert_close(c.quarter[0].gain, c.gain, 0);
}

/* DEFINITIONS 7: up to four rolling quarters. Of five folds the oldest is not kept. */
static void of_several_folds_the_latest_four_are_kept_one_by_one(void **state)
{
    struct lc_backtest b = figures(0.0385, 0.0171);
    struct lc_champion c;

    (void)state;
    b.n_judged = 5;
    c = champion_of(&b, NULL);
    assert_int_equal(c.n_quarters, LC_CHAMPION_QUARTERS);
    for (size_t k = 0; k < c.n_quarters; k++) {
        assert_int_equal(c.quarter[k].first, 1191 + 91 * (int)k);
        assert_int_equal(c.quarter[k].last, 1262 + 91 * (int)k);
        assert_close(c.quarter[k].won, 42 + (double)k, 0);
        assert_close(c.quarter[k].high, 0.0385 + 1.6448536269514722 * 0.0171, 1e-15);
    }
}

static void without_a_test_the_reason_is_kept(void **state)
{
    struct lc_backtest b = figures(0.0385, 0.0171);
    struct lc_champion c = champion_of(NULL, "the history is too short");

    (void)state;
    assert_string_equal(c.why, "the history is too short");
    assert_true(isnan(c.gain));
    assert_int_equal(c.n_quarters, 0);
    assert_non_null(strstr(champion_of(NULL, NULL).why, "not tested"));
    b.no_current = "its data window covers the test";
    c = champion_of(&b, NULL);
    assert_string_equal(c.why, "its data window covers the test");
    assert_true(isnan(c.low));
}

/* What recalibrate advised is what the gate says. */
static void the_gate_says_what_was_advised(void **state)
{
    static const struct {
        double gain, sd;
        enum lc_advice advice;
    } want[] = {{0.08, 0.05, LC_ADVICE_ADOPT},
                {0.08, 0.07, LC_ADVICE_NOT_ENOUGH},
                {0, 0.001, LC_ADVICE_KEEP},
                {-0.08, 0.2, LC_ADVICE_KEEP}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct lc_backtest b = figures(want[i].gain, want[i].sd);
        struct lc_model m = {.champion = champion_of(&b, NULL)};
        const struct lc_current named = {.name = "current.json", .column = "score"};
        struct lc_comparison advised, gate;
        struct lc_err err;

        assert_int_equal(lc_compare(&b, NULL, &m, &named, &arena, &advised, &err), LC_OK);
        assert_int_equal(lc_champion_judge(&m, NULL, &arena, &gate, &err), LC_OK);
        assert_int_equal(gate.advice, want[i].advice);
        assert_int_equal(gate.advice, advised.advice);
        assert_string_equal(gate.why, advised.why);
        assert_string_equal(gate.settle, advised.settle);
    }
}

static void what_could_not_be_judged_does_not_pass(void **state)
{
    struct lc_model m = {.champion = champion_of(NULL, "the history is too short")};
    struct lc_comparison gate;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_champion_judge(&m, NULL, &arena, &gate, &err), LC_OK);
    assert_int_equal(gate.advice, LC_ADVICE_NOT_ENOUGH);
    assert_string_equal(gate.why, "the history is too short");
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct lc_backtest b = figures(0.0385, 0.0171);
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        struct lc_arena small;
        struct lc_comparison gate;
        struct lc_model m = {.schema = LC_MODEL_SCHEMA};
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_champion_of(&b, NULL, &current, sha, &small, &m.champion, &err);
        if (!rc)
            rc = lc_champion_judge(&m, NULL, &small, &gate, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_comparison_is_kept_with_its_quarter),
        TEST(of_several_folds_the_latest_four_are_kept_one_by_one),
        TEST(without_a_test_the_reason_is_kept),
        TEST(the_gate_says_what_was_advised),
        TEST(what_could_not_be_judged_does_not_pass),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
