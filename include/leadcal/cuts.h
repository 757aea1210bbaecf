/* cuts.h - where grades begin by what became of the leads, and how far each cut wanders.   Layer: model */
#ifndef LC_CUTS_H
#define LC_CUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/fit.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"

#define LC_CUTS_WON       80  /* wins that a cut by the outcome needs: DEFINITIONS 4 */
#define LC_CUTS_GRADE_WON 10  /* and in each grade */
#define LC_CUTS_RESAMPLES 200 /* of the spread; a 90 % interval needs no more */
#define LC_CUTS_SEED      1

/* Leads in one dimension, whose sums of points they did not help to make (out of fold). */
struct lc_cut_leads {
    size_t n;
    const double *score; /* [n] sum of points */
    const uint8_t *y;    /* [n] won */
    const double *other; /* [n] log-odds that the other dimension adds; NULL: there is none */
};

/* lc_cuts_of - the cuts of one dimension by g->method, with the shares of these leads.
 *
 *     dp    the most of  sum over grades of 2 (w ln(w / e) + (n - w) ln((n - w) / (n - e)))
 *     cost  the most of  sum over leads at or above the line of (y - g->line)
 *     f1    the most of  2 w / (n + W),  n and w at or above the line, W all wins
 *
 * dp: w of n leads were won where the other dimension alone lets expect e (its log-odds as offset, one
 * intercept for all; without it the rate of all: then this is the deviance explained). At least
 * LC_CUTS_GRADE_WON wins and 20 leads in a grade, close rates that rise. Where the difference of
 * neighbours is not above 0 by Newcombe's lower limit, the best cuts into fewer grades are taken. Two
 * grades are A and D, and the middle one of three is B where at most half of the leads are in it or A,
 * else C.
 *
 * cost, f1: one line, A and B above it, C and D below, parted as g->target has them. A lead at the line of
 * cost has a close rate of g->line by isotonic regression, so that "contact where p >= cost / value".
 *
 * LC_EDEGENERATE  dp: fewer than LC_CUTS_WON wins, or no two grades differ. LC_ENOMEM.
 * Source: methods 3.5, 6.7; partition.h; Newcombe (rate.h); docs/decisions/0093.
 * Tested: typed leads; every cut of few scores; German credit: dp explains most (methods 6.7); law: order
 * of leads. */
enum lc_rc lc_cuts_of(const struct lc_cut_leads *l, const struct lc_grades *g,
                      struct lc_arena *scratch, struct lc_grade_cuts *cuts,
                      struct lc_err *err) LC_MUST_USE;

/* lc_cuts_deviance - what the grades explain: the sum that dp makes largest (all scores apart). LC_ENOMEM.
 * Tested: by hand; dp has the most of it. */
enum lc_rc lc_cuts_deviance(const struct lc_cut_leads *l, const struct lc_grade_cuts *cuts,
                            struct lc_arena *scratch, double *deviance,
                            struct lc_err *err) LC_MUST_USE;

/* How far a cut wanders over resamples of the leads. */
struct lc_cut_spread {
    double low, high; /* 90 % of the resamples that have it; NaN: none has */
    double found;     /* share of the resamples that have it */
};

/* lc_cuts_spread - the same cuts on LC_CUTS_RESAMPLES samples of the leads, drawn with replacement.
 * spread out [LC_GRADES - 1]. Same seed, same spread.
 * LC_ENOMEM. Source: Efron and Tibshirani, An Introduction to the Bootstrap, 13.3 (percentiles).
 * Tested: a cut between two far groups stays; one amid equal rates wanders; seed. */
enum lc_rc lc_cuts_spread(const struct lc_cut_leads *l, const struct lc_grades *g,
                          uint64_t seed, struct lc_arena *scratch, struct lc_cut_spread *spread,
                          struct lc_err *err) LC_MUST_USE;

/* lc_cut_stands - does cut c part any scores (grades above and below it are given)? */
bool lc_cut_stands(const struct lc_grade_cuts *cuts, size_t c);

/* The leads that a model is, or would be, fitted on. */
struct lc_cuts_study {
    const struct lc_table *table;
    const uint32_t *row;
    const uint8_t *y;
    const int32_t *day;    /* [n] decision days; NULL without dates */
    const uint8_t *mature; /* [n] 1: old enough for cuts by the outcome to go by what became of
                            * it; NULL: all are */
    size_t n;
    const size_t *column; /* [k] */
    const struct lc_spec_attribute *const *given;
    size_t k;
    const struct lc_fit_options *fit;
    struct lc_parallel *pool;
};

/* Sums of points out of fold. */
struct lc_out_of_fold {
    double *f, *g, *p; /* [n] points of profile, of engagement; probability */
    bool profile, engagement;
};

/* lc_out_of_fold - each lead as a fit on the other folds scores it (5 folds, by decision day).
 * Errors as lc_fit_leads. */
enum lc_rc lc_out_of_fold(const struct lc_cuts_study *s, struct lc_arena *arena,
                          struct lc_out_of_fold *o, struct lc_err *err) LC_MUST_USE;

/* lc_cuts_learn - what g asks for becomes cuts (dp, cost, f1: g->letter and g->digit) or targets (capacity);
 * a dimension that has none afterwards is cut by shares. Where dp has too little to go by, g asks for
 * shares afterwards.
 * note  out, in arena: sentences that say so, or where grades begin and how far that wanders; NULL: none
 * LC_EMISMATCH: capacity without dates. Errors of lc_out_of_fold. */
enum lc_rc lc_cuts_learn(const struct lc_cuts_study *s, struct lc_arena *arena,
                         struct lc_grades *g, const char **note,
                         struct lc_err *err) LC_MUST_USE;

/* lc_cuts_frame - every method side by side on the leads out of fold (docs/formats.md: cuts). g: targets,
 * capacity (0: not shown), line (0: not shown), letter and digit where they are pinned. */
enum lc_rc lc_cuts_frame(const struct lc_cuts_study *s, const struct lc_grades *g,
                         struct lc_arena *arena, struct lc_frame *frame,
                         struct lc_err *err) LC_MUST_USE;

#endif
