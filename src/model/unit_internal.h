/* unit_internal.h - what the sources of unit share.   Layer: model */
#ifndef LC_UNIT_INTERNAL_H
#define LC_UNIT_INTERNAL_H

#include "cohort_internal.h"
#include "leadcal/spec_unit.h"
#include "leadcal/unit.h"

/* Which rows of the old table count in which unit. */
struct lc_unit_rows {
    size_t n;            /* units; each has a row or more */
    const size_t *begin; /* [n + 1] */
    const uint32_t *row; /* in the order in which empty cells are filled */
    const int32_t *day;  /* [n] decision day, LC_NO_DAY: unknown; NULL without dates */
    const int32_t *came; /* [old rows] the day each came; NULL without dates */
};

/* lc_unit_gather - the old table's columns and files, row by row of the units.
 * fixed     [k] of each column, the row that each unit takes it from; NULL: the first that is filled
 * file_row  [n_files] the same of what the joined files know of a row; NULL: the first row.
 * Events that are joined by the unit's own key are those of each of its rows, and count once. LC_ENOMEM */
enum lc_rc lc_unit_gather(struct lc_table *table, const struct lc_spec *spec,
                          const struct lc_unit_rows *rows, const uint32_t *const *fixed,
                          const uint32_t *const *file_row, struct lc_arena *arena,
                          struct lc_err *err) LC_MUST_USE;

/* lc_unit_rolls - the columns of the spec's roll-up. to  [n_rolls]. LC_EMISMATCH, LC_ENOMEM */
enum lc_rc lc_unit_rolls(const struct lc_table *table, const struct lc_spec *spec,
                         const struct lc_unit_rows *rows, struct lc_notes *notes,
                         struct lc_arena *arena, struct lc_table_column *to,
                         struct lc_err *err) LC_MUST_USE;

/* lc_unit_append - columns behind those of the table; sets among them are taken apart. LC_ENOMEM */
enum lc_rc lc_unit_append(struct lc_table *table, const struct lc_spec *spec,
                          const struct lc_table_column *more, size_t n, struct lc_arena *arena,
                          struct lc_err *err) LC_MUST_USE;

/* One function for each unit; notes and account are of lc_units_take. */
enum lc_rc lc_unit_accounts(struct lc_table *table, const struct lc_spec *spec,
                            struct lc_notes *notes, struct lc_arena *arena,
                            struct lc_unit_account *account, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_unit_opportunities(struct lc_table *table, struct lc_spec *spec,
                                 struct lc_notes *notes, struct lc_arena *arena,
                                 struct lc_unit_account *account,
                                 struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_unit_customers(struct lc_table *table, struct lc_spec *spec,
                             struct lc_notes *notes, struct lc_arena *arena,
                             struct lc_unit_account *account, struct lc_err *err) LC_MUST_USE;

#endif
