/* What each lead gets from a model that was fitted on the other leads. */
#include <math.h>

#include "leadcal/cuts.h"
#include "leadcal/num.h"
#include "model_internal.h"

uint8_t *lc_deal_folds(const int32_t *day, size_t n, struct lc_arena *arena)
{
    uint8_t *fold = LC_NEW(arena, n, uint8_t);
    size_t count[LC_FOLDS] = {0}, most = 0;

    for (size_t i = 0; fold && day && i < n; i++) {
        const int32_t rest = day[i] % LC_FOLDS;

        fold[i] = (uint8_t)(rest < 0 ? rest + LC_FOLDS : rest);
        count[fold[i]]++;
    }
    for (size_t k = 0; k < LC_FOLDS; k++)
        most = count[k] > most ? count[k] : most;
    for (size_t i = 0; fold && (most == 0 || 2 * most > n) && i < n; i++)
        fold[i] = (uint8_t)(i % LC_FOLDS);
    return fold;
}

/* Leads of one fold, or those of all others. */
struct part {
    uint32_t *row;
    uint8_t *y;
    size_t *place; /* among all */
    double *seen;  /* of the lag, as s->fit->seen; NULL as that is */
    size_t n;
};

static void gather(const struct lc_cuts_study *s, const uint8_t *fold, size_t k, bool inside,
                   struct part *to)
{
    to->n = 0;
    for (size_t i = 0; i < s->n; i++)
        if ((fold[i] == k) == inside) {
            to->row[to->n] = s->row[i];
            to->y[to->n] = s->y[i];
            if (to->seen)
                to->seen[to->n] = s->fit->seen[i];
            to->place[to->n++] = i;
        }
}

static enum lc_rc score_part(const struct lc_cuts_study *s, const struct lc_card *card,
                             const struct part *part, struct lc_arena *scratch,
                             struct lc_out_of_fold *o, struct lc_err *err)
{
    struct lc_scored *scored = LC_NEW(scratch, part->n, struct lc_scored);
    struct lc_column *codes;
    enum lc_rc rc;

    if (!scored)
        return lc_fail_memory(err, "points out of fold");
    rc = lc_card_code(card, s->table, s->column, part->row, part->n, scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, part->n, scored);
    for (size_t i = 0; i < part->n; i++) {
        o->f[part->place[i]] = scored[i].f_points;
        o->g[part->place[i]] = scored[i].g_points;
        o->p[part->place[i]] = scored[i].probability;
    }
    o->profile = o->profile || !isnan(lc_card_range(card, LC_ROLE_PROFILE).low);
    o->engagement = o->engagement || !isnan(lc_card_range(card, LC_ROLE_ENGAGEMENT).low);
    return LC_OK;
}

/* Fits on all folds but k, and scores fold k. */
static enum lc_rc do_fold(const struct lc_cuts_study *s, const uint8_t *fold, size_t k,
                          struct part *part, size_t room, struct lc_out_of_fold *o,
                          struct lc_err *err)
{
    struct lc_fit_options options = *s->fit;
    struct lc_arena scratch;
    struct lc_card card;
    struct lc_fit fit;
    enum lc_rc rc;

    options.seen = part->seen;
    lc_arena_init(&scratch, room);
    gather(s, fold, k, false, part);
    rc = lc_fit_leads(s->table, part->row, part->y, part->n, s->column, s->given, s->k,
                      &options, s->pool, &scratch, &fit, err);
    if (!rc)
        rc = lc_fit_card(&fit, "logistic", &scratch, &card, err);
    gather(s, fold, k, true, part);
    if (!rc)
        rc = score_part(s, &card, part, &scratch, o, err);
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_out_of_fold(const struct lc_cuts_study *s, struct lc_arena *arena,
                          struct lc_out_of_fold *o, struct lc_err *err)
{
    struct lc_out_of_fold made = {LC_NEW(arena, s->n, double), LC_NEW(arena, s->n, double),
                                  LC_NEW(arena, s->n, double), false, false};
    const uint8_t *fold = lc_deal_folds(s->day, s->n, arena);
    struct part part = {LC_NEW(arena, s->n, uint32_t), LC_NEW(arena, s->n, uint8_t),
                        LC_NEW(arena, s->n, size_t),
                        s->fit->seen ? LC_NEW(arena, s->n, double) : NULL, 0};
    enum lc_rc rc = LC_OK;

    if (!made.f || !made.g || !made.p || !fold || !part.row || !part.y || !part.place ||
        (s->fit->seen && !part.seen))
        return lc_fail_memory(err, "points out of fold");
    for (size_t k = 0; k < LC_FOLDS && !rc; k++)
        rc = do_fold(s, fold, k, &part, arena->limit - arena->used, &made, err);
    if (!rc)
        *o = made;
    return rc;
}
