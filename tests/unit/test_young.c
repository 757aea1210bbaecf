#include "test.h"

#include "leadcal/young.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/backtest.h"
#include "simulated.h"

static struct lc_arena arena;

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

enum { ATTRIBUTES = 3 };
static const size_t column[ATTRIBUTES] = {INDUSTRY, SOURCE, VISITS};
static const struct lc_spec_attribute *given[ATTRIBUTES];

static struct lc_young_options options_for(const struct simulated *s)
{
    struct lc_young_options o = {.column = column,
                                 .given = given,
                                 .k = ATTRIBUTES,
                                 .fit = {.prior_sd = LC_PRIOR_SD},
                                 .least_train_won = 20};

    for (size_t j = 0; j < ATTRIBUTES; j++)
        given[j] = lc_spec_attribute_of(&s->spec, s->table.column[column[j]].codes.name);
    lc_grades_init(&o.grades);
    return o;
}

static struct lc_frame young_of(const struct simulated *s, struct lc_parallel *pool)
{
    const struct lc_young_options o = options_for(s);
    struct lc_frame f;
    struct lc_err err;

    if (lc_young(&s->table, &s->spec, &s->cohort, &o, pool, &arena, &f, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return f;
}

/* The 1,500 leads as of a day: LC_NO_DAY is the day of the last closing, by which the youngest lead is
 * older than the window of 60 days. */
static struct simulated *leads_as_of(uint64_t seed, int32_t day)
{
    struct simulated *s = simulate(seed, &arena);

    s->spec.as_of_day = day;
    simulated_cohort(s, &arena);
    return s;
}

static const union lc_value *row_of(const struct lc_frame *f, const char *model,
                                    const char *grade, const char *name)
{
    const size_t at = lc_frame_column(f, "grade");

    for (size_t i = 0; i < f->n; i++) {
        const union lc_value *row = f->value + i * f->k;

        if (strcmp(row[0].text, model) == 0 && strcmp(row[at].text, grade) == 0)
            return row + lc_frame_column(f, name);
    }
    print_error("no row %s\n", grade);
    fail();
    return NULL;
}

static bool has_row(const struct lc_frame *f, const char *grade)
{
    const size_t at = lc_frame_column(f, "grade");

    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k].text, "logistic") == 0 &&
            strcmp(f->value[i * f->k + at].text, grade) == 0)
            return true;
    return false;
}

static double cell_of(const struct lc_frame *f, const char *grade, const char *name)
{
    return row_of(f, "logistic", grade, name)->number;
}

static bool says(const struct lc_frame *f, const char *words)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], words))
            return true;
    return false;
}

/* Nobody is young: then it is the backtest's table of the logistic model. */
static void assert_backtest(const struct simulated *s, enum lc_cuts cuts, bool lag)
{
    static const char *const grade[] = {"(all)", "A", "B", "C", "D", "1", "2", "3", "4", "B3"};
    struct lc_young_options young = options_for(s);
    struct lc_backtest_options o;
    struct lc_backtest b;
    struct lc_frame f;
    struct lc_err err;
    size_t compared = 0;

    young.grades.method = cuts;
    young.lag = lag;
    lc_backtest_options_init(&o);
    o.grades.method = cuts;
    o.lag = lag;
    assert_int_equal(lc_young(&s->table, &s->spec, &s->cohort, &young, NULL, &arena, &f, &err),
                     LC_OK);
    assert_int_equal(lc_backtest(&s->table, &s->cohort, column, given, ATTRIBUTES, &o, NULL,
                                 &arena, &b, &err),
                     LC_OK);
    for (size_t g = 0; g < sizeof grade / sizeof *grade; g++) {
        const struct lc_frame *t = &b.grades;

        if (!has_row(t, grade[g])) { /* a grade that the cuts do not give */
            assert_false(has_row(&f, grade[g]));
            continue;
        }
        compared++;
        assert_close(cell_of(&f, grade[g], "leads"), cell_of(t, grade[g], "leads"), 0);
        assert_close(cell_of(&f, grade[g], "incidence"), cell_of(t, grade[g], "close_rate"),
                     1e-12);
        assert_close(cell_of(&f, grade[g], "low"), cell_of(t, grade[g], "close_rate_low"),
                     1e-9);
        assert_close(cell_of(&f, grade[g], "high"), cell_of(t, grade[g], "close_rate_high"),
                     1e-9);
    }
    assert_true(compared > 4);
    assert_true(says(&f, "0 of them followed for less than 60 days"));
    assert_true(says(&f, "the model: has learnt who is won in the end") == lag);
}

static void with_every_lead_followed_it_is_the_backtest(void **state)
{
    const struct simulated *s = leads_as_of(41, LC_NO_DAY);

    (void)state;
    assert_backtest(s, LC_CUTS_SHARES, false);
    assert_backtest(s, LC_CUTS_DP, false);
    assert_backtest(s, LC_CUTS_SHARES, true);
    assert_backtest(s, LC_CUTS_DP, true);
}

/* Cuts by the outcome are other cuts than shares, and the same leads are told by both. */
static void cuts_by_the_outcome_grade_young_leads_too(void **state)
{
    const struct simulated *s = leads_as_of(42, 17700);
    const struct lc_frame by_shares = young_of(s, NULL);
    struct lc_young_options o = options_for(s);
    struct lc_frame f;
    struct lc_err err;
    double leads = 0, won = 0;

    (void)state;
    o.grades.method = LC_CUTS_DP;
    assert_int_equal(lc_young(&s->table, &s->spec, &s->cohort, &o, NULL, &arena, &f, &err),
                     LC_OK);
    for (char c = 'A'; c <= 'D'; c++) {
        const char grade[] = {c, 0};

        if (!has_row(&f, grade))
            continue;
        leads += cell_of(&f, grade, "leads");
        won += cell_of(&f, grade, "won");
        assert_true(cell_of(&f, grade, "low") >= 0 && cell_of(&f, grade, "high") <= 1);
    }
    assert_close(leads, cell_of(&by_shares, "(all)", "leads"), 0);
    assert_close(won, cell_of(&by_shares, "(all)", "won"), 0);
    assert_close(cell_of(&f, "(all)", "incidence"), cell_of(&by_shares, "(all)", "incidence"),
                 0);
    assert_true(says(&f, "the model: grades by dp, on points out of fold"));
    assert_true(cell_of(&f, "D", "leads") != cell_of(&by_shares, "D", "leads"));
    assert_true(cell_of(&f, "A", "incidence") > cell_of(&f, "D", "incidence"));
}

/* As of day 17700 the leads of its last 60 days are young; what became of them within 60 days is in
 * the whole table, which has seen them all. */
static void young_leads_tell_what_they_can(void **state)
{
    const struct simulated *s = leads_as_of(42, 17700);
    const struct lc_frame f = young_of(s, NULL);
    struct lc_split split;
    size_t later = 0, won = 0, so_far = 0, young = 0;
    struct lc_err err;
    double rate;

    (void)state;
    assert_int_equal(lc_cohort_split(&s->cohort, &arena, &split, &err), LC_OK);
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        const int day = 17000 + (int)(i / 2), closed = atoi(s->cell[CLOSED][i]);
        const bool wins = strcmp(s->cell[STAGE][i], "Closed Won") == 0;

        if (day <= split.cut || day > 17700)
            continue;
        later++;
        young += 17700 - day < 60;
        won += wins && closed - day <= 60;
        so_far += wins && closed <= 17700;
    }
    rate = (double)won / (double)later;
    assert_close(cell_of(&f, "(all)", "leads"), (double)later, 0);
    assert_close(cell_of(&f, "(all)", "won"), (double)so_far, 0);
    assert_true(young > 100 && young < later);
    assert_close(cell_of(&f, "(all)", "incidence"), rate, 0.05);
    assert_true(cell_of(&f, "(all)", "low") < rate && rate < cell_of(&f, "(all)", "high"));
    assert_true(cell_of(&f, "(all)", "high") - cell_of(&f, "(all)", "low") < 0.14);
    assert_true(cell_of(&f, "A", "incidence") > cell_of(&f, "D", "incidence"));
    /* Days to won are even over 0..75, so half of those within 60 come by day 30. */
    assert_close(cell_of(&f, "(all)", "cycle_median_days"), 30, 8);
    assert_true(cell_of(&f, "(all)", "cycle_median_low") <=
                cell_of(&f, "(all)", "cycle_median_days"));
    assert_true(cell_of(&f, "(all)", "cycle_p90_high") >=
                cell_of(&f, "(all)", "cycle_p90_days"));
    assert_true(says(&f, "log-rank test over letters, of rate and speed together"));
    assert_true(says(&f, "for a better letter? Among"));
}

static void wins_of_better_leads_that_come_sooner_are_noticed(void **state)
{
    struct simulated *s = simulate(43, &arena);
    struct lc_frame f;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        const bool quick = strcmp(s->cell[INDUSTRY][i], "Banking") == 0;

        if (strcmp(s->cell[STAGE][i], "Closed Won") == 0)
            s->cell[CLOSED][i] = simulated_number(&arena, 17000 + (long)(i / 2) +
                                                              (quick ? 3 : 30) + (long)(i % 7));
    }
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    f = young_of(s, NULL);
    assert_true(says(&f, "is the cycle shorter for a better letter? Yes, among"));
    assert_true(cell_of(&f, "A", "cycle_median_days") < cell_of(&f, "D", "cycle_median_days"));
}

static void one_thread_says_what_seven_say(void **state)
{
    const struct simulated *s = leads_as_of(44, 17700);
    struct lc_parallel *pool = lc_parallel_new(7);
    const struct lc_frame a = young_of(s, NULL), b = young_of(s, pool);

    (void)state;
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++)
        for (size_t j = 2; j < a.k; j++)
            assert_memory_equal(&a.value[i * a.k + j].number, &b.value[i * b.k + j].number,
                                sizeof(double));
    lc_parallel_free(pool);
}

static void what_cannot_be_told_is_refused(void **state)
{
    struct simulated *s = leads_as_of(45, 17700);
    struct lc_young_options o = options_for(s);
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    o.least_train_won = 5000;
    assert_int_equal(lc_young(&s->table, &s->spec, &s->cohort, &o, NULL, &arena, &f, &err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "not enough history"));
    o.least_train_won = 20;
    s->spec.date.closed = NULL;
    assert_int_equal(lc_young(&s->table, &s->spec, &s->cohort, &o, NULL, &arena, &f, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--closed"));
}

static void every_refusal_of_memory_is_an_error_and_no_crash(void **state)
{
    const struct simulated *s = leads_as_of(46, 17700);
    const struct lc_young_options o = options_for(s);
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256 + limit / 4, refused++) {
        struct lc_arena small;
        struct lc_frame f;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_young(&s->table, &s->spec, &s->cohort, &o, NULL, &small, &f, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_every_lead_followed_it_is_the_backtest),
        cmocka_unit_test(cuts_by_the_outcome_grade_young_leads_too),
        cmocka_unit_test(young_leads_tell_what_they_can),
        cmocka_unit_test(wins_of_better_leads_that_come_sooner_are_noticed),
        cmocka_unit_test(one_thread_says_what_seven_say),
        cmocka_unit_test(what_cannot_be_told_is_refused),
        cmocka_unit_test(every_refusal_of_memory_is_an_error_and_no_crash),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
