#include "leadcal/load.h"

#include <fnmatch.h>
#include <string.h>

#include "leadcal/io.h"
#include "load_internal.h"

struct load {
    const char *const *path;
    size_t n_paths;
    const struct lc_spec *spec;
    struct lc_input *in; /* [n] in the spec's order; the first is the leads */
    size_t n;
    struct lc_arena *arena;
    struct lc_texts missing;
    struct lc_table table;
};

/* The first path that fits a file's glob and is nobody's yet; n_paths where there is none. */
static size_t match(const struct load *l, const char *glob, const bool *used)
{
    size_t p = 0;

    while (glob && p < l->n_paths &&
           (used[p] || fnmatch(glob, lc_base_name(l->path[p]), 0) != 0))
        p++;
    return glob ? p : l->n_paths;
}

/* Which path is which file of the spec: by glob where there is one, then by position. */
static enum lc_rc assign(const struct load *l, size_t *path_of, bool *used, struct lc_err *err)
{
    const struct lc_spec *spec = l->spec;
    size_t next = 0;

    for (size_t f = 0; f < l->n; f++) {
        path_of[f] = match(l, spec->n_files ? spec->file[f].match : NULL, used);
        if (path_of[f] < l->n_paths)
            used[path_of[f]] = true;
    }
    for (size_t f = 0; f < l->n; f++) {
        if (path_of[f] < l->n_paths)
            continue;
        while (next < l->n_paths && used[next])
            next++;
        if (next == l->n_paths)
            return lc_fail(
                err, LC_EMISMATCH,
                "the spec has %zu files and %zu %s given; name the file of '%.80s' too", l->n,
                l->n_paths, l->n_paths == 1 ? "was" : "were",
                spec->file[f].name ? spec->file[f].name : "the leads");
        path_of[f] = next;
        used[next] = true;
    }
    return LC_OK;
}

/* A path that is no file of the spec. */
static enum lc_rc refuse_others(const struct load *l, const bool *used, struct lc_err *err)
{
    for (size_t p = 0; p < l->n_paths; p++)
        if (!used[p])
            return lc_fail(err, LC_EMISMATCH,
                           "%.160s: nothing says how it is joined to the leads; list it under "
                           "\"files\" in the spec",
                           lc_shown(l->path[p]));
    return LC_OK;
}

static enum lc_rc check_won_if_in(const struct lc_spec *spec, struct lc_err *err)
{
    const char *wanted = spec->outcome.won_if_in;

    for (size_t f = 1; wanted && f < spec->n_files; f++)
        if (spec->file[f].name && strcmp(spec->file[f].name, wanted) == 0 &&
            !spec->file[f].events && !spec->file[f].history)
            return LC_OK;
    if (!wanted)
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "won_if_in: the spec joins no file of the name '%.80s'; list it under \"files\" (a file of "
        "events, or of changes, is not joined row by row)",
        wanted);
}

/* The inputs, in the spec's order. */
static enum lc_rc begin(struct load *l, const struct lc_load_options *options,
                        struct lc_parallel *pool, struct lc_rejects *rejects,
                        struct lc_err *err)
{
    size_t *path_of;
    bool *used;
    enum lc_rc rc;

    l->n = l->spec->n_files ? l->spec->n_files : 1;
    l->in = LC_NEW(l->arena, l->n, struct lc_input);
    path_of = LC_NEW(l->arena, l->n, size_t);
    used = LC_NEW(l->arena, l->n_paths, bool);
    if (!l->in || !path_of || !used) {
        l->n = 0;
        return lc_fail_memory(err, "a list of files");
    }
    rc = lc_missing_texts(l->spec, l->arena, &l->missing, err);
    if (!rc)
        rc = assign(l, path_of, used, err);
    if (!rc)
        rc = refuse_others(l, used, err);
    for (size_t f = 0; f < l->n; f++) {
        struct lc_input *in = &l->in[f];

        in->path_at = rc ? 0 : path_of[f];
        in->path = l->path[in->path_at];
        in->spec = l->spec;
        in->options = options;
        in->pool = pool;
        in->arena = l->arena;
        in->rejects = rejects;
        in->missing = l->missing;
        lc_arena_init(&in->scratch, l->arena->limit);
        if (f)
            in->prefix = l->spec->file[f].name ? l->spec->file[f].name
                                               : lc_arena_format(l->arena, "file%zu", f + 1);
        if (f && !in->prefix)
            rc = lc_fail_memory(err, "a list of files");
        if (f) { /* a second file is there only where the spec names it */
            in->events = l->spec->file[f].events;
            in->history = l->spec->file[f].history;
        }
    }
    return rc ? rc : check_won_if_in(l->spec, err);
}

static enum lc_rc read_one(struct lc_input *in, bool leads, struct lc_err *err)
{
    enum lc_rc rc = lc_input_parse(in, err);

    if (!rc && leads && in->about.rows_seen == in->about.rows_skipped)
        return lc_fail(err, LC_EFORMAT,
                       "%.160s: has a header and no rows; is it the right file?",
                       lc_shown(in->path));
    if (!rc && in->n >= LC_NO_CODE)
        return lc_fail(err, LC_EFORMAT, "%.160s: has more rows than can be counted (%u)",
                       lc_shown(in->path), LC_NO_CODE);
    if (!rc)
        rc = lc_input_merge(in, err);
    if (!rc)
        rc = lc_input_same(in, err);
    if (!rc)
        rc = lc_input_dates(in, err);
    if (!rc)
        rc = lc_input_numbers(in, err);
    return rc || !in->history ? rc : lc_input_history(in, err);
}

/* What is known of the files, whether or not there is a table. */
static enum lc_rc copy_files(struct load *l, struct lc_err *err)
{
    l->table.file = LC_NEW(l->arena, l->n, struct lc_table_file);
    if (!l->table.file)
        return lc_fail_memory(err, "a table");
    for (size_t f = 0; f < l->n; f++)
        l->table.file[f] = l->in[f].about;
    l->table.n_files = l->n;
    return LC_OK;
}

static enum lc_rc run(struct load *l, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t f = 0; f < l->n && !rc; f++)
        rc = lc_input_open(&l->in[f], err);
    if (!rc)
        rc = lc_inputs_wish(l->in, l->n, err);
    for (size_t f = 0; f < l->n && !rc; f++)
        rc = read_one(&l->in[f], f == 0, err);
    if (!rc)
        rc = lc_input_unique(&l->in[0], err);
    if (!rc)
        rc = lc_input_units(&l->in[0], &l->table.units, err);
    if (!rc)
        rc = lc_inputs_join(l->in, l->n, &l->table, err);
    return rc ? rc : lc_table_sets(&l->table, l->spec, l->arena, l->in[0].rejects, err);
}

/* NOLINTNEXTLINE(readability-function-size): the contract of include/leadcal/load.h */
enum lc_rc lc_load(const char *const *path, size_t n_paths, const struct lc_spec *spec,
                   const struct lc_load_options *options, struct lc_parallel *pool,
                   struct lc_arena *arena, struct lc_table *table,
                   struct lc_load_account *account, struct lc_err *err)
{
    struct load l = {.path = path, .n_paths = n_paths, .spec = spec, .arena = arena};
    struct lc_rejects rejects;
    enum lc_rc rc;

    lc_rejects_init(&rejects, arena);
    if (n_paths == 0)
        return lc_fail(err, LC_EMISMATCH, "no file was named");
    rc = begin(&l, options, pool, &rejects, err);
    if (!rc)
        rc = run(&l, err);
    if (!rc)
        rc = lc_note_numbers(&rejects, &l.table, err);
    if (!rc)
        rc = lc_note_missing(&rejects, l.in, l.n, &l.table.missing, err);
    if (!rc)
        rc = lc_suspect_missing(&rejects, &l.table, err);
    if (!rc)
        rc = copy_files(&l, err);
    else if (rc == LC_EFORMAT && rejects.account.n_complaints) {
        struct lc_err other;

        if (!copy_files(&l, &other)) { /* so that a reader sees what was rejected */
            *table = (struct lc_table){.file = l.table.file, .n_files = l.table.n_files};
            *account = rejects.account;
        }
    }
    for (size_t f = 0; f < l.n; f++)
        lc_input_close(&l.in[f]);
    if (!rc) {
        *table = l.table;
        *account = rejects.account;
    }
    return rc;
}
