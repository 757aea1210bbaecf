/* bands.h - how good is the score we have now: close rate by its bands or grades, nothing fitted.   Layer: model */
#ifndef LC_BANDS_H
#define LC_BANDS_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/table.h"

struct lc_bands_options {
    const double
        *edge; /* [n_edges] rising: bands < e1, e1 to < e2, ...; NULL: chosen by the scores */
    size_t n_edges;
};

struct lc_bands {
    struct lc_frame
        bands; /* docs/formats.md: backtest; a band or grade is the `grade`, best first */
    struct lc_frame
        metrics; /* docs/formats.md: backtest --metrics; model "current", fold "all" */
    const struct lc_metric *metric; /* [n_metrics] */
    size_t n_metrics;
};

/* lc_bands_of - every counted lead by the band that its score lies in.
 *
 * column  place in the table of the score (lc_score_column_read)
 *
 * Grades stand for themselves, A1 before A2 before B1. Numbers: at most 12 different ones each for
 * itself; whole ones from 0 to 100 by tens (90 to 100 is one band); others by 5 to 12 round steps;
 * where more than six in ten leads would share a band, tenths of the leads, equal scores never split.
 * A lead without a score is in `(missing)`, the last band: unknown is not 0, and it is left out of
 * AUC, KS and lift.
 *
 * Notes in words: which lower band closes better than a higher one (Fisher's p, Benjamini-Hochberg
 * over all such pairs), what the bands from the top hold, that a score of the export knows the future.
 *
 * LC_EMISMATCH    the column is no score (lc_score_column_read)
 * LC_EDEGENERATE  no lead has won, or none has a score. LC_ENOMEM
 * Source: DEFINITIONS 5. Tested: typed scores by hand, Fisher's p by R; laws: bands hold each lead
 * once, order of rows. */
enum lc_rc lc_bands_of(const struct lc_table *table, const struct lc_cohort *cohort,
                       size_t column, const struct lc_bands_options *options,
                       struct lc_arena *arena, struct lc_bands *out,
                       struct lc_err *err) LC_MUST_USE;

#endif
