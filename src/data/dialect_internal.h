/* dialect_internal.h - the alias tables as the Makefile makes them of dialect.txt.   Layer: data */
#ifndef LC_DIALECT_INTERNAL_H
#define LC_DIALECT_INTERNAL_H

#include "leadcal/dialect.h"

struct lc_alias_table {
    const char *system, *object;
};

/* One name; those of a table stand together, in the order of the text. */
struct lc_alias {
    size_t table;
    enum lc_meaning meaning;
    const char *name;
};

extern const struct lc_alias_table lc_alias_table[];
extern const size_t lc_alias_tables;
extern const struct lc_alias lc_alias[];
extern const size_t lc_aliases;

#endif
