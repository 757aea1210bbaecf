/* The points of the members of a set, rounded and capped together. */
#include "test.h"

#include <math.h>
#include <string.h>

#include "../../src/model/fit_internal.h"

#define MEMBERS 4

/* Four members of two sets, the first of three; levels no, yes, missing. */
struct typed {
    double value[MEMBERS][4], points[MEMBERS][4];
    double *to[MEMBERS];
    struct lc_card_attribute attribute[MEMBERS];
};

static void type_in(struct typed *t, double cap)
{
    static const double value[MEMBERS][3] = {
        {-0.02, 0.91, 0.024}, {0.11, -0.6, 0.024}, {0.3, 0.3, 0.024}, {-0.5, 1.4, 0.01}};

    memset(t, 0, sizeof *t);
    for (size_t j = 0; j < MEMBERS; j++) {
        memcpy(t->value[j], value[j], sizeof value[j]);
        lc_points_of(t->value[j], 3, t->points[j]);
        t->to[j] = t->points[j];
        t->attribute[j] =
            (struct lc_card_attribute){.attribute = {.set_of = j == 1 ? "other" : "products",
                                                     .cap = j == 1 ? 0 : cap,
                                                     .n_levels = 3,
                                                     .missing = 2},
                                       .value = t->value[j],
                                       .points = t->points[j]};
    }
}

/* 0.024 is a third of a point: three times nothing would be nothing. Of products there are three
 * members: 0.024 + 0.024 + 0.01 log-odds are 0.84 points, which is one. */
static void the_empty_cell_has_the_rounded_sum_of_its_members(void **state)
{
    struct typed t;

    (void)state;
    type_in(&t, 0);
    assert_true(t.points[0][2] == 0 && t.points[2][2] == 0 && t.points[3][2] == 0);
    lc_fit_set_points(t.attribute, t.to, MEMBERS);
    assert_close(t.points[0][2] + t.points[2][2] + t.points[3][2], 1, 0);
    assert_close(t.points[1][2], 0, 0); /* of another set */
    assert_close(t.points[0][1], 13, 0);
    assert_close(t.points[3][1], 20, 0);
}

/* Law: whatever members a lead has, the set never gives or takes more than its cap. */
static void no_list_of_members_exceeds_the_cap(void **state)
{
    (void)state;
    for (int cap = 1; cap <= 45; cap++) {
        struct typed t;

        type_in(&t, cap);
        lc_fit_set_points(t.attribute, t.to, MEMBERS);
        for (size_t list = 0; list < 27; list++) {
            const double sum =
                t.points[0][list % 3] + t.points[2][list / 3 % 3] + t.points[3][list / 9];

            assert_true(fabs(sum) <= cap);
        }
        assert_close(t.points[1][1], -9, 0);
        assert_true(t.points[3][1] >= t.points[0][1]);
    }
}

static void a_cap_that_is_never_met_changes_nothing(void **state)
{
    struct typed free, capped;

    (void)state;
    type_in(&free, 0);
    lc_fit_set_points(free.attribute, free.to, MEMBERS);
    type_in(&capped, 1000);
    lc_fit_set_points(capped.attribute, capped.to, MEMBERS);
    assert_memory_equal(free.points, capped.points, sizeof free.points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_empty_cell_has_the_rounded_sum_of_its_members),
        cmocka_unit_test(no_list_of_members_exceeds_the_cap),
        cmocka_unit_test(a_cap_that_is_never_met_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
