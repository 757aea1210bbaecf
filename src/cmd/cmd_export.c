/* export - a model file as code that other engines run. */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "leadcal/export.h"
#include "leadcal/io.h"
#include "leadcal/points_file.h"

#define MOST_TARGETS 32

static const struct cmd_about about = {
    .name = "export",
    .brief = "a model as SQL, Python, JavaScript or C, with a self-test inside",
    .usage = "--model FILE --to TARGET [option...]",
    .about =
        "Writes one text without dependencies that computes for a lead what leadcal score does:\n"
        "lc_probability, lc_points, lc_fit, lc_engagement, lc_grade, lc_action and lc_sla_hours.\n"
        "Points and grades are equal, probabilities to 1e-12. The model's verification rows are\n"
        "in it as a self-test. --list names the targets.",
    .example =
        "leadcal fit -q --spec datasets/leads.spec.json --model tuned.json datasets/leads.csv\n"
        "leadcal export --model tuned.json --to sql --dialect postgresql -o scored.sql\n"
        "leadcal export --model tuned.json --to python -o score_lead.py\n"
        "leadcal export --list",
    .notes =
        "The comment at the top of each text says how to run it and its self-test. Texts of the\n"
        "model are data in it, whatever they hold. It carries no licence of ours.",
};

struct settings {
    const char *model, *path, *table;
    int target, dialect; /* places in the lists; -1: unsaid */
    bool force, list, rules_apart;
};

/* The names that --to and --dialect take, from the table of targets. */
struct names {
    const char *target[MOST_TARGETS + 1], *dialect[MOST_TARGETS + 1];
};

static void collect_names(struct names *names)
{
    const struct lc_export_target *t;
    size_t dialects = 0;

    memset(names, 0, sizeof *names);
    for (size_t i = 0; i < MOST_TARGETS && (t = lc_export_target_at(i)) != NULL; i++) {
        names->target[i] = t->name;
        for (size_t d = 0; t->dialect && t->dialect[d] && dialects < MOST_TARGETS; d++)
            names->dialect[dialects++] = t->dialect[d];
    }
}

static void put_dialects(FILE *to, const struct lc_export_target *t)
{
    for (size_t d = 0; t->dialect[d]; d++)
        (void)fprintf(to, "%s%s", d ? "|" : "", t->dialect[d]);
}

static int list_targets(void)
{
    const struct lc_export_target *t;

    for (size_t i = 0; (t = lc_export_target_at(i)) != NULL; i++) {
        printf("%-8s%s", t->name, t->about);
        if (t->dialect) {
            (void)fputs("; --dialect ", stdout);
            put_dialects(stdout, t);
        }
        putchar('\n');
    }
    return cmd_close_stdout(about.name);
}

static enum lc_rc run(const struct settings *set, const struct lc_export *how,
                      struct lc_err *err)
{
    struct lc_file_out file = {0};
    struct lc_arena arena;
    struct lc_model model;
    enum lc_rc rc;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    rc = lc_scorer_read(set->model, &arena, &model, err);
    if (!rc && set->path)
        rc = lc_file_out_open(&file, set->path, set->force, err);
    if (!rc) {
        rc = lc_export_write(&model, how, &arena, file.to ? file.to : stdout, err);
        if (rc == LC_EFORMAT || rc == LC_EMISMATCH)
            (void)lc_fail_in(err, set->model);
    }
    if (!rc && file.to)
        rc = lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    lc_arena_release(&arena);
    return rc;
}

static bool has_dialect(const struct lc_export_target *t, const char *dialect)
{
    for (size_t d = 0; t->dialect && t->dialect[d]; d++)
        if (strcmp(t->dialect[d], dialect) == 0)
            return true;
    return false;
}

/* What fits together: CMD_DONE, or the sentence was printed. */
static int check(const struct settings *set, const struct lc_export_target *t,
                 const char *dialect)
{
    if (!set->model)
        return cmd_wrong(about.name, "no model is named; use --model FILE (leadcal fit --model "
                                     "writes one)");
    if (!t)
        return cmd_wrong(about.name, "no target is named; use --to TARGET (--list names them)");
    if (t->dialect && !dialect)
        return cmd_wrong(about.name, "--to %s needs a --dialect (--list names them)", t->name);
    if (dialect && !has_dialect(t, dialect))
        return cmd_wrong(about.name, "--to %s has no --dialect %s (--list names them)", t->name,
                         dialect);
    if (set->table && !t->dialect)
        return cmd_wrong(about.name, "--to %s reads no table; --table is for SQL", t->name);
    return CMD_DONE;
}

int cmd_export(int argc, char **argv)
{
    struct settings set = {.target = -1, .dialect = -1};
    struct names names;
    const struct opt table[] = {
        OPT_SECTION("Export"),
        OPT_TEXT('m', "model", &set.model, "FILE",
                 "a model file that leadcal fit wrote, or a points file"),
        OPT_CHOICE('t', "to", &set.target, names.target, "what is written"),
        OPT_CHOICE(0, "dialect", &set.dialect, names.dialect, "of SQL: for which database"),
        OPT_TEXT(0, "table", &set.table, "NAME",
                 "of SQL: the table to read, NAME or SCHEMA.NAME; default " LC_EXPORT_TABLE),
        OPT_FLAG(
            0, "rules-apart", &set.rules_apart,
            "of a model with rules: rows that they leave out are taken out beforehand, and "
            "what they mark is a column of yes and no"),
        OPT_TEXT('o', "output", &set.path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(0, "force", &set.force, "replace what stands there"),
        OPT_FLAG(0, "list", &set.list, "name the targets, and end"),
        OPT_END(),
    };
    const struct opt *const tables[] = {table, NULL};
    struct lc_export how = {0};
    struct lc_err err;
    int first, status;

    collect_names(&names);
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (argc > first)
        return cmd_wrong(about.name, "no file is read but the model; '%.60s' is too much",
                         argv[first]);
    if (set.list)
        return list_targets();
    how.target = set.target < 0 ? NULL : names.target[set.target];
    how.dialect = set.dialect < 0 ? NULL : names.dialect[set.dialect];
    how.table = set.table ? set.table : LC_EXPORT_TABLE;
    how.rules_apart = set.rules_apart;
    status = check(&set, how.target ? lc_export_target_of(how.target) : NULL, how.dialect);
    if (status != CMD_DONE)
        return status;
    if (run(&set, &how, &err) != LC_OK)
        return cmd_fail(about.name, &err);
    return cmd_close_stdout(about.name);
}
