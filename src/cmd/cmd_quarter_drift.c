/* What has changed since the model in use was made, for recalibrate. */
#include <math.h>

#include "cmd_quarter.h"

/* A reason, so that the report says why a part is missing. */
static enum lc_rc because(struct cmd_study *s, struct cmd_quarter *q, const char *why,
                          struct lc_err *err)
{
    cmd_note(s->out->quiet, "no drift: %s", why);
    q->report.no_drift = lc_arena_text(&s->arena, lc_slice_of(why));
    return q->report.no_drift ? LC_OK : lc_fail_memory(err, "the report");
}

enum lc_rc cmd_quarter_drift(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    if (!s->current.model)
        return LC_OK;
    if (isnan(s->current.model->card.intercept))
        return because(s, q, "a points file does not say how many leads had its levels", err);
    cmd_quarter_say(set, "drift");
    rc = cmd_drift_step(s, NULL, &q->drift, err);
    if (rc == LC_EDEGENERATE)
        return because(s, q, err->text, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->drift.frame, "drift", err);
    if (!rc)
        rc = cmd_expected_step(s, &q->expected, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->expected.frame, "expected", err);
    if (rc)
        return rc;
    cmd_note(s->out->quiet, "%s", q->drift.sentence);
    q->report.drift = &q->drift.frame;
    q->report.drift_says = q->drift.sentence;
    q->report.expected = &q->expected.frame;
    q->report.expected_says = q->expected.sentence;
    return LC_OK;
}
