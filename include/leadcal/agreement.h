/* agreement.h - what marketing and sales agreed, made whole for a model: clocks, lanes, hand-over.   Layer: model */
#ifndef LC_AGREEMENT_H
#define LC_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/spec.h"

#define LC_FEW_LEADS 20 /* under these a cell cannot be judged: DEFINITIONS 4 */

/* lc_agreement_resolve - every cell with its lane, action and clock, and what is handed over.
 *
 * said   as the spec has it; what it leaves unsaid is filled in
 * cells  false: the model has one dimension, so there are no cells, and no clock is invented
 * out    lives in arena; borrows the texts of `said`
 *
 * A clock that is not said is that of lc_sla_hours; but where the cells to be handed over are
 * said, the others have none. Without that list, the cells with a clock are handed over. With a
 * clock of h hours the lane is "sales now" (h up to 24) or "sales" and the action "call within h
 * hours"; a cell handed over without a clock is "sales", "call"; the others are "nurture", and
 * D3 and D4 "none", "no contact". The definition is "a lead in a hand-over cell: A1, ...", NULL
 * where there are no such cells. The 16 cells stand from A1 to D4, and so does `hand_over`.
 * LC_ENOMEM. Tested: test_agreement.c, each default and each word of a spec over it. */
enum lc_rc lc_agreement_resolve(const struct lc_agreement *said, bool cells,
                                struct lc_arena *arena, struct lc_agreement *out,
                                struct lc_err *err) LC_MUST_USE;

/* lc_agreement_cell - the entry of a grade, or NULL. */
const struct lc_spec_cell *lc_agreement_cell(const struct lc_agreement *a, const char *grade);

/* lc_model_agree - makes the agreement of a model whose cells have been counted: m->agreement,
 * m->by_expected, m->disagreements, and the clocks and actions of m->cell.
 * cell [m->n_cells] is m->cell, while it may still be written. LC_ENOMEM. */
enum lc_rc lc_model_agree(struct lc_model *m, struct lc_model_cell *cell,
                          const struct lc_agreement *said, struct lc_arena *arena,
                          struct lc_err *err) LC_MUST_USE;

/* lc_cells_by_expected - the grades by expected close rate, best first; equal ones in the order
 * of the cells, cells without leads left out. cell [n]. LC_ENOMEM. */
enum lc_rc lc_cells_by_expected(const struct lc_model_cell *cell, size_t n,
                                struct lc_arena *arena, struct lc_texts *grade,
                                struct lc_err *err) LC_MUST_USE;

/* lc_cells_disagree - where the clocks contradict the expected close rates.
 *
 * One sentence for each cell that waits longer than another which is expected to close less often,
 * and of those the one expected to close least: "C1 (no clock, 12.0 %) is expected to close more
 * often than A3 (48 h, 8.0 %), yet waits longer". No clock is the longest wait; cells of fewer than
 * LC_FEW_LEADS leads, and margins, are not judged. cell [n]. LC_ENOMEM.
 * Tested: typed cells; none where clocks fall with the rates. */
enum lc_rc lc_cells_disagree(const struct lc_model_cell *cell, size_t n, struct lc_arena *arena,
                             struct lc_texts *sentence, struct lc_err *err) LC_MUST_USE;

#endif
