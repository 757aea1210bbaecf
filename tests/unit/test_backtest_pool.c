/* Tests one after the other, paired comparisons, verdicts, and leads of one account. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "leadcal/period.h"
#include "leadcal/rate.h"
#include "leadcal/samplesize.h"
#include "raced.h"

enum { ATTRIBUTES = 3 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, SOURCE, VISITS};

static struct lc_backtest_options usual(enum lc_rolling rolling)
{
    struct lc_backtest_options o;

    lc_backtest_options_init(&o);
    o.rolling = rolling;
    return o;
}

static const struct raced columns = {column, ATTRIBUTES};

static enum lc_rc run(const struct simulated *s, const struct lc_backtest_options *o,
                      struct lc_parallel *pool, struct lc_arena *to, struct lc_backtest *b,
                      struct lc_err *err)
{
    return race(s, columns, o, pool, to, b, err);
}

static struct lc_backtest run_well(const struct simulated *s,
                                   const struct lc_backtest_options *o)
{
    return race_well(s, columns, o);
}

static struct lc_folds folds_of(const struct simulated *s, struct lc_fold_rule rule)
{
    struct lc_folds folds;
    struct lc_err err = {.text = ""};

    assert_int_equal(lc_cohort_folds(&s->cohort, &rule, &arena, &folds, &err), LC_OK);
    return folds;
}

/* A pair's row: difference, low, high, p, exploratory. */
static const union lc_value *pair_of(const struct lc_backtest *b, const char *model,
                                     const char *against, const char *fold, const char *metric)
{
    for (size_t i = 0; i < b->comparisons.n; i++) {
        const union lc_value *row = b->comparisons.value + i * b->comparisons.k;

        if (strcmp(row[0].text, model) == 0 && strcmp(row[1].text, against) == 0 &&
            strcmp(row[2].text, fold) == 0 && strcmp(row[3].text, metric) == 0)
            return row + 4;
    }
    print_error("no %s of %s against %s in %s\n", metric, model, against, fold);
    fail();
    return NULL;
}

static const char *verdict_of(const struct lc_backtest *b, const char *model, const char **why)
{
    const size_t to = lc_frame_column(&b->verdicts, "why");

    for (size_t i = 0; i < b->verdicts.n; i++) {
        const union lc_value *row = b->verdicts.value + i * b->verdicts.k;

        *why = row[to].text;
        if (strcmp(row[0].text, model) == 0)
            return row[2].text;
    }
    fail();
    return NULL;
}

/* ---- folds ---- */

static void a_fold_is_a_calendar_period_and_learns_what_was_known_before(void **state)
{
    static const struct lc_fold_rule rule[] = {{LC_ROLLING_QUARTER, 3, 50, 20},
                                               {LC_ROLLING_MONTH, 5, 50, 20}};
    static const enum lc_period kind[] = {LC_PERIOD_QUARTER, LC_PERIOD_MONTH};
    const struct simulated *s = simulated_by(1);

    (void)state;
    for (size_t r = 0; r < 2; r++) {
        const struct lc_folds folds = folds_of(s, rule[r]);
        int32_t before = INT32_MIN;

        assert_int_equal(folds.n, rule[r].most);
        for (size_t k = 0; k < folds.n; k++) {
            const struct lc_split *f = &folds.of[k];
            const int32_t period = lc_period_of(kind[r], f->first_test);
            char name[LC_PERIOD_TEXT];
            size_t train = 0, test = 0, won = 0;

            lc_period_text(kind[r], period, name);
            assert_string_equal(f->fold, name);
            assert_true(period > before);
            before = period;
            for (size_t i = 0; i < s->cohort.n; i++) {
                train += s->cohort.day[i] + 60 <= f->first_test;
                test += lc_period_of(kind[r], s->cohort.day[i]) == period;
                won += lc_period_of(kind[r], s->cohort.day[i]) == period && s->cohort.y[i];
            }
            assert_int_equal(f->n_train, train);
            assert_int_equal(f->n_test, test);
            assert_int_equal(f->test_won, won);
            assert_int_equal(f->gap, s->cohort.n - train - test);
        }
    }
}

static void a_period_with_too_little_to_learn_from_is_no_fold(void **state)
{
    const struct simulated *s = simulated_by(2);
    const struct lc_folds all =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_QUARTER, 36, 50, 20});
    const struct lc_folds few =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_QUARTER, 36, 100, 20});

    (void)state;
    assert_true(few.n > 0 && few.n < all.n);
    assert_string_equal(few.of[few.n - 1].fold, all.of[all.n - 1].fold);
    for (size_t k = 0; k < few.n; k++)
        assert_true(few.of[k].train_won >= 100);
    assert_int_equal(folds_of(s, (struct lc_fold_rule){LC_ROLLING_QUARTER, 36, 5000, 20}).n, 0);
}

static void quarters_give_way_to_one_test_where_there_are_too_few(void **state)
{
    const struct simulated *s = simulated_by(3);
    const struct lc_folds several =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_AUTO, 0, 50, 20});
    const struct lc_folds one =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_AUTO, 0, 5000, 20});

    (void)state;
    assert_int_equal(several.n, LC_FOLDS_USUAL);
    assert_int_equal(one.n, 1);
    assert_string_equal(one.of[0].fold, "test");
}

static void mixed_folds_test_every_lead_once(void **state)
{
    struct simulated *s = simulated_by(4);
    const struct lc_folds folds =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_MIXED, 0, 50, 20});
    uint8_t *seen = LC_NEW(&arena, s->cohort.n, uint8_t);

    (void)state;
    assert_int_equal(folds.n, 5);
    for (size_t k = 0; k < folds.n; k++) {
        assert_int_equal(folds.of[k].n_train + folds.of[k].n_test, s->cohort.n);
        for (size_t i = 0; i < folds.of[k].n_test; i++)
            seen[folds.of[k].test[i]]++;
    }
    for (size_t i = 0; i < s->cohort.n; i++)
        assert_int_equal(seen[i], 1);
}

/* Every third lead is of one of 40 accounts. */
static void give_accounts(struct simulated *s)
{
    uint32_t *cluster = LC_NEW(&arena, s->cohort.n, uint32_t), next = 40;

    for (size_t i = 0; i < s->cohort.n; i++)
        cluster[i] = i % 3 ? next++ : (uint32_t)(i / 3 % 40);
    s->cohort.cluster = cluster;
    s->cohort.n_clusters = next;
}

static void no_fold_parts_an_account(void **state)
{
    static const enum lc_rolling by[] = {LC_ROLLING_NO, LC_ROLLING_QUARTER, LC_ROLLING_MIXED};
    struct simulated *s = simulated_by(5);

    (void)state;
    give_accounts(s);
    for (size_t r = 0; r < 3; r++) {
        const struct lc_folds folds = folds_of(s, (struct lc_fold_rule){by[r], 0, 20, 20});

        assert_true(folds.n > 0);
        for (size_t k = 0; k < folds.n; k++) {
            const struct lc_split *f = &folds.of[k];
            uint8_t *tested = LC_NEW(&arena, s->cohort.n_clusters, uint8_t);
            size_t won = 0;

            for (size_t i = 0; i < f->n_test; i++)
                tested[s->cohort.cluster[f->test[i]]] = 1;
            for (size_t i = 0; i < f->n_train; i++) {
                assert_int_equal(tested[s->cohort.cluster[f->train[i]]], 0);
                won += s->cohort.y[f->train[i]];
            }
            assert_int_equal(f->train_won, won);
            assert_true(f->n_train + f->n_test + f->gap == s->cohort.n);
        }
    }
}

static void quarters_need_dates(void **state)
{
    struct simulated *s = simulate(6, &arena);
    const struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    s->spec.date.entered = s->spec.date.closed = NULL;
    s->spec.window_days = LC_WINDOW_NONE;
    simulated_cohort(s, &arena);
    assert_int_equal(run(s, &o, NULL, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--entered"));
}

static void too_few_wins_in_the_folds_are_not_enough_history(void **state)
{
    const struct simulated *s = simulated_by(7);
    struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    o.least_train_won = 5000;
    assert_int_equal(run(s, &o, NULL, &arena, &b, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "not enough history: 0 periods"));
}

/* ---- what all folds together say ---- */

static void over_the_folds_counts_add_up_and_auc_is_the_mean(void **state)
{
    static const char *const sums[] = {"test_leads", "test_won"};
    const struct simulated *s = simulated_by(8);
    const struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    const struct lc_backtest b = run_well(s, &o);
    const struct lc_folds folds =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_QUARTER, 0, 50, 20});
    double auc = 0, variance = 0, brier = 0, se, sum[2] = {0};

    (void)state;
    assert_string_equal(b.metric[0].fold, "all");
    for (size_t k = 0; k < folds.n; k++) {
        const char *fold = folds.of[k].fold;
        const struct lc_metric *a = metric_of(&b, "logistic", fold, "auc");

        auc += a->value / (double)folds.n;
        /* The distance of a limit is z times the error, and errors of folds are independent. */
        variance += (a->value - a->low) * (a->value - a->low);
        brier += value_of(&b, "logistic", fold, "brier") * (double)folds.of[k].n_test;
        for (size_t j = 0; j < 2; j++)
            sum[j] += value_of(&b, "logistic", fold, sums[j]);
        assert_non_null(strstr(b.folds, fold));
    }
    for (size_t j = 0; j < 2; j++)
        assert_close(value_of(&b, "logistic", "all", sums[j]), sum[j], 0);
    assert_close(value_of(&b, "logistic", "all", "auc"), auc, 1e-12);
    se = sqrt(variance) / (double)folds.n;
    assert_close(metric_of(&b, "logistic", "all", "auc")->low, auc - se, 1e-9);
    assert_close(value_of(&b, "logistic", "all", "brier"), brier / sum[0], 1e-12);
    assert_close((double)b.split.n_test, sum[0], 0);
    assert_close(b.volume.won, sum[1], 0);
    assert_true(b.by_fold.n > b.grades.n);
}

/* What was learnt for a test, and what that said, knows no label of the test or of what came later. */
static void labels_of_later_folds_change_nothing_that_was_said_before(void **state)
{
    static const char *const said[] = {"train_won", "mean_predicted"};
    struct simulated *s = simulated_by(9);
    const struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    const struct lc_backtest before = run_well(s, &o);
    const struct lc_folds folds =
        folds_of(s, (struct lc_fold_rule){LC_ROLLING_QUARTER, 0, 50, 20});
    const struct lc_split *last = &folds.of[folds.n - 1];
    uint8_t *y = LC_NEW(&arena, s->cohort.n, uint8_t);
    struct lc_backtest after;

    (void)state;
    memcpy(y, s->cohort.y, s->cohort.n);
    for (size_t i = 0; i < last->n_test; i += 3)
        y[last->test[i]] = !y[last->test[i]];
    s->cohort.y = y;
    after = run_well(s, &o);
    for (size_t k = 0; k < folds.n; k++) {
        static const char *const model[] = {"ratio",   "logistic", "woe",
                                            "integer", "profile",  "engagement"};

        for (size_t m = 0; m < 6; m++)
            for (size_t j = 0; j < 2; j++)
                assert_close(value_of(&before, model[m], folds.of[k].fold, said[j]),
                             value_of(&after, model[m], folds.of[k].fold, said[j]), 0);
    }
    assert_close(value_of(&before, "woe", folds.of[0].fold, "auc"),
                 value_of(&after, "woe", folds.of[0].fold, "auc"), 0);
    assert_true(value_of(&before, "woe", last->fold, "auc") !=
                value_of(&after, "woe", last->fold, "auc"));
}

/* Weights of evidence with nothing but loops: ln of the share of the wins over that of the rest. */
static double evidence_of(const struct simulated *s, const struct lc_backtest *b, uint32_t row)
{
    const double all_won = (double)b->split.train_won,
                 all_lost = (double)(b->split.n_train - b->split.train_won);
    double score = 0;

    for (size_t j = 0; j < ATTRIBUTES; j++) {
        double won = 0.5, lost = 0.5;

        for (size_t i = 0; i < b->split.n_train; i++) {
            const uint32_t at = s->cohort.row[b->split.train[i]];

            if (strcmp(s->cell[column[j]][at], s->cell[column[j]][row]) == 0)
                *(s->cohort.y[b->split.train[i]] ? &won : &lost) += 1;
        }
        score += log(won / all_won / (lost / all_lost));
    }
    return score;
}

static void unit_weights_add_up_the_weights_of_evidence(void **state)
{
    const struct simulated *s = simulated_by(10);
    const struct lc_backtest_options o = usual(LC_ROLLING_NO);
    const struct lc_backtest b = run_well(s, &o);
    double score[SIMULATED_LEADS], above = 0, pairs = 0;

    (void)state;
    for (size_t i = 0; i < b.split.n_test; i++)
        score[i] = evidence_of(s, &b, s->cohort.row[b.split.test[i]]);
    for (size_t i = 0; i < b.split.n_test; i++)
        for (size_t j = 0; j < b.split.n_test; j++)
            if (s->cohort.y[b.split.test[i]] && !s->cohort.y[b.split.test[j]]) {
                const double d = score[i] - score[j];

                pairs += 1;
                above += d > 1e-9 ? 1 : d < -1e-9 ? 0 : 0.5;
            }
    assert_close(value_of(&b, "woe", "test", "auc"), above / pairs, 1e-12);
}

/* ---- pairs ---- */

/* No score at all has AUC one half without error: the pair's interval is the model's own. */
static void against_no_score_the_difference_is_the_model_itself(void **state)
{
    const struct simulated *s = simulated_by(11);
    struct lc_backtest_options o = usual(LC_ROLLING_NO);
    struct lc_backtest b;
    const struct lc_metric *auc, *gain;
    const union lc_value *row;

    (void)state;
    o.comparisons = true;
    b = run_well(s, &o);
    auc = metric_of(&b, "logistic", "test", "auc");
    gain = metric_of(&b, "logistic", "test", "capture_over_chance");
    row = pair_of(&b, "logistic", "none", "test", "auc");
    assert_close(row[0].number, auc->value - 0.5, 1e-12);
    assert_close(row[1].number, auc->low - 0.5, 1e-9);
    assert_close(row[2].number, auc->high - 0.5, 1e-9);
    assert_string_equal(row[4].text, "no");
    row = pair_of(&b, "logistic", "none", "test", "capture_at_capacity");
    assert_close(row[0].number, gain->value, 1e-12);
    row = pair_of(&b, "logistic", "ratio", "test", "log_loss");
    assert_close(row[0].number,
                 value_of(&b, "logistic", "test", "log_loss") -
                     value_of(&b, "ratio", "test", "log_loss"),
                 1e-12);
    assert_string_equal(row[4].text, "yes");
}

/* p and the interval are of one normal distribution: p = 0.05 where the interval ends at 0. */
static void p_says_what_the_interval_says(void **state)
{
    const struct simulated *s = simulated_by(12);
    struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    struct lc_backtest b;
    size_t certain = 0;

    (void)state;
    o.comparisons = true;
    b = run_well(s, &o);
    for (size_t i = 0; i < b.comparisons.n; i++) {
        const union lc_value *row = b.comparisons.value + i * b.comparisons.k + 4;

        if (isnan(row[3].number))
            continue;
        assert_int_equal(row[3].number<0.05, row[1].number> 0 || row[2].number < 0);
        certain += row[3].number < 0.05;
    }
    assert_true(certain > 0 && certain < b.comparisons.n);
}

static void pairs_are_the_same_on_one_thread_and_on_seven(void **state)
{
    const struct simulated *s = simulated_by(13);
    struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_backtest one, seven;
    struct lc_err err;

    (void)state;
    o.comparisons = true;
    one = run_well(s, &o);
    assert_non_null(pool);
    assert_int_equal(run(s, &o, pool, &arena, &seven, &err), LC_OK);
    lc_parallel_free(pool);
    assert_int_equal(one.comparisons.n, seven.comparisons.n);
    for (size_t i = 0; i < one.comparisons.n; i++)
        for (size_t j = 4; j < 8; j++) {
            const size_t at = i * one.comparisons.k + j;

            assert_memory_equal(&one.comparisons.value[at], &seven.comparisons.value[at],
                                sizeof(double));
        }
}

static void the_challenger_is_named_and_must_run(void **state)
{
    const struct simulated *s = simulated_by(14);
    struct lc_backtest_options o = usual(LC_ROLLING_NO);
    struct lc_backtest b;
    struct lc_err err;

    (void)state;
    o.challenger = "ratio";
    b = run_well(s, &o);
    assert_close(value_of(&b, "ratio", "test", "capture_over_chance"), b.volume.gain, 0);
    assert_close(value_of(&b, "ratio", "test", "capture_at_capacity"), b.volume.new_model.share,
                 0);
    o.challenger = "none";
    assert_int_equal(run(s, &o, NULL, &arena, &b, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "ratio, logistic, woe, integer, profile, engagement"));
}

/* ---- leads of one account ---- */

/* 748 leads, of which a quarter is a whole number, or each of them twice: the odd rows are twins of
 * those before them, or have no day. */
static struct simulated *pairs_by(uint64_t seed, bool twins)
{
    struct simulated *s = simulate(seed, &arena);

    for (size_t i = 1; i < SIMULATED_LEADS; i += 2) {
        for (size_t j = 0; j < SIMULATED_COLUMNS; j++)
            s->cell[j][i] = s->cell[j][i - 1];
        if (!twins)
            s->cell[ENTERED][i] = "";
    }
    for (size_t i = 0; i < 4; i++)
        s->cell[ENTERED][i] = "";
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    return s;
}

static void give_pairs(struct simulated *s)
{
    uint32_t *cluster = LC_NEW(&arena, s->cohort.n, uint32_t);

    for (size_t i = 0; i < s->cohort.n; i++)
        cluster[i] = s->cohort.row[i] / 2;
    s->cohort.cluster = cluster;
    s->cohort.n_clusters = SIMULATED_LEADS / 2;
}

/* Every lead twice, in one account of two, is no new evidence: AUC's interval stays, and the close
 * rate's is that of half as many leads. Twice the likelihood beside half the prior variance has the
 * same maximum, so the weights are the same and both tests rank the same leads. */
static void a_twin_is_no_second_witness(void **state)
{
    struct simulated *s = pairs_by(15, true);
    struct lc_backtest_options o = usual(LC_ROLLING_NO);
    const struct lc_backtest single = run_well(pairs_by(15, false), &o);
    struct lc_backtest strangers, twins;
    const struct lc_metric *auc, *own, *apart, *rate;
    double k, won;

    (void)state;
    o.fit.prior_sd /= sqrt(2);
    strangers = run_well(s, &o);
    give_pairs(s);
    twins = run_well(s, &o);
    assert_int_equal(twins.split.n_train, 2 * single.split.n_train);
    assert_int_equal(twins.split.n_test, 2 * single.split.n_test);
    auc = metric_of(&twins, "logistic", "test", "auc");
    apart = metric_of(&strangers, "logistic", "test", "auc");
    own = metric_of(&single, "logistic", "test", "auc");
    assert_close(auc->value, own->value, 1e-12);
    assert_close(auc->low, own->low, 1e-9);
    assert_close(auc->high, own->high, 1e-9);
    assert_close(auc->value, apart->value, 1e-12);
    assert_true(auc->high - auc->low > 1.35 * (apart->high - apart->low)); /* about root 2 */
    /* Of k pairs it is 2 k / (k - 1), which takes the leads for k - 1 rather than k. */
    k = (double)single.split.n_test;
    won = (double)single.split.test_won * (k - 1) / k;
    rate = metric_of(&twins, "logistic", "test", "observed_rate");
    assert_close(value_of(&twins, "logistic", "test", "design_effect"), 2 * k / (k - 1), 1e-12);
    assert_close(rate->value, won / (k - 1), 1e-15);
    assert_close(rate->low, lc_wilson(won, k - 1).low, 1e-12);
    assert_close(rate->high, lc_wilson(won, k - 1).high, 1e-12);
}

/* Some leads of 40 accounts: training loses those that are tested, and only what has accounts has
 * their effect. */
static void accounts_widen_the_close_rate_and_leave_it_as_it_is(void **state)
{
    struct simulated *s = simulated_by(15);
    const struct lc_backtest_options o = usual(LC_ROLLING_NO);
    const struct lc_backtest plain = run_well(s, &o);
    struct lc_backtest shared;
    const struct lc_metric *rate, *own;

    (void)state;
    give_accounts(s);
    shared = run_well(s, &o);
    assert_true(value_of(&shared, "logistic", "test", "design_effect") >= 1);
    assert_true(shared.split.n_train < plain.split.n_train);
    assert_int_equal(shared.split.n_test, plain.split.n_test);
    rate = metric_of(&shared, "logistic", "test", "observed_rate");
    own = metric_of(&plain, "logistic", "test", "observed_rate");
    assert_close(rate->value, own->value, 0);
    assert_true(rate->high - rate->low >= own->high - own->low);
    for (size_t i = 0; i < plain.n_metrics; i++)
        assert_true(strcmp(plain.metric[i].metric, "design_effect") != 0);
}

/* ---- verdicts ---- */

static void a_verdict_says_why(void **state)
{
    struct simulated *s = simulated_by(16);
    const struct lc_backtest_options one = usual(LC_ROLLING_NO);
    struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    struct lc_backtest b;
    const char *why = "";

    (void)state;
    o.most_folds = 7;
    b = run_well(s, &o);
    assert_string_equal(verdict_of(&b, "logistic", &why), "usable");
    b = run_well(s, &one);
    assert_string_equal(verdict_of(&b, "logistic", &why), "weak");
    assert_non_null(strstr(why, "AUC is known to within"));
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        s->cell[VISITS][i] = i % 2 ? "1" : "2"; /* nothing of it is left to be known by */
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    b = run_well(s, &one);
    assert_string_equal(verdict_of(&b, "engagement", &why), "not enough evidence");
    assert_non_null(strstr(why, "0.5"));
}

static void without_order_a_verdict_is_weak(void **state)
{
    const struct simulated *s = simulated_by(17);
    const struct lc_backtest_options o = usual(LC_ROLLING_MIXED);
    const struct lc_backtest b = run_well(s, &o);
    const char *why = "";

    (void)state;
    assert_string_equal(verdict_of(&b, "logistic", &why), "weak");
    assert_non_null(strstr(why, "not later"));
    assert_ptr_equal(b.verdict, strstr(b.verdict, "weak: mixed in time"));
    assert_true(isnan(b.volume.weeks));
}

static void what_the_wins_carry_is_said_beside_what_was_learnt(void **state)
{
    const struct simulated *s = simulated_by(18);
    const struct lc_backtest_options o = usual(LC_ROLLING_NO);
    const struct lc_backtest b = run_well(s, &o);
    const union lc_value *row = b.verdicts.value + b.verdicts.k; /* logistic */
    const double learnt = row[lc_frame_column(&b.verdicts, "parameters")].number;

    (void)state;
    assert_string_equal(row[0].text, "logistic");
    assert_close(row[lc_frame_column(&b.verdicts, "carried")].number,
                 lc_parameters_carried((double)b.split.n_train, (double)b.split.train_won), 0);
    assert_true(learnt > 3 && learnt < 11); /* 4 + 2 + 5 free levels, shrunken */
    assert_close(b.verdicts.value[lc_frame_column(&b.verdicts, "parameters")].number, 11, 0);
}

/* What looks best on its own leads looks less so when corrected; the same on any threads. */
static void the_optimism_of_the_training_leads_is_taken_off(void **state)
{
    const struct simulated *s = simulated_by(20);
    struct lc_backtest_options o = usual(LC_ROLLING_NO);
    struct lc_backtest b, again;

    (void)state;
    o.optimism = 40;
    b = run_well(s, &o);
    again = run_well(s, &o);
    assert_close(value_of(&b, "logistic", "train", "resamples"), 40, 0);
    assert_true(value_of(&b, "logistic", "train", "auc_corrected") <
                value_of(&b, "logistic", "train", "auc_apparent"));
    assert_true(value_of(&b, "logistic", "train", "slope_corrected") <
                value_of(&b, "logistic", "train", "slope_apparent"));
    assert_true(value_of(&b, "logistic", "train", "brier_corrected") >
                value_of(&b, "logistic", "train", "brier_apparent"));
    assert_true(value_of(&b, "logistic", "train", "auc_corrected") > 0.6);
    assert_close(value_of(&b, "logistic", "train", "auc_corrected"),
                 value_of(&again, "logistic", "train", "auc_corrected"), 0);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct simulated *s = simulated_by(19);
    struct lc_backtest_options o = usual(LC_ROLLING_QUARTER);
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    o.comparisons = true;
    o.most_folds = 2;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 4096 + limit / 16) {
        struct lc_backtest b = {.verdict = "as it was"};
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = run(s, &o, NULL, &small, &b, &err);
        if (rc)
            assert_string_equal(b.verdict, "as it was");
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_fold_is_a_calendar_period_and_learns_what_was_known_before),
        TEST(a_period_with_too_little_to_learn_from_is_no_fold),
        TEST(quarters_give_way_to_one_test_where_there_are_too_few),
        TEST(mixed_folds_test_every_lead_once),
        TEST(no_fold_parts_an_account),
        TEST(quarters_need_dates),
        TEST(too_few_wins_in_the_folds_are_not_enough_history),
        TEST(over_the_folds_counts_add_up_and_auc_is_the_mean),
        TEST(labels_of_later_folds_change_nothing_that_was_said_before),
        TEST(unit_weights_add_up_the_weights_of_evidence),
        TEST(against_no_score_the_difference_is_the_model_itself),
        TEST(p_says_what_the_interval_says),
        TEST(pairs_are_the_same_on_one_thread_and_on_seven),
        TEST(the_challenger_is_named_and_must_run),
        TEST(a_twin_is_no_second_witness),
        TEST(accounts_widen_the_close_rate_and_leave_it_as_it_is),
        TEST(a_verdict_says_why),
        TEST(without_order_a_verdict_is_weak),
        TEST(what_the_wins_carry_is_said_beside_what_was_learnt),
        TEST(the_optimism_of_the_training_leads_is_taken_off),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
