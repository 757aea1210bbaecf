/* Tests of join_keys: keys by domain, and keys that stand there twice; all by hand. */
#include "leadcal/join.h"

#include "test.h"
#include "text_cells.h"

static const char *const address[] = {"ann@mail.acme.example",
                                      "BOB@Acme.Example",
                                      "cy@gmail.com",
                                      "dy@beta.co.uk",
                                      "ed@shop.acme.example",
                                      "",
                                      "no address",
                                      "flo@gamma.example"};
static const char *const site[] = {"https://www.acme.example/de",
                                   "WWW.SHOP.acme.example",
                                   "gmail.com",
                                   "co.uk",
                                   "http://beta.co.uk:80",
                                   "",
                                   "?"};

#define LEADS 8
#define SITES 7

static void a_lead_has_the_company_of_its_domain_or_of_the_nearest_above(void **state)
{
    static const uint32_t want[LEADS] = {0, 0,         LC_NO_ROW, 4,
                                         1, LC_NO_ROW, LC_NO_ROW, LC_NO_ROW};
    const struct lc_table_column from = texts(address, LEADS), to = texts(site, SITES);
    const struct lc_join_rule rule = {.domain = true};
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    assert_int_equal(lc_join(&from, LEADS, &to, SITES, &rule, &cells, &join, &twice, &err),
                     LC_OK);
    assert_memory_equal(join.row, want, sizeof want);
    assert_int_equal(join.matched, 4);
    assert_int_equal(join.orphans, 4); /* the mailboxes, the country, nothing and "?" */
}

static void overlap_by_domain_counts_those_that_have_one(void **state)
{
    const struct lc_table_column from = texts(address, LEADS), to = texts(site, SITES);
    struct lc_overlap met;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_join_overlap(&from, &to, true, &met, &err), LC_OK);
    assert_int_equal(met.leads, 4);
    assert_int_equal(met.rows, 3);
    assert_int_equal(met.of_leads,
                     5); /* without the mailbox, the empty cell and "no address" */
    assert_int_equal(met.of_rows, 4);
    assert_int_equal(lc_join_overlap(&from, &to, false, &met, &err), LC_OK);
    assert_int_equal(met.leads, 0);
    assert_int_equal(met.of_leads, 7);
}

static void companies_of_one_domain_are_refused_unless_the_first_is_asked_for(void **state)
{
    static const char *const twin[] = {"x.example", "acme.example", "www.acme.example/shop"};
    static const char *const mail[] = {"ann@acme.example", "bob@acme.example"};
    const struct lc_table_column from = texts(mail, 2), to = texts(twin, 3);
    struct lc_join_rule rule = {.domain = true};
    struct lc_join join = {.n = 77};
    struct lc_err err;
    size_t twice = 0;

    (void)state;
    assert_int_equal(lc_join(&from, 2, &to, 3, &rule, &cells, &join, &twice, &err),
                     LC_EMISMATCH);
    assert_int_equal(twice, 2);
    assert_int_equal(join.n, 77);
    rule.first = true;
    assert_int_equal(lc_join(&from, 2, &to, 3, &rule, &cells, &join, &twice, &err), LC_OK);
    assert_int_equal(join.row[0], 1);
    assert_int_equal(join.row[1], 1);
    assert_int_equal(join.fate[0], LC_FATE_ORPHAN);
    assert_int_equal(join.fate[1], LC_FATE_TAKEN);
    assert_int_equal(join.fate[2], LC_FATE_LATER);
}

static void of_rows_with_one_key_the_first_in_the_file_counts(void **state)
{
    static const char *const id[] = {"b", "a"};
    static const char *const key[] = {"a", "b", "a", "b"};
    const struct lc_table_column from = texts(id, 2), to = texts(key, 4);
    const struct lc_join_rule rule = {.first = true};
    struct lc_join join;
    struct lc_err err;
    size_t twice;

    (void)state;
    assert_int_equal(lc_join(&from, 2, &to, 4, &rule, &cells, &join, &twice, &err), LC_OK);
    assert_int_equal(join.row[0], 1);
    assert_int_equal(join.row[1], 0);
    assert_int_equal(join.orphans, 0);
}

static void refused_memory_is_said_with_domains_too(void **state)
{
    const struct lc_table_column from = texts(address, LEADS), to = texts(site, SITES);
    const struct lc_join_rule rule = {.domain = true, .first = true};
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0;; limit += 16) {
        struct lc_join join = {.n = 77};
        struct lc_arena arena;
        struct lc_err err;
        size_t twice;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = lc_join(&from, LEADS, &to, SITES, &rule, &arena, &join, &twice, &err);
        lc_arena_release(&arena);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        assert_int_equal(join.n, 77);
        refused++;
    }
    assert_true(refused > 10);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_lead_has_the_company_of_its_domain_or_of_the_nearest_above),
        T(overlap_by_domain_counts_those_that_have_one),
        T(companies_of_one_domain_are_refused_unless_the_first_is_asked_for),
        T(of_rows_with_one_key_the_first_in_the_file_counts),
        T(refused_memory_is_said_with_domains_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
