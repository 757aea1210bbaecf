/* What sales did with the leads: acceptance, service levels and the funnel, for recalibrate. */
#include "cmd_quarter.h"

#include <string.h>

/* A table of acceptance, or why there is none. */
static enum lc_rc put_accept(struct cmd_study *s, struct cmd_quarter *q,
                             const struct lc_accept_options *options, struct lc_err *err)
{
    enum lc_rc rc;

    q->report.no_accept = lc_accept_missing(&s->spec);
    if (q->report.no_accept) {
        cmd_note(s->out->quiet, "no acceptance: %s", q->report.no_accept);
        return LC_OK;
    }
    rc = cmd_accept_step(s, options, &q->accept, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->accept, "accept", err);
    q->report.accept = &q->accept;
    return rc;
}

static enum lc_rc put_sla(struct cmd_study *s, struct cmd_quarter *q,
                          const struct lc_accept_options *options, struct lc_err *err)
{
    enum lc_rc rc;

    if (lc_accept_sla_missing(&s->spec, options))
        return LC_OK;
    rc = cmd_accept_sla_step(s, options, &q->accept_sla, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->accept_sla, "accept_sla", err);
    q->report.accept_sla = &q->accept_sla;
    return rc;
}

static enum lc_rc put_funnel(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    const struct cmd_funnel_set quarters = {0};
    enum lc_rc rc;

    if (!s->cohort.has_dates) {
        q->report.no_funnel = "no day of entry is named, so there are no quarters; name its "
                              "column with --entered";
        return LC_OK;
    }
    rc = cmd_funnel_step(s, &quarters, &q->funnel, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->funnel, "funnel", err);
    q->report.funnel = &q->funnel;
    return rc;
}

/* The maturity curve: of the leads that are too young for the rest, too. */
static enum lc_rc put_maturity(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    if (!s->cohort.has_dates || !s->cohort.has_closed) {
        q->report.no_maturity =
            "how long a win takes is not known, since no day of entry or none "
            "of winning is named; name their columns with --entered and "
            "--closed";
        return LC_OK;
    }
    rc = cmd_maturity_step(s, &q->maturity, err);
    if (rc == LC_EDEGENERATE) { /* not a cell of the columns has a day in it */
        q->report.no_maturity =
            lc_arena_format(&s->arena, "how long a win takes is not known: %s", err->text);
        return q->report.no_maturity ? LC_OK : lc_fail_memory(err, "the report");
    }
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->maturity, "maturity", err);
    if (rc)
        return rc;
    for (size_t i = 0; i < q->maturity.n_notes; i++)
        if (strncmp(q->maturity.note[i], "warning: ", 9) == 0)
            cmd_note(s->out->quiet, "%s", q->maturity.note[i]);
    q->report.maturity = &q->maturity;
    return LC_OK;
}

/* Page one shows the new model's grades: acceptance beside them must be by the same. */
static enum lc_rc count_by_new(struct cmd_study *s, struct cmd_quarter *q,
                               const struct lc_accept_options *options, struct lc_err *err)
{
    const struct lc_accept_options by_new = {.model = q->report.model};
    const char *const stored = s->spec.acceptance.grade;
    enum lc_rc rc;

    if (!q->report.accept || !by_new.model)
        return LC_OK;
    q->report.accept_new = q->report.accept;
    if (options->model == by_new.model)
        return LC_OK;
    s->spec.acceptance.grade = NULL;
    rc = cmd_accept_step(s, &by_new, &q->accept_new, err);
    s->spec.acceptance.grade = stored;
    q->report.accept_new = &q->accept_new;
    return rc;
}

enum lc_rc cmd_quarter_sales(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err)
{
    /* Where no grade was stored at hand-over, the current model's is computed, else the new one's:
     * the table then says that it is as of the export. */
    const struct lc_model *model =
        s->current.model && s->current.model->n_cells ? s->current.model : q->report.model;
    const struct lc_accept_options options = {.model = s->spec.acceptance.grade ? NULL : model};
    enum lc_rc rc;

    cmd_quarter_say(set, "acceptance and funnel");
    rc = put_accept(s, q, &options, err);
    if (!rc)
        rc = count_by_new(s, q, &options, err);
    if (!rc)
        rc = put_sla(s, q, &options, err);
    if (!rc)
        rc = put_funnel(s, q, err);
    return rc ? rc : put_maturity(s, q, err);
}
