/* The score in use as it stands in a column: its numbers vote on their decimal sign before they are read. */
#include <math.h>

#include "score_internal.h"

struct lc_slice lc_score_number(double x, char *to)
{
    if (isnan(x))
        return (struct lc_slice){"", 0};
    lc_real_text(x, to);
    return lc_slice_of(to);
}

void lc_scored_column_vote(struct lc_scored_column *c, struct lc_slice cell)
{
    const struct lc_slice text = lc_slice_trim(cell);
    const struct lc_number_look look = lc_number_look(text);
    double x;

    if (!look.point && !look.comma)
        return;
    lc_number_vote(&c->votes, text, 1);
    c->formatted = c->formatted || !lc_real_parse(text, &x);
}

enum lc_rc lc_scored_column_decide(struct lc_scored_column *c, struct lc_err *err)
{
    const struct lc_number_votes *v = &c->votes;

    c->decimal = c->formatted ? lc_number_decimal(v, LC_DECIMAL_ANY) : LC_DECIMAL_ANY;
    if (!c->formatted || c->decimal)
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "column '%.80s' cannot be the score: of its numbers %zu have a decimal point, "
        "%zu a decimal comma, and %zu read both ways%s; write them in one way, best as "
        "plain numbers",
        c->name, v->point, v->comma, v->either,
        lc_number_one_unit(v) ? "" : ", in several units");
}

bool lc_scored_column_write(struct lc_scored_column *c, struct lc_slice raw,
                            struct lc_slice to[LC_SCORE_COLUMNS])
{
    const struct lc_score_cell cell = lc_score_cell_as(raw, c->decimal);
    int hours;

    for (size_t i = 0; i < LC_SCORE_COLUMNS; i++)
        to[i] = (struct lc_slice){"", 0};
    if (cell.kind == LC_SCORE_NUMBER)
        to[1] = lc_score_number(cell.number, c->points);
    if (cell.kind != LC_SCORE_GRADE || cell.letter >= LC_GRADES ||
        (cell.digit != LC_NO_DIGIT && cell.digit >= LC_GRADES))
        return cell.kind != LC_SCORE_NONE;
    c->grade[0] = (char)('A' + cell.letter);
    c->grade[1] = cell.digit == LC_NO_DIGIT ? '\0' : (char)('1' + cell.digit);
    c->grade[2] = '\0';
    hours = lc_sla_hours(c->grade);
    to[4] = lc_slice_of(c->grade);
    to[5] = lc_slice_of(lc_grade_action(c->grade));
    if (hours)
        to[6] = lc_score_number(hours, c->sla);
    return true;
}
