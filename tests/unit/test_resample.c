#include "leadcal/resample.h"

#include "leadcal/num.h"
#include "leadcal/random.h"
#include "test.h"

#define N         60
#define RESAMPLES 4000

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

/* Three strata of 10, 20 and 30 leads, the last leads first. */
static const size_t begin[] = {0, 10, 30, 60};
static uint32_t turned[N], pairs[N];

static struct lc_resampling in_strata(void)
{
    for (uint32_t i = 0; i < N; i++) {
        turned[i] = N - 1 - i;
        pairs[i] = i / 4;
    }
    return (struct lc_resampling){
        .n = N, .row = turned, .begin = begin, .strata = 3, .seed = 2385};
}

/* Fifteen clusters of four. */
static struct lc_resampling in_clusters(void)
{
    struct lc_resampling s = in_strata();

    s.cluster = pairs;
    s.clusters = N / 4;
    return s;
}

static void run(const struct lc_resampling *s, size_t resamples, struct lc_parallel *pool,
                void (*each)(void *context, size_t r, const uint16_t *times), void *context)
{
    struct lc_err err;

    assert_int_equal(lc_resample(s, resamples, pool, &arena, each, context, &err), LC_OK);
}

static void keep_strata(void *context, size_t r, const uint16_t *times)
{
    bool *kept = context;

    for (size_t p = 0; p < 3; p++) {
        size_t drawn = 0;

        for (size_t i = begin[p]; i < begin[p + 1]; i++)
            drawn += times[turned[i]];
        *kept = *kept && drawn == begin[p + 1] - begin[p];
    }
    (void)r;
}

static void each_stratum_keeps_its_size(void **state)
{
    const struct lc_resampling s = in_strata();
    bool kept = true;

    (void)state;
    run(&s, 50, NULL, keep_strata, &kept);
    assert_true(kept);
}

static void keep_clusters(void *context, size_t r, const uint16_t *times)
{
    bool *kept = context;
    size_t drawn = 0;

    for (size_t i = 0; i < N; i++) {
        *kept = *kept && times[i] == times[i / 4 * 4];
        drawn += times[i];
    }
    *kept = *kept && drawn == N;
    (void)r;
}

static void clusters_come_whole_or_not_at_all(void **state)
{
    const struct lc_resampling s = in_clusters();
    bool kept = true;

    (void)state;
    run(&s, 50, NULL, keep_clusters, &kept);
    assert_true(kept);
}

/* Values that are alike within a cluster of four, and unlike across. */
static void fill(double x[N])
{
    struct lc_random random = {71};

    for (size_t i = 0; i < N; i += 4) {
        const double level = lc_random_unit(&random);

        for (size_t j = 0; j < 4; j++)
            x[i + j] = level + 0.1 * lc_random_unit(&random);
    }
}

static double variance(const double *x, size_t n)
{
    double mean = 0, sum = 0;

    for (size_t i = 0; i < n; i++)
        mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - mean) * (x[i] - mean) / (double)n;
    return sum;
}

/* Of a stratified mean: sqrt(sum n_s var_s) / n; of equal clusters: that of their means. The standard
 * error of an sd of 4,000 resamples is 1.1 %. */
static void a_mean_spreads_by_its_formula(void **state)
{
    struct lc_resampling s = in_strata();
    double x[N], by_row[N], of_cluster[N / 4], *mean = LC_NEW(&arena, RESAMPLES, double);
    const double *const column = x;
    double by_strata = 0;
    struct lc_err err;

    (void)state;
    fill(x);
    for (size_t i = 0; i < N; i++)
        by_row[i] = x[turned[i]];
    for (size_t p = 0; p < 3; p++)
        by_strata += (double)(begin[p + 1] - begin[p]) *
                     variance(by_row + begin[p], begin[p + 1] - begin[p]);
    for (size_t c = 0; c < N / 4; c++)
        of_cluster[c] = (x[4 * c] + x[4 * c + 1] + x[4 * c + 2] + x[4 * c + 3]) / 4;
    assert_int_equal(lc_resample_means(&s, &column, 1, RESAMPLES, NULL, &arena, mean, &err),
                     LC_OK);
    assert_close(lc_resample_sd(mean, RESAMPLES, 1, 0, 1) / (sqrt(by_strata) / N), 1, 0.045);
    s = in_clusters();
    assert_int_equal(lc_resample_means(&s, &column, 1, RESAMPLES, NULL, &arena, mean, &err),
                     LC_OK);
    assert_close(lc_resample_sd(mean, RESAMPLES, 1, 0, 1) /
                     sqrt(variance(of_cluster, N / 4) / (N / 4)),
                 1, 0.045);
}

static void differences_are_paired(void **state)
{
    const struct lc_resampling s = {.n = N, .seed = 5};
    double x[N], shifted[N], *mean = LC_NEW(&arena, 2 * RESAMPLES, double);
    const double *const column[] = {x, shifted};
    struct lc_err err;

    (void)state;
    fill(x);
    for (size_t i = 0; i < N; i++)
        shifted[i] = x[i] + 0.25;
    assert_int_equal(lc_resample_means(&s, column, 2, RESAMPLES, NULL, &arena, mean, &err),
                     LC_OK);
    assert_true(lc_resample_sd(mean, RESAMPLES, 2, 0, 2) > 0.02);
    assert_close(lc_resample_sd(mean, RESAMPLES, 2, 1, 0), 0, 1e-14);
    mean[0] = LC_NAN; /* a resample without an answer does not count */
    assert_true(lc_resample_sd(mean, RESAMPLES, 2, 0, 2) > 0.02);
    assert_true(isnan(lc_resample_sd(mean, 2, 2, 0, 2)));
}

static void the_same_seed_gives_the_same_bits_at_any_number_of_threads(void **state)
{
    struct lc_resampling s = in_clusters();
    struct lc_parallel *pool = lc_parallel_new(7);
    double x[N], one[64], seven[64], other[64];
    const double *const column = x;
    struct lc_err err;

    (void)state;
    fill(x);
    assert_int_equal(lc_resample_means(&s, &column, 1, 64, NULL, &arena, one, &err), LC_OK);
    assert_int_equal(lc_resample_means(&s, &column, 1, 64, pool, &arena, seven, &err), LC_OK);
    s.seed++;
    assert_int_equal(lc_resample_means(&s, &column, 1, 64, pool, &arena, other, &err), LC_OK);
    assert_memory_equal(one, seven, sizeof one);
    assert_memory_not_equal(one, other, sizeof one);
    lc_parallel_free(pool);
}

static void memory_that_is_refused_is_an_error(void **state)
{
    const struct lc_resampling s = in_clusters();
    double x[N], mean[4];
    const double *const column = x;
    bool done = false;

    (void)state;
    fill(x);
    for (size_t limit = 0; !done; limit += 16) {
        struct lc_arena small;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&small, limit);
        rc = lc_resample_means(&s, &column, 1, 4, NULL, &small, mean, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 100000);
        lc_arena_release(&small);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_stratum_keeps_its_size),
        TEST(clusters_come_whole_or_not_at_all),
        TEST(a_mean_spreads_by_its_formula),
        TEST(differences_are_paired),
        TEST(the_same_seed_gives_the_same_bits_at_any_number_of_threads),
        TEST(memory_that_is_refused_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
