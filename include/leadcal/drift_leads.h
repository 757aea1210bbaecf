/* drift_leads.h - are today's leads still those a model was learnt from, and what may be expected of them?   Layer: model */
#ifndef LC_DRIFT_LEADS_H
#define LC_DRIFT_LEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* Some leads of an export. */
struct lc_drift_leads {
    const struct lc_table *table;
    const uint32_t *row; /* [n] rows of the table */
    size_t n;
    size_t learnt, undated; /* left out: the model may have learnt from them; without a day */
    bool by_day;            /* false: every lead, since nothing says when it came */
    int32_t first, last;    /* decision days of the leads; LC_NO_DAY where not by_day */
};

/* lc_drift_new_leads - the leads decided after the last one that the model has learnt from, up to the
 * as-of date; all of them where the model or the spec knows no days. No outcome is needed.
 *
 * LC_EDEGENERATE  there is none (text: up to which day the model has learnt)
 * LC_EMISMATCH    a column of the spec is not there; LC_ENOMEM
 * Tested: days before, on and after the boundary; undated leads; no days; no leads. */
enum lc_rc lc_drift_new_leads(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_model *model, struct lc_arena *arena,
                              struct lc_drift_leads *leads, struct lc_err *err) LC_MUST_USE;

/* lc_drift_all_leads - every lead of an export: the other side of a comparison of two files.
 * LC_EDEGENERATE: it has none; LC_ENOMEM. */
enum lc_rc lc_drift_all_leads(const struct lc_table *table, struct lc_arena *arena,
                              struct lc_drift_leads *leads, struct lc_err *err) LC_MUST_USE;

/* What was compared. */
struct lc_drift_found {
    struct lc_frame frame; /* docs/formats.md: drift */
    size_t tests, alarms;  /* attributes and scores tested; of them those that have changed */
    const char *sentence;  /* for a sales leader; the first note of the frame says the same */
};

/* lc_drift_compare - per attribute and for the score: levels before and now, PSI and its threshold,
 * chi-square with p, adjusted over all of them (Benjamini-Hochberg), and the alarm at 5 %.
 *
 * before  the leads to compare with; NULL: the counts of the training leads in the model
 * now     at least one lead
 *
 * A value that the model never met is a level of its own. The score is compared by letter, digit and
 * cell of the model's grades, and by points where `before` is given (the model holds no points).
 *
 * LC_EMISMATCH  columns of the model are not in a table (text: which, where); the model holds no
 *               counts (a points file) and before is NULL; a column has too many values. LC_ENOMEM
 * Source: drift.h. Tested: counts by hand; a planted shift, a new, a vanished and an emptied level;
 * laws: leads against themselves raise no alarm, the order of rows changes nothing. */
enum lc_rc lc_drift_compare(const struct lc_model *model, const struct lc_drift_leads *before,
                            const struct lc_drift_leads *now, struct lc_arena *arena,
                            struct lc_drift_found *found, struct lc_err *err) LC_MUST_USE;

/* What is expected of the new leads, if the model still means what it says. */
struct lc_drift_expected {
    struct lc_frame frame; /* docs/formats.md: drift --expected */
    const char *sentence;  /* for a sales leader; the first note of the frame says the same */
};

/* lc_drift_expect - close rate by grade, AUC, Brier score and wins held by the best fifth, from the
 * probabilities of these leads alone (CBPE), with limits; beside them what the mature ones did.
 *
 * cohort  the counted leads of the same table under the model's window, whose outcomes are shown;
 *         NULL: none is known
 * pool    may be NULL
 *
 * LC_EMISMATCH  the model knows no probability (a points file), or as lc_drift_compare; LC_ENOMEM
 * Source: drift.h. Tested: rates by hand, the mature leads among the new ones, every part missing. */
enum lc_rc lc_drift_expect(const struct lc_model *model, const struct lc_drift_leads *now,
                           const struct lc_cohort *cohort, struct lc_parallel *pool,
                           struct lc_arena *arena, struct lc_drift_expected *out,
                           struct lc_err *err) LC_MUST_USE;

#endif
