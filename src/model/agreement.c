#include "leadcal/agreement.h"

#include <math.h>
#include <string.h>

#define CELLS ((size_t)LC_GRADES * LC_GRADES)
#define SOON  24 /* hours; a clock up to this is the lane "sales now" */

/* The names of all cells: texts that outlive every agreement. */
static const char *const grade_name[CELLS] = {"A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4",
                                              "C1", "C2", "C3", "C4", "D1", "D2", "D3", "D4"};

const struct lc_spec_cell *lc_agreement_cell(const struct lc_agreement *a, const char *grade)
{
    for (size_t i = 0; i < a->n_cells; i++)
        if (strcmp(a->cell[i].grade, grade) == 0)
            return &a->cell[i];
    return NULL;
}

static int hours_of(const struct lc_agreement *said, const char *grade)
{
    const struct lc_spec_cell *c = lc_agreement_cell(said, grade);

    if (c && c->sla_hours != LC_SLA_UNSAID)
        return c->sla_hours;
    if (said->hand_over.n && !lc_texts_have(said->hand_over, grade))
        return 0;
    return lc_sla_hours(grade);
}

static bool is_handed_over(const struct lc_agreement *said, const char *grade)
{
    return said->hand_over.n ? lc_texts_have(said->hand_over, grade)
                             : hours_of(said, grade) > 0;
}

static const char *lane_of(const char *grade, int hours, bool handed)
{
    if (hours > 0)
        return hours <= SOON ? "sales now" : "sales";
    if (handed)
        return "sales";
    return strcmp(lc_grade_action(grade), "no contact") == 0 ? "none" : "nurture";
}

static const char *action_of(const char *grade, int hours, bool handed, struct lc_arena *arena)
{
    if (hours == lc_sla_hours(grade) && (hours || !handed))
        return lc_grade_action(grade);
    if (hours)
        return lc_arena_format(arena, "call within %d hour%s", hours, hours == 1 ? "" : "s");
    return handed ? "call" : "nurture";
}

static enum lc_rc fill_cells(const struct lc_agreement *said, struct lc_arena *arena,
                             struct lc_agreement *out, struct lc_err *err)
{
    struct lc_spec_cell *cell = LC_NEW(arena, CELLS, struct lc_spec_cell);
    const char **handed = LC_NEW(arena, CELLS, const char *);
    size_t n = 0;

    if (!cell || !handed)
        return lc_fail_memory(err, "the agreement");
    for (size_t i = 0; i < CELLS; i++) {
        const char *grade = grade_name[i];
        const struct lc_spec_cell *given = lc_agreement_cell(said, grade);
        const bool is_handed = is_handed_over(said, grade);
        const int hours = hours_of(said, grade);

        cell[i] = (struct lc_spec_cell){.grade = grade, .sla_hours = hours};
        cell[i].lane = given && given->lane ? given->lane : lane_of(grade, hours, is_handed);
        cell[i].action =
            given && given->action ? given->action : action_of(grade, hours, is_handed, arena);
        if (!cell[i].action)
            return lc_fail_memory(err, "the agreement");
        if (is_handed)
            handed[n++] = grade;
    }
    out->cell = cell;
    out->n_cells = CELLS;
    out->hand_over = (struct lc_texts){handed, n};
    return LC_OK;
}

static enum lc_rc define(struct lc_agreement *a, struct lc_arena *arena, struct lc_err *err)
{
    const char *text = "a lead in a hand-over cell:";

    for (size_t i = 0; i < a->hand_over.n && text; i++)
        text = lc_arena_format(arena, "%s%s %s", text, i ? "," : "", a->hand_over.text[i]);
    if (!text)
        return lc_fail_memory(err, "the agreement");
    a->definition = text;
    return LC_OK;
}

enum lc_rc lc_agreement_resolve(const struct lc_agreement *said, bool cells,
                                struct lc_arena *arena, struct lc_agreement *out,
                                struct lc_err *err)
{
    struct lc_agreement made = *said;
    enum lc_rc rc = LC_OK;

    made.hand_over = (struct lc_texts){NULL, 0};
    made.cell = NULL;
    made.n_cells = 0;
    if (cells)
        rc = fill_cells(said, arena, &made, err);
    if (!rc && !made.definition && made.hand_over.n)
        rc = define(&made, arena, err);
    if (!rc)
        *out = made;
    return rc;
}

/* ---- clocks against expected close rates ---- */

/* The cell with the next lower expectation after `last`; n: none. */
static size_t next_expected(const struct lc_model_cell *cell, size_t n, size_t last)
{
    const double bound = last < n ? cell[last].expected : HUGE_VAL;
    size_t best = n;

    for (size_t i = 0; i < n; i++) {
        const double x = cell[i].expected;

        if (isnan(x) || x > bound || (x == bound && i <= last))
            continue;
        if (best == n || x > cell[best].expected)
            best = i;
    }
    return best;
}

enum lc_rc lc_cells_by_expected(const struct lc_model_cell *cell, size_t n,
                                struct lc_arena *arena, struct lc_texts *grade,
                                struct lc_err *err)
{
    const char **text = LC_NEW(arena, n, const char *);
    size_t k = 0;

    if (!text)
        return lc_fail_memory(err, "the order of the cells");
    for (size_t i = next_expected(cell, n, n); i < n; i = next_expected(cell, n, i))
        text[k++] = cell[i].grade;
    *grade = (struct lc_texts){text, k};
    return LC_OK;
}

/* Hours on the clock; no clock is the longest. */
static double clock_of(const struct lc_model_cell *c)
{
    return c->sla_hours > 0 ? c->sla_hours : HUGE_VAL;
}

static bool can_judge(const struct lc_model_cell *c)
{
    return strlen(c->grade) == 2 && c->leads >= LC_FEW_LEADS && isfinite(c->expected);
}

/* Of the cells that wait less than `at` and are expected to close less often, the one expected to
 * close least; n: none. */
static size_t worst_before(const struct lc_model_cell *cell, size_t n, size_t at)
{
    size_t worst = n;

    for (size_t j = 0; j < n && can_judge(&cell[at]); j++) {
        if (!can_judge(&cell[j]) || clock_of(&cell[j]) >= clock_of(&cell[at]) ||
            cell[j].expected >= cell[at].expected)
            continue;
        if (worst == n || cell[j].expected < cell[worst].expected)
            worst = j;
    }
    return worst;
}

/* "A3 (48 h, 8.0 %)" */
static const char *cell_text(const struct lc_model_cell *c, struct lc_arena *arena)
{
    if (c->sla_hours > 0)
        return lc_arena_format(arena, "%s (%d h, %.1f %%)", c->grade, c->sla_hours,
                               100 * c->expected);
    return lc_arena_format(arena, "%s (no clock, %.1f %%)", c->grade, 100 * c->expected);
}

enum lc_rc lc_cells_disagree(const struct lc_model_cell *cell, size_t n, struct lc_arena *arena,
                             struct lc_texts *sentence, struct lc_err *err)
{
    const char **text = LC_NEW(arena, n, const char *);
    size_t k = 0;

    if (!text)
        return lc_fail_memory(err, "the clocks");
    for (size_t i = 0; i < n; i++) {
        const size_t worst = worst_before(cell, n, i);
        const char *slow, *fast;

        if (worst == n)
            continue;
        slow = cell_text(&cell[i], arena);
        fast = cell_text(&cell[worst], arena);
        if (!slow || !fast ||
            !(text[k++] = lc_arena_format(arena,
                                          "%s is expected to close more often than %s, yet "
                                          "waits longer",
                                          slow, fast)))
            return lc_fail_memory(err, "the clocks");
    }
    *sentence = (struct lc_texts){text, k};
    return LC_OK;
}

enum lc_rc lc_model_agree(struct lc_model *m, struct lc_model_cell *cell,
                          const struct lc_agreement *said, struct lc_arena *arena,
                          struct lc_err *err)
{
    const bool cells = m->n_cells && strlen(cell[0].grade) == 2;
    enum lc_rc rc = lc_agreement_resolve(said, cells, arena, &m->agreement, err);

    for (size_t i = 0; i < m->n_cells && !rc; i++) {
        const struct lc_spec_cell *c = lc_agreement_cell(&m->agreement, cell[i].grade);

        cell[i].sla_hours = c ? c->sla_hours : 0;
        cell[i].action = c ? c->action : "";
    }
    if (!rc)
        rc = lc_cells_by_expected(cell, m->n_cells, arena, &m->by_expected, err);
    if (!rc)
        rc = lc_cells_disagree(cell, m->n_cells, arena, &m->disagreements, err);
    return rc;
}
