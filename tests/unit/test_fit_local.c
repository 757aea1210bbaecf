/* Segments that deviate from the weights of all. */
#include "test.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "leadcal/fit.h"
#include "leadcal/random.h"
#include "small_table.h"

#define MOST 4000

enum { SEGMENT, SOURCE, SIZE, COLUMNS };

static struct lc_arena arena;
static const char *cell[COLUMNS][MOST];
static uint32_t row[MOST];
static uint8_t y[MOST];
static size_t n;
static struct lc_table_column column[COLUMNS];
static struct lc_table table;
static const size_t two[] = {SOURCE, SIZE}, all[] = {SEGMENT, SOURCE, SIZE};
static const struct lc_local_rule by_segment = {.column = SEGMENT, .least = LC_LOCAL_LEAST};
static const struct lc_fit_options plain = {.prior_sd = LC_PRIOR_SD};
static const struct lc_fit_options local = {.prior_sd = LC_PRIOR_SD, .local = &by_segment};

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    n = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

static void fill(const char *segment, const char *source, const char *size, size_t leads,
                 size_t won)
{
    for (size_t i = 0; i < leads; i++) {
        cell[SEGMENT][n] = segment;
        cell[SOURCE][n] = source;
        cell[SIZE][n] = size;
        row[n] = (uint32_t)n;
        y[n++] = i < won;
    }
}

/* The leads of tests/reference/local.py: three segments, and D, which is thin. */
static void fill_reference(void)
{
    static const char *const segment[] = {"A", "B", "C"}, *const source[] = {"p", "q", "r"},
                             *const size[] = {"large", "small"};

    for (size_t s = 0; s < 3; s++)
        for (size_t a = 0; a < 3; a++)
            for (size_t b = 0; b < 2; b++) {
                const size_t leads = 60 + ((s * 3 + a) * 2 + b) * 37 % 41;
                const int rate = 20 + 5 * (int)a + 4 * (int)b + 9 * ((s + a) % 3 == 0) +
                                 14 * (s == 1) + 11 * (s == 2) * (2 * (int)b - 1);

                fill(segment[s], source[a], size[b], leads, leads * (size_t)rate / 60);
            }
    for (size_t a = 0; a < 3; a++)
        fill("D", source[a], size[0], 4, 1);
}

static void make_table(void)
{
    static const char *const name[] = {"segment", "source", "size"};

    for (size_t j = 0; j < COLUMNS; j++)
        column[j] = small_column(&arena, name[j], LC_KIND_TEXT, cell[j], n);
    table = small_table(column, COLUMNS, n);
}

static enum lc_rc try_fit(const size_t *columns, size_t k, const struct lc_fit_options *o,
                          struct lc_parallel *pool, struct lc_fit *fit, struct lc_err *err)
{
    return lc_fit_leads(&table, row, y, n, columns, NULL, k, o, pool, &arena, fit, err);
}

static struct lc_fit fit_of(const size_t *columns, size_t k, const struct lc_fit_options *o)
{
    struct lc_fit fit;
    struct lc_err err;

    make_table();
    if (try_fit(columns, k, o, NULL, &fit, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return fit;
}

static struct lc_card card_of(const struct lc_fit *fit)
{
    struct lc_card card;
    struct lc_err err;

    assert_int_equal(lc_fit_card(fit, "logistic", &arena, &card, &err), LC_OK);
    return card;
}

/* tests/reference/local.py: dense Newton steps and a simplex search with numpy 2.4.6, scipy 1.17.1. */
static void weights_and_deviations_are_those_of_a_dense_fit(void **state)
{
    static const double b[] = {0.0301855, -0.3219126, -0.0263062,
                               0.3482188, -0.4408492, 0.4408492};
    static const double source[][3] = {{0.3807928, -0.1477019, -0.1982091},
                                       {-0.4061248, -0.3608148, 0.6872195},
                                       {-0.2972848, 0.4700583, -0.1596670}};
    static const double size[][2] = {
        {0.3078096, -0.2743771}, {0.2274138, -0.1994688}, {-0.4913601, 0.5153289}};
    static const double worth[] = {-0.0798049, 1.0863067, -0.0862246};
    struct lc_fit fit;
    const struct lc_fit_local *l;

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &local);
    l = fit.local;
    assert_int_equal(fit.kernel.k, 6);
    for (size_t i = 0; i < 6; i++)
        assert_close(fit.kernel.b[i], b[i], 2e-5);
    assert_int_equal(l->n_segments, 4);
    assert_int_equal(l->n_own, 3);
    assert_false(l->segment[3].own);
    assert_close(l->segment[3].leads, 12, 0);
    assert_close(l->segment[3].won, 3, 0);
    assert_close(l->own_sd, 0.4875448, 1e-5);
    assert_close(l->sd[0], 0.5699967, 1e-5);
    assert_close(l->sd[1], 0.6022543, 1e-5);
    assert_close(l->marginal, -899.405338782, 1e-9);
    assert_close(l->global, -963.772541310, 1e-10);
    assert_int_equal(l->n_deviations, 6);
    for (size_t s = 0; s < 3; s++) {
        assert_close(l->segment[s].value, worth[s], 2e-5);
        assert_int_equal(l->deviation[2 * s].segment, s);
        assert_int_equal(l->deviation[2 * s].attribute, 0);
        for (size_t v = 0; v < 3; v++)
            assert_close(l->deviation[2 * s].value[v], source[s][v], 2e-5);
        for (size_t v = 0; v < 2; v++)
            assert_close(l->deviation[2 * s + 1].value[v], size[s][v], 2e-5);
    }
}

/* Every segment is a share of the same leads. */
static void fill_alike(void)
{
    static const char *const segment[] = {"A", "B", "C"};

    for (size_t s = 0; s < 3; s++)
        for (size_t of = 0; of < 2 + s; of++) {
            fill(segment[s], "p", "large", 30, 6);
            fill(segment[s], "p", "small", 50, 4);
            fill(segment[s], "q", "large", 20, 9);
            fill(segment[s], "q", "small", 40, 10);
        }
}

static void segments_that_do_not_differ_leave_the_model_of_all_to_the_bit(void **state)
{
    struct lc_fit one, other;
    struct lc_card a, b;

    (void)state;
    fill_alike();
    one = fit_of(two, 2, &plain);
    other = fit_of(two, 2, &local);
    assert_false(lc_fit_is_local(&other));
    assert_int_equal(other.local->n_own, 3);
    assert_memory_equal(one.kernel.b, other.kernel.b, one.kernel.k * sizeof *one.kernel.b);
    a = card_of(&one);
    b = card_of(&other);
    assert_int_equal(a.k, b.k);
    assert_true(a.intercept == b.intercept); /* bit for bit */
    for (size_t j = 0; j < a.k; j++) {
        const size_t bytes = (a.attribute[j].attribute.n_levels + 1) * sizeof(double);

        assert_memory_equal(a.attribute[j].value, b.attribute[j].value, bytes);
        assert_memory_equal(a.attribute[j].points, b.attribute[j].points, bytes);
    }
}

static void a_deviation_is_0_on_average_over_the_leads_of_its_segment(void **state)
{
    struct lc_fit fit;

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &local);
    for (size_t i = 0; i < fit.local->n_deviations; i++) {
        const struct lc_fit_deviation *d = &fit.local->deviation[i];
        double sum = 0, leads = 0;

        for (size_t v = 0; v < fit.attribute[d->attribute].n_levels; v++) {
            sum += d->n[v] * d->value[v];
            leads += d->n[v];
            assert_true(d->std_error[v] > 0);
        }
        assert_close(sum / leads, 0, 1e-14);
        assert_close(leads, fit.local->segment[d->segment].leads, 0);
    }
}

/* What the card says of every lead, with the segment among the attributes or beside them. */
static void score_all(const struct lc_card *card, const size_t *columns,
                      struct lc_scored *scored)
{
    struct lc_column *codes;
    struct lc_err err;

    assert_int_equal(lc_card_code(card, &table, columns, row, n, &arena, &codes, &err), LC_OK);
    lc_card_score_rows(card, codes, n, scored);
}

static void thin_and_unknown_segments_get_the_weights_of_all(void **state)
{
    struct lc_scored *scored;
    struct lc_card card;
    struct lc_range range[2];
    struct lc_fit fit;
    size_t level[16] = {0};

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &local);
    card = card_of(&fit);
    assert_int_equal(card.k, 2 + 1 + 6);
    scored = LC_NEW(&arena, n, struct lc_scored);
    score_all(&card, two, scored);
    range[0] = lc_card_range(&card, LC_ROLE_PROFILE);
    range[1] = lc_card_range(&card, LC_ROLE_ENGAGEMENT);
    level[0] = 1; /* q, large: the last but one group of leads */
    level[2] = card.attribute[2].attribute.n_levels; /* never seen */
    assert_close(lc_card_score(&card, range, level).log_odds,
                 card.intercept + card.attribute[0].value[1] + card.attribute[1].value[0], 0);
    assert_true(lc_card_score(&card, range, level).log_odds == scored[n - 5].log_odds);
    level[2] = 1; /* B */
    assert_close(lc_card_score(&card, range, level).log_odds,
                 card.intercept + card.attribute[0].value[1] + card.attribute[1].value[0] +
                     fit.local->segment[1].value + fit.local->deviation[2].value[1] +
                     fit.local->deviation[3].value[0],
                 1e-15);
}

/* The same likelihood: where the segments are an attribute, what they are worth as a whole is in its
 * weights, and there is no attribute for it on the card. */
static void segments_that_are_an_attribute_are_its_levels(void **state)
{
    struct lc_scored *scored;
    struct lc_card card;
    struct lc_fit fit;
    double expected = 0;

    (void)state;
    fill_reference();
    fit = fit_of(all, 3, &local);
    card = card_of(&fit);
    assert_int_equal(fit.local->attribute, 0);
    assert_int_equal(card.k, 3 + fit.local->n_deviations);
    assert_int_equal(fit.local->n_deviations, 6);
    for (size_t s = 0; s < 3; s++)
        assert_close(fit.local->segment[s].value, 0, 0);
    for (size_t j = 3; j < card.k; j++) {
        assert_non_null(card.attribute[j].local);
        assert_int_equal(card.attribute[j].local->own, 0);
        assert_string_equal(lc_attribute_source(&card.attribute[j].attribute),
                            card.attribute[card.attribute[j].local->of].attribute.column);
    }
    assert_string_equal(card.attribute[3].attribute.column, "source in A");
    scored = LC_NEW(&arena, n, struct lc_scored);
    score_all(&card, all, scored);
    for (size_t i = 0; i < n; i++)
        expected += scored[i].probability;
    assert_close(expected, 821, 1e-9); /* the intercept is free: as many wins as there were */
}

static void a_thread_and_seven_find_the_same_bits(void **state)
{
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_fit one, seven;
    struct lc_err err;

    (void)state;
    assert_non_null(pool);
    fill_reference();
    one = fit_of(two, 2, &local);
    assert_int_equal(try_fit(two, 2, &local, pool, &seven, &err), LC_OK);
    assert_memory_equal(one.kernel.b, seven.kernel.b, one.kernel.k * sizeof *one.kernel.b);
    for (size_t i = 0; i < one.local->n_deviations; i++)
        assert_memory_equal(one.local->deviation[i].value, seven.local->deviation[i].value,
                            one.attribute[one.local->deviation[i].attribute].n_levels *
                                sizeof(double));
    lc_parallel_free(pool);
}

static void renamed_segments_deviate_alike(void **state)
{
    static const char *const was = "ABCD", *const name[] = {"zebra", "yak", "wolf", "vole"};
    struct lc_fit fit, other;

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &local);
    for (size_t i = 0; i < n; i++)
        cell[SEGMENT][i] = name[strchr(was, *cell[SEGMENT][i]) - was];
    other = fit_of(two, 2, &local);
    for (size_t s = 0; s < 3; s++) /* wolf, yak, zebra: the other way round */
        for (size_t i = 0; i < 2; i++)
            assert_close(other.local->deviation[2 * (2 - s) + i].value[0],
                         fit.local->deviation[2 * s + i].value[0], 1e-9);
}

static void more_evidence_may_be_asked_for(void **state)
{
    const struct lc_local_rule strict = {.column = SEGMENT, .least = 500};
    const struct lc_fit_options o = {.prior_sd = LC_PRIOR_SD, .local = &strict};
    struct lc_frame frame;
    struct lc_err err;
    struct lc_fit fit;

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &o);
    assert_int_equal(fit.local->n_own, 0);
    assert_false(lc_fit_is_local(&fit));
    assert_int_equal(lc_fit_local_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_int_equal(frame.n, 4);
    assert_non_null(strstr(frame.note[0], "no segment of segment has 500 wins"));
    assert_non_null(strstr(frame.note[1], "A (505 leads, 250 won)"));
}

/* The rows are those of the card, in points. */
static void the_table_says_what_the_card_adds(void **state)
{
    struct lc_frame frame;
    struct lc_card card;
    struct lc_err err;
    struct lc_fit fit;
    const union lc_value *second;

    (void)state;
    fill_reference();
    fit = fit_of(two, 2, &local);
    card = card_of(&fit);
    assert_int_equal(lc_fit_local_frame(&fit, &arena, &frame, &err), LC_OK);
    assert_int_equal(frame.n, 3 * (1 + 3 + 2) + 1);
    second = frame.value + frame.k;
    assert_string_equal(second[0].text, "A");
    assert_string_equal(second[1].text, "source");
    assert_string_equal(second[2].text, "p");
    assert_close(second[5].number, card.attribute[0].points[0], 0);
    assert_close(second[6].number, 5, 0); /* 10 / ln 2 x 0.381 = 5.49 */
    assert_close(card.attribute[3].points[0], 5, 0);
    assert_true(second[7].number < 5 && second[8].number > 5);
}

static void what_does_not_go_with_segments_is_refused(void **state)
{
    static const double share = 1;
    const struct lc_fit_options wrong[] = {
        {.likelihood = true, .local = &by_segment},
        {.penalty = LC_PENALTY_RIDGE, .local = &by_segment},
        {.prior_sd = LC_PRIOR_SD, .seen = &share, .local = &by_segment}};
    struct lc_fit fit;
    struct lc_err err;

    (void)state;
    fill_reference();
    make_table();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(try_fit(two, 2, &wrong[i], NULL, &fit, &err), LC_EMISMATCH);
        assert_non_null(strstr(err.text, "--local"));
    }
    column[SEGMENT].kind = LC_KIND_DATE;
    assert_int_equal(try_fit(two, 2, &local, NULL, &fit, &err), LC_EMISMATCH);
    column[SEGMENT].kind = LC_KIND_MANY;
    assert_int_equal(try_fit(two, 2, &local, NULL, &fit, &err), LC_EMISMATCH);
    column[SEGMENT].kind = LC_KIND_TEXT;
    column[SEGMENT].is_set = true;
    assert_int_equal(try_fit(two, 2, &local, NULL, &fit, &err), LC_EMISMATCH);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    fill_reference();
    make_table();
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 4096, refused++) {
        struct lc_arena small;
        struct lc_frame frame;
        struct lc_card card;
        struct lc_fit fit;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_fit_leads(&table, row, y, n, two, NULL, 2, &local, NULL, &small, &fit, &err);
        if (!rc)
            rc = lc_fit_card(&fit, "logistic", &small, &card, &err);
        if (!rc)
            rc = lc_fit_local_frame(&fit, &small, &frame, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(weights_and_deviations_are_those_of_a_dense_fit),
        T(segments_that_do_not_differ_leave_the_model_of_all_to_the_bit),
        T(a_deviation_is_0_on_average_over_the_leads_of_its_segment),
        T(thin_and_unknown_segments_get_the_weights_of_all),
        T(segments_that_are_an_attribute_are_its_levels),
        T(a_thread_and_seven_find_the_same_bits),
        T(renamed_segments_deviate_alike),
        T(more_evidence_may_be_asked_for),
        T(the_table_says_what_the_card_adds),
        T(what_does_not_go_with_segments_is_refused),
        T(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
