/* The rows of an events file are not joined one by one: they become what each lead did. */
#include <string.h>

#include "leadcal/events.h"
#include "leadcal/io.h"
#include "load_internal.h"

static const struct lc_table_column *column_of(const struct lc_input *in, size_t field)
{
    return field < in->k ? &in->column[in->sink_of[field]] : NULL;
}

/* "; N events are WHY" */
static enum lc_rc note(struct lc_input *in, size_t n, const char *why, struct lc_err *err)
{
    if (!n)
        return LC_OK;
    return lc_reject_note(in->rejects, err, "%.100s: %zu event%s %s",
                          lc_base_name(lc_shown(in->path)), n, n == 1 ? "" : "s", why);
}

static enum lc_rc note_events(struct lc_input *in, const struct lc_events *e, bool dated,
                              struct lc_err *err)
{
    const char *file = lc_base_name(lc_shown(in->path));
    enum lc_rc rc = LC_OK;

    if (!dated)
        rc =
            lc_reject_note(in->rejects, err,
                           "%.100s: no column of the leads tells when they were decided, so no "
                           "event counts; name one (--entered, --handed-over)",
                           file);
    else if (in->n && e->account.orphans == in->n)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: no lead has any of its keys; is '%.80s' the right column?",
                            file, in->name[in->key]);
    if (!rc && dated)
        rc = note(in, e->account.late, "came after the decision, and count for nothing", err);
    if (!rc && dated)
        rc = note(
            in, e->account.same_day,
            "of the decision's day count for nothing: no time of day tells which was first",
            err);
    if (!rc && dated)
        rc = note(in, e->account.undated, "without a day, or of leads without a decision day",
                  err);
    if (!rc && e->account.ours)
        rc = note(in, e->account.ours, "were done to the leads, not by them (sent, delivered)",
                  err);
    if (!rc && e->account.other)
        rc = lc_reject_note(in->rejects, err,
                            "%.100s: %zu event%s of no known class ('other'), such as '%.60s'; "
                            "give the words of a class under \"classes\" in the spec",
                            file, e->account.other, e->account.other == 1 ? " is" : "s are",
                            e->stranger ? e->stranger : "");
    return rc;
}

enum lc_rc lc_input_events(struct lc_input *leads, struct lc_input *in,
                           const struct lc_table_column *by, bool list, struct lc_err *err)
{
    const struct lc_event_columns file = {column_of(in, in->key),
                                          column_of(in, in->event_time),
                                          column_of(in, in->event_type),
                                          column_of(in, in->event_content),
                                          in->n,
                                          list};
    const int32_t *undecided = in->options->undecided;
    struct lc_event_decisions decisions = {.leads = by,
                                           .undecided = undecided ? *undecided : LC_NO_DAY,
                                           .snapshot = in->options->snapshot,
                                           .n = leads->n};
    struct lc_table_column *own;
    struct lc_events *made = LC_NEW(in->arena, 1, struct lc_events);
    enum lc_rc rc;

    if (!made)
        return lc_fail_memory(err, "the events of the leads");
    decisions.decided = lc_decision_column(leads, &decisions.after_days);
    rc = lc_events(&file, &decisions, in->events, in->arena, made, err);
    if (rc)
        return rc;
    own = LC_NEW(in->arena, in->n_sinks, struct lc_table_column);
    if (!own)
        return lc_fail_memory(err, "the events of the leads");
    memcpy(own, in->column, in->n_sinks * sizeof *own);
    in->about.own = own;
    in->about.n_own = in->n_sinks;
    in->about.fate = made->fate;
    in->about.through = in->through;
    in->about.events = made;
    in->about.orphans = made->account.orphans;
    for (size_t i = 0; i < made->n; i++)
        in->about.matched += made->begin[i + 1] > made->begin[i];
    return note_events(in, made, decisions.decided || undecided || decisions.snapshot, err);
}
