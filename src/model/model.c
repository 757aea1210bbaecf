#include "leadcal/model.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/set.h"
#include "model_internal.h"

/* Relative. The sums are the same bits on every machine; exp() of another C library may differ
 * in its last place, and a model must be readable there. */
#define PROBABILITY_SLACK (4 * DBL_EPSILON)

#define MOST_SHOWN 40 /* bytes of a cell in a message */

const char *lc_model_act(const struct lc_model *m, const char *grade, int *hours)
{
    for (size_t c = 0; c < m->n_cells; c++)
        if (strcmp(m->cell[c].grade, grade) == 0) {
            *hours = m->cell[c].sla_hours;
            return m->cell[c].action ? m->cell[c].action : "";
        }
    *hours = lc_sla_hours(grade);
    return lc_grade_action(grade);
}

bool lc_model_is_missing(const struct lc_model *m, struct lc_slice cell)
{
    cell = lc_slice_trim(cell);
    for (size_t i = 0; i < m->missing.n && cell.n; i++)
        if (lc_slice_eq(cell, lc_slice_of(m->missing.text[i])))
            return true;
    return cell.n == 0 || lc_slice_eq(cell, lc_slice_of(LC_MISSING_TEXT));
}

static size_t level_under(const struct lc_model *m, const struct lc_attribute *a,
                          struct lc_slice cell, bool *empty)
{
    *empty = lc_model_is_missing(m, cell);
    cell = *empty ? (struct lc_slice){"", 0} : lc_slice_trim(cell);
    if (a->member && !*empty)
        cell = lc_slice_of(lc_set_has(cell, lc_slice_of(a->member)) ? LC_SET_YES : LC_SET_NO);
    return lc_attribute_level(a, cell);
}

size_t lc_model_level(const struct lc_model *m, size_t j, struct lc_slice cell, bool *empty)
{
    return level_under(m, &m->card.attribute[j].attribute, cell, empty);
}

enum lc_rc lc_model_level_differs(const struct lc_attribute *a, struct lc_slice cell,
                                  struct lc_err *err)
{
    cell = lc_slice_trim(cell);
    if (!lc_attribute_differs(a, cell))
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH,
                   "column '%.80s': '%.*s' is no number with a decimal %s, as the model reads "
                   "this column; write its numbers as the model's export did, or fit the model "
                   "on an export like this one",
                   a->column, (int)(cell.n < MOST_SHOWN ? cell.n : MOST_SHOWN), cell.p,
                   a->decimal == LC_DECIMAL_COMMA ? "comma" : "point");
}

/* How the bins of an attribute read a column: as it was loaded, by its own votes; as the model does where
 * every cell is a number to both. */
static enum lc_decimal decimal_of(const struct lc_attribute *a, const struct lc_table_column *c)
{
    double x;

    if (c->kind != LC_KIND_NUMBER)
        return a->decimal;
    if (c->decimal != LC_DECIMAL_ANY || a->decimal != LC_DECIMAL_COMMA)
        return c->decimal;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing &&
            !lc_number_parse(lc_slice_of(c->codes.level[v]), a->decimal, &x))
            return c->decimal;
    return a->decimal;
}

enum lc_rc lc_model_levels(const struct lc_model *m, size_t j, const struct lc_table_column *c,
                           uint32_t *level, bool *empty, struct lc_err *err)
{
    struct lc_attribute a = m->card.attribute[j].attribute;

    a.decimal = decimal_of(&a, c);
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const struct lc_slice text =
            lc_slice_of(v == c->codes.missing ? "" : c->codes.level[v]);
        enum lc_rc rc = LC_OK;

        level[v] = (uint32_t)level_under(m, &a, text, &empty[v]);
        if (level[v] == a.n_levels && !empty[v])
            level[v] = (uint32_t)lc_attribute_level_by_number(&a, lc_slice_trim(text));
        if (level[v] == a.n_levels && !empty[v])
            rc = lc_model_level_differs(&a, text, err);
        if (rc)
            return rc;
    }
    return LC_OK;
}

/* One number of a verification row against the model's answer. */
static enum lc_rc compare(size_t check, const char *what, double got, double stored,
                          double slack, struct lc_err *err)
{
    char got_text[LC_REAL_TEXT] = "not a number", stored_text[LC_REAL_TEXT] = "not a number";

    if (got == stored || fabs(got - stored) <= slack * fabs(stored))
        return LC_OK;
    if (isfinite(got))
        lc_real_text(got, got_text);
    if (isfinite(stored))
        lc_real_text(stored, stored_text);
    return lc_fail(err, LC_EMISMATCH,
                   "verification row %zu: %s comes out as %s, the model says %s (%.3g apart); "
                   "the file was changed after it was made: take the original, or fit again",
                   check + 1, what, got_text, stored_text, fabs(got - stored));
}

static enum lc_rc verify_one(const struct lc_model *m, size_t at, const struct lc_scored *s,
                             struct lc_err *err)
{
    const struct lc_model_check *c = &m->check[at];
    char grade[LC_GRADE_TEXT];
    enum lc_rc rc = compare(at, "log_odds", s->log_odds, c->log_odds, 0, err);

    if (!rc)
        rc = compare(at, "probability", s->probability, c->probability, PROBABILITY_SLACK, err);
    if (!rc)
        rc = compare(at, "points", s->points, c->points, 0, err);
    if (!rc)
        rc = compare(at, "f_points", s->f_points, c->f_points, 0, err);
    if (!rc)
        rc = compare(at, "g_points", s->g_points, c->g_points, 0, err);
    if (rc)
        return rc;
    lc_grade_text(&m->grades, s, grade);
    if (strcmp(grade, c->grade) != 0)
        return lc_fail(
            err, LC_EMISMATCH,
            "verification row %zu: grade comes out as '%s', the model says '%s'; the "
            "file was changed after it was made: take the original, or fit again",
            at + 1, grade, c->grade);
    return LC_OK;
}

enum lc_rc lc_model_verify(const struct lc_model *m, struct lc_err *err)
{
    const struct lc_range range[2] = {
        [LC_ROLE_PROFILE] = lc_card_range(&m->card, LC_ROLE_PROFILE),
        [LC_ROLE_ENGAGEMENT] = lc_card_range(&m->card, LC_ROLE_ENGAGEMENT),
    };
    struct lc_arena scratch;
    size_t *level;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    level = LC_NEW(&scratch, m->card.k, size_t);
    if (!level)
        rc = lc_fail_memory(err, "the verification rows");
    for (size_t i = 0; i < m->n_checks && !rc; i++) {
        struct lc_scored s;
        bool empty;

        for (size_t j = 0; j < m->card.k; j++) {
            const char *text = m->check[i].input[j];

            level[j] = lc_model_level(m, j, lc_slice_of(text ? text : ""), &empty);
        }
        s = lc_card_score(&m->card, range, level);
        rc = verify_one(m, i, &s, err);
    }
    lc_arena_release(&scratch);
    return rc;
}
