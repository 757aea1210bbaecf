#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/data/unpack_internal.h"

/* `printf 'a,b\n1,2\n' | gzip -n`, gzip 1.12; the reference is what was packed. */
static const unsigned char packed[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4b, 0xd4, 0x49, 0xe2,
    0x32, 0xd4, 0x31, 0xe2, 0x02, 0x00, 0x7b, 0x07, 0x97, 0x0a, 0x08, 0x00, 0x00, 0x00};

static struct lc_slice slice(const void *p, size_t n)
{
    return (struct lc_slice){p, n};
}

static void gzip_is_known_and_unpacked(void **state)
{
    unsigned char twice[2 * sizeof packed];
    struct lc_unpacked out;
    struct lc_err err;

    (void)state;
    assert_true(lc_is_packed(slice(packed, sizeof packed)));
    assert_false(lc_is_packed(slice("a,b\n", 4)));
    assert_int_equal(lc_unpack(slice(packed, sizeof packed), 1000, &out, &err), LC_OK);
    assert_int_equal(out.n, 8);
    assert_memory_equal(out.bytes, "a,b\n1,2\n", 8);
    free(out.bytes);
    memcpy(twice, packed, sizeof packed);
    memcpy(twice + sizeof packed, packed, sizeof packed);
    assert_int_equal(lc_unpack(slice(twice, sizeof twice), 16, &out, &err), LC_OK);
    assert_int_equal(out.n, 16);
    assert_memory_equal(out.bytes + 8, "a,b\n1,2\n", 8);
    free(out.bytes);
}

static void what_is_cut_damaged_or_too_long_is_refused(void **state)
{
    unsigned char bad[sizeof packed];
    struct lc_unpacked out;
    struct lc_err err;

    (void)state;
    for (size_t n = 2; n < sizeof packed; n++) {
        assert_int_equal(lc_unpack(slice(packed, n), 1000, &out, &err), LC_EFORMAT);
        assert_non_null(strstr(err.text, "cut or damaged"));
    }
    memcpy(bad, packed, sizeof packed);
    bad[22] ^= 1; /* of the check sum */
    assert_int_equal(lc_unpack(slice(bad, sizeof bad), 1000, &out, &err), LC_EFORMAT);
    assert_int_equal(lc_unpack(slice(packed, sizeof packed), 7, &out, &err), LC_EFORMAT);
    assert_non_null(strstr(err.text, "more than 7 bytes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_is_known_and_unpacked),
        cmocka_unit_test(what_is_cut_damaged_or_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
