/* The leads of a split that a fit by the lag learns from, as they stood on the first test day. */
#include "cohort_internal.h"
#include "maturity_internal.h"

static const char lagged_text[] = "the leads that were there before a test";

/* Of the leads followed by that day those that the split knows. Both are in the order of the table. */
static enum lc_rc keep_known(const struct lc_followed *all, const struct lc_cohort *c,
                             const uint8_t *known, struct lc_arena *arena,
                             struct lc_followed *kept, struct lc_err *err)
{
    uint32_t *row = LC_NEW(arena, all->n, uint32_t);
    double *age = LC_NEW(arena, all->n, double), *time = LC_NEW(arena, all->n, double);
    uint8_t *end = LC_NEW(arena, all->n, uint8_t), *won = LC_NEW(arena, all->n, uint8_t);
    struct lc_followed f = {.as_of = all->as_of, .account = all->account};
    size_t at = 0;

    if (!row || !age || !time || !end || !won)
        return lc_fail_memory(err, lagged_text);
    for (size_t i = 0; i < all->n; i++) {
        while (at < c->n && c->row[at] < all->row[i])
            at++;
        if (at == c->n || c->row[at] != all->row[i] || !known[at])
            continue;
        row[f.n] = all->row[i];
        age[f.n] = all->age[i];
        time[f.n] = all->time[i];
        end[f.n] = all->end[i];
        won[f.n] = all->won[i];
        f.n_won += won[f.n];
        f.n_lost += end[f.n++] == LC_END_LOST;
    }
    f.row = row;
    f.age = age;
    f.time = time;
    f.end = end;
    f.won = won;
    *kept = f;
    return LC_OK;
}

/* The followed leads, and with them those of the training that nobody can follow: won without a day. */
static enum lc_rc gather(const struct lc_followed *f, const struct lc_cohort *c,
                         const struct lc_split *s, struct lc_arena *arena,
                         struct lc_lagged *out, struct lc_err *err)
{
    const size_t room = f->n + s->n_train + 1;
    uint32_t *row = LC_NEW(arena, room, uint32_t);
    uint8_t *y = LC_NEW(arena, room, uint8_t), *mature = LC_NEW(arena, room, uint8_t);
    int32_t *day = LC_NEW(arena, room, int32_t);
    size_t at = 0, in_train = 0;

    if (!row || !y || !mature || !day)
        return lc_fail_memory(err, lagged_text);
    for (size_t i = 0; i < c->n; i++) {
        const size_t n = out->n;
        const bool followed = at < f->n && f->row[at] == c->row[i];
        const bool trains = in_train < s->n_train && s->train[in_train] == i;

        if (followed || trains) {
            row[n] = c->row[i];
            day[n] = c->day[i];
            y[n] = followed ? f->won[at] : s->train_y[in_train];
            mature[n] = c->day[i] + s->window_days <= s->first_test;
            out->n_won += y[n];
            out->n_young += !y[n] && !mature[n];
            out->n++;
        }
        at += followed;
        in_train += trains;
    }
    out->row = row;
    out->y = y;
    out->day = day;
    out->mature = mature;
    return LC_OK;
}

static enum lc_rc learn_lags(const struct lc_table *table, const struct lc_followed *f,
                             const struct lc_lag_columns *columns, struct lc_arena *arena,
                             struct lc_lags *lags, struct lc_err *err)
{
    const struct lc_spec_attribute **none =
        LC_NEW(arena, columns->n + 1, const struct lc_spec_attribute *);
    struct lc_lag_columns compared = *columns;

    if (!none)
        return lc_fail_memory(err, lagged_text);
    compared.given = columns->given ? columns->given : none;
    return lc_lags_learn(table, f, &compared, NULL, arena, lags, err);
}

enum lc_rc lc_lagged_learn(const struct lc_table *table, const struct lc_cohort *cohort,
                           const struct lc_split *split, const struct lc_lag_columns *columns,
                           struct lc_arena *arena, struct lc_lagged *out, struct lc_err *err)
{
    struct lc_lagged l = {.n = 0};
    struct lc_followed then, f;
    const uint8_t *known;
    enum lc_rc rc;

    if (cohort->has_dates && !split->by_time)
        return lc_fail(
            err, LC_EMISMATCH,
            "tests in no order of time have no first day, so nobody can say how old a "
            "lead was on it; test in the order of time, or leave out --maturity lag");
    rc = lc_followed_on(cohort, split->first_test, arena, &then, err);
    if (!rc)
        rc = lc_split_known(cohort, split, arena, &known, err);
    if (!rc)
        rc = keep_known(&then, cohort, known, arena, &f, err);
    if (!rc)
        rc = learn_lags(table, &f, columns, arena, &l.lags, err);
    if (!rc && l.lags.told)
        rc = gather(&f, cohort, split, arena, &l, err);
    if (!rc && l.lags.told)
        rc = lc_lags_seen(&f, &l.lags, l.row, l.y, l.n, arena, &l.seen, err);
    if (!rc)
        *out = l;
    return rc;
}

const char *lc_lagged_words(const struct lc_lagged *l, int32_t day, struct lc_arena *arena)
{
    const char *law = l->lags.told ? lc_lags_words(&l->lags, arena) : l->lags.why;
    char text[LC_DAY_TEXT];

    lc_day_text(day, text);
    if (!law)
        return NULL;
    if (!l->lags.told)
        return lc_arena_format(
            arena,
            "how many leads are won in the end could not be told on %s: %s; so it has learnt from "
            "leads won within the window",
            text, law);
    return lc_arena_format(
        arena,
        "has learnt who is won in the end from the %zu leads that were there on %s, %zu of them "
        "too young for the window, by the share of the lag that each had behind it (%s)",
        l->n, text, l->n_young, law);
}
