#!/usr/bin/env python3
"""The digits of the trend test in tests/unit/test_contingency.c: the way R's prop.trend.test goes
(the sum of squares of a weighted regression of the proportions on the scores, weights n / p / (1 - p)),
in exact fractions, so that it shares neither formula nor rounding with src/math/contingency.c."""
from fractions import Fraction
from math import erfc, sqrt


def trend(won, n, score):
    p = Fraction(sum(won), sum(n))
    weight = [Fraction(k) / p / (1 - p) for k in n]
    share = [Fraction(x, k) for x, k in zip(won, n)]
    all_weight = sum(weight)
    mean_score = sum(w * s for w, s in zip(weight, score)) / all_weight
    mean_share = sum(w * f for w, f in zip(weight, share)) / all_weight
    slope_of = sum(w * (s - mean_score) * (f - mean_share) for w, s, f in zip(weight, score, share))
    spread = sum(w * (s - mean_score) ** 2 for w, s in zip(weight, score))
    statistic = float(slope_of ** 2 / spread)
    return statistic, erfc(sqrt(statistic / 2))


for won, n, score in (([83, 90, 129, 70], [86, 93, 136, 82], [1, 2, 3, 4]),
                      ([83, 90, 129, 70], [86, 93, 136, 82], [0, 0, 0, 1]),
                      ([33, 54, 28, 12], [61, 151, 121, 67], [1, 2, 3, 4])):
    print("%.15g %.15g" % trend(won, n, score))
