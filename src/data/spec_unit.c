#include "leadcal/spec_unit.h"

#include <string.h>

#include "leadcal/dialect.h"
#include "leadcal/period.h"

const char *const lc_take_word[LC_TAKE_NEW + 1] = {"count", "best", "sum", "any", "new"};

enum lc_unit_of lc_spec_unit_of(const struct lc_spec *spec)
{
    return spec->unit ? spec->unit->of : LC_UNIT_LEAD;
}

const char *lc_unit_word(enum lc_unit_of of, bool many)
{
    static const char *const word[][2] = {{"lead", "leads"},
                                          {"account", "accounts"},
                                          {"opportunity", "opportunities"},
                                          {"customer", "customers"}};

    return word[of][many];
}

const char *lc_unit_part_word(enum lc_unit_of of, bool many)
{
    static const char *const word[][2] = {{"lead", "leads"},
                                          {"contact", "contacts"},
                                          {"opportunity", "opportunities"},
                                          {"purchase", "purchases"}};

    return word[of][many];
}

const char *lc_roll_name(const struct lc_spec_roll *roll, enum lc_unit_of of,
                         struct lc_arena *arena)
{
    static const char *const before[] = {"", "best ", "sum of ", "any ", "new "};

    if (roll->take == LC_TAKE_COUNT)
        return lc_unit_part_word(of, true);
    return lc_arena_format(arena, "%s%s", before[roll->take], roll->column);
}

int32_t lc_unit_reference_day(const struct lc_spec_unit *unit, int32_t first)
{
    switch (unit->reference) {
    case LC_REFERENCE_AFTER: return first + unit->after_days;
    case LC_REFERENCE_QUARTER:
        return lc_period_last(LC_PERIOD_QUARTER, lc_period_of(LC_PERIOD_QUARTER, first)) + 1;
    case LC_REFERENCE_DAY: break;
    }
    return unit->day;
}

bool lc_spec_unit_makes(const struct lc_spec *spec, const char *name)
{
    const size_t age = sizeof LC_UNIT_AGE - 1;
    const enum lc_unit_of of = lc_spec_unit_of(spec);

    if (of == LC_UNIT_OPPORTUNITY && strncmp(name, LC_UNIT_AGE, age) == 0 &&
        strcmp(name + age, spec->unit->stage) == 0)
        return true;
    if (of == LC_UNIT_CUSTOMER && strcmp(name, LC_UNIT_SINCE) == 0)
        return true;
    for (size_t i = 0; spec->unit && i < spec->unit->n_rolls; i++) {
        const struct lc_spec_roll *r = &spec->unit->roll[i];
        const size_t n = strlen(r->name);

        if (strcmp(r->name, name) == 0)
            return true;
        if (r->take == LC_TAKE_ANY && strncmp(name, r->name, n) == 0 &&
            strncmp(name + n, ": ", 2) == 0)
            return true;
    }
    return false;
}

/* "Demo" or "Demo (Sales)" */
static bool is_stage(struct lc_slice stage, struct lc_slice pipeline, const char *wanted)
{
    const size_t n = strlen(wanted);

    if (lc_slice_eq(stage, lc_slice_of(wanted)))
        return true;
    return pipeline.n && n == stage.n + pipeline.n + 3 &&
           strncmp(wanted, stage.p, stage.n) == 0 && strncmp(wanted + stage.n, " (", 2) == 0 &&
           strncmp(wanted + stage.n + 2, pipeline.p, pipeline.n) == 0 && wanted[n - 1] == ')';
}

size_t lc_unit_stage_column(const char *const *name, size_t n, const char *stage)
{
    struct lc_slice found, pipeline;

    for (size_t j = 0; j < n; j++)
        if (strcmp(name[j], stage) == 0)
            return j;
    for (size_t j = 0; j < n; j++)
        if (lc_dialect_stage(name[j], &found, &pipeline) && is_stage(found, pipeline, stage))
            return j;
    return n;
}

bool lc_unit_is_stage_clock(const char *name)
{
    static const char *const begins[] = {
        "Date exited \"",       "Time in \"",         "Cumulative time in \"",
        "Latest time in \"",    "hs_date_entered_",   "hs_date_exited_",
        "hs_time_in_",          "hs_v2_date_exited_", "hs_v2_cumulative_time_in_",
        "hs_v2_latest_time_in_"};
    struct lc_slice stage, pipeline;

    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    return lc_dialect_stage(name, &stage, &pipeline);
}
