#include "test.h"

#include "leadcal/leak.h"
#include "leadcal/random.h"
#include "small_table.h"

#define N 600

static struct lc_arena arena;
static const char *stage[N], *source[N], *amount[N], *pages[N], *mail[N], *constant[N],
    *accepted[N];
static struct lc_table_column column[7];

/* A tenth is won; `amount` is filled for the won alone, `source` and `pages` know nothing. */
static int set_up(void **state)
{
    struct lc_random random = {20260930};

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < N; i++) {
        const bool won = lc_random_unit(&random) < 0.1;

        stage[i] = won ? "Won" : "Lost";
        source[i] = lc_random_unit(&random) < 0.4 ? "Web" : "Email";
        pages[i] = lc_arena_format(&arena, "%d", (int)lc_random_below(&random, 9));
        amount[i] = won ? lc_arena_format(&arena, "%d", 1000 + (int)i) : "";
        mail[i] = lc_arena_format(&arena, "p%d@example.com", (int)i / 3);
        constant[i] = "EMEA";
        accepted[i] = lc_random_unit(&random) < 0.5 ? "Yes" : "No";
    }
    column[0] = small_column(&arena, "stage", LC_KIND_TEXT, stage, N);
    column[1] = small_column(&arena, "source", LC_KIND_TEXT, source, N);
    column[2] = small_column(&arena, "amount", LC_KIND_NUMBER, amount, N);
    column[3] = small_column(&arena, "pages", LC_KIND_NUMBER, pages, N);
    column[4] = small_column(&arena, "contact", LC_KIND_TEXT, mail, N);
    column[5] = small_column(&arena, "region", LC_KIND_TEXT, constant, N);
    column[6] = small_column(&arena, "sales_accepted", LC_KIND_TEXT, accepted, N);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static const char *const is_won[] = {"Won"};

static struct lc_choices choose(struct lc_spec *spec)
{
    static struct lc_table table;
    struct lc_choices choices;
    struct lc_cohort cohort;
    struct lc_err err;

    table = small_table(column, 7, N);
    spec->outcome.column = "stage";
    spec->outcome.won = (struct lc_texts){is_won, 1};
    assert_int_equal(lc_cohort_build(&table, spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&table, spec, &cohort, NULL, &arena, &choices, &err),
                     LC_OK);
    return choices;
}

static void each_column_is_judged_by_what_it_holds(void **state)
{
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    lc_spec_init(&spec);
    c = choose(&spec);
    assert_int_equal(c.of[0].choice, LC_CHOICE_LEFT_OUT); /* the outcome */
    assert_int_equal(c.of[1].choice, LC_CHOICE_FIT);
    assert_int_equal(c.of[2].choice, LC_CHOICE_LEAK);
    assert_non_null(strstr(c.of[2].reason, "filled for 100 % of the won, 0 % of the rest"));
    assert_int_equal(c.of[3].choice, LC_CHOICE_FIT);
    assert_int_equal(c.of[4].choice, LC_CHOICE_PERSONAL);
    assert_int_equal(c.of[5].choice, LC_CHOICE_CONSTANT);
    assert_int_equal(c.of[6].choice, LC_CHOICE_LEAK); /* its name says 'accepted' */
}

/* Labels and names of Dynamics (budgetstatus, purchasetimeframe, decisionmaker, need), Salesforce's and HubSpot's
 * usual fields, and translations; what only sounds like them stays. */
static void budget_authority_need_and_timing_are_learnt_after_the_decision(void **state)
{
    static const char *const bant[] = {"Budget confirmed",
                                       "Budget_Confirmed__c",
                                       "budgetamount",
                                       "BudgetStatus",
                                       "Purchase Timeframe",
                                       "purchasetimeframe",
                                       "Decision Maker?",
                                       "decisionmaker",
                                       "Need",
                                       "Authority",
                                       "Timeline",
                                       "BANT score",
                                       "Entscheidungsträger",
                                       "Kaufzeitrahmen",
                                       "Bedarf",
                                       "Décideur",
                                       "Délai d'achat",
                                       "Besoin",
                                       "Presupuesto",
                                       "Plazo de compra"};
    static const char *const other[] = {"needs_demo",   "Timezone", "Local Authority Type",
                                        "project_kind", "Zeitzone", "Need for speed"};
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    for (size_t i = 0; i < sizeof bant / sizeof *bant; i++) {
        struct lc_choices c;

        column[1].codes.name = bant[i];
        c = choose(&spec);
        if (c.of[1].choice != LC_CHOICE_LEAK ||
            !strstr(c.of[1].reason, "(BANT), learnt after the decision"))
            fail_msg("'%s' is let in", bant[i]);
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        column[1].codes.name = other[i];
        assert_int_equal(choose(&spec).of[1].choice, LC_CHOICE_FIT);
    }
}

static void attributes_named_in_the_spec_are_used_whatever_they_hold(void **state)
{
    static const struct lc_spec_attribute named[] = {{.column = "amount"},
                                                     {.column = "source"}};
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    lc_spec_init(&spec);
    spec.attribute = named;
    spec.n_attributes = 2;
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_FIT);
    assert_int_equal(c.of[2].choice, LC_CHOICE_FIT);
    assert_int_equal(c.of[3].choice, LC_CHOICE_LEFT_OUT);
}

static void a_copy_of_the_outcome_under_another_name_is_caught(void **state)
{
    static const char *copy[N];
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    for (size_t i = 0; i < N; i++)
        copy[i] = strcmp(stage[i], "Won") == 0 ? "b" : "a";
    column[1] = small_column(&arena, "source", LC_KIND_TEXT, copy, N);
    lc_spec_init(&spec);
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_LEAK);
}

static const char *word_of(const char *name, const char *const *level, uint32_t n)
{
    const struct lc_column c = {.n_levels = n, .level = level, .missing = LC_NO_CODE};

    return lc_protected_word(name, &c);
}

static void protected_traits_are_known_in_both_languages(void **state)
{
    static const char *const trait[] = {
        "Gender",         "age",         "Age Group", "contact_sex",   "Date of Birth",
        "Salutation",     "Anrede",      "Alter",     "Familienstand", "Geschlecht",
        "marital_status", "Nationality", "Title",     "Religion",      "Nationalit\xc3\xa4t"};
    static const char *const other[] = {"Company Age", "lead age", "days",           "agency",
                                        "Stage",       "page",     "Altersvorsorge", "source"};
    static const char *const address[] = {"Dr", "Frau", "Herr"};
    static const char *const job[] = {"CEO", "Dr", "Head of Sales"};

    (void)state;
    for (size_t i = 0; i < sizeof trait / sizeof *trait; i++)
        assert_non_null(word_of(trait[i], address, 3));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_null(word_of(other[i], address, 3));
    assert_null(word_of("Title", job, 3));
    assert_null(word_of("Job Title", job, 3));
}

/* Off unless somebody asks; the audit keeps it out of every model, whatever else is asked. */
static void a_protected_trait_is_used_when_it_is_named(void **state)
{
    static const struct lc_spec_attribute named[] = {{.column = "gender"}};
    static const char *const audit[] = {"gender"};
    static const char *gender[N];
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    for (size_t i = 0; i < N; i++)
        gender[i] = i % 3 ? "f" : "m";
    column[1] = small_column(&arena, "gender", LC_KIND_TEXT, gender, N);
    lc_spec_init(&spec);
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_PROTECTED);
    assert_false(c.of[1].suspect);
    spec.attribute = named;
    spec.n_attributes = 1;
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_FIT);
    spec.audit = (struct lc_texts){audit, 1};
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_LEFT_OUT);
    assert_non_null(strstr(c.of[1].reason, "audit of fairness"));
}

/* People stay people in few levels and in numbers; a yes or no about them does not name them. */
static void persons_and_keys_stay_out_whatever_they_look_like(void **state)
{
    static const char *owner[N], *phone[N], *has_phone[N], *record[N];
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        owner[i] = i % 2 ? "first" : "second";
        phone[i] = lc_arena_format(&arena, "%zu", 4930000 + i % 400);
        has_phone[i] = i % 3 ? "Yes" : "No";
        record[i] = lc_arena_format(&arena, "%zu", 20000 + i);
    }
    column[1] = small_column(&arena, "Contact owner", LC_KIND_TEXT, owner, N);
    column[3] = small_column(&arena, "Phone", LC_KIND_NUMBER, phone, N);
    column[5] = small_column(&arena, "has_phone", LC_KIND_TEXT, has_phone, N);
    column[6] = small_column(&arena, "Record", LC_KIND_NUMBER, record, N);
    lc_spec_init(&spec);
    c = choose(&spec);
    assert_int_equal(c.of[1].choice, LC_CHOICE_PERSONAL);
    assert_int_equal(c.of[3].choice, LC_CHOICE_PERSONAL);
    assert_int_equal(c.of[5].choice, LC_CHOICE_FIT);
    assert_int_equal(c.of[6].choice, LC_CHOICE_LEFT_OUT);
}

/* A file that holds a row for the won alone says nothing that was known before. */
static void a_file_of_winners_has_no_attributes(void **state)
{
    static struct lc_table_file file[2] = {{.path = "leads.csv"}};
    static const char *const size[] = {"a", "b"};
    static const char *cell[N];
    static uint8_t has_row[N];
    struct lc_choices choices;
    struct lc_cohort cohort;
    struct lc_table table;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        has_row[i] = i % 9 == 0;
        cell[i] = has_row[i] ? size[i % 2] : "";
    }
    column[0] = small_column(&arena, "won.size", LC_KIND_TEXT, cell, N);
    table = small_table(column, 2, N);
    column[0].file = 1;
    file[1] = small_joined(&arena, "won", has_row, N, N);
    table.file = file;
    table.n_files = 2;
    lc_spec_init(&spec);
    spec.outcome.won_if_in = "won";
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&table, &spec, &cohort, NULL, &arena, &choices, &err),
                     LC_OK);
    assert_int_equal(choices.of[0].choice, LC_CHOICE_LEAK);
    assert_string_equal(choices.of[0].reason, "known for leads that were won, and no others");
    assert_int_equal(choices.of[1].choice, LC_CHOICE_FIT); /* "won" is the file's name */
}

/* A deal begins when a lead is on its way: what stands there was not known before. */
static void a_file_that_tells_the_outcome_has_no_attributes(void **state)
{
    static struct lc_table_file file[2] = {{.path = "leads.csv"}};
    static const char *const size[] = {"a", "b"};
    static const char *stages[N], *sizes[N];
    static uint8_t has_row[N];
    struct lc_choices choices;
    struct lc_cohort cohort;
    struct lc_table table;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        has_row[i] = i % 5 != 0;
        sizes[i] = has_row[i] ? size[i / 5 % 2] : "";
        stages[i] = !has_row[i] ? "" : i % 9 == 0 ? "Won" : "Lost";
    }
    column[0] = small_column(&arena, "deals.stage", LC_KIND_TEXT, stages, N);
    column[2] = small_column(&arena, "deals.size", LC_KIND_TEXT, sizes, N);
    table = small_table(column, 3, N);
    column[0].file = column[2].file = 1;
    file[1] = small_joined(&arena, "deals", has_row, N, N);
    table.file = file;
    table.n_files = 2;
    lc_spec_init(&spec);
    spec.outcome.column = "deals.stage";
    spec.outcome.won = (struct lc_texts){is_won, 1};
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&table, &spec, &cohort, NULL, &arena, &choices, &err),
                     LC_OK);
    assert_int_equal(choices.of[1].choice, LC_CHOICE_FIT);
    assert_int_equal(choices.of[2].choice, LC_CHOICE_LEAK);
    assert_string_equal(choices.of[2].reason,
                        "known for leads with an opportunity, and no others");
}

static void a_slip_in_a_column_to_ignore_is_refused(void **state)
{
    static const char *const slip[] = {"ammount"}, *const absent[] = {"territory"};
    static struct lc_table table;
    struct lc_choices choices;
    struct lc_cohort cohort;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_spec_init(&spec);
    spec.ignore = (struct lc_texts){absent, 1};
    (void)choose(&spec);
    spec.ignore = (struct lc_texts){slip, 1};
    table = small_table(column, 7, N);
    assert_int_equal(lc_cohort_build(&table, &spec, &arena, &cohort, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&table, &spec, &cohort, NULL, &arena, &choices, &err),
                     LC_EMISMATCH);
    assert_non_null(strstr(err.text, "did you mean 'amount'"));
    spec.attribute = &(const struct lc_spec_attribute){.column = "source"};
    spec.n_attributes = 1; /* nothing else enters, and not every column was read */
    assert_int_equal(lc_choose_columns(&table, &spec, &cohort, NULL, &arena, &choices, &err),
                     LC_OK);
}

static void an_ignored_leak_still_says_why(void **state)
{
    static const char *const ignored[] = {"amount"};
    struct lc_spec spec;
    struct lc_choices c;

    (void)state;
    lc_spec_init(&spec);
    spec.ignore = (struct lc_texts){ignored, 1};
    c = choose(&spec);
    assert_int_equal(c.of[2].choice, LC_CHOICE_LEFT_OUT);
    assert_non_null(strstr(c.of[2].reason, "on the ignore list"));
    assert_non_null(strstr(c.of[2].reason, "filled for 100 % of the won"));
}

static void an_ignored_name_of_persons_still_says_why(void **state)
{
    static const char *const cell[] = {"Kim", "Lee", "Kim", "Lee", "Kim", "Lee"};
    static const char *const was_won[] = {"1", "0", "0", "0", "1", "0"};
    static const char *const one[] = {"1"}, *const ignored[] = {"first name"};
    struct lc_table_column two[2];
    struct lc_cohort leads;
    struct lc_choices c;
    struct lc_table small;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    two[0] = small_column(&arena, "first name", LC_KIND_TEXT, cell, 6);
    two[1] = small_column(&arena, "won", LC_KIND_NUMBER, was_won, 6);
    small = small_table(two, 2, 6);
    lc_spec_init(&spec);
    spec.outcome.column = "won";
    spec.outcome.won = (struct lc_texts){one, 1};
    spec.ignore = (struct lc_texts){ignored, 1};
    assert_int_equal(lc_cohort_build(&small, &spec, &arena, &leads, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&small, &spec, &leads, NULL, &arena, &c, &err), LC_OK);
    assert_string_equal(c.of[0].reason, "on the ignore list; it names persons");
}

/* Ids that differ are keys in a small file, too, and numbers that differ are not; a name is a name. */
static void ids_and_names_stay_out_of_a_small_file(void **state)
{
    static const char *const id[] = {"1", "2", "3", "4", "5", "6"};
    static const char *const name[] = {"Kim", "Lee", "Kim", "Lee", "Kim", "Lee"};
    static const char *const was_won[] = {"1", "0", "0", "0", "1", "0"};
    static const char *const one[] = {"1"};
    struct lc_table_column four[4];
    struct lc_cohort leads;
    struct lc_choices c;
    struct lc_table small;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    four[0] = small_column(&arena, "id", LC_KIND_NUMBER, id, 6);
    four[1] = small_column(&arena, "pages", LC_KIND_NUMBER, id, 6);
    four[2] = small_column(&arena, "Contact Name", LC_KIND_TEXT, name, 6);
    four[3] = small_column(&arena, "won", LC_KIND_NUMBER, was_won, 6);
    small = small_table(four, 4, 6);
    lc_spec_init(&spec);
    spec.outcome.column = "won";
    spec.outcome.won = (struct lc_texts){one, 1};
    assert_int_equal(lc_cohort_build(&small, &spec, &arena, &leads, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&small, &spec, &leads, NULL, &arena, &c, &err), LC_OK);
    assert_non_null(strstr(c.of[0].reason, "a key"));
    assert_int_equal(c.of[1].choice, LC_CHOICE_FIT);
    assert_string_equal(c.of[2].reason, "names persons");
}

/* "No." is a word of keys, but not where people are counted. */
static void a_number_of_employees_is_no_key(void **state)
{
    static const char *const name[] = {"No. of Employees", "Number of Employees",
                                       "No. d'employés", "No. of Invoice", "Employee No."};
    const char *cell[60], *won[60];
    static const char *const one[] = {"1"};
    struct lc_table_column six[6];
    struct lc_cohort leads;
    struct lc_choices c;
    struct lc_table small;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < 60; i++) {
        cell[i] = i < 8 ? "7" : lc_arena_format(&arena, "%zu", 20 + 17 * i);
        won[i] = i % 3 ? "0" : "1";
    }
    for (size_t j = 0; j < 5; j++)
        six[j] = small_column(&arena, name[j], LC_KIND_NUMBER, cell, 60);
    six[5] = small_column(&arena, "won", LC_KIND_NUMBER, won, 60);
    small = small_table(six, 6, 60);
    lc_spec_init(&spec);
    spec.outcome.column = "won";
    spec.outcome.won = (struct lc_texts){one, 1};
    assert_int_equal(lc_cohort_build(&small, &spec, &arena, &leads, &err), LC_OK);
    assert_int_equal(lc_choose_columns(&small, &spec, &leads, NULL, &arena, &c, &err), LC_OK);
    for (size_t j = 0; j < 3; j++)
        assert_int_equal(c.of[j].choice, LC_CHOICE_FIT);
    for (size_t j = 3; j < 5; j++)
        assert_non_null(strstr(c.of[j].reason, "a key"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_column_is_judged_by_what_it_holds),
        TEST(budget_authority_need_and_timing_are_learnt_after_the_decision),
        TEST(attributes_named_in_the_spec_are_used_whatever_they_hold),
        TEST(a_copy_of_the_outcome_under_another_name_is_caught),
        TEST(persons_and_keys_stay_out_whatever_they_look_like),
        TEST(a_number_of_employees_is_no_key),
        TEST(protected_traits_are_known_in_both_languages),
        TEST(a_protected_trait_is_used_when_it_is_named),
        TEST(a_file_of_winners_has_no_attributes),
        TEST(a_file_that_tells_the_outcome_has_no_attributes),
        TEST(an_ignored_leak_still_says_why),
        TEST(an_ignored_name_of_persons_still_says_why),
        TEST(ids_and_names_stay_out_of_a_small_file),
        TEST(a_slip_in_a_column_to_ignore_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
