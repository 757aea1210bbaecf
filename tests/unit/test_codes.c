#include "test.h"

#include "leadcal/codes.h"
#include "leadcal/random.h"

static void codes_are_as_wide_as_their_levels_need(void **state)
{
    (void)state;
    assert_int_equal(lc_code_width(0), 1);
    assert_int_equal(lc_code_width(256), 1);
    assert_int_equal(lc_code_width(257), 2);
    assert_int_equal(lc_code_width(65536), 2);
    assert_int_equal(lc_code_width(65537), 4);
}

static void what_is_put_is_what_stands_there(void **state)
{
    (void)state;
    for (unsigned width = 1; width <= 4; width *= 2) {
        const uint32_t most = width == 4 ? UINT32_MAX : (1U << 8 * width) - 1;
        uint32_t room[4] = {0};
        const struct lc_column c = {.width = width, .code = room};

        lc_code_put(room, width, 1, most);
        lc_code_put(room, width, 2, 200);
        assert_int_equal(lc_code_at(&c, 0), 0);
        assert_int_equal(lc_code_at(&c, 1), most);
        assert_int_equal(lc_code_at(&c, 2), 200);
        assert_int_equal(lc_code_at(&c, 3), 0);
    }
}

/* Each row is its own, whatever its neighbours hold. */
static void a_column_reads_back_as_it_was_written(void **state)
{
    static uint32_t room[5000], want[5000];
    struct lc_random random = {312};

    (void)state;
    for (unsigned width = 1; width <= 4; width *= 2) {
        const struct lc_column c = {.width = width, .code = room};

        for (size_t pass = 0; pass < 15000; pass++) {
            const size_t i = pass < 5000 ? pass : (size_t)lc_random_below(&random, 5000);

            want[i] = (uint32_t)(lc_random_bits(&random) >> (64 - 8 * width));
            lc_code_put(room, width, i, want[i]);
        }
        for (size_t i = 0; i < 5000; i++)
            assert_int_equal(lc_code_at(&c, i), want[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_as_wide_as_their_levels_need),
        cmocka_unit_test(what_is_put_is_what_stands_there),
        cmocka_unit_test(a_column_reads_back_as_it_was_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
