#include "test.h"

#include <string.h>

#include <gsl/gsl_errno.h>

#include "leadcal/model.h"
#include "simulated.h"

static struct lc_arena arena;
static struct simulated *s;
static struct lc_fit fitted;
static struct lc_model_recipe recipe;
static const size_t column[] = {INDUSTRY, STAFF, VISITS};
static const struct lc_column_note excluded[] = {{"stage", "is the outcome"}};

/* One fit for all tests, which only read it. */
static int set_up(void **state)
{
    static const struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD};
    static const struct lc_spec_attribute *given[3];
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    s = simulate(2385, &arena);
    simulated_cohort(s, &arena);
    given[2] = &s->spec.attribute[0];
    if (lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, column, given, 3,
                     &options, NULL, &arena, &fitted, &err))
        return -1;
    recipe = (struct lc_model_recipe){.table = &s->table,
                                      .spec = &s->spec,
                                      .cohort = &s->cohort,
                                      .fit = &fitted,
                                      .column = column,
                                      .excluded = excluded,
                                      .n_excluded = 1};
    lc_grades_init(&recipe.grades);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_model build(void)
{
    struct lc_model m;
    struct lc_err err;

    assert_int_equal(lc_model_build(&recipe, &arena, &m, &err), LC_OK);
    return m;
}

static void a_model_holds_what_it_was_learnt_from(void **state)
{
    const struct lc_model m = build();

    (void)state;
    assert_int_equal(m.schema, LC_MODEL_SCHEMA);
    assert_string_equal(m.program, LC_PROGRAM);
    assert_string_equal(m.card.method, "logistic");
    assert_int_equal(m.card.k, 3);
    assert_string_equal(m.boundary.outcome, "stage is one of: Closed Won");
    assert_int_equal(m.boundary.window_days, 60);
    assert_close(m.boundary.leads, (double)s->cohort.n, 0);
    assert_close(m.boundary.won, (double)s->cohort.n_won, 0);
    assert_close(m.boundary.leads + m.boundary.left_out, SIMULATED_LEADS, 0);
    assert_close(m.boundary.immature, m.boundary.left_out, 0);
    assert_int_equal(m.boundary.first_decision, 17000);
    assert_true(m.boundary.last_decision + 60 <= m.boundary.as_of);
    assert_string_equal(m.missing.text[0], "n/a");
    assert_string_equal(m.excluded[0].column, "stage");
    assert_int_equal(m.n_inputs, 1);
    assert_string_equal(m.input[0].name, "leads.csv");
    assert_close(m.prior_sd, LC_PRIOR_SD, 0);
    assert_int_equal(m.k_posterior, fitted.kernel.k);
}

static void sixteen_cells_hold_every_lead_once(void **state)
{
    const struct lc_model m = build();
    double leads = 0, won = 0, expected = 0;

    (void)state;
    assert_int_equal(m.n_cells, 16);
    assert_string_equal(m.cell[0].grade, "A1");
    assert_string_equal(m.cell[6].grade, "B3");
    assert_int_equal(m.cell[6].sla_hours, 48);
    assert_string_equal(m.cell[15].grade, "D4");
    assert_string_equal(m.cell[15].action, "no contact");
    for (size_t c = 0; c < m.n_cells; c++) {
        leads += m.cell[c].leads;
        won += m.cell[c].won;
        if (m.cell[c].leads > 0)
            expected += m.cell[c].leads * m.cell[c].expected;
        else
            assert_true(isnan(m.cell[c].expected));
    }
    assert_close(leads, (double)s->cohort.n, 0);
    assert_close(won, (double)s->cohort.n_won, 0);
    /* With a free intercept the fit's probabilities sum to the wins. */
    assert_close(expected, won, 1e-6);
    assert_close(m.grades.letter.share[0] + m.grades.letter.share[1] +
                     m.grades.letter.share[2] + m.grades.letter.share[3],
                 1, 1e-14);
}

static void one_dimension_gives_four_margins_without_a_clock(void **state)
{
    static const struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD};
    struct lc_model_recipe profile = recipe;
    struct lc_fit fit;
    struct lc_model m;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, column,
                                  NULL, 2, &options, NULL, &arena, &fit, &err),
                     LC_OK);
    profile.fit = &fit;
    assert_int_equal(lc_model_build(&profile, &arena, &m, &err), LC_OK);
    assert_int_equal(m.n_cells, 4);
    assert_string_equal(m.cell[0].grade, "A");
    assert_string_equal(m.cell[3].grade, "D");
    assert_int_equal(m.cell[0].sla_hours, 0);
    assert_string_equal(m.cell[0].action, "");
    assert_false(m.grades.digit.used);
    assert_int_equal(lc_model_verify(&m, &err), LC_OK);
}

static void a_cell_says_what_to_do_and_a_model_without_it_has_the_default(void **state)
{
    const struct lc_model_cell cell[] = {{.grade = "A1", .sla_hours = 4, .action = "visit"},
                                         {.grade = "D4", .sla_hours = 0, .action = NULL}};
    const struct lc_model m = {.cell = cell, .n_cells = 2};
    int hours = -1;

    (void)state;
    assert_string_equal(lc_model_act(&m, "A1", &hours), "visit");
    assert_int_equal(hours, 4);
    assert_string_equal(lc_model_act(&m, "D4", &hours), "");
    assert_int_equal(hours, 0);
    assert_string_equal(lc_model_act(&m, "B1", &hours), lc_grade_action("B1"));
    assert_int_equal(hours, 24);
}

static void standard_errors_are_positive_and_below_the_priors(void **state)
{
    const struct lc_model m = build();

    (void)state;
    for (size_t j = 0; j < m.card.k; j++)
        for (size_t v = 0; v < m.card.attribute[j].attribute.n_levels; v++) {
            assert_true(m.std_error[j][v] > 0);
            /* the prior's own spread about the mean of L levels is 0.7 sqrt(1 - 1/L) */
            assert_true(m.std_error[j][v] < LC_PRIOR_SD);
        }
}

static void verification_rows_are_spread_and_end_with_empty_and_unseen(void **state)
{
    const struct lc_model m = build();
    struct lc_err err;

    (void)state;
    assert_int_equal(m.n_checks, LC_MODEL_CHECKS);
    assert_int_equal(lc_model_verify(&m, &err), LC_OK);
    assert_string_equal(m.check[0].input[2], s->cell[VISITS][s->cohort.row[0]]);
    assert_string_equal(m.check[9].input[2], s->cell[VISITS][s->cohort.row[s->cohort.n - 1]]);
    for (size_t j = 0; j < 3; j++)
        assert_null(m.check[10].input[j]);
    assert_close(m.check[11].log_odds, m.card.intercept, 0);
    assert_close(m.check[11].points, 50, 0);
}

/* Builds a model, lets `change` spoil it, and wants verify to name the row and the number. */
static void assert_caught(size_t check, const char *what, double change)
{
    struct lc_model m = build();
    struct lc_model_check copy[LC_MODEL_CHECKS];
    struct lc_err err;

    memcpy(copy, m.check, sizeof copy);
    if (strcmp(what, "log_odds") == 0)
        copy[check].log_odds += change;
    else if (strcmp(what, "probability") == 0)
        copy[check].probability += change;
    else if (strcmp(what, "points") == 0)
        copy[check].points += change;
    else if (strcmp(what, "f_points") == 0)
        copy[check].f_points += change;
    else if (strcmp(what, "g_points") == 0)
        copy[check].g_points += change;
    else
        copy[check].grade[0] = copy[check].grade[0] == 'A' ? 'B' : 'A';
    m.check = copy;
    assert_int_equal(lc_model_verify(&m, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, lc_arena_format(&arena, "row %zu: %s", check + 1, what)));
}

static void every_changed_answer_is_caught(void **state)
{
    (void)state;
    assert_caught(3, "log_odds", 1e-13);
    assert_caught(0, "probability", 1e-13);
    assert_caught(11, "points", 1);
    assert_caught(7, "f_points", -1);
    assert_caught(10, "g_points", 1);
    assert_caught(5, "grade", 0);
}

static void a_changed_weight_cut_or_level_is_caught(void **state)
{
    struct lc_model m = build();
    struct lc_card_attribute attribute[3];
    double value[8];
    struct lc_err err;
    const size_t levels = m.card.attribute[2].attribute.n_levels;

    (void)state;
    memcpy(attribute, m.card.attribute, sizeof attribute);
    memcpy(value, attribute[2].value, (levels + 1) * sizeof *value);
    value[lc_attribute_level(&attribute[2].attribute, lc_slice_of(m.check[0].input[2]))] +=
        1e-9;
    attribute[2].value = value;
    m.card.attribute = attribute;
    assert_int_equal(lc_model_verify(&m, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "verification row 1: log_odds"));

    m = build();
    m.grades.letter.cut[0] = m.grades.letter.cut[1] = m.grades.letter.cut[2] = -500;
    assert_int_equal(lc_model_verify(&m, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "grade comes out as"));

    m = build();
    m.card.intercept = LC_NAN;
    assert_int_equal(lc_model_verify(&m, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "not a number"));
}

static void a_small_cohort_has_fewer_verification_rows(void **state)
{
    struct lc_cohort few = s->cohort;
    struct lc_model_recipe r = recipe;
    struct lc_model m;
    struct lc_err err;

    (void)state;
    few.n = 1;
    r.cohort = &few;
    assert_int_equal(lc_model_build(&r, &arena, &m, &err), LC_OK);
    assert_int_equal(m.n_checks, 3);
    assert_int_equal(lc_model_verify(&m, &err), LC_OK);
}

static void a_numeric_term_cannot_enter_a_model(void **state)
{
    static const char *const staff[] = {"staff"};
    const struct lc_fit_options options = {
        .likelihood = true, .numeric = staff, .n_numeric = 1};
    struct lc_model_recipe r = recipe;
    struct lc_fit fit;
    struct lc_model m = {.schema = -7};
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, column,
                                  NULL, 1, &options, NULL, &arena, &fit, &err),
                     LC_OK);
    r.fit = &fit;
    assert_int_equal(lc_model_build(&r, &arena, &m, &err), LC_EMISMATCH);
    assert_int_equal(m.schema, -7);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64 + limit / 16) {
        struct lc_arena small;
        struct lc_model m = {.schema = -7};
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_model_build(&recipe, &small, &m, &err);
        if (rc)
            assert_int_equal(m.schema, -7);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_holds_what_it_was_learnt_from),
        cmocka_unit_test(sixteen_cells_hold_every_lead_once),
        cmocka_unit_test(one_dimension_gives_four_margins_without_a_clock),
        cmocka_unit_test(a_cell_says_what_to_do_and_a_model_without_it_has_the_default),
        cmocka_unit_test(standard_errors_are_positive_and_below_the_priors),
        cmocka_unit_test(verification_rows_are_spread_and_end_with_empty_and_unseen),
        cmocka_unit_test(every_changed_answer_is_caught),
        cmocka_unit_test(a_changed_weight_cut_or_level_is_caught),
        cmocka_unit_test(a_small_cohort_has_fewer_verification_rows),
        cmocka_unit_test(a_numeric_term_cannot_enter_a_model),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
