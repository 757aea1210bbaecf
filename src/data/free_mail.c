#include "leadcal/free_mail.h"

#include <string.h>

#include "free_mail_internal.h"

#define LONGEST_DOMAIN 253 /* bytes; RFC 1035, 2.3.4, without the lengths */

static bool is_listed(struct lc_slice domain)
{
    size_t low = 0, high = lc_free_mail_domains;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = lc_slice_cmp(lc_slice_of(lc_free_mail_domain[middle]), domain);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool lc_free_mail(struct lc_slice domain)
{
    struct lc_slice rest = lc_slice_trim(domain);
    char small[LONGEST_DOMAIN];

    if (rest.n && rest.p[rest.n - 1] == '.')
        rest.n--;
    if (rest.n == 0 || rest.n > sizeof small)
        return false;
    for (size_t i = 0; i < rest.n; i++)
        small[i] =
            rest.p[i] >= 'A' && rest.p[i] <= 'Z' ? (char)(rest.p[i] - 'A' + 'a') : rest.p[i];
    rest.p = small;
    for (;;) {
        const char *dot;

        if (is_listed(rest))
            return true;
        dot = memchr(rest.p, '.', rest.n);
        if (!dot)
            return false;
        rest.n -= (size_t)(dot + 1 - rest.p);
        rest.p = dot + 1;
    }
}
