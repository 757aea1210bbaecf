#include "leadcal/grade.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grade_internal.h"
#include "leadcal/order.h"
#include "leadcal/survival.h"

const char *const lc_cuts_name[LC_CUTS_METHODS] = {"shares", "quantile", "capacity", "dp",
                                                   "cost",   "f1",       "pinned"};

/* Leads: two distances from the target this close are a tie, which rounding of the shares
 * (0.1 + 0.2 is not 0.3) must not break. */
#define TIE 1e-6

void lc_grades_init(struct lc_grades *g)
{
    *g = (struct lc_grades){.method = LC_CUTS_SHARES, .target = {0.1, 0.2, 0.3, 0.4}};
}

double lc_nearest_boundary(const double *falling, size_t n, double wanted)
{
    double cut = LC_GRADE_NEVER;
    double nearest = wanted; /* distance of the boundary above every lead */

    for (size_t i = 0; i < n; i++) {
        const double distance = fabs((double)(i + 1) - wanted);

        if (i + 1 < n && falling[i + 1] == falling[i])
            continue;
        if (distance < nearest - TIE) {
            nearest = distance;
            cut = falling[i];
        }
    }
    return cut;
}

static void cut_by_shares(const double *falling, size_t n, const double *target, double *cut)
{
    double above = 0;

    for (size_t c = 0; c + 1 < LC_GRADES; c++) {
        above += target[c];
        cut[c] = lc_nearest_boundary(falling, n, above * (double)n);
    }
}

/* The lowest score that leaves at most `most` leads at or above it. */
static double boundary_within(const double *falling, size_t n, double most)
{
    double cut = LC_GRADE_NEVER;

    for (size_t i = 0; i < n && (double)(i + 1) <= most + TIE; i++)
        if (i + 1 == n || falling[i + 1] != falling[i])
            cut = falling[i];
    return cut;
}

/* Quartiles of the scores by R's type 7, as the oracles of the public data sets cut. */
static void cut_by_quartiles(const double *rising, size_t n, double *cut)
{
    for (size_t c = 0; c + 1 < LC_GRADES; c++)
        cut[c] = lc_quantile(rising, n, 0.25 * (double)(LC_GRADES - 1 - c));
}

static void turn_round(double *x, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        const double one = x[i];

        x[i] = x[n - 1 - i];
        x[n - 1 - i] = one;
    }
}

enum lc_rc lc_grade_cut(const double *score, size_t n, enum lc_cuts method,
                        const double target[LC_GRADES], struct lc_arena *arena,
                        struct lc_grade_cuts *cuts, struct lc_err *err)
{
    double *sorted = LC_NEW(arena, n, double);
    struct lc_grade_cuts made = {.used = true};
    enum lc_rc rc;

    assert(n >= 1);
    if (!sorted)
        return lc_fail_memory(err, "the grades' cuts");
    memcpy(sorted, score, n * sizeof *sorted);
    rc = lc_sort_rising(sorted, n, arena, err);
    if (rc)
        return rc;
    if (method == LC_CUTS_QUANTILE)
        cut_by_quartiles(sorted, n, made.cut);
    turn_round(sorted, n);
    if (method != LC_CUTS_QUANTILE)
        cut_by_shares(sorted, n, target, made.cut);
    if (method == LC_CUTS_CAPACITY)
        made.cut[0] = boundary_within(sorted, n, target[0] * (double)n);
    for (size_t c = 1; c + 1 < LC_GRADES;
         c++) /* the best grade may have got the leads of the next */
        made.cut[c] = fmin(made.cut[c], made.cut[c - 1]);
    lc_grade_shares(score, n, &made);
    *cuts = made;
    return LC_OK;
}

void lc_grade_shares(const double *score, size_t n, struct lc_grade_cuts *cuts)
{
    double count[LC_GRADES] = {0};

    for (size_t i = 0; i < n; i++)
        count[lc_grade_of(cuts, score[i])]++;
    for (size_t c = 0; c < LC_GRADES; c++)
        cuts->share[c] = count[c] / (double)n;
}

struct lc_grades lc_grade_plain(const struct lc_grades *g)
{
    struct lc_grades plain = *g;

    plain.letter.used = plain.digit.used = false;
    if (g->method > LC_CUTS_CAPACITY)
        plain.method = LC_CUTS_SHARES;
    return plain;
}

size_t lc_grade_of(const struct lc_grade_cuts *cuts, double score)
{
    size_t grade = 0;

    while (grade + 1 < LC_GRADES && score < cuts->cut[grade])
        grade++;
    return grade;
}

void lc_grade_text(const struct lc_grades *g, const struct lc_scored *s, char to[LC_GRADE_TEXT])
{
    if (g->letter.used)
        *to++ = (char)('A' + lc_grade_of(&g->letter, s->f_points));
    if (g->digit.used)
        *to++ = (char)('1' + lc_grade_of(&g->digit, s->g_points));
    *to = '\0';
}

static bool is_cell(const char *grade)
{
    return strlen(grade) == 2 && strchr("ABCD", grade[0]) && strchr("1234", grade[1]);
}

int lc_sla_hours(const char *grade)
{
    if (!is_cell(grade) || grade[0] > 'B' || grade[1] == '4')
        return 0;
    return grade[1] == '1' ? 24 : 48;
}

const char *lc_grade_action(const char *grade)
{
    if (!is_cell(grade))
        return "";
    switch (lc_sla_hours(grade)) {
    case 24: return "call within 24 hours";
    case 48: return "call within 48 hours";
    default: return grade[0] == 'D' && grade[1] >= '3' ? "no contact" : "nurture";
    }
}
