/* The curve of predictive likelihood over the drift: its top, and how wide it is there. */
#include <math.h>

#include "leadcal/num.h"
#include "update_internal.h"

#define LEAST_DRIFT \
    0.01          /* log-odds: a seventh of a point; less is nothing a person could see */
#define STEPS  60 /* of a search: far beyond the last digit that is shown */
#define GOLDEN 0.618033988749894848
#define WITHIN 1.9207294103470478 /* half the 95 % quantile of chi-square, one degree */
#define LAST   ((double)LC_DRIFTS - 1)
#define AROUND 8 /* places that a polynomial goes through: q comes out right to a thousandth */

double lc_drift_at(double place)
{
    return place < 1 ? LEAST_DRIFT * place : LEAST_DRIFT * exp2((place - 1) / 2);
}

/* The curve at a place: below the first drift quadratic, else the polynomial through the places
 * around it. */
static double curve_at(const double *curve, double place)
{
    const size_t half = AROUND / 2;
    size_t first = 1;
    double sum = 0;

    if (place < 1)
        return curve[0] + (curve[1] - curve[0]) * place * place;
    if (place > (double)half)
        first = (size_t)floor(place) - half + 1;
    first = first + AROUND <= LC_DRIFTS ? first : LC_DRIFTS - AROUND;
    for (size_t i = first; i < first + AROUND; i++) {
        double weight = 1;

        for (size_t j = first; j < first + AROUND; j++)
            if (j != i)
                weight *= (place - (double)j) / ((double)i - (double)j);
        sum += weight * curve[i];
    }
    return sum;
}

/* The top between two places, by golden section. */
static double top_between(const double *curve, double low, double high)
{
    double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
    double of_a = curve_at(curve, a), of_b = curve_at(curve, b);

    for (int i = 0; i < STEPS; i++)
        if (of_a >= of_b) {
            high = b;
            b = a;
            of_b = of_a;
            a = high - GOLDEN * (high - low);
            of_a = curve_at(curve, a);
        } else {
            low = a;
            a = b;
            of_a = of_b;
            b = low + GOLDEN * (high - low);
            of_b = curve_at(curve, b);
        }
    return (low + high) / 2;
}

/* The place between `in`, where the curve is at or above `bar`, and `out`, where it is below. */
static double crossing(const double *curve, double in, double out, double bar)
{
    for (int i = 0; i < STEPS; i++) {
        const double middle = (in + out) / 2;

        if (curve_at(curve, middle) >= bar)
            in = middle;
        else
            out = middle;
    }
    return (in + out) / 2;
}

void lc_drift_climb(const double *curve, double *q, double *low, double *high)
{
    size_t best = 0;
    double place = 0, bar, out;

    for (size_t i = 1; i < LC_DRIFTS; i++)
        best = curve[i] > curve[best] ? i : best;
    if (best > 0)
        place = top_between(curve, best > 1 ? (double)best - 1 : 1,
                            best + 1 < LC_DRIFTS ? (double)best + 1 : LAST);
    bar = curve_at(curve, place) - WITHIN;
    *q = lc_drift_at(place);
    for (out = ceil(place) - 1; out >= 0 && curve_at(curve, out) >= bar;)
        out -= 1;
    *low = out < 0 ? 0 : lc_drift_at(crossing(curve, fmin(out + 1, place), out, bar));
    for (out = floor(place) + 1; out <= LAST && curve_at(curve, out) >= bar;)
        out += 1;
    *high = out > LAST ? LC_NAN : lc_drift_at(crossing(curve, fmax(out - 1, place), out, bar));
}
