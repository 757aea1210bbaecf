/* One line a promotion, behind the lines that stand. */
#include "test.h"

#include "leadcal/changelog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static const struct lc_heading heading[] = {{"attribute", LC_CELL_TEXT, NULL, false},
                                            {"level", LC_CELL_TEXT, NULL, false},
                                            {"current_points", LC_CELL_REAL, NULL, false},
                                            {"new_points", LC_CELL_COUNT, NULL, false},
                                            {"change", LC_CELL_REAL, NULL, false}};

/* Seven changes, of which a line names five; the second level is new. */
static struct lc_comparison gate_of(enum lc_advice advice, struct lc_arena *from)
{
    struct lc_comparison gate = {
        .advice = advice, .why = "it holds \"more\"", .settle = "wins"};
    struct lc_err err;

    lc_frame_init(&gate.changes, "changes", heading, 5, from);
    for (size_t i = 0; i < 7; i++) {
        union lc_value *row = NULL;

        assert_int_equal(lc_frame_add(&gate.changes, &row, &err), LC_OK);
        row[0].text = "source";
        row[1].text = lc_arena_format(from, "level %zu", i + 1);
        row[2].number = i == 1 ? LC_NAN : 2.5;
        row[3].number = 9;
        row[4].number = i == 1 ? LC_NAN : 6.5;
    }
    return gate;
}

static const struct lc_model candidate = {
    .boundary = {.as_of = 20453},
    .champion = {.gain = 0.02385, .low = -0.0117, .high = 0.0594, .won = 71}};

static struct lc_promotion promotion_of(const struct lc_comparison *gate, const char *by)
{
    return (struct lc_promotion){.candidate = &candidate,
                                 .gate = gate,
                                 .by = by,
                                 .candidate_name = "candidate.json",
                                 .current_name = "current.json",
                                 .candidate_sha256 = "c0ffee",
                                 .current_sha256 = "decaf"};
}

static char *appended(const char *old, const struct lc_promotion *p)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err = {.text = ""};

    assert_non_null(to);
    if (lc_changelog_append(lc_slice_of(old), p, &arena, to, &err))
        fail_msg("%s", err.text);
    assert_int_equal(fclose(to), 0);
    return text;
}

#define HEADER                                                                            \
    "date,by,verdict,gain,gain_low,gain_high,won,why,despite,candidate,candidate_sha256," \
    "current,current_sha256,changes\n"

static void a_promotion_is_a_line_with_the_as_of_date(void **state)
{
    const struct lc_comparison gate = gate_of(LC_ADVICE_ADOPT, &arena);
    const struct lc_promotion p = promotion_of(&gate, "R. Council");
    char *text = appended("", &p);

    (void)state;
    assert_string_equal(
        text, HEADER
        "2025-12-31,R. Council,Adopt,0.02385,-0.0117,0.0594,71,\"it holds \"\"more\"\"\",,"
        "candidate.json,c0ffee,current.json,decaf,"
        "source=level 1: 2.5 to 9.0 (+6.5); source=level 2: 9.0; "
        "source=level 3: 2.5 to 9.0 (+6.5); source=level 4: 2.5 to 9.0 (+6.5); "
        "source=level 5: 2.5 to 9.0 (+6.5)\n");
    free(text);
}

/* The old lines stay as they are, also where the last has lost its line end. */
static void a_second_line_follows_the_first(void **state)
{
    const struct lc_comparison gate = gate_of(LC_ADVICE_KEEP, &arena);
    struct lc_promotion p = promotion_of(&gate, "=1+1");
    char *text;

    (void)state;
    p.despite = "sales asked";
    text = appended(HEADER "2025-09-30,somebody else", &p);
    assert_non_null(strstr(text, HEADER "2025-09-30,somebody else\n2025-12-31,'=1+1,Keep,"));
    assert_non_null(strstr(text, ",sales asked,candidate.json,"));
    assert_null(strstr(text + 10, "date,by"));
    free(text);
}

static void a_file_that_is_no_changelog_is_left_alone(void **state)
{
    const struct lc_comparison gate = gate_of(LC_ADVICE_ADOPT, &arena);
    const struct lc_promotion p = promotion_of(&gate, "R. Council");
    static const char *const old[] = {"notes\n", "date,by\n", "date,by,verdict"};
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct lc_err err;

    (void)state;
    assert_non_null(to);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(lc_changelog_append(lc_slice_of(old[i]), &p, &arena, to, &err),
                         LC_EFORMAT);
    assert_non_null(strstr(err.text, "is no changelog"));
    assert_int_equal(fclose(to), 0);
    assert_int_equal(n, 0);
    free(text);
}

static void a_full_disk_is_an_error(void **state)
{
    const struct lc_comparison gate = gate_of(LC_ADVICE_ADOPT, &arena);
    const struct lc_promotion p = promotion_of(&gate, "R. Council");
    FILE *full = fopen("/dev/full", "wb");
    struct lc_err err;

    (void)state;
    if (!full) {
        print_message("skipped: %s: /dev/full is not there\n", __func__);
        skip();
    }
    (void)setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(lc_changelog_append(lc_slice_of(""), &p, &arena, full, &err), LC_EIO);
    (void)fclose(full);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct lc_comparison gate = gate_of(LC_ADVICE_ADOPT, &arena);
    const struct lc_promotion p = promotion_of(&gate, "R. Council");
    FILE *to = tmpfile();
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    assert_non_null(to);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_changelog_append(lc_slice_of(""), &p, &small, to, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 3);
    (void)fclose(to);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_promotion_is_a_line_with_the_as_of_date),  TEST(a_second_line_follows_the_first),
        TEST(a_file_that_is_no_changelog_is_left_alone),  TEST(a_full_disk_is_an_error),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
