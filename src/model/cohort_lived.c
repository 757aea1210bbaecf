/* A split as it would have been lived: the window, too, is chosen by what was known on its day. */
#include <string.h>

#include "cohort_internal.h"

static const char lived_text[] = "the window of a test";

enum lc_rc lc_leads_on(const struct lc_leads *all, int32_t day, struct lc_arena *arena,
                       struct lc_leads *then, struct lc_err *err)
{
    struct lc_leads l = *all;
    uint8_t *state = LC_NEW(arena, all->n + 1, uint8_t);

    if (!state)
        return lc_fail_memory(err, lived_text);
    for (size_t i = 0; i < all->n; i++) {
        const bool later = all->closed && all->closed[i] != LC_NO_DAY && all->closed[i] > day;

        state[i] = later ? LC_STATE_OPEN : all->state[i];
    }
    l.state = state;
    l.as_of = day;
    *then = l;
    return LC_OK;
}

enum lc_rc lc_split_known(const struct lc_cohort *c, const struct lc_split *s,
                          struct lc_arena *arena, const uint8_t **known, struct lc_err *err)
{
    uint8_t *to = LC_NEW(arena, c->n + 1, uint8_t);
    uint8_t *tested = LC_NEW(arena, c->n_clusters + 1, uint8_t);

    if (!to || !tested)
        return lc_fail_memory(err, lived_text);
    for (size_t i = 0; c->cluster && i < s->n_test; i++)
        tested[c->cluster[s->test[i]]] = 1;
    for (size_t i = 0; i < c->n; i++)
        to[i] = c->day[i] != LC_NO_DAY && c->day[i] < s->first_test &&
                !(c->cluster && tested[c->cluster[i]]);
    *known = to;
    return LC_OK;
}

/* The leads that were followed for w days by then, with the labels of that window. */
static void train_by(const struct lc_cohort *c, const struct lc_leads *then,
                     const uint8_t *known, int32_t w, uint32_t *train, uint8_t *y,
                     struct lc_split *s)
{
    s->n_train = s->train_won = 0;
    s->window_days = w;
    for (size_t i = 0; i < c->n; i++) {
        if (!known[i] || c->day[i] + w > s->first_test)
            continue;
        train[s->n_train] = (uint32_t)i;
        y[s->n_train] = lc_won_within(then, c->row[i], w);
        s->train_won += y[s->n_train++];
    }
    s->gap = c->n - s->n_test - s->n_train;
    s->train = train;
    s->train_y = y;
}

static bool is_enough(const struct lc_split *s, size_t least_won)
{
    return s->train_won >= least_won && s->train_won < s->n_train;
}

enum lc_rc lc_split_as_lived(const struct lc_cohort *c, size_t least_train_won,
                             struct lc_arena *arena, struct lc_split *split, struct lc_err *err)
{
    struct lc_window_look look[LC_MOST_WINDOWS];
    const struct lc_window_look *chosen = NULL;
    struct lc_split s = *split;
    struct lc_leads then;
    const uint8_t *known;
    uint32_t *train;
    uint8_t *y;
    int32_t w;
    enum lc_rc rc;

    if (!c->window_chosen || !c->leads || !s.by_time || s.first_test == LC_NO_DAY)
        return LC_OK;
    rc = lc_leads_on(c->leads, s.first_test, arena, &then, err);
    if (!rc)
        rc = lc_window_choose(&then, arena, look, &chosen, err);
    if (rc || !chosen || chosen->days == c->window_days)
        return rc;
    train = LC_NEW(arena, c->n + 1, uint32_t);
    y = LC_NEW(arena, c->n + 1, uint8_t);
    if (!train || !y)
        return lc_fail_memory(err, lived_text);
    rc = lc_split_known(c, &s, arena, &known, err);
    if (rc)
        return rc;
    for (w = chosen->days; w != LC_WINDOW_NONE && w != c->window_days;
         w = lc_window_shorter(w)) {
        train_by(c, &then, known, w, train, y, &s);
        if (!is_enough(&s, least_train_won))
            continue;
        *split = s;
        return LC_OK;
    }
    return LC_OK; /* no shorter one leaves wins enough, and the run's does */
}

const char *lc_split_window_words(const struct lc_cohort *c, const struct lc_split *s,
                                  struct lc_arena *arena)
{
    char day[LC_DAY_TEXT];

    lc_day_text(s->first_test, day);
    return lc_arena_format(
        arena,
        "by what was known on %s it would have been %d days, so what was learnt is of wins within "
        "these; it is judged by wins within %d",
        day, (int)s->window_days, (int)c->window_days);
}
