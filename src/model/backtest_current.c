/* The score in use, in the race: never fitted here, and judged by leads it has not learnt from. */
#include <math.h>
#include <string.h>

#include "backtest_internal.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "model_internal.h"

/* Half a lead of the base rate: the rate of the leads without a score is drawn in by so much. */
#define UNSCORED_PRIOR 0.5

/* ---- what it says of some leads ---- */

static enum lc_rc rows_of(const struct lc_race *r, const uint32_t *lead, size_t n,
                          uint32_t **row, struct lc_err *err)
{
    *row = LC_NEW(r->scratch, n, uint32_t);
    if (!*row)
        return lc_fail_memory(err, "the score in use");
    for (size_t i = 0; i < n; i++)
        (*row)[i] = r->cohort->row[lead[i]];
    return LC_OK;
}

/* Codes of one attribute, level by level as `score` would find them in the texts. */
static enum lc_rc code_attribute(const struct lc_race *r, const struct lc_model *m, size_t j,
                                 const uint32_t *row, size_t n, struct lc_column *out,
                                 struct lc_err *err)
{
    const struct lc_attribute *a = &m->card.attribute[j].attribute;
    const struct lc_column *c;
    uint32_t *map;
    bool *empty;
    void *code;
    size_t at = 0;
    enum lc_rc rc = lc_table_find(r->table, lc_attribute_source(a), &at, err);

    if (rc)
        return rc;
    c = &r->table->column[at].codes;
    if (r->table->column[at].kind == LC_KIND_MANY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has another text in nearly every row, so the current model "
                       "cannot be put to the test",
                       a->column);
    *out = (struct lc_column){.name = a->column, .width = lc_code_width(a->n_levels + 1)};
    map = LC_NEW(r->scratch, (size_t)c->n_levels + 1, uint32_t);
    empty = LC_NEW(r->scratch, (size_t)c->n_levels + 1, bool);
    code = lc_arena_alloc(r->scratch, n, out->width);
    if (!map || !empty || !code)
        return lc_fail_memory(err, "the score in use");
    rc = lc_model_levels(m, j, &r->table->column[at], map, empty, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++)
        lc_code_put(code, out->width, i, map[lc_code_at(c, row[i])]);
    out->code = code;
    return LC_OK;
}

static enum lc_rc score_model(const struct lc_race *r, const uint32_t *row, size_t n,
                              struct lc_scored *to, struct lc_err *err)
{
    const struct lc_model *m = r->options->current->model;
    struct lc_column *codes = LC_NEW(r->scratch, m->card.k, struct lc_column);
    enum lc_rc rc = codes ? LC_OK : lc_fail_memory(err, "the score in use");

    for (size_t j = 0; j < m->card.k && !rc; j++)
        rc = code_attribute(r, m, j, row, n, &codes[j], err);
    if (!rc)
        lc_card_score_rows(&m->card, codes, n, to);
    return rc;
}

/* A score column: its own order is the points; a grade gives its letter and its digit, too. */
static void score_column(const struct lc_score_column *s, const struct lc_column *c,
                         const uint32_t *row, size_t n, struct lc_scored *to)
{
    for (size_t i = 0; i < n; i++) {
        const struct lc_score_cell *cell = &s->cell[lc_code_at(c, row[i])];
        const bool graded = cell->kind == LC_SCORE_GRADE;

        to[i] = (struct lc_scored){
            .log_odds = LC_NAN,
            .probability = LC_NAN,
            .points = cell->order,
            .f_points = graded ? -(double)cell->letter : cell->order,
            .g_points =
                graded && cell->digit != LC_NO_DIGIT ? -(double)cell->digit : -LC_GRADES,
        };
    }
}

/* ---- unknown is not zero ---- */

/* Leads without a score rank below all others. Returns how many there are. */
static size_t rank_last(double *order, size_t n, double lowest)
{
    size_t unscored = 0;

    for (size_t i = 0; i < n; i++)
        if (isnan(order[i])) {
            order[i] = lowest - 1;
            unscored++;
        }
    return unscored;
}

static double lowest_of(const double *order, size_t n, double so_far)
{
    for (size_t i = 0; i < n; i++)
        so_far = order[i] < so_far ? order[i] : so_far;
    return so_far;
}

/* What the leads have that have no score, from the training leads. */
static double rate_of_unscored(const struct lc_race *r, const double *order)
{
    const double base = (double)r->split.train_won / (double)r->split.n_train;
    double leads = UNSCORED_PRIOR, won = UNSCORED_PRIOR * base;

    for (size_t i = 0; i < r->split.n_train; i++)
        if (isnan(order[i])) {
            leads += 1;
            won += r->train_y[i];
        }
    return won / leads;
}

/* ---- the race ---- */

/* Scores of the training leads and of the entrant's, in one pass for each. */
struct both {
    struct lc_scored *train;
    double *order;         /* [n_train]; NaN: no score */
    bool column, promises; /* promises: it has probabilities of its own */
    struct lc_score_column read;
};

static enum lc_rc score_all(const struct lc_race *r, struct lc_entrant *e, struct both *b,
                            struct lc_err *err)
{
    const struct lc_current *current = r->options->current;
    uint32_t *row = NULL;
    size_t at = 0;
    enum lc_rc rc = rows_of(r, e->lead, e->n, &row, err);

    if (rc)
        return rc;
    if (current->model) {
        rc = score_model(r, r->train_row, r->split.n_train, b->train, err);
        return rc ? rc : score_model(r, row, e->n, e->scored, err);
    }
    rc = lc_table_find(r->table, current->column, &at, err);
    if (!rc)
        rc = lc_score_column_read(&r->table->column[at], r->scratch, &b->read, err);
    if (rc)
        return rc;
    score_column(&b->read, &r->table->column[at].codes, r->train_row, r->split.n_train,
                 b->train);
    score_column(&b->read, &r->table->column[at].codes, row, e->n, e->scored);
    return LC_OK;
}

/* Points and columns become probabilities over the training leads that have a score. */
static enum lc_rc calibrate(const struct lc_race *r, struct lc_entrant *e, const struct both *b,
                            struct lc_err *err)
{
    const double unscored = rate_of_unscored(r, b->order);
    double lowest = lowest_of(b->order, r->split.n_train, HUGE_VAL), *filled;
    enum lc_rc rc;

    lowest = lowest_of(e->order, e->n, lowest);
    filled = LC_NEW(r->scratch, r->split.n_train, double);
    if (!filled)
        return lc_fail_memory(err, "the score in use");
    memcpy(filled, b->order, r->split.n_train * sizeof *filled);
    (void)rank_last(filled, r->split.n_train, lowest);
    rc = lc_race_calibrate(r, filled, &e->origin, &e->slope, err);
    for (size_t i = 0; i < e->n && !rc; i++)
        e->p[i] =
            isnan(e->order[i]) ? unscored : lc_logistic(e->origin + e->slope * e->order[i]);
    return rc;
}

/* The grades of a grade column are its own; their shares are those of the training leads. */
static void keep_grades(const struct lc_race *r, struct lc_entrant *e, const struct both *b)
{
    static const struct lc_grade_cuts fixed = {.used = true, .cut = {0, -1, -2}};
    const double part = 1 / (double)r->split.n_train;

    e->grades.letter = e->grades.digit = fixed;
    e->grades.digit.used = b->read.has_digits;
    for (size_t i = 0; i < r->split.n_train; i++) {
        if (isnan(b->train[i].points))
            continue;
        e->grades.letter.share[lc_grade_of(&fixed, b->train[i].f_points)] += part;
        e->grades.digit.share[lc_grade_of(&fixed, b->train[i].g_points)] += part;
    }
}

/* Its own grades where it has some, else cut on the training leads like everybody's. */
static enum lc_rc grade(const struct lc_race *r, struct lc_entrant *e, const struct both *b,
                        struct lc_err *err)
{
    const struct lc_model *m = r->options->current->model;
    double *sum;

    e->grades = lc_grade_plain(&r->grades);
    if (m && (m->grades.letter.used || m->grades.digit.used)) {
        e->grades = m->grades;
        return LC_OK;
    }
    if (m)
        return lc_grades_make(&m->card, b->train, r->split.n_train, r->scratch, &e->grades,
                              err);
    if (b->read.kind == LC_SCORE_GRADE) {
        keep_grades(r, e, b);
        return LC_OK;
    }
    sum = LC_NEW(r->scratch, r->split.n_train, double);
    if (!sum)
        return lc_fail_memory(err, "the score in use");
    for (size_t i = 0; i < r->split.n_train; i++)
        sum[i] = b->train[i].f_points;
    (void)rank_last(sum, r->split.n_train, lowest_of(b->order, r->split.n_train, HUGE_VAL));
    return lc_grade_cut(sum, r->split.n_train, e->grades.method, e->grades.target, r->scratch,
                        &e->grades.letter, err);
}

static enum lc_rc enter(struct lc_race *r, struct lc_entrant *e, struct lc_err *err)
{
    const struct lc_current *current = r->options->current;
    struct both b = {.train = LC_NEW(r->scratch, r->split.n_train, struct lc_scored),
                     .order = LC_NEW(r->scratch, r->split.n_train, double),
                     .promises = current->model && isfinite(current->model->card.intercept)};
    enum lc_rc rc;

    e->scored = LC_NEW(r->scratch, e->n, struct lc_scored);
    e->order = LC_NEW(r->scratch, e->n, double);
    e->p = LC_NEW(r->scratch, e->n, double);
    if (!b.train || !b.order || !e->scored || !e->order || !e->p)
        return lc_fail_memory(err, "the score in use");
    rc = score_all(r, e, &b, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < r->split.n_train; i++)
        b.order[i] = b.promises ? b.train[i].log_odds : b.train[i].points;
    for (size_t i = 0; i < e->n; i++) {
        e->order[i] = b.promises ? e->scored[i].log_odds : e->scored[i].points;
        e->p[i] = e->scored[i].probability;
    }
    if (!b.promises)
        rc = calibrate(r, e, &b, err);
    if (!rc)
        rc = grade(r, e, &b, err);
    if (rc)
        return rc;
    r->unscored = rank_last(e->order, e->n, lowest_of(e->order, e->n, HUGE_VAL));
    for (size_t i = 0; i < e->n; i++)
        if (isnan(e->scored[i].f_points))
            e->scored[i].f_points = -HUGE_VAL;
    rc = lc_race_grade(r, e, err);
    if (!rc)
        r->current = r->n++;
    return rc;
}

enum lc_rc lc_race_current(struct lc_race *r, struct lc_err *err)
{
    static const struct lc_card_attribute one = {.attribute = {.column = "(the score in use)"}};
    const struct lc_current *current = r->options->current;
    struct lc_entrant *e = &r->entrant[r->n];
    bool excused = false;
    enum lc_rc rc;

    *e = (struct lc_entrant){.name = "current", .slope = 1};
    if (current->model)
        e->card = current->model->card;
    else
        e->card = (struct lc_card){.method = "column", .k = 1, .attribute = &one};
    rc = lc_race_judge_by(r, e, err);
    if (!rc)
        rc = lc_race_excuse(r, e, &excused, err);
    if (!rc && !excused)
        rc = enter(r, e, err);
    return rc == LC_EMISMATCH ? lc_fail_in(err, current->name) : rc;
}
