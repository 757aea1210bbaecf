#include "test.h"

#include <string.h>

#include "leadcal/error.h"

static void a_failure_returns_its_code_and_keeps_its_sentence(void **state)
{
    static const enum lc_rc code[] = {LC_ENOMEM,      LC_EIO,     LC_EFORMAT, LC_EMISMATCH,
                                      LC_EDEGENERATE, LC_ENOCONV, LC_EINTR,   LC_END};

    (void)state;
    for (size_t i = 0; i < sizeof code / sizeof *code; i++) {
        struct lc_err err = {LC_OK, ""};

        assert_int_equal(lc_fail(&err, code[i], "leads.csv:%d: %s", 238, "too wide"), code[i]);
        assert_int_equal(err.code, code[i]);
        assert_string_equal(err.text, "leads.csv:238: too wide");
    }
}

static void a_refused_allocation_says_what_it_was_for(void **state)
{
    struct lc_err err = {LC_OK, ""};

    (void)state;
    assert_int_equal(lc_fail_memory(&err, "41 columns"), LC_ENOMEM);
    assert_non_null(strstr(err.text, "out of memory for 41 columns; "));
}

static void control_characters_become_question_marks(void **state)
{
    struct lc_err err;

    (void)state;
    (void)lc_fail(&err, LC_EFORMAT, "%s", "\x1b[31m a\tb\nc\r d\x7f\x01 e");
    assert_string_equal(err.text, "?[31m a?b?c? d?? e");
    /* U+0080, U+009B (another way to write ESC [) and U+009F. */
    (void)lc_fail(&err, LC_EFORMAT, "%s",
                  "\xc2\x80 \xc2\x9b"
                  "2J \xc2\x9f");
    assert_string_equal(err.text, "?? ??2J ??");
}

static void letters_outside_ascii_stay(void **state)
{
    /* U+00A0, u umlaut, a Katakana letter, and one of four bytes. */
    static const char text[] = "\xc2\xa0 M\xc3\xbcller \xe3\x82\xa2 \xf0\x9f\x93\x88";
    struct lc_err err;

    (void)state;
    (void)lc_fail(&err, LC_EFORMAT, "%s", text);
    assert_string_equal(err.text, text);
}

static void a_place_goes_before_the_sentence(void **state)
{
    struct lc_err err;

    (void)state;
    (void)lc_fail(&err, LC_EMISMATCH, "no column 'stagee'");
    assert_int_equal(lc_fail_in(&err, "spec\x1b.json"), LC_EMISMATCH);
    assert_int_equal(lc_fail_in(&err, "q3"), LC_EMISMATCH);
    assert_string_equal(err.text, "q3: spec?.json: no column 'stagee'");
}

static void a_long_text_is_cut_at_the_end(void **state)
{
    char text[3 * LC_ERR_TEXT];
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i % 23);
    text[sizeof text - 1] = 0;
    assert_int_equal(lc_fail(&err, LC_EIO, "%s", text), LC_EIO);
    assert_int_equal(strlen(err.text), LC_ERR_TEXT - 1);
    assert_memory_equal(err.text, text, LC_ERR_TEXT - 1);
}

/* A list of known names of 400 bytes is not lost behind a short place, nor any sentence behind a
 * place of whatever length. */
static void a_place_leaves_the_sentence_its_room(void **state)
{
    char place[3 * LC_ERR_TEXT], text[401];
    struct lc_err err;

    (void)state;
    memset(text, 'n', sizeof text - 1);
    text[400] = 0;
    (void)lc_fail(&err, LC_EMISMATCH, "%s", text);
    (void)lc_fail_in(&err, "leads.csv");
    assert_int_equal(strlen(err.text), 400 + strlen("leads.csv: "));

    memset(place, 'p', sizeof place - 1);
    place[sizeof place - 1] = 0;
    (void)lc_fail(&err, LC_EMISMATCH, "no such column");
    (void)lc_fail_in(&err, place);
    assert_true(strlen(err.text) < LC_ERR_TEXT);
    assert_string_equal(strstr(err.text, ": "), ": no such column");
}

static void a_cut_does_not_leave_part_of_a_letter(void **state)
{
    static const char *const letter[] = {"\xc3\xbc", "\xe3\x82\xa2", "\xf0\x9f\x93\x88"};

    (void)state;
    for (size_t l = 0; l < 3; l++)
        for (size_t before = 0; before < 4; before++) {
            const size_t n = strlen(letter[l]);
            char text[5 * LC_ERR_TEXT] = "";
            struct lc_err err;

            memset(text, 'x', before);
            for (size_t i = 0; i < 600; i++)
                memcpy(text + before + i * n, letter[l], n);
            (void)lc_fail(&err, LC_EFORMAT, "%s", text);
            assert_int_equal((strlen(err.text) - before) % n, 0);
            assert_true(strlen(err.text) + n >= LC_ERR_TEXT);
            (void)lc_fail(&err, LC_EFORMAT, "bad");
            (void)lc_fail_in(&err, text);
            assert_int_equal((strlen(err.text) - before - strlen(": bad")) % n, 0);
        }
}

static void a_text_that_begins_with_a_colon_goes_on_with_the_place(void **state)
{
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fail(&err, LC_EFORMAT, ":17: a quote is never closed"), LC_EFORMAT);
    assert_int_equal(lc_fail_in(&err, "leads.csv"), LC_EFORMAT);
    assert_string_equal(err.text, "leads.csv:17: a quote is never closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_begins_with_a_colon_goes_on_with_the_place),
        cmocka_unit_test(a_failure_returns_its_code_and_keeps_its_sentence),
        cmocka_unit_test(a_refused_allocation_says_what_it_was_for),
        cmocka_unit_test(control_characters_become_question_marks),
        cmocka_unit_test(letters_outside_ascii_stay),
        cmocka_unit_test(a_place_goes_before_the_sentence),
        cmocka_unit_test(a_long_text_is_cut_at_the_end),
        cmocka_unit_test(a_place_leaves_the_sentence_its_room),
        cmocka_unit_test(a_cut_does_not_leave_part_of_a_letter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
