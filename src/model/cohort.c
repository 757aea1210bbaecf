#include "cohort_internal.h"

#include <assert.h>
#include <string.h>

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

/* The latest entered, handed-over, accepted, modified or actual closing date; never the expected
 * close of an open deal, never this machine's clock. */
static enum lc_rc find_as_of(const struct lc_table *table, const struct lc_spec *spec,
                             const int32_t *accepted, struct lc_leads *leads)
{
    int32_t as_of = LC_NO_DAY;

    if (spec->as_of_day != LC_NO_DAY) {
        leads->as_of = spec->as_of_day;
        return LC_OK;
    }
    as_of = latest(leads->entered, NULL, leads->n, as_of);
    as_of = latest(leads->day, NULL, leads->n, as_of);
    as_of = latest(accepted, NULL, leads->n, as_of);
    as_of = latest(leads->closed, leads->state, leads->n, as_of);
    for (size_t j = 0; j < table->k; j++)
        if (table->column[j].kind == LC_KIND_DATE &&
            speaks_of_changes(table->column[j].codes.name))
            as_of = latest(table->column[j].day, NULL, table->column[j].codes.n_levels, as_of);
    leads->as_of = as_of;
    return LC_OK;
}

static enum lc_rc read_leads(const struct lc_table *table, const struct lc_spec *spec,
                             struct lc_notes *notes, struct lc_arena *arena,
                             struct lc_leads *leads, struct lc_err *err)
{
    int32_t *handed = NULL, *accepted = NULL;
    enum lc_rc rc;

    *leads = (struct lc_leads){.n = table->n, .as_of = LC_NO_DAY};
    rc = lc_leads_states(table, spec, notes, arena, &leads->state, err);
    if (!rc)
        rc = days_of(table, spec->date.entered, arena, &leads->entered, err);
    if (!rc)
        rc = days_of(table, spec->date.handed_over, arena, &handed, err);
    if (!rc)
        rc = days_of(table, spec->date.accepted, arena, &accepted, err);
    if (!rc)
        rc = days_of(table, spec->date.closed, arena, &leads->closed, err);
    if (!rc)
        rc = days_of(table, spec->date.opportunity, arena, &leads->opportunity, err);
    if (rc)
        return rc;
    leads->day = handed;
    if (!handed && leads->entered) {
        leads->day = LC_NEW(arena, table->n ? table->n : 1, int32_t);
        if (!leads->day)
            return lc_fail_memory(err, "dates");
        for (size_t i = 0; i < table->n; i++)
            leads->day[i] = leads->entered[i] == LC_NO_DAY
                                ? LC_NO_DAY
                                : leads->entered[i] + spec->decision_after_days;
    }
    return find_as_of(table, spec, accepted, leads);
}

/* Closings after the as-of date are not facts yet. */
static void reopen(struct lc_leads *leads, struct lc_cohort *c)
{
    for (size_t i = 0; leads->closed && i < leads->n; i++)
        if (leads->closed[i] != LC_NO_DAY && leads->closed[i] > leads->as_of &&
            leads->state[i] != LC_STATE_OPEN) {
            leads->state[i] = LC_STATE_OPEN;
            c->account.closed_after_as_of++;
        }
}

/* Does lead i count? If not, its reason is counted. */
static bool counts(const struct lc_leads *l, size_t i, struct lc_cohort *c)
{
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

static enum lc_rc read_amounts(const struct lc_table *table, const struct lc_spec *spec,
                               const uint32_t *row, size_t n, struct lc_arena *arena,
                               const double **to, struct lc_err *err)
{
    const struct lc_table_column *c;
    double *amount;
    size_t at = 0;
    enum lc_rc rc;

    if (!spec->amount)
        return LC_OK;
    rc = lc_table_find(table, spec->amount, &at, err);
    if (rc)
        return rc;
    c = &table->column[at];
    if (c->kind != LC_KIND_NUMBER && c->kind != LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH, "column '%s' is used as the amount but holds texts",
                       spec->amount);
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
    return p->row && p->y && p->state && (p->day || !l->day) &&
           (p->cycle || !(cycles && l->entered)) &&
           (p->cycle_opportunity || !(cycles && l->opportunity));
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
        if (p->day)
            p->day[at] = l->day[i];
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
}

static enum lc_rc refuse_all_young(const struct lc_leads *l, const struct lc_cohort *c,
                                   struct lc_err *err)
{
    int32_t first = INT32_MAX;
    char as_of[LC_DAY_TEXT];

    for (size_t i = 0; i < l->n; i++)
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

enum lc_rc lc_cohort_build(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_arena *arena, struct lc_cohort *cohort, struct lc_err *err)
{
    struct lc_notes notes = {.arena = arena};
    struct lc_cohort c = {.as_of = LC_NO_DAY};
    struct lc_leads leads;
    struct picked picked;
    enum lc_rc rc;

    rc = read_leads(table, spec, &notes, arena, &leads, err);
    if (rc)
        return rc;
    c.account.leads = table->n;
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
    if (c.n == 0 && table->n && c.has_dates)
        return refuse_all_young(&leads, &c, err);
    rc = read_amounts(table, spec, c.row, c.n, arena, &c.amount, err);
    if (rc)
        return rc;
    c.note = notes.text;
    c.n_notes = notes.n;
    *cohort = c;
    return LC_OK;
}
