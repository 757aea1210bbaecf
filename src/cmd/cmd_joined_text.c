/* What is said of a file that was joined without a spec: by what, and which rows count. */
#include "cmd_propose.h"

#include "leadcal/events.h"
#include "leadcal/io.h"

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

/* "files: 'deals' is joined by its 'contact', which holds the leads' 'id' (90 of 100 rows)" */
static const char *joined_text(const struct lc_spec_file *file, const struct lc_table_file *met,
                               struct lc_arena *arena)
{
    const char *whose = met->through ? "" : "the leads' ";
    const char *how = file->list     ? "lists of"
                      : file->domain ? "which has the domains of"
                                     : "which holds";

    return lc_arena_format(
        arena, "files: '%s' is joined by its '%s', %s %s'%s' (%zu of %zu rows)", file->name,
        file->key, how, whose, file->join, met->rows_used - met->orphans, met->rows_used);
}

/* What is said behind it. */
static const char *rule_text(const struct lc_spec_file *file, struct lc_arena *arena)
{
    if (file->created)
        return lc_arena_format(arena,
                               "; of several rows a lead has the first since its decision, by "
                               "'%s'",
                               file->created);
    if (file->history && file->history->field)
        return lc_arena_format(
            arena,
            "; its rows are changes, and those of '%s' give days of entry into "
            "the values of '%s'",
            file->history->is, file->history->value);
    if (file->history)
        return lc_arena_format(
            arena, "; its rows are changes, and give days of entry into the values of '%s'",
            file->history->value);
    return file->first ? "; of rows with one key a lead has the first in the file" : "";
}

static const char *describe_join(struct cmd_study *s, const struct lc_spec_file *file,
                                 const struct lc_table_file *met)
{
    const char *joined = joined_text(file, met, &s->arena);
    const char *rule = rule_text(file, &s->arena);

    return joined && rule ? lc_arena_format(&s->arena, "%s%s", joined, rule) : NULL;
}

const char *cmd_joined_text(struct cmd_study *s, size_t f, const struct lc_spec_file *file,
                            const struct lc_proposed_events *events)
{
    const struct lc_table_file *met = &s->table.file[f];

    return met->events ? describe_events(s, events, file, met) : describe_join(s, file, met);
}
