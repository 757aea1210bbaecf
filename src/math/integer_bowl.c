/* The search for whole points on the bowl that the loss is near the fit: no lead is looked at. */
#include <math.h>

#include "integer_internal.h"
#include "leadcal/logit.h"

static const char bowl_text[] = "the search for whole points";

/* ---- its shape ---- */

/* What the leads say of the weights as they start, the intercept made best. */
static enum lc_rc look(const struct lc_integer_problem *p, size_t levels,
                       struct lc_arena *scratch, double *gradient, double *information,
                       struct lc_err *err)
{
    uint32_t *reference = LC_NEW(scratch, p->codes->k, uint32_t);
    double *b = LC_NEW(scratch, levels + 1, double);
    bool *held = LC_NEW(scratch, levels + 1, bool);
    const struct lc_logit_data data = {
        .n = p->codes->n, .codes = p->codes, .reference = reference, .y = p->y};
    const struct lc_logit_start start = {.b = b, .held = held, .no_cov = true};
    struct lc_logit_ready *ready;
    struct lc_logit_fit fit;
    size_t at = 1;
    enum lc_rc rc;

    if (!reference || !b || !held)
        return lc_fail_memory(err, bowl_text);
    for (size_t j = 0; j < p->codes->k; j++) {
        reference[j] = LC_NO_CODE;
        for (size_t v = 0; v < p->codes->column[j].n_levels; v++, at++) {
            b[at] = p->start[j][v];
            held[at] = true;
        }
    }
    rc = lc_logit_prepare(&data, NULL, scratch, &ready, err);
    if (!rc)
        rc = lc_logit_from(ready, NULL, &start, scratch, &fit, err);
    if (!rc)
        (void)lc_logit_look(ready, fit.b, gradient, information);
    return rc;
}

/* The levels' block, less what moving the intercept along gives back. */
static void leave_intercept_free(const double *information, struct lc_bowl *bowl)
{
    const size_t n = bowl->levels, k = n + 1;

    for (size_t c = 0; c < n; c++)
        for (size_t e = 0; e < n; e++)
            bowl->bend[c * n + e] =
                information[(c + 1) * k + e + 1] -
                information[(c + 1) * k] * information[e + 1] / information[0];
}

/* The prior holds an attribute's weights to their mean. */
static void add_precision(const struct lc_integer_problem *p, struct lc_bowl *bowl)
{
    for (size_t j = 0; j < p->codes->k; j++) {
        const size_t first = bowl->first[j], end = bowl->first[j + 1];

        for (size_t c = first; c < end; c++)
            for (size_t e = first; e < end; e++)
                bowl->bend[c * bowl->levels + e] +=
                    p->precision[j] * ((c == e ? 1 : 0) - 1 / (double)(end - first));
    }
}

/* The floor is where the start's slope ends: at the start itself, if that is the optimum. The slope
 * of the prior is in B w already. */
static void set_pull(const struct lc_integer_problem *p, const double *gradient,
                     struct lc_bowl *bowl)
{
    const size_t n = bowl->levels;

    for (size_t j = 0; j < p->codes->k; j++) {
        const size_t first = bowl->first[j], end = bowl->first[j + 1];
        double mean = 0;

        for (size_t e = first; e < end; e++)
            mean += p->start[j][e - first] / (double)(end - first);
        for (size_t e = first; e < end; e++) {
            const double w = p->start[j][e - first];

            for (size_t c = 0; c < n; c++)
                bowl->pull[c] += bowl->bend[c * n + e] * w;
            bowl->pull[e] += gradient[e + 1] - p->precision[j] * (w - mean);
        }
    }
    for (size_t j = 0; j < p->codes->k; j++)
        for (size_t e = bowl->first[j]; e < bowl->first[j + 1]; e++)
            bowl->deep += p->start[j][e - bowl->first[j]] * bowl->pull[e];
    bowl->deep = fmax(bowl->deep, 0);
}

enum lc_rc lc_bowl_make(const struct lc_integer_problem *p, struct lc_arena *arena,
                        struct lc_bowl *bowl, struct lc_err *err)
{
    const size_t k = p->codes->k;
    struct lc_bowl made = {.first = LC_NEW(arena, k + 1, size_t)};
    struct lc_arena scratch;
    double *information, *gradient;
    enum lc_rc rc = LC_OK;

    if (!made.first)
        return lc_fail_memory(err, bowl_text);
    for (size_t j = 0; j < k; j++)
        made.first[j + 1] = made.first[j] + p->codes->column[j].n_levels;
    made.levels = made.first[k];
    made.bend = LC_NEW(arena, made.levels * made.levels, double);
    made.pull = LC_NEW(arena, made.levels, double);
    made.turn = LC_NEW(arena, made.levels, double);
    if (!made.bend || !made.pull || !made.turn)
        return lc_fail_memory(err, bowl_text);
    lc_arena_init(&scratch, arena->limit - arena->used);
    information = LC_NEW(&scratch, (made.levels + 1) * (made.levels + 1), double);
    gradient = LC_NEW(&scratch, made.levels + 1, double);
    if (!information || !gradient)
        rc = lc_fail_memory(err, bowl_text);
    if (!rc)
        rc = look(p, made.levels, &scratch, gradient, information, err);
    if (!rc) {
        leave_intercept_free(information, &made);
        add_precision(p, &made);
        set_pull(p, gradient, &made);
        *bowl = made;
    }
    lc_arena_release(&scratch);
    return rc;
}

/* ---- moves ---- */

/* Where the points stand: what they pull along, and how far they bend. */
struct stand {
    double along, across; /* z'Bw, z'Bz */
};

/* What they take off the depth; nothing where they point away from the weights. */
static double gain_of(struct stand s)
{
    return s.along > 0 && s.across > 0 ? s.along * s.along / s.across : 0;
}

static struct stand stand_of(struct lc_bowl *bowl, const struct lc_search *s)
{
    const size_t n = bowl->levels;
    struct stand now = {0, 0};

    for (size_t c = 0; c < n; c++)
        bowl->turn[c] = 0;
    for (size_t j = 0; j < s->p->codes->k; j++)
        for (size_t e = bowl->first[j]; e < bowl->first[j + 1]; e++) {
            const int z = s->points[j][e - bowl->first[j]];

            now.along += z * bowl->pull[e];
            for (size_t c = 0; z && c < n; c++)
                bowl->turn[c] += z * bowl->bend[e * n + c];
        }
    for (size_t j = 0; j < s->p->codes->k; j++)
        for (size_t e = bowl->first[j]; e < bowl->first[j + 1]; e++)
            now.across += s->points[j][e - bowl->first[j]] * bowl->turn[e];
    return now;
}

/* One level's move. */
struct move {
    size_t j, v, at;
    int by; /* 0: none */
};

static struct stand after(const struct lc_bowl *bowl, struct stand from, struct move m)
{
    from.along += m.by * bowl->pull[m.at];
    from.across += 2 * m.by * bowl->turn[m.at] + bowl->bend[m.at * bowl->levels + m.at];
    return from;
}

static struct stand after_both(const struct lc_bowl *bowl, struct stand from, struct move m,
                               struct move o)
{
    from = after(bowl, after(bowl, from, m), o);
    from.across += 2 * m.by * o.by * bowl->bend[m.at * bowl->levels + o.at];
    return from;
}

static void make(struct lc_bowl *bowl, struct lc_search *s, struct move m)
{
    s->points[m.j][m.v] += m.by;
    for (size_t c = 0; c < bowl->levels; c++)
        bowl->turn[c] += m.by * bowl->bend[m.at * bowl->levels + c];
}

/* The best move of one level; by 0 where none gains. */
static struct move best_single(const struct lc_bowl *bowl, const struct lc_search *s,
                               struct stand from, double least)
{
    struct move best = {0};

    for (size_t j = 0; j < s->p->codes->k; j++)
        for (size_t v = 0; v < s->p->codes->column[j].n_levels; v++)
            for (int by = -1; by <= 1; by += 2) {
                const struct move m = {j, v, bowl->first[j] + v, by};
                const double gain = gain_of(after(bowl, from, m));

                if (gain > least && lc_search_may_move(s, j, v, by)) {
                    least = gain;
                    best = m;
                }
            }
    return best;
}

/* The best second move beside m, at a later level; of the same attribute where it has no trend. */
static struct move best_beside(const struct lc_bowl *bowl, const struct lc_search *s,
                               struct stand from, struct move m, double *least)
{
    const bool free = !s->p->trend || s->p->trend[m.j] == LC_POINTS_FREE;
    struct move best = {0};

    for (size_t j = free ? m.j : m.j + 1; j < s->p->codes->k; j++)
        for (size_t v = j == m.j ? m.v + 1 : 0; v < s->p->codes->column[j].n_levels; v++)
            for (int by = -1; by <= 1; by += 2) {
                const struct move o = {j, v, bowl->first[j] + v, by};
                const double gain = gain_of(after_both(bowl, from, m, o));

                if (gain > *least && lc_search_may_move(s, j, v, by)) {
                    *least = gain;
                    best = o;
                }
            }
    return best;
}

/* The best move of two levels at once. */
static void best_pair(const struct lc_bowl *bowl, const struct lc_search *s, struct stand from,
                      double least, struct move best[2])
{
    best[0] = best[1] = (struct move){0};
    for (size_t j = 0; j < s->p->codes->k; j++)
        for (size_t v = 0; v < s->p->codes->column[j].n_levels; v++)
            for (int by = -1; by <= 1; by += 2) {
                const struct move m = {j, v, bowl->first[j] + v, by};
                struct move o;

                if (!lc_search_may_move(s, j, v, by))
                    continue;
                o = best_beside(bowl, s, from, m, &least);
                if (o.by) {
                    best[0] = m;
                    best[1] = o;
                }
            }
}

double lc_bowl_descend(struct lc_bowl *bowl, struct lc_search *s, bool pairs, double *g)
{
    struct stand now = stand_of(bowl, s);
    struct move best[2];

    do {
        const double least = gain_of(now) + LC_SEARCH_GAIN * (1 + bowl->deep);

        best[0] = best_single(bowl, s, now, least);
        best[1] = (struct move){0};
        if (!best[0].by && pairs)
            best_pair(bowl, s, now, least, best);
        for (size_t i = 0; i < 2; i++)
            if (best[i].by) {
                now = after(bowl, now, best[i]);
                make(bowl, s, best[i]);
            }
    } while (best[0].by);
    *g = now.along > 0 && now.across > 0 ? now.along / now.across : 0;
    return (bowl->deep - gain_of(now)) / 2;
}
