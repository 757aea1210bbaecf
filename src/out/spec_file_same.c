/* Spellings of one value, as an attribute of a spec has them. */
#include <string.h>

#include "spec_file_internal.h"

/* Blanks at the ends are no part of a value: the loader takes them off, too. */
static const char *trimmed(struct lc_json_in *in, const char *text)
{
    const char *copy = text ? lc_arena_text(in->arena, lc_slice_trim(lc_slice_of(text))) : "";

    if (!copy && !in->rc)
        in->rc = lc_fail_memory(in->err, in->path);
    return copy ? copy : "";
}

static void read_one(struct lc_json_in *in, const struct lc_json *value,
                     struct lc_spec_same *to)
{
    const struct lc_texts given = lc_spec_texts(in, value);
    const char **text = LC_NEW(in->arena, given.n + 1, const char *);

    if (!text && !in->rc)
        in->rc = lc_fail_memory(in->err, in->path);
    for (size_t i = 0; i < given.n && !in->rc; i++)
        text[i] = trimmed(in, given.text[i]);
    to->as = trimmed(in, value->key);
    to->spellings = (struct lc_texts){text, given.n};
    if (!in->rc && !given.n)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs the other spellings of the value, as the export has them");
}

void lc_spec_same(struct lc_json_in *in, const struct lc_json *value,
                  struct lc_spec_attribute *a)
{
    struct lc_spec_same *same;
    const char *twice;

    if (!value || in->rc)
        return;
    if (value->kind != LC_JSON_OBJECT || !value->n) {
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "needs values and their other spellings: {\"GTX Pro\": [\"GTXPro\"]}");
        return;
    }
    if (a->set || a->n_cuts || a->trend) {
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "is for columns of texts, and this one is a %s; take one of the two out",
                       a->set ? "set" : "number");
        return;
    }
    same = LC_NEW(in->arena, value->n, struct lc_spec_same);
    if (!same) {
        in->rc = lc_fail_memory(in->err, in->path);
        return;
    }
    for (const struct lc_json *one = value->child; one && !in->rc; one = one->next)
        read_one(in, one, &same[a->n_same++]);
    a->same = same;
    twice = in->rc ? NULL : lc_spec_same_twice(a);
    if (twice && *twice)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "'%.60s' stands in it twice; a text is one value or another", twice);
    else if (twice)
        lc_json_refuse(in, value, LC_EMISMATCH,
                       "has an empty text; name texts that mean no value in \"missing\"");
}

void lc_spec_put_same(struct lc_json_out *out, const struct lc_spec_attribute *a)
{
    if (!a->n_same)
        return;
    lc_json_open(out, "same", '{', true);
    for (size_t i = 0; i < a->n_same; i++) {
        lc_json_open(out, a->same[i].as, '[', true);
        for (size_t j = 0; j < a->same[i].spellings.n; j++)
            lc_json_put_text(out, NULL, a->same[i].spellings.text[j]);
        lc_json_close(out, ']');
    }
    lc_json_close(out, '}');
}
