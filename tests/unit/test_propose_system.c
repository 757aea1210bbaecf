/* Tests of propose_system: whose export each file is, which of its names count, and ids a spreadsheet spoilt. */
#include "proposal.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#define ROWS 8

static struct lc_table_file file[2];

static int begin(void **state)
{
    (void)state;
    (void)begin_rows(ROWS);
    file[0] = (struct lc_table_file){.path = "exports/leads.csv"};
    table.file = file;
    table.n_files = 1;
    return 0;
}

static const char *const word[] = {"red", "blue", "green"};
static const char *const day[] = {"20000", "20001", "20002"};

static void the_system_of_a_file_is_said(void **state)
{
    struct lc_proposal p;

    (void)state;
    add("colour", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_true(says(&p, "system: leads.csv is a plain sheet: no CRM is known by its header"));
    table.k = 0;
    add("Eloqua Contact ID", LC_KIND_TEXT, word, 3);
    add("Date Created", LC_KIND_DATE, day, 3);
    add("Company", LC_KIND_TEXT, word, 2);
    add("colour", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_true(says(
        &p,
        "system: leads.csv holds Eloqua contacts, by 'Eloqua Contact ID' and 2 more of its 4 names"));
    assert_true(
        says(&p, "entered is 'Date Created', by its name in Eloqua; 8 of 8 rows have one"));
}

static void a_tie_is_said_and_no_table_is_used(void **state)
{
    struct lc_proposal p;

    (void)state;
    add("Lifecycle Stage", LC_KIND_TEXT, word, 3);
    add("BehaviorScore", LC_KIND_TEXT, word, 3);
    add("email", LC_KIND_TEXT, word, 3);
    add("Company Name", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_true(says(&p, "fits HubSpot and Marketo equally"));
}

/* Its system's name has the first word, though another column is called by a general one. */
static void the_systems_name_comes_before_general_words(void **state)
{
    struct lc_proposal p;

    (void)state;
    add("created by form", LC_KIND_DATE, day, 3);
    add("Erstellt am", LC_KIND_DATE, day, 2);
    add("(Nicht ändern) Lead", LC_KIND_TEXT, word, 3);
    add("(Nicht ändern) Zeilenprüfsumme", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_string_equal(p.spec.date.entered, "Erstellt am");
    table.k = 2;
    p = propose();
    assert_string_equal(p.spec.date.entered, "created by form");
}

/* A column that is called so but holds no days is no date. */
static void a_name_alone_makes_no_date(void **state)
{
    struct lc_proposal p;

    (void)state;
    add("Created On", LC_KIND_TEXT, word, 3);
    add("(Do Not Modify) Lead", LC_KIND_TEXT, word, 3);
    add("(Do Not Modify) Row Checksum", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_null(p.spec.date.entered);
}

static void ids_that_a_spreadsheet_rounded_are_named(void **state)
{
    static const char *const rounded[] = {"1.23E+17", "1.24E+17"};
    static const char *const whole[] = {"1230000001", "1230000002"};
    struct lc_proposal p;

    (void)state;
    add("Record ID", LC_KIND_NUMBER, rounded, 2);
    add("Deal ID", LC_KIND_NUMBER, whole, 2);
    add("distance", LC_KIND_NUMBER, rounded, 2);
    p = propose();
    assert_true(says(&p, "ids: 'Record ID' stands in scientific notation (1.23E+17)"));
    assert_false(says(&p, "ids: 'Deal ID'"));
    assert_false(says(&p, "ids: 'distance'"));
    /* Of a key with many values one is at hand. */
    table.k = 1;
    column[0] = (struct lc_table_column){.codes = {.name = "Contact ID", .missing = LC_NO_CODE},
                                         .kind = LC_KIND_MANY,
                                         .example = "9.87E+18"};
    add("colour", LC_KIND_TEXT, word, 3);
    p = propose();
    assert_true(says(&p, "ids: 'Contact ID' stands in scientific notation (9.87E+18)"));
}

/* German, French and Spanish words of values, as systems translate them. */
static void won_and_lost_are_known_in_four_languages(void **state)
{
    static const char *const stage[][3] = {
        {"Geschlossen gewonnen", "Geschlossen verloren", "Angebot"},
        {"Gagné", "Perdu", "Ouvert"},
        {"Cerrada ganada", "Cerrada perdida", "Abierta"},
        {"Closed Won", "Closed Lost", "Open"}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct lc_proposal p;

        table.k = 0;
        add("stage", LC_KIND_TEXT, stage[i], 3);
        add("colour", LC_KIND_TEXT, word, 2);
        p = propose();
        assert_string_equal(p.spec.outcome.column, "stage");
        assert_int_equal(p.spec.outcome.won.n, 1);
        assert_string_equal(p.spec.outcome.won.text[0], stage[i][0]);
        assert_int_equal(p.spec.outcome.lost.n, 1);
        assert_string_equal(p.spec.outcome.lost.text[0], stage[i][1]);
    }
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_system_of_a_file_is_said),
        T(a_tie_is_said_and_no_table_is_used),
        T(the_systems_name_comes_before_general_words),
        T(a_name_alone_makes_no_date),
        T(ids_that_a_spreadsheet_rounded_are_named),
        T(won_and_lost_are_known_in_four_languages),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
