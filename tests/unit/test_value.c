#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/value.h"
#include "small_table.h"
#include "typed_cards.h"

#define MOST 64

static struct lc_arena arena;
static const char *source[MOST];
static uint32_t row[MOST];
static uint8_t y[MOST];
static int32_t cycle[MOST];
static double amount[MOST], credit[MOST];
static struct lc_cohort cohort;
static const size_t only[] = {0};

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    cohort = (struct lc_cohort){
        .row = row, .y = y, .cycle = cycle, .amount = amount, .as_of = LC_NO_DAY};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void add(const char *of_source, bool won, double of_amount, int32_t days)
{
    const size_t i = cohort.n++;

    source[i] = of_source;
    row[i] = (uint32_t)i;
    y[i] = won;
    amount[i] = of_amount;
    cycle[i] = days;
    credit[i] = won;
    cohort.n_won += won;
}

/* Partner: 4 leads, 3 won for 1200 and 300.5, one without an amount; Web: 6 leads, 2 won for 99.5 and
 * 400. */
static void fill(void)
{
    add("Partner", true, 1200, 12);
    add("Web", true, 99.5, 40);
    add("Partner", true, LC_NAN, 9);
    add("Partner", true, 300.5, 7);
    add("Partner", false, LC_NAN, LC_NO_DAY);
    add("Web", true, 400, 31);
    for (size_t i = 0; i < 4; i++)
        add("Web", false, LC_NAN, LC_NO_DAY);
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

static struct lc_table table;
static struct lc_table_column column;

static enum lc_rc by_level(struct lc_arena *to, bool cycles, struct lc_frame *f,
                           struct lc_err *err)
{
    struct lc_attribute a;
    enum lc_rc rc;

    column = small_column(&arena, "source", LC_KIND_TEXT, source, cohort.n);
    table = small_table(&column, 1, cohort.n);
    rc = lc_attribute_learn(&column, NULL, row, y, cohort.n, to, &a, err);
    if (rc)
        return rc;
    return cycles ? lc_cycle_split(&table, &cohort, only, &a, 1, to, f, err)
                  : lc_value_levels(&table, &cohort, only, &a, 1, NULL, to, f, err);
}

/* By hand: 2000 in all, of 5 wins. */
static void levels_bring_what_their_wins_bring(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill();
    assert_int_equal(by_level(&arena, false, &f, &err), LC_OK);
    assert_int_equal(f.n, 3);
    assert_string_equal(text(&f, 0, "level"), "(all)");
    assert_close(cell(&f, 0, "won_amount"), 2000, 1e-15);
    assert_close(cell(&f, 0, "amount_per_lead"), 200, 1e-15);
    assert_string_equal(text(&f, 1, "level"), "Partner");
    assert_close(cell(&f, 1, "leads"), 4, 0);
    assert_close(cell(&f, 1, "won"), 3, 0);
    assert_close(cell(&f, 1, "won_amount"), 1500.5, 1e-15);
    assert_close(cell(&f, 1, "amount_per_lead"), 375.125, 1e-15);
    assert_close(cell(&f, 1, "share_of_amount"), 0.75025, 1e-15);
    assert_close(cell(&f, 1, "share_of_won"), 0.6, 1e-15);
    assert_close(cell(&f, 1, "without_amount"), 1, 0);
    assert_true(isnan(cell(&f, 1, "low"))); /* two amounts are too few */
    assert_close(cell(&f, 2, "share_of_amount"), 0.24975, 1e-14);
    assert_true(says(&f, "1 of 5 won leads have no amount"));
    assert_true(says(&f, "one win alone is 60 % of all amount"));
}

/* An opportunity of two leads brings each of them a half. */
static void shared_wins_bring_their_share(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill();
    credit[0] = 0.5;
    cohort.credit = credit;
    assert_int_equal(by_level(&arena, false, &f, &err), LC_OK);
    assert_close(cell(&f, 1, "won_amount"), 900.5, 1e-15);
    assert_close(cell(&f, 1, "won"), 2.5, 1e-15);
    assert_close(cell(&f, 0, "won_amount"), 1400, 1e-15);
    assert_true(says(&f, "each its part"));
}

/* A card of one attribute: Partner is an A, Web a B. */
static struct lc_model letters(void)
{
    static const char *const level[] = {"Partner", "Web"};
    static const double points[] = {10, -4, 0};
    static struct lc_card_attribute a;

    a = typed_attribute("source", LC_ROLE_PROFILE, level, 2, false, typed_zeros, points);
    return (struct lc_model){
        .card = {.method = "logistic",
                 .intercept = -2,
                 .k = 1,
                 .attribute = &a,
                 .scale = {50, 1, 100, 10}},
        .grades = {.letter = {.used = true, .cut = {5, -5, LC_GRADE_NEVER}}}};
}

static void grades_bring_what_their_leads_bring(void **state)
{
    struct lc_model model = letters();
    const struct lc_model *const two[] = {&model, &model};
    const char *const name[] = {"new", "old"};
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill();
    model.grades.letter.cut[2] = -6;
    column = small_column(&arena, "source", LC_KIND_TEXT, source, cohort.n);
    table = small_table(&column, 1, cohort.n);
    assert_int_equal(lc_value_grades(&table, &cohort, two, name, 2, NULL, &arena, &f, &err),
                     LC_OK);
    assert_int_equal(f.n, 6); /* A, B and all of each; nobody is a C or D */
    assert_string_equal(text(&f, 0, "model"), "new");
    assert_string_equal(text(&f, 0, "grade"), "A");
    assert_close(cell(&f, 0, "won_amount"), 1500.5, 1e-15);
    assert_string_equal(text(&f, 1, "grade"), "B");
    assert_close(cell(&f, 1, "leads"), 6, 0);
    assert_close(cell(&f, 0, "share_of_amount") + cell(&f, 1, "share_of_amount"), 1, 1e-15);
    assert_string_equal(text(&f, 2, "grade"), "(all)");
    assert_close(cell(&f, 2, "share_of_won"), 1, 1e-15);
    assert_string_equal(text(&f, 3, "model"), "old");
    assert_true(
        says(&f, "new, grade A: 40 % of the leads, 60 % of the wins, 75 % of the won amount"));
}

static void without_amounts_there_is_no_value(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill();
    cohort.amount = NULL;
    assert_int_equal(by_level(&arena, false, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--amount"));
}

static void add_wins(const char *of_source, const int32_t *days, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(of_source, true, 100, days[i]);
    add(of_source, false, LC_NAN, LC_NO_DAY);
}

static void fill_cycles(void)
{
    static const int32_t partner[] = {11, 13, 17, 19, 23, 29, 64},
                         referral[] = {14, 66, 21, 58},
                         web[] = {31, 71, 73, 79, 83, 16, 89, 97};

    add_wins("Partner", partner, 7);
    add_wins("Referral", referral, 4);
    add_wins("Web", web, 8);
}

/* scipy 1.17.1 by tests/reference/cycle_split.py */
static void quick_wins_are_told_from_slow_ones(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill_cycles();
    assert_int_equal(by_level(&arena, true, &f, &err), LC_OK);
    assert_int_equal(f.n, 3);
    assert_close(cell(&f, 0, "short"), 6, 0);
    assert_close(cell(&f, 0, "long"), 1, 0);
    assert_close(cell(&f, 0, "share_of_short"), 0.6, 1e-15);
    assert_close(cell(&f, 0, "share_of_long"), 0.1111111111111111, 1e-15);
    assert_close(cell(&f, 0, "median_days"), 19, 0);
    assert_close(cell(&f, 0, "p"), 0.05727554179566563, 1e-12);
    assert_close(cell(&f, 1, "p"), 1, 1e-12);
    assert_close(cell(&f, 2, "p"), 0.06977851869492736, 1e-12);
    assert_close(cell(&f, 2, "median_days"), 76, 0);
    assert_close(cell(&f, 0, "p_adjusted"), 0.10466777804239105, 1e-12);
    assert_close(cell(&f, 2, "p_adjusted"), 0.10466777804239105, 1e-12);
    assert_true(
        says(&f, "short: won within 31 days, the median of 19 wins (10); long: later (9)"));
    assert_true(says(&f, "no level differs"));
}

/* All short wins are Partner's, all long ones Web's; the shares of both sum to 1. */
static void a_level_that_differs_is_named(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    for (int32_t i = 0; i < 12; i++)
        add(i < 6 ? "Partner" : "Web", true, 50, 10 + i);
    assert_int_equal(by_level(&arena, true, &f, &err), LC_OK);
    assert_close(cell(&f, 0, "share_of_short") + cell(&f, 1, "share_of_short"), 1, 1e-15);
    assert_true(says(&f, "source=Partner is 100 % of the short wins and 0 % of the long ones"));
}

static void few_wins_or_equal_ones_are_not_split(void **state)
{
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    fill();
    assert_int_equal(by_level(&arena, true, &f, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "5 wins have a cycle length"));
    for (size_t i = 0; i < 12; i++)
        add("Web", true, 50, 99);
    for (size_t i = 0; i < cohort.n; i++)
        cycle[i] = cycle[i] == LC_NO_DAY ? LC_NO_DAY : 99;
    assert_int_equal(by_level(&arena, true, &f, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "no long wins"));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    (void)state;
    fill_cycles();
    for (size_t way = 0; way < 3; way++) {
        enum lc_rc rc = LC_ENOMEM;
        size_t refused = 0;

        for (size_t limit = 0; rc == LC_ENOMEM; limit += 64, refused++) {
            const struct lc_model model = letters(), *one = &model;
            const char *name = "new";
            struct lc_arena small;
            struct lc_frame f;
            struct lc_err err;

            lc_arena_init(&small, limit);
            rc = way < 2
                     ? by_level(&small, way == 1, &f, &err)
                     : lc_value_grades(&table, &cohort, &one, &name, 1, NULL, &small, &f, &err);
            lc_arena_release(&small);
        }
        assert_int_equal(rc, LC_OK);
        assert_true(refused > 5);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(levels_bring_what_their_wins_bring),
        TEST(shared_wins_bring_their_share),
        TEST(grades_bring_what_their_leads_bring),
        TEST(without_amounts_there_is_no_value),
        TEST(quick_wins_are_told_from_slow_ones),
        TEST(a_level_that_differs_is_named),
        TEST(few_wins_or_equal_ones_are_not_split),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
