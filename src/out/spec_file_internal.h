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
#define LC_SPEC_ROLES    3        /* of enum lc_role, and intent */
#define LC_SPEC_TIMES    2        /* of enum lc_as_of, from LC_AS_OF_DECISION */
#define LC_SPEC_CREDITS  3        /* of enum lc_credit */
#define LC_SPEC_BINS     2        /* of enum lc_bins */
#define LC_SPEC_TRENDS   5        /* of enum lc_bin_trend, from LC_BIN_FREE */
#define LC_SPEC_SET      "set"    /* kind of an attribute */
#define LC_SPEC_MOST_CAP 1000     /* points of a set together */
#define LC_SPEC_MERGED   "merged" /* levels of an attribute */
#define LC_SPEC_DOMAIN   "domain" /* by which a file is joined, instead of a key */
#define LC_SPEC_FIRST    "first"  /* which row counts of those with one key */

#define LC_SPEC_EFFECTS 2 /* of enum lc_rule_effect */

extern const char *const lc_spec_effects[LC_SPEC_EFFECTS];
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

/* lc_spec_joining - how the rows of a file belong to leads: by, twice, events, history, and what excludes what
 * (spec_file_join.c); lc_spec_put_joining - the same. */
void lc_spec_joining(struct lc_json_in *in, const struct lc_json *value,
                     struct lc_spec_file *to);
void lc_spec_put_joining(struct lc_json_out *out, const struct lc_spec_file *f);

/* lc_spec_is_joined - does a file have anything that only a joined file may have? */
bool lc_spec_is_joined(const struct lc_spec_file *f);

/* lc_spec_clash - what two parts of a file exclude each other, as a sentence behind its name; NULL: none. */
const char *lc_spec_clash(const struct lc_spec_file *f);

/* lc_spec_unit - {"of":"account","key":...,"roll_up":[...]}, in the arena; NULL of leads; lc_spec_put_unit - the same:
 * spec_file_unit.c. */
const struct lc_spec_unit *lc_spec_unit(struct lc_json_in *in, const struct lc_json *value);
void lc_spec_put_unit(struct lc_json_out *out, const struct lc_spec_unit *u);

/* lc_spec_rules - [{"rule":...,"column":...},...], of a spec and of a model file; lc_spec_put_rules - the
 * same, nothing where there are none. */
void lc_spec_rules(struct lc_json_in *in, const struct lc_json *value,
                   const struct lc_spec_rule **rule, size_t *n);
void lc_spec_put_rules(struct lc_json_out *out, const struct lc_spec_rule *rule, size_t n);

/* lc_spec_read_lists - takes in the files of values that rules name: beside the spec at `path`, a
 * value on each line that does not begin with #. LC_EFORMAT: an empty list; LC_EIO, LC_ENOMEM. */
enum lc_rc lc_spec_read_lists(const char *path, struct lc_arena *arena, struct lc_spec *spec,
                              struct lc_err *err) LC_MUST_USE;

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
