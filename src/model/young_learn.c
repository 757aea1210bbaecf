/* The model of the training leads, and the grades that it gives to all later ones. */
#include "leadcal/cuts.h"
#include "leadcal/num.h"
#include "model_internal.h"
#include "young_internal.h"

static enum lc_rc split_leads(struct lc_young_work *w, struct lc_err *err)
{
    enum lc_rc rc = lc_cohort_split(w->cohort, w->scratch, &w->split, err);

    if (!rc)
        rc = lc_split_as_lived(w->cohort, w->options->least_train_won, w->scratch, &w->split,
                               err);
    if (rc)
        return rc;
    if (!w->split.by_time)
        return lc_fail(err, LC_EMISMATCH,
                       "no day of entry is named, so no lead is later than another; name its "
                       "column with --entered");
    if (w->split.first_test == LC_NO_DAY || w->split.train_won < w->options->least_train_won)
        return lc_fail(
            err, LC_EDEGENERATE,
            "not enough history: %zu training win%s, %zu are needed; bring leads from "
            "a longer time",
            w->split.train_won, w->split.train_won == 1 ? "" : "s",
            w->options->least_train_won);
    return LC_OK;
}

/* What the model is learnt from. */
struct taught {
    const uint32_t *row; /* [n] */
    const uint8_t *y;
    const int32_t *day;
    const uint8_t *mature; /* NULL: all are */
    size_t n;
    struct lc_fit_options fit;
};

static enum lc_rc gather(struct lc_young_work *w, struct taught *t, struct lc_err *err)
{
    const size_t n = w->split.n_train;
    uint32_t *row = LC_NEW(w->scratch, n + 1, uint32_t);
    int32_t *day = LC_NEW(w->scratch, n + 1, int32_t);

    if (!row || !day)
        return lc_fail_memory(err, "the training leads");
    for (size_t i = 0; i < n; i++) {
        row[i] = w->cohort->row[w->split.train[i]];
        day[i] = w->cohort->day[w->split.train[i]];
    }
    *t = (struct taught){row, w->split.train_y, day, NULL, n, w->options->fit};
    return LC_OK;
}

/* The same by the lag, where it can be told: as the backtest's folds learn. */
static enum lc_rc gather_lagged(struct lc_young_work *w, struct taught *t, struct lc_err *err)
{
    const struct lc_lag_columns columns = {w->options->column, w->options->given,
                                           w->options->k};
    struct lc_lagged *l = &w->lagged;
    const enum lc_rc rc =
        lc_lagged_learn(w->table, w->cohort, &w->split, &columns, w->scratch, l, err);

    if (rc || !l->lags.told)
        return rc;
    *t = (struct taught){l->row, l->y, l->day, l->mature, l->n, w->options->fit};
    t->fit.seen = l->seen;
    t->fit.quarter = NULL;
    return LC_OK;
}

static enum lc_rc fit_card(struct lc_young_work *w, const struct taught *t, struct lc_err *err)
{
    struct lc_fit fit;
    const enum lc_rc rc =
        lc_fit_leads(w->table, t->row, t->y, t->n, w->options->column, w->options->given,
                     w->options->k, &t->fit, w->pool, w->scratch, &fit, err);

    return rc ? rc : lc_fit_card(&fit, "logistic", w->scratch, &w->card, err);
}

/* Cuts by the outcome where they are asked for, on those leads, as the backtest learns them. */
static enum lc_rc learn_cuts(struct lc_young_work *w, const struct taught *t,
                             struct lc_err *err)
{
    const struct lc_cuts_study s = {.table = w->table,
                                    .row = t->row,
                                    .y = t->y,
                                    .day = t->day,
                                    .mature = t->mature,
                                    .n = t->n,
                                    .column = w->options->column,
                                    .given = w->options->given,
                                    .k = w->options->k,
                                    .fit = &t->fit,
                                    .pool = w->pool};
    w->grades = w->options->grades;
    return lc_cuts_learn(&s, w->scratch, &w->grades, &w->grades_note, err);
}

static enum lc_rc score(const struct lc_young_work *w, const uint32_t *row, size_t n,
                        struct lc_scored **to, struct lc_err *err)
{
    struct lc_column *codes;
    enum lc_rc rc;

    *to = LC_NEW(w->scratch, n + 1, struct lc_scored);
    if (!*to)
        return lc_fail_memory(err, "the scores");
    rc = lc_card_code(&w->card, w->table, w->options->column, row, n, w->scratch, &codes, err);
    if (!rc)
        lc_card_score_rows(&w->card, codes, n, *to);
    return rc;
}

/* The leads decided after the cut, moved to the front of the arrays. */
static enum lc_rc keep_later(struct lc_young_work *w, struct lc_err *err)
{
    const struct lc_followed *f = &w->later;
    const double most_age = (double)f->as_of - w->split.cut;
    uint32_t *row = LC_NEW(w->scratch, f->n, uint32_t);
    double *age = LC_NEW(w->scratch, f->n, double), *time = LC_NEW(w->scratch, f->n, double);
    uint8_t *end = LC_NEW(w->scratch, f->n, uint8_t), *won = LC_NEW(w->scratch, f->n, uint8_t);
    size_t n = 0;

    if (!row || !age || !time || !end || !won)
        return lc_fail_memory(err, "the later leads");
    for (size_t i = 0; i < f->n; i++)
        if (f->age[i] < most_age) {
            row[n] = f->row[i];
            age[n] = f->age[i];
            time[n] = f->time[i];
            end[n] = f->end[i];
            won[n++] = f->won[i];
        }
    w->later = (struct lc_followed){.n = n,
                                    .row = row,
                                    .age = age,
                                    .time = time,
                                    .end = end,
                                    .won = won,
                                    .as_of = f->as_of,
                                    .account = f->account};
    return LC_OK;
}

static enum lc_rc give_grades(struct lc_young_work *w, struct lc_err *err)
{
    const size_t n = w->later.n;
    struct lc_scored *scored;
    enum lc_rc rc = score(w, w->later.row, n, &scored, err);

    if (rc)
        return rc;
    w->letter = w->grades.letter.used ? LC_NEW(w->scratch, n + 1, uint8_t) : NULL;
    w->digit = w->grades.digit.used ? LC_NEW(w->scratch, n + 1, uint8_t) : NULL;
    if ((w->grades.letter.used && !w->letter) || (w->grades.digit.used && !w->digit))
        return lc_fail_memory(err, "the grades");
    for (size_t i = 0; i < n; i++) {
        if (w->letter)
            w->letter[i] = (uint8_t)lc_grade_of(&w->grades.letter, scored[i].f_points);
        if (w->digit)
            w->digit[i] = (uint8_t)lc_grade_of(&w->grades.digit, scored[i].g_points);
    }
    return LC_OK;
}

enum lc_rc lc_young_learn(struct lc_young_work *w, struct lc_err *err)
{
    struct lc_scored *scored = NULL;
    struct taught t;
    enum lc_rc rc = lc_followed_read(w->table, w->spec, w->scratch, &w->later, err);

    if (!rc)
        rc = split_leads(w, err);
    if (!rc)
        rc = keep_later(w, err);
    if (!rc)
        rc = gather(w, &t, err);
    if (!rc && w->options->lag)
        rc = gather_lagged(w, &t, err);
    if (!rc)
        rc = fit_card(w, &t, err);
    if (!rc)
        rc = score(w, t.row, t.n, &scored, err);
    if (!rc)
        rc = learn_cuts(w, &t, err);
    if (!rc)
        rc = lc_grades_make(&w->card, scored, t.n, w->scratch, &w->grades, err);
    return rc ? rc : give_grades(w, err);
}
