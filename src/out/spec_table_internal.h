/* spec_table_internal.h - the words of a spec table, for its reader and its writer.   Layer: out (private) */
#ifndef LC_SPEC_TABLE_INTERNAL_H
#define LC_SPEC_TABLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"
#include "leadcal/spec.h"

/* The columns of the table. */
enum lc_sheet_column {
    LC_SHEET_WHAT,
    LC_SHEET_NAME,
    LC_SHEET_VALUE,
    LC_SHEET_USE,
    LC_SHEET_ROLE,
    LC_SHEET_KNOWN,
    LC_SHEET_CUTS,
    LC_SHEET_NOTE,
    LC_SHEET_COLUMNS
};
extern const char *const lc_sheet_column[LC_SHEET_COLUMNS];

/* What a row is about. */
enum lc_sheet_kind {
    LC_SHEET_OF_COLUMN,
    LC_SHEET_OF_VALUE,
    LC_SHEET_OF_FILE,
    LC_SHEET_OF_SETTING,
    LC_SHEET_OF_AGREEMENT,
    LC_SHEET_OF_CELL,
    LC_SHEET_OF_OWNER,
    LC_SHEET_OF_PARENT,
    LC_SHEET_OF_CLASS,
    LC_SHEET_OF_RULE,
    LC_SHEET_KINDS
};
extern const char *const lc_sheet_kind[LC_SHEET_KINDS];

/* The words under `use`. Those of columns come first, and of them the ones that one column alone
 * can have, in the order in which they are written. */
enum lc_use {
    LC_USE_OUTCOME,
    LC_USE_ENTERED,
    LC_USE_HANDED_OVER,
    LC_USE_FIRST_TOUCH,
    LC_USE_ACCEPTED_ON,
    LC_USE_CLOSED,
    LC_USE_OPPORTUNITY,
    LC_USE_AMOUNT,
    LC_USE_ACCEPTANCE,
    LC_USE_GRADE,
    LC_USE_OWNER,
    LC_USE_SOURCE,
    LC_USE_ACCOUNT,
    LC_USE_UNIQUE,
    LC_USE_SCORE,
    LC_USES_OF_ONE, /* so many; they can be had by one column each */
    LC_USE_ATTRIBUTE = LC_USES_OF_ONE,
    LC_USE_IGNORE,
    LC_USE_AUDIT,
    LC_USE_WON, /* of values from here on */
    LC_USE_LOST,
    LC_USE_OPEN,
    LC_USE_ACCEPTED,
    LC_USE_REJECTED,
    LC_USE_RECYCLED,
    LC_USE_MISSING,
    LC_USE_KEPT,
    LC_USE_MATCH, /* of files */
    LC_USE_KEY,
    LC_USE_JOIN,
    LC_USE_CREATED,
    LC_USE_LIST,
    LC_USE_BY,
    LC_USE_TWICE,
    LC_USE_WON_IF_IN,
    LC_USE_EVENT_TIME,
    LC_USE_EVENT_TYPE,
    LC_USE_EVENT_CONTENT,
    LC_USE_EVENT_DECAY,
    LC_USE_CHANGE_TIME,
    LC_USE_CHANGE_VALUE,
    LC_USE_CHANGE_FIELD,
    LC_USE_CHANGE_IS,
    LC_USE_WORD, /* of classes of events */
    LC_USE_CLASS_DECAY,
    LC_USE_FREE_MAIL, /* of rules: the kinds, in the order of enum lc_rule_kind */
    LC_USE_COMPETITOR,
    LC_USE_JUNK,
    LC_USE_TERRITORY,
    LC_USE_TEST,
    LC_USE_CUSTOMER,
    LC_USE_LISTED, /* and what they look for */
    LC_USE_INSIDE,
    LC_USE_OUTSIDE,
    LC_USE_LIST_FILE,
    LC_USE_HAND_OVER, /* of cells */
    LC_USE_LANE,
    LC_USE_ACTION,
    LC_USE_HOURS,
    LC_USES
};

struct lc_use_word {
    enum lc_sheet_kind kind;
    const char *word;
};
extern const struct lc_use_word lc_use_word[LC_USES];

#define LC_USE_BIT(use) ((uint64_t)1 << (use))

/* Settings and the single texts of the agreement: rows that have a name and a value. */
enum lc_setting {
    LC_SETTING_VERSION,
    LC_SETTING_WINDOW,
    LC_SETTING_AS_OF,
    LC_SETTING_AFTER,
    LC_SETTING_DATE_ORDER,
    LC_SETTING_ORDER,
    LC_SETTING_CREDIT,
    LC_SETTING_CAPACITY,
    LC_SETTING_CURRENT,
    LC_SETTING_BINS,
    LC_SETTING_DECIMAL,
    LC_SETTING_LOCAL,
    LC_SETTING_LOCAL_LEAST,
    LC_SETTINGS
};
enum lc_agreed {
    LC_AGREED_DEFINITION,
    LC_AGREED_APPROVED,
    LC_AGREED_EFFECTIVE,
    LC_AGREED_REVIEW,
    LC_AGREED
};
extern const char *const lc_setting_name[LC_SETTINGS];
extern const char *const lc_agreed_name[LC_AGREED];

/* lc_use_place - where the spec keeps the column of a use of one (< LC_USES_OF_ONE). That of
 * LC_USE_SCORE is `current`, which has "column:" before the name. */
const char **lc_use_place(struct lc_spec *spec, enum lc_use use);

/* lc_use_values - the list of values that such a use adds to (LC_USE_WON..LC_USE_KEPT). */
struct lc_texts *lc_use_values(struct lc_spec *spec, enum lc_use use);

/* lc_sheet_armour - a text as it is written: with an apostrophe where a spreadsheet would run or
 * rewrite it. NULL: no memory. lc_sheet_bare takes that off again: the two undo each other. */
const char *lc_sheet_armour(const char *text, struct lc_arena *arena);
struct lc_slice lc_sheet_bare(struct lc_slice text);

#define LC_SAME_AS "same as " /* begins the use of a value that is read as the text behind it */

#define LC_WORD_TEXT 40 /* longest word, and some for what is none */

/* lc_sheet_plain - a word in small letters, with one blank where there are blanks, underscores or
 * hyphens, and none at its ends; cut at LC_WORD_TEXT - 1 letters. */
void lc_sheet_plain(struct lc_slice text, char to[LC_WORD_TEXT]);

/* One row as it was read; texts are trimmed, and never NULL. */
struct lc_sheet_row {
    size_t line;
    enum lc_sheet_kind kind;
    uint64_t uses;
    const char *name, *value, *role, *known, *cuts;
    const char *same; /* of a value: what it is read as; NULL: itself */
};

/* A table being read. The first failure is kept, and what is asked later changes nothing. */
struct lc_sheet {
    const char *path;
    struct lc_arena *arena;
    struct lc_err *err;
    enum lc_rc rc;
    struct lc_sheet_row *row; /* [n] in the order of the file */
    size_t n, room;
    struct lc_spec spec;
};

/* lc_sheet_refuse - "file:line: cell: text" (LC_EMISMATCH). */
void lc_sheet_refuse(struct lc_sheet *s, size_t line, enum lc_sheet_column cell,
                     const char *fmt, ...) LC_PRINTF(4, 5);

/* lc_sheet_word - the place of a text among words; refuses another with the nearest. */
size_t lc_sheet_word(struct lc_sheet *s, size_t line, enum lc_sheet_column cell,
                     const char *text, const char *const *word, size_t n);

/* lc_sheet_room - zeroed memory in the arena; NULL once something was refused. */
void *lc_sheet_room(struct lc_sheet *s, size_t n, size_t size);

/* Values as what they must be. An empty text is unsaid: NULL, LC_NO_DAY, `low`, false. */
const char *lc_sheet_text(const struct lc_sheet_row *row);
int32_t lc_sheet_day(struct lc_sheet *s, const struct lc_sheet_row *row);
int64_t lc_sheet_whole(struct lc_sheet *s, const struct lc_sheet_row *row, int64_t low,
                       int64_t high);
bool lc_sheet_truth(struct lc_sheet *s, const struct lc_sheet_row *row);

/* lc_sheet_rows - the table as rows: spec_table_rows.c. */
void lc_sheet_rows(struct lc_sheet *s, struct lc_slice text);

/* The parts of a spec, from rows: spec_table_columns.c, _files.c and _agreement.c. */
void lc_sheet_columns(struct lc_sheet *s);
void lc_sheet_values(struct lc_sheet *s);
void lc_sheet_files(struct lc_sheet *s);
void lc_sheet_agreement(struct lc_sheet *s);

/* lc_sheet_same - gives the attributes the spellings that rows of values say: spec_table_same.c. */
void lc_sheet_same(struct lc_sheet *s, struct lc_spec_attribute *attribute);

/* lc_sheet_has_column - is there a row of kind column with this name? */
bool lc_sheet_has_column(const struct lc_sheet *s, const char *name);

/* lc_sheet_events - what the rows say of files of events: spec_table_events.c. */
void lc_sheet_events(struct lc_sheet *s, struct lc_spec_file *file, size_t n);

/* lc_sheet_histories - what the rows say of files of changes: spec_table_history.c. */
void lc_sheet_histories(struct lc_sheet *s, struct lc_spec_file *file, size_t n);

/* lc_sheet_rules - rules that disqualify: spec_table_rules.c. */
void lc_sheet_rules(struct lc_sheet *s);

#endif
