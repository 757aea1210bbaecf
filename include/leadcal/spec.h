/* spec.h - what each column of the exports means: the analyst's answers, from a file or from options.   Layer: data */
#ifndef LC_SPEC_H
#define LC_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/date.h"
#include "leadcal/number.h"

#define LC_WINDOW_AUTO (-1) /* W is chosen by the rule of docs/definitions.md */
#define LC_WINDOW_NONE 0    /* every row and every win counts */

enum lc_role { LC_ROLE_PROFILE, LC_ROLE_ENGAGEMENT };

/* lc_role_text - "profile", "engagement", or "intent": engagement that is shown apart. */
const char *lc_role_text(enum lc_role role, bool intent);

enum lc_as_of { LC_AS_OF_UNSAID, LC_AS_OF_DECISION, LC_AS_OF_EXPORT };

/* A list of texts. */
struct lc_texts {
    const char *const *text;
    size_t n;
};

/* A class of events as the spec has it: beside the usual ones, or over one of them. */
struct lc_spec_class {
    const char *name;      /* of its column: "pricing" */
    struct lc_texts words; /* by which an event is of it; n 0: the usual ones of that name */
    const char *decay;     /* as text (math/decay); NULL: that of the file */
};

/* What the columns of an events file mean. */
struct lc_spec_events {
    const char *time, *type;
    const char *content;            /* what it was about: a page, a title; or NULL */
    const char *decay;              /* as text; NULL: LC_USUAL_DECAY */
    const struct lc_spec_class *of; /* [n] */
    size_t n;
};

/* What the columns of a file of changes mean: a row says that a record took a value then. */
struct lc_spec_history {
    const char *time, *value;
    const char
        *field; /* the column that tells what was changed; NULL: each row is a change of it */
    const char *is; /* what stands there in the rows that count; NULL without a field */
};

#define LC_USUAL_DECAY "half-life 30" /* the prior's median of math/recency */

/* One file of the exports. The first is the leads; a later one is joined to it. */
struct lc_spec_file {
    const char *name;  /* prefix of its columns, "deals"; NULL for the leads */
    const char *match; /* glob on the file's base name, or NULL: by position */
    const char *key;   /* its key column; NULL for the leads where nothing is joined */
    const char
        *join; /* the column that it is looked up by: of the leads, or of another joined file,
                       * "deals.AccountId"; NULL: `key` of the leads */
    const char
        *created; /* its date of creation: a lead may have several rows, and takes the first
                          * created on or after its decision day; NULL: one row for a lead */
    bool list;    /* its key cells are lists parted by ';', the first one the primary contact */
    bool domain; /* both columns hold addresses or web sites, and what counts is their domain */
    bool first; /* of rows with one key the first in the file counts; false: they are refused */
    const struct lc_spec_history *
        history; /* its rows are changes, many a record: joined are the days of the first and the
                   * last entry into each value; NULL: its own columns are joined */
    const struct lc_spec_events
        *events; /* its rows are what leads did, many a lead; NULL: it is joined row by row */
};

/* Who is credited with an opportunity that several leads share (DEFINITIONS 1). */
enum lc_credit {
    LC_CREDIT_PRIMARY, /* its primary contact, else the earliest decision; the others are open */
    LC_CREDIT_ALL,     /* every lead: the sum of wins exceeds the won opportunities */
    LC_CREDIT_SHARE,   /* every lead, in equal parts */
};

/* What marketing and sales have agreed for one cell. */
struct lc_spec_cell {
    const char *grade;         /* "A1" */
    const char *lane, *action; /* "phone", "call within 24 hours"; NULL: unsaid */
    int sla_hours;             /* LC_SLA_UNSAID; 0: no clock */
};

#define LC_SLA_UNSAID  (-1)
#define MOST_SLA_HOURS 8784 /* of a clock; a leap year */

/* Who answers for a side of the agreement. */
struct lc_spec_owner {
    const char *of, *name; /* "sales", "Regional lead" */
};

/* The contract between marketing and sales; it travels with the model. */
struct lc_agreement {
    const char *definition;    /* what a qualified lead is, in their words; NULL: unsaid */
    struct lc_texts hand_over; /* cells handed to sales; n 0: those with a clock */
    const struct lc_spec_cell *cell;
    size_t n_cells;
    const struct lc_spec_owner *owner;
    size_t n_owners;
    const char *approved_by;
    int32_t effective_from, next_review; /* LC_NO_DAY: unsaid */
};

/* Where the bins of a number lie that has no cuts. */
enum lc_bins {
    LC_BINS_QUARTILE, /* at its quartiles */
    LC_BINS_DP,       /* where they part wins from losses best: math/partition */
};

/* How the close rate goes from bin to bin. What is said asks for the best bins, whatever lc_bins is. */
enum lc_bin_trend {
    LC_BIN_UNSAID,
    LC_BIN_FREE,
    LC_BIN_UP,
    LC_BIN_DOWN,
    LC_BIN_PEAK,
    LC_BIN_VALLEY
};

/* Spellings of one value: where the export has one of them, it is read as `as`. */
struct lc_spec_same {
    const char *as;            /* "GTX Pro" */
    struct lc_texts spellings; /* "GTXPro", "gtx pro"; n >= 1 */
};

struct lc_spec_attribute {
    const char *column; /* "industry", "deals.segment" */
    enum lc_role role;
    const double *cut; /* [n_cuts] rising; bins (-inf,c1], (c1,c2], ... ; NULL: as it comes */
    size_t n_cuts;
    enum lc_as_of as_of;
    enum lc_bins bins; /* those of the spec */
    enum lc_bin_trend trend;
    bool merged;        /* levels that are won alike become one */
    const char *parent; /* column of the group that a level belongs to, or NULL */
    bool set;           /* its cells are lists: each member is an attribute "COLUMN: MEMBER" */
    double cap; /* of a set: the most points that its members give or take together; 0: none */
    const char *set_of, *member; /* of such a member's own entry; else NULL */
    bool intent; /* of engagement: it counts for the digit, and is shown apart */
    const struct lc_spec_same
        *same; /* [n_same] of a column of texts; no text stands here twice, on either side */
    size_t n_same;
};

#define LC_MOST_LOCAL_LEAST 1000000 /* wins that may be asked of a segment */

/* What a ready-made rule looks for in a cell: leadcal/disqualify.h. */
enum lc_rule_kind {
    LC_RULE_FREE_MAIL,  /* an address of a provider that anybody can have one of */
    LC_RULE_COMPETITOR, /* an address or a web site of one of some domains */
    LC_RULE_JUNK,       /* a form that was filled in to get past it */
    LC_RULE_TERRITORY,  /* outside the places that are served, or inside those that are not */
    LC_RULE_TEST,       /* a test record, by some values */
    LC_RULE_CUSTOMER,   /* a customer already, by some values */
};
#define LC_RULE_KINDS 6
extern const char *const lc_rule_kind_name[LC_RULE_KINDS];

/* What becomes of a lead that a rule catches. */
enum lc_rule_effect {
    LC_RULE_EXCLUDES, /* it does not count: unconvertible */
    LC_RULE_MARKS,    /* it counts, and "yes" or "no" is an attribute called after the rule */
};

/* A rule that disqualifies leads by what one column said at their decision. */
struct lc_spec_rule {
    const char
        *name; /* of its attribute and of its row in tables; the kind's where none is given */
    const char *column;
    struct lc_texts values; /* domains, places, values; n 0 where the kind needs none */
    const char *file;       /* whose lines are values, too, until they are read; else NULL */
    enum lc_rule_kind kind;
    enum lc_rule_effect effect;
    enum lc_as_of as_of; /* when the column was filled in */
    bool served;         /* of TERRITORY: `values` are the places that are served */
};

struct lc_spec_unit; /* leadcal/spec_unit.h */

/* All of it. Zero-initialise with lc_spec_init: absent is NULL / 0 except where said. */
struct lc_spec {
    const struct lc_spec_file *file;
    size_t n_files;
    struct {
        const char *column;              /* NULL with won_if_in */
        struct lc_texts won, lost, open; /* values; compared trimmed, exact bytes */
        const char *won_if_in; /* name of a joined file: a lead with a row there is won */
    } outcome;
    struct {
        const char *entered, *handed_over, *first_touch, *accepted, *closed,
            *opportunity; /* columns or NULL; first_touch and handed_over may hold times */
    } date;
    struct {
        const char *column;
        struct lc_texts accepted, rejected, recycled;
        const char
            *grade; /* column of the grade at hand-over, as it was stored then; or NULL */
    } acceptance;
    const char *owner, *source; /* columns that acceptance is broken down by, or NULL */
    const char
        *unique; /* column of the leads that rows of one lead share, or NULL: a row is a lead */
    const char *account; /* column of the account that a lead belongs to, or NULL */
    const char
        *current; /* the score in use: "column:NAME", or the path of a model or points file */
    double capacity; /* leads that sales takes a week; 0: as the data show */
    struct {
        const char *by; /* column whose texts are segments with weights of their own, or NULL */
        double least;   /* wins, and leads not won, that one needs; 0: as usual */
    } local;
    enum lc_credit credit;
    struct lc_agreement agreement;
    const char *amount;            /* column of the won amount, or NULL */
    int32_t window_days;           /* W; LC_WINDOW_AUTO by default, LC_WINDOW_NONE */
    int32_t as_of_day;             /* LC_NO_DAY: the latest date in the files */
    int32_t decision_after_days;   /* default 0 */
    enum lc_date_order date_order; /* LC_DATE_ANY: each column votes */
    enum lc_decimal
        decimal; /* where a column's cells leave it open; LC_DECIMAL_ANY: it is text */
    struct lc_texts
        missing; /* more texts that mean "no value" ("unknown", "n/a"); the empty cell always does */
    struct lc_texts keep_values; /* texts that look as if they meant no value, and are values */
    enum lc_bins bins;           /* of numbers with many values, in every attribute */
    const struct lc_spec_attribute *attribute;
    size_t n_attributes;             /* 0: every fitting column */
    const struct lc_spec_rule *rule; /* [n_rules] */
    size_t n_rules;
    struct lc_texts ignore;
    struct lc_texts audit; /* columns that fairness is audited by; no model may use them */
    struct lc_texts allow; /* attributes in spite of what the audit finds; of an option alone: a
                            * spec says it by naming the column among its attributes */
    struct lc_texts sets;  /* more columns of lists; of an option alone */
    const struct lc_spec_unit *unit; /* what a row is (leadcal/spec_unit.h); NULL: a lead */
    bool order_is_file;              /* "order":"file": the file's order is the time's order */
    const char *path;                /* where it was read, for messages; NULL: from options */
};

void lc_spec_init(struct lc_spec *spec);

/* lc_spec_attribute_of - the entry of a column, or NULL. */
const struct lc_spec_attribute *lc_spec_attribute_of(const struct lc_spec *spec,
                                                     const char *column);

/* lc_spec_same_twice - a text that stands twice among the spellings of a column and what they are read
 * as, so that nobody could say what it is; NULL: none. An empty one is always such. */
const char *lc_spec_same_twice(const struct lc_spec_attribute *a);

/* lc_spec_is_set - does the column hold lists, as the spec says? */
bool lc_spec_is_set(const struct lc_spec *spec, const char *column);

/* lc_spec_marking - the rule that marks leads under this name; NULL where none does. */
const struct lc_spec_rule *lc_spec_marking(const struct lc_spec *spec, const char *name);

/* lc_spec_source - the column of the export that a name stands for: of a member, "products: crm", the
 * column of its set; of a rule that marks, the column it looks at; of any other the name itself. */
const char *lc_spec_source(const struct lc_spec *spec, const char *name);

/* lc_spec_current_column - the column of the export that holds the score in use; NULL where it is
 * a file, or unsaid. */
const char *lc_spec_current_column(const struct lc_spec *spec);

/* lc_texts_have - is `text` one of them, byte by byte? */
bool lc_texts_have(struct lc_texts texts, const char *text);

#endif
