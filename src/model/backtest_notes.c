#include "backtest_internal.h"

#include <math.h>
#include <string.h>

static enum lc_rc note_dropped(const struct lc_entrant *e, const struct lc_grade_cuts *cuts,
                               char first, struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < LC_GRADES && cuts->used && !rc; c++)
        if (cuts->share[c] == 0)
            rc = lc_frame_note(frame, err,
                               "%s: no training lead got %c, since equal points are never "
                               "split; the grade is dropped",
                               e->name, (char)(first + (char)c));
    return rc;
}

static enum lc_rc note_unseen(const struct lc_entrant *e, struct lc_frame *frame,
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < e->card.k && !rc; j++)
        if (e->unseen[j] && strcmp(e->name, "logistic") == 0)
            rc = lc_frame_note(frame, err,
                               "column '%s': %zu test leads hold a level that no training "
                               "lead has; it counts as average",
                               e->card.attribute[j].attribute.column, e->unseen[j]);
    return rc;
}

enum lc_rc lc_race_notes(const struct lc_race *r, double f_g_correlation,
                         struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (!isnan(f_g_correlation))
        rc = lc_frame_note(frame, err,
                           "correlation of profile and engagement points over the test leads: "
                           "%.3f",
                           f_g_correlation);
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
