#!/usr/bin/env python3
"""Segments that deviate from the weights of all: dense Newton steps, a Laplace marginal likelihood and a
simplex search; what a score says of each part before it is let in; and a small marginal likelihood by
quadrature.

numpy and scipy; prints what tests/unit/test_fit_local.c and test_components.c have typed in."""
import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

SEGMENTS, SOURCES, SIZES = "ABC", 3, 2
PRIOR = 0.7


def cells():
    """(segment, source, size, leads, won); D is a thin segment: 12 leads, 3 won."""
    rows = []
    for s in range(3):
        for a in range(SOURCES):
            for b in range(SIZES):
                i = (s * SOURCES + a) * SIZES + b
                leads = 60 + i * 37 % 41
                won = leads * (20 + 5 * a + 4 * b + 9 * ((s + a) % 3 == 0) + 14 * (s == 1) +
                               11 * (s == 2) * (2 * b - 1)) // 60
                rows.append((s, a, b, leads, won))
    for a in range(SOURCES):
        rows.append((3, a, 0, 4, 1))
    return rows


def design(rows):
    """Columns: intercept, sources, sizes, u of three segments, source in segments, size in segments."""
    widths = [SOURCES, SIZES, 3, 3 * SOURCES, 3 * SIZES]
    x = np.zeros((len(rows), 1 + sum(widths)))
    x[:, 0] = 1
    for r, (s, a, b, _, _) in enumerate(rows):
        x[r, 1 + a] = 1
        x[r, 1 + SOURCES + b] = 1
        if s < 3:
            at = 1 + SOURCES + SIZES
            x[r, at + s] = 1
            x[r, at + 3 + s * SOURCES + a] = 1
            x[r, at + 3 + 3 * SOURCES + s * SIZES + b] = 1
    return x, np.array([r[3] for r in rows], float), np.array([r[4] for r in rows], float), widths


def mode(x, n, y, precision):
    b = np.zeros(x.shape[1])
    b[0] = np.log(y.sum() / (n.sum() - y.sum()))
    for _ in range(80):
        p = 1 / (1 + np.exp(-x @ b))
        h = (x.T * (n * p * (1 - p))) @ x + np.diag(precision)
        b += np.linalg.solve(h, x.T @ (y - n * p) - precision * b)
    p = 1 / (1 + np.exp(-x @ b))
    h = (x.T * (n * p * (1 - p))) @ x + np.diag(precision)
    eta = x @ b
    return b, np.sum(y * eta - n * np.logaddexp(0, eta)), h


def marginal(x, n, y, widths, sd):
    precision = np.concatenate([[0.0]] + [np.full(q, s ** -2.0) for q, s in zip(widths, sd)])
    b, likelihood, h = mode(x, n, y, precision)
    return (likelihood - b @ (precision * b) / 2 + np.log(precision[1:]).sum() / 2 -
            np.linalg.slogdet(h)[1] / 2), b, np.linalg.inv(h)


def gain(x, n, y, before, sd, new):
    """As include/leadcal/components.h has it: the columns `new` beside those before."""
    widths = [w for w, _ in before]
    xb = x[:, [0] + [c for _, cs in before for c in cs]]
    _, b, cov = marginal(xb, n, y, widths, sd)
    p = 1 / (1 + np.exp(-xb @ b))
    w = n * p * (1 - p)
    xn = x[:, new]
    cross = (xn.T * w) @ xb
    rest = (xn.T * w) @ xn - cross @ cov @ cross.T
    eigen, vectors = np.linalg.eigh(rest)
    z = vectors.T @ (xn.T @ (y - n * p))
    best = 0.0
    for i in range(41):
        v = (0.01 * 1000 ** (i / 40)) ** 2
        s = np.maximum(eigen, 0)
        best = max(best, np.sum(z * z * v / (1 + s * v) - np.log1p(s * v)) / 2)
    return best


def fit():
    rows = cells()
    x, n, y, widths = design(rows)
    print("leads %d won %d" % (n.sum(), y.sum()))
    for s in range(4):
        print("segment", s, *(int(sum(r[i] for r in rows if r[0] == s)) for i in (3, 4)))
    base = marginal(x[:, :6], n, y, widths[:2], [PRIOR, PRIOR])
    print("global L %.9f b" % base[0], *("%.9f" % v for v in base[1]))
    col = [list(range(1, 4)), list(range(4, 6)), list(range(6, 9)), list(range(9, 18)), list(range(18, 24))]
    print("gain u %.6f" % gain(x, n, y, [(3, col[0]), (2, col[1])], [PRIOR] * 2, col[2]))
    one = minimize(lambda t: -marginal(x[:, :9], n, y, widths[:3], [PRIOR, PRIOR, np.exp(t[0])])[0], [-1.0],
                   method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13})
    print("u alone: sd %.9f L %.9f" % (np.exp(one.x[0]), -one.fun))
    so_far = [(3, col[0]), (2, col[1]), (3, col[2])]
    sd = [PRIOR, PRIOR, np.exp(one.x[0])]
    print("gain source %.6f size %.6f" % (gain(x, n, y, so_far, sd, col[3]), gain(x, n, y, so_far, sd, col[4])))
    best = minimize(lambda t: -marginal(x, n, y, widths, [PRIOR, PRIOR, *np.exp(t)])[0], [-1.0, -1.0, -1.0],
                    method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000, "maxfev": 20000})
    sd = np.exp(best.x)
    most, b, _ = marginal(x, n, y, widths, [PRIOR, PRIOR, *sd])
    print("sd", *("%.7f" % s for s in sd), "L %.9f" % most)
    print("b", *("%.7f" % v for v in b[:6]))
    for s in range(3):
        d1 = np.array([b[9 + s * 3 + a] for a in range(3)])
        d2 = np.array([b[18 + s * 2 + c] for c in range(2)])
        w1 = np.array([sum(r[3] for r in rows if r[0] == s and r[1] == a) for a in range(3)], float)
        w2 = np.array([sum(r[3] for r in rows if r[0] == s and r[2] == c) for c in range(2)], float)
        m1, m2 = d1 @ w1 / w1.sum(), d2 @ w2 / w2.sum()
        print("segment", s, "worth %.7f" % (b[6 + s] + m1 + m2), "source", *("%.7f" % v for v in d1 - m1),
              "size", *("%.7f" % v for v in d2 - m2))


def quadrature():
    """Two segments of one size: the log marginal likelihood at some SDs, by Laplace and by a grid over
    intercept and both effects."""
    n, y = np.array([80.0, 120.0, 50.0]), np.array([12.0, 33.0, 9.0])
    x = np.array([[1.0, 1, 0], [1, 0, 1], [1, 0, 0]])
    grid = np.linspace(-6, 6, 1201)
    for sd in (0.2, 0.5, 1.0):
        laplace = marginal(x, n, y, [2], [sd])[0]
        b0 = np.linspace(-4, 1, 1001)
        total = -n[2] * np.logaddexp(0, b0) + y[2] * b0
        for s in range(2):
            eta = b0[:, None] + sd * grid[None, :]
            inner = y[s] * eta - n[s] * np.logaddexp(0, eta) - grid ** 2 / 2 - np.log(2 * np.pi) / 2
            total += logsumexp(inner, axis=1) + np.log(grid[1] - grid[0])
        exact = logsumexp(total) + np.log(b0[1] - b0[0]) - np.log(2 * np.pi) / 2
        print("sd %.1f Laplace %.6f quadrature %.6f" % (sd, laplace, exact))


fit()
quadrature()
