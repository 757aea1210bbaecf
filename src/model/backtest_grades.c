#include "backtest_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/survival.h"
#include "model_internal.h"

#define LEAST_CYCLES 5         /* wins with dates; fewer give no cycle length: DEFINITIONS 5 */
#define LEAST_LEADS  20        /* a cell with fewer shows the expected rate: DEFINITIONS 4 */
#define ANY          LC_GRADES /* a letter or digit that a group does not ask for */
#define MOST_GROUPS  (LC_GRADES * LC_GRADES + 2 * LC_GRADES + 1)

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
};

/* The leads of a cell, of a margin, or all of them. */
struct group {
    size_t letter, digit; /* ANY: not asked */
};

/* Counts of one group; leads = won + lost + open + late. */
struct tally {
    double leads, won, lost, open, late, amount, expected;
};

/* One way to measure a cycle. */
struct clock {
    const char *name;     /* NULL: there are no dates */
    const int32_t *cycle; /* [cohort->n] */
};

static size_t letter_of(const struct lc_entrant *e, size_t i)
{
    return e->grades.letter.used ? lc_grade_of(&e->grades.letter, e->scored[i].f_points) : 0;
}

static size_t digit_of(const struct lc_entrant *e, size_t i)
{
    return e->grades.digit.used ? lc_grade_of(&e->grades.digit, e->scored[i].g_points) : 0;
}

static bool is_in(const struct lc_entrant *e, size_t i, struct group g)
{
    return (g.letter == ANY || letter_of(e, i) == g.letter) &&
           (g.digit == ANY || digit_of(e, i) == g.digit);
}

/* The grades of a dimension that somebody has: training leads, or test leads beyond them. */
static void find_given(const struct lc_race *r, const struct lc_entrant *e,
                       bool letter[LC_GRADES], bool digit[LC_GRADES])
{
    for (size_t c = 0; c < LC_GRADES; c++) {
        letter[c] = e->grades.letter.used && e->grades.letter.share[c] > 0;
        digit[c] = e->grades.digit.used && e->grades.digit.share[c] > 0;
    }
    for (size_t i = 0; i < r->split.n_test; i++) {
        letter[letter_of(e, i)] |= e->grades.letter.used;
        digit[digit_of(e, i)] |= e->grades.digit.used;
    }
}

/* Cells, letters, digits, all. */
static size_t list_groups(const struct lc_race *r, const struct lc_entrant *e,
                          struct group group[MOST_GROUPS])
{
    bool letter[LC_GRADES], digit[LC_GRADES];
    size_t n = 0;

    find_given(r, e, letter, digit);
    for (size_t l = 0; l < LC_GRADES; l++)
        for (size_t d = 0; d < LC_GRADES; d++)
            if (letter[l] && digit[d])
                group[n++] = (struct group){l, d};
    for (size_t l = 0; l < LC_GRADES; l++)
        if (letter[l])
            group[n++] = (struct group){l, ANY};
    for (size_t d = 0; d < LC_GRADES; d++)
        if (digit[d])
            group[n++] = (struct group){ANY, d};
    group[n++] = (struct group){ANY, ANY};
    return n;
}

static struct tally count(const struct lc_race *r, const struct lc_entrant *e, struct group g)
{
    const struct lc_cohort *c = r->cohort;
    struct tally t = {0};

    for (size_t i = 0; i < r->split.n_test; i++) {
        const size_t at = r->split.test[i];

        if (!is_in(e, i, g))
            continue;
        t.leads += 1;
        t.expected += e->p[i];
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
static size_t sort_cycles(const struct lc_race *r, const struct lc_entrant *e, struct group g,
                          const int32_t *cycle, double *days)
{
    size_t n = 0;

    for (size_t i = 0; i < r->split.n_test && cycle; i++) {
        const size_t at = r->split.test[i];

        if (r->cohort->y[at] && cycle[at] != LC_NO_DAY && is_in(e, i, g))
            days[n++] = cycle[at];
    }
    if (n)
        qsort(days, n, sizeof *days, by_days);
    return n;
}

static void name_group(struct group g, char to[8])
{
    size_t n = 0;

    if (g.letter != ANY)
        to[n++] = (char)('A' + g.letter);
    if (g.digit != ANY)
        to[n++] = (char)('1' + g.digit);
    to[n] = '\0';
    if (n == 0)
        memcpy(to, "(all)", sizeof "(all)");
}

static void put_counts(const struct lc_race *r, const struct tally *t, union lc_value *row)
{
    const struct lc_interval limits = lc_wilson(t->won, t->leads);

    row[LEADS].number = t->leads;
    row[WON].number = t->won;
    row[LOST].number = t->lost;
    row[OPEN].number = t->open;
    row[WON_LATE].number = t->late;
    row[SHARE].number = t->leads / (double)r->split.n_test;
    if (t->leads > 0) {
        row[CLOSE_RATE].number = t->won / t->leads;
        row[CLOSE_RATE_LOW].number = limits.low;
        row[CLOSE_RATE_HIGH].number = limits.high;
        row[EXPECTED_RATE].number = t->expected / t->leads;
    }
    if (t->won + t->lost > 0)
        row[WIN_RATE].number = t->won / (t->won + t->lost);
    if (r->cohort->window_days > 0)
        row[HORIZON_DAYS].number = r->cohort->window_days;
    if (r->cohort->amount)
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

static const char *note_of(const struct tally *t, struct group g, const char *clock,
                           size_t cycles)
{
    const bool few = t->leads < LEAST_LEADS && g.letter != ANY && g.digit != ANY;
    const bool no_cycle = clock && cycles < LEAST_CYCLES;

    if (few && no_cycle)
        return "fewer than 20 leads: see expected_rate; fewer than 5 wins with dates: no cycle";
    if (few)
        return "fewer than 20 leads: see expected_rate";
    return no_cycle ? "fewer than 5 wins with dates: no cycle" : NULL;
}

static enum lc_rc add_group(const struct lc_race *r, const struct lc_entrant *e, struct group g,
                            const struct clock *clock, size_t n_clocks, struct lc_frame *frame,
                            struct lc_err *err)
{
    const struct tally t = count(r, e, g);
    double *days = LC_NEW(r->scratch, (size_t)t.won, double);
    char text[8];
    const char *grade;

    name_group(g, text);
    grade = lc_arena_text(r->arena, lc_slice_of(text));
    if (!days || !grade)
        return lc_fail_memory(err, "the backtest's grades");
    for (size_t c = 0; c < n_clocks; c++) {
        union lc_value *row = NULL;
        const size_t n = sort_cycles(r, e, g, clock[c].cycle, days);
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        row[MODEL].text = e->name;
        row[FOLD].text = LC_FOLD;
        row[GRADE].text = grade;
        row[CLOCK].text = clock[c].name;
        put_counts(r, &t, row);
        if (clock[c].cycle)
            put_cycles(days, n, row);
        row[NOTE].text = note_of(&t, g, clock[c].name, n);
    }
    return LC_OK;
}

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

enum lc_rc lc_race_grades(const struct lc_race *r, double f_g_correlation,
                          struct lc_frame *frame, struct lc_err *err)
{
    struct clock clock[2];
    const size_t n_clocks = list_clocks(r->cohort, clock);
    const char *who = lc_cohort_title(r->cohort, r->arena);
    enum lc_rc rc = LC_OK;

    lc_frame_init(frame, "backtest", heading, COLUMNS, r->arena);
    if (!who)
        return lc_fail_memory(err, "the backtest's title");
    frame->title = lc_arena_format(
        r->arena, "trained on %zu leads with %zu wins, tested on %zu %s with %zu; %s",
        r->split.n_train, r->split.train_won, r->split.n_test,
        r->split.by_time || r->cohort->file_is_time ? "later ones" : "behind them in the file",
        r->split.test_won, who);
    if (!frame->title)
        return lc_fail_memory(err, "the backtest's title");
    for (size_t m = 0; m < r->n && !rc; m++) {
        struct group group[MOST_GROUPS];
        const size_t n = list_groups(r, &r->entrant[m], group);

        for (size_t g = 0; g < n && !rc; g++)
            rc = add_group(r, &r->entrant[m], group[g], clock, n_clocks, frame, err);
    }
    return rc ? rc : lc_race_notes(r, f_g_correlation, frame, err);
}
