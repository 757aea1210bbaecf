/* column.h - columns that are made in memory: of numbers, texts or days.   Layer: data */
#ifndef LC_COLUMN_H
#define LC_COLUMN_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/table.h"

/* Each fills codes (but the name), kind, the values of levels, count, n_filled and example, as lc_load
 * would; file, at and name stay as they are. Levels stand in canonical order. Returns false where memory is
 * refused.
 *
 * Tested: test_column.c, against lc_load of the same cells. */

/* lc_column_of_numbers - value [n], NaN where the cell is empty: NUMBER, or EMPTY. */
bool lc_column_of_numbers(const double *value, size_t n, struct lc_arena *arena,
                          struct lc_table_column *to) LC_MUST_USE;

/* lc_column_of_texts - text [n], borrowed as levels; NULL where the cell is empty: TEXT, or EMPTY. */
bool lc_column_of_texts(const char *const *text, size_t n, struct lc_arena *arena,
                        struct lc_table_column *to) LC_MUST_USE;

/* lc_column_of_days - day [n], LC_NO_DAY where the cell is empty: DATE written YYYY-MM-DD, or EMPTY. */
bool lc_column_of_days(const int32_t *day, size_t n, struct lc_arena *arena,
                       struct lc_table_column *to) LC_MUST_USE;

#endif
