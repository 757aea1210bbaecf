#include "leadcal/unit.h"

#include <string.h>

#include "leadcal/load.h"
#include "unit_internal.h"

/* The spec that takes the new sets apart, and those alone: the old ones were when they were read. */
static bool sets_of(const struct lc_spec *spec, struct lc_arena *arena, struct lc_spec *to)
{
    const struct lc_spec_unit *unit = spec->unit;
    const char **name = LC_NEW(arena, unit->n_rolls + 1, const char *);

    if (!name)
        return false;
    lc_spec_init(to);
    for (size_t i = 0; i < unit->n_rolls; i++)
        if (unit->roll[i].take == LC_TAKE_ANY)
            name[to->sets.n++] = unit->roll[i].name;
    to->sets.text = name;
    return true;
}

enum lc_rc lc_unit_append(struct lc_table *table, const struct lc_spec *spec,
                          const struct lc_table_column *more, size_t n, struct lc_arena *arena,
                          struct lc_err *err)
{
    struct lc_table_column *wider = LC_NEW(arena, table->k + n + 1, struct lc_table_column);
    struct lc_spec sets;

    if (!wider || !sets_of(spec, arena, &sets))
        return lc_fail_memory(err, "the columns of a roll-up");
    memcpy(wider, table->column, table->k * sizeof *wider);
    for (size_t i = 0; i < n; i++) {
        wider[table->k + i] = more[i];
        wider[table->k + i].at = table->k + i;
    }
    table->column = wider;
    table->k += n;
    return sets.sets.n ? lc_load_sets(table, &sets, arena, err) : LC_OK;
}

/* Where attributes are listed, what is rolled up is one without being listed again, of the role that its
 * column has. */
static enum lc_rc list_rolls(struct lc_spec *spec, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_spec_unit *unit = spec->unit;
    const size_t n = spec->n_attributes;
    struct lc_spec_attribute *a =
        LC_NEW(arena, n + unit->n_rolls + 1, struct lc_spec_attribute);
    size_t k = n;

    if (!n || !unit->n_rolls)
        return LC_OK;
    if (!a)
        return lc_fail_memory(err, "the columns of a roll-up");
    memcpy(a, spec->attribute, n * sizeof *a);
    for (size_t i = 0; i < unit->n_rolls; i++) {
        const struct lc_spec_roll *r = &unit->roll[i];
        const struct lc_spec_attribute *from =
            r->column ? lc_spec_attribute_of(spec, r->column) : NULL;

        if (lc_spec_attribute_of(spec, r->name) || lc_texts_have(spec->ignore, r->name))
            continue;
        a[k++] = (struct lc_spec_attribute){.column = r->name,
                                            .role = from ? from->role : LC_ROLE_PROFILE,
                                            .as_of = from ? from->as_of : LC_AS_OF_UNSAID,
                                            .set = r->take == LC_TAKE_ANY};
    }
    spec->attribute = a;
    spec->n_attributes = k;
    return LC_OK;
}

enum lc_rc lc_units_take(struct lc_table *table, struct lc_spec *spec, struct lc_arena *arena,
                         struct lc_unit_account *account, struct lc_err *err)
{
    struct lc_unit_account made = {.rows = table->n, .as_of = LC_NO_DAY};
    struct lc_notes notes = {.arena = arena};
    enum lc_rc rc = LC_OK;

    switch (lc_spec_unit_of(spec)) {
    case LC_UNIT_LEAD: made.units = made.used = table->n; break;
    case LC_UNIT_ACCOUNT: rc = lc_unit_accounts(table, spec, &notes, arena, &made, err); break;
    case LC_UNIT_OPPORTUNITY:
        rc = lc_unit_opportunities(table, spec, &notes, arena, &made, err);
        break;
    case LC_UNIT_CUSTOMER:
        rc = lc_unit_customers(table, spec, &notes, arena, &made, err);
        break;
    }
    if (!rc && spec->unit)
        rc = list_rolls(spec, arena, err);
    if (rc)
        return rc;
    made.note = (struct lc_texts){notes.text, notes.n};
    if (spec->as_of_day != LC_NO_DAY)
        made.as_of = LC_NO_DAY;
    else
        spec->as_of_day = made.as_of;
    *account = made;
    return LC_OK;
}
