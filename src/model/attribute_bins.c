/* The bins of a number: where they lie, and what stands in them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "attribute_internal.h"
#include "leadcal/num.h"
#include "leadcal/partition.h"

/* ---- where their quantiles say ---- */

size_t lc_distinct_values(const struct lc_table_column *column, const double *n)
{
    double before = LC_NAN;
    size_t distinct = 0;

    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        if (v == column->codes.missing || n[v] == 0)
            continue;
        distinct += !(column->number[v] == before);
        before = column->number[v];
    }
    return distinct;
}

/* The value at a 0-based rank among the counted rows. */
static double value_at(const struct lc_table_column *column, const double *n, double rank)
{
    double seen = 0, last = LC_NAN;

    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        if (v == column->codes.missing || n[v] == 0)
            continue;
        seen += n[v];
        last = column->number[v];
        if (rank < seen)
            return last;
    }
    return last;
}

/* The point between two values without the noise of its reckoning, where that moves no row: numbers of
 * two decimals have cuts of four. */
static double between(double low, double high, double share)
{
    const double c = low + share * (high - low);
    char text[LC_REAL_TEXT];
    double plain;

    (void)snprintf(text, sizeof text, "%.15g", c);
    return lc_real_parse(lc_slice_of(text), &plain) && plain >= low && plain < high ? plain : c;
}

size_t lc_quartile_cuts(const struct lc_table_column *column, const double *n, double *cut)
{
    double all = 0;
    size_t k = 0;

    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != column->codes.missing)
            all += n[v];
    for (int q = 1; q <= LC_QUARTILE_CUTS; q++) {
        const double h = (all - 1) * q / (LC_QUARTILE_CUTS + 1), below = floor(h);
        const double low = value_at(column, n, below), high = value_at(column, n, below + 1);
        const double c = between(low, high, h - below);

        if (k == 0 || c > cut[k - 1])
            cut[k++] = c;
    }
    return k;
}

/* ---- where the outcome says ---- */

/* Runs of values that no cut parts. */
struct runs {
    double *n, *won, *value; /* [p] leads, wins; the value, rising, at `last` of a run */
    size_t *last;            /* [p] */
    size_t p;
};

size_t lc_coarsen(double *n, double *won, size_t p, size_t *last)
{
    const bool few = p <= LC_BIN_CANDIDATES + 1;
    double all = 0, filled = 0;
    size_t k = 0;

    for (size_t i = 0; i < p; i++)
        all += n[i];
    for (size_t i = 0; i < p; i++) {
        const double leads = n[i], wins = won[i];

        /* A run ends where all up to it hold their share. */
        if (few || k == 0 || filled >= all * (double)k / (LC_BIN_CANDIDATES + 1)) {
            n[k] = won[k] = 0;
            k++;
        }
        n[k - 1] += leads;
        won[k - 1] += wins;
        last[k - 1] = i;
        filled += leads;
    }
    return k;
}

static bool make_runs(const struct lc_table_column *column, const struct lc_tally *t,
                      struct lc_arena *scratch, struct runs *to)
{
    const size_t room = (size_t)column->codes.n_levels + 1;
    size_t p = 0;

    *to = (struct runs){LC_NEW(scratch, room, double), LC_NEW(scratch, room, double),
                        LC_NEW(scratch, room, double), LC_NEW(scratch, room, size_t), 0};
    if (!to->n || !to->won || !to->value || !to->last)
        return false;
    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        const double x = column->number[v];

        if (v == column->codes.missing || t->n[v] == 0)
            continue;
        if (p == 0 || x != to->value[p - 1]) /* two spellings of a number stay together */
            to->value[p++] = x;
        to->n[p - 1] += t->n[v];
        to->won[p - 1] += t->won[v];
    }
    to->p = lc_coarsen(to->n, to->won, p, to->last);
    return true;
}

static enum lc_partition_trend trend_of(enum lc_bin_trend trend)
{
    switch (trend) {
    case LC_BIN_UP: return LC_PARTITION_UP;
    case LC_BIN_DOWN: return LC_PARTITION_DOWN;
    case LC_BIN_PEAK: return LC_PARTITION_PEAK;
    case LC_BIN_VALLEY: return LC_PARTITION_VALLEY;
    case LC_BIN_UNSAID:
    case LC_BIN_FREE: break;
    }
    return LC_PARTITION_FREE;
}

/* Too few leads of a class for any bin by the rules leave one bin: the number is then of no use. */
static enum lc_rc split_runs(const struct runs *runs, enum lc_bin_trend trend,
                             struct lc_arena *scratch, struct lc_partition *part,
                             struct lc_err *err)
{
    const struct lc_partition_cells cells = {.p = runs->p, .n = runs->n, .won = runs->won};
    struct lc_partition_rules rules = {.trend = trend_of(trend),
                                       .least_n = LC_BIN_LEADS,
                                       .least_won = LC_BIN_OF_CLASS,
                                       .least_lost = LC_BIN_OF_CLASS};
    double all = 0;
    enum lc_rc rc;

    for (size_t i = 0; i < runs->p; i++)
        all += runs->n[i];
    rules.per_cut = log(fmax(all, 1));
    rc = lc_partition(&cells, &rules, scratch, part, err);
    if (rc != LC_EDEGENERATE)
        return rc;
    part->n_bins = 1;
    return LC_OK;
}

enum lc_rc lc_best_cuts(const struct lc_table_column *column, const struct lc_tally *t,
                        enum lc_bin_trend trend, struct lc_arena *arena, double **cut,
                        size_t *n_cuts, struct lc_err *err)
{
    struct lc_partition part = {.n_bins = 1};
    struct lc_arena scratch;
    struct runs runs;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    if (!make_runs(column, t, &scratch, &runs))
        rc = lc_fail_memory(err, column->codes.name);
    if (!rc && runs.p)
        rc = split_runs(&runs, trend, &scratch, &part, err);
    if (!rc) {
        *n_cuts = part.n_bins - 1;
        *cut = LC_NEW(arena, *n_cuts, double);
        if (!*cut)
            rc = lc_fail_memory(err, column->codes.name);
    }
    for (size_t b = 0; !rc && b < *n_cuts; b++)
        (*cut)[b] = runs.value[runs.last[part.end[b] - 1]];
    lc_arena_release(&scratch);
    return rc;
}

/* ---- what stands in them ---- */

size_t lc_bin_of(const double *cut, size_t n_cuts, double x)
{
    size_t j = 0;

    while (j < n_cuts && x > cut[j])
        j++;
    return j;
}

static const char *bin_text(const double *cut, size_t n_cuts, size_t j, struct lc_arena *arena)
{
    char low[LC_REAL_TEXT] = "-inf", high[LC_REAL_TEXT] = "inf";

    if (j > 0)
        lc_real_text(cut[j - 1], low);
    if (j < n_cuts)
        lc_real_text(cut[j], high);
    return lc_arena_format(arena, "(%s,%s]", low, high);
}

/* Cuts whose bin below holds no row go: the empty bin joins the one above it. */
static size_t drop_empty_bins(const struct lc_table_column *column, const double *n,
                              double *cut, size_t n_cuts, double *scratch)
{
    size_t kept = 0;

    memset(scratch, 0, (n_cuts + 1) * sizeof *scratch);
    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != column->codes.missing)
            scratch[lc_bin_of(cut, n_cuts, column->number[v])] += n[v];
    for (size_t j = 0; j < n_cuts; j++)
        if (scratch[j] > 0)
            cut[kept++] = cut[j];
    if (kept && scratch[n_cuts] == 0)
        kept--; /* nothing above the last cut: its bin reaches to the end */
    return kept;
}

enum lc_rc lc_learn_bins(const struct lc_table_column *column, const struct lc_tally *t,
                         double *cut, size_t n_cuts, struct lc_arena *arena,
                         struct lc_attribute *a, struct lc_err *err)
{
    const uint32_t missing = column->codes.missing;
    const bool has_missing = missing != LC_NO_CODE && t->n[missing] > 0;
    double *n = LC_NEW(arena, n_cuts + 2, double), *won = LC_NEW(arena, n_cuts + 2, double);
    const char **level = LC_NEW(arena, n_cuts + 2, const char *);
    bool any = false;

    if (!n || !won || !level)
        return lc_fail_memory(err, column->codes.name);
    n_cuts = drop_empty_bins(column, t->n, cut, n_cuts, n);
    memset(n, 0, (n_cuts + 2) * sizeof *n);
    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != missing && t->n[v] > 0) {
            const size_t j = lc_bin_of(cut, n_cuts, column->number[v]);

            n[j] += t->n[v];
            won[j] += t->won[v];
            any = true;
        }
    a->n_levels = any ? n_cuts + 1 : 0;
    for (size_t j = 0; j < a->n_levels; j++) {
        level[j] = bin_text(cut, n_cuts, j, arena);
        if (!level[j])
            return lc_fail_memory(err, column->codes.name);
    }
    if (has_missing) {
        a->missing = (uint32_t)a->n_levels;
        n[a->missing] = t->n[missing];
        won[a->missing] = t->won[missing];
        level[a->n_levels++] = LC_MISSING_TEXT;
    }
    a->cut = cut;
    a->n_cuts = n_cuts;
    a->level = level;
    a->n = n;
    a->won = won;
    return LC_OK;
}
