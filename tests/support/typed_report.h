/* typed_report.h - a whole report of few typed numbers, with names that would break a page. */
#ifndef LC_TYPED_REPORT_H
#define LC_TYPED_REPORT_H

#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/agreement.h"
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

static const struct lc_heading workload_heading[] = {TEXT("what"), REAL("before"),
                                                     REAL("after")};
static const struct lc_heading changes_heading[] = {
    TEXT("attribute"),   TEXT("level"),  REAL("current_points"),
    COUNT("new_points"), REAL("change"), COUNT("leads"),
    COUNT("won")};
static const struct lc_heading files_heading[] = {
    TEXT("file"), COUNT("rows_seen"), COUNT("rows_used"), {"sha256", LC_CELL_TEXT, NULL, true}};
static const struct lc_heading rates_heading[] = {
    TEXT("attribute"), TEXT("level"),      COUNT("leads"),      COUNT("won"),
    RATE("rate"),      REAL("ratio"),      REAL("p_adjusted"),  REAL("iv_adjusted"),
    REAL("ratio_low"), REAL("ratio_high"), REAL("shrunk_ratio")};
static const struct lc_heading audit_heading[] = {
    TEXT("column"), TEXT("severity"), TEXT("step"),
    TEXT("reason"), TEXT("evidence"), {"value", LC_CELL_REAL, NULL, true}};
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

static const struct lc_heading bins_heading[] = {
    TEXT("model"),    COUNT("bin"), COUNT("leads"), RATE("predicted"),
    RATE("observed"), RATE("low"),  RATE("high")};
static const struct lc_heading gains_heading[] = {TEXT("model"), RATE("fraction"),
                                                  COUNT("leads"), REAL("won"), RATE("capture")};
static const struct lc_heading funnel_heading[] = {
    TEXT("period"),      COUNT("leads"),          COUNT("handed_over"),
    COUNT("accepted"),   COUNT("opportunities"),  COUNT("won"),
    COUNT("lost"),       COUNT("open"),           REAL("amount"),
    RATE("cohort_rate"), COUNT("closed_won"),     REAL("closed_amount"),
    RATE("period_rate"), COUNT("closed_earlier"), COUNT("closed_later"),
    TEXT("note")};
static const struct lc_heading young_heading[] = {
    TEXT("grade"), COUNT("leads"), COUNT("won"),
    COUNT("lost"), COUNT("open"),  RATE("incidence"),
    RATE("low"),   RATE("high"),   COUNT("cycle_median_days")};
static const struct lc_heading maturity_heading[] = {
    TEXT("segment"),   COUNT("age_days"), COUNT("leads_at_risk"), COUNT("won"),
    RATE("share_won"), RATE("low"),       RATE("high"),           RATE("share_of_eventual")};
static const struct lc_heading accept_heading[] = {
    TEXT("by"),           TEXT("group"),           TEXT("period"),    COUNT("handed_over"),
    COUNT("accepted"),    COUNT("rejected"),       COUNT("recycled"), COUNT("untouched"),
    COUNT("pending"),     RATE("acceptance_rate"), RATE("low"),       RATE("high"),
    RATE("decided_rate"), COUNT("returned"),       TEXT("note")};
static const struct lc_heading sla_heading[] = {
    TEXT("by"),       TEXT("group"),     COUNT("sla_hours"), COUNT("handed_over"),
    COUNT("met"),     COUNT("breached"), COUNT("pending"),   COUNT("unknown"),
    RATE("met_rate"), RATE("low"),       RATE("high"),       REAL("median_hours"),
    REAL("p90_hours")};

#define FRAME(f, name, heading) \
    lc_frame_init(&(f), name, heading, sizeof(heading) / sizeof(heading)[0], &arena)

static const struct lc_heading drift_heading[] = {
    TEXT("what"),       TEXT("attribute"),
    TEXT("level"),      COUNT("baseline_leads"),
    COUNT("new_leads"), RATE("baseline_share"),
    RATE("new_share"),  {"p_adjusted", LC_CELL_P, NULL, false},
    TEXT("alarm")};
static const struct lc_heading expected_heading[] = {
    TEXT("what"), TEXT("grade"), COUNT("leads"), REAL("expected"), REAL("low"), REAL("high")};

static union lc_value *add(struct lc_frame *f)
{
    union lc_value *row = NULL;
    struct lc_err err;

    assert_int_equal(lc_frame_add(f, &row, &err), LC_OK);
    return row;
}

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
static struct lc_model_cell model_cell[5];
static struct lc_model model = {.card = {.method = "logistic", .k = 1, .attribute = &industry}};

/* Ten rows: one without a day, one too young; eight count. Days 19358-19365 are 2023-01-01 on. */
static const uint8_t y[] = {1, 1, 1, 0, 0, 0, 0, 0};
static const uint8_t state[] = {LC_STATE_WON,  LC_STATE_WON,  LC_STATE_WON,  LC_STATE_WON,
                                LC_STATE_LOST, LC_STATE_LOST, LC_STATE_LOST, LC_STATE_OPEN};
static const int32_t day[] = {19358, 19359, 19360, 19361, 19362, 19363, 19364, 19365};
static const char *const cohort_note[] = {"outcome 'stage': won is '<b>Won</b>'"};
static const struct lc_cohort cohort = {.n = 8,
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
                                        .account = {.leads = 10,
                                                    .undated = 1,
                                                    .immature = 1,
                                                    .won_late = 1,
                                                    .negative = 2,
                                                    .associated = 4},
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

static struct lc_frame files, audit, rates, fit, cells, funnel, accept, accept_sla, maturity,
    young, drift_table, expected_table;
static struct lc_backtest backtest;
static struct lc_comparison comparison;

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
    model_cell[cells.n - 1] = (struct lc_model_cell){.leads = leads, .expected = expected};
    (void)memcpy(model_cell[cells.n - 1].grade, grade, strlen(grade) + 1);
}

/* The agreement on the cells added: the clocks of the defaults, which the rows hold too. */
static void agree(void)
{
    struct lc_spec spec;
    struct lc_err err;

    lc_spec_init(&spec);
    model.cell = model_cell;
    model.n_cells = cells.n;
    assert_int_equal(lc_model_agree(&model, model_cell, &spec.agreement, &arena, &err), LC_OK);
}

static void make_backtest(void)
{
    backtest = (struct lc_backtest){
        .split = {train, test, 4, 3, 3, 1, 1, 19361, 19363, true, "test", NULL, 90},
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

static void make_plots(void)
{
    static const char *const model_of[] = {"ratio", "logistic", "current"};

    FRAME(backtest.bins, "calibration", bins_heading);
    FRAME(backtest.gains, "lift", gains_heading);
    for (size_t i = 0; i < 3; i++) {
        union lc_value *row = add(&backtest.bins);

        row[0].text = model_of[i];
        row[1].number = 1;
        row[2].number = 125;
        row[3].number = 0.1 + 0.05 * (double)i;
        row[4].number = 0.16;
        for (size_t step = 1; step <= 2; step++) {
            row = add(&backtest.gains);
            row[0].text = model_of[i];
            row[1].number = 0.05 * (double)step;
            row[2].number = 62 * (double)step;
            row[3].number = 20 * (double)step + 2.5 * (double)i;
            row[4].number = 0.17 * (double)step + 0.01 * (double)i;
        }
    }
}

static void add_change(const char *level, double now, double points)
{
    union lc_value *row = add(&comparison.changes);

    row[0].text = "indus*try*";
    row[1].text = level;
    row[2].number = now;
    row[3].number = points;
    row[4].number = points - now;
    row[5].number = 5;
    row[6].number = 3;
}

static void make_comparison(void)
{
    static const char *const what[] = {"above <the line>", "newly above"};

    backtest.volume = (struct lc_volume){.per_week = 12.5,
                                         .weeks = 8,
                                         .source = "as many as it <accepted>",
                                         .known = true,
                                         .new_model = {0.6, 0.45, 0.75},
                                         .current = {0.4, 0.25, 0.55},
                                         .chance = 0.21,
                                         .has_current = true};
    FRAME(backtest.workload, "workload", workload_heading);
    for (size_t i = 0; i < 2; i++) {
        union lc_value *row = add(&backtest.workload);

        row[0].text = what[i];
        row[1].number = i ? LC_NAN : 12.5;
        row[2].number = 3.25;
    }
    comparison = (struct lc_comparison){.advice = LC_ADVICE_KEEP,
                                        .why = "the new score <holds> no more",
                                        .settle = "about 37 <more> wins"};
    FRAME(comparison.changes, "changes", changes_heading);
    add_change(levels[0], -9, 6);
    add_change(levels[1], 1, -10);
    for (size_t i = 0; i < 4; i++)
        add_change("level", 2, (double)i);
}

static void add_quarter(const char *period, double leads, double won, double closed)
{
    union lc_value *row = add(&funnel);

    row[0].text = period;
    row[1].number = leads;
    row[3].number = leads / 2;
    row[5].number = won;
    row[6].number = leads - won - 3;
    row[7].number = 3;
    row[9].number = won / leads;
    row[10].number = closed;
    row[12].number = closed / leads;
    row[13].number = 5;
    row[15].text = leads < 100 ? "few <leads>" : NULL;
}

static void make_young(void)
{
    static const char *const grade[] = {"A1", "A", "(all)"};
    struct lc_err err;

    FRAME(young, "incidence", young_heading);
    young.title = "trained on <4> leads";
    for (size_t i = 0; i < 3; i++) {
        union lc_value *row = add(&young);

        row[0].text = grade[i];
        row[1].number = 21 + (double)i;
        row[2].number = 6;
        row[3].number = 11;
        row[4].number = 4 + (double)i;
        row[5].number = 0.3125;
        row[6].number = 0.175;
        row[7].number = 0.5;
        row[8].number = i ? 27 : LC_NAN;
    }
    assert_int_equal(lc_frame_note(&young, &err, "12 leads <decided> after"), LC_OK);
}

static void make_maturity(void)
{
    static const double age[] = {30, 45, 90};
    struct lc_err err;

    FRAME(maturity, "maturity", maturity_heading);
    maturity.title = "41 leads by their <age>";
    for (size_t i = 0; i < 6; i++) {
        union lc_value *row = add(&maturity);

        row[0].text = i < 3 ? "(all)" : "source=<b>Web</b>";
        row[1].number = age[i % 3];
        row[2].number = 40 - age[i % 3] / 3;
        row[3].number = 4 + (double)(i % 3);
        row[4].number = 0.1 + 0.02 * (double)(i % 3);
        row[5].number = row[4].number - 0.05;
        row[6].number = row[4].number + 0.06;
        row[7].number = 0.5 + 0.2 * (double)(i % 3);
    }
    assert_int_equal(lc_frame_note(&maturity, &err, "half of the wins come within <48> days"),
                     LC_OK);
}

static void add_acceptance(const char *by, const char *group, const char *period,
                           double handed_over, double accepted)
{
    union lc_value *row = add(&accept);

    row[0].text = by;
    row[1].text = group;
    row[2].text = period;
    row[3].number = handed_over;
    row[4].number = accepted;
    row[7].number = 30;
    row[8].number = 10;
    row[9].number = accepted / (handed_over - 10);
    row[10].number = row[9].number - 0.04;
    row[11].number = row[9].number + 0.03;
}

static void make_audit(void)
{
    union lc_value *row;

    FRAME(audit, "audit", audit_heading);
    row = add(&audit);
    row[0].text = "e_mail<script>";
    row[1].text = "reject";
    row[2].text = "fill";
    row[3].text = "It is filled in when a lead is won";
    row[4].text = "filled for 97 % of the won | 3 % of the rest";
    row[5].number = 0.88;
}

static void make_acceptance(void)
{
    static char owner[14][40];
    union lc_value *row;
    struct lc_err err;

    FRAME(accept, "accept", accept_heading);
    accept.title = "grade as of <export>";
    add_acceptance("(all)", "(all)", "(all)", 410, 250);
    add_acceptance("(all)", "(all)", "2025-Q2", 200, 110);
    add_acceptance("(all)", "(all)", "2025-Q3", 210, 140);
    add_acceptance("grade", "A1", "(all)", 110, 90);
    add_acceptance("grade", "A1", "2025-Q3", 60, 31);
    add_acceptance("source", "<img src=x onerror=alert(1)>", "(all)", 90, 31);
    for (size_t i = 0; i < 14; i++) {
        (void)snprintf(owner[i], sizeof owner[i], "Owner %zu|`x`", i);
        add_acceptance("owner", owner[i], "(all)", 100 - 3 * (double)i, 20);
    }
    assert_int_equal(lc_frame_note(&accept, &err, "nobody <knows> when"), LC_OK);
    FRAME(accept_sla, "accept_sla", sla_heading);
    row = add(&accept_sla);
    row[0].text = "grade";
    row[1].text = "A1";
    row[2].number = 24;
    row[3].number = 110;
    row[4].number = 80;
    row[5].number = 25;
    row[8].number = 80.0 / 105;
    row[11].number = 7.25;
}

/* An attribute in alarm with a level that would break a table, one at rest, and the letter. */
static void make_drift(void)
{
    static const char *const row_of[][4] = {{"attribute", "indus*try*", "(all)", "yes"},
                                            {"attribute", "indus*try*", "Pod|cast", ""},
                                            {"attribute", "source", "(all)", "no"},
                                            {"attribute", "source", "Quiet", ""},
                                            {"score", "letter", "(all)", "yes"},
                                            {"score", "letter", "A", ""}};
    static const char *const expected_of[][2] = {
        {"close_rate", "(all)"}, {"close_rate", "B"}, {"close_rate", "B2"}, {"auc", "(all)"}};
    union lc_value *row;
    struct lc_err err;

    FRAME(drift_table, "drift", drift_heading);
    for (size_t i = 0; i < sizeof row_of / sizeof *row_of; i++) {
        row = add(&drift_table);
        row[0].text = row_of[i][0];
        row[1].text = row_of[i][1];
        row[2].text = row_of[i][2];
        row[3].number = 211 + (double)i;
        row[4].number = 97 - (double)i;
        row[5].number = 0.25;
        row[6].number = 0.25 + 0.03 * (double)(i % 4);
        row[8].text = row_of[i][3];
    }
    assert_int_equal(lc_frame_note(&drift_table, &err, "left <out>: 3 leads"), LC_OK);
    FRAME(expected_table, "expected", expected_heading);
    for (size_t i = 0; i < sizeof expected_of / sizeof *expected_of; i++) {
        row = add(&expected_table);
        row[0].text = expected_of[i][0];
        row[1].text = expected_of[i][1];
        row[2].number = 61;
        row[3].number = 0.123 + 0.1 * (double)i;
    }
}

static void make_frames(void)
{
    union lc_value *row;

    make_drift();
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
        row[5].number = i == 2 ? 1.6 : 0.4;
        row[6].number = 0.01;
        row[7].number = i == 1 ? 0.42 : i > 1 ? 0.21 : LC_NAN;
        row[8].number = row[5].number * 0.8;
        row[9].number = row[5].number * 1.25;
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
    agree();
    make_backtest();
    make_plots();
    make_comparison();
    FRAME(funnel, "funnel", funnel_heading);
    add_quarter("2025-Q2", 120, 12, 9);
    add_quarter("2025-Q3", 80, 4, 10);
    make_young();
    make_maturity();
    make_acceptance();
    make_audit();
}

static const char svg_bytes[] = "<svg>of rates</svg>";
static const struct lc_picture picture[] = {
    {.figure = LC_FIGURE_RATES,
     .name = "rates.svg",
     .svg = {svg_bytes, sizeof svg_bytes - 1},
     .text = "Rates ](evil.svg) <script> \" onerror=\"x"},
    {.figure = LC_FIGURE_GRADES, .name = "grades.svg", .why = "gnuplot is <not> there"},
    {.figure = LC_FIGURE_CYCLE, .name = "cycle.svg"}, /* nothing to draw */
};
static const char *const left_out[] = {"e_mail<script>: personal | data", "# id: unique"};

static const char *const suspect[] = {"close<d>_reason", "a|b", "`c`", "d", "e", "f"};

static struct lc_report whole(void)
{
    return (struct lc_report){.command = "leadcal recalibrate 'a```b.csv' -o out",
                              .cohort = &cohort,
                              .files = &files,
                              .rates = &rates,
                              .fit = &fit,
                              .backtest = &backtest,
                              .comparison = &comparison,
                              .model = &model,
                              .cells = &cells,
                              .funnel = &funnel,
                              .accept = &accept,
                              .young = &young,
                              .maturity = &maturity,
                              .accept_new = &accept,
                              .accept_sla = &accept_sla,
                              .picture = picture,
                              .n_pictures = 3,
                              .audit = &audit,
                              .left_out = left_out,
                              .n_left_out = 2,
                              .suspect = suspect,
                              .n_suspect = 6};
}

typedef enum lc_rc (*writer)(const struct lc_report *r, FILE *to, struct lc_err *err);

/* The report as text; it lives in a temporary file, as a FILE in memory is no C11. */
static const char *written_by(const struct lc_report *r, writer write)
{
    FILE *to = tmpfile();
    struct lc_err err;
    char *text;
    long n;

    assert_non_null(to);
    assert_int_equal(write(r, to, &err), LC_OK);
    n = ftell(to);
    assert_true(n > 0);
    rewind(to);
    text = LC_NEW(&arena, (size_t)n + 1, char);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, to), n);
    (void)fclose(to);
    return text;
}

static const char *written(const struct lc_report *r)
{
    return written_by(r, lc_report_markdown);
}

#define assert_says(text, words) assert_said((text), (words), __FILE__, __LINE__)

static void assert_said(const char *text, const char *words, const char *file, int line)
{
    if (strstr(text, words))
        return;
    print_error("the report does not say: %s\n", words);
    _fail(file, line);
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

#endif
