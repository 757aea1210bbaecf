/* model_internal.h - what model.c, model_build.c and score.c share.   Layer: model */
#ifndef LC_MODEL_INTERNAL_H
#define LC_MODEL_INTERNAL_H

#include "leadcal/model.h"
#include "leadcal/slice.h"

/* lc_model_level - the level of a raw cell under attribute j: blanks around it and the texts that
 * mean "no value" are taken care of here, so that scoring and verifying cannot differ.
 * *empty  out: the cell holds no value */
size_t lc_model_level(const struct lc_model *m, size_t j, struct lc_slice cell, bool *empty);

#endif
