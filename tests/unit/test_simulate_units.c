/* What the made-up exports of units hold. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "leadcal/simulate_units.h"

#define FILES 5

struct files {
    char *text[FILES];
    size_t n[FILES];
};

static struct files make(uint64_t seed)
{
    struct files f = {{NULL, NULL, NULL, NULL, NULL}, {0, 0, 0, 0, 0}};
    FILE *to[FILES];
    struct lc_err err;

    for (size_t i = 0; i < FILES; i++) {
        to[i] = open_memstream(&f.text[i], &f.n[i]);
        assert_non_null(to[i]);
    }
    assert_int_equal(
        lc_simulate_units(seed, &(struct lc_unit_files){to[0], to[1], to[2], to[3], to[4]},
                          &err),
        LC_OK);
    for (size_t i = 0; i < FILES; i++)
        assert_int_equal(fclose(to[i]), 0);
    return f;
}

static void release(struct files *f)
{
    for (size_t i = 0; i < FILES; i++)
        free(f->text[i]);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

static void a_seed_gives_the_same_bytes_and_another_gives_others(void **state)
{
    struct files a = make(6), b = make(6), c = make(7);

    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        assert_string_equal(a.text[i], b.text[i]);
        assert_true(strcmp(a.text[i], c.text[i]) != 0);
        assert_true(a.n[i] < 200000);
    }
    release(&a);
    release(&b);
    release(&c);
}

static void nothing_is_later_than_the_export(void **state)
{
    struct files f = make(6);

    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        assert_int_equal(count(f.text[i], "2026-03-31"), 0);
        assert_int_equal(count(f.text[i], "2026-04"), 0);
        assert_true(count(f.text[i], "2026-03-") > 0);
    }
    release(&f);
}

/* Every deal names a contact of the other file; opportunities have come to Discovery. */
static void the_files_belong_together(void **state)
{
    struct files f = make(6);
    char key[] = "C00000,";

    (void)state;
    for (const char *p = strstr(f.text[2], "\nD"); p; p = strstr(p + 1, "\nD")) {
        memcpy(key, p + 8, 6);
        assert_non_null(strstr(f.text[0], key));
    }
    assert_int_equal(count(f.text[3], "\nO"), LC_SIMULATED_OPPORTUNITIES);
    assert_true(count(f.text[2], "Closed Won") > 150);
    assert_true(count(f.text[4], "Sensor") > 300);
    release(&f);
}

static void the_truth_names_each_unit(void **state)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_simulate_units_truth(to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    assert_int_equal(count(text, "\naccount,"), 14);
    assert_int_equal(count(text, "\nopportunity,"), 10);
    assert_int_equal(count(text, "\ncustomer,"), 9);
    free(text);
}

static void a_full_disk_is_told(void **state)
{
    FILE *full = fopen("/dev/full", "w");
    struct lc_err err;

    (void)state;
    assert_non_null(full);
    (void)setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(lc_simulate_units_truth(full, &err), LC_EIO);
    (void)fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_bytes_and_another_gives_others),
        cmocka_unit_test(nothing_is_later_than_the_export),
        cmocka_unit_test(the_files_belong_together),
        cmocka_unit_test(the_truth_names_each_unit),
        cmocka_unit_test(a_full_disk_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
