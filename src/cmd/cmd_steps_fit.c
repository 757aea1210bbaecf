/* The steps that learn: the fit, the cuts of its grades, the model file. */
#include "cmd_study.h"
#include "leadcal/champion.h"
#include "leadcal/cuts.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "leadcal/quarters.h"

/* The attributes without those that --numeric takes as numbers. */
static enum lc_rc take_out_numeric(struct cmd_study *s, const struct lc_fit_options *o,
                                   struct cmd_columns *c, struct lc_err *err)
{
    size_t kept = 0, at;

    for (size_t i = 0; i < o->n_numeric; i++) {
        const enum lc_rc rc = lc_table_find(&s->table, o->numeric[i], &at, err);

        if (rc)
            return rc;
    }
    for (size_t j = 0; j < c->n; j++) {
        const struct lc_texts numeric = {o->numeric, o->n_numeric};

        if (lc_texts_have(numeric, s->table.column[c->column[j]].codes.name))
            continue;
        c->column[kept] = c->column[j];
        c->given[kept++] = c->given[j];
    }
    c->n = kept;
    return LC_OK;
}

/* The decision day of each row of the table, for folds in blocks of time; NULL without dates. */
static enum lc_rc add_days(struct cmd_study *s, struct lc_fit_options *o, struct lc_err *err)
{
    int32_t *to;

    if (!s->cohort.day)
        return LC_OK;
    to = LC_NEW(&s->arena, s->table.n, int32_t);
    if (!to)
        return lc_fail_memory(err, "the days");
    for (size_t i = 0; i < s->cohort.n; i++)
        to[s->cohort.row[i]] = s->cohort.day[i];
    o->day = to;
    return LC_OK;
}

/* Without a window nobody knows which of them has had its time: young quarters would look poor, and
 * the latest of them would stand for today. */
enum lc_rc cmd_fit_dates(struct cmd_study *s, struct lc_fit_options *o, struct lc_err *err)
{
    const enum lc_rc rc = add_days(s, o, err);

    if (rc || o->likelihood || o->quarter_sd == 0 || o->seen ||
        s->cohort.window_days == LC_WINDOW_NONE)
        return rc;
    return lc_quarters_by_row(&s->cohort, s->table.n, &s->arena, &o->quarter, err);
}

enum lc_rc cmd_fit_step(struct cmd_study *s, const struct cmd_fit_set *set,
                        const struct lc_fit_options *options, struct cmd_columns *columns,
                        struct lc_fit *fit, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_fit_options o = *options;
    struct lc_texts numeric = {0};
    enum lc_rc rc =
        cmd_split(&set->numeric, cmd_study_has, &s->table, &s->arena, &numeric, err);

    o.numeric = numeric.text;
    o.n_numeric = numeric.n;
    o.profile = true;
    o.explain = true;
    if (!rc)
        rc = cmd_study_columns(s, true, columns, err);
    if (!rc)
        rc = take_out_numeric(s, &o, columns, err);
    if (!rc)
        rc = cmd_fit_lag(s, err);
    o.seen = s->seen;
    if (!rc)
        rc = cmd_fit_dates(s, &o, err);
    if (!rc)
        rc = cmd_fit_local(s, &o, err);
    if (!rc)
        rc = cmd_prior_cohort(s, err);
    o.prior = s->prior.name ? &s->prior : NULL;
    if (!rc)
        rc = lc_fit_leads(&s->table, s->learnt.row, s->learnt.y, s->learnt.n, columns->column,
                          columns->given, columns->n, &o, s->pool, &s->arena, fit, err);
    if (!rc)
        rc = lc_fit_frame(fit, &s->arena, frame, err);
    if (!rc) /* the fit knows its leads; the cohort knows their window and day, too */
        frame->title = lc_cohort_title(&s->learnt, &s->arena);
    if (!rc && !frame->title)
        rc = lc_fail_memory(err, "the title");
    return rc;
}

enum lc_rc cmd_cuts_step(struct cmd_study *s, const struct lc_fit_options *fit,
                         const struct cmd_columns *columns, struct lc_grades *grades,
                         struct lc_frame *frame, struct lc_err *err)
{
    struct lc_fit_options options = *fit;
    const struct lc_cuts_study study = {.table = &s->table,
                                        .row = s->learnt.row,
                                        .y = s->learnt.y,
                                        .day = s->learnt.has_dates ? s->learnt.day : NULL,
                                        .mature = s->mature,
                                        .n = s->learnt.n,
                                        .column = columns->column,
                                        .given = columns->given,
                                        .k = columns->n,
                                        .fit = &options,
                                        .pool = s->pool};
    const char *note = NULL;
    enum lc_rc rc;

    options.prior = s->prior.name ? &s->prior : NULL;
    options.seen = s->seen;
    rc = cmd_fit_local(s, &options, err);
    if (rc)
        return rc;
    grades->capacity = s->spec.capacity;
    if (!frame) {
        rc = lc_cuts_learn(&study, &s->arena, grades, &note, err);
        if (!rc && note)
            cmd_note(s->out->quiet, "%s", note);
        return rc;
    }
    rc = lc_cuts_frame(&study, grades, &s->arena, frame, err);
    if (rc)
        return rc;
    frame->title = lc_cohort_title(&s->learnt, &s->arena);
    return frame->title ? LC_OK : lc_fail_memory(err, "the title");
}

enum lc_rc cmd_model_step(struct cmd_study *s, const struct cmd_model_parts *parts,
                          struct lc_model *model, struct lc_err *err)
{
    const struct lc_backtest *backtest = parts->backtest;
    struct lc_champion champion = {0};
    struct lc_model_recipe recipe = {.table = &s->table,
                                     .spec = &s->spec,
                                     .cohort = &s->learnt,
                                     .champion = &champion,
                                     .prior_name = s->prior.name,
                                     .prior_sha256 = s->prior_sha256,
                                     .fit = parts->fit,
                                     .card = parts->card,
                                     .lag = s->lag,
                                     .column = parts->columns->column,
                                     .grades = *parts->grades,
                                     .metric = backtest ? backtest->metric : NULL,
                                     .n_metrics = backtest ? backtest->n_metrics : 0};
    enum lc_rc rc = cmd_study_excluded(s, &recipe.excluded, &recipe.n_excluded, err);

    if (!rc && s->current.name)
        rc = lc_champion_of(backtest, parts->no_backtest, &s->current, s->current_sha256,
                            &s->arena, &champion, err);
    if (!rc)
        rc = cmd_study_hash(s, err);
    return rc ? rc : lc_model_build(&recipe, &s->arena, model, err);
}

enum lc_rc cmd_model_place(const char *path, bool replace, struct lc_err *err)
{
    if (!path || replace || !lc_file_exists(path))
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH, "%.200s: exists already; use --force to replace it",
                   path);
}

enum lc_rc cmd_model_write(const struct lc_model *model, const char *path, bool replace,
                           struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, path, replace, err);

    if (rc)
        return rc;
    rc = lc_model_write(model, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}
