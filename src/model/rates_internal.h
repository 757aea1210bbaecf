/* rates_internal.h - what the sources of the rates share.   Layer: model */
#ifndef LC_RATES_INTERNAL_H
#define LC_RATES_INTERNAL_H

#include "leadcal/rates.h"

/* The columns of the table. */
enum lc_rates_column {
    LC_RATES_ATTRIBUTE,
    LC_RATES_LEVEL,
    LC_RATES_LEADS,
    LC_RATES_WON,
    LC_RATES_RATE,
    LC_RATES_RATE_LOW,
    LC_RATES_RATE_HIGH,
    LC_RATES_RATIO,
    LC_RATES_RATIO_LOW,
    LC_RATES_RATIO_HIGH,
    LC_RATES_RR,
    LC_RATES_RR_LOW,
    LC_RATES_RR_HIGH,
    LC_RATES_SHRUNK_RATIO,
    LC_RATES_SHRUNK_LOW,
    LC_RATES_SHRUNK_HIGH,
    LC_RATES_WOE,
    LC_RATES_WOE_ADJUSTED,
    LC_RATES_IV,
    LC_RATES_P,
    LC_RATES_P_ADJUSTED,
    LC_RATES_POINTS,
    LC_RATES_IV_ADJUSTED,
    LC_RATES_PRIOR_WEIGHT,
    LC_RATES_NOTE,
    LC_RATES_RATIO_STRATIFIED, /* filled by lc_rates_within */
    LC_RATES_RATIO_STRATIFIED_LOW,
    LC_RATES_RATIO_STRATIFIED_HIGH,
    LC_RATES_COLUMNS
};

/* The whole that levels are held against. */
struct lc_rates_whole {
    double leads, won;                 /* counted leads */
    double base_leads, base_won, base; /* the baseline: they, or another population */
    bool other, same;
    bool parts; /* wins are counted in shares */
    const struct lc_rates_options *options;
};

/* Counts of a row, its rate and Wilson's limits. */
void lc_rates_put_rate(union lc_value *row, double leads, double won);

/* lc_rates_add_attribute - an attribute's `(all)` row, then a row per level; p is not adjusted yet.
 * LC_EMISMATCH: a level has more wins or leads than a baseline that holds them. LC_ENOMEM. */
enum lc_rc lc_rates_add_attribute(const struct lc_attribute *a, const struct lc_rates_whole *w,
                                  struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
