#!/usr/bin/env python3
"""The numbers of tests/unit/test_fit_quarters.c: a logistic fit with a Gaussian prior of SD 0.7 on two
sources and of SD 0.3 on three entry quarters, intercept free, by plain Newton steps on a dense
design; then the posterior of (intercept + last quarter's effect, sources), and the effect's standard
error against the mean of the quarters. python3.11, numpy 2.4.6; it shares nothing with src/math/logit.c."""
import numpy as np

# (source, quarter, leads, won)
CELLS = [(0, 0, 60, 6), (0, 1, 50, 4), (0, 2, 10, 2), (1, 0, 20, 1), (1, 1, 40, 3), (1, 2, 80, 24)]

x = np.zeros((len(CELLS), 6))
n = np.array([c[2] for c in CELLS], float)
y = np.array([c[3] for c in CELLS], float)
for i, (source, quarter, _, _) in enumerate(CELLS):
    x[i, [0, 1 + source, 3 + quarter]] = 1
prior = np.diag([0, 1 / 0.7 ** 2, 1 / 0.7 ** 2] + 3 * [1 / 0.3 ** 2])
b = np.zeros(6)
for _ in range(50):
    p = 1 / (1 + np.exp(-x @ b))
    information = x.T @ (x * (n * p * (1 - p))[:, None]) + prior
    b = b + np.linalg.solve(information, x.T @ (y - n * p) - prior @ b)
cov = np.linalg.inv(information)
turn = np.zeros((3, 6))
turn[[0, 1, 2], [0, 1, 2]] = 1
turn[0, 5] = 1
print("b          ", *("%.12g" % v for v in turn @ b))
print("cov        ", *("%.12g" % v for v in (turn @ cov @ turn.T).ravel()))
print("effects    ", *("%.12g" % v for v in b[3:]))
against = np.array([0, 0, 0, -1 / 3, -1 / 3, 2 / 3])
print("std error  ", "%.12g" % np.sqrt(against @ cov @ against))
