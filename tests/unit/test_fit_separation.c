/* What a fit says of levels that were always won, or never: by hand, and against the card. */
#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/fit.h"
#include "leadcal/random.h"
#include "small_table.h"

#define MOST 256

static struct lc_arena arena;
static const char *source[MOST], *size[MOST], *age[MOST];
static uint32_t row[MOST];
static uint8_t y[MOST];
static size_t n;
static struct lc_table_column column[3];
static struct lc_table table;
static const size_t both[] = {0, 1};

static void add(const char *a, const char *b, size_t leads, size_t won)
{
    for (size_t i = 0; i < leads; i++) {
        source[n] = a;
        size[n] = b;
        age[n] = lc_arena_format(&arena, "%d", (int)(n * 37 % 90));
        y[n] = i < won;
        row[n] = (uint32_t)n;
        n++;
    }
}

/* 167 leads, 28 won: a source without a win, and two combinations that tell where no level does. */
static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    n = 0;
    add("Web", "small", 60, 0);
    add("Fair", "small", 50, 10);
    add("Web", "large", 40, 10);
    add("Fair", "large", 8, 8);
    add("Partner", "small", 5, 0);
    add("Partner", "large", 4, 0);
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, n);
    column[1] = small_column(&arena, "size", LC_KIND_TEXT, size, n);
    column[2] = small_column(&arena, "age", LC_KIND_NUMBER, age, n);
    table = small_table(column, 3, n);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_fit fit_both(struct lc_fit_options o)
{
    struct lc_fit fit;
    struct lc_err err;

    if (lc_fit_leads(&table, row, y, n, both, NULL, 2, &o, NULL, &arena, &fit, &err) != LC_OK) {
        print_error("%s\n", err.text);
        fail();
    }
    return fit;
}

static const struct lc_fit_options asked = {.prior_sd = LC_PRIOR_SD, .explain = true};

static void nothing_is_looked_for_unless_asked(void **state)
{
    const struct lc_fit fit = fit_both((struct lc_fit_options){.prior_sd = LC_PRIOR_SD});

    (void)state;
    assert_null(fit.separation);
}

static void a_level_and_a_combination_are_told_with_the_points_of_the_card(void **state)
{
    const struct lc_fit fit = fit_both(asked);
    const struct lc_fit_told *t = fit.separation->told;
    struct lc_card card;
    struct lc_err err;

    (void)state;
    assert_int_equal(fit.separation->kind, LC_SEPARATION_QUASI);
    assert_int_equal(fit.separation->levels, 1);
    assert_int_equal(fit.separation->combinations, 1);
    assert_close(fit.separation->leads, 77, 0);
    assert_int_equal(fit.separation->n, 3);
    assert_string_equal(t[0].term, "source=Partner");
    assert_string_equal(t[1].term, "source=Web and size=small");
    assert_string_equal(t[2].term, "source=Fair and size=large");
    assert_int_equal(t[0].cause, 1);
    assert_int_equal(t[1].cause, 2);
    assert_int_equal(t[2].cause, 2);
    assert_false(t[0].apart);
    assert_true(t[1].apart);
    assert_close(t[2].won, 8, 0);
    assert_close(t[2].cause_leads, 68, 0);
    /* Levels are in the order of bytes: Fair, Partner, Web; large, small. */
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    assert_close(t[0].weight, card.attribute[0].value[1], 1e-12);
    assert_close(t[0].points, card.attribute[0].points[1], 0);
    assert_close(t[1].weight, card.attribute[0].value[2] + card.attribute[1].value[1], 1e-12);
    assert_close(t[2].points, card.attribute[0].points[0] + card.attribute[1].points[0], 0);
    assert_true(t[2].points > 0 && t[1].points < 0);
}

/* (139/167)^9 = 0.19174 may be chance; (139/167)^16 = 0.0530 still may, ^17 = 0.0441 no more: 8 leads
 * are lacking. */
static void what_may_be_chance_is_settled_by_the_leads_that_are_lacking(void **state)
{
    const struct lc_fit fit = fit_both(asked);
    const struct lc_fit_told *t = &fit.separation->told[0];

    (void)state;
    assert_false(t->by_fit);
    assert_close(t->chance, pow(139.0 / 167, 9), 1e-12);
    assert_close(t->rate, 28.0 / 167, 1e-15);
    assert_close(t->more, 8, 0);
    assert_true(pow(139.0 / 167, 9 + 8) <= 0.05 && pow(139.0 / 167, 9 + 7) > 0.05);
}

/* Beyond chance, leads until the other outcome is to be expected, at the fit's own rate. */
static void what_is_no_chance_is_settled_at_the_rate_of_the_fit(void **state)
{
    struct lc_card card;
    struct lc_err err;
    struct lc_fit fit;
    const struct lc_fit_told *t;
    double p;

    (void)state;
    add("Partner", "small", 21, 0);
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, n);
    column[1] = small_column(&arena, "size", LC_KIND_TEXT, size, n);
    table = small_table(column, 2, n);
    fit = fit_both(asked);
    t = &fit.separation->told[0];
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    p = lc_logistic(card.intercept + card.attribute[0].value[1]);
    assert_close(t->leads, 30, 0);
    assert_true(t->chance < 0.05 && t->by_fit);
    assert_close(t->rate, p, 1e-9);
    assert_true(pow(1 - p, t->more) <= 0.05 && pow(1 - p, t->more - 1) > 0.05);
    /* Of the combination two rates enter, so none is named. */
    assert_true(isnan(fit.separation->told[1].rate));
    assert_true(fit.separation->told[1].more > 0);
}

static void every_penalty_that_has_weights_says_what_holds_them(void **state)
{
    static const struct {
        enum lc_penalty penalty;
        const char *by;
    } each[] = {{LC_PENALTY_GAUSSIAN, "the prior of SD 0.7 holds them"},
                {LC_PENALTY_LEARNED, "the learnt prior holds them"},
                {LC_PENALTY_RIDGE, "the ridge penalty holds them"},
                {LC_PENALTY_LASSO, "the lasso penalty holds them"},
                {LC_PENALTY_ELASTIC, "the elastic net's penalty holds them"},
                {LC_PENALTY_LOGF, "the log-F prior holds them"},
                {LC_PENALTY_FIRTH, "Firth's penalty holds them"}};

    (void)state;
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        struct lc_fit_options o = asked;
        struct lc_frame frame;
        struct lc_fit fit;
        struct lc_err err;

        o.penalty = each[i].penalty;
        o.alpha = LC_ALPHA;
        o.lambda = 0.01;
        fit = fit_both(o);
        assert_int_equal(lc_fit_separation_frame(&fit, &arena, &frame, &err), LC_OK);
        assert_int_equal(frame.n, 3);
        assert_int_equal(frame.n_notes, 3);
        assert_non_null(strstr(frame.note[0], each[i].by));
        assert_true(isfinite(fit.separation->told[0].weight));
        /* The fit's own frame ends with the same words. */
        assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
        assert_non_null(strstr(frame.note[frame.n_notes - 3], each[i].by));
    }
}

static void a_combination_is_refused_by_name_under_maximum_likelihood(void **state)
{
    const struct lc_fit_options o = {.likelihood = true};
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    assert_int_equal(
        lc_fit_leads(&table, row, y, n, both, NULL, 2, &o, NULL, &arena, &fit, &err),
        LC_EDEGENERATE);
    assert_string_equal(
        err.text,
        "separation: a combination tells won from not won exactly (0 of 60 won with source=Web and "
        "size=small, 8 of 8 won with source=Fair and size=large), so maximum likelihood has no "
        "finite weights; use the default --penalty gaussian, or leave one of these columns out");
}

static void a_number_that_tells_is_refused_by_name(void **state)
{
    static const char *const numeric[] = {"age"};
    const struct lc_fit_options o = {.likelihood = true, .numeric = numeric, .n_numeric = 1};
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < n; i++)
        y[i] = atoi(age[i]) > 43;
    assert_int_equal(
        lc_fit_leads(&table, row, y, n, &both[1], NULL, 1, &o, NULL, &arena, &fit, &err),
        LC_EDEGENERATE);
    assert_non_null(
        strstr(err.text, "a combination tells won from not won exactly (the number age), so"));
}

static void without_separation_the_table_is_empty_and_says_so(void **state)
{
    struct lc_frame frame;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < n; i++)
        y[i] = i % 3 == 0;
    fit = fit_both(asked);
    assert_int_equal(fit.separation->kind, LC_SEPARATION_NONE);
    assert_int_equal(lc_fit_separation_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_int_equal(frame.n, 0);
    assert_int_equal(frame.n_notes, 1);
    assert_string_equal(
        frame.note[0],
        "no level and no combination of levels tells won from not won exactly, so "
        "the leads themselves limit every weight");
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    for (size_t i = 0; i < frame.n_notes; i++)
        assert_null(strstr(frame.note[i], "separation"));
}

/* Sizes tell all leads: the column knows the outcome. */
static void where_every_lead_is_told_a_column_may_know_the_outcome(void **state)
{
    struct lc_frame frame;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < n; i++)
        y[i] = strcmp(size[i], "large") == 0;
    fit = fit_both(asked);
    assert_int_equal(fit.separation->kind, LC_SEPARATION_COMPLETE);
    assert_int_equal(lc_fit_separation_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_non_null(strstr(frame.note[0], ": 167 of 167 leads; "));
    assert_non_null(
        strstr(frame.note[0], "as that is every lead, a column may know the outcome"));
    assert_string_equal(fit.separation->told[0].term, "size=small");
}

/* 60 leads of age 0 to 55, and four more at 40: all over 40 were won, none below, two at 40. */
static void a_number_that_tells_is_told_under_firth(void **state)
{
    static const char *const numeric[] = {"age"};
    const struct lc_fit_options o = {
        .penalty = LC_PENALTY_FIRTH, .numeric = numeric, .n_numeric = 1, .explain = true};
    struct lc_frame frame;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    n = 0;
    add("Web", "small", 30, 0);
    add("Fair", "large", 30, 0);
    for (size_t i = 0; i < n; i++) {
        const size_t a = i < 56 ? i : 40;

        age[i] = lc_arena_format(&arena, "%zu", a);
        y[i] = a > 40 || i > 57;
    }
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, n);
    column[1] = small_column(&arena, "size", LC_KIND_TEXT, size, n);
    column[2] = small_column(&arena, "age", LC_KIND_NUMBER, age, n);
    table = small_table(column, 3, n);
    assert_int_equal(
        lc_fit_leads(&table, row, y, n, both, NULL, 0, &o, NULL, &arena, &fit, &err), LC_OK);
    assert_int_equal(fit.separation->kind, LC_SEPARATION_QUASI);
    assert_int_equal(fit.separation->n, 1);
    assert_string_equal(fit.separation->told[0].term, "the number age");
    assert_close(fit.separation->told[0].leads, 55, 0);
    assert_close(fit.separation->told[0].won, 15, 0);
    assert_true(isnan(fit.separation->told[0].weight));
    assert_int_equal(lc_fit_separation_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_non_null(
        strstr(frame.note[1], "the number age: tells all of 55 leads, 15 of them won; "));
    assert_non_null(strstr(frame.note[1], "until another outcome shows"));
    assert_null(frame.value[lc_frame_column(&frame, "outcome")].text);
}

/* 40 leads of two levels in 24 columns, won as coins fall: some rule of many columns tells them, and
 * nothing is made of it. */
static void a_rule_of_many_columns_is_one_row_without_figures(void **state)
{
    enum { LEADS = 40, COLUMNS = 24 };
    static const char *const level[] = {"a", "b"};
    static const char *cell[COLUMNS][LEADS];
    static struct lc_table_column wide[COLUMNS];
    size_t all[COLUMNS];
    const struct lc_fit_told *t;
    struct lc_random random = {20120};
    struct lc_frame frame;
    struct lc_table t_wide;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < LEADS; i++) {
        for (size_t j = 0; j < COLUMNS; j++)
            cell[j][i] = level[lc_random_below(&random, 2)];
        y[i] = lc_random_unit(&random) < 0.4;
    }
    for (size_t j = 0; j < COLUMNS; j++) {
        all[j] = j;
        wide[j] = small_column(&arena, lc_arena_format(&arena, "c%zu", j), LC_KIND_TEXT,
                               cell[j], LEADS);
    }
    t_wide = small_table(wide, COLUMNS, LEADS);
    assert_int_equal(lc_fit_leads(&t_wide, row, y, LEADS, all, NULL, COLUMNS, &asked, NULL,
                                  &arena, &fit, &err),
                     LC_OK);
    assert_int_not_equal(fit.separation->kind, LC_SEPARATION_NONE);
    assert_int_equal(fit.separation->n, 1);
    t = fit.separation->told;
    assert_non_null(strstr(t->term, " columns: c"));
    assert_non_null(strstr(t->term, " and others"));
    assert_true(isnan(t->weight) && isnan(t->chance) && isnan(t->rate) && isnan(t->more));
    assert_int_equal(t->attribute, COLUMNS);
    assert_int_equal(lc_fit_separation_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_non_null(strstr(frame.note[1], "rules of so many columns tell chance as easily"));
}

static void every_refused_allocation_is_an_error(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc; limit += 256) {
        struct lc_fit fit = {.n = 99};
        struct lc_frame frame;
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_fit_leads(&table, row, y, n, both, NULL, 2, &asked, NULL, &small, &fit, &err);
        if (!rc)
            rc = lc_fit_separation_frame(&fit, &small, &frame, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        refused += rc != LC_OK;
        lc_arena_release(&small);
    }
    assert_true(refused > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_looked_for_unless_asked),
        TEST(a_level_and_a_combination_are_told_with_the_points_of_the_card),
        TEST(what_may_be_chance_is_settled_by_the_leads_that_are_lacking),
        TEST(what_is_no_chance_is_settled_at_the_rate_of_the_fit),
        TEST(every_penalty_that_has_weights_says_what_holds_them),
        TEST(a_combination_is_refused_by_name_under_maximum_likelihood),
        TEST(a_number_that_tells_is_refused_by_name),
        TEST(without_separation_the_table_is_empty_and_says_so),
        TEST(where_every_lead_is_told_a_column_may_know_the_outcome),
        TEST(a_number_that_tells_is_told_under_firth),
        TEST(a_rule_of_many_columns_is_one_row_without_figures),
        TEST(every_refused_allocation_is_an_error),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
