#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/levels.h"
#include "leadcal/random.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    (void)gsl_set_error_handler_off();
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_auc left_out(const double *won, const double *n, size_t k)
{
    struct lc_auc auc;
    struct lc_err err;

    assert_int_equal(lc_level_auc(won, n, k, &arena, &auc, &err), LC_OK);
    return auc;
}

static const double won[5] = {3, 17, 0, 9, 1}, n[5] = {40, 61, 23, 12, 9};

/* tests/reference/audit.py: each lead scored on its own, DeLong from all pairs. */
static void the_auc_is_that_of_every_lead_scored_by_the_others(void **state)
{
    static const double later_won[5] = {2, 6, 1, 0, 3}, later_n[5] = {31, 22, 18, 4, 7};
    struct lc_auc auc = left_out(won, n, 5);
    struct lc_err err;

    (void)state;
    assert_close(auc.auc, 0.794202898550725, 1e-12);
    assert_close(auc.se, 0.0386170737921172, 1e-12);
    assert_close(auc.low, 0.718514824729849, 1e-12);
    assert_close(auc.high, 0.8698909723716, 1e-12);
    assert_int_equal(lc_level_auc_later(won, n, later_won, later_n, 5, &arena, &auc, &err),
                     LC_OK);
    assert_close(auc.auc, 0.670833333333333, 1e-12);
    assert_close(auc.se, 0.0746469894850164, 1e-12);
    assert_close(auc.low, 0.524527922388361, 1e-12);
    assert_close(auc.high, 0.817138744278305, 1e-12);
}

static void neither_the_order_of_levels_nor_levels_without_a_lead_matter(void **state)
{
    static const double turned[7] = {0, 1, 9, 0, 17, 0, 3}, of[7] = {0, 9, 12, 23, 61, 0, 40};
    const struct lc_auc a = left_out(won, n, 5), b = left_out(turned, of, 7);

    (void)state;
    assert_close(b.auc, a.auc, 1e-14);
    assert_close(b.se, a.se, 1e-14);
}

/* 200 levels of ten leads each, drawn apart from the outcome: scored by all leads of its level a lead
 * would seem well told. */
static void levels_of_noise_are_not_flattered(void **state)
{
    struct lc_random random = {20260302};
    double noise_won[200] = {0}, noise_n[200] = {0}, sum = 0;

    (void)state;
    for (size_t run = 0; run < 50; run++) {
        memset(noise_won, 0, sizeof noise_won);
        memset(noise_n, 0, sizeof noise_n);
        for (size_t i = 0; i < 2000; i++) {
            const size_t v = (size_t)lc_random_below(&random, 200);

            noise_n[v] += 1;
            noise_won[v] += lc_random_unit(&random) < 0.05;
        }
        sum += left_out(noise_won, noise_n, 200).auc;
    }
    assert_close(sum / 50, 0.5, 0.0125); /* three standard errors of the mean */
}

static void one_class_has_no_auc(void **state)
{
    static const double none[5] = {0};

    (void)state;
    assert_true(isnan(left_out(none, n, 5).auc));
    assert_true(isnan(left_out(n, n, 5).low));
}

/* ---- gradient ---- */

static const double group_won[12] = {2, 11, 5, 3, 9, 6, 2, 14, 5, 1, 19, 4};
static const double group_n[12] = {40, 35, 52, 44, 31, 49, 39, 38, 50, 47, 33, 41};

static struct lc_gradient gradient(const double *w, const double *m, size_t groups, size_t k)
{
    struct lc_gradient g;
    struct lc_err err;

    if (lc_level_gradient(w, m, groups, k, &arena, &g, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return g;
}

/* tests/reference/audit.py: one row a lead, dense, by numpy. */
static void the_gradient_is_that_of_one_row_a_lead(void **state)
{
    const struct lc_gradient g = gradient(group_won, group_n, 4, 3);

    (void)state;
    assert_close(g.iv_first, 0.555078298478994, 1e-10);
    assert_close(g.iv_last, 2.02862090547438, 1e-10);
    assert_close(g.slope, 0.261746127089761, 1e-8);
    assert_close(g.z, 1.94349828422625, 1e-8);
    assert_close(g.p, 0.0259779912450894, 1e-8);
}

static void groups_in_turn_mirror_it_and_the_order_of_levels_does_not_matter(void **state)
{
    double turned_won[12], turned_n[12], other_won[12], other_n[12];
    const struct lc_gradient g = gradient(group_won, group_n, 4, 3);
    struct lc_gradient t, o;

    (void)state;
    for (size_t i = 0; i < 12; i++) {
        const size_t group = i / 3, level = i % 3;

        turned_won[(3 - group) * 3 + level] = group_won[i];
        turned_n[(3 - group) * 3 + level] = group_n[i];
        other_won[group * 3 + (level + 1) % 3] = group_won[i];
        other_n[group * 3 + (level + 1) % 3] = group_n[i];
    }
    t = gradient(turned_won, turned_n, 4, 3);
    o = gradient(other_won, other_n, 4, 3);
    assert_close(t.z, -g.z, 1e-8);
    assert_close(t.p, 1 - g.p, 1e-8);
    assert_close(t.iv_first, g.iv_last, 1e-12);
    assert_close(o.z, g.z, 1e-8);
    assert_close(o.iv_last, g.iv_last, 1e-12);
}

static void a_gradient_without_an_answer_says_so(void **state)
{
    static const double none[12] = {0}, no_wins_last[12] = {2, 11, 5, 3, 9, 6, 2, 14, 5};
    static const double one_level[2] = {3, 4}, leads[2] = {30, 30};
    struct lc_gradient g = {.z = 42};
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_level_gradient(none, group_n, 4, 3, &arena, &g, &err), LC_EDEGENERATE);
    assert_int_equal(lc_level_gradient(group_n, group_n, 4, 3, &arena, &g, &err),
                     LC_EDEGENERATE);
    assert_int_equal(lc_level_gradient(no_wins_last, group_n, 4, 3, &arena, &g, &err),
                     LC_EDEGENERATE);
    assert_int_equal(lc_level_gradient(one_level, leads, 2, 1, &arena, &g, &err),
                     LC_EDEGENERATE);
    assert_close(g.z, 42, 0); /* untouched */
}

/* Draws two groups of leads whose attribute tells the same in each, the mix of its levels drifting;
 * and with `growing` one that tells more in the last. */
static double draw_p(struct lc_random *random, double growing)
{
    static const double effect[6] = {-0.9, -0.3, 0, 0.2, 0.5, 0.8};
    double w[18] = {0}, m[18] = {0};

    for (size_t i = 0; i < 3000; i++) {
        const size_t g = i % 3;
        size_t v = (size_t)lc_random_below(random, 6);
        double p;

        if (g && lc_random_unit(random) < 0.2 * (double)g)
            v = 5; /* more and more of one level */
        p = 1 / (1 + exp(2.2 - effect[v] * (1 + growing * ((double)g - 1))));
        m[g * 6 + v] += 1;
        w[g * 6 + v] += lc_random_unit(random) < p;
    }
    return gradient(w, m, 3, 6).p;
}

/* The share of p below 0.05 among 400 draws lies within 0.05 +- 3 standard errors of a share. */
static void a_flat_attribute_raises_an_alarm_as_often_as_said(void **state)
{
    struct lc_random random = {20260303};
    size_t alarms = 0, caught = 0;

    (void)state;
    for (size_t run = 0; run < 400; run++)
        alarms += draw_p(&random, 0) < 0.05;
    for (size_t run = 0; run < 50; run++)
        caught += draw_p(&random, 0.9) < 0.05;
    assert_true((double)alarms > 20 - 13.1 && (double)alarms < 20 + 13.1);
    assert_true(caught > 40);
}

static void memory_may_be_refused(void **state)
{
    size_t refused = 0;
    struct lc_gradient g;
    struct lc_auc auc;
    struct lc_err err;

    (void)state;
    for (size_t limit = 0; limit < 20000; limit += 64) {
        struct lc_arena small;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_level_gradient(group_won, group_n, 4, 3, &small, &g, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        refused += rc == LC_ENOMEM;
        lc_arena_release(&small);
        lc_arena_init(&small, limit);
        rc = lc_level_auc(won, n, 5, &small, &auc, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        lc_arena_release(&small);
    }
    assert_true(refused > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_auc_is_that_of_every_lead_scored_by_the_others),
        TEST(neither_the_order_of_levels_nor_levels_without_a_lead_matter),
        TEST(levels_of_noise_are_not_flattered),
        TEST(one_class_has_no_auc),
        TEST(the_gradient_is_that_of_one_row_a_lead),
        TEST(groups_in_turn_mirror_it_and_the_order_of_levels_does_not_matter),
        TEST(a_gradient_without_an_answer_says_so),
        TEST(a_flat_attribute_raises_an_alarm_as_often_as_said),
        TEST(memory_may_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
