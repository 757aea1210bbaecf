/* Purchases of one customer become one row, as it stood on a reference day; won is a further purchase. */
#include <stdio.h>
#include <string.h>

#include "leadcal/column.h"
#include "leadcal/num.h"
#include "leadcal/set.h"
#include "unit_internal.h"

static const char text[] = "the customers";

/* The purchases, and what was bought after the reference days. */
struct customers {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_table_units *units;
    const struct lc_table_column *product; /* NULL: nothing tells what was bought */
    uint8_t *bought;                       /* [rows] 1: it was won, so it is a purchase */
    int32_t *day;                          /* [rows] LC_NO_DAY: unknown */
    struct lc_unit_rows rows; /* the last purchase by the reference day stands first */
    uint32_t *further;        /* [n] the row of the further purchase, or LC_NO_ROW */
    size_t n_further;
};

static enum lc_rc find_columns(struct customers *c, struct lc_arena *scratch,
                               struct lc_err *err)
{
    const struct lc_spec_unit *unit = c->spec->unit;
    const struct lc_table_column *when;
    struct lc_notes unread = {.arena = scratch};
    uint8_t *state = NULL;
    size_t at = 0;
    enum lc_rc rc = lc_table_find(c->table, unit->purchased, &at, err);

    when = &c->table->column[at];
    if (!rc && when->kind != LC_KIND_DATE && when->kind != LC_KIND_EMPTY)
        rc = lc_fail(err, LC_EMISMATCH,
                     "column '%.80s' is the day of a purchase but holds no dates",
                     unit->purchased);
    if (!rc && unit->product) {
        rc = lc_table_find(c->table, unit->product, &at, err);
        c->product = &c->table->column[at];
    }
    if (!rc && (c->spec->outcome.column || c->spec->outcome.won_if_in))
        rc = lc_leads_states(c->table, c->spec, &unread, scratch, &state, err);
    c->day = LC_NEW(scratch, c->table->n + 1, int32_t);
    c->bought = LC_NEW(scratch, c->table->n + 1, uint8_t);
    if (!rc && (!c->day || !c->bought))
        rc = lc_fail_memory(err, text);
    for (size_t i = 0; i < c->table->n && !rc; i++) {
        c->bought[i] = !state || state[i] == LC_STATE_WON;
        c->day[i] = when->day ? when->day[lc_code_at(&when->codes, i)] : LC_NO_DAY;
    }
    return rc;
}

/* ---- what is a further purchase ---- */

static struct lc_slice products(const struct customers *c, uint32_t row)
{
    const char *cell = c->product ? lc_table_cell(c->product, row) : NULL;

    return lc_slice_of(cell ? cell : "");
}

static bool owned(const struct customers *c, const uint32_t *row, size_t n,
                  struct lc_slice product)
{
    for (size_t i = 0; i < n; i++)
        if (lc_set_has(products(c, row[i]), product))
            return true;
    return false;
}

/* row [n]: what was owned on the reference day */
static bool is_further(const struct customers *c, const uint32_t *row, size_t n, uint32_t later)
{
    struct lc_slice rest = products(c, later), product;

    if (!c->spec->unit->other_product)
        return true;
    while (lc_set_next(&rest, &product))
        if (!owned(c, row, n, product))
            return true;
    return false;
}

/* ---- one customer ---- */

/* The customer's reference day; LC_NO_DAY: nothing was bought on a known day. */
static int32_t reference_day(const struct customers *c, size_t u)
{
    for (size_t k = c->units->begin[u]; k < c->units->begin[u + 1]; k++) {
        const uint32_t i = c->units->row[k];

        if (c->bought[i] && c->day[i] != LC_NO_DAY)
            return lc_unit_reference_day(c->spec->unit, c->day[i]);
    }
    return LC_NO_DAY;
}

/* Where a row of a customer belongs. */
enum place { OTHER, UNDATED, BY_THEN, LATER };

static enum place place_of(const struct customers *c, uint32_t row, int32_t reference)
{
    if (!c->bought[row])
        return OTHER;
    if (c->day[row] == LC_NO_DAY)
        return UNDATED;
    return c->day[row] <= reference ? BY_THEN : LATER;
}

/* The purchases by the reference day, the last one first, to `row`; how many. */
static size_t take_purchases(struct customers *c, size_t u, int32_t reference, uint32_t *row,
                             uint32_t *further, struct lc_unit_account *account)
{
    const struct lc_table_units *t = c->units;
    size_t n = 0;

    *further = LC_NO_ROW;
    for (size_t k = t->begin[u + 1]; k-- > t->begin[u];)
        if (place_of(c, t->row[k], reference) == BY_THEN)
            row[n++] = t->row[k];
    for (size_t k = t->begin[u]; k < t->begin[u + 1]; k++) {
        const enum place place = place_of(c, t->row[k], reference);

        account->undated += place == UNDATED;
        account->other += place == OTHER || (place == LATER && !n);
        account->later += place == LATER && n;
        if (n && place == LATER && *further == LC_NO_ROW && is_further(c, row, n, t->row[k]))
            *further = t->row[k];
    }
    return n;
}

static enum lc_rc pick_rows(struct customers *c, struct lc_arena *arena,
                            struct lc_unit_account *account, struct lc_err *err)
{
    const struct lc_table_units *t = c->units;
    size_t *begin = LC_NEW(arena, t->n + 1, size_t), n = 0, used = 0;
    uint32_t *row = LC_NEW(arena, t->begin[t->n] + 1, uint32_t);
    int32_t *day = LC_NEW(arena, t->n + 1, int32_t);

    c->further = LC_NEW(arena, t->n + 1, uint32_t);
    if (!begin || !row || !day || !c->further)
        return lc_fail_memory(err, text);
    for (size_t u = 0; u < t->n; u++) {
        const int32_t reference = reference_day(c, u);
        const size_t taken =
            take_purchases(c, u, reference, row + used, &c->further[n], account);

        if (!taken)
            continue;
        begin[n] = used;
        day[n] = reference;
        used += taken;
        c->n_further += c->further[n] != LC_NO_ROW;
        n++;
    }
    begin[n] = account->used = used;
    account->units = n;
    c->rows = (struct lc_unit_rows){n, begin, row, day, c->day};
    if (!n)
        return lc_fail(err, LC_EDEGENERATE,
                       "nobody had bought anything by the reference day; give another "
                       "\"reference\"");
    if (!c->n_further)
        return lc_fail(err, LC_EDEGENERATE,
                       "nobody has bought %s after the reference day, so there is nothing to "
                       "tell apart; give an earlier \"reference\"",
                       c->spec->unit->other_product ? "another product" : "again");
    return LC_OK;
}

/* ---- columns ---- */

enum { DECIDED, FURTHER, BOUGHT, SINCE, MADE };

static enum lc_rc make_columns(const struct customers *c, struct lc_arena *arena,
                               struct lc_arena *scratch, struct lc_table_column *to,
                               struct lc_err *err)
{
    const size_t n = c->rows.n;
    const char **yes = LC_NEW(scratch, n + 1, const char *);
    int32_t *day = LC_NEW(scratch, n + 1, int32_t);
    double *since = LC_NEW(scratch, n + 1, double);

    if (!yes || !day || !since)
        return lc_fail_memory(err, text);
    to[DECIDED].codes.name = LC_UNIT_DECIDED;
    to[FURTHER].codes.name = LC_UNIT_FURTHER;
    to[BOUGHT].codes.name = LC_UNIT_BOUGHT;
    to[SINCE].codes.name = LC_UNIT_SINCE;
    to[SINCE].known = true;
    for (size_t u = 0; u < n; u++) {
        const uint32_t further = c->further[u];

        yes[u] = further == LC_NO_ROW ? NULL : LC_SET_YES;
        day[u] = further == LC_NO_ROW ? LC_NO_DAY : c->day[further];
        since[u] = (double)c->rows.day[u] - c->day[c->rows.row[c->rows.begin[u]]];
    }
    if (!lc_column_of_days(c->rows.day, n, arena, &to[DECIDED]) ||
        !lc_column_of_texts(yes, n, arena, &to[FURTHER]) ||
        !lc_column_of_days(day, n, arena, &to[BOUGHT]) ||
        !lc_column_of_numbers(since, n, arena, &to[SINCE]))
        return lc_fail_memory(err, text);
    return LC_OK;
}

/* The amount is that of the further purchase; all else is as of the last one before. */
static enum lc_rc gather(const struct customers *c, struct lc_table *table,
                         struct lc_arena *arena, struct lc_err *err)
{
    const uint32_t **fixed = LC_NEW(arena, table->k + 1, const uint32_t *);
    const uint32_t **file_row = LC_NEW(arena, table->n_files + 1, const uint32_t *);
    uint32_t *paid = LC_NEW(arena, c->rows.n + 1, uint32_t);

    if (!fixed || !file_row || !paid)
        return lc_fail_memory(err, text);
    for (size_t u = 0; u < c->rows.n; u++)
        paid[u] = c->further[u] == LC_NO_ROW ? c->rows.row[c->rows.begin[u]] : c->further[u];
    for (size_t j = 0; j < table->k && c->spec->amount; j++)
        if (strcmp(table->column[j].codes.name, c->spec->amount) == 0)
            fixed[j] = paid;
    return lc_unit_gather(table, c->spec, &c->rows, fixed, file_row, arena, err);
}

/* From here on the study is of whether customers buy again. */
static bool point_spec(struct lc_spec *spec, struct lc_arena *arena)
{
    const char **won = LC_NEW(arena, 1, const char *);

    if (!won)
        return false;
    won[0] = LC_SET_YES;
    spec->outcome.column = LC_UNIT_FURTHER;
    spec->outcome.won = (struct lc_texts){won, 1};
    spec->outcome.lost = spec->outcome.open = (struct lc_texts){NULL, 0};
    spec->outcome.won_if_in = NULL;
    spec->date.entered = LC_UNIT_DECIDED;
    spec->date.closed = LC_UNIT_BOUGHT;
    spec->date.handed_over = spec->date.first_touch = spec->date.accepted =
        spec->date.opportunity = NULL;
    spec->decision_after_days = 0;
    spec->acceptance.column = spec->acceptance.grade = NULL;
    return true;
}

static enum lc_rc note(const struct customers *c, const struct lc_unit_account *account,
                       struct lc_notes *notes, struct lc_err *err)
{
    const struct lc_spec_unit *unit = c->spec->unit;
    char reference[60] = "the quarter after their first purchase", day[LC_DAY_TEXT];
    enum lc_rc rc;

    if (unit->reference == LC_REFERENCE_DAY) {
        lc_day_text(unit->day, day);
        (void)snprintf(reference, sizeof reference, "%s", day);
    } else if (unit->reference == LC_REFERENCE_AFTER) {
        (void)snprintf(reference, sizeof reference, "day %d after their first purchase",
                       (int)unit->after_days);
    }
    rc = lc_notes_add(
        notes, err,
        "customers: %zu by '%s', as of %s; %zu of %zu rows are purchases by then, "
        "%zu later ones; won is %s after it",
        account->units, unit->key, reference, account->used, account->rows, account->later,
        unit->other_product ? "a product not owned" : "any purchase");
    if (!rc && account->other + account->undated + account->left_out)
        rc = lc_notes_add(notes, err,
                          "rows left out: %zu not won or of nobody who was a customer by then, "
                          "%zu without a day, %zu without '%s'",
                          account->other, account->undated, account->left_out, unit->key);
    return rc;
}

static int32_t latest(const struct customers *c)
{
    int32_t as_of = LC_NO_DAY;

    for (size_t i = 0; i < c->table->n; i++)
        as_of = c->bought[i] && c->day[i] > as_of ? c->day[i] : as_of;
    return as_of;
}

enum lc_rc lc_unit_customers(struct lc_table *table, struct lc_spec *spec,
                             struct lc_notes *notes, struct lc_arena *arena,
                             struct lc_unit_account *account, struct lc_err *err)
{
    const size_t n_rolls = spec->unit->n_rolls;
    struct lc_table_column *column = LC_NEW(arena, n_rolls + MADE, struct lc_table_column);
    struct customers c = {.table = table, .spec = spec, .units = table->units};
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!column)
        return lc_fail_memory(err, text);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = find_columns(&c, &scratch, err);
    account->keyless = account->left_out = c.units->keyless;
    if (!rc)
        account->as_of = latest(&c);
    if (!rc)
        rc = pick_rows(&c, &scratch, account, err);
    if (!rc)
        rc = make_columns(&c, arena, &scratch, column, err);
    if (!rc)
        rc = lc_unit_rolls(table, spec, &c.rows, notes, arena, column + MADE, err);
    if (!rc)
        rc = gather(&c, table, arena, err);
    if (!rc)
        rc = lc_unit_append(table, spec, column, n_rolls + MADE, arena, err);
    if (!rc)
        rc = note(&c, account, notes, err);
    lc_arena_release(&scratch);
    if (!rc && !point_spec(spec, arena))
        rc = lc_fail_memory(err, text);
    return rc;
}
