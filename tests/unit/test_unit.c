/* Contacts become accounts: by hand, and by laws. */
#include "unit_study.h"

#include "leadcal/random.h"

/* acme: c2 is handed over first, on 02-10; c1 had come in on 01-05, c3 comes a month later and is won. beta:
 * one contact, lost. c5 and c6 have no firm. */
static const char contacts[] =
    "id,firm,role,level,visits,country,in,given,stage,closed\n"
    "c1,acme,IT,Manager,4,,2025-01-05,2025-03-01,Open,\n"
    "c2,acme,Finance,Clerk,3,Norway,2025-02-01,2025-02-10,Lost,2025-03-05\n"
    "c3,acme,Legal,Director,90,Peru,2025-03-10,2025-03-12,Won,2025-04-01\n"
    "c4,beta,IT,Clerk,,Chile,2025-01-01,2025-01-02,Lost,2025-02-02\n"
    "c5,,IT,Clerk,2,Chile,2025-01-01,2025-01-03,Won,2025-02-03\n"
    "c6,,Board,Director,1,Spain,2025-01-01,,Open,\n";

#define SPEC_DATES                                                                         \
    "\"outcome\": {\"column\": \"stage\", \"won\": [\"Won\"], \"lost\": [\"Lost\"], "      \
    "\"open\": [\"Open\"]}, \"dates\": {\"entered\": \"in\", \"handed_over\": \"given\", " \
    "\"closed\": \"closed\"}"

#define ROLLS                                                                              \
    "\"roll_up\": [{\"take\": \"count\"}, {\"take\": \"best\", \"column\": \"level\", "    \
    "\"order\": [\"Clerk\", \"Manager\", \"Director\"]}, {\"take\": \"sum\", \"column\": " \
    "\"visits\"}, {\"take\": \"best\", \"column\": \"visits\"}, {\"take\": \"any\", "      \
    "\"column\": \"role\"}, {\"take\": \"new\", \"column\": \"role\", \"days\": 20}]"

static const char by_firm[] = "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"account\", \"key\": "
                              "\"firm\", " ROLLS "}, " SPEC_DATES "}";

static void an_account_is_as_it_stood_when_its_first_contact_was_decided(void **state)
{
    static const char *const count[] = {"2", "1", "1", "1"};
    static const char *const best[] = {"Manager", "Clerk", "Clerk", "Director"};
    static const char *const sum[] = {"7", "-", "2", "1"};
    static const char *const most[] = {"4", "-", "2", "1"};
    static const char *const roles[] = {"Finance;IT", "IT", "IT", "Board"};
    static const char *const it[] = {"yes", "yes", "yes", "no"};
    static const char *const appeared[] = {"yes", "no", "no", "-"};
    static const char *const country[] = {"Norway", "Chile", "Chile", "Spain"};
    static const char *const in[] = {"2025-01-05", "2025-01-01", "2025-01-01", "2025-01-01"};
    static const char *const given[] = {"2025-02-10", "2025-01-02", "2025-01-03", "-"};
    static const char *const stage[] = {"Won", "Lost", "Won", "Open"};
    static const char *const closed[] = {"2025-04-01", "2025-02-02", "2025-02-03", "-"};
    struct study s;

    (void)state;
    assert_int_equal(take(&s, by_firm, contacts, NULL), LC_OK);
    assert_int_equal(s.table.n, 4);
    assert_cells(&s, "contacts", count);
    assert_cells(&s, "best level", best);
    assert_cells(&s, "sum of visits", sum);
    assert_cells(&s, "best visits", most);
    assert_cells(&s, "any role", roles);
    assert_cells(&s, "any role: IT", it);
    assert_cells(&s, "new role", appeared);
    assert_cells(&s, "country", country);
    assert_cells(&s, "in", in);
    assert_cells(&s, "given", given);
    assert_cells(&s, "stage", stage);
    assert_cells(&s, "closed", closed);
}

static void the_account_of_contacts_adds_up(void **state)
{
    static const char keyed[] = "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"account\", "
                                "\"key\": \"firm\", \"no_key\": \"left out\"}, " SPEC_DATES "}";
    struct study s;

    (void)state;
    assert_int_equal(take(&s, by_firm, contacts, NULL), LC_OK);
    assert_int_equal(s.account.rows, 6);
    assert_int_equal(s.account.used, 5);
    assert_int_equal(s.account.later, 1);
    assert_int_equal(s.account.keyless, 2);
    assert_int_equal(s.account.left_out, 0);
    assert_int_equal(s.account.units, 4);
    assert_int_equal(take(&s, keyed, contacts, NULL), LC_OK);
    assert_int_equal(s.account.used, 3);
    assert_int_equal(s.account.left_out, 2);
    assert_int_equal(s.account.used + s.account.left_out + s.account.later, s.account.rows);
    assert_int_equal(s.account.units, 2);
}

static void who_comes_later_leaves_a_trace_in_the_outcome_alone(void **state)
{
    static const char *const same[] = {
        "contacts", "best level", "sum of visits", "any role",    "new role", "country",
        "in",       "given",      "role",          "best visits", "visits"};
    char changed[sizeof contacts];
    struct study a, b;
    char *c3;

    (void)state;
    memcpy(changed, contacts, sizeof contacts);
    c3 = strstr(changed, "c3,acme,Legal,Director,90,Peru");
    memcpy(c3, "c3,acme,Board,Manager,77,Cuba!", strlen("c3,acme,Legal,Director,90,Peru"));
    assert_int_equal(take(&a, by_firm, contacts, NULL), LC_OK);
    assert_int_equal(take(&b, by_firm, changed, NULL), LC_OK);
    for (size_t j = 0; j < sizeof same / sizeof *same; j++)
        for (size_t i = 0; i < a.table.n; i++)
            assert_string_equal(cell(&a, same[j], i), cell(&b, same[j], i));
}

/* acme's contacts have had events: c1 ten days before the decision, c2 five, c1 after it, c3 too early to know. */
static void the_events_of_those_who_had_come_are_the_accounts(void **state)
{
    static const char spec[] =
        "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"account\", \"key\": \"firm\"}, \"files\": "
        "[{\"name\": \"leads\", \"key\": \"id\"}, {\"name\": \"web\", \"key\": \"id\", "
        "\"events\": {\"time\": \"at\", \"type\": \"type\", \"decay\": \"half-life 5\"}}], " SPEC_DATES
        "}";
    static const char events[] = "id,at,type\n"
                                 "c1,2024-12-01,pricing page\n"
                                 "c1,2025-01-31,pricing page\n"
                                 "c2,2025-02-05,pricing page\n"
                                 "c1,2025-02-20,pricing page\n"
                                 "c3,2025-02-01,pricing page\n";
    struct study s;

    (void)state;
    assert_int_equal(take(&s, spec, contacts, events), LC_OK);
    /* 2^(-71/5) + 2^(-10/5) + 2^(-5/5) = 0.00005 + 0.25 + 0.5, to a thousandth */
    assert_string_equal(cell(&s, "web.pricing", 0), "0.75");
    assert_string_equal(cell(&s, "web.pricing_count", 0), "3");
    assert_string_equal(cell(&s, "web.pricing_days", 0), "5");
    assert_string_equal(cell(&s, "web.pricing_count", 1), "0");
}

/* An opportunity of c1 that began after the account was decided, and before c1 was, counts. */
static void opportunities_are_looked_for_from_the_accounts_decision_on(void **state)
{
    static const char spec[] =
        "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"account\", \"key\": \"firm\"}, \"files\": "
        "[{\"name\": \"leads\", \"key\": \"id\"}, {\"name\": \"deals\", \"key\": \"who\", "
        "\"created\": \"began\", \"list\": true}], \"outcome\": {\"column\": \"deals.state\", "
        "\"won\": [\"Won\"], \"lost\": [\"Lost\"]}, \"dates\": {\"entered\": \"in\", "
        "\"handed_over\": \"given\", \"closed\": \"deals.ended\"}, \"amount\": \"deals.sum\"}";
    static const char deals[] = "who,began,state,ended,sum\n"
                                "c2,2025-02-11,Lost,2025-02-20,100\n"
                                "c1,2025-02-15,Won,2025-03-20,250\n"
                                "c3,2025-03-15,Won,2025-05-20,900\n"
                                "c4,2025-01-05,Won,2025-02-05,40\n";
    static const char *const amount[] = {"250", "40", "-", "-"};
    struct lc_cohort cohort;
    struct study s;

    (void)state;
    assert_int_equal(take(&s, spec, contacts, deals), LC_OK);
    assert_cells(&s, "deals.sum", amount);
    s.spec.window_days = 40;
    assert_int_equal(lc_cohort_build(&s.table, &s.spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(cohort.n, 3);
    assert_int_equal(cohort.n_won, 2); /* acme after 38 days, beta after 34 */
    /* The win of c3 is none of any account any more: it is told apart. */
    assert_int_equal(cohort.account.opportunities.won, 3);
    assert_int_equal(cohort.account.opportunities.credited, 2);
    assert_int_equal(cohort.account.opportunities.later, 1);
}

/* ---- laws, on drawn contacts ---- */

#define DRAWN 300

struct drawn {
    char text[DRAWN * 120];
    char line[DRAWN][120];
};

static void draw(struct drawn *d, size_t firms)
{
    static const char *const roles[] = {"IT", "Finance", "Board", "IT;Finance", ""};
    static const char *const stages[] = {"Won", "Lost", "Open"};
    static const char *const levels[] = {"Clerk", "Manager", "Director"};
    struct lc_random random = {20260};

    for (size_t i = 0; i < DRAWN; i++) {
        const size_t month = 1 + lc_random_below(&random, 9),
                     day = 1 + lc_random_below(&random, 3);
        const size_t stage = lc_random_below(&random, 3);
        char closed[16] = "";

        if (stage < 2)
            (void)snprintf(closed, sizeof closed, "2025-%02zu-%02zu", month + 2, day + 9);
        (void)snprintf(d->line[i], sizeof d->line[i],
                       "c%zu,firm %zu,%s,%s,%zu,,2025-%02zu-%02zu,2025-%02zu-%02zu,%s,%s\n", i,
                       firms == DRAWN ? i : (size_t)lc_random_below(&random, firms),
                       roles[lc_random_below(&random, 5)], levels[lc_random_below(&random, 3)],
                       (size_t)lc_random_below(&random, 4), month, day,
                       month + lc_random_below(&random, 2), day + 2, stages[stage], closed);
    }
}

static const char *joined(struct drawn *d)
{
    size_t at = (size_t)snprintf(d->text, sizeof d->text,
                                 "id,firm,role,level,visits,country,in,given,stage,closed\n");

    for (size_t i = 0; i < DRAWN; i++)
        at += (size_t)snprintf(d->text + at, sizeof d->text - at, "%s", d->line[i]);
    return d->text;
}

static void shuffle(struct drawn *d)
{
    struct lc_random random = {77};

    for (size_t i = DRAWN; i > 1; i--) {
        const size_t other = lc_random_below(&random, i);
        char line[120];

        memcpy(line, d->line[i - 1], sizeof line);
        memcpy(d->line[i - 1], d->line[other], sizeof line);
        memcpy(d->line[other], line, sizeof line);
    }
}

static size_t row_of_firm(const struct study *s, const char *firm)
{
    for (size_t i = 0; i < s->table.n; i++)
        if (strcmp(cell(s, "firm", i), firm) == 0)
            return i;
    fail_msg("no such account");
    return 0;
}

static void the_order_of_rows_does_not_matter(void **state)
{
    static struct drawn d;
    struct study a, b;

    (void)state;
    draw(&d, 60);
    assert_int_equal(take(&a, by_firm, joined(&d), NULL), LC_OK);
    shuffle(&d);
    assert_int_equal(take(&b, by_firm, joined(&d), NULL), LC_OK);
    assert_int_equal(a.table.n, b.table.n);
    assert_int_equal(a.account.used, b.account.used);
    assert_int_equal(a.account.later, b.account.later);
    for (size_t i = 0; i < a.table.n; i++) {
        const size_t other = row_of_firm(&b, cell(&a, "firm", i));

        for (size_t j = 0; j < a.table.k; j++)
            if (a.table.column[j].codes.code && strcmp(a.table.column[j].codes.name, "id") != 0)
                assert_string_equal(cell(&a, a.table.column[j].codes.name, i),
                                    cell(&b, a.table.column[j].codes.name, other));
    }
}

static void accounts_of_one_contact_are_the_leads(void **state)
{
    static const char plain[] = "{\"leadcal_spec\": 1, " SPEC_DATES "}";
    static struct drawn d;
    struct lc_cohort a, b;
    struct study leads, accounts;

    (void)state;
    draw(&d, DRAWN);
    assert_int_equal(take(&leads, plain, joined(&d), NULL), LC_OK);
    assert_int_equal(take(&accounts, by_firm, joined(&d), NULL), LC_OK);
    assert_int_equal(accounts.table.n, DRAWN);
    for (size_t j = 0; j < leads.table.k; j++)
        for (size_t i = 0; i < DRAWN && leads.table.column[j].codes.code; i++)
            assert_int_equal(lc_code_at(&leads.table.column[j].codes, i),
                             lc_code_at(&accounts.table.column[j].codes, i));
    assert_int_equal(lc_cohort_build(&leads.table, &leads.spec, &arena, &a, &err), LC_OK);
    assert_int_equal(lc_cohort_build(&accounts.table, &accounts.spec, &arena, &b, &err), LC_OK);
    assert_int_equal(a.n, b.n);
    assert_int_equal(a.n_won, b.n_won);
    assert_int_equal(a.as_of, b.as_of);
    assert_int_equal(a.as_of, accounts.account.as_of);
    assert_memory_equal(a.y, b.y, a.n);
    assert_memory_equal(a.day, b.day, a.n * sizeof *a.day);
}

/* ---- what is refused ---- */

static void refuses(const char *unit, enum lc_rc rc, const char *text)
{
    char spec[700];
    struct study s;

    (void)snprintf(spec, sizeof spec, "{\"leadcal_spec\": 1, \"unit\": %s, " SPEC_DATES "}",
                   unit);
    assert_int_equal(take(&s, spec, contacts, NULL), rc);
    assert_non_null(strstr(err.text, text));
}

static void what_cannot_be_rolled_up_is_refused(void **state)
{
    (void)state;
    refuses("{\"of\": \"account\", \"key\": \"farm\"}", LC_EMISMATCH, "'firm'");
    refuses("{\"of\": \"account\"}", LC_EMISMATCH, "key");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"roll_up\": [{\"take\": \"sum\", "
            "\"column\": \"role\"}]}",
            LC_EMISMATCH, "does not hold numbers");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"roll_up\": [{\"take\": \"best\", "
            "\"column\": \"role\"}]}",
            LC_EMISMATCH, "\"order\"");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"roll_up\": [{\"take\": \"best\", "
            "\"column\": \"role\", \"order\": [\"It\"]}]}",
            LC_EMISMATCH, "none of the levels");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"roll_up\": [{\"take\": \"count\", "
            "\"column\": \"role\"}]}",
            LC_EMISMATCH, "take \"column\" out");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"roll_up\": [{\"take\": \"any\", "
            "\"column\": \"role\", \"days\": 3}]}",
            LC_EMISMATCH, "goes with");
    refuses("{\"of\": \"account\", \"key\": \"firm\", \"stage\": \"Demo\"}", LC_EFORMAT,
            "stage");
}

static void a_level_outside_its_order_counts_as_the_least(void **state)
{
    static const char spec[] =
        "{\"leadcal_spec\": 1, \"unit\": {\"of\": \"account\", \"key\": \"firm\", \"roll_up\": "
        "[{\"take\": \"best\", \"column\": \"level\", \"order\": [\"Manager\"]}]}, " SPEC_DATES
        "}";
    struct study s;

    (void)state;
    assert_int_equal(take(&s, spec, contacts, NULL), LC_OK);
    assert_string_equal(cell(&s, "best level", 0), "Manager");
    assert_string_equal(cell(&s, "best level", 1), "Clerk");
    assert_string_equal(
        s.account.note.text[0],
        "5 rows have a 'level' that its \"order\" lacks: it counts as the least");
}

static void every_refused_allocation_is_told(void **state)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    char path[SCRATCH_PATH];
    const char *const paths[] = {path};
    struct study s;
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    assert_true(scratch_file(path, contacts));
    assert_int_equal(lc_spec_parse("spec", lc_slice_of(by_firm), &arena, &s.spec, &err), LC_OK);
    assert_int_equal(
        lc_load(paths, 1, &s.spec, &options, NULL, &arena, &s.table, &account, &err), LC_OK);
    (void)unlink(path);
    for (size_t limit = 0; rc == LC_ENOMEM && limit < ((size_t)1 << 22); limit += 997) {
        struct study again = s;
        struct lc_arena small;

        lc_arena_init(&small, limit);
        rc = lc_units_take(&again.table, &again.spec, &small, &again.account, &err);
        refused += rc == LC_ENOMEM;
        if (!rc)
            assert_int_equal(again.table.n, 4);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_is_as_it_stood_when_its_first_contact_was_decided),
        cmocka_unit_test(the_account_of_contacts_adds_up),
        cmocka_unit_test(who_comes_later_leaves_a_trace_in_the_outcome_alone),
        cmocka_unit_test(the_events_of_those_who_had_come_are_the_accounts),
        cmocka_unit_test(opportunities_are_looked_for_from_the_accounts_decision_on),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(accounts_of_one_contact_are_the_leads),
        cmocka_unit_test(what_cannot_be_rolled_up_is_refused),
        cmocka_unit_test(a_level_outside_its_order_counts_as_the_least),
        cmocka_unit_test(every_refused_allocation_is_told),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
