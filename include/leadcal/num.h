/* num.h - text to number strictly, number to the shortest text that reads back exactly.   Layer: base */
#ifndef LC_NUM_H
#define LC_NUM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "leadcal/slice.h"

#define LC_NAN       ((double)NAN) /* NAN is a float, and the warnings mind */
#define LC_REAL_TEXT 32            /* "-2.2250738585072014e-308" and its NUL, with room */

/* lc_real_text - the shortest decimal text that reads back to the same bits.
 *
 * The digits are those of x correctly rounded, so that 46 of the 2098 powers of two take one digit
 * more than a farther text would (2^-24 is 5.9604644775390625e-08, not ...063e-08).
 *
 * x   finite; NaN and infinity are the caller's bug, and assert
 * to  [LC_REAL_TEXT]; whole numbers below 1e15 print without exponent or point; -0 prints 0
 *
 * Independent of the locale as long as nobody calls setlocale (the house does not).
 * Tested: 1,000,000 random bit patterns read back the same. */
void lc_real_text(double x, char *to);

/* lc_real_parse - a whole slice as a decimal number: [+-]digits[.digits][e[+-]digits].
 * No blanks, no hexadecimal, no "nan" or "inf", no thousands separators; overflow is refused.
 * Returns false and leaves *x alone where the slice is anything else. */
bool lc_real_parse(struct lc_slice s, double *x);

/* lc_whole_parse - a whole slice as a decimal integer from low to high, with optional sign. */
bool lc_whole_parse(struct lc_slice s, int64_t low, int64_t high, int64_t *x);

/* lc_round_away - to the nearest whole number, halves away from zero (DEFINITIONS 3). */
double lc_round_away(double x);

#endif
