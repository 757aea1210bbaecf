/* Paragraphs 7 and 8 of page one: acceptance against last quarter, and what this does not show. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_page_internal.h"

#define MOST_NAMED 4 /* suspect columns */

/* ---- 7: acceptance against last quarter ---- */

/* The last two quarters that are over; returns how many there are. */
static size_t last_quarters(const struct lc_frame *f, size_t row[2])
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        if (!lc_cell_is_trend(f, i) || strstr(lc_cell_text(f, i, "note"), "not over"))
            continue;
        if (n == 2)
            row[0] = row[1];
        row[n < 2 ? n : 1] = i;
        n += n < 2;
    }
    return n;
}

static void put_quarter(const struct lc_writing *w, const struct lc_frame *f, size_t i)
{
    lc_put_interval(w, f, i, "acceptance_rate", "low", "high");
    lc_doc_say(w->doc, " in ");
    lc_doc_quote(w->doc, lc_cell_text(f, i, "period"));
}

void lc_page_acceptance(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->accept;
    size_t row[2];

    lc_doc_numbered(w->doc, 7);
    if (!f) {
        lc_doc_say(w->doc, "Acceptance by sales is not known: ");
        lc_put_sentence(w, w->r->no_accept ? w->r->no_accept
                                           : "no column tells what sales did with a lead");
        return;
    }
    switch (last_quarters(f, row)) {
    case 2:
        lc_doc_say(w->doc, "**Sales accepted** ");
        put_quarter(w, f, row[1]);
        lc_doc_say(w->doc, ", after ");
        put_quarter(w, f, row[0]);
        lc_doc_say(w->doc, ".");
        break;
    case 1:
        lc_doc_say(w->doc, "**Sales accepted** ");
        put_quarter(w, f, row[0]);
        lc_doc_say(w->doc, "; there is no quarter before it to compare with.");
        break;
    default:
        lc_doc_say(w->doc, "No quarter of hand-overs is over, so there is none to compare.");
    }
}

/* ---- 8: what this does not show ---- */

static void put_untouched(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->accept;

    for (size_t i = 0; f && i < f->n; i++)
        if (lc_cell_is(f, i, "by", "(all)") && lc_cell_is(f, i, "period", "(all)") &&
            lc_cell_number(f, i, "untouched") > 0)
            lc_doc_say(
                w->doc,
                " No decision by sales was on record in time for %.0f of %.0f hand-overs: worked or "
                "not, those that were not won count as not won.",
                lc_cell_number(f, i, "untouched"), lc_cell_number(f, i, "handed_over"));
    if (!f)
        lc_doc_say(w->doc, " Who was never worked is not known, and counts as not won.");
}

static void put_counters(const struct lc_writing *w)
{
    const char *verdict = w->r->backtest ? w->r->backtest->verdict : NULL;

    if (!verdict)
        return;
    lc_doc_say(w->doc, " The test is ");
    lc_put_sentence(w, verdict);
}

static void put_suspects(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    if (!r->n_suspect)
        return;
    lc_doc_say(w->doc, " Left out, since they may know the outcome: ");
    for (size_t i = 0; i < r->n_suspect && i < MOST_NAMED; i++) {
        lc_doc_say(w->doc, "%s", i ? ", " : "");
        lc_doc_quote(w->doc, r->suspect[i]);
    }
    if (r->n_suspect > MOST_NAMED)
        lc_doc_say(w->doc, " and %zu more", r->n_suspect - MOST_NAMED);
    lc_doc_say(w->doc, ".");
}

/* The advice rests on past leads: whether today's are like them belongs beside it. */
static void put_drift(const struct lc_writing *w)
{
    if (!w->r->drift)
        return;
    lc_doc_say(w->doc, " Since the model in use was made: ");
    lc_put_sentence(w, w->r->drift_says);
}

void lc_page_doubts(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;

    lc_doc_numbered(w->doc, 8);
    lc_doc_say(w->doc, "**What this does not show.**");
    if (c && c->account.immature)
        lc_doc_say(w->doc, " %zu %s younger than the window and count%s next quarter.",
                   c->account.immature, c->account.immature == 1 ? "lead is" : "leads are",
                   c->account.immature == 1 ? "s" : "");
    if (c && c->account.disqualified)
        lc_doc_say(
            w->doc,
            " %zu %s unconvertible by the spec's rules and left out; %zu of them %s won.",
            c->account.disqualified, c->account.disqualified == 1 ? "lead is" : "leads are",
            c->account.disqualified_won, c->account.disqualified_won == 1 ? "was" : "were");
    if (c && c->account.associated)
        lc_doc_say(w->doc, " %zu %s an opportunity that is credited to another.",
                   c->account.associated,
                   c->account.associated == 1 ? "lead shares" : "leads share");
    put_untouched(w);
    put_counters(w);
    put_suspects(w);
    put_drift(w);
}
