/* The common options of the study programs, and the spec they make. */
#include "cmd_study.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd_reject.h"
#include "leadcal/disqualify.h"
#include "leadcal/engagement.h"
#include "leadcal/num.h"

static const char *const date_orders[] = {"dmy", "mdy", "ymd", NULL};
static const char *const decimals[] = {"point", "comma", NULL};
static const char *const credits[] = {"primary", "all", "share", NULL};
static const char *const bins[] = {"quartile", "dp", NULL};

double cmd_seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Rows that say what the columns mean; how many they are. */
static size_t copy_meaning(struct cmd_study *s, struct opt *to)
{
    const struct opt rows[] = {
        OPT_SECTION("What the columns mean"),
        OPT_TEXT(
            0, "spec", &s->given.spec, "FILE",
            "a spec, as JSON (leadcal inspect proposes one) or as a table (CSV); the options "
            "below override its keys"),
        OPT_TEXT(0, "outcome", &s->given.outcome, "COLUMN",
                 "the column that tells who was won"),
        OPT_LIST(0, "won", &s->given.won, "VALUE,...", "its values that mean won"),
        OPT_LIST(0, "lost", &s->given.lost, "VALUE,...",
                 "its values that mean lost; default: what sounds like it"),
        OPT_LIST(0, "open", &s->given.open, "VALUE,...", "its values that mean still open"),
        OPT_TEXT(0, "won-if-in", &s->given.won_if_in, "NAME",
                 "won is a lead with a row in this joined file of the spec"),
        OPT_LIST(0, "by", &s->given.by, "COLUMN,...",
                 "the attributes; default: every fitting column"),
        OPT_LIST(0, "ignore", &s->given.ignore, "COLUMN,...", "columns to leave out"),
        OPT_LIST(0, "disqualify", &s->given.disqualify, "RULE:COLUMN[=VALUE|...]",
                 "leads that could never convert do not count: junk:company, "
                 "competitor:email=rival.com, territory:country=DE|AT (served; != not served), "
                 "test:COLUMN=VALUE, customer:COLUMN=VALUE; free_mail:email only marks"),
        OPT_LIST(0, "audit", &s->given.audit, "COLUMN,...",
                 "columns that fairness is audited by, kept out of every model"),
        OPT_LIST(
            0, "engagement", &s->given.engagement, "COLUMN,...",
            "attributes that count as engagement (digit 1-4); the others are profile (A-D)"),
        OPT_CHOICE(0, "bins", &s->given.bins, bins,
                   "bins of numbers with many values: their quartiles, or the bins that the "
                   "outcome tells apart best"),
        OPT_LIST(0, "merge", &s->given.merge, "COLUMN,...",
                 "attributes whose levels become one where they are won alike"),
        OPT_LIST(0, "set", &s->given.sets, "COLUMN,...",
                 "columns of lists parted by ';': each member becomes an attribute"),
        OPT_TEXT(0, "amount", &s->given.amount, "COLUMN", "the won amount"),
        OPT_CHOICE(0, "credit", &s->given.credit, credits,
                   "who has won an opportunity that several leads share: its primary contact "
                   "(else the first decided), all of them, or each a share"),
        OPT_LIST(0, "missing", &s->given.missing, "TEXT,...",
                 "texts that mean no value, besides the empty cell"),
        OPT_LIST(0, "keep-values", &s->given.keep_values, "TEXT,...",
                 "texts that are values though they look missing, such as - or N/A"),
        OPT_CHOICE(0, "decimal", &s->given.decimal, decimals,
                   "how numbers such as 1,234 and 1.234 are read; default: each column votes"),
    };

    memcpy(to, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}

/* Rows about days and reading, and the end. */
static size_t copy_reading(struct cmd_study *s, struct opt *to)
{
    const struct opt rows[] = {
        OPT_SECTION("Dates"),
        OPT_TEXT(0, "entered", &s->given.entered, "COLUMN", "the day the lead came in"),
        OPT_TEXT(0, "handed-over", &s->given.handed_over, "COLUMN",
                 "the day it was handed to sales: the decision time; default: entered"),
        OPT_TEXT(0, "first-touch", &s->given.first_touch, "COLUMN",
                 "the time when sales first reached out to it"),
        OPT_TEXT(0, "accepted", &s->given.accepted, "COLUMN", "the day sales accepted it"),
        OPT_TEXT(0, "closed", &s->given.closed, "COLUMN", "the day it was won or lost"),
        OPT_TEXT(0, "opportunity-created", &s->given.opportunity, "COLUMN",
                 "the day its opportunity began: the second clock of cycle lengths"),
        OPT_TEXT(0, "window", &s->given.window, "DAYS|none|auto",
                 "won within so many days of the decision; none counts every row and every "
                 "win; default auto: chosen by the wins' own speed"),
        OPT_DAY(0, "as-of", &s->given.as_of, "the day of the export; default: " LC_AS_OF_FOUND),
        OPT_CHOICE(0, "date-order", &s->given.date_order, date_orders,
                   "how dates such as 03/04/2026 are read; default: each column votes"),
        OPT_SECTION("Reading"),
    };
    const struct opt last[] = {
        OPT_TEXT(0, "reject", &s->given.reject, "FILE",
                 "write there which rows were skipped or rejected, with line, byte, column and "
                 "reason, and what was assumed"),
        OPT_WHOLE(0, "threads", &s->given.threads, 0, LC_MOST_THREADS, "N",
                  "threads; the results do not depend on it; default 0: all cores"),
        OPT_END(),
    };
    size_t n = sizeof rows / sizeof *rows;

    memcpy(to, rows, sizeof rows);
    n += cmd_reading_rows(&s->given.reading, to + n);
    memcpy(to + n, last, sizeof last);
    return n + sizeof last / sizeof *last;
}

const struct opt *cmd_study_rows(struct cmd_study *s, const char *name, struct cmd_output *out)
{
    size_t n;

    *s = (struct cmd_study){.name = name, .out = out};
    s->given.as_of = LC_NO_DAY;
    s->given.date_order = s->given.credit = s->given.bins = s->given.decimal = -1;
    n = copy_meaning(s, s->row);
    n += copy_reading(s, s->row + n);
    assert(n <= sizeof s->row / sizeof *s->row);
    return s->row;
}

bool cmd_study_has(const void *table, const char *name)
{
    const struct lc_table *t = table;

    for (size_t j = 0; j < t->k; j++)
        if (strcmp(t->column[j].codes.name, name) == 0)
            return true;
    return false;
}

void cmd_study_say(struct cmd_study *s, const char *option, const char *help)
{
    for (struct opt *o = s->row; o->kind != OPT_KIND_END; o++)
        if (strcmp(o->name, option) == 0)
            o->help = help;
}

bool cmd_study_has_files(const struct cmd_study *s, int n_files)
{
    if (n_files < 1)
        (void)cmd_wrong(s->name, "no file is named");
    return n_files >= 1;
}

bool cmd_study_usable(const struct cmd_study *s, int n_files)
{
    if (!cmd_study_has_files(s, n_files))
        return false;
    if (s->given.spec || s->given.won_if_in || (s->given.outcome && s->given.won.n))
        return true;
    if (s->given.outcome)
        (void)cmd_wrong(s->name, "no value of '%.60s' is named as won; use --won",
                        s->given.outcome);
    else
        (void)cmd_wrong(s->name,
                        "no outcome is named; use --outcome COLUMN --won VALUE, or "
                        "--spec FILE (leadcal inspect FILE -o spec.json proposes one)");
    return false;
}

/* Where the next name goes, behind those. */
static size_t append(const char **keep, size_t n, struct lc_texts names)
{
    for (size_t i = 0; i < names.n; i++)
        keep[n++] = names.text[i];
    return n;
}

/* The names that lc_load must keep: --by, --engagement, --allow, and what the current model looks at. */
static enum lc_rc keep_named(struct cmd_study *s, struct lc_load_options *o, struct lc_err *err)
{
    const struct lc_card *card = s->current.model ? &s->current.model->card : NULL;
    const size_t k = card ? card->k : 0;
    const size_t room =
        2 * s->by.n + s->engagement.n + s->merge.n + s->spec.audit.n + s->spec.allow.n + k + 2;
    const char **keep = LC_NEW(&s->arena, room, const char *);
    size_t n = 0;

    if (!keep)
        return lc_fail_memory(err, "an option");
    for (size_t i = 0; i < s->by.n; i++) {
        const struct lc_spec_attribute *a = lc_spec_attribute_of(&s->spec, s->by.text[i]);

        keep[n++] = s->by.text[i];
        if (a && a->parent)
            keep[n++] = a->parent;
    }
    n = append(keep, n, s->merge);
    if (s->only_by && s->by.n) {
        o->only = keep;
        o->n_only = n;
    } else {
        n = append(keep, n, s->engagement);
        n = append(keep, n, s->spec.audit);
        n = append(keep, n, s->spec.allow);
        if (s->spec.local.by)
            keep[n++] = s->spec.local.by;
        for (size_t j = 0; j < k; j++)
            keep[n++] = lc_attribute_source(&card->attribute[j].attribute);
    }
    o->keep = keep;
    o->n_keep = n;
    return LC_OK;
}

/* The file that --reject names. */
static enum lc_rc write_rejects(struct cmd_study *s, const char *const *path,
                                struct lc_err *err)
{
    struct lc_frame frame;
    enum lc_rc rc = LC_OK;

    cmd_reject_frame(&frame, &s->arena);
    for (size_t i = 0; i < s->account.n_away && !rc; i++)
        rc = cmd_reject_add(&frame, path[s->account.away[i].file], &s->account.away[i], err);
    if (!rc)
        rc = cmd_reject_notes(&frame, &s->account, err);
    if (!rc)
        rc =
            cmd_reject_write(&frame, s->given.reject, s->out->force || s->rejects_written, err);
    s->rejects_written = s->rejects_written || !rc; /* a program may read its exports again */
    return rc;
}

enum lc_rc cmd_study_read(struct cmd_study *s, const char *const *path, size_t n,
                          const struct lc_spec *spec, struct lc_table *table,
                          struct lc_err *err)
{
    struct lc_load_options options = {.reading = cmd_reading(&s->given.reading),
                                      .max_bad = (size_t)s->given.reading.max_bad,
                                      .quiet = s->out->quiet,
                                      .keep_if_there = s->may_lack,
                                      .undecided = s->undecided,
                                      .snapshot = s->snapshot,
                                      .list_all = s->given.reject && path == s->path &&
                                                  n == s->n_paths};
    enum lc_rc rc;

    s->account = (struct lc_load_account){0};
    rc = keep_named(s, &options, err);
    if (!rc)
        rc = lc_load(path, n, spec, &options, s->pool, &s->arena, table, &s->account, err);
    for (size_t i = 0; i < s->account.n_complaints && rc == LC_EFORMAT; i++)
        cmd_note(s->out->quiet, "%s:%zu: %s", path[s->account.complaint[i].file],
                 s->account.complaint[i].line, s->account.complaint[i].text);
    if (options.list_all && (!rc || s->account.n_away)) {
        struct lc_err other;

        if (write_rejects(s, path, rc ? &other : err) && !rc)
            rc = err->code;
    }
    return rc;
}

/* Columns that are computed from events; those with an ending where somebody names them. */
enum lc_rc cmd_study_engage(struct cmd_study *s, struct lc_err *err)
{
    const size_t room = s->spec.n_attributes + s->by.n + s->spec.allow.n + 1;
    const char **name = LC_NEW(&s->arena, room, const char *);
    struct lc_texts note;
    size_t n = 0;
    enum lc_rc rc;

    if (!name)
        return lc_fail_memory(err, "an option");
    for (size_t i = 0; i < s->spec.n_attributes; i++)
        name[n++] = s->spec.attribute[i].column;
    for (size_t i = 0; i < s->by.n; i++)
        name[n++] = s->by.text[i];
    for (size_t i = 0; i < s->spec.allow.n; i++)
        name[n++] = s->spec.allow.text[i];
    rc = lc_engagement_add(&s->table, &s->spec, (struct lc_texts){name, n}, s->all_events,
                           &s->arena, &note, err);
    for (size_t i = 0; i < note.n && !rc; i++)
        cmd_note(s->out->quiet, "%s", note.text[i]);
    return rc;
}

enum lc_rc cmd_study_load(struct cmd_study *s, struct lc_err *err)
{
    const double begun = cmd_seconds();
    enum lc_rc rc;

    s->snapshot = s->audit && s->audit->snapshot.n ? &s->audit->snapshot_day : NULL;
    rc = cmd_study_read(s, s->path, s->n_paths, &s->spec, &s->table, err);

    if (!rc)
        rc = cmd_study_unit(s, err);
    if (!rc)
        rc = lc_rules_check(&s->table, &s->spec, err);
    if (!rc)
        rc = lc_rules_mark(&s->table, &s->spec, &s->arena, err);
    if (!rc)
        rc = cmd_study_snapshot(s, err);
    if (!rc)
        rc = cmd_study_engage(s, err);
    s->load_seconds = cmd_seconds() - begun;
    return rc;
}

enum lc_rc cmd_study_hash(struct cmd_study *s, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t f = 0; f < s->table.n_files && !rc; f++)
        rc = lc_table_file_hash(&s->table.file[f], err);
    return rc;
}

/* What went wrong, in the words of the unit. */
static int fail_worded(const struct cmd_study *s, const struct lc_err *err)
{
    struct lc_err said = *err;
    char text[LC_REWORDED * sizeof err->text];

    lc_reword(&s->out->word, err->text, text);
    text[sizeof said.text - 1] = '\0';
    memcpy(said.text, text, strlen(text) + 1);
    return cmd_fail(s->name, &said);
}

int cmd_study_run(struct cmd_study *s, const char *const *path, size_t n_paths,
                  enum lc_rc (*step)(struct cmd_study *s, void *context, struct lc_err *err),
                  void *context)
{
    /* A hostile file may cost three quarters of the machine, not all of it. */
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    const size_t limit =
        pages > 0 && page > 0 ? (size_t)pages / 4 * 3 * (size_t)page : LC_ARENA_NO_LIMIT;
    struct lc_err err;
    int status = CMD_DONE;
    enum lc_rc rc;

    s->path = path;
    s->n_paths = n_paths;
    lc_arena_init(&s->arena, limit);
    s->pool = lc_parallel_new((size_t)s->given.threads);
    rc = cmd_study_spec(s, &status, &err);
    if (!rc && status == CMD_DONE)
        rc = step(s, context, &err);
    if (rc)
        status = fail_worded(s, &err);
    else if (status == CMD_DONE)
        status = cmd_close_stdout(s->name);
    lc_parallel_free(s->pool);
    lc_arena_release(&s->arena);
    return status;
}
