#include "test.h"

#include <stdio.h>

#include "leadcal/cohort.h"
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

#define N 8
/* Days are numbers: 1000 is some Tuesday. As of 1130, the last closing of a closed lead. */
static const char *const stage[N] = {"Won", "Lost", "Open", "Won",
                                     "Won", "Lost", "Open", "Won"};
static const char *const entered[N] = {"1000", "1005", "1010", "1020",
                                       "1030", "1100", "1120", ""};
static const char *const closed[N] = {"1012", "1050", "1500", "1130",
                                      "1029", "1110", "",     "1060"};

static struct lc_table_column column[3];

static struct lc_table example(void)
{
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, stage, N);
    column[1] = small_column(&arena, "entered", LC_KIND_DATE, entered, N);
    column[2] = small_column(&arena, "closed", LC_KIND_DATE, closed, N);
    return small_table(column, 3, N);
}

static const char *const is_won[] = {"Won"}, *const is_lost[] = {"Lost"},
                         *const is_open[] = {"Open"};

static struct lc_spec example_spec(void)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){is_won, 1};
    spec.outcome.lost = (struct lc_texts){is_lost, 1};
    spec.outcome.open = (struct lc_texts){is_open, 1};
    spec.date.entered = "entered";
    spec.date.closed = "closed";
    return spec;
}

static void the_as_of_date_is_never_an_open_deals_expected_close(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = 30;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.as_of, 1130); /* not 1500 */
}

static void young_leads_wait_whatever_their_outcome(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = 31;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    /* 1100 (lost) and 1120 (open) are younger than 31 days; the undated win has no decision day */
    assert_int_equal(c.n, 5);
    assert_int_equal(c.account.immature, 2);
    assert_int_equal(c.account.undated, 1);
    assert_int_equal(c.n_won, 2); /* 12 days, and one closed a day before it entered */
    assert_int_equal(c.account.won_late, 1);
    assert_int_equal(c.account.negative, 1);
    assert_int_equal(c.account.open_old, 1);
    assert_int_equal(c.cycle[0], 12);
    assert_int_equal(c.cycle[4], LC_NO_DAY);
}

static void window_none_counts_every_row_and_every_win(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = LC_WINDOW_NONE;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n, N);
    assert_int_equal(c.n_won, 4);
    assert_int_equal(c.cycle[3], 110);
}

/* The decision may be due days after entering, but nothing happened on that day. */
static void a_decision_that_is_due_later_does_not_move_the_as_of_date(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = 10;
    spec.decision_after_days = 45;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.as_of, 1130); /* not 1120 + 45 */
    assert_int_equal(c.account.after_as_of, 2);
}

static void closings_after_the_as_of_date_are_not_facts_yet(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = LC_WINDOW_NONE;
    spec.as_of_day = 1100;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.account.closed_after_as_of, 2); /* won 1130, lost 1110 */
    assert_int_equal(c.account.after_as_of, 1);        /* entered 1120 */
    assert_int_equal(c.n_won, 3);
}

static void a_slip_in_the_won_value_gets_the_nearest_name(void **state)
{
    static const char *const slip[] = {"Wonn"};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.outcome.won = (struct lc_texts){slip, 1};
    spec.outcome.lost = spec.outcome.open = (struct lc_texts){NULL, 0};
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'Wonn'"));
    assert_non_null(strstr(err.text, "'Won'"));
}

static void a_value_in_none_of_the_lists_is_refused(void **state)
{
    static const char *const other[] = {"Parked"};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.outcome.open = (struct lc_texts){other, 1};
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'Open'"));
}

static void a_slip_in_the_lost_value_is_refused_and_an_absent_one_is_not(void **state)
{
    static const char *const slip[] = {"Lostt"}, *const more[] = {"Won", "Customer"};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.outcome.lost = (struct lc_texts){slip, 1};
    spec.outcome.open = (struct lc_texts){NULL, 0};
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no value 'Lostt'; did you mean 'Lost'"));
    spec = example_spec();
    spec.outcome.won = (struct lc_texts){more, 2}; /* nobody became a Customer this quarter */
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
}

static void a_value_cannot_be_won_and_lost(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.outcome.lost = spec.outcome.won;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'Won'"));
}

static void an_as_of_date_before_every_lead_is_said(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.as_of_day = 900;
    spec.window_days = 30;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "after the as-of date"));
}

static void when_every_lead_is_too_young_the_missing_days_are_said(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.window_days = 180;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "50 more days"));
}

static void without_dates_every_row_counts_and_it_is_said(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;
    bool said = false;

    (void)state;
    spec.date.entered = spec.date.closed = NULL;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n, N);
    assert_false(c.has_dates);
    for (size_t i = 0; i < c.n_notes; i++)
        said = said || strstr(c.note[i], "maturity was not checked");
    assert_true(said);
}

static void a_spec_may_say_that_the_files_order_is_the_times(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    spec.order_is_file = true;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_false(c.file_is_time); /* there are dates, and they hold */
    spec.date.entered = spec.date.closed = NULL;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_true(c.file_is_time);
}

/* 400 leads, one a day, every fourth won after 7 days: all wins lie within 30 days, so W is 30;
 * the cut is the 300th of the 371 mature... counted below by hand. */
static void the_split_leaves_a_gap_of_the_window(void **state)
{
    enum { DAYS = 400 };
    const char *s[DAYS], *e[DAYS], *c[DAYS];
    struct lc_spec spec = example_spec();
    struct lc_table table;
    struct lc_cohort cohort;
    struct lc_split split;
    struct lc_err err;
    size_t mature;

    (void)state;
    for (int i = 0; i < DAYS; i++) {
        s[i] = i % 4 == 0 ? "Won" : "Lost";
        e[i] = lc_arena_format(&arena, "%d", 2000 + i);
        c[i] = lc_arena_format(&arena, "%d", 2007 + i);
    }
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, s, DAYS);
    column[1] = small_column(&arena, "entered", LC_KIND_DATE, e, DAYS);
    column[2] = small_column(&arena, "closed", LC_KIND_DATE, c, DAYS);
    table = small_table(column, 3, DAYS);
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(cohort.window_days, 30);
    assert_true(cohort.window_chosen);
    assert_close(cohort.window_share, 1, 0);
    mature = 0; /* as of 2406: entered at most 2376 */
    for (int i = 0; i < DAYS; i++)
        mature += 2406 - (2000 + i) >= 30;
    assert_int_equal(cohort.n, mature);
    assert_int_equal(lc_cohort_split(&cohort, &arena, &split, &err), LC_OK);
    assert_int_equal(split.cut, 2000 + (int)(mature * 3 / 4) - 1);
    assert_int_equal(split.first_test, split.cut + 1);
    assert_int_equal(split.n_test, mature - mature * 3 / 4);
    assert_int_equal(split.n_train + split.gap + split.n_test, mature);
    assert_int_equal(split.gap, 29); /* decided less than 30 days before the first test day */
    for (size_t i = 0; i < split.n_train; i++)
        assert_true(cohort.day[split.train[i]] + 30 <= split.first_test);
    /* training 2000..2252, test 2282..2376, as of 2406; a month is 30.4375 days */
    assert_string_equal(lc_cohort_history(&cohort, &split, &arena),
                        "history 13.3 months = training 8.3 (64 wins) + gap 1.0 (7) + test 3.1 "
                        "(24) + follow-up 1.0");
}

static void closed_leads_alone_are_those_won_or_lost(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c, closed_only;
    struct lc_err err;

    (void)state;
    spec.window_days = LC_WINDOW_NONE;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(lc_cohort_closed(&c, &arena, &closed_only, &err), LC_OK);
    assert_int_equal(closed_only.n, 6);
    assert_int_equal(closed_only.row[2], 3); /* row 2 is open */
    assert_int_equal(closed_only.cycle[2], 110);
}

/* Four of the leads came after day 1010, three by then, one on no day; then what there is to refuse. */
static void leads_decided_after_a_day_are_new_to_a_prior(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_cohort c, newer = {.n = 7};
    struct lc_err err;

    (void)state;
    spec.window_days = LC_WINDOW_NONE;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n, 8);
    assert_int_equal(lc_cohort_after(&c, 1010, &arena, &newer, &err), LC_OK);
    assert_int_equal(newer.n, 4);
    assert_int_equal(newer.n_won, 2);
    assert_int_equal(newer.row[0], 3);
    assert_int_equal(newer.account.overlapping, 3);
    assert_int_equal(newer.account.leads, c.account.leads);
    for (size_t i = 0; i < newer.n; i++)
        assert_true(newer.day[i] > 1010);
    assert_int_equal(lc_cohort_after(&c, 99999, &arena, &newer, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "no lead has matured since the prior"));
    assert_int_equal(newer.n, 4); /* untouched */
    c.day = NULL;
    assert_int_equal(lc_cohort_after(&c, 1010, &arena, &newer, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no dates"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_as_of_date_is_never_an_open_deals_expected_close),
        TEST(young_leads_wait_whatever_their_outcome),
        TEST(window_none_counts_every_row_and_every_win),
        TEST(a_decision_that_is_due_later_does_not_move_the_as_of_date),
        TEST(closings_after_the_as_of_date_are_not_facts_yet),
        TEST(a_slip_in_the_won_value_gets_the_nearest_name),
        TEST(a_value_in_none_of_the_lists_is_refused),
        TEST(a_slip_in_the_lost_value_is_refused_and_an_absent_one_is_not),
        TEST(a_value_cannot_be_won_and_lost),
        TEST(an_as_of_date_before_every_lead_is_said),
        TEST(when_every_lead_is_too_young_the_missing_days_are_said),
        TEST(without_dates_every_row_counts_and_it_is_said),
        TEST(a_spec_may_say_that_the_files_order_is_the_times),
        TEST(the_split_leaves_a_gap_of_the_window),
        TEST(closed_leads_alone_are_those_won_or_lost),
        TEST(leads_decided_after_a_day_are_new_to_a_prior),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
