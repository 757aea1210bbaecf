/* Whether the model's attributes give a group away. */
#include <string.h>

#include "fairness_internal.h"
#include "leadcal/agreement.h"
#include "leadcal/fit.h"
#include "leadcal/num.h"
#include "leadcal/random.h"

#define SEED UINT64_C(20260101) /* of the halves: any number, the same for everybody */

/* Leads of one half, and whether they are of the group. */
struct half {
    size_t n, of_group;
    uint32_t *row; /* [n] of the table */
    uint8_t *y;    /* [n] */
};

static bool is_told(const struct half *h)
{
    return h->of_group > 0 && h->of_group < h->n;
}

/* By lot, and always the same: a file may be sorted, or its rows may take turns. */
static enum lc_rc split(const struct lc_fair *f, uint32_t v, struct lc_arena *scratch,
                        struct half half[2], struct lc_err *err)
{
    for (size_t h = 0; h < 2; h++) {
        half[h] = (struct half){.row = LC_NEW(scratch, f->cohort->n, uint32_t),
                                .y = LC_NEW(scratch, f->cohort->n, uint8_t)};
        if (!half[h].row || !half[h].y)
            return lc_fail_memory(err, "the audit");
    }
    for (size_t i = 0; i < f->cohort->n; i++) {
        struct lc_random random = {SEED + i};
        struct half *to = &half[lc_random_bits(&random) % 2];

        to->row[to->n] = f->cohort->row[i];
        to->y[to->n] = lc_code_at(&f->group, i) == v;
        to->of_group += to->y[to->n++];
    }
    return LC_OK;
}

/* The model's attributes as the spec would say them, so that bins are its own. What segments have of their
 * own is left out: it is read from the same columns. */
static enum lc_rc ask_for(const struct lc_fair *f, struct lc_arena *scratch, size_t *column,
                          const struct lc_spec_attribute **given, size_t *k, struct lc_err *err)
{
    const struct lc_card *card = &f->model->card;
    struct lc_spec_attribute *entry = LC_NEW(scratch, card->k, struct lc_spec_attribute);
    enum lc_rc rc = entry ? LC_OK : lc_fail_memory(err, "the audit");

    for (size_t j = 0; !rc && j < card->k; j++) {
        const struct lc_attribute *a = &card->attribute[j].attribute;

        if (a->of)
            continue;
        entry[j] = (struct lc_spec_attribute){
            .column = a->column, .role = a->role, .cut = a->cut, .n_cuts = a->n_cuts};
        given[*k] = &entry[j];
        rc = lc_table_find(f->table, a->column, &column[(*k)++], err);
    }
    return rc;
}

/* Learnt on one half, the log-odds of belonging to the group on the other. */
static enum lc_rc score_half(const struct lc_fair *f, const struct half *from,
                             const struct half *to, struct lc_arena *scratch, double *score,
                             struct lc_err *err)
{
    const size_t most = f->model->card.k;
    const struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD};
    size_t *column = LC_NEW(scratch, most, size_t), k = 0;
    const struct lc_spec_attribute **given =
        LC_NEW(scratch, most, const struct lc_spec_attribute *);
    struct lc_scored *scored = LC_NEW(scratch, to->n, struct lc_scored);
    struct lc_column *codes;
    struct lc_card card;
    struct lc_fit fit;
    enum lc_rc rc;

    if (!column || !given || !scored)
        return lc_fail_memory(err, "the audit");
    rc = ask_for(f, scratch, column, given, &k, err);
    if (!rc)
        rc = lc_fit_leads(f->table, from->row, from->y, from->n, column, given, k, &options,
                          f->pool, scratch, &fit, err);
    if (!rc)
        rc = lc_fit_card(&fit, "logistic", scratch, &card, err);
    if (!rc)
        rc = lc_card_code(&card, f->table, column, to->row, to->n, scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(&card, codes, to->n, scored);
    for (size_t i = 0; i < to->n; i++)
        score[i] = scored[i].log_odds;
    return LC_OK;
}

/* Both halves one behind the other. */
static enum lc_rc join(const struct half half[2], const double *score, struct lc_arena *scratch,
                       struct lc_auc *auc, struct lc_err *err)
{
    const size_t n = half[0].n + half[1].n;
    uint8_t *y = LC_NEW(scratch, n, uint8_t);

    if (!y)
        return lc_fail_memory(err, "the audit");
    for (size_t i = 0; i < n; i++)
        y[i] = i < half[0].n ? half[0].y[i] : half[1].y[i - half[0].n];
    return lc_auc(score, y, n, scratch, auc, err);
}

bool lc_fair_in_model(const struct lc_fair *f)
{
    for (size_t j = 0; j < f->model->card.k; j++)
        if (strcmp(f->model->card.attribute[j].attribute.column, f->column) == 0 ||
            strcmp(lc_attribute_source(&f->model->card.attribute[j].attribute), f->column) == 0)
            return true;
    return false;
}

enum lc_rc lc_fair_proxy(const struct lc_fair *f, uint32_t v, struct lc_arena *scratch,
                         struct lc_auc *auc, struct lc_err *err)
{
    double *score = LC_NEW(scratch, f->cohort->n, double);
    struct half half[2];
    enum lc_rc rc = score ? LC_OK : lc_fail_memory(err, "the audit");

    *auc = (struct lc_auc){LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN};
    if (rc || lc_fair_in_model(f))
        return rc;
    rc = split(f, v, scratch, half, err);
    if (rc || !is_told(&half[0]) || !is_told(&half[1]))
        return rc;
    if (half[0].of_group + half[1].of_group < LC_FEW_LEADS)
        return LC_OK;
    rc = score_half(f, &half[1], &half[0], scratch, score, err);
    if (!rc)
        rc = score_half(f, &half[0], &half[1], scratch, score + half[0].n, err);
    return rc ? rc : join(half, score, scratch, auc, err);
}
