/* A rule of some columns: a linear program that grows by the rows that its solutions are wrong at. */
#include <math.h>
#include <string.h>

#include "separation_seek.h"

#define MOST_SOLUTIONS 200   /* programs in all */
#define MOST_PINS      20000 /* rows of a program; a few times the unknowns decide */
#define NEW_PINS       2 /* rows an unknown that a solution brings in: fewer ask for more of them */
#define MOST_MEGABYTES 1024 /* for the solver; the limits above need a tenth */
#define MOST_PARTS     60 /* steps are whole numbers when multiplied by some number up to it */
/* A rule is stretched until a step meets its bound of 1; where there is no rule, all are 0. */
#define HALF_A_STEP 0.5

/* ---- the unknowns ---- */

size_t lc_seek_levels(const struct lc_separating *s, size_t j)
{
    return j < s->k_codes ? s->d->codes->column[j].n_levels : 1;
}

/* Numbers the unknowns of column j; the commonest level has none, so that rows are short. */
static void number(struct lc_seeker *k, size_t j)
{
    const struct lc_separating *s = k->s;
    size_t commonest = 0;

    if (j >= s->k_codes) {
        k->at[j][0] = s->range[j - s->k_codes] > 0 ? k->n++ : 0;
        return;
    }
    for (size_t v = 1; v < lc_seek_levels(s, j); v++)
        if (s->leads[j][v] > s->leads[j][commonest])
            commonest = v;
    for (size_t v = 0; v < lc_seek_levels(s, j); v++)
        k->at[j][v] = v == commonest || s->leads[j][v] == 0 ? 0 : k->n++;
}

enum lc_rc lc_seek_begin(struct lc_seeker *k, struct lc_err *err)
{
    struct lc_separating *s = k->s;
    struct lc_arena *a = s->scratch;

    k->at = LC_NEW(a, s->k + 1, size_t *);
    k->held = LC_NEW(a, s->k + 1, bool);
    k->trial.toward = LC_NEW(a, s->k + 1, double *);
    k->best.toward = LC_NEW(a, s->k + 1, double *);
    k->table[0] = LC_NEW(a, s->k + 1, double *);
    k->table[1] = LC_NEW(a, s->k + 1, double *);
    if (!k->at || !k->held || !k->trial.toward || !k->best.toward || !k->table[0] ||
        !k->table[1])
        return lc_fail_memory(err, "the separation check");
    k->n = 1; /* the intercept */
    for (size_t j = 0; j < s->k; j++) {
        k->at[j] = LC_NEW(a, lc_seek_levels(s, j), size_t);
        k->table[0][j] = LC_NEW(a, lc_seek_levels(s, j), double);
        k->table[1][j] = LC_NEW(a, lc_seek_levels(s, j), double);
        if (!k->at[j] || !k->table[0][j] || !k->table[1][j])
            return lc_fail_memory(err, "the separation check");
        number(k, j);
    }
    k->x = LC_NEW(a, k->n, double);
    k->index = LC_NEW(a, k->n, size_t);
    k->value = LC_NEW(a, k->n, double);
    return k->x && k->index && k->value ? LC_OK : lc_fail_memory(err, "the separation check");
}

/* sum s_i x_i over the rows left: wins less losses at each unknown. */
static void add_up_gains(const struct lc_seeker *k, double *gain)
{
    const struct lc_separating *s = k->s;
    const struct lc_logit_data *d = s->d;

    gain[0] = 2 * s->left_won - s->left;
    for (size_t j = 0; j < s->k_codes; j++)
        for (size_t v = 0; v < lc_seek_levels(s, j); v++)
            if (k->at[j][v])
                gain[k->at[j][v]] = 2 * s->won[j][v] - s->leads[j][v];
    for (size_t j = s->k_codes; j < s->k; j++) {
        const size_t x = j - s->k_codes;

        for (size_t i = 0; i < d->n && k->at[j][0]; i++)
            if (s->told_by[i] == LC_SEPARATION_LEFT)
                gain[k->at[j][0]] += (2 * d->y[i] - (d->weight ? d->weight[i] : 1)) *
                                     ((d->x[x][i] - s->low[x]) / s->range[x]);
    }
}

/* ---- rows as constraints ---- */

static enum lc_rc put_pin(struct lc_seeker *k, const struct lc_pin *pin, struct lc_err *err)
{
    const struct lc_separating *s = k->s;
    const double sign = pin->won ? 1 : -1;
    size_t n = 1;

    k->index[0] = 0;
    k->value[0] = sign;
    for (size_t j = 0; j < s->k; j++) {
        const size_t x = j - s->k_codes;
        const size_t at =
            k->at[j][j < s->k_codes ? lc_code_at(&s->d->codes->column[j], pin->row) : 0];

        if (!at)
            continue;
        k->index[n] = at;
        k->value[n] =
            j < s->k_codes ? sign : sign * ((s->d->x[x][pin->row] - s->low[x]) / s->range[x]);
        n += k->value[n] != 0;
    }
    return lc_lp_add(k->lp, k->index, k->value, n, err);
}

static enum lc_rc keep_pin(struct lc_separating *s, struct lc_pin pin, struct lc_err *err)
{
    if (s->n_pins == s->most_pins) {
        const size_t room = 2 * s->most_pins + 256;
        struct lc_pin *wider = LC_NEW(s->scratch, room, struct lc_pin);

        if (!wider)
            return lc_fail_memory(err, "the separation check");
        if (s->n_pins)
            memcpy(wider, s->pin, s->n_pins * sizeof *wider);
        s->pin = wider;
        s->most_pins = room;
    }
    s->pin[s->n_pins++] = pin;
    return LC_OK;
}

/* Those of earlier rounds whose rows are still there. */
static enum lc_rc put_old_pins(struct lc_seeker *k, struct lc_err *err)
{
    struct lc_separating *s = k->s;
    size_t kept = 0;
    enum lc_rc rc = LC_OK;

    for (size_t p = 0; p < s->n_pins && !rc; p++)
        if (s->told_by[s->pin[p].row] == LC_SEPARATION_LEFT) {
            s->pin[kept] = s->pin[p];
            rc = put_pin(k, &s->pin[kept++], err);
        }
    s->n_pins = kept;
    return rc;
}

enum lc_rc lc_seek_open(struct lc_seeker *k, struct lc_err *err)
{
    enum lc_rc rc;

    add_up_gains(k, k->x);
    rc = lc_lp_new(k->x, k->n, MOST_MEGABYTES, &k->lp, err);
    return rc ? rc : put_old_pins(k, err);
}

/* ---- one solution ---- */

/* Steps of levels are fractions of small numbers; as whole numbers they are exact. */
static void snap(double *x, size_t n)
{
    for (int q = 1; q <= MOST_PARTS; q++) {
        double worst = 0;

        for (size_t j = 0; j < n; j++)
            worst = fmax(worst, fabs(q * x[j] - round(q * x[j])));
        if (worst > LC_RULE_NOISE)
            continue;
        for (size_t j = 0; j < n; j++)
            x[j] = round(q * x[j]);
        return;
    }
}

/* The solution as a rule; columns whose levels all add nothing take no part. */
static void spread(struct lc_seeker *k)
{
    const struct lc_separating *s = k->s;

    k->trial.base = k->x[0];
    for (size_t j = 0; j < s->k; j++) {
        bool part = false;

        for (size_t v = 0; v < lc_seek_levels(s, j); v++) {
            k->table[0][j][v] = k->at[j][v] ? k->x[k->at[j][v]] : 0;
            part = part || fabs(k->table[0][j][v]) > LC_RULE_NOISE;
        }
        k->trial.toward[j] = part ? k->table[0][j] : NULL;
    }
}

static bool is_same_row(const struct lc_logit_data *d, size_t a, size_t b)
{
    for (size_t j = 0; d->codes && j < d->codes->k; j++)
        if (lc_code_at(&d->codes->column[j], a) != lc_code_at(&d->codes->column[j], b))
            return false;
    for (size_t j = 0; j < d->n_numeric; j++)
        if (d->x[j][a] != d->x[j][b])
            return false;
    return true;
}

/* Rows that the trial is wrong at, until there are enough of them; *tells: it tells some row. All
 * rows were looked at where there are none. */
static enum lc_rc scan(struct lc_seeker *k, size_t *wrong, bool *tells, struct lc_err *err)
{
    struct lc_separating *s = k->s;
    const size_t n = s->d->n, before = s->n_pins;
    enum lc_rc rc = LC_OK;

    *tells = false;
    for (size_t seen = 0; seen < n && s->n_pins < before + NEW_PINS * k->n && !rc; seen++) {
        const size_t i = k->next;
        bool known = false;
        double value;

        k->next = i + 1 < n ? i + 1 : 0;
        if (s->told_by[i] != LC_SEPARATION_LEFT)
            continue;
        value = lc_rule_value(s, &k->trial, i);
        *tells = *tells || fabs(value) > LC_RULE_NOISE;
        if (!(value < -LC_RULE_NOISE && lc_row_has_win(s->d, i)) &&
            !(value > LC_RULE_NOISE && lc_row_has_loss(s->d, i)))
            continue;
        for (size_t p = before; p < s->n_pins && !known; p++)
            known = is_same_row(s->d, s->pin[p].row, i);
        if (!known)
            rc = keep_pin(s, (struct lc_pin){i, value < 0}, err);
    }
    *wrong = s->n_pins - before;
    for (size_t p = before; p < s->n_pins && !rc; p++)
        rc = put_pin(k, &s->pin[p], err);
    return rc;
}

/* A rule of the columns that are not held, in k->trial. The program grows by the rows that its
 * solutions are wrong at until it has none, or a solution that is right everywhere. */
enum lc_rc lc_seek(struct lc_seeker *k, bool *found, struct lc_err *err)
{
    struct lc_separating *s = k->s;

    *found = false;
    while (s->n_pins < MOST_PINS && s->solutions < MOST_SOLUTIONS) {
        double most = 0;
        size_t wrong;
        bool tells;
        enum lc_rc rc = lc_lp_solve(k->lp, k->x, err);

        s->solutions++;
        if (rc)
            return rc;
        for (size_t j = 0; j < k->n; j++)
            most = fmax(most, fabs(k->x[j]));
        if (most < HALF_A_STEP)
            return LC_OK;
        if (s->d->n_numeric == 0)
            snap(k->x, k->n);
        spread(k);
        rc = scan(k, &wrong, &tells, err);
        if (rc)
            return rc;
        if (wrong == 0) {
            *found = tells;
            return LC_OK;
        }
    }
    return lc_fail(err, LC_ENOCONV, "the separation check met the limits of its search");
}

void lc_seek_hold(struct lc_seeker *k, size_t j, bool held)
{
    k->held[j] = held;
    for (size_t v = 0; v < lc_seek_levels(k->s, j); v++)
        if (k->at[j][v])
            lc_lp_hold(k->lp, k->at[j][v], held);
}
