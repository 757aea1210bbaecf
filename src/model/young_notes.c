/* Who was counted by grade, and whether better grades are won sooner. */
#include <math.h>

#include "leadcal/incidence.h"
#include "leadcal/num.h"
#include "leadcal/rank_trend.h"
#include "leadcal/survival.h"
#include "young_internal.h"

#define SURELY 0.05 /* error in saying that cycles differ */

/* The cycle's question is asked of wins within W of leads followed for W days alone: of younger ones
 * only the quick wins are known. */
static enum lc_rc note_speed(const struct lc_young_work *w, const uint8_t *grade,
                             const char *what, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_followed *f = &w->later;
    double *days = LC_NEW(w->scratch, f->n + 1, double);
    uint32_t *group = LC_NEW(w->scratch, f->n + 1, uint32_t);
    struct lc_rank_trend trend;
    size_t n = 0;
    enum lc_rc rc;

    if (!grade)
        return LC_OK;
    if (!days || !group)
        return lc_fail_memory(err, frame->name);
    for (size_t i = 0; i < f->n; i++)
        if (f->won[i] && f->age[i] >= w->horizon && f->time[i] <= w->horizon) {
            days[n] = f->time[i];
            group[n++] = grade[i];
        }
    rc = lc_rank_trend(days, group, n, LC_GRADES, w->scratch, &trend, err);
    if (rc || isnan(trend.p))
        return rc;
    return lc_frame_note(
        frame, err,
        trend.p >= SURELY
            ? "is the cycle shorter for a better %s? Among %zu won leads there is "
              "no sign of it, nor of the opposite (p %.2g)"
        : trend.z > 0 ? "is the cycle shorter for a better %s? Yes, among %zu won leads: the "
                        "better, the sooner (p %.2g)"
                      : "is the cycle shorter for a better %s? No, among %zu won leads: the "
                        "better, the later (p %.2g)",
        what, n, trend.p);
}

/* A lost lead stays among those that might be won, as in the incidence of won. */
static enum lc_rc note_log_rank(const struct lc_young_work *w, const uint8_t *grade,
                                const char *what, struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_followed *f = &w->later;
    double *time = LC_NEW(w->scratch, f->n + 1, double);
    uint32_t *group = LC_NEW(w->scratch, f->n + 1, uint32_t);
    double observed[LC_GRADES], expected[LC_GRADES];
    struct lc_log_rank test;
    enum lc_rc rc;

    if (!grade)
        return LC_OK;
    if (!time || !group)
        return lc_fail_memory(err, frame->name);
    for (size_t i = 0; i < f->n; i++) {
        time[i] = f->won[i] ? f->time[i] : f->age[i];
        group[i] = grade[i];
    }
    rc = lc_log_rank(time, f->won, group, f->n, LC_GRADES, w->scratch, observed, expected,
                     &test, err);
    if (rc == LC_EDEGENERATE || (!rc && isnan(test.p)))
        return LC_OK;
    return rc ? rc
              : lc_frame_note(frame, err,
                              "log-rank test over %ss, of rate and speed together: chi-square "
                              "%.1f, p %.2g",
                              what, test.chi_square, test.p);
}

/* What the model has learnt from, where that is not what the title says. */
static enum lc_rc note_learnt(const struct lc_young_work *w, struct lc_frame *frame,
                              struct lc_err *err)
{
    const struct lc_split *s = &w->split;
    const bool other = s->window_days != w->cohort->window_days;
    const char *window = "", *lag = "";
    enum lc_rc rc = LC_OK;

    if (other)
        window = lc_split_window_words(w->cohort, s, frame->arena);
    if (w->options->lag)
        lag = lc_lagged_words(&w->lagged, s->first_test, frame->arena);
    if (!window || !lag)
        return lc_fail_memory(err, frame->name);
    if (other)
        rc = lc_frame_note(frame, err, "window: %s", window);
    if (!rc && w->options->lag)
        rc = lc_frame_note(frame, err, "the model: %s", lag);
    if (!rc && w->grades_note)
        rc = lc_frame_note(frame, err, "the model: %s", w->grades_note);
    return rc;
}

enum lc_rc lc_young_notes(const struct lc_young_work *w, struct lc_frame *frame,
                          struct lc_err *err)
{
    const struct lc_followed *f = &w->later;
    char day[LC_DAY_TEXT];
    size_t young = 0;
    enum lc_rc rc;

    lc_day_text(w->split.cut, day);
    for (size_t i = 0; i < f->n; i++)
        young += f->age[i] < w->horizon;
    rc =
        lc_frame_note(frame, err,
                      "%zu leads decided after %s, %zu of them followed for less than %.0f "
                      "days: these count for as long as they were followed, and a lost lead as "
                      "one that will not be won (Aalen and Johansen); days run from %s",
                      f->n, day, young, w->horizon,
                      w->cohort->by_hand_over ? "the hand-over" : "the decision");
    if (!rc)
        rc = note_learnt(w, frame, err);
    if (!rc)
        rc = note_speed(w, w->letter, "letter", frame, err);
    if (!rc)
        rc = note_speed(w, w->digit, "digit", frame, err);
    if (!rc)
        rc = note_log_rank(w, w->letter, "letter", frame, err);
    return rc ? rc : note_log_rank(w, w->digit, "digit", frame, err);
}
