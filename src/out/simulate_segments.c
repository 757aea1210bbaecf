/* Sources whose leads are not won for the same reasons: what --local is there to find. */
#include <math.h>

#include "leadcal/random.h"
#include "simulate_internal.h"

#define SEGMENT_SEED 20260301 /* any number, the same for everybody */

/* A normal draw by Box and Muller, to two decimals as the coefficients have them. */
static double draw(struct lc_random *random, double sd)
{
    const double radius = sqrt(-2 * log1p(-lc_random_unit(random)));

    return round(100 * sd * radius * cos(2 * acos(-1) * lc_random_unit(random))) / 100;
}

bool sim_segments(struct sim_world *world, struct lc_arena *arena)
{
    static const struct {
        enum sim_attribute attribute;
        double sd;
    } rule[SIM_DEVIATIONS] = {
        {SIM_JOB_LEVEL, 0.7}, {SIM_COMPANY_SIZE, 0.5}, {SIM_DEMO_REQUEST, 0.9}};
    struct sim_deviation *d = LC_NEW(arena, SIM_DEVIATIONS, struct sim_deviation);
    struct lc_random random = {SEGMENT_SEED};

    if (!d)
        return false;
    for (size_t i = 0; i < SIM_DEVIATIONS; i++) {
        d[i].attribute = rule[i].attribute;
        for (size_t s = 0; s < world->urn[SIM_SOURCE].n_levels; s++)
            for (size_t v = 0; v < world->urn[rule[i].attribute].n_levels; v++)
                d[i].of[s][v] = draw(&random, rule[i].sd);
    }
    world->deviation = d;
    return true;
}
