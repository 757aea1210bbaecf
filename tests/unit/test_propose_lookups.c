/* Files beside the leads: changes by their header, owners and accounts by what systems call them. */
#include <string.h>

#include "leadcal/history.h"
#include "leadcal/propose.h"
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

static struct lc_table_column texts(const char *name, const char *const *cell, size_t n)
{
    return small_column(&arena, name, LC_KIND_TEXT, cell, n);
}

static const char *const days[] = {"20000", "20001", "20002"};
static const char *const ids[] = {"a", "b", "c"};

static struct lc_spec_file history_of(struct lc_table_column *column, size_t k)
{
    const struct lc_table table = small_table(column, k, 3);
    struct lc_spec_file file = {.name = "h"};
    struct lc_err err;

    assert_int_equal(lc_propose_history(&table, &arena, &file, &err), LC_OK);
    return file;
}

static void a_history_of_stages_is_known_by_its_header(void **state)
{
    struct lc_table_column c[] = {texts("Id", ids, 3), texts("OpportunityId", ids, 3),
                                  texts("StageName", ids, 3),
                                  small_column(&arena, "CreatedDate", LC_KIND_DATE, days, 3)};
    struct lc_spec_file file = history_of(c, 4);

    (void)state;
    assert_string_equal(file.key, "OpportunityId");
    assert_string_equal(file.history->time, "CreatedDate");
    assert_string_equal(file.history->value, "StageName");
    assert_null(file.history->field);
    c[1].codes.name = "AccountId"; /* opportunities themselves */
    assert_null(history_of(c, 4).history);
    c[1].codes.name = "OpportunityId";
    c[3].kind = LC_KIND_TEXT; /* no days */
    assert_null(history_of(c, 4).history);
}

static void a_history_of_fields_names_the_one_that_counts(void **state)
{
    static const char *const field[] = {"Owner", "Status", "Owner"};
    static const char *const amounts[] = {"Owner", "Amount", "Owner"};
    struct lc_table_column c[] = {texts("LeadId", ids, 3), texts("Field", field, 3),
                                  texts("OldValue", ids, 3), texts("NewValue", ids, 3),
                                  small_column(&arena, "CreatedDate", LC_KIND_DATE, days, 3)};
    const struct lc_spec_file file = history_of(c, 5);

    (void)state;
    assert_string_equal(file.key, "LeadId");
    assert_string_equal(file.history->value, "NewValue");
    assert_string_equal(file.history->field, "Field");
    assert_string_equal(file.history->is, "Status");
    c[1] = texts("Field", amounts, 3);
    assert_null(history_of(c, 5).history);
}

static void deals_are_told_from_what_many_leads_share(void **state)
{
    struct lc_table_column c[] = {texts("Id", ids, 3), texts("Name", ids, 3),
                                  texts("Industry", ids, 3)};
    const struct lc_table table = small_table(c, 3, 3);

    (void)state;
    assert_false(lc_tells_deals(&table));
    c[2].codes.name = "StageName";
    assert_true(lc_tells_deals(&table));
    c[2].codes.name = "Amount";
    assert_true(lc_tells_deals(&table));
}

/* ---- the proposal ---- */

#define LEADS 6

static const char *const lead_id[] = {"L1", "L2", "L3", "L4", "L5", "L6"};
static const char *const owner_id[] = {"U1", "U2", "U1", "U2", "U1", "U2"};
static const char *const status[] = {"Open", "Won", "Lost", "Won", "Open", "Lost"};
static const char *const account_id[] = {"A1", "", "A2", "", "", ""};
static const char *const company[] = {"C1", "C2", "C1", "C2", "C3", ""};
static const char *const team[] = {"North", "South", "North", "South", "North", "South"};
static const char *const user[] = {"Desk 1", "Desk 2", "Desk 1", "Desk 2", "Desk 1", "Desk 2"};

static struct lc_proposal propose(bool companies)
{
    static const struct lc_spec_file said[] = {
        {0},
        {.name = "users", .key = "Id", .join = "OwnerId"},
        {.name = "firms", .key = "Site", .join = "Email", .domain = true}};
    struct lc_table_column *c = LC_NEW(&arena, 8, struct lc_table_column);
    struct lc_table_file *file = LC_NEW(&arena, 3, struct lc_table_file);
    static const uint8_t all[LEADS] = {1, 1, 1, 1, 1, 1};
    struct lc_table table;
    struct lc_proposal p;
    struct lc_spec spec;
    struct lc_err err;

    assert_non_null(c);
    assert_non_null(file);
    c[0] = texts("LeadSource", status, LEADS);
    c[1] = texts("OwnerId", owner_id, LEADS);
    c[2] = texts("IsConverted", status, LEADS);
    c[3] = texts("ConvertedAccountId", account_id, LEADS);
    c[4] = texts("users.Name", user, LEADS);
    c[5] = texts("users.Team", team, LEADS);
    c[6] = texts("firms.Site", company, LEADS);
    c[7] = texts("Id", lead_id, LEADS);
    c[4].file = c[5].file = 1;
    c[6].file = 2;
    table = small_table(c, 8, LEADS);
    file[0] = (struct lc_table_file){.path = "leads.csv"};
    file[1] = small_joined(&arena, "users", all, LEADS, 2);
    file[2] = small_joined(&arena, "firms", all, LEADS, 3);
    table.file = file;
    table.n_files = companies ? 3 : 2;
    if (!companies)
        c[6].file = 1;
    lc_spec_init(&spec);
    spec.file = said;
    spec.n_files = table.n_files;
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    return p;
}

static void an_owner_is_called_by_the_team_of_the_file_of_users(void **state)
{
    const struct lc_proposal p = propose(true);

    (void)state;
    assert_string_equal(p.spec.owner, "users.Team");
    assert_true(lc_texts_have(p.spec.ignore, "users.Name")); /* of the owner, not of the lead */
    assert_null(lc_spec_attribute_of(&p.spec, "users.Name"));
}

static void the_account_is_the_one_that_most_leads_have(void **state)
{
    (void)state;
    assert_string_equal(propose(true).spec.account, "firms.Site");
    assert_string_equal(propose(false).spec.account, "ConvertedAccountId");
}

/* Web forms put every lead under one account. */
static void what_most_leads_belong_to_is_no_account(void **state)
{
    static const char *const one[] = {"A1", "A1", "A1", "A1", "A2", ""};
    struct lc_table_column c[] = {texts("LeadSource", status, LEADS),
                                  texts("IsConverted", status, LEADS),
                                  texts("ConvertedAccountId", one, LEADS)};
    const struct lc_table table = small_table(c, 3, LEADS);
    struct lc_proposal p;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    assert_null(p.spec.account);
    c[2] = texts("ConvertedAccountId", account_id, LEADS);
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    assert_string_equal(p.spec.account, "ConvertedAccountId");
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_history_of_stages_is_known_by_its_header),
        T(a_history_of_fields_names_the_one_that_counts),
        T(deals_are_told_from_what_many_leads_share),
        T(an_owner_is_called_by_the_team_of_the_file_of_users),
        T(the_account_is_the_one_that_most_leads_have),
        T(what_most_leads_belong_to_is_no_account),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
