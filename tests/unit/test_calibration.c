#include "leadcal/calibration.h"

#include <gsl/gsl_errno.h>

#include "dataset.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/roc.h"
#include "test.h"

#define MOST DATASET_MOST_ROWS

static double ucla[4][MOST]; /* admit, gre, gpa, rank */
static uint8_t admitted[MOST];
static double chance[MOST];

/* Probabilities for all 400 rows from coefficients in R's order: intercept, gre, gpa, rank 2-4. */
static void read_ucla(const char *test, const double *b)
{
    static const char *const name[] = {"admit", "gre", "gpa", "rank"};

    assert_int_equal(dataset_read(test, "ucla-admissions/binary.csv", name, 4, ucla), 400);
    for (size_t i = 0; i < 400; i++) {
        const size_t rank = (size_t)ucla[3][i];

        admitted[i] = ucla[0][i] > 0;
        chance[i] = lc_logistic(b[0] + b[1] * ucla[1][i] + b[2] * ucla[2][i] +
                                (rank > 1 ? b[rank + 1] : 0));
    }
}

static struct lc_calibration calibration(const double *p, const uint8_t *y, size_t n)
{
    struct lc_calibration out;
    struct lc_arena arena;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_calibration(p, y, n, &arena, &out, &err), LC_OK);
    lc_arena_release(&arena);
    return out;
}

static struct lc_auc auc(const double *p, const uint8_t *y, size_t n)
{
    struct lc_auc out;
    struct lc_arena arena;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_auc(p, y, n, &arena, &out, &err), LC_OK);
    lc_arena_release(&arena);
    return out;
}

/* methods C1: UCLA, fitted to rows 1-200, judged on 201-400 by R rms val.prob */
static void second_half_of_ucla_agrees_with_val_prob(void **state)
{
    const double b[] = {-3.79022097, 0.00348340086, 0.53400710873,
                        -0.70719367, -1.80365463,   -1.95951407};
    struct lc_calibration got;
    double expected = 0, observed = 0;

    (void)state;
    read_ucla("second_half_of_ucla_agrees_with_val_prob", b);
    got = calibration(chance + 200, admitted + 200, 200);
    assert_close(lc_brier(chance + 200, admitted + 200, 200), 0.225386107, 2e-9);
    assert_close(lc_log_loss(chance + 200, admitted + 200, 200), 0.649688746, 2e-9);
    assert_close(got.intercept, -0.068557154, 5e-9);
    assert_close(got.slope, 0.550894190, 5e-9);
    assert_close(got.slope_se, 0.178661609, 1e-7);
    assert_close(got.in_the_large, 0.319531811, 1e-8); /* coefficients of nine digits */
    assert_close(got.in_the_large_se, 0.159437172, 1e-7);
    /* val.prob prints 0.632765586; all pairs counted (R: mean of comparisons) give this. */
    assert_close(auc(chance + 200, admitted + 200, 200).auc, 0.632383448, 5e-10);
    for (size_t i = 200; i < 400; i++) {
        expected += chance[i];
        observed += admitted[i];
    }
    assert_close(observed / expected, 1.20504316, 5e-9);
}

/* methods C3 and L4: the full model on its own rows. Law: there the slope is 1, intercept 0. */
static void a_model_is_calibrated_on_its_own_rows(void **state)
{
    const double b[] = {-3.98997907333103, 0.00226442578618,  0.80403754928022,
                        -0.67544292796356, -1.34020391646789, -1.55146367691807};
    struct lc_calibration got;
    struct lc_auc area;

    (void)state;
    read_ucla("a_model_is_calibrated_on_its_own_rows", b);
    got = calibration(chance, admitted, 400);
    assert_close(got.intercept, 0, 1e-9);
    assert_close(got.slope, 1, 1e-9);
    assert_close(got.in_the_large, 0, 1e-9);
    assert_close(lc_brier(chance, admitted, 400), 0.19471396, 5e-9);
    assert_close(lc_log_loss(chance, admitted, 400), 0.57314687, 5e-9);
    area = auc(chance, admitted, 400);
    assert_close(area.auc, 0.692841279, 5e-10);
    assert_close(area.low, 0.637388394, 5e-9);
    assert_close(area.high, 0.748294165, 5e-9);
    assert_close(area.ks, 0.318392893, 5e-10);
}

static void shrinking_log_odds_raises_the_slope(void **state)
{
    double p[97], half[97];
    uint8_t y[97];

    (void)state;
    for (size_t i = 0; i < 97; i++) {
        p[i] = lc_logistic(((double)(i * 31 % 97) - 48) / 17);
        half[i] = lc_logistic(((double)(i * 31 % 97) - 48) / 34 + 0.7);
        y[i] = i * 71 % 97 < p[i] * 97;
    }
    assert_close(calibration(half, y, 97).slope, 2 * calibration(p, y, 97).slope, 1e-9);
}

static void without_two_classes_nothing_is_known(void **state)
{
    const double p[] = {0.2, 0.3, 0.4}, wild[] = {0, 1, 0.5};
    const uint8_t none[] = {0, 0, 0};
    struct lc_calibration got = calibration(p, none, 3);

    (void)state;
    assert_true(isnan(got.slope) && isnan(got.intercept) && isnan(got.in_the_large));
    got = calibration(wild, none, 3);
    assert_true(isnan(got.in_the_large_se));
    assert_true(isnan(calibration(NULL, NULL, 0).in_the_large));
    assert_true(isnan(lc_brier(NULL, NULL, 0)) && isnan(lc_log_loss(NULL, NULL, 0)));
}

static void equal_or_separating_probabilities_have_no_slope(void **state)
{
    const double same[] = {0.2, 0.2, 0.2, 0.2, 0.2}, apart[] = {0.1, 0.2, 0.3, 0.7, 0.8};
    const uint8_t y[] = {0, 0, 0, 1, 1};
    struct lc_calibration got = calibration(same, y, 5);

    (void)state;
    assert_true(isnan(got.slope) && isnan(got.intercept));
    assert_close(got.in_the_large, log(0.4 / 0.6) - log(0.2 / 0.8), 1e-9);
    got = calibration(apart, y, 5);
    assert_true(isnan(got.slope) && isnan(got.slope_se) && !isnan(got.in_the_large));
}

static void scores_of_certainty_are_finite(void **state)
{
    const double p[] = {0, 1, 0.5};
    const uint8_t right[] = {0, 1, 1}, wrong[] = {1, 1, 1};

    (void)state;
    assert_close(lc_log_loss(p, right, 3), log(2) / 3, 1e-14);
    assert_close(lc_log_loss(p, wrong, 3), (-log(1e-15) + log(2)) / 3, 1e-14);
    assert_close(lc_brier(p, wrong, 3), 1.25 / 3, 1e-15);
}

static void groups_never_split_equal_probabilities(void **state)
{
    const double p[] = {.1, .1, .1, .1, .1, .1, .2, .3, .35, .4};
    const uint8_t y[] = {0, 0, 1, 0, 0, 0, 1, 0, 1, 1};
    struct lc_arena arena;
    struct lc_bin bin[5];
    struct lc_err err;
    size_t used;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_calibration_bins(p, y, 10, 5, &arena, bin, &used, &err), LC_OK);
    assert_int_equal(used, 3);
    assert_true(bin[0].n == 6 && bin[0].won == 1);
    assert_close(bin[0].predicted, 0.1, 1e-15);
    assert_true(bin[1].n == 2 && bin[1].won == 1 && bin[1].observed == 0.5);
    assert_close(bin[2].predicted, 0.375, 1e-15);
    assert_int_equal(lc_calibration_bins(p, y, 0, 5, &arena, bin, &used, &err), LC_OK);
    assert_int_equal(used, 0);
    lc_arena_release(&arena);
}

static void groups_of_different_probabilities_are_equal(void **state)
{
    double p[1003];
    uint8_t y[1003];
    struct lc_bin bin[10];
    struct lc_arena arena;
    struct lc_err err;
    double n = 0, won = 0;
    size_t used;

    (void)state;
    for (size_t i = 0; i < 1003; i++) {
        p[i] = (double)(i * 617 % 1003) / 1003;
        y[i] = i % 3 == 0;
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_calibration_bins(p, y, 1003, 10, &arena, bin, &used, &err), LC_OK);
    lc_arena_release(&arena);
    assert_int_equal(used, 10);
    for (size_t i = 0; i < used; i++) {
        assert_true(bin[i].n == 100 || bin[i].n == 101);
        assert_true(i == 0 || bin[i].predicted > bin[i - 1].predicted);
        n += bin[i].n;
        won += bin[i].won;
    }
    assert_true(n == 1003 && won == 335);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const double p[] = {.1, .4, .3, .35, .6, .2};
    const uint8_t y[] = {0, 1, 1, 0, 0, 1};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
        struct lc_calibration out;
        struct lc_bin bin[3];
        struct lc_arena arena;
        struct lc_err err;
        size_t used;

        lc_arena_init(&arena, limit);
        rc = lc_calibration_bins(p, y, 6, 3, &arena, bin, &used, &err);
        if (!rc)
            rc = lc_calibration(p, y, 6, &arena, &out, &err);
        lc_arena_release(&arena);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(second_half_of_ucla_agrees_with_val_prob),
        cmocka_unit_test(a_model_is_calibrated_on_its_own_rows),
        cmocka_unit_test(shrinking_log_odds_raises_the_slope),
        cmocka_unit_test(without_two_classes_nothing_is_known),
        cmocka_unit_test(equal_or_separating_probabilities_have_no_slope),
        cmocka_unit_test(scores_of_certainty_are_finite),
        cmocka_unit_test(groups_never_split_equal_probabilities),
        cmocka_unit_test(groups_of_different_probabilities_are_equal),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
