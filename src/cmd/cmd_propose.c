/* What the columns of some files mean, by guessing: for inspect, and for recalibrate without a spec. */
#include "cmd_propose.h"

#include <string.h>

/* --engagement has the last word on the roles of the proposal. */
static enum lc_rc set_roles(struct cmd_study *s, struct lc_proposal *p, struct lc_err *err)
{
    const size_t n = p->spec.n_attributes;
    struct lc_spec_attribute *attribute = LC_NEW(&s->arena, n + 1, struct lc_spec_attribute);

    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    for (size_t i = 0; i < n; i++) {
        attribute[i] = p->spec.attribute[i];
        if (lc_texts_have(s->engagement, attribute[i].column))
            attribute[i].role = LC_ROLE_ENGAGEMENT;
    }
    if (n)
        p->spec.attribute = attribute;
    return LC_OK;
}

/* How the files are joined is said before what their columns mean. */
static enum lc_rc put_first(const struct cmd_joined *joined, struct lc_arena *arena,
                            struct lc_proposal *p, struct lc_err *err)
{
    const char **all = LC_NEW(arena, joined->n_comments + p->n_comments + 1, const char *);

    if (!all)
        return lc_fail_memory(err, "the proposal");
    for (size_t i = 0; i < joined->n_comments; i++)
        all[i] = joined->comment[i];
    for (size_t i = 0; i < p->n_comments; i++)
        all[joined->n_comments + i] = p->comment[i];
    p->comment = all;
    p->n_comments += joined->n_comments;
    return LC_OK;
}

/* The columns of files of events come behind those of the leads. */
static enum lc_rc put_last(const struct cmd_joined *joined, struct lc_arena *arena,
                           struct lc_proposal *p, struct lc_err *err)
{
    struct lc_mapped *all = LC_NEW(arena, p->n_mapped + joined->n_mapped + 1, struct lc_mapped);

    if (!all)
        return lc_fail_memory(err, "the proposal");
    if (p->n_mapped)
        memcpy(all, p->mapped, p->n_mapped * sizeof *all);
    if (joined->n_mapped)
        memcpy(all + p->n_mapped, joined->mapped, joined->n_mapped * sizeof *all);
    p->mapped = all;
    p->n_mapped += joined->n_mapped;
    return LC_OK;
}

enum lc_rc cmd_propose_again(struct cmd_study *s, const struct lc_spec *given,
                             const struct cmd_joined *joined, struct lc_proposal *p,
                             struct lc_err *err)
{
    enum lc_rc rc = lc_propose(&s->table, given, &s->arena, p, err);

    if (!rc)
        rc = put_first(joined, &s->arena, p, err);
    if (!rc)
        rc = put_last(joined, &s->arena, p, err);
    return rc ? rc : set_roles(s, p, err);
}

static enum lc_rc add_comment(struct cmd_study *s, const char *column,
                              struct cmd_joined *joined, struct lc_err *err)
{
    const char **all = LC_NEW(&s->arena, joined->n_comments + 1, const char *);
    const char *text =
        lc_arena_format(&s->arena,
                        "sets: '%s' is taken for lists parted by ';', each member an attribute "
                        "(\"kind\": \"set\")",
                        column);

    if (!all || !text)
        return lc_fail_memory(err, "the proposal");
    for (size_t i = 0; i < joined->n_comments; i++)
        all[i] = joined->comment[i];
    all[joined->n_comments++] = text;
    joined->comment = all;
    return LC_OK;
}

/* Columns that look like lists are proposed as sets, where nobody has said what is what. */
static enum lc_rc propose_sets(struct cmd_study *s, struct cmd_joined *joined,
                               struct lc_err *err)
{
    const char **name = LC_NEW(&s->arena, s->table.k + 1, const char *);
    enum lc_rc rc = LC_OK;
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "the proposal");
    for (size_t j = 0; j < s->table.k && !rc; j++) {
        const char *column = s->table.column[j].codes.name;

        if (!s->table.column[j].like_set || lc_texts_have(s->spec.ignore, column))
            continue;
        name[n++] = column;
        rc = add_comment(s, column, joined, err);
    }
    if (rc || !n)
        return rc;
    s->spec.sets = (struct lc_texts){name, n};
    return lc_load_sets(&s->table, &s->spec, &s->arena, err);
}

enum lc_rc cmd_propose(struct cmd_study *s, struct lc_frame *files, struct lc_frame *columns,
                       struct cmd_joined *joined, struct lc_proposal *p, struct lc_err *err)
{
    enum lc_rc rc;

    *joined = (struct cmd_joined){0};
    if (s->n_paths > 1 && !s->spec.n_files)
        rc = cmd_propose_join(s, files, columns, joined, err);
    else
        rc = cmd_study_load(s, err);
    if (!rc && !s->spec.n_attributes && !s->spec.sets.n)
        rc = propose_sets(s, joined, err);
    if (!rc)
        rc = cmd_study_name(s, err);
    return rc ? rc : cmd_propose_again(s, &s->spec, joined, p, err);
}
