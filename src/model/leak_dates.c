/* Step 3: what was dated after the decision, and numbers that move with the lead's age or close. */
#include <math.h>

#include "leadcal/num.h"
#include "leak_internal.h"

#define LEAST_PAIRS   20   /* leads without which no correlation is looked at */
#define MOVES         0.50 /* lower limit of a rank correlation that leaves a number out */
#define MOVES_A_BIT   0.30 /* and of one that is noted */
#define OVER_HALF     0.50 /* of the wins, or of all counted leads that have the date */
#define DAYS_OF_GRACE 1    /* after the decision, and around the close */

/* ---- numbers ---- */

/* The value of each code as a rank: levels stand in order of value, equal ones share a rank. */
static uint32_t *value_ranks(const struct lc_table_column *c, struct lc_arena *scratch,
                             size_t *k)
{
    uint32_t *rank = LC_NEW(scratch, (size_t)c->codes.n_levels + 1, uint32_t), next = 0;

    for (uint32_t v = 0; rank && v < c->codes.n_levels; v++) {
        if (v == c->codes.missing)
            continue;
        next += v > 0 && c->number[v] != c->number[v - 1];
        rank[v] = next;
    }
    *k = (size_t)next + 1;
    return rank;
}

/* Two codes of the leads that have both. */
struct pairs {
    uint32_t *x, *y;
    size_t n;
};

static enum lc_rc correlate(const struct pairs *p, size_t kx, size_t ky,
                            struct lc_arena *scratch, struct lc_spearman *to,
                            struct lc_err *err)
{
    return p->n < LEAST_PAIRS ? LC_OK : lc_spearman(p->x, kx, p->y, ky, p->n, scratch, to, err);
}

static enum lc_rc look_at_number(const struct lc_leak_scene *s, const struct lc_table_column *c,
                                 struct lc_arena *scratch, struct lc_leak_look *look,
                                 struct lc_err *err)
{
    const struct lc_cohort *cohort = s->cohort;
    struct pairs p = {LC_NEW(scratch, cohort->n + 1, uint32_t),
                      LC_NEW(scratch, cohort->n + 1, uint32_t), 0};
    size_t values;
    const uint32_t *rank = value_ranks(c, scratch, &values);
    enum lc_rc rc;

    if (!p.x || !p.y || !rank)
        return lc_fail_memory(err, "the leak audit");
    for (size_t i = 0; s->day && i < cohort->n; i++) {
        const uint32_t code = lc_code_at(&c->codes, cohort->row[i]);

        if (code == c->codes.missing || s->day[i] == LC_NO_CODE)
            continue;
        p.x[p.n] = rank[code];
        p.y[p.n++] = (uint32_t)s->days - 1 - s->day[i]; /* the age: old leads have early days */
    }
    rc = correlate(&p, values, s->days, scratch, &look->age, err);
    p.n = 0;
    for (size_t i = 0; i < s->n_closed; i++) {
        const uint32_t code = lc_code_at(&c->codes, cohort->row[s->closed[i]]);

        if (code == c->codes.missing)
            continue;
        p.x[p.n] = rank[code];
        p.y[p.n++] = s->took[i];
    }
    return rc ? rc : correlate(&p, values, s->took_most, scratch, &look->took, err);
}

/* ---- dates ---- */

static void look_at_date(const struct lc_leak_scene *s, const struct lc_table_column *c,
                         struct lc_leak_look *look)
{
    const struct lc_leads *l = &s->leads;

    for (size_t i = 0; i < s->cohort->n; i++) {
        const uint32_t row = s->cohort->row[i];
        const int32_t day = c->day[lc_code_at(&c->codes, row)], decided = l->day[row];
        const int32_t closed =
            l->closed && l->state[row] != LC_STATE_OPEN ? l->closed[row] : LC_NO_DAY;
        double *to = look->dated[s->cohort->y[i]];

        if (day == LC_NO_DAY || decided == LC_NO_DAY)
            continue;
        to[LC_DATED_FILLED] += 1;
        to[LC_DATED_LATE] += day > decided + DAYS_OF_GRACE;
        if (closed == LC_NO_DAY || closed <= decided + 2 * DAYS_OF_GRACE)
            continue; /* too near to the decision to be told from it */
        to[LC_DATED_CLOSED] += 1;
        to[LC_DATED_AFTER] += day > closed;
        to[LC_DATED_NEAR] += day >= closed - DAYS_OF_GRACE && day <= closed + DAYS_OF_GRACE;
    }
}

enum lc_rc lc_leak_look_at_dates(const struct lc_leak_scene *scene,
                                 const struct lc_table_column *c, struct lc_arena *scratch,
                                 struct lc_leak_look *look, struct lc_err *err)
{
    if (c->kind == LC_KIND_DATE && scene->leads.day)
        look_at_date(scene, c, look);
    if (c->kind == LC_KIND_NUMBER)
        return look_at_number(scene, c, scratch, look, err);
    return LC_OK;
}

/* ---- verdicts ---- */

/* The limit of the correlation that lies nearer to 0; 0 where the interval holds it. */
static double nearest_limit(const struct lc_spearman *s)
{
    if (isnan(s->rho) || s->low * s->high <= 0)
        return 0;
    return fmin(fabs(s->low), fabs(s->high));
}

static enum lc_rc judge_correlation(size_t column, const struct lc_spearman *s, bool note_too,
                                    const char *reason, const char *with,
                                    struct lc_findings *to, struct lc_err *err)
{
    const double limit = nearest_limit(s);
    const bool suspect = limit > MOVES;
    const struct lc_finding f = {.column = column,
                                 .severity = suspect ? LC_SEVERITY_SUSPECT : LC_SEVERITY_NOTE,
                                 .step = LC_STEP_DATES,
                                 .reason = reason,
                                 .value = limit,
                                 .threshold = suspect ? MOVES : MOVES_A_BIT};

    if (!suspect && !(note_too && limit > MOVES_A_BIT))
        return LC_OK;
    return lc_findings_add(to, &f, err, "rank correlation with %s %.2f (%.2f to %.2f)", with,
                           s->rho, s->low, s->high);
}

/* The larger share of the two groups, and which that was. */
struct share {
    double value, n;
    const char *who;
};

static struct share larger(const struct lc_leak_look *look, size_t count, size_t of)
{
    static const char *const who[2] = {"other leads", "wins"};
    struct share s = {0, 0, who[1]};

    for (size_t y = 0; y < 2; y++) {
        const double *dated = look->dated[y];

        if (dated[of] >= LC_LEAST_SUPPORT && dated[count] / dated[of] > s.value)
            s = (struct share){dated[count] / dated[of], dated[of], who[y]};
    }
    return s;
}

static enum lc_rc judge_date(size_t column, const struct lc_leak_look *look,
                             struct lc_findings *to, struct lc_err *err)
{
    static const struct {
        size_t count, of;
        enum lc_severity severity;
        const char *reason, *evidence;
    } question[] = {
        {LC_DATED_NEAR, LC_DATED_CLOSED, LC_SEVERITY_REJECT,
         "It tells the day on which the lead was won or lost", "within a day of the close"},
        {LC_DATED_AFTER, LC_DATED_CLOSED, LC_SEVERITY_REJECT,
         "It is dated after the lead was won or lost", "after the close"},
        {LC_DATED_LATE, LC_DATED_FILLED, LC_SEVERITY_SUSPECT,
         "It is dated after the decision, when the score had to be known",
         "later than a day after the decision"},
    };

    for (size_t q = 0; q < sizeof question / sizeof *question; q++) {
        const struct share s = larger(look, question[q].count, question[q].of);
        const struct lc_finding f = {.column = column,
                                     .severity = question[q].severity,
                                     .step = LC_STEP_DATES,
                                     .reason = question[q].reason,
                                     .value = s.value,
                                     .threshold = OVER_HALF};

        if (s.value > OVER_HALF)
            return lc_findings_add(to, &f, err, "%s for %.0f %% of %.0f %s",
                                   question[q].evidence, 100 * s.value, s.n, s.who);
    }
    return LC_OK;
}

enum lc_rc lc_leak_judge_dates(size_t column, const struct lc_leak_look *look,
                               struct lc_findings *to, struct lc_err *err)
{
    enum lc_rc rc = judge_date(column, look, to, err);

    if (!rc)
        rc = judge_correlation(column, &look->age, true, "It moves with the age of the lead",
                               "the age of the lead", to, err);
    if (!rc)
        rc = judge_correlation(column, &look->took, false,
                               "It moves with the time that the lead took to close",
                               "the days to the close", to, err);
    return rc;
}
