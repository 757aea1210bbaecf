/* One column in numbers: its levels by age, part and outcome, counted once. */
#include <math.h>
#include <string.h>

#include "leadcal/attribute.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leak_internal.h"

#define MOST_BINS \
    20 /* of a number with many values: fine enough to see a rare outcome in one */

/* How the codes of a column become levels. */
struct map {
    uint32_t *level;        /* [n codes] */
    uint32_t *first, *last; /* [k] the codes that a level holds */
    size_t k;
};

static size_t values_of(const struct lc_table_column *c)
{
    return c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
}

/* Levels stand in order of their values, so a bin ends where its share is full and the next value
 * is another one. */
static void bin_values(const struct lc_table_column *c, struct map *m)
{
    size_t before = 0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const bool missing = v == c->codes.missing;
        const bool same = v > 0 && m->k > 0 && !missing && c->number[v] == c->number[v - 1];
        const size_t bins_before = c->n_filled ? before * MOST_BINS / c->n_filled : 0;
        const bool full = m->k == 0 || bins_before >= m->k;

        if (missing || (full && !same)) {
            m->first[m->k] = v;
            m->k++;
        }
        m->last[m->k - 1] = v;
        m->level[v] = (uint32_t)m->k - 1;
        before += missing ? 0 : c->count[v];
    }
}

static bool make_map(const struct lc_table_column *c, struct lc_arena *scratch, struct map *m)
{
    const size_t n = (size_t)c->codes.n_levels + 1;

    *m = (struct map){.level = LC_NEW(scratch, n, uint32_t),
                      .first = LC_NEW(scratch, n, uint32_t),
                      .last = LC_NEW(scratch, n, uint32_t)};
    if (!m->level || !m->first || !m->last)
        return false;
    if (c->kind == LC_KIND_NUMBER && values_of(c) > LC_MOST_PLAIN_NUMBERS) {
        bin_values(c, m);
        return true;
    }
    m->k = c->codes.n_levels;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        m->level[v] = m->first[v] = m->last[v] = v;
    return true;
}

/* ---- counts ---- */

/* Leads and wins of each level; over all, by age, by part. */
struct counts {
    size_t k;
    double *n, *won;           /* [k] */
    double *age_n, *age_won;   /* [ages * k] */
    double *part_n, *part_won; /* [LC_PARTS * k] */
};

static bool make_counts(size_t k, size_t ages, struct lc_arena *scratch, struct counts *t)
{
    *t = (struct counts){.k = k,
                         .n = LC_NEW(scratch, k + 1, double),
                         .won = LC_NEW(scratch, k + 1, double),
                         .age_n = LC_NEW(scratch, ages * k + 1, double),
                         .age_won = LC_NEW(scratch, ages * k + 1, double),
                         .part_n = LC_NEW(scratch, LC_PARTS * k + 1, double),
                         .part_won = LC_NEW(scratch, LC_PARTS * k + 1, double)};
    return t->n && t->won && t->age_n && t->age_won && t->part_n && t->part_won;
}

/* Adds one level's cells to level v. */
static void add_cells(const uint32_t *cell, size_t ages, size_t v, struct counts *t)
{
    for (size_t age = 0; age <= LC_LEAK_NO_AGE; age++)
        for (size_t part = 0; part < LC_PARTS; part++) {
            const double lost = cell[lc_leak_cell(age, part, 0)];
            const double won = cell[lc_leak_cell(age, part, 1)];

            t->n[v] += lost + won;
            t->won[v] += won;
            t->part_n[part * t->k + v] += lost + won;
            t->part_won[part * t->k + v] += won;
            if (age < ages) {
                t->age_n[age * t->k + v] += lost + won;
                t->age_won[age * t->k + v] += won;
            }
        }
}

/* The level with the best lower limit of its win rate so far. */
static void look_at_purity(const struct map *m, size_t v, double won, double n,
                           struct lc_leak_look *look)
{
    const double low = n < LC_LEAST_SUPPORT ? 0 : lc_wilson(won, n).low;

    if (!(low > look->pure_low))
        return;
    look->pure_low = low;
    look->pure_n = n;
    look->pure_won = won;
    look->pure_first = m->first[v];
    look->pure_last = m->last[v];
}

/* Adds one level to the look, from its cells; returns its leads. */
static double sum_level(const struct map *m, size_t v, const uint32_t *cell, bool missing,
                        struct lc_leak_look *look)
{
    double n = 0, won = 0;

    for (size_t x = 0; x < LC_LEAK_CELLS; x += 2) {
        n += (double)cell[x] + cell[x + 1];
        won += cell[x + 1];
    }
    look->levels += n > 0;
    look->n += n;
    look->won += won;
    if (!missing) {
        look->filled_won += won;
        look->filled_rest += n - won;
    }
    look_at_purity(m, v, won, n, look);
    return n;
}

/* Levels of fewer than five leads are one, the first. */
static enum lc_rc count(const struct lc_leak_scene *s, const struct lc_table_column *c,
                        const struct map *m, struct lc_arena *scratch,
                        struct lc_leak_look *look, struct counts *t, struct lc_err *err)
{
    uint32_t *cell = LC_NEW(scratch, m->k * LC_LEAK_CELLS + 1, uint32_t);
    size_t k = 1;

    if (!cell || !make_counts(m->k + 1, s->ages, scratch, t))
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; i < s->cohort->n; i++)
        cell[m->level[lc_code_at(&c->codes, s->cohort->row[i])] * LC_LEAK_CELLS + s->cell[i]]++;
    for (size_t v = 0; v < m->k; v++) {
        const uint32_t *of = cell + v * LC_LEAK_CELLS;
        const double n = sum_level(m, v, of, m->first[v] == c->codes.missing, look);

        if (n > 0)
            add_cells(of, s->ages, n < LC_LEAST_SUPPORT ? 0 : k++, t);
    }
    return LC_OK;
}

/* ---- what follows from them ---- */

/* The AUC within the training leads, each fold scored by the others, less that among later leads. */
static enum lc_rc look_later(const struct counts *t, struct lc_arena *scratch,
                             struct lc_leak_look *look, struct lc_err *err)
{
    double *n = LC_NEW(scratch, t->k, double), *won = LC_NEW(scratch, t->k, double);
    double sum = 0, variance = 0;
    size_t folds = 0;
    struct lc_auc auc;
    enum lc_rc rc = n && won ? LC_OK : lc_fail_memory(err, "the leak audit");

    for (size_t f = 0; f < LC_LEAK_FOLDS && !rc; f++) {
        const double *fold_n = t->part_n + f * t->k, *fold_won = t->part_won + f * t->k;

        memset(n, 0, t->k * sizeof *n);
        memset(won, 0, t->k * sizeof *won);
        for (size_t g = 0; g < LC_LEAK_FOLDS; g++)
            for (size_t v = 0; v < t->k && g != f; v++) {
                n[v] += t->part_n[g * t->k + v];
                won[v] += t->part_won[g * t->k + v];
            }
        rc = lc_level_auc_later(won, n, fold_won, fold_n, t->k, scratch, &auc, err);
        if (rc || isnan(auc.se))
            continue;
        sum += auc.auc;
        variance += auc.se * auc.se;
        folds++;
    }
    for (size_t v = 0; v < t->k && !rc; v++) { /* n, won: all folds but the last; now all */
        n[v] += t->part_n[(LC_LEAK_FOLDS - 1) * t->k + v];
        won[v] += t->part_won[(LC_LEAK_FOLDS - 1) * t->k + v];
    }
    if (!rc)
        rc = lc_level_auc_later(won, n, t->part_won + LC_PART_TEST * t->k,
                                t->part_n + LC_PART_TEST * t->k, t->k, scratch, &auc, err);
    if (rc || folds == 0 || isnan(auc.se))
        return rc;
    look->in_time = sum / (double)folds;
    look->later = auc.auc;
    look->lost = look->in_time - look->later;
    look->lost_low =
        look->lost - LC_Z95 * sqrt(variance / (double)(folds * folds) + auc.se * auc.se);
    return LC_OK;
}

/* A gradient that has no answer is none. */
static enum lc_rc look_gradient(const struct lc_leak_scene *s, const struct counts *t,
                                struct lc_arena *scratch, struct lc_leak_look *look,
                                struct lc_err *err)
{
    struct lc_err ignored;
    enum lc_rc rc;

    if (s->ages < 2 || look->levels < 2)
        return LC_OK;
    rc = lc_level_gradient(t->age_won, t->age_n, s->ages, t->k, scratch, &look->gradient,
                           &ignored);
    if (rc == LC_ENOMEM)
        return lc_fail_memory(err, "the leak audit");
    return LC_OK;
}

static enum lc_rc look_at_counts(const struct lc_leak_scene *s, const struct counts *t,
                                 struct lc_arena *scratch, struct lc_leak_look *look,
                                 struct lc_err *err)
{
    enum lc_rc rc;

    if (look->won == 0 || look->won == look->n)
        return LC_OK;
    rc = lc_level_auc(t->won, t->n, t->k, scratch, &look->auc, err);
    if (!rc)
        rc = look_gradient(s, t, scratch, look, err);
    return rc || !s->later ? rc : look_later(t, scratch, look, err);
}

static void look_at_young(const struct lc_leak_scene *s, const struct lc_column *c,
                          struct lc_leak_look *look)
{
    for (size_t i = 0; i < s->n_young; i++)
        look->filled_young += lc_code_at(c, s->young[i]) != c->missing;
}

enum lc_rc lc_leak_look_at(const struct lc_leak_scene *scene, size_t column,
                           struct lc_arena *scratch, struct lc_leak_look *look,
                           struct lc_err *err)
{
    const struct lc_table_column *c = &scene->table->column[column];
    struct counts t;
    struct map m;
    enum lc_rc rc;

    *look = (struct lc_leak_look){.auc = {.auc = LC_NAN, .low = LC_NAN},
                                  .gradient = {.z = LC_NAN},
                                  .lost_low = LC_NAN,
                                  .age = {.rho = LC_NAN},
                                  .took = {.rho = LC_NAN}};
    if (c->kind == LC_KIND_MANY || c->kind == LC_KIND_EMPTY || scene->cohort->n == 0)
        return LC_OK;
    look->done = true;
    if (!make_map(c, scratch, &m))
        return lc_fail_memory(err, "the leak audit");
    look_at_young(scene, &c->codes, look);
    rc = count(scene, c, &m, scratch, look, &t, err);
    if (!rc && c->kind != LC_KIND_DATE)
        rc = look_at_counts(scene, &t, scratch, look, err);
    if (!rc)
        rc = lc_leak_look_at_dates(scene, c, scratch, look, err);
    return rc ? rc : lc_leak_look_at_last(scene, c, scratch, look, err);
}
