#include "test.h"

#include <string.h>

#include "leadcal/spelling.h"
#include "leadcal/text_fold.h"
#include "small_table.h"

enum relation { OTHER, NEAR, TWIN };

/* What a person who knows the products says of each pair. */
static const struct {
    const char *a, *b;
    enum relation is;
} pairs[] = {
    {"GTX Pro", "GTXPro", TWIN},
    {"GTX Pro", "gtx-pro", TWIN},
    {"United States", "united  states", TWIN},
    {"U.S.A.", "USA", TWIN},
    {"e-mail", "Email", TWIN},
    {"Caf\u00e9 (chain)", "cafe chain", TWIN},
    {"\uff27\uff34\uff38 Pro", "GTX Pro", TWIN},
    {"Rock 'n' Roll", "Rock \u2019n\u2019 Roll", TWIN},
    {"1-10", "1 - 10", TWIN},
    {"1-10", "1\u201310", TWIN},
    {"Tier-1", "Tier 1", TWIN},
    {"R & D", "R&D", TWIN},
    {"GTX 1050", "GTX1050", TWIN},
    {"No. 5", "No 5", TWIN},
    {"trade_show", "Trade Show", TWIN},
    {"Stra\u00dfe", "STRASSE", TWIN},

    {"1-10", "110", OTHER},
    {"1 10", "110", OTHER},
    {"1.5", "1-5", OTHER},
    {"1.5", "15", OTHER},
    {"10,000", "10.000", OTHER},
    {".5", "5", OTHER},
    {"-5", "5", OTHER},
    {"<50", "50", OTHER},
    {"50+", "50", OTHER},
    {"< 50", "> 50", OTHER},
    {"5 %", "5", OTHER},
    {"Windows 7", "Windows 8", OTHER},
    {"Windows 7", "Windows 77", OTHER},
    {"Windows7", "Windows8", OTHER},
    {"2024 Q1", "2024 Q2", OTHER},
    {"C", "C++", OTHER},
    {"C++", "C#", OTHER},
    {"N/A", "NA", OTHER},
    {"y", "Y", OTHER},
    {"A1 0", "A10", OTHER},
    {"Product A", "Product B", OTHER},
    {"Phase II", "Phase III", OTHER},
    {"inbound", "outbound", OTHER},
    {"Austria", "Australia", OTHER},
    {"Gambia", "Zambia", OTHER},
    {"Iran", "Iraq", OTHER},
    {"Niger", "Nigeria", OTHER},
    {"USA", "United States", OTHER},
    {"male", "female", OTHER},
    {"0015000000AbcDE", "0015000000aBcDE", OTHER},
    {"\u0439\u043e\u0434\u044b", "\u0438\u043e\u0434\u044b",
     OTHER}, /* й is no slip of и at the first letter */
    {"---", "...", OTHER},

    {"Germany", "Germny", NEAR},
    {"Germany", "Germanny", NEAR},
    {"Germany", "Gemrany", NEAR},
    {"Germany", "Germani", NEAR},
    {"Webinar", "Webinars", NEAR},
    {"M\u00fcller", "Mueller", NEAR},
    {"Health Care", "Helth Care", NEAR},
    {"Manufacturing", "manufactoring", NEAR},
    {"\u041c\u043e\u0441\u043a\u0432\u0430", "\u041c\u043e\u0441\u043a\u0432\u0430\u0430",
     NEAR},
};

static enum relation relation_of(const char *a, const char *b, size_t often, size_t rare)
{
    const char *text[] = {a, b};
    const size_t count[] = {often, rare};
    const struct lc_column c = {
        .name = "product", .n_levels = 2, .level = text, .missing = LC_NO_CODE};
    struct lc_spellings found;
    enum relation is = OTHER;
    struct lc_arena arena;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_spellings_find(&c, count, &arena, &found, &err), LC_OK);
    if (found.n) {
        assert_true(found.n == 1);
        assert_int_equal(found.of[0].same, often >= rare ? 0 : 1);
        assert_int_equal(found.of[0].level, often >= rare ? 1 : 0);
        is = found.of[0].sure ? TWIN : NEAR;
    }
    lc_arena_release(&arena);
    return is;
}

static void pairs_are_what_a_person_says_of_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const enum relation is = relation_of(pairs[i].a, pairs[i].b, 97, 4);
        const enum relation back = relation_of(pairs[i].a, pairs[i].b, 4, 97);

        if (is != pairs[i].is || back != pairs[i].is)
            fail_msg("%s and %s: %d and %d, not %d", pairs[i].a, pairs[i].b, is, back,
                     pairs[i].is);
    }
}

static void a_slip_is_rare_and_a_twin_need_not_be(void **state)
{
    (void)state;
    assert_int_equal(relation_of("Germany", "Germny", 20, 4), NEAR);
    assert_int_equal(relation_of("Germany", "Germny", 19, 4), OTHER);
    assert_int_equal(relation_of("GTX Pro", "GTXPro", 4, 4), TWIN);
    assert_int_equal(relation_of("GTX Pro", "GTXPro", 5, 4), TWIN);
}

/* Twelve cells in some order: the most frequent spelling has the others. */
static const char *const cell[] = {"gtx pro", "GTX Pro", "GTXPro",  "GTX Pro",
                                   "",        "Germany", "Germany", "germany",
                                   "Germany", "Germany", "Germny",  "Office"};

static void spellings_of_a_column_go_to_the_most_frequent(void **state)
{
    /* Levels in byte order: GTX Pro, GTXPro, Germany, Germny, Office, germany, gtx pro. */
    static const struct lc_spelling want[] = {
        {1, 0, true}, {6, 0, true}, {3, 2, false}, {5, 2, true}};
    struct lc_spellings found;
    struct lc_table_column c;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    c = small_column(&arena, "product", LC_KIND_TEXT, cell, 12);
    assert_int_equal(lc_spellings_find(&c.codes, c.count, &arena, &found, &err), LC_OK);
    assert_true(found.n == 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(found.of[i].level, want[i].level);
        assert_int_equal(found.of[i].same, want[i].same);
        assert_int_equal(found.of[i].sure, want[i].sure);
    }
    lc_arena_release(&arena);
}

/* Law: what is written as what does not depend on how the levels are numbered. */
static void the_order_of_levels_changes_nothing(void **state)
{
    const char *text[] = {"A1",       "a-1", "Webinar", "webinar", "WEB INAR",
                          "Webinars", "B 2", "b2",      "Retail",  "Retial"};
    const size_t count[] = {3, 3, 40, 2, 2, 5, 1, 9, 30, 1};
    const char *turned[10];
    size_t n[10];
    struct lc_spellings a, b;
    struct lc_column c = {.n_levels = 10, .level = text, .missing = LC_NO_CODE};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    for (size_t i = 0; i < 10; i++) {
        turned[i] = text[9 - i];
        n[i] = count[9 - i];
    }
    assert_int_equal(lc_spellings_find(&c, count, &arena, &a, &err), LC_OK);
    c.level = turned;
    assert_int_equal(lc_spellings_find(&c, n, &arena, &b, &err), LC_OK);
    assert_true(a.n == 6 && b.n == 6);
    for (size_t i = 0; i < a.n; i++) {
        size_t j = 0;

        while (j < b.n && b.of[j].level != 9 - a.of[i].level)
            j++;
        assert_true(j < b.n);
        assert_int_equal(b.of[j].same, 9 - a.of[i].same);
        assert_int_equal(b.of[j].sure, a.of[i].sure);
    }
    lc_arena_release(&arena);
}

static void memory_may_be_refused(void **state)
{
    const char *text[] = {"GTX Pro", "GTXPro"};
    const size_t count[] = {2, 1};
    const struct lc_column c = {.n_levels = 2, .level = text, .missing = LC_NO_CODE};
    struct lc_spellings found = {.n = 77};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, 64);
    assert_int_equal(lc_spellings_find(&c, count, &arena, &found, &err), LC_ENOMEM);
    assert_true(found.n == 77);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_what_a_person_says_of_them),
        cmocka_unit_test(a_slip_is_rare_and_a_twin_need_not_be),
        cmocka_unit_test(spellings_of_a_column_go_to_the_most_frequent),
        cmocka_unit_test(the_order_of_levels_changes_nothing),
        cmocka_unit_test(memory_may_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
