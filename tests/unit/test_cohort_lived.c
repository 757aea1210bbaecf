/* The window, too, is chosen by what was known on the first day of a test. */
#include "test.h"

#include <string.h>

#include "simulated.h"

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

#define SLOW_FROM 800 /* leads from here on, of day 17400 or later, take three times as long */

/* Wins come within 25 days at first, and within 75 later; the window is chosen. */
static struct simulated *leads_that_slow_down(uint64_t seed)
{
    struct simulated *s = simulate(seed, &arena);

    for (size_t i = 0; i < SLOW_FROM; i++) {
        const long day = 17000 + (long)(i / 2);

        if (*s->cell[CLOSED][i])
            s->cell[CLOSED][i] =
                simulated_number(&arena, day + (atoi(s->cell[CLOSED][i]) - day) / 3);
    }
    s->spec.window_days = LC_WINDOW_AUTO;
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    return s;
}

static struct lc_folds folds_of(const struct simulated *s, size_t least_train_won)
{
    const struct lc_fold_rule rule = {LC_ROLLING_QUARTER, 8, least_train_won, 20};
    struct lc_folds folds;
    struct lc_err err = {.text = ""};

    if (lc_cohort_folds(&s->cohort, &rule, &arena, &folds, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return folds;
}

/* The training of a fold is the cohort that somebody would have made of an export of that day. */
static void assert_lived(const struct simulated *s, const struct lc_split *fold)
{
    struct lc_spec spec = s->spec;
    struct lc_cohort then;
    struct lc_err err;
    size_t at = 0, won = 0;

    spec.as_of_day = fold->first_test;
    assert_int_equal(lc_cohort_build(&s->table, &spec, &arena, &then, &err), LC_OK);
    assert_true(then.window_chosen);
    assert_int_equal(fold->window_days, then.window_days);
    for (size_t i = 0; i < then.n; i++, at++) {
        assert_true(at < fold->n_train);
        assert_int_equal(s->cohort.row[fold->train[at]], then.row[i]);
        assert_int_equal(fold->train_y[at], then.y[i]);
        won += then.y[i];
    }
    assert_int_equal(at, fold->n_train);
    assert_int_equal(won, fold->train_won);
    assert_int_equal(fold->gap, s->cohort.n - fold->n_train - fold->n_test);
}

static void a_fold_learns_from_what_an_export_of_that_day_would_have_shown(void **state)
{
    const struct simulated *s = leads_that_slow_down(61);
    const struct lc_folds folds = folds_of(s, 50);
    size_t shorter = 0, same = 0;

    (void)state;
    assert_int_equal(s->cohort.window_days, 60);
    for (size_t k = 0; k < folds.n; k++) {
        assert_lived(s, &folds.of[k]);
        shorter += folds.of[k].window_days < s->cohort.window_days;
        same += folds.of[k].window_days == s->cohort.window_days;
        /* Tests are judged by the window of the run. */
        for (size_t i = 0; i < folds.of[k].n_test; i++)
            assert_true(s->cohort.day[folds.of[k].test[i]] + s->cohort.window_days <=
                        s->cohort.as_of);
    }
    assert_true(shorter > 0 && same > 0);
}

/* Every third lead of some months is won after more than a year: on a day before that it is open, and no
 * window has to hold its win. */
static void wins_that_are_still_to_come_are_not_counted(void **state)
{
    struct simulated *s = leads_that_slow_down(63);
    struct lc_folds folds;
    size_t before = 0;

    (void)state;
    for (size_t i = 300; i < SLOW_FROM; i += 3)
        if (strcmp(s->cell[STAGE][i], "Closed Won") == 0)
            s->cell[CLOSED][i] = simulated_number(&arena, 17400 + (long)(i / 2));
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    folds = folds_of(s, 50);
    for (size_t k = 0; k < folds.n; k++) {
        assert_lived(s, &folds.of[k]);
        if (folds.of[k].first_test > 17400)
            continue;
        before++;
        assert_int_equal(folds.of[k].window_days, 30);
    }
    assert_true(before > 0 && s->cohort.window_days > 30);
}

/* The fold of that name. */
static struct lc_split fold_named(const struct lc_folds *folds, const char *name)
{
    size_t k = 0;

    while (k < folds->n && strcmp(folds->of[k].fold, name) != 0)
        k++;
    assert_true(k < folds->n);
    return folds->of[k];
}

/* Whatever comes later, and whatever window the run takes because of it, a fold has learnt the same. */
static void what_closed_later_has_no_say(void **state)
{
    struct simulated *s = leads_that_slow_down(62);
    const struct lc_folds before = folds_of(s, 50);
    const struct simulated kept = *s;
    struct lc_folds after;
    const struct lc_split a = before.of[0];
    struct lc_split b;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        const long day = 17000 + (long)(i / 2), closed = atoi(s->cell[CLOSED][i]);

        if (closed > a.first_test)
            s->cell[CLOSED][i] = simulated_number(
                &arena, day > a.first_test ? day + (closed - day) / 5 : closed + 1);
    }
    simulated_columns(s, &arena);
    simulated_cohort(s, &arena);
    assert_int_not_equal(s->cohort.window_days, kept.cohort.window_days);
    after = folds_of(s, 50);
    b = fold_named(&after, a.fold);
    assert_int_equal(a.window_days, b.window_days);
    assert_int_equal(a.n_train, b.n_train);
    assert_memory_equal(a.train_y, b.train_y, a.n_train);
    for (size_t i = 0; i < a.n_train; i++)
        assert_int_equal(kept.cohort.row[a.train[i]], s->cohort.row[b.train[i]]);
}

static void a_window_that_was_given_stays(void **state)
{
    struct simulated *s = leads_that_slow_down(61);
    struct lc_folds folds;

    (void)state;
    s->spec.window_days = 60;
    simulated_cohort(s, &arena);
    folds = folds_of(s, 50);
    assert_true(folds.n > 2);
    for (size_t k = 0; k < folds.n; k++) {
        assert_int_equal(folds.of[k].window_days, 60);
        for (size_t i = 0; i < folds.of[k].n_train; i++)
            assert_int_equal(folds.of[k].train_y[i], s->cohort.y[folds.of[k].train[i]]);
    }
}

static void a_window_that_leaves_too_few_wins_gives_way(void **state)
{
    const struct simulated *s = leads_that_slow_down(61);
    const struct lc_folds folds = folds_of(s, 50);
    const struct lc_split *lived = &folds.of[0];
    struct lc_split plain, at_most, beyond;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_cohort_split(&s->cohort, &arena, &plain, &err), LC_OK);
    plain.cut = lived->first_test - 1; /* one longer test from there on */
    plain.first_test = lived->first_test;
    at_most = beyond = plain;
    assert_int_equal(lc_split_as_lived(&s->cohort, lived->train_won, &arena, &at_most, &err),
                     LC_OK);
    assert_int_equal(at_most.window_days, lived->window_days);
    assert_int_equal(at_most.train_won, lived->train_won);
    assert_int_equal(lc_split_as_lived(&s->cohort, s->cohort.n, &arena, &beyond, &err), LC_OK);
    assert_int_equal(beyond.window_days, s->cohort.window_days);
    assert_int_equal(beyond.n_train, plain.n_train);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct simulated *s = leads_that_slow_down(61);
    const struct lc_fold_rule rule = {LC_ROLLING_QUARTER, 8, 50, 20};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512 + limit / 16, refused++) {
        struct lc_arena small;
        struct lc_folds folds;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_cohort_folds(&s->cohort, &rule, &small, &folds, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fold_learns_from_what_an_export_of_that_day_would_have_shown),
        cmocka_unit_test(wins_that_are_still_to_come_are_not_counted),
        cmocka_unit_test(what_closed_later_has_no_say),
        cmocka_unit_test(a_window_that_was_given_stays),
        cmocka_unit_test(a_window_that_leaves_too_few_wins_gives_way),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
