/* What a row is called, what rolled-up columns are called, and which column tells when a stage began. */
#include "test.h"

#include <string.h>

#include "leadcal/spec_unit.h"

static void units_and_their_parts_have_words(void **state)
{
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    assert_int_equal(lc_spec_unit_of(&spec), LC_UNIT_LEAD);
    assert_string_equal(lc_unit_word(LC_UNIT_LEAD, true), "leads");
    assert_string_equal(lc_unit_word(LC_UNIT_OPPORTUNITY, true), "opportunities");
    assert_string_equal(lc_unit_part_word(LC_UNIT_ACCOUNT, false), "contact");
}

static void rolled_up_columns_are_named_by_what_they_say(void **state)
{
    struct lc_spec_roll roll[] = {{.take = LC_TAKE_COUNT},
                                  {.column = "Seniority", .take = LC_TAKE_BEST},
                                  {.column = "Visits", .take = LC_TAKE_SUM},
                                  {.column = "Role", .take = LC_TAKE_ANY},
                                  {.column = "Role", .take = LC_TAKE_NEW}};
    static const char *const want[] = {"contacts", "best Seniority", "sum of Visits",
                                       "any Role", "new Role"};
    const struct lc_spec_unit unit = {.of = LC_UNIT_ACCOUNT, .roll = roll, .n_rolls = 5};
    struct lc_arena arena;
    struct lc_spec spec;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_spec_init(&spec);
    for (size_t i = 0; i < 5; i++) {
        roll[i].name = lc_roll_name(&roll[i], LC_UNIT_ACCOUNT, &arena);
        assert_string_equal(roll[i].name, want[i]);
    }
    assert_false(lc_spec_unit_makes(&spec, "best Seniority"));
    spec.unit = &unit;
    assert_true(lc_spec_unit_makes(&spec, "best Seniority"));
    assert_true(lc_spec_unit_makes(&spec, "any Role: Finance"));
    assert_false(lc_spec_unit_makes(&spec, "new Role: Finance"));
    assert_false(lc_spec_unit_makes(&spec, "Seniority"));
    lc_arena_release(&arena);
}

static void a_stage_is_found_by_its_name_in_the_header(void **state)
{
    static const char *const name[] = {"Deal Stage", "Date entered \"Demo (Sales)\"",
                                       "Date entered \"Demo (Partners)\"",
                                       "hs_v2_date_entered_51389338", "Entered contract"};

    (void)state;
    assert_int_equal(lc_unit_stage_column(name, 5, "Demo"), 1);
    assert_int_equal(lc_unit_stage_column(name, 5, "Demo (Partners)"), 2);
    assert_int_equal(lc_unit_stage_column(name, 5, "51389338"), 3);
    assert_int_equal(lc_unit_stage_column(name, 5, "Entered contract"), 4);
    assert_int_equal(lc_unit_stage_column(name, 5, "Demo (Partner)"), 5);
    assert_int_equal(lc_unit_stage_column(name, 5, "demo"), 5);
}

static void clocks_of_stages_are_known_by_their_names(void **state)
{
    (void)state;
    assert_true(lc_unit_is_stage_clock("Date entered \"Demo (Sales)\""));
    assert_true(lc_unit_is_stage_clock("Date exited \"Demo (Sales)\""));
    assert_true(lc_unit_is_stage_clock("hs_v2_cumulative_time_in_51389338"));
    assert_false(lc_unit_is_stage_clock("Time in business"));
    assert_false(lc_unit_is_stage_clock("Create Date"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_and_their_parts_have_words),
        cmocka_unit_test(rolled_up_columns_are_named_by_what_they_say),
        cmocka_unit_test(a_stage_is_found_by_its_name_in_the_header),
        cmocka_unit_test(clocks_of_stages_are_known_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
