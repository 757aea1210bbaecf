/* Every method of cutting side by side, on the same leads. */
#include <math.h>
#include <string.h>

#include "cuts_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

enum column {
    METHOD,
    DIMENSION,
    GRADE,
    CUT,
    CUT_LOW,
    CUT_HIGH,
    FOUND,
    LEADS,
    WON,
    CLOSE_RATE,
    LOW,
    HIGH,
    EXPECTED,
    APART,
    DEVIANCE,
    NOTE,
    COLUMNS
};

static const struct lc_heading headings[COLUMNS] = {
    {"method", LC_CELL_TEXT, NULL, false},
    {"dimension", LC_CELL_TEXT, NULL, false},
    {"grade", LC_CELL_TEXT, NULL, false},
    {"cut", LC_CELL_REAL, "begins at", false},
    {"cut_low", LC_CELL_REAL, "from", false},
    {"cut_high", LC_CELL_REAL, "to", false},
    {"found", LC_CELL_RATE, "in resamples", true},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", false},
    {"low", LC_CELL_RATE, NULL, false},
    {"high", LC_CELL_RATE, NULL, false},
    {"expected", LC_CELL_RATE, NULL, false},
    {"apart", LC_CELL_REAL, "apart by", false},
    {"deviance", LC_CELL_REAL, NULL, false},
    {"note", LC_CELL_TEXT, NULL, false},
};

/* What all rows of one method in one dimension share. */
struct view {
    const struct lc_cut_leads *l;
    const double *p; /* [n] probability out of fold */
    const char *method, *dimension;
    char first; /* A or 1 */
    struct lc_frame *frame;
    struct lc_arena *arena;
};

/* Leads, wins and expected wins of the grades. */
struct counts {
    double n[LC_GRADES], won[LC_GRADES], p[LC_GRADES];
};

static struct counts count(const struct view *v, const struct lc_grade_cuts *cuts)
{
    struct counts c = {{0}, {0}, {0}};

    for (size_t i = 0; i < v->l->n; i++) {
        const size_t grade = lc_grade_of(cuts, v->l->score[i]);

        c.n[grade] += 1;
        c.won[grade] += v->l->y[i];
        c.p[grade] += v->p[i];
    }
    return c;
}

static enum lc_rc add_row(const struct view *v, const char *grade, union lc_value **row,
                          struct lc_err *err)
{
    const enum lc_rc rc = lc_frame_add(v->frame, row, err);

    if (rc)
        return rc;
    (*row)[METHOD].text = v->method;
    (*row)[DIMENSION].text = v->dimension;
    (*row)[GRADE].text = grade;
    return LC_OK;
}

/* How much the close rate lies above that of the next grade that is given; 0 or less: it may be luck. */
static double apart(const struct counts *c, size_t grade)
{
    for (size_t next = grade + 1; next < LC_GRADES; next++)
        if (c->n[next] > 0)
            return lc_newcombe(c->won[grade], c->n[grade], c->won[next], c->n[next]).low;
    return LC_NAN;
}

static enum lc_rc add_grade(const struct view *v, const struct lc_grade_cuts *cuts,
                            const struct lc_cut_spread *spread, const struct counts *c,
                            size_t grade, struct lc_err *err)
{
    const char *name = lc_arena_format(v->arena, "%c", (char)(v->first + (char)grade));
    const struct lc_interval rate = lc_wilson(c->won[grade], c->n[grade]);
    union lc_value *row;
    enum lc_rc rc;

    if (!name)
        return lc_fail_memory(err, "the table of cuts");
    rc = add_row(v, name, &row, err);
    if (rc)
        return rc;
    row[LEADS].number = c->n[grade];
    row[WON].number = c->won[grade];
    if (c->n[grade] > 0) {
        row[CLOSE_RATE].number = c->won[grade] / c->n[grade];
        row[LOW].number = rate.low;
        row[HIGH].number = rate.high;
        row[EXPECTED].number = c->p[grade] / c->n[grade];
        row[APART].number = apart(c, grade);
        row[NOTE].text = row[APART].number <= 0 ? "not apart from the next grade" : NULL;
    } else {
        row[NOTE].text = "no lead";
    }
    if (grade + 1 == LC_GRADES || !lc_cut_stands(cuts, grade))
        return LC_OK;
    row[CUT].number = cuts->cut[grade];
    if (!spread)
        return LC_OK;
    row[CUT_LOW].number = spread[grade].low;
    row[CUT_HIGH].number = spread[grade].high;
    row[FOUND].number = spread[grade].found;
    return LC_OK;
}

/* Four rows and their total. spread NULL: the cuts are typed. */
static enum lc_rc add_cuts(const struct view *v, const struct lc_grade_cuts *cuts,
                           const struct lc_cut_spread *spread, struct lc_err *err)
{
    const struct counts c = count(v, cuts);
    struct lc_arena scratch;
    union lc_value *row;
    double deviance;
    enum lc_rc rc = LC_OK;

    for (size_t grade = 0; grade < LC_GRADES && !rc; grade++)
        rc = add_grade(v, cuts, spread, &c, grade, err);
    if (!rc)
        rc = add_row(v, "(all)", &row, err);
    if (rc)
        return rc;
    lc_arena_init(&scratch, v->arena->limit - v->arena->used);
    rc = lc_cuts_deviance(v->l, cuts, &scratch, &deviance, err);
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    row[LEADS].number = row[WON].number = 0;
    for (size_t grade = 0; grade < LC_GRADES; grade++) {
        row[LEADS].number += c.n[grade];
        row[WON].number += c.won[grade];
    }
    row[CLOSE_RATE].number = row[WON].number / row[LEADS].number;
    row[DEVIANCE].number = deviance;
    return LC_OK;
}

/* One method; where it has too little to go by, one row says so. */
static enum lc_rc add_method(const struct view *v, const struct lc_grades *g,
                             struct lc_err *err)
{
    struct lc_cut_spread spread[LC_GRADES - 1];
    struct lc_grade_cuts cuts;
    struct lc_arena scratch;
    union lc_value *row;
    enum lc_rc rc;

    lc_arena_init(&scratch, v->arena->limit - v->arena->used);
    rc = lc_cuts_of(v->l, g, &scratch, &cuts, err);
    if (!rc)
        rc = lc_cuts_spread(v->l, g, LC_CUTS_SEED, &scratch, spread, err);
    lc_arena_release(&scratch);
    if (!rc)
        return add_cuts(v, &cuts, spread, err);
    if (rc != LC_EDEGENERATE)
        return rc;
    rc = add_row(v, "(all)", &row, err);
    if (rc)
        return rc;
    row[NOTE].text = lc_arena_text(v->arena, lc_slice_of(err->text));
    return row[NOTE].text ? LC_OK : lc_fail_memory(err, "the table of cuts");
}

static bool is_asked(const struct lc_grades *g, enum lc_cuts method, double weeks)
{
    switch (method) {
    case LC_CUTS_CAPACITY: return g->capacity > 0 && !isnan(weeks);
    case LC_CUTS_COST: return g->line > 0;
    case LC_CUTS_PINNED: return false; /* shown by itself */
    case LC_CUTS_SHARES:
    case LC_CUTS_QUANTILE:
    case LC_CUTS_DP:
    case LC_CUTS_F1: break;
    }
    return true;
}

static enum lc_rc add_dimension(const struct lc_cuts_study *s, const struct lc_out_of_fold *o,
                                enum lc_role role, const struct lc_grades *g,
                                const struct view *like, struct lc_err *err)
{
    const struct lc_grade_cuts *pinned = role == LC_ROLE_PROFILE ? &g->letter : &g->digit;
    const double weeks = lc_weeks_of(s);
    struct lc_cut_leads l;
    struct view view = *like, *v = &view;
    enum lc_rc rc = lc_leads_of(s, o, role, v->arena, &l, err);

    v->l = &l;
    for (size_t m = 0; m < LC_CUTS_METHODS && !rc; m++) {
        struct lc_grades with = *g;

        with.method = (enum lc_cuts)m;
        v->method = lc_cuts_name[m];
        if (!is_asked(g, with.method, weeks))
            continue;
        if (with.method == LC_CUTS_CAPACITY)
            lc_aim_at_capacity(g->capacity, (double)s->n / weeks, with.target);
        rc = add_method(v, &with, err);
    }
    v->method = lc_cuts_name[LC_CUTS_PINNED];
    return rc || !pinned->used ? rc : add_cuts(v, pinned, NULL, err);
}

enum lc_rc lc_cuts_frame(const struct lc_cuts_study *s, const struct lc_grades *g,
                         struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_out_of_fold o;
    struct lc_frame f;
    struct view v = {.frame = &f, .arena = arena};
    enum lc_rc rc = lc_out_of_fold(s, arena, &o, err);

    if (rc)
        return rc;
    lc_frame_init(&f, "cuts", headings, COLUMNS, arena);
    v.p = o.p;
    v.dimension = "letter";
    v.first = 'A';
    if (o.profile)
        rc = add_dimension(s, &o, LC_ROLE_PROFILE, g, &v, err);
    v.dimension = "digit";
    v.first = '1';
    if (o.engagement && !rc)
        rc = add_dimension(s, &o, LC_ROLE_ENGAGEMENT, g, &v, err);
    if (!rc)
        rc = lc_frame_note(&f, err,
                           "points out of fold; from and to: 90 %% of %d resamples (seed %d); "
                           "apart by: the lower limit of the difference to the next grade",
                           LC_CUTS_RESAMPLES, LC_CUTS_SEED);
    if (!rc)
        *frame = f;
    return rc;
}
