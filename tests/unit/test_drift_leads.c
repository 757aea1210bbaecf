#include "leadcal/drift_leads.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "leadcal/drift.h"
#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"
#include "typed_cards.h"

static struct lc_arena arena;
static struct lc_err err;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* A model of one profile and one engagement attribute, learnt from 200 leads up to day 20000. Banking
 * is letter A, others are B; three visits are digit 1, fewer 2. */
static const char *const industry[] = {"Banking", "Retail", "(missing)"}, *const visits[] = {
                                                                              "0", "1", "3"};
static const double n_industry[] = {60, 110, 30}, n_visits[] = {100, 60, 40};
static const double of_industry[] = {12, -4, -7, 0}, of_visits[] = {-5, 1, 11, 0},
                    value_industry[] = {0.8, -0.3, -0.5, 0},
                    value_visits[] = {-0.4, 0.1, 0.8, 0};
static const char *const no_value[] = {"n/a"};

static struct lc_model typed_model(void)
{
    static struct lc_card_attribute a[2];
    static struct lc_model_cell cell[LC_GRADES * LC_GRADES];
    static const double leads[] = {15, 45, 0, 0, 25, 115, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    struct lc_model m = {.schema = LC_MODEL_SCHEMA,
                         .card = {.method = "logistic",
                                  .intercept = -2.2,
                                  .k = 2,
                                  .attribute = a,
                                  .scale = lc_points_standard()},
                         .missing = {no_value, 1},
                         .cell = cell,
                         .n_cells = (size_t)LC_GRADES * LC_GRADES,
                         .boundary = {.as_of = 20100,
                                      .first_decision = 19000,
                                      .last_decision = 20000,
                                      .window_days = 60,
                                      .leads = 200}};

    a[0] = typed_attribute("industry", LC_ROLE_PROFILE, industry, 3, true, value_industry,
                           of_industry);
    a[0].attribute.n = n_industry;
    a[1] = typed_attribute("visits", LC_ROLE_ENGAGEMENT, visits, 3, false, value_visits,
                           of_visits);
    a[1].attribute.n = n_visits;
    m.grades.letter = (struct lc_grade_cuts){true, {10, -100, -100}, {0.3, 0.7, 0, 0}};
    m.grades.digit = (struct lc_grade_cuts){true, {10, -100, -100}, {0.2, 0.8, 0, 0}};
    for (size_t c = 0; c < m.n_cells; c++) {
        cell[c].leads = leads[c];
        cell[c].grade[0] = (char)('A' + c / LC_GRADES);
        cell[c].grade[1] = (char)('1' + c % LC_GRADES);
        cell[c].grade[2] = '\0';
    }
    return m;
}

#define MOST_TYPED 400

/* Leads typed as counts: so many with these two cells, decided on these days. */
struct typed {
    const char *cell[3][MOST_TYPED];
    size_t n;
    struct lc_table_column column[3];
    struct lc_table table;
};

static void type_leads(struct typed *t, size_t n, const char *of_industry_,
                       const char *of_visits_, const char *day)
{
    for (size_t i = 0; i < n; i++, t->n++) {
        assert_true(t->n < MOST_TYPED);
        t->cell[0][t->n] = of_industry_;
        t->cell[1][t->n] = of_visits_;
        t->cell[2][t->n] = day;
    }
}

static void make_table(struct typed *t)
{
    static const char *const name[] = {"industry", "visits", "entered"};
    static const enum lc_kind kind[] = {LC_KIND_TEXT, LC_KIND_TEXT, LC_KIND_DATE};

    for (size_t j = 0; j < 3; j++)
        t->column[j] = small_column(&arena, name[j], kind[j], t->cell[j], t->n);
    t->table = small_table(t->column, 3, t->n);
}

/* As learnt, in the same shares. */
static void type_unchanged(struct typed *t)
{
    type_leads(t, 15, "Banking", "3", "20010");
    type_leads(t, 45, "Banking", "0", "20011");
    type_leads(t, 55, "Retail", "0", "20012");
    type_leads(t, 55, "Retail", "1", "20012");
    type_leads(t, 5, "n/a", "1", "20013");
    type_leads(t, 25, "", "3", "20013");
}

/* Fewer banks, a value never seen, no lead with one visit, emptier cells. */
static void type_changed(struct typed *t)
{
    type_leads(t, 10, "Banking", "3", "20010");
    type_leads(t, 60, "Retail", "0", "20010");
    type_leads(t, 70, "Media", "3", "20020");
    type_leads(t, 2, "Farming", "0", "20020");
    type_leads(t, 58, "", "0", "20020");
}

static struct typed *typed_by(void (*type)(struct typed *t))
{
    struct typed *t = LC_NEW(&arena, 1, struct typed);

    type(t);
    make_table(t);
    return t;
}

static size_t row_of(const struct lc_frame *f, const char *attribute, const char *level)
{
    const size_t a = lc_frame_column(f, "attribute"), l = lc_frame_column(f, "level");

    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k + a].text, attribute) == 0 &&
            strcmp(f->value[i * f->k + l].text, level) == 0)
            return i;
    print_error("there is no row %s, %s\n", attribute, level);
    fail();
    return 0;
}

static const union lc_value *cell_of(const struct lc_frame *f, const char *attribute,
                                     const char *level, const char *column)
{
    return &f->value[row_of(f, attribute, level) * f->k + lc_frame_column(f, column)];
}

static struct lc_drift_found compare(const struct lc_model *m,
                                     const struct lc_drift_leads *before,
                                     const struct lc_table *table)
{
    struct lc_drift_leads now;
    struct lc_drift_found found;

    assert_int_equal(lc_drift_all_leads(table, &arena, &now, &err), LC_OK);
    if (lc_drift_compare(m, before, &now, &arena, &found, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return found;
}

static void leads_as_they_were_raise_no_alarm(void **state)
{
    const struct lc_model m = typed_model();
    struct typed *t = typed_by(type_unchanged);
    struct lc_drift_found found;

    (void)state;
    found = compare(&m, NULL, &t->table);
    assert_int_equal(found.tests, 5); /* two attributes, letter, digit, cell */
    assert_int_equal(found.alarms, 0);
    assert_close(cell_of(&found.frame, "industry", "(all)", "psi")->number, 0, 1e-15);
    assert_close(cell_of(&found.frame, "letter", "A", "new_leads")->number, 60, 0);
    assert_close(cell_of(&found.frame, "letter", "A", "baseline_leads")->number, 60, 0);
    assert_close(cell_of(&found.frame, "digit", "1", "baseline_leads")->number, 40, 0);
    assert_close(cell_of(&found.frame, "cell", "B1", "new_leads")->number, 25, 0);
    assert_close(cell_of(&found.frame, "cell", "B1", "baseline_leads")->number, 25, 0);
    assert_non_null(strstr(found.sentence, "no sign of change"));
}

static void a_planted_change_is_found_and_named(void **state)
{
    const struct lc_model m = typed_model();
    const double before[] = {60, 110, 30, 0}, now[] = {10, 60, 58, 72};
    struct typed *t = typed_by(type_changed);
    struct lc_drift_found found;
    struct lc_drift want;

    (void)state;
    found = compare(&m, NULL, &t->table);
    assert_string_equal(cell_of(&found.frame, "industry", "(all)", "alarm")->text, "yes");
    /* Farming alone is too small: with the smallest of the others, the empty cells. */
    assert_int_equal(lc_drift_test((double[]){60, 110, 30, 0, 0}, (double[]){10, 60, 58, 2, 70},
                                   5, &arena, NULL, &want, &err),
                     LC_OK);
    assert_close(cell_of(&found.frame, "industry", "(all)", "chi2")->number, want.chi2, 1e-13);
    assert_close(cell_of(&found.frame, "industry", "(all)", "psi")->number, want.psi, 1e-13);
    assert_close(lc_psi_term(before[0], now[0], 200, 200),
                 cell_of(&found.frame, "industry", "Banking", "psi")->number, 1e-14);
    assert_close(cell_of(&found.frame, "industry", "Media", "baseline_leads")->number, 0, 0);
    assert_close(cell_of(&found.frame, "industry", "Media", "new_leads")->number, 70, 0);
    assert_non_null(strstr(cell_of(&found.frame, "industry", "Media", "note")->text, "new:"));
    assert_non_null(
        strstr(cell_of(&found.frame, "industry", "Farming", "note")->text, "(rest)"));
    assert_non_null(strstr(cell_of(&found.frame, "visits", "1", "note")->text, "gone:"));
    assert_non_null(
        strstr(cell_of(&found.frame, "industry", "(missing)", "note")->text, "more often"));
    assert_non_null(
        strstr(cell_of(&found.frame, "industry", "(all)", "note")->text, "2 new values"));
    assert_non_null(strstr(found.sentence, "the leads have changed"));
    assert_non_null(strstr(found.sentence, "Media was 0.0 % of the leads and is 35.0 %"));
}

/* Newcombe's interval of 58 of 200 less 30 of 200 (rate.h is tested against the paper). */
static void the_share_of_empty_cells_has_an_interval(void **state)
{
    const struct lc_model m = typed_model();
    struct typed *t = typed_by(type_changed);
    struct lc_drift_found found;

    (void)state;
    found = compare(&m, NULL, &t->table);
    assert_close(cell_of(&found.frame, "industry", "(missing)", "difference")->number, 0.14,
                 1e-14);
    assert_true(cell_of(&found.frame, "industry", "(missing)", "low")->number > 0.05);
    assert_true(cell_of(&found.frame, "industry", "(missing)", "high")->number < 0.23);
}

static void two_exports_are_compared_with_points_and_values_unknown_to_both(void **state)
{
    struct lc_model m = typed_points();
    struct lc_card_attribute one = typed_model().card.attribute[0];
    struct typed *old = typed_by(type_changed), *t = typed_by(type_changed);
    struct lc_drift_leads before;
    struct lc_drift_found found;

    (void)state;
    m.card.k = 1;
    m.card.attribute = &one;
    one.attribute.n = typed_zeros;
    assert_int_equal(lc_drift_all_leads(&old->table, &arena, &before, &err), LC_OK);
    found = compare(&m, &before, &t->table);
    assert_int_equal(found.alarms, 0);
    assert_int_equal(found.tests, 2);
    assert_close(cell_of(&found.frame, "industry", "Media", "baseline_leads")->number, 70, 0);
    assert_string_equal(cell_of(&found.frame, "industry", "Media", "note")->text,
                        "the model never met it");
    assert_close(cell_of(&found.frame, "points", "(all)", "psi")->number, 0, 1e-15);
    assert_close(cell_of(&found.frame, "points", "(-inf,-7]", "new_leads")->number, 58, 0);
    assert_close(cell_of(&found.frame, "points", "(0,inf)", "new_leads")->number, 10, 0);
}

static void new_leads_are_those_after_the_boundary(void **state)
{
    const struct lc_model m = typed_model();
    struct typed *t = LC_NEW(&arena, 1, struct typed);
    struct lc_drift_leads now;
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    spec.date.entered = "entered";
    type_leads(t, 3, "Banking", "1", "19990");
    type_leads(t, 2, "Banking", "1", "20000");
    type_leads(t, 1, "Retail", "1", "20001");
    type_leads(t, 4, "Banking", "1", "");
    type_leads(t, 5, "Retail", "1", "20044");
    make_table(t);
    assert_int_equal(lc_drift_new_leads(&t->table, &spec, &m, &arena, &now, &err), LC_OK);
    assert_true(now.by_day);
    assert_int_equal(now.n, 6);
    assert_int_equal(now.row[0], 5);
    assert_int_equal(now.learnt, 5);
    assert_int_equal(now.undated, 4);
    assert_int_equal(now.first, 20001);
    assert_int_equal(now.last, 20044);
    spec.date.entered = NULL;
    assert_int_equal(lc_drift_new_leads(&t->table, &spec, &m, &arena, &now, &err), LC_OK);
    assert_false(now.by_day);
    assert_int_equal(now.n, 15);
}

static void no_new_leads_are_refused(void **state)
{
    const struct lc_model m = typed_model();
    struct typed *t = LC_NEW(&arena, 1, struct typed);
    struct lc_drift_leads now;
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    spec.date.entered = "entered";
    type_leads(t, 3, "Banking", "1", "19990");
    make_table(t);
    assert_int_equal(lc_drift_new_leads(&t->table, &spec, &m, &arena, &now, &err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "2024-10-04")); /* day 20000 */
    t->table.n = 0;
    assert_int_equal(lc_drift_new_leads(&t->table, &spec, &m, &arena, &now, &err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "no leads"));
    assert_int_equal(lc_drift_all_leads(&t->table, &arena, &now, &err), LC_EDEGENERATE);
}

static void a_model_of_another_export_and_one_without_counts_are_refused(void **state)
{
    const struct lc_model m = typed_model(), points = typed_points();
    struct typed *t = typed_by(type_unchanged);
    struct lc_drift_leads now;
    struct lc_drift_found found;

    (void)state;
    assert_int_equal(lc_drift_all_leads(&t->table, &arena, &now, &err), LC_OK);
    assert_int_equal(lc_drift_compare(&points, NULL, &now, &arena, &found, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--baseline"));
    t->column[0].codes.name = "sector";
    t->column[1].codes.name = "hits";
    assert_int_equal(lc_drift_compare(&m, NULL, &now, &arena, &found, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'industry', 'visits'"));
    t->column[0].codes.name = "industry";
    t->column[1].codes.name = "visits";
    t->column[1].kind = LC_KIND_MANY;
    assert_int_equal(lc_drift_compare(&m, NULL, &now, &arena, &found, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "too many values"));
}

static void the_order_of_rows_does_not_matter(void **state)
{
    const struct lc_model m = typed_model();
    struct typed *t = typed_by(type_changed), *turned = LC_NEW(&arena, 1, struct typed);
    struct lc_drift_found a, b;

    (void)state;
    for (size_t i = 0; i < t->n; i++)
        type_leads(turned, 1, t->cell[0][t->n - 1 - i], t->cell[1][t->n - 1 - i], "20010");
    make_table(turned);
    a = compare(&m, NULL, &t->table);
    b = compare(&m, NULL, &turned->table);
    assert_int_equal(a.frame.n, b.frame.n);
    for (size_t i = 0; i < a.frame.n; i++)
        for (size_t c = 0; c < a.frame.k; c++) {
            const union lc_value x = a.frame.value[i * a.frame.k + c],
                                 y = b.frame.value[i * a.frame.k + c];

            if (a.frame.heading[c].cell == LC_CELL_TEXT)
                assert_string_equal(x.text ? x.text : "", y.text ? y.text : "");
            else
                assert_true(x.number == y.number || (isnan(x.number) && isnan(y.number)));
        }
    assert_string_equal(a.sentence, b.sentence);
}

/* What is asked of new leads, in an arena of its own. */
typedef enum lc_rc (*question)(const struct lc_drift_leads *now, struct lc_arena *in);

/* Asked with ever more memory, until it is enough. */
static void assert_refusals(question ask, void (*type)(struct typed *t), size_t step,
                            size_t least)
{
    const struct typed *t = typed_by(type);
    struct lc_drift_leads now;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    assert_int_equal(lc_drift_all_leads(&t->table, &arena, &now, &err), LC_OK);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += step) {
        struct lc_arena small;

        lc_arena_init(&small, limit);
        rc = ask(&now, &small);
        refused += rc == LC_ENOMEM;
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > least);
}

static enum lc_rc compare_in(const struct lc_drift_leads *now, struct lc_arena *in)
{
    const struct lc_model m = typed_model();
    struct lc_drift_found found;

    return lc_drift_compare(&m, NULL, now, in, &found, &err);
}

static void every_allocation_of_a_comparison_refused(void **state)
{
    (void)state;
    assert_refusals(compare_in, type_changed, 200, 10);
}

/* ---- what is expected of them ---- */

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

/* A cohort of some rows of the table, of which the first are won. */
static struct lc_cohort typed_cohort(const uint32_t *row, size_t n, size_t won)
{
    uint8_t *y = LC_NEW(&arena, n + 1, uint8_t);

    memset(y, 1, won);
    return (struct lc_cohort){.n = n, .row = row, .y = y, .has_dates = true};
}

static struct lc_drift_expected expect(const struct lc_model *m, const struct lc_table *table,
                                       const struct lc_cohort *cohort)
{
    struct lc_drift_leads now;
    struct lc_drift_expected out;

    assert_int_equal(lc_drift_all_leads(table, &arena, &now, &err), LC_OK);
    if (lc_drift_expect(m, &now, cohort, NULL, &arena, &out, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return out;
}

static double expected_of(const struct lc_frame *f, const char *what, const char *grade,
                          const char *column)
{
    const size_t w = lc_frame_column(f, "what"), g = lc_frame_column(f, "grade");

    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k + w].text, what) == 0 &&
            strcmp(f->value[i * f->k + g].text, grade) == 0)
            return f->value[i * f->k + lc_frame_column(f, column)].number;
    print_error("there is no row %s, %s\n", what, grade);
    fail();
    return 0;
}

static void expected_rates_are_the_means_of_the_probabilities(void **state)
{
    const struct lc_model m = typed_model();
    const double a1 = sigmoid(-2.2 + 0.8 + 0.8), a2 = sigmoid(-2.2 + 0.8 - 0.4),
                 b1 = sigmoid(-2.2 - 0.5 + 0.8);
    struct typed *t = typed_by(type_unchanged);
    struct lc_drift_expected e;

    (void)state;
    e = expect(&m, &t->table, NULL);
    assert_close(expected_of(&e.frame, "close_rate", "A1", "expected"), a1, 1e-14);
    assert_close(expected_of(&e.frame, "close_rate", "A1", "leads"), 15, 0);
    assert_close(expected_of(&e.frame, "close_rate", "A", "expected"), (15 * a1 + 45 * a2) / 60,
                 1e-14);
    assert_close(expected_of(&e.frame, "close_rate", "1", "expected"), (15 * a1 + 25 * b1) / 40,
                 1e-14);
    assert_true(isnan(expected_of(&e.frame, "close_rate", "C3", "expected")));
    assert_close(expected_of(&e.frame, "close_rate", "C3", "leads"), 0, 0);
    assert_true(expected_of(&e.frame, "auc", "(all)", "expected") > 0.5);
    assert_true(isnan(expected_of(&e.frame, "close_rate", "(all)", "mature_leads")));
    assert_null(strstr(e.sentence, "old enough"));
    assert_non_null(strstr(e.sentence, "of these 200 leads will be won within 60 days"));
}

static void mature_leads_are_shown_beside_what_was_expected_of_them(void **state)
{
    /* Rows 0..14 are A1, 15..59 A2; row 199 is B1. Nine of the ten A1 here are won. */
    static const uint32_t row[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 199};
    const struct lc_model m = typed_model();
    const double a1 = sigmoid(-2.2 + 0.8 + 0.8);
    struct typed *t = typed_by(type_unchanged);
    const struct lc_cohort cohort = typed_cohort(row, 12, 9);
    struct lc_drift_expected e;

    (void)state;
    e = expect(&m, &t->table, &cohort);
    assert_close(expected_of(&e.frame, "close_rate", "(all)", "mature_leads"), 12, 0);
    assert_close(expected_of(&e.frame, "close_rate", "(all)", "observed"), 9.0 / 12, 1e-15);
    assert_close(expected_of(&e.frame, "close_rate", "A1", "mature_leads"), 10, 0);
    assert_close(expected_of(&e.frame, "close_rate", "A1", "mature_expected"), a1, 1e-14);
    assert_close(expected_of(&e.frame, "close_rate", "A1", "observed"), 0.9, 1e-15);
    assert_close(expected_of(&e.frame, "close_rate", "B1", "observed"), 0, 0);
    assert_true(isnan(expected_of(&e.frame, "close_rate", "B2", "observed")));
    /* Won: nine of the ten best; the one A1 lost ties with them, the other two stand below. */
    assert_close(expected_of(&e.frame, "auc", "(all)", "observed"), (2 + 0.5) / 3, 1e-14);
    /* The best fifth of twelve leads are two of ten that tie, nine of them won. */
    assert_close(expected_of(&e.frame, "captured", "(all)", "observed"), 2 * 0.9 / 9, 1e-14);
    assert_non_null(
        strstr(e.sentence, "of the 12 among them that are old enough to tell 9 were"));
}

static void a_card_without_probabilities_expects_nothing(void **state)
{
    const struct lc_model m = typed_points();
    struct typed *t = typed_by(type_unchanged);
    struct lc_drift_leads now;
    struct lc_drift_expected e;

    (void)state;
    assert_int_equal(lc_drift_all_leads(&t->table, &arena, &now, &err), LC_OK);
    assert_int_equal(lc_drift_expect(&m, &now, NULL, NULL, &arena, &e, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no probabilities"));
}

static enum lc_rc expect_in(const struct lc_drift_leads *now, struct lc_arena *in)
{
    const struct lc_model m = typed_model();
    struct lc_drift_expected e;

    return lc_drift_expect(&m, now, NULL, NULL, in, &e, &err);
}

static void every_allocation_of_the_expected_refused(void **state)
{
    (void)state;
    assert_refusals(expect_in, type_unchanged, 20000, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(leads_as_they_were_raise_no_alarm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_planted_change_is_found_and_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_share_of_empty_cells_has_an_interval, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            two_exports_are_compared_with_points_and_values_unknown_to_both, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_leads_are_those_after_the_boundary, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_new_leads_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_model_of_another_export_and_one_without_counts_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_order_of_rows_does_not_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_allocation_of_a_comparison_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(expected_rates_are_the_means_of_the_probabilities,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(mature_leads_are_shown_beside_what_was_expected_of_them,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_without_probabilities_expects_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_allocation_of_the_expected_refused, set_up,
                                        tear_down),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
