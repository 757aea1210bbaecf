/* Levels with one outcome, found by counting; and what a cause lists. */
#include "separation_internal.h"

#include <string.h>

void lc_separation_tally(struct lc_separating *s)
{
    const struct lc_logit_data *d = s->d;

    s->left = s->left_won = 0;
    for (size_t i = 0; i < d->n; i++)
        if (s->told_by[i] == LC_SEPARATION_LEFT) {
            s->left += d->weight ? d->weight[i] : 1;
            s->left_won += d->y[i];
        }
    for (size_t j = 0; j < s->k_codes; j++) {
        const struct lc_column *c = &d->codes->column[j];

        memset(s->leads[j], 0, c->n_levels * sizeof *s->leads[j]);
        memset(s->won[j], 0, c->n_levels * sizeof *s->won[j]);
        for (size_t i = 0; i < d->n; i++)
            if (s->told_by[i] == LC_SEPARATION_LEFT) {
                const uint32_t v = lc_code_at(c, i);

                s->leads[j][v] += d->weight ? d->weight[i] : 1;
                s->won[j][v] += d->y[i];
            }
    }
}

/* 1: all leads of the level that are left were won; -1: none; 0: both, or there are no leads. */
static int outcome_of(double leads, double won)
{
    if (leads == 0 || (won > 0 && won < leads))
        return 0;
    return won > 0 ? 1 : -1;
}

/* All rows left have one outcome: no column is needed to tell it. */
static enum lc_rc take_all(struct lc_separating *s, struct lc_err *err)
{
    struct lc_separation_cause *cause;
    const enum lc_rc rc = lc_separation_add(s, &cause, err);

    if (rc)
        return rc;
    cause->narrow = true;
    cause->base = s->left_won > 0 ? 1 : -1;
    cause->leads = s->left;
    cause->won = s->left_won;
    for (size_t i = 0; i < s->d->n; i++)
        if (s->told_by[i] == LC_SEPARATION_LEFT)
            s->told_by[i] = (uint32_t)(s->n_causes - 1);
    return LC_OK;
}

/* The cause "level v of column j". */
static enum lc_rc add_level(struct lc_separating *s, size_t j, uint32_t v, int outcome,
                            struct lc_err *err)
{
    size_t *column = LC_NEW(s->arena, 1, size_t);
    uint32_t *level = LC_NEW(s->arena, 1, uint32_t);
    const double **toward = LC_NEW(s->arena, 1, const double *);
    double *step = LC_NEW(s->arena, s->d->codes->column[j].n_levels, double);
    struct lc_separation_cell *cell = LC_NEW(s->arena, 1, struct lc_separation_cell);
    struct lc_separation_cause *cause;
    enum lc_rc rc;

    if (!column || !level || !toward || !step || !cell)
        return lc_fail_memory(err, "the separation check");
    rc = lc_separation_add(s, &cause, err);
    if (rc)
        return rc;
    *column = j;
    *level = v;
    step[v] = outcome;
    *toward = step;
    *cell = (struct lc_separation_cell){level, s->leads[j][v], s->won[j][v]};
    cause->narrow = true;
    cause->n_columns = cause->n_coded = 1;
    cause->column = column;
    cause->toward = toward;
    cause->leads = cell->leads;
    cause->won = cell->won;
    cause->cell = cell;
    cause->n_cells = 1;
    return LC_OK;
}

/* Takes out the rows of the levels of column j, whose causes begin at `first`. */
static void take_levels(struct lc_separating *s, size_t j, size_t first)
{
    const struct lc_column *c = &s->d->codes->column[j];
    const size_t end = s->n_causes;

    for (size_t i = 0; i < s->d->n; i++) {
        const uint32_t v = lc_code_at(c, i);

        if (s->told_by[i] != LC_SEPARATION_LEFT || !outcome_of(s->leads[j][v], s->won[j][v]))
            continue;
        for (size_t k = first; k < end; k++)
            if (s->cause[k].column[0] == j && s->cause[k].cell[0].level[0] == v)
                s->told_by[i] = (uint32_t)k;
    }
}

enum lc_rc lc_separation_levels(struct lc_separating *s, bool *found, struct lc_err *err)
{
    const size_t before = s->n_causes;
    enum lc_rc rc = LC_OK;

    *found = true;
    if (outcome_of(s->left, s->left_won))
        return take_all(s, err);
    for (size_t j = 0; j < s->k_codes; j++) {
        const size_t first = s->n_causes;

        for (uint32_t v = 0; v < s->d->codes->column[j].n_levels && !rc; v++) {
            const int outcome = outcome_of(s->leads[j][v], s->won[j][v]);

            if (outcome)
                rc = add_level(s, j, v, outcome, err);
        }
        if (rc)
            return rc;
        if (s->n_causes > first)
            take_levels(s, j, first);
    }
    *found = s->n_causes > before;
    return LC_OK;
}

/* ---- a rule as a cause ---- */

/* The cell of row i among those of the cause, or a new one; NULL: there are too many. */
static struct lc_separation_cell *cell_of(const struct lc_separating *s,
                                          struct lc_separation_cause *cause, size_t i,
                                          struct lc_separation_cell *cell, uint32_t *level)
{
    for (size_t c = 0; c < cause->n_cells; c++) {
        bool same = true;

        for (size_t j = 0; j < cause->n_coded && same; j++)
            same = cell[c].level[j] == lc_code_at(&s->d->codes->column[cause->column[j]], i);
        if (same)
            return &cell[c];
    }
    if (cause->n_cells == LC_SEPARATION_CELLS)
        return NULL;
    level += cause->n_cells * cause->n_coded;
    for (size_t j = 0; j < cause->n_coded; j++)
        level[j] = lc_code_at(&s->d->codes->column[cause->column[j]], i);
    cell[cause->n_cells] = (struct lc_separation_cell){.level = level};
    return &cell[cause->n_cells++];
}

/* Most leads first, then by levels. */
static bool comes_before(const struct lc_separation_cell *a, const struct lc_separation_cell *b,
                         size_t n_coded)
{
    if (a->leads != b->leads)
        return a->leads > b->leads;
    for (size_t j = 0; j < n_coded; j++)
        if (a->level[j] != b->level[j])
            return a->level[j] < b->level[j];
    return false;
}

static void sort_cells(struct lc_separation_cell *cell, size_t n, size_t n_coded)
{
    for (size_t i = 1; i < n; i++) {
        const struct lc_separation_cell moving = cell[i];
        size_t at = i;

        for (; at > 0 && comes_before(&moving, &cell[at - 1], n_coded); at--)
            cell[at] = cell[at - 1];
        cell[at] = moving;
    }
}

/* Counts the rows that the rule tells, cell by cell, and takes them out. */
static enum lc_rc take_rule(struct lc_separating *s, const struct lc_rule *rule,
                            struct lc_separation_cause *cause, struct lc_err *err)
{
    const struct lc_logit_data *d = s->d;
    const bool listed = cause->n_columns == cause->n_coded;
    struct lc_separation_cell *cell =
        LC_NEW(s->arena, LC_SEPARATION_CELLS, struct lc_separation_cell);
    uint32_t *level = LC_NEW(s->arena, LC_SEPARATION_CELLS * cause->n_coded + 1, uint32_t);

    if (!cell || !level)
        return lc_fail_memory(err, "the separation check");
    for (size_t i = 0; i < d->n; i++) {
        struct lc_separation_cell *at;
        const double weight = d->weight ? d->weight[i] : 1;
        double value;

        if (s->told_by[i] != LC_SEPARATION_LEFT)
            continue;
        value = lc_rule_value(s, rule, i);
        if (value >= -LC_RULE_NOISE && value <= LC_RULE_NOISE)
            continue;
        s->told_by[i] = (uint32_t)(s->n_causes - 1);
        cause->leads += weight;
        cause->won += d->y[i];
        at = listed ? cell_of(s, cause, i, cell, level) : NULL;
        if (at) {
            at->leads += weight;
            at->won += d->y[i];
        } else if (listed) {
            cause->unlisted += weight;
        }
    }
    sort_cells(cell, cause->n_cells, cause->n_coded);
    cause->cell = cell;
    return LC_OK;
}

/* A numeric column's step is on its scale of 0 to 1 inside. */
static const double *outside(const struct lc_separating *s, const struct lc_rule *rule,
                             size_t j, double *base)
{
    const size_t n = j < s->k_codes ? s->d->codes->column[j].n_levels : 1;
    double *step = LC_NEW(s->arena, n, double);

    if (!step)
        return NULL;
    memcpy(step, rule->toward[j], n * sizeof *step);
    if (j >= s->k_codes) {
        step[0] /= s->range[j - s->k_codes];
        *base -= step[0] * s->low[j - s->k_codes];
    }
    return step;
}

enum lc_rc lc_separation_record(struct lc_separating *s, const struct lc_rule *rule,
                                struct lc_err *err)
{
    size_t *column = LC_NEW(s->arena, s->k + 1, size_t);
    const double **toward = LC_NEW(s->arena, s->k + 1, const double *);
    struct lc_separation_cause *cause;
    enum lc_rc rc;

    if (!column || !toward)
        return lc_fail_memory(err, "the separation check");
    rc = lc_separation_add(s, &cause, err);
    if (rc)
        return rc;
    cause->base = rule->base;
    cause->narrow = rule->narrow;
    for (size_t j = 0; j < s->k; j++) {
        if (!rule->toward[j])
            continue;
        column[cause->n_columns] = j;
        toward[cause->n_columns] = outside(s, rule, j, &cause->base);
        if (!toward[cause->n_columns])
            return lc_fail_memory(err, "the separation check");
        cause->n_columns++;
        cause->n_coded += j < s->k_codes;
    }
    cause->column = column;
    cause->toward = toward;
    return take_rule(s, rule, cause, err);
}
