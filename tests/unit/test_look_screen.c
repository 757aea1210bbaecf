#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/look_screen.h"

static const char *const short_line[] = {"one", "two"};

/* The screen of some sections, as lines in `line`; returns how many. */
static size_t screen_of(const struct lc_look_section *section, size_t n, size_t width,
                        char line[][2048])
{
    const struct lc_look look = {.section = section, .n_sections = n};
    FILE *to = tmpfile();
    struct lc_err err;
    size_t lines = 0;

    assert_non_null(to);
    assert_int_equal(lc_look_screen(&look, width, false, to, &err), LC_OK);
    rewind(to);
    while (lines < 100 && fgets(line[lines], 2048, to))
        line[lines][strcspn(line[lines], "\n")] = '\0', lines++;
    (void)fclose(to);
    return lines;
}

/* Display columns of plain ASCII and of the ellipsis. */
static size_t columns(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static char line[100][2048];

static void sentences_stand_behind_their_label(void **state)
{
    const struct lc_look_section section[] = {
        {.label = "FILES", .line = short_line, .n = 2, .most = 4},
        {.label = "PROFILE", .line = short_line, .n = 2, .most = 4, .is_list = true}};

    (void)state;
    assert_true(screen_of(section, 2, 80, line) == 3);
    assert_string_equal(line[0], "FILES       one");
    assert_string_equal(line[1], "            two");
    assert_string_equal(line[2], "PROFILE     one  two");
}

static void a_number_keeps_its_per_cent_sign(void **state)
{
    static const char *const text[] = {"thirty three letters and more 100 % of all leads"};
    const struct lc_look_section section[] = {{.label = "X", .line = text, .n = 1, .most = 4}};

    (void)state;
    assert_true(screen_of(section, 1, 46, line) == 2);
    assert_string_equal(line[0], "X           thirty three letters and more");
    assert_string_equal(line[1], "              100 % of all leads");
}

/* Law: whatever the texts, no line is wider than it may be, and no screen longer. */
static void no_screen_is_wider_or_longer_than_it_may_be(void **state)
{
    static char long_word[1500], words[1500];
    const char *const text[] = {long_word, words, "short", words, words, "\x1b[31m\xe2\x80\xae",
                                words,     words, words,   words};
    struct lc_look_section section[10];

    (void)state;
    memset(long_word, 'w', sizeof long_word - 1);
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = i % 9 == 8 ? ' ' : 'v';
    for (size_t i = 0; i < 10; i++)
        section[i] = (struct lc_look_section){
            .label = "ENGAGEMENT", .line = text, .n = 10, .most = 4, .is_list = i % 2 == 0};
    for (size_t width = 40; width <= 160; width += 40) {
        const size_t n = screen_of(section, 10, width, line);

        assert_true(n <= LC_LOOK_MOST_LINES);
        for (size_t i = 0; i < n; i++) {
            assert_true(columns(line[i]) <= width);
            assert_null(strchr(line[i], '\x1b'));
        }
    }
}

static void what_is_left_out_is_counted(void **state)
{
    static const char *const many[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct lc_look_section section[11];

    (void)state;
    for (size_t i = 0; i < 10; i++)
        section[i] = (struct lc_look_section){.label = "X", .line = many, .n = 7, .most = 4};
    assert_true(screen_of(section, 10, 80, line) == LC_LOOK_MOST_LINES);
    assert_string_equal(line[3], "            and 4 more");
    assert_true(screen_of(section, 2, 80, line) == 14); /* there is room for all */
}

static void a_full_disk_is_an_error(void **state)
{
    const struct lc_look_section section[] = {
        {.label = "X", .line = short_line, .n = 2, .most = 4}};
    const struct lc_look look = {.section = section, .n_sections = 1};
    FILE *to = fopen("/dev/full", "w");
    struct lc_err err;

    (void)state;
    assert_non_null(to);
    (void)setvbuf(to, NULL, _IONBF, 0);
    assert_int_equal(lc_look_screen(&look, 80, true, to, &err), LC_EIO);
    (void)fclose(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_stand_behind_their_label),
        cmocka_unit_test(a_number_keeps_its_per_cent_sign),
        cmocka_unit_test(no_screen_is_wider_or_longer_than_it_may_be),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
