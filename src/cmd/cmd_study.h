/* cmd_study.h - the way from exports to counted leads and columns, shared by the study programs.   Layer: cmd */
#ifndef LC_CMD_STUDY_H
#define LC_CMD_STUDY_H

#include "cmd.h"
#include "leadcal/backtest.h"
#include "leadcal/cohort.h"
#include "leadcal/fit.h"
#include "leadcal/leak.h"
#include "leadcal/load.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/rates.h"

/* What the common options say, and what was loaded by them. */
struct cmd_study {
    const char *name; /* of the program */
    const struct cmd_output *out;
    struct {
        const char *spec, *outcome, *won_if_in, *entered, *handed_over, *closed, *opportunity,
            *amount, *window, *delimiter;
        struct cmd_list won, lost, open, by, ignore, engagement, missing;
        int32_t as_of;
        int date_order;
        int64_t max_bad, threads;
    } given;
    bool only_by; /* read past every column but --by: for rates */
    struct opt row[48];

    const char *const *path; /* [n_paths] the exports */
    size_t n_paths;
    struct lc_arena arena;
    struct lc_parallel *pool;
    struct lc_spec spec;            /* the file's, with the options over it */
    struct lc_texts by, engagement; /* of the options */
    struct lc_table table;
    struct lc_load_account account;
    struct lc_cohort cohort;
    struct lc_choices choices;
    double load_seconds, cohort_seconds;
};

/* Columns that enter a table or a model, with the spec's (or the options') entry of each. */
struct cmd_columns {
    size_t n;
    size_t *column;                         /* [n] places in the table */
    const struct lc_spec_attribute **given; /* [n] */
};

/* cmd_study_rows - the common options. Also initialises the study. */
const struct opt *cmd_study_rows(struct cmd_study *s, const char *name,
                                 const struct cmd_output *out);

/* cmd_study_usable - files are named, and an outcome; false: the sentence was printed. */
bool cmd_study_usable(const struct cmd_study *s, int n_files);

/* cmd_study_spec - the spec file, and the options over it. Wrong texts are usage errors:
 * *status is then CMD_USAGE, and the sentence was printed. */
enum lc_rc cmd_study_spec(struct cmd_study *s, int *status, struct lc_err *err) LC_MUST_USE;

/* cmd_study_read - some paths by a spec, as the options say. */
enum lc_rc cmd_study_read(struct cmd_study *s, const char *const *path, size_t n,
                          const struct lc_spec *spec, struct lc_table *table,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_study_load - reads the files. Prints what was assumed. */
enum lc_rc cmd_study_load(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_lists - --by, --engagement and --ignore, cut at commas unless the whole text stands in
 * the header of one of the files: cmd_study_lists.c. */
enum lc_rc cmd_study_lists(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_hash - the SHA-256 of the files, for what writes them down. */
enum lc_rc cmd_study_hash(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_note_rows - rows skipped and rejected, complaints, assumptions of the last load. */
void cmd_study_note_rows(const struct cmd_study *s);

/* cmd_study_name - the outcome's values as the table has them; --by takes the place of the spec's
 * attributes. */
enum lc_rc cmd_study_name(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_cohort - who counts, and which columns may be used. Prints as-of date, W, counts. */
enum lc_rc cmd_study_cohort(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_run - spec, load and cohort; then `step`; then all is released.
 * Returns the exit status; errors were printed. */
int cmd_study_run(struct cmd_study *s, const char *const *path, size_t n_paths,
                  enum lc_rc (*step)(struct cmd_study *s, void *context, struct lc_err *err),
                  void *context);

/* cmd_study_columns - fit_only: those a model may use; else also constant, personal and
 * leak-suspect ones (as rates shows them). LC_EMISMATCH: none is left, or one that --by or the
 * spec names cannot be looked at. */
enum lc_rc cmd_study_columns(struct cmd_study *s, bool fit_only, struct cmd_columns *columns,
                             struct lc_err *err) LC_MUST_USE;

/* cmd_study_excluded - what a model leaves out, and why. */
enum lc_rc cmd_study_excluded(struct cmd_study *s, const struct lc_column_note **note,
                              size_t *n, struct lc_err *err) LC_MUST_USE;

/* cmd_study_note_columns - which columns are suspect, and how to leave them out. */
void cmd_study_note_columns(const struct cmd_study *s, bool fit_only);

/* cmd_study_find - the place of a column among the table's, by a name from an option. */
bool cmd_study_has(const void *table, const char *name);

double cmd_seconds(void);

/* ---- the steps, called by their programs and by recalibrate ---- */

struct cmd_rates_set {
    const char *baseline, *baseline_same;
    int denominator, scale;
    double prior_weight;
    struct opt row[8];
};
const struct opt *cmd_rates_rows(struct cmd_rates_set *set);
/* false: a text is wrong, and the sentence was printed */
bool cmd_rates_options(const char *name, const struct cmd_rates_set *set,
                       struct lc_rates_options *options);
enum lc_rc cmd_rates_step(struct cmd_study *s, const struct lc_rates_options *options,
                          struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

struct cmd_fit_set {
    int penalty;
    double prior_sd;
    struct cmd_list reference, numeric;
    struct opt row[8];
};
const struct opt *cmd_fit_rows(struct cmd_fit_set *set, bool likelihood);
bool cmd_fit_options(struct cmd_study *s, const struct cmd_fit_set *set,
                     struct lc_fit_options *options);
enum lc_rc cmd_fit_step(struct cmd_study *s, const struct cmd_fit_set *set,
                        const struct lc_fit_options *options, struct cmd_columns *columns,
                        struct lc_fit *fit, struct lc_frame *frame,
                        struct lc_err *err) LC_MUST_USE;

struct cmd_grade_set {
    int cuts;
    const char *shares;
    struct opt row[4];
};
const struct opt *cmd_grade_rows(struct cmd_grade_set *set);
bool cmd_grade_options(const char *name, const struct cmd_grade_set *set,
                       struct lc_grades *grades);
enum lc_rc cmd_backtest_step(struct cmd_study *s, const struct lc_fit_options *fit,
                             const struct lc_grades *grades, struct lc_backtest *out,
                             struct lc_err *err) LC_MUST_USE;

/* The model of a fit. metric may be NULL. */
enum lc_rc cmd_model_step(struct cmd_study *s, const struct lc_fit *fit,
                          const struct cmd_columns *columns, const struct lc_grades *grades,
                          const struct lc_backtest *backtest, struct lc_model *model,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_model_write(const struct lc_model *model, const char *path, bool replace,
                           struct lc_err *err) LC_MUST_USE;

/* Files and columns as inspect shows them: cmd_inspect_frames.c. Frames grow in `arena`; rows are
 * added for each table. choices: n 0 where the leads could not be counted;
 * spec: the outcome and the roles. */
void cmd_files_frame(struct lc_frame *frame, struct lc_arena *arena);
void cmd_columns_frame(struct lc_frame *frame, struct lc_arena *arena);
enum lc_rc cmd_add_files(const struct lc_table *table, struct lc_frame *frame,
                         struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_add_columns(const struct lc_table *table, const struct lc_choices *choices,
                           const struct lc_spec *spec, struct lc_frame *frame,
                           struct lc_err *err) LC_MUST_USE;

/* The grade cells of a model: cmd_cells.c. */
enum lc_rc cmd_cells_frame(const struct lc_model *model, struct lc_frame *frame,
                           struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

#endif
