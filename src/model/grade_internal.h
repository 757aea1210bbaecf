/* grade_internal.h - what grades by shares and by the outcome share.   Layer: model (private) */
#ifndef LC_GRADE_INTERNAL_H
#define LC_GRADE_INTERNAL_H

#include <stddef.h>

/* lc_nearest_boundary - the score, of some that fall, whose boundary has the number of leads at or above it
 * nearest to `wanted`; LC_GRADE_NEVER where that is none. Equal scores are never split. */
double lc_nearest_boundary(const double *falling, size_t n, double wanted);

#endif
