/* Tests of propose: guesses from names and values of typed tables. */
#include "leadcal/propose.h"

#include "small_table.h"
#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#define LEADS 40

/* A column whose cells repeat a few texts. */
static struct lc_table_column repeat(struct lc_arena *arena, const char *name,
                                     enum lc_kind kind, const char *const *text, size_t n_texts)
{
    const char *cell[LEADS];

    for (size_t i = 0; i < LEADS; i++)
        cell[i] = text[i % n_texts];
    return small_column(arena, name, kind, cell, LEADS);
}

static struct lc_proposal propose(struct lc_table *table, struct lc_arena *arena)
{
    struct lc_proposal p;
    struct lc_spec spec;
    struct lc_err err;

    lc_spec_init(&spec);
    assert_int_equal(lc_propose(table, &spec, arena, &p, &err), LC_OK);
    return p;
}

static void words_end_at_signs_and_at_capitals(void **state)
{
    (void)state;
    assert_true(lc_name_has("IsWon", "won"));
    assert_true(lc_name_has("created_date", "Created"));
    assert_true(lc_name_has("email-opens", "opens"));
    assert_true(lc_name_has("CloseDate", "close"));
    assert_false(lc_name_has("wonder", "won"));
    assert_false(lc_name_has("poutcome", "outcome"));
    assert_false(lc_name_has("", "won"));
}

static void persons_are_never_shown(void **state)
{
    static const char *const mail[] = {"a@b.example", "c@d.example"};
    static const char *const plain[] = {"red", "blue"};
    struct lc_arena arena;
    struct lc_table_column c;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = repeat(&arena, "reply_to", LC_KIND_TEXT, mail, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "First Name", LC_KIND_TEXT, plain, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "lead_owner", LC_KIND_TEXT, plain, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "Lead-Besitzer", LC_KIND_TEXT, plain, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "Kontoinhaber", LC_KIND_TEXT, plain, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "Campaign Owner Name", LC_KIND_TEXT, plain, 2);
    assert_false(lc_may_show(&c));
    c = repeat(&arena, "StageName", LC_KIND_TEXT, plain, 2);
    assert_true(lc_may_show(&c));
    c = repeat(&arena, "campaign_name", LC_KIND_TEXT, plain, 2);
    assert_true(lc_may_show(&c));
    c = repeat(&arena, "colour", LC_KIND_TEXT, plain, 2);
    assert_true(lc_may_show(&c));
    lc_arena_release(&arena);
}

static void a_crm_export_is_read_as_a_person_would(void **state)
{
    static const char *const stage[] = {"Closed Won", "Closed Lost", "Open", "Closed Lost"};
    static const char *const source[] = {"Web", "Fair", "Web", "Fair", "Partner"};
    static const char *const created[] = {"17000", "17001", "17002", "17003"};
    static const char *const close[] = {"17020", "17030", "", "17040"};
    static const char *const opens[] = {"0", "3", "1", "2", "7"};
    static const char *const accepted[] = {"Yes", "No", "No", "Yes", "No"};
    static const char *const amount[] = {"512.5", "", "", ""};
    struct lc_table_column column[7];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "created_date", LC_KIND_DATE, created, 4);
    column[1] = repeat(&arena, "source", LC_KIND_TEXT, source, 5);
    column[2] = repeat(&arena, "email_opens", LC_KIND_NUMBER, opens, 5);
    column[3] = repeat(&arena, "sales_accepted", LC_KIND_TEXT, accepted, 5);
    column[4] = repeat(&arena, "stage", LC_KIND_TEXT, stage, 4);
    column[5] = repeat(&arena, "close_date", LC_KIND_DATE, close, 4);
    column[6] = repeat(&arena, "amount", LC_KIND_NUMBER, amount, 4);
    table = small_table(column, 7, LEADS);
    p = propose(&table, &arena);
    assert_true(p.has_outcome);
    assert_string_equal(p.spec.outcome.column, "stage");
    assert_int_equal(p.spec.outcome.won.n, 1);
    assert_string_equal(p.spec.outcome.won.text[0], "Closed Won");
    assert_int_equal(p.spec.outcome.lost.n, 1);
    assert_string_equal(p.spec.outcome.lost.text[0], "Closed Lost");
    assert_string_equal(p.spec.date.entered, "created_date");
    assert_string_equal(p.spec.date.closed, "close_date");
    assert_null(p.spec.date.handed_over);
    assert_string_equal(p.spec.amount, "amount");
    assert_string_equal(p.spec.acceptance.column, "sales_accepted");
    assert_string_equal(p.spec.acceptance.accepted.text[0], "Yes");
    assert_int_equal(p.spec.n_attributes, 2);
    assert_string_equal(p.spec.attribute[0].column, "source");
    assert_int_equal(p.spec.attribute[0].role, LC_ROLE_PROFILE);
    assert_string_equal(p.spec.attribute[1].column, "email_opens");
    assert_int_equal(p.spec.attribute[1].role, LC_ROLE_ENGAGEMENT);
    assert_int_equal(p.spec.attribute[1].as_of, LC_AS_OF_EXPORT);
    assert_true(p.n_comments >= 6);
    lc_arena_release(&arena);
}

static void a_yes_column_with_a_telling_name_is_the_outcome(void **state)
{
    static const char *const yes[] = {"yes", "no", "no"};
    static const char *const age[] = {"31", "45", "52", "38", "61", "29", "47"};
    struct lc_table_column column[3];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "housing", LC_KIND_TEXT, yes, 3);
    column[1] = repeat(&arena, "age", LC_KIND_NUMBER, age, 7);
    column[2] = repeat(&arena, "y", LC_KIND_TEXT, yes, 3);
    table = small_table(column, 3, LEADS);
    p = propose(&table, &arena);
    assert_string_equal(p.spec.outcome.column, "y");
    assert_string_equal(p.spec.outcome.won.text[0], "yes");
    assert_string_equal(p.spec.outcome.lost.text[0], "no");
    /* housing equals y cell by cell: it knows the outcome, and is ignored. */
    assert_int_equal(p.spec.n_attributes, 1);
    assert_string_equal(p.spec.ignore.text[0], "housing");
    lc_arena_release(&arena);
}

static void what_is_given_is_not_guessed(void **state)
{
    static const char *const yes[] = {"yes", "no", "no"};
    static const char *const stage[] = {"Won", "Lost", "Open", "Lost", "Lost"};
    static const char *const won_text[] = {"no"};
    struct lc_table_column column[2];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "y", LC_KIND_TEXT, yes, 3);
    column[1] = repeat(&arena, "stage", LC_KIND_TEXT, stage, 5);
    table = small_table(column, 2, LEADS);
    lc_spec_init(&spec);
    spec.outcome.column = "y";
    spec.outcome.won = (struct lc_texts){won_text, 1};
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    assert_string_equal(p.spec.outcome.column, "y");
    assert_string_equal(p.spec.outcome.won.text[0], "no");
    lc_arena_release(&arena);
}

static void without_an_outcome_it_says_so(void **state)
{
    static const char *const colour[] = {"red", "blue", "green"};
    struct lc_table_column column[1];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "colour", LC_KIND_TEXT, colour, 3);
    table = small_table(column, 1, LEADS);
    p = propose(&table, &arena);
    assert_false(p.has_outcome);
    assert_null(p.spec.outcome.column);
    assert_non_null(strstr(p.comment[0], "no column says won or lost"));
    assert_non_null(strstr(p.comment[0], "none has two values"));
    lc_arena_release(&arena);
}

static bool says(const struct lc_proposal *p, const char *text)
{
    for (size_t i = 0; i < p->n_comments; i++)
        if (strstr(p->comment[i], text))
            return true;
    return false;
}

static void columns_of_two_values_are_offered_but_never_persons(void **state)
{
    static const char *const credit[] = {"good", "bad", "good"};
    static const char *const person[] = {"Secret", "Hidden"};
    struct lc_table_column column[2];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "Leadbesitzer", LC_KIND_TEXT, person, 2);
    column[1] = repeat(&arena, "creditability", LC_KIND_TEXT, credit, 3);
    table = small_table(column, 2, LEADS);
    p = propose(&table, &arena);
    assert_false(p.has_outcome);
    assert_true(says(&p, "those with two values are: creditability (bad, good)"));
    assert_false(says(&p, "Secret"));
    lc_arena_release(&arena);
}

static void a_file_that_no_lead_is_in_is_no_outcome(void **state)
{
    static const char *const colour[] = {"red", "blue", "green"};
    struct lc_table_file file[2] = {{.path = "leads.csv"},
                                    {.path = "deals.csv", .name = "deals"}};
    static uint8_t has_row[LEADS];
    struct lc_table_column column[1];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "colour", LC_KIND_TEXT, colour, 3);
    table = small_table(column, 1, LEADS);
    table.file = file;
    table.n_files = 2;
    file[1].has_row = has_row;
    p = propose(&table, &arena);
    assert_null(p.spec.outcome.won_if_in);
    has_row[3] = 1;
    file[1].matched = 1;
    p = propose(&table, &arena);
    assert_string_equal(p.spec.outcome.won_if_in, "deals");
    lc_arena_release(&arena);
}

/* Cells of two columns beside an outcome that neither knows. */
static struct lc_proposal propose_beside(struct lc_arena *arena, struct lc_table_column *column,
                                         size_t k)
{
    static const char *const won[] = {"yes", "no", "no"};
    static struct lc_table table;

    column[k] = repeat(arena, "converted", LC_KIND_TEXT, won, 3);
    table = small_table(column, k + 1, LEADS);
    return propose(&table, arena);
}

static void counters_get_quartiles_as_cuts_and_codes_do_not(void **state)
{
    /* R 4.2.2 quantile(rep(0:9, 4)) is 2, 4.5, 7; the middle is rounded down. */
    static const char *const visits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const code[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    /* rep(c(0.5, ..., 9.5), 4): quantile() is 2.5, 5, 7.5; not whole, so not rounded. */
    static const char *const share[] = {"0.5", "1.5", "2.5", "3.5", "4.5",
                                        "5.5", "6.5", "7.5", "8.5", "9.5"};
    struct lc_table_column column[4];
    struct lc_proposal p;
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "visits", LC_KIND_NUMBER, visits, 10);
    column[1] = repeat(&arena, "code", LC_KIND_NUMBER, code, 8);
    column[2] = repeat(&arena, "share", LC_KIND_NUMBER, share, 10);
    p = propose_beside(&arena, column, 3);
    assert_int_equal(p.spec.n_attributes, 3);
    assert_int_equal(p.spec.attribute[0].n_cuts, 3);
    assert_close(p.spec.attribute[0].cut[0], 2.0, 1e-12);
    assert_close(p.spec.attribute[0].cut[1], 4.0, 1e-12);
    assert_close(p.spec.attribute[0].cut[2], 7.0, 1e-12);
    assert_int_equal(p.spec.attribute[1].n_cuts, 0);
    assert_close(p.spec.attribute[2].cut[0], 2.5, 1e-12);
    assert_close(p.spec.attribute[2].cut[1], 5.0, 1e-12);
    assert_close(p.spec.attribute[2].cut[2], 7.5, 1e-12);
    assert_true(says(&p, "cuts: the quartiles of the filled rows"));
    assert_true(says(&p, "visits, share"));
    assert_true(says(&p, "attributes: the rest is profile"));
    lc_arena_release(&arena);
}

static void equal_quartiles_stand_once_and_one_cut_is_always_left(void **state)
{
    const char *low[LEADS], *high[LEADS];
    static const char *const other[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    struct lc_table_column column[3];
    struct lc_proposal p;
    struct lc_arena arena;

    (void)state;
    for (size_t i = 0; i < LEADS; i++) {
        low[i] = i % 5 ? "0" : other[i / 5];
        high[i] = i % 5 ? "99" : other[i / 5];
    }
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = small_column(&arena, "low", LC_KIND_NUMBER, low, LEADS);
    column[1] = small_column(&arena, "high", LC_KIND_NUMBER, high, LEADS);
    p = propose_beside(&arena, column, 2);
    assert_int_equal(p.spec.attribute[0].n_cuts, 1);
    assert_close(p.spec.attribute[0].cut[0], 0.0, 1e-12);
    assert_int_equal(p.spec.attribute[1].n_cuts, 1);
    assert_close(p.spec.attribute[1].cut[0], 8.0, 1e-12);
    lc_arena_release(&arena);
}

static void an_amount_that_every_lead_has_was_not_won(void **state)
{
    static const char *const all[] = {"10", "20", "30", "40", "50", "60", "70"};
    struct lc_table_column column[2];
    struct lc_proposal p;
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "Loan Amount", LC_KIND_NUMBER, all, 7);
    p = propose_beside(&arena, column, 1);
    assert_null(p.spec.amount);
    assert_string_equal(p.spec.attribute[0].column, "Loan Amount");
    lc_arena_release(&arena);
}

static void two_files_join_at_the_key_that_stands_in_both(void **state)
{
    static const char *const text[] = {"a", "b", "c"};
    struct lc_table_column one[2], two[2], three[1];
    struct lc_table leads, deals, other;
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    one[0] = repeat(&arena, "origin", LC_KIND_TEXT, text, 3);
    one[1] = repeat(&arena, "mql_id", LC_KIND_TEXT, text, 3);
    two[0] = repeat(&arena, "segment", LC_KIND_TEXT, text, 3);
    two[1] = repeat(&arena, "mql_id", LC_KIND_TEXT, text, 3);
    three[0] = repeat(&arena, "origin", LC_KIND_TEXT, text, 3);
    leads = small_table(one, 2, LEADS);
    deals = small_table(two, 2, LEADS);
    other = small_table(three, 1, LEADS);
    assert_int_equal(lc_propose_join(&leads, &deals), 1);
    assert_int_equal(lc_propose_join(&leads, &other), 2);
    lc_arena_release(&arena);
}

static void every_refused_allocation_is_reported(void **state)
{
    static const char *const stage[] = {"Closed Won", "Closed Lost", "Open", "Closed Lost"};
    static const char *const source[] = {"Web", "Fair", "Web", "Fair", "Partner"};
    static const char *const visits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const empty[] = {""};
    struct lc_table_column column[5];
    struct lc_arena cells, arena;
    struct lc_table table;
    struct lc_spec spec;
    size_t refused = 0;

    (void)state;
    lc_arena_init(&cells, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&cells, "source", LC_KIND_TEXT, source, 5);
    column[1] = repeat(&cells, "stage", LC_KIND_TEXT, stage, 4);
    column[2] = repeat(&cells, "visits", LC_KIND_NUMBER, visits, 10);
    column[3] = repeat(&cells, "fax", LC_KIND_EMPTY, empty, 1);
    column[4] = repeat(&cells, "telex", LC_KIND_EMPTY, empty, 1);
    table = small_table(column, 5, LEADS);
    lc_spec_init(&spec);
    for (size_t limit = 0;; limit += 8) {
        struct lc_proposal p;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = lc_propose(&table, &spec, &arena, &p, &err);
        lc_arena_release(&arena);
        if (!rc)
            break;
        assert_int_equal(rc, LC_ENOMEM);
        refused++;
    }
    assert_true(refused > 5);
    lc_arena_release(&cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_end_at_signs_and_at_capitals),
        cmocka_unit_test(persons_are_never_shown),
        cmocka_unit_test(a_crm_export_is_read_as_a_person_would),
        cmocka_unit_test(a_yes_column_with_a_telling_name_is_the_outcome),
        cmocka_unit_test(what_is_given_is_not_guessed),
        cmocka_unit_test(without_an_outcome_it_says_so),
        cmocka_unit_test(columns_of_two_values_are_offered_but_never_persons),
        cmocka_unit_test(a_file_that_no_lead_is_in_is_no_outcome),
        cmocka_unit_test(counters_get_quartiles_as_cuts_and_codes_do_not),
        cmocka_unit_test(equal_quartiles_stand_once_and_one_cut_is_always_left),
        cmocka_unit_test(an_amount_that_every_lead_has_was_not_won),
        cmocka_unit_test(two_files_join_at_the_key_that_stands_in_both),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
