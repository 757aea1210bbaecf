#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/fairness.h"
#include "small_table.h"
#include "typed_cards.h"

#define MOST 512

static struct lc_arena arena;
static const char *source[MOST], *group[MOST], *age[MOST];
static uint32_t row[MOST];
static uint8_t y[MOST];
static struct lc_cohort cohort;
static struct lc_table_column column[3];
static struct lc_table table;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    cohort = (struct lc_cohort){.row = row, .y = y, .as_of = LC_NO_DAY};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void fill(const char *of_group, const char *of_source, size_t leads, size_t won)
{
    for (size_t i = 0; i < leads; i++, cohort.n++) {
        source[cohort.n] = of_source;
        group[cohort.n] = of_group;
        age[cohort.n] = lc_arena_format(&arena, "%zu", 20 + cohort.n % 40);
        row[cohort.n] = (uint32_t)cohort.n;
        y[cohort.n] = i < won;
    }
    cohort.n_won += won;
}

/* The leads of tests/reference/fairness.py. */
static void fill_two(void)
{
    fill("f", "Partner", 12, 4);
    fill("f", "Web", 30, 5);
    fill("f", "List", 58, 3);
    fill("m", "Partner", 30, 9);
    fill("m", "Web", 50, 6);
    fill("m", "List", 40, 2);
}

static void make_table(void)
{
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, cohort.n);
    column[1] = small_column(&arena, "gender", LC_KIND_TEXT, group, cohort.n);
    column[2] = small_column(&arena, "age", LC_KIND_NUMBER, age, cohort.n);
    table = small_table(column, 3, cohort.n);
}

/* Partner is an A, Web a B, List a D; A and B are handed over. */
static struct lc_model letters(void)
{
    static const char *const level[] = {"List", "Partner", "Web"};
    static const char *const hand_over[] = {"A", "B"};
    static const double points[] = {-8, 9, 1, 0}, value[] = {-0.8, 0.9, 0.1, 0};
    static struct lc_card_attribute a;

    a = typed_attribute("source", LC_ROLE_PROFILE, level, 3, false, value, points);
    return (struct lc_model){.card = {.method = "logistic",
                                      .intercept = -2,
                                      .k = 1,
                                      .attribute = &a,
                                      .scale = {50, 1, 100, 10}},
                             .grades = {.letter = {.used = true, .cut = {5, 0, -5}}},
                             .agreement = {.hand_over = {hand_over, 2}}};
}

static enum lc_rc audit(const char *name, struct lc_arena *to, struct lc_frame *f,
                        struct lc_err *err)
{
    const struct lc_model model = letters();
    const struct lc_texts names = {&name, name ? 1 : 0};

    return lc_fairness(&table, &cohort, &model, names, NULL, to, f, err);
}

static struct lc_frame audited(const char *name)
{
    struct lc_frame f;
    struct lc_err err;

    make_table();
    assert_int_equal(audit(name, &arena, &f, &err), LC_OK);
    return f;
}

static double cell(const struct lc_frame *f, size_t at, const char *name)
{
    return f->value[at * f->k + lc_frame_column(f, name)].number;
}

static const char *text(const struct lc_frame *f, size_t at, const char *name)
{
    return f->value[at * f->k + lc_frame_column(f, name)].text;
}

static bool says(const struct lc_frame *f, const char *words)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], words))
            return true;
    return false;
}

/* numpy 2.4.6 and scipy 1.17.1 by tests/reference/fairness.py */
static void groups_are_compared_at_each_line(void **state)
{
    struct lc_frame f;

    (void)state;
    fill_two();
    f = audited("gender");
    assert_int_equal(f.n, 6); /* A, B and hand-over, of two groups */
    assert_string_equal(text(&f, 0, "line"), "A");
    assert_string_equal(text(&f, 0, "group"), "f");
    assert_close(cell(&f, 0, "leads"), 100, 0);
    assert_close(cell(&f, 0, "won"), 12, 0);
    assert_close(cell(&f, 0, "selection_rate"), 0.12, 1e-15);
    assert_close(cell(&f, 0, "low"), 0.0699940643701949, 1e-13);
    assert_close(cell(&f, 0, "high"), 0.19812099426711421, 1e-13);
    assert_close(cell(&f, 0, "ratio"), 0.48, 1e-14);
    assert_close(cell(&f, 0, "ratio_low"), 0.2596092801545251, 1e-13);
    assert_close(cell(&f, 0, "ratio_high"), 0.8874875345860551, 1e-13);
    assert_string_equal(text(&f, 0, "below_four_fifths"), "yes");
    assert_close(cell(&f, 1, "ratio"), 1, 0);
    assert_true(isnan(cell(&f, 1, "ratio_low")));
    assert_string_equal(text(&f, 1, "below_four_fifths"), "no");
    assert_string_equal(text(&f, 2, "line"), "B");
    assert_close(cell(&f, 2, "ratio"), 0.63, 1e-14);
    assert_close(cell(&f, 2, "ratio_low"), 0.4844126024524893, 1e-13);
    assert_string_equal(text(&f, 4, "line"),
                        "hand-over"); /* A and B: the same leads as line B */
    assert_close(cell(&f, 4, "ratio"), cell(&f, 2, "ratio"), 0);
    assert_true(says(&f, "gender=f: 12.0 % of its leads are above the line A, 0.48 times as "
                         "many as of gender=m: below four fifths, which chance could do"));
}

static void groups_are_held_to_what_was_foretold(void **state)
{
    struct lc_frame f;

    (void)state;
    fill_two();
    f = audited("gender");
    assert_close(cell(&f, 0, "predicted"), 0.10224935165882908, 1e-13);
    assert_close(cell(&f, 0, "observed"), 0.12, 1e-15);
    assert_close(cell(&f, 0, "slope"), 1.3093398275018515, 1e-6);
    assert_close(cell(&f, 0, "slope_low"), 0.3435420654555602, 1e-6);
    assert_close(cell(&f, 0, "slope_high"), 2.2751375895481427, 1e-6);
    assert_close(cell(&f, 1, "predicted"), 0.1357548965520926, 1e-13);
    assert_close(cell(&f, 1, "slope"), 1.2803575989789717, 1e-6);
}

/* One source has one gender only, another has both alike: an AUC of 1, and of about a half. */
static void attributes_that_give_a_group_away_are_named(void **state)
{
    struct lc_frame f;

    (void)state;
    fill("f", "List", 60, 4);
    fill("m", "Partner", 60, 12);
    f = audited("gender");
    assert_close(cell(&f, 0, "proxy_auc"), 1, 1e-12);
    assert_true(says(&f, "tell gender=f from the rest (AUC 1.00)"));
    cohort.n = cohort.n_won = 0;
    for (size_t i = 0; i < 60; i++) {
        fill("f", "List", 1, i % 9 == 0);
        fill("f", "Partner", 1, i % 5 == 0);
        fill("m", "Partner", 1, i % 7 == 0);
        fill("m", "List", 1, i % 8 == 0);
    }
    f = audited("gender");
    assert_close(cell(&f, 0, "proxy_auc"), 0.5, 0.08);
    assert_false(says(&f, "from the rest"));
    assert_close(cell(&f, 0, "ratio"), 1, 1e-15);
    assert_true(says(&f, "no group with enough leads"));
}

static void one_group_is_its_own_measure(void **state)
{
    struct lc_frame f;

    (void)state;
    fill("f", "Partner", 30, 8);
    fill("f", "List", 30, 2);
    f = audited("gender");
    assert_int_equal(f.n, 3);
    assert_close(cell(&f, 0, "ratio"), 1, 0);
    assert_true(isnan(cell(&f, 0, "proxy_auc")));
}

static void small_groups_set_no_standard(void **state)
{
    struct lc_frame f;

    (void)state;
    fill("few", "Partner", 19, 5);
    fill("m", "Partner", 30, 8);
    fill("m", "List", 70, 2);
    f = audited("gender");
    assert_string_equal(text(&f, 0, "group"), "few");
    assert_true(isnan(cell(&f, 0, "ratio")));
    assert_null(text(&f, 0, "below_four_fifths"));
    assert_close(cell(&f, 1, "ratio"), 1, 0);
}

/* 40 ages from 20 to 59: quartiles by R's type 7, as numpy has them. */
static void numbers_are_cut_at_their_quartiles(void **state)
{
    struct lc_frame f;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        fill("f", i % 2 ? "Partner" : "List", 40, 7);
    f = audited("age");
    assert_int_equal(f.n, 12);
    assert_string_equal(text(&f, 0, "group"), "(-inf,29.75]");
    assert_string_equal(text(&f, 3, "group"), "(49.25,inf]");
    assert_close(cell(&f, 0, "leads"), 40, 0);
}

static void an_attribute_of_the_model_is_weighed_openly(void **state)
{
    struct lc_frame f;

    (void)state;
    fill_two();
    f = audited("source");
    assert_true(isnan(cell(&f, 0, "proxy_auc")));
    assert_true(says(&f, "source is an attribute of this model"));
}

static void what_cannot_be_audited_is_said(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill_two();
    make_table();
    assert_int_equal(audit(NULL, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--audit"));
    assert_int_equal(audit("gendre", &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "gender"));
    column[1].kind = LC_KIND_DATE;
    assert_int_equal(audit("gender", &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "has no groups"));
    for (size_t i = 0; i < cohort.n; i++)
        group[i] = lc_arena_format(&arena, "g%zu", i % 51);
    make_table();
    assert_int_equal(audit("gender", &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "51 groups"));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    fill_two();
    make_table();
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256, refused++) {
        struct lc_arena small;
        struct lc_frame f;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = audit("gender", &small, &f, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(groups_are_compared_at_each_line),
        TEST(groups_are_held_to_what_was_foretold),
        TEST(attributes_that_give_a_group_away_are_named),
        TEST(one_group_is_its_own_measure),
        TEST(small_groups_set_no_standard),
        TEST(numbers_are_cut_at_their_quartiles),
        TEST(an_attribute_of_the_model_is_weighed_openly),
        TEST(what_cannot_be_audited_is_said),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
