#include "test.h"

#include <stdlib.h>

#include "leadcal/order.h"
#include "leadcal/random.h"

struct placed {
    double x;
    uint32_t place;
};

static int by_size_and_place(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return p->place < q->place ? -1 : p->place > q->place;
}

/* The C library's qsort, told to keep the order of equal numbers, is the judge. */
static void agrees_with_qsort(const double *x, size_t n)
{
    struct lc_arena arena;
    struct lc_err err;
    struct placed *judge;
    uint32_t *place;
    double *sorted;

    lc_arena_init(&arena, SIZE_MAX);
    judge = LC_NEW(&arena, n + 1, struct placed);
    place = LC_NEW(&arena, n + 1, uint32_t);
    sorted = LC_NEW(&arena, n + 1, double);
    for (size_t i = 0; i < n; i++) {
        judge[i] = (struct placed){x[i], (uint32_t)i};
        sorted[i] = x[i];
    }
    qsort(judge, n, sizeof *judge, by_size_and_place);
    assert_int_equal(lc_order_rising(x, n, &arena, place, &err), LC_OK);
    assert_int_equal(lc_sort_rising(sorted, n, &arena, &err), LC_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(place[i], judge[i].place);
        assert_true(sorted[i] == judge[i].x);
    }
    lc_arena_release(&arena);
}

static void numbers_of_every_size_and_sign(void **state)
{
    enum { N = 3000 };
    static double x[N];
    struct lc_random random = {20261126};

    (void)state;
    for (size_t i = 0; i < N; i++) /* 2^-1000 to 2^1000, subnormal ones among them */
        x[i] = ldexp(lc_random_unit(&random) - 0.5, (int)lc_random_below(&random, 2148) - 1074);
    for (size_t n = 0; n < 200; n++)
        agrees_with_qsort(x, n);
    agrees_with_qsort(x, N);
}

static void equal_numbers_keep_their_order(void **state)
{
    enum { N = 1000 };
    static double x[N];
    struct lc_random random = {7};

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = ((double)lc_random_below(&random, 7) - 3) / 4;
    agrees_with_qsort(x, N);
    agrees_with_qsort(x, 50);
    for (size_t i = 0; i < N; i++)
        x[i] = 2.5;
    agrees_with_qsort(x, N);
}

static void zeros_are_equal_and_infinities_are_ends(void **state)
{
    enum { N = 90 };
    static const double some[] = {0.0, -0.0, HUGE_VAL, -HUGE_VAL, 5e-324, -5e-324};
    static double x[N];

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = some[i * 7 % 6];
    agrees_with_qsort(x, N);
    agrees_with_qsort(x, 6);
}

static void too_little_memory_is_said(void **state)
{
    static double x[500] = {3, 2, 1};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, 1000);
    assert_int_equal(lc_sort_rising(x, 500, &arena, &err), LC_ENOMEM);
    assert_true(x[0] == 3);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_every_size_and_sign),
        cmocka_unit_test(equal_numbers_keep_their_order),
        cmocka_unit_test(zeros_are_equal_and_infinities_are_ends),
        cmocka_unit_test(too_little_memory_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
