/* Opportunities by the stage that they have come to, by hand. */
#include "test.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "leadcal/load.h"
#include "leadcal/num.h"
#include "leadcal/spec_file.h"
#include "leadcal/stages.h"
#include "scratch.h"

static struct lc_arena arena;
static struct lc_err err;

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

/* Six won 1..6 days after the demo, one 20 days after it, one lost; the last is too young for ten days. */
static const char deals[] =
    "id,in,\"Date entered \"\"Demo (Sales)\"\"\",\"Date entered \"\"Offer (Sales)\"\"\",stage,closed\n"
    "1,2025-01-01,2025-01-10,2025-01-10,Won,2025-01-11\n"
    "2,2025-01-01,2025-01-10,,Won,2025-01-12\n"
    "3,2025-01-01,2025-01-10,,Won,2025-01-13\n"
    "4,2025-01-01,2025-01-10,,Won,2025-01-14\n"
    "5,2025-01-01,2025-01-10,,Won,2025-01-15\n"
    "6,2025-01-01,2025-01-10,,Won,2025-01-16\n"
    "7,2025-01-01,2025-01-10,,Won,2025-01-30\n"
    "8,2025-01-01,2025-01-10,,Lost,2025-01-30\n"
    "9,2025-01-01,,,Open,\n"
    "10,2025-01-01,2025-02-05,,Open,\n";

static enum lc_rc run(const char *unit, struct lc_frame *frame)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    char path[SCRATCH_PATH], text[800];
    const char *const paths[] = {path};
    struct lc_table table;
    struct lc_spec spec;
    enum lc_rc rc;

    (void)snprintf(
        text, sizeof text,
        "{\"leadcal_spec\": 1%s, \"window_days\": 10, \"outcome\": {\"column\": "
        "\"stage\", \"won\": [\"Won\"], \"lost\": [\"Lost\"], \"open\": [\"Open\"]}, "
        "\"dates\": {\"entered\": \"in\", \"closed\": \"closed\"}}",
        unit);
    assert_true(scratch_file(path, deals));
    rc = lc_spec_parse("spec", lc_slice_of(text), &arena, &spec, &err);
    if (!rc)
        rc = lc_load(paths, 1, &spec, &options, NULL, &arena, &table, &account, &err);
    (void)unlink(path);
    return rc ? rc : lc_stages(&table, &spec, &arena, frame, &err);
}

static double number(const struct lc_frame *f, size_t row, const char *name)
{
    return f->value[row * f->k + lc_frame_column(f, name)].number;
}

static void each_stage_is_counted_from_its_own_day(void **state)
{
    struct lc_frame f;

    (void)state;
    assert_int_equal(run(", \"unit\": {\"of\": \"opportunity\", \"stage\": \"Demo\"}", &f),
                     LC_OK);
    assert_int_equal(f.n, 2);
    assert_string_equal(f.value[0].text, "Demo (Sales)");
    assert_true(number(&f, 0, "entered") == 9);
    assert_true(number(&f, 0, "opportunities") == 8);
    assert_true(number(&f, 0, "won") == 6);
    assert_close(number(&f, 0, "close_rate"), 0.75, 1e-15);
    /* Wilson of 6 in 8: 0.40927..0.92852 (by hand: (0.75 + 0.24009 +- 1.96 sqrt(...)) / 1.48018) */
    assert_close(number(&f, 0, "close_rate_low"), 0.409275, 1e-5);
    assert_close(number(&f, 0, "close_rate_high"), 0.928524, 1e-5);
    assert_true(number(&f, 0, "lost") == 1);
    assert_true(number(&f, 0, "open") == 0);
    assert_true(number(&f, 0, "median_days") == 3.5);
    assert_true(number(&f, 0, "p90_days") == 5.5);
    assert_true(number(&f, 1, "entered") == 1);
    assert_true(number(&f, 1, "won") == 1);
    assert_true(isnan(number(&f, 1, "median_days")));
}

static void stages_are_of_opportunities_alone(void **state)
{
    struct lc_frame f;

    (void)state;
    assert_int_equal(run("", &f), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "stages are of opportunities"));
}

static void a_stage_that_nobody_was_followed_from_has_a_note(void **state)
{
    struct lc_frame f;

    (void)state;
    assert_int_equal(run(", \"as_of\": \"2025-01-12\", \"unit\": {\"of\": \"opportunity\", "
                         "\"stage\": \"Demo\"}",
                         &f),
                     LC_OK);
    assert_true(number(&f, 0, "entered") == 9);
    assert_true(isnan(number(&f, 0, "close_rate")));
    assert_non_null(strstr(f.note[0], "Demo (Sales): no lead was followed for 10 days"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_stage_is_counted_from_its_own_day),
        cmocka_unit_test(stages_are_of_opportunities_alone),
        cmocka_unit_test(a_stage_that_nobody_was_followed_from_has_a_note),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
