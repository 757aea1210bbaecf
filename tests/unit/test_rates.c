#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/rates.h"
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

/* An attribute of counted levels, as lc_attribute_learn leaves it. */
static struct lc_attribute counted(const char *const *level, const double *n, const double *won,
                                   size_t k, uint32_t missing)
{
    return (struct lc_attribute){.column = "industry",
                                 .n_levels = k,
                                 .level = level,
                                 .n = n,
                                 .won = won,
                                 .missing = missing};
}

static struct lc_frame rates(const struct lc_attribute *a, size_t leads, size_t won,
                             const struct lc_rates_options *options)
{
    const struct lc_cohort cohort = {.n = leads, .n_won = won};
    struct lc_frame frame;
    struct lc_err err;

    assert_int_equal(lc_rates(&cohort, a, 1, options, &arena, &frame, &err), LC_OK);
    return frame;
}

static double cell(const struct lc_frame *f, size_t row, const char *name)
{
    return f->value[row * f->k + lc_frame_column(f, name)].number;
}

static const char *const industries[] = {"Banking", "Other"};

/* The published guide's own example: 3 won of 150 is 2 %, banking 5 of 50 is 10 %, ratio 5. Its
 * interval compares two independent samples: log ratio, 1.239..20.177. */
static void another_population_as_baseline_gives_the_guides_five_points(void **state)
{
    static const double n[] = {50}, won[] = {5};
    const struct lc_attribute a = counted(industries, n, won, 1, LC_NO_CODE);
    const struct lc_rates_options o = {.baseline_won = 3, .baseline_leads = 150};
    const struct lc_frame f = rates(&a, 50, 5, &o);

    (void)state;
    assert_close(cell(&f, 0, "rate"), 0.02, 1e-15);
    assert_close(cell(&f, 0, "rate_low"), 0.00682, 5e-6);
    assert_close(cell(&f, 0, "rate_high"), 0.05715, 5e-6);
    assert_close(cell(&f, 2, "rate"), 0.10, 1e-15);
    assert_close(cell(&f, 2, "rate_low"), 0.04348, 5e-6);
    assert_close(cell(&f, 2, "rate_high"), 0.21360, 5e-6);
    assert_close(cell(&f, 2, "ratio"), 5, 1e-14);
    assert_close(cell(&f, 2, "ratio_low"), 1.239, 5e-4);
    assert_close(cell(&f, 2, "ratio_high"), 20.177, 5e-4);
    assert_close(cell(&f, 2, "points"), 5, 1e-14);
    assert_string_equal(f.value[2 * f.k + lc_frame_column(&f, "note")].text,
                        "more wins than the baseline has");
}

/* 500 leads, 10 won, banking 50 with 5: the consistent file that gives the same 5 points. */
static void a_consistent_file_gives_the_same_points_with_an_honest_interval(void **state)
{
    static const double n[] = {50, 450}, won[] = {5, 5};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_rates_options o = {0};
    const struct lc_frame f = rates(&a, 500, 10, &o);

    (void)state;
    assert_close(cell(&f, 2, "ratio"), 5, 1e-14);
    assert_close(cell(&f, 2, "points"), 5, 1e-14);
    assert_close(cell(&f, 2, "rr"), 9, 1e-14);
    assert_close(cell(&f, 2, "rr_low"), 2.70, 5e-3);
    assert_close(cell(&f, 2, "rr_high"), 30.02, 5e-3);
    assert_close(cell(&f, 2, "ratio_low"), 2.31, 5e-3);
    assert_close(cell(&f, 2, "ratio_high"), 7.69, 5e-3);
}

/* The guides' shrinkage: 5 of 50 towards 2 % with a prior worth 50, 100, 200 leads. */
static void shrunk_ratios_follow_the_prior_weight(void **state)
{
    static const double n[] = {50, 450}, won[] = {5, 5};
    static const double weight[] = {50, 100, 200}, want[] = {3.000, 2.333, 1.800};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct lc_rates_options o = {.prior_weight = weight[i]};
        const struct lc_frame f = rates(&a, 500, 10, &o);

        assert_close(cell(&f, 2, "shrunk_ratio"), want[i], 5e-4);
        assert_true(cell(&f, 2, "shrunk_low") < want[i]);
        assert_true(cell(&f, 2, "shrunk_high") > want[i]);
    }
}

/* Drawn toward its group at 4 % instead of the baseline's 2 %: (5 + 50 x 0.04) / 100 / 0.02 = 3.5. */
static void a_level_with_a_group_is_drawn_toward_its_rate(void **state)
{
    static const double n[] = {50, 450}, won[] = {5, 5}, toward[] = {0.04, 0.015};
    const struct lc_rates_options o = {.prior_weight = 50};
    struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_cohort cohort = {.n = 500, .n_won = 10};
    const struct lc_rates_options other = {.baseline_won = 3, .baseline_leads = 150};
    struct lc_frame f;

    (void)state;
    a.toward = toward;
    f = rates(&a, 500, 10, &o);
    assert_close(cell(&f, 2, "shrunk_ratio"), 3.5, 1e-14);
    assert_close(cell(&f, 3, "shrunk_ratio"), (5 + 50 * 0.015) / 500 / 0.02, 1e-14);
    assert_close(cell(&f, 2, "ratio"), 5, 1e-14);
    assert_close(lc_rates_base(&cohort, &o), 0.02, 0);
    assert_close(lc_rates_base(&cohort, &other), 0.02, 0);
}

static void a_baseline_that_holds_these_leads_cannot_have_fewer_wins(void **state)
{
    static const double n[] = {50}, won[] = {5};
    const struct lc_attribute a = counted(industries, n, won, 1, LC_NO_CODE);
    const struct lc_rates_options o = {
        .baseline_won = 3, .baseline_leads = 150, .baseline_same = true};
    const struct lc_cohort cohort = {.n = 50, .n_won = 5};
    struct lc_frame frame;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_rates(&cohort, &a, 1, &o, &arena, &frame, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'industry'"));
}

static void without_wins_counts_and_limits_stand_and_ratios_are_empty(void **state)
{
    static const double n[] = {20, 17}, won[] = {0, 0};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_rates_options o = {0};
    const struct lc_frame f = rates(&a, 37, 0, &o);

    (void)state;
    assert_close(cell(&f, 2, "leads"), 20, 0);
    assert_close(cell(&f, 2, "rate"), 0, 0);
    assert_close(cell(&f, 2, "rate_high"), 0.1611, 5e-5); /* Newcombe 1998, 0 of 20 */
    assert_true(isnan(cell(&f, 2, "ratio")));
    assert_true(isnan(cell(&f, 2, "points")));
    assert_true(isnan(cell(&f, 2, "woe")));
}

static void a_zero_cell_leaves_the_evidence_blank_and_its_adjusted_value_filled(void **state)
{
    static const double n[] = {8, 92}, won[] = {0, 23};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_rates_options o = {0};
    const struct lc_frame f = rates(&a, 100, 23, &o);

    (void)state;
    assert_true(isnan(cell(&f, 2, "woe")));
    assert_close(cell(&f, 2, "woe_adjusted"), log((0.5 / 23) / (8.5 / 77)), 1e-12);
    assert_true(isnan(cell(&f, 1, "iv")));
    assert_close(cell(&f, 1, "iv_adjusted"),
                 cell(&f, 2, "iv_adjusted") + cell(&f, 3, "iv_adjusted"), 1e-12);
    assert_close(cell(&f, 2, "ratio"), 0, 0);
}

static void scales_are_the_ratio_less_one_and_its_logarithm(void **state)
{
    static const double n[] = {50, 450}, won[] = {5, 5};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_rates_options less = {.scale = LC_SCALE_RATIO_LESS_ONE};
    const struct lc_rates_options log_2 = {.scale = LC_SCALE_LOG2};
    const struct lc_frame f = rates(&a, 500, 10, &less), g = rates(&a, 500, 10, &log_2);

    (void)state;
    assert_close(cell(&f, 2, "points"), 4, 1e-14);
    assert_close(cell(&g, 2, "points"), 2.321928094887362, 1e-14);
    assert_true(cell(&f, 3, "points") < 0 && cell(&g, 3, "points") < 0);
}

/* Five equal levels differ by nothing: the prior's weight has no end, and it is said. */
static void levels_that_do_not_differ_shrink_to_one(void **state)
{
    static const char *const level[] = {"a", "b", "c", "d", "e"};
    static const double n[] = {40, 40, 40, 40, 40}, won[] = {10, 10, 10, 10, 10};
    const struct lc_attribute a = counted(level, n, won, 5, LC_NO_CODE);
    const struct lc_rates_options o = {0};
    const struct lc_frame f = rates(&a, 200, 50, &o);

    (void)state;
    assert_close(cell(&f, 3, "shrunk_ratio"), 1, 1e-15);
    assert_string_equal(f.value[3 * f.k + lc_frame_column(&f, "note")].text,
                        "levels do not differ");
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    static const double n[] = {50, 450}, won[] = {5, 5};
    const struct lc_attribute a = counted(industries, n, won, 2, LC_NO_CODE);
    const struct lc_cohort cohort = {.n = 500, .n_won = 10};
    const struct lc_rates_options o = {0};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64, refused++) {
        struct lc_arena small;
        struct lc_frame frame;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_rates(&cohort, &a, 1, &o, &small, &frame, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(another_population_as_baseline_gives_the_guides_five_points),
        TEST(a_consistent_file_gives_the_same_points_with_an_honest_interval),
        TEST(shrunk_ratios_follow_the_prior_weight),
        TEST(a_level_with_a_group_is_drawn_toward_its_rate),
        TEST(a_baseline_that_holds_these_leads_cannot_have_fewer_wins),
        TEST(without_wins_counts_and_limits_stand_and_ratios_are_empty),
        TEST(a_zero_cell_leaves_the_evidence_blank_and_its_adjusted_value_filled),
        TEST(scales_are_the_ratio_less_one_and_its_logarithm),
        TEST(levels_that_do_not_differ_shrink_to_one),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
