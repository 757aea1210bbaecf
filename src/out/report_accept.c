/* What sales accepted: in all, by quarter, by grade, source and owner, and how soon. */
#include <math.h>
#include <string.h>

#include "report_internal.h"

#define MOST_GROUPS 12 /* of a kind shown, those with the most hand-overs */

#define LIKE(name, cell)        \
    {                           \
        name, cell, NULL, false \
    }
#define AS(name, cell, label)    \
    {                            \
        name, cell, label, false \
    }

static const struct lc_heading accept_heading[] = {
    LIKE("group", LC_CELL_TEXT),
    LIKE("handed_over", LC_CELL_COUNT),
    LIKE("accepted", LC_CELL_COUNT),
    LIKE("rejected", LC_CELL_COUNT),
    LIKE("recycled", LC_CELL_COUNT),
    LIKE("untouched", LC_CELL_COUNT),
    LIKE("pending", LC_CELL_COUNT),
    AS("acceptance_rate", LC_CELL_RATE, "acceptance"),
    AS("low", LC_CELL_RATE, "low"),
    AS("high", LC_CELL_RATE, "high"),
    AS("decided_rate", LC_CELL_RATE, "of decided"),
    LIKE("returned", LC_CELL_COUNT),
    LIKE("note", LC_CELL_TEXT),
};

static const struct lc_heading sla_heading[] = {
    LIKE("by", LC_CELL_TEXT),
    LIKE("group", LC_CELL_TEXT),
    AS("sla_hours", LC_CELL_COUNT, "SLA hours"),
    LIKE("handed_over", LC_CELL_COUNT),
    LIKE("met", LC_CELL_COUNT),
    LIKE("breached", LC_CELL_COUNT),
    LIKE("pending", LC_CELL_COUNT),
    LIKE("unknown", LC_CELL_COUNT),
    AS("met_rate", LC_CELL_RATE, "share met"),
    AS("low", LC_CELL_RATE, "low"),
    AS("high", LC_CELL_RATE, "high"),
    AS("median_hours", LC_CELL_REAL, "median hours"),
    AS("p90_hours", LC_CELL_REAL, "9 of 10 within"),
};

#define COUNT_OF(a) (sizeof(a) / sizeof(a)[0])

static bool is_whole_time(const struct lc_frame *f, size_t i)
{
    return lc_cell_is(f, i, "period", "(all)");
}

/* ---- in all, and quarter by quarter ---- */

static size_t find_overall(const struct lc_frame *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (lc_cell_is(f, i, "by", "(all)") && is_whole_time(f, i))
            return i;
    return f->n;
}

static void put_overall(const struct lc_writing *w, const struct lc_frame *f)
{
    const size_t i = find_overall(f);
    const double pending = i < f->n ? lc_cell_number(f, i, "pending") : 0;

    if (i == f->n)
        return;
    lc_doc_say(w->doc, "**Sales accepted ");
    lc_put_interval(w, f, i, "acceptance_rate", "low", "high");
    lc_doc_say(w->doc, "** of the leads handed over: %.0f of %.0f",
               lc_cell_number(f, i, "accepted"),
               lc_cell_number(f, i, "handed_over") - (pending > 0 ? pending : 0));
    if (pending > 0)
        lc_doc_say(w->doc, ", with %.0f still within their time left out", pending);
    lc_doc_say(w->doc, ". What sales did not look at in time counts as not accepted; a lead "
                       "accepted and returned later counts as accepted.");
    lc_doc_break(w->doc);
}

static bool is_quarter(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return lc_cell_is_trend(f, i);
}

static enum lc_rc put_quarters(const struct lc_writing *w, const struct lc_frame *f)
{
    struct lc_heading heading[COUNT_OF(accept_heading)];
    const struct lc_pick pick = {"accept",   heading, COUNT_OF(accept_heading),
                                 is_quarter, NULL,    true};
    struct lc_frame shown;
    enum lc_rc rc;

    memcpy(heading, accept_heading, sizeof heading);
    heading[0] = (struct lc_heading)LIKE("period", LC_CELL_TEXT);
    rc = lc_pick_rows(f, &pick, w->arena, &shown, w->err);
    if (rc || shown.n == 0)
        return rc;
    lc_put_figure(w, LC_FIGURE_ACCEPT);
    return lc_put_table(w, &shown, "By quarter of the hand-over", f->title,
                        "Accepted: over the hand-overs that are not pending, with its 95 % "
                        "interval; of decided: over those accepted or rejected",
                        0);
}

/* ---- by grade, source, owner ---- */

/* The groups of one kind, how many of them there are, and how many are shown. */
struct kind {
    const char *by;
    size_t n, most;
};

/* How many groups of the kind had more hand-overs, or as many and stand above. */
static size_t rank_of(const struct lc_frame *f, size_t i, const char *by)
{
    const double own = lc_cell_number(f, i, "handed_over");
    size_t rank = 0;

    for (size_t j = 0; j < f->n; j++) {
        const double other = lc_cell_number(f, j, "handed_over");

        if (lc_cell_is(f, j, "by", by) && is_whole_time(f, j))
            rank += other > own || (other == own && j < i);
    }
    return rank;
}

static bool is_of_kind(const struct lc_frame *f, size_t i, const void *context)
{
    const struct kind *kind = context;

    return lc_cell_is(f, i, "by", kind->by) && is_whole_time(f, i) &&
           (kind->n <= kind->most || rank_of(f, i, kind->by) < kind->most);
}

static enum lc_rc put_kind(const struct lc_writing *w, const struct lc_frame *f,
                           const struct kind *kind)
{
    const struct lc_pick pick = {"accept",   accept_heading, COUNT_OF(accept_heading),
                                 is_of_kind, kind,           true};
    struct lc_frame shown;
    const char *title = lc_arena_format(w->arena, "By %s", kind->by);
    enum lc_rc rc;

    if (!title)
        return lc_fail_memory(w->err, "the report");
    rc = lc_pick_rows(f, &pick, w->arena, &shown, w->err);
    if (!rc)
        rc = lc_put_table(w, &shown, title, NULL, NULL, 0);
    if (!rc && kind->n > kind->most)
        lc_doc_say(w->doc, "The %zu with the most hand-overs of %zu.", kind->most, kind->n);
    lc_doc_break(w->doc);
    return rc;
}

/* The first row of its kind that is of the whole time. */
static bool begins_kind(const struct lc_frame *f, size_t i)
{
    if (lc_cell_is(f, i, "by", "(all)") || !is_whole_time(f, i))
        return false;
    for (size_t j = 0; j < i; j++)
        if (is_whole_time(f, j) && lc_cell_is(f, j, "by", lc_cell_text(f, i, "by")))
            return false;
    return true;
}

static enum lc_rc put_kinds(const struct lc_writing *w, const struct lc_frame *f)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < f->n && !rc; i++) {
        struct kind kind = {lc_cell_text(f, i, "by"), 0, MOST_GROUPS};

        if (!begins_kind(f, i))
            continue;
        for (size_t j = i; j < f->n; j++)
            kind.n += is_whole_time(f, j) && lc_cell_is(f, j, "by", kind.by);
        if (strcmp(kind.by, "grade") == 0)
            kind.most = kind.n;
        rc = put_kind(w, f, &kind);
    }
    return rc;
}

/* The groupings that everybody asks for and this export cannot give. */
static void put_kinds_missing(const struct lc_writing *w, const struct lc_frame *f)
{
    static const struct {
        const char *by, *text;
    } asked[] = {
        {"grade",
         "There is no grade: `acceptance.grade` in the spec would name the column that "
         "kept it at the hand-over."},
        {"source", "There is no source: `source` in the spec would name its column."},
        {"owner", "There is no owner: `owner` in the spec would name its column."},
    };

    for (size_t a = 0; a < sizeof asked / sizeof *asked; a++) {
        bool there = false;

        for (size_t i = 0; i < f->n && !there; i++)
            there = lc_cell_is(f, i, "by", asked[a].by);
        if (there)
            continue;
        lc_doc_item(w->doc);
        lc_doc_say(w->doc, "%s", asked[a].text);
    }
    lc_doc_break(w->doc);
}

/* ---- how soon ---- */

static enum lc_rc put_sla(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->accept_sla;
    const struct lc_pick pick = {"accept_sla", sla_heading, COUNT_OF(sla_heading),
                                 NULL,         NULL,        true};
    struct lc_frame shown;
    enum lc_rc rc;

    if (!f || f->n == 0) {
        lc_doc_say(w->doc, "How soon sales called is not known: `dates.handed_over` and "
                           "`dates.first_touch` in the spec would name the two columns, with "
                           "their time of day.");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    rc = lc_pick_rows(f, &pick, w->arena, &shown, w->err);
    if (!rc)
        rc = lc_put_table(w, &shown, "Called within the agreed time", f->title,
                          "Met: over met and breached, with its 95 % interval; unknown: no "
                          "day of hand-over, or touched before it",
                          0);
    lc_put_notes(w, f->note, f->n_notes, NULL);
    return rc;
}

enum lc_rc lc_chapter_accept(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->accept;
    enum lc_rc rc;

    if (!f || f->n == 0) {
        lc_put_missing(w, w->r->no_accept,
                       "Whether sales accepted a lead is not known: `acceptance.column` in the "
                       "spec, with its values, would name the column that says it.");
        return LC_OK;
    }
    put_overall(w, f);
    rc = put_quarters(w, f);
    if (!rc)
        rc = put_kinds(w, f);
    put_kinds_missing(w, f);
    lc_put_notes(w, f->note, f->n_notes, NULL);
    return rc ? rc : put_sla(w);
}
