/* The first paragraphs of the report. */
#include <math.h>
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "report_internal.h"

static void put_window(const struct lc_writing *w, const struct lc_cohort *c)
{
    if (c->has_dates && c->window_days != LC_WINDOW_NONE)
        lc_say(w, " within %d days of %s", (int)c->window_days,
               c->by_hand_over ? "the hand-over" : "coming in");
}

/* First and last decision day; false where there is none. */
static bool find_days(const struct lc_cohort *c, int32_t *first, int32_t *last)
{
    bool any = false;

    for (size_t i = 0; c->day && i < c->n; i++) {
        if (c->day[i] == LC_NO_DAY)
            continue;
        *first = !any || c->day[i] < *first ? c->day[i] : *first;
        *last = !any || c->day[i] > *last ? c->day[i] : *last;
        any = true;
    }
    return any;
}

static void put_population(const struct lc_writing *w)
{
    const struct lc_cohort *c = w->r->cohort;
    char percent[LC_PERCENT], from[LC_DAY_TEXT], to[LC_DAY_TEXT];
    int32_t first = 0, last = 0;

    if (!c) {
        lc_say(w, "No leads were read.\n\n");
        return;
    }
    lc_say(w, "**%zu leads count", c->n);
    if (find_days(c, &first, &last)) {
        lc_day_text(first, from);
        lc_day_text(last, to);
        lc_say(w, ", decided %s to %s", from, to);
    }
    lc_say(w, "; %zu of them (%s) were won", c->n_won,
           lc_percent(c->n ? (double)c->n_won / (double)c->n : LC_NAN, percent));
    put_window(w, c);
    lc_say(w, ".** ");
    if (c->has_dates) {
        lc_day_text(c->as_of, to);
        lc_say(w, "The export is as of %s.", to);
    } else {
        lc_say(w, "The export names no dates, so nobody checked whether the leads had time to "
                  "close; name the column of entry with `--entered`.");
    }
    lc_say(w, "\n\n");
}

static void put_split(const struct lc_writing *w)
{
    const struct lc_split *s = &w->r->backtest->split;
    const struct lc_cohort *c = w->r->cohort;
    int32_t last = LC_NO_DAY;
    char day[LC_DAY_TEXT];

    for (size_t i = 0; s->by_time && c && c->day && i < s->n_train; i++)
        if (c->day[s->train[i]] > last)
            last = c->day[s->train[i]];
    if (last != LC_NO_DAY) {
        lc_day_text(last, day);
        lc_say(w,
               "Trained on %zu leads decided up to %s, tested on %zu later ones with %zu win%s",
               s->n_train, day, s->n_test, s->test_won, s->test_won == 1 ? "" : "s");
    } else {
        lc_say(w,
               "Trained on the first %zu leads in file order, tested on the last %zu with %zu "
               "win%s",
               s->n_train, s->n_test, s->test_won, s->test_won == 1 ? "" : "s");
    }
}

static void put_grade(const struct lc_writing *w, const struct lc_frame *f, size_t i)
{
    char rate[LC_PERCENT], low[LC_PERCENT], high[LC_PERCENT];

    lc_quote(w, lc_cell_text(f, i, "grade"));
    lc_say(w, " leads closed %s (%s to %s)",
           lc_percent(lc_cell_number(f, i, "close_rate"), rate),
           lc_percent(lc_cell_number(f, i, "close_rate_low"), low),
           lc_percent(lc_cell_number(f, i, "close_rate_high"), high));
}

/* The rows of the logistic model's letters, or of its digits where it has no letter, best first;
 * returns how many. */
static size_t list_margin(const struct lc_frame *f, size_t row[LC_GRADES])
{
    size_t n = 0;

    for (size_t i = 0; i < f->n && n < LC_GRADES; i++) {
        const char *grade = lc_cell_text(f, i, "grade");

        if (strlen(grade) != 1 || lc_is_repeat(f, i) ||
            strcmp(lc_cell_text(f, i, "model"), "logistic") != 0 ||
            isnan(lc_cell_number(f, i, "close_rate")))
            continue;
        if (n == 0 || (*lc_cell_text(f, row[0], "grade") >= 'A') == (*grade >= 'A'))
            row[n++] = i;
    }
    return n;
}

/* The best and the worst grade: A and D, or 1 and 4. */
static void put_extremes(const struct lc_writing *w)
{
    const struct lc_frame *f = &w->r->backtest->grades;
    size_t row[LC_GRADES];
    const size_t n = list_margin(f, row);

    if (n > 0) {
        lc_say(w, ": ");
        put_grade(w, f, row[0]);
    }
    if (n > 1) {
        lc_say(w, ", ");
        put_grade(w, f, row[n - 1]);
    }
    lc_say(w, ".");
}

/* The widest gap by which a worse grade closed more often than a better one. */
static void put_inversion(const struct lc_writing *w)
{
    const struct lc_frame *f = &w->r->backtest->grades;
    size_t row[LC_GRADES], better = 0, worse = 0;
    const size_t n = list_margin(f, row);
    double widest = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const double gap = lc_cell_number(f, row[j], "close_rate") -
                               lc_cell_number(f, row[i], "close_rate");

            if (gap > widest) {
                widest = gap;
                better = row[i];
                worse = row[j];
            }
        }
    if (widest == 0)
        return;
    lc_say(w, " **The order did not hold throughout:** ");
    put_grade(w, f, worse);
    lc_say(w, ", more than the better grade ");
    lc_quote(w, lc_cell_text(f, better, "grade"));
    lc_say(w, ".");
}

/* Said where the promised close rate lies outside the interval of what came. */
static void put_promise(const struct lc_writing *w)
{
    const struct lc_metric *said = lc_metric_of(w->r->backtest, "logistic", "mean_predicted");
    const struct lc_metric *seen = lc_metric_of(w->r->backtest, "logistic", "observed_rate");
    char first[LC_PERCENT], second[LC_PERCENT];

    if (said && seen && (said->value < seen->low || said->value > seen->high))
        lc_say(
            w,
            " **The promised close rates were off:** %s on average, and %s closed; do not take "
            "its probabilities at their word.",
            lc_percent(said->value, first), lc_percent(seen->value, second));
}

/* Grades that closed outside what the model promised of them. */
static void put_broken_grades(const struct lc_writing *w)
{
    const struct lc_frame *f = &w->r->backtest->grades;
    size_t row[LC_GRADES];
    const size_t n = list_margin(f, row);
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        const double promised = lc_cell_number(f, row[i], "expected_rate");
        char percent[LC_PERCENT];

        if (!(promised < lc_cell_number(f, row[i], "close_rate_low") ||
              promised > lc_cell_number(f, row[i], "close_rate_high")))
            continue;
        lc_say(w, any ? "; " : " **Some grades did not keep their promise:** ");
        put_grade(w, f, row[i]);
        lc_say(w, ", where %s were promised", lc_percent(promised, percent));
        any = true;
    }
    if (any)
        lc_say(w, ".");
}

static void put_capture(const struct lc_writing *w)
{
    const struct lc_metric *new = lc_metric_of(w->r->backtest, "logistic", "capture_10");
    const struct lc_metric *old = lc_metric_of(w->r->backtest, "ratio", "capture_10");
    char percent[LC_PERCENT];

    if (!new)
        return;
    lc_say(w, " The best-scored tenth of those leads holds %s of their wins",
           lc_percent(new->value, percent));
    if (old)
        lc_say(w, " (by ratio points %s, without a score 10 %%)",
               lc_percent(old->value, percent));
    lc_say(w, ".");
}

void lc_put_summary(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    put_population(w);
    if (r->backtest) {
        put_split(w);
        put_extremes(w);
        put_capture(w);
        put_inversion(w);
        put_promise(w);
        put_broken_grades(w);
        lc_say(w, "\n\n**How far this may be believed:** ");
        lc_quote(w, r->backtest->verdict ? r->backtest->verdict : "not judged");
        if (r->cohort) {
            lc_say(w, "; ");
            lc_quote(w, lc_cohort_history(r->cohort, &r->backtest->split, w->arena));
        }
        lc_say(w, ". The test judges the procedure; the model in `candidate.json` is the same "
                  "procedure over all leads that count.\n\n");
        return;
    }
    if (r->no_model) {
        lc_say(w, "**There is no model:** ");
        lc_quote(w, r->no_model);
        lc_say(w, ".\n\n");
    }
    lc_say(w, "**The new scores were not tested on later leads:** ");
    lc_quote(w, r->no_backtest ? r->no_backtest : "there is no model to test");
    lc_say(w, ". Until they are, treat points and grades as a description of the past.\n\n");
}
