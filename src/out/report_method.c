/* The last chapters: the files, how the numbers are made, how to make them again. */
#include <math.h>
#include <string.h>

#include "report_internal.h"

#define LN_2 0.693147180559945309417232121458176568

enum lc_rc lc_chapter_files(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->files;

    if (!f || f->n == 0) {
        lc_doc_say(w->doc, "There is no account of the files.");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    lc_doc_say(w->doc, "Each row of a file is used, skipped (empty, or a line of totals) or "
                       "rejected (it does not fit the header); they add up.");
    return lc_put_table(w, f, "Every row accounted for", NULL, NULL, 0);
}

/* ---- method ---- */

static void put_clock(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;

    lc_doc_item(w->doc);
    if (!c || !c->has_dates)
        lc_doc_say(w->doc, "**Who counts.** Every lead; there are no dates, so nobody checked "
                           "whether they had time to close.");
    else if (c->window_days == LC_WINDOW_NONE)
        lc_doc_say(w->doc, "**Who counts.** Every lead decided up to the as-of date, and every "
                           "win, however late; no window was set.");
    else
        lc_doc_say(
            w->doc,
            "**Who counts.** A lead is won when it was won within %d days of %s, and "
            "counts when it was decided at least so long before the as-of date, whatever "
            "became of it.",
            (int)c->window_days, c->by_hand_over ? "the hand-over" : "coming in");
}

/* What holds for every report: docs/definitions.md in a few sentences. */
static const char *const sentence[] = {
    "**Rates.** Won over leads, with Wilson's 95 % interval. Ratio: rate over that of all "
    "leads; its limits come from the relative risk against the other leads (Katz). Shrunk "
    "ratio: empirical Bayes, beta-binomial. p: Fisher's exact test, adjusted by Benjamini and "
    "Hochberg.",
    "**Points.** One logistic model of all attributes together. 10 points double the odds; the "
    "points of a level are rounded to whole numbers, and an average lead has 50.",
    "**Test.** The tests are the latest calendar quarters, up to four, where two or more hold wins "
    "enough, else the last quarter of the leads. Levels, bins, weights, cuts, and the window where "
    "nobody set it, are learnt on earlier leads alone, by what was known on the first day of the "
    "test; its leads are judged by the window above. Ratio points become probabilities by a logistic curve on scores out of the fold.",
    "**Cycle length.** Calendar days among leads won in time: median and 90th percentile with "
    "order-statistic intervals, blank under 5 wins.",
    "**Acceptance.** Accepted over the hand-overs that are not pending, with Wilson's 95 % "
    "interval.",
};

/* By enum lc_cuts. */
static const char *const cut_sentence[LC_CUTS_METHODS] = {
    [LC_CUTS_SHARES] = "Each grade has its fixed share of the leads that were learnt from",
    [LC_CUTS_QUANTILE] = "Each grade has a quarter of the leads that were learnt from",
    [LC_CUTS_CAPACITY] = "The best grade holds as many leads a week as sales can take",
    [LC_CUTS_DP] =
        "Grades end where the close rate changes most; grades that close alike are one",
    [LC_CUTS_COST] = "Grades end where a contact begins to pay",
    [LC_CUTS_F1] = "Grades end where the best tell most of the wins with the fewest leads (F1)",
    [LC_CUTS_PINNED] = "The ends of the grades were typed in",
};

static void put_grades(const struct lc_writing *w, const struct lc_model *m)
{
    lc_doc_item(w->doc);
    lc_doc_say(w->doc,
               "**Grades.** The letter cuts the sum of the profile points, the digit that of "
               "the engagement points; equal scores are never split.");
    if (m)
        lc_doc_say(w->doc, " %s.", cut_sentence[m->grades.method]);
}

/* Where the levels come from that the points are given to. */
static void put_levels(const struct lc_writing *w, const struct lc_model *m)
{
    size_t cut = 0, merged = 0;

    for (size_t j = 0; j < m->card.k; j++) {
        cut += m->card.attribute[j].attribute.cut != NULL;
        merged += m->card.attribute[j].attribute.value != NULL;
    }
    if (cut + merged == 0)
        return;
    lc_doc_item(w->doc);
    lc_doc_say(w->doc, "**Bins and levels.**");
    if (cut)
        lc_doc_say(
            w->doc,
            " Numbers are cut into ranges in %zu attribute%s: as the spec lists them, else "
            "at quarters of the leads, or where the close rate changes (`bins`).",
            cut, cut == 1 ? "" : "s");
    if (merged)
        lc_doc_say(w->doc,
                   " In %zu attribute%s values that are won alike share a level (`merged`).",
                   merged, merged == 1 ? "" : "s");
}

/* The effect of the latest quarter, where the model's intercept holds one. */
static void put_quarter(const struct lc_writing *w, const struct lc_model *m)
{
    for (size_t i = 0; i < m->n_metrics; i++) {
        if (strcmp(m->metric[i].fold, "fit") != 0 ||
            strcmp(m->metric[i].metric, "quarter_effect") != 0)
            continue;
        lc_doc_item(w->doc);
        lc_doc_say(
            w->doc,
            "**Quarters.** Some quarters close better than others, whichever leads come. "
            "That is held apart, so that no level gets points for the quarters its leads "
            "came in; probabilities are those of the latest quarter, whose odds of a win "
            "were %.2f times those of the average one (%.2f to %.2f).",
            exp(m->metric[i].value), exp(m->metric[i].low), exp(m->metric[i].high));
    }
}

/* How young leads have entered the model, while the tests are judged by the window. */
static void put_lag(const struct lc_writing *w, const struct lc_model *m)
{
    if (!m->boundary.lag)
        return;
    lc_doc_item(w->doc);
    lc_doc_say(w->doc,
               "**Young leads.** The model has learnt who is won in the end, from %.0f leads "
               "of any age (%.0f won so far). One that is not won counts for the share of "
               "the lag to a win that it has behind it: ",
               m->boundary.leads, m->boundary.won);
    lc_doc_tell(w->doc, m->boundary.lag);
    lc_doc_say(w->doc,
               ". Its probabilities are of a win in the end; in the tests they are taken "
               "down to wins within the window by the same lag.");
}

/* What draws the weights, and towards what. */
static void put_prior(const struct lc_writing *w, const struct lc_model *m)
{
    lc_doc_item(w->doc);
    if (m->prior.name) {
        lc_doc_say(w->doc, "**Prior.** The weights begin where those of ");
        lc_doc_quote(w->doc, m->prior.name);
        lc_doc_say(
            w->doc,
            " ended, with how sure it was of them. The %.0f leads that have matured since "
            "then (%.0f won) move them, and no others, so that each lead counts in one "
            "quarter; the %.0f decided before are in the tables of rates alone. A weight may "
            "drift by %.1f points in a quarter (standard deviation), as the leads say.",
            m->boundary.leads, m->boundary.won, m->boundary.overlapping,
            LC_POINTS_PER_DOUBLING * m->prior.q / LN_2);
    } else if (m->prior_sd > 0) {
        lc_doc_say(w->doc,
                   "**Prior.** Each level's weight is drawn towards its attribute's mean by "
                   "a prior of standard deviation %.3g on the log-odds, so that few "
                   "leads cannot make many points.",
                   m->prior_sd);
    } else {
        lc_doc_say(w->doc, "**No prior.** The weights are those of maximum likelihood, or of "
                           "Firth's correction of it, so few leads can make many points.");
    }
}

enum lc_rc lc_chapter_method(const struct lc_writing *w)
{
    const struct lc_model *m = w->r->model;

    put_clock(w);
    for (size_t i = 0; i < sizeof sentence / sizeof *sentence; i++) {
        lc_doc_item(w->doc);
        lc_doc_say(w->doc, "%s", sentence[i]);
    }
    put_grades(w, m);
    if (m) {
        put_levels(w, m);
        put_prior(w, m);
        put_lag(w, m);
        put_quarter(w, m);
    }
    lc_doc_break(w->doc);
    return LC_OK;
}

/* ---- again ---- */

/* What can be done with the model, each in a sentence and by a program. */
static const char *const then[] = {
    "**To put it in use:** `leadcal promote` asks whether sentence 1 lets it, and who says so; "
    "nothing is put in use by itself.",
    "**Why a lead has its grade:** `leadcal score --contributions` says what each attribute adds, "
    "and the cheapest step to a better digit.",
    "**A card to learn by heart:** `leadcal card` finds few attributes with small whole points, and "
    "says what that costs.",
};

enum lc_rc lc_chapter_again(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->files;

    if (w->r->command) {
        lc_doc_code(w->doc, w->r->command);
    } else {
        lc_doc_say(w->doc,
                   "The command was too long to be kept; `spec.json` beside this report "
                   "holds its choices.");
        lc_doc_break(w->doc);
    }
    lc_doc_say(w->doc, "The same files and the same command give the same bytes. Made by %s.",
               LC_PROGRAM);
    for (size_t i = 0; f && i < f->n; i++) {
        if (!*lc_cell_text(f, i, "sha256"))
            continue;
        lc_doc_item(w->doc);
        lc_doc_quote(w->doc, lc_cell_text(f, i, "file"));
        lc_doc_say(w->doc, ": SHA-256 ");
        lc_doc_quote(w->doc, lc_cell_text(f, i, "sha256"));
    }
    lc_doc_break(w->doc);
    for (size_t i = 0; w->r->model && i < sizeof then / sizeof *then; i++) {
        lc_doc_say(w->doc, "%s", then[i]);
        lc_doc_break(w->doc);
    }
    return LC_OK;
}
