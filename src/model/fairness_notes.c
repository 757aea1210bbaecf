/* What an audit found, in words. */
#include <string.h>

#include "fairness_internal.h"
#include "leadcal/agreement.h"
#include "leadcal/rate.h"

#define GIVEN_AWAY 0.6 /* lower limit of the AUC from which the attributes tell a group */
#define MOST_NAMED 3   /* groups named of a line; the rows have all */
/* Of all leads: a smaller group sets no standard. 29 CFR 1607.15 A (2)(a) has it of the labour force. */
#define LEAST_PART 0.02

/* Leads without a value are no group of people, so they set no standard and are held to none. */
bool lc_fair_is_compared(const struct lc_fair *f, const struct lc_fair_group *g)
{
    return strcmp(g->name, LC_MISSING_TEXT) != 0 && g->leads >= LC_FEW_LEADS &&
           g->leads >= LEAST_PART * (double)f->cohort->n;
}

size_t lc_fair_highest(const struct lc_fair *f, const struct lc_fair_group *group, size_t n,
                       size_t line)
{
    size_t best = n;

    for (size_t v = 0; v < n; v++) {
        const struct lc_fair_group *g = &group[v];

        if (!lc_fair_is_compared(f, g))
            continue;
        if (best == n ||
            g->selected[line] * group[best].leads > group[best].selected[line] * g->leads)
            best = v;
    }
    return best;
}

/* "and 4 more groups", where only the first were named. */
static enum lc_rc note_more(size_t found, const char *what, struct lc_frame *frame,
                            struct lc_err *err)
{
    if (found <= MOST_NAMED)
        return LC_OK;
    return lc_frame_note(frame, err, "and %zu more group%s %s", found - MOST_NAMED,
                         found == MOST_NAMED + 1 ? "" : "s", what);
}

/* "gender=Female: 12.0 % of its leads are above the line hand-over, 0.62 times as many as of
 * gender=Male (0.50 to 0.77): below four fifths" */
static enum lc_rc note_below(const struct lc_fair *f, const struct lc_fair_group *group,
                             size_t n, size_t line, size_t *found, struct lc_frame *frame,
                             struct lc_err *err)
{
    const size_t best = lc_fair_highest(f, group, n, line);
    enum lc_rc rc = LC_OK;

    *found = 0;
    for (size_t v = 0; best < n && v < n && !rc; v++) {
        const struct lc_fair_group *g = &group[v], *top = &group[best];
        double ratio;
        const struct lc_interval ci = lc_relative_risk(g->selected[line], g->leads,
                                                       top->selected[line], top->leads, &ratio);

        if (!lc_fair_is_compared(f, g) || !(ratio < LC_FOUR_FIFTHS) || ++*found > MOST_NAMED)
            continue;
        rc = lc_frame_note(frame, err,
                           "%s=%s: %.1f %% of its leads are above the line %s, %.2f times as "
                           "many as of %s=%s: below four fifths%s",
                           f->column, g->name, 100 * g->selected[line] / g->leads,
                           f->line[line].name, ratio, f->column, top->name,
                           ci.high >= LC_FOUR_FIFTHS ? ", which chance could do" : "");
    }
    return rc ? rc : note_more(*found, "below four fifths there", frame, err);
}

static enum lc_rc note_proxies(const struct lc_fair *f, const struct lc_fair_group *group,
                               size_t n, struct lc_frame *frame, struct lc_err *err)
{
    size_t found = 0;
    enum lc_rc rc = LC_OK;

    if (lc_fair_in_model(f))
        return lc_frame_note(frame, err,
                             "%s is an attribute of this model: it weighs the groups openly",
                             f->column);
    for (size_t v = 0; v < n && !rc; v++)
        if (group[v].proxy.low > GIVEN_AWAY && ++found <= MOST_NAMED)
            rc =
                lc_frame_note(frame, err,
                              "the model's own attributes tell %s=%s from the rest (AUC %.2f): "
                              "it can weigh the group without being told",
                              f->column, group[v].name, group[v].proxy.auc);
    return rc ? rc : note_more(found, "that they tell", frame, err);
}

enum lc_rc lc_fair_notes(const struct lc_fair *f, const struct lc_fair_group *group, size_t n,
                         struct lc_frame *frame, struct lc_err *err)
{
    size_t found = 0, of_line;
    enum lc_rc rc = LC_OK;

    for (size_t line = 0; line < f->n_lines && !rc; line++) {
        rc = note_below(f, group, n, line, &of_line, frame, err);
        found += of_line;
    }
    if (!rc && !found)
        rc = lc_frame_note(frame, err,
                           "%s: no group with enough leads to compare is selected less than "
                           "four fifths as often as the most selected one",
                           f->column);
    return rc ? rc : note_proxies(f, group, n, frame, err);
}
