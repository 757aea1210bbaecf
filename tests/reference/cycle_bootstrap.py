#!/usr/bin/env python3
"""Percentile limits of quantiles of the time to won, of 20,000 resamples by another generator.

Python 3.11, numpy: cycle_bootstrap.py. The leads are those of test_incidence.c; the curve is
Aalen and Johansen's, the quantile the first time at which it reaches its part of what it has at
the horizon.
"""
import numpy as np

HORIZON = 60


def leads():
    i = np.arange(200)
    time = (i * 37 % 83) + 1
    end = np.where(i % 5 < 2, 1, np.where(i % 5 == 2, 2, 0))
    return time, end


def quantiles(time, end, q):
    left, won, curve = 1.0, 0.0, []
    for t in np.unique(time):
        if t > HORIZON:
            break
        at_risk = np.sum(time >= t)
        d = [np.sum((time == t) & (end == k)) for k in (1, 2)]
        won += left * d[0] / at_risk
        left *= 1 - sum(d) / at_risk
        curve.append((t, won))
    return [next(t for t, f in curve if f >= p * won - 1e-12) for p in q] if won > 0 else [np.nan] * len(q)


time, end = leads()
q = (0.5, 0.9)
print("quantiles", quantiles(time, end, q))
rng = np.random.default_rng(1)
draws = []
for _ in range(20000):
    at = rng.integers(0, len(time), len(time))
    draws.append(quantiles(time[at], end[at], q))
print("limits", np.percentile(draws, [2.5, 97.5], axis=0).T.tolist(), "sd", np.std(draws, axis=0))
