/* recalibrate - the steps in order, into one folder: no logic of its own. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/figure.h"
#include "leadcal/io.h"
#include "leadcal/num.h"
#include "leadcal/report.h"
#include "leadcal/spec_file.h"
#include "leadcal/table_file.h"

#define MOST_FIGURES 5

struct settings {
    struct cmd_output out;
    struct cmd_rates_set rates_set;
    struct cmd_fit_set fit_set;
    struct cmd_grade_set grade_set;
    struct lc_rates_options rates;
    struct lc_fit_options fit;
    struct lc_grades grades;
    const char *command;
    bool no_model;
};

/* What the steps have made. */
struct results {
    struct cmd_folder folder;
    struct lc_frame files, columns, rates, fit, cells;
    struct lc_backtest backtest;
    struct lc_model model;
    struct lc_report report;
    const char *figure[MOST_FIGURES], *figure_text[MOST_FIGURES];
};

static void say(const struct settings *set, const char *step)
{
    if (!set->out.quiet)
        (void)fprintf(stderr, "recalibrate: %s\n", step);
}

static enum lc_rc put(struct cmd_study *s, struct results *r, const struct lc_frame *frame,
                      const char *name, struct lc_err *err)
{
    static const char *const ending[] = {"csv", "json"};
    static const int format[] = {LC_FORMAT_CSV, LC_FORMAT_JSON};
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < 2 && !rc; i++) {
        char file[64];
        const char *path;

        (void)snprintf(file, sizeof file, "%s.%s", name, ending[i]);
        path = cmd_folder_path(&r->folder, file, &s->arena);
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

static enum lc_rc do_tables(struct cmd_study *s, const struct settings *set, struct results *r,
                            struct lc_err *err)
{
    enum lc_rc rc;

    cmd_files_frame(&r->files, &s->arena);
    cmd_columns_frame(&r->columns, &s->arena);
    rc = cmd_study_hash(s, err);
    if (!rc)
        rc = cmd_add_files(&s->table, &r->files, err);
    if (!rc)
        rc = cmd_add_columns(&s->table, &s->choices, &r->columns, err);
    if (!rc)
        rc = put(s, r, &r->files, "files", err);
    if (!rc)
        rc = put(s, r, &r->columns, "columns", err);
    if (rc)
        return rc;
    say(set, "rates");
    rc = cmd_rates_step(s, &set->rates, &r->rates, err);
    if (!rc)
        rc = put(s, r, &r->rates, "rates", err);
    r->report.files = &r->files;
    r->report.rates = &r->rates;
    return rc;
}

static enum lc_rc do_backtest(struct cmd_study *s, const struct settings *set,
                              struct results *r, struct lc_err *err)
{
    enum lc_rc rc;

    say(set, "backtest");
    rc = cmd_backtest_step(s, &set->fit, &set->grades, &r->backtest, err);
    if (rc)
        return forgive(rc, s, "backtest", &r->report.no_backtest, err);
    if (r->backtest.verdict)
        cmd_note(s->out->quiet, "%s", r->backtest.verdict);
    r->report.backtest = &r->backtest;
    rc = put(s, r, &r->backtest.grades, "backtest", err);
    return rc ? rc : put(s, r, &r->backtest.metrics, "backtest_metrics", err);
}

static enum lc_rc do_model(struct cmd_study *s, const struct settings *set, struct results *r,
                           struct lc_err *err)
{
    struct cmd_columns columns;
    struct lc_fit fit;
    const char *path;
    enum lc_rc rc;

    say(set, "fit");
    rc = cmd_fit_step(s, &set->fit_set, &set->fit, &columns, &fit, &r->fit, err);
    if (rc)
        return forgive(rc, s, "model", &r->report.no_model, err);
    for (size_t i = 0; i < fit.n_notes; i++)
        cmd_note(s->out->quiet, "%s", fit.note[i]);
    r->report.fit = &r->fit;
    rc = put(s, r, &r->fit, "fit", err);
    if (!rc)
        rc = do_backtest(s, set, r, err);
    if (!rc)
        rc =
            cmd_model_step(s, &fit, &columns, &set->grades, r->report.backtest, &r->model, err);
    if (rc)
        return rc;
    path = cmd_folder_path(&r->folder, "candidate.json", &s->arena);
    rc = path ? LC_OK : lc_fail_memory(err, "a file name");
    if (!rc)
        rc = cmd_model_write(&r->model, path, false, err);
    if (!rc)
        rc = cmd_cells_frame(&r->model, &r->cells, &s->arena, err);
    if (!rc)
        rc = put(s, r, &r->cells, "cells", err);
    r->report.model = &r->model;
    r->report.cells = &r->cells;
    return rc;
}

/* Options that name roles are kept too: the spec alone gives the same numbers again. */
static enum lc_rc write_spec(struct cmd_study *s, const struct results *r, struct lc_err *err)
{
    const char *const comment[] = {"the spec of this recalibration, with its options"};
    const char *path = cmd_folder_path(&r->folder, "spec.json", &s->arena);
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

static enum lc_rc draw(struct cmd_study *s, struct results *r, struct lc_err *err)
{
    const struct lc_backtest *b = r->report.backtest;
    const struct {
        enum lc_figure figure;
        const struct lc_frame *frame;
        const char *name, *text;
    } all[MOST_FIGURES] = {
        {LC_FIGURE_RATES, &r->rates, "rates.svg",
         "Conversion rate of the best-supported levels with intervals"},
        {LC_FIGURE_GRADES, b ? &b->grades : NULL, "grades.svg", "Close rate by grade"},
        {LC_FIGURE_CYCLE, b ? &b->grades : NULL, "cycle.svg", "Median cycle length by grade"},
        {LC_FIGURE_CALIBRATION, b ? &b->bins : NULL, "calibration.svg",
         "Predicted against observed close rate"},
        {LC_FIGURE_LIFT, b ? &b->gains : NULL, "lift.svg",
         "Share of wins against share of leads"},
    };

    for (size_t i = 0; i < MOST_FIGURES; i++) {
        const char *path = cmd_folder_path(&r->folder, all[i].name, &s->arena);
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
            r->figure[r->report.n_figures] = all[i].name;
            r->figure_text[r->report.n_figures++] = all[i].text;
        }
    }
    return LC_OK;
}

static enum lc_rc write_report(struct cmd_study *s, const struct settings *set,
                               struct results *r, struct lc_err *err)
{
    const char *path = cmd_folder_path(&r->folder, "report.md", &s->arena), **left_out;
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
    r->report.command = set->command;
    r->report.cohort = &s->cohort;
    r->report.figure = r->figure;
    r->report.figure_text = r->figure_text;
    r->report.left_out = left_out;
    r->report.n_left_out = n;
    rc = lc_file_out_open(&file, path, false, err);
    if (rc)
        return rc;
    rc = lc_report_markdown(&r->report, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    struct settings *set = context;
    struct results r = {0};
    enum lc_rc rc = cmd_folder_open(&r.folder, set->out.path, set->out.force, err);

    if (rc)
        return rc;
    say(set, "reading");
    rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        goto out;
    cmd_study_note_columns(s, false);
    rc = do_tables(s, set, &r, err);
    if (!rc)
        rc = do_model(s, set, &r, err);
    if (!rc)
        rc = write_spec(s, &r, err);
    if (rc)
        goto out;
    say(set, "figures");
    rc = draw(s, &r, err);
    if (!rc)
        rc = write_report(s, set, &r, err);
    if (!rc)
        rc = cmd_folder_commit(&r.folder, err);
    if (!rc) {
        set->no_model = r.report.model == NULL;
        cmd_note(set->out.quiet, "%s/report.md is written", set->out.path);
    }
out:
    cmd_folder_drop(&r.folder);
    return rc;
}

static const struct cmd_about about = {
    .name = "recalibrate",
    .brief = "all steps in order: tables, model, report, figures",
    .usage = "FILE... -o FOLDER [option...]",
    .about =
        "Runs rates, fit and backtest on the same leads and writes a folder: every table as\n"
        "CSV and JSON (files, columns, rates, fit, backtest, backtest_metrics, cells), the model\n"
        "file candidate.json, the spec, report.md and its figures. The folder appears when it\n"
        "is whole. Where the history is too short for a backtest, the rest is delivered.",
    .example = "leadcal recalibrate datasets/leads.csv -o recalibrated --outcome stage --won "
               "'Closed Won' --entered created_date --closed close_date --engagement "
               "pages_viewed,email_opens,days_since_last_touch,webinar,demo_request",
    .notes =
        "Without a model (no wins, one class) the folder is delivered and the exit status\n"
        "is 5. Without gnuplot there are no figures, and the report says so.",
};

/* One word of a command as a shell reads it; returns what was written. */
static size_t put_word(const char *text, char *to)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,/=+:@%-";
    const bool quote = !*text || text[strspn(text, plain)];
    size_t used = 0;

    to[used++] = ' ';
    if (quote)
        to[used++] = '\'';
    for (; *text; text++) {
        if (*text == '\'') {
            memcpy(to + used, "'\\'", 3);
            used += 3;
        }
        to[used++] = *text;
    }
    if (quote)
        to[used++] = '\'';
    return used;
}

/* The command for the report, without what changes nothing in it. */
static bool command_text(int argc, char **argv, char *to, size_t room)
{
    static const char *const silent[] = {"--threads", "--force", "--quiet", "-q"};
    size_t used = (size_t)snprintf(to, room, "leadcal recalibrate");

    for (int i = 1; i < argc; i++) {
        bool skip = strncmp(argv[i], "--threads=", 10) == 0;

        for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
            skip = skip || strcmp(argv[i], silent[k]) == 0;
        if (strcmp(argv[i], silent[0]) == 0)
            i++;
        if (skip)
            continue;
        if (used + 4 * strlen(argv[i]) + 4 > room)
            return false;
        used += put_word(argv[i], to + used);
        to[used] = 0;
    }
    return true;
}

int cmd_recalibrate(int argc, char **argv)
{
    static char command[16384];
    struct settings set = {.command = command};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Output"),
        OPT_TEXT('o', "output", &set.out.path, "FOLDER", "the folder to make"),
        OPT_FLAG(0, "force", &set.out.force,
                 "replace a folder that an earlier recalibrate wrote"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own,
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_rates_rows(&set.rates_set),
                                        cmd_fit_rows(&set.fit_set, false),
                                        cmd_grade_rows(&set.grade_set),
                                        NULL};
    int first, status;

    if (!command_text(argc, argv, command, sizeof command))
        set.command = NULL;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_rates_options(about.name, &set.rates_set, &set.rates) ||
        !cmd_fit_options(&study, &set.fit_set, &set.fit) ||
        !cmd_grade_options(about.name, &set.grade_set, &set.grades))
        return CMD_USAGE;
    if (!set.out.path)
        return cmd_wrong(about.name, "no folder is named; use -o FOLDER");
    status = cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                           step, &set);
    return status == CMD_DONE && set.no_model ? CMD_NUMERIC : status;
}
