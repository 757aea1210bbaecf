/* How far cuts wander over resamples of the leads. */
#include <math.h>
#include <stdlib.h>

#include "leadcal/cuts.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/survival.h"

#define TAIL 0.05 /* of each end of a 90 % interval */

/* One resample of the leads, and the cuts of those so far. */
struct resamples {
    double *score, *other; /* [n] */
    uint8_t *y;            /* [n] */
    double *cut[LC_GRADES - 1];
    size_t found[LC_GRADES - 1];
};

static int by_rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

bool lc_cut_stands(const struct lc_grade_cuts *cuts, size_t c)
{
    return cuts->cut[c] < LC_GRADE_NEVER && (c == 0 || cuts->cut[c] < cuts->cut[c - 1]);
}

static bool make_room(const struct lc_cut_leads *l, struct lc_arena *scratch,
                      struct resamples *r)
{
    *r = (struct resamples){.score = LC_NEW(scratch, l->n, double),
                            .other = LC_NEW(scratch, l->n, double),
                            .y = LC_NEW(scratch, l->n, uint8_t)};
    for (size_t c = 0; c + 1 < LC_GRADES; c++) {
        r->cut[c] = LC_NEW(scratch, LC_CUTS_RESAMPLES, double);
        if (!r->cut[c])
            return false;
    }
    return r->score && r->other && r->y;
}

/* A resample in which nothing can be cut has no cuts. */
static enum lc_rc draw(const struct lc_cut_leads *l, const struct lc_grades *g,
                       struct lc_random *random, size_t room, struct resamples *r,
                       struct lc_err *err)
{
    const struct lc_cut_leads drawn = {l->n, r->score, r->y, l->other ? r->other : NULL};
    struct lc_grade_cuts cuts;
    struct lc_arena scratch;
    struct lc_err unused;
    enum lc_rc rc;

    for (size_t i = 0; i < l->n; i++) {
        const size_t at = (size_t)lc_random_below(random, l->n);

        r->score[i] = l->score[at];
        r->y[i] = l->y[at];
        r->other[i] = l->other ? l->other[at] : 0;
    }
    lc_arena_init(&scratch, room);
    rc = lc_cuts_of(&drawn, g, &scratch, &cuts, &unused);
    lc_arena_release(&scratch);
    if (rc == LC_EDEGENERATE)
        return LC_OK;
    if (rc)
        return lc_fail_memory(err, "the spread of the cuts");
    for (size_t c = 0; c + 1 < LC_GRADES; c++)
        if (lc_cut_stands(&cuts, c))
            r->cut[c][r->found[c]++] = cuts.cut[c];
    return LC_OK;
}

enum lc_rc lc_cuts_spread(const struct lc_cut_leads *l, const struct lc_grades *g,
                          uint64_t seed, struct lc_arena *scratch, struct lc_cut_spread *spread,
                          struct lc_err *err)
{
    struct lc_random random = {seed};
    struct resamples r;
    enum lc_rc rc = LC_OK;

    if (!make_room(l, scratch, &r))
        return lc_fail_memory(err, "the spread of the cuts");
    for (size_t b = 0; b < LC_CUTS_RESAMPLES && !rc; b++)
        rc = draw(l, g, &random, scratch->limit - scratch->used, &r, err);
    for (size_t c = 0; c + 1 < LC_GRADES && !rc; c++) {
        qsort(r.cut[c], r.found[c], sizeof *r.cut[c], by_rising);
        spread[c] = (struct lc_cut_spread){lc_quantile(r.cut[c], r.found[c], TAIL),
                                           lc_quantile(r.cut[c], r.found[c], 1 - TAIL),
                                           (double)r.found[c] / LC_CUTS_RESAMPLES};
    }
    return rc;
}
