"""The audit of fairness: what tests/unit/test_fairness.c compares with.

python3 tests/reference/fairness.py
"""
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import norm

print("numpy", np.__version__, "scipy", scipy.__version__)
z = norm.ppf(0.975)


def katz(a, n1, c, n0):
    rr = a / n1 / (c / n0)
    half = z * np.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n0)
    return rr, rr * np.exp(-half), rr * np.exp(half)


def wilson(k, n):
    p = k / n
    middle = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return middle - half, middle + half


# leads as typed in test_fairness.c: (group, source, leads, won); Partner is an A, Web a B, List a D.
leads = [("f", "Partner", 12, 4), ("f", "Web", 30, 5), ("f", "List", 58, 3),
         ("m", "Partner", 30, 9), ("m", "Web", 50, 6), ("m", "List", 40, 2)]
value = {"Partner": 0.9, "Web": 0.1, "List": -0.8}
for group in "fm":
    mine = [x for x in leads if x[0] == group]
    n = sum(x[2] for x in mine)
    print(group, "above A", mine[0][2], wilson(mine[0][2], n), "above B", mine[0][2] + mine[1][2])
    p = np.concatenate([np.full(x[2], expit(-2 + value[x[1]])) for x in mine])
    y = np.concatenate([np.r_[np.ones(x[3]), np.zeros(x[2] - x[3])] for x in mine])
    loss = lambda b: np.sum(np.logaddexp(0, b[0] + b[1] * logit(p)) - y * (b[0] + b[1] * logit(p)))
    fit = minimize(loss, [0, 1], method="Newton-CG",
                   jac=lambda b: np.array([np.sum(expit(b[0] + b[1] * logit(p)) - y),
                                           np.sum((expit(b[0] + b[1] * logit(p)) - y) * logit(p))]),
                   options={"xtol": 1e-14})
    q = expit(fit.x[0] + fit.x[1] * logit(p))
    x = np.c_[np.ones(n), logit(p)]
    se = np.sqrt(np.linalg.inv(x.T @ (x * (q * (1 - q))[:, None]))[1, 1])
    print("  predicted", repr(p.mean()), "observed", y.mean(), "slope", repr(fit.x[1]),
          repr(fit.x[1] - z * se), repr(fit.x[1] + z * se))
print("ratio at A", katz(12, 100, 30, 120))
print("ratio at B", katz(42, 100, 80, 120))
