/* domain.h - the domain of an e-mail address or of a web site, so that the two can be compared.   Layer: data */
#ifndef LC_DOMAIN_H
#define LC_DOMAIN_H

#include <stdbool.h>

#include "leadcal/slice.h"

#define LC_DOMAIN_TEXT 254 /* bytes; the longest domain has 253 (RFC 1035, 2.3.4) */

/* lc_domain_of - "mail.acme.example" of "Ann <ann@mail.acme.example>", of "https://www.Mail.Acme.example:8080/de?x",
 * of "mail.acme.example" and of "//mail.acme.example/". Small letters (of A-Z); without scheme, user, port, path, a leading "www." and
 * a dot at the end. Letters beyond ASCII stay as they are.
 *
 * out  lives in `room`
 *
 * Returns false where the text has no domain of two labels or more, or it is an IP address.
 * Source: RFC 3986, 3.2 (what an authority is); RFC 5322, 3.4 (what stands behind the last @).
 * Tested: test_domain.c. */
bool lc_domain_of(struct lc_slice text, char room[LC_DOMAIN_TEXT], struct lc_slice *out);

/* lc_domain_parent - moves on to the domain that it is below: "acme.example" of "mail.acme.example". False where that
 * is none of a company: fewer than two labels, or two of a kind under which a country registers companies
 * ("co.uk", "com.br"). */
bool lc_domain_parent(struct lc_slice *domain);

#endif
