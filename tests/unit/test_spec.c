#include "test.h"

#include "leadcal/spec.h"

static void an_empty_spec_chooses_its_window_and_takes_the_files_last_date(void **state)
{
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    assert_int_equal(spec.window_days, LC_WINDOW_AUTO);
    assert_int_equal(spec.as_of_day, LC_NO_DAY);
    assert_int_equal(spec.date_order, LC_DATE_ANY);
    assert_null(spec.outcome.column);
    assert_int_equal(spec.n_files + spec.n_attributes + spec.missing.n, 0);
}

static void attributes_are_found_by_their_column(void **state)
{
    const struct lc_spec_attribute attribute[] = {
        {.column = "industry"}, {.column = "pages", .role = LC_ROLE_ENGAGEMENT}};
    struct lc_spec spec;

    (void)state;
    lc_spec_init(&spec);
    assert_null(lc_spec_attribute_of(&spec, "pages"));
    spec.attribute = attribute;
    spec.n_attributes = 2;
    assert_ptr_equal(lc_spec_attribute_of(&spec, "pages"), &attribute[1]);
    assert_null(lc_spec_attribute_of(&spec, "Pages"));
}

static void texts_are_compared_byte_by_byte(void **state)
{
    const char *const text[] = {"Closed Won", "Won"};
    const struct lc_texts texts = {text, 2};

    (void)state;
    assert_true(lc_texts_have(texts, "Won"));
    assert_false(lc_texts_have(texts, "won"));
    assert_false(lc_texts_have(texts, "Closed"));
    assert_false(lc_texts_have((struct lc_texts){NULL, 0}, "Won"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_spec_chooses_its_window_and_takes_the_files_last_date),
        cmocka_unit_test(attributes_are_found_by_their_column),
        cmocka_unit_test(texts_are_compared_byte_by_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
