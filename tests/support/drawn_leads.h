/* drawn_leads.h - leads of a few sources and two sizes with known weights, for the tests of fits. */
#ifndef LC_DRAWN_LEADS_H
#define LC_DRAWN_LEADS_H

#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "small_table.h"

#define DRAWN 900 /* leads */

static struct lc_arena arena;
static const char *source[DRAWN], *size[DRAWN], *third[DRAWN];
static uint32_t row[DRAWN];
static uint8_t y[DRAWN];
static struct lc_table_column column[3];
static struct lc_table table;

/* The sources by their log-odds, -1.7 being that of the whole and 0.8 more that of a large one; and a
 * column that says nothing, of texts or numbers. */
struct drawing {
    uint64_t seed;
    const char *const *source;
    const double *weight; /* [n_sources] */
    size_t n_sources;
    const char *name; /* of the third column */
    enum lc_kind kind;
    const char *(*third)(uint32_t i, struct lc_random *random);
};

static inline void draw_leads(const struct drawing *d)
{
    struct lc_random random = {d->seed};

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (uint32_t i = 0; i < DRAWN; i++) {
        const size_t s = lc_random_below(&random, d->n_sources);
        const bool large = lc_random_unit(&random) < 0.4;

        row[i] = i;
        source[i] = d->source[s];
        size[i] = large ? "large" : "small";
        third[i] = d->third(i, &random);
        y[i] = lc_random_unit(&random) < lc_logistic(-1.7 + d->weight[s] + (large ? 0.8 : 0));
    }
    column[0] = small_column(&arena, "source", LC_KIND_TEXT, source, DRAWN);
    column[1] = small_column(&arena, "size", LC_KIND_TEXT, size, DRAWN);
    column[2] = small_column(&arena, d->name, d->kind, third, DRAWN);
    table = small_table(column, 3, DRAWN);
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

#endif
