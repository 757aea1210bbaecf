/* cmd_quarter.h - what recalibrate's folder is made of.   Layer: cmd */
#ifndef LC_CMD_QUARTER_H
#define LC_CMD_QUARTER_H

#include "cmd_study.h"
#include "leadcal/compare.h"
#include "leadcal/report.h"

struct cmd_quarter_set {
    struct cmd_output out;
    struct cmd_rates_set rates_set;
    struct cmd_fit_set fit_set;
    struct cmd_grade_set grade_set;
    struct cmd_current_set current_set;
    struct cmd_audit_set audit_set;
    struct lc_rates_options rates;
    struct lc_fit_options fit;
    struct lc_grades grades;
    const char *command;
    const char *const
        *comment; /* [n_comments] why the spec is as it is; n 0: options said so */
    size_t n_comments;
    bool no_model;
};

/* What the steps have made. */
struct cmd_quarter {
    struct cmd_folder folder;
    struct lc_frame files, columns, audit, rates, classes, fit, moves, separation, local, cells;
    struct lc_frame accept, accept_new, accept_sla, funnel, maturity, young;
    struct lc_frame value, cycle_split, fairness;
    struct lc_backtest backtest;
    struct lc_comparison comparison;
    struct lc_drift_found drift;
    struct lc_drift_expected expected;
    struct lc_model model;
    struct lc_report report;
    struct lc_picture picture[LC_MOST_PICTURES];
};

/* cmd_quarter_cohort - who counts; where no lead is old enough, all do, and there is no model. */
enum lc_rc cmd_quarter_cohort(struct cmd_study *s, struct cmd_quarter *q,
                              struct lc_err *err) LC_MUST_USE;

/* The parts of the folder, in order; each writes its files. */
enum lc_rc cmd_quarter_tables(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_model(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_compare(struct cmd_study *s, struct cmd_quarter *q,
                               struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_drift(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_value(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_sales(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_spec(struct cmd_study *s, const struct cmd_quarter_set *set,
                            const struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_figures(struct cmd_study *s, const struct cmd_quarter_set *set,
                               struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_report(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;

/* The command for the report, without what changes nothing in it: cmd_command.c. false: there is too
 * little room.
 * text   as it was given
 * again  by the spec that was written, since answers stand in no command: the options, and the
 *        files that were used */
bool cmd_command_text(int argc, char *const *argv, char *to, size_t room);
bool cmd_command_again(char *const *option, int n_options, const char *const *path,
                       size_t n_paths, char *to, size_t room);

/* NAME.csv and NAME.json of a table. */
enum lc_rc cmd_quarter_put(struct cmd_study *s, struct cmd_quarter *q,
                           const struct lc_frame *frame, const char *name,
                           struct lc_err *err) LC_MUST_USE;

/* "recalibrate: STEP" on stderr unless --quiet. */
void cmd_quarter_say(const struct cmd_quarter_set *set, const char *step);

#endif
