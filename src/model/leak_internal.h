/* leak_internal.h - what the steps of the audit share.   Layer: model (private) */
#ifndef LC_LEAK_INTERNAL_H
#define LC_LEAK_INTERNAL_H

#include "cohort_internal.h"
#include "leadcal/leak.h"
#include "leadcal/levels.h"
#include "leadcal/rank.h"
#include "leadcal/roc.h"

#define LC_LEAK_AGES     5 /* groups of leads by age, of equal size; 0 is the youngest */
#define LC_LEAK_NO_AGE   5 /* where leads stand that have no decision day */
#define LC_LEAK_FOLDS    5 /* of the training leads */
#define LC_LEAST_SUPPORT 5 /* leads or wins without which nothing is said: methods 6.4 */

/* Where a lead stands in the split by time: a training fold, the gap, or the test. */
enum { LC_PART_GAP = LC_LEAK_FOLDS, LC_PART_TEST, LC_PARTS };

/* Everything that the steps ask of counts is in one table of a column: its levels by age group,
 * part and outcome. So a column is read once. */
#define LC_LEAK_CELLS ((size_t)(LC_LEAK_AGES + 1) * LC_PARTS * 2)

static inline size_t lc_leak_cell(size_t age, size_t part, size_t y)
{
    return (age * LC_PARTS + part) * 2 + y;
}

/* What a lead was when the earlier export was made, and is now. */
enum lc_since {
    LC_SINCE_NOTHING, /* not in it, not decided yet, or won or lost already */
    LC_SINCE_OPEN,
    LC_SINCE_LOST,
    LC_SINCE_WON,
};

/* The leads as every column is looked at by. Made once, then only read. */
struct lc_leak_scene {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_cohort *cohort;
    struct lc_leads leads; /* all of the table's; closings after the as-of date undone */
    const uint8_t *cell;   /* [cohort->n] lc_leak_cell */
    size_t ages;           /* groups in use; 0: no dates, or too few wins */
    bool later;            /* the split has enough wins on both sides */
    const uint32_t *young; /* [n_young] rows of open leads, younger than the window */
    size_t n_young;
    int32_t young_days;         /* the window, or what stands for it */
    const uint32_t *day;        /* [cohort->n] decision days as codes, LC_NO_CODE where unknown;
                                 * NULL without dates */
    size_t days;                /* how many codes */
    const uint32_t *closed;     /* [n_closed] places in the cohort of closed leads */
    const uint32_t *took;       /* [n_closed] days from the decision to the close */
    size_t n_closed, took_most; /* the largest of `took`, and one */
    const uint8_t *since;       /* [table->n] enum lc_since; NULL without an earlier export */
    size_t since_all[LC_SINCE_WON + 1]; /* how many of each */
};

/* What is counted of a date. */
enum {
    LC_DATED_FILLED, /* leads that have it, and a decision day */
    LC_DATED_LATE,   /* of them, later than a day after the decision */
    LC_DATED_CLOSED, /* of the filled, closed later than two days after the decision */
    LC_DATED_AFTER,  /* of the closed, dated after the close */
    LC_DATED_NEAR,   /* of the closed, dated within a day of it */
    LC_DATED_ALL
};

/* What was measured of one column. All counts are of leads; NaN where it could not be. */
struct lc_leak_look {
    bool done;     /* it has levels, and was looked at */
    size_t levels; /* that a counted lead has */
    double n, won; /* counted leads */
    double filled_won, filled_rest, filled_young;
    double pure_n, pure_won; /* of the level with the best lower limit, >= 5 leads; 0: none */
    double pure_low;
    uint32_t pure_first, pure_last;        /* codes of that level: the ends of a bin */
    struct lc_auc auc;                     /* of the column alone: lc_level_auc */
    struct lc_gradient gradient;           /* z NaN: not taken */
    double in_time, later, lost_low, lost; /* AUC within and later; the loss, its lower limit */
    struct lc_spearman age, took;          /* of a number */
    double dated[2][LC_DATED_ALL];         /* of a date: other counted leads, and the won */
    double held[LC_SINCE_WON + 1], changed[LC_SINCE_WON + 1]; /* by enum lc_since */
};

/* A growing list of findings. */
struct lc_findings {
    struct lc_finding *of;
    size_t n, room;
    struct lc_arena *arena;
};

/* lc_leak_scene_make - who is old, young, closed, in which part. Notes which steps cannot be taken.
 * arena  what it lives in; notes in their own */
enum lc_rc lc_leak_scene_make(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_cohort *cohort, struct lc_arena *arena,
                              struct lc_leak_scene *scene, struct lc_notes *notes,
                              struct lc_err *err) LC_MUST_USE;

/* lc_leak_since - what became of each lead since the earlier export (table->last): fills scene->since;
 * leaves it NULL without one. */
enum lc_rc lc_leak_since(struct lc_leak_scene *scene, struct lc_arena *arena,
                         struct lc_notes *notes, struct lc_err *err) LC_MUST_USE;

/* lc_leak_look_at - measures one column, whatever its use. MANY and EMPTY columns are not done. */
enum lc_rc lc_leak_look_at(const struct lc_leak_scene *scene, size_t column,
                           struct lc_arena *scratch, struct lc_leak_look *look,
                           struct lc_err *err) LC_MUST_USE;

/* The measures that lc_leak_look_at leaves to others. */
enum lc_rc lc_leak_look_at_dates(const struct lc_leak_scene *scene,
                                 const struct lc_table_column *c, struct lc_arena *scratch,
                                 struct lc_leak_look *look, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_leak_look_at_last(const struct lc_leak_scene *scene,
                                const struct lc_table_column *c, struct lc_arena *scratch,
                                struct lc_leak_look *look, struct lc_err *err) LC_MUST_USE;

/* lc_leak_judge - the findings of one column, in the order of the steps.
 * tested  columns whose gradient was taken: the step on age shares its errors among them */
enum lc_rc lc_leak_judge(const struct lc_leak_scene *scene, size_t column,
                         const struct lc_leak_look *look, size_t tested, struct lc_findings *to,
                         struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_leak_judge_dates(size_t column, const struct lc_leak_look *look,
                               struct lc_findings *to, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_leak_judge_last(const struct lc_leak_scene *scene, size_t column,
                              const struct lc_leak_look *look, struct lc_findings *to,
                              struct lc_err *err) LC_MUST_USE;

/* What the audit is to do with a column. */
struct lc_leak_subject {
    bool into;        /* it is looked into */
    bool may_enter;   /* nothing but a finding would keep it out of a model */
    const char *late; /* why it was not known before, by the file it stands in; or NULL */
};

/* lc_leak_audit - measures and judges all columns. subject, look [table->k]; findings out, by
 * column, then by step. */
enum lc_rc lc_leak_audit(const struct lc_leak_scene *scene,
                         const struct lc_leak_subject *subject, struct lc_parallel *pool,
                         struct lc_arena *scratch, struct lc_leak_look *look,
                         struct lc_findings *to, struct lc_err *err) LC_MUST_USE;

/* lc_leak_reason - the finding that leaves the column out, of several what a person understands
 * best; NULL where there is none but notes. */
const struct lc_finding *lc_leak_reason(const struct lc_findings *all, size_t column);

/* lc_leak_jump - what a column adds to the others, for those that are strong alone and not suspect
 * yet (`candidate`); others are those that may enter and are not. Adds findings. candidate, other [table->k] */
enum lc_rc lc_leak_jump(const struct lc_leak_scene *scene, const uint8_t *candidate,
                        const uint8_t *other, struct lc_parallel *pool, struct lc_findings *to,
                        struct lc_err *err) LC_MUST_USE;

#define LC_ALONE_STRONG 0.75 /* lower limit of the own AUC, from which the jump is taken */

/* lc_findings_add - one finding; the evidence is formatted. LC_ENOMEM. */
enum lc_rc lc_findings_add(struct lc_findings *to, const struct lc_finding *f,
                           struct lc_err *err, const char *evidence, ...)
    LC_PRINTF(4, 5) LC_MUST_USE;

/* lc_leak_words - what the column's name says (step 1): adds a finding, or none. */
enum lc_rc lc_leak_words(const struct lc_table *table, size_t column, struct lc_findings *to,
                         struct lc_err *err) LC_MUST_USE;

/* lc_leak_own_name - what the column is called in its own file: "stage" of "deals.stage". */
const char *lc_leak_own_name(const struct lc_table *table, const struct lc_table_column *c);

/* ---- persons and keys: leak_keys.c ---- */

bool lc_names_a_person(const struct lc_table_column *c, const char *name);

/* lc_nearly_unique - more than half as many values as leads: told apart, not compared (DEFINITIONS
 * 2). A measured number may do so; whole numbers that never repeat, or are called an id, are keys. */
bool lc_nearly_unique(const struct lc_table_column *c, const char *name, size_t n);

#endif
