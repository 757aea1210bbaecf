/* report.h - what the quarter showed, with tables and pictures: report.html and report.md.   Layer: out */
#ifndef LC_REPORT_H
#define LC_REPORT_H

#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/backtest.h"
#include "leadcal/cohort.h"
#include "leadcal/compare.h"
#include "leadcal/error.h"
#include "leadcal/figure.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/wording.h"

#define LC_MOST_PICTURES 9 /* one of each enum lc_figure */

/* All that a report shows. A NULL part is a chapter that says what is missing and why. */
struct lc_report {
    const char *command;    /* to reproduce */
    struct lc_wording word; /* what a row is called; all zero: a lead */
    const struct lc_cohort *cohort;
    const struct lc_frame *files; /* rows used, skipped, rejected of each file */
    const struct lc_frame *rates, *fit;
    const struct lc_frame *moves; /* docs/formats.md: moves; NULL: no prior */
    const struct lc_frame
        *separation; /* docs/formats.md: fit --separation, of `fit`, whose last
                                        * notes are its notes; NULL: nothing is separated */
    const struct lc_frame
        *local; /* docs/formats.md: local.csv; NULL: nobody asked for segments */
    const struct lc_backtest *backtest;
    const char *no_backtest;                /* why there is none, a sentence */
    const char *no_model;                   /* why there is no model, a sentence */
    const struct lc_comparison *comparison; /* adopt, keep or not enough evidence */
    const struct lc_model *model;
    const struct lc_frame *cells;   /* grade cells of the model */
    const struct lc_frame *classes; /* docs/formats.md: classes; NULL: the spec has no rules */
    const struct lc_frame *funnel;  /* docs/formats.md: funnel */
    const struct lc_frame *accept, *accept_sla; /* docs/formats.md: accept */
    const struct lc_frame *accept_new; /* the same by the new model's grades, for page one */
    const struct lc_frame *young;      /* docs/formats.md: backtest --young; may be NULL */
    const struct lc_frame *maturity;   /* docs/formats.md: maturity */
    const char *no_maturity;           /* why there is none, a sentence */
    const struct lc_frame *drift,
        *expected; /* docs/formats.md: drift; NULL without a model in use */
    const char *drift_says, *expected_says; /* a sentence each, where they are there */
    const char *no_drift; /* why a score in use could not be compared; NULL: there is none */
    const struct lc_frame *fairness;            /* NULL: nobody asked for an audit */
    const struct lc_frame *value, *cycle_split; /* docs/formats.md; NULL: nothing to show */
    const char *no_funnel, *no_accept; /* what is missing, and which column would fill it */
    const struct lc_picture *picture;  /* [n_pictures] drawn, or with why they are not */
    size_t n_pictures;
    const struct lc_frame *audit; /* docs/formats.md: audit */
    const char *const *left_out;  /* [n_left_out] columns and reasons */
    size_t n_left_out;
    const char *const
        *suspect; /* [n_suspect] columns left out since they may know the outcome */
    size_t n_suspect;
};

/* lc_report_pictures - the pictures that a report with these parts has room for, not drawn yet:
 * figure, frame and name are set. Set `path`, draw them by lc_figures_draw, and give them to it.
 *
 * picture  out [LC_MOST_PICTURES]; what they show lives in the parts and in `arena`
 * LC_ENOMEM */
enum lc_rc lc_report_pictures(const struct lc_report *r, struct lc_arena *arena,
                              struct lc_picture *picture, size_t *n,
                              struct lc_err *err) LC_MUST_USE;

/* lc_report_markdown, lc_report_html - the same chapters in two forms; deterministic, every value
 * escaped, numbers of at most 10 digits. Markdown names the pictures' files, which stand beside
 * it; the page holds them, and neither runs a script nor asks for anything.
 *
 * A page has at most 3 MB: of an attribute 8 levels are shown, fewer where there are more than 60
 * attributes; the rest is in the CSV files.
 *
 * LC_EIO, LC_ENOMEM (tables made here may take what the arena of the tables given may take)
 * Tested: typed frames; hostile names; every part missing; a full disk; every allocation refused;
 * in a browser (scripts/browser.sh). */
enum lc_rc lc_report_markdown(const struct lc_report *r, FILE *to,
                              struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_report_html(const struct lc_report *r, FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
