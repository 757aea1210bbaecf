/* What a fit on made-up leads should find. */
#include "leadcal/num.h"
#include "leadcal/simulate.h"
#include "simulate_internal.h"

static void put_line(FILE *to, const char *attribute, const char *level, double coefficient)
{
    char number[LC_REAL_TEXT];

    lc_real_text(coefficient, number);
    (void)fprintf(to, "%s,%s,%s\n", attribute, level, number);
}

static void put_attribute(FILE *to, const struct sim_rule *rule, const struct sim_urn *urn)
{
    for (size_t k = 0; k < urn->n_levels; k++)
        put_line(to, rule->name, urn->cell[k], urn->coefficient[k]);
    if (rule->missing > 0)
        put_line(to, rule->name, "(missing)", rule->missing_coefficient);
}

static void put_counter(FILE *to, const struct sim_counter *counter)
{
    for (size_t i = 0; i < counter->n_bands; i++) {
        char low[16] = "-inf", high[16] = "inf", level[40];

        if (i > 0)
            (void)snprintf(low, sizeof low, "%d", counter->cut[i - 1]);
        if (i + 1 < counter->n_bands)
            (void)snprintf(high, sizeof high, "%d", counter->cut[i]);
        (void)snprintf(level, sizeof level, "\"(%s,%s]\"", low, high);
        put_line(to, counter->name, level, counter->coefficient[i]);
    }
}

/* "source=Web & demo_request=Yes" as attribute and level. */
static void put_deviation(FILE *to, const struct sim_world *world,
                          const struct sim_deviation *d)
{
    const struct sim_urn *source = &world->urn[SIM_SOURCE];
    const struct sim_urn *urn = &world->urn[d->attribute];

    for (size_t s = 0; s < source->n_levels; s++)
        for (size_t v = 0; v < urn->n_levels; v++) {
            char name[2 * SIM_CELL];

            (void)snprintf(name, sizeof name, "%s in %s", sim_rule[d->attribute].name,
                           source->cell[s]);
            put_line(to, name, urn->cell[v], d->of[s][v]);
        }
}

enum lc_rc lc_simulate_truth(bool forms, bool segments, FILE *to, struct lc_err *err)
{
    struct sim_world *world;
    struct lc_arena arena;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    world = sim_world_new(&arena);
    if (!world || (segments && !sim_segments(world, &arena))) {
        rc = lc_fail_memory(err, "the true coefficients");
        goto out;
    }
    (void)fputs("attribute,level,coefficient\n", to);
    put_line(to, "(intercept)", "", SIM_INTERCEPT);
    for (size_t a = 0; a < SIM_OWNER; a++)
        put_attribute(to, &sim_rule[a], &world->urn[a]);
    for (size_t c = 0; c < SIM_COUNTERS; c++)
        put_counter(to, &sim_counter[c]);
    if (forms)
        sim_form_truth(to);
    for (size_t i = 0; i < SIM_DEVIATIONS && segments; i++)
        put_deviation(to, world, &world->deviation[i]);
    if (ferror(to))
        rc = lc_fail(err, LC_EIO, "the coefficients cannot be written; is the disk full?");
out:
    lc_arena_release(&arena);
    return rc;
}
