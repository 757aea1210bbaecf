#include "leadcal/beta.h"

#include <assert.h>
#include <float.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#define MOST_TERMS 100000 /* of the fraction: about the square root of a + b are used */
#define TERM_ENOUGH \
    (2 *            \
     DBL_EPSILON) /* a factor this near to 1 changes the last bit at most                 \
                       */
#define TINY       1e-300 /* stands for a zero denominator in Lentz's method */
#define MOST_STEPS 200    /* of the root search: halving alone ends in 70 */
#define MOST_LOGIT 745    /* exp(-745) is the smallest double above zero */
#define TWO_PI     6.283185307179586476925

/* log(x^a (1 - x)^b / B(a, b)). Written around the mean a / (a + b), so that nothing of the size
 * of a log a has to cancel: a level may have a million leads. */
static double log_front(double x, double a, double b)
{
    const double n = a + b, p = a / n, q = b / n, d = x - p;
    const double up = fabs(d) < p / 2 ? log1p(d / p) : log(x / p);
    const double down = fabs(d) < q / 2 ? log1p(-d / q) : log1p(-x) - log(q);

    return a * up + b * down + log(a * q / TWO_PI) / 2 + log(gsl_sf_gammastar(n)) -
           log(gsl_sf_gammastar(a)) - log(gsl_sf_gammastar(b));
}

static double off_zero(double x)
{
    return fabs(x) < TINY ? TINY : x;
}

/* Abramowitz and Stegun 26.5.8 by Lentz's method; quick for x below (a + 1) / (a + b + 2). */
static double fraction(double x, double a, double b)
{
    double c = 1, d = 1 / off_zero(1 - (a + b) * x / (a + 1)), value = d;

    for (int m = 1; m <= MOST_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double factor;

        d = 1 / off_zero(1 + even * d);
        c = off_zero(1 + even / c);
        value *= d * c;
        d = 1 / off_zero(1 + odd * d);
        c = off_zero(1 + odd / c);
        factor = d * c;
        value *= factor;
        if (fabs(factor - 1) < TERM_ENOUGH)
            break;
    }
    return value;
}

double lc_beta_below(double x, double a, double b)
{
    assert(a > 0 && b > 0);
    if (!(x > 0))
        return 0;
    if (x >= 1)
        return 1;
    if (x < (a + 1) / (a + b + 2))
        return exp(log_front(x, a, b)) * fraction(x, a, b) / a;
    return 1 - exp(log_front(x, a, b)) * fraction(1 - x, b, a) / b;
}

static double from_logit(double t)
{
    return t < 0 ? exp(t) / (1 + exp(t)) : 1 / (1 + exp(-t));
}

/* Newton from t where the law has `miss` too much below it; the middle where that leaves the
 * bracket. dP/dt is the density times x (1 - x). */
static double next_logit(double t, double miss, double slope, double low, double high)
{
    const double next = slope > 0 ? t - miss / slope : low;

    return next > low && next < high ? next : low + (high - low) / 2;
}

double lc_beta_quantile(double q, double a, double b)
{
    double low = -MOST_LOGIT, high = MOST_LOGIT, t = log(a / b), x = 0;

    assert(a > 0 && b > 0);
    if (!(q > 0) || q >= 1)
        return q >= 1;
    for (int i = 0; i < MOST_STEPS; i++) {
        double miss, next;

        x = from_logit(t);
        miss = lc_beta_below(x, a, b) - q;
        if (miss < 0)
            low = t;
        else
            high = t;
        next = next_logit(t, miss, x > 0 && x < 1 ? exp(log_front(x, a, b)) : 0, low, high);
        if (fabs(next - t) <= DBL_EPSILON * fmax(1, fabs(t)))
            break;
        t = next;
    }
    return x;
}
