#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/score.h"

/* A model typed by hand: three profile attributes, one engagement attribute. The probabilities
 * below are 1 / (1 + exp(-sum)) by Python. */
static const char *const industries[] = {"Banking", "Retail", "(missing)"};
static const char *const sizes[] = {"(-inf,50]", "(50,inf]"};
static const char *const visits[] = {"0", "1", "2"};
static const char *const sources[] = {"Expo", "Web"};
static const double size_cut[] = {50};
static const double industry_value[] = {0.85, -0.41, -0.07, 0},
                    industry_points[] = {12, -6, -1, 0};
static const double size_value[] = {-0.55, 0.01, 0}, size_points[] = {-8, 0, 0};
static const double visits_value[] = {-1.13, 0.35, 3.77, 0}, visits_points[] = {-16, 6, 54, 0};
static const double source_value[] = {-0.43, 0.03, 0}, source_points[] = {-6, 0, 0};
static const char *const no_value[] = {"n/a", "unknown"};

static const struct lc_card_attribute typed[] = {
    {.attribute = {"industry", LC_ROLE_PROFILE, LC_AS_OF_UNSAID, 3, industries, .missing = 2},
     .value = industry_value,
     .points = industry_points},
    {.attribute = {"visits", LC_ROLE_ENGAGEMENT, LC_AS_OF_UNSAID, 3, visits,
                   .missing = LC_NO_CODE},
     .value = visits_value,
     .points = visits_points},
    {.attribute = {"size", LC_ROLE_PROFILE, LC_AS_OF_UNSAID, 2, sizes, size_cut, 1,
                   .missing = LC_NO_CODE},
     .value = size_value,
     .points = size_points},
    {.attribute = {"source", LC_ROLE_PROFILE, LC_AS_OF_UNSAID, 2, sources,
                   .missing = LC_NO_CODE},
     .value = source_value,
     .points = source_points},
};

static const struct lc_model model = {
    .schema = LC_MODEL_SCHEMA,
    .card = {.method = "logistic",
             .intercept = -2.385,
             .k = 4,
             .attribute = typed,
             .scale = {50, 1, 100, 10}},
    .grades = {.method = LC_CUTS_SHARES,
               .letter = {.used = true, .cut = {10, 0, -7}},
               .digit = {.used = true, .cut = {50, 5, -5}}},
    .missing = {no_value, 2},
};
static const char *const header[] = {"id", " source ", "visits", "industry", "note", "size"};
enum { FIELDS = 6 };

static struct lc_scorer *scorer_of(const struct lc_model *m, struct lc_arena *arena)
{
    struct lc_scorer *s = NULL;
    struct lc_err err;

    lc_arena_init(arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_new(m, header, FIELDS, arena, &s, &err), LC_OK);
    return s;
}

/* Scores one row and compares the eight texts, joined by bars; the first as a number, since
 * exp() may differ in its last place between C libraries. */
static void assert_row(struct lc_scorer *s, const char *const *cell, const char *want)
{
    struct lc_slice field[FIELDS], to[LC_SCORE_COLUMNS];
    struct lc_err err;
    const size_t first = strcspn(want, "|");
    char got[512] = "";
    size_t length = 0;
    double probability = 0, wanted = 0;

    for (size_t f = 0; f < FIELDS; f++)
        field[f] = lc_slice_of(cell[f]);
    assert_int_equal(lc_scorer_row(s, field, FIELDS, to, &err), LC_OK);
    assert_true(lc_real_parse(to[0], &probability));
    assert_true(lc_real_parse((struct lc_slice){want, first}, &wanted));
    assert_close(probability, wanted, 1e-15);
    for (size_t c = 1; c < LC_SCORE_COLUMNS; c++)
        length +=
            (size_t)snprintf(got + length, sizeof got - length, "|%.*s", (int)to[c].n, to[c].p);
    assert_string_equal(got, want + first);
}

static void a_row_gets_eight_texts(void **state)
{
    static const char *const best[] = {"7", "Web", "2", "Banking", "x", "51"};
    static const char *const middling[] = {"8", "Expo", "1", "Retail", "x", "50"};
    struct lc_arena arena;
    struct lc_scorer *s = scorer_of(&model, &arena);

    (void)state;
    /* -2.385 + 0.85 + 3.77 + 0.01 + 0.03 = 2.275; profile 12 of -20..12, engagement 54 of -16..54;
     * 50 + 12 + 54 is limited to 100 */
    assert_row(s, best,
               "0.9067852769181763|100|100|100|A1|call within 24 hours|24|visits=2 +54; "
               "industry=Banking +12");
    /* -2.385 - 0.41 + 0.35 - 0.55 - 0.43 = -3.425; profile -20, engagement 6: 22 of 70 = 31.4;
     * 6 and -6 are equal in size: industry stands before visits in the model, source last */
    assert_row(s, middling,
               "0.031523222754001344|36|0|31|D2|nurture||size=(-inf,50] -8; "
               "industry=Retail -6; visits=1 +6");
    lc_arena_release(&arena);
}

static void assert_part(const struct lc_slice *to, const char *const *name, size_t n,
                        const char *column, const char *want)
{
    for (size_t c = 0; c < n; c++)
        if (strcmp(name[c], column) == 0) {
            assert_int_equal(to[c].n, strlen(want));
            assert_memory_equal(to[c].p, want, to[c].n);
            return;
        }
    fail_msg("no column %s", column);
}

#define MOST_PARTS 32

static struct lc_score_parts *parts_of(const struct lc_scorer *s, struct lc_arena *arena,
                                       const char *const **name, size_t *n)
{
    struct lc_score_parts *parts = NULL;
    struct lc_err err;

    assert_int_equal(lc_score_parts_new(s, header, FIELDS, arena, &parts, &err), LC_OK);
    *name = lc_score_parts_names(parts, n);
    assert_int_equal(*n, 4 + 2 * 4);
    return parts;
}

static void score_cells(struct lc_scorer *s, const char *const *cell,
                        struct lc_slice to[LC_SCORE_COLUMNS])
{
    struct lc_slice field[FIELDS];
    struct lc_err err;

    for (size_t f = 0; f < FIELDS; f++)
        field[f] = lc_slice_of(cell[f]);
    assert_int_equal(lc_scorer_row(s, field, FIELDS, to, &err), LC_OK);
}

/* From the card above: visits=1 has 6 of the digit's cuts 50, 5, -5, so it is a 2; 2 visits add 48. */
static void a_row_is_taken_apart(void **state)
{
    static const char *const middling[] = {"8", "Expo", "1", "Retail", "x", "50"};
    static const char *const poor[] = {"9", "Web", "0", "n/a", "x", "?"};
    static const char *const best[] = {"7", "Web", "2", "Banking", "x", "51"};
    struct lc_slice eight[LC_SCORE_COLUMNS], to[MOST_PARTS];
    const char *const *name;
    struct lc_arena arena;
    struct lc_scorer *s = scorer_of(&model, &arena);
    size_t n;
    struct lc_score_parts *parts = parts_of(s, &arena, &name, &n);

    (void)state;
    score_cells(s, middling, eight);
    lc_score_parts_row(parts, to);
    assert_part(to, name, n, "lc_lift", "visits=2 +48 -> D1");
    assert_part(to, name, n, "lc_points_base", "50");
    assert_part(to, name, n, "lc_log_odds_base", "-2.385");
    assert_part(to, name, n, "lc_points_of_industry", "-6");
    assert_part(to, name, n, "lc_log_odds_of_industry", "-0.41");
    assert_part(to, name, n, "lc_points_of_size", "-8");
    assert_part(to, name, n, "lc_log_odds_of_source", "-0.43");
    score_cells(s, poor,
                eight); /* a 4: one visit more is the least that lifts it, by two digits */
    lc_score_parts_row(parts, to);
    assert_part(to, name, n, "lc_lift", "visits=1 +22 -> C2");
    assert_part(to, name, n, "lc_points_of_industry", "-1");
    assert_part(to, name, n, "lc_points_of_size", "0"); /* never seen */
    score_cells(s, best, eight);
    lc_score_parts_row(parts, to);
    assert_part(to, name, n, "lc_lift", ""); /* nothing is better than 1 */
    lc_arena_release(&arena);
}

/* Every combination of levels: the parts add up to the points before their limits, and to the
 * log-odds to the last bit. */
static void the_parts_of_every_row_add_up(void **state)
{
    static const char *const industry[] = {"Banking", "Retail", "", "?"};
    static const char *const size[] = {"12", "51", "?"}, *const source[] = {"Expo", "Web", "?"};
    static const char *const visit[] = {"0", "1", "2", "?"};
    struct lc_arena arena;
    struct lc_scorer *s = scorer_of(&model, &arena);
    const char *const *name;
    size_t n;
    struct lc_score_parts *parts = parts_of(s, &arena, &name, &n);

    (void)state;
    for (size_t i = 0; i < (size_t)4 * 3 * 3 * 4; i++) {
        const char *const cell[] = {"1", source[i % 3], visit[i / 3 % 4], industry[i / 12 % 4],
                                    "x", size[i / 48]};
        struct lc_slice eight[LC_SCORE_COLUMNS], to[MOST_PARTS];
        double points = 0, value = 0, shown = 0, log_odds = 0;

        score_cells(s, cell, eight);
        lc_score_parts_row(parts, to);
        for (size_t c = 2; c < n; c++) {
            double part = 0;

            assert_true(lc_real_parse(to[c], &part));
            *(c % 2 ? &value : &points) += part;
        }
        assert_true(lc_real_parse(to[1], &log_odds));
        assert_true(value == log_odds);
        assert_true(lc_real_parse(eight[1], &shown));
        assert_close(fmin(fmax(points, 1), 100), shown, 0);
        assert_true(lc_real_parse(eight[0], &shown));
        assert_close(1 / (1 + exp(-log_odds)), shown, 1e-15);
    }
    lc_arena_release(&arena);
}

/* The card above with visits as of the decision: nothing is left that a lead could do. */
static void what_is_settled_lifts_nobody(void **state)
{
    static const char *const middling[] = {"8", "Expo", "1", "Retail", "x", "50"};
    struct lc_card_attribute settled[4];
    struct lc_slice eight[LC_SCORE_COLUMNS], to[MOST_PARTS];
    struct lc_model m = model;
    const char *const *name;
    struct lc_score_parts *parts;
    struct lc_arena arena;
    struct lc_scorer *s;
    size_t n;

    (void)state;
    memcpy(settled, typed, sizeof settled);
    settled[1].attribute.as_of = LC_AS_OF_DECISION;
    m.card.attribute = settled;
    s = scorer_of(&m, &arena);
    parts = parts_of(s, &arena, &name, &n);
    score_cells(s, middling, eight);
    lc_score_parts_row(parts, to);
    assert_part(to, name, n, "lc_lift", "");
    lc_arena_release(&arena);
}

static void parts_need_a_model_and_room(void **state)
{
    static const char *const taken[] = {"source", "visits", "industry", "size", "lc_lift"};
    static const char *const column[] = {"score"};
    struct lc_score_parts *parts = NULL;
    struct lc_scorer *s = NULL;
    struct lc_arena arena, small;
    struct lc_err err;
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_column("score", column, 1, &arena, &s, &err), LC_OK);
    assert_int_equal(lc_score_parts_new(s, column, 1, &arena, &parts, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "has no attributes"));
    assert_int_equal(lc_scorer_new(&model, taken, 5, &arena, &s, &err), LC_OK);
    assert_int_equal(lc_score_parts_new(s, taken, 5, &arena, &parts, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'lc_lift' is there already"));
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        lc_arena_init(&small, limit);
        rc = lc_score_parts_new(s, taken, 4, &small, &parts, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 20);
    lc_arena_release(&arena);
}

static enum lc_rc decided(struct lc_scorer **s, const char *const *cell, size_t n,
                          struct lc_arena *arena, struct lc_err *err)
{
    static const char *const name[] = {"id", "score"};

    assert_int_equal(lc_scorer_column("score", name, 2, arena, s, err), LC_OK);
    for (size_t i = 0; i < n; i++) {
        const struct lc_slice field[] = {lc_slice_of("x"), lc_slice_of(cell[i])};

        lc_scorer_vote(*s, field, 2);
    }
    return lc_scorer_decide(*s, err);
}

static void points_are(struct lc_scorer *s, const char *cell, const char *want)
{
    const struct lc_slice field[] = {lc_slice_of("x"), lc_slice_of(cell)};
    struct lc_slice to[LC_SCORE_COLUMNS];
    struct lc_err err;

    assert_int_equal(lc_scorer_row(s, field, 2, to, &err), LC_OK);
    assert_true(lc_slice_eq(to[1], lc_slice_of(want)));
}

static void a_score_column_votes_on_its_decimal_sign(void **state)
{
    static const char *const comma[] = {"7,50", "1.234,5", "n/a", "2.385"},
                             *const plain[] = {"2.385", "1e2", "A1"},
                             *const open[] = {"1,234", "2,385"},
                             *const both[] = {"7,50", "7.50"};
    struct lc_scorer *s = NULL;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(decided(&s, comma, 4, &arena, &err), LC_OK);
    points_are(s, "7,50", "7.5");
    points_are(s, "2.385", "2385"); /* as the others say */
    points_are(s, "n/a", "");
    assert_int_equal(decided(&s, plain, 3, &arena, &err), LC_OK);
    points_are(s, "2.385", "2.385");
    points_are(s, "7,50", "");
    assert_int_equal(decided(&s, open, 2, &arena, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "2 read both ways"));
    assert_int_equal(decided(&s, both, 2, &arena, &err), LC_EMISMATCH);
    assert_non_null(
        strstr(err.text, "of its numbers 1 have a decimal point, 1 a decimal comma"));
    lc_arena_release(&arena);
}

/* A column that a spreadsheet would take for a formula (CWE-1236). */
static void reasons_are_no_formula(void **state)
{
    static const char *const name[] = {"=visits()"};
    struct lc_card_attribute formula = typed[1];
    struct lc_slice field = lc_slice_of("2"), to[LC_SCORE_COLUMNS];
    struct lc_model m = model;
    struct lc_scorer *s = NULL;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    formula.attribute.column = name[0];
    m.card.k = 1;
    m.card.attribute = &formula;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_new(&m, name, 1, &arena, &s, &err), LC_OK);
    assert_int_equal(lc_scorer_row(s, &field, 1, to, &err), LC_OK);
    assert_true(lc_slice_eq(to[7], lc_slice_of("'=visits()=2 +54")));
    lc_arena_release(&arena);
}

static void missing_and_unseen_count_as_average_and_are_counted(void **state)
{
    static const char *const empty[] = {"7", "", "n/a", " unknown ", "x", ""};
    static const char *const unseen[] = {"7", "Fax", "3", "banking", "x", "many"};
    static const char *const blanks[] = {"7", "  Web\t", "\302\2401", "Retail ", "x", " 12 "};
    struct lc_score_account account;
    struct lc_arena arena;
    struct lc_scorer *s = scorer_of(&model, &arena);

    (void)state;
    assert_row(s, empty, "0.07907367686984011|49|59|23|C3|nurture||industry=(missing) -1");
    lc_scorer_account(s, &account);
    assert_int_equal(account.missing_unseen, 3);
    assert_int_equal(account.unseen, 0);
    assert_row(s, unseen, "0.08432369642147453|50|63|23|B3|call within 48 hours|48|");
    lc_scorer_account(s, &account);
    assert_int_equal(account.missing_unseen, 3);
    assert_int_equal(account.unseen, 4);
    assert_row(s, blanks,
               "0.049032338846027555|42|19|31|D2|nurture||size=(-inf,50] -8; "
               "industry=Retail -6; visits=1 +6");
    lc_scorer_account(s, &account);
    assert_int_equal(account.unseen, 4);
    assert_int_equal(account.rows, 3);
    assert_int_equal(account.limited, 0);
    lc_arena_release(&arena);
}

static void limited_rows_are_counted_and_a_row_may_be_short(void **state)
{
    static const char *const best[] = {"7", "Web", "2", "Banking", "x", "51"};
    struct lc_slice field[FIELDS], to[LC_SCORE_COLUMNS];
    struct lc_score_account account;
    struct lc_arena arena;
    struct lc_err err;
    struct lc_scorer *s = scorer_of(&model, &arena);

    (void)state;
    for (size_t f = 0; f < FIELDS; f++)
        field[f] = lc_slice_of(best[f]);
    assert_int_equal(lc_scorer_row(s, field, FIELDS, to, &err), LC_OK);
    assert_int_equal(lc_scorer_row(s, field, 4, to, &err), LC_OK); /* size is not there */
    lc_scorer_account(s, &account);
    assert_int_equal(account.rows, 2);
    assert_int_equal(account.limited, 2);
    assert_int_equal(account.missing_unseen, 1);
    lc_arena_release(&arena);
}

static void a_model_of_one_dimension_gives_its_margin_and_no_clock(void **state)
{
    static const char *const row[] = {"7", "Web", "2", "Banking", "x", "51"};
    struct lc_model m = model;
    struct lc_arena arena;
    struct lc_scorer *s;

    (void)state;
    m.card.k = 1;
    m.grades.digit.used = false;
    s = scorer_of(&m, &arena);
    assert_row(s, row, "0.17726330357825695|62|100||A|||industry=Banking +12");
    lc_arena_release(&arena);
}

static void the_models_own_clock_and_action_win(void **state)
{
    static const char *const row[] = {"7", "Web", "1", "Banking", "x", "51"};
    static const struct lc_model_cell cell[] = {{"A1", 0, 0, 0, 2, "call at once"},
                                                {"A2", 0, 0, 0, 0, "invite"}};
    struct lc_model m = model;
    struct lc_arena arena;
    struct lc_scorer *s;

    (void)state;
    m.cell = cell;
    m.n_cells = 2;
    s = scorer_of(&m, &arena);
    assert_row(s, row,
               "0.24140353812106508|68|100|31|A2|invite||industry=Banking +12; visits=1 +6");
    lc_arena_release(&arena);
}

static void more_spellings_than_are_remembered_score_the_same(void **state)
{
    struct lc_arena arena;
    struct lc_scorer *s = scorer_of(&model, &arena);
    struct lc_slice field[FIELDS], to[LC_SCORE_COLUMNS];
    struct lc_score_account account;
    struct lc_err err;
    size_t used = 0;

    (void)state;
    for (size_t i = 0; i < 120000; i++) {
        char size[24];

        (void)snprintf(size, sizeof size, "%zu", i % 119000);
        for (size_t f = 0; f < FIELDS; f++)
            field[f] = lc_slice_of("Web");
        field[5] = lc_slice_of(size);
        if (i == 110000)
            used = arena.used;
        assert_int_equal(lc_scorer_row(s, field, FIELDS, to, &err), LC_OK);
        assert_int_equal(to[2].n, 2);
        assert_memory_equal(to[2].p, i % 119000 <= 50 ? "38" : "63", 2);
    }
    assert_int_equal(used, arena.used);
    lc_scorer_account(s, &account);
    assert_int_equal(account.rows, 120000);
    assert_int_equal(account.unseen, 240000);
    lc_arena_release(&arena);
}

static void a_column_that_is_not_there_is_named_with_its_neighbour(void **state)
{
    static const char *const other[] = {"id", "source", "visits", "industri", "size"};
    struct lc_scorer *s = NULL;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_new(&model, other, 5, &arena, &s, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'industry'"));
    assert_non_null(strstr(err.text, "did you mean 'industri'"));
    assert_null(s);
    lc_arena_release(&arena);
}

static void a_column_that_is_there_twice_is_refused(void **state)
{
    static const char *const twice[] = {"source", "visits", "industry", "size", " visits"};
    struct lc_scorer *s = NULL;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_new(&model, twice, 5, &arena, &s, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'visits' is in the header twice"));
    lc_arena_release(&arena);
}

static void an_export_that_was_scored_already_is_refused(void **state)
{
    static const char *const again[] = {"source", "visits", "industry", "size", "lc_grade"};
    struct lc_scorer *s = NULL;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_scorer_new(&model, again, 5, &arena, &s, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "'lc_grade' is there already"));
    lc_arena_release(&arena);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    static const char *const row[] = {"7", "Web", "2", "Banking", "x", "51"};
    struct lc_slice field[FIELDS], to[LC_SCORE_COLUMNS];
    enum lc_rc rc = LC_ENOMEM;

    (void)state;
    for (size_t f = 0; f < FIELDS; f++)
        field[f] = lc_slice_of(row[f]);
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
        struct lc_scorer *s = NULL;
        struct lc_arena arena;
        struct lc_err err;

        lc_arena_init(&arena, limit);
        rc = lc_scorer_new(&model, header, FIELDS, &arena, &s, &err);
        if (!rc)
            rc = lc_scorer_row(s, field, FIELDS, to, &err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_gets_eight_texts),
        cmocka_unit_test(a_row_is_taken_apart),
        cmocka_unit_test(the_parts_of_every_row_add_up),
        cmocka_unit_test(parts_need_a_model_and_room),
        cmocka_unit_test(what_is_settled_lifts_nobody),
        cmocka_unit_test(a_score_column_votes_on_its_decimal_sign),
        cmocka_unit_test(reasons_are_no_formula),
        cmocka_unit_test(missing_and_unseen_count_as_average_and_are_counted),
        cmocka_unit_test(limited_rows_are_counted_and_a_row_may_be_short),
        cmocka_unit_test(a_model_of_one_dimension_gives_its_margin_and_no_clock),
        cmocka_unit_test(the_models_own_clock_and_action_win),
        cmocka_unit_test(more_spellings_than_are_remembered_score_the_same),
        cmocka_unit_test(a_column_that_is_not_there_is_named_with_its_neighbour),
        cmocka_unit_test(a_column_that_is_there_twice_is_refused),
        cmocka_unit_test(an_export_that_was_scored_already_is_refused),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
