/* events.h - what leads did, up to the moment each was decided: events by class, lead by lead.   Layer: data */
#ifndef LC_EVENTS_H
#define LC_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* What kind of thing a class of events is. */
enum lc_event_kind {
    LC_EVENT_CONTENT,  /* what it was about: pricing, a technical brief */
    LC_EVENT_ACTION,   /* what was done, where nothing says about what: a click, a form */
    LC_EVENT_NEGATIVE, /* turns away from buying: unsubscribed, careers page */
    LC_EVENT_OURS,     /* done to the lead, not by it: an e-mail sent. Never counted */
};

struct lc_event_class {
    const char *name;
    enum lc_event_kind kind;
    const char *decay; /* the spec's own for it, or NULL */
};

/* The usual words of a class. */
struct lc_event_word {
    const char *word;  /* lower case; what a word of the text begins with, or a run of words */
    const char *class; /* its name */
    enum lc_event_kind kind;
    bool first; /* in the type it stands over what the content says: an unsubscription by way of
                 * the pricing page is one */
};

/* lc_event_words - the table, best first: the first row that fits decides. */
const struct lc_event_word *lc_event_words(size_t *n);

/* lc_event_plain - a text as words are looked for in it: " page view pricing ", with a blank at each end
 * and wherever a capital begins a word; ASCII letters in lower case. to: 2 * text.n + 3 bytes. */
void lc_event_plain(struct lc_slice text, char *to);

/* lc_event_has - does a plain text hold a word, or a run of words, that begins so? */
bool lc_event_has(const char *plain, const char *word);

/* lc_event_type_text - what a type says: Marketo's numbers by the names that Marketo gives them, any other
 * text as it is.
 *
 * column  its name, with the file's or without: "activityTypeId" has Marketo's numbers
 * Source: Marketo's REST reference, Get Activity Types. Tested: test_events.c. */
const char *lc_event_type_text(const char *column, const char *type);

/* The columns of an events file; content may be NULL, none of the others. */
struct lc_event_columns {
    const struct lc_table_column *key, *time, *type, *content;
    size_t m;  /* rows */
    bool list; /* key cells are lists parted by ';': the event is of each of its leads */
};

/* When each lead was decided. */
struct lc_event_decisions {
    const struct lc_table_column *leads;   /* the leads' key */
    const struct lc_table_column *decided; /* a date, NULL: unknown of all */
    int32_t after_days;                    /* added to it */
    int32_t
        undecided; /* the day, to its end, that leads without one are taken as of; LC_NO_DAY: none */
    size_t n;
    const int32_t
        *snapshot; /* a day, whose hour nobody knows, on which all are decided, whatever the
                              * column says; NULL: each on its own */
};

struct lc_events {
    size_t n; /* leads */
    const struct lc_event_class
        *class; /* [n_classes] of the events used, and those that the spec
                                         * names, by name */
    size_t n_classes;
    const size_t *begin;      /* [n + 1] where each lead's events stand, by age, then class */
    const uint16_t *of;       /* their classes */
    const uint32_t *age_days; /* whole days before the decision */
    const uint8_t
        *known; /* [n] 0: no decision day, or no event of anybody is known to be no later:
                           * what it did then is unknown, which is not nothing */
    const uint8_t *fate; /* [rows] enum lc_fate: LC_FATE_ORPHAN, or LC_FATE_PASSED */
    int32_t last;        /* day of the last event of the file; LC_NO_DAY: none */
    struct {
        size_t used;     /* events of some lead up to its decision, each once */
        size_t orphans;  /* whose key no lead has */
        size_t undated;  /* without a day */
        size_t late;     /* after the decisions of all their leads */
        size_t same_day; /* of the decision's day, where no times of day tell which was first;
                          * left out like the late ones */
        size_t ours, other; /* of those used: never counted; of no class that is known */
    } account;              /* used + orphans + undated + late + same_day = rows */
    const char *stranger;   /* a type that no word fits; NULL: there is none */
};

/* lc_events - the events of each lead as they were known when it was decided.
 *
 * Where both the event and the decision have a time of day, the earlier counts (moved to UTC where
 * both state an offset); else only what came on an earlier day. Nothing after its decision leaves a
 * trace in what is told of a lead, nor what came after all decisions in the classes: only the
 * account counts it.
 *
 * A lead with the key of another has its events, too. LC_ENOMEM.
 * Source: DEFINITIONS 1; crm 1.3 and 1.4 (content types, negative events).
 * Tested: events after the decision change nothing; times and offsets; the account adds up; order of
 * rows; against a recount of each lead by each event (tests/fuzz/fuzz_events.c). */
enum lc_rc lc_events(const struct lc_event_columns *file,
                     const struct lc_event_decisions *leads, const struct lc_spec_events *spec,
                     struct lc_arena *arena, struct lc_events *out,
                     struct lc_err *err) LC_MUST_USE;

/* lc_events_merge - the events of groups of leads that share their decision: an account's. What an event was to
 * each of its leads counts as often as it has leads in the group; the account of the file stays as it is.
 *
 * group  [n + 1] where the leads of each group stand in `lead`. Returns false where memory is refused.
 * Tested: test_events_merge.c; groups of one are the same events. */
bool lc_events_merge(const struct lc_events *e, const size_t *group, const uint32_t *lead,
                     size_t n, struct lc_arena *arena, struct lc_events *out) LC_MUST_USE;

#endif
