/* simulate_units.h - made-up accounts, opportunities and customers, drawn from known models.   Layer: out */
#ifndef LC_SIMULATE_UNITS_H
#define LC_SIMULATE_UNITS_H

#include <stdint.h>
#include <stdio.h>

#include "leadcal/error.h"

#define LC_SIMULATED_ACCOUNTS      900
#define LC_SIMULATED_OPPORTUNITIES 1500
#define LC_SIMULATED_CUSTOMERS     1100

/* The files, each UTF-8 with LF and a header, written and not flushed. */
struct lc_unit_files {
    FILE *contacts, *events, *deals; /* accounts: contact_id; deals name one contact each */
    FILE *opportunities;             /* with the day of entering each stage */
    FILE *purchases;
};

/* lc_simulate_units - what lc_simulate_units_truth says is true of them. Day of all exports: 2026-03-31.
 *
 * accounts   of one to five contacts who come in one after another; the account is handed over with the
 *            first of them. log-odds of won within 150 days = intercept + country + the highest
 *            seniority, roles present, a new role within 30 days, and pricing pages by their half-life, all as of that day. Who is won
 *            brings more contacts in afterwards, and they look at more pages: whoever counts those knows the outcome.
 * opportunities  pass Discovery, Demo and Proposal one after another; log-odds of passing each =
 *            its intercept + source + size. `days_in_demo` and later entries are as of the export.
 * customers  buy in their first year; log-odds of a further purchase within 180 days of the anniversary
 *            (day 365) = intercept + segment + products owned + days since the last purchase. Six in ten further purchases are
 *            of a product not owned, where there is one.
 *
 * LC_EIO, LC_ENOMEM. Tested: test_simulate_units.c, datasets/units byte for byte. */
enum lc_rc lc_simulate_units(uint64_t seed, const struct lc_unit_files *to,
                             struct lc_err *err) LC_MUST_USE;

/* lc_simulate_units_truth - unit,term,coefficient as CSV. LC_EIO. */
enum lc_rc lc_simulate_units_truth(FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
