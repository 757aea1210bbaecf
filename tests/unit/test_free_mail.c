/* Tests of free_mail: providers that anybody knows, companies, and what is only like either. */
#include "leadcal/free_mail.h"

#include <string.h>

#include "test.h"

static bool is_free(const char *domain)
{
    return lc_free_mail(lc_slice_of(domain));
}

static void domains_of_private_mailboxes_are_known(void **state)
{
    static const char *const domain[] = {"gmail.com",      "outlook.com", "web.de",
                                         "163.com",        "wp.pl",       "yahoo.co.uk",
                                         "btinternet.com", "free.fr",     "libero.it"};

    (void)state;
    for (size_t i = 0; i < sizeof domain / sizeof *domain; i++)
        assert_true(is_free(domain[i]));
}

static void the_first_and_the_last_of_the_list_are_found(void **state)
{
    (void)state;
    assert_true(is_free("012.net.il"));
    assert_true(is_free("zoznam.sk"));
}

static void case_blanks_and_a_dot_at_the_end_do_not_matter(void **state)
{
    (void)state;
    assert_true(is_free(" GMail.COM. "));
    assert_true(is_free("GMX.Net\r\n"));
}

static void what_is_below_a_listed_domain_is_of_it(void **state)
{
    (void)state;
    assert_true(is_free("user.free.fr"));
    assert_true(is_free("a.b.t-online.de"));
}

static void companies_are_not_listed(void **state)
{
    static const char *const domain[] = {"acme.example", "microsoft.com", "google.com",
                                         "sap.com",      "orange.com",    "telekom.de",
                                         "apple.com",    "co.uk"};

    (void)state;
    for (size_t i = 0; i < sizeof domain / sizeof *domain; i++)
        assert_false(is_free(domain[i]));
}

static void what_ends_or_begins_like_a_listed_domain_is_another(void **state)
{
    (void)state;
    assert_false(is_free("notgmail.com"));
    assert_false(is_free("gmail.com.acme.example"));
    assert_false(is_free("gmail"));
    assert_false(is_free("com"));
    assert_false(is_free(""));
    assert_false(is_free("."));
    assert_false(is_free("..."));
}

static void a_text_longer_than_any_domain_is_none(void **state)
{
    char text[300];

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + sizeof text - 10, ".gmail.com", 10);
    assert_false(lc_free_mail((struct lc_slice){text, sizeof text}));
    assert_true(lc_free_mail((struct lc_slice){text + sizeof text - 253, 253}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(domains_of_private_mailboxes_are_known),
        cmocka_unit_test(the_first_and_the_last_of_the_list_are_found),
        cmocka_unit_test(case_blanks_and_a_dot_at_the_end_do_not_matter),
        cmocka_unit_test(what_is_below_a_listed_domain_is_of_it),
        cmocka_unit_test(companies_are_not_listed),
        cmocka_unit_test(what_ends_or_begins_like_a_listed_domain_is_another),
        cmocka_unit_test(a_text_longer_than_any_domain_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
