/* typed_cards.h - cards typed by hand as models: what no fit of leads brings about. */
#ifndef LC_TYPED_CARDS_H
#define LC_TYPED_CARDS_H

#include <math.h>
#include <string.h>

#include "leadcal/model.h"
#include "leadcal/num.h"

static const double typed_zeros[8];

/* An attribute of texts or, with cuts, of bins; values and points hold the unseen one last. */
static inline struct lc_card_attribute typed_attribute(const char *column, enum lc_role role,
                                                       const char *const *level, size_t n,
                                                       bool has_missing, const double *value,
                                                       const double *points)
{
    return (struct lc_card_attribute){
        .attribute = {.column = column,
                      .role = role,
                      .n_levels = n,
                      .level = level,
                      .missing = has_missing ? (uint32_t)n - 1 : LC_NO_CODE,
                      .n = typed_zeros,
                      .won = typed_zeros},
        .value = value,
        .points = points};
}

/* A card as a points file makes it: no probability, halves and tenths of points, points for values
 * never seen, no lower limit, no grades. */
static inline struct lc_model typed_points(void)
{
    static const char *const industry[] = {"Banking", "Retail", "(missing)"};
    static const char *const size[] = {"(-inf,50]", "(50,500.5]", "(500.5,inf]", "(missing)"};
    static const char *const visits[] = {"0", "1", "2"}, *const missing[] = {"n/a"};
    static const double cut[] = {50, 500.5};
    static const double of_industry[] = {10, 2.5, 0, 1.25}, of_size[] = {0, 7.5, 20, -3, -1},
                        of_visits[] = {-0.1, 0.2, 0.3, 0};
    static struct lc_card_attribute a[3];

    a[0] = typed_attribute("industry", LC_ROLE_PROFILE, industry, 3, true, typed_zeros,
                           of_industry);
    a[1] = typed_attribute("size", LC_ROLE_PROFILE, size, 4, true, typed_zeros, of_size);
    a[1].attribute.cut = cut;
    a[1].attribute.n_cuts = 2;
    a[2] =
        typed_attribute("visits", LC_ROLE_ENGAGEMENT, visits, 3, false, typed_zeros, of_visits);
    return (struct lc_model){.schema = LC_MODEL_SCHEMA,
                             .program = LC_PROGRAM,
                             .card = {.method = "points",
                                      .intercept = LC_NAN,
                                      .k = 3,
                                      .attribute = a,
                                      .scale = {0, -HUGE_VAL, 25, 10}},
                             .missing = {missing, 1},
                             .boundary = {.as_of = LC_NO_DAY}};
}

/* A card of extremes: log-odds beyond what exp() takes, bins without a cut, an attribute that knows
 * the empty cell alone, a dimension without width, grades that are never given, an action that means
 * something to every language. `margin`: without the dimension of engagement. */
static inline struct lc_model typed_extremes(bool margin)
{
    static const char *const far[] = {"up", "down", "?\?/", "(missing)"};
    static const char *const any[] = {"(-inf,inf]", "(missing)"}, *const none[] = {"(missing)"};
    static const char *const still[] = {"always"};
    static const double of_far[] = {800, -800, 0.5, -0.25, 0}, of_any[] = {2, -1.5, 0},
                        of_none[] = {1, 0}, points_far[] = {40, -40, 7, -4, 0},
                        points_any[] = {29, -22, 0}, points_none[] = {14, 0};
    static const struct lc_model_cell cell[] = {
        {.grade = "B1",
         .sla_hours = 5,
         .action = "say \"it's\" \\ 100 %?\?/\n*/ -- </script>\xc3\xa9"},
        {.grade = "B", .sla_hours = 6, .action = "'"}};
    static struct lc_card_attribute a[5];
    struct lc_model m = {
        .schema = LC_MODEL_SCHEMA,
        .program = LC_PROGRAM,
        .card = {.method = "logistic",
                 .intercept = -3.25,
                 .k = margin ? 4 : 5,
                 .attribute = a,
                 .scale = lc_points_standard()},
        .grades = {.letter = {.used = true, .cut = {LC_GRADE_NEVER, 7, 7}},
                   .digit = {.used = !margin, .cut = {0, -HUGE_VAL, -HUGE_VAL}}},
        .cell = cell,
        .n_cells = 2,
        .boundary = {.outcome = "stage is one of: Won",
                     .as_of = 20000,
                     .window_days = 90,
                     .leads = 2385,
                     .won = 61}};

    a[0] = typed_attribute("far", LC_ROLE_PROFILE, far, 4, true, of_far, points_far);
    a[1] = typed_attribute("any", LC_ROLE_PROFILE, any, 2, true, of_any, points_any);
    a[1].attribute.cut = typed_zeros;
    a[2] = typed_attribute("none", LC_ROLE_PROFILE, none, 1, true, of_none, points_none);
    a[3] = typed_attribute("no bins", LC_ROLE_PROFILE, none, 1, true, of_none, points_none);
    a[3].attribute.cut = typed_zeros;
    a[4] =
        typed_attribute("still", LC_ROLE_ENGAGEMENT, still, 1, false, typed_zeros, typed_zeros);
    return m;
}

#endif
