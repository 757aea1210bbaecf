#include "leadcal/events.h"

#include <stdlib.h>
#include <string.h>

#include "events_internal.h"
#include "join_internal.h"
#include "leadcal/num.h"

static const char text[] = "the events of the leads";

struct work {
    const struct lc_event_columns *file;
    const struct lc_event_decisions *leads;
    struct lc_event_names names;
    struct lc_members members;  /* which of the leads' keys each of the file's is */
    size_t *first_lead;         /* [leads' levels + 1] where each one's leads stand in `lead` */
    uint32_t *lead;             /* [n leads] */
    struct lc_moment *time;     /* [levels of time] */
    struct lc_moment *decision; /* [levels of decided]; NULL: unknown of all */
    uint64_t *packed;           /* age, then class, of each event of each lead */
    size_t *begin;              /* [n + 1] */
    uint8_t *fate;              /* [rows] */
    uint16_t *met;              /* [classes] 1: some event used is of it; then its new number */
    struct lc_moment first[LC_FIRSTS];
    struct lc_events out;
};

/* ---- leads by their key ---- */

static bool list_leads(struct work *w, struct lc_arena *arena)
{
    const struct lc_column *key = &w->leads->leads->codes;
    size_t *next = LC_NEW(arena, (size_t)key->n_levels + 1, size_t);

    w->first_lead = LC_NEW(arena, (size_t)key->n_levels + 1, size_t);
    w->lead = LC_NEW(arena, w->leads->n + 1, uint32_t);
    if (!next || !w->first_lead || !w->lead)
        return false;
    for (size_t i = 0; i < w->leads->n; i++)
        w->first_lead[lc_code_at(key, i) + 1]++;
    for (uint32_t v = 0; v < key->n_levels; v++)
        next[v + 1] = w->first_lead[v + 1] += w->first_lead[v];
    for (size_t i = 0; i < w->leads->n; i++)
        w->lead[next[lc_code_at(key, i)]++] = (uint32_t)i;
    return true;
}

static struct lc_moment decision_of(const struct work *w, size_t lead)
{
    const struct lc_moment undecided = {w->leads->undecided, 86400, LC_NO_OFFSET};
    struct lc_moment m = undecided;

    if (w->leads->snapshot)
        return (struct lc_moment){*w->leads->snapshot, LC_NAN, LC_NO_OFFSET};
    if (!w->decision)
        return m;
    m = w->decision[lc_code_at(&w->leads->decided->codes, lead)];
    if (m.day == LC_NO_DAY)
        return undecided;
    m.day += w->leads->after_days;
    return m;
}

/* ---- rows ---- */

/* What became of one row, from the least to the best of its leads. */
enum fate { ORPHAN, UNDATED, LATE, SAME_DAY, USED };

static enum fate fate_of(const struct lc_moment *event, const struct lc_moment *decision)
{
    if (event->day == LC_NO_DAY || decision->day == LC_NO_DAY)
        return UNDATED;
    switch (lc_moment_before(event, decision)) {
    case LC_WHEN_BEFORE: return USED;
    case LC_WHEN_SAME_DAY: return SAME_DAY;
    case LC_WHEN_AFTER: break;
    }
    return LATE;
}

/* A time that an offset moved to before the decision may stand on a later day: then it is of no age. */
static uint64_t pack(const struct lc_moment *event, const struct lc_moment *decision,
                     uint16_t class)
{
    const uint64_t age =
        decision->day > event->day ? (uint64_t)(decision->day - event->day) : 0;

    return age << 16 | class;
}

/* The leads of a row: counted, or with `packed` written down. */
static enum fate deal_out(struct work *w, size_t row, uint16_t class, size_t *next)
{
    const struct lc_moment *event = &w->time[lc_code_at(&w->file->time->codes, row)];
    const uint32_t key = lc_code_at(&w->file->key->codes, row);
    const bool ours = w->names.class[class].kind == LC_EVENT_OURS;
    enum fate best = ORPHAN;

    for (size_t k = w->members.begin[key]; k < w->members.begin[key + 1]; k++) {
        const uint32_t v = w->members.level[k];

        for (size_t l = w->first_lead[v]; l < w->first_lead[v + 1]; l++) {
            const struct lc_moment decision = decision_of(w, w->lead[l]);
            const enum fate fate = fate_of(event, &decision);

            best = fate > best ? fate : best;
            if (fate != USED || ours)
                continue;
            if (w->packed)
                w->packed[next[w->lead[l]]] = pack(event, &decision, class);
            next[w->lead[l]]++;
        }
    }
    return best;
}

static void account(struct work *w, size_t row, uint16_t class, enum fate fate)
{
    struct lc_events *out = &w->out;
    const uint32_t type = lc_code_at(&w->file->type->codes, row);

    switch (fate) {
    case ORPHAN: out->account.orphans++; return;
    case UNDATED: out->account.undated++; return;
    case LATE: out->account.late++; return;
    case SAME_DAY: out->account.same_day++; return;
    case USED: break;
    }
    w->met[class] = 1;
    out->account.used++;
    out->account.ours += w->names.class[class].kind == LC_EVENT_OURS;
    if (class != w->names.other)
        return;
    out->account.other++;
    if (type != w->file->type->codes.missing &&
        (!out->stranger || strcmp(w->file->type->codes.level[type], out->stranger) < 0))
        out->stranger = w->file->type->codes.level[type];
}

/* All rows, twice: how many each lead has, then what they are. */
static bool gather(struct work *w, struct lc_arena *arena)
{
    const size_t n = w->leads->n;
    size_t *next = LC_NEW(arena, n + 1, size_t);

    if (!next)
        return false;
    for (size_t row = 0; row < w->file->m; row++) {
        const uint16_t class = lc_event_class_of(w->file, &w->names, row);

        const enum fate fate = deal_out(w, row, class, next);

        w->fate[row] = fate == ORPHAN ? LC_FATE_ORPHAN : LC_FATE_PASSED;
        account(w, row, class, fate);
    }
    for (size_t i = 0; i < n; i++) {
        w->begin[i + 1] = w->begin[i] + next[i];
        next[i] = w->begin[i];
    }
    w->packed = LC_NEW(arena, w->begin[n] + 1, uint64_t);
    for (size_t row = 0; w->packed && row < w->file->m; row++)
        (void)deal_out(w, row, lc_event_class_of(w->file, &w->names, row), next);
    return w->packed != NULL;
}

static int by_age(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* ---- the result ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct lc_event_class *)a)->name,
                  ((const struct lc_event_class *)b)->name);
}

/* The classes that some row is of, or the spec names, by name; `met` then has their places. */
static bool keep_classes(struct work *w, size_t named, struct lc_arena *arena)
{
    struct lc_event_class *kept = LC_NEW(arena, w->names.n, struct lc_event_class);
    size_t n = 0;

    for (size_t c = 0; kept && c < w->names.n; c++)
        if ((w->met[c] || c < named) && w->names.class[c].kind != LC_EVENT_OURS)
            kept[n++] = w->names.class[c];
    if (!kept)
        return false;
    qsort(kept, n, sizeof *kept, by_name);
    for (size_t c = 0; c < w->names.n; c++)
        for (size_t k = 0; k < n; k++)
            if (strcmp(kept[k].name, w->names.class[c].name) == 0)
                w->met[c] = (uint16_t)k;
    w->out.class = kept;
    w->out.n_classes = n;
    return true;
}

static bool unpack(struct work *w, struct lc_arena *arena)
{
    const size_t n = w->leads->n, all = w->begin[n];
    uint32_t *age = LC_NEW(arena, all + 1, uint32_t);
    uint16_t *of = LC_NEW(arena, all + 1, uint16_t);
    uint8_t *known = LC_NEW(arena, n + 1, uint8_t);

    if (!age || !of || !known)
        return false;
    for (size_t e = 0; e < all; e++)
        w->packed[e] = (w->packed[e] >> 16 << 16) | w->met[w->packed[e] & UINT16_MAX];
    for (size_t i = 0; i < n; i++) {
        const struct lc_moment decision = decision_of(w, i);

        qsort(w->packed + w->begin[i], w->begin[i + 1] - w->begin[i], sizeof *w->packed,
              by_age);
        known[i] = decision.day != LC_NO_DAY && lc_moment_any_before(w->first, &decision);
    }
    for (size_t e = 0; e < all; e++) {
        age[e] = (uint32_t)(w->packed[e] >> 16);
        of[e] = (uint16_t)(w->packed[e] & UINT16_MAX);
    }
    w->out.n = n;
    w->out.begin = w->begin;
    w->out.of = of;
    w->out.age_days = age;
    w->out.known = known;
    return true;
}

static int32_t last_day(const struct lc_moment *moment, size_t n)
{
    int32_t last = LC_NO_DAY;

    for (size_t i = 0; i < n; i++)
        last = moment[i].day != LC_NO_DAY && (last == LC_NO_DAY || moment[i].day > last)
                   ? moment[i].day
                   : last;
    return last;
}

static bool run(struct work *w, size_t named, struct lc_arena *scratch, struct lc_arena *arena)
{
    const struct lc_join_rule keys = {.list = w->file->list};

    w->time = lc_moments(w->file->time, scratch);
    if (w->time) {
        lc_moment_firsts(w->time, w->file->time->codes.n_levels, w->first);
        w->out.last = last_day(w->time, w->file->time->codes.n_levels);
    }
    if (w->leads->decided)
        w->decision = lc_moments(w->leads->decided, scratch);
    w->met = LC_NEW(scratch, w->names.n, uint16_t);
    w->out.fate = w->fate = LC_NEW(arena, w->file->m + 1, uint8_t);
    w->begin = LC_NEW(arena, w->leads->n + 1, size_t);
    return w->time && (w->decision || !w->leads->decided) && w->met && w->begin && w->fate &&
           lc_members_find(w->leads->leads, w->file->key, &keys, scratch, &w->members) &&
           list_leads(w, scratch) && gather(w, scratch) && keep_classes(w, named, arena) &&
           unpack(w, arena);
}

enum lc_rc lc_events(const struct lc_event_columns *file,
                     const struct lc_event_decisions *leads, const struct lc_spec_events *spec,
                     struct lc_arena *arena, struct lc_events *out, struct lc_err *err)
{
    struct work w = {.file = file, .leads = leads};
    struct lc_arena scratch;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit);
    rc = lc_event_names_find(file, spec, &scratch, &w.names, err);
    if (!rc && !run(&w, spec->n, &scratch, arena))
        rc = lc_fail_memory(err, text);
    lc_arena_release(&scratch);
    if (!rc)
        *out = w.out;
    return rc;
}
