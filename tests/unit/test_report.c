#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/report.h"

static struct lc_arena arena;

#define TEXT(name)                      \
    {                                   \
        name, LC_CELL_TEXT, NULL, false \
    }
#define COUNT(name)                      \
    {                                    \
        name, LC_CELL_COUNT, NULL, false \
    }
#define REAL(name)                      \
    {                                   \
        name, LC_CELL_REAL, NULL, false \
    }
#define RATE(name)                      \
    {                                   \
        name, LC_CELL_RATE, NULL, false \
    }

static const struct lc_heading files_heading[] = {
    TEXT("file"), COUNT("rows_seen"), COUNT("rows_used"), {"sha256", LC_CELL_TEXT, NULL, true}};
static const struct lc_heading rates_heading[] = {
    TEXT("attribute"), TEXT("level"), COUNT("leads"),     COUNT("won"),
    RATE("rate"),      REAL("ratio"), REAL("p_adjusted"), REAL("iv_adjusted")};
static const struct lc_heading fit_heading[] = {TEXT("attribute"), TEXT("level"),
                                                REAL("coefficient"), REAL("low"), REAL("high")};
static const struct lc_heading grades_heading[] = {TEXT("model"),
                                                   TEXT("grade"),
                                                   COUNT("leads"),
                                                   COUNT("won"),
                                                   RATE("close_rate"),
                                                   RATE("close_rate_low"),
                                                   RATE("close_rate_high"),
                                                   RATE("expected_rate"),
                                                   TEXT("clock"),
                                                   COUNT("won_with_dates"),
                                                   REAL("cycle_median_days"),
                                                   REAL("cycle_median_low"),
                                                   REAL("cycle_median_high"),
                                                   REAL("cycle_p90_days")};
static const struct lc_heading cells_heading[] = {
    TEXT("grade"),      COUNT("leads"),   RATE("share"),      COUNT("won"),
    RATE("close_rate"), RATE("expected"), COUNT("sla_hours"), TEXT("action")};

#define FRAME(f, name, heading) \
    lc_frame_init(&(f), name, heading, sizeof(heading) / sizeof(heading)[0], &arena)

static union lc_value *add(struct lc_frame *f)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    return row;
}

/* ---- a whole report of few numbers ---- */

static const char *const levels[] = {"Banking | <script>alert(1)</script>", "`rm`\n# Other"};
static const double level_n[] = {5, 3}, level_won[] = {3, 0};
static const double level_value[] = {0.4, -0.7, 0}, level_points[] = {6, -10, 0};
static const struct lc_card_attribute industry = {.attribute = {.column = "indus*try*",
                                                                .role = LC_ROLE_PROFILE,
                                                                .n_levels = 2,
                                                                .level = levels,
                                                                .n = level_n,
                                                                .won = level_won},
                                                  .value = level_value,
                                                  .points = level_points};
static const struct lc_model model = {
    .card = {.method = "logistic", .k = 1, .attribute = &industry}};

/* Ten rows: one without a day, one too young; eight count. Days 19358-19365 are 2023-01-01 on. */
static const uint8_t y[] = {1, 1, 1, 0, 0, 0, 0, 0};
static const uint8_t state[] = {LC_STATE_WON,  LC_STATE_WON,  LC_STATE_WON,  LC_STATE_WON,
                                LC_STATE_LOST, LC_STATE_LOST, LC_STATE_LOST, LC_STATE_OPEN};
static const int32_t day[] = {19358, 19359, 19360, 19361, 19362, 19363, 19364, 19365};
static const char *const cohort_note[] = {"outcome 'stage': won is '<b>Won</b>'"};
static const struct lc_cohort cohort = {
    .n = 8,
    .y = y,
    .state = state,
    .day = day,
    .n_won = 3,
    .has_dates = true,
    .has_closed = true,
    .as_of = 19500,
    .window_days = 90,
    .look = {{30, 0.5, 11, 4}, {60, 0.75, 22, 9}},
    .n_looks = 2,
    .account = {.leads = 10, .undated = 1, .immature = 1, .won_late = 1, .negative = 2},
    .note = cohort_note,
    .n_notes = 1};

static const uint32_t train[] = {0, 1, 2, 3}, test[] = {5, 6, 7};
static const struct lc_metric metric[] = {
    {"ratio", "test", "auc", 0.6, 0.55, 0.65},
    {"ratio", "test", "capture_10", 0.22, LC_NAN, LC_NAN},
    {"logistic", "test", "auc", 0.7125, 0.66, 0.76},
    {"logistic", "test", "brier", 0.0812, LC_NAN, LC_NAN},
    {"logistic", "test", "log_loss", 0.275, LC_NAN, LC_NAN},
    {"logistic", "test", "calibration_slope", 0.913, 0.8, 1.1},
    {"logistic", "test", "capture_10", 0.347, LC_NAN, LC_NAN},
    {"logistic", "test", "mean_predicted", 0.123, LC_NAN, LC_NAN},
    {"logistic", "test", "observed_rate", 0.117, 0.1, 0.13},
};

static struct lc_frame files, rates, fit, cells;
static struct lc_backtest backtest;

static void add_grade(const char *model_name, const char *grade, double leads, double won,
                      double days)
{
    union lc_value *row = add(&backtest.grades);

    row[0].text = model_name;
    row[1].text = grade;
    row[2].number = leads;
    row[3].number = won;
    row[4].number = won / leads;
    row[5].number = won / leads / 2;
    row[6].number = won / leads * 1.5;
    row[7].number = 0.0777;
    row[8].text = "entered to won";
    row[9].number = won;
    row[10].number = days;
    row[13].number = 3 * days;
}

static void add_cell(const char *grade, double leads, double expected, double hours)
{
    union lc_value *row = add(&cells);

    row[0].text = grade;
    row[1].number = leads;
    row[3].number = 7;
    row[4].number = 7 / leads;
    row[5].number = expected;
    row[6].number = hours;
    row[7].text = "nurture";
}

static void make_backtest(void)
{
    backtest =
        (struct lc_backtest){.split = {train, test, 4, 3, 3, 1, 1, 19361, 19363, true},
                             .metric = metric,
                             .n_metrics = sizeof metric / sizeof *metric,
                             .verdict = "weak: column 'pages_<viewed>' was counted at export"};
    FRAME(backtest.grades, "backtest", grades_heading);
    backtest.grades.title = "trained on 4 leads with 3 wins";
    add_grade("ratio", "A", 10, 9, 3);
    add_grade("logistic", "A1", 12, 6, 4);
    add_grade("logistic", "A", 100, 22, 31);
    add_grade("logistic", "D", 200, 8, LC_NAN);
    add_grade("logistic", "1", 50, 20, 21);
    add_grade("logistic", "(all)", 300, 29, 27);
}

static void make_frames(void)
{
    union lc_value *row;

    FRAME(files, "files", files_heading);
    row = add(&files);
    row[0].text = "leads|2024.csv";
    row[1].number = row[2].number = 10;
    row[3].text = "00ff";
    FRAME(rates, "rates", rates_heading);
    rates.title = "8 leads, 3 won";
    for (size_t i = 0; i < 4; i++) {
        row = add(&rates);
        row[0].text = i ? "indus*try*" : "(all)";
        row[1].text = i < 2 ? "(all)" : levels[i - 2];
        row[2].number = 8;
        row[3].number = 3;
        row[4].number = 0.375;
        row[6].number = 0.01;
        row[7].number = i == 1 ? 0.42 : LC_NAN;
    }
    FRAME(fit, "fit", fit_heading);
    for (size_t i = 0; i < 3; i++) {
        row = add(&fit);
        row[0].text = i ? "indus*try*" : NULL;
        row[1].text = i ? levels[2 - i] : NULL; /* another order than the card */
        row[2].number = i == 2 ? 0.55 : -0.55;
        row[3].number = row[2].number - 0.25;
        row[4].number = row[2].number + 0.25;
    }
    FRAME(cells, "cells", cells_heading);
    add_cell("A1", 50, 0.4, 24);
    add_cell("A3", 60, 0.08, 48);
    add_cell("B3", 10, 0.01, 48);
    add_cell("C1", 70, 0.12, LC_NAN);
    add_cell("D4", 80, 0.02, LC_NAN);
    make_backtest();
}

static const char *const figure[] = {"rates.svg", "grades.svg"};
static const char *const figure_text[] = {"Rates", "Grades ](evil.svg) <script>"};
static const char *const left_out[] = {"e_mail<script>: personal | data", "# id: unique"};

static struct lc_report whole(void)
{
    return (struct lc_report){.command = "leadcal recalibrate 'a```b.csv' -o out",
                              .cohort = &cohort,
                              .files = &files,
                              .rates = &rates,
                              .fit = &fit,
                              .backtest = &backtest,
                              .model = &model,
                              .cells = &cells,
                              .figure = figure,
                              .figure_text = figure_text,
                              .n_figures = 2,
                              .left_out = left_out,
                              .n_left_out = 2};
}

/* The report as text; it lives in a temporary file, as a FILE in memory is no C11. */
static const char *written(const struct lc_report *r)
{
    FILE *to = tmpfile();
    struct lc_err err;
    char *text;
    long n;

    assert_non_null(to);
    assert_int_equal(lc_report_markdown(r, to, &err), LC_OK);
    n = ftell(to);
    assert_true(n > 0);
    rewind(to);
    text = LC_NEW(&arena, (size_t)n + 1, char);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, to), n);
    (void)fclose(to);
    return text;
}

#define assert_says(text, words) assert_said((text), (words), __FILE__, __LINE__)

static void assert_said(const char *text, const char *words, const char *file, int line)
{
    if (strstr(text, words))
        return;
    print_error("the report does not say: %s\n", words);
    _fail(file, line);
}

static const char *chapter(const char *text, char number)
{
    char head[] = "\n## 0. ";
    const char *at;

    head[4] = number;
    at = strstr(text, head);
    assert_non_null(at);
    return at + 1;
}

/* ---- tests ---- */

static void the_summary_says_who_was_tested_and_what_came_of_it(void **state_)
{
    const struct lc_report r = whole();
    const char *text = written(&r);

    (void)state_;
    assert_says(text,
                "**8 leads count, decided 2023-01-01 to 2023-01-08; 3 of them (37.5 %) were "
                "won within 90 days of coming in");
    assert_says(text, "as of 2023-05-23.");
    assert_says(text,
                "Trained on 4 leads decided up to 2023-01-04, tested on 3 later ones with "
                "1 win: A leads closed 22.0 % (11.0 % to 33.0 %), D leads closed 4.0 % "
                "(2.0 % to 6.0 %).");
    assert_says(text,
                "holds 34.7 % of their wins (by ratio points 22.0 %, without a score 10 %)");
    assert_says(text, "**How far this may be believed:** weak: column 'pages");
}

static void an_order_or_a_promise_that_did_not_hold_is_said_at_once(void **state_)
{
    const struct lc_report r = whole();
    struct lc_metric other[sizeof metric / sizeof *metric];
    const char *text = written(&r);

    (void)state_;
    assert_null(strstr(text, "did not hold"));
    assert_null(strstr(text, "were off:"));
    backtest.grades.n = 0;
    add_grade("logistic", "A", 100, 22, 31);
    add_grade("logistic", "B", 40, 20, 5);
    add_grade("logistic", "D", 200, 8, LC_NAN);
    memcpy(other, metric, sizeof other);
    other[7].value = 0.05; /* 11.7 % closed, 10 to 13 */
    backtest.metric = other;
    text = written(&r);
    assert_says(text, "**The order did not hold throughout:** B leads closed 50.0 % (25.0 % to "
                      "75.0 %), more than the better grade A.");
    assert_says(text,
                "**The promised close rates were off:** 5.0 % on average, and 11.7 % closed");
}

static void the_chapters_stand_in_order(void **state_)
{
    const struct lc_report r = whole();
    const char *at = written(&r);

    (void)state_;
    for (char number = '1'; number <= '9'; number++)
        at = chapter(at, number);
}

static void the_leads_that_count_and_those_that_do_not_add_up(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), '2');

    (void)state_;
    assert_says(text, "| in the file | 10 | 100.0 % |");
    assert_says(text, "| left out: no decision day | 1 | 10.0 % |");
    assert_says(text, "| left out: younger than the window | 1 | 10.0 % |");
    assert_says(text, "| counted | 8 | 80.0 % |");
    assert_says(text, "| counted: won in time | 3 | 30.0 % |");
    assert_says(text, "| counted: won later, so not won in time | 1 | 10.0 % |");
    assert_says(text, "| counted: lost | 3 | 30.0 % |");
    assert_says(text, "| counted: still open, so not won in time | 1 | 10.0 % |");
    assert_null(strstr(text, "neither won nor lost"));
    assert_says(text, "- 2 were won before the decision");
    assert_says(text, "| 60 | 75.0 % | 22 | 9 |");
}

static void grades_are_those_of_the_logistic_model(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), '3'), *after = strstr(text, "### By cell");

    (void)state_;
    assert_says(
        text,
        "Of: trained on 4 leads with 3 wins. Close rate: won (within the window, where there is one) over all leads");
    assert_says(text, "| A | 100 | 22 | 22.0 % |");
    assert_null(strstr(text, "90.0 %")); /* the ratio's A */
    assert_non_null(after);
    assert_says(after, "| A1 | 12 | 6 | 50.0 % |");
    assert_says(after, "too few leads: go by expected");
    assert_says(after, "| A | entered to won | 22 | 31 |");
    assert_says(after, "Blank: fewer than 5 wins with dates.");
    assert_says(text, "(grades.svg)");
}

static void each_model_is_a_row(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), '4');

    (void)state_;
    assert_says(text, "| ratio points (the published weighting) | 0.600 |");
    assert_says(text,
                "| logistic (the new model) | 0.713 | 0.660..0.760 | 0.081 | 0.275 | 0.913 | "
                "34.7 % |");
    assert_says(text, "promised 12.3 % of the test leads, and 11.7 % closed");
}

/* Points from the card, limits from the fit, whatever the order of its rows. */
static void points_stand_beside_their_intervals(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), '6');

    (void)state_;
    assert_says(text, "| 5 | 3 | 6 | 0.550 | 0.300..0.800 |");
    assert_says(text, "| 3 | 0 | \\-10 | \\-0.550 | \\-0.800..-0.300 |");
    assert_says(text, "| profile | 100.0 % |");
    assert_says(chapter(written(&r), '5'), "(information value): indus\\*try\\* (0.42)");
}

static void a_slower_cell_that_closes_more_often_is_named(void **state_)
{
    const struct lc_report r = whole();
    const char *text = chapter(written(&r), '7');

    (void)state_;
    assert_says(text,
                "- C1 (no clock, 12.0 %) is expected to close more often than A3 (48 h, 8.0 "
                "%), yet waits longer.");
    assert_null(strstr(text, "- D4")); /* B3 has 10 leads, too few to be held against it */
    assert_null(strstr(text, "- A3"));
    assert_says(text, "Cannot be judged (fewer than 20 leads): B3.");
    assert_says(text,
                "By expected close rate: A1 40.0 %, C1 12.0 %, A3 8.0 %, D4 2.0 %, B3 1.0 %.");
    assert_says(text, "| B3 | 10 |  | 7 |  | 1.0 % | 48 |"); /* no close rate of ten leads */
}

static void hostile_names_are_text(void **state_)
{
    const struct lc_report r = whole();
    const char *text = written(&r);

    (void)state_;
    for (const char *at = strchr(text, '<'); at; at = strchr(at + 1, '<'))
        assert_true(at > text && at[-1] == '\\');
    assert_says(text, "Banking \\| \\<script\\>alert(1)\\</script\\>");
    assert_says(text, "\\`rm\\` \\# Other"); /* the line end is a blank */
    assert_null(strstr(text, "\n# Other"));
    assert_says(text, "\\](evil.svg)");
    assert_null(strstr(text, "\n# id"));
    assert_says(text, "leads\\|2024.csv");
    assert_says(text, "````sh\nleadcal recalibrate 'a```b.csv' -o out\n````\n");
}

/* Every number has at most ten digits, so that a committed report is the same on every machine. */
static void no_number_has_more_than_ten_digits(void **state_)
{
    const struct lc_report r = whole();
    size_t digits = 0;

    (void)state_;
    for (const char *p = written(&r); *p; p++) {
        digits = *p >= '0' && *p <= '9' ? digits + 1 : *p == '.' && digits ? digits : 0;
        assert_true(digits <= 10);
    }
}

static void the_same_report_gives_the_same_bytes(void **state_)
{
    const struct lc_report r = whole();

    (void)state_;
    assert_string_equal(written(&r), written(&r));
}

static void what_is_missing_is_said_with_what_would_fill_it(void **state_)
{
    struct lc_report r = {.cohort = &cohort};
    const char *text;

    (void)state_;
    r.no_model = "nothing was <won>";
    text = written(&r);
    assert_says(text, "**There is no model:** nothing was \\<won\\>.");
    assert_says(chapter(text, '1'), "There is no account of the files");
    assert_says(chapter(text, '3'), "a shorter `--window`");
    assert_says(chapter(text, '5'), "name columns with `--by`");
    assert_says(chapter(text, '6'), "There is no model: nothing was");
    assert_says(chapter(text, '7'), "they need a model");
    assert_says(chapter(text, '8'), "No column was left out");
    assert_says(chapter(text, '9'), "too long to be kept");
    r = whole();
    r.backtest = NULL;
    r.no_backtest = "not enough history: 7 training wins";
    r.n_figures = 0;
    text = written(&r);
    assert_says(text, "were not tested on later leads:** not enough history: 7 training wins.");
    assert_says(chapter(text, '6'), "| profile | 100.0 % |");
}

static void without_dates_the_option_that_names_them_is_given(void **state_)
{
    const struct lc_cohort undated = {.n = 8, .y = y, .state = state, .n_won = 3};
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    r.cohort = &undated;
    r.n_figures = 0;
    backtest.split.by_time = false;
    for (size_t i = 0; i < backtest.grades.n; i++)
        backtest.grades.value[i * backtest.grades.k + 8].text = NULL;
    text = written(&r);
    assert_says(text, "names no dates");
    assert_says(text, "Trained on the first 4 leads in file order, tested on the last 3");
    assert_says(chapter(text, '3'), "with `--entered` and `--closed`");
    assert_says(chapter(text, '3'), "apt-get install gnuplot-nox");
}

static void one_dimension_has_no_cells_and_no_clocks(void **state_)
{
    struct lc_report r = whole();
    const char *text;

    (void)state_;
    FRAME(cells, "cells", cells_heading);
    add_cell("A", 50, 0.4, LC_NAN);
    add_cell("B", 60, 0.1, LC_NAN);
    text = chapter(written(&r), '7');
    assert_says(text, "name the columns of engagement with `--engagement`");
    assert_null(strstr(text, "waits longer"));
}

static void a_full_disk_is_said(void **state_)
{
    const struct lc_report r = whole();
    FILE *to = fopen("/dev/full", "wb");
    struct lc_err err;

    (void)state_;
    if (!to) {
        print_message("skipped: %s: there is no /dev/full\n", __func__);
        skip();
    }
    assert_int_equal(lc_report_markdown(&r, to, &err), LC_EIO);
    assert_non_null(strstr(err.text, "No space left"));
    (void)fclose(to);
}

/* Every limit below what is needed is refused, and every one above it is enough. */
static void every_refused_allocation_is_an_error(void **state_)
{
    struct lc_report r = whole();
    struct lc_arena limited;
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state_;
    lc_arena_init(&limited, 0);
    files.arena = &limited;
    for (size_t limit = 0; rc == LC_ENOMEM && limit < 1 << 20; limit += 64) {
        FILE *to = tmpfile();
        struct lc_err err;

        assert_non_null(to);
        limited.limit = limit;
        rc = lc_report_markdown(&r, to, &err);
        refused += rc == LC_ENOMEM;
        (void)fclose(to);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 10);
    lc_arena_release(&limited);
}

static int set_up(void **state_)
{
    (void)state_;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    make_frames();
    return 0;
}

static int tear_down(void **state_)
{
    (void)state_;
    lc_arena_release(&arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_summary_says_who_was_tested_and_what_came_of_it),
        TEST(an_order_or_a_promise_that_did_not_hold_is_said_at_once),
        TEST(the_chapters_stand_in_order),
        TEST(the_leads_that_count_and_those_that_do_not_add_up),
        TEST(grades_are_those_of_the_logistic_model),
        TEST(each_model_is_a_row),
        TEST(points_stand_beside_their_intervals),
        TEST(a_slower_cell_that_closes_more_often_is_named),
        TEST(hostile_names_are_text),
        TEST(no_number_has_more_than_ten_digits),
        TEST(the_same_report_gives_the_same_bytes),
        TEST(what_is_missing_is_said_with_what_would_fill_it),
        TEST(without_dates_the_option_that_names_them_is_given),
        TEST(one_dimension_has_no_cells_and_no_clocks),
        TEST(a_full_disk_is_said),
        TEST(every_refused_allocation_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
