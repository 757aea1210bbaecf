/* Several folds as one race: each test lead as its own fold has scored it. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/engagement.h"
#include "leadcal/num.h"

#define DAYS 7 /* a week */

static const char pool_text[] = "the folds";

/* ---- one fold ---- */

static enum lc_rc find_rows(const struct lc_race *r, const uint32_t *place, size_t n,
                            uint32_t **row, struct lc_err *err)
{
    *row = LC_NEW(r->scratch, n + 1, uint32_t);
    if (!*row)
        return lc_fail_memory(err, "the backtest's leads");
    for (size_t i = 0; i < n; i++)
        (*row)[i] = r->cohort->row[place[i]];
    return LC_OK;
}

/* Periods of equal length, a week each as nearly as the test window allows. */
static void count_weeks(struct lc_race *r)
{
    const struct lc_split *s = &r->split;
    int32_t first = INT32_MAX, last = INT32_MIN;
    double days;

    r->periods = 1;
    r->weeks = LC_NAN;
    if (!s->by_time || s->n_test == 0)
        return;
    for (size_t i = 0; i < s->n_test; i++) {
        const int32_t day = r->cohort->day[s->test[i]];

        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    days = (double)last - first + 1;
    r->weeks = days / DAYS;
    r->periods = (size_t)fmax(lc_round_away(days / DAYS), 1);
    for (size_t i = 0; i < s->n_test; i++)
        r->week[i] =
            (uint32_t)floor((r->cohort->day[s->test[i]] - first) * (double)r->periods / days);
}

/* Half-lives by the training leads alone: the table that the fold looks at is its own then. */
static enum lc_rc learn_half_lives(struct lc_race *r, struct lc_err *err)
{
    struct lc_table *own = LC_NEW(r->scratch, 1, struct lc_table);
    const char *said = NULL;
    enum lc_rc rc;

    if (!r->options->spec)
        return LC_OK;
    if (!own)
        return lc_fail_memory(err, "the backtest");
    rc = lc_engagement_learn(r->table, r->options->spec, r->train_row, r->train_y,
                             r->split.n_train, r->pool, r->scratch, own, &said, err);
    if (rc || !said)
        return rc;
    r->table = own;
    r->half_lives = lc_arena_text(r->arena, lc_slice_of(said));
    return r->half_lives ? LC_OK : lc_fail_memory(err, "the backtest");
}

enum lc_rc lc_race_open(struct lc_race *r, struct lc_err *err)
{
    enum lc_rc rc = find_rows(r, r->split.train, r->split.n_train, &r->train_row, err);

    if (!rc)
        rc = find_rows(r, r->split.test, r->split.n_test, &r->test_row, err);
    if (rc)
        return rc;
    r->train_y = r->split.train_y;
    r->test_y = LC_NEW(r->scratch, r->split.n_test + 1, uint8_t);
    r->week = LC_NEW(r->scratch, r->split.n_test + 1, uint32_t);
    r->captures = LC_NEW(r->scratch, 1, struct lc_race_captures);
    if (!r->test_y || !r->week || !r->captures)
        return lc_fail_memory(err, "the weeks of the test");
    for (size_t i = 0; i < r->split.n_test; i++)
        r->test_y[i] = r->cohort->y[r->split.test[i]];
    count_weeks(r);
    r->fold = r->split.fold;
    return learn_half_lives(r, err);
}

void lc_race_places(const struct lc_entrant *e, const uint32_t *among, size_t *at)
{
    size_t place = 0;

    for (size_t i = 0; i < e->n; i++) {
        while (among[place] != e->lead[i])
            place++;
        at[i] = place;
    }
}

/* ---- all folds ---- */

/* Appends a fold's array to that of all. */
static void join(void *to, size_t at, const void *from, size_t n, size_t size)
{
    if (n)
        memcpy((char *)to + at * size, from, n * size);
}

static enum lc_rc pool_leads(const struct lc_race *fold, size_t n, struct lc_race *all,
                             struct lc_err *err)
{
    uint32_t *test;
    size_t leads = 0, at = 0;

    for (size_t k = 0; k < n; k++)
        leads += fold[k].split.n_test;
    test = LC_NEW(all->arena, leads + 1, uint32_t);
    all->test_y = LC_NEW(all->scratch, leads + 1, uint8_t);
    all->week = LC_NEW(all->scratch, leads + 1, uint32_t);
    if (!test || !all->test_y || !all->week)
        return lc_fail_memory(err, pool_text);
    all->periods = 0;
    all->weeks = 0;
    all->split.test_won = 0;
    for (size_t k = 0; k < n; k++) {
        const struct lc_race *f = &fold[k];
        const size_t more = f->split.n_test;

        join(test, at, f->split.test, more, sizeof *test);
        join(all->test_y, at, f->test_y, more, sizeof *all->test_y);
        for (size_t i = 0; i < more; i++)
            all->week[at + i] = (uint32_t)all->periods + f->week[i];
        all->periods += f->periods;
        all->weeks += f->weeks;
        all->split.test_won += f->split.test_won;
        at += more;
    }
    all->split.test = test;
    all->split.n_test = leads;
    all->split.cut = fold[0].split.cut;
    all->split.first_test = fold[0].split.first_test;
    return LC_OK;
}

/* What the fits of worked leads foretell; nothing unless every fold has such a fit. */
static enum lc_rc pool_if_worked(const struct lc_race *fold, size_t n, struct lc_race *all,
                                 struct lc_err *err)
{
    double *p;
    size_t at = 0;

    all->if_worked = NULL;
    for (size_t k = 0; k < n; k++)
        if (!fold[k].if_worked)
            return LC_OK;
    p = LC_NEW(all->scratch, all->split.n_test + 1, double);
    if (!p)
        return lc_fail_memory(err, pool_text);
    for (size_t k = 0; k < n; k++) {
        join(p, at, fold[k].if_worked, fold[k].split.n_test, sizeof *p);
        at += fold[k].split.n_test;
    }
    all->if_worked = p;
    return LC_OK;
}

static enum lc_rc open_entrant(const struct lc_race *all, struct lc_entrant *to,
                               struct lc_err *err)
{
    struct lc_arena *a = all->scratch;

    to->scored = LC_NEW(a, to->n + 1, struct lc_scored);
    to->letter = LC_NEW(a, to->n + 1, uint8_t);
    to->digit = LC_NEW(a, to->n + 1, uint8_t);
    to->order = LC_NEW(a, to->n + 1, double);
    to->p = LC_NEW(a, to->n + 1, double);
    to->unseen = LC_NEW(a, to->card.k + 1, size_t);
    return to->scored && to->letter && to->digit && to->order && to->p && to->unseen
               ? LC_OK
               : lc_fail_memory(err, pool_text);
}

/* A grade is one that some fold's training leads had. */
static void join_grades(struct lc_grade_cuts *to, const struct lc_grade_cuts *from)
{
    to->used |= from->used;
    for (size_t c = 0; c < LC_GRADES; c++)
        to->share[c] = fmax(to->share[c], from->share[c]);
}

static void join_entrant(struct lc_entrant *to, uint32_t *lead, uint8_t *y,
                         const struct lc_entrant *from)
{
    const size_t at = to->n, n = from->n;

    join(lead, at, from->lead, n, sizeof *lead);
    join(y, at, from->y, n, sizeof *y);
    join(to->scored, at, from->scored, n, sizeof *to->scored);
    join(to->letter, at, from->letter, n, sizeof *to->letter);
    join(to->digit, at, from->digit, n, sizeof *to->digit);
    join(to->order, at, from->order, n, sizeof *to->order);
    join(to->p, at, from->p, n, sizeof *to->p);
    for (size_t j = 0; from->unseen && j < to->card.k && j < from->card.k; j++)
        to->unseen[j] += from->unseen[j];
    join_grades(&to->grades.letter, &from->grades.letter);
    join_grades(&to->grades.digit, &from->grades.digit);
    to->n += n;
    to->n_won += from->n_won;
}

/* The entrant of that name over the folds in which it runs; card and cuts are those of the last. */
static enum lc_rc pool_entrant(const struct lc_race *fold, size_t n, const char *name,
                               const struct lc_race *all, struct lc_entrant *to,
                               struct lc_err *err)
{
    uint32_t *lead;
    uint8_t *y;
    enum lc_rc rc;
    size_t leads = 0;

    for (size_t k = 0; k < n; k++) {
        const size_t m = lc_race_find(&fold[k], name);

        if (m == fold[k].n)
            continue;
        leads += fold[k].entrant[m].n;
        *to = fold[k].entrant[m];
    }
    to->n = leads;
    rc = open_entrant(all, to, err);
    lead = LC_NEW(all->scratch, leads + 1, uint32_t);
    y = LC_NEW(all->scratch, leads + 1, uint8_t);
    if (rc)
        return rc;
    if (!lead || !y)
        return lc_fail_memory(err, pool_text);
    to->lead = lead;
    to->y = y;
    to->n = to->n_won = 0;
    for (size_t k = 0; k < n; k++) {
        const size_t m = lc_race_find(&fold[k], name);

        if (m < fold[k].n)
            join_entrant(to, lead, y, &fold[k].entrant[m]);
    }
    return LC_OK;
}

/* The fold that the most models run in: its names, in its order, are those of all. */
static const struct lc_race *fullest(const struct lc_race *fold, size_t n)
{
    const struct lc_race *most = &fold[n - 1];

    for (size_t k = n - 1; k-- > 0;)
        if (fold[k].n > most->n)
            most = &fold[k];
    return most;
}

/* The score in use may be judged in a few folds by too few wins. */
static enum lc_rc excuse_current(struct lc_race *all, const struct lc_entrant *e,
                                 struct lc_err *err)
{
    all->no_current = lc_arena_format(
        all->arena,
        "the current model has learnt from most of these leads: %zu of the %zu test leads came "
        "later, with %zu wins, and %zu are needed to judge it",
        e->n, all->split.n_test, e->n_won, all->options->least_test_won);
    all->unscored = 0;
    return all->no_current ? LC_OK : lc_fail_memory(err, pool_text);
}

static enum lc_rc pool_entrants(const struct lc_race *fold, size_t n, struct lc_race *all,
                                struct lc_err *err)
{
    const struct lc_race *names = fullest(fold, n);
    enum lc_rc rc = LC_OK;

    all->n = 0;
    all->current = LC_MOST_ENTRANTS;
    for (size_t m = 0; m < names->n && !rc; m++) {
        struct lc_entrant *e = &all->entrant[all->n];

        rc = pool_entrant(fold, n, names->entrant[m].name, all, e, err);
        if (rc || m != names->current) {
            all->n++;
        } else if (e->n_won < all->options->least_test_won) {
            rc = excuse_current(all, e, err);
        } else {
            all->no_current = NULL;
            all->current = all->n++;
        }
    }
    if (!rc)
        all->challenger = lc_race_find(all, all->options->challenger);
    return rc;
}

enum lc_rc lc_race_pool(const struct lc_race *fold, size_t n, struct lc_race *all,
                        struct lc_err *err)
{
    enum lc_rc rc;

    *all = fold[n - 1];
    all->fold = LC_ALL_FOLDS;
    all->part = fold;
    all->parts = n;
    all->unscored = 0;
    for (size_t k = 0; k < n; k++)
        all->unscored += fold[k].unscored;
    all->captures = LC_NEW(all->scratch, 1, struct lc_race_captures);
    if (!all->captures)
        return lc_fail_memory(err, "the folds together");
    rc = pool_leads(fold, n, all, err);
    if (!rc)
        rc = pool_if_worked(fold, n, all, err);
    return rc ? rc : pool_entrants(fold, n, all, err);
}
