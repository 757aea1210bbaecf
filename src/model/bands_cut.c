/* Where the bands of a score lie, and what they are called. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bands_internal.h"
#include "leadcal/num.h"

#define MOST_PLAIN 12 /* different numbers that are bands of their own */
#define FEW_STEPS  5  /* bands of equal width, at least */
#define TENTHS     10
#define TEN        10.0
#define HUNDRED    100.0
#define CROWDED    0.6 /* of the scored leads in one band: equal widths say nothing */

/* Scores of the leads that have one, falling. */
struct scores {
    double *falling;
    size_t n;
    size_t distinct;
    bool whole; /* all of them are */
};

/* Rising limits between bands: band k holds edge[k-1] <= score < edge[k]. */
struct edges {
    double *edge; /* [n] */
    size_t n;
    bool plain; /* each band is one number */
};

static int by_falling(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x < y) - (x > y);
}

static bool sort_scores(const double *order, size_t n, struct lc_arena *arena, struct scores *s)
{
    *s = (struct scores){.falling = LC_NEW(arena, n + 1, double), .whole = true};
    if (!s->falling)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!isnan(order[i]))
            s->falling[s->n++] = order[i];
    qsort(s->falling, s->n, sizeof *s->falling, by_falling);
    for (size_t i = 0; i < s->n; i++) {
        s->distinct += i == 0 || s->falling[i] != s->falling[i - 1];
        s->whole = s->whole && s->falling[i] == floor(s->falling[i]);
    }
    return true;
}

/* ---- where they lie ---- */

/* An edge at every score but the lowest: each is a band of its own. */
static void cut_plain(const struct scores *s, struct edges *e)
{
    for (size_t i = s->n; i-- > 1;)
        if (s->falling[i - 1] != s->falling[i])
            e->edge[e->n++] = s->falling[i - 1];
    e->plain = true;
}

static bool is_percent(const struct scores *s)
{
    return s->whole && s->falling[s->n - 1] >= 0 && s->falling[0] <= HUNDRED;
}

/* The largest of 1, 2, 2.5 and 5 times a power of ten that gives at least so many steps; whole
 * scores have no steps of 2.5 and none below 1. */
static double round_step(double width, bool whole)
{
    static const double part[] = {5, 2.5, 2, 1};
    double power = pow(TEN, floor(log10(width / FEW_STEPS)));

    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        const double step = part[i] * power;

        if (width / step >= FEW_STEPS && (!whole || step == floor(step)))
            return step;
    }
    return whole ? 1 : power;
}

static void cut_steps(const struct scores *s, struct edges *e)
{
    const double low = s->falling[s->n - 1], high = s->falling[0];
    const bool percent = is_percent(s);
    const double step = percent ? TEN : round_step(high - low, s->whole);
    const double last = percent ? HUNDRED - TEN : high;

    const double first = floor(low / step) + 1;

    while ((first + (double)e->n) * step <= last) {
        e->edge[e->n] = (first + (double)e->n) * step;
        e->n++;
    }
}

/* Tenths of the leads from the top, at the nearest place where the score changes. */
static void cut_tenths(const struct scores *s, struct edges *e)
{
    e->n = 0;
    for (size_t t = TENTHS; t-- > 1;) {
        size_t at = s->n * t / TENTHS; /* this many above the edge, or a few less */
        double edge;

        while (at > 0 && at < s->n && s->falling[at] == s->falling[at - 1])
            at--;
        if (at == 0 || at == s->n)
            continue;
        edge = s->falling[at - 1];
        if (e->n == 0 || edge > e->edge[e->n - 1])
            e->edge[e->n++] = edge;
    }
}

/* The share of the scored leads in the fullest band. */
static double crowd(const struct scores *s, const struct edges *e)
{
    size_t most = 0, above = 0;

    for (size_t k = e->n + 1; k-- > 0;) {
        size_t from = above;

        while (above < s->n && (k == 0 || s->falling[above] >= e->edge[k - 1]))
            above++;
        most = above - from > most ? above - from : most;
    }
    return (double)most / (double)s->n;
}

static void cut_numbers(const struct scores *s, const struct lc_bands_options *o,
                        struct edges *e)
{
    if (o->n_edges) {
        memcpy(e->edge, o->edge, o->n_edges * sizeof *e->edge);
        e->n = o->n_edges;
    } else if (s->distinct <= MOST_PLAIN) {
        cut_plain(s, e);
    } else {
        cut_steps(s, e);
        if (crowd(s, e) > CROWDED)
            cut_tenths(s, e);
    }
}

/* ---- what they are called ---- */

/* "40-49", "-30 to -21", "2.5 to under 5": from the lower limit, or the lowest score, to the upper
 * one, or the highest score. */
static const char *name_band(const struct lc_band *b, const struct scores *s, bool plain,
                             struct lc_arena *arena)
{
    const double from = isfinite(b->low) ? b->low : s->falling[s->n - 1];
    const bool open = isfinite(b->high),
               whole = s->whole && (!open || b->high == floor(b->high));
    double to = open ? b->high : s->falling[0];
    char low[LC_REAL_TEXT], high[LC_REAL_TEXT];

    if (whole && open)
        to -= 1;
    lc_real_text(whole ? ceil(from) : from, low);
    lc_real_text(to, high);
    if (plain || strcmp(low, high) == 0)
        return lc_arena_text(arena, lc_slice_of(low));
    if (whole || !open)
        return lc_arena_format(arena, from < 0 || !whole ? "%s to %s" : "%s-%s", low, high);
    return lc_arena_format(arena, "%s to under %s", low, high);
}

/* "the 40s", where that is what people say. */
static const char *band_words(const struct lc_band *b, bool tens, struct lc_arena *arena)
{
    if (tens && isfinite(b->low) && b->low >= TEN)
        return lc_arena_format(arena, "the %.0fs", b->low);
    return lc_arena_format(arena, "scores %s", b->name);
}

static bool are_tens(const struct scores *s, const struct edges *e)
{
    bool tens = is_percent(s) && e->n > 0;

    for (size_t k = 0; k < e->n && tens; k++)
        tens = fmod(e->edge[k], TEN) == 0 && (k == 0 || e->edge[k] == e->edge[k - 1] + TEN);
    return tens;
}

static bool make_numbers(const struct scores *s, const struct edges *e, struct lc_arena *arena,
                         struct lc_band_list *to)
{
    const bool tens = are_tens(s, e);

    for (size_t k = e->n + 1; k-- > 0;) {
        struct lc_band *b = &to->band[to->n++];

        *b = (struct lc_band){.low = k > 0 ? e->edge[k - 1] : -HUGE_VAL,
                              .high = k < e->n ? e->edge[k] : HUGE_VAL};
        b->name = name_band(b, s, e->plain, arena);
        b->words = b->name ? band_words(b, tens, arena) : NULL;
        if (!b->words)
            return false;
    }
    return true;
}

/* ---- grades ---- */

static int better_first(const void *a, const void *b)
{
    const struct lc_band *x = a, *y = b;

    if (x->low != y->low)
        return x->low > y->low ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* Each text is a band; A2 and B1, whose order is the same, stand apart. `high` is the level. */
static void make_grades(const struct lc_score_column *s, const struct lc_column *codes,
                        struct lc_band_list *to)
{
    for (uint32_t v = 0; v < codes->n_levels; v++)
        if (v != codes->missing)
            to->band[to->n++] = (struct lc_band){.name = codes->level[v],
                                                 .words = codes->level[v],
                                                 .low = s->order[v],
                                                 .high = v};
    qsort(to->band, to->n, sizeof *to->band, better_first);
}

/* ---- the whole ---- */

bool lc_band_holds(const struct lc_band *b, enum lc_score_kind kind, uint32_t level,
                   double order)
{
    if (isnan(b->low) || isnan(order))
        return isnan(b->low) && isnan(order);
    if (kind == LC_SCORE_GRADE)
        return b->high == level;
    return order >= b->low && order < b->high;
}

static void count_leads(const struct lc_score_column *s, const struct lc_column *codes,
                        const struct lc_cohort *c, const double *order, struct lc_band_list *to)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < to->n; k++) {
            struct lc_band *b = &to->band[k];

            if (!lc_band_holds(b, s->kind, lc_code_at(codes, c->row[i]), order[i]))
                continue;
            b->leads += 1;
            b->won += c->y[i];
            break;
        }
}

/* Bands without a lead say nothing, and go; all are counted together. */
static void close_gaps(struct lc_band_list *l)
{
    size_t kept = 0;

    for (size_t k = 0; k < l->n; k++) {
        if (l->band[k].leads == 0)
            continue;
        l->leads += l->band[k].leads;
        l->won += l->band[k].won;
        l->scored += isnan(l->band[k].low) ? 0 : 1;
        l->band[kept++] = l->band[k];
    }
    l->n = kept;
}

enum lc_rc lc_bands_cut(const struct lc_score_column *s, const struct lc_column *codes,
                        const struct lc_cohort *c, const double *order,
                        const struct lc_bands_options *options, struct lc_arena *arena,
                        struct lc_band_list *to, struct lc_err *err)
{
    const size_t room = (size_t)codes->n_levels + options->n_edges + c->n + 3;
    struct edges e = {.edge = LC_NEW(arena, room, double)};
    struct lc_band_list l = {.band = LC_NEW(arena, room, struct lc_band)};
    struct scores sorted;

    if (!e.edge || !l.band || !sort_scores(order, c->n, arena, &sorted))
        return lc_fail_memory(err, "the bands of a score");
    if (sorted.n == 0)
        return lc_fail(err, LC_EDEGENERATE, "no lead that counts has a score in column '%s'",
                       codes->name);
    if (s->kind == LC_SCORE_GRADE) {
        make_grades(s, codes, &l);
    } else {
        cut_numbers(&sorted, options, &e);
        if (!make_numbers(&sorted, &e, arena, &l))
            return lc_fail_memory(err, "the bands of a score");
    }
    l.band[l.n++] = (struct lc_band){.name = LC_MISSING_TEXT,
                                     .words = "leads without a score",
                                     .low = LC_NAN,
                                     .high = LC_NAN};
    count_leads(s, codes, c, order, &l);
    close_gaps(&l);
    *to = l;
    return LC_OK;
}
