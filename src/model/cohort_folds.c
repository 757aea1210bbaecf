/* Tests one after the other, as they would have been lived: by quarter, by month, or mixed. */
#include <stdio.h>

#include "cohort_internal.h"
#include "leadcal/period.h"
#include "leadcal/random.h"

#define MIXED_FOLDS ((size_t)5)
#define MIXED_SEED  20260101 /* any number, the same for everybody */
#define LEAST_AUTO  2        /* folds; one alone is better drawn by lc_cohort_split */

static const char folds_text[] = "the folds";

void lc_split_keep_together(const struct lc_cohort *c, uint8_t *tested, uint32_t *train,
                            struct lc_split *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n_test; i++)
        tested[c->cluster[s->test[i]]] = 1;
    for (size_t i = 0; i < s->n_train; i++) {
        const uint32_t lead = train[i];

        if (tested[c->cluster[lead]]) {
            s->train_won -= c->y[lead];
            s->gap++;
        } else {
            train[n++] = lead;
        }
    }
    s->n_train = n;
}

/* What the folds are dealt by: the number of each lead's period, or of its fold. */
struct dealing {
    int32_t *of;             /* [n]; LC_NO_DAY: in none */
    enum lc_period kind;     /* LC_PERIOD_NONE: mixed */
    int32_t lowest, highest; /* numbers in use */
};

static enum lc_rc deal_periods(const struct lc_cohort *c, struct dealing *d, struct lc_err *err)
{
    if (!c->has_dates)
        return lc_fail(err, LC_EMISMATCH,
                       "a test by quarter or month needs the day that leads entered; name its "
                       "column with --entered, or leave out --rolling");
    d->lowest = INT32_MAX;
    d->highest = INT32_MIN;
    for (size_t i = 0; i < c->n; i++) {
        d->of[i] = c->day[i] == LC_NO_DAY ? LC_NO_DAY : lc_period_of(d->kind, c->day[i]);
        if (d->of[i] == LC_NO_DAY)
            continue;
        d->lowest = d->of[i] < d->lowest ? d->of[i] : d->lowest;
        d->highest = d->of[i] > d->highest ? d->of[i] : d->highest;
    }
    return LC_OK;
}

/* By lot; leads that belong together share one. */
static enum lc_rc deal_mixed(const struct lc_cohort *c, size_t folds, struct lc_arena *scratch,
                             struct dealing *d, struct lc_err *err)
{
    struct lc_random random = {MIXED_SEED};
    const size_t n = c->cluster ? c->n_clusters : c->n;
    int32_t *lot = LC_NEW(scratch, n + 1, int32_t);

    if (!lot)
        return lc_fail_memory(err, folds_text);
    for (size_t i = 0; i < n; i++)
        lot[i] = (int32_t)lc_random_below(&random, folds) + 1;
    for (size_t i = 0; i < c->n; i++)
        d->of[i] = lot[c->cluster ? c->cluster[i] : i];
    d->lowest = 1;
    d->highest = (int32_t)folds;
    return LC_OK;
}

/* Whether the label of a lead that is not in the test may be learnt from. */
static bool may_train(const struct lc_cohort *c, const struct dealing *d, size_t i,
                      int32_t first_test)
{
    const int32_t wait = c->window_days > 0 ? c->window_days : 0;

    if (d->kind == LC_PERIOD_NONE)
        return true;
    return d->of[i] != LC_NO_DAY && c->day[i] < first_test && c->day[i] + wait <= first_test;
}

static enum lc_rc split_at(const struct lc_cohort *c, const struct dealing *d, int32_t number,
                           struct lc_arena *arena, struct lc_split *to, struct lc_err *err)
{
    uint32_t *train = LC_NEW(arena, c->n + 1, uint32_t);
    uint32_t *test = LC_NEW(arena, c->n + 1, uint32_t);
    uint8_t *tested = c->cluster ? LC_NEW(arena, c->n_clusters + 1, uint8_t) : NULL;
    struct lc_split s = {
        .cut = LC_NO_DAY, .first_test = LC_NO_DAY, .window_days = c->window_days};
    char name[LC_PERIOD_TEXT];

    s.by_time = d->kind != LC_PERIOD_NONE;
    if (s.by_time) {
        lc_period_text(d->kind, number, name);
        s.cut = lc_period_last(d->kind, number - 1);
        s.first_test = s.cut + 1;
    } else {
        (void)snprintf(name, sizeof name, "%d", (int)number);
    }
    s.fold = lc_arena_text(arena, lc_slice_of(name));
    if (!train || !test || !s.fold || (c->cluster && !tested))
        return lc_fail_memory(err, folds_text);
    for (size_t i = 0; i < c->n; i++)
        if (d->of[i] == number) {
            s.test_won += c->y[i];
            test[s.n_test++] = (uint32_t)i;
        } else if (may_train(c, d, i, s.first_test)) {
            s.train_won += c->y[i];
            train[s.n_train++] = (uint32_t)i;
        } else {
            s.gap++;
        }
    s.train = train;
    s.test = test;
    if (c->cluster)
        lc_split_keep_together(c, tested, train, &s);
    *to = s;
    return lc_split_label(c, arena, to, err);
}

static bool is_enough(const struct lc_split *s, const struct lc_fold_rule *rule)
{
    return s->train_won >= rule->least_train_won && s->train_won < s->n_train &&
           s->test_won >= LC_LEAST_FOLD_WON && s->test_won < s->n_test;
}

/* The latest numbers that are enough, and then the other way round: the oldest first. */
static enum lc_rc take_latest(const struct lc_cohort *c, const struct dealing *d,
                              const struct lc_fold_rule *rule, size_t most,
                              struct lc_arena *arena, struct lc_folds *to, struct lc_err *err)
{
    struct lc_split *of = LC_NEW(arena, most + 1, struct lc_split);
    size_t n = 0;

    if (!of)
        return lc_fail_memory(err, folds_text);
    for (int32_t number = d->highest; number >= d->lowest && n < most; number--) {
        const enum lc_rc rc = split_at(c, d, number, arena, &of[n], err);

        if (rc)
            return rc;
        if (is_enough(&of[n], rule))
            n++;
        else if (of[n].train_won < rule->least_train_won && d->kind != LC_PERIOD_NONE)
            break; /* earlier ones have still less to learn from */
    }
    for (size_t k = 0; k < n; k++) {
        const enum lc_rc rc = lc_split_as_lived(c, rule->least_train_won, arena, &of[k], err);

        if (rc)
            return rc;
    }
    for (size_t k = 0; k < n / 2; k++) {
        const struct lc_split swap = of[k];

        of[k] = of[n - 1 - k];
        of[n - 1 - k] = swap;
    }
    *to = (struct lc_folds){of, n};
    return LC_OK;
}

static size_t won_in_tests(const struct lc_folds *f)
{
    size_t won = 0;

    for (size_t k = 0; k < f->n; k++)
        won += f->of[k].test_won;
    return won;
}

static enum lc_rc take_one(const struct lc_cohort *c, size_t least_train_won,
                           struct lc_arena *arena, struct lc_folds *to, struct lc_err *err)
{
    struct lc_split *one = LC_NEW(arena, 1, struct lc_split);
    enum lc_rc rc;

    if (!one)
        return lc_fail_memory(err, folds_text);
    rc = lc_cohort_split(c, arena, one, err);
    if (!rc)
        rc = lc_split_as_lived(c, least_train_won, arena, one, err);
    if (!rc)
        *to = (struct lc_folds){one, 1};
    return rc;
}

enum lc_rc lc_cohort_folds(const struct lc_cohort *c, const struct lc_fold_rule *rule,
                           struct lc_arena *arena, struct lc_folds *out, struct lc_err *err)
{
    const bool mixed = rule->by == LC_ROLLING_MIXED, can = rule->by == LC_ROLLING_AUTO;
    const size_t most = mixed ? MIXED_FOLDS : rule->most ? rule->most : LC_FOLDS_USUAL;
    struct dealing d = {.kind = mixed                          ? LC_PERIOD_NONE
                                : rule->by == LC_ROLLING_MONTH ? LC_PERIOD_MONTH
                                                               : LC_PERIOD_QUARTER};
    struct lc_folds folds = {NULL, 0};
    enum lc_rc rc;

    if (rule->by == LC_ROLLING_NO || (can && !c->has_dates))
        return take_one(c, rule->least_train_won, arena, out, err);
    d.of = LC_NEW(arena, c->n + 1, int32_t);
    if (!d.of)
        return lc_fail_memory(err, folds_text);
    rc = mixed ? deal_mixed(c, most, arena, &d, err) : deal_periods(c, &d, err);
    if (!rc)
        rc = take_latest(c, &d, rule, most, arena, &folds, err);
    if (rc)
        return rc;
    if (can && (folds.n < LEAST_AUTO || won_in_tests(&folds) < rule->least_test_won))
        return take_one(c, rule->least_train_won, arena, out, err);
    *out = folds;
    return LC_OK;
}
