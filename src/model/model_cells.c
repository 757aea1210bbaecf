/* The cells of a model: who stands in them, and what was agreed for them. */
#include "leadcal/agreement.h"
#include "leadcal/num.h"
#include "model_internal.h"

static size_t cell_of(const struct lc_grades *g, const struct lc_scored *s)
{
    const size_t letter = g->letter.used ? lc_grade_of(&g->letter, s->f_points) : 0;
    const size_t digit = g->digit.used ? lc_grade_of(&g->digit, s->g_points) : 0;

    return g->digit.used ? letter * LC_GRADES + digit : letter;
}

enum lc_rc lc_model_cells(struct lc_model *m, const struct lc_cohort *cohort,
                          const struct lc_scored *scored, const struct lc_agreement *said,
                          struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_grades *g = &m->grades;
    const size_t digits = g->digit.used ? LC_GRADES : 1;
    const size_t n = g->letter.used ? LC_GRADES * digits : g->digit.used ? LC_GRADES : 0;
    struct lc_model_cell *cell = LC_NEW(arena, n, struct lc_model_cell);

    if (!cell)
        return lc_fail_memory(err, "the model's cells");
    for (size_t i = 0; i < cohort->n && n; i++) {
        struct lc_model_cell *c = &cell[cell_of(g, &scored[i])];

        c->leads += 1;
        c->won += cohort->y[i];
        c->expected += scored[i].probability;
    }
    for (size_t c = 0; c < n; c++) {
        lc_grades_cell(g, c / digits, g->letter.used ? c % digits : c, cell[c].grade);
        cell[c].expected = cell[c].leads > 0 ? cell[c].expected / cell[c].leads : LC_NAN;
    }
    m->cell = cell;
    m->n_cells = n;
    return lc_model_agree(m, cell, said, arena, err);
}
