/* inspect - what a file is, and a proposal of what its columns mean. */
#include <stdio.h>
#include <string.h>

#include "cmd_inspect_clean.h"
#include "cmd_propose.h"
#include "leadcal/io.h"
#include "leadcal/spec_file.h"

static const char *const formats[] = {"table", "csv", "json", NULL};

static const struct cmd_about about = {
    .name = "inspect",
    .brief = "what a file is, and a proposal of what its columns mean",
    .usage = "[option...] FILE...",
    .about =
        "Shows on one screen what the files are and what dates cover, the outcome, the columns\n"
        "by use, what may know the outcome, what is dirty, and how much the wins can carry;\n"
        "--html is a page of it, CSV and JSON have the columns. Values that may name a person\n"
        "are never shown. Guesses which column is the outcome, the dates, the amount and the\n"
        "attributes, and which values are spellings of one, and says why; -o writes these\n"
        "guesses as a spec for the other programs. Further files are joined where a column\n"
        "holds keys of the first, lists such as 123;456 too, or of one that is joined already;\n"
        "companies by the domain of an address; changes of stages as days of entry; what leads\n"
        "did (a time, a type, many a lead) as engagement.\n"
        "Exports of HubSpot, Salesforce, Dynamics, Marketo, Eloqua and Zoho are known by their\n"
        "headers: labels in English, German, French or Spanish, and API names.",
    .example =
        "leadcal inspect datasets/leads.csv\n"
        "leadcal inspect -o spec.json datasets/leads.csv\n"
        "leadcal rates --spec spec.json datasets/leads.csv\n"
        "leadcal inspect --html look.html datasets/leads.csv\n"
        "leadcal inspect --clean - datasets/leads.csv\n"
        "leadcal inspect -o deals.json datasets/hubspot/contacts.csv \\\n"
        "    datasets/hubspot/deals.csv\n"
        "leadcal inspect --mapping datasets/salesforce/Lead.csv \\\n"
        "    datasets/salesforce/Opportunity.csv \\\n"
        "    datasets/salesforce/OpportunityHistory.csv\n"
        "leadcal inspect -o events.json datasets/events/leads.csv datasets/events/events.csv",
    .notes =
        "CSV columns: file, column, type, filled, filled_share, levels, lowest, highest,\n"
        "examples, use, reason. With --files: file, name, rows_seen, rows_used,\n"
        "rows_skipped, rows_rejected, columns, encoding, delimiter, quote,\n"
        "preamble_lines, bytes, matched, orphans, sha256. With --mapping: meaning, column,\n"
        "file, filled, rows, filled_share, lowest, highest, how. With --orphans: file, row, key,\n"
        "why.",
};

struct settings {
    struct cmd_output out;
    const char *spec, *clean, *html;
    int64_t width;
    bool columns, files, mapping, orphans, notes;
};

/* People see one screen, unless they ask for a table. */
static bool wants_screen(const struct settings *set)
{
    return cmd_is_table(&set->out) && !set->columns && !set->files && !set->mapping &&
           !set->orphans;
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
    const bool told = wants_screen(set) && !set->notes;

    if (!paths)
        return lc_fail_memory(err, "the notes");
    for (size_t i = 0; i < p->n_comments && !told; i++)
        cmd_note(set->out.quiet, "%s", p->comment[i]);
    if (told)
        cmd_note(set->out.quiet,
                 "%zu notes say how it was read and why; --notes shows them, "
                 "--columns the table of columns, --html FILE a page of all",
                 p->n_comments + s->account.n_notes);
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

/* All that may be shown; which of it is, the options say. */
struct shown {
    struct lc_frame files, columns, mapping, orphans;
    struct lc_proposal proposal;
    struct lc_look look;
};

static enum lc_rc make_frames(struct cmd_study *s, const struct settings *set, struct shown *to,
                              struct lc_err *err)
{
    struct cmd_joined joined = {0};
    enum lc_rc rc;

    cmd_files_frame(&to->files, &s->arena);
    cmd_columns_frame(&to->columns, &s->arena);
    rc = cmd_propose(s, &to->files, &to->columns, &joined, &to->proposal, err);
    if (!rc && set->files)
        rc = cmd_study_hash(s, err);
    if (!rc)
        rc = cmd_add_files(&s->table, &to->files, err);
    if (!rc)
        rc = cmd_add_columns(&s->table, &to->proposal.choices, &to->proposal.spec, &to->columns,
                             err);
    if (!rc)
        rc = cmd_mapping_frame(&s->table, &to->proposal, &to->mapping, &s->arena, err);
    if (!rc)
        rc = cmd_orphans_frame(&s->table, &s->spec, &to->orphans, &s->arena, err);
    return rc;
}

/* What goes to files: the spec and the page. */
static enum lc_rc write_files(struct cmd_study *s, const struct settings *set, struct shown *to,
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (set->spec)
        rc = write_spec(set, &to->proposal, err);
    if (!rc && (set->html || wants_screen(set)))
        rc = lc_look_make(&s->table, &to->proposal, &s->arena, &to->look, err);
    if (!rc && set->html)
        rc = cmd_look_page(s, &to->look, set->html, set->out.force, err);
    return rc;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct shown shown;
    enum lc_rc rc = make_frames(s, set, &shown, err);

    if (!rc)
        rc = write_files(s, set, &shown, err);
    if (rc)
        return rc;
    if (!wants_screen(set) || set->notes)
        cmd_study_note_rows(s);
    rc = note_proposal(s, set, &shown.proposal, err);
    if (rc)
        return rc;
    if (wants_screen(set))
        return cmd_look_screen(&set->out, &shown.look, (size_t)set->width, err);
    return cmd_put_frame(&set->out,
                         set->files     ? &shown.files
                         : set->orphans ? &shown.orphans
                         : set->mapping ? &shown.mapping
                                        : &shown.columns,
                         0, err);
}

/* What was read, for those who want to check the reader. */
static int clean(const struct settings *set, const struct cmd_study *s, int n, const char *path)
{
    struct cmd_clean how = {.clean = set->clean,
                            .reject = s->given.reject,
                            .force = set->out.force,
                            .quiet = set->out.quiet};
    struct lc_err err;

    if (n != 1)
        return cmd_wrong(about.name, "--clean writes one file at a time, %d are named", n);
    if (set->spec || set->html)
        return cmd_wrong(about.name, "--clean writes no %s; leave --%s away",
                         set->spec ? "spec" : "page", set->spec ? "output" : "html");
    if (!cmd_reading_is_fine(&s->given.reading, about.name))
        return CMD_USAGE;
    how.reading = cmd_reading(&s->given.reading);
    if (cmd_inspect_clean(&how, path, &err) != LC_OK)
        return cmd_fail(about.name, &err);
    return cmd_close_stdout(about.name);
}

int cmd_inspect(int argc, char **argv)
{
    struct settings set = {.out.format = -1};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Inspect"),
        OPT_TEXT('o', "output", &set.spec, "FILE", "write the proposed spec there"),
        OPT_FLAG(0, "force", &set.out.force, "replace what stands there"),
        OPT_TEXT(
            0, "clean", &set.clean, "FILE",
            "only write there what was read of one file: UTF-8, commas, RFC 4180; rejected "
            "rows stand in it as they are, skipped ones do not"),
        OPT_TEXT(
            0, "html", &set.html, "FILE",
            "write a page there that can be mailed: the screen, and tables of all columns"),
        OPT_FLAG(0, "columns", &set.columns, "the table of columns instead of the screen"),
        OPT_FLAG(0, "files", &set.files, "the table of files instead of the one of columns"),
        OPT_FLAG(
            0, "mapping", &set.mapping,
            "which column gave each date, the outcome and the amount, and for how many rows"),
        OPT_FLAG(0, "orphans", &set.orphans,
                 "each row of a joined file that no lead has, and why"),
        OPT_FLAG(0, "notes", &set.notes,
                 "beside the screen, all notes on how it was read and why"),
        OPT_WHOLE(0, "width", &set.width, 40, 400, "N",
                  "columns of the screen; default: those of the terminal, else 80"),
        OPT_CHOICE('f', "format", &set.out.format, formats,
                   "table is one screen, or the table that is asked for; default: table on a "
                   "terminal, CSV in a pipe"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_FLAG(0, "no-color", &set.out.no_color,
                 "no colours (also: NO_COLOR in the environment)"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_study_rows(&study, about.name, &set.out),
                                        NULL};
    int first;

    /* Its answer is the account, however many rows are rejected. */
    study.given.reading.max_bad = INT64_MAX;
    cmd_study_say(&study, "max-bad", "refuse a file with more rejected rows; default: any");
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (argc == first)
        return cmd_wrong(about.name, "no file is named");
    if (set.clean)
        return clean(&set, &study, argc - first, argv[first]);
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
