#include "leadcal/set.h"

#include <string.h>

bool lc_set_next(struct lc_slice *rest, struct lc_slice *member)
{
    while (rest->n) {
        const char *end = memchr(rest->p, ';', rest->n);
        const size_t n = end ? (size_t)(end - rest->p) : rest->n, used = end ? n + 1 : n;

        *member = lc_slice_trim((struct lc_slice){rest->p, n});
        *rest = (struct lc_slice){rest->p + used, rest->n - used};
        if (member->n)
            return true;
    }
    return false;
}

bool lc_set_has(struct lc_slice list, struct lc_slice member)
{
    struct lc_slice one;

    while (lc_set_next(&list, &one))
        if (lc_slice_eq(one, member))
            return true;
    return false;
}
