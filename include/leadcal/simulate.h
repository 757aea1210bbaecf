/* simulate.h - a made-up leads file drawn from a known logistic model.   Layer: out */
#ifndef LC_SIMULATE_H
#define LC_SIMULATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "leadcal/error.h"

/* lc_simulate - a header and `rows` leads as RFC 4180 CSV: 22 columns, UTF-8, LF line ends, empty
 * cells where a value is missing.
 *
 * Of each lead: the levels of twelve attributes are drawn with known shares (half of the campaigns
 * follow the source), three counters from exponential times rounded down; then
 *
 *     log-odds of won = intercept + sum of the levels' coefficients (lc_simulate_truth)
 *
 * Leads enter on one of the 1,096 days from 2023-01-01 to 2025-12-31 and close 10 or more days
 * later; a win's close date may lie beyond 2025-12-31, a lost lead that would close later is open.
 * `owner` has no effect, `sales_accepted` follows from the outcome: a leak, as in life.
 *
 * forms  three columns more: company, email_domain and is_test, as they were typed into a form. 2 % of
 *        the leads are of a competitor, 4 % have a junk company, 1 % are test records, and some
 *        come from five countries that nobody serves: none of them is won, but for a quarter of the wins
 *        of the junk forms. Private mailboxes are those of the column free_email
 * segments  true: each source deviates in the coefficients of job_level, company_size and demo_request,
 *        by draws of SD 0.7, 0.5 and 0.9 that are the same whatever the seed; nothing else changes in the
 *        draws of a lead
 * seed   any; each row is a pure function of (seed, row), so the first N rows of a longer file
 *        are the file of N rows
 * to     written, not flushed
 *
 * LC_EIO     `to` refuses
 * LC_ENOMEM
 *
 * Tested: the SHA-256 of files made by the generator this was ported from; the close rate the
 * truth predicts; prefixes; another seed is another file. */
enum lc_rc lc_simulate(uint64_t rows, uint64_t seed, bool forms, bool segments, FILE *to,
                       struct lc_err *err) LC_MUST_USE;

/* lc_simulate_truth - the coefficients as CSV: attribute,level,coefficient. First the intercept
 * (attribute "(intercept)", level empty); counters have bins as levels, "(1,4]"; what a missing
 * value adds is level "(missing)". forms  the shares of the leads that cannot convert, too; with segments what a
 * source does to a level is attribute "job_level in Webinar". LC_EIO, LC_ENOMEM. */
enum lc_rc lc_simulate_truth(bool forms, bool segments, FILE *to,
                             struct lc_err *err) LC_MUST_USE;

#endif
