/* The folder of recalibrate: made under a temporary name, put in place when it is whole. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "leadcal/io.h"

/* All that recalibrate writes. Only a folder that holds nothing else is ever replaced. */
static const char *const known[] = {
    "files.csv",        "files.json",
    "columns.csv",      "columns.json",
    "classes.csv",      "classes.json",
    "rates.csv",        "rates.json",
    "fit.csv",          "fit.json",
    "backtest.csv",     "backtest.json",
    "cells.csv",        "backtest_metrics.csv",
    "cells.json",       "candidate.json",
    "spec.json",        "backtest_metrics.json",
    "report.md",        "rates.svg",
    "grades.svg",       "cycle.svg",
    "lift.svg",         "calibration.svg",
    "report.html",      "points.svg",
    "funnel.svg",       "acceptance.svg",
    "spec.csv",         "accept.csv",
    "accept.json",      "accept_sla.csv",
    "funnel.csv",       "accept_sla.json",
    "funnel.json",      "workload.csv",
    "changes.csv",      "workload.json",
    "changes.json",     "moves.csv",
    "moves.json",       "separation.csv",
    "separation.json",  "audit.csv",
    "audit.json",       "comparisons.csv",
    "comparisons.json", "verdicts.csv",
    "verdicts.json",    "worked.csv",
    "worked.json",      "maturity.csv",
    "maturity.json",    "maturity.svg",
    "incidence.csv",    "incidence.json",
    "drift.csv",        "drift.json",
    "expected.csv",     "expected.json",
    "fairness.csv",     "fairness.json",
    "value.csv",        "value.json",
    "cycle_split.csv",  "cycle_split.json",
    "local.csv",        "local.json",
};

#define N_KNOWN (sizeof known / sizeof *known)

/* For the signal handler: the files of the folder being built, made before it can be needed. */
static char *open_folder;
static char open_file[N_KNOWN][4096];

static enum lc_rc check_contents(const char *path, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;
    const struct dirent *entry;
    DIR *folder;

    folder = opendir(path);
    if (!folder)
        return lc_fail(err, LC_EMISMATCH,
                       "%.200s: exists and is no folder; choose another name", path);
    while (!rc && (entry = readdir(folder))) { /* NOLINT(concurrency-mt-unsafe): one thread */
        bool ours = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;

        for (size_t i = 0; i < N_KNOWN && !ours; i++)
            ours = strcmp(entry->d_name, known[i]) == 0;
        if (!ours)
            rc = lc_fail(err, LC_EMISMATCH,
                         "%.200s: holds '%.100s', which leadcal did not write, so it is not "
                         "replaced; choose another folder",
                         path, entry->d_name);
    }
    (void)closedir(folder);
    return rc;
}

static enum lc_rc check_place(const struct cmd_folder *f, struct lc_err *err)
{
    if (!lc_file_exists(f->path))
        return LC_OK;
    if (!f->replace)
        return lc_fail(err, LC_EMISMATCH, "%.200s: exists already; use --force to replace it",
                       f->path);
    return check_contents(f->path, err);
}

/* Removes a folder of ours: unlink and rmdir alone, as a signal handler may. */
static void remove_folder(const char *path)
{
    char file[4200];

    for (size_t i = 0; i < N_KNOWN; i++)
        if (snprintf(file, sizeof file, "%s/%s", path, known[i]) < (int)sizeof file)
            (void)unlink(file);
    (void)rmdir(path);
}

enum lc_rc cmd_folder_open(struct cmd_folder *f, const char *path, bool replace,
                           struct lc_err *err)
{
    size_t n = strlen(path);
    enum lc_rc rc;

    while (n > 1 && path[n - 1] == '/')
        n--;
    *f = (struct cmd_folder){.path = path, .replace = replace};
    rc = check_place(f, err);
    if (rc)
        return rc;
    if (n > 4000)
        return lc_fail(err, LC_EMISMATCH, "%.60s...: the name is too long", path);
    f->temp = malloc(n + 12);
    if (!f->temp)
        return lc_fail_memory(err, "a folder name");
    memcpy(f->temp, path, n);
    memcpy(f->temp + n, ".tmp-XXXXXX", 12);
    if (!mkdtemp(f->temp)) {
        rc = lc_fail(err, LC_EIO, "%.200s: the folder cannot be made: %s", path,
                     strerror(errno));
        free(f->temp);
        f->temp = NULL;
        return rc;
    }
    (void)chmod(f->temp, 0755);
    for (size_t i = 0; i < N_KNOWN; i++)
        (void)snprintf(open_file[i], sizeof open_file[i], "%s/%s", f->temp, known[i]);
    open_folder = f->temp;
    return LC_OK;
}

const char *cmd_folder_path(const struct cmd_folder *f, const char *name,
                            struct lc_arena *arena)
{
    return lc_arena_format(arena, "%s/%s", f->temp, name);
}

enum lc_rc cmd_folder_commit(struct cmd_folder *f, struct lc_err *err)
{
    const bool stands = lc_file_exists(f->path);
    char old[4200] = "";
    enum lc_rc rc = check_place(f, err);

    if (rc)
        return rc;
    if (stands) {
        /* The old folder steps aside first, so that a whole one always stands there. */
        (void)snprintf(old, sizeof old, "%s.old", f->temp);
        if (rename(f->path, old) != 0)
            return lc_fail(err, LC_EIO, "%.200s: cannot be replaced: %s", f->path,
                           strerror(errno));
    }
    if (rename(f->temp, f->path) != 0) {
        rc = lc_fail(err, LC_EIO, "%.200s: cannot be put in place: %s", f->path,
                     strerror(errno));
        if (stands)
            (void)rename(old, f->path);
        return rc;
    }
    open_folder = NULL;
    if (stands)
        remove_folder(old);
    free(f->temp);
    f->temp = NULL;
    return LC_OK;
}

void cmd_folder_drop(struct cmd_folder *f)
{
    if (!f->temp)
        return;
    open_folder = NULL;
    remove_folder(f->temp);
    free(f->temp);
    f->temp = NULL;
}

void cmd_folder_drop_open(void)
{
    if (!open_folder)
        return;
    for (size_t i = 0; i < N_KNOWN; i++)
        (void)unlink(open_file[i]);
    (void)rmdir(open_folder);
}
