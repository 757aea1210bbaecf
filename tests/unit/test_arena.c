#include "test.h"

#include <stdint.h>
#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/random.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    unsigned char *piece[2000];
    size_t size[2000];
    struct lc_random r = {7};
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < 2000; i++) {
        size[i] = (size_t)lc_random_below(&r, i % 50 == 0 ? 200000 : 300);
        piece[i] = lc_arena_alloc(&arena, size[i], 1);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % 16, 0);
        if (size[i] > 65536)
            assert_int_equal((uintptr_t)piece[i] % 64, 0);
        for (size_t b = 0; b < size[i]; b++)
            assert_int_equal(piece[i][b], 0);
        if (size[i])
            memset(piece[i], (int)(i % 255) + 1, size[i]);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t b = 0; b < size[i]; b++)
            assert_int_equal(piece[i][b], i % 255 + 1);
    lc_arena_release(&arena);
    assert_int_equal(arena.used, 0);
}

static void the_limit_is_what_all_pieces_together_may_have(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, 64);
    assert_non_null(lc_arena_alloc(&arena, 3, 10)); /* counts as 32 */
    assert_non_null(lc_arena_alloc(&arena, 0, 8));  /* 16 */
    assert_null(lc_arena_alloc(&arena, 17, 1));
    assert_non_null(lc_arena_alloc(&arena, 16, 1));
    assert_null(lc_arena_alloc(&arena, 1, 1));
    lc_arena_release(&arena);
    assert_non_null(lc_arena_alloc(&arena, 64, 1));
    lc_arena_release(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_null(lc_arena_alloc(&arena, SIZE_MAX / 2, 3));
    assert_null(lc_arena_alloc(&arena, SIZE_MAX, 1));
    assert_null(lc_arena_alloc(&arena, SIZE_MAX - 10, 1));
    assert_int_equal(arena.used, 0);
    lc_arena_release(&arena);
}

static void texts_are_copied_and_formatted(void **state)
{
    struct lc_arena arena;
    const char *copy;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    copy = lc_arena_text(&arena, (struct lc_slice){"Retail trade", 6});
    assert_string_equal(copy, "Retail");
    assert_string_equal(lc_arena_text(&arena, (struct lc_slice){NULL, 0}), "");
    assert_string_equal(lc_arena_format(&arena, "%s_%d", copy, 2), "Retail_2");
    lc_arena_release(&arena);
    lc_arena_init(&arena, 0);
    assert_null(lc_arena_text(&arena, lc_slice_of("x")));
    assert_null(lc_arena_format(&arena, "%d", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(the_limit_is_what_all_pieces_together_may_have),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(texts_are_copied_and_formatted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
