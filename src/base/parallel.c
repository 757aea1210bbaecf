#include "leadcal/parallel.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct worker {
    struct lc_parallel *pool;
    size_t number;
};

struct lc_parallel {
    size_t n_threads;
    pthread_t thread[LC_MOST_THREADS];
    struct worker worker[LC_MOST_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t begin, end;
    void (*work)(void *context, size_t block, size_t worker);
    void *context;
    size_t n, next, busy; /* blocks in all, next to take, workers not yet done */
    unsigned long round;
    bool quit;
};

static void take_blocks(struct lc_parallel *pool, size_t number)
{
    for (;;) {
        size_t block;

        (void)pthread_mutex_lock(&pool->lock);
        block = pool->next;
        if (block < pool->n)
            pool->next++;
        (void)pthread_mutex_unlock(&pool->lock);
        if (block >= pool->n)
            return;
        pool->work(pool->context, block, number);
    }
}

static void *serve(void *p)
{
    const struct worker *me = p;
    struct lc_parallel *pool = me->pool;
    unsigned long seen = 0;

    for (;;) {
        bool quit;

        (void)pthread_mutex_lock(&pool->lock);
        while (pool->round == seen && !pool->quit)
            (void)pthread_cond_wait(&pool->begin, &pool->lock);
        seen = pool->round;
        quit = pool->quit;
        (void)pthread_mutex_unlock(&pool->lock);
        if (quit)
            return NULL;
        take_blocks(pool, me->number);
        (void)pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0)
            (void)pthread_cond_signal(&pool->end);
        (void)pthread_mutex_unlock(&pool->lock);
    }
}

static size_t cores(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n > 0 ? (size_t)n : 1;
}

struct lc_parallel *lc_parallel_new(size_t n_threads)
{
    struct lc_parallel *pool = calloc(1, sizeof *pool);

    if (!pool)
        return NULL;
    if (n_threads == 0)
        n_threads = cores();
    if (n_threads > LC_MOST_THREADS)
        n_threads = LC_MOST_THREADS;
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->begin, NULL);
    (void)pthread_cond_init(&pool->end, NULL);
    pool->n_threads = 1;
    for (size_t i = 1; i < n_threads; i++) {
        pool->worker[i] = (struct worker){pool, i};
        if (pthread_create(&pool->thread[i], NULL, serve, &pool->worker[i]) != 0) {
            lc_parallel_free(pool);
            return NULL;
        }
        pool->n_threads++;
    }
    return pool;
}

void lc_parallel_free(struct lc_parallel *pool)
{
    if (!pool)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->quit = true;
    (void)pthread_cond_broadcast(&pool->begin);
    (void)pthread_mutex_unlock(&pool->lock);
    for (size_t i = 1; i < pool->n_threads; i++)
        (void)pthread_join(pool->thread[i], NULL);
    (void)pthread_cond_destroy(&pool->end);
    (void)pthread_cond_destroy(&pool->begin);
    (void)pthread_mutex_destroy(&pool->lock);
    free(pool);
}

size_t lc_parallel_threads(const struct lc_parallel *pool)
{
    return pool ? pool->n_threads : 1;
}

void lc_parallel_run(struct lc_parallel *pool, size_t n,
                     void (*work)(void *context, size_t block, size_t worker), void *context)
{
    if (!pool || pool->n_threads == 1 || n < 2) {
        for (size_t i = 0; i < n; i++)
            work(context, i, 0);
        return;
    }
    (void)pthread_mutex_lock(&pool->lock);
    pool->work = work;
    pool->context = context;
    pool->n = n;
    pool->next = 0;
    pool->busy = pool->n_threads - 1;
    pool->round++;
    (void)pthread_cond_broadcast(&pool->begin);
    (void)pthread_mutex_unlock(&pool->lock);
    take_blocks(pool, 0);
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->busy)
        (void)pthread_cond_wait(&pool->end, &pool->lock);
    (void)pthread_mutex_unlock(&pool->lock);
}
