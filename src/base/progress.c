#include "leadcal/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 500 /* nobody needs a bar for less */
#define REDRAW_MS   100

static int64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void lc_progress_start(struct lc_progress *p, const char *what, size_t total, bool quiet)
{
    *p = (struct lc_progress){.what = what, .total = total};
    p->on = !quiet && isatty(STDERR_FILENO);
    if (p->on)
        p->started_ms = now_ms();
}

void lc_progress_add(struct lc_progress *p, size_t n)
{
    int64_t now;

    p->done += n;
    if (!p->on)
        return;
    now = now_ms();
    if (now - p->started_ms < PATIENCE_MS || now - p->shown_ms < REDRAW_MS)
        return;
    p->shown_ms = now;
    if (p->total)
        (void)fprintf(stderr, "\r%s %3.0f %%", p->what,
                      100 * (double)p->done / (double)p->total);
    else
        (void)fprintf(stderr, "\r%s %zu", p->what, p->done);
}

void lc_progress_end(struct lc_progress *p)
{
    if (p->on && p->shown_ms)
        (void)fprintf(stderr, "\r\033[K");
    p->on = false;
}
