/* The linear program: a rule of several columns, and then of as few as will do. */
#include <math.h>
#include <string.h>

#include "separation_seek.h"

#define FEW_UNKNOWNS  60  /* steps of levels: a program of so few takes a millisecond */
#define MOST_UNKNOWNS 300 /* steps of levels: a program of so many takes half a second */
#define MOST_NARROWED 60  /* programs by which rules are still made narrow: nobody reads more */

double lc_rule_value(const struct lc_separating *s, const struct lc_rule *rule, size_t i)
{
    double value = rule->base;

    for (size_t j = 0; j < s->k_codes; j++)
        if (rule->toward[j])
            value += rule->toward[j][lc_code_at(&s->d->codes->column[j], i)];
    for (size_t j = s->k_codes; j < s->k; j++) {
        const size_t x = j - s->k_codes;

        if (rule->toward[j])
            value += rule->toward[j][0] * ((s->d->x[x][i] - s->low[x]) / s->range[x]);
    }
    return value;
}

/* The trial is the best so far; columns that it does without are held. */
static void take_trial(struct lc_seeker *k)
{
    const struct lc_separating *s = k->s;

    k->best.base = k->trial.base;
    for (size_t j = 0; j < s->k; j++) {
        k->best.toward[j] = NULL;
        if (k->trial.toward[j]) {
            memcpy(k->table[1][j], k->trial.toward[j], lc_seek_levels(s, j) * sizeof(double));
            k->best.toward[j] = k->table[1][j];
        } else if (!k->held[j]) {
            lc_seek_hold(k, j, true);
        }
    }
}

/* The next column to try to do without: of those in the rule and not tried, the one with most
 * levels, later ones first. k: none. */
static size_t next_to_drop(const struct lc_seeker *k, const bool *tried)
{
    size_t best = k->s->k;

    for (size_t j = k->s->k; j-- > 0;)
        if (k->best.toward[j] && !tried[j] &&
            (best == k->s->k || lc_seek_levels(k->s, j) > lc_seek_levels(k->s, best)))
            best = j;
    return best;
}

static enum lc_rc narrow(struct lc_seeker *k, struct lc_err *err)
{
    bool *tried = LC_NEW(k->s->scratch, k->s->k + 1, bool);
    size_t j;

    if (!tried)
        return lc_fail_memory(err, "the separation check");
    while ((j = next_to_drop(k, tried)) < k->s->k) {
        bool found = false;
        enum lc_rc rc;

        if (k->s->solutions >= MOST_NARROWED)
            return LC_OK;
        tried[j] = true;
        lc_seek_hold(k, j, true);
        rc = lc_seek(k, &found, err);
        if (rc)
            return rc;
        if (found)
            take_trial(k);
        else
            lc_seek_hold(k, j, false);
    }
    k->best.narrow = true;
    return LC_OK;
}

/* No answer is one, too: the search ends with what it has. */
static enum lc_rc forgive(struct lc_separating *s, enum lc_rc rc)
{
    s->unsettled = s->unsettled || rc == LC_ENOCONV;
    return rc == LC_ENOCONV ? LC_OK : rc;
}

static enum lc_rc search(struct lc_seeker *k, bool *found, struct lc_err *err)
{
    enum lc_rc rc = lc_seek(k, found, err);

    if (rc || !*found) {
        *found = false;
        return forgive(k->s, rc);
    }
    take_trial(k);
    rc = forgive(k->s, narrow(k, err));
    return rc ? rc : lc_separation_record(k->s, &k->best, err);
}

/* A fit takes time by rows and pairs of columns, a program by the cube of its unknowns: whether the fit
 * is the cheaper of the two. It has nothing to say of numeric columns. */
static bool is_fit_cheaper(const struct lc_seeker *k)
{
    const double columns = (double)k->s->k, unknowns = (double)k->n;

    return k->s->d->n_numeric == 0 && k->n > FEW_UNKNOWNS &&
           (double)k->s->d->n * columns * columns < unknowns * unknowns * unknowns;
}

enum lc_rc lc_separation_rule(struct lc_separating *s, bool *found, struct lc_err *err)
{
    struct lc_seeker k = {.s = s};
    bool none = false;
    enum lc_rc rc = lc_seek_begin(&k, err);

    *found = false;
    if (!rc && is_fit_cheaper(&k))
        rc = lc_separation_certify(s, s->pool, &none, err);
    if (rc || none)
        return rc;
    if (k.n > MOST_UNKNOWNS) {
        s->unsettled = true;
        return LC_OK;
    }
    rc = lc_seek_open(&k, err);
    if (!rc)
        rc = search(&k, found, err);
    lc_lp_free(k.lp);
    return rc;
}
