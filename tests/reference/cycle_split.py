"""Short against long wins: what tests/unit/test_value.c compares with.

python3 tests/reference/cycle_split.py
"""
import numpy as np
import scipy
from scipy.stats import false_discovery_control, fisher_exact

print("numpy", np.__version__, "scipy", scipy.__version__)
# (level, days of its wins), as typed in test_value.c
wins = [("Partner", [11, 13, 17, 19, 23, 29, 64]),
        ("Referral", [14, 66, 21, 58]),
        ("Web", [31, 71, 73, 79, 83, 16, 89, 97])]
days = np.concatenate([d for _, d in wins])
median = np.median(days)
print("wins", len(days), "median", median)
short, long = (days <= median).sum(), (days > median).sum()
p = []
for level, d in wins:
    s = sum(x <= median for x in d)
    l = len(d) - s
    p.append(fisher_exact([[s, l], [short - s, long - l]])[1])
    print(level, len(d), s, l, s / short, l / long, np.median(d), repr(p[-1]))
print("adjusted", [repr(x) for x in false_discovery_control(p)])
