/* Several files without a spec: which of them join the first, and by which keys. */
#include "cmd_propose.h"

#include <string.h>

#include "leadcal/io.h"

#define NO_SURE_KEY                                                                          \
    "no column of it is surely a key there (plain numbers are none unless the name ends in " \
    "'id')"

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

/* A file that joins nothing is shown as it is, where anything is shown. */
static enum lc_rc show_alone(const struct lc_table *table, const struct lc_spec *plain,
                             struct lc_frame *files, struct lc_frame *columns,
                             struct lc_err *err)
{
    const struct lc_choices none = {0};
    const enum lc_rc rc = files ? cmd_add_files(table, files, err) : LC_OK;

    return rc || !columns ? rc : cmd_add_columns(table, &none, plain, columns, err);
}

/* A file that joins nothing: what looks at files shows it alone, what counts leads cannot guess
 * what it is for. */
static enum lc_rc set_aside(const struct cmd_study *s, const char *path, const char *why,
                            const struct lc_frame *files, struct lc_err *err)
{
    const char *leads = lc_base_name(s->path[0]);

    if (!files)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.100s: no key joins it to %.100s, which is taken as the leads: %s; name the key "
            "in a spec (\"files\"), put the leads first, or leave the file out",
            lc_base_name(path), leads, why);
    cmd_note(s->out->quiet,
             "%s: no key joins it to %s, which is taken as the leads: %s; a spec can name the "
             "key (\"files\")",
             lc_base_name(path), leads, why);
    return LC_OK;
}

/* Events without a time would be joined as if they were deals. */
static enum lc_rc leave_undated(const struct cmd_study *s, const char *path,
                                const struct lc_frame *files, struct lc_err *err)
{
    static const char why[] =
        "by its header its rows are what leads did, and no column says when; "
        "export it with the time of each";

    if (!files)
        return lc_fail(err, LC_EMISMATCH, "%.100s: %s, or leave the file out",
                       lc_base_name(path), why);
    cmd_note(s->out->quiet, "%s: %s", lc_base_name(path), why);
    return LC_OK;
}

/* The first file, then each that has a key. */
struct found {
    struct lc_table *alone; /* [n] */
    struct lc_spec_file *
        said; /* [n] what a file is by itself: its name, and of one of changes key and history */
    struct lc_spec_file *file;         /* [n] and how it is joined; key NULL: not yet */
    struct lc_proposed_events *events; /* [n] of those whose rows are what leads did */
    bool *met;                         /* [n] by rows, not by a name alone */
    const char **path;
    size_t n;
};

/* How a file is joined to another, and how sure that is. */
struct way {
    struct lc_spec_file file;         /* key NULL: nothing joins it */
    struct lc_proposed_events events; /* of one whose rows are what leads did */
    bool met;                         /* some rows are */
};

/* Does some value stand on several rows? */
static bool repeats(const struct lc_table_column *c)
{
    return c->n_filled > c->codes.n_levels - (c->codes.missing != LC_NO_CODE);
}

/* Counted as leads, events would give a report that looks like one. */
static enum lc_rc refuse_swapped(struct cmd_study *s, const struct lc_table *first,
                                 const char *key, const struct lc_table *second,
                                 struct lc_err *err)
{
    const char *events = lc_base_name(first->file[0].path);
    const char *leads = lc_base_name(second->file[0].path);
    struct lc_proposed_events found;
    const enum lc_rc rc = lc_propose_swapped(first, key, second, &s->arena, &found, err);

    if (rc || !found.events)
        return rc;
    return lc_fail(
        err, LC_EMISMATCH,
        "%.100s: its rows look like what leads did (when '%.60s', what '%.60s'), and "
        "%.100s has each lead once; name %.100s first",
        events, found.events->time, found.events->type, leads, leads);
}

/* Are the other file's rows what leads did? leads: the table it is joined to is theirs. */
static enum lc_rc find_events(struct cmd_study *s, const struct lc_table *from,
                              const struct lc_table_column *by, const struct lc_table *other,
                              const struct lc_table_column *key, bool leads, struct way *to,
                              struct lc_err *err)
{
    const bool several = repeats(key);
    enum lc_rc rc = LC_OK;

    if (leads && repeats(by) && !several)
        rc = refuse_swapped(s, from, to->file.join, other, err);
    if (!rc)
        rc = lc_propose_events(other, to->file.key, several, &s->arena, &to->events, err);
    to->file.events = to->events.events;
    if (to->events.undated)
        to->file.key = NULL;
    return rc;
}

/* Only the record's id joins a file of changes. */
static enum lc_rc keys_of(struct cmd_study *s, const struct lc_table *table,
                          const struct lc_table *other, const struct lc_spec_file *said,
                          struct lc_table *to, struct lc_err *err)
{
    struct lc_texts keys = {0};
    enum lc_rc rc = LC_OK;

    *to = (struct lc_table){0};
    if (said->history)
        keys = (struct lc_texts){&said->key, 1};
    else
        rc = lc_propose_keys(table, other, &s->arena, &keys, err);
    return rc || !keys.n ? rc : cmd_study_keys(s, table->file[0].path, keys, to, err);
}

/* The key of `other` in `from`: the leads, or a file that is joined already (whose name then stands before
 * the column's). */
static enum lc_rc find_way(struct cmd_study *s, const struct lc_table *from, const char *name,
                           const struct lc_table *other, const struct lc_spec_file *said,
                           struct way *to, struct lc_err *err)
{
    static const struct lc_spec_file plain;
    struct lc_table here, there;
    struct lc_proposed_join join;
    enum lc_rc rc = keys_of(s, from, other, &plain, &here, err);

    *to = (struct way){.file = *said};
    to->file.key = NULL;
    if (!rc)
        rc = keys_of(s, other, from, said, &there, err);
    if (rc || !here.k || !there.k)
        return rc;
    rc = lc_propose_join(&here, &there, !said->history && !name, &join, err);
    if (rc || join.leads == here.k)
        return rc;
    to->met = join.met;
    to->file.join = here.column[join.leads].codes.name;
    if (name)
        to->file.join = lc_arena_format(&s->arena, "%s.%s", name, to->file.join);
    if (!to->file.join)
        return lc_fail_memory(err, "the files");
    to->file.key = there.column[join.other].codes.name;
    to->file.list = join.list && !said->history;
    to->file.domain = join.domain;
    if (!said->history)
        rc = find_events(s, from, &here.column[join.leads], other, &there.column[join.other],
                         !name, to, err);
    if (rc || to->file.events || !to->file.key)
        return rc;
    if (said->history || (join.lookup && (join.domain || !lc_tells_deals(other)))) {
        to->file.first = join.twice && !said->history;
        return LC_OK;
    }
    return lc_propose_created(other, &s->arena, &to->file.created, err);
}

/* Through which of the files that are joined already the i-th is; key NULL: through none. */
static enum lc_rc find_through(struct cmd_study *s, const struct found *j, size_t i,
                               struct way *to, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t f = 1; f < j->n && !to->met && !rc; f++) {
        struct way way;

        if (f == i || !j->file[f].key || !j->met[f] || j->file[f].history || j->file[f].events)
            continue;
        rc = find_way(s, &j->alone[f], j->file[f].name, &j->alone[i], &j->said[i], &way, err);
        if (!rc && way.met)
            *to = way;
    }
    return rc;
}

/* Each file by itself: what it holds, and whether it is one of changes. */
static enum lc_rc read_alone(struct cmd_study *s, struct found *j, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    j->alone = LC_NEW(&s->arena, s->n_paths, struct lc_table);
    j->said = LC_NEW(&s->arena, s->n_paths, struct lc_spec_file);
    j->file = LC_NEW(&s->arena, s->n_paths, struct lc_spec_file);
    j->path = LC_NEW(&s->arena, s->n_paths, const char *);
    j->events = LC_NEW(&s->arena, s->n_paths, struct lc_proposed_events);
    j->met = LC_NEW(&s->arena, s->n_paths, bool);
    if (!j->alone || !j->said || !j->file || !j->path || !j->events || !j->met)
        return lc_fail_memory(err, "the files");
    j->n = s->n_paths;
    for (size_t i = 0; i < j->n && !rc; i++) {
        j->path[i] = s->path[i];
        j->said[i].match = match_of(s->path[i]);
        if (i && !(j->said[i].name = prefix_of(s->path[i], &s->arena)))
            return lc_fail_memory(err, "the files");
        rc = cmd_study_read(s, &s->path[i], 1, &s->spec, &j->alone[i], err);
        if (!rc && i)
            rc = lc_propose_history(&j->alone[i], &s->arena, &j->said[i], err);
    }
    j->file[0] = j->said[0];
    return rc;
}

/* The i-th file is joined so. */
static bool take_way(struct found *j, size_t i, const struct way *way)
{
    j->file[i] = way->file;
    j->events[i] = way->events;
    j->met[i] = way->met;
    return true;
}

/* Files that are joined through those that are joined already; more  out: there was one */
static enum lc_rc find_next(struct cmd_study *s, struct found *j, bool *more,
                            struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    *more = false;
    for (size_t i = 1; i < j->n && !rc; i++) {
        struct way way = {0};

        if (j->file[i].key || j->events[i].undated)
            continue;
        rc = find_through(s, j, i, &way, err);
        if (way.met && way.file.key)
            *more = take_way(j, i, &way);
    }
    return rc;
}

/* Files that a key of the leads joins, then those that are joined through them, and so on; what only a
 * name joins waits until nothing else does. */
static enum lc_rc find_ways(struct cmd_study *s, struct found *j, struct lc_err *err)
{
    struct way *direct = LC_NEW(&s->arena, j->n, struct way);
    enum lc_rc rc = LC_OK;
    bool more = true;

    if (!direct)
        return lc_fail_memory(err, "the files");
    for (size_t i = 1; i < j->n && !rc; i++) {
        rc = find_way(s, &j->alone[0], NULL, &j->alone[i], &j->said[i], &direct[i], err);
        if (direct[i].met || direct[i].events.undated)
            (void)take_way(j, i, &direct[i]);
    }
    while (more && !rc)
        rc = find_next(s, j, &more, err);
    for (size_t i = 1; i < j->n && !rc; i++)
        if (!j->file[i].key && direct[i].file.key && !j->said[i].history)
            (void)take_way(j, i, &direct[i]);
    return rc;
}

static enum lc_rc find_files(struct cmd_study *s, struct found *j, struct lc_frame *files,
                             struct lc_frame *columns, struct lc_err *err)
{
    enum lc_rc rc = read_alone(s, j, err);
    size_t kept = 1;

    if (!rc)
        rc = find_ways(s, j, err);
    for (size_t i = 1; i < j->n && !rc; i++) {
        if (j->file[i].key) {
            j->path[kept] = j->path[i];
            j->alone[kept] = j->alone[i];
            j->events[kept] = j->events[i];
            j->file[kept++] = j->file[i];
            continue;
        }
        rc = j->events[i].undated ? leave_undated(s, j->path[i], files, err)
                                  : set_aside(s, j->path[i], NO_SURE_KEY, files, err);
        if (!rc)
            rc = show_alone(&j->alone[i], &s->spec, files, columns, err);
    }
    j->n = kept;
    return rc;
}

/* The dates that say when leads were decided matter to the join, and are guessed again with all
 * other columns in sight. */
static enum lc_rc load_joined(struct cmd_study *s, const struct found *j, struct lc_err *err)
{
    struct lc_spec spec;
    enum lc_rc rc;

    s->path = j->path;
    s->n_paths = j->n;
    s->spec.file = j->n > 1 ? j->file : NULL;
    s->spec.n_files = j->n > 1 ? j->n : 0;
    spec = s->spec;
    rc = lc_propose_decision(&j->alone[0], &s->arena, &spec, err);
    if (!rc)
        rc = cmd_study_read(s, s->path, s->n_paths, &spec, &s->table, err);
    return rc ? rc : cmd_study_engage(s, err);
}

static enum lc_rc describe(struct cmd_study *s, const struct found *j, struct cmd_joined *to,
                           struct lc_err *err)
{
    to->comment = LC_NEW(&s->arena, j->n, const char *);
    to->mapped = LC_NEW(&s->arena, 3 * j->n, struct lc_mapped);
    if (!to->comment || !to->mapped)
        return lc_fail_memory(err, "the proposal");
    for (size_t f = 1; f < j->n; f++) {
        const struct lc_proposed_events *events = &j->events[f];
        const char *text = cmd_joined_text(s, f, &j->file[f], events);

        if (!text)
            return lc_fail_memory(err, "the proposal");
        to->comment[to->n_comments++] = text;
        for (size_t i = 0; i < events->n_mapped; i++)
            to->mapped[to->n_mapped++] = events->mapped[i];
    }
    return LC_OK;
}

/* A column of the same name is no key where it brings no two rows together. */
enum lc_rc cmd_propose_join(struct cmd_study *s, struct lc_frame *files,
                            struct lc_frame *columns, struct cmd_joined *joined,
                            struct lc_err *err)
{
    const struct lc_spec plain = s->spec;
    const char *why;
    struct found j = {0};
    size_t kept = 1;
    enum lc_rc rc = find_files(s, &j, files, columns, err);

    if (!rc)
        rc = load_joined(s, &j, err);
    for (size_t f = 1; f < j.n && !rc; f++) {
        if (s->table.file[f].orphans < s->table.file[f].rows_used) {
            j.path[kept] = j.path[f];
            j.alone[kept] = j.alone[f];
            j.events[kept] = j.events[f];
            j.file[kept++] = j.file[f];
            continue;
        }
        why = lc_arena_format(&s->arena, "no lead has a value of its '%s'", j.file[f].key);
        if (!why)
            return lc_fail_memory(err, "the files");
        rc = set_aside(s, j.path[f], why, files, err);
        if (!rc)
            rc = show_alone(&j.alone[f], &plain, files, columns, err);
    }
    if (!rc && kept < j.n) {
        j.n = kept;
        rc = load_joined(s, &j, err);
    }
    return rc ? rc : describe(s, &j, joined, err);
}
