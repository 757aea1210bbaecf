#include "test.h"

#include <math.h>
#include <string.h>

#include "leadcal/compare.h"
#include "leadcal/num.h"
#include "leadcal/points_file.h"

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

static const struct lc_current current = {.name = "column:score", .column = "score"};

/* A backtest of typed figures: 40 wins in a test of 20 weeks; sd of the gain. */
static struct lc_backtest figures(bool has_current, double gain, double sd)
{
    return (struct lc_backtest){
        .volume = {.per_week = 12,
                   .weeks = 20,
                   .won = 40,
                   .has_current = has_current,
                   .gain = gain,
                   .gain_low = gain - 1.6448536269514722 * sd,
                   .gain_high = gain + 1.6448536269514722 * sd},
        .current_slope = has_current ? 0.05 : LC_NAN,
    };
}

static struct lc_comparison compared(const struct lc_backtest *b, const char *no_backtest,
                                     const struct lc_model *m, const struct lc_current *c)
{
    struct lc_comparison out;
    struct lc_err err;

    assert_int_equal(lc_compare(b, no_backtest, m, c, &arena, &out, &err), LC_OK);
    return out;
}

static void the_gate_adopts_keeps_or_waits(void **state)
{
    static const struct {
        bool has_current;
        double gain, sd;
        enum lc_advice advice;
        const char *why;
    } want[] = {
        {true, 0.08, 0.05, LC_ADVICE_ADOPT,
         "8.0 points more of the wins (90 % interval -0.2 to 16.2)"},
        {true, 0.08, 0.07, LC_ADVICE_NOT_ENOUGH, "so that may be luck"},
        {true, 0.01, 0.018, LC_ADVICE_ADOPT, "1.0 points more"},       /* -1.96 is above -2 */
        {true, 0.01, 0.0183, LC_ADVICE_NOT_ENOUGH, "1.0 points more"}, /* -2.01 is not */
        {true, 0, 0.001, LC_ADVICE_KEEP, "0.0 points more"},
        {true, -0.08, 0.2, LC_ADVICE_KEEP, "8.0 points less of the wins"},
        {false, 0.08, 0.04, LC_ADVICE_ADOPT, "no current model was named"},
        {false, 0.08, 0.05, LC_ADVICE_NOT_ENOUGH, "than chance: the lower end is below 0, so"},
        {false, -0.01, 0.05, LC_ADVICE_NOT_ENOUGH,
         "less of the wins (90 % interval -9.2 to 7.2) than chance"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct lc_backtest b = figures(want[i].has_current, want[i].gain, want[i].sd);
        const struct lc_comparison c =
            compared(&b, NULL, NULL, want[i].has_current ? &current : NULL);

        assert_int_equal(c.advice, want[i].advice);
        if (!strstr(c.why, want[i].why))
            fail_msg("%zu: %s", i, c.why);
    }
    assert_string_equal(lc_advice_text(LC_ADVICE_ADOPT), "Adopt");
    assert_string_equal(lc_advice_text(LC_ADVICE_KEEP), "Keep");
    assert_string_equal(lc_advice_text(LC_ADVICE_NOT_ENOUGH), "Not enough evidence");
}

/* sd shrinks with the root of the wins: 40 (1.645 x 0.07 / 0.10)^2 = 53.04, so 54 wins; 14 more at 40
 * in 20 weeks are 7 weeks, 1.6 months. */
/* Sales that takes every lead holds every win with any score. */
static void where_all_leads_are_taken_no_score_is_better(void **state)
{
    struct lc_backtest b = figures(true, 0.01, 0.001);
    struct lc_comparison c;

    (void)state;
    b.volume.chance = 0.95;
    assert_int_equal(compared(&b, NULL, NULL, &current).advice, LC_ADVICE_ADOPT);
    b.volume.chance = 0.964;
    c = compared(&b, NULL, NULL, &current);
    assert_int_equal(c.advice, LC_ADVICE_NOT_ENOUGH);
    assert_non_null(
        strstr(c.why, "nearly every lead that comes (chance holds 96.4 % of the wins)"));
    assert_non_null(strstr(c.settle, "a smaller --capacity"));
}

static void what_would_settle_it_is_reckoned_from_the_spread(void **state)
{
    const struct lc_backtest b = figures(true, 0.08, 0.07), less = figures(false, -0.01, 0.05),
                             sure = figures(true, 0.08, 0.01);

    (void)state;
    assert_string_equal(compared(&b, NULL, NULL, &current).settle,
                        "about 54 wins in the test instead of 40 would settle it, if the gain "
                        "stays, about 2 more months of leads");
    assert_non_null(strstr(compared(&less, NULL, NULL, NULL).settle, "no number of wins"));
    assert_non_null(strstr(compared(&sure, NULL, NULL, &current).settle,
                           "nothing is open: 40 wins in the test are enough"));
}

static void without_a_test_there_is_no_evidence(void **state)
{
    struct lc_backtest b = figures(false, 0.3, 0.01);

    (void)state;
    assert_int_equal(compared(NULL, "not enough history", NULL, NULL).advice,
                     LC_ADVICE_NOT_ENOUGH);
    assert_string_equal(compared(NULL, "not enough history", NULL, NULL).why,
                        "not enough history");
    b.no_current = "the current model has learnt from these leads";
    assert_int_equal(compared(&b, NULL, NULL, &current).advice, LC_ADVICE_NOT_ENOUGH);
    assert_string_equal(compared(&b, NULL, NULL, &current).why, b.no_current);
}

/* ---- points ---- */

static const char *const sectors[] = {"Banking", "Retail", "(missing)"};
static const char *const visits[] = {"(-inf,4]", "(4,9]", "(9,inf]"};
static const double four_nine[] = {4, 9};
static const double sector_leads[] = {30, 60, 10}, sector_won[] = {9, 3, 1}, nothing[4] = {0},
                    sector_points[] = {12, -5, 1, 0}, visit_leads[] = {50, 30, 20},
                    visit_won[] = {2, 4, 7}, visit_points[] = {-6, 2, 11, 0};
static const struct lc_card_attribute typed[] = {
    {.attribute = {.column = "sector",
                   .n_levels = 3,
                   .level = sectors,
                   .missing = 2,
                   .n = sector_leads,
                   .won = sector_won},
     .value = nothing,
     .points = sector_points},
    {.attribute = {.column = "visits",
                   .n_levels = 3,
                   .level = visits,
                   .cut = four_nine,
                   .n_cuts = 2,
                   .missing = LC_NO_CODE,
                   .n = visit_leads,
                   .won = visit_won},
     .value = nothing,
     .points = visit_points},
};
static const struct lc_model model = {
    .card = {.method = "logistic", .k = 2, .attribute = typed, .scale = {50, 1, 100, 10}}};

static double number(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].number;
}

static const char *text(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].text;
}

static void without_a_card_the_largest_points_come_first(void **state)
{
    const struct lc_backtest b = figures(true, 0.08, 0.01);
    const struct lc_frame f = compared(&b, NULL, &model, &current).changes;

    (void)state;
    assert_int_equal(f.n, 6);
    assert_string_equal(text(&f, 0, "level"), "Banking");
    assert_close(number(&f, 0, "new_points"), 12, 0);
    assert_close(number(&f, 0, "leads"), 30, 0);
    assert_close(number(&f, 0, "won"), 9, 0);
    assert_true(isnan(number(&f, 0, "change")));
    assert_string_equal(text(&f, 1, "level"), "(9,inf]");
}

/* By hand, for a slope of 0.05 log-odds a point: 0.05 x 10 / ln 2 = 0.7213 new points for an old one.
 * sector: Banking 40, other 0: mean 0.3 x 40 = 12, so 28, -12, -12, or 20.2, -8.7, -8.7.
 * visits: 0, 10 (the bin's upper end 9 lies in it), 10: mean 5; -5, 5, 5, or -3.6, 3.6, 3.6. */
static void a_hand_made_card_is_put_on_the_new_scale(void **state)
{
    static const char points[] = "dimension,attribute,level,points\nprofile,sector,Banking,40\n"
                                 "engagement,visits,\"(4,inf]\",10\n";
    static const double change[] = {-8.2, 9.7, 7.4, 3.7, -2.4, -1.6};
    static const char *const level[] = {"Banking", "(missing)", "(9,inf]",
                                        "Retail",  "(-inf,4]",  "(4,9]"};
    const struct lc_backtest b = figures(true, 0.08, 0.01);
    const struct lc_current card = {.name = "points.csv"};
    struct lc_current with = card;
    struct lc_model old;
    struct lc_err err;
    struct lc_frame f;

    (void)state;
    assert_int_equal(lc_points_parse("p.csv", lc_slice_of(points), &arena, &old, &err), LC_OK);
    with.model = &old;
    f = compared(&b, NULL, &model, &with).changes;
    assert_int_equal(f.n, 6);
    for (size_t i = 0; i < 6; i++) {
        size_t at = 0;

        while (at < 6 && strcmp(text(&f, at, "level"), level[i]) != 0)
            at++;
        assert_true(at < 6);
        assert_close(number(&f, at, "change"), change[i], 0.051);
        if (at > 0)
            assert_true(fabs(number(&f, at, "change")) <= fabs(number(&f, at - 1, "change")));
    }
}

/* Banking and Media are one level now: the old card has 40 and 0 for them, 20 on average; mean 0.3 x 20 = 6, so
 * 14 x 0.7213 = 10.1 on the new scale, and 12 - 10.1 = 1.9. */
static void a_merged_level_had_the_average_of_its_values(void **state)
{
    static const char points[] =
        "dimension,attribute,level,points\nprofile,sector,Banking,40\n";
    static const struct lc_attribute_value value[] = {
        {"Banking", 0}, {"Media", 0}, {"Retail", 1}};
    const struct lc_backtest b = figures(true, 0.08, 0.01);
    struct lc_current with = {.name = "points.csv"};
    struct lc_card_attribute merged[2];
    struct lc_model now = model, old;
    struct lc_err err;
    struct lc_frame f;
    size_t at = 0;

    (void)state;
    memcpy(merged, typed, sizeof merged);
    merged[0].attribute.value = value;
    merged[0].attribute.n_values = 3;
    now.card.attribute = merged;
    assert_int_equal(lc_points_parse("p.csv", lc_slice_of(points), &arena, &old, &err), LC_OK);
    with.model = &old;
    f = compared(&b, NULL, &now, &with).changes;
    while (at < f.n && strcmp(text(&f, at, "level"), "Banking") != 0)
        at++;
    assert_true(at < f.n);
    assert_close(number(&f, at, "change"), 1.9, 0.051);
}

static void memory_that_is_refused_is_an_error(void **state)
{
    const struct lc_backtest b = figures(true, 0.08, 0.07);
    bool done = false;

    (void)state;
    for (size_t limit = 0; !done; limit += 16) {
        struct lc_comparison out;
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_compare(&b, NULL, &model, &current, &small, &out, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 100000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_gate_adopts_keeps_or_waits),
        TEST(where_all_leads_are_taken_no_score_is_better),
        TEST(what_would_settle_it_is_reckoned_from_the_spread),
        TEST(without_a_test_there_is_no_evidence),
        TEST(without_a_card_the_largest_points_come_first),
        TEST(a_hand_made_card_is_put_on_the_new_scale),
        TEST(a_merged_level_had_the_average_of_its_values),
        TEST(memory_that_is_refused_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
