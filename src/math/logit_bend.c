/* Half the gradient of the log-determinant of the information: what Firth's score and Laplace's
 * approximation have in common. The quadratic form x' cov x of a row is looked up as the Hessian is
 * filled: a number for each pair of super-columns, in the tables that the Hessian is done with. */
#include <assert.h>
#include <string.h>

#include "logit_internal.h"

/* x' cov x's part of one pair of codes: all pairs of their columns' levels, each twice. */
static void fill_pair(const struct lc_logit_work *w, const double *cov,
                      const struct lc_logit_job *job)
{
    const struct lc_logit_super *a = &w->super[job->a], *b = &w->super[job->b];

    memset(job->table, 0, job->cells * sizeof *job->table);
    for (size_t p = 0; p < a->n_columns; p++)
        for (size_t v = 0; v < a->n_levels; v++) {
            const size_t i = a->place[p][v];
            double *row = job->table + v * b->n_levels;

            for (size_t q = 0; i != LC_LOGIT_NONE && q < b->n_columns; q++)
                for (size_t x = 0; x < b->n_levels; x++)
                    if (b->place[q][x] != LC_LOGIT_NONE)
                        row[x] += 2 * cov[i * w->k + b->place[q][x]];
        }
}

/* The columns of one super-column with each other and with the intercept. */
static void fill_single(const struct lc_logit_work *w, const double *cov,
                        const struct lc_logit_super *s)
{
    for (size_t v = 0; v < s->n_levels; v++) {
        s->quad[v] = 0;
        for (size_t p = 0; p < s->n_columns; p++) {
            const size_t i = s->place[p][v];

            if (i == LC_LOGIT_NONE)
                continue;
            s->quad[v] += 2 * cov[i] + cov[i * w->k + i];
            for (size_t q = 0; q < p; q++)
                if (s->place[q][v] != LC_LOGIT_NONE)
                    s->quad[v] += 2 * cov[i * w->k + s->place[q][v]];
        }
    }
}

static void fill_numeric(const struct lc_logit_work *w, const double *cov,
                         const struct lc_logit_job *job)
{
    const size_t first = w->k - w->d->n_numeric, at = first + job->b;
    const struct lc_logit_super *a = &w->super[job->a];

    if (job->kind == LC_LOGIT_DOT) {
        for (size_t j = 0; j <= job->b; j++)
            job->table[j] = (j < job->b ? 2 : 1) * cov[at * w->k + first + j];
        job->table[job->b + 1] = 2 * cov[at];
        return;
    }
    for (size_t v = 0; v < a->n_levels; v++) {
        job->table[v] = 0;
        for (size_t p = 0; p < a->n_columns; p++)
            if (a->place[p][v] != LC_LOGIT_NONE)
                job->table[v] += 2 * cov[at * w->k + a->place[p][v]];
    }
}

static void fill_job(void *context, size_t at, size_t worker)
{
    const struct lc_logit_work *w = context;
    const struct lc_logit_job *job = &w->job[at];

    (void)worker;
    switch (job->kind) {
    case LC_LOGIT_PAIR: fill_pair(w, w->bend_cov, job); break;
    case LC_LOGIT_CROSS:
    case LC_LOGIT_DOT: fill_numeric(w, w->bend_cov, job); break;
    case LC_LOGIT_DIRECT:
    case LC_LOGIT_SINGLE: break;
    }
}

/* ---- looking up ---- */

/* A pair that is too wide for a table. */
static void add_direct(const struct lc_logit_work *w, const struct lc_logit_job *job,
                       size_t low, size_t q, double *form)
{
    const struct lc_logit_super *a = &w->super[job->a], *b = &w->super[job->b];

    for (size_t r = 0; r < q; r++)
        for (size_t c = 0; c < a->n_columns; c++)
            for (size_t d = 0; d < b->n_columns; d++) {
                const size_t i = a->place[c][a->code[low + r]];
                const size_t j = b->place[d][b->code[low + r]];

                if (i != LC_LOGIT_NONE && j != LC_LOGIT_NONE)
                    form[r] += 2 * w->bend_cov[i * w->k + j];
            }
}

static void add_numeric(const struct lc_logit_work *w, const struct lc_logit_job *job,
                        size_t low, size_t q, double *form)
{
    const double *z = w->z[job->b] + low;

    if (job->kind == LC_LOGIT_CROSS) {
        const uint16_t *a = w->super[job->a].code + low;

        for (size_t i = 0; i < q; i++)
            form[i] += job->table[a[i]] * z[i];
        return;
    }
    for (size_t j = 0; j <= job->b; j++)
        for (size_t i = 0; i < q; i++)
            form[i] += job->table[j] * z[i] * w->z[j][low + i];
    for (size_t i = 0; i < q; i++)
        form[i] += job->table[job->b + 1] * z[i];
}

static void add_job(const struct lc_logit_work *w, const struct lc_logit_job *job, size_t low,
                    size_t q, double *form)
{
    switch (job->kind) {
    case LC_LOGIT_PAIR: {
        const uint16_t *a = w->super[job->a].code + low, *b = w->super[job->b].code + low;
        const size_t nb = w->super[job->b].n_levels;

        for (size_t i = 0; i < q; i++)
            form[i] += job->table[a[i] * nb + b[i]];
        break;
    }
    case LC_LOGIT_DIRECT: add_direct(w, job, low, q, form); break;
    case LC_LOGIT_CROSS:
    case LC_LOGIT_DOT: add_numeric(w, job, low, q, form); break;
    case LC_LOGIT_SINGLE: break;
    }
}

/* h (1/2 - p) of a strip. The weights are those of the last pass. */
static double strip_bend(const struct lc_logit_work *w, size_t low, size_t q, const double *eta,
                         double *residual)
{
    for (size_t i = 0; i < q; i++)
        residual[i] = w->bend_0;
    for (size_t s = 0; s < w->n_supers; s++)
        for (size_t i = 0; i < q; i++)
            residual[i] += w->super[s].quad[w->super[s].code[low + i]];
    for (size_t j = 0; j < w->n_jobs; j++)
        add_job(w, &w->job[j], low, q, residual);
    for (size_t i = 0; i < q; i++)
        residual[i] *= w->w[low + i] * (0.5 - lc_logistic(eta[i]));
    return 0;
}

void lc_logit_bend(struct lc_logit_ready *r, const double *cov, double *half)
{
    struct lc_logit_work *w = &r->w;
    const double objective = w->objective;

    assert(!w->seen); /* the weights would not be p (1 - p) */
    if (w->d->n_numeric) {
        memcpy(r->scaled, cov, w->k * w->k * sizeof *cov);
        lc_logit_cov_to_scaled(w, r->scaled);
        cov = r->scaled;
    }
    w->bend_cov = cov;
    w->bend_0 = cov[0];
    for (size_t s = 0; s < w->n_supers; s++)
        fill_single(w, cov, &w->super[s]);
    lc_parallel_run(w->pool, w->n_jobs, fill_job, w);
    lc_logit_rows(w, strip_bend, half);
    w->objective = objective;
    lc_logit_gradient_back(w, half);
}
