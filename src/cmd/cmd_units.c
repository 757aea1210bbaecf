/* units - one row for each account, opportunity or customer, for score, exports and anybody else. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd_csv_out.h"
#include "cmd_study.h"
#include "leadcal/io.h"
#include "leadcal/spec_unit.h"

static const struct cmd_about about = {
    .name = "units",
    .brief = "one row for each account, opportunity or customer, as the spec's unit says",
    .usage = "--spec FILE [option...] FILE...",
    .about =
        "Writes the table that rates, fit, backtest and recalibrate work on where the spec has a\n"
        "\"unit\": a row for each account, opportunity or customer, with the columns of the export\n"
        "as of its decision day, those that are rolled up, and those that are computed from\n"
        "events. leadcal score takes that file as it is. No outcome need be named.\n\n"
        "An account that nobody was handed over of yet has no decision day: --undecided takes its\n"
        "events as of a day. Columns of so many texts that they were not kept (names, notes) are\n"
        "left out.",
    .example =
        "leadcal units --spec datasets/accounts.spec.json -o accounts.csv datasets/units/contacts.csv \\\n"
        "    datasets/units/events.csv datasets/units/deals.csv",
    .notes =
        "CSV columns: those of the export, with the prefix of their file, then the others.",
};

struct settings {
    struct cmd_output out;
    int32_t undecided;
};

static bool is_written(const struct lc_table_column *c)
{
    return (c->codes.code || c->kind == LC_KIND_EMPTY) && !c->set_of;
}

static void put_row(struct cmd_csv_out *out, const struct lc_table *t, size_t row, bool names)
{
    bool first = true;

    for (size_t j = 0; j < t->k; j++) {
        const struct lc_table_column *c = &t->column[j];
        const char *text = names ? c->codes.name : NULL;

        if (!is_written(c))
            continue;
        if (!names && c->kind != LC_KIND_EMPTY)
            text = lc_table_cell(c, row);
        cmd_csv_out_field(out, lc_slice_of(text ? text : ""), first);
        first = false;
    }
    cmd_csv_out_end_row(out);
}

static enum lc_rc write_table(const struct lc_table *t, FILE *to, struct lc_err *err)
{
    struct cmd_csv_out out = {0};
    enum lc_rc rc = LC_OK;

    if (!cmd_csv_out_open(&out, to, ','))
        return lc_fail_memory(err, "writing");
    put_row(&out, t, 0, true);
    for (size_t i = 0; i < t->n; i++)
        put_row(&out, t, i, false);
    if (!cmd_csv_out_flush(&out))
        rc = lc_fail(err, LC_EIO, "the output cannot be written: %s",
                     strerror(errno ? errno : EIO));
    cmd_csv_out_close(&out);
    return rc;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_file_out file = {0};
    enum lc_rc rc;

    if (!s->spec.unit)
        return lc_fail(
            err, LC_EMISMATCH,
            "the spec has no \"unit\", so its rows are leads as they stand; say what a "
            "row is: \"unit\": {\"of\": \"account\", \"key\": COLUMN}");
    rc = cmd_study_load(s, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    if (!set->out.path)
        return write_table(&s->table, stdout, err);
    rc = lc_file_out_open(&file, set->out.path, set->out.force, err);
    if (!rc)
        rc = write_table(&s->table, file.to, err);
    if (!rc)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

int cmd_units(int argc, char **argv)
{
    struct settings set = {.undecided = LC_NO_DAY};
    const struct opt table[] = {
        OPT_SECTION("Units"),
        OPT_DAY(0, "undecided", &set.undecided,
                "units without a decision day have their events as of this day, to score them "
                "today; default: these cells are empty"),
        OPT_TEXT('o', "output", &set.out.path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(0, "force", &set.out.force, "replace what stands there"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_END(),
    };
    struct cmd_study study;
    const struct opt *const tables[] = {table, cmd_study_rows(&study, about.name, &set.out),
                                        NULL};
    int first;

    study.all_events = true;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (set.undecided != LC_NO_DAY)
        study.undecided = &set.undecided;
    if (!cmd_study_has_files(&study, argc - first))
        return CMD_USAGE;
    if (!study.given.spec)
        return cmd_wrong(about.name,
                         "no spec is named; use --spec FILE, whose \"unit\" says what "
                         "a row is");
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
