/* Performance before the outcome is known: what the model expects of the new leads, and what the mature
 * ones among them did. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drift_internal.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define SEED 20260102 /* of the simulated outcomes: any number, the same for everybody */

/* ---- who stands where ---- */

static void add_set(struct lc_drift_expecting *w, const char *grade, size_t letter,
                    size_t digit)
{
    struct lc_drift_set *s = &w->set[w->sets++];

    (void)snprintf(s->grade, sizeof s->grade, "%s", grade);
    for (size_t c = 0; c < LC_DRIFT_CELLS; c++)
        s->holds[c] = (letter == LC_GRADES || c / LC_GRADES == letter) &&
                      (digit == LC_GRADES || c % LC_GRADES == digit);
}

static void list_sets(struct lc_drift_expecting *w)
{
    const struct lc_grades *g = &w->model->grades;
    char grade[LC_GRADE_TEXT] = "";

    add_set(w, "(all)", LC_GRADES, LC_GRADES);
    for (size_t i = 0; i < LC_GRADES && g->letter.used; i++) {
        grade[0] = (char)('A' + i);
        add_set(w, grade, i, LC_GRADES);
    }
    for (size_t i = 0; i < LC_GRADES && g->digit.used; i++) {
        grade[0] = (char)('1' + i);
        add_set(w, grade, LC_GRADES, i);
    }
    for (size_t c = 0; c < LC_DRIFT_CELLS && g->letter.used && g->digit.used; c++) {
        lc_grades_cell(g, c / LC_GRADES, c % LC_GRADES, grade);
        add_set(w, grade, c / LC_GRADES, c % LC_GRADES);
    }
}

static enum lc_rc score_all(struct lc_drift_expecting *w, struct lc_err *err)
{
    const struct lc_grades *g = &w->model->grades;
    struct lc_scored *scored = NULL;
    enum lc_rc rc = lc_drift_score(w->model, w->now, w->arena, &scored, err);

    if (rc)
        return rc;
    w->p = LC_NEW(w->arena, w->now->n, double);
    w->cell = LC_NEW(w->arena, w->now->n, uint8_t);
    if (!w->p || !w->cell)
        return lc_fail_memory(err, "expected performance");
    for (size_t i = 0; i < w->now->n; i++) {
        const size_t letter = g->letter.used ? lc_grade_of(&g->letter, scored[i].f_points) : 0;
        const size_t digit = g->digit.used ? lc_grade_of(&g->digit, scored[i].g_points) : 0;

        w->p[i] = scored[i].probability;
        w->cell[i] = (uint8_t)(letter * LC_GRADES + digit);
    }
    return LC_OK;
}

/* The new leads that the cohort counts, too: both are in the order of the file. */
static enum lc_rc find_mature(struct lc_drift_expecting *w, struct lc_err *err)
{
    const struct lc_cohort *c = w->cohort;

    w->mature_p = LC_NEW(w->arena, w->now->n, double);
    w->mature_y = LC_NEW(w->arena, w->now->n, uint8_t);
    if (!w->mature_p || !w->mature_y)
        return lc_fail_memory(err, "expected performance");
    for (size_t i = 0, at = 0; c && i < w->now->n; i++) {
        while (at < c->n && c->row[at] < w->now->row[i])
            at++;
        if (at == c->n || c->row[at] != w->now->row[i])
            continue;
        w->mature_p[w->n_mature] = w->p[i];
        w->mature_y[w->n_mature++] = c->y[at];
        w->n_won += c->y[at];
        for (size_t s = 0; s < w->sets; s++)
            if (w->set[s].holds[w->cell[i]]) {
                w->set[s].mature++;
                w->set[s].won += c->y[at];
                w->set[s].expected += w->p[i];
            }
    }
    return LC_OK;
}

static enum lc_rc simulate(struct lc_drift_expecting *w, struct lc_parallel *pool,
                           struct lc_err *err)
{
    bool *holds = LC_NEW(w->arena, w->sets * LC_DRIFT_CELLS, bool);
    const struct lc_expect_leads leads = {.p = w->p,
                                          .n = w->now->n,
                                          .cell = w->cell,
                                          .cells = LC_DRIFT_CELLS,
                                          .holds = holds,
                                          .sets = w->sets,
                                          .top = LC_DRIFT_TOP};

    if (!holds)
        return lc_fail_memory(err, "expected performance");
    for (size_t s = 0; s < w->sets; s++)
        memcpy(holds + s * LC_DRIFT_CELLS, w->set[s].holds, sizeof w->set[s].holds);
    return lc_expect_performance(&leads, SEED, pool, w->arena, &w->expect, err);
}

enum lc_rc lc_drift_expect(const struct lc_model *model, const struct lc_drift_leads *now,
                           const struct lc_cohort *cohort, struct lc_parallel *pool,
                           struct lc_arena *arena, struct lc_drift_expected *out,
                           struct lc_err *err)
{
    struct lc_drift_expecting *w = LC_NEW(arena, 1, struct lc_drift_expecting);
    struct lc_drift_expected e = {0};
    enum lc_rc rc;

    if (!w)
        return lc_fail_memory(err, "expected performance");
    if (isnan(model->card.intercept))
        return lc_fail(
            err, LC_EMISMATCH,
            "a points file knows no probabilities, so nothing can be expected of its "
            "leads; give a model file");
    *w = (struct lc_drift_expecting){
        .model = model, .now = now, .cohort = cohort, .arena = arena};
    list_sets(w);
    rc = lc_drift_columns(model, now->table, err);
    if (!rc)
        rc = score_all(w, err);
    if (!rc)
        rc = find_mature(w, err);
    if (!rc)
        rc = simulate(w, pool, err);
    if (rc)
        return rc;
    rc = lc_drift_expected_frame(w, &e, err);
    if (!rc)
        *out = e;
    return rc;
}
