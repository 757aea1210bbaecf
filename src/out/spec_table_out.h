/* spec_table_out.h - what the parts of the writer of spec tables share.   Layer: out (private) */
#ifndef LC_SPEC_TABLE_OUT_H
#define LC_SPEC_TABLE_OUT_H

#include "leadcal/frame.h"
#include "leadcal/spec_table.h"
#include "spec_table_internal.h"

/* A table being written. The first failure is kept. */
struct lc_sheet_out {
    struct lc_spec spec;
    const struct lc_table *table;     /* NULL: no notes on what was found */
    const struct lc_choices *choices; /* NULL or n 0: unknown */
    struct lc_heading heading[LC_SHEET_COLUMNS];
    struct lc_frame frame;
    struct lc_arena *arena;
    struct lc_err *err;
    enum lc_rc rc;
};

/* lc_sheet_add - a row; name, value and note may be NULL. Returns its cells, NULL once something
 * was refused. */
union lc_value *lc_sheet_add(struct lc_sheet_out *out, enum lc_sheet_kind kind,
                             const char *name, const char *value, uint64_t uses,
                             const char *note);

/* lc_sheet_keep - a text just made; NULL (no memory) is the failure of the table. */
const char *lc_sheet_keep(struct lc_sheet_out *out, const char *text);

/* Notes on what was found: spec_table_notes.c. NULL where nothing is known. */
const char *lc_sheet_column_note(struct lc_sheet_out *out, const char *column, uint64_t uses);
const char *lc_sheet_value_note(struct lc_sheet_out *out, const char *column, const char *value,
                                bool of_outcome, bool used);

/* lc_sheet_found - the column of the table with that name; NULL: none, or no table. */
const struct lc_table_column *lc_sheet_found(const struct lc_sheet_out *out,
                                             const char *column);

/* Everything but columns and values: spec_table_parts.c. */
void lc_sheet_put_version(struct lc_sheet_out *out);
void lc_sheet_put_events(struct lc_sheet_out *out, const struct lc_spec_file *f);
void lc_sheet_put_history(struct lc_sheet_out *out, const struct lc_spec_file *f);
void lc_sheet_put_files(struct lc_sheet_out *out);
void lc_sheet_put_rules(struct lc_sheet_out *out);
void lc_sheet_put_settings(struct lc_sheet_out *out);
void lc_sheet_put_agreement(struct lc_sheet_out *out);

/* lc_sheet_same_note - how many cells of the export have a spelling; NULL: nobody has looked. */
const char *lc_sheet_same_note(struct lc_sheet_out *out, const char *column, const char *text);

#endif
