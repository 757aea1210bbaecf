/* amount.h - what a lead is worth: won amount per lead, and its bootstrap.   Layer: math */
#ifndef LC_AMOUNT_H
#define LC_AMOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"
#include "leadcal/rate.h"

#define LC_AMOUNT_RESAMPLES ((size_t)1000)
#define LC_LEAST_AMOUNTS    5 /* wins with an amount; fewer have no limits */

/* lc_amount_interval - 95 % limits of the won amount per lead by resampling the leads.
 *
 * Each resample draws `leads` leads with replacement: the number of wins among them is binomial with
 * probability n / leads, and each of them has one of the amounts. The limits are the 2.5 and 97.5 %
 * quantiles (R type 7) of LC_AMOUNT_RESAMPLES means.
 *
 * amount  [n] of each win, n <= leads; leads without a win count as 0
 * seed    the same seed, the same limits
 * pool    may be NULL; the same limits at any number of threads
 * scratch arena for the resamples
 * out     NaN with fewer than LC_LEAST_AMOUNTS amounts
 *
 * Amounts are skewed: with few wins the percentile interval is too narrow above (Efron and
 * Tibshirani, 13.4). LC_ENOMEM.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 * Tested: equal amounts against the binomial quantiles, mixed ones against numpy's resamples of
 * whole leads (tests/reference/amount.py). Laws: a currency of another size scales the limits;
 * every lead won at one price has no spread; seeds. */
enum lc_rc lc_amount_interval(const double *amount, size_t n, size_t leads, uint64_t seed,
                              struct lc_parallel *pool, struct lc_arena *scratch,
                              struct lc_interval *out, struct lc_err *err) LC_MUST_USE;

#endif
