/* spec.h - what each column of the exports means: the analyst's answers, from a file or from options.   Layer: data */
#ifndef LC_SPEC_H
#define LC_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/date.h"

#define LC_WINDOW_AUTO (-1) /* W is chosen by the rule of docs/definitions.md */
#define LC_WINDOW_NONE 0    /* every row and every win counts */

enum lc_role { LC_ROLE_PROFILE, LC_ROLE_ENGAGEMENT };
enum lc_as_of { LC_AS_OF_UNSAID, LC_AS_OF_DECISION, LC_AS_OF_EXPORT };

/* A list of texts. */
struct lc_texts {
    const char *const *text;
    size_t n;
};

/* One file of the exports. The first is the leads; a later one is joined to it. */
struct lc_spec_file {
    const char *name;  /* prefix of its columns, "deals"; NULL for the leads */
    const char *match; /* glob on the file's base name, or NULL: by position */
    const char *key;   /* its key column; NULL for the leads where nothing is joined */
    const char *join; /* the column of the leads it is looked up by; NULL: `key` of the leads */
};

struct lc_spec_attribute {
    const char *column; /* "industry", "deals.segment" */
    enum lc_role role;
    const double *cut; /* [n_cuts] rising; bins (-inf,c1], (c1,c2], ... ; NULL: as it comes */
    size_t n_cuts;
    enum lc_as_of as_of;
};

/* All of it. Zero-initialise with lc_spec_init: absent is NULL / 0 except where said. */
struct lc_spec {
    const struct lc_spec_file *file;
    size_t n_files;
    struct {
        const char *column;              /* NULL with won_if_in */
        struct lc_texts won, lost, open; /* values; compared trimmed, exact bytes */
        const char *won_if_in; /* name of a joined file: a lead with a row there is won */
    } outcome;
    struct {
        const char *entered, *handed_over, *accepted, *closed,
            *opportunity; /* columns or NULL */
    } date;
    struct {
        const char *column;
        struct lc_texts accepted, rejected, recycled;
    } acceptance;
    const char *amount;            /* column of the won amount, or NULL */
    int32_t window_days;           /* W; LC_WINDOW_AUTO by default, LC_WINDOW_NONE */
    int32_t as_of_day;             /* LC_NO_DAY: the latest date in the files */
    int32_t decision_after_days;   /* default 0 */
    enum lc_date_order date_order; /* LC_DATE_ANY: each column votes */
    struct lc_texts
        missing; /* more texts that mean "no value" ("unknown", "n/a"); the empty cell always does */
    const struct lc_spec_attribute *attribute;
    size_t n_attributes; /* 0: every fitting column */
    struct lc_texts ignore;
    bool order_is_file; /* "order":"file": the file's order is the time's order */
    const char *path;   /* where it was read, for messages; NULL: from options */
};

void lc_spec_init(struct lc_spec *spec);

/* lc_spec_attribute_of - the entry of a column, or NULL. */
const struct lc_spec_attribute *lc_spec_attribute_of(const struct lc_spec *spec,
                                                     const char *column);

/* lc_texts_have - is `text` one of them, byte by byte? */
bool lc_texts_have(struct lc_texts texts, const char *text);

#endif
