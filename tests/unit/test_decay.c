#include "leadcal/decay.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static struct lc_decay decay(const char *text)
{
    struct lc_decay d;
    struct lc_err err;

    if (lc_decay_parse(lc_slice_of(text), &d, &err)) {
        print_error("%s: %s\n", text, err.text);
        fail();
    }
    return d;
}

/* crm appendix: HubSpot's linear decay of 50 % a month, ten points, one month: five. */
static void half_a_month_of_ten_points_is_five(void **state)
{
    const struct lc_decay d = decay("linear 0.5 every 30");

    (void)state;
    assert_close(10 * lc_decay_worth(&d, 30), 5, 1e-15);
    assert_close(10 * lc_decay_worth(&d, 15), 7.5, 1e-15);
    assert_close(lc_decay_worth(&d, 61), 0, 0);
}

/* crm 2.4: Eloqua's time frames of 7, 14 and 30 days. */
static void a_tier_ends_with_its_last_day(void **state)
{
    const struct lc_decay d = decay("tiers 7:100 14:62.5 30:25");
    static const struct {
        double age, worth;
    } want[] = {{0, 100}, {7, 100}, {8, 62.5}, {14, 62.5}, {15, 25}, {30, 25}, {31, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_close(lc_decay_worth(&d, want[i].age), want[i].worth, 0);
}

/* Breadcrumbs: a share per interval, a fixed number of times: here at most four. */
static void steps_end_at_the_floor(void **state)
{
    const struct lc_decay d = decay("step 0.2 every 14 floor 0.25");
    static const struct {
        double age, worth;
    } want[] = {{0, 1},    {13, 1},   {14, 0.8},  {27, 0.8},
                {28, 0.6}, {42, 0.4}, {56, 0.25}, {900, 0.25}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_close(lc_decay_worth(&d, want[i].age), want[i].worth, 1e-15);
}

static void a_half_life_halves(void **state)
{
    const struct lc_decay d = decay("half-life 21");

    (void)state;
    assert_close(lc_decay_worth(&d, 21), 0.5, 1e-15);
    assert_close(lc_decay_worth(&d, 63), 0.125, 1e-15);
    assert_close(lc_decay_worth(&d, 10.5), 0.70710678118654752, 1e-15);
}

/* Seven events on four days: 3 today, 1 of 9 days, 2 of 30, 1 of 31. */
static const uint32_t ages[] = {0, 0, 0, 9, 30, 30, 31};

static void a_window_counts_what_is_inside_and_a_cap_holds_each_day(void **state)
{
    static const struct {
        const char *text;
        double sum;
    } want[] = {{"window 30", 6},
                {"window 30 cap 2", 5},
                {"window 30 cap 1", 3},
                {"window 29 cap 2", 3},
                {"none", 7},
                {"none cap 1", 4},
                {"linear 1 every 40 cap 2", 2 + 0.775 + 2 * 0.25 + 0.225}};

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct lc_decay d = decay(want[i].text);

        assert_close(lc_decay_sum(&d, ages, 7), want[i].sum, 1e-15);
        assert_close(lc_decay_sum(&d, ages, 0), 0, 0);
    }
}

static void no_decay_but_odd_tiers_grows_with_age(void **state)
{
    static const char *const text[] = {
        "linear 0.37 every 11", "step 0.13 every 5 floor 0.21", "window 17",
        "half-life 8.5",        "tiers 3:0.9 19:0.9 40:0.2",    "none"};

    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        const struct lc_decay d = decay(text[i]);

        assert_int_equal(lc_decay_lint(&d), d.n_tiers);
        for (double age = 0; age < 60; age += 0.5)
            assert_true(lc_decay_worth(&d, age + 0.5) <= lc_decay_worth(&d, age));
    }
}

/* crm 5.12: Oracle's own sample, where three opens in 30 days are worth less than one in 14. */
static void tiers_that_rise_with_age_are_told(void **state)
{
    const struct lc_decay d = decay("tiers 7:50 14:50 30:75 60:80");
    char text[LC_DECAY_TEXT];

    (void)state;
    assert_int_equal(lc_decay_lint(&d), 2);
    lc_decay_lint_text(&d, text);
    assert_string_equal(text, "an event of up to 30 days is worth 75, and one of up to 14 days "
                              "only 50: a lead would gain by staying away; let the worth fall "
                              "with age");
    lc_decay_lint_text(&(struct lc_decay){.family = LC_DECAY_WINDOW, .every = 3}, text);
    assert_string_equal(text, "");
}

static void what_is_written_reads_back(void **state)
{
    static const char *const text[] = {"none",
                                       "half-life 21",
                                       "half-life 0.1",
                                       "half-life learned",
                                       "half-life learned cap 3",
                                       "window 30",
                                       "linear 0.5 every 30",
                                       "step 0.2 every 14 floor 0.2",
                                       "none cap 12",
                                       "tiers 7:1 14:0.75 30:0.1",
                                       "step 0.05 every 7.25 floor 0 cap 1"};

    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        const struct lc_decay d = decay(text[i]);
        char got[LC_DECAY_TEXT];

        lc_decay_text(&d, got);
        assert_string_equal(got, text[i]);
    }
}

static void the_longest_text_has_room(void **state)
{
    struct lc_decay d = {.family = LC_DECAY_TIERS, .daily_cap = LC_MOST_CAP}, back;
    char text[LC_DECAY_TEXT];
    struct lc_err err;

    (void)state;
    for (; d.n_tiers < LC_MOST_TIERS; d.n_tiers++) {
        d.until[d.n_tiers] = 3 + 0.1234567890123457 * (double)(d.n_tiers + 1);
        d.worth[d.n_tiers] = 1.2345678901234567e-300;
    }
    lc_decay_text(&d, text);
    assert_int_equal(lc_decay_parse(lc_slice_of(text), &back, &err), LC_OK);
    assert_memory_equal(back.until, d.until, sizeof d.until);
    assert_memory_equal(back.worth, d.worth, sizeof d.worth);
    assert_int_equal(back.daily_cap, LC_MOST_CAP);
}

static void what_is_no_decay_is_refused_with_the_form(void **state)
{
    static const char *const text[] = {
        "",
        "half",
        "half-life",
        "half-life 0",
        "half-life -3",
        "half-life nan",
        "half-life learned 3",
        "window learned",
        "window 1e9",
        "linear 0.5 30",
        "linear 1.5 every 30",
        "step 0.2",
        "tiers",
        "tiers 7:1 7:0.5",
        "tiers 7:-1",
        "tiers 7",
        "tiers 30:1 7:1",
        "none cap",
        "none cap 0",
        "none cap 2.5",
        "none 3",
        "step 0.2 every 14 floor",
        "step 0.2 every 14 floor 1.01",
        "half-life 21 days",
        "tiers 1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 10:1 11:1 12:1 13:1 14:1 15:1 16:1 17:1",
        "none none none none none none none none none none none none none none none none none none none none"};

    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct lc_decay d = {.every = 2.385};
        struct lc_err err;

        assert_int_equal(lc_decay_parse(lc_slice_of(text[i]), &d, &err), LC_EMISMATCH);
        assert_non_null(strstr(err.text, "is no decay; write none, half-life 21"));
        assert_close(d.every, 2.385, 0);
    }
}

/* Whatever is read of a beginning is written and read again as itself. */
static void a_text_cut_short_is_refused_or_read(void **state)
{
    static const char whole[] = "step 0.25 every 14.5 floor 0.125 cap 12";
    size_t good = 0;

    (void)state;
    for (size_t n = 0; n < sizeof whole; n++) {
        struct lc_decay d, back;
        char text[LC_DECAY_TEXT];
        struct lc_err err;

        if (lc_decay_parse((struct lc_slice){whole, n}, &d, &err))
            continue;
        good++;
        lc_decay_text(&d, text);
        assert_int_equal(lc_decay_parse(lc_slice_of(text), &back, &err), LC_OK);
        assert_close(lc_decay_worth(&back, 20), lc_decay_worth(&d, 20), 0);
    }
    assert_true(good >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_month_of_ten_points_is_five),
        cmocka_unit_test(a_tier_ends_with_its_last_day),
        cmocka_unit_test(steps_end_at_the_floor),
        cmocka_unit_test(a_half_life_halves),
        cmocka_unit_test(a_window_counts_what_is_inside_and_a_cap_holds_each_day),
        cmocka_unit_test(no_decay_but_odd_tiers_grows_with_age),
        cmocka_unit_test(tiers_that_rise_with_age_are_told),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(the_longest_text_has_room),
        cmocka_unit_test(what_is_no_decay_is_refused_with_the_form),
        cmocka_unit_test(a_text_cut_short_is_refused_or_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
