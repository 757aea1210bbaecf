/* A fit that begins from last quarter's posterior: names, boundary, chain, moves. */
#include "test.h"

#include "leadcal/prior.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/model/prior_internal.h"
#include "leadcal/model.h"
#include "simulated.h"

#define MIDDLE 17360 /* about half of the simulated leads were decided by then */

static struct lc_arena arena;
static struct simulated *s;
static const size_t column[] = {INDUSTRY, STAFF, SOURCE}, turned[] = {SOURCE, INDUSTRY, STAFF};
static const struct lc_fit_options gauss = {.prior_sd = LC_PRIOR_SD};

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    s = simulate(2385, &arena);
    simulated_cohort(s, &arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* The counted leads decided by MIDDLE, or after it. */
static struct lc_cohort half(bool later)
{
    struct lc_cohort c, o;
    struct lc_err err;
    size_t first = 0;

    assert_int_equal(lc_cohort_after(&s->cohort, MIDDLE, &arena, &c, &err), LC_OK);
    if (later)
        return c;
    o = s->cohort;
    while (first < o.n && o.day[first] <= MIDDLE)
        first++;
    o.n = first; /* rows stand in the order of their days */
    o.n_won = 0;
    for (size_t i = 0; i < o.n; i++)
        o.n_won += o.y[i];
    return o;
}

static struct lc_fit fit_of(const struct lc_cohort *c, const size_t *columns,
                            const struct lc_fit_options *options)
{
    struct lc_fit fit;
    struct lc_err err = {.text = ""};

    if (lc_fit_leads(&s->table, c->row, c->y, c->n, columns, NULL, 3, options, NULL, &arena,
                     &fit, &err))
        fail_msg("%s", err.text);
    return fit;
}

static struct lc_model model_of(const struct lc_cohort *c, const struct lc_fit *fit,
                                const size_t *columns)
{
    struct lc_model_recipe recipe = {.table = &s->table,
                                     .spec = &s->spec,
                                     .cohort = c,
                                     .fit = fit,
                                     .column = columns,
                                     .prior_name = "last.json",
                                     .prior_sha256 = ""};
    struct lc_model m;
    struct lc_err err = {.text = ""};

    lc_grades_init(&recipe.grades);
    if (lc_model_build(&recipe, &arena, &m, &err))
        fail_msg("%s", err.text);
    return m;
}

/* The first half's model as a prior. */
static struct lc_prior first_half(const size_t *columns)
{
    const struct lc_cohort c = half(false);
    const struct lc_fit fit = fit_of(&c, columns, &gauss);
    const struct lc_model m = model_of(&c, &fit, columns);
    struct lc_prior prior;
    struct lc_err err;

    assert_int_equal(lc_prior_take(&m, "last.json", &arena, &prior, &err), LC_OK);
    return prior;
}

static struct lc_fit second_half(const struct lc_prior *prior, const size_t *columns)
{
    const struct lc_cohort c = half(true);
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .prior = prior};

    return fit_of(&c, columns, &o);
}

static size_t level_of(const struct lc_fit *fit, size_t j, const char *level)
{
    for (size_t v = 0; v < fit->attribute[j].n_levels; v++)
        if (strcmp(fit->attribute[j].level[v], level) == 0)
            return v;
    fail_msg("no level %s", level);
    return 0;
}

static bool has_note(const struct lc_frame *frame, const char *words)
{
    for (size_t i = 0; i < frame->n_notes; i++)
        if (strstr(frame->note[i], words))
            return true;
    return false;
}

static union lc_value cell(const struct lc_frame *frame, size_t i, const char *name)
{
    return frame->value[i * frame->k + lc_frame_column(frame, name)];
}

/* ---- by names ---- */

/* The order of the attributes is the file's own affair. */
static void attributes_and_levels_are_matched_by_name(void **state)
{
    const struct lc_prior straight = first_half(column), other = first_half(turned);
    const struct lc_fit a = second_half(&straight, column), b = second_half(&other, column);

    (void)state;
    assert_int_equal(a.kernel.k, b.kernel.k);
    for (size_t i = 0; i < a.kernel.k; i++) {
        assert_close(a.kernel.b[i], b.kernel.b[i], 1e-7);
        assert_close(a.carried->prior.mean[i], b.carried->prior.mean[i], 1e-9);
        for (size_t j = 1; j < a.kernel.k && i > 0; j++)
            assert_close(a.carried->prior.cov[i * a.kernel.k + j],
                         b.carried->prior.cov[i * a.kernel.k + j], 1e-9);
    }
    assert_close(a.carried->update.q, b.carried->update.q, 1e-6);
}

static void bins_of_numbers_are_inherited(void **state)
{
    const struct lc_prior prior = first_half(column);
    const struct lc_fit fit = second_half(&prior, column);
    const struct lc_cohort c = half(true);
    const struct lc_fit alone = fit_of(&c, column, &gauss);

    (void)state;
    assert_int_equal(fit.attribute[1].n_cuts, prior.attribute[1].n_cuts);
    assert_memory_equal(fit.attribute[1].cut, prior.attribute[1].cut,
                        prior.attribute[1].n_cuts * sizeof(double));
    assert_memory_not_equal(alone.attribute[1].cut, prior.attribute[1].cut,
                            prior.attribute[1].n_cuts * sizeof(double));
}

/* In the second half Media is renamed: the old name has no lead and stays, the new one begins anew. */
static void a_new_level_begins_at_zero_and_one_without_leads_stays(void **state)
{
    const struct lc_prior prior = first_half(column);
    struct lc_frame frame, moves;
    struct lc_fit fit;
    struct lc_err err;
    size_t at, gone, old = 1;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        if (atoi(s->cell[ENTERED][i]) > MIDDLE && strcmp(s->cell[INDUSTRY][i], "Media") == 0)
            s->cell[INDUSTRY][i] = "Broadcasting";
    simulated_columns(s, &arena);
    fit = second_half(&prior, column);
    at = fit.at[0][level_of(&fit, 0, "Broadcasting")];
    gone = level_of(&fit, 0, "Media");
    while (strcmp(prior.attribute[0].level[old - 1], "Media") != 0)
        old++;
    assert_false(fit.carried->prior.drifts[at]);
    assert_close(fit.carried->prior.mean[at], 0, 0);
    for (size_t i = 1; i < fit.kernel.k; i++)
        assert_close(fit.carried->prior.cov[at * fit.kernel.k + i], i == at ? 0.49 : 0, 1e-15);
    assert_close(fit.attribute[0].n[gone], 0, 0);
    assert_true(fit.carried->prior.drifts[fit.at[0][gone]]);
    assert_close(fit.carried->prior.mean[fit.at[0][gone]], prior.mean[old], 0);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_true(has_note(&frame, "new since the prior, so they begin at 0 with SD 0.7: "
                                 "industry=Broadcasting"));
    assert_true(has_note(&frame, "keep what the prior knew: industry=Media"));
    assert_int_equal(lc_moves(&fit, &arena, &moves, &err), LC_OK);
    assert_string_equal(cell(&moves, moves.n - 1, "level").text, "Broadcasting");
    assert_true(isnan(cell(&moves, moves.n - 1, "last_points").number));
    assert_null(cell(&moves, moves.n - 1, "forced").text);
}

/* What only one side has is explained. */
static void attributes_that_one_side_has_are_named(void **state)
{
    static const size_t other[] = {INDUSTRY, VISITS, SOURCE};
    const struct lc_prior prior = first_half(column);
    const struct lc_fit fit = second_half(&prior, other);
    struct lc_frame frame;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_true(has_note(&frame, "does not know, so they begin at 0 with SD 0.7: visits"));
    assert_true(has_note(&frame, "their weights are left out: staff"));
    assert_false(fit.carried->prior.drifts[fit.at[1][0]]);
}

static bool knows(const struct lc_attribute *a, const char *level)
{
    size_t v = 0;

    while (v < a->n_levels && strcmp(a->level[v], level) != 0)
        v++;
    return v < a->n_levels;
}

static size_t place_of(const struct lc_prior *prior, size_t j, const char *level)
{
    size_t at = 1;

    for (size_t i = 0; i < j; i++)
        at += prior->attribute[i].n_levels;
    for (size_t v = 0; v < prior->attribute[j].n_levels; v++)
        if (strcmp(prior->attribute[j].level[v], level) == 0)
            return at + v;
    fail_msg("no level %s", level);
    return 0;
}

/* A level that was merged from texts is known by the texts that it holds: what holds the same goes on, what
 * holds others begins at 0, and what is no level any more is named. */
static void merged_levels_are_matched_by_what_they_hold(void **state)
{
    static const struct lc_spec_attribute merged = {.column = "industry", .merged = true};
    const struct lc_spec_attribute *const given[] = {&merged, NULL, NULL};
    const struct lc_fit_options first = {.prior_sd = LC_PRIOR_SD};
    const struct lc_cohort early = half(false), late = half(true);
    struct lc_fit_options then = first;
    struct lc_fit last, fit;
    struct lc_prior prior;
    struct lc_frame frame;
    struct lc_err err;
    size_t same = 0, fresh = 0, gone = 0;

    (void)state;
    assert_int_equal(lc_fit_leads(&s->table, early.row, early.y, early.n, column, given, 3,
                                  &first, NULL, &arena, &last, &err),
                     LC_OK);
    assert_int_equal(lc_prior_of_fit(&last, "first", &arena, &prior, &err), LC_OK);
    then.prior = &prior;
    /* The same quarter without merging: Banking stands alone in both, the rest is told apart again. */
    assert_int_equal(lc_fit_leads(&s->table, late.row, late.y, late.n, column, NULL, 3, &then,
                                  NULL, &arena, &fit, &err),
                     LC_OK);
    assert_int_equal(lc_fit_frame(&fit, &arena, &frame, &err), LC_OK);
    for (size_t v = 0; v < fit.attribute[0].n_levels; v++) {
        const char *level = fit.attribute[0].level[v];
        const size_t at = fit.at[0][v];

        if (knows(&prior.attribute[0], level)) {
            assert_close(fit.carried->prior.mean[at], prior.mean[place_of(&prior, 0, level)],
                         0);
            same++;
        } else {
            assert_close(fit.carried->prior.mean[at], 0, 0);
            fresh++;
        }
    }
    for (size_t v = 0; v < prior.attribute[0].n_levels; v++)
        gone += !knows(&fit.attribute[0], prior.attribute[0].level[v]);
    assert_true(same > 0 && fresh > 1 && gone > 0);
    assert_true(has_note(&frame, "levels of the prior that are none of this fit, merged or "
                                 "binned in another way, so their weights are left out: "
                                 "industry="));
    for (size_t b = 0; b < fit.kernel.k; b++)
        assert_true(isfinite(fit.kernel.b[b]));
}

/* Under a prior the drift moves the whole posterior from quarter to quarter: an effect of entry quarters has
 * no place beside it, and what one was fitted with stands in the prior's intercept alone. */
static void a_prior_takes_the_place_of_entry_quarters(void **state)
{
    int32_t quarter[SIMULATED_LEADS];
    struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .quarter = quarter, .quarter_sd = 0.3};
    const struct lc_cohort early = half(false), late = half(true);
    struct lc_prior prior;
    struct lc_fit last, with, without;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        quarter[i] = 8000 + (int32_t)(i / 180);
    last = fit_of(&early, column, &o);
    assert_true(last.quarters.n > 1);
    assert_int_equal(lc_prior_of_fit(&last, "last quarter", &arena, &prior, &err), LC_OK);
    assert_close(prior.mean[0], last.kernel.b[0], 0); /* as of the latest quarter */
    o.prior = &prior;
    with = fit_of(&late, column, &o);
    o.quarter = NULL;
    without = fit_of(&late, column, &o);
    assert_int_equal(with.quarters.n, 0);
    assert_int_equal(with.kernel.k, without.kernel.k);
    assert_memory_equal(with.kernel.b, without.kernel.b, with.kernel.k * sizeof(double));
    assert_memory_equal(with.kernel.cov, without.kernel.cov,
                        with.kernel.k * with.kernel.k * sizeof(double));
}

static void texts_for_a_prior_of_bins_are_refused(void **state)
{
    const struct lc_prior prior = first_half(column);
    const struct lc_cohort c = half(true);
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .prior = &prior};
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    s->cell[STAFF][SIMULATED_LEADS - 200] = "a few";
    simulated_columns(s, &arena);
    s->column[STAFF].kind = LC_KIND_TEXT;
    s->column[STAFF].number = NULL;
    assert_int_equal(
        lc_fit_leads(&s->table, c.row, c.y, c.n, column, NULL, 3, &o, NULL, &arena, &fit, &err),
        LC_EMISMATCH);
    assert_non_null(strstr(err.text, "staff"));
}

/* ---- what may be a prior ---- */

static void the_boundary_is_the_window_before_the_as_of_date(void **state)
{
    struct lc_model m = {.boundary = {.as_of = 17800, .window_days = 90}};

    (void)state;
    assert_int_equal(lc_prior_boundary(&m), 17710);
    m.boundary.open_leads = true; /* young leads had entered, too */
    assert_int_equal(lc_prior_boundary(&m), 17800);
    m.boundary.open_leads = false;
    m.boundary.window_days = LC_WINDOW_NONE;
    assert_int_equal(lc_prior_boundary(&m), 17800);
}

static void a_model_without_spread_or_days_is_no_prior(void **state)
{
    const struct lc_fit_options likelihood = {.likelihood = true};
    const struct lc_cohort c = half(false);
    const struct lc_fit fit = fit_of(&c, column, &gauss),
                        bare = fit_of(&c, column, &likelihood);
    struct lc_model m = model_of(&c, &fit, column);
    const struct lc_model flat = model_of(&c, &bare, column);
    struct lc_prior prior;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_prior_take(&flat, "flat.json", &arena, &prior, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "flat.json: was fitted by maximum likelihood"));
    m.boundary.as_of = LC_NO_DAY;
    assert_int_equal(lc_prior_take(&m, "m.json", &arena, &prior, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "its boundary has no days"));
}

/* ---- quarter after quarter ---- */

/* The model keeps what the quarters said of the drift; three years of it. */
static void a_model_pools_the_drift_of_twelve_quarters(void **state)
{
    struct lc_prior prior = first_half(column);
    const struct lc_cohort c = half(true);
    struct lc_model m;

    (void)state;
    for (size_t quarter = 1; quarter < LC_DRIFT_QUARTERS + 3; quarter++) {
        struct lc_fit *fit = LC_NEW(&arena, 1, struct lc_fit);
        struct lc_err err;

        *fit = second_half(&prior, column);
        m = model_of(&c, fit, column);
        assert_int_equal(m.prior.n_quarters,
                         quarter < LC_DRIFT_QUARTERS ? quarter : LC_DRIFT_QUARTERS);
        assert_memory_equal(m.prior.quarter[m.prior.n_quarters - 1].curve,
                            fit->carried->update.curve, LC_DRIFTS * sizeof(double));
        assert_close(m.prior.q, fit->carried->update.q, 0);
        assert_int_equal(lc_prior_take(&m, "last.json", &arena, &prior, &err), LC_OK);
        assert_int_equal(prior.n_quarters, m.prior.n_quarters);
    }
    assert_string_equal(m.prior.name, "last.json");
    assert_close(m.prior.quarter[0].won, (double)c.n_won, 0);
}

/* Days of the table's rows; up to MIDDLE one quarter, afterwards another. */
static void two_quarters(int32_t *day, bool both)
{
    for (size_t i = 0; i < SIMULATED_LEADS; i++)
        day[i] = both && atoi(s->cell[ENTERED][i]) > MIDDLE ? 17400 : 17200;
}

static void a_chain_of_one_quarter_is_the_fit(void **state)
{
    int32_t day[SIMULATED_LEADS];
    const struct lc_chain chain = {.day = day};
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .chain = &chain};
    struct lc_fit one, plain;

    (void)state;
    two_quarters(day, false);
    one = fit_of(&s->cohort, column, &o);
    plain = fit_of(&s->cohort, column, &gauss);
    assert_null(one.carried);
    assert_int_equal(one.kernel.k, plain.kernel.k);
    assert_memory_equal(one.kernel.b, plain.kernel.b, plain.kernel.k * sizeof(double));
    assert_memory_equal(one.kernel.cov, plain.kernel.cov,
                        plain.kernel.k * plain.kernel.k * sizeof(double));
}

static void assert_same_fit(const struct lc_fit *a, const struct lc_fit *b)
{
    assert_int_equal(a->kernel.k, b->kernel.k);
    assert_memory_equal(a->kernel.b, b->kernel.b, a->kernel.k * sizeof(double));
    assert_memory_equal(a->kernel.cov, b->kernel.cov,
                        a->kernel.k * a->kernel.k * sizeof(double));
}

static size_t remembered(const struct lc_chain_memory *m)
{
    size_t n = 0;

    for (const struct lc_chain_link *l = m->last; l; l = l->next)
        n++;
    return n;
}

/* All leads, then the first half's alone, then all again, with a memory and without. */
static void a_chain_with_memory_fits_no_quarter_twice(void **state)
{
    int32_t day[SIMULATED_LEADS];
    struct lc_chain_memory *memory = lc_chain_remember(&arena);
    const struct lc_chain plain = {.day = day}, kept = {.day = day, .memory = memory};
    const struct lc_cohort first = half(false);
    struct lc_fit_options without = {.prior_sd = LC_PRIOR_SD, .chain = &plain}, with = without;
    struct lc_fit a, b;

    (void)state;
    with.chain = &kept;
    two_quarters(day, true);
    a = fit_of(&s->cohort, column, &without);
    b = fit_of(&s->cohort, column, &with);
    assert_same_fit(&a, &b);
    assert_int_equal(remembered(memory), 2);
    a = fit_of(&first, column, &without);
    b = fit_of(&first, column, &with);
    assert_same_fit(&a, &b);
    assert_int_equal(remembered(memory), 2); /* it is the first quarter of all leads */
    b = fit_of(&s->cohort, column, &with);
    assert_int_equal(remembered(memory), 2);
    without.prior_sd = with.prior_sd = LC_PRIOR_SD / 2;
    a = fit_of(&s->cohort, column, &without);
    b = fit_of(&s->cohort, column, &with);
    assert_same_fit(&a, &b);
    assert_int_equal(remembered(memory), 4);
}

static void a_chain_of_two_is_the_fit_with_the_first_as_prior(void **state)
{
    int32_t day[SIMULATED_LEADS];
    const struct lc_chain chain = {.day = day};
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .chain = &chain};
    const struct lc_cohort first = half(false);
    struct lc_prior prior;
    struct lc_fit last, in_turn, by_hand;
    struct lc_err err;

    (void)state;
    two_quarters(day, true);
    last = fit_of(&first, column, &gauss);
    assert_int_equal(lc_prior_of_fit(&last, "first", &arena, &prior, &err), LC_OK);
    by_hand = second_half(&prior, column);
    in_turn = fit_of(&s->cohort, column, &o);
    assert_memory_equal(in_turn.kernel.b, by_hand.kernel.b, by_hand.kernel.k * sizeof(double));
    assert_close(in_turn.carried->update.q, by_hand.carried->update.q, 0);
    /* Its levels count the leads of both quarters. */
    assert_int_equal(in_turn.n, s->cohort.n);
    assert_int_equal(in_turn.n_won, s->cohort.n_won);
    assert_close(in_turn.attribute[0].n[0], last.attribute[0].n[0] + by_hand.attribute[0].n[0],
                 0);
}

/* ---- moves ---- */

/* Points are centred over this quarter's leads: their mean is 0, last quarter's and now. */
static void points_of_both_quarters_are_centred_over_this_quarters_leads(void **state)
{
    const struct lc_prior prior = first_half(column);
    const struct lc_fit fit = second_half(&prior, column);
    const struct lc_attribute *a = &fit.attribute[2];
    const double point = 10 / log(2);
    struct lc_frame f;
    struct lc_err err;
    double mean = 0, was = 0, n = 0;

    (void)state;
    for (size_t v = 0; v < a->n_levels; v++) {
        n += a->n[v];
        mean += a->n[v] * fit.kernel.b[fit.at[2][v]];
        was += a->n[v] * fit.carried->prior.mean[fit.at[2][v]];
    }
    assert_int_equal(lc_moves(&fit, &arena, &f, &err), LC_OK);
    assert_int_equal(f.n, fit.kernel.k - 1);
    for (size_t i = 0; i < f.n; i++) {
        size_t v, at;

        if (i > 0) /* the largest move first */
            assert_true(fabs(cell(&f, i, "move").number) <=
                        fabs(cell(&f, i - 1, "move").number));
        if (strcmp(cell(&f, i, "attribute").text, "source") != 0)
            continue;
        v = level_of(&fit, 2, cell(&f, i, "level").text);
        at = fit.at[2][v];
        assert_true(fabs(cell(&f, i, "last_points").number -
                         point * (fit.carried->prior.mean[at] - was / n)) <= 0.0500001);
        assert_true(fabs(cell(&f, i, "points").number -
                         point * (fit.kernel.b[at] - mean / n)) <= 0.5000001);
        assert_close(cell(&f, i, "leads").number, a->n[v], 0);
        assert_close(cell(&f, i, "won").number, a->won[v], 0);
    }
    assert_true(has_note(&f, "levels moved by a point or more"));
}

/* Quarters drawn by last quarter's weights, but for one level that may have changed. */
static size_t forced_quarters(double change, size_t runs, size_t *of_the_level)
{
    const struct lc_prior prior = first_half(column);
    const struct lc_fit fit = second_half(&prior, column);
    struct lc_cohort c = half(true);
    const size_t k = fit.k_attributes, changed = level_of(&fit, 0, "Banking");
    uint8_t *y = LC_NEW(&arena, c.n, uint8_t);
    double *eta = LC_NEW(&arena, c.n, double);
    struct lc_random random = {23};
    size_t forced = 0;

    for (size_t j = 0; j < k; j++) {
        struct lc_column codes;
        struct lc_err err;

        assert_int_equal(lc_attribute_code(&fit.attribute[j], &s->column[column[j]], c.row, c.n,
                                           &arena, &codes, &err),
                         LC_OK);
        for (size_t i = 0; i < c.n; i++) {
            const uint32_t v = lc_code_at(&codes, i);

            eta[i] +=
                fit.carried->prior.mean[fit.at[j][v]] + (j == 0 && v == changed ? change : 0);
        }
    }
    c.y = y;
    for (size_t run = 0; run < runs; run++) {
        const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .prior = &prior};
        struct lc_fit drawn;
        struct lc_frame f;
        struct lc_err err;
        bool any = false;

        for (size_t i = 0; i < c.n; i++)
            y[i] = lc_random_unit(&random) < lc_logistic(-1.6 + eta[i]);
        drawn = fit_of(&c, column, &o);
        assert_int_equal(lc_moves(&drawn, &arena, &f, &err), LC_OK);
        for (size_t i = 0; i < f.n; i++) {
            const bool yes = strcmp(cell(&f, i, "forced").text, "yes") == 0;

            any = any || yes;
            *of_the_level += yes && strcmp(cell(&f, i, "level").text, "Banking") == 0;
        }
        forced += any;
    }
    return forced;
}

static void where_nothing_has_changed_hardly_a_move_is_forced(void **state)
{
    size_t ignored = 0;

    (void)state;
    assert_true(forced_quarters(0, 200, &ignored) <= 10);
}

static void a_level_that_has_changed_is_forced(void **state)
{
    size_t of_the_level = 0;

    (void)state;
    (void)forced_quarters(-2.385, 40, &of_the_level);
    assert_true(of_the_level >= 32); /* of 40 quarters */
}

/* ---- memory ---- */

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    const struct lc_prior prior = first_half(column);
    const struct lc_cohort c = half(true);
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .prior = &prior};
    int32_t day[SIMULATED_LEADS];
    const struct lc_chain chain = {.day = day};
    const struct lc_fit_options in_turn = {.prior_sd = LC_PRIOR_SD, .chain = &chain};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    two_quarters(day, true);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 2048, refused++) {
        struct lc_arena small;
        struct lc_frame f;
        struct lc_fit fit;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_fit_leads(&s->table, c.row, c.y, c.n, column, NULL, 3, &o, NULL, &small, &fit,
                          &err);
        if (!rc)
            rc = lc_moves(&fit, &small, &f, &err);
        if (!rc)
            rc = lc_fit_frame(&fit, &small, &f, &err);
        if (!rc)
            rc = lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, column, NULL,
                              3, &in_turn, NULL, &small, &fit, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attributes_and_levels_are_matched_by_name),
        TEST(bins_of_numbers_are_inherited),
        TEST(a_new_level_begins_at_zero_and_one_without_leads_stays),
        TEST(attributes_that_one_side_has_are_named),
        TEST(merged_levels_are_matched_by_what_they_hold),
        TEST(a_prior_takes_the_place_of_entry_quarters),
        TEST(texts_for_a_prior_of_bins_are_refused),
        TEST(the_boundary_is_the_window_before_the_as_of_date),
        TEST(a_model_without_spread_or_days_is_no_prior),
        TEST(a_model_pools_the_drift_of_twelve_quarters),
        TEST(a_chain_of_one_quarter_is_the_fit),
        TEST(a_chain_with_memory_fits_no_quarter_twice),
        TEST(a_chain_of_two_is_the_fit_with_the_first_as_prior),
        TEST(points_of_both_quarters_are_centred_over_this_quarters_leads),
        TEST(where_nothing_has_changed_hardly_a_move_is_forced),
        TEST(a_level_that_has_changed_is_forced),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
