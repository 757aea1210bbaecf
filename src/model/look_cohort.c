/* What the counted leads tell of each column: who lacks it, since when it is filled, what it may carry. */
#include <math.h>

#include "leadcal/num.h"
#include "leadcal/period.h"
#include "leadcal/samplesize.h"
#include "look_internal.h"

#define LEAST_LEADS  20   /* of a quarter that counts */
#define MOST_BEFORE  0.05 /* share that has the column while it is not filled yet */
#define LEAST_DURING 0.20 /* and from then on, */
#define LEAST_TIMES  10   /* at so many times the share before */
#define PRICE        2    /* deviance of a parameter: Akaike's */

static bool is_empty(const struct lc_column *c, uint32_t row)
{
    return c->missing != LC_NO_CODE && lc_code_at(c, row) == c->missing;
}

static void count_empty(const struct lc_cohort *cohort, struct lc_look_column *to)
{
    const struct lc_column *c = &to->column->codes;
    double won_share, rest_share;

    if (!c->code)
        return;
    for (size_t i = 0; i < cohort->n; i++) {
        const bool empty = is_empty(c, cohort->row[i]);

        to->won += cohort->y[i];
        to->rest += !cohort->y[i];
        to->won_empty += empty && cohort->y[i];
        to->rest_empty += empty && !cohort->y[i];
    }
    if (to->won <= 0 || to->rest <= 0)
        return;
    to->more = lc_newcombe(to->rest_empty, to->rest, to->won_empty, to->won);
    won_share = to->won_empty / to->won;
    rest_share = to->rest_empty / to->rest;
    to->differs = (to->more.low > 0 || to->more.high < 0) &&
                  fabs(rest_share - won_share) >= LC_LOOK_LEAST_MORE;
}

/* ---- quarters ---- */

void lc_look_filled(const struct lc_quarters *q, const struct lc_cohort *cohort,
                    const struct lc_table_column *c, double *out)
{
    for (size_t u = 0; u < q->n; u++)
        out[u] = 0;
    for (size_t i = 0; c->codes.code && i < cohort->n; i++)
        out[q->of[i]] += !is_empty(&c->codes, cohort->row[i]);
}

static const char *quarter_text(const struct lc_looking *l, size_t u)
{
    char text[LC_PERIOD_TEXT];

    lc_period_text(LC_PERIOD_QUARTER, l->quarters.number[u], text);
    return lc_arena_text(l->arena, lc_slice_of(text));
}

/* Leads and filled ones of some quarters that count; most: the greatest share of any of them. */
struct stretch {
    double leads, filled, most;
    size_t n;
};

static struct stretch add_up(const struct lc_looking *l, const double *filled, size_t from,
                             size_t to)
{
    struct stretch s = {0};

    for (size_t u = from; u < to; u++) {
        if (l->quarters.number[u] == LC_NO_QUARTER || l->leads[u] < LEAST_LEADS)
            continue;
        s.n++;
        s.leads += l->leads[u];
        s.filled += filled[u];
        s.most = fmax(s.most, filled[u] / l->leads[u]);
    }
    return s;
}

/* Is a column empty in one stretch and filled in the other? */
static bool turns(const struct stretch *without, const struct stretch *with,
                  struct lc_look_column *to)
{
    if (!without->n || !with->n || without->most >= MOST_BEFORE)
        return false;
    to->before = without->filled / without->leads;
    to->during = with->filled / with->leads;
    return to->during >= LEAST_DURING && to->during >= LEAST_TIMES * to->before;
}

static bool find_turn(const struct lc_looking *l, double *filled, struct lc_look_column *to)
{
    const size_t n = l->quarters.n;

    lc_look_filled(&l->quarters, l->look->cohort, to->column, filled);
    for (size_t u = n;
         u-- > 1;) { /* the latest first quarter, so that all before it are empty */
        const struct stretch before = add_up(l, filled, 0, u), after = add_up(l, filled, u, n);

        if (l->leads[u] < LEAST_LEADS || filled[u] < MOST_BEFORE * l->leads[u])
            continue;
        if (turns(&before, &after, to)) {
            to->since = quarter_text(l, u);
            return to->since != NULL;
        }
    }
    for (size_t u = 0; u + 1 < n; u++) {
        const struct stretch during = add_up(l, filled, 0, u + 1),
                             after = add_up(l, filled, u + 1, n);

        if (l->leads[u] < LEAST_LEADS || filled[u] < MOST_BEFORE * l->leads[u])
            continue;
        if (turns(&after, &during, to)) {
            to->until = quarter_text(l, u);
            return to->until != NULL;
        }
    }
    to->before = to->during = LC_NAN;
    return true;
}

static bool count_quarters(struct lc_looking *l)
{
    double *leads = LC_NEW(l->arena, l->quarters.n + 1, double);

    for (size_t i = 0; leads && l->quarters.n && i < l->look->cohort->n; i++)
        leads[l->quarters.of[i]]++;
    l->leads = leads;
    return leads != NULL;
}

/* ---- what the wins carry ---- */

static double xlogy(double x, double y)
{
    return x > 0 ? x * log(y) : 0;
}

/* -2 log-likelihood ratio of the levels against one rate for all. */
static double explained(const struct lc_attribute *a, const struct lc_cohort *cohort)
{
    const double base = (double)cohort->n_won / (double)cohort->n;
    double sum = 0;

    for (size_t v = 0; v < a->n_levels; v++) {
        const double n = a->n[v], won = a->won[v], rate = n > 0 ? won / n : 0;

        sum += xlogy(won, rate / base) + xlogy(n - won, (1 - rate) / (1 - base));
    }
    return 2 * sum;
}

static enum lc_rc weigh(struct lc_looking *l, struct lc_look_column *to, struct lc_err *err)
{
    const struct lc_cohort *cohort = l->look->cohort;
    const struct lc_table_column *c = to->column;
    struct lc_attribute a;
    enum lc_rc rc;

    if (to->use > LC_LOOK_ENGAGEMENT || c->kind == LC_KIND_MANY || c->kind == LC_KIND_DATE ||
        c->kind == LC_KIND_EMPTY)
        return LC_OK;
    rc = lc_attribute_learn(c, lc_spec_attribute_of(&l->look->proposal->spec, c->codes.name),
                            cohort->row, cohort->y, cohort->n, l->arena, &a, err);
    if (rc)
        return rc == LC_ENOMEM ? rc
                               : LC_OK; /* the spec's cuts are refused where they are used */
    to->parameters = a.n_levels ? a.n_levels - 1 : 0;
    to->gain = explained(&a, cohort) - PRICE * (double)to->parameters;
    l->look->parameters += to->parameters;
    return LC_OK;
}

/* The attributes of the greatest gain, as long as there is room. */
static void choose_carried(struct lc_look *look)
{
    double left = look->carried;

    for (;;) {
        struct lc_look_column *best = NULL;

        for (size_t j = 0; j < look->table->k; j++) {
            struct lc_look_column *c = &look->of[j];

            if (c->parameters && !c->carried && c->gain > 0 && (double)c->parameters <= left &&
                (!best || c->gain > best->gain))
                best = c;
        }
        if (!best)
            return;
        best->carried = true;
        left -= (double)best->parameters;
    }
}

enum lc_rc lc_look_cohort(struct lc_looking *l, struct lc_err *err)
{
    const struct lc_cohort *cohort = l->look->cohort;
    enum lc_rc rc = lc_quarters_of(cohort, l->arena, &l->quarters, err);
    double *filled;

    if (rc)
        return rc;
    filled = LC_NEW(l->arena, l->quarters.n + 1, double);
    if (!filled || !count_quarters(l))
        return lc_fail_memory(err, "a first look");
    for (size_t j = 0; j < l->look->table->k && !rc; j++) {
        count_empty(cohort, &l->look->of[j]);
        if (l->quarters.n > 1 && !find_turn(l, filled, &l->look->of[j]))
            return lc_fail_memory(err, "a first look");
        if (cohort->n_won && cohort->n_won < cohort->n)
            rc = weigh(l, &l->look->of[j], err);
    }
    l->look->carried = lc_parameters_carried((double)cohort->n, (double)cohort->n_won);
    choose_carried(l->look);
    return rc;
}
