/* The steps of the programs value and fairness. */
#include "cmd_study.h"
#include "leadcal/fairness.h"
#include "leadcal/value.h"

/* Levels by the columns that a model may use: one that knows the outcome would stand first in both. */
static enum lc_rc find_levels(struct cmd_study *s, struct cmd_columns *columns,
                              struct lc_attribute **attribute, struct lc_err *err)
{
    const enum lc_rc rc = cmd_study_columns(s, true, columns, err);

    return rc ? rc : cmd_attributes(s, &s->cohort, columns, attribute, err);
}

enum lc_rc cmd_value_step(struct cmd_study *s, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_attribute *attribute;
    struct cmd_columns columns;
    enum lc_rc rc = find_levels(s, &columns, &attribute, err);

    if (!rc)
        rc = lc_value_levels(&s->table, &s->cohort, columns.column, attribute, columns.n,
                             s->pool, &s->arena, frame, err);
    return rc;
}

enum lc_rc cmd_cycle_step(struct cmd_study *s, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_attribute *attribute;
    struct cmd_columns columns;
    enum lc_rc rc = find_levels(s, &columns, &attribute, err);

    if (!rc)
        rc = lc_cycle_split(&s->table, &s->cohort, columns.column, attribute, columns.n,
                            &s->arena, frame, err);
    return rc;
}

enum lc_rc cmd_fairness_step(struct cmd_study *s, const struct lc_model *model,
                             struct lc_frame *frame, struct lc_err *err)
{
    return lc_fairness(&s->table, &s->cohort, model, s->spec.audit, s->pool, &s->arena, frame,
                       err);
}
