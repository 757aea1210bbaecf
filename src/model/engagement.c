#include "leadcal/engagement.h"

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

struct adding {
    struct lc_table *table;
    struct lc_texts named;
    bool all;
    struct lc_arena *arena;
    double *value;  /* [n leads] */
    uint32_t *age;  /* [most events of a lead] */
    size_t file, k; /* at work on; columns so far */
    struct lc_table_column *column;
    const struct lc_events *events;
    const struct lc_spec_events *spec;
    const char **note; /* [n_notes] */
    size_t n_notes;
};

static void fill(struct adding *a, size_t class, enum lc_engaged what,
                 const struct lc_decay *decay)
{
    const struct lc_events *e = a->events;

    for (size_t i = 0; i < e->n; i++) {
        size_t n = 0;

        for (size_t k = e->begin[i]; k < e->begin[i + 1]; k++)
            if (e->of[k] == class)
                a->age[n++] = e->age_days[k];
        a->value[i] = e->known[i] ? tell(what, decay, a->age, n) : LC_NAN;
    }
}

static bool add_column(struct adding *a, size_t class, enum lc_engaged what,
                       const struct lc_decay *decay)
{
    const char *file = a->table->file[a->file].name;
    struct lc_table_column *to = &a->column[a->k];
    char decays[LC_DECAY_TEXT];

    *to = (struct lc_table_column){.file = a->file, .at = a->k};
    to->codes.name = lc_arena_format(a->arena, "%s.%s%s", file, a->events->class[class].name,
                                     lc_engaged_ending[what]);
    if (!to->codes.name)
        return false;
    if (what != LC_ENGAGED_WORTH && !a->all && !lc_texts_have(a->named, to->codes.name))
        return true;
    lc_decay_text(decay, decays);
    to->computed = what == LC_ENGAGED_WORTH   ? lc_arena_format(a->arena, "events, %s", decays)
                   : what == LC_ENGAGED_COUNT ? "events, counted"
                                              : "events, days since the last";
    fill(a, class, what, decay);
    if (!to->computed || !lc_column_of_numbers(a->value, a->table->n, a->arena, to))
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
    size_t classes = 0, most = 0;

    for (size_t f = 0; f < t->n_files; f++) {
        const struct lc_events *e = t->file[f].events;

        classes += e ? e->n_classes : 0;
        for (size_t i = 0; e && i < e->n; i++)
            if (e->begin[i + 1] - e->begin[i] > most)
                most = e->begin[i + 1] - e->begin[i];
    }
    a->column = LC_NEW(a->arena, t->k + classes * LC_ENGAGED + 1, struct lc_table_column);
    a->note = LC_NEW(a->arena, classes + 1, const char *);
    a->value = LC_NEW(scratch, t->n + 1, double);
    a->age = LC_NEW(scratch, most + 1, uint32_t);
    if (!a->column || !a->note || !a->value || !a->age)
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
