/* report_internal.h - what the chapters of report.md share.   Layer: out (private) */
#ifndef LC_REPORT_INTERNAL_H
#define LC_REPORT_INTERNAL_H

#include "leadcal/report.h"

#define LC_FEW_LEADS 20 /* under these a cell cannot be judged: DEFINITIONS 4 */

/* A report being written. */
struct lc_writing {
    const struct lc_report *r;
    FILE *to;
    struct lc_arena *arena; /* for tables made here */
    struct lc_err *err;
};

/* ---- words; `fmt` and its texts are ours, never the customer's ---- */

void lc_say(const struct lc_writing *w, const char *fmt, ...) LC_PRINTF(2, 3);

/* lc_quote - a text of the data, escaped; NULL: nothing. */
void lc_quote(const struct lc_writing *w, const char *text);

#define LC_PERCENT 24 /* letters of a share as per cent */

/* lc_percent - "12.3 %"; "unknown" where it is NaN. Returns `to`. */
const char *lc_percent(double share, char to[LC_PERCENT]);

/* lc_put_notes - sentences as a list, but for `except` (may be NULL). */
void lc_put_notes(const struct lc_writing *w, const char *const *note, size_t n,
                  const char *except);

/* lc_put_figure - the picture of that name, if there is one. */
void lc_put_figure(const struct lc_writing *w, const char *name);

/* lc_put_table - who is in it and over what it divides, then the table. who may be NULL. */
enum lc_rc lc_put_table(const struct lc_writing *w, const struct lc_frame *f, const char *who,
                        const char *denominator, size_t most_rows) LC_MUST_USE;

/* lc_who - population, window and as-of date of the leads that count. */
const char *lc_who(const struct lc_writing *w, const char *otherwise);

/* ---- cells by the name of their column; NaN and "" where there is no such column ---- */

double lc_cell_number(const struct lc_frame *f, size_t i, const char *column);
const char *lc_cell_text(const struct lc_frame *f, size_t i, const char *column);

/* lc_metric_of - a metric of the backtest, NULL if it is not there. */
const struct lc_metric *lc_metric_of(const struct lc_backtest *b, const char *model,
                                     const char *metric);

/* lc_is_repeat - row i says of its model and grade what the row before said, by another clock. */
bool lc_is_repeat(const struct lc_frame *f, size_t i);

/* ---- chapters ---- */

enum lc_rc lc_chapter_files(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_leads(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_grades(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_models(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_rates(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_points(const struct lc_writing *w) LC_MUST_USE;
enum lc_rc lc_chapter_cells(const struct lc_writing *w) LC_MUST_USE;
void lc_chapter_left_out(const struct lc_writing *w);
void lc_chapter_again(const struct lc_writing *w);

/* lc_put_summary - the first paragraphs: who, what the backtest says, how far to believe it. */
void lc_put_summary(const struct lc_writing *w);

#endif
