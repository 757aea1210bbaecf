/* Deals that entered a closed stage, and later another: the first and the last entry are kept apart. */
#include <stdio.h>
#include <string.h>

#include "propose_internal.h"

#define LONGEST_STAGE 200 /* bytes of a stage that are looked at */

/* Days on which a row entered closed stages. */
struct entries {
    int32_t first, last;
    bool won, lost;
};

static void add_entry(struct entries *e, int32_t day, bool won)
{
    if (e->first == LC_NO_DAY || day < e->first)
        e->first = day;
    if (e->last == LC_NO_DAY || day > e->last)
        e->last = day;
    e->won = e->won || won;
    e->lost = e->lost || !won;
}

/* An id that nobody confirmed says nothing by its letters. */
static bool is_stage_id(const char *stage)
{
    return lc_dialect_same(stage, LC_STAGE_ID_WON) || lc_dialect_same(stage, LC_STAGE_ID_LOST);
}

/* "Closed Won" of "history.first Closed Won", or of a column that the CRM made. */
static bool stage_of(const struct lc_guess *g, const struct lc_table_column *c,
                     const char *name, struct lc_slice *stage)
{
    static const char *const entry[] = {"first ", "last "};
    struct lc_slice pipeline;

    if (!c->file || !g->table->file[c->file].changes)
        return lc_dialect_stage(name, stage, &pipeline);
    for (size_t e = 0; e < sizeof entry / sizeof *entry; e++)
        if (strncmp(name, entry[e], strlen(entry[e])) == 0) {
            *stage = lc_slice_of(name + strlen(entry[e]));
            return true;
        }
    return false;
}

bool lc_enters_closed(const struct lc_guess *g, const struct lc_table_column *c, bool *won)
{
    const char *prefix =
        c->file && c->file < g->table->n_files ? g->table->file[c->file].name : NULL;
    const char *name = c->codes.name + (prefix ? strlen(prefix) + 1 : 0);
    struct lc_slice stage;
    char text[LONGEST_STAGE];

    if (c->kind != LC_KIND_DATE || !stage_of(g, c, name, &stage))
        return false;
    (void)snprintf(text, sizeof text, "%.*s",
                   (int)(stage.n < sizeof text ? stage.n : sizeof text - 1), stage.p);
    *won = lc_texts_have(g->spec.outcome.won, text);
    if (*won || lc_texts_have(g->spec.outcome.lost, text))
        return true;
    *won = !is_stage_id(text) && lc_won_strength(text) >= 3;
    return *won || (!is_stage_id(text) && lc_sounds_lost(text));
}

/* The entries of all rows; returns how many columns tell them. history  out: one of them is of a file of
 * changes, which has the first entry, too */
static size_t find_entries(const struct lc_guess *g, struct entries *of, bool *history)
{
    const struct lc_table *t = g->table;
    size_t columns = 0;

    for (size_t i = 0; i < t->n; i++)
        of[i].first = of[i].last = LC_NO_DAY;
    for (size_t j = 0; j < t->k; j++) {
        const struct lc_table_column *c = &t->column[j];
        bool won = false;

        if (!lc_enters_closed(g, c, &won))
            continue;
        columns++;
        *history = *history || (c->file && t->file[c->file].changes);
        for (size_t i = 0; i < t->n; i++) {
            const int32_t day = c->day[lc_code_at(&c->codes, i)];

            if (day != LC_NO_DAY)
                add_entry(&of[i], day, won);
        }
    }
    return columns;
}

static const struct lc_table_column *closing(const struct lc_guess *g)
{
    const char *name = g->spec.date.closed;

    for (size_t j = 0; name && j < g->table->k; j++)
        if (strcmp(g->table->column[j].codes.name, name) == 0)
            return g->table->column[j].kind == LC_KIND_DATE ? &g->table->column[j] : NULL;
    return NULL;
}

enum lc_rc lc_note_reopened(struct lc_guess *g, struct lc_err *err)
{
    const size_t n = g->table->n;
    const struct lc_table_column *closed = closing(g);
    struct entries *of = closed ? LC_NEW(g->arena, n, struct entries) : NULL;
    size_t twice = 0, at_first = 0, at_last = 0;
    bool history = false;

    if (!closed)
        return LC_OK;
    if (!of)
        return lc_fail_memory(err, "the days of closing");
    if (find_entries(g, of, &history) < 2)
        return LC_OK;
    for (size_t i = 0; i < n; i++) {
        const int32_t day = closed->day[lc_code_at(&closed->codes, i)];

        if (!of[i].won || !of[i].lost)
            continue;
        twice++;
        at_first += day == of[i].first;
        at_last += day == of[i].last;
    }
    if (!twice)
        return LC_OK;
    return lc_notes_add(
        &g->notes, err,
        "re-opened: %zu row%s entered a won stage and a lost one: '%s' is the day of "
        "the first for %zu, of the last for %zu; %s",
        twice, twice == 1 ? "" : "s", closed->codes.name, at_first, at_last,
        history ? "the history has the first and the last day of each stage"
                : "a stage's own day is its latest entry");
}
