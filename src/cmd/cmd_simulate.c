/* simulate - made-up exports with known truth, the same bytes for the same seed. */
#include <stdio.h>

#include "cmd.h"
#include "leadcal/io.h"
#include "leadcal/simulate.h"
#include "leadcal/simulate_events.h"
#include "leadcal/simulate_files.h"
#include "leadcal/simulate_units.h"

static const struct cmd_about about = {
    .name = "simulate",
    .brief = "made-up exports with known truth",
    .usage =
        "{--rows N --seed S | --files FOLDER | --events FOLDER | --units FOLDER} [option...]",
    .about =
        "With --rows: leads as a CRM would export them, in one file: 22 columns, quoted fields,\n"
        "missing values, dates, open deals and a column that leaks the outcome. The first N\n"
        "rows of a longer file are the file of N rows.\n"
        "\n"
        "With --files: contacts.csv and deals.csv as HubSpot exports them: 2,400 contacts of two\n"
        "years, seven in ten handed over to sales, and their deals, 90 of them won. Deals of\n"
        "several contacts, lost and open ones, recycled contacts that come back, columns that\n"
        "know the outcome, and a score that is wrong in one band.\n"
        "\n"
        "With --events: leads.csv and events.csv: 2,400 leads of two years and what each of them\n"
        "did before and after its hand-over, page by page, with known half-lives.\n"
        "\n"
        "With --units: exports for units other than leads: contacts.csv, events.csv and deals.csv of\n"
        "900 accounts, opportunities.csv with the day of entering each stage, and purchases.csv of\n"
        "1,100 customers.\n"
        "\n"
        "Whether a lead is won follows a logistic model whose coefficients --truth writes.",
    .example = "leadcal simulate --rows 1000 --seed 7 -o made-up.csv\n"
               "leadcal simulate --rows 1000 --seed 7 --segments -o segments.csv\n"
               "leadcal simulate --rows 10 --seed 7 --truth truth.csv\n"
               "leadcal simulate --rows 10 --seed 7 --form\n"
               "leadcal simulate --files crm\n"
               "leadcal simulate --files few --wins 25\n"
               "leadcal simulate --events web\n"
               "leadcal simulate --units units --truth units-truth.csv",
};

struct settings {
    const char *path, *truth, *folder, *events, *units;
    int64_t rows, seed, wins;
    bool force, form, segments;
};

static enum lc_rc put_truth(const struct settings *set, FILE *to, struct lc_err *err)
{
    if (set->units)
        return lc_simulate_units_truth(to, err);
    if (set->events)
        return lc_simulate_events_truth(to, err);
    if (set->folder)
        return lc_simulate_files_truth((uint64_t)set->seed, (uint64_t)set->wins, to, err);
    return lc_simulate_truth(set->form, set->segments, to, err);
}

static enum lc_rc write_truth(const struct settings *set, struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, set->truth, set->force, err);

    if (rc)
        return rc;
    rc = put_truth(set, file.to, err);
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
        rc = lc_simulate((uint64_t)set->rows, (uint64_t)set->seed, set->form, set->segments,
                         file.to ? file.to : stdout, err);
    if (!rc && set->truth)
        rc = write_truth(set, err);
    if (!rc && file.to)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

#define MOST_FILES 5 /* of a folder */

/* What the files of a folder are called, and what is in them. */
static const char *const *names_of(const struct settings *set, size_t *n)
{
    static const char *const contacts[] = {"contacts.csv", "deals.csv"};
    static const char *const events[] = {"leads.csv", "events.csv"};
    static const char *const units[MOST_FILES] = {"contacts.csv", "events.csv", "deals.csv",
                                                  "opportunities.csv", "purchases.csv"};

    *n = set->units ? MOST_FILES : 2;
    return set->units ? units : set->events ? events : contacts;
}

static enum lc_rc fill(const struct settings *set, const struct lc_file_out *file,
                       struct lc_err *err)
{
    const struct lc_unit_files units = {file[0].to, file[1].to, file[2].to, file[3].to,
                                        file[4].to};

    if (set->units)
        return lc_simulate_units((uint64_t)set->seed, &units, err);
    if (set->events)
        return lc_simulate_events((uint64_t)set->seed, file[0].to, file[1].to, err);
    return lc_simulate_files((uint64_t)set->seed, (uint64_t)set->wins, file[0].to, file[1].to,
                             err);
}

static const char *folder_of(const struct settings *set)
{
    return set->units ? set->units : set->events ? set->events : set->folder;
}

/* The files of a folder; none appears before all are whole. */
static enum lc_rc run_files(const struct settings *set, struct lc_err *err)
{
    size_t n;
    const char *const *name = names_of(set, &n);
    const char *folder = folder_of(set);
    struct lc_file_out file[MOST_FILES] = {{0}, {0}, {0}, {0}, {0}};
    struct lc_arena arena;
    enum lc_rc rc = lc_make_folder(folder, err);

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < n && !rc; i++) {
        const char *path = lc_arena_format(&arena, "%s/%s", folder, name[i]);

        if (!path)
            rc = lc_fail_memory(err, "a file name");
        if (!rc)
            rc = lc_file_out_open(&file[i], path, set->force, err);
    }
    if (!rc)
        rc = fill(set, file, err);
    if (!rc && set->truth)
        rc = write_truth(set, err);
    for (size_t i = 0; i < n; i++) {
        if (!rc)
            rc = lc_file_out_commit(&file[i], err);
        lc_file_out_drop(&file[i]);
    }
    lc_arena_release(&arena);
    return rc;
}

/* An option of the flat file alone; NULL: none was given. */
static const char *of_flat(const struct settings *set)
{
    return set->path       ? "output"
           : set->form     ? "form"
           : set->segments ? "segments"
           : set->rows < 0 ? NULL
                           : "rows";
}

/* Options that do not go together; false: the sentence was printed. */
static bool go_together(const struct settings *set, bool flat)
{
    if (!set->folder && set->wins >= 0)
        (void)cmd_wrong(about.name, "--wins goes with --files");
    else if (!flat && of_flat(set))
        (void)cmd_wrong(about.name, "--%s goes with the flat file, not with --%s", of_flat(set),
                        set->folder   ? "files"
                        : set->events ? "events"
                                      : "units");
    else if ((set->folder != NULL) + (set->events != NULL) + (set->units != NULL) > 1)
        (void)cmd_wrong(about.name, "--%s and --%s are two exports; make one at a time",
                        set->folder ? "files" : "events", set->units ? "units" : "events");
    else
        return true;
    return false;
}

/* Which options go with which file; false: the sentence was printed. */
static bool are_fine(struct settings *set)
{
    const bool flat = !folder_of(set);

    if (flat && (set->rows < 0 || set->seed < 0)) {
        (void)cmd_wrong(about.name, "--%s is needed%s", set->rows < 0 ? "rows N" : "seed S",
                        set->rows < 0 ? ", or --files FOLDER, --events FOLDER or --units FOLDER"
                                      : "");
        return false;
    }
    if (!flat) {
        set->seed = set->seed < 0 ? LC_SIMULATED_SEED : set->seed;
        set->wins = set->wins < 0 && set->folder ? LC_SIMULATED_WINS : set->wins;
    }
    return go_together(set, flat);
}

int cmd_simulate(int argc, char **argv)
{
    struct settings set = {.rows = -1, .seed = -1, .wins = -1};
    const struct opt table[] = {
        OPT_SECTION("One flat file"),
        OPT_WHOLE('n', "rows", &set.rows, 0, 1e10, "N", "leads"),
        OPT_TEXT('o', "output", &set.path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(
            0, "form", &set.form,
            "with company, email_domain and is_test as they were typed into a form: some of "
            "competitors, junk, test records, and countries that nobody serves"),
        OPT_FLAG(0, "segments", &set.segments,
                 "each source deviates in job_level, company_size and demo_request: something "
                 "for fit --local source"),
        OPT_SECTION("Contacts and deals"),
        OPT_TEXT(0, "files", &set.folder, "FOLDER",
                 "write contacts.csv and deals.csv there; the folder is made where there is "
                 "none"),
        OPT_WHOLE(0, "wins", &set.wins, LC_LEAST_SIMULATED_WINS, LC_MOST_SIMULATED_WINS, "N",
                  "won deals among them; default 90, of which 87 are credited to a lead"),
        OPT_SECTION("Leads and events"),
        OPT_TEXT(0, "events", &set.events, "FOLDER", "write leads.csv and events.csv there"),
        OPT_SECTION("Accounts, opportunities and customers"),
        OPT_TEXT(
            0, "units", &set.units, "FOLDER",
            "write contacts.csv, events.csv, deals.csv, opportunities.csv and purchases.csv "
            "there"),
        OPT_SECTION("All"),
        OPT_WHOLE('s', "seed", &set.seed, 0, 1e15, "S",
                  "any number: the same files for the same; for a folder the default is 6"),
        OPT_TEXT(0, "truth", &set.truth, "FILE", "write the true coefficients there"),
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
    if (!are_fine(&set))
        return CMD_USAGE;
    if (argc > first)
        return cmd_wrong(about.name, "no file is read; '%.60s' is too much", argv[first]);
    if ((folder_of(&set) ? run_files(&set, &err) : run(&set, &err)) != LC_OK)
        return cmd_fail(about.name, &err);
    return cmd_close_stdout(about.name);
}
