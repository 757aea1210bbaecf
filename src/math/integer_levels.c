/* One attribute's points, given the sums of the others: levels share no lead, so each is exact. */
#include <math.h>
#include <string.h>

#include "integer_internal.h"

/* The values looked at: one beyond the cap on both sides, since all levels may shift by one point
 * against the intercept. */
static size_t values_of(const struct lc_search *s)
{
    return 2 * ((size_t)s->p->cap + 1) + 1;
}

/* Leads of each level by the sum of their other attributes; *low..*high is where any are. */
static void tally_others(struct lc_search *s, size_t j, int *low, int *high)
{
    const struct lc_column *c = &s->p->codes->column[j];
    const size_t width = 2 * (size_t)s->span + 1;

    memset(s->by, 0, c->n_levels * width * sizeof *s->by);
    *low = s->span;
    *high = -s->span;
    for (size_t i = 0; i < s->p->codes->n; i++) {
        const uint32_t v = lc_code_at(c, i);
        const int others = s->sum[i] - s->points[j][v];
        struct lc_tally *t = &s->by[v * width + (size_t)(others + s->span)];

        t->n += 1;
        t->won += s->p->y[i];
        *low = others < *low ? others : *low;
        *high = others > *high ? others : *high;
    }
}

/* cost[v][q]: the loss of level v's leads had it q points, at the a and g of now. */
static void price_values(struct lc_search *s, size_t j, int low, int high)
{
    const size_t levels = s->p->codes->column[j].n_levels, values = values_of(s);
    const size_t width = 2 * (size_t)s->span + 1;

    for (size_t v = 0; v < levels; v++)
        for (size_t q = 0; q < values; q++) {
            const int points = (int)q - s->p->cap - 1;
            double loss = 0;

            for (int others = low; others <= high; others++) {
                const struct lc_tally t = s->by[v * width + (size_t)(others + s->span)];
                const int sum = others + points;

                if (t.n > 0)
                    loss += t.n * s->soft[sum + s->span] - t.won * (s->a + s->g * sum);
            }
            s->cost[v * values + q] = loss;
        }
}

static double penalty_of(const struct lc_search *s, size_t j)
{
    return s->p->precision[j] * s->g * s->g / 2;
}

static double mean_of(const int *points, size_t levels)
{
    double mean = 0;

    for (size_t v = 0; v < levels; v++)
        mean += (double)points[v] / (double)levels;
    return mean;
}

static double spread_of(const int *points, size_t levels)
{
    const double mean = mean_of(points, levels);
    double squares = 0;

    for (size_t v = 0; v < levels; v++)
        squares += (points[v] - mean) * (points[v] - mean);
    return squares;
}

/* The least cost of the levels before v whose value may be followed by q, in the table's row of
 * the level before; carried from value to value in the direction of the trend. */
static void look_back(const struct lc_search *s, size_t v, enum lc_points_trend trend,
                      const double *row, double *before)
{
    const size_t values = values_of(s);
    size_t at = trend == LC_POINTS_DOWN ? values - 1 : 0;

    for (size_t step = 0; step < values; step++) {
        const size_t q = trend == LC_POINTS_DOWN ? values - 1 - step : step;

        at = row[q] < row[at] ? q : at;
        s->from[v * values + q] = (int)at;
        before[q] = row[at];
    }
    for (size_t q = 0; trend == LC_POINTS_FREE && q < values; q++) {
        s->from[v * values + q] = (int)at;
        before[q] = row[at];
    }
}

/* The least cost of levels 0..v with value q at v, into best [levels][values]; from: the value
 * before. Values are those of the points less `shift`; the spread is about `centre`. */
static void fill_table(const struct lc_search *s, size_t j, int shift, double centre,
                       double *best)
{
    const size_t levels = s->p->codes->column[j].n_levels, values = values_of(s);
    const double penalty = penalty_of(s, j);

    for (size_t v = 0; v < levels; v++) {
        double *row = best + v * values;
        int low, high;

        lc_search_bounds(s->p, j, v, &low, &high);
        if (v)
            look_back(s, v, s->p->trend ? s->p->trend[j] : LC_POINTS_FREE, row - values, row);
        for (size_t q = 0; q < values; q++) {
            const int points = (int)q - s->p->cap - 1;
            const bool may = points + shift >= low && points + shift <= high;

            row[q] = may ? (v ? row[q] : 0) + s->cost[v * values + q] +
                               penalty * (points - centre) * (points - centre)
                         : HUGE_VAL;
        }
    }
}

/* The best points under a shift and a centre, into `to`, less the shift. False: the bounds allow
 * none. */
static bool best_points(const struct lc_search *s, size_t j, int shift, double centre, int *to)
{
    const size_t levels = s->p->codes->column[j].n_levels, values = values_of(s);
    double *best = s->cost + levels * values;
    const double *last = best + (levels - 1) * values;
    size_t at = 0;

    fill_table(s, j, shift, centre, best);
    for (size_t q = 1; q < values; q++)
        if (last[q] < last[at])
            at = q;
    if (isinf(last[at]))
        return false;
    for (size_t v = levels; v-- > 0;) {
        to[v] = (int)at - s->p->cap - 1;
        at = v ? (size_t)s->from[v * values + at] : 0;
    }
    return true;
}

/* The loss of the attribute's leads and its penalty, with those points. */
static double loss_of(const struct lc_search *s, size_t j, const int *points)
{
    const size_t levels = s->p->codes->column[j].n_levels, values = values_of(s);
    double loss = penalty_of(s, j) * spread_of(points, levels);

    for (size_t v = 0; v < levels; v++)
        loss += s->cost[v * values + (size_t)(points[v] + s->p->cap + 1)];
    return loss;
}

/* Tries one shift and centre; where the loss is below *least, `best` has the points. */
static bool try_points(const struct lc_search *s, size_t j, int shift, double centre,
                       double *least, int *best)
{
    const size_t levels = s->p->codes->column[j].n_levels;
    int *const candidate = s->kept;
    double loss;

    if (!best_points(s, j, shift, centre, candidate))
        return false;
    loss = loss_of(s, j, candidate);
    if (!(loss < *least))
        return false;
    *least = loss;
    for (size_t v = 0; v < levels; v++)
        best[v] = candidate[v] + shift;
    return true;
}

bool lc_search_levels(struct lc_search *s, size_t j)
{
    const size_t levels = s->p->codes->column[j].n_levels;
    const double mean = mean_of(s->points[j], levels);
    int *const best = s->kept + levels;
    double least;
    int low, high, shifted = 0;
    bool found = false;

    tally_others(s, j, &low, &high);
    price_values(s, j, low, high);
    least = loss_of(s, j, s->points[j]) - LC_SEARCH_GAIN * (1 + s->loss);
    for (int shift = -1; shift <= 1; shift++)
        for (int half = -2; half <= 2; half++)
            if (try_points(s, j, shift, mean + half / 2.0, &least, best)) {
                shifted = shift;
                found = true;
            }
    if (!found)
        return false;
    memcpy(s->kept, s->points[j], levels * sizeof *s->kept);
    memcpy(s->points[j], best, levels * sizeof *best);
    s->a -= s->g * shifted;
    lc_search_shift(s, j, s->kept);
    lc_search_settle(s);
    return true;
}
