/* The score in use: which it is, who comes to it now, and what it expects of them. */
#include "cmd_study.h"
#include "leadcal/points_file.h"

enum lc_rc cmd_current_spec(struct cmd_study *s, const struct cmd_current_set *set,
                            struct lc_err *err)
{
    const char *given = set->current ? set->current : set->champion;
    const char *column;
    enum lc_rc rc;

    if (given)
        s->spec.current = given;
    if (set->capacity > 0)
        s->spec.capacity = set->capacity;
    if (!s->spec.current)
        return LC_OK;
    column = lc_spec_current_column(&s->spec);
    if (column && !*column)
        return lc_fail(
            err, LC_EMISMATCH,
            "the current model needs the name of its column, as in column:lead_score");
    if (!column) {
        struct lc_slice bytes;

        rc = lc_scorer_read(s->spec.current, &s->arena, &s->current_model, err);
        if (!rc)
            rc = cmd_read_hashed(s->spec.current, &s->arena, &bytes, &s->current_sha256, err);
        if (rc)
            return rc;
    }
    s->current = (struct lc_current){
        .name = s->spec.current, .column = column, .model = column ? NULL : &s->current_model};
    return LC_OK;
}

enum lc_rc cmd_drift_step(struct cmd_study *s, const struct lc_drift_leads *before,
                          struct lc_drift_found *found, struct lc_err *err)
{
    struct lc_drift_leads now;
    const enum lc_rc rc =
        lc_drift_new_leads(&s->table, &s->spec, s->current.model, &s->arena, &now, err);

    return rc ? rc : lc_drift_compare(s->current.model, before, &now, &s->arena, found, err);
}

/* Outcomes of leads followed for the model's own window; *known false: none can be told. */
static enum lc_rc mature_leads(struct cmd_study *s, struct lc_cohort *cohort, bool *known,
                               struct lc_err *err)
{
    struct lc_spec spec = s->spec;
    enum lc_rc rc;

    *known = false;
    if (!spec.outcome.column && !spec.outcome.won_if_in)
        return LC_OK;
    spec.window_days = s->current.model->boundary.window_days;
    rc = lc_cohort_build(&s->table, &spec, &s->arena, cohort, err);
    if (rc == LC_EDEGENERATE)
        return LC_OK; /* every lead is too young */
    /* Without dates a young lead would pass for a lost one. */
    *known = !rc && (cohort->has_dates || spec.window_days == LC_WINDOW_NONE);
    return rc;
}

enum lc_rc cmd_expected_step(struct cmd_study *s, struct lc_drift_expected *out,
                             struct lc_err *err)
{
    struct lc_drift_leads now;
    struct lc_cohort cohort;
    bool known = false;
    enum lc_rc rc =
        lc_drift_new_leads(&s->table, &s->spec, s->current.model, &s->arena, &now, err);

    if (!rc)
        rc = mature_leads(s, &cohort, &known, err);
    return rc ? rc
              : lc_drift_expect(s->current.model, &now, known ? &cohort : NULL, s->pool,
                                &s->arena, out, err);
}
