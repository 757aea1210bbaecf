/* Which columns are dropped: those that know the outcome, and those that name persons. */
#include <string.h>

#include "cmd_questions.h"

#define MOST_REASONS 3 /* columns that the question gives a reason for */

/* What the guesses ignore because it knows too much; not what options named, nor constants. */
static enum lc_rc list_suspects(struct cmd_questions *q, struct lc_texts *to,
                                struct lc_err *err)
{
    const struct lc_texts ignore = q->p.spec.ignore;
    const char **name = LC_NEW(&q->s->arena, ignore.n + 1, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "a question");
    for (size_t i = 0; i < ignore.n; i++) {
        const struct lc_column_choice *choice = cmd_choice(q, ignore.text[i]);

        if (choice && choice->choice != LC_CHOICE_CONSTANT &&
            !lc_texts_have(q->given.ignore, ignore.text[i]))
            name[n++] = ignore.text[i];
    }
    *to = (struct lc_texts){name, n};
    return LC_OK;
}

static enum lc_rc check_column(struct cmd_questions *q, const char *name, struct lc_err *err)
{
    return cmd_column(q->s, name) ? LC_OK : cmd_refuse_column(q, name, err);
}

/* Suspects that are not dropped after all become attributes. */
static enum lc_rc keep_suspects(struct cmd_questions *q, struct lc_texts guess,
                                struct lc_texts dropped, struct lc_err *err)
{
    struct lc_spec_attribute *a = cmd_own_attributes(q, guess.n);
    size_t n = q->p.spec.n_attributes;
    enum lc_rc rc = a ? LC_OK : lc_fail_memory(err, "an answer");

    for (size_t i = 0; i < guess.n && !rc; i++)
        if (!lc_texts_have(dropped, guess.text[i]))
            rc = lc_propose_attribute(cmd_column(q->s, guess.text[i]), &q->s->arena, &a[n++],
                                      err);
    q->p.spec.attribute = a;
    q->p.spec.n_attributes = n;
    return rc;
}

static enum lc_rc drop(struct cmd_questions *q, struct lc_texts guess, struct lc_texts dropped,
                       struct lc_err *err)
{
    const struct lc_texts before = q->p.spec.ignore;
    const char **ignore = LC_NEW(&q->s->arena, before.n + dropped.n + 1, const char *);
    size_t n = 0;
    enum lc_rc rc = keep_suspects(q, guess, dropped, err);

    if (rc)
        return rc;
    if (!ignore)
        return lc_fail_memory(err, "an answer");
    for (size_t i = 0; i < before.n; i++)
        if (!lc_texts_have(guess, before.text[i]) || lc_texts_have(dropped, before.text[i]))
            ignore[n++] = before.text[i];
    for (size_t i = 0; i < dropped.n && !rc; i++) {
        if (!lc_texts_have(before, dropped.text[i]))
            ignore[n++] = dropped.text[i];
        rc = cmd_remove_attribute(q, dropped.text[i], err);
    }
    q->p.spec.ignore = (struct lc_texts){ignore, n};
    return rc;
}

static enum lc_rc take_drop(void *context, const char *answer, struct lc_err *err)
{
    struct cmd_questions *q = context;
    const struct lc_spec before = q->p.spec;
    struct lc_texts guess, dropped = {NULL, 0};
    enum lc_rc rc = list_suspects(q, &guess, err);

    if (!rc)
        rc = cmd_read_list(q, answer, guess, check_column, &dropped, err);
    if (!rc)
        rc = drop(q, guess, dropped, err);
    if (rc)
        q->p.spec = before; /* it is asked again */
    return rc;
}

/* "accepted_at (97 % filled among won, 30 % among the rest), owner (names persons) and 3 more" */
static const char *suspects_text(struct cmd_questions *q, struct lc_texts suspect)
{
    const char *text = "";

    for (size_t i = 0; i < suspect.n && i < MOST_REASONS && text; i++) {
        const struct lc_column_choice *choice = cmd_choice(q, suspect.text[i]);
        const char *reason =
            choice && choice->reason ? choice->reason : "its values tell who was won";

        text = lc_arena_format(&q->s->arena, "%s%s%s (%s)", text, i ? ", " : "",
                               suspect.text[i], reason);
    }
    return text && suspect.n > MOST_REASONS ? lc_arena_format(&q->s->arena, "%s and %zu more",
                                                              text, suspect.n - MOST_REASONS)
                                            : text;
}

enum lc_rc cmd_ask_drop(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    struct cmd_question question = {
        .text = "Which columns are dropped? none; -NAME keeps one, +NAME drops one more",
        .take = take_drop,
        .context = q};
    struct lc_texts guess;
    const char *suspects;
    enum lc_rc rc = list_suspects(q, &guess, err);

    if (rc || !guess.n)
        return rc;
    suspects = suspects_text(q, guess);
    question.guess = cmd_list_text(guess.text, guess.n, &q->s->arena);
    question.why =
        suspects ? lc_arena_format(&q->s->arena,
                                   "Dropped: what may know the outcome or names persons: %s",
                                   suspects)
                 : NULL;
    if (!question.why || !question.guess)
        return lc_fail_memory(err, "a question");
    return cmd_ask(a, &question, &q->answered[TOPIC_DROP], err);
}
