#include "../../src/out/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "test.h"

#define DOUBLES 100000

/* xorshift64* with a fixed seed (Marsaglia 2003, Vigna 2016): bit patterns of all sizes. */
static uint64_t next_bits(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static double next_double(uint64_t *state)
{
    double x;

    do {
        const uint64_t bits = next_bits(state);

        memcpy(&x, &bits, sizeof x);
    } while (!isfinite(x));
    return x;
}

static char *write_reals(const double *x, size_t n)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct lc_json_out out = {.to = to};
    struct lc_err err;

    assert_non_null(to);
    lc_json_open(&out, NULL, '{', false);
    lc_json_put_reals(&out, "x", x, n);
    lc_json_close(&out, '}');
    assert_int_equal(lc_json_end(&out, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    return text;
}

static void doubles_of_any_size_read_back_to_the_same_bits(void **state)
{
    double *x = calloc(DOUBLES, sizeof *x);
    uint64_t random = 20260331;
    struct lc_arena arena;
    struct lc_err err;
    struct lc_json_in in = {.path = "x.json", .arena = &arena, .err = &err};
    const struct lc_json *root;
    const double *back;
    size_t n = 0;
    char *text;

    (void)state;
    assert_non_null(x);
    for (size_t i = 0; i < DOUBLES; i++)
        x[i] = next_double(&random);
    text = write_reals(x, DOUBLES);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    in.text = lc_slice_of(text);
    root = lc_json_parse(&in);
    assert_int_equal(in.rc, LC_OK);
    back = lc_json_reals(&in, lc_json_get(root, "x"), &n);
    assert_int_equal(n, DOUBLES);
    assert_memory_equal(x, back, DOUBLES * sizeof *x);
    free(text);
    free(x);
    lc_arena_release(&arena);
}

static void an_infinite_number_is_refused_at_the_end(void **state)
{
    struct lc_json_out out = {.to = fopen("/dev/null", "w")};
    struct lc_err err;

    (void)state;
    assert_non_null(out.to);
    lc_json_put_real(&out, NULL, HUGE_VAL);
    assert_int_equal(lc_json_end(&out, &err), LC_EDEGENERATE);
    (void)fclose(out.to);
}

static void texts_with_escapes_read_back_the_same(void **state)
{
    static const char text[] =
        "{\"quote \\\" \\\\ \\/ \\b\\f\\n\\r\\t\": \"\\u00e4\\ud83d\\ude00 // no /* comment\"}";
    struct lc_arena arena;
    struct lc_err err;
    struct lc_json_in in = {
        .path = "x.json", .text = lc_slice_of(text), .arena = &arena, .err = &err};
    const struct lc_json *root;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    root = lc_json_parse(&in);
    assert_int_equal(in.rc, LC_OK);
    assert_string_equal(root->child->key, "quote \" \\ / \b\f\n\r\t");
    assert_string_equal(root->child->text, "\xc3\xa4\xf0\x9f\x98\x80 // no /* comment");
    lc_arena_release(&arena);
}

static void a_key_path_names_every_step(void **state)
{
    static const char text[] = "{\"a\": [1, {\"b\": [[true]]}]}";
    struct lc_arena arena;
    struct lc_err err;
    struct lc_json_in in = {
        .path = "x.json", .text = lc_slice_of(text), .arena = &arena, .err = &err};
    const struct lc_json *at;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    at = lc_json_parse(&in);
    at = lc_json_get(at->child->child->next, "b")->child->child;
    (void)lc_json_real(&in, at);
    assert_int_equal(in.rc, LC_EMISMATCH);
    assert_string_equal(err.text,
                        "x.json:1:19: a[1].b[0][0]: needs a number, not true or false");
    assert_true(isnan(lc_json_real(&in, at)));
    assert_null(lc_json_need(&in, at->up, "later"));
    assert_string_equal(err.text,
                        "x.json:1:19: a[1].b[0][0]: needs a number, not true or false");
    lc_arena_release(&arena);
}

/* Unicode 15, table 3-7: the edges of each row. */
static void utf8_is_well_formed_by_the_table(void **state)
{
    static const struct {
        const char *bytes;
        size_t step;
    } given[] = {
        {"A", 1},
        {"\xc2\x80", 2},
        {"\xdf\xbf", 2},
        {"\xc1\xbf", 0},
        {"\xe0\xa0\x80", 3},
        {"\xe0\x9f\xbf", 0},
        {"\xed\x9f\xbf", 3},
        {"\xed\xa0\x80", 0},
        {"\xef\xbf\xbf", 3},
        {"\xf0\x90\x80\x80", 4},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 0},
        {"\xf5\x80\x80\x80", 0},
        {"\x80", 0},
        {"\xe4\xbd", 0},
        {"\xe4\xbdX", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        assert_int_equal(lc_utf8_step(given[i].bytes, given[i].bytes + strlen(given[i].bytes)),
                         given[i].step);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_of_any_size_read_back_to_the_same_bits),
        cmocka_unit_test(an_infinite_number_is_refused_at_the_end),
        cmocka_unit_test(texts_with_escapes_read_back_the_same),
        cmocka_unit_test(a_key_path_names_every_step),
        cmocka_unit_test(utf8_is_well_formed_by_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
