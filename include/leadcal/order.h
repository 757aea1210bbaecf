/* order.h - the places of numbers in rising order, in linear time.   Layer: base */
#ifndef LC_ORDER_H
#define LC_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

/* lc_order_rising - where the smallest of x stands, then the next: x[place[0]] <= x[place[1]] ...
 *
 * x: [n], n below 2^32, any numbers but NaN; equal ones (0 and -0 are) keep the order they stand
 * in, so that a second key can be sorted by first. place: out [n].
 * Radix sort, the lowest digit first (Knuth, The Art of Computer Programming 3, 5.2.5), over the
 * bits of the doubles made to rise as unsigned numbers do; a digit that all share costs no pass.
 * arena: working space, released. LC_ENOMEM.
 * Tested against qsort with the place as second key. */
LC_MUST_USE enum lc_rc lc_order_rising(const double *x, size_t n, struct lc_arena *arena,
                                       uint32_t *place, struct lc_err *err);

/* lc_sort_rising - the same, for the numbers alone: x [n] comes out rising, -0 as 0. */
LC_MUST_USE enum lc_rc lc_sort_rising(double *x, size_t n, struct lc_arena *arena,
                                      struct lc_err *err);

#endif
