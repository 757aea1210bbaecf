#include "test.h"

#include <string.h>

#include "leadcal/frame.h"

static const struct lc_heading heading[] = {{"level", LC_CELL_TEXT, "Level", false},
                                            {"rate", LC_CELL_RATE, NULL, false}};

static void rows_begin_empty_and_stay_as_the_frame_grows(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, 2, &arena);
    for (size_t i = 0; i < 100; i++) {
        union lc_value *row;

        assert_int_equal(lc_frame_add(&f, &row, &err), LC_OK);
        assert_null(row[0].text);
        assert_true(isnan(row[1].number));
        row[0].text = i % 2 ? "odd" : "even";
        row[1].number = 0.001 * (double)i;
    }
    assert_int_equal(f.n, 100);
    for (size_t i = 0; i < 100; i++) {
        assert_string_equal(f.value[2 * i].text, i % 2 ? "odd" : "even");
        assert_close(f.value[2 * i + 1].number, 0.001 * (double)i, 0);
    }
    assert_int_equal(lc_frame_column(&f, "rate"), 1);
    lc_arena_release(&arena);
}

static void notes_keep_their_order(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, 2, &arena);
    assert_int_equal(lc_frame_note(&f, &err, "%d rows", 5), LC_OK);
    assert_int_equal(lc_frame_note(&f, &err, "%s", "levels do not differ"), LC_OK);
    assert_int_equal(f.n_notes, 2);
    assert_string_equal(f.note[0], "5 rows");
    assert_string_equal(f.note[1], "levels do not differ");
    lc_arena_release(&arena);
}

static void refused_memory_is_said_and_keeps_what_was_there(void **state)
{
    struct lc_arena arena;
    union lc_value *row;
    struct lc_frame f;
    struct lc_err err;
    enum lc_rc rc = LC_OK;

    (void)state;
    lc_arena_init(&arena, 1000);
    lc_frame_init(&f, "rates", heading, 2, &arena);
    while (!rc)
        rc = lc_frame_add(&f, &row, &err);
    assert_int_equal(rc, LC_ENOMEM);
    assert_int_equal(f.n, 32);
    while ((rc = lc_frame_note(&f, &err, "a note of some length")) == LC_OK)
        ;
    assert_int_equal(rc, LC_ENOMEM);
    lc_arena_release(&arena);
}

static void a_note_is_never_cut(void **state)
{
    struct lc_arena arena;
    struct lc_frame f;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    lc_frame_init(&f, "rates", heading, 2, &arena);
    assert_int_equal(lc_frame_note(&f, &err, "%3000s", "\xc3\xbc"), LC_OK);
    assert_int_equal(strlen(f.note[0]), 3000);
    assert_string_equal(f.note[0] + 2998, "\xc3\xbc");
    lc_arena_release(&arena);
}

/* 40 rows of odd width and 3 notes; whatever is refused leaves what was there. */
static enum lc_rc fill(struct lc_frame *f, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < 40 && !rc; i++) {
        union lc_value *row = f->value;
        const size_t before = f->n;

        rc = lc_frame_add(f, &row, err);
        if (rc) {
            assert_ptr_equal(row, f->value);
            assert_int_equal(f->n, before);
        } else {
            row[0].text = "Referral";
            row[1].number = 2.385 + (double)i;
        }
    }
    for (int i = 0; i < 3 && !rc; i++)
        rc = lc_frame_note(f, err, "note %d of a frame", i);
    return rc;
}

static void every_refused_allocation_is_survived(void **state)
{
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0;; limit += 16) {
        struct lc_err err = {LC_OK, ""};
        struct lc_arena arena;
        struct lc_frame f;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        lc_frame_init(&f, "rates", heading, 2, &arena);
        rc = fill(&f, &err);
        for (size_t i = 0; i < f.n; i++)
            assert_close(f.value[2 * i + 1].number, 2.385 + (double)i, 0);
        for (size_t i = 0; i < f.n_notes; i++)
            assert_memory_equal(f.note[i], "note ", 5);
        if (rc) {
            assert_int_equal(rc, LC_ENOMEM);
            assert_non_null(strstr(err.text, "rates"));
            refused++;
        }
        lc_arena_release(&arena);
        if (!rc)
            break;
    }
    assert_true(refused > 100); /* 112 rows of room at 16 bytes, and the notes */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_begin_empty_and_stay_as_the_frame_grows),
        cmocka_unit_test(notes_keep_their_order),
        cmocka_unit_test(a_note_is_never_cut),
        cmocka_unit_test(every_refused_allocation_is_survived),
        cmocka_unit_test(refused_memory_is_said_and_keeps_what_was_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
