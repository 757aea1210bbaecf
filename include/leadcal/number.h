/* number.h - numbers as CRM exports write them: decimal comma, thousands, currency, accounting.   Layer: data */
#ifndef LC_NUMBER_H
#define LC_NUMBER_H

#include <stdbool.h>

#include "leadcal/slice.h"

/* The sign before the decimals. A whole column has one. */
enum lc_decimal {
    LC_DECIMAL_ANY, /* not known yet */
    LC_DECIMAL_POINT,
    LC_DECIMAL_COMMA,
};

/* What one cell says of its column; see lc_number_look. */
struct lc_number_look {
    bool point, comma; /* it is a number with that decimal sign; neither: it is none */
    bool differ;       /* both, and not the same number: 1,234 and 1.234 */
    int unit;          /* 0: none; else the number of its currency or of the per cent sign */
};

#define LC_UNIT_PERCENT 1

/* lc_number_look - whether a trimmed cell is a number, and with which decimal sign. For the vote
 * of a column. Tested: test_number.c, fuzz_number.c. */
struct lc_number_look lc_number_look(struct lc_slice s);

/* lc_number_parse - a trimmed cell as a number, with the decimal sign given.
 *
 * Accepts what lc_real_parse does (with that sign), and:
 *
 * thousands  marks of one kind between groups of three (or 12,34,567 of India), the first not 0:
 *            blank, U+00A0, U+2009, U+202F, apostrophe, U+2019, and whichever of . and , is not decimal
 * units      before or behind: a per cent sign (45 % is 45), a sign or code of a currency
 * negatives  a minus in front or behind, U+2212 too, or the whole in parentheses
 *
 * With LC_DECIMAL_ANY a cell that reads as two different numbers is none.
 * Returns false, and leaves *x alone, where it is no such number.
 * Source: reference crm 3.1, trust A5 (the matrix of German, French, Swiss and Indian numbers).
 * Tested: every number of that matrix; laws in fuzz_number.c. */
bool lc_number_parse(struct lc_slice s, enum lc_decimal decimal, double *x);

/* What the cells of a column say of its numbers. */
struct lc_number_votes {
    size_t cells, none;          /* looked at; no numbers */
    size_t point, comma, either; /* with one decimal sign alone; two different numbers */
    int unit, other;             /* the first unit, and one that is another; 0: none */
    bool bare;                   /* a cell has no unit */
};

/* lc_number_vote - counts `cells` cells of one trimmed text. */
void lc_number_vote(struct lc_number_votes *v, struct lc_slice text, size_t cells);

/* lc_number_one_unit - 45 % beside 0.45, and euros beside dollars, are no numbers of one kind. */
bool lc_number_one_unit(const struct lc_number_votes *v);

/* lc_number_decimal - what the votes come to; LC_DECIMAL_ANY: the column is no column of numbers.
 * said  decides where the cells leave it open
 * Tested: test_load_numbers.c's columns through test_load.c, and fuzz_number.c. */
enum lc_decimal lc_number_decimal(const struct lc_number_votes *v, enum lc_decimal said);

/* lc_number_unit - "%", "EUR", "$": what a look's unit is called; "" for 0. */
const char *lc_number_unit(int unit);

#endif
