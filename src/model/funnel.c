#include "leadcal/funnel.h"

#include <assert.h>

#include "funnel_internal.h"
#include "leadcal/num.h"

enum column {
    PERIOD,
    LEADS,
    HANDED_OVER,
    ACCEPTED,
    OPPORTUNITIES,
    WON,
    LOST,
    OPEN,
    AMOUNT,
    COHORT_RATE,
    CLOSED_WON,
    CLOSED_AMOUNT,
    PERIOD_RATE,
    CLOSED_EARLIER,
    CLOSED_LATER,
    NOTE,
    UNCONVERTIBLE, /* the last: there only where the spec has rules that exclude */
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [PERIOD] = {"period", LC_CELL_TEXT, "entered in", false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [HANDED_OVER] = {"handed_over", LC_CELL_COUNT, "handed over", false},
    [ACCEPTED] = {"accepted", LC_CELL_COUNT, NULL, false},
    [OPPORTUNITIES] = {"opportunities", LC_CELL_COUNT, "opport.", false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [LOST] = {"lost", LC_CELL_COUNT, NULL, false},
    [OPEN] = {"open", LC_CELL_COUNT, NULL, false},
    [AMOUNT] = {"amount", LC_CELL_REAL, NULL, false},
    [COHORT_RATE] = {"cohort_rate", LC_CELL_RATE, "cohort rate", false},
    [CLOSED_WON] = {"closed_won", LC_CELL_COUNT, "closed won", false},
    [CLOSED_AMOUNT] = {"closed_amount", LC_CELL_REAL, "closed amount", true},
    [PERIOD_RATE] = {"period_rate", LC_CELL_RATE, "period rate", false},
    [CLOSED_EARLIER] = {"closed_earlier", LC_CELL_COUNT, "of earlier", false},
    [CLOSED_LATER] = {"closed_later", LC_CELL_COUNT, "won later", false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, true},
    [UNCONVERTIBLE] = {"unconvertible", LC_CELL_COUNT, "unconv.", false},
};

static void add_up(struct lc_stage_counts *all, const struct lc_stage_counts *c)
{
    all->leads += c->leads;
    all->unconvertible += c->unconvertible;
    all->handed_over += c->handed_over;
    all->accepted += c->accepted;
    all->opportunities += c->opportunities;
    all->won += c->won;
    all->lost += c->lost;
    all->open += c->open;
    all->amount += c->amount;
    all->closed_won += c->closed_won;
    all->closed_amount += c->closed_amount;
    all->closed_earlier += c->closed_earlier;
    all->closed_ahead += c->closed_ahead;
    all->closed_undated += c->closed_undated;
    all->closed_later += c->closed_later;
    all->won_undated += c->won_undated;
    all->won_unpaid += c->won_unpaid;
    all->won_after += c->won_after;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : LC_NAN;
}

/* dated  false: the row of leads without a day, in which nothing can close */
static void put_counts(const struct lc_funnel_work *w, const struct lc_stage_counts *c,
                       bool dated, union lc_value *row)
{
    row[LEADS].number = c->leads;
    if (w->leads.left_out)
        row[UNCONVERTIBLE].number = c->unconvertible;
    if (w->leads.handed_over)
        row[HANDED_OVER].number = c->handed_over;
    if (w->acceptance.column || w->acceptance.accepted)
        row[ACCEPTED].number = c->accepted;
    if (w->leads.opportunity || w->has_row)
        row[OPPORTUNITIES].number = c->opportunities;
    row[WON].number = c->won;
    row[LOST].number = c->lost;
    row[OPEN].number = c->open;
    row[COHORT_RATE].number = share(c->won, c->leads);
    if (w->amount)
        row[AMOUNT].number = c->amount;
    if (!w->leads.closed || !dated)
        return;
    row[CLOSED_WON].number = c->closed_won;
    if (w->amount)
        row[CLOSED_AMOUNT].number = c->closed_amount;
    row[PERIOD_RATE].number = share(c->closed_won, c->leads);
    row[CLOSED_EARLIER].number = c->closed_earlier;
    row[CLOSED_LATER].number = c->closed_later;
}

static enum lc_rc add_row(const struct lc_funnel_work *w, size_t at, struct lc_frame *frame,
                          struct lc_err *err)
{
    const bool is_period = at < w->n;
    const int32_t number = w->first + (int32_t)at;
    const bool not_over = is_period && lc_period_last(w->kind, number) > w->leads.as_of;
    char text[LC_PERIOD_TEXT];
    union lc_value *row = NULL;
    enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    if (is_period)
        lc_period_text(w->kind, number, text);
    row[PERIOD].text = at == w->n       ? "(undated)"
                       : at == w->n + 1 ? "(all)"
                                        : lc_arena_text(frame->arena, lc_slice_of(text));
    put_counts(w, &w->count[at], at != w->n && (is_period || w->n), row);
    if (!row[PERIOD].text)
        return lc_fail_memory(err, frame->name);
    if (w->leads.closed)
        rc = lc_funnel_reasons(&w->count[at], w->kind, not_over, frame->arena, &row[NOTE].text,
                               err);
    return rc;
}

static enum lc_rc fill(struct lc_funnel_work *w, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_stage_counts *all = &w->count[w->n + 1];
    char words[LC_AS_OF_WORDS];
    enum lc_rc rc = LC_OK;

    for (size_t at = 0; at <= w->n; at++)
        add_up(all, &w->count[at]);
    for (size_t at = 0; !rc && at <= w->n + 1; at++)
        if (at != w->n || w->count[at].leads > 0)
            rc = add_row(w, at, frame, err);
    if (rc)
        return rc;
    frame->title = lc_arena_format(
        frame->arena, "%.0f leads by the %s they entered in, %.0f won at any time; %s",
        all->leads, lc_period_word(w->kind), all->won, lc_as_of_words(w->leads.as_of, words));
    if (!frame->title)
        return lc_fail_memory(err, frame->name);
    return lc_funnel_notes(w, frame, err);
}

enum lc_rc lc_funnel(const struct lc_table *table, const struct lc_spec *spec,
                     enum lc_period kind, struct lc_arena *arena, struct lc_frame *frame,
                     struct lc_err *err)
{
    struct lc_funnel_work w = {.table = table, .spec = spec, .kind = kind};
    struct lc_arena scratch;
    struct lc_frame f;
    enum lc_rc rc;

    assert(kind == LC_PERIOD_QUARTER || kind == LC_PERIOD_MONTH);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_funnel_count(&w, &scratch, err);
    lc_frame_init(&f, "funnel", heading, w.leads.left_out ? COLUMNS : UNCONVERTIBLE, arena);
    if (!rc)
        rc = fill(&w, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
