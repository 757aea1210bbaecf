#include "leadcal/roc.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "dataset.h"
#include "leadcal/roc_counts.h"
#include "test.h"

#define MOST DATASET_MOST_ROWS

/* pROC aSAH: 113 patients, 41 with a poor outcome; wfns, s100b, ndka. */
static double asah[4][MOST];
static uint8_t poor[MOST];

static size_t read_asah(const char *test)
{
    static const char *const name[] = {"outcome", "wfns", "s100b", "ndka"};
    const size_t n = dataset_read(test, "asah/aSAH.csv", name, 4, asah);

    assert_int_equal(n, 113);
    for (size_t i = 0; i < n; i++)
        poor[i] = asah[0][i] == 'P';
    return n;
}

static struct lc_auc auc(const double *score, const uint8_t *y, size_t n)
{
    struct lc_arena arena;
    struct lc_auc out;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_auc(score, y, n, &arena, &out, &err), LC_OK);
    lc_arena_release(&arena);
    return out;
}

static struct lc_auc_pair compare(const double *a, const double *b, const uint8_t *y, size_t n)
{
    struct lc_arena arena;
    struct lc_auc_pair out;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_auc_compare(a, b, y, n, &arena, &out, &err), LC_OK);
    lc_arena_release(&arena);
    return out;
}

static struct lc_youden youden(const double *score, const uint8_t *y, size_t n)
{
    struct lc_arena arena;
    struct lc_youden out;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_youden(score, y, n, &arena, &out, &err), LC_OK);
    lc_arena_release(&arena);
    return out;
}

/* methods D1: R pROC auc, ci.auc; the oracle beside the data has more digits of the same. */
static void asah_areas_agree_with_proc(void **state)
{
    static const double want[3][4] = {
        {0.8236788617886179, 0.03833946672586391, 0.7485348878194529, 0.898822835757783},
        {0.7313685636856369, 0.05165929206998909, 0.6301182117616226, 0.8326189156096511},
        {0.6119579945799458, 0.056487260062701765, 0.5012449992717026, 0.722670989888189}};
    const size_t n = read_asah("asah_areas_agree_with_proc");

    (void)state;
    for (size_t j = 0; j < 3; j++) {
        const struct lc_auc got = auc(asah[j + 1], poor, n);

        assert_close(got.auc, want[j][0], 1e-12);
        assert_close(got.se, want[j][1], 1e-12);
        assert_close(got.low, want[j][2], 1e-12);
        assert_close(got.high, want[j][3], 1e-12);
    }
}

/* methods D1 (covariance) and D2: R pROC roc.test, paired, DeLong */
static void asah_differences_agree_with_proc(void **state)
{
    const size_t n = read_asah("asah_differences_agree_with_proc");
    struct lc_auc_pair got = compare(asah[1], asah[2], poor, n);

    (void)state;
    assert_close(got.covariance, 0.001196155674, 1e-12);
    assert_close(got.z, 2.208983591, 5e-10);
    assert_close(got.p, 0.02717578223, 5e-11);
    assert_close(got.low, 0.010406177, 5e-10);
    assert_close(got.high, 0.174214419, 5e-10);
    got = compare(asah[1], asah[3], poor, n);
    assert_close(got.z, 2.797775919, 5e-10);
    assert_close(got.p, 0.005145579707, 5e-12);
    got = compare(asah[2], asah[3], poor, n);
    assert_close(got.z, 1.390770026, 5e-10);
    assert_close(got.p, 0.1642951752, 5e-10);
    got = compare(asah[3], asah[2], poor, n);
    assert_close(got.z, -1.390770026, 5e-10);
    got = compare(asah[3], asah[3], poor, n);
    assert_true(got.difference == 0 && got.z == 0 && got.p == 1);
}

/* methods D3: R pROC coords(best) of s100b */
static void asah_cut_agrees_with_proc(void **state)
{
    const size_t n = read_asah("asah_cut_agrees_with_proc");
    const struct lc_youden got = youden(asah[2], poor, n);

    (void)state;
    assert_close(got.threshold, 0.205, 1e-12);
    assert_close(got.specificity, 58.0 / 72, 1e-12);
    assert_close(got.sensitivity, 26.0 / 41, 1e-12);
}

/* n scores with many ties, and outcomes that follow them loosely. */
static void make_scores(double *score, uint8_t *y, size_t n)
{
    uint64_t s = 20240917;

    for (size_t i = 0; i < n; i++) {
        s = s * 6364136223846793005U + 1442695040888963407U;
        score[i] = (double)(s >> 33 & 31) / 7;
        y[i] = (s >> 40 & 63) < 6 + 2 * (s >> 33 & 15);
    }
}

static void the_area_is_the_share_of_pairs_in_order(void **state)
{
    double score[211], pairs = 0, right = 0, won = 0, lost = 0;
    struct lc_auc got;
    uint8_t y[211];

    (void)state;
    make_scores(score, y, 211);
    for (size_t i = 0; i < 211; i++)
        for (size_t j = 0; j < 211; j++)
            if (y[i] && !y[j]) {
                pairs++;
                right += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
            }
    got = auc(score, y, 211);
    assert_close(got.auc, right / pairs, 1e-14);
    for (size_t i = 0; i < 211; i++) { /* KS: the distance where it says it is */
        won += y[i];
        lost += !y[i];
    }
    pairs = right = 0;
    for (size_t i = 0; i < 211; i++)
        if (score[i] <= got.ks_at)
            *(y[i] ? &right : &pairs) += 1;
    assert_close(got.ks, fabs(right / won - pairs / lost), 1e-14);
}

static void a_rising_transformation_changes_nothing(void **state)
{
    double score[211], moved[211];
    struct lc_auc a, b;
    uint8_t y[211];

    (void)state;
    make_scores(score, y, 211);
    for (size_t i = 0; i < 211; i++)
        moved[i] = exp(score[i]) - 7;
    a = auc(score, y, 211);
    b = auc(moved, y, 211);
    assert_true(a.auc == b.auc && a.se == b.se && a.ks == b.ks);
    assert_close(b.ks_at, exp(a.ks_at) - 7, 0);
}

static void a_mirrored_score_has_the_area_left_over(void **state)
{
    double score[211], moved[211];
    uint8_t y[211];

    (void)state;
    make_scores(score, y, 211);
    for (size_t i = 0; i < 211; i++)
        moved[i] = -score[i];
    assert_close(auc(score, y, 211).auc, 1 - auc(moved, y, 211).auc, 1e-14);
    assert_close(auc(score, y, 211).se, auc(moved, y, 211).se, 1e-14);
}

static void counts_give_what_rows_give(void **state)
{
    double score[211], won[32] = {0}, lost[32] = {0};
    struct lc_auc a, b;
    uint8_t y[211];

    (void)state;
    make_scores(score, y, 211);
    for (size_t i = 0; i < 211; i++)
        *(y[i] ? &won[lround(score[i] * 7)] : &lost[lround(score[i] * 7)]) += 1;
    a = auc(score, y, 211);
    b = lc_auc_counts(won, lost, 32);
    assert_close(a.auc, b.auc, 1e-12);
    assert_close(a.se, b.se, 1e-12);
    assert_close(a.ks, b.ks, 1e-12);
}

static void one_class_has_no_area(void **state)
{
    const double score[] = {0.3, 0.7, 0.2};
    const uint8_t none[] = {0, 0, 0}, all[] = {1, 1, 1};

    (void)state;
    assert_true(isnan(auc(score, none, 3).auc) && isnan(auc(score, all, 3).ks));
    assert_true(isnan(auc(NULL, NULL, 0).auc));
    assert_true(isnan(compare(score, score, none, 3).difference));
    assert_true(isnan(youden(score, all, 3).threshold));
}

static void equal_scores_have_half_the_area(void **state)
{
    const double score[] = {0.3, 0.3, 0.3, 0.3, 0.3};
    const uint8_t y[] = {0, 1, 1, 0, 0};

    (void)state;
    assert_true(auc(score, y, 5).auc == 0.5);
    assert_true(isnan(youden(score, y, 5).threshold));
}

static void gains_share_ties_at_the_edge_evenly(void **state)
{
    /* highest first: 2 of 2 won; 1 of 4; 1 of 4 */
    const double score[] = {9, 9, 5, 5, 5, 5, 1, 1, 1, 1}, fraction[] = {0, 0.2, 0.29, 0.4, 1};
    const uint8_t y[] = {1, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    struct lc_arena arena;
    struct lc_gain g[5];
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_gains(score, y, 10, fraction, 5, &arena, g, &err), LC_OK);
    assert_true(g[0].n_top == 0 && g[0].won == 0 && isnan(g[0].rate) && g[0].capture == 0);
    assert_true(g[1].n_top == 2 && g[1].won == 2 && g[1].rate == 1);
    assert_close(g[1].lift, 2.5, 1e-15);
    assert_close(g[1].capture, 0.5, 1e-15);
    assert_int_equal(g[2].n_top, 2);
    assert_close(g[3].won, 2.5, 1e-15);
    assert_close(g[3].lift, 0.625 / 0.4, 1e-15);
    assert_true(g[4].n_top == 10 && g[4].won == 4 && g[4].lift == 1 && g[4].capture == 1);
    lc_arena_release(&arena);
}

static void a_fraction_of_whole_rows_is_not_lost_to_rounding(void **state)
{
    double score[100];
    const double fraction = 0.29;
    uint8_t y[100];
    struct lc_arena arena;
    struct lc_gain g;
    struct lc_err err;

    (void)state;
    make_scores(score, y, 100);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_gains(score, y, 100, &fraction, 1, &arena, &g, &err), LC_OK);
    assert_int_equal(g.n_top, 29);
    lc_arena_release(&arena);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    double score[50], fraction = 0.3;
    uint8_t y[50];
    size_t refused = 0;

    (void)state;
    make_scores(score, y, 50);
    for (int which = 0; which < 4; which++) {
        enum lc_rc rc = LC_ENOMEM;

        for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
            struct lc_arena arena;
            struct lc_auc one;
            struct lc_auc_pair pair;
            struct lc_youden cut;
            struct lc_gain gain;
            struct lc_err err;

            lc_arena_init(&arena, limit);
            switch (which) {
            case 0: rc = lc_auc(score, y, 50, &arena, &one, &err); break;
            case 1: rc = lc_auc_compare(score, score, y, 50, &arena, &pair, &err); break;
            case 2: rc = lc_youden(score, y, 50, &arena, &cut, &err); break;
            default: rc = lc_gains(score, y, 50, &fraction, 1, &arena, &gain, &err); break;
            }
            lc_arena_release(&arena);
            refused += rc == LC_ENOMEM;
        }
        assert_int_equal(rc, LC_OK);
    }
    assert_true(refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asah_areas_agree_with_proc),
        cmocka_unit_test(asah_differences_agree_with_proc),
        cmocka_unit_test(asah_cut_agrees_with_proc),
        cmocka_unit_test(the_area_is_the_share_of_pairs_in_order),
        cmocka_unit_test(a_rising_transformation_changes_nothing),
        cmocka_unit_test(a_mirrored_score_has_the_area_left_over),
        cmocka_unit_test(counts_give_what_rows_give),
        cmocka_unit_test(one_class_has_no_area),
        cmocka_unit_test(equal_scores_have_half_the_area),
        cmocka_unit_test(gains_share_ties_at_the_edge_evenly),
        cmocka_unit_test(a_fraction_of_whole_rows_is_not_lost_to_rounding),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
