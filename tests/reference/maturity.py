#!/usr/bin/env python3
"""The maturity curve again, from the file and with nothing of leadcal: the golden test
maturity-recount compares it with what `leadcal maturity` prints.

usage: maturity.py AS_OF LEADS_CSV ENTERED OUTCOME WON LOST CLOSED BY

Aalen and Johansen's incidence by the plain recursion, its variance by Gaynor et al. (1993) as a
double sum over end times, Wilson's limits at p (1 - p) / variance leads. Prints
segment,age_days,leads_at_risk,won,share_won,low,high. Python 3.11, no library."""
import csv
import sys
from datetime import date
from math import sqrt

AGES = [7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 910, 1095]
Z = 1.959963984540054


def wilson(p, n):
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def curve(leads, age):
    times = sorted({t for t, end, _ in leads if end != "open" and t <= age})
    left, incidence, steps = 1.0, 0.0, []
    for u in times:
        at_risk = sum(1 for t, _, _ in leads if t >= u)
        won = sum(1 for t, end, _ in leads if t == u and end == "won")
        lost = sum(1 for t, end, _ in leads if t == u and end == "lost")
        steps.append((at_risk, won, lost, left, incidence + left * won / at_risk))
        incidence += left * won / at_risk
        left *= 1 - (won + lost) / at_risk
    variance = 0.0
    for y, won, lost, before, now in steps:
        ends = won + lost
        ahead = incidence - now
        if y > ends:
            variance += ahead**2 * ends / (y * (y - ends))
        variance += before**2 * won * (y - won) / y**3
        variance -= 2 * ahead * before * won / y**2
    return incidence, variance


as_of, path, entered, outcome, is_won, is_lost, closed, by = sys.argv[1:]
today = date.fromisoformat(as_of)
parts = {}
for row in csv.DictReader(open(path, encoding="utf-8-sig", newline="")):
    begun = date.fromisoformat(row[entered][:10])
    if begun > today:
        continue
    age, end = (today - begun).days, "open"
    day = date.fromisoformat(row[closed][:10]) if row[closed] else None
    if row[outcome] in (is_won, is_lost) and day and day <= today:
        end = "won" if row[outcome] == is_won else "lost"
    time = age if end == "open" else max(0, (day - begun).days)
    for name in ("(all)", "%s=%s" % (by, row[by] or "(missing)")):
        parts.setdefault(name, []).append((time, end, age))

print("segment,age_days,leads_at_risk,won,share_won,low,high")
for name in sorted(parts):
    leads = parts[name]
    for age in AGES:
        if age > max(a for _, _, a in leads):
            continue
        p, variance = curve(leads, age)
        known = sum(1 for t, end, a in leads if (end != "open" and t <= age) or a >= age)
        low, high = wilson(p, p * (1 - p) / variance if variance > 0 else known)
        print(
            "%s,%d,%d,%d,%.6f,%.6f,%.6f"
            % (
                name,
                age,
                sum(1 for t, _, _ in leads if t >= age),
                sum(1 for t, end, _ in leads if end == "won" and t <= age),
                p,
                low,
                high,
            )
        )
