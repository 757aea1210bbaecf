/* A fit quarter after quarter, each the prior of the next. */
#include <stdlib.h>

#include "leadcal/num.h"
#include "leadcal/period.h"
#include "prior_internal.h"

#define LEAST_WON 10 /* of a quarter that is taken by itself: fewer hardly move a prior */

/* A lead and the quarter it was decided in. */
struct lead {
    int32_t quarter;
    uint32_t place;
};

/* The arguments of lc_fit_leads that stay the same from quarter to quarter. */
struct chain {
    const struct lc_table *table;
    const size_t *column;
    const struct lc_spec_attribute *const *given;
    size_t k;
    struct lc_fit_options options; /* of one quarter */
    struct lc_parallel *pool;
    struct lc_chain_memory *memory;
    const struct lc_chain_link *before; /* the latest quarter fitted */
};

static int by_quarter(const void *a, const void *b)
{
    const struct lead *x = a, *y = b;

    if (x->quarter != y->quarter)
        return x->quarter < y->quarter ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* The end of the leads that are taken together from `first` on. */
static size_t end_of(const struct lead *lead, const uint8_t *y, size_t first, size_t n)
{
    size_t at = first, won = 0, rest = 0;

    while (at < n) {
        const int32_t quarter = lead[at].quarter;

        for (; at < n && lead[at].quarter == quarter; at++)
            won += y[lead[at].place];
        if (won >= LEAST_WON && won < at - first)
            break;
    }
    for (size_t i = at; i < n; i++)
        rest += y[lead[i].place];
    return rest < LEAST_WON ? n : at;
}

/* The leads of one quarter, and what is asked of them. */
static enum lc_rc ask(const struct chain *c, const struct lead *lead, size_t n,
                      const uint32_t *row, const uint8_t *y, struct lc_arena *arena,
                      struct lc_chain_link *to, struct lc_err *err)
{
    uint32_t *part_row = LC_NEW(arena, n, uint32_t);
    uint8_t *part_y = LC_NEW(arena, n, uint8_t);
    size_t *column = LC_NEW(arena, c->k + 1, size_t);
    const struct lc_spec_attribute **given =
        LC_NEW(arena, c->k + 1, const struct lc_spec_attribute *);

    if (!part_row || !part_y || !column || !given)
        return lc_fail_memory(err, "a quarter's leads");
    for (size_t j = 0; j < c->k; j++) {
        column[j] = c->column[j];
        given[j] = c->given ? c->given[j] : NULL;
    }
    for (size_t i = 0; i < n; i++) {
        part_row[i] = row[lead[i].place];
        part_y[i] = y[lead[i].place];
    }
    *to = (struct lc_chain_link){.before = c->before,
                                 .row = part_row,
                                 .y = part_y,
                                 .n = n,
                                 .k = c->k,
                                 .column = column,
                                 .given = given,
                                 .options = c->options};
    return LC_OK;
}

/* The quarter's fit, which is then the prior of the next. */
static enum lc_rc fit_part(struct chain *c, const struct lead *lead, size_t n,
                           const uint32_t *row, const uint8_t *y, struct lc_arena *arena,
                           struct lc_err *err)
{
    struct lc_chain_memory *memory = c->options.seen ? NULL : c->memory;
    struct lc_arena *home = memory ? memory->arena : arena;
    struct lc_chain_link *made = LC_NEW(home, 1, struct lc_chain_link);
    const struct lc_chain_link *known = NULL;
    enum lc_rc rc;

    if (!made)
        return lc_fail_memory(err, "the prior");
    rc = ask(c, lead, n, row, y, home, made, err);
    if (!rc && memory)
        known = lc_chain_recall(memory, made);
    if (!rc && !known) {
        rc = lc_fit_leads(c->table, made->row, made->y, n, c->column, c->given, c->k,
                          &c->options, c->pool, home, &made->fit, err);
        if (!rc)
            rc = lc_prior_of_fit(&made->fit, "the quarter before", home, &made->as_prior, err);
        if (!rc && memory) {
            made->next = memory->last;
            memory->last = made;
        }
    }
    if (rc)
        return rc;
    c->before = known ? known : made;
    c->options.prior = &c->before->as_prior;
    return LC_OK;
}

/* The last quarter's fit speaks for all leads. */
static enum lc_rc count_all(const struct chain *c, const uint32_t *row, const uint8_t *y,
                            size_t n, struct lc_arena *arena, struct lc_fit *fit,
                            struct lc_err *err)
{
    struct lc_attribute *a = LC_NEW(arena, c->k + 1, struct lc_attribute);
    enum lc_rc rc = a ? LC_OK : lc_fail_memory(err, "the attributes");

    for (size_t j = 0; j < c->k && !rc; j++) {
        a[j] = fit->attribute[j];
        rc = lc_prior_count(&a[j], &c->table->column[c->column[j]], row, y, n, arena, err);
    }
    if (rc)
        return rc;
    fit->attribute = a;
    fit->n = n;
    fit->n_won = 0;
    for (size_t i = 0; i < n; i++)
        fit->n_won += y[i];
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract in prior.h */
enum lc_rc lc_fit_chain(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit, struct lc_err *err)
{
    struct chain c = {table, column, given, k, *options, pool, options->chain->memory, NULL};
    struct lead *lead = LC_NEW(arena, n + 1, struct lead);
    struct lc_fit made;
    enum lc_rc rc = lead ? LC_OK : lc_fail_memory(err, "the quarters");
    size_t at = 0;

    c.options.chain = NULL;
    for (size_t i = 0; i < n && !rc; i++) {
        const int32_t day = options->chain->day[row[i]];

        lead[i] = (struct lead){
            day == LC_NO_DAY ? INT32_MIN : lc_period_of(LC_PERIOD_QUARTER, day), (uint32_t)i};
    }
    if (!rc && n)
        qsort(lead, n, sizeof *lead, by_quarter);
    do {
        const size_t end = rc ? n : end_of(lead, y, at, n);

        if (!rc)
            rc = fit_part(&c, lead + at, end - at, row, y, arena, err);
        at = end;
    } while (!rc && at < n);
    if (rc)
        return rc;
    made = c.before->fit;
    rc = count_all(&c, row, y, n, arena, &made, err);
    if (!rc)
        *fit = made;
    return rc;
}
