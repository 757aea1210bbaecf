/* codes.h - coded columns: what every room sees of a table after it is loaded.   Layer: base */
#ifndef LC_CODES_H
#define LC_CODES_H

#include <stddef.h>
#include <stdint.h>

#define LC_NO_CODE UINT32_MAX /* no such level: "this column has no missing cell" */

/* One column of n rows. Row i holds the number of its level, 0..n_levels-1, in 1, 2 or 4 bytes. */
struct lc_column {
    const char *name; /* UTF-8; "deals.stage" for a column of a joined file */
    unsigned width;   /* bytes of a code: 1 up to 256 levels, 2 up to 65,536, else 4 */
    const void *code; /* [n] of uint8_t, uint16_t or uint32_t */
    uint32_t n_levels;
    const char *const *level; /* [n_levels] texts, UTF-8, trimmed; "" never (see missing) */
    uint32_t missing;         /* the level that stands for an empty cell, or LC_NO_CODE */
};

/* n rows, k columns. Borrowed: whoever made it owns the memory. */
struct lc_codes {
    size_t n, k;
    const struct lc_column *column; /* [k] */
};

#define LC_MISSING_TEXT "(missing)" /* what the level of empty cells is called, everywhere */

/* lc_code_at - the code of one row. */
static inline uint32_t lc_code_at(const struct lc_column *c, size_t i)
{
    switch (c->width) {
    case 1: return ((const uint8_t *)c->code)[i];
    case 2: return ((const uint16_t *)c->code)[i];
    default: return ((const uint32_t *)c->code)[i];
    }
}

/* lc_code_width - bytes a code needs for that many levels: 1, 2 or 4. */
unsigned lc_code_width(size_t n_levels);

/* lc_code_put - writes one code in a column being built. */
static inline void lc_code_put(void *code, unsigned width, size_t i, uint32_t value)
{
    switch (width) {
    case 1: ((uint8_t *)code)[i] = (uint8_t)value; break;
    case 2: ((uint16_t *)code)[i] = (uint16_t)value; break;
    default: ((uint32_t *)code)[i] = value; break;
    }
}

#endif
