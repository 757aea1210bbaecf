/* planted.h - columns with a known relation to the outcome, beside simulated leads: for the audit. */
#ifndef LC_PLANTED_H
#define LC_PLANTED_H

#include "test.h"

#include "leadcal/leak.h"
#include "simulated.h"

#define PLANTED_MOST  6
#define PLANTED_AS_OF 17824 /* the day after which nothing in simulated.h happens */

/* Simulated leads, and up to six columns more. */
struct planted {
    struct simulated *s;
    struct lc_table_column column[SIMULATED_COLUMNS + PLANTED_MOST];
    struct lc_table table;
    struct lc_cohort cohort;
    struct lc_choices choices;
};

/* What a planted cell may know of its lead. */
struct planted_lead {
    size_t i;
    bool won, lost, in_time; /* in time: within the window */
    int day, closed;         /* closed: 0 where it has not */
    struct lc_random *random;
    struct lc_arena *arena;
};

typedef const char *planted_cell(const struct planted_lead *lead);

static inline double planted_unit(const struct planted_lead *lead)
{
    return lc_random_unit(lead->random);
}

/* planted_begin - leads of a seed; every column that has no role may be an attribute. */
static inline struct planted *planted_begin(uint64_t seed, struct lc_arena *arena)
{
    struct planted *p = LC_NEW(arena, 1, struct planted);

    p->s = simulate(seed, arena);
    p->s->spec.n_attributes = 0;
    memcpy(p->column, p->s->column, sizeof p->s->column);
    p->table = small_table(p->column, SIMULATED_COLUMNS, SIMULATED_LEADS);
    return p;
}

/* planted_lead_of - what is known of lead i. */
static inline struct planted_lead planted_lead_of(const struct planted *p, size_t i,
                                                  struct lc_random *random,
                                                  struct lc_arena *arena)
{
    const char *stage = p->s->cell[STAGE][i], *closed = p->s->cell[CLOSED][i];
    struct planted_lead lead = {.i = i, .random = random, .arena = arena};

    lead.day = atoi(p->s->cell[ENTERED][i]);
    lead.closed = *closed ? atoi(closed) : 0;
    lead.won = strcmp(stage, "Closed Won") == 0;
    lead.lost = strcmp(stage, "Lost") == 0;
    lead.in_time = lead.won && lead.closed - lead.day <= p->s->spec.window_days;
    return lead;
}

/* planted_add - one column more, cell by cell. Returns its place. */
static inline size_t planted_add(struct planted *p, const char *name, enum lc_kind kind,
                                 planted_cell *cell_of, uint64_t seed, struct lc_arena *arena)
{
    const char **cell = LC_NEW(arena, SIMULATED_LEADS, const char *);
    struct lc_random random = {seed};
    const size_t at = p->table.k;

    assert_true(at < SIMULATED_COLUMNS + PLANTED_MOST);
    for (size_t i = 0; i < SIMULATED_LEADS; i++) {
        const struct planted_lead lead = planted_lead_of(p, i, &random, arena);

        cell[i] = cell_of(&lead);
    }
    p->column[at] = small_column(arena, name, kind, cell, SIMULATED_LEADS);
    p->table = small_table(p->column, at + 1, SIMULATED_LEADS);
    return at;
}

/* planted_audit - the whole audit, columns that are named among those looked into. */
static inline void planted_audit(struct planted *p, struct lc_parallel *pool,
                                 struct lc_arena *arena)
{
    const struct lc_audit_options options = {.pool = pool, .named = true};
    struct lc_err err;

    if (lc_cohort_build(&p->table, &p->s->spec, arena, &p->cohort, &err) ||
        lc_choose_columns(&p->table, &p->s->spec, &p->cohort, &options, arena, &p->choices,
                          &err)) {
        print_error("%s\n", err.text);
        fail();
    }
}

/* planted_found - the finding of a step for a column; NULL: none. */
static inline const struct lc_finding *planted_found(const struct planted *p, size_t column,
                                                     enum lc_leak_step step)
{
    for (size_t f = 0; f < p->choices.n_findings; f++)
        if (p->choices.finding[f].column == column && p->choices.finding[f].step == step)
            return &p->choices.finding[f];
    return NULL;
}

/* planted_worst - the worst that is said of a column; -1: nothing. */
static inline int planted_worst(const struct planted *p, size_t column)
{
    int worst = -1;

    for (size_t f = 0; f < p->choices.n_findings; f++)
        if (p->choices.finding[f].column == column &&
            (int)p->choices.finding[f].severity > worst)
            worst = (int)p->choices.finding[f].severity;
    return worst;
}

/* ---- the four of the issue ---- */

/* The outcome under another name, wrong for one lead in fifty. */
static inline const char *planted_copy(const struct planted_lead *lead)
{
    return (planted_unit(lead) < 0.02) != lead->won ? "b" : "a";
}

/* Filled in when a lead is won, and not always. */
static inline const char *planted_after_win(const struct planted_lead *lead)
{
    static const char *const value[] = {"basic", "team", "large"};
    const bool filled = planted_unit(lead) < 0.8;

    return lead->won && filled ? value[lead->i % 3] : "";
}

/* The day of the last activity: about the close, or lately while the lead is open. */
static inline int planted_last_day(const struct planted_lead *lead)
{
    const int ago = (int)lc_random_below(lead->random, 40);

    if (lead->closed)
        return lead->closed + (int)(ago < 10);
    return lead->day + 30 > PLANTED_AS_OF - ago ? lead->day + 30 : PLANTED_AS_OF - ago;
}

static inline const char *planted_last_activity(const struct planted_lead *lead)
{
    return lc_arena_format(lead->arena, "%d", planted_last_day(lead));
}

/* What the CRM says of a lead today. */
static inline const char *planted_status(const struct planted_lead *lead)
{
    const double u = planted_unit(lead);

    if (lead->won)
        return u < 0.9 ? "green" : "amber";
    if (lead->lost)
        return u < 0.7 ? "red" : "amber";
    return u < 0.5 ? "blue" : "amber";
}

#endif
