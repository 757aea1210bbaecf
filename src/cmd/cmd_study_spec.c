/* The spec that a study runs on: the file that --spec names, and what the options say over it. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/num.h"
#include "leadcal/spec_file.h"

static enum lc_rc values(const struct cmd_list *list, struct cmd_study *s, struct lc_texts *to,
                         struct lc_err *err)
{
    return list->n ? cmd_split(list, NULL, NULL, &s->arena, to, err) : LC_OK;
}

static void override(const char **to, const char *given)
{
    if (given)
        *to = given;
}

static bool read_window(const struct cmd_study *s, int32_t *days)
{
    const char *text = s->given.window;
    int64_t number;

    if (!text)
        return true;
    if (strcmp(text, "none") == 0)
        *days = LC_WINDOW_NONE;
    else if (strcmp(text, "auto") == 0)
        *days = LC_WINDOW_AUTO;
    else if (lc_whole_parse(lc_slice_of(text), 1, 3650, &number))
        *days = (int32_t)number;
    else {
        (void)fprintf(stderr,
                      "%s: --window needs a whole number of days from 1 to 3650, none or auto, "
                      "not '%.40s'\n",
                      s->name, text);
        return false;
    }
    return true;
}

static enum lc_rc override_outcome(struct cmd_study *s, struct lc_err *err)
{
    enum lc_rc rc;

    if (s->given.outcome) {
        s->spec.outcome.column = s->given.outcome;
        s->spec.outcome.won_if_in = NULL;
    }
    if (s->given.won_if_in) {
        s->spec.outcome.column = NULL;
        s->spec.outcome.won_if_in = s->given.won_if_in;
    }
    rc = values(&s->given.won, s, &s->spec.outcome.won, err);
    if (!rc)
        rc = values(&s->given.lost, s, &s->spec.outcome.lost, err);
    if (!rc)
        rc = values(&s->given.open, s, &s->spec.outcome.open, err);
    return rc;
}

/* A snapshot and its day; false: the sentence was printed. */
static bool has_both(const struct cmd_study *s)
{
    const bool file = s->audit && s->audit->snapshot.n > 0;
    const bool day = s->audit && s->audit->snapshot_day != LC_NO_DAY;

    if (file == day)
        return true;
    (void)cmd_wrong(s->name, "--snapshot and --snapshot-date go together; give %s",
                    file ? "the day that the export was made on" : "the earlier export");
    return false;
}

static bool has_audit(const struct cmd_study *s)
{
    if (!s->audits || s->given.audit.n || s->spec.audit.n)
        return true;
    (void)cmd_wrong(s->name, "no column is named to audit by; use --audit COLUMN,... or the "
                             "spec's key \"audit\"");
    return false;
}

enum lc_rc cmd_study_spec(struct cmd_study *s, int *status, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_spec_init(&s->spec);
    if (s->given.spec)
        rc = lc_spec_read(s->given.spec, &s->arena, &s->spec, err);
    if (!rc && (!read_window(s, &s->spec.window_days) || !has_both(s) || !has_audit(s) ||
                !cmd_reading_is_fine(&s->given.reading, s->name))) {
        *status = CMD_USAGE;
        return LC_OK;
    }
    if (!rc)
        rc = override_outcome(s, err);
    override(&s->spec.date.entered, s->given.entered);
    override(&s->spec.date.handed_over, s->given.handed_over);
    override(&s->spec.date.first_touch, s->given.first_touch);
    override(&s->spec.date.accepted, s->given.accepted);
    override(&s->spec.date.closed, s->given.closed);
    override(&s->spec.date.opportunity, s->given.opportunity);
    override(&s->spec.amount, s->given.amount);
    override(&s->spec.local.by, s->given.local);
    if (s->given.local_least > 0)
        s->spec.local.least = s->given.local_least;
    if (s->given.as_of != LC_NO_DAY)
        s->spec.as_of_day = s->given.as_of;
    if (s->given.credit >= 0)
        s->spec.credit = (enum lc_credit)s->given.credit;
    if (s->given.bins >= 0)
        s->spec.bins = (enum lc_bins)s->given.bins;
    if (s->given.decimal >= 0)
        s->spec.decimal = LC_DECIMAL_POINT + (unsigned)s->given.decimal;
    if (s->given.date_order >= 0)
        s->spec.date_order = LC_DATE_DMY + (unsigned)s->given.date_order;
    if (!rc)
        rc = cmd_study_rules(s, status, err);
    if (!rc)
        rc = values(&s->given.missing, s, &s->spec.missing, err);
    if (!rc)
        rc = values(&s->given.keep_values, s, &s->spec.keep_values, err);
    return rc ? rc : cmd_study_lists(s, err);
}
