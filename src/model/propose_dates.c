/* Which columns are the dates, by their names. */
#include <string.h>

#include "propose_internal.h"

/* "352 of 2400 leads have one" */
static enum lc_rc note_date(struct lc_guess *g, const struct lc_table_column *c,
                            enum lc_meaning meaning, struct lc_err *err)
{
    const char *system =
        lc_system_means(g->table, &g->systems, c, meaning)
            ? g->systems.of[c->file < g->systems.n ? c->file : 0].signature.system
            : NULL;

    return lc_notes_add(&g->notes, err,
                        "dates: %s is '%s', by its name%s%s; %zu of %zu rows have one",
                        lc_meaning_text(meaning), c->codes.name, system ? " in " : "",
                        system ? system : "", c->n_filled, g->table->n);
}

/* In one file first, then in the others. */
static enum lc_rc guess_date(struct lc_guess *g, const char **to, enum lc_meaning meaning,
                             size_t file, struct lc_err *err)
{
    const struct lc_table_column *c;

    if (*to)
        return LC_OK;
    c = lc_column_meaning(g->table, &g->systems, file, meaning, LC_DATES);
    if (!c)
        c = lc_column_meaning(g->table, &g->systems, LC_ANY_FILE, meaning, LC_DATES);
    if (!c)
        return LC_OK;
    *to = c->codes.name;
    return note_date(g, c, meaning, err);
}

/* Where deals are the unit, the day they began is the day they entered. */
static bool is_entry(const struct lc_guess *g, size_t file)
{
    const struct lc_table_column *c =
        lc_system_column(g->table, &g->systems, file, LC_MEANS_OPPORTUNITY, LC_DATES);

    return file == 0 && c && lc_system_means(g->table, &g->systems, c, LC_MEANS_ENTERED);
}

/* The file of the outcome may say itself when its rows began. */
static enum lc_rc guess_opportunity(struct lc_guess *g, size_t file, struct lc_err *err)
{
    const struct lc_spec_file *f = file < g->spec.n_files ? &g->spec.file[file] : NULL;
    struct lc_spec *s = &g->spec;

    if (is_entry(g, file))
        return LC_OK;
    if (s->date.opportunity || !f || !f->created || !g->table->file[file].name)
        return guess_date(g, &s->date.opportunity, LC_MEANS_OPPORTUNITY, file, err);
    s->date.opportunity =
        lc_arena_format(g->arena, "%s.%s", g->table->file[file].name, f->created);
    if (!s->date.opportunity)
        return lc_fail_memory(err, "the proposal");
    return lc_notes_add(&g->notes, err, "dates: opportunity is '%s', when rows of '%s' began",
                        s->date.opportunity, g->table->file[file].name);
}

static enum lc_rc note_ambiguous(struct lc_guess *g, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; j < g->table->k && !rc; j++)
        if (g->table->column[j].kind == LC_KIND_DATE && g->table->column[j].ambiguous)
            rc = lc_notes_add(
                &g->notes, err,
                "dates: '%s' can be read %s; say which with --date-order dmy|mdy%s "
                "or \"date_order\" in the spec",
                g->table->column[j].codes.name,
                g->table->column[j].short_year
                    ? "in several orders, its years having two digits"
                    : "day first or month first",
                g->table->column[j].short_year ? "|ymd" : "");
    return rc;
}

enum lc_rc lc_guess_dates(struct lc_guess *g, struct lc_err *err)
{
    const size_t file = lc_outcome_file(g->table, &g->spec);
    struct lc_spec *s = &g->spec;
    enum lc_rc rc = guess_opportunity(g, file, err);

    if (!rc)
        rc = guess_date(g, &s->date.closed, LC_MEANS_CLOSED, file, err);
    if (!rc)
        rc = guess_date(g, &s->date.accepted, LC_MEANS_ACCEPTED, 0, err);
    if (!rc)
        rc = guess_date(g, &s->date.first_touch, LC_MEANS_FIRST_TOUCH, 0, err);
    if (!rc)
        rc = guess_date(g, &s->date.handed_over, LC_MEANS_HANDED_OVER, 0, err);
    if (!rc)
        rc = guess_date(g, &s->date.entered, LC_MEANS_ENTERED, 0, err);
    if (rc)
        return rc;
    /* One column cannot be two days: "opportunity_close_date" is the closing. */
    if (s->date.opportunity && s->date.closed &&
        strcmp(s->date.opportunity, s->date.closed) == 0)
        s->date.opportunity = NULL;
    rc = note_ambiguous(g, err);
    if (!rc && !s->date.entered && !s->date.handed_over)
        rc = lc_notes_add(&g->notes, err,
                          "dates: no column says when a lead came in, so maturity cannot be "
                          "checked");
    return rc;
}

/* The name of a date of a table that is read alone. */
static enum lc_rc find_alone(const struct lc_table *table, enum lc_meaning by_system,
                             enum lc_meaning by_words, struct lc_arena *arena, const char **to,
                             struct lc_err *err)
{
    struct lc_systems systems;
    const struct lc_table_column *c;
    const enum lc_rc rc = lc_systems_find(table, arena, &systems, err);

    if (rc)
        return rc;
    c = lc_system_column(table, &systems, 0, by_system, LC_DATES);
    if (!c)
        c = lc_column_by_words(table, 0, by_words, LC_DATES);
    *to = c ? c->codes.name : NULL;
    return LC_OK;
}

enum lc_rc lc_propose_decision(const struct lc_table *leads, struct lc_arena *arena,
                               struct lc_spec *spec, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (!spec->date.handed_over)
        rc = find_alone(leads, LC_MEANS_HANDED_OVER, LC_MEANS_HANDED_OVER, arena,
                        &spec->date.handed_over, err);
    if (!rc && !spec->date.entered)
        rc = find_alone(leads, LC_MEANS_ENTERED, LC_MEANS_ENTERED, arena, &spec->date.entered,
                        err);
    return rc;
}

enum lc_rc lc_propose_created(const struct lc_table *other, struct lc_arena *arena,
                              const char **created, struct lc_err *err)
{
    return find_alone(other, LC_MEANS_OPPORTUNITY, LC_MEANS_BEGAN, arena, created, err);
}
