/* Are the rows of a second file what leads did? By its system, else by its shape. */
#include <string.h>

#include "leadcal/events.h"
#include "propose_internal.h"

/* Of the filled rows of a type, those that hold words of events: where its name says what it is, and where
 * it does not; a lead source may hold some, too. */
#define LEAST_NAMED   0.5
#define LEAST_UNNAMED 0.75

/* The columns that an events file is made of. */
struct shape {
    const struct lc_table *table;
    struct lc_systems systems;
    const char *key;
    const struct lc_table_column *time, *type, *content;
    const char *system; /* that calls them so; NULL: by words, dates and values */
    double share;       /* of the type's filled rows whose words are known */
};

static bool is_key(const struct shape *s, const struct lc_table_column *c)
{
    return strcmp(c->codes.name, s->key) == 0;
}

/* ---- words of events ---- */

static bool has_event_word(const char *plain)
{
    size_t n;
    const struct lc_event_word *word = lc_event_words(&n);

    for (size_t w = 0; w < n; w++)
        if (lc_event_has(plain, word[w].word))
            return true;
    return false;
}

/* The share of a column's filled rows that hold a word of events. */
static enum lc_rc share_known(const struct lc_table_column *c, struct lc_arena *arena,
                              double *share, struct lc_err *err)
{
    size_t known = 0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        const char *text = lc_event_type_text(c->codes.name, c->codes.level[v]);
        char *plain;

        if (v == c->codes.missing)
            continue;
        plain = lc_arena_alloc(arena, 2 * strlen(text) + 3, 1);
        if (!plain)
            return lc_fail_memory(err, "the proposal");
        lc_event_plain(lc_slice_of(text), plain);
        known += has_event_word(plain) ? c->count[v] : 0;
    }
    *share = c->n_filled ? (double)known / (double)c->n_filled : 0;
    return LC_OK;
}

/* ---- by the system ---- */

/* Numbers of the size of UNIX seconds or milliseconds are dates where the spec says so; microseconds
 * are not. */
static bool is_time(const struct lc_table_column *c)
{
    const uint32_t n = c->codes.n_levels - (c->codes.missing != LC_NO_CODE);

    return c->kind == LC_KIND_DATE ||
           (c->kind == LC_KIND_NUMBER && n && c->number[0] >= 1e9 && c->number[n - 1] < 1e13);
}

/* Walks the columns of the file that its system calls so: the next one behind `from`, or NULL. */
static const struct lc_table_column *next_called(const struct shape *s, enum lc_meaning meaning,
                                                 size_t *from)
{
    const struct lc_system *of = &s->systems.of[0];
    const size_t at = lc_dialect_column(&of->signature, meaning, of->name, of->k, from);

    return at == of->k ? NULL : &s->table->column[of->column[at]];
}

/* A column that nobody has filled is a time, too: where no member of a campaign has responded, the day of
 * the response is the one that counts all the same, and not that of the invitation. */
static const struct lc_table_column *time_by_system(const struct shape *s)
{
    const struct lc_table_column *c, *empty = NULL;
    size_t from = 0;

    while ((c = next_called(s, LC_MEANS_EVENT_TIME, &from)) != NULL && !is_time(c))
        if (!empty && c->kind == LC_KIND_EMPTY)
            empty = c;
    return c ? c : empty;
}

/* The surest name whose values hold words of events most often: a Salesforce task is told by its
 * subtype in one organisation, and by its subject in another. */
static enum lc_rc type_by_system(struct shape *s, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_table_column *c;
    enum lc_rc rc = LC_OK;
    size_t from = 0;

    while (!rc && (c = next_called(s, LC_MEANS_EVENT_TYPE, &from)) != NULL) {
        double share = 0;

        if ((c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER) || is_key(s, c))
            continue;
        rc = share_known(c, arena, &share, err);
        if (s->type && share <= s->share)
            continue;
        s->type = c;
        s->share = share;
    }
    return rc;
}

/* Of the names that a system gives to a content, the column with most filled cells; the first among equals. */
static const struct lc_table_column *content_by_system(const struct shape *s)
{
    const struct lc_table_column *c, *best = NULL;
    size_t from = 0;

    while ((c = next_called(s, LC_MEANS_EVENT_CONTENT, &from)) != NULL)
        if (!is_key(s, c) && c != s->type && c->n_filled &&
            (!best || c->n_filled > best->n_filled))
            best = c;
    return best;
}

static enum lc_rc find_by_system(struct shape *s, struct lc_arena *arena, struct lc_err *err)
{
    const enum lc_rc rc = type_by_system(s, arena, err);

    s->time = time_by_system(s);
    s->content = content_by_system(s);
    s->system = s->systems.of[0].signature.system;
    return rc;
}

/* ---- by the shape ---- */

/* The surest word of a meaning decides, of one word the first column; any kind of `kinds`. */
static const struct lc_table_column *find_by_word(const struct shape *s,
                                                  enum lc_meaning meaning, unsigned kinds)
{
    const char *word;
    size_t at = 0;

    while ((word = lc_dialect_name_word(meaning, &at)) != NULL)
        for (size_t j = 0; j < s->table->k; j++) {
            const struct lc_table_column *c = &s->table->column[j];

            if (kinds & 1U << c->kind && !is_key(s, c) && c != s->time && c != s->type &&
                lc_name_has(c->codes.name, word))
                return c;
        }
    return NULL;
}

static const struct lc_table_column *only_date(const struct lc_table *t)
{
    const struct lc_table_column *found = NULL;
    size_t dates = 0;

    for (size_t j = 0; j < t->k; j++)
        if (t->column[j].kind == LC_KIND_DATE) {
            found = &t->column[j];
            dates++;
        }
    return dates == 1 ? found : NULL;
}

/* The column that is called a type; else the one whose values are most often those of events. */
static enum lc_rc find_type(struct shape *s, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_table_column *named = find_by_word(s, LC_MEANS_EVENT_TYPE, LC_WORDS);
    enum lc_rc rc = LC_OK;

    if (named)
        rc = share_known(named, arena, &s->share, err);
    if (rc || (named && s->share >= LEAST_NAMED)) {
        s->type = named;
        return rc;
    }
    s->share = 0;
    for (size_t j = 0; j < s->table->k && !rc; j++) {
        const struct lc_table_column *c = &s->table->column[j];
        double share = 0;

        if (c->kind != LC_KIND_TEXT || is_key(s, c))
            continue;
        rc = share_known(c, arena, &share, err);
        if (share >= LEAST_UNNAMED && share > s->share) {
            s->type = c;
            s->share = share;
        }
    }
    return rc;
}

/* Deals know who was won; what leads did does not. */
static bool knows_outcome(const struct lc_table *t)
{
    const char *const id = LC_STAGE_ID_WON;

    for (size_t j = 0; j < t->k; j++) {
        const struct lc_table_column *c = &t->column[j];

        for (uint32_t v = 0; c->kind == LC_KIND_TEXT && v < c->codes.n_levels; v++)
            if (v != c->codes.missing &&
                (lc_won_strength(c->codes.level[v]) == 3 || strcmp(c->codes.level[v], id) == 0))
                return true;
    }
    return false;
}

static enum lc_rc find_by_shape(struct shape *s, struct lc_arena *arena, struct lc_err *err)
{
    enum lc_rc rc;

    if (knows_outcome(s->table))
        return LC_OK;
    s->time = find_by_word(s, LC_MEANS_EVENT_TIME, LC_DATES);
    if (!s->time)
        s->time = only_date(s->table);
    if (!s->time)
        return LC_OK;
    rc = find_type(s, arena, err);
    if (!rc && s->type)
        s->content = find_by_word(s, LC_MEANS_EVENT_CONTENT, LC_WORDS | 1U << LC_KIND_MANY);
    return rc;
}

/* ---- what came of it ---- */

static enum lc_rc say(const struct shape *s, struct lc_arena *arena,
                      struct lc_proposed_events *out, struct lc_err *err)
{
    const struct lc_table_column *const column[] = {s->time, s->type, s->content};
    static const char *const meaning[] = {"event_time", "event_type", "event_content"};
    struct lc_spec_events *events = LC_NEW(arena, 1, struct lc_spec_events);
    struct lc_mapped *mapped = LC_NEW(arena, 3, struct lc_mapped);
    const char *how =
        s->system ? lc_arena_format(arena, "%s calls it so", s->system) : "its name and values";

    if (!events || !mapped || !how)
        return lc_fail_memory(err, "the proposal");
    *events = (struct lc_spec_events){.time = s->time->codes.name,
                                      .type = s->type->codes.name,
                                      .content = s->content ? s->content->codes.name : NULL};
    for (size_t i = 0; i < 3; i++)
        mapped[i] = (struct lc_mapped){meaning[i], column[i],
                                       column[i] ? how : "no column says so", s->table};
    *out = (struct lc_proposed_events){events, s->system, mapped, 3, false};
    return LC_OK;
}

enum lc_rc lc_propose_events(const struct lc_table *other, const char *key, bool repeats,
                             struct lc_arena *arena, struct lc_proposed_events *out,
                             struct lc_err *err)
{
    struct shape s = {.table = other, .key = key};
    enum lc_rc rc = lc_systems_find(other, arena, &s.systems, err);

    *out = (struct lc_proposed_events){0};
    if (rc)
        return rc;
    if (s.systems.of[0].signature.system)
        rc = find_by_system(&s, arena, err);
    else if (repeats)
        rc = find_by_shape(&s, arena, err);
    out->undated = !rc && s.system && s.type && !s.time;
    return rc || !s.time || !s.type ? rc : say(&s, arena, out, err);
}

enum lc_rc lc_propose_swapped(const struct lc_table *first, const char *key,
                              const struct lc_table *second, struct lc_arena *arena,
                              struct lc_proposed_events *out, struct lc_err *err)
{
    enum lc_rc rc = lc_propose_events(first, key, true, arena, out, err);

    if (!rc && !knows_outcome(second))
        *out = (struct lc_proposed_events){0};
    return rc;
}
