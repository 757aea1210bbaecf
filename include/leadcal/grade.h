/* grade.h - A-D for profile fit, 1-4 for engagement: cuts, cells, actions, SLA (DEFINITIONS 4).   Layer: model */
#ifndef LC_GRADE_H
#define LC_GRADE_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/card.h"
#include "leadcal/error.h"

#define LC_GRADES     4 /* A-D, 1-4 */
#define LC_GRADE_TEXT 3 /* "A1" and its NUL */
#define LC_GRADE_NEVER \
    1e15 /* a cut that no score reaches: the grades above it are empty; finite, for the file */

/* shares: the targets below; quantile: the quartiles (R type 7) of the scores, whatever the targets;
 * capacity: as shares, but the best grade never has more than its target. The others look at the
 * outcome, or are typed (cuts.h). */
enum lc_cuts {
    LC_CUTS_SHARES,
    LC_CUTS_QUANTILE,
    LC_CUTS_CAPACITY,
    LC_CUTS_DP,
    LC_CUTS_COST,
    LC_CUTS_F1,
    LC_CUTS_PINNED
};
#define LC_CUTS_METHODS (LC_CUTS_PINNED + 1)

extern const char
    *const lc_cuts_name[LC_CUTS_METHODS]; /* "shares", ... as options and files say */

/* Cuts of one dimension: the best grade is score >= cut[0], the next >= cut[1], >= cut[2], the
 * last the rest. A grade whose cut equals the one before it is empty and never given. */
struct lc_grade_cuts {
    bool used;                 /* false: the dimension has no attribute, no grade is given */
    double cut[LC_GRADES - 1]; /* falling */
    double share[LC_GRADES]; /* of the leads the cuts were made on, as it came out; sums to 1 */
};

struct lc_grades {
    enum lc_cuts method;
    double target[LC_GRADES]; /* shares asked for, 0.1 0.2 0.3 0.4 */
    double capacity;          /* of LC_CUTS_CAPACITY: leads a week in the best grade */
    double line; /* of LC_CUTS_COST: a lead is worth its contact from this close rate on */
    struct lc_grade_cuts letter, digit;
};

void lc_grades_init(struct lc_grades *g); /* shares 10, 20, 30, 40 % */

/* lc_grade_cut - cuts on scores [n], n >= 1. Equal scores are never split: a boundary goes where
 * the share above it is nearest to the target (ties: the smaller share above); the share may be 0
 * (the cut is LC_GRADE_NEVER) or 1. Quantile: A is score >= upper quartile, B >= median,
 * C >= lower quartile. Capacity: the share of A is at most its target. Any other method: as shares. LC_ENOMEM.
 * Tested: typed scores; the grades of the oracles; laws: shares fall with rising scores, order. */
enum lc_rc lc_grade_cut(const double *score, size_t n, enum lc_cuts method,
                        const double target[LC_GRADES], struct lc_arena *arena,
                        struct lc_grade_cuts *cuts, struct lc_err *err) LC_MUST_USE;

/* lc_grade_shares - fills cuts->share from scores [n], n >= 1. */
void lc_grade_shares(const double *score, size_t n, struct lc_grade_cuts *cuts);

/* lc_grade_plain - the same wishes by a method that looks at scores alone: shares in place of a method of
 * cuts.h. */
struct lc_grades lc_grade_plain(const struct lc_grades *g);

/* lc_grade_of - 0 (A, 1) .. 3 (D, 4). */
size_t lc_grade_of(const struct lc_grade_cuts *cuts, double score);

/* lc_grade_text - "A1"; "A" or "1" with one dimension; "" with none. */
void lc_grade_text(const struct lc_grades *g, const struct lc_scored *s,
                   char to[LC_GRADE_TEXT]);

/* lc_sla_hours - 24 for A1 and B1; 48 for A2, A3, B2, B3; 0: no clock. Also 0 for a margin. */
int lc_sla_hours(const char *grade);

/* lc_grade_action - what to do with a cell, a constant text: "call within 24 hours", "call within
 * 48 hours", "nurture" (no clock), "no contact" (D3, D4); "" for a margin. */
const char *lc_grade_action(const char *grade);

#endif
