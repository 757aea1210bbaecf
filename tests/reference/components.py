#!/usr/bin/env python3
"""Variance components of a made table by a dense Laplace marginal likelihood and a simplex search.

numpy and scipy; prints what tests/unit/test_components.c has typed in. The intercept is integrated
out under a flat prior, as lc_components does by default; the last lines are lme4's way (methods I9):
the intercept maximised, the effects of one factor integrated."""
import numpy as np
from scipy.optimize import minimize

LEVELS = (3, 4, 6)


def table():
    rows = []
    for i in range(72):
        a, b, c = i % 3, i // 3 % 4, i // 12
        leads = 5 + i * 29 % 17
        won = leads * (9 + 7 * a + 4 * (b * 3 % 4) + i * 13 % 11) // 60
        rows.append((a, b, c, leads, won))
    return rows


def design(rows):
    x = np.zeros((len(rows), 1 + sum(LEVELS)))
    x[:, 0] = 1
    for r, row in enumerate(rows):
        at = 1
        for j, q in enumerate(LEVELS):
            x[r, at + row[j]] = 1
            at += q
    return x, np.array([r[3] for r in rows], float), np.array([r[4] for r in rows], float)


def mode(x, n, y, precision, held):
    b = np.zeros(x.shape[1])
    free = np.arange(x.shape[1]) if held is None else np.arange(1, x.shape[1])
    b[0] = np.log(y.sum() / (n.sum() - y.sum())) if held is None else held
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ b))
        h = (x.T * (n * p * (1 - p))) @ x + np.diag(precision)
        b[free] += np.linalg.solve(h[np.ix_(free, free)], (x.T @ (y - n * p) - precision * b)[free])
    p = 1 / (1 + np.exp(-x @ b))
    h = ((x.T * (n * p * (1 - p))) @ x + np.diag(precision))[np.ix_(free, free)]
    eta = x @ b
    return b, np.sum(y * eta - n * np.logaddexp(0, eta)), np.linalg.slogdet(h)[1]


def marginal(x, n, y, levels, sd, held=None):
    precision = np.concatenate([[0.0]] + [np.full(q, s ** -2.0) for q, s in zip(levels, sd)])
    b, likelihood, log_h = mode(x, n, y, precision, held)
    return likelihood - b @ (precision * b) / 2 + np.log(precision[1:]).sum() / 2 - log_h / 2, b


def main():
    x, n, y = design(table())
    best = minimize(lambda t: -marginal(x, n, y, LEVELS, np.exp(t))[0], np.log([0.5, 0.5, 0.5]),
                    method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000})
    print("sd", *("%.9f" % s for s in np.exp(best.x)), "L %.9f" % -best.fun)
    print("b", *("%.8f" % v for v in marginal(x, n, y, LEVELS, np.exp(best.x))[1]))
    # Two columns that share one SD, as the members of a set do.
    best = minimize(lambda t: -marginal(x, n, y, LEVELS, np.exp([t[0], t[0], t[1]]))[0], np.log([0.5, 0.5]),
                    method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000})
    print("shared sd %.9f" % np.exp(best.x[0]), "L %.9f" % -best.fun)
    two = x[:, :8]
    best = minimize(lambda t: -marginal(two, n, y, LEVELS[:2], np.exp([t[0], t[0]]))[0], [np.log(0.5)],
                    method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000})
    print("shared by both sd %.9f" % np.exp(best.x[0]), "L %.9f" % -best.fun)
    print("b", *("%.8f" % v for v in marginal(two, n, y, LEVELS[:2], np.exp([best.x[0]] * 2))[1]))
    bad = np.array([34, 89, 17, 4, 22, 58, 5, 62, 8, 1], float)
    of = np.array([97, 234, 103, 12, 50, 181, 12, 280, 22, 9], float)
    one = np.hstack([np.ones((10, 1)), np.eye(10)])
    best = minimize(lambda t: -marginal(one, of, bad, (10,), [np.exp(t[0])], t[1])[0], [np.log(0.4), -0.8],
                    method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000})
    print("I9 sd %.9f intercept %.9f" % (np.exp(best.x[0]), best.x[1]))
    best = minimize(lambda t: -marginal(one, of, bad, (10,), [np.exp(t[0])])[0], [np.log(0.4)],
                    method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13})
    print("integrated sd %.9f" % np.exp(best.x[0]))


main()
