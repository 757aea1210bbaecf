/* accept - sales acceptance by grade, source, owner and period; service levels by cell. */
#include <string.h>

#include "cmd_study.h"

#define SHOWN_GROUPS 20 /* rows of a grouping, on a terminal, as rates shows levels */

static const struct cmd_about about = {
    .name = "accept",
    .brief = "what sales did with the leads it was handed, and how soon",
    .usage = "[option...] FILE...",
    .about =
        "Counts what became of each hand-over first: accepted, rejected, recycled, untouched past\n"
        "the limit, or pending; over all, by grade at hand-over, source, owner and --by, and by\n"
        "period, with intervals and the trend. acceptance_rate is accepted / (hand-overs -\n"
        "pending). No outcome is needed, and --window has no say: pending does its job. The\n"
        "values of a status column are named under \"acceptance\" in a spec. On a terminal the\n"
        "table of service levels follows, where grade and first touch are known.",
    .example =
        "leadcal accept --spec datasets/leads.spec.json datasets/leads.csv\n"
        "leadcal accept --entered created_date --accepted accepted_at --by source,owner \\\n"
        "    --period month --format csv datasets/leads.csv\n"
        "leadcal fit --spec datasets/leads.spec.json -q --model graded.json datasets/leads.csv\n"
        "leadcal accept --spec datasets/leads.spec.json --model graded.json datasets/leads.csv",
    .notes =
        "CSV columns: by, group, period, handed_over, accepted, rejected, recycled, untouched,\n"
        "pending, acceptance_rate, low, high, decided_rate, returned, note. With --sla: by,\n"
        "group, sla_hours, handed_over, met, breached, pending, unknown, met_rate, low, high,\n"
        "median_hours, p90_hours. Clocks: A1 and B1 24 hours, A2, A3, B2 and B3 48, unless the\n"
        "spec's agreement says otherwise; other cells have none.",
};

struct settings {
    struct cmd_output out;
    struct cmd_accept_set accept;
};

/* For a person: the periods of all, and each group over all periods; the rest is in the CSV. */
static enum lc_rc shorten(const struct lc_frame *frame, struct lc_frame *out,
                          struct lc_err *err)
{
    const size_t by = lc_frame_column(frame, "by"), period = lc_frame_column(frame, "period");
    enum lc_rc rc = LC_OK;

    *out = *frame;
    out->n = out->room = 0;
    out->value = NULL;
    for (size_t i = 0; !rc && i < frame->n; i++) {
        const union lc_value *from = frame->value + i * frame->k;
        union lc_value *row;

        if (strcmp(from[by].text, "(all)") != 0 && strcmp(from[period].text, "(all)") != 0)
            continue;
        rc = lc_frame_add(out, &row, err);
        if (!rc)
            memcpy(row, from, frame->k * sizeof *row);
    }
    if (!rc && out->n < frame->n)
        rc = lc_frame_note(out, err, "%zu rows of groups by period: --format csv",
                           frame->n - out->n);
    return rc;
}

/* Both tables for a person; a program gets the one that it asked for. */
static enum lc_rc put_tables(struct cmd_study *s, const struct settings *set,
                             const struct lc_accept_options *options, struct lc_err *err)
{
    const char *no_sla = lc_accept_sla_missing(&s->spec, options);
    struct lc_frame accept, sla, brief;
    enum lc_rc rc = cmd_accept_step(s, options, &accept, err);

    if (rc)
        return rc;
    cmd_note_frame(&set->out, &accept);
    if (!cmd_is_table(&set->out))
        return cmd_put_frame(&set->out, &accept, 0, err);
    rc = shorten(&accept, &brief, err);
    if (!rc && no_sla)
        cmd_note(set->out.quiet, "no service levels: %s", no_sla);
    else if (!rc)
        rc = cmd_accept_sla_step(s, options, &sla, err);
    return rc ? rc
              : cmd_put_frames(&set->out, (const struct lc_frame *const[]){&brief, &sla},
                               no_sla ? 1 : 2, SHOWN_GROUPS, err);
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_accept_options options;
    struct lc_frame sla;
    enum lc_rc rc = cmd_accept_options(s, &set->accept, &options, err);

    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_name(s, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    if (!set->accept.sla)
        return put_tables(s, set, &options, err);
    rc = cmd_accept_sla_step(s, &options, &sla, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &sla);
    return cmd_put_frame(&set->out, &sla, SHOWN_GROUPS, err);
}

int cmd_accept(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt *const tables[] = {cmd_accept_rows(&set.accept),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    cmd_study_say(&study, "by",
                  "more columns to count by; default: the spec's source and owner");
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_has_files(&study, argc - first))
        return CMD_USAGE;
    if (set.accept.grade && set.accept.model)
        return cmd_wrong(about.name, "--grade and --model exclude each other");
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
