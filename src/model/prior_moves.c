/* Which points moved since last quarter, and whether the leads forced it. */
#include <math.h>
#include <stdlib.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"
#include "prior_internal.h"

#define A_POINT (LC_POINTS_PER_DOUBLING / 0.693147180559945309417232121458176568)
#define FORCED  0.05 /* adjusted p below which the leads forced a move */

enum column {
    ATTRIBUTE,
    LEVEL,
    LAST_POINTS,
    POINTS,
    MOVE,
    Z,
    IS_FORCED,
    LEADS,
    WON,
    EXPECTED,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LAST_POINTS] = {"last_points", LC_CELL_REAL, "last points", false},
    [POINTS] = {"points", LC_CELL_COUNT, "points now", false},
    [MOVE] = {"move", LC_CELL_REAL, NULL, false},
    [Z] = {"z", LC_CELL_REAL, NULL, false},
    [IS_FORCED] = {"forced", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [EXPECTED] = {"expected", LC_CELL_REAL, "won as expected", false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
};

/* One level; last, move and z are NaN where last quarter did not know it. */
struct move {
    size_t attribute, level;
    double last, points, move, z, p;
};

/* The level against the average of this quarter's leads, as a combination of coefficients. */
static void contrast_of(const struct lc_fit *fit, size_t j, size_t level, double *c)
{
    const struct lc_attribute *a = &fit->attribute[j];
    double leads = 0;

    for (size_t v = 0; v < a->n_levels; v++)
        leads += a->n[v];
    for (size_t v = 0; v < a->n_levels; v++)
        c[fit->at[j][v]] = (v == level) - a->n[v] / leads;
}

/* The larger p of two looks: z speaks of the posterior, and is far from normal where a level has a handful
 * of leads; the exact look speaks of the level's own leads against what last quarter's weights expect, and
 * takes those for certain. A move is forced where both say so. */
static double p_of(const struct lc_carried *carried, const struct lc_attribute *a, size_t level,
                   size_t at, double z)
{
    const double exact =
        lc_binomial(a->won[level], a->n[level], fmin(carried->expected[at] / a->n[level], 1));

    return isnan(exact) || isnan(z) ? LC_NAN : fmax(exact, erfc(fabs(z) / sqrt(2)));
}

static void measure(const struct lc_fit *fit, size_t j, size_t level, double *c,
                    struct move *to)
{
    const struct lc_carried *carried = fit->carried;
    const struct lc_attribute *a = &fit->attribute[j];
    double last = 0, now = 0;

    contrast_of(fit, j, level, c);
    for (size_t v = 0; v < a->n_levels; v++) {
        const size_t at = fit->at[j][v];

        last += c[at] * carried->prior.mean[at];
        now += c[at] * fit->kernel.b[at];
    }
    *to = (struct move){.attribute = j,
                        .level = level,
                        .last = LC_NAN,
                        .points = lc_round_away(A_POINT * now) + 0.0, /* -0 becomes 0 */
                        .move = LC_NAN,
                        .z = LC_NAN,
                        .p = LC_NAN};
    if (carried->prior.drifts[fit->at[j][level]]) {
        to->last = A_POINT * last;
        to->move = A_POINT *
                   lc_update_move(&carried->prior, &carried->update, &fit->kernel, c, &to->z);
        if (a->n[level] == 0)
            to->z = LC_NAN; /* it moved with the others, and no lead of its own says so */
        to->p = p_of(carried, a, level, fit->at[j][level], to->z);
    }
    for (size_t v = 0; v < a->n_levels; v++)
        c[fit->at[j][v]] = 0;
}

/* Larger moves first, new levels last; among equals the model's own order. */
static int by_size(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    const double p = isnan(x->move) ? -1 : fabs(x->move),
                 q = isnan(y->move) ? -1 : fabs(y->move);

    if (p != q)
        return p > q ? -1 : 1;
    if (x->attribute != y->attribute)
        return x->attribute < y->attribute ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

static enum lc_rc measure_all(const struct lc_fit *fit, struct lc_arena *scratch,
                              struct move **to, size_t *n, struct lc_err *err)
{
    double *c = LC_NEW(scratch, fit->kernel.k, double);
    double *p = LC_NEW(scratch, fit->kernel.k, double);
    size_t *order = LC_NEW(scratch, fit->kernel.k, size_t);
    struct move *move = LC_NEW(scratch, fit->kernel.k, struct move);

    *n = 0;
    *to = move;
    if (!c || !p || !order || !move)
        return lc_fail_memory(err, "the moves of points");
    for (size_t j = 0; j < fit->k_attributes; j++)
        for (size_t v = 0; v < fit->attribute[j].n_levels; v++, ++*n) {
            measure(fit, j, v, c, &move[*n]);
            p[*n] = move[*n].p;
        }
    lc_benjamini_hochberg(p, *n, order, p);
    for (size_t i = 0; i < *n; i++)
        move[i].p = p[i];
    qsort(move, *n, sizeof *move, by_size);
    return LC_OK;
}

static double tenths(double x)
{
    return isnan(x) ? x : lc_round_away(10 * x) / 10 + 0.0;
}

static enum lc_rc add_row(const struct lc_fit *fit, const struct move *m,
                          struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_attribute *a = &fit->attribute[m->attribute];
    union lc_value *row = NULL;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = a->level[m->level];
    row[LAST_POINTS].number = tenths(m->last);
    row[POINTS].number = m->points;
    row[MOVE].number = tenths(m->move);
    row[Z].number = m->z;
    if (!isnan(m->last))
        row[IS_FORCED].text = m->p < FORCED ? "yes" : "no";
    row[LEADS].number = a->n[m->level];
    row[WON].number = a->won[m->level];
    row[EXPECTED].number = fit->carried->expected[fit->at[m->attribute][m->level]];
    if (isnan(m->last))
        row[NOTE].text = "new this quarter";
    else if (a->n[m->level] == 0)
        row[NOTE].text = "no lead this quarter";
    return LC_OK;
}

/* The sentence for people. */
static enum lc_rc sum_up(const struct lc_fit *fit, const struct move *move, size_t n,
                         struct lc_frame *frame, struct lc_err *err)
{
    const double drift = A_POINT * fit->carried->update.q;
    size_t known = 0, moved = 0, forced = 0;
    const char *which = "this quarter's leads forced none of them";

    for (size_t i = 0; i < n; i++) {
        known += isnan(move[i].last) ? 0 : 1;
        moved += fabs(move[i].move) >= 1 ? 1 : 0;
        forced += move[i].p < FORCED ? 1 : 0;
    }
    if (forced)
        which = lc_arena_format(frame->arena, "this quarter's leads forced %zu move%s", forced,
                                forced > 1 ? "s" : "");
    if (!which)
        return lc_fail_memory(err, "the moves of points");
    return lc_frame_note(
        frame, err,
        "since last quarter %zu of %zu levels moved by a point or more; %s, beyond what last quarter left "
        "open and a usual drift of %.1f points a quarter; the other moves may be luck",
        moved, known, which, drift);
}

enum lc_rc lc_moves(const struct lc_fit *fit, struct lc_arena *arena, struct lc_frame *frame,
                    struct lc_err *err)
{
    struct lc_arena scratch;
    struct move *move = NULL;
    struct lc_frame f;
    size_t n = 0;
    enum lc_rc rc;

    lc_frame_init(&f, "moves", heading, COLUMNS, arena);
    f.title = lc_arena_format(arena, "Points against %s", fit->carried->from->name);
    if (!f.title)
        return lc_fail_memory(err, "the moves of points");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = measure_all(fit, &scratch, &move, &n, err);
    for (size_t i = 0; i < n && !rc; i++)
        rc = add_row(fit, &move[i], &f, err);
    if (!rc)
        rc = sum_up(fit, move, n, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
