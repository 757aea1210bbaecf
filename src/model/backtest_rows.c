/* The rows of the backtest's frame: counts, rates and cycle lengths of a group of leads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/survival.h"

#define LEAST_CYCLES 5  /* wins with dates; fewer give no cycle length: DEFINITIONS 5 */
#define LEAST_LEADS  20 /* a cell with fewer shows the expected rate: DEFINITIONS 4 */

enum column {
    MODEL,
    FOLD,
    GRADE,
    LEADS,
    WON,
    LOST,
    OPEN,
    CLOSE_RATE,
    CLOSE_RATE_LOW,
    CLOSE_RATE_HIGH,
    WIN_RATE,
    WON_WITH_DATES,
    CLOCK,
    HORIZON_DAYS,
    CYCLE_MEDIAN,
    CYCLE_MEDIAN_LOW,
    CYCLE_MEDIAN_HIGH,
    CYCLE_P90,
    WON_AMOUNT,
    WON_LATE,
    SHARE,
    EXPECTED_RATE,
    NOTE,
    LEADS_FROM_TOP,
    WON_FROM_TOP,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [MODEL] = {"model", LC_CELL_TEXT, NULL, false},
    [FOLD] = {"fold", LC_CELL_TEXT, NULL, true},
    [GRADE] = {"grade", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [LOST] = {"lost", LC_CELL_COUNT, NULL, true},
    [OPEN] = {"open", LC_CELL_COUNT, NULL, true},
    [CLOSE_RATE] = {"close_rate", LC_CELL_RATE, "close rate", false},
    [CLOSE_RATE_LOW] = {"close_rate_low", LC_CELL_RATE, "low", false},
    [CLOSE_RATE_HIGH] = {"close_rate_high", LC_CELL_RATE, "high", false},
    [WIN_RATE] = {"win_rate", LC_CELL_RATE, "win rate", true},
    [WON_WITH_DATES] = {"won_with_dates", LC_CELL_COUNT, "dated", true},
    [CLOCK] = {"clock", LC_CELL_TEXT, NULL, false},
    [HORIZON_DAYS] = {"horizon_days", LC_CELL_COUNT, "horizon", true},
    [CYCLE_MEDIAN] = {"cycle_median_days", LC_CELL_REAL, "median days", false},
    [CYCLE_MEDIAN_LOW] = {"cycle_median_low", LC_CELL_REAL, "days low", true},
    [CYCLE_MEDIAN_HIGH] = {"cycle_median_high", LC_CELL_REAL, "days high", true},
    [CYCLE_P90] = {"cycle_p90_days", LC_CELL_REAL, "9 in 10 days", false},
    [WON_AMOUNT] = {"won_amount", LC_CELL_REAL, "won amount", true},
    [WON_LATE] = {"won_late", LC_CELL_COUNT, "won late", true},
    [SHARE] = {"share", LC_CELL_RATE, NULL, true},
    [EXPECTED_RATE] = {"expected_rate", LC_CELL_RATE, "expected", false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, true},
    [LEADS_FROM_TOP] = {"leads_from_top", LC_CELL_RATE, "leads from top", true},
    [WON_FROM_TOP] = {"won_from_top", LC_CELL_RATE, "wins from top", true},
};

/* The same for the bands of a score alone: no model has expected anything, and what the top holds
 * is the question. */
static const struct lc_heading *band_heading(struct lc_arena *arena)
{
    static const struct {
        enum column column;
        bool hidden;
    } change[] = {{MODEL, true},         {EXPECTED_RATE, true}, {LEADS_FROM_TOP, false},
                  {WON_FROM_TOP, false}, {SHARE, false},        {CYCLE_P90, true}};
    struct lc_heading *to = LC_NEW(arena, COLUMNS, struct lc_heading);

    if (!to)
        return NULL;
    memcpy(to, heading, sizeof heading);
    to[GRADE].label = "band";
    for (size_t i = 0; i < sizeof change / sizeof *change; i++)
        to[change[i].column].hidden = change[i].hidden;
    return to;
}

enum lc_rc lc_grade_frame(bool bands, struct lc_arena *arena, struct lc_frame *frame,
                          struct lc_err *err)
{
    const struct lc_heading *h = bands ? band_heading(arena) : heading;

    if (!h)
        return lc_fail_memory(err, "the backtest's grades");
    lc_frame_init(frame, "backtest", h, COLUMNS, arena);
    return LC_OK;
}

/* Counts of one group; leads = won + lost + open + late. */
struct tally {
    double leads, won, lost, open, late, amount, expected;
};

static struct tally count(const struct lc_grade_rows *g, const uint8_t *in)
{
    const struct lc_cohort *c = g->cohort;
    struct tally t = {0};

    for (size_t i = 0; i < g->n; i++) {
        const size_t at = g->lead[i];

        if (!in[i])
            continue;
        t.leads += 1;
        t.expected += g->p ? g->p[i] : 0;
        t.won += c->y[at];
        t.late += !c->y[at] && c->state[at] == LC_STATE_WON;
        t.lost += !c->y[at] && c->state[at] == LC_STATE_LOST;
        t.open += !c->y[at] && c->state[at] == LC_STATE_OPEN;
        if (c->amount && c->y[at] && !isnan(c->amount[at]))
            t.amount += c->amount[at];
    }
    return t;
}

static int by_days(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorted cycle lengths of a group's wins within W. */
static size_t sort_cycles(const struct lc_grade_rows *g, const uint8_t *in,
                          const int32_t *cycle, double *days)
{
    size_t n = 0;

    for (size_t i = 0; i < g->n && cycle; i++) {
        const size_t at = g->lead[i];

        if (g->cohort->y[at] && cycle[at] != LC_NO_DAY && in[i])
            days[n++] = cycle[at];
    }
    if (n)
        qsort(days, n, sizeof *days, by_days);
    return n;
}

static void put_counts(const struct lc_grade_rows *g, const struct tally *t, double effect,
                       union lc_value *row)
{
    const struct lc_interval limits = lc_wilson(t->won / effect, t->leads / effect);

    row[LEADS].number = t->leads;
    row[WON].number = t->won;
    row[LOST].number = t->lost;
    row[OPEN].number = t->open;
    row[WON_LATE].number = t->late;
    row[SHARE].number = t->leads / (double)g->n;
    if (t->leads > 0) {
        row[CLOSE_RATE].number = t->won / t->leads;
        row[CLOSE_RATE_LOW].number = limits.low;
        row[CLOSE_RATE_HIGH].number = limits.high;
        row[EXPECTED_RATE].number = g->p ? t->expected / t->leads : LC_NAN;
    }
    if (t->won + t->lost > 0)
        row[WIN_RATE].number = t->won / (t->won + t->lost);
    if (g->cohort->window_days > 0)
        row[HORIZON_DAYS].number = g->cohort->window_days;
    if (g->cohort->amount)
        row[WON_AMOUNT].number = t->amount;
}

static void put_cycles(const double *days, size_t n, union lc_value *row)
{
    const struct lc_interval limits = lc_quantile_interval(days, n, 0.5);

    row[WON_WITH_DATES].number = (double)n;
    if (n < LEAST_CYCLES)
        return;
    row[CYCLE_MEDIAN].number = lc_quantile(days, n, 0.5);
    row[CYCLE_MEDIAN_LOW].number = limits.low;
    row[CYCLE_MEDIAN_HIGH].number = limits.high;
    row[CYCLE_P90].number = lc_quantile(days, n, 0.9);
}

/* What this group and those above it hold of all leads and of all wins. */
static void put_top(const struct lc_grade_rows *g, const struct tally *t,
                    struct lc_from_top *top, union lc_value *row)
{
    top->leads += t->leads;
    top->won += t->won;
    row[LEADS_FROM_TOP].number = top->leads / (double)g->n;
    if (g->n_won > 0)
        row[WON_FROM_TOP].number = top->won / (double)g->n_won;
}

static const char *note_of(const struct tally *t, bool cell, const char *clock, size_t cycles)
{
    const bool few = t->leads < LEAST_LEADS && cell;
    const bool no_cycle = clock && cycles < LEAST_CYCLES;

    if (few && no_cycle)
        return "fewer than 20 leads: see expected_rate; fewer than 5 wins with dates: no cycle";
    if (few)
        return "fewer than 20 leads: see expected_rate";
    return no_cycle ? "fewer than 5 wins with dates: no cycle" : NULL;
}

/* One way to measure a cycle. */
struct clock {
    const char *name;     /* NULL: there are no dates */
    const int32_t *cycle; /* [cohort->n] */
};

static size_t list_clocks(const struct lc_cohort *c, struct clock clock[2])
{
    size_t n = 0;

    if (c->cycle)
        clock[n++] = (struct clock){"entered to won", c->cycle};
    if (c->cycle_opportunity)
        clock[n++] = (struct clock){"opportunity created to won", c->cycle_opportunity};
    if (n == 0)
        clock[n++] = (struct clock){NULL, NULL};
    return n;
}

enum lc_rc lc_grade_rows_add(const struct lc_grade_rows *g, const uint8_t *in,
                             const char *grade, bool cell, struct lc_from_top *top,
                             struct lc_frame *frame, struct lc_err *err)
{
    const struct tally t = count(g, in);
    struct clock clock[2];
    const size_t n_clocks = list_clocks(g->cohort, clock);
    const double effect = lc_design_effect_of(g->clusters, g->cohort, g->lead, in, g->n);
    double *days = LC_NEW(g->scratch, (size_t)t.won + 1, double);
    const struct lc_from_top above = top ? *top : (struct lc_from_top){0, 0};

    if (!days)
        return lc_fail_memory(err, "the backtest's grades");
    for (size_t c = 0; c < n_clocks; c++) {
        union lc_value *row = NULL;
        const size_t n = sort_cycles(g, in, clock[c].cycle, days);
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        row[MODEL].text = g->model;
        row[FOLD].text = g->fold;
        row[GRADE].text = grade;
        row[CLOCK].text = clock[c].name;
        put_counts(g, &t, effect, row);
        if (clock[c].cycle)
            put_cycles(days, n, row);
        row[NOTE].text = note_of(&t, cell, clock[c].name, n);
        if (top) {
            *top = above; /* a second clock tells the same counts again */
            put_top(g, &t, top, row);
        }
    }
    return LC_OK;
}
