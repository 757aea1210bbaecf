#include "leadcal/integer.h"

#include <math.h>
#include <string.h>

#include "integer_internal.h"
#include "leadcal/num.h"

#define MULTIPLIERS 200 /* at which the start is rounded */
#define PAIRED      5 /* at least, of the best of them try pairs of moves on the bowl; more, */
#define PAIR_WORK   4e5 /* where there are few levels */
#define FINISHES    2 /* at least, of the best of those are searched on the leads; more, where */
#define FINISH_WORK 4e6 /* each takes few looks at a lead; pairs of moves then, too */
#define MANY_LEVELS 100 /* for which, as without the bowl, */
#define STRIDE      4   /* only each fourth multiplier is worth the time */
#define LEAST_FILL \
    0.25 /* the smallest multiplier brings the largest weight to this share of cap */
#define MOST_FILL  2.0 /* and the largest to this; what is beyond the cap is cut off */
#define PAIR_LIMIT 32  /* attributes: beyond, trying every pair would take minutes */

/* ---- the beginning: the continuous weights, rounded ---- */

static double largest_weight(const struct lc_integer_problem *p)
{
    double most = 0;

    for (size_t j = 0; j < p->codes->k; j++)
        for (size_t v = 0; v < p->codes->column[j].n_levels; v++)
            most = fmax(most, fabs(p->start[j][v]));
    return most;
}

/* The start at so many points per log-odds, cut to what each level may have; a trend that the
 * weights break is kept by never stepping back. */
static void round_start(struct lc_search *s, double multiplier)
{
    const struct lc_integer_problem *p = s->p;

    for (size_t j = 0; j < p->codes->k; j++) {
        const enum lc_points_trend trend = p->trend ? p->trend[j] : LC_POINTS_FREE;

        for (size_t v = 0; v < p->codes->column[j].n_levels; v++) {
            double want = lc_round_away(multiplier * p->start[j][v]);
            int low, high;

            lc_search_bounds(p, j, v, &low, &high);
            if (v && trend == LC_POINTS_UP)
                want = fmax(want, s->points[j][v - 1]);
            if (v && trend == LC_POINTS_DOWN)
                want = fmin(want, s->points[j][v - 1]);
            s->points[j][v] = (int)fmin(fmax(want, low), high);
        }
    }
}

static double multiplier_at(size_t m, double fills)
{
    return fills * LEAST_FILL *
           pow(MOST_FILL / LEAST_FILL, (double)m / (double)(MULTIPLIERS - 1));
}

/* ---- from the best of them down ---- */

/* Attribute after attribute until none improves; to the end: until no single and no pair does. */
static void descend(struct lc_search *s, bool to_the_end)
{
    const size_t k = s->p->codes->k;
    bool better = true;

    while (better) {
        better = false;
        for (size_t j = 0; j < k; j++)
            better |= lc_search_levels(s, j);
        if (!better && to_the_end)
            better = lc_search_singles(s);
        if (!better && to_the_end && k <= PAIR_LIMIT)
            better = lc_search_pairs(s);
    }
}

static void keep(const struct lc_search *s, struct lc_integer_card *card)
{
    double spread = 0;

    for (size_t j = 0; j < s->p->codes->k; j++) {
        memcpy(card->points[j], s->points[j],
               s->p->codes->column[j].n_levels * sizeof *card->points[j]);
        spread += s->p->precision[j] * lc_search_spread(s, j);
    }
    card->intercept = s->a;
    card->per_point = s->g;
    card->loss = s->loss;
    card->log_likelihood = spread * s->g * s->g / 2 - s->loss;
}

/* A card that the bowl likes. */
struct liked {
    int *points; /* [levels], attribute after attribute */
    double g, loss;
    bool taken; /* it, or one as good */
};

static void store(const struct lc_search *s, int *points)
{
    for (size_t j = 0; j < s->p->codes->k; j++) {
        const size_t levels = s->p->codes->column[j].n_levels;

        memcpy(points, s->points[j], levels * sizeof *points);
        points += levels;
    }
}

static void restore(struct lc_search *s, const int *points)
{
    for (size_t j = 0; j < s->p->codes->k; j++) {
        const size_t levels = s->p->codes->column[j].n_levels;

        memcpy(s->points[j], points, levels * sizeof *points);
        points += levels;
    }
}

/* From every multiplier down the bowl. */
static void go_down(struct lc_search *s, struct lc_bowl *bowl, double fills,
                    struct liked *liked)
{
    const size_t step = bowl->levels > MANY_LEVELS ? STRIDE : 1;

    for (size_t m = 0; m < MULTIPLIERS; m++)
        liked[m].taken = true;
    for (size_t m = 0; m < MULTIPLIERS; m += step) {
        liked[m].taken = false;
        round_start(s, multiplier_at(m, fills));
        liked[m].loss = lc_bowl_descend(bowl, s, false, &liked[m].g);
        store(s, liked[m].points);
    }
}

/* The best one not yet taken; MULTIPLIERS where all were. Those as good are the same card. */
static size_t take_best(struct liked *liked)
{
    size_t best = MULTIPLIERS;

    for (size_t m = 0; m < MULTIPLIERS; m++)
        if (!liked[m].taken && (best == MULTIPLIERS || liked[m].loss < liked[best].loss))
            best = m;
    for (size_t m = 0; m < MULTIPLIERS && best < MULTIPLIERS; m++)
        if (fabs(liked[m].loss - liked[best].loss) <= LC_SEARCH_GAIN * (1 + liked[best].loss))
            liked[m].taken = true;
    return best;
}

/* So many of a kind of trials as the work of each allows. */
static size_t trials(double least, double work, double of_one)
{
    return (size_t)fmin(fmax(work / of_one, least), MULTIPLIERS);
}

/* The best of them once more, with pairs of moves; what is not among those is not looked at again. */
static void go_down_in_pairs(struct lc_search *s, struct lc_bowl *bowl, struct liked *liked)
{
    const size_t n = trials(PAIRED, PAIR_WORK, (double)bowl->levels * (double)bowl->levels);
    size_t better[MULTIPLIERS], found = 0;

    while (found < n && (better[found] = take_best(liked)) < MULTIPLIERS)
        found++;
    for (size_t m = 0; m < MULTIPLIERS; m++)
        liked[m].taken = true;
    for (size_t f = 0; f < found; f++) {
        struct liked *one = &liked[better[f]];

        restore(s, one->points);
        (void)lc_bowl_descend(bowl, s, true, &one->g);
        lc_search_weigh(s, one->g);
        one->loss = s->loss;
        one->taken = false;
        store(s, one->points);
    }
}

/* On the leads from here to the end; the better card is kept. */
static void finish(struct lc_search *s, double g, bool pairs, struct lc_integer_card *card)
{
    lc_search_weigh(s, g);
    descend(s, pairs);
    if (s->loss < card->loss)
        keep(s, card);
}

static void search(struct lc_search *s, struct lc_bowl *bowl, struct liked *liked,
                   struct lc_integer_card *card)
{
    const struct lc_codes *codes = s->p->codes;
    const double largest = largest_weight(s->p);
    const double fills = largest > 0 ? s->p->cap / largest : 1;
    const double looks = (double)codes->n * (double)codes->k * (double)codes->k;
    const size_t finishes = trials(FINISHES, FINISH_WORK, looks);
    size_t best;

    round_start(s, fills);
    lc_search_weigh(s, 1 / fills);
    card->rounded = s->loss;
    keep(s, card);
    go_down(s, bowl, fills, liked);
    if (codes->k <= PAIR_LIMIT)
        go_down_in_pairs(s, bowl, liked);
    for (size_t f = 0; f < finishes && (best = take_best(liked)) < MULTIPLIERS; f++) {
        restore(s, liked[best].points);
        finish(s, liked[best].g, looks <= FINISH_WORK, card);
    }
    for (size_t m = 0; m < MULTIPLIERS && finishes == MULTIPLIERS; m += STRIDE) {
        round_start(s, multiplier_at(m, fills)); /* few leads: without the bowl, too */
        finish(s, 1 / multiplier_at(m, fills), true, card);
    }
}

/* ---- what a card is written with ---- */

/* How far an attribute's points may go down together, so that its average lead is nearest to 0. */
static int shift_of(const struct lc_integer_problem *p, size_t j, const int *points)
{
    const struct lc_column *c = &p->codes->column[j];
    double sum = 0;
    int shift;

    for (size_t i = 0; i < p->codes->n; i++)
        sum += points[lc_code_at(c, i)];
    shift = (int)lc_round_away(sum / (double)p->codes->n);
    for (size_t v = 0; v < c->n_levels && shift; v++) {
        int low, high;

        lc_search_bounds(p, j, v, &low, &high);
        if (points[v] - shift < low || points[v] - shift > high) {
            shift -= shift > 0 ? 1 : -1;
            v = SIZE_MAX; /* all levels again, for the smaller one */
        }
    }
    return shift;
}

/* Moving all points of an attribute against the intercept changes no lead's probability: a lead of
 * which nothing is known, who gets 0, is to stand where the average lead does. */
static void centre(const struct lc_integer_problem *p, struct lc_integer_card *card)
{
    for (size_t j = 0; j < p->codes->k; j++) {
        const int shift = shift_of(p, j, card->points[j]);

        for (size_t v = 0; v < p->codes->column[j].n_levels; v++)
            card->points[j][v] -= shift;
        card->intercept += card->per_point * shift;
    }
}

/* ---- making ready ---- */

static enum lc_rc make_room(struct lc_search *s, struct lc_arena *scratch, struct lc_err *err)
{
    const struct lc_codes *codes = s->p->codes;
    const size_t values = 2 * ((size_t)s->p->cap + 1) + 1;
    size_t sums, levels = 0;

    for (size_t j = 0; j < codes->k; j++)
        levels = codes->column[j].n_levels > levels ? codes->column[j].n_levels : levels;
    s->span = (int)codes->k * s->p->cap + 2;
    sums = 2 * (size_t)s->span + 1;
    s->points = LC_NEW(scratch, codes->k, int *);
    for (size_t j = 0; j < codes->k && s->points; j++) {
        s->points[j] = LC_NEW(scratch, codes->column[j].n_levels, int);
        if (!s->points[j])
            s->points = NULL;
    }
    s->sum = LC_NEW(scratch, codes->n, int32_t);
    s->soft = LC_NEW(scratch, sums, double);
    s->all = LC_NEW(scratch, sums, struct lc_tally);
    s->by = LC_NEW(scratch, levels * sums, struct lc_tally);
    s->cost = LC_NEW(scratch, 2 * levels * values, double);
    s->kept = LC_NEW(scratch, 2 * levels, int);
    s->from = LC_NEW(scratch, levels * values, int);
    s->cell = LC_NEW(scratch, levels * levels, struct lc_bend);
    s->lone = LC_NEW(scratch, 2 * levels, struct lc_step);
    if (!s->points || !s->sum || !s->soft || !s->all || !s->by || !s->cost || !s->kept ||
        !s->from || !s->cell || !s->lone)
        return lc_fail_memory(err, "the search for whole points");
    return LC_OK;
}

static enum lc_rc make_liked(size_t levels, struct lc_arena *scratch, struct liked *liked,
                             struct lc_err *err)
{
    for (size_t m = 0; m < MULTIPLIERS; m++) {
        liked[m].points = LC_NEW(scratch, levels, int);
        if (!liked[m].points)
            return lc_fail_memory(err, "the search for whole points");
    }
    return LC_OK;
}

static enum lc_rc refuse(const struct lc_integer_problem *p, struct lc_err *err)
{
    double won = 0;

    for (size_t i = 0; i < p->codes->n; i++)
        won += p->y[i];
    if (p->codes->k == 0)
        return lc_fail(err, LC_EDEGENERATE, "whole points need an attribute; none is left");
    if (won == 0 || won == (double)p->codes->n)
        return lc_fail(err, LC_EDEGENERATE,
                       "whole points need leads that were won and leads that were not");
    return LC_OK;
}

enum lc_rc lc_integer(const struct lc_integer_problem *p, struct lc_arena *arena,
                      struct lc_integer_card *card, struct lc_err *err)
{
    struct lc_integer_card made = {.bound = p->bound};
    int **points = LC_NEW(arena, p->codes->k + 1, int *);
    struct lc_search s = {.p = p};
    struct liked liked[MULTIPLIERS] = {{0}};
    struct lc_bowl bowl = {.levels = 0};
    struct lc_arena scratch;
    enum lc_rc rc = refuse(p, err);

    if (rc)
        return rc;
    if (!points)
        return lc_fail_memory(err, "whole points");
    for (size_t j = 0; j < p->codes->k; j++) {
        points[j] = LC_NEW(arena, p->codes->column[j].n_levels, int);
        if (!points[j])
            return lc_fail_memory(err, "whole points");
    }
    made.points = points;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = make_room(&s, &scratch, err);
    if (!rc)
        rc = lc_bowl_make(p, &scratch, &bowl, err);
    if (!rc)
        rc = make_liked(bowl.levels, &scratch, liked, err);
    if (!rc)
        search(&s, &bowl, liked, &made);
    if (!rc)
        centre(p, &made);
    lc_arena_release(&scratch);
    if (!rc)
        *card = made;
    return rc;
}
