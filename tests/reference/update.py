"""Last quarter's posterior as this quarter's prior, by another program: numbers for tests/unit/test_update.c.

Two attributes (six and four levels, coded in full), 24 patterns with leads and wins in each of two
quarters. The first quarter is fitted under N(0, 0.7^2) on every level; the second under the first
posterior widened by q^2 on every level, the intercept free. The Laplace marginal likelihood is maximised over
log q by scipy without a grid, its limits are where it is 1.92 lower. Then the same marginal likelihood
for one attribute of two levels, by Laplace and by quadrature over the plane.

Written from the formulas alone. Run with Python 3.11, numpy 2.4, scipy 1.17."""
import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

DRIFTS = [0.0] + [0.01 * 2 ** (i / 2) for i in range(15)]


def posterior(x, won, n, mean, precision):
    """Mode, covariance and log-likelihood of grouped rows under a Gaussian prior."""
    b = np.array(mean, float)
    b[0] = np.log(won.sum() / (n.sum() - won.sum()))
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ b))
        information = (x * (n * p * (1 - p))[:, None]).T @ x + precision
        step = np.linalg.solve(information, x.T @ (won - n * p) - precision @ (b - mean))
        b = b + step
        if np.abs(step).max() < 1e-14:
            break
    p = 1 / (1 + np.exp(-x @ b))
    information = (x * (n * p * (1 - p))[:, None]).T @ x + precision
    eta = x @ b
    return b, np.linalg.inv(information), (won * eta - n * np.logaddexp(0, eta)).sum()


def widened(s, q):
    c = s[1:, 1:] + q * q * np.eye(len(s) - 1)
    precision = np.zeros_like(s)
    precision[1:, 1:] = np.linalg.inv(c)
    return c, precision


def marginal(x, won, n, mean, s, q):
    c, precision = widened(s, q)
    b, cov, likelihood = posterior(x, won, n, mean, precision)
    far = b - mean
    return (likelihood - far @ precision @ far / 2 - np.linalg.slogdet(c)[1] / 2
            + np.linalg.slogdet(cov)[1] / 2)


def full_coding(*levels):
    rows = [[]]
    for k in levels:
        rows = [r + [v] for r in rows for v in range(k)]
    x = np.ones((len(rows), 1))
    for j, k in enumerate(levels):
        x = np.hstack([x, np.eye(k)[[r[j] for r in rows]]])
    return x


X = full_coding(6, 4)
N1 = np.array([234, 166, 274, 56, 215, 41, 78, 255, 116, 295, 130, 243, 289, 122, 294, 223, 291, 117, 173, 232, 291, 112,
               165, 243.0])
WON1 = np.array([15, 7, 10, 5, 31, 5, 8, 21, 3, 19, 5, 5, 48, 20, 37, 23, 61, 18, 15, 22, 33, 10, 11, 12.0])
N2 = np.array([258, 296, 95, 296, 69, 269, 266, 277, 267, 224, 191, 184, 60, 280, 278, 63, 194, 136, 233, 197, 192, 164,
               68, 246.0])
WON2 = np.array([28, 34, 3, 13, 10, 34, 20, 14, 14, 14, 3, 1, 13, 66, 18, 6, 43, 39, 26, 22, 27, 22, 3, 13.0])
default = np.diag([0] + [1 / 0.49] * 10)
mean, s, _ = posterior(X, WON1, N1, np.zeros(11), default)
print("last mean", *(f"{v:.12g}" for v in mean))
for row in s:
    print("last cov", *(f"{v:.12g}" for v in row))
none = marginal(X, WON2, N2, mean, s, 0)
print("curve", *(f"{marginal(X, WON2, N2, mean, s, q) - none:.10f}" for q in DRIFTS))
best = minimize_scalar(lambda u: -marginal(X, WON2, N2, mean, s, np.exp(u)), bracket=(-2.5, -1), options={"xtol": 1e-12})
q = np.exp(best.x)
bar = -best.fun - 1.9207294103470478
low = brentq(lambda v: marginal(X, WON2, N2, mean, s, v) - bar, 1e-9, q) if none < bar else 0
high = brentq(lambda v: marginal(X, WON2, N2, mean, s, v) - bar, q, 5)
print(f"q {q:.8f} low {low:.8f} high {high:.8f} gain {-best.fun - none:.8f}")
c, precision = widened(s, q)
b, cov, _ = posterior(X, WON2, N2, mean, precision)
print("mean", *(f"{v:.10f}" for v in b))
print("sd", *(f"{v:.10f}" for v in np.sqrt(np.diag(cov))))
contrast = np.zeros(11)
contrast[1:3] = 1, -1
wide = np.zeros((11, 11))
wide[1:, 1:] = c
move = contrast @ (b - mean)
print(f"move of level 1 less level 2: {move:.10f}, z {move / np.sqrt(contrast @ (wide - cov) @ contrast):.8f}")

# One attribute of two levels: their sum is confounded with the free intercept, so that the marginal likelihood
# is an integral over the base rate and the difference d of the levels, whose prior is N(m1 - m2, S11 + S22 - 2 S12 + 2 q^2).
x1 = full_coding(2)
n1, won1, n2, won2 = np.array([90, 210.0]), np.array([14, 17.0]), np.array([70, 190.0]), np.array([6, 24.0])
m1, s1, _ = posterior(x1, won1, n1, np.zeros(3), np.diag([0, 1 / 0.49, 1 / 0.49]))


def exact(q):
    at = m1[1] - m1[2]
    var = s1[1, 1] + s1[2, 2] - 2 * s1[1, 2] + 2 * q * q
    top = -80.0

    def inner(d):
        def f(a):
            eta = a + np.array([d / 2, -d / 2])
            return np.exp((won2 * eta - n2 * np.logaddexp(0, eta)).sum() - top)
        return quad(f, -6, 2, epsabs=0, epsrel=1e-11, limit=200)[0]

    return np.log(quad(lambda d: inner(d) * np.exp(-(d - at) ** 2 / (2 * var)) / np.sqrt(2 * np.pi * var),
                       at - 6, at + 6, epsabs=0, epsrel=1e-10, limit=400, points=[at])[0])


for q in (0.16, 0.64):
    laplace = marginal(x1, won2, n2, m1, s1, q) - marginal(x1, won2, n2, m1, s1, 0)
    print(f"q {q}: laplace {laplace:.6f}, quadrature {exact(q) - exact(0):.6f}")
print("one attribute: last mean", *(f"{v:.12g}" for v in m1))
for row in s1:
    print("one attribute: last cov", *(f"{v:.12g}" for v in row))
