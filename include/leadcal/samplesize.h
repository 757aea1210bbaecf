/* samplesize.h - how many leads a model needs, and how many parameters some leads carry.   Layer: math */
#ifndef LC_SAMPLESIZE_H
#define LC_SAMPLESIZE_H

/* Riley's criteria, each in leads, rounded up. */
struct lc_sample_size {
    double shrinkage; /* n1: expected shrinkage of the coefficients 0.9 */
    double optimism;  /* n2: Nagelkerke's R2 looks better than it is by at most 0.05 */
    double rate;      /* n3: the overall rate is known to within 0.05 */
};

/* lc_sample_size - leads that a model of so many parameters needs.
 *
 *     n1 = P / ((S - 1) log(1 - R2/S)),  S = 0.9
 *     n2 = the same with  S = R2 / (R2 + 0.05 max R2),  max R2 = 1 - (f^f (1-f)^(1-f))^2
 *     n3 = (1.96 / 0.05)^2 f (1 - f)
 *
 * r2cs        anticipated Cox-Snell R2 P, 0 < r2cs < 0.9 and less than max R2
 * parameters  P, free coefficients without the intercept
 * rate        f, share of wins, 0 < f < 1
 *
 * All NaN outside these ranges.
 * Source: Riley et al., Statistics in Medicine 38 (2019) 1276-1296; van Calster's pmsampsize.
 * Tested: methods S1 (pmsampsize, R), all four cases. */
struct lc_sample_size lc_sample_size(double r2cs, double parameters, double rate);

/* What is expected of a model before anybody has seen it: a Nagelkerke R2 of 0.15, as Riley advises
 * where nothing is known. */
#define LC_EXPECTED_R2 0.15

/* lc_parameters_carried - the free parameters for which n1 and n2 ask no more leads than there are;
 * 0 where n3 asks more, or one class is absent. R2cs is LC_EXPECTED_R2 of its maximum.
 * Whole; leads, won >= 0.
 * Source: as lc_sample_size, solved for P.
 * Tested: law: so many parameters need at most these leads, one more needs more. */
double lc_parameters_carried(double leads, double won);

#endif
