#include "test.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/bands.h"
#include "small_table.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

#define MOST 1000

/* Leads typed as score, leads, won. */
struct pile {
    const char *score;
    size_t leads, won;
};

struct typed {
    const char *score[MOST], *stage[MOST];
    struct lc_table_column column[2];
    struct lc_table table;
    struct lc_cohort cohort;
    size_t n;
};

static struct typed *type(const struct pile *pile, size_t n, enum lc_kind kind)
{
    static const char *const is_won[] = {"won"}, *const is_lost[] = {"lost"};
    struct typed *t = LC_NEW(&arena, 1, struct typed);
    struct lc_spec spec;
    struct lc_err err;

    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < pile[k].leads; i++) {
            t->score[t->n] = pile[k].score;
            t->stage[t->n++] = i < pile[k].won ? "won" : "lost";
        }
    assert_true(t->n <= MOST);
    t->column[0] = small_column(&arena, "score", kind, t->score, t->n);
    t->column[1] = small_column(&arena, "stage", LC_KIND_TEXT, t->stage, t->n);
    t->table = small_table(t->column, 2, t->n);
    lc_spec_init(&spec);
    spec.outcome.column = "stage";
    spec.outcome.won = (struct lc_texts){is_won, 1};
    spec.outcome.lost = (struct lc_texts){is_lost, 1};
    assert_int_equal(lc_cohort_build(&t->table, &spec, &arena, &t->cohort, &err), LC_OK);
    return t;
}

static struct lc_bands of(const struct typed *t, const struct lc_bands_options *options)
{
    static const struct lc_bands_options none = {NULL, 0};
    struct lc_bands b;
    struct lc_err err;

    if (lc_bands_of(&t->table, &t->cohort, 0, options ? options : &none, &arena, &b, &err)) {
        print_error("%s\n", err.text);
        fail();
    }
    return b;
}

static double number(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].number;
}

static const char *text(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].text;
}

/* The bands' names in one line. */
static const char *names_of(const struct lc_frame *f)
{
    static char to[1024];

    to[0] = '\0';
    for (size_t i = 0; i < f->n; i++)
        (void)snprintf(to + strlen(to), sizeof to - strlen(to), "%s%s", i ? "|" : "",
                       text(f, i, "grade"));
    return to;
}

static const char *names(const struct typed *t)
{
    const struct lc_bands b = of(t, NULL);

    return names_of(&b.bands);
}

static bool says(const struct lc_frame *f, const char *part)
{
    for (size_t i = 0; i < f->n_notes; i++)
        if (strstr(f->note[i], part))
            return true;
    return false;
}

/* The complaint of every second user: the 40s close better than the 80s. */
static const struct pile inverted[] = {{"95", 40, 6},  {"83", 50, 2},  {"88", 50, 2},
                                       {"41", 70, 14}, {"49", 50, 10}, {"12", 60, 3},
                                       {"", 30, 1}};

static void an_inversion_is_said_in_words(void **state)
{
    const struct typed *t = type(inverted, 7, LC_KIND_NUMBER);
    const double edge[] = {20, 40, 50, 80, 90};
    const struct lc_bands b = of(t, &(struct lc_bands_options){edge, 5});

    (void)state;
    assert_string_equal(names_of(&b.bands), "90-95|80-89|40-49|12-19|(missing)|(all)");
    assert_close(number(&b.bands, 2, "close_rate"), 24.0 / 120, 1e-15);
    /* p by scipy 1.16: fisher_exact of the six pairs of bands, false_discovery_control */
    assert_string_equal(
        b.bands.note[0],
        "inverted: scores 40-49 close better than scores 80-89: 20.0 % (13.8 to 28.0) of "
        "120 leads against 4.0 % (1.6 to 9.8) of 100 leads; more than chance, "
        "adjusted p 0.0023");
    assert_false(says(&b.bands, "scores 12-19 close better")); /* 5 % are no more than 4 */
    assert_true(says(&b.bands, "30 leads have no score; unknown is not 0"));
    assert_true(says(&b.bands, "weak: 'score' stands as of the export"));
}

static void what_the_top_holds_adds_up_band_by_band(void **state)
{
    const struct typed *t = type(inverted, 7, LC_KIND_NUMBER);
    const double edge[] = {40, 80, 90};
    const struct lc_bands b = of(t, &(struct lc_bands_options){edge, 3});

    (void)state;
    assert_close(number(&b.bands, 0, "leads_from_top"), 40.0 / 350, 1e-15);
    assert_close(number(&b.bands, 1, "leads_from_top"), 140.0 / 350, 1e-15);
    assert_close(number(&b.bands, 1, "won_from_top"), 10.0 / 38, 1e-15);
    assert_true(isnan(number(&b.bands, 4, "leads_from_top"))); /* the missing ones */
    assert_true(says(&b.bands,
                     "from the top down to scores 90-95: 11.4 % of the leads hold 15.8 % "
                     "of the wins"));
}

/* AUC by hand: of 37 x 283 pairs (won, lost), those won above lost and half of the ties. */
static void the_area_is_that_of_the_leads_with_a_score(void **state)
{
    static const double score[] = {95, 83, 88, 41, 49, 12}, won[] = {6, 2, 2, 14, 10, 3},
                        lost[] = {34, 48, 48, 56, 40, 57};
    const struct typed *t = type(inverted, 7, LC_KIND_NUMBER);
    const struct lc_bands b = of(t, NULL);
    double pairs = 0;

    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            pairs += won[i] * lost[j] *
                     (score[i] > score[j]    ? 1
                      : score[i] == score[j] ? 0.5
                                             : 0);
    assert_string_equal(b.metric[2].metric, "auc");
    assert_close(b.metric[2].value, pairs / (37 * 283), 1e-14);
    assert_close(b.metric[1].value, 38, 0);
}

/* Whole scores of 0 to 100 are cut by tens, and people say the 40s. */
static void whole_scores_of_a_hundred_are_cut_by_tens(void **state)
{
    struct pile pile[34];
    char score[34][8];
    struct lc_bands b;

    (void)state;
    for (size_t i = 0; i < 34; i++) {
        (void)snprintf(score[i], sizeof score[i], "%zu", 3 * i + 1);
        pile[i] = (struct pile){score[i], 10, i / 10 == 2 ? 0 : i / 10 == 1 ? 6 : 2};
    }
    b = of(type(pile, 34, LC_KIND_NUMBER), NULL);
    assert_string_equal(names_of(&b.bands),
                        "90-100|80-89|70-79|60-69|50-59|40-49|30-39|20-29|10-19|1-9|(all)");
    assert_true(says(&b.bands, "inverted: the 40s close better than the "));
}

static void few_values_stand_for_themselves_and_crowds_are_cut_by_tenths(void **state)
{
    static const struct pile few[] = {{"-2", 30, 3}, {"0", 30, 2}, {"7.5", 30, 9}};
    struct pile tail[40];
    char score[40][8];

    (void)state;
    assert_string_equal(names(type(few, 3, LC_KIND_NUMBER)), "7.5|0|-2|(all)");
    /* Most leads under 40 of 4,000: equal widths would say nothing. */
    for (size_t i = 0; i < 40; i++) {
        (void)snprintf(score[i], sizeof score[i], "%zu", i < 39 ? i : (size_t)4000);
        tail[i] = (struct pile){score[i], 5, 1};
    }
    assert_string_equal(names(type(tail, 40, LC_KIND_NUMBER)),
                        "36-4000|32-35|28-31|24-27|20-23|16-19|12-15|8-11|4-7|0-3|(all)");
}

static void round_steps_are_taken_where_scores_go_beyond_a_hundred(void **state)
{
    struct pile pile[50];
    char score[50][8];

    (void)state;
    for (size_t i = 0; i < 50; i++) {
        (void)snprintf(score[i], sizeof score[i], "%d", (int)i * 11 - 130);
        pile[i] = (struct pile){score[i], 4, i % 2};
    }
    assert_string_equal(names(type(pile, 50, LC_KIND_NUMBER)),
                        "400-409|300-399|200-299|100-199|0-99|-100 to -1|-130 to -101|(all)");
}

static void grades_stand_for_themselves_best_first(void **state)
{
    static const struct pile graded[] = {
        {"B1", 30, 9}, {"A1", 40, 8}, {"D4", 50, 1}, {"A2", 25, 2}, {"", 10, 0}};
    const struct lc_bands b = of(type(graded, 5, LC_KIND_TEXT), NULL);

    (void)state;
    assert_string_equal(names_of(&b.bands), "A1|A2|B1|D4|(missing)|(all)");
    /* A2 and B1 stand side by side: neither is the higher band. */
    assert_false(says(&b.bands, "B1 close better than A2"));
    assert_true(says(&b.bands, "inverted: B1 close better than A1: 30.0 %"));
}

static void every_lead_is_in_one_band_and_the_order_of_rows_does_not_matter(void **state)
{
    struct pile turned[7];
    struct lc_bands a, b;
    double leads = 0, won = 0;

    (void)state;
    for (size_t i = 0; i < 7; i++)
        turned[i] = inverted[6 - i];
    a = of(type(inverted, 7, LC_KIND_NUMBER), NULL);
    b = of(type(turned, 7, LC_KIND_NUMBER), NULL);
    assert_int_equal(a.bands.n, b.bands.n);
    for (size_t i = 0; i < a.bands.n; i++) {
        assert_string_equal(text(&a.bands, i, "grade"), text(&b.bands, i, "grade"));
        assert_close(number(&a.bands, i, "won"), number(&b.bands, i, "won"), 0);
        if (i + 1 < a.bands.n) {
            leads += number(&a.bands, i, "leads");
            won += number(&a.bands, i, "won");
        }
    }
    assert_close(leads, 350, 0);
    assert_close(won, 38, 0);
    assert_close(a.metric[2].value, b.metric[2].value, 1e-14);
}

static void what_cannot_be_judged_is_refused(void **state)
{
    static const struct pile lost[] = {{"5", 9, 0}, {"6", 9, 0}},
                             none[] = {{"", 9, 3}, {"", 2, 1}};
    static const struct lc_bands_options options = {NULL, 0};
    const struct typed *t = type(lost, 2, LC_KIND_NUMBER);
    struct lc_bands b;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_bands_of(&t->table, &t->cohort, 0, &options, &arena, &b, &err),
                     LC_EDEGENERATE);
    assert_non_null(strstr(err.text, "no lead that counts was won"));
    t = type(none, 2, LC_KIND_TEXT);
    assert_int_equal(lc_bands_of(&t->table, &t->cohort, 0, &options, &arena, &b, &err),
                     LC_EMISMATCH);
    t = type(inverted, 7, LC_KIND_NUMBER);
    for (size_t more = 0; more < 1 << 22; more += 256 + more / 64) {
        struct lc_arena small;
        enum lc_rc rc;

        lc_arena_init(&small, more);
        rc = lc_bands_of(&t->table, &t->cohort, 0, &options, &small, &b, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        lc_arena_release(&small);
        if (rc == LC_OK)
            return;
    }
    fail();
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_inversion_is_said_in_words),
        TEST(what_the_top_holds_adds_up_band_by_band),
        TEST(the_area_is_that_of_the_leads_with_a_score),
        TEST(whole_scores_of_a_hundred_are_cut_by_tens),
        TEST(few_values_stand_for_themselves_and_crowds_are_cut_by_tenths),
        TEST(round_steps_are_taken_where_scores_go_beyond_a_hundred),
        TEST(grades_stand_for_themselves_best_first),
        TEST(every_lead_is_in_one_band_and_the_order_of_rows_does_not_matter),
        TEST(what_cannot_be_judged_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
