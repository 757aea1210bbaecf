#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/fit.h"
#include "leadcal/model.h"
#include "leadcal/quarters.h"
#include "leadcal/random.h"
#include "simulated.h"

#define MOST 4000

static struct lc_arena arena;
static const char *source[MOST], *when[MOST];
static int32_t quarter[MOST];
static uint32_t row[MOST];
static uint8_t y[MOST];
static struct lc_table_column column[2];
static struct lc_table table;
static size_t n;
static const size_t first[] = {0}, both[] = {0, 1};

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    n = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void add(const char *of_source, int32_t of_quarter, bool won)
{
    static const char *const text[] = {"8100", "8101", "8102", "8103"};

    source[n] = of_source;
    quarter[n] = of_quarter;
    when[n] = text[of_quarter % 4];
    row[n] = (uint32_t)n;
    y[n++] = won;
}

static void fill(const char *of_source, int32_t of_quarter, size_t leads, size_t won)
{
    for (size_t i = 0; i < leads; i++)
        add(of_source, of_quarter, i < won);
}

static struct lc_fit fit_of(const size_t *columns, size_t k, const struct lc_fit_options *o)
{
    struct lc_fit fit;
    struct lc_err err;

    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, n);
    column[1] = small_column(&arena, "quarter", LC_KIND_TEXT, when, n);
    table = small_table(column, 2, n);
    assert_int_equal(
        lc_fit_leads(&table, row, y, n, columns, NULL, k, o, NULL, &arena, &fit, &err), LC_OK);
    return fit;
}

/* Of two sources over three quarters, the third of which was good. */
static void fill_cells(void)
{
    fill("Partner", 8100, 60, 6);
    fill("Partner", 8101, 50, 4);
    fill("Partner", 8102, 10, 2);
    fill("Web", 8100, 20, 1);
    fill("Web", 8101, 40, 3);
    fill("Web", 8102, 80, 24);
}

static const struct lc_fit_options with = {
    .prior_sd = LC_PRIOR_SD, .quarter = quarter, .quarter_sd = 0.3};

static const struct lc_fit_options learnt = {
    .prior_sd = LC_PRIOR_SD, .quarter = quarter, .quarter_sd = LC_QUARTER_LEARNT};

/* tests/reference/quarter_fit.py: plain Newton steps with numpy 2.4.6. */
static void the_posterior_as_of_the_latest_quarter_agrees_with_numpy(void **state)
{
    static const double b[] = {-1.35439597939, -0.208283841368, 0.208283841368};
    static const double cov[] = {0.303912393151,  -0.224890662407, -0.265109337593,
                                 -0.224890662407, 0.279361814268,  0.210638185732,
                                 -0.265109337593, 0.210638185732,  0.279361814268};
    struct lc_fit fit;

    (void)state;
    fill_cells();
    fit = fit_of(first, 1, &with);
    assert_int_equal(fit.kernel.k, 3);
    for (size_t i = 0; i < 3; i++)
        assert_close(fit.kernel.b[i], b[i], 1e-11);
    for (size_t i = 0; i < 9; i++)
        assert_close(fit.kernel.cov[i], cov[i], 1e-11);
    assert_int_equal(fit.quarters.n, 3);
    assert_int_equal(fit.quarters.latest, 8102);
    assert_int_equal(fit.quarters.leads, 90);
    assert_close(fit.quarters.effect, 0.447424278946, 1e-11);
    assert_close(fit.quarters.std_error, 0.180248896839, 1e-11);
    assert_close(fit.quarters.lowest, -0.270544109572, 1e-11);
    assert_close(fit.quarters.highest, fit.quarters.effect, 0);
}

/* Fitted as an attribute of the same SD, the quarter would give the same weights: it is the same
 * likelihood and prior, and only what is kept of it differs. */
static void quarters_do_what_an_attribute_would_do_but_stay_out_of_the_levels(void **state)
{
    const struct lc_fit_options same = {.prior_sd = 0.4, .quarter = quarter, .quarter_sd = 0.4};
    const struct lc_fit_options plain = {.prior_sd = 0.4};
    struct lc_fit fit, attribute;

    (void)state;
    fill_cells();
    fit = fit_of(first, 1, &same);
    attribute = fit_of(both, 2, &plain);
    assert_close(fit.kernel.b[0], attribute.kernel.b[0] + attribute.kernel.b[5], 1e-12);
    assert_close(fit.kernel.b[1], attribute.kernel.b[1], 1e-12);
    assert_close(fit.kernel.b[2], attribute.kernel.b[2], 1e-12);
    assert_close(fit.kernel.deviance, attribute.kernel.deviance, 1e-10);
}

/* Partner wins as often as Web in every quarter, but came in the good one. */
static void a_level_gets_no_points_for_the_quarters_its_leads_came_in(void **state)
{
    const struct lc_fit_options without = {.prior_sd = LC_PRIOR_SD};
    struct lc_card crude, card;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    fill("Partner", 8100, 50, 2);
    fill("Web", 8100, 550, 22);
    fill("Partner", 8101, 300, 60);
    fill("Web", 8101, 300, 60);
    fit = fit_of(first, 1, &without);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &crude, &err), LC_OK);
    fit = fit_of(first, 1, &with);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    assert_int_equal(card.k, 1);
    assert_string_equal(card.attribute[0].attribute.column, "source");
    assert_true(crude.attribute[0].points[0] - crude.attribute[0].points[1] >= 8);
    assert_true(fabs(card.attribute[0].points[0] - card.attribute[0].points[1]) <= 2);
}

/* What is true of the simulated leads is found: the effect of a source within its SE, and what the
 * latest quarter did, drawn towards the others. */
static void the_truth_behind_a_drifting_base_rate_is_recovered(void **state)
{
    struct lc_random random = {20260314};
    double b[2], variance[2];
    struct lc_fit fit;

    (void)state;
    for (int32_t q = 0; q < 8; q++)
        for (size_t i = 0; i < 500; i++) {
            const bool partner = lc_random_unit(&random) < 0.1 + 0.1 * q;
            const double log_odds = -2.8 + 0.15 * q + (partner ? 0.5 : 0);

            add(partner ? "Partner" : "Web", 8096 + q,
                lc_random_unit(&random) < lc_logistic(log_odds));
        }
    fit = fit_of(first, 1, &learnt);
    assert_true(fit.quarters.sd > 0.2 && fit.quarters.sd < 0.5);
    lc_fit_levels(&fit, 0, b, variance);
    assert_true(fabs(b[0] - b[1] - 0.5) < 3 * 2 * sqrt(variance[0]));
    assert_true(fabs(fit.quarters.effect - 0.15 * 3.5) < 0.3);
    assert_true(fit.quarters.effect > 0.1 && fit.quarters.lowest < -0.1);
}

/* Quarters that differ by no more than chance have no effect: the fit is the plain one, bit for bit. */
static void quarters_that_close_alike_change_nothing(void **state)
{
    const struct lc_fit_options without = {.prior_sd = LC_PRIOR_SD};
    struct lc_frame frame;
    struct lc_fit fit, plain;
    struct lc_err err;

    (void)state;
    for (int32_t q = 0; q < 6; q++) {
        fill("Partner", 8100 + q, 60, 12);
        fill("Web", 8100 + q, 140, 14 + (size_t)(q % 2));
    }
    fit = fit_of(first, 1, &learnt);
    plain = fit_of(first, 1, &without);
    assert_int_equal(fit.quarters.seen, 6);
    assert_int_equal(fit.quarters.n, 0);
    assert_int_equal(fit.kernel.k, plain.kernel.k);
    assert_memory_equal(fit.kernel.b, plain.kernel.b, fit.kernel.k * sizeof *fit.kernel.b);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_non_null(strstr(frame.note[frame.n_notes - 1], "the 6 entry quarters closed alike"));
}

/* Two quarters that have nothing in common: the learnt prior still draws them together. */
static void a_learnt_prior_has_an_end(void **state)
{
    struct lc_fit fit;

    (void)state;
    fill("Partner", 8100, 200, 4);
    fill("Partner", 8101, 200, 150);
    fill("Web", 8100, 200, 6);
    fill("Web", 8101, 200, 140);
    fit = fit_of(first, 1, &learnt);
    assert_close(fit.quarters.sd, 0.5, 0);
    assert_int_equal(fit.quarters.n, 2);
}

/* The quarter that the export breaks off in may have a dozen leads: the one before it speaks. */
static void a_quarter_with_few_leads_does_not_stand_for_today(void **state)
{
    struct lc_fit fit;

    (void)state;
    fill_cells();
    fill("Web", 8103, 9, 0);
    fit = fit_of(first, 1, &with);
    assert_int_equal(fit.quarters.n, 4);
    assert_int_equal(fit.quarters.latest, 8102);
    assert_int_equal(fit.quarters.at, 2);
    fill("Web", 8103, 30, 6);
    fit = fit_of(first, 1, &with);
    assert_int_equal(fit.quarters.latest, 8103);
}

static void one_quarter_or_undated_leads_alone_have_no_effect(void **state)
{
    const struct lc_fit_options without = {.prior_sd = LC_PRIOR_SD};
    struct lc_fit fit, plain;

    (void)state;
    fill("Partner", 8100, 60, 6);
    fill("Web", 8100, 80, 24);
    fit = fit_of(first, 1, &with);
    plain = fit_of(first, 1, &without);
    assert_int_equal(fit.quarters.n, 0);
    assert_close(fit.kernel.b[0], plain.kernel.b[0], 0);
    for (size_t i = 0; i < n; i++)
        quarter[i] = LC_NO_QUARTER;
    fit = fit_of(first, 1, &with);
    assert_int_equal(fit.quarters.n, 0);
}

/* Undated leads are told from the dated, and are never today, however many. */
static void undated_leads_are_no_quarter(void **state)
{
    struct lc_fit fit;

    (void)state;
    fill("Partner", 8100, 30, 6);
    fill("Web", 8101, 5, 1);
    fill("Web", 8102, 500, 60);
    for (size_t i = 35; i < n; i++)
        quarter[i] = LC_NO_QUARTER;
    fit = fit_of(first, 1, &with);
    assert_int_equal(fit.quarters.n, 3);
    assert_int_equal(fit.quarters.latest, 8101);
}

static void the_fit_says_what_the_quarters_did(void **state)
{
    struct lc_frame frame;
    struct lc_fit fit;
    struct lc_err err;
    const char *said;

    (void)state;
    fill_cells();
    fit = fit_of(first, 1, &with);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_int_equal(frame.n, 3); /* the intercept and two sources */
    assert_int_equal(frame.n_notes, 2);
    assert_non_null(strstr(frame.note[1], "probabilities are those of 2025-Q3"));
    /* exp(0.4474), exp(0.4474 -+ 1.96 x 0.1802), exp(-0.2705) */
    assert_non_null(strstr(frame.note[1], "1.56 times those of the average quarter (1.10 to "
                                          "2.23; over all 3 quarters 0.76 to 1.56)"));
    said = frame.value[lc_frame_column(&frame, "note")].text;
    assert_non_null(strstr(said, "; as of 2025-Q3"));
}

/* A model built from such a fit knows the attributes alone, and one figure about the quarter. */
static void the_model_holds_no_quarter_but_one_figure(void **state)
{
    struct simulated *s = simulate(3, &arena);
    const size_t columns[] = {INDUSTRY, VISITS};
    struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .quarter_sd = 0.3};
    struct lc_model_recipe recipe = {.table = &s->table, .spec = &s->spec, .column = columns};
    const struct lc_metric *last;
    struct lc_model model;
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    simulated_cohort(s, &arena);
    assert_int_equal(lc_quarters_by_row(&s->cohort, s->table.n, &arena, &o.quarter, &err),
                     LC_OK);
    assert_int_equal(lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns,
                                  NULL, 2, &o, NULL, &arena, &fit, &err),
                     LC_OK);
    assert_true(fit.quarters.n > 5);
    recipe.cohort = &s->cohort;
    recipe.fit = &fit;
    lc_grades_init(&recipe.grades);
    assert_int_equal(lc_model_build(&recipe, &arena, &model, &err), LC_OK);
    assert_int_equal(model.card.k, 2);
    assert_int_equal(model.k_posterior,
                     1 + fit.attribute[0].n_levels + fit.attribute[1].n_levels);
    assert_int_equal(lc_model_verify(&model, &err), LC_OK);
    last = &model.metric[model.n_metrics - 1];
    assert_string_equal(last->metric, "quarter_effect");
    assert_close(last->value, fit.quarters.effect, 0);
    assert_true(last->low < last->value && last->value < last->high);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    fill_cells();
    (void)fit_of(first, 1, &with);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64, refused++) {
        struct lc_arena small;
        struct lc_frame frame;
        struct lc_fit fit;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_fit_leads(&table, row, y, n, first, NULL, 1, &with, NULL, &small, &fit, &err);
        if (!rc)
            rc = lc_fit_frame(&fit, &small, &frame, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_posterior_as_of_the_latest_quarter_agrees_with_numpy),
        TEST(quarters_do_what_an_attribute_would_do_but_stay_out_of_the_levels),
        TEST(a_level_gets_no_points_for_the_quarters_its_leads_came_in),
        TEST(the_truth_behind_a_drifting_base_rate_is_recovered),
        TEST(quarters_that_close_alike_change_nothing),
        TEST(a_learnt_prior_has_an_end),
        TEST(a_quarter_with_few_leads_does_not_stand_for_today),
        TEST(one_quarter_or_undated_leads_alone_have_no_effect),
        TEST(undated_leads_are_no_quarter),
        TEST(the_fit_says_what_the_quarters_did),
        TEST(the_model_holds_no_quarter_but_one_figure),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
