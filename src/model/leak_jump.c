/* Step 5, second half: what a strong column adds to all others, through the same fit as the model. */
#include <string.h>

#include "leadcal/fit.h"
#include "leadcal/num.h"
#include "leak_internal.h"

#define JUMP         0.05 /* lower limit of what an attribute adds to the AUC of the others */
#define LEAST_OTHERS 3    /* with fewer others a good attribute adds much */
#define MANY_LEADS \
    20000 /* from which two folds do: half of them teach as well as four fifths */

/* The leads in two parts, and the log-odds of those that were left out of each fit. */
struct jump {
    const struct lc_leak_scene *s;
    struct lc_parallel *pool;
    size_t folds;
    uint32_t *train, *test, *at; /* rows; places in the cohort of the test leads */
    uint8_t *y;                  /* of the training leads */
    size_t n_train, n_test;
};

static bool make_room(struct jump *j, struct lc_arena *arena)
{
    const size_t n = j->s->cohort->n + 1;

    j->train = LC_NEW(arena, n, uint32_t);
    j->test = LC_NEW(arena, n, uint32_t);
    j->at = LC_NEW(arena, n, uint32_t);
    j->y = LC_NEW(arena, n, uint8_t);
    return j->train && j->test && j->at && j->y;
}

/* Dealt by decision day, so that the order of rows does not matter; by place where there is none. */
static void deal(struct jump *j, size_t fold)
{
    const struct lc_cohort *c = j->s->cohort;

    j->n_train = j->n_test = 0;
    for (size_t i = 0; i < c->n; i++) {
        const size_t key = j->s->day && j->s->day[i] != LC_NO_CODE ? j->s->day[i] : i;

        if (key % j->folds == fold) {
            j->at[j->n_test] = (uint32_t)i;
            j->test[j->n_test++] = c->row[i];
        } else {
            j->y[j->n_train] = c->y[i];
            j->train[j->n_train++] = c->row[i];
        }
    }
}

/* Scores the test leads by a card that was learnt on the training leads. */
static enum lc_rc score(const struct jump *j, const size_t *column, size_t k,
                        struct lc_arena *scratch, double *to, struct lc_err *err)
{
    const struct lc_fit_options options = {.prior_sd = LC_PRIOR_SD};
    const struct lc_spec_attribute **given =
        LC_NEW(scratch, k + 1, const struct lc_spec_attribute *);
    struct lc_scored *scored = LC_NEW(scratch, j->n_test + 1, struct lc_scored);
    struct lc_column *codes;
    struct lc_card card;
    struct lc_fit fit;
    enum lc_rc rc;

    if (!given || !scored)
        return lc_fail_memory(err, "the leak audit");
    for (size_t a = 0; a < k; a++)
        given[a] = lc_spec_attribute_of(j->s->spec, j->s->table->column[column[a]].codes.name);
    rc = lc_fit_leads(j->s->table, j->train, j->y, j->n_train, column, given, k, &options,
                      j->pool, scratch, &fit, err);
    if (!rc)
        rc = lc_fit_card(&fit, "logistic", scratch, &card, err);
    if (!rc)
        rc = lc_card_code(&card, j->s->table, column, j->test, j->n_test, scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(&card, codes, j->n_test, scored);
    for (size_t i = 0; i < j->n_test; i++)
        to[j->at[i]] = scored[i].log_odds;
    return LC_OK;
}

/* The log-odds of every lead by fits that it had no part in. LC_EDEGENERATE where a fold has one
 * class: nothing can be said. */
static enum lc_rc score_all(struct jump *j, const size_t *column, size_t k,
                            const struct lc_arena *arena, double *to, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t f = 0; f < j->folds && !rc; f++) {
        struct lc_arena scratch;

        lc_arena_init(&scratch, arena->limit - arena->used);
        deal(j, f);
        rc = score(j, column, k, &scratch, to, err);
        lc_arena_release(&scratch);
    }
    return rc;
}

static enum lc_rc judge(const struct jump *j, size_t column, const double *with,
                        const double *without, struct lc_arena *scratch, struct lc_findings *to,
                        struct lc_err *err)
{
    const struct lc_cohort *c = j->s->cohort;
    struct lc_auc_pair pair = {.low = LC_NAN};
    struct lc_auc auc;
    struct lc_finding f = {.column = column,
                           .severity = LC_SEVERITY_SUSPECT,
                           .step = LC_STEP_AUC,
                           .reason =
                               "It tells more than one attribute can be expected to add to "
                               "all others",
                           .threshold = JUMP};
    enum lc_rc rc = lc_auc(without, c->y, c->n, scratch, &auc, err);

    if (!rc)
        rc = lc_auc_compare(with, without, c->y, c->n, scratch, &pair, err);
    if (rc || !(pair.low > JUMP))
        return rc;
    f.value = pair.low;
    return lc_findings_add(to, &f, err, "AUC %.2f by the other attributes, %.2f with it, too",
                           auc.auc, auc.auc + pair.difference);
}

static bool has_no_answer(enum lc_rc rc)
{
    return rc == LC_EDEGENERATE || rc == LC_ENOCONV;
}

/* All candidates, each behind the k others in `column`; without them the others score once. */
static enum lc_rc look(struct jump *j, const uint8_t *candidate, size_t *column, size_t k,
                       struct lc_arena *scratch, struct lc_findings *to, struct lc_err *err)
{
    double *with = LC_NEW(scratch, j->s->cohort->n + 1, double);
    double *without = LC_NEW(scratch, j->s->cohort->n + 1, double);
    enum lc_rc rc;

    if (!with || !without)
        return lc_fail_memory(err, "the leak audit");
    rc = score_all(j, column, k, scratch, without, err);
    for (size_t c = 0; c < j->s->table->k && !rc; c++) {
        if (!candidate[c])
            continue;
        column[k] = c;
        rc = score_all(j, column, k + 1, scratch, with, err);
        if (!rc)
            rc = judge(j, c, with, without, scratch, to, err);
        else if (has_no_answer(rc))
            rc = LC_OK; /* nothing can be said of this one */
    }
    return has_no_answer(rc) ? LC_OK : rc;
}

enum lc_rc lc_leak_jump(const struct lc_leak_scene *scene, const uint8_t *candidate,
                        const uint8_t *other, struct lc_parallel *pool, struct lc_findings *to,
                        struct lc_err *err)
{
    const size_t all = scene->table->k;
    struct jump j = {
        .s = scene, .pool = pool, .folds = scene->cohort->n < MANY_LEADS ? LC_LEAK_FOLDS : 2};
    struct lc_arena scratch;
    size_t *column, k = 0, candidates = 0;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, to->arena->limit - to->arena->used);
    column = LC_NEW(&scratch, all + 1, size_t);
    for (size_t c = 0; c < all && column; c++) {
        if (other[c])
            column[k++] = c;
        candidates += candidate[c];
    }
    if (!column || !make_room(&j, &scratch))
        rc = lc_fail_memory(err, "the leak audit");
    else if (candidates && k >= LEAST_OTHERS)
        rc = look(&j, candidate, column, k, &scratch, to, err);
    lc_arena_release(&scratch);
    return rc;
}
