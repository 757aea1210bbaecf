/* The linear program: a rule of several columns, and then of as few as will do. */
#include <math.h>
#include <string.h>

#include "separation_internal.h"
#include "separation_lp.h"

#define FEW_UNKNOWNS   60  /* steps of levels: a program of so few takes a millisecond */
#define MOST_UNKNOWNS  300 /* steps of levels: a program of so many takes half a second */
#define MOST_SOLUTIONS 200 /* programs in all */
#define MOST_NARROWED  60 /* programs by which rules are still made narrow: nobody reads more */
#define MOST_PINS      20000 /* rows of a program; a few times the unknowns decide */
#define NEW_PINS       2 /* rows an unknown that a solution brings in: fewer ask for more of them */
#define MOST_MEGABYTES 1024 /* for the solver; the limits above need a tenth */
#define MOST_PARTS     60 /* steps are whole numbers when multiplied by some number up to it */
/* A rule is stretched until a step meets its bound of 1; where there is no rule, all are 0. */
#define HALF_A_STEP 0.5

struct seeker {
    struct lc_separating *s;
    struct lc_lp *lp;
    size_t n;    /* unknowns: the intercept, levels but the commonest, numeric columns */
    size_t **at; /* [k][n_levels, or 1] unknown of a level; 0: none, it adds nothing */
    double *x;   /* [n] solution */
    bool *held;  /* [k] columns that are at 0 */
    struct lc_rule trial, best;
    double **table[2]; /* [k] of the two */
    size_t next;       /* row that the next scan begins at */
    size_t *index;     /* [n] of a row */
    double *value;     /* [n] */
};

double lc_rule_value(const struct lc_separating *s, const struct lc_rule *rule, size_t i)
{
    double value = rule->base;

    for (size_t j = 0; j < s->k_codes; j++)
        if (rule->toward[j])
            value += rule->toward[j][lc_code_at(&s->d->codes->column[j], i)];
    for (size_t j = s->k_codes; j < s->k; j++) {
        const size_t x = j - s->k_codes;

        if (rule->toward[j])
            value += rule->toward[j][0] * ((s->d->x[x][i] - s->low[x]) / s->range[x]);
    }
    return value;
}

/* ---- the unknowns ---- */

static size_t levels_of(const struct lc_separating *s, size_t j)
{
    return j < s->k_codes ? s->d->codes->column[j].n_levels : 1;
}

/* Numbers the unknowns of column j; the commonest level has none, so that rows are short. */
static void number(struct seeker *k, size_t j)
{
    const struct lc_separating *s = k->s;
    size_t commonest = 0;

    if (j >= s->k_codes) {
        k->at[j][0] = s->range[j - s->k_codes] > 0 ? k->n++ : 0;
        return;
    }
    for (size_t v = 1; v < levels_of(s, j); v++)
        if (s->leads[j][v] > s->leads[j][commonest])
            commonest = v;
    for (size_t v = 0; v < levels_of(s, j); v++)
        k->at[j][v] = v == commonest || s->leads[j][v] == 0 ? 0 : k->n++;
}

static enum lc_rc make_room(struct seeker *k, struct lc_err *err)
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
        k->at[j] = LC_NEW(a, levels_of(s, j), size_t);
        k->table[0][j] = LC_NEW(a, levels_of(s, j), double);
        k->table[1][j] = LC_NEW(a, levels_of(s, j), double);
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
static void add_up_gains(const struct seeker *k, double *gain)
{
    const struct lc_separating *s = k->s;
    const struct lc_logit_data *d = s->d;

    gain[0] = 2 * s->left_won - s->left;
    for (size_t j = 0; j < s->k_codes; j++)
        for (size_t v = 0; v < levels_of(s, j); v++)
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

static enum lc_rc put_pin(struct seeker *k, const struct lc_pin *pin, struct lc_err *err)
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
static enum lc_rc put_old_pins(struct seeker *k, struct lc_err *err)
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
static void spread(struct seeker *k)
{
    const struct lc_separating *s = k->s;

    k->trial.base = k->x[0];
    for (size_t j = 0; j < s->k; j++) {
        bool part = false;

        for (size_t v = 0; v < levels_of(s, j); v++) {
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
static enum lc_rc scan(struct seeker *k, size_t *wrong, bool *tells, struct lc_err *err)
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
static enum lc_rc seek(struct seeker *k, bool *found, struct lc_err *err)
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

/* ---- as few columns as will do ---- */

static void hold(struct seeker *k, size_t j, bool held)
{
    k->held[j] = held;
    for (size_t v = 0; v < levels_of(k->s, j); v++)
        if (k->at[j][v])
            lc_lp_hold(k->lp, k->at[j][v], held);
}

/* The trial is the best so far; columns that it does without are held. */
static void take_trial(struct seeker *k)
{
    const struct lc_separating *s = k->s;

    k->best.base = k->trial.base;
    for (size_t j = 0; j < s->k; j++) {
        k->best.toward[j] = NULL;
        if (k->trial.toward[j]) {
            memcpy(k->table[1][j], k->trial.toward[j], levels_of(s, j) * sizeof(double));
            k->best.toward[j] = k->table[1][j];
        } else if (!k->held[j]) {
            hold(k, j, true);
        }
    }
}

/* The next column to try to do without: of those in the rule and not tried, the one with most
 * levels, later ones first. k: none. */
static size_t next_to_drop(const struct seeker *k, const bool *tried)
{
    size_t best = k->s->k;

    for (size_t j = k->s->k; j-- > 0;)
        if (k->best.toward[j] && !tried[j] &&
            (best == k->s->k || levels_of(k->s, j) > levels_of(k->s, best)))
            best = j;
    return best;
}

static enum lc_rc narrow(struct seeker *k, struct lc_err *err)
{
    bool *tried = LC_NEW(k->s->scratch, k->s->k + 1, bool);
    size_t j;

    if (!tried)
        return lc_fail_memory(err, "the separation check");
    while ((j = next_to_drop(k, tried)) < k->s->k) {
        bool found = false;
        enum lc_rc rc;

        if (k->s->solutions >= MOST_NARROWED)
            return LC_OK;
        tried[j] = true;
        hold(k, j, true);
        rc = seek(k, &found, err);
        if (rc)
            return rc;
        if (found)
            take_trial(k);
        else
            hold(k, j, false);
    }
    k->best.narrow = true;
    return LC_OK;
}

/* No answer is one, too: the search ends with what it has. */
static enum lc_rc forgive(struct lc_separating *s, enum lc_rc rc)
{
    s->unsettled = s->unsettled || rc == LC_ENOCONV;
    return rc == LC_ENOCONV ? LC_OK : rc;
}

static enum lc_rc search(struct seeker *k, bool *found, struct lc_err *err)
{
    enum lc_rc rc = put_old_pins(k, err);

    if (!rc)
        rc = seek(k, found, err);
    if (rc || !*found) {
        *found = false;
        return forgive(k->s, rc);
    }
    take_trial(k);
    rc = forgive(k->s, narrow(k, err));
    return rc ? rc : lc_separation_record(k->s, &k->best, err);
}

/* A fit takes time by rows and pairs of columns, a program by the cube of its unknowns: whether the fit
 * is the cheaper of the two. It has nothing to say of numeric columns. */
static bool is_fit_cheaper(const struct seeker *k)
{
    const double columns = (double)k->s->k, unknowns = (double)k->n;

    return k->s->d->n_numeric == 0 && k->n > FEW_UNKNOWNS &&
           (double)k->s->d->n * columns * columns < unknowns * unknowns * unknowns;
}

enum lc_rc lc_separation_rule(struct lc_separating *s, bool *found, struct lc_err *err)
{
    struct seeker k = {.s = s};
    bool none = false;
    enum lc_rc rc = make_room(&k, err);

    *found = false;
    if (!rc && is_fit_cheaper(&k))
        rc = lc_separation_certify(s, s->pool, &none, err);
    if (rc || none)
        return rc;
    if (k.n > MOST_UNKNOWNS) {
        s->unsettled = true;
        return LC_OK;
    }
    add_up_gains(&k, k.x);
    rc = lc_lp_new(k.x, k.n, MOST_MEGABYTES, &k.lp, err);
    if (!rc)
        rc = search(&k, found, err);
    lc_lp_free(k.lp);
    return rc;
}
