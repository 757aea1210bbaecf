#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/hash.h"

/* NIST, examples to FIPS 180-4 (SHA-256): one block, two blocks; the empty message and the million
 * of 'a' are those of the SHA test vectors (SHAVS). */
static void sha_256_gives_the_digests_of_the_standard(void **state)
{
    static const struct {
        const char *message, *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char digest[LC_SHA256_TEXT + 1], *many = malloc(1000000);

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        digest[LC_SHA256_TEXT] = '#';
        lc_sha256_text(known[i].message, strlen(known[i].message), digest);
        assert_string_equal(digest, known[i].digest);
        assert_int_equal(digest[LC_SHA256_TEXT], '#');
    }
    assert_non_null(many);
    memset(many, 'a', 1000000);
    lc_sha256_text(many, 1000000, digest);
    assert_string_equal(digest,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(many);
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Of 20,000 good hashes of 64 bits two are equal once in 10^11 tries. */
static void different_keys_have_different_hashes(void **state)
{
    enum { N = 20000 };
    static uint64_t hash[N];
    char key[N];

    (void)state;
    memset(key, 'k', sizeof key);
    for (size_t i = 0; i < N / 2; i++)
        hash[i] = lc_hash_bytes(key, i); /* of every length */
    for (size_t i = N / 2; i < N; i++) {
        const uint32_t n = (uint32_t)i;

        hash[i] = lc_hash_bytes(&n, sizeof n);
    }
    qsort(hash, N, sizeof *hash, by_value);
    for (size_t i = 1; i < N; i++)
        assert_true(hash[i - 1] != hash[i]);
}

static void the_hash_is_of_the_bytes_and_not_of_their_place(void **state)
{
    static const char text[] = "Financial Services, 201 to 500 people";
    char room[16 + sizeof text];

    (void)state;
    for (size_t at = 0; at < 16; at++) {
        memset(room, (int)at, sizeof room);
        memcpy(room + at, text, sizeof text);
        assert_true(lc_hash_bytes(room + at, sizeof text - 1) ==
                    lc_hash_bytes(text, sizeof text - 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha_256_gives_the_digests_of_the_standard),
        cmocka_unit_test(different_keys_have_different_hashes),
        cmocka_unit_test(the_hash_is_of_the_bytes_and_not_of_their_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
