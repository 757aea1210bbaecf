/* What has changed since the model in use was made, and what its new leads should show. */
#include <math.h>
#include <string.h>

#include "report_internal.h"

#define MOST_MOVED 5 /* levels of an attribute in alarm; the CSV file has all */

#define LIKE(name, cell, label)  \
    {                            \
        name, cell, label, false \
    }

static const struct lc_heading whole_heading[] = {
    LIKE("attribute", LC_CELL_TEXT, NULL),
    LIKE("baseline_leads", LC_CELL_COUNT, "before"),
    LIKE("new_leads", LC_CELL_COUNT, "now"),
    LIKE("psi", LC_CELL_REAL, "PSI"),
    LIKE("psi_threshold", LC_CELL_REAL, "by chance up to"),
    LIKE("p_adjusted", LC_CELL_P, "p adjusted"),
    LIKE("min_detectable", LC_CELL_REAL, "would be seen from"),
    LIKE("alarm", LC_CELL_TEXT, NULL),
    LIKE("note", LC_CELL_TEXT, NULL),
};

static const struct lc_heading level_heading[] = {
    LIKE("attribute", LC_CELL_TEXT, NULL),
    LIKE("level", LC_CELL_TEXT, NULL),
    LIKE("baseline_leads", LC_CELL_COUNT, "before"),
    LIKE("new_leads", LC_CELL_COUNT, "now"),
    LIKE("baseline_share", LC_CELL_RATE, "share before"),
    LIKE("new_share", LC_CELL_RATE, "share now"),
    LIKE("note", LC_CELL_TEXT, NULL),
};

static const struct lc_heading expected_heading[] = {
    LIKE("grade", LC_CELL_TEXT, NULL),
    LIKE("leads", LC_CELL_COUNT, NULL),
    LIKE("expected", LC_CELL_RATE, "expected"),
    LIKE("low", LC_CELL_RATE, "low"),
    LIKE("high", LC_CELL_RATE, "high"),
    LIKE("mature_leads", LC_CELL_COUNT, "old enough"),
    LIKE("mature_expected", LC_CELL_RATE, "of them expected"),
    LIKE("observed", LC_CELL_RATE, "closed"),
    LIKE("note", LC_CELL_TEXT, NULL),
};

#define COUNT_OF(a) (sizeof(a) / sizeof(a)[0])

static bool is_whole(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return lc_cell_is(f, i, "level", "(all)");
}

/* Of each attribute in alarm the levels that moved most; the score's cells would fill the page. */
struct moved {
    bool *shown; /* [rows of the frame] */
    size_t row[MOST_MOVED];
    double by[MOST_MOVED];
    size_t n;
};

static void show(struct moved *m)
{
    for (size_t i = 0; i < m->n; i++)
        m->shown[m->row[i]] = true;
    m->n = 0;
}

/* Among equal moves the first stays. */
static void rank(struct moved *m, size_t row, double by)
{
    size_t at = m->n < MOST_MOVED ? m->n++ : MOST_MOVED;

    for (; at > 0 && by > m->by[at - 1]; at--)
        if (at < MOST_MOVED) {
            m->by[at] = m->by[at - 1];
            m->row[at] = m->row[at - 1];
        }
    if (at < MOST_MOVED) {
        m->by[at] = by;
        m->row[at] = row;
    }
}

static void find_moved(const struct lc_frame *f, struct moved *m)
{
    bool alarm = false;

    for (size_t i = 0; i < f->n; i++) {
        if (lc_cell_is(f, i, "level", "(all)")) {
            show(m);
            alarm = lc_cell_is(f, i, "what", "attribute") && lc_cell_is(f, i, "alarm", "yes");
        } else if (alarm) {
            rank(m, i,
                 fabs(lc_cell_number(f, i, "new_share") -
                      lc_cell_number(f, i, "baseline_share")));
        }
    }
    show(m);
}

static bool is_shown(const struct lc_frame *f, size_t i, const void *context)
{
    const struct moved *m = context;

    (void)f;
    return m->shown[i];
}

/* Cells of few leads are in the CSV file: here all, letters and digits. */
static bool is_margin(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return lc_cell_is(f, i, "what", "close_rate") &&
           strlen(lc_cell_text(f, i, "grade")) != strlen("A1");
}

static void put_in_short(const struct lc_writing *w, const struct lc_frame *f, const char *says)
{
    lc_doc_say(w->doc, "In short: ");
    lc_put_sentence(w, says);
    lc_doc_break(w->doc);
    lc_put_notes(w, f->note, f->n_notes, says);
}

static enum lc_rc put_changes(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->drift;
    const struct lc_pick whole = {"drift",  whole_heading, COUNT_OF(whole_heading),
                                  is_whole, NULL,          true};
    struct moved moved = {.shown = LC_NEW(w->arena, f->n, bool)};
    const struct lc_pick level = {"drift",  level_heading, COUNT_OF(level_heading),
                                  is_shown, &moved,        true};
    enum lc_rc rc;

    if (!moved.shown)
        return lc_fail_memory(w->err, "the report");
    rc = lc_put_picked(
        w, f, &whole, "What has changed since the model in use was made",
        "PSI: how far the shares have moved; by chance up to: what equal leads "
        "pass once in twenty; alarm: more than chance gives, over all comparisons "
        "together; would be seen from: the change found four times in five");
    if (rc)
        return rc;
    put_in_short(w, f, w->r->drift_says);
    find_moved(f, &moved);
    return lc_put_picked(w, f, &level, "The levels that moved most",
                         "Before: the leads that the model in use was learnt from");
}

static enum lc_rc put_expected(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->expected;
    const struct lc_pick pick = {
        "expected", expected_heading, COUNT_OF(expected_heading), is_margin, NULL, true};
    enum lc_rc rc;

    if (!f)
        return LC_OK;
    rc = lc_put_picked(w, f, &pick, "What the model in use expects of the new leads",
                       "Close rate within the model's window, and where 95 % of simulated "
                       "outcomes lie; closed: of the leads old enough to tell");
    if (!rc)
        put_in_short(w, f, w->r->expected_says);
    return rc;
}

enum lc_rc lc_put_drift(const struct lc_writing *w)
{
    enum lc_rc rc;

    if (!w->r->drift) {
        if (w->r->no_drift) {
            lc_doc_say(w->doc, "Whether the leads have changed since the model in use was made "
                               "is not known: ");
            lc_put_sentence(w, w->r->no_drift);
            lc_doc_break(w->doc);
        }
        return LC_OK;
    }
    rc = put_changes(w);
    return rc ? rc : put_expected(w);
}
