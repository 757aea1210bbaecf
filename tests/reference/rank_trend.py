#!/usr/bin/env python3
"""Jonckheere and Terpstra's statistic by all orders of a small sample: its mean and variance.

Python 3.11: rank_trend.py. Nothing but counting: each way to deal the values to the groups is
equally likely, so that the moments need no formula for ties.
"""
import itertools
from fractions import Fraction

SIZES = (3, 2, 3)
VALUES = (2, 3, 3, 5, 5, 5, 8, 11)
ORDER = (3, 2, 5, 5, 3, 8, 5, 11)  # the sample that is tested, group after group


def statistic(values):
    groups, at = [], 0
    for size in SIZES:
        groups.append(values[at:at + size])
        at += size
    pairs = 0
    for g, h in itertools.combinations(range(len(groups)), 2):
        for a in groups[g]:
            for b in groups[h]:
                pairs += Fraction(2 if a < b else 1 if a == b else 0, 2)
    return pairs


assert sorted(ORDER) == sorted(VALUES)
all_of_them = [statistic(p) for p in itertools.permutations(VALUES)]
mean = sum(all_of_them, Fraction(0)) / len(all_of_them)
variance = sum(((j - mean) ** 2 for j in all_of_them), Fraction(0)) / len(all_of_them)
j = statistic(ORDER)
print(f"J {j} mean {mean} variance {variance} z {float(j - mean) / float(variance) ** .5:.12f}")
