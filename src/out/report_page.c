/* Page one, in the order of DEFINITIONS 8: what to do, why, for whom, and what is not known. It fits one
 * printed page. */
#include <math.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "report_page_internal.h"

#define S(n) ((n) == 1 ? "" : "s")

/* First and last decision day of some leads of the cohort (NULL: all); false where there is none. */
static bool find_days(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                      char first[LC_DAY_TEXT], char last[LC_DAY_TEXT])
{
    int32_t low = 0, high = 0;
    bool any = false;

    for (size_t i = 0; c->day && i < n; i++) {
        const int32_t day = c->day[lead ? lead[i] : i];

        if (day == LC_NO_DAY)
            continue;
        low = !any || day < low ? day : low;
        high = !any || day > high ? day : high;
        any = true;
    }
    if (any) {
        lc_day_text(low, first);
        lc_day_text(high, last);
    }
    return any;
}

/* ---- 1: adopt, keep, or not enough evidence ---- */

static bool is_weak(const struct lc_report *r)
{
    return r->backtest && r->backtest->verdict && strncmp(r->backtest->verdict, "weak", 4) == 0;
}

static void put_advice(const struct lc_writing *w)
{
    const struct lc_comparison *c = w->r->comparison;

    lc_doc_box(w->doc);
    lc_doc_numbered(w->doc, 1);
    if (!c) {
        lc_doc_say(w->doc, "**Not enough evidence.** ");
        lc_put_said(w, w->r->no_backtest ? w->r->no_backtest
                       : w->r->no_model  ? w->r->no_model
                                         : "nothing was compared");
    } else {
        lc_doc_say(w->doc, "**%s%s** ", lc_advice_text(c->advice),
                   is_weak(w->r) && c->advice == LC_ADVICE_ADOPT ? ", on weak evidence." : ".");
        lc_put_said(w, c->why);
    }
    lc_doc_unbox(w->doc);
}

/* ---- 2: wins at equal volume ---- */

static void put_share(const struct lc_writing *w, const struct lc_volume_share *s)
{
    char said[3][LC_PERCENT];

    lc_doc_say(w->doc, "%s of wins (95 %% interval %s to %s)", lc_percent(s->share, said[0]),
               lc_percent(s->low, said[1]), lc_percent(s->high, said[2]));
}

static void put_volume(const struct lc_writing *w)
{
    const struct lc_volume *v = w->r->backtest ? &w->r->backtest->volume : NULL;
    char percent[LC_PERCENT];

    lc_doc_numbered(w->doc, 2);
    if (!v) {
        lc_doc_say(w->doc,
                   "How many wins the new score would have held cannot be said without a "
                   "test on later leads.");
        return;
    }
    if (isnan(v->weeks))
        lc_doc_say(w->doc, "If sales takes %.0f of the test leads", v->per_week);
    else if (v->known)
        lc_doc_say(w->doc, "Of the %.1f leads a week that sales takes now", v->per_week);
    else
        lc_doc_say(w->doc, "If sales takes %.1f leads a week", v->per_week);
    lc_doc_say(w->doc, " (");
    lc_doc_tell(w->doc, v->source);
    lc_doc_say(w->doc, "), the new score would have held **");
    put_share(w, &v->new_model);
    lc_doc_say(w->doc, "**, the current score ");
    if (v->has_current)
        put_share(w, &v->current);
    else if (w->r->backtest->no_current)
        lc_doc_say(w->doc, "cannot be judged by these leads");
    else
        lc_doc_say(w->doc, "is not known (name it with `--current`)");
    lc_doc_say(w->doc, ", chance %s%s.", lc_percent(v->chance, percent),
               isnan(v->weeks) ? "" : ", counted week by week");
}

/* ---- 3: population, as-of, window, test ---- */

static void put_clock(const struct lc_writing *w, const struct lc_cohort *c)
{
    char as_of[LC_DAY_TEXT];

    if (!c->has_dates) {
        lc_doc_say(w->doc,
                   ". The export names no dates, so nobody checked whether the leads had "
                   "time to close (`--entered`).");
        return;
    }
    if (c->window_days != LC_WINDOW_NONE)
        lc_doc_say(w->doc, " within W = %d days of %s", (int)c->window_days,
                   c->by_hand_over ? "the hand-over" : "coming in");
    else
        lc_doc_say(w->doc, ", whenever; no window is set, so that young leads count like old "
                           "ones (`--window`)");
    lc_day_text(c->as_of, as_of);
    lc_doc_say(w->doc, ". As of %s.", as_of);
}

static void put_split(const struct lc_writing *w, const struct lc_cohort *c,
                      const struct lc_split *s)
{
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT];

    if (w->r->backtest->folds && find_days(c, s->test, s->n_test, first, last))
        lc_doc_say(w->doc,
                   " Tested quarter by quarter (%s), each time by scores learnt from what was "
                   "known before: %zu leads decided %s to %s, with **%zu win%s**.",
                   w->r->backtest->folds, s->n_test, first, last, s->test_won, S(s->test_won));
    else if (s->by_time && find_days(c, s->test, s->n_test, first, last))
        lc_doc_say(
            w->doc,
            " Trained on %zu earlier leads with %zu win%s; the test is %zu leads decided "
            "%s to %s, with **%zu win%s**.",
            s->n_train, s->train_won, S(s->train_won), s->n_test, first, last, s->test_won,
            S(s->test_won));
    else
        lc_doc_say(
            w->doc,
            " Trained on the first %zu leads in file order; the test is the last %zu, with "
            "**%zu win%s**.",
            s->n_train, s->n_test, s->test_won, S(s->test_won));
}

static void put_population(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT], percent[LC_PERCENT];

    lc_doc_numbered(w->doc, 3);
    if (!c) {
        lc_doc_say(w->doc, "No leads were read.");
        return;
    }
    lc_doc_say(w->doc, "%zu of %zu leads count", c->n, c->account.leads);
    if (find_days(c, NULL, c->n, first, last))
        lc_doc_say(w->doc, ", decided %s to %s", first, last);
    lc_doc_say(w->doc, "; %zu of them (%s) %s won", c->n_won,
               lc_percent(c->n ? (double)c->n_won / (double)c->n : LC_NAN, percent),
               c->n_won == 1 ? "was" : "were");
    put_clock(w, c);
    if (w->r->backtest)
        put_split(w, c, &w->r->backtest->split);
}

/* ---- 9: what would settle it ---- */

static void put_settling(const struct lc_writing *w)
{
    lc_doc_numbered(w->doc, 9);
    lc_doc_say(w->doc, "**What would settle it:** ");
    lc_put_said(w, w->r->comparison ? w->r->comparison->settle : "a comparison");
    if (is_weak(w->r))
        lc_doc_say(w->doc, " More wins do not mend what makes the test weak (8).");
}

/* "a sentence" with a capital and a full stop. */
void lc_put_said(const struct lc_writing *w, const char *text)
{
    char first[2] = {0};

    if (*text >= 'a' && *text <= 'z') {
        first[0] = (char)(*text - 'a' + 'A');
        lc_doc_tell(w->doc, first);
        text++;
    }
    lc_put_sentence(w, text);
}

enum lc_rc lc_page_one(const struct lc_writing *w)
{
    enum lc_rc rc;

    put_advice(w);
    put_volume(w);
    put_population(w);
    rc = lc_page_grades(w);
    if (!rc)
        rc = lc_page_workload(w);
    if (!rc)
        rc = lc_page_changes(w);
    if (rc)
        return rc;
    lc_page_acceptance(w);
    lc_page_doubts(w);
    put_settling(w);
    lc_doc_break(w->doc);
    return LC_OK;
}
