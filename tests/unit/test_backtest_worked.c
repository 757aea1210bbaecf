/* Worked against not worked: recounts, and the truth behind leads that nobody called. */
#include "test.h"

#include <string.h>

#include <gsl/gsl_errno.h>

#include "raced.h"

enum { ATTRIBUTES = 3 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, SOURCE, VISITS};

static struct lc_backtest run_well(const struct simulated *s)
{
    struct lc_backtest_options o;

    lc_backtest_options_init(&o);
    o.rolling = LC_ROLLING_QUARTER;
    return race_well(s, (struct raced){column, ATTRIBUTES}, &o);
}

static bool is_banking(const struct simulated *s, size_t i)
{
    return strcmp(s->cell[INDUSTRY][s->cohort.row[i]], "Banking") == 0;
}

/* Sales works so many in a hundred of Banking's leads and of the rest, by lot; nobody else is won. */
static void work(struct simulated *s, uint64_t seed, uint64_t banking, uint64_t rest)
{
    struct lc_random random = {seed};
    uint8_t *worked = LC_NEW(&arena, s->cohort.n, uint8_t);
    uint8_t *y = LC_NEW(&arena, s->cohort.n, uint8_t);

    s->cohort.n_won = 0;
    for (size_t i = 0; i < s->cohort.n; i++) {
        worked[i] = lc_random_below(&random, 100) < (is_banking(s, i) ? banking : rest);
        y[i] = worked[i] && s->cohort.y[i];
        s->cohort.n_won += y[i];
    }
    s->cohort.worked = worked;
    s->cohort.y = y;
}

static double cell(const struct lc_backtest *b, const char *grade, const char *name)
{
    for (size_t i = 0; i < b->worked.n; i++) {
        const union lc_value *row = b->worked.value + i * b->worked.k;

        if (strcmp(row[2].text, grade) == 0)
            return row[lc_frame_column(&b->worked, name)].number;
    }
    print_error("no grade %s\n", grade);
    fail();
    return 0;
}

static void counts_are_those_of_the_test_leads(void **state)
{
    static const char *const name[] = {"leads", "worked", "won_worked", "won_not_worked"};
    struct simulated *s = simulated_by(1);
    double want[4] = {0};
    struct lc_backtest b;

    (void)state;
    work(s, 2, 80, 60);
    b = run_well(s);
    for (size_t i = 0; i < b.split.n_test; i++) {
        const uint32_t lead = b.split.test[i];

        want[0] += 1;
        want[1] += s->cohort.worked[lead];
        want[2] += s->cohort.worked[lead] && s->cohort.y[lead];
        want[3] += !s->cohort.worked[lead] && s->cohort.y[lead];
    }
    for (size_t j = 0; j < 4; j++) {
        double letters = 0;

        assert_close(cell(&b, "(all)", name[j]), want[j], 0);
        for (const char *l = "A\0B\0C\0D\0"; *l; l += 2)
            letters += cell(&b, l, name[j]);
        assert_close(letters, want[j], 0);
    }
    assert_close(cell(&b, "(all)", "close_rate_worked"), want[2] / want[1], 1e-12);
    assert_close(cell(&b, "(all)", "worked_share"), want[1] / want[0], 1e-12);
}

/* Half are passed over, and not by what they are: learnt from all, rates are half of the truth. */
static void leads_that_nobody_called_do_not_lower_what_is_expected_of_their_like(void **state)
{
    struct simulated *s = simulated_by(3);
    const uint8_t *truth = s->cohort.y;
    struct lc_backtest b;
    double won = 0;

    (void)state;
    work(s, 4, 90, 45);
    b = run_well(s);
    for (size_t i = 0; i < b.split.n_test; i++)
        won += truth[b.split.test[i]];
    won /= (double)b.split.n_test;
    assert_close(cell(&b, "(all)", "expected_if_worked"), won, 0.04);
    assert_true(cell(&b, "(all)", "expected_rate") < won - 0.08);
}

/* The best leads are those that sales passes over: learnt from all, they are the worst. */
static void another_order_of_grades_is_said_in_the_verdict(void **state)
{
    struct simulated *s = simulated_by(5);
    struct lc_backtest b;

    (void)state;
    work(s, 6, 100, 99);
    b = run_well(s);
    assert_null(strstr(b.verdict, "worked"));
    s = simulate(5, &arena);
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        s->cell[SOURCE][i] = "Web"; /* so that a letter is an industry or two */
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    work(s, 6, 12, 95);
    b = run_well(s);
    assert_non_null(strstr(b.verdict, "; learnt from worked leads alone"));
}

static void where_all_are_worked_there_is_nothing_to_compare(void **state)
{
    struct simulated *s = simulated_by(7);
    struct lc_backtest b;

    (void)state;
    b = run_well(s);
    assert_int_equal(b.worked.n, 0);
    assert_non_null(strstr(b.worked.note[0], "nothing says who was worked"));
    work(s, 8, 100, 100);
    b = run_well(s);
    assert_true(isnan(cell(&b, "(all)", "expected_if_worked")));
    assert_close(cell(&b, "(all)", "worked_share"), 1, 0);
    assert_non_null(strstr(b.worked.note[0], "nearly all"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(counts_are_those_of_the_test_leads),
        TEST(leads_that_nobody_called_do_not_lower_what_is_expected_of_their_like),
        TEST(another_order_of_grades_is_said_in_the_verdict),
        TEST(where_all_are_worked_there_is_nothing_to_compare),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
