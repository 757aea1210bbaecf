/* simulate_units_internal.h - what the sources of simulate_units share.   Layer: out */
#ifndef LC_SIMULATE_UNITS_INTERNAL_H
#define LC_SIMULATE_UNITS_INTERNAL_H

#include <stdbool.h>

#include "leadcal/random.h"
#include "leadcal/simulate_units.h"

#define UNITS_FIRST  19449 /* 2023-04-01 */
#define UNITS_EXPORT 20543 /* 2026-03-31 */
#define UNITS_NO_DAY INT32_MIN

/* A level and what it adds to the log-odds. */
struct units_term {
    const char *name;
    double effect;
};

/* units_put_day - ",YYYY-MM-DD", or "," alone. */
void units_put_day(int32_t day, FILE *to);

/* units_happens - with the probability of some log-odds. */
bool units_happens(struct lc_random *random, double log_odds);

int32_t units_between(struct lc_random *random, int32_t low, int32_t high); /* low..high-1 */

/* units_put_terms - "unit,name=level,effect" for each. */
void units_put_terms(const char *unit, const char *name, const struct units_term *term,
                     size_t n, FILE *to);

/* One function for each world, and its truth. false: memory is refused. */
bool units_accounts(uint64_t seed, const struct lc_unit_files *to) LC_MUST_USE;
void units_opportunities(uint64_t seed, FILE *to);
void units_purchases(uint64_t seed, FILE *to);
void units_accounts_truth(FILE *to);
void units_opportunities_truth(FILE *to);
void units_purchases_truth(FILE *to);

#endif
