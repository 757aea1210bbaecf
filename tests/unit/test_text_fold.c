#include "test.h"

#include <string.h>

#include "leadcal/text_fold.h"

static const struct {
    const char *text, *folded;
} pairs[] = {
    {"GTX Pro", "gtx pro"},
    {"  two \t\n blanks ", "two blanks"},
    {"Caf\u00e9", "cafe"},
    {"Cafe\u0301", "cafe"},                      /* the same with a mark of its own */
    {"Z\u00dcRICH", "zurich"},                   /* Ü */
    {"Stra\u00dfe", "strasse"},                  /* ß */
    {"\uff27\uff34\uff38\u3000\uff17", "gtx 7"}, /* full width, ideographic blank */
    {"\ufb01nance", "finance"},                  /* fi ligature */
    {"10\u201350", "10-50"},                     /* en dash */
    {"10\u221250", "10-50"},                     /* minus sign */
    {"\u201cquoted\u201d [x] {y}", "'quoted' (x) (y)"},
    {"soft\u00adhyphen\u200b", "softhyphen"},
    {"\u0439", "\u0438\u0306"}, /* й is no и */
    {"\u304c", "\u304b\u3099"}, /* が is no か */
    {"C++ / C#", "c++ / c#"},
    {"\xff\xfe x", "\xff\xfe x"}, /* no UTF-8 */
    {"", ""},
};

static void what_people_do_not_mean_is_folded_and_what_they_mean_stays(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(lc_text_fold(pairs[i].text, &arena), pairs[i].folded);
    lc_arena_release(&arena);
}

static void folding_twice_is_folding_once(void **state)
{
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *once = lc_text_fold(pairs[i].text, &arena);

        assert_string_equal(lc_text_fold(once, &arena), once);
    }
    lc_arena_release(&arena);
}

/* U+FDFA is the longest: 18 code points of 33 bytes, where it has 3. */
static void the_longest_decomposition_has_room(void **state)
{
    struct lc_arena arena;
    char text[3001];

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 3 * i, "\xef\xb7\xba", 3);
    text[3000] = '\0';
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(strlen(lc_text_fold(text, &arena)) == 33000);
    lc_arena_release(&arena);
    lc_arena_init(&arena, 4096);
    assert_null(lc_text_fold(text, &arena));
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_do_not_mean_is_folded_and_what_they_mean_stays),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(the_longest_decomposition_has_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
