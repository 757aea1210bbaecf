/* The score before and now: letter, digit and cell, and points where there are leads to score before. */
#include <stdlib.h>

#include "drift_internal.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define TENTHS 10 /* bins of the points, cut on the leads before */

/* A grade's place among letters, digits and cells. */
struct place {
    size_t letter, digit;
};

static struct place place_of(const struct lc_grades *g, const struct lc_scored *s)
{
    return (struct place){g->letter.used ? lc_grade_of(&g->letter, s->f_points) : 0,
                          g->digit.used ? lc_grade_of(&g->digit, s->g_points) : 0};
}

/* "A1", "A" or "1": what the model's cells are called. */
static struct place place_of_text(const char *grade)
{
    struct place p = {0, 0};

    for (const char *c = grade; *c; c++) {
        if (*c >= 'A' && *c < 'A' + LC_GRADES)
            p.letter = (size_t)(*c - 'A');
        else if (*c >= '1' && *c < '1' + LC_GRADES)
            p.digit = (size_t)(*c - '1');
    }
    return p;
}

enum grade_part { LETTER, DIGIT, CELL, GRADE_PARTS };

static void add_grade(struct lc_drift_part *part, struct place p, bool now, double leads)
{
    const size_t level[GRADE_PARTS] = {p.letter, p.digit, p.letter * LC_GRADES + p.digit};

    for (size_t g = 0; g < GRADE_PARTS; g++)
        *(now ? &part[g].now[level[g]] : &part[g].before[level[g]]) += leads;
}

static bool name_grades(const struct lc_grades *g, struct lc_drift_part *part,
                        struct lc_arena *arena)
{
    for (size_t i = 0; i < (size_t)LC_GRADES * LC_GRADES; i++) {
        const size_t letter = i / LC_GRADES, digit = i % LC_GRADES;
        char text[LC_GRADE_TEXT];

        lc_grades_cell(g, letter, digit, text);
        part[CELL].level[i] = lc_arena_text(arena, lc_slice_of(text));
        part[LETTER].level[letter] = lc_arena_format(arena, "%c", (int)('A' + letter));
        part[DIGIT].level[digit] = lc_arena_format(arena, "%c", (int)('1' + digit));
        if (!part[CELL].level[i] || !part[LETTER].level[letter] || !part[DIGIT].level[digit])
            return false;
    }
    return true;
}

/* Leads with what the model says of them; n 0: there are none, only the model's own counts. */
struct side {
    struct lc_scored *scored;
    size_t n;
};

/* Letter, digit and cell; those that the model does not give are left out behind. */
static enum lc_rc count_grades(const struct lc_model *model, const struct side *was,
                               const struct side *is, struct lc_arena *arena,
                               struct lc_drift_part *part, size_t *n, struct lc_err *err)
{
    const struct lc_grades *g = &model->grades;
    const bool given[GRADE_PARTS] = {g->letter.used, g->digit.used,
                                     g->letter.used && g->digit.used};
    struct lc_drift_part all[GRADE_PARTS];

    if (!lc_drift_part_new(&all[LETTER], "score", "letter", LC_GRADES, arena) ||
        !lc_drift_part_new(&all[DIGIT], "score", "digit", LC_GRADES, arena) ||
        !lc_drift_part_new(&all[CELL], "score", "cell", (size_t)LC_GRADES * LC_GRADES, arena) ||
        !name_grades(g, all, arena))
        return lc_fail_memory(err, "the grades");
    for (size_t c = 0; !was->n && c < model->n_cells; c++)
        add_grade(all, place_of_text(model->cell[c].grade), false, model->cell[c].leads);
    for (size_t i = 0; i < was->n; i++)
        add_grade(all, place_of(g, &was->scored[i]), false, 1);
    for (size_t i = 0; i < is->n; i++)
        add_grade(all, place_of(g, &is->scored[i]), true, 1);
    for (size_t p = 0; p < GRADE_PARTS; p++)
        if (given[p])
            part[(*n)++] = all[p];
    return LC_OK;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Tenths of the points before: right-closed, equal points never split, so that there may be fewer. */
static size_t cut_tenths(const struct lc_scored *scored, size_t n, double *sorted,
                         double cut[TENTHS])
{
    size_t cuts = 0;

    for (size_t i = 0; i < n; i++)
        sorted[i] = scored[i].points;
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t t = 1; t < TENTHS; t++) {
        const double at = sorted[(n * t - 1) / TENTHS];

        if (at < sorted[n - 1] && (cuts == 0 || at > cut[cuts - 1]))
            cut[cuts++] = at;
    }
    return cuts;
}

static void count_points(const struct lc_scored *scored, size_t n, const double *cut,
                         size_t cuts, double *to)
{
    for (size_t i = 0; i < n; i++) {
        size_t bin = 0;

        while (bin < cuts && scored[i].points > cut[bin])
            bin++;
        to[bin]++;
    }
}

static enum lc_rc points_part(const struct side *was, const struct side *is,
                              struct lc_arena *arena, struct lc_drift_part *part,
                              struct lc_err *err)
{
    double *sorted = LC_NEW(arena, was->n, double), cut[TENTHS];
    size_t cuts;

    if (!sorted)
        return lc_fail_memory(err, "the points");
    cuts = cut_tenths(was->scored, was->n, sorted, cut);
    if (!lc_drift_part_new(part, "score", "points", cuts + 1, arena))
        return lc_fail_memory(err, "the points");
    for (size_t b = 0; b <= cuts; b++) {
        char low[LC_REAL_TEXT] = "-inf", high[LC_REAL_TEXT] = "inf";

        if (b > 0)
            lc_real_text(cut[b - 1], low);
        if (b < cuts)
            lc_real_text(cut[b], high);
        part->level[b] = lc_arena_format(arena, "(%s,%s%c", low, high, b < cuts ? ']' : ')');
        if (!part->level[b])
            return lc_fail_memory(err, "the points");
    }
    count_points(was->scored, was->n, cut, cuts, part->before);
    count_points(is->scored, is->n, cut, cuts, part->now);
    return LC_OK;
}

enum lc_rc lc_drift_scores(const struct lc_model *model, const struct lc_drift_leads *before,
                           const struct lc_drift_leads *now, struct lc_arena *arena,
                           struct lc_drift_part *part, size_t *n, struct lc_err *err)
{
    struct side was = {.n = before ? before->n : 0}, is = {.n = now->n};
    enum lc_rc rc = lc_drift_score(model, now, arena, &is.scored, err);

    *n = 0;
    if (!rc && before)
        rc = lc_drift_score(model, before, arena, &was.scored, err);
    if (!rc)
        rc = count_grades(model, &was, &is, arena, part, n, err);
    if (!rc && before)
        rc = points_part(&was, &is, arena, &part[(*n)++], err);
    return rc;
}
