/* The ratio of a level within its entry quarters, and where it contradicts the crude one. */
#include <math.h>
#include <stdlib.h>

#include "leadcal/agreement.h"
#include "leadcal/num.h"
#include "leadcal/quarters.h"
#include "leadcal/rates.h"
#include "leadcal/stratified.h"

#define APART      1.5 /* times: crude and stratified disagree */
#define OTHER_SIDE 1.1 /* times, on two sides of 1; nearer than that neither says anything */
#define MOST_REMARKS \
    5 /* levels named under the table, those of most leads; the rows have all */

/* The places of what is read and written. */
struct places {
    size_t ratio, stratified, low, high, note;
};

/* A level whose two ratios disagree. */
struct remark {
    const char *column, *level;
    double leads, crude, within;
    double
        good; /* share of its leads that came in quarters which closed better than the whole */
    size_t row;
};

/* One attribute against the quarters. */
struct within {
    const struct lc_cohort *cohort;
    const struct lc_quarters *q;
    const struct lc_attribute *a;
    const double *leads, *won;     /* [n_levels * q->n] */
    double *all_leads, *all_won;   /* [q->n] */
    double *rest_leads, *rest_won; /* [q->n] of the level at hand */
    double n, base;
};

static struct places find_places(const struct lc_frame *f)
{
    return (struct places){lc_frame_column(f, "ratio"), lc_frame_column(f, "ratio_stratified"),
                           lc_frame_column(f, "ratio_stratified_low"),
                           lc_frame_column(f, "ratio_stratified_high"),
                           lc_frame_column(f, "note")};
}

static bool disagree(double crude, double within)
{
    const double times = crude / within;
    const bool sides = (crude - 1) * (within - 1) < 0;

    if (!(crude > 0 && within > 0))
        return false;
    return fmax(times, 1 / times) > (sides ? OTHER_SIDE : APART);
}

/* The share of a level's leads that came in quarters which closed better than the whole. */
static double share_of_good(const struct within *w, size_t v)
{
    double good = 0;

    for (size_t t = 0; t < w->q->n; t++)
        if (w->all_won[t] > w->base * w->all_leads[t])
            good += w->leads[v * w->q->n + t];
    return good / w->a->n[v];
}

static void fill_row(const struct within *w, size_t v, const struct places *at,
                     union lc_value *row)
{
    const double *leads = w->leads + v * w->q->n, *won = w->won + v * w->q->n;
    const double share = w->a->n[v] / w->n;
    struct lc_interval ci;
    double rr;

    for (size_t t = 0; t < w->q->n; t++) {
        w->rest_leads[t] = w->all_leads[t] - leads[t];
        w->rest_won[t] = w->all_won[t] - won[t];
    }
    ci = lc_risk_within(won, leads, w->rest_won, w->rest_leads, w->q->n, &rr);
    row[at->stratified].number = lc_ratio_of_risk(rr, share);
    row[at->low].number = lc_ratio_of_risk(ci.low, share);
    row[at->high].number = lc_ratio_of_risk(ci.high, share);
}

/* The two ratios of a row, and what its quarters were like; its note is for who reads the row. */
static enum lc_rc remark_on(const struct within *w, size_t v, const struct places *at,
                            size_t place, struct lc_frame *f, struct remark *to,
                            struct lc_err *err)
{
    union lc_value *row = f->value + place * f->k;
    const char *before = row[at->note].text;

    *to = (struct remark){.column = w->a->column,
                          .level = w->a->level[v],
                          .leads = w->a->n[v],
                          .crude = row[at->ratio].number,
                          .within = row[at->stratified].number,
                          .good = share_of_good(w, v),
                          .row = place};
    row[at->note].text = lc_arena_format(f->arena, "%s%s%.2f within each quarter",
                                         before ? before : "", before ? "; " : "", to->within);
    return row[at->note].text ? LC_OK : lc_fail_memory(err, f->name);
}

static int by_leads(const void *a, const void *b)
{
    const struct remark *x = a, *y = b;

    if (x->leads != y->leads)
        return x->leads < y->leads ? 1 : -1;
    return (x->row > y->row) - (x->row < y->row);
}

/* "source=Partner looks 2.10 times as good as the average lead, but 1.00 times within each quarter:
 * 83 % of its leads came in good quarters" */
static enum lc_rc note_remarks(struct remark *remark, size_t n, struct lc_frame *f,
                               struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (n)
        qsort(remark, n, sizeof *remark, by_leads);
    for (size_t i = 0; i < n && i < MOST_REMARKS && !rc; i++) {
        const struct remark *r = &remark[i];
        const bool flattered = r->crude > r->within;

        rc = lc_frame_note(
            f, err,
            "%s=%s looks %.2f times as good as the average lead, but %.2f times within each "
            "quarter: %.0f %% of its leads came in %s quarters (column ratio_stratified)",
            r->column, r->level, r->crude, r->within, 100 * (flattered ? r->good : 1 - r->good),
            flattered ? "good" : "poor");
    }
    if (!rc && n > MOST_REMARKS)
        rc = lc_frame_note(f, err,
                           "and %zu more levels of fewer leads, whose rows say so under note",
                           n - MOST_REMARKS);
    return rc;
}

static enum lc_rc fill_attribute(struct within *w, const struct places *at, size_t first,
                                 struct remark *remark, size_t *n, struct lc_frame *f,
                                 struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t t = 0; t < w->q->n; t++) {
        w->all_leads[t] = w->all_won[t] = 0;
        for (size_t v = 0; v < w->a->n_levels; v++) {
            w->all_leads[t] += w->leads[v * w->q->n + t];
            w->all_won[t] += w->won[v * w->q->n + t];
        }
    }
    for (size_t v = 0; v < w->a->n_levels && !rc; v++) {
        union lc_value *row = f->value + (first + v) * f->k;

        fill_row(w, v, at, row);
        if (w->a->n[v] >= LC_FEW_LEADS &&
            disagree(row[at->ratio].number, row[at->stratified].number))
            rc = remark_on(w, v, at, first + v, f, &remark[(*n)++], err);
    }
    return rc;
}

static enum lc_rc fill_all(const struct lc_table *table, const size_t *column,
                           const struct lc_attribute *attribute, size_t k, struct within *w,
                           struct lc_arena *scratch, struct lc_frame *frame, struct lc_err *err)
{
    struct remark *remark = LC_NEW(scratch, frame->n, struct remark);
    const struct places at = find_places(frame);
    size_t first = 1, n = 0;
    enum lc_rc rc = LC_OK;

    if (!remark)
        return lc_fail_memory(err, frame->name);
    for (size_t j = 0; j < k && !rc; j++) {
        struct lc_arena counts;

        w->a = &attribute[j];
        lc_arena_init(&counts, scratch->limit - scratch->used);
        rc = lc_quarters_count(w->q, w->cohort, w->a, &table->column[column[j]], &counts,
                               &w->leads, &w->won, err);
        first++; /* the attribute's own row */
        if (!rc)
            rc = fill_attribute(w, &at, first, remark, &n, frame, err);
        first += w->a->n_levels;
        lc_arena_release(&counts);
    }
    return rc ? rc : note_remarks(remark, n, frame, err);
}

enum lc_rc lc_rates_within(const struct lc_table *table, const size_t *column,
                           const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                           size_t k, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_quarters q;
    struct within w = {.cohort = cohort, .q = &q, .n = (double)cohort->n};
    enum lc_rc rc;

    lc_arena_init(&scratch, frame->arena->limit - frame->arena->used);
    rc = lc_quarters_of(cohort, &scratch, &q, err);
    if (rc || !q.n)
        goto out;
    w.base = lc_cohort_won(cohort) / w.n;
    w.all_leads = LC_NEW(&scratch, 4 * q.n, double);
    if (!w.all_leads) {
        rc = lc_fail_memory(err, frame->name);
        goto out;
    }
    w.all_won = w.all_leads + q.n;
    w.rest_leads = w.all_won + q.n;
    w.rest_won = w.rest_leads + q.n;
    rc = fill_all(table, column, attribute, k, &w, &scratch, frame, err);
out:
    lc_arena_release(&scratch);
    return rc;
}
