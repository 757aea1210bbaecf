/* The rules of a spec, and of a model file, that disqualify leads. */
#include <string.h>

#include "leadcal/disqualify.h"
#include "leadcal/io.h"
#include "spec_file_internal.h"

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])
#define MOST_LIST      ((size_t)16 << 20) /* bytes of a file of values */

const char *const lc_spec_effects[LC_SPEC_EFFECTS] = {"exclude", "mark"};

/* The places of a territory: those that are served, or those that are not. */
static void read_places(struct lc_json_in *in, const struct lc_json *value,
                        struct lc_spec_rule *to)
{
    const struct lc_json *inside = lc_json_get(value, "inside");
    const struct lc_json *outside = lc_json_get(value, "outside");

    if (to->kind != LC_RULE_TERRITORY && (inside || outside))
        lc_json_refuse(in, inside ? inside : outside, LC_EMISMATCH,
                       "is of the rule \"territory\"; this one has \"values\"");
    if (inside && outside)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "has \"inside\" and \"outside\"; one of them says all");
    if (!inside && !outside)
        return;
    to->served = inside != NULL;
    to->values = lc_spec_texts(in, inside ? inside : outside);
}

static void read_values(struct lc_json_in *in, const struct lc_json *value,
                        struct lc_spec_rule *to)
{
    const struct lc_json *values = lc_json_get(value, "values");

    if (values && !lc_rule_needs(to->kind))
        lc_json_refuse(in, values, LC_EMISMATCH,
                       "is not asked for: rule \"%s\" has its own list",
                       lc_rule_kind_name[to->kind]);
    if (values && to->kind == LC_RULE_TERRITORY)
        lc_json_refuse(in, values, LC_EMISMATCH,
                       "is called \"inside\" (the places that are served) or \"outside\" here");
    to->values = lc_spec_texts(in, values);
    to->file = lc_spec_name(in, lc_json_get(value, "file"));
    read_places(in, value, to);
    if (to->file && to->kind != LC_RULE_COMPETITOR)
        lc_json_refuse(in, lc_json_get(value, "file"), LC_EMISMATCH,
                       "is for domains of competitors; list the values in the spec");
    if (!in->rc && lc_texts_have(to->values, ""))
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "lists an empty text; an empty cell is never caught, so take it out");
    if (!in->rc && lc_rule_needs(to->kind) && !to->values.n && !to->file)
        lc_json_refuse(in, value, LC_EMISMATCH, "needs %s",
                       to->kind == LC_RULE_TERRITORY
                           ? "\"inside\", the places that are served, or \"outside\""
                           : "\"values\", the texts that it looks for");
}

static void read_rule(struct lc_json_in *in, const struct lc_json *value,
                      struct lc_spec_rule *list)
{
    static const char *const key[] = {"rule",   "name",    "column", "values", "file",
                                      "inside", "outside", "effect", "as_of"};
    struct lc_spec_rule *to = &list[value->index];
    const struct lc_json *kind, *effect = lc_json_get(value, "effect");
    const struct lc_json *as_of = lc_json_get(value, "as_of");

    if (!lc_json_known(in, value, key, COUNT_OF(key)))
        return;
    kind = lc_json_need(in, value, "rule");
    to->kind = (enum lc_rule_kind)lc_json_choice(in, kind, lc_rule_kind_name, LC_RULE_KINDS);
    to->name = lc_spec_name(in, lc_json_get(value, "name"));
    to->name = to->name ? to->name : lc_rule_kind_name[to->kind];
    to->column = lc_spec_name(in, lc_json_need(in, value, "column"));
    to->effect = lc_rule_usual(to->kind);
    if (effect)
        to->effect =
            (enum lc_rule_effect)lc_json_choice(in, effect, lc_spec_effects, LC_SPEC_EFFECTS);
    if (as_of)
        to->as_of = lc_json_choice(in, as_of, lc_spec_times, LC_SPEC_TIMES) == 0
                        ? LC_AS_OF_DECISION
                        : LC_AS_OF_EXPORT;
    read_values(in, value, to);
    for (size_t i = 0; i < value->index && !in->rc; i++)
        if (strcmp(list[i].name, to->name) == 0)
            lc_json_refuse(in, value, LC_EMISMATCH,
                           "two rules have the name '%.60s'; give one of them a \"name\"",
                           to->name);
}

void lc_spec_rules(struct lc_json_in *in, const struct lc_json *value,
                   const struct lc_spec_rule **rule, size_t *n)
{
    const struct lc_json *list = lc_json_array(in, value);
    struct lc_spec_rule *to =
        list && list->n ? LC_NEW(in->arena, list->n, struct lc_spec_rule) : NULL;

    if (list && list->n && !to)
        in->rc = lc_fail_memory(in->err, in->path);
    for (const struct lc_json *one = to ? list->child : NULL; one && !in->rc; one = one->next)
        read_rule(in, one, to);
    *rule = to;
    *n = to ? list->n : 0;
}

static void put_values(struct lc_json_out *out, const struct lc_spec_rule *r)
{
    if (!r->values.n)
        return;
    lc_json_open(out,
                 r->kind != LC_RULE_TERRITORY ? "values"
                 : r->served                  ? "inside"
                                              : "outside",
                 '[', true);
    for (size_t i = 0; i < r->values.n; i++)
        lc_json_put_text(out, NULL, r->values.text[i]);
    lc_json_close(out, ']');
}

void lc_spec_put_rules(struct lc_json_out *out, const struct lc_spec_rule *rule, size_t n)
{
    if (!n)
        return;
    lc_json_open(out, "disqualify", '[', false);
    for (size_t i = 0; i < n; i++) {
        const struct lc_spec_rule *r = &rule[i];

        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "rule", lc_rule_kind_name[r->kind]);
        if (strcmp(r->name, lc_rule_kind_name[r->kind]) != 0)
            lc_json_put_text(out, "name", r->name);
        lc_json_put_text(out, "column", r->column);
        put_values(out, r);
        if (r->file)
            lc_json_put_text(out, "file", r->file);
        lc_json_put_text(out, "effect", lc_spec_effects[r->effect]);
        if (r->as_of != LC_AS_OF_UNSAID)
            lc_json_put_text(out, "as_of", lc_spec_times[r->as_of == LC_AS_OF_EXPORT]);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

/* ---- domains in a file of their own ---- */

/* The path of a file that a spec names: beside the spec, unless it says otherwise. */
static const char *beside(const char *spec, const char *file, struct lc_arena *arena)
{
    const size_t folder = (size_t)(lc_base_name(spec) - spec);

    return *file == '/' ? file : lc_arena_format(arena, "%.*s%s", (int)folder, spec, file);
}

/* The next line that says something; false behind the last. */
static bool next_line(struct lc_slice *rest, struct lc_slice *line)
{
    while (rest->n) {
        const char *end = memchr(rest->p, '\n', rest->n);
        const size_t n = end ? (size_t)(end - rest->p) : rest->n;

        *line = lc_slice_trim((struct lc_slice){rest->p, n});
        rest->p += end ? n + 1 : n;
        rest->n -= end ? n + 1 : n;
        if (line->n && line->p[0] != '#')
            return true;
    }
    return false;
}

static enum lc_rc read_list(const char *path, struct lc_arena *arena, struct lc_texts *to,
                            struct lc_err *err)
{
    struct lc_slice text, rest, line;
    const char **value;
    size_t n = 0;
    enum lc_rc rc = lc_read_file(path, MOST_LIST, arena, &text, err);

    if (rc)
        return rc;
    for (rest = text; next_line(&rest, &line);)
        n++;
    if (n == 0)
        return lc_fail(err, LC_EFORMAT, "%.200s: lists nothing; write a domain on each line",
                       path);
    value = LC_NEW(arena, to->n + n, const char *);
    for (size_t i = 0; value && i < to->n; i++)
        value[i] = to->text[i];
    for (rest = text, n = to->n; value && next_line(&rest, &line); n++)
        if (!(value[n] = lc_arena_text(arena, line)))
            return lc_fail_memory(err, path);
    if (!value)
        return lc_fail_memory(err, path);
    *to = (struct lc_texts){value, n};
    return LC_OK;
}

enum lc_rc lc_spec_read_lists(const char *path, struct lc_arena *arena, struct lc_spec *spec,
                              struct lc_err *err)
{
    struct lc_spec_rule *rule;
    enum lc_rc rc = LC_OK;

    if (!spec->n_rules)
        return LC_OK;
    rule = LC_NEW(arena, spec->n_rules, struct lc_spec_rule);
    if (!rule)
        return lc_fail_memory(err, path);
    memcpy(rule, spec->rule, spec->n_rules * sizeof *rule);
    for (size_t r = 0; r < spec->n_rules && !rc; r++) {
        const char *list = rule[r].file ? beside(path, rule[r].file, arena) : NULL;

        if (!rule[r].file)
            continue;
        if (!list)
            return lc_fail_memory(err, path);
        rc = read_list(list, arena, &rule[r].values, err);
        rule[r].file = NULL;
    }
    if (!rc)
        spec->rule = rule;
    return rc;
}
