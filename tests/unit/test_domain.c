/* Tests of domain: forms that addresses and web sites have in exports, typed by hand. */
#include "leadcal/domain.h"

#include <string.h>

#include "test.h"

static const char *of(const char *text)
{
    static char room[LC_DOMAIN_TEXT], out[LC_DOMAIN_TEXT];
    struct lc_slice domain;

    if (!lc_domain_of(lc_slice_of(text), room, &domain))
        return "none";
    memcpy(out, domain.p, domain.n);
    out[domain.n] = '\0';
    return out;
}

static void addresses_and_web_sites_have_one_domain(void **state)
{
    static const char *const form[] = {"ann@acme.example",
                                       "Ann Lee <ann@ACME.example>",
                                       "mailto:ann@acme.example?subject=x",
                                       "acme.example",
                                       "WWW.Acme.Example",
                                       "http://acme.example",
                                       "https://www.acme.example/de",
                                       "https://www.acme.example:8443/de?ref=a@b.example#top",
                                       "//acme.example/",
                                       "acme.example/contact@home",
                                       "ftp://user:secret@acme.example/x",
                                       "acme.example.",
                                       " acme.example \t",
                                       "\"a@b\"@acme.example"};

    (void)state;
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        assert_string_equal(of(form[i]), "acme.example");
}

static void what_is_below_stays(void **state)
{
    (void)state;
    assert_string_equal(of("ann@mail.eu.acme.example"), "mail.eu.acme.example");
    assert_string_equal(of("www2.acme.example"), "www2.acme.example");
    assert_string_equal(of("www.example"),
                        "www.example"); /* without it one label would be left */
    assert_string_equal(of("http://müller.example"), "müller.example");
    assert_string_equal(of("xn--mller-kva.example"), "xn--mller-kva.example");
}

static void other_texts_have_none(void **state)
{
    static const char *const text[] = {
        "",     "acme",         "ann@acme",    "n/a",
        "@",    "http://",      "192.168.0.1", "http://10.0.0.1/x",
        "a..b", ".example.com", "none yet",    "ann@ac(me).example"};

    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        assert_string_equal(of(text[i]), "none");
}

static void a_domain_may_have_253_bytes_and_no_more(void **state)
{
    char text[300], room[LC_DOMAIN_TEXT];
    struct lc_slice domain;

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + 245, ".example", 8);
    assert_true(lc_domain_of((struct lc_slice){text, 253}, room, &domain));
    assert_int_equal(domain.n, 253);
    memcpy(text + 245, "a.example", 9);
    assert_false(lc_domain_of((struct lc_slice){text, 254}, room, &domain));
}

static const char *parent(const char *text)
{
    static char out[LC_DOMAIN_TEXT];
    struct lc_slice domain = lc_slice_of(text);

    if (!lc_domain_parent(&domain))
        return "none";
    memcpy(out, domain.p, domain.n);
    out[domain.n] = '\0';
    return out;
}

static void parents_end_where_companies_do(void **state)
{
    (void)state;
    assert_string_equal(parent("mail.eu.acme.example"), "eu.acme.example");
    assert_string_equal(parent("mail.acme.example"), "acme.example");
    assert_string_equal(parent("acme.example"), "none");
    assert_string_equal(parent("mail.acme.co.uk"), "acme.co.uk");
    assert_string_equal(parent("acme.co.uk"), "none");
    assert_string_equal(parent("acme.com.br"), "none");
    assert_string_equal(parent("mail.sap.de"), "sap.de");
    assert_string_equal(parent("mail.co.com"), "co.com"); /* .com is no country */
    assert_string_equal(parent("acme"), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_and_web_sites_have_one_domain),
        cmocka_unit_test(what_is_below_stays),
        cmocka_unit_test(other_texts_have_none),
        cmocka_unit_test(a_domain_may_have_253_bytes_and_no_more),
        cmocka_unit_test(parents_end_where_companies_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
