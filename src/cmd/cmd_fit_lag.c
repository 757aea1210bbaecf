/* --maturity lag: young leads enter a fit by the share of the lag that they have behind them. */
#include "cmd_study.h"

static enum lc_rc learn(struct cmd_study *s, struct lc_followed *f, struct lc_lags *lags,
                        struct lc_err *err)
{
    struct cmd_columns columns;
    struct lc_lag_columns compared;
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    if (rc)
        return rc;
    compared = (struct lc_lag_columns){columns.column, columns.given, columns.n};
    rc = lc_followed_read(&s->table, &s->spec, &s->arena, f, err);
    return rc ? rc : lc_lags_learn(&s->table, f, &compared, s->pool, &s->arena, lags, err);
}

/* Without a window every lead counts, whatever its age. */
static enum lc_rc count_all(struct cmd_study *s, struct lc_err *err)
{
    struct lc_spec spec = s->spec;

    spec.window_days = LC_WINDOW_NONE;
    return lc_cohort_build(&s->table, &spec, &s->arena, &s->grown, err);
}

/* Which of them were followed for the window. */
static enum lc_rc find_mature(struct cmd_study *s, struct lc_err *err)
{
    const struct lc_cohort *all = &s->grown;
    uint8_t *mature = LC_NEW(&s->arena, all->n + 1, uint8_t);

    if (!mature)
        return lc_fail_memory(err, "the leads");
    for (size_t i = 0; i < all->n; i++)
        mature[i] =
            all->day[i] == LC_NO_DAY || all->as_of - all->day[i] >= s->cohort.window_days;
    s->mature = mature;
    return LC_OK;
}

enum lc_rc cmd_fit_lag(struct cmd_study *s, struct lc_err *err)
{
    struct lc_followed f;
    struct lc_lags lags;
    enum lc_rc rc;

    if (!s->by_lag)
        return LC_OK;
    rc = learn(s, &f, &lags, err);
    if (rc)
        return rc;
    if (!lags.told) {
        cmd_note(
            s->out->quiet,
            "--maturity lag: how many leads are won in the end cannot be told yet: %s; so the "
            "fit is of leads won within the window",
            lags.why);
        return LC_OK;
    }
    rc = count_all(s, err);
    if (!rc)
        rc = find_mature(s, err);
    if (!rc)
        rc = lc_lags_seen(&f, &lags, s->grown.row, s->grown.y, s->grown.n, &s->arena, &s->seen,
                          err);
    if (rc)
        return rc;
    s->lag = lc_lags_words(&lags, &s->arena);
    if (!s->lag)
        return lc_fail_memory(err, "the lag");
    cmd_note(
        s->out->quiet,
        "--maturity lag: %zu leads count, %zu won so far, the others by the share of the lag "
        "that they have behind them (%s); lc_probability is won in the end",
        s->grown.n, s->grown.n_won, s->lag);
    return LC_OK;
}
