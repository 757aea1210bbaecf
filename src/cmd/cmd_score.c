/* score - applies a model file to an export of any size, in one pass and constant memory. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "cmd_csv_out.h"
#include "cmd_score.h"
#include "leadcal/csv_stream.h"
#include "leadcal/io.h"
#include "leadcal/num.h"
#include "leadcal/points_file.h"
#include "leadcal/progress.h"
#include "leadcal/score.h"

#define PROGRESS_ROWS 8192 /* between two looks at the clock */

static const struct cmd_about about = {
    .name = "score",
    .brief = "apply a model file to an export of any size",
    .usage = "--model FILE [option...] FILE",
    .about =
        "Copies the export and adds lc_probability (won within the model's W days), lc_points\n"
        "(50 is an average lead), lc_fit and lc_engagement (0-100), lc_grade, lc_action,\n"
        "lc_sla_hours and lc_reasons. The columns are found by name; a level that the model\n"
        "never met counts as average and is counted on standard error. Reads once, in constant\n"
        "memory; FILE may be - for standard input. A points file, or a score column, scores as\n"
        "it stands: without a probability, and without grades unless the column holds them.",
    .example = "leadcal score --model model.json datasets/leads.csv\n"
               "leadcal score --model model.json -o scored.csv datasets/leads.csv\n"
               "leadcal score --model model.json --contributions datasets/leads.csv\n"
               "leadcal score --model datasets/points.csv datasets/leads.csv",
    .notes =
        "The fields of the export are written as they were read, with its own delimiter, quoted\n"
        "where RFC 4180 needs it (blanks around an unquoted field are dropped); lines end in\n"
        "LF. The export must be UTF-8, or --encoding says what it is. Only a plain one is read in\n"
        "constant memory; packed, in UTF-16 or with options of reading it is read whole.",
};

struct settings {
    struct cmd_output out;
    const char *model;
    struct cmd_reading reading;
    bool contributions;
};

/* A file that goes by. */
struct pass {
    struct lc_csv_stream *in;
    struct lc_scorer *scorer;
    struct lc_score_parts *parts; /* NULL: not asked for */
    struct lc_slice *added;       /* [n_added] what score adds to the row at hand */
    size_t n_added;
    struct cmd_csv_out out;
    FILE *to;
    const char *path;
    size_t width, rejected;
    struct lc_scorer
        *voted; /* of a score column: its numbers' decimal sign is known; else NULL */
};

static void put_row(struct pass *p, const struct lc_slice *field, size_t n)
{
    for (size_t j = 0; j < n; j++)
        cmd_csv_out_field(&p->out, field[j], j == 0);
    for (size_t j = 0; j < p->n_added; j++)
        cmd_csv_out_field(&p->out, p->added[j], false);
    cmd_csv_out_end_row(&p->out);
}

/* The names of the columns that are added, as the first row of them. */
static enum lc_rc add_names(struct pass *p, struct lc_arena *arena, struct lc_err *err)
{
    const char *const *part = NULL;
    size_t parts = 0;

    if (p->parts)
        part = lc_score_parts_names(p->parts, &parts);
    p->n_added = LC_SCORE_COLUMNS + parts;
    p->added = LC_NEW(arena, p->n_added, struct lc_slice);
    if (!p->added)
        return lc_fail_memory(err, "the header");
    for (size_t j = 0; j < p->n_added; j++)
        p->added[j] =
            lc_slice_of(j < LC_SCORE_COLUMNS ? lc_score_column[j] : part[j - LC_SCORE_COLUMNS]);
    return LC_OK;
}

/* column: NULL where there is a model */
static enum lc_rc bind_header(struct pass *p, const struct lc_model *model, const char *column,
                              bool contributions, struct lc_arena *arena, struct lc_err *err)
{
    struct lc_csv_stream_record header;
    const char **name;
    enum lc_rc rc = lc_csv_stream_next(p->in, &header, err);

    if (rc == LC_END)
        return lc_fail(err, LC_EFORMAT, "the file is empty; export it again with its header");
    if (rc)
        return rc;
    if (!cmd_csv_out_open(&p->out, p->to, lc_csv_stream_delimiter(p->in)))
        return lc_fail_memory(err, "writing");
    p->width = header.n;
    name = LC_NEW(arena, header.n, const char *);
    for (size_t j = 0; name && j < header.n; j++)
        if (!(name[j] = lc_arena_text(arena, lc_slice_trim(header.field[j]))))
            return lc_fail_memory(err, "the header");
    if (!name)
        return lc_fail_memory(err, "the header");
    p->scorer = p->voted;
    rc = column ? LC_OK : lc_scorer_new(model, name, header.n, arena, &p->scorer, err);
    if (!rc && contributions)
        rc = lc_score_parts_new(p->scorer, name, header.n, arena, &p->parts, err);
    if (!rc)
        rc = add_names(p, arena, err);
    if (!rc)
        put_row(p, header.field, header.n);
    return rc;
}

static enum lc_rc refuse_ragged(struct pass *p, const struct lc_csv_stream_record *record,
                                const struct settings *set, struct lc_err *err)
{
    const int64_t most = set->reading.strict ? 0 : set->reading.max_bad;
    char text[160];

    if (record->fault)
        (void)snprintf(text, sizeof text, "%s", record->fault);
    else
        (void)snprintf(text, sizeof text, "%zu cells where the header has %zu", record->n,
                       p->width);
    p->rejected++;
    if (p->rejected > (size_t)most)
        return lc_fail(err, LC_EFORMAT,
                       ":%zu: %s; mend the line, leave such lines out with --max-bad N, or a "
                       "footer with --skip-footer N",
                       record->line, text);
    cmd_note(set->out.quiet, "%s:%zu: left out: %s", p->path, record->line, text);
    return LC_OK;
}

static enum lc_rc write_failed(struct lc_err *err)
{
    return lc_fail(err, LC_EIO, "the output cannot be written: %s",
                   strerror(errno ? errno : EIO));
}

static enum lc_rc score_rows(struct pass *p, const struct settings *set, struct lc_err *err)
{
    struct lc_csv_stream_record record;
    struct lc_progress progress;
    size_t rows = 0;
    enum lc_rc rc;

    lc_progress_start(&progress, "scoring", 0, set->out.quiet);
    while ((rc = lc_csv_stream_next(p->in, &record, err)) == LC_OK) {
        if (record.fault || record.n != p->width) {
            rc = refuse_ragged(p, &record, set, err);
            if (rc)
                break;
            continue;
        }
        rc = lc_scorer_row(p->scorer, record.field, record.n, p->added, err);
        if (rc) {
            (void)lc_fail_in(err, p->path);
            break;
        }
        if (p->parts)
            lc_score_parts_row(p->parts, p->added + LC_SCORE_COLUMNS);
        put_row(p, record.field, record.n);
        if (++rows % PROGRESS_ROWS == 0)
            lc_progress_add(&progress, PROGRESS_ROWS);
        if (ferror(p->to)) {
            rc = write_failed(err);
            break;
        }
    }
    lc_progress_end(&progress);
    if (rc != LC_END)
        return rc;
    return cmd_csv_out_flush(&p->out) ? LC_OK : write_failed(err);
}

/* What lc_probability means, and as of when: no number leaves without its window. */
static void note_model(const struct lc_model *m, bool quiet)
{
    char as_of[LC_DAY_TEXT], window[48] = "at any time";

    if (isnan(m->card.intercept)) {
        cmd_note(quiet, "lc_probability is empty: points say who is better, not how likely; "
                        "leadcal backtest --current shows what they are worth");
        return;
    }
    if (m->boundary.lag)
        (void)snprintf(window, sizeof window, "in the end");
    else if (m->boundary.window_days != LC_WINDOW_NONE)
        (void)snprintf(window, sizeof window, "within %d days", (int)m->boundary.window_days);
    if (m->boundary.as_of != LC_NO_DAY)
        lc_day_text(m->boundary.as_of, as_of);
    cmd_note(quiet, "lc_probability: won %s; learnt from %.0f %s with %.0f wins, %s%s", window,
             m->boundary.leads, lc_unit_word(m->boundary.unit, true), m->boundary.won,
             m->boundary.as_of == LC_NO_DAY ? "without dates" : "as of ",
             m->boundary.as_of == LC_NO_DAY ? "" : as_of);
}

static void note_account(const struct pass *p, bool quiet)
{
    struct lc_score_account a;

    lc_scorer_account(p->scorer, &a);
    cmd_note(quiet, "%zu row%s scored%s", a.rows, a.rows == 1 ? "" : "s",
             a.limited || a.unconvertible || a.unseen || a.missing_unseen || a.unscored ||
                     p->rejected
                 ? ":"
                 : "");
    if (a.unscored)
        cmd_note(quiet, "  %zu row%s without a score: neither a number nor a grade such as A1",
                 a.unscored, a.unscored == 1 ? "" : "s");
    if (a.unconvertible)
        cmd_note(quiet,
                 "  %zu unconvertible by the model's rules: no score and no grade, and "
                 "lc_reasons names the rule",
                 a.unconvertible);
    if (p->rejected)
        cmd_note(quiet, "  %zu line%s left out (--max-bad)", p->rejected,
                 p->rejected == 1 ? "" : "s");
    if (a.limited)
        cmd_note(quiet, "  %zu with points limited to 1..100", a.limited);
    if (a.unseen)
        cmd_note(quiet, "  %zu cell%s with a level the model never met: counted as average",
                 a.unseen, a.unseen == 1 ? "" : "s");
    if (a.differing)
        cmd_note(
            quiet,
            "  %zu of them %s with another decimal sign than the model's: write them as its "
            "export did, or fit the model on an export like this one",
            a.differing, a.differing == 1 ? "is a number" : "are numbers");
    if (a.missing_unseen)
        cmd_note(quiet, "  %zu empty cell%s where the model met none: counted as average",
                 a.missing_unseen, a.missing_unseen == 1 ? "" : "s");
}

static void note_reading(const struct pass *p, bool quiet)
{
    const struct lc_load_account *account = lc_csv_stream_notes(p->in);

    for (size_t i = 0; i < account->n_notes; i++)
        cmd_note(quiet, "%s%s", p->path, account->note[i]);
}

static enum lc_rc open_in(const char *path, FILE **in, struct lc_err *err)
{
    errno = 0;
    *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (*in)
        return LC_OK;
    return lc_fail(err, LC_EIO, "%.200s: cannot be opened: %s", path, strerror(errno));
}

static enum lc_rc vote(struct pass *p, FILE **in, const struct lc_reading *reading,
                       const char *column, struct lc_arena *arena, struct lc_err *err)
{
    const enum lc_rc rc = cmd_score_vote(in, reading, column, arena, &p->voted, err);

    if (rc == LC_EFORMAT || rc == LC_EMISMATCH)
        (void)lc_fail_in(err, p->path);
    return rc;
}

static enum lc_rc run(const char *path, const struct settings *set, struct lc_err *err)
{
    struct pass p = {.to = stdout, .path = strcmp(path, "-") == 0 ? "standard input" : path};
    struct lc_file_out file = {0};
    struct lc_arena arena;
    static const char prefix[] = "column:";
    const char *column = strncmp(set->model, prefix, sizeof prefix - 1) == 0
                             ? set->model + sizeof prefix - 1
                             : NULL;
    const struct lc_reading reading = cmd_reading(&set->reading);
    struct lc_model model = {.card = {.intercept = LC_NAN}};
    FILE *in = NULL;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    if (!column)
        rc = lc_scorer_read(set->model, &arena, &model, err);
    if (!rc)
        rc = open_in(path, &in, err);
    if (!rc && column)
        rc = vote(&p, &in, &reading, column, &arena, err);
    if (!rc && set->out.path)
        rc = lc_file_out_open(&file, set->out.path, set->out.force, err);
    if (rc)
        goto out;
    if (file.to)
        p.to = file.to;
    p.in = lc_csv_stream_new(in, &reading);
    if (!p.in) {
        rc = lc_fail_memory(err, "reading");
        goto out;
    }
    rc = bind_header(&p, &model, column, set->contributions, &arena, err);
    if (!rc)
        rc = score_rows(&p, set, err);
    if (rc == LC_EFORMAT || rc == LC_EMISMATCH)
        (void)lc_fail_in(err, p.path);
    if (!rc && file.to)
        rc = lc_file_out_commit(&file, err);
    if (!rc) {
        note_reading(&p, set->out.quiet);
        note_model(&model, set->out.quiet);
        note_account(&p, set->out.quiet);
    }
out:
    lc_file_out_drop(&file);
    cmd_csv_out_close(&p.out);
    lc_csv_stream_free(p.in);
    if (in && in != stdin)
        (void)fclose(in);
    lc_arena_release(&arena);
    return rc;
}

int cmd_score(int argc, char **argv)
{
    struct settings set = {0};
    const struct opt table[] = {
        OPT_SECTION("Score"),
        OPT_TEXT('m', "model", &set.model, "FILE|column:NAME",
                 "the model file that leadcal fit wrote, a points file "
                 "(dimension,attribute,level,points,cap), or a score column of the export"),
        OPT_FLAG(0, "contributions", &set.contributions,
                 "also lc_lift, the cheapest single change of engagement that reaches a better "
                 "digit, and what each attribute adds, in points and log-odds"),
        OPT_TEXT('o', "output", &set.out.path, "FILE",
                 "write there instead of standard output; the file appears when it is whole"),
        OPT_FLAG(0, "force", &set.out.force, "replace what stands there"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_SECTION("Reading"),
        OPT_END(),
    };
    struct opt reading[CMD_READING_ROWS + 1] = {OPT_END()};
    const struct opt *const tables[] = {table, reading, NULL};
    struct lc_err err;
    int first;

    (void)cmd_reading_rows(&set.reading, reading);
    reading[CMD_READING_ROWS] = (struct opt)OPT_END();
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!set.model)
        return cmd_wrong(about.name, "no model is named; use --model FILE (leadcal fit --model "
                                     "writes one)");
    if (argc - first != 1)
        return cmd_wrong(about.name, "one file is scored at a time, %d are named",
                         argc - first);
    if (!cmd_reading_is_fine(&set.reading, about.name))
        return CMD_USAGE;
    if (run(argv[first], &set, &err) != LC_OK)
        return cmd_fail(about.name, &err);
    return cmd_close_stdout(about.name);
}
