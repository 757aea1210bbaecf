#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/dict.h"

static void codes_count_up_by_first_appearance(void **state)
{
    static const char *const text[] = {
        "Retail", "", "IT", "Retail", "Health care, private", "IT", "Health care, privaty"};
    static const uint32_t code[] = {0, 1, 2, 0, 3, 2, 4};
    struct lc_arena keep, scratch;
    struct lc_dict d;

    (void)state;
    lc_arena_init(&keep, LC_ARENA_NO_LIMIT);
    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    assert_true(lc_dict_init(&d, &keep, &scratch, false));
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(lc_dict_code(&d, lc_slice_of(text[i])), code[i]);
    assert_int_equal(lc_dict_find(&d, lc_slice_of("IT")), 2);
    assert_int_equal(lc_dict_find(&d, lc_slice_of("It")), LC_NO_CODE);
    lc_arena_release(&scratch);
    assert_string_equal(d.text[3].p, "Health care, private");
    lc_arena_release(&keep);
}

/* Texts of every length around the 4, 8 and 16 bytes where the key changes its form. */
static size_t make_text(char *to, size_t i)
{
    const size_t n = i % 37;

    memset(to, 'x', n + 1);
    for (size_t b = 0, rest = i / 37; b < 5 && b < n; b++, rest /= 7)
        to[(b * 11 + 3) % n] = (char)('a' + rest % 7);
    return n;
}

static void many_texts_keep_their_codes_as_the_table_grows(void **state)
{
    static uint32_t code[40000];
    struct lc_arena arena;
    char text[64], other[64];
    struct lc_dict d;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(lc_dict_init(&d, &arena, &arena, false));
    for (size_t i = 0; i < 40000; i++)
        code[i] = lc_dict_code(&d, (struct lc_slice){text, make_text(text, i)});
    assert_true(d.n > 10000);
    for (size_t i = 0; i < 40000; i++) {
        const struct lc_slice s = {text, make_text(text, i)};

        assert_int_equal(lc_dict_find(&d, s), code[i]);
        assert_true(lc_slice_eq(d.text[code[i]], s));
    }
    for (uint32_t i = 1; i < d.n; i++) /* no text twice */
        assert_int_equal(lc_dict_find(&d, d.text[i]), i);
    (void)other;
    lc_arena_release(&arena);
}

static void a_text_that_is_popped_never_was(void **state)
{
    struct lc_arena arena;
    struct lc_dict d;
    char text[32];

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(lc_dict_init(&d, &arena, &arena, false));
    for (int i = 0; i < 3000; i++) {
        (void)snprintf(text, sizeof text, "level %d", i);
        assert_int_equal(lc_dict_code(&d, lc_slice_of(text)), i);
        (void)snprintf(text, sizeof text, "bad %d", i);
        assert_int_equal(lc_dict_code(&d, lc_slice_of(text)), i + 1);
        lc_dict_pop(&d);
        assert_int_equal(lc_dict_find(&d, lc_slice_of(text)), LC_NO_CODE);
    }
    for (int i = 0; i < 3000; i++) {
        (void)snprintf(text, sizeof text, "level %d", i);
        assert_int_equal(lc_dict_find(&d, lc_slice_of(text)), i);
    }
    lc_arena_release(&arena);
}

static void refused_memory_gives_no_code_and_harms_nothing(void **state)
{
    size_t limit;

    (void)state;
    for (limit = 0;; limit += 512) {
        struct lc_arena arena;
        struct lc_dict d;
        char text[32];
        int i = 0;

        lc_arena_init(&arena, limit);
        if (lc_dict_init(&d, &arena, &arena, false))
            for (; i < 300; i++) {
                (void)snprintf(text, sizeof text, "industry number %d", i);
                if (lc_dict_code(&d, lc_slice_of(text)) == LC_NO_CODE)
                    break;
                assert_int_equal(lc_dict_find(&d, lc_slice_of("industry number 0")), 0);
            }
        lc_arena_release(&arena);
        if (i == 300)
            break;
    }
    assert_true(limit > 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_count_up_by_first_appearance),
        cmocka_unit_test(many_texts_keep_their_codes_as_the_table_grows),
        cmocka_unit_test(a_text_that_is_popped_never_was),
        cmocka_unit_test(refused_memory_gives_no_code_and_harms_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
