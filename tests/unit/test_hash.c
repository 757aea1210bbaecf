#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/hash.h"

static void sha256_gives_the_standards_vectors(void **state)
{
    char text[LC_SHA256_TEXT], *million = malloc(1000000);

    (void)state; /* FIPS 180-4 examples; the last is the standard's million letters a */
    lc_sha256_text("", 0, text);
    assert_string_equal(text,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    lc_sha256_text("abc", 3, text);
    assert_string_equal(text,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    lc_sha256_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, text);
    assert_string_equal(text,
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_non_null(million);
    memset(million, 'a', 1000000);
    lc_sha256_text(million, 1000000, text);
    assert_string_equal(text,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void table_hashes_tell_lengths_and_bytes_apart(void **state)
{
    const char text[] = "industry\0industrz";

    (void)state;
    assert_true(lc_hash_bytes(text, 8) != lc_hash_bytes(text, 7));
    assert_true(lc_hash_bytes(text, 8) != lc_hash_bytes(text + 9, 8));
    assert_true(lc_hash_bytes(text, 8) == lc_hash_bytes("industry", 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_standards_vectors),
        cmocka_unit_test(table_hashes_tell_lengths_and_bytes_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
