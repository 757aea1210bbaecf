/* Sentences for leads, said of other units. */
#include "test.h"

#include <string.h>

#include "leadcal/wording.h"

static const struct lc_wording accounts = {"account", "accounts"};
static const struct lc_wording deals = {"opportunity", "opportunities"};
static const struct lc_wording customers = {"customer", "customers"};

static void assert_said(const struct lc_wording *w, const char *text, const char *want)
{
    char said[600];

    assert_true(strlen(text) * LC_REWORDED < sizeof said);
    lc_reword(w, text, said);
    assert_string_equal(said, want);
}

static void words_for_leads_become_those_of_the_unit(void **state)
{
    (void)state;
    assert_said(&accounts, "1,200 leads, 3 won", "1,200 accounts, 3 won");
    assert_said(
        &deals, "of the 12 leads a week (leads) every lead: lead.",
        "of the 12 opportunities a week (opportunities) every opportunity: opportunity.");
    assert_said(&customers, "the lead's day, leads' days, today's leads",
                "the customer's day, customers' days, today's customers");
    assert_said(&customers, "Leads above the line; **12 leads**",
                "Customers above the line; **12 customers**");
}

static void an_article_goes_with_its_word(void **state)
{
    (void)state;
    assert_said(&accounts, "a lead is won", "an account is won");
    assert_said(&deals, "A lead", "An opportunity");
    assert_said(&customers, "a lead, a leads list", "a customer, a customers list");
    assert_said(&accounts, "leads a week", "accounts a week");
}

static void texts_of_the_data_stay(void **state)
{
    static const char *const stays[] = {
        "column 'lead source' of datasets/leads.csv", "'leads' and \"a lead\"",
        "lead_id, leads.csv, sub/leads, lead-time, source=lead", "misleading leader, plead",
        "the file is 'what a lead was'"};

    (void)state;
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
        assert_said(&accounts, stays[i], stays[i]);
}

static void without_a_unit_nothing_changes(void **state)
{
    static const struct lc_wording none;

    (void)state;
    assert_said(&none, "a lead and 'leads' of leads", "a lead and 'leads' of leads");
}

static void a_frame_keeps_its_names_and_cells(void **state)
{
    static const struct lc_heading heading[] = {
        {"leads", LC_CELL_COUNT, NULL, false},
        {"share", LC_CELL_RATE, "share of leads", false},
        {"won", LC_CELL_COUNT, NULL, false}};
    struct lc_arena arena;
    struct lc_frame f, to;
    union lc_value *row;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "test", heading, 3, &arena);
    f.title = "2 leads";
    assert_int_equal(lc_frame_add(&f, &row, &err), LC_OK);
    row[0].number = 2.385;
    assert_int_equal(lc_frame_note(&f, &err, "no lead"), LC_OK);
    assert_int_equal(lc_reword_frame(&accounts, &f, &arena, &to, &err), LC_OK);
    assert_string_equal(to.heading[0].name, "leads");
    assert_string_equal(to.heading[0].label, "accounts");
    assert_string_equal(to.heading[1].label, "share of accounts");
    assert_null(to.heading[2].label);
    assert_string_equal(to.title, "2 accounts");
    assert_string_equal(to.note[0], "no account");
    assert_string_equal(f.note[0], "no lead");
    assert_true(to.value[0].number == 2.385);
    lc_arena_release(&arena);
}

static void memory_that_is_refused_is_told(void **state)
{
    static const struct lc_heading heading[] = {{"leads", LC_CELL_COUNT, NULL, false}};
    struct lc_arena arena, none;
    struct lc_frame f, to;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_arena_init(&none, 1);
    lc_frame_init(&f, "test", heading, 1, &arena);
    assert_int_equal(lc_reword_frame(&accounts, &f, &none, &to, &err), LC_ENOMEM);
    lc_arena_release(&none);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_for_leads_become_those_of_the_unit),
        cmocka_unit_test(an_article_goes_with_its_word),
        cmocka_unit_test(texts_of_the_data_stay),
        cmocka_unit_test(without_a_unit_nothing_changes),
        cmocka_unit_test(a_frame_keeps_its_names_and_cells),
        cmocka_unit_test(memory_that_is_refused_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
