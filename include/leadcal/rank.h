/* rank.h - rank correlation of two columns that are given as ordered codes.   Layer: math */
#ifndef LC_RANK_H
#define LC_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

struct lc_spearman {
    double rho, low, high; /* 95 %; all NaN with fewer than four pairs, or where one side is
                            * the same for all */
    size_t n;              /* pairs */
};

/* lc_spearman - Pearson's correlation of midranks, with the interval of Bonett and Wright.
 *
 *     tanh(atanh(rho) +- z sqrt((1 + rho^2 / 2) / (n - 3)))
 *
 * x, y    [n] codes 0..kx - 1 and 0..ky - 1: a larger code is a larger value, equal codes tie
 *
 * Codes instead of numbers, so that nothing is sorted: O(n + kx + ky). A correlation of 1 has
 * itself for limits. LC_ENOMEM.
 * Source: Spearman, American Journal of Psychology 15 (1904) 72-101; Bonett and Wright,
 * Psychometrika 65 (2000) 23-28.
 * Tested: scipy.stats.spearmanr and numpy (tests/reference/audit.py) to 1e-12; laws: a rising
 * recoding and the order of pairs change nothing, a mirrored side mirrors the correlation. */
enum lc_rc lc_spearman(const uint32_t *x, size_t kx, const uint32_t *y, size_t ky, size_t n,
                       struct lc_arena *arena, struct lc_spearman *out,
                       struct lc_err *err) LC_MUST_USE;

#endif
