#include "leadcal/model.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "model_internal.h"

/* Relative. The sums are the same bits on every machine; exp() of another C library may differ
 * in its last place, and a model must be readable there. */
#define PROBABILITY_SLACK (4 * DBL_EPSILON)

size_t lc_model_level(const struct lc_model *m, size_t j, struct lc_slice cell, bool *empty)
{
    const struct lc_attribute *a = &m->card.attribute[j].attribute;

    cell = lc_slice_trim(cell);
    for (size_t i = 0; i < m->missing.n && cell.n; i++)
        if (lc_slice_eq(cell, lc_slice_of(m->missing.text[i])))
            cell.n = 0;
    *empty = cell.n == 0 || lc_slice_eq(cell, lc_slice_of(LC_MISSING_TEXT));
    return lc_attribute_level(a, cell);
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
