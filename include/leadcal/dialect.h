/* dialect.h - whose export a file is, by its header, and what its columns mean.   Layer: data */
#ifndef LC_DIALECT_H
#define LC_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/slice.h"

/* What a name of src/data/dialect.txt means, of a column or of a value. */
enum lc_meaning {
    LC_MEANS_NOTHING,
    LC_MEANS_MARK, /* whose export it is, and nothing else */
    LC_MEANS_ID,
    LC_MEANS_EMAIL,
    LC_MEANS_COMPANY,
    LC_MEANS_DOMAIN,
    LC_MEANS_WEBSITE,      /* of a company, or its domain */
    LC_MEANS_ACCOUNT,      /* id of the company that a row belongs to */
    LC_MEANS_CONTACT,      /* id, or ids, of the leads that a deal belongs to */
    LC_MEANS_CONVERTED_TO, /* id of the deal that a lead became */
    LC_MEANS_ENTERED,
    LC_MEANS_HANDED_OVER,
    LC_MEANS_FIRST_TOUCH,
    LC_MEANS_ACCEPTED,
    LC_MEANS_CLOSED,
    LC_MEANS_OPPORTUNITY, /* when the deal began */
    LC_MEANS_BEGAN,       /* when the rows of any file began */
    LC_MEANS_OUTCOME,
    LC_MEANS_IS_WON,
    LC_MEANS_IS_CLOSED,
    LC_MEANS_AMOUNT,
    LC_MEANS_STATUS,
    LC_MEANS_OWNER,
    LC_MEANS_SOURCE,
    LC_MEANS_SCORE,
    LC_MEANS_CHANGED,     /* of a file of changes: when, */
    LC_MEANS_NEW_VALUE,   /* to what, */
    LC_MEANS_FIELD,       /* of which field, */
    LC_MEANS_STAGE_FIELD, /* and what stands there where a stage was changed */
    LC_MEANS_EVENT_TIME, /* when somebody did something: of files whose rows are what leads did */
    LC_MEANS_EVENT_TYPE,
    LC_MEANS_EVENT_CONTENT,
    LC_MEANS_WON, /* from here on: of values */
    LC_MEANS_LOST,
    LC_MEANS_OPEN, /* it goes on */
    LC_MEANS_CUSTOMER,
    LC_MEANS_YES,
    LC_MEANS_NOT,
    LC_MEANS_REJECTED,
    LC_MEANS_RECYCLED,
    LC_MEANS_FOOTER, /* of a line */
};

/* Whose export a file is. */
struct lc_signature {
    const char *system, *object; /* "HubSpot", "contacts"; NULL: a plain sheet of anybody */
    const char *mark;            /* the first name in the header that no other system gives */
    size_t marks, known;         /* names in the header that are marks; that the table has */
    size_t table;                /* for lc_dialect_column */
    const char
        *rival[2]; /* with system NULL: the systems of two tables that fit equally, or NULL */
};

/* lc_dialect_find - the system by the names of a header.
 *
 * name  [k] as the file has them, without the prefix of a joined file
 *
 * The table with the most marks in the header, of these the one with the most known names; at
 * least one mark and two other known names. Two that tie are no answer, and neither is taken.
 * Tested: test_dialect.c. */
struct lc_signature lc_dialect_find(const char *const *name, size_t k);

/* A file of changes, by its header: places of columns. */
struct lc_change_columns {
    size_t record, changed, value;
    size_t field; /* k: each row is a change of the value */
    size_t table; /* for lc_dialect_stage_field */
};

/* lc_dialect_changes - is it a file of changes? The first table of changes whose columns the header has. */
bool lc_dialect_changes(const char *const *name, size_t k, struct lc_change_columns *out);

/* lc_dialect_stage_field - the next text that stands in the field of a change of a stage; NULL behind the
 * last. at  in and out: 0 for the first. */
const char *lc_dialect_stage_field(size_t table, size_t *at);

/* lc_dialect_column - the place of the column that has a meaning, by the table of the file's system:
 * its surest name that the header has; k where there is none. `from`: 0 for the surest; else how
 * many of the table's names for it are passed over, so that the next may be asked for.
 * from  in and out: behind the name that was met */
size_t lc_dialect_column(const struct lc_signature *s, enum lc_meaning meaning,
                         const char *const *name, size_t k, size_t *from);

/* lc_dialect_means - does any system call a thing of this meaning so? */
bool lc_dialect_means(const char *name, enum lc_meaning meaning);

/* lc_dialect_word - the next word for a meaning, of names of columns or of values, whose ever they
 * are; NULL behind the last. at  in and out: 0 for the first. */
const char *lc_dialect_name_word(enum lc_meaning meaning, size_t *at);
const char *lc_dialect_value_word(enum lc_meaning meaning, size_t *at);

/* lc_dialect_is_footer - does a cell begin as the lines behind a report's rows do: "Grand Totals (160
 * records)", "Confidential Information - Do Not Distribute"? Of a line with one filled cell only. */
bool lc_dialect_is_footer(struct lc_slice cell);

/* lc_dialect_same - is it the same name, but for the case of letters (Latin ones with accents too),
 * blanks and quotes round it? */
bool lc_dialect_same(const char *name, const char *alias);

/* lc_dialect_stage - takes `Date entered "STAGE (PIPELINE)"` apart, in English, German, French or
 * Spanish, and hs_v2_date_entered_STAGE. pipeline  empty where it is not named. */
bool lc_dialect_stage(const char *name, struct lc_slice *stage, struct lc_slice *pipeline);

/* lc_meaning_text - "entered", as the tables and a spec write it. */
const char *lc_meaning_text(enum lc_meaning meaning);

#endif
