/* spec_file_internal.h - the words of a spec, for its reader, its writer and the model file.   Layer: out (private) */
#ifndef LC_SPEC_FILE_INTERNAL_H
#define LC_SPEC_FILE_INTERNAL_H

#include "json.h"
#include "leadcal/spec.h"

#define LC_SPEC_VERSION 1
#define MOST_WINDOW     36500 /* days; a hundred years */
#define MOST_CAPACITY   1e9   /* leads a week */

#define LC_SPEC_DECIMALS 2        /* of enum lc_decimal, from LC_DECIMAL_POINT */
#define LC_SPEC_ORDERS   3        /* of enum lc_date_order, from LC_DATE_DMY */
#define LC_SPEC_ROLES    2        /* of enum lc_role */
#define LC_SPEC_TIMES    2        /* of enum lc_as_of, from LC_AS_OF_DECISION */
#define LC_SPEC_CREDITS  3        /* of enum lc_credit */
#define LC_SPEC_BINS     2        /* of enum lc_bins */
#define LC_SPEC_TRENDS   5        /* of enum lc_bin_trend, from LC_BIN_FREE */
#define LC_SPEC_SET      "set"    /* kind of an attribute */
#define LC_SPEC_MOST_CAP 1000     /* points of a set together */
#define LC_SPEC_MERGED   "merged" /* levels of an attribute */

extern const char *const lc_spec_decimals[LC_SPEC_DECIMALS];
extern const char *const lc_spec_orders[LC_SPEC_ORDERS];
extern const char *const lc_spec_roles[LC_SPEC_ROLES];
extern const char *const lc_spec_times[LC_SPEC_TIMES];
extern const char *const lc_spec_credits[LC_SPEC_CREDITS];
extern const char *const lc_spec_bins[LC_SPEC_BINS];
extern const char *const lc_spec_trends[LC_SPEC_TRENDS];

/* lc_spec_round - the first attribute from which its parents lead back to it; n_attributes: none does. */
size_t lc_spec_round(const struct lc_spec *spec);

/* Parts of the reader. A NULL value is absent: NULL, none, LC_NO_DAY. */
const char *lc_spec_name(struct lc_json_in *in, const struct lc_json *value);
struct lc_texts lc_spec_texts(struct lc_json_in *in, const struct lc_json *value);
int32_t lc_spec_day(struct lc_json_in *in, const struct lc_json *value);

/* lc_spec_events - {"time":...,"type":...,"classes":[...]}, in the arena; lc_spec_put_events - the same. */
const struct lc_spec_events *lc_spec_events(struct lc_json_in *in, const struct lc_json *value);
void lc_spec_put_events(struct lc_json_out *out, const struct lc_spec_events *e);

/* lc_spec_same - {"GTX Pro": ["GTXPro", ...], ...} of an attribute, in the arena; lc_spec_put_same - the
 * same. */
void lc_spec_same(struct lc_json_in *in, const struct lc_json *value,
                  struct lc_spec_attribute *a);
void lc_spec_put_same(struct lc_json_out *out, const struct lc_spec_attribute *a);

/* lc_spec_day_of - a day written just so: YYYY-MM-DD. */
bool lc_spec_day_of(const char *text, int32_t *day);

/* lc_spec_agreement - {"definition":...,"hand_over":[...],"cells":[...],...}; NULL leaves the
 * agreement as it is. */
void lc_spec_agreement(struct lc_json_in *in, const struct lc_json *value,
                       struct lc_agreement *to);

/* lc_spec_put_agreement - the same; nothing where nothing was agreed. */
void lc_spec_put_agreement(struct lc_json_out *out, const struct lc_agreement *a);

/* lc_is_cell - "A1".."D4", the cells that there may be an agreement on. */
bool lc_is_cell(const char *text);

#endif
