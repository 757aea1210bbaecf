#include "test.h"

#include <string.h>

#include "simulated.h"

#define FEW 8

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

/* Eight leads of one day; the sixth has no account. */
static const char *const company[] = {"North", "South", "North", "East",
                                      "South", "",      "North", ""};
static const char *const stage[] = {"Won",  "Lost", "Won",  "Open",
                                    "Lost", "Lost", "Open", "Open"};
static const char *const day[] = {"100", "100", "101", "102", "103", "104", "105", "106"};
static const char *const touched[] = {"101", "", "101", "", "", "500", "105", ""};
static const char *const status[] = {"", "SAL", "SAL", "No", "No", "", "", ""};
static const char *const won[] = {"Won"}, *const lost[] = {"Lost"}, *const open[] = {"Open"},
                         *const taken[] = {"SAL"}, *const refused[] = {"No"};

enum { COMPANY, STAGE_, DAY, TOUCHED, STATUS, COLUMNS_ };

struct small {
    struct lc_table table;
    struct lc_table_column column[COLUMNS_];
    struct lc_spec spec;
};

static struct small *small(void)
{
    struct small *s = LC_NEW(&arena, 1, struct small);

    s->column[COMPANY] = small_column(&arena, "company", LC_KIND_TEXT, company, FEW);
    s->column[STAGE_] = small_column(&arena, "stage", LC_KIND_TEXT, stage, FEW);
    s->column[DAY] = small_column(&arena, "day", LC_KIND_DATE, day, FEW);
    s->column[TOUCHED] = small_column(&arena, "touched", LC_KIND_DATE, touched, FEW);
    s->column[STATUS] = small_column(&arena, "status", LC_KIND_TEXT, status, FEW);
    s->table = small_table(s->column, COLUMNS_, FEW);
    lc_spec_init(&s->spec);
    s->spec.outcome.column = "stage";
    s->spec.outcome.won = (struct lc_texts){won, 1};
    s->spec.outcome.lost = (struct lc_texts){lost, 1};
    s->spec.outcome.open = (struct lc_texts){open, 1};
    s->spec.date.entered = "day";
    s->spec.window_days = LC_WINDOW_NONE;
    s->spec.as_of_day = 400;
    return s;
}

static struct lc_cohort build(const struct small *s)
{
    struct lc_cohort c;
    struct lc_err err;

    assert_int_equal(lc_cohort_build(&s->table, &s->spec, &arena, &c, &err), LC_OK);
    assert_int_equal(c.n, FEW);
    return c;
}

static void leads_of_one_account_have_one_number(void **state)
{
    static const uint32_t want[] = {0, 1, 0, 2, 1, 3, 0, 4};
    struct small *s = small();
    struct lc_cohort c = build(s);

    (void)state;
    assert_null(c.cluster); /* nobody says what an account is */
    s->spec.account = "company";
    c = build(s);
    assert_int_equal(c.n_clusters, 5);
    assert_memory_equal(c.cluster, want, sizeof want);
}

static void leads_of_one_opportunity_have_one_number_too(void **state)
{
    static const uint8_t has_row[] = {1, 1, 1, 1, 0, 0, 1, 0};
    static const uint32_t shared[] = {0, 0, 1, 2, LC_NO_ROW, LC_NO_ROW, 2, LC_NO_ROW};
    static const uint32_t want[] = {0, 0, 1, 2, 3, 4, 2, 5},
                          with_account[] = {0, 1, 0, 2, 1, 3, 0, 4};
    struct small *s = small();
    struct lc_table_file file[2] = {s->table.file[0]};
    struct lc_cohort c;

    (void)state;
    file[1] = small_joined(&arena, "deals", has_row, FEW, 3);
    file[1].row = shared;
    s->table.file = file;
    s->table.n_files = 2;
    s->spec.outcome.won_if_in = "deals";
    s->spec.outcome.column = NULL;
    s->spec.outcome.won = s->spec.outcome.lost = s->spec.outcome.open = (struct lc_texts){0};
    c = build(s);
    assert_int_equal(c.n_clusters, 6);
    assert_memory_equal(c.cluster, want, sizeof want);
    s->spec.account = "company"; /* an account holds its opportunities */
    c = build(s);
    assert_memory_equal(c.cluster, with_account, sizeof with_account);
}

static void accounts_of_one_lead_each_are_none(void **state)
{
    struct small *s = small();

    (void)state;
    s->spec.account = "day";
    assert_int_equal(build(s).n_clusters, 7); /* two leads of day 100 */
    s->spec.account = "touched";
    assert_int_equal(build(s).n_clusters, 7);
    s->column[COMPANY] =
        small_column(&arena, "company", LC_KIND_EMPTY,
                     (const char *const[FEW]){"", "", "", "", "", "", "", ""}, FEW);
    s->column[COMPANY].at = 0;
    s->spec.account = "company";
    assert_null(build(s).cluster);
}

static void an_account_that_is_no_column_is_refused(void **state)
{
    struct small *s = small();
    struct lc_cohort c;
    struct lc_err err;

    (void)state;
    s->spec.account = "compny";
    assert_int_equal(lc_cohort_build(&s->table, &s->spec, &arena, &c, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'company'"));
}

/* Reached out to by the as-of date, or accepted; day 500 is no fact yet on day 400. */
static void worked_is_reached_out_to_or_accepted(void **state)
{
    static const uint8_t by_touch[] = {1, 0, 1, 0, 0, 0, 1, 0},
                         by_both[] = {1, 1, 1, 0, 0, 0, 1, 0},
                         by_status[] = {0, 1, 1, 0, 0, 0, 0, 0};
    struct small *s = small();

    (void)state;
    assert_null(build(s).worked);
    s->spec.date.first_touch = "touched";
    assert_memory_equal(build(s).worked, by_touch, FEW);
    s->spec.acceptance.column = "status";
    s->spec.acceptance.accepted = (struct lc_texts){taken, 1};
    s->spec.acceptance.rejected = (struct lc_texts){refused, 1};
    assert_memory_equal(build(s).worked, by_both, FEW);
    s->spec.date.first_touch = NULL;
    assert_memory_equal(build(s).worked, by_status, FEW);
}

/* What --denominator closed leaves keeps its numbers and marks. */
static void closed_leads_keep_account_and_work(void **state)
{
    struct small *s = small();
    struct lc_cohort c, closed;
    struct lc_err err;

    (void)state;
    s->spec.account = "company";
    s->spec.date.first_touch = "touched";
    c = build(s);
    assert_int_equal(lc_cohort_closed(&c, &arena, &closed, &err), LC_OK);
    assert_int_equal(closed.n, 5);
    assert_int_equal(closed.cluster[4], 3);
    assert_int_equal(closed.worked[2], 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(leads_of_one_account_have_one_number),
        TEST(leads_of_one_opportunity_have_one_number_too),
        TEST(accounts_of_one_lead_each_are_none),
        TEST(an_account_that_is_no_column_is_refused),
        TEST(worked_is_reached_out_to_or_accepted),
        TEST(closed_leads_keep_account_and_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
