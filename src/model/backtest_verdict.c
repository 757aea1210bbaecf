/* How far the backtest may be believed: in a sentence, and model by model. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/num.h"
#include "leadcal/samplesize.h"

#define CHANCE     0.5 /* AUC of no skill */
#define MOST_WIDTH 0.1 /* of AUC's 95 % interval: 0.70 is then told from 0.65 and from 0.75 */

/* ---- one sentence for the whole ---- */

/* First and last decision day of some leads. */
static void days_of(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                    char first[LC_DAY_TEXT], char last[LC_DAY_TEXT])
{
    int32_t low = INT32_MAX, high = LC_NO_DAY;

    for (size_t i = 0; i < n; i++) {
        low = c->day[lead[i]] < low ? c->day[lead[i]] : low;
        high = c->day[lead[i]] > high ? c->day[lead[i]] : high;
    }
    lc_day_text(low, first);
    lc_day_text(high, last);
}

/* Of several folds. */
static const char *folds_text(const struct lc_race *r)
{
    const struct lc_split *s = &r->split;
    char from[LC_DAY_TEXT], to[LC_DAY_TEXT];

    if (!s->by_time)
        return lc_arena_format(
            r->arena,
            "mixed in time: each of %zu parts of the leads was scored by what the others say, "
            "later ones included, which no score can know when it is used",
            r->parts);
    days_of(r->cohort, s->test, s->n_test, from, to);
    return lc_arena_format(
        r->arena,
        "out of time, %zu times over (%s to %s): each trained on the leads "
        "known on its first day, tested on %zu later ones in all, decided %s "
        "to %s",
        r->parts, r->part[0].fold, r->part[r->parts - 1].fold, s->n_test, from, to);
}

static const char *split_text(const struct lc_race *r)
{
    const struct lc_split *s = &r->split;
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT], from[LC_DAY_TEXT], to[LC_DAY_TEXT];

    if (r->parts > 1)
        return folds_text(r);
    if (!s->by_time)
        return lc_arena_format(r->arena,
                               "file order, %s: trained on the first %zu leads, tested on the "
                               "last %zu",
                               r->cohort->file_is_time
                                   ? "which the spec says is the order of time"
                                   : "not checked as time",
                               s->n_train, s->n_test);
    days_of(r->cohort, s->train, s->n_train, first, last);
    days_of(r->cohort, s->test, s->n_test, from, to);
    return lc_arena_format(r->arena,
                           "out of time: trained on %zu leads decided %s to %s, tested on %zu "
                           "later ones decided %s to %s",
                           s->n_train, first, last, s->n_test, from, to);
}

/* "column 'x' and 2 more were counted at export", or may have been where the spec does not say; empty:
 * none was. */
static const char *export_text(const struct lc_race *r, const struct lc_card *card)
{
    const char *first = NULL;
    char more[32] = "";
    size_t n = 0, unsaid = 0;

    for (size_t j = 0; j < card->k; j++) {
        const struct lc_attribute *a = &card->attribute[j].attribute;

        if (a->of || !lc_counted_at_export(a))
            continue;
        first = first ? first : a->column;
        unsaid += a->as_of == LC_AS_OF_UNSAID;
        n++;
    }
    if (n == 0)
        return "";
    if (n > 1)
        (void)snprintf(more, sizeof more, " and %zu more", n - 1);
    return lc_arena_format(
        r->arena, "column '%s'%s %s counted at export, after some outcomes%s", first, more,
        unsaid  ? "may have been"
        : n > 1 ? "were"
                : "was",
        unsaid ? " (\"as_of\": \"decision\" in the spec says what was not)" : "");
}

static bool is_timely(const struct lc_race *r)
{
    return r->split.by_time || (r->cohort->file_is_time && r->parts == 1);
}

/* Between a reason for weakness and how the test was made: where that is another reason they are told as
 * one list, else it is a sentence of its own. */
static const char *joint(const struct lc_race *r)
{
    if (!is_timely(r))
        return "; ";
    return r->split.by_time ? ". Tested " : ". Tested in ";
}

enum lc_rc lc_race_verdict(const struct lc_race *r, const char **verdict, struct lc_err *err)
{
    const char *split = split_text(r), *order = "", *text;
    const char *at_export = export_text(r, &r->entrant[LC_NEW_MODEL].card);

    const enum lc_rc rc = lc_race_worked_order(r, &order, err);

    if (rc)
        return rc;
    if (!split || !at_export)
        return lc_fail_memory(err, "the verdict");
    text = lc_arena_format(r->arena, "%s%s%s%s%s", *at_export || !is_timely(r) ? "weak: " : "",
                           at_export, *at_export ? joint(r) : "", split, order);
    if (!text)
        return lc_fail_memory(err, "the verdict");
    *verdict = text;
    return LC_OK;
}

enum lc_rc lc_race_title(const struct lc_race *r, const char **title, struct lc_err *err)
{
    const struct lc_split *s = &r->split;
    const char *who = lc_cohort_title(r->cohort, r->arena), *text = NULL;

    if (who && r->parts > 1 && !s->by_time)
        text =
            lc_arena_format(r->arena,
                            "tested on %zu leads with %zu wins, in %zu parts by lot, each by "
                            "what the others say; %s",
                            s->n_test, s->test_won, r->parts, who);
    else if (who && r->parts > 1)
        text = lc_arena_format(r->arena,
                               "tested on %zu leads with %zu wins, %s to %s, each by what was "
                               "known before; %s",
                               s->n_test, s->test_won, r->part[0].fold,
                               r->part[r->parts - 1].fold, who);
    else if (who)
        text = lc_arena_format(
            r->arena, "trained on %zu leads with %zu wins, tested on %zu %s with %zu; %s",
            s->n_train, s->train_won, s->n_test,
            is_timely(r) ? "later ones" : "behind them in the file", s->test_won, who);
    if (!text)
        return lc_fail_memory(err, "the backtest's title");
    *title = text;
    return LC_OK;
}

/* ---- model by model ---- */

enum column {
    MODEL,
    FOLD,
    VERDICT,
    EXPLORATORY,
    LEADS,
    WON,
    AUC,
    LOW,
    HIGH,
    WIDTH,
    PARAMETERS,
    CARRIED,
    WHY,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [MODEL] = {"model", LC_CELL_TEXT, NULL, false},
    [FOLD] = {"fold", LC_CELL_TEXT, NULL, true},
    [VERDICT] = {"verdict", LC_CELL_TEXT, NULL, false},
    [EXPLORATORY] = {"exploratory", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"test_leads", LC_CELL_COUNT, "leads", true},
    [WON] = {"test_won", LC_CELL_COUNT, "test wins", false},
    [AUC] = {"auc", LC_CELL_REAL, "AUC", false},
    [LOW] = {"auc_low", LC_CELL_REAL, "low", false},
    [HIGH] = {"auc_high", LC_CELL_REAL, "high", false},
    [WIDTH] = {"auc_width", LC_CELL_REAL, "width", false},
    [PARAMETERS] = {"parameters", LC_CELL_REAL, NULL, false},
    [CARRIED] = {"carried", LC_CELL_COUNT, NULL, false},
    [WHY] = {"why", LC_CELL_TEXT, NULL, false},
};

/* The first reason that holds. row: all but verdict and why is set. */
static const char *judge(const struct lc_race *r, union lc_value *row, const char *at_export)
{
    const double low = row[LOW].number, parameters = row[PARAMETERS].number;

    row[VERDICT].text = "not enough evidence";
    if (!(low > CHANCE))
        return "chance ranks as well: the interval of AUC reaches down to 0.5";
    row[VERDICT].text = "weak";
    if (*at_export)
        return "something was counted at export, after some outcomes";
    if (!is_timely(r))
        return "the test was not later than the training, or that is not known";
    if (row[WIDTH].number > MOST_WIDTH)
        return lc_arena_format(
            r->arena,
            "with %.0f wins in the test AUC is known to within %.2f only, and "
            "%.2f is asked",
            row[WON].number, row[WIDTH].number, MOST_WIDTH);
    if (parameters > row[CARRIED].number)
        return lc_arena_format(r->arena,
                               "%.0f parameters were learnt, and the training wins carry %.0f",
                               parameters, row[CARRIED].number);
    row[VERDICT].text = "usable";
    return "later leads, a narrow interval, and no more parameters than the wins carry";
}

static enum lc_rc add_verdict(const struct lc_race *r, size_t m, struct lc_frame *frame,
                              struct lc_err *err)
{
    const struct lc_entrant *e = &r->entrant[m];
    /* What the score in use was made of is not known here. */
    const char *at_export = m == r->current ? "" : export_text(r, &e->card);
    union lc_value *row = NULL;
    struct lc_auc auc;
    enum lc_rc rc = lc_race_auc(r, e, &auc, err);

    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    if (rc)
        return rc;
    if (!at_export)
        return lc_fail_memory(err, "the verdicts");
    row[MODEL].text = e->name;
    row[FOLD].text = r->fold;
    row[EXPLORATORY].text = m == r->challenger || m == r->current ? "no" : "yes";
    row[LEADS].number = (double)e->n;
    row[WON].number = (double)e->n_won;
    row[AUC].number = auc.auc;
    row[LOW].number = auc.low;
    row[HIGH].number = auc.high;
    row[WIDTH].number = auc.high - auc.low;
    if (m != r->current) {
        row[PARAMETERS].number = e->parameters;
        row[CARRIED].number =
            lc_parameters_carried((double)r->split.n_train, (double)r->split.train_won);
    }
    row[WHY].text = judge(r, row, at_export);
    return row[WHY].text ? LC_OK : lc_fail_memory(err, "the verdicts");
}

enum lc_rc lc_race_verdicts(const struct lc_race *r, struct lc_backtest *out,
                            struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(&out->verdicts, "verdicts", heading, COLUMNS, r->arena);
    for (size_t m = 0; m + 1 < r->n && !rc; m++)
        rc = add_verdict(r, m, &out->verdicts, err);
    if (rc)
        return rc;
    return lc_frame_note(
        &out->verdicts, err,
        "%s was named before the test was opened; what the exploratory models do "
        "is a question for the next quarter, not an answer",
        r->options->challenger);
}
