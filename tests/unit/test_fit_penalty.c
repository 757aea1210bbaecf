/* Penalties of a fit that are not one Gaussian prior of a given SD. */
#include <gsl/gsl_errno.h>
#include <string.h>

#include "drawn_leads.h"
#include "leadcal/fit.h"
#include "test.h"

#define N DRAWN

static const size_t all[] = {0, 1, 2};

/* Each as often as the others beside every source. */
static const char *any_shade(uint32_t i, struct lc_random *random)
{
    static const char *const shade[] = {"blue", "green", "ochre", "red", "teal"};

    (void)random;
    return shade[i % 5];
}

/* Four sources and two sizes, and five shades that say nothing. */
static int set_up(void **state)
{
    static const char *const sources[] = {"Email", "Fair", "Referral", "Web"};
    static const double weight[] = {0, -0.9, 1.2, 0.4};

    (void)state;
    draw_leads(&(struct drawing){2026, sources, weight, 4, "shade", LC_KIND_TEXT, any_shade});
    return 0;
}

static void young_leads_go_with_the_gaussian_prior_or_none(void **state)
{
    static double seen[N];
    struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .alpha = LC_ALPHA, .seen = seen};
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < N; i++)
        seen[i] = i % 3 ? 1 : 0.37;
    for (int p = LC_PENALTY_GAUSSIAN; p <= LC_PENALTY_FIRTH; p++) {
        o.penalty = (enum lc_penalty)p;
        assert_int_equal(
            lc_fit_leads(&table, row, y, N, all, NULL, 2, &o, NULL, &arena, &fit, &err),
            p == LC_PENALTY_GAUSSIAN ? LC_OK : LC_EMISMATCH);
    }
    o.penalty = LC_PENALTY_GAUSSIAN;
    o.likelihood = true;
    assert_int_equal(
        lc_fit_leads(&table, row, y, N, all, NULL, 2, &o, NULL, &arena, &fit, &err), LC_OK);
}

static struct lc_fit fit_some(size_t k, const struct lc_fit_options *o)
{
    struct lc_fit fit;
    struct lc_err err;

    if (lc_fit_leads(&table, row, y, N, all, NULL, k, o, NULL, &arena, &fit, &err) != LC_OK) {
        print_error("%s\n", err.text);
        fail();
    }
    return fit;
}

/* All notes of the fit's frame as one text. */
static const char *notes_of(const struct lc_fit *fit)
{
    struct lc_frame frame;
    struct lc_err err;
    const char *text = "";

    assert_int_equal(lc_fit_frame(fit, &arena, &frame, &err), LC_OK);
    for (size_t i = 0; i < frame.n_notes; i++)
        text = lc_arena_format(&arena, "%s%s\n", text, frame.note[i]);
    return text;
}

static void more_weights_than_wins_are_said(void **state)
{
    static const struct {
        struct lc_fit_options options;
        const char *says;
    } known[] = {
        {{.prior_sd = 0.7}, "the penalty has more say in them than the leads"},
        {{.penalty = LC_PENALTY_LOGF}, "the penalty has more say in them than the leads"},
        {{.penalty = LC_PENALTY_FIRTH}, "they follow chance more than the leads"},
        {{.penalty = LC_PENALTY_LEARNED}, "they follow chance more than the leads"}};
    uint8_t kept[N];

    (void)state;
    memcpy(kept, y, sizeof kept);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        struct lc_fit fit;
        const char *notes;

        for (size_t won = 7; won <= 8; won++) { /* three, one and four weights */
            for (size_t i = 0; i < N; i++)
                y[i] = i % (N / won) == 3 && i / (N / won) < won;
            fit = fit_some(3, &known[k].options);
            notes = notes_of(&fit);
            assert_true((strstr(notes, known[k].says) != NULL) == (won < 8));
            assert_true((strstr(notes, "7 wins for 8 weights") != NULL) == (won < 8));
        }
        for (size_t i = 0; i < N; i++)
            y[i] = i != 5;
        fit = fit_some(3, &known[k].options);
        notes = notes_of(&fit);
        assert_non_null(strstr(notes, "1 loss for 8 weights"));
    }
    memcpy(y, kept, sizeof kept);
}

static void quarters_have_an_effect_under_gaussian_priors_alone(void **state)
{
    static int32_t quarter[N];
    struct lc_fit_options o = {
        .prior_sd = LC_PRIOR_SD, .alpha = LC_ALPHA, .lambda = 0.01, .quarter_sd = 0.3};

    (void)state;
    for (size_t i = 0; i < N; i++)
        quarter[i] = (int32_t)(8100 + i / 225);
    for (int p = LC_PENALTY_GAUSSIAN; p <= LC_PENALTY_FIRTH; p++) {
        struct lc_fit without, with;

        o.penalty = (enum lc_penalty)p;
        o.quarter = NULL;
        without = fit_some(2, &o);
        o.quarter = quarter;
        with = fit_some(2, &o);
        assert_int_equal(with.kernel.k, without.kernel.k);
        assert_int_equal(with.quarters.n, p <= LC_PENALTY_LEARNED ? 4 : 0);
        assert_true(with.quarters.left_out == (p > LC_PENALTY_LEARNED));
        if (!with.quarters.left_out)
            assert_close(with.quarters.sd, 0.3, 0); /* given, not learnt with the others */
        if (with.quarters.left_out)
            assert_memory_equal(with.kernel.b, without.kernel.b,
                                with.kernel.k * sizeof *with.kernel.b);
    }
}

/* With one attribute the learnt SD is one that could have been typed in. */
static void a_learnt_sd_gives_the_weights_of_that_sd_typed_in(void **state)
{
    const struct lc_fit learned =
        fit_some(1, &(struct lc_fit_options){.penalty = LC_PENALTY_LEARNED, .prior_sd = 0.7});
    const struct lc_fit typed =
        fit_some(1, &(struct lc_fit_options){.prior_sd = learned.sd[0]});
    double weight[4], wide[4], narrow[4];

    (void)state;
    assert_true(learned.sd[0] > 0.2 && learned.sd[0] < 3);
    assert_close(learned.prior_sd, learned.sd[0], 1e-12);
    for (size_t b = 0; b < learned.kernel.k; b++)
        assert_close(learned.kernel.b[b], typed.kernel.b[b], 1e-9);
    assert_true(isnan(learned.aic));
    /* An SD that is learnt is not known, so that nothing is as sure. */
    lc_fit_levels(&learned, 0, weight, wide);
    lc_fit_levels(&typed, 0, weight, narrow);
    for (size_t v = 0; v < 4; v++)
        assert_true(wide[v] > narrow[v] && wide[v] < 1.5 * narrow[v]);
}

/* Shades that are all alike have SD 0, weights of nearly 0 and no points; the note names them. */
static void an_attribute_that_says_nothing_gets_no_points_and_a_word(void **state)
{
    const struct lc_fit fit =
        fit_some(3, &(struct lc_fit_options){.penalty = LC_PENALTY_LEARNED, .prior_sd = 0.7});
    struct lc_card card;
    struct lc_err err;

    (void)state;
    assert_true(fit.sd[0] > 0.2 && fit.sd[1] > 0.05 && fit.sd[2] == 0);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t v = 0; v < 5; v++)
        assert_true(card.attribute[2].points[v] == 0);
    assert_non_null(
        strstr(notes_of(&fit), "the levels of shade differ by no more than chance"));
    assert_non_null(strstr(notes_of(&fit), lc_arena_format(&arena, ": source %.2f, size %.2f;",
                                                           fit.sd[0], fit.sd[1])));
}

/* The intercept has no prior, so that the mean of the probabilities is the close rate; that of the
 * card, whose attributes are centred one by one, too. Under log-F levels do not sum to 0, but are
 * shown as deviations. */
static void under_log_f_the_card_still_hits_the_close_rate(void **state)
{
    const struct lc_fit fit =
        fit_some(1, &(struct lc_fit_options){.penalty = LC_PENALTY_LOGF, .prior_sd = 0.7});
    double expected = 0, sum = 0, pull = 0;
    struct lc_frame frame;
    struct lc_card card;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t v = 0; v < 4; v++)
        expected +=
            fit.attribute[0].n[v] * lc_logistic(card.intercept + card.attribute[0].value[v]);
    assert_close(expected, (double)fit.n_won, 1e-8);
    for (size_t v = 0; v < 4; v++)
        pull += tanh(fit.kernel.b[1 + v] / 2); /* the prior's slopes balance */
    assert_close(pull, 0, 1e-8);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    for (size_t i = 1; i < frame.n; i++)
        sum += frame.value[i * frame.k + lc_frame_column(&frame, "coefficient")].number;
    assert_close(sum, 0, 1e-12);
    assert_non_null(strstr(notes_of(&fit), "log-F(2,2)"));
}

/* lambda n is the precision that could have been typed in as an SD; chosen by folds it is one of those
 * tried, and the best is no larger. */
static void a_ridge_is_the_prior_of_its_sd(void **state)
{
    const struct lc_fit_options sparing = {.penalty = LC_PENALTY_RIDGE};
    const struct lc_fit_options least = {.penalty = LC_PENALTY_RIDGE, .lambda_least = true};
    const struct lc_fit chosen = fit_some(3, &sparing), best = fit_some(3, &least);
    const struct lc_fit typed =
        fit_some(3, &(struct lc_fit_options){.prior_sd = chosen.prior_sd});

    (void)state;
    assert_close(chosen.prior_sd, 1 / sqrt(N * chosen.path.lambda), 1e-12);
    for (size_t b = 0; b < chosen.kernel.k; b++)
        assert_close(chosen.kernel.b[b], typed.kernel.b[b], 1e-9);
    assert_int_equal(chosen.path.n_folds, LC_FIT_FOLDS);
    assert_false(chosen.path.by_time);
    assert_true(best.path.lambda <= chosen.path.lambda);
    assert_true(chosen.path.mean <= chosen.path.best + chosen.path.error);
    assert_close(best.path.mean, best.path.best, 0);
    assert_non_null(strstr(notes_of(&chosen), "over 5 folds by place in the file"));
    assert_non_null(strstr(notes_of(&best), ", the best over 5 folds"));
}

/* A lasso large enough leaves the attributes that matter alone; those left out have 0 to the bit, no
 * points and no standard error. */
static void a_lasso_leaves_out_what_says_nothing(void **state)
{
    const struct lc_fit fit =
        fit_some(3, &(struct lc_fit_options){.penalty = LC_PENALTY_LASSO, .lambda = 0.012});
    struct lc_frame frame;
    struct lc_card card;
    struct lc_err err;
    double expected = 0;

    (void)state;
    assert_int_equal(fit.path.n_folds, 0);
    for (size_t v = 0; v < 5; v++)
        assert_true(fit.kernel.b[fit.at[2][v]] == 0);
    assert_true(fit.path.used >= 2 && fit.path.used <= 6);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t i = 0; i < N; i++) { /* the intercept has no penalty */
        double eta = card.intercept;

        for (size_t j = 0; j < 2; j++)
            eta += card.attribute[j].value[lc_code_at(&column[j].codes, i)];
        expected += lc_logistic(eta);
    }
    assert_close(expected, (double)fit.n_won, 1e-5); /* the conditions hold to 1e-9 a lead */
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    for (size_t i = 0; i < frame.n; i++)
        assert_true(
            isnan(frame.value[i * frame.k + lc_frame_column(&frame, "std_error")].number));
    assert_non_null(strstr(notes_of(&fit), "lasso of lambda 0.012, as given"));
}

/* Days in reverse of the rows: the last tenth of the rows are one day, and five blocks of time come out
 * of the others; where all are of one day there are no blocks. */
static void folds_are_blocks_of_time_where_there_are_days(void **state)
{
    static int32_t day[N];
    const struct lc_fit_options o = {
        .penalty = LC_PENALTY_ELASTIC, .alpha = LC_ALPHA, .day = day};
    struct lc_fit timed, placed;

    (void)state;
    for (size_t i = 0; i < N; i++)
        day[i] = i < 810 ? 20000 - (int32_t)(i / 9) : 19000;
    timed = fit_some(3, &o);
    assert_true(timed.path.by_time);
    assert_int_equal(timed.path.n_folds, 5);
    assert_non_null(strstr(notes_of(&timed), "elastic net of alpha 0.5"));
    assert_non_null(strstr(notes_of(&timed), "in blocks of time"));
    for (size_t i = 0; i < N; i++)
        day[i] = 20000;
    placed = fit_some(3, &o);
    assert_false(placed.path.by_time);
    assert_true(placed.path.mean != timed.path.mean);
}

/* A level that is all won has a finite weight and limits; the first level is the reference; the mean
 * probability of the card is the close rate though Firth's own intercept overstates it. */
static void firth_has_a_reference_limits_and_the_close_rate(void **state)
{
    const struct lc_fit_options o = {.penalty = LC_PENALTY_FIRTH, .profile = true};
    struct lc_frame frame;
    struct lc_card card;
    struct lc_fit fit;
    struct lc_err err;
    double expected = 0;
    size_t low, high, p, se, b;

    (void)state;
    for (size_t i = 0; i < N; i++)
        y[i] = strcmp(source[i], "Web") == 0 ? 1 : y[i];
    fit = fit_some(2, &o);
    assert_int_equal(fit.reference[0], 0);
    assert_true(fit.at[0][0] == LC_LOGIT_NONE && fit.kernel.b[fit.at[0][3]] > 4);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t i = 0; i < N; i++)
        expected += lc_logistic(card.intercept +
                                card.attribute[0].value[lc_code_at(&column[0].codes, i)] +
                                card.attribute[1].value[lc_code_at(&column[1].codes, i)]);
    assert_close(expected, (double)fit.n_won, 1e-8);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    low = lc_frame_column(&frame, "low");
    high = lc_frame_column(&frame, "high");
    p = lc_frame_column(&frame, "p");
    se = lc_frame_column(&frame, "std_error");
    b = lc_frame_column(&frame, "coefficient");
    assert_int_equal(frame.n, 1 + 3 + 1);
    for (size_t i = 1; i < frame.n; i++) {
        const union lc_value *r = frame.value + i * frame.k;

        assert_true(r[low].number < r[b].number && r[b].number < r[high].number);
        assert_true((r[p].number < 0.05) == (r[low].number > 0 || r[high].number < 0));
        assert_true(r[high].number - r[low].number > 3 * r[se].number);
    }
    assert_non_null(strstr(notes_of(&fit), "Firth's penalty"));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    (void)state;
    for (int penalty = LC_PENALTY_LEARNED; penalty <= LC_PENALTY_FIRTH; penalty++) {
        const struct lc_fit_options o = {
            .penalty = (enum lc_penalty)penalty, .prior_sd = 0.7, .alpha = LC_ALPHA};
        enum lc_rc rc = LC_ENOMEM;
        size_t refused = 0;

        for (size_t limit = 0; rc == LC_ENOMEM;
             limit += penalty == LC_PENALTY_LEARNED || penalty == LC_PENALTY_LOGF ? 512 : 4096,
                    refused++) {
            struct lc_arena small;
            struct lc_frame frame;
            struct lc_fit fit;
            struct lc_err err;

            lc_arena_init(&small, limit);
            rc = lc_fit_leads(&table, row, y, N, all, NULL, 3, &o, NULL, &small, &fit, &err);
            if (!rc)
                rc = lc_fit_frame(&fit, &small, &frame, &err);
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
        TEST(quarters_have_an_effect_under_gaussian_priors_alone),
        TEST(young_leads_go_with_the_gaussian_prior_or_none),
        TEST(more_weights_than_wins_are_said),
        TEST(a_learnt_sd_gives_the_weights_of_that_sd_typed_in),
        TEST(an_attribute_that_says_nothing_gets_no_points_and_a_word),
        TEST(under_log_f_the_card_still_hits_the_close_rate),
        TEST(a_ridge_is_the_prior_of_its_sd),
        TEST(a_lasso_leaves_out_what_says_nothing),
        TEST(folds_are_blocks_of_time_where_there_are_days),
        TEST(firth_has_a_reference_limits_and_the_close_rate),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
