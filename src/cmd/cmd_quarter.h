/* cmd_quarter.h - what recalibrate's folder is made of.   Layer: cmd */
#ifndef LC_CMD_QUARTER_H
#define LC_CMD_QUARTER_H

#include "cmd_study.h"
#include "leadcal/report.h"

#define MOST_FIGURES 5

struct cmd_quarter_set {
    struct cmd_output out;
    struct cmd_rates_set rates_set;
    struct cmd_fit_set fit_set;
    struct cmd_grade_set grade_set;
    struct lc_rates_options rates;
    struct lc_fit_options fit;
    struct lc_grades grades;
    const char *command;
    bool no_model;
};

/* What the steps have made. */
struct cmd_quarter {
    struct cmd_folder folder;
    struct lc_frame files, columns, rates, fit, cells;
    struct lc_backtest backtest;
    struct lc_model model;
    struct lc_report report;
    const char *figure[MOST_FIGURES], *figure_text[MOST_FIGURES];
};

/* The parts of the folder, in order; each writes its files. */
enum lc_rc cmd_quarter_tables(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_model(struct cmd_study *s, const struct cmd_quarter_set *set,
                             struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_spec(struct cmd_study *s, const struct cmd_quarter *q,
                            struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_figures(struct cmd_study *s, const struct cmd_quarter_set *set,
                               struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;
enum lc_rc cmd_quarter_report(struct cmd_study *s, const struct cmd_quarter_set *set,
                              struct cmd_quarter *q, struct lc_err *err) LC_MUST_USE;

/* "recalibrate: STEP" on stderr unless --quiet. */
void cmd_quarter_say(const struct cmd_quarter_set *set, const char *step);

#endif
