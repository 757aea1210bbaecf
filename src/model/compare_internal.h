/* compare_internal.h - what the parts of the comparison share.   Layer: model (private) */
#ifndef LC_COMPARE_INTERNAL_H
#define LC_COMPARE_INTERNAL_H

#include "leadcal/compare.h"

/* lc_compare_points - the largest changes of points. old may be NULL; slope: log-odds that one point
 * of a hand-made card was worth, NaN where it is unknown. LC_ENOMEM */
enum lc_rc lc_compare_points(const struct lc_model *model, const struct lc_model *old,
                             double slope, struct lc_arena *arena, struct lc_frame *frame,
                             struct lc_err *err) LC_MUST_USE;

#endif
