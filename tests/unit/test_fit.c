#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "drawn_leads.h"
#include "leadcal/fit.h"

#define N DRAWN

static const size_t both[] = {0, 1};

static const char *any_score(uint32_t i, struct lc_random *random)
{
    (void)i;
    return lc_arena_format(&arena, "%d", (int)lc_random_below(random, 100));
}

/* Three sources and two sizes, and a number that says nothing. */
static int set_up(void **state)
{
    static const char *const sources[] = {"Email", "Referral", "Web"};
    static const double weight[] = {0, 1.2, 0.4};

    (void)state;
    draw_leads(&(struct drawing){77, sources, weight, 3, "score", LC_KIND_NUMBER, any_score});
    return 0;
}

static const struct lc_fit_options gauss = {.prior_sd = LC_PRIOR_SD};
static const struct lc_fit_options likelihood = {.likelihood = true};

static struct lc_fit fit_both(const struct lc_fit_options *o)
{
    struct lc_fit fit;
    struct lc_err err;

    assert_int_equal(
        lc_fit_leads(&table, row, y, N, both, NULL, 2, o, NULL, &arena, &fit, &err), LC_OK);
    return fit;
}

/* The size of the weights is known; 900 leads find them within three standard errors. */
static void maximum_likelihood_recovers_the_truth(void **state)
{
    const struct lc_fit fit = fit_both(&likelihood);
    double b[3], variance[3];

    (void)state;
    lc_fit_levels(&fit, 0, b, variance);
    assert_int_equal(fit.reference[0], 0);
    assert_close(b[0], 0, 0);
    assert_true(fabs(b[1] - 1.2) < 3 * sqrt(variance[1]));
    assert_true(fabs(b[2] - 0.4) < 3 * sqrt(variance[2]));
    assert_true(fit.kernel.max_gradient < 1e-10);
}

static void under_the_prior_levels_sum_to_zero_and_renaming_changes_nothing(void **state)
{
    const struct lc_fit fit = fit_both(&gauss);
    double b[3], variance[3], renamed[3], ignored[3];
    struct lc_fit other;

    (void)state;
    lc_fit_levels(&fit, 0, b, variance);
    assert_close(b[0] + b[1] + b[2], 0, 1e-9);
    for (size_t i = 0; i < N; i++)
        if (strcmp(source[i], "Email") == 0)
            source[i] = "Zmail";
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, N);
    other = fit_both(&gauss);
    lc_fit_levels(&other, 0, renamed, ignored);
    assert_close(renamed[2], b[0], 1e-10); /* Email is now last */
    assert_close(renamed[0], b[1], 1e-10);
    assert_close(sqrt(ignored[2]), sqrt(variance[0]), 1e-10);
}

static void a_wide_prior_approaches_maximum_likelihood(void **state)
{
    const struct lc_fit_options wide = {.prior_sd = 1000};
    const struct lc_fit free_fit = fit_both(&likelihood), fit = fit_both(&wide);
    double a[3], b[3], ignored[3];

    (void)state;
    lc_fit_levels(&free_fit, 0, a, ignored);
    lc_fit_levels(&fit, 0, b, ignored);
    assert_close(b[1] - b[0], a[1], 1e-4);
    assert_close(b[2] - b[0], a[2], 1e-4);
}

/* Every lead of one source is won: its row stays, empty; the rest is the fit without it. */
static void a_separated_level_gets_the_limit_fit(void **state)
{
    const struct lc_fit_options o = likelihood;
    struct lc_frame frame;
    struct lc_fit fit, rest;
    uint32_t others[N];
    uint8_t others_y[N];
    double b[3], want[2], ignored[3];
    struct lc_err err;
    size_t n = 0, at = 0;
    bool found = false;

    (void)state;
    for (size_t i = 0; i < N; i++)
        if (strcmp(source[i], "Web") == 0) {
            y[i] = 1;
            at++;
        } else {
            others_y[n] = y[i];
            others[n++] = row[i];
        }
    fit = fit_both(&o);
    assert_int_equal(fit.separated[0][2], 1);
    assert_int_equal(fit.separated[0][1], 0);
    assert_int_equal(
        lc_fit_leads(&table, others, others_y, n, both, NULL, 2, &o, NULL, &arena, &rest, &err),
        LC_OK);
    lc_fit_levels(&fit, 0, b, ignored);
    lc_fit_levels(&rest, 0, want, ignored);
    assert_close(b[1], want[1], 1e-10);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    for (size_t i = 0; i < frame.n; i++) {
        const union lc_value *r = frame.value + i * frame.k;

        if (strcmp(r[lc_frame_column(&frame, "term")].text, "source=Web") != 0)
            continue;
        found = true;
        assert_true(isnan(r[lc_frame_column(&frame, "coefficient")].number));
        assert_string_equal(r[lc_frame_column(&frame, "note")].text,
                            lc_arena_format(&arena, "separated: +Inf, %zu of %zu won", at, at));
    }
    assert_true(found);
}

static void the_reference_can_be_named_and_a_slip_gets_the_nearest(void **state)
{
    static const char *const web[] = {"source=Web"}, *const slip[] = {"source=Webb"};
    const struct lc_fit_options good = {
        .likelihood = true, .reference = web, .n_references = 1};
    const struct lc_fit_options bad = {
        .likelihood = true, .reference = slip, .n_references = 1};
    const struct lc_fit fit = fit_both(&good);
    struct lc_frame frame;
    struct lc_fit none;
    struct lc_err err;

    (void)state;
    assert_int_equal(fit.reference[0], 2);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_string_equal(frame.value[lc_frame_column(&frame, "note")].text,
                        "reference: source=Web, size=large");
    assert_int_equal(
        lc_fit_leads(&table, row, y, N, both, NULL, 2, &bad, NULL, &arena, &none, &err),
        LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'Web'"));
}

static void a_numeric_term_enters_the_fit_but_no_card(void **state)
{
    static const char *const numeric[] = {"score"};
    const struct lc_fit_options o = {.likelihood = true, .numeric = numeric, .n_numeric = 1};
    const struct lc_fit fit = fit_both(&o);
    struct lc_card card;
    struct lc_err err;

    (void)state;
    assert_int_equal(fit.kernel.k, 1 + 2 + 1 + 1);
    assert_true(fabs(fit.kernel.b[4]) < 0.02);
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_EMISMATCH);
}

/* DEFINITIONS 3: each contribution is centred at its training mean, so the mean log-odds of the
 * training leads is the card's intercept; 10 points double the odds. */
static void a_card_is_centred_and_its_points_are_whole(void **state)
{
    const struct lc_fit fit = fit_both(&gauss);
    struct lc_card card;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fit_card(&fit, "logistic", &arena, &card, &err), LC_OK);
    for (size_t j = 0; j < card.k; j++) {
        const struct lc_card_attribute *a = &card.attribute[j];
        double mean = 0;

        for (size_t v = 0; v < a->attribute.n_levels; v++) {
            mean += a->attribute.n[v] * a->value[v] / N;
            assert_close(a->points[v], round(a->value[v] * 10 / log(2)), 0);
        }
        assert_close(mean, 0, 1e-14);
        assert_close(a->value[a->attribute.n_levels], 0, 0);
    }
}

static void one_class_has_no_answer(void **state)
{
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    memset(y, 0, sizeof y);
    assert_int_equal(
        lc_fit_leads(&table, row, y, N, both, NULL, 2, &gauss, NULL, &arena, &fit, &err),
        LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "none of 900 leads was won"));
    memset(y, 1, sizeof y);
    assert_int_equal(
        lc_fit_leads(&table, row, y, N, both, NULL, 2, &gauss, NULL, &arena, &fit, &err),
        LC_EDEGENERATE);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 256, refused++) {
        struct lc_arena small;
        struct lc_frame frame;
        struct lc_card card;
        struct lc_fit fit;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_fit_leads(&table, row, y, N, both, NULL, 2, &gauss, NULL, &small, &fit, &err);
        if (!rc)
            rc = lc_fit_frame(&fit, &small, &frame, &err);
        if (!rc)
            rc = lc_fit_card(&fit, "logistic", &small, &card, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(maximum_likelihood_recovers_the_truth),
        TEST(under_the_prior_levels_sum_to_zero_and_renaming_changes_nothing),
        TEST(a_wide_prior_approaches_maximum_likelihood),
        TEST(a_separated_level_gets_the_limit_fit),
        TEST(the_reference_can_be_named_and_a_slip_gets_the_nearest),
        TEST(a_numeric_term_enters_the_fit_but_no_card),
        TEST(a_card_is_centred_and_its_points_are_whole),
        TEST(one_class_has_no_answer),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
