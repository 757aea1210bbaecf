/* The step that says what is separated: fit --separation, and recalibrate. */
#include "cmd_study.h"

enum lc_rc cmd_separation_step(struct cmd_study *s, const struct lc_fit *fit,
                               struct lc_frame *frame, struct lc_err *err)
{
    const enum lc_rc rc = lc_fit_separation_frame(fit, &s->arena, frame, err);

    if (rc)
        return rc;
    frame->title = lc_cohort_title(&s->learnt, &s->arena);
    return frame->title ? LC_OK : lc_fail_memory(err, "the title");
}
