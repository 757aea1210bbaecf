/* cmd_questions.h - what the questions of recalibrate share.   Layer: cmd */
#ifndef LC_CMD_QUESTIONS_H
#define LC_CMD_QUESTIONS_H

#include "cmd_propose.h"

#define MOST_SHOWN 8 /* names in a question; more are counted */

/* The questions in their order. */
enum cmd_topic { TOPIC_WON, TOPIC_CLOCK, TOPIC_ENGAGEMENT, TOPIC_SCORE, TOPIC_DROP, TOPICS };

/* What is known while questions are asked. */
struct cmd_questions {
    struct cmd_study *s;
    struct cmd_joined joined;
    struct lc_spec given; /* by options and answers; what is not given is guessed */
    struct lc_proposal p; /* the guesses around it */
    bool answered[TOPICS];
};

/* Each asks, or sees that there is but one sensible answer, and takes it over into q->given and
 * q->p. cmd_questions_outcome.c: */
enum lc_rc cmd_ask_won(struct cmd_questions *q, struct cmd_asker *a,
                       struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_ask_clock(struct cmd_questions *q, struct cmd_asker *a,
                         struct lc_err *err) LC_MUST_USE;
/* cmd_questions_columns.c: */
enum lc_rc cmd_ask_engagement(struct cmd_questions *q, struct cmd_asker *a,
                              struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_ask_score(struct cmd_questions *q, struct cmd_asker *a,
                         struct lc_err *err) LC_MUST_USE;
/* cmd_questions_drop.c: */
enum lc_rc cmd_ask_drop(struct cmd_questions *q, struct cmd_asker *a,
                        struct lc_err *err) LC_MUST_USE;

/* cmd_list_text - "a, b and 7 more"; "none" where there is none. NULL: no memory. */
const char *cmd_list_text(const char *const *name, size_t n, struct lc_arena *arena);

/* cmd_is_none - the answer that says so, in any letter case. */
bool cmd_is_none(const char *answer);

/* cmd_no_column - LC_EMISMATCH: there is no such column; the nearest of those named. */
enum lc_rc cmd_no_column(const char *name, const char *kind, const char *const *known, size_t n,
                         struct lc_err *err) LC_MUST_USE;

/* cmd_column - the column of the table with that name, or NULL. */
const struct lc_table_column *cmd_column(const struct cmd_study *s, const char *name);

/* cmd_column_names - of all columns of the table; NULL: no memory. */
const char **cmd_column_names(struct cmd_study *s);

/* cmd_refuse_column - cmd_no_column among all columns of the table. */
enum lc_rc cmd_refuse_column(struct cmd_questions *q, const char *name,
                             struct lc_err *err) LC_MUST_USE;

/* cmd_choice - what the guesses made of a column; NULL: unknown, or no such column. */
const struct lc_column_choice *cmd_choice(const struct cmd_questions *q, const char *name);

/* ---- answers that are lists: cmd_questions_list.c ---- */

/* May this name stand in the list? LC_EMISMATCH: no, and why. */
typedef enum lc_rc cmd_check(struct cmd_questions *q, const char *name, struct lc_err *err);

/* cmd_read_list - an answer as a list: names take the place of the guess; with signs before all of
 * them, -NAME takes one off the guess and +NAME adds one; "none" is no name. LC_EMISMATCH, LC_ENOMEM */
enum lc_rc cmd_read_list(struct cmd_questions *q, const char *answer, struct lc_texts guess,
                         cmd_check *check, struct lc_texts *to, struct lc_err *err) LC_MUST_USE;

/* cmd_own_attributes - a copy of the attributes with room for `more`; NULL: no memory. */
struct lc_spec_attribute *cmd_own_attributes(struct cmd_questions *q, size_t more);

/* cmd_remove_attribute - the column is no attribute any more. LC_EMISMATCH: no other would be left. */
enum lc_rc cmd_remove_attribute(struct cmd_questions *q, const char *name,
                                struct lc_err *err) LC_MUST_USE;

#endif
