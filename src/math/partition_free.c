/* The best partition where the rates of the bins may go as they like. */
#include <math.h>

#include "partition_internal.h"

/* The partitions of the first j cells, into any number of bins or (a layer) into just so many. */
struct layer {
    struct lc_best *best; /* [p + 1] by j; from: where the last bin begins */
};

/* The best two of the first j cells whose last bin comes behind a partition in `was`. */
static struct lc_best extend(const struct lc_partition_work *w, const struct layer *was,
                             size_t j)
{
    struct lc_best best = {-HUGE_VAL, -HUGE_VAL, 0};

    for (size_t i = 1; i < j; i++) {
        const double gain = w->worth[lc_bin_at(w->p, i, j)] - w->rules->per_cut;

        if (gain > -HUGE_VAL)
            lc_best_offer(&best, was->best[i].first + gain, was->best[i].second + gain,
                          (uint32_t)i);
    }
    return best;
}

static void trace(const struct lc_partition_work *w, const struct layer *layer, size_t last,
                  struct lc_partition_answer *a)
{
    size_t j = w->p;

    a->n_bins = 0;
    while (j > 0) {
        a->end[a->n_bins++] = j;
        j = layer[last].best[j].from;
        last -= w->most_bins > 0; /* without a limit one layer holds them all */
    }
}

/* The first layer has one bin or, without a limit, any number; each further one a bin more. */
static void fill(const struct lc_partition_work *w, struct layer *layer, size_t b)
{
    const struct lc_best none = {-HUGE_VAL, -HUGE_VAL, 0};

    layer[b].best[0] = none;
    for (size_t j = 1; j <= w->p; j++) {
        struct lc_best *here = &layer[b].best[j], more = none;

        *here = none;
        if (b == 0)
            here->first = w->worth[lc_bin_at(w->p, 0, j)];
        if (b > 0 || !w->most_bins)
            more = extend(w, &layer[b > 0 ? b - 1 : 0], j);
        lc_best_offer(here, more.first, more.second, more.from);
    }
}

static struct layer *make_layers(const struct lc_partition_work *w, size_t layers)
{
    struct layer *layer = LC_NEW(w->scratch, layers, struct layer);

    for (size_t b = 0; layer && b < layers; b++) {
        layer[b].best = LC_NEW(w->scratch, w->p + 1, struct lc_best);
        if (!layer[b].best)
            return NULL;
    }
    return layer;
}

enum lc_rc lc_partition_free(const struct lc_partition_work *w, struct lc_partition_answer *a,
                             struct lc_err *err)
{
    const size_t layers = w->most_bins ? w->most_bins : 1;
    struct layer *layer = make_layers(w, layers);
    size_t winner = 0;

    if (!layer)
        return lc_fail_memory(err, "the best split");
    for (size_t b = 0; b < layers; b++) {
        const struct lc_best *all;
        const double before = a->best.first;

        fill(w, layer, b);
        all = &layer[b].best[w->p];
        lc_best_offer(&a->best, all->first, all->second, 0);
        if (a->best.first > before)
            winner = b;
    }
    if (a->best.first > -HUGE_VAL)
        trace(w, layer, winner, a);
    return LC_OK;
}
