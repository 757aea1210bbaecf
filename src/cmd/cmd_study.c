/* The common options of the study programs, and the spec they make. */
#include "cmd_study.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "leadcal/num.h"
#include "leadcal/spec_file.h"

static const char *const date_orders[] = {"dmy", "mdy", "ymd", NULL};

double cmd_seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const struct opt *copy_rows(struct cmd_study *s)
{
    const struct opt rows[] = {
        OPT_SECTION("What the columns mean"),
        OPT_TEXT(0, "spec", &s->given.spec, "FILE",
                 "a spec as leadcal inspect proposes it; the options below override its keys"),
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
        OPT_LIST(
            0, "engagement", &s->given.engagement, "COLUMN,...",
            "attributes that count as engagement (digit 1-4); the others are profile (A-D)"),
        OPT_TEXT(0, "amount", &s->given.amount, "COLUMN", "the won amount"),
        OPT_LIST(0, "missing", &s->given.missing, "TEXT,...",
                 "texts that mean no value, besides the empty cell"),
        OPT_SECTION("Dates"),
        OPT_TEXT(0, "entered", &s->given.entered, "COLUMN", "the day the lead came in"),
        OPT_TEXT(0, "handed-over", &s->given.handed_over, "COLUMN",
                 "the day it was handed to sales: the decision time; default: entered"),
        OPT_TEXT(0, "closed", &s->given.closed, "COLUMN", "the day it was won or lost"),
        OPT_TEXT(0, "opportunity-created", &s->given.opportunity, "COLUMN",
                 "the day its opportunity began: the second clock of cycle lengths"),
        OPT_TEXT(0, "window", &s->given.window, "DAYS|none|auto",
                 "won within so many days of the decision; none counts every row and every "
                 "win; default auto: chosen by the wins' own speed"),
        OPT_DAY(0, "as-of", &s->given.as_of,
                "the day of the export; default: the latest date in it"),
        OPT_CHOICE(0, "date-order", &s->given.date_order, date_orders,
                   "how dates such as 03/04/2026 are read; default: each column votes"),
        OPT_SECTION("Reading"),
        OPT_TEXT(0, "delimiter", &s->given.delimiter, "CHAR",
                 "between fields, or the word tab; default: found by looking"),
        OPT_WHOLE(0, "max-bad", &s->given.max_bad, 0, 1e12, "N",
                  "rows that may be rejected before the file is refused; default 0"),
        OPT_WHOLE(0, "threads", &s->given.threads, 0, LC_MOST_THREADS, "N",
                  "threads; the results do not depend on it; default 0: all cores"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof s->row, "struct cmd_study has too little room");
    memcpy(s->row, rows, sizeof rows);
    return s->row;
}

const struct opt *cmd_study_rows(struct cmd_study *s, const char *name,
                                 const struct cmd_output *out)
{
    *s = (struct cmd_study){.name = name, .out = out};
    s->given.as_of = LC_NO_DAY;
    s->given.date_order = -1;
    return copy_rows(s);
}

bool cmd_study_has(const void *table, const char *name)
{
    const struct lc_table *t = table;

    for (size_t j = 0; j < t->k; j++)
        if (strcmp(t->column[j].codes.name, name) == 0)
            return true;
    return false;
}

static enum lc_rc values(const struct cmd_list *list, struct cmd_study *s, struct lc_texts *to,
                         struct lc_err *err)
{
    return list->n ? cmd_split(list, NULL, NULL, &s->arena, to, err) : LC_OK;
}

static void override(const char **to, const char *given)
{
    if (given)
        *to = given;
}

bool cmd_study_usable(const struct cmd_study *s, int n_files)
{
    if (n_files < 1) {
        (void)cmd_wrong(s->name, "no file is named");
        return false;
    }
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

static bool read_window(const struct cmd_study *s, int32_t *days)
{
    const char *text = s->given.window;
    int64_t number;

    if (!text)
        return true;
    if (strcmp(text, "none") == 0)
        *days = LC_WINDOW_NONE;
    else if (strcmp(text, "auto") == 0)
        *days = LC_WINDOW_AUTO;
    else if (lc_whole_parse(lc_slice_of(text), 1, 3650, &number))
        *days = (int32_t)number;
    else {
        (void)fprintf(stderr,
                      "%s: --window needs a whole number of days from 1 to 3650, none or auto, "
                      "not '%.40s'\n",
                      s->name, text);
        return false;
    }
    return true;
}

static enum lc_rc override_outcome(struct cmd_study *s, struct lc_err *err)
{
    enum lc_rc rc;

    if (s->given.outcome) {
        s->spec.outcome.column = s->given.outcome;
        s->spec.outcome.won_if_in = NULL;
    }
    if (s->given.won_if_in) {
        s->spec.outcome.column = NULL;
        s->spec.outcome.won_if_in = s->given.won_if_in;
    }
    rc = values(&s->given.won, s, &s->spec.outcome.won, err);
    if (!rc)
        rc = values(&s->given.lost, s, &s->spec.outcome.lost, err);
    if (!rc)
        rc = values(&s->given.open, s, &s->spec.outcome.open, err);
    return rc;
}

enum lc_rc cmd_study_spec(struct cmd_study *s, int *status, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_spec_init(&s->spec);
    if (s->given.spec)
        rc = lc_spec_read(s->given.spec, &s->arena, &s->spec, err);
    if (!rc && (!read_window(s, &s->spec.window_days) ||
                !cmd_delimiter_is_fine(s->name, s->given.delimiter))) {
        *status = CMD_USAGE;
        return LC_OK;
    }
    if (!rc)
        rc = override_outcome(s, err);
    override(&s->spec.date.entered, s->given.entered);
    override(&s->spec.date.handed_over, s->given.handed_over);
    override(&s->spec.date.closed, s->given.closed);
    override(&s->spec.date.opportunity, s->given.opportunity);
    override(&s->spec.amount, s->given.amount);
    if (s->given.as_of != LC_NO_DAY)
        s->spec.as_of_day = s->given.as_of;
    if (s->given.date_order >= 0)
        s->spec.date_order = LC_DATE_DMY + (unsigned)s->given.date_order;
    if (!rc)
        rc = values(&s->given.missing, s, &s->spec.missing, err);
    return rc ? rc : cmd_study_lists(s, err);
}

/* The names that lc_load must keep: --by and --engagement. */
static enum lc_rc keep_named(struct cmd_study *s, struct lc_load_options *o, struct lc_err *err)
{
    const char **keep = LC_NEW(&s->arena, s->by.n + s->engagement.n + 1, const char *);

    if (!keep)
        return lc_fail_memory(err, "an option");
    for (size_t i = 0; i < s->by.n; i++)
        keep[i] = s->by.text[i];
    for (size_t i = 0; i < s->engagement.n; i++)
        keep[s->by.n + i] = s->engagement.text[i];
    o->keep = keep;
    o->n_keep = s->by.n + s->engagement.n;
    if (s->only_by && s->by.n) {
        o->n_keep = s->by.n;
        o->only = s->by.text;
        o->n_only = s->by.n;
    }
    return LC_OK;
}

enum lc_rc cmd_study_read(struct cmd_study *s, const char *const *path, size_t n,
                          const struct lc_spec *spec, struct lc_table *table,
                          struct lc_err *err)
{
    struct lc_load_options options = {.max_bad = (size_t)s->given.max_bad,
                                      .quiet = s->out->quiet,
                                      .delimiter = cmd_delimiter(s->given.delimiter)};
    enum lc_rc rc;

    s->account = (struct lc_load_account){0};
    rc = keep_named(s, &options, err);
    if (!rc)
        rc = lc_load(path, n, spec, &options, s->pool, &s->arena, table, &s->account, err);
    for (size_t i = 0; i < s->account.n_complaints && rc == LC_EFORMAT; i++)
        cmd_note(s->out->quiet, "%s:%zu: %s", path[s->account.complaint[i].file],
                 s->account.complaint[i].line, s->account.complaint[i].text);
    return rc;
}

enum lc_rc cmd_study_load(struct cmd_study *s, struct lc_err *err)
{
    const double begun = cmd_seconds();
    const enum lc_rc rc = cmd_study_read(s, s->path, s->n_paths, &s->spec, &s->table, err);

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
        status = cmd_fail(s->name, &err);
    else if (status == CMD_DONE)
        status = cmd_close_stdout(s->name);
    lc_parallel_free(s->pool);
    lc_arena_release(&s->arena);
    return status;
}
