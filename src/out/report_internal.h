/* report_internal.h - what the chapters of a report share.   Layer: out (private) */
#ifndef LC_REPORT_INTERNAL_H
#define LC_REPORT_INTERNAL_H

#include "cells_internal.h"
#include "leadcal/agreement.h"
#include "leadcal/doc.h"
#include "leadcal/report.h"

/* A report being written. */
struct lc_writing {
    const struct lc_report *r;
    struct lc_doc *doc;
    struct lc_arena *arena; /* for tables made here */
    const char
        *who; /* population, window and as-of date of the leads that count; may be NULL */
    struct lc_err *err;
};

/* ---- words ---- */

#define LC_PERCENT 24 /* letters of a share as per cent */

/* lc_percent - "12.3 %"; "unknown" where it is NaN. Returns `to`. */
const char *lc_percent(double share, char to[LC_PERCENT]);

/* lc_put_interval - "12.3 % (10.1 % to 14.8 %)" of columns of a row. */
void lc_put_interval(const struct lc_writing *w, const struct lc_frame *f, size_t i,
                     const char *rate, const char *low, const char *high);

/* lc_put_sentence - a text of the data with the full stop that it may lack. */
void lc_put_sentence(const struct lc_writing *w, const char *text);

/* lc_put_notes - sentences as a list, but for `except` (may be NULL). */
void lc_put_notes(const struct lc_writing *w, const char *const *note, size_t n,
                  const char *except);

/* lc_put_missing - a chapter without its data: `why` (NULL: `otherwise`, which is ours). */
void lc_put_missing(const struct lc_writing *w, const char *why, const char *otherwise);

/* lc_put_no_backtest - what would fill a chapter that needs later leads. */
void lc_put_no_backtest(const struct lc_writing *w);

/* lc_put_figure - the picture, or why it is missing; nothing where there is nothing to draw. */
void lc_put_figure(const struct lc_writing *w, enum lc_figure figure);

/* lc_put_table - lc_doc_table in a line. */
enum lc_rc lc_put_table(const struct lc_writing *w, const struct lc_frame *f, const char *title,
                        const char *who, const char *how, size_t most_rows) LC_MUST_USE;

/* lc_put_picked - the rows and columns of a larger table that are shown; nothing without a row. */
enum lc_rc lc_put_picked(const struct lc_writing *w, const struct lc_frame *from,
                         const struct lc_pick *pick, const char *title,
                         const char *how) LC_MUST_USE;

/* lc_words_for_model - "the score in use" for "current". */
const char *lc_words_for_model(const char *model);

/* lc_put_pairs - the tables of paired tests and of verdicts, where the backtest made them. LC_ENOMEM */
enum lc_rc lc_put_pairs(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_worked - the table of worked and not worked, where something says who was. LC_ENOMEM */
enum lc_rc lc_put_worked(const struct lc_writing *w) LC_MUST_USE;

/* lc_metric_of - a metric of the backtest, NULL if it is not there. */
const struct lc_metric *lc_metric_of(const struct lc_backtest *b, const char *model,
                                     const char *metric);

/* lc_most_levels - how many levels of each attribute a table shows, so that a page stays small. */
size_t lc_most_levels(const struct lc_frame *f);

/* lc_rates_known - the table of rates with the attributes of the model alone, where there is one: a
 * column that knows the outcome would else come first in every list. In `arena`. LC_ENOMEM. */
enum lc_rc lc_rates_known(const struct lc_report *r, struct lc_arena *arena, struct lc_frame *f,
                          struct lc_err *err) LC_MUST_USE;

/* lc_points_frame - levels with ratio (points by the published method), shrunk ratio and logistic
 * points side by side: attribute,level,leads,won,ratio,shrunk_ratio,points,coefficient,low,high,
 * remark and, hidden, ratio_low,ratio_high,iv_adjusted. r->model must be there. LC_ENOMEM. */
enum lc_rc lc_points_frame(const struct lc_report *r, struct lc_arena *arena,
                           struct lc_frame *f, struct lc_err *err) LC_MUST_USE;

/* ---- page one, and the chapters in their order ---- */

/* lc_page_one - who, what the backtest says, how far to believe it. */
enum lc_rc lc_page_one(const struct lc_writing *w) LC_MUST_USE;

enum lc_rc lc_chapter_funnel(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_grades(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_rates(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_points(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_calibration(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_lift(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_cycle(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_accept(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_left_out(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_files(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_method(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_again(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_young - the same by grade of leads of any age, where it is there. */
enum lc_rc lc_put_young(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_maturity - the section on how long a win takes, in the chapter on cycle length. */
enum lc_rc lc_put_maturity(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_cells - the section on cells and clocks, in the chapter on grades. */
enum lc_rc lc_put_cells(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_drift - what has changed since the model in use was made, in the chapter on rates; nothing
 * where no model is in use. */
enum lc_rc lc_put_drift(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_value - the section on won amounts, in the chapter on grades; nothing without amounts. */
enum lc_rc lc_put_value(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_fairness - who is handed over, group by group, in the chapter on grades. */
enum lc_rc lc_put_fairness(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_cycle_split - quick wins against slow ones, in the chapter on cycle lengths. */
enum lc_rc lc_put_cycle_split(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_weights - the table of what each attribute weighs, in the chapter on points. */
enum lc_rc lc_put_weights(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_separation - levels whose leads all ended alike, in the chapter on points; nothing without any. */
enum lc_rc lc_put_separation(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_local - segments that deviate from the weights of all, in the chapter on points; nothing where
 * nobody asked for segments. */
enum lc_rc lc_put_local(const struct lc_writing *w) LC_MUST_USE;

/* lc_put_moves - which points moved since last quarter, in the chapter on points; nothing without a prior. */
enum lc_rc lc_put_moves(const struct lc_writing *w) LC_MUST_USE;

#endif
