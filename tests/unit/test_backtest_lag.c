/* Young leads in the folds of a backtest: as they stood on the first test day, by the lag known on it. */
#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/cuts.h"
#include "leadcal/maturity.h"
#include "raced.h"

enum { ATTRIBUTES = 3 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, SOURCE, VISITS};
static const struct raced raced = {column, ATTRIBUTES};

/* Entries of the spec, for whom they are not looked up. Wins come within 75 days, evenly; the window of 60
 * waits for four in five of them. */
static void find_given(const struct simulated *s, const struct lc_spec_attribute **given)
{
    for (size_t j = 0; j < ATTRIBUTES; j++)
        given[j] = lc_spec_attribute_of(&s->spec, s->table.column[column[j]].codes.name);
}

static struct lc_backtest_options options_of(enum lc_rolling rolling, bool lag)
{
    struct lc_backtest_options o;

    lc_backtest_options_init(&o);
    o.rolling = rolling;
    o.lag = lag;
    return o;
}

static bool says(const struct lc_frame *f, const char *part)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], part))
            return true;
    return false;
}

/* ---- what a fold learns from ---- */

static struct lc_folds folds_of(const struct simulated *s)
{
    const struct lc_fold_rule rule = {LC_ROLLING_QUARTER, 0, 50, 20};
    struct lc_folds folds;
    struct lc_err err;

    assert_int_equal(lc_cohort_folds(&s->cohort, &rule, &arena, &folds, &err), LC_OK);
    assert_true(folds.n > 1);
    return folds;
}

static struct lc_lagged lagged_of(const struct simulated *s, const struct lc_split *fold)
{
    const struct lc_spec_attribute *given[ATTRIBUTES];
    const struct lc_lag_columns columns = {column, given, ATTRIBUTES};
    struct lc_lagged l;
    struct lc_err err;

    find_given(s, given);
    if (lc_lagged_learn(&s->table, &s->cohort, fold, &columns, &arena, &l, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return l;
}

/* From the cells alone: the leads are in the order of their days, two a day from 17000 on. */
static void young_leads_enter_as_they_stood_on_the_first_day(void **state)
{
    const struct simulated *s = simulated_by(81);
    const struct lc_folds folds = folds_of(s);

    (void)state;
    for (size_t k = 0; k < folds.n; k++) {
        const int32_t first = folds.of[k].first_test;
        const struct lc_lagged l = lagged_of(s, &folds.of[k]);
        size_t young = 0, late = 0;

        assert_true(l.lags.told);
        assert_int_equal(l.n, 2 * (first - 17000));
        for (size_t i = 0; i < l.n; i++) {
            const int32_t day = 17000 + (int32_t)(i / 2), closed = atoi(s->cell[CLOSED][i]);
            const bool won = strcmp(s->cell[STAGE][i], "Closed Won") == 0 && closed <= first;
            const double seen = lc_lag_below(&l.lags.fit.lag, first - day + 1.0);

            assert_int_equal(l.row[i], i);
            assert_int_equal(l.day[i], day);
            assert_int_equal(l.y[i], won);
            assert_int_equal(l.mature[i], day + 60 <= first);
            if (!l.lags.differs)
                assert_close(l.seen[i], won ? 1 : seen, 1e-12);
            assert_true(l.seen[i] > 0 && l.seen[i] <= 1);
            young += !won && !l.mature[i];
            late += won && closed - day > 60;
        }
        assert_int_equal(l.n_young, young);
        assert_true(young > 80 && late > 5); /* a win after the window is a win in the end */
    }
}

/* The same law as somebody would have learnt from an export of that day. */
static void the_lag_is_that_of_an_export_of_the_day(void **state)
{
    const struct simulated *s = simulated_by(82);
    const struct lc_folds folds = folds_of(s);
    const struct lc_spec_attribute *given[ATTRIBUTES];
    const struct lc_lag_columns columns = {column, given, ATTRIBUTES};

    (void)state;
    find_given(s, given);
    for (size_t k = 0; k < folds.n; k++) {
        const struct lc_lagged l = lagged_of(s, &folds.of[k]);
        struct lc_spec spec = s->spec;
        struct lc_followed f;
        struct lc_lags lags;
        struct lc_err err;

        spec.as_of_day = folds.of[k].first_test;
        assert_int_equal(lc_followed_read(&s->table, &spec, &arena, &f, &err), LC_OK);
        assert_int_equal(f.n, l.n + 2); /* the two leads of the first test day */
        assert_close(f.age[f.n - 1], 0, 0);
        f.n -= 2;
        assert_int_equal(lc_lags_learn(&s->table, &f, &columns, NULL, &arena, &lags, &err),
                         LC_OK);
        assert_close(l.lags.fit.lag.location, lags.fit.lag.location, 0);
        assert_close(l.lags.fit.lag.scale, lags.fit.lag.scale, 0);
    }
}

static void what_closes_after_the_first_day_changes_nothing(void **state)
{
    struct simulated *s = simulated_by(83);
    const struct lc_split fold = folds_of(s).of[0];
    const struct lc_lagged before = lagged_of(s, &fold);
    struct lc_lagged after;
    size_t changed = 0;

    (void)state;
    assert_true(before.lags.told);
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        if (atoi(s->cell[CLOSED][i]) > fold.first_test) {
            s->cell[STAGE][i] = i % 3 ? "Lost" : "Closed Won";
            s->cell[CLOSED][i] = simulated_number(&arena, 17800 + (long)(i % 40));
            changed += i < 2 * (size_t)(fold.first_test - 17000);
        }
    assert_true(changed > 20); /* young ones among them */
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    after = lagged_of(s, &fold);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.y, after.y, before.n);
    assert_memory_equal(before.seen, after.seen, before.n * sizeof *before.seen);
}

static void a_lead_of_a_tested_account_is_left_out(void **state)
{
    struct simulated *s = simulated_by(84);
    uint32_t *cluster = LC_NEW(&arena, s->cohort.n, uint32_t);
    const struct lc_split alone = folds_of(s).of[0];
    const size_t before = lagged_of(s, &alone).n;
    struct lc_split fold;

    (void)state;
    assert_non_null(cluster);
    for (size_t i = 0; i < s->cohort.n; i++)
        cluster[i] = (uint32_t)i;
    cluster[alone.train[5]] = cluster[alone.test[0]];
    cluster[alone.test[0] - 1] = cluster[alone.test[1]]; /* a young one */
    s->cohort.cluster = cluster;
    s->cohort.n_clusters = s->cohort.n;
    fold = folds_of(s).of[0];
    assert_int_equal(fold.n_train, alone.n_train - 1);
    assert_int_equal(lagged_of(s, &fold).n, before - 2);
}

/* ---- the race ---- */

static double logistic_of(double x)
{
    return 1 / (1 + exp(-x));
}

/* One fold again by hand: the fit of those leads, its card on the test leads, the area by its pairs,
 * the mean of what it foretells within the window. */
static void a_fold_is_judged_by_what_was_learnt_from_those_leads(void **state)
{
    const struct simulated *s = simulated_by(85);
    const struct lc_backtest_options o = options_of(LC_ROLLING_QUARTER, true);
    const struct lc_backtest b = race_well(s, raced, &o);
    const struct lc_split fold = folds_of(s).of[0];
    const struct lc_lagged l = lagged_of(s, &fold);
    struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD, .seen = l.seen};
    double *score = LC_NEW(&arena, fold.n_test, double), pairs = 0, good = 0, promised = 0;
    const struct lc_spec_attribute *given[ATTRIBUTES];
    struct lc_column codes[ATTRIBUTES];
    uint32_t *row = LC_NEW(&arena, fold.n_test, uint32_t);
    const double *share;
    struct lc_card card;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    assert_true(score && row);
    find_given(s, given);
    for (size_t i = 0; i < fold.n_test; i++)
        row[i] = s->cohort.row[fold.test[i]];
    assert_int_equal(lc_fit_leads(&s->table, l.row, l.y, l.n, column, given, ATTRIBUTES,
                                  &options, NULL, &arena, &fit, &err),
                     LC_OK);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t j = 0; j < ATTRIBUTES; j++)
        assert_int_equal(lc_attribute_code(&fit.attribute[j], &s->table.column[column[j]], row,
                                           fold.n_test, &arena, &codes[j], &err),
                         LC_OK);
    assert_int_equal(
        lc_lags_within(&l.lags, &s->table, row, fold.n_test, 60, &arena, &share, &err), LC_OK);
    for (size_t i = 0; i < fold.n_test; i++) {
        score[i] = card.intercept;
        for (size_t j = 0; j < ATTRIBUTES; j++)
            score[i] += card.attribute[j].value[lc_code_at(&codes[j], i)];
        promised += logistic_of(score[i]) * share[i] / (double)fold.n_test;
    }
    for (size_t i = 0; i < fold.n_test; i++)
        for (size_t j = 0; j < fold.n_test; j++)
            if (s->cohort.y[fold.test[i]] && !s->cohort.y[fold.test[j]]) {
                pairs += 1;
                good += score[i] > score[j] + 1e-12         ? 1
                        : fabs(score[i] - score[j]) < 1e-12 ? 0.5
                                                            : 0;
            }
    assert_close(value_of(&b, "logistic", fold.fold, "auc"), good / pairs, 1e-10);
    assert_close(value_of(&b, "logistic", fold.fold, "mean_predicted"), promised, 1e-10);
}

/* Points, evidence, no skill and the test leads are those of the window. */
static void only_logistic_models_learn_from_young_leads(void **state)
{
    static const char *const other[] = {"ratio", "woe", "none"};
    static const char *const metric[] = {"auc", "log_loss", "test_won", "train_won"};
    const struct simulated *s = simulated_by(86);
    const struct lc_backtest_options plain = options_of(LC_ROLLING_QUARTER, false),
                                     lag = options_of(LC_ROLLING_QUARTER, true);
    const struct lc_backtest a = race_well(s, raced, &plain), b = race_well(s, raced, &lag);

    (void)state;
    for (size_t m = 0; m < 3; m++)
        for (size_t j = 0; j < 4; j++)
            assert_close(value_of(&a, other[m], "all", metric[j]),
                         value_of(&b, other[m], "all", metric[j]), 0);
    assert_true(value_of(&a, "logistic", "all", "log_loss") !=
                value_of(&b, "logistic", "all", "log_loss"));
    /* What it foretells is of the window, as what came of it. */
    assert_close(value_of(&b, "logistic", "all", "mean_predicted"),
                 value_of(&b, "logistic", "all", "observed_rate"), 0.04);
    assert_true(says(&b.metrics, "has learnt who is won in the end from the "));
    assert_true(says(&b.by_fold, "too young for the window, by the share of the lag"));
    assert_false(says(&a.metrics, "won in the end"));
}

/* Wins that are still coming at the longest age: then it is the backtest of the window, and says so. */
static void where_the_lag_is_not_told_the_window_stays(void **state)
{
    struct simulated *s = simulated_by(87);
    const struct lc_backtest_options plain = options_of(LC_ROLLING_NO, false),
                                     lag = options_of(LC_ROLLING_NO, true);
    struct lc_backtest a, b;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        if (i % 4 && *s->cell[CLOSED][i]) /* most wins take years */
            s->cell[CLOSED][i] = simulated_number(&arena, 17000 + (long)(i / 2) + 61 +
                                                              (long)((i * 7919) % 2400));
    s->spec.as_of_day = 17830;
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    a = race_well(s, raced, &plain);
    b = race_well(s, raced, &lag);
    assert_true(
        says(&b.grades, "logistic: how many leads are won in the end could not be told"));
    assert_true(says(&b.metrics, "so it has learnt from leads won within the window"));
    assert_int_equal(a.n_metrics, b.n_metrics);
    for (size_t i = 0; i < a.n_metrics; i++)
        if (!isnan(a.metric[i].value))
            assert_close(a.metric[i].value, b.metric[i].value, 0);
}

static void without_a_first_day_there_is_no_age(void **state)
{
    struct simulated *s = simulated_by(88);
    struct lc_backtest_options o = options_of(LC_ROLLING_MIXED, true);
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    assert_int_equal(race(s, raced, &o, NULL, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "in no order of time"));
    s->spec.date.entered = NULL;
    simulated_cohort(s, &arena);
    o.rolling = LC_ROLLING_NO;
    assert_int_equal(race(s, raced, &o, NULL, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--entered"));
}

/* ---- grades ---- */

/* Cuts by the outcome look at leads that were old enough for one, and at no other. */
static void cuts_go_by_the_leads_that_are_old_enough(void **state)
{
    const struct simulated *s = simulated_by(89);
    const struct lc_folds folds = folds_of(s);
    const struct lc_lagged l = lagged_of(s, &folds.of[folds.n - 1]);
    const struct lc_fit_options fit = {.prior_sd = LC_PRIOR_SD, .seen = l.seen};
    const struct lc_spec_attribute *given[ATTRIBUTES];
    const struct lc_cuts_study study = {&s->table, l.row, l.y,        l.day, l.mature, l.n,
                                        column,    given, ATTRIBUTES, &fit,  NULL};
    struct lc_grades learnt, wanted;
    struct lc_out_of_fold o;
    double *score = LC_NEW(&arena, l.n, double), *other = LC_NEW(&arena, l.n, double);
    uint8_t *y = LC_NEW(&arena, l.n, uint8_t);
    struct lc_cut_leads leads = {.score = score, .y = y, .other = other};
    const char *note;
    struct lc_err err;

    (void)state;
    assert_true(score && other && y);
    find_given(s, given);
    lc_grades_init(&learnt);
    learnt.method = LC_CUTS_DP;
    wanted = learnt;
    assert_int_equal(lc_cuts_learn(&study, &arena, &learnt, &note, &err), LC_OK);
    assert_int_equal(learnt.method, LC_CUTS_DP);
    assert_int_equal(lc_out_of_fold(&study, &arena, &o, &err), LC_OK);
    for (size_t i = 0; i < l.n; i++) {
        if (l.day[i] + 60 > folds.of[folds.n - 1].first_test)
            continue;
        score[leads.n] = o.f[i];
        other[leads.n] = o.g[i] * log(2) / 10;
        y[leads.n++] = l.y[i];
    }
    assert_int_equal(lc_cuts_of(&leads, &wanted, &arena, &wanted.letter, &err), LC_OK);
    for (size_t c = 0; c + 1 < LC_GRADES; c++)
        assert_close(learnt.letter.cut[c], wanted.letter.cut[c], 0);
}

static void cuts_by_the_outcome_go_with_the_lag(void **state)
{
    const struct simulated *s = simulated_by(90);
    struct lc_backtest_options o = options_of(LC_ROLLING_NO, true);
    struct lc_backtest b;

    (void)state;
    o.grades.method = LC_CUTS_DP;
    b = race_well(s, raced, &o);
    assert_true(says(&b.grades, "logistic: grades by dp, on points out of fold"));
    for (size_t i = 0; i < b.n_metrics; i++)
        if (strcmp(b.metric[i].metric, "auc") == 0)
            assert_true(b.metric[i].value > 0 && b.metric[i].value < 1);
}

/* ---- laws ---- */

static void one_thread_and_seven_give_the_same_bits(void **state)
{
    const struct simulated *s = simulated_by(91);
    const struct lc_backtest_options o = options_of(LC_ROLLING_QUARTER, true);
    struct lc_parallel *pool = lc_parallel_new(7);
    const struct lc_backtest a = race_well(s, raced, &o);
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    assert_int_equal(race(s, raced, &o, pool, &arena, &b, &err), LC_OK);
    assert_int_equal(a.n_metrics, b.n_metrics);
    for (size_t i = 0; i < a.n_metrics; i++)
        assert_memory_equal(&a.metric[i].value, &b.metric[i].value, sizeof(double));
    lc_parallel_free(pool);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct simulated *s = simulated_by(92);
    const struct lc_split fold = folds_of(s).of[0];
    const struct lc_spec_attribute *given[ATTRIBUTES];
    const struct lc_lag_columns columns = {column, given, ATTRIBUTES};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    find_given(s, given);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256 + limit / 8, refused++) {
        struct lc_arena small;
        struct lc_lagged l;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_lagged_learn(&s->table, &s->cohort, &fold, &columns, &small, &l, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(young_leads_enter_as_they_stood_on_the_first_day),
        cmocka_unit_test(the_lag_is_that_of_an_export_of_the_day),
        cmocka_unit_test(what_closes_after_the_first_day_changes_nothing),
        cmocka_unit_test(a_lead_of_a_tested_account_is_left_out),
        cmocka_unit_test(a_fold_is_judged_by_what_was_learnt_from_those_leads),
        cmocka_unit_test(only_logistic_models_learn_from_young_leads),
        cmocka_unit_test(where_the_lag_is_not_told_the_window_stays),
        cmocka_unit_test(without_a_first_day_there_is_no_age),
        cmocka_unit_test(cuts_go_by_the_leads_that_are_old_enough),
        cmocka_unit_test(cuts_by_the_outcome_go_with_the_lag),
        cmocka_unit_test(one_thread_and_seven_give_the_same_bits),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
