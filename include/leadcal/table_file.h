/* table_file.h - frames as files for programs: CSV, TSV and JSON, formulas defused.   Layer: out */
#ifndef LC_TABLE_FILE_H
#define LC_TABLE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/slice.h"

enum lc_format { LC_FORMAT_TABLE, LC_FORMAT_CSV, LC_FORMAT_JSON };

/* lc_frame_csv - a header line and n rows, RFC 4180 with LF; empty for NULL and NaN; numbers with
 * at most 10 significant digits (shortest text); level texts as they are, except that a text
 * cell that begins with = + - @ TAB or CR, and is not a number, gets an apostrophe before it
 * (CWE-1236). LC_EIO where the stream refuses. */
enum lc_rc lc_frame_csv(const struct lc_frame *f, FILE *to, struct lc_err *err) LC_MUST_USE;

/* lc_frame_json - {"name":...,"columns":[...],"rows":[{...}],"notes":[...]}; null for empty;
 * numbers as in CSV; texts exact (no apostrophe). LC_EIO, LC_ENOMEM. */
enum lc_rc lc_frame_json(const struct lc_frame *f, FILE *to, struct lc_err *err) LC_MUST_USE;

/* lc_csv_field - one field for a CSV line, quoted where needed; `defuse`: with the apostrophe. */
void lc_csv_field(struct lc_slice s, bool defuse, FILE *to);

#endif
