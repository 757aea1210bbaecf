/* --local: the column whose texts are segments, as the fit takes it. */
#include <string.h>

#include "cmd_study.h"

bool cmd_local_fits(const char *name, const struct cmd_fit_set *set)
{
    if (!set->local)
        return true;
    if (set->penalty != LC_PENALTY_GAUSSIAN && set->penalty != LC_PENALTY_LEARNED)
        (void)cmd_wrong(name, "--local goes with --penalty gaussian or learned only");
    else if (set->prior)
        (void)cmd_wrong(name, "--prior holds one set of weights for everybody, so segments "
                              "cannot deviate from it; leave --prior or --local out");
    else if (set->maturity)
        (void)cmd_wrong(name,
                        "--local learns from leads that are followed to the end; leave it "
                        "or --maturity lag out");
    else
        return true;
    return false;
}

/* A column that a model may not look at is none to part leads by: its texts would tell the same. */
static enum lc_rc refuse_choice(const struct cmd_study *s, size_t at, struct lc_err *err)
{
    const char *name = s->table.column[at].codes.name;
    const struct lc_column_choice *c = &s->choices.of[at];

    if (s->spec.outcome.column && strcmp(name, s->spec.outcome.column) == 0)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' is the outcome, so it cannot part leads into segments; name "
            "one that is known when a lead comes in after --local",
            name);
    if (c->choice != LC_CHOICE_LEAK && c->choice != LC_CHOICE_PERSONAL &&
        c->choice != LC_CHOICE_PROTECTED)
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "column '%s' may not enter a model (%s), so leads cannot be parted by it; name "
        "another after --local, or allow it with --allow",
        name, c->reason);
}

enum lc_rc cmd_fit_local(struct cmd_study *s, struct lc_fit_options *options,
                         struct lc_err *err)
{
    const struct lc_spec_attribute *entry;
    struct lc_local_rule *rule;
    size_t at = 0;
    enum lc_rc rc;

    if (!s->spec.local.by)
        return LC_OK;
    rc = lc_table_find(&s->table, s->spec.local.by, &at, err);
    if (!rc)
        rc = refuse_choice(s, at, err);
    if (rc)
        return rc;
    rule = LC_NEW(&s->arena, 1, struct lc_local_rule);
    entry = cmd_study_entry(s, s->spec.local.by);
    if (!rule || !entry)
        return lc_fail_memory(err, "the segments");
    *rule = (struct lc_local_rule){.column = at,
                                   .role = entry->role,
                                   .as_of = entry->as_of,
                                   .least = s->spec.local.least > 0 ? s->spec.local.least
                                                                    : LC_LOCAL_LEAST};
    options->local = rule;
    return LC_OK;
}

enum lc_rc cmd_local_step(struct cmd_study *s, const struct lc_fit *fit, struct lc_frame *frame,
                          struct lc_err *err)
{
    enum lc_rc rc;

    if (!fit->local)
        return lc_fail(
            err, LC_EMISMATCH,
            "the spec names no column of segments, so there are no deviations to show; "
            "use --local COLUMN, or leave --deviations out");
    rc = lc_fit_local_frame(fit, &s->arena, frame, err);
    if (rc)
        return rc;
    frame->title = lc_cohort_title(&s->learnt, &s->arena);
    return frame->title ? LC_OK : lc_fail_memory(err, "the title");
}
