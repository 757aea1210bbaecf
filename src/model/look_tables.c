/* The tables of a first look that need the counted leads: empty cells by outcome, coverage by quarter. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/period.h"
#include "look_internal.h"

/* ---- empty cells by outcome ---- */

enum { M_COLUMN, M_WON, M_REST, M_LOW, M_HIGH, M_NOTE, M_ALL };

static const struct lc_heading missing_heading[M_ALL] = {
    {"column", LC_CELL_TEXT, NULL, false},
    {"won_empty", LC_CELL_RATE, "empty, won", false},
    {"rest_empty", LC_CELL_RATE, "empty, not won", false},
    {"more_low", LC_CELL_RATE, "more, low", false},
    {"more_high", LC_CELL_RATE, "more, high", false},
    {"note", LC_CELL_TEXT, NULL, false},
};

static const char *missing_note(const struct lc_look_column *c)
{
    if (!c->differs)
        return "";
    return c->more.low > 0 ? "the others lack it more often" : "the won lack it more often";
}

static enum lc_rc add_missing(const struct lc_look *look, bool differ, struct lc_frame *frame,
                              struct lc_err *err)
{
    for (size_t j = 0; j < look->table->k; j++) {
        const struct lc_look_column *c = &look->of[j];
        union lc_value *row;
        enum lc_rc rc;

        if (c->differs != differ || c->use == LC_LOOK_ROLE ||
            !(c->won_empty + c->rest_empty > 0) || isnan(c->more.low) ||
            c->column->kind == LC_KIND_EMPTY)
            continue;
        rc = lc_frame_add(frame, &row, err);
        if (rc)
            return rc;
        row[M_COLUMN].text = c->column->codes.name;
        row[M_WON].number = c->won_empty / c->won;
        row[M_REST].number = c->rest_empty / c->rest;
        row[M_LOW].number = c->more.low;
        row[M_HIGH].number = c->more.high;
        row[M_NOTE].text = missing_note(c);
    }
    return LC_OK;
}

enum lc_rc lc_look_missing(const struct lc_look *look, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err)
{
    enum lc_rc rc;

    lc_frame_init(frame, "missing", missing_heading, M_ALL, arena);
    if (!look->cohort)
        return LC_OK;
    rc = add_missing(look, true, frame, err);
    return rc ? rc : add_missing(look, false, frame, err);
}

/* ---- coverage by quarter ---- */

/* A date or an amount of the spec, or a column whose entries begin or end. */
static bool is_covered(const struct lc_look *look, size_t j)
{
    const struct lc_look_column *c = &look->of[j];

    if (c->since || c->until)
        return true;
    return c->use == LC_LOOK_ROLE && c->column->n_filled < look->table->n &&
           (c->column->kind == LC_KIND_DATE || c->column->kind == LC_KIND_NUMBER);
}

/* The headings: quarter, leads, and a share for each column. */
static enum lc_rc head_coverage(const struct lc_look *look, struct lc_arena *arena,
                                struct lc_frame *frame, struct lc_err *err)
{
    struct lc_heading *heading = LC_NEW(arena, look->table->k + 2, struct lc_heading);
    size_t n = 2;

    if (!heading)
        return lc_fail_memory(err, "the coverage");
    heading[0] = (struct lc_heading){"quarter", LC_CELL_TEXT, NULL, false};
    heading[1] = (struct lc_heading){"leads", LC_CELL_COUNT, NULL, false};
    for (size_t j = 0; j < look->table->k; j++)
        if (is_covered(look, j))
            heading[n++] =
                (struct lc_heading){look->of[j].column->codes.name, LC_CELL_RATE, NULL, false};
    lc_frame_init(frame, "coverage", heading, n, arena);
    return LC_OK;
}

static enum lc_rc add_quarters(const struct lc_look *look, const struct lc_quarters *q,
                               double *leads, struct lc_frame *frame, struct lc_err *err)
{
    for (size_t u = 0; u < q->n; u++) {
        union lc_value *row;
        const enum lc_rc rc = lc_frame_add(frame, &row, err);
        char text[LC_PERIOD_TEXT] = "no date";

        if (rc)
            return rc;
        if (q->number[u] != LC_NO_QUARTER)
            lc_period_text(LC_PERIOD_QUARTER, q->number[u], text);
        leads[u] = 0;
        for (size_t i = 0; i < look->cohort->n; i++)
            leads[u] += q->of[i] == u;
        row[0].text = lc_arena_text(frame->arena, lc_slice_of(text));
        row[1].number = leads[u];
        if (!row[0].text)
            return lc_fail_memory(err, "the coverage");
    }
    return LC_OK;
}

enum lc_rc lc_look_coverage(const struct lc_look *look, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err)
{
    struct lc_quarters q;
    double *leads, *filled;
    size_t at = 2;
    enum lc_rc rc = head_coverage(look, arena, frame, err);

    if (rc || !look->cohort)
        return rc;
    rc = lc_quarters_of(look->cohort, arena, &q, err);
    if (rc || !q.n)
        return rc;
    leads = LC_NEW(arena, q.n, double);
    filled = LC_NEW(arena, q.n, double);
    if (!leads || !filled)
        return lc_fail_memory(err, "the coverage");
    rc = add_quarters(look, &q, leads, frame, err);
    for (size_t j = 0; j < look->table->k && !rc; j++) {
        if (!is_covered(look, j))
            continue;
        lc_look_filled(&q, look->cohort, look->of[j].column, filled);
        for (size_t u = 0; u < q.n; u++)
            frame->value[u * frame->k + at].number = filled[u] / leads[u];
        at++;
    }
    return rc;
}
