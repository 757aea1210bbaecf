"""The cells of methods B4 for tests/unit/test_partition.c: of the 456 distinct mean radii of the breast
cancer data of scikit-learn (569 rows), in rising order, how many rows have it and how many of them
are benign, a digit each. Then an independent answer: the best descending partition by information
value, written from the definition as a plain O(P^3) recursion in Python.

Made with scikit-learn 1.9.1, numpy 2.4.6:  python3 tests/reference/partition_cells.py"""
import math

import numpy as np
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
radius, benign = data.data[:, 0], data.target
values = np.unique(radius)
n = [int((radius == v).sum()) for v in values]
won = [int(benign[radius == v].sum()) for v in values]
for name, digits in (("leads", n), ("wins", won)):
    text = "".join(map(str, digits))
    print(name)
    for at in range(0, len(text), 76):
        print(f'    "{text[at:at + 76]}"')

P, W = len(n), sum(won)
L = sum(n) - W
N = np.concatenate([[0], np.cumsum(n)])
B = np.concatenate([[0], np.cumsum(won)])


def best(least_n, least_each):
    """f[i][j]: the best partition whose last bin is (i, j], rates falling."""
    f = np.full((P + 1, P + 1), -math.inf)
    rate = np.zeros((P + 1, P + 1))
    bins = {}
    for i in range(P):
        for j in range(i + 1, P + 1):
            leads, w = N[j] - N[i], B[j] - B[i]
            l = leads - w
            rate[i, j] = w / leads
            if leads < least_n or w < max(1, least_each) or l < max(1, least_each):
                continue
            iv = (w / W - l / L) * math.log((w / W) / (l / L))
            if i == 0:
                f[i, j], bins[i, j] = iv, 1
                continue
            allowed = np.where(rate[:i, i] > rate[i, j], f[:i, i], -math.inf)
            k = int(np.argmax(allowed))
            if allowed[k] > -math.inf:
                f[i, j], bins[i, j] = allowed[k] + iv, bins[k, i] + 1
    i = int(np.argmax(f[:P, P]))
    return f[i, P], bins[i, P]


print("at least 5 %% of the rows: IV %.9f, %d bins" % best(0.05 * sum(n), 1))
print("at least 1 row of each class: IV %.9f, %d bins" % best(1, 1))
