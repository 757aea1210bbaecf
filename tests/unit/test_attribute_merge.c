#include "test.h"

#include <gsl/gsl_errno.h>
#include <math.h>

#include "leadcal/attribute.h"
#include "leadcal/random.h"
#include "small_table.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    (void)gsl_set_error_handler_off();
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* Leads with one or two columns of texts. */
struct leads {
    struct lc_table_column column[2];
    struct lc_table table;
    uint32_t *row;
    uint8_t *y;
    size_t n;
};

struct group {
    const char *text, *parent;
    size_t leads, won;
};

static struct leads *made_of(const struct group *group, size_t k)
{
    struct leads *l = LC_NEW(&arena, 1, struct leads);
    const char **cell[2];
    size_t at = 0;

    for (size_t g = 0; g < k; g++)
        l->n += group[g].leads;
    cell[0] = LC_NEW(&arena, l->n, const char *);
    cell[1] = LC_NEW(&arena, l->n, const char *);
    l->row = LC_NEW(&arena, l->n, uint32_t);
    l->y = LC_NEW(&arena, l->n, uint8_t);
    for (size_t g = 0; g < k; g++)
        for (size_t i = 0; i < group[g].leads; i++, at++) {
            cell[0][at] = group[g].text;
            cell[1][at] = group[g].parent ? group[g].parent : "";
            l->row[at] = (uint32_t)at;
            l->y[at] = i < group[g].won;
        }
    l->column[0] = small_column(&arena, "country", LC_KIND_TEXT, cell[0], l->n);
    l->column[1] = small_column(&arena, "region", LC_KIND_TEXT, cell[1], l->n);
    l->table = small_table(l->column, 2, l->n);
    return l;
}

static const struct lc_spec_attribute merged = {.column = "country", .merged = true};

static struct lc_attribute learn(const struct leads *l, size_t column,
                                 const struct lc_spec_attribute *given)
{
    struct lc_attribute a;
    struct lc_err err;

    if (lc_attribute_learn(&l->column[column], given, l->row, l->y, l->n, &arena, &a, &err))
        fail_msg("%s", err.text);
    return a;
}

static const struct group two_sorts[] = {
    {"Chad", NULL, 100, 40},  {"Bolivia", NULL, 100, 11}, {"", NULL, 30, 9},
    {"Egypt", NULL, 100, 12}, {"Austria", NULL, 100, 10}, {"Denmark", NULL, 100, 42}};

/* Rates of 10, 11, 12 % and of 40, 42 %: the deviance between the two sorts is some 80, within them
 * below 0.2, and a level costs 2. */
static void levels_that_are_won_alike_become_one(void **state)
{
    const struct leads *l = made_of(two_sorts, 6);
    const struct lc_attribute a = learn(l, 0, &merged);
    struct lc_column coded;
    struct lc_err err;

    (void)state;
    assert_int_equal(a.n_levels, 3);
    assert_string_equal(a.level[0], "Austria | Bolivia | Egypt");
    assert_string_equal(a.level[1], "Chad | Denmark");
    assert_string_equal(a.level[2], LC_MISSING_TEXT);
    assert_int_equal(a.missing, 2);
    assert_close(a.n[0], 300, 0);
    assert_close(a.won[0], 33, 0);
    assert_close(a.won[1], 82, 0);
    assert_close(a.n[2], 30, 0);
    assert_int_equal(lc_attribute_values(&a), 5);
    assert_string_equal(lc_attribute_value(&a, 3).text, "Chad");
    assert_int_equal(lc_attribute_value(&a, 3).level, 1);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of(" Egypt ")), 0);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("Denmark")), 1);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("")), 2);
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("Chad | Denmark")), 3); /* unseen */
    assert_int_equal(lc_attribute_code(&a, &l->column[0], l->row, l->n, &arena, &coded, &err),
                     LC_OK);
    assert_int_equal(lc_code_at(&coded, 0), 1);
    assert_int_equal(lc_code_at(&coded, 100), 0);
    assert_int_equal(lc_code_at(&coded, 200), 2);
}

static void levels_that_do_not_differ_become_one_whose_name_is_cut_off(void **state)
{
    struct group group[12];
    struct lc_attribute a;

    (void)state;
    for (size_t g = 0; g < 12; g++)
        group[g] = (struct group){lc_arena_format(&arena, "Republic %02zu", g), NULL, 50, 10};
    a = learn(made_of(group, 12), 0, &merged);
    assert_int_equal(a.n_levels, 1);
    assert_string_equal(a.level[0],
                        "Republic 00 | Republic 01 | Republic 02 | Republic 03 | 8 more");
    assert_int_equal(lc_attribute_level(&a, lc_slice_of("Republic 11")), 0);
    assert_close(a.n[0], 600, 0);
    assert_close(a.won[0], 120, 0);
}

static void merging_loses_nobody_and_leaves_no_small_level(void **state)
{
    struct lc_random random = {77};

    (void)state;
    for (size_t round = 0; round < 30; round++) {
        struct group group[25];
        struct lc_attribute a;
        double n = 0, won = 0, all = 0, all_won = 0;

        for (size_t g = 0; g < 25; g++) {
            const size_t leads = 1 + (size_t)lc_random_below(&random, 60);

            group[g] = (struct group){lc_arena_format(&arena, "c%zu", g), NULL, leads,
                                      (size_t)lc_random_below(&random, leads + 1)};
            all += (double)leads;
            all_won += (double)group[g].won;
        }
        a = learn(made_of(group, 25), 0, &merged);
        assert_true(a.n_levels > 1 && a.n_levels < 25);
        for (size_t v = 0; v < a.n_levels; v++) {
            assert_true(a.n[v] >= LC_BIN_LEADS);
            assert_true(v == 0 || a.won[v] / a.n[v] > a.won[v - 1] / a.n[v - 1]);
            n += a.n[v];
            won += a.won[v];
        }
        assert_close(n, all, 0);
        assert_close(won, all_won, 0);
        for (size_t i = 1; i < a.n_values; i++)
            assert_true(a.value[i].level > a.value[i - 1].level ||
                        strcmp(a.value[i].text, a.value[i - 1].text) > 0);
    }
}

/* ---- groups ---- */

static const struct lc_spec_attribute child = {.column = "country", .parent = "region"};
static const struct lc_spec_attribute top = {.column = "region"};

static struct lc_attribute_family family_of(const struct leads *l, double base, double weight)
{
    static const size_t column[] = {0, 1};
    static const struct lc_spec_attribute *const given[] = {&child, &top};

    return (struct lc_attribute_family){.table = &l->table,
                                        .column = column,
                                        .given = given,
                                        .k = 2,
                                        .row = l->row,
                                        .n = l->n,
                                        .base = base,
                                        .prior_weight = weight};
}

/* North 30 of 90, south 10 of 110 with a prior of 10 leads at 20 %: 0.32 and 0.1. Peru has 10 leads in the
 * north and 30 in the south: (10 x 0.32 + 30 x 0.1) / 40 = 0.155. */
static void a_level_is_drawn_toward_the_rate_of_its_group(void **state)
{
    static const struct group group[] = {{"Chile", "north", 80, 28},
                                         {"Peru", "north", 10, 2},
                                         {"Peru", "south", 30, 2},
                                         {"Mali", "south", 80, 8}};
    const struct leads *l = made_of(group, 4);
    struct lc_attribute_family f = family_of(l, 0.2, 10);
    struct lc_attribute a[] = {learn(l, 0, &child), learn(l, 1, &top)};
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_attribute_groups(&f, a, &arena, &err), LC_OK);
    assert_null(a[1].toward);
    assert_close(a[0].toward[0], 0.32, 1e-15); /* Chile */
    assert_close(a[0].toward[1], 0.10, 1e-15); /* Mali */
    assert_close(a[0].toward[2], 0.155, 1e-15);
    a[0].toward = NULL;
    f.base = 0; /* nobody won */
    assert_int_equal(lc_attribute_groups(&f, a, &arena, &err), LC_OK);
    assert_null(a[0].toward);
}

/* The spec refuses a circle; who makes one by hand gets no mean, and an end. */
static void groups_that_go_round_have_no_mean(void **state)
{
    static const struct lc_spec_attribute back = {.column = "region", .parent = "country"};
    static const size_t column[] = {0, 1};
    static const struct lc_spec_attribute *const round[] = {&child, &back};
    const struct leads *l = made_of(two_sorts, 6);
    struct lc_attribute_family f = family_of(l, 0.2, 10);
    struct lc_attribute a[] = {learn(l, 0, &child), learn(l, 1, &top)};
    struct lc_err err;

    (void)state;
    f.column = column;
    f.given = round;
    assert_int_equal(lc_attribute_groups(&f, a, &arena, &err), LC_OK);
    assert_null(a[0].toward);
    assert_null(a[1].toward);
}

/* 40 countries of 15 leads in 4 regions of 5, 10, 20 and 40 %: with the region's rate as the mean, shrunk
 * rates lie nearer to the truth than with the baseline, with the same weight. */
static void countries_lie_nearer_to_the_truth_with_their_regions(void **state)
{
    static const char *const region[] = {"a", "b", "c", "d"};
    static const double rate[] = {0.05, 0.1, 0.2, 0.4};
    struct lc_random random = {11};
    double own = 0, grouped = 0;

    (void)state;
    for (size_t round = 0; round < 20; round++) {
        struct group group[40];
        struct lc_attribute a[2];
        struct leads *l;
        struct lc_err err;
        struct lc_attribute_family f;
        double base = 0;

        for (size_t g = 0; g < 40; g++) {
            size_t won = 0;

            for (size_t i = 0; i < 15; i++)
                won += lc_random_unit(&random) < rate[g % 4];
            group[g] =
                (struct group){lc_arena_format(&arena, "%02zu", g), region[g % 4], 15, won};
            base += (double)won / 600;
        }
        l = made_of(group, 40);
        f = family_of(l, base, 20);
        a[0] = learn(l, 0, &child);
        a[1] = learn(l, 1, &top);
        assert_int_equal(lc_attribute_groups(&f, a, &arena, &err), LC_OK);
        for (size_t v = 0; v < 40; v++) { /* levels are in the order of their names */
            const double with = (a[0].won[v] + 20 * a[0].toward[v]) / 35 - rate[v % 4];
            const double without = (a[0].won[v] + 20 * base) / 35 - rate[v % 4];

            grouped += with * with;
            own += without * without;
        }
    }
    assert_true(grouped < 0.5 * own);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct leads *l = made_of(two_sorts, 6);
    const struct lc_attribute_family f = family_of(l, 0.2, 0);
    size_t refused = 0;
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256, refused++) {
        struct lc_attribute a[2];
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc =
            lc_attribute_learn(&l->column[0], &merged, l->row, l->y, l->n, &small, &a[0], &err);
        if (!rc)
            rc = lc_attribute_learn(&l->column[1], &top, l->row, l->y, l->n, &small, &a[1],
                                    &err);
        if (!rc)
            rc = lc_attribute_groups(&f, a, &small, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(levels_that_are_won_alike_become_one),
        TEST(levels_that_do_not_differ_become_one_whose_name_is_cut_off),
        TEST(merging_loses_nobody_and_leaves_no_small_level),
        TEST(a_level_is_drawn_toward_the_rate_of_its_group),
        TEST(groups_that_go_round_have_no_mean),
        TEST(countries_lie_nearer_to_the_truth_with_their_regions),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
