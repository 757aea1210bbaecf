#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/base64.h"

static const char *encoded(const void *bytes, size_t n, char *to, size_t room)
{
    FILE *file = tmpfile();
    size_t got;

    assert_non_null(file);
    lc_base64_put(bytes, n, file);
    rewind(file);
    got = fread(to, 1, room - 1, file);
    to[got] = '\0';
    (void)fclose(file);
    return to;
}

/* RFC 4648, section 10. */
static void the_vectors_of_the_standard_come_out(void **state)
{
    static const char *const vector[][2] = {{"", ""},
                                            {"f", "Zg=="},
                                            {"fo", "Zm8="},
                                            {"foo", "Zm9v"},
                                            {"foob", "Zm9vYg=="},
                                            {"fooba", "Zm9vYmE="},
                                            {"foobar", "Zm9vYmFy"}};
    char text[32];

    (void)state;
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++)
        assert_string_equal(encoded(vector[i][0], strlen(vector[i][0]), text, sizeof text),
                            vector[i][1]);
}

/* The two digits that differ between the standard's alphabets, and a zero byte. */
static void the_alphabet_is_that_of_data_addresses(void **state)
{
    const unsigned char bytes[] = {0xfb, 0xff, 0xbf, 0x00, 0x10, 0x83};
    char text[16];

    (void)state;
    assert_string_equal(encoded(bytes, sizeof bytes, text, sizeof text), "+/+/ABCD");
}

/* Longer than what is encoded at once: the seam must not show. "Man" is "TWFu". */
static void what_is_long_has_no_seam(void **state)
{
    static char bytes[3 * 2500 + 1], text[4 * 2500 + 5];

    (void)state;
    for (size_t i = 0; i < sizeof bytes - 1; i++)
        bytes[i] = "Man"[i % 3];
    bytes[sizeof bytes - 1] = 'f';
    (void)encoded(bytes, sizeof bytes, text, sizeof text);
    assert_int_equal(strlen(text), 4 * 2500 + 4);
    for (size_t i = 0; i < 4 * 2500; i++)
        assert_int_equal(text[i], "TWFu"[i % 4]);
    assert_string_equal(text + 4 * 2500, "Zg==");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_standard_come_out),
        cmocka_unit_test(the_alphabet_is_that_of_data_addresses),
        cmocka_unit_test(what_is_long_has_no_seam),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
