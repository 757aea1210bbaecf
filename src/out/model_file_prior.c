/* What a model began from, and what it was compared with, in the model file. */
#include <math.h>

#include "leadcal/num.h"
#include "model_file_internal.h"

#define SAME_DRIFT 1e-9 /* relative: exp2() of another C library may differ in its last place */

/* ---- writing ---- */

void lc_model_put_prior(const struct lc_model *m, struct lc_json_out *out)
{
    const struct lc_model_prior *p = &m->prior;
    double grid[LC_DRIFTS];

    if (!p->name) {
        lc_json_put_text(out, "prior", NULL);
        return;
    }
    for (size_t i = 0; i < LC_DRIFTS; i++)
        grid[i] = lc_update_drift(i);
    lc_json_open(out, "prior", '{', false);
    lc_json_put_text(out, "name", p->name);
    lc_json_put_text(out, "sha256", p->sha256);
    lc_json_put_real(out, "drift", p->q);
    lc_json_put_real(out, "low", p->low);
    lc_json_put_real(out, "high", p->high);
    lc_json_put_reals(out, "grid", grid, LC_DRIFTS);
    lc_json_open(out, "quarters", '[', false);
    for (size_t i = 0; i < p->n_quarters; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_model_put_day(out, "as_of", p->quarter[i].as_of);
        lc_json_put_real(out, "leads", p->quarter[i].leads);
        lc_json_put_real(out, "won", p->quarter[i].won);
        lc_json_put_reals(out, "log_likelihood", p->quarter[i].curve, LC_DRIFTS);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
    lc_json_close(out, '}');
}

static void put_gain(struct lc_json_out *out, double gain, double low, double high)
{
    lc_json_put_real(out, "gain", gain);
    lc_json_put_real(out, "low", low);
    lc_json_put_real(out, "high", high);
}

void lc_model_put_champion(const struct lc_model *m, struct lc_json_out *out)
{
    const struct lc_champion *c = &m->champion;

    if (!c->name) {
        lc_json_put_text(out, "champion", NULL);
        return;
    }
    lc_json_open(out, "champion", '{', false);
    lc_json_put_text(out, "name", c->name);
    lc_json_put_text(out, "sha256", c->sha256);
    lc_json_put_text(out, "why", c->why);
    put_gain(out, c->gain, c->low, c->high);
    lc_json_put_real(out, "won", c->won);
    lc_json_put_real(out, "weeks", c->weeks);
    lc_json_put_real(out, "chance", c->chance);
    lc_json_put_real(out, "slope", c->slope);
    lc_json_open(out, "quarters", '[', false);
    for (size_t i = 0; i < c->n_quarters; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_model_put_day(out, "first", c->quarter[i].first);
        lc_model_put_day(out, "last", c->quarter[i].last);
        lc_json_put_real(out, "won", c->quarter[i].won);
        put_gain(out, c->quarter[i].gain, c->quarter[i].low, c->quarter[i].high);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
    lc_json_close(out, '}');
}

/* ---- reading ---- */

/* The member, or NULL where it is null: there is none. */
static const struct lc_json *member(struct lc_model_reading *r, const struct lc_json *root,
                                    const char *name, const char *const *key, size_t n)
{
    const struct lc_json *value = lc_json_need(&r->in, root, name);

    return value && value->kind != LC_JSON_NULL ? lc_json_known(&r->in, value, key, n) : NULL;
}

static void check_grid(struct lc_model_reading *r, const struct lc_json *value)
{
    double grid[LC_DRIFTS] = {0};

    lc_model_reals(r, value, LC_DRIFTS, grid);
    for (size_t i = 0; i < LC_DRIFTS && !r->in.rc; i++)
        if (fabs(grid[i] - lc_update_drift(i)) > SAME_DRIFT * lc_update_drift(i))
            lc_json_refuse(
                &r->in, value, LC_EMISMATCH,
                "is another grid of drifts than this program's; use the leadcal that "
                "made it, or recalibrate");
}

static void read_quarter(struct lc_model_reading *r, const struct lc_json *value,
                         struct lc_drift_quarter *to)
{
    static const char *const key[] = {"as_of", "leads", "won", "log_likelihood"};
    const struct lc_json *o = lc_json_known(&r->in, value, LC_KEYS(key));
    double *curve = lc_model_room(r, LC_DRIFTS, sizeof *curve);

    to->as_of = lc_model_day(r, o, "as_of");
    to->leads = lc_model_real(r, o, "leads");
    to->won = lc_model_real(r, o, "won");
    if (curve)
        lc_model_reals(r, lc_json_need(&r->in, o, "log_likelihood"), LC_DRIFTS, curve);
    to->curve = curve;
}

void lc_model_prior(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"name", "sha256", "drift",   "low",
                                      "high", "grid",   "quarters"};
    const struct lc_json *o = member(r, root, "prior", LC_KEYS(key)), *array;
    struct lc_model_prior *p = &r->m.prior;
    struct lc_drift_quarter *quarter;

    if (!o)
        return;
    p->name = lc_model_text(r, o, "name");
    p->sha256 = lc_model_text(r, o, "sha256");
    p->q = lc_model_real(r, o, "drift");
    p->low = lc_model_real(r, o, "low");
    p->high = lc_model_real_or_null(r, o, "high");
    check_grid(r, lc_json_need(&r->in, o, "grid"));
    array = lc_model_array(r, o, "quarters");
    if (array && array->n > LC_DRIFT_QUARTERS)
        lc_json_refuse(&r->in, array, LC_EMISMATCH, "has %zu quarters; at most %d are kept",
                       array->n, LC_DRIFT_QUARTERS);
    quarter = lc_model_room(r, array ? array->n : 0, sizeof *quarter);
    for (const struct lc_json *q = lc_model_first(r, array); q && !r->in.rc; q = q->next)
        read_quarter(r, q, &quarter[p->n_quarters++]);
    p->quarter = quarter;
}

static void read_champion_quarters(struct lc_model_reading *r, const struct lc_json *array,
                                   struct lc_champion *to)
{
    static const char *const key[] = {"first", "last", "won", "gain", "low", "high"};
    struct lc_champion_quarter *quarter;

    if (array && array->n > LC_CHAMPION_QUARTERS)
        lc_json_refuse(&r->in, array, LC_EMISMATCH, "has %zu quarters; at most %d are kept",
                       array->n, LC_CHAMPION_QUARTERS);
    quarter = lc_model_room(r, array ? array->n : 0, sizeof *quarter);
    for (const struct lc_json *q = lc_model_first(r, array); q && !r->in.rc; q = q->next) {
        const struct lc_json *o = lc_json_known(&r->in, q, LC_KEYS(key));
        struct lc_champion_quarter *at = &quarter[to->n_quarters++];

        at->first = lc_model_day(r, o, "first");
        at->last = lc_model_day(r, o, "last");
        at->won = lc_model_real(r, o, "won");
        at->gain = lc_model_real(r, o, "gain");
        at->low = lc_model_real_or_null(r, o, "low");
        at->high = lc_model_real_or_null(r, o, "high");
    }
    to->quarter = quarter;
}

void lc_model_champion(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"name", "sha256", "why",    "gain",  "low",     "high",
                                      "won",  "weeks",  "chance", "slope", "quarters"};
    const struct lc_json *o = member(r, root, "champion", LC_KEYS(key));
    struct lc_champion *c = &r->m.champion;

    if (!o)
        return;
    c->name = lc_model_text(r, o, "name");
    c->sha256 = lc_json_text_or_null(&r->in, lc_json_need(&r->in, o, "sha256"));
    c->why = lc_json_text_or_null(&r->in, lc_json_need(&r->in, o, "why"));
    c->gain = lc_model_real_or_null(r, o, "gain");
    c->low = lc_model_real_or_null(r, o, "low");
    c->high = lc_model_real_or_null(r, o, "high");
    c->won = lc_model_real_or_null(r, o, "won");
    c->weeks = lc_model_real_or_null(r, o, "weeks");
    c->chance = lc_model_real_or_null(r, o, "chance");
    c->slope = lc_model_real_or_null(r, o, "slope");
    read_champion_quarters(r, lc_model_array(r, o, "quarters"), c);
    if (!r->in.rc && !c->why && isnan(c->gain))
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "needs a gain, or why there is none");
}
