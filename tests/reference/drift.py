#!/usr/bin/env python3
"""Numbers for tests/unit/test_drift.c and the table of docs/maths.md#drift-of-the-leads, by numpy and scipy.

    python3 tests/reference/drift.py            the reference numbers
    python3 tests/reference/drift.py alarms     how often equal populations raise an alarm (a minute)
"""
import sys

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, chi2_contingency, fisher_exact, ncx2


def noncentral():
    for df in (1, 3, 9, 19, 120):
        limit = chi2.isf(0.05, df)
        found = brentq(lambda x: ncx2.sf(limit, df, x) - 0.8, 0.1, 500, xtol=1e-13, rtol=1e-14)
        print("df", df, "lambda", found, "power at 5", ncx2.sf(limit, df, 5.0), "at 37.5", ncx2.sf(limit, df, 37.5))


def tests():
    for table in ([[216, 20], [518, 47]], [[128, 144, 31, 197], [146, 125, 32, 197]],
                  [[310, 51, 22, 17], [70, 19, 3, 8]]):
        answer = chi2_contingency(table, correction=False)
        print(table, "chi2", answer.statistic, "p", answer.pvalue, "df", answer.dof)
    print("fisher", fisher_exact([[190, 10], [55, 5]]).pvalue)


def expected():
    """Every labelling of six leads, with its probability: performance expected from p alone."""
    p = np.array([0.62, 0.35, 0.35, 0.21, 0.08, 0.44])
    q = 1 - p
    better = (p[:, None] > p[None, :]) + 0.5 * (p[:, None] == p[None, :])
    pair = p[:, None] * q[None, :]
    np.fill_diagonal(pair, 0)
    print("auc", (pair * better).sum() / pair.sum(), "brier", (p * q).mean(), "rate", p.mean())
    # the best third is two leads
    print("captured by the best two", np.sort(p)[::-1][:2].sum() / p.sum())
    brier, weight = 0.0, 0.0
    for code in range(2 ** len(p)):
        y = np.array([code >> i & 1 for i in range(len(p))])
        w = np.prod(np.where(y == 1, p, q))
        brier += w * ((p - y) ** 2).mean()
        weight += w
    print("brier over all labellings", brier, weight)


def merge(a, b):
    """As lc_drift_test: sparse levels together, and the smallest others while they are too few."""
    share = min(a.sum(), b.sum()) / (a.sum() + b.sum())
    alone = [i for i in range(len(a)) if (a[i] + b[i]) * share >= 5]
    rest = [i for i in range(len(a)) if 0 < (a[i] + b[i]) * share < 5]
    while rest and sum(a[i] + b[i] for i in rest) * share < 5 and len(alone) > 1:
        least = min(reversed(alone), key=lambda i: a[i] + b[i])
        alone.remove(least)
        rest.append(least)
    x, y = [a[i] for i in alone], [b[i] for i in alone]
    if rest:
        x.append(sum(a[i] for i in rest))
        y.append(sum(b[i] for i in rest))
    sparse = bool(rest) and (x[-1] + y[-1]) * share < 5
    return np.array(x, float), np.array(y, float), sparse


def psi(a, b):
    n, m = a.sum(), b.sum()
    use = (a + b) > 0
    a, b = a[use], b[use]
    half = np.where((a > 0) & (b > 0), 0, 0.5)
    x, y = (a + half) / n, (b + half) / m
    return ((y - x) * np.log(y / x)).sum()


def alarms():
    rng = np.random.default_rng(1)
    runs = 4000
    shapes = (("10 even levels", np.ones(10)), ("40 levels, shares as 1/i", 1 / np.arange(1, 41)),
              ("12 levels, shares as 1/i", 1 / np.arange(1, 13)), ("4 levels", np.array([0.27, 0.27, 0.06, 0.40])),
              ("2 levels, one of 5 %", np.array([0.95, 0.05])))
    for name, share in shapes:
        share = share / share.sum()
        for n, m in ((100, 100), (300, 60), (2000, 250), (5000, 2000)):
            count = np.zeros(4)
            for a, b in zip(rng.multinomial(n, share, runs), rng.multinomial(m, share, runs)):
                all_psi = psi(a, b)
                x, y, sparse = merge(a, b)
                df = len(x) - 1
                limit = (1 / n + 1 / m) * chi2.isf(0.05, max(df, 1))
                if df < 1:
                    p = 1
                elif df == 1 and sparse:
                    p = fisher_exact([x, y]).pvalue
                else:
                    p = chi2_contingency([x, y], correction=False).pvalue
                count += (all_psi > 0.10, all_psi > 0.25, df > 0 and psi(x, y) > limit, p <= 0.05)
            print(name, n, m, "PSI > 0.10 %.3f, > 0.25 %.3f, PSI above its threshold %.3f, alarm %.3f" % tuple(count / runs))


if __name__ == "__main__":
    if sys.argv[1:] == ["alarms"]:
        alarms()
    else:
        print("numpy", np.__version__)
        noncentral()
        tests()
        expected()
