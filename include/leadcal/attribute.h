/* attribute.h - levels, bins, missing and unseen: how a column enters a model.   Layer: model */
#ifndef LC_ATTRIBUTE_H
#define LC_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

#define LC_MOST_PLAIN_NUMBERS 50 /* a number with more distinct values goes into bins */

/* Of bins and merged levels that are learnt from the outcome: decision 0090. */
#define LC_BIN_LEADS      20.0
#define LC_BIN_OF_CLASS   5.0
#define LC_BIN_CANDIDATES 250 /* the program takes milliseconds then */
#define LC_LEVEL_PRICE    2.0 /* deviance that one more merged level must explain: Akaike's */

/* A text that the export may hold, and the level it belongs to. */
struct lc_attribute_value {
    const char *text;
    uint32_t level;
};

/* The recipe of one attribute; it travels with the model. Levels are ordered: numbers by value,
 * bins by cut, texts by bytes, merged ones by rising rate, the missing level last. */
struct lc_attribute {
    const char *column;
    enum lc_role role;
    enum lc_as_of as_of;
    size_t n_levels;
    const char *const
        *level; /* [n_levels]; bins "(-inf,500]", "(500,inf]" (R's cut); missing "(missing)" */
    const double *cut; /* [n_cuts] rising; NULL: levels are texts */
    size_t n_cuts;
    const struct lc_attribute_value *
        value; /* [n_values] by level, then by bytes: what its levels hold, other spellings of a
                 * text among it; NULL: each level but the missing one holds its own text */
    size_t n_values;
    uint32_t missing;      /* level of empty cells, or LC_NO_CODE: none was seen */
    const double *n, *won; /* [n_levels] leads and wins it was learnt from */
    const double
        *toward; /* [n_levels] the rate of its group (lc_attribute_groups), which a level's
                            * shrunk rate is drawn toward; NULL: the baseline. No part of a model */
    enum lc_decimal
        decimal; /* of bins: how cells are read as numbers; LC_DECIMAL_ANY: plain ones */
    const char
        *set_of; /* of a member of a set: the column of the export, whose cells are lists */
    const char *member;   /* and which member: its level is yes or no; both NULL: of none */
    double cap;           /* of a set: the most points of its members together; 0: none */
    const char *computed; /* how, from events; NULL: the export has the column */
    bool intent;          /* of engagement: shown apart */
    const char
        *of; /* of a segment and its deviations: the column that they are read from, since
                     * their own name is another; NULL: it is its own name */
};

/* lc_attribute_learn - levels (or bins) and counts of a column over some leads.
 *
 * column    a TEXT or NUMBER column (a DATE or MANY column is the caller's bug)
 * given     the spec's entry, with cuts or a role; may be NULL
 * row, y    [n] rows of the table and outcomes 0/1; y may be NULL: won is then 0
 *
 * What is computed from events is engagement as of the decision, whatever `given` says; a column of
 * a snapshot is as of the decision, too.
 *
 * Numbers without cuts and with more than LC_MOST_PLAIN_NUMBERS distinct values among these rows
 * get quartile cuts (R type 7 over these rows, equal cuts merged). Under LC_BINS_DP (and merged) they,
 * and those with a trend however few their values, get the cuts that explain most deviance after BIC's price of
 * each, within the trend: at least LC_BIN_LEADS leads, LC_BIN_OF_CLASS wins and as many losses in a bin,
 * among at most LC_BIN_CANDIDATES candidate cuts (equal shares of the leads). A cut is a value that
 * was seen. Levels without a row are left out; a bin without a row is joined to the one above it.
 *
 * Merged: the levels but the missing one, in the order of their shrunk rates, are joined by the same
 * program, at least LC_BIN_LEADS leads in each; levels that do not differ by more than chance
 * (math/shrink) become one. Its name lists its values.
 *
 * LC_EMISMATCH  cuts or a trend for a column of texts. LC_ENOMEM.
 * Source: methods 3.5, 6.3; docs/decisions/0090 (bins), 0091 (merging); partition.h, shrink.h.
 * Tested: typed columns; every partition of few values; truth of simulated leads; what it learns is
 * what it scores. */
enum lc_rc lc_attribute_learn(const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_credit - counts the wins of its levels again, in shares.
 *
 * a       as learnt from these very rows
 * row     [n] rows of the table
 * credit  [n] the share of a win that each has, 0..1
 *
 * LC_EMISMATCH as lc_attribute_code; LC_ENOMEM. */
enum lc_rc lc_attribute_credit(struct lc_attribute *a, const struct lc_table_column *column,
                               const uint32_t *row, const double *credit, size_t n,
                               struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

/* Attributes of some leads, of which some group the levels of others. */
struct lc_attribute_family {
    const struct lc_table *table;
    const size_t *column; /* [k] */
    const struct lc_spec_attribute *const *
        given; /* [k] parent names the column of another of them; one that is not there is none */
    size_t k;
    const uint32_t *row; /* [n] leads */
    size_t n;
    double base; /* the rate that levels without a parent are drawn toward; 0 or 1: none is */
    double prior_weight; /* M; 0: estimated for each attribute (lc_level_weight) */
};

/* lc_attribute_groups - what levels with a parent are drawn toward.
 *
 *     toward_v = sum over the leads of level v of (shrunk rate of the parent's level) / leads of v
 *
 * a  [k] as learnt over these leads; in-out: toward of those with a parent, however many steps up
 *
 * LC_EMISMATCH as lc_attribute_code; LC_ENOMEM.
 * Source: methods 6.3; docs/decisions/0092.
 * Tested: by hand; countries in regions, nearer to the truth than without. */
enum lc_rc lc_attribute_groups(const struct lc_attribute_family *f, struct lc_attribute *a,
                               struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_code - the attribute's codes for some rows of a table.
 *
 * out  a coded column of n rows with a->n_levels + 1 levels: the last, n_levels, is "(unseen)":
 *      a text the attribute never met, or an empty cell where it has no missing level
 *
 * LC_EMISMATCH  a binned attribute meets a text that is no number (text: column and count)
 * LC_ENOMEM */
enum lc_rc lc_attribute_code(const struct lc_attribute *a, const struct lc_table_column *column,
                             const uint32_t *row, size_t n, struct lc_arena *arena,
                             struct lc_column *out, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_code_learnt - the same for the rows that the attribute was learnt from, as a fit takes
 * them: a->n_levels levels, since none of them is unseen. LC_ENOMEM. */
enum lc_rc lc_attribute_code_learnt(const struct lc_attribute *a,
                                    const struct lc_table_column *column, const uint32_t *row,
                                    size_t n, struct lc_arena *arena, struct lc_column *out,
                                    struct lc_err *err) LC_MUST_USE;

/* lc_attribute_values - how many texts find a level of an attribute of texts (not of bins), and which:
 * the i-th with its level. The missing level has none, and is skipped by level == a->missing. */
size_t lc_attribute_values(const struct lc_attribute *a);
struct lc_attribute_value lc_attribute_value(const struct lc_attribute *a, size_t i);

/* lc_attribute_spell - the texts that the column reads as others (table.h: spelling) find the level of
 * those, as they did while it was learnt. Bins have none. Done by lc_attribute_learn. LC_ENOMEM. */
enum lc_rc lc_attribute_spell(const struct lc_table_column *column, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_is_merged - does a level hold other texts and not its own: are levels merged? */
bool lc_attribute_is_merged(const struct lc_attribute *a);

/* lc_attribute_source - the column of an export that it is read from: that of its set, that which it
 * deviates from, or its own. */
const char *lc_attribute_source(const struct lc_attribute *a);

/* lc_attribute_level - the level of one text (an export row being scored); a->n_levels where it
 * is unseen. `s` is trimmed here; empty means missing. */
size_t lc_attribute_level(const struct lc_attribute *a, struct lc_slice s);

/* lc_attribute_level_by_number - the level that is the same number with the other decimal sign, 7.5 for
 * 7,50; n_levels where there is none, or for bins. Exports know only the texts, and so does `score`. */
size_t lc_attribute_level_by_number(const struct lc_attribute *a, struct lc_slice s);

/* lc_attribute_differs - whether a trimmed text is a number that bins cannot read, or may misread, for
 * its decimal sign alone: 7,50 where the attribute has plain numbers or points. */
bool lc_attribute_differs(const struct lc_attribute *a, struct lc_slice s);

#endif
