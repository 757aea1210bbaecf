/* report.h - report.md: what the quarter showed, with its tables and figures.   Layer: out */
#ifndef LC_REPORT_H
#define LC_REPORT_H

#include <stdio.h>

#include "leadcal/backtest.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"

/* All that a report shows. A NULL part is a chapter that says what is missing and why. */
struct lc_report {
    const char *command; /* to reproduce */
    const struct lc_cohort *cohort;
    const struct lc_frame *files; /* rows used, skipped, rejected of each file */
    const struct lc_frame *rates, *fit;
    const struct lc_backtest *backtest;
    const char *no_backtest; /* why there is none, a sentence */
    const char *no_model;    /* why there is no model, a sentence */
    const struct lc_model *model;
    const struct lc_frame *cells;   /* grade cells of the model */
    const char *const *figure;      /* [n_figures] file names relative to the report */
    const char *const *figure_text; /* alternative text of each */
    size_t n_figures;
    const char *const *left_out; /* [n_left_out] columns and reasons */
    size_t n_left_out;
};

/* lc_report_markdown - deterministic; every value escaped; numbers of at most 10 digits.
 *
 * Figures are placed by name: rates.svg, grades.svg, cycle.svg, calibration.svg, lift.svg. The
 * command stands in a code block that it cannot end.
 *
 * LC_EIO, LC_ENOMEM (tables made here may take what the arena of the tables given may take)
 * Tested: typed frames; hostile names; every part missing; a full disk; every allocation refused. */
enum lc_rc lc_report_markdown(const struct lc_report *r, FILE *to,
                              struct lc_err *err) LC_MUST_USE;

#endif
