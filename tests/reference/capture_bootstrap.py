"""Mean and standard deviation of the share of wins captured, resampled by another program: 400 leads
of one week, a score of two values (100 of them up), 40 wins above and 40 below, 100 leads taken.
Written from the definition alone; random numbers are Python's. Prints the two numbers that
tests/unit/test_capture.c compares with, and their Monte-Carlo standard errors."""
import random
import statistics

LEADS = [(1, 1)] * 40 + [(1, 0)] * 60 + [(0, 1)] * 40 + [(0, 0)] * 260
TAKEN = 100
RESAMPLES = 40000

random.seed(20261125)
shares = []
for _ in range(RESAMPLES):
    sample = random.choices(LEADS, k=len(LEADS))
    up = [won for high, won in sample if high]
    down = [won for high, won in sample if not high]
    if len(up) >= TAKEN:
        won = sum(up) * TAKEN / len(up)
    else:
        won = sum(up) + sum(down) * (TAKEN - len(up)) / len(down)
    shares.append(won / (sum(up) + sum(down)))
mean, sd = statistics.fmean(shares), statistics.stdev(shares)
print(f"mean {mean:.5f} +- {sd / RESAMPLES ** 0.5:.5f}, sd {sd:.5f} +- {sd / (2 * RESAMPLES) ** 0.5:.5f}")
