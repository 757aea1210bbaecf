#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/odd.h"
#include "small_table.h"

#define N 24

/* A column of N cells: 12 different texts twice each, and then what is put over the last ones. */
static struct lc_odd odd_of(struct lc_arena *arena, enum lc_kind kind, const char *before,
                            const char *odd, size_t times)
{
    const char **cell = LC_NEW(arena, N, const char *);
    struct lc_table_column c;

    for (size_t i = 0; i < N; i++)
        cell[i] = i < N - times ? lc_arena_format(arena, "%s%zu", before, i % 12 + 10) : odd;
    c = small_column(arena, "x", kind, cell, N);
    return lc_odd_find(&c);
}

static void what_is_unlike_all_others_is_found(void **state)
{
    static const struct {
        enum lc_kind kind;
        const char *before, *odd;
        size_t times;
        enum lc_odd_kind is;
    } all[] = {
        {LC_KIND_TEXT, "", "none", 2, LC_ODD_AMONG_NUMBERS},
        {LC_KIND_TEXT, "", "none", 1, LC_ODD_NONE}, /* a slip in one cell */
        {LC_KIND_TEXT, "", "no number at all, a note", 2, LC_ODD_NONE},
        {LC_KIND_TEXT, "2025-01-", "2025-02-30", 1, LC_ODD_AMONG_DATES},
        {LC_KIND_TEXT, "word ", "none", 3, LC_ODD_NONE},
        {LC_KIND_NUMBER, "", "999", 5, LC_ODD_NUMBER},
        {LC_KIND_NUMBER, "", "999", 4, LC_ODD_NONE},
        {LC_KIND_NUMBER, "", "998", 5, LC_ODD_NONE},
        {LC_KIND_NUMBER, "", "-1", 5, LC_ODD_NUMBER},
        {LC_KIND_NUMBER, "", "22", 5, LC_ODD_NONE},
        /* days since 1970: 20110..20121 is January 2025 */
        {LC_KIND_DATE, "201", "-25567", 1, LC_ODD_DAY},
        {LC_KIND_DATE, "201", "47481", 1, LC_ODD_DAY},
        {LC_KIND_DATE, "201", "16801", 1, LC_ODD_NONE}, /* 2016 */
    };
    struct lc_arena arena;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct lc_odd odd =
            odd_of(&arena, all[i].kind, all[i].before, all[i].odd, all[i].times);

        if (odd.kind != all[i].is || odd.n != (all[i].is != LC_ODD_NONE))
            fail_msg("%s among %s: %d", all[i].odd, all[i].before, odd.kind);
    }
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unlike_all_others_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
