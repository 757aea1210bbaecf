/* Wins at equal weekly volume: the leads that sales has time for, by each entrant's order. */
#include <math.h>

#include "backtest_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/resample.h"

#define Z90        1.6448536269514722 /* standard normal quantile of 0.95 */
#define BEST_SHARE 0.2 /* of the leads, where nothing says how many sales takes */

/* Leads that are compared: an entrant's own. */
struct field {
    const struct lc_entrant *e;
    uint32_t *period; /* [e->n] */
    size_t periods;
    double volume; /* leads taken from each period */
    struct lc_clusters clusters;
};

/* What sales takes a week: as given; as many as it accepted; a fifth of the leads. */
static enum lc_rc find_capacity(const struct lc_race *r, struct lc_volume *v,
                                struct lc_err *err)
{
    const double leads = (double)r->split.n_test, weeks = isnan(v->weeks) ? 1 : v->weeks;
    double accepted = 0;

    for (size_t i = 0; r->cohort->accepted && i < r->split.n_test; i++)
        accepted += r->cohort->accepted[r->split.test[i]];
    v->known = r->options->capacity > 0 || (accepted > 0 && accepted < leads);
    if (r->options->capacity > 0) {
        v->per_week = r->options->capacity;
        v->source = "as many as --capacity says";
    } else if (accepted > 0 && accepted < leads) {
        v->per_week = accepted / weeks;
        v->source = lc_arena_format(r->arena, "sales accepted %.0f of the %.0f test leads",
                                    accepted, leads);
    } else {
        v->per_week = BEST_SHARE * leads / weeks;
        v->source = r->cohort->by_hand_over
                        ? "a fifth of the leads handed over, since all of them were taken; "
                          "--capacity says better"
                        : "a fifth of the leads, since nothing says how many sales takes; "
                          "--capacity does";
    }
    return v->source ? LC_OK : lc_fail_memory(err, "wins at equal volume");
}

/* The weeks of an entrant's own leads, and which of them are of one account. */
static enum lc_rc open_field(const struct lc_race *r, const struct lc_entrant *e,
                             const struct lc_volume *v, struct field *to, struct lc_err *err)
{
    size_t *at = LC_NEW(r->scratch, e->n + 1, size_t);

    *to = (struct field){.e = e,
                         .period = LC_NEW(r->scratch, e->n + 1, uint32_t),
                         .periods = r->periods,
                         .volume = v->per_week * (isnan(v->weeks) ? 1 : v->weeks) /
                                   (double)r->periods};
    if (!to->period || !at)
        return lc_fail_memory(err, "wins at equal volume");
    lc_race_places(e, r->split.test, at);
    for (size_t i = 0; i < e->n; i++)
        to->period[i] = r->week[at[i]];
    return lc_belonging(r->cohort, e->lead, e->n, r->scratch, &to->clusters, err);
}

/* The shares of some scores over one field, with their limits; chance comes out apart.
 * drawn: out, captured and draw */
static enum lc_rc compare(const struct lc_race *r, const struct field *f,
                          const double *const *score, size_t m, struct lc_volume_share *to,
                          double *chance, struct lc_race_captures *drawn, struct lc_err *err)
{
    const struct lc_capture_data d = {.n = f->e->n,
                                      .y = f->e->y,
                                      .period = f->period,
                                      .periods = f->periods,
                                      .volume = f->volume,
                                      .score = score,
                                      .m = m,
                                      .cluster = f->clusters.of,
                                      .clusters = f->clusters.n};
    struct lc_captured by_chance;
    enum lc_rc rc = lc_capture(&d, r->scratch, drawn->captured, &by_chance, err);

    if (!rc)
        rc = lc_capture_bootstrap(&d, LC_RESAMPLES, LC_VOLUME_SEED, r->pool, r->scratch,
                                  drawn->draw, err);
    *chance = rc ? LC_NAN : by_chance.share;
    for (size_t s = 0; s < m && !rc; s++) {
        const double sd = lc_resample_sd(drawn->draw, LC_RESAMPLES, m, s, m),
                     x = drawn->captured[s].share;

        to[s] = (struct lc_volume_share){x, fmax(x - LC_Z95 * sd, 0), fmin(x + LC_Z95 * sd, 1)};
    }
    return rc;
}

static void set_gain(struct lc_volume *v, double gain, double sd)
{
    v->gain = gain;
    v->gain_low = gain - Z90 * sd;
    v->gain_high = gain + Z90 * sd;
}

/* New against current, over the leads that the current may be judged by; the new one's order of
 * them is looked up among all test leads, which stand in the same order. */
static enum lc_rc compare_current(const struct lc_race *r, struct lc_volume *v,
                                  struct lc_volume_share *of_current, struct lc_err *err)
{
    const struct lc_entrant *e = &r->entrant[r->current];
    const struct lc_entrant *fresh = &r->entrant[r->challenger];
    struct lc_race_captures *drawn = LC_NEW(r->scratch, 1, struct lc_race_captures);
    size_t *at = LC_NEW(r->scratch, e->n + 1, size_t);
    double *order = LC_NEW(r->scratch, e->n + 1, double);
    struct lc_volume_share share[2];
    struct field f;
    enum lc_rc rc = open_field(r, e, v, &f, err);

    if (rc)
        return rc;
    if (!drawn || !order || !at)
        return lc_fail_memory(err, "wins at equal volume");
    lc_race_places(e, fresh->lead, at);
    for (size_t i = 0; i < e->n; i++)
        order[i] = fresh->order[at[i]];
    rc = compare(r, &f, (const double *const[]){order, e->order}, 2, share, &v->chance, drawn,
                 err);
    if (rc)
        return rc;
    v->has_current = true;
    v->leads = (double)e->n;
    v->won = (double)e->n_won;
    v->new_model = share[0];
    v->current = *of_current = share[1];
    set_gain(v, share[0].share - share[1].share,
             lc_resample_sd(drawn->draw, LC_RESAMPLES, 2, 0, 1));
    return LC_OK;
}

enum lc_rc lc_race_volume(const struct lc_race *r, struct lc_volume *volume,
                          struct lc_volume_share *shares, struct lc_err *err)
{
    const struct lc_entrant *fresh = &r->entrant[r->challenger];
    const double *score[LC_MOST_ENTRANTS];
    struct lc_volume_share all[LC_MOST_ENTRANTS];
    struct lc_volume v = {.weeks = r->weeks,
                          .current = {LC_NAN, LC_NAN, LC_NAN},
                          .leads = (double)fresh->n,
                          .won = (double)fresh->n_won};
    struct field f;
    size_t m = 0, challenger = 0;
    enum lc_rc rc;

    rc = find_capacity(r, &v, err);
    if (!rc)
        rc = open_field(r, fresh, &v, &f, err);
    for (size_t k = 0; k < r->n; k++)
        if (k != r->current) {
            challenger = k == r->challenger ? m : challenger;
            score[m++] = r->entrant[k].order;
        }
    if (!rc)
        rc = compare(r, &f, score, m, all, &v.chance, r->captures, err);
    for (size_t k = 0, s = 0; k < r->n && !rc; k++)
        if (k != r->current)
            shares[k] = all[s++];
    if (rc)
        return rc;
    r->captures->per_week = v.per_week;
    v.new_model = shares[r->challenger];
    /* The last to run has no skill: it takes by chance. */
    set_gain(&v, v.new_model.share - v.chance,
             lc_resample_sd(r->captures->draw, LC_RESAMPLES, m, challenger, m - 1));
    if (r->current < r->n)
        rc = compare_current(r, &v, &shares[r->current], err);
    if (!rc)
        *volume = v;
    return rc;
}
