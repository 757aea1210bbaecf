/* simulate_internal.h - the made-up world that simulate draws its leads from.   Layer: out */
#ifndef LC_SIMULATE_INTERNAL_H
#define LC_SIMULATE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "leadcal/arena.h"

#define SIM_INTERCEPT (-3.1)
#define SIM_FIRST_DAY 19358 /* 2023-01-01 */
#define SIM_DAYS      1096  /* to 2025-12-31 */
#define SIM_TICKETS   4096  /* a level's share is a whole number of them */
#define SIM_LEVELS    64    /* the widest attribute, campaign, has 60 */
#define SIM_CELL      72    /* a level as a CSV cell, padded: copied at this width, then cut */

enum sim_attribute {
    SIM_COMPANY_SIZE,
    SIM_INDUSTRY,
    SIM_COUNTRY,
    SIM_JOB_LEVEL,
    SIM_JOB_FUNCTION,
    SIM_SOURCE,
    SIM_CAMPAIGN,
    SIM_WEBINAR,
    SIM_DEMO_REQUEST,
    SIM_FREE_EMAIL,
    SIM_CAREERS_PAGE,
    SIM_OWNER, /* the last; without effect */
    SIM_ATTRIBUTES,
};

struct sim_level {
    const char *name;
    double share; /* of the leads, relative to the others */
    double coefficient;
};

/* What is fixed about an attribute. */
struct sim_rule {
    const char *name;
    const struct sim_level *level; /* NULL: campaign, whose levels are drawn */
    size_t n_levels;
    double missing; /* share of leads without a value */
    double missing_coefficient;
};

/* A counter in bands: a value above cut[i] is in band i + 1 or higher. */
struct sim_counter {
    const char *name;
    int cut[4];
    double coefficient[5];
    size_t n_bands;
};

enum { SIM_PAGES, SIM_OPENS, SIM_TOUCH, SIM_COUNTERS };

extern const struct sim_rule sim_rule[SIM_ATTRIBUTES];
extern const struct sim_counter sim_counter[SIM_COUNTERS];

/* One attribute ready to be drawn. */
struct sim_urn {
    uint8_t ticket[SIM_TICKETS]; /* level of each ticket */
    double coefficient[SIM_LEVELS];
    char cell[SIM_LEVELS][SIM_CELL];
    size_t length[SIM_LEVELS];
    size_t n_levels;
};

/* What a source does to the levels of one attribute, beside what they add everywhere. */
struct sim_deviation {
    enum sim_attribute attribute;
    double of[SIM_LEVELS][SIM_LEVELS]; /* [levels of source][levels of the attribute] */
};

#define SIM_DEVIATIONS 3

struct sim_world {
    struct sim_urn urn[SIM_ATTRIBUTES];
    const struct sim_deviation
        *deviation; /* [SIM_DEVIATIONS]; NULL: all sources are alike in them */
};

/* What a lead typed into the form. */
enum sim_form_kind { SIM_GENUINE, SIM_COMPETITOR, SIM_JUNK, SIM_TEST, SIM_FORMS };
#define SIM_OUTSIDE    5    /* countries that nobody serves */
#define SIM_JUNK_STAYS 0.25 /* of the wins with a junk form; the other kinds are never won */

extern const double sim_form_share[SIM_FORMS];
extern const char *const sim_form_name[SIM_FORMS];
extern const char *const sim_outside[SIM_OUTSIDE];

struct sim_form {
    enum sim_form_kind kind;
    bool loses; /* it is not won, whatever its attributes say */
    char company[32], domain[32];
};

/* sim_is_outside - does a lead with these levels [SIM_ATTRIBUTES] come from where nobody is served? */
bool sim_is_outside(const struct sim_world *world, const int *level);

/* sim_form_draw - the form of a lead: a function of (seed, row) and of its levels. */
void sim_form_draw(const struct sim_world *world, const int *level, uint64_t row, uint64_t seed,
                   struct sim_form *form);

/* sim_form_put - ",company,email_domain,is_test" of it; returns the end. */
char *sim_form_put(char *to, const struct sim_form *form);

/* sim_form_truth - the shares of the kinds, as lines of the truth. */
void sim_form_truth(FILE *to);

/* sim_world_new - everything ready to draw; NULL where memory is refused. */
struct sim_world *sim_world_new(struct lc_arena *arena);

/* sim_segments - draws the deviations once and for all; false where memory is refused. */
bool sim_segments(struct sim_world *world, struct lc_arena *arena);

#endif
