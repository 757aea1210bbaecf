/* coverage.h - made-up quarters whose every true rate is known, to count how often intervals hold. */
#ifndef LC_COVERAGE_H
#define LC_COVERAGE_H

#include <math.h>
#include <string.h>

#include "leadcal/cohort.h"
#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "small_table.h"
#include "test.h"

#define WORLD_ATTRIBUTES 5
#define WORLD_LEVELS     6   /* at most: attribute j has j + 2 */
#define WORLD_PATTERNS   720 /* 2 x 3 x 4 x 5 x 6 */
#define WORLD_LEADS      3000

/* Independent attributes of 2 to 6 levels; the v-th level has a share in proportion to 1/v. The log-odds
 * of a lead are an intercept and a weight for each level that it has. */
struct world {
    double intercept, weight[WORLD_ATTRIBUTES][WORLD_LEVELS];
    double p[WORLD_PATTERNS]; /* of each pattern of levels */
};

static inline size_t world_levels(size_t j)
{
    return j + 2;
}

static inline double world_normal(struct lc_random *r)
{
    const double u = 1 - lc_random_unit(r), angle = 2 * acos(-1) * lc_random_unit(r);

    return sqrt(-2 * log(u)) * cos(angle);
}

static inline double world_share(size_t j, size_t v)
{
    double all = 0;

    for (size_t u = 0; u < world_levels(j); u++)
        all += 1 / (double)(u + 1);
    return 1 / (double)(v + 1) / all;
}

static inline size_t world_level(size_t pattern, size_t j)
{
    for (size_t before = 0; before < j; before++)
        pattern /= world_levels(before);
    return pattern % world_levels(j);
}

/* The weights of a pattern's levels, without the intercept. */
static inline double world_sum(const struct world *w, size_t pattern)
{
    double sum = 0;

    for (size_t j = 0; j < WORLD_ATTRIBUTES; j++)
        sum += w->weight[j][world_level(pattern, j)];
    return sum;
}

/* The patterns' own shares are the same in every world. */
static inline const double *world_shares(void)
{
    static double share[WORLD_PATTERNS];

    if (share[0] == 0)
        for (size_t i = 0; i < WORLD_PATTERNS; i++) {
            share[i] = 1;
            for (size_t j = 0; j < WORLD_ATTRIBUTES; j++)
                share[i] *= world_share(j, world_level(i, j));
        }
    return share;
}

/* Puts the intercept where the base rate is as asked, by bisection, and fills p. */
static inline void world_settle(struct world *w, double base)
{
    const double *share = world_shares();
    double low = -20, high = 20;

    for (int step = 0; step < 40; step++) {
        double rate = 0;

        w->intercept = (low + high) / 2;
        for (size_t i = 0; i < WORLD_PATTERNS; i++) {
            w->p[i] = lc_logistic(w->intercept + world_sum(w, i));
            rate += share[i] * w->p[i];
        }
        *(rate < base ? &low : &high) = w->intercept;
    }
}

/* One quarter's leads: patterns, and outcomes drawn by the world's chances. */
struct quarter {
    size_t n, won, pattern[WORLD_LEADS];
    uint32_t row[WORLD_LEADS];
    uint8_t y[WORLD_LEADS], state[WORLD_LEADS];
    struct lc_table_column column[WORLD_ATTRIBUTES];
    struct lc_table table;
    struct lc_cohort cohort;
};

/* The leads come first, and may be given outcomes by several worlds in turn. */
static inline void quarter_draw_leads(struct quarter *q, size_t n, struct lc_random *r,
                                      struct lc_arena *arena)
{
    static const char *const name[WORLD_ATTRIBUTES] = {"size", "source", "job", "region",
                                                       "trade"};
    static const char *const text[WORLD_LEVELS] = {"0", "1", "2", "3", "4", "5"};
    const char **cell = LC_NEW(arena, n, const char *);

    q->n = n;
    memset(q->pattern, 0, sizeof q->pattern);
    for (size_t j = WORLD_ATTRIBUTES; j-- > 0;) {
        for (size_t i = 0; i < n; i++) {
            double left = lc_random_unit(r);
            size_t v = 0;

            while (v + 1 < world_levels(j) && (left -= world_share(j, v)) >= 0)
                v++;
            q->row[i] = (uint32_t)i;
            q->pattern[i] = q->pattern[i] * world_levels(j) + v;
            cell[i] = text[v];
        }
        q->column[j] = small_column(arena, name[j], LC_KIND_TEXT, cell, n);
    }
    q->table = small_table(q->column, WORLD_ATTRIBUTES, n);
}

static inline void quarter_draw_outcomes(struct quarter *q, const struct world *w,
                                         struct lc_random *r)
{
    q->won = 0;
    for (size_t i = 0; i < q->n; i++) {
        q->y[i] = lc_random_unit(r) < w->p[q->pattern[i]];
        q->state[i] = q->y[i] ? LC_STATE_WON : LC_STATE_LOST;
        q->won += q->y[i];
    }
    q->cohort = (struct lc_cohort){.n = q->n,
                                   .row = q->row,
                                   .y = q->y,
                                   .state = q->state,
                                   .n_won = q->won,
                                   .as_of = LC_NO_DAY,
                                   .window_days = LC_WINDOW_NONE};
}

#endif
