#include "leadcal/beta.h"

#include <gsl/gsl_errno.h>

#include "test.h"

/* R 4.2.2 qbeta(0.025), qbeta(0.975), pbeta(mean): tests/reference/beta_and_fisher.R */
static const struct {
    double a, b, low, high, below_mean;
} r_values[] = {
    {0.5, 20.5, 2.42464784592427e-05, 0.116638982904875, 0.676823898454046},
    {5.4000000000000004, 45.200000000000003, 0.0383067332094055, 0.204299281567217,
     0.547773961128903},
    {81.5, 182.5, 0.254521934991023, 0.365647499174082, 0.506781868024898},
    {100000, 900000, 0.0994127693111846, 0.100588746132834, 0.500354615427558},
    {3000000, 27000000, 0.0998926736135629, 0.10010737690126, 0.500064743611111},
    {20000, 3, 0.999638848907347, 0.99996906841882, 0.42320688293214},
    {0.69999999999999996, 1000000, 4.49832124494505e-09, 3.02025228338159e-06,
     0.656588911241349},
    {2.3849999999999998, 0.035000000000000003, 0.813790967158419, 1, 0.101325901870465},
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void quantiles_agree_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(r_values); i++) {
        const double a = r_values[i].a, b = r_values[i].b;

        assert_close(lc_beta_quantile(0.025, a, b) / r_values[i].low, 1, 1e-10);
        assert_close(lc_beta_quantile(0.975, a, b) / r_values[i].high, 1, 1e-10);
        assert_close(lc_beta_below(a / (a + b), a, b), r_values[i].below_mean, 1e-10);
    }
}

static void a_quantile_is_where_the_probability_lies(void **state)
{
    (void)state;
    for (double a = 1e-6; a < 1e8; a *= 7.3)
        for (double b = 1e-6; b < 1e8; b *= 6.1)
            for (double q = 0.025; q < 1; q += 0.19) {
                const double x = lc_beta_quantile(q, a, b);

                if (x > 1e-300 && 1 - x > 1e-6) /* else no double is near enough */
                    assert_close(lc_beta_below(x, a, b), q, 1e-9);
            }
}

static void the_law_is_mirrored(void **state)
{
    (void)state;
    for (double x = 0.017; x < 1; x += 0.061)
        assert_close(lc_beta_below(x, 2.385, 7.19), 1 - lc_beta_below(1 - x, 7.19, 2.385),
                     1e-14);
}

static void a_uniform_law_gives_back_its_argument(void **state)
{
    (void)state;
    for (double x = 0; x <= 1; x += 0.0625) {
        assert_close(lc_beta_below(x, 1, 1), x, 1e-15);
        assert_close(lc_beta_quantile(x, 1, 1), x, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_agree_with_r),
        cmocka_unit_test(a_quantile_is_where_the_probability_lies),
        cmocka_unit_test(the_law_is_mirrored),
        cmocka_unit_test(a_uniform_law_gives_back_its_argument),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
