/* fairness.h - who is handed over, group by group, by columns that the model may not know.   Layer: model */
#ifndef LC_FAIRNESS_H
#define LC_FAIRNESS_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/table.h"

/* Of the highest group's selection rate; a line for hiring, borrowed: 29 CFR 1607.4 D. */
#define LC_FOUR_FIFTHS 0.8

/* lc_fairness - what a model does to the groups of some audit columns (docs/formats.md: fairness).
 *
 * audit  names of columns; a number of more than MOST_PLAIN_GROUPS (fairness.c) values is cut at its
 *        quartiles. pool may be NULL
 *
 * For each column, line and group. Lines: the best grade (A, or 1 without letters), the best two, and
 * the cells that the model's agreement hands over. selection_rate = leads above the line / leads, with
 * Wilson limits; ratio = that rate over the highest, of groups with at least LC_FEW_LEADS leads and 2 % of
 * all, with Katz limits; below_four_fifths: the ratio is under LC_FOUR_FIFTHS. Calibration of the group: mean
 * predicted probability, observed close rate, slope with 95 % limits (lc_calibration).
 * proxy_auc: how well the model's own attributes tell the group from the rest, by a logistic fit on one
 * half of the leads that scores the other, both ways; 0.5 is not at all; empty where the column is an
 * attribute of the model.
 *
 * Every counted lead is scored as exported; a model that learnt from these leads looks better
 * calibrated than it will be.
 *
 * LC_EMISMATCH  no column is named, or one is not there or is a date or a key; as lc_model_rows_open.
 * LC_ENOMEM.
 * Source: 29 CFR 1607.4 D and 1607.15 A (2)(a) (1978), of hiring; Katz et al. as in rate.h.
 * Tested: typed leads by hand and by tests/reference/fairness.py; law: one group has ratio 1. */
enum lc_rc lc_fairness(const struct lc_table *table, const struct lc_cohort *cohort,
                       const struct lc_model *model, struct lc_texts audit,
                       struct lc_parallel *pool, struct lc_arena *arena, struct lc_frame *frame,
                       struct lc_err *err) LC_MUST_USE;

#endif
