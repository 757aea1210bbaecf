#include "cohort_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "leadcal/propose.h"
#define MOST_LISTED 12 /* outcome values named in a sentence; more are counted */

enum lc_rc lc_notes_add(struct lc_notes *notes, struct lc_err *err, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    if (notes->n == notes->room) {
        const size_t room = notes->room ? 2 * notes->room : 8;
        const char **wider = LC_NEW(notes->arena, room, const char *);

        if (!wider)
            return lc_fail_memory(err, "notes");
        if (notes->n)
            memcpy(wider, notes->text, notes->n * sizeof *wider);
        notes->text = wider;
        notes->room = room;
    }
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    notes->text[notes->n] = lc_arena_text(notes->arena, lc_slice_of(text));
    if (!notes->text[notes->n])
        return lc_fail_memory(err, "notes");
    notes->n++;
    return LC_OK;
}

/* The values of the outcome column whose `state` is `which` (any: 3), quoted, for a sentence. */
static void list_values(const struct lc_column *c, const uint8_t *state, uint8_t which,
                        char *to, size_t room)
{
    size_t at = 0, listed = 0, all = 0;

    to[0] = 0;
    for (uint32_t v = 0; v < c->n_levels; v++) {
        int wrote;

        if (v == c->missing || (which != 3 && state[v] != which))
            continue;
        all++;
        if (listed == MOST_LISTED || at + 40 > room)
            continue;
        wrote = snprintf(to + at, room - at, "%s'%.30s'", at ? ", " : "", c->level[v]);
        at += wrote > 0 ? (size_t)wrote : 0;
        if (at >= room)
            at = room - 1;
        listed++;
    }
    if (all > listed && at + 24 < room)
        (void)snprintf(to + at, room - at, " and %zu more", all - listed);
}

/* Every value of `wanted` should be a level. `missed` becomes the first that is not. */
static void missing_value(const struct lc_column *c, struct lc_texts wanted,
                          const char **missed)
{
    for (size_t i = 0; i < wanted.n && !*missed; i++) {
        bool found = false;

        for (uint32_t v = 0; v < c->n_levels && !found; v++)
            found = v != c->missing && strcmp(c->level[v], wanted.text[i]) == 0;
        if (!found)
            *missed = wanted.text[i];
    }
}

static size_t values_of(const struct lc_column *c)
{
    return c->n_levels - (c->missing != LC_NO_CODE);
}

/* "Not Converted" is no slip for "Converted". */
static bool is_opposite(const char *wanted, const char *near)
{
    return lc_sounds_lost(wanted) != lc_sounds_lost(near);
}

/* None of the won values is there: a slip of the pen, unless the file plainly has no wins. */
static enum lc_rc refuse_unknown_won(const struct lc_column *c, const struct lc_spec *spec,
                                     struct lc_err *err)
{
    const char *near = lc_nearest(spec->outcome.won.text[0], c->level, values_of(c));
    char values[400];

    if (near && is_opposite(spec->outcome.won.text[0], near))
        near = NULL;
    list_values(c, NULL, 3, values, sizeof values);
    if (near)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has no value '%s'; did you mean '%s'? It holds %s", c->name,
                       spec->outcome.won.text[0], near, values);
    return lc_fail(
        err, LC_EMISMATCH,
        "column '%s' has no value '%s'; it holds %s: name the winning ones with --won, "
        "or, if nothing was won, the others with --lost and --open",
        c->name, spec->outcome.won.text[0], values);
}

/* Whether a value that no list names means lost: it says so, or it is the one other value and does
 * not say that it goes on. */
static bool sounds_lost(const struct lc_column *c, const char *value)
{
    return lc_sounds_lost(value) || (values_of(c) <= 2 && !lc_sounds_open(value));
}

/* The state of a value that stands in one of the lists; false where it stands in none. */
static bool listed_state(const struct lc_spec *spec, const char *value, uint8_t *state)
{
    if (lc_texts_have(spec->outcome.won, value))
        *state = LC_STATE_WON;
    else if (lc_texts_have(spec->outcome.lost, value))
        *state = LC_STATE_LOST;
    else if (lc_texts_have(spec->outcome.open, value))
        *state = LC_STATE_OPEN;
    else
        return false;
    return true;
}

static enum lc_rc state_of_values(const struct lc_column *c, const struct lc_spec *spec,
                                  uint8_t *state, struct lc_err *err)
{
    const bool has_lost = spec->outcome.lost.n, has_open = spec->outcome.open.n;

    for (uint32_t v = 0; v < c->n_levels; v++) {
        bool lost;

        state[v] = LC_STATE_OPEN;
        if (v == c->missing || listed_state(spec, c->level[v], &state[v]))
            continue;
        if (has_lost && has_open)
            return lc_fail(
                err, LC_EMISMATCH,
                "column '%s' holds '%s', which is neither won, lost nor open; add it "
                "to --won, --lost or --open",
                c->name, c->level[v]);
        lost = has_open || (!has_lost && sounds_lost(c, c->level[v]));
        state[v] = lost ? LC_STATE_LOST : LC_STATE_OPEN;
    }
    return LC_OK;
}

static bool is_listed(const struct lc_texts *list, size_t n_lists, const char *value)
{
    for (size_t k = 0; k < n_lists; k++)
        if (lc_texts_have(list[k], value))
            return true;
    return false;
}

enum lc_rc lc_refuse_slips(const struct lc_column *c, const struct lc_texts *list,
                           size_t n_lists, struct lc_arena *arena, struct lc_err *err)
{
    const char **unlisted = LC_NEW(arena, c->n_levels + 1, const char *);
    size_t n = 0;

    if (!unlisted)
        return lc_fail_memory(err, "the outcome");
    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && !is_listed(list, n_lists, c->level[v]))
            unlisted[n++] = c->level[v];
    for (size_t k = 0; k < n_lists; k++)
        for (size_t i = 0; i < list[k].n; i++) {
            const char *missed = NULL, *near;

            missing_value(c, (struct lc_texts){list[k].text + i, 1}, &missed);
            near = missed ? lc_nearest(missed, unlisted, n) : NULL;
            if (near && !is_opposite(missed, near))
                return lc_fail(err, LC_EMISMATCH,
                               "column '%s' has no value '%s'; did you mean '%s'?", c->name,
                               missed, near);
        }
    return LC_OK;
}

enum lc_rc lc_refuse_twice_listed(const struct lc_column *c, const struct lc_texts *list,
                                  const char *const *word, size_t n_lists, struct lc_err *err)
{
    for (size_t k = 0; k < n_lists; k++)
        for (size_t i = 0; i < list[k].n; i++)
            for (size_t other = k + 1; other < n_lists; other++)
                if (lc_texts_have(list[other], list[k].text[i]))
                    return lc_fail(err, LC_EMISMATCH,
                                   "value '%s' of '%s' is listed as %s and as %s; take it out "
                                   "of one list",
                                   list[k].text[i], c->name, word[k], word[other]);
    return LC_OK;
}

static enum lc_rc note_states(const struct lc_column *c, const uint8_t *state,
                              struct lc_notes *notes, struct lc_err *err)
{
    char won[300], lost[300], open[300];

    list_values(c, state, LC_STATE_WON, won, sizeof won);
    list_values(c, state, LC_STATE_LOST, lost, sizeof lost);
    list_values(c, state, LC_STATE_OPEN, open, sizeof open);
    return lc_notes_add(
        notes, err, "outcome '%s': won is %s; lost is %s; open is %s%s (--won, --lost, --open)",
        c->name, *won ? won : "nothing", *lost ? lost : "nothing", *open ? open : "no value",
        c->missing == LC_NO_CODE ? "" : " and the empty cell");
}

static enum lc_rc refuse_no_outcome(const struct lc_table *table, size_t at, struct lc_err *err)
{
    const struct lc_table_column *column = &table->column[at];
    const char *name = column->codes.name;

    if (column->kind == LC_KIND_EMPTY && column->file && table->file[column->file].matched == 0)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' cannot be the outcome: no lead has a row in its file; check "
            "the \"key\" of the file in the spec, and the order of the files",
            name);
    if (column->kind == LC_KIND_MANY || column->kind == LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' cannot be the outcome: it %s; name another with --outcome",
                       name,
                       column->kind == LC_KIND_EMPTY ? "is empty" : "has too many values");
    return LC_OK;
}

/* Values listed as won that no lead has: all of them is a slip, some of them a note. */
static enum lc_rc look_for_won(const struct lc_column *c, const struct lc_spec *spec,
                               struct lc_notes *notes, struct lc_err *err)
{
    const char *missed = NULL;
    size_t n_missed = 0;

    for (size_t i = 0; i < spec->outcome.won.n; i++) {
        const char *one = NULL;

        missing_value(c, (struct lc_texts){spec->outcome.won.text + i, 1}, &one);
        n_missed += one != NULL;
        missed = one ? one : missed;
    }
    if (n_missed == spec->outcome.won.n && values_of(c) > 1 &&
        !(spec->outcome.lost.n && spec->outcome.open.n))
        return refuse_unknown_won(c, spec, err);
    return missed ? lc_notes_add(notes, err, "no lead has '%s' in '%s'", missed, c->name)
                  : LC_OK;
}

static enum lc_rc states_by_column(const struct lc_table *table, const struct lc_spec *spec,
                                   struct lc_notes *notes, struct lc_arena *arena, uint8_t *to,
                                   struct lc_err *err)
{
    const struct lc_texts list[] = {spec->outcome.won, spec->outcome.lost, spec->outcome.open};
    static const char *const word[] = {"won", "lost", "open"};
    const struct lc_column *c;
    uint8_t *state;
    size_t at = 0;
    enum lc_rc rc;

    rc = lc_table_find(table, spec->outcome.column, &at, err);
    if (!rc)
        rc = refuse_no_outcome(table, at, err);
    if (rc)
        return rc;
    c = &table->column[at].codes;
    state = LC_NEW(arena, c->n_levels ? c->n_levels : 1, uint8_t);
    if (!state)
        return lc_fail_memory(err, "the outcome");
    rc = lc_refuse_twice_listed(c, list, word, 3, err);
    if (!rc)
        rc = lc_refuse_slips(c, list, 3, arena, err);
    if (!rc)
        rc = state_of_values(c, spec, state, err);
    if (!rc)
        rc = look_for_won(c, spec, notes, err);
    if (!rc)
        rc = note_states(c, state, notes, err);
    for (size_t i = 0; !rc && i < table->n; i++)
        to[i] = state[lc_code_at(c, i)];
    return rc;
}

enum lc_rc lc_leads_states(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_notes *notes, struct lc_arena *arena, uint8_t **state,
                           struct lc_err *err)
{
    uint8_t *to = LC_NEW(arena, table->n ? table->n : 1, uint8_t);
    enum lc_rc rc;

    if (!to)
        return lc_fail_memory(err, "the outcome");
    if (spec->outcome.won_if_in) {
        for (size_t f = 1; f < table->n_files; f++) {
            const struct lc_table_file *file = &table->file[f];

            if (!file->name || strcmp(file->name, spec->outcome.won_if_in) != 0)
                continue;
            for (size_t i = 0; i < table->n; i++)
                to[i] = file->has_row[i] ? LC_STATE_WON : LC_STATE_OPEN;
            *state = to;
            return lc_notes_add(notes, err,
                                "won is a lead with a row in '%s'; every other lead is open",
                                file->name);
        }
        return lc_fail(
            err, LC_EMISMATCH,
            "won_if_in names '%s', but no joined file has that name; name it in \"files\"",
            spec->outcome.won_if_in);
    }
    if (!spec->outcome.column)
        return lc_fail(
            err, LC_EMISMATCH,
            "no outcome is named; say which column tells who was won with --outcome and "
            "--won, or in a spec (leadcal inspect FILE -o spec.json proposes one)");
    if (!spec->outcome.won.n)
        return lc_fail(err, LC_EMISMATCH, "no value of '%s' is named as won; use --won",
                       spec->outcome.column);
    rc = states_by_column(table, spec, notes, arena, to, err);
    if (!rc)
        *state = to;
    return rc;
}
