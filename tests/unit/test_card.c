#include "test.h"

#include <string.h>

#include "leadcal/card.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "small_table.h"

/* A card typed by hand: industry and size are profile, visits is engagement. */
static const char *const industries[] = {"Banking", "Retail", "(missing)"};
static const char *const sizes[] = {"(-inf,50]", "(50,inf]"};
static const char *const visits[] = {"0", "1", "2"};
static const double size_cut[] = {50};
static const double industry_value[] = {0.85, -0.41, -0.07, 0};
static const double industry_points[] = {12, -6, -1, 0};
static const double size_value[] = {-0.55, 0.21, 0};
static const double size_points[] = {-8, 3, 0};
static const double visits_value[] = {-1.13, 0.35, 3.77, 0};
static const double visits_points[] = {-16, 5, 54, 0};

static const struct lc_card_attribute typed[] = {
    {.attribute = {.column = "industry",
                   .role = LC_ROLE_PROFILE,
                   .n_levels = 3,
                   .level = industries,
                   .missing = 2},
     .value = industry_value,
     .points = industry_points},
    {.attribute = {.column = "visits",
                   .role = LC_ROLE_ENGAGEMENT,
                   .n_levels = 3,
                   .level = visits,
                   .missing = LC_NO_CODE},
     .value = visits_value,
     .points = visits_points},
    {.attribute = {.column = "size",
                   .role = LC_ROLE_PROFILE,
                   .n_levels = 2,
                   .level = sizes,
                   .cut = size_cut,
                   .n_cuts = 1,
                   .missing = LC_NO_CODE},
     .value = size_value,
     .points = size_points},
};
static const struct lc_card card = {.method = "logistic",
                                    .intercept = -2.385,
                                    .k = 3,
                                    .attribute = typed,
                                    .scale = {50, 1, 100, 10}};

static void ranges_of(const struct lc_card *c, struct lc_range range[2])
{
    range[LC_ROLE_PROFILE] = lc_card_range(c, LC_ROLE_PROFILE);
    range[LC_ROLE_ENGAGEMENT] = lc_card_range(c, LC_ROLE_ENGAGEMENT);
}

static void ten_points_double_the_odds_and_halves_round_away_from_zero(void **state)
{
    /* 10 / ln 2 = 14.4269504...; ln 2 is 10 points; 0.45 / 14.427 stays below a half. */
    const double value[] = {0.6931471805599453,
                            -0.6931471805599453,
                            1.3862943611198906,
                            0,
                            0.0311,
                            -0.0311,
                            0.0353,
                            -0.0353,
                            0.7};
    const double want[] = {10, -10, 20, 0, 0, 0, 1, -1, 10};
    double points[9];

    (void)state;
    lc_points_of(value, 9, points);
    for (size_t i = 0; i < 9; i++)
        assert_close(points[i], want[i], 0);
}

static void a_lead_gets_the_sums_of_its_levels(void **state)
{
    const size_t level[] = {0, 1, 1}; /* Banking, 1 visit, above 50 */
    struct lc_range range[2];
    struct lc_scored s;

    (void)state;
    ranges_of(&card, range);
    s = lc_card_score(&card, range, level);
    /* -2.385 + 0.85 + 0.35 + 0.21 = -0.975; 1 / (1 + exp 0.975) */
    assert_close(s.log_odds, -0.975, 1e-15);
    assert_close(s.probability, 0.2738850187392209, 1e-15);
    assert_close(s.f_points, 15, 0);
    assert_close(s.g_points, 5, 0);
    assert_close(s.points, 70, 0);
    /* profile from -14 to 15, engagement from -16 to 54 */
    assert_close(s.fit, 100, 0);
    assert_close(s.engagement, 30, 1e-15);
}

static void an_unseen_level_counts_as_average(void **state)
{
    const size_t level[] = {3, 3, 2};
    struct lc_range range[2];
    struct lc_scored s;

    (void)state;
    ranges_of(&card, range);
    s = lc_card_score(&card, range, level);
    assert_close(s.log_odds, -2.385, 0);
    assert_close(s.points, 50, 0);
    assert_close(s.fit, 100 * 14.0 / 29, 1e-15);
    assert_close(s.engagement, 100 * 16.0 / 70, 1e-15);
}

static void points_stay_between_1_and_100(void **state)
{
    const size_t best[] = {0, 2, 1}, worst[] = {1, 0, 0};
    struct lc_card_attribute steep[3];
    struct lc_card lower = {.method = "logistic",
                            .intercept = 0,
                            .k = 3,
                            .attribute = steep,
                            .scale = {50, 1, 100, 10}};
    const double deep[] = {-45, 5, 54, 0};
    struct lc_range range[2];

    (void)state;
    ranges_of(&card, range);
    assert_close(lc_card_score(&card, range, best).points, 100, 0); /* 50 + 15 + 54 = 119 */
    assert_close(lc_card_score(&card, range, worst).points, 20, 0); /* 50 - 14 - 16 */
    memcpy(steep, typed, sizeof steep);
    steep[1].points = deep;
    assert_close(lc_card_score(&lower, range, worst).points, 1, 0); /* 50 - 14 - 45 = -9 */
}

static void a_dimension_without_attributes_has_no_range_and_no_place(void **state)
{
    const struct lc_card profile_only = {.method = "profile",
                                         .intercept = 0.31,
                                         .k = 1,
                                         .attribute = typed,
                                         .scale = {50, 1, 100, 10}};
    const size_t level[] = {1};
    struct lc_range range[2];
    struct lc_scored s;

    (void)state;
    ranges_of(&profile_only, range);
    assert_true(isnan(range[LC_ROLE_ENGAGEMENT].low));
    assert_true(isnan(range[LC_ROLE_ENGAGEMENT].high));
    s = lc_card_score(&profile_only, range, level);
    assert_true(isnan(s.engagement));
    assert_close(s.fit, 0, 0);
    assert_close(s.g_points, 0, 0);
}

static void a_card_without_attributes_gives_everybody_its_intercept(void **state)
{
    const struct lc_card none = {.method = "none",
                                 .intercept = -1.7,
                                 .k = 0,
                                 .attribute = NULL,
                                 .scale = {50, 1, 100, 10}};
    struct lc_scored s[2];

    (void)state;
    lc_card_score_rows(&none, NULL, 2, s);
    assert_close(s[1].log_odds, -1.7, 0);
    assert_close(s[1].points, 50, 0);
    assert_true(isnan(s[1].fit) && isnan(s[1].engagement));
}

/* The guides' cards: three categories of at most 33, a total of at most 99. */
static void a_hand_made_card_has_its_own_scale_and_no_probability(void **state)
{
    const double nothing[] = {0, 0, 0}, size[] = {10, 33, 0}, industry[] = {33, 23, 0};
    const struct lc_card_attribute by_hand[] = {{.attribute = {.column = "size",
                                                               .role = LC_ROLE_PROFILE,
                                                               .n_levels = 2,
                                                               .level = sizes},
                                                 .value = nothing,
                                                 .points = size},
                                                {.attribute = {.column = "industry",
                                                               .role = LC_ROLE_PROFILE,
                                                               .n_levels = 2,
                                                               .level = sizes},
                                                 .value = nothing,
                                                 .points = industry}};
    const struct lc_card c = {.method = "points",
                              .intercept = LC_NAN,
                              .k = 2,
                              .attribute = by_hand,
                              .scale = {20, -HUGE_VAL, 70, 10}};
    const size_t first[] = {0, 0}, second[] = {1, 0};
    struct lc_range range[2];

    (void)state;
    ranges_of(&c, range);
    assert_close(lc_card_score(&c, range, first).points, 63, 0);
    assert_false(lc_card_score(&c, range, first).limited);
    assert_true(isnan(lc_card_score(&c, range, first).probability));
    assert_close(lc_card_score(&c, range, second).points, 70, 0); /* 86, limited */
    assert_true(lc_card_score(&c, range, second).limited);
}

static void a_range_without_width_puts_everybody_in_the_middle(void **state)
{
    const double flat[] = {0, 0, 0};
    const struct lc_card_attribute one = {
        .attribute = {.column = "a", .role = LC_ROLE_PROFILE, .n_levels = 2, .level = sizes},
        .value = flat,
        .points = flat};
    const struct lc_card level_ground = {.method = "logistic",
                                         .intercept = 0,
                                         .k = 1,
                                         .attribute = &one,
                                         .scale = {50, 1, 100, 10}};
    const size_t level[] = {1};
    struct lc_range range[2];

    (void)state;
    ranges_of(&level_ground, range);
    assert_close(lc_card_score(&level_ground, range, level).fit, 50, 0);
}

/* Field by field: the bytes between them are nobody's. */
static void assert_same_bits(const struct lc_scored *a, const struct lc_scored *b)
{
    const double x[] = {a->log_odds, a->probability, a->f_points,  a->g_points,
                        a->points,   a->fit,         a->engagement};
    const double y[] = {b->log_odds, b->probability, b->f_points,  b->g_points,
                        b->points,   b->fit,         b->engagement};

    assert_memory_equal(x, y, sizeof x);
    assert_int_equal(a->limited, b->limited);
}

static void every_lead_at_once_gives_the_same_bits_as_one_by_one(void **state)
{
    enum { N = 257 };
    struct lc_random random = {2385};
    uint8_t code[3][N];
    struct lc_column column[3];
    struct lc_scored all[N];
    struct lc_range range[2];

    (void)state;
    ranges_of(&card, range);
    for (size_t j = 0; j < 3; j++) {
        for (size_t i = 0; i < N; i++)
            code[j][i] =
                (uint8_t)lc_random_below(&random, card.attribute[j].attribute.n_levels + 1);
        column[j] = (struct lc_column){.width = 1, .code = code[j]};
    }
    lc_card_score_rows(&card, column, N, all);
    for (size_t i = 0; i < N; i++) {
        const size_t level[] = {code[0][i], code[1][i], code[2][i]};
        const struct lc_scored one = lc_card_score(&card, range, level);

        assert_same_bits(&one, &all[i]);
        assert_true(one.fit >= 0 && one.fit <= 100);
        assert_true(one.engagement >= 0 && one.engagement <= 100);
    }
}

/* Columns in another order than the card's, of which two rows are taken. */
static void rows_of_a_table_are_coded_by_the_card(void **state)
{
    static const char *const size[] = {"20", "50", "51"}, *const visit[] = {"2", "7", "0"},
                             *const industry[] = {"Retail", "Banking", ""};
    static const size_t column[] = {2, 1, 0};
    static const uint32_t row[] = {2, 1};
    static const uint32_t want[3][2] = {{2, 0}, {0, 3}, {1, 0}}; /* 7 visits: never met */
    struct lc_arena arena;
    struct lc_table_column c[3];
    struct lc_table table;
    struct lc_column *codes;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c[0] = small_column(&arena, "size", LC_KIND_NUMBER, size, 3);
    c[1] = small_column(&arena, "visits", LC_KIND_TEXT, visit, 3);
    c[2] = small_column(&arena, "industry", LC_KIND_TEXT, industry, 3);
    table = small_table(c, 3, 3);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 200) {
        struct lc_arena small;

        lc_arena_init(&small, limit);
        rc = lc_card_code(&card, &table, column, row, 2, &small, &codes, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_int_equal(lc_card_code(&card, &table, column, row, 2, &arena, &codes, &err), LC_OK);
    for (size_t j = 0; j < 3; j++)
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(lc_code_at(&codes[j], i), want[j][i]);
    lc_arena_release(&arena);
}

static void shares_of_a_dimension_are_its_ranges_and_total_100(void **state)
{
    struct lc_arena arena;
    struct lc_err err;
    int percent[3];

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_card_shares(&card, &arena, percent, &err), LC_OK);
    /* ranges 18 and 11 of 29: 62.07 and 37.93 */
    assert_int_equal(percent[0], 62);
    assert_int_equal(percent[2], 38);
    assert_int_equal(percent[1], 100);
    lc_arena_release(&arena);
}

/* The shares of profile attributes with these ranges. */
static void shares_of(const double *width, size_t k, int *percent)
{
    double points[8][3];
    struct lc_card_attribute attribute[8];
    const struct lc_card c = {.method = "logistic",
                              .intercept = 0,
                              .k = k,
                              .attribute = attribute,
                              .scale = {50, 1, 100, 10}};
    struct lc_arena arena;
    struct lc_err err;

    for (size_t j = 0; j < k; j++) {
        points[j][0] = 0;
        points[j][1] = width[j];
        points[j][2] = 0;
        attribute[j] = (struct lc_card_attribute){
            .attribute = {.column = "a", .role = LC_ROLE_PROFILE, .n_levels = 2},
            .value = points[j],
            .points = points[j]};
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_card_shares(&c, &arena, percent, &err), LC_OK);
    lc_arena_release(&arena);
}

static void equal_ranges_share_33_33_34_with_the_rest_to_the_first(void **state)
{
    const double same[] = {7, 7, 7}, nothing[] = {0, 0, 0};
    const int want[] = {34, 33, 33};
    int percent[8];

    (void)state;
    shares_of(same, 3, percent);
    assert_memory_equal(percent, want, sizeof want);
    shares_of(nothing, 3, percent);
    assert_memory_equal(percent, want, sizeof want);
}

static void shares_total_100_whatever_the_ranges(void **state)
{
    struct lc_random random = {57};

    (void)state;
    for (size_t trial = 0; trial < 2000; trial++) {
        double width[8];
        int percent[8];
        int total = 0;
        const size_t k = 1 + (size_t)lc_random_below(&random, 8);

        for (size_t j = 0; j < k; j++)
            width[j] =
                trial % 2 ? lc_random_unit(&random) * 40 : (double)lc_random_below(&random, 12);
        shares_of(width, k, percent);
        for (size_t j = 0; j < k; j++) {
            assert_true(percent[j] >= 0);
            total += percent[j];
        }
        assert_int_equal(total, 100);
    }
}

static void shares_without_memory_say_so(void **state)
{
    struct lc_arena arena;
    struct lc_err err;
    int percent[3] = {-7, -7, -7};

    (void)state;
    lc_arena_init(&arena, 0);
    assert_int_equal(lc_card_shares(&card, &arena, percent, &err), LC_ENOMEM);
    assert_int_equal(percent[0], -7);
    lc_arena_release(&arena);
}

/* The same card, and leads of size 50 or less who come from the segment Fair of the attribute "event": Banking is
 * worth 5 points less there, Retail 2 more; everybody from there 3 more. */
static const char *const events[] = {"Fair", "Radio"};
static const double event_value[] = {0.2, -0.1, 0}, event_points[] = {3, -1, 0};
static const double fair_value[] = {-0.35, 0.14, 0, 0}, fair_points[] = {-5, 2, 0, 0};
static const struct lc_card_local in_fair = {.of = 0, .own = 3, .segment = 0};

static struct lc_card local_card(struct lc_card_attribute a[5])
{
    memcpy(a, typed, sizeof typed);
    a[3] = (struct lc_card_attribute){.attribute = {.column = "event (segment)",
                                                    .of = "event",
                                                    .role = LC_ROLE_PROFILE,
                                                    .n_levels = 2,
                                                    .level = events,
                                                    .missing = LC_NO_CODE},
                                      .value = event_value,
                                      .points = event_points};
    a[4] = (struct lc_card_attribute){.attribute = a[0].attribute,
                                      .value = fair_value,
                                      .points = fair_points,
                                      .local = &in_fair};
    a[4].attribute.column = "industry in Fair";
    a[4].attribute.of = "industry";
    return (struct lc_card){.method = "logistic",
                            .intercept = -2.385,
                            .k = 5,
                            .attribute = a,
                            .scale = {50, 1, 100, 10}};
}

static void a_deviation_counts_in_its_segment_alone(void **state)
{
    struct lc_card_attribute a[5];
    const struct lc_card c = local_card(a);
    /* industry, visits, size, event; what stands for the deviation is not looked at */
    const size_t fair[] = {0, 1, 0, 0, 99}, radio[] = {0, 1, 0, 1, 99},
                 unseen[] = {3, 1, 0, 0, 99};
    struct lc_range range[2];

    (void)state;
    ranges_of(&c, range);
    assert_int_equal(lc_card_level(&c, 4, fair), 0);
    assert_int_equal(lc_card_level(&c, 4, radio), 3);
    assert_int_equal(lc_card_level(&c, 4, unseen), 3);
    assert_int_equal(lc_card_level(&c, 2, fair), 0);
    assert_close(lc_card_score(&c, range, fair).f_points, 12 - 8 + 3 - 5, 0);
    assert_close(lc_card_score(&c, range, radio).f_points, 12 - 8 - 1, 0);
    assert_close(lc_card_score(&c, range, unseen).f_points, 0 - 8 + 3, 0);
    assert_close(lc_card_score(&c, range, fair).log_odds,
                 -2.385 + 0.85 + 0.35 - 0.55 + 0.2 - 0.35, 1e-15);
    /* Industry reaches from -6 to 12 in all segments together, size from -8 to 3, the event from -1 to 3. */
    assert_close(range[LC_ROLE_PROFILE].low, -6 - 8 - 1, 0);
    assert_close(range[LC_ROLE_PROFILE].high, 12 + 3 + 3, 0);
}

static void the_weight_of_a_deviation_is_in_that_of_its_attribute(void **state)
{
    struct lc_card_attribute a[5];
    const struct lc_card c = local_card(a);
    struct lc_arena arena;
    struct lc_err err;
    int percent[5];

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_card_shares(&c, &arena, percent, &err), LC_OK);
    assert_int_equal(percent[4], 0);
    assert_int_equal(percent[0] + percent[2] + percent[3], 100);
    assert_int_equal(percent[0], 55); /* 18 of 18 + 11 + 4 */
    lc_arena_release(&arena);
}

static void rows_with_deviations_score_as_one_by_one(void **state)
{
    static const char *const name[] = {"industry", "visits", "size", "event"};
    static const char *const cells[4][5] = {{"Banking", "Retail", "", "Banking", "Other"},
                                            {"1", "2", "0", "1", "7"},
                                            {"10", "90", "50", "", "3"},
                                            {"Fair", "Fair", "Radio", "", "Fair"}};
    static const uint32_t row[] = {0, 1, 2, 3, 4};
    static const size_t column[] = {0, 1, 2};
    struct lc_table_column of[4];
    struct lc_card_attribute a[5];
    const struct lc_card c = local_card(a);
    struct lc_scored scored[5];
    struct lc_range range[2];
    struct lc_column *codes;
    struct lc_table table;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t j = 0; j < 4; j++)
        of[j] =
            small_column(&arena, name[j], j == 2 ? LC_KIND_NUMBER : LC_KIND_TEXT, cells[j], 5);
    table = small_table(of, 4, 5);
    assert_int_equal(lc_card_code(&c, &table, column, row, 5, &arena, &codes, &err), LC_OK);
    lc_card_score_rows(&c, codes, 5, scored);
    ranges_of(&c, range);
    for (size_t i = 0; i < 5; i++) {
        size_t level[5] = {0};

        for (size_t j = 0; j < 4; j++)
            level[j] = lc_code_at(&codes[j], i);
        assert_true(lc_card_score(&c, range, level).log_odds == scored[i].log_odds);
        assert_true(lc_card_score(&c, range, level).f_points == scored[i].f_points);
    }
    assert_close(scored[1].f_points, -6 + 3 + 3 + 2, 0);
    table = small_table(of, 3, 5);
    assert_int_equal(lc_card_code(&c, &table, column, row, 5, &arena, &codes, &err),
                     LC_EMISMATCH);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_points_double_the_odds_and_halves_round_away_from_zero),
        cmocka_unit_test(a_lead_gets_the_sums_of_its_levels),
        cmocka_unit_test(an_unseen_level_counts_as_average),
        cmocka_unit_test(points_stay_between_1_and_100),
        cmocka_unit_test(a_dimension_without_attributes_has_no_range_and_no_place),
        cmocka_unit_test(a_card_without_attributes_gives_everybody_its_intercept),
        cmocka_unit_test(a_hand_made_card_has_its_own_scale_and_no_probability),
        cmocka_unit_test(a_range_without_width_puts_everybody_in_the_middle),
        cmocka_unit_test(every_lead_at_once_gives_the_same_bits_as_one_by_one),
        cmocka_unit_test(rows_of_a_table_are_coded_by_the_card),
        cmocka_unit_test(shares_of_a_dimension_are_its_ranges_and_total_100),
        cmocka_unit_test(equal_ranges_share_33_33_34_with_the_rest_to_the_first),
        cmocka_unit_test(shares_total_100_whatever_the_ranges),
        cmocka_unit_test(shares_without_memory_say_so),
        cmocka_unit_test(a_deviation_counts_in_its_segment_alone),
        cmocka_unit_test(the_weight_of_a_deviation_is_in_that_of_its_attribute),
        cmocka_unit_test(rows_with_deviations_score_as_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
