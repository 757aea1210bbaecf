/* cohort_internal.h - what cohort*.c, accept*.c and funnel*.c share.   Layer: model */
#ifndef LC_COHORT_INTERNAL_H
#define LC_COHORT_INTERNAL_H

#include "leadcal/cohort.h"

/* Every lead of the table before anything is left out. */
struct lc_leads {
    size_t n;
    uint8_t *state;       /* [n] enum lc_state; NULL where no outcome is named */
    int32_t *entered;     /* [n] LC_NO_DAY where unknown; NULL without the column */
    int32_t *day;         /* [n] decision day; NULL without dates */
    int32_t *closed;      /* [n] day of winning or losing; NULL without the column */
    int32_t *opportunity; /* [n]; NULL without the column */
    int32_t *handed_over, *touched, *accepted; /* the same; `day` may be the first of them */
    int32_t as_of;
    double *share; /* [n] of a won opportunity, 0 where there is none; NULL: all are whole */
    size_t associated;            /* their opportunity is credited to another lead */
    const uint8_t *const *caught; /* [n_rules][n] 1: the rule of the spec catches it */
    const uint8_t *left_out;      /* [n] 1: a rule that excludes does; NULL: there is none */
    struct lc_opportunities opportunities;
};

/* A growing list of sentences in an arena. */
struct lc_notes {
    const char **text;
    size_t n, room;
    struct lc_arena *arena;
};

enum lc_rc lc_notes_add(struct lc_notes *notes, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

/* lc_leads_read - outcome and dates of every lead of the table, and the as-of date.
 * need_outcome  false: the spec may name none */
enum lc_rc lc_leads_read(const struct lc_table *table, const struct lc_spec *spec,
                         bool need_outcome, struct lc_notes *notes, struct lc_arena *arena,
                         struct lc_leads *leads, struct lc_err *err) LC_MUST_USE;

/* lc_amount_column - the column of the won amount; NULL where the spec names none.
 * LC_EMISMATCH  it is not there, or holds texts */
enum lc_rc lc_amount_column(const struct lc_table *table, const struct lc_spec *spec,
                            const struct lc_table_column **column,
                            struct lc_err *err) LC_MUST_USE;

/* lc_refuse_slips - a listed value that no lead has, while one very like it stands in no list, is a
 * slip of the pen. A value that is merely absent this quarter is none. list [n_lists] */
enum lc_rc lc_refuse_slips(const struct lc_column *c, const struct lc_texts *list,
                           size_t n_lists, struct lc_arena *arena,
                           struct lc_err *err) LC_MUST_USE;

/* lc_refuse_twice_listed - one value cannot mean two things. word [n_lists]: "won", "lost", ... */
enum lc_rc lc_refuse_twice_listed(const struct lc_column *c, const struct lc_texts *list,
                                  const char *const *word, size_t n_lists,
                                  struct lc_err *err) LC_MUST_USE;

/* lc_leads_states - won, lost or open of every lead by the spec's map (no dates yet). */
enum lc_rc lc_leads_states(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_notes *notes, struct lc_arena *arena, uint8_t **state,
                           struct lc_err *err) LC_MUST_USE;

/* lc_leads_rules - whom the spec's rules catch: caught and left_out. LC_EMISMATCH as lc_rules_check. */
enum lc_rc lc_leads_rules(const struct lc_table *table, const struct lc_spec *spec,
                          struct lc_arena *arena, struct lc_leads *leads,
                          struct lc_err *err) LC_MUST_USE;

/* lc_is_left_out - is the lead unconvertible by a rule that excludes? */
bool lc_is_left_out(const struct lc_leads *l, size_t i);

/* lc_is_old_enough - would lead i count by its dates: decided by the as-of date, and W days before
 * it? Without W, or without dates, every lead that is not of the future would. */
bool lc_is_old_enough(const struct lc_leads *l, size_t i, int32_t w);

/* lc_leads_credit - who is credited with an opportunity that several leads have (DEFINITIONS 1): the
 * others become open, and associated. Changes state, share, associated and opportunities; needs
 * state and day. Tested: test_cohort_credit.c. */
enum lc_rc lc_leads_credit(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_notes *notes, struct lc_arena *arena,
                           struct lc_leads *leads, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_worked - which of the counted leads sales has accepted, and which it has worked: reached
 * out to, or accepted. Each NULL where nothing says so. Tested: test_cohort_clusters.c. */
enum lc_rc lc_cohort_worked(const struct lc_table *table, const struct lc_spec *spec,
                            const struct lc_leads *l, struct lc_arena *arena,
                            struct lc_cohort *c, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_belonging - which of the counted leads belong together (c->cluster): one account by the
 * spec's column, else one opportunity of the file that tells the outcome. NULL where no two do.
 * LC_EMISMATCH  no such column. LC_ENOMEM. Tested: test_cohort_clusters.c. */
enum lc_rc lc_cohort_belonging(const struct lc_table *table, const struct lc_spec *spec,
                               struct lc_arena *arena, struct lc_cohort *c,
                               struct lc_err *err) LC_MUST_USE;

/* lc_split_keep_together - moves training leads of an account that is tested to the gap.
 * tested  [n_clusters] all 0; train: what s->train is. Needs c->cluster. */
void lc_split_keep_together(const struct lc_cohort *c, uint8_t *tested, uint32_t *train,
                            struct lc_split *s);

/* lc_split_label - s->train_y: the cohort's labels of s->train. LC_ENOMEM */
enum lc_rc lc_split_label(const struct lc_cohort *c, struct lc_arena *arena, struct lc_split *s,
                          struct lc_err *err) LC_MUST_USE;

/* lc_closed_within - closed within w days, or no day says that it was not. */
bool lc_closed_within(const struct lc_leads *l, size_t i, int32_t w);

/* lc_won_within - won, and within w days where the day of winning is known. */
bool lc_won_within(const struct lc_leads *l, size_t i, int32_t w);

/* lc_is_mature - decided at least w days before the as-of date, whatever the outcome. */
bool lc_is_mature(const struct lc_leads *l, size_t i, int32_t w);

/* lc_window_choose - W by DEFINITIONS 1 from what these leads say as of their day.
 * look    out [LC_MOST_WINDOWS]
 * chosen  out, one of them; NULL: no day of winning is known. LC_ENOMEM */
enum lc_rc lc_window_choose(const struct lc_leads *l, struct lc_arena *arena,
                            struct lc_window_look look[LC_MOST_WINDOWS],
                            const struct lc_window_look **chosen,
                            struct lc_err *err) LC_MUST_USE;

/* lc_window_shorter - the listed window before that one; LC_WINDOW_NONE: there is none. */
int32_t lc_window_shorter(int32_t days);

/* lc_leads_on - the leads as they were known on a day: what closed later was open. Those that were
 * decided later stay among them. then  shares all but the states. LC_ENOMEM */
enum lc_rc lc_leads_on(const struct lc_leads *all, int32_t day, struct lc_arena *arena,
                       struct lc_leads *then, struct lc_err *err) LC_MUST_USE;

/* lc_split_known - which leads of a cohort with days were there before the first test day: decided before
 * it, and of no account that is tested. known  out [c->n]. LC_ENOMEM */
enum lc_rc lc_split_known(const struct lc_cohort *c, const struct lc_split *s,
                          struct lc_arena *arena, const uint8_t **known,
                          struct lc_err *err) LC_MUST_USE;

/* lc_window_set - W as given, or chosen by DEFINITIONS 1 with a note that says why. */
enum lc_rc lc_window_set(const struct lc_leads *l, const struct lc_spec *spec,
                         struct lc_notes *notes, struct lc_cohort *c,
                         struct lc_err *err) LC_MUST_USE;

#endif
