/* audit.h - the table of what the leak audit found.   Layer: model */
#ifndef LC_AUDIT_H
#define LC_AUDIT_H

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/leak.h"
#include "leadcal/table.h"

/* lc_audit_frame - a row for each finding, the worst first, then by column and by step
 * (docs/formats.md: audit). Notes: columns looked into with nothing found, steps not taken.
 * LC_ENOMEM. Tested: test_audit.c, audit-*.cmd. */
enum lc_rc lc_audit_frame(const struct lc_table *table, const struct lc_choices *choices,
                          struct lc_arena *arena, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* lc_audit_kept - names of columns that may enter a model in spite of a finding that would leave
 * them out, since the spec names them or --allow does. name out [choices->n]; returns how many. */
size_t lc_audit_kept(const struct lc_table *table, const struct lc_choices *choices,
                     const char **name);

#endif
