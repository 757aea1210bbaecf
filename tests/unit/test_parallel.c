#include "test.h"

#include <string.h>

#include "leadcal/parallel.h"

#define BLOCKS 1000

struct work {
    unsigned char done[BLOCKS];
    double sum[BLOCKS];
    size_t threads, wrong_worker;
};

static void do_block(void *context, size_t block, size_t worker)
{
    struct work *w = context;

    w->done[block]++;
    if (worker >= w->threads)
        w->wrong_worker++;
    for (size_t i = 1; i <= 50; i++)
        w->sum[block] += 1.0 / (double)(block * 50 + i);
}

static double run(struct lc_parallel *pool, size_t n)
{
    struct work w;
    double sum = 0;

    memset(&w, 0, sizeof w);
    w.threads = lc_parallel_threads(pool);
    lc_parallel_run(pool, n, do_block, &w);
    for (size_t b = 0; b < BLOCKS; b++) {
        assert_int_equal(w.done[b], b < n);
        sum += w.sum[b];
    }
    assert_int_equal(w.wrong_worker, 0);
    return sum;
}

static void each_block_is_done_once_and_the_bits_are_the_same(void **state)
{
    const double alone = run(NULL, BLOCKS);

    (void)state;
    assert_close(alone, 11.397003949278519,
                 1e-12); /* 50,000th harmonic number: ln n + 0.57722 */
    for (size_t threads = 1; threads <= 7; threads += 6) {
        struct lc_parallel *pool = lc_parallel_new(threads);

        assert_non_null(pool);
        assert_int_equal(lc_parallel_threads(pool), threads);
        for (int round = 0; round < 50; round++)
            assert_true(run(pool, BLOCKS) == alone);
        (void)run(pool, 0);
        (void)run(pool, 1);
        (void)run(pool, 2);
        lc_parallel_free(pool);
    }
}

static void all_cores_and_the_limit_are_respected(void **state)
{
    struct lc_parallel *all = lc_parallel_new(0), *most = lc_parallel_new(1000);

    (void)state;
    assert_true(lc_parallel_threads(all) >= 1);
    assert_int_equal(lc_parallel_threads(most), LC_MOST_THREADS);
    assert_int_equal(lc_parallel_threads(NULL), 1);
    (void)run(most, BLOCKS);
    lc_parallel_free(all);
    lc_parallel_free(most);
    lc_parallel_free(NULL);
}

struct log {
    size_t n, block[40], worker;
};

static void note_block(void *context, size_t block, size_t worker)
{
    struct log *log = context;

    log->block[log->n++] = block;
    log->worker += worker;
}

static void without_a_pool_blocks_come_in_order(void **state)
{
    struct log log = {0};

    (void)state;
    lc_parallel_run(NULL, 0, note_block, &log);
    assert_int_equal(log.n, 0);
    lc_parallel_run(NULL, 37, note_block, &log);
    assert_int_equal(log.n, 37);
    assert_int_equal(log.worker, 0);
    for (size_t i = 0; i < 37; i++)
        assert_int_equal(log.block[i], i);
}

static void count_block(void *context, size_t block, size_t worker)
{
    unsigned *count = context;

    (void)worker;
    count[block]++;
}

/* Many short calls, where a worker that wakes late would take part in the next one, or never. */
static void a_pool_serves_a_thousand_calls(void **state)
{
    (void)state;
    for (size_t threads = 2; threads <= 7; threads += 5) {
        struct lc_parallel *pool = lc_parallel_new(threads);
        unsigned count[9] = {0}, want[9] = {0};

        assert_non_null(pool);
        for (size_t call = 0; call < 1000; call++) {
            const size_t n = call * 7 % 10;

            lc_parallel_run(pool, n, count_block, count);
            for (size_t i = 0; i < n; i++)
                want[i]++;
            assert_memory_equal(count, want, sizeof want);
        }
        lc_parallel_free(pool);
    }
}

static void a_pool_that_never_worked_can_be_freed(void **state)
{
    (void)state;
    for (size_t i = 0; i < 50; i++)
        lc_parallel_free(lc_parallel_new(1 + i % 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_block_is_done_once_and_the_bits_are_the_same),
        cmocka_unit_test(without_a_pool_blocks_come_in_order),
        cmocka_unit_test(a_pool_serves_a_thousand_calls),
        cmocka_unit_test(a_pool_that_never_worked_can_be_freed),
        cmocka_unit_test(all_cores_and_the_limit_are_respected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
