/* Who was won, and when a lead's clock starts. */
#include <string.h>

#include "cmd_questions.h"
#include "leadcal/slice.h"

#define MOST_VALUES 12 /* of the outcome, shown with their leads */

/* ---- won ---- */

/* "Closed Lost (1213), Closed Won (485) and 3 more" */
static const char *values_text(const struct lc_table_column *c, struct lc_arena *arena)
{
    const char *text = "";
    size_t n = 0;

    for (uint32_t v = 0; v < c->codes.n_levels && text; v++)
        if (v != c->codes.missing && n++ < MOST_VALUES)
            text = lc_arena_format(arena, "%s%s%s (%zu)", text, *text ? ", " : "",
                                   c->codes.level[v], c->count[v]);
    return text && n > MOST_VALUES
               ? lc_arena_format(arena, "%s and %zu more", text, n - MOST_VALUES)
               : text;
}

/* The sentence of the proposal on the outcome, without the word before it. */
static const char *outcome_comment(const struct lc_proposal *p)
{
    static const char prefix[] = "outcome: ";

    for (size_t i = 0; i < p->n_comments; i++)
        if (strncmp(p->comment[i], prefix, sizeof prefix - 1) == 0)
            return p->comment[i] + sizeof prefix - 1;
    return "no column says won or lost";
}

static bool is_value(const void *column, const char *text)
{
    const struct lc_column *c = column;

    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && strcmp(c->level[v], text) == 0)
            return true;
    return false;
}

/* Values of a column as they were answered; each must be one. */
static enum lc_rc take_values(struct cmd_questions *q, const struct lc_table_column *c,
                              const char *answer, struct lc_err *err)
{
    const struct cmd_list list = {.text = {answer}, .n = 1};
    struct lc_texts won;
    enum lc_rc rc;

    if (c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%.100s' cannot be the outcome: %s; name another", c->codes.name,
                       lc_table_type_text(c));
    rc = cmd_split(&list, is_value, &c->codes, &q->s->arena, &won, err);
    for (size_t i = 0; i < won.n && !rc; i++) {
        const char *near;

        if (is_value(&c->codes, won.text[i]))
            continue;
        near = lc_nearest(won.text[i], c->codes.level, c->codes.n_levels);
        rc = near ? lc_fail(err, LC_EMISMATCH,
                            "column '%.100s' has no value '%.60s'; did you mean '%.60s'?",
                            c->codes.name, won.text[i], near)
                  : lc_fail(err, LC_EMISMATCH, "column '%.100s' has no value '%.60s'",
                            c->codes.name, won.text[i]);
    }
    if (!rc && !won.n)
        rc = lc_fail(err, LC_EMISMATCH, "no value of '%.100s' is named", c->codes.name);
    if (rc)
        return rc;
    q->given.outcome.column = c->codes.name;
    q->given.outcome.won = won;
    q->given.outcome.won_if_in = NULL;
    return LC_OK;
}

/* A joined file whose rows mean won. */
static bool take_file(struct cmd_questions *q, const char *answer)
{
    for (size_t f = 1; f < q->given.n_files; f++)
        if (strcmp(q->given.file[f].name, answer) == 0) {
            q->given.outcome.won_if_in = q->given.file[f].name;
            return true;
        }
    return false;
}

static enum lc_rc take_won(void *context, const char *answer, struct lc_err *err)
{
    struct cmd_questions *q = context;
    const struct lc_table_column *guess =
        q->p.spec.outcome.column ? cmd_column(q->s, q->p.spec.outcome.column) : NULL;
    const char *text = lc_arena_text(&q->s->arena, lc_slice_of(answer)), *equals, *name;
    const struct lc_table_column *c;
    const char **known = cmd_column_names(q->s);

    if (!text || !known)
        return lc_fail_memory(err, "an answer");
    equals = strchr(text, '=');
    if ((guess && is_value(&guess->codes, text)) || (guess && !equals))
        return take_values(q, guess, text, err);
    if (q->p.spec.outcome.won_if_in && take_file(q, text))
        return LC_OK;
    if (!equals)
        return lc_fail(err, LC_EMISMATCH, "name the column and its values: COLUMN=VALUE,...");
    name = lc_arena_text(&q->s->arena,
                         lc_slice_trim((struct lc_slice){text, (size_t)(equals - text)}));
    if (!name)
        return lc_fail_memory(err, "an answer");
    c = cmd_column(q->s, name);
    if (!c)
        return cmd_no_column(name, "column", known, q->s->table.k, err);
    return take_values(q, c, equals + 1, err);
}

static enum lc_rc word_won(struct cmd_questions *q, struct cmd_question *to, struct lc_err *err)
{
    const struct lc_spec *spec = &q->p.spec;
    const struct lc_table_column *c =
        spec->outcome.column ? cmd_column(q->s, spec->outcome.column) : NULL;
    struct lc_arena *arena = &q->s->arena;
    const char *values = c ? values_text(c, arena) : "";

    to->text = "Which of its values mean won? COLUMN=VALUE,... names another column";
    if (c && values) {
        to->guess = cmd_list_text(spec->outcome.won.text, spec->outcome.won.n, arena);
        to->why = lc_arena_format(arena, "Won: column '%s' has %s; '%s' says so", c->codes.name,
                                  values, spec->outcome.won.text[0]);
    } else if (spec->outcome.won_if_in) {
        to->guess = spec->outcome.won_if_in;
        to->text = "In which file does a row mean won? Or COLUMN=VALUE,...";
        to->why = lc_arena_format(arena, "Won: %s", outcome_comment(&q->p));
    } else {
        to->text = "Which column tells it, and which values mean won? COLUMN=VALUE,...";
        to->why = lc_arena_format(arena, "Won: %s", outcome_comment(&q->p));
        return to->why ? LC_OK : lc_fail_memory(err, "a question");
    }
    return to->why && to->guess ? LC_OK : lc_fail_memory(err, "a question");
}

enum lc_rc cmd_ask_won(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    struct cmd_question question = {.take = take_won, .context = q};
    enum lc_rc rc = word_won(q, &question, err);

    if (!rc)
        rc = cmd_ask(a, &question, &q->answered[TOPIC_WON], err);
    if (rc || a->stopped || !q->answered[TOPIC_WON])
        return rc;
    return cmd_propose_again(q->s, &q->given, &q->joined, &q->p, err);
}

/* ---- clock ---- */

/* Is this a day that a clock cannot start on, as far as the guesses go? */
static bool is_later_day(const struct lc_spec *spec, const char *name)
{
    const char *const later[] = {spec->date.first_touch, spec->date.accepted, spec->date.closed,
                                 spec->date.opportunity};

    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (later[i] && strcmp(later[i], name) == 0)
            return true;
    return false;
}

/* Names of the dates of the table; first those of the leads that a clock may start on: *early of them. */
static enum lc_rc list_dates(struct cmd_questions *q, const char ***name, size_t *n,
                             size_t *early, struct lc_err *err)
{
    const struct lc_table *t = &q->s->table;
    const char **to = LC_NEW(&q->s->arena, t->k + 1, const char *);

    if (!to)
        return lc_fail_memory(err, "a question");
    *n = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t j = 0; j < t->k; j++) {
            const char *date = t->column[j].codes.name;
            const bool first = !t->column[j].file && !is_later_day(&q->p.spec, date);

            if (t->column[j].kind == LC_KIND_DATE && first == (pass == 0))
                to[(*n)++] = date;
        }
        if (pass == 0)
            *early = *n;
    }
    *name = to;
    return LC_OK;
}

static enum lc_rc take_clock(void *context, const char *answer, struct lc_err *err)
{
    struct cmd_questions *q = context;
    const char **date;
    size_t n = 0, early = 0;
    enum lc_rc rc = list_dates(q, &date, &n, &early, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++)
        if (strcmp(date[i], answer) == 0) {
            q->given.date.handed_over = date[i];
            return LC_OK;
        }
    if (!cmd_is_none(answer))
        return cmd_no_column(answer, "date", date, n, err);
    q->given.date.handed_over = q->given.date.entered = NULL;
    return LC_OK;
}

/* The audit of leaks goes by the decision, which a hand-over is: so the date answered is given as
 * one, and becomes the entry when that is done. */
static enum lc_rc start_clock(struct cmd_questions *q, struct lc_err *err)
{
    const char *start = q->given.date.handed_over, *guess = q->p.spec.date.handed_over;
    enum lc_rc rc;

    if (start && guess && strcmp(start, guess) == 0)
        return LC_OK;
    rc = cmd_propose_again(q->s, &q->given, &q->joined, &q->p, err);
    q->p.spec.date.handed_over = NULL;
    q->p.spec.date.entered = start;
    return rc;
}

/* "created_date (entered), mql_date (handed over) and 3 more" */
static const char *dates_text(struct cmd_questions *q, const char *const *date, size_t n)
{
    const struct lc_spec *spec = &q->p.spec;
    const char **text = LC_NEW(&q->s->arena, n + 1, const char *);

    for (size_t i = 0; i < n && text; i++) {
        const bool handed =
            spec->date.handed_over && strcmp(spec->date.handed_over, date[i]) == 0;
        const bool entered = spec->date.entered && strcmp(spec->date.entered, date[i]) == 0;

        text[i] = handed || entered ? lc_arena_format(&q->s->arena, "%s (%s)", date[i],
                                                      handed ? "handed over" : "entered")
                                    : date[i];
        if (!text[i])
            return NULL;
    }
    return text ? cmd_list_text(text, n, &q->s->arena) : NULL;
}

enum lc_rc cmd_ask_clock(struct cmd_questions *q, struct cmd_asker *a, struct lc_err *err)
{
    const struct lc_spec *spec = &q->p.spec;
    const char *guess = spec->date.handed_over ? spec->date.handed_over : spec->date.entered;
    struct cmd_question question = {
        .text = "On which date does a lead's clock start? none: there are no dates",
        .guess = guess ? guess : "none",
        .take = take_clock,
        .context = q};
    const char **date, *dates;
    size_t n = 0, early = 0;
    enum lc_rc rc;

    if (q->s->given.entered || q->s->given.handed_over)
        return LC_OK;
    rc = list_dates(q, &date, &n, &early, err);
    if (rc || early == 0 || (early == 1 && guess && strcmp(date[0], guess) == 0))
        return rc;
    dates = dates_text(q, date, early);
    question.why =
        dates ? lc_arena_format(&q->s->arena,
                                guess ? "Clock: dates are %s, by their names; a hand-over to "
                                        "sales starts it where there is one"
                                      : "Clock: dates are %s, and no name says which is which",
                                dates)
              : NULL;
    if (!question.why)
        return lc_fail_memory(err, "a question");
    rc = cmd_ask(a, &question, &q->answered[TOPIC_CLOCK], err);
    if (rc || a->stopped || !q->answered[TOPIC_CLOCK])
        return rc;
    return start_clock(q, err);
}
