#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/accept.h"
#include "leadcal/random.h"
#include "leadcal/rate.h"
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

/* A column of dates as an export writes them, with or without times of day. */
static struct lc_table_column dated(const char *name, const char *const *cell, size_t n)
{
    struct lc_table_column c = small_column(&arena, name, LC_KIND_TEXT, cell, n);
    int32_t *day = LC_NEW(&arena, c.codes.n_levels + 1, int32_t);

    for (uint32_t v = 0; v < c.codes.n_levels; v++) {
        day[v] = LC_NO_DAY;
        if (v != c.codes.missing)
            assert_true(lc_date_parse(lc_slice_of(c.codes.level[v]), LC_DATE_YMD, &day[v]));
    }
    c.kind = c.n_filled ? LC_KIND_DATE : LC_KIND_EMPTY;
    c.day = day;
    return c;
}

#define N 12
enum { STATUS, HANDED, ACCEPTED, TOUCHED, GRADE, SOURCE, COLUMNS };

/* As of 2025-07-10. The limit of a lead without a clock is 14 days: from 2025-06-26 on it is young. */
static const char *const cell[COLUMNS][N] = {
    [STATUS] = {"SAL", "Rejected", "Nurture", "Nurture", "Working", "", "Working", "SAL", "",
                "SAL", "Working", "Rejected"},
    [HANDED] = {"2025-05-02", "2025-05-20", "2025-06-01", "2025-03-31", "2025-06-27",
                "2025-06-26", "2025-04-04", "2025-07-11", "2025-07-08", "2025-07-01", "", ""},
    [ACCEPTED] = {"", "", "", "2025-04-02", "", "", "2025-04-09", "", "", "2025-07-12", "", ""},
    [TOUCHED] = {"2025-05-03", "", "2025-06-01", "", "2025-06-28", "2025-06-30", "", "",
                 "2025-07-12", "", "", ""},
    [GRADE] = {"A1", "D4", "B2", "A1", "C3", "C3", "", "A1", "A1", "B2", "A1", "A1"},
    [SOURCE] = {"Web", "Fair", "Web", "Web", "Fair", "Web", "Web", "Web", "Fair", "Web", "Web",
                "Web"},
};

static const char *const is_accepted[] = {"SAL"}, *const is_rejected[] = {"Rejected"},
                         *const is_recycled[] = {"Nurture"};

static struct lc_table_column column[COLUMNS];

static struct lc_table example(void)
{
    column[STATUS] = small_column(&arena, "status", LC_KIND_TEXT, cell[STATUS], N);
    column[HANDED] = dated("mql_date", cell[HANDED], N);
    column[ACCEPTED] = dated("sal_date", cell[ACCEPTED], N);
    column[TOUCHED] = dated("touched", cell[TOUCHED], N);
    column[GRADE] = small_column(&arena, "grade_then", LC_KIND_TEXT, cell[GRADE], N);
    column[SOURCE] = small_column(&arena, "lead_source", LC_KIND_TEXT, cell[SOURCE], N);
    return small_table(column, COLUMNS, N);
}

static struct lc_spec example_spec(void)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.acceptance.column = "status";
    spec.acceptance.accepted = (struct lc_texts){is_accepted, 1};
    spec.acceptance.rejected = (struct lc_texts){is_rejected, 1};
    spec.acceptance.recycled = (struct lc_texts){is_recycled, 1};
    spec.date.handed_over = "mql_date";
    spec.date.accepted = "sal_date";
    spec.date.first_touch = "touched";
    spec.as_of_day = lc_day_of(2025, 7, 10);
    return spec;
}

static struct lc_frame accept(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_accept_options *options)
{
    struct lc_frame frame;
    struct lc_err err;

    if (lc_accept(table, spec, options, &arena, &frame, &err))
        fail_msg("%s", err.text);
    return frame;
}

static const union lc_value *find(const struct lc_frame *f, const char *by, const char *group,
                                  const char *period)
{
    const bool has_period = strcmp(f->name, "accept") == 0;

    for (size_t i = 0; i < f->n; i++) {
        const union lc_value *row = f->value + i * f->k;

        if (strcmp(row[0].text, by) == 0 && strcmp(row[1].text, group) == 0 &&
            (!has_period || strcmp(row[2].text, period) == 0))
            return row;
    }
    fail_msg("no row %s %s %s", by, group, period);
    return NULL;
}

static double at(const struct lc_frame *f, const union lc_value *row, const char *name)
{
    return row[lc_frame_column(f, name)].number;
}

/* handed_over, accepted, rejected, recycled, untouched, pending */
static void assert_counts(const struct lc_frame *f, const union lc_value *row,
                          const double want[6])
{
    static const char *const name[] = {"handed_over", "accepted",  "rejected",
                                       "recycled",    "untouched", "pending"};

    for (size_t i = 0; i < 6; i++)
        if (at(f, row, name[i]) != want[i])
            fail_msg("%s is %g, not %g", name[i], at(f, row, name[i]), want[i]);
}

static bool has_note(const struct lc_frame *f, const char *words)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], words))
            return true;
    return false;
}

static const struct lc_accept_options by_quarter = {.period = LC_PERIOD_QUARTER};

static void each_hand_over_has_one_first_disposition(void **state)
{
    const struct lc_table table = example();
    const struct lc_spec spec = example_spec();
    const struct lc_frame f = accept(&table, &spec, &by_quarter);
    const union lc_value *all = find(&f, "(all)", "(all)", "(all)");

    (void)state;
    /* Lead 7 was handed over after the as-of date, 10 and 11 never. Accepted: 0 by status, 3 and 6
     * by date. Untouched: 5, which is 14 days old. Pending: 4, 8, and 9 whose acceptance lies ahead. */
    assert_counts(&f, all, (const double[]){9, 3, 1, 1, 1, 3});
    assert_close(at(&f, all, "acceptance_rate"), 3.0 / 6, 1e-15);
    assert_close(at(&f, all, "decided_rate"), 3.0 / 4, 1e-15);
    assert_close(at(&f, all, "low"), lc_wilson(3, 6).low, 1e-15);
    assert_close(at(&f, all, "high"), lc_wilson(3, 6).high, 1e-15);
    assert_close(at(&f, all, "returned"), 1, 0); /* lead 3: accepted in April, nurtured now */
    assert_true(has_note(&f, "no disposition: 'Working' (1)"));
    assert_true(has_note(&f, "1 accepted after the as-of date"));
    assert_true(has_note(&f, "1 handed over after the as-of date"));
    assert_true(has_note(&f, "1 of the untouched had a first touch"));
    assert_string_equal(f.title, "9 leads handed over, 3 accepted; as of 2025-07-10");
}

static void a_period_that_is_not_over_says_so(void **state)
{
    const struct lc_table table = example();
    const struct lc_spec spec = example_spec();
    const struct lc_frame f = accept(&table, &spec, &by_quarter);
    const size_t note = lc_frame_column(&f, "note");

    (void)state;
    assert_string_equal(find(&f, "(all)", "(all)", "2025-Q3")[note].text,
                        "the period is not over");
    assert_null(find(&f, "(all)", "(all)", "2025-Q2")[note].text);
    assert_true(has_note(&f, "2025-Q3 is not over"));
    assert_true(has_note(&f, "100.0 % in 2025-Q1 (1 of 1), 40.0 % in 2025-Q2 (2 of 5)"));
}

static void the_clock_of_a_cell_is_its_limit(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.acceptance.grade = "grade_then";
    f = accept(&table, &spec, &by_quarter);
    /* Lead 8, A1 of July 8: 24 hours are over. Lead 9, B2 of July 1: 48 hours are over. */
    assert_counts(&f, find(&f, "(all)", "(all)", "(all)"), (const double[]){9, 3, 1, 1, 3, 1});
    assert_counts(&f, find(&f, "grade", "A1", "(all)"), (const double[]){3, 2, 0, 0, 1, 0});
    assert_counts(&f, find(&f, "grade", "B2", "2025-Q3"), (const double[]){1, 0, 0, 0, 1, 0});
    assert_counts(&f, find(&f, "grade", LC_MISSING_TEXT, "(all)"),
                  (const double[]){1, 1, 0, 0, 0, 0});
    assert_true(has_note(&f, "the grade at hand-over stands in 'grade_then'"));
}

/* Handed over on a day without a time, a lead is a day old at the end of the next. */
static void a_day_is_past_only_when_it_surely_is(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.acceptance.grade = "grade_then";
    spec.as_of_day = lc_day_of(2025, 7, 8); /* the day that lead 8, an A1, was handed over */
    f = accept(&table, &spec, &by_quarter);
    assert_close(at(&f, find(&f, "grade", "A1", "2025-Q3"), "pending"), 1, 0);
    spec.as_of_day = lc_day_of(2025, 7, 9);
    f = accept(&table, &spec, &by_quarter);
    assert_close(at(&f, find(&f, "grade", "A1", "2025-Q3"), "pending"), 0, 0);
}

static void what_was_agreed_stands_over_the_default_clock(void **state)
{
    static const struct lc_spec_cell agreed[] = {{.grade = "A1", .sla_hours = 72},
                                                 {.grade = "B2", .sla_hours = LC_SLA_UNSAID}};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.acceptance.grade = "grade_then";
    spec.agreement.cell = agreed;
    spec.agreement.n_cells = 2;
    f = accept(&table, &spec, &by_quarter);
    assert_close(at(&f, find(&f, "grade", "A1", "2025-Q3"), "pending"), 1, 0);
    assert_close(at(&f, find(&f, "grade", "B2", "2025-Q3"), "pending"), 0, 0);
}

static void without_a_grade_it_is_said_what_would_give_one(void **state)
{
    const struct lc_table table = example();
    const struct lc_spec spec = example_spec();
    const struct lc_frame f = accept(&table, &spec, &by_quarter);

    (void)state;
    for (size_t i = 0; i < f.n; i++)
        assert_string_not_equal(f.value[i * f.k].text, "grade");
    assert_true(has_note(&f, "--grade 'grade_then' takes them"));
}

static void source_and_owner_have_their_own_names_and_come_once(void **state)
{
    static const char *const more[] = {"lead_source", "status", "status"};
    const struct lc_accept_options options = {.period = LC_PERIOD_NONE, .by = {more, 3}};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.source = "lead_source";
    f = accept(&table, &spec, &options);
    assert_int_equal(f.n, 1 + 2 + 5); /* sources; values of status, the empty cell too */
    assert_counts(&f, find(&f, "source", "Fair", "(all)"), (const double[]){3, 0, 1, 0, 0, 2});
    assert_counts(&f, find(&f, "status", "Working", "(all)"),
                  (const double[]){2, 1, 0, 0, 0, 1});
}

static void without_a_hand_over_date_every_lead_counts_by_its_entry(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.date.handed_over = NULL;
    spec.date.entered = "mql_date";
    f = accept(&table, &spec, &by_quarter);
    /* Leads 10 and 11 have no day: of unknown age, in no period, one of them rejected. */
    assert_counts(&f, find(&f, "(all)", "(all)", "(all)"), (const double[]){11, 3, 2, 1, 2, 3});
    assert_counts(&f, find(&f, "(all)", "(all)", "(undated)"),
                  (const double[]){2, 0, 1, 0, 1, 0});
    assert_true(has_note(&f, "every lead counts as handed over on the day in 'mql_date'"));
    assert_true(has_note(&f, "2 without a day"));
}

static void without_dates_every_row_counts_and_there_are_no_periods(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;

    (void)state;
    spec.date.handed_over = spec.date.accepted = spec.date.first_touch = NULL;
    spec.as_of_day = LC_NO_DAY;
    f = accept(&table, &spec, &by_quarter);
    assert_int_equal(f.n, 1);
    assert_counts(&f, f.value, (const double[]){N, 3, 2, 2, 5, 0});
    assert_true(isnan(at(&f, f.value, "returned")));
    assert_true(has_note(&f, "no dates are named"));
    assert_true(has_note(&f, "counts as it stands now (--accepted)"));
    assert_string_equal(f.title, "12 leads handed over, 3 accepted; no dates");
}

static void with_a_date_alone_nobody_knows_who_was_rejected(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    const union lc_value *all;
    struct lc_frame f;

    (void)state;
    spec.acceptance.column = NULL;
    f = accept(&table, &spec, &by_quarter);
    all = find(&f, "(all)", "(all)", "(all)");
    assert_close(at(&f, all, "accepted"), 2, 0);
    assert_true(isnan(at(&f, all, "rejected")) && isnan(at(&f, all, "recycled")));
    assert_true(isnan(at(&f, all, "decided_rate")) && isnan(at(&f, all, "returned")));
    assert_true(has_note(&f, "no column says which leads were rejected"));
}

static void without_any_column_of_acceptance_the_sentence_says_which(void **state)
{
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    assert_null(lc_accept_missing(&spec));
    spec.acceptance.column = NULL;
    spec.date.accepted = NULL;
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_string_equal(err.text, lc_accept_missing(&spec));
    assert_non_null(strstr(err.text, "--accepted"));
}

static void slips_and_double_meanings_are_refused(void **state)
{
    static const char *const slip[] = {"Rejectd"}, *const unknown[] = {"Parked"};
    const struct lc_table table = example();
    struct lc_spec spec = example_spec();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    spec.acceptance.rejected = (struct lc_texts){slip, 1};
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "no value 'Rejectd'; did you mean 'Rejected'"));
    spec.acceptance.rejected = spec.acceptance.accepted;
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "listed as accepted and as rejected"));
    spec.acceptance.rejected =
        (struct lc_texts){unknown, 1}; /* absent this quarter is no slip */
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_OK);
    spec.acceptance.grade = "grade_than";
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "did you mean 'grade_then'"));
    spec.acceptance.grade = "grade_then";
    column[GRADE].kind = LC_KIND_MANY;
    assert_int_equal(lc_accept(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "too many values"));
}

/* ---- laws over made-up leads ---- */

#define MANY 900

static const char *many[COLUMNS][MANY];

static struct lc_table made_up(uint64_t seed, bool turned)
{
    static const char *const status[] = {"SAL", "Rejected", "Nurture", "Working", ""};
    static const char *const grade[] = {"A1", "A3", "B2", "C1", "D4", ""};
    static const char *const source[] = {"Web", "Fair", "Expo", ""};
    struct lc_random random = {seed};

    for (size_t i = 0; i < MANY; i++) {
        const size_t to = turned ? MANY - 1 - i : i;
        char day[3][LC_DAY_TEXT];

        for (size_t d = 0; d < 3; d++)
            lc_day_text(20000 + (int32_t)lc_random_below(&random, 800), day[d]);
        many[STATUS][to] = status[lc_random_below(&random, 5)];
        many[GRADE][to] = grade[lc_random_below(&random, 6)];
        many[SOURCE][to] = source[lc_random_below(&random, 4)];
        many[HANDED][to] = lc_arena_format(&arena, "%s", i % 11 ? day[0] : "");
        many[ACCEPTED][to] = lc_arena_format(&arena, "%s", i % 3 ? "" : day[1]);
        many[TOUCHED][to] = lc_arena_format(&arena, "%s", i % 4 ? day[2] : "");
    }
    column[STATUS] = small_column(&arena, "status", LC_KIND_TEXT, many[STATUS], MANY);
    column[HANDED] = dated("mql_date", many[HANDED], MANY);
    column[ACCEPTED] = dated("sal_date", many[ACCEPTED], MANY);
    column[TOUCHED] = dated("touched", many[TOUCHED], MANY);
    column[GRADE] = small_column(&arena, "grade_then", LC_KIND_TEXT, many[GRADE], MANY);
    column[SOURCE] = small_column(&arena, "lead_source", LC_KIND_TEXT, many[SOURCE], MANY);
    return small_table(column, COLUMNS, MANY);
}

static struct lc_spec made_up_spec(bool by_entry)
{
    struct lc_spec spec = example_spec();

    spec.as_of_day = 20700;
    spec.acceptance.grade = "grade_then";
    spec.source = "lead_source";
    if (by_entry) {
        spec.date.entered = "mql_date";
        spec.date.handed_over = NULL;
    }
    return spec;
}

/* Sum of a column over the rows of one grouping, over all periods or by period. */
static double sum(const struct lc_frame *f, const char *by, bool periods, size_t column_at)
{
    double total = 0;

    for (size_t i = 0; i < f->n; i++) {
        const union lc_value *row = f->value + i * f->k;

        if (strcmp(row[0].text, by) == 0 && (strcmp(row[2].text, "(all)") != 0) == periods)
            total += row[column_at].number;
    }
    return total;
}

static void groups_and_periods_add_up_to_all(void **state)
{
    static const char *const by[] = {"(all)", "grade", "source"};
    static const char *const sums[] = {"handed_over", "accepted", "rejected", "recycled",
                                       "untouched",   "pending",  "returned"};

    (void)state;
    for (int run = 0; run < 6; run++) {
        const struct lc_accept_options options = {.period = (enum lc_period)(run % 3)};
        const struct lc_table table = made_up(20260930 + (uint64_t)run, false);
        const struct lc_spec spec = made_up_spec(run >= 3);
        const struct lc_frame f = accept(&table, &spec, &options);

        assert_true(f.value[3].number > 500);
        assert_close(at(&f, f.value, "accepted") + at(&f, f.value, "rejected") +
                         at(&f, f.value, "recycled") + at(&f, f.value, "untouched") +
                         at(&f, f.value, "pending"),
                     at(&f, f.value, "handed_over"), 0);
        for (size_t s = 0; s < sizeof sums / sizeof *sums; s++)
            for (size_t b = 0; b < 3; b++) {
                const size_t c = lc_frame_column(&f, sums[s]);

                assert_close(sum(&f, by[b], false, c), f.value[c].number, 0);
                assert_close(sum(&f, by[b], true, c), f.value[c].number, 0);
            }
    }
}

static void assert_same(const struct lc_frame *a, const struct lc_frame *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_notes, b->n_notes);
    for (size_t i = 0; i < a->n * a->k; i++)
        if (a->heading[i % a->k].cell != LC_CELL_TEXT)
            assert_memory_equal(&a->value[i].number, &b->value[i].number, sizeof(double));
        else if (a->value[i].text || b->value[i].text)
            assert_string_equal(a->value[i].text, b->value[i].text);
    for (size_t i = 0; i < a->n_notes; i++)
        assert_string_equal(a->note[i], b->note[i]);
}

static struct lc_frame sla(const struct lc_table *table, const struct lc_spec *spec,
                           const struct lc_accept_options *options)
{
    struct lc_frame frame;
    struct lc_err err;

    if (lc_accept_sla(table, spec, options, &arena, &frame, &err))
        fail_msg("%s", err.text);
    return frame;
}

static void the_order_of_rows_changes_nothing(void **state)
{
    const struct lc_spec spec = made_up_spec(true);
    struct lc_table table = made_up(7, false);
    const struct lc_frame a = accept(&table, &spec, &by_quarter);
    const struct lc_frame a_sla = sla(&table, &spec, &by_quarter);
    struct lc_frame b, b_sla;

    (void)state;
    table = made_up(7, true);
    b = accept(&table, &spec, &by_quarter);
    b_sla = sla(&table, &spec, &by_quarter);
    assert_same(&a, &b);
    assert_same(&a_sla, &b_sla);
}

/* ---- service levels ---- */

#define TIMES 12
/* As of 2025-07-10; A1 has 24 hours, B2 48, C3 none. */
static const struct {
    const char *grade, *handed, *touched;
} timed[TIMES] = {
    {"A1", "2025-07-01 09:00", "2025-07-02 09:00"},           /* 24 h: met */
    {"A1", "2025-07-01 09:00", "2025-07-02 09:00:01"},        /* a second late */
    {"A1", "2025-07-10 09:00", ""},                           /* 15 h ago: pending */
    {"A1", "2025-07-09T23:59:59Z", ""},                       /* over 24 h ago: breached */
    {"A1", "2025-07-03 12:00", "2025-07-03 11:59"},           /* touched before: unknown */
    {"A1", "2025-07-04", "2025-07-04"},                       /* same day: 24 h, met */
    {"A1", "2025-07-04", "2025-07-05"},                       /* 48 h at most: breached */
    {"B2", "2025-07-04", "2025-07-05"},                       /* met for 48 h */
    {"B2", "2025-07-05T22:00:00+02:00", "2025-07-07T20:30Z"}, /* 48.5 h: breached */
    {"B2", "2025-07-06T10:00:00+02:00", "2025-07-06 12:30"},  /* as written: 2.5 h */
    {"B2", "2025-07-08 10:00", "2025-07-11 09:00"},           /* touched after the as-of date */
    {"C3", "2025-07-01 09:00", "2025-07-01 09:05"},           /* no clock */
};

static struct lc_table timed_table(void)
{
    static const char *text[3][TIMES];

    for (size_t i = 0; i < TIMES; i++) {
        text[0][i] = timed[i].grade;
        text[1][i] = timed[i].handed;
        text[2][i] = timed[i].touched;
    }
    column[0] = small_column(&arena, "grade_then", LC_KIND_TEXT, text[0], TIMES);
    column[1] = dated("mql_date", text[1], TIMES);
    column[2] = dated("touched", text[2], TIMES);
    return small_table(column, 3, TIMES);
}

static struct lc_spec timed_spec(void)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    spec.acceptance.grade = "grade_then";
    spec.date.handed_over = "mql_date";
    spec.date.first_touch = "touched";
    spec.as_of_day = lc_day_of(2025, 7, 10);
    return spec;
}

/* sla_hours (0: empty), handed_over, met, breached, pending, unknown */
static void assert_sla(const struct lc_frame *f, const char *by, const char *group,
                       const double want[6])
{
    static const char *const name[] = {"sla_hours", "handed_over", "met",
                                       "breached",  "pending",     "unknown"};
    const union lc_value *row = find(f, by, group, "");

    for (size_t i = 0; i < 6; i++)
        if (isnan(at(f, row, name[i])) ? want[i] != 0 : at(f, row, name[i]) != want[i])
            fail_msg("%s of %s is %g, not %g", name[i], group, at(f, row, name[i]), want[i]);
}

static void clocks_are_met_breached_pending_or_unknown(void **state)
{
    const struct lc_table table = timed_table();
    const struct lc_spec spec = timed_spec();
    const struct lc_frame f = sla(&table, &spec, &by_quarter);
    const union lc_value *a1 = find(&f, "grade", "A1", "");

    (void)state;
    assert_int_equal(f.n, 3); /* C3 has no clock, and no row */
    assert_sla(&f, "grade", "A1", (const double[]){24, 7, 2, 3, 1, 1});
    assert_sla(&f, "grade", "B2", (const double[]){48, 4, 2, 2, 0, 0});
    assert_sla(&f, "(all)", "(all)", (const double[]){0, 11, 4, 5, 1, 1});
    assert_close(at(&f, a1, "met_rate"), 2.0 / 5, 1e-15);
    assert_close(at(&f, a1, "low"), lc_wilson(2, 5).low, 1e-15);
    /* 24, 24 + 1/3600, 24 and 48 hours; R quantile type 7 of c(24, 24, 24 + 1/3600, 48) */
    assert_close(at(&f, a1, "median_hours"), 24 + 0.5 / 3600, 1e-12);
    assert_close(at(&f, a1, "p90_hours"), 40.8000833333333, 1e-12);
    assert_close(at(&f, find(&f, "grade", "B2", ""), "median_hours"), 48, 1e-12);
    assert_true(has_note(&f, "clocks in hours: A1 24, B2 48; the 1 handed over"));
    assert_true(has_note(&f, "3 have no time of day on one side"));
    assert_true(has_note(&f, "1 state an offset from UTC on one side only"));
    assert_true(has_note(&f, "1 first touched before the hand-over"));
}

static void service_levels_come_by_column_on_request(void **state)
{
    static const char *const by[] = {"touched", "grade_then"};
    const struct lc_accept_options options = {.by = {by, 2}};
    const struct lc_table table = timed_table();
    const struct lc_spec spec = timed_spec();
    const struct lc_frame f = sla(&table, &spec, &options);
    double handed_over = 0;

    (void)state;
    assert_sla(&f, "touched", "2025-07-05", (const double[]){0, 2, 1, 1, 0, 0});
    for (size_t i = 0; i < f.n; i++)
        if (strcmp(f.value[i * f.k].text, "touched") == 0)
            handed_over += at(&f, f.value + i * f.k, "handed_over");
    assert_close(handed_over, 11, 0);
}

static void without_times_the_sentence_says_which_column_is_wanted(void **state)
{
    const struct lc_table table = timed_table();
    struct lc_spec spec = timed_spec();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    assert_null(lc_accept_sla_missing(&spec, &by_quarter));
    spec.date.handed_over = NULL;
    assert_non_null(strstr(lc_accept_sla_missing(&spec, &by_quarter), "--handed-over"));
    spec.date.first_touch = NULL;
    assert_non_null(strstr(lc_accept_sla_missing(&spec, &by_quarter), "--first-touch"));
    spec.acceptance.grade = NULL;
    assert_non_null(strstr(lc_accept_sla_missing(&spec, &by_quarter), "--grade"));
    assert_int_equal(lc_accept_sla(&table, &spec, &by_quarter, &arena, &f, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, lc_accept_sla_missing(&spec, &by_quarter)));
    assert_non_null(strstr(err.text, "; 'grade_then' holds grades"));
}

static void every_refusal_of_memory_is_an_error_and_no_crash(void **state)
{
    const struct lc_table table = made_up(11, false);
    const struct lc_spec spec = made_up_spec(true);

    (void)state;
    for (int which = 0; which < 2; which++) {
        enum lc_rc rc = LC_ENOMEM;
        size_t refused = 0;

        for (size_t limit = 0; rc == LC_ENOMEM; limit += 64 + limit / 16, refused++) {
            struct lc_arena small;
            struct lc_frame f;
            struct lc_err err;

            lc_arena_init(&small, limit);
            rc = (which ? lc_accept_sla : lc_accept)(&table, &spec, &by_quarter, &small, &f,
                                                     &err);
            lc_arena_release(&small);
        }
        assert_int_equal(rc, LC_OK);
        assert_true(refused > 40);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_hand_over_has_one_first_disposition),
        cmocka_unit_test(a_period_that_is_not_over_says_so),
        cmocka_unit_test(the_clock_of_a_cell_is_its_limit),
        cmocka_unit_test(a_day_is_past_only_when_it_surely_is),
        cmocka_unit_test(what_was_agreed_stands_over_the_default_clock),
        cmocka_unit_test(without_a_grade_it_is_said_what_would_give_one),
        cmocka_unit_test(source_and_owner_have_their_own_names_and_come_once),
        cmocka_unit_test(without_a_hand_over_date_every_lead_counts_by_its_entry),
        cmocka_unit_test(without_dates_every_row_counts_and_there_are_no_periods),
        cmocka_unit_test(with_a_date_alone_nobody_knows_who_was_rejected),
        cmocka_unit_test(without_any_column_of_acceptance_the_sentence_says_which),
        cmocka_unit_test(slips_and_double_meanings_are_refused),
        cmocka_unit_test(groups_and_periods_add_up_to_all),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(clocks_are_met_breached_pending_or_unknown),
        cmocka_unit_test(service_levels_come_by_column_on_request),
        cmocka_unit_test(without_times_the_sentence_says_which_column_is_wanted),
        cmocka_unit_test(every_refusal_of_memory_is_an_error_and_no_crash),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
