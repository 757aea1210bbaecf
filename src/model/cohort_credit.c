/* Who is credited with an opportunity that several leads share. */
#include <stdio.h>
#include <string.h>

#include "cohort_internal.h"

size_t lc_outcome_file(const struct lc_table *table, const struct lc_spec *spec)
{
    for (size_t f = 1; f < table->n_files && spec->outcome.won_if_in; f++)
        if (table->file[f].name && strcmp(table->file[f].name, spec->outcome.won_if_in) == 0)
            return f;
    for (size_t j = 0; j < table->k && spec->outcome.column; j++)
        if (strcmp(table->column[j].codes.name, spec->outcome.column) == 0)
            return table->column[j].file;
    return 0;
}

bool lc_of_outcome(const struct lc_table *table, const struct lc_spec *spec, size_t file)
{
    const size_t outcome = lc_outcome_file(table, spec);

    while (file && file != outcome)
        file = table->file[file].through;
    return file != 0;
}

/* One file of opportunities, and the leads that have its rows. */
struct crediting {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_table_file *file;
    const struct lc_leads *leads;
    uint8_t *won;   /* [rows] 1: the opportunity was won */
    uint32_t *head; /* [rows] the lead that is credited, or LC_NO_ROW */
    size_t *n;      /* [rows] leads that have it */
};

/* Which rows were won: all of a file of winners, else those whose value says so. */
static void find_won(const struct crediting *c)
{
    const struct lc_column *outcome = NULL;

    for (size_t j = 0; j < c->file->n_own && c->spec->outcome.column; j++)
        if (strcmp(c->file->own[j].codes.name, c->spec->outcome.column) == 0)
            outcome = &c->file->own[j].codes;
    for (size_t i = 0; i < c->file->rows_used; i++) {
        const uint32_t v = outcome ? lc_code_at(outcome, i) : 0;

        c->won[i] = !outcome || (v != outcome->missing &&
                                 lc_texts_have(c->spec->outcome.won, outcome->level[v]));
    }
}

/* Codes stand in the order of what they mean, the missing one last. */
static int by_code(const struct lc_column *c, size_t a, size_t b)
{
    const uint32_t x = lc_code_at(c, a), y = lc_code_at(c, b);

    return (x > y) - (x < y);
}

/* Is lead a credited before lead b with the opportunity that both have? */
static bool goes_before(const struct crediting *c, size_t a, size_t b)
{
    const int32_t *day = c->leads->day;
    int order;

    if (c->file->primary && c->file->primary[a] != c->file->primary[b])
        return c->file->primary[a];
    if (day && day[a] != day[b])
        return day[b] == LC_NO_DAY || (day[a] != LC_NO_DAY && day[a] < day[b]);
    order = by_code(&c->file->lead, a, b);
    for (size_t j = 0; j < c->table->k && !order; j++)
        if (c->table->column[j].file == 0 && c->table->column[j].codes.code)
            order = by_code(&c->table->column[j].codes, a, b);
    return order ? order < 0 : a < b;
}

static void find_heads(const struct crediting *c)
{
    for (size_t i = 0; i < c->file->rows_used; i++)
        c->head[i] = LC_NO_ROW;
    for (size_t i = 0; i < c->leads->n; i++) {
        const uint32_t row = c->file->row[i];

        if (row == LC_NO_ROW)
            continue;
        c->n[row]++;
        if (c->head[row] == LC_NO_ROW || goes_before(c, i, c->head[row]))
            c->head[row] = (uint32_t)i;
    }
}

static struct lc_opportunities count_won(const struct crediting *c)
{
    struct lc_opportunities o = {.file = c->file->name};

    for (size_t i = 0; i < c->file->rows_used; i++) {
        if (!c->won[i])
            continue;
        o.won++;
        o.no_lead += c->file->fate[i] == LC_FATE_ORPHAN;
        o.early += c->file->fate[i] == LC_FATE_EARLY;
        o.later += c->file->fate[i] == LC_FATE_LATER;
        o.shared += c->n[i] > 1;
        o.credited += c->spec->credit == LC_CREDIT_ALL ? c->n[i] : c->n[i] > 0;
    }
    return o;
}

/* The leads that are not credited are open. Of an opportunity in shares each lead keeps its part
 * of the loss, too; only the label of a win cannot be parted. */
static enum lc_rc give(const struct crediting *c, struct lc_arena *arena,
                       struct lc_leads *leads, struct lc_err *err)
{
    const bool share = c->spec->credit == LC_CREDIT_SHARE && leads->opportunities.shared;

    if (share && !(leads->share = LC_NEW(arena, leads->n ? leads->n : 1, double)))
        return lc_fail_memory(err, "shares of opportunities");
    for (size_t i = 0; i < leads->n; i++) {
        const uint32_t row = c->file->row[i];

        if (row == LC_NO_ROW)
            continue;
        if (share && c->won[row])
            leads->share[i] = 1.0 / (double)c->n[row];
        if (c->head[row] == i || c->spec->credit == LC_CREDIT_ALL ||
            (c->spec->credit == LC_CREDIT_SHARE && !c->won[row]))
            continue;
        leads->state[i] = LC_STATE_OPEN;
        leads->associated++;
    }
    return LC_OK;
}

/* "; 3 have no lead" behind a text, where the number is not 0. */
static void append(char *to, size_t room, size_t n, const char *one, const char *many)
{
    const size_t used = strlen(to);

    if (n)
        (void)snprintf(to + used, room - used, "; %zu %s", n, n == 1 ? one : many);
}

static enum lc_rc note_credit(const struct lc_leads *leads, enum lc_credit credit,
                              struct lc_notes *notes, struct lc_err *err)
{
    const struct lc_opportunities *o = &leads->opportunities;
    const size_t by_leads = o->won - o->no_lead - o->early - o->later;
    char text[700] = "";

    append(text, sizeof text, o->no_lead, "has no lead here", "have no lead here");
    append(text, sizeof text, o->early, "began before any of its leads was decided",
           "began before any of their leads was decided");
    append(text, sizeof text, o->later, "is not the first of its leads",
           "are not the first of their leads");
    append(text, sizeof text, credit == LC_CREDIT_ALL ? o->credited - by_leads : 0,
           "win is credited more than once", "wins are credited more than once");
    append(text, sizeof text, leads->associated,
           "lead is associated with one credited to another, and open",
           "leads are associated with one credited to another, and open");
    if (leads->share)
        append(text, sizeof text, o->shared,
               "is won in equal parts by several leads: rates and the funnel count the parts, "
               "models, AUC and backtest the lead that --credit primary names",
               "are won in equal parts by several leads: rates and the funnel count the parts, "
               "models, AUC and backtest the lead that --credit primary names");
    return lc_notes_add(notes, err, "won opportunities in '%s': %zu; wins credited: %zu%s%s",
                        o->file, o->won, o->credited, text,
                        o->shared || leads->associated ? " (--credit)" : "");
}

enum lc_rc lc_leads_credit(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_notes *notes, struct lc_arena *arena,
                           struct lc_leads *leads, struct lc_err *err)
{
    const size_t f = lc_outcome_file(table, spec);
    struct crediting c = {table, spec, &table->file[f], leads, NULL, NULL, NULL};
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!f)
        return LC_OK;
    lc_arena_init(&scratch, arena->limit - arena->used);
    c.won = LC_NEW(&scratch, c.file->rows_used, uint8_t);
    c.head = LC_NEW(&scratch, c.file->rows_used, uint32_t);
    c.n = LC_NEW(&scratch, c.file->rows_used, size_t);
    if (!c.won || !c.head || !c.n) {
        rc = lc_fail_memory(err, "the opportunities");
        goto out;
    }
    find_won(&c);
    find_heads(&c);
    leads->opportunities = count_won(&c);
    rc = give(&c, arena, leads, err);
    if (!rc)
        rc = note_credit(leads, spec->credit, notes, err);
out:
    lc_arena_release(&scratch);
    return rc;
}
