/* Several files without a spec: which of them join the first, and by which keys. */
#include "cmd_propose.h"

#include <string.h>

#include "leadcal/events.h"
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
    struct lc_spec_file *file;
    struct lc_proposed_events *events; /* [n] of those whose rows are what leads did */
    const char **path;
    size_t n;
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

/* Fills key, join, list and events of a file; key NULL: nothing joins it. */
static enum lc_rc find_key(struct cmd_study *s, const struct lc_table *leads,
                           const struct lc_table *other, struct lc_spec_file *file,
                           struct lc_proposed_events *events, struct lc_err *err)
{
    struct lc_table of_leads, of_other;
    struct lc_proposed_join join = {0};
    struct lc_texts from = {0}, to = {0};
    enum lc_rc rc = lc_propose_keys(leads, other, &s->arena, &from, err);

    if (!rc)
        rc = lc_propose_keys(other, leads, &s->arena, &to, err);
    if (rc || !from.n || !to.n)
        return rc;
    rc = cmd_study_keys(s, leads->file[0].path, from, &of_leads, err);
    if (!rc)
        rc = cmd_study_keys(s, other->file[0].path, to, &of_other, err);
    if (!rc)
        rc = lc_propose_join(&of_leads, &of_other, &join, err);
    if (rc || join.leads == of_leads.k)
        return rc;
    file->join = of_leads.column[join.leads].codes.name;
    file->key = of_other.column[join.other].codes.name;
    file->list = join.list;
    if (repeats(&of_leads.column[join.leads]) && !repeats(&of_other.column[join.other]))
        rc = refuse_swapped(s, leads, file->join, other, err);
    if (!rc)
        rc = lc_propose_events(other, file->key, repeats(&of_other.column[join.other]),
                               &s->arena, events, err);
    file->events = events->events;
    return rc || file->events ? rc : lc_propose_created(other, &s->arena, &file->created, err);
}

/* A file that is not joined: why, and the file as it is. */
static enum lc_rc leave(struct cmd_study *s, const char *path, bool undated,
                        const struct lc_table *table, struct lc_frame *files,
                        struct lc_frame *columns, struct lc_err *err)
{
    const enum lc_rc rc = undated ? leave_undated(s, path, files, err)
                                  : set_aside(s, path, NO_SURE_KEY, files, err);

    return rc ? rc : show_alone(table, &s->spec, files, columns, err);
}

/* One file: the leads where it is the first, else what joins it to them. */
static enum lc_rc find_file(struct cmd_study *s, size_t i, struct found *j,
                            struct lc_frame *files, struct lc_frame *columns,
                            struct lc_err *err)
{
    struct lc_table *table = &j->alone[j->n];
    struct lc_spec_file *file = &j->file[j->n];
    struct lc_proposed_events *events = &j->events[j->n];
    enum lc_rc rc;

    *file = (struct lc_spec_file){.match = match_of(s->path[i])};
    *events = (struct lc_proposed_events){0};
    rc = cmd_study_read(s, &s->path[i], 1, &s->spec, table, err);
    if (!rc && i)
        rc = find_key(s, &j->alone[0], table, file, events, err);
    if (rc)
        return rc;
    if (i && (!file->key || events->undated))
        return leave(s, s->path[i], events->undated, table, files, columns, err);
    if (i)
        file->name = prefix_of(s->path[i], &s->arena);
    j->path[j->n++] = s->path[i];
    return i && !file->name ? lc_fail_memory(err, "the files") : LC_OK;
}

static enum lc_rc find_files(struct cmd_study *s, struct found *j, struct lc_frame *files,
                             struct lc_frame *columns, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    j->alone = LC_NEW(&s->arena, s->n_paths, struct lc_table);
    j->file = LC_NEW(&s->arena, s->n_paths, struct lc_spec_file);
    j->events = LC_NEW(&s->arena, s->n_paths, struct lc_proposed_events);
    j->path = LC_NEW(&s->arena, s->n_paths, const char *);
    if (!j->alone || !j->file || !j->events || !j->path)
        return lc_fail_memory(err, "the files");
    for (size_t i = 0; i < s->n_paths && !rc; i++)
        rc = find_file(s, i, j, files, columns, err);
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

/* What the columns of a file of events are, and how much of it is known at the decisions. */
static const char *describe_events(struct cmd_study *s, const struct lc_proposed_events *events,
                                   const struct lc_spec_file *file,
                                   const struct lc_table_file *met)
{
    const struct lc_spec_events *e = file->events;
    const char *about = e->content ? lc_arena_format(&s->arena, ", what about '%s'", e->content)
                                   : ", what about: no column says so";
    const char *how = events->system
                          ? lc_arena_format(&s->arena, "%s calls them so", events->system)
                          : "by their names and values";

    if (!about || !how)
        return NULL;
    return lc_arena_format(
        &s->arena,
        "events: the rows of '%s' are what leads did: when '%s', what '%s'%s (%s); by its '%s', "
        "which holds %sthe leads' '%s', %zu of %zu rows are of leads, %zu of them up to the decision, "
        "by %zu of %zu leads",
        lc_base_name(met->path), e->time, e->type, about, how, file->key,
        file->list ? "lists of " : "", file->join, met->rows_used - met->orphans,
        met->rows_used, met->events->account.used, met->matched, s->table.n);
}

static const char *describe_join(struct cmd_study *s, const struct lc_spec_file *file,
                                 const struct lc_table_file *met)
{
    const char *text =
        lc_arena_format(&s->arena,
                        "files: '%s' is joined by its '%s', %s the leads' '%s' "
                        "(%zu of %zu rows)",
                        file->name, file->key, file->list ? "lists of" : "which holds",
                        file->join, met->rows_used - met->orphans, met->rows_used);

    if (!text || !file->created)
        return text;
    return lc_arena_format(&s->arena,
                           "%s; of several rows a lead has the first since its "
                           "decision, by '%s'",
                           text, file->created);
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
        const struct lc_table_file *met = &s->table.file[f];
        const char *text = met->events ? describe_events(s, events, &j->file[f], met)
                                       : describe_join(s, &j->file[f], met);

        if (!text)
            return lc_fail_memory(err, "the proposal");
        to->comment[to->n_comments++] = text;
        for (size_t i = 0; met->events && i < events->n_mapped; i++)
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
