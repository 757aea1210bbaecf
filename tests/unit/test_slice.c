#include "test.h"

#include <string.h>

#include "leadcal/random.h"
#include "leadcal/slice.h"

static struct lc_slice of(const char *text)
{
    return lc_slice_of(text);
}

static void equal_slices_have_the_same_bytes_wherever_they_stand(void **state)
{
    static const char with_nul[] = "Expo\0Web", other_nul[] = "Expo\0Wxb";

    (void)state;
    assert_true(lc_slice_eq(of("Closed Won"), (struct lc_slice){&"xClosed Wony"[1], 10}));
    assert_false(lc_slice_eq(of("Closed Won"), of("Closed Wo")));
    assert_false(lc_slice_eq(of("Closed Won"), of("Closed won")));
    assert_true(lc_slice_eq(of(""), (struct lc_slice){NULL, 0}));
    assert_true(lc_slice_eq((struct lc_slice){with_nul, 8}, (struct lc_slice){with_nul, 8}));
    assert_false(lc_slice_eq((struct lc_slice){with_nul, 8}, (struct lc_slice){other_nul, 8}));
}

static void order_is_by_unsigned_byte_and_a_prefix_comes_first(void **state)
{
    static const char *const rising[] = {"",      "B", "Banking",  "Banking 2",
                                         "Bank~", "b", "\xc3\xa4", "\xff"};
    const int n = sizeof rising / sizeof *rising;

    (void)state;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const int order = lc_slice_cmp(of(rising[i]), of(rising[j]));

            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    assert_int_equal(lc_slice_cmp((struct lc_slice){NULL, 0}, of("")), 0);
}

static void case_of_ascii_letters_alone_is_ignored(void **state)
{
    (void)state;
    assert_true(lc_slice_eq_nocase(of("Closed WON"), of("cLOSED won")));
    assert_true(lc_slice_eq_nocase(of("AZaz"), of("azAZ")));
    assert_false(lc_slice_eq_nocase(of("won"), of("won ")));
    assert_false(lc_slice_eq_nocase(of("@[`{"), of("`{@["))); /* beside A-Z and a-z */
    assert_false(lc_slice_eq_nocase(of("\xc3\x84"), of("\xc3\xa4")));
}

static void trimming_takes_blanks_and_no_break_spaces_from_both_ends(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } known[] = {
        {" \t\r\n Web Form\n\r\t ", "Web Form"},
        {"\xc2\xa0 \xc2\xa0Web\xc2\xa0"
         "Form \xc2\xa0",
         "Web\xc2\xa0"
         "Form"},
        {"\xc2\xa0", ""},
        {" \t \r\n", ""},
        {"", ""},
        {"\xa0Web\xa0", "\xa0Web\xa0"}, /* half a letter is no blank */
        {"Web\xc2", "Web\xc2"},
        {"\xc3\xa0Web\xc3\xa0", "\xc3\xa0Web\xc3\xa0"}, /* a grave */
        {"Web\v", "Web\v"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct lc_slice s = lc_slice_trim(of(known[i].text));

        assert_true(lc_slice_eq(s, of(known[i].trimmed)));
        assert_in_range((uintptr_t)s.p, (uintptr_t)known[i].text,
                        (uintptr_t)(known[i].text + strlen(known[i].text)));
    }
    assert_int_equal(lc_slice_trim((struct lc_slice){NULL, 0}).n, 0);
}

static void trimming_twice_is_trimming_once(void **state)
{
    static const char letter[] = {' ', '\t', '\xc2', '\xa0', 'W', '\n'};
    struct lc_random random = {2385};

    (void)state;
    for (int round = 0; round < 20000; round++) {
        const size_t n = (size_t)lc_random_below(&random, 9);
        struct lc_slice once, twice;
        char text[8];

        for (size_t i = 0; i < n; i++)
            text[i] = letter[lc_random_below(&random, sizeof letter)];
        once = lc_slice_trim((struct lc_slice){text, n});
        twice = lc_slice_trim(once);
        assert_true(once.n <= n);
        assert_ptr_equal(once.p, twice.p);
        assert_int_equal(once.n, twice.n);
    }
}

static void a_misspelt_name_finds_its_neighbour(void **state)
{
    static const char *const known[] = {"industry", "stage", "lead_source", "closed_at"};

    (void)state;
    assert_ptr_equal(lc_nearest("stagee", known, 4), known[1]);
    assert_ptr_equal(lc_nearest("STAGE", known, 4), known[1]);
    assert_ptr_equal(lc_nearest("Lead Source", known, 4), known[2]);
    assert_ptr_equal(lc_nearest("idnustry", known, 4), known[0]);
    assert_ptr_equal(lc_nearest("closedat", known, 4), known[3]);
    assert_ptr_equal(lc_nearest("stage", known, 4), known[1]);
}

static void what_is_far_from_every_name_finds_none(void **state)
{
    static const char *const known[] = {"industry", "stage", "lead_source", ""};
    static const char *const zero[] = {"0"};

    (void)state;
    assert_null(lc_nearest("amount", known, 4));
    assert_null(lc_nearest("sxayx", known, 4)); /* 3 of 5; a third is 1 */
    assert_null(lc_nearest("", known, 4));
    assert_null(lc_nearest("stage", known, 0));
    assert_null(lc_nearest("1", zero, 1)); /* the whole name would change */
    assert_ptr_equal(lc_nearest("0", zero, 1), zero[0]);
}

static void a_third_of_the_longer_name_may_differ_and_no_more(void **state)
{
    static const char *const known[] = {"abcdefghi"};

    (void)state;
    assert_ptr_equal(lc_nearest("abcdef", known, 1), known[0]); /* 3 of 9 */
    assert_ptr_equal(lc_nearest("xbcxefxhi", known, 1), known[0]);
    assert_null(lc_nearest("abcde", known, 1));
    assert_null(lc_nearest("xbcxefxhx", known, 1));
}

static void the_nearer_name_wins_and_of_equals_the_first(void **state)
{
    static const char *const known[] = {"won_at", "won_on", "won_in_all"};

    (void)state;
    assert_ptr_equal(lc_nearest("won_an", known, 3), known[0]);
    assert_ptr_equal(lc_nearest("won_om", known, 3), known[1]);
    assert_ptr_equal(lc_nearest("won_in_al", known, 3), known[2]);
}

static void long_names_are_compared_by_their_beginning(void **state)
{
    char a[3000], b[4000];
    const char *known[] = {b};

    (void)state;
    memset(a, 'k', sizeof a - 1);
    memset(b, 'k', sizeof b - 1);
    a[sizeof a - 1] = b[sizeof b - 1] = 0;
    assert_ptr_equal(lc_nearest(a, known, 1), b);
    memset(a, 'x', 32);
    assert_null(lc_nearest(a, known, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_slices_have_the_same_bytes_wherever_they_stand),
        cmocka_unit_test(order_is_by_unsigned_byte_and_a_prefix_comes_first),
        cmocka_unit_test(case_of_ascii_letters_alone_is_ignored),
        cmocka_unit_test(trimming_takes_blanks_and_no_break_spaces_from_both_ends),
        cmocka_unit_test(trimming_twice_is_trimming_once),
        cmocka_unit_test(a_misspelt_name_finds_its_neighbour),
        cmocka_unit_test(what_is_far_from_every_name_finds_none),
        cmocka_unit_test(a_third_of_the_longer_name_may_differ_and_no_more),
        cmocka_unit_test(the_nearer_name_wins_and_of_equals_the_first),
        cmocka_unit_test(long_names_are_compared_by_their_beginning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
