#include "leadcal/score.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/current.h"
#include "leadcal/num.h"
#include "model_internal.h"
#include "score_internal.h"

#define MOST_REASONS 3 /* levels named in lc_reasons */

const char *const lc_score_column[LC_SCORE_COLUMNS] = {
    "lc_probability", "lc_points", "lc_fit",       "lc_engagement",
    "lc_grade",       "lc_action", "lc_sla_hours", "lc_reasons"};

/* An attribute bound to its column. */
struct bound {
    size_t field; /* place in the header */
    size_t mark;  /* place of the rule that says yes or no; SIZE_MAX: it is a column */
    struct lc_spellings met; /* cells met so far, and their levels */
    const char *const
        *reason; /* [n_levels + 1] "industry=Banking +12"; NULL where the points are 0 */
};

struct lc_scorer {
    const struct lc_model *model;  /* NULL: the score is a column */
    size_t column;                 /* its place in the header */
    struct lc_scored_column cells; /* of it */
    struct lc_arena *arena;
    struct lc_range range[2];
    struct bound *bound;          /* [card.k] */
    struct lc_score_rules *rules; /* NULL: the model has none */
    size_t *level;                /* [card.k] of the row at hand */
    struct lc_scored scored;
    struct lc_score_account account;
    char probability[LC_REAL_TEXT], points[LC_REAL_TEXT], fit[LC_REAL_TEXT],
        engagement[LC_REAL_TEXT], sla[LC_REAL_TEXT];
    char grade[LC_GRADE_TEXT];
    char *reasons; /* room for the longest */
};

/* The column of an attribute, by its trimmed name. */
static enum lc_rc find_field(const char *column, const char *const *name, size_t n, size_t *at,
                             struct lc_err *err)
{
    const struct lc_slice wanted = lc_slice_trim(lc_slice_of(column));
    size_t found = n;

    for (size_t f = 0; f < n; f++) {
        if (!lc_slice_eq(lc_slice_trim(lc_slice_of(name[f])), wanted))
            continue;
        if (found < n)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%s' is in the header twice; rename the one that the model "
                           "does not mean",
                           column);
        found = f;
    }
    if (found == n) {
        const char *nearest = lc_nearest(column, name, n);

        return lc_fail(err, LC_EMISMATCH,
                       "the model needs column '%s', which the export lacks%s%s%s; add it to "
                       "the export or rename its column",
                       column, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                       nearest ? "'" : "");
    }
    *at = found;
    return LC_OK;
}

/* The column of an attribute; one that is computed from events stands in the file of leadcal events. */
static enum lc_rc find_attribute(const struct lc_attribute *a, enum lc_unit_of of,
                                 const char *const *name, size_t n, size_t *at,
                                 struct lc_err *err)
{
    const enum lc_rc rc = find_field(lc_attribute_source(a), name, n, at, err);

    if (rc && of != LC_UNIT_LEAD)
        return lc_fail(err, rc,
                       "the model is of %s and needs column '%s'; score the file that leadcal "
                       "units writes",
                       lc_unit_word(of, true), a->column);
    if (rc && a->computed)
        return lc_fail(err, rc,
                       "the model needs column '%s', which is computed from events; score the "
                       "file that leadcal events --flat --model writes",
                       a->column);
    return rc;
}

enum lc_rc lc_score_refuse(const char *const *added, size_t k, const char *const *name,
                           size_t n, struct lc_err *err)
{
    for (size_t f = 0; f < n; f++)
        for (size_t c = 0; c < k; c++)
            if (lc_slice_eq(lc_slice_trim(lc_slice_of(name[f])), lc_slice_of(added[c])))
                return lc_fail(err, LC_EMISMATCH,
                               "column '%s' is there already; score the export without the "
                               "lc_ columns of an earlier run",
                               added[c]);
    return LC_OK;
}

bool lc_score_is_formula(const char *text)
{
    return *text && strchr("=+-@", *text);
}

/* The texts of lc_reasons, made once per level; *longest is their longest length. */
static bool write_reasons(const struct lc_card_attribute *a, struct lc_arena *arena,
                          struct bound *b, size_t *longest)
{
    const char **reason = LC_NEW(arena, a->attribute.n_levels + 1, const char *);

    *longest = 0;
    if (!reason)
        return false;
    for (size_t v = 0; v < a->attribute.n_levels; v++) {
        char points[LC_REAL_TEXT];

        if (a->points[v] == 0)
            continue;
        lc_real_text(a->points[v], points);
        reason[v] = lc_arena_format(arena, "%s=%s %s%s", a->attribute.column,
                                    a->attribute.level[v], a->points[v] > 0 ? "+" : "", points);
        if (!reason[v])
            return false;
        if (strlen(reason[v]) > *longest)
            *longest = strlen(reason[v]);
    }
    b->reason = reason;
    return true;
}

enum lc_rc lc_scorer_column(const char *column, const char *const *name, size_t n,
                            struct lc_arena *arena, struct lc_scorer **scorer,
                            struct lc_err *err)
{
    struct lc_scorer *s = LC_NEW(arena, 1, struct lc_scorer);
    enum lc_rc rc = lc_score_refuse(lc_score_column, LC_SCORE_COLUMNS, name, n, err);

    if (rc)
        return rc;
    if (!s)
        return lc_fail_memory(err, "the scorer");
    *s = (struct lc_scorer){.arena = arena, .cells = {.name = column}};
    rc = find_field(column, name, n, &s->column, err);
    if (!rc)
        *scorer = s;
    return rc;
}

void lc_scorer_vote(struct lc_scorer *s, const struct lc_slice *field, size_t n)
{
    if (s->column < n)
        lc_scored_column_vote(&s->cells, field[s->column]);
}

enum lc_rc lc_scorer_decide(struct lc_scorer *s, struct lc_err *err)
{
    return lc_scored_column_decide(&s->cells, err);
}

enum lc_rc lc_scorer_new(const struct lc_model *model, const char *const *name, size_t n,
                         struct lc_arena *arena, struct lc_scorer **scorer, struct lc_err *err)
{
    struct lc_scorer *s = LC_NEW(arena, 1, struct lc_scorer);
    const struct lc_card *card = &model->card;
    size_t room = 1;
    enum lc_rc rc = lc_score_refuse(lc_score_column, LC_SCORE_COLUMNS, name, n, err);

    if (rc)
        return rc;
    if (!s)
        return lc_fail_memory(err, "the scorer");
    *s = (struct lc_scorer){.model = model, .arena = arena};
    s->range[LC_ROLE_PROFILE] = lc_card_range(card, LC_ROLE_PROFILE);
    s->range[LC_ROLE_ENGAGEMENT] = lc_card_range(card, LC_ROLE_ENGAGEMENT);
    s->bound = LC_NEW(arena, card->k, struct bound);
    s->level = LC_NEW(arena, card->k, size_t);
    if (!s->bound || !s->level)
        return lc_fail_memory(err, "the scorer");
    rc = lc_score_rules_new(model, name, n, arena, &s->rules, err);
    if (rc)
        return rc;
    for (size_t j = 0; j < card->k; j++) {
        size_t longest = 0;

        s->bound[j].mark =
            lc_score_rules_mark(s->rules, lc_attribute_source(&card->attribute[j].attribute));
        if (s->bound[j].mark == SIZE_MAX)
            rc = find_attribute(&card->attribute[j].attribute, model->boundary.unit, name, n,
                                &s->bound[j].field, err);
        if (rc)
            return rc;
        if (!write_reasons(&card->attribute[j], arena, &s->bound[j], &longest))
            return lc_fail_memory(err, "the scorer");
        room += longest + sizeof "; ";
    }
    s->reasons = LC_NEW(arena, room, char);
    if (!s->reasons)
        return lc_fail_memory(err, "the scorer");
    *scorer = s;
    return LC_OK;
}

/* The largest points of the row in size, in model order where they are equal. */
static struct lc_slice name_reasons(struct lc_scorer *s)
{
    const struct lc_card *card = &s->model->card;
    size_t chosen[MOST_REASONS] = {0};
    size_t n = 0, length = 0;

    for (size_t j = 0; j < card->k; j++) {
        const double size = fabs(card->attribute[j].points[s->level[j]]);
        size_t at = n < MOST_REASONS ? n : MOST_REASONS;

        if (!s->bound[j].reason[s->level[j]])
            continue;
        while (at > 0 &&
               fabs(card->attribute[chosen[at - 1]].points[s->level[chosen[at - 1]]]) < size) {
            if (at < MOST_REASONS)
                chosen[at] = chosen[at - 1];
            at--;
        }
        if (at < MOST_REASONS)
            chosen[at] = j;
        n += n < MOST_REASONS;
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = s->bound[chosen[i]].reason[s->level[chosen[i]]];

        if (i) {
            memcpy(s->reasons + length, "; ", 2);
            length += 2;
        } else if (lc_score_is_formula(text)) {
            s->reasons[length++] = '\'';
        }
        memcpy(s->reasons + length, text, strlen(text));
        length += strlen(text);
    }
    return (struct lc_slice){s->reasons, length};
}

/* A place of 0..100 as a whole number; empty without attributes in its dimension. */
static struct lc_slice place_text(double place, char *to)
{
    return lc_score_number(lc_round_away(place), to);
}

static void write_row(struct lc_scorer *s, struct lc_slice to[LC_SCORE_COLUMNS])
{
    const struct lc_scored *scored = &s->scored;
    int hours = 0;

    lc_grade_text(&s->model->grades, scored, s->grade);
    to[5] = lc_slice_of(lc_model_act(s->model, s->grade, &hours));
    lc_real_text(hours, s->sla);
    to[0] = lc_score_number(scored->probability, s->probability);
    to[1] = lc_score_number(scored->points, s->points);
    to[2] = place_text(scored->fit, s->fit);
    to[3] = place_text(scored->engagement, s->engagement);
    to[4] = lc_slice_of(s->grade);
    to[6] = hours ? lc_slice_of(s->sla) : (struct lc_slice){"", 0};
    to[7] = name_reasons(s);
}

/* A lead that could never convert has no grade, and the rule for its reason. */
static void leave_out(struct lc_scorer *s, const char *rule,
                      struct lc_slice to[LC_SCORE_COLUMNS])
{
    if (!rule)
        return;
    for (size_t c = 0; c < LC_SCORE_COLUMNS; c++)
        to[c] = (struct lc_slice){"", 0};
    to[5] = lc_slice_of(LC_SCORE_UNCONVERTIBLE);
    to[7] = lc_slice_of(rule);
    s->account.unconvertible++;
}

enum lc_rc lc_scorer_row(struct lc_scorer *s, const struct lc_slice *field, size_t n,
                         struct lc_slice to[LC_SCORE_COLUMNS], struct lc_err *err)
{
    const struct lc_card *card = s->model ? &s->model->card : NULL;

    if (!card) {
        const bool known = lc_scored_column_write(
            &s->cells, s->column < n ? field[s->column] : (struct lc_slice){"", 0}, to);

        s->account.rows++;
        s->account.unscored += !known;
        return LC_OK;
    }
    for (size_t j = 0; j < card->k; j++) {
        const size_t f = s->bound[j].field;
        const struct lc_slice cell =
            s->bound[j].mark != SIZE_MAX
                ? lc_score_rules_answer(s->rules, s->bound[j].mark, field, n)
            : f < n ? field[f]
                    : (struct lc_slice){"", 0};
        struct lc_spelling found = {.hash = 0};
        enum lc_rc rc = LC_OK;

        if (card->attribute[j].local) { /* it follows from levels that were looked up before */
            s->level[j] = lc_card_level(card, j, s->level);
            continue;
        }
        rc = lc_spelling_find(s->model, j, &s->bound[j].met, s->arena, cell, &found, err);
        if (rc)
            return rc;
        s->level[j] = found.level;
        if (card->attribute[j].attribute.of)
            continue; /* no lead need have a segment of its own */
        if (found.level == card->attribute[j].attribute.n_levels) {
            s->account.unseen += !found.empty;
            s->account.missing_unseen += found.empty;
            s->account.differing += found.differs;
        }
    }
    s->scored = lc_card_score(card, s->range, s->level);
    s->account.rows++;
    s->account.limited += s->scored.limited;
    write_row(s, to);
    leave_out(s, lc_score_rules_out(s->rules, field, n), to);
    return LC_OK;
}

void lc_scorer_account(const struct lc_scorer *s, struct lc_score_account *account)
{
    *account = s->account;
}

const struct lc_model *lc_scorer_model(const struct lc_scorer *s)
{
    return s->model;
}

const size_t *lc_scorer_last(const struct lc_scorer *s, struct lc_scored *scored)
{
    *scored = s->scored;
    return s->level;
}
