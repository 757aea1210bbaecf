/* figure.h - pictures by gnuplot: constant scripts fed by data files, the output inspected.   Layer: out */
#ifndef LC_FIGURE_H
#define LC_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/slice.h"

enum lc_figure {
    LC_FIGURE_FUNNEL, /* cohort rate and period rate by entry quarter: a funnel */
    LC_FIGURE_GRADES, /* close rate by letter, digit and cell with intervals: backtest grades of
                            * the logistic model */
    LC_FIGURE_RATES, /* ratio to the baseline of the levels that tell most, with intervals, on a
                            * log axis: the frame of lc_rates */
    LC_FIGURE_POINTS, /* ratio and logistic points of the same levels, on one scale: the table of
                            * both in the report */
    LC_FIGURE_CALIBRATION, /* predicted against observed: backtest bins of the logistic model */
    LC_FIGURE_LIFT, /* share of wins against share of leads, logistic and ratio: backtest gains */
    LC_FIGURE_CYCLE, /* median cycle days by letter and digit with intervals: backtest grades */
    LC_FIGURE_ACCEPT,   /* acceptance rate by quarter with intervals: the frame of acceptance */
    LC_FIGURE_MATURITY, /* share won by age with intervals: the frame of maturity */
};

/* One picture: what is asked for, and what became of it. */
struct lc_picture {
    enum lc_figure figure;
    const struct lc_frame *frame;
    const char *path; /* where the SVG goes */

    const char *name;    /* its usual file name: "rates.svg" */
    struct lc_slice svg; /* its bytes; none: it was not drawn */
    const char *text;    /* what a person would say of it to somebody who cannot see it */
    const char *why; /* it could not be drawn, a sentence; NULL: it was, or there was nothing
                          * to draw (the frame has no usable row) */
};

/* lc_figure_name - the usual file name of a figure. */
const char *lc_figure_name(enum lc_figure figure);

/* lc_figures_draw - SVGs 720 wide, colour-blind-safe, noenhanced text, no script; all at once, each
 * by a gnuplot of its own.
 *
 * gnuplot is spawned without a shell, with an empty environment but PATH, no start-up file and
 * a time limit; the script is a constant, data (numbers and defused labels) goes into a file in a
 * temporary folder. Each SVG is inspected (size, closing tag) and put in place atomically.
 *
 * picture  [n] in-out; one that fails says why and does not keep the others from being drawn:
 *          gnuplot is not there (how to install it), failed, left something that is not a whole
 *          picture, the disk is full, path exists and replace is false
 *
 * LC_ENOMEM
 * Tested: hostile labels run nothing and stay text; a gnuplot that fails, is cut short, hangs or
 * adds a script; an absent one; the same bytes twice; one that fails among others. */
enum lc_rc lc_figures_draw(struct lc_picture *picture, size_t n, bool replace,
                           struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

#endif
