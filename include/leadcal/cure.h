/* cure.h - how many are won in the end, and how long that takes: time-lagged conversion.   Layer: math */
#ifndef LC_CURE_H
#define LC_CURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/rate.h"

/* The law of a lag: F(t) = G((ln t - location) / scale). */
enum lc_lag_family {
    LC_LAG_WEIBULL, /* G(z) = 1 - exp(-exp z): shape 1 / scale, Weibull's scale exp(location) */
    LC_LAG_LOG_NORMAL, /* G the normal distribution */
};

struct lc_lag {
    enum lc_lag_family family;
    double location; /* of ln days */
    double scale;    /* > 0 */
};

/* lc_lag_below - F(t): share of the wins that take at most t days; 0 for t <= 0. */
double lc_lag_below(const struct lc_lag *lag, double t);

/* lc_lag_quantile - the days within which a share q of the wins come; 0 < q < 1. */
double lc_lag_quantile(const struct lc_lag *lag, double q);

struct lc_cure_data {
    size_t n;
    const double *time; /* [n] days to the win; of a lead not won, how long it was followed */
    const uint8_t *won; /* [n] */
    const uint32_t *segment; /* [n] 0..segments-1; NULL: all are one */
    size_t segments;         /* 1 with NULL */
    double
        tick; /* 0: times are exact and over 0. Else they are rounded down to a multiple of it
                  * (whole days: 1): a win at t lies in [t, t + tick), and who was followed to t was
                  * followed to the end of that day */
};

#define LC_SPREAD_ESTIMATED (-1.0)

struct lc_cure_options {
    enum lc_lag_family family;
    bool everyone; /* all are won in the end: the plain law of the lag, without segments of c */
    double
        spread; /* SD of the segments' locations around the common one, in ln days; 0: one lag
                    * for all; LC_SPREAD_ESTIMATED: by marginal likelihood */
};

struct lc_cure_segment {
    double n, won;
    double chance; /* c: won in the end; 0 where nobody was won, 1 with `everyone` */
    double log_odds, std_error; /* of c; NaN where c is 0 or 1, or the error is not known */
    struct lc_lag lag;
};

struct lc_cure_fit {
    struct lc_lag lag; /* the common one */
    size_t segments;
    struct lc_cure_segment *segment; /* [segments] */
    double spread;                   /* used or estimated; 0: one lag for all */
    double
        spread_gain; /* log marginal likelihood that it is above that of one lag; 0 without */
    double location_error,
        scale_error;       /* standard errors of location and of ln scale; NaN where the
                                         * curvature tells nothing */
    double covariance;     /* of the two */
    double log_likelihood; /* of the rows, without the prior on locations */
    double aic;            /* 2 x (chances + 2 + effective shifts) - 2 log-likelihood */
    double max_gradient;   /* largest |gradient| / wins at the optimum */
    size_t iterations;
};

/* lc_cure - mixture cure by maximum likelihood.
 *
 *     won at t: ln c + ln f(t);  not won by t: ln(1 - c F(t))
 *
 * The second is for open and for lost leads alike, t being how long ago the lead was decided, not
 * when it was lost: that a lead was lost early says that it will not be won, but to take such leads
 * out of those who might still be, and not the open ones that will be lost, would make the chance
 * of all too small (docs/decisions/0080-lost-leads-keep-their-age.md).
 *
 * Segments have a chance each; their lags share the scale, and their locations are drawn from a
 * normal law around the common one with SD `spread`. Where it is estimated, Laplace's approximation
 * of the marginal likelihood, over the locations with the chances profiled, is maximised.
 *
 * LC_EDEGENERATE  no wins, or with fewer than LC_LEAST_CURE_WON of them (text)
 * LC_ENOCONV      no optimum was found; LC_ENOMEM
 *
 * Source: Boag, JRSS B 11 (1949) 15-53; Farewell, Biometrics 38 (1982) 1041-1046; methods 3.6.
 * docs/maths.md#time-lagged-conversion.
 * Tested: methods K12 (R 4.2.2 optim, 8 digits, log-normal and plain, too) and K13 (flexsurvcure, to
 * the digits printed). Laws: order of rows; days in hours move the location alone; a spread of 0 is
 * one lag; whole days agree with exact times; simulated lags are recovered (methods 6.5). */
#define LC_LEAST_CURE_WON 10 /* three parameters and a curve want more than a handful */
enum lc_rc lc_cure(const struct lc_cure_data *d, const struct lc_cure_options *options,
                   struct lc_arena *arena, struct lc_cure_fit *fit,
                   struct lc_err *err) LC_MUST_USE;

/* lc_cure_family - the law whose mixture, of one lag, has the lower AIC. The same errors. */
enum lc_rc lc_cure_family(const struct lc_cure_data *d, struct lc_arena *arena,
                          enum lc_lag_family *family, struct lc_err *err) LC_MUST_USE;

/* lc_cure_spread_p - that all segments have one lag: half of chi-square's tail at twice the gain, since
 * the spread lies at the end of its range; 1 where the gain is 0.
 * Source: Self and Liang, JASA 82 (1987) 605-610. Tested: no gain; scipy 1.17.1. */
double lc_cure_spread_p(const struct lc_cure_fit *fit);

/* lc_cure_below - F(t) of the common lag with 95 % limits from its standard errors; limits NaN where
 * those are. */
double lc_cure_below(const struct lc_cure_fit *fit, double t, struct lc_interval *limits);

/* Whether the leads were followed for long enough to tell "not yet" from "never". */
struct lc_follow_up {
    double last_won, last; /* the longest time to a win; the longest that a lead was followed */
    size_t
        late; /* wins in (2 last_won - last, last_won]: as long before it as the plateau after */
    double alpha; /* (1 - late / n)^n: small where the curve has come to rest */
};

/* lc_cure_follow_up - Maller and Zhou's look at the end of the curve: if wins could still come after
 * the last one seen, the stretch after it would hold about as many as the one before it.
 *
 * Source: Maller and Zhou, JASA 89 (1994) 1499-1506.
 * Tested: by hand. */
struct lc_follow_up lc_cure_follow_up(const struct lc_cure_data *d);

/* Why "won in the end" cannot be told; the first that holds. */
enum lc_cure_doubt {
    LC_CURE_TOLD,   /* it can */
    LC_CURE_ALL,    /* that all will be won fits as well: AIC of the plain law is no higher */
    LC_CURE_BEYOND, /* over a tenth of the wins would come later than any lead was followed, or a
                     * fifth may: of all leads, or of a segment with enough wins */
    LC_CURE_RISING, /* the curve of wins was still rising at its last: alpha is 0.05 or more */
};

struct lc_cure_guard {
    enum lc_cure_doubt doubt;
    struct lc_follow_up follow_up;
    double seen, seen_low; /* share of the wins to come by the longest follow-up, least segment;
                            * lower 95 % limit of the common lag's; NaN where it is not known */
    size_t segment;        /* the one that `seen` is of; LC_CURE_ALL_SEGMENTS: of all leads */
};
#define LC_CURE_ALL_SEGMENTS ((size_t)-1)

/* lc_cure_guard_of - whether the leads were followed for long enough to tell "not yet" from "never".
 * Errors as lc_cure.
 * Tested: simulated histories: of 24 months with lags of 30 and 120 days told in 8 of 10 at least,
 * of three months in 1 of 20 at most. */
enum lc_rc lc_cure_guard_of(const struct lc_cure_data *d, const struct lc_cure_fit *fit,
                            struct lc_arena *arena, struct lc_cure_guard *guard,
                            struct lc_err *err) LC_MUST_USE;

#endif
