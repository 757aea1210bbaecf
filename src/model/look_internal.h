/* look_internal.h - what the sources of look share.   Layer: model (private) */
#ifndef LC_LOOK_INTERNAL_H
#define LC_LOOK_INTERNAL_H

#include "leadcal/look.h"
#include "leadcal/quarters.h"

#define LC_S(n) ((n) == 1 ? "" : "s")

/* A look being made. */
struct lc_looking {
    struct lc_look *look;
    struct lc_arena *arena;
    struct lc_quarters quarters; /* n 0: none */
    const double *leads;         /* [quarters.n] */
};

/* lc_look_cohort - what the counted leads tell of each column: empty cells by outcome, quarters,
 * parameters and gains, and what is carried. LC_ENOMEM. */
enum lc_rc lc_look_cohort(struct lc_looking *l, struct lc_err *err) LC_MUST_USE;

/* lc_look_words - the sections. LC_ENOMEM. */
enum lc_rc lc_look_words(struct lc_looking *l, struct lc_err *err) LC_MUST_USE;

/* lc_look_filled - how many of each quarter's leads have the column. out [q->n] */
void lc_look_filled(const struct lc_quarters *q, const struct lc_cohort *cohort,
                    const struct lc_table_column *c, double *out);

/* Lines of one section while they are gathered. */
struct lc_look_lines {
    const char **line;
    size_t n, room;
    struct lc_arena *arena;
    bool refused;
};

#define LC_LOOK_SHARE 16 /* "over 99 %" and its NUL, with room */
#define LC_LOOK_NAMED 4  /* columns that one sentence names */

/* lc_look_share - "37 %"; "under 1 %" and "over 99 %" for what would round to none or all; "" for NaN. */
void lc_look_share(double share, char to[LC_LOOK_SHARE]);

void lc_look_say(struct lc_look_lines *to, const char *fmt, ...) LC_PRINTF(2, 3);

/* A list of names or values within a sentence. */
struct lc_look_list {
    const char *text; /* NULL: none yet */
    size_t n, named;
};

/* lc_look_list_add - one more; after `most` they are only counted. quote: "'" or "".
 * lc_look_list_text - "a, b and 3 more"; "" where there is none, or memory was refused. */
void lc_look_list_add(struct lc_look_lines *to, struct lc_look_list *list, const char *quote,
                      const char *name, size_t most);
const char *lc_look_list_text(struct lc_look_lines *to, const struct lc_look_list *list);

/* lc_look_dirty - what is dirty: look_dirty.c; lc_look_missing_words - empty cells by outcome. */
void lc_look_dirty(const struct lc_look *look, struct lc_look_lines *to);
void lc_look_missing_words(const struct lc_look *look, struct lc_look_lines *to);

/* lc_look_leaks - the verdicts of the leak audit. */
void lc_look_leaks(const struct lc_look *look, struct lc_look_lines *to);

/* lc_look_carries - what the wins carry, and which attributes. */
void lc_look_carries(const struct lc_look *look, struct lc_look_lines *to);

#endif
