#include "leadcal/classes.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "cohort_internal.h"
#include "leadcal/num.h"
#include "leadcal/propose.h"
#include "leadcal/rate.h"

enum column {
    CLASS,
    RULE,
    EFFECT,
    LEADS,
    SHARE,
    ALONE,
    WON,
    CLOSE_RATE,
    CLOSE_LOW,
    CLOSE_HIGH,
    CLOSED,
    WIN_RATE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [CLASS] = {"class", LC_CELL_TEXT, NULL, false},
    [RULE] = {"rule", LC_CELL_TEXT, NULL, false},
    [EFFECT] = {"effect", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [SHARE] = {"share", LC_CELL_RATE, NULL, false},
    [ALONE] = {"alone", LC_CELL_COUNT, "by it alone", false},
    [WON] = {"won", LC_CELL_REAL, NULL, false},
    [CLOSE_RATE] = {"close_rate", LC_CELL_RATE, "close rate", false},
    [CLOSE_LOW] = {"close_low", LC_CELL_RATE, "low", false},
    [CLOSE_HIGH] = {"close_high", LC_CELL_RATE, "high", false},
    [CLOSED] = {"closed", LC_CELL_COUNT, NULL, false},
    [WIN_RATE] = {"win_rate", LC_CELL_RATE, "win rate", false},
};

enum class { MATURE, COLD, UNCONVERTIBLE, CLASSES };
static const char *const class_name[CLASSES] = {"mature", "cold", "unconvertible"};
static const char all_name[] = "(all)", counted_name[] = "(counted)",
                  undivided[] = "mature or cold";

struct group {
    double leads, won, closed, closed_won;
    size_t alone; /* of a rule: leads that no other one excludes */
};

struct work {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_cohort *cohort;
    const struct lc_leads *leads;
    const struct lc_engaged_columns *engaged;
    struct group of[CLASSES], all, counted;
    struct group *rule; /* [n_rules] */
    bool divided;       /* an attribute shows activity */
};

/* ---- who is cold ---- */

static bool speaks_of(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return true;
    return false;
}

bool lc_shows_activity(const struct lc_table_column *c, const struct lc_spec_attribute *given)
{
    static const char *const recency[] = {"days", "since", "last", "recency", "ago", "age"};
    static const char *const leaving[] = {"careers", "career",      "jobs",    "recruitment",
                                          "spam",    "unsubscribe", "bounced", "unsubscribed"};
    const char *name = c->codes.name;

    if (given->as_of == LC_AS_OF_EXPORT ||
        (given->role != LC_ROLE_ENGAGEMENT && !c->computed) ||
        speaks_of(name, leaving, sizeof leaving / sizeof *leaving))
        return false;
    if (c->kind == LC_KIND_NUMBER)
        return !speaks_of(name, recency, sizeof recency / sizeof *recency);
    return c->kind == LC_KIND_TEXT && lc_says_yes_or_no(&c->codes);
}

static bool did_something(const struct lc_table_column *c, size_t row)
{
    const uint32_t v = lc_code_at(&c->codes, row);

    if (v == c->codes.missing)
        return false;
    return c->number ? c->number[v] > 0 : !lc_says_no(c->codes.level[v]);
}

static bool is_cold(const struct work *w, size_t row)
{
    for (size_t j = 0; j < w->engaged->n; j++) {
        const struct lc_table_column *c = &w->table->column[w->engaged->column[j]];

        if (lc_shows_activity(c, w->engaged->given[j]) && did_something(c, row))
            return false;
    }
    return w->divided;
}

/* ---- counting ---- */

static void count(struct group *g, const struct lc_leads *l, size_t i, int32_t window)
{
    const bool within = lc_closed_within(l, i, window);

    g->leads++;
    if (l->share)
        g->won += within ? l->share[i] : 0;
    else
        g->won += lc_won_within(l, i, window);
    g->closed += l->state[i] != LC_STATE_OPEN;
    g->closed_won += l->state[i] == LC_STATE_WON;
}

/* How many rules that exclude catch the lead. */
static size_t excluding(const struct work *w, size_t i)
{
    size_t n = 0;

    for (size_t r = 0; r < w->spec->n_rules; r++)
        n += w->spec->rule[r].effect == LC_RULE_EXCLUDES && w->leads->caught[r][i];
    return n;
}

static void count_lead(struct work *w, size_t i)
{
    const struct lc_leads *l = w->leads;
    const int32_t window = w->cohort->window_days;
    const size_t by = excluding(w, i);
    const enum class class = by ? UNCONVERTIBLE : is_cold(w, i) ? COLD : MATURE;

    count(&w->of[class], l, i, window);
    count(&w->all, l, i, window);
    if (class != UNCONVERTIBLE)
        count(&w->counted, l, i, window);
    for (size_t r = 0; r < w->spec->n_rules; r++) {
        const bool excludes = w->spec->rule[r].effect == LC_RULE_EXCLUDES;

        /* A mark says something of the leads that count. */
        if (!l->caught[r][i] || (!excludes && by))
            continue;
        count(&w->rule[r], l, i, window);
        w->rule[r].alone += excludes && by == 1;
    }
}

static enum lc_rc count_all(struct work *w, struct lc_arena *arena, struct lc_err *err)
{
    w->rule = LC_NEW(arena, w->spec->n_rules + 1, struct group);
    if (!w->rule)
        return lc_fail_memory(err, "the classes");
    for (size_t j = 0; j < w->engaged->n; j++)
        w->divided = w->divided || lc_shows_activity(&w->table->column[w->engaged->column[j]],
                                                     w->engaged->given[j]);
    for (size_t i = 0; i < w->leads->n; i++)
        if (lc_is_old_enough(w->leads, i, w->cohort->window_days))
            count_lead(w, i);
    return LC_OK;
}

/* ---- rows ---- */

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : LC_NAN;
}

static enum lc_rc add_row(const struct work *w, const char *class, const struct group *g,
                          struct lc_frame *frame, union lc_value **to, struct lc_err *err)
{
    const struct lc_interval ci = lc_wilson(g->won, g->leads);
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[CLASS].text = class;
    row[LEADS].number = g->leads;
    row[SHARE].number = share(g->leads, w->all.leads);
    row[WON].number = g->won;
    row[CLOSE_RATE].number = share(g->won, g->leads);
    row[CLOSE_LOW].number = ci.low;
    row[CLOSE_HIGH].number = ci.high;
    row[CLOSED].number = g->closed;
    row[WIN_RATE].number = share(g->closed_won, g->closed);
    *to = row;
    return LC_OK;
}

static enum lc_rc add_rule(const struct work *w, size_t r, struct lc_frame *frame,
                           struct lc_err *err)
{
    const struct lc_spec_rule *rule = &w->spec->rule[r];
    const bool excludes = rule->effect == LC_RULE_EXCLUDES;
    union lc_value *row = NULL;
    const enum lc_rc rc = add_row(w, excludes ? class_name[UNCONVERTIBLE] : counted_name,
                                  &w->rule[r], frame, &row, err);

    if (rc)
        return rc;
    row[RULE].text = rule->name;
    row[EFFECT].text = excludes ? "exclude" : "mark";
    if (excludes)
        row[ALONE].number = (double)w->rule[r].alone;
    return LC_OK;
}

static enum lc_rc add_rows(const struct work *w, struct lc_frame *frame, struct lc_err *err)
{
    union lc_value *row;
    enum lc_rc rc = add_row(w, all_name, &w->all, frame, &row, err);

    if (!rc && w->divided)
        rc = add_row(w, class_name[MATURE], &w->of[MATURE], frame, &row, err);
    if (!rc)
        rc = add_row(w, w->divided ? class_name[COLD] : undivided,
                     &w->of[w->divided ? COLD : MATURE], frame, &row, err);
    if (!rc)
        rc = add_row(w, class_name[UNCONVERTIBLE], &w->of[UNCONVERTIBLE], frame, &row, err);
    if (!rc)
        rc = add_row(w, counted_name, &w->counted, frame, &row, err);
    for (size_t r = 0; r < w->spec->n_rules && !rc; r++)
        rc = add_rule(w, r, frame, err);
    return rc;
}

/* ---- words ---- */

/* What the rules do to the baseline, and the wins that each throws away. */
static enum lc_rc note_rules(const struct work *w, struct lc_frame *frame, struct lc_err *err)
{
    const double rate = share(w->counted.won, w->counted.leads);
    enum lc_rc rc;

    if (!w->spec->n_rules)
        return lc_frame_note(frame, err,
                             "nobody is unconvertible: the spec has no rules (\"disqualify\")");
    rc = lc_frame_note(
        frame, err,
        "close rate %.2f %% of %.0f leads without the unconvertible, %.2f %% of "
        "%.0f with them; rates, models and backtest are without them, funnel and "
        "acceptance show all",
        100 * rate, w->counted.leads, 100 * share(w->all.won, w->all.leads), w->all.leads);
    for (size_t r = 0; r < w->spec->n_rules && !rc; r++) {
        const struct group *g = &w->rule[r];
        const struct lc_spec_rule *rule = &w->spec->rule[r];
        const bool as_often = g->won >= rate * g->leads;

        if (rule->effect != LC_RULE_EXCLUDES || !(g->won > 0))
            continue;
        rc = lc_frame_note(frame, err, "%.4g of the %.0f leads that '%s' leaves out %s won%s",
                           g->won, g->leads, rule->name, g->won == 1 ? "was" : "were",
                           as_often ? ", as often as the others or more: \"effect\": \"mark\" "
                                      "keeps them"
                                    : "");
    }
    return rc;
}

/* By what a lead is cold. */
static enum lc_rc note_cold(const struct work *w, struct lc_frame *frame, struct lc_err *err)
{
    char names[400] = "";
    size_t used = 0, more = 0;

    for (size_t j = 0; j < w->engaged->n; j++) {
        const struct lc_table_column *c = &w->table->column[w->engaged->column[j]];
        const char *name = c->codes.name;

        if (!lc_shows_activity(c, w->engaged->given[j]))
            continue;
        if (used + strlen(name) + 3 > sizeof names) {
            more++;
            continue;
        }
        (void)snprintf(names + used, sizeof names - used, ", %s", name);
        used += strlen(name) + 2;
    }
    if (!w->divided)
        return lc_frame_note(frame, err,
                             "mature and cold are one row: no engagement attribute says what a "
                             "lead had done by its decision (counts as of the export do not)");
    if (more)
        return lc_frame_note(frame, err, "cold: 0, no or empty in %s and %zu more", names + 2,
                             more);
    return lc_frame_note(frame, err, "cold: 0, no or empty in %s", names + 2);
}

enum lc_rc lc_classes(const struct lc_table *table, const struct lc_spec *spec,
                      const struct lc_cohort *cohort, const struct lc_engaged_columns *engaged,
                      struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    struct work w = {.table = table,
                     .spec = spec,
                     .cohort = cohort,
                     .leads = cohort->leads,
                     .engaged = engaged};
    struct lc_frame f;
    enum lc_rc rc = count_all(&w, arena, err);

    if (rc)
        return rc;
    assert(w.counted.leads == (double)cohort->n);
    lc_frame_init(&f, "classes", heading, COLUMNS, arena);
    f.title = lc_cohort_title(cohort, arena);
    if (!f.title)
        return lc_fail_memory(err, "the classes");
    rc = add_rows(&w, &f, err);
    if (!rc)
        rc = note_rules(&w, &f, err);
    if (!rc)
        rc = note_cold(&w, &f, err);
    if (!rc)
        *frame = f;
    return rc;
}
