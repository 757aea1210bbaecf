/* figure.h - pictures by gnuplot: constant scripts fed by data files, the output inspected.   Layer: out */
#ifndef LC_FIGURE_H
#define LC_FIGURE_H

#include <stdbool.h>

#include "leadcal/error.h"
#include "leadcal/frame.h"

enum lc_figure {
    LC_FIGURE_RATES,  /* rates of the 20 best-supported levels with Wilson bars, baseline line:
                            * from the frame of lc_rates */
    LC_FIGURE_GRADES, /* close rate by letter, digit and cell with intervals: backtest grades of
                            * the logistic model */
    LC_FIGURE_CYCLE,  /* median cycle days by letter and digit with intervals: the same frame */
    LC_FIGURE_CALIBRATION, /* predicted against observed: backtest bins of the logistic model */
    LC_FIGURE_LIFT, /* share of wins against share of leads, logistic and ratio: backtest gains */
};

/* lc_figure_draw - one SVG, 720 x 480, colour-blind-safe, noenhanced text, no script.
 *
 * gnuplot is spawned without a shell, with an empty environment but PATH, no start-up file and
 * a time limit; the script is a constant, data (numbers and defused labels) goes into a file in a
 * temporary folder. The SVG is inspected (size, closing tag) and put in place atomically.
 *
 * drawn  out; false where there is nothing to draw (the frame has no usable row)
 * LC_EIO  gnuplot is not there (text: how to install it), failed, left something that is not a
 * whole picture, or the disk is full. LC_EMISMATCH: path exists and replace is false. LC_ENOMEM.
 * Tested: hostile labels run nothing and stay text; a gnuplot that fails, is cut short or adds a
 * script; an absent one; the same bytes twice. */
enum lc_rc lc_figure_draw(enum lc_figure figure, const struct lc_frame *frame, const char *path,
                          bool replace, bool *drawn, struct lc_err *err) LC_MUST_USE;

#endif
