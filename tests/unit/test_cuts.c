#include "test.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "leadcal/cuts.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "simulated.h"

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

/* k scores 0, 1, ..: leads of each, and how many of them were won. */
static struct lc_cut_leads made_of(const size_t *leads, const size_t *won, size_t k)
{
    struct lc_cut_leads l = {0};
    uint8_t *y;
    double *score;
    size_t at = 0;

    for (size_t v = 0; v < k; v++)
        l.n += leads[v];
    score = LC_NEW(&arena, l.n, double);
    y = LC_NEW(&arena, l.n, uint8_t);
    for (size_t v = 0; v < k; v++)
        for (size_t i = 0; i < leads[v]; i++, at++) {
            score[at] = (double)v;
            y[at] = i < won[v];
        }
    l.score = score;
    l.y = y;
    return l;
}

static struct lc_grades asked(enum lc_cuts method)
{
    struct lc_grades g;

    lc_grades_init(&g);
    g.method = method;
    return g;
}

static struct lc_grade_cuts cut(const struct lc_cut_leads *l, const struct lc_grades *g)
{
    struct lc_grade_cuts cuts;
    struct lc_err err;

    if (lc_cuts_of(l, g, &arena, &cuts, &err))
        fail_msg("%s", err.text);
    return cuts;
}

/* ---- dp ---- */

#define SCORES 12

static double term(double won, double n, double p)
{
    const double lost = n - won;

    return (won > 0 ? 2 * won * log(won / (n * p)) : 0) +
           (lost > 0 ? 2 * lost * log(lost / (n * (1 - p))) : 0);
}

/* What the cuts of `mask` explain; -HUGE_VAL where a rule forbids them. *apart: every neighbour is. */
static double worth(unsigned mask, const size_t *leads, const size_t *won, bool *apart)
{
    double n[SCORES] = {0}, w[SCORES] = {0}, all = 0, all_won = 0, sum = 0;
    size_t k = 0;

    for (size_t v = 0; v < SCORES; v++) {
        n[k] += (double)leads[v];
        w[k] += (double)won[v];
        all += (double)leads[v];
        all_won += (double)won[v];
        k += mask >> v & 1;
    }
    k++;
    *apart = true;
    for (size_t b = 0; b < k; b++) {
        if (n[b] < 20 || w[b] < LC_CUTS_GRADE_WON || (b && w[b] / n[b] <= w[b - 1] / n[b - 1]))
            return -HUGE_VAL;
        *apart = *apart && (b == 0 || lc_newcombe(w[b], n[b], w[b - 1], n[b - 1]).low > 0);
        sum += term(w[b], n[b], all_won / all);
    }
    return k <= LC_GRADES ? sum : -HUGE_VAL;
}

/* Every partition of 12 scores into at most four grades; where the best one's grades are all apart, it is
 * the answer. */
static void no_cuts_of_few_scores_explain_more(void **state)
{
    struct lc_random random = {2385};
    size_t compared = 0;

    (void)state;
    for (size_t round = 0; round < 40; round++) {
        const struct lc_grades g = asked(LC_CUTS_DP);
        size_t leads[SCORES], won[SCORES];
        bool apart, best_apart = false;
        double best = -HUGE_VAL;
        unsigned mask = 0, found = 0;
        struct lc_grade_cuts cuts;
        struct lc_cut_leads l;

        for (size_t v = 0; v < SCORES; v++) {
            leads[v] = 60 + (size_t)lc_random_below(&random, 60);
            won[v] = leads[v] * v / 14 + (size_t)lc_random_below(&random, 8);
        }
        for (unsigned m = 0; m < 1u << (SCORES - 1); m++) {
            const double w = worth(m, leads, won, &apart);

            if (w > best) {
                best = w;
                mask = m;
                best_apart = apart;
            }
        }
        if (!best_apart || __builtin_popcount(mask) != LC_GRADES - 1)
            continue;
        l = made_of(leads, won, SCORES);
        cuts = cut(&l, &g);
        for (size_t c = 0; c + 1 < LC_GRADES; c++)
            found |= 1u << ((unsigned)cuts.cut[c] - 1);
        assert_int_equal(found, mask);
        assert_int_equal(lc_cuts_deviance(&l, &cuts, &arena, &best, &(struct lc_err){0}),
                         LC_OK);
        assert_close(best, worth(mask, leads, won, &apart), 1e-9);
        compared++;
    }
    assert_true(compared > 20);
}

/* 30 and 32 of 100 are not apart, 70 is: A and D are left. */
static void grades_that_are_not_apart_become_one(void **state)
{
    static const size_t leads[] = {100, 100, 100}, won[] = {30, 32, 70};
    const struct lc_grades g = asked(LC_CUTS_DP);
    const struct lc_cut_leads l = made_of(leads, won, 3);
    const struct lc_grade_cuts c = cut(&l, &g);

    (void)state;
    for (size_t i = 0; i + 1 < LC_GRADES; i++)
        assert_close(c.cut[i], 2, 0);
    assert_close(c.share[0], 1.0 / 3, 1e-15);
    assert_close(c.share[3], 2.0 / 3, 1e-15);
    assert_true(lc_cut_stands(&c, 0));
    assert_false(lc_cut_stands(&c, 1));
}

/* Three grades: the middle one is B while at most half of the leads are in it or above. */
static void the_middle_of_three_grades_is_b_or_c_by_its_leads(void **state)
{
    static const size_t few[] = {300, 150, 100}, many[] = {200, 250, 100}, won[] = {15, 40, 60};
    const struct lc_grades g = asked(LC_CUTS_DP);
    struct lc_cut_leads l = made_of(few, won, 3);
    struct lc_grade_cuts c = cut(&l, &g);

    (void)state;
    assert_close(c.cut[0], 2, 0);
    assert_close(c.cut[1], 1, 0);
    assert_close(c.cut[2], 1, 0);
    assert_close(c.share[2], 0, 0);
    l = made_of(many, won, 3);
    c = cut(&l, &g);
    assert_close(c.cut[1], 2, 0);
    assert_close(c.cut[2], 1, 0);
    assert_close(c.share[1], 0, 0);
}

static void too_few_wins_or_no_difference_cannot_be_cut(void **state)
{
    static const size_t leads[] = {200, 200}, few[] = {19, 60}, alike[] = {50, 51};
    const struct lc_grades g = asked(LC_CUTS_DP);
    struct lc_cut_leads l = made_of(leads, few, 2);
    struct lc_grade_cuts c;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cuts_of(&l, &g, &arena, &c, &err), LC_EDEGENERATE);
    assert_string_equal(err.text, "cuts by the outcome need 80 wins, and there are 79");
    l = made_of(leads, alike, 2);
    assert_int_equal(lc_cuts_of(&l, &g, &arena, &c, &err), LC_EDEGENERATE);
    assert_string_equal(err.text, "no two grades differ by more than chance");
}

/* Two halves with offsets +1 and -1: as many wins as leads of the other half lost, so that the intercept is
 * 0 and the halves are expected to win logistic(1) and logistic(-1) of theirs. */
static void what_the_other_dimension_explains_does_not_count(void **state)
{
    static const size_t leads[] = {500, 500}, won[] = {100, 400};
    const double p = 1 / (1 + exp(-1.0));
    double *other = LC_NEW(&arena, 1000, double), deviance;
    struct lc_cut_leads l = made_of(leads, won, 2);
    const struct lc_grade_cuts c = {.used = true, .cut = {1, 1, 1}};
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        other[i] = i < 500 ? -1 : 1;
    l.other = other;
    assert_int_equal(lc_cuts_deviance(&l, &c, &arena, &deviance, &err), LC_OK);
    assert_close(deviance, term(100, 500, 1 - p) + term(400, 500, p), 1e-9);
    l.other = NULL;
    assert_int_equal(lc_cuts_deviance(&l, &c, &arena, &deviance, &err), LC_OK);
    assert_close(deviance, term(100, 500, 0.5) + term(400, 500, 0.5), 1e-9);
}

static void the_order_of_leads_does_not_matter(void **state)
{
    static const size_t leads[] = {150, 150, 150, 150}, won[] = {15, 40, 70, 110};
    const struct lc_cut_leads l = made_of(leads, won, 4);
    double *score = LC_NEW(&arena, l.n, double);
    uint8_t *y = LC_NEW(&arena, l.n, uint8_t);
    struct lc_cut_leads turned = l;

    (void)state;
    for (size_t i = 0; i < l.n; i++) {
        score[i * 7 % l.n] = l.score[i]; /* 7 and 600 share no factor */
        y[i * 7 % l.n] = l.y[i];
    }
    turned.score = score;
    turned.y = y;
    for (enum lc_cuts m = LC_CUTS_SHARES; m < LC_CUTS_PINNED; m++) {
        struct lc_grades g = asked(m);
        struct lc_grade_cuts one, two;

        g.line = 0.3;
        one = cut(&l, &g);
        two = cut(&turned, &g);
        assert_memory_equal(one.cut, two.cut, sizeof one.cut);
    }
}

/* ---- one line ---- */

static void the_line_of_cost_has_the_most_profit_and_f1_the_most_f1(void **state)
{
    struct lc_random random = {7};

    (void)state;
    for (size_t round = 0; round < 40; round++) {
        struct lc_grades cost = asked(LC_CUTS_COST), f1 = asked(LC_CUTS_F1);
        double all = 0, n = 0, w = 0, profit = 0, most = 0, f1_line = LC_GRADE_NEVER,
               cost_line = LC_GRADE_NEVER;
        size_t leads[SCORES], won[SCORES];
        struct lc_cut_leads l;

        cost.line = 0.37;
        for (size_t v = 0; v < SCORES; v++) {
            leads[v] = 5 + (size_t)lc_random_below(&random, 30);
            won[v] = (size_t)lc_random_below(&random, leads[v] * (v + 1) / SCORES + 1);
            all += (double)won[v];
        }
        for (size_t v = SCORES; v-- > 0;) {
            n += (double)leads[v];
            w += (double)won[v];
            if (w - 0.37 * n > profit) {
                profit = w - 0.37 * n;
                cost_line = (double)v;
            }
            if (2 * w / (n + all) > most) {
                most = 2 * w / (n + all);
                f1_line = (double)v;
            }
        }
        l = made_of(leads, won, SCORES);
        assert_close(cut(&l, &cost).cut[1], cost_line, 0);
        assert_close(cut(&l, &f1).cut[1], f1_line, 0);
        assert_true(cut(&l, &f1).cut[0] >= f1_line && cut(&l, &f1).cut[2] <= f1_line);
    }
}

/* Above the line 40 leads: a third of them (10 to 20 per cent) is A, nearest 10 of four scores of 10; below it
 * 60: 30 to 40, nearest 26 of 60. */
static void the_sides_of_the_line_are_parted_as_the_targets_say(void **state)
{
    static const size_t leads[] = {20, 20, 20, 10, 10, 10, 10}, won[] = {1, 1, 1, 8, 8, 8, 8};
    const struct lc_cut_leads l = made_of(leads, won, 7);
    struct lc_grades g = asked(LC_CUTS_COST);
    struct lc_grade_cuts c;

    (void)state;
    g.line = 0.5;
    c = cut(&l, &g);
    assert_close(c.cut[0], 6, 0);
    assert_close(c.cut[1], 3, 0);
    assert_close(c.cut[2], 2, 0);
    g.line = 0.01; /* everybody pays */
    c = cut(&l, &g);
    assert_close(c.cut[1], 0, 0);
    assert_close(c.share[2] + c.share[3], 0, 0);
    g.line = 0.9; /* nobody does */
    c = cut(&l, &g);
    assert_close(c.cut[1], LC_GRADE_NEVER, 0);
    assert_close(c.share[0] + c.share[1], 0, 0);
}

/* ---- spread ---- */

static void a_cut_between_two_far_groups_stays_and_one_amid_a_slope_wanders(void **state)
{
    static const size_t far[] = {400, 0, 0, 0, 400}, far_won[] = {40, 0, 0, 0, 300};
    static const size_t slope[] = {100, 100, 100, 100, 100, 100, 100, 100};
    static const size_t slope_won[] = {10, 16, 22, 28, 34, 40, 46, 52};
    const struct lc_grades g = asked(LC_CUTS_DP);
    struct lc_cut_leads l = made_of(far, far_won, 5);
    struct lc_cut_spread s[LC_GRADES - 1], again[LC_GRADES - 1], other[LC_GRADES - 1];
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cuts_spread(&l, &g, 5, &arena, s, &err), LC_OK);
    assert_close(s[0].low, 4, 0);
    assert_close(s[0].high, 4, 0);
    assert_close(s[0].found, 1, 0);
    assert_close(s[1].found, 0, 0);
    assert_true(isnan(s[1].low));
    l = made_of(slope, slope_won, 8);
    assert_int_equal(lc_cuts_spread(&l, &g, 5, &arena, s, &err), LC_OK);
    assert_int_equal(lc_cuts_spread(&l, &g, 5, &arena, again, &err), LC_OK);
    assert_int_equal(lc_cuts_spread(&l, &g, 6, &arena, other, &err), LC_OK);
    assert_memory_equal(s, again, sizeof s);
    assert_true(s[0].high > s[0].low);
    assert_true(memcmp(s, other, sizeof s) != 0);
}

/* ---- out of fold ---- */

static const size_t columns[] = {INDUSTRY, STAFF, VISITS, SOURCE};
static const struct lc_spec_attribute *given[4];
static const struct lc_fit_options fit_options = {.prior_sd = LC_PRIOR_SD};

static struct lc_cuts_study study_of(struct simulated **s)
{
    *s = simulate(2385, &arena);
    simulated_cohort(*s, &arena);
    given[2] = &(*s)->spec.attribute[0];
    return (struct lc_cuts_study){.table = &(*s)->table,
                                  .row = (*s)->cohort.row,
                                  .y = (*s)->cohort.y,
                                  .day = (*s)->cohort.day,
                                  .n = (*s)->cohort.n,
                                  .column = columns,
                                  .given = given,
                                  .k = 4,
                                  .fit = &fit_options};
}

/* Turning a lead's outcome changes no points in its own fold, and some in others. */
static void no_lead_helps_to_make_its_own_points(void **state)
{
    struct simulated *sim;
    struct lc_cuts_study s = study_of(&sim);
    uint8_t *y = LC_NEW(&arena, s.n, uint8_t);
    struct lc_out_of_fold one, two;
    struct lc_err err;
    size_t changed = 0, inside = 0;

    (void)state;
    assert_int_equal(lc_out_of_fold(&s, &arena, &one, &err), LC_OK);
    assert_true(one.profile && one.engagement);
    memcpy(y, s.y, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (s.day[i] % 5 == 2)
            y[i] = !y[i];
    s.y = y;
    assert_int_equal(lc_out_of_fold(&s, &arena, &two, &err), LC_OK);
    for (size_t i = 0; i < s.n; i++) {
        const bool same = one.f[i] == two.f[i] && one.g[i] == two.g[i] && one.p[i] == two.p[i];

        inside += s.day[i] % 5 == 2;
        changed += !same;
        assert_true(same || s.day[i] % 5 != 2);
    }
    assert_int_equal(changed, s.n - inside);
}

static void a_model_learns_the_cuts_that_it_asks_for(void **state)
{
    struct simulated *sim;
    struct lc_cuts_study s = study_of(&sim);
    struct lc_grades g = asked(LC_CUTS_DP);
    const char *note;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_OK);
    assert_int_equal(g.method, LC_CUTS_DP);
    assert_true(g.letter.used && g.digit.used);
    assert_non_null(strstr(note, "grades by dp, on points out of fold: A begins at +"));
    assert_non_null(strstr(note, " (in resamples between "));
    g = asked(LC_CUTS_QUANTILE);
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_OK);
    assert_null(note);
    assert_false(g.letter.used);
    s.n = 150; /* 30 wins, or so */
    g = asked(LC_CUTS_F1);
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_OK);
    assert_int_equal(g.method, LC_CUTS_SHARES);
    assert_non_null(strstr(note, "grades are cut by shares, not by f1: 80 wins are needed"));
}

/* 1,500 leads, two a day, so 14 a week, of which those old enough count. */
static void capacity_needs_a_number_and_days(void **state)
{
    struct simulated *sim;
    struct lc_cuts_study s = study_of(&sim);
    struct lc_grades g = asked(LC_CUTS_CAPACITY);
    const char *note;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--capacity"));
    g.capacity = 3.5;
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_OK);
    assert_close(g.target[0], 0.25, 0.001);
    assert_close(g.target[0] + g.target[1] + g.target[2] + g.target[3], 1, 1e-15);
    assert_close(g.target[1] / g.target[3], 0.5, 1e-15);
    assert_non_null(strstr(note, "A and 1 hold at most 3.5 of the 14 leads a week"));
    g = asked(LC_CUTS_CAPACITY);
    g.capacity = 20;
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_OK);
    assert_close(g.target[0], 1, 0);
    assert_close(g.target[3], 0, 0);
    s.day = NULL;
    assert_int_equal(lc_cuts_learn(&s, &arena, &g, &note, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "decision days"));
}

/* ---- side by side ---- */

static double number(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].number;
}

static const char *text(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].text;
}

/* Six methods in two dimensions, and one that is pinned: dp explains the most of those whose grades
 * keep its rules and are apart (on these leads no other letters are). */
static void all_methods_stand_side_by_side_and_dp_explains_most(void **state)
{
    struct simulated *sim;
    const struct lc_cuts_study s = study_of(&sim);
    struct lc_grades g = asked(LC_CUTS_SHARES);
    double dp[2] = {0}, most[2] = {0};
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    g.capacity = 3;
    g.line = 0.2;
    g.letter = (struct lc_grade_cuts){.used = true, .cut = {9, 3, -4}};
    assert_int_equal(lc_cuts_frame(&s, &g, &arena, &f, &err), LC_OK);
    assert_int_equal(f.n, (6 * 2 + 1) * (LC_GRADES + 1));
    for (size_t i = 0; i < f.n; i++) {
        const size_t dimension = strcmp(text(&f, i, "dimension"), "digit") == 0;
        bool kept = true;

        if (strcmp(text(&f, i, "grade"), "(all)") != 0)
            continue;
        assert_close(number(&f, i, "leads"), (double)s.n, 0);
        for (size_t c = 1; c <= LC_GRADES; c++)
            kept = kept && number(&f, i - c, "won") >= LC_CUTS_GRADE_WON &&
                   !(number(&f, i - c, "apart") <= 0);
        if (strcmp(text(&f, i, "method"), "dp") == 0)
            dp[dimension] = number(&f, i, "deviance");
        else if (kept)
            most[dimension] = fmax(most[dimension], number(&f, i, "deviance"));
    }
    for (size_t d = 0; d < 2; d++)
        assert_true(dp[d] > 0 && dp[d] >= most[d]);
    assert_true(most[1] > 0);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    static const size_t leads[] = {150, 150, 150, 150}, won[] = {15, 40, 70, 110};
    const struct lc_cut_leads l = made_of(leads, won, 4);
    const struct lc_grades g = asked(LC_CUTS_DP);
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 4096, refused++) {
        struct lc_cut_spread spread[LC_GRADES - 1];
        struct lc_grade_cuts cuts;
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_cuts_of(&l, &g, &small, &cuts, &err);
        if (!rc)
            rc = lc_cuts_spread(&l, &g, 1, &small, spread, &err);
        lc_arena_release(&small);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_cuts_of_few_scores_explain_more),
        TEST(grades_that_are_not_apart_become_one),
        TEST(the_middle_of_three_grades_is_b_or_c_by_its_leads),
        TEST(too_few_wins_or_no_difference_cannot_be_cut),
        TEST(what_the_other_dimension_explains_does_not_count),
        TEST(the_order_of_leads_does_not_matter),
        TEST(the_line_of_cost_has_the_most_profit_and_f1_the_most_f1),
        TEST(the_sides_of_the_line_are_parted_as_the_targets_say),
        TEST(a_cut_between_two_far_groups_stays_and_one_amid_a_slope_wanders),
        TEST(no_lead_helps_to_make_its_own_points),
        TEST(a_model_learns_the_cuts_that_it_asks_for),
        TEST(capacity_needs_a_number_and_days),
        TEST(all_methods_stand_side_by_side_and_dp_explains_most),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
