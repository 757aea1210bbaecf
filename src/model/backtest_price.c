/* What a card of whole points costs against its continuous weights, on leads that are later. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "fit_integer_internal.h"
#include "leadcal/num.h"

static const char price_text[] = "the price of whole points";

/* Leads that the two give another grade; NaN where one is cut by the outcome and the other is not. */
static double regraded(const struct lc_entrant *const e[2])
{
    double moved = 0;

    if (e[0]->grades.method != e[1]->grades.method)
        return LC_NAN;
    for (size_t i = 0; i < e[0]->n; i++)
        moved += e[0]->letter[i] != e[1]->letter[i] || e[0]->digit[i] != e[1]->digit[i];
    return moved;
}

/* The difference of the two AUCs, each the mean of its folds. */
static enum lc_rc compare_auc(const struct lc_race *r, const struct lc_entrant *const e[2],
                              struct lc_price *price, struct lc_err *err)
{
    double *influence[2], variance = LC_NAN;
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < 2 && !rc; c++) {
        influence[c] = LC_NEW(r->scratch, price->n + 1, double);
        if (!influence[c])
            return lc_fail_memory(err, price_text);
        rc = lc_race_influences(r, e[c], e[c]->order, &price->clusters, influence[c],
                                &price->auc[c], err);
    }
    if (rc)
        return rc;
    for (size_t i = 0; i < price->n; i++)
        influence[1][i] -= influence[0][i];
    rc = lc_clustered_variance(influence[1], price->n, &price->clusters, r->scratch, &variance,
                               err);
    price->auc_se = sqrt(variance);
    return rc;
}

/* The rows of one fold, or of all; none where no card runs. */
static enum lc_rc price_fold(const struct lc_race *r, struct lc_frame *frame,
                             struct lc_err *err)
{
    const size_t logistic = lc_race_find(r, "logistic"), integer = lc_race_find(r, "integer");
    const struct lc_entrant *const e[2] = {&r->entrant[logistic], &r->entrant[integer]};
    struct lc_price price = {.fold = r->fold};
    enum lc_rc rc;

    if (integer == r->n)
        return LC_OK;
    price.y = e[0]->y;
    price.n = e[0]->n;
    price.p[0] = e[0]->p;
    price.p[1] = e[1]->p;
    price.regraded = regraded(e);
    rc = lc_belonging(r->cohort, e[0]->lead, price.n, r->scratch, &price.clusters, err);
    if (!rc)
        rc = compare_auc(r, e, &price, err);
    return rc ? rc : lc_price_rows(&price, r->scratch, frame, err);
}

/* ---- by itself ---- */

/* The two alone, and who says nothing, as a race has it. */
static enum lc_rc run_two(struct lc_race *r, struct lc_err *err)
{
    const struct lc_card none = lc_race_none(r, "none");
    struct lc_card all;
    struct lc_fit fit;
    enum lc_rc rc = lc_race_fit(r, "logistic", r->column, r->given, r->k, &fit, &all, err);

    r->grades = r->options->grades;
    r->current = LC_MOST_ENTRANTS;
    if (!rc)
        rc = lc_race_enter_fitted(r, &all, &fit, r->column, err);
    if (!rc)
        rc = lc_race_integer(r, &fit, err);
    return rc ? rc : lc_race_enter(r, &none, NULL, false, 1, err);
}

static double cell(const struct lc_frame *f, size_t row, const char *column)
{
    return f->value[row * f->k + lc_frame_column(f, column)].number;
}

/* Of the three rows of all test leads, which begin at `first`. */
static enum lc_rc note_price(const struct lc_race *all, size_t first, struct lc_frame *rows,
                             struct lc_err *err)
{
    const double loss = cell(rows, first, "continuous");
    const char *parts =
        all->parts > 1 ? lc_arena_format(all->arena, " in %zu folds", all->parts) : "";
    const char *grades = "";

    if (!isnan(cell(rows, first + 2, "integer")))
        grades = lc_arena_format(all->arena, ", and %.1f %% of the leads have another grade",
                                 100 * cell(rows, first + 2, "integer"));
    if (!parts || !grades)
        return lc_fail_memory(err, price_text);
    return lc_frame_note(
        rows, err,
        "The price of whole points on %zu %s%s (%zu wins), with weights, attributes and points learnt "
        "from the leads before them: log loss %+.2f %% (%+.2f to %+.2f), AUC %+.4f (%+.4f to "
        "%+.4f)%s.",
        all->split.n_test, all->split.by_time ? "later leads" : "leads further down the file",
        parts, all->split.test_won, 100 * cell(rows, first, "difference") / loss,
        100 * cell(rows, first, "low") / loss, 100 * cell(rows, first, "high") / loss,
        cell(rows, first + 1, "difference"), cell(rows, first + 1, "low"),
        cell(rows, first + 1, "high"), grades);
}

enum lc_rc lc_race_price(const struct lc_race *all, struct lc_frame *frame, struct lc_err *err)
{
    const size_t first = frame->n;
    enum lc_rc rc = price_fold(all, frame, err);

    for (size_t k = 0; all->parts > 1 && k < all->parts && !rc; k++)
        rc = price_fold(&all->part[k], frame, err);
    return rc || frame->n == first ? rc : note_price(all, first, frame, err);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract in backtest.h */
enum lc_rc lc_backtest_price(const struct lc_table *table, const struct lc_cohort *cohort,
                             const size_t *column, const struct lc_spec_attribute *const *given,
                             size_t k, const struct lc_backtest_options *options,
                             struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_frame *price, struct lc_err *err)
{
    struct lc_arena scratch;
    const struct lc_race race = {.table = table,
                                 .cohort = cohort,
                                 .column = column,
                                 .given = given,
                                 .k = k,
                                 .options = options,
                                 .pool = pool,
                                 .arena = arena,
                                 .scratch = &scratch};
    struct lc_race *all = NULL;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_race_folds(&race, run_two, &all, err);
    if (!rc)
        rc = lc_race_price(all, price, err);
    lc_arena_release(&scratch);
    return rc;
}
