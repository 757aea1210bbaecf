#include "leadcal/samplesize.h"

#include "test.h"

/* methods S1: the formula as pmsampsize_bin.R has it, numbers by R. */
static void riley_s_criteria_are_those_of_pmsampsize(void **state)
{
    static const struct {
        double r2cs, parameters, rate, n[3];
    } want[] = {
        {0.5, 10, 0.5, {124, 186, 385}},
        {0.02, 25, 0.05, {11125, 1498, 73}},
        {0.05, 25, 0.05, {4374, 1475, 73}},
        {0.05, 25, 0.2, {4374, 758, 246}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct lc_sample_size n =
            lc_sample_size(want[i].r2cs, want[i].parameters, want[i].rate);

        assert_close(n.shrinkage, want[i].n[0], 0);
        assert_close(n.optimism, want[i].n[1], 0);
        assert_close(n.rate, want[i].n[2], 0);
    }
}

static void what_is_carried_needs_no_more_leads_than_there_are(void **state)
{
    (void)state;
    for (double leads = 400; leads < 30000; leads *= 1.37)
        for (double rate = 0.013; rate < 0.9; rate *= 1.71) {
            const double won = floor(leads * rate), f = won / floor(leads);
            const double carried = lc_parameters_carried(floor(leads), won);
            const double r2 = LC_EXPECTED_R2 * (1 - pow(pow(f, f) * pow(1 - f, 1 - f), 2));
            const struct lc_sample_size fits = lc_sample_size(r2, carried, f);
            const struct lc_sample_size more = lc_sample_size(r2, carried + 1, f);

            assert_true(fits.rate <= floor(leads) + 1);
            assert_true(fits.shrinkage <= floor(leads) && fits.optimism <= floor(leads));
            assert_true(more.shrinkage > floor(leads) || more.optimism > floor(leads));
        }
}

static void more_wins_carry_more_and_few_leads_nothing(void **state)
{
    (void)state;
    assert_true(lc_parameters_carried(4374, 219) > lc_parameters_carried(4374, 60));
    assert_close(lc_parameters_carried(300, 150), 0, 0); /* the rate alone needs 385 */
    assert_close(lc_parameters_carried(5000, 0), 0, 0);
    assert_close(lc_parameters_carried(5000, 5000), 0, 0);
    assert_close(lc_parameters_carried(0, 0), 0, 0);
}

static void impossible_anticipations_have_no_answer(void **state)
{
    (void)state;
    assert_true(isnan(lc_sample_size(0.8, 10, 0.5).shrinkage)); /* 0.75 is the most at 1/2 */
    assert_true(isnan(lc_sample_size(0, 10, 0.5).optimism));
    assert_true(isnan(lc_sample_size(0.1, 10, 0).rate));
    assert_true(isnan(lc_sample_size(0.1, 10, 1).rate));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(riley_s_criteria_are_those_of_pmsampsize),
        cmocka_unit_test(what_is_carried_needs_no_more_leads_than_there_are),
        cmocka_unit_test(more_wins_carry_more_and_few_leads_nothing),
        cmocka_unit_test(impossible_anticipations_have_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
