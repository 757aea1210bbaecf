/* progress.h - a bar on stderr for work that lasts, only on a terminal.   Layer: base */
#ifndef LC_PROGRESS_H
#define LC_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lc_progress {
    const char *what;   /* "reading leads.csv" */
    size_t total, done; /* units of work; total 0 where it is not known */
    int64_t started_ms, shown_ms;
    bool on; /* stderr is a terminal and nobody said --quiet */
};

/* lc_progress_start - nothing is drawn in the first half second. */
void lc_progress_start(struct lc_progress *p, const char *what, size_t total, bool quiet);
void lc_progress_add(struct lc_progress *p, size_t n);
/* lc_progress_end - wipes the bar. */
void lc_progress_end(struct lc_progress *p);

#endif
