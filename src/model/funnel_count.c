/* Who stands where in the funnel: one pass over the leads. */
#include <math.h>
#include <string.h>

#include "funnel_internal.h"
#include "leadcal/num.h"

/* The file whose rows are the opportunities: the one that won_if_in names, or that holds the
 * outcome's column. */
static enum lc_rc find_joined(struct lc_funnel_work *w, struct lc_err *err)
{
    size_t file = 0, at = 0;
    enum lc_rc rc = LC_OK;

    if (w->spec->outcome.won_if_in) {
        for (size_t f = 1; f < w->table->n_files; f++)
            if (w->table->file[f].name &&
                strcmp(w->table->file[f].name, w->spec->outcome.won_if_in) == 0)
                file = f;
    } else {
        rc = lc_table_find(w->table, w->spec->outcome.column, &at, err);
        if (!rc)
            file = w->table->column[at].file;
    }
    if (!rc && file) {
        w->joined = &w->table->file[file];
        w->has_row = w->joined->has_row;
    }
    return rc;
}

static enum lc_rc read_all(struct lc_funnel_work *w, struct lc_arena *scratch,
                           struct lc_err *err)
{
    enum lc_rc rc;

    w->outcome.arena = scratch;
    rc = lc_leads_read(w->table, w->spec, true, &w->outcome, scratch, &w->leads, err);
    if (!rc)
        rc = lc_acceptance_read(w->table, w->spec, &w->leads, scratch, &w->acceptance, err);
    if (!rc)
        rc = find_joined(w, err);
    if (!rc)
        rc = lc_amount_column(w->table, w->spec, &w->amount, err);
    w->entered = w->leads.entered ? w->leads.entered : w->leads.handed_over;
    w->entered_name = w->leads.entered ? w->spec->date.entered : w->spec->date.handed_over;
    return rc;
}

static int32_t entered_on(const struct lc_funnel_work *w, size_t i)
{
    return w->entered ? w->entered[i] : LC_NO_DAY;
}

static int32_t closed_on(const struct lc_funnel_work *w, size_t i)
{
    return w->leads.closed ? w->leads.closed[i] : LC_NO_DAY;
}

/* A closing after the as-of date is no fact yet. */
static bool closes_after(const struct lc_funnel_work *w, size_t i)
{
    return closed_on(w, i) != LC_NO_DAY && closed_on(w, i) > w->leads.as_of;
}

static bool counts(const struct lc_funnel_work *w, size_t i)
{
    return entered_on(w, i) == LC_NO_DAY || entered_on(w, i) <= w->leads.as_of;
}

/* The part of a win that lead i is credited with: 1, or less where leads share an opportunity
 * (LC_CREDIT_SHARE); 0 where nothing was won by the as-of date. */
static double win_of(const struct lc_funnel_work *w, size_t i)
{
    if (closes_after(w, i))
        return 0;
    return w->leads.share ? w->leads.share[i] : w->leads.state[i] == LC_STATE_WON;
}

/* Periods from the first entry or win to the last. */
static enum lc_rc span_periods(struct lc_funnel_work *w, struct lc_arena *scratch,
                               struct lc_err *err)
{
    int32_t low = INT32_MAX, high = INT32_MIN;

    for (size_t i = 0; i < w->leads.n; i++) {
        const int32_t day[] = {entered_on(w, i),
                               win_of(w, i) > 0 ? closed_on(w, i) : LC_NO_DAY};

        for (size_t d = 0; d < 2 && counts(w, i); d++)
            if (day[d] != LC_NO_DAY) {
                low = day[d] < low ? day[d] : low;
                high = day[d] > high ? day[d] : high;
            }
    }
    if (low <= high) {
        w->first = lc_period_of(w->kind, low);
        w->n = (size_t)(lc_period_of(w->kind, high) - w->first) + 1;
    }
    w->count = LC_NEW(scratch, w->n + 2, struct lc_stage_counts);
    return w->count ? LC_OK : lc_fail_memory(err, "the funnel");
}

static double amount_of(const struct lc_funnel_work *w, size_t i)
{
    return w->amount && w->amount->number ? w->amount->number[lc_code_at(&w->amount->codes, i)]
                                          : LC_NAN;
}

static bool is_opportunity(const struct lc_funnel_work *w, size_t i)
{
    const int32_t day = w->leads.opportunity ? w->leads.opportunity[i] : LC_NO_DAY;

    if (day != LC_NO_DAY)
        return day <= w->leads.as_of;
    return w->has_row && w->has_row[i];
}

/* A win, or a part of one, on the side of its closing: c is of the period it closed in. */
static void count_closing(struct lc_stage_counts *c, size_t closed, size_t entered,
                          size_t undated, double win, double amount)
{
    c->closed_won += win;
    c->closed_amount += isnan(amount) ? 0 : win * amount;
    if (entered == undated)
        c->closed_undated += win;
    else if (entered < closed)
        c->closed_earlier += win;
    else if (entered > closed)
        c->closed_ahead += win;
}

/* One lead: in the period it entered, and a win again in the one it closed in. */
static void count_lead(struct lc_funnel_work *w, size_t i)
{
    const struct lc_leads *l = &w->leads;
    const int32_t on = entered_on(w, i), closed = closed_on(w, i);
    const size_t undated = w->n;
    const size_t at =
        on == LC_NO_DAY ? undated : (size_t)(lc_period_of(w->kind, on) - w->first);
    struct lc_stage_counts *c = &w->count[at];
    const double amount = amount_of(w, i), win = win_of(w, i);

    c->leads++;
    c->unconvertible += lc_is_left_out(l, i);
    c->handed_over +=
        l->handed_over && l->handed_over[i] != LC_NO_DAY && l->handed_over[i] <= l->as_of;
    c->accepted += lc_acceptance_of(&w->acceptance, i, NULL) == LC_ACCEPTED;
    c->opportunities += is_opportunity(w, i);
    if (l->state[i] == LC_STATE_LOST && !closes_after(w, i))
        c->lost++;
    else
        c->open += 1 - win;
    c->won_after += l->state[i] == LC_STATE_WON && closes_after(w, i);
    c->won += win;
    c->amount += isnan(amount) ? 0 : win * amount;
    c->won_unpaid += isnan(amount) ? win : 0;
    if (win > 0 && closed == LC_NO_DAY)
        c->won_undated += win;
    if (win > 0 && closed != LC_NO_DAY) {
        const size_t in = (size_t)(lc_period_of(w->kind, closed) - w->first);

        count_closing(&w->count[in], in, at, undated, win, amount);
        c->closed_later += at != undated && in > at ? win : 0;
    }
}

enum lc_rc lc_funnel_count(struct lc_funnel_work *w, struct lc_arena *scratch,
                           struct lc_err *err)
{
    enum lc_rc rc = read_all(w, scratch, err);

    if (!rc)
        rc = span_periods(w, scratch, err);
    for (size_t i = 0; !rc && i < w->leads.n; i++)
        if (counts(w, i))
            count_lead(w, i);
        else
            w->after_as_of++;
    return rc;
}
