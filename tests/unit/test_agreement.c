#include "leadcal/agreement.h"

#include <string.h>

#include "leadcal/num.h"
#include "test.h"

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

static struct lc_agreement nothing_said(void)
{
    struct lc_spec spec;

    lc_spec_init(&spec);
    return spec.agreement;
}

static struct lc_agreement resolved(const struct lc_agreement *said, bool cells)
{
    struct lc_agreement out;
    struct lc_err err;

    assert_int_equal(lc_agreement_resolve(said, cells, &arena, &out, &err), LC_OK);
    return out;
}

static void assert_cell(const struct lc_agreement *a, const char *grade, const char *lane,
                        const char *action, int hours)
{
    const struct lc_spec_cell *c = lc_agreement_cell(a, grade);

    assert_non_null(c);
    assert_string_equal(c->lane, lane);
    assert_string_equal(c->action, action);
    assert_int_equal(c->sla_hours, hours);
}

/* The clocks are those of DEFINITIONS 4. */
static void what_is_unsaid_gets_the_defaults(void **state)
{
    const struct lc_agreement said = nothing_said(), a = resolved(&said, true);
    const char *const handed[] = {"A1", "A2", "A3", "B1", "B2", "B3"};

    (void)state;
    assert_int_equal(a.n_cells, 16);
    assert_string_equal(a.cell[0].grade, "A1");
    assert_string_equal(a.cell[15].grade, "D4");
    assert_cell(&a, "A1", "sales now", "call within 24 hours", 24);
    assert_cell(&a, "B1", "sales now", "call within 24 hours", 24);
    assert_cell(&a, "B3", "sales", "call within 48 hours", 48);
    assert_cell(&a, "A4", "nurture", "nurture", 0);
    assert_cell(&a, "C1", "nurture", "nurture", 0);
    assert_cell(&a, "D2", "nurture", "nurture", 0);
    assert_cell(&a, "D4", "none", "no contact", 0);
    assert_int_equal(a.hand_over.n, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(a.hand_over.text[i], handed[i]);
    assert_string_equal(a.definition, "a lead in a hand-over cell: A1, A2, A3, B1, B2, B3");
    assert_int_equal(a.n_owners, 0);
    assert_null(a.approved_by);
    assert_int_equal(a.effective_from, LC_NO_DAY);
    assert_null(lc_agreement_cell(&a, "A"));
}

static void what_is_said_wins_and_its_defaults_follow_it(void **state)
{
    static const char *const handed[] = {"C1", "A1", "B2", "A1"};
    static const struct lc_spec_cell cell[] = {{"A1", NULL, NULL, 4},
                                               {"B2", "partners", "write a letter", 0},
                                               {"C1", NULL, NULL, LC_SLA_UNSAID},
                                               {"D4", NULL, NULL, 1}};
    static const struct lc_spec_owner owner[] = {{"sales", "regional lead"}};
    struct lc_agreement said = nothing_said(), a;

    (void)state;
    said.definition = "asked for a price";
    said.hand_over = (struct lc_texts){handed, 4};
    said.cell = cell;
    said.n_cells = 4;
    said.owner = owner;
    said.n_owners = 1;
    said.approved_by = "the board";
    said.effective_from = 20544;
    a = resolved(&said, true);
    assert_string_equal(a.definition, "asked for a price");
    assert_cell(&a, "A1", "sales now", "call within 4 hours", 4);
    assert_cell(&a, "B2", "partners", "write a letter", 0);
    assert_cell(&a, "C1", "sales", "call", 0);      /* handed over, without a clock */
    assert_cell(&a, "B1", "nurture", "nurture", 0); /* not handed over: no clock */
    assert_cell(&a, "D4", "sales now", "call within 1 hour", 1); /* said is said */
    assert_int_equal(a.hand_over.n, 3); /* in the order of the cells, once */
    assert_string_equal(a.hand_over.text[0], "A1");
    assert_string_equal(a.hand_over.text[1], "B2");
    assert_string_equal(a.hand_over.text[2], "C1");
    assert_string_equal(a.owner[0].name, "regional lead");
    assert_string_equal(a.approved_by, "the board");
    assert_int_equal(a.effective_from, 20544);
}

static void a_clock_that_is_said_hands_its_cell_over(void **state)
{
    static const struct lc_spec_cell cell[] = {{"C2", NULL, NULL, 72}, {"A1", NULL, NULL, 0}};
    struct lc_agreement said = nothing_said(), a;

    (void)state;
    said.cell = cell;
    said.n_cells = 2;
    a = resolved(&said, true);
    assert_string_equal(a.definition, "a lead in a hand-over cell: A2, A3, B1, B2, B3, C2");
    assert_cell(&a, "C2", "sales", "call within 72 hours", 72);
    assert_cell(&a, "A1", "nurture", "nurture", 0);
}

static void without_cells_the_texts_stay_and_no_clock_is_invented(void **state)
{
    static const char *const handed[] = {"A1"};
    static const struct lc_spec_cell cell[] = {{"A1", NULL, NULL, 4}};
    struct lc_agreement said = nothing_said(), a = resolved(&said, false);

    (void)state;
    assert_null(a.definition);
    said.hand_over = (struct lc_texts){handed, 1};
    said.cell = cell;
    said.n_cells = 1;
    said.definition = "asked for a price";
    said.next_review = 20635;
    a = resolved(&said, false);
    assert_int_equal(a.n_cells + a.hand_over.n, 0);
    assert_string_equal(a.definition, "asked for a price");
    assert_int_equal(a.next_review, 20635);
}

static struct lc_model_cell cell_of(const char *grade, double leads, double expected, int hours)
{
    struct lc_model_cell c = {
        .leads = leads, .expected = expected, .sla_hours = hours, .action = ""};

    (void)memcpy(c.grade, grade, strlen(grade) + 1);
    return c;
}

static void cells_are_ordered_by_what_is_expected_of_them(void **state)
{
    const struct lc_model_cell cell[] = {
        cell_of("A1", 50, 0.4, 24),  cell_of("A2", 0, LC_NAN, 48),
        cell_of("A3", 60, 0.08, 48), cell_of("B3", 10, 0.0125, 48),
        cell_of("C1", 70, 0.12, 0),  cell_of("D3", 70, 0.08, 0)};
    const char *const want[] = {"A1", "C1", "A3", "D3", "B3"};
    struct lc_texts got;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cells_by_expected(cell, 6, &arena, &got, &err), LC_OK);
    assert_int_equal(got.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(got.text[i], want[i]);
}

/* By hand: C1 waits longer than A3, A2 and A1; of those expected to close less often A3 has the
 * lowest rate. B3 has too few leads to be held against anybody. */
static void a_slower_cell_that_closes_more_often_is_named_with_the_worst_before_it(void **state)
{
    const struct lc_model_cell cell[] = {
        cell_of("A1", 50, 0.4, 24),    cell_of("A2", 20, 0.1, 48),
        cell_of("A3", 60, 0.0785, 48), cell_of("B3", 19, 0.0125, 48),
        cell_of("C1", 70, 0.12, 0),    cell_of("D4", 80, 0.02, 0)};
    struct lc_texts got;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cells_disagree(cell, 6, &arena, &got, &err), LC_OK);
    assert_int_equal(got.n, 1);
    assert_string_equal(got.text[0], "C1 (no clock, 12.0 %) is expected to close more often "
                                     "than A3 (48 h, 7.8 %), yet waits longer");
    assert_int_equal(lc_cells_disagree(cell, 4, &arena, &got, &err), LC_OK);
    assert_int_equal(got.n, 0);
}

static void margins_and_empty_cells_are_not_judged(void **state)
{
    const struct lc_model_cell cell[] = {cell_of("A", 50, 0.1, 24), cell_of("B", 50, 0.2, 0),
                                         cell_of("A1", 50, 0.1, 24),
                                         cell_of("B2", 0, LC_NAN, 48)};
    struct lc_texts got;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cells_disagree(cell, 4, &arena, &got, &err), LC_OK);
    assert_int_equal(got.n, 0);
}

static void the_model_acts_as_agreed(void **state)
{
    static const struct lc_spec_cell said_cell[] = {{"A1", "now", "ring twice", 2}};
    struct lc_model_cell cell[] = {cell_of("A1", 50, 0.1, 0), cell_of("C1", 50, 0.2, 7)};
    struct lc_model m = {.cell = cell, .n_cells = 2};
    struct lc_agreement said = nothing_said();
    struct lc_err err;

    (void)state;
    said.cell = said_cell;
    said.n_cells = 1;
    assert_int_equal(lc_model_agree(&m, cell, &said, &arena, &err), LC_OK);
    assert_string_equal(m.cell[0].action, "ring twice");
    assert_int_equal(m.cell[0].sla_hours, 2);
    assert_string_equal(m.cell[1].action, "nurture");
    assert_int_equal(m.cell[1].sla_hours, 0);
    assert_string_equal(m.by_expected.text[0], "C1");
    assert_int_equal(m.disagreements.n, 1);
    assert_int_equal(m.agreement.n_cells, 16);
}

static void every_refused_allocation_is_an_error(void **state)
{
    const struct lc_agreement said = nothing_said();
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 32) {
        struct lc_model_cell cell[] = {cell_of("A1", 50, 0.1, 0), cell_of("C1", 50, 0.2, 7)};
        struct lc_model m = {.cell = cell, .n_cells = 2};
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_model_agree(&m, cell, &said, &small, &err);
        refused += rc == LC_ENOMEM;
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_unsaid_gets_the_defaults),
        TEST(what_is_said_wins_and_its_defaults_follow_it),
        TEST(a_clock_that_is_said_hands_its_cell_over),
        TEST(without_cells_the_texts_stay_and_no_clock_is_invented),
        TEST(cells_are_ordered_by_what_is_expected_of_them),
        TEST(a_slower_cell_that_closes_more_often_is_named_with_the_worst_before_it),
        TEST(margins_and_empty_cells_are_not_judged),
        TEST(the_model_acts_as_agreed),
        TEST(every_refused_allocation_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
