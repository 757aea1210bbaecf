/* figure_internal.h - what the parts of a picture share.   Layer: out (private) */
#ifndef LC_FIGURE_INTERNAL_H
#define LC_FIGURE_INTERNAL_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "cells_internal.h"
#include "leadcal/figure.h"

/* What a row is: a point of the first or the second series, a grade's name, a group's name. */
enum lc_plot_series {
    LC_PLOT_FIRST = 1,
    LC_PLOT_SECOND,
    LC_PLOT_NAMES,
    LC_PLOT_GROUPS,
    LC_PLOT_THIRD,
    LC_PLOT_ALL
};

/* One row that reaches gnuplot: series, x, y, low, high, label, text. NaN is "no number". */
struct lc_plotted {
    enum lc_plot_series series;
    double x, y, low, high;
    const char *label, *text; /* NULL: none */
};

/* What a script reads before it draws: the ends of the axes and a line to compare with. */
struct lc_plot_head {
    double x_min, x_max, y_max, base;
    bool second; /* a series that is not always there has points, and so a line in the key */
};

#define LC_PLOT_LABEL 512 /* bytes of a label, look-alikes of three bytes included */

/* lc_plot_label - a text that neither gnuplot nor SVG takes for anything but text: cleaned,
 * without quotes and backslashes, at most `most` display columns. to [LC_PLOT_LABEL] */
size_t lc_plot_label(const char *text, size_t most, char *to);

/* lc_plot_put - a row of the data file. lc_plot_name - a name at a place under the axis. */
void lc_plot_put(FILE *to, const struct lc_plotted *row);
void lc_plot_name(FILE *to, const char *name, enum lc_plot_series series, double place);

/* lc_plot_ceiling - the next round number at or above x, for the end of an axis. */
double lc_plot_ceiling(double x);

/* lc_plot_percent_end - the same for a share 0..1 as per cent, with room for a mark at the end. */
double lc_plot_percent_end(double highest);

#define LC_PLOT_ROOM 1.02 /* an axis is that much longer, for the mark at its end */

/* The figures that have a source of their own, for lc_plot_data. */
size_t lc_plot_grades(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_cycle(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_rates(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_points(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_funnel(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_maturity(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);
size_t lc_plot_accept(const struct lc_frame *f, FILE *to, struct lc_plot_head *head);

/* lc_plot_data - the rows of a figure; returns how many were written: 0 is nothing to draw. */
size_t lc_plot_data(enum lc_figure figure, const struct lc_frame *frame, FILE *to,
                    struct lc_plot_head *head);

/* lc_plot_words - what the figure shows, in a sentence or two. NULL where memory is refused. */
const char *lc_plot_words(enum lc_figure figure, const struct lc_frame *frame,
                          struct lc_arena *arena);

/* lc_plot_script - the constant script of a figure: reads head.tsv and data.tsv, writes figure.svg,
 * all in the folder it is run in. */
const char *lc_plot_script(enum lc_figure figure);

/* A gnuplot at work on script.gp in a folder. */
struct lc_plot_job {
    const char *folder;
    pid_t child;
    bool running;
    struct lc_err err; /* out; code LC_OK: done. LC_EIO: not there, failed, too slow */
};

/* lc_plot_run - all jobs at once; comes back when the last has ended, or stops those that have
 * not after most_seconds. */
void lc_plot_run(struct lc_plot_job *job, size_t n, int most_seconds);

#endif
