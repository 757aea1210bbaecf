/* made_design.h - a design made up from a seed, for the tests of the logistic kernel and what stands on it. */
#ifndef LC_MADE_DESIGN_H
#define LC_MADE_DESIGN_H

#include <string.h>

#include "leadcal/logit.h"
#include "test.h"

#define DESIGN_COLUMNS 6
#define DESIGN_NUMERIC 2

/* A design made up from a seed: columns of several widths, two numeric ones far from mean 0. */
struct design {
    struct lc_arena arena;
    struct lc_column column[DESIGN_COLUMNS];
    uint32_t reference[DESIGN_COLUMNS], full[DESIGN_COLUMNS];
    struct lc_codes codes;
    double *x[DESIGN_NUMERIC], *y, *weight, *offset;
    struct lc_logit_data d;
    struct lc_err err;
};

static inline uint64_t design_next(uint64_t *s)
{
    *s = *s * 6364136223846793005U + 1442695040888963407U;
    return *s >> 33;
}

static inline void design_make(struct design *g, size_t n, const uint32_t *levels,
                               size_t columns, size_t numeric)
{
    uint64_t s = 77003 + n;

    *g = (struct design){.codes = {.n = n, .k = columns, .column = g->column}};
    lc_arena_init(&g->arena, LC_ARENA_NO_LIMIT);
    g->y = LC_NEW(&g->arena, n, double);
    g->weight = LC_NEW(&g->arena, n, double);
    g->offset = LC_NEW(&g->arena, n, double);
    for (size_t j = 0; j < numeric; j++)
        g->x[j] = LC_NEW(&g->arena, n, double);
    for (size_t j = 0; j < columns; j++) {
        const unsigned width = j == 1 ? 4 : lc_code_width(levels[j]);

        g->column[j] = (struct lc_column){.name = "made up",
                                          .width = width,
                                          .code = lc_arena_alloc(&g->arena, n, width),
                                          .n_levels = levels[j],
                                          .missing = LC_NO_CODE};
        g->reference[j] = (uint32_t)(j % levels[j]);
        g->full[j] = LC_NO_CODE;
    }
    for (size_t i = 0; i < n; i++) {
        double eta = -0.7;

        for (size_t j = 0; j < columns; j++) {
            const uint64_t a = design_next(&s) % levels[j], b = design_next(&s) % levels[j];
            const uint32_t v = (uint32_t)(a < b ? a : b); /* low levels are common */

            lc_code_put((void *)(uintptr_t)g->column[j].code, g->column[j].width, i, v);
            eta += 0.3 * ((double)(v * 7 % 5) - 2);
        }
        for (size_t j = 0; j < numeric; j++) {
            g->x[j][i] = 40 + 900 * (double)j + (double)(design_next(&s) % 1000) / 37;
            eta += 0.03 * (g->x[j][i] - 50 - 900 * (double)j);
        }
        g->y[i] = (double)(design_next(&s) % 4096) < 4096 * lc_logistic(eta);
        g->weight[i] = 1;
        g->offset[i] = ((double)(design_next(&s) % 100) - 50) / 40;
    }
    g->d = (struct lc_logit_data){.n = n,
                                  .codes = &g->codes,
                                  .reference = g->reference,
                                  .x = (const double *const *)g->x,
                                  .n_numeric = numeric,
                                  .y = g->y};
}

static inline struct lc_logit_fit design_fit(struct design *g,
                                             const struct lc_logit_prior *prior,
                                             struct lc_parallel *pool)
{
    struct lc_logit_fit f = {0};

    if (lc_logit(&g->d, prior, pool, &g->arena, &f, &g->err) != LC_OK) {
        print_error("%s\n", g->err.text);
        fail();
    }
    return f;
}

/* A row of the design as a dense line of k numbers. */
static inline void design_row(const struct lc_logit_data *d, size_t **at, size_t k, size_t i,
                              double *row)
{
    memset(row, 0, k * sizeof *row);
    row[0] = 1;
    for (size_t j = 0; j < d->codes->k; j++) {
        const size_t c = at[j][lc_code_at(&d->codes->column[j], i)];

        if (c != LC_LOGIT_NONE)
            row[c] = 1;
    }
    for (size_t j = 0; j < d->n_numeric; j++)
        row[k - d->n_numeric + j] = d->x[j][i];
}

#endif
