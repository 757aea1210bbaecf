/* export.h - a model as code for other engines: SQL, Python, JavaScript, C.   Layer: out */
#ifndef LC_EXPORT_H
#define LC_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"

#define LC_EXPORT_TABLE "leads" /* the table that SQL reads where none is named */

/* What can be asked of an export. */
struct lc_export {
    const char *target;  /* a name of lc_export_target_at */
    const char *dialect; /* one of the target's; NULL where it has none */
    const char *table;   /* for SQL: TABLE or SCHEMA.TABLE */
    bool rules_apart; /* the model's rules are applied before the code is: rows that they leave
                          * out are gone, and what they mark is a column of yes and no */
};

/* One engine that a model can be written for. */
struct lc_export_target {
    const char *name;           /* "sql" */
    const char *about;          /* half a sentence */
    const char *const *dialect; /* ended by NULL; NULL: it has no dialects */
};

/* lc_export_target_at - the targets in the order of their table; NULL behind the last. */
const struct lc_export_target *lc_export_target_at(size_t at);

/* lc_export_target_of - the target of a name, or NULL. */
const struct lc_export_target *lc_export_target_of(const char *name);

/* lc_export_write - the model as one text without dependencies, that computes for a row what
 * `leadcal score` does: lc_probability, lc_points, lc_fit, lc_engagement, lc_grade, lc_action and
 * lc_sla_hours (docs/formats.md#exports). The model's verification rows are a self-test in it; a
 * model that has none, a hand-made card, gets rows made of its own levels.
 *
 * A list is taken apart as score does it. What the model takes from events stands in the file of
 * `leadcal events --flat`; the text says so.
 *
 * Texts of the model are data: whatever they hold, they stay inside their literals. Points and
 * grades come out equal, probabilities to 1e-12.
 *
 * how      target, dialect and table, of the lists above (another is the caller's bug)
 * scratch  for the length of the call
 *
 * LC_EFORMAT    a text of the model is not UTF-8
 * LC_EMISMATCH  the model has no attributes, or one of numbers that are written for people (1.234,50;
 *               docs/decisions/0188), or rules and not rules_apart; SQL: a name that the engine cannot hold, or that the
 *               export needs itself, or a level that the engine has no literal for
 * LC_EIO        the stream has refused something
 * LC_ENOMEM
 * Tested: test_export.c; run by PostgreSQL, SQLite, python3, node and gcc (scripts/interop.sh). */
enum lc_rc lc_export_write(const struct lc_model *m, const struct lc_export *how,
                           struct lc_arena *scratch, FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
