#include "test.h"

#include <stdio.h>

#include "leadcal/reject.h"

static void complaints_and_notes_come_back_in_order(void **state)
{
    struct lc_rejects r;
    struct lc_arena arena;
    struct lc_err err;
    char note[32];

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_rejects_init(&r, &arena);
    for (size_t i = 0; i < 40; i++) {
        const struct lc_turned row = {10 + i, 3, i};

        assert_int_equal(lc_reject_row(&r, (enum lc_reject)(i % 4), i % 2, &row, 7, &err),
                         LC_OK);
        assert_int_equal(lc_reject_note(&r, &err, "note %zu\n", i), LC_OK);
    }
    assert_int_equal(r.account.n_complaints, 40);
    assert_int_equal(r.account.n_notes, 40);
    for (size_t i = 0; i < 40; i++) {
        assert_int_equal(r.account.complaint[i].line, 10 + i);
        assert_string_equal(r.account.complaint[i].kind,
                            lc_reject_kind((enum lc_reject)(i % 4)));
        (void)snprintf(note, sizeof note, "note %zu?", i);
        assert_string_equal(r.account.note[i], note);
    }
    assert_string_equal(r.account.complaint[1].text, "1 cell where the header has 7");
    assert_string_equal(r.account.complaint[4].text, "4 cells where the header has 7");
    assert_string_equal(r.account.complaint[3].text,
                        "cell 3 has a quote that is out of order or never closed");
    assert_true(lc_reject_skips(LC_REJECT_BLANK) && lc_reject_skips(LC_REJECT_FOOTER));
    assert_false(lc_reject_skips(LC_REJECT_QUOTE));
    assert_string_equal(lc_reject_kind(LC_REJECT_EXTRA), "extra-cell");
    lc_arena_release(&arena);
}

static void refused_memory_is_said(void **state)
{
    const struct lc_turned row = {1, 8, 8};
    const struct lc_away away = {.line = 3};
    struct lc_rejects r;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, 64);
    lc_rejects_init(&r, &arena);
    assert_int_equal(lc_reject_row(&r, LC_REJECT_EXTRA, 0, &row, 7, &err), LC_ENOMEM);
    assert_int_equal(lc_reject_list(&r, &away, &err), LC_ENOMEM);
    assert_int_equal(lc_reject_note(&r, &err, "a note"), LC_ENOMEM);
    assert_int_equal(r.account.n_complaints + r.account.n_notes, 0);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complaints_and_notes_come_back_in_order),
        cmocka_unit_test(refused_memory_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
