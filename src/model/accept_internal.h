/* accept_internal.h - what accept*.c share, and funnel.c: dispositions, hand-overs, moments.   Layer: model */
#ifndef LC_ACCEPT_INTERNAL_H
#define LC_ACCEPT_INTERNAL_H

#include "cohort_internal.h"
#include "leadcal/accept.h"

enum lc_disposition {
    LC_ACCEPTED,
    LC_REJECTED,
    LC_RECYCLED,
    LC_UNDECIDED, /* none of them: pending or, past the limit, untouched */
};

/* What tells whether sales took a lead on. */
struct lc_acceptance {
    const struct lc_column *column; /* NULL: no column of dispositions */
    const uint8_t *of_level;        /* [n_levels] enum lc_disposition */
    const int32_t *accepted;        /* [n leads] days; NULL without the column */
    int32_t as_of;
};

/* lc_acceptance_read - the spec's map of the acceptance column, and the accepted dates.
 * LC_EMISMATCH  a value is listed twice, or is a slip of one that stands in no list */
enum lc_rc lc_acceptance_read(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_leads *leads, struct lc_arena *arena,
                              struct lc_acceptance *a, struct lc_err *err) LC_MUST_USE;

/* lc_acceptance_of - the first disposition of lead i as of the as-of date. An acceptance dated
 * later is no fact yet, and neither is what its column says by then.
 * returned  out, may be NULL: accepted by date, and rejected or recycled since */
enum lc_disposition lc_acceptance_of(const struct lc_acceptance *a, size_t i, bool *returned);

/* Where columns group the hand-overs. */
struct lc_grouping {
    const char *by;                /* "grade", "source", "owner" or a column's name */
    const struct lc_column *codes; /* of every row of the table */
};

/* The hand-overs in the order of the file, and what they are grouped by. */
struct lc_hand_overs {
    size_t n;
    uint32_t *row; /* [n] rows of the table */
    int32_t *day;  /* [n] LC_NO_DAY: not known; then age and period are not, either */
    const struct lc_table_column
        *when;                   /* the column of hand-overs, else of entering; or NULL */
    size_t undated, after_as_of; /* counted without a day; not counted, since later */
};

/* Everything both tables need. */
struct lc_accept_work {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_accept_options *options;
    struct lc_arena *arena;   /* of the frame */
    struct lc_arena *scratch; /* of this struct */
    struct lc_leads leads;
    struct lc_hand_overs hand;
    const struct lc_column *grade; /* NULL: nobody knows it */
    const int *clock;              /* [grade->n_levels] hours; 0: no clock */
    struct lc_grouping *grouping;  /* [n_groupings] the grade first, where it is known */
    size_t n_groupings;
};

/* lc_accept_begin - reads the leads, finds the hand-overs, their grades and groups.
 * roles  group by the spec's source and owner, too */
enum lc_rc lc_accept_begin(struct lc_accept_work *w, bool roles,
                           struct lc_err *err) LC_MUST_USE;

/* lc_accept_grade - fills grade and clock: accept_grade.c */
enum lc_rc lc_accept_grade(struct lc_accept_work *w, struct lc_err *err) LC_MUST_USE;

/* lc_accept_clock - hours of hand-over h's cell; 0: no clock, or no grade. */
int lc_accept_clock(const struct lc_accept_work *w, size_t h);

/* lc_accept_sort - stable: the hand-overs of `from` [n] by their group.
 * to     out [n]
 * start  out [codes->n_levels + 1]: group v is to[start[v]] .. to[start[v + 1] - 1] */
void lc_accept_sort(const struct lc_hand_overs *hand, const struct lc_column *codes,
                    const uint32_t *from, size_t n, uint32_t *to, size_t *start);

/* What has become of a hand-over: the first dispositions, and two ways of having none. */
enum lc_ending { LC_UNTOUCHED = LC_UNDECIDED, LC_PENDING, LC_FATES };

struct lc_tally {
    double handed_over, of[LC_FATES], returned;
};

/* The hand-overs with their fates, by period. */
struct lc_accept_table {
    struct lc_accept_work *w;
    struct lc_acceptance acceptance;
    uint8_t *fate;           /* [n hand-overs] enum lc_ending, or a decided lc_disposition */
    uint8_t *returned;       /* [n] 1: accepted, and given back since */
    struct lc_column period; /* of each row of the table; the last level is `undated` */
    int32_t first_period;    /* the number of level 0 */
    bool has_periods;        /* rows by period are wanted, and some hand-over has a day */
    uint32_t *order;         /* [n] hand-overs by period, then as in the file */
    size_t *start;           /* [period.n_levels + 1] places in `order` */
    size_t touched;          /* untouched past the limit only in that nothing was decided */
    size_t accepted_later;   /* accepted after the as-of date */
};

/* lc_tally_of - counts some hand-overs. */
struct lc_tally lc_tally_of(const struct lc_accept_table *t, const uint32_t *h, size_t n);

/* lc_accept_not_over - the period goes on after the as-of date. level: of t->period */
bool lc_accept_not_over(const struct lc_accept_table *t, uint32_t level);

/* lc_accept_notes - what the numbers rest on, and the trend: accept_notes.c */
enum lc_rc lc_accept_notes(const struct lc_accept_table *t, struct lc_frame *frame,
                           struct lc_err *err) LC_MUST_USE;

/* lc_accept_notes_unit - as of when, and what counts as a hand-over. */
enum lc_rc lc_accept_notes_unit(const struct lc_accept_work *w, struct lc_frame *frame,
                                struct lc_err *err) LC_MUST_USE;

/* lc_accept_notes_grade - whose grade it is, or what would give one. */
enum lc_rc lc_accept_notes_grade(const struct lc_accept_work *w, struct lc_frame *frame,
                                 struct lc_err *err) LC_MUST_USE;

/* lc_note_as_of - the as-of date, and whether it was given. */
enum lc_rc lc_note_as_of(const struct lc_spec *spec, int32_t as_of, struct lc_frame *frame,
                         struct lc_err *err) LC_MUST_USE;

/* lc_as_of_words - "as of 2025-12-31", or "no dates", for a title. Returns `to`. */
#define LC_AS_OF_WORDS 32
const char *lc_as_of_words(int32_t as_of, char to[LC_AS_OF_WORDS]);

/* lc_cut_text - at most `most` bytes of a foreign text, never half a letter. n out. */
size_t lc_cut_text(const char *text, size_t most);

#define LC_HOUR 3600.0  /* seconds */
#define LC_DAY  86400.0 /* seconds */

/* When something happened, as closely as its cell says: a date alone lasts its whole day. */
struct lc_moment {
    bool known, has_time;
    double first, last; /* seconds from 1970-01-01, as written */
    int32_t offset;     /* as in struct lc_time */
};

/* lc_moment_of - the cell of row i of a DATE column. */
struct lc_moment lc_moment_of(const struct lc_table_column *c, size_t i);

/* lc_hours_past - hours that have surely passed since a moment at the end of a day. */
double lc_hours_past(const struct lc_moment *since, int32_t day);

#endif
