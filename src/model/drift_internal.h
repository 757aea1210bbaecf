/* drift_internal.h - what drift_*.c of this room share.   Layer: model */
#ifndef LC_DRIFT_INTERNAL_H
#define LC_DRIFT_INTERNAL_H

#include "leadcal/card.h"
#include "leadcal/drift.h"
#include "leadcal/drift_leads.h"

/* One thing that is compared, level by level: an attribute, or the score. */
struct lc_drift_part {
    const char *what; /* "attribute", "score" */
    const char *name; /* column; "letter", "digit", "cell", "points" */
    size_t k;
    const char **level;   /* [k] */
    double *before, *now; /* [k] */
    size_t known;         /* levels from here on are values that the model never met */
    size_t missing;       /* the level of empty cells; k: none */
};

/* lc_drift_part_new - one with k levels and no leads, in arena; false: no memory. */
bool lc_drift_part_new(struct lc_drift_part *part, const char *what, const char *name, size_t k,
                       struct lc_arena *arena) LC_MUST_USE;

/* lc_drift_columns - every column of the model is in the table, and can be looked up.
 * LC_EMISMATCH: the columns that are not, by name. */
enum lc_rc lc_drift_columns(const struct lc_model *model, const struct lc_table *table,
                            struct lc_err *err) LC_MUST_USE;

/* lc_drift_attribute - an attribute's levels before and now. before NULL: the model's own counts. */
enum lc_rc lc_drift_attribute(const struct lc_model *model, size_t j,
                              const struct lc_drift_leads *before,
                              const struct lc_drift_leads *now, struct lc_arena *arena,
                              struct lc_drift_part *part, struct lc_err *err) LC_MUST_USE;

/* lc_drift_score - the model on some leads, through the levels that `score` looks up.
 * scored  out [leads->n], in arena */
enum lc_rc lc_drift_score(const struct lc_model *model, const struct lc_drift_leads *leads,
                          struct lc_arena *arena, struct lc_scored **scored,
                          struct lc_err *err) LC_MUST_USE;

#define LC_DRIFT_SCORES 4 /* letter, digit, cell, points */

/* lc_drift_scores - the score before and now, as far as the model has grades.
 * part  out [LC_DRIFT_SCORES], *n of them */
enum lc_rc lc_drift_scores(const struct lc_model *model, const struct lc_drift_leads *before,
                           const struct lc_drift_leads *now, struct lc_arena *arena,
                           struct lc_drift_part *part, size_t *n,
                           struct lc_err *err) LC_MUST_USE;

/* The comparisons, with their tests. */
struct lc_drift_work {
    const struct lc_model *model;
    const struct lc_drift_leads *before, *now;
    struct lc_arena *arena;
    struct lc_drift_part *part; /* [n] */
    struct lc_drift *test;
    bool **in_rest;                    /* [n][k] */
    double *p, *adjusted, *detectable; /* NaN where there is no chi-square test */
    size_t n;
};

bool lc_drift_is_alarm(const struct lc_drift_work *w, size_t i);

/* What it comes to: for a sales leader, for the head of the table, and under it. NULL: no memory. */
const char *lc_drift_sentence(const struct lc_drift_work *w,
                              const struct lc_drift_found *found);
const char *lc_drift_title(const struct lc_drift_work *w);
enum lc_rc lc_drift_notes(const struct lc_drift_work *w, const struct lc_drift_found *found,
                          struct lc_frame *f, struct lc_err *err) LC_MUST_USE;

/* ---- what is expected ---- */

#define LC_DRIFT_TOP   0.2 /* of the leads, as in the comparison at equal volume: decision 0025 */
#define LC_DRIFT_CELLS ((size_t)LC_GRADES * LC_GRADES)
#define LC_DRIFT_SETS  (1 + 2 * LC_GRADES + LC_DRIFT_CELLS) /* all, letters, digits, cells */

/* A set of cells: all, a letter, a digit or one cell. */
struct lc_drift_set {
    char grade[LC_GRADE_TEXT + 4]; /* "(all)" is the longest */
    bool holds[LC_DRIFT_CELLS];
    double mature, won, expected; /* of the mature leads: how many, wins, sum of p */
};

struct lc_drift_expecting {
    const struct lc_model *model;
    const struct lc_drift_leads *now;
    const struct lc_cohort *cohort;
    struct lc_arena *arena;
    double *p;     /* [now->n] */
    uint8_t *cell; /* [now->n] */
    struct lc_drift_set set[LC_DRIFT_SETS];
    size_t sets;
    double *mature_p; /* [n_mature] */
    uint8_t *mature_y;
    size_t n_mature, n_won;
    struct lc_expect expect;
};

/* lc_drift_expected_frame - rows, sentence and notes of `out`. */
enum lc_rc lc_drift_expected_frame(const struct lc_drift_expecting *w,
                                   struct lc_drift_expected *out,
                                   struct lc_err *err) LC_MUST_USE;

#endif
