#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "leadcal/io.h"
#include "leadcal/load.h"
#include "raced.h"

/* Industry, staff (binned) and source are profile, visits is engagement. */
enum { ATTRIBUTES = 4 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, STAFF, SOURCE, VISITS};

static const struct raced columns = {column, ATTRIBUTES};

static struct lc_backtest_options usual(void)
{
    struct lc_backtest_options o;

    lc_backtest_options_init(&o);
    return o;
}

static struct lc_backtest run_well(const struct simulated *s)
{
    const struct lc_backtest_options o = usual();

    return race_well(s, columns, &o);
}

static const union lc_value *grade_row(const struct lc_backtest *b, const char *model,
                                       const char *grade)
{
    for (size_t i = 0; i < b->grades.n; i++) {
        const union lc_value *row = b->grades.value + i * b->grades.k;

        if (strcmp(row[0].text, model) == 0 && strcmp(row[2].text, grade) == 0)
            return row;
    }
    return NULL;
}

static double cell(const struct lc_backtest *b, const union lc_value *row, const char *name)
{
    return row[lc_frame_column(&b->grades, name)].number;
}

/* ---- names and counts ---- */

static void the_frames_have_the_documented_columns_and_models(void **state)
{
    static const char grades[] =
        "model,fold,grade,leads,won,lost,open,close_rate,close_rate_low,close_rate_high,"
        "win_rate,won_with_dates,clock,horizon_days,cycle_median_days,cycle_median_low,"
        "cycle_median_high,cycle_p90_days,won_amount,";
    static const char *const models[] = {"ratio",   "logistic",   "woe", "integer",
                                         "profile", "engagement", "none"};
    const struct lc_backtest b = run_well(simulated_by(1));
    char names[1024] = "", order[256] = "";

    (void)state;
    for (size_t j = 0; j < b.grades.k; j++)
        (void)snprintf(names + strlen(names), sizeof names - strlen(names), "%s,",
                       b.grades.heading[j].name);
    assert_memory_equal(names, grades, strlen(grades));
    assert_string_equal(names + strlen(grades),
                        "won_late,share,expected_rate,note,leads_from_top,won_from_top,");
    names[0] = '\0';
    for (size_t j = 0; j < b.metrics.k; j++)
        (void)snprintf(names + strlen(names), sizeof names - strlen(names), "%s,",
                       b.metrics.heading[j].name);
    assert_string_equal(names, "model,fold,metric,value,low,high,");
    for (size_t i = 0; i < b.n_metrics; i++)
        if (strcmp(b.metric[i].metric, "train_leads") == 0)
            (void)snprintf(order + strlen(order), sizeof order - strlen(order), "%s,",
                           b.metric[i].model);
    assert_string_equal(order, "ratio,logistic,woe,integer,profile,engagement,none,");
    for (size_t m = 0; m < 7; m++)
        assert_non_null(grade_row(&b, models[m], "(all)"));
    assert_int_equal(b.metrics.n, b.n_metrics);
}

/* Sums a column over rows whose grade has a letter, a digit, or both. */
static double sum_over(const struct lc_backtest *b, const char *model, bool letter, bool digit,
                       const char *name)
{
    double sum = 0;

    for (size_t i = 0; i < b->grades.n; i++) {
        const union lc_value *row = b->grades.value + i * b->grades.k;
        const char *grade = row[2].text;

        if (strcmp(row[0].text, model) == 0 && grade[0] != '(' &&
            (strpbrk(grade, "ABCD") != NULL) == letter &&
            (strpbrk(grade, "1234") != NULL) == digit && !isnan(cell(b, row, name)))
            sum += cell(b, row, name);
    }
    return sum;
}

static void cells_letters_and_digits_each_hold_every_test_lead_once(void **state)
{
    static const char *const model[] = {"ratio", "logistic"};
    static const char *const name[] = {"leads", "won",      "lost",           "open",
                                       "share", "won_late", "won_with_dates", "won_amount"};
    const struct lc_backtest b = run_well(simulated_by(2));

    (void)state;
    for (size_t m = 0; m < 2; m++)
        for (size_t c = 0; c < 8; c++) {
            const double all = cell(&b, grade_row(&b, model[m], "(all)"), name[c]);

            assert_close(sum_over(&b, model[m], true, true, name[c]), all, 1e-12);
            assert_close(sum_over(&b, model[m], true, false, name[c]), all, 1e-12);
            assert_close(sum_over(&b, model[m], false, true, name[c]), all, 1e-12);
        }
    assert_close(sum_over(&b, "profile", true, false, "leads"), (double)b.split.n_test, 0);
    assert_close(sum_over(&b, "engagement", false, true, "leads"), (double)b.split.n_test, 0);
    assert_close(sum_over(&b, "profile", true, true, "leads"), 0, 0);
    assert_close(sum_over(&b, "none", true, true, "leads"), 0, 0);
}

static void every_row_adds_up_and_rates_are_those_of_its_counts(void **state)
{
    const struct lc_backtest b = run_well(simulated_by(3));
    double late = 0;

    (void)state;
    for (size_t i = 0; i < b.grades.n; i++) {
        const union lc_value *row = b.grades.value + i * b.grades.k;
        const double leads = cell(&b, row, "leads"), won = cell(&b, row, "won");
        const double lost = cell(&b, row, "lost");

        late += cell(&b, row, "won_late");
        assert_close(leads, won + lost + cell(&b, row, "open") + cell(&b, row, "won_late"), 0);
        if (leads > 0) {
            assert_close(cell(&b, row, "close_rate"), won / leads, 1e-15);
            assert_true(cell(&b, row, "close_rate_low") <= won / leads);
            assert_true(cell(&b, row, "close_rate_high") >= won / leads);
        }
        if (won + lost > 0)
            assert_close(cell(&b, row, "win_rate"), won / (won + lost), 1e-15);
        assert_true(isnan(cell(&b, row, "cycle_median_days")) ==
                    (cell(&b, row, "won_with_dates") < 5));
        assert_close(cell(&b, row, "horizon_days"), 60, 0);
    }
    assert_true(late > 0); /* wins take up to 75 days */
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void the_all_row_is_a_recount_of_the_test_leads(void **state)
{
    const struct simulated *s = simulated_by(4);
    const struct lc_backtest b = run_well(s);
    const union lc_value *row = grade_row(&b, "logistic", "(all)");
    double won = 0, late = 0, amount = 0, days[SIMULATED_LEADS];
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < b.split.n_test; i++) {
        const uint32_t at = s->cohort.row[b.split.test[i]];
        const bool is_won = strcmp(s->cell[STAGE][at], "Closed Won") == 0;
        const long cycle =
            strtol(s->cell[CLOSED][at], NULL, 10) - strtol(s->cell[ENTERED][at], NULL, 10);

        assert_true(strtol(s->cell[ENTERED][at], NULL, 10) >= b.split.first_test);
        if (is_won && cycle <= 60) {
            won++;
            days[n++] = (double)cycle;
            amount += strtod(s->cell[AMOUNT][at], NULL);
        }
        late += is_won && cycle > 60;
    }
    qsort(days, n, sizeof *days, by_value);
    assert_close(cell(&b, row, "won"), won, 0);
    assert_close(cell(&b, row, "won_late"), late, 0);
    assert_close(cell(&b, row, "won_with_dates"), (double)n, 0);
    assert_close(cell(&b, row, "won_amount"), amount, 1e-12);
    assert_close(cell(&b, row, "cycle_median_days"), (days[(n - 1) / 2] + days[n / 2]) / 2,
                 1e-15);
    assert_string_equal(row[lc_frame_column(&b.grades, "clock")].text, "entered to won");
}

static void training_labels_were_known_on_the_first_test_day(void **state)
{
    const struct simulated *s = simulated_by(5);
    const struct lc_backtest b = run_well(s);

    (void)state;
    for (size_t i = 0; i < b.split.n_train; i++)
        assert_true(s->cohort.day[b.split.train[i]] + 60 <= b.split.first_test);
    assert_int_equal(b.split.n_train + b.split.n_test + b.split.gap, s->cohort.n);
    assert_non_null(strstr(b.verdict, "out of time: trained on "));
    assert_ptr_equal(b.verdict, strstr(b.verdict, "out of time"));
}

/* ---- numbers worked out another way ---- */

/* The ratio method with nothing but loops: the level's rate over the baseline, added up. */
static double ratio_score(const struct simulated *s, const struct lc_backtest *b, uint32_t row)
{
    double score = 0;

    for (size_t j = 0; j < ATTRIBUTES; j++) {
        double leads = 0, won = 0;

        if (column[j] == STAFF)
            continue;
        for (size_t i = 0; i < b->split.n_train; i++) {
            const uint32_t at = s->cohort.row[b->split.train[i]];

            if (strcmp(s->cell[column[j]][at], s->cell[column[j]][row]) == 0) {
                leads++;
                won += s->cohort.y[b->split.train[i]];
            }
        }
        if (leads > 0)
            score += won / leads * (double)b->split.n_train / (double)b->split.train_won;
    }
    return score;
}

static void the_ratio_ranks_as_sums_of_rates_over_the_baseline_do(void **state)
{
    struct simulated *s = simulate(6, &arena);
    struct lc_backtest b;
    double score[SIMULATED_LEADS], above = 0, pairs = 0;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        s->cell[STAFF][i] = "7"; /* one level: ratio 1 for all, so that bins play no part */
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = run_well(s);
    for (size_t i = 0; i < b.split.n_test; i++)
        score[i] = ratio_score(s, &b, s->cohort.row[b.split.test[i]]);
    for (size_t i = 0; i < b.split.n_test; i++)
        for (size_t j = 0; j < b.split.n_test; j++)
            if (s->cohort.y[b.split.test[i]] && !s->cohort.y[b.split.test[j]]) {
                /* sums in another order differ in their last digits: ties within 1e-9 */
                const double d = score[i] - score[j];

                pairs += 1;
                above += d > 1e-9 ? 1 : d < -1e-9 ? 0 : 0.5;
            }
    assert_close(value_of(&b, "ratio", "test", "auc"), above / pairs, 1e-12);
}

static void no_skill_has_auc_one_half_no_interval_and_no_brier_skill(void **state)
{
    const struct lc_backtest b = run_well(simulated_by(7));

    (void)state;
    assert_close(value_of(&b, "none", "test", "auc"), 0.5, 0);
    assert_true(isnan(metric_of(&b, "none", "test", "auc")->low));
    assert_close(value_of(&b, "none", "test", "brier_skill"), 0, 0);
    assert_close(value_of(&b, "none", "test", "mean_predicted"),
                 (double)b.split.train_won / (double)b.split.n_train, 1e-12);
    assert_close(value_of(&b, "none", "test", "observed_rate"),
                 (double)b.split.test_won / (double)b.split.n_test, 1e-15);
}

static void the_truth_of_the_simulation_is_found_again(void **state)
{
    enum { SEEDS = 12 };
    double logistic = 0, profile = 0, engagement = 0, ratio_skill = 0, skill = 0, fg = 0;

    (void)state;
    for (uint64_t seed = 100; seed < 100 + SEEDS; seed++) {
        const struct lc_backtest b = run_well(simulated_by(seed));

        logistic += value_of(&b, "logistic", "test", "auc") / SEEDS;
        profile += value_of(&b, "profile", "test", "auc") / SEEDS;
        engagement += value_of(&b, "engagement", "test", "auc") / SEEDS;
        skill += value_of(&b, "logistic", "test", "brier_skill") / SEEDS;
        ratio_skill += value_of(&b, "ratio", "test", "brier_skill") / SEEDS;
        fg += b.f_g_correlation / SEEDS;
    }
    assert_true(logistic > 0.65);
    assert_true(logistic > engagement + 0.01);
    assert_true(engagement > profile); /* 0.4 a visit spreads wider than industry and source */
    assert_true(profile > 0.55);
    assert_true(skill > 0.04);
    assert_true(ratio_skill > 0.03);
    assert_true(fabs(fg) < 0.05); /* simulated independent */
}

static void a_column_that_knows_the_outcome_ranks_perfectly(void **state)
{
    struct simulated *s = simulate(9, &arena);
    struct lc_backtest b;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        const long cycle =
            strtol(s->cell[CLOSED][i], NULL, 10) - strtol(s->cell[ENTERED][i], NULL, 10);

        s->cell[SOURCE][i] =
            strcmp(s->cell[STAGE][i], "Closed Won") == 0 && cycle <= 60 ? "hot" : "cold";
        s->cell[INDUSTRY][i] = "x";
        s->cell[STAFF][i] = "7";
    }
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = run_well(s);
    assert_close(value_of(&b, "profile", "test", "auc"), 1, 0);
    assert_close(value_of(&b, "profile", "test", "ks"), 1, 1e-15);
    assert_true(value_of(&b, "logistic", "test", "auc") > 0.99);
}

/* ---- laws ---- */

static void assert_same_metrics(const struct lc_backtest *a, const struct lc_backtest *b,
                                double tolerance)
{
    assert_int_equal(a->n_metrics, b->n_metrics);
    for (size_t i = 0; i < a->n_metrics; i++) {
        const struct lc_metric *x = &a->metric[i], *y = &b->metric[i];

        assert_string_equal(x->metric, y->metric);
        assert_int_equal(isnan(x->value), isnan(y->value));
        assert_int_equal(isnan(x->low), isnan(y->low));
        if (!isnan(x->value))
            assert_close(x->value, y->value, tolerance);
        if (!isnan(x->low))
            assert_close(x->low, y->low, tolerance);
    }
    assert_int_equal(a->grades.n, b->grades.n);
    for (size_t i = 0; i < a->grades.n; i++) {
        const size_t leads = i * a->grades.k + lc_frame_column(&a->grades, "leads");
        const size_t won = i * a->grades.k + lc_frame_column(&a->grades, "won");

        assert_close(a->grades.value[leads].number, b->grades.value[leads].number, 0);
        assert_close(a->grades.value[won].number, b->grades.value[won].number, 0);
    }
}

static void renaming_levels_changes_nothing(void **state)
{
    static const char *const renamed[] = {"zz", "Retail Trade", "aa", "M", ""};
    struct simulated *s = simulated_by(10);
    const struct lc_backtest before = run_well(s);
    struct lc_backtest after;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        for (size_t v = 0; v < 5; v++)
            if (s->cell[INDUSTRY][i] == simulated_industry[v]) {
                s->cell[INDUSTRY][i] = renamed[v];
                break;
            }
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    after = run_well(s);
    assert_same_metrics(&before, &after, 1e-9);
}

static void one_thread_and_seven_give_the_same_bits(void **state)
{
    struct simulated *s = simulated_by(11);
    const struct lc_backtest_options o = usual();
    struct lc_parallel *pool = lc_parallel_new(7);
    const struct lc_backtest one = run_well(s);
    struct lc_backtest seven;
    struct lc_err err;

    (void)state;
    assert_non_null(pool);
    assert_int_equal(race(s, columns, &o, pool, &arena, &seven, &err), LC_OK);
    assert_same_metrics(&one, &seven, 0);
    assert_string_equal(one.verdict, seven.verdict);
    lc_parallel_free(pool);
}

static void labels_of_the_future_do_not_reach_the_training(void **state)
{
    struct simulated *s = simulated_by(12);
    const struct lc_backtest before = run_well(s);
    struct lc_backtest after;
    uint8_t *y = LC_NEW(&arena, s->cohort.n, uint8_t);

    (void)state;
    memcpy(y, s->cohort.y, s->cohort.n);
    for (size_t i = 0; i < before.split.n_test; i += 3)
        y[before.split.test[i]] = !y[before.split.test[i]];
    s->cohort.y = y;
    after = run_well(s);
    /* What is said of the test leads before they are judged stays as it was. */
    for (size_t m = 0; m < 2; m++) {
        const char *model = m ? "logistic" : "ratio";

        assert_close(value_of(&before, model, "test", "mean_predicted"),
                     value_of(&after, model, "test", "mean_predicted"), 0);
        assert_close(cell(&before, grade_row(&before, model, "A"), "leads"),
                     cell(&after, grade_row(&after, model, "A"), "leads"), 0);
    }
    assert_true(value_of(&before, "logistic", "test", "brier") <
                value_of(&after, "logistic", "test", "brier"));
}

/* ---- what weakens a verdict, and what refuses one ---- */

static void without_dates_the_order_of_the_file_is_a_weak_test(void **state)
{
    struct simulated *s = simulate(13, &arena);
    struct lc_backtest b;
    const union lc_value *row;

    (void)state;
    s->spec.date.entered = s->spec.date.closed = NULL;
    simulated_cohort(s, &arena);
    b = run_well(s);
    assert_string_equal(b.verdict,
                        "weak: file order, not checked as time: trained on the first "
                        "1125 leads, tested on the last 375");
    row = grade_row(&b, "logistic", "(all)");
    assert_null(row[lc_frame_column(&b.grades, "clock")].text);
    assert_true(isnan(cell(&b, row, "won_with_dates")));
    assert_true(isnan(cell(&b, row, "cycle_median_days")));
}

/* How the test was made stands among the reasons only where it is one. */
static void a_sound_test_is_no_reason_for_weakness(void **state)
{
    static const struct lc_spec_attribute attribute[] = {
        {.column = "visits", .role = LC_ROLE_ENGAGEMENT, .as_of = LC_AS_OF_EXPORT}};
    static const char reason[] =
        "weak: column 'visits' was counted at export, after some outcomes";
    const size_t n = strlen(reason);
    struct simulated *s = simulated_by(21);
    struct lc_backtest b;

    (void)state;
    s->spec.attribute = attribute;
    b = run_well(s);
    assert_memory_equal(b.verdict, reason, n);
    assert_ptr_equal(strstr(b.verdict + n, ". Tested out of time: trained on"), b.verdict + n);
    s->spec.date.entered = s->spec.date.closed = NULL;
    simulated_cohort(s, &arena);
    b = run_well(s);
    assert_memory_equal(b.verdict, reason, n);
    assert_ptr_equal(strstr(b.verdict + n, "; file order, not checked"), b.verdict + n);
    s->cohort.file_is_time = true;
    b = run_well(s);
    assert_memory_equal(b.verdict, reason, n);
    assert_ptr_equal(strstr(b.verdict + n, ". Tested in file order, which"), b.verdict + n);
}

static void counters_of_the_export_are_shown_with_and_without(void **state)
{
    static const struct lc_spec_attribute attribute[] = {
        {.column = "visits", .role = LC_ROLE_ENGAGEMENT},
        {.column = "source", .as_of = LC_AS_OF_EXPORT}};
    struct simulated *s = simulated_by(14);
    struct lc_backtest b;

    (void)state;
    s->spec.attribute = attribute;
    s->spec.n_attributes = 2;
    b = run_well(s);
    assert_non_null(
        strstr(b.verdict, "weak: column 'source' and 1 more may have been counted at export"));
    assert_non_null(grade_row(&b, "decision", "(all)"));
    assert_null(grade_row(&b, "decision", "1"));
    /* With visits alone counted at export, "profile" is the model without. */
    s->spec.n_attributes = 1;
    b = run_well(s);
    assert_non_null(strstr(b.verdict, "weak: column 'visits' may have been counted at export"));
    assert_null(grade_row(&b, "decision", "(all)"));
    assert_non_null(grade_row(&b, "profile", "(all)"));
}

static void levels_that_training_never_met_are_counted_in_a_note(void **state)
{
    struct simulated *s = simulate(15, &arena);
    struct lc_backtest b;
    bool noted = false;

    (void)state;
    for (size_t i = SIMULATED_LEADS - 300; i < SIMULATED_LEADS; i++)
        if (s->cell[SOURCE][i] == simulated_source[0])
            s->cell[SOURCE][i] = "Podcast";
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = run_well(s);
    for (size_t i = 0; i < b.grades.n_notes; i++)
        noted = noted || (strstr(b.grades.note[i], "column 'source': ") &&
                          strstr(b.grades.note[i], "counts as average"));
    assert_true(noted);
}

static void a_grade_that_nobody_got_is_dropped_and_said(void **state)
{
    struct simulated *s = simulate(16, &arena);
    struct lc_backtest b;
    bool noted = false;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++) /* engagement with two levels only */
        s->cell[VISITS][i] = s->cell[VISITS][i][0] < '3' ? "0" : "1";
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = run_well(s);
    assert_null(grade_row(&b, "logistic", "1"));
    assert_null(grade_row(&b, "logistic", "A1"));
    assert_non_null(grade_row(&b, "logistic", "4"));
    for (size_t i = 0; i < b.grades.n_notes; i++)
        noted = noted || strstr(b.grades.note[i], "logistic: no training lead got 1");
    assert_true(noted);
}

/* ---- the card of whole points ---- */

/* Learnt and scored by the public functions, from the training leads and on the test leads of the one
 * split. */
static double loss_of_own_card(const struct simulated *s, const struct lc_split *split, int cap)
{
    static const struct lc_fit_options gauss = {.prior_sd = LC_PRIOR_SD};
    const struct lc_integer_options o = {.cap = cap};
    uint32_t *row = LC_NEW(&arena, s->cohort.n, uint32_t);
    uint8_t *y = LC_NEW(&arena, s->cohort.n, uint8_t);
    const struct lc_spec_attribute *given[ATTRIBUTES] = {NULL};
    struct lc_grades grades;
    struct lc_column codes[ATTRIBUTES];
    struct lc_scored *scored = LC_NEW(&arena, split->n_test, struct lc_scored);
    struct lc_card card;
    struct lc_fit fit;
    struct lc_err err;
    double loss = 0;

    for (size_t j = 0; j < ATTRIBUTES; j++)
        given[j] = lc_spec_attribute_of(&s->spec, s->table.column[column[j]].codes.name);
    for (size_t i = 0; i < split->n_train; i++) {
        row[i] = s->cohort.row[split->train[i]];
        y[i] = s->cohort.y[split->train[i]];
    }
    lc_grades_init(&grades);
    assert_int_equal(lc_fit_leads(&s->table, row, y, split->n_train, column, given, ATTRIBUTES,
                                  &gauss, NULL, &arena, &fit, &err),
                     LC_OK);
    assert_int_equal(lc_fit_integer(&s->table, row, y, split->n_train, column, &fit, &o,
                                    &grades, &arena, &card, NULL, &err),
                     LC_OK);
    for (size_t i = 0; i < split->n_test; i++)
        row[i] = s->cohort.row[split->test[i]];
    for (size_t j = 0; j < ATTRIBUTES; j++)
        assert_int_equal(lc_attribute_code(&card.attribute[j].attribute,
                                           &s->table.column[column[j]], row, split->n_test,
                                           &arena, &codes[j], &err),
                         LC_OK);
    lc_card_score_rows(&card, codes, split->n_test, scored);
    for (size_t i = 0; i < split->n_test; i++)
        loss -= log(s->cohort.y[split->test[i]] ? scored[i].probability
                                                : 1 - scored[i].probability);
    return loss / (double)split->n_test;
}

static struct lc_backtest run_with_card(const struct simulated *s, int cap, size_t attributes)
{
    struct lc_backtest_options options;

    lc_backtest_options_init(&options);
    options.card = (struct lc_integer_options){.cap = cap, .attributes = attributes};
    return race_well(s, columns, &options);
}

static void the_card_is_learnt_from_its_training_leads(void **state)
{
    const struct simulated *s = simulated_by(31);

    (void)state;
    for (int cap = 2; cap <= 20; cap += 18) {
        const struct lc_backtest b = run_with_card(s, cap, 0);

        assert_close(value_of(&b, "integer", "test", "log_loss"),
                     loss_of_own_card(s, &b.split, cap), 1e-12);
    }
}

static double price_of(const struct lc_backtest *b, const char *what, const char *name)
{
    for (size_t i = 0; i < b->price.n; i++)
        if (strcmp(b->price.value[i * b->price.k].text, what) == 0)
            return b->price.value[i * b->price.k + lc_frame_column(&b->price, name)].number;
    fail();
    return 0;
}

/* Its rows are what the metrics of the two models say, on the test leads alone. */
static void the_price_is_the_difference_of_two_models(void **state)
{
    static const char *const metric[] = {"log_loss", "auc"};
    const struct lc_backtest b = run_with_card(simulated_by(32), 2, 0);

    (void)state;
    assert_int_equal(b.price.n, 3);
    for (size_t m = 0; m < 2; m++) {
        const double weights = value_of(&b, "logistic", "test", metric[m]);
        const double points = value_of(&b, "integer", "test", metric[m]);

        assert_close(price_of(&b, metric[m], "continuous"), weights, 1e-12);
        assert_close(price_of(&b, metric[m], "integer"), points, 1e-12);
        assert_close(price_of(&b, metric[m], "difference"), points - weights, 1e-12);
        assert_true(price_of(&b, metric[m], "low") < points - weights);
        assert_true(price_of(&b, metric[m], "high") > points - weights);
    }
    assert_true(price_of(&b, "share_regraded", "integer") > 0.01);
    assert_int_equal(b.price.n_notes, 1);
    assert_non_null(strstr(b.price.note[0], "later leads"));
}

/* Points of a hundred are the weights; of one attribute little is left. */
static void what_is_simple_costs_more(void **state)
{
    const struct simulated *s = simulated_by(33);
    const struct lc_backtest fine = run_with_card(s, 100, 0), one = run_with_card(s, 100, 1);
    const struct lc_backtest none = run_with_card(s, 0, 0);

    (void)state;
    assert_true(fabs(price_of(&fine, "log_loss", "difference")) < 1e-3);
    assert_true(price_of(&fine, "share_regraded", "integer") < 0.1);
    assert_true(price_of(&one, "log_loss", "difference") > 0.003);
    assert_true(price_of(&one, "auc", "difference") < -0.02);
    assert_close(price_of(&one, "log_loss", "continuous"),
                 price_of(&fine, "log_loss", "continuous"), 0);
    assert_int_equal(none.price.n, 0);
    assert_null(grade_row(&none, "integer", "(all)"));
}

/* The same rows without the other models. */
static void the_price_alone_is_that_of_the_race(void **state)
{
    const struct simulated *s = simulated_by(34);
    const struct lc_backtest b = run_with_card(s, 3, 2);
    const struct lc_spec_attribute *given[ATTRIBUTES] = {NULL};
    struct lc_backtest_options options;
    struct lc_frame frame;
    struct lc_err err;

    (void)state;
    lc_backtest_options_init(&options);
    options.card = (struct lc_integer_options){.cap = 3, .attributes = 2};
    for (size_t j = 0; j < ATTRIBUTES; j++)
        given[j] = lc_spec_attribute_of(&s->spec, s->table.column[column[j]].codes.name);
    lc_frame_init(&frame, "price", b.price.heading, b.price.k, &arena);
    assert_int_equal(lc_backtest_price(&s->table, &s->cohort, column, given, ATTRIBUTES,
                                       &options, NULL, &arena, &frame, &err),
                     LC_OK);
    assert_int_equal(frame.n, b.price.n);
    for (size_t i = 0; i < frame.n; i++)
        for (size_t j = 2; j < frame.k; j++)
            assert_close(frame.value[i * frame.k + j].number,
                         b.price.value[i * frame.k + j].number, 0);
    assert_string_equal(frame.note[0], b.price.note[0]);
    options.least_test_won = 10000;
    assert_int_equal(lc_backtest_price(&s->table, &s->cohort, column, given, ATTRIBUTES,
                                       &options, NULL, &arena, &frame, &err),
                     LC_EDEGENERATE);
}

/* Attributes that are the same for everybody: none is chosen, and the base rate is said. */
static void a_card_that_says_nothing_says_the_base_rate(void **state)
{
    static const size_t same[] = {INDUSTRY, SOURCE};
    struct simulated *s = simulated_by(35);
    struct lc_backtest_options options;
    struct lc_backtest b;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        s->cell[INDUSTRY][i] = "Banking";
        s->cell[SOURCE][i] = "Web";
    }
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    lc_backtest_options_init(&options);
    options.card.attributes = 1;
    b = race_well(s, (struct raced){same, 2}, &options);
    assert_close(value_of(&b, "integer", "test", "log_loss"),
                 value_of(&b, "none", "test", "log_loss"), 0);
}

/* Weights held in otherwise are no start for points: the card is fitted anew under the default. */
static void a_card_beside_another_penalty_has_the_default_prior(void **state)
{
    const struct simulated *s = simulated_by(36);
    struct lc_backtest_options options;
    struct lc_backtest b;

    (void)state;
    lc_backtest_options_init(&options);
    options.fit.penalty = LC_PENALTY_LOGF;
    b = race_well(s, columns, &options);
    assert_close(value_of(&b, "integer", "test", "log_loss"),
                 loss_of_own_card(s, &b.split, LC_INTEGER_CAP), 1e-12);
}

static void short_history_says_what_is_missing(void **state)
{
    struct simulated *s = simulated_by(17);
    const struct lc_spec_attribute *const given[ATTRIBUTES] = {NULL};
    struct lc_backtest_options options;
    struct lc_backtest b = {.verdict = "as it was"};
    struct lc_err err;

    (void)state;
    lc_backtest_options_init(&options);
    assert_int_equal(options.least_train_won, 50);
    assert_int_equal(options.least_test_won, 20);
    options.least_train_won = 10000;
    assert_int_equal(lc_backtest(&s->table, &s->cohort, column, given, ATTRIBUTES, &options,
                                 NULL, &arena, &b, &err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "not enough history: "));
    assert_non_null(strstr(err.text, " training wins and "));
    assert_non_null(strstr(err.text, "10000 and 20 are needed"));
    assert_non_null(strstr(err.text, " more months of leads"));
    assert_non_null(strstr(err.text, "bring a"));
    assert_string_equal(b.verdict, "as it was");
}

static void no_column_at_all_is_refused(void **state)
{
    struct simulated *s = simulated_by(18);
    struct lc_backtest_options options;
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    lc_backtest_options_init(&options);
    assert_int_equal(
        lc_backtest(&s->table, &s->cohort, column, NULL, 0, &options, NULL, &arena, &b, &err),
        LC_EMISMATCH);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    struct simulated *s = simulated_by(19);
    const struct lc_backtest_options o = usual();
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256 + limit / 16) {
        struct lc_backtest b = {.verdict = "as it was"};
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = race(s, columns, &o, NULL, &small, &b, &err);
        if (rc)
            assert_string_equal(b.verdict, "as it was");
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
}

/* ---- a real export ---- */

/* Olist's funnel: 8000 leads joined to 842 deals; false where the data set is absent. */
static bool load_olist(const char *test, int32_t window, struct lc_table *table,
                       struct lc_cohort *cohort)
{
    static const struct lc_spec_file file[] = {{.key = "mql_id"},
                                               {.name = "deals", .key = "mql_id"}};
    const struct lc_load_options options = {.quiet = true};
    const char *folder = getenv("LEADCAL_DATASETS"), *path[2];
    struct lc_load_account account;
    struct lc_spec spec;
    struct lc_err err = {.text = ""};

    folder = folder ? folder : "../shared/datasets";
    path[0] = lc_arena_format(
        &arena, "%s/olist-funnel/olist_marketing_qualified_leads_dataset.csv", folder);
    path[1] = lc_arena_format(&arena, "%s/olist-funnel/olist_closed_deals_dataset.csv", folder);
    if (!lc_file_exists(path[0])) {
        print_message("skipped: %s: no olist-funnel in %s\n", test, folder);
        return false;
    }
    lc_spec_init(&spec);
    spec.file = file;
    spec.n_files = 2;
    spec.window_days = window;
    spec.outcome.won_if_in = "deals";
    spec.date.entered = "first_contact_date";
    spec.date.closed = "deals.won_date";
    if (lc_load(path, 2, &spec, &options, NULL, &arena, table, &account, &err) ||
        lc_cohort_build(table, &spec, &arena, cohort, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return true;
}

/* Counts by Python from the two files (DEFINITIONS 1: the cut is the day of row floor(0.75 n)). */
static void olist_is_split_at_2018_04_15(void **state)
{
    struct lc_table table;
    struct lc_cohort cohort;
    struct lc_split split;
    struct lc_err err;
    char day[LC_DAY_TEXT];

    (void)state;
    if (!load_olist("olist_is_split_at_2018_04_15", LC_WINDOW_AUTO, &table, &cohort))
        skip();
    assert_int_equal(lc_cohort_split(&cohort, &arena, &split, &err), LC_OK);
    assert_int_equal(cohort.n, 8000);
    assert_int_equal(cohort.window_days, 90);
    assert_int_equal(split.n_train, 2560);
    assert_int_equal(split.train_won, 77);
    assert_int_equal(split.n_test, 2000);
    assert_int_equal(split.test_won, 184);
    lc_day_text(split.cut, day);
    assert_string_equal(day, "2018-04-15");
}

/* Python again, by origin alone: ratio by level over the 2560 training leads, AUC over pairs of the
 * 2000 test leads, median and type 7 quantile of the 184 cycles. */
static void olist_by_origin_comes_out_as_counted_elsewhere(void **state)
{
    struct lc_backtest_options options;
    struct lc_backtest b;
    struct lc_table table;
    struct lc_cohort cohort;
    struct lc_err err = {.text = ""};
    const union lc_value *row;
    size_t origin = 0;

    (void)state;
    if (!load_olist("olist_by_origin_comes_out_as_counted_elsewhere", 90, &table, &cohort))
        skip();
    lc_backtest_options_init(&options);
    assert_int_equal(lc_table_find(&table, "origin", &origin, &err), LC_OK);
    assert_int_equal(
        lc_backtest(&table, &cohort, &origin, NULL, 1, &options, NULL, &arena, &b, &err),
        LC_OK);
    assert_close(value_of(&b, "ratio", "test", "auc"), 0.6126280884887952, 1e-12);
    row = grade_row(&b, "ratio", "(all)");
    assert_close(cell(&b, row, "leads"), 2000, 0);
    assert_close(cell(&b, row, "won"), 184, 0);
    assert_close(cell(&b, row, "won_late"), 27, 0);
    assert_close(cell(&b, row, "cycle_median_days"), 7, 0);
    assert_close(cell(&b, row, "cycle_p90_days"), 48.8, 1e-12);
    assert_string_equal(b.verdict,
                        "out of time: trained on 2560 leads decided 2017-06-14 to "
                        "2018-01-16, tested on 2000 later ones decided 2018-04-16 to "
                        "2018-05-31");
    assert_null(grade_row(&b, "profile", "(all)"));
    assert_null(grade_row(&b, "ratio", "A1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frames_have_the_documented_columns_and_models),
        cmocka_unit_test(cells_letters_and_digits_each_hold_every_test_lead_once),
        cmocka_unit_test(every_row_adds_up_and_rates_are_those_of_its_counts),
        cmocka_unit_test(the_all_row_is_a_recount_of_the_test_leads),
        cmocka_unit_test(training_labels_were_known_on_the_first_test_day),
        cmocka_unit_test(the_ratio_ranks_as_sums_of_rates_over_the_baseline_do),
        cmocka_unit_test(no_skill_has_auc_one_half_no_interval_and_no_brier_skill),
        cmocka_unit_test(the_truth_of_the_simulation_is_found_again),
        cmocka_unit_test(a_column_that_knows_the_outcome_ranks_perfectly),
        cmocka_unit_test(renaming_levels_changes_nothing),
        cmocka_unit_test(one_thread_and_seven_give_the_same_bits),
        cmocka_unit_test(labels_of_the_future_do_not_reach_the_training),
        cmocka_unit_test(a_sound_test_is_no_reason_for_weakness),
        cmocka_unit_test(without_dates_the_order_of_the_file_is_a_weak_test),
        cmocka_unit_test(counters_of_the_export_are_shown_with_and_without),
        cmocka_unit_test(levels_that_training_never_met_are_counted_in_a_note),
        cmocka_unit_test(a_grade_that_nobody_got_is_dropped_and_said),
        cmocka_unit_test(the_card_is_learnt_from_its_training_leads),
        cmocka_unit_test(the_price_is_the_difference_of_two_models),
        cmocka_unit_test(what_is_simple_costs_more),
        cmocka_unit_test(the_price_alone_is_that_of_the_race),
        cmocka_unit_test(a_card_that_says_nothing_says_the_base_rate),
        cmocka_unit_test(a_card_beside_another_penalty_has_the_default_prior),
        cmocka_unit_test(short_history_says_what_is_missing),
        cmocka_unit_test(no_column_at_all_is_refused),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
        cmocka_unit_test(olist_is_split_at_2018_04_15),
        cmocka_unit_test(olist_by_origin_comes_out_as_counted_elsewhere),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
