#include "leadcal/simulate_events.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

struct files {
    char *text[2];
    size_t n[2];
};

static struct files make(uint64_t seed)
{
    struct files f = {{NULL, NULL}, {0, 0}};
    struct lc_err err;
    FILE *to[2];

    for (size_t i = 0; i < 2; i++) {
        to[i] = open_memstream(&f.text[i], &f.n[i]);
        assert_non_null(to[i]);
    }
    assert_int_equal(lc_simulate_events(seed, to[0], to[1], &err), LC_OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(fclose(to[i]), 0);
    return f;
}

static void release(struct files *f)
{
    free(f->text[0]);
    free(f->text[1]);
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
    assert_string_equal(a.text[0], b.text[0]);
    assert_string_equal(a.text[1], b.text[1]);
    assert_true(strcmp(a.text[1], c.text[1]) != 0);
    release(&a);
    release(&b);
    release(&c);
}

/* Enough wins to learn from, and rows in the order of time. */
static void the_files_are_as_the_header_says(void **state)
{
    struct files f = make(6);
    const char *before = "";
    char last[17] = "";

    (void)state;
    assert_int_equal(count(f.text[0], "\n"), LC_SIMULATED_LEADS + 1);
    assert_true(count(f.text[0], ",Closed Won,") > 150);
    assert_true(count(f.text[0], ",Open,\n") > 50);
    for (const char *line = strchr(f.text[1], '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        char at[17] = "";

        memcpy(at, strchr(line, ',') + 1, 16);
        assert_true(strcmp(at, before) >= 0);
        memcpy(last, at, sizeof last);
        before = last;
    }
    assert_true(strcmp(last, "2026-03-31 18:00") < 0);
    release(&f);
}

static void truth_names_what_leads_were_drawn_with(void **state)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_simulate_events_truth(to, &err), LC_OK);
    assert_int_equal(fclose(to), 0);
    assert_non_null(strstr(text, "\npricing,12,1.1\n"));
    assert_non_null(strstr(text, "\ncareers,,-1.2\n"));
    free(text);
}

static void a_full_disk_is_an_error(void **state)
{
    FILE *full = fopen("/dev/full", "w"), *fine = fopen("/dev/null", "w");
    struct lc_err err;

    (void)state;
    assert_non_null(full);
    assert_non_null(fine);
    assert_int_equal(lc_simulate_events(6, fine, full, &err), LC_EIO);
    (void)fclose(full);
    (void)fclose(fine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_bytes_and_another_gives_others),
        cmocka_unit_test(the_files_are_as_the_header_says),
        cmocka_unit_test(truth_names_what_leads_were_drawn_with),
        cmocka_unit_test(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
