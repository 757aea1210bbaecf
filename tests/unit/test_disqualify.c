#include "test.h"

#include <string.h>

#include "leadcal/disqualify.h"
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

static const char *const rivals[] = {"rival.io", "https://www.Other-Rival.com/"};
static const char *const served[] = {"Germany", " austria "};

static struct lc_spec_rule rule_of(enum lc_rule_kind kind, const char *const *value, size_t n)
{
    return (struct lc_spec_rule){.name = lc_rule_kind_name[kind],
                                 .column = "cell",
                                 .values = {value, n},
                                 .kind = kind,
                                 .effect = lc_rule_usual(kind)};
}

static bool catches(const struct lc_spec_rule *rule, const char *cell)
{
    return lc_rule_catches(rule, lc_slice_of(cell));
}

static void competitors_are_caught_below_their_domains_too(void **state)
{
    const struct lc_spec_rule r = rule_of(LC_RULE_COMPETITOR, rivals, 2);

    (void)state;
    assert_true(catches(&r, "eve@rival.io") && catches(&r, "eve@RIVAL.IO"));
    assert_true(catches(&r, "eve@mail.rival.io") && catches(&r, "http://other-rival.com"));
    assert_false(catches(&r, "eve@arrival.io") || catches(&r, "eve@rival.io.org"));
    assert_false(catches(&r, "rival") || catches(&r, ""));
}

static void a_territory_is_what_is_served_or_what_is_not(void **state)
{
    struct lc_spec_rule r = rule_of(LC_RULE_TERRITORY, served, 2);

    (void)state;
    r.served = true;
    assert_false(catches(&r, "GERMANY ") || catches(&r, "Austria"));
    assert_true(catches(&r, "France"));
    assert_false(catches(&r, "  ")); /* nothing is known of it */
    r.served = false;
    assert_true(catches(&r, "germany"));
    assert_false(catches(&r, "France"));
}

static void the_other_kinds_catch_what_they_name(void **state)
{
    static const char *const yes[] = {"yes"};
    const struct lc_spec_rule mail = rule_of(LC_RULE_FREE_MAIL, NULL, 0);
    const struct lc_spec_rule junk = rule_of(LC_RULE_JUNK, NULL, 0);
    const struct lc_spec_rule test = rule_of(LC_RULE_TEST, yes, 1);

    (void)state;
    assert_true(catches(&mail, "ada@gmail.com") && !catches(&mail, "ada@firm.de"));
    assert_true(catches(&junk, "asdf") && !catches(&junk, "Ada"));
    assert_true(catches(&test, " Yes") && !catches(&test, "no") && !catches(&test, ""));
    assert_int_equal(mail.effect, LC_RULE_MARKS);
    assert_int_equal(junk.effect, LC_RULE_EXCLUDES);
    assert_true(lc_rule_needs(LC_RULE_TEST) && !lc_rule_needs(LC_RULE_JUNK));
}

enum { ROWS = 6 };
static const char *const mail_cell[ROWS] = {"a@gmail.com", "b@firm.de", "",
                                            "c@web.de",    "d@firm.de", "a@gmail.com"};

static void rows_are_caught_by_their_level(void **state)
{
    static const uint8_t want[ROWS] = {1, 0, 0, 1, 0, 1};
    struct lc_table_column column[1] = {
        small_column(&arena, "email", LC_KIND_TEXT, mail_cell, ROWS)};
    const struct lc_table table = small_table(column, 1, ROWS);
    struct lc_spec_rule rule = rule_of(LC_RULE_FREE_MAIL, NULL, 0);
    uint8_t *caught = NULL;
    struct lc_err err;

    (void)state;
    rule.column = "email";
    assert_int_equal(lc_rule_read(&table, &rule, &arena, &caught, &err), LC_OK);
    assert_memory_equal(caught, want, sizeof want);
    rule.column = "e-mail";
    assert_int_equal(lc_rule_read(&table, &rule, &arena, &caught, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "did you mean 'email'?"));
}

static void a_rule_that_marks_becomes_a_column_of_yes_and_no(void **state)
{
    static const char *const want[ROWS] = {"yes", "no", NULL, "yes", "no", "yes"};
    struct lc_table_column column[2] = {
        small_column(&arena, "email", LC_KIND_TEXT, mail_cell, ROWS),
        small_column(&arena, "firm", LC_KIND_TEXT, mail_cell, ROWS)};
    struct lc_table table = small_table(column, 2, ROWS);
    struct lc_spec_rule rule[2] = {rule_of(LC_RULE_JUNK, NULL, 0),
                                   rule_of(LC_RULE_FREE_MAIL, NULL, 0)};
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    rule[0].column = rule[1].column = "email";
    rule[1].name = "private";
    spec.rule = rule;
    spec.n_rules = 2;
    assert_int_equal(lc_rules_mark(&table, &spec, &arena, &err), LC_OK);
    assert_int_equal(table.k, 3); /* the rule that excludes makes none */
    assert_string_equal(table.column[2].codes.name, "private");
    assert_int_equal(table.column[2].n_filled, 5);
    assert_true(table.column[2].known && table.column[2].rule == &rule[1]);
    for (size_t i = 0; i < ROWS; i++) {
        const char *got = lc_table_cell(&table.column[2], i);

        assert_true(want[i] ? got && strcmp(got, want[i]) == 0 : got == NULL);
    }
    assert_string_equal(lc_spec_source(&spec, "private"), "email");
    assert_string_equal(lc_spec_source(&spec, "junk"), "junk");
    rule[1].name = "firm";
    assert_int_equal(lc_rules_mark(&table, &spec, &arena, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "a column is called 'firm' like the rule"));
}

static void every_refused_allocation_is_an_error(void **state)
{
    struct lc_table_column column[1] = {
        small_column(&arena, "email", LC_KIND_TEXT, mail_cell, ROWS)};
    struct lc_spec_rule rule = rule_of(LC_RULE_FREE_MAIL, NULL, 0);
    struct lc_spec spec;
    size_t refused = 0;

    (void)state;
    lc_spec_init(&spec);
    rule.column = "email";
    spec.rule = &rule;
    spec.n_rules = 1;
    for (size_t limit = 0; limit < 4096; limit += 16) {
        struct lc_table table = small_table(column, 1, ROWS);
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_rules_mark(&table, &spec, &small, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        assert_int_equal(table.k, rc ? 1 : 2);
        refused += rc != LC_OK;
        lc_arena_release(&small);
    }
    assert_true(refused > 0 && refused < 4096 / 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(competitors_are_caught_below_their_domains_too),
        cmocka_unit_test(a_territory_is_what_is_served_or_what_is_not),
        cmocka_unit_test(the_other_kinds_catch_what_they_name),
        cmocka_unit_test(rows_are_caught_by_their_level),
        cmocka_unit_test(a_rule_that_marks_becomes_a_column_of_yes_and_no),
        cmocka_unit_test(every_refused_allocation_is_an_error),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
