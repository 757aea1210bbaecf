/* young_internal.h - what young*.c share.   Layer: model */
#ifndef LC_YOUNG_INTERNAL_H
#define LC_YOUNG_INTERNAL_H

#include "leadcal/maturity.h"
#include "leadcal/young.h"

struct lc_young_work {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_cohort *cohort;
    const struct lc_young_options *options;
    struct lc_parallel *pool;
    struct lc_arena *scratch;
    struct lc_split split;
    struct lc_lagged lagged; /* what the model learns from by the lag; else from the training */
    struct lc_card card;
    struct lc_grades grades;
    const char *grades_note;  /* of lc_cuts_learn; NULL: nothing to say */
    struct lc_followed later; /* decided after the cut */
    uint8_t *letter, *digit;  /* [later.n] 0..3; NULL where the dimension has no attribute */
    double horizon;           /* W, or the longest time without one */
};

/* lc_young_learn - the model, and the grades of the later leads. */
enum lc_rc lc_young_learn(struct lc_young_work *w, struct lc_err *err) LC_MUST_USE;

/* lc_young_notes - who was counted, and whether better grades are won sooner. */
enum lc_rc lc_young_notes(const struct lc_young_work *w, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

#endif
