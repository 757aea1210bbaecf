/* unpack_internal.h - exports packed with gzip (door to zlib).   Layer: data */
#ifndef LC_UNPACK_INTERNAL_H
#define LC_UNPACK_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

struct lc_unpacked {
    char *bytes; /* [n] the caller frees it */
    size_t n;
};

/* lc_is_packed - does it begin as gzip does? */
bool lc_is_packed(struct lc_slice bytes);

/* lc_unpack - the text of a gzip file, of several in a row too.
 * most  bytes that it may have
 * LC_EFORMAT  cut, damaged or longer: the text says which, without the place. LC_ENOMEM. */
enum lc_rc lc_unpack(struct lc_slice bytes, size_t most, struct lc_unpacked *out,
                     struct lc_err *err) LC_MUST_USE;

#endif
