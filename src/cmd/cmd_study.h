/* cmd_study.h - the way from exports to counted leads and columns, shared by the study programs.   Layer: cmd */
#ifndef LC_CMD_STUDY_H
#define LC_CMD_STUDY_H

#include "cmd.h"
#include "leadcal/accept.h"
#include "leadcal/audit.h"
#include "leadcal/backtest.h"
#include "leadcal/cohort.h"
#include "leadcal/current.h"
#include "leadcal/drift_leads.h"
#include "leadcal/fit.h"
#include "leadcal/funnel.h"
#include "leadcal/leak.h"
#include "leadcal/load.h"
#include "leadcal/maturity.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/rates.h"
#include "leadcal/young.h"

/* What the programs that fit, and audit, say of the leak audit: cmd_study_last.c. */
struct cmd_audit_set {
    struct cmd_list allow, last, snapshot; /* columns; paths, not cut at commas */
    int32_t snapshot_day;                  /* LC_NO_DAY: none */
    struct opt row[6];
};
const struct opt *cmd_audit_rows(struct cmd_audit_set *set);

/* What the common options say, and what was loaded by them. */
struct cmd_study {
    const char *name; /* of the program */
    struct cmd_output *out;
    struct {
        const char *spec, *outcome, *won_if_in, *entered, *handed_over, *first_touch, *accepted,
            *closed, *opportunity, *amount, *window;
        struct cmd_list won, lost, open, by, ignore, audit, engagement, merge, missing,
            keep_values, sets, disqualify;
        const char *local;  /* of the fit's options, which stand over the spec's */
        double local_least; /* 0: not given */
        int32_t as_of;
        int date_order, credit, bins, decimal;
        int64_t threads;
        const char *reject;
        struct cmd_reading reading;
    } given;
    bool all_events;          /* every column that events can be made into: for events */
    const int32_t *undecided; /* as lc_load_options has it: for events */
    const int32_t *snapshot;  /* likewise: set by cmd_study_load, since guesses are made of each
                               * lead's own decision */
    bool only_by;             /* read past every column but --by: for rates */
    const struct cmd_audit_set *audit; /* NULL: columns that are named are not audited */
    bool may_lack; /* the step says which columns of the score in use are not there: drift */
    struct opt row[79];

    const char *const *path; /* [n_paths] the exports */
    size_t n_paths;
    struct lc_arena arena;
    struct lc_parallel *pool;
    struct lc_spec spec;                   /* the file's, with the options over it */
    struct lc_texts by, engagement, merge; /* of the options */
    struct lc_table table;
    struct lc_load_account account;
    struct lc_cohort cohort;
    const char
        *half_lives; /* that the leads told, as a sentence; NULL: none were to be learnt */
    struct lc_choices choices;
    struct lc_current current; /* the score in use; name NULL: none */
    struct lc_model current_model;
    const char *current_sha256;  /* of its file; NULL: a column */
    struct lc_model prior_model; /* what the fit begins from */
    struct lc_prior prior;       /* its posterior; name NULL: none */
    const char *prior_sha256;
    struct lc_cohort learnt; /* the leads that the new model learns from: new to the prior */
    const struct lc_chain *chain; /* of cmd_prior_chain, which says it once; NULL: not yet */
    bool by_lag;                  /* --maturity lag */
    bool audits;                  /* it needs a column to audit by, of an option or the spec */
    const char *lag;        /* by which young leads have entered the fit; NULL: they have not */
    struct lc_cohort grown; /* with a lag: leads of any age */
    const double *seen;     /* [grown.n] of the lag; NULL without */
    const uint8_t *mature;  /* [grown.n] 1: followed for the window */
    struct lc_spec
        asked; /* what `spec` was before units were taken, whose columns of their own it names
                           * then */
    bool as_of_found;     /* spec.as_of_day is that of the rows that units were made of */
    bool rejects_written; /* by an earlier reading of this run */
    double load_seconds, cohort_seconds;
};

/* Columns that enter a table or a model, with the spec's (or the options') entry of each. */
struct cmd_columns {
    size_t n;
    size_t *column;                         /* [n] places in the table */
    const struct lc_spec_attribute **given; /* [n] */
};

/* cmd_study_rows - the common options. Also initialises the study. */
const struct opt *cmd_study_rows(struct cmd_study *s, const char *name, struct cmd_output *out);

/* cmd_study_say - what one of the common options means to this program, for its help. */
void cmd_study_say(struct cmd_study *s, const char *option, const char *help);

/* cmd_study_has_files - files are named; false: the sentence was printed. */
bool cmd_study_has_files(const struct cmd_study *s, int n_files);

/* cmd_study_usable - files are named, and an outcome; false: the sentence was printed. */
bool cmd_study_usable(const struct cmd_study *s, int n_files);

/* cmd_study_spec - the spec file, and the options over it. Wrong texts are usage errors:
 * *status is then CMD_USAGE, and the sentence was printed. */
enum lc_rc cmd_study_spec(struct cmd_study *s, int *status, struct lc_err *err) LC_MUST_USE;

/* cmd_study_read - some paths by a spec, as the options say. */
enum lc_rc cmd_study_read(struct cmd_study *s, const char *const *path, size_t n,
                          const struct lc_spec *spec, struct lc_table *table,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_study_keys - the columns of one file that may be keys, with all their values. */
enum lc_rc cmd_study_keys(struct cmd_study *s, const char *path, struct lc_texts keys,
                          struct lc_table *table, struct lc_err *err) LC_MUST_USE;

/* cmd_study_load - reads the files. Prints what was assumed. */
enum lc_rc cmd_study_load(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_lists - --by, --engagement, --ignore and --allow, cut at commas unless the whole text
 * stands in the header of one of the files: cmd_study_lists.c. */
enum lc_rc cmd_study_lists(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_rules - --disqualify: cmd_study_rules.c. Wrong texts as in cmd_study_spec. */
enum lc_rc cmd_study_rules(struct cmd_study *s, int *status, struct lc_err *err) LC_MUST_USE;

/* cmd_study_last - the exports of --last: the table then knows what the same leads were in them.
 * LC_EMISMATCH: no column tells the leads of both apart, or no lead is in both. */
enum lc_rc cmd_study_last(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_snapshot - the export of --snapshot takes the place of the attributes; before the cohort. */
enum lc_rc cmd_study_snapshot(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_engage - adds the columns that are computed from events, where some file holds any: part
 * of cmd_study_load. */
enum lc_rc cmd_study_engage(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_values (cmd_study_name.c) - the outcome's values of the options, cut at commas unless the whole text is one. */
enum lc_rc cmd_study_values(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_unit - the rows become the spec's units, and what became of them is printed; before events become
 * columns. LC_EMISMATCH: an option that looks at rows of the export. */
enum lc_rc cmd_study_unit(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_hash - the SHA-256 of the files, for what writes them down. */
enum lc_rc cmd_study_hash(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_note_rows - rows skipped and rejected, complaints, assumptions of the last load. */
void cmd_study_note_rows(const struct cmd_study *s);

/* cmd_study_name (cmd_study_name.c) - the outcome's values as the table has them; --by takes the place of the spec's
 * attributes, --allow adds to them; the earlier export of --last. */
enum lc_rc cmd_study_name(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_study_entry - the spec's entry of a column with what --engagement, --merge and --bins say of it; NULL
 * where memory is refused. */
const struct lc_spec_attribute *cmd_study_entry(struct cmd_study *s, const char *name);

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

/* cmd_study_note_columns - which columns are suspect, how to leave them out, and which are kept. */
void cmd_study_note_columns(struct cmd_study *s, bool fit_only);

/* cmd_study_find - the place of a column among the table's, by a name from an option. */
bool cmd_study_has(const void *table, const char *name);

double cmd_seconds(void);

/* ---- the steps, called by their programs and by recalibrate ---- */

enum lc_rc cmd_audit_step(struct cmd_study *s, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

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
/* The attributes of some columns as the cohort's leads have them. */
enum lc_rc cmd_attributes(struct cmd_study *s, const struct lc_cohort *cohort,
                          const struct cmd_columns *columns, struct lc_attribute **attribute,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_rates_step(struct cmd_study *s, const struct lc_rates_options *options,
                          struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* Mature, cold and unconvertible leads, and what each rule of the spec leaves out. */
enum lc_rc cmd_classes_step(struct cmd_study *s, struct lc_frame *frame,
                            struct lc_err *err) LC_MUST_USE;

struct cmd_fit_set {
    int penalty, maturity;
    double prior_sd, quarter_sd, lambda, alpha;
    bool lambda_least;
    const char *prior; /* a model file; NULL: none */
    const char *local; /* a column; NULL: none */
    int64_t local_least;
    struct cmd_list reference, numeric;
    struct opt row[16];
};
const struct opt *cmd_fit_rows(struct cmd_fit_set *set, bool likelihood);
bool cmd_fit_options(struct cmd_study *s, const struct cmd_fit_set *set,
                     struct lc_fit_options *options);
enum lc_rc cmd_fit_step(struct cmd_study *s, const struct cmd_fit_set *set,
                        const struct lc_fit_options *options, struct cmd_columns *columns,
                        struct lc_fit *fit, struct lc_frame *frame,
                        struct lc_err *err) LC_MUST_USE;

/* cmd_fit_dates - what a fit asks of the cohort's dates: days, and the entry quarters where they may
 * have an effect. LC_ENOMEM. */
enum lc_rc cmd_fit_dates(struct cmd_study *s, struct lc_fit_options *options,
                         struct lc_err *err) LC_MUST_USE;

/* cmd_local_fits - --local goes with the other options of the fit; false: the sentence was printed. */
bool cmd_local_fits(const char *name, const struct cmd_fit_set *set);

/* cmd_fit_local - options->local, where the options or the spec name a column of segments; nothing where
 * none is. LC_EMISMATCH: it is not there, or may not be looked at by a model. */
enum lc_rc cmd_fit_local(struct cmd_study *s, struct lc_fit_options *options,
                         struct lc_err *err) LC_MUST_USE;

/* cmd_local_step - the table of fit --deviations. LC_EMISMATCH: nobody asked for segments. */
enum lc_rc cmd_local_step(struct cmd_study *s, const struct lc_fit *fit, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_separation_step - the table of fit --separation: cmd_steps_separation.c */
enum lc_rc cmd_separation_step(struct cmd_study *s, const struct lc_fit *fit,
                               struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* cmd_fit_lag - with --maturity lag: the leads that the fit learns from are those of any age, young ones
 * by the share of the lag that they have behind them (s->grown), and s->lag says by which law. Where the
 * history does not tell who is won in the end, all stays as it is and a note says so. s->cohort stays what
 * it is. LC_EMISMATCH as lc_followed_read: cmd_fit_lag.c */
enum lc_rc cmd_fit_lag(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_prior_spec - reads the prior, and takes its window where nothing else says one; before the
 * files are loaded. LC_EMISMATCH: it cannot be a prior (lc_prior_take). cmd_prior.c. */
enum lc_rc cmd_prior_spec(struct cmd_study *s, const struct cmd_fit_set *set,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_prior_cohort - s->learnt: the counted leads that are new to the prior; all without one, young ones
 * too where cmd_fit_lag has let them in. */
enum lc_rc cmd_prior_cohort(struct cmd_study *s, struct lc_err *err) LC_MUST_USE;

/* cmd_prior_chain - how a backtest trains what cmd_prior_spec has read: quarter after quarter; NULL
 * without a prior. */
enum lc_rc cmd_prior_chain(struct cmd_study *s, const struct lc_chain **chain,
                           struct lc_err *err) LC_MUST_USE;

/* cmd_read_hashed - the bytes of a file and their SHA-256. */
enum lc_rc cmd_read_hashed(const char *path, struct lc_arena *arena, struct lc_slice *bytes,
                           const char **sha256, struct lc_err *err) LC_MUST_USE;

/* The score in use, and how many leads sales takes. */
struct cmd_current_set {
    const char *current, *champion; /* two names of one option */
    double capacity;
    struct opt row[5];
};
const struct opt *cmd_current_rows(struct cmd_current_set *set);

/* cmd_current_spec - the options over the spec's keys; before the files are loaded, since the
 * columns of the score in use must be kept. Reads a model or points file into s->current. */
enum lc_rc cmd_current_spec(struct cmd_study *s, const struct cmd_current_set *set,
                            struct lc_err *err) LC_MUST_USE;

struct cmd_grade_set {
    int cuts;
    const char *shares, *letter, *digit;
    double cost, value;
    bool all; /* every method is shown, whatever --cuts says */
    struct opt row[8];
};
const struct opt *cmd_grade_rows(struct cmd_grade_set *set);
/* cmd_cuts_step - the grades that are asked for, over the leads of the fit (s->learnt): lc_cuts_learn, its sentences as a
 * note; or, with a frame, every method side by side. */
enum lc_rc cmd_cuts_step(struct cmd_study *s, const struct lc_fit_options *fit,
                         const struct cmd_columns *columns, struct lc_grades *grades,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
bool cmd_grade_options(const char *name, const struct cmd_grade_set *set,
                       struct lc_grades *grades);

/* Which tests, which model is named beforehand, and whether pairs are tested. */
struct cmd_race_set {
    enum lc_rolling rolling;
    size_t folds; /* 0: as usual */
    const char *challenger;
    bool comparisons;
    size_t optimism; /* resamples; 0: none */
};
enum lc_rc cmd_backtest_step(struct cmd_study *s, const struct lc_fit_options *fit,
                             const struct lc_grades *grades, const struct cmd_race_set *race,
                             struct lc_backtest *out, struct lc_err *err) LC_MUST_USE;

/* What a model file is made of. */
struct cmd_model_parts {
    const struct lc_fit *fit;
    const struct lc_card *card; /* NULL: the fit's own */
    const struct cmd_columns *columns;
    const struct lc_grades *grades;
    const struct lc_backtest *backtest; /* NULL: none */
    const char *no_backtest;            /* why, where one was wanted */
};

/* cmd_model_step - the model of s->learnt, the leads of the fit. */
enum lc_rc cmd_model_step(struct cmd_study *s, const struct cmd_model_parts *parts,
                          struct lc_model *model, struct lc_err *err) LC_MUST_USE;

/* cmd_model_place - nothing stands at the path, or it may be replaced; asked before a fit
 * rather than after it. path NULL: no model is written. LC_EMISMATCH. */
enum lc_rc cmd_model_place(const char *path, bool replace, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_model_write(const struct lc_model *model, const char *path, bool replace,
                           struct lc_err *err) LC_MUST_USE;

struct cmd_accept_set {
    const char *grade, *model;
    int period;
    bool sla;
    struct opt row[8];
};
const struct opt *cmd_accept_rows(struct cmd_accept_set *set);
/* The options of acceptance after the spec was read and before the files are: --grade stands over
 * its key, --model is read, --by names the groups. */
enum lc_rc cmd_accept_options(struct cmd_study *s, const struct cmd_accept_set *set,
                              struct lc_accept_options *options,
                              struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_accept_step(struct cmd_study *s, const struct lc_accept_options *options,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_accept_sla_step(struct cmd_study *s, const struct lc_accept_options *options,
                               struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* The leads that are new to the score in use, which is a model, against those it was learnt from;
 * or against `before`, where it is not NULL. */
enum lc_rc cmd_drift_step(struct cmd_study *s, const struct lc_drift_leads *before,
                          struct lc_drift_found *found, struct lc_err *err) LC_MUST_USE;

/* What the score in use, a model with probabilities, expects of the leads that are new to it; where the
 * outcome and the dates are named, beside what the mature ones did. */
enum lc_rc cmd_expected_step(struct cmd_study *s, struct lc_drift_expected *out,
                             struct lc_err *err) LC_MUST_USE;

struct cmd_funnel_set {
    int period;
    struct opt row[4];
};
const struct opt *cmd_funnel_rows(struct cmd_funnel_set *set);
enum lc_rc cmd_funnel_step(struct cmd_study *s, const struct cmd_funnel_set *set,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* Later leads by grade, young ones too: backtest --young. */
enum lc_rc cmd_young_step(struct cmd_study *s, const struct lc_fit_options *fit,
                          const struct lc_grades *grades, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* The maturity curve; levels of the columns that --by names, or of the one whose lags differ. */
enum lc_rc cmd_maturity_step(struct cmd_study *s, struct lc_frame *frame,
                             struct lc_err *err) LC_MUST_USE;

/* Won amounts by level and by the grades of some models, and quick wins against slow ones:
 * cmd_steps_value.c. */
enum lc_rc cmd_value_step(struct cmd_study *s, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_cycle_step(struct cmd_study *s, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* cmd_fairness_step - who is handed over, by the spec's audit columns. */
enum lc_rc cmd_fairness_step(struct cmd_study *s, const struct lc_model *model,
                             struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

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
