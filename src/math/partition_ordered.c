/* The best partition whose rates rise, fall, or turn once. A partition is known by its last bin, whose
 * rate says what may follow; falling is rising with the sign of the rates turned, a valley a peak. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "partition_internal.h"

#define TURNED ((uint32_t)1 << 31) /* of lc_best.from: that bin is behind the peak */

/* For each place i the bins (k, i] that may be made, by rising rate. */
struct before {
    uint16_t *first; /* [bins] their first cells: those at i stand in begin[i]..begin[i+1]-1 */
    size_t *begin;   /* [p + 2] */
    uint16_t *below; /* [bins] of a bin (i, j]: how many at i have a lower rate */
    uint16_t *not_above; /* [bins] how many have none higher */
};

/* Partitions by their last bin: still rising, or behind the peak (absent where nothing may turn). */
struct layer {
    double *first, *second;         /* [bins] the best two that end with it */
    double *turned, *second_turned; /* [bins] */
    uint32_t *from, *from_turned;   /* [bins] the first cell of the bin before it */
};

/* Everything on the way. */
struct ordered {
    const struct lc_partition_work *w;
    double sign; /* of the rates */
    bool turns;
    struct before before;
    struct layer *layer; /* [layers] of 1, 2, ... bins; one for any number without a limit */
    size_t layers;
    struct lc_best *low, *high; /* [p + 1] the best of the first t, or of all but these, at i */
};

struct rated {
    double rate;
    uint16_t first;
};

static int by_rate(const void *a, const void *b)
{
    const struct rated *x = a, *y = b;

    if (x->rate != y->rate)
        return x->rate < y->rate ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static double rate_of(const struct ordered *o, size_t i, size_t j)
{
    const struct lc_partition_work *w = o->w;

    return o->sign * (w->won[j] - w->won[i]) / (w->n[j] - w->n[i]);
}

/* How many of the sorted rates are below x, or not above it. */
static size_t count_below(const struct rated *r, size_t n, double x, bool or_equal)
{
    size_t low = 0, high = n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (r[middle].rate < x || (or_equal && r[middle].rate == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The bins that end at i, sorted, and where the bins that begin there stand among them. */
static void sort_at(struct ordered *o, size_t i, struct rated *rated)
{
    const struct lc_partition_work *w = o->w;
    struct before *b = &o->before;
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        if (w->worth[lc_bin_at(w->p, k, i)] > -HUGE_VAL)
            rated[n++] = (struct rated){rate_of(o, k, i), (uint16_t)k};
    if (n)
        qsort(rated, n, sizeof *rated, by_rate);
    for (size_t t = 0; t < n; t++)
        b->first[b->begin[i] + t] = rated[t].first;
    b->begin[i + 1] = b->begin[i] + n;
    for (size_t j = i + 1; j <= w->p; j++) {
        const size_t at = lc_bin_at(w->p, i, j);

        if (!(w->worth[at] > -HUGE_VAL))
            continue;
        b->below[at] = (uint16_t)count_below(rated, n, rate_of(o, i, j), false);
        if (o->turns)
            b->not_above[at] = (uint16_t)count_below(rated, n, rate_of(o, i, j), true);
    }
}

static bool sort_all(struct ordered *o)
{
    const size_t p = o->w->p, bins = p * (p + 1) / 2;
    struct lc_arena *arena = o->w->scratch;
    struct rated *rated = LC_NEW(arena, p, struct rated);

    o->before = (struct before){LC_NEW(arena, bins, uint16_t), LC_NEW(arena, p + 2, size_t),
                                LC_NEW(arena, bins, uint16_t),
                                LC_NEW(arena, o->turns ? bins : 1, uint16_t)};
    if (!rated || !o->before.first || !o->before.begin || !o->before.below ||
        !o->before.not_above)
        return false;
    for (size_t i = 1; i < p; i++)
        sort_at(o, i, rated);
    return true;
}

static double *nothing(struct lc_arena *arena, size_t n)
{
    double *x = LC_NEW(arena, n, double);

    for (size_t i = 0; x && i < n; i++)
        x[i] = -HUGE_VAL;
    return x;
}

/* A layer looks at the one before it alone, so that every other one shares its values. */
static bool make_layer(struct ordered *o, size_t b)
{
    const size_t p = o->w->p, bins = p * (p + 1) / 2;
    struct lc_arena *arena = o->w->scratch;
    struct layer *l = &o->layer[b];

    if (b >= 2) {
        *l = o->layer[b - 2];
    } else {
        l->first = nothing(arena, bins);
        l->second = nothing(arena, bins);
        if (o->turns) {
            l->turned = nothing(arena, bins);
            l->second_turned = nothing(arena, bins);
        }
    }
    l->from = LC_NEW(arena, bins, uint32_t);
    if (o->turns)
        l->from_turned = LC_NEW(arena, bins, uint32_t);
    return l->first && l->second && l->from &&
           (!o->turns || (l->turned && l->second_turned && l->from_turned));
}

static bool make_layers(struct ordered *o)
{
    const size_t p = o->w->p;
    struct lc_arena *arena = o->w->scratch;

    o->layers = o->w->most_bins ? o->w->most_bins : 1;
    o->layer = LC_NEW(arena, o->layers, struct layer);
    o->low = LC_NEW(arena, p + 1, struct lc_best);
    o->high = LC_NEW(arena, p + 1, struct lc_best);
    for (size_t b = 0; o->layer && b < o->layers; b++)
        if (!make_layer(o, b))
            return false;
    return o->layer && o->low && o->high;
}

/* Running maxima over the bins that end at i: low[t] of the t lowest rates, high[t] of all but these. */
static void run_maxima(struct ordered *o, const struct layer *was, size_t i)
{
    const struct before *b = &o->before;
    const size_t begin = b->begin[i], n = b->begin[i + 1] - begin;
    const struct lc_best none = {-HUGE_VAL, -HUGE_VAL, 0};

    o->low[0] = o->high[n] = none;
    for (size_t t = 0; t < n; t++) {
        const size_t k = b->first[begin + t], at = lc_bin_at(o->w->p, k, i);

        o->low[t + 1] = o->low[t];
        lc_best_offer(&o->low[t + 1], was->first[at], was->second[at], (uint32_t)k);
    }
    for (size_t t = n; o->turns && t-- > 0;) {
        const size_t k = b->first[begin + t], at = lc_bin_at(o->w->p, k, i);

        o->high[t] = o->high[t + 1];
        lc_best_offer(&o->high[t], was->first[at], was->second[at], (uint32_t)k);
        lc_best_offer(&o->high[t], was->turned[at], was->second_turned[at],
                      (uint32_t)k | TURNED);
    }
}

/* The bins that begin at i, behind what ends there. */
static void extend_at(struct ordered *o, const struct layer *was, struct layer *now, size_t i)
{
    const struct lc_partition_work *w = o->w;

    run_maxima(o, was, i);
    for (size_t j = i + 1; j <= w->p; j++) {
        const size_t at = lc_bin_at(w->p, i, j);
        const double gain = w->worth[at] - w->rules->per_cut;
        const struct lc_best *up = &o->low[o->before.below[at]];

        if (!(gain > -HUGE_VAL))
            continue;
        now->first[at] = up->first + gain;
        now->second[at] = up->second + gain;
        now->from[at] = up->from;
        if (o->turns) {
            const struct lc_best *down = &o->high[o->before.not_above[at]];

            now->turned[at] = down->first + gain;
            now->second_turned[at] = down->second + gain;
            now->from_turned[at] = down->from;
        }
    }
}

/* The best two of the partitions in a layer that reach to the end. */
static struct lc_best best_of(const struct ordered *o, const struct layer *l)
{
    struct lc_best best = {-HUGE_VAL, -HUGE_VAL, 0};

    for (size_t i = 0; i < o->w->p; i++) {
        const size_t at = lc_bin_at(o->w->p, i, o->w->p);

        lc_best_offer(&best, l->first[at], l->second[at], (uint32_t)i);
        if (o->turns)
            lc_best_offer(&best, l->turned[at], l->second_turned[at], (uint32_t)i | TURNED);
    }
    return best;
}

/* Bins that hold the first cell stand alone: in the first layer, and in no other. */
static void begin(struct ordered *o, struct layer *l, bool first)
{
    const struct lc_partition_work *w = o->w;

    for (size_t j = 1; j <= w->p; j++)
        l->first[lc_bin_at(w->p, 0, j)] = first ? w->worth[lc_bin_at(w->p, 0, j)] : -HUGE_VAL;
}

/* All layers in order; returns the winner's place, and what it is worth in *best. */
static size_t run(struct ordered *o, struct lc_best *best)
{
    const struct lc_partition_work *w = o->w;
    size_t winner = 0;

    for (size_t b = 0; b < o->layers; b++) {
        struct layer *now = &o->layer[b];
        const double before = best->first;
        struct lc_best here;

        begin(o, now, b == 0);
        for (size_t i = 1; i < w->p && (b > 0 || !w->most_bins); i++)
            extend_at(o, b > 0 ? &o->layer[b - 1] : now, now, i);
        here = best_of(o, now);
        lc_best_offer(best, here.first, here.second, here.from);
        if (best->first > before)
            winner = b;
    }
    return winner;
}

static void trace(const struct ordered *o, size_t b, uint32_t from,
                  struct lc_partition_answer *a)
{
    size_t j = o->w->p;

    a->n_bins = 0;
    for (;;) {
        const size_t i = from & ~TURNED, at = lc_bin_at(o->w->p, i, j);
        const struct layer *l = &o->layer[b];

        a->end[a->n_bins++] = j;
        if (i == 0)
            return;
        from = from & TURNED ? l->from_turned[at] : l->from[at];
        j = i;
        b -= o->w->most_bins > 0; /* without a limit one layer holds them all */
    }
}

enum lc_rc lc_partition_ordered(const struct lc_partition_work *w,
                                struct lc_partition_answer *a, struct lc_err *err)
{
    const enum lc_partition_trend trend = w->rules->trend;
    const bool falls = trend == LC_PARTITION_DOWN || trend == LC_PARTITION_VALLEY;
    struct ordered o = {.w = w,
                        .sign = falls ? -1 : 1,
                        .turns = trend == LC_PARTITION_PEAK || trend == LC_PARTITION_VALLEY};
    size_t winner;

    if (!sort_all(&o) || !make_layers(&o))
        return lc_fail_memory(err, "the best split");
    winner = run(&o, &a->best);
    if (a->best.first > -HUGE_VAL)
        trace(&o, winner, a->best.from, a);
    return LC_OK;
}
