/* Answers that are lists of columns, and what they do to the attributes. */
#include <string.h>

#include "cmd_questions.h"
#include "leadcal/slice.h"

enum lc_rc cmd_refuse_column(struct cmd_questions *q, const char *name, struct lc_err *err)
{
    const char **known = cmd_column_names(q->s);

    if (!known)
        return lc_fail_memory(err, "an answer");
    return cmd_no_column(name, "column", known, q->s->table.k, err);
}

/* ---- lists of columns ---- */

/* A sign before a name that is no part of it. */
static bool has_sign(const struct cmd_study *s, const char *name)
{
    return (*name == '+' || *name == '-') && !cmd_column(s, name);
}

static void take_off(const char **name, size_t *n, const char *gone)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++)
        if (strcmp(name[i], gone) != 0)
            name[kept++] = name[i];
    *n = kept;
}

/* Adds or takes off one name of the answer. */
static enum lc_rc take_name(struct cmd_questions *q, const char *said, cmd_check *check,
                            const char **name, size_t *n, struct lc_err *err)
{
    const bool sign = has_sign(q->s, said);
    const char *plain = said + sign;
    enum lc_rc rc;

    if (sign && *said == '-') {
        if (!lc_texts_have((struct lc_texts){name, *n}, plain))
            return cmd_no_column(plain, "guessed column", name, *n, err);
        take_off(name, n, plain);
        return LC_OK;
    }
    rc = check(q, plain, err);
    if (!rc && !lc_texts_have((struct lc_texts){name, *n}, plain))
        name[(*n)++] = plain;
    return rc;
}

/* An answer as a list: names take the place of the guess; with signs, -NAME takes one off it and
 * +NAME adds one. */
enum lc_rc cmd_read_list(struct cmd_questions *q, const char *answer, struct lc_texts guess,
                         cmd_check *check, struct lc_texts *to, struct lc_err *err)
{
    const char *text = lc_arena_text(&q->s->arena, lc_slice_of(answer)), **name;
    const struct cmd_list list = {.text = {text}, .n = 1};
    struct lc_texts said = {NULL, 0};
    size_t n = 0, signs = 0;
    enum lc_rc rc = text ? LC_OK : lc_fail_memory(err, "an answer");

    if (!rc && !cmd_is_none(text))
        rc = cmd_split(&list, cmd_study_has, &q->s->table, &q->s->arena, &said, err);
    name = LC_NEW(&q->s->arena, guess.n + said.n + 1, const char *);
    if (rc)
        return rc;
    if (!name)
        return lc_fail_memory(err, "an answer");
    for (size_t i = 0; i < said.n; i++)
        signs += has_sign(q->s, said.text[i]);
    if (signs && signs < said.n)
        return lc_fail(err, LC_EMISMATCH,
                       "put + or - before every name, or before none: names alone take the "
                       "place of the guess");
    for (size_t i = 0; i < guess.n && signs; i++)
        name[n++] = guess.text[i];
    for (size_t i = 0; i < said.n && !rc; i++)
        rc = take_name(q, said.text[i], check, name, &n, err);
    if (!rc)
        *to = (struct lc_texts){name, n};
    return rc;
}

const struct lc_column_choice *cmd_choice(const struct cmd_questions *q, const char *name)
{
    const struct lc_table_column *c = cmd_column(q->s, name);
    const size_t at = c ? (size_t)(c - q->s->table.column) : 0;

    return c && at < q->p.choices.n ? &q->p.choices.of[at] : NULL;
}

/* The attributes while they may be changed, with room for `more`. */
struct lc_spec_attribute *cmd_own_attributes(struct cmd_questions *q, size_t more)
{
    const size_t n = q->p.spec.n_attributes;
    struct lc_spec_attribute *a = LC_NEW(&q->s->arena, n + more + 1, struct lc_spec_attribute);

    if (a && n)
        memcpy(a, q->p.spec.attribute, n * sizeof *a);
    return a;
}

enum lc_rc cmd_remove_attribute(struct cmd_questions *q, const char *name, struct lc_err *err)
{
    struct lc_spec_attribute *a;
    size_t kept = 0;

    if (!lc_spec_attribute_of(&q->p.spec, name))
        return LC_OK;
    a = cmd_own_attributes(q, 0);
    if (!a)
        return lc_fail_memory(err, "an answer");
    for (size_t i = 0; i < q->p.spec.n_attributes; i++)
        if (strcmp(a[i].column, name) != 0)
            a[kept++] = a[i];
    /* A spec without attributes means every column, and nobody asked for that. */
    if (!kept)
        return lc_fail(err, LC_EMISMATCH,
                       "without '%.100s' no attribute would be left to learn from", name);
    q->p.spec.attribute = a;
    q->p.spec.n_attributes = kept;
    return LC_OK;
}
