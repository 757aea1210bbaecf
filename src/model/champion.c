#include "leadcal/champion.h"

#include <math.h>

#include "leadcal/num.h"

/* The latest folds that it was judged in: a quarter each, or one longer test. */
static enum lc_rc add_quarters(const struct lc_backtest *b, struct lc_arena *arena,
                               struct lc_champion *c, struct lc_err *err)
{
    const size_t skip =
        b->n_judged > LC_CHAMPION_QUARTERS ? b->n_judged - LC_CHAMPION_QUARTERS : 0;
    struct lc_champion_quarter *q =
        LC_NEW(arena, LC_CHAMPION_QUARTERS, struct lc_champion_quarter);

    if (!q)
        return lc_fail_memory(err, "the comparison");
    for (size_t k = skip; k < b->n_judged; k++) {
        const struct lc_judged_fold *f = &b->judged[k];
        const struct lc_volume *v = &f->volume;

        q[c->n_quarters++] = (struct lc_champion_quarter){f->first, f->last,     v->won,
                                                          v->gain,  v->gain_low, v->gain_high};
    }
    c->quarter = q;
    return LC_OK;
}

enum lc_rc lc_champion_of(const struct lc_backtest *b, const char *no_backtest,
                          const struct lc_current *current, const char *sha256,
                          struct lc_arena *arena, struct lc_champion *out, struct lc_err *err)
{
    const struct lc_volume *v = b ? &b->volume : NULL;
    struct lc_champion c = {.name = current->name,
                            .sha256 = sha256,
                            .gain = LC_NAN,
                            .low = LC_NAN,
                            .high = LC_NAN,
                            .won = LC_NAN,
                            .weeks = LC_NAN,
                            .chance = LC_NAN,
                            .slope = LC_NAN};
    enum lc_rc rc;

    if (!b)
        c.why = no_backtest ? no_backtest : "the candidate was not tested on later leads";
    else if (b->no_current)
        c.why = b->no_current;
    if (!v || c.why) {
        *out = c;
        return LC_OK;
    }
    c.gain = v->gain;
    c.low = v->gain_low;
    c.high = v->gain_high;
    c.won = v->won;
    c.weeks = v->weeks;
    c.chance = v->chance;
    c.slope = b->current_slope;
    rc = add_quarters(b, arena, &c, err);
    if (!rc)
        *out = c;
    return rc;
}

enum lc_rc lc_champion_judge(const struct lc_model *candidate, const struct lc_model *current,
                             struct lc_arena *arena, struct lc_comparison *out,
                             struct lc_err *err)
{
    const struct lc_champion *c = &candidate->champion;
    const struct lc_backtest b = {.volume = {.weeks = c->weeks,
                                             .won = c->won,
                                             .chance = c->chance,
                                             .gain = c->gain,
                                             .gain_low = c->low,
                                             .gain_high = c->high,
                                             .has_current = true},
                                  .current_slope = c->slope,
                                  .no_current = c->why};
    const struct lc_current named = {.name = c->name, .model = current};

    return lc_compare(&b, NULL, candidate, &named, arena, out, err);
}
