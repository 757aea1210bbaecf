/* What recalibrate's folder is made of: the steps' own functions, and files. */
#include "cmd_quarter.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/figure.h"
#include "leadcal/io.h"
#include "leadcal/spec_file.h"
#include "leadcal/table_file.h"

void cmd_quarter_say(const struct cmd_quarter_set *set, const char *step)
{
    if (!set->out.quiet)
        (void)fprintf(stderr, "recalibrate: %s\n", step);
}

static enum lc_rc put(struct cmd_study *s, struct cmd_quarter *q, const struct lc_frame *frame,
                      const char *name, struct lc_err *err)
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

/* No numerical answer is an answer: it is said, and the other steps go on. */
static enum lc_rc forgive(enum lc_rc rc, struct cmd_study *s, const char *what,
                          const char **reason, struct lc_err *err)
{
    if (rc != LC_EDEGENERATE && rc != LC_ENOCONV)
        return rc;
    cmd_note(s->out->quiet, "no %s: %s", what, err->text);
    *reason = lc_arena_text(&s->arena, lc_slice_of(err->text));
    return *reason ? LC_OK : lc_fail_memory(err, "the report");
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
        rc = put(s, q, &q->files, "files", err);
    if (!rc)
        rc = put(s, q, &q->columns, "columns", err);
    if (rc)
        return rc;
    cmd_quarter_say(set, "rates");
    rc = cmd_rates_step(s, &set->rates, &q->rates, err);
    if (!rc)
        rc = put(s, q, &q->rates, "rates", err);
    q->report.files = &q->files;
    q->report.rates = &q->rates;
    return rc;
}

static enum lc_rc do_backtest(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err)
{
    enum lc_rc rc;

    cmd_quarter_say(set, "backtest");
    rc = cmd_backtest_step(s, &set->fit, &set->grades, &q->backtest, err);
    if (rc)
        return forgive(rc, s, "backtest", &q->report.no_backtest, err);
    if (q->backtest.verdict)
        cmd_note(s->out->quiet, "%s", q->backtest.verdict);
    q->report.backtest = &q->backtest;
    rc = put(s, q, &q->backtest.grades, "backtest", err);
    return rc ? rc : put(s, q, &q->backtest.metrics, "backtest_metrics", err);
}

enum lc_rc cmd_quarter_model(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err)
{
    struct cmd_columns columns;
    struct lc_fit fit;
    const char *path;
    enum lc_rc rc;

    cmd_quarter_say(set, "fit");
    rc = cmd_fit_step(s, &set->fit_set, &set->fit, &columns, &fit, &q->fit, err);
    if (rc)
        return forgive(rc, s, "model", &q->report.no_model, err);
    q->report.fit = &q->fit;
    rc = put(s, q, &q->fit, "fit", err);
    if (!rc)
        rc = do_backtest(s, set, q, err);
    if (!rc)
        rc =
            cmd_model_step(s, &fit, &columns, &set->grades, q->report.backtest, &q->model, err);
    if (rc)
        return rc;
    path = cmd_folder_path(&q->folder, "candidate.json", &s->arena);
    rc = path ? LC_OK : lc_fail_memory(err, "a file name");
    if (!rc)
        rc = cmd_model_write(&q->model, path, false, err);
    if (!rc)
        rc = cmd_cells_frame(&q->model, &q->cells, &s->arena, err);
    if (!rc)
        rc = put(s, q, &q->cells, "cells", err);
    q->report.model = &q->model;
    q->report.cells = &q->cells;
    return rc;
}

/* Options that name roles are kept too: the spec alone gives the same numbers again. */
enum lc_rc cmd_quarter_spec(struct cmd_study *s, const struct cmd_quarter *q,
                            struct lc_err *err)
{
    const char *const comment[] = {"the spec of this recalibration, with its options"};
    const char *path = cmd_folder_path(&q->folder, "spec.json", &s->arena);
    struct lc_spec spec = s->spec;
    struct lc_file_out file;
    enum lc_rc rc = path ? LC_OK : lc_fail_memory(err, "a file name");

    if (!rc && s->engagement.n && !spec.n_attributes) {
        struct cmd_columns c;
        struct lc_spec_attribute *attribute;

        rc = cmd_study_columns(s, true, &c, err);
        if (rc)
            return rc;
        attribute = LC_NEW(&s->arena, c.n, struct lc_spec_attribute);
        if (!attribute)
            return lc_fail_memory(err, "the spec");
        for (size_t j = 0; j < c.n; j++)
            attribute[j] = *c.given[j];
        spec.attribute = attribute;
        spec.n_attributes = c.n;
    }
    if (!rc)
        rc = lc_file_out_open(&file, path, false, err);
    if (rc)
        return rc;
    rc = lc_spec_write(&spec, comment, 1, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

enum lc_rc cmd_quarter_figures(struct cmd_study *s, const struct cmd_quarter_set *set,
                               struct cmd_quarter *q, struct lc_err *err)
{
    const struct lc_backtest *b = q->report.backtest;
    const struct {
        enum lc_figure figure;
        const struct lc_frame *frame;
        const char *name, *text;
    } all[MOST_FIGURES] = {
        {LC_FIGURE_RATES, &q->rates, "rates.svg",
         "Close rate of the best-supported levels with intervals"},
        {LC_FIGURE_GRADES, b ? &b->grades : NULL, "grades.svg", "Close rate by grade"},
        {LC_FIGURE_CYCLE, b ? &b->grades : NULL, "cycle.svg", "Median cycle length by grade"},
        {LC_FIGURE_CALIBRATION, b ? &b->bins : NULL, "calibration.svg",
         "Predicted against observed close rate"},
        {LC_FIGURE_LIFT, b ? &b->gains : NULL, "lift.svg",
         "Share of wins against share of leads"},
    };

    cmd_quarter_say(set, "figures");
    for (size_t i = 0; i < MOST_FIGURES; i++) {
        const char *path = cmd_folder_path(&q->folder, all[i].name, &s->arena);
        bool drawn = false;
        enum lc_rc rc;

        if (!path)
            return lc_fail_memory(err, "a file name");
        if (!all[i].frame)
            continue;
        rc = lc_figure_draw(all[i].figure, all[i].frame, path, false, &drawn, err);
        if (rc == LC_EIO) {
            cmd_note(s->out->quiet, "no figures: %s", err->text);
            return LC_OK;
        }
        if (rc)
            return rc;
        if (drawn) {
            q->figure[q->report.n_figures] = all[i].name;
            q->figure_text[q->report.n_figures++] = all[i].text;
        }
    }
    return LC_OK;
}

enum lc_rc cmd_quarter_report(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err)
{
    const char *path = cmd_folder_path(&q->folder, "report.md", &s->arena), **left_out;
    const struct lc_column_note *note;
    struct lc_file_out file;
    size_t n;
    enum lc_rc rc = cmd_study_excluded(s, &note, &n, err);

    if (rc)
        return rc;
    left_out = LC_NEW(&s->arena, n + 1, const char *);
    if (!path || !left_out)
        return lc_fail_memory(err, "the report");
    for (size_t i = 0; i < n; i++)
        if (!(left_out[i] =
                  lc_arena_format(&s->arena, "%s: %s", note[i].column, note[i].reason)))
            return lc_fail_memory(err, "the report");
    q->report.command = set->command;
    q->report.cohort = &s->cohort;
    q->report.figure = q->figure;
    q->report.figure_text = q->figure_text;
    q->report.left_out = left_out;
    q->report.n_left_out = n;
    rc = lc_file_out_open(&file, path, false, err);
    if (rc)
        return rc;
    rc = lc_report_markdown(&q->report, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}
