/* maturity_internal.h - what maturity*.c share.   Layer: model */
#ifndef LC_MATURITY_INTERNAL_H
#define LC_MATURITY_INTERNAL_H

#include "leadcal/incidence.h"
#include "leadcal/maturity.h"

struct lc_maturity_work {
    const struct lc_maturity_options *options;
    struct lc_followed followed;
    struct lc_lags lags;
    struct lc_incidence curve; /* of all leads */
};

/* lc_lag_seen - of the wins to come, the share that come by the end of the day a lead has that age. */
double lc_lag_seen(const struct lc_lag *lag, double age);

/* lc_maturity_notes - what the numbers rest on, and what they mean to sales: maturity_notes.c */
enum lc_rc lc_maturity_notes(const struct lc_maturity_work *w, struct lc_frame *frame,
                             struct lc_err *err) LC_MUST_USE;

#endif
