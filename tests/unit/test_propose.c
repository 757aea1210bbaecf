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

static void what_did_not_happen_is_lost(void **state)
{
    static const char *const lost[] = {"Closed - Not Converted",
                                       "Closed Lost",
                                       "not won",
                                       "Unqualified",
                                       "unconverted",
                                       "no customer"};
    static const char *const other[] = {"Closed - Converted", "Won", "Open - Not Contacted",
                                        "Working", "No answer"};

    (void)state;
    for (size_t i = 0; i < 6; i++)
        assert_true(lc_sounds_lost(lost[i]));
    for (size_t i = 0; i < 5; i++)
        assert_false(lc_sounds_lost(other[i]));
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

static void the_other_of_two_values_is_open_where_it_says_that_it_goes_on(void **state)
{
    static const char *const other[] = {"Open", "In progress", "Offen", "En cours", "Gone"};
    struct lc_table_column column;
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < 5; i++) {
        const char *const stage[] = {"Won", other[i], other[i]};

        column = repeat(&arena, "stage", LC_KIND_TEXT, stage, 3);
        table = small_table(&column, 1, LEADS);
        p = propose(&table, &arena);
        assert_string_equal(p.spec.outcome.won.text[0], "Won");
        assert_int_equal(p.spec.outcome.lost.n, i == 4);
    }
    lc_arena_release(&arena);
}

static void a_yes_column_with_a_telling_name_is_the_outcome(void **state)
{
    static const char *const yes[] = {"yes", "no", "no"};
    static const char *const balance[] = {"31", "45", "52", "38", "61", "29", "47"};
    struct lc_table_column column[4];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    column[0] = repeat(&arena, "housing", LC_KIND_TEXT, yes, 3);
    column[1] = repeat(&arena, "balance", LC_KIND_NUMBER, balance, 7);
    column[2] = repeat(&arena, "y", LC_KIND_TEXT, yes, 3);
    column[3] = repeat(&arena, "age", LC_KIND_NUMBER, balance, 7);
    table = small_table(column, 4, LEADS);
    p = propose(&table, &arena);
    assert_string_equal(p.spec.outcome.column, "y");
    assert_string_equal(p.spec.outcome.won.text[0], "yes");
    assert_string_equal(p.spec.outcome.lost.text[0], "no");
    /* housing equals y cell by cell: it knows the outcome, and is ignored; so is an age, unasked. */
    assert_int_equal(p.spec.n_attributes, 1);
    assert_int_equal(p.spec.ignore.n, 2);
    assert_string_equal(p.spec.ignore.text[0], "housing");
    assert_string_equal(p.spec.ignore.text[1], "age");
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

static bool says(const struct lc_proposal *p, const char *text)
{
    for (size_t i = 0; i < p->n_comments; i++)
        if (strstr(p->comment[i], text))
            return true;
    return false;
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
    assert_true(says(&p, "no column says won or lost"));
    assert_true(says(&p, "none has two values"));
    lc_arena_release(&arena);
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
    struct lc_table_file file[2] = {{.path = "leads.csv"}};
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
    file[1] = small_joined(&arena, "deals", has_row, LEADS, 1);
    p = propose(&table, &arena);
    assert_null(p.spec.outcome.won_if_in);
    has_row[3] = 1;
    file[1] = small_joined(&arena, "deals", has_row, LEADS, 1);
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

/* Contacts know who became a customer; a deal says when, and how much it was. */
static struct lc_table deals_example(struct lc_arena *arena, struct lc_table_column *column,
                                     struct lc_table_file *file)
{
    static const char *const day[] = {"17000", "17001", "17002", "17003", "17004"};
    static const char *const later[] = {"17020", "", "", "17030"};
    static const char *const stage[] = {"Closed Won", "", "Contract Sent", "Closed Lost"};
    static const char *const life[] = {"Customer", "Lead", "Opportunity", "Lead"};
    static const char *const amount[] = {"512.5", "", "", "80"};
    static const char *const source[] = {"Web", "Fair", "Partner"};
    static const uint8_t has_row[LEADS] = {1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0,
                                           1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1,
                                           1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1};
    struct lc_table table;

    column[0] = repeat(arena, "Create Date", LC_KIND_DATE, day, 5);
    column[1] = repeat(arena, "Close Date", LC_KIND_DATE, later, 4);
    column[2] = repeat(arena, "Became a Marketing Qualified Lead Date", LC_KIND_DATE, day, 5);
    column[3] = repeat(arena, "Lifecycle Stage", LC_KIND_TEXT, life, 4);
    column[4] = repeat(arena, "Original Source", LC_KIND_TEXT, source, 3);
    column[5] = repeat(arena, "Recent Deal Amount", LC_KIND_NUMBER, amount, 4);
    column[6] = repeat(arena, "deals.Deal Stage", LC_KIND_TEXT, stage, 4);
    column[7] = repeat(arena, "deals.Close Date", LC_KIND_DATE, later, 4);
    column[8] = repeat(arena, "deals.Create Date", LC_KIND_DATE, later, 4);
    column[9] = repeat(arena, "deals.Amount", LC_KIND_NUMBER, amount, 4);
    table = small_table(column, 10, LEADS);
    for (size_t j = 6; j < 10; j++)
        column[j].file = 1;
    file[0] = (struct lc_table_file){.path = "contacts.csv"};
    file[1] = small_joined(arena, "deals", has_row, LEADS, 30);
    table.file = file;
    table.n_files = 2;
    return table;
}

static void deals_tell_the_outcome_though_contacts_know_it(void **state)
{
    static const struct lc_spec_file files[] = {
        {.key = "Record ID"}, {.name = "deals", .key = "who", .created = "Create Date"}};
    struct lc_table_column column[10];
    struct lc_table_file file[2];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;
    struct lc_spec spec;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    table = deals_example(&arena, column, file);
    lc_spec_init(&spec);
    spec.file = files;
    spec.n_files = 2;
    assert_int_equal(lc_propose(&table, &spec, &arena, &p, &err), LC_OK);
    assert_string_equal(p.spec.outcome.column, "deals.Deal Stage");
    assert_string_equal(p.spec.outcome.won.text[0], "Closed Won");
    assert_string_equal(p.spec.outcome.lost.text[0], "Closed Lost");
    assert_null(p.spec.outcome.won_if_in);
    assert_string_equal(p.spec.date.entered, "Create Date");
    assert_string_equal(p.spec.date.handed_over, "Became a Marketing Qualified Lead Date");
    assert_string_equal(p.spec.date.closed, "deals.Close Date");
    assert_string_equal(p.spec.date.opportunity, "deals.Create Date");
    assert_string_equal(p.spec.amount, "deals.Amount");
    assert_int_equal(p.spec.n_attributes, 1);
    assert_string_equal(p.spec.attribute[0].column, "Original Source");
    assert_true(lc_texts_have(p.spec.ignore, "Lifecycle Stage"));
    assert_true(says(&p, "'Lifecycle Stage' of the leads knows it, too"));
    lc_arena_release(&arena);
}

/* A column of the leads that says won is the outcome, whatever a second file holds. */
static void leads_that_say_won_need_no_deals(void **state)
{
    static const char *const own[] = {"Won", "Lost", "Open", "Lost"};
    struct lc_table_column column[10];
    struct lc_table_file file[2];
    struct lc_proposal p;
    struct lc_arena arena;
    struct lc_table table;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    table = deals_example(&arena, column, file);
    column[3] = repeat(&arena, "status", LC_KIND_TEXT, own, 4);
    p = propose(&table, &arena);
    assert_string_equal(p.spec.outcome.column, "status");
    assert_string_equal(p.spec.date.closed, "Close Date");
    assert_string_equal(p.spec.amount, "Recent Deal Amount");
    assert_false(says(&p, "knows it, too"));
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

static void any_column_can_be_made_the_attribute_that_it_would_have_been(void **state)
{
    static const char *const number[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const text[] = {"signed", ""};
    struct lc_spec_attribute a;
    struct lc_table_column c;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = repeat(&arena, "page views", LC_KIND_NUMBER, number, 10);
    assert_int_equal(lc_propose_attribute(&c, &arena, &a, &err), LC_OK);
    assert_string_equal(a.column, "page views");
    assert_int_equal(a.role, LC_ROLE_ENGAGEMENT);
    assert_int_equal(a.as_of, LC_AS_OF_EXPORT);
    /* By hand, R's type 7: 2 at rank 9.75, 4.5 between ranks 19 and 20, 7 at 29.25; whole, so 4. */
    assert_int_equal(a.n_cuts, 3);
    assert_close(a.cut[0], 2, 0);
    assert_close(a.cut[1], 4, 0);
    assert_close(a.cut[2], 7, 0);
    c = repeat(&arena, "close reason", LC_KIND_TEXT, text, 2);
    assert_int_equal(lc_propose_attribute(&c, &arena, &a, &err), LC_OK);
    assert_int_equal(a.role, LC_ROLE_PROFILE);
    assert_int_equal(a.n_cuts, 0);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_column_can_be_made_the_attribute_that_it_would_have_been),
        cmocka_unit_test(words_end_at_signs_and_at_capitals),
        cmocka_unit_test(what_did_not_happen_is_lost),
        cmocka_unit_test(persons_are_never_shown),
        cmocka_unit_test(a_crm_export_is_read_as_a_person_would),
        cmocka_unit_test(the_other_of_two_values_is_open_where_it_says_that_it_goes_on),
        cmocka_unit_test(a_yes_column_with_a_telling_name_is_the_outcome),
        cmocka_unit_test(what_is_given_is_not_guessed),
        cmocka_unit_test(without_an_outcome_it_says_so),
        cmocka_unit_test(columns_of_two_values_are_offered_but_never_persons),
        cmocka_unit_test(a_file_that_no_lead_is_in_is_no_outcome),
        cmocka_unit_test(counters_get_quartiles_as_cuts_and_codes_do_not),
        cmocka_unit_test(equal_quartiles_stand_once_and_one_cut_is_always_left),
        cmocka_unit_test(an_amount_that_every_lead_has_was_not_won),
        cmocka_unit_test(deals_tell_the_outcome_though_contacts_know_it),
        cmocka_unit_test(leads_that_say_won_need_no_deals),
        cmocka_unit_test(every_refused_allocation_is_reported),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
