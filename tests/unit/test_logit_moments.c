/* Mean and covariance of a posterior that leans, against its integrals. */
#include <gsl/gsl_errno.h>

#include "leadcal/logit.h"
#include "test.h"

/* Forty leads of one level and twelve of the other, of which one was won. */
static const double won[] = {12, 1}, leads[] = {40, 12};

struct moments {
    double mean, sd; /* of the second level's coefficient */
};

/* The posterior on a grid of both coefficients, the intercept's prior flat; log-F(2,2) is worth a win and a
 * loss of a lead that has the column alone, a Gaussian prior has SD 0.7. */
static struct moments integrate(bool log_f)
{
    double sum = 0, first = 0, second = 0;
    struct moments m;

    for (double a = -4; a < 2; a += 0.02)
        for (double b = -12; b < 8; b += 0.02) {
            const double eta[] = {a, a + b};
            double l = log_f ? b - 2 * lc_softplus(b) : -b * b / (2 * 0.7 * 0.7);

            for (size_t i = 0; i < 2; i++)
                l += won[i] * eta[i] - leads[i] * lc_softplus(eta[i]);
            l = exp(l + 30);
            sum += l;
            first += b * l;
            second += b * b * l;
        }
    m.mean = first / sum;
    m.sd = sqrt(second / sum - m.mean * m.mean);
    return m;
}

static void against(const struct lc_logit_prior *prior, struct moments want)
{
    static const uint8_t code[] = {0, 1};
    static const uint32_t reference[] = {0};
    const struct lc_column column = {
        .name = "source", .width = 1, .code = code, .n_levels = 2, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 2, .k = 1, .column = &column};
    const struct lc_logit_data d = {
        .n = 2, .codes = &codes, .reference = reference, .y = won, .weight = leads};
    struct lc_logit_ready *ready;
    struct lc_logit_fit fit;
    struct lc_arena arena;
    double *mean, *cov;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_logit_prepare(&d, NULL, &arena, &ready, &err), LC_OK);
    assert_int_equal(lc_logit_from(ready, prior, NULL, &arena, &fit, &err), LC_OK);
    assert_int_equal(lc_logit_moments(ready, prior, &fit, &arena, &mean, &cov, &err), LC_OK);
    assert_true(fabs(mean[1] - want.mean) < 0.25 * fabs(fit.b[1] - want.mean));
    assert_true(fabs(sqrt(cov[3]) - want.sd) < 0.5 * fabs(sqrt(fit.cov[3]) - want.sd));
    lc_arena_release(&arena);
}

static void moments_are_nearer_the_integrals_than_the_mode_is(void **state)
{
    static const double m[] = {0, 2}, precision[] = {0, 1 / (0.7 * 0.7)};

    (void)state;
    against(&(struct lc_logit_prior){.log_f = m}, integrate(true));
    against(&(struct lc_logit_prior){.precision = precision}, integrate(false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_nearer_the_integrals_than_the_mode_is)};

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
