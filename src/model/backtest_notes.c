#include "backtest_internal.h"

#include <math.h>
#include <string.h>

static enum lc_rc note_dropped(const struct lc_entrant *e, const struct lc_grade_cuts *cuts,
                               char first, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < LC_GRADES && cuts->used && !rc; c++)
        if (cuts->share[c] == 0)
            rc = lc_frame_note(
                frame, err, "%s: no training lead got %c%s; the grade is dropped", e->name,
                (char)(first + (char)c),
                e->grades.method > LC_CUTS_CAPACITY ? ""
                                                    : ", since equal points are never split");
    return rc;
}

static enum lc_rc note_unseen(const struct lc_entrant *e, struct lc_frame *frame,
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; strcmp(e->name, "logistic") == 0 && j < e->card.k && !rc; j++)
        if (e->unseen[j])
            rc = lc_frame_note(frame, err,
                               "column '%s': %zu test leads hold a level that no training "
                               "lead has; it counts as average",
                               e->card.attribute[j].attribute.column, e->unseen[j]);
    return rc;
}

/* Where grades begin by the outcome, as each fold has learnt it. */
static enum lc_rc note_grades(const struct lc_race *r, struct lc_frame *frame,
                              struct lc_err *err)
{
    const bool several = r->parts > 1;
    enum lc_rc rc = LC_OK;

    for (size_t k = 0; k < r->parts && !rc; k++)
        if (r->part[k].grades_note)
            rc = lc_frame_note(frame, err, "logistic%s%s: %s", several ? ", fold " : "",
                               several ? r->part[k].fold : "", r->part[k].grades_note);
    return rc;
}

/* Which segments each fold has told apart. */
static enum lc_rc note_local(const struct lc_race *r, struct lc_frame *frame,
                             struct lc_err *err)
{
    const bool several = r->parts > 1;
    enum lc_rc rc = LC_OK;

    if (r->part[0].local)
        rc = lc_frame_note(
            frame, err,
            "logistic lets segments of %s deviate from the weights of all, as far as "
            "the training leads of each fold say; global is the same model without "
            "deviations",
            r->part[0].local->column);
    for (size_t k = 0; k < r->parts && !rc; k++) {
        const struct lc_fit_local *l = r->part[k].local;

        if (l)
            rc = lc_frame_note(
                frame, err, "%s%s%s%zu of %zu segments had evidence enough%s",
                several ? "fold " : "", several ? r->part[k].fold : "", several ? ": " : "",
                l->n_own, l->n_segments,
                l->n_deviations || l->own_sd > 0
                    ? ""
                    : " and none differed by more than chance, so both models are one");
    }
    return rc;
}

enum lc_rc lc_race_notes(const struct lc_race *r, double f_g_correlation,
                         struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = lc_race_lag_notes(r, frame, err);

    if (!rc)
        rc = note_local(r, frame, err);
    if (!rc)
        rc = note_grades(r, frame, err);
    if (!rc && !isnan(f_g_correlation))
        rc = lc_frame_note(frame, err,
                           "correlation of profile and engagement points over the test leads: "
                           "%.3f",
                           f_g_correlation);
    if (!rc)
        rc = lc_race_current_notes(r, frame, err);
    if (!rc && r->unscored)
        rc = lc_frame_note(frame, err,
                           "current: %zu test leads have no score; unknown is not 0, and they "
                           "rank last",
                           r->unscored);
    for (size_t m = 0; m < r->n && !rc; m++) {
        const struct lc_entrant *e = &r->entrant[m];

        rc = note_dropped(e, &e->grades.letter, 'A', frame, err);
        if (!rc)
            rc = note_dropped(e, &e->grades.digit, '1', frame, err);
        if (!rc)
            rc = note_unseen(e, frame, err);
    }
    return rc;
}
