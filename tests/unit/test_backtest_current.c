#include "test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/agreement.h"
#include "leadcal/num.h"
#include "leadcal/points_file.h"
#include "raced.h"

/* The new model knows industry and source; visits are the score in use. */
enum { ATTRIBUTES = 2 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, SOURCE};

static enum lc_rc run(const struct simulated *s, const struct lc_current *current,
                      double capacity, struct lc_arena *to, struct lc_backtest *b,
                      struct lc_err *err)
{
    struct lc_backtest_options options;

    lc_backtest_options_init(&options);
    options.current = current;
    options.capacity = capacity;
    return lc_backtest(&s->table, &s->cohort, column, NULL, ATTRIBUTES, &options, NULL, to, b,
                       err);
}

static struct lc_backtest against(const struct simulated *s, const struct lc_current *current)
{
    struct lc_backtest b;
    struct lc_err err = {.text = ""};

    if (run(s, current, 0, &arena, &b, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return b;
}

static bool says(const struct lc_frame *f, const char *part)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], part))
            return true;
    return false;
}

static double visits_of(const struct simulated *s, size_t lead)
{
    double x = LC_NAN;

    (void)lc_real_parse(lc_slice_of(s->cell[VISITS][s->cohort.row[lead]]), &x);
    return x;
}

/* The area under the curve by its definition, pair by pair; no score is worse than any. */
static double area(const struct simulated *s, const struct lc_backtest *b)
{
    double pairs = 0, good = 0;

    for (size_t i = 0; i < b->split.n_test; i++)
        for (size_t j = 0; j < b->split.n_test; j++) {
            const size_t won = b->split.test[i], lost = b->split.test[j];
            double x = visits_of(s, won), y = visits_of(s, lost);

            if (!s->cohort.y[won] || s->cohort.y[lost])
                continue;
            x = isnan(x) ? -1 : x;
            y = isnan(y) ? -1 : y;
            pairs += 1;
            good += x > y ? 1 : x == y ? 0.5 : 0;
        }
    return good / pairs;
}

static const struct lc_current visits = {.name = "column:visits", .column = "visits"};

static void a_score_column_runs_beside_the_others(void **state)
{
    const struct simulated *s = simulated_by(1);
    const struct lc_backtest b = against(s, &visits);

    (void)state;
    assert_close(value_of(&b, "current", "test", "auc"), area(s, &b), 1e-12);
    /* A logistic of two parameters over the training leads means what it says on average. */
    assert_close(value_of(&b, "current", "test", "mean_predicted"),
                 value_of(&b, "current", "test", "observed_rate"), 0.05);
    assert_true(b.volume.has_current);
    assert_close(b.volume.gain, b.volume.new_model.share - b.volume.current.share, 1e-15);
    assert_close(value_of(&b, "logistic", "test", "capture_over_current"), b.volume.gain, 0);
    assert_int_equal(metric_at(&b, "logistic", "test", "capture_over_chance"), b.n_metrics);
    assert_true(b.volume.gain_low < b.volume.gain && b.volume.gain < b.volume.gain_high);
    assert_close(b.volume.leads, (double)b.split.n_test, 0);
    assert_null(b.no_current);
}

/* Points that rise with the visits order the leads as the visits do. */
static const char points[] = "dimension,attribute,level,points\n"
                             "engagement,visits,0,-4\nengagement,visits,1,0\n"
                             "engagement,visits,2,5\nengagement,visits,3,10\n"
                             "engagement,visits,4,11\nengagement,visits,5,30\n";

static struct lc_model points_model(void)
{
    struct lc_model m;
    struct lc_err err;

    assert_int_equal(lc_points_parse("points.csv", lc_slice_of(points), &arena, &m, &err),
                     LC_OK);
    return m;
}

static void a_points_file_orders_the_leads_as_its_points_do(void **state)
{
    const struct simulated *s = simulated_by(2);
    const struct lc_model m = points_model();
    const struct lc_current card = {.name = "points.csv", .model = &m};
    const struct lc_backtest by_card = against(s, &card), by_column = against(s, &visits);

    (void)state;
    assert_close(value_of(&by_card, "current", "test", "auc"),
                 value_of(&by_column, "current", "test", "auc"), 1e-12);
    assert_close(by_card.volume.current.share, by_column.volume.current.share, 1e-12);
    assert_close(value_of(&by_card, "current", "test", "mean_predicted"),
                 value_of(&by_card, "current", "test", "observed_rate"), 0.05);
}

/* A card that knows probabilities keeps its own, and its own grades. */
static void a_model_is_judged_by_the_leads_after_its_own_data(void **state)
{
    const struct simulated *s = simulated_by(3);
    struct lc_model m = points_model();
    const struct lc_current current = {.name = "last.json", .model = &m};
    const struct lc_backtest whole = against(s, NULL);
    struct lc_backtest b;
    size_t later = 0, won = 0;

    (void)state;
    m.card.intercept = log(0.25 / 0.75);
    m.grades.digit =
        (struct lc_grade_cuts){.used = true, .cut = {10, 5, 0}, .share = {0.4, 0.2, 0.2, 0.2}};
    m.boundary.last_decision = whole.split.first_test - 1;
    b = against(s, &current);
    assert_close(value_of(&b, "current", "test", "test_leads"), (double)whole.split.n_test, 0);
    assert_close(value_of(&b, "current", "test", "mean_predicted"), 0.25, 1e-12);
    m.boundary.last_decision = whole.split.first_test + 20;
    for (size_t i = 0; i < whole.split.n_test; i++)
        if (s->cohort.day[whole.split.test[i]] > m.boundary.last_decision) {
            later++;
            won += s->cohort.y[whole.split.test[i]];
        }
    b = against(s, &current);
    assert_close(value_of(&b, "current", "test", "test_leads"), (double)later, 0);
    assert_close(value_of(&b, "current", "test", "test_won"), (double)won, 0);
    assert_close(b.volume.leads, (double)later, 0);
    assert_close(value_of(&b, "logistic", "test", "test_leads"), (double)whole.split.n_test, 0);
    m.boundary.last_decision = s->cohort.as_of;
    b = against(s, &current);
    assert_int_equal(metric_at(&b, "current", "test", "auc"), b.n_metrics);
    assert_non_null(
        strstr(b.no_current, "the current model has learnt from leads decided up to "));
    assert_true(says(&b.grades, b.no_current) && says(&b.metrics, b.no_current));
    assert_false(b.volume.has_current);
}

/* What had matured in the model's data is not new to it, although the youngest lead that it learnt from is
 * older; and in no order of time it is the same leads that are new. */
static void a_model_has_seen_what_had_matured_in_its_data(void **state)
{
    const struct simulated *s = simulated_by(3);
    struct lc_model m = points_model();
    const struct lc_current current = {.name = "last.json", .model = &m};
    const struct lc_backtest whole = against(s, NULL);
    struct lc_backtest_options o;
    struct lc_backtest b;
    struct lc_err err;
    size_t later = 0, everywhere = 0;

    (void)state;
    m.boundary.last_decision = whole.split.first_test - 30;
    m.boundary.as_of = whole.split.first_test + 70;
    m.boundary.window_days = 60;
    for (size_t i = 0; i < whole.split.n_test; i++)
        later += s->cohort.day[whole.split.test[i]] > whole.split.first_test + 10;
    b = against(s, &current);
    assert_close(value_of(&b, "current", "test", "test_leads"), (double)later, 0);
    assert_int_equal(b.n_judged, 1);
    assert_int_equal(b.judged[0].first, whole.split.first_test + 11);
    assert_int_equal(b.judged[0].last, s->cohort.day[s->cohort.n - 1]);
    assert_close(b.judged[0].volume.gain, b.volume.gain, 0);
    for (size_t i = 0; i < s->cohort.n; i++)
        everywhere += s->cohort.day[i] > whole.split.first_test + 10;
    lc_backtest_options_init(&o);
    o.current = &current;
    o.rolling = LC_ROLLING_MIXED;
    assert_int_equal(lc_backtest(&s->table, &s->cohort, column, NULL, ATTRIBUTES, &o, NULL,
                                 &arena, &b, &err),
                     LC_OK);
    assert_close(value_of(&b, "current", "all", "test_leads"), (double)everywhere, 0);
}

/* DEFINITIONS 5: earlier folds show it as in its training data; all together it is judged by the later ones. */
static void in_each_fold_a_model_is_judged_by_what_is_new_to_it(void **state)
{
    const struct simulated *s = simulated_by(3);
    struct lc_model m = points_model();
    const struct lc_current current = {.name = "last.json", .model = &m};
    struct lc_backtest_options o;
    struct lc_backtest b;
    struct lc_err err;
    double won = 0;

    (void)state;
    lc_backtest_options_init(&o);
    o.current = &current;
    o.rolling = LC_ROLLING_QUARTER;
    m.boundary.last_decision = 17550; /* 2018-01-19 */
    assert_int_equal(lc_backtest(&s->table, &s->cohort, column, NULL, ATTRIBUTES, &o, NULL,
                                 &arena, &b, &err),
                     LC_OK);
    assert_string_equal(b.folds, "2017-Q4, 2018-Q1, 2018-Q2, 2018-Q3");
    assert_int_equal(b.n_judged, 3);
    assert_true(says(&b.by_fold, "current, fold 2017-Q4, in its training data: "));
    assert_true(says(&b.metrics, "current, fold 2017-Q4, in its training data: "));
    assert_false(says(&b.metrics, "current, fold 2018-Q1"));
    assert_int_equal(b.judged[0].first, 17551);
    for (size_t k = 0; k < b.n_judged; k++)
        won += value_of(&b, "current", b.judged[k].fold, "test_won");
    assert_close(value_of(&b, "current", "all", "test_won"), won, 0);
    for (size_t k = 0; k < b.n_judged; k++)
        assert_close(b.judged[k].volume.won,
                     value_of(&b, "current", b.judged[k].fold, "test_won"), 0);
}

static void a_model_that_cannot_say_what_it_has_learnt_from_is_not_judged(void **state)
{
    const struct simulated *s = simulated_by(3);
    struct lc_model m = points_model();
    const struct lc_current current = {.name = "last.json", .model = &m};
    struct lc_backtest b;

    (void)state;
    m.boundary.leads = 2385;
    b = against(s, &current);
    assert_false(b.volume.has_current);
    assert_int_equal(b.n_judged, 0);
    assert_non_null(strstr(b.no_current,
                           "nobody can tell which of these leads the current model "
                           "has learnt from: its file has no days"));
}

static void leads_without_a_score_rank_last(void **state)
{
    struct simulated *s = simulated_by(4);
    struct lc_backtest b;
    size_t empty = 0;
    char note[80];

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i += 5)
        s->cell[VISITS][i] = "";
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = against(s, &visits);
    for (size_t i = 0; i < b.split.n_test; i++)
        empty += isnan(visits_of(s, b.split.test[i])) ? 1 : 0;
    assert_true(empty > 0);
    (void)snprintf(note, sizeof note, "current: %zu test leads have no score", empty);
    assert_true(says(&b.grades, note));
    assert_close(value_of(&b, "current", "test", "auc"), area(s, &b), 1e-12);
}

static void a_grade_column_keeps_its_grades(void **state)
{
    static const char *const grade[] = {"D4", "C3", "B2", "B1", "A2", "A1"};
    static const struct lc_current current = {.name = "column:industry", .column = "industry"};
    static const size_t other[] = {SOURCE, STAFF};
    struct simulated *s = simulated_by(5);
    struct lc_backtest_options options;
    struct lc_backtest b;
    struct lc_err err;
    double a1 = 0, found = -1;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        s->cell[INDUSTRY][i] = grade[s->cell[VISITS][i][0] - '0'];
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    lc_backtest_options_init(&options);
    options.current = &current;
    assert_int_equal(
        lc_backtest(&s->table, &s->cohort, other, NULL, 2, &options, NULL, &arena, &b, &err),
        LC_OK);
    for (size_t i = 0; i < b.split.n_test; i++)
        a1 += strcmp(s->cell[INDUSTRY][s->cohort.row[b.split.test[i]]], "A1") == 0;
    for (size_t i = 0; i < b.grades.n; i++) {
        const union lc_value *row = b.grades.value + i * b.grades.k;

        if (strcmp(row[0].text, "current") == 0 && strcmp(row[2].text, "A1") == 0)
            found = row[3].number;
    }
    assert_close(found, a1, 0);
    assert_false(says(&b.grades, "current: no training lead got"));
}

/* ---- equal volume ---- */

static void capacity_is_given_accepted_or_a_fifth(void **state)
{
    struct simulated *s = simulated_by(6);
    uint8_t *accepted = LC_NEW(&arena, s->cohort.n, uint8_t);
    struct lc_backtest b = against(s, &visits);
    struct lc_err err;
    double taken = 0;

    (void)state;
    assert_close(b.volume.per_week * b.volume.weeks, 0.2 * (double)b.split.n_test, 1e-9);
    assert_non_null(strstr(b.volume.source, "a fifth of the leads"));
    for (size_t i = 0; i < s->cohort.n; i++)
        accepted[i] = i % 3 == 0;
    s->cohort.accepted = accepted;
    b = against(s, &visits);
    for (size_t i = 0; i < b.split.n_test; i++)
        taken += accepted[b.split.test[i]];
    assert_close(b.volume.per_week * b.volume.weeks, taken, 1e-9);
    assert_close(b.volume.chance, taken / (double)b.split.n_test, 0.02);
    assert_int_equal(run(s, &visits, 2.5, &arena, &b, &err), LC_OK);
    assert_close(b.volume.per_week, 2.5, 0);
    assert_non_null(strstr(b.volume.source, "--capacity"));
}

static void without_a_current_model_the_new_one_is_compared_with_chance(void **state)
{
    const struct simulated *s = simulated_by(7);
    const struct lc_backtest b = against(s, NULL);

    (void)state;
    assert_false(b.volume.has_current);
    assert_close(b.volume.gain, b.volume.new_model.share - b.volume.chance, 1e-15);
    assert_close(value_of(&b, "none", "test", "capture_at_capacity"), b.volume.chance, 1e-12);
    assert_true(b.volume.gain_low > 0); /* Banking and referrals do close better */
}

static void without_dates_there_are_no_weeks(void **state)
{
    struct simulated *s = simulate(8, &arena);
    struct lc_backtest b;

    (void)state;
    s->spec.date.entered = s->spec.date.closed = NULL;
    simulated_cohort(s, &arena);
    b = against(s, &visits);
    assert_true(isnan(b.volume.weeks));
    assert_close(b.volume.per_week, 0.2 * (double)b.split.n_test, 1e-9);
    assert_close(value_of(&b, "logistic", "test", "capacity"), b.volume.per_week, 0);
}

/* ---- the week's work ---- */

static double work(const struct lc_backtest *b, const char *what, const char *column_name)
{
    const struct lc_frame *f = &b->workload;

    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k].text, what) == 0)
            return f->value[i * f->k + lc_frame_column(f, column_name)].number;
    return LC_NAN;
}

/* A count of the grades' table: column 3 leads, 4 won. */
static double count_of(const struct lc_backtest *b, const char *model, const char *grade,
                       size_t at)
{
    for (size_t i = 0; i < b->grades.n; i++) {
        const union lc_value *row = b->grades.value + i * b->grades.k;

        if (strcmp(row[0].text, model) == 0 && strcmp(row[2].text, grade) == 0)
            return row[at].number;
    }
    return 0;
}

/* What stands above the line is what the cells of the grades' table hold, week by week. */
static void the_weeks_work_is_that_of_the_cells(void **state)
{
    static const size_t both[] = {INDUSTRY, SOURCE, VISITS};
    static const char *const on_24[] = {"A1", "B1"}, *const on_48[] = {"A2", "A3", "B2", "B3"};
    static const struct lc_agreement said = {.effective_from = LC_NO_DAY,
                                             .next_review = LC_NO_DAY};
    static const struct lc_current staff = {.name = "column:staff", .column = "staff"};
    const struct simulated *s = simulated_by(11);
    const struct lc_spec_attribute *given[] = {NULL, NULL, &s->spec.attribute[0]};
    struct lc_backtest_options options;
    struct lc_agreement agreement;
    struct lc_backtest b;
    struct lc_err err;
    double first = 0, second = 0, won = 0, weeks;

    (void)state;
    lc_backtest_options_init(&options);
    assert_int_equal(lc_agreement_resolve(&said, true, &arena, &agreement, &err), LC_OK);
    options.agreement = &agreement;
    options.current = &staff;
    assert_int_equal(
        lc_backtest(&s->table, &s->cohort, both, given, 3, &options, NULL, &arena, &b, &err),
        LC_OK);
    weeks = b.volume.weeks;
    for (size_t i = 0; i < 2; i++)
        first += count_of(&b, "logistic", on_24[i], 3);
    for (size_t i = 0; i < 4; i++)
        second += count_of(&b, "logistic", on_48[i], 3);
    for (size_t i = 0; i < 2; i++)
        won += count_of(&b, "logistic", on_24[i], 4);
    for (size_t i = 0; i < 4; i++)
        won += count_of(&b, "logistic", on_48[i], 4);
    assert_true(first > 0 && second > 0);
    assert_close(work(&b, "% of the wins above the line", "after"),
                 100 * won / (double)b.split.test_won, 1e-9);
    assert_close(work(&b, "on the 24 h clock", "after") * weeks, first, 1e-9);
    assert_close(work(&b, "on the 48 h clock", "after") * weeks, second, 1e-9);
    assert_close(work(&b, "above the hand-over line", "after") * weeks, first + second, 1e-9);
    assert_true(isnan(work(&b, "on the 24 h clock", "before")));
    /* 400 different values: the line lies within a few leads of what sales takes. */
    assert_close(work(&b, "above the hand-over line", "before") / b.volume.per_week, 1, 0.1);
    assert_close(work(&b, "come above the line", "after") -
                     work(&b, "fall below the line", "after"),
                 work(&b, "above the hand-over line", "after") -
                     work(&b, "above the hand-over line", "before"),
                 1e-9);
    assert_int_equal(b.workload.n_notes, 1);
}

static void what_cannot_be_put_to_the_test_is_refused(void **state)
{
    static const struct lc_current absent = {.name = "column:vists", .column = "vists"},
                                   texts = {.name = "column:source", .column = "source"};
    const struct simulated *s = simulated_by(9);
    struct lc_model m = points_model();
    struct lc_card_attribute renamed = m.card.attribute[0];
    const struct lc_current model = {.name = "points.csv", .model = &m};
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    assert_int_equal(run(s, &absent, 0, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'visits'"));
    assert_int_equal(run(s, &texts, 0, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "column 'source' cannot be the score"));
    renamed.attribute.column = "visit";
    m.card.attribute = &renamed;
    assert_int_equal(run(s, &model, 0, &arena, &b, &err), LC_EMISMATCH);
    assert_memory_equal(err.text, "points.csv: ", 12);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct simulated *s = simulated_by(10);
    bool done = false;

    (void)state;
    for (size_t limit = 0; !done; limit += 20011) {
        struct lc_arena small;
        struct lc_backtest b;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = run(s, &visits, 0, &small, &b, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 100000000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_score_column_runs_beside_the_others),
        TEST(a_points_file_orders_the_leads_as_its_points_do),
        TEST(a_model_is_judged_by_the_leads_after_its_own_data),
        TEST(a_model_has_seen_what_had_matured_in_its_data),
        TEST(in_each_fold_a_model_is_judged_by_what_is_new_to_it),
        TEST(a_model_that_cannot_say_what_it_has_learnt_from_is_not_judged),
        TEST(leads_without_a_score_rank_last),
        TEST(a_grade_column_keeps_its_grades),
        TEST(capacity_is_given_accepted_or_a_fifth),
        TEST(without_a_current_model_the_new_one_is_compared_with_chance),
        TEST(without_dates_there_are_no_weeks),
        TEST(the_weeks_work_is_that_of_the_cells),
        TEST(what_cannot_be_put_to_the_test_is_refused),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
