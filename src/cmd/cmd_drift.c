/* drift - are the leads of now still those that the model was learnt from? */
#include <math.h>
#include <string.h>

#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "drift",
    .brief = "are today's leads still those the model was learnt from?",
    .usage = "--model FILE [option...] NEW_FILE...",
    .about =
        "Compares the leads decided after the last one that the model has learnt from with its\n"
        "training leads, whose counts the model file holds: each attribute level by level, and the\n"
        "score by letter, digit and cell. Each comparison is a chi-square test; an alarm is p\n"
        "adjusted over all of them (Benjamini-Hochberg) of at most 0.05, so that a quarter in\n"
        "which nothing has changed raises one in twenty times, whatever the number of leads. PSI\n"
        "stands beside it with the threshold of these sizes, and the shift that would have been\n"
        "found. No outcome is needed. Dates tell which leads are new: without --entered or\n"
        "--spec every lead of the file counts. --baseline compares with another export instead,\n"
        "and the points, too. Exit status 1: something has changed.\n"
        "\n"
        "--expected says what these leads should show before any of them can be judged, if the\n"
        "model still means what it says, and what the old enough ones did show where the\n"
        "outcome is named. On a terminal both tables are shown.",
    .example =
        "leadcal fit --spec datasets/leads.spec.json -q --model m.json datasets/leads.csv\n"
        "leadcal drift --model m.json --spec datasets/leads.spec.json datasets/leads.csv\n"
        "leadcal drift --model m.json --spec datasets/leads.spec.json --expected \\\n"
        "    datasets/leads.csv\n"
        "leadcal drift --model datasets/points.csv --baseline datasets/leads.csv "
        "datasets/leads.csv",
    .notes =
        "CSV columns: what, attribute, level, baseline_leads, new_leads, baseline_share,\n"
        "new_share, psi, psi_threshold, chi2, df, p, p_adjusted, min_detectable, alarm, note,\n"
        "difference, low, high (of the shares, by Newcombe). With --expected: what, grade, leads,\n"
        "expected, low, high, mature_leads, mature_expected, observed, observed_low,\n"
        "observed_high, note. On a terminal levels are shown of what has changed.",
};

struct settings {
    struct cmd_output out;
    const char *model;
    struct cmd_list baseline;
    bool expected;
    struct opt row[5];
    bool changed;
};

static const struct opt *rows_of(struct settings *set)
{
    const struct opt rows[] = {
        OPT_SECTION("What is compared"),
        OPT_TEXT(
            0, "model", &set->model, "FILE",
            "the model file, as fit and recalibrate write it; or a points file, which needs "
            "--baseline"),
        OPT_LIST(0, "baseline", &set->baseline, "FILE",
                 "an older export to compare with, instead of the model's training leads; "
                 "repeated where it is several files"),
        OPT_FLAG(
            0, "expected", &set->expected,
            "what to expect of the new leads instead: close rate by grade, AUC, Brier score, "
            "wins in the best fifth"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct settings has too little room");
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

/* For a person: every comparison, and the levels of what has changed. */
static enum lc_rc shorten(const struct lc_frame *frame, struct lc_frame *out,
                          struct lc_err *err)
{
    const size_t level = lc_frame_column(frame, "level"),
                 alarm = lc_frame_column(frame, "alarm");
    bool changed = false;
    enum lc_rc rc = LC_OK;

    *out = *frame;
    out->n = out->room = 0;
    out->value = NULL;
    for (size_t i = 0; !rc && i < frame->n; i++) {
        const union lc_value *from = frame->value + i * frame->k;
        union lc_value *row;

        if (strcmp(from[level].text, "(all)") == 0)
            changed = strcmp(from[alarm].text, "yes") == 0;
        else if (!changed)
            continue;
        rc = lc_frame_add(out, &row, err);
        if (!rc)
            memcpy(row, from, frame->k * sizeof *row);
    }
    if (!rc && out->n < frame->n)
        rc = lc_frame_note(out, err, "%zu levels of what has not changed: --format csv",
                           frame->n - out->n);
    return rc;
}

/* Both tables for a person; a program gets the one that it asked for. */
static enum lc_rc put(struct cmd_study *s, const struct settings *set,
                      const struct lc_frame *drift, struct lc_err *err)
{
    struct lc_drift_expected expected;
    struct lc_frame brief;
    const bool knows = !isnan(s->current.model->card.intercept);
    enum lc_rc rc = LC_OK;

    if (set->expected || (knows && cmd_is_table(&set->out)))
        rc = cmd_expected_step(s, &expected, err);
    if (!rc && set->expected) {
        cmd_note_frame(&set->out, &expected.frame);
        return cmd_put_frame(&set->out, &expected.frame, 0, err);
    }
    if (rc)
        return rc;
    cmd_note_frame(&set->out, drift);
    if (!cmd_is_table(&set->out))
        return cmd_put_frame(&set->out, drift, 0, err);
    rc = shorten(drift, &brief, err);
    return rc ? rc
              : cmd_put_frames(&set->out,
                               (const struct lc_frame *const[]){&brief, &expected.frame},
                               knows ? 2 : 1, 0, err);
}

/* The columns of the model must be kept when files are read: it is the score in use. */
static enum lc_rc read_model(struct cmd_study *s, const struct settings *set,
                             struct lc_err *err)
{
    const struct cmd_current_set current = {.current = set->model};
    const enum lc_rc rc = cmd_current_spec(s, &current, err);

    if (!rc && !s->current.model)
        return lc_fail(err, LC_EMISMATCH,
                       "--model: a score column has no levels to compare; give a model file");
    return rc;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    struct settings *set = context;
    struct lc_drift_found found;
    struct lc_drift_leads before;
    struct lc_table old;
    enum lc_rc rc = read_model(s, set, err);

    if (!rc && set->baseline.n) {
        rc = cmd_study_read(s, set->baseline.text, set->baseline.n, &s->spec, &old, err);
        if (!rc)
            rc = lc_drift_all_leads(&old, &s->arena, &before, err);
    }
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_name(s, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    rc = cmd_drift_step(s, set->baseline.n ? &before : NULL, &found, err);
    if (rc)
        return rc;
    set->changed = found.alarms > 0;
    rc = put(s, set, &found.frame, err);
    if (!rc && set->changed && (set->expected || set->out.path))
        cmd_say(about.name, "%zu comparison%s that the leads have changed (column alarm)%s",
                found.alarms, found.alarms == 1 ? " says" : "s say",
                set->expected ? "; drift without --expected shows which" : "");
    return rc;
}

int cmd_drift(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt *const tables[] = {rows_of(&set),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first, status;

    study.may_lack = true;
    cmd_study_say(&study, "window", "has no say here: the window of the model holds");
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!set.model)
        return cmd_wrong(about.name, "no model is named; use --model FILE (leadcal fit --model "
                                     "makes one)");
    if (!cmd_study_has_files(&study, argc - first))
        return CMD_USAGE;
    status = cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                           step, &set);
    return status == CMD_DONE && set.changed ? CMD_NO : status;
}
