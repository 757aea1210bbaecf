/* Levels that the outcome does not tell apart become one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attribute_internal.h"
#include "leadcal/num.h"
#include "leadcal/partition.h"
#include "leadcal/shrink.h"

#define MOST_NAME 60 /* bytes of values in the name of a merged level; the rest is counted */

/* One level before it is merged. */
struct single {
    uint32_t level;
    double shrunk; /* rate */
};

/* What is merged: all levels but the missing one, by rising shrunk rate. */
struct merging {
    struct single *single; /* [k] */
    double *n, *won;       /* [k] in that order */
    double *mean;          /* [k] the rate of all */
    size_t k;
};

static int by_shrunk(const void *a, const void *b)
{
    const struct single *x = a, *y = b;

    if (x->shrunk != y->shrunk)
        return x->shrunk < y->shrunk ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

static bool list_singles(const struct lc_attribute *a, struct lc_arena *scratch,
                         struct merging *m)
{
    m->single = LC_NEW(scratch, a->n_levels + 1, struct single);
    m->n = LC_NEW(scratch, a->n_levels + 1, double);
    m->won = LC_NEW(scratch, a->n_levels + 1, double);
    m->mean = LC_NEW(scratch, a->n_levels + 1, double);
    if (!m->single || !m->n || !m->won || !m->mean)
        return false;
    for (uint32_t v = 0; v < a->n_levels; v++)
        if (v != a->missing) {
            m->single[m->k].level = v;
            m->n[m->k] = a->n[v];
            m->won[m->k++] = a->won[v];
        }
    return true;
}

/* Sorts the levels by the rates that may be believed; false: they do not differ beyond chance. */
static bool sort_singles(const struct lc_attribute *a, struct merging *m)
{
    double leads = 0, won = 0, weight;

    for (size_t i = 0; i < m->k; i++) {
        leads += m->n[i];
        won += m->won[i];
    }
    if (!(won > 0 && won < leads))
        return false;
    for (size_t i = 0; i < m->k; i++)
        m->mean[i] = won / leads;
    weight = lc_level_weight(m->won, m->n, m->mean, m->k);
    if (isinf(weight))
        return false;
    for (size_t i = 0; i < m->k; i++) {
        struct lc_interval unused;

        m->single[i].shrunk = lc_shrunk_rate(m->won[i], m->n[i], won / leads, weight, &unused);
    }
    qsort(m->single, m->k, sizeof *m->single, by_shrunk);
    for (size_t i = 0; i < m->k; i++) {
        m->n[i] = a->n[m->single[i].level];
        m->won[i] = a->won[m->single[i].level];
    }
    return true;
}

/* end: in-out [m->k], the places behind the last level of each merged one; one holds all so far. */
static enum lc_rc split_singles(const struct merging *m, struct lc_arena *scratch, size_t *end,
                                size_t *n_merged, struct lc_err *err)
{
    const struct lc_partition_rules rules = {
        .trend = LC_PARTITION_UP, .least_n = LC_BIN_LEADS, .per_cut = LC_LEVEL_PRICE};
    struct lc_partition_cells cells;
    struct lc_partition part;
    double *n = LC_NEW(scratch, m->k, double), *won = LC_NEW(scratch, m->k, double);
    size_t *last = LC_NEW(scratch, m->k, size_t);
    enum lc_rc rc;

    if (!n || !won || !last)
        return lc_fail_memory(err, "merged levels");
    memcpy(n, m->n, m->k * sizeof *n);
    memcpy(won, m->won, m->k * sizeof *won);
    cells =
        (struct lc_partition_cells){.p = lc_coarsen(n, won, m->k, last), .n = n, .won = won};
    rc = lc_partition(&cells, &rules, scratch, &part, err);
    if (rc)
        return rc == LC_EDEGENERATE ? LC_OK : rc; /* too few leads for two levels: one it is */
    *n_merged = part.n_bins;
    for (size_t b = 0; b < part.n_bins; b++)
        end[b] = last[part.end[b] - 1] + 1;
    return LC_OK;
}

/* "Expo | Fair | Webinar", or the first of them and how many more there are. */
static const char *name_of(const struct lc_attribute_value *value, size_t n,
                           struct lc_arena *arena)
{
    const char *name = value[0].text;
    size_t shown = 1, bytes = strlen(name);

    while (shown < n && bytes + strlen(value[shown].text) + 3 <= MOST_NAME)
        bytes += strlen(value[shown++].text) + 3;
    for (size_t i = 1; i < shown && name; i++)
        name = lc_arena_format(arena, "%s | %s", name, value[i].text);
    if (shown < n && name)
        name = lc_arena_format(arena, "%s | %zu more", name, n - shown);
    return name;
}

static int by_level_and_text(const void *a, const void *b)
{
    const struct lc_attribute_value *x = a, *y = b;

    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* The merged attribute, its levels in the order of their rates; the missing one comes last. */
static enum lc_rc put_merged(const struct merging *m, const size_t *end, size_t n_merged,
                             struct lc_arena *arena, struct lc_attribute *a, struct lc_err *err)
{
    const bool has_missing = a->missing != LC_NO_CODE;
    const size_t n_levels = n_merged + has_missing;
    struct lc_attribute_value *value = LC_NEW(arena, m->k, struct lc_attribute_value);
    const char **level = LC_NEW(arena, n_levels, const char *);
    double *n = LC_NEW(arena, n_levels, double), *won = LC_NEW(arena, n_levels, double);

    if (!value || !level || !n || !won)
        return lc_fail_memory(err, a->column);
    for (size_t b = 0, i = 0; b < n_merged; b++)
        for (; i < end[b]; i++) {
            value[i] = (struct lc_attribute_value){a->level[m->single[i].level], (uint32_t)b};
            n[b] += m->n[i];
            won[b] += m->won[i];
        }
    qsort(value, m->k, sizeof *value, by_level_and_text);
    for (size_t b = 0; b < n_merged; b++) {
        const size_t begin = b ? end[b - 1] : 0;

        level[b] = name_of(value + begin, end[b] - begin, arena);
        if (!level[b])
            return lc_fail_memory(err, a->column);
    }
    if (has_missing) {
        level[n_merged] = LC_MISSING_TEXT;
        n[n_merged] = a->n[a->missing];
        won[n_merged] = a->won[a->missing];
        a->missing = (uint32_t)n_merged;
    }
    a->value = value;
    a->n_values = m->k;
    a->n_levels = n_levels;
    a->level = level;
    a->n = n;
    a->won = won;
    return LC_OK;
}

enum lc_rc lc_merge_levels(struct lc_attribute *a, struct lc_arena *arena, struct lc_err *err)
{
    struct lc_arena scratch;
    struct merging m = {0};
    size_t n_merged = 1, *end;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    end = LC_NEW(&scratch, a->n_levels + 1, size_t);
    if (!end || !list_singles(a, &scratch, &m))
        rc = lc_fail_memory(err, a->column);
    if (!rc && m.k > 1) {
        end[0] = m.k;
        if (sort_singles(a, &m))
            rc = split_singles(&m, &scratch, end, &n_merged, err);
        if (!rc)
            rc = put_merged(&m, end, n_merged, arena, a, err);
    }
    lc_arena_release(&scratch);
    return rc;
}
