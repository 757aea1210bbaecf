/* free_mail_internal.h - the domains as the Makefile makes them of free_mail.txt.   Layer: data */
#ifndef LC_FREE_MAIL_INTERNAL_H
#define LC_FREE_MAIL_INTERNAL_H

#include <stddef.h>

extern const char *const lc_free_mail_domain[]; /* [lc_free_mail_domains] in byte order */
extern const size_t lc_free_mail_domains;

#endif
