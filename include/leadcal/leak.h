/* leak.h - columns that know the outcome, or a person: the audit before every fit.   Layer: model */
#ifndef LC_LEAK_H
#define LC_LEAK_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"
#include "leadcal/table.h"

enum lc_choice {
    LC_CHOICE_FIT,       /* may enter rates, fit and backtest */
    LC_CHOICE_CONSTANT,  /* one value: in rates, noted */
    LC_CHOICE_PERSONAL,  /* names a person: in rates, noted; not in fit */
    LC_CHOICE_PROTECTED, /* a trait such as gender: in rates, noted; not in fit */
    LC_CHOICE_LEAK,      /* knows the outcome: in rates, noted; not in fit */
    LC_CHOICE_LEFT_OUT,  /* a date, a key, an empty column, a role of the spec, ignored */
};

struct lc_column_choice {
    size_t column; /* place in the table */
    enum lc_choice choice;
    const char *reason; /* half a sentence: "87 % filled among won, 2 % among the rest" */
    bool suspect;       /* may know the outcome: a LEAK, or one that is ignored as asked */
};

/* What a finding means for the column: a note leaves it in, the others leave it out. */
enum lc_severity { LC_SEVERITY_NOTE, LC_SEVERITY_SUSPECT, LC_SEVERITY_REJECT };

/* The eight steps of the audit: methods 6.4, docs/definitions.md. */
enum lc_leak_step {
    LC_STEP_NAME,     /* the column's name speaks of the outcome, or of what comes after it */
    LC_STEP_FILL,     /* filled for other leads than those that are still young */
    LC_STEP_DATES,    /* dated after the decision; or a number that moves with the lead's age */
    LC_STEP_PURITY,   /* one of its levels stands for won leads alone */
    LC_STEP_AUC,      /* it alone tells won from not won, or more than one attribute may add */
    LC_STEP_AGE,      /* it tells more the older the leads are */
    LC_STEP_SNAPSHOT, /* it has changed since an earlier export, and more for the won */
    LC_STEP_LATER,    /* what it tells within a time does not hold for later leads */
    LC_STEPS
};

struct lc_finding {
    size_t column; /* place in the table */
    enum lc_severity severity;
    enum lc_leak_step step;
    const char *reason;   /* a plain sentence, without figures */
    const char *evidence; /* half a sentence with the figures */
    double value,
        threshold; /* what was measured, and where it begins to count; NaN: of a name */
};

struct lc_choices {
    struct lc_column_choice *of; /* [n], one per table column, in table order */
    size_t n;
    const struct lc_finding *finding; /* [n_findings] by column, then by step */
    size_t n_findings;
    const char *const *note; /* [n_notes] sentences: which steps could not be taken, and why */
    size_t n_notes;
};

struct lc_audit_options {
    struct lc_parallel *pool; /* NULL: one thread */
    bool named; /* look into columns that the spec's attributes name, too; they stay in */
};

/* lc_choose_columns - what may be looked at, and what a model may use (DEFINITIONS 2).
 *
 * options  NULL: one thread, and columns that the spec names are not looked into
 *
 * A column that the spec's attributes name, or that it allows, is FIT whatever is found (constants
 * apart). Others with a finding that is suspect or rejected are LEAK, in this order of reasons:
 *
 *     snapshot  reject: the share changed since table->last differs between won and others by over
 *               0.30 (Newcombe's lower limit); suspect: by over 0.10; note: 5 % have changed
 *     fill      suspect: the share filled differs by over 0.30 (the same limit) between won and the
 *               rest, or is higher than among open and young leads; or an AUC of the empty cells
 *               over 0.75; reject: it stands in the file that only won leads have
 *     dates     reject: after the close, or within a day of it, in over half of the wins; suspect:
 *               later than a day after the decision in over half; a number whose rank correlation
 *               with the lead's age, or with the days it took to close, is over 0.50 (the lower
 *               limit); note: over 0.30
 *     purity    suspect: a level of at least 5 leads whose Wilson lower limit is above
 *               max(0.9, 8 x base), where 8 x base is taken as 0.95 at most
 *     auc       reject: the lower DeLong limit of its own AUC is above 0.97; suspect: above 0.90, or
 *               above 0.75 while it adds over 0.05 (lower limit) to at least three others that
 *               are below
 *     age       suspect: its strength rises with the age of the leads (p below 0.05 over the number
 *               of columns tested), and its information value by over 0.10
 *     later     suspect: the AUC is lower by over 0.10 (lower limit) among later leads
 *     name      suspect: it speaks of the outcome; note: it may
 *
 * LC_EMISMATCH  a column to ignore is not there while one very like it is. LC_ENOMEM.
 * Source: methods 6.4; the steps' formulas in levels.h, rank.h, rate.h and roc.h.
 * Tested: test_leak.c, test_leak_judge.c (each step by a planted column, and by one that it must
 * leave alone; four leaks at 40 seeds; same findings at 1 and 7 threads and in any order of rows);
 * false alarms and catches over simulated quarters: test_leak_audit.c, with the table in
 * docs/maths.md#the-audit. */
enum lc_rc lc_choose_columns(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_cohort *cohort,
                             const struct lc_audit_options *options, struct lc_arena *arena,
                             struct lc_choices *choices, struct lc_err *err) LC_MUST_USE;

/* lc_protected_word - the word of a column's name that says it holds a trait by which nobody may be
 * treated worse (age, gender, salutation, nationality, religion, disability, marital status, in
 * English and German); NULL: none. A title is one only where its values are forms of address, and the
 * age of a company is none.
 *
 * name  what the column is called in its own file
 * Source: Directive 2000/43/EC, 2000/78/EC, 2004/113/EC; AGG (2006) section 1; 15 U.S.C. 1691.
 * Tested: names of both languages; job titles, ages of companies and of leads. */
const char *lc_protected_word(const char *name, const struct lc_column *column);

/* lc_leak_step_text - "fill"; lc_severity_text - "suspect". */
const char *lc_leak_step_text(enum lc_leak_step step);
const char *lc_severity_text(enum lc_severity severity);

#endif
