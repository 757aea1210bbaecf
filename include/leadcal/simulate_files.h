/* simulate_files.h - made-up contacts and deals in the form of HubSpot's record exports.   Layer: out */
#ifndef LC_SIMULATE_FILES_H
#define LC_SIMULATE_FILES_H

#include <stdint.h>
#include <stdio.h>

#include "leadcal/error.h"

#define LC_SIMULATED_CONTACTS   2400
#define LC_SIMULATED_WINS       90
#define LC_LEAST_SIMULATED_WINS 10
#define LC_MOST_SIMULATED_WINS  150
#define LC_SIMULATED_SEED       6

/* lc_simulate_files - two files as HubSpot writes them: every field quoted, CRLF, UTF-8, days as
 * YYYY-MM-DD HH:MM, lists parted by ';'. 2,400 contacts who came in from 2024-04-01 to 2026-03-31,
 * the day of the export; nothing in them is later but the expected close of an open deal.
 *
 * Of each contact: a company's industry, size and country, a job title and a source, and counters
 * of page views, forms and e-mails clicked. Seven in ten are handed over to
 * sales (`Became a Marketing Qualified Lead Date`); of these
 *
 *     log-odds of won = intercept + sum of the effects of all that (lc_simulate_files_truth)
 *
 * where the intercept is such that `wins` deals are won in all: three credit no lead (one without a
 * contact, one that began before the hand-over, one that is its contact's second), the others one
 * each. Deals of several contacts, lost and open ones, recycled contacts that come back, and
 * what knows the outcome (`Days To Close`, `Number of Associated Deals`, ...) are as in life.
 * `HubSpot Score` follows the rules of somebody who knew no sources and liked readers: it gives
 * what comes by referral 40 to 49 points, and students 80 to 89, so that its 40s close better than
 * its 80s.
 *
 * seed      any: the same bytes for the same
 * wins      LC_LEAST_SIMULATED_WINS..LC_MOST_SIMULATED_WINS: won deals in the file
 * contacts, deals  written, not flushed
 *
 * LC_EMISMATCH  so many leads cannot be won by the day of the export
 * LC_EIO, LC_ENOMEM
 *
 * Tested: test_simulate_files.c counts in the files what is said here; datasets/, byte for byte. */
enum lc_rc lc_simulate_files(uint64_t seed, uint64_t wins, FILE *contacts, FILE *deals,
                             struct lc_err *err) LC_MUST_USE;

/* lc_simulate_files_truth - what the wins were drawn with, as CSV: attribute,level,coefficient;
 * first the intercept. Numbers have bins as levels. LC_EMISMATCH as above; LC_EIO, LC_ENOMEM. */
enum lc_rc lc_simulate_files_truth(uint64_t seed, uint64_t wins, FILE *to,
                                   struct lc_err *err) LC_MUST_USE;

#endif
