#include "leadcal/quarters.h"

#include <stdbool.h>

#include "leadcal/period.h"

static int32_t quarter_of(int32_t day)
{
    return day == LC_NO_DAY ? LC_NO_QUARTER : lc_period_of(LC_PERIOD_QUARTER, day);
}

/* Places from numbers: `low` is the first quarter with a day, place 0 of `seen` is for no day. */
static size_t place_in(int32_t quarter, int32_t low)
{
    return quarter == LC_NO_QUARTER ? 0 : (size_t)(quarter - low) + 1;
}

/* The first and the last quarter of a cohort's days; false without any. */
static bool find_ends(const struct lc_cohort *cohort, int32_t *first, int32_t *last)
{
    int32_t low = INT32_MAX, high = INT32_MIN;

    for (size_t i = 0; cohort->day && i < cohort->n; i++) {
        const int32_t day = cohort->day[i];

        if (day == LC_NO_DAY)
            continue;
        low = day < low ? day : low;
        high = day > high ? day : high;
    }
    if (low > high)
        return false;
    *first = quarter_of(low);
    *last = quarter_of(high);
    return true;
}

enum lc_rc lc_quarters_of(const struct lc_cohort *cohort, struct lc_arena *arena,
                          struct lc_quarters *out, struct lc_err *err)
{
    int32_t low, high, *number;
    uint32_t *of, *seen;
    size_t span, n = 0;

    *out = (struct lc_quarters){0};
    if (!find_ends(cohort, &low, &high))
        return LC_OK;
    span = place_in(high, low) + 1;
    number = LC_NEW(arena, span, int32_t);
    of = LC_NEW(arena, cohort->n, uint32_t);
    seen = LC_NEW(arena, span, uint32_t);
    if (!number || !of || !seen)
        return lc_fail_memory(err, "the entry quarters");
    for (size_t i = 0; i < cohort->n; i++)
        seen[place_in(quarter_of(cohort->day[i]), low)] = 1;
    for (size_t at = 0; at < span; at++)
        if (seen[at]) {
            seen[at] = (uint32_t)n;
            number[n++] = at ? low + (int32_t)at - 1 : LC_NO_QUARTER;
        }
    for (size_t i = 0; i < cohort->n; i++)
        of[i] = seen[place_in(quarter_of(cohort->day[i]), low)];
    *out = (struct lc_quarters){n, number, of};
    return LC_OK;
}

enum lc_rc lc_quarters_count(const struct lc_quarters *q, const struct lc_cohort *cohort,
                             const struct lc_attribute *a, const struct lc_table_column *column,
                             struct lc_arena *arena, const double **leads, const double **won,
                             struct lc_err *err)
{
    double *n = LC_NEW(arena, a->n_levels * q->n, double);
    double *wins = LC_NEW(arena, a->n_levels * q->n, double);
    struct lc_arena scratch;
    struct lc_column codes;
    enum lc_rc rc;

    if (!n || !wins)
        return lc_fail_memory(err, a->column);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_attribute_code(a, column, cohort->row, cohort->n, &scratch, &codes, err);
    for (size_t i = 0; !rc && i < cohort->n; i++) {
        const size_t at = lc_code_at(&codes, i) * q->n + q->of[i];

        n[at]++;
        wins[at] += cohort->credit ? cohort->credit[i] : cohort->y[i];
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    *leads = n;
    *won = wins;
    return LC_OK;
}

enum lc_rc lc_quarters_by_row(const struct lc_cohort *cohort, size_t n_rows,
                              struct lc_arena *arena, const int32_t **quarter,
                              struct lc_err *err)
{
    int32_t *of;

    *quarter = NULL;
    if (!cohort->day)
        return LC_OK;
    of = LC_NEW(arena, n_rows + 1, int32_t);
    if (!of)
        return lc_fail_memory(err, "the entry quarters");
    for (size_t i = 0; i < n_rows; i++)
        of[i] = LC_NO_QUARTER;
    for (size_t i = 0; i < cohort->n; i++)
        of[cohort->row[i]] = quarter_of(cohort->day[i]);
    *quarter = of;
    return LC_OK;
}
