/* drift.h - are these leads still those? PSI with its null, what could be seen, and performance without labels.   Layer: math */
#ifndef LC_DRIFT_H
#define LC_DRIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"

#define LC_DRIFT_EXPECTED 5.0  /* leads that a level must be expected to have to stand alone */
#define LC_DRIFT_ALPHA    0.05 /* alarms where nothing has changed */
#define LC_DRIFT_POWER    0.80 /* of the shift called detectable */

/* lc_psi - population stability index of counts, [k] each.
 *
 *     sum (b_i - a_i) ln(b_i / a_i),   a_i, b_i the shares before and now
 *
 * A level that nobody has in either adds nothing; where it is empty in one, 0.5 is added to both of
 * its counts (not to the totals), as woe_adjusted does. NaN where a population is empty.
 * lc_psi_term - one level's part; before, now counts of totals n, m.
 * Source: Kullback and Leibler, Annals of Mathematical Statistics 22 (1951) 79-86 (J); methods 3.2.
 * Tested: methods B12, B13; laws: no difference is 0, turned populations and the order of levels
 * change nothing, an empty cell stays finite. */
double lc_psi(const double *before, const double *now, size_t k);
double lc_psi_term(double before, double now, double n, double m);

/* lc_psi_threshold - what PSI passes in 5 % of pairs of samples of one population.
 *
 *     PSI ~ (1/n + 1/m) chi2(df),  df = levels - 1
 *
 * n, m > 0 leads. NaN with df = 0.
 * Source: Yurdakul, Statistical Properties of Population Stability Index (2018); docs/maths.md#drift-of-the-leads.
 * Tested: methods B13, B14. */
double lc_psi_threshold(double n, double m, size_t df);

/* lc_chi_square_power - how often a chi-square test at 5 % finds a noncentrality.
 *
 *     P(chi2(df, lambda) > c) = sum_j e^(-lambda/2) (lambda/2)^j / j! Q(c; df + 2j),  Q(c; df) = 0.05
 *
 * df >= 1, lambda >= 0. Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2
 * (1995), chapter 29. Tested: scipy's ncx2 (tests/reference/drift.py). */
double lc_chi_square_power(size_t df, double lambda);

/* lc_detectable_psi - the shift, as PSI, that would be found in 80 % of samples of these sizes.
 *
 *     (1/n + 1/m) lambda,   lc_chi_square_power(df, lambda) = 0.80
 *
 * because a small shift gives the test the noncentrality PSI / (1/n + 1/m). NaN with df = 0.
 * Source: Cohen, Statistical Power Analysis (1988), chapter 7; docs/maths.md#drift-of-the-leads.
 * Tested: scipy's ncx2; such a shift is found in 80 % +- 3 of simulated samples. */
double lc_detectable_psi(double n, double m, size_t df);

struct lc_drift {
    double n, m;           /* leads before and now */
    double psi, threshold; /* of the groups tested, and what 5 % pass without any change */
    double chi2, p;        /* Pearson's test of homogeneity; p of Fisher's where `exact` */
    size_t df;             /* groups - 1; 0: one level, so there is nothing to test */
    size_t merged;         /* levels that the group "(rest)" holds; 0: there is no such group */
    bool exact;            /* two groups of which one has few leads: Fisher's exact test */
};

/* lc_drift_test - has the population changed?
 *
 * Levels that may expect under LC_DRIFT_EXPECTED leads in the smaller sample, were nothing changed,
 * are tested as one group; where that group may expect fewer still, the smallest other level joins
 * it (of equal ones the last), until it is large enough or only one level stands beside it: then the
 * test is Fisher's. What is merged follows from both samples together, so that it favours neither.
 *
 * before, now  [k] counts; a level that nobody has does not count
 * in_rest      out [k], may be NULL: the level was tested in "(rest)"
 * p is NaN, as are psi and the rest, where a sample is empty or only one level is there. LC_ENOMEM.
 *
 * Source: Pearson 1900 (contingency.h); 5 expected: Cochran, Biometrics 10 (1954) 417-451.
 * Tested: methods B12, B13; law: the same population raises an alarm in 5 % +- 2 of simulated
 * samples, with long tails and few leads too, alone and after Benjamini-Hochberg over attributes. */
enum lc_rc lc_drift_test(const double *before, const double *now, size_t k,
                         struct lc_arena *arena, bool *in_rest, struct lc_drift *out,
                         struct lc_err *err) LC_MUST_USE;

#define LC_EXPECT_DRAWS 1000 /* simulated labellings */

/* Calibrated probabilities of leads whose outcome is not known yet. */
struct lc_expect_leads {
    const double *p; /* [n] 0..1 */
    size_t n;
    const uint8_t *cell; /* [n] 0..cells-1: the finest groups whose rates are wanted */
    size_t cells;
    const bool *holds; /* [sets * cells]: row s says which cells the set s is made of */
    size_t sets;
    double top; /* share of the leads, best first, whose wins are counted: 0.2 */
};

struct lc_expect_value {
    double value, low, high; /* what is expected; where 95 % of simulated outcomes lie */
};

struct lc_expect {
    struct lc_expect_value auc, brier, captured; /* captured: share of the wins in the top */
    struct lc_expect_value *rate;                /* [sets] wins over leads; NaN without leads */
};

/* lc_expect_performance - what these leads will show if the probabilities are right (CBPE).
 *
 *     close rate  mean p                    Brier     mean p (1 - p)
 *     captured    sum of p in the top / sum p, ties at its edge shared
 *     AUC         sum over i /= j of p_i (1 - p_j) ([p_i > p_j] + [p_i = p_j] / 2) / sum p_i (1 - p_j)
 *
 * AUC and captured are ratios of expectations. Limits are the 2.5 % and 97.5 % quantiles (R type 7) of
 * LC_EXPECT_DRAWS simulated labellings, each drawn from (seed, its number) alone, so that threads do
 * not matter. They hold the luck of the draw, not the doubt about the probabilities themselves.
 *
 * out->rate lives in arena. AUC is NaN where every p is 0, or every p is 1. LC_ENOMEM.
 *
 * Source: NannyML's CBPE (methods 3.4); for the AUC docs/maths.md#drift-of-the-leads.
 * Tested: every labelling of six leads (tests/reference/drift.py); law: where the probabilities are
 * right, realised values lie within the limits 95 % of the time; threads; seeds. */
enum lc_rc lc_expect_performance(const struct lc_expect_leads *leads, uint64_t seed,
                                 struct lc_parallel *pool, struct lc_arena *arena,
                                 struct lc_expect *out, struct lc_err *err) LC_MUST_USE;

#endif
