/* The card of whole points as an entrant: whatever it is made of is learnt in the fold. */
#include "backtest_internal.h"
#include "leadcal/num.h"

/* What its weights are fitted from and under. */
struct making {
    const size_t *column;
    const struct lc_spec_attribute *const *given;
    size_t k;
    struct lc_fit_options options;
};

/* At most so many attributes, chosen on the training leads. */
static enum lc_rc choose(const struct lc_race *r, struct making *m, struct lc_err *err)
{
    const size_t most = r->options->card.attributes;
    size_t *column = LC_NEW(r->scratch, most + 1, size_t);
    size_t *chosen = LC_NEW(r->scratch, most + 1, size_t);
    const struct lc_spec_attribute **given =
        LC_NEW(r->scratch, most + 1, const struct lc_spec_attribute *);
    enum lc_rc rc;

    if (!column || !chosen || !given)
        return lc_fail_memory(err, "a short card");
    rc = lc_fit_few(r->table, r->train_row, r->train_y, r->split.n_train, r->column, r->given,
                    r->k, &m->options, most, r->pool, r->scratch, chosen, &m->k, err);
    for (size_t j = 0; j < m->k && !rc; j++) {
        column[j] = r->column[chosen[j]];
        given[j] = r->given ? r->given[chosen[j]] : NULL;
    }
    m->column = column;
    m->given = given;
    return rc;
}

/* The fit whose weights become points; fit: of all attributes, in and out. */
static enum lc_rc settle_fit(const struct lc_race *r, struct making *m, struct lc_fit *fit,
                             struct lc_err *err)
{
    const bool gaussian = lc_fit_is_gaussian(fit);
    const size_t most = r->options->card.attributes;
    const bool few = most > 0 && most < r->k;
    enum lc_rc rc = LC_OK;

    if (!gaussian)
        m->options = (struct lc_fit_options){.prior_sd = LC_PRIOR_SD};
    if (few)
        rc = choose(r, m, err);
    if (rc || m->k == 0 || (gaussian && !few))
        return rc;
    return lc_fit_leads(r->table, r->train_row, r->train_y, r->split.n_train, m->column,
                        m->given, m->k, &m->options, r->pool, r->scratch, fit, err);
}

enum lc_rc lc_race_integer(struct lc_race *r, const struct lc_fit *fit, struct lc_err *err)
{
    struct making m = {r->column, r->given, r->k, r->options->fit};
    struct lc_card card = lc_race_none(r, "integer");
    struct lc_fit own = *fit;
    enum lc_rc rc = settle_fit(r, &m, &own, err);

    if (!rc && m.k > 0)
        rc = lc_fit_integer(r->table, r->train_row, r->train_y, r->split.n_train, m.column,
                            &own, &r->options->card, &r->grades, r->scratch, &card, NULL, err);
    if (rc && rc != LC_EDEGENERATE)
        return rc;
    rc = lc_race_enter(r, &card, m.column, false, 1, err);
    if (!rc && card.k > 0)
        r->entrant[r->n - 1].parameters = own.kernel.effective_df - 1;
    return rc;
}
