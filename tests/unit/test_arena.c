#include "test.h"

#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/random.h"

#if defined(__SANITIZE_ADDRESS__)
#define CHECKED_BY_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKED_BY_ASAN
#endif
#endif

#ifdef CHECKED_BY_ASAN
#include <sanitizer/asan_interface.h>
#endif

static bool is_zero(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

/* Sizes from a byte to 200 kB, so that pieces of their own lie between small ones. */
static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    enum { N = 2000 };
    static unsigned char *piece[N];
    static size_t size[N];
    struct lc_random random = {17};
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < N; i++) {
        size[i] = 1 + (size_t)lc_random_below(&random, i % 50 ? 300 : 200000);
        piece[i] = lc_arena_alloc(&arena, size[i], 1);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % (size[i] > 20000 ? 64 : 16), 0);
        assert_true(is_zero(piece[i], size[i]));
        memset(piece[i], (int)(1 + i % 251), size[i]);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < size[i]; j++)
            if (piece[i][j] != 1 + i % 251)
                fail_msg("piece %zu was overwritten at byte %zu", i, j);
    lc_arena_release(&arena);
}

static void ten_thousand_small_pieces_are_distinct(void **state)
{
    enum { N = 10000 };
    static uint64_t *piece[N];
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (uint64_t i = 0; i < N; i++) {
        piece[i] = LC_NEW(&arena, 1, uint64_t);
        assert_non_null(piece[i]);
        *piece[i] = i * 2654435761U + 3;
    }
    for (uint64_t i = 0; i < N; i++)
        assert_int_equal(*piece[i], i * 2654435761U + 3);
    assert_int_equal(arena.used, 16 * N);
    lc_arena_release(&arena);
}

static void nothing_is_a_piece_too(void **state)
{
    struct lc_arena arena;
    const char *a, *b, *c;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    a = lc_arena_alloc(&arena, 0, 8);
    b = lc_arena_alloc(&arena, 8, 0);
    c = lc_arena_alloc(&arena, SIZE_MAX, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    assert_ptr_not_equal(a, b);
    assert_ptr_not_equal(b, c);
    lc_arena_release(&arena);
}

static void the_limit_is_met_exactly(void **state)
{
    struct lc_arena arena;

    (void)state;
    for (size_t size = 1; size <= 70000; size += 1 + size / 3 * 2) {
        const size_t rounded = (size + 15) / 16 * 16;

        lc_arena_init(&arena, 7 * rounded);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 7; i++)
                assert_non_null(lc_arena_alloc(&arena, 1, size));
            assert_int_equal(arena.used, 7 * rounded);
            assert_null(lc_arena_alloc(&arena, 1, 1));
            lc_arena_release(&arena);
            assert_int_equal(arena.used, 0);
            assert_int_equal(arena.limit, 7 * rounded);
        }
        arena.limit--;
        assert_non_null(lc_arena_alloc(&arena, 6, rounded));
        assert_null(lc_arena_alloc(&arena, 1, size));
        lc_arena_release(&arena);
    }
}

static void a_refused_piece_costs_nothing(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, 96);
    assert_non_null(lc_arena_alloc(&arena, 3, 16));
    assert_null(lc_arena_alloc(&arena, 1, 49));
    assert_int_equal(arena.used, 48);
    assert_non_null(lc_arena_alloc(&arena, 1, 48));
    lc_arena_release(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_null(lc_arena_alloc(&arena, SIZE_MAX / 2 + 1, 2));
    assert_null(lc_arena_alloc(&arena, 2, SIZE_MAX / 2 + 1));
    assert_null(lc_arena_alloc(&arena, (size_t)1 << 32, (size_t)1 << 32));
    assert_null(lc_arena_alloc(&arena, SIZE_MAX / 8 + 2, 8));
    assert_null(lc_arena_alloc(&arena, SIZE_MAX, 1));
    assert_null(lc_arena_alloc(&arena, SIZE_MAX - 63, 1));
    assert_int_equal(arena.used, 0);
    lc_arena_release(&arena);
}

/* Small pieces and large ones of both; under AddressSanitizer a lost or doubly freed one is seen. */
static void adopted_pieces_live_on_in_the_other(void **state)
{
    struct lc_arena home, away;
    struct lc_err err;
    char *kept, *adopted, *large, *later;

    (void)state;
    lc_arena_init(&home, LC_ARENA_NO_LIMIT);
    lc_arena_init(&away, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_arena_adopt(&home, &away, &err), LC_OK); /* of nothing, by nothing */
    adopted = lc_arena_text(&away, lc_slice_of("adopted"));
    assert_int_equal(lc_arena_adopt(&home, &away, &err), LC_OK); /* by one that has nothing */
    assert_int_equal(away.used, 0);
    kept = lc_arena_text(&home, lc_slice_of("kept"));
    large = LC_NEW(&away, 200000, char);
    large[199999] = 'x';
    assert_int_equal(lc_arena_adopt(&home, &away, &err), LC_OK);
    later = lc_arena_text(&home, lc_slice_of("later"));
    assert_string_equal(adopted, "adopted");
    assert_string_equal(kept, "kept");
    assert_string_equal(later, "later");
    assert_int_equal(large[199999], 'x');
    assert_true(home.used >= 200000);
    lc_arena_release(&away);
    lc_arena_release(&home);
}

static void more_than_the_limit_is_not_adopted(void **state)
{
    struct lc_arena home, away;
    struct lc_err err;
    char *own;

    (void)state;
    lc_arena_init(&home, 100);
    lc_arena_init(&away, LC_ARENA_NO_LIMIT);
    own = LC_NEW(&away, 101, char);
    own[100] = 'x';
    assert_int_equal(lc_arena_adopt(&home, &away, &err), LC_ENOMEM);
    assert_int_equal(home.used, 0);
    assert_int_equal(own[100], 'x');
    lc_arena_release(&away);
    lc_arena_release(&home);
}

static void an_empty_arena_may_be_released_twice(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, 400);
    lc_arena_release(&arena);
    assert_non_null(lc_arena_alloc(&arena, 400, 1));
    lc_arena_release(&arena);
    lc_arena_release(&arena);
    assert_null(arena.last);
}

static void a_text_is_copied_with_its_nuls_and_one_behind(void **state)
{
    static const char bytes[] = {'W', 'e', 'b', 0, '\xff', '!'};
    struct lc_arena arena;
    char *copy;

    (void)state;
    lc_arena_init(&arena, 48);
    copy = lc_arena_text(&arena, (struct lc_slice){bytes, sizeof bytes});
    assert_non_null(copy);
    assert_memory_equal(copy, bytes, sizeof bytes);
    assert_int_equal(copy[sizeof bytes], 0);
    copy = lc_arena_text(&arena, (struct lc_slice){NULL, 0});
    assert_non_null(copy);
    assert_string_equal(copy, "");
    assert_null(lc_arena_text(&arena, lc_slice_of("sixteen bytes...")));
    lc_arena_release(&arena);
}

static const char *format(struct lc_arena *arena, const char *fmt, ...) LC_PRINTF(2, 3);
static const char *format(struct lc_arena *arena, const char *fmt, ...)
{
    const char *text;
    va_list args;

    va_start(args, fmt);
    text = lc_arena_vformat(arena, fmt, args);
    va_end(args);
    return text;
}

static void a_format_is_as_long_as_it_needs(void **state)
{
    struct lc_arena arena;
    const char *text;

    (void)state;
    lc_arena_init(&arena, 16 + 16 + 5008);
    assert_string_equal(lc_arena_format(&arena, "%s: %d of %.3f", "Q3", -17, 2.385),
                        "Q3: -17 of 2.385");
    text = format(&arena, "%05d|%5002s|", 42, "x");
    assert_null(text); /* 5010 bytes, and the first took 32 */
    text = format(&arena, "%05d|%4992s|", 42, "x");
    assert_non_null(text);
    assert_int_equal(strlen(text), 4999);
    assert_memory_equal(text, "00042|  ", 8);
    assert_string_equal(text + 4996, " x|");
    lc_arena_release(&arena);
}

#ifdef CHECKED_BY_ASAN
/* What makes every other test under AddressSanitizer worth running. */
static void the_byte_behind_a_piece_is_poisoned(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t n = 1; n < 70000; n += 1 + n / 5) {
        char *p = lc_arena_alloc(&arena, n, 1);

        assert_false(__asan_address_is_poisoned(p + n - 1));
        assert_true(__asan_address_is_poisoned(p + n));
        assert_true(__asan_address_is_poisoned(p - 1));
    }
    lc_arena_release(&arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(ten_thousand_small_pieces_are_distinct),
        cmocka_unit_test(nothing_is_a_piece_too),
        cmocka_unit_test(the_limit_is_met_exactly),
        cmocka_unit_test(a_refused_piece_costs_nothing),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(adopted_pieces_live_on_in_the_other),
        cmocka_unit_test(more_than_the_limit_is_not_adopted),
        cmocka_unit_test(an_empty_arena_may_be_released_twice),
        cmocka_unit_test(a_text_is_copied_with_its_nuls_and_one_behind),
        cmocka_unit_test(a_format_is_as_long_as_it_needs),
#ifdef CHECKED_BY_ASAN
        cmocka_unit_test(the_byte_behind_a_piece_is_poisoned),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
