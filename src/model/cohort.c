#include "cohort_internal.h"

#include <assert.h>
#include <string.h>

#include "leadcal/events.h"
#include "leadcal/history.h"
#include "leadcal/num.h"

/* Days of a date column for every lead; NULL to without a name. */
static enum lc_rc days_of(const struct lc_table *table, const char *name,
                          struct lc_arena *arena, int32_t **to, struct lc_err *err)
{
    const struct lc_table_column *c;
    int32_t *day;
    size_t at = 0;
    enum lc_rc rc;

    *to = NULL;
    if (!name)
        return LC_OK;
    rc = lc_table_find(table, name, &at, err);
    if (rc)
        return rc;
    c = &table->column[at];
    if (c->kind != LC_KIND_DATE && c->kind != LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH, "column '%s' is used as a date but holds no dates",
                       name);
    day = LC_NEW(arena, table->n ? table->n : 1, int32_t);
    if (!day)
        return lc_fail_memory(err, "dates");
    for (size_t i = 0; i < table->n; i++)
        day[i] = c->day ? c->day[lc_code_at(&c->codes, i)] : LC_NO_DAY;
    *to = day;
    return LC_OK;
}

static int32_t latest(const int32_t *day, const uint8_t *state, size_t n, int32_t so_far)
{
    for (size_t i = 0; day && i < n; i++)
        if (day[i] > so_far && (!state || state[i] != LC_STATE_OPEN))
            so_far = day[i];
    return so_far;
}

static bool speaks_of_changes(const char *name)
{
    static const char *const word[] = {"modif", "updated", "last_activity", "lastactivity"};
    const size_t all = strlen(name);

    for (size_t w = 0; w < sizeof word / sizeof word[0]; w++)
        for (size_t i = 0, n = strlen(word[w]); i + n <= all; i++)
            if (lc_slice_eq_nocase((struct lc_slice){name + i, n}, lc_slice_of(word[w])))
                return true;
    return false;
}

/* The latest entered, handed-over, touched, accepted, modified, changed or actual closing date; never the
 * expected close of an open deal, never this machine's clock. */
static void find_as_of(const struct lc_table *table, const struct lc_spec *spec,
                       struct lc_leads *leads)
{
    const int32_t *const event[] = {leads->entered, leads->handed_over, leads->touched,
                                    leads->accepted};
    int32_t as_of = LC_NO_DAY;

    if (spec->as_of_day != LC_NO_DAY) {
        leads->as_of = spec->as_of_day;
        return;
    }
    for (size_t e = 0; e < sizeof event / sizeof *event; e++)
        as_of = latest(event[e], NULL, leads->n, as_of);
    if (leads->state)
        as_of = latest(leads->closed, leads->state, leads->n, as_of);
    for (size_t j = 0; j < table->k; j++)
        if (table->column[j].kind == LC_KIND_DATE &&
            speaks_of_changes(table->column[j].codes.name))
            as_of = latest(table->column[j].day, NULL, table->column[j].codes.n_levels, as_of);
    for (size_t f = 0; f < table->n_files; f++) {
        if (table->file[f].events && table->file[f].events->last > as_of)
            as_of = table->file[f].events->last;
        if (table->file[f].changes && table->file[f].changes->last > as_of)
            as_of = table->file[f].changes->last;
    }
    leads->as_of = as_of;
}

static enum lc_rc read_days(const struct lc_table *table, const struct lc_spec *spec,
                            struct lc_arena *arena, struct lc_leads *leads, struct lc_err *err)
{
    const struct {
        const char *column;
        int32_t **to;
    } date[] = {{spec->date.entered, &leads->entered},
                {spec->date.handed_over, &leads->handed_over},
                {spec->date.first_touch, &leads->touched},
                {spec->date.accepted, &leads->accepted},
                {spec->date.closed, &leads->closed},
                {spec->date.opportunity, &leads->opportunity}};
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < sizeof date / sizeof *date && !rc; i++)
        rc = days_of(table, date[i].column, arena, date[i].to, err);
    return rc;
}

enum lc_rc lc_leads_read(const struct lc_table *table, const struct lc_spec *spec,
                         bool need_outcome, struct lc_notes *notes, struct lc_arena *arena,
                         struct lc_leads *leads, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    *leads = (struct lc_leads){.n = table->n, .as_of = LC_NO_DAY};
    if (need_outcome || spec->outcome.column || spec->outcome.won_if_in)
        rc = lc_leads_states(table, spec, notes, arena, &leads->state, err);
    if (!rc)
        rc = read_days(table, spec, arena, leads, err);
    if (rc)
        return rc;
    leads->day = leads->handed_over;
    if (!leads->day && leads->entered) {
        leads->day = LC_NEW(arena, table->n ? table->n : 1, int32_t);
        if (!leads->day)
            return lc_fail_memory(err, "dates");
        for (size_t i = 0; i < table->n; i++)
            leads->day[i] = leads->entered[i] == LC_NO_DAY
                                ? LC_NO_DAY
                                : leads->entered[i] + spec->decision_after_days;
    }
    rc = lc_leads_credit(table, spec, notes, arena, leads, err);
    if (!rc)
        rc = lc_leads_rules(table, spec, arena, leads, err);
    if (!rc)
        find_as_of(table, spec, leads);
    return rc;
}

/* Closings after the as-of date are not facts yet. */
static void reopen(struct lc_leads *leads, struct lc_cohort *c)
{
    for (size_t i = 0; leads->closed && i < leads->n; i++)
        if (leads->closed[i] != LC_NO_DAY && leads->closed[i] > leads->as_of &&
            (leads->state[i] != LC_STATE_OPEN || (leads->share && leads->share[i] > 0))) {
            leads->state[i] = LC_STATE_OPEN;
            if (leads->share)
                leads->share[i] = 0;
            c->account.closed_after_as_of++;
        }
}

/* Does lead i count? If not, its reason is counted. */
static bool counts(const struct lc_leads *l, size_t i, struct lc_cohort *c)
{
    if (lc_is_left_out(l, i) && lc_is_old_enough(l, i, c->window_days)) {
        c->account.disqualified++;
        c->account.disqualified_won += lc_won_within(l, i, c->window_days);
        return false;
    }
    if (!l->day)
        return true;
    if (l->day[i] == LC_NO_DAY) {
        c->account.undated++;
        return c->window_days == LC_WINDOW_NONE;
    }
    if (l->day[i] > l->as_of) {
        c->account.after_as_of++;
        return false;
    }
    if (!lc_is_mature(l, i, c->window_days)) {
        c->account.immature++;
        return false;
    }
    return true;
}

/* Days from `start` to closed of a win within W; counts negative ones once. */
static int32_t cycle_of(const struct lc_leads *l, const int32_t *start, size_t i,
                        size_t *negative)
{
    assert(l->closed && l->day);
    if (!start || start[i] == LC_NO_DAY || l->closed[i] == LC_NO_DAY)
        return LC_NO_DAY;
    if (l->closed[i] < start[i] || (l->day[i] != LC_NO_DAY && l->closed[i] < l->day[i])) {
        ++*negative;
        return LC_NO_DAY;
    }
    return l->closed[i] - start[i];
}

enum lc_rc lc_amount_column(const struct lc_table *table, const struct lc_spec *spec,
                            const struct lc_table_column **column, struct lc_err *err)
{
    const struct lc_table_column *c;
    size_t at = 0;
    enum lc_rc rc;

    *column = NULL;
    if (!spec->amount)
        return LC_OK;
    rc = lc_table_find(table, spec->amount, &at, err);
    if (rc)
        return rc;
    c = &table->column[at];
    if (c->kind != LC_KIND_NUMBER && c->kind != LC_KIND_EMPTY)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' is used as the amount but holds texts; mend those cells, name "
            "what stands for an empty cell under \"missing\", or name another column",
            spec->amount);
    *column = c;
    return LC_OK;
}

static enum lc_rc read_amounts(const struct lc_table *table, const struct lc_spec *spec,
                               const uint32_t *row, size_t n, struct lc_arena *arena,
                               const double **to, struct lc_err *err)
{
    const struct lc_table_column *c;
    double *amount;
    const enum lc_rc rc = lc_amount_column(table, spec, &c, err);

    if (rc || !c)
        return rc;
    amount = LC_NEW(arena, n ? n : 1, double);
    if (!amount)
        return lc_fail_memory(err, "amounts");
    for (size_t i = 0; i < n; i++)
        amount[i] = c->number ? c->number[lc_code_at(&c->codes, row[i])] : LC_NAN;
    *to = amount;
    return LC_OK;
}

/* The arrays of the counted leads. */
struct picked {
    uint32_t *row;
    uint8_t *y, *state;
    int32_t *day, *cycle, *cycle_opportunity;
    double *credit;
};

static bool make_room(const struct lc_leads *l, struct lc_arena *arena, struct picked *p)
{
    const size_t room = l->n ? l->n : 1;
    const bool cycles = l->day && l->closed;

    *p = (struct picked){.row = LC_NEW(arena, room, uint32_t),
                         .y = LC_NEW(arena, room, uint8_t),
                         .state = LC_NEW(arena, room, uint8_t)};
    if (l->day)
        p->day = LC_NEW(arena, room, int32_t);
    if (cycles && l->entered)
        p->cycle = LC_NEW(arena, room, int32_t);
    if (cycles && l->opportunity)
        p->cycle_opportunity = LC_NEW(arena, room, int32_t);
    if (l->share)
        p->credit = LC_NEW(arena, room, double);
    return p->row && p->y && p->state && (p->day || !l->day) && (p->credit || !l->share) &&
           (p->cycle || !(cycles && l->entered)) &&
           (p->cycle_opportunity || !(cycles && l->opportunity));
}

/* The part of a win within W that a lead has. */
static double share_of(const struct lc_leads *l, size_t i, int32_t w)
{
    return lc_closed_within(l, i, w) ? l->share[i] : 0;
}

static void pick(const struct lc_leads *l, struct lc_cohort *c, const struct picked *p)
{
    for (size_t i = 0; i < l->n; i++) {
        const size_t at = c->n;
        size_t ignored = 0;

        if (!counts(l, i, c))
            continue;
        p->row[at] = (uint32_t)i;
        p->state[at] = l->state[i];
        p->y[at] = lc_won_within(l, i, c->window_days);
        if (p->day && l->day)
            p->day[at] = l->day[i];
        if (p->credit)
            p->credit[at] = share_of(l, i, c->window_days);
        if (p->cycle)
            p->cycle[at] =
                p->y[at] ? cycle_of(l, l->entered, i, &c->account.negative) : LC_NO_DAY;
        if (p->cycle_opportunity)
            p->cycle_opportunity[at] =
                p->y[at] ? cycle_of(l, l->opportunity, i, &ignored) : LC_NO_DAY;
        c->account.won_late += l->state[i] == LC_STATE_WON && !p->y[at];
        c->account.open_old += l->state[i] == LC_STATE_OPEN;
        c->account.won_undated +=
            l->closed && l->state[i] == LC_STATE_WON && l->closed[i] == LC_NO_DAY;
        c->n_won += p->y[at];
        c->n++;
    }
    c->row = p->row;
    c->y = p->y;
    c->state = p->state;
    c->day = p->day;
    c->cycle = p->cycle;
    c->cycle_opportunity = p->cycle_opportunity;
    c->credit = p->credit;
}

static enum lc_rc refuse_all_young(const struct lc_leads *l, const struct lc_cohort *c,
                                   struct lc_err *err)
{
    int32_t first = INT32_MAX;
    char as_of[LC_DAY_TEXT];

    for (size_t i = 0; l->day && i < l->n; i++)
        if (l->day[i] != LC_NO_DAY && l->day[i] < first)
            first = l->day[i];
    if (first == INT32_MAX)
        return lc_fail(
            err, LC_EDEGENERATE,
            "no lead has a decision date; name the column with --entered, or count every "
            "lead with --window none");
    lc_day_text(l->as_of, as_of);
    if (first > l->as_of)
        return lc_fail(err, LC_EDEGENERATE,
                       "every lead was decided after the as-of date %s; give a later --as-of",
                       as_of);
    return lc_fail(
        err, LC_EDEGENERATE,
        "no lead was followed for %d days by %s; the oldest needs %d more days: use a "
        "shorter --window, or --window none to count every lead",
        (int)c->window_days, as_of, (int)(c->window_days - (l->as_of - first)));
}

/* What was known on an earlier day is asked of all leads. */
static enum lc_rc keep_all(const struct lc_leads *l, struct lc_arena *arena,
                           struct lc_cohort *c, struct lc_err *err)
{
    struct lc_leads *all = LC_NEW(arena, 1, struct lc_leads);

    if (!all)
        return lc_fail_memory(err, "the leads");
    *all = *l;
    c->leads = all;
    return LC_OK;
}

enum lc_rc lc_cohort_build(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_arena *arena, struct lc_cohort *cohort, struct lc_err *err)
{
    struct lc_notes notes = {.arena = arena};
    struct lc_cohort c = {.as_of = LC_NO_DAY};
    struct lc_leads leads;
    struct picked picked;
    enum lc_rc rc;

    rc = lc_leads_read(table, spec, true, &notes, arena, &leads, err);
    if (rc)
        return rc;
    c.account.leads = table->n;
    c.account.associated = leads.associated;
    c.account.opportunities = leads.opportunities;
    c.has_dates = leads.day != NULL;
    c.by_hand_over = spec->date.handed_over != NULL;
    c.file_is_time = !c.has_dates && spec->order_is_file;
    c.has_closed = leads.closed != NULL;
    c.as_of = c.has_dates ? leads.as_of : LC_NO_DAY;
    if (c.has_dates)
        reopen(&leads, &c);
    rc = lc_window_set(&leads, spec, &notes, &c, err);
    if (!rc && !c.has_dates)
        rc = lc_notes_add(
            &notes, err,
            "no dates are named, so every lead counts and maturity was not checked "
            "(--entered, --closed)");
    if (rc)
        return rc;
    if (!make_room(&leads, arena, &picked))
        return lc_fail_memory(err, "the leads");
    pick(&leads, &c, &picked);
    if (c.n == 0 && c.account.disqualified)
        return lc_fail(err, LC_EDEGENERATE,
                       "no lead is left: the rules under \"disqualify\" leave out all %zu that "
                       "would count; check their columns and values",
                       c.account.disqualified);
    if (c.n == 0 && table->n && c.has_dates)
        return refuse_all_young(&leads, &c, err);
    rc = keep_all(&leads, arena, &c, err);
    if (!rc)
        rc = read_amounts(table, spec, c.row, c.n, arena, &c.amount, err);
    if (!rc)
        rc = lc_cohort_worked(table, spec, &leads, arena, &c, err);
    if (!rc)
        rc = lc_cohort_belonging(table, spec, arena, &c, err);
    if (rc)
        return rc;
    c.note = notes.text;
    c.n_notes = notes.n;
    *cohort = c;
    return LC_OK;
}
