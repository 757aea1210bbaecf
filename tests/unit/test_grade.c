#include "test.h"

#include <string.h>

#include "leadcal/grade.h"
#include "leadcal/random.h"

static struct lc_grade_cuts cut(const double *score, size_t n, enum lc_cuts method,
                                const double *target)
{
    struct lc_grades defaults;
    struct lc_grade_cuts cuts;
    struct lc_arena arena;
    struct lc_err err;

    lc_grades_init(&defaults);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(
        lc_grade_cut(score, n, method, target ? target : defaults.target, &arena, &cuts, &err),
        LC_OK);
    lc_arena_release(&arena);
    return cuts;
}

static void distinct_scores_are_cut_10_20_30_40(void **state)
{
    const double score[] = {-12, 31, 4, -3, 17, 8, 0, -7, 22, 11};
    const struct lc_grade_cuts c = cut(score, 10, LC_CUTS_SHARES, NULL);

    (void)state;
    assert_true(c.used);
    assert_close(c.cut[0], 31, 0);
    assert_close(c.cut[1], 17, 0);
    assert_close(c.cut[2], 4, 0);
    assert_close(c.share[0], 0.1, 1e-15);
    assert_close(c.share[1], 0.2, 1e-15);
    assert_close(c.share[2], 0.3, 1e-15);
    assert_close(c.share[3], 0.4, 1e-15);
    assert_int_equal(lc_grade_of(&c, 31), 0);
    assert_int_equal(lc_grade_of(&c, 30), 1);
    assert_int_equal(lc_grade_of(&c, 17), 1);
    assert_int_equal(lc_grade_of(&c, 4), 2);
    assert_int_equal(lc_grade_of(&c, 3), 3);
    assert_int_equal(lc_grade_of(&c, -400), 3);
}

static void equal_scores_are_never_split_and_the_nearest_share_wins(void **state)
{
    /* 3 leads at 9, 3 at 5, 4 at 2: shares above are 0, 0.3, 0.6, 1. Wanted 0.1: 0 is nearer
     * than 0.3, so nobody is A; wanted 0.3 and 0.6 come out exactly. */
    const double score[] = {9, 5, 2, 9, 5, 2, 9, 5, 2, 2};
    const struct lc_grade_cuts c = cut(score, 10, LC_CUTS_SHARES, NULL);

    (void)state;
    assert_close(c.cut[0], LC_GRADE_NEVER, 0);
    assert_close(c.cut[1], 9, 0);
    assert_close(c.cut[2], 5, 0);
    assert_close(c.share[0], 0, 0);
    assert_close(c.share[1], 0.3, 1e-15);
    assert_close(c.share[3], 0.4, 1e-15);
}

static void a_tie_goes_to_the_smaller_share_above(void **state)
{
    /* 10 leads in pairs: shares above are 0, 0.2, 0.4, 0.6, 0.8, 1; 0.1 lies between 0 and
     * 0.2, and 0.3 between 0.2 and 0.4, although 0.1 + 0.2 is not 0.3 in binary. */
    const double score[] = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    const struct lc_grade_cuts c = cut(score, 10, LC_CUTS_SHARES, NULL);

    (void)state;
    assert_close(c.cut[0], LC_GRADE_NEVER, 0);
    assert_close(c.cut[1], 5, 0);
    assert_close(c.cut[2], 3, 0);
}

static void equal_cuts_make_an_empty_grade_that_is_never_given(void **state)
{
    /* 7 of 10 at the top: shares 0, 0.7, 1; 0.6 is nearest to 0.7, 0.1 and 0.3 to 0. */
    const double score[] = {8, 8, 8, 8, 8, 8, 8, 1, 1, 1};
    const struct lc_grade_cuts c = cut(score, 10, LC_CUTS_SHARES, NULL);
    /* half at the top: 0.4 to A, 0.5 to A and B, 0.9 of three: B is empty */
    const double half[] = {8, 8, 8, 8, 8, 1, 1, 1, 1, 1};
    const double target[] = {0.4, 0.1, 0.4, 0.1};
    const struct lc_grade_cuts b = cut(half, 10, LC_CUTS_SHARES, target);

    (void)state;
    assert_close(c.cut[0], LC_GRADE_NEVER, 0);
    assert_close(c.cut[1], LC_GRADE_NEVER, 0);
    assert_close(c.cut[2], 8, 0);
    assert_close(b.cut[0], 8, 0);
    assert_close(b.cut[1], 8, 0);
    assert_close(b.cut[2], 1, 0);
    assert_close(b.share[0], 0.5, 0);
    assert_close(b.share[1], 0, 0);
    assert_close(b.share[2], 0.5, 0);
    assert_close(b.share[3], 0, 0);
    assert_int_equal(lc_grade_of(&b, 1e9), 0);
    assert_int_equal(lc_grade_of(&b, 7.9), 2);
}

static void leads_that_are_all_alike_get_one_grade(void **state)
{
    const double score[] = {4.5, 4.5, 4.5};
    const struct lc_grade_cuts c = cut(score, 3, LC_CUTS_SHARES, NULL);
    const struct lc_grade_cuts q = cut(score, 3, LC_CUTS_QUANTILE, NULL);

    (void)state;
    assert_close(c.share[2], 1, 0);
    assert_close(q.share[0], 1, 0);
}

static void shares_always_sum_to_one_and_cuts_fall(void **state)
{
    struct lc_random random = {77};

    (void)state;
    for (size_t trial = 0; trial < 500; trial++) {
        double score[61], backwards[61];
        const size_t n = 1 + (size_t)lc_random_below(&random, 61);
        struct lc_grade_cuts c, d;

        for (size_t i = 0; i < n; i++) {
            score[i] = (double)lc_random_below(&random, 1 + trial % 40) - 11;
            backwards[n - 1 - i] = score[i];
        }
        c = cut(score, n, trial % 3 ? LC_CUTS_SHARES : LC_CUTS_QUANTILE, NULL);
        d = cut(backwards, n, trial % 3 ? LC_CUTS_SHARES : LC_CUTS_QUANTILE, NULL);
        assert_memory_equal(c.cut, d.cut, sizeof c.cut);
        assert_memory_equal(c.share, d.share, sizeof c.share);
        assert_true(c.cut[0] >= c.cut[1] && c.cut[1] >= c.cut[2]);
        assert_close(c.share[0] + c.share[1] + c.share[2] + c.share[3], 1, 1e-14);
    }
}

static void quartiles_are_those_of_r(void **state)
{
    /* R: quantile(c(2.385, 7.1, 1.25, 9.6, 4.02, 5.5), c(.75, .5, .25)) is 6.7, 4.76, 2.79375 */
    const double score[] = {2.385, 7.1, 1.25, 9.6, 4.02, 5.5};
    const struct lc_grade_cuts c = cut(score, 6, LC_CUTS_QUANTILE, NULL);

    (void)state;
    assert_close(c.cut[0], 6.7, 1e-15);
    assert_close(c.cut[1], 4.76, 1e-15);
    assert_close(c.cut[2], 2.79375, 1e-15);
    assert_close(c.share[0], 2.0 / 6, 1e-15);
    assert_close(c.share[1], 1.0 / 6, 1e-15);
}

static void the_letter_cuts_profile_and_the_digit_engagement(void **state)
{
    struct lc_grades g;
    const struct lc_scored s = {.f_points = 6, .g_points = -9};
    char text[LC_GRADE_TEXT];

    (void)state;
    lc_grades_init(&g);
    lc_grade_text(&g, &s, text);
    assert_string_equal(text, "");
    g.letter = (struct lc_grade_cuts){.used = true, .cut = {20, 5, -5}};
    lc_grade_text(&g, &s, text);
    assert_string_equal(text, "B");
    g.digit = (struct lc_grade_cuts){.used = true, .cut = {20, 5, -5}};
    lc_grade_text(&g, &s, text);
    assert_string_equal(text, "B4");
    g.letter.used = false;
    lc_grade_text(&g, &s, text);
    assert_string_equal(text, "4");
}

static void the_clock_runs_for_six_cells_as_the_guide_says(void **state)
{
    /* The guide's table (crm.md, point 91): A1, B1 24 h; A2, A3, B2, B3 48 h; others none. */
    static const int hours[4][4] = {{24, 48, 48, 0}, {24, 48, 48, 0}, {0}, {0}};

    (void)state;
    for (size_t l = 0; l < 4; l++)
        for (size_t d = 0; d < 4; d++) {
            const char grade[] = {(char)('A' + l), (char)('1' + d), '\0'};

            assert_int_equal(lc_sla_hours(grade), hours[l][d]);
            if (hours[l][d] == 24)
                assert_string_equal(lc_grade_action(grade), "call within 24 hours");
            else if (hours[l][d] == 48)
                assert_string_equal(lc_grade_action(grade), "call within 48 hours");
            else if (l == 3 && d >= 2)
                assert_string_equal(lc_grade_action(grade), "no contact");
            else
                assert_string_equal(lc_grade_action(grade), "nurture");
        }
}

static void a_margin_has_no_clock_and_no_action(void **state)
{
    static const char *const margin[] = {"A", "D", "1", "4", "", "(all)", "A5", "E1"};

    (void)state;
    for (size_t i = 0; i < sizeof margin / sizeof *margin; i++) {
        assert_int_equal(lc_sla_hours(margin[i]), 0);
        assert_string_equal(lc_grade_action(margin[i]), "");
    }
}

static void cuts_without_memory_say_so(void **state)
{
    const double score[] = {1.5, 2.5};
    struct lc_grades g;
    struct lc_arena arena;
    struct lc_err err;
    struct lc_grade_cuts c = {.cut = {-7}};

    (void)state;
    lc_grades_init(&g);
    lc_arena_init(&arena, 0);
    assert_int_equal(lc_grade_cut(score, 2, LC_CUTS_SHARES, g.target, &arena, &c, &err),
                     LC_ENOMEM);
    assert_close(c.cut[0], -7, 0);
    lc_arena_release(&arena);
}

/* 10 leads in a pair, a triple and singles: A may have 30 %, and the triple would make it 50. Shares takes what
 * is nearest. Where the pair is too many, nobody is A. */
static void the_best_grade_never_has_more_than_there_is_room_for(void **state)
{
    const double score[] = {9, 9, 7, 7, 7, 5, 4, 3, 2, 1};
    const double room[] = {0.4, 0.2, 0.2, 0.2}, less[] = {0.1, 0.3, 0.3, 0.3};
    struct lc_grade_cuts c = cut(score, 10, LC_CUTS_CAPACITY, room);

    (void)state;
    assert_close(c.share[0], 0.2, 0);
    assert_close(c.cut[0], 9, 0);
    assert_close(cut(score, 10, LC_CUTS_SHARES, room).share[0], 0.5, 0);
    c = cut(score, 10, LC_CUTS_CAPACITY, less);
    assert_close(c.cut[0], LC_GRADE_NEVER, 0);
    assert_close(c.share[0], 0, 0);
    assert_close(c.share[0] + c.share[1] + c.share[2] + c.share[3], 1, 1e-15);
}

static void a_method_of_outcomes_is_shares_for_scores_alone(void **state)
{
    struct lc_grades g;

    (void)state;
    lc_grades_init(&g);
    g.letter.used = true;
    g.method = LC_CUTS_DP;
    assert_int_equal(lc_grade_plain(&g).method, LC_CUTS_SHARES);
    assert_false(lc_grade_plain(&g).letter.used);
    g.method = LC_CUTS_CAPACITY;
    assert_int_equal(lc_grade_plain(&g).method, LC_CUTS_CAPACITY);
    assert_string_equal(lc_cuts_name[LC_CUTS_PINNED], "pinned");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distinct_scores_are_cut_10_20_30_40),
        cmocka_unit_test(equal_scores_are_never_split_and_the_nearest_share_wins),
        cmocka_unit_test(a_tie_goes_to_the_smaller_share_above),
        cmocka_unit_test(equal_cuts_make_an_empty_grade_that_is_never_given),
        cmocka_unit_test(leads_that_are_all_alike_get_one_grade),
        cmocka_unit_test(shares_always_sum_to_one_and_cuts_fall),
        cmocka_unit_test(the_best_grade_never_has_more_than_there_is_room_for),
        cmocka_unit_test(a_method_of_outcomes_is_shares_for_scores_alone),
        cmocka_unit_test(quartiles_are_those_of_r),
        cmocka_unit_test(the_letter_cuts_profile_and_the_digit_engagement),
        cmocka_unit_test(the_clock_runs_for_six_cells_as_the_guide_says),
        cmocka_unit_test(a_margin_has_no_clock_and_no_action),
        cmocka_unit_test(cuts_without_memory_say_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
