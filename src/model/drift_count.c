/* Levels before and now: an attribute becomes two lists of counts; and the model on the leads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drift_internal.h"

#define MOST_LISTED 300 /* bytes of a list of missing columns in a message */

/* ---- columns ---- */

static const struct lc_table_column *find_column(const struct lc_table *table, const char *name)
{
    for (size_t j = 0; j < table->k; j++)
        if (strcmp(table->column[j].codes.name, name) == 0)
            return &table->column[j];
    return NULL;
}

enum lc_rc lc_drift_columns(const struct lc_model *model, const struct lc_table *table,
                            struct lc_err *err)
{
    const char *file = table->n_files ? table->file[0].path : "the export";
    char listed[MOST_LISTED] = "";
    size_t used = 0, missing = 0;

    for (size_t j = 0; j < model->card.k; j++) {
        const char *name = lc_attribute_source(&model->card.attribute[j].attribute);
        const struct lc_table_column *c = find_column(table, name);

        if (model->card.attribute[j].local)
            continue; /* its columns are those of others */
        if (c && c->kind == LC_KIND_MANY)
            return lc_fail(err, LC_EMISMATCH,
                           "%.100s: column '%.100s' has too many values for the model to look "
                           "up; is it the same column as in the model's export?",
                           file, name);
        if (c)
            continue;
        missing++;
        if (used + strlen(name) + 4 < sizeof listed)
            used += (size_t)snprintf(listed + used, sizeof listed - used, "%s'%s'",
                                     used ? ", " : "", name);
    }
    if (!missing)
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH,
                   "%.100s lacks %zu of the %zu columns of the model: %s; give an export with "
                   "them, or rename its columns",
                   file, missing, model->card.k, listed);
}

/* ---- attributes ---- */

/* [levels of the column + 1] the model's level of each; n_levels where it never met the value. */
static enum lc_rc map_levels(const struct lc_model *model, size_t j,
                             const struct lc_table *table, struct lc_arena *arena,
                             const struct lc_column **codes, uint32_t **map, bool **empty,
                             struct lc_err *err)
{
    const struct lc_attribute *a = &model->card.attribute[j].attribute;
    size_t at = 0;
    const enum lc_rc rc = lc_table_find(table, lc_attribute_source(a), &at, err);

    if (rc)
        return rc;
    *codes = &table->column[at].codes;
    *map = LC_NEW(arena, (size_t)(*codes)->n_levels + 1, uint32_t);
    *empty = LC_NEW(arena, (size_t)(*codes)->n_levels + 1, bool);
    if (!*map || !*empty)
        return lc_fail_memory(err, a->column);
    return lc_model_levels(model, j, &table->column[at], *map, *empty, err);
}

/* A value that the model never met. */
struct extra {
    const char *text;
    double before, now;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct extra *)a)->text, ((const struct extra *)b)->text);
}

/* Levels being counted; `side` of an extra is before or now. */
struct counting {
    const struct lc_model *model;
    size_t j;
    struct extra *extra; /* of both sides, a text perhaps twice */
    size_t n_extra;
    struct lc_arena *arena;
};

static enum lc_rc count_side(struct counting *c, const struct lc_drift_leads *leads, bool now,
                             double *known, struct lc_err *err)
{
    const struct lc_attribute *a = &c->model->card.attribute[c->j].attribute;
    const struct lc_column *codes;
    struct extra *extra;
    double *n;
    uint32_t *map;
    bool *empty;
    const enum lc_rc rc =
        map_levels(c->model, c->j, leads->table, c->arena, &codes, &map, &empty, err);

    if (rc)
        return rc;
    n = LC_NEW(c->arena, codes->n_levels, double);
    extra = LC_NEW(c->arena, c->n_extra + codes->n_levels, struct extra);
    if (!n || !extra)
        return lc_fail_memory(err, a->column);
    if (c->n_extra)
        memcpy(extra, c->extra, c->n_extra * sizeof *extra);
    for (size_t i = 0; i < leads->n; i++)
        n[lc_code_at(codes, leads->row[i])]++;
    for (uint32_t v = 0; v < codes->n_levels; v++) {
        if (!(n[v] > 0))
            continue;
        if (map[v] < a->n_levels)
            known[map[v]] += n[v];
        else
            extra[c->n_extra++] =
                (struct extra){.text = empty[v] ? LC_MISSING_TEXT : codes->level[v],
                               .before = now ? 0 : n[v],
                               .now = now ? n[v] : 0};
    }
    c->extra = extra;
    return LC_OK;
}

/* Equal texts of the two sides become one level. */
static void join_extras(struct counting *c)
{
    size_t kept = 0;

    if (c->n_extra)
        qsort(c->extra, c->n_extra, sizeof *c->extra, by_text);
    for (size_t i = 0; i < c->n_extra; i++) {
        if (kept && strcmp(c->extra[kept - 1].text, c->extra[i].text) == 0) {
            c->extra[kept - 1].before += c->extra[i].before;
            c->extra[kept - 1].now += c->extra[i].now;
        } else {
            c->extra[kept++] = c->extra[i];
        }
    }
    c->n_extra = kept;
}

bool lc_drift_part_new(struct lc_drift_part *part, const char *what, const char *name, size_t k,
                       struct lc_arena *arena)
{
    *part = (struct lc_drift_part){.what = what,
                                   .name = name,
                                   .k = k,
                                   .known = k,
                                   .missing = k,
                                   .level = LC_NEW(arena, k, const char *),
                                   .before = LC_NEW(arena, k, double),
                                   .now = LC_NEW(arena, k, double)};
    return part->level && part->before && part->now;
}

enum lc_rc lc_drift_attribute(const struct lc_model *model, size_t j,
                              const struct lc_drift_leads *before,
                              const struct lc_drift_leads *now, struct lc_arena *arena,
                              struct lc_drift_part *part, struct lc_err *err)
{
    const struct lc_attribute *a = &model->card.attribute[j].attribute;
    struct counting c = {.model = model, .j = j, .arena = arena};
    double *was = LC_NEW(arena, a->n_levels, double), *is = LC_NEW(arena, a->n_levels, double);
    enum lc_rc rc = was && is ? LC_OK : lc_fail_memory(err, a->column);

    if (!rc && before)
        rc = count_side(&c, before, false, was, err);
    else if (!rc && a->n_levels)
        memcpy(was, a->n, a->n_levels * sizeof *was);
    if (!rc)
        rc = count_side(&c, now, true, is, err);
    if (rc)
        return rc;
    join_extras(&c);
    if (!lc_drift_part_new(part, "attribute", a->column, a->n_levels + c.n_extra, arena))
        return lc_fail_memory(err, a->column);
    part->known = a->n_levels;
    for (size_t v = 0; v < part->k; v++) {
        const struct extra *extra = v < a->n_levels ? NULL : &c.extra[v - a->n_levels];

        part->level[v] = extra ? extra->text : a->level[v];
        part->before[v] = extra ? extra->before : was[v];
        part->now[v] = extra ? extra->now : is[v];
        if (strcmp(part->level[v], LC_MISSING_TEXT) == 0)
            part->missing = v;
    }
    return LC_OK;
}

/* ---- the score ---- */

/* The model's codes of a column's rows, as lc_card_score_rows takes them. */
static enum lc_rc code_column(const struct lc_model *model, size_t j,
                              const struct lc_drift_leads *leads, struct lc_arena *arena,
                              struct lc_column *out, struct lc_err *err)
{
    const struct lc_attribute *a = &model->card.attribute[j].attribute;
    const unsigned width = lc_code_width(a->n_levels + 1);
    void *code = lc_arena_alloc(arena, leads->n, width);
    const struct lc_column *c;
    uint32_t *map;
    bool *empty;
    const enum lc_rc rc = map_levels(model, j, leads->table, arena, &c, &map, &empty, err);

    if (rc)
        return rc;
    if (!code)
        return lc_fail_memory(err, a->column);
    for (size_t i = 0; i < leads->n; i++)
        lc_code_put(code, width, i, map[lc_code_at(c, leads->row[i])]);
    *out = (struct lc_column){.name = a->column,
                              .width = width,
                              .code = code,
                              .n_levels = (uint32_t)a->n_levels + 1,
                              .missing = a->missing};
    return LC_OK;
}

enum lc_rc lc_drift_score(const struct lc_model *model, const struct lc_drift_leads *leads,
                          struct lc_arena *arena, struct lc_scored **scored, struct lc_err *err)
{
    struct lc_column *codes = LC_NEW(arena, model->card.k, struct lc_column);
    struct lc_scored *out = LC_NEW(arena, leads->n, struct lc_scored);
    enum lc_rc rc = codes && out ? LC_OK : lc_fail_memory(err, "the scores");

    for (size_t j = 0; j < model->card.k && !rc; j++)
        rc = code_column(model, j, leads, arena, &codes[j], err);
    if (rc)
        return rc;
    lc_card_score_rows(&model->card, codes, leads->n, out);
    *scored = out;
    return LC_OK;
}
