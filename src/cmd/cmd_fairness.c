/* fairness - who is handed over, group by group, by columns that the model does not know. */
#include <string.h>

#include "cmd_study.h"
#include "leadcal/model_file.h"

static const struct cmd_about about = {
    .name = "fairness",
    .brief = "who is handed over, group by group, by columns kept out of the model",
    .usage = "--model FILE --audit COLUMN,... [option...] FILE...",
    .about =
        "Per group of each audit column, at three lines (grade A, grade B or better, and the\n"
        "cells handed over): the share of its leads above the line, its ratio to the highest\n"
        "group with limits, and whether that is below four fifths; whether the model is as well\n"
        "calibrated for the group as for others; and how well the model's own attributes tell\n"
        "the group, so that it could weigh it without being told (AUC 0.5: not at all). Columns\n"
        "named by --audit or the spec's key audit are kept out of every model. A ratio is a\n"
        "question, not a verdict: groups may close at different rates.",
    .example =
        "leadcal fit --spec datasets/leads.spec.json --model weights.json datasets/leads.csv\n"
        "leadcal fairness --spec datasets/leads.spec.json --model weights.json \\\n"
        "    --audit owner datasets/leads.csv",
    .notes =
        "CSV columns: audit, group, line, leads, won, selected, selection_rate, low, high,\n"
        "ratio, ratio_low, ratio_high, below_four_fifths, predicted, observed, slope,\n"
        "slope_low, slope_high, proxy_auc, proxy_low, proxy_high.",
};

struct settings {
    struct cmd_output out;
    const char *model;
};

/* The model file knows which columns are lists: their members are attributes of it. */
static enum lc_rc take_sets(struct cmd_study *s, const struct lc_card *card, struct lc_err *err)
{
    const char **set = LC_NEW(&s->arena, s->spec.sets.n + card->k + 1, const char *);
    size_t n = s->spec.sets.n;

    if (!set)
        return lc_fail_memory(err, "the sets of the model");
    if (n)
        memcpy(set, s->spec.sets.text, n * sizeof *set);
    for (size_t j = 0; j < card->k; j++) {
        const char *of = card->attribute[j].attribute.set_of;

        if (of && !lc_texts_have((struct lc_texts){set, n}, of))
            set[n++] = of;
    }
    s->spec.sets = (struct lc_texts){set, n};
    return LC_OK;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    struct lc_model model;
    enum lc_rc rc = lc_model_read(set->model, &s->arena, &model, err);

    if (!rc)
        rc = take_sets(s, &model.card, err);
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc)
        rc = cmd_fairness_step(s, &model, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_fairness(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Fairness"),
        OPT_TEXT('m', "model", &set.model, "FILE", "the model file that hands leads over"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!set.model)
        return cmd_wrong(about.name, "no model is named; use --model FILE (leadcal fit --model "
                                     "writes one)");
    study.audits = true;
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
