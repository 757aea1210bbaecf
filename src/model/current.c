#include "leadcal/current.h"

#include "leadcal/num.h"
#include "leadcal/number.h"

#define SIGNS 3 /* A+, A, A- */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "A1", "b", "C+", "C-": a letter, a sign or none, a digit from 1 to 9 or none, and no more. */
static bool read_grade(struct lc_slice s, struct lc_score_cell *to)
{
    size_t sign = 1, i = 1;

    if (!s.n || !is_letter(s.p[0]))
        return false;
    to->letter = (size_t)((s.p[0] | 0x20) - 'a');
    to->digit = LC_NO_DIGIT;
    if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
        sign = s.p[i++] == '+' ? 0 : 2;
    if (i < s.n && s.p[i] >= '1' && s.p[i] <= '9')
        to->digit = (size_t)(s.p[i++] - '1');
    if (i != s.n)
        return false;
    /* Letters and digits weigh the same: A2 and B1 stand side by side. */
    to->order = 1 - (double)(SIGNS * to->letter + sign) -
                (to->digit == LC_NO_DIGIT ? 0 : SIGNS * (double)to->digit);
    return true;
}

struct lc_score_cell lc_score_cell_of(struct lc_slice s)
{
    return lc_score_cell_as(s, LC_DECIMAL_ANY);
}

struct lc_score_cell lc_score_cell_as(struct lc_slice s, enum lc_decimal decimal)
{
    struct lc_score_cell cell = {.kind = LC_SCORE_NONE, .number = LC_NAN, .order = LC_NAN};

    s = lc_slice_trim(s);
    if (decimal ? lc_number_parse(s, decimal, &cell.number) : lc_real_parse(s, &cell.number)) {
        cell.kind = LC_SCORE_NUMBER;
        cell.order = cell.number;
    } else if (read_grade(s, &cell)) {
        cell.kind = LC_SCORE_GRADE;
    }
    return cell;
}

/* A column of numbers was read when it was loaded, by the decimal sign of all its cells. */
static struct lc_score_cell cell_of_level(const struct lc_table_column *c, uint32_t v)
{
    if (v == c->codes.missing)
        return lc_score_cell_of((struct lc_slice){"", 0});
    if (c->kind == LC_KIND_NUMBER)
        return (struct lc_score_cell){
            .kind = LC_SCORE_NUMBER, .number = c->number[v], .order = c->number[v]};
    return lc_score_cell_of(lc_slice_of(c->codes.level[v]));
}

static enum lc_rc refuse(const struct lc_table_column *c, size_t numbers, size_t grades,
                         size_t values, struct lc_err *err)
{
    const char *name = c->codes.name;

    if (c->kind == LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH, "column '%s' is empty, so it cannot be the score",
                       name);
    if (c->kind == LC_KIND_MANY || c->kind == LC_KIND_DATE)
        return lc_fail(
            err, LC_EMISMATCH, "column '%s' holds %s, so it cannot be the score; name another",
            name, c->kind == LC_KIND_DATE ? "dates" : "a different text in nearly every row");
    return lc_fail(err, LC_EMISMATCH,
                   "column '%s' cannot be the score: of its %zu values %zu are numbers and %zu "
                   "grades such as A1; mend the others, or name them in \"missing\"",
                   name, values, numbers, grades);
}

enum lc_rc lc_score_column_read(const struct lc_table_column *c, struct lc_arena *arena,
                                struct lc_score_column *out, struct lc_err *err)
{
    struct lc_score_cell *cell;
    double *order;
    size_t numbers = 0, grades = 0, values = 0;
    bool digits = false;

    if (c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER)
        return refuse(c, 0, 0, 0, err);
    cell = LC_NEW(arena, c->codes.n_levels, struct lc_score_cell);
    order = LC_NEW(arena, c->codes.n_levels, double);
    if (!cell || !order)
        return lc_fail_memory(err, "the score in use");
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        cell[v] = cell_of_level(c, v);
        order[v] = cell[v].order;
        values += v != c->codes.missing;
        numbers += cell[v].kind == LC_SCORE_NUMBER;
        grades += cell[v].kind == LC_SCORE_GRADE;
        digits = digits || (cell[v].kind == LC_SCORE_GRADE && cell[v].digit != LC_NO_DIGIT);
    }
    if (values == 0 || (numbers != values && grades != values))
        return refuse(c, numbers, grades, values, err);
    *out = (struct lc_score_column){.kind = numbers ? LC_SCORE_NUMBER : LC_SCORE_GRADE,
                                    .order = order,
                                    .cell = cell,
                                    .has_digits = digits};
    return LC_OK;
}
