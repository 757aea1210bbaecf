/* bands_internal.h - what the parts of bands share.   Layer: model (private) */
#ifndef LC_BANDS_INTERNAL_H
#define LC_BANDS_INTERNAL_H

#include "backtest_internal.h"
#include "leadcal/bands.h"
#include "leadcal/current.h"

/* One band: the leads whose order lies in [low, high), or whose grade has the level `high`; best
 * first, the missing one last. */
struct lc_band {
    const char *name;  /* "40-49", "A1", "(missing)" */
    const char *words; /* "the 40s"; how a sentence calls it */
    double low, high;  /* of the order; NaN: the leads without a score */
    double leads, won;
};

struct lc_band_list {
    struct lc_band *band; /* [n] */
    size_t n;             /* the missing one included, if any lead is in it */
    size_t scored;        /* bands but the missing one */
    double leads, won;    /* of all of them */
};

/* lc_bands_cut - names and limits of the bands; leads and won are counted.
 * order  [n] of the cohort's leads; NaN: no score. LC_ENOMEM */
enum lc_rc lc_bands_cut(const struct lc_score_column *s, const struct lc_column *codes,
                        const struct lc_cohort *c, const double *order,
                        const struct lc_bands_options *options, struct lc_arena *arena,
                        struct lc_band_list *to, struct lc_err *err) LC_MUST_USE;

/* lc_band_holds - does a lead belong to the band? level: of its cell; order: NaN without a score. */
bool lc_band_holds(const struct lc_band *b, enum lc_score_kind kind, uint32_t level,
                   double order);

/* lc_bands_notes - inversions, the top, how far to believe it. LC_ENOMEM */
enum lc_rc lc_bands_notes(const struct lc_band_list *list, const struct lc_cohort *c,
                          const char *column, struct lc_arena *scratch, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

#endif
