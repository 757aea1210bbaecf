/* free_mail.h - domains at which anybody can have a mailbox, so that they name no company.   Layer: data */
#ifndef LC_FREE_MAIL_H
#define LC_FREE_MAIL_H

#include <stdbool.h>

#include "leadcal/slice.h"

/* lc_free_mail - is it the domain of private mailboxes: "gmail.com", "WEB.DE", "user.free.fr"?
 *
 * domain  what stands behind the @ of an address; blanks and a dot at the end do not matter, nor does
 *         the case of A-Z. A domain below a listed one is one, too
 *
 * Source: src/data/free_mail.txt, which says how it is kept.
 * Tested: test_free_mail.c; tests/reference/free_mail.py against two published lists. */
bool lc_free_mail(struct lc_slice domain);

#endif
