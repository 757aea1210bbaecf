#include "separation_internal.h"

#include <assert.h>
#include <string.h>

double lc_separation_value(const struct lc_separation_cause *c, const struct lc_logit_data *d,
                           size_t i)
{
    double value = c->base;

    for (size_t j = 0; j < c->n_columns; j++) {
        if (j < c->n_coded)
            value += c->toward[j][lc_code_at(&d->codes->column[c->column[j]], i)];
        else
            value += c->toward[j][0] * d->x[c->column[j] - (d->codes ? d->codes->k : 0)][i];
    }
    return value;
}

enum lc_rc lc_separation_add(struct lc_separating *s, struct lc_separation_cause **cause,
                             struct lc_err *err)
{
    if (s->n_causes == s->room) {
        const size_t room = 2 * s->room + 16;
        struct lc_separation_cause *wider =
            LC_NEW(s->scratch, room, struct lc_separation_cause);

        if (!wider)
            return lc_fail_memory(err, "the separation check");
        if (s->n_causes)
            memcpy(wider, s->cause, s->n_causes * sizeof *wider);
        s->cause = wider;
        s->room = room;
    }
    *cause = &s->cause[s->n_causes++];
    **cause = (struct lc_separation_cause){.round = s->round};
    return LC_OK;
}

/* The range of each numeric column, so that a step in it weighs as much as one in another. */
static void measure(struct lc_separating *s)
{
    const struct lc_logit_data *d = s->d;

    for (size_t j = 0; j < d->n_numeric; j++) {
        double high = d->x[j][0];

        s->low[j] = high;
        for (size_t i = 1; i < d->n; i++) {
            s->low[j] = d->x[j][i] < s->low[j] ? d->x[j][i] : s->low[j];
            high = d->x[j][i] > high ? d->x[j][i] : high;
        }
        s->range[j] = high - s->low[j];
    }
}

static enum lc_rc begin(struct lc_separating *s, struct lc_err *err)
{
    const struct lc_logit_data *d = s->d;

    s->told_by = LC_NEW(s->arena, d->n, uint32_t);
    s->leads = LC_NEW(s->scratch, s->k_codes + 1, double *);
    s->won = LC_NEW(s->scratch, s->k_codes + 1, double *);
    s->low = LC_NEW(s->scratch, d->n_numeric + 1, double);
    s->range = LC_NEW(s->scratch, d->n_numeric + 1, double);
    if (!s->told_by || !s->leads || !s->won || !s->low || !s->range)
        return lc_fail_memory(err, "the separation check");
    for (size_t j = 0; j < s->k_codes; j++) {
        const size_t levels = d->codes->column[j].n_levels;

        s->leads[j] = LC_NEW(s->scratch, levels + 1, double);
        s->won[j] = LC_NEW(s->scratch, levels + 1, double);
        if (!s->leads[j] || !s->won[j])
            return lc_fail_memory(err, "the separation check");
    }
    for (size_t i = 0; i < d->n; i++)
        s->told_by[i] = LC_SEPARATION_LEFT;
    measure(s);
    return LC_OK;
}

static enum lc_rc finish(const struct lc_separating *s, struct lc_separation *out,
                         struct lc_err *err)
{
    struct lc_separation_cause *cause =
        LC_NEW(s->arena, s->n_causes + 1, struct lc_separation_cause);

    if (!cause)
        return lc_fail_memory(err, "the separation check");
    if (s->n_causes)
        memcpy(cause, s->cause, s->n_causes * sizeof *cause);
    *out = (struct lc_separation){.kind = s->n_causes == 0 ? LC_SEPARATION_NONE
                                          : s->left == 0   ? LC_SEPARATION_COMPLETE
                                                           : LC_SEPARATION_QUASI,
                                  .cause = cause,
                                  .n_causes = s->n_causes,
                                  .told_by = s->told_by,
                                  .left = s->left,
                                  .left_won = s->left_won,
                                  .unsettled = s->unsettled,
                                  .solutions = s->solutions};
    return LC_OK;
}

enum lc_rc lc_separation(const struct lc_logit_data *d, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_separation *out, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_separating s = {.d = d, .pool = pool, .arena = arena, .scratch = &scratch};
    bool found = true;
    enum lc_rc rc;

    if (d->n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "there is no lead to look at; check the spec and --window");
    s.k_codes = d->codes ? d->codes->k : 0;
    s.k = s.k_codes + d->n_numeric;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = begin(&s, err);
    for (; !rc && found; s.round++) {
        lc_separation_tally(&s);
        if (s.left == 0)
            break;
        rc = lc_separation_levels(&s, &found, err);
        if (!rc && !found)
            rc = lc_separation_rule(&s, &found, err);
    }
    if (!rc)
        rc = finish(&s, out, err);
    lc_arena_release(&scratch);
    return rc;
}
