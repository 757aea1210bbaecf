/* Which columns are engagement, and which one is the score in use. */
#include <string.h>

#include "cmd_questions.h"

/* ---- engagement ---- */

static enum lc_rc list_attributes(struct cmd_questions *q, bool engagement_only,
                                  struct lc_texts *to, struct lc_err *err)
{
    const char **name = LC_NEW(&q->s->arena, q->p.spec.n_attributes + 1, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "a question");
    for (size_t i = 0; i < q->p.spec.n_attributes; i++)
        if (!engagement_only || q->p.spec.attribute[i].role == LC_ROLE_ENGAGEMENT)
            name[n++] = q->p.spec.attribute[i].column;
    *to = (struct lc_texts){name, n};
    return LC_OK;
}

static enum lc_rc check_attribute(struct cmd_questions *q, const char *name, struct lc_err *err)
{
    const struct lc_column_choice *choice = cmd_choice(q, name);
    struct lc_texts known;
    enum lc_rc rc;

    if (lc_spec_attribute_of(&q->p.spec, name))
        return LC_OK;
    if (cmd_column(q->s, name))
        return lc_fail(err, LC_EMISMATCH, "column '%.100s' is no attribute: %s", name,
                       choice && choice->reason ? choice->reason : "it has another use");
    rc = list_attributes(q, false, &known, err);
    return rc ? rc : cmd_no_column(name, "attribute", known.text, known.n, err);
}

static enum lc_rc take_engagement(void *context, const char *answer, struct lc_err *err)
{
    struct cmd_questions *q = context;
    struct lc_texts guess, said;
    struct lc_spec_attribute *a;
    enum lc_rc rc = list_attributes(q, true, &guess, err);

    if (!rc)
        rc = cmd_read_list(q, answer, guess, check_attribute, &said, err);
    if (rc)
        return rc;
    a = cmd_own_attributes(q, 0);
    if (!a)
        return lc_fail_memory(err, "an answer");
    for (size_t i = 0; i < q->p.spec.n_attributes; i++) {
        const bool is = lc_texts_have(said, a[i].column);

        if (is == (a[i].role == LC_ROLE_ENGAGEMENT))
            continue;
        a[i].role = is ? LC_ROLE_ENGAGEMENT : LC_ROLE_PROFILE;
        a[i].intent = false;
        a[i].as_of = is && cmd_column(q->s, a[i].column)->kind == LC_KIND_NUMBER
                         ? LC_AS_OF_EXPORT
                         : LC_AS_OF_UNSAID;
    }
    q->p.spec.attribute = a;
    return LC_OK;
}

enum lc_rc cmd_ask_engagement(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    struct cmd_question question = {
        .why =
            "Engagement: columns of what a lead did, by words in their names such as visits or "
            "opens; the rest says who it is",
        .text = "Which columns are engagement? none; -NAME takes one off, +NAME adds one",
        .take = take_engagement,
        .context = q};
    struct lc_texts guess;
    enum lc_rc rc = list_attributes(q, true, &guess, err);

    if (rc || q->s->engagement.n || !q->p.spec.n_attributes)
        return rc;
    question.guess = cmd_list_text(guess.text, guess.n, &q->s->arena);
    if (!question.guess)
        return lc_fail_memory(err, "a question");
    return cmd_ask(a, &question, &q->answered[TOPIC_ENGAGEMENT], err);
}

/* ---- the score in use ---- */

static enum lc_rc take_score(void *context, const char *answer, struct lc_err *err)
{
    struct cmd_questions *q = context;
    const struct lc_table_column *c = cmd_column(q->s, answer);
    const char *current;
    enum lc_rc rc;

    if (!c && cmd_is_none(answer)) {
        q->p.spec.current = NULL;
        return LC_OK;
    }
    if (!c)
        return cmd_refuse_column(q, answer, err);
    current = lc_arena_format(&q->s->arena, "column:%s", c->codes.name);
    rc = current ? LC_OK : lc_fail_memory(err, "an answer");
    if (!rc)
        rc = cmd_remove_attribute(q, c->codes.name, err);
    if (!rc)
        q->p.spec.current = current;
    return rc;
}

enum lc_rc cmd_ask_score(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    struct cmd_question question = {
        .text = "Which column is the current score? none: there is none",
        .guess = lc_spec_current_column(&q->p.spec),
        .take = take_score,
        .context = q};

    if (!question.guess)
        return LC_OK;
    question.why = lc_arena_format(&q->s->arena,
                                   "Score in use: '%s', by its name and values; it is compared "
                                   "with the new model, and no attribute of it",
                                   question.guess);
    if (!question.why)
        return lc_fail_memory(err, "a question");
    return cmd_ask(a, &question, &q->answered[TOPIC_SCORE], err);
}
