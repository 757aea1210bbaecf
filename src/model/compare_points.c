/* Which levels get more points than they had, and which get less. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare_internal.h"
#include "leadcal/num.h"

#define LN_2 0.693147180559945309417232121458176568

enum column { ATTRIBUTE, LEVEL, CURRENT, NEW, CHANGE, LEADS, WON, COLUMNS };

static const struct lc_heading heading[COLUMNS] = {
    {"attribute", LC_CELL_TEXT, NULL, false},
    {"level", LC_CELL_TEXT, NULL, false},
    {"current_points", LC_CELL_REAL, "current points", false},
    {"new_points", LC_CELL_COUNT, "new points", false},
    {"change", LC_CELL_REAL, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
};

/* One level of the new card; size: what it is ranked by. */
struct change {
    size_t attribute, level;
    double current, fresh, size;
};

static const struct lc_card_attribute *find(const struct lc_model *m, const char *column)
{
    for (size_t j = 0; j < m->card.k; j++)
        if (strcmp(m->card.attribute[j].attribute.column, column) == 0)
            return &m->card.attribute[j];
    return NULL;
}

/* What the other card gives the level: of a bin to its upper end, or what lies above its lower one; of
 * a merged level on average to its values. */
static double points_under(const struct lc_card_attribute *other, const struct lc_attribute *a,
                           size_t v)
{
    const struct lc_attribute *o = &other->attribute;
    struct lc_attribute plain = *o; /* reads a cut as lc_real_text writes it */
    char text[LC_REAL_TEXT];
    double sum = 0, n = 0;

    plain.decimal = LC_DECIMAL_ANY;
    if (v == a->missing)
        return other->points[lc_attribute_level(o, (struct lc_slice){"", 0})];
    if (a->cut) {
        lc_real_text(v < a->n_cuts ? a->cut[v]
                     : a->n_cuts   ? a->cut[a->n_cuts - 1] + 1
                                   : 0,
                     text);
        return other->points[lc_attribute_level(&plain, lc_slice_of(text))];
    }
    for (size_t i = 0; i < lc_attribute_values(a); i++) {
        const struct lc_attribute_value value = lc_attribute_value(a, i);

        if (value.level != v)
            continue;
        sum += other->points[lc_attribute_level(o, lc_slice_of(value.text))];
        n++;
    }
    return sum / n;
}

/* Points of one attribute under the other card, centred over the leads of the new one and on its
 * scale. An attribute that the other card has not is worth 0 to it. */
static bool old_points(const struct lc_attribute *a, const struct lc_model *old, double slope,
                       struct lc_arena *scratch, double **to)
{
    const struct lc_card_attribute *other = find(old, a->column);
    const double scale = isfinite(old->card.intercept)
                             ? LC_POINTS_PER_DOUBLING / old->card.scale.per_doubling
                             : slope * LC_POINTS_PER_DOUBLING / LN_2;
    double *points = LC_NEW(scratch, a->n_levels + 1, double), leads = 0, mean = 0;

    *to = points;
    if (!points)
        return false;
    for (size_t v = 0; v < a->n_levels && other; v++) {
        points[v] = scale * points_under(other, a, v);
        leads += a->n[v];
        mean += a->n[v] * points[v];
    }
    for (size_t v = 0; v < a->n_levels && leads > 0; v++)
        points[v] -= mean / leads;
    return true;
}

/* Larger changes first; among equal ones more leads, then the model's own order. */
static int by_size(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    if (x->attribute != y->attribute)
        return x->attribute < y->attribute ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

static enum lc_rc list_changes(const struct lc_model *m, const struct lc_model *old,
                               double slope, struct lc_arena *scratch, struct change **to,
                               size_t *n, struct lc_err *err)
{
    struct change *change;
    size_t room = 1;

    for (size_t j = 0; j < m->card.k; j++)
        room += m->card.attribute[j].attribute.n_levels;
    change = LC_NEW(scratch, room, struct change);
    *to = change;
    *n = 0;
    for (size_t j = 0; j < m->card.k && change; j++) {
        const struct lc_attribute *a = &m->card.attribute[j].attribute;
        double *was = NULL;

        if (old && !old_points(a, old, slope, scratch, &was))
            return lc_fail_memory(err, "the changes of points");
        for (size_t v = 0; v < a->n_levels; v++) {
            const double points = m->card.attribute[j].points[v];

            change[(*n)++] = (struct change){j, v, was ? was[v] : LC_NAN, points,
                                             fabs(was ? points - was[v] : points)};
        }
    }
    if (!change)
        return lc_fail_memory(err, "the changes of points");
    qsort(change, *n, sizeof *change, by_size);
    return LC_OK;
}

static enum lc_rc add_row(const struct lc_model *m, const struct change *c,
                          struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_attribute *a = &m->card.attribute[c->attribute].attribute;
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = a->level[c->level];
    row[CURRENT].number = isnan(c->current) ? LC_NAN : lc_round_away(10 * c->current) / 10;
    row[NEW].number = c->fresh + 0.0; /* no negative zero */
    row[CHANGE].number =
        isnan(c->current) ? LC_NAN : lc_round_away(10 * (c->fresh - c->current)) / 10;
    row[LEADS].number = a->n[c->level];
    row[WON].number = a->won[c->level];
    return LC_OK;
}

enum lc_rc lc_compare_points(const struct lc_model *model, const struct lc_model *old,
                             double slope, struct lc_arena *arena, struct lc_frame *frame,
                             struct lc_err *err)
{
    struct lc_arena scratch;
    struct change *change = NULL;
    size_t n = 0;
    enum lc_rc rc = LC_OK;

    /* A card whose points have no known worth cannot be compared with. */
    if (old && !isfinite(old->card.intercept) && !isfinite(slope))
        old = NULL;
    lc_frame_init(frame, "changes", heading, COLUMNS, arena);
    frame->title =
        old ? "Points of the new model against the current one" : "Points of the new model";
    lc_arena_init(&scratch, arena->limit - arena->used);
    if (model)
        rc = list_changes(model, old, slope, &scratch, &change, &n, err);
    for (size_t i = 0; i < n && !rc; i++)
        rc = add_row(model, &change[i], frame, err);
    lc_arena_release(&scratch);
    return rc;
}
