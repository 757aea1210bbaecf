#include "cohort_internal.h"

#include <math.h>

#include "leadcal/num.h"

static const int32_t listed_days[LC_MOST_WINDOWS] = {30, 60, 90, 120, 180, 270, 365};

#define SHARE_WANTED    0.9 /* of the wins, that a window should hold: DEFINITIONS 1 */
#define LEAST_TRAIN_WON 50  /* DEFINITIONS 5 */
#define LEAST_TEST_WON  20
#define TRAIN_SHARE     0.75

bool lc_closed_within(const struct lc_leads *l, size_t i, int32_t w)
{
    if (w == LC_WINDOW_NONE || !l->closed || l->closed[i] == LC_NO_DAY || !l->day ||
        l->day[i] == LC_NO_DAY)
        return true;
    return l->closed[i] - l->day[i] <= w;
}

/* Won, and within w days where the day of winning is known. */
bool lc_won_within(const struct lc_leads *l, size_t i, int32_t w)
{
    return l->state[i] == LC_STATE_WON && lc_closed_within(l, i, w);
}

bool lc_is_mature(const struct lc_leads *l, size_t i, int32_t w)
{
    if (!l->day || w == LC_WINDOW_NONE)
        return true;
    return l->day[i] != LC_NO_DAY && l->day[i] <= l->as_of && l->as_of - l->day[i] >= w;
}

/* How many of the leads in use were decided on each day from `low` on. */
struct day_counts {
    int32_t low;
    size_t span, used;
    size_t *count; /* [span] */
};

static bool in_use(const int32_t *day, const uint8_t *use, size_t i)
{
    return (!use || use[i]) && day[i] != LC_NO_DAY;
}

static enum lc_rc count_days(const int32_t *day, const uint8_t *use, size_t n,
                             struct lc_arena *arena, struct day_counts *c, struct lc_err *err)
{
    int32_t low = INT32_MAX, high = INT32_MIN;

    *c = (struct day_counts){0};
    for (size_t i = 0; i < n; i++)
        if (in_use(day, use, i)) {
            low = day[i] < low ? day[i] : low;
            high = day[i] > high ? day[i] : high;
            c->used++;
        }
    if (!c->used)
        return LC_OK;
    c->low = low;
    c->span = (size_t)((int64_t)high - low + 1);
    c->count = LC_NEW(arena, c->span, size_t);
    if (!c->count)
        return lc_fail_memory(err, "the split");
    for (size_t i = 0; i < n; i++)
        if (in_use(day, use, i))
            c->count[day[i] - low]++;
    return LC_OK;
}

/* The day of the lead that stands at floor(0.75 n) by day, and the first day after it. Counted by
 * day, not sorted. LC_NO_DAY where there is none. */
static enum lc_rc cut_days(const int32_t *day, const uint8_t *use, size_t n,
                           struct lc_arena *arena, int32_t *cut, int32_t *first_test,
                           struct lc_err *err)
{
    struct day_counts c;
    size_t at = 0, seen = 0, want;
    const enum lc_rc rc = count_days(day, use, n, arena, &c, err);

    *cut = *first_test = LC_NO_DAY;
    if (rc || !c.used)
        return rc;
    want = (size_t)floor(TRAIN_SHARE * (double)c.used);
    want = want ? want : 1;
    while (seen + c.count[at] < want)
        seen += c.count[at++];
    *cut = c.low + (int32_t)at;
    for (at++; at < c.span && !c.count[at];)
        at++;
    if (at < c.span)
        *first_test = c.low + (int32_t)at;
    return LC_OK;
}

static enum lc_rc look_at_window(const struct lc_leads *l, int32_t w, int32_t first_win,
                                 struct lc_arena *arena, struct lc_window_look *look,
                                 struct lc_err *err)
{
    uint8_t *mature = LC_NEW(arena, l->n ? l->n : 1, uint8_t);
    size_t all = 0, within = 0;
    int32_t cut, first_test;
    enum lc_rc rc;

    if (!mature)
        return lc_fail_memory(err, "the window");
    *look = (struct lc_window_look){.days = w};
    for (size_t i = 0; i < l->n; i++) {
        mature[i] = lc_is_mature(l, i, w) && !lc_is_left_out(l, i);
        if (lc_is_left_out(l, i))
            continue;
        if (l->day[i] == LC_NO_DAY || l->day[i] < first_win || l->as_of - l->day[i] < 2 * w ||
            l->state[i] != LC_STATE_WON)
            continue;
        all++;
        within += lc_won_within(l, i, w);
    }
    look->share = all ? (double)within / (double)all : LC_NAN;
    rc = cut_days(l->day, mature, l->n, arena, &cut, &first_test, err);
    for (size_t i = 0; !rc && first_test != LC_NO_DAY && i < l->n; i++) {
        if (!mature[i] || !lc_won_within(l, i, w))
            continue;
        look->train_won += l->day[i] <= cut && l->day[i] + w <= first_test;
        look->test_won += l->day[i] > cut;
    }
    return rc;
}

static bool leaves_enough(const struct lc_window_look *look)
{
    return look->train_won >= LEAST_TRAIN_WON && look->test_won >= LEAST_TEST_WON;
}

/* DEFINITIONS 1: the shortest that holds 90 % of the wins; else, and where that leaves too few
 * wins to test with, the longest (not above it) that leaves 50 and 20. */
static const struct lc_window_look *choose_window(const struct lc_window_look *look, size_t n)
{
    const struct lc_window_look *wanted = NULL, *best = NULL;
    size_t last = n;

    for (size_t j = 0; j < n && !wanted; j++)
        if (look[j].share >= SHARE_WANTED) {
            wanted = &look[j];
            last = j + 1;
        }
    for (size_t j = last; j-- > 0;)
        if (leaves_enough(&look[j]))
            return &look[j];
    if (wanted)
        return wanted;
    for (size_t j = 0; j < n; j++)
        if (look[j].share > (best ? best->share : 0))
            best = &look[j];
    return best ? best : &look[0];
}

static enum lc_rc note_chosen(const struct lc_cohort *c, const struct lc_window_look *chosen,
                              struct lc_notes *notes, struct lc_err *err)
{
    const struct lc_window_look *best = chosen;

    for (size_t j = 0; j < c->n_looks; j++)
        if (c->look[j].share > best->share || isnan(best->share))
            best = &c->look[j];
    if (isnan(best->share))
        return lc_notes_add(
            notes, err,
            "window: won within %d days, for want of leads followed long enough to "
            "choose by (--window)",
            (int)chosen->days);
    if (chosen->share >= SHARE_WANTED)
        return lc_notes_add(
            notes, err,
            "window: won within %d days, which hold %.0f %% of the wins of leads "
            "followed twice as long (--window)",
            (int)chosen->days, 100 * chosen->share);
    return lc_notes_add(
        notes, err,
        "window: won within %d days, %.0f %% of the wins of leads followed twice as "
        "long (the best share reached is %.0f %%, in %d days); a longer window "
        "would leave under %d training or %d test wins (--window)",
        (int)chosen->days, 100 * chosen->share, 100 * best->share, (int)best->days,
        LEAST_TRAIN_WON, LEAST_TEST_WON);
}

/* The first day of winning that is known; INT32_MAX: there is none. */
static int32_t first_win_of(const struct lc_leads *l)
{
    int32_t first = INT32_MAX;

    for (size_t i = 0; l->closed && i < l->n; i++)
        if (l->state[i] == LC_STATE_WON && l->closed[i] != LC_NO_DAY && l->closed[i] < first)
            first = l->closed[i];
    return first;
}

enum lc_rc lc_window_choose(const struct lc_leads *l, struct lc_arena *arena,
                            struct lc_window_look look[LC_MOST_WINDOWS],
                            const struct lc_window_look **chosen, struct lc_err *err)
{
    const int32_t first_win = l->day ? first_win_of(l) : INT32_MAX;
    struct lc_arena scratch;
    enum lc_rc rc = LC_OK;

    *chosen = NULL;
    if (first_win == INT32_MAX)
        return LC_OK;
    lc_arena_init(&scratch, arena->limit - arena->used);
    for (size_t j = 0; !rc && j < LC_MOST_WINDOWS; j++) {
        rc = look_at_window(l, listed_days[j], first_win, &scratch, &look[j], err);
        lc_arena_release(&scratch);
    }
    if (!rc)
        *chosen = choose_window(look, LC_MOST_WINDOWS);
    return rc;
}

int32_t lc_window_shorter(int32_t days)
{
    int32_t shorter = LC_WINDOW_NONE;

    for (size_t j = 0; j < LC_MOST_WINDOWS && listed_days[j] < days; j++)
        shorter = listed_days[j];
    return shorter;
}

enum lc_rc lc_window_set(const struct lc_leads *l, const struct lc_spec *spec,
                         struct lc_notes *notes, struct lc_cohort *c, struct lc_err *err)
{
    const struct lc_window_look *chosen;
    enum lc_rc rc;

    c->window_days = spec->window_days;
    c->window_share = LC_NAN;
    if (spec->window_days >= 0)
        return LC_OK;
    c->window_days = LC_WINDOW_NONE;
    if (!l->day)
        return LC_OK;
    rc = lc_window_choose(l, notes->arena, c->look, &chosen, err);
    if (rc)
        return rc;
    if (!chosen)
        return lc_notes_add(
            notes, err,
            "no day of winning is known, so no window was chosen and young leads "
            "count like old ones; name the column with --closed");
    c->n_looks = LC_MOST_WINDOWS;
    c->window_days = chosen->days;
    c->window_share = chosen->share;
    c->window_chosen = true;
    return note_chosen(c, chosen, notes, err);
}

static void by_day(const struct lc_cohort *c, uint32_t *train, uint32_t *test,
                   struct lc_split *s)
{
    for (size_t i = 0; i < c->n; i++) {
        const int32_t day = c->day[i];
        const bool dated = day != LC_NO_DAY && s->first_test != LC_NO_DAY;

        if (dated && day > s->cut) {
            s->test_won += c->y[i];
            test[s->n_test++] = (uint32_t)i;
        } else if (dated && day + c->window_days <= s->first_test) {
            s->train_won += c->y[i];
            train[s->n_train++] = (uint32_t)i;
        } else {
            s->gap++;
        }
    }
}

static void by_file(const struct lc_cohort *c, uint32_t *train, uint32_t *test,
                    struct lc_split *s)
{
    const size_t first = (size_t)floor(TRAIN_SHARE * (double)c->n);

    for (size_t i = 0; i < c->n; i++)
        if (i < first) {
            s->train_won += c->y[i];
            train[s->n_train++] = (uint32_t)i;
        } else {
            s->test_won += c->y[i];
            test[s->n_test++] = (uint32_t)i;
        }
}

enum lc_rc lc_split_label(const struct lc_cohort *c, struct lc_arena *arena, struct lc_split *s,
                          struct lc_err *err)
{
    uint8_t *y = LC_NEW(arena, s->n_train + 1, uint8_t);

    if (!y)
        return lc_fail_memory(err, "the split");
    for (size_t i = 0; i < s->n_train; i++)
        y[i] = c->y[s->train[i]];
    s->train_y = y;
    return LC_OK;
}

enum lc_rc lc_cohort_split(const struct lc_cohort *c, struct lc_arena *arena,
                           struct lc_split *split, struct lc_err *err)
{
    uint32_t *train = LC_NEW(arena, c->n ? c->n : 1, uint32_t);
    uint32_t *test = LC_NEW(arena, c->n ? c->n : 1, uint32_t);
    uint8_t *tested = c->cluster ? LC_NEW(arena, c->n_clusters + 1, uint8_t) : NULL;
    struct lc_split s = {.cut = LC_NO_DAY,
                         .first_test = LC_NO_DAY,
                         .window_days = c->window_days,
                         .fold = "test"};
    enum lc_rc rc = LC_OK;

    if (!train || !test || (c->cluster && !tested))
        return lc_fail_memory(err, "the split");
    s.by_time = c->has_dates;
    if (s.by_time)
        rc = cut_days(c->day, NULL, c->n, arena, &s.cut, &s.first_test, err);
    if (rc)
        return rc;
    if (s.by_time)
        by_day(c, train, test, &s);
    else
        by_file(c, train, test, &s);
    s.train = train;
    s.test = test;
    if (c->cluster)
        lc_split_keep_together(c, tested, train, &s);
    rc = lc_split_label(c, arena, &s, err);
    if (!rc)
        *split = s;
    return rc;
}
