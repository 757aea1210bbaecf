/* The steps that look at leads: each is called by its program and by recalibrate, and has one result. */
#include "cmd_study.h"
#include "leadcal/classes.h"

enum lc_rc cmd_audit_step(struct cmd_study *s, struct lc_frame *frame, struct lc_err *err)
{
    const enum lc_rc rc = lc_audit_frame(&s->table, &s->choices, &s->arena, frame, err);

    if (rc)
        return rc;
    frame->title = lc_cohort_title(&s->cohort, &s->arena);
    return frame->title ? LC_OK : lc_fail_memory(err, "the title");
}

enum lc_rc cmd_attributes(struct cmd_study *s, const struct lc_cohort *cohort,
                          const struct cmd_columns *columns, struct lc_attribute **attribute,
                          struct lc_err *err)
{
    struct lc_attribute *a = LC_NEW(&s->arena, columns->n, struct lc_attribute);
    enum lc_rc rc = a ? LC_OK : lc_fail_memory(err, "the attributes");

    for (size_t j = 0; !rc && j < columns->n; j++) {
        const struct lc_table_column *column = &s->table.column[columns->column[j]];

        rc = lc_attribute_learn(column, columns->given[j], cohort->row, cohort->y, cohort->n,
                                &s->arena, &a[j], err);
        if (!rc && cohort->credit)
            rc = lc_attribute_credit(&a[j], column, cohort->row, cohort->credit, cohort->n,
                                     &s->arena, err);
    }
    *attribute = a;
    return rc;
}

enum lc_rc cmd_rates_step(struct cmd_study *s, const struct lc_rates_options *options,
                          struct lc_frame *frame, struct lc_err *err)
{
    struct lc_cohort cohort = s->cohort;
    struct lc_attribute_family family;
    struct lc_attribute *attribute;
    struct cmd_columns columns;
    enum lc_rc rc = LC_OK;

    if (options->closed_only)
        rc = lc_cohort_closed(&s->cohort, &s->arena, &cohort, err);
    if (!rc)
        rc = cmd_study_columns(s, false, &columns, err);
    if (!rc)
        rc = cmd_attributes(s, &cohort, &columns, &attribute, err);
    if (rc)
        return rc;
    family = (struct lc_attribute_family){.table = &s->table,
                                          .column = columns.column,
                                          .given = columns.given,
                                          .k = columns.n,
                                          .row = cohort.row,
                                          .n = cohort.n,
                                          .base = lc_rates_base(&cohort, options),
                                          .prior_weight = options->prior_weight};
    if (!rc)
        rc = lc_attribute_groups(&family, attribute, &s->arena, err);
    if (!rc)
        rc = lc_rates(&cohort, attribute, columns.n, options, &s->arena, frame, err);
    if (!rc && options->baseline_leads == 0)
        rc = lc_rates_within(&s->table, columns.column, &cohort, attribute, columns.n, frame,
                             err);
    return rc;
}

static bool has_fitting(const struct cmd_study *s)
{
    bool any = s->spec.n_attributes > 0;

    for (size_t j = 0; j < s->choices.n && !any; j++)
        any = s->choices.of[j].choice == LC_CHOICE_FIT;
    return any;
}

/* Engagement is what the spec and --engagement say it is. */
enum lc_rc cmd_classes_step(struct cmd_study *s, struct lc_frame *frame, struct lc_err *err)
{
    struct cmd_columns columns = {.n = 0};
    struct lc_engaged_columns engaged;
    enum lc_rc rc = LC_OK;

    if (has_fitting(s))
        rc = cmd_study_columns(s, true, &columns, err);
    if (rc)
        return rc;
    engaged = (struct lc_engaged_columns){columns.column, columns.given, columns.n};
    return lc_classes(&s->table, &s->spec, &s->cohort, &engaged, &s->arena, frame, err);
}

enum lc_rc cmd_accept_step(struct cmd_study *s, const struct lc_accept_options *options,
                           struct lc_frame *frame, struct lc_err *err)
{
    return lc_accept(&s->table, &s->spec, options, &s->arena, frame, err);
}

enum lc_rc cmd_accept_sla_step(struct cmd_study *s, const struct lc_accept_options *options,
                               struct lc_frame *frame, struct lc_err *err)
{
    return lc_accept_sla(&s->table, &s->spec, options, &s->arena, frame, err);
}

enum lc_rc cmd_funnel_step(struct cmd_study *s, const struct cmd_funnel_set *set,
                           struct lc_frame *frame, struct lc_err *err)
{
    static const enum lc_period kind[] = {LC_PERIOD_QUARTER, LC_PERIOD_MONTH};

    return lc_funnel(&s->table, &s->spec, kind[set->period], &s->arena, frame, err);
}

enum lc_rc cmd_maturity_step(struct cmd_study *s, struct lc_frame *frame, struct lc_err *err)
{
    struct cmd_columns columns = {.n = 0};
    struct lc_maturity_options options = {.show_all = s->by.n > 0,
                                          .window_days = s->cohort.window_days};
    enum lc_rc rc = LC_OK;

    /* Where no column may enter a model there is nothing to compare, and still a curve. */
    if (has_fitting(s))
        rc = cmd_study_columns(s, true, &columns, err);
    if (rc)
        return rc;
    options.columns = (struct lc_lag_columns){columns.column, columns.given, columns.n};
    return lc_maturity(&s->table, &s->spec, &options, s->pool, &s->arena, frame, err);
}
