#include "leadcal/report.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define LIMITING    6   /* tables that the report was given */
#define MOST_LEVELS 8   /* of an attribute shown; the CSV files hold all */
#define MOST_ROWS   480 /* levels that a page can carry: 60 attributes with 8 each */

/* ---- words ---- */

const char *lc_percent(double share, char to[LC_PERCENT])
{
    const double percent = 100 * share;

    if (!isfinite(share))
        (void)snprintf(to, LC_PERCENT, "unknown");
    else if (percent > 0 && percent < 0.1)
        (void)snprintf(to, LC_PERCENT, "%.2g %%", percent);
    else
        (void)snprintf(to, LC_PERCENT, "%.1f %%", percent);
    return to;
}

void lc_put_interval(const struct lc_writing *w, const struct lc_frame *f, size_t i,
                     const char *rate, const char *low, const char *high)
{
    char said[3][LC_PERCENT];

    lc_doc_say(w->doc, "%s (%s to %s)", lc_percent(lc_cell_number(f, i, rate), said[0]),
               lc_percent(lc_cell_number(f, i, low), said[1]),
               lc_percent(lc_cell_number(f, i, high), said[2]));
}

void lc_put_sentence(const struct lc_writing *w, const char *text)
{
    const size_t n = strlen(text);

    lc_doc_tell(w->doc, text);
    if (n == 0 || text[n - 1] != '.')
        lc_doc_say(w->doc, ".");
}

void lc_put_notes(const struct lc_writing *w, const char *const *note, size_t n,
                  const char *except)
{
    for (size_t i = 0; i < n; i++) {
        if (except && strcmp(note[i], except) == 0)
            continue;
        lc_doc_item(w->doc);
        lc_doc_tell(w->doc, note[i]);
    }
    lc_doc_break(w->doc);
}

void lc_put_missing(const struct lc_writing *w, const char *why, const char *otherwise)
{
    if (why)
        lc_put_sentence(w, why);
    else
        lc_doc_say(w->doc, "%s", otherwise);
    lc_doc_break(w->doc);
}

void lc_put_no_backtest(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    lc_doc_say(w->doc, "There was no test on later leads: ");
    lc_put_sentence(w, r->no_backtest ? r->no_backtest
                       : r->no_model  ? r->no_model
                                      : "no backtest was run");
    if (r->cohort && !r->cohort->has_dates)
        lc_doc_say(w->doc,
                   " A column of entry dates (`--entered`) would let leads be split by time.");
    else if (!r->no_backtest)
        lc_doc_say(w->doc,
                   " A longer history, or a shorter `--window`, would fill this chapter.");
    lc_doc_break(w->doc);
}

void lc_put_figure(const struct lc_writing *w, enum lc_figure figure)
{
    for (size_t i = 0; i < w->r->n_pictures; i++) {
        const struct lc_picture *p = &w->r->picture[i];

        if (p->figure != figure)
            continue;
        if (p->svg.n) {
            lc_doc_figure(w->doc, p->name, p->text ? p->text : p->name, p->svg);
        } else if (p->why) {
            lc_doc_say(w->doc, "A picture is missing here: ");
            lc_put_sentence(w, p->why);
            lc_doc_break(w->doc);
        }
    }
}

enum lc_rc lc_put_table(const struct lc_writing *w, const struct lc_frame *f, const char *title,
                        const char *who, const char *how, size_t most_rows)
{
    const struct lc_doc_table table = {f, title, who, how, most_rows};

    return lc_doc_table(w->doc, &table, w->err);
}

enum lc_rc lc_put_picked(const struct lc_writing *w, const struct lc_frame *from,
                         const struct lc_pick *pick, const char *title, const char *how)
{
    struct lc_frame f;
    const enum lc_rc rc = lc_pick_rows(from, pick, w->arena, &f, w->err);

    return rc || f.n == 0 ? rc : lc_put_table(w, &f, title, from->title, how, 0);
}

const struct lc_metric *lc_metric_of(const struct lc_backtest *b, const char *model,
                                     const char *metric)
{
    for (size_t i = 0; i < b->n_metrics; i++)
        if (strcmp(b->metric[i].model, model) == 0 && strcmp(b->metric[i].metric, metric) == 0)
            return &b->metric[i];
    return NULL;
}

size_t lc_most_levels(const struct lc_frame *f)
{
    size_t attributes = 1, fair;

    for (size_t i = 1; i < f->n; i++)
        attributes += !lc_cell_is(f, i, "attribute", lc_cell_text(f, i - 1, "attribute"));
    fair = MOST_ROWS / attributes;
    return fair > MOST_LEVELS ? MOST_LEVELS : fair ? fair : 1;
}

/* ---- the whole ---- */

struct chapter {
    const char *title;
    enum lc_rc (*write)(const struct lc_writing *w);
};

static const struct chapter chapter[] = {
    {"The funnel by entry quarter", lc_chapter_funnel},
    {"Close rate by grade", lc_chapter_grades},
    {"Close rate by attribute and level", lc_chapter_rates},
    {"HubSpot points against logistic points", lc_chapter_points},
    {"Calibration: does the new model keep its word?", lc_chapter_calibration},
    {"Lift: which model finds the wins?", lc_chapter_lift},
    {"Cycle length among won leads", lc_chapter_cycle},
    {"Acceptance by sales", lc_chapter_accept},
    {"What was left out, and what this report does not show", lc_chapter_left_out},
    {"The files", lc_chapter_files},
    {"How the numbers are made", lc_chapter_method},
    {"How to make this again", lc_chapter_again},
};

#define CHAPTERS   (sizeof chapter / sizeof *chapter)
#define MOST_TITLE 80 /* bytes of ours */

static enum lc_rc write_all(const struct lc_writing *w)
{
    char said[CHAPTERS][MOST_TITLE * LC_REWORDED];
    const char *title[CHAPTERS];
    enum lc_rc rc = lc_page_one(w);

    for (size_t i = 0; i < CHAPTERS; i++) {
        assert(strlen(chapter[i].title) < MOST_TITLE);
        lc_reword(&w->r->word, chapter[i].title, said[i]);
        title[i] = said[i];
    }
    if (rc)
        return rc;
    lc_doc_page(w->doc);
    lc_doc_contents(w->doc, title, CHAPTERS);
    for (size_t i = 0; i < CHAPTERS && !rc; i++) {
        lc_doc_chapter(w->doc, i + 1, title[i]);
        rc = chapter[i].write(w);
    }
    return rc;
}

/* Tables made for the report may take what the tables it shows may take. */
static size_t limit_of(const struct lc_report *r)
{
    const struct lc_frame *all[LIMITING] = {r->files, r->rates,  r->fit,
                                            r->cells, r->funnel, r->accept};

    for (size_t i = 0; i < LIMITING; i++)
        if (all[i] && all[i]->arena)
            return all[i]->arena->limit;
    return LC_ARENA_NO_LIMIT;
}

static enum lc_rc write_report(const struct lc_report *r, enum lc_doc_form form, FILE *to,
                               struct lc_err *err)
{
    struct lc_arena arena;
    struct lc_doc doc;
    struct lc_writing w = {.r = r, .doc = &doc, .arena = &arena, .err = err};
    enum lc_rc rc = LC_OK;
    char title[MOST_TITLE * LC_REWORDED];

    lc_arena_init(&arena, limit_of(r));
    if (r->cohort) {
        w.who = lc_cohort_title(r->cohort, &arena);
        if (!w.who)
            rc = lc_fail_memory(err, "the report");
    }
    if (rc)
        goto out;
    lc_reword(&r->word, "Lead scores against closed-won", title);
    lc_doc_begin(&doc, form, title, to);
    lc_doc_word(&doc, &r->word);
    rc = write_all(&w);
    if (!rc)
        rc = lc_doc_end(&doc, err);
out:
    lc_arena_release(&arena);
    return rc;
}

enum lc_rc lc_report_markdown(const struct lc_report *r, FILE *to, struct lc_err *err)
{
    return write_report(r, LC_DOC_MARKDOWN, to, err);
}

enum lc_rc lc_report_html(const struct lc_report *r, FILE *to, struct lc_err *err)
{
    return write_report(r, LC_DOC_HTML, to, err);
}
