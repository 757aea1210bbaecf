/* load.h - exports and a spec to a table, with an account of every row.   Layer: data */
#ifndef LC_LOAD_H
#define LC_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"
#include "leadcal/sniff.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

struct lc_load_options {
    struct lc_reading reading;
    size_t max_bad; /* rows that may be rejected before the answer is LC_EFORMAT; default 0 */
    bool list_all;  /* fill account->away; the files are gone through once more for it */
    bool quiet;     /* no progress bar */
    const char *const *only; /* [n_only] columns to keep; others are read past. NULL: all */
    size_t n_only;
    const char *const *keep; /* [n_keep] columns kept whatever they hold, never KIND_MANY: keys,
                              * dates, the outcome, --by. The spec's own are added by lc_load */
    size_t n_keep;
    bool keep_if_there; /* a name in `keep` that no file has is no error: the caller looks */
    const int32_t *undecided; /* the day as of which leads without a decision day have their
                               * events; NULL: they have none */
    const int32_t *snapshot; /* the day on which all leads are decided (model/snapshot), so that
                               * events of earlier days count; NULL: each by its own date */
    size_t
        chunk_bytes; /* how much one thread takes at a time; 0: 4 MiB. The result is the same */
};

/* A row or a cell that was not read as it stands. At most MOST_COMPLAINTS are kept of each kind;
 * the counts in struct lc_table_file are complete. */
struct lc_complaint {
    size_t file;      /* which of the paths */
    size_t line;      /* of the record's first byte, 1 is the first line of the file */
    size_t fields;    /* found */
    const char *kind; /* Frictionless names: "extra-cell", "missing-cell", "blank-row", ... */
    const char *text; /* a sentence */
};

/* A row that was skipped or rejected. */
struct lc_away {
    size_t file;       /* which of the paths */
    size_t line, byte; /* of its first byte, as in rows.h */
    size_t column;     /* the cell that is to blame, 1 is the first, or 0 */
    size_t fields;     /* found */
    const char *kind;  /* as in struct lc_complaint */
    bool skipped;
};

struct lc_load_account {
    const struct lc_complaint *complaint;
    size_t n_complaints;
    const char *const
        *note; /* [n_notes] assumptions made, each with the option that changes it */
    size_t n_notes;
    const struct lc_away *away; /* [n_away] all of them, where the options ask for it */
    size_t n_away;
};

/* lc_load - reads the leads (path[0]) and the files joined to them.
 *
 * path     [n_paths]; "-" is standard input; matched to spec->file by glob, else by position
 * spec     roles; its keys, dates and outcome columns are kept and must be there
 * pool     may be NULL
 * arena    the table and the account live in it
 * table    out
 * account  out; filled also on LC_EFORMAT for too many rejected rows
 *
 * LC_EFORMAT    the bytes: empty file, duplicate header that the spec uses, rejected rows beyond
 *               max_bad, bytes that are not text; with reading.strict, whatever is read by
 *               guessing or mending. Text: file and line.
 * LC_EMISMATCH  file and spec: a column the spec names is not there (nearest name), a key that
 *               matches more than one row, a date column whose order cannot be told
 * LC_EIO, LC_ENOMEM, LC_EINTR
 * Tested: test_load.c; same table at 1, 2 and 7 threads and any chunk size. */
enum lc_rc lc_load(const char *const *path, size_t n_paths, const struct lc_spec *spec,
                   const struct lc_load_options *options, struct lc_parallel *pool,
                   struct lc_arena *arena, struct lc_table *table,
                   struct lc_load_account *account, struct lc_err *err) LC_MUST_USE;

/* lc_load_sets - takes the columns apart that `spec` says hold sets, in a table that was loaded without
 * knowing it: a proposal. The table grows by a column for each member. LC_ENOMEM.
 * Tested: the same columns as lc_load makes of them. */
enum lc_rc lc_load_sets(struct lc_table *table, const struct lc_spec *spec,
                        struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

#endif
