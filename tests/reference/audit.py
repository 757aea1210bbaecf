#!/usr/bin/env python3
"""The digits of tests/unit/test_rank.c and tests/unit/test_levels.c, the long way: rank correlation by
scipy.stats.spearmanr with the interval of Bonett and Wright (2000); AUC and DeLong's variance lead by
lead from all pairs, every lead scored by the other leads of its level; the slope of the outcome on a
score over groups by Newton's method on one row a lead, dense, with numpy.

What was typed in came from numpy 2.4.6 and scipy 1.17.1 under Python 3.11.7."""
import numpy as np
from scipy.special import expit
from scipy.stats import norm, spearmanr

Z = 1.959963984540054


def spearman(x, y):
    rho = spearmanr(x, y)[0]
    half = Z * np.sqrt((1 + rho ** 2 / 2) / (len(x) - 3))
    return rho, np.tanh(np.arctanh(rho) - half), np.tanh(np.arctanh(rho) + half)


def delong(score, y, level=None):
    """With levels: two leads of one level tie, whatever their scores."""
    score, y = np.asarray(score, float), np.asarray(y)
    psi = (score[y == 1][:, None] > score[y == 0][None, :]) + 0.5 * (
        score[y == 1][:, None] == score[y == 0][None, :])
    if level is not None:
        psi = np.where(level[y == 1][:, None] == level[y == 0][None, :], 0.5, psi)
    a = psi.mean()
    v = psi.mean(1).var(ddof=1) / psi.shape[0] + psi.mean(0).var(ddof=1) / psi.shape[1]
    return a, np.sqrt(v), max(0, a - Z * np.sqrt(v)), min(1, a + Z * np.sqrt(v))


def leads(won, n):
    """One entry a lead: its level and whether it was won."""
    level = np.repeat(np.arange(len(n)), n)
    y = np.concatenate([np.r_[np.ones(w), np.zeros(m - w)] for w, m in zip(won, n)]).astype(int)
    return level, y


def rate(won, n, base):
    return (won + 20 * base) / (n + 20)


def left_out(won, n):
    level, y = leads(won, n)
    base = y.mean()
    score = [rate(y[level == level[i]].sum() - y[i], (level == level[i]).sum() - 1, base)
             for i in range(len(y))]
    return delong(score, y, level)


def later(learnt_won, learnt_n, won, n):
    base = sum(learnt_won) / sum(learnt_n)
    level, y = leads(won, n)
    return delong([rate(learnt_won[v], learnt_n[v], base) for v in level], y)


def net_value(won, n):
    won, n = np.array(won, float), np.array(n, float)
    lost = n - won
    p, q = won / won.sum(), lost / lost.sum()
    woe = np.log(((won + .5) / won.sum()) / ((lost + .5) / lost.sum()))
    return max(0, ((p - q) * woe).sum() - (len(n) - 1) * (1 / won.sum() + 1 / lost.sum()))


def gradient(won, n):
    won, n = np.array(won), np.array(n)
    groups, k = won.shape
    p = rate(won.sum(0), n.sum(0), won.sum() / n.sum())
    score = np.log(p / (1 - p))
    score -= (score * n.sum(0)).sum() / n.sum()
    rows = []
    for g in range(groups):
        for v in range(k):
            x = np.r_[np.eye(groups)[g], score[v], score[v] * (g - (groups - 1) / 2)]
            rows += [(x, 1)] * won[g, v] + [(x, 0)] * (n[g, v] - won[g, v])
    X, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    b = np.zeros(groups + 2)
    for _ in range(50):
        mu = expit(X @ b)
        H = X.T @ (X * (mu * (1 - mu))[:, None])
        b += np.linalg.solve(H, X.T @ (y - mu))
    mu = expit(X @ b)
    cov = np.linalg.inv(X.T @ (X * (mu * (1 - mu))[:, None]))
    z = b[-1] / np.sqrt(cov[-1, -1])
    return net_value(won[0], n[0]), net_value(won[-1], n[-1]), b[-1], z, norm.sf(z)


def show(name, values):
    print(name, " ".join("%.15g" % v for v in values))


# Employees (with ties) and days to close of twelve leads.
X = [3, 15, 15, 40, 7, 220, 3, 90, 15, 1000, 61, 8]
Y = [12, 30, 25, 31, 9, 75, 14, 31, 8, 44, 60, 20]
show("spearman", spearman(X, Y))
WON, N = [3, 17, 0, 9, 1], [40, 61, 23, 12, 9]
show("left out", left_out(WON, N))
show("later", later(WON, N, [2, 6, 1, 0, 3], [31, 22, 18, 4, 7]))
GROUP_WON = [[2, 11, 5], [3, 9, 6], [2, 14, 5], [1, 19, 4]]
GROUP_N = [[40, 35, 52], [44, 31, 49], [39, 38, 50], [47, 33, 41]]
show("gradient", gradient(GROUP_WON, GROUP_N))
