/* inspect - what a file is, and a proposal of what its columns mean. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/io.h"
#include "leadcal/propose.h"
#include "leadcal/spec_file.h"

static const char *const formats[] = {"table", "csv", "json", NULL};

static const struct cmd_about about = {
    .name = "inspect",
    .brief = "what a file is, and a proposal of what its columns mean",
    .usage = "[option...] FILE...",
    .about =
        "Shows delimiter, encoding, rows used, skipped and rejected (they add up), and each\n"
        "column with its type, fill, levels and dates; values that may name a person are never\n"
        "shown. Guesses which column is the outcome, the dates, the amount and the attributes,\n"
        "and says why; -o writes these guesses as a spec for the other programs. A second file\n"
        "is joined where a key column stands in both and brings rows together.",
    .example = "leadcal inspect datasets/leads.csv\n"
               "leadcal inspect -o spec.json datasets/leads.csv\n"
               "leadcal rates --spec spec.json datasets/leads.csv",
    .notes = "CSV columns: file, column, type, filled, filled_share, levels, lowest, highest,\n"
             "examples, use, reason. With --files: file, name, rows_seen, rows_used,\n"
             "rows_skipped, rows_rejected, columns, encoding, delimiter, quote,\n"
             "preamble_lines, bytes, matched, orphans, sha256.",
};

struct settings {
    struct cmd_output out;
    const char *spec;
    bool files;
};

/* "deals" of "exports/deals.csv". */
static const char *prefix_of(const char *path, struct lc_arena *arena)
{
    const char *base = lc_base_name(path);

    return lc_arena_text(arena, (struct lc_slice){base, strcspn(base, ".")});
}

/* So that the order on the command line does not matter; NULL where the name would read as a
 * pattern of another. */
static const char *match_of(const char *path)
{
    const char *base = lc_base_name(path);

    return strcmp(path, "-") == 0 || strpbrk(base, "*?[\\") ? NULL : base;
}

/* A file that joins nothing is shown as it is. */
static enum lc_rc show_alone(const struct lc_table *table, const struct lc_spec *plain,
                             struct lc_frame *files, struct lc_frame *columns,
                             struct lc_err *err)
{
    const struct lc_choices none = {0};
    const enum lc_rc rc = cmd_add_files(table, files, err);

    return rc ? rc : cmd_add_columns(table, &none, plain, columns, err);
}

/* Several files without a spec: which of them join the first, by which key. */
struct joined {
    struct lc_table *alone; /* [n] the first, then each that has a key */
    struct lc_spec_file *file;
    const char **path;
    size_t n;
};

static enum lc_rc propose_files(struct cmd_study *s, struct joined *j, struct lc_frame *files,
                                struct lc_frame *columns, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    j->alone = LC_NEW(&s->arena, s->n_paths, struct lc_table);
    j->file = LC_NEW(&s->arena, s->n_paths, struct lc_spec_file);
    j->path = LC_NEW(&s->arena, s->n_paths, const char *);
    if (!j->alone || !j->file || !j->path)
        return lc_fail_memory(err, "the files");
    for (size_t i = 0; i < s->n_paths && !rc; i++) {
        struct lc_table *table = &j->alone[j->n];
        size_t key = 0;

        rc = cmd_study_read(s, &s->path[i], 1, &s->spec, table, err);
        if (rc)
            break;
        if (i)
            key = lc_propose_join(&j->alone[0], table);
        if (i && key == j->alone[0].k) {
            cmd_note(s->out->quiet, "%s: no key joins it to %s: no key column stands in both",
                     lc_base_name(s->path[i]), lc_base_name(s->path[0]));
            rc = show_alone(table, &s->spec, files, columns, err);
            continue;
        }
        j->path[j->n] = s->path[i];
        j->file[j->n].match = match_of(s->path[i]);
        if (i) {
            j->file[j->n].name = prefix_of(s->path[i], &s->arena);
            j->file[j->n].key = j->alone[0].column[key].codes.name;
            j->file[j->n].join = j->file[j->n].key;
        }
        j->n++;
    }
    return rc;
}

static enum lc_rc load_joined(struct cmd_study *s, const struct joined *j, struct lc_err *err)
{
    s->path = j->path;
    s->n_paths = j->n;
    s->spec.file = j->n > 1 ? j->file : NULL;
    s->spec.n_files = j->n > 1 ? j->n : 0;
    return cmd_study_load(s, err);
}

/* A column of the same name is no key where it brings no two rows together. */
static enum lc_rc load_files(struct cmd_study *s, struct lc_frame *files,
                             struct lc_frame *columns, struct lc_err *err)
{
    const struct lc_spec plain = s->spec;
    struct joined j = {0};
    size_t kept = 1;
    enum lc_rc rc = propose_files(s, &j, files, columns, err);

    if (!rc)
        rc = load_joined(s, &j, err);
    for (size_t f = 1; f < j.n && !rc; f++) {
        if (s->table.file[f].matched) {
            j.path[kept] = j.path[f];
            j.file[kept++] = j.file[f];
            continue;
        }
        cmd_note(s->out->quiet, "%s: no key joins it to %s: no lead has a value of its '%s'",
                 lc_base_name(j.path[f]), lc_base_name(j.path[0]), j.file[f].key);
        rc = show_alone(&j.alone[f], &plain, files, columns, err);
    }
    if (rc || kept == j.n)
        return rc;
    j.n = kept;
    return load_joined(s, &j, err);
}

/* --engagement has the last word on the roles of the proposal. */
static enum lc_rc set_roles(struct cmd_study *s, struct lc_proposal *p, struct lc_err *err)
{
    const size_t n = p->spec.n_attributes;
    struct lc_spec_attribute *attribute = LC_NEW(&s->arena, n + 1, struct lc_spec_attribute);

    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    for (size_t i = 0; i < n; i++) {
        attribute[i] = p->spec.attribute[i];
        if (lc_texts_have(s->engagement, attribute[i].column))
            attribute[i].role = LC_ROLE_ENGAGEMENT;
    }
    if (n)
        p->spec.attribute = attribute;
    return LC_OK;
}

static enum lc_rc write_spec(const struct settings *set, const struct lc_proposal *p,
                             struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, set->spec, set->out.force, err);

    if (rc)
        return rc;
    rc = lc_spec_write(&p->spec, p->comment, p->n_comments, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

/* The files one after another, for the command that comes next. */
static const char *paths_text(struct cmd_study *s)
{
    const char *text = "";

    for (size_t i = 0; i < s->n_paths && text; i++)
        text = lc_arena_format(&s->arena, "%s %s", text, s->path[i]);
    return text;
}

static enum lc_rc note_proposal(struct cmd_study *s, const struct settings *set,
                                const struct lc_proposal *p, struct lc_err *err)
{
    const char *paths = paths_text(s);

    if (!paths)
        return lc_fail_memory(err, "the notes");
    for (size_t i = 0; i < p->n_comments; i++)
        cmd_note(set->out.quiet, "%s", p->comment[i]);
    if (!set->spec)
        cmd_note(set->out.quiet, "-o spec.json writes these guesses as a spec");
    else if (p->has_outcome)
        cmd_note(set->out.quiet, "%s is written; next: leadcal rates --spec %s%s", set->spec,
                 set->spec, paths);
    else
        cmd_note(set->out.quiet, "%s is written; name the outcome in it before it is used",
                 set->spec);
    return LC_OK;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame files, columns;
    struct lc_proposal proposal;
    enum lc_rc rc;

    cmd_files_frame(&files, &s->arena);
    cmd_columns_frame(&columns, &s->arena);
    if (s->n_paths > 1 && !s->spec.n_files)
        rc = load_files(s, &files, &columns, err);
    else
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_name(s, err);
    if (!rc)
        rc = lc_propose(&s->table, &s->spec, &s->arena, &proposal, err);
    if (!rc)
        rc = set_roles(s, &proposal, err);
    if (!rc && set->files)
        rc = cmd_study_hash(s, err);
    if (!rc)
        rc = cmd_add_files(&s->table, &files, err);
    if (!rc)
        rc = cmd_add_columns(&s->table, &proposal.choices, &proposal.spec, &columns, err);
    if (!rc && set->spec)
        rc = write_spec(set, &proposal, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    rc = note_proposal(s, set, &proposal, err);
    if (rc)
        return rc;
    if (set->files)
        return cmd_put_frame(&set->out, &files, 0, err);
    if (cmd_is_table(&set->out))
        return cmd_put_frames(&set->out, (const struct lc_frame *const[]){&files, &columns}, 2,
                              0, err);
    return cmd_put_frame(&set->out, &columns, 0, err);
}

int cmd_inspect(int argc, char **argv)
{
    struct settings set = {.out.format = -1};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Inspect"),
        OPT_TEXT('o', "output", &set.spec, "FILE", "write the proposed spec there"),
        OPT_FLAG(0, "force", &set.out.force, "replace what stands there"),
        OPT_FLAG(0, "files", &set.files, "the table of files instead of the one of columns"),
        OPT_CHOICE('f', "format", &set.out.format, formats,
                   "how the table is written; default: a table on a terminal, CSV in a pipe"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_FLAG(0, "no-color", &set.out.no_color,
                 "no colours (also: NO_COLOR in the environment)"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_study_rows(&study, about.name, &set.out),
                                        NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (argc == first)
        return cmd_wrong(about.name, "no file is named");
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
