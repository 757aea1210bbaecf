/* Spellings of one value among the attributes: twins are proposed as the same, slips are only told. */
#include <string.h>

#include "leadcal/spelling.h"
#include "propose_internal.h"

#define MOST_TOLD 3 /* pairs that a comment names */

/* The spellings that are sure, as the spec has them: by the value that they are read as. */
static bool take_twins(const struct lc_table_column *c, const struct lc_spellings *found,
                       struct lc_arena *arena, struct lc_spec_attribute *to)
{
    struct lc_spec_same *same = LC_NEW(arena, found->n + 1, struct lc_spec_same);
    const char **text = LC_NEW(arena, found->n + 1, const char *);

    if (!same || !text)
        return false;
    for (size_t i = 0; i < found->n; i++) {
        const char *as = c->codes.level[found->of[i].same];

        if (!found->of[i].sure)
            continue;
        if (!to->n_same || strcmp(same[to->n_same - 1].as, as) != 0)
            same[to->n_same++] = (struct lc_spec_same){as, {text, 0}};
        *text++ = c->codes.level[found->of[i].level];
        same[to->n_same - 1].spellings.n++;
    }
    to->same = to->n_same ? same : NULL;
    return true;
}

static enum lc_rc note_twins(struct lc_guess *g, const struct lc_table_column *c,
                             const struct lc_spellings *found, struct lc_err *err)
{
    const char *list = "";
    size_t n = 0, leads = 0;

    for (size_t i = 0; i < found->n && list; i++) {
        const struct lc_spelling *one = &found->of[i];

        if (!one->sure)
            continue;
        leads += c->count[one->level];
        if (n++ < MOST_TOLD)
            list = lc_arena_format(g->arena, "%s%s'%.40s' as '%.40s'", list, *list ? ", " : "",
                                   c->codes.level[one->level], c->codes.level[one->same]);
    }
    if (!list)
        return lc_fail_memory(err, "the proposal");
    if (!n)
        return LC_OK;
    return lc_notes_add(
        &g->notes, err,
        "same: '%s' has %zu other spelling%s in %zu lead%s, read as the usual one: "
        "%s%s",
        c->codes.name, n, n == 1 ? "" : "s", leads, leads == 1 ? "" : "s", list,
        n > MOST_TOLD ? ", ..." : "");
}

static enum lc_rc note_slips(struct lc_guess *g, const struct lc_table_column *c,
                             const struct lc_spellings *found, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < found->n && !rc; i++) {
        const char *slip = c->codes.level[found->of[i].level];
        const char *as = c->codes.level[found->of[i].same];

        if (!found->of[i].sure)
            rc = lc_notes_add(&g->notes, err,
                              "not the same unless you say so: in '%s' '%s' (%zu) is a letter "
                              "from '%s' (%zu): \"same\": {\"%s\": [\"%s\"]}",
                              c->codes.name, slip, c->count[found->of[i].level], as,
                              c->count[found->of[i].same], as, slip);
    }
    return rc;
}

enum lc_rc lc_guess_same(struct lc_guess *g, const struct lc_table_column *c,
                         struct lc_spec_attribute *to, struct lc_err *err)
{
    struct lc_spellings found;
    enum lc_rc rc;

    if (c->kind != LC_KIND_TEXT || c->set_of || c->is_set || c->like_set || c->computed ||
        !lc_may_show(c))
        return LC_OK;
    rc = lc_spellings_find(&c->codes, c->count, g->arena, &found, err);
    if (!rc && !take_twins(c, &found, g->arena, to))
        rc = lc_fail_memory(err, "the proposal");
    if (!rc)
        rc = note_twins(g, c, &found, err);
    return rc ? rc : note_slips(g, c, &found, err);
}
