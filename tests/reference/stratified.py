#!/usr/bin/env python3
"""The digits of tests/unit/test_stratified.c: the Mantel-Haenszel relative risk and its
Greenland-Robins limits in exact fractions up to the last logarithm, so that they share no rounding
with src/math/stratified.c. python3 alone; `python3 tests/reference/stratified.py` prints them.

Rows are (won, leads) of the level and (won, leads) of the rest, a row for each stratum."""
from fractions import Fraction
from math import exp, log, sqrt

Z = 1.959963984540054

# UGDP: deaths of placebo and tolbutamide, under 55 years and above (Rothman, Greenland and Lash,
# Modern Epidemiology, 3rd ed. 2008, chapter 15: RR 1.33, 0.80 to 2.20).
UGDP = [(8, 106, 5, 120), (22, 98, 16, 85)]
# Doll and Hill 1950, men and women, as the tests of the R package contingencytables have them:
# "phihat = 2.4751 (95% CI 1.5831 to 3.8698)".
DOLL = [(647, 1269, 2, 29), (41, 69, 19, 51)]
# Made up: a level whose leads came in good quarters; within each it wins as often as the rest.
QUARTERS = [(40, 100, 20, 50), (6, 60, 29, 290), (0, 0, 5, 41), (3, 17, 0, 0)]


def within(strata):
    level = rest = spread = Fraction(0)
    for a, n1, c, n0 in strata:
        if not n1 or not n0:
            continue
        n = n1 + n0
        level += Fraction(a * n0, n)
        rest += Fraction(c * n1, n)
        spread += Fraction((a + c) * n1 * n0 - a * c * n, n * n)
    rr = level / rest
    half = Z * sqrt(spread / (level * rest))
    return float(rr), exp(log(rr) - half), exp(log(rr) + half)


for strata in (UGDP, DOLL, QUARTERS):
    print("%.15g %.15g %.15g" % within(strata))
