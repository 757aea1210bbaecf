/* Tests of propose_stage: whether rows confirm that a stage id is won, and deals that closed twice. */
#include "proposal.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#define DEALS 20

static int begin(void **state)
{
    (void)state;
    return begin_rows(DEALS);
}

/* HubSpot's deals by their API names: every fourth stands at 'closedwon'. */
static void add_deals(const char *const *closed, const char *const *amount)
{
    static const char *const id[] = {"d1", "d2", "d3", "d4", "d5",
                                     "d6", "d7", "d8", "d9", "d10"};
    static const char *const stage[] = {"closedwon", "contractsent", "closedlost", "51389338"};
    static const char *const created[] = {"20000", "20010", "20020", "20030"};

    add("hs_object_id", LC_KIND_TEXT, id, 10);
    add("dealstage", LC_KIND_TEXT, stage, 4);
    add("createdate", LC_KIND_DATE, created, 4);
    add("closedate", LC_KIND_DATE, closed, 4);
    add("amount", LC_KIND_NUMBER, amount, 4);
}

static const char *const past[] = {"20025", "20040", "20026", ""};
static const char *const paid[] = {"500", "", "700", ""};

static void an_id_whose_rows_are_closed_and_paid_is_won(void **state)
{
    struct lc_proposal p;

    (void)state;
    add_deals(past, paid);
    p = propose();
    assert_true(p.has_outcome);
    assert_string_equal(p.spec.outcome.column, "dealstage");
    assert_int_equal(p.spec.outcome.won.n, 1);
    assert_string_equal(p.spec.outcome.won.text[0], "closedwon");
    assert_string_equal(p.spec.outcome.lost.text[0], "closedlost");
    assert_true(says(
        &p, "of its 5 rows 5 were closed by 2024-11-03 and 5 have an amount, so it is won"));
}

/* "Proposal sent" has kept the id: the closing is a forecast. */
static void an_id_whose_rows_are_to_be_closed_is_not_taken(void **state)
{
    static const char *const future[] = {"20090", "20040", "20026", ""};
    struct lc_proposal p;

    (void)state;
    add_deals(future, paid);
    p = propose();
    assert_false(p.has_outcome);
    assert_null(p.spec.outcome.column);
    assert_true(says(&p, "of its 5 rows 0 were closed by 2024-11-03"));
    assert_true(says(&p, "the id is not taken as won"));
    assert_true(says(&p, "name the ids that mean won"));
}

static void an_id_without_amounts_is_not_taken(void **state)
{
    static const char *const unpaid[] = {"", "300", "700", ""};
    struct lc_proposal p;

    (void)state;
    add_deals(past, unpaid);
    p = propose();
    assert_null(p.spec.outcome.column);
    assert_true(says(&p, "and 0 have an amount, so the id is not taken as won"));
}

/* A flag beside the id has the last word, on it and on the numeric id of the new won stage. */
static void a_flag_beside_the_id_decides(void **state)
{
    static const char *const flag[] = {"false", "false", "false", "true"};
    static const char *const won[] = {"true", "false", "false", "false"};
    struct lc_proposal p;

    (void)state;
    add_deals(past, paid);
    add("hs_is_closed_won", LC_KIND_TEXT, flag, 4);
    p = propose();
    assert_true(
        says(&p, "'hs_is_closed_won' says won in 0 of its 5 rows, so the id is not taken"));
    assert_string_equal(p.spec.outcome.column, "hs_is_closed_won");
    assert_string_equal(p.spec.outcome.won.text[0], "true");
    assert_int_equal(p.spec.outcome.lost.n, 0); /* what is not won may be open */
    table.k--;
    add("hs_is_closed_won", LC_KIND_TEXT, won, 4);
    p = propose();
    assert_true(says(&p, "'hs_is_closed_won' says won in 5 of its 5 rows, so it is won"));
    assert_string_equal(p.spec.outcome.column, "dealstage");
}

static void a_label_beside_the_id_decides(void **state)
{
    static const char *const label[] = {"Proposal sent", "Contract sent", "In negotiation",
                                        "Signed"};
    static const char *const future[] = {"20090", "20040", "20026", ""};
    static const char *const signed_label[] = {"Closed won", "Contract sent", "Closed lost",
                                               "New"};
    struct lc_proposal p;

    (void)state;
    add_deals(past, paid);
    add("Deal Stage", LC_KIND_TEXT, label, 4);
    p = propose();
    assert_null(p.spec.outcome.column);
    assert_true(says(&p, "'Deal Stage' says won in 0 of its 5 rows"));
    table.k = 0;
    add_deals(future, paid);
    add("Deal Stage", LC_KIND_TEXT, signed_label, 4);
    p = propose();
    assert_non_null(p.spec.outcome.column);
    assert_true(says(&p, "'Deal Stage' says won in 5 of its 5 rows, so it is won"));
}

static void a_label_is_no_id(void **state)
{
    static const char *const stage[] = {"Closed Won", "Open", "Closed Lost", "New"};
    static const char *const created[] = {"20000", "20010", "20020", "20030"};
    struct lc_proposal p;

    (void)state;
    add("Deal Stage", LC_KIND_TEXT, stage, 4);
    add("Create Date", LC_KIND_DATE, created, 4);
    p = propose();
    assert_string_equal(p.spec.outcome.won.text[0], "Closed Won");
    assert_false(says(&p, "stage id"));
}

static void deals_that_were_lost_and_then_won_are_counted(void **state)
{
    static const char *const stage[] = {"Closed Won", "Open", "Closed Lost", "Closed Won"};
    static const char *const created[] = {"20000", "20010", "20020", "20030"};
    static const char *const closed[] = {"20050", "20060", "20070", "20081"};
    static const char *const won[] = {"20050", "", "", "20090"};
    static const char *const lost[] = {"20045", "", "20070", "20081"};
    struct lc_proposal p;

    (void)state;
    add("Deal Stage", LC_KIND_TEXT, stage, 4);
    add("Deal owner", LC_KIND_TEXT, stage, 3);
    add("Create Date", LC_KIND_DATE, created, 4);
    add("Close Date", LC_KIND_DATE, closed, 4);
    add("Date entered \"Closed Won (Sales)\"", LC_KIND_DATE, won, 4);
    add("Date entered \"Closed Lost (Sales)\"", LC_KIND_DATE, lost, 4);
    p = propose();
    assert_string_equal(p.spec.date.closed, "Close Date");
    /* Of each four the first closed on its last day, the fourth on its first. */
    assert_true(says(
        &p, "re-opened: 10 rows entered a won stage and a lost one: 'Close Date' is the day "
            "of the first for 5, of the last for 5"));
    table.k--;
    p = propose();
    assert_false(says(&p, "re-opened"));
}

static void what_was_found_where_is_listed(void **state)
{
    static const char *const want[] = {"entered",     "handed_over", "first_touch", "accepted",
                                       "opportunity", "closed",      "outcome"};
    struct lc_proposal p;

    (void)state;
    add_deals(past, paid);
    p = propose();
    assert_true(p.n_mapped > 7);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(p.mapped[i].meaning, want[i]);
    assert_string_equal(p.mapped[0].column->codes.name, "createdate");
    assert_string_equal(p.mapped[0].how, "HubSpot calls it so");
    assert_null(p.mapped[1].column);
    assert_string_equal(p.mapped[1].how, "no column says so");
    assert_string_equal(p.mapped[5].column->codes.name, "closedate");
    assert_int_equal(p.mapped[5].column->n_filled, 15);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_id_whose_rows_are_closed_and_paid_is_won),
        T(an_id_whose_rows_are_to_be_closed_is_not_taken),
        T(an_id_without_amounts_is_not_taken),
        T(a_flag_beside_the_id_decides),
        T(a_label_beside_the_id_decides),
        T(a_label_is_no_id),
        T(deals_that_were_lost_and_then_won_are_counted),
        T(what_was_found_where_is_listed),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
