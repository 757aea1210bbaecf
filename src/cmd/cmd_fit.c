/* fit - logistic regression on the attributes; writes a model file. */
#include <stdio.h>

#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "fit",
    .brief = "weights from closed-won history: logistic regression, model file",
    .usage = "[option...] FILE...",
    .about =
        "One logistic model of won within W days on the levels of every fitting attribute, by\n"
        "Newton's method. By default every level has a Gaussian prior around its attribute's\n"
        "mean, so that no reference level matters and rare levels are drawn in. Columns that\n"
        "may know the outcome, constant ones and names of persons are left out unless --by or\n"
        "the spec names them. --model writes the tuned model that leadcal score applies.\n\n"
        "--maturity lag learns who is won in the end, and lets young leads in: one that is not\n"
        "won counts for the share of the lag to a win that it has behind it (leadcal maturity\n"
        "shows that lag). Where the history is too short to tell it, a note says so and the\n"
        "window stays.\n\n"
        "--prior begins from last quarter's model file: each level's weight was known then, with its\n"
        "spread, and may have drifted since, by how much the leads say. Only leads that matured\n"
        "after that file's own enter, so each lead counts in one quarter. Levels are matched by\n"
        "name, bins of numbers stay, new levels begin at 0, levels without leads keep their\n"
        "weight; the base rate is this quarter's own. --moves shows which points moved, and\n"
        "whether the leads forced it.\n\n"
        "--local lets each text of a column, a campaign or a segment, deviate from the weights of all:\n"
        "how far such texts differ is learnt from the leads, and where they do not differ the model\n"
        "of all comes out. A text with fewer than 10 wins or 10 leads not won, and one never seen, gets the\n"
        "weights of all. Notes say where a segment really differs; --deviations shows all.\n\n"
        "Levels, and combinations of levels, whose leads were all won or not won at all have no\n"
        "finite weight but by the prior. A linear program finds them; notes name the largest, with\n"
        "how many more leads would settle them, and --separation shows all.",
    .example =
        "leadcal fit --outcome stage --won 'Closed Won' --model model.json \\\n"
        "    --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv\n"
        "leadcal fit --outcome stage --won 'Closed Won' --by company_size,source \\\n"
        "    --penalty none --reference 'company_size=1-10' datasets/leads.csv\n"
        "leadcal fit --outcome stage --won 'Closed Won' --by company_size,source --window 90 \\\n"
        "    --entered created_date --closed close_date --as-of 2025-06-30 \\\n"
        "    --model last.json datasets/leads.csv\n"
        "leadcal fit --outcome stage --won 'Closed Won' --by company_size,source \\\n"
        "    --entered created_date --closed close_date --prior last.json --moves datasets/leads.csv\n"
        "leadcal fit --outcome stage --won 'Closed Won' --by company_size,job_function --local source \\\n"
        "    --entered created_date --closed close_date --deviations datasets/leads.csv",
    .notes =
        "CSV columns: term, attribute, level, coefficient, std_error, z, p, odds_ratio,\n"
        "low, high, note, leads, won. low and high are limits of the coefficient (95 %).\n"
        "Under the prior std_error is the posterior standard deviation, and z and p are\n"
        "empty. --moves: attribute, level, last_points, points, move, z, forced, leads, won,\n"
        "expected, note. --deviations: segment, attribute, level, leads, won, global_points, deviation,\n"
        "low, high, note. --separation: cause, term, leads, won, outcome, weight, points, chance,\n"
        "rate, more_leads.",
};

struct settings {
    struct cmd_output out;
    struct cmd_fit_set fit;
    struct cmd_grade_set grade;
    struct lc_fit_options options;
    struct lc_grades grades;
    const char *model;
    double capacity;
    bool timings, moves, separation, deviations;
};

static enum lc_rc write_model(struct cmd_study *s, const struct settings *set,
                              const struct lc_fit *fit, const struct cmd_columns *columns,
                              struct lc_err *err)
{
    struct lc_grades grades = set->grades;
    const struct cmd_model_parts parts = {.fit = fit, .columns = columns, .grades = &grades};
    struct lc_model model;
    enum lc_rc rc = cmd_cuts_step(s, &set->options, columns, &grades, NULL, err);

    if (!rc)
        rc = cmd_model_step(s, &parts, &model, err);
    return rc ? rc : cmd_model_write(&model, set->model, set->out.force, err);
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct cmd_columns columns;
    struct lc_frame frame;
    struct lc_fit fit;
    enum lc_rc rc = cmd_model_place(set->model, set->out.force, err);

    if (set->capacity > 0)
        s->spec.capacity = set->capacity;
    if (!rc)
        rc = cmd_prior_spec(s, &set->fit, err);
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    rc = cmd_fit_step(s, &set->fit, &set->options, &columns, &fit, &frame, err);
    if (rc)
        return rc;
    if (set->moves)
        rc = lc_moves(&fit, &s->arena, &frame, err);
    if (!rc && set->separation)
        rc = cmd_separation_step(s, &fit, &frame, err);
    if (!rc && set->deviations)
        rc = cmd_local_step(s, &fit, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    if (set->timings)
        (void)fprintf(stderr,
                      "timing: load %.3f s\ntiming: cohort %.3f s\ntiming: fit %.3f s\n",
                      s->load_seconds, s->cohort_seconds, fit.kernel.seconds);
    if (set->model)
        rc = write_model(s, set, &fit, &columns, err);
    return rc ? rc : cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_fit(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_audit_set audit;
    struct cmd_study study;
    const struct opt own[] = {
        OPT_TEXT('m', "model", &set.model, "FILE", "write the model file there"),
        OPT_REAL(0, "capacity", &set.capacity, 0, 1e9, "N",
                 "with --cuts capacity: leads that sales takes a week"),
        OPT_FLAG(0, "moves", &set.moves,
                 "with --prior: the table of moves instead, which points moved and whether the "
                 "leads forced it"),
        OPT_FLAG(
            0, "separation", &set.separation,
            "the table of levels and combinations with one outcome instead, and what would "
            "settle them"),
        OPT_FLAG(0, "deviations", &set.deviations,
                 "with --local: the table of what each segment does to each level instead"),
        OPT_FLAG(0, "timings", &set.timings, "print seconds of each step on standard error"),
        OPT_END(),
    };
    const struct opt *const tables[] = {cmd_fit_rows(&set.fit, true),
                                        own,
                                        cmd_grade_rows(&set.grade),
                                        cmd_audit_rows(&audit),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out),
                                        NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_fit_options(&study, &set.fit, &set.options) ||
        !cmd_grade_options(about.name, &set.grade, &set.grades))
        return CMD_USAGE;
    if (set.moves && !set.fit.prior)
        return cmd_wrong(about.name, "--moves goes with --prior: without it nothing has moved");
    if (set.moves + set.separation + set.deviations > 1)
        return cmd_wrong(about.name,
                         "--moves, --separation and --deviations are tables of their "
                         "own; ask for one");
    if (set.deviations && !set.fit.local && !study.given.spec)
        return cmd_wrong(about.name,
                         "--deviations goes with --local: without it everybody has the "
                         "same weights");
    study.audit = &audit;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
