#include <assert.h>
#include <math.h>

#include "logit_internal.h"

#define MOST_PACKED_LEVELS \
    128 /* two packed columns then share a table of 128 KiB, which stays in a core's cache */
#define BLOCK_ROWS  65536 /* least rows of a block: enough work for one hand-over to a thread */
#define MOST_BLOCKS 256   /* so that the blocks' sums stay small; blocks grow with n instead */

/* How many columns may share a code. A table of few rows costs more to fold than to fill, so that
 * small data is packed less; the answer hangs on n alone, never on threads. */
static size_t most_levels(size_t n)
{
    const double root = sqrt((double)n);

    return root < MOST_PACKED_LEVELS ? (size_t)root : MOST_PACKED_LEVELS;
}

/* Columns by falling number of levels; the order of columns among equals. */
static void sort_columns(const struct lc_codes *codes, size_t *order)
{
    for (size_t i = 0; i < codes->k; i++) {
        size_t at = i;

        for (; at > 0 && codes->column[order[at - 1]].n_levels < codes->column[i].n_levels;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static enum lc_rc new_super(struct lc_logit_work *w, struct lc_arena *scratch,
                            struct lc_err *err)
{
    struct lc_logit_super *s = &w->super[w->n_supers];

    s->column = LC_NEW(scratch, w->k_codes, size_t);
    s->stride = LC_NEW(scratch, w->k_codes, size_t);
    s->code = LC_NEW(scratch, w->d->n, uint16_t);
    if (!s->column || !s->stride || !s->code)
        return lc_fail_memory(err, "the packed columns");
    s->n_levels = 1;
    w->n_supers++;
    return LC_OK;
}

/* First fit, decreasing: each column joins the first super-column with room for it. */
static enum lc_rc choose_supers(struct lc_logit_work *w, struct lc_arena *scratch,
                                struct lc_err *err)
{
    const struct lc_codes *codes = w->d->codes;
    const size_t most = most_levels(w->d->n);
    size_t *order = LC_NEW(scratch, w->k_codes, size_t);

    w->super = LC_NEW(scratch, w->k_codes, struct lc_logit_super);
    if (!order || !w->super)
        return lc_fail_memory(err, "the packed columns");
    sort_columns(codes, order);
    for (size_t i = 0; i < w->k_codes; i++) {
        const struct lc_column *c = &codes->column[order[i]];
        struct lc_logit_super *to;
        size_t s = 0;

        while (s < w->n_supers && w->super[s].n_levels * c->n_levels > most)
            s++;
        if (s == w->n_supers) {
            const enum lc_rc rc = new_super(w, scratch, err);

            if (rc)
                return rc;
        }
        to = &w->super[s];
        to->column[to->n_columns] = order[i];
        to->stride[to->n_columns++] = to->n_levels;
        to->n_levels *= c->n_levels;
    }
    return LC_OK;
}

static void add_codes(const struct lc_column *c, size_t stride, size_t low, size_t high,
                      uint16_t *code)
{
    if (c->width == 1) {
        const uint8_t *from = c->code;

        for (size_t i = low; i < high; i++)
            code[i] = (uint16_t)(code[i] + from[i] * stride);
        return;
    }
    for (size_t i = low; i < high; i++)
        code[i] = (uint16_t)(code[i] + lc_code_at(c, i) * stride);
}

static void encode_block(void *context, size_t block, size_t worker)
{
    const struct lc_logit_work *w = context;
    const size_t low = block * w->block_rows;
    const size_t high = low + w->block_rows < w->d->n ? low + w->block_rows : w->d->n;

    (void)worker;
    for (size_t s = 0; s < w->n_supers; s++)
        for (size_t c = 0; c < w->super[s].n_columns; c++)
            add_codes(&w->d->codes->column[w->super[s].column[c]], w->super[s].stride[c], low,
                      high, w->super[s].code);
}

static enum lc_rc place_codes(const struct lc_logit_work *w, struct lc_logit_super *s,
                              struct lc_arena *scratch, struct lc_err *err)
{
    s->odds = LC_NEW(scratch, s->n_levels, double);
    s->quad = LC_NEW(scratch, s->n_levels, double);
    s->place = LC_NEW(scratch, s->n_columns, size_t *);
    if (!s->odds || !s->quad || !s->place)
        return lc_fail_memory(err, "the packed columns");
    for (size_t c = 0; c < s->n_columns; c++) {
        const size_t levels = w->d->codes->column[s->column[c]].n_levels;

        s->place[c] = LC_NEW(scratch, s->n_levels, size_t);
        if (!s->place[c])
            return lc_fail_memory(err, "the packed columns");
        for (size_t v = 0; v < s->n_levels; v++)
            s->place[c][v] = w->at[s->column[c]][v / s->stride[c] % levels];
    }
    return LC_OK;
}

enum lc_rc lc_logit_pack(struct lc_logit_work *w, struct lc_arena *scratch, struct lc_err *err)
{
    const size_t n = w->d->n;
    enum lc_rc rc = w->k_codes ? choose_supers(w, scratch, err) : LC_OK;

    if (rc)
        return rc;
    w->block_rows = BLOCK_ROWS;
    while (n / w->block_rows >= MOST_BLOCKS)
        w->block_rows *= 2;
    w->n_blocks = (n + w->block_rows - 1) / w->block_rows;
    w->n_sums = 0;
    for (size_t s = 0; s < w->n_supers; s++) {
        assert(w->super[s].n_levels <= UINT16_MAX + 1U);
        rc = place_codes(w, &w->super[s], scratch, err);
        if (rc)
            return rc;
        w->super[s].sums_at = w->n_sums;
        w->n_sums += w->super[s].n_levels;
    }
    w->n_sums += w->d->n_numeric + 3; /* and the residual, the weight and the objective */
    w->sums = LC_NEW(scratch, w->n_blocks * w->n_sums, double);
    w->w = LC_NEW(scratch, n, double);
    if (!w->sums || !w->w)
        return lc_fail_memory(err, "the weights of the rows");
    lc_parallel_run(w->pool, w->n_blocks, encode_block, w);
    return LC_OK;
}
