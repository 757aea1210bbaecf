/* Columns of lists become a yes/no column for each member. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/set.h"
#include "load_internal.h"

#define MOST_MEMBERS 100 /* of a set that become attributes: those that most leads have */
#define LEAST_SHARE \
    50 /* one filled cell in so many holds a ';', before a column looks like lists */
#define LEAST_SURE  10 /* and one in so many, before it is proposed as sets */
#define LEAST_LISTS 5  /* such cells */

/* One member, and how many leads have it. */
struct member {
    struct lc_slice text;
    size_t leads;
};

/* One column of lists while it is taken apart. */
struct taken {
    const struct lc_spec *spec;
    const struct lc_table_column *from;
    size_t n; /* rows */
    struct lc_arena *arena, *scratch;
    struct member *member; /* [k] by bytes */
    size_t k, left_out;    /* kept; not kept */
    size_t none;           /* leads with the empty set */
};

static int by_support(const void *a, const void *b)
{
    const struct member *x = a, *y = b;

    if (x->leads != y->leads)
        return x->leads < y->leads ? 1 : -1;
    return lc_slice_cmp(x->text, y->text);
}

static int by_bytes(const void *a, const void *b)
{
    return lc_slice_cmp(((const struct member *)a)->text, ((const struct member *)b)->text);
}

/* Has the text named it before this place? A list may name a member twice. */
static bool is_repeated(struct lc_slice text, struct lc_slice member)
{
    return lc_set_has((struct lc_slice){text.p, (size_t)(member.p - text.p)}, member);
}

/* Members that the spec names already: of a model, or of an earlier file, whether or not a lead has
 * them. */
static bool add_named(const struct taken *t, struct lc_dict *dict)
{
    for (size_t i = 0; i < t->spec->n_attributes; i++) {
        const struct lc_spec_attribute *a = &t->spec->attribute[i];

        if (a->set_of && strcmp(a->set_of, t->from->codes.name) == 0 &&
            lc_dict_code(dict, lc_slice_of(a->member)) == LC_NO_CODE)
            return false;
    }
    return true;
}

/* Counts the members of one text, which `cells` leads have. */
static bool count_members(struct taken *t, struct lc_slice text, size_t cells,
                          struct lc_dict *dict, size_t *leads)
{
    struct lc_slice rest = text, one;
    bool any = false;

    while (lc_set_next(&rest, &one)) {
        const uint32_t code = lc_dict_code(dict, one);

        if (code == LC_NO_CODE)
            return false;
        leads[code] += is_repeated(text, one) ? 0 : cells;
        any = true;
    }
    t->none += any ? 0 : cells;
    return true;
}

/* How many members there may be at most, named ones too. */
static size_t most_members(const struct lc_column *c, size_t named)
{
    size_t n = c->n_levels + named + 1;

    for (uint32_t v = 0; v < c->n_levels; v++)
        for (const char *p = c->level[v]; *p; p++)
            n += *p == ';';
    return n;
}

/* Those that most leads have, and those that were named, in the order of their bytes. */
static bool keep_members(struct taken *t, const struct lc_dict *dict, const size_t *leads,
                         size_t named)
{
    t->member = LC_NEW(t->scratch, dict->n + 1, struct member);
    if (!t->member)
        return false;
    for (uint32_t m = 0; m < dict->n; m++)
        t->member[m] = (struct member){dict->text[m], leads[m]};
    t->k = dict->n;
    if (t->k > named + MOST_MEMBERS) {
        qsort(t->member + named, t->k - named, sizeof *t->member, by_support);
        t->left_out = t->k - named - MOST_MEMBERS;
        t->k = named + MOST_MEMBERS;
    }
    if (t->k)
        qsort(t->member, t->k, sizeof *t->member, by_bytes);
    return true;
}

static enum lc_rc list_members(struct taken *t, struct lc_err *err)
{
    const struct lc_column *c = &t->from->codes;
    struct lc_dict dict;
    size_t *leads, named;
    bool fits = true;

    if (!lc_dict_init(&dict, t->scratch, t->scratch, true) || !add_named(t, &dict))
        return lc_fail_memory(err, c->name);
    named = dict.n;
    leads = LC_NEW(t->scratch, most_members(c, named), size_t);
    for (uint32_t v = 0; leads && fits && v < c->n_levels; v++)
        if (v != c->missing)
            fits = count_members(t, lc_slice_of(c->level[v]), t->from->count[v], &dict, leads);
    if (!leads || !fits || !keep_members(t, &dict, leads, named))
        return lc_fail_memory(err, c->name);
    return LC_OK;
}

/* Which lists hold the member: levels no, yes and the missing one, as far as a row has them. */
static enum lc_rc make_member(const struct taken *t, const struct member *m,
                              struct lc_table_column *to, struct lc_err *err)
{
    const struct lc_column *c = &t->from->codes;
    const char **level = LC_NEW(t->arena, 3, const char *);
    size_t *count = LC_NEW(t->arena, 3, size_t);
    uint32_t *map = LC_NEW(t->scratch, (size_t)c->n_levels + 1, uint32_t), place[3] = {0, 0, 0};
    uint8_t *code = LC_NEW(t->arena, t->n, uint8_t);
    static const char *const text[3] = {LC_SET_NO, LC_SET_YES, LC_MISSING_TEXT};
    size_t rows[3] = {0, 0, 0};
    uint32_t k = 0;

    *to = (struct lc_table_column){
        .kind = LC_KIND_TEXT, .at = t->from->at, .file = t->from->file};
    to->set_of = c->name;
    to->member = lc_arena_text(t->arena, m->text);
    to->codes.name =
        to->member ? lc_arena_format(t->arena, "%s: %s", c->name, to->member) : NULL;
    if (!level || !count || !map || !code || !to->codes.name)
        return lc_fail_memory(err, c->name);
    for (uint32_t v = 0; v < c->n_levels; v++) {
        map[v] = v == c->missing ? 2 : lc_set_has(lc_slice_of(c->level[v]), m->text);
        rows[map[v]] += t->from->count[v];
    }
    to->codes.missing = LC_NO_CODE;
    for (uint32_t i = 0; i < 3; i++) {
        if (!rows[i])
            continue;
        if (i == 2)
            to->codes.missing = k;
        level[k] = text[i];
        count[k] = rows[i];
        place[i] = k++;
    }
    for (size_t i = 0; i < t->n; i++)
        code[i] = (uint8_t)place[map[lc_code_at(c, i)]];
    to->codes.width = 1;
    to->codes.code = code;
    to->codes.n_levels = k;
    to->codes.level = level;
    to->count = count;
    to->n_filled = rows[0] + rows[1];
    to->example = level[0];
    return LC_OK;
}

/* ---- what is said of it ---- */

static enum lc_rc note_set(struct lc_rejects *rejects, const struct taken *t,
                           struct lc_err *err)
{
    const size_t unknown = t->n - t->from->n_filled;
    enum lc_rc rc = lc_reject_note(
        rejects, err,
        "column '%.80s' holds sets: %zu member%s, each an attribute of its own; %zu lead%s the "
        "empty set, and of %zu it is not known",
        t->from->codes.name, t->k, t->k == 1 ? "" : "s", t->none,
        t->none == 1 ? " has" : "s have", unknown);

    if (!rc && t->left_out)
        rc =
            lc_reject_note(rejects, err,
                           "column '%.80s': %zu rarer members than the %d that most leads have "
                           "are left out",
                           t->from->codes.name, t->left_out, MOST_MEMBERS);
    return rc;
}

static bool is_key(const struct lc_spec *spec, const char *name)
{
    for (size_t f = 0; f < spec->n_files; f++)
        if ((spec->file[f].key && strstr(name, spec->file[f].key)) ||
            (spec->file[f].join && strcmp(name, spec->file[f].join) == 0))
            return true;
    return false;
}

/* Lists that nobody has said are lists. */
static enum lc_rc note_unsaid(struct lc_rejects *rejects, const struct lc_spec *spec,
                              struct lc_table_column *c, struct lc_err *err)
{
    size_t lists = 0;

    if (c->kind != LC_KIND_TEXT || is_key(spec, c->codes.name))
        return LC_OK;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        lists += strchr(c->codes.level[v], ';') ? c->count[v] : 0;
    if (lists < LEAST_LISTS || lists * LEAST_SHARE < c->n_filled)
        return LC_OK;
    c->like_set = lists * LEAST_SURE >= c->n_filled;
    return lc_reject_note(
        rejects, err,
        "column '%.80s' looks like lists parted by ';' (%zu cell%s): --set makes "
        "each member an attribute, as \"kind\": \"set\" in the spec does",
        c->codes.name, lists, lists == 1 ? "" : "s");
}

/* ---- the table ---- */

static enum lc_rc take_apart(struct taken *t, struct lc_table *table, size_t j,
                             struct lc_rejects *rejects, struct lc_err *err)
{
    struct lc_table_column *wider;
    enum lc_rc rc;

    t->from = &table->column[j];
    assert(t->from->kind != LC_KIND_MANY); /* who names a column keeps it */
    rc = list_members(t, err);
    if (rc)
        return rc;
    wider = LC_NEW(t->arena, table->k + t->k, struct lc_table_column);
    if (!wider)
        return lc_fail_memory(err, "a table");
    memcpy(wider, table->column, table->k * sizeof *wider);
    for (size_t m = 0; m < t->k && !rc; m++)
        rc = make_member(t, &t->member[m], &wider[table->k + m], err);
    if (!rc)
        rc = note_set(rejects, t, err);
    if (rc)
        return rc;
    wider[j].is_set = true;
    table->column = wider;
    table->k += t->k;
    return LC_OK;
}

enum lc_rc lc_table_sets(struct lc_table *table, const struct lc_spec *spec,
                         struct lc_arena *arena, struct lc_rejects *rejects, struct lc_err *err)
{
    const size_t k = table->k;
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < k && !rc; j++) {
        struct taken t = {.spec = spec, .n = table->n, .arena = arena};
        struct lc_arena scratch;

        if (!lc_spec_is_set(spec, table->column[j].codes.name)) {
            rc = note_unsaid(rejects, spec, &table->column[j], err);
            continue;
        }
        lc_arena_init(&scratch, arena->limit - arena->used);
        t.scratch = &scratch;
        rc = take_apart(&t, table, j, rejects, err);
        lc_arena_release(&scratch);
    }
    return rc;
}

enum lc_rc lc_load_sets(struct lc_table *table, const struct lc_spec *spec,
                        struct lc_arena *arena, struct lc_err *err)
{
    struct lc_rejects ignored;

    lc_rejects_init(&ignored, arena);
    return lc_table_sets(table, spec, arena, &ignored, err);
}
