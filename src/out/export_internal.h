/* export_internal.h - what the exports share: the job, its rows, literals and comments.   Layer: out (private) */
#ifndef LC_EXPORT_INTERNAL_H
#define LC_EXPORT_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "leadcal/export.h"

/* A grade that can come out, and what follows from it. */
struct lc_export_grade {
    char grade[LC_GRADE_TEXT];
    const char *action;
    int sla_hours; /* 0: no clock */
};

/* A row of the self-test and what must come out of it, as `leadcal score` has it. */
struct lc_export_check {
    const char *const *input; /* [card.k]; NULL: empty cell */
    double probability;       /* NaN: the card knows none */
    double points;
    double fit, engagement; /* whole; NaN: no attributes in the dimension */
    const struct lc_export_grade *grade;
};

/* All that a target needs to write its text. */
struct lc_export_job {
    const struct lc_model *model;
    const struct lc_export *how;
    struct lc_arena *scratch;
    FILE *to;
    struct lc_range range[2];            /* by enum lc_role */
    bool has_probability;                /* the card has log-odds */
    bool is_whole;                       /* all points are whole numbers */
    const struct lc_export_grade *grade; /* [letters * digits], letters first */
    size_t letters, digits;              /* 4, or 1 without cuts of that dimension */
    const struct lc_export_check *check;
    size_t n_checks;
};

/* The targets' writers. What the stream says they may ignore: lc_export_write looks at the end.
 * LC_EMISMATCH, LC_ENOMEM */
enum lc_rc lc_export_sql(const struct lc_export_job *job, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_export_python(const struct lc_export_job *job, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_export_js(const struct lc_export_job *job, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_export_c(const struct lc_export_job *job, struct lc_err *err) LC_MUST_USE;

extern const char *const lc_export_dialects[]; /* of SQL */

/* lc_export_refuse - LC_EFORMAT: a text of the model is not UTF-8; LC_EMISMATCH: no attributes, or
 * one whose numbers are written for people, or rules that are not applied apart. */
enum lc_rc lc_export_refuse(const struct lc_model *m, bool rules_apart,
                            struct lc_err *err) LC_MUST_USE;

/* lc_export_checks - fills job->check from the model's verification rows, or from its levels. */
enum lc_rc lc_export_checks(struct lc_export_job *job, struct lc_err *err) LC_MUST_USE;

/* What a value, missing or unseen, adds; log_odds is 0 where the card knows no probability. */
struct lc_export_worth {
    double log_odds, points;
};

/* level  n_levels: unseen */
struct lc_export_worth lc_export_worth(const struct lc_export_job *job, size_t j, size_t level);

/* lc_export_missing - what an empty cell adds. */
struct lc_export_worth lc_export_missing(const struct lc_export_job *job, size_t j);

/* lc_export_is_first - is attribute j the first that reads its column? Members of a set read one. */
bool lc_export_is_first(const struct lc_export_job *job, size_t j);

/* lc_export_segment - the attribute whose column tells in which segment deviation j counts; NULL: j is no
 * deviation. own  out: its place. */
const struct lc_attribute *lc_export_segment(const struct lc_card *card, size_t j, size_t *own);

/* lc_export_segment_text - the next text of that segment, which may be spelt in several ways; NULL: there is none.
 * at  in-out: 0 at first */
const char *lc_export_segment_text(const struct lc_card *card, size_t j, size_t *at);

/* lc_export_has_segments - is any attribute a deviation? */
bool lc_export_has_segments(const struct lc_card *card);

/* lc_export_is_value - may value i of a text attribute (lc_attribute_value) be looked up? One of the
 * missing level may not, nor may a text that stands in the list before. */
bool lc_export_is_value(const struct lc_attribute *a, size_t i);

/* lc_export_bins - bins of an attribute of numbers; 0: every number is unseen. */
size_t lc_export_bins(const struct lc_attribute *a);

/* lc_export_cut - cut c of a grade, kept finite: no sum of points reaches 1e15 (LC_GRADE_NEVER). */
double lc_export_cut(const struct lc_grade_cuts *cuts, size_t c);

/* lc_export_step - the character at *text, which moves behind it. The text is UTF-8. */
uint32_t lc_export_step(const char **text);

/* lc_export_real - the shortest text that reads back to the same bits; `infinite` (with a minus
 * before it) beyond every number, `none` for NaN. Both may be NULL where that cannot be. */
void lc_export_real(FILE *to, double x, const char *infinite, const char *none);

/* lc_export_comment - a text of the model in a comment of any of the languages: letters, digits and
 * marks that end no comment; whatever else as its number. */
void lc_export_comment(FILE *to, const char *text);

/* lc_export_about - the lines at the top: what it is, of which model, whose. `before` begins each. */
void lc_export_about(const struct lc_export_job *job, const char *before, const char *language);

/* What tells one scripting language's lists and texts from another's. */
struct lc_export_script {
    const char *comment, *name, *end; /* before a comment; before a name; behind a value */
    const char *infinite, *none;
    const char *apart; /* letters that are written as their number although they need not be */
    bool surrogates;   /* beyond U+FFFF by two numbers of four digits, not one of eight */
};

/* lc_export_script - where there are deviations SEGMENTS, too: by place in ATTRIBUTES, [place of the column of
 * segments, its text]. The card and the rows of the self-test as nested lists: MISSING, INTERCEPT, SCALE,
 * RANGES, CUTS, GRADES, ATTRIBUTES, CHECKS. Texts are ASCII, so that no editor, page or setting
 * changes what a level is. */
void lc_export_script(const struct lc_export_job *job, const struct lc_export_script *language);

#endif
