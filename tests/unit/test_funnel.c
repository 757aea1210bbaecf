#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/funnel.h"
#include "leadcal/random.h"
#include "small_table.h"

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

#define N 10
enum { STAGE, ENTERED, HANDED, CLOSED, DEAL, AMOUNT, STATUS, COLUMNS };

/* Days as numbers: 20089 is 2025-01-01 (date -d), 20179 April 1, 20270 July 1, 20362 October 1.
 * As of 20400, 2025-11-08. */
static const char *const cell[COLUMNS][N] = {
    [STAGE] = {"Won", "Won", "Won", "Won", "Lost", "Open", "Won", "Won", "Won", "Lost"},
    [ENTERED] = {"20100", "20110", "20120", "20300", "20101", "20310", "20390", "", "20405",
                 "20130"},
    [HANDED] = {"20101", "20111", "", "20301", "20102", "20401", "", "20105", "20406", ""},
    [CLOSED] = {"20150", "20280", "", "20299", "20130", "", "20410", "20285", "20407", "20403"},
    [DEAL] = {"20110", "20120", "20130", "", "", "20401", "", "", "", "20140"},
    [AMOUNT] = {"1000", "250.5", "", "10", "77", "", "500", "40", "9999", ""},
    [STATUS] = {"SAL", "SAL", "", "No", "No", "", "SAL", "SAL", "SAL", "SAL"},
};

static const char *const is_won[] = {"Won"}, *const is_lost[] = {"Lost"},
                         *const is_open[] = {"Open"}, *const is_accepted[] = {"SAL"};

static struct lc_table_column column[COLUMNS];

static struct lc_table example(void)
{
    static const char *const name[] = {"stage",     "entered", "handed", "closed",
                                       "deal_made", "amount",  "status"};
    static const enum lc_kind kind[] = {LC_KIND_TEXT, LC_KIND_DATE, LC_KIND_DATE,
                                        LC_KIND_DATE, LC_KIND_DATE, LC_KIND_NUMBER,
                                        LC_KIND_TEXT};

    for (size_t j = 0; j < COLUMNS; j++)
        column[j] = small_column(&arena, name[j], kind[j], cell[j], N);
    return small_table(column, COLUMNS, N);
}

static struct lc_spec example_spec(void)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){is_won, 1};
    spec.outcome.lost = (struct lc_texts){is_lost, 1};
    spec.outcome.open = (struct lc_texts){is_open, 1};
    spec.date.entered = "entered";
    spec.date.closed = "closed";
    spec.as_of_day = 20400;
    return spec;
}

static struct lc_spec full_spec(void)
{
    struct lc_spec spec = example_spec();

    spec.date.handed_over = "handed";
    spec.date.opportunity = "deal_made";
    spec.acceptance.column = "status";
    spec.acceptance.accepted = (struct lc_texts){is_accepted, 1};
    spec.amount = "amount";
    return spec;
}

static struct lc_frame funnel(const struct lc_table *table, const struct lc_spec *spec,
                              enum lc_period kind)
{
    struct lc_frame frame;
    struct lc_err err;

    if (lc_funnel(table, spec, kind, &arena, &frame, &err))
        fail_msg("%s", err.text);
    return frame;
}

static const union lc_value *find(const struct lc_frame *f, const char *period)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->value[i * f->k].text, period) == 0)
            return f->value + i * f->k;
    fail_msg("no row %s", period);
    return NULL;
}

static double at(const struct lc_frame *f, const char *period, const char *name)
{
    return find(f, period)[lc_frame_column(f, name)].number;
}

static const char *note_of(const struct lc_frame *f, const char *period)
{
    return find(f, period)[lc_frame_column(f, "note")].text;
}

static bool has_note(const struct lc_frame *f, const char *words)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], words))
            return true;
    return false;
}

/* leads, handed_over, accepted, opportunities, won, lost, open, amount, then closed_won,
 * closed_amount, closed_earlier, closed_later */
static void assert_row(const struct lc_frame *f, const char *period, const double want[12])
{
    static const char *const name[] = {
        "leads",      "handed_over",   "accepted",       "opportunities",
        "won",        "lost",          "open",           "amount",
        "closed_won", "closed_amount", "closed_earlier", "closed_later"};

    for (size_t i = 0; i < 12; i++)
        if (at(f, period, name[i]) != want[i] &&
            !(isnan(want[i]) && isnan(at(f, period, name[i]))))
            fail_msg("%s of %s is %g, not %g", name[i], period, at(f, period, name[i]),
                     want[i]);
}

static void leads_are_followed_from_entry_and_wins_are_counted_again_by_close(void **state)
{
    const double none = LC_NAN;
    const struct lc_table table = example();
    const struct lc_spec spec = full_spec();
    const struct lc_frame f = funnel(&table, &spec, LC_PERIOD_QUARTER);

    (void)state;
    assert_int_equal(f.n, 6);
    /* Leads 0, 1, 2, 4 and 9; lead 9 was lost after the as-of date, so it is open. */
    assert_row(&f, "2025-Q1", (const double[]){5, 3, 3, 4, 3, 1, 1, 1250.5, 1, 1000, 0, 1});
    assert_row(&f, "2025-Q2", (const double[]){0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    /* Entered: 3, closed a day before, and 5. Closed: 1 of the first quarter, 3, and 7 without a
     * day of entry. */
    assert_row(&f, "2025-Q3", (const double[]){2, 1, 0, 0, 1, 0, 1, 10, 3, 300.5, 1, 0});
    assert_row(&f, "2025-Q4", (const double[]){1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0});
    assert_row(&f, "(undated)",
               (const double[]){1, 1, 1, 0, 1, 0, 0, 40, none, none, none, none});
    /* Lead 8 entered after the as-of date. */
    assert_row(&f, "(all)", (const double[]){9, 5, 5, 4, 5, 1, 3, 1300.5, 4, 1300.5, 1, 1});
    assert_close(at(&f, "2025-Q1", "cohort_rate"), 3.0 / 5, 1e-15);
    assert_close(at(&f, "2025-Q3", "period_rate"), 3.0 / 2, 1e-15);
    assert_true(isnan(at(&f, "2025-Q2", "cohort_rate")));
    assert_string_equal(f.title, "9 leads by the quarter they entered in, 5 won at any time; "
                                 "as of 2025-11-08");
}

static void the_reasons_of_a_difference_are_said_with_their_counts(void **state)
{
    const struct lc_table table = example();
    const struct lc_spec spec = full_spec();
    const struct lc_frame f = funnel(&table, &spec, LC_PERIOD_QUARTER);

    (void)state;
    assert_string_equal(
        note_of(&f, "2025-Q1"),
        "1 won in a later quarter; 1 won without a day of closing; 1 still open");
    assert_null(note_of(&f, "2025-Q2"));
    assert_string_equal(
        note_of(&f, "2025-Q3"),
        "1 closed that entered in an earlier quarter; 1 closed without a day of "
        "entry; 1 still open");
    assert_string_equal(
        note_of(&f, "2025-Q4"),
        "1 still open; 1 of them won after the as-of date; the quarter is not over");
    assert_true(has_note(&f, "the number a CRM dashboard shows"));
    assert_true(has_note(&f, "leads that entered after the as-of date, not counted: 1"));
    assert_true(has_note(&f, "leads without a day in 'entered': 1"));
    assert_true(has_note(&f, "wins without an amount, which add nothing to the sums: 1"));
}

static void a_win_closed_before_its_period_of_entry_is_told_apart(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = full_spec();
    struct lc_frame f;

    (void)state;
    spec.date.entered = "deal_made"; /* as if: lead 2 entered on 20130 and has no close */
    spec.date.closed = "entered";    /* leads 0 to 2 then close before they enter */
    f = funnel(&table, &spec, LC_PERIOD_MONTH);
    assert_int_equal(f.n, 10 + 2); /* January to October, whose win has no day of entry */
    assert_string_equal(note_of(&f, "2025-01"),
                        "1 closed before they entered"); /* 20100 and 20110: Jan 12 and 22 */
    assert_close(at(&f, "2025-01", "closed_won"), 2, 0);
    assert_close(at(&f, "2025-01", "won"), 1, 0);
}

static void columns_without_a_source_are_empty_and_it_is_said_what_fills_them(void **state)
{
    const double none = LC_NAN;
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.date.closed = NULL;
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_row(&f, "2025-Q1",
               (const double[]){5, none, none, none, 3, 2, 0, none, none, none, none, none});
    assert_true(isnan(at(&f, "(all)", "period_rate")));
    assert_null(note_of(&f, "2025-Q1"));
    assert_true(has_note(&f, "(--handed-over)"));
    assert_true(has_note(&f, "(--accepted)"));
    assert_true(has_note(&f, "(--opportunity-created)"));
    assert_true(has_note(&f, "(--amount)"));
    assert_true(has_note(&f, "(--closed)"));
}

static void without_dates_every_lead_is_undated(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.date.entered = spec.date.closed = NULL;
    spec.as_of_day = LC_NO_DAY;
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_int_equal(f.n, 2);
    assert_close(at(&f, "(undated)", "leads"), N, 0);
    assert_close(at(&f, "(all)", "won"), 7, 0);
    assert_true(has_note(&f, "every lead is (undated) (--entered)"));
}

static void without_entry_the_hand_over_stands_for_it(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = full_spec();
    struct lc_frame f;

    (void)state;
    spec.date.entered = NULL;
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_close(at(&f, "2025-Q1", "leads"), 4, 0);
    assert_close(at(&f, "(undated)", "leads"), 3, 0);
    assert_true(has_note(&f, "the day of hand-over in 'handed' stands for it"));
}

/* The outcome in a joined file: a lead with a row there has an opportunity. */
static void a_row_in_the_file_of_the_outcome_is_an_opportunity(void **state)
{
    static const uint8_t has_row[N] = {1, 1, 1, 1, 1, 0, 1, 1, 1, 1},
                         taken[N] = {LC_FATE_TAKEN};
    static const uint32_t row[N] = {0, 1, 2, 3, 4, LC_NO_ROW, 6, 7, 8, 9};
    static const char *const id[N] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    static struct lc_table_file file[2];
    struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    file[0] = (struct lc_table_file){.path = "leads.csv"};
    file[1] = (struct lc_table_file){.path = "deals.csv",
                                     .name = "deals",
                                     .rows_used = N,
                                     .has_row = has_row,
                                     .row = row,
                                     .fate = taken,
                                     .own = &column[STAGE],
                                     .n_own = 1,
                                     .orphans = 17};
    file[1].lead = small_column(&arena, "id", LC_KIND_TEXT, id, N).codes;
    table.file = file;
    table.n_files = 2;
    column[STAGE].file = 1;
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_close(at(&f, "2025-Q3", "opportunities"), 1, 0);
    assert_close(at(&f, "(all)", "opportunities"), 8, 0);
    assert_true(has_note(&f, "rows of 'deals' that belong to no lead: 17"));
    spec.date.opportunity = "deal_made"; /* a day says more than a row: lead 5's lies ahead */
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_close(at(&f, "(all)", "opportunities"), 8, 0);
    spec.outcome.won_if_in = "deals";
    spec.outcome.column = NULL;
    spec.date.opportunity = NULL;
    f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    assert_close(at(&f, "(all)", "opportunities"), 8, 0);
    assert_close(at(&f, "(all)", "won"), 6, 0); /* closed by then, or on no day */
}

/* ---- laws over made-up leads ---- */

#define MANY 800

static const char *many[4][MANY];

/* Won, lost or open; one in nine without a day of entry or of closing where `gaps`. */
static struct lc_table made_up(uint64_t seed, bool gaps, bool turned)
{
    static const char *const stage[] = {"Won", "Won", "Lost", "Open"};
    static const char *const name[] = {"stage", "entered", "closed", "amount"};
    static const enum lc_kind kind[] = {LC_KIND_TEXT, LC_KIND_DATE, LC_KIND_DATE,
                                        LC_KIND_NUMBER};
    struct lc_random random = {seed};

    for (size_t i = 0; i < MANY; i++) {
        const size_t to = turned ? MANY - 1 - i : i;
        const int entered = 20000 + (int)lc_random_below(&random, 900);
        const int closed = entered + (int)lc_random_below(&random, 300);
        const bool no_entry = gaps && lc_random_below(&random, 9) == 0;
        const bool no_close = gaps && lc_random_below(&random, 9) == 0;

        many[0][to] = stage[lc_random_below(&random, 4)];
        many[1][to] = no_entry ? "" : lc_arena_format(&arena, "%d", entered);
        many[2][to] = no_close ? "" : lc_arena_format(&arena, "%d", closed);
        many[3][to] = lc_arena_format(&arena, "%d", (int)lc_random_below(&random, 5000));
    }
    for (size_t j = 0; j < 4; j++)
        column[j] = small_column(&arena, name[j], kind[j], many[j], MANY);
    return small_table(column, 4, MANY);
}

static struct lc_spec made_up_spec(void)
{
    struct lc_spec spec = example_spec();

    spec.amount = "amount";
    spec.as_of_day = 20850;
    return spec;
}

static double sum(const struct lc_frame *f, const char *name)
{
    double total = 0;

    for (size_t i = 0; i + 1 < f->n; i++) {
        const double x = f->value[i * f->k + lc_frame_column(f, name)].number;

        total += isnan(x) ? 0 : x;
    }
    return total;
}

static void the_rows_add_up_to_all(void **state)
{
    static const char *const name[] = {
        "leads",      "won",           "lost",           "open",        "amount",
        "closed_won", "closed_amount", "closed_earlier", "closed_later"};

    (void)state;
    for (int run = 0; run < 4; run++) {
        const struct lc_table table = made_up(20260930 + (uint64_t)run, run % 2, false);
        const struct lc_spec spec = made_up_spec();
        const struct lc_frame f = funnel(&table, &spec, (enum lc_period)(run / 2));

        assert_true(at(&f, "(all)", "won") > 200);
        assert_close(at(&f, "(all)", "won") + at(&f, "(all)", "lost") + at(&f, "(all)", "open"),
                     at(&f, "(all)", "leads"), 0);
        for (size_t i = 0; i < sizeof name / sizeof *name; i++)
            assert_close(sum(&f, name[i]), at(&f, "(all)", name[i]), 1e-12);
    }
}

static void closed_wins_are_the_wins_without_later_ones_and_with_earlier_ones(void **state)
{
    const struct lc_table table = made_up(42, false, false);
    const struct lc_spec spec = made_up_spec();
    const struct lc_frame f = funnel(&table, &spec, LC_PERIOD_QUARTER);

    (void)state;
    for (size_t i = 0; i < f.n; i++) {
        const char *period = f.value[i * f.k].text;

        assert_close(at(&f, period, "closed_won"),
                     at(&f, period, "won") - at(&f, period, "closed_later") +
                         at(&f, period, "closed_earlier"),
                     0);
    }
    assert_close(at(&f, "(all)", "closed_won"), at(&f, "(all)", "won"), 0);
    assert_true(at(&f, "(all)", "closed_later") > 50);
}

static void closed_wins_sum_to_the_wins_that_have_a_day(void **state)
{
    const struct lc_table table = made_up(43, true, false);
    const struct lc_spec spec = made_up_spec();
    const struct lc_frame f = funnel(&table, &spec, LC_PERIOD_QUARTER);
    size_t undated = 0;

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        undated += strcmp(many[0][i], "Won") == 0 && !*many[2][i] &&
                   (!*many[1][i] || strtol(many[1][i], NULL, 10) <= 20850);
    assert_true(undated > 20);
    assert_close(sum(&f, "closed_won"), at(&f, "(all)", "won") - (double)undated, 0);
}

static void the_order_of_rows_changes_nothing(void **state)
{
    const struct lc_spec spec = made_up_spec();
    struct lc_table table = made_up(44, true, false);
    const struct lc_frame a = funnel(&table, &spec, LC_PERIOD_MONTH);
    struct lc_frame b;

    (void)state;
    table = made_up(44, true, true);
    b = funnel(&table, &spec, LC_PERIOD_MONTH);
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n * a.k; i++)
        if (a.heading[i % a.k].cell != LC_CELL_TEXT)
            assert_memory_equal(&a.value[i].number, &b.value[i].number, sizeof(double));
        else if (a.value[i].text || b.value[i].text)
            assert_string_equal(a.value[i].text, b.value[i].text);
}

static void what_cannot_be_read_is_refused(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = full_spec();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    spec.outcome.column = NULL;
    assert_int_equal(lc_funnel(&table, &spec, LC_PERIOD_QUARTER, &arena, &f, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no outcome is named"));
    spec = full_spec();
    spec.amount = "stage";
    assert_int_equal(lc_funnel(&table, &spec, LC_PERIOD_QUARTER, &arena, &f, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "used as the amount but holds texts"));
    spec = full_spec();
    spec.date.entered = "status";
    assert_int_equal(lc_funnel(&table, &spec, LC_PERIOD_QUARTER, &arena, &f, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "holds no dates"));
}

static void every_refusal_of_memory_is_an_error_and_no_crash(void **state)
{
    const struct lc_table table = made_up(11, true, false);
    const struct lc_spec spec = made_up_spec();
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64 + limit / 16, refused++) {
        struct lc_arena small;
        struct lc_frame f;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_funnel(&table, &spec, LC_PERIOD_QUARTER, &small, &f, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leads_are_followed_from_entry_and_wins_are_counted_again_by_close),
        cmocka_unit_test(the_reasons_of_a_difference_are_said_with_their_counts),
        cmocka_unit_test(a_win_closed_before_its_period_of_entry_is_told_apart),
        cmocka_unit_test(columns_without_a_source_are_empty_and_it_is_said_what_fills_them),
        cmocka_unit_test(without_dates_every_lead_is_undated),
        cmocka_unit_test(without_entry_the_hand_over_stands_for_it),
        cmocka_unit_test(a_row_in_the_file_of_the_outcome_is_an_opportunity),
        cmocka_unit_test(the_rows_add_up_to_all),
        cmocka_unit_test(closed_wins_are_the_wins_without_later_ones_and_with_earlier_ones),
        cmocka_unit_test(closed_wins_sum_to_the_wins_that_have_a_day),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(every_refusal_of_memory_is_an_error_and_no_crash),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
