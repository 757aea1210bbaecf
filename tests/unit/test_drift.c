#include "leadcal/drift.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/calibration.h"
#include "leadcal/contingency.h"
#include "leadcal/random.h"
#include "leadcal/roc.h"
#include "test.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* HELOC score bands (methods B12) and German credit, checking account of rows 1-500 against rows
 * 501-1000 (methods B13); their PSI by R. */
static const double heloc_before[] = {565, 803, 807, 729, 1015, 565, 417, 752, 823, 845},
                    heloc_now[] = {236, 334, 331, 310, 416, 269, 185, 298, 407, 352};
static const double german_before[] = {128, 144, 31, 197}, german_now[] = {146, 125, 32, 197};

static struct lc_drift test_of(const double *before, const double *now, size_t k, bool *in_rest)
{
    struct lc_arena arena;
    struct lc_drift d;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_drift_test(before, now, k, &arena, in_rest, &d, &err), LC_OK);
    lc_arena_release(&arena);
    return d;
}

static void psi_and_chi_square_agree_with_methods_b12_and_b13(void **state)
{
    const double band_before[] = {518, 47}, band_now[] = {216, 20};
    struct lc_drift d;

    (void)state;
    assert_close(lc_psi(heloc_before, heloc_now, 10), 0.00477576, 5e-9);
    d = test_of(heloc_before, heloc_now, 10, NULL);
    assert_close(d.psi, 0.00477576, 5e-9);
    assert_int_equal(d.df, 9);
    assert_true(d.p > 0.05 && d.psi < d.threshold);

    /* Events of band 1: 216 of 236 against 518 of 565 (B12; more digits by tests/reference/drift.py,
     * numpy 2.4.6, scipy 1.17.1). */
    d = test_of(band_before, band_now, 2, NULL);
    assert_close(d.chi2, 0.00528479167972947, 1e-13);
    assert_close(d.p, 0.9420475759381514, 1e-12);

    d = test_of(german_before, german_now, 4, NULL);
    assert_close(d.psi, 0.0101772296, 5e-11);
    assert_close(d.threshold, 0.031259, 5e-7);
    assert_close(d.chi2, 2.540362202642071, 1e-13);
    assert_close(d.p, 0.4680408699796019, 1e-12);
    assert_int_equal(d.df, 3);
    assert_int_equal(d.merged, 0);
}

static void thresholds_agree_with_methods_b14(void **state)
{
    static const struct {
        double n, m, want;
        size_t levels;
    } known[] = {{100, 100, 0.3384, 10},
                 {500, 500, 0.0677, 10},
                 {2000, 60, 0.2904, 10},
                 {2000, 250, 0.0761, 10},
                 {2000, 2000, 0.0301, 20}};

    (void)state;
    for (size_t i = 0; i < COUNT(known); i++)
        assert_close(lc_psi_threshold(known[i].n, known[i].m, known[i].levels - 1),
                     known[i].want, 5e-5);
    assert_true(isnan(lc_psi_threshold(100, 100, 0)));
}

/* scipy 1.17.1 ncx2 (tests/reference/drift.py). */
static void power_and_detectable_shift_agree_with_scipy(void **state)
{
    static const struct {
        size_t df;
        double lambda, at_5, at_37;
    } known[] = {
        {1, 7.848860509326206, 0.6087794846454568, 0.9999843475669001},
        {3, 10.90256329013326, 0.4405089845402524, 0.9998191801167748},
        {9, 15.649797895188216, 0.28106593022152443, 0.9975136942529141},
        {19, 20.55537539647111, 0.19812247862517776, 0.9857276382048804},
        {120, 43.92392484526342, 0.09509849610659665, 0.7004804836016276},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_close(lc_chi_square_power(known[i].df, 5), known[i].at_5, 1e-10);
        assert_close(lc_chi_square_power(known[i].df, 37.5), known[i].at_37, 1e-10);
        assert_close(lc_detectable_psi(400, 250, known[i].df) / (1 / 400.0 + 1 / 250.0),
                     known[i].lambda, 1e-9);
    }
    assert_close(lc_chi_square_power(4, 0), 0.05, 1e-12);
    assert_true(isnan(lc_detectable_psi(400, 250, 0)));
}

static void psi_minds_neither_direction_nor_order(void **state)
{
    static const double before[] = {31, 12, 0, 57, 8}, now[] = {19, 22, 5, 0, 3},
                        before_turned[] = {8, 57, 0, 12, 31}, now_turned[] = {3, 0, 5, 22, 19};
    const double psi = lc_psi(before, now, 5);

    (void)state;
    assert_close(lc_psi(now, before, 5), psi, 1e-14);
    assert_close(lc_psi(before_turned, now_turned, 5), psi, 1e-14);
    assert_close(lc_psi(before, before, 5), 0, 0);
    assert_true(isfinite(psi)); /* cells that are empty in one population */
    assert_true(isnan(lc_psi(before + 2, now, 1)) && isnan(lc_psi(before, now + 3, 1)));
}

static void levels_with_few_leads_are_tested_together(void **state)
{
    /* The smaller sample is a fifth: a level needs 25 leads in all to expect 5 there. */
    const double before[] = {310, 51, 12, 10, 17, 0}, now[] = {70, 19, 3, 0, 7, 1};
    bool in_rest[6];
    const struct lc_drift d = test_of(before, now, 6, in_rest);

    (void)state;
    /* 12 + 3, 10 + 0, 17 + 7 and 0 + 1 leads: {310, 51, 39} against {70, 19, 11}. */
    assert_false(in_rest[0] || in_rest[1]);
    assert_true(in_rest[2] && in_rest[3] && in_rest[4] && in_rest[5]);
    assert_int_equal(d.merged, 4);
    assert_int_equal(d.df, 2);
    assert_close(d.p, test_of((double[]){310, 51, 39}, (double[]){70, 19, 11}, 3, NULL).p, 0);
}

static void a_rest_that_is_too_small_takes_the_smallest_level(void **state)
{
    const double before[] = {310, 40, 40, 10}, now[] = {70, 15, 15, 0};
    bool in_rest[4];
    const struct lc_drift d = test_of(before, now, 4, in_rest);

    (void)state;
    assert_false(in_rest[0] || in_rest[1]); /* of equal levels the last */
    assert_true(in_rest[2] && in_rest[3]);
    assert_int_equal(d.df, 2);
    assert_false(d.exact);
}

/* scipy 1.17.1 fisher_exact (tests/reference/drift.py). */
static void two_groups_with_few_leads_are_tested_exactly(void **state)
{
    const double before[] = {190, 10}, now[] = {55, 5};
    const struct lc_drift d = test_of(before, now, 2, NULL);

    (void)state;
    assert_true(d.exact);
    assert_true(isnan(d.chi2) && isnan(d.threshold));
    assert_close(d.p, 0.3476221778921291, 1e-10);
}

static void one_level_or_no_leads_are_no_test(void **state)
{
    const double one[] = {0, 31, 0}, other[] = {0, 17, 0}, none[] = {0, 0, 0};
    struct lc_drift d = test_of(one, other, 3, NULL);

    (void)state;
    assert_true(isnan(d.p) && isnan(d.psi) && d.df == 0);
    d = test_of(heloc_before, none, 3, NULL);
    assert_true(isnan(d.p) && isnan(d.psi));
    d = test_of(none, heloc_before, 3, NULL);
    assert_true(isnan(d.p) && isnan(d.psi));
    d = test_of(NULL, NULL, 0, NULL);
    assert_true(isnan(d.p) && d.n == 0 && d.m == 0);
}

static void every_allocation_of_the_test_refused(void **state)
{
    struct lc_arena arena;
    struct lc_drift d;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 8) {
        lc_arena_init(&arena, limit);
        rc = lc_drift_test(german_before, german_now, 4, &arena, NULL, &d, &err);
        refused += rc == LC_ENOMEM;
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 3);
}

/* ---- laws, simulated ---- */

/* leads drawn from the shares of levels, which rise to 1 in `up` */
static void draw(struct lc_random *random, const double *up, size_t k, size_t leads, double *to)
{
    memset(to, 0, k * sizeof *to);
    for (size_t i = 0; i < leads; i++) {
        const double u = lc_random_unit(random);
        size_t level = 0;

        while (level + 1 < k && u >= up[level])
            level++;
        to[level]++;
    }
}

/* Shares as 1, as 1/i, or given, added up. */
static void add_up(const double *share, size_t k, double *up)
{
    double all = 0, sum = 0;

    for (size_t i = 0; i < k; i++)
        all += share[i];
    for (size_t i = 0; i < k; i++)
        up[i] = (sum += share[i]) / all;
}

static void even_and_tailed(size_t k, bool tailed, double *up)
{
    double share[40];

    for (size_t i = 0; i < k; i++)
        share[i] = tailed ? 1 / (double)(i + 1) : 1;
    add_up(share, k, up);
}

static const struct size {
    size_t levels, n, m;
    bool tailed;
} size[] = {{10, 100, 100, false}, {10, 500, 500, false}, {40, 300, 60, true},
            {40, 100, 100, true},  {12, 2000, 250, true}, {4, 2000, 60, true}};

#define RUNS 2000

/* The promise of the issue: 5 % +- 2, where the rule of 0.10 cries wolf. */
static void equal_populations_raise_an_alarm_in_five_percent(void **state)
{
    struct lc_random random = {20261};
    double up[40], before[40], now[40];

    (void)state;
    for (size_t s = 0; s < COUNT(size); s++) {
        size_t alarms = 0, by_rule = 0;

        even_and_tailed(size[s].levels, size[s].tailed, up);
        for (size_t r = 0; r < RUNS; r++) {
            draw(&random, up, size[s].levels, size[s].n, before);
            draw(&random, up, size[s].levels, size[s].m, now);
            alarms += test_of(before, now, size[s].levels, NULL).p <= LC_DRIFT_ALPHA;
            by_rule += lc_psi(before, now, size[s].levels) > 0.10;
        }
        assert_in_range(alarms, 0.03 * RUNS, 0.07 * RUNS);
        if (size[s].n == 100)
            assert_true(10 * by_rule >
                        (size_t)8 * RUNS); /* the rule of thumb, at a hundred leads */
    }
}

/* Eight attributes of the same leads, and any alarm among them after Benjamini-Hochberg. */
static void any_alarm_after_benjamini_hochberg_comes_in_five_percent(void **state)
{
    enum { ATTRIBUTES = 8 };
    struct lc_random random = {20262};
    double up[40], before[40], now[40], p[ATTRIBUTES];
    size_t scratch[ATTRIBUTES], any = 0, by_rule = 0;

    (void)state;
    for (size_t r = 0; r < RUNS; r++) {
        bool alarm = false, rule = false;

        for (size_t a = 0; a < ATTRIBUTES; a++) {
            const size_t levels = 3 + 2 * a;

            even_and_tailed(levels, a % 2 == 0, up);
            draw(&random, up, levels, 300, before);
            draw(&random, up, levels, 90, now);
            p[a] = test_of(before, now, levels, NULL).p;
            rule = rule || lc_psi(before, now, levels) > 0.10;
        }
        lc_benjamini_hochberg(p, ATTRIBUTES, scratch, p);
        for (size_t a = 0; a < ATTRIBUTES; a++)
            alarm = alarm || p[a] <= LC_DRIFT_ALPHA;
        any += alarm;
        by_rule += rule;
    }
    assert_in_range(any, 0.03 * RUNS, 0.07 * RUNS);
    assert_true(10 * by_rule > (size_t)8 * RUNS);
}

/* What is called detectable is detected in 80 % of samples. */
static void the_detectable_shift_is_found_four_times_in_five(void **state)
{
    static const struct {
        double n, m;
    } sizes[] = {{500, 500}, {2000, 400}};
    const double share[] = {0.4, 0.3, 0.2, 0.1};
    struct lc_random random = {20263};

    (void)state;
    for (size_t s = 0; s < COUNT(sizes); s++) {
        const double want = lc_detectable_psi(sizes[s].n, sizes[s].m, 3);
        double moved[4], up[4], up_moved[4], before[4], now[4], low = 0, high = 0.09;
        size_t found = 0;

        /* From the first and third level to the others, as far as gives that PSI. */
        for (int step = 0; step < 60; step++) {
            const double by = (low + high) / 2;

            for (size_t i = 0; i < 4; i++)
                moved[i] = share[i] + (i % 2 ? by : -by);
            if (lc_psi(share, moved, 4) < want)
                low = by;
            else
                high = by;
        }
        assert_close(lc_psi(share, moved, 4), want, 1e-9);
        add_up(share, 4, up);
        add_up(moved, 4, up_moved);
        for (size_t r = 0; r < RUNS; r++) {
            draw(&random, up, 4, (size_t)sizes[s].n, before);
            draw(&random, up_moved, 4, (size_t)sizes[s].m, now);
            found += test_of(before, now, 4, NULL).p <= LC_DRIFT_ALPHA;
        }
        assert_in_range(found, 0.77 * RUNS, 0.83 * RUNS);
    }
}

/* ---- performance before the outcome is known ---- */

#define EXPECT_MOST 400

/* Leads with probabilities of all sizes in four cells; the sets are each of them, and all. */
struct expecting {
    double p[EXPECT_MOST];
    uint8_t cell[EXPECT_MOST], y[EXPECT_MOST];
    bool holds[5 * 4];
    struct lc_expect_leads leads;
};

static void make_leads(struct expecting *e, struct lc_random *random, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        e->cell[i] = (uint8_t)lc_random_below(random, 4);
        e->p[i] = 0.02 + 0.1 * e->cell[i] + 0.15 * lc_random_unit(random);
    }
    for (size_t s = 0; s < 5; s++)
        for (size_t c = 0; c < 4; c++)
            e->holds[s * 4 + c] = s == 4 || s == c;
    e->leads = (struct lc_expect_leads){.p = e->p,
                                        .n = n,
                                        .cell = e->cell,
                                        .cells = 4,
                                        .holds = e->holds,
                                        .sets = 5,
                                        .top = 0.2};
}

static struct lc_expect expect_of(const struct lc_expect_leads *leads, uint64_t seed,
                                  struct lc_parallel *pool, struct lc_arena *arena)
{
    struct lc_expect out;
    struct lc_err err;

    assert_int_equal(lc_expect_performance(leads, seed, pool, arena, &out, &err), LC_OK);
    return out;
}

/* Six leads, every labelling of them weighed: tests/reference/drift.py, numpy 2.4.6. */
static void expected_performance_agrees_with_every_labelling(void **state)
{
    const double p[] = {0.62, 0.35, 0.35, 0.21, 0.08, 0.44};
    const uint8_t cell[] = {0, 1, 0, 1, 1, 0};
    const bool holds[] = {true, true, true, false};
    const struct lc_expect_leads leads = {p, 6, cell, 2, holds, 2, 2.0 / 6 + 1e-9};
    struct lc_arena arena;
    struct lc_expect e;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    e = expect_of(&leads, 1, NULL, &arena);
    assert_close(e.auc.value, 0.7449068053749459, 1e-14);
    assert_close(e.brier.value, 0.1960833333333333, 1e-14);
    assert_close(e.captured.value, 0.5170731707317074, 1e-14);
    assert_close(e.rate[0].value, 0.3416666666666666, 1e-14);
    assert_close(e.rate[1].value, (0.62 + 0.35 + 0.44) / 3, 1e-14);
    assert_true(e.rate[0].low <= e.rate[0].value && e.rate[0].value <= e.rate[0].high);
    lc_arena_release(&arena);
}

static void expected_performance_minds_neither_threads_nor_the_order_of_leads(void **state)
{
    struct expecting *e = malloc(sizeof *e), *turned = malloc(sizeof *turned);
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_random random = {20264};
    struct lc_arena arena;
    struct lc_expect a, b, c;

    (void)state;
    assert_true(e && turned && pool);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    make_leads(e, &random, 300);
    for (size_t i = 0; i < 300; i++)
        e->p[i] = round(e->p[i] * 20) / 20; /* many ties */
    *turned = *e;
    turned->leads.p = turned->p;
    turned->leads.cell = turned->cell;
    for (size_t i = 0; i < 300; i++) {
        turned->p[i] = e->p[299 - i];
        turned->cell[i] = e->cell[299 - i];
    }
    a = expect_of(&e->leads, 5, NULL, &arena);
    b = expect_of(&e->leads, 5, pool, &arena);
    c = expect_of(&turned->leads, 5, NULL, &arena);
    assert_memory_equal(&a.auc, &b.auc, sizeof a.auc);
    assert_memory_equal(a.rate, b.rate, 5 * sizeof *a.rate);
    assert_memory_equal(&a.captured, &c.captured, sizeof a.captured);
    assert_memory_equal(&a.auc, &c.auc, sizeof a.auc);
    for (size_t s = 0; s < 5; s++)
        assert_true(a.rate[s].low == c.rate[s].low && a.rate[s].high == c.rate[s].high);
    b = expect_of(&e->leads, 6, NULL, &arena);
    assert_true(a.auc.low != b.auc.low); /* the seed is used */
    lc_arena_release(&arena);
    lc_parallel_free(pool);
    free(e);
    free(turned);
}

static void expected_performance_of_certain_or_no_leads_is_unknown(void **state)
{
    const double p[] = {0, 0, 0};
    const uint8_t cell[] = {0, 0, 0};
    const bool holds[] = {true};
    struct lc_expect_leads leads = {p, 3, cell, 1, holds, 1, 0.5};
    struct lc_arena arena;
    struct lc_expect e;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    e = expect_of(&leads, 1, NULL, &arena);
    assert_true(isnan(e.auc.value) && isnan(e.auc.low) && isnan(e.captured.value));
    assert_close(e.rate[0].value, 0, 0);
    assert_close(e.rate[0].high, 0, 0);
    leads.n = 0;
    e = expect_of(&leads, 1, NULL, &arena);
    assert_true(isnan(e.brier.value) && isnan(e.rate[0].value) && isnan(e.rate[0].low));
    lc_arena_release(&arena);
}

static void every_allocation_of_expected_performance_refused(void **state)
{
    const double p[] = {0.2, 0.1, 0.7};
    const uint8_t cell[] = {0, 0, 0};
    const bool holds[] = {true};
    const struct lc_expect_leads leads = {p, 3, cell, 1, holds, 1, 0.5};
    struct lc_arena arena;
    struct lc_expect e;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM && limit < 1 << 20; limit += 24) {
        lc_arena_init(&arena, limit);
        rc = lc_expect_performance(&leads, 1, NULL, &arena, &e, &err);
        refused += rc == LC_ENOMEM;
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

/* What was realised, by the house's own measures, in one labelling of the leads. */
struct realised {
    double auc, brier, captured, rate[5];
};

static struct realised realise(struct expecting *e, struct lc_random *random,
                               struct lc_arena *arena)
{
    double n[5] = {0}, won[5] = {0};
    struct realised r;
    struct lc_auc auc;
    struct lc_gain gain;
    struct lc_err err;

    for (size_t i = 0; i < e->leads.n; i++) {
        e->y[i] = lc_random_unit(random) < e->p[i];
        for (size_t s = 0; s < 5; s++)
            if (s == 4 || s == e->cell[i]) {
                n[s]++;
                won[s] += e->y[i];
            }
    }
    assert_int_equal(lc_auc(e->p, e->y, e->leads.n, arena, &auc, &err), LC_OK);
    assert_int_equal(lc_gains(e->p, e->y, e->leads.n, &e->leads.top, 1, arena, &gain, &err),
                     LC_OK);
    r.auc = auc.auc;
    r.brier = lc_brier(e->p, e->y, e->leads.n);
    r.captured = gain.capture;
    for (size_t s = 0; s < 5; s++)
        r.rate[s] = won[s] / n[s];
    return r;
}

static size_t holds(struct lc_expect_value v, double realised)
{
    return realised >= v.low - 1e-12 && realised <= v.high + 1e-12 ? 1 : 0;
}

/* Where the probabilities are right the limits hold 95 % of what comes true; rates of few leads are
 * whole numbers of wins, so that theirs hold more. LEADCAL_LONG=1: 2,000 quarters instead of 400. */
static void limits_hold_what_comes_true_as_often_as_they_claim(void **state)
{
    const double runs = getenv("LEADCAL_LONG") ? 2000 : 400;
    const double slack = getenv("LEADCAL_LONG") ? 0.015 : 0.03;
    struct expecting *e = malloc(sizeof *e);
    struct lc_random random = {20265};
    double auc = 0, brier = 0, captured = 0, rate[5] = {0};

    (void)state;
    assert_non_null(e);
    for (double run = 0; run < runs; run++) {
        struct lc_arena arena;
        struct lc_expect want;
        struct realised got;

        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        make_leads(e, &random, EXPECT_MOST);
        want = expect_of(&e->leads, 77, NULL, &arena);
        got = realise(e, &random, &arena);
        auc += (double)holds(want.auc, got.auc);
        brier += (double)holds(want.brier, got.brier);
        captured += (double)holds(want.captured, got.captured);
        for (size_t s = 0; s < 5; s++)
            rate[s] += (double)holds(want.rate[s], got.rate[s]);
        lc_arena_release(&arena);
    }
    assert_close(auc / runs, 0.95, slack);
    assert_close(brier / runs, 0.95, slack);
    assert_close(captured / runs, 0.95, slack);
    assert_close(rate[4] / runs, 0.955, slack);
    for (size_t s = 0; s < 4; s++)
        assert_true(rate[s] / runs > 0.95 - slack && rate[s] / runs < 0.995);
    if (getenv("LEADCAL_LONG"))
        print_message("# held: AUC %.4f, Brier %.4f, captured %.4f, rate %.4f, by cell %.4f "
                      "%.4f %.4f %.4f\n",
                      auc / runs, brier / runs, captured / runs, rate[4] / runs, rate[0] / runs,
                      rate[1] / runs, rate[2] / runs, rate[3] / runs);
    free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(psi_and_chi_square_agree_with_methods_b12_and_b13),
        cmocka_unit_test(thresholds_agree_with_methods_b14),
        cmocka_unit_test(power_and_detectable_shift_agree_with_scipy),
        cmocka_unit_test(psi_minds_neither_direction_nor_order),
        cmocka_unit_test(levels_with_few_leads_are_tested_together),
        cmocka_unit_test(a_rest_that_is_too_small_takes_the_smallest_level),
        cmocka_unit_test(two_groups_with_few_leads_are_tested_exactly),
        cmocka_unit_test(one_level_or_no_leads_are_no_test),
        cmocka_unit_test(every_allocation_of_the_test_refused),
        cmocka_unit_test(equal_populations_raise_an_alarm_in_five_percent),
        cmocka_unit_test(any_alarm_after_benjamini_hochberg_comes_in_five_percent),
        cmocka_unit_test(the_detectable_shift_is_found_four_times_in_five),
        cmocka_unit_test(expected_performance_agrees_with_every_labelling),
        cmocka_unit_test(expected_performance_minds_neither_threads_nor_the_order_of_leads),
        cmocka_unit_test(expected_performance_of_certain_or_no_leads_is_unknown),
        cmocka_unit_test(every_allocation_of_expected_performance_refused),
        cmocka_unit_test(limits_hold_what_comes_true_as_often_as_they_claim),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
