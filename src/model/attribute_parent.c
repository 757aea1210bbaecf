/* Levels in groups, such as countries in regions: a level is drawn toward its group's rate. */
#include <string.h>

#include "attribute_internal.h"
#include "leadcal/num.h"
#include "leadcal/shrink.h"

/* The shrunk rate of each level, and of what no level holds (out [n_levels + 1]). */
static bool shrunk_rates(const struct lc_attribute_family *f, const struct lc_attribute *a,
                         struct lc_arena *scratch, double *rate)
{
    double *n = LC_NEW(scratch, a->n_levels + 1, double);
    double *won = LC_NEW(scratch, a->n_levels + 1, double);
    double *mean = LC_NEW(scratch, a->n_levels + 1, double), weight = f->prior_weight;
    size_t k = 0;

    if (!n || !won || !mean)
        return false;
    for (size_t v = 0; v < a->n_levels; v++)
        if (v != a->missing) {
            n[k] = a->n[v];
            won[k] = a->won[v];
            mean[k++] = a->toward ? a->toward[v] : f->base;
        }
    if (!(weight > 0))
        weight = lc_level_weight(won, n, mean, k);
    for (size_t v = 0; v < a->n_levels; v++) {
        struct lc_interval unused;

        rate[v] = lc_shrunk_rate(a->won[v], a->n[v], a->toward ? a->toward[v] : f->base, weight,
                                 &unused);
    }
    rate[a->n_levels] = f->base;
    return true;
}

/* toward of attribute j, whose parent p has all that it needs. */
static enum lc_rc draw_toward(const struct lc_attribute_family *f, struct lc_attribute *a,
                              size_t j, size_t p, struct lc_arena *arena, struct lc_err *err)
{
    double *toward = LC_NEW(arena, a[j].n_levels + 1, double), *rate, *leads;
    struct lc_arena scratch;
    struct lc_column child, parent;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rate = LC_NEW(&scratch, a[p].n_levels + 1, double);
    leads = LC_NEW(&scratch, a[j].n_levels + 1, double);
    rc = !toward || !rate || !leads || !shrunk_rates(f, &a[p], &scratch, rate)
             ? lc_fail_memory(err, a[j].column)
             : LC_OK;
    if (!rc)
        rc = lc_attribute_code(&a[j], &f->table->column[f->column[j]], f->row, f->n, &scratch,
                               &child, err);
    if (!rc)
        rc = lc_attribute_code(&a[p], &f->table->column[f->column[p]], f->row, f->n, &scratch,
                               &parent, err);
    for (size_t i = 0; !rc && i < f->n; i++) {
        toward[lc_code_at(&child, i)] += rate[lc_code_at(&parent, i)];
        leads[lc_code_at(&child, i)] += 1;
    }
    for (size_t v = 0; !rc && v < a[j].n_levels; v++)
        toward[v] = leads[v] > 0 ? toward[v] / leads[v] : f->base;
    lc_arena_release(&scratch);
    if (!rc)
        a[j].toward = toward;
    return rc;
}

/* The place of an attribute's parent among them; k: it has none. */
static size_t parent_of(const struct lc_attribute_family *f, const struct lc_attribute *a,
                        size_t j)
{
    size_t p = 0;

    if (!f->given[j] || !f->given[j]->parent)
        return f->k;
    while (p < f->k && strcmp(a[p].column, f->given[j]->parent) != 0)
        p++;
    return p;
}

enum lc_rc lc_attribute_groups(const struct lc_attribute_family *f, struct lc_attribute *a,
                               struct lc_arena *arena, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (!(f->base > 0 && f->base < 1))
        return LC_OK; /* nothing is drawn anywhere then */
    /* Each round gets those whose parent had all; a spec in which they go round has none. */
    for (size_t round = 0; round < f->k; round++)
        for (size_t j = 0; j < f->k && !rc; j++) {
            const size_t p = parent_of(f, a, j), above = p < f->k ? parent_of(f, a, p) : f->k;

            if (p < f->k && !a[j].toward && (above == f->k || a[p].toward))
                rc = draw_toward(f, a, j, p, arena, err);
        }
    return rc;
}
