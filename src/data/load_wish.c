#include "load_wish_internal.h"

#include <string.h>

#include "leadcal/io.h"
#include "leadcal/spec_unit.h"

size_t lc_place_in(const struct lc_input *in, const char *name)
{
    size_t j = 0;

    while (j < in->k && strcmp(in->name[j], name) != 0)
        j++;
    return j;
}

bool lc_wish_find(struct lc_input *in, size_t n, const char *name, size_t *file, size_t *at)
{
    for (size_t f = 0; f < n; f++) {
        const char *local = name;
        size_t used = in[f].prefix ? strlen(in[f].prefix) : 0;

        if (in[f].prefix) {
            if (strncmp(name, in[f].prefix, used) != 0 || name[used] != '.')
                continue;
            local += used + 1;
        }
        *file = f;
        *at = lc_place_in(&in[f], local);
        if (*at < in[f].k)
            return true;
    }
    return false;
}

enum lc_rc lc_wish_unknown(struct lc_input *in, size_t n, const char *name, struct lc_err *err)
{
    size_t all = 0, used = 0, file = 0;
    const char **names;

    for (size_t f = 0; f < n; f++) {
        const size_t p = in[f].prefix ? strlen(in[f].prefix) : 0;

        all += in[f].k;
        if (p && strncmp(name, in[f].prefix, p) == 0 && name[p] == '.')
            file = f;
    }
    names = LC_NEW(&in[0].scratch, all, const char *);
    for (size_t f = 0; names && f < n; f++)
        for (size_t j = 0; j < in[f].k && !in[f].events && !in[f].history; j++) {
            names[used] = in[f].name[j];
            if (in[f].prefix)
                names[used] =
                    lc_arena_format(&in[0].scratch, "%s.%s", in[f].prefix, in[f].name[j]);
            if (!names[used++])
                return lc_fail_memory(err, "column names");
        }
    if (!names)
        return lc_fail_memory(err, "column names");
    return lc_no_such_column(in[file].path, name, names, used, err);
}

static enum lc_rc refuse_twin(const struct lc_input *in, size_t at, struct lc_err *err)
{
    if (strcmp(in->name[at], in->written[at]) != 0)
        return LC_OK; /* asked for by the name that we gave it */
    for (size_t j = 0; j < in->k; j++)
        if (j != at && strcmp(in->written[j], in->written[at]) == 0)
            return lc_fail(err, LC_EFORMAT,
                           "%.160s:%zu: two columns are called '%.80s' (number %zu and %zu); "
                           "rename one of them",
                           lc_shown(in->path), in->about.preamble_lines + 1, in->written[at],
                           (at < j ? at : j) + 1, (at < j ? j : at) + 1);
    return LC_OK;
}

enum lc_rc lc_wish_use(struct lc_input *in, size_t at, const struct lc_use_of *use,
                       struct lc_err *err)
{
    struct lc_wish *wish = &in->wish[at];

    wish->load |= use->load;
    wish->keep |= use->keep;
    wish->date |= use->date;
    wish->number |= use->number;
    return use->twin ? LC_OK : refuse_twin(in, at, err);
}

/* A column that is computed from events or changes, or rolled up, once they are read; then it is looked for
 * again. */
static bool is_computed(const struct lc_input *in, size_t n, const char *name)
{
    if (lc_spec_unit_makes(in[0].spec, name))
        return true;
    for (size_t f = 0; f < n; f++) {
        const size_t used = in[f].prefix ? strlen(in[f].prefix) : 0;

        if ((in[f].events || in[f].history) && used && strncmp(name, in[f].prefix, used) == 0 &&
            name[used] == '.')
            return true;
    }
    return false;
}

static enum lc_rc use_name(struct lc_input *in, size_t n, const struct lc_use_of *use,
                           struct lc_err *err)
{
    const char *name = use->name ? lc_spec_source(in[0].spec, use->name) : NULL;
    size_t file, at;

    if (!name || is_computed(in, n, name))
        return LC_OK;
    if (!lc_wish_find(in, n, name, &file, &at))
        return lc_wish_unknown(in, n, name, err);
    return lc_wish_use(&in[file], at, use, err);
}

static enum lc_rc use_names(struct lc_input *in, size_t n, const char *const *name,
                            size_t n_names, bool keep, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < n_names && !rc; i++) {
        const struct lc_use_of use = {name[i], false, keep, true, false, false};
        size_t file, at;

        if (keep && in[0].options->keep_if_there &&
            !lc_wish_find(in, n, lc_spec_source(in[0].spec, name[i]), &file, &at))
            continue;
        rc = use_name(in, n, &use, err);
    }
    return rc;
}

/* The column that a rule looks at. What it marks becomes a column, whose name must be free. */
static enum lc_rc use_rule(struct lc_input *in, size_t n, const struct lc_spec_rule *rule,
                           struct lc_err *err)
{
    const struct lc_use_of use = {rule->column, false, true, true, false, false};
    size_t file, at;

    if (rule->effect == LC_RULE_MARKS && lc_wish_find(in, n, rule->name, &file, &at))
        return lc_fail(
            err, LC_EMISMATCH,
            "%.160s: a column is called '%.80s' like the rule that looks at '%.80s'; "
            "give the rule another \"name\"",
            lc_shown(in[file].path), rule->name, rule->column);
    return use_name(in, n, &use, err);
}

/* Its values have spellings; of two columns of one name the first has them. */
static void wish_same(struct lc_input *in, size_t n, const struct lc_spec_attribute *attribute)
{
    size_t file, at;

    if (lc_wish_find(in, n, attribute->column, &file, &at))
        in[file].wish[at].same = attribute;
}

static enum lc_rc use_spec(struct lc_input *in, size_t n, const struct lc_spec *spec,
                           bool attributes, struct lc_err *err)
{
    const struct lc_use_of uses[] = {
        {spec->outcome.column, false, true, true, false, false},
        {spec->acceptance.column, false, true, true, false, false},
        {spec->acceptance.grade, false, true, true, false, false},
        {lc_spec_current_column(spec), false, true, true, false, false},
        {spec->owner, false, true, true, false, false},
        {spec->source, false, true, true, false, false},
        {spec->account, false, true, true, false, false},
        {spec->amount, false, true, true, false, true},
        {spec->date.entered, true, true, true, false, false},
        {spec->date.handed_over, true, true, true, false, false},
        {spec->date.first_touch, true, true, true, false, false},
        {spec->date.accepted, true, true, true, false, false},
        {spec->date.closed, true, true, true, false, false},
        {spec->date.opportunity, true, true, true, false, false},
    };
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < sizeof uses / sizeof *uses && !rc; i++)
        rc = use_name(in, n, &uses[i], err);
    for (size_t i = 0; i < spec->n_rules && !rc; i++)
        rc = use_rule(in, n, &spec->rule[i], err);
    for (size_t i = 0; i < spec->n_attributes && !rc; i++) {
        /* inspect proposes the first of two columns of one name, and a note says which it is */
        const struct lc_use_of use = {spec->attribute[i].column,
                                      false,
                                      true,
                                      attributes,
                                      true,
                                      spec->attribute[i].n_cuts || spec->attribute[i].trend};
        const struct lc_use_of group = {
            spec->attribute[i].parent, false, true, attributes, true, false};

        rc = use_name(in, n, &use, err);
        if (!rc && spec->attribute[i].n_same)
            wish_same(in, n, &spec->attribute[i]);
        if (!rc)
            rc = use_name(in, n, &group, err);
    }
    return rc;
}

/* What the unit is made of. */
static enum lc_rc use_unit(struct lc_input *in, size_t n, const struct lc_spec_unit *unit,
                           struct lc_err *err)
{
    const struct lc_use_of uses[] = {
        {.name = unit ? unit->key : NULL, .keep = true, .load = true},
        {.name = unit ? unit->stage_entered : NULL, .date = true, .keep = true, .load = true},
        {.name = unit ? unit->purchased : NULL, .date = true, .keep = true, .load = true},
        {.name = unit ? unit->product : NULL, .keep = true, .load = true},
    };
    const struct lc_use_of stage = {.date = true, .keep = true, .load = true};
    const size_t at = unit && unit->stage && !unit->stage_entered
                          ? lc_unit_stage_column(in->name, in->k, unit->stage)
                          : in->k;
    enum lc_rc rc = at < in->k ? lc_wish_use(in, at, &stage, err) : LC_OK;

    for (size_t i = 0; i < sizeof uses / sizeof *uses && !rc; i++)
        rc = use_name(in, n, &uses[i], err);
    for (size_t i = 0; unit && i < unit->n_rolls && !rc; i++) {
        const struct lc_use_of use = {.name = unit->roll[i].column,
                                      .keep = true,
                                      .load = true,
                                      .number = unit->roll[i].take == LC_TAKE_SUM};

        rc = use_name(in, n, &use, err);
    }
    return rc;
}

static enum lc_rc list_sinks(struct lc_input *in, struct lc_err *err)
{
    in->sink_of = LC_NEW(&in->scratch, in->k, size_t);
    if (!in->sink_of)
        return lc_fail_memory(err, "a header");
    for (size_t j = 0; j < in->k; j++) {
        in->sink_of[j] = in->k;
        if (!in->wish[j].load)
            continue;
        in->sink_of[j] = in->n_sinks;
        in->field[in->n_sinks++] = j;
    }
    return LC_OK;
}

enum lc_rc lc_inputs_wish(struct lc_input *in, size_t n, struct lc_err *err)
{
    const struct lc_load_options *o = in[0].options;
    const struct lc_spec *spec = in[0].spec;
    enum lc_rc rc = use_spec(in, n, spec, !o->only, err);

    if (!rc)
        rc = use_names(in, n, o->only, o->only ? o->n_only : 0, false, err);
    if (!rc)
        rc = use_names(in, n, o->keep, o->n_keep, true, err);
    if (!rc)
        rc = use_names(in, n, spec->sets.text, spec->sets.n, true, err);
    if (!rc)
        rc = use_unit(in, n, spec->unit, err);
    if (!rc)
        rc = lc_wish_keys(in, n, spec, err);
    for (size_t f = 0; f < n && !rc; f++) {
        /* All cells of a row part it from another of its day, whatever is looked at: of a joined
         * file, and of a unit of several rows. */
        for (size_t j = 0; j < in[f].k; j++)
            in[f].wish[j].load |= !in[f].events && !in[f].history &&
                                  (!o->only || spec->unit || (f && spec->file[f].created));
        rc = list_sinks(&in[f], err);
    }
    return rc;
}
