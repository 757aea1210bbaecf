#include "test.h"

#include <string.h>

#include "leadcal/classes.h"
#include "leadcal/disqualify.h"
#include "small_table.h"

enum { ROWS = 12 };
enum { MAIL, FIRM, VISITS_, WEBINAR, STAGE_, DAY, CLOSED_, COLUMNS_ };

/* Twelve leads typed by hand. As of day 400 with a window of 60: lead 11 is too young (day 390).
 *
 *   lead        0    1    2    3    4    5    6    7    8    9    10   11
 *   competitor  x                   x                             .    .
 *   junk                  x         x                        x
 *   active      v    v         w    v              w    v    v         v
 *   won in time      x                   x              x    x
 *   class       unc  mat  unc  mat  unc  cold cold mat  mat  unc  cold young
 *
 * Counted: 1 3 5 6 7 8 10, of which 1, 5 and 8 are won in time; 7 is won late. All: 11 leads, 4 won (9, too).
 * The rules: competitor 0 4 (0 alone), junk 2 4 9 (2 and 9 alone), one win. */
static const char *const mail[ROWS] = {"a@rival.io", "b@web.de",  "c@firm.de",  "d@firm.de",
                                       "e@rival.io", "f@firm.de", "",           "h@gmail.com",
                                       "i@firm.de",  "j@firm.de", "k@firm.com", "l@rival.io"};
static const char *const firm[ROWS] = {"North", "South", "asdf", "East", "test", "West",
                                       "North", "",      "East", "XXX",  "Nova", "asdf"};
static const char *const visits[ROWS] = {"3", "1", "0", "0", "7", "",
                                         "0", "0", "2", "4", "0", "9"};
static const char *const webinar[ROWS] = {"No", "No",  "No", "Yes", "No", "No",
                                          "",   "Yes", "No", "No",  "No", "No"};
static const char *const stage[ROWS] = {"Lost", "Won", "Lost", "Open", "Lost", "Won",
                                        "Lost", "Won", "Won",  "Won",  "Open", "Won"};
static const char *const day[ROWS] = {"100", "100", "101", "102", "103", "104",
                                      "105", "106", "107", "108", "109", "390"};
static const char *const closed[ROWS] = {"120", "130", "120", "",    "150", "164",
                                         "160", "300", "110", "168", "",    "395"};
static const char *const won[] = {"Won"}, *const lost[] = {"Lost"}, *const open[] = {"Open"},
                         *const rival[] = {"rival.io"};

static struct lc_arena arena;
static struct lc_table_column column[COLUMNS_];
static struct lc_table table;
static struct lc_spec_rule rule[3];
static struct lc_spec spec;
static const size_t engaged_at[] = {VISITS_, WEBINAR};
static struct lc_spec_attribute attribute[2];
static const struct lc_spec_attribute *const given[] = {&attribute[0], &attribute[1]};
static const struct lc_engaged_columns engaged = {engaged_at, given, 2};

static int set_up(void **state)
{
    const struct {
        const char *name;
        enum lc_kind kind;
        const char *const *cell;
    } typed[COLUMNS_] = {
        {"email", LC_KIND_TEXT, mail},      {"company", LC_KIND_TEXT, firm},
        {"visits", LC_KIND_NUMBER, visits}, {"webinar", LC_KIND_TEXT, webinar},
        {"stage", LC_KIND_TEXT, stage},     {"day", LC_KIND_DATE, day},
        {"closed", LC_KIND_DATE, closed},
    };

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t j = 0; j < COLUMNS_; j++)
        column[j] = small_column(&arena, typed[j].name, typed[j].kind, typed[j].cell, ROWS);
    table = small_table(column, COLUMNS_, ROWS);
    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){won, 1};
    spec.outcome.lost = (struct lc_texts){lost, 1};
    spec.outcome.open = (struct lc_texts){open, 1};
    spec.date.entered = "day";
    spec.date.closed = "closed";
    spec.window_days = 60;
    spec.as_of_day = 400;
    rule[0] = (struct lc_spec_rule){.name = "competitor",
                                    .column = "email",
                                    .values = {rival, 1},
                                    .kind = LC_RULE_COMPETITOR};
    rule[1] = (struct lc_spec_rule){.name = "junk", .column = "company", .kind = LC_RULE_JUNK};
    rule[2] = (struct lc_spec_rule){.name = "free_mail",
                                    .column = "email",
                                    .kind = LC_RULE_FREE_MAIL,
                                    .effect = LC_RULE_MARKS};
    spec.rule = rule;
    spec.n_rules = 3;
    attribute[0] = (struct lc_spec_attribute){.column = "visits", .role = LC_ROLE_ENGAGEMENT};
    attribute[1] = (struct lc_spec_attribute){.column = "webinar", .role = LC_ROLE_ENGAGEMENT};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static struct lc_cohort build(void)
{
    struct lc_cohort c;
    struct lc_err err;

    if (lc_cohort_build(&table, &spec, &arena, &c, &err))
        fail_msg("%s", err.text);
    return c;
}

static void refused(const char *says)
{
    struct lc_cohort c;
    struct lc_err err = {.text = ""};
    const enum lc_rc rc = lc_cohort_build(&table, &spec, &arena, &c, &err);

    assert_true(rc == LC_EMISMATCH || rc == LC_EDEGENERATE);
    if (!strstr(err.text, says))
        fail_msg("'%s' does not say '%s'", err.text, says);
}

static void what_a_rule_excludes_does_not_count_and_the_account_adds_up(void **state)
{
    static const uint32_t want[] = {1, 3, 5, 6, 7, 8, 10};
    const struct lc_cohort c = build();

    (void)state;
    assert_int_equal(c.n, 7);
    assert_memory_equal(c.row, want, sizeof want);
    assert_int_equal(c.n_won, 3);
    assert_int_equal(c.account.disqualified, 4);
    assert_int_equal(c.account.disqualified_won, 1);
    assert_int_equal(c.account.immature, 1); /* young ones wait, whoever they are */
    assert_int_equal(c.n + c.account.disqualified + c.account.immature, c.account.leads);
}

static void check_row(const struct lc_frame *f, size_t i, const char *class, const char *name,
                      double leads, double wins, double rate)
{
    const union lc_value *row = &f->value[i * f->k];

    assert_string_equal(row[lc_frame_column(f, "class")].text, class);
    if (name)
        assert_string_equal(row[lc_frame_column(f, "rule")].text, name);
    else
        assert_null(row[lc_frame_column(f, "rule")].text);
    assert_close(row[lc_frame_column(f, "leads")].number, leads, 0);
    assert_close(row[lc_frame_column(f, "won")].number, wins, 0);
    assert_close(row[lc_frame_column(f, "close_rate")].number, rate, 1e-15);
}

static bool notes_say(const struct lc_frame *f, const char *says)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], says))
            return true;
    return false;
}

static void the_three_classes_are_counted_with_and_without_the_unconvertible(void **state)
{
    const struct lc_cohort c = build();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_classes(&table, &spec, &c, &engaged, &arena, &f, &err), LC_OK);
    assert_int_equal(f.n, 8);
    check_row(&f, 0, "(all)", NULL, 11, 4, 4.0 / 11);
    check_row(&f, 1, "mature", NULL, 4, 2, 0.5);
    check_row(&f, 2, "cold", NULL, 3, 1, 1.0 / 3);
    check_row(&f, 3, "unconvertible", NULL, 4, 1, 0.25);
    check_row(&f, 4, "(counted)", NULL, 7, 3, 3.0 / 7);
    check_row(&f, 5, "unconvertible", "competitor", 2, 0, 0);
    check_row(&f, 6, "unconvertible", "junk", 3, 1, 1.0 / 3);
    check_row(&f, 7, "(counted)", "free_mail", 2, 1, 0.5); /* 7 is won, but late */
    assert_close(f.value[5 * f.k + lc_frame_column(&f, "alone")].number, 1, 0);
    assert_close(f.value[6 * f.k + lc_frame_column(&f, "alone")].number, 2, 0);
    /* Wilson of 3 of 7 by hand: (3 + 1.92073 +- 1.95996 sqrt(12 / 7 + 0.96036)) / 10.84146. */
    assert_close(f.value[4 * f.k + lc_frame_column(&f, "close_low")].number, 0.15822, 1e-5);
    assert_close(f.value[4 * f.k + lc_frame_column(&f, "close_high")].number, 0.74954, 1e-5);
    /* Of the 7 counted leads 5 are closed, and 4 of these won at any time. */
    assert_close(f.value[4 * f.k + lc_frame_column(&f, "win_rate")].number, 0.8, 1e-15);
    assert_true(notes_say(&f, "1 of the 3 leads that 'junk' leaves out was won"));
    assert_true(notes_say(&f, "42.86 % of 7 leads without the unconvertible, 36.36 % of 11"));
    assert_true(notes_say(&f, "cold: 0, no or empty in visits, webinar"));
}

static void counts_as_of_the_export_do_not_say_who_was_cold(void **state)
{
    const struct lc_cohort c = build();
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    attribute[0].as_of = attribute[1].as_of = LC_AS_OF_EXPORT;
    assert_int_equal(lc_classes(&table, &spec, &c, &engaged, &arena, &f, &err), LC_OK);
    check_row(&f, 1, "mature or cold", NULL, 7, 3, 3.0 / 7);
    assert_true(notes_say(&f, "mature and cold are one row"));
    attribute[0].as_of = attribute[1].as_of = LC_AS_OF_UNSAID;
}

static void recency_and_leaving_are_no_activity(void **state)
{
    struct lc_table_column c = column[VISITS_];
    struct lc_spec_attribute a = attribute[0];

    (void)state;
    assert_true(lc_shows_activity(&c, &a));
    c.codes.name = "days_since_visit";
    assert_false(lc_shows_activity(&c, &a));
    c.codes.name = "Careers page";
    assert_false(lc_shows_activity(&c, &a));
    c.codes.name = "visits";
    a.role = LC_ROLE_PROFILE;
    assert_false(lc_shows_activity(&c, &a));
    c = column[FIRM];
    a.role = LC_ROLE_ENGAGEMENT;
    assert_false(lc_shows_activity(&c, &a)); /* what it came by is not what it did */
}

static void a_rule_that_marks_leaves_everybody_in(void **state)
{
    struct lc_cohort c;

    (void)state;
    rule[0].effect = rule[1].effect = LC_RULE_MARKS;
    c = build();
    rule[0].effect = rule[1].effect = LC_RULE_EXCLUDES;
    assert_int_equal(c.n, 11);
    assert_int_equal(c.account.disqualified, 0);
}

static void what_was_not_known_at_the_decision_disqualifies_nobody(void **state)
{
    static const char *const value[] = {"Lost"};

    (void)state;
    rule[0].as_of = LC_AS_OF_EXPORT;
    refused("rule 'competitor': column 'email' is as of the export");
    rule[0].as_of = LC_AS_OF_UNSAID;
    rule[1].column = "webinar";
    refused("rule 'junk': nothing says that column 'webinar' was known at the decision; if it "
            "was, add \"as_of\": \"decision\" to the rule");
    rule[1].as_of = LC_AS_OF_DECISION;
    assert_int_equal(build().account.disqualified, 2);
    rule[1].values = (struct lc_texts){value, 1};
    rule[1].kind = LC_RULE_TEST;
    rule[1].column = "stage";
    refused("column 'stage' is the outcome, and nobody knew it at the decision");
    rule[1].column = "closed";
    refused("is a day after the decision");
    rule[1].column = "compny";
    refused("did you mean 'company'?");
}

static void an_attribute_says_when_a_column_was_known(void **state)
{
    struct lc_spec_attribute listed = {.column = "webinar", .as_of = LC_AS_OF_DECISION};

    (void)state;
    rule[1] = (struct lc_spec_rule){.name = "junk", .column = "webinar", .kind = LC_RULE_JUNK};
    spec.attribute = &listed;
    spec.n_attributes = 1;
    assert_int_equal(build().account.disqualified, 2);
    listed.as_of = LC_AS_OF_EXPORT;
    refused("is as of the export");
}

static void rules_that_leave_nobody_are_refused(void **state)
{
    static const char *const nowhere[] = {"Atlantis"}, *const all[] = {"North", "South", "asdf",
                                                                       "East",  "test",  "West",
                                                                       "XXX",   "Nova"};

    (void)state;
    rule[1] = (struct lc_spec_rule){.name = "territory",
                                    .column = "company",
                                    .kind = LC_RULE_TERRITORY,
                                    .values = {nowhere, 1},
                                    .served = true};
    refused("rule 'territory': no lead has one of its places in column 'company'");
    rule[1].served = false;
    rule[1].values = (struct lc_texts){all, 8};
    assert_int_equal(build().n, 1); /* of the lead without a company nothing is known */
    rule[0] = (struct lc_spec_rule){.name = "junk", .column = "company", .kind = LC_RULE_JUNK};
    rule[2] = (struct lc_spec_rule){
        .name = "free_mail", .column = "email", .kind = LC_RULE_FREE_MAIL};
    refused("the rules under \"disqualify\" leave out all 11 that would count");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_a_rule_excludes_does_not_count_and_the_account_adds_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_three_classes_are_counted_with_and_without_the_unconvertible, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(counts_as_of_the_export_do_not_say_who_was_cold, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recency_and_leaving_are_no_activity, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rule_that_marks_leaves_everybody_in, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_known_at_the_decision_disqualifies_nobody,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_attribute_says_when_a_column_was_known, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rules_that_leave_nobody_are_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
