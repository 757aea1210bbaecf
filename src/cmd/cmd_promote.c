/* promote - puts a candidate in the place of the model in use, if the gate lets it, and says so in a changelog. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/champion.h"
#include "leadcal/changelog.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "leadcal/points_file.h"

#define MOST_CHANGELOG_BYTES ((size_t)64 << 20) /* a hundred thousand promotions */

static const struct cmd_about about = {
    .name = "promote",
    .brief = "puts a candidate in use over the current model, if the gate lets it",
    .usage = "CANDIDATE --over CURRENT --by NAME [option...]",
    .about =
        "Nothing is put in use by itself: somebody says so, and the gate is asked. It is the one\n"
        "of the report's first page: at equal volume the candidate must hold more of the wins than\n"
        "the current model, and the lower end of the 90 % interval must be above -2 points. What\n"
        "the two hold was measured by recalibrate --current CURRENT and stands in the candidate's\n"
        "file, with the hash of the file that it was compared with: any other file is refused.\n\n"
        "Where the gate says yes, the candidate becomes current.json beside CURRENT, byte for\n"
        "byte, and changelog.csv beside that gets a line: the candidate's as-of date, who, both\n"
        "hashes, the gain, the verdict and the five largest changes of points. Where it says no,\n"
        "nothing is written, what would settle it is said, and the exit status is 1; --despite\n"
        "promotes all the same and keeps the reason.\n\n"
        "A first model goes over no other, so no gate is asked: the report's first sentence judges\n"
        "it against chance, or against the score in use where recalibrate --current column:NAME\n"
        "named one. Who agrees copies candidate.json to in-use.json, and has the next candidate\n"
        "compared with that.",
    .example =
        "leadcal fit -q --spec datasets/leads.spec.json --as-of 2025-06-30 --window 90 \\\n"
        "    --model in-use.json datasets/leads.csv\n"
        "leadcal recalibrate -q --spec datasets/leads.spec.json --current in-use.json -o next \\\n"
        "    datasets/leads.csv\n"
        "leadcal promote next/candidate.json --over in-use.json --by 'the pipeline council' \\\n"
        "    --despite 'an example: the gate may say no'",
};

struct settings {
    const char *candidate, *over, *by, *despite, *path;
    bool force;
};

/* What is read, and what comes of it. */
struct promotion {
    struct lc_arena arena;
    struct lc_model candidate, current;
    struct lc_slice bytes; /* of the candidate */
    const char *candidate_sha256, *current_sha256;
    struct lc_comparison gate;
};

/* The file of that name in the folder of another file. */
static const char *beside(const char *path, const char *name, struct lc_arena *arena)
{
    return lc_arena_format(arena, "%.*s%s", (int)(lc_base_name(path) - path), path, name);
}

static enum lc_rc check_compared(const struct settings *set, const struct promotion *p,
                                 struct lc_err *err)
{
    const struct lc_champion *c = &p->candidate.champion;

    if (!c->name)
        return lc_fail(err, LC_EMISMATCH,
                       "%.200s: was compared with no current model; make it again by leadcal "
                       "recalibrate --current %.200s",
                       set->candidate, set->over);
    if (!c->sha256)
        return lc_fail(err, LC_EMISMATCH,
                       "%.200s: was compared with %.100s, which is no file; make it again by "
                       "leadcal recalibrate --current %.200s",
                       set->candidate, c->name, set->over);
    if (strcmp(c->sha256, p->current_sha256) != 0)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.200s: was compared with another file than %.200s (it was named %.100s, and "
            "its bytes were others); make it again by leadcal recalibrate --current "
            "%.200s",
            set->candidate, set->over, c->name, set->over);
    return LC_OK;
}

/* Who has no model in use yet looks for one here. */
static enum lc_rc say_first(const struct settings *set, struct lc_err *err)
{
    return lc_fail(err, LC_EIO,
                   "%.200s: there is no such file; a first model goes over no other: once the "
                   "report of %.200s is agreed on, copy the candidate there, and name it to "
                   "leadcal recalibrate --current next time",
                   set->over, set->candidate);
}

static enum lc_rc read_both(const struct settings *set, struct promotion *p, struct lc_err *err)
{
    struct lc_slice ignored;
    enum lc_rc rc =
        cmd_read_hashed(set->candidate, &p->arena, &p->bytes, &p->candidate_sha256, err);

    if (!rc)
        rc = lc_model_parse(set->candidate, p->bytes, &p->arena, &p->candidate, err);
    if (!rc && !lc_file_exists(set->over) && errno == ENOENT)
        rc = say_first(set, err);
    if (!rc)
        rc = cmd_read_hashed(set->over, &p->arena, &ignored, &p->current_sha256, err);
    if (!rc)
        rc = lc_scorer_read(set->over, &p->arena, &p->current, err);
    return rc ? rc : check_compared(set, p, err);
}

/* A line more in the changelog, under its temporary name. */
static enum lc_rc write_changelog(const struct settings *set, struct promotion *p,
                                  const char *path, struct lc_file_out *file,
                                  struct lc_err *err)
{
    const struct lc_promotion line = {
        .candidate = &p->candidate,
        .gate = &p->gate,
        .by = set->by,
        .despite = p->gate.advice == LC_ADVICE_ADOPT ? NULL : set->despite,
        .candidate_name = set->candidate,
        .current_name = set->over,
        .candidate_sha256 = p->candidate_sha256,
        .current_sha256 = p->current_sha256};
    struct lc_slice old = {"", 0};
    enum lc_rc rc = LC_OK;

    if (lc_file_exists(path))
        rc = lc_read_file(path, MOST_CHANGELOG_BYTES, &p->arena, &old, err);
    if (!rc)
        rc = lc_file_out_open(file, path, true, err);
    if (rc)
        return rc;
    rc = lc_changelog_append(old, &line, &p->arena, file->to, err);
    if (rc == LC_EFORMAT)
        (void)lc_fail_in(err, path);
    return rc;
}

/* Both files are whole under their temporary names before either takes its place. */
static enum lc_rc write_both(const struct settings *set, struct promotion *p,
                             struct lc_err *err)
{
    const char *path = set->path ? set->path : beside(set->over, "current.json", &p->arena);
    const char *log = path ? beside(path, "changelog.csv", &p->arena) : NULL;
    struct lc_file_out model = {0}, changelog = {0};
    enum lc_rc rc = log ? LC_OK : lc_fail_memory(err, "a file name");

    if (!rc)
        rc = lc_file_out_open(&model, path, set->force, err);
    if (!rc && fwrite(p->bytes.p, 1, p->bytes.n, model.to) != p->bytes.n)
        rc = lc_fail(err, LC_EIO, "%.200s: cannot be written", path);
    if (!rc)
        rc = write_changelog(set, p, log, &changelog, err);
    if (!rc)
        rc = lc_file_out_commit(&changelog, err);
    if (!rc)
        rc = lc_file_out_commit(&model, err);
    lc_file_out_drop(&changelog);
    lc_file_out_drop(&model);
    if (!rc)
        printf("%s is in use now; %s has a line more\n", path, log);
    return rc;
}

/* A sentence that may hold texts of a file. */
static void say(const char *what, const char *text)
{
    printf("%s: ", what);
    cmd_put_plain_to(stdout, text);
    putchar('\n');
}

static int run(const struct settings *set)
{
    struct promotion p = {.bytes = {NULL, 0}};
    int status = CMD_DONE;
    struct lc_err err;
    enum lc_rc rc;

    lc_arena_init(&p.arena, LC_ARENA_NO_LIMIT);
    rc = read_both(set, &p, &err);
    if (!rc)
        rc = lc_champion_judge(&p.candidate, &p.current, &p.arena, &p.gate, &err);
    if (!rc) {
        say(lc_advice_text(p.gate.advice), p.gate.why);
        if (p.gate.advice != LC_ADVICE_ADOPT) {
            say("What would settle it", p.gate.settle);
            status = set->despite ? CMD_DONE : CMD_NO;
        }
    }
    if (!rc && status == CMD_DONE)
        rc = write_both(set, &p, &err);
    lc_arena_release(&p.arena);
    if (rc)
        return cmd_fail(about.name, &err);
    if (status == CMD_NO)
        cmd_note(false, "nothing was written; --despite REASON promotes all the same");
    return status;
}

int cmd_promote(int argc, char **argv)
{
    struct settings set = {0};
    const struct opt table[] = {
        OPT_SECTION("Promote"),
        OPT_TEXT(0, "over", &set.over, "CURRENT", "the model file or points file in use"),
        OPT_TEXT(0, "by", &set.by, "NAME", "who decides; it stands in the changelog"),
        OPT_TEXT(0, "despite", &set.despite, "REASON",
                 "promote where the gate says no; the reason stands in the changelog"),
        OPT_TEXT(
            'o', "output", &set.path, "FILE",
            "write there; default: current.json beside CURRENT. The changelog stands beside it"),
        OPT_FLAG(0, "force", &set.force, "replace what stands there, CURRENT itself too"),
        OPT_END(),
    };
    const struct opt *const tables[] = {table, NULL};
    int first, status, closed;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (argc - first != 1)
        return cmd_wrong(about.name, "one candidate is promoted, not %d", argc - first);
    if (!set.over || !*set.over)
        return cmd_wrong(about.name, "what is in use now is not named; use --over CURRENT");
    if (!set.by || !*set.by)
        return cmd_wrong(about.name, "nobody is named who decides; use --by NAME");
    if (set.despite && !*set.despite)
        return cmd_wrong(about.name, "--despite needs a reason");
    set.candidate = argv[first];
    status = run(&set);
    closed = cmd_close_stdout(about.name);
    return closed ? closed : status;
}
