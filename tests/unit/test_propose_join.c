/* Which columns join two files: by their values, and by their names. */
#include "leadcal/propose.h"

#include "small_table.h"
#include "test.h"

#include <stdio.h>

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

static struct lc_table_column texts(const char *name, const char *const *cell, size_t n)
{
    return small_column(&arena, name, LC_KIND_TEXT, cell, n);
}

static struct lc_proposed_join joined(const struct lc_table *leads,
                                      const struct lc_table *other)
{
    struct lc_proposed_join join;
    struct lc_err err;

    assert_int_equal(lc_propose_join(leads, other, false, &join, &err), LC_OK);
    return join;
}

static void assert_join(const struct lc_table *leads, const struct lc_table *other,
                        const char *key_of_leads, const char *key, bool list)
{
    const struct lc_proposed_join j = joined(leads, other);

    assert_true(j.leads < leads->k && j.other < other->k);
    assert_string_equal(leads->column[j.leads].codes.name, key_of_leads);
    assert_string_equal(other->column[j.other].codes.name, key);
    assert_int_equal(j.list, list);
}

static const char *const five[] = {"501", "502", "503", "504", "505"};

/* HubSpot: both files have a Record ID, and they are two things. */
static void lists_of_contacts_in_deals_are_found_by_value(void **state)
{
    static const char *const deal[] = {"901", "902", "903", "504"};
    static const char *const who[] = {"501", "505;502", "", "503 ; 599"};
    struct lc_table_column of_contacts[] = {texts("Record ID", five, 5)};
    struct lc_table_column of_deals[] = {texts("Record ID", deal, 4),
                                         texts("Associated Contact IDs", who, 4)};
    const struct lc_table contacts = small_table(of_contacts, 1, 5);
    const struct lc_table deals = small_table(of_deals, 2, 4);

    (void)state;
    assert_join(&contacts, &deals, "Record ID", "Associated Contact IDs", true);
}

/* Salesforce: leads name what they became; accounts are met on both sides, but tell nothing apart. */
static void converted_leads_are_found_by_value(void **state)
{
    static const char *const account[] = {"A1", "A1", "", "A2", ""};
    static const char *const became[] = {"O7", "O7", "", "O9", ""};
    static const char *const owner[] = {"U1", "U1", "U1", "U2", "U2"};
    static const char *const id[] = {"O5", "O6", "O7", "O8", "O9", "O4"};
    static const char *const of[] = {"A1", "A3", "A1", "A1", "A2", "A2"};
    static const char *const user[] = {"U1", "U2", "U1", "U1", "U2", "U2"};
    struct lc_table_column of_leads[] = {texts("OwnerId", owner, 5), texts("Id", five, 5),
                                         texts("ConvertedAccountId", account, 5),
                                         texts("ConvertedOpportunityId", became, 5)};
    struct lc_table_column of_opps[] = {texts("OwnerId", user, 6), texts("AccountId", of, 6),
                                        texts("Id", id, 6)};
    const struct lc_table leads = small_table(of_leads, 4, 5);
    const struct lc_table opps = small_table(of_opps, 3, 6);

    (void)state;
    assert_join(&leads, &opps, "ConvertedOpportunityId", "Id", false);
}

static void of_two_pairs_the_one_met_most_wins_and_then_the_one_of_one_name(void **state)
{
    static const char *const half[] = {"501", "502", "503", "904", "905"};
    static const char *const other[] = {"901", "902", "903", "904", "905"};
    struct lc_table_column of_leads[] = {texts("old id", other, 5), texts("id", five, 5)};
    struct lc_table_column of_deals[] = {texts("some id", five, 5), texts("id", five, 5)};
    const struct lc_table leads = small_table(of_leads, 2, 5);
    struct lc_table deals = small_table(of_deals, 2, 5);

    (void)state;
    assert_join(&leads, &deals, "id", "id", false);
    of_deals[1] = texts("id", half, 5);
    deals = small_table(of_deals, 2, 5);
    assert_join(&leads, &deals, "id", "some id", false);
}

/* Few rows met are enough for one name, where the second file has a row for each. */
static void a_key_of_one_name_may_be_met_rarely_or_never(void **state)
{
    static const char *const few[] = {"505", "605", "705", "805"};
    static const char *const none[] = {"605", "605", "705", "705"};
    struct lc_table_column of_leads[] = {texts("code id", few, 4), texts("id", five, 5)};
    struct lc_table_column of_deals[] = {texts("id", few, 4)};
    const struct lc_table leads = small_table(of_leads + 1, 1, 5);
    struct lc_table deals = small_table(of_deals, 1, 4);

    (void)state;
    assert_join(&leads, &deals, "id", "id", false);
    of_deals[0] = texts("id", none, 4);
    deals = small_table(of_deals, 1, 4);
    assert_join(&leads, &deals, "id", "id", false); /* the reader is told that none is met */
    of_deals[0] = texts("other id", none, 4);
    deals = small_table(of_deals, 1, 4);
    assert_int_equal(joined(&leads, &deals).leads, leads.k);
    assert_int_equal(joined(&leads, &deals).other, deals.k);
}

/* A counter meets many a number, but tells no rows apart. */
static void numbers_that_repeat_are_no_keys_of_another_name(void **state)
{
    static const char *const visits[] = {"1", "2", "1", "2", "1"};
    static const char *const again[] = {"1", "1", "2", "2", "1"};
    struct lc_table_column of_leads[] = {texts("paid", visits, 5)};
    struct lc_table_column of_deals[] = {texts("void", again, 5)};
    const struct lc_table leads = small_table(of_leads, 1, 5);
    const struct lc_table deals = small_table(of_deals, 1, 5);

    (void)state;
    assert_int_equal(joined(&leads, &deals).leads, 1);
}

/* Several deals of one firm, and several leads: the names mean one thing, and most of the rows meet. */
static void names_of_one_meaning_join_where_most_rows_meet(void **state)
{
    static const char *const firm[] = {"Muster 1", "Muster 2", "Muster 1", "Muster 3",
                                       "Muster 4"};
    static const char *const of_deal[] = {"Muster 1", "Muster 1", "Muster 3", "Muster 3",
                                          "Muster 9"};
    static const char *const strangers[] = {"Muster 1", "Muster 9", "Muster 9", "Muster 9",
                                            "Muster 9"};
    struct lc_table_column of_leads[] = {texts("Company / Account", firm, 5)};
    struct lc_table_column of_deals[] = {texts("Firma", of_deal, 5)};
    const struct lc_table leads = small_table(of_leads, 1, 5);
    struct lc_table deals = small_table(of_deals, 1, 5);

    (void)state;
    assert_join(&leads, &deals, "Company / Account", "Firma", false);
    of_deals[0] = texts("Segment", of_deal, 5);
    assert_int_equal(joined(&leads, &deals).leads, leads.k);
    /* Two of five leads, and one of five deals, meet: too few. */
    of_deals[0] = texts("Firma", strangers, 5);
    deals = small_table(of_deals, 1, 5);
    assert_int_equal(joined(&leads, &deals).leads, leads.k);
}

static void keys_are_called_so_or_hold_many_values_without_blanks(void **state)
{
    struct lc_table_column of_leads[] = {
        texts("Record ID", five, 5),
        {.codes = {.name = "Email"}, .kind = LC_KIND_MANY, .example = "a@b.example"},
        {.codes = {.name = "Notes"}, .kind = LC_KIND_MANY, .example = "called twice"},
        {.codes = {.name = "Company Name"}, .kind = LC_KIND_MANY, .example = "A Firm"},
        texts("City", five, 5),
        {.codes = {.name = "Owner ID"}, .kind = LC_KIND_EMPTY},
        small_column(&arena, "Paid", LC_KIND_DATE, five, 5),
        texts("Deal IDs", five, 5)};
    struct lc_table_column of_deals[] = {
        {.codes = {.name = "Company Name"}, .kind = LC_KIND_MANY, .example = "B Firm"},
        texts("Notes", five, 5)};
    static const char *const want[] = {"Record ID", "Email", "Company Name", "Deal IDs"};
    const struct lc_table leads = small_table(of_leads, 8, 5);
    const struct lc_table deals = small_table(of_deals, 2, 5);
    struct lc_texts keys;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_keys(&leads, &deals, &arena, &keys, &err), LC_OK);
    assert_int_equal(keys.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(keys.text[i], want[i]);
    lc_arena_release(&arena);
    lc_arena_init(&arena, 8);
    assert_int_equal(lc_propose_keys(&leads, &deals, &arena, &keys, &err), LC_ENOMEM);
}

static void dates_that_say_when_a_row_began_and_a_lead_was_decided(void **state)
{
    struct lc_table_column column[] = {
        small_column(&arena, "Close Date", LC_KIND_DATE, five, 5), texts("Created by", five, 5),
        small_column(&arena, "CreatedDate", LC_KIND_DATE, five, 5),
        small_column(&arena, "mql_date", LC_KIND_DATE, five, 5)};
    struct lc_table table = small_table(column, 4, 5);
    const char *created = NULL;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_created(&table, &arena, &created, &err), LC_OK);
    assert_string_equal(created, "CreatedDate");
    lc_spec_init(&spec);
    spec.date.entered = "given";
    assert_int_equal(lc_propose_decision(&table, &arena, &spec, &err), LC_OK);
    assert_string_equal(spec.date.entered, "given");
    assert_string_equal(spec.date.handed_over, "mql_date");
    table.k = 2;
    assert_int_equal(lc_propose_created(&table, &arena, &created, &err), LC_OK);
    assert_null(created);
    lc_spec_init(&spec);
    assert_int_equal(lc_propose_decision(&table, &arena, &spec, &err), LC_OK);
    assert_null(spec.date.entered);
}

/* ---- companies and owners ---- */

static const char *const address[] = {"ann@acme.example", "bob@mail.beta.example",
                                      "cy@gmail.com", "dy@gamma.example"};
static const char *const site[] = {"www.acme.example", "https://beta.example", "gamma.example"};
static const char *const account[] = {"A1", "A2", "A3"};

/* A converted lead's account says too late whose it is: the address reaches more of them. */
static void companies_are_found_by_domain_where_that_reaches_more_leads(void **state)
{
    static const char *const of_few[] = {"A1", "A2", "", ""};
    static const char *const of_all[] = {"A1", "A2", "A3", "A3"};
    struct lc_table_column of_leads[] = {texts("ConvertedAccountId", of_few, 4),
                                         texts("Email", address, 4)};
    struct lc_table_column of_accounts[] = {texts("Id", account, 3), texts("Website", site, 3)};
    const struct lc_table leads = small_table(of_leads, 2, 4);
    const struct lc_table accounts = small_table(of_accounts, 2, 3);
    struct lc_proposed_join join;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_join(&leads, &accounts, true, &join, &err), LC_OK);
    assert_true(join.domain && join.lookup && join.met && !join.twice);
    assert_int_equal(join.leads, 1);
    assert_int_equal(join.other, 1);
    assert_int_equal(lc_propose_join(&leads, &accounts, false, &join, &err), LC_OK);
    assert_false(join.domain);
    assert_int_equal(join.leads, 0);
    of_leads[0] = texts("ConvertedAccountId", of_all, 4);
    assert_int_equal(lc_propose_join(&leads, &accounts, true, &join, &err), LC_OK);
    assert_false(join.domain); /* four leads by their key, three by their domain */
    assert_int_equal(join.leads, 0);
}

static void companies_that_share_a_domain_are_said(void **state)
{
    static const char *const twins[] = {"acme.example", "beta.example", "www.acme.example"};
    struct lc_table_column of_leads[] = {texts("Email", address, 4)};
    struct lc_table_column of_accounts[] = {texts("Website", twins, 3)};
    const struct lc_table leads = small_table(of_leads, 1, 4);
    const struct lc_table accounts = small_table(of_accounts, 1, 3);
    struct lc_proposed_join join;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_join(&leads, &accounts, true, &join, &err), LC_OK);
    assert_true(join.domain && join.twice);
}

/* Whoever entered a lead is a user, too, and may be met more often than its owner, who can be a queue. */
static void users_are_found_by_the_owner_of_the_leads(void **state)
{
    static const char *const made_by[] = {"U1", "U1", "U2", "U2"};
    static const char *const owned_by[] = {"U1", "U2", "U2", "queue"};
    static const char *const user[] = {"U1", "U2", "U3"};
    struct lc_table_column of_leads[] = {texts("CreatedById", made_by, 4),
                                         texts("OwnerId", owned_by, 4)};
    struct lc_table_column of_users[] = {texts("Id", user, 3)};
    const struct lc_table leads = small_table(of_leads, 2, 4);
    const struct lc_table users = small_table(of_users, 1, 3);
    struct lc_proposed_join join;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_propose_join(&leads, &users, true, &join, &err), LC_OK);
    assert_int_equal(join.leads, 1);
    assert_true(join.lookup && join.met && !join.domain);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(lists_of_contacts_in_deals_are_found_by_value),
        T(converted_leads_are_found_by_value),
        T(of_two_pairs_the_one_met_most_wins_and_then_the_one_of_one_name),
        T(a_key_of_one_name_may_be_met_rarely_or_never),
        T(numbers_that_repeat_are_no_keys_of_another_name),
        T(names_of_one_meaning_join_where_most_rows_meet),
        T(keys_are_called_so_or_hold_many_values_without_blanks),
        T(dates_that_say_when_a_row_began_and_a_lead_was_decided),
        T(companies_are_found_by_domain_where_that_reaches_more_leads),
        T(companies_that_share_a_domain_are_said),
        T(users_are_found_by_the_owner_of_the_leads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
