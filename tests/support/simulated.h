/* simulated.h - leads with known causes, made in memory for the tests of the model room. */
#ifndef LC_SIMULATED_H
#define LC_SIMULATED_H

#include <stdio.h>

#include "leadcal/cohort.h"
#include "leadcal/random.h"
#include "small_table.h"

#define SIMULATED_LEADS   1500
#define SIMULATED_COLUMNS 8

enum { INDUSTRY, STAFF, SOURCE, VISITS, STAGE, ENTERED, CLOSED, AMOUNT };

/* What one simulation says of itself. */
struct simulated {
    struct lc_table table;
    struct lc_spec spec;
    struct lc_cohort cohort;
    const char *cell[SIMULATED_COLUMNS][SIMULATED_LEADS];
    struct lc_table_column column[SIMULATED_COLUMNS];
};

static const char *const simulated_industry[] = {"Banking", "Retail", "Media", "Energy", ""};
static const char *const simulated_source[] = {"Web", "Expo", "Referral"};
static const char *const simulated_won[] = {"Closed Won"}, *const simulated_lost[] = {"Lost"},
                         *const simulated_open[] = {"Open"};
static const char *const simulated_missing[] = {"n/a"};

static inline const char *simulated_number(struct lc_arena *arena, long x)
{
    return lc_arena_format(arena, "%ld", x);
}

/* One lead: 1.1 for Banking, 0.4 a visit, 0.6 for a referral; won leads take up to 75 days, so that
 * some wins come after a window of 60. */
static inline void simulate_lead(struct simulated *s, size_t i, struct lc_random *random,
                                 struct lc_arena *arena)
{
    const size_t industry = (size_t)lc_random_below(random, 5);
    const size_t source = (size_t)lc_random_below(random, 3);
    const long visits = (long)lc_random_below(random, 6), day = 17000 + (long)(i / 2);
    const double log_odds =
        -2.4 + (industry == 0 ? 1.1 : 0) + (source == 2 ? 0.6 : 0) + 0.4 * (double)visits;
    const bool won = lc_random_unit(random) < 1 / (1 + exp(-log_odds));
    const bool lost = !won && lc_random_unit(random) < 0.7;
    const long days = (long)lc_random_below(random, 76);

    s->cell[INDUSTRY][i] = simulated_industry[industry];
    s->cell[STAFF][i] = simulated_number(arena, (long)lc_random_below(random, 400));
    s->cell[SOURCE][i] = simulated_source[source];
    s->cell[VISITS][i] = simulated_number(arena, visits);
    s->cell[STAGE][i] = won ? "Closed Won" : lost ? "Lost" : "Open";
    s->cell[ENTERED][i] = simulated_number(arena, day);
    s->cell[CLOSED][i] = won || lost ? simulated_number(arena, day + days) : "";
    s->cell[AMOUNT][i] = won && i % 7 ? simulated_number(arena, 1000 + (long)i) : "";
}

/* Columns from the cells; again after a test changed some. */
static inline void simulated_columns(struct simulated *s, struct lc_arena *arena)
{
    static const char *const name[] = {"industry", "staff",   "source", "visits",
                                       "stage",    "entered", "closed", "amount"};
    static const enum lc_kind kind[] = {LC_KIND_TEXT,   LC_KIND_NUMBER, LC_KIND_TEXT,
                                        LC_KIND_NUMBER, LC_KIND_TEXT,   LC_KIND_DATE,
                                        LC_KIND_DATE,   LC_KIND_NUMBER};

    for (size_t j = 0; j < SIMULATED_COLUMNS; j++)
        s->column[j] = small_column(arena, name[j], kind[j], s->cell[j], SIMULATED_LEADS);
    s->table = small_table(s->column, SIMULATED_COLUMNS, SIMULATED_LEADS);
}

/* 1500 leads over 750 days, two a day; won within 60 days. Visits are engagement. */
static inline struct simulated *simulate(uint64_t seed, struct lc_arena *arena)
{
    static const struct lc_spec_attribute attribute[] = {
        {.column = "visits", .role = LC_ROLE_ENGAGEMENT, .as_of = LC_AS_OF_DECISION}};
    struct simulated *s = LC_NEW(arena, 1, struct simulated);
    struct lc_random random = {seed};

    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        simulate_lead(s, i, &random, arena);
    simulated_columns(s, arena);
    lc_spec_init(&s->spec);
    s->spec.outcome.column = "stage";
    s->spec.outcome.won = (struct lc_texts){simulated_won, 1};
    s->spec.outcome.lost = (struct lc_texts){simulated_lost, 1};
    s->spec.outcome.open = (struct lc_texts){simulated_open, 1};
    s->spec.date.entered = "entered";
    s->spec.date.closed = "closed";
    s->spec.amount = "amount";
    s->spec.window_days = 60;
    s->spec.missing = s->table.missing = (struct lc_texts){simulated_missing, 1};
    s->spec.attribute = attribute;
    s->spec.n_attributes = 1;
    return s;
}

/* The cohort under the spec as it stands. */
static inline void simulated_cohort(struct simulated *s, struct lc_arena *arena)
{
    struct lc_err err;

    if (lc_cohort_build(&s->table, &s->spec, arena, &s->cohort, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
}

#endif
