/* Files joined through one another, and histories of stages among them: the chain from lead to deal to its
 * changes and its account, worked out by hand. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/history.h"
#include "leadcal/load.h"
#include "scratch.h"

#define FILES 5

static struct lc_arena arena;
static struct lc_spec spec;
static struct lc_spec_file files[FILES];
static struct lc_table table;
static struct lc_load_account account;
static struct lc_err err;
static char path[FILES][SCRATCH_PATH];

static const char *const text[FILES] = {
    /* leads */
    "id,in,deal,owner,mail\n"
    "1,2026-01-01,d1,u1,ann@mail.acme.example\n"
    "2,2026-01-02,d2,u2,bob@gmail.com\n"
    "3,2026-01-03,,u1,cy@acme.example\n",
    /* deals */
    "deal,account\n"
    "d1,a1\n"
    "d2,a2\n"
    "d9,a3\n",
    /* changes */
    "deal,at,stage\n"
    "d2,2026-01-08,New\n"
    "d1,2026-01-10,New\n"
    "d1,2026-01-20,Lost\n"
    "d1,2026-02-01,New\n"
    "d9,2026-02-02,New\n"
    "d1,2026-03-01,Won\n",
    /* accounts */
    "account,site,sector\n"
    "a1,www.acme.example,Machines\n"
    "a2,gmail.com,Mail\n"
    "a4,acme.example/shop,Shops\n",
    /* users */
    "user,team\n"
    "u1,North\n"
    "u2,South\n",
};

enum { LEADS, DEALS, CHANGES, ACCOUNTS, USERS };

static const struct lc_spec_history stages = {.time = "at", .value = "stage"};
static const char *const won[] = {"Won"}, *const lost[] = {"Lost"};

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    files[LEADS] = (struct lc_spec_file){0};
    files[DEALS] = (struct lc_spec_file){.name = "deals", .key = "deal", .join = "deal"};
    files[CHANGES] = (struct lc_spec_file){
        .name = "h", .key = "deal", .join = "deals.deal", .history = &stages};
    files[ACCOUNTS] =
        (struct lc_spec_file){.name = "accounts", .key = "account", .join = "deals.account"};
    files[USERS] = (struct lc_spec_file){.name = "users", .key = "user", .join = "owner"};
    spec.file = files;
    spec.n_files = FILES;
    spec.outcome.won = (struct lc_texts){won, 1};
    spec.outcome.lost = (struct lc_texts){lost, 1};
    spec.date.entered = "in";
    for (size_t f = 0; f < FILES; f++)
        assert_true(scratch_file(path[f], text[f]));
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t f = 0; f < FILES; f++)
        (void)unlink(path[f]);
    lc_arena_release(&arena);
    return 0;
}

/* Loads the files in the order of `order`. */
static enum lc_rc load_as(const size_t order[FILES])
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_spec_file turned[FILES];
    const char *paths[FILES];
    enum lc_rc rc;

    for (size_t f = 0; f < FILES; f++) {
        turned[f] = files[order[f]];
        paths[f] = path[order[f]];
    }
    spec.file = turned;
    rc = lc_load(paths, FILES, &spec, &options, NULL, &arena, &table, &account, &err);
    spec.file = files;
    return rc;
}

static enum lc_rc load(void)
{
    static const size_t as_they_stand[FILES] = {LEADS, DEALS, CHANGES, ACCOUNTS, USERS};

    return load_as(as_they_stand);
}

static const char *cell(const char *name, size_t lead)
{
    const char *found;
    size_t at = 0;

    if (lc_table_find(&table, name, &at, &err))
        fail_msg("%s", err.text);
    found = lc_table_cell(&table.column[at], lead);
    return found ? found : "-";
}

static bool noted(const char *words)
{
    for (size_t i = 0; i < account.n_notes; i++)
        if (strstr(account.note[i], words))
            return true;
    return false;
}

static void assert_chain(void)
{
    assert_string_equal(cell("h.first New", 0), "2026-01-10");
    assert_string_equal(cell("h.last New", 0), "2026-02-01");
    assert_string_equal(cell("h.first Lost", 0), "2026-01-20");
    assert_string_equal(cell("h.first Won", 0), "2026-03-01");
    assert_string_equal(cell("h.first New", 1), "2026-01-08");
    assert_string_equal(cell("h.first Won", 1), "-");
    assert_string_equal(cell("h.first New", 2), "-");
    assert_string_equal(cell("accounts.sector", 0), "Machines");
    assert_string_equal(cell("accounts.sector", 1), "Mail");
    assert_string_equal(cell("accounts.sector", 2), "-");
    assert_string_equal(cell("users.team", 0), "North");
    assert_string_equal(cell("users.team", 1), "South");
    assert_string_equal(cell("users.team", 2), "North"); /* many leads, one user */
}

static void a_chain_of_files_reaches_the_leads(void **state)
{
    (void)state;
    assert_int_equal(load(), LC_OK);
    assert_chain();
    assert_int_equal(table.file[CHANGES].through, 1);
    assert_int_equal(table.file[CHANGES].matched, 2);
    assert_int_equal(table.file[CHANGES].orphans, 1); /* the change of d9 */
    assert_int_equal(table.file[CHANGES].fate[4], LC_FATE_ORPHAN);
    assert_int_equal(table.file[CHANGES].fate[5], LC_FATE_TAKEN);
    assert_int_equal(table.file[CHANGES].changes->again, 1);
    assert_int_equal(table.file[CHANGES].changes->reopened, 1);
    assert_true(noted("1 of 3 records entered a stage again, and 1 left a closed one"));
    assert_int_equal(table.file[ACCOUNTS].orphans, 1);
}

static void the_order_of_files_does_not_matter(void **state)
{
    static const size_t order[][FILES] = {{LEADS, CHANGES, ACCOUNTS, USERS, DEALS},
                                          {LEADS, ACCOUNTS, DEALS, USERS, CHANGES}};

    (void)state;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        assert_int_equal(load_as(order[i]), LC_OK);
        assert_chain();
        for (size_t f = 0; f + 1 < table.k; f++) /* columns stand as the spec has the files */
            assert_true(table.column[f].file <= table.column[f + 1].file);
    }
}

static void companies_are_found_by_the_domain_of_an_address(void **state)
{
    (void)state;
    files[ACCOUNTS].key = "site";
    files[ACCOUNTS].join = "mail";
    files[ACCOUNTS].domain = true;
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(strstr(err.text, ":4: site: this domain stands on an earlier line too"));
    files[ACCOUNTS].first = true;
    assert_int_equal(load(), LC_OK);
    assert_string_equal(cell("accounts.sector", 0), "Machines");
    assert_string_equal(cell("accounts.sector", 1), "-"); /* a private mailbox */
    assert_string_equal(cell("accounts.sector", 2), "Machines");
    assert_true(noted("2 of 3 leads have a company by their domain; 1 have a private mailbox"));
    assert_true(noted("1 row is behind another of the same key"));
}

static void a_decision_may_come_of_a_history(void **state)
{
    (void)state;
    /* Lead 1 takes the first account since its own first loss, lead 2 has none: the first of all. */
    (void)unlink(path[ACCOUNTS]);
    assert_true(scratch_file(path[ACCOUNTS], "account,began,sector\n"
                                             "a1,2026-01-19,Early\n"
                                             "a1,2026-01-21,Late\n"
                                             "a2,2026-01-01,Only\n"));
    files[ACCOUNTS].created = "began";
    spec.date.handed_over = "h.first Lost";
    assert_int_equal(load(), LC_OK);
    assert_string_equal(cell("accounts.sector", 0), "Late");
    assert_string_equal(cell("accounts.sector", 1), "Only");
    assert_int_equal(table.file[ACCOUNTS].fate[0], LC_FATE_EARLY);
}

static void files_that_wait_for_each_other_are_refused(void **state)
{
    (void)state;
    files[DEALS].join = "accounts.account";
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(
        strstr(err.text, "is joined through 'accounts', which waits for it in turn"));
    files[DEALS].join = "deal";
    (void)unlink(path[DEALS]);
    assert_true(scratch_file(path[DEALS], "deal,account,began\nd1,a1,2026-01-01\n"));
    files[DEALS].created = "began";
    spec.date.handed_over = "h.first Lost";
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "which of its rows a lead has hangs on the decision, and "
                                     "'h.first Lost', which tells that"));
}

static void nothing_is_joined_through_a_history_or_through_itself(void **state)
{
    (void)state;
    files[ACCOUNTS].join = "h.deal";
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'h.deal' has no row for a lead"));
    files[ACCOUNTS].join = "accounts.site";
    assert_int_equal(load(), LC_EMISMATCH);
    files[ACCOUNTS].join = "deals.acount";
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "did you mean 'deals.account'?"));
}

static void a_history_tells_no_outcome_and_needs_its_columns(void **state)
{
    static const struct lc_spec_history slip = {.time = "at", .value = "stag"};
    static const struct lc_spec_history undated = {.time = "stage", .value = "at"};

    (void)state;
    spec.outcome.won_if_in = "h";
    assert_int_equal(load(), LC_EMISMATCH);
    spec.outcome.won_if_in = NULL;
    files[CHANGES].history = &slip;
    assert_int_equal(load(), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "did you mean 'stage'?"));
    files[CHANGES].history = &undated;
    assert_int_equal(load(), LC_EMISMATCH);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_chain_of_files_reaches_the_leads),
        T(the_order_of_files_does_not_matter),
        T(companies_are_found_by_the_domain_of_an_address),
        T(a_decision_may_come_of_a_history),
        T(files_that_wait_for_each_other_are_refused),
        T(nothing_is_joined_through_a_history_or_through_itself),
        T(a_history_tells_no_outcome_and_needs_its_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
