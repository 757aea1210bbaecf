#include "test.h"

#include <string.h>

#include "leadcal/set.h"

static bool has(const char *list, const char *member)
{
    return lc_set_has(lc_slice_of(list), lc_slice_of(member));
}

static void members_stand_between_semicolons_trimmed(void **state)
{
    static const char *const want[] = {"webinar", "e book", "tech, brief"};
    struct lc_slice rest = lc_slice_of(";webinar; e book ;;\ttech, brief\xc2\xa0; "), one;
    size_t n = 0;

    (void)state;
    while (lc_set_next(&rest, &one)) {
        assert_true(n < 3);
        assert_true(lc_slice_eq(one, lc_slice_of(want[n])));
        n++;
    }
    assert_int_equal(n, 3);
    assert_false(lc_set_next(&rest, &one));
}

static void a_list_without_members_is_the_empty_set(void **state)
{
    static const char *const none[] = {"", ";", " ; ;", "\t"};
    struct lc_slice one;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct lc_slice rest = lc_slice_of(none[i]);

        assert_false(lc_set_next(&rest, &one));
        assert_false(has(none[i], "webinar"));
    }
}

static void order_and_repetition_say_nothing(void **state)
{
    (void)state;
    assert_true(has("a;b;c", "b") && has("c;b;a", "b") && has("b;b", "b") && has(" b", "b"));
    assert_false(has("a;bb;c", "b"));
    assert_false(has("a;B;c", "b")); /* byte by byte */
    assert_false(has("a;b", ""));
    assert_false(has("a;b", "a;b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_stand_between_semicolons_trimmed),
        cmocka_unit_test(a_list_without_members_is_the_empty_set),
        cmocka_unit_test(order_and_repetition_say_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
