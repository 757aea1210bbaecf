#include "test.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/encoding.h"

#define TABLE "name,city\nJosé,Málaga\n€uro,’quoted’\nplain,Köln\n"

static struct lc_arena arena;

static int begin(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int end(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* TABLE in another encoding, behind a mark. */
static struct lc_slice encode(const char *encoding, const char *mark, size_t mark_n)
{
    char *to = lc_arena_alloc(&arena, 4096, 1), *at, text[] = TABLE, *in = text;
    size_t in_left = strlen(text), out_left = 4000;
    iconv_t c = iconv_open(encoding, "UTF-8");

    assert_non_null(to);
    assert_true(c != (iconv_t)-1);
    memcpy(to, mark, mark_n);
    at = to + mark_n;
    assert_int_equal(iconv(c, &in, &in_left, &at, &out_left), 0);
    (void)iconv_close(c);
    return (struct lc_slice){to, (size_t)(at - to)};
}

static void assert_table(struct lc_slice bytes, const char *encoding, size_t converted)
{
    struct lc_decoded d;
    struct lc_err err;

    assert_int_equal(lc_decode(bytes, NULL, NULL, &arena, &d, &err), LC_OK);
    assert_string_equal(d.encoding, encoding);
    assert_true(lc_slice_eq(d.text, lc_slice_of(TABLE)));
    assert_int_equal(d.converted, converted);
    assert_int_equal(d.replaced, 0);
}

static void one_table_in_seven_encodings_is_one_text(void **state)
{
    (void)state;
    assert_table(encode("UTF-8", "", 0), "UTF-8", 0);
    assert_table(encode("UTF-8", "\xef\xbb\xbf", 3), "UTF-8 with mark", 0);
    assert_table(encode("UTF-16LE", "\xff\xfe", 2), "UTF-16LE", 0);
    assert_table(encode("UTF-16BE", "\xfe\xff", 2), "UTF-16BE", 0);
    assert_table(encode("UTF-16LE", "", 0), "UTF-16LE", 0);
    assert_table(encode("UTF-16BE", "", 0), "UTF-16BE", 0);
    assert_table(encode("WINDOWS-1252", "", 0), "Windows-1252", 6);
}

static void valid_text_is_not_copied(void **state)
{
    const struct lc_slice s = lc_slice_of(TABLE);
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_decode(s, NULL, NULL, &arena, &d, &err), LC_OK);
    assert_ptr_equal(d.text.p, s.p);
}

static void broken_characters_and_nuls_are_replaced_and_counted(void **state)
{
    struct lc_decoded d;
    struct lc_err err;
    char nul[200];

    (void)state; /* half a code unit at the end; a byte that Windows-1252 lacks; a NUL */
    assert_int_equal(lc_decode((struct lc_slice){"\xff\xfe"
                                                 "a\0,\0b",
                                                 7},
                               NULL, NULL, &arena, &d, &err),
                     LC_OK);
    assert_true(lc_slice_eq(d.text, lc_slice_of("a,\xef\xbf\xbd")));
    assert_int_equal(d.replaced, 1);
    assert_int_equal(lc_decode(lc_slice_of("caf\xe9,\x81x\n"), NULL, NULL, &arena, &d, &err),
                     LC_OK);
    assert_true(lc_slice_eq(d.text, lc_slice_of("café,\xef\xbf\xbdx\n")));
    assert_int_equal(d.replaced, 1);
    assert_int_equal(d.converted, 1);
    memset(nul, 'x', sizeof nul);
    nul[100] = 0;
    assert_int_equal(
        lc_decode((struct lc_slice){nul, sizeof nul}, NULL, NULL, &arena, &d, &err), LC_OK);
    assert_int_equal(d.text.n, sizeof nul + 2);
    assert_memory_equal(d.text.p + 99, "x\xef\xbf\xbdx", 5);
    assert_int_equal(d.replaced, 1);
}

static void ill_formed_utf8_is_not_taken_for_utf8(void **state)
{
    static const char *const bad[] = {
        "a\xc0\x80", "a\xed\xa0\x80z", "a\xf4\x90\x80\x80z",    "\x80z",
        "a\xe2\x82", "a\xe0\x80\xafz", "a\xf8\x88\x80\x80\x80z"};
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(lc_decode(lc_slice_of(bad[i]), NULL, NULL, &arena, &d, &err), LC_OK);
        assert_string_equal(d.encoding, "Windows-1252");
    }
}

static void characters_across_blocks_are_seen_whole(void **state)
{
    const size_t n = ((size_t)4 << 20) + 64;
    char *text = malloc(n);
    struct lc_parallel *pool = lc_parallel_new(3);
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    assert_non_null(text);
    for (size_t before = 1; before <= 4;
         before++) { /* of the four bytes, before the block's end */
        memset(text, 'x', n);
        memcpy(text + ((size_t)4 << 20) - before, "\xf0\x9f\x98\x80", 4);
        assert_int_equal(lc_decode((struct lc_slice){text, n}, NULL, pool, &arena, &d, &err),
                         LC_OK);
        assert_string_equal(d.encoding, "UTF-8");
        text[((size_t)4 << 20) - before + 3] = 'x';
        assert_int_equal(lc_decode((struct lc_slice){text, n}, NULL, pool, &arena, &d, &err),
                         LC_OK);
        assert_string_equal(d.encoding, "Windows-1252");
    }
    lc_parallel_free(pool);
    free(text);
}

static void what_is_not_text_is_refused_with_advice(void **state)
{
    static const struct {
        struct lc_slice bytes;
        const char *advice;
    } cases[] = {
        {{"PK\3\4xxxxxxxx", 12}, "save it as CSV"},
        {{"\xd0\xcf\x11\xe0xxxx", 8}, "save it as CSV"},
        {{"\x1f\x8b\x08\x00xxxx", 8}, "unpack it"},
        {{"%PDF-1.7", 8}, "PDF"},
        {{"\1\2\3\4\5\6\7\x08\x0e\x0f", 10}, "is not text"},
    };
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(lc_decode(cases[i].bytes, NULL, NULL, &arena, &d, &err), LC_EFORMAT);
        assert_non_null(strstr(err.text, cases[i].advice));
    }
}

static void refused_memory_is_said(void **state)
{
    struct lc_arena small;
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    lc_arena_init(&small, 0);
    assert_int_equal(lc_decode(lc_slice_of(TABLE), NULL, NULL, &small, &d, &err), LC_ENOMEM);
    assert_int_equal(lc_decode(encode("UTF-16LE", "", 0), NULL, NULL, &small, &d, &err),
                     LC_ENOMEM);
}

static void what_the_person_says_is_believed(void **state)
{
    static const struct {
        const char *encoding, *bytes, *text;
        size_t n, replaced;
    } cases[] = {
        {"windows-1252", "caf\xe9", "caf\xc3\xa9", 4, 0},
        {"CP850", "caf\x82", "caf\xc3\xa9", 4, 0},
        {"utf-8",
         "\xef\xbb\xbf"
         "caf\xc3\xa9",
         "caf\xc3\xa9", 8, 0},
        {"UTF-8", "caf\xe9!", "caf\xef\xbf\xbd!", 5, 1},
        {"utf-16le",
         "\xff\xfe"
         "a\0\xe9\0",
         "a\xc3\xa9", 6, 0},
        {"utf-16be", "\0a\0\xe9\0", "a\xc3\xa9\xef\xbf\xbd", 5, 1},
    };
    struct lc_decoded d;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(lc_decode((struct lc_slice){cases[i].bytes, cases[i].n},
                                   cases[i].encoding, NULL, &arena, &d, &err),
                         LC_OK);
        assert_int_equal(d.text.n, strlen(cases[i].text));
        assert_memory_equal(d.text.p, cases[i].text, d.text.n);
        assert_int_equal(d.replaced, cases[i].replaced);
        assert_string_equal(d.encoding, cases[i].encoding);
    }
    assert_int_equal(lc_decode(lc_slice_of("a"), "klingon", NULL, &arena, &d, &err),
                     LC_EFORMAT);
}

static void utf_8_is_judged_byte_by_byte(void **state)
{
    (void)state;
    assert_true(lc_is_utf8(lc_slice_of("")));
    assert_true(lc_is_utf8(lc_slice_of("abcdefgh\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")));
    assert_false(lc_is_utf8((struct lc_slice){"a\0b", 3}));
    assert_false(lc_is_utf8(lc_slice_of("abcdefgh\xc3")));
    assert_false(lc_is_utf8(lc_slice_of("\xc0\x80")));         /* longer than it need be */
    assert_false(lc_is_utf8(lc_slice_of("\xed\xa0\x80")));     /* half a surrogate pair */
    assert_false(lc_is_utf8(lc_slice_of("\xf4\x90\x80\x80"))); /* beyond Unicode */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_table_in_seven_encodings_is_one_text, begin, end),
        cmocka_unit_test_setup_teardown(valid_text_is_not_copied, begin, end),
        cmocka_unit_test_setup_teardown(broken_characters_and_nuls_are_replaced_and_counted,
                                        begin, end),
        cmocka_unit_test_setup_teardown(ill_formed_utf8_is_not_taken_for_utf8, begin, end),
        cmocka_unit_test_setup_teardown(characters_across_blocks_are_seen_whole, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_text_is_refused_with_advice, begin, end),
        cmocka_unit_test_setup_teardown(refused_memory_is_said, begin, end),
        cmocka_unit_test_setup_teardown(what_the_person_says_is_believed, begin, end),
        cmocka_unit_test(utf_8_is_judged_byte_by_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
