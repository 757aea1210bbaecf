/* export_sql_internal.h - what tells one database's SQL from another's.   Layer: out (private) */
#ifndef LC_EXPORT_SQL_INTERNAL_H
#define LC_EXPORT_SQL_INTERNAL_H

#include "export_internal.h"

/* A dialect. Pieces named _before and _after stand around what they are for. */
struct lc_sql_dialect {
    const char *name, *title;
    const char *usage;                    /* lines of comment: how to run it */
    size_t most_name;                     /* bytes of a name; 0: any */
    size_t most_pieces;                   /* parts that put_text may make of a text; 0: any */
    bool folds_names;                     /* names that differ in case alone are one name */
    const char *real_before, *real_after; /* a number as a double */
    const char *trim_before, *trim_after; /* a column, as a text without blanks, never NULL */
    const char *whole_before,
        *whole_after;             /* a double that is whole, or not negative, cut to a whole */
    const char *least, *greatest; /* of two numbers */
    const char *differs;          /* where NULL equals NULL */
    const char *fence;            /* keeps a subquery from being worked out once per use */
    const char *member_between,
        *member_after;  /* a text, between, a column as a text, after: is it in that list? */
    const char *number; /* lc_cell.c as a double, NULL where leadcal reads no number in it */
    void (*put_text)(FILE *to, const char *text);
};

/* lc_sql_dialect_of - by name; NULL: there is none. */
const struct lc_sql_dialect *lc_sql_dialect_of(const char *name);

/* lc_sql_pieces - parts that put_text makes of a text in a dialect that limits them. */
size_t lc_sql_pieces(const char *text);

/* A text being written. */
struct lc_sql {
    const struct lc_export_job *job;
    const struct lc_sql_dialect *dialect;
    FILE *to;
};

/* The columns that the query makes; the first are the sums. */
#define LC_SQL_MADE 10
extern const char *const lc_sql_made[LC_SQL_MADE];
enum lc_sql_sum { LC_SQL_LOG_ODDS, LC_SQL_FIT_POINTS, LC_SQL_ENGAGEMENT_POINTS };

/* lc_sql_name - as a quoted identifier. */
void lc_sql_name(const struct lc_sql *s, struct lc_slice name);

/* lc_sql_part - what TABLE or SCHEMA.TABLE at *rest begins with; *rest then begins behind the point,
 * or is NULL. */
struct lc_slice lc_sql_part(const char **rest);

/* lc_sql_real - a finite number as a double. */
void lc_sql_real(const struct lc_sql *s, double x);

/* lc_sql_sum - a comma and one of the sums over the row lc_lead, its terms in the order in which leadcal
 * adds them. */
void lc_sql_sum(const struct lc_sql *s, enum lc_sql_sum sum);

/* lc_sql_refuse - LC_EMISMATCH: a name or a text that the database has no form for. */
enum lc_rc lc_sql_refuse(const struct lc_sql *s, struct lc_err *err) LC_MUST_USE;

#endif
