/* Contacts of one account become one row, as it stood when the first of them was decided. */
#include <string.h>

#include "unit_internal.h"

static const char text[] = "the accounts";

/* The contacts, and the rows that each account takes its cells from. */
struct accounts {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_table_units *units;
    struct lc_leads leads;
    uint8_t *state; /* [rows] enum standing; NULL without an outcome */
    struct lc_unit_rows rows;
    uint32_t *decider, *ended, *came_first; /* [n] */
};

/* What an opportunity says of its account, from the least to the most. */
enum standing { SAYS_NOTHING, LOST, OPEN, WON };

/* Won and lost as the spec has them, whoever is credited: the account is. Who has no opportunity, or an
 * empty cell, says nothing. */
static enum lc_rc find_standing(struct accounts *a, struct lc_arena *scratch,
                                struct lc_err *err)
{
    const struct lc_column *outcome = NULL;
    struct lc_notes unread = {.arena = scratch};
    uint8_t *state = NULL;
    enum lc_rc rc;

    if (!a->leads.state)
        return LC_OK;
    rc = lc_leads_states(a->table, a->spec, &unread, scratch, &state, err);
    for (size_t j = 0; j < a->table->k && a->spec->outcome.column && !rc; j++)
        if (strcmp(a->table->column[j].codes.name, a->spec->outcome.column) == 0)
            outcome = &a->table->column[j].codes;
    for (size_t i = 0; i < a->table->n && !rc; i++) {
        const bool empty = !outcome || lc_code_at(outcome, i) == outcome->missing;

        state[i] = state[i] == LC_STATE_WON    ? WON
                   : empty                     ? SAYS_NOTHING
                   : state[i] == LC_STATE_LOST ? LOST
                                               : OPEN;
    }
    a->state = state;
    return rc;
}

/* ---- which row tells how it ended ---- */

static int32_t day_at(const int32_t *day, uint32_t row)
{
    return day ? day[row] : LC_NO_DAY;
}

/* Does the account take its outcome from row x rather than from y, which stands before it? */
static bool tells_more(const struct accounts *a, uint32_t x, uint32_t y, int32_t decided)
{
    const int32_t cx = day_at(a->leads.closed, x), cy = day_at(a->leads.closed, y);
    const bool after_x = cx != LC_NO_DAY && cx >= decided;
    const bool after_y = cy != LC_NO_DAY && cy >= decided;

    if (a->state[x] != a->state[y])
        return a->state[x] > a->state[y];
    if (a->state[x] == LOST)
        return cx > cy;
    if (a->state[x] != WON)
        return false;
    if (after_x != after_y)
        return after_x;
    return after_x ? cx < cy : cx > cy;
}

static uint32_t find_ended(const struct accounts *a, size_t u)
{
    const struct lc_table_units *t = a->units;
    uint32_t best = a->decider[u];
    const int32_t decided = day_at(a->leads.day, best);

    for (size_t k = t->begin[u]; k < t->begin[u + 1] && a->state; k++)
        if (tells_more(a, t->row[k], best, decided))
            best = t->row[k];
    return best;
}

/* ---- who counts ---- */

/* Had the contact come by the day its account was decided? The one that was decided had. */
static bool counts(const struct accounts *a, uint32_t row, uint32_t decider,
                   struct lc_unit_account *account)
{
    const int32_t decided = day_at(a->leads.day, decider);
    const int32_t came = a->leads.entered ? a->leads.entered[row] : day_at(a->leads.day, row);

    if (row == decider || decided == LC_NO_DAY || (came != LC_NO_DAY && came <= decided))
        return true;
    if (came == LC_NO_DAY)
        account->undated++;
    else
        account->later++;
    return false;
}

static enum lc_rc pick_rows(struct accounts *a, struct lc_arena *arena,
                            struct lc_unit_account *account, struct lc_err *err)
{
    const struct lc_table_units *t = a->units;
    size_t *begin = LC_NEW(arena, t->n + 1, size_t), used = 0;
    uint32_t *row = LC_NEW(arena, t->begin[t->n] + 1, uint32_t);
    int32_t *day = LC_NEW(arena, t->n + 1, int32_t);

    a->decider = LC_NEW(arena, t->n + 1, uint32_t);
    a->ended = LC_NEW(arena, t->n + 1, uint32_t);
    a->came_first = LC_NEW(arena, t->n + 1, uint32_t);
    if (!begin || !row || !day || !a->decider || !a->ended || !a->came_first)
        return lc_fail_memory(err, text);
    for (size_t u = 0; u < t->n; u++) {
        const int32_t *entered = a->leads.entered;

        begin[u] = used;
        a->decider[u] = a->came_first[u] = t->row[t->begin[u]];
        day[u] = day_at(a->leads.day, a->decider[u]);
        for (size_t k = t->begin[u]; k < t->begin[u + 1]; k++) {
            const uint32_t i = t->row[k], first = a->came_first[u];

            if (!counts(a, i, a->decider[u], account))
                continue;
            row[used++] = i;
            if (entered && entered[i] != LC_NO_DAY &&
                (entered[first] == LC_NO_DAY || entered[i] < entered[first]))
                a->came_first[u] = i;
        }
        a->ended[u] = find_ended(a, u);
    }
    begin[t->n] = account->used = used;
    a->rows = (struct lc_unit_rows){t->n, begin, row, a->leads.day ? day : NULL,
                                    a->leads.entered ? a->leads.entered : NULL};
    return LC_OK;
}

/* ---- which column is taken from whom ---- */

static bool is_one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] && strcmp(list[i], name) == 0)
            return true;
    return false;
}

static const uint32_t *taken_from(const struct accounts *a, const struct lc_table_column *c,
                                  size_t outcome_file)
{
    const struct lc_spec *s = a->spec;
    const char *const first[] = {s->date.entered};
    const char *const ended[] = {s->outcome.column, s->date.closed, s->date.opportunity,
                                 s->amount};
    const char *const decided[] = {s->date.handed_over,  s->date.first_touch, s->date.accepted,
                                   s->acceptance.column, s->acceptance.grade, s->owner,
                                   s->unit->key};
    const char *name = c->codes.name;

    if (is_one_of(name, first, 1))
        return a->came_first;
    if (is_one_of(name, ended, sizeof ended / sizeof *ended) ||
        (outcome_file && c->file == outcome_file))
        return a->ended;
    return is_one_of(name, decided, sizeof decided / sizeof *decided) ? a->decider : NULL;
}

static enum lc_rc gather(struct accounts *a, struct lc_table *table, struct lc_arena *arena,
                         struct lc_err *err)
{
    const size_t outcome_file = lc_outcome_file(table, a->spec);
    const uint32_t **fixed = LC_NEW(arena, table->k + 1, const uint32_t *);
    const uint32_t **file_row = LC_NEW(arena, table->n_files + 1, const uint32_t *);

    if (!fixed || !file_row)
        return lc_fail_memory(err, text);
    for (size_t j = 0; j < table->k; j++)
        fixed[j] = taken_from(a, &table->column[j], outcome_file);
    file_row[outcome_file] = a->ended;
    return lc_unit_gather(table, a->spec, &a->rows, fixed, file_row, arena, err);
}

static enum lc_rc note(const struct accounts *a, const struct lc_unit_account *account,
                       struct lc_notes *notes, struct lc_err *err)
{
    enum lc_rc rc = lc_notes_add(
        notes, err,
        "accounts: %zu of %zu contacts by '%s'; %zu count in the row of their account, %zu came "
        "after its decision day, %zu have no day that tells",
        account->units, account->rows, a->spec->unit->key, account->used, account->later,
        account->undated);

    if (!rc && account->keyless)
        rc = lc_notes_add(notes, err, "%zu contact%s no '%s': %s (\"no_key\" in the spec)",
                          account->keyless, account->keyless == 1 ? " has" : "s have",
                          a->spec->unit->key,
                          account->left_out ? "left out" : "each is an account of its own");
    return rc;
}

enum lc_rc lc_unit_accounts(struct lc_table *table, const struct lc_spec *spec,
                            struct lc_notes *notes, struct lc_arena *arena,
                            struct lc_unit_account *account, struct lc_err *err)
{
    const size_t n_rolls = spec->unit->n_rolls;
    struct accounts a = {.table = table, .spec = spec, .units = table->units};
    struct lc_table_column *roll = LC_NEW(arena, n_rolls + 1, struct lc_table_column);
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!roll)
        return lc_fail_memory(err, text);
    lc_arena_init(&scratch, arena->limit - arena->used);
    {
        struct lc_notes unread = {.arena = &scratch}; /* the cohort will say them */

        rc = lc_leads_read(table, spec, false, &unread, &scratch, &a.leads, err);
    }
    if (!rc)
        rc = find_standing(&a, &scratch, err);
    account->keyless = a.units->keyless;
    account->left_out = spec->unit->keyed_only ? a.units->keyless : 0;
    account->units = a.units->n;
    account->as_of = a.leads.day ? a.leads.as_of : LC_NO_DAY;
    if (!rc)
        rc = pick_rows(&a, &scratch, account, err);
    if (!rc && !a.units->n)
        rc = lc_fail(err, LC_EDEGENERATE, "no contact has a '%s', so there are no accounts",
                     spec->unit->key);
    if (!rc)
        rc = lc_unit_rolls(table, spec, &a.rows, notes, arena, roll, err);
    if (!rc)
        rc = gather(&a, table, arena, err);
    if (!rc)
        rc = lc_unit_append(table, spec, roll, n_rolls, arena, err);
    if (!rc)
        rc = note(&a, account, notes, err);
    lc_arena_release(&scratch);
    return rc;
}
