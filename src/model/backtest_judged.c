/* The leads that the score in use may be judged by: those that it has not learnt from. */
#include "backtest_internal.h"
#include "leadcal/prior.h"

/* A model that somebody typed, and a column, have learnt from no lead of ours. */
static bool has_learnt(const struct lc_model *m)
{
    return m && (m->boundary.leads > 0 || m->boundary.last_decision != LC_NO_DAY);
}

/* The last decision day whose leads the model may have learnt from, or that had matured in its data;
 * LC_NO_DAY: nobody can tell. */
static int32_t boundary_of(const struct lc_model *m)
{
    const int32_t last = m->boundary.last_decision;
    int32_t matured;

    if (last == LC_NO_DAY || m->boundary.as_of == LC_NO_DAY)
        return last;
    matured = lc_prior_boundary(m);
    return matured > last ? matured : last;
}

/* The test leads that matured after the model's own data (DEFINITIONS 5), whatever the order of the
 * tests; none where nobody can tell which these are. */
enum lc_rc lc_race_judge_by(const struct lc_race *r, struct lc_entrant *e, struct lc_err *err)
{
    const struct lc_model *m = r->options->current->model;
    const int32_t *day = r->cohort->day;
    uint32_t *lead;
    uint8_t *y;
    int32_t last;

    e->lead = r->split.test;
    e->y = r->test_y;
    e->n = r->split.n_test;
    e->n_won = r->split.test_won;
    if (!has_learnt(m))
        return LC_OK;
    last = boundary_of(m);
    lead = LC_NEW(r->scratch, e->n + 1, uint32_t);
    y = LC_NEW(r->scratch, e->n + 1, uint8_t);
    if (!lead || !y)
        return lc_fail_memory(err, "the score in use");
    e->n = e->n_won = 0;
    for (size_t i = 0; last != LC_NO_DAY && day && i < r->split.n_test; i++) {
        if (day[r->split.test[i]] <= last)
            continue;
        lead[e->n] = r->split.test[i];
        y[e->n++] = r->test_y[i];
        e->n_won += r->test_y[i];
    }
    e->lead = lead;
    e->y = y;
    return LC_OK;
}

static const char *excuse_text(const struct lc_race *r, const struct lc_entrant *e)
{
    const struct lc_model *m = r->options->current->model;
    char day[LC_DAY_TEXT];

    if (!has_learnt(m))
        return lc_arena_format(
            r->arena,
            "of the %zu test leads that the current score may be judged by %zu were won, and %zu "
            "are needed to judge it",
            e->n, e->n_won, r->least_won);
    if (boundary_of(m) == LC_NO_DAY || !r->cohort->day)
        return lc_arena_format(
            r->arena,
            "nobody can tell which of these leads the current model has learnt from: %s, so it "
            "was not judged",
            r->cohort->day ? "its file has no days" : "the leads have no days");
    lc_day_text(boundary_of(m), day);
    return lc_arena_format(
        r->arena,
        "the current model has learnt from leads decided up to %s: of the %zu test leads %zu came "
        "later, with %zu wins, and %zu are needed to judge it",
        day, r->split.n_test, e->n, e->n_won, r->least_won);
}

/* Too few later leads, or all of them won: nothing can be said. */
enum lc_rc lc_race_excuse(struct lc_race *r, const struct lc_entrant *e, bool *excused,
                          struct lc_err *err)
{
    *excused = e->n_won < r->least_won || e->n_won == e->n;
    if (!*excused)
        return LC_OK;
    r->no_current = excuse_text(r, e);
    return r->no_current ? LC_OK : lc_fail_memory(err, "the score in use");
}

void lc_race_add_judged(const struct lc_race *fold, const struct lc_volume *volume,
                        struct lc_judged_fold *to, size_t *n)
{
    const struct lc_entrant *e = &fold->entrant[fold->current];
    int32_t first = INT32_MAX, last = LC_NO_DAY;

    if (fold->current >= fold->n)
        return;
    for (size_t i = 0; fold->cohort->day && fold->split.by_time && i < e->n; i++) {
        const int32_t day = fold->cohort->day[e->lead[i]];

        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    to[(*n)++] = (struct lc_judged_fold){fold->fold, last == LC_NO_DAY ? LC_NO_DAY : first,
                                         last, *volume};
}

enum lc_rc lc_race_current_notes(const struct lc_race *r, struct lc_frame *frame,
                                 struct lc_err *err)
{
    const struct lc_current *current = r->options->current;
    enum lc_rc rc = LC_OK;

    if (r->no_current)
        return lc_frame_note(frame, err, "%s", r->no_current);
    for (size_t k = 0; current && r->parts > 1 && k < r->parts && !rc; k++)
        if (r->part[k].no_current)
            rc = lc_frame_note(frame, err, "current, fold %s%s: %s", r->part[k].fold,
                               has_learnt(current->model) ? ", in its training data" : "",
                               r->part[k].no_current);
    return rc;
}
