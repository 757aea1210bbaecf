/* The steps: each is called by its program and by recalibrate, and has one result. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"

enum lc_rc cmd_rates_step(struct cmd_study *s, const struct lc_rates_options *options,
                          struct lc_frame *frame, struct lc_err *err)
{
    struct lc_cohort cohort = s->cohort;
    struct lc_attribute *attribute;
    struct cmd_columns columns;
    enum lc_rc rc = LC_OK;

    if (options->closed_only)
        rc = lc_cohort_closed(&s->cohort, &s->arena, &cohort, err);
    if (!rc)
        rc = cmd_study_columns(s, false, &columns, err);
    if (rc)
        return rc;
    attribute = LC_NEW(&s->arena, columns.n, struct lc_attribute);
    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    for (size_t j = 0; !rc && j < columns.n; j++)
        rc = lc_attribute_learn(&s->table.column[columns.column[j]], columns.given[j],
                                cohort.row, cohort.y, cohort.n, &s->arena, &attribute[j], err);
    if (!rc)
        rc = lc_rates(&cohort, attribute, columns.n, options, &s->arena, frame, err);
    return rc;
}

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
    if (!rc)
        rc = cmd_study_columns(s, true, columns, err);
    if (!rc)
        rc = take_out_numeric(s, &o, columns, err);
    if (!rc)
        rc = lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns->column,
                          columns->given, columns->n, &o, s->pool, &s->arena, fit, err);
    if (!rc)
        rc = lc_fit_frame(fit, &s->arena, frame, err);
    if (!rc) /* the fit knows its leads; the cohort knows their window and day, too */
        frame->title = lc_cohort_title(&s->cohort, &s->arena);
    if (!rc && !frame->title)
        rc = lc_fail_memory(err, "the title");
    return rc;
}

enum lc_rc cmd_model_step(struct cmd_study *s, const struct lc_fit *fit,
                          const struct cmd_columns *columns, const struct lc_grades *grades,
                          const struct lc_backtest *backtest, struct lc_model *model,
                          struct lc_err *err)
{
    struct lc_model_recipe recipe = {.table = &s->table,
                                     .spec = &s->spec,
                                     .cohort = &s->cohort,
                                     .fit = fit,
                                     .column = columns->column,
                                     .grades = *grades,
                                     .metric = backtest ? backtest->metric : NULL,
                                     .n_metrics = backtest ? backtest->n_metrics : 0};
    enum lc_rc rc = cmd_study_excluded(s, &recipe.excluded, &recipe.n_excluded, err);

    if (!rc)
        rc = cmd_study_hash(s, err);
    return rc ? rc : lc_model_build(&recipe, &s->arena, model, err);
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

enum lc_rc cmd_backtest_step(struct cmd_study *s, const struct lc_fit_options *fit,
                             const struct lc_grades *grades, struct lc_backtest *out,
                             struct lc_err *err)
{
    struct lc_backtest_options options;
    struct cmd_columns columns;
    struct lc_split split;
    const char *history;
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    if (!rc)
        rc = lc_cohort_split(&s->cohort, &s->arena, &split, err);
    if (rc)
        return rc;
    history = lc_cohort_history(&s->cohort, &split, &s->arena);
    if (!history)
        return lc_fail_memory(err, "the split");
    cmd_note(s->out->quiet, "%s", history);
    lc_backtest_options_init(&options);
    options.fit = *fit;
    options.cuts = grades->method;
    memcpy(options.target, grades->target, sizeof options.target);
    return lc_backtest(&s->table, &s->cohort, columns.column, columns.given, columns.n,
                       &options, s->pool, &s->arena, out, err);
}
