/* What recalibrate's folder is made of: the steps' own functions, and files. */
#include "cmd_quarter.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/table_file.h"

void cmd_quarter_say(const struct cmd_quarter_set *set, const char *step)
{
    if (!set->out.quiet)
        (void)fprintf(stderr, "recalibrate: %s\n", step);
}

enum lc_rc cmd_quarter_put(struct cmd_study *s, struct cmd_quarter *q,
                           const struct lc_frame *frame, const char *name, struct lc_err *err)
{
    static const char *const ending[] = {"csv", "json"};
    static const int format[] = {LC_FORMAT_CSV, LC_FORMAT_JSON};
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < 2 && !rc; i++) {
        char file[64];
        const char *path;

        (void)snprintf(file, sizeof file, "%s.%s", name, ending[i]);
        path = cmd_folder_path(&q->folder, file, &s->arena);
        rc = path ? LC_OK : lc_fail_memory(err, "a file name");
        if (!rc)
            rc = cmd_write_frame(frame, format[i], path, false, err);
    }
    return rc;
}

/* No numerical answer is an answer: it is said, and the other steps go on. what: NULL: no model, which
 * recalibrate says at the end, as its status does. */
static enum lc_rc forgive(enum lc_rc rc, struct cmd_study *s, const char *what,
                          const char **reason, struct lc_err *err)
{
    if (rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    if (what)
        cmd_note(s->out->quiet, "no %s: %s", what, err->text);
    *reason = lc_arena_text(&s->arena, lc_slice_of(err->text));
    return *reason ? LC_OK : lc_fail_memory(err, "the report");
}

enum lc_rc cmd_quarter_cohort(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    const int32_t window = s->spec.window_days;
    enum lc_rc rc = cmd_study_cohort(s, err);

    if (rc != LC_EDEGENERATE || window == LC_WINDOW_NONE)
        return rc;
    rc = forgive(rc, s, NULL, &q->report.no_model, err);
    if (rc)
        return rc;
    s->spec.window_days = LC_WINDOW_NONE;
    rc = cmd_study_cohort(s, err);
    s->spec.window_days = window;
    return rc;
}

enum lc_rc cmd_quarter_tables(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    cmd_files_frame(&q->files, &s->arena);
    cmd_columns_frame(&q->columns, &s->arena);
    rc = cmd_study_hash(s, err);
    if (!rc)
        rc = cmd_add_files(&s->table, &q->files, err);
    if (!rc)
        rc = cmd_add_columns(&s->table, &s->choices, &s->spec, &q->columns, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->files, "files", err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->columns, "columns", err);
    if (!rc)
        rc = cmd_audit_step(s, &q->audit, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->audit, "audit", err);
    if (rc)
        return rc;
    q->report.audit = &q->audit;
    cmd_quarter_say(set, "rates");
    rc = cmd_rates_step(s, &set->rates, &q->rates, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->rates, "rates", err);
    if (!rc && s->spec.n_rules) {
        rc = cmd_classes_step(s, &q->classes, err);
        if (!rc)
            rc = cmd_quarter_put(s, q, &q->classes, "classes", err);
        q->report.classes = &q->classes;
    }
    q->report.files = &q->files;
    q->report.rates = &q->rates;
    return rc;
}

/* The later leads again, young ones too; where there was a backtest there is this. */
static enum lc_rc put_young(struct cmd_study *s, const struct cmd_quarter_set *set,
                            struct cmd_quarter *q, struct lc_err *err)
{
    const char *why = NULL;
    enum lc_rc rc;

    if (!s->cohort.has_dates || !s->cohort.has_closed)
        return LC_OK;
    rc = cmd_young_step(s, &set->fit, &set->grades, &q->young, err);
    if (rc)
        return forgive(rc, s, "table of young leads", &why, err);
    q->report.young = &q->young;
    return cmd_quarter_put(s, q, &q->young, "incidence", err);
}

static enum lc_rc do_backtest(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err)
{
    const struct cmd_race_set race = {.rolling = LC_ROLLING_AUTO, .comparisons = true};
    const struct lc_backtest *b = &q->backtest;
    enum lc_rc rc;

    cmd_quarter_say(set, "backtest");
    rc = cmd_backtest_step(s, &set->fit, &set->grades, &race, &q->backtest, err);
    if (rc)
        return forgive(rc, s, "backtest", &q->report.no_backtest, err);
    cmd_note(s->out->quiet, "%s", b->verdict);
    q->report.backtest = b;
    rc = cmd_quarter_put(s, q, &b->by_fold, "backtest", err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &b->metrics, "backtest_metrics", err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &b->comparisons, "comparisons", err);
    if (!rc && b->worked.n)
        rc = cmd_quarter_put(s, q, &b->worked, "worked", err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &b->verdicts, "verdicts", err);
    return rc ? rc : put_young(s, set, q, err);
}

/* Which levels all leads were won of, or none; nothing where there are none. */
static enum lc_rc put_separation(struct cmd_study *s, const struct lc_fit *fit,
                                 struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (fit->separation->n || fit->separation->unsettled)
        rc = cmd_separation_step(s, fit, &q->separation, err);
    if (rc || q->separation.n_notes == 0)
        return rc;
    for (size_t i = 0; i < q->separation.n_notes; i++)
        cmd_note(s->out->quiet, "%s", q->separation.note[i]);
    q->report.separation = &q->separation;
    return cmd_quarter_put(s, q, &q->separation, "separation", err);
}

/* What each segment does to the weights of all. */
static enum lc_rc put_local(struct cmd_study *s, const struct lc_fit *fit,
                            struct cmd_quarter *q, struct lc_err *err)
{
    const enum lc_rc rc = cmd_local_step(s, fit, &q->local, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < q->local.n_notes; i++)
        cmd_note(s->out->quiet, "%s", q->local.note[i]);
    q->report.local = &q->local;
    return cmd_quarter_put(s, q, &q->local, "local", err);
}

enum lc_rc cmd_quarter_model(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err)
{
    struct lc_grades grades = set->grades;
    struct cmd_columns columns;
    struct lc_fit fit;
    struct cmd_model_parts parts = {.fit = &fit, .columns = &columns, .grades = &grades};
    const char *path;
    enum lc_rc rc;

    if (q->report.no_model)
        return LC_OK;
    cmd_quarter_say(set, "fit");
    rc = cmd_fit_step(s, &set->fit_set, &set->fit, &columns, &fit, &q->fit, err);
    if (rc)
        return forgive(rc, s, NULL, &q->report.no_model, err);
    q->report.fit = &q->fit;
    rc = cmd_quarter_put(s, q, &q->fit, "fit", err);
    if (!rc && fit.carried) {
        rc = lc_moves(&fit, &s->arena, &q->moves, err);
        if (!rc)
            rc = cmd_quarter_put(s, q, &q->moves, "moves", err);
        q->report.moves = &q->moves;
    }
    if (!rc)
        rc = put_separation(s, &fit, q, err);
    if (!rc && fit.local)
        rc = put_local(s, &fit, q, err);
    if (!rc)
        rc = do_backtest(s, set, q, err);
    if (!rc)
        rc = cmd_cuts_step(s, &set->fit, &columns, &grades, NULL, err);
    parts.backtest = q->report.backtest;
    parts.no_backtest = q->report.no_backtest;
    if (!rc)
        rc = cmd_model_step(s, &parts, &q->model, err);
    if (rc)
        return rc;
    path = cmd_folder_path(&q->folder, "candidate.json", &s->arena);
    rc = path ? LC_OK : lc_fail_memory(err, "a file name");
    if (!rc)
        rc = cmd_model_write(&q->model, path, false, err);
    if (!rc)
        rc = cmd_cells_frame(&q->model, &q->cells, &s->arena, err);
    if (!rc)
        rc = cmd_quarter_put(s, q, &q->cells, "cells", err);
    q->report.model = &q->model;
    q->report.cells = &q->cells;
    return rc;
}

enum lc_rc cmd_quarter_compare(struct cmd_study *s, struct cmd_quarter *q, struct lc_err *err)
{
    const char *why = q->report.no_backtest ? q->report.no_backtest : q->report.no_model;
    enum lc_rc rc =
        lc_compare(q->report.backtest, why, q->report.model,
                   s->current.name ? &s->current : NULL, &s->arena, &q->comparison, err);

    if (rc)
        return rc;
    q->report.comparison = &q->comparison;
    cmd_note(s->out->quiet, "%s: %s", lc_advice_text(q->comparison.advice), q->comparison.why);
    if (q->report.backtest && q->backtest.workload.n)
        rc = cmd_quarter_put(s, q, &q->backtest.workload, "workload", err);
    if (!rc && q->report.model)
        rc = cmd_quarter_put(s, q, &q->comparison.changes, "changes", err);
    return rc;
}
