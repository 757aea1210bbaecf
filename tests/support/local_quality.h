/* local_quality.h - leads of segments that may differ, for the test of what deviations are worth. */
#ifndef LC_LOCAL_QUALITY_H
#define LC_LOCAL_QUALITY_H

#include <math.h>

#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "leadcal/table.h"

#define SEED       20265
#define SEGMENTS   6
#define ATTRIBUTES 4
#define COLUMNS    (ATTRIBUTES + 1) /* the segment is the last */
#define LEVELS     6
#define MOST       14000
#define TEST       10000

static const size_t levels[ATTRIBUTES] = {2, 3, 5, 6};
static const double up_to[SEGMENTS] = {0.30, 0.55, 0.75, 0.89, 0.97, 1};
static const char *const text[] = {"a", "b", "c", "d", "e", "f"};

static uint8_t code[COLUMNS][MOST], y[MOST];
static uint32_t row[MOST];

static inline double normal(struct lc_random *random)
{
    const double radius = sqrt(-2 * log1p(-lc_random_unit(random)));

    return radius * cos(2 * acos(-1) * lc_random_unit(random));
}

/* n leads that a model learns from, and then those it is judged by. */
static inline void draw(struct lc_random *random, double sd, size_t n)
{
    double weight[SEGMENTS][ATTRIBUTES][LEVELS];

    for (size_t j = 0; j < ATTRIBUTES; j++)
        for (size_t v = 0; v < levels[j]; v++) {
            const double common = 0.6 * normal(random);

            for (size_t s = 0; s < SEGMENTS; s++)
                weight[s][j][v] = common + sd * normal(random);
        }
    for (size_t i = 0; i < n + TEST; i++) {
        const double u = lc_random_unit(random);
        double log_odds = -2.3;
        uint8_t s = 0;

        while (u >= up_to[s] && s + 1 < SEGMENTS)
            s++;
        for (size_t j = 0; j < ATTRIBUTES; j++) {
            code[j][i] = (uint8_t)lc_random_below(random, levels[j]);
            log_odds += weight[s][j][code[j][i]];
        }
        code[ATTRIBUTES][i] = s;
        y[i] = lc_random_unit(random) < lc_logistic(log_odds);
        row[i] = (uint32_t)i;
    }
}

static inline void make_table(struct lc_table_column *column, struct lc_table *table)
{
    static const char *const name[] = {"two", "three", "five", "six", "segment"};

    for (size_t j = 0; j < COLUMNS; j++)
        column[j] = (struct lc_table_column){
            .codes = {.name = name[j],
                      .width = 1,
                      .code = code[j],
                      .n_levels = (uint32_t)(j < ATTRIBUTES ? levels[j] : SEGMENTS),
                      .level = text,
                      .missing = LC_NO_CODE},
            .kind = LC_KIND_TEXT};
    *table = (struct lc_table){.n = MOST, .k = COLUMNS, .column = column};
}

#endif
