/* champion.h - what a candidate was compared with, and whether that lets it in.   Layer: model */
#ifndef LC_CHAMPION_H
#define LC_CHAMPION_H

#include "leadcal/arena.h"
#include "leadcal/backtest.h"
#include "leadcal/compare.h"
#include "leadcal/error.h"
#include "leadcal/model.h"

/* lc_champion_of - the comparison as the candidate's file keeps it: over all folds that the score in use was
 * judged in, and in the latest of them one by one.
 *
 * b            the backtest; NULL: there was none, and no_backtest says why (NULL: nobody asked)
 * current      the score in use
 * sha256       of its file; NULL: a column of the export
 * out          borrows from the arguments. LC_ENOMEM */
enum lc_rc lc_champion_of(const struct lc_backtest *b, const char *no_backtest,
                          const struct lc_current *current, const char *sha256,
                          struct lc_arena *arena, struct lc_champion *out,
                          struct lc_err *err) LC_MUST_USE;

/* lc_champion_judge - the gate of DEFINITIONS 7 by what the file keeps: lc_compare's advice, which it does
 * not repeat, and the changes of points against the model that would go.
 *
 * candidate  with a champion
 * current    what would go; compared before (the caller has looked at the hash)
 * As lc_compare. Tested: what recalibrate advised is what the gate says. */
enum lc_rc lc_champion_judge(const struct lc_model *candidate, const struct lc_model *current,
                             struct lc_arena *arena, struct lc_comparison *out,
                             struct lc_err *err) LC_MUST_USE;

#endif
