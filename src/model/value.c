#include "leadcal/value.h"

#include <math.h>
#include <string.h>

#include "leadcal/amount.h"
#include "leadcal/model_rows.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define SEED      20260101 /* of the bootstrap: any number, the same for everybody */
#define ONE_LARGE 0.1      /* of all amount in one win: every share hangs on it */
#define CELLS     ((size_t)LC_GRADES * LC_GRADES)

enum column {
    OF, /* model, or attribute */
    GROUP,
    LEADS,
    WON,
    WON_AMOUNT,
    AMOUNT_PER_LEAD,
    LOW,
    HIGH,
    SHARE_OF_AMOUNT,
    SHARE_OF_WON,
    WITHOUT_AMOUNT,
    COLUMNS
};

#define REST                                                                     \
    {"leads", LC_CELL_COUNT, NULL, false}, {"won", LC_CELL_COUNT, NULL, false},  \
        {"won_amount", LC_CELL_REAL, "won amount", false},                       \
        {"amount_per_lead", LC_CELL_REAL, "per lead", false},                    \
        {"low", LC_CELL_REAL, NULL, false}, {"high", LC_CELL_REAL, NULL, false}, \
        {"share_of_amount", LC_CELL_RATE, "of all amount", false},               \
        {"share_of_won", LC_CELL_RATE, "of all wins", false},                    \
        {"without_amount", LC_CELL_COUNT, "without amount", true},

static const struct lc_heading by_grade[COLUMNS] = {
    {"model", LC_CELL_TEXT, NULL, false}, {"grade", LC_CELL_TEXT, NULL, false}, REST};
static const struct lc_heading by_level[COLUMNS] = {
    {"attribute", LC_CELL_TEXT, NULL, false}, {"level", LC_CELL_TEXT, NULL, false}, REST};

/* The wins of a cohort, and how they are grouped at the moment. */
struct wins {
    size_t n;        /* leads with a win or a share in one */
    uint32_t *lead;  /* [n] place in the cohort */
    double *amount;  /* [n] in shares where wins are; NaN: unknown */
    double *credit;  /* [n] 1, or the share */
    uint32_t *code;  /* [n] of the grouping at hand */
    double *drawn;   /* [n] amounts of the group at hand */
    double won, all; /* wins and amount of the whole */
    double largest;
    struct lc_parallel *pool;
};

static double credit_of(const struct lc_cohort *c, size_t i)
{
    return c->credit ? c->credit[i] : c->y[i];
}

static enum lc_rc gather(const struct lc_cohort *c, struct lc_parallel *pool,
                         struct lc_arena *scratch, struct wins *w, struct lc_err *err)
{
    size_t n = 0;

    *w = (struct wins){.pool = pool};
    if (!c->amount)
        return lc_fail(err, LC_EMISMATCH,
                       "no column holds the won amount, so value cannot be told; name it with "
                       "--amount or the spec's key amount");
    for (size_t i = 0; i < c->n; i++)
        n += credit_of(c, i) > 0;
    w->lead = LC_NEW(scratch, n + 1, uint32_t);
    w->amount = LC_NEW(scratch, n + 1, double);
    w->credit = LC_NEW(scratch, n + 1, double);
    w->code = LC_NEW(scratch, n + 1, uint32_t);
    w->drawn = LC_NEW(scratch, n + 1, double);
    if (!w->lead || !w->amount || !w->credit || !w->code || !w->drawn)
        return lc_fail_memory(err, "the won amounts");
    for (size_t i = 0; i < c->n; i++) {
        const double credit = credit_of(c, i), amount = credit * c->amount[i];

        if (!(credit > 0))
            continue;
        w->lead[w->n] = (uint32_t)i;
        w->credit[w->n] = credit;
        w->amount[w->n++] = amount;
        w->won += credit;
        if (isnan(amount))
            continue;
        w->all += amount;
        w->largest = fmax(w->largest, amount);
    }
    return LC_OK;
}

/* A row of the leads whose code is wanted. wanted [codes] */
static enum lc_rc add_row(struct wins *w, const char *of, const char *group, size_t leads,
                          const bool *wanted, struct lc_arena *scratch, struct lc_frame *frame,
                          struct lc_err *err)
{
    struct lc_arena resamples;
    struct lc_interval ci;
    union lc_value *row;
    double won = 0, amount = 0, without = 0;
    size_t n = 0;
    enum lc_rc rc;

    for (size_t i = 0; i < w->n; i++) {
        if (!wanted[w->code[i]])
            continue;
        won += w->credit[i];
        if (isnan(w->amount[i])) {
            without++;
            continue;
        }
        w->drawn[n++] = w->amount[i];
        amount += w->amount[i];
    }
    lc_arena_init(&resamples, scratch->limit - scratch->used);
    rc = lc_amount_interval(w->drawn, n, leads, SEED, w->pool, &resamples, &ci, err);
    lc_arena_release(&resamples);
    if (!rc)
        rc = lc_frame_add(frame, &row, err);
    if (rc)
        return rc;
    row[OF].text = of;
    row[GROUP].text = group;
    row[LEADS].number = (double)leads;
    row[WON].number = won;
    row[WON_AMOUNT].number = amount;
    row[AMOUNT_PER_LEAD].number = leads ? amount / (double)leads : LC_NAN;
    row[LOW].number = ci.low;
    row[HIGH].number = ci.high;
    row[SHARE_OF_AMOUNT].number = w->all > 0 ? amount / w->all : LC_NAN;
    row[SHARE_OF_WON].number = w->won > 0 ? won / w->won : LC_NAN;
    row[WITHOUT_AMOUNT].number = without;
    return LC_OK;
}

static enum lc_rc add_notes(const struct wins *w, const struct lc_cohort *cohort,
                            struct lc_frame *frame, struct lc_err *err)
{
    size_t without = 0;
    enum lc_rc rc = lc_frame_note(
        frame, err,
        "amount per lead is the won amount over all leads of the row; its limits are 95 %%, by "
        "%zu resamples of the leads (seed %d), blank where fewer than %d wins have an amount",
        LC_AMOUNT_RESAMPLES, SEED, LC_LEAST_AMOUNTS);

    for (size_t i = 0; i < w->n; i++)
        without += isnan(w->amount[i]) ? 1 : 0;
    if (!rc && without)
        rc = lc_frame_note(frame, err,
                           "%zu of %zu won leads have no amount: they count as leads that "
                           "brought nothing",
                           without, w->n);
    if (!rc && w->all > 0 && w->largest > ONE_LARGE * w->all)
        rc = lc_frame_note(frame, err,
                           "one win alone is %.0f %% of all amount: the shares hang on it",
                           100 * w->largest / w->all);
    if (!rc && cohort->credit)
        rc = lc_frame_note(frame, err,
                           "wins of several leads bring each its part of the amount");
    return rc;
}

static enum lc_rc begin(const struct lc_cohort *cohort, const char *name,
                        const struct lc_heading *heading, struct lc_arena *arena,
                        struct lc_frame *f, struct lc_err *err)
{
    lc_frame_init(f, name, heading, COLUMNS, arena);
    f->title = lc_cohort_title(cohort, arena);
    return f->title ? LC_OK : lc_fail_memory(err, "the won amounts");
}

/* ---- by grade ---- */

/* The leads of each cell, and the cell of each win. */
static enum lc_rc grade_leads(const struct lc_table *table, const struct lc_cohort *cohort,
                              const struct lc_model *model, struct lc_arena *scratch,
                              struct wins *w, size_t leads[CELLS], struct lc_err *err)
{
    const struct lc_grades *g = &model->grades;
    struct lc_model_rows rows;
    size_t at = 0;
    const enum lc_rc rc = lc_model_rows_open(model, table, scratch, &rows, err);

    for (size_t i = 0; !rc && i < cohort->n; i++) {
        const struct lc_scored s = lc_model_rows_score(&rows, cohort->row[i]);
        const size_t letter = g->letter.used ? lc_grade_of(&g->letter, s.f_points) : 0;
        const size_t digit = g->digit.used ? lc_grade_of(&g->digit, s.g_points) : 0;

        leads[letter * LC_GRADES + digit]++;
        if (at < w->n && w->lead[at] == i)
            w->code[at++] = (uint32_t)(letter * LC_GRADES + digit);
    }
    return rc;
}

/* One of the rows of a model: LC_GRADES stands for any letter or digit. */
static enum lc_rc add_group(struct wins *w, const char *model, size_t letter, size_t digit,
                            const size_t leads[CELLS], struct lc_arena *scratch,
                            struct lc_frame *f, struct lc_err *err)
{
    bool wanted[CELLS];
    char text[LC_GRADE_TEXT];
    const char *name;
    size_t n = 0, at = 0;

    for (size_t c = 0; c < CELLS; c++) {
        wanted[c] = (letter == LC_GRADES || c / LC_GRADES == letter) &&
                    (digit == LC_GRADES || c % LC_GRADES == digit);
        n += wanted[c] ? leads[c] : 0;
    }
    if (n == 0)
        return LC_OK;
    if (letter < LC_GRADES)
        text[at++] = (char)('A' + letter);
    if (digit < LC_GRADES)
        text[at++] = (char)('1' + digit);
    text[at] = '\0';
    name = at ? lc_arena_text(f->arena, lc_slice_of(text)) : "(all)";
    if (!name)
        return lc_fail_memory(err, "the won amounts");
    return add_row(w, model, name, n, wanted, scratch, f, err);
}

static enum lc_rc add_model(const struct lc_table *table, const struct lc_cohort *cohort,
                            const struct lc_model *model, const char *name, struct wins *w,
                            struct lc_arena *scratch, struct lc_frame *f, struct lc_err *err)
{
    const bool letters = model->grades.letter.used, digits = model->grades.digit.used;
    size_t leads[CELLS] = {0};
    enum lc_rc rc = grade_leads(table, cohort, model, scratch, w, leads, err);

    for (size_t c = 0; letters && digits && c < CELLS && !rc; c++)
        rc = add_group(w, name, c / LC_GRADES, c % LC_GRADES, leads, scratch, f, err);
    for (size_t l = 0; letters && l < LC_GRADES && !rc; l++)
        rc = add_group(w, name, l, LC_GRADES, leads, scratch, f, err);
    for (size_t d = 0; digits && d < LC_GRADES && !rc; d++)
        rc = add_group(w, name, LC_GRADES, d, leads, scratch, f, err);
    return rc ? rc : add_group(w, name, LC_GRADES, LC_GRADES, leads, scratch, f, err);
}

/* "letter A of the new model: 10 % of the leads, 38 % of the wins, 52 % of the amount" */
static enum lc_rc note_best(struct lc_frame *f, struct lc_err *err)
{
    const size_t n = f->n;
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < n && !rc; i++) {
        const union lc_value *row = f->value + i * f->k, *all = row;
        const bool best =
            strcmp(row[GROUP].text, "A") == 0 || strcmp(row[GROUP].text, "1") == 0;

        if (!best || isnan(row[SHARE_OF_AMOUNT].number))
            continue;
        while (strcmp(all[GROUP].text, "(all)") != 0)
            all += f->k;
        rc = lc_frame_note(
            f, err,
            "%s, grade %s: %.0f %% of the leads, %.0f %% of the wins, %.0f %% of "
            "the won amount",
            row[OF].text, row[GROUP].text, 100 * row[LEADS].number / all[LEADS].number,
            100 * row[SHARE_OF_WON].number, 100 * row[SHARE_OF_AMOUNT].number);
    }
    return rc;
}

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract in value.h */
enum lc_rc lc_value_grades(const struct lc_table *table, const struct lc_cohort *cohort,
                           const struct lc_model *const *model, const char *const *name,
                           size_t n, struct lc_parallel *pool, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_frame f;
    struct wins w;
    enum lc_rc rc = begin(cohort, "value", by_grade, arena, &f, err);

    lc_arena_init(&scratch, arena->limit - arena->used);
    if (!rc)
        rc = gather(cohort, pool, &scratch, &w, err);
    for (size_t m = 0; m < n && !rc; m++)
        rc = add_model(table, cohort, model[m], name[m], &w, &scratch, &f, err);
    if (!rc)
        rc = note_best(&f, err);
    if (!rc)
        rc = add_notes(&w, cohort, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}

/* ---- by level ---- */

static enum lc_rc add_attribute(const struct lc_table_column *column,
                                const struct lc_cohort *cohort, const struct lc_attribute *a,
                                struct wins *w, struct lc_arena *scratch, struct lc_frame *f,
                                struct lc_err *err)
{
    bool *wanted = LC_NEW(scratch, a->n_levels + 1, bool);
    struct lc_column codes;
    enum lc_rc rc = wanted ? LC_OK : lc_fail_memory(err, "the won amounts");

    if (!rc)
        rc = lc_attribute_code(a, column, cohort->row, cohort->n, scratch, &codes, err);
    for (size_t i = 0; i < w->n && !rc; i++)
        w->code[i] = lc_code_at(&codes, w->lead[i]);
    for (size_t v = 0; v < a->n_levels && !rc; v++) {
        wanted[v] = true;
        rc = add_row(w, a->column, a->level[v], (size_t)a->n[v], wanted, scratch, f, err);
        wanted[v] = false;
    }
    return rc;
}

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract in value.h */
enum lc_rc lc_value_levels(const struct lc_table *table, const struct lc_cohort *cohort,
                           const size_t *column, const struct lc_attribute *attribute, size_t k,
                           struct lc_parallel *pool, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err)
{
    const bool every[] = {true};
    struct lc_arena scratch;
    struct lc_frame f;
    struct wins w;
    enum lc_rc rc = begin(cohort, "value_levels", by_level, arena, &f, err);

    lc_arena_init(&scratch, arena->limit - arena->used);
    if (!rc)
        rc = gather(cohort, pool, &scratch, &w, err);
    if (!rc) /* every code is still 0 */
        rc = add_row(&w, "(all)", "(all)", cohort->n, every, &scratch, &f, err);
    for (size_t j = 0; j < k && !rc; j++) {
        struct lc_arena own;

        lc_arena_init(&own, scratch.limit - scratch.used);
        rc = add_attribute(&table->column[column[j]], cohort, &attribute[j], &w, &own, &f, err);
        lc_arena_release(&own);
    }
    if (!rc)
        rc = add_notes(&w, cohort, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
