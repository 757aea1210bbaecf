/* Is a second file what leads did, and which of its columns say when, what and about what? */
#include "leadcal/propose.h"

#include <stdlib.h>
#include <string.h>

#include "small_table.h"
#include "test.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

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

static const char *const who[] = {"L1", "L1", "L2", "L2", "L2"};
static const char *const day[] = {"20000", "20003", "20004", "20005", "20011"};
static const char *const did[] = {"Page View", "Email Open", "Page View", "Click",
                                  "Unsubscribed"};
static const char *const page[] = {"/pricing", "", "/careers", "/a", ""};

static struct lc_table_column column(const char *name, enum lc_kind kind,
                                     const char *const *cell)
{
    return small_column(&arena, name, kind, cell, 5);
}

static struct lc_proposed_events propose(struct lc_table_column *of, size_t k, bool repeats)
{
    const struct lc_table t = small_table(of, k, 5);
    struct lc_proposed_events p;
    struct lc_err err;

    assert_int_equal(lc_propose_events(&t, of[0].codes.name, repeats, &arena, &p, &err), LC_OK);
    return p;
}

static void a_system_names_its_columns(void **state)
{
    static const char *const number[] = {"1", "10", "1", "11", "9"}, *const none[] = {
                                                                         "", "", "", "", ""};
    struct lc_table_column of[] = {column("leadId", LC_KIND_TEXT, who),
                                   column("marketoGUID", LC_KIND_TEXT, day),
                                   column("activityDate", LC_KIND_DATE, day),
                                   column("activityTypeId", LC_KIND_NUMBER, number),
                                   column("primaryAttributeValueId", LC_KIND_EMPTY, none),
                                   column("primaryAttributeValue", LC_KIND_TEXT, page)};
    const struct lc_proposed_events p = propose(of, COUNT(of), false);

    (void)state;
    assert_non_null(p.events);
    assert_string_equal(p.system, "Marketo");
    assert_string_equal(p.events->time, "activityDate");
    assert_string_equal(p.events->type, "activityTypeId");
    assert_string_equal(p.events->content, "primaryAttributeValue");
    assert_int_equal(p.n_mapped, 3);
    assert_string_equal(p.mapped[2].meaning, "event_content");
    assert_int_equal(p.mapped[2].column->n_filled, 3);
    assert_string_equal(p.mapped[0].how, "Marketo calls it so");
}

/* A task's subtype is "Task" in many organisations: then its subject says what it was. */
static void of_two_types_the_one_that_tells_more_is_taken(void **state)
{
    static const char *const task[] = {"Task", "Task", "Task", "Task", "Task"};
    struct lc_table_column of[] = {
        column("WhoId", LC_KIND_TEXT, who), column("TaskSubtype", LC_KIND_TEXT, task),
        column("Subject", LC_KIND_TEXT, did), column("ActivityDate", LC_KIND_DATE, day)};
    const struct lc_proposed_events p = propose(of, COUNT(of), false);

    (void)state;
    assert_non_null(p.events);
    assert_string_equal(p.events->type, "Subject");
    assert_null(p.events->content);
    assert_string_equal(p.mapped[2].how, "no column says so");
}

/* Salesforce's campaign members: the day of creation is that of the invitation, whatever became of it. */
static void a_response_has_the_day_of_the_response(void **state)
{
    static const char *const none[] = {"", "", "", "", ""};
    static const char *const status[] = {"Sent", "Sent", "Responded", "Sent", "Registered"};
    struct lc_table_column of[] = {
        column("LeadId", LC_KIND_TEXT, who), column("CampaignId", LC_KIND_TEXT, page),
        column("Status", LC_KIND_TEXT, status), column("CreatedDate", LC_KIND_DATE, day),
        column("FirstRespondedDate", LC_KIND_EMPTY, none)};
    struct lc_proposed_events p = propose(of, COUNT(of), true);

    (void)state;
    assert_non_null(p.events);
    assert_string_equal(p.events->time, "FirstRespondedDate");
    of[4].codes.name = "Name";
    p = propose(of, COUNT(of), true);
    assert_null(p.events);
    assert_true(p.undated);
}

/* HubSpot counts milliseconds; a web analytics export in microseconds is no date that we read. */
static void numbers_are_times_where_they_are_of_that_size(void **state)
{
    static const char *const milli[] = {"1767225600000", "1767225601000", "1767312000000",
                                        "1767398400000", "1767398400001"};
    static const char *const micro[] = {"1767225600000000", "1767225601000000",
                                        "1767312000000000", "1767398400000000",
                                        "1767398400000001"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct lc_table_column of[] = {
            column("recipient", LC_KIND_TEXT, who), column("type", LC_KIND_TEXT, did),
            column("portalId", LC_KIND_TEXT, day), column("appName", LC_KIND_TEXT, page),
            column("created", LC_KIND_NUMBER, i ? micro : milli)};
        const struct lc_proposed_events p = propose(of, COUNT(of), false);

        assert_int_equal(p.events != NULL, i == 0);
    }
}

static void a_sheet_of_nobody_is_known_by_its_shape(void **state)
{
    struct lc_table_column of[] = {
        column("customer", LC_KIND_TEXT, who), column("seen on", LC_KIND_DATE, day),
        column("note", LC_KIND_TEXT, page), column("x7", LC_KIND_TEXT, did)};
    const struct lc_proposed_events p = propose(of, COUNT(of), true);

    (void)state;
    assert_non_null(p.events);
    assert_null(p.system);
    assert_string_equal(p.events->time, "seen on");
    assert_string_equal(p.events->type, "x7");
    assert_null(p.events->content); /* no word in the name says that a note is one */
    assert_null(propose(of, COUNT(of), false).events); /* a row a lead is a joined file */
}

static void of_two_dates_one_must_be_called_a_time(void **state)
{
    struct lc_table_column of[] = {
        column("customer", LC_KIND_TEXT, who), column("shipped", LC_KIND_DATE, day),
        column("paid", LC_KIND_DATE, day), column("action", LC_KIND_TEXT, did),
        column("page", LC_KIND_TEXT, page)};
    struct lc_proposed_events p = propose(of, COUNT(of), true);

    (void)state;
    assert_null(p.events);
    of[2].codes.name = "occurred at";
    p = propose(of, COUNT(of), true);
    assert_non_null(p.events);
    assert_string_equal(p.events->time, "occurred at");
    assert_string_equal(p.events->type, "action");
    assert_string_equal(p.events->content, "page");
}

/* Several deals a lead are deals, whatever their columns are called. */
static void rows_that_know_who_was_won_are_no_events(void **state)
{
    static const char *const stage[] = {"Closed Won", "Demo", "Closed Lost", "Call", "Demo"};
    struct lc_table_column of[] = {
        column("contact", LC_KIND_TEXT, who), column("date", LC_KIND_DATE, day),
        column("action", LC_KIND_TEXT, did), column("stage", LC_KIND_TEXT, stage)};

    (void)state;
    assert_null(propose(of, COUNT(of), true).events);
}

/* A file of a known system that has no names for events is none, whatever its values say. */
static void deals_of_a_system_are_no_events(void **state)
{
    struct lc_table_column of[] = {
        column("Associated Contact IDs", LC_KIND_TEXT, who),
        column("Close Date", LC_KIND_DATE, day), column("Deal owner", LC_KIND_TEXT, day),
        column("Deal Stage", LC_KIND_TEXT, page), column("type", LC_KIND_TEXT, did)};

    (void)state;
    assert_null(propose(of, COUNT(of), true).events);
}

static void files_in_the_wrong_order_are_seen(void **state)
{
    static const char *const stage[] = {"Closed Won", "Closed Lost", "Open", "Open", "Open"};
    struct lc_table_column of[] = {column("lead", LC_KIND_TEXT, who),
                                   column("at", LC_KIND_DATE, day),
                                   column("type", LC_KIND_TEXT, did)};
    struct lc_table_column with[] = {column("lead", LC_KIND_TEXT, day),
                                     column("stage", LC_KIND_TEXT, stage)};
    struct lc_table_column without[] = {column("lead", LC_KIND_TEXT, day),
                                        column("region", LC_KIND_TEXT, page)};
    const struct lc_table events = small_table(of, COUNT(of), 5);
    const struct lc_table leads = small_table(with, 2, 5), firms = small_table(without, 2, 5);
    struct lc_proposed_events p;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_swapped(&events, "lead", &leads, &arena, &p, &err), LC_OK);
    assert_string_equal(p.events->time, "at");
    assert_int_equal(lc_propose_swapped(&events, "lead", &firms, &arena, &p, &err), LC_OK);
    assert_null(p.events);
}

static void words_of_no_event_make_none(void **state)
{
    static const char *const colour[] = {"red", "green", "click", "blue", "red"};
    struct lc_table_column of[] = {column("customer", LC_KIND_TEXT, who),
                                   column("date", LC_KIND_DATE, day),
                                   column("type", LC_KIND_TEXT, colour)};

    (void)state;
    assert_null(propose(of, COUNT(of), true).events);
}

static void every_allocation_can_be_refused(void **state)
{
    struct lc_table_column of[] = {
        column("customer", LC_KIND_TEXT, who), column("date", LC_KIND_DATE, day),
        column("type", LC_KIND_TEXT, did), column("page", LC_KIND_TEXT, page)};
    const struct lc_table t = small_table(of, COUNT(of), 5);
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0;; limit += 64) {
        struct lc_arena small;
        struct lc_proposed_events p;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_propose_events(&t, "customer", true, &small, &p, &err);
        lc_arena_release(&small);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_names_its_columns),
        cmocka_unit_test(of_two_types_the_one_that_tells_more_is_taken),
        cmocka_unit_test(a_response_has_the_day_of_the_response),
        cmocka_unit_test(numbers_are_times_where_they_are_of_that_size),
        cmocka_unit_test(a_sheet_of_nobody_is_known_by_its_shape),
        cmocka_unit_test(of_two_dates_one_must_be_called_a_time),
        cmocka_unit_test(rows_that_know_who_was_won_are_no_events),
        cmocka_unit_test(deals_of_a_system_are_no_events),
        cmocka_unit_test(files_in_the_wrong_order_are_seen),
        cmocka_unit_test(words_of_no_event_make_none),
        cmocka_unit_test(every_allocation_can_be_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
