#include "leadcal/points_file.h"

#include <math.h>
#include <string.h>

#include "test.h"

#include "scratch.h"

/* The guides' card: company size, industry and role, at most 33 each, 99 in all. */
static const char guide[] = "dimension,attribute,level,points,cap\n"
                            "profile,revenue,$10M,10,33\n"
                            "profile,revenue,$100M,33,33\n"
                            "profile,industry,Manufacturing,33,33\n"
                            "profile,industry,Professional Services,23,33\n"
                            "profile,title,CFO,20,33\n"
                            "profile,title,CEO,40,33\n" /* the cap makes it 33 */
                            "total,,,,99\n";

static const char visits[] = "\xef\xbb\xbfPoints;Level;Attribute;Dimension\r\n"
                             "5;(4,9];visits;Intent\r\n"
                             "12;(19,inf);visits;intent\r\n"
                             "-3;(missing);visits;engagement\r\n"
                             "\r\n"
                             "1;(other);visits;engagement\r\n"
                             "7;;;total\r\n"
                             "2,5;(other);source;fit\r\n";

static enum lc_rc parse(const char *text, struct lc_arena *arena, struct lc_model *m,
                        struct lc_err *err)
{
    return lc_points_parse("card.csv", lc_slice_of(text), arena, m, err);
}

/* The total of a lead whose cells are these, in the card's order. */
static double total(const struct lc_model *m, const char *const *cell)
{
    const struct lc_range range[2] = {lc_card_range(&m->card, LC_ROLE_PROFILE),
                                      lc_card_range(&m->card, LC_ROLE_ENGAGEMENT)};
    size_t level[8];

    assert_true(m->card.k <= 8);
    for (size_t j = 0; j < m->card.k; j++)
        level[j] = lc_attribute_level(&m->card.attribute[j].attribute, lc_slice_of(cell[j]));
    return lc_card_score(&m->card, range, level).points;
}

static void the_guides_cards_add_up(void **state)
{
    struct lc_arena arena;
    struct lc_model m;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(parse(guide, &arena, &m, &err), LC_OK);
    assert_int_equal(m.card.k, 3);
    assert_string_equal(m.card.method, "points");
    assert_true(isnan(m.card.intercept));
    assert_close(total(&m, (const char *const[]){"$10M", "Manufacturing", "CFO"}), 63, 0);
    assert_close(total(&m, (const char *const[]){"$100M", "Professional Services", "CEO"}), 89,
                 0);
    assert_close(total(&m, (const char *const[]){"$100M", "Manufacturing", "CEO"}), 99, 0);
    assert_close(total(&m, (const char *const[]){"", "Retail", " CFO "}), 20, 0);
    assert_close(m.card.scale.most, 99, 0);
    lc_arena_release(&arena);
}

static void ranges_become_bins_with_the_gaps_between_them(void **state)
{
    /* Source of the points: read off the rows above, by hand. */
    static const struct {
        const char *cell;
        double points;
    } want[] = {{"4", 1},   {"4.001", 5}, {"9", 5},    {"9.5", 1}, {"19", 1},
                {"20", 12}, {"", -3},     {"many", 1}, {"-7", 1},  {"1e3", 12}};
    struct lc_arena arena;
    struct lc_model m;
    struct lc_err err;
    char *text, *decimal;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    text = lc_arena_text(&arena, lc_slice_of(visits));
    decimal = strstr(text, "2,5");
    assert_int_equal(parse(text, &arena, &m, &err), LC_EFORMAT); /* a decimal comma */
    assert_string_equal(err.text, "card.csv:8: points needs a number such as 10 or -2.5, not "
                                  "'2,5'");
    *decimal = '\0';
    assert_int_equal(parse(text, &arena, &m, &err), LC_OK);
    assert_int_equal(m.card.attribute[0].attribute.role, LC_ROLE_ENGAGEMENT);
    assert_int_equal(m.card.attribute[0].attribute.n_cuts, 3);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_close(total(&m, &want[i].cell), 7 + want[i].points, 0);
    lc_arena_release(&arena);
}

static void wrong_points_are_refused_with_place_and_remedy(void **state)
{
#define HEAD "dimension,attribute,level,points,cap\n"
    static const struct {
        const char *text;
        enum lc_rc code;
        const char *says;
    } wrong[] = {
        {"", LC_EFORMAT, "card.csv: the file is empty"},
        {"a,b\n1,2\n", LC_EFORMAT, "card.csv:1: the header has no column 'dimension'"},
        {HEAD, LC_EFORMAT, "card.csv: has a header and no rows"},
        {HEAD "shape,a,b,1,\n", LC_EFORMAT,
         "card.csv:2: dimension needs profile, engagement or total, not 'shape'"},
        {HEAD "fit,a,b,ten,\n", LC_EFORMAT, "card.csv:2: points needs a number"},
        {HEAD "fit,a,b,1,x\n", LC_EFORMAT, "card.csv:2: cap needs a number"},
        {HEAD "fit,a,b,1e7,\n", LC_EFORMAT, "card.csv:2: points needs a number"},
        {HEAD "fit,a,b\n", LC_EFORMAT,
         "card.csv:2: a row needs an attribute, a level and points"},
        {HEAD "fit,a,,1,\n", LC_EFORMAT, "the empty cell is the level (missing)"},
        {HEAD "fit,a,b,1,\nfit,a, b ,2,\n", LC_EMISMATCH,
         "card.csv:3: level 'b' of 'a' has points already"},
        {HEAD "fit,a,b,1,\nengagement,a,c,2,\n", LC_EMISMATCH,
         "card.csv:3: 'a' has another dimension above"},
        {HEAD "fit,a,b,1,3\nfit,a,c,2,4\n", LC_EMISMATCH,
         "card.csv:3: 'a' has another cap above"},
        {HEAD "fit,a,\"(1,5]\",1,\nfit,a,\"(4,9]\",2,\n", LC_EMISMATCH,
         "card.csv:3: this range of 'a' overlaps the one on line 2"},
        {HEAD "fit,a,\"[1,5)\",1,\n", LC_EMISMATCH,
         "card.csv:2: '[1,5)' must be open on the left"},
        {HEAD "fit,a,\"(1,5]\",1,\nfit,a,many,1,\n", LC_EMISMATCH,
         "'a' has ranges such as (50,500] and other values"},
        {HEAD "total,a,,5,\nfit,a,b,1,\n", LC_EMISMATCH,
         "card.csv:2: one row of dimension total"},
        {HEAD "total,,,5,\ntotal,,,5,\n", LC_EMISMATCH,
         "card.csv:3: one row of dimension total"},
        {HEAD "fit,\"a", LC_EFORMAT, "card.csv"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct lc_model m = {.program = "untouched"};
        struct lc_err err = {.text = ""};
        struct lc_arena arena;

        lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
        if (parse(wrong[i].text, &arena, &m, &err) != wrong[i].code ||
            !strstr(err.text, wrong[i].says))
            fail_msg("%s\ngives code %d: %s", wrong[i].text, (int)err.code, err.text);
        assert_string_equal(m.program, "untouched");
        lc_arena_release(&arena);
    }
}

static void a_scorer_is_told_apart_by_its_first_letter(void **state)
{
    char points[SCRATCH_PATH], json[SCRATCH_PATH];
    struct lc_arena arena;
    struct lc_model m;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_true(scratch_file(points, guide));
    assert_true(scratch_file(json, "\xef\xbb\xbf // a model\n {\"leadcal_spec\": 1}"));
    assert_int_equal(lc_scorer_read(points, &arena, &m, &err), LC_OK);
    assert_string_equal(m.card.method, "points");
    assert_int_equal(lc_scorer_read(json, &arena, &m, &err), LC_EMISMATCH);
    assert_non_null(strstr(err.text, "this is no model file"));
    assert_int_equal(lc_scorer_read("/no/such/file", &arena, &m, &err), LC_EIO);
    (void)remove(points);
    (void)remove(json);
    lc_arena_release(&arena);
}

static void every_allocation_refused_is_an_error_and_not_a_crash(void **state)
{
    bool done = false;

    (void)state;
    for (size_t limit = 0; !done; limit += 64) {
        struct lc_arena arena;
        struct lc_model m;
        struct lc_err err;
        enum lc_rc rc;

        lc_arena_init(&arena, limit);
        rc = parse(guide, &arena, &m, &err);
        assert_true(rc == LC_OK || rc == LC_ENOMEM);
        done = rc == LC_OK;
        assert_true(limit < 1000000);
        lc_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_guides_cards_add_up),
        cmocka_unit_test(ranges_become_bins_with_the_gaps_between_them),
        cmocka_unit_test(wrong_points_are_refused_with_place_and_remedy),
        cmocka_unit_test(a_scorer_is_told_apart_by_its_first_letter),
        cmocka_unit_test(every_allocation_refused_is_an_error_and_not_a_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
