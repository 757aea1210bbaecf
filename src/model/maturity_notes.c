/* What the maturity curve says to sales, and what it rests on. */
#include <math.h>

#include "leadcal/cohort.h"
#include "leadcal/num.h"
#include "maturity_internal.h"

#define LAG_NAMED 60 /* bytes of a column's or a level's name in a sentence */

/* An age at which leads are still young: 60 days, or half of the days that are spoken of. */
#define AN_AGE 60.0

static double an_age(double horizon)
{
    return horizon > 2 * AN_AGE ? AN_AGE : floor(horizon / 2);
}

static enum lc_rc note_told(const struct lc_maturity_work *w, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct lc_lag *lag = &w->lags.fit.lag;
    const double age = an_age(w->curve.last);
    enum lc_rc rc = lc_frame_note(
        frame, err,
        "of the leads of age %.0f days, %.0f %% of the wins to come have been seen; half of the "
        "wins come within %.0f days, nine in ten within %.0f",
        age, 100 * lc_lag_seen(lag, age), lc_lag_quantile(lag, 0.5), lc_lag_quantile(lag, 0.9));

    if (!rc)
        rc =
            lc_frame_note(frame, err,
                          "won in the end: %.1f %% of the leads by this estimate (a mixture of "
                          "leads that are won, after a %s lag, and leads that never are)",
                          100 * w->lags.fit.segment[0].chance,
                          lag->family == LC_LAG_WEIBULL ? "Weibull" : "log-normal");
    return rc;
}

/* Fallback: nobody can say what comes later, so wins are counted within a horizon that was seen. */
static enum lc_rc note_not_told(const struct lc_maturity_work *w, struct lc_frame *frame,
                                struct lc_err *err)
{
    const double horizon =
        w->options->window_days > 0 && w->options->window_days <= w->curve.last
            ? w->options->window_days
            : floor(w->curve.last);
    const double age = an_age(horizon);
    const double whole = lc_incidence_at(&w->curve, horizon).incidence[0];
    enum lc_rc rc = lc_frame_note(
        frame, err,
        "how many leads are won in the end cannot be told yet: %s; so share_of_eventual is empty, "
        "and only wins within %.0f days are spoken of",
        w->lags.why, horizon);

    if (!rc && whole > 0)
        rc = lc_frame_note(
            frame, err,
            "of the leads of age %.0f days, %.0f %% of the wins within %.0f days "
            "have been seen",
            age, 100 * lc_incidence_at(&w->curve, age).incidence[0] / whole, horizon);
    return rc;
}

static double odds(double p)
{
    return p / (1 - p);
}

/* The size of what a window does to a comparison: of the odds of winning in the end and within W. */
static enum lc_rc note_window(const struct lc_lag_by *by, int32_t window,
                              struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_cure_segment *fast = &by->fit.segment[by->segment_of[by->fast]];
    const struct lc_cure_segment *slow = &by->fit.segment[by->segment_of[by->slow]];
    const double seen[2] = {lc_lag_seen(&fast->lag, window), lc_lag_seen(&slow->lag, window)};
    const double bias = odds(fast->chance * seen[0]) / odds(slow->chance * seen[1]) *
                        odds(slow->chance) / odds(fast->chance);

    if (window <= 0 || !isfinite(bias) || !(seen[1] > 0))
        return LC_OK;
    return lc_frame_note(
        frame, err,
        "by the law of the wins so far a window of %d days holds %.0f %% of the wins to come of '%.*s' and %.0f %% of those of "
        "'%.*s', so a rate within it flatters the first: it makes its odds %.2g times as high "
        "against the second as they are in the end",
        (int)window, 100 * seen[0], LAG_NAMED, by->attribute.level[by->fast], 100 * seen[1],
        LAG_NAMED, by->attribute.level[by->slow], bias);
}

static enum lc_rc note_lags(const struct lc_maturity_work *w, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct lc_lag_by *by = w->lags.differs;
    size_t compared = 0;
    enum lc_rc rc;

    for (size_t j = 0; j < w->lags.n_by; j++)
        compared += isnan(w->lags.by[j].p) ? 0 : 1;
    if (!by && compared)
        return lc_frame_note(frame, err,
                             "no difference in lag was found between the levels of %s (columns "
                             "compared: %zu)",
                             compared == 1 ? "the attribute" : "any attribute", compared);
    if (!by)
        return LC_OK;
    rc = lc_frame_note(
        frame, err,
        "warning: wins take longer for some leads than for others by %.*s: half of those of "
        "'%.*s' come within %.0f days, of '%.*s' within %.0f",
        LAG_NAMED, by->attribute.column, LAG_NAMED, by->attribute.level[by->fast],
        lc_lag_quantile(&by->fit.segment[by->segment_of[by->fast]].lag, 0.5), LAG_NAMED,
        by->attribute.level[by->slow],
        lc_lag_quantile(&by->fit.segment[by->segment_of[by->slow]].lag, 0.5));
    return rc ? rc : note_window(by, w->options->window_days, frame, err);
}

static enum lc_rc note_unit(const struct lc_maturity_work *w, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct lc_followed *f = &w->followed;
    const struct {
        size_t n;
        const char *words;
    } count[] = {
        {f->account.undated, "leads without a day of decision, left out"},
        {f->account.after_as_of, "leads decided after the as-of date, left out"},
        {f->account.disqualified, "unconvertible leads, left out by the spec's rules"},
        {f->account.won_undated, "wins without a day, left out"},
        {f->account.lost_undated, "lost without a day, followed as leads that are not won"},
        {f->account.early, "closed before they were decided, counted at age 0"},
    };
    enum lc_rc rc =
        lc_frame_note(frame, err,
                      "share_won counts a lead for as long as it was followed, and a lost "
                      "lead as one that will not be won (Aalen and Johansen)");
    for (size_t i = 0; i < sizeof count / sizeof *count && !rc; i++)
        if (count[i].n)
            rc = lc_frame_note(frame, err, "%s: %zu", count[i].words, count[i].n);
    return rc;
}

enum lc_rc lc_maturity_notes(const struct lc_maturity_work *w, struct lc_frame *frame,
                             struct lc_err *err)
{
    enum lc_rc rc = w->lags.told ? note_told(w, frame, err) : note_not_told(w, frame, err);

    if (!rc)
        rc = note_lags(w, frame, err);
    return rc ? rc : note_unit(w, frame, err);
}
