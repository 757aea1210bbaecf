/* survival.h - times with censoring, and quantiles of cycle lengths.   Layer: math */
#ifndef LC_SURVIVAL_H
#define LC_SURVIVAL_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/rate.h"

struct lc_km_step {
    double time, at_risk, events, survival, std_error; /* Greenwood; of the survival itself */
    double low, high;                                  /* 95 %, log scale as R survfit */
};

struct lc_km {
    size_t n_steps;
    struct lc_km_step *step; /* one for each distinct time with an event */
    double n, events;
    double last; /* the longest time, censored or not: where the last step ends */
};

/* lc_kaplan_meier - product-limit curve.
 * time [n] days; event [n] 1 happened, 0 censored. LC_EDEGENERATE n = 0; LC_ENOMEM.
 * Source: Kaplan and Meier, JASA 53 (1958) 457-481; R survival::survfit.
 * Tested: methods K2-K4, K6 (R survfit). docs/maths.md#kaplan-meier. */
enum lc_rc lc_kaplan_meier(const double *time, const uint8_t *event, size_t n,
                           struct lc_arena *arena, struct lc_km *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_km_quantile - first time the curve is at or under 1 - q (the middle of the step where
 * exactly, as survfit); limits by inverting the log-scale band. NaN: not reached.
 * Source: Brookmeyer and Crowley, Biometrics 38 (1982) 29-41. Tested: methods K2, K3 (R). */
double lc_km_quantile(const struct lc_km *km, double q, struct lc_interval *limits);

/* lc_km_at - the step in force at a time: survival 1 before the first. */
struct lc_km_step lc_km_at(const struct lc_km *km, double time);

/* A restricted mean: the area under the curve up to a horizon. */
struct lc_rmst {
    double mean, std_error; /* days; of the first `horizon` of them */
};

/* lc_km_mean - mean days lived of the first `horizon` ones.
 *
 *     integral of S from 0 to tau;  variance: sum over event times of A(t)^2 d / (Y (Y - d)),
 *     A(t) the area from t to tau
 *
 * NaN where the curve ends before the horizon, above 0: nobody knows what comes after it.
 * Source: Irwin, Journal of Hygiene 47 (1949) 188; R survival::survfit, rmean.
 * Tested: methods K5, K7 (R survfit). Law: with everybody followed it is the mean of min(time, tau),
 * with its variance over n. */
struct lc_rmst lc_km_mean(const struct lc_km *km, double horizon);

struct lc_log_rank {
    double chi_square, p;
    size_t df;
};

/* lc_log_rank - survdiff, rho = 0. group [n] 0..groups-1. observed, expected: out [groups].
 * Source: Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170. Tested: methods K3, K6, K8,
 * K9 (R survdiff). */
enum lc_rc lc_log_rank(const double *time, const uint8_t *event, const uint32_t *group,
                       size_t n, size_t groups, struct lc_arena *arena, double *observed,
                       double *expected, struct lc_log_rank *out,
                       struct lc_err *err) LC_MUST_USE;

/* lc_quantile - R's type 7 quantile of sorted values [n]; NaN with n = 0.
 * Source: Hyndman and Fan, American Statistician 50 (1996) 361-365. Tested: by hand. */
double lc_quantile(const double *sorted, size_t n, double q);

/* lc_quantile_interval - order-statistic interval of a quantile, coverage at least 0.95.
 *
 *     the closest ranks l < u with P(l <= Binomial(n, q) < u) >= 0.95, tails each <= 0.025
 *
 * NaN at an end that no rank reaches. Source: Conover, Practical Nonparametric Statistics, 3.2.
 * Tested: the median's ranks. */
struct lc_interval lc_quantile_interval(const double *sorted, size_t n, double q);

#endif
