/* spec_table.h - a spec as a table that a person edits in a spreadsheet: CSV out, and back to the same.   Layer: out */
#ifndef LC_SPEC_TABLE_H
#define LC_SPEC_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/leak.h"
#include "leadcal/slice.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* The columns are what,name,value,use,role,known,cuts,note: a row for each column of the export
 * and each value of its outcome and acceptance, for each file, setting, and part of the agreement
 * (docs/formats.md). A person changes the words under `use`; `note` is for people alone.
 *
 * A text that a spreadsheet would run or rewrite (a formula, true, 007, 2026-03-31, 10-50) has an
 * apostrophe before it, which reading takes off again; cuts are written as "<= 50 | <= 500", which
 * no spreadsheet takes for a number. */

/* lc_spec_table_write - the spec as such a table, in UTF-8 with a mark, as Excel needs it.
 *
 * table    the export, for notes on what was found and for the columns and values that the spec
 *          does not use; NULL: the spec alone
 * choices  why columns are left out; NULL or n 0: unknown
 * arena    for the rows
 *
 * LC_EIO, LC_ENOMEM. */
enum lc_rc lc_spec_table_write(const struct lc_spec *spec, const struct lc_table *table,
                               const struct lc_choices *choices, struct lc_arena *arena,
                               FILE *to, struct lc_err *err) LC_MUST_USE;

/* lc_spec_table_parse - back to a spec, from a text that a spreadsheet may have saved anew: any
 * delimiter, encoding and line end, empty rows, empty columns behind, words of any letter case.
 * `path` is for messages.
 *
 * LC_EFORMAT    not such a table (file:line; the nearest known column)
 * LC_EMISMATCH  a word or a value that is none (file:line: cell: what is wrong; the nearest known
 *               word), a date that was rewritten, two columns where there can be one
 * LC_ENOMEM
 * Tested: spec, table, spec is the same for every shipped spec and one with every key; as Excel and
 * LibreOffice save it; each refusal; fuzz_spec_table.c. */
enum lc_rc lc_spec_table_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                               struct lc_spec *spec, struct lc_err *err) LC_MUST_USE;

/* lc_spec_table_is - does a text look like such a table rather than like JSON? By its first
 * character that is no blank; an empty text does not. */
bool lc_spec_table_is(struct lc_slice text);

#endif
