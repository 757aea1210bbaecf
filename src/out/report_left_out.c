/* What was left out and why: leads that do not count, columns that no model learnt from. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

/* ---- who counts ---- */

enum who_column { WHO, WHO_LEADS, WHO_SHARE, WHO_ALL };

static const struct lc_heading who_heading[WHO_ALL] = {
    {"who", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"share", LC_CELL_RATE, NULL, false},
};

struct outcomes {
    size_t late, lost, open;
};

static struct outcomes count_outcomes(const struct lc_cohort *c)
{
    struct outcomes o = {0};

    for (size_t i = 0; c->state && c->y && i < c->n; i++) {
        o.late += !c->y[i] && c->state[i] == LC_STATE_WON;
        o.lost += !c->y[i] && c->state[i] == LC_STATE_LOST;
        o.open += !c->y[i] && c->state[i] == LC_STATE_OPEN;
    }
    return o;
}

static enum lc_rc add_who(const struct lc_writing *w, struct lc_frame *f, const char *who,
                          size_t leads)
{
    union lc_value *row = NULL;
    const size_t all = w->r->cohort->account.leads;
    enum lc_rc rc;

    if (leads == 0)
        return LC_OK;
    rc = lc_frame_add(f, &row, w->err);
    if (rc)
        return rc;
    row[WHO].text = who;
    row[WHO_LEADS].number = (double)leads;
    row[WHO_SHARE].number = all ? (double)leads / (double)all : LC_NAN;
    return LC_OK;
}

static enum lc_rc make_who(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_cohort *c = w->r->cohort;
    const struct outcomes o = count_outcomes(c);
    const bool timed = c->has_dates && c->window_days != LC_WINDOW_NONE;
    const size_t known = c->account.undated + c->account.after_as_of + c->account.immature +
                         c->account.disqualified;
    const struct {
        const char *who;
        size_t leads;
    } all[] = {
        {"in the file", c->account.leads},
        {"left out: no decision day", c->account.undated},
        {"left out: decided after the as-of date", c->account.after_as_of},
        {"left out: younger than the window", c->account.immature},
        {"left out: unconvertible, by the spec's rules", c->account.disqualified},
        {"left out: neither won nor lost",
         c->account.leads > known + c->n ? c->account.leads - known - c->n : 0},
        {"counted", c->n},
        {timed ? "counted: won in time" : "counted: won", c->n_won},
        {"counted: won later, so not won in time", o.late},
        {"counted: lost", o.lost},
        {timed ? "counted: still open, so not won in time" : "counted: still open", o.open},
    };
    enum lc_rc rc = LC_OK;

    lc_frame_init(f, "leads", who_heading, WHO_ALL, w->arena);
    for (size_t i = 0; i < sizeof all / sizeof *all && !rc; i++)
        rc = add_who(w, f, all[i].who, all[i].leads);
    return rc;
}

/* ---- what a window would mean ---- */

static const struct lc_heading look_heading[] = {
    {"days", LC_CELL_COUNT, NULL, false},
    {"share_of_wins", LC_CELL_RATE, "share of the wins", false},
    {"train_won", LC_CELL_COUNT, "training wins", false},
    {"test_won", LC_CELL_COUNT, "test wins", false},
};

static enum lc_rc put_looks(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;
    struct lc_frame f;
    enum lc_rc rc = LC_OK;

    if (c->n_looks == 0)
        return LC_OK;
    lc_frame_init(&f, "windows", look_heading, sizeof look_heading / sizeof *look_heading,
                  w->arena);
    for (size_t i = 0; i < c->n_looks && !rc; i++) {
        union lc_value *row = NULL;

        rc = lc_frame_add(&f, &row, w->err);
        if (rc)
            break;
        row[0].number = c->look[i].days;
        row[1].number = c->look[i].share;
        row[2].number = (double)c->look[i].train_won;
        row[3].number = (double)c->look[i].test_won;
    }
    if (rc)
        return rc;
    return lc_put_table(w, &f, "What other windows would hold",
                        "wins of leads followed twice as long as the window",
                        "A lead counts as won when it was won within so many days (--window)",
                        0);
}

static void put_doubts(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;
    const struct {
        size_t leads;
        const char *text;
    } all[] = {
        {c->account.closed_after_as_of, "were closed after the as-of date: open as of then"},
        {c->account.negative, "were won before the decision to hand them over: kept in close "
                              "rates, left out of cycle lengths"},
        {c->account.associated,
         "share an opportunity that is credited to another lead: open, and not won"},
        {c->account.won_undated, "were won without a day of winning: taken as won in time"},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].leads == 0)
            continue;
        lc_doc_item(w->doc);
        lc_doc_say(w->doc, "%zu %s.", all[i].leads, all[i].text);
    }
    lc_doc_break(w->doc);
}

/* The three classes, where rules of the spec make one of them. */
static enum lc_rc put_classes(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->classes;

    if (!f)
        return LC_OK;
    lc_doc_say(
        w->doc,
        "**Mature, cold and unconvertible.** Sales works the mature leads, nurturing has "
        "patience with the cold ones, and the unconvertible (competitors, junk forms, "
        "places that are not served) never were a chance. All three are told by what "
        "was known at the decision; the outcome has no say.");
    lc_doc_break(w->doc);
    return lc_put_table(w, f, "Close rates with and without the unconvertible", f->title,
                        "Close rate: won in time over leads, with its 95 % interval; win rate: "
                        "won over closed. A lead may be caught by several rules; by it alone: "
                        "no other rule leaves it out",
                        0);
}

static enum lc_rc put_who(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;
    struct lc_frame f;
    enum lc_rc rc;

    if (!c) {
        lc_doc_say(w->doc, "There are no leads.");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    rc = make_who(w, &f);
    if (rc)
        return rc;
    if (c->has_dates && c->window_days != LC_WINDOW_NONE)
        lc_doc_say(
            w->doc,
            "A lead counts when it had the whole window to close, won or not: young wins "
            "wait too, since young losses have not happened yet.");
    rc = lc_put_table(w, &f, "Who counts", w->who, "Share of the leads in the file", 0);
    if (rc)
        return rc;
    put_doubts(w);
    lc_put_notes(w, c->note, c->n_notes, NULL);
    rc = put_classes(w);
    return rc ? rc : put_looks(w);
}

/* ---- columns ---- */

static void put_columns(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    if (r->n_left_out) {
        lc_doc_say(w->doc, "**Columns that the model did not learn from, and why:**");
        lc_put_notes(w, r->left_out, r->n_left_out, NULL);
        lc_doc_say(w->doc, "`--allow` lets a column in, and so does naming it in the spec.");
    } else {
        lc_doc_say(w->doc, "No column was left out.");
    }
    lc_doc_break(w->doc);
}

/* What the leak audit found of each column, those that stay in too. */
static enum lc_rc put_audit(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->audit;

    if (!f)
        return LC_OK;
    lc_doc_say(w->doc, "**Which columns know the outcome?** A column that was filled in or "
                       "changed after a lead was won tells the past well and the next quarter "
                       "not at all, so eight steps look for such columns before every fit. "
                       "What is rejected or suspect is left out; a note leaves a column in.");
    lc_doc_break(w->doc);
    if (f->n)
        return lc_put_table(w, f, "What the leak audit found", w->who, "Worst first", 0);
    lc_doc_say(w->doc, "Nothing was found.");
    lc_put_notes(w, f->note, f->n_notes, NULL);
    return LC_OK;
}

static void put_limits(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;

    lc_doc_say(w->doc, "**What this report does not show:**");
    lc_doc_item(w->doc);
    lc_doc_say(w->doc,
               "Whether sales worked a lead is not in the close rates: a lead that nobody "
               "called counts as not won.");
    if (c && c->account.immature) {
        lc_doc_item(w->doc);
        lc_doc_say(w->doc,
                   "%zu leads are younger than the window: they count next quarter, whatever "
                   "became of them so far.",
                   c->account.immature);
    }
    if (c && !c->has_dates) {
        lc_doc_item(w->doc);
        lc_doc_say(w->doc, "Without dates young leads count like old ones; name the date of "
                           "entry with `--entered` to wait for them.");
    }
    lc_doc_break(w->doc);
}

enum lc_rc lc_chapter_left_out(const struct lc_writing *w)
{
    enum lc_rc rc = put_who(w);

    if (rc)
        return rc;
    put_columns(w);
    rc = put_audit(w);
    if (rc)
        return rc;
    put_limits(w);
    return LC_OK;
}
