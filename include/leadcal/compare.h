/* compare.h - adopt, keep, or not enough evidence: what would change if the new model took over.   Layer: model */
#ifndef LC_COMPARE_H
#define LC_COMPARE_H

#include "leadcal/arena.h"
#include "leadcal/backtest.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"

#define LC_MARGIN \
    0.02 /* of all wins: what the lower limit of the gain may lack; DEFINITIONS 7 */

enum lc_advice { LC_ADVICE_ADOPT, LC_ADVICE_KEEP, LC_ADVICE_NOT_ENOUGH };

struct lc_comparison {
    enum lc_advice advice;
    const char *why; /* one sentence: what decided it */
    const char *
        settle; /* one sentence: wins or months that would settle it, or why nothing is missing */
    struct lc_frame changes; /* docs/formats.md: changes; the largest first */
};

/* lc_advice_text - "Adopt", "Keep", "Not enough evidence". */
const char *lc_advice_text(enum lc_advice advice);

/* lc_compare - the new model against the score in use.
 *
 * b        the backtest; NULL: there was none, and no_backtest says why (a sentence)
 * model    the new model; NULL: there is none
 * current  the score in use; NULL: none was named
 *
 * Adopt where the new model holds more of the wins at equal volume, and the lower limit of the gain
 * (90 %) is above -LC_MARGIN; keep where it holds no more; else there is not enough evidence, as where
 * there was no test, the current model could not be judged, or chance holds over 95 % of the wins,
 * since sales takes nearly every lead. Where none was named, the new model is
 * adopted if the lower limit of its gain over chance is above 0.
 *
 * changes: attribute, level, current_points, new_points, change, leads, won. Points of a hand-made card
 * are put on the scale of the new model (10 points double the odds) by their worth in the backtest's
 * training leads, and centred over the new model's leads; a bin is compared at its upper end.
 * current_points and change are empty where there is no card to compare with.
 *
 * Source: DEFINITIONS 7 (gate), 8 (page one). Tested: each branch by typed figures. LC_ENOMEM. */
enum lc_rc lc_compare(const struct lc_backtest *b, const char *no_backtest,
                      const struct lc_model *model, const struct lc_current *current,
                      struct lc_arena *arena, struct lc_comparison *out,
                      struct lc_err *err) LC_MUST_USE;

#endif
