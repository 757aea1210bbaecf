#include "test.h"

#include <string.h>

#include "leadcal/junk.h"

/* Every text by the rule that the header names for it; written before the code. */
struct example {
    const char *cell;
    enum lc_junk why;
};

static void check(const struct example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const enum lc_junk got = lc_junk(lc_slice_of(e[i].cell));

        if (got != e[i].why)
            fail_msg("'%s' is '%s', not '%s'", e[i].cell, lc_junk_text(got),
                     lc_junk_text(e[i].why));
    }
}

static void forms_that_were_filled_in_to_get_past_them_are_junk(void **state)
{
    static const struct example all[] = {
        {"123", LC_JUNK_NO_LETTER},      {" 0 ", LC_JUNK_NO_LETTER},
        {"...", LC_JUNK_NO_LETTER},      {"-", LC_JUNK_NO_LETTER},
        {"000-0000", LC_JUNK_NO_LETTER}, {"1234567890", LC_JUNK_NO_LETTER},
        {"7654321", LC_JUNK_NO_LETTER},  {"555 12", LC_JUNK_NO_LETTER},
        {"test", LC_JUNK_WORD},          {"TEST", LC_JUNK_WORD},
        {" Test 1 ", LC_JUNK_WORD},      {"test123", LC_JUNK_WORD},
        {"test test", LC_JUNK_WORD},     {"abc", LC_JUNK_WORD},
        {"Dummy", LC_JUNK_WORD},         {"Max.Mustermann", LC_JUNK_NOT},
        {"xxx", LC_JUNK_REPEATED},       {"XXX", LC_JUNK_REPEATED},
        {"aaaa", LC_JUNK_REPEATED},      {"jjj", LC_JUNK_REPEATED},
        {"asdf", LC_JUNK_KEYBOARD},      {"ASDFGH", LC_JUNK_KEYBOARD},
        {"qwertz", LC_JUNK_KEYBOARD},    {"qwer", LC_JUNK_KEYBOARD},
        {"azerty", LC_JUNK_KEYBOARD},    {"lkjh", LC_JUNK_KEYBOARD},
        {"yxcv", LC_JUNK_KEYBOARD},      {"asdasd", LC_JUNK_KEYBOARD},
        {"qweqweqwe", LC_JUNK_KEYBOARD}, {"asdf jkl xxx", LC_JUNK_NOT},
        {"asdf ghjk", LC_JUNK_KEYBOARD}, {"tyuio", LC_JUNK_KEYBOARD},
        {"asdf 12", LC_JUNK_KEYBOARD},
    };

    (void)state;
    check(all, sizeof all / sizeof *all);
}

static void addresses_for_examples_are_junk(void **state)
{
    static const struct example all[] = {
        {"ada@example.com", LC_JUNK_ADDRESS}, {"ada@mail.example.org", LC_JUNK_ADDRESS},
        {"ada@firm.test", LC_JUNK_ADDRESS},   {"ada@EXAMPLE.NET", LC_JUNK_ADDRESS},
        {"test@firm.de", LC_JUNK_ADDRESS},    {"asdf@asdf.de", LC_JUNK_ADDRESS},
        {"ada@test.com", LC_JUNK_ADDRESS},    {"www.asdf.com", LC_JUNK_ADDRESS},
        {"xxx.com", LC_JUNK_ADDRESS},         {"example.com", LC_JUNK_ADDRESS},
        {"ada@myexample.com", LC_JUNK_NOT},   {"ada@example.de", LC_JUNK_NOT},
        {"10014@qq.com", LC_JUNK_NOT},        {"ada@163.com", LC_JUNK_NOT},
        {"ada.test@firm.de", LC_JUNK_NOT},    {"ada@testing-labs.com", LC_JUNK_NOT},
        {"ada@contest.org", LC_JUNK_NOT},     {"firm.com", LC_JUNK_NOT},
    };

    (void)state;
    check(all, sizeof all / sizeof *all);
}

static void names_that_look_like_junk_are_none(void **state)
{
    static const struct example all[] = {
        {"", LC_JUNK_NOT},
        {"  ", LC_JUNK_NOT},
        {"Test GmbH", LC_JUNK_NOT},
        {"AAA", LC_JUNK_NOT},
        {"ABC", LC_JUNK_NOT},
        {"3M", LC_JUNK_NOT},
        {"Xu", LC_JUNK_NOT},
        {"O", LC_JUNK_NOT},
        {"Ng", LC_JUNK_NOT},
        {"Wert", LC_JUNK_NOT},
        {"Trew", LC_JUNK_NOT},
        {"Power", LC_JUNK_NOT},
        {"Asda", LC_JUNK_NOT},
        {"Tester", LC_JUNK_NOT},
        {"Foo", LC_JUNK_NOT},
        {"Null", LC_JUNK_NOT},
        {"Muster", LC_JUNK_NOT},
        {"Testa", LC_JUNK_NOT},
        {"Abcam plc", LC_JUNK_NOT},
        {"1&1 Internet", LC_JUNK_NOT},
        {"Żółć", LC_JUNK_NOT},
        {"王", LC_JUNK_NOT},
        {"Aaron", LC_JUNK_NOT},
        {"Poiu", LC_JUNK_NOT},
        {"+49 (30) 901-820", LC_JUNK_NOT},
        {"8683896283", LC_JUNK_NOT},
        {"Jürgen", LC_JUNK_NOT},
        {"4711 Köln", LC_JUNK_NOT},
        {"Nobody Ltd.", LC_JUNK_NOT},
    };

    (void)state;
    check(all, sizeof all / sizeof *all);
}

static void a_text_of_any_length_is_looked_at(void **state)
{
    char text[200];

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(lc_junk(lc_slice_of(text)),
                     LC_JUNK_NOT); /* over 40 letters: looked at no more */
    text[40] = '\0';
    assert_int_equal(lc_junk(lc_slice_of(text)), LC_JUNK_REPEATED);
    assert_int_equal(lc_junk((struct lc_slice){NULL, 0}), LC_JUNK_NOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_were_filled_in_to_get_past_them_are_junk),
        cmocka_unit_test(addresses_for_examples_are_junk),
        cmocka_unit_test(names_that_look_like_junk_are_none),
        cmocka_unit_test(a_text_of_any_length_is_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
