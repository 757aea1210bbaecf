#include "typed_report.h"

#include <string.h>

/* Page one is what stands before the contents. */
static const char *page_one(const struct lc_report *r)
{
    const char *text = written(r), *end = strstr(text, "\n## 1. ");
    char *page;

    assert_non_null(end);
    page = lc_arena_format(&arena, "%.*s", (int)(end - text), text);
    assert_non_null(page);
    return page;
}

#define assert_says_not(text, words) assert_null(strstr(text, words))

static void the_nine_points_stand_in_order(void **state_)
{
    const struct lc_report r = whole();
    const char *at = page_one(&r);
    char head[16];

    (void)state_;
    for (size_t i = 1; i <= 9; i++) {
        (void)snprintf(head, sizeof head, "\n%s**%zu.** ", i == 1 ? "> " : "", i);
        at = strstr(at, head);
        assert_non_null(at);
        at++;
    }
}

static void the_advice_comes_first(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_says(page_one(&r), "> **1.** **Keep.** The new score \\<holds\\> no more.");
    comparison.advice = LC_ADVICE_ADOPT;
    assert_says(page_one(&r), "> **1.** **Adopt, on weak evidence.** The new");
    backtest.verdict = "sound: 300 wins";
    assert_says(page_one(&r), "> **1.** **Adopt.** The new");
    comparison.advice = LC_ADVICE_NOT_ENOUGH;
    assert_says(page_one(&r), "> **1.** **Not enough evidence.** The new");
}

static void without_a_comparison_the_reason_is_given(void **state_)
{
    struct lc_report r = {.cohort = &cohort};

    (void)state_;
    assert_says(page_one(&r), "**1.** **Not enough evidence.** Nothing was compared.");
    r.no_model = "nothing was <won>";
    assert_says(page_one(&r), "**1.** **Not enough evidence.** Nothing was \\<won\\>.");
    r.no_backtest = "not enough history";
    assert_says(page_one(&r), "**1.** **Not enough evidence.** Not enough history.");
    assert_says(page_one(&r),
                "**2.** How many wins the new score would have held cannot be said");
    assert_says(page_one(&r), "**4.** Close rate, cycle and acceptance by grade need a test");
    assert_says(page_one(&r), "**5.** What would change in a week's work needs a test");
    assert_says(page_one(&r), "**6.** There are no points");
    assert_says(page_one(&r), "**7.** Acceptance by sales is not known: no column tells");
    assert_says(page_one(&r), "**9.** **What would settle it:** A comparison.");
}

static void wins_at_equal_volume_are_those_of_both_scores_and_chance(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_says(
        page_one(&r),
        "**2.** Of the 12.5 leads a week that sales takes now (as many as it "
        "\\<accepted\\>), the new score would have held **60.0 % of wins (95 % interval "
        "45.0 % to 75.0 %)**, the current score 40.0 % of wins (95 % interval 25.0 % to 55.0 %), chance 21.0 "
        "%, counted week by week.");
    backtest.volume.has_current = false;
    assert_says(page_one(&r), "the current score is not known (name it with `--current`)");
    backtest.no_current = "too few points";
    assert_says(page_one(&r), "the current score cannot be judged by these leads, chance");
    backtest.volume.known = false;
    assert_says(page_one(&r), "**2.** If sales takes 12.5 leads a week (");
    backtest.volume.weeks = LC_NAN;
    assert_says(page_one(&r), "**2.** If sales takes 12 of the test leads (");
    assert_says(page_one(&r), ", chance 21.0 %.");
}

static void the_population_is_said_with_its_days_and_wins(void **state_)
{
    const struct lc_cohort undated = {
        .n = 8, .y = y, .state = state, .n_won = 3, .account = {.leads = 9}};
    struct lc_report r = whole();

    (void)state_;
    assert_says(
        page_one(&r),
        "**3.** 8 of 10 leads count, decided 2023-01-01 to 2023-01-08; 3 of them (37.5 %) "
        "were won within W = 90 days of coming in. As of 2023-05-23. Trained on 4 "
        "earlier leads with 3 wins; the test is 3 leads decided 2023-01-06 to "
        "2023-01-08, with **1 win**.");
    r.cohort = &undated;
    backtest.split.by_time = false;
    assert_says(page_one(&r),
                "**3.** 8 of 9 leads count; 3 of them (37.5 %) were won. The export "
                "names no dates");
    assert_says(page_one(&r), "Trained on the first 4 leads in file order; the test is the "
                              "last 3, with **1 win**.");
    r.cohort = NULL;
    assert_says(page_one(&r), "**3.** No leads were read.");
}

/* Those of the letters and digits, not of the cells, the total or the other models. */
static void grades_stand_with_their_acceptance(void **state_)
{
    struct lc_report r = whole();
    const char *text = page_one(&r);

    (void)state_;
    assert_says(text, "| A | 100 | 22 | 22.0 % | 11.0..33.0 | 7.8 % | 31 | 90.0 % |");
    assert_says(text, "| D | 200 | 8 | 4.0 % | 2.0..6.0 | 7.8 % |  |  |");
    assert_says(text, "| 1 | 50 | 20 | 40.0 % |");
    assert_says_not(text, "| A1 |");
    assert_says_not(text, "| A | 10 |"); /* the ratio's */
    add_acceptance("grade", "A2", "(all)", 60, 10);
    assert_says(page_one(&r), "| 31 | 66.7 % |"); /* 100 of 110 - 10 + 60 - 10 */
    r.accept_new = NULL;
    assert_says(page_one(&r), "Acceptance is not known.");
    assert_says(page_one(&r), "| 11.0..33.0 | 7.8 % | 31 |\n");
}

static void an_order_or_a_promise_that_did_not_hold_is_said_at_once(void **state_)
{
    const struct lc_report r = whole();
    struct lc_metric other[sizeof metric / sizeof *metric];
    const char *text = page_one(&r);

    (void)state_;
    assert_says_not(text, "did not hold");
    assert_says_not(text, "were off:");
    assert_says(text, "**Some grades did not keep their promise:** A (22.0 % came, 7.8 % were "
                      "promised), D (4.0 % came, 7.8 % were promised), 1 (40.0 % came");
    backtest.grades.n = 0;
    add_grade("logistic", "A", 100, 22, 31);
    add_grade("logistic", "B", 40, 20, 5);
    add_grade("logistic", "C", 1000, 156, 5); /* 7.8 to 23.4, and 7.77 were promised */
    add_grade("logistic", "D", 200, 8, LC_NAN);
    memcpy(other, metric, sizeof other);
    other[7].value = 0.05; /* 11.7 % closed, 10 to 13 */
    backtest.metric = other;
    text = page_one(&r);
    assert_says(text, "**The order did not hold throughout:** B closed 50.0 %, more than the "
                      "better grade A with 22.0 %.");
    assert_says(text,
                "C (15.6 % came, 7.77 % were promised, and the interval begins at 7.80 %)");
    assert_says(text,
                "**The promised close rates were off:** 5.0 % on average, and 11.7 % closed");
}

/* A digit is never held against a letter: here 1 closes 40 %, A only 22 %. */
static void letters_and_digits_are_two_orders(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    add_grade("logistic", "2", 50, 21, 21);
    assert_says(page_one(&r), "2 closed 42.0 %, more than the better grade 1 with 40.0 %.");
}

static void the_work_of_a_week_is_shown_before_and_after(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_says(page_one(&r), "| above \\<the line\\> | 12.50 | 3.25 |");
    assert_says(page_one(&r), "| newly above |  | 3.25 |");
    assert_says(page_one(&r), "its share of the wins is not that of (2)");
    backtest.volume.weeks = LC_NAN;
    assert_says(page_one(&r), "**5.** The work, before and after");
    assert_says_not(page_one(&r), "its share of the wins is not that of (2)");
    backtest.workload.n = 0;
    assert_says(page_one(&r), "**5.** What would change in a week's work needs a test");
}

static void five_changes_of_points_are_shown(void **state_)
{
    const struct lc_report r = whole();
    size_t rows = 0;

    (void)state_;
    assert_says(page_one(&r), "**6.** The five largest changes of points.");
    assert_says(page_one(&r), "| \\-9 | 6 | 15 | 5 | 3 |");
    for (const char *at = page_one(&r); (at = strstr(at, "| level | 2 |")); at++)
        rows++;
    assert_int_equal(rows, 3); /* of four: two stand before them */
    comparison.changes.value[4].number = LC_NAN;
    assert_says(page_one(&r), "**6.** The five largest points (there is no earlier card");
}

static void acceptance_is_that_of_the_last_two_quarters_over(void **state_)
{
    struct lc_report r = whole();

    (void)state_;
    assert_says(page_one(&r),
                "**7.** **Sales accepted** 70.0 % (66.0 % to 73.0 %) in 2025-Q3, after "
                "57.9 % (53.9 % to 60.9 %) in 2025-Q2.");
    accept.value[2 * accept.k + 14].text = "not over";
    assert_says(page_one(&r), "in 2025-Q2; there is no quarter before it");
    accept.value[accept.k + 14].text = "not over";
    assert_says(page_one(&r), "**7.** No quarter of hand-overs is over");
    r.accept = NULL;
    r.no_accept = "the export has no <column>";
    assert_says(page_one(&r), "not known: the export has no \\<column\\>.");
}

static void what_is_not_shown_is_listed(void **state_)
{
    struct lc_cohort shared = cohort;
    struct lc_report r = whole();
    const char *text = page_one(&r);

    (void)state_;
    assert_says(text, "**8.** **What this does not show.** 1 lead is younger than the window");
    assert_says(text, "4 leads share an opportunity that is credited to another.");
    assert_says(text, "on record in time for 30 of 410 hand-overs");
    assert_says(text, "The test is weak: column 'pages\\_\\<viewed\\>' was counted at export.");
    assert_says(text, "Left out, since they may know the outcome: close\\<d\\>\\_reason, "
                      "a\\|b, \\`c\\`, d and 2 more.");
    shared.account.associated = 1;
    shared.account.immature = 0;
    r.cohort = &shared;
    r.accept = NULL;
    r.n_suspect = 1;
    text = page_one(&r);
    assert_says_not(text, "younger");
    assert_says(text, "1 lead shares an opportunity that is credited to another.");
    assert_says(text, "Who was never worked is not known");
    assert_says(text, "outcome: close\\<d\\>\\_reason.");
}

static void what_would_settle_it_comes_last(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_says(page_one(&r), "**9.** **What would settle it:** About 37 \\<more\\> wins. More "
                              "wins do not mend what makes the test weak (8).\n");
    backtest.verdict = "sound: 300 wins";
    assert_says(page_one(&r), "**9.** **What would settle it:** About 37 \\<more\\> wins.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_nine_points_stand_in_order),
        TEST(the_advice_comes_first),
        TEST(without_a_comparison_the_reason_is_given),
        TEST(wins_at_equal_volume_are_those_of_both_scores_and_chance),
        TEST(the_population_is_said_with_its_days_and_wins),
        TEST(grades_stand_with_their_acceptance),
        TEST(an_order_or_a_promise_that_did_not_hold_is_said_at_once),
        TEST(letters_and_digits_are_two_orders),
        TEST(the_work_of_a_week_is_shown_before_and_after),
        TEST(five_changes_of_points_are_shown),
        TEST(acceptance_is_that_of_the_last_two_quarters_over),
        TEST(what_is_not_shown_is_listed),
        TEST(what_would_settle_it_comes_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
