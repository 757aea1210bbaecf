#include "leadcal/card.h"

#include <assert.h>
#include <math.h>

#include "leadcal/logit.h"
#include "leadcal/num.h"

#define LN_2 0.693147180559945309417232121458176568

struct lc_point_scale lc_points_standard(void)
{
    return (struct lc_point_scale){
        .average = 50, .least = 1, .most = 100, .per_doubling = LC_POINTS_PER_DOUBLING};
}

void lc_points_of(const double *value, size_t n, double *points)
{
    for (size_t i = 0; i < n; i++)
        points[i] = lc_round_away(LC_POINTS_PER_DOUBLING / LN_2 * value[i]);
}

void lc_card_describe(struct lc_card_attribute *a)
{
    const size_t levels = a->attribute.n_levels;
    const double *n = a->attribute.n;
    double leads = 0;

    for (size_t v = 0; v < levels; v++)
        leads += n[v];
    for (size_t v = 0; v < levels; v++) {
        a->mean_points += n[v] * a->points[v] / leads;
        a->variance += n[v] * a->value[v] * a->value[v] / leads;
    }
}

/* What one attribute can add at least and at most, in any segment; a value never seen may add something,
 * too. A deviation is in the range of its attribute. */
static struct lc_range range_of(const struct lc_card *card, size_t j)
{
    const struct lc_card_attribute *a = &card->attribute[j];
    struct lc_range range = {a->points[0], a->points[0]};

    if (a->local)
        return (struct lc_range){0, 0};
    for (size_t v = 1; v <= a->attribute.n_levels; v++) {
        range.low = fmin(range.low, a->points[v]);
        range.high = fmax(range.high, a->points[v]);
    }
    for (size_t i = j + 1; i < card->k; i++) {
        const struct lc_card_attribute *d = &card->attribute[i];

        for (size_t v = 0; d->local && d->local->of == j && v <= a->attribute.n_levels; v++) {
            range.low = fmin(range.low, a->points[v] + d->points[v]);
            range.high = fmax(range.high, a->points[v] + d->points[v]);
        }
    }
    return range;
}

struct lc_range lc_card_range(const struct lc_card *card, enum lc_role role)
{
    struct lc_range sum = {0, 0};
    size_t found = 0;

    for (size_t j = 0; j < card->k; j++) {
        const struct lc_range one = range_of(card, j);

        if (card->attribute[j].attribute.role != role)
            continue;
        sum.low += one.low;
        sum.high += one.high;
        found++;
    }
    return found ? sum : (struct lc_range){LC_NAN, LC_NAN};
}

/* The sums of one lead while its attributes go by, in model order: both ways of scoring add in
 * the same order, so that they agree to the last bit. */
struct sums {
    double log_odds, f, g;
};

static void add_level(struct sums *s, const struct lc_card_attribute *a, size_t level)
{
    assert(level <= a->attribute.n_levels);
    s->log_odds += a->value[level];
    if (a->attribute.role == LC_ROLE_PROFILE)
        s->f += a->points[level];
    else
        s->g += a->points[level];
}

/* 0..100: where a sum stands in its range; the middle of a range without width. */
static double place_in(struct lc_range range, double sum)
{
    if (isnan(range.low))
        return LC_NAN;
    if (!(range.high > range.low))
        return 50;
    return fmin(fmax(100 * (sum - range.low) / (range.high - range.low), 0), 100);
}

static struct lc_scored finish(const struct sums *s, const struct lc_point_scale *scale,
                               const struct lc_range range[2])
{
    const double points = scale->average + s->f + s->g;

    return (struct lc_scored){
        .log_odds = s->log_odds,
        .probability = lc_logistic(s->log_odds),
        .f_points = s->f,
        .g_points = s->g,
        .points = fmin(fmax(points, scale->least), scale->most),
        .limited = points < scale->least || points > scale->most,
        .fit = place_in(range[LC_ROLE_PROFILE], s->f),
        .engagement = place_in(range[LC_ROLE_ENGAGEMENT], s->g),
    };
}

size_t lc_card_level(const struct lc_card *card, size_t j, const size_t *level)
{
    const struct lc_card_local *local = card->attribute[j].local;

    if (!local)
        return level[j];
    return level[local->own] == local->segment ? level[local->of]
                                               : card->attribute[j].attribute.n_levels;
}

struct lc_scored lc_card_score(const struct lc_card *card, const struct lc_range range[2],
                               const size_t *level)
{
    struct sums s = {.log_odds = card->intercept};

    for (size_t j = 0; j < card->k; j++)
        add_level(&s, &card->attribute[j], lc_card_level(card, j, level));
    return finish(&s, &card->scale, range);
}

/* lc_card_level of row i. */
static size_t level_in(const struct lc_card *card, size_t j, const struct lc_column *codes,
                       size_t i)
{
    const struct lc_card_local *local = card->attribute[j].local;

    if (!local)
        return lc_code_at(&codes[j], i);
    return lc_code_at(&codes[local->own], i) == local->segment
               ? lc_code_at(&codes[local->of], i)
               : card->attribute[j].attribute.n_levels;
}

void lc_card_score_rows(const struct lc_card *card, const struct lc_column *codes, size_t n,
                        struct lc_scored *scored)
{
    const struct lc_range range[2] = {
        [LC_ROLE_PROFILE] = lc_card_range(card, LC_ROLE_PROFILE),
        [LC_ROLE_ENGAGEMENT] = lc_card_range(card, LC_ROLE_ENGAGEMENT),
    };

    for (size_t i = 0; i < n; i++) {
        struct sums s = {.log_odds = card->intercept};

        for (size_t j = 0; j < card->k; j++)
            add_level(&s, &card->attribute[j], level_in(card, j, codes, i));
        scored[i] = finish(&s, &card->scale, range);
    }
}

/* Percentages of one dimension by largest remainder; `left` [k] is scratch. */
static void share_out(const struct lc_card *card, enum lc_role role, double *left, int *percent)
{
    const struct lc_range all = lc_card_range(card, role);
    const double total = all.high - all.low;
    size_t members = 0;
    int given = 0;

    for (size_t j = 0; j < card->k; j++)
        members += card->attribute[j].attribute.role == role && !card->attribute[j].local;
    for (size_t j = 0; j < card->k; j++) {
        const struct lc_range one = range_of(card, j);
        /* Ranges without any width are split evenly: none of them matters more. */
        const double part = total > 0 ? one.high - one.low : !card->attribute[j].local;
        const double whole = total > 0 ? total : (double)members;

        if (card->attribute[j].attribute.role != role)
            continue;
        percent[j] = (int)floor(100 * part / whole);
        left[j] = 100 * part - percent[j] * whole;
        given += percent[j];
    }
    while (members && given < 100) {
        size_t most = card->k;

        for (size_t j = 0; j < card->k; j++)
            if (card->attribute[j].attribute.role == role &&
                (most == card->k || left[j] > left[most]))
                most = j;
        percent[most]++;
        left[most] = -HUGE_VAL;
        given++;
    }
}

enum lc_rc lc_card_code(const struct lc_card *card, const struct lc_table *table,
                        const size_t *column, const uint32_t *row, size_t n,
                        struct lc_arena *arena, struct lc_column **codes, struct lc_err *err)
{
    struct lc_column *coded = LC_NEW(arena, card->k + 1, struct lc_column);

    if (!coded)
        return lc_fail_memory(err, "the codes of a card's leads");
    for (size_t j = 0; j < card->k; j++) {
        const struct lc_attribute *a = &card->attribute[j].attribute;
        size_t at = 0;
        enum lc_rc rc = LC_OK;

        coded[j].name = a->column;
        if (card->attribute[j].local)
            continue;
        if (a->of)
            rc = lc_table_find(table, a->of, &at, err);
        else
            at = column[j];
        if (!rc)
            rc = lc_attribute_code(a, &table->column[at], row, n, arena, &coded[j], err);
        if (rc)
            return rc;
    }
    *codes = coded;
    return LC_OK;
}

enum lc_rc lc_card_shares(const struct lc_card *card, struct lc_arena *arena, int *percent,
                          struct lc_err *err)
{
    double *left = LC_NEW(arena, card->k, double);

    if (!left)
        return lc_fail_memory(err, "the shares of a card's attributes");
    share_out(card, LC_ROLE_PROFILE, left, percent);
    share_out(card, LC_ROLE_ENGAGEMENT, left, percent);
    return LC_OK;
}
