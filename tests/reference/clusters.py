"""Errors of leads that belong together, by another program: 60 leads of 17 accounts, typed by a rule.
Prints the design effect (Rao and Scott 1992) of their close rate, and the standard error of the AUC
of two scores and of their difference (Obuchowski 1997, pair by pair; and with the factor of leadcal's
header), with the delete-one-account jackknife beside it. Numbers of tests/unit/test_roc_influence.c;
Python 3.11, nothing else."""
from math import sqrt

N, ACCOUNTS = 60, 17
account = [(7 * i + i // 5) % ACCOUNTS for i in range(N)]
won = [1 if (5 * account[i] + (i % 4 == 0)) % 7 < 2 else 0 for i in range(N)]
a = [((i * 37) % 23 + 9 * won[i] + account[i]) // 2 for i in range(N)]
b = [((i * 29) % 31 + 5 * won[i] + 2 * account[i]) // 3 for i in range(N)]


def kernel(x, y):
    return 1 if x > y else 0.5 if x == y else 0


def placements(score, keep):
    up = [i for i in keep if won[i]]
    down = [i for i in keep if not won[i]]
    area = sum(kernel(score[i], score[j]) for i in up for j in down) / len(up) / len(down)
    v = {i: sum(kernel(score[i], score[j]) for j in down) / len(down) for i in up}
    v |= {j: sum(kernel(score[i], score[j]) for i in up) / len(up) for j in down}
    return area, v


def sums(score, value):
    area, v = placements(score, range(N))
    total = {c: 0 for c in set(account)}
    for i in range(N):
        if won[i] == value:
            total[account[i]] += v[i] - area
    held = len({account[i] for i in range(N) if won[i] == value})
    return total, held, sum(1 for i in range(N) if won[i] == value)


def covariance(x, y, as_header):
    (x1, c1, m), (y1, _, _) = sums(x, 1), sums(y, 1)
    (x0, c0, n), (y0, _, _) = sums(x, 0), sums(y, 0)
    c = len(set(account))
    cross = sqrt(c1 / (c1 - 1) * c0 / (c0 - 1)) if as_header else c / (c - 1)
    own = c1 / (c1 - 1) / m / m * sum(x1[k] * y1[k] for k in x1) + c0 / (c0 - 1) / n / n * sum(x0[k] * y0[k] for k in x0)
    return own + cross / m / n * sum(x1[k] * y0[k] + x0[k] * y1[k] for k in x1)


def se(as_header):
    return [sqrt(covariance(a, a, as_header)), sqrt(covariance(b, b, as_header)),
            sqrt(covariance(a, a, as_header) + covariance(b, b, as_header) - 2 * covariance(a, b, as_header))]


def jackknife(of):
    left = [of([i for i in range(N) if account[i] != c]) for c in sorted(set(account))]
    mean = sum(left) / len(left)
    return sqrt((len(left) - 1) / len(left) * sum((x - mean) ** 2 for x in left))


rate = sum(won) / N
per = {c: (sum(won[i] for i in range(N) if account[i] == c), account.count(c)) for c in set(account)}
spread = sum((w - rate * n) ** 2 for w, n in per.values())
print("leads", N, "accounts", len(per), "won", sum(won))
print("design effect %.12f" % (len(per) / (len(per) - 1) * spread / (N * rate * (1 - rate))))
print("areas %.12f %.12f" % (placements(a, range(N))[0], placements(b, range(N))[0]))
print("se, header    ", *("%.12f" % x for x in se(True)))
print("se, Obuchowski", *("%.12f" % x for x in se(False)))
print("se, jackknife ", "%.6f %.6f %.6f" % (jackknife(lambda k: placements(a, k)[0]), jackknife(lambda k: placements(b, k)[0]),
      jackknife(lambda k: placements(a, k)[0] - placements(b, k)[0])))
