/* update_internal.h - the search along the curve of drifts.   Layer: math */
#ifndef LC_UPDATE_INTERNAL_H
#define LC_UPDATE_INTERNAL_H

#include "leadcal/update.h"

/* lc_drift_at - the drift at a place of the grid, 0 to LC_DRIFTS - 1, between two of them too. */
double lc_drift_at(double place);

/* lc_drift_climb - where a curve [LC_DRIFTS] over the grid is highest, and where it is within 1.92
 * of that: update.h. */
void lc_drift_climb(const double *curve, double *q, double *low, double *high);

#endif
