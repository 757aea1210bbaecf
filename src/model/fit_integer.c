#include "leadcal/fit_integer.h"

#include <math.h>
#include <string.h>

#include "fit_integer_internal.h"
#include "leadcal/components.h"
#include "leadcal/integer.h"
#include "leadcal/num.h"
#include "model_internal.h"

#define LN_2 0.693147180559945309417232121458176568

/* ---- the problem: the fit's leads and weights, and what the points may be ---- */

/* The place of a named attribute; k_attributes where there is none (and the sentence is made). */
static size_t attribute_at(const struct lc_fit *fit, const char *name, size_t length,
                           enum lc_rc *rc, struct lc_err *err)
{
    size_t j = 0;

    while (j < fit->k_attributes && (strncmp(fit->attribute[j].column, name, length) != 0 ||
                                     fit->attribute[j].column[length]))
        j++;
    if (j == fit->k_attributes)
        *rc = lc_fail(err, LC_EMISMATCH, "no attribute of this card is called '%.*s'",
                      (int)length, name);
    return j;
}

static enum lc_rc set_trends(const struct lc_fit *fit, struct lc_texts names,
                             enum lc_points_trend trend, enum lc_points_trend *of,
                             struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < names.n && !rc; i++) {
        const size_t j = attribute_at(fit, names.text[i], strlen(names.text[i]), &rc, err);

        if (!rc && of[j] != LC_POINTS_FREE && of[j] != trend)
            return lc_fail(err, LC_EMISMATCH, "'%s' cannot both rise and fall", names.text[i]);
        if (!rc)
            of[j] = trend;
    }
    return rc;
}

static enum lc_rc set_signs(const struct lc_fit *fit, struct lc_texts names, signed char sign,
                            signed char *const *of, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < names.n && !rc; i++) {
        const char *text = names.text[i], *equals = strchr(text, '=');
        const struct lc_attribute *a;
        size_t j, v = 0;

        if (!equals)
            return lc_fail(err, LC_EMISMATCH, "'%.60s' names no level; write COLUMN=LEVEL",
                           text);
        j = attribute_at(fit, text, (size_t)(equals - text), &rc, err);
        if (rc)
            return rc;
        a = &fit->attribute[j];
        while (v < a->n_levels && strcmp(a->level[v], equals + 1) != 0)
            v++;
        if (v == a->n_levels)
            return lc_fail(err, LC_EMISMATCH, "column '%s' has no level '%s'", a->column,
                           equals + 1);
        of[j][v] = sign;
    }
    return rc;
}

struct problem {
    struct lc_codes codes;
    struct lc_integer_problem p;
    const struct lc_card *fitted; /* the fit as a card: centred values */
};

static enum lc_rc constrain(const struct lc_fit *fit, const struct lc_integer_options *o,
                            struct lc_arena *scratch, struct problem *to, struct lc_err *err)
{
    enum lc_points_trend *trend = LC_NEW(scratch, fit->k_attributes, enum lc_points_trend);
    signed char **sign = LC_NEW(scratch, fit->k_attributes, signed char *);
    enum lc_rc rc;

    if (!trend || !sign)
        return lc_fail_memory(err, "what points may be");
    for (size_t j = 0; j < fit->k_attributes; j++) {
        sign[j] = LC_NEW(scratch, fit->attribute[j].n_levels, signed char);
        if (!sign[j])
            return lc_fail_memory(err, "what points may be");
    }
    rc = set_trends(fit, o->rising, LC_POINTS_UP, trend, err);
    if (!rc)
        rc = set_trends(fit, o->falling, LC_POINTS_DOWN, trend, err);
    if (!rc)
        rc = set_signs(fit, o->not_negative, 1, sign, err);
    if (!rc)
        rc = set_signs(fit, o->not_positive, -1, sign, err);
    to->p.trend = trend;
    to->p.sign = (const signed char *const *)sign;
    return rc;
}

static double precision_of(const struct lc_fit *fit, size_t j)
{
    const double sd = fit->sd ? fmax(fit->sd[j], LC_COMPONENT_LEAST) : fit->prior_sd;

    return 1 / (sd * sd);
}

/* NOLINTNEXTLINE(readability-function-size): the leads of a fit are five parameters */
static enum lc_rc pose(const struct lc_table *table, const uint32_t *row, const uint8_t *won,
                       size_t n, const size_t *column, const struct lc_fit *fit,
                       const struct lc_integer_options *o, struct lc_arena *scratch,
                       struct problem *to, struct lc_err *err)
{
    const size_t k = fit->k_attributes;
    struct lc_column *codes = LC_NEW(scratch, k + 1, struct lc_column);
    const double **start = LC_NEW(scratch, k + 1, const double *);
    double *precision = LC_NEW(scratch, k + 1, double), *y = LC_NEW(scratch, n + 1, double);
    enum lc_rc rc = LC_OK;

    if (!codes || !start || !precision || !y)
        return lc_fail_memory(err, "the search for whole points");
    for (size_t j = 0; j < k && !rc; j++)
        rc = lc_attribute_code_learnt(&fit->attribute[j], &table->column[column[j]], row, n,
                                      scratch, &codes[j], err);
    for (size_t i = 0; i < n; i++)
        y[i] = won[i];
    for (size_t j = 0; j < k; j++) {
        start[j] = to->fitted->attribute[j].value;
        precision[j] = precision_of(fit, j);
    }
    to->codes = (struct lc_codes){.n = n, .k = k, .column = codes};
    to->p =
        (struct lc_integer_problem){.codes = &to->codes,
                                    .y = y,
                                    .start = start,
                                    .precision = precision,
                                    .cap = o->cap,
                                    .bound = (fit->kernel.deviance + fit->kernel.penalty) / 2};
    return rc ? rc : constrain(fit, o, scratch, to, err);
}

/* ---- the card ---- */

/* As of the latest quarter, where quarters have an effect: what an average lead has in the fit, whose
 * values are centred. */
static double intercept_of(const struct lc_fit *fit, const struct lc_card *fitted,
                           const struct lc_integer_card *whole)
{
    double mean = 0;

    if (fit->quarters.n == 0)
        return whole->intercept;
    for (size_t j = 0; j < fit->k_attributes; j++)
        for (size_t v = 0; v < fit->attribute[j].n_levels; v++)
            mean += whole->per_point * whole->points[j][v] * fit->attribute[j].n[v] /
                    (double)fit->n;
    return fitted->intercept - mean;
}

static enum lc_rc write_card(const struct lc_fit *fit, const struct lc_card *fitted,
                             const struct lc_integer_card *whole, struct lc_arena *arena,
                             struct lc_card *card, struct lc_err *err)
{
    struct lc_card_attribute *attribute =
        LC_NEW(arena, fitted->k + 1, struct lc_card_attribute);

    if (!attribute)
        return lc_fail_memory(err, "the card");
    for (size_t j = 0; j < fitted->k; j++) {
        struct lc_card_attribute *to = &attribute[j];
        const size_t levels = fitted->attribute[j].attribute.n_levels;
        double *value = LC_NEW(arena, levels + 1, double);
        double *points = LC_NEW(arena, levels + 1, double);

        if (!value || !points)
            return lc_fail_memory(err, "the card");
        for (size_t v = 0; v < levels; v++) {
            points[v] = whole->points[j][v];
            value[v] = whole->per_point * points[v];
        }
        *to = (struct lc_card_attribute){
            .attribute = fitted->attribute[j].attribute, .value = value, .points = points};
        lc_card_describe(to);
    }
    *card = (struct lc_card){.method = "integer",
                             .intercept = intercept_of(fit, fitted, whole),
                             .k = fitted->k,
                             .attribute = attribute,
                             .scale = lc_points_standard()};
    card->scale.per_doubling = LN_2 / whole->per_point;
    return LC_OK;
}

/* What no card can be under. */
static enum lc_rc note_bound(const struct lc_integer_card *whole,
                             const struct lc_integer_options *o, size_t k, struct lc_frame *f,
                             struct lc_err *err)
{
    return lc_frame_note(
        f, err,
        "This card has %zu attribute%s with points up to %d; %.1f points double the odds. No "
        "card of whole points can lose less than the continuous weights on the leads that both "
        "are learnt from: its penalised loss is %.2f %% above that bound.",
        k, k == 1 ? "" : "s", o->cap, LN_2 / whole->per_point,
        100 * (whole->loss / whole->bound - 1));
}

bool lc_fit_is_gaussian(const struct lc_fit *fit)
{
    return !fit->likelihood && !fit->carried &&
           (fit->penalty == LC_PENALTY_GAUSSIAN || fit->penalty == LC_PENALTY_RIDGE ||
            fit->penalty == LC_PENALTY_LEARNED);
}

static enum lc_rc refuse_fit(const struct lc_fit *fit, bool priced, struct lc_err *err)
{
    if (!lc_fit_is_gaussian(fit) || (priced && fit->quarters.n > 0))
        return lc_fail(err, LC_EMISMATCH,
                       "whole points by search need weights under a Gaussian prior, without an "
                       "effect of quarters; leave --penalty at its default");
    return LC_OK;
}

static enum lc_rc refuse_silence(const struct lc_integer_card *whole, struct lc_err *err)
{
    if (!(whole->per_point > 0))
        return lc_fail(err, LC_EDEGENERATE,
                       "no attribute tells won leads from others under this cap; a card of "
                       "whole points would say nothing");
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract in fit_integer.h */
enum lc_rc lc_fit_integer(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                          size_t n, const size_t *column, const struct lc_fit *fit,
                          const struct lc_integer_options *options,
                          const struct lc_grades *grades, struct lc_arena *arena,
                          struct lc_card *card, struct lc_frame *price, struct lc_err *err)
{
    struct lc_card fitted, made;
    const struct lc_card *const cards[2] = {&fitted, &made};
    struct problem problem = {.fitted = &fitted};
    struct lc_integer_card whole;
    struct lc_arena scratch;
    enum lc_rc rc = refuse_fit(fit, price, err);

    if (!rc)
        rc = lc_fit_card(fit, "logistic", arena, &fitted, err);
    if (rc)
        return rc;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = pose(table, row, y, n, column, fit, options, &scratch, &problem, err);
    if (!rc)
        rc = lc_integer(&problem.p, &scratch, &whole, err);
    if (!rc)
        rc = refuse_silence(&whole, err);
    if (!rc)
        rc = write_card(fit, &fitted, &whole, arena, &made, err);
    if (!rc && price) {
        const struct lc_priced_leads leads = {&problem.codes, y, n};

        lc_price_frame(arena, price);
        rc = lc_price_train(cards, &leads, grades, &whole, &scratch, price, err);
        if (!rc)
            rc = note_bound(&whole, options, fitted.k, price, err);
    }
    lc_arena_release(&scratch);
    if (!rc)
        *card = made;
    return rc;
}
