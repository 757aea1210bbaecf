"""Limits of the won amount per lead: what tests/unit/test_amount.c compares with.

1. Equal amounts: the mean of a resample is price x Binomial(leads, wins / leads) / leads, so that the
   limits are binomial quantiles (scipy).
2. Mixed amounts: 200,000 resamples of whole leads (numpy), each lead an amount or 0.

python3 tests/reference/amount.py
"""
import numpy as np
import scipy
from scipy.stats import binom

print("numpy", np.__version__, "scipy", scipy.__version__)
for wins, leads, price in ((23, 317, 412.5), (240, 1900, 1.0)):
    low, high = binom.ppf([0.025, 0.975], leads, wins / leads)
    print(wins, leads, price, repr(price * low / leads), repr(price * high / leads))

amounts = np.array([1200.0, 340.5, 9800.0, 75.25, 2310.0, 640.0, 15200.0, 480.0, 3300.0, 910.0, 5125.0])
leads = 140
pool = np.concatenate([amounts, np.zeros(leads - len(amounts))])
rng = np.random.default_rng(20260101)
means = np.concatenate([rng.choice(pool, (10000, leads)).mean(axis=1) for _ in range(20)])
print("mixed", amounts.sum() / leads, repr(np.quantile(means, 0.025)), repr(np.quantile(means, 0.975)))
print("sd of a mean", repr(pool.std() / np.sqrt(leads)))
