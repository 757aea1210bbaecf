/* load_wish_internal.h - what the sources of load_wish share.   Layer: data (private) */
#ifndef LC_LOAD_WISH_INTERNAL_H
#define LC_LOAD_WISH_INTERNAL_H

#include "load_internal.h"

/* A name that options or the spec use, and why. */
struct lc_use_of {
    const char *name;
    bool date, keep, load;
    bool twin; /* the first of several columns of that name will do */
    bool number;
};

/* lc_place_in - the field of a name in its own file; in->k: there is none. */
size_t lc_place_in(const struct lc_input *in, const char *name);

/* lc_wish_find - looks in the leads first, then for PREFIX.NAME in the joined files. */
bool lc_wish_find(struct lc_input *in, size_t n, const char *name, size_t *file, size_t *at);

/* lc_wish_unknown - the sentence for a name that no file has. */
enum lc_rc lc_wish_unknown(struct lc_input *in, size_t n, const char *name,
                           struct lc_err *err) LC_MUST_USE;

/* lc_wish_use - adds a use to the wish of a field. LC_EFORMAT: two columns have its name. */
enum lc_rc lc_wish_use(struct lc_input *in, size_t at, const struct lc_use_of *use,
                       struct lc_err *err) LC_MUST_USE;

/* lc_wish_keys - the keys by which files are joined, and what events and changes are made of
 * (load_wish_keys.c). LC_EMISMATCH  a name that is not there, a file that is joined through itself */
enum lc_rc lc_wish_keys(struct lc_input *in, size_t n, const struct lc_spec *spec,
                        struct lc_err *err) LC_MUST_USE;

#endif
