/* decay.h - what an event is still worth after some days: five families, read and written.   Layer: math */
#ifndef LC_DECAY_H
#define LC_DECAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

#define LC_MOST_TIERS 16      /* a table that a person made; the longest in use has five rows */
#define LC_DECAY_TEXT 768     /* bytes that any of them takes as text, with the NUL */
#define LC_MOST_DAYS  36500   /* of an age or a period; a hundred years */
#define LC_MOST_CAP   1000000 /* events a day */

/* What an event of age a, in days, is worth when a fresh one is worth 1. */
enum lc_decay_family {
    LC_DECAY_NONE,      /* 1 at any age */
    LC_DECAY_TIERS,     /* the worth of the first tier with a <= until, 0 after the last */
    LC_DECAY_LINEAR,    /* max(0, 1 - share a / every) */
    LC_DECAY_STEP,      /* max(floor, 1 - share * whole periods in a) */
    LC_DECAY_WINDOW,    /* 1 up to `every`, then 0 */
    LC_DECAY_HALF_LIFE, /* 2^(-a / every) */
    LC_DECAY_FAMILIES
};

struct lc_decay {
    enum lc_decay_family family;
    double every; /* days: the period, the window or the half-life */
    bool
        learned; /* HALF_LIFE: `every` is the usual one, until leads tell it (model/engagement) */
    double share; /* of a fresh event's worth, lost in each period: LINEAR, STEP */
    double floor; /* 0..1, below which it does not fall: STEP */
    double until[LC_MOST_TIERS], worth[LC_MOST_TIERS]; /* [n_tiers] days, rising; 0 and more */
    size_t n_tiers;
    uint32_t daily_cap; /* events of one day that count; 0: all */
};

/* lc_decay_worth - of one event. age_days 0 or more; the cap has no say here. */
double lc_decay_worth(const struct lc_decay *d, double age_days);

/* lc_decay_sum - of a lead's events.
 *
 *     sum over days of min(events of that day, daily_cap) worth(age)
 *
 * age_days  [n] whole days, rising, so that those of one day stand together
 * Source: methods 3.6 (half-life); crm 2.4 (the systems that have each).
 * Tested: the printed examples of each system; by hand; a cap of 1 is a count of days. */
double lc_decay_sum(const struct lc_decay *d, const uint32_t *age_days, size_t n);

/* lc_decay_parse - from its text:
 *
 *     none                           linear 0.5 every 30            half-life 21
 *     tiers 7:1 14:0.75 30:0.5       step 0.2 every 14 floor 0.2    window 30
 *
 * `half-life learned` is to be told by the leads; and ` cap N` behind any of them: at most N events of one day count.
 *
 * LC_EMISMATCH  what is wrong, and how it is written; out is untouched
 * Tested: round trips, bit for bit; each refusal; every text cut short is refused or read. */
enum lc_rc lc_decay_parse(struct lc_slice text, struct lc_decay *out,
                          struct lc_err *err) LC_MUST_USE;

/* lc_decay_text - the same text, at most LC_DECAY_TEXT bytes with the NUL. */
void lc_decay_text(const struct lc_decay *d, char *to);

/* lc_decay_lint - the first tier that is worth more than a fresher one; n_tiers: none is. */
size_t lc_decay_lint(const struct lc_decay *d);

/* lc_decay_lint_text - the sentence about it, at most LC_DECAY_TEXT bytes with the NUL; "" where
 * there is nothing to say. */
void lc_decay_lint_text(const struct lc_decay *d, char *to);

#endif
