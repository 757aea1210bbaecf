/* set.h - a cell that is a list, such as "webinar;ebook": its members, in no order.   Layer: data */
#ifndef LC_SET_H
#define LC_SET_H

#include <stdbool.h>

#include "leadcal/slice.h"

#define LC_SET_YES "yes" /* levels of the attribute that each member is */
#define LC_SET_NO  "no"

/* lc_set_next - takes the next member off a list parted by ';': trimmed, empty ones passed over (a
 * leading ';' means "append" in some systems). Returns false where there is none left. */
bool lc_set_next(struct lc_slice *rest, struct lc_slice *member);

/* lc_set_has - is it a member, byte by byte? The order of members and repetitions say nothing.
 * Tested: typed lists; laws in fuzz_set.c. */
bool lc_set_has(struct lc_slice list, struct lc_slice member);

#endif
