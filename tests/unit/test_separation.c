/* Separation: known answers, every direction of small designs, and Newton's kernel as the judge. */
#include <gsl/gsl_errno.h>
#include <string.h>

#include "dataset.h"
#include "leadcal/separation.h"
#include "made_design.h"

#define MOST_ROWS 64

/* ---- small designs typed in ---- */

/* Rows of level codes of up to 3 columns, leads and wins. */
struct typed_row {
    uint8_t code[3];
    double leads, won;
};

struct typed {
    struct lc_arena arena;
    struct lc_column column[3];
    uint8_t code[3][MOST_ROWS];
    double y[MOST_ROWS], weight[MOST_ROWS];
    struct lc_codes codes;
    struct lc_logit_data d;
    struct lc_separation found;
    struct lc_err err;
};

static void type_in(struct typed *t, const struct typed_row *row, size_t n, size_t columns)
{
    *t = (struct typed){.codes = {.n = n, .k = columns, .column = t->column}};
    lc_arena_init(&t->arena, LC_ARENA_NO_LIMIT);
    for (size_t j = 0; j < columns; j++) {
        t->column[j] =
            (struct lc_column){.width = 1, .code = t->code[j], .missing = LC_NO_CODE};
        for (size_t i = 0; i < n; i++) {
            t->code[j][i] = row[i].code[j];
            if (row[i].code[j] >= t->column[j].n_levels)
                t->column[j].n_levels = row[i].code[j] + 1U;
        }
    }
    for (size_t i = 0; i < n; i++) {
        t->y[i] = row[i].won;
        t->weight[i] = row[i].leads;
    }
    t->d = (struct lc_logit_data){.n = n, .codes = &t->codes, .y = t->y, .weight = t->weight};
    assert_int_equal(lc_separation(&t->d, NULL, &t->arena, &t->found, &t->err), LC_OK);
}

#define TYPE_IN(t, row, columns) type_in((t), (row), sizeof(row) / sizeof *(row), (columns))

static void a_level_with_one_outcome_is_quasi_complete(void **state)
{
    static const struct typed_row row[] = {{{0}, 40, 7}, {{1}, 13, 13}, {{2}, 25, 3}};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, row, 1);
    assert_int_equal(t.found.kind, LC_SEPARATION_QUASI);
    assert_int_equal(t.found.n_causes, 1);
    assert_int_equal(t.found.cause[0].n_columns, 1);
    assert_int_equal(t.found.cause[0].cell[0].level[0], 1);
    assert_true(t.found.cause[0].toward[0][1] > 0 && t.found.cause[0].toward[0][0] == 0);
    assert_close(t.found.cause[0].leads, 13, 0);
    assert_close(t.found.cause[0].won, 13, 0);
    assert_close(t.found.left, 65, 0);
    assert_close(t.found.left_won, 10, 0);
    assert_int_equal(t.found.told_by[0], LC_SEPARATION_LEFT);
    assert_int_equal(t.found.told_by[1], 0);
    assert_true(t.found.solutions > 0); /* of what the count left */
    lc_arena_release(&t.arena);
}

/* Every level of both columns has both outcomes, so no count can see it; but a lead that is large and
 * from abroad was always won, and one that is neither never: b = (-1; 1; 1) is right everywhere. */
static void a_combination_is_found_where_no_level_is_pure(void **state)
{
    static const struct typed_row row[] = {
        {{1, 1}, 8, 8}, {{0, 0}, 31, 0}, {{1, 0}, 10, 4}, {{0, 1}, 12, 5}};
    static struct typed t;
    const struct lc_separation_cause *c;

    (void)state;
    TYPE_IN(&t, row, 2);
    assert_int_equal(t.found.kind, LC_SEPARATION_QUASI);
    assert_int_equal(t.found.n_causes, 1);
    c = &t.found.cause[0];
    assert_int_equal(c->n_columns, 2);
    assert_int_equal(c->n_cells, 2);
    assert_int_equal(c->cell[0].level[0] + c->cell[0].level[1], 0);
    assert_close(c->cell[0].leads, 31, 0);
    assert_close(c->cell[0].won, 0, 0);
    assert_int_equal(c->cell[1].level[0] + c->cell[1].level[1], 2);
    assert_close(c->cell[1].won, 8, 0);
    assert_close(lc_separation_value(c, &t.d, 0), 1, 1e-9);
    assert_close(lc_separation_value(c, &t.d, 1), -1, 1e-9);
    assert_close(lc_separation_value(c, &t.d, 2), 0, 1e-9);
    assert_close(lc_separation_value(c, &t.d, 3), 0, 1e-9);
    assert_close(t.found.left, 22, 0);
    lc_arena_release(&t.arena);
}

/* A third column that says nothing of it takes no part in the cause. */
static void a_cause_names_no_column_that_it_can_do_without(void **state)
{
    static const struct typed_row row[] = {
        {{1, 1, 0}, 5, 5}, {{0, 0, 0}, 16, 0}, {{1, 0, 0}, 6, 3}, {{0, 1, 0}, 7, 2},
        {{1, 1, 1}, 3, 3}, {{0, 0, 1}, 15, 0}, {{1, 0, 1}, 4, 1}, {{0, 1, 1}, 5, 3}};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, row, 3);
    assert_int_equal(t.found.n_causes, 1);
    assert_int_equal(t.found.cause[0].n_columns, 2);
    assert_int_equal(t.found.cause[0].column[0], 0);
    assert_int_equal(t.found.cause[0].column[1], 1);
    assert_close(t.found.cause[0].leads, 39, 0);
    lc_arena_release(&t.arena);
}

/* Level 1 of the second column has wins only through level 1 of the first, all of which were won. */
static void a_level_may_be_pure_only_without_an_earlier_one(void **state)
{
    static const struct typed_row row[] = {
        {{0, 0}, 50, 9}, {{1, 1}, 4, 4}, {{0, 1}, 11, 0}, {{1, 0}, 2, 2}, {{2, 0}, 9, 5}};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, row, 2);
    assert_int_equal(t.found.kind, LC_SEPARATION_QUASI);
    assert_int_equal(t.found.n_causes, 2);
    assert_int_equal(t.found.cause[0].round, 0);
    assert_int_equal(t.found.cause[0].column[0], 0);
    assert_close(t.found.cause[0].leads, 6, 0);
    assert_int_equal(t.found.cause[1].round, 1);
    assert_int_equal(t.found.cause[1].column[0], 1);
    assert_int_equal(t.found.cause[1].cell[0].level[0], 1);
    assert_close(t.found.cause[1].leads, 11, 0);
    assert_close(t.found.cause[1].won, 0, 0);
    lc_arena_release(&t.arena);
}

static void an_overlap_everywhere_is_no_separation(void **state)
{
    static const struct typed_row row[] = {
        {{1, 1}, 8, 7}, {{0, 0}, 31, 1}, {{1, 0}, 10, 4}, {{0, 1}, 12, 5}};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, row, 2);
    assert_int_equal(t.found.kind, LC_SEPARATION_NONE);
    assert_int_equal(t.found.n_causes, 0);
    assert_false(t.found.unsettled);
    assert_close(t.found.left, 61, 0);
    assert_close(t.found.left_won, 17, 0);
    lc_arena_release(&t.arena);
}

static void rows_of_one_class_need_no_column_to_be_told(void **state)
{
    static const struct typed_row all[] = {{{0}, 3, 3}, {{1}, 4, 4}};
    static const struct typed_row none[] = {{{0}, 3, 0}, {{0}, 4, 0}};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, all, 1);
    assert_int_equal(t.found.kind, LC_SEPARATION_COMPLETE);
    assert_int_equal(t.found.n_causes, 1);
    assert_int_equal(t.found.cause[0].n_columns, 0);
    assert_close(t.found.cause[0].base, 1, 0);
    assert_close(t.found.cause[0].leads, 7, 0);
    assert_close(t.found.left, 0, 0);
    lc_arena_release(&t.arena);
    TYPE_IN(&t, none, 1);
    assert_int_equal(t.found.kind, LC_SEPARATION_COMPLETE);
    assert_close(t.found.cause[0].base, -1, 0);
    assert_close(t.found.cause[0].won, 0, 0);
    lc_arena_release(&t.arena);
}

static void a_constant_column_tells_nothing(void **state)
{
    static const struct typed_row row[] = {{{0, 2}, 9, 4}, {{1, 2}, 8, 3}};
    static double same[] = {2.385, 2.385};
    static const double *const x[] = {same};
    static struct typed t;

    (void)state;
    TYPE_IN(&t, row, 2);
    assert_int_equal(t.found.kind, LC_SEPARATION_NONE);
    t.d.x = x;
    t.d.n_numeric = 1;
    assert_int_equal(lc_separation(&t.d, NULL, &t.arena, &t.found, &t.err), LC_OK);
    assert_int_equal(t.found.kind, LC_SEPARATION_NONE);
    lc_arena_release(&t.arena);
}

static void no_rows_have_no_answer(void **state)
{
    const struct lc_logit_data d = {0};
    struct lc_separation found;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_separation(&d, NULL, &arena, &found, &err), LC_EDEGENERATE);
    assert_string_equal(err.text, "there is no lead to look at; check the spec and --window");
    lc_arena_release(&arena);
}

/* A line between won and not won: x alone is overlapped by one tie at 3.7, z settles it. */
static void numeric_columns_separate_by_a_line(void **state)
{
    static const double x[] = {1.1, 2.9, 3.7, 3.7, 5.2, 8.4}, y[] = {0, 0, 0, 1, 1, 1};
    static const double z[] = {0.4, 7.5, 0.2, 0.9, 0.1, 0.6};
    static const double *const one[] = {x}, *const two[] = {x, z};
    struct lc_logit_data d = {.n = 6, .x = one, .n_numeric = 1, .y = y};
    struct lc_separation found;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_separation(&d, NULL, &arena, &found, &err), LC_OK);
    assert_int_equal(found.kind, LC_SEPARATION_QUASI);
    assert_int_equal(found.n_causes, 1);
    assert_int_equal(found.cause[0].column[0], 0);
    assert_int_equal(found.cause[0].n_cells, 0);
    assert_close(found.cause[0].leads, 4, 0);
    assert_close(-found.cause[0].base / found.cause[0].toward[0][0], 3.7, 1e-9);
    d.x = two;
    d.n_numeric = 2;
    assert_int_equal(lc_separation(&d, NULL, &arena, &found, &err), LC_OK);
    assert_int_equal(found.kind, LC_SEPARATION_COMPLETE);
    assert_close(found.left, 0, 0);
    lc_arena_release(&arena);
}

/* ---- published ---- */

/* methods F1: endometrial cancer (Heinze and Schemper 2002), HG ~ NV + PI + EH: R's detectseparation
 * says NV Inf and the others 0; NV = 1 has 13 rows, all of them HG = 1. As a number, and as levels. */
static void endometrial_is_separated_by_nv_alone_as_detectseparation_says(void **state)
{
    static const char *const name[] = {"NV", "PI", "EH", "HG"};
    static double cell[4][DATASET_MOST_ROWS];
    static uint8_t code[79];
    const double *x[] = {cell[0], cell[1], cell[2]};
    const struct lc_column column = {
        .width = 1, .code = code, .n_levels = 2, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 79, .k = 1, .column = &column};
    struct lc_logit_data d = {.n = 79, .x = x, .n_numeric = 3, .y = cell[3]};
    struct lc_separation found;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    assert_int_equal(
        dataset_read("endometrial_is_separated_by_nv_alone_as_detectseparation_says",
                     "endometrial/endometrial.csv", name, 4, cell),
        79);
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (int as_levels = 0; as_levels < 2; as_levels++) {
        assert_int_equal(lc_separation(&d, NULL, &arena, &found, &err), LC_OK);
        assert_int_equal(found.kind, LC_SEPARATION_QUASI);
        assert_int_equal(found.n_causes, 1);
        assert_int_equal(found.cause[0].n_columns, 1);
        assert_int_equal(found.cause[0].column[0], 0);
        assert_close(found.cause[0].leads, 13, 0);
        assert_close(found.cause[0].won, 13, 0);
        assert_true(found.cause[0].toward[0][as_levels] > 0);
        assert_close(found.left, 66, 0);
        for (size_t i = 0; i < 79; i++) {
            code[i] = (uint8_t)cell[0][i];
            assert_int_equal(found.told_by[i] == 0, cell[0][i] == 1);
        }
        d.codes = &codes;
        d.x = x + 1;
        d.n_numeric = 2;
    }
    lc_arena_release(&arena);
}

/* ---- every direction of small designs ---- */

#define BRUTE_LEVELS 3
#define BRUTE_STEPS  (2 * BRUTE_LEVELS)

/* Two columns of levels are a bipartite incidence, which is totally unimodular: the extreme rays of the
 * cone of rules have steps of -1, 0 and 1 alone. So all 3^6 are tried, and a row can be told if one that
 * is nowhere wrong tells it. */
static void try_all_rules(const struct typed_row *row, size_t n, bool *told)
{
    memset(told, 0, n * sizeof *told);
    for (size_t r = 0; r < 729; r++) {
        int step[BRUTE_STEPS], value[MOST_ROWS];
        size_t rest = r;
        bool right = true;

        for (size_t j = 0; j < BRUTE_STEPS; j++, rest /= 3)
            step[j] = (int)(rest % 3) - 1;
        for (size_t i = 0; i < n; i++) {
            value[i] = step[row[i].code[0]] + step[BRUTE_LEVELS + row[i].code[1]];
            right = right && !(value[i] > 0 && row[i].won < row[i].leads) &&
                    !(value[i] < 0 && row[i].won > 0);
        }
        for (size_t i = 0; i < n && right; i++)
            told[i] = told[i] || value[i] != 0;
    }
}

static void what_is_told_is_what_some_rule_of_all_can_tell(void **state)
{
    static struct typed t;
    uint64_t s = 20071;
    size_t kinds[3] = {0}, combinations = 0;

    (void)state;
    for (size_t run = 0; run < 3000; run++) {
        const size_t n = 4 + design_next(&s) % 9;
        struct typed_row row[MOST_ROWS];
        bool told[MOST_ROWS];

        for (size_t i = 0; i < n; i++) {
            row[i] = (struct typed_row){.leads = 1 + (double)(design_next(&s) % 3)};
            row[i].code[0] = (uint8_t)(design_next(&s) % BRUTE_LEVELS);
            row[i].code[1] = (uint8_t)(design_next(&s) % BRUTE_LEVELS);
            row[i].won = design_next(&s) % 3 == 0 ? 1 : design_next(&s) % 2 ? row[i].leads : 0;
        }
        type_in(&t, row, n, 2);
        try_all_rules(row, n, told);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(t.found.told_by[i] != LC_SEPARATION_LEFT, told[i]);
        kinds[t.found.kind]++;
        for (size_t c = 0; c < t.found.n_causes; c++)
            combinations += t.found.cause[c].n_columns > 1;
        assert_false(t.found.unsettled);
        lc_arena_release(&t.arena);
    }
    /* The runs hold all kinds, and causes of two columns. */
    assert_true(kinds[0] > 100 && kinds[1] > 100 && kinds[2] > 100 && combinations > 100);
}

/* ---- laws ---- */

/* The log-likelihood of the rows that causes before round `round` leave, far along a cause. */
static double likelihood_along(const struct design *g, const struct lc_separation *f, size_t c,
                               double far)
{
    double sum = 0;

    for (size_t i = 0; i < g->d.n; i++) {
        const uint32_t by = f->told_by[i];
        const double eta =
            0.31 * ((double)(i % 7) - 3) + far * lc_separation_value(&f->cause[c], &g->d, i);

        if (by != LC_SEPARATION_LEFT && f->cause[by].round < f->cause[c].round)
            continue;
        sum -= log1p(exp(g->d.y[i] > 0 ? -eta : eta));
    }
    return sum;
}

static void newton_is_finite_if_and_only_if_nothing_is_found(void **state)
{
    static const uint32_t levels[] = {2, 4, 3, 5};
    size_t none = 0, found_some = 0;

    (void)state;
    for (size_t n = 20; n < 420; n += 2) {
        const size_t columns = 2 + n % 3, numeric = n % 5 == 0;
        struct lc_separation f;
        struct lc_logit_fit fit;
        struct design g;
        enum lc_rc rc;

        design_make(&g, n, levels, columns, numeric);
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
        rc = lc_logit(&g.d, NULL, NULL, &g.arena, &fit, &g.err);
        if (f.kind == LC_SEPARATION_NONE) {
            assert_int_equal(rc, LC_OK);
            none++;
        } else {
            assert_int_not_equal(rc, LC_OK);
            found_some++;
        }
        for (size_t c = 0; c < f.n_causes; c++) {
            double last = likelihood_along(&g, &f, c, 0);

            for (double far = 0.5; far < 9; far *= 2) {
                const double now = likelihood_along(&g, &f, c, far);

                assert_true(now > last);
                last = now;
            }
        }
        lc_arena_release(&g.arena);
    }
    assert_true(none > 20 && found_some > 20);
}

static void assert_same_rows(const struct lc_separation *a, const struct lc_separation *b,
                             const size_t *place, size_t n)
{
    assert_int_equal(a->kind, b->kind);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(a->told_by[i] == LC_SEPARATION_LEFT,
                         b->told_by[place ? place[i] : i] == LC_SEPARATION_LEFT);
}

static void mirror_images_and_weights_change_nothing(void **state)
{
    static const uint32_t levels[] = {3, 4, 5};

    (void)state;
    for (size_t n = 30; n < 90; n += 3) {
        struct lc_separation f, mirrored, weighted;
        struct design g;

        design_make(&g, n, levels, 3, n % 2);
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
        for (size_t i = 0; i < n; i++)
            g.y[i] = 1 - g.y[i];
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &mirrored, &g.err), LC_OK);
        assert_same_rows(&f, &mirrored, NULL, n);
        for (size_t i = 0; i < n; i++) {
            g.weight[i] = 1 + (double)(i % 4);
            g.y[i] *= g.weight[i];
        }
        g.d.weight = g.weight;
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &weighted, &g.err), LC_OK);
        assert_same_rows(&f, &weighted, NULL, n);
        lc_arena_release(&g.arena);
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    static const uint32_t levels[] = {3, 4, 5};

    (void)state;
    for (size_t n = 31; n < 91; n += 3) { /* no multiple of 7, hence a step through all rows */
        struct lc_separation f, shuffled;
        struct design g;
        size_t place[128];
        double y[128];
        uint32_t code[128];

        if (n % 7 == 0)
            continue;
        design_make(&g, n, levels, 3, 0);
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
        for (size_t i = 0; i < n; i++)
            place[i] = i * 7 % n;
        for (size_t i = 0; i < n; i++)
            y[place[i]] = g.y[i];
        memcpy(g.y, y, n * sizeof *y);
        for (size_t j = 0; j < 3; j++) {
            for (size_t i = 0; i < n; i++)
                code[place[i]] = lc_code_at(&g.column[j], i);
            for (size_t i = 0; i < n; i++)
                lc_code_put((void *)(uintptr_t)g.column[j].code, g.column[j].width, i, code[i]);
        }
        assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &shuffled, &g.err), LC_OK);
        assert_same_rows(&f, &shuffled, place, n);
        lc_arena_release(&g.arena);
    }
}

/* Many rows, of which one combination of three columns' levels is never won: rows enter by and by. */
static void a_combination_is_found_among_many_rows(void **state)
{
    enum { ROWS = 20000 };
    static const uint32_t levels[] = {4, 6, 3, 5, 7, 2};
    struct lc_separation f;
    struct design g;
    size_t planted = 0;

    (void)state;
    design_make(&g, ROWS, levels, 6, 0);
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
    assert_int_equal(f.kind, LC_SEPARATION_NONE);
    assert_true(f.solutions > 1);
    /* Where the second and the fourth column both stand at their rarest levels nobody is won, and
     * where only one of them does, or neither, all is as it was: no rule of main effects. */
    for (size_t i = 0; i < ROWS; i++)
        if (lc_code_at(&g.column[1], i) == 5 && lc_code_at(&g.column[3], i) == 4) {
            g.y[i] = 0;
            planted++;
        }
    assert_true(planted > 20);
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
    assert_int_equal(f.kind, LC_SEPARATION_NONE);
    /* Now the rarest level of either is told by the other: won where the other is common. */
    for (size_t i = 0; i < ROWS; i++) {
        const bool a = lc_code_at(&g.column[1], i) == 5, b = lc_code_at(&g.column[3], i) == 4;

        if (a && !b)
            g.y[i] = i % 2 == 0;
        else if (!a && !b)
            g.y[i] = 1;
        else if (b && !a)
            g.y[i] = i % 3 == 0;
    }
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
    assert_int_equal(f.kind, LC_SEPARATION_QUASI);
    assert_int_equal(f.n_causes, 1);
    assert_int_equal(f.cause[0].n_columns, 2);
    assert_int_equal(f.cause[0].column[0], 1);
    assert_int_equal(f.cause[0].column[1], 3);
    for (size_t i = 0; i < ROWS; i++) {
        const bool a = lc_code_at(&g.column[1], i) == 5, b = lc_code_at(&g.column[3], i) == 4;

        assert_int_equal(f.told_by[i] == LC_SEPARATION_LEFT, a != b);
    }
    lc_arena_release(&g.arena);
}

/* So many levels that a fit is tried first: its residuals prove that there is no rule. Then a rule of two
 * columns is planted, which the program finds. */
static void a_fit_proves_that_many_levels_tell_nothing(void **state)
{
    enum { ROWS = 3000 };
    static const uint32_t levels[] = {40, 30, 45, 5};
    struct lc_parallel *pool = lc_parallel_new(3);
    struct lc_separation f;
    struct design g;
    bool found = false;

    (void)state;
    assert_non_null(pool);
    design_make(&g, ROWS, levels, 4, 0);
    for (size_t i = 0; i < ROWS; i++)
        g.y[i] = i * 7 % 5 < 2;
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
    assert_int_equal(f.solutions, 0);
    assert_false(f.unsettled);
    for (size_t c = 0; c < f.n_causes; c++)
        assert_int_equal(f.cause[c].n_columns, 1);
    for (size_t i = 0; i < ROWS; i++) {
        const bool a = lc_code_at(&g.column[1], i) % 2, b = lc_code_at(&g.column[3], i) == 4;

        g.y[i] = a != b ? i % 2 == 0 : a;
    }
    assert_int_equal(lc_separation(&g.d, pool, &g.arena, &f, &g.err), LC_OK);
    assert_true(f.solutions > 0);
    assert_false(f.unsettled);
    for (size_t c = 0; c < f.n_causes; c++)
        if (f.cause[c].n_columns == 2) {
            assert_true(f.cause[c].narrow && f.cause[c].leads > 1000);
            assert_int_equal(f.cause[c].column[0], 1);
            assert_int_equal(f.cause[c].column[1], 3);
            found = true;
        }
    assert_true(found);
    for (size_t i = 0; i < ROWS; i++)
        if ((lc_code_at(&g.column[1], i) % 2 == 1) == (lc_code_at(&g.column[3], i) == 4))
            assert_int_not_equal(f.told_by[i], LC_SEPARATION_LEFT);
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

/* More unknowns than a program may have, and a separation that no fit can rule out. */
static void too_many_levels_are_said_to_be_unsettled(void **state)
{
    enum { ROWS = 4000 };
    static const uint32_t levels[] = {220, 220, 2, 2};
    struct lc_separation f;
    uint64_t s = 40961;
    struct design g;

    (void)state;
    design_make(&g, ROWS, levels, 4, 0);
    for (size_t i = 0; i < ROWS; i++) {
        const uint32_t v = (uint32_t)(design_next(&s) % 220);
        const uint32_t u = (uint32_t)(design_next(&s) % 220);
        const bool a = v % 2, b = u % 2;

        lc_code_put((void *)(uintptr_t)g.column[0].code, g.column[0].width, i, v);
        lc_code_put((void *)(uintptr_t)g.column[1].code, g.column[1].width, i, u);
        g.y[i] = a != b ? (double)(design_next(&s) % 2) : a;
    }
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &f, &g.err), LC_OK);
    assert_true(f.unsettled);
    assert_int_equal(f.solutions, 0);
    assert_int_equal(f.kind, f.n_causes ? LC_SEPARATION_QUASI : LC_SEPARATION_NONE);
    lc_arena_release(&g.arena);
}

static void the_same_rows_give_the_same_causes_bit_for_bit(void **state)
{
    static const uint32_t levels[] = {3, 4, 5, 4};
    struct lc_separation a, b;
    struct design g;

    (void)state;
    design_make(&g, 57, levels, 4, 1);
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &a, &g.err), LC_OK);
    assert_int_equal(lc_separation(&g.d, NULL, &g.arena, &b, &g.err), LC_OK);
    assert_true(a.n_causes > 0);
    assert_int_equal(a.n_causes, b.n_causes);
    for (size_t c = 0; c < a.n_causes; c++)
        for (size_t i = 0; i < 57; i++)
            assert_true(lc_separation_value(&a.cause[c], &g.d, i) ==
                        lc_separation_value(&b.cause[c], &g.d, i));
    lc_arena_release(&g.arena);
}

static void every_refused_allocation_is_an_error(void **state)
{
    static const uint32_t levels[] = {3, 4, 5};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;
    struct design g;

    (void)state;
    design_make(&g, 40, levels, 3, 1);
    for (size_t limit = 0; rc; limit += 64) {
        struct lc_separation f = {.n_causes = 77};
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_separation(&g.d, NULL, &arena, &f, &g.err);
        if (rc) {
            assert_int_equal(rc, LC_ENOMEM);
            assert_int_equal(f.n_causes, 77);
            refused++;
        }
        lc_arena_release(&arena);
    }
    assert_true(refused > 10);
    lc_arena_release(&g.arena);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_level_with_one_outcome_is_quasi_complete),
        TEST(a_combination_is_found_where_no_level_is_pure),
        TEST(a_cause_names_no_column_that_it_can_do_without),
        TEST(a_level_may_be_pure_only_without_an_earlier_one),
        TEST(an_overlap_everywhere_is_no_separation),
        TEST(rows_of_one_class_need_no_column_to_be_told),
        TEST(a_constant_column_tells_nothing),
        TEST(no_rows_have_no_answer),
        TEST(numeric_columns_separate_by_a_line),
        TEST(endometrial_is_separated_by_nv_alone_as_detectseparation_says),
        TEST(what_is_told_is_what_some_rule_of_all_can_tell),
        TEST(newton_is_finite_if_and_only_if_nothing_is_found),
        TEST(mirror_images_and_weights_change_nothing),
        TEST(the_order_of_rows_does_not_matter),
        TEST(a_combination_is_found_among_many_rows),
        TEST(a_fit_proves_that_many_levels_tell_nothing),
        TEST(too_many_levels_are_said_to_be_unsettled),
        TEST(the_same_rows_give_the_same_causes_bit_for_bit),
        TEST(every_refused_allocation_is_an_error),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
