/* parallel.h - blocks of work over threads; the only place with threads.   Layer: base */
#ifndef LC_PARALLEL_H
#define LC_PARALLEL_H

#include <stddef.h>

/* A pool of threads that stays alive between calls, so that a Newton step costs no spawning. */
struct lc_parallel;

#define LC_MOST_THREADS 64 /* more never helped on a machine that reads one file */

/* lc_parallel_new - n_threads workers in all (the caller is one of them); 0 asks for all cores.
 * NULL where memory or threads are refused. */
struct lc_parallel *lc_parallel_new(size_t n_threads);
void lc_parallel_free(struct lc_parallel *pool);
size_t lc_parallel_threads(const struct lc_parallel *pool);

/* lc_parallel_run - calls work(context, block, worker) once for each block 0..n-1, in any order,
 * and returns when all are done. `worker` is 0..threads-1: use it to pick scratch memory, never
 * to pick results. Results go to slots by block, and the caller merges them in block order, so
 * that the bits do not depend on the number of threads. `pool` may be NULL: then in order, here. */
void lc_parallel_run(struct lc_parallel *pool, size_t n,
                     void (*work)(void *context, size_t block, size_t worker), void *context);

#endif
