/* What a fold learns from beyond the training leads, and what is said of it and of its window. */
#include <assert.h>

#include "backtest_internal.h"

enum lc_rc lc_race_lag(struct lc_race *r, struct lc_err *err)
{
    const struct lc_lag_columns columns = {r->column, r->given, r->k};

    assert(
        !(r->options->lag && r->options->optimism)); /* nobody knows the end of young leads */
    if (!r->options->lag)
        return LC_OK;
    return lc_lagged_learn(r->table, r->cohort, &r->split, &columns, r->scratch, &r->lagged,
                           err);
}

/* ", fold 2025-Q1", where there are several. */
static const char *which(const struct lc_race *all, const struct lc_race *fold)
{
    return all->parts > 1 ? lc_arena_format(all->arena, ", fold %s", fold->fold) : "";
}

static enum lc_rc note_fold(const struct lc_race *all, const struct lc_race *fold,
                            struct lc_frame *frame, struct lc_err *err)
{
    const bool other = fold->split.window_days != all->cohort->window_days;
    const char *fold_text = which(all, fold), *window = "", *lag = "";
    enum lc_rc rc = LC_OK;

    if (other)
        window = lc_split_window_words(all->cohort, &fold->split, all->arena);
    if (all->options->lag)
        lag = lc_lagged_words(&fold->lagged, fold->split.first_test, all->arena);
    if (!fold_text || !window || !lag)
        return lc_fail_memory(err, "the notes");
    if (other)
        rc = lc_frame_note(frame, err, "window%s: %s", fold_text, window);
    if (!rc && all->options->lag)
        rc = lc_frame_note(frame, err, "logistic%s: %s", fold_text, lag);
    if (!rc && fold->half_lives)
        rc = lc_frame_note(frame, err, "half-lives%s: %s", fold_text, fold->half_lives);
    return rc;
}

enum lc_rc lc_race_lag_notes(const struct lc_race *r, struct lc_frame *frame,
                             struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t k = 0; k < r->parts && !rc; k++)
        rc = note_fold(r, &r->part[k], frame, err);
    return rc;
}
