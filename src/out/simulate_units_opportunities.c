/* Made-up opportunities that pass one stage after another. */
#include "simulate_units_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

/* What it takes to pass a stage, and how long it lasts. */
static const struct units_term stages[] = {
    {"Discovery", 0.5}, {"Demo", 0.2}, {"Proposal", -0.1}};
static const int32_t longest[] = {20, 30, 40};
static const struct units_term sources[] = {
    {"Referral", 0.7}, {"Web", 0}, {"Fair", 0.2}, {"Cold call", -0.6}};
static const struct units_term sizes[] = {{"1-50", -0.3}, {"51-500", 0}, {"over 500", 0.4}};

#define STAGES COUNT_OF(stages)

struct opportunity {
    int32_t entered[STAGES], closed;
    bool won;
};

/* From its first day to the day of the export. */
static struct opportunity live(struct lc_random *random, int32_t day, double log_odds)
{
    struct opportunity o = {.closed = UNITS_NO_DAY, .won = true};

    for (size_t s = 0; s < STAGES; s++) {
        o.entered[s] = UNITS_NO_DAY;
        if (!o.won)
            continue;
        o.entered[s] = day;
        day += units_between(random, 2, longest[s]);
        o.won = units_happens(random, stages[s].effect + log_odds);
    }
    o.closed = day;
    return o;
}

static const char *stage_of(const struct opportunity *o)
{
    if (o->closed < UNITS_EXPORT)
        return o->won ? "Closed Won" : "Closed Lost";
    for (size_t s = STAGES; s-- > 1;)
        if (o->entered[s] != UNITS_NO_DAY && o->entered[s] < UNITS_EXPORT)
            return stages[s].name;
    return stages[0].name;
}

static void put_one(const struct opportunity *o, FILE *to)
{
    (void)fprintf(to, ",%s", stage_of(o));
    for (size_t s = 0; s < STAGES; s++)
        units_put_day(o->entered[s] < UNITS_EXPORT ? o->entered[s] : UNITS_NO_DAY, to);
    units_put_day(o->closed < UNITS_EXPORT ? o->closed : UNITS_NO_DAY, to);
    if (o->entered[2] != UNITS_NO_DAY && o->entered[2] < UNITS_EXPORT)
        (void)fprintf(to, ",%d\n", (int)(o->entered[2] - o->entered[1]));
    else
        (void)fputs(",\n", to);
}

void units_opportunities(uint64_t seed, FILE *to)
{
    struct lc_random random = {seed + 1};

    (void)fputs("opportunity_id,source,size,created,stage,entered_discovery,entered_demo,"
                "entered_proposal,closed,days_in_demo\n",
                to);
    for (unsigned i = 1; i <= LC_SIMULATED_OPPORTUNITIES; i++) {
        const size_t source = (size_t)lc_random_below(&random, COUNT_OF(sources));
        const size_t size = (size_t)lc_random_below(&random, COUNT_OF(sizes));
        const int32_t created = units_between(&random, UNITS_FIRST, UNITS_EXPORT - 12);
        const int32_t began = created + units_between(&random, 0, 10);
        const struct opportunity o =
            live(&random, began, sources[source].effect + sizes[size].effect);

        (void)fprintf(to, "O%05u,%s,%s", i, sources[source].name, sizes[size].name);
        units_put_day(created, to);
        put_one(&o, to);
    }
}

void units_opportunities_truth(FILE *to)
{
    units_put_terms("opportunity", "passes", stages, STAGES, to);
    units_put_terms("opportunity", "source", sources, COUNT_OF(sources), to);
    units_put_terms("opportunity", "size", sizes, COUNT_OF(sizes), to);
}
