/* Which column gave each thing that a proposal needs, how it was found, and how many rows have it. */
#include <string.h>

#include "propose_internal.h"

/* A key of the spec and what the tables call it. */
struct wanted {
    const char *meaning;
    enum lc_meaning as;
    const char *column, *given;
};

static const struct lc_table_column *find(const struct lc_table *t, const char *name)
{
    for (size_t j = 0; name && j < t->k; j++)
        if (strcmp(t->column[j].codes.name, name) == 0)
            return &t->column[j];
    return NULL;
}

static enum lc_rc describe(const struct lc_guess *g, const struct wanted *w,
                           struct lc_mapped *to, struct lc_err *err)
{
    const struct lc_table_column *c = find(g->table, w->column);
    const struct lc_system *s;

    *to = (struct lc_mapped){.meaning = w->meaning, .how = "no column says so"};
    if (!c)
        return LC_OK;
    s = &g->systems.of[c->file < g->systems.n ? c->file : 0];
    to->column = c;
    if (w->given)
        to->how = "given";
    else if (lc_system_means(g->table, &g->systems, c, w->as))
        to->how = lc_arena_format(g->arena, "%s calls it so", s->signature.system);
    else
        to->how = c->kind == LC_KIND_DATE ? "a word in its name" : "its name and values";
    return to->how ? LC_OK : lc_fail_memory(err, "the mapping");
}

/* The days of entering closed stages, however many pipelines there are. */
static size_t add_entries(const struct lc_guess *g, struct lc_mapped *to)
{
    size_t n = 0;

    for (size_t j = 0; j < g->table->k; j++) {
        bool won = false;

        if (lc_enters_closed(g, &g->table->column[j], &won))
            to[n++] =
                (struct lc_mapped){won ? "entered_won" : "entered_lost", &g->table->column[j],
                                   "the stage in its name; the latest entry", NULL};
    }
    return n;
}

enum lc_rc lc_propose_mapping(const struct lc_guess *g, const struct lc_spec *given,
                              struct lc_proposal *p, struct lc_err *err)
{
    const struct lc_spec *s = &g->spec;
    const struct wanted wanted[] = {
        {"entered", LC_MEANS_ENTERED, s->date.entered, given->date.entered},
        {"handed_over", LC_MEANS_HANDED_OVER, s->date.handed_over, given->date.handed_over},
        {"first_touch", LC_MEANS_FIRST_TOUCH, s->date.first_touch, given->date.first_touch},
        {"accepted", LC_MEANS_ACCEPTED, s->date.accepted, given->date.accepted},
        {"opportunity", LC_MEANS_OPPORTUNITY, s->date.opportunity, given->date.opportunity},
        {"closed", LC_MEANS_CLOSED, s->date.closed, given->date.closed},
        {"outcome", LC_MEANS_OUTCOME, s->outcome.column, given->outcome.column},
        {"amount", LC_MEANS_AMOUNT, s->amount, given->amount},
        {"acceptance", LC_MEANS_STATUS, s->acceptance.column, given->acceptance.column},
        {"owner", LC_MEANS_OWNER, s->owner, given->owner},
        {"source", LC_MEANS_SOURCE, s->source, given->source},
        {"current", LC_MEANS_SCORE, lc_spec_current_column(s), lc_spec_current_column(given)},
    };
    const size_t n = sizeof wanted / sizeof *wanted;
    struct lc_mapped *mapped = LC_NEW(g->arena, n + g->table->k, struct lc_mapped);
    enum lc_rc rc = LC_OK;

    if (!mapped)
        return lc_fail_memory(err, "the mapping");
    for (size_t i = 0; i < n && !rc; i++)
        rc = describe(g, &wanted[i], &mapped[i], err);
    p->mapped = mapped;
    p->n_mapped = n + add_entries(g, mapped + n);
    return rc;
}
