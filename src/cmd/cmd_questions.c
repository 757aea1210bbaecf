/* At most five questions, so that recalibrate needs no spec to start. */
#include "cmd_questions.h"

#include <string.h>

#include "leadcal/slice.h"

/* What the spec says of a topic that was answered, and the comments on it that it takes the place of. */
static const struct {
    const char *prefix[2], *comment;
} said[TOPICS] = {
    [TOPIC_WON] = {{"outcome: "}, "outcome: as answered"},
    [TOPIC_CLOCK] = {{"dates: handed_over", "dates: entered"},
                     "dates: the clock starts as answered"},
    [TOPIC_ENGAGEMENT] = {{"attributes: "}, "attributes: engagement as answered"},
    [TOPIC_SCORE] = {{"current: "}, "current: as answered"},
    [TOPIC_DROP] = {{"ignored", "no attribute"}, "ignored: as answered"},
};

/* ---- what the questions share ---- */

const char *cmd_list_text(const char *const *name, size_t n, struct lc_arena *arena)
{
    const char *text = n ? "" : "none";

    for (size_t i = 0; i < n && i < MOST_SHOWN && text; i++)
        text = lc_arena_format(arena, "%s%s%s", text, i ? ", " : "", name[i]);
    return text && n > MOST_SHOWN
               ? lc_arena_format(arena, "%s and %zu more", text, n - MOST_SHOWN)
               : text;
}

bool cmd_is_none(const char *answer)
{
    return lc_slice_eq_nocase(lc_slice_of(answer), lc_slice_of("none"));
}

enum lc_rc cmd_no_column(const char *name, const char *kind, const char *const *known, size_t n,
                         struct lc_err *err)
{
    const char *near = lc_nearest(name, known, n);

    if (near)
        return lc_fail(err, LC_EMISMATCH, "there is no %s '%.100s'; did you mean '%.100s'?",
                       kind, name, near);
    return lc_fail(err, LC_EMISMATCH, "there is no %s '%.100s'; leadcal inspect lists them",
                   kind, name);
}

const struct lc_table_column *cmd_column(const struct cmd_study *s, const char *name)
{
    for (size_t j = 0; j < s->table.k; j++)
        if (strcmp(s->table.column[j].codes.name, name) == 0)
            return &s->table.column[j];
    return NULL;
}

const char **cmd_column_names(struct cmd_study *s)
{
    const char **name = LC_NEW(&s->arena, s->table.k + 1, const char *);

    for (size_t j = 0; name && j < s->table.k; j++)
        name[j] = s->table.column[j].codes.name;
    return name;
}

/* ---- the conversation ---- */

static enum lc_rc ask_all(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    static enum lc_rc (*const question[TOPICS])(struct cmd_questions *, struct cmd_asker *,
                                                struct lc_err *) = {
        [TOPIC_WON] = cmd_ask_won,
        [TOPIC_CLOCK] = cmd_ask_clock,
        [TOPIC_ENGAGEMENT] = cmd_ask_engagement,
        [TOPIC_SCORE] = cmd_ask_score,
        [TOPIC_DROP] = cmd_ask_drop,
    };
    enum lc_rc rc = LC_OK;

    for (size_t topic = 0; topic < TOPICS && !rc && !a->stopped; topic++)
        rc = question[topic](q, a, err);
    return rc;
}

/* --yes: the guesses are said, and taken. Without an outcome there is nothing to take. */
static void take_guesses(const struct cmd_questions *q, struct cmd_asker *a)
{
    const struct lc_proposal *p = &q->p;

    if (!p->has_outcome) {
        a->stopped = true;
        for (size_t i = 0; i < p->n_comments; i++)
            if (strncmp(p->comment[i], "outcome: ", 9) == 0) {
                (void)cmd_wrong(a->name, "%s; use --outcome COLUMN --won VALUE", p->comment[i]);
                return;
            }
        return;
    }
    for (size_t i = 0; i < p->n_comments; i++)
        cmd_note(q->s->out->quiet, "%s", p->comment[i]);
}

static bool is_answered(const struct cmd_questions *q, const char *comment)
{
    for (size_t topic = 0; topic < TOPICS; topic++)
        for (size_t k = 0; k < 2; k++) {
            const char *prefix = said[topic].prefix[k];

            if (q->answered[topic] && prefix && strncmp(comment, prefix, strlen(prefix)) == 0)
                return true;
        }
    return false;
}

/* Why each part of the spec is as it is. */
static enum lc_rc explain(const struct cmd_questions *q, const char *const **comment, size_t *n,
                          struct lc_err *err)
{
    const char **to = LC_NEW(&q->s->arena, q->p.n_comments + TOPICS, const char *);

    if (!to)
        return lc_fail_memory(err, "the spec");
    *n = 0;
    for (size_t topic = 0; topic < TOPICS; topic++)
        if (q->answered[topic])
            to[(*n)++] = said[topic].comment;
    for (size_t i = 0; i < q->p.n_comments; i++)
        if (!is_answered(q, q->p.comment[i]))
            to[(*n)++] = q->p.comment[i];
    *comment = to;
    return LC_OK;
}

enum lc_rc cmd_propose_spec(struct cmd_study *s, bool yes, struct cmd_asker *a,
                            const char *const **comment, size_t *n, struct lc_err *err)
{
    struct cmd_questions q = {.s = s};
    enum lc_rc rc = cmd_propose(s, NULL, NULL, &q.joined, &q.p, err);

    if (rc)
        return rc;
    q.given = s->spec;
    if (yes)
        take_guesses(&q, a);
    else
        rc = ask_all(&q, a, err);
    if (rc || a->stopped)
        return rc;
    s->spec = q.p.spec;
    return explain(&q, comment, n, err);
}
