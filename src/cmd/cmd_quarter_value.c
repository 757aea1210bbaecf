/* What the leads brought, what sets quick wins apart, and who is handed over, for recalibrate. */
#include "cmd_quarter.h"
#include "leadcal/value.h"

#define MOST_MODELS 2 /* the new one, and the one in use */

/* The grades of the new model beside those of the model in use, where that is one with cells. */
static enum lc_rc put_value(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    const struct lc_model *model[MOST_MODELS] = {q->report.model, s->current.model};
    const char *const name[MOST_MODELS] = {"candidate.json", s->current.name};
    const size_t n = s->current.model && s->current.model->n_cells ? 2 : 1;
    enum lc_rc rc;

    if (!q->report.model || !s->cohort.amount)
        return LC_OK;
    rc = lc_value_grades(&s->table, &s->cohort, model, name, n, s->pool, &s->arena, &q->value,
                         err);
    if (rc == LC_EMISMATCH && n > 1) /* the export lacks a column of the model in use */
        rc = lc_value_grades(&s->table, &s->cohort, model, name, 1, s->pool, &s->arena,
                             &q->value, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->value, "value", err);
    q->report.value = &q->value;
    return rc;
}

/* Too few wins with a cycle length are no answer, and the report says so. */
static enum lc_rc put_cycle_split(struct cmd_study *s, struct cmd_quarter *q,
                                  struct lc_err *err)
{
    enum lc_rc rc = q->report.model ? cmd_cycle_step(s, &q->cycle_split, err) : LC_EDEGENERATE;

    if (rc == LC_EDEGENERATE)
        return LC_OK;
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->cycle_split, "cycle_split", err);
    q->report.cycle_split = &q->cycle_split;
    return rc;
}

static enum lc_rc put_fairness(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    if (!q->report.model || !s->spec.audit.n)
        return LC_OK;
    rc = cmd_fairness_step(s, q->report.model, &q->fairness, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->fairness, "fairness", err);
    q->report.fairness = &q->fairness;
    return rc;
}

enum lc_rc cmd_quarter_value(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    cmd_quarter_say(set, "value");
    rc = put_value(s, q, err);
    if (!rc)
        rc = put_cycle_split(s, q, err);
    return rc ? rc : put_fairness(s, q, err);
}
