#include "leadcal/maturity.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/cohort.h"
#include "leadcal/fit.h"
#include "leadcal/incidence.h"
#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"

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

enum { STAGE, ENTERED, CLOSED, SOURCE, COIN, COLUMNS };

static const char *const is_won[] = {"Won"}, *const is_lost[] = {"Lost"},
                         *const is_open[] = {"Open"};
static struct lc_table_column column[COLUMNS];

static struct lc_table table_of(const char *const *const *cell, size_t n)
{
    static const char *const name[] = {"stage", "entered", "closed", "source", "coin"};
    static const enum lc_kind kind[] = {LC_KIND_TEXT, LC_KIND_DATE, LC_KIND_DATE, LC_KIND_TEXT,
                                        LC_KIND_TEXT};

    for (size_t j = 0; j < COLUMNS; j++)
        column[j] = small_column(&arena, name[j], kind[j], cell[j], n);
    return small_table(column, COLUMNS, n);
}

static struct lc_spec spec_as_of(int32_t as_of)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){is_won, 1};
    spec.outcome.lost = (struct lc_texts){is_lost, 1};
    spec.outcome.open = (struct lc_texts){is_open, 1};
    spec.date.entered = "entered";
    spec.date.closed = "closed";
    spec.as_of_day = as_of;
    return spec;
}

/* ---- typed leads, as of day 20100 ---- */

#define N 10
static const char *const stage[N] = {"Won",  "Won", "Lost", "Lost", "Open",
                                     "Open", "Won", "Won",  "Won",  "Lost"};
static const char *const entered[N] = {"20000", "20010", "20020", "20030", "20040",
                                       "",      "20050", "20060", "20101", "20070"};
static const char *const closed[N] = {"20015", "20150", "20045", "",      "",
                                      "",      "",      "20055", "20110", "20070"};
static const char *const source[N] = {"Web",  "Web",  "Fair", "Fair", "Web",
                                      "Fair", "Fair", "Web",  "Web",  "Web"};
static const char *const *const typed[COLUMNS] = {stage, entered, closed, source, source};

static void leads_are_followed_from_their_decision_to_their_end(void **state)
{
    /* Of the ten: one without a day, one after the as-of date, one won nobody knows when. */
    static const double time[] = {15, 90, 25, 70, 60, 0, 0},
                        age[] = {100, 90, 80, 70, 60, 40, 30};
    static const enum lc_end end[] = {LC_END_WON,  LC_END_OPEN, LC_END_LOST, LC_END_OPEN,
                                      LC_END_OPEN, LC_END_WON,  LC_END_LOST};
    static const uint32_t row[] = {0, 1, 2, 3, 4, 7, 9};
    const struct lc_table table = table_of(typed, N);
    const struct lc_spec spec = spec_as_of(20100);
    struct lc_followed f;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_OK);
    assert_int_equal(f.n, 7);
    for (size_t i = 0; i < f.n; i++) {
        assert_int_equal(f.row[i], row[i]);
        assert_int_equal(f.end[i], end[i]);
        assert_close(f.time[i], time[i], 0);
        assert_close(f.age[i], age[i], 0);
        assert_int_equal(f.won[i], end[i] == LC_END_WON);
    }
    assert_int_equal(f.n_won, 2);
    assert_int_equal(f.n_lost, 2);
    assert_int_equal(f.account.undated, 1);
    assert_int_equal(f.account.after_as_of, 1);
    assert_int_equal(f.account.won_undated, 1);
    assert_int_equal(f.account.lost_undated, 1);
    assert_int_equal(f.account.early, 1);
}

static void what_cannot_be_followed_is_refused(void **state)
{
    const struct lc_table table = table_of(typed, N);
    struct lc_spec spec = spec_as_of(20100);
    struct lc_followed f;
    struct lc_err err;

    (void)state;
    spec.date.closed = NULL;
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--closed"));
    spec.date.entered = NULL;
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "--entered"));
    spec = spec_as_of(19990);
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "no lead was decided by the as-of date"));
    spec.outcome.column = "stagg";
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_EMISMATCH);
}

/* ---- leads with known lags: Web 30 days and Fair 120, log-normal, SD 0.7 of ln days ---- */

#define MOST 4000
#define SD   0.7
static char day_text[2][MOST][12];
static const char *cells[COLUMNS][MOST];

static double normal(struct lc_random *r)
{
    const double u = 1 - lc_random_unit(r), v = lc_random_unit(r);

    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

/* Decided over `history` days before day 21000; a fifth of them is won, the others are lost after 80
 * days on average. */
static struct lc_table made_up(uint64_t seed, size_t n, double history, bool all_seen)
{
    static const char *const *const made[COLUMNS] = {cells[STAGE], cells[ENTERED],
                                                     cells[CLOSED], cells[SOURCE], cells[COIN]};
    struct lc_random r = {seed};

    for (size_t i = 0; i < n; i++) {
        const bool fair = i % 2 == 1, wins = lc_random_unit(&r) < 0.2;
        const int age = (int)(history * lc_random_unit(&r)) + (all_seen ? 3000 : 0);
        const double lag = (fair ? 120 : 30) * exp(SD * normal(&r));
        const int taken = (int)(wins ? lag : -80 * log(1 - lc_random_unit(&r)));

        cells[SOURCE][i] = fair ? "Fair" : "Web";
        cells[COIN][i] = lc_random_unit(&r) < 0.5 ? "heads" : "tails";
        cells[STAGE][i] = taken > age ? "Open" : wins ? "Won" : "Lost";
        (void)snprintf(day_text[0][i], sizeof day_text[0][i], "%d", 21000 - age);
        (void)snprintf(day_text[1][i], sizeof day_text[1][i], "%d", 21000 - age + taken);
        cells[ENTERED][i] = day_text[0][i];
        cells[CLOSED][i] = taken > age ? "" : day_text[1][i];
    }
    return table_of(made, n);
}

static const size_t compared[] = {SOURCE, COIN};
static const struct lc_spec_attribute *const no_entry[] = {NULL, NULL};

static struct lc_frame maturity_of(const struct lc_table *table, bool show_all, int32_t window)
{
    const struct lc_spec spec = spec_as_of(21000);
    const struct lc_maturity_options o = {
        .columns = {compared, no_entry, 2}, .show_all = show_all, .window_days = window};
    struct lc_frame f;
    struct lc_err err;

    if (lc_maturity(table, &spec, &o, NULL, &arena, &f, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return f;
}

/* The cell of the row of a segment and an age; NaN where there is no such row. */
static double cell_of(const struct lc_frame *f, const char *segment, double age,
                      const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k].text, segment) == 0 &&
            f->value[i * f->k + 1].number == age)
            return f->value[i * f->k + lc_frame_column(f, name)].number;
    return (double)NAN;
}

static bool says(const struct lc_frame *f, const char *words)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], words))
            return true;
    return false;
}

static void a_lag_that_differs_by_source_is_found_and_its_size_told(void **state)
{
    const struct lc_table table = made_up(71, MOST, 730, false);
    const struct lc_frame f = maturity_of(&table, false, 90);

    (void)state;
    /* Truth: F(61) of median 30 is 0.845, of 120 0.167 (scipy 1.17.1 norm.cdf(log(61 / m) / 0.7)) */
    assert_close(cell_of(&f, "source=Web", 60, "share_of_eventual"), 0.845, 0.05);
    assert_close(cell_of(&f, "source=Fair", 60, "share_of_eventual"), 0.167, 0.04);
    assert_close(cell_of(&f, "source=Fair", 545, "share_won"), 0.2, 0.04);
    assert_true(isnan(cell_of(&f, "coin=heads", 60, "share_won")));
    assert_true(says(&f, "warning: wins take longer for some leads than for others by source"));
    /* 94 % of Web's wins come within 91 days, 35 % of Fair's: odds 2.9 times as high */
    assert_true(says(&f, "by the law of the wins so far a window of 90 days holds 9"));
    assert_true(says(&f, "times as high against the second as they are in the end"));
}

static void a_history_too_short_tells_nothing_of_the_end(void **state)
{
    const struct lc_table table = made_up(72, 2000, 80, false);
    const struct lc_frame f = maturity_of(&table, false, 60);

    (void)state;
    assert_true(isfinite(cell_of(&f, "(all)", 30, "share_won")));
    for (size_t i = 0; i < f.n; i++)
        assert_true(isnan(f.value[i * f.k + lc_frame_column(&f, "share_of_eventual")].number));
    assert_true(says(&f, "how many leads are won in the end cannot be told yet"));
    assert_true(says(&f, "only wins within 60 days are spoken of"));
    assert_true(says(&f, "of the wins within 60 days have been seen"));
}

static void with_every_lead_followed_the_share_is_won_of_leads(void **state)
{
    const struct lc_table table = made_up(73, 1500, 100, true);
    const struct lc_frame f = maturity_of(&table, true, LC_WINDOW_NONE);
    const double ages[] = {14, 60, 365};

    (void)state;
    for (size_t a = 0; a < 3; a++) {
        const double won = cell_of(&f, "(all)", ages[a], "won");
        struct lc_interval wilson = lc_wilson(won, 1500);

        assert_close(cell_of(&f, "(all)", ages[a], "share_won"), won / 1500, 1e-12);
        assert_close(cell_of(&f, "(all)", ages[a], "low"), wilson.low, 1e-9);
        assert_close(cell_of(&f, "(all)", ages[a], "high"), wilson.high, 1e-9);
        assert_close(cell_of(&f, "coin=heads", ages[a], "won") +
                         cell_of(&f, "coin=tails", ages[a], "won"),
                     won, 0);
    }
    assert_close(cell_of(&f, "(all)", 1095, "share_of_eventual"), 1, 5e-3);
}

/* All wins on the day of the decision: no law says how long they take. */
static void wins_of_one_day_are_no_error(void **state)
{
    static const char *const *const made[COLUMNS] = {cells[STAGE], cells[ENTERED],
                                                     cells[CLOSED], cells[SOURCE], cells[COIN]};
    struct lc_table table;
    struct lc_frame f;

    (void)state;
    (void)made_up(77, 400, 400, true);
    for (size_t i = 0; i < 400; i++)
        cells[CLOSED][i] = cells[ENTERED][i];
    table = table_of(made, 400);
    f = maturity_of(&table, false, 90);
    assert_true(cell_of(&f, "(all)", 7, "share_won") > 0.1);
    assert_true(says(&f, "the days of the wins are too few or too alike"));
}

static void too_few_wins_are_no_error(void **state)
{
    const struct lc_table table = made_up(74, 30, 400, false);
    const struct lc_frame f = maturity_of(&table, true, 90);

    (void)state;
    assert_true(isfinite(cell_of(&f, "coin=tails", 30, "share_won")));
    assert_true(says(&f, "10 are needed"));
}

/* By source, the weight of Fair less that of Web; both are won at a fifth in the end. */
static double weight_of_fair(const struct lc_table *table, const uint32_t *row,
                             const uint8_t *y, const double *seen, size_t n)
{
    const size_t by_source[] = {SOURCE};
    const struct lc_fit_options o = {.likelihood = true, .seen = seen};
    struct lc_fit fit;
    double b[2], variance[2];
    struct lc_err err;

    if (lc_fit_leads(table, row, y, n, by_source, no_entry, 1, &o, NULL, &arena, &fit, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    lc_fit_levels(&fit, 0, b, variance);
    assert_string_equal(fit.attribute[0].level[0], "Fair");
    return b[0] - b[1];
}

static void a_fit_by_the_lag_compares_sources_that_a_window_does_not(void **state)
{
    const struct lc_table table = made_up(76, MOST, 730, false);
    struct lc_spec spec = spec_as_of(21000);
    const struct lc_lag_columns columns = {compared, no_entry, 2};
    struct lc_cohort window;
    struct lc_followed f;
    struct lc_lags lags;
    const double *seen;
    struct lc_err err;

    (void)state;
    spec.window_days = 90;
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &window, &err), LC_OK);
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_OK);
    assert_int_equal(lc_lags_learn(&table, &f, &columns, NULL, &arena, &lags, &err), LC_OK);
    assert_true(lags.told);
    assert_string_equal(lags.differs->attribute.column, "source");
    assert_int_equal(lc_lags_seen(&f, &lags, f.row, f.won, f.n, &arena, &seen, &err), LC_OK);
    /* Truth 0; of 2,000 leads each the standard error is near 0.1. */
    assert_close(weight_of_fair(&table, f.row, f.won, seen, f.n), 0, 0.25);
    assert_true(weight_of_fair(&table, window.row, window.y, NULL, window.n) < -0.9);
    assert_non_null(strstr(lc_lags_words(&lags, &arena), "lag by source, half of all wins"));
}

/* By the lag of its own source where sources differ, by that of all where none does. */
static void what_comes_within_a_window_goes_by_the_lag_of_the_lead(void **state)
{
    const struct lc_table table = made_up(77, MOST, 730, false);
    const struct lc_spec spec = spec_as_of(21000);
    const struct lc_lag_columns columns = {compared, no_entry, 2};
    const uint32_t row[] = {7, 2, 1998};
    struct lc_followed f;
    struct lc_lags lags;
    const double *share;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_followed_read(&table, &spec, &arena, &f, &err), LC_OK);
    assert_int_equal(lc_lags_learn(&table, &f, &columns, NULL, &arena, &lags, &err), LC_OK);
    assert_non_null(lags.differs);
    assert_int_equal(lc_lags_within(&lags, &table, row, 3, 90, &arena, &share, &err), LC_OK);
    for (size_t i = 0; i < 3; i++) {
        const uint32_t v = lc_code_at(&table.column[SOURCE].codes, row[i]);
        const char *name = table.column[SOURCE].codes.level[v];
        size_t at = 0;

        while (strcmp(lags.differs->attribute.level[at], name) != 0)
            at++;
        assert_close(
            share[i],
            lc_lag_below(&lags.differs->fit.segment[lags.differs->segment_of[at]].lag, 91),
            1e-15);
    }
    lags.differs = NULL;
    assert_int_equal(lc_lags_within(&lags, &table, row, 3, 90, &arena, &share, &err), LC_OK);
    for (size_t i = 0; i < 3; i++)
        assert_close(share[i], lc_lag_below(&lags.fit.lag, 91), 1e-15);
}

static void a_lead_has_its_lag_behind_it_unless_it_is_won(void **state)
{
    const uint32_t followed_row[] = {1, 3, 4}, row[] = {0, 1, 3, 4};
    const double age[] = {50, 20, 9};
    const uint8_t y[] = {0, 0, 1, 0};
    const struct lc_followed f = {.n = 3, .row = followed_row, .age = age};
    const struct lc_lags lags = {.told = true, .fit.lag = {LC_LAG_WEIBULL, log(40), 0.8}};
    const double *seen;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_lags_seen(&f, &lags, row, y, 4, &arena, &seen, &err), LC_OK);
    assert_close(seen[0], 1, 0); /* not followed: it has no day */
    assert_close(seen[1], 1 - exp(-pow(51 / 40.0, 1 / 0.8)), 1e-12);
    assert_close(seen[2], 1, 0); /* won */
    assert_close(seen[3], 1 - exp(-pow(10 / 40.0, 1 / 0.8)), 1e-12);
    assert_string_equal(lc_lags_words(&lags, &arena),
                        "Weibull lag, half of the wins within 30 days");
}

static void every_refusal_of_memory_is_an_error_and_no_crash(void **state)
{
    const struct lc_table table = made_up(75, 400, 700, false);
    const struct lc_spec spec = spec_as_of(21000);
    const struct lc_maturity_options o = {.columns = {compared, no_entry, 2}, .show_all = true};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64 + limit / 8, refused++) {
        struct lc_arena small;
        struct lc_frame f;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_maturity(&table, &spec, &o, NULL, &small, &f, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leads_are_followed_from_their_decision_to_their_end),
        cmocka_unit_test(what_cannot_be_followed_is_refused),
        cmocka_unit_test(a_lag_that_differs_by_source_is_found_and_its_size_told),
        cmocka_unit_test(a_history_too_short_tells_nothing_of_the_end),
        cmocka_unit_test(with_every_lead_followed_the_share_is_won_of_leads),
        cmocka_unit_test(wins_of_one_day_are_no_error),
        cmocka_unit_test(too_few_wins_are_no_error),
        cmocka_unit_test(a_fit_by_the_lag_compares_sources_that_a_window_does_not),
        cmocka_unit_test(what_comes_within_a_window_goes_by_the_lag_of_the_lead),
        cmocka_unit_test(a_lead_has_its_lag_behind_it_unless_it_is_won),
        cmocka_unit_test(every_refusal_of_memory_is_an_error_and_no_crash),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
