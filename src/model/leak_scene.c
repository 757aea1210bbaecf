/* Who is old and who is young, what has closed, and who stands on which side of the split. */
#include <string.h>

#include "leak_internal.h"

#define WINS_AN_AGE     20 /* in each group of ages, on average; fewer groups, or none, otherwise */
#define LEAST_TRAIN_WON 20 /* wins without which nothing is said of later leads */
#define LEAST_TEST_WON  10
#define YOUNG_DAYS      30 /* where no window says what is young: the shortest listed */

/* ---- decision days as codes ---- */

/* The first and the last decision day; the last is the earlier where nobody has one. */
static void find_ends(const struct lc_cohort *c, int64_t *first, int64_t *last)
{
    *first = INT32_MAX;
    *last = INT32_MIN;
    for (size_t i = 0; i < c->n; i++) {
        if (c->day[i] == LC_NO_DAY)
            continue;
        if (c->day[i] < *first)
            *first = c->day[i];
        if (c->day[i] > *last)
            *last = c->day[i];
    }
}

/* Days to dense codes, so that ranks need no sorting; LC_NO_CODE where there is no day. */
static enum lc_rc code_days(struct lc_leak_scene *s, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_cohort *c = s->cohort;
    int64_t low, high;
    uint32_t *place, *day;

    find_ends(c, &low, &high);
    if (high < low)
        return LC_OK;
    place = LC_NEW(arena, (size_t)(high - low) + 1, uint32_t);
    day = LC_NEW(arena, c->n, uint32_t);
    if (!place || !day)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; i < c->n; i++)
        if (c->day[i] != LC_NO_DAY)
            place[c->day[i] - low] = 1;
    for (int64_t d = 0; d <= high - low; d++)
        if (place[d])
            place[d] = (uint32_t)s->days++;
    for (size_t i = 0; i < c->n; i++)
        day[i] = c->day[i] == LC_NO_DAY ? LC_NO_CODE : place[c->day[i] - low];
    s->day = day;
    return LC_OK;
}

/* Leads that closed on or after their decision, and how long that took. */
static enum lc_rc list_closed(struct lc_leak_scene *s, struct lc_arena *arena,
                              struct lc_err *err)
{
    const struct lc_cohort *c = s->cohort;
    const struct lc_leads *l = &s->leads;
    uint32_t *closed = LC_NEW(arena, c->n + 1, uint32_t);
    uint32_t *took = LC_NEW(arena, c->n + 1, uint32_t);

    if (!closed || !took)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; i < c->n && l->closed && l->day; i++) {
        const uint32_t row = c->row[i];

        if (l->state[row] == LC_STATE_OPEN || l->closed[row] == LC_NO_DAY ||
            l->day[row] == LC_NO_DAY || l->closed[row] < l->day[row])
            continue;
        closed[s->n_closed] = (uint32_t)i;
        took[s->n_closed] = (uint32_t)(l->closed[row] - l->day[row]);
        if (took[s->n_closed] >= s->took_most)
            s->took_most = took[s->n_closed] + 1;
        s->n_closed++;
    }
    s->closed = closed;
    s->took = took;
    return LC_OK;
}

/* ---- groups of ages ---- */

/* The group of each day: leads before it and half of its own, over all. A lead of the last day is
 * in group 0, the youngest. */
static enum lc_rc group_ages(struct lc_leak_scene *s, struct lc_arena *scratch, uint8_t *age,
                             struct lc_err *err)
{
    const struct lc_cohort *c = s->cohort;
    size_t *count = LC_NEW(scratch, s->days + 1, size_t), before = 0, dated = 0;
    size_t n[LC_LEAK_NO_AGE + 1] = {0}, won[LC_LEAK_NO_AGE + 1] = {0};

    if (!count)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; i < c->n; i++)
        if (s->day[i] != LC_NO_CODE) {
            count[s->day[i]]++;
            dated++;
        }
    for (size_t d = 0; d < s->days && dated; d++) {
        const size_t here = count[d];

        count[d] = s->ages - 1 - (2 * before + here) * s->ages / (2 * dated);
        before += here;
    }
    for (size_t i = 0; i < c->n; i++) {
        age[i] = s->day[i] == LC_NO_CODE ? LC_LEAK_NO_AGE : (uint8_t)count[s->day[i]];
        n[age[i]]++;
        won[age[i]] += c->y[i];
    }
    for (size_t g = 0; g < s->ages; g++)
        if (won[g] < LC_LEAST_SUPPORT || n[g] - won[g] < LC_LEAST_SUPPORT) {
            s->ages = 0;
            break;
        }
    return LC_OK;
}

static enum lc_rc set_ages(struct lc_leak_scene *s, struct lc_arena *scratch, uint8_t *age,
                           struct lc_notes *notes, struct lc_err *err)
{
    const size_t groups = s->cohort->n_won / WINS_AN_AGE;
    enum lc_rc rc = LC_OK;

    s->ages = groups > LC_LEAK_AGES ? LC_LEAK_AGES : groups;
    if (!s->day)
        return lc_notes_add(notes, err,
                            "dates, age and later: no dates are named (--entered, --closed)");
    if (s->ages >= 2)
        rc = group_ages(s, scratch, age, err);
    else
        s->ages = 0;
    if (rc || s->ages)
        return rc;
    return lc_notes_add(
        notes, err, "age: too few wins in groups of leads by age; two groups of %d are needed",
        WINS_AN_AGE);
}

/* ---- the split by time ---- */

static enum lc_rc set_parts(struct lc_leak_scene *s, struct lc_arena *scratch, uint8_t *part,
                            struct lc_notes *notes, struct lc_err *err)
{
    const struct lc_cohort *c = s->cohort;
    struct lc_split split;
    enum lc_rc rc;

    memset(part, LC_PART_GAP, c->n);
    if (!s->day && !c->file_is_time)
        return LC_OK;
    rc = lc_cohort_split(c, scratch, &split, err);
    if (rc)
        return rc;
    s->later = split.train_won >= LEAST_TRAIN_WON && split.test_won >= LEAST_TEST_WON;
    for (size_t i = 0; i < split.n_train; i++)
        part[split.train[i]] = (uint8_t)((s->day ? s->day[split.train[i]] : i) % LC_LEAK_FOLDS);
    for (size_t i = 0; i < split.n_test; i++)
        part[split.test[i]] = LC_PART_TEST;
    if (s->later)
        return LC_OK;
    return lc_notes_add(notes, err,
                        "later: %zu wins to learn from and %zu among later leads are too few, "
                        "%d and %d are needed",
                        split.train_won, split.test_won, LEAST_TRAIN_WON, LEAST_TEST_WON);
}

/* ---- open and young ---- */

static enum lc_rc list_young(struct lc_leak_scene *s, struct lc_arena *arena,
                             struct lc_err *err)
{
    const struct lc_leads *l = &s->leads;
    uint32_t *young = LC_NEW(arena, l->n + 1, uint32_t);

    if (!young)
        return lc_fail_memory(err, "the leak audit");
    s->young_days = s->cohort->window_days > 0 ? s->cohort->window_days : YOUNG_DAYS;
    for (size_t i = 0; i < l->n && l->day; i++)
        if (l->state[i] == LC_STATE_OPEN && l->day[i] != LC_NO_DAY && l->day[i] <= l->as_of &&
            l->as_of - l->day[i] < s->young_days)
            young[s->n_young++] = (uint32_t)i;
    s->young = young;
    return LC_OK;
}

enum lc_rc lc_leak_scene_make(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_cohort *cohort, struct lc_arena *arena,
                              struct lc_leak_scene *scene, struct lc_notes *notes,
                              struct lc_err *err)
{
    struct lc_notes said_already = {.arena = arena};
    struct lc_leak_scene s = {.table = table, .spec = spec, .cohort = cohort};
    uint8_t *age = LC_NEW(arena, cohort->n + 1, uint8_t);
    uint8_t *part = LC_NEW(arena, cohort->n + 1, uint8_t);
    enum lc_rc rc = lc_leads_read(table, spec, true, &said_already, arena, &s.leads, err);

    if (rc)
        return rc;
    if (!age || !part)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; s.leads.closed && i < table->n; i++)
        if (s.leads.closed[i] != LC_NO_DAY && s.leads.closed[i] > s.leads.as_of &&
            cohort->has_dates)
            s.leads.state[i] = LC_STATE_OPEN;
    if (cohort->day)
        rc = code_days(&s, arena, err);
    if (!rc)
        rc = list_closed(&s, arena, err);
    if (!rc)
        rc = list_young(&s, arena, err);
    if (!rc)
        rc = set_ages(&s, arena, age, notes, err);
    if (!rc)
        rc = set_parts(&s, arena, part, notes, err);
    if (!rc)
        rc = lc_leak_since(&s, arena, notes, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < cohort->n; i++)
        age[i] = (uint8_t)lc_leak_cell(age[i], part[i], cohort->y[i]);
    s.cell = age;
    *scene = s;
    return LC_OK;
}
