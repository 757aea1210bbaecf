/* How much better the logistic model looks on the leads it was learnt from than it is. */
#include <math.h>

#include "backtest_internal.h"
#include "leadcal/num.h"
#include "leadcal/optimism.h"

#define SEED 20260103 /* of the bootstrap: any number, the same for everybody */

/* Levels, bins and weights are all learnt again from the drawn leads. */
static enum lc_rc refit(void *context, const uint32_t *row, size_t n, double *log_odds,
                        struct lc_err *err)
{
    const struct lc_race *whole = context;
    struct lc_arena scratch;
    struct lc_race r = *whole;
    struct lc_column *codes = NULL;
    struct lc_scored *scored;
    struct lc_card card;
    uint32_t *drawn;
    uint8_t *y;
    struct lc_fit fit;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, whole->scratch->limit - whole->scratch->used);
    r.scratch = &scratch;
    drawn = LC_NEW(&scratch, n + 1, uint32_t);
    y = LC_NEW(&scratch, n + 1, uint8_t);
    scored = LC_NEW(&scratch, n + 1, struct lc_scored);
    if (!drawn || !y || !scored)
        rc = lc_fail_memory(err, "the optimism");
    for (size_t i = 0; i < n && !rc; i++) {
        drawn[i] = whole->train_row[row[i]];
        y[i] = whole->train_y[row[i]];
    }
    r.train_row = drawn;
    r.train_y = y;
    if (!rc)
        rc = lc_race_fit(&r, "logistic", r.column, r.given, r.k, &fit, &card, err);
    if (!rc)
        rc =
            lc_card_code(&card, r.table, r.column, whole->train_row, n, r.scratch, &codes, err);
    if (!rc) {
        lc_card_score_rows(&card, codes, n, scored);
        for (size_t i = 0; i < n; i++)
            log_odds[i] = scored[i].log_odds;
    }
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_race_optimism(const struct lc_race *r, struct lc_optimism *out,
                            struct lc_err *err)
{
    struct lc_race last = r->part[r->parts - 1];
    const struct lc_refit model = {refit, &last};

    return lc_optimism(last.train_y, last.split.n_train, &model, r->options->optimism, SEED,
                       r->scratch, out, err);
}
