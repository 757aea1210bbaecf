#include <string.h>

#include "logit_internal.h"

#define MOST_TABLE_CELLS 1048576 /* 8 MiB; a larger pair goes straight into the Hessian */
#define COPIED_CELLS     4096  /* tables up to this size get four copies: they stay in cache */
#define ROWS_TO_COPY     16    /* rows for each cell before copies are worth their folding */
#define CHUNK            32768 /* rows whose codes and weights stay in cache over all tables */

/* ---- filling ---- */

static void fill_pair(const struct lc_logit_work *w, const struct lc_logit_job *job, size_t low,
                      size_t high)
{
    const uint16_t *a = w->super[job->a].code, *b = w->super[job->b].code;
    const size_t nb = w->super[job->b].n_levels;
    const double *weight = w->w;
    double *t = job->table;
    size_t i = low;

    if (job->copies == 4) {
        double *t1 = t + job->cells, *t2 = t1 + job->cells, *t3 = t2 + job->cells;

        for (; i + 4 <= high; i += 4) {
            t[a[i] * nb + b[i]] += weight[i];
            t1[a[i + 1] * nb + b[i + 1]] += weight[i + 1];
            t2[a[i + 2] * nb + b[i + 2]] += weight[i + 2];
            t3[a[i + 3] * nb + b[i + 3]] += weight[i + 3];
        }
    }
    for (; i < high; i++)
        t[a[i] * nb + b[i]] += weight[i];
}

/* One cell of the upper triangle. */
static double *upper(const struct lc_logit_work *w, size_t i, size_t j)
{
    return i < j ? &w->hessian[i * w->k + j] : &w->hessian[j * w->k + i];
}

static void fill_direct(const struct lc_logit_work *w, const struct lc_logit_job *job,
                        size_t low, size_t high)
{
    const struct lc_logit_super *a = &w->super[job->a], *b = &w->super[job->b];

    for (size_t p = 0; p < a->n_columns; p++)
        for (size_t q = 0; q < b->n_columns; q++) {
            for (size_t r = low; r < high; r++) {
                const size_t i = a->place[p][a->code[r]], j = b->place[q][b->code[r]];

                if (i != LC_LOGIT_NONE && j != LC_LOGIT_NONE)
                    *upper(w, i, j) += w->w[r];
            }
        }
}

static void fill_numeric(const struct lc_logit_work *w, const struct lc_logit_job *job,
                         size_t low, size_t high)
{
    const double *z = w->z[job->b], *weight = w->w;

    if (job->kind == LC_LOGIT_CROSS) {
        const uint16_t *a = w->super[job->a].code;

        for (size_t i = low; i < high; i++)
            job->table[a[i]] += weight[i] * z[i];
        return;
    }
    for (size_t j = 0; j <= job->b; j++) {
        const double *other = w->z[j];
        double sum = 0;

        for (size_t i = low; i < high; i++)
            sum += weight[i] * z[i] * other[i];
        job->table[j] += sum;
    }
    for (size_t i = low; i < high; i++)
        job->table[job->b + 1] += weight[i] * z[i];
}

static void fill(const struct lc_logit_work *w, const struct lc_logit_job *job, size_t low,
                 size_t high)
{
    const uint16_t *a = job->kind == LC_LOGIT_SINGLE ? w->super[job->a].code : NULL;

    switch (job->kind) {
    case LC_LOGIT_PAIR: fill_pair(w, job, low, high); break;
    case LC_LOGIT_DIRECT: fill_direct(w, job, low, high); break;
    case LC_LOGIT_SINGLE:
        for (size_t i = low; i < high; i++)
            job->table[a[i]] += w->w[i];
        break;
    case LC_LOGIT_CROSS:
    case LC_LOGIT_DOT: fill_numeric(w, job, low, high); break;
    }
}

/* ---- folding: from codes of super-columns to levels of columns ---- */

/* Sums of weights by the code of one super-column: its own columns with each other and with the
 * intercept. */
static void fold_single(const struct lc_logit_work *w, const struct lc_logit_super *s,
                        const double *sum)
{
    for (size_t v = 0; v < s->n_levels; v++) {
        if (sum[v] == 0)
            continue;
        for (size_t p = 0; p < s->n_columns; p++) {
            const size_t i = s->place[p][v];

            if (i == LC_LOGIT_NONE)
                continue;
            w->hessian[i] += sum[v];
            w->hessian[i * w->k + i] += sum[v];
            for (size_t q = 0; q < p; q++) {
                const size_t j = s->place[q][v];

                if (j != LC_LOGIT_NONE)
                    *upper(w, i, j) += sum[v];
            }
        }
    }
}

/* Adds the table's rows of equal level of column p: [levels of p][codes of b]. */
static void fold_rows(const struct lc_logit_work *w, const struct lc_logit_job *job, size_t p,
                      double *folded)
{
    const struct lc_logit_super *a = &w->super[job->a];
    const size_t nb = w->super[job->b].n_levels;
    const size_t levels = w->d->codes->column[a->column[p]].n_levels;

    memset(folded, 0, levels * nb * sizeof *folded);
    for (size_t v = 0; v < a->n_levels; v++) {
        const double *row = job->table + v * nb;
        double *to = folded + v / a->stride[p] % levels * nb;

        for (size_t x = 0; x < nb; x++)
            to[x] += row[x];
    }
}

/* Adds one row of a folded table, a level of one column, to that level's part of the Hessian. */
static void fold_row(const struct lc_logit_work *w, const struct lc_logit_super *b, size_t i,
                     const double *row)
{
    for (size_t q = 0; q < b->n_columns; q++)
        for (size_t x = 0; x < b->n_levels; x++) {
            const size_t j = b->place[q][x];

            if (j != LC_LOGIT_NONE)
                *upper(w, i, j) += row[x];
        }
}

static void fold_pair(const struct lc_logit_work *w, const struct lc_logit_job *job)
{
    const struct lc_logit_super *a = &w->super[job->a], *b = &w->super[job->b];

    for (size_t p = 0; p < a->n_columns; p++) {
        const size_t levels = w->d->codes->column[a->column[p]].n_levels;

        fold_rows(w, job, p, job->folded);
        for (size_t v = 0; v < levels; v++) {
            const size_t i = w->at[a->column[p]][v];

            if (i != LC_LOGIT_NONE)
                fold_row(w, b, i, job->folded + v * b->n_levels);
        }
    }
}

/* The table's row and column sums, where they stand in for a pass over one super-column. */
static void fold_margins(const struct lc_logit_work *w, const struct lc_logit_job *job)
{
    const struct lc_logit_super *a = &w->super[job->a], *b = &w->super[job->b];

    if (job->single_a) {
        for (size_t v = 0; v < a->n_levels; v++) {
            job->folded[v] = 0;
            for (size_t x = 0; x < b->n_levels; x++)
                job->folded[v] += job->table[v * b->n_levels + x];
        }
        fold_single(w, a, job->folded);
    }
    if (job->single_b) {
        memset(job->folded, 0, b->n_levels * sizeof *job->folded);
        for (size_t v = 0; v < a->n_levels; v++)
            for (size_t x = 0; x < b->n_levels; x++)
                job->folded[x] += job->table[v * b->n_levels + x];
        fold_single(w, b, job->folded);
    }
}

static void fold_numeric(const struct lc_logit_work *w, const struct lc_logit_job *job)
{
    const size_t first = w->k - w->d->n_numeric, to = first + job->b;
    const struct lc_logit_super *a = &w->super[job->a];

    if (job->kind == LC_LOGIT_DOT) {
        for (size_t j = 0; j <= job->b; j++)
            *upper(w, to, first + j) = job->table[j];
        w->hessian[to] = job->table[job->b + 1];
        return;
    }
    for (size_t p = 0; p < a->n_columns; p++) {
        for (size_t v = 0; v < a->n_levels; v++) {
            const size_t i = a->place[p][v];

            if (i != LC_LOGIT_NONE)
                *upper(w, i, to) += job->table[v];
        }
    }
}

static void fold(const struct lc_logit_work *w, const struct lc_logit_job *job)
{
    switch (job->kind) {
    case LC_LOGIT_PAIR:
        for (size_t x = 0; x < job->cells && job->copies == 4; x++)
            job->table[x] += job->table[job->cells + x] + job->table[2 * job->cells + x] +
                             job->table[3 * job->cells + x];
        fold_pair(w, job);
        fold_margins(w, job);
        break;
    case LC_LOGIT_DIRECT: break;
    case LC_LOGIT_SINGLE: fold_single(w, &w->super[job->a], job->table); break;
    case LC_LOGIT_CROSS:
    case LC_LOGIT_DOT: fold_numeric(w, job); break;
    }
}

/* ---- all of it ---- */

/* A group of whole tables belongs to one thread, so that nothing is merged and the bits do not
 * hang on how many groups there are. Each cell of the Hessian is written by one table alone. */
static void run_group(void *context, size_t group, size_t worker)
{
    const struct lc_logit_work *w = context;

    (void)worker;
    for (size_t j = group; j < w->n_jobs; j += w->n_groups)
        memset(w->job[j].table, 0, w->job[j].copies * w->job[j].cells * sizeof(double));
    for (size_t low = 0; low < w->d->n; low += CHUNK) {
        const size_t high = low + CHUNK < w->d->n ? low + CHUNK : w->d->n;

        for (size_t j = group; j < w->n_jobs; j += w->n_groups)
            fill(w, &w->job[j], low, high);
    }
    for (size_t j = group; j < w->n_jobs; j += w->n_groups)
        fold(w, &w->job[j]);
}

void lc_logit_hessian(struct lc_logit_work *w)
{
    memset(w->hessian, 0, w->k * w->k * sizeof *w->hessian);
    lc_parallel_run(w->pool, w->n_groups, run_group, w);
    w->hessian[0] = w->w_total;
    for (size_t i = 0; i < w->k; i++)
        for (size_t j = i + 1; j < w->k; j++)
            w->hessian[j * w->k + i] = w->hessian[i * w->k + j];
}

static enum lc_rc add_job(struct lc_logit_work *w, struct lc_logit_job job,
                          struct lc_arena *scratch, struct lc_err *err)
{
    job.copies = 1;
    if (job.kind == LC_LOGIT_PAIR && job.cells <= COPIED_CELLS &&
        w->d->n / ROWS_TO_COPY >= job.cells)
        job.copies = 4;
    job.table = LC_NEW(scratch, job.copies * job.cells, double);
    job.folded = LC_NEW(scratch, job.kind == LC_LOGIT_PAIR ? job.cells : 0, double);
    if (!job.table || !job.folded)
        return lc_fail_memory(err, "the pair tables");
    w->job[w->n_jobs++] = job;
    return LC_OK;
}

static enum lc_rc plan_pairs(struct lc_logit_work *w, bool *single, struct lc_arena *scratch,
                             struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t a = 0; a < w->n_supers && !rc; a++)
        for (size_t b = a + 1; b < w->n_supers && !rc; b++) {
            const size_t cells = w->super[a].n_levels * w->super[b].n_levels;
            struct lc_logit_job job = {.kind = LC_LOGIT_DIRECT, .a = a, .b = b};

            if (cells <= MOST_TABLE_CELLS) {
                job.kind = LC_LOGIT_PAIR;
                job.cells = cells;
                job.single_a = !single[a];
                job.single_b = !single[b];
                single[a] = single[b] = true;
            }
            rc = add_job(w, job, scratch, err);
        }
    return rc;
}

enum lc_rc lc_logit_plan_hessian(struct lc_logit_work *w, struct lc_arena *scratch,
                                 struct lc_err *err)
{
    const size_t s = w->n_supers, numeric = w->d->n_numeric;
    bool *single = LC_NEW(scratch, s, bool);
    enum lc_rc rc;

    w->job = LC_NEW(scratch, s * (s + 1) / 2 + numeric * (s + 1), struct lc_logit_job);
    w->hessian = LC_NEW(scratch, w->k * w->k, double);
    if (!single || !w->job || !w->hessian)
        return lc_fail_memory(err, "the Hessian");
    rc = plan_pairs(w, single, scratch, err);
    for (size_t a = 0; a < s && !rc; a++)
        if (!single[a])
            rc = add_job(w,
                         (struct lc_logit_job){
                             .kind = LC_LOGIT_SINGLE, .a = a, .cells = w->super[a].n_levels},
                         scratch, err);
    for (size_t j = 0; j < numeric && !rc; j++) {
        for (size_t a = 0; a < s && !rc; a++)
            rc = add_job(
                w,
                (struct lc_logit_job){
                    .kind = LC_LOGIT_CROSS, .a = a, .b = j, .cells = w->super[a].n_levels},
                scratch, err);
        if (!rc)
            rc = add_job(w, (struct lc_logit_job){.kind = LC_LOGIT_DOT, .b = j, .cells = j + 2},
                         scratch, err);
    }
    w->n_groups = lc_parallel_threads(w->pool);
    if (w->n_groups > w->n_jobs)
        w->n_groups = w->n_jobs;
    return rc;
}
