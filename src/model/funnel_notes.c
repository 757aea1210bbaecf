/* What the funnel rests on, and why its wins are not those of a dashboard, in words. */
#include <stdio.h>
#include <string.h>

#include "funnel_internal.h"

/* "; 12 closed from earlier quarters" behind a text, where the count is not 0. */
static void append(char *to, size_t room, double count, const char *words, const char *period)
{
    const size_t used = strlen(to);

    if (count > 0)
        (void)snprintf(to + used, room - used, "%s%.0f %s%s", used ? "; " : "", count, words,
                       period);
}

enum lc_rc lc_funnel_reasons(const struct lc_stage_counts *c, enum lc_period kind,
                             bool not_over, struct lc_arena *arena, const char **text,
                             struct lc_err *err)
{
    const char *period = lc_period_word(kind);
    char words[600] = "";
    size_t used;

    append(words, sizeof words, c->closed_earlier, "closed that entered in an earlier ",
           period);
    append(words, sizeof words, c->closed_undated, "closed without a day of entry", "");
    append(words, sizeof words, c->closed_ahead, "closed before they entered", "");
    append(words, sizeof words, c->closed_later, "won in a later ", period);
    append(words, sizeof words, c->won_undated, "won without a day of closing", "");
    append(words, sizeof words, c->open, "still open", "");
    append(words, sizeof words, c->won_after, "of them won after the as-of date", "");
    used = strlen(words);
    if (not_over)
        (void)snprintf(words + used, sizeof words - used, "%sthe %s is not over",
                       used ? "; " : "", period);
    *text = NULL;
    if (!*words)
        return LC_OK;
    *text = lc_arena_text(arena, lc_slice_of(words));
    return *text ? LC_OK : lc_fail_memory(err, "the funnel");
}

/* Columns that are empty, and what would fill them. */
static enum lc_rc note_missing(const struct lc_funnel_work *w, struct lc_frame *frame,
                               struct lc_err *err)
{
    const struct {
        bool is_there;
        const char *words;
    } source[] = {
        {w->leads.handed_over != NULL, "handed_over is empty: no day of hand-over is named "
                                       "(--handed-over)"},
        {w->acceptance.column || w->acceptance.accepted,
         "accepted is empty: neither a day (--accepted) nor a column of acceptance "
         "(\"acceptance\" in a spec) is named"},
        {w->leads.opportunity || w->has_row,
         "opportunities is empty: no day of opportunity (--opportunity-created) is named, and "
         "the outcome stands in no joined file"},
        {w->amount != NULL,
         "amount and closed_amount are empty: no column is named (--amount)"},
        {w->leads.closed != NULL,
         "the columns by day of closing are empty: none is named (--closed)"},
    };
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; !rc && i < sizeof source / sizeof *source; i++)
        if (!source[i].is_there)
            rc = lc_frame_note(frame, err, "%s", source[i].words);
    return rc;
}

/* Who is in which row. */
/* A funnel is of all leads; the rates are not. */
static enum lc_rc note_unconvertible(const struct lc_funnel_work *w, struct lc_frame *frame,
                                     struct lc_err *err)
{
    const double leads = w->count[w->n + 1].unconvertible;

    if (!w->leads.left_out)
        return LC_OK;
    return lc_frame_note(frame, err,
                         "unconvertible by the spec's rules: %.0f leads, which are in this "
                         "table and not in rates and models",
                         leads);
}

static enum lc_rc note_unit(const struct lc_funnel_work *w, struct lc_frame *frame,
                            struct lc_err *err)
{
    const double undated = w->count[w->n].leads;
    enum lc_rc rc = lc_note_as_of(w->spec, w->leads.as_of, frame, err);

    for (size_t i = 0; !rc && i < w->outcome.n; i++)
        rc = lc_frame_note(frame, err, "%s", w->outcome.text[i]);
    if (!rc && !w->entered)
        rc = lc_frame_note(frame, err,
                           "no day of entry is named, so every lead is (undated) (--entered)");
    else if (!rc && !w->leads.entered)
        rc = lc_frame_note(
            frame, err,
            "no day of entry is named, so the day of hand-over in '%s' stands for "
            "it (--entered)",
            w->entered_name);
    else if (!rc && undated > 0)
        rc = lc_frame_note(frame, err, "leads without a day in '%s': %.0f", w->entered_name,
                           undated);
    if (!rc && w->after_as_of)
        rc = lc_frame_note(frame, err,
                           "leads that entered after the as-of date, not counted: %zu",
                           w->after_as_of);
    return rc;
}

/* What the files that were joined say of the difference: wins that no lead of the export stands
 * for are in the dashboard and not here. */
static enum lc_rc note_joins(const struct lc_funnel_work *w, struct lc_frame *frame,
                             struct lc_err *err)
{
    if (!w->joined || !w->joined->orphans)
        return LC_OK;
    return lc_frame_note(
        frame, err,
        "rows of '%s' that belong to no lead: %zu; what was won among them is in the "
        "dashboard, and not here",
        w->joined->name, w->joined->orphans);
}

/* The two ways of counting a win, and all that lies between them. */
static enum lc_rc note_difference(const struct lc_funnel_work *w, struct lc_frame *frame,
                                  struct lc_err *err)
{
    const struct lc_stage_counts *all = &w->count[w->n + 1];
    const char *period = lc_period_word(w->kind), *reasons = NULL;
    enum lc_rc rc;

    if (!w->leads.closed || !w->n)
        return LC_OK;
    rc = lc_frame_note(
        frame, err,
        "won and cohort_rate follow the leads that entered in a %s; closed_won and "
        "period_rate are the wins that closed in it, the number a CRM dashboard "
        "shows",
        period);
    if (!rc)
        rc = lc_funnel_reasons(all, w->kind, false, frame->arena, &reasons, err);
    if (!rc && reasons)
        rc = lc_frame_note(frame, err, "why they differ, over all %ss: %s", period, reasons);
    if (!rc && w->amount && all->won_unpaid > 0)
        rc = lc_frame_note(frame, err,
                           "wins without an amount, which add nothing to the sums: %.0f",
                           all->won_unpaid);
    return rc ? rc : note_joins(w, frame, err);
}

enum lc_rc lc_funnel_notes(const struct lc_funnel_work *w, struct lc_frame *frame,
                           struct lc_err *err)
{
    enum lc_rc rc = note_unit(w, frame, err);

    if (!rc)
        rc = note_unconvertible(w, frame, err);
    if (!rc)
        rc = note_missing(w, frame, err);
    return rc ? rc : note_difference(w, frame, err);
}
