#include "test.h"

#include <string.h>

#include "leadcal/look.h"
#include "leadcal/samplesize.h"
#include "small_table.h"

#define N   150
#define WON 80

static struct lc_arena arena;
static struct lc_table_column column[8];
static struct lc_table table;
static struct lc_proposal proposal;

/* Won leads first. The empty cells of `job` are Newcombe's first example, 56 of 70 against 48 of 80. */
static int begin(void **state)
{
    static const char *cell[6][N];
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < N; i++) {
        const size_t rest = i < WON ? N : i - WON;

        cell[0][i] = i < WON ? "Closed Won" : "Closed Lost";
        cell[1][i] = i % 2 ? "20089" : "20179"; /* 2025-01-01 and 2025-04-01 */
        cell[2][i] = i < 48 || rest < 56 ? "" : "Clerk";
        cell[3][i] = i % 2 ? "" : i % 3 ? "a" : "b"; /* since the second quarter */
        cell[4][i] = i % 50 == 7   ? "GTXPro"
                     : i % 50 == 9 ? "gtx pro"
                     : i % 3       ? "GTX Pro"
                                   : "Box";
        cell[5][i] = i % 75 == 1 ? "Germny" : "Germany";
    }
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, cell[0], N);
    column[1] = small_column(&arena, "created", LC_KIND_DATE, cell[1], N);
    column[2] = small_column(&arena, "job", LC_KIND_TEXT, cell[2], N);
    column[3] = small_column(&arena, "segment", LC_KIND_TEXT, cell[3], N);
    column[4] = small_column(&arena, "product", LC_KIND_TEXT, cell[4], N);
    column[5] = small_column(&arena, "country", LC_KIND_TEXT, cell[5], N);
    column[6] = small_column(&arena, "email", LC_KIND_TEXT, cell[4], N);
    table = small_table(column, 7, N);
    table.file->rows_used = table.file->rows_seen = N;
    table.file->encoding = "UTF-8";
    memcpy(table.file->delimiter, ",", 2);
    lc_spec_init(&spec);
    spec.window_days = LC_WINDOW_NONE;
    assert_int_equal(lc_propose(&table, &spec, &arena, &proposal, &err), LC_OK);
    return 0;
}

static int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_look look_at_it(void)
{
    struct lc_look look;
    struct lc_err err;

    if (lc_look_make(&table, &proposal, &arena, &look, &err))
        fail_msg("%s", err.text);
    return look;
}

/* The section of a label has this line. */
static bool says(const struct lc_look *look, const char *label, const char *line)
{
    for (size_t i = 0; i < look->n_sections; i++)
        for (size_t j = 0; j < look->section[i].n; j++)
            if (strcmp(look->section[i].label, label) == 0 &&
                strcmp(look->section[i].line[j], line) == 0)
                return true;
    return false;
}

static void empty_cells_are_compared_by_outcome(void **state)
{
    const struct lc_look look = look_at_it();
    const struct lc_look_column *job = &look.of[2];

    (void)state;
    assert_close(job->won, 80, 0);
    assert_close(job->won_empty, 48, 0);
    assert_close(job->rest_empty, 56, 0);
    /* Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, (a) */
    assert_close(job->more.low, 0.0524, 5e-5);
    assert_close(job->more.high, 0.3339, 5e-5);
    assert_true(job->differs);
    assert_false(look.of[3].differs);
    assert_true(says(&look, "DIRTY",
                     "job is empty for 80 % of those not won, 60 % of the won: filled in after "
                     "winning (a leak), or buyers tell more"));
}

static void the_quarter_in_which_a_column_begins_is_found(void **state)
{
    const struct lc_look look = look_at_it();

    (void)state;
    assert_string_equal(look.of[3].since, "2025-Q2");
    assert_close(look.of[3].before, 0, 0);
    assert_close(look.of[3].during, 1, 0);
    assert_null(look.of[2].since);
    assert_null(look.of[2].until);
    assert_true(
        says(&look, "COVERAGE", "segment is filled since 2025-Q2: 100 % of leads, 0 % before"));
}

static void spellings_are_told_and_proposed(void **state)
{
    const struct lc_look look = look_at_it();
    const struct lc_spec_attribute *a = lc_spec_attribute_of(&proposal.spec, "product");

    (void)state;
    assert_int_equal(a->n_same, 1);
    assert_string_equal(a->same[0].as, "GTX Pro");
    assert_int_equal(a->same[0].spellings.n, 2);
    assert_string_equal(a->same[0].spellings.text[0], "GTXPro");
    assert_string_equal(a->same[0].spellings.text[1], "gtx pro");
    assert_null(lc_spec_attribute_of(&proposal.spec, "country")->same); /* a letter apart */
    assert_true(says(&look, "DIRTY",
                     "product: 'GTXPro', 'gtx pro' (6 leads) will be read as 'GTX Pro' (96): "
                     "\"same\" in the spec"));
    assert_true(
        says(&look, "DIRTY", "country: 'Germny' (2) may be 'Germany' (148); yours to say"));
}

static void no_value_of_a_person_is_shown(void **state)
{
    const struct lc_look look = look_at_it();
    struct lc_frame frame;
    struct lc_err err;

    (void)state;
    assert_false(look.of[6].shown);
    assert_int_equal(look.of[6].spellings.n, 0);
    assert_int_equal(lc_look_levels(&look, &arena, &frame, &err), LC_OK);
    for (size_t i = 0; i < frame.n; i++)
        assert_string_not_equal(frame.value[i * frame.k].text, "email");
    assert_int_equal(lc_look_spellings(&look, &arena, &frame, &err), LC_OK);
    assert_true(frame.n == 3);
}

static void the_wins_carry_what_the_rule_says(void **state)
{
    const struct lc_look look = look_at_it();
    double left = look.carried;

    (void)state;
    assert_close(look.carried, lc_parameters_carried(N, WON), 0);
    assert_true(look.of[2].parameters == 1);
    /* 2 (32 ln(32 150 / (46 80)) + 14 ln(14 150 / (46 70)) + 48 ln(48 150 / (104 80))
     *    + 56 ln(56 150 / (104 70))) - 2 = 7.18406... - 2, by math.log of Python */
    assert_close(look.of[2].gain, 5.184066713647132, 1e-12);
    for (size_t j = 0; j < table.k; j++)
        if (look.of[j].carried) {
            assert_true(look.of[j].gain > 0);
            left -= (double)look.of[j].parameters;
        }
    assert_true(left >= 0);
}

static void leads_that_nobody_can_count_are_still_looked_at(void **state)
{
    struct lc_look look;
    struct lc_frame frame;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    table.column = column + 1;
    table.k = 6;
    assert_int_equal(lc_propose(&table, &spec, &arena, &proposal, &err), LC_OK);
    assert_int_equal(lc_look_make(&table, &proposal, &arena, &look, &err), LC_OK);
    assert_null(look.cohort);
    assert_non_null(look.uncounted);
    assert_true(look.of[3].spellings.n == 2);
    assert_int_equal(lc_look_missing(&look, &arena, &frame, &err), LC_OK);
    assert_true(frame.n == 0);
    assert_int_equal(lc_look_coverage(&look, &arena, &frame, &err), LC_OK);
    assert_true(frame.n == 0);
}

static void coverage_has_a_row_for_each_quarter(void **state)
{
    const struct lc_look look = look_at_it();
    struct lc_frame frame;
    struct lc_err err;
    size_t at;

    (void)state;
    assert_int_equal(lc_look_coverage(&look, &arena, &frame, &err), LC_OK);
    assert_true(frame.n == 2);
    at = lc_frame_column(&frame, "segment");
    assert_string_equal(frame.value[0].text, "2025-Q1");
    assert_close(frame.value[1].number, 75, 0);
    assert_close(frame.value[at].number, 0, 0);
    assert_close(frame.value[frame.k + at].number, 1, 0);
}

static void memory_may_be_refused_at_any_step(void **state)
{
    struct lc_arena small;
    struct lc_look look;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 64; rc == LC_ENOMEM && limit < (size_t)1 << 26; limit += limit / 5) {
        lc_arena_init(&small, limit);
        rc = lc_look_make(&table, &proposal, &small, &look, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(empty_cells_are_compared_by_outcome),
        TEST(the_quarter_in_which_a_column_begins_is_found),
        TEST(spellings_are_told_and_proposed),
        TEST(no_value_of_a_person_is_shown),
        TEST(the_wins_carry_what_the_rule_says),
        TEST(leads_that_nobody_can_count_are_still_looked_at),
        TEST(coverage_has_a_row_for_each_quarter),
        TEST(memory_may_be_refused_at_any_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
