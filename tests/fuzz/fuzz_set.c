/* fuzz_set - a member that is found is one, in any order of the list; none is empty, holds a ';' or an
 * end that is blank. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "leadcal/set.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define MOST_LIST 1024

/* The members in reverse, parted by ';': the same set. */
static struct lc_slice reversed(struct lc_slice list, char *to)
{
    struct lc_slice rest = list, one;
    size_t at = MOST_LIST;

    while (lc_set_next(&rest, &one)) {
        to[--at] = ';';
        at -= one.n;
        memcpy(to + at, one.p, one.n);
    }
    return (struct lc_slice){to + at, MOST_LIST - at};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const struct lc_slice list = {(const char *)bytes, n};
    struct lc_slice rest = list, one, back;
    char other[MOST_LIST];
    size_t members = 0, again = 0;

    if (n > MOST_LIST / 2)
        return 0;
    back = reversed(list, other);
    while (lc_set_next(&rest, &one)) {
        assert(one.n && !memchr(one.p, ';', one.n));
        assert(lc_slice_eq(one, lc_slice_trim(one)));
        assert(lc_set_has(list, one) && lc_set_has(back, one));
        members++;
    }
    assert(members <= n);
    rest = back;
    while (lc_set_next(&rest, &one)) {
        assert(lc_set_has(list, one));
        again++;
    }
    assert(again == members);
    assert(!lc_set_has(list, (struct lc_slice){"", 0}));
    return 0;
}
