/* simulate - a leads file with known truth, the same bytes for the same seed. */
#include <stdio.h>

#include "cmd.h"
#include "leadcal/io.h"
#include "leadcal/simulate.h"

static const struct cmd_about about = {
    .name = "simulate",
    .brief = "a made-up leads file with known truth",
    .usage = "--rows N --seed S [option...]",
    .about =
        "Writes leads as a CRM would export them: 22 columns, quoted fields, missing values,\n"
        "dates, open deals and a column that leaks the outcome; whether a lead is won follows\n"
        "a logistic model whose coefficients --truth writes. The first N rows of a longer file\n"
        "are the file of N rows.",
    .example = "leadcal simulate --rows 1000 --seed 7 -o made-up.csv\n"
               "leadcal simulate --rows 10 --seed 7 --truth truth.csv",
};

struct settings {
    const char *path, *truth;
    int64_t rows, seed;
    bool force;
};

static enum lc_rc write_truth(const struct settings *set, struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, set->truth, set->force, err);

    if (rc)
        return rc;
    rc = lc_simulate_truth(file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

static enum lc_rc run(const struct settings *set, struct lc_err *err)
{
    struct lc_file_out file = {0};
    enum lc_rc rc = LC_OK;

    if (set->path)
        rc = lc_file_out_open(&file, set->path, set->force, err);
    if (!rc)
        rc = lc_simulate((uint64_t)set->rows, (uint64_t)set->seed, file.to ? file.to : stdout,
                         err);
    if (!rc && set->truth)
        rc = write_truth(set, err);
    if (!rc && file.to)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

int cmd_simulate(int argc, char **argv)
{
    struct settings set = {.rows = -1, .seed = -1};
    const struct opt table[] = {
        OPT_SECTION("Simulate"),
        OPT_WHOLE('n', "rows", &set.rows, 0, 1e10, "N", "leads"),
        OPT_WHOLE('s', "seed", &set.seed, 0, 1e15, "S",
                  "any number: the same file for the same"),
        OPT_TEXT(0, "truth", &set.truth, "FILE", "write the true coefficients there"),
        OPT_TEXT('o', "output", &set.path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(0, "force", &set.force, "replace what stands there"),
        OPT_END(),
    };
    const struct opt *const tables[] = {table, NULL};
    struct lc_err err;
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (set.rows < 0 || set.seed < 0)
        return cmd_wrong(about.name, "--%s is needed", set.rows < 0 ? "rows N" : "seed S");
    if (argc > first)
        return cmd_wrong(about.name, "no file is read; '%.60s' is too much", argv[first]);
    if (run(&set, &err) != LC_OK)
        return cmd_fail(about.name, &err);
    return cmd_close_stdout(about.name);
}
