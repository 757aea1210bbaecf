/* Guesses of acceptance, owner, source, first touch and the score in use. */
#include "proposal.h"

#include <gsl/gsl_errno.h>

#define LEADS 40

static int begin(void **state)
{
    (void)state;
    return begin_rows(LEADS);
}

/* The proposal, beside an outcome that no column knows. */
static struct lc_proposal propose_with_outcome(void)
{
    static const char *const stage[] = {"Won", "Lost", "Open"};

    add("stage", LC_KIND_TEXT, stage, 3);
    return propose();
}

static bool is_attribute(const struct lc_proposal *p, const char *name)
{
    return lc_spec_attribute_of(&p->spec, name) != NULL;
}

static void a_status_of_sales_is_the_acceptance(void **state)
{
    static const char *const status[] = {
        "New",         "Connected",  "Open Deal",           "Unqualified",
        "IN_PROGRESS", "Bad Timing", "Attempted to Contact"};
    struct lc_proposal p;

    (void)state;
    add("Lead Status", LC_KIND_TEXT, status, 7);
    p = propose_with_outcome();
    assert_string_equal(p.spec.acceptance.column, "Lead Status");
    assert_int_equal(p.spec.acceptance.accepted.n, 3);
    assert_string_equal(p.spec.acceptance.accepted.text[0], "Connected");
    assert_string_equal(p.spec.acceptance.accepted.text[1], "IN_PROGRESS");
    assert_string_equal(p.spec.acceptance.accepted.text[2], "Open Deal");
    assert_int_equal(p.spec.acceptance.rejected.n, 1);
    assert_string_equal(p.spec.acceptance.rejected.text[0], "Unqualified");
    assert_int_equal(p.spec.acceptance.recycled.n, 1);
    assert_string_equal(p.spec.acceptance.recycled.text[0], "Bad Timing");
    assert_true(says(&p, "acceptance: 'Lead Status', by its values: accepted is Connected, "
                         "IN_PROGRESS, Open Deal; rejected is Unqualified; recycled is Bad "
                         "Timing; what stands in no list was not decided"));
    assert_false(is_attribute(&p, "Lead Status"));
}

static void a_status_without_a_rejection_is_no_acceptance(void **state)
{
    static const char *const status[] = {"New", "Qualified", "Working"};
    static const char *const life[] = {"Lead", "Sales Qualified Lead", "Unqualified"};
    struct lc_proposal p;

    (void)state;
    add("Lead Status", LC_KIND_TEXT, status, 3);
    add("Lifecycle", LC_KIND_TEXT, life, 3); /* its name is not that of a status */
    p = propose_with_outcome();
    assert_null(p.spec.acceptance.column);
}

static void yes_and_no_go_before_a_status(void **state)
{
    static const char *const status[] = {"Accepted", "Rejected", "New"};
    static const char *const yes[] = {"No", "Yes", "No"};
    struct lc_proposal p;

    (void)state;
    add("Lead Status", LC_KIND_TEXT, status, 3);
    add("sales_accepted", LC_KIND_TEXT, yes, 3);
    p = propose_with_outcome();
    assert_string_equal(p.spec.acceptance.column, "sales_accepted");
    assert_string_equal(p.spec.acceptance.accepted.text[0], "Yes");
}

static void owner_source_and_first_touch_are_known_by_their_names(void **state)
{
    static const char *const who[] = {"A. B.", "C. D."};
    static const char *const source[] = {"Web", "Fair", "Partner", "Mail", "List"};
    static const char *const day[] = {"17000", "17001", ""};
    struct lc_proposal p;

    (void)state;
    add("Latest Source", LC_KIND_TEXT, source, 5);
    add("Contact owner", LC_KIND_TEXT, who, 2);
    add("Original Traffic Source", LC_KIND_TEXT, source, 5);
    add("First outreach date", LC_KIND_DATE, day, 3);
    add("Became a Sales Qualified Lead Date", LC_KIND_DATE, day, 3);
    p = propose_with_outcome();
    assert_string_equal(p.spec.owner, "Contact owner");
    assert_string_equal(p.spec.source, "Original Traffic Source");
    assert_string_equal(p.spec.date.first_touch, "First outreach date");
    assert_string_equal(p.spec.date.accepted, "Became a Sales Qualified Lead Date");
    assert_true(is_attribute(&p, "Original Traffic Source"));
    assert_false(is_attribute(&p, "Contact owner"));
    assert_true(says(&p, "owner: 'Contact owner', by its name"));
    assert_true(says(&p, "source: 'Original Traffic Source', by its name"));
}

static void a_number_called_score_is_the_score_in_use(void **state)
{
    static const char *const score[] = {"10", "25", "", "70", "41", "88"};
    struct lc_proposal p;

    (void)state;
    add("HubSpot Score", LC_KIND_NUMBER, score, 6);
    p = propose_with_outcome();
    assert_string_equal(p.spec.current, "column:HubSpot Score");
    assert_string_equal(lc_spec_current_column(&p.spec), "HubSpot Score");
    assert_false(is_attribute(&p, "HubSpot Score"));
    assert_true(says(&p, "current: 'HubSpot Score' is the score in use, by its name and its "
                         "numbers"));
}

static void so_are_grades_but_not_every_rating(void **state)
{
    static const char *const rating[] = {"Hot", "Warm", "Cold"};
    static const char *const few[] = {"1", "2", "3"};
    static const char *const grade[] = {"A1", "B2", "", "D4", "C1"};
    struct lc_proposal p;

    (void)state;
    add("Rating", LC_KIND_TEXT, rating, 3);
    add("NPS score", LC_KIND_NUMBER, few, 3); /* too few values: a code */
    p = propose_with_outcome();
    assert_null(p.spec.current);
    table.k = 0;
    add("Lead Grade", LC_KIND_TEXT, grade, 5);
    p = propose_with_outcome();
    assert_string_equal(p.spec.current, "column:Lead Grade");
    assert_true(says(&p, "by its name and its grades"));
}

static void what_is_given_is_not_guessed(void **state)
{
    static const char *const score[] = {"10", "25", "", "70", "41", "88"};
    static const char *const who[] = {"A. B.", "C. D."};
    struct lc_proposal p;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    add("Score", LC_KIND_NUMBER, score, 6);
    add("owner", LC_KIND_TEXT, who, 2);
    lc_spec_init(&spec);
    spec.current = "current.json";
    spec.owner = "elsewhere";
    spec.source = "owner";
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    assert_string_equal(p.spec.current, "current.json");
    assert_string_equal(p.spec.owner, "elsewhere");
    assert_string_equal(p.spec.source, "owner");
}

static void every_refused_allocation_is_reported(void **state)
{
    static const char *const status[] = {"New", "Connected", "Unqualified", "Bad Timing"};
    static const char *const score[] = {"10", "25", "", "70", "41", "88"};
    static const char *const who[] = {"A. B.", "C. D."};
    struct lc_spec spec;
    size_t refused = 0;

    (void)state;
    add("Lead Status", LC_KIND_TEXT, status, 4);
    add("Score", LC_KIND_NUMBER, score, 6);
    add("owner", LC_KIND_TEXT, who, 2);
    lc_spec_init(&spec);
    for (size_t limit = 0;; limit += 8) {
        struct lc_proposal p;
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_propose(&table, &spec, &small, &p, &err);
        lc_arena_release(&small);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 10);
}

static void a_column_of_grades_may_be_the_grade_at_hand_over(void **state)
{
    static const char *const grade[] = {"A1", "B2", ""}, *const text[] = {"A1", "top"};

    (void)state;
    add("class", LC_KIND_TEXT, grade, 3);
    add("score text", LC_KIND_TEXT, text, 2);
    assert_null(lc_propose_grade(&table));
    add("Lead Grade", LC_KIND_TEXT, grade, 3);
    assert_string_equal(lc_propose_grade(&table), "Lead Grade");
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_status_of_sales_is_the_acceptance),
        T(a_status_without_a_rejection_is_no_acceptance),
        T(yes_and_no_go_before_a_status),
        T(owner_source_and_first_touch_are_known_by_their_names),
        T(a_number_called_score_is_the_score_in_use),
        T(so_are_grades_but_not_every_rating),
        T(a_column_of_grades_may_be_the_grade_at_hand_over),
        T(what_is_given_is_not_guessed),
        T(every_refused_allocation_is_reported),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
