#include "engagement_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "leadcal/column.h"
#include "leadcal/num.h"

#define UNIT 1000 /* worths are whole thousandths */

const char *const lc_engaged_ending[LC_ENGAGED] = {"", "_count", "_days"};

static const char text[] = "the columns of events";

struct lc_decay lc_engagement_decay(const struct lc_event_class *of,
                                    const struct lc_spec_events *spec)
{
    const char *said = of->decay                       ? of->decay
                       : of->kind == LC_EVENT_NEGATIVE ? "none"
                       : spec->decay                   ? spec->decay
                                                       : LC_USUAL_DECAY;
    struct lc_decay decay = {.family = LC_DECAY_NONE};
    struct lc_err err;
    const enum lc_rc rc = lc_decay_parse(lc_slice_of(said), &decay, &err);

    assert(!rc); /* the spec was read, so it is one */
    (void)rc;
    return decay;
}

/* ---- what a lead did ---- */

static double tell(enum lc_engaged what, const struct lc_decay *decay, const uint32_t *age,
                   size_t n)
{
    switch (what) {
    case LC_ENGAGED_WORTH: return lc_round_away(UNIT * lc_decay_sum(decay, age, n)) / UNIT;
    case LC_ENGAGED_COUNT: return (double)n;
    case LC_ENGAGED_DAYS: return n ? age[0] : LC_NAN;
    case LC_ENGAGED: break;
    }
    return LC_NAN;
}

bool lc_engaged_room_new(const struct lc_table *table, struct lc_arena *scratch,
                         struct lc_engaged_room *room)
{
    size_t most = 0;

    for (size_t f = 0; f < table->n_files; f++) {
        const struct lc_events *e = table->file[f].events;

        for (size_t i = 0; e && i < e->n; i++)
            if (e->begin[i + 1] - e->begin[i] > most)
                most = e->begin[i + 1] - e->begin[i];
    }
    room->value = LC_NEW(scratch, table->n + 1, double);
    room->age = LC_NEW(scratch, most + 1, uint32_t);
    return room->value && room->age;
}

static const char *how_text(enum lc_engaged what, const struct lc_decay *decay,
                            struct lc_arena *arena)
{
    char decays[LC_DECAY_TEXT];

    lc_decay_text(decay, decays);
    return what == LC_ENGAGED_WORTH   ? lc_arena_format(arena, "events, %s", decays)
           : what == LC_ENGAGED_COUNT ? "events, counted"
                                      : "events, days since the last";
}

bool lc_engaged_put(const struct lc_events *events, size_t class, enum lc_engaged what,
                    const struct lc_decay *decay, size_t n, const struct lc_engaged_room *room,
                    struct lc_arena *arena, struct lc_table_column *to)
{
    for (size_t i = 0; i < n; i++) {
        size_t did = 0;

        for (size_t k = events->begin[i]; k < events->begin[i + 1]; k++)
            if (events->of[k] == class)
                room->age[did++] = events->age_days[k];
        room->value[i] = events->known[i] ? tell(what, decay, room->age, did) : LC_NAN;
    }
    to->computed = how_text(what, decay, arena);
    return to->computed && lc_column_of_numbers(room->value, n, arena, to);
}

struct adding {
    struct lc_table *table;
    struct lc_texts named;
    bool all;
    struct lc_arena *arena;
    struct lc_engaged_room room;
    size_t file, k; /* at work on; columns so far */
    struct lc_table_column *column;
    const struct lc_events *events;
    const struct lc_spec_events *spec;
    const char **note; /* [n_notes] */
    size_t n_notes;
};

static bool add_column(struct adding *a, size_t class, enum lc_engaged what,
                       const struct lc_decay *decay)
{
    const char *file = a->table->file[a->file].name;
    struct lc_table_column *to = &a->column[a->k];

    *to = (struct lc_table_column){.file = a->file, .at = a->k};
    to->codes.name = lc_arena_format(a->arena, "%s.%s%s", file, a->events->class[class].name,
                                     lc_engaged_ending[what]);
    if (!to->codes.name)
        return false;
    if (what != LC_ENGAGED_WORTH && !a->all && !lc_texts_have(a->named, to->codes.name))
        return true;
    if (!lc_engaged_put(a->events, class, what, decay, a->table->n, &a->room, a->arena, to))
        return false;
    a->k++;
    return true;
}

/* A decay that lets a lead gain by staying away. */
static bool note_decay(struct adding *a, size_t class, const struct lc_decay *decay)
{
    char said[LC_DECAY_TEXT];
    const char *note;

    lc_decay_lint_text(decay, said);
    if (!*said)
        return true;
    note = lc_arena_format(a->arena, "%s.%s: %s", a->table->file[a->file].name,
                           a->events->class[class].name, said);
    a->note[a->n_notes++] = note;
    return note != NULL;
}

static bool add_file(struct adding *a)
{
    for (size_t c = 0; c < a->events->n_classes; c++) {
        const struct lc_decay decay = lc_engagement_decay(&a->events->class[c], a -> spec);

        if (!note_decay(a, c, &decay))
            return false;
        for (int what = 0; what < LC_ENGAGED; what++)
            if (!add_column(a, c, (enum lc_engaged)what, &decay))
                return false;
    }
    return true;
}

/* Room for all there can be. */
static bool begin(struct adding *a, struct lc_arena *scratch)
{
    const struct lc_table *t = a->table;
    size_t classes = 0;

    for (size_t f = 0; f < t->n_files; f++)
        classes += t->file[f].events ? t->file[f].events->n_classes : 0;
    a->column = LC_NEW(a->arena, t->k + classes * LC_ENGAGED + 1, struct lc_table_column);
    a->note = LC_NEW(a->arena, classes + 1, const char *);
    if (!a->column || !a->note || !lc_engaged_room_new(t, scratch, &a->room))
        return false;
    if (t->k)
        memcpy(a->column, t->column, t->k * sizeof *a->column);
    a->k = t->k;
    return true;
}

enum lc_rc lc_engagement_add(struct lc_table *table, const struct lc_spec *spec,
                             struct lc_texts named, bool all, struct lc_arena *arena,
                             struct lc_texts *note, struct lc_err *err)
{
    struct adding a = {.table = table, .named = named, .all = all, .arena = arena};
    struct lc_arena scratch;
    bool good;

    lc_arena_init(&scratch, arena->limit);
    good = begin(&a, &scratch);
    for (a.file = 0; a.file < table->n_files && good; a.file++) {
        a.events = table->file[a.file].events;
        if (!a.events)
            continue;
        a.spec = spec->file[a.file].events;
        good = add_file(&a);
    }
    lc_arena_release(&scratch);
    if (!good)
        return lc_fail_memory(err, text);
    table->column = a.column;
    table->k = a.k;
    if (note)
        *note = (struct lc_texts){a.note, a.n_notes};
    return LC_OK;
}
