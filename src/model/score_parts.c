/* What each attribute adds to a row, and the cheapest change that lifts it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/num.h"
#include "score_internal.h"

enum { LIFT, LOG_ODDS, POINTS_BASE, LOG_ODDS_BASE, FIRST_PART };

/* The texts of one attribute, made once. */
struct part {
    struct lc_slice *points, *value; /* [n_levels + 1] */
    const char *const *change; /* [n_levels] "demo_request=Yes"; NULL: no lead is moved there */
};

struct lc_score_parts {
    const struct lc_scorer *s;
    const struct lc_model *model;
    size_t n;
    const char *const *name; /* [n] */
    struct part *part;       /* [card.k] */
    struct lc_slice base_points, base_value;
    char log_odds[LC_REAL_TEXT];
    char *lift; /* room for the longest */
};

/* A change of one attribute to another level. */
struct change {
    size_t j, level;
    double gain; /* in points */
};

static const char *number_text(double x, struct lc_arena *arena)
{
    char text[LC_REAL_TEXT];

    if (isnan(x))
        return "";
    lc_real_text(x, text);
    return lc_arena_text(arena, lc_slice_of(text));
}

static bool write_numbers(const double *x, size_t n, struct lc_arena *arena,
                          struct lc_slice **to)
{
    *to = LC_NEW(arena, n, struct lc_slice);
    for (size_t i = 0; *to && i < n; i++) {
        const char *text = number_text(x[i], arena);

        if (!text)
            return false;
        (*to)[i] = lc_slice_of(text);
    }
    return *to != NULL;
}

/* What a lead may still do. A profile is what it is, and so is what was settled on the day of the
 * decision, such as the source, and the segment. */
static bool can_change(const struct lc_card *card, size_t j)
{
    const struct lc_card_attribute *a = &card->attribute[j];

    for (size_t i = j + 1; i < card->k; i++)
        if (card->attribute[i].local && card->attribute[i].local->own == j)
            return false;
    return a->attribute.role == LC_ROLE_ENGAGEMENT && a->attribute.as_of != LC_AS_OF_DECISION &&
           !a->attribute.of;
}

/* The texts of an attribute; *longest grows to that of its changes. */
static bool write_part(const struct lc_card *card, size_t j, struct lc_arena *arena,
                       struct part *to, size_t *longest)
{
    const struct lc_card_attribute *a = &card->attribute[j];
    const bool knows = !isnan(card->intercept);
    const size_t n = a->attribute.n_levels;
    const char **change = LC_NEW(arena, n + 1, const char *);

    if (!change || !write_numbers(a->points, n + 1, arena, &to->points))
        return false;
    if (!knows)
        to->value = LC_NEW(arena, n + 1, struct lc_slice);
    else if (!write_numbers(a->value, n + 1, arena, &to->value))
        return false;
    for (size_t v = 0; can_change(card, j) && v < n; v++) {
        if (v == a->attribute.missing)
            continue;
        change[v] = lc_arena_format(arena, "%s%s=%s",
                                    lc_score_is_formula(a->attribute.column) ? "'" : "",
                                    a->attribute.column, a->attribute.level[v]);
        if (!change[v])
            return false;
        *longest = strlen(change[v]) > *longest ? strlen(change[v]) : *longest;
    }
    to->change = change;
    return to->value != NULL;
}

static bool write_names(const struct lc_card *card, struct lc_arena *arena,
                        struct lc_score_parts *p)
{
    static const char *const fixed[FIRST_PART] = {[LIFT] = "lc_lift",
                                                  [LOG_ODDS] = "lc_log_odds",
                                                  [POINTS_BASE] = "lc_points_base",
                                                  [LOG_ODDS_BASE] = "lc_log_odds_base"};
    const char **name;

    p->n = FIRST_PART + 2 * card->k;
    name = LC_NEW(arena, p->n, const char *);
    if (!name)
        return false;
    memcpy(name, fixed, sizeof fixed);
    for (size_t j = 0; j < card->k; j++) {
        const char *column = card->attribute[j].attribute.column;

        name[FIRST_PART + 2 * j] = lc_arena_format(arena, "lc_points_of_%s", column);
        name[FIRST_PART + 2 * j + 1] = lc_arena_format(arena, "lc_log_odds_of_%s", column);
        if (!name[FIRST_PART + 2 * j] || !name[FIRST_PART + 2 * j + 1])
            return false;
    }
    p->name = name;
    return true;
}

static bool write_texts(const struct lc_model *model, struct lc_arena *arena,
                        struct lc_score_parts *p)
{
    const struct lc_card *card = &model->card;
    const char *points = number_text(card->scale.average, arena);
    const char *value = number_text(card->intercept, arena);
    size_t longest = 0;

    p->part = LC_NEW(arena, card->k, struct part);
    if (!points || !value || !p->part || !write_names(card, arena, p))
        return false;
    p->base_points = lc_slice_of(points);
    p->base_value = lc_slice_of(value);
    for (size_t j = 0; j < card->k; j++)
        if (!write_part(card, j, arena, &p->part[j], &longest))
            return false;
    p->lift = LC_NEW(arena, longest + LC_REAL_TEXT + sizeof " + -> A1", char);
    return p->lift != NULL;
}

enum lc_rc lc_score_parts_new(const struct lc_scorer *s, const char *const *name, size_t n,
                              struct lc_arena *arena, struct lc_score_parts **parts,
                              struct lc_err *err)
{
    const struct lc_model *model = lc_scorer_model(s);
    struct lc_score_parts *p;
    enum lc_rc rc;

    if (!model)
        return lc_fail(err, LC_EMISMATCH,
                       "a score column has no attributes, so there is nothing to take apart; "
                       "name a model or points file");
    p = LC_NEW(arena, 1, struct lc_score_parts);
    if (!p)
        return lc_fail_memory(err, "the contributions");
    *p = (struct lc_score_parts){.s = s, .model = model};
    if (!write_texts(model, arena, p))
        return lc_fail_memory(err, "the contributions");
    rc = lc_score_refuse(p->name, p->n, name, n, err);
    if (!rc)
        *parts = p;
    return rc;
}

const char *const *lc_score_parts_names(const struct lc_score_parts *parts, size_t *n)
{
    *n = parts->n;
    return parts->name;
}

/* What level v of attribute j is worth in the segment of a lead. */
static double points_in(const struct lc_card *card, size_t j, size_t v, const size_t *level)
{
    double points = card->attribute[j].points[v];

    for (size_t i = j + 1; i < card->k; i++) {
        const struct lc_card_local *local = card->attribute[i].local;

        if (local && local->of == j && level[local->own] == local->segment)
            points += card->attribute[i].points[v];
    }
    return points;
}

/* The change of fewest points that reaches a better digit; false: none does. */
static bool find_lift(const struct lc_score_parts *p, const size_t *level, double g,
                      struct change *best)
{
    const struct lc_card *card = &p->model->card;
    const struct lc_grade_cuts *digit = &p->model->grades.digit;
    const size_t now = digit->used ? lc_grade_of(digit, g) : 0;
    bool found = false;

    for (size_t j = 0; now > 0 && j < card->k; j++) {
        const struct lc_card_attribute *a = &card->attribute[j];

        for (size_t v = 0; v < a->attribute.n_levels; v++) {
            double gain;

            if (!p->part[j].change[v])
                continue;
            gain = points_in(card, j, v, level) - points_in(card, j, level[j], level);
            if (gain <= 0 || (found && gain >= best->gain) ||
                lc_grade_of(digit, g + gain) >= now)
                continue;
            *best = (struct change){j, v, gain};
            found = true;
        }
    }
    return found;
}

static struct lc_slice lift_text(struct lc_score_parts *p, const size_t *level,
                                 const struct lc_scored *scored)
{
    char gain[LC_REAL_TEXT], grade[LC_GRADE_TEXT];
    struct lc_scored lifted = *scored;
    struct change best;
    size_t length;

    if (!find_lift(p, level, scored->g_points, &best))
        return (struct lc_slice){"", 0};
    lifted.g_points += best.gain;
    lc_grade_text(&p->model->grades, &lifted, grade);
    lc_real_text(best.gain, gain);
    length = strlen(p->part[best.j].change[best.level]);
    memcpy(p->lift, p->part[best.j].change[best.level], length);
    length += (size_t)snprintf(p->lift + length, LC_REAL_TEXT + sizeof " + -> A1", " +%s -> %s",
                               gain, grade);
    return (struct lc_slice){p->lift, length};
}

void lc_score_parts_row(struct lc_score_parts *p, struct lc_slice *to)
{
    struct lc_scored scored;
    const size_t *level = lc_scorer_last(p->s, &scored);

    to[LIFT] = lift_text(p, level, &scored);
    to[LOG_ODDS] = (struct lc_slice){"", 0};
    if (!isnan(scored.log_odds)) {
        lc_real_text(scored.log_odds, p->log_odds);
        to[LOG_ODDS] = lc_slice_of(p->log_odds);
    }
    to[POINTS_BASE] = p->base_points;
    to[LOG_ODDS_BASE] = p->base_value;
    for (size_t j = 0; j < p->model->card.k; j++) {
        to[FIRST_PART + 2 * j] = p->part[j].points[level[j]];
        to[FIRST_PART + 2 * j + 1] = p->part[j].value[level[j]];
    }
}
